//! Points of a rule: its weight, and fewer of them for reaching less.

use std::cmp::Ordering;

use crate::diag::{Code, Diagnostic};
use crate::model::{Attributes, Band, Computed, Requirement, Test, Value};
use crate::number::Number;
use crate::syntax::{self, Field, FieldValue, Literal};
use crate::unit::Base;
use crate::words::{Kw, Op};

use super::computed::Measured;
use super::demand::Draft;
use super::{Context, Lowerer};

impl Lowerer {
    /// A number of points: bare, or in 分.
    pub(super) fn points(&mut self, literal: &Literal) -> Option<Number> {
        let quantity = self.quantity(literal)?;
        if quantity.unit.per.is_empty() && matches!(quantity.unit.base, Base::Bare | Base::Score) {
            return Some(quantity.number);
        }
        let finding = Diagnostic::new(Code::NoPoints, literal.span)
            .with("found", &literal.text)
            .with("sample", &quantity.number);
        self.report(finding);
        None
    }

    /// The bands of a rule, each checked as its own bound is and against it.
    pub(super) fn bands(
        &mut self,
        measured: Measured<'_>,
        draft: &Draft<'_>,
        (requirements, attributes): (&Option<Vec<Requirement>>, &mut Attributes),
        context: Context,
    ) {
        // Points go by the must; requirements are sorted by force.
        let own = requirements.as_ref().and_then(|all| all.first());
        for band in written(draft.block) {
            let points = self.points(&band.points);
            let test = self.test(measured, &band.bound, context);
            let (Some(points), Some(test), Some(own)) = (points, test, own) else {
                continue;
            };
            if attributes.weight.as_ref().is_some_and(|w| points >= *w) {
                let finding = Diagnostic::new(Code::BandPoints, band.points.span)
                    .with("found", &band.points.text)
                    .with_some("weight", attributes.weight.as_ref());
                self.report(finding);
            } else if !asks_less(&test, &own.test) {
                let finding = Diagnostic::new(Code::BandNotLess, band.bound.span)
                    .with("found", self.sources.text(band.bound.span))
                    .with("own", self.sources.text(own.span))
                    .and_at(own.span);
                self.report(finding);
            } else {
                attributes.bands.push(Band {
                    points,
                    test,
                    span: band.bound.span,
                });
            }
        }
        attributes.bands.sort_by(|a, b| b.points.cmp(&a.points));
    }
}

fn written(block: &[Field]) -> impl Iterator<Item = &syntax::Band> {
    let bands = block.iter().filter_map(|field| match &field.value {
        FieldValue::Points(_, bands) if field.key == Kw::Weight => Some(bands),
        _ => None,
    });
    // A second field of the name is a finding and says nothing.
    bands.take(1).flatten()
}

/// Whether a band asks less than the rule's own requirement, as far as that can be seen: a band
/// that asks as much or more would never give its points.
fn asks_less(band: &Test, own: &Test) -> bool {
    match (band, own) {
        (
            Test::Compare { op, value },
            Test::Compare {
                op: own,
                value: bound,
            },
        ) => {
            let Some(order) = against(value, bound) else {
                return false;
            };
            let Some(side) = side(*own) else {
                // `= 100%`: whatever is no second `=`.
                return *op != Op::Eq;
            };
            // `> 90%` asks more than `>= 90%`, and no other two bounds of one value differ.
            let equal = order == Ordering::Equal;
            self::side(*op) == Some(side)
                && (order == side || equal && is_strict(*own) && !is_strict(*op))
        }
        (Test::Compare { .. } | Test::Between { .. }, Test::Between { .. })
        | (Test::Between { .. }, Test::Compare { .. }) => true,
        // `rises <= 1pp` asks less than `never rises`: only the time has to be read alike.
        (Test::Computed(band), Test::Computed(own)) => {
            let time = |c: &Computed| (c.change.is_some(), c.average);
            time(band) == time(own)
        }
        // A formula or another figure against a number: figures decide which is less.
        (Test::Computed(computed), Test::Compare { .. } | Test::Between { .. })
        | (Test::Compare { .. } | Test::Between { .. }, Test::Computed(computed)) => {
            computed.change.is_none()
        }
        (Test::Done | Test::Made, _) | (_, Test::Done | Test::Made) => false,
    }
}

/// On which side of a bound less is asked: below a lower bound, above an upper one.
fn side(op: Op) -> Option<Ordering> {
    match op {
        Op::Ge | Op::Gt => Some(Ordering::Less),
        Op::Le | Op::Lt => Some(Ordering::Greater),
        Op::Eq => None,
    }
}

fn is_strict(op: Op) -> bool {
    matches!(op, Op::Gt | Op::Lt)
}

/// How two values lie; `None` where they cannot be compared.
fn against(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Quantity(a), Value::Quantity(b)) if a.unit.comparable(&b.unit) => {
            Some(a.base_value().cmp(&b.base_value()))
        }
        // Step 0 is the best.
        (Value::Grade { step: a, .. }, Value::Grade { step: b, .. }) => Some(b.cmp(a)),
        _ => None,
    }
}
