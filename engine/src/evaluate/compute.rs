//! Requirements on values worked out from figures: formulas, changes, bounds that are figures
//! themselves, aggregates.

use guiju_lang::model::{Change, Computed as Wanted};
use guiju_lang::{Number, Op, Period, PeriodSpan};

use crate::bind::{Known, ObsRef, SubjectId};
use crate::truth::Truth;

use super::possible::{Possible, Value, root};
use super::reader::{Leaf, Moment, Reader, Valued};
use super::sets::difference;

/// What a computed requirement came to for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The value, or the change, in the base scale.
    pub(crate) value: Option<Number>,
    /// What it is compared with; of two bounds the lower one.
    pub(crate) required: Option<Number>,
    /// The upper bound, where there are two.
    pub(crate) upper: Option<Number>,
    /// How little or how much the value can be, where it is not known.
    pub(crate) range: Option<(Option<Number>, Option<Number>)>,
    /// Every figure that it rests on, in order of mention.
    pub(crate) leaves: Vec<Leaf>,
    /// Whether all figures are there, and their units do not fit.
    pub(crate) misfit: bool,
}

/// For whom and when a value is worked out.
pub(super) struct Compute<'a, 'r, 'b> {
    pub(super) reader: &'r Reader<'a, 'b>,
    pub(super) wanted: &'r Wanted,
    pub(super) subject: Option<SubjectId>,
    pub(super) moment: Moment,
}

/// What is compared, before it is.
struct Sides {
    value: Valued,
    low: Valued,
    high: Option<Valued>,
}

impl Compute<'_, '_, '_> {
    /// The level of a period, or its change from the period before.
    pub(super) fn at(&self, period: Period) -> (Outcome, Truth) {
        match self.wanted.change {
            Some(change) if self.wanted.running > 1 => self.running(change, self.standing(period)),
            Some(change) => {
                let period = self.standing(period);
                self.between(change, period.step(-1), period, 1)
            }
            None => {
                let m = Moment {
                    period,
                    ..self.moment
                };
                let value = self.reader.value(&self.wanted.left, self.subject, m);
                self.level(value, m)
            }
        }
    }

    /// What adds up over a span.
    pub(super) fn over(&self, span: PeriodSpan) -> (Outcome, Truth) {
        let value = self
            .reader
            .total(&self.wanted.left, self.subject, span, self.moment);
        self.level(value, self.moment.at(span.last))
    }

    fn level(&self, value: Valued, m: Moment) -> (Outcome, Truth) {
        let read = |e| self.reader.value(e, self.subject, m);
        self.judged(Sides {
            value,
            low: read(&self.wanted.right),
            high: self.wanted.upper.as_ref().map(read),
        })
    }

    /// The period whose figure stands for a deadline: `before 2023` asks for the year 2022 if its
    /// figure is yearly.
    fn standing(&self, deadline: Period) -> Period {
        let mut first = None;
        self.wanted
            .left
            .indicators(&mut |id| first = first.or(Some(id)));
        match (first, self.subject) {
            (Some(indicator), Some(subject)) if self.moment.by => {
                match self.reader.bound.by(indicator, subject, deadline) {
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
            let nothing = Outcome {
                value: None,
                required: None,
                upper: None,
                range: None,
                leaves: Vec::new(),
                misfit: false,
            };
            return (nothing, Truth::Unknown);
        }
        let steps = if self.wanted.average { steps } else { 1 };
        self.between(change, first, last, steps)
    }

    /// The same change several periods in a row: one that fails decides.
    fn running(&self, change: Change, last: Period) -> (Outcome, Truth) {
        let mut truth = Truth::True;
        let mut shown: Option<(Outcome, Truth)> = None;
        let mut leaves: Vec<Leaf> = Vec::new();
        for back in 0..self.wanted.running {
            let period = last.step(-i32::try_from(back).unwrap_or(i32::MAX));
            let (mut outcome, holds) = self.between(change, period.step(-1), period, 1);
            for leaf in std::mem::take(&mut outcome.leaves) {
                if !leaves.contains(&leaf) {
                    leaves.push(leaf);
                }
            }
            // The latest change is shown, or the one that breaks the run.
            let breaks = holds == Truth::False && truth != Truth::False;
            if shown.is_none() || breaks {
                shown = Some((outcome, holds));
            }
            truth = truth.and(holds);
        }
        let (mut outcome, _) = shown.unwrap_or_else(|| self.from(last, last, 1));
        outcome.leaves = leaves;
        (outcome, truth)
    }

    fn between(&self, change: Change, first: Period, last: Period, steps: i64) -> (Outcome, Truth) {
        let read = |e, period| self.reader.value(e, self.subject, self.moment.at(period));
        // The later figure is the one that the verdict is about.
        let after = read(&self.wanted.left, last);
        let before = read(&self.wanted.left, first);
        let amount = read(&self.wanted.right, last);
        let dimension = after.dimension.beside(&before.dimension);
        let misfit = dimension.is_none() || after.misfit || before.misfit;
        let required = match amount.value.exact_number() {
            Some(amount) if steps > 1 => Possible::number(match change {
                // (1 + r)ⁿ − 1 over n steps, so that no root is needed.
                Change::Grows => power(&Number::ONE.add(amount), steps).sub(&Number::ONE),
                Change::Shrinks => Number::ONE.sub(&power(&Number::ONE.sub(amount), steps)),
                _ => amount.mul(&Number::from(steps)),
            }),
            _ => amount.value.clone(),
        };
        self.judged(Sides {
            value: Valued {
                value: difference(change, &before.value, &after.value),
                dimension: after.dimension,
                misfit,
            },
            low: Valued::plain(required),
            high: None,
        })
    }

    fn judged(&self, sides: Sides) -> (Outcome, Truth) {
        let Sides { value, low, high } = sides;
        let leaves = self.reader.taken();
        let beside = |other: &Valued| {
            let fits = value.dimension.beside(&other.dimension).is_some();
            fits && !other.misfit
        };
        let suits = value.dimension.suits(self.wanted);
        let fits = suits && !value.misfit && beside(&low) && high.as_ref().is_none_or(beside);
        // What is missing comes first: it may bring the unit that fits.
        let all = leaves
            .iter()
            .all(|leaf| matches!(leaf.known, Known::One(_)));
        let truth = match (&high, fits) {
            (_, false) => Truth::Unknown,
            (None, _) => value.value.compare(self.wanted.op, &low.value),
            (Some(high), _) => {
                let above = value.value.compare(Op::Ge, &low.value);
                above.and(value.value.compare(Op::Le, &high.value))
            }
        };
        let shown = |valued: &Valued| match valued.value.exact() {
            Some(Value::Number(number)) if fits => Some(number.clone()),
            Some(Value::Root(square)) if fits => Some(self.written(square)),
            _ => None,
        };
        let end = |end: &Option<Value>| match end {
            Some(Value::Number(number)) => Some(number.clone()),
            _ => None,
        };
        let open = fits && value.value.exact().is_none();
        let range = (end(&value.value.low), end(&value.value.high));
        let outcome = Outcome {
            value: shown(&value),
            required: shown(&low),
            upper: high.as_ref().and_then(shown),
            range: Some(range).filter(|r| open && (r.0.is_some() || r.1.is_some())),
            misfit: !fits && all,
            leaves,
        };
        (outcome, truth)
    }
}

impl Compute<'_, '_, '_> {
    /// A root in the twelve digits of values that do not end, away from satisfying.
    fn written(&self, square: &Number) -> Number {
        const DIGITS: u32 = 12;
        let up = matches!(self.wanted.op, Op::Le | Op::Lt);
        let root = root(square);
        match root.mul(&root) == *square {
            true => root,
            false => root.to_significant(DIGITS, up),
        }
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
        let known = self.value.is_some() || self.range.is_some();
        match (conflict, self.first(), known) {
            (Some(all), _, _) => Known::Conflict(all),
            (None, Some(at), true) => Known::One(at),
            _ => Known::Nothing,
        }
    }
}

fn power(base: &Number, exponent: i64) -> Number {
    (0..exponent).fold(Number::ONE, |product, _| product.mul(base))
}
