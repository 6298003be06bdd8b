//! Rules over several periods: their filters and conditions are read in each period, and say for
//! that one period whether anything is required.

use guiju_lang::model::{Claim, Condition, Demand, PlaceId, Rule, Set, Time};

use crate::bind::SubjectId;
use crate::truth::Truth;

use super::claim::{Ruler, Ruling, Way, choice, moment_of};
use super::judge::{Due, Judged, State};
use super::reader::Moment;
use super::sets::Tested;

/// A set that a subject is to belong to in a period for anything to be required in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gate<'r> {
    pub(super) set: &'r Set,
    pub(super) subject: SubjectId,
}

/// Whether a rule has filters or conditions, and several periods to read them in.
pub(super) fn is_periodic(rule: &Rule) -> bool {
    let mut sets = rule.quantifiers.iter().map(|q| &q.set);
    let filtered = sets.any(|s| s.filter.is_some() || !s.except.is_empty());
    let conditional = matches!(rule.claim, Claim::When { .. });
    (filtered || conditional) && rule.demands().any(|d| has_several(&d.time))
}

fn has_several(time: &Time) -> bool {
    matches!(
        time,
        Time::Throughout(_) | Time::Each(_) | Time::Yearly { .. }
    )
}

/// When the filters and conditions of a demand are read.
pub(super) fn moments(time: &Time, region: Option<PlaceId>) -> Vec<Moment> {
    match time {
        Time::Throughout(span) | Time::Each(span) | Time::Yearly { span, .. } => span
            .iter()
            .map(|period| Moment {
                period,
                by: false,
                region,
            })
            .collect(),
        time => vec![moment_of(time, region)],
    }
}

/// One line for each comparison and what it came to, with the figures of all periods.
pub(super) fn over_periods(tests: Vec<Tested>) -> Vec<Tested> {
    let mut out: Vec<Tested> = Vec::new();
    for test in tests {
        let same = |t: &&mut Tested| t.text == test.text && t.truth == test.truth;
        match out.iter_mut().find(same) {
            Some(known) => {
                for leaf in test.leaves {
                    if !known.leaves.contains(&leaf) {
                        known.leaves.push(leaf);
                    }
                }
            }
            None => out.push(test),
        }
    }
    out
}

/// What a period, or all of them, may come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Chances(u8);

impl Chances {
    const NONE: Chances = Chances(0);
    const EXCLUDED: Chances = Chances(1);
    const HOLDS: Chances = Chances(2);
    const FAILS: Chances = Chances(4);
    const EACH: [Chances; 3] = [Chances::EXCLUDED, Chances::HOLDS, Chances::FAILS];

    fn of(state: State) -> Chances {
        match state {
            State::Holds => Chances::HOLDS,
            State::Fails => Chances::FAILS,
            State::Excluded => Chances::EXCLUDED,
            State::Undecided => Chances::HOLDS.or(Chances::FAILS),
        }
    }

    fn or(self, other: Chances) -> Chances {
        Chances(self.0 | other.0)
    }

    /// Both together: a failure decides, and what is excluded adds nothing.
    fn and(self, other: Chances) -> Chances {
        let mut out = Chances::NONE;
        for a in Chances::EACH {
            for b in Chances::EACH {
                if self.0 & a.0 != 0 && other.0 & b.0 != 0 {
                    out = out.or(Chances(a.0.max(b.0)));
                }
            }
        }
        out
    }

    fn state(self) -> State {
        match self {
            Chances::HOLDS => State::Holds,
            Chances::FAILS => State::Fails,
            Chances::EXCLUDED | Chances::NONE => State::Excluded,
            _ => State::Undecided,
        }
    }
}

/// One period of a demand.
#[derive(Debug, Clone, Copy)]
struct Step {
    at: Moment,
    /// Whether the subject belongs to all sets then.
    live: Truth,
    /// Whether the condition that asks for this demand holds then.
    asked: Truth,
    own: Chances,
}

impl Step {
    /// What it may come to, with another demand where this one is not asked for.
    fn or_else(&self, other: Chances) -> Chances {
        match self.asked {
            Truth::True => self.own,
            Truth::False => other,
            Truth::Unknown => self.own.or(other),
        }
    }
}

/// What several periods may come to for a subject that belongs in one of them at least; nothing if
/// it belongs in none.
fn sum(steps: impl Iterator<Item = (Truth, Chances)>) -> Chances {
    let (mut out, mut within) = (Chances::EXCLUDED, Chances::NONE);
    for (live, chances) in steps {
        let with = out.or(within).and(chances);
        match live {
            Truth::False => {}
            Truth::True => (out, within) = (Chances::NONE, with),
            Truth::Unknown => within = within.or(with),
        }
    }
    within
}

/// A demand with its periods.
struct Asked<'r> {
    ruling: Ruling<'r>,
    steps: Vec<Step>,
}

impl Asked<'_> {
    fn chances(&self) -> Chances {
        let alone = |s: &Step| (s.live, s.or_else(Chances::EXCLUDED));
        sum(self.steps.iter().map(alone))
    }

    /// What it adds to another demand: where the subject never belongs, nothing.
    fn apart(&self) -> Chances {
        match self.chances() {
            Chances::NONE => Chances::EXCLUDED,
            chances => chances,
        }
    }
}

impl<'r> Ruler<'_, 'r, '_, '_> {
    /// Whether a subject belongs to all these sets in a period.
    fn live(&self, gates: &[Gate<'r>], at: Moment) -> Truth {
        let mut live = Truth::True;
        for gate in gates {
            let read = || self.reader.wanted(gate.set, gate.subject, at);
            let (kept, wanted) = self.reader.quietly(read);
            live = live.and(kept).and(wanted);
        }
        live
    }

    /// Whether a subject belongs to all these sets in any period of the rule.
    pub(super) fn ever(&self, gates: &[Gate<'r>]) -> Truth {
        let all = moments(&self.rule.demand.time, self.region);
        let live = all.into_iter().map(|at| self.live(gates, at));
        live.fold(Truth::False, Truth::or)
    }

    /// What is required of a subject, period by period.
    pub(super) fn claim_by_period(
        &self,
        subject: Option<SubjectId>,
        gates: &[Gate<'r>],
    ) -> Option<Ruling<'r>> {
        let rule = self.rule;
        match &rule.claim {
            Claim::Plain => {
                let asked = self.asked(&rule.demand, self.tier, subject, gates, None)?;
                Some(asked.ruling)
            }
            Claim::When {
                condition,
                otherwise,
                ..
            } => {
                let wanted = Some((condition, true));
                let then = self.asked(&rule.demand, 0, subject, gates, wanted)?;
                let otherwise = match otherwise {
                    Some(demand) => {
                        let wanted = Some((condition, false));
                        Some((demand, self.asked(demand, 0, subject, gates, wanted)?))
                    }
                    None => None,
                };
                let chances = match &otherwise {
                    Some((demand, other)) if demand.time == rule.demand.time => {
                        let both = then.steps.iter().zip(&other.steps);
                        sum(both.map(|(a, b)| (a.live, a.or_else(b.own))))
                    }
                    // Read at different times, each stands for itself.
                    Some((_, other)) => then.apart().and(other.apart()),
                    None => then.chances(),
                };
                let asked = then.steps.iter().map(|s| s.live.and(s.asked));
                let truth = asked.fold(Truth::False, Truth::or);
                let otherwise = otherwise.map(|(_, other)| Box::new(other.ruling));
                let due = otherwise.as_ref().map_or(Due::Never, |o| o.due);
                Some(Ruling {
                    state: chances.state(),
                    due: then.ruling.due.max(due),
                    way: Way::When {
                        truth,
                        then: Box::new(then.ruling),
                        otherwise,
                    },
                })
            }
            Claim::Makes { condition, .. } => Some(self.makes(condition, subject)),
            Claim::Choice { needed, others } => {
                let mut of = Vec::with_capacity(others.len() + 1);
                for demand in std::iter::once(&rule.demand).chain(others) {
                    of.push(self.asked(demand, 0, subject, gates, None)?.ruling);
                }
                Some(choice(*needed, of))
            }
        }
    }

    /// A demand, period by period; `wanted` is the condition that asks for it, and whether it does so
    /// by holding.
    fn asked(
        &self,
        demand: &'r Demand,
        tier: usize,
        subject: Option<SubjectId>,
        gates: &[Gate<'r>],
        wanted: Option<(&Condition, bool)>,
    ) -> Option<Asked<'r>> {
        let mut ruling = self.demand(demand, tier, subject)?;
        let several = has_several(&demand.time);
        let all = moments(&demand.time, self.region);
        let mut steps = Vec::with_capacity(all.len());
        for (i, at) in all.into_iter().enumerate() {
            let asked = match (wanted, subject) {
                (None, _) => Truth::True,
                (Some(_), None) => Truth::Unknown,
                (Some((condition, holding)), Some(subject)) => {
                    let read = || self.reader.condition(condition, subject, at);
                    let truth = self.reader.quietly(read);
                    if holding { truth } else { truth.not() }
                }
            };
            let own = match &ruling.way {
                Way::Demand {
                    judged: Judged::Several(periods),
                    group: Truth::True,
                    ..
                } if several => periods.get(i).map_or(State::Undecided, |p| p.truth.into()),
                _ => ruling.state,
            };
            steps.push(Step {
                at,
                live: self.live(gates, at),
                asked,
                own: Chances::of(own),
            });
        }
        if let Way::Demand {
            judged: Judged::Several(periods),
            ..
        } = &mut ruling.way
            && several
        {
            let kept = |at| {
                let step = steps.iter().find(|s: &&Step| s.at.period == at);
                step.is_none_or(|s| s.live.and(s.asked) != Truth::False)
            };
            periods.retain(|p| kept(p.period));
        }
        let mut asked = Asked { ruling, steps };
        asked.ruling.state = asked.chances().state();
        if asked.ruling.state == State::Excluded {
            asked.ruling.due = Due::Never;
        }
        Some(asked)
    }
}
