//! Values of a decision: in the unit of the requirement, as gaps, as text.

use guiju_lang::model::{Test, Time, Value, due_in};
use guiju_lang::period::days_between;
use guiju_lang::{Base, Date, Kind, Number, Op, Period, Quantity, Unit};

use crate::bind::{Event, Fact, Known, ObsRef};
use crate::evaluate::{Due, Judged, State, Way};
use crate::truth::Truth;

use super::{Detail, Gap};

impl<'a> Detail<'a> {
    /// The unit in which the rule states its bound.
    pub(crate) fn unit(&self) -> Option<&'a Unit> {
        match &self.requirement.test {
            Test::Compare {
                value: Value::Quantity(q),
                ..
            }
            | Test::Between {
                lower: Value::Quantity(q),
                ..
            } => Some(&q.unit),
            Test::Computed(wanted) => Some(&wanted.unit),
            _ => None,
        }
    }

    /// A figure in the unit of the requirement.
    pub(crate) fn number_in_rule_unit(&self, at: ObsRef) -> Option<Number> {
        let quantity = self.bound.quantity(self.indicator, at)?;
        Some(match self.unit() {
            Some(unit) => quantity.number_in(unit),
            None => quantity.number,
        })
    }

    /// Which way a rounded value must err so as not to look better than it is: up where less is
    /// asked for, away from the bounds of `between` and `=`. A rounded bound errs the other way.
    pub(crate) fn rounds_up(&self, above: bool) -> bool {
        let op = match &self.requirement.test {
            Test::Compare { op, .. } => *op,
            Test::Computed(wanted) => wanted.op,
            Test::Between { .. } => return above,
            Test::Done | Test::Made => return false,
        };
        match op {
            Op::Le | Op::Lt => true,
            Op::Ge | Op::Gt => false,
            Op::Eq => above,
        }
    }

    /// Whether a figure lies above the bound, or the upper one.
    pub(crate) fn is_above(&self, at: ObsRef) -> bool {
        match &self.requirement.test {
            Test::Compare { value, .. } | Test::Between { upper: value, .. } => match value {
                Value::Quantity(q) => self.bound.number(self.indicator, at) > Some(q.base_value()),
                _ => false,
            },
            Test::Computed(_) | Test::Done | Test::Made => false,
        }
    }

    /// The printed symbol of the rule's unit; a bare count takes that of the figure.
    pub(crate) fn symbol(&self) -> String {
        let own = self.unit().map_or("", |u| u.symbol.as_str());
        if let Some(symbol) = self.symbol_of_figures() {
            return symbol;
        }
        if !own.is_empty() || self.demand.kind != Kind::Count || self.demand.formula.is_some() {
            return own.to_string();
        }
        let figure = self
            .deciding
            .or(self.latest)
            .and_then(|(_, at)| self.bound.quantity(self.indicator, at));
        figure.map_or(String::new(), |q| q.unit.symbol)
    }

    /// actual − required, in the unit of the requirement (points for rates, places for ranks,
    /// days for milestones, steps for grades).
    pub(crate) fn gap(&self) -> Option<Gap> {
        match (&self.requirement.test, self.deciding) {
            // What is counted by attributes alone rests on no figure.
            (Test::Computed(wanted), None) => self.computed_gap(wanted, self.judged_for()?),
            (_, deciding) => deciding.and_then(|(period, at)| self.gap_of(period, at)),
        }
    }

    /// The periods that fail, the one with the widest gap first, where several are judged.
    pub(crate) fn failing(&self) -> Vec<(Period, ObsRef, Option<Gap>)> {
        let Judged::Several(several) = &self.judged else {
            return Vec::new();
        };
        let milestone = self.demand.kind == Kind::Milestone;
        let mut failing: Vec<(Period, ObsRef, Option<Gap>)> = several
            .iter()
            .filter(|p| p.truth == Truth::False)
            .filter_map(|p| match p.known {
                // How late a milestone is depends on its own period, which the text names.
                Known::One(at) if milestone => Some((p.period, at, None)),
                Known::One(at) => Some((p.period, at, self.gap_of(p.period, at))),
                _ => None,
            })
            .collect();
        let width = |gap: &Option<Gap>| gap.as_ref().map(|g| g.value.abs());
        failing.sort_by_key(|f| std::cmp::Reverse(width(&f.2)));
        failing
    }

    fn gap_of(&self, period: Period, at: ObsRef) -> Option<Gap> {
        match &self.requirement.test {
            Test::Computed(wanted) => self.computed_gap(wanted, period),
            Test::Done => self.days_late(at),
            Test::Made => None,
            Test::Compare {
                value: Value::Flag(_),
                ..
            } => None,
            Test::Compare {
                value: Value::Grade { step, .. },
                ..
            } => self.steps(at, *step, *step),
            Test::Between {
                lower: Value::Grade { step: low, .. },
                upper: Value::Grade { step: high, .. },
                ..
            } => self.steps(at, *low, *high),
            Test::Compare {
                value: Value::Quantity(bound),
                ..
            } => self.distance(at, bound, bound),
            Test::Between {
                lower: Value::Quantity(lower),
                upper: Value::Quantity(upper),
                ..
            } => self.distance(at, lower, upper),
            Test::Between { .. } => None,
        }
    }

    /// Distance from the broken bound; zero between two different bounds.
    fn distance(&self, at: ObsRef, lower: &Quantity, upper: &Quantity) -> Option<Gap> {
        let actual = self.bound.number(self.indicator, at)?;
        let (low, high) = (lower.base_value(), upper.base_value());
        let base = if actual < low || low == high {
            actual.sub(&low)
        } else if actual > high {
            actual.sub(&high)
        } else {
            Number::ZERO
        };
        let value = match lower.unit.base {
            Base::Share => base.mul(&Number::from(100)),
            _ => base.div(&lower.unit.factor)?,
        };
        Some(Gap {
            value,
            unit: self.gap_unit(),
        })
    }

    /// The unit of gaps and paces.
    pub(crate) fn gap_unit(&self) -> String {
        if let Some(wanted) = self.wanted() {
            return match wanted.unit.base {
                _ if self.demand.kind == Kind::Rank => "places".to_string(),
                _ if self.demand.kind == Kind::Grade => "grade".to_string(),
                Base::Share | Base::Points => "pp".to_string(),
                _ => self.symbol(),
            };
        }
        match self.demand.kind {
            Kind::Rate => "pp".to_string(),
            Kind::Rank => "places".to_string(),
            Kind::Grade => "grade".to_string(),
            _ => self.symbol(),
        }
    }

    /// An estimate in the unit of the rule, in that of gaps.
    pub(crate) fn in_gap_unit(&self, value: f64) -> f64 {
        match self.unit() {
            Some(unit) if unit.base == Base::Share => {
                value * unit.factor.mul(&Number::from(100)).to_f64()
            }
            _ => value,
        }
    }

    /// Steps above (positive) or below the broken bound of a scale.
    fn steps(&self, at: ObsRef, low: u32, high: u32) -> Option<Gap> {
        let Fact::Grade(found) = self.bound.fact(self.indicator, at)? else {
            return None;
        };
        // Step 0 is the best, so the lower bound has the larger number.
        let (found, low, high) = (i64::from(found), i64::from(low), i64::from(high));
        let value = if found > low || low == high {
            low - found
        } else if found < high {
            high - found
        } else {
            0
        };
        Some(Gap {
            value: Number::from(value),
            unit: self.gap_unit(),
        })
    }

    /// The day by which a milestone is due in a period.
    pub(crate) fn due_on(&self, period: Period) -> Date {
        match self.demand.time {
            Time::Yearly { day, .. } => due_in(period, day).map_or(period.end(), Period::end),
            _ => period.end(),
        }
    }

    /// The last day of the time, else what a cycle or another milestone sets, else the deadline that
    /// the plan sets for the task.
    pub(crate) fn deadline(&self) -> Option<Date> {
        // Several demands are open as long as the last of them is.
        if let (
            Way::Choice { .. }
            | Way::When {
                otherwise: Some(_), ..
            },
            Due::On(last),
        ) = (&self.ruling.way, self.ruling.due)
            && self.ruling.state == State::Undecided
        {
            return Some(last);
        }
        let set = match (&self.demand.time, &self.judged) {
            (Time::Cycle { .. } | Time::After { .. }, Judged::One(one)) => Some(one.period),
            (time, _) => time.last(),
        };
        let deadline = set.or(self.rule.attributes.deadline);
        deadline.map(Period::end)
    }

    fn days_late(&self, at: ObsRef) -> Option<Gap> {
        let period = self.due?;
        let deadline = self.due_on(period);
        let earliest = match self.demand.time {
            Time::By(_) => Date::MIN,
            _ => period.start(),
        };
        let done = match self.bound.fact(self.indicator, at)? {
            // Neither in time nor late, as long as the day is not known.
            Fact::Event(Event::Done(first, last))
                if first < earliest || (first <= deadline && deadline < last) =>
            {
                return None;
            }
            Fact::Event(Event::Done(_, last)) => last,
            Fact::Event(Event::DoneWhenSeen) => self.bound.period(at)?.end(),
            _ => return None,
        };
        Some(Gap {
            value: Number::from(i64::from(days_between(deadline, done))),
            unit: "d".to_string(),
        })
    }

    /// A figure as text, in the unit of the requirement.
    pub(crate) fn printed(&self, at: ObsRef) -> String {
        if self.wanted().is_some()
            && let Some((number, unit)) = self.published(at)
        {
            return readable(&number, &unit.symbol, self.rounds_up(false));
        }
        if self.is_foreign(at)
            && let Some((number, unit)) = self.published(at)
        {
            return readable(&number, &unit.symbol, false);
        }
        if let Some(number) = self.number_in_rule_unit(at) {
            let published = self.bound.quantity(self.indicator, at).map(|q| q.unit);
            let (own, factor) = self
                .unit()
                .map_or(("", None), |u| (u.symbol.as_str(), Some(&u.factor)));
            // A count keeps its own measure word: 2000 人 are not 2000 所. Where one is so many of
            // the other, the number is in that of the rule.
            let keeps = |unit: &&Unit| {
                let says = own.is_empty() || !unit.symbol.is_empty();
                self.demand.kind == Kind::Count && says && factor.is_none_or(|f| *f == unit.factor)
            };
            let symbol = match published.as_ref().filter(keeps) {
                Some(unit) => &unit.symbol,
                None => own,
            };
            return readable(&number, symbol, self.rounds_up(self.is_above(at)));
        }
        match self.bound.fact(self.indicator, at) {
            Some(Fact::Event(Event::Done(first, last))) if first == last => first.to_string(),
            _ => self.bound.word(at).unwrap_or("").to_string(),
        }
    }
}

/// Digits of a number that does not end: six, or twelve where six are not enough.
const SHORT: u32 = 6;
const LONG: u32 = 12;

/// A number with its unit, in as many digits as it has; one that does not end, in six. A ratio
/// is written as 1:15 where that is shorter.
pub(crate) fn readable(number: &Number, symbol: &str, up: bool) -> String {
    let digits = |n: &Number| n.decimals().map(|_| n.to_string());
    let own = digits(number);
    let reciprocal = Number::ONE
        .div(number)
        .filter(|_| symbol == ":1" && *number < Number::ONE);
    if let Some(other) = reciprocal.as_ref().and_then(digits)
        && own.as_ref().is_none_or(|own| other.len() < own.len())
    {
        return format!("1:{other}");
    }
    if let Some(own) = own {
        return format!("{own}{symbol}");
    }
    let short = number.to_significant(SHORT, up);
    // Six digits that look like fewer may look like the bound.
    let digits = short.to_string().bytes().filter(u8::is_ascii_digit).count();
    let shown = match digits < SHORT as usize {
        true => number.to_significant(LONG, up),
        false => short,
    };
    format!("{shown}{symbol}")
}
