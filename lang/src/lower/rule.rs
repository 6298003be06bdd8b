//! Rules.

use crate::diag::{Code, Diagnostic};
use crate::model::{Indicator, IndicatorId, Marks, Measure, PlaceId, Rule, Scope};
use crate::names::nearest;
use crate::print;
use crate::source::Span;
use crate::syntax::{self, Bound, Name, Statement, Tail, TimeClause, When};
use crate::words::{Kind, Kw, WordSet};

use super::declare::is_no_code;
use super::requirement::repeated_finding;
use super::{Category, Context, Lowerer};

/// The clauses of a rule, sorted out of its tail.
struct Clauses<'a> {
    bounds: Vec<&'a Bound>,
    time: Option<&'a TimeClause>,
    place: Option<&'a Name>,
    /// No clause is given twice.
    sound: bool,
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
                self.unknown_indicator(name, kind);
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

    fn unknown_indicator(&mut self, name: &Name, kind: Kind) {
        if self.broken.contains(&name.text) {
            return;
        }
        let near = nearest(&name.text, self.ruleset.indicator_names()).map(str::to_string);
        // As the rule writes it, quotes included, so that it can be pasted.
        let written = self.sources.text(name.span).to_string();
        let declaration = |words: WordSet| {
            let [indicator, field, kind] =
                [Kw::Indicator, Kw::KindField, kind.keyword()].map(|kw| kw.spelling(words));
            format!("{indicator} {written} {{ {field} {kind} }}")
        };
        let (zh, en) = (declaration(WordSet::Zh), declaration(WordSet::En));
        let mut finding = Diagnostic::new(Code::UnknownIndicator, name.span)
            .with("found", &name.text)
            .with_words("declaration", zh, en)
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
                Tail::Time(TimeClause {
                    when: When::In(code),
                    ..
                }) if is_no_code(&code.text) => {
                    self.unknown_code(code);
                    clauses.sound = false;
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
}
