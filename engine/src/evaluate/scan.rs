//! The fast path: levels of one indicator, where every figure a verdict needs stands in a slot.
//!
//! It decides nothing that [`judge`](super::judge) would not: whatever is not settled by position is
//! left to it, and debug builds check each verdict against it.

use guiju_lang::model::{Claim, Requirement, Rule, Ruleset, Test, Time};
use guiju_lang::{Date, Kind, Period};

use crate::bind::{Bound, Slot, SubjectId};
use crate::truth::Truth;

use super::Verdict;
use super::judge::number_holds;

/// The periods that a rule judges, worked out once for all its subjects.
pub(super) struct Scan<'r> {
    rule: &'r Rule,
    indicator: guiju_lang::model::IndicatorId,
    /// Each period, and whether it has passed.
    periods: Vec<(Period, bool)>,
    /// Whether one passed failure decides before the other periods have passed.
    several: bool,
}

impl<'r> Scan<'r> {
    /// `None` for rules that slots cannot decide.
    pub(super) fn of(ruleset: &Ruleset, rule: &'r Rule, as_of: Date) -> Option<Scan<'r>> {
        let demand = &rule.demand;
        let plain = rule.quantifiers.is_empty() && rule.claim == Claim::Plain;
        if !plain || demand.group.is_some() {
            return None;
        }
        let indicator = demand.indicator;
        if matches!(demand.kind, Kind::Milestone | Kind::Flag | Kind::Grade)
            || ruleset.indicator(indicator).is_none_or(|i| i.attribute)
        {
            return None;
        }
        let (several, periods) = match &demand.time {
            Time::In(period) | Time::By(period) => (false, vec![*period]),
            Time::Throughout(span) | Time::Each(span) => (true, span.iter().collect()),
            _ => return None,
        };
        Some(Scan {
            rule,
            indicator,
            periods: periods.into_iter().map(|p| (p, p.passed(as_of))).collect(),
            several,
        })
    }

    /// The verdict, if slots settle it.
    pub(super) fn verdict(
        &self,
        bound: &Bound<'_>,
        requirement: &Requirement,
        subject: SubjectId,
    ) -> Option<Verdict> {
        if matches!(requirement.test, Test::Computed(_)) {
            return None;
        }
        let mut truth = Truth::True;
        let mut ahead = false;
        for (period, passed) in &self.periods {
            if !passed {
                // A figure for a period that has not passed decides nothing.
                ahead = true;
                truth = truth.and(Truth::Unknown);
                continue;
            }
            let found = match bound.slot(self.indicator, subject, *period) {
                Slot::Nothing => Truth::Unknown,
                Slot::One(at) => {
                    let (number, unit) = bound.raw_number(self.indicator, at)?;
                    number_holds(&requirement.test, number, unit)
                }
                Slot::Look => return None,
            };
            truth = truth.and(found);
        }
        debug_assert!(self.several || self.periods.len() == 1, "{}", self.rule.id);
        Some(match truth {
            Truth::False => Verdict::Violated,
            Truth::True => Verdict::Met,
            Truth::Unknown if ahead => Verdict::Pending,
            Truth::Unknown => Verdict::Unknown,
        })
    }
}
