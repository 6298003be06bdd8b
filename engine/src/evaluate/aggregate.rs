//! What is computed over a set: sums, shares, means, spreads, ranks.
//!
//! A member without a figure, or one that may or may not belong, makes a range of what it can, and
//! leaves the rest open.

use guiju_lang::model::{Aggregate, Expr, How, Ranking};
use guiju_lang::{Number, Op, Unit};

use crate::bind::SubjectId;
use crate::truth::Truth;

use super::dimension::Dimension;
use super::possible::{Possible, Value};
use super::reader::{Moment, Reader};
use super::sets::Member;

/// What a member adds: its value with its weight, as far as they are known.
struct Entry {
    value: Option<Number>,
    weight: Option<Number>,
}

impl Reader<'_, '_> {
    /// An aggregate with what it is a value of; no dimension where units do not fit.
    pub(super) fn aggregate(
        &self,
        aggregate: &Aggregate,
        subject: Option<SubjectId>,
        m: Moment,
    ) -> (Possible, Option<Dimension>) {
        let outer = subject.filter(|_| aggregate.set.place.is_none());
        let mut members = self.members(&aggregate.set, outer, m);
        if aggregate.other {
            members.retain(|member| Some(member.subject) != subject);
        }
        match aggregate.how {
            How::Count => {
                let one = |_: &Member| Some(Number::ONE);
                (sum(&members, one), Some(Dimension::Any))
            }
            How::Sum | How::Share => {
                let mut dimension = Some(Dimension::Nothing);
                let share = aggregate.how == How::Share;
                let mut values = Vec::with_capacity(members.len());
                for member in &members {
                    let matters = if share {
                        member.belongs
                    } else {
                        member.counts()
                    };
                    values.push(match (&aggregate.of, matters) {
                        (None, _) => {
                            dimension = Some(Dimension::Of(Unit::bare()));
                            Some(Number::ONE)
                        }
                        (Some(_), Truth::False) => Some(Number::ZERO),
                        (Some(of), _) => self.own(of, member.subject, m, &mut dimension),
                    });
                }
                let pairs = || members.iter().zip(&values);
                if share {
                    let pure = dimension.map(|_| Dimension::Pure);
                    (proportion(pairs()), pure)
                } else {
                    (summed(pairs()), dimension)
                }
            }
            _ => self.statistic(aggregate, &members, m),
        }
    }

    /// The number of one member; its unit has to fit those of the others.
    fn own(
        &self,
        of: &Expr,
        subject: SubjectId,
        m: Moment,
        dimension: &mut Option<Dimension>,
    ) -> Option<Number> {
        let found = self.value(of, Some(subject), m);
        if found.misfit {
            *dimension = None;
        }
        let number = found.value.exact_number().cloned();
        if number.is_some() {
            *dimension = dimension.take().and_then(|d| d.beside(&found.dimension));
        }
        number
    }

    fn statistic(
        &self,
        aggregate: &Aggregate,
        members: &[Member],
        m: Moment,
    ) -> (Possible, Option<Dimension>) {
        let mut dimension = Some(Dimension::Any);
        let mut weights = Some(Dimension::Any);
        let mut entries = Vec::new();
        let mut open = false;
        for member in members {
            match member.counts() {
                Truth::False => {}
                Truth::Unknown => open = true,
                Truth::True => {
                    let value = match &aggregate.of {
                        Some(of) => self.own(of, member.subject, m, &mut dimension),
                        None => None,
                    };
                    let weight = match &aggregate.weight {
                        Some(weight) => self.own(weight, member.subject, m, &mut weights),
                        None => Some(Number::ONE),
                    };
                    entries.push(Entry { value, weight });
                }
            }
        }
        let dimension = match aggregate.how {
            How::Cv => dimension.map(|_| Dimension::Pure),
            _ => dimension,
        };
        if weights.is_none() {
            return (Possible::any(), None);
        }
        if open {
            return (Possible::any(), dimension);
        }
        (statistic(aggregate.how, &entries), dimension)
    }

    /// The place of the subject among others: better ones come before it, equal ones share the
    /// better place; one whose figure is missing may come before it or not.
    pub(super) fn rank(
        &self,
        ranking: &Ranking,
        subject: Option<SubjectId>,
        m: Moment,
    ) -> Possible {
        let own = self.value(&ranking.of, subject, m);
        if own.misfit || own.value.exact().is_none() {
            return Possible::any();
        }
        let op = if ranking.higher { Op::Gt } else { Op::Lt };
        let (mut first, mut last) = (1i64, 1i64);
        for member in self.members(&ranking.among, None, m) {
            if Some(member.subject) == subject {
                continue;
            }
            let other = self.value(&ranking.of, Some(member.subject), m);
            if other.misfit || other.dimension.beside(&own.dimension).is_none() {
                return Possible::any();
            }
            let before = other.value.compare(op, &own.value);
            match member.counts().and(before) {
                Truth::True => (first, last) = (first + 1, last + 1),
                Truth::False => {}
                Truth::Unknown => last += 1,
            }
        }
        Possible::between(Some(Number::from(first)), Some(Number::from(last)))
    }
}

fn sum(members: &[Member], value: impl Fn(&Member) -> Option<Number>) -> Possible {
    let values: Vec<Option<Number>> = members.iter().map(value).collect();
    summed(members.iter().zip(&values))
}

/// The sum over those that count; one that may count widens the range by its value.
fn summed<'a>(pairs: impl Iterator<Item = (&'a Member, &'a Option<Number>)>) -> Possible {
    let (mut low, mut high) = (Number::ZERO, Number::ZERO);
    for (member, value) in pairs {
        let counts = member.counts();
        let Some(value) = value else {
            if counts == Truth::False {
                continue;
            }
            return Possible::any();
        };
        match counts {
            Truth::False => {}
            Truth::True => (low, high) = (low.add(value), high.add(value)),
            Truth::Unknown if value.is_negative() => low = low.add(value),
            Truth::Unknown => high = high.add(value),
        }
    }
    Possible::between(Some(low), Some(high))
}

/// What is wanted of what belongs. Its ends are found by giving each undecided member the reading
/// that lowers, or raises, the quotient; the order of these choices does not matter for shares of
/// equal members, and for others all of them are tried while there are few.
fn proportion<'a>(pairs: impl Iterator<Item = (&'a Member, &'a Option<Number>)>) -> Possible {
    const TRIED: usize = 12;
    let (mut part, mut whole) = (Number::ZERO, Number::ZERO);
    let mut undecided: Vec<(Vec<(bool, bool)>, &Number)> = Vec::new();
    for (member, value) in pairs {
        if member.belongs == Truth::False {
            continue;
        }
        let Some(value) = value else {
            return Possible::any();
        };
        let readings = |truth: Truth| match truth {
            Truth::True => vec![true],
            Truth::False => vec![false],
            Truth::Unknown => vec![true, false],
        };
        let mut ways = Vec::new();
        for belongs in readings(member.belongs) {
            for wanted in readings(member.wanted) {
                let way = (belongs, belongs && wanted);
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
        }
        match ways.as_slice() {
            [(belongs, wanted)] => {
                if *belongs {
                    whole = whole.add(value);
                }
                if *wanted {
                    part = part.add(value);
                }
            }
            _ => undecided.push((ways, value)),
        }
    }
    let mut readings = vec![(part, whole)];
    if undecided.len() > TRIED {
        return bounded(readings, &undecided);
    }
    for (ways, value) in undecided {
        let mut next: Vec<(Number, Number)> = Vec::with_capacity(readings.len() * ways.len());
        for (part, whole) in &readings {
            for (belongs, wanted) in &ways {
                let whole = if *belongs {
                    whole.add(value)
                } else {
                    whole.clone()
                };
                let part = if *wanted {
                    part.add(value)
                } else {
                    part.clone()
                };
                if !next.contains(&(part.clone(), whole.clone())) {
                    next.push((part, whole));
                }
            }
        }
        readings = next;
    }
    let quotients: Option<Vec<Number>> = readings
        .iter()
        .map(|(part, whole)| part.div(whole))
        .collect();
    match quotients {
        Some(all) => Possible::between(all.iter().min().cloned(), all.iter().max().cloned()),
        // Nothing belongs in some reading: there is no share of nothing.
        None => Possible::any(),
    }
}

/// Where too much is undecided to try it all: no more than all of it, no less than none of it.
fn bounded(
    readings: Vec<(Number, Number)>,
    undecided: &[(Vec<(bool, bool)>, &Number)],
) -> Possible {
    let Some((part, whole)) = readings.into_iter().next() else {
        return Possible::any();
    };
    let (mut wanted, mut unwanted) = (Number::ZERO, Number::ZERO);
    for (ways, value) in undecided {
        if value.is_negative() {
            return Possible::any();
        }
        if ways.contains(&(true, true)) {
            wanted = wanted.add(value);
        }
        if ways.contains(&(true, false)) {
            unwanted = unwanted.add(value);
        }
    }
    if part.is_negative() || whole.is_negative() || whole.is_zero() {
        return Possible::any();
    }
    let low = part.div(&whole.add(&unwanted));
    let high = part.add(&wanted).div(&whole.add(&wanted));
    Possible::between(low, high)
}

/// A figure that is missing leaves min and max one-sided, and everything else open; over nothing
/// there is nothing.
fn statistic(how: How, entries: &[Entry]) -> Possible {
    let known: Vec<&Number> = entries.iter().filter_map(|e| e.value.as_ref()).collect();
    let complete = known.len() == entries.len();
    let (Some(least), Some(greatest)) = (known.iter().min(), known.iter().max()) else {
        return Possible::any();
    };
    let (least, greatest) = (Some((**least).clone()), Some((**greatest).clone()));
    match how {
        How::Min if complete => return Possible::between(least.clone(), least),
        How::Max if complete => return Possible::between(greatest.clone(), greatest),
        How::Min => return Possible::between(None, least),
        How::Max => return Possible::between(greatest, None),
        _ if !complete => return Possible::any(),
        How::Median => return median(known),
        _ => {}
    }
    let mut total = Number::ZERO;
    let mut weighted = Number::ZERO;
    let mut pairs = Vec::with_capacity(entries.len());
    for entry in entries {
        let (Some(value), Some(weight)) = (&entry.value, &entry.weight) else {
            return Possible::any();
        };
        total = total.add(weight);
        weighted = weighted.add(&value.mul(weight));
        pairs.push((value, weight));
    }
    let Some(mean) = weighted.div(&total) else {
        return Possible::any();
    };
    if how == How::Average {
        return Possible::number(mean);
    }
    let squares = pairs.iter().fold(Number::ZERO, |sum, (value, weight)| {
        let off = value.sub(&mean);
        sum.add(&off.mul(&off).mul(weight))
    });
    let Some(variance) = squares.div(&total).filter(|v| !v.is_negative()) else {
        return Possible::any();
    };
    if how == How::Stdev {
        return Possible::known(Value::Root(variance));
    }
    if mean.is_negative() || mean.is_zero() {
        return Possible::any();
    }
    match variance.div(&mean.mul(&mean)) {
        Some(square) => Possible::known(Value::Root(square)),
        None => Possible::any(),
    }
}

fn median(mut known: Vec<&Number>) -> Possible {
    known.sort();
    let n = known.len();
    let middle = |at: usize| known.get(at).copied();
    match (middle(n.saturating_sub(1) / 2), middle(n / 2)) {
        (Some(a), Some(b)) => Possible::number(a.add(b).mul(&Number::decimal(5, 1))),
        _ => Possible::any(),
    }
}
