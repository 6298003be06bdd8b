//! Values worked out from figures: formulas, changes, bounds that are figures themselves.
//!
//! All arithmetic is exact. A value is known only if every figure it rests on is: one that is
//! missing, forecast or contradicted leaves it open, and is named.

use guiju_lang::model::{Change, Computed as Wanted, Expr, IndicatorId};
use guiju_lang::{Number, Period};

use crate::bind::{Bound, Known, ObsRef, SubjectId};
use crate::truth::Truth;

/// What a computed requirement came to for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The value, or the change, in the base scale.
    pub(crate) value: Option<Number>,
    /// What it is compared with.
    pub(crate) required: Option<Number>,
    /// Every figure that it rests on, in order of mention.
    pub(crate) leaves: Vec<Leaf>,
}

/// A figure that a value rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) indicator: IndicatorId,
    pub(crate) subject: Option<SubjectId>,
    pub(crate) period: Period,
    pub(crate) known: Known,
}

/// For whom and when a value is worked out.
#[derive(Clone, Copy)]
pub(super) struct Compute<'a, 'b> {
    pub(super) bound: &'a Bound<'b>,
    pub(super) wanted: &'a Wanted,
    pub(super) subject: Option<SubjectId>,
    /// Whether a figure of another period may stand in that ends on the same day.
    pub(super) by: bool,
}

impl Compute<'_, '_> {
    /// The level of a period, or its change from the period before.
    pub(super) fn at(&self, period: Period) -> (Outcome, Truth) {
        match self.wanted.change {
            Some(change) => self.between(change, period.step(-1), period, 1),
            None => {
                let mut leaves = Vec::new();
                let value = self.eval(&self.wanted.left, self.subject, period, &mut leaves);
                let required = self.eval(&self.wanted.right, self.subject, period, &mut leaves);
                self.judged(value, required, leaves)
            }
        }
    }

    /// The change from one period to a later one.
    pub(super) fn from(&self, first: Period, last: Period, steps: i64) -> (Outcome, Truth) {
        let Some(change) = self.wanted.change else {
            return self.at(last);
        };
        if first >= last {
            // Without a pair there is nothing to compare.
            return self.judged(None, None, Vec::new());
        }
        self.between(
            change,
            first,
            last,
            if self.wanted.average { steps } else { 1 },
        )
    }

    fn between(&self, change: Change, first: Period, last: Period, steps: i64) -> (Outcome, Truth) {
        let exact = Compute { by: false, ..*self };
        let mut leaves = Vec::new();
        // The later figure is the one that the verdict is about.
        let after = exact.eval(&self.wanted.left, self.subject, last, &mut leaves);
        let before = exact.eval(&self.wanted.left, self.subject, first, &mut leaves);
        let amount = self.eval(&self.wanted.right, self.subject, last, &mut leaves);
        let (Some(after), Some(before), Some(amount)) = (after, before, amount) else {
            return self.judged(None, None, leaves);
        };
        let rise = after.sub(&before);
        let value = match change {
            Change::Rises | Change::NeverFalls | Change::NeverRises => Some(rise),
            Change::Falls => Some(rise.neg()),
            Change::Stays => Some(rise.abs()),
            // Growth from nothing, or from below it, has no rate.
            _ if before.is_negative() || before.is_zero() => None,
            Change::Grows => rise.div(&before),
            Change::Shrinks => rise.neg().div(&before),
        };
        let required = match change {
            _ if steps == 1 => amount,
            // (1 + r)ⁿ − 1 over n steps, so that no root is needed.
            Change::Grows => power(&Number::ONE.add(&amount), steps).sub(&Number::ONE),
            Change::Shrinks => Number::ONE.sub(&power(&Number::ONE.sub(&amount), steps)),
            _ => amount.mul(&Number::from(steps)),
        };
        self.judged(value, Some(required), leaves)
    }

    fn judged(
        &self,
        value: Option<Number>,
        required: Option<Number>,
        leaves: Vec<Leaf>,
    ) -> (Outcome, Truth) {
        let truth = match (&value, &required) {
            (Some(value), Some(required)) => self.wanted.op.holds(value.cmp(required)).into(),
            _ => Truth::Unknown,
        };
        let outcome = Outcome {
            value,
            required,
            leaves,
        };
        (outcome, truth)
    }

    fn eval(
        &self,
        expr: &Expr,
        subject: Option<SubjectId>,
        period: Period,
        leaves: &mut Vec<Leaf>,
    ) -> Option<Number> {
        match expr {
            Expr::Number(number) => Some(number.clone()),
            Expr::Indicator(indicator) => self.figure(*indicator, subject, period, leaves),
            Expr::MeasureIn(place) => {
                let there = self.bound.subject_of(*place);
                self.eval(&self.wanted.left, there, period, leaves)
            }
            Expr::Negative(a) => Some(self.eval(a, subject, period, leaves)?.neg()),
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Div(a, b) => {
                // Both sides are read, so that everything that is missing is named.
                let a = self.eval(a, subject, period, leaves);
                let b = self.eval(b, subject, period, leaves);
                let (a, b) = (a?, b?);
                match expr {
                    Expr::Add(..) => Some(a.add(&b)),
                    Expr::Sub(..) => Some(a.sub(&b)),
                    Expr::Mul(..) => Some(a.mul(&b)),
                    _ => a.div(&b),
                }
            }
        }
    }

    fn figure(
        &self,
        indicator: IndicatorId,
        subject: Option<SubjectId>,
        period: Period,
        leaves: &mut Vec<Leaf>,
    ) -> Option<Number> {
        let (period, known) = match subject {
            Some(subject) if self.by => self.bound.by(indicator, subject, period),
            Some(subject) => (period, self.bound.at(indicator, subject, period)),
            None => (period, Known::Nothing),
        };
        let number = match &known {
            Known::One(at) => self.bound.number(indicator, *at),
            _ => None,
        };
        let leaf = Leaf {
            indicator,
            subject,
            period,
            known,
        };
        if !leaves.contains(&leaf) {
            leaves.push(leaf);
        }
        number
    }
}

impl Outcome {
    /// The figure that the value is about: the first one that is known.
    pub(crate) fn first(&self) -> Option<ObsRef> {
        self.leaves.iter().find_map(|leaf| match leaf.known {
            Known::One(at) => Some(at),
            _ => None,
        })
    }

    /// What is known of it, as of a figure: contradictions come first.
    pub(super) fn known(&self) -> Known {
        let conflict = self.leaves.iter().find_map(|leaf| match &leaf.known {
            Known::Conflict(all) => Some(all.clone()),
            _ => None,
        });
        match (conflict, self.first(), &self.value) {
            (Some(all), _, _) => Known::Conflict(all),
            (None, Some(at), Some(_)) => Known::One(at),
            _ => Known::Nothing,
        }
    }
}

fn power(base: &Number, exponent: i64) -> Number {
    (0..exponent).fold(Number::ONE, |product, _| product.mul(base))
}
