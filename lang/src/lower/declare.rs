//! Declarations: what every category shares, scales and plans.

mod indicators;
mod places;
mod rollup;
mod units;

use crate::diag::{Code, Diagnostic};
use crate::model::{Plan, PlanId, Scale};
use crate::names::{nearest, nfkc};
use crate::source::Span;
use crate::syntax::{Body, Field, FieldValue, Name, TestItem};
use crate::words::Kw;

pub(super) use places::is_no_code;

use super::requirement::repeated_finding;
use super::{Category, Lowerer};

impl Lowerer {
    /// Declares everything, units, scales and regions before what refers to them.
    pub(super) fn declare_all(&mut self) {
        self.declare_units();
        self.each_statement(|this, statement, _| {
            if let Body::Scale { name, steps } = &statement.body {
                this.declare_scale(name, steps);
            }
        });
        self.each_statement(|this, statement, _| match &statement.body {
            Body::Region {
                name,
                bracket,
                block,
                ..
            } => this.declare_region(name, bracket, block, statement.span),
            Body::Entity {
                name, of, block, ..
            } => this.declare_entity(name, of.as_ref(), block, statement.span),
            _ => {}
        });
        self.each_statement(|this, statement, _| match &statement.body {
            Body::Region { name, contains, .. } => this.connect_region(name, contains),
            Body::Entity {
                name,
                of: Some(_),
                place: Some(place),
                ..
            } => this.connect_entity(name, place),
            _ => {}
        });
        self.each_statement(|this, statement, context| match &statement.body {
            Body::Indicator { names, block } => {
                for name in names {
                    this.declare_indicator(name, block);
                }
            }
            Body::Plan { name, title, block } => {
                let closed = context.closed.regions;
                this.declare_plan(name, title.as_ref(), block, statement.span, closed);
            }
            Body::Section { number, block, .. } => {
                this.declare_section(number, block, statement.span);
            }
            Body::Priority { sources } => this.declare_priority(sources, statement.span),
            Body::Define { name, unit, .. } => this.declare_defined(name, unit.as_ref()),
            Body::Derive { name, .. } => this.declare_derived(name),
            _ => {}
        });
        self.each_statement(|this, statement, _| {
            if let Body::Entity {
                name,
                of: None,
                attributes,
                ..
            } = &statement.body
            {
                this.declare_type(name, attributes, statement.span);
            }
        });
        self.each_statement(|this, statement, _| {
            if let Body::Entity {
                name,
                of: Some(of),
                attributes,
                ..
            } = &statement.body
            {
                this.entity_attributes(name, of, attributes);
            }
        });
        self.declare_test_entities();
        self.declare_rollups();
    }

    /// Entities that tests declare for themselves.
    fn declare_test_entities(&mut self) {
        let mut test = 0;
        self.each_statement(|this, statement, _| {
            let Body::Test { items, .. } = &statement.body else {
                return;
            };
            for item in items {
                if let TestItem::Statement(inner) = item
                    && let Body::Entity {
                        name,
                        of: Some(of),
                        place,
                        attributes,
                        block,
                    } = &inner.body
                {
                    this.test = Some(test);
                    this.declare_in_test(name, of, place.as_ref(), block, inner.span);
                    let before = this.ruleset.facts.len();
                    this.entity_attributes(name, of, attributes);
                    let own = this.ruleset.facts.split_off(before);
                    this.test_attributes.entry(test).or_default().extend(own);
                }
            }
            this.test = None;
            test += 1;
        });
    }

    /// Notes the category of a name; a second category is a clash.
    pub(super) fn claim(&mut self, name: &str, span: Span, category: Category) -> bool {
        match self.categories.get(name) {
            Some((known, first)) if *known != category => {
                let (known, first) = (*known, *first);
                let name = Name {
                    text: name.to_string(),
                    span,
                };
                self.name_clash(&name, category, known, first);
                false
            }
            Some(_) => true,
            // What one test names is nobody else's name.
            None if self.test.is_some() => true,
            None => {
                self.categories.insert(name.to_string(), (category, span));
                true
            }
        }
    }

    pub(super) fn name_clash(
        &mut self,
        name: &Name,
        category: Category,
        known: Category,
        first: Span,
    ) {
        let ((first_zh, first_en), (zh, en)) = (known.words(), category.words());
        let finding = Diagnostic::new(Code::NameClash, name.span)
            .with("found", &name.text)
            .with_words("first", first_zh, first_en)
            .with_words("second", zh, en)
            .and_at(first);
        self.report(finding);
    }

    pub(super) fn declared_twice(&mut self, name: &str, span: Span, first: Span) {
        self.report(
            Diagnostic::new(Code::DuplicateDeclaration, span)
                .with("found", name)
                .and_at(first),
        );
    }

    fn declare_scale(&mut self, name: &Name, steps: &[Name]) {
        let words: Vec<String> = steps.iter().map(|s| s.text.clone()).collect();
        if let Some(known) = self.ruleset.scales.iter().find(|s| s.name == name.text) {
            if known.steps != words {
                let first = known.span;
                self.declared_twice(&name.text, name.span, first);
            }
            return;
        }
        if !self.claim(&name.text, name.span, Category::Scale) {
            return;
        }
        for (i, step) in steps.iter().enumerate() {
            self.claim(&step.text, step.span, Category::Grade);
            if let Some(earlier) = steps
                .get(..i)
                .into_iter()
                .flatten()
                .find(|s| s.text == step.text)
            {
                let what = format!("`{}`", step.text);
                let finding =
                    repeated_finding((&format!("{what} "), &what), step.span, earlier.span);
                self.report(finding);
            }
        }
        self.ruleset.scales.push(Scale {
            name: name.text.clone(),
            steps: words,
            span: name.span,
        });
    }

    fn declare_priority(&mut self, sources: &[Name], span: Span) {
        let mut names: Vec<String> = Vec::new();
        for source in sources {
            let name = nfkc(source.text.trim()).to_string();
            if let Some(first) = names.iter().position(|n| *n == name) {
                let what = format!("`{}`", source.text);
                let earlier = sources.get(first).map_or(source.span, |s| s.span);
                let finding = repeated_finding((&format!("{what} "), &what), source.span, earlier);
                self.report(finding);
                return;
            }
            names.push(name);
        }
        match self.priority {
            None => {
                self.priority = Some(span);
                self.ruleset.priority = names;
            }
            // Two files may say the same.
            Some(_) if self.ruleset.priority == names => {}
            Some(first) => self.declared_twice("priority", span, first),
        }
    }

    pub(super) fn also(&mut self, block: &[Field], category: Category) -> Vec<String> {
        let mut also = Vec::new();
        for field in block {
            if let (Kw::Also, FieldValue::Names(names)) = (field.key, &field.value) {
                for name in names {
                    if self.claim(&name.text, name.span, category) {
                        also.push(name.text.clone());
                    }
                }
            }
        }
        also
    }

    pub(super) fn wrong_choice(&mut self, (zh, en): (&str, &str), name: &Name, choices: &[&str]) {
        let near = nearest(&name.text, choices.iter().copied());
        let finding = Diagnostic::new(Code::WrongChoice, name.span)
            .with_words("field", zh, en)
            .with("found", &name.text)
            .with_some("nearest", near);
        self.report(if choices.is_empty() {
            finding
        } else {
            finding.with("expected", choices.join(" "))
        });
    }

    fn declare_plan(
        &mut self,
        name: &Name,
        title: Option<&Name>,
        block: &[Field],
        span: Span,
        closed: bool,
    ) {
        if let Some(known) = self
            .plans
            .get(&name.text)
            .and_then(|id| self.ruleset.plan(*id))
        {
            let first = known.span_in_file;
            return self.declared_twice(&name.text, name.span, first);
        }
        let mut plan = Plan {
            name: name.text.clone(),
            title: title.map(|t| t.text.clone()),
            number: None,
            issued: None,
            span: None,
            region: None,
            lead: Vec::new(),
            owner: Vec::new(),
            assess: None,
            supersedes: Vec::new(),
            note: None,
            span_in_file: span,
        };
        for field in self.fields_once(block) {
            self.plan_field(&mut plan, field, closed);
        }
        self.plans
            .insert(name.text.clone(), PlanId(self.ruleset.plans.len() as u32));
        self.ruleset.plans.push(plan);
    }

    fn declare_section(&mut self, number: &Name, block: &[Field], span: Span) {
        let mut defaults = self.section_attributes(block);
        if defaults.clause.is_none() {
            defaults.clause = Some(number.text.clone());
        }
        self.sections.insert(span, self.section_defaults.len());
        self.section_defaults.push(defaults);
    }

    fn plan_field(&mut self, plan: &mut Plan, field: &Field, closed: bool) {
        match (field.key, &field.value) {
            (Kw::Issued, FieldValue::Literal(literal)) => plan.issued = self.period(literal),
            (Kw::SpanField, FieldValue::Span(first, last)) => {
                plan.span = self.period_span(first, Some(last), field.span);
            }
            (Kw::RegionField, FieldValue::Names(names)) => {
                plan.region = names.first().and_then(|n| self.place(n, &[], closed));
            }
            (Kw::Lead, FieldValue::Names(names)) => plan.lead = texts(names),
            (Kw::Owner, FieldValue::Names(names)) => plan.owner = texts(names),
            (Kw::Supersedes, FieldValue::Names(names)) => {
                plan.supersedes = texts(names);
                self.superseded_plans.extend(names.iter().cloned());
            }
            (Kw::Number, FieldValue::Names(names)) => {
                plan.number = names.first().map(|n| n.text.clone());
            }
            (Kw::Note, FieldValue::Names(names)) => {
                plan.note = names.first().map(|n| n.text.clone());
            }
            (Kw::Assess, FieldValue::Names(names)) => {
                plan.assess = names.first().and_then(|n| self.assess_method(n));
            }
            _ => {}
        }
    }
}

pub(super) fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|n| n.text.clone()).collect()
}
