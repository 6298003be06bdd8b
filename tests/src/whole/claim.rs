//! What a claim comes to for one subject.

use crate::oracle::{Day, Op, Period};

use super::ast::{Cond, Expr, Set, Test, Time};
use super::expr::Ctx;
use super::figures::{Eye, Known};
use super::periods::Gate;
use super::value::{Poss, Truth, Val, and, compare};
use super::world::{Kind, Plan};

/// A claim with its lists taken apart: one measure, one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in Simple and Requirement")]
pub(super) struct One {
    pub(super) kind: Kind,
    pub(super) measure: Expr,
    pub(super) among: Option<Set>,
    pub(super) test: Test,
    pub(super) group: Option<String>,
    pub(super) time: Option<Time>,
}

/// What a rule claims, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in Claim")]
#[allow(clippy::large_enum_variant, reason = "cases are few and small")]
pub(super) enum Plain {
    One(One),
    Require(Cond, One, Option<One>),
    Then(Cond),
    AtLeast(usize, Vec<One>),
}

/// How it stands with a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub(super) enum State {
    Holds,
    Fails,
    Undecided,
    /// A condition, filter or group leaves the subject out.
    Excluded,
}

/// Until when what is undecided is pending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// It never is.
    Never,
    /// Up to the end of this day.
    On(Day),
    /// Without a known end: the milestone that sets it is not done.
    Later,
}

/// A state, and its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub(super) struct Judged {
    pub(super) state: State,
    pub(super) due: Due,
}

impl Judged {
    /// By a truth.
    pub(super) fn new(truth: Truth, due: Due) -> Judged {
        let state = match truth {
            Some(true) => State::Holds,
            Some(false) => State::Fails,
            None => State::Undecided,
        };
        Judged { state, due }
    }
}

/// The period at which conditions and filters of a claim are read, and whether `by` reads it.
pub(super) fn period_of(time: Option<&Time>) -> (Option<Period>, bool) {
    match time {
        Some(Time::In(p)) => (Some(*p), false),
        Some(Time::By(p)) => (Some(*p), true),
        Some(Time::Before(p)) => (Some(Period::of_day(p.first() - 1)), true),
        _ => (None, false),
    }
}

impl Eye<'_> {
    /// A claim for a subject.
    pub(super) fn claim(
        &self,
        claim: &Plain,
        who: &str,
        plan: Option<&Plan>,
        gates: &[Gate<'_>],
    ) -> Judged {
        if let Some(judged) = self.over_periods(claim, who, plan, gates) {
            return judged;
        }
        match claim {
            Plain::One(one) => self.one(one, who, plan),
            Plain::Require(when, then, otherwise) => {
                let (period, by) = period_of(then.time.as_ref());
                let c = self.ctx(who, period, by, plan);
                let yes = || self.one(then, who, plan);
                let no = || match otherwise {
                    Some(otherwise) => self.one(otherwise, who, plan),
                    None => Judged {
                        state: State::Excluded,
                        due: Due::Never,
                    },
                };
                match self.cond(when, &c) {
                    Some(true) => yes(),
                    Some(false) => no(),
                    // "With C unknown it is decided where A and B agree."
                    None => {
                        let (a, b) = (yes(), no());
                        let due = a.due.max(b.due);
                        let state = if a.state == b.state {
                            a.state
                        } else {
                            State::Undecided
                        };
                        Judged { state, due }
                    }
                }
            }
            // "Met where C holds (the fact is made), not_applicable where C fails."
            Plain::Then(when) => {
                let state = match self.cond(when, &self.ctx(who, None, false, plan)) {
                    Some(true) => State::Holds,
                    Some(false) => State::Excluded,
                    None => State::Undecided,
                };
                let due = end_of_span(plan);
                Judged { state, due }
            }
            Plain::AtLeast(needed, items) => {
                let found: Vec<Judged> = items.iter().map(|one| self.one(one, who, plan)).collect();
                let count = |state: State| found.iter().filter(|j| j.state == state).count();
                let truth = if count(State::Holds) >= *needed {
                    Some(true)
                } else if count(State::Holds) + count(State::Undecided) < *needed {
                    Some(false)
                } else {
                    None
                };
                let due = found.iter().map(|j| j.due).max().unwrap_or(Due::Never);
                Judged::new(truth, due)
            }
        }
    }

    pub(super) fn ctx<'b>(
        &self,
        who: &'b str,
        period: Option<Period>,
        by: bool,
        plan: Option<&'b Plan>,
    ) -> Ctx<'b> {
        Ctx {
            who,
            period,
            by,
            group: None,
            measure: None,
            plan,
        }
    }

    /// One requirement of one measure.
    pub(super) fn one(&self, one: &One, who: &str, plan: Option<&Plan>) -> Judged {
        // "`for V` selects: on an entity by its attribute, on a region's figure the breakdown V."
        let mut group = one.group.as_deref();
        let mut belongs = Some(true);
        if let Some(value) = group
            && let Some(attribute) = self.attribute_with(value)
            && let Some(found) = self.attribute(&attribute, who)
        {
            let wanted = Poss::Of(vec![Val::Word(value.into())]);
            belongs = compare(&found, Op::Eq, &wanted);
            group = None;
        }
        let judged = self.timed(one, who, group, plan);
        let state = match belongs {
            Some(true) => judged.state,
            Some(false) => State::Excluded,
            None => State::Undecided,
        };
        Judged { state, ..judged }
    }

    fn timed(&self, one: &One, who: &str, group: Option<&str>, plan: Option<&Plan>) -> Judged {
        if one.kind == Kind::Milestone {
            return self.milestone(one, who, plan);
        }
        let c = Ctx {
            group,
            measure: Some(&one.measure),
            ..self.ctx(who, None, false, plan)
        };
        let single = |period: Period, by: bool| {
            let passed = period.passed(self.case.as_of);
            let c = Ctx {
                period: Some(period),
                by,
                ..c
            };
            let truth = passed.then(|| self.holds(one, &c)).flatten();
            Judged::new(truth, Due::On(period.last()))
        };
        match &one.time {
            Some(Time::In(p)) => single(*p, false),
            Some(Time::By(p)) => single(*p, true),
            Some(Time::Before(p)) => single(Period::of_day(p.first() - 1), true),
            Some(Time::Throughout(a, b) | Time::Each(_, Some((a, b)))) => {
                self.every(one, &a.to(*b), &c)
            }
            Some(Time::Each(grain, None) | Time::Per(grain)) => match plan.and_then(|p| p.span) {
                Some((a, b)) => self.every(one, &parts(grain, a, b), &c),
                None => self.always(one, Some(grain), &c),
            },
            Some(Time::FromTo(a, b)) => self.difference(one, *a, *b, &c),
            Some(Time::Over(a, b)) => match one.test {
                Test::Change(_) => self.difference(one, *a, *b, &c),
                _ => {
                    let sum = self.total(&one.measure, *a, *b, &c);
                    Judged::new(self.test(&sum, &one.test, &c), Due::On(b.last()))
                }
            },
            Some(Time::PerYears(n, from)) => self.cycles(one, *n, *from, &c),
            Some(Time::WithinAny(n)) => self.windows(one, *n, &c),
            Some(Time::ByMilestone(_) | Time::ByDay(..) | Time::After(..)) => {
                Judged::new(None, Due::Never)
            }
            None => match (&one.test, plan.and_then(|p| p.span)) {
                // "Changes and `never …` run over each year of it."
                (Test::Change(_), Some((a, b))) => self.every(one, &parts("year", a, b), &c),
                (_, Some((a, b))) if one.kind == Kind::Total => {
                    let sum = self.total(&one.measure, a, b, &c);
                    Judged::new(self.test(&sum, &one.test, &c), Due::On(b.last()))
                }
                _ => self.always(one, None, &c),
            },
        }
    }

    /// One difference; "without a pair its verdict is `unknown`, never `met`".
    fn difference(&self, one: &One, a: Period, b: Period, c: &Ctx<'_>) -> Judged {
        let Test::Change(change) = &one.test else {
            return Judged::new(None, Due::Never);
        };
        if a == b {
            return Judged::new(None, Due::Never);
        }
        Judged::new(
            self.between(&one.measure, change, a, b, c),
            Due::On(b.last()),
        )
    }

    /// Whether the requirement holds at the context's period.
    pub(super) fn holds(&self, one: &One, c: &Ctx<'_>) -> Truth {
        if let (Test::Change(change), Some(period)) = (&one.test, c.period) {
            let period = self.standing(one, period, c);
            return self.change(&one.measure, change, period, c);
        }
        let left = match &one.among {
            Some(among) => self.rank(&one.measure, among, self.higher(&one.measure), c),
            None => self.value(&one.measure, c),
        };
        self.test(&left, &one.test, c)
    }

    /// "`by T`: that one, else the longest that ends on the same day": a change by a deadline is that
    /// of the period whose figure stands for it.
    fn standing(&self, one: &One, period: Period, c: &Ctx<'_>) -> Period {
        let Expr::Name(name) = &one.measure else {
            return period;
        };
        let known = |p: Period| self.at(c.who, name, c.group, p) != Known::Nothing;
        if !c.by || known(period) {
            return period;
        }
        let mut others: Vec<Period> = self.case.facts.iter().map(|f| f.period).collect();
        others.retain(|p| p.last() == period.last() && known(*p));
        others
            .into_iter()
            .min_by_key(|p| p.first())
            .unwrap_or(period)
    }

    /// "Direction from M's `better`; undeclared: higher is better."
    fn higher(&self, measure: &Expr) -> bool {
        match measure {
            Expr::Name(name) => {
                let declared = self.case.world.indicator(name);
                declared.and_then(|i| i.better).unwrap_or(true)
            }
            _ => true,
        }
    }

    /// Whether a value passes a test; the other side is read for the whole, not for the breakdown.
    pub(super) fn test(&self, left: &Poss, test: &Test, c: &Ctx<'_>) -> Truth {
        let c = Ctx { group: None, ..*c };
        let right = |e: &Expr| self.value(e, &c);
        match test {
            Test::Compare(op, bound) => compare(left, *op, &right(bound)),
            // "`between` is inclusive."
            Test::Between(a, b) => and(
                compare(left, Op::Ge, &right(a)),
                compare(left, Op::Le, &right(b)),
            ),
            Test::About(x, within) => {
                let (x, within) = (right(x), right(within));
                and(
                    compare(left, Op::Ge, &x.minus(&within)),
                    compare(left, Op::Le, &x.plus(&within)),
                )
            }
            // A flag without a test means yes.
            Test::Done => compare(left, Op::Eq, &Poss::Of(vec![Val::Flag(true)])),
            Test::Change(_) => None,
        }
    }

    /// "A failure in a passed period is `violated` at once; without one, a gap or a period ahead
    /// leaves it `pending` until the span has passed, `unknown` after."
    fn every(&self, one: &One, periods: &[Period], c: &Ctx<'_>) -> Judged {
        let mut truth = Some(true);
        for period in periods {
            let passed = period.passed(self.case.as_of);
            let c = c.when(*period);
            truth = and(truth, passed.then(|| self.holds(one, &c)).flatten());
        }
        match periods.last() {
            Some(last) => Judged::new(truth, Due::On(last.last())),
            None => Judged::new(None, Due::Never),
        }
    }

    /// "A level must hold at every observation (in the plan's span), `unknown` if there is none.
    /// Outside a plan it is never pending." With a grain only its periods are looked at.
    fn always(&self, one: &One, grain: Option<&str>, c: &Ctx<'_>) -> Judged {
        let Expr::Name(name) = &one.measure else {
            return Judged::new(None, Due::Never);
        };
        let span = c.plan.and_then(|p| p.span);
        let mut truth = None;
        if self.attribute(name, c.who).is_some() {
            truth = self.holds(one, c);
        } else {
            let mut periods = self.periods(c.who, name, c.group);
            periods.retain(|p| {
                let within =
                    span.is_none_or(|(a, b)| a.first() <= p.first() && p.last() <= b.last());
                let fits = grain.is_none_or(|g| parts(g, *p, *p) == [*p]);
                within && fits && p.passed(self.case.as_of)
            });
            periods.retain(|p| self.at(c.who, name, c.group, *p) != Known::Nothing);
            if !periods.is_empty() {
                truth = Some(true);
            }
            for period in periods {
                truth = and(truth, self.holds(one, &c.when(period)));
            }
        }
        let due = end_of_span(c.plan);
        // What may still be observed is open; a failure is not.
        if let (Due::On(day), Some(true)) = (due, truth)
            && self.case.as_of <= day
        {
            truth = None;
        }
        Judged::new(truth, due)
    }
}

/// The last day of the plan's span.
pub(super) fn end_of_span(plan: Option<&Plan>) -> Due {
    match plan.and_then(|p| p.span) {
        Some((_, last)) => Due::On(last.last()),
        None => Due::Never,
    }
}

/// Every period of a grain that lies between two.
pub(super) fn parts(grain: &str, a: Period, b: Period) -> Vec<Period> {
    let mut all: Vec<Period> = Vec::new();
    for year in a.begins() - 1..=b.begins() {
        match grain {
            "year" => all.push(Period::year(year)),
            "school year" => all.push(Period::school(year)),
            "half-year" => all.extend([1, 2].map(|n| Period::half(year, n))),
            "quarter" => all.extend([1, 2, 3, 4].map(|n| Period::quarter(year, n))),
            _ => all.extend((1..=12).map(|n| Period::month(year, n))),
        }
    }
    all.retain(|p| a.first() <= p.first() && p.last() <= b.last());
    all
}
