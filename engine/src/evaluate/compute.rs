//! Values worked out from figures: formulas, changes, bounds that are figures themselves.
//!
//! All arithmetic is exact. A value is known only if every figure it rests on is: one that is
//! missing, forecast or contradicted leaves it open, and is named.

use guiju_lang::model::{Change, Computed as Wanted, Expr, IndicatorId};
use guiju_lang::{Number, Period};

use crate::bind::{Bound, Known, ObsRef, SubjectId};
use crate::truth::Truth;

use super::dimension::Dimension;

/// What a computed requirement came to for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The value, or the change, in the base scale.
    pub(crate) value: Option<Number>,
    /// What it is compared with.
    pub(crate) required: Option<Number>,
    /// Every figure that it rests on, in order of mention.
    pub(crate) leaves: Vec<Leaf>,
    /// Whether all figures are there, and their units do not fit.
    pub(crate) misfit: bool,
}

/// A figure that a value rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) indicator: IndicatorId,
    pub(crate) subject: Option<SubjectId>,
    pub(crate) period: Period,
    pub(crate) known: Known,
}

/// A value with what it is a value of.
struct Valued {
    number: Number,
    dimension: Dimension,
}

/// What is known of a value: nothing yet, or nothing that could be.
enum Unvalued {
    /// A figure is missing, or an operation has no result.
    Open,
    /// Units do not fit.
    Misfit,
}

type Result = std::result::Result<Valued, Unvalued>;

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
            Some(change) => {
                let period = self.standing(period);
                self.between(change, period.step(-1), period, 1)
            }
            None => {
                let mut leaves = Vec::new();
                let value = self.eval(&self.wanted.left, self.subject, period, &mut leaves);
                let required = self.eval(&self.wanted.right, self.subject, period, &mut leaves);
                let suits = match (&value, &required) {
                    (Ok(value), Ok(required)) => {
                        value.dimension.beside(&required.dimension).is_some()
                            && value.dimension.suits(self.wanted)
                    }
                    _ => true,
                };
                let misfit = !suits || is_misfit(&value) || is_misfit(&required);
                let (value, required) = (number(value), number(required));
                self.judged(value, required, leaves, misfit)
            }
        }
    }

    /// The period whose figure stands for a deadline: `before 2023` asks for the year 2022 if its
    /// figure is yearly.
    fn standing(&self, deadline: Period) -> Period {
        let mut first = None;
        self.wanted
            .left
            .indicators(&mut |id| first = first.or(Some(id)));
        match (first, self.subject) {
            (Some(indicator), Some(subject)) if self.by => {
                match self.bound.by(indicator, subject, deadline) {
                    (_, Known::Nothing) => deadline,
                    (period, _) => period,
                }
            }
            _ => deadline,
        }
    }

    /// The change from one period to a later one.
    pub(super) fn from(&self, first: Period, last: Period, steps: i64) -> (Outcome, Truth) {
        let Some(change) = self.wanted.change else {
            return self.at(last);
        };
        if first >= last {
            // Without a pair there is nothing to compare.
            return self.judged(None, None, Vec::new(), false);
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
        let amount = number(self.eval(&self.wanted.right, self.subject, last, &mut leaves));
        let suits = match (&after, &before) {
            (Ok(after), Ok(before)) => {
                after.dimension.beside(&before.dimension).is_some()
                    && after.dimension.suits(self.wanted)
            }
            _ => true,
        };
        let misfit = !suits || is_misfit(&after) || is_misfit(&before);
        let (Some(after), Some(before), Some(amount)) = (number(after), number(before), amount)
        else {
            return self.judged(None, None, leaves, misfit);
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
        self.judged(value, Some(required), leaves, misfit)
    }

    fn judged(
        &self,
        value: Option<Number>,
        required: Option<Number>,
        leaves: Vec<Leaf>,
        misfit: bool,
    ) -> (Outcome, Truth) {
        // What is missing comes first: it may bring the unit that fits.
        let all = leaves
            .iter()
            .all(|leaf| matches!(leaf.known, Known::One(_)));
        let (value, required) = if misfit {
            (None, None)
        } else {
            (value, required)
        };
        let truth = match (&value, &required) {
            (Some(value), Some(required)) => self.wanted.op.holds(value.cmp(required)).into(),
            _ => Truth::Unknown,
        };
        let outcome = Outcome {
            value,
            required,
            misfit: misfit && all,
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
    ) -> Result {
        match expr {
            Expr::Number(number) => Ok(Valued {
                number: number.clone(),
                dimension: Dimension::Any,
            }),
            Expr::Indicator(indicator) => self.figure(*indicator, subject, period, leaves),
            Expr::MeasureIn(place) => {
                let there = self.bound.subject_of(*place);
                self.eval(&self.wanted.left, there, period, leaves)
            }
            Expr::Negative(a) => {
                let a = self.eval(a, subject, period, leaves)?;
                Ok(Valued {
                    number: a.number.neg(),
                    ..a
                })
            }
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Div(a, b) => {
                // Both sides are read, so that everything that is missing is named.
                let a = self.eval(a, subject, period, leaves);
                let b = self.eval(b, subject, period, leaves);
                let (a, b) = (a?, b?);
                let (x, y) = (&a.dimension, &b.dimension);
                let (number, dimension) = match expr {
                    Expr::Add(..) => (Some(a.number.add(&b.number)), x.beside(y)),
                    Expr::Sub(..) => (Some(a.number.sub(&b.number)), x.beside(y)),
                    Expr::Mul(..) => (Some(a.number.mul(&b.number)), x.times(y)),
                    _ => (a.number.div(&b.number), x.over(y)),
                };
                Ok(Valued {
                    dimension: dimension.ok_or(Unvalued::Misfit)?,
                    number: number.ok_or(Unvalued::Open)?,
                })
            }
        }
    }

    fn figure(
        &self,
        indicator: IndicatorId,
        subject: Option<SubjectId>,
        period: Period,
        leaves: &mut Vec<Leaf>,
    ) -> Result {
        let (period, known) = match subject {
            Some(subject) if self.by => self.bound.by(indicator, subject, period),
            Some(subject) => (period, self.bound.at(indicator, subject, period)),
            None => (period, Known::Nothing),
        };
        let found = match &known {
            Known::One(at) => {
                let number = self.bound.number(indicator, *at);
                number.zip(self.bound.quantity(indicator, *at))
            }
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
        let (number, quantity) = found.ok_or(Unvalued::Open)?;
        Ok(Valued {
            number,
            dimension: Dimension::Of(quantity.unit),
        })
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

fn number(valued: Result) -> Option<Number> {
    valued.ok().map(|v| v.number)
}

fn is_misfit(valued: &Result) -> bool {
    matches!(valued, Err(Unvalued::Misfit))
}

fn power(base: &Number, exponent: i64) -> Number {
    (0..exponent).fold(Number::ONE, |product, _| product.mul(base))
}
