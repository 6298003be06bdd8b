//! What a rule comes to for a subject: conditions, choices, quantifiers over demands.

use guiju_lang::Date;
use guiju_lang::model::{
    Claim, Condition, Demand, HowMany, PlaceId, Portion, Quantifier, Requirement, Rule, Set, Time,
};
use guiju_lang::{Number, Period};

use crate::bind::SubjectId;
use crate::truth::Truth;

use super::Verdict;
use super::judge::{Due, Judged, Judgement, State, judge, verdict};
use super::periods::{Gate, is_periodic};
use super::reader::{Moment, Reader};

/// How it stands with a rule, and what that rests on.
#[derive(Debug, Clone)]
pub(crate) struct Ruling<'r> {
    pub(crate) state: State,
    pub(crate) due: Due,
    pub(crate) way: Way<'r>,
}

/// What a ruling rests on.
#[derive(Debug, Clone)]
pub(crate) enum Way<'r> {
    /// One demand.
    Demand {
        demand: &'r Demand,
        requirement: &'r Requirement,
        judged: Judged,
        /// Whether the subject is of the demand's group.
        group: Truth,
    },
    /// What is required where a condition holds, and otherwise.
    When {
        truth: Truth,
        then: Box<Ruling<'r>>,
        otherwise: Option<Box<Ruling<'r>>>,
    },
    /// A fact that is made where a condition holds.
    Makes { truth: Truth },
    /// Some of several demands.
    Choice { of: Vec<Ruling<'r>> },
    /// Some of several subjects.
    Whole {
        counts: Counts,
        parts: Vec<Standing<'r>>,
    },
}

/// One subject of a quantified rule.
#[derive(Debug, Clone)]
pub(crate) struct Standing<'r> {
    pub(crate) subject: SubjectId,
    /// Whether it belongs to the set.
    pub(crate) belongs: Truth,
    /// How it stands with what is required of each.
    pub(crate) body: Ruling<'r>,
}

/// What a quantifier counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) satisfied: u64,
    pub(crate) failed: u64,
    pub(crate) undecided: u64,
    pub(crate) of: u64,
    pub(crate) needed: u64,
}

impl<'r> Ruling<'r> {
    /// The demand that decides: the one required, of several the first that fails, else the first
    /// that is open.
    pub(crate) fn lead(&self) -> Option<(&'r Demand, &'r Requirement, &Judged)> {
        match &self.way {
            Way::Demand {
                demand,
                requirement,
                judged,
                ..
            } => Some((demand, requirement, judged)),
            Way::When {
                truth,
                then,
                otherwise,
            } => match (truth, otherwise) {
                (Truth::False, Some(otherwise)) => otherwise.lead(),
                // In some periods the one was required, in others the other.
                (_, Some(otherwise))
                    if self.state == State::Fails && then.state != State::Fails =>
                {
                    otherwise.lead()
                }
                _ => then.lead(),
            },
            Way::Choice { of } => {
                let first = |state| of.iter().find(|r: &&Ruling<'_>| r.state == state);
                let lead = match self.state {
                    State::Holds => first(State::Holds),
                    _ => first(State::Fails).or_else(|| first(State::Undecided)),
                };
                lead.or(of.first())?.lead()
            }
            Way::Makes { .. } | Way::Whole { .. } => None,
        }
    }

    pub(crate) fn verdict(&self, as_of: Date) -> Verdict {
        verdict(self.state, self.due, as_of)
    }
}

impl Standing<'_> {
    /// A filter that is undecided for a subject leaves that subject undecided.
    pub(crate) fn state(&self) -> State {
        match (self.belongs, self.body.state) {
            (Truth::False, _) | (_, State::Excluded) => State::Excluded,
            (Truth::Unknown, _) => State::Undecided,
            (Truth::True, state) => state,
        }
    }

    pub(crate) fn verdict(&self, as_of: Date) -> Verdict {
        verdict(self.state(), self.due(), as_of)
    }

    fn due(&self) -> Due {
        match self.belongs {
            Truth::False => Due::Never,
            _ => self.body.due,
        }
    }
}

/// The period at which a demand's conditions and filters are read.
pub(super) fn moment_of(time: &Time, region: Option<PlaceId>) -> Moment {
    let (period, by) = match time {
        Time::In(period) => (*period, false),
        Time::By(period) => (*period, true),
        _ => (Period::timeless(), false),
    };
    Moment { period, by, region }
}

/// A rule for its subject, quantified or not.
pub(crate) fn rule<'r>(
    reader: &Reader<'_, '_>,
    rule: &'r Rule,
    tier: usize,
    subject: Option<SubjectId>,
) -> Option<Ruling<'r>> {
    let ruler = Ruler::new(reader, rule, tier);
    match rule.quantifiers.as_slice() {
        [] => ruler.claim(subject, &[]),
        quantifiers => ruler.quantified(quantifiers, None, &[]),
    }
}

/// One subject of a quantified rule, without the others.
pub(crate) fn part<'r>(
    reader: &Reader<'_, '_>,
    rule: &'r Rule,
    tier: usize,
    subject: SubjectId,
) -> Option<Standing<'r>> {
    let ruler = Ruler::new(reader, rule, tier);
    let (outer, inner) = rule.quantifiers.split_first()?;
    let is = reader.quietly(|| reader.candidate(&outer.set, subject, ruler.region))?;
    ruler.standing((&outer.set, subject, is), inner, &[])
}

pub(super) struct Ruler<'a, 'r, 'x, 'b> {
    pub(super) reader: &'x Reader<'a, 'b>,
    pub(super) rule: &'r Rule,
    pub(super) tier: usize,
    pub(super) region: Option<PlaceId>,
    /// Whether filters and conditions are read in each of several periods.
    periodic: bool,
}

impl<'a, 'r, 'x, 'b> Ruler<'a, 'r, 'x, 'b> {
    fn new(reader: &'x Reader<'a, 'b>, rule: &'r Rule, tier: usize) -> Self {
        let plan = reader.bound.ruleset.plan_of(rule);
        Ruler {
            reader,
            rule,
            tier,
            region: plan.and_then(|p| p.region),
            periodic: is_periodic(rule),
        }
    }
}

impl<'r> Ruler<'_, 'r, '_, '_> {
    /// A subject that may belong to a set.
    fn standing(
        &self,
        (set, subject, is): (&'r Set, SubjectId, Truth),
        inner: &'r [Quantifier],
        gates: &[Gate<'r>],
    ) -> Option<Standing<'r>> {
        let mut gates = gates.to_vec();
        let belongs = if self.periodic {
            gates.push(Gate { set, subject });
            is.and(self.ever(&gates))
        } else {
            let m = moment_of(&self.rule.demand.time, self.region);
            let read = || self.reader.wanted(set, subject, m);
            let (kept, wanted) = self.reader.quietly(read);
            is.and(kept).and(wanted)
        };
        let body = match inner {
            [] => self.claim(Some(subject), &gates)?,
            inner => self.quantified(inner, Some(subject), &gates)?,
        };
        Some(Standing {
            subject,
            belongs,
            body,
        })
    }

    fn quantified(
        &self,
        quantifiers: &'r [Quantifier],
        outer: Option<SubjectId>,
        gates: &[Gate<'r>],
    ) -> Option<Ruling<'r>> {
        let (quantifier, inner) = quantifiers.split_first()?;
        let set = &quantifier.set;
        let read = || self.reader.candidates(set, outer, self.region);
        let mut parts = Vec::new();
        for (subject, is) in self.reader.quietly(read) {
            parts.push(self.standing((set, subject, is), inner, gates)?);
        }
        let mut shown = Counted::default();
        parts.iter().for_each(|p| shown.add(p.state(), 1));
        let due = parts.iter().map(Standing::due).max().unwrap_or(Due::Never);
        let state = match parts.is_empty() {
            // No such subject is known.
            true => State::Undecided,
            false => all_readings(&quantifier.how, &parts),
        };
        Some(Ruling {
            state,
            due,
            way: Way::Whole {
                counts: shown.counts(&quantifier.how),
                parts,
            },
        })
    }

    fn claim(&self, subject: Option<SubjectId>, gates: &[Gate<'r>]) -> Option<Ruling<'r>> {
        let rule = self.rule;
        if self.periodic {
            return self.claim_by_period(subject, gates);
        }
        match &rule.claim {
            Claim::Plain => self.demand(&rule.demand, self.tier, subject),
            Claim::When {
                condition,
                otherwise,
                ..
            } => {
                let truth = self.condition(condition, &rule.demand.time, subject);
                let then = self.demand(&rule.demand, 0, subject)?;
                let otherwise = match otherwise {
                    Some(otherwise) => Some(self.demand(otherwise, 0, subject)?),
                    None => None,
                };
                let (no, no_due) = otherwise
                    .as_ref()
                    .map_or((State::Excluded, Due::Never), |o| (o.state, o.due));
                let (state, due) = match truth {
                    Truth::True => (then.state, then.due),
                    Truth::False => (no, no_due),
                    // Decided where both agree.
                    Truth::Unknown if then.state == no => (no, then.due.max(no_due)),
                    Truth::Unknown => (State::Undecided, then.due.max(no_due)),
                };
                let way = Way::When {
                    truth,
                    then: Box::new(then),
                    otherwise: otherwise.map(Box::new),
                };
                Some(Ruling { state, due, way })
            }
            Claim::Makes { condition, .. } => Some(self.makes(condition, subject)),
            Claim::Choice { needed, others } => {
                let mut of = Vec::with_capacity(others.len() + 1);
                for demand in std::iter::once(&rule.demand).chain(others) {
                    of.push(self.demand(demand, 0, subject)?);
                }
                Some(choice(*needed, of))
            }
        }
    }

    fn condition(&self, condition: &Condition, time: &Time, subject: Option<SubjectId>) -> Truth {
        let m = moment_of(time, self.region);
        let read = |subject| self.reader.condition(condition, subject, m);
        subject.map_or(Truth::Unknown, |s| self.reader.quietly(|| read(s)))
    }

    /// A consequence has no time of its own: it is made in every period in which its condition
    /// holds. Where attributes alone decide, that is always or never.
    pub(super) fn makes(&self, condition: &Condition, subject: Option<SubjectId>) -> Ruling<'r> {
        let mut truth = self.condition(condition, &Time::Always(None), subject);
        if let (Truth::Unknown, Some(subject)) = (truth, subject) {
            let periods = self.reader.periods_of(condition, subject);
            let read = |period: &Period| {
                let m = Moment {
                    period: *period,
                    by: false,
                    region: self.region,
                };
                self.reader
                    .quietly(|| self.reader.condition(condition, subject, m))
            };
            let all: Vec<Truth> = periods.iter().map(read).collect();
            if all.contains(&Truth::True) {
                truth = Truth::True;
            } else if !all.is_empty() && all.iter().all(|t| *t == Truth::False) {
                truth = Truth::False;
            }
        }
        let state = match truth {
            Truth::True => State::Holds,
            Truth::False => State::Excluded,
            Truth::Unknown => State::Undecided,
        };
        let plan = self.reader.bound.ruleset.plan_of(self.rule);
        let last = plan.and_then(|p| p.span).map(|s| s.last.end());
        Ruling {
            state,
            due: last.map_or(Due::Never, Due::On),
            way: Way::Makes { truth },
        }
    }

    pub(super) fn demand(
        &self,
        demand: &'r Demand,
        tier: usize,
        subject: Option<SubjectId>,
    ) -> Option<Ruling<'r>> {
        let requirement = demand.requirements.get(tier)?;
        let m = moment_of(&demand.time, self.region);
        let Judgement { state, due, judged } = judge(self.reader, demand, requirement, subject, m);
        let group = match (&demand.group, subject) {
            (None, _) => Truth::True,
            (Some(_), None) => Truth::Unknown,
            (Some(group), Some(subject)) => {
                let read = || self.reader.condition(&group.of, subject, m);
                self.reader.quietly(read)
            }
        };
        let state = match group {
            Truth::True => state,
            Truth::False => State::Excluded,
            Truth::Unknown => State::Undecided,
        };
        Some(Ruling {
            state,
            due,
            way: Way::Demand {
                demand,
                requirement,
                judged,
                group,
            },
        })
    }
}

/// Some of several demands.
pub(super) fn choice(needed: u32, of: Vec<Ruling<'_>>) -> Ruling<'_> {
    let count = |state| of.iter().filter(|r: &&Ruling<'_>| r.state == state).count();
    let needed = needed as usize;
    let holds = count(State::Holds);
    let state = if holds >= needed {
        State::Holds
    } else if holds + count(State::Undecided) < needed {
        State::Fails
    } else {
        State::Undecided
    };
    let due = of.iter().map(|r| r.due).max().unwrap_or(Due::Never);
    let way = Way::Choice { of };
    Ruling { state, due, way }
}

/// How many subjects stand how.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    holds: u64,
    fails: u64,
    undecided: u64,
}

impl Counted {
    fn add(&mut self, state: State, count: u64) {
        match state {
            State::Holds => self.holds += count,
            State::Fails => self.fails += count,
            State::Undecided => self.undecided += count,
            State::Excluded => {}
        }
    }

    fn counts(self, how: &HowMany) -> Counts {
        let of = self.holds + self.fails + self.undecided;
        let portion = |portion: &Portion, up: bool| match portion {
            Portion::Count(n) => u64::from(*n),
            Portion::Share(share) => share_of(share, of, up),
        };
        let needed = match how {
            HowMany::Each => of,
            HowMany::AtLeast(n) => portion(n, true),
            HowMany::AtMost(n) | HowMany::Exactly(n) => portion(n, false),
            HowMany::No => 0,
        };
        Counts {
            satisfied: self.holds,
            failed: self.fails,
            undecided: self.undecided,
            of,
            needed,
        }
    }

    fn outcome(self, how: &HowMany) -> State {
        let n = self.counts(how);
        if n.of == 0 {
            return State::Excluded;
        }
        let possible = n.of - n.failed;
        let (met, violated) = match how {
            HowMany::Each | HowMany::AtLeast(_) => (n.satisfied >= n.needed, possible < n.needed),
            HowMany::AtMost(_) | HowMany::No => (possible <= n.needed, n.satisfied > n.needed),
            HowMany::Exactly(_) => (
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
}

/// ⌈p·of⌉, or ⌊p·of⌋.
fn share_of(share: &Number, of: u64, up: bool) -> u64 {
    let exact = share.mul(&Number::from(i64::try_from(of).unwrap_or(i64::MAX)));
    let nearest = exact.round(0);
    let whole = nearest.to_i64().unwrap_or(0).max(0) as u64;
    match (up, nearest.cmp(&exact)) {
        (true, std::cmp::Ordering::Less) => whole + 1,
        (false, std::cmp::Ordering::Greater) => whole - 1,
        _ => whole,
    }
}

/// The state that every reading of the undecided filters gives, if it is one.
///
/// Each subject of whom it is not known whether it belongs may be in or out. For all quantifiers but
/// `exactly` what decides is linear in how many of them are in, so that the readings at the ends
/// are enough.
fn all_readings(how: &HowMany, parts: &[Standing<'_>]) -> State {
    const TRIED: u64 = 1_000_000;
    let mut sure = Counted::default();
    let mut open = Counted::default();
    for part in parts {
        match part.belongs {
            Truth::True => sure.add(part.body.state, 1),
            Truth::Unknown => open.add(part.body.state, 1),
            Truth::False => {}
        }
    }
    let exactly = matches!(how, HowMany::Exactly(_));
    let share = matches!(how, HowMany::Exactly(Portion::Share(_)));
    let choices = |count: u64, all: bool| match (all, count) {
        (true, _) => (0..=count).collect::<Vec<u64>>(),
        (false, 0) => vec![0],
        (false, count) => vec![0, count],
    };
    let holds = choices(open.holds, exactly);
    let fails = choices(open.fails, share);
    let undecided = choices(open.undecided, share);
    if (holds.len() * fails.len()) as u64 * undecided.len() as u64 > TRIED {
        return State::Undecided;
    }
    let mut found: Option<State> = None;
    for h in &holds {
        for f in &fails {
            for u in &undecided {
                let reading = Counted {
                    holds: sure.holds + h,
                    fails: sure.fails + f,
                    undecided: sure.undecided + u,
                };
                let state = reading.outcome(how);
                if found.is_some_and(|first| first != state) {
                    return State::Undecided;
                }
                found = Some(state);
            }
        }
    }
    found.unwrap_or(State::Undecided)
}
