//! One requirement, one subject: the verdict, and what it rests on.

use guiju_lang::model::{Computed, Requirement, Rule, Test, Time, Value};
use guiju_lang::{Date, Kind, Number, Period, Unit};

use crate::bind::{Bound, Event, Fact, Known, ObsRef, SubjectId};
use crate::truth::Truth;

use super::Verdict;
use super::compute::{Compute, Outcome};

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
    /// What was worked out, where the requirement is on a computed value.
    pub(crate) computed: Option<Box<Outcome>>,
}

/// Judges a requirement of a rule for a subject.
pub(crate) fn judge(
    bound: &Bound<'_>,
    rule: &Rule,
    requirement: &Requirement,
    subject: Option<SubjectId>,
    as_of: Date,
) -> Judgement {
    let indicator = rule.demand.indicator;
    let judge = Judge {
        bound,
        indicator,
        subject,
        as_of,
        test: &requirement.test,
    };
    if let Test::Computed(wanted) = &requirement.test {
        return judge.computed(wanted, &rule.demand.time);
    }
    if rule.demand.kind == Kind::Milestone {
        return judge.milestone(&rule.demand.time);
    }
    match &rule.demand.time {
        Time::In(period) => judge.one(*period, |j| j.at(*period)),
        Time::By(period) => judge.one(*period, |j| j.by(*period)),
        Time::Throughout(span) | Time::Each(span) => {
            let periods = span.iter().map(|p| judge.period(p, judge.at(p))).collect();
            judge.several(periods)
        }
        Time::Always(span) => {
            let periods = judge.observed(|p| span.is_none_or(|s| s.covers(p)));
            judge.always(periods, span.map(|s| s.last))
        }
        // Only changes run from one period to another.
        Time::From(span) => judge.one(span.last, |j| j.at(span.last)),
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

    /// A requirement on a computed value.
    fn computed(&self, wanted: &Computed, time: &Time) -> Judgement {
        let compute = Compute {
            bound: self.bound,
            wanted,
            subject: self.subject,
            by: matches!(time, Time::By(_)),
        };
        match time {
            Time::In(period) | Time::By(period) => {
                let mut judged = self.outcome(*period, compute.at(*period));
                // The figure of a longer period may stand for a day.
                let first = judged.computed.as_ref().and_then(|c| c.leaves.first());
                if let Some(leaf) = first.filter(|l| matches!(l.known, Known::One(_))) {
                    judged.period = leaf.period;
                }
                self.settled(judged)
            }
            Time::From(span) => {
                let steps = span.count() as i64 - 1;
                self.settled(self.outcome(span.last, compute.from(span.first, span.last, steps)))
            }
            Time::Throughout(span) | Time::Each(span) => self.several(
                span.iter()
                    .map(|p| self.outcome(p, compute.at(p)))
                    .collect(),
            ),
            Time::Always(span) => {
                let periods = self.all_periods(wanted, |p| span.is_none_or(|s| s.covers(p)));
                let periods = periods
                    .into_iter()
                    .map(|p| self.outcome(p, compute.at(p)))
                    .collect();
                self.always(periods, span.map(|s| s.last))
            }
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

    /// A single deciding period: pending until it has passed.
    fn one(&self, deadline: Period, look: impl Fn(&Self) -> (Period, Known)) -> Judgement {
        let (period, known) = look(self);
        let judged = PeriodJudgement {
            period,
            ..self.period(deadline, (period, known))
        };
        self.settled(judged)
    }

    fn settled(&self, judged: PeriodJudgement) -> Judgement {
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
            .filter(|p| covered(*p))
            .map(|p| self.period(p, self.at(p)))
            .filter(|p| matches!(p.known, Known::One(_) | Known::Conflict(_)))
            .collect()
    }

    /// One failure decides at once; without one, a gap or a period ahead leaves it open until the
    /// last period has passed, unknown after. (A milestone may hold before its period has passed.)
    fn several(&self, periods: Vec<PeriodJudgement>) -> Judgement {
        let truth: Truth = periods.iter().map(|p| p.truth).collect();
        let verdict = match truth {
            Truth::False => Verdict::Violated,
            Truth::True => Verdict::Met,
            Truth::Unknown if periods.iter().any(|p| !p.passed) => Verdict::Pending,
            Truth::Unknown => Verdict::Unknown,
        };
        Judgement {
            verdict,
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
        let verdict = match counted.iter().copied().collect() {
            Truth::False => Verdict::Violated,
            _ if !due => Verdict::Pending,
            Truth::True if !counted.is_empty() => Verdict::Met,
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
                self.several(periods)
            }
            Time::Always(_) | Time::From(_) => Judgement {
                verdict: Verdict::Unknown,
                judged: Judged::Several(Vec::new()),
            },
        }
    }

    /// What is on record by now, period by period. Records of a period that agree are one.
    fn records(&self) -> Vec<Record> {
        let Some(subject) = self.subject else {
            return Vec::new();
        };
        let event = |at: ObsRef| match self.bound.fact(self.indicator, at) {
            Some(Fact::Event(event)) => Some(event),
            _ => None,
        };
        // A date still ahead is an intention.
        let is_known = |period: Period, event: &Event| match event {
            Event::Done(_, last) => *last <= self.as_of,
            Event::DoneWhenSeen | Event::NotDoneWhenSeen => period.end() <= self.as_of,
        };
        self.bound
            .periods(self.indicator, subject)
            .into_iter()
            .filter(|period| period.start() <= self.as_of)
            .filter_map(|period| {
                let all = match self.bound.at(self.indicator, subject, period) {
                    Known::One(at) => vec![at],
                    Known::Conflict(all) => all,
                    Known::Nothing | Known::Forecast(_) => return None,
                };
                let events: Vec<Event> = all.iter().filter_map(|at| event(*at)).collect();
                let known = events.iter().any(|e| is_known(period, e));
                known.then_some(Record {
                    period,
                    all,
                    events,
                })
            })
            .collect()
    }

    /// Done on or before the last day of `deadline`.
    fn done_by(&self, deadline: Period) -> Judgement {
        let day = deadline.end();
        let passed = deadline.passed(self.as_of);
        let mut found = Findings::default();
        for record in self.records() {
            let Some((at, event)) = record.settled() else {
                found.disagree(&record);
                continue;
            };
            match record.days(event) {
                Some((_, last)) if last <= day => found.done(at, last),
                Some((first, _)) if first > day => found.late(at),
                Some((_, last)) => found.unclear(at, last),
                None if record.period.end() >= day => found.not_done(at, record.period.end()),
                None => {}
            }
        }
        let judged = found.judgement(deadline, passed);
        let verdict = match (judged.truth, passed) {
            (Truth::True, _) => Verdict::Met,
            (Truth::False, _) => Verdict::Violated,
            (Truth::Unknown, false) => Verdict::Pending,
            (Truth::Unknown, true) => Verdict::Unknown,
        };
        Judgement {
            verdict,
            judged: Judged::One(judged),
        }
    }

    /// A dated record inside the period.
    fn done_within(&self, wanted: Period) -> PeriodJudgement {
        let inside = |first: Date, last: Date| wanted.start() <= first && last <= wanted.end();
        let touches = |first: Date, last: Date| first <= wanted.end() && wanted.start() <= last;
        let mut found = Findings::default();
        for record in self.records() {
            let (first, last) = (record.period.start(), record.period.end());
            let Some((at, event)) = record.settled() else {
                let bears = |event: &Event| match *event {
                    Event::Done(first, last) => touches(first, last),
                    Event::DoneWhenSeen => inside(first, last),
                    Event::NotDoneWhenSeen => last == wanted.end(),
                };
                if record.events.iter().any(bears) {
                    found.disagree(&record);
                }
                continue;
            };
            match event {
                Event::Done(first, last) if inside(first, last) => found.done(at, last),
                Event::Done(first, last) if touches(first, last) => found.unclear(at, last),
                Event::DoneWhenSeen if inside(first, last) => found.done(at, last),
                Event::NotDoneWhenSeen if last == wanted.end() => found.not_done(at, last),
                _ => {}
            }
        }
        found.judgement(wanted, wanted.passed(self.as_of))
    }
}

/// What the figures of one period say about a milestone.
struct Record {
    period: Period,
    all: Vec<ObsRef>,
    events: Vec<Event>,
}

impl Record {
    /// The one thing that they say; `None` when they contradict each other.
    fn settled(&self) -> Option<(ObsRef, Event)> {
        match (self.all.as_slice(), self.events.as_slice()) {
            ([at], [event]) => Some((*at, *event)),
            _ => None,
        }
    }

    /// The days within which it was done, if it was.
    fn days(&self, event: Event) -> Option<(Date, Date)> {
        match event {
            Event::Done(first, last) => Some((first, last)),
            Event::DoneWhenSeen => Some((self.period.end(), self.period.end())),
            Event::NotDoneWhenSeen => None,
        }
    }
}

/// The first record of each sort that bears on a deadline or period.
#[derive(Default)]
struct Findings {
    /// Done in time, by this day.
    done: Option<(ObsRef, Date)>,
    late: Option<ObsRef>,
    /// Done in time or not: known to the month or year only, up to this day.
    unclear: Option<(ObsRef, Date)>,
    /// Seen as not done, the last time on this day.
    not_done: Option<(ObsRef, Date)>,
    conflict: Option<Vec<ObsRef>>,
}

impl Findings {
    fn done(&mut self, at: ObsRef, last: Date) {
        self.done.get_or_insert((at, last));
    }

    fn late(&mut self, at: ObsRef) {
        self.late.get_or_insert(at);
    }

    fn unclear(&mut self, at: ObsRef, last: Date) {
        self.unclear.get_or_insert((at, last));
    }

    fn not_done(&mut self, at: ObsRef, seen: Date) {
        self.not_done = Some((at, seen));
    }

    fn disagree(&mut self, record: &Record) {
        self.conflict.get_or_insert_with(|| record.all.clone());
    }

    fn judgement(self, period: Period, passed: bool) -> PeriodJudgement {
        // Done, and later seen as not done: the records disagree.
        let undone = self
            .done
            .or(self.unclear)
            .zip(self.not_done)
            .filter(|((_, last), (_, seen))| last <= seen)
            .map(|((done, _), (not_done, _))| vec![done, not_done]);
        let open = self.unclear.filter(|_| self.not_done.is_none());
        let (known, truth) = match (undone, self.done, self.conflict) {
            (Some(all), _, _) | (None, None, Some(all)) => (Known::Conflict(all), Truth::Unknown),
            (None, Some((at, _)), _) => (Known::One(at), Truth::True),
            (None, None, None) => match (open, self.late.or(self.not_done.map(|(at, _)| at))) {
                (Some((at, _)), _) => (Known::One(at), Truth::Unknown),
                (None, Some(at)) if passed => (Known::One(at), Truth::False),
                (None, Some(at)) => (Known::One(at), Truth::Unknown),
                (None, None) => (Known::Nothing, Truth::Unknown),
            },
        };
        PeriodJudgement {
            period,
            known,
            passed,
            truth,
            computed: None,
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
        Test::Computed(_) | Test::Done => Truth::Unknown,
    }
}
