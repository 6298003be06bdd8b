//! One requirement, one subject: the verdict, and what it rests on.

use guiju_lang::model::{Measure, Requirement, Rule, Test, Time, Value};
use guiju_lang::{Date, Kind, Number, Period, Unit};

use crate::bind::{Bound, Event, Fact, Known, ObsRef, SubjectId};
use crate::truth::Truth;

use super::Verdict;

/// A verdict with the periods it rests on. Making one costs no more than deciding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    pub(crate) judged: Judged,
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
}

/// Judges a requirement of a rule for a subject.
pub(crate) fn judge(
    bound: &Bound<'_>,
    rule: &Rule,
    requirement: &Requirement,
    subject: Option<SubjectId>,
    as_of: Date,
) -> Judgement {
    let Measure::Indicator(indicator) = rule.measure;
    let judge = Judge {
        bound,
        indicator,
        subject,
        as_of,
        test: &requirement.test,
    };
    if rule.kind == Kind::Milestone {
        return judge.milestone(&rule.time);
    }
    match &rule.time {
        Time::In(period) => judge.one(*period, |j| j.at(*period)),
        Time::By(period) => judge.one(*period, |j| j.by(*period)),
        Time::Throughout(span) | Time::Each(span) => {
            let periods = span.iter().map(|p| judge.period(p, judge.at(p))).collect();
            judge.several(periods, Some(span.last))
        }
        Time::Always(span) => {
            let periods = judge.observed(|p| span.is_none_or(|s| s.covers(p)));
            judge.several(periods, span.map(|s| s.last))
        }
    }
}

struct Judge<'a, 'b> {
    bound: &'a Bound<'b>,
    indicator: guiju_lang::model::IndicatorId,
    subject: Option<SubjectId>,
    as_of: Date,
    test: &'a Test,
}

impl Judge<'_, '_> {
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

    /// A single deciding period: pending until it has passed.
    fn one(&self, deadline: Period, look: impl Fn(&Self) -> (Period, Known)) -> Judgement {
        let (period, known) = look(self);
        let judged = PeriodJudgement {
            period,
            ..self.period(deadline, (period, known))
        };
        let verdict = match (judged.passed, judged.truth) {
            (false, _) => Verdict::Pending,
            (true, Truth::True) => Verdict::Met,
            (true, Truth::False) => Verdict::Violated,
            (true, Truth::Unknown) => Verdict::Unknown,
        };
        Judgement {
            verdict,
            judged: Judged::One(judged),
        }
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
        }
    }

    /// Every period for which there is a figure.
    fn observed(&self, covered: impl Fn(Period) -> bool) -> Vec<PeriodJudgement> {
        let Some(subject) = self.subject else {
            return Vec::new();
        };
        let mut periods: Vec<Period> = self
            .bound
            .figures(self.indicator, subject)
            .into_iter()
            .map(|(p, _)| p)
            .collect();
        periods.dedup();
        periods
            .into_iter()
            .filter(|p| covered(*p))
            .map(|p| self.period(p, self.at(p)))
            .collect()
    }

    /// One failure decides at once; without one, a gap or a period ahead leaves it open until
    /// the deadline, unknown after.
    fn several(&self, periods: Vec<PeriodJudgement>, deadline: Option<Period>) -> Judgement {
        // A forecast is no observation: it cannot leave a rule without a time undecided.
        let counts = |p: &&PeriodJudgement| {
            deadline.is_some() || (p.passed && !matches!(p.known, Known::Forecast(_)))
        };
        let truth: Truth = periods.iter().filter(counts).map(|p| p.truth).collect();
        let nothing = !periods
            .iter()
            .any(|p| matches!(p.known, Known::One(_) | Known::Conflict(_)) && p.passed);
        let due = deadline.is_none_or(|d| d.passed(self.as_of));
        let verdict = match truth {
            Truth::False => Verdict::Violated,
            _ if !due => Verdict::Pending,
            Truth::True if !nothing => Verdict::Met,
            _ => Verdict::Unknown,
        };
        Judgement {
            verdict,
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

    // ── milestones ───────────────────────────────────────────────────────────────────────────

    fn milestone(&self, time: &Time) -> Judgement {
        match time {
            Time::By(period) => self.done_by(*period),
            Time::In(period) => {
                let judged = self.done_within(*period);
                let verdict = match (judged.truth, judged.passed) {
                    (Truth::True, _) => Verdict::Met,
                    (_, false) => Verdict::Pending,
                    (Truth::False, true) => Verdict::Violated,
                    (Truth::Unknown, true) => Verdict::Unknown,
                };
                Judgement {
                    verdict,
                    judged: Judged::One(judged),
                }
            }
            Time::Throughout(span) | Time::Each(span) => {
                let periods = span.iter().map(|p| self.done_within(p)).collect();
                self.several(periods, Some(span.last))
            }
            Time::Always(_) => Judgement {
                verdict: Verdict::Unknown,
                judged: Judged::Several(Vec::new()),
            },
        }
    }

    /// Records of the milestone that are known by now, with what they say.
    fn events(&self) -> Vec<(Period, ObsRef, Event)> {
        let Some(subject) = self.subject else {
            return Vec::new();
        };
        let figures = self.bound.figures(self.indicator, subject);
        let settled = figures
            .into_iter()
            .filter(|(_, at)| self.bound.status(*at) != crate::facts::Status::Forecast);
        settled
            .filter_map(|(period, at)| match self.bound.fact(self.indicator, at)? {
                Fact::Event(event) => Some((period, at, event)),
                _ => None,
            })
            .filter(|(period, _, event)| match event {
                // A date still ahead is an intention.
                Event::Done(_, last) => *last <= self.as_of,
                Event::DoneWhenSeen | Event::NotDoneWhenSeen => period.end() <= self.as_of,
            })
            .collect()
    }

    /// Done on or before the last day of `deadline`.
    fn done_by(&self, deadline: Period) -> Judgement {
        let day = deadline.end();
        let passed = deadline.passed(self.as_of);
        let (mut in_time, mut late, mut not_done, mut unclear) = (None, None, None, None);
        for (period, at, event) in self.events() {
            let days = match event {
                Event::Done(first, last) => Some((first, last)),
                Event::DoneWhenSeen => Some((period.end(), period.end())),
                Event::NotDoneWhenSeen => None,
            };
            match days {
                Some((_, last)) if last <= day => in_time = in_time.or(Some((period, at))),
                Some((first, _)) if first > day => late = late.or(Some((period, at))),
                Some(_) => unclear = unclear.or(Some((period, at))),
                None if period.end() >= day => not_done = Some((period, at)),
                None => {}
            }
        }
        let (known, truth) = match (in_time, late.or(not_done)) {
            // Done in time, and seen as not done on the deadline or later: the records disagree.
            (Some((_, a)), Some((_, b))) if not_done.is_some() => {
                (Known::Conflict(vec![a, b]), Truth::Unknown)
            }
            (Some((_, at)), _) => (Known::One(at), Truth::True),
            (None, Some((_, at))) => (
                Known::One(at),
                if passed { Truth::False } else { Truth::Unknown },
            ),
            (None, None) => (
                unclear.map_or(Known::Nothing, |(_, at)| Known::One(at)),
                Truth::Unknown,
            ),
        };
        let verdict = match (truth, passed) {
            (Truth::True, _) => Verdict::Met,
            (Truth::False, _) => Verdict::Violated,
            (Truth::Unknown, false) => Verdict::Pending,
            (Truth::Unknown, true) => Verdict::Unknown,
        };
        let judged = PeriodJudgement {
            period: deadline,
            known,
            passed,
            truth,
        };
        Judgement {
            verdict,
            judged: Judged::One(judged),
        }
    }

    /// A dated record inside the period.
    fn done_within(&self, wanted: Period) -> PeriodJudgement {
        let passed = wanted.passed(self.as_of);
        let (mut done, mut not_done) = (None, None);
        for (period, at, event) in self.events() {
            match event {
                Event::Done(first, last) if wanted.start() <= first && last <= wanted.end() => {
                    done = done.or(Some(at));
                }
                Event::DoneWhenSeen if period == wanted => done = done.or(Some(at)),
                Event::NotDoneWhenSeen if period.end() == wanted.end() => not_done = Some(at),
                _ => {}
            }
        }
        let (known, truth) = match (done, not_done) {
            (Some(a), Some(b)) => (Known::Conflict(vec![a, b]), Truth::Unknown),
            (Some(at), None) => (Known::One(at), Truth::True),
            (None, Some(at)) => (
                Known::One(at),
                if passed { Truth::False } else { Truth::Unknown },
            ),
            (None, None) => (Known::Nothing, Truth::Unknown),
        };
        PeriodJudgement {
            period: wanted,
            known,
            passed,
            truth,
        }
    }
}

/// Whether a number in a unit passes a test, exactly.
fn number_holds(test: &Test, number: &Number, unit: &Unit) -> Truth {
    let against = |value: &Value| match value {
        Value::Quantity(q) if q.unit.factor == unit.factor => Some(number.cmp(&q.number)),
        Value::Quantity(q) => Some(number.mul(&unit.factor).cmp(&q.base_value())),
        _ => None,
    };
    match test {
        Test::Compare { op, value } => {
            against(value).map_or(Truth::Unknown, |o| op.holds(o).into())
        }
        Test::Between { lower, upper } => match (against(lower), against(upper)) {
            (Some(low), Some(high)) => (low.is_ge() && high.is_le()).into(),
            _ => Truth::Unknown,
        },
        Test::Done => Truth::Unknown,
    }
}

/// Whether a value passes a test. Step 0 of a scale is the best, so steps compare the other way.
pub(crate) fn fact_holds(test: &Test, fact: &Fact) -> Truth {
    let against = |value: &Value| match (value, fact) {
        (Value::Quantity(q), Fact::Number(n)) => Some(n.cmp(&q.base_value())),
        (Value::Grade { step, .. }, Fact::Grade(found)) => Some(step.cmp(found)),
        (Value::Flag(wanted), Fact::Flag(found)) => Some(found.cmp(wanted)),
        _ => None,
    };
    match test {
        Test::Compare { op, value } => {
            against(value).map_or(Truth::Unknown, |o| op.holds(o).into())
        }
        Test::Between { lower, upper } => match (against(lower), against(upper)) {
            (Some(low), Some(high)) => (low.is_ge() && high.is_le()).into(),
            _ => Truth::Unknown,
        },
        Test::Done => Truth::Unknown,
    }
}
