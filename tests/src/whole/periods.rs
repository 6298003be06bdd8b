//! Rules over several periods: "an indicator inside `where` or `when` is read at the rule's period",
//! so that each period asks for itself. Every reading of what is undecided is tried.

use crate::oracle::Period;

use super::ast::{Cond, Set, Test, Time};
use super::claim::{Due, Judged, One, Plain, State, parts};
use super::figures::Eye;
use super::value::{Truth, and};
use super::world::Plan;

/// A set that a subject is a member of.
#[derive(Debug, Clone)]
pub(super) struct Gate<'a> {
    pub(super) set: &'a Set,
    pub(super) member: String,
}

/// One period of a demand: whether the subject belongs, whether it is asked for, how it stands, and
/// how with what is required otherwise.
struct Step {
    live: Truth,
    asked: Truth,
    own: State,
    other: State,
}

impl Eye<'_> {
    /// The periods of a demand that has several.
    pub(super) fn several(&self, one: &One, plan: Option<&Plan>) -> Option<Vec<Period>> {
        let span = plan.and_then(|p| p.span);
        match (&one.time, span) {
            (Some(Time::Throughout(a, b) | Time::Each(_, Some((a, b)))), _) => Some(a.to(*b)),
            (Some(Time::Each(grain, None) | Time::Per(grain)), Some((a, b))) => {
                Some(parts(grain, a, b))
            }
            (None, Some((a, b))) if matches!(one.test, Test::Change(_)) => {
                Some(parts("year", a, b))
            }
            _ => None,
        }
    }

    /// Whether a subject belongs to all its sets in a period.
    pub(super) fn live(&self, gates: &[Gate<'_>], period: Period, plan: Option<&Plan>) -> Truth {
        let kept = |g: &Gate<'_>| {
            let c = self.ctx(&g.member, Some(period), false, plan);
            self.kept(g.set, &g.member, &c)
        };
        gates.iter().map(kept).fold(Some(true), and)
    }

    /// A claim of which every demand has the same periods; `None` for any other, and for one that
    /// neither filters nor conditions.
    pub(super) fn over_periods(
        &self,
        claim: &Plain,
        who: &str,
        plan: Option<&Plan>,
        gates: &[Gate<'_>],
    ) -> Option<Judged> {
        let filtered = |g: &Gate<'_>| g.set.filter.is_some() || !g.set.except.is_empty();
        let filtered = gates.iter().any(filtered);
        match claim {
            Plain::One(one) if filtered => self.demanded(one, None, None, who, plan, gates),
            Plain::Require(when, then, otherwise) => {
                self.demanded(then, Some(when), otherwise.as_ref(), who, plan, gates)
            }
            Plain::AtLeast(needed, items) if filtered => {
                let mut found = Vec::new();
                for one in items {
                    found.push(self.demanded(one, None, None, who, plan, gates)?);
                }
                let count = |state| found.iter().filter(|j| j.state == state).count();
                let state = if count(State::Holds) >= *needed {
                    State::Holds
                } else if count(State::Holds) + count(State::Undecided) < *needed {
                    State::Fails
                } else {
                    State::Undecided
                };
                let due = found.iter().map(|j| j.due).max()?;
                Some(Judged { state, due })
            }
            _ => None,
        }
    }

    fn demanded(
        &self,
        one: &One,
        when: Option<&Cond>,
        otherwise: Option<&One>,
        who: &str,
        plan: Option<&Plan>,
        gates: &[Gate<'_>],
    ) -> Option<Judged> {
        let periods = self.several(one, plan)?;
        let at = |one: &One, period: Period| {
            let one = One {
                time: Some(Time::In(period)),
                ..one.clone()
            };
            self.one(&one, who, plan).state
        };
        let step = |period: &Period| Step {
            live: self.live(gates, *period, plan),
            asked: when.map_or(Some(true), |when| {
                self.cond(when, &self.ctx(who, Some(*period), false, plan))
            }),
            own: at(one, *period),
            other: otherwise.map_or(State::Excluded, |o| at(o, *period)),
        };
        let steps: Vec<Step> = periods.iter().map(step).collect();
        let states = readings(&steps);
        let state = match states.split_first() {
            None => State::Excluded,
            Some((first, rest)) if rest.iter().all(|s| s == first) => *first,
            Some(_) => State::Undecided,
        };
        // Nothing is ahead where nothing is asked: neither of the one nor of the other.
        let never = |asked: fn(&Step) -> Truth| {
            let alone = |s: &Step| and(s.live, asked(s));
            steps.iter().all(|s| alone(s) == Some(false))
        };
        let idle = never(|s| s.asked) && (otherwise.is_none() || never(|s| s.asked.map(|a| !a)));
        let due = match periods.last() {
            Some(last) if !idle => Due::On(last.last()),
            _ => Due::Never,
        };
        Some(Judged { state, due })
    }
}

/// What each reading comes to in which the subject belongs in some period.
fn readings(steps: &[Step]) -> Vec<State> {
    let choices = |truth: Truth| match truth {
        Some(known) => vec![known],
        None => vec![true, false],
    };
    // For each reading whether it is in, and the states of its periods.
    let mut all: Vec<(bool, Vec<State>)> = vec![(false, Vec::new())];
    for step in steps {
        let mut next = Vec::new();
        for (within, states) in &all {
            for live in choices(step.live) {
                for asked in choices(step.asked) {
                    let mut states = states.clone();
                    match (live, asked) {
                        (true, true) => states.push(step.own),
                        (true, false) => states.push(step.other),
                        (false, _) => {}
                    }
                    next.push((*within || live, states));
                }
            }
        }
        all = next;
    }
    all.retain(|(within, _)| *within);
    let together = |states: &[State]| {
        let any = |state| states.contains(&state);
        if any(State::Fails) {
            State::Fails
        } else if any(State::Undecided) {
            State::Undecided
        } else if any(State::Holds) {
            State::Holds
        } else {
            State::Excluded
        }
    };
    all.iter().map(|(_, states)| together(states)).collect()
}
