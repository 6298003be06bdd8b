//! One demand, one subject: how it stands, and what that rests on.

use guiju_lang::model::{Computed, Demand, IndicatorId, Requirement, Test, Time, Value};
use guiju_lang::period::Grain;
use guiju_lang::{Date, Kind, Number, Period, PeriodSpan, Unit};

use crate::bind::{Bound, Fact, Known, ObsRef, SubjectId};
use crate::truth::Truth;

use super::Verdict;
use super::compute::{Compute, Outcome};
use super::reader::{Moment, Reader};

/// How it stands with a demand, with the periods that it rests on. Making one costs no more than
/// deciding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) state: State,
    pub(crate) due: Due,
    pub(crate) judged: Judged,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum State {
    Holds,
    Fails,
    Undecided,
    /// A condition, filter or group leaves the subject out.
    Excluded,
}

/// Until when what is undecided is pending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    /// It never is.
    Never,
    /// Up to the end of this day.
    On(Date),
    /// Without a known end: the milestone that sets it is not done.
    Later,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Judged {
    /// One figure decides.
    One(PeriodJudgement),
    /// Each period of a span, or each observation there is.
    Several(Vec<PeriodJudgement>),
}

/// One period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PeriodJudgement {
    pub(crate) period: Period,
    /// What is known of it.
    pub(crate) known: Known,
    /// Whether the period has passed, so that a figure counts.
    pub(crate) passed: bool,
    /// Whether the requirement holds.
    pub(crate) truth: Truth,
    /// What was worked out, where the requirement is on a computed value.
    pub(crate) computed: Option<Box<Outcome>>,
}

impl From<Truth> for State {
    fn from(truth: Truth) -> State {
        match truth {
            Truth::True => State::Holds,
            Truth::False => State::Fails,
            Truth::Unknown => State::Undecided,
        }
    }
}

/// The verdict of a state: what is undecided is pending until it is due.
pub(crate) fn verdict(state: State, due: Due, as_of: Date) -> Verdict {
    match (state, due) {
        (State::Holds, _) => Verdict::Met,
        (State::Fails, _) => Verdict::Violated,
        (State::Excluded, _) => Verdict::NotApplicable,
        (State::Undecided, Due::Later) => Verdict::Pending,
        (State::Undecided, Due::On(day)) if as_of <= day => Verdict::Pending,
        (State::Undecided, _) => Verdict::Unknown,
    }
}

impl Judgement {
    /// By one period alone.
    pub(super) fn one(judged: PeriodJudgement, due: Due) -> Judgement {
        Judgement {
            state: judged.truth.into(),
            due,
            judged: Judged::One(judged),
        }
    }
}

/// Judges a requirement of a demand for a subject.
pub(crate) fn judge(
    reader: &Reader<'_, '_>,
    demand: &Demand,
    requirement: &Requirement,
    subject: Option<SubjectId>,
    moment: Moment,
) -> Judgement {
    let judge = Judge {
        reader,
        bound: reader.bound,
        indicator: demand.indicator,
        subject,
        as_of: reader.as_of,
        test: &requirement.test,
        moment,
    };
    if let Test::Computed(wanted) = &requirement.test {
        return judge.computed(demand.kind, wanted, &demand.time);
    }
    if demand.kind == Kind::Milestone {
        return judge.milestone(&demand.time);
    }
    match &demand.time {
        Time::In(period) => judge.single(*period, |j| j.at(*period)),
        Time::By(period) => judge.single(*period, |j| j.by(*period)),
        Time::Throughout(span) | Time::Each(span) => {
            let periods = span.iter().map(|p| judge.period(p, judge.at(p))).collect();
            judge.several(periods)
        }
        Time::Always(span) => {
            let periods = judge.observed(|p| span.is_none_or(|s| s.covers(p)));
            judge.always(periods, span.map(|s| s.last))
        }
        Time::Every(grain) => {
            let periods = judge.observed(|p| p.grain() == *grain);
            judge.always(periods, None)
        }
        // What is no number has to hold at the end of a cycle.
        Time::Cycle { years, first } => match judge.latest_cycle(*years, *first) {
            Ok(span) => {
                let judged = judge.period(span.last, judge.at(span.last));
                Judgement::one(judged, Due::Never)
            }
            Err(ahead) => ahead,
        },
        // Sums, changes and deadlines that are events are worked out, or milestones.
        Time::From(_)
        | Time::Over(_)
        | Time::Within { .. }
        | Time::Yearly { .. }
        | Time::After { .. } => judge.nothing(),
    }
}

#[derive(Clone, Copy)]
pub(super) struct Judge<'a, 'r, 'b> {
    pub(super) reader: &'r Reader<'a, 'b>,
    pub(super) bound: &'a Bound<'b>,
    pub(super) indicator: IndicatorId,
    pub(super) subject: Option<SubjectId>,
    pub(super) as_of: Date,
    pub(super) test: &'r Test,
    pub(super) moment: Moment,
}

impl Judge<'_, '_, '_> {
    fn at(&self, period: Period) -> (Period, Known) {
        match self.subject {
            Some(subject) => (period, self.bound.at(self.indicator, subject, period)),
            None => (period, Known::Nothing),
        }
    }

    fn by(&self, period: Period) -> (Period, Known) {
        match self.subject {
            Some(subject) => self.bound.by(self.indicator, subject, period),
            None => (period, Known::Nothing),
        }
    }

    fn nothing(&self) -> Judgement {
        Judgement {
            state: State::Undecided,
            due: Due::Never,
            judged: Judged::Several(Vec::new()),
        }
    }

    /// A requirement on a computed value.
    fn computed(&self, kind: Kind, wanted: &Computed, time: &Time) -> Judgement {
        let compute = Compute {
            reader: self.reader,
            wanted,
            subject: self.subject,
            moment: Moment {
                by: matches!(time, Time::By(_)),
                ..self.moment
            },
        };
        match time {
            Time::In(period) | Time::By(period) => {
                let mut judged = self.outcome(*period, compute.at(*period));
                // The figure of a longer period may stand for a day.
                let first = judged.computed.as_ref().and_then(|c| c.leaves.first());
                if let Some(leaf) = first
                    .filter(|l| matches!(l.known, Known::One(_)) && l.period.end() == period.end())
                {
                    judged.period = leaf.period;
                }
                Judgement::one(judged, Due::On(period.end()))
            }
            Time::From(span) => {
                let steps = span.count() as i64 - 1;
                let outcome = compute.from(span.first, span.last, steps);
                // Without a pair nothing ever comes of it.
                let due = match steps {
                    0 => Due::Never,
                    _ => Due::On(span.last.end()),
                };
                Judgement::one(self.outcome(span.last, outcome), due)
            }
            Time::Throughout(span) | Time::Each(span) => self.several(
                span.iter()
                    .map(|p| self.outcome(p, compute.at(p)))
                    .collect(),
            ),
            Time::Always(span) => {
                let covered = |p: Period| span.is_none_or(|s| s.covers(p));
                self.every_observed(wanted, &compute, covered, span.map(|s| s.last))
            }
            Time::Every(grain) => {
                let covered = |p: Period| p.grain() == *grain;
                self.every_observed(wanted, &compute, covered, None)
            }
            Time::Over(span) => {
                let judged = self.sum(span.last, compute.over(*span));
                Judgement::one(judged, Due::On(span.last.end()))
            }
            Time::Cycle { years, first } => self.cycle(kind, *years, *first, &compute),
            Time::Within { years, span, from } => {
                self.windows(*years, (*span, *from), wanted, &compute)
            }
            Time::Yearly { .. } | Time::After { .. } => self.nothing(),
        }
    }

    fn every_observed(
        &self,
        wanted: &Computed,
        compute: &Compute<'_, '_, '_>,
        covered: impl Fn(Period) -> bool,
        last: Option<Period>,
    ) -> Judgement {
        let periods = self.all_periods(wanted, covered);
        let periods = periods
            .into_iter()
            .map(|p| self.outcome(p, compute.at(p)))
            .collect();
        self.always(periods, last)
    }

    /// The latest cycle that has passed decides; while none has, the first one is awaited.
    fn cycle(
        &self,
        kind: Kind,
        years: u32,
        first: Period,
        compute: &Compute<'_, '_, '_>,
    ) -> Judgement {
        let span = match self.latest_cycle(years, first) {
            Ok(span) => span,
            Err(ahead) => return ahead,
        };
        let adds_up = matches!(
            kind,
            Kind::Count | Kind::Amount | Kind::Duration | Kind::Quantity | Kind::Score
        );
        let outcome = match adds_up {
            true => compute.over(span),
            false => compute.at(span.last),
        };
        Judgement::one(self.outcome(span.last, outcome), Due::Never)
    }

    /// The latest cycle that has passed; else that the first one is awaited.
    pub(super) fn latest_cycle(&self, years: u32, first: Period) -> Result<PeriodSpan, Judgement> {
        let length = i32::try_from(years).unwrap_or(i32::MAX);
        let cycle = |n: i32| {
            let from = first.step(n.saturating_mul(length));
            PeriodSpan {
                first: from,
                last: from.step(length - 1),
            }
        };
        let mut latest = None;
        let mut n = 0;
        while cycle(n).last.passed(self.as_of) && n < 1000 {
            latest = Some(cycle(n));
            n += 1;
        }
        latest.ok_or_else(|| {
            let ahead = cycle(0);
            let judged = PeriodJudgement {
                period: ahead.last,
                known: Known::Nothing,
                passed: false,
                truth: Truth::Unknown,
                computed: None,
            };
            Judgement::one(judged, Due::On(ahead.last.end()))
        })
    }

    /// Every window of so many years within the span, or from the first figure, or where
    /// the rule says, to the last.
    fn windows(
        &self,
        years: u32,
        (span, from): (Option<PeriodSpan>, Option<Period>),
        wanted: &Computed,
        compute: &Compute<'_, '_, '_>,
    ) -> Judgement {
        let length = i32::try_from(years).unwrap_or(i32::MAX);
        let observed = || {
            let periods = self.all_periods(wanted, |p| p.grain() == Grain::Year);
            let first = from.or(periods.first().copied())?;
            Some(PeriodSpan {
                first,
                last: (*periods.last()?).max(first),
            })
        };
        let Some(range) = span.or_else(observed) else {
            return self.nothing();
        };
        let mut windows = Vec::new();
        for first in range.iter() {
            let last = first.step(length - 1);
            if last > range.last {
                break;
            }
            windows.push(self.sum(last, compute.over(PeriodSpan { first, last })));
        }
        let truth = match windows.as_slice() {
            [] => Truth::Unknown,
            all => all.iter().map(|w| w.truth).collect(),
        };
        Judgement {
            state: truth.into(),
            due: span.map_or(Due::Never, |s| Due::On(s.last.end())),
            judged: Judged::Several(windows),
        }
    }

    /// The periods in which anything that is measured was observed. Where the rest of a value is
    /// missing then, or gives no result, that period is undecided: it may not be passed over.
    fn all_periods(&self, wanted: &Computed, covered: impl Fn(Period) -> bool) -> Vec<Period> {
        let Some(subject) = self.subject else {
            return Vec::new();
        };
        let mut periods = Vec::new();
        wanted.left.indicators(&mut |id| {
            let observed = self.bound.observed(id, subject).into_iter().filter(|p| {
                let known = self.bound.at(id, subject, *p);
                matches!(known, Known::One(_) | Known::Conflict(_))
            });
            periods.extend(observed);
        });
        periods.sort_unstable_by_key(|p| (p.end(), std::cmp::Reverse(p.start())));
        periods.dedup();
        periods.retain(|p| covered(*p));
        periods
    }

    fn outcome(&self, period: Period, (outcome, truth): (Outcome, Truth)) -> PeriodJudgement {
        let passed = period.passed(self.as_of);
        PeriodJudgement {
            period,
            known: outcome.known(),
            passed,
            truth: if passed { truth } else { Truth::Unknown },
            computed: Some(Box::new(outcome)),
        }
    }

    /// A sum decides as soon as it can: increments are not negative.
    fn sum(&self, last: Period, (outcome, truth): (Outcome, Truth)) -> PeriodJudgement {
        PeriodJudgement {
            period: last,
            known: outcome.known(),
            passed: last.passed(self.as_of) || truth != Truth::Unknown,
            truth,
            computed: Some(Box::new(outcome)),
        }
    }

    /// A single deciding period: pending until it has passed.
    fn single(&self, deadline: Period, look: impl Fn(&Self) -> (Period, Known)) -> Judgement {
        let (period, known) = look(self);
        let judged = PeriodJudgement {
            period,
            ..self.period(deadline, (period, known))
        };
        Judgement::one(judged, Due::On(deadline.end()))
    }

    /// One period of several. A figure for a period that has not passed decides nothing.
    fn period(&self, period: Period, (_, known): (Period, Known)) -> PeriodJudgement {
        let passed = period.passed(self.as_of);
        let truth = match &known {
            Known::One(at) if passed => self.holds(*at),
            _ => Truth::Unknown,
        };
        PeriodJudgement {
            period,
            known,
            passed,
            truth,
            computed: None,
        }
    }

    /// Every period for which there is a figure, by the day it ends. A forecast is none.
    fn observed(&self, covered: impl Fn(Period) -> bool) -> Vec<PeriodJudgement> {
        let Some(subject) = self.subject else {
            return Vec::new();
        };
        self.bound
            .observed(self.indicator, subject)
            .into_iter()
            // What is known without a period holds in every one.
            .filter(|p| p.is_timeless() || covered(*p))
            .map(|p| self.period(p, self.at(p)))
            .filter(|p| matches!(p.known, Known::One(_) | Known::Conflict(_)))
            .collect()
    }

    /// One failure decides at once; without one, a gap or a period ahead leaves it open until the
    /// last period has passed, unknown after. (A milestone may hold before its period has passed.)
    pub(super) fn several(&self, periods: Vec<PeriodJudgement>) -> Judgement {
        let truth: Truth = periods.iter().map(|p| p.truth).collect();
        let last = periods.iter().map(|p| p.period.end()).max();
        Judgement {
            state: truth.into(),
            due: last.map_or(Due::Never, Due::On),
            judged: Judged::Several(periods),
        }
    }

    /// Every figure of a period that has passed counts; there must be one. Without a deadline
    /// nothing is ahead.
    fn always(&self, periods: Vec<PeriodJudgement>, deadline: Option<Period>) -> Judgement {
        let counted: Vec<Truth> = periods
            .iter()
            .filter(|p| p.passed)
            .map(|p| p.truth)
            .collect();
        let due = deadline.is_none_or(|d| d.passed(self.as_of));
        let state = match counted.iter().copied().collect() {
            Truth::False => State::Fails,
            // What may still be observed is open.
            Truth::True if due && !counted.is_empty() => State::Holds,
            _ => State::Undecided,
        };
        Judgement {
            state,
            due: deadline.map_or(Due::Never, |d| Due::On(d.end())),
            judged: Judged::Several(periods),
        }
    }

    fn holds(&self, at: ObsRef) -> Truth {
        let bound = self.bound;
        if let Some((number, unit)) = bound.raw_number(self.indicator, at) {
            return number_holds(self.test, number, unit);
        }
        match bound.fact(self.indicator, at) {
            Some(fact) => fact_holds(self.test, &fact),
            None => Truth::Unknown,
        }
    }
}

/// Whether a number in a unit passes a test, exactly.
pub(super) fn number_holds(test: &Test, number: &Number, unit: &Unit) -> Truth {
    let against = |value: &Value| match value {
        Value::Quantity(q) if q.unit.factor == unit.factor => Some(number.cmp(&q.number)),
        Value::Quantity(q) => Some(number.mul(&unit.factor).cmp(&q.base_value())),
        _ => None,
    };
    passes(test, against)
}

/// Whether a value passes a test. Step 0 of a scale is the best, so steps compare the other way.
pub(crate) fn fact_holds(test: &Test, fact: &Fact) -> Truth {
    let against = |value: &Value| match (value, fact) {
        (Value::Quantity(q), Fact::Number(n)) => Some(n.cmp(&q.base_value())),
        (Value::Grade { step, .. }, Fact::Grade(found)) => Some(step.cmp(found)),
        (Value::Flag(wanted), Fact::Flag(found)) => Some(found.cmp(wanted)),
        _ => None,
    };
    passes(test, against)
}

/// Whether a value passes, given how it lies against each bound.
fn passes(test: &Test, against: impl Fn(&Value) -> Option<std::cmp::Ordering>) -> Truth {
    match test {
        Test::Compare { op, value } => {
            against(value).map_or(Truth::Unknown, |o| op.holds(o).into())
        }
        Test::Between { lower, upper, .. } => match (against(lower), against(upper)) {
            (Some(low), Some(high)) => (low.is_ge() && high.is_le()).into(),
            _ => Truth::Unknown,
        },
        Test::Computed(_) | Test::Done | Test::Made => Truth::Unknown,
    }
}
