//! Milestones: "done on a date, or `done` on the last day of the row's period, or `not done` as seen
//! then".

use crate::oracle::{Day, Period, day};

use super::ast::{Expr, Time};
use super::claim::{Due, Judged, One, parts};
use super::figures::{Eye, Settled};
use super::value::{Truth, and};
use super::world::{Fact, Figure, Plan};

/// What one row, or rows that contradict each other, say.
struct Record<'c> {
    period: Period,
    facts: Vec<&'c Fact>,
}

/// What the records say of a deadline or a period.
#[derive(Default)]
struct Signs {
    done: bool,
    late: bool,
    /// It may have been in time.
    unclear: bool,
    undone: bool,
    conflict: bool,
    /// Done, and seen as not done on that day or after.
    torn: bool,
}

impl Eye<'_> {
    /// A milestone's requirement.
    pub(super) fn milestone(&self, one: &One, who: &str, plan: Option<&Plan>) -> Judged {
        let Expr::Name(name) = &one.measure else {
            return Judged::new(None, Due::Never);
        };
        let span = plan.and_then(|p| p.span);
        match &one.time {
            Some(Time::By(p)) => self.by_day(who, name, p.last()),
            Some(Time::Before(p)) => self.by_day(who, name, p.first() - 1),
            Some(Time::In(p)) => self.in_each(who, name, &[*p]),
            Some(Time::Throughout(a, b) | Time::Each(_, Some((a, b)))) => {
                self.in_each(who, name, &a.to(*b))
            }
            Some(Time::Each(grain, None)) => match span {
                Some((a, b)) => self.in_each(who, name, &parts(grain, a, b)),
                None => Judged::new(None, Due::Never),
            },
            // "Due on the day M was done; undecided until M is done (pending)."
            Some(Time::ByMilestone(other)) => match self.done_on(who, other) {
                Some(day) => self.by_day(who, name, day),
                None => Judged::new(None, Due::Later),
            },
            Some(Time::After(days, other)) => match self.done_on(who, other) {
                Some(day) => self.by_day(who, name, day + days),
                None => Judged::new(None, Due::Later),
            },
            // "In each year Y a record dated in Y on or before Y-10-31."
            Some(Time::ByDay(month, of_month, a, b)) => {
                let mut truth = Some(true);
                let mut due = Due::Never;
                for year in a.to(*b) {
                    let deadline = day(year.begins(), *month, *of_month);
                    let signs = self.signs(who, name, year.first(), deadline, Some(year));
                    truth = and(truth, self.decide(&signs, deadline));
                    due = Due::On(deadline);
                }
                Judged::new(truth, due)
            }
            // "Inside a plan with a span a milestone is due by the end of the span."
            None => match span {
                Some((_, b)) => self.by_day(who, name, b.last()),
                None => Judged::new(None, Due::Never),
            },
            _ => Judged::new(None, Due::Never),
        }
    }

    fn by_day(&self, who: &str, name: &str, deadline: Day) -> Judged {
        let signs = self.signs(who, name, Day::MIN, deadline, None);
        Judged::new(self.decide(&signs, deadline), Due::On(deadline))
    }

    /// "A dated record in every period"; one done is decided as soon as it is true.
    fn in_each(&self, who: &str, name: &str, periods: &[Period]) -> Judged {
        let (mut truth, mut due) = (Some(true), Due::Never);
        for period in periods {
            let signs = self.signs(who, name, period.first(), period.last(), Some(*period));
            truth = and(truth, self.decide(&signs, period.last()));
            due = Due::On(period.last());
        }
        Judged::new(truth, due)
    }

    /// What is known by now: a date that is still ahead is an intention.
    fn records(&self, who: &str, name: &str) -> Vec<Record<'_>> {
        let now = self.case.as_of;
        let facts = self.facts(who, name, None);
        let mut periods: Vec<Period> = Vec::new();
        for fact in &facts {
            let same =
                |p: &Period| (p.first(), p.last()) == (fact.period.first(), fact.period.last());
            if !periods.iter().any(same) && fact.period.first() <= now {
                periods.push(fact.period);
            }
        }
        let mut out = Vec::new();
        for period in periods {
            let same =
                |f: &&Fact| (f.period.first(), f.period.last()) == (period.first(), period.last());
            let facts = match self.settle(facts.iter().copied().filter(same).collect()) {
                Settled::Nothing => continue,
                Settled::One(fact) => vec![fact],
                Settled::Conflict(all) => all,
            };
            let known = |f: &&Fact| match &f.figure {
                Figure::Date(date) => date.last() <= now,
                _ => period.last() <= now,
            };
            if facts.iter().any(known) {
                out.push(Record { period, facts });
            }
        }
        out
    }

    /// What the records say of "done in from..=deadline". Inside a period only records that bear on
    /// it count, and nothing dated outside of it.
    fn signs(
        &self,
        who: &str,
        name: &str,
        from: Day,
        deadline: Day,
        within: Option<Period>,
    ) -> Signs {
        let mut signs = Signs::default();
        let (mut done_days, mut undone_days) = (Vec::new(), Vec::new());
        for record in self.records(who, name) {
            let bears = |f: &Fact| match (within, &f.figure) {
                (None, _) => true,
                (Some(w), Figure::Date(d)) => d.first() <= w.last() && w.first() <= d.last(),
                (Some(w), Figure::Done) => record.period.inside(w),
                // As seen when the period ends, or between the deadline and then.
                (Some(w), _) => {
                    record.period.last() >= deadline && record.period.last() <= w.last()
                }
            };
            let [fact] = record.facts.as_slice() else {
                signs.conflict |= record.facts.iter().any(|f| bears(f));
                continue;
            };
            if !bears(fact) {
                continue;
            }
            let days = match &fact.figure {
                Figure::Date(d) => Some((d.first(), d.last())),
                Figure::Done => Some((record.period.last(), record.period.last())),
                _ => None,
            };
            match days {
                Some((first, last)) if first >= from && last <= deadline => {
                    signs.done = true;
                    done_days.push(last);
                }
                Some((first, _)) if first > deadline => signs.late = true,
                Some((_, last)) => {
                    signs.unclear = true;
                    done_days.push(last);
                }
                None if record.period.last() >= deadline => {
                    signs.undone = true;
                    undone_days.push(record.period.last());
                }
                None => {}
            }
        }
        let latest_undone = undone_days.iter().max();
        signs.torn = done_days
            .iter()
            .any(|d| latest_undone.is_some_and(|u| d <= u));
        signs
    }

    /// "`by D` includes D: met once done on or before D; violated when done later, or seen as not
    /// done on or after D once D has passed; otherwise unknown after D." A date known only to the
    /// month or year counts if that period ends by D, else it is undecided. Records that contradict
    /// each other decide nothing; one record in time is enough for `met`.
    fn decide(&self, signs: &Signs, deadline: Day) -> Truth {
        let passed = self.case.as_of > deadline;
        if signs.torn {
            return None;
        }
        if signs.done {
            return Some(true);
        }
        if signs.conflict || (signs.unclear && !signs.undone) {
            return None;
        }
        ((signs.late || signs.undone) && passed).then_some(false)
    }

    /// The day on which a milestone was done, where just one day is known and nothing contradicts it.
    fn done_on(&self, who: &str, name: &str) -> Option<Day> {
        let mut days = Vec::new();
        for record in self.records(who, name) {
            let [fact] = record.facts.as_slice() else {
                return None;
            };
            match &fact.figure {
                Figure::Date(d) if d.first() == d.last() => days.push(d.first()),
                Figure::Date(_) => return None,
                Figure::Done => days.push(record.period.last()),
                _ => {}
            }
        }
        days.into_iter().min()
    }
}
