//! Formulas: what stands on either side of a comparison.

use crate::diag::{Code, Diagnostic};
use crate::model::{Aggregate, Expr, How, Indicator, IndicatorId, PlaceMatch};
use crate::syntax::{self, BinaryOp, Body, Claim, Name};
use crate::unit::Base;
use crate::words::Kind;

use super::{Category, Context, Lowerer};

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What is measured: its names are indicators.
    Left,
    /// What it is compared with: its names are indicators or places.
    Right,
    /// In a condition: its names are indicators or attributes.
    Condition,
}

/// What surrounds an expression.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) kind: Kind,
    pub(super) side: Side,
    /// The rule's own measure, which a place alone or `average of S` means.
    pub(super) own: Option<&'a Expr>,
    pub(super) context: Context,
}

impl Lowerer {
    /// The names that rules measure, so that a name on the right is known wherever it is measured.
    pub(super) fn collect_measures(&mut self) {
        let mut measured = std::mem::take(&mut self.measured);
        self.each_statement(|_, statement, _| {
            let Body::Rule(rule) = &statement.body else {
                return;
            };
            let demands: Vec<&syntax::Simple> = match &rule.claim {
                Claim::Simple(simple) => vec![simple],
                Claim::When {
                    then, otherwise, ..
                } => std::iter::once(then).chain(otherwise).collect(),
                Claim::Then { .. } => Vec::new(),
                Claim::Some { of, .. } => of.iter().collect(),
            };
            let measures = demands.iter().flat_map(|d| &d.measures);
            for name in measures.filter_map(syntax::Expr::as_name) {
                measured.insert(name.text.clone());
            }
        });
        self.measured = measured;
    }

    /// An expression: numbers, indicators, places, aggregates, + − × /.
    pub(super) fn formula(&mut self, expr: &syntax::Expr, around: Around<'_>) -> Option<Expr> {
        let context = around.context;
        match expr {
            // A number keeps its unit: it has to fit the figures beside it.
            syntax::Expr::Literal(literal) => self.quantity(literal).map(Expr::Stated),
            syntax::Expr::Name(name) => match around.side {
                Side::Left | Side::Condition => self.operand(name, context).map(Expr::Indicator),
                Side::Right => self.right_name(name, around),
            },
            syntax::Expr::Breakdown(name, group) => {
                let of = self.operand(name, context)?;
                Some(Expr::Indicator(self.breakdown(of, &group.text)))
            }
            syntax::Expr::Latest(name, _) => self.operand(name, context).map(Expr::Latest),
            syntax::Expr::At(inner, at) => {
                let inner = self.formula(inner, around)?;
                Some(Expr::At(Box::new(inner), self.period(at)?))
            }
            syntax::Expr::Negative(inner, _) => {
                let inner = self.formula(inner, around)?;
                Some(Expr::Negative(Box::new(inner)))
            }
            syntax::Expr::Binary(op, a, b) => {
                let sum = matches!(op, BinaryOp::Add | BinaryOp::Sub);
                if sum && around.kind == Kind::Rate {
                    self.refuse_doubtful_points(a, true)?;
                    self.refuse_doubtful_points(b, false)?;
                }
                // Below a product or quotient nothing is of the rule's own kind.
                let kind = if sum { around.kind } else { Kind::Quantity };
                let inside = Around { kind, ..around };
                // One finding is enough: the second is often the same mistake.
                let a = Box::new(self.formula(a, inside)?);
                let b = Box::new(self.formula(b, inside)?);
                Some(match op {
                    BinaryOp::Add => Expr::Add(a, b),
                    BinaryOp::Sub => Expr::Sub(a, b),
                    BinaryOp::Mul => Expr::Mul(a, b),
                    BinaryOp::Div => Expr::Div(a, b),
                })
            }
            syntax::Expr::Open(_) => Some(Expr::Open),
            syntax::Expr::Aggregate(aggregate) => self.aggregate(aggregate, around),
            other => {
                self.no_value(other);
                None
            }
        }
    }

    /// `sum of X over S weighted by W`; without `over`, of the rule's own measure.
    fn aggregate(&mut self, written: &syntax::Aggregate, around: Around<'_>) -> Option<Expr> {
        let how = How::of(written.how);
        let inside = Around {
            kind: Kind::Quantity,
            side: Side::Left,
            ..around
        };
        let of = match (&written.of, how) {
            (Some(of), _) => Some(self.formula(of, inside)?),
            // Of the members themselves.
            (None, How::Count | How::Share) => None,
            (None, _) => match around.own {
                Some(own) => Some(own.clone()),
                None => {
                    let word = self.sources.text(written.span).to_string();
                    let set = self.sources.text(written.set.span).to_string();
                    self.report(
                        Diagnostic::new(Code::AggregateOfWhat, written.span)
                            .with("found", word)
                            .with("set", set),
                    );
                    return None;
                }
            },
        };
        let set = self.set(&written.set, &written.set.names, around.context);
        let weight = match &written.weight {
            Some(weight) => Some(self.formula(weight, inside)?),
            None => None,
        };
        Some(Expr::Aggregate(Box::new(Aggregate {
            how,
            of,
            set: set?,
            other: written.other,
            weight,
        })))
    }

    /// The indicator of a breakdown: `完成率(女)`.
    pub(super) fn breakdown(&mut self, of: IndicatorId, group: &str) -> IndicatorId {
        let known = self.ruleset.indicators.iter().position(|i| {
            i.breakdown
                .as_ref()
                .is_some_and(|(base, g)| *base == of && g == group)
        });
        if let Some(at) = known {
            return IndicatorId(at as u32);
        }
        let id = IndicatorId(self.ruleset.indicators.len() as u32);
        if let Some(base) = self.ruleset.indicator(of).cloned() {
            self.ruleset.indicators.push(Indicator {
                name: format!("{}({group})", base.name),
                also: Vec::new(),
                breakdown: Some((of, group.to_string())),
                ..base
            });
        }
        id
    }

    /// What rules say of an indicator holds for its breakdowns too.
    pub(super) fn settle_breakdowns(&mut self) {
        for at in 0..self.ruleset.indicators.len() {
            let base = self
                .ruleset
                .indicators
                .get(at)
                .and_then(|i| i.breakdown.as_ref());
            let base = base
                .and_then(|(of, _)| self.ruleset.indicator(*of))
                .cloned();
            if let (Some(base), Some(own)) = (base, self.ruleset.indicators.get_mut(at)) {
                own.kind = base.kind;
                own.unit = base.unit;
                own.scale = base.scale;
                own.better = base.better;
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
            kind,
            ..Indicator::named(&name.text, name.span)
        });
        Some(id)
    }

    /// A name on the right: an indicator that something knows, else a place that something knows.
    fn right_name(&mut self, name: &Name, around: Around<'_>) -> Option<Expr> {
        let context = around.context;
        let known = self.ruleset.indicator_named(&name.text).is_some()
            || self.measured.contains(&name.text);
        if known {
            return self.operand(name, context).map(Expr::Indicator);
        }
        let within = self.surroundings(context);
        if self.ruleset.places.find(&name.text, &within, self.test) != PlaceMatch::Unknown {
            let place = self.place(name, &within, false)?;
            let own = around.own.cloned().unwrap_or(Expr::Open);
            return Some(Expr::In(Box::new(own), place));
        }
        if !self.broken.contains(&name.text) {
            self.compares_names(around.kind, name);
        }
        None
    }
}
