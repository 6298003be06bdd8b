//! Quantifiers.

use super::ast::{Many, Number, Quantifier};
use crate::oracle::Period;

use super::claim::{Due, Judged, One, Plain, State, period_of};
use super::figures::Eye;
use super::periods::Gate;
use super::value::{and, or};
use super::world::Plan;

/// What a quantified rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "as JSON names them")]
pub struct Counts {
    pub kind: &'static str,
    pub satisfied: usize,
    pub failed: usize,
    pub undecided: usize,
    pub of: usize,
    pub needed: usize,
}

/// A quantified rule: the whole, what it counts, and each subject.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub(super) struct Whole {
    pub judged: Judged,
    pub counts: Counts,
    pub parts: Vec<(String, Judged)>,
}

/// The requirement whose time is the rule's.
fn timed(claim: &Plain) -> Option<&One> {
    match claim {
        Plain::One(one) | Plain::Require(_, one, _) => Some(one),
        Plain::Then(_) => None,
        Plain::AtLeast(_, items) => items.first(),
    }
}

impl Eye<'_> {
    /// A claim under quantifiers, the outermost first.
    pub(super) fn quantified(
        &self,
        quantifiers: &[Quantifier],
        claim: &Plain,
        outer: Option<&str>,
        plan: Option<&Plan>,
        gates: &[Gate<'_>],
    ) -> Option<Whole> {
        let (quantifier, inner) = quantifiers.split_first()?;
        let (period, by) = period_of(timed(claim).and_then(|one| one.time.as_ref()));
        let c = self.ctx("", period, by, plan);
        // Whether a subject belongs at all, and how it stands with the body.
        let mut all: Vec<(String, bool, Judged)> = Vec::new();
        let periods = timed(claim).and_then(|one| self.several(one, plan));
        for (member, belongs) in self.members(&quantifier.set, outer, &c) {
            let gate = Gate {
                set: &quantifier.set,
                member: member.clone(),
            };
            let gates: Vec<Gate<'_>> = gates.iter().cloned().chain([gate]).collect();
            let belongs = match &periods {
                // In one of the periods at least.
                Some(periods) => {
                    let live = |p: &Period| self.live(&gates, *p, plan);
                    let ever = periods.iter().map(live).fold(Some(false), or);
                    and(self.of_set(&quantifier.set, &member, outer, &c), ever)
                }
                None => belongs,
            };
            let body = match self.quantified(inner, claim, Some(&member), plan, &gates) {
                Some(whole) => whole.judged,
                None => self.claim(claim, &member, plan, &gates),
            };
            let body = match belongs {
                Some(false) => Judged {
                    state: State::Excluded,
                    due: Due::Never,
                },
                _ => body,
            };
            all.push((member, belongs.is_some(), body));
        }
        let parts: Vec<(String, Judged)> = all
            .iter()
            .map(|(member, sure, body)| {
                // "A filter undecided for a subject leaves that subject undecided."
                let state = if *sure || body.state == State::Excluded {
                    body.state
                } else {
                    State::Undecided
                };
                (member.clone(), Judged { state, ..*body })
            })
            .collect();
        let states: Vec<State> = parts.iter().map(|(_, j)| j.state).collect();
        let counts = counts(&quantifier.many, &states);
        let due = parts.iter().map(|(_, j)| j.due).max().unwrap_or(Due::Never);
        let state = if all.is_empty() {
            // "No such subject known: `unknown`."
            State::Undecided
        } else {
            let readings = readings(&all);
            let found: Vec<State> = readings
                .iter()
                .map(|states| outcome(&quantifier.many, states))
                .collect();
            // "… unless both readings agree on the whole."
            match found.split_first() {
                Some((first, rest)) if rest.iter().all(|s| s == first) => *first,
                _ => State::Undecided,
            }
        };
        Some(Whole {
            judged: Judged { state, due },
            counts,
            parts,
        })
    }
}

/// The subjects' states with each uncertain one in or out.
fn readings(all: &[(String, bool, Judged)]) -> Vec<Vec<State>> {
    let mut out = vec![Vec::new()];
    for (_, sure, body) in all {
        let mut next = Vec::new();
        for reading in &out {
            let mut with = reading.clone();
            with.push(body.state);
            next.push(with);
            if !sure {
                let mut without = reading.clone();
                without.push(State::Excluded);
                next.push(without);
            }
        }
        out = next;
    }
    out
}

/// "`of` leaves out `not_applicable` subjects. `for each` needs all of `of`; `at least p%` needs
/// ⌈p·of⌉; `at least n of` needs n."
fn counts(many: &Many, states: &[State]) -> Counts {
    let count = |state: State| states.iter().filter(|s| **s == state).count();
    let of = states.len() - count(State::Excluded);
    let percent = |p: u32| of * p as usize;
    let (kind, needed) = match many {
        Many::Each => ("each", of),
        Many::AtLeast(Number::Count(n)) => ("at_least", *n),
        Many::AtLeast(Number::Percent(p)) => ("at_least", percent(*p).div_ceil(100)),
        Many::AtMost(Number::Count(n)) => ("at_most", *n),
        Many::AtMost(Number::Percent(p)) => ("at_most", percent(*p) / 100),
        Many::Exactly(Number::Count(n)) => ("exactly", *n),
        Many::Exactly(Number::Percent(p)) => ("exactly", percent(*p) / 100),
        Many::No => ("no", 0),
    };
    Counts {
        kind,
        satisfied: count(State::Holds),
        failed: count(State::Fails),
        undecided: count(State::Undecided),
        of,
        needed,
    }
}

/// "met when satisfied ≥ needed; violated when of − failed < needed. `at most n`: met when of −
/// failed ≤ n, violated when satisfied > n; `exactly n`: met when satisfied = n and nothing is
/// undecided, violated when satisfied > n or of − failed < n. `for no` holds when the body fails for
/// all. All filtered out: `not_applicable`."
fn outcome(many: &Many, states: &[State]) -> State {
    let n = counts(many, states);
    if n.of == 0 {
        return State::Excluded;
    }
    let possible = n.of - n.failed;
    let (met, violated) = match many {
        Many::Each | Many::AtLeast(_) => (n.satisfied >= n.needed, possible < n.needed),
        Many::AtMost(_) | Many::No => (possible <= n.needed, n.satisfied > n.needed),
        Many::Exactly(_) => (
            n.satisfied == n.needed && n.undecided == 0,
            n.satisfied > n.needed || possible < n.needed,
        ),
    };
    match (met, violated) {
        (true, _) => State::Holds,
        (_, true) => State::Fails,
        _ => State::Undecided,
    }
}
