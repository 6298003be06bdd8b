//! Milestones: whether something was done, and when.

use guiju_lang::model::{IndicatorId, Time, due_in};
use guiju_lang::{Date, Period, PeriodSpan};

use crate::bind::{Event, Fact, Known, ObsRef};
use crate::truth::Truth;

use super::judge::{Due, Judge, Judged, Judgement, PeriodJudgement, State};

impl Judge<'_, '_, '_> {
    pub(super) fn milestone(&self, time: &Time) -> Judgement {
        match time {
            Time::By(period) => self.done_by(*period),
            Time::In(period) => {
                let judged = self.done_in(*period, period.end());
                Judgement::one(judged, Due::On(period.end()))
            }
            Time::Throughout(span) | Time::Each(span) => {
                let periods = span.iter().map(|p| self.done_in(p, p.end()));
                self.several(periods.collect())
            }
            Time::Yearly { span, day } => {
                let due = |year: Period| due_in(year, *day).map_or(year.end(), Period::end);
                let periods = span.iter().map(|year| self.done_in(year, due(year)));
                let judged = self.several(periods.collect());
                Judgement {
                    due: Due::On(due(span.last)),
                    ..judged
                }
            }
            Time::Cycle { years, first } => match self.latest_cycle(*years, *first) {
                Ok(span) => {
                    let judged = self.done_within(span, span.last.end());
                    Judgement::one(judged, Due::Never)
                }
                Err(ahead) => ahead,
            },
            Time::After { event, days } => match self.done_on(*event) {
                Some(day) => self.done_by(Period::day(day).step(*days)),
                // Until that is done nothing is owed.
                None => Judgement {
                    state: State::Undecided,
                    due: Due::Later,
                    judged: Judged::Several(Vec::new()),
                },
            },
            _ => Judgement {
                state: State::Undecided,
                due: Due::Never,
                judged: Judged::Several(Vec::new()),
            },
        }
    }

    /// The day on which another milestone was done, if it is known and nothing contradicts it.
    fn done_on(&self, event: IndicatorId) -> Option<Date> {
        let other = Judge {
            indicator: event,
            ..*self
        };
        let mut earliest: Option<Date> = None;
        for record in other.records() {
            let (_, event) = record.settled()?;
            let day = match event {
                Event::Done(first, last) if first == last => first,
                // The month or year alone sets no day.
                Event::Done(..) => return None,
                Event::DoneWhenSeen => record.period.end(),
                Event::NotDoneWhenSeen => continue,
            };
            earliest = Some(earliest.map_or(day, |e| e.min(day)));
        }
        earliest
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
        Judgement::one(found.judgement(deadline, passed), Due::On(day))
    }

    fn done_in(&self, period: Period, due: Date) -> PeriodJudgement {
        let span = PeriodSpan {
            first: period,
            last: period,
        };
        self.done_within(span, due)
    }

    /// A dated record inside the span, by a day of it.
    fn done_within(&self, wanted: PeriodSpan, due: Date) -> PeriodJudgement {
        let (start, end) = (wanted.first.start(), wanted.last.end());
        let inside = |first: Date, last: Date| start <= first && last <= end;
        let touches = |first: Date, last: Date| first <= end && start <= last;
        let open = |seen: Date| due <= seen && seen <= end;
        let mut found = Findings::default();
        for record in self.records() {
            let (first, last) = (record.period.start(), record.period.end());
            let Some((at, event)) = record.settled() else {
                let bears = |event: &Event| match *event {
                    Event::Done(first, last) => touches(first, last),
                    Event::DoneWhenSeen => inside(first, last),
                    Event::NotDoneWhenSeen => open(last),
                };
                if record.events.iter().any(bears) {
                    found.disagree(&record);
                }
                continue;
            };
            match event {
                Event::Done(first, last) if inside(first, last) && last <= due => {
                    found.done(at, last);
                }
                Event::Done(first, last) if touches(first, last) && first > due => found.late(at),
                Event::Done(first, last) if touches(first, last) => found.unclear(at, last),
                Event::DoneWhenSeen if inside(first, last) && last <= due => found.done(at, last),
                Event::DoneWhenSeen if inside(first, last) => found.late(at),
                Event::NotDoneWhenSeen if open(last) => found.not_done(at, last),
                _ => {}
            }
        }
        let passed = self.as_of > due;
        found.judgement(wanted.last, passed)
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
