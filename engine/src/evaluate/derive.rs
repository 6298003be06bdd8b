//! Facts that rules make: `define`, `derive … when`, `when … then`. Each is made once, before rules
//! are decided, after whatever it reads; from then on it is a figure like any other.

use guiju_lang::model::{
    Claim, Condition, Derivation as Statement, Derive, Expr, FactValue, HowMany,
};
use guiju_lang::model::{IndicatorId, Part, PlaceId, Rule, Scope, Set};
use guiju_lang::source::Span;
use guiju_lang::{Date, Kind, Period, Unit};

use crate::bind::{Bound, Derivation, DerivedFigure, Fact, Known, Maker, ObsRef, SubjectId};
use crate::facts::Status;
use crate::truth::Truth;

use super::dimension::Dimension;
use super::possible::Value;
use super::reader::{Moment, Reader};

/// Makes every fact that the rules make, as far as it is decided as of a day.
pub(crate) fn derive(bound: &mut Bound<'_>, as_of: Date) {
    for at in 0..bound.ruleset.derivations.len() {
        let Some(statement) = bound.ruleset.derivations.get(at) else {
            continue;
        };
        let figures = Maked {
            reader: Reader::new(bound, as_of),
            statement,
            number: at as u32,
        }
        .figures();
        bound.add_derived(figures);
    }
}

/// Goes through everything that a statement reads.
type Walk<'a> = dyn Fn(&mut dyn FnMut(Part<'_>)) + 'a;

/// A statement on its way to figures.
struct Maked<'a, 'b> {
    reader: Reader<'a, 'b>,
    statement: &'a Statement,
    number: u32,
}

impl Maked<'_, '_> {
    fn figures(&self) -> Vec<DerivedFigure> {
        match &self.statement.how {
            Derive::Define(value, unit) => self.defined(value, unit.as_ref()),
            Derive::When(set, condition) => {
                let yes = |truth| match truth {
                    Truth::True => Some(Fact::Flag(true)),
                    Truth::False => Some(Fact::Flag(false)),
                    Truth::Unknown => None,
                };
                self.conditional(Some(set), None, None, condition, &yes)
            }
            Derive::Rule(at) => {
                let rules = &self.reader.bound.ruleset.rules;
                rules
                    .get(*at as usize)
                    .map_or(Vec::new(), |rule| self.consequence(rule))
            }
        }
    }

    fn moment(&self, period: Period, region: Option<PlaceId>) -> Moment {
        Moment {
            period,
            by: false,
            region,
        }
    }

    // ── define ───────────────────────────────────────────────────────────────────────────────

    fn defined(&self, value: &Expr, unit: Option<&Unit>) -> Vec<DerivedFigure> {
        let mut figures = Vec::new();
        let everyone = is_of_others(value);
        let all: Vec<SubjectId> = (0..self.reader.bound.subjects.len() as u32)
            .map(SubjectId)
            .collect();
        for subject in &all {
            let among = if everyone {
                all.as_slice()
            } else {
                std::slice::from_ref(subject)
            };
            for period in self.periods(&|visit| value.walk(visit), among, false) {
                let m = self.moment(period, None);
                let found = self.reader.value(value, Some(*subject), m);
                let from = self.rests_on();
                let number = match found.value.exact() {
                    Some(Value::Number(number)) if !found.misfit => number.clone(),
                    Some(Value::Root(square)) if !found.misfit => super::possible::root(square),
                    _ => continue,
                };
                let Some(unit) = self.unit_of(unit, &found.dimension) else {
                    continue;
                };
                figures.push(self.figure(*subject, period, Fact::Number(number), unit, from));
            }
        }
        figures
    }

    /// The unit of a defined value: the one it is stated in, if that can be, else its own.
    fn unit_of(&self, stated: Option<&Unit>, dimension: &Dimension) -> Option<Unit> {
        match (stated, dimension) {
            (Some(stated), dimension) => dimension.stated_in(stated).then(|| stated.clone()),
            (None, Dimension::Of(unit)) => Some(unit.clone()),
            (None, Dimension::Pure) => {
                let indicator = self
                    .reader
                    .bound
                    .ruleset
                    .indicator(self.statement.indicator);
                let rate = indicator.is_some_and(|i| i.kind == Some(Kind::Rate));
                Some(if rate { Unit::percent() } else { Unit::bare() })
            }
            (None, _) => Some(Unit::bare()),
        }
    }

    // ── derive, then ─────────────────────────────────────────────────────────────────────────

    fn consequence(&self, rule: &Rule) -> Vec<DerivedFigure> {
        let Claim::Makes {
            condition, value, ..
        } = &rule.claim
        else {
            return Vec::new();
        };
        let bound = self.reader.bound;
        let region = bound.ruleset.plan_of(rule).and_then(|p| p.region);
        let fact = self.fact_of(value);
        let make = |truth| (truth == Truth::True).then(|| fact.clone()).flatten();
        match rule.quantifiers.as_slice() {
            [] => {
                let subjects: Vec<SubjectId> = match &rule.scope {
                    Scope::Place { place, .. } => bound.subject_of(*place).into_iter().collect(),
                    Scope::Mentioned => (0u32..)
                        .map(SubjectId)
                        .zip(&bound.subjects)
                        .filter(|(_, c)| c.is_region && c.mentioned)
                        .map(|(id, _)| id)
                        .collect(),
                };
                self.conditional(None, Some(subjects), region, condition, &make)
            }
            [one] if one.how == HowMany::Each => {
                self.conditional(Some(&one.set), None, region, condition, &make)
            }
            // Of some of several nobody can say of which.
            _ => Vec::new(),
        }
    }

    fn fact_of(&self, value: &FactValue) -> Option<Fact> {
        let ruleset = self.reader.bound.ruleset;
        let indicator = ruleset.indicator(self.statement.indicator)?;
        Some(match value {
            FactValue::Quantity(quantity) => Fact::Number(quantity.base_value()),
            FactValue::Word(word) => match indicator.kind {
                Some(Kind::Grade) => {
                    let scale = indicator.scale.and_then(|id| ruleset.scale(id))?;
                    Fact::Grade(scale.steps.iter().position(|s| s == word)? as u32)
                }
                Some(Kind::Flag) => Fact::Flag(word == "yes"),
                _ => Fact::Word(word.clone()),
            },
        })
    }

    fn conditional(
        &self,
        set: Option<&Set>,
        subjects: Option<Vec<SubjectId>>,
        region: Option<PlaceId>,
        condition: &Condition,
        make: &dyn Fn(Truth) -> Option<Fact>,
    ) -> Vec<DerivedFigure> {
        let members = |m: Moment| match (set, &subjects) {
            (Some(set), _) => self.reader.quietly(|| {
                let members = self.reader.members(set, None, m).into_iter();
                let sure = members.filter(|member| member.counts() == Truth::True);
                sure.map(|member| member.subject).collect()
            }),
            (None, subjects) => subjects.clone().unwrap_or_default(),
        };
        let walk = |visit: &mut dyn FnMut(Part<'_>)| {
            condition.walk(visit);
            if let Some(set) = set {
                set.walk(visit);
            }
        };
        let all: Vec<SubjectId> = (0..self.reader.bound.subjects.len() as u32)
            .map(SubjectId)
            .collect();
        let mut figures = Vec::new();
        for period in self.periods(&walk, &all, true) {
            let m = self.moment(period, region);
            for subject in members(m) {
                let truth = self.reader.condition(condition, subject, m);
                let from = self.rests_on();
                if let Some(fact) = make(truth) {
                    figures.push(self.figure(subject, period, fact, Unit::bare(), from));
                }
            }
        }
        // What is decided without a period need not be made for each.
        let timeless = self.reader.bound.is_timeless(self.statement.indicator);
        let always: Vec<(SubjectId, Fact)> = figures
            .iter()
            .filter(|f| f.period.is_timeless() && timeless)
            .map(|f| (f.subject, f.value.clone()))
            .collect();
        figures.retain(|f| {
            let same =
                |(subject, value): &(SubjectId, Fact)| *subject == f.subject && *value == f.value;
            f.period.is_timeless() || !always.iter().any(same)
        });
        figures
    }

    // ── what both need ───────────────────────────────────────────────────────────────────────

    /// The periods for which something can be made: those in which what it reads was observed, those
    /// that rules ask for (a condition may speak of other periods), and none in particular.
    fn periods(&self, walk: &Walk<'_>, subjects: &[SubjectId], asked: bool) -> Vec<Period> {
        let mut read: Vec<IndicatorId> = Vec::new();
        let mut periods = vec![Period::timeless()];
        walk(&mut |part| {
            if let Part::Expr(Expr::Indicator(id) | Expr::Latest(id)) = part {
                read.push(*id);
            }
        });
        read.sort_unstable();
        read.dedup();
        for id in &read {
            for subject in subjects {
                periods.extend(self.reader.bound.periods(*id, *subject));
            }
        }
        let timeless = self.reader.bound.is_timeless(self.statement.indicator);
        if asked && (!read.is_empty() || !timeless) {
            periods.extend(self.asked());
        }
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    /// The periods for which rules read what is made.
    fn asked(&self) -> Vec<Period> {
        use guiju_lang::model::Time;
        let mut periods = Vec::new();
        for rule in &self.reader.bound.ruleset.rules {
            let mut reads = rule.demand.indicator == self.statement.indicator;
            rule.walk(&mut |part| {
                reads |= matches!(part, Part::Expr(Expr::Indicator(id)) if *id == self.statement.indicator);
            });
            if !reads {
                continue;
            }
            for demand in rule.demands() {
                match &demand.time {
                    Time::In(period) | Time::By(period) => periods.push(*period),
                    Time::Throughout(span) | Time::Each(span) => periods.extend(span.iter()),
                    _ => {}
                }
            }
        }
        periods
    }

    /// The figures that were read since the last time.
    fn rests_on(&self) -> Vec<ObsRef> {
        let leaves = self.reader.taken().into_iter();
        let known = leaves.filter_map(|leaf| match leaf.known {
            Known::One(at) => Some(at),
            _ => None,
        });
        known.collect()
    }

    fn figure(
        &self,
        subject: SubjectId,
        period: Period,
        value: Fact,
        unit: Unit,
        from: Vec<ObsRef>,
    ) -> DerivedFigure {
        let statuses = from.iter().map(|at| self.reader.bound.status(*at));
        let origin: Span = self.statement.span;
        DerivedFigure {
            indicator: self.statement.indicator,
            subject,
            period,
            value,
            unit,
            status: statuses.max().unwrap_or(Status::Final),
            origin,
            made: Derivation {
                maker: Maker::Statement(self.number),
                from,
            },
        }
    }
}

/// Whether a value is one of other subjects too.
fn is_of_others(value: &Expr) -> bool {
    let mut others = false;
    value.walk(&mut |part| {
        others |= matches!(
            part,
            Part::Expr(Expr::Aggregate(_) | Expr::Rank(_) | Expr::In(..))
        );
    });
    others
}
