//! Values of rules and facts: the literal, its unit, and whether it fits the kind.

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::model::{Indicator, IndicatorId, ScaleId, Value};
use crate::names::{nearest, normalise};
use crate::number::Number;
use crate::source::Span;
use crate::syntax::{Expr, Literal, Name};
use crate::unit::{Base, Quantity, QuantityError, Unit};
use crate::words::{Kind, Kw};

use super::Lowerer;

/// The names of the progress methods that `assess` may choose.
pub const ASSESS_METHODS: &[&str] = &[
    "eurostat", "linear", "unsd", "escap", "destatis", "schedule",
];

impl Lowerer {
    pub(super) fn assess_method(&mut self, name: &Name) -> Option<String> {
        let method = ASSESS_METHODS.iter().find(|m| **m == name.text);
        if method.is_none() {
            let near = nearest(&name.text, ASSESS_METHODS.iter().copied());
            let finding = Diagnostic::new(Code::UnknownMethod, name.span)
                .with("found", &name.text)
                .with("expected", ASSESS_METHODS.join(" "))
                .with_some("nearest", near);
            self.report(finding);
        }
        method.map(|m| (*m).to_string())
    }

    pub(super) fn unknown_unit(&mut self, unit: &str, found: &str, span: Span) {
        let finding = Diagnostic::new(Code::UnknownUnit, span)
            .with("unit", unit)
            .with("found", found)
            .with_some("nearest", nearest_unit(unit));
        self.report(finding);
    }

    /// A literal as a number with its unit.
    pub(super) fn quantity(&mut self, literal: &Literal) -> Option<Quantity> {
        match Quantity::parse(&literal.text) {
            Ok(quantity) => Some(self.resolved(quantity)),
            Err(QuantityError::Unit(unit)) => {
                self.unknown_unit(&unit, &literal.text, literal.span);
                None
            }
            Err(QuantityError::Number | QuantityError::TooLong) => {
                self.report(
                    Diagnostic::new(Code::BadNumber, literal.span)
                        .with("found", shorten(&literal.text)),
                );
                None
            }
        }
    }

    /// A quantity whose unit may be declared.
    pub(super) fn resolved(&self, quantity: Quantity) -> Quantity {
        Quantity {
            unit: self.ruleset.units.resolve(quantity.unit),
            ..quantity
        }
    }

    /// The right side of a comparison, for an indicator of this kind.
    pub(super) fn value(
        &mut self,
        kind: Kind,
        indicator: IndicatorId,
        operand: &Expr,
    ) -> Option<Value> {
        match (kind, operand) {
            (Kind::Grade, operand) => self.grade(indicator, operand),
            (Kind::Flag, Expr::Word(kw @ (Kw::Yes | Kw::No), _)) => {
                Some(Value::Flag(*kw == Kw::Yes))
            }
            (Kind::Flag | Kind::Milestone, operand) => {
                self.cannot_require(kind, operand.span());
                None
            }
            (_, Expr::Literal(literal)) => {
                self.level(kind, indicator, literal).map(Value::Quantity)
            }
            (_, Expr::Name(name)) => {
                self.compares_names(kind, name);
                None
            }
            (_, Expr::Word(_, span)) => {
                self.cannot_require(kind, *span);
                None
            }
            (_, Expr::Binary(_, a, b)) if a.as_literal().is_some() && b.as_literal().is_some() => {
                let found = self.sources.text(operand.span()).to_string();
                self.report(Diagnostic::new(Code::BadNumber, operand.span()).with("found", found));
                None
            }
            (_, other) => {
                self.no_value(other);
                None
            }
        }
    }

    /// A condition where a value belongs.
    pub(super) fn no_value(&mut self, other: &Expr) {
        let found = self.sources.text(other.span()).to_string();
        self.report(Diagnostic::new(Code::NoValue, other.span()).with("found", found));
    }

    /// A name that nothing knows where a value belongs.
    pub(super) fn compares_names(&mut self, kind: Kind, name: &Name) {
        self.report(
            Diagnostic::new(Code::ComparesNames, name.span)
                .with("found", &name.text)
                .with("sample", kinds::sample(kind)),
        );
    }

    /// A construct that is read but not decided yet.
    pub(super) fn not_yet(&mut self, span: Span, zh: &str, en: &str) {
        self.report(Diagnostic::new(Code::NotYet, span).with_words("what", zh, en));
    }

    pub(super) fn cannot_require(&mut self, kind: Kind, span: Span) {
        let (zh, en, advice) = match kind {
            Kind::Flag => ("是否只有是与否", "a flag is yes or no", "`flag X by 2025`"),
            Kind::Milestone => (
                "节点只有完成与否",
                "a milestone is done or not done",
                "`milestone X by 2025-12-31`",
            ),
            _ => ("这里应是数值", "a number belongs here", ""),
        };
        let advice = match kind {
            Kind::Flag | Kind::Milestone => advice.to_string(),
            _ => format!("`{} X >= {}`", kind.name(), kinds::sample(kind)),
        };
        self.report(
            Diagnostic::new(Code::UnexpectedRequirement, span)
                .with("kind", kind.name())
                .with_words("why", zh, en)
                .with("advice", advice),
        );
    }

    /// A word of a scale, however it reads: `一级三等`, `优`, `达标`.
    fn grade(&mut self, indicator: IndicatorId, operand: &Expr) -> Option<Value> {
        let name = &match operand {
            Expr::Name(name) => name.clone(),
            Expr::Literal(Literal { text, span }) => Name {
                text: text.clone(),
                span: *span,
            },
            Expr::Word(_, span) => Name {
                text: normalise(self.sources.text(*span)).into_owned(),
                span: *span,
            },
            other => {
                self.not_yet(other.span(), "算式", "an expression");
                return None;
            }
        };
        let declared = self.ruleset.indicator(indicator).and_then(|i| i.scale);
        let mut found: Vec<Value> = Vec::new();
        let mut scales: Vec<&str> = Vec::new();
        for (i, scale) in self.ruleset.scales.iter().enumerate() {
            let id = ScaleId(i as u32);
            if declared.is_some_and(|d| d != id) {
                continue;
            }
            if let Some(step) = scale.steps.iter().position(|s| *s == name.text) {
                found.push(Value::Grade {
                    scale: id,
                    step: step as u32,
                });
                scales.push(&scale.name);
            }
        }
        if found.len() > 1 {
            let measure = self
                .ruleset
                .indicator(indicator)
                .map_or("", |i| i.name.as_str());
            let finding = Diagnostic::new(Code::AmbiguousGrade, name.span)
                .with("found", &name.text)
                .with("indicator", measure)
                .with("candidates", scales.join("、"));
            self.report(finding);
            return None;
        }
        if let Some(value) = found.pop() {
            if let (None, Value::Grade { scale, .. }) = (declared, &value)
                && let Some(indicator) = self.ruleset.indicators.get_mut(indicator.index())
            {
                indicator.scale = Some(*scale);
            }
            return Some(value);
        }
        if !self.broken.contains(&name.text) {
            let words = self
                .ruleset
                .scales
                .iter()
                .flat_map(|s| s.steps.iter().map(String::as_str));
            let near = nearest(&name.text, words);
            self.report(
                Diagnostic::new(Code::UnknownGrade, name.span)
                    .with("found", &name.text)
                    .with_some("nearest", near),
            );
        }
        None
    }

    /// A level: the quantity in a unit that the kind can have.
    pub(super) fn level(
        &mut self,
        kind: Kind,
        indicator: IndicatorId,
        literal: &Literal,
    ) -> Option<Quantity> {
        let mut quantity = self.quantity(literal)?;
        let declared = self.ruleset.indicator(indicator).and_then(declared_unit);
        if quantity.unit.base == Base::Bare && quantity.unit.per.is_empty() {
            quantity = self.bare_level(kind, declared.as_ref(), literal, quantity)?;
        }
        if !kinds::accepts(kind, &quantity.unit) {
            self.wrong_dimension(kind, literal, &quantity);
            return None;
        }
        if kind == Kind::Rank && !(quantity.number.is_integer() && quantity.number >= Number::ONE) {
            self.report(Diagnostic::new(Code::NotWhole, literal.span).with("found", &literal.text));
            return None;
        }
        let looks_like_year = quantity.unit.base == Base::Calendar
            && quantity
                .number
                .to_i64()
                .is_some_and(|n| (1900..=2200).contains(&n));
        if looks_like_year {
            let year = quantity.number.to_string();
            self.report(
                Diagnostic::new(Code::YearAsDuration, literal.span)
                    .with("found", &literal.text)
                    .with("year", year),
            );
            return None;
        }
        if let Some((unit, at)) = declared
            && (!unit.comparable(&quantity.unit) || unit.differs_in_measure_word(&quantity.unit))
        {
            let name = self
                .ruleset
                .indicator(indicator)
                .map_or(String::new(), |i| i.name.clone());
            self.report(
                Diagnostic::new(Code::DeclaredUnit, literal.span)
                    .with("indicator", name)
                    .with("declared", unit)
                    .with("found", &literal.text)
                    .and_at(at),
            );
            return None;
        }
        Some(quantity)
    }

    fn bare_level(
        &mut self,
        kind: Kind,
        declared: Option<&(Unit, Span)>,
        literal: &Literal,
        quantity: Quantity,
    ) -> Option<Quantity> {
        if kind == Kind::Rate {
            return match fraction(&literal.text, &quantity.number) {
                Some(percent) => Some(percent),
                None => {
                    let finding = Diagnostic::new(Code::BareRate, literal.span)
                        .with("found", &quantity.number);
                    // A bare 1 may be all of it.
                    self.report(if quantity.number == Number::ONE {
                        finding.with("full", "100%")
                    } else {
                        finding.fixed_by(literal.span, format!("{}%", quantity.number))
                    });
                    None
                }
            };
        }
        if let Some((unit, _)) = declared {
            return Some(Quantity {
                number: quantity.number,
                unit: unit.clone(),
            });
        }
        if !kinds::bare_allowed(kind) {
            let sample = match kind {
                Kind::Ratio => format!("{}:1", quantity.number),
                Kind::Duration => format!("{}年", quantity.number),
                Kind::Amount if literal.text.ends_with(['万', '亿']) => {
                    format!("{}元", literal.text)
                }
                Kind::Amount => format!("{}万元", quantity.number),
                _ => kinds::sample(kind).to_string(),
            };
            self.report(
                Diagnostic::new(Code::MissingUnit, literal.span)
                    .with("kind", kind.name())
                    .with("found", &literal.text)
                    .with("sample", sample),
            );
            return None;
        }
        Some(quantity)
    }

    fn wrong_dimension(&mut self, kind: Kind, literal: &Literal, quantity: &Quantity) {
        if kind == Kind::Rate && quantity.unit.base == Base::Points {
            self.report(
                Diagnostic::new(Code::PointsAsLevel, literal.span)
                    .with("found", &literal.text)
                    .with("level", format!("{}%", quantity.number)),
            );
            return;
        }
        let (zh, en) = kinds::dimension(&quantity.unit);
        let other = kinds::fitting(&quantity.unit)
            .filter(|k| *k != kind)
            .map(Kind::name);
        self.report(
            Diagnostic::new(Code::WrongDimension, literal.span)
                .with("kind", kind.name())
                .with("found", &literal.text)
                .with_words("dimension", zh, en)
                .with("sample", kinds::sample(kind))
                .with_some("other", other),
        );
    }
}

/// A bare number for a rate: a fraction if it has a decimal point and is at most 1, or zero.
pub(super) fn fraction(text: &str, number: &Number) -> Option<Quantity> {
    let is_fraction = (text.contains('.') && number.abs() <= Number::ONE) || number.is_zero();
    is_fraction.then(|| Quantity {
        number: number.mul(&Number::from(100)),
        unit: Unit::percent(),
    })
}

fn nearest_unit(unit: &str) -> Option<&str> {
    match unit.to_lowercase().as_str() {
        "percent" | "pct" | "perc" => Some("%"),
        _ => nearest(unit, Unit::known()),
    }
}

fn declared_unit(indicator: &Indicator) -> Option<(Unit, Span)> {
    Some((indicator.unit.clone()?, indicator.declared?))
}

/// A long text cut for a message.
pub(super) fn shorten(text: &str) -> String {
    const SHOWN: usize = 24;
    if text.chars().count() <= SHOWN {
        return text.to_string();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}
