//! Figures that add up over time.

use crate::oracle::Period;

use super::ast::Expr;
use super::claim::{Due, Judged, One, end_of_span, parts};
use super::expr::Ctx;
use super::figures::{Eye, Known};
use super::value::{Poss, Val, and, whole};
use super::world::Kind;

impl Eye<'_> {
    /// The sum over a span; "known so far" is at least: increments are not negative.
    pub(super) fn total(&self, measure: &Expr, a: Period, b: Period, c: &Ctx<'_>) -> Poss {
        if let Expr::Name(name) = measure
            && self
                .case
                .world
                .indicator(name)
                .is_some_and(|i| i.cumulative)
        {
            return self.running(name, a, b, c);
        }
        // "One figure for the whole span replaces the sum."
        if let Some(whole) = self.figure_of_span(measure, a, b, c) {
            return whole;
        }
        let (mut sum, mut complete) = (whole(0), true);
        for step in a.to(b) {
            match self.of_step(measure, step, c) {
                (Some(part), whole) => {
                    sum += part;
                    complete &= whole;
                }
                (None, _) => return Poss::Any,
            }
        }
        if complete {
            Poss::number(sum)
        } else {
            Poss::AtLeast(sum)
        }
    }

    fn figure_of_span(&self, measure: &Expr, a: Period, b: Period, c: &Ctx<'_>) -> Option<Poss> {
        let same = |p: &Period| p.first() == a.first() && p.last() == b.last();
        let year = [a.begins(), a.begins() - 1].map(Period::year);
        let found = year.into_iter().find(same)?;
        let value = self.value(measure, &c.when(found));
        (value != Poss::Any).then_some(value)
    }

    /// A step's own figure, "else all its months or quarters, never both", else what is known of
    /// them; with whether that is all of it.
    fn of_step(
        &self,
        measure: &Expr,
        step: Period,
        c: &Ctx<'_>,
    ) -> (Option<crate::oracle::Q>, bool) {
        if let Some(own) = self.value(measure, &c.when(step)).only_number() {
            return (Some(own), true);
        }
        let mut best = whole(0);
        for grain in ["half-year", "quarter", "month"] {
            let all = parts(grain, step, step);
            let figure = |p: &Period| self.value(measure, &c.when(*p)).only_number();
            let known: Vec<_> = all.iter().filter_map(figure).collect();
            let sum = known.iter().sum();
            if !all.is_empty() && all != [step] && known.len() == all.len() {
                return (Some(sum), true);
            }
            best = best.max(sum);
        }
        (Some(best), false)
    }

    /// "`cumulative` carries running totals: the last figure minus the one before A."
    fn running(&self, name: &str, a: Period, b: Period, c: &Ctx<'_>) -> Poss {
        let figure = |p: Period| match self.read(c.who, name, c.group, p, false) {
            Known::One(Val::Num(q)) => Some(q),
            _ => None,
        };
        let Some(before) = figure(a.before()) else {
            return Poss::Any;
        };
        let all = a.to(b);
        for period in all.iter().rev() {
            if let Some(last) = figure(*period) {
                return if *period == b {
                    Poss::number(last - before)
                } else {
                    Poss::AtLeast(last - before)
                };
            }
        }
        Poss::AtLeast(whole(0))
    }

    /// "The latest passed cycle decides; the running one is pending while none has passed."
    pub(super) fn cycles(
        &self,
        one: &One,
        years: i64,
        from: Option<Period>,
        c: &Ctx<'_>,
    ) -> Judged {
        let span = c.plan.and_then(|p| p.span);
        let Some(first) = from.or(span.map(|(a, _)| a)) else {
            return Judged::new(None, Due::Never);
        };
        let cycle = |n: i64| {
            let begins = first.begins() + n * years;
            (Period::year(begins), Period::year(begins + years - 1))
        };
        if !cycle(0).1.passed(self.case.as_of) {
            return Judged::new(None, Due::On(cycle(0).1.last()));
        }
        let mut n = 0;
        while cycle(n + 1).1.passed(self.case.as_of) {
            n += 1;
        }
        let (a, b) = cycle(n);
        let truth = if adds_up(one.kind) {
            self.test(&self.total(&one.measure, a, b, c), &one.test, c)
        } else {
            self.holds(one, &c.when(b))
        };
        Judged::new(truth, Due::Never)
    }

    /// "Every rolling window of N years inside the span: the sum must satisfy."
    pub(super) fn windows(&self, one: &One, years: i64, c: &Ctx<'_>) -> Judged {
        let Some((a, b)) = c.plan.and_then(|p| p.span) else {
            return Judged::new(None, Due::Never);
        };
        let mut truth = None;
        for first in a.begins()..=b.begins() - years + 1 {
            let (from, to) = (Period::year(first), Period::year(first + years - 1));
            let sum = self.total(&one.measure, from, to, c);
            let holds = self.test(&sum, &one.test, c);
            truth = if first == a.begins() {
                holds
            } else {
                and(truth, holds)
            };
        }
        Judged::new(truth, end_of_span(c.plan))
    }
}

fn adds_up(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Count | Kind::Amount | Kind::Duration | Kind::Total
    )
}
