//! What there is to say about a value that was worked out from figures.

use guiju_lang::model::{Change, Computed, Expr, IndicatorId, Test, Time};
use guiju_lang::{Base, Number, Period, Unit};

use crate::bind::{Canonical, Known, ObsRef};
use crate::evaluate::{Computation, Judged, adds_up};
use crate::facts::Status;

use super::{Detail, Gap};

/// A figure by its name: of which indicator, of whom, when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure<'a> {
    pub(crate) indicator: IndicatorId,
    pub(crate) subject: Option<&'a Canonical>,
    pub(crate) period: Period,
}

impl<'a> Detail<'a> {
    /// The requirement, if it is on a computed value.
    pub(crate) fn wanted(&self) -> Option<&'a Computed> {
        match &self.requirement.test {
            Test::Computed(wanted) => Some(wanted),
            _ => None,
        }
    }

    /// What was worked out for a period.
    pub(crate) fn computed(&self, period: Period) -> Option<&Computation> {
        let judged = match &self.judged {
            Judged::One(one) => std::slice::from_ref(one),
            Judged::Several(several) => several.as_slice(),
        };
        let judged = judged.iter().find(|j| j.period == period)?;
        judged.computed.as_deref()
    }

    /// The value of a period and what it is compared with, in the unit of the requirement.
    pub(crate) fn worked_out(&self, period: Period) -> (Option<Number>, Option<Number>) {
        let Some(wanted) = self.wanted() else {
            return (None, None);
        };
        let found = self.computed(period);
        let scaled = |n: &Number| n.div(&wanted.unit.factor);
        let stated = match &wanted.right {
            Expr::Number(number) => Some(number),
            _ => None,
        };
        let value = found.and_then(|c| self.stands_at(c)).and_then(scaled);
        let required = found.and_then(|c| c.required.as_ref()).or(stated);
        (value, required.and_then(scaled))
    }

    /// The upper bound of a period, where there are two, in the unit of the requirement.
    pub(crate) fn upper_bound(&self, period: Period) -> Option<Number> {
        let wanted = self.wanted()?;
        let upper = self.computed(period)?.upper.as_ref()?;
        upper.div(&wanted.unit.factor)
    }

    /// The period of the verdict, for which the requirement is stated.
    pub(crate) fn judged_for(&self) -> Option<Period> {
        let first = match &self.judged {
            Judged::One(one) => Some(one.period),
            Judged::Several(several) => several.first().map(|j| j.period),
        };
        self.deciding.map(|(period, _)| period).or(first)
    }

    /// The unit of the figures, where a computed requirement states none: 元/月 for 元.
    pub(super) fn symbol_of_figures(&self) -> Option<String> {
        let wanted = self.wanted().filter(|w| !w.states_unit())?;
        let (_, at) = self.deciding.or(self.latest)?;
        let (_, unit) = self.published(at)?;
        let same = unit.base == wanted.unit.base && unit.factor == wanted.unit.factor;
        (same && !unit.per.is_empty()).then_some(unit.symbol)
    }

    pub(super) fn computed_gap(&self, wanted: &Computed, period: Period) -> Option<Gap> {
        let found = self.computed(period)?;
        let value = self.stands_at(found)?;
        // Between two bounds from the one that is broken.
        let base = match (&found.required, &found.upper) {
            (_, Some(high)) if value > high => value.sub(high),
            (Some(low), Some(_)) if value >= low => Number::ZERO,
            (low, _) => value.sub(low.as_ref()?),
        };
        let value = match wanted.unit.base {
            Base::Share | Base::Points => base.mul(&Number::from(100)),
            _ => base.div(&wanted.unit.factor)?,
        };
        Some(Gap {
            value,
            unit: self.gap_unit(),
        })
    }

    /// The value of a period, or how much of a sum there is so far.
    pub(crate) fn stands_at<'c>(&self, found: &'c Computation) -> Option<&'c Number> {
        let so_far = || found.range.as_ref().filter(|_| self.sums())?.0.as_ref();
        found.value.as_ref().or_else(so_far)
    }

    /// Whether a value adds up over time.
    pub(crate) fn sums(&self) -> bool {
        match self.demand.time {
            Time::Over(_) | Time::Within { .. } => true,
            Time::Cycle { .. } => adds_up(self.demand.kind),
            _ => false,
        }
    }

    /// Whether the same change is required several times in a row.
    pub(crate) fn is_run(&self) -> bool {
        self.wanted().is_some_and(|w| w.running > 1)
    }

    /// The requirement of a period in its own unit, else the number that the rule states.
    pub(crate) fn required_for(&self, period: Option<Period>) -> Option<Number> {
        let wanted = self.wanted()?;
        let of_period = period.and_then(|p| self.worked_out(p).1);
        of_period.or_else(|| match &wanted.right {
            Expr::Number(number) => number.div(&wanted.unit.factor),
            _ => None,
        })
    }

    /// The figures that a computed value of a period rests on and that are known.
    pub(crate) fn leaves(&self, period: Period) -> Vec<(Figure<'a>, ObsRef)> {
        let leaves = self.computed(period).map_or(&[][..], |c| &c.leaves);
        let known = leaves.iter().filter_map(|leaf| match leaf.known {
            Known::One(at) => Some((self.figure(leaf.indicator, leaf.subject, leaf.period), at)),
            _ => None,
        });
        known.collect()
    }

    /// How settled a verdict's figure is; a computed value is as settled as what it rests on.
    pub(crate) fn status(&self, period: Period, at: ObsRef) -> Status {
        let leaves = self.leaves(period);
        let statuses = leaves.iter().map(|(_, at)| self.bound.status(*at));
        match statuses.into_iter().find(|s| *s == Status::Preliminary) {
            Some(status) => status,
            None => self.bound.status(at),
        }
    }

    pub(crate) fn figure(
        &self,
        indicator: IndicatorId,
        subject: Option<crate::bind::SubjectId>,
        period: Period,
    ) -> Figure<'a> {
        Figure {
            indicator,
            subject: subject.and_then(|s| self.bound.subjects.get(s.index())),
            period,
        }
    }

    /// The level before and after a change of a single indicator, and their periods.
    pub(crate) fn before_and_after(&self, period: Period) -> Option<[(Period, ObsRef); 2]> {
        let wanted = self.wanted()?;
        let (Some(_), Expr::Indicator(_)) = (wanted.change, &wanted.left) else {
            return None;
        };
        match self.leaves(period).as_slice() {
            [(after, b), (before, a)] => Some([(before.period, *a), (after.period, *b)]),
            _ => None,
        }
    }

    /// A figure in its own unit, as published.
    pub(crate) fn published(&self, at: ObsRef) -> Option<(Number, Unit)> {
        let indicator = self.bound.indicator_of(at)?;
        let quantity = self.bound.quantity(indicator, at)?;
        Some((quantity.number, quantity.unit))
    }
}

/// Whether more of a change in the stated direction lowers the level.
pub(crate) fn lowers(change: Change) -> bool {
    matches!(change, Change::Falls | Change::Shrinks)
}
