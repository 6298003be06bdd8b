//! Changes, formulas, and bounds that are figures themselves.

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::model::{Change, Computed, Expr, Indicator, IndicatorId, PlaceMatch, Test, Time};
use crate::number::Number;
use crate::period::{Grain, PeriodSpan};
use crate::source::Span;
use crate::syntax::{self, BinaryOp, Body, Claim, Literal, Name};
use crate::unit::{Base, Unit};
use crate::words::{Kind, Kw, Op};

use super::{Category, Context, Lowerer};

/// The side of a comparison on which an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What is measured: its names are indicators.
    Left,
    /// What it is compared with: its names are indicators or places.
    Right,
}

impl Lowerer {
    /// The names that rules measure, so that a name on the right is known wherever it is measured.
    pub(super) fn collect_measures(&mut self) {
        let mut measured = std::mem::take(&mut self.measured);
        self.each_statement(|_, statement, _| {
            if let Body::Rule(rule) = &statement.body
                && let Claim::Simple(simple) = &rule.claim
            {
                for name in simple.measures.iter().filter_map(syntax::Expr::as_name) {
                    measured.insert(name.text.clone());
                }
            }
        });
        self.measured = measured;
    }

    /// An expression of this version: numbers, indicators, places, + − × /.
    pub(super) fn formula(
        &mut self,
        expr: &syntax::Expr,
        kind: Kind,
        side: Side,
        context: Context,
    ) -> Option<Expr> {
        match expr {
            syntax::Expr::Literal(literal) => self.formula_number(literal).map(Expr::Number),
            syntax::Expr::Name(name) => match side {
                Side::Left => self.operand(name, context).map(Expr::Indicator),
                Side::Right => self.right_name(name, kind, context),
            },
            syntax::Expr::Negative(inner, _) => {
                let inner = self.formula(inner, kind, side, context)?;
                Some(Expr::Negative(Box::new(inner)))
            }
            syntax::Expr::Binary(op, a, b) => {
                let sum = matches!(op, BinaryOp::Add | BinaryOp::Sub);
                if sum && kind == Kind::Rate {
                    self.refuse_doubtful_points(a, true)?;
                    self.refuse_doubtful_points(b, false)?;
                }
                // Below a product or quotient nothing is of the rule's own kind.
                let kind = if sum { kind } else { Kind::Quantity };
                // One finding is enough: the second is often the same mistake.
                let a = Box::new(self.formula(a, kind, side, context)?);
                let b = Box::new(self.formula(b, kind, side, context)?);
                Some(match op {
                    BinaryOp::Add => Expr::Add(a, b),
                    BinaryOp::Sub => Expr::Sub(a, b),
                    BinaryOp::Mul => Expr::Mul(a, b),
                    BinaryOp::Div => Expr::Div(a, b),
                })
            }
            syntax::Expr::Open(span) => {
                self.not_yet(*span, " `?`", "`?`");
                None
            }
            other => {
                let (zh, en) = match other {
                    syntax::Expr::Aggregate(_) => ("汇总", "an aggregate"),
                    syntax::Expr::Breakdown(..) => ("分组的指标", "a breakdown"),
                    _ => ("条件", "a condition"),
                };
                self.not_yet(other.span(), zh, en);
                None
            }
        }
    }

    /// A number beside a rate says whether it means points: `昆明 - 2pp`. A share may only be what is
    /// reduced: `100% - 到校率`; `昆明 - 20%` could be points or a fifth.
    fn refuse_doubtful_points(&mut self, expr: &syntax::Expr, first: bool) -> Option<()> {
        let Some(literal) = expr.as_literal() else {
            return Some(());
        };
        let quantity = self.quantity(literal)?;
        if quantity.unit.base == Base::Points || (first && quantity.unit.base == Base::Share) {
            return Some(());
        }
        self.report(
            Diagnostic::new(Code::ChangeUnit, literal.span)
                .with("found", &literal.text)
                .with("kind", Kind::Rate.name())
                .with("points", format!("{}pp", quantity.number))
                .fixed_by(literal.span, format!("{}pp", quantity.number)),
        );
        None
    }

    fn formula_number(&mut self, literal: &Literal) -> Option<Number> {
        self.quantity(literal).map(|q| q.base_value())
    }

    /// An indicator inside a formula; its kind is whatever its figures say.
    pub(super) fn operand(&mut self, name: &Name, context: Context) -> Option<IndicatorId> {
        self.known_or_new(name, Kind::Quantity, None, context)
    }

    /// The indicator of a name; one that the rules may add is added.
    pub(super) fn known_or_new(
        &mut self,
        name: &Name,
        suggested: Kind,
        kind: Option<Kind>,
        context: Context,
    ) -> Option<IndicatorId> {
        if let Some((category, first)) = self.categories.get(&name.text).copied()
            && category != Category::Indicator
        {
            self.name_clash(name, Category::Indicator, category, first);
            return None;
        }
        if let Some(id) = self.ruleset.indicator_named(&name.text) {
            return Some(id);
        }
        if context.closed.indicators {
            self.unknown_indicator(name, suggested);
            return None;
        }
        let id = IndicatorId(self.ruleset.indicators.len() as u32);
        self.ruleset.name_indicator(&name.text, id);
        self.ruleset.indicators.push(Indicator {
            name: name.text.clone(),
            also: Vec::new(),
            kind,
            better: None,
            range: None,
            unit: None,
            scale: None,
            rollup: None,
            by_school_year: false,
            cumulative: false,
            declared: None,
            first: name.span,
        });
        Some(id)
    }

    /// A name on the right: an indicator that something knows, else a place that something knows.
    fn right_name(&mut self, name: &Name, kind: Kind, context: Context) -> Option<Expr> {
        let known = self.ruleset.indicator_named(&name.text).is_some()
            || self.measured.contains(&name.text);
        if known {
            return self.operand(name, context).map(Expr::Indicator);
        }
        let within = self.surroundings(context);
        if self.ruleset.places.find(&name.text, &within) != PlaceMatch::Unknown {
            return self.place(name, &within, false).map(Expr::MeasureIn);
        }
        if !self.broken.contains(&name.text) {
            self.report(
                Diagnostic::new(Code::ComparesNames, name.span)
                    .with("found", &name.text)
                    .with("sample", kinds::sample(kind)),
            );
        }
        None
    }

    /// A comparison of which a side is worked out.
    pub(super) fn computed(
        &mut self,
        kind: Kind,
        left: &Expr,
        op: Op,
        right: &syntax::Expr,
        context: Context,
    ) -> Option<Test> {
        let literal = right.as_literal();
        let (bound, unit) = match literal {
            Some(literal) => {
                let quantity = self.level(kind, NO_INDICATOR, literal)?;
                (Expr::Number(quantity.base_value()), quantity.unit)
            }
            None => {
                let unit = self.unit_of(kind, left);
                (self.formula(right, kind, Side::Right, context)?, unit)
            }
        };
        let text = crate::print::expression(right);
        Some(Test::Computed(Box::new(Computed {
            left: left.clone(),
            change: None,
            average: false,
            op,
            right: bound,
            unit,
            reference: literal.is_none().then_some(text),
        })))
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
        kind: Kind,
        left: &Expr,
        written: &syntax::Change,
    ) -> Option<Test> {
        let change = match written.how {
            Kw::Rises => Change::Rises,
            Kw::Falls => Change::Falls,
            Kw::Grows => Change::Grows,
            Kw::Shrinks => Change::Shrinks,
            Kw::NeverFalls => Change::NeverFalls,
            Kw::NeverRises => Change::NeverRises,
            _ => Change::Stays,
        };
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
        if kind == Kind::Grade {
            self.not_yet(written.span, "等级的变化", "the change of a grade");
            return None;
        }
        if written.running.is_some() {
            self.not_yet(
                written.span,
                "连续几年的变化",
                "a change several years running",
            );
            return None;
        }
        let (op, right, unit) = match &written.amount {
            None => {
                let op = match change {
                    Change::NeverFalls => Op::Ge,
                    Change::NeverRises => Op::Le,
                    _ => Op::Gt,
                };
                let unit = self.change_unit(kind, change, left);
                (op, Number::ZERO, unit)
            }
            Some(amount) => {
                let op = match (change, written.op) {
                    (Change::Stays, _) => Op::Le,
                    (_, Some((op, _))) => op,
                    (_, None) => Op::Ge,
                };
                let (right, unit) = self.change_amount(kind, change, amount)?;
                (op, right, unit)
            }
        };
        Some(Test::Computed(Box::new(Computed {
            left: left.clone(),
            change: Some(change),
            average: written.average,
            op,
            right: Expr::Number(right),
            unit,
            reference: None,
        })))
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
            match amount {
                syntax::Expr::Open(span) => self.not_yet(*span, " `?`", "`?`"),
                other => self.not_yet(other.span(), "算式", "an expression"),
            }
            return None;
        };
        let quantity = self.quantity(literal)?;
        let base = &quantity.unit.base;
        let fits = if change.is_relative() {
            *base == Base::Share
        } else if kind == Kind::Rate {
            *base == Base::Points
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

/// Stands for the indicator of a formula, which has no declaration of its own.
pub(super) const NO_INDICATOR: IndicatorId = IndicatorId(u32::MAX);
