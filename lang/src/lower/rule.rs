//! Rules.

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::model::{
    Indicator, IndicatorId, Marks, Measure, PlaceId, Requirement, Rule, Scope, Test, Value,
};
use crate::names::nearest;
use crate::print;
use crate::source::Span;
use crate::syntax::{self, Bound, Name, Statement, Tail, TimeClause};
use crate::words::{Force, Kind, Kw, Op, WordSet};

use super::{Category, Context, Lowerer};

/// The clauses of a rule, sorted out of its tail.
struct Clauses<'a> {
    bounds: Vec<&'a Bound>,
    time: Option<&'a TimeClause>,
    place: Option<&'a Name>,
    /// No clause is given twice.
    sound: bool,
}

/// One part of a statement given twice.
pub(super) fn repeated_finding((zh, en): (&str, &str), second: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::Repeated, second)
        .with_words("what", zh, en)
        .and_at(first)
}

impl Lowerer {
    pub(super) fn lower_rules(&mut self) {
        self.each_statement(|this, statement, context| {
            if let syntax::Body::Rule(rule) = &statement.body {
                this.lower_rule(statement, rule, context);
            }
        });
    }

    fn lower_rule(&mut self, statement: &Statement, rule: &syntax::Rule, context: Context) {
        let syntax::Measure::Indicator(measure) = &rule.measure;
        let kind = rule.kind.0;
        let id = self.rule_id(statement, rule);
        let Some(indicator) = self.indicator(measure, kind, rule.kind.1, context) else {
            return;
        };
        let clauses = self.clauses(rule);
        let attributes = self.attributes(kind, indicator, &rule.block);
        let requirements = self.requirements(rule, indicator, &clauses.bounds);
        let plan = context.plan.and_then(|id| self.ruleset.plan(id));
        let (plan_span, plan_region) = plan.map_or((None, None), |p| (p.span, p.region));
        let time = self.time(
            clauses.time,
            kind,
            (&measure.text, measure.span),
            plan_span,
            &attributes,
        );
        let scope = match (clauses.place, plan_region) {
            (Some(name), _) => {
                let within = self.surroundings(context);
                self.place(name, &within, context.closed.regions)
                    .map(|place| self.scope(place, Some(&name.text)))
            }
            (None, Some(region)) => Some(self.scope(region, None)),
            (None, None) => Some(Scope::Mentioned),
        };
        let (Some(id), Some(requirements), Some(time), Some(scope), true) =
            (id, requirements, time, scope, clauses.sound)
        else {
            return;
        };
        self.ruleset.rules.push(Rule {
            id,
            labelled: rule.label.is_some(),
            plan: context.plan,
            kind,
            measure: Measure::Indicator(indicator),
            requirements,
            time,
            scope,
            attributes,
            span: statement.span,
            marks: Marks {
                measure: measure.span,
                time: clauses.time.map(|t| t.span),
                place: clauses.place.map(|p| p.span),
            },
            text: print::statement(statement, WordSet::En),
        });
    }

    /// Declared places are printed by their canonical name, others as the rule wrote them.
    fn scope(&self, place: PlaceId, written: Option<&str>) -> Scope {
        let known = self.ruleset.places.get(place);
        let printed = match (known, written) {
            (Some(known), Some(written)) if known.declared.is_none() => written,
            (Some(known), _) => &known.name,
            (None, written) => written.unwrap_or(""),
        };
        Scope::Place {
            place,
            printed: printed.to_string(),
        }
    }

    /// The label, or `<file stem>:<line>`; a second rule on the line adds its column, and a file
    /// of the same stem its path.
    fn rule_id(&mut self, statement: &Statement, rule: &syntax::Rule) -> Option<String> {
        if let Some(label) = &rule.label {
            if let Some(first) = self.labels.insert(label.text.clone(), label.span) {
                let finding = Diagnostic::new(Code::DuplicateLabel, label.span)
                    .with("found", &label.text)
                    .and_at(first);
                self.report(finding);
                return None;
            }
            return Some(label.text.clone());
        }
        let (name, at) = self.sources.locate(statement.span);
        let path = name.strip_suffix(".gj").unwrap_or(name);
        let stem = path.rsplit('/').next().unwrap_or(path);
        let (line, column) = (at.line, at.column);
        let mut id = format!("{stem}:{line}");
        for longer in [
            format_args!("{stem}:{line}:{column}"),
            format_args!("{path}:{line}"),
            format_args!("{path}:{line}:{column}"),
        ] {
            if !self.labels.contains_key(&id) {
                break;
            }
            id = longer.to_string();
        }
        self.labels.insert(id.clone(), statement.span);
        Some(id)
    }

    /// The indicator that a rule reads, checked against what is known of it.
    fn indicator(
        &mut self,
        name: &Name,
        kind: Kind,
        kind_span: Span,
        context: Context,
    ) -> Option<IndicatorId> {
        if let Some((category, first)) = self.categories.get(&name.text).copied()
            && category != Category::Indicator
        {
            self.name_clash(name, Category::Indicator, category, first);
            return None;
        }
        let Some(id) = self.ruleset.indicator_named(&name.text) else {
            if context.closed.indicators {
                self.unknown_indicator(name);
                return None;
            }
            let id = IndicatorId(self.ruleset.indicators.len() as u32);
            self.ruleset.name_indicator(&name.text, id);
            self.ruleset.indicators.push(Indicator {
                name: name.text.clone(),
                also: Vec::new(),
                kind: Some(kind),
                better: None,
                range: None,
                unit: None,
                scale: None,
                declared: None,
                first: kind_span,
            });
            return Some(id);
        };
        let indicator = self.ruleset.indicators.get_mut(id.index())?;
        let declared = match indicator.kind {
            Some(known) if known != kind => known,
            _ => {
                indicator.kind = Some(kind);
                return Some(id);
            }
        };
        let code = if indicator.declared.is_some() {
            Code::KindDiffers
        } else {
            Code::KindsDisagree
        };
        let finding = Diagnostic::new(code, kind_span)
            .with("indicator", &indicator.name)
            .with("declared", declared.name())
            .with("kind", kind.name())
            .and_at(indicator.declared.unwrap_or(indicator.first));
        self.report(finding);
        None
    }

    fn unknown_indicator(&mut self, name: &Name) {
        if self.broken.contains(&name.text) {
            return;
        }
        let near = nearest(&name.text, self.ruleset.indicator_names()).map(str::to_string);
        let mut finding = Diagnostic::new(Code::UnknownIndicator, name.span)
            .with("found", &name.text)
            .with_some("nearest", near.as_ref());
        if let Some(near) = near {
            finding = finding.fixed_by(name.span, near);
        }
        self.report(finding);
    }

    fn clauses<'a>(&mut self, rule: &'a syntax::Rule) -> Clauses<'a> {
        let mut clauses = Clauses {
            bounds: Vec::with_capacity(2),
            time: None,
            place: None,
            sound: true,
        };
        for tail in &rule.tail {
            let repeated = match tail {
                Tail::Bound(bound) => {
                    clauses.bounds.push(bound);
                    None
                }
                Tail::Time(time) => match clauses.time {
                    Some(first) => Some((("时间", "the time"), time.span, first.span)),
                    None => {
                        clauses.time = Some(time);
                        None
                    }
                },
                Tail::Place(place) => match clauses.place {
                    Some(first) => Some((("地区", "the place"), place.span, first.span)),
                    None => {
                        clauses.place = Some(place);
                        None
                    }
                },
            };
            if let Some((what, second, first)) = repeated {
                clauses.sound = false;
                let finding = repeated_finding(what, second, first);
                self.report(finding);
            }
        }
        clauses
    }

    fn requirements(
        &mut self,
        rule: &syntax::Rule,
        indicator: IndicatorId,
        bounds: &[&Bound],
    ) -> Option<Vec<Requirement>> {
        let kind = rule.kind.0;
        let opening = rule.force;
        if bounds.is_empty() {
            let force = opening.map_or(Force::Must, |(f, _)| f);
            let test = match kind {
                Kind::Milestone => Test::Done,
                Kind::Flag => Test::Compare {
                    op: Op::Eq,
                    value: Value::Flag(true),
                },
                _ => {
                    let span = rule.measure.span();
                    let syntax::Measure::Indicator(name) = &rule.measure;
                    self.report(
                        Diagnostic::new(Code::MissingRequirement, span)
                            .with("measure", &name.text)
                            .with("sample", kinds::sample(kind)),
                    );
                    return None;
                }
            };
            return Some(vec![Requirement {
                force,
                test,
                span: rule.measure.span(),
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
            match self.test(kind, indicator, bound) {
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
            syntax::Test::Between { .. } => None,
        };
        match (bound(first)?, bound(second)?) {
            ((Op::Ge | Op::Gt, low), (Op::Le | Op::Lt, high))
            | ((Op::Le | Op::Lt, high), (Op::Ge | Op::Gt, low)) => {
                Some(format!("between {low} and {high}"))
            }
            _ => None,
        }
    }

    fn test(&mut self, kind: Kind, indicator: IndicatorId, bound: &Bound) -> Option<Test> {
        match &bound.test {
            syntax::Test::Compare { op, right, post } => {
                let op = self.agreed_op(*op, *post, right)?;
                if kind == Kind::Milestone {
                    // `milestone X = done` says no more than `milestone X`.
                    if matches!((op, right), (Op::Eq, syntax::Operand::Word(Kw::Done, _))) {
                        return Some(Test::Done);
                    }
                    self.cannot_require(kind, bound.span);
                    return None;
                }
                if kind == Kind::Flag && op != Op::Eq {
                    self.cannot_require(kind, bound.span);
                    return None;
                }
                let value = self.value(kind, indicator, right)?;
                Some(Test::Compare { op, value })
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
                Some(Test::Between { lower, upper })
            }
        }
    }

    /// The operator, where words before and behind the value agree.
    fn agreed_op(
        &mut self,
        op: Option<(Op, Span)>,
        post: Option<(Op, Span)>,
        right: &syntax::Operand,
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
