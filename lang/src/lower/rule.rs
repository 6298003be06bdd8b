//! Rules: one sentence may state several, and each becomes a rule of the model under one label.

use crate::diag::{Code, Diagnostic};
use crate::model::{Demand, Expr, IndicatorId, Marks, PlaceId, Rule, Scope, Time};
use crate::names::nearest;
use crate::print;
use crate::source::Span;
use crate::syntax::{self, Bound, Claim, KindWord, Name, Simple, Statement};
use crate::words::{Force, Kind, Kw, WordSet};

use super::computed::{NO_INDICATOR, Side};
use super::sentence::{Part, parts};
use super::time::Changes;
use super::{Context, Lowerer};

/// One rule, before it is known whether all of it is sound.
pub(super) struct Draft<'a> {
    pub(super) id: String,
    pub(super) labelled: bool,
    pub(super) kind: Kind,
    pub(super) kind_span: Span,
    /// must or should of the whole.
    pub(super) opening: Option<(Force, Span)>,
    pub(super) measure: &'a Name,
    /// The measure, where it is more than an indicator; `measure` is then its text.
    pub(super) formula: Option<&'a syntax::Expr>,
    pub(super) bounds: Vec<&'a Bound>,
    pub(super) time: DraftTime<'a>,
    pub(super) place: Option<&'a Name>,
    pub(super) block: &'a [syntax::Field],
    pub(super) span: Span,
    pub(super) text: &'a str,
}

/// The time of a draft: a clause, or that of a table's column.
pub(super) enum DraftTime<'a> {
    Clause(Option<&'a syntax::TimeClause>),
    Column(Time, Span),
}

/// Whether bounds are about changes; a level beside a change has its own time.
fn changes(bounds: &[&Bound]) -> Changes {
    let mut found = Changes::None;
    for bound in bounds {
        if let syntax::Test::Change(change) = &bound.test {
            found = if change.average {
                Changes::OnAverage
            } else {
                Changes::Each
            };
        }
    }
    found
}

/// Where a bound speaks of a change.
fn written_change(bound: &Bound) -> Option<Span> {
    match &bound.test {
        syntax::Test::Change(change) => Some(change.span),
        _ => None,
    }
}

impl Lowerer {
    pub(super) fn lower_rules(&mut self) {
        self.each_statement(|this, statement, context| match &statement.body {
            syntax::Body::Rule(rule) => this.lower_rule(statement, rule, context),
            syntax::Body::Table {
                label, place, rows, ..
            } => this.lower_table(statement, label.as_ref(), place.as_ref(), rows, context),
            _ => {}
        });
    }

    fn lower_rule(&mut self, statement: &Statement, rule: &syntax::Rule, context: Context) {
        let id = self.rule_id(statement.span, rule.label.as_ref());
        let Some((simple, kind, kind_span)) = self.plain_claim(rule) else {
            self.broken.extend(id);
            return;
        };
        let Some(combined) = parts(self, simple) else {
            self.broken.extend(id);
            return;
        };
        let Some(id) = id else {
            return;
        };
        let text = print::statement(statement, WordSet::En);
        let opening = rule.force.or(simple.force);
        for Part {
            measure,
            formula,
            bounds,
            time,
            places,
        } in combined
        {
            for place in self.each_place(&places, context) {
                self.lower_one(
                    Draft {
                        id: id.clone(),
                        labelled: rule.label.is_some(),
                        kind,
                        kind_span,
                        opening,
                        measure: &measure,
                        formula,
                        bounds: bounds.clone(),
                        time: DraftTime::Clause(time),
                        place: place.as_ref(),
                        block: &rule.block,
                        span: statement.span,
                        text: &text,
                    },
                    context,
                );
            }
        }
    }

    /// A claim of this version: a kind and measures, about one subject.
    fn plain_claim<'a>(&mut self, rule: &'a syntax::Rule) -> Option<(&'a Simple, Kind, Span)> {
        if let Some(quantifier) = rule.quantifiers.first() {
            let word = self.sources.text(quantifier.span);
            let word = word
                .split_whitespace()
                .take(2)
                .collect::<Vec<_>>()
                .join(" ");
            self.not_yet(quantifier.span, &format!(" `{word}`"), &format!("`{word}`"));
            return None;
        }
        let simple = match &rule.claim {
            Claim::Simple(simple) => simple,
            Claim::When { condition, .. } | Claim::Then { condition, .. } => {
                self.not_yet(condition.span(), "条件", "a condition");
                return None;
            }
            Claim::Some { span, .. } => {
                self.not_yet(*span, "满足其中几项", "a choice of requirements");
                return None;
            }
        };
        match simple.kind {
            Some((KindWord::Kind(kind), span)) => Some((simple, kind, span)),
            Some((KindWord::Total, span)) => {
                self.not_yet(span, " `total`", "`total`");
                None
            }
            None => {
                self.not_yet(simple.span, "汇总", "an aggregate");
                None
            }
        }
    }

    /// Checks one rule, says what is wrong with it, and adds it if nothing is.
    pub(super) fn lower_one(&mut self, draft: Draft<'_>, context: Context) {
        let kind = draft.kind;
        let measure = draft.measure;
        let (indicator, left) = match draft.formula {
            None => {
                let Some(id) = self.indicator(measure, kind, draft.kind_span, context) else {
                    return;
                };
                (id, Expr::Indicator(id))
            }
            Some(formula) => {
                let Some(left) = self.formula(formula, kind, Side::Left, context) else {
                    return;
                };
                (NO_INDICATOR, left)
            }
        };
        let attributes = self.attributes(kind, indicator, draft.block);
        let mut attributes = self.with_section(attributes, context);
        let requirements = self.requirements(
            kind,
            draft.opening,
            measure,
            (indicator, &left),
            &draft.bounds,
            context,
        );
        self.bands(
            kind,
            (indicator, &left),
            &draft,
            (&requirements, &mut attributes),
            context,
        );
        let plan = context.plan.and_then(|id| self.ruleset.plan(id));
        let (plan_span, plan_region) = plan.map_or((None, None), |p| (p.span, p.region));
        let changes = changes(&draft.bounds);
        let (time, time_span) = match draft.time {
            DraftTime::Clause(clause) => (
                self.time(
                    clause,
                    kind,
                    (&measure.text, measure.span),
                    plan_span,
                    &attributes,
                    changes,
                ),
                clause.map(|t| t.span),
            ),
            DraftTime::Column(time, span) => (Some(time), Some(span)),
        };
        let time = match (time, changes) {
            (Some(time), Changes::Each | Changes::OnAverage) => {
                let average = changes == Changes::OnAverage;
                let written = draft.bounds.iter().find_map(|b| written_change(b));
                self.change_time(time, average, plan_span, written.unwrap_or(measure.span))
            }
            (time, _) => time,
        };
        let scope = match (draft.place, plan_region) {
            (Some(name), _) => {
                let within = self.surroundings(context);
                self.place(name, &within, context.closed.regions)
                    .map(|place| self.scope(place, Some(&name.text)))
            }
            (None, Some(region)) => Some(self.scope(region, None)),
            (None, None) => Some(Scope::Mentioned),
        };
        let (Some(requirements), Some(time), Some(scope)) = (requirements, time, scope) else {
            return;
        };
        let mut first = None;
        left.indicators(&mut |id| {
            first.get_or_insert(id);
        });
        let Some(indicator) = first else {
            return;
        };
        self.ruleset.rules.push(Rule {
            id: draft.id,
            labelled: draft.labelled,
            plan: context.plan,
            demand: Demand {
                kind,
                indicator,
                formula: draft.formula.map(|_| measure.text.clone()),
                requirements,
                time,
                marks: Marks {
                    measure: measure.span,
                    time: time_span,
                    place: draft.place.map(|p| p.span),
                },
            },
            scope,
            attributes,
            span: draft.span,
            text: draft.text.to_string(),
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
    pub(super) fn rule_id(&mut self, span: Span, label: Option<&Name>) -> Option<String> {
        if let Some(label) = label {
            if let Some(first) = self.labels.insert(label.text.clone(), label.span) {
                let finding = Diagnostic::new(Code::DuplicateLabel, label.span)
                    .with("found", &label.text)
                    .and_at(first);
                self.report(finding);
                return None;
            }
            return Some(label.text.clone());
        }
        let (name, at) = self.sources.locate(span);
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
        self.labels.insert(id.clone(), span);
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
        let known = self.ruleset.indicator_named(&name.text).is_some();
        let id = self.known_or_new(name, kind, Some(kind), context)?;
        let indicator = self.ruleset.indicators.get_mut(id.index())?;
        if !known {
            indicator.first = kind_span;
        }
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

    pub(super) fn unknown_indicator(&mut self, name: &Name, kind: Kind) {
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
}
