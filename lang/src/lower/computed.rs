//! Changes, formulas, and bounds that are figures themselves.

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::model::{Change, Computed, Expr, IndicatorId, Test, Time};
use crate::number::Number;
use crate::period::{Grain, PeriodSpan};
use crate::source::Span;
use crate::syntax;
use crate::unit::{Base, Unit};
use crate::words::{Kind, Op};

use super::formula::{Around, Side};
use super::set::change_of;
use super::{Context, Lowerer};

/// What is measured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured<'a> {
    pub(super) kind: Kind,
    /// The indicator; [`NO_INDICATOR`] of a formula.
    pub(super) indicator: IndicatorId,
    pub(super) left: &'a Expr,
    /// Whether the value is worked out, from several figures or over time.
    pub(super) worked: bool,
}

impl Lowerer {
    /// A comparison of which a side is worked out.
    pub(super) fn computed(
        &mut self,
        measured: Measured<'_>,
        op: Op,
        right: &syntax::Expr,
        context: Context,
    ) -> Option<Test> {
        let (bound, unit) = self.bound_value(measured, right, context)?;
        let written = right.as_literal().is_none();
        let reference = written.then(|| crate::print::expression(right));
        let unit = unit.unwrap_or_else(|| self.unit_of(measured.kind, measured.left));
        Some(Test::Computed(Box::new(Computed {
            right: bound,
            reference,
            ..Computed::level(measured.left.clone(), op, unit)
        })))
    }

    /// Between two values of which one is worked out.
    pub(super) fn computed_between(
        &mut self,
        measured: Measured<'_>,
        (lower, upper): (&syntax::Expr, &syntax::Expr),
        context: Context,
    ) -> Option<Test> {
        let low = self.bound_value(measured, lower, context);
        let high = self.bound_value(measured, upper, context);
        let ((low, unit), (high, other)) = (low?, high?);
        let text = |e: &syntax::Expr| crate::print::expression(e);
        let unit = unit
            .or(other)
            .unwrap_or_else(|| self.unit_of(measured.kind, measured.left));
        Some(Test::Computed(Box::new(Computed {
            right: low,
            upper: Some(high),
            reference: Some(format!("{} and {}", text(lower), text(upper))),
            ..Computed::level(measured.left.clone(), Op::Ge, unit)
        })))
    }

    /// `about X within T`: between X less and plus T.
    pub(super) fn computed_about(
        &mut self,
        measured: Measured<'_>,
        (value, within): (&syntax::Expr, &syntax::Expr),
        context: Context,
    ) -> Option<Test> {
        let (middle, unit) = self.bound_value(measured, value, context)?;
        let near = match within.as_literal() {
            Some(literal) => {
                let quantity = self.quantity(literal)?;
                let points = quantity.unit.base == Base::Points;
                if measured.kind == Kind::Rate && !points {
                    self.report(
                        Diagnostic::new(Code::ChangeUnit, literal.span)
                            .with("found", &literal.text)
                            .with("kind", measured.kind.name())
                            .with("points", format!("{}pp", quantity.number)),
                    );
                    return None;
                }
                Expr::Stated(quantity)
            }
            None => self.formula(within, self.around(measured, context))?,
        };
        let text = |e: &syntax::Expr| crate::print::expression(e);
        let unit = unit.unwrap_or_else(|| self.unit_of(measured.kind, measured.left));
        let (a, b) = (Box::new(middle), Box::new(near));
        Some(Test::Computed(Box::new(Computed {
            right: Expr::Sub(a.clone(), b.clone()),
            upper: Some(Expr::Add(a, b)),
            about: true,
            reference: Some(format!("{} within {}", text(value), text(within))),
            ..Computed::level(measured.left.clone(), Op::Ge, unit)
        })))
    }

    fn around<'a>(&self, measured: Measured<'a>, context: Context) -> Around<'a> {
        Around {
            kind: measured.kind,
            side: Side::Right,
            own: Some(measured.left),
            context,
        }
    }

    /// A bound: a number in a unit that the kind can have, or a formula.
    fn bound_value(
        &mut self,
        measured: Measured<'_>,
        right: &syntax::Expr,
        context: Context,
    ) -> Option<(Expr, Option<Unit>)> {
        if let Some(literal) = right.as_literal() {
            if measured.kind == Kind::Rate && is_gap(measured.left) {
                let quantity = self.quantity(literal)?;
                if quantity.unit.base == Base::Points {
                    return Some((Expr::Number(quantity.base_value()), Some(quantity.unit)));
                }
            }
            let level = self.level(measured.kind, measured.indicator, literal)?;
            return Some((Expr::Number(level.base_value()), Some(level.unit)));
        }
        let bound = self.formula(right, self.around(measured, context))?;
        Some((bound, None))
    }

    /// The unit in which a computed value of a kind is stated.
    fn unit_of(&self, kind: Kind, left: &Expr) -> Unit {
        let declared = match left {
            Expr::Indicator(id) => self.ruleset.indicator(*id).and_then(|i| i.unit.clone()),
            _ => None,
        };
        let usual = match kind {
            Kind::Rate => "%",
            Kind::Ratio => ":1",
            Kind::Amount => "元",
            Kind::Duration => "年",
            _ => "",
        };
        declared
            .or_else(|| Unit::parse(usual).ok())
            .unwrap_or_else(Unit::bare)
    }

    /// `rises >= 4pp`, `never falls`, `grows >= 5% a year on average` …
    pub(super) fn change(
        &mut self,
        measured: Measured<'_>,
        written: &syntax::Change,
    ) -> Option<Test> {
        let (change, op, amount, unit) =
            self.change_parts(measured.kind, measured.left, written)?;
        Some(Test::Computed(Box::new(Computed {
            change: Some(change),
            average: written.average,
            running: self.running(written)?,
            right: amount.map_or(Expr::Open, Expr::Number),
            ..Computed::level(measured.left.clone(), op, unit)
        })))
    }

    /// Which change, compared how, with how much (nothing, where that is left open), in which unit.
    pub(super) fn change_parts(
        &mut self,
        kind: Kind,
        left: &Expr,
        written: &syntax::Change,
    ) -> Option<(Change, Op, Option<Number>, Unit)> {
        let change = change_of(written.how);
        if kind == Kind::Rank {
            self.report(
                Diagnostic::new(Code::UnexpectedRequirement, written.span)
                    .with("kind", kind.name())
                    .with_words(
                        "why",
                        "位次的升降可指数字，也可指名次",
                        "the number rises where the place falls",
                    )
                    .with("advice", "`rank X <= 3`"),
            );
            return None;
        }
        if matches!(kind, Kind::Flag | Kind::Milestone) {
            self.cannot_require(kind, written.span);
            return None;
        }
        let op = match (change, written.op, &written.amount) {
            (Change::NeverFalls, ..) => Op::Ge,
            (Change::NeverRises | Change::Stays, ..) => Op::Le,
            (_, Some((op, _)), _) => op,
            (_, None, Some(_)) => Op::Ge,
            (_, None, None) => Op::Gt,
        };
        let (amount, unit) = match &written.amount {
            None => (Some(Number::ZERO), self.change_unit(kind, change, left)),
            Some(syntax::Expr::Open(_)) => (None, self.change_unit(kind, change, left)),
            Some(amount) => {
                let (amount, unit) = self.change_amount(kind, change, amount)?;
                (Some(amount), unit)
            }
        };
        Some((change, op, amount, unit))
    }

    fn change_unit(&self, kind: Kind, change: Change, left: &Expr) -> Unit {
        let points = || Unit::parse("pp").unwrap_or_else(|_| Unit::bare());
        match kind {
            _ if change.is_relative() => Unit::percent(),
            Kind::Rate => points(),
            _ => self.unit_of(kind, left),
        }
    }

    /// By how much: points of a rate, a share of where a relative change began, else the measure's
    /// own unit.
    fn change_amount(
        &mut self,
        kind: Kind,
        change: Change,
        amount: &syntax::Expr,
    ) -> Option<(Number, Unit)> {
        let Some(literal) = amount.as_literal() else {
            // By how much a value changes is a number in every plan.
            self.not_yet(amount.span(), "算式", "an expression");
            return None;
        };
        let quantity = self.quantity(literal)?;
        let base = &quantity.unit.base;
        let fits = if change.is_relative() {
            *base == Base::Share
        } else if kind == Kind::Rate {
            *base == Base::Points
        } else if kind == Kind::Grade {
            // Steps of the scale.
            *base == Base::Bare && quantity.number.is_integer()
        } else {
            kinds::accepts(kind, &quantity.unit)
        };
        if fits {
            return Some((quantity.base_value(), quantity.unit.clone()));
        }
        let finding = Diagnostic::new(Code::ChangeUnit, literal.span)
            .with("found", &literal.text)
            .with("kind", kind.name());
        let shares = matches!(base, Base::Share | Base::Points | Base::Bare);
        self.report(match (change.is_relative(), kind) {
            (true, _) if shares => finding.with("share", format!("{}%", quantity.number)),
            (false, Kind::Rate) if shares => finding
                .with("points", format!("{}pp", quantity.number))
                .with("grows", format!("{}%", quantity.number)),
            _ => finding.with("sample", kinds::sample(kind)),
        });
        None
    }

    /// The time of a change: every period of a span against the one before it, or one difference.
    pub(super) fn change_time(
        &mut self,
        time: Time,
        average: bool,
        plan_span: Option<PeriodSpan>,
        at: Span,
    ) -> Option<Time> {
        if average {
            return self.average_time(time, at);
        }
        match time {
            Time::Always(span) => match span.or(plan_span) {
                Some(span) => Some(Time::Each(span)),
                None => {
                    self.report(
                        Diagnostic::new(Code::SpanMissing, at).with("word", self.sources.text(at)),
                    );
                    None
                }
            },
            other => Some(other),
        }
    }
}

impl Lowerer {
    /// A yearly average lies between two years.
    fn average_time(&mut self, time: Time, at: Span) -> Option<Time> {
        match time {
            Time::From(span) if matches!(span.first.grain(), Grain::Year | Grain::SchoolYear) => {
                Some(time)
            }
            Time::From(_) => {
                self.not_yet(
                    at,
                    "季度、月份之间的年均",
                    "a yearly average between quarters or months",
                );
                None
            }
            _ => {
                let text = self.sources.text(at).to_string();
                self.report(
                    Diagnostic::new(Code::SpanMissing, at)
                        .with("average", format!("{text} from 2020 to 2025"))
                        .with("word", text),
                );
                None
            }
        }
    }
}

/// The difference of two rates, which is one of points; what is left of the whole is a share.
fn is_gap(left: &Expr) -> bool {
    matches!(left, Expr::Sub(a, _) if !matches!(**a, Expr::Number(_) | Expr::Stated(_)))
}

/// Stands for the indicator of a formula, which has no declaration of its own.
pub(super) const NO_INDICATOR: IndicatorId = IndicatorId(u32::MAX);
