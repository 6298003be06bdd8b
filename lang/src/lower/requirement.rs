//! What a rule requires: force, comparison, bounds.

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::model::{IndicatorId, Requirement, Test, Value};
use crate::source::Span;
use crate::syntax::{self, Bound};
use crate::unit::{Base, Quantity};
use crate::words::{Force, Kind, Kw, Op};

use super::computed::Measured;
use super::{Context, Lowerer};

/// One part of a statement given twice.
pub(super) fn repeated_finding((zh, en): (&str, &str), second: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::Repeated, second)
        .with_words("what", zh, en)
        .and_at(first)
}

impl Lowerer {
    pub(super) fn requirements(
        &mut self,
        opening: Option<(Force, Span)>,
        measure: &syntax::Name,
        measured: Measured<'_>,
        bounds: &[&Bound],
        context: Context,
    ) -> Option<Vec<Requirement>> {
        let kind = measured.kind;
        if bounds.is_empty() {
            let force = opening.map_or(Force::Must, |(f, _)| f);
            let test = match kind {
                Kind::Milestone => Test::Done,
                Kind::Flag => Test::Compare {
                    op: Op::Eq,
                    value: Value::Flag(true),
                },
                _ => {
                    self.report(
                        Diagnostic::new(Code::MissingRequirement, measure.span)
                            .with("measure", &measure.text)
                            .with("sample", kinds::sample(kind)),
                    );
                    return None;
                }
            };
            return Some(vec![Requirement {
                force,
                test,
                span: measure.span,
            }]);
        }
        let mut requirements: Vec<Requirement> = Vec::with_capacity(bounds.len());
        let mut seen: Vec<(Force, &Bound)> = Vec::with_capacity(bounds.len());
        let mut sound = true;
        for bound in bounds {
            let force = match (opening, bound.force) {
                (Some((_, first)), Some((_, second))) => {
                    self.report(repeated_finding(("力度词", "the force"), second, first));
                    sound = false;
                    continue;
                }
                (Some((force, _)), None) | (None, Some((force, _))) => force,
                (None, None) => Force::Must,
            };
            if let Some((_, first)) = seen.iter().find(|(f, _)| *f == force) {
                let mut finding =
                    repeated_finding(("要求", "the requirement"), bound.span, first.span);
                if let Some(between) = self.as_between(first, bound) {
                    finding = finding.with("between", between);
                }
                self.report(finding);
                sound = false;
                continue;
            }
            seen.push((force, bound));
            match self.test(measured, bound, context) {
                Some(test) => requirements.push(Requirement {
                    force,
                    test,
                    span: bound.span,
                }),
                None => sound = false,
            }
        }
        requirements.sort_by_key(|r| r.force);
        sound.then_some(requirements)
    }

    /// A lower and an upper bound in one rule, as `between` says it.
    fn as_between(&self, first: &Bound, second: &Bound) -> Option<String> {
        let bound = |bound: &Bound| match &bound.test {
            syntax::Test::Compare { op, right, post } => {
                let (op, _) = op.or(*post)?;
                Some((op, self.sources.text(right.span()).to_string()))
            }
            _ => None,
        };
        match (bound(first)?, bound(second)?) {
            ((Op::Ge | Op::Gt, low), (Op::Le | Op::Lt, high))
            | ((Op::Le | Op::Lt, high), (Op::Ge | Op::Gt, low)) => {
                Some(format!("between {low} and {high}"))
            }
            _ => None,
        }
    }

    pub(super) fn test(
        &mut self,
        measured: Measured<'_>,
        bound: &Bound,
        context: Context,
    ) -> Option<Test> {
        let (kind, indicator) = (measured.kind, measured.indicator);
        let figures = !matches!(kind, Kind::Flag | Kind::Milestone);
        // Grades are words: a name on the right is one of them.
        let worked = |e: &syntax::Expr| is_worked(e, kind == Kind::Grade);
        match &bound.test {
            syntax::Test::Compare { op, right, post } => {
                let word = op.or(*post);
                let op = self.agreed_op(*op, *post, right)?;
                if let (Kind::Rank, Some((op, at))) = (kind, word)
                    && self.is_doubtful_for_rank(op, at)
                {
                    self.report(
                        Diagnostic::new(Code::RankWord, at)
                            .with("found", self.sources.text(at))
                            .with(
                                "value",
                                self.sources.text(right.span()).trim_start_matches('前'),
                            )
                            .with("sign", op.symbol())
                            .fixed_by(at, Op::Le.symbol()),
                    );
                    return None;
                }
                if kind == Kind::Milestone {
                    // `milestone X = done` says no more than `milestone X`.
                    if matches!((op, right), (Op::Eq, syntax::Expr::Word(Kw::Done, _))) {
                        return Some(Test::Done);
                    }
                    self.cannot_require(kind, bound.span);
                    return None;
                }
                if kind == Kind::Flag && op != Op::Eq {
                    self.cannot_require(kind, bound.span);
                    return None;
                }
                if figures && (measured.worked || worked(right)) {
                    return self.computed(measured, op, right, context);
                }
                let value = self.value(kind, indicator, right)?;
                Some(Test::Compare { op, value })
            }
            syntax::Test::Between { lower, upper }
                if figures && (measured.worked || worked(lower) || worked(upper)) =>
            {
                self.computed_between(measured, (lower, upper), context)
            }
            syntax::Test::Between { lower, upper } => {
                if matches!(kind, Kind::Milestone | Kind::Flag) {
                    self.cannot_require(kind, bound.span);
                    return None;
                }
                let lower = self.value(kind, indicator, lower);
                let upper = self.value(kind, indicator, upper);
                let (lower, upper) = (lower?, upper?);
                let empty = match (&lower, &upper) {
                    (Value::Quantity(a), Value::Quantity(b)) if !a.unit.comparable(&b.unit) => {
                        let (zh, en) = kinds::dimension(&b.unit);
                        self.report(
                            Diagnostic::new(Code::WrongDimension, bound.span)
                                .with("kind", kind.name())
                                .with("found", b)
                                .with_words("dimension", zh, en)
                                .with("sample", a),
                        );
                        return None;
                    }
                    (Value::Quantity(a), Value::Quantity(b)) => a.base_value() > b.base_value(),
                    // Step 0 is the best: the lower bound has the larger step.
                    (Value::Grade { step: a, .. }, Value::Grade { step: b, .. }) => a < b,
                    _ => false,
                };
                if empty {
                    self.report(Diagnostic::new(Code::EmptyBetween, bound.span));
                    return None;
                }
                Some(Test::Between {
                    lower,
                    upper,
                    about: None,
                })
            }
            syntax::Test::About { value, within }
                if figures && (measured.worked || worked(value) || worked(within)) =>
            {
                self.computed_about(measured, (value, within), context)
            }
            syntax::Test::About { value, within } => self.about(kind, indicator, value, within),
            syntax::Test::Change(change) => self.change(measured, change),
        }
    }

    /// `about 70% within 1pp`: between the middle less and plus what is near enough.
    fn about(
        &mut self,
        kind: Kind,
        indicator: IndicatorId,
        value: &syntax::Expr,
        within: &syntax::Expr,
    ) -> Option<Test> {
        let middle = self.value(kind, indicator, value)?;
        let Value::Quantity(middle) = middle else {
            self.cannot_require(kind, value.span());
            return None;
        };
        let literal = within.as_literal()?;
        let mut near = self.quantity(literal)?;
        if near.unit.base == Base::Bare {
            near.unit = middle.unit.clone();
        }
        let points = middle.unit.base == Base::Share && near.unit.base == Base::Points;
        // Within 1% of a rate could be a point, or a hundredth of it.
        let doubtful = middle.unit.base == Base::Share && near.unit.base == Base::Share;
        if doubtful || !(points || near.unit.comparable(&middle.unit)) {
            let (zh, en) = kinds::dimension(&near.unit);
            let points = format!("{}pp", near.number);
            self.report(
                Diagnostic::new(Code::WrongDimension, literal.span)
                    .with("kind", kind.name())
                    .with("found", &literal.text)
                    .with_words("dimension", zh, en)
                    .with("sample", if doubtful { points } else { middle.to_string() }),
            );
            return None;
        }
        if near.number.is_negative() {
            let positive = literal.text.trim_start_matches(['-', '−']);
            self.report(Diagnostic::new(Code::EmptyBetween, literal.span).with("within", positive));
            return None;
        }
        let off = near.base_value().div(&middle.unit.factor)?;
        let end = |number| {
            Value::Quantity(Quantity {
                number,
                unit: middle.unit.clone(),
            })
        };
        Some(Test::Between {
            lower: end(middle.number.sub(&off)),
            upper: end(middle.number.add(&off)),
            about: Some(Box::new(middle.clone())),
        })
    }

    /// Whether a comparison word turns round when it is read of places instead of numbers: 不低于, 高于,
    /// 以上 … Signs and English words compare numbers, and 优于 is about places already.
    fn is_doubtful_for_rank(&self, op: Op, at: Span) -> bool {
        let word = self.sources.text(at);
        let clear = match op {
            Op::Le => matches!(word, "不超过" | "至多" | "最多" | "控制在"),
            Op::Lt => word == "优于",
            Op::Eq => true,
            Op::Ge | Op::Gt => false,
        };
        !word.is_ascii() && !word.starts_with(['≥', '≤', '＞', '＜', '⩾', '⩽', '≧', '≦']) && !clear
    }

    /// The operator, where words before and behind the value agree.
    fn agreed_op(
        &mut self,
        op: Option<(Op, Span)>,
        post: Option<(Op, Span)>,
        right: &syntax::Expr,
    ) -> Option<Op> {
        match (op, post) {
            (Some((op, _)), None) | (None, Some((op, _))) => Some(op),
            (Some((op, _)), Some((post, _))) if op == post => Some(op),
            (Some((_, first)), Some((_, second))) => {
                let finding = Diagnostic::new(Code::ContradictoryWords, first)
                    .with("first", self.sources.text(first))
                    .with("second", self.sources.text(second))
                    .with("value", self.sources.text(right.span()))
                    .and_at(second);
                self.report(finding);
                None
            }
            (None, None) => None,
        }
    }
}

/// Whether a bound is no number of its own but worked out from figures, or left open.
fn is_worked(bound: &syntax::Expr, words: bool) -> bool {
    match bound {
        syntax::Expr::Open(_) | syntax::Expr::Aggregate(_) | syntax::Expr::Breakdown(..) => true,
        syntax::Expr::Name(_) | syntax::Expr::Negative(..) => !words,
        syntax::Expr::Binary(_, a, b) => a.as_literal().is_none() || b.as_literal().is_none(),
        _ => false,
    }
}
