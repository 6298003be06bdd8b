//! Changes: a period against the one before it, or the end of a span against its beginning.

use crate::oracle::{Op, Period, Q};

use super::ast::{Change, Expr, Way};
use super::expr::Ctx;
use super::figures::Eye;
use super::value::{Poss, Truth, Val, and, compare, whole};

impl Eye<'_> {
    /// At a period: "with the period before it (same grain)".
    pub(super) fn change(&self, e: &Expr, change: &Change, period: Period, c: &Ctx<'_>) -> Truth {
        match change {
            // "N falls, N+1 figures; all N differences must be falls; one non-fall decides no."
            Change::Running(way, n) => {
                let step = Change::Moves(*way, None);
                let (mut at, mut truth) = (period, Some(true));
                for _ in 0..*n {
                    truth = and(truth, self.change(e, &step, at, c));
                    at = at.before();
                }
                truth
            }
            _ => self.between(e, change, period.before(), period, c),
        }
    }

    /// From one period to another.
    pub(super) fn between(
        &self,
        e: &Expr,
        change: &Change,
        from: Period,
        to: Period,
        c: &Ctx<'_>,
    ) -> Truth {
        let before = steps(&self.value(e, &c.when(from)));
        let after = steps(&self.value(e, &c.when(to)));
        let zero = whole(0);
        match change {
            // "rises alone means > 0"
            Change::Moves(way, None) => moved(*way, Op::Gt, &zero, &before, &after),
            Change::Moves(way, Some((op, by))) => moved(*way, *op, &by.value, &before, &after),
            Change::NeverFalls => moved(Way::Rises, Op::Ge, &zero, &before, &after),
            Change::NeverRises => moved(Way::Rises, Op::Le, &zero, &before, &after),
            Change::Stays(by) => and(
                moved(Way::Rises, Op::Le, &by.value, &before, &after),
                moved(Way::Falls, Op::Le, &by.value, &before, &after),
            ),
            // "x2025 ≥ x2020·1.05^5, exactly, no root"; other changes: n times the amount.
            Change::OnAverage(way, op, by) => {
                let n = from.to(to).len() as i64 - 1;
                match way {
                    Way::Rises | Way::Falls => {
                        moved(*way, *op, &(&by.value * whole(n)), &before, &after)
                    }
                    Way::Grows => {
                        let factor = power(&(whole(1) + &by.value), n);
                        moved(Way::Grows, *op, &(factor - whole(1)), &before, &after)
                    }
                    Way::Shrinks => {
                        let factor = power(&(whole(1) - &by.value), n);
                        moved(Way::Shrinks, *op, &(whole(1) - factor), &before, &after)
                    }
                }
            }
            Change::Running(..) => None,
        }
    }
}

fn power(base: &Q, n: i64) -> Q {
    (0..n).fold(whole(1), |all, _| all * base)
}

/// "A change on a scale counts steps", better is up.
fn steps(found: &Poss) -> Poss {
    let Poss::Of(all) = found else {
        return found.clone();
    };
    let up = |v: &Val| match v {
        Val::Grade(at) => Val::Num(whole(-(*at as i64))),
        other => other.clone(),
    };
    Poss::Of(all.iter().map(up).collect())
}

/// Whether the change in the stated direction stands to `by` as `op` says, in every reading.
fn moved(way: Way, op: Op, by: &Q, before: &Poss, after: &Poss) -> Truth {
    let (Poss::Of(old), Poss::Of(new)) = (before, after) else {
        return None;
    };
    let mut found = None;
    for old in old {
        for new in new {
            let (Val::Num(old), Val::Num(new)) = (old, new) else {
                return None;
            };
            let d = match way {
                Way::Rises | Way::Grows => new - old,
                Way::Falls | Way::Shrinks => old - new,
            };
            // "For x(p−1) > 0, else undecided."
            let least = match way {
                Way::Rises | Way::Falls => by.clone(),
                Way::Grows | Way::Shrinks if *old <= whole(0) => return None,
                Way::Grows | Way::Shrinks => by * old,
            };
            let holds = compare(&Poss::number(d), op, &Poss::number(least));
            if found.is_some() && found != holds {
                return None;
            }
            found = holds;
        }
    }
    found
}
