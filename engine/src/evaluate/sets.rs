//! Who belongs to a set, and whether a condition holds for a subject.

use guiju_lang::model::{
    Category, Change, Comparing, Comparison, Condition, Expr, IndicatorId, Members, Part, PlaceId,
    Set,
};
use guiju_lang::{Number, Op, Period};

use crate::bind::{Fact, Known, SubjectId};
use crate::truth::Truth;

use super::possible::{Possible, Value};
use super::reader::{Leaf, Moment, Reader};

/// What one comparison of a condition came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tested {
    /// The comparison as written.
    pub(crate) text: String,
    pub(crate) truth: Truth,
    /// The figures that it read.
    pub(crate) leaves: Vec<Leaf>,
}

/// A member of a set with whether it belongs: apart from the set's filter, and by the filter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) subject: SubjectId,
    pub(super) belongs: Truth,
    pub(super) wanted: Truth,
}

impl Member {
    /// Whether it belongs altogether.
    pub(super) fn counts(&self) -> Truth {
        self.belongs.and(self.wanted)
    }
}

impl Reader<'_, '_> {
    /// The members of a set in the order of output, those that a filter leaves out among them: inside
    /// the set's place, else the outer subject, else the plan's region, else all that are known.
    pub(super) fn members(&self, set: &Set, outer: Option<SubjectId>, m: Moment) -> Vec<Member> {
        let mut found = Vec::new();
        for (subject, is) in self.candidates(set, outer, m.region) {
            let member = || {
                let (kept, wanted) = self.wanted(set, subject, m);
                Member {
                    subject,
                    belongs: is.and(kept),
                    wanted,
                }
            };
            let quiet = self.quietly(member);
            // Of what decides who belongs only the gaps are of interest.
            found.push(match quiet.counts() {
                Truth::Unknown => member(),
                _ => quiet,
            });
        }
        found
    }

    /// Who may belong to a set, its filter and exceptions apart, in the order of output.
    pub(super) fn candidates(
        &self,
        set: &Set,
        outer: Option<SubjectId>,
        region: Option<PlaceId>,
    ) -> Vec<(SubjectId, Truth)> {
        let outer = outer.and_then(|s| self.bound.place_of(s));
        let place = set.place.or(outer).or(region);
        let mut found: Vec<(SubjectId, Truth)> = Vec::new();
        for of in &set.of {
            for (id, belongs) in self.all(of) {
                let places = &self.bound.ruleset.places;
                if place.is_some_and(|p| id == p || !places.lies_in(id, p)) || !self.knows(id) {
                    continue;
                }
                let Some(subject) = self.bound.subject_of(id) else {
                    continue;
                };
                if set.of.len() > 1 && found.iter().any(|(known, _)| *known == subject) {
                    continue;
                }
                found.push((subject, belongs));
            }
        }
        found.sort_by_key(|(subject, _)| *subject);
        found
    }

    /// Whether exceptions keep a subject in a set, and whether its filter wants it.
    pub(super) fn wanted(&self, set: &Set, subject: SubjectId, m: Moment) -> (Truth, Truth) {
        let wanted = match &set.filter {
            Some(filter) => self.condition(filter, subject, m),
            None => Truth::True,
        };
        (self.excepted(set, subject, m).not(), wanted)
    }

    /// Whether one subject may belong to a set, as [`Reader::candidates`] has it; `None` if not.
    pub(super) fn candidate(
        &self,
        set: &Set,
        subject: SubjectId,
        region: Option<PlaceId>,
    ) -> Option<Truth> {
        let id = self.bound.place_of(subject)?;
        let places = &self.bound.ruleset.places;
        let place = set.place.or(region);
        if place.is_some_and(|p| id == p || !places.lies_in(id, p)) || !self.knows(id) {
            return None;
        }
        let own = places.get(id)?;
        let mut belongs = Truth::False;
        for of in &set.of {
            belongs = belongs.or(match of {
                Members::With { attribute, value } => {
                    let of_type = self.bound.ruleset.type_of(own);
                    let declares = of_type
                        .is_some_and(|t| t.attributes.iter().any(|a| a.indicator == *attribute));
                    match declares {
                        true => self.has(&[*attribute], value, subject),
                        false => Truth::False,
                    }
                }
                of => self.is_one(of, id, own.of.as_deref(), own.category).into(),
            });
        }
        (belongs != Truth::False).then_some(belongs)
    }

    /// Whether a place is known here: tests declare entities for themselves alone.
    fn knows(&self, id: PlaceId) -> bool {
        self.bound.ruleset.knows(id, self.bound.test)
    }

    /// Everything of a type, wherever it lies.
    fn all(&self, of: &Members) -> Vec<(PlaceId, Truth)> {
        let places = &self.bound.ruleset.places;
        let sure = |id: PlaceId| (id, Truth::True);
        match of {
            Members::Group(group) => {
                let parts = places.get(*group).map_or(&[][..], |g| &g.parts);
                parts.iter().copied().map(sure).collect()
            }
            Members::Regions(_) | Members::Entities(_) => {
                let mut all = Vec::new();
                for (id, place) in places.iter() {
                    if self.is_one(of, id, place.of.as_deref(), place.category) {
                        all.push(sure(id));
                    }
                }
                all
            }
            Members::With { attribute, value } => {
                let mut all = Vec::new();
                for (id, place) in places.iter() {
                    let declares =
                        self.bound.ruleset.type_of(place).is_some_and(|t| {
                            t.attributes.iter().any(|a| a.indicator == *attribute)
                        });
                    let Some(subject) = self.bound.subject_of(id).filter(|_| declares) else {
                        continue;
                    };
                    let read = || self.has(&[*attribute], value, subject);
                    let is = match self.quietly(read) {
                        Truth::Unknown => read(),
                        is => is,
                    };
                    if is != Truth::False {
                        all.push((id, is));
                    }
                }
                all
            }
        }
    }

    fn is_one(&self, of: &Members, id: PlaceId, kind: Option<&str>, category: Category) -> bool {
        match of {
            Members::Regions(name) => {
                let of_type = |kind| guiju_lang::model::is_of_type(kind, name);
                category == Category::Region && kind.is_some_and(of_type)
            }
            Members::Entities(name) => category == Category::Entity && kind == Some(name),
            Members::Group(group) => {
                let group = self.bound.ruleset.places.get(*group);
                group.is_some_and(|g| g.parts.contains(&id))
            }
            Members::With { .. } => false,
        }
    }

    /// Whether an exception of the set names the subject.
    fn excepted(&self, set: &Set, subject: SubjectId, m: Moment) -> Truth {
        let mut out = Truth::False;
        for exception in &set.except {
            let what = self.condition(&exception.what, subject, m);
            let only = match &exception.only {
                Some(only) => self.condition(only, subject, m),
                None => Truth::True,
            };
            out = out.or(what.and(only));
        }
        out
    }

    /// Whether one of these attributes of a subject has a value; one that may have it and is not
    /// known leaves that open.
    fn has(&self, attributes: &[IndicatorId], value: &str, subject: SubjectId) -> Truth {
        let bound = self.bound;
        let place = bound
            .place_of(subject)
            .and_then(|p| bound.ruleset.places.get(p));
        let of_type = place.and_then(|p| bound.ruleset.type_of(p));
        let mut truth = Truth::False;
        for attribute in attributes {
            let timeless = Period::timeless();
            let known = bound.at(*attribute, subject, timeless);
            let declared = of_type.is_some_and(|t| {
                let mut own = t.attributes.iter();
                own.any(|a| a.indicator == *attribute)
            });
            if declared || known != Known::Nothing {
                self.note(Leaf {
                    indicator: *attribute,
                    subject: Some(subject),
                    period: timeless,
                    known: known.clone(),
                });
            }
            let is = match known {
                Known::One(at) => match bound.fact(*attribute, at) {
                    Some(Fact::Word(word)) => (word == value).into(),
                    Some(_) => Truth::False,
                    None => Truth::Unknown,
                },
                Known::Conflict(_) => Truth::Unknown,
                Known::Nothing | Known::Forecast(_) if declared => Truth::Unknown,
                Known::Nothing | Known::Forecast(_) => Truth::False,
            };
            truth = truth.or(is);
        }
        if attributes.is_empty() {
            // An attribute that no declaration knows.
            return Truth::Unknown;
        }
        truth
    }

    /// Whether a condition holds for a subject.
    pub(super) fn condition(&self, condition: &Condition, subject: SubjectId, m: Moment) -> Truth {
        match condition {
            Condition::And(a, b) => {
                let (a, b) = (self.condition(a, subject, m), self.condition(b, subject, m));
                a.and(b)
            }
            Condition::Or(a, b) => {
                let (a, b) = (self.condition(a, subject, m), self.condition(b, subject, m));
                a.or(b)
            }
            Condition::Not(a) => self.condition(a, subject, m).not(),
            Condition::Compare(comparison) => self.comparison(comparison, subject, m),
            Condition::Has { attributes, value } => self.has(attributes, value, subject),
            Condition::Is(place) => {
                let places = &self.bound.ruleset.places;
                let own = self.bound.place_of(subject);
                own.is_some_and(|own| places.lies_in(own, *place)).into()
            }
            Condition::Of(Members::With { attribute, value }) => {
                self.has(std::slice::from_ref(attribute), value, subject)
            }
            Condition::Of(members) => {
                let Some(id) = self.bound.place_of(subject) else {
                    return Truth::Unknown;
                };
                let place = self.bound.ruleset.places.get(id);
                let is =
                    place.is_some_and(|p| self.is_one(members, id, p.of.as_deref(), p.category));
                is.into()
            }
        }
    }

    /// What each comparison of a condition came to, with the figures that it read.
    pub(super) fn trace(
        &self,
        condition: &Condition,
        subject: SubjectId,
        m: Moment,
        out: &mut Vec<Tested>,
    ) {
        match condition {
            Condition::And(a, b) | Condition::Or(a, b) => {
                self.trace(a, subject, m, out);
                self.trace(b, subject, m, out);
            }
            Condition::Not(a) => self.trace(a, subject, m, out),
            _ => {
                self.taken();
                let truth = self.condition(condition, subject, m);
                let text = match condition {
                    Condition::Compare(comparison) => comparison.text.clone(),
                    Condition::Has { value, .. } => value.clone(),
                    Condition::Is(place) => {
                        let place = self.bound.ruleset.places.get(*place);
                        place.map_or(String::new(), |p| p.name.clone())
                    }
                    Condition::Of(members) => self.name_of(members),
                    _ => String::new(),
                };
                let leaves = self.taken();
                out.push(Tested {
                    text,
                    truth,
                    leaves,
                });
            }
        }
    }

    /// The name of a type or group.
    fn name_of(&self, members: &Members) -> String {
        match members {
            Members::Regions(name) | Members::Entities(name) => name.clone(),
            Members::With { value, .. } => value.clone(),
            Members::Group(group) => {
                let group = self.bound.ruleset.places.get(*group);
                group.map_or(String::new(), |g| g.name.clone())
            }
        }
    }

    /// The periods in which anything was observed that a condition speaks of.
    pub(super) fn periods_of(&self, condition: &Condition, subject: SubjectId) -> Vec<Period> {
        let mut periods = Vec::new();
        condition.walk(&mut |part| {
            if let Part::Expr(Expr::Indicator(id) | Expr::Latest(id)) = part {
                periods.extend(self.bound.periods(*id, subject));
            }
        });
        periods.retain(|p| !p.is_timeless());
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    fn comparison(&self, comparison: &Comparison, subject: SubjectId, m: Moment) -> Truth {
        let subject = Some(subject);
        let compare = |op: Op, right: &Expr| {
            let left = self.value(&comparison.left, subject, m);
            let right = self.value(right, subject, m);
            let fits = left.dimension.beside(&right.dimension).is_some();
            match fits && !left.misfit && !right.misfit {
                true => left.value.compare(op, &right.value),
                false => Truth::Unknown,
            }
        };
        match &comparison.test {
            Comparing::With(op, right) => compare(*op, right),
            Comparing::Between(low, high) => compare(Op::Ge, low).and(compare(Op::Le, high)),
            Comparing::OneOf(values) => values
                .iter()
                .map(|v| compare(Op::Eq, v))
                .fold(Truth::False, Truth::or),
            Comparing::Change {
                change,
                running,
                op,
                amount,
            } => {
                if m.period.is_timeless() {
                    return Truth::Unknown;
                }
                let mut truth = Truth::True;
                let mut period = m.period;
                for _ in 0..*running {
                    let before = self.value(&comparison.left, subject, m.at(period.step(-1)));
                    let after = self.value(&comparison.left, subject, m.at(period));
                    truth = truth.and(changed(
                        *change,
                        *op,
                        &Possible::number(amount.clone()),
                        (&before.value, &after.value),
                    ));
                    period = period.step(-1);
                }
                truth
            }
        }
    }
}

/// The change from one value to a later one, in its own direction; nothing where it has no rate.
pub(super) fn difference(change: Change, before: &Possible, after: &Possible) -> Possible {
    let (before, after) = (steps(before), steps(after));
    let rise = after.sub(&before);
    match change {
        Change::Rises | Change::NeverFalls | Change::NeverRises => rise,
        Change::Falls => rise.neg(),
        Change::Stays => match rise.exact_number() {
            Some(rise) => Possible::number(rise.abs()),
            None => Possible::any(),
        },
        // Growth from nothing, or from below it, has no rate.
        Change::Grows | Change::Shrinks => {
            let positive = match &before.low {
                Some(Value::Number(low)) => !low.is_negative() && !low.is_zero(),
                _ => false,
            };
            match (positive, change) {
                (false, _) => Possible::any(),
                (true, Change::Grows) => rise.div(&before),
                (true, _) => rise.neg().div(&before),
            }
        }
    }
}

/// Whether a change is as large as a condition wants.
fn changed(
    change: Change,
    op: Op,
    amount: &Possible,
    (before, after): (&Possible, &Possible),
) -> Truth {
    difference(change, before, after).compare(op, amount)
}

/// A change on a scale counts steps, better is up.
fn steps(value: &Possible) -> Possible {
    match value.exact() {
        Some(Value::Grade(step)) => Possible::number(Number::from(-i64::from(*step))),
        _ => value.clone(),
    }
}
