//! Declarations: plans, scales, regions, entities, indicators.

use crate::diag::{Code, Diagnostic};
use crate::gazetteer;
use crate::model::{
    self, Better, Indicator, IndicatorId, Place, PlaceId, PlaceMatch, Plan, PlanId, Scale, ScaleId,
};
use crate::names::nearest;
use crate::source::Span;
use crate::syntax::{Body, Field, FieldValue, Name};
use crate::unit::Unit;
use crate::words::{Kind, Kw, WordSet};

use super::rule::repeated_finding;
use super::{Category, Context, Lowerer};

impl Lowerer {
    /// Declares everything, scales and regions before what refers to them.
    pub(super) fn declare_all(&mut self) {
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
            _ => {}
        });
    }

    /// Notes the category of a name; a second category is a clash.
    fn claim(&mut self, name: &str, span: Span, category: Category) -> bool {
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

    fn declared_twice(&mut self, name: &str, span: Span, first: Span) {
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

    fn also(&mut self, block: &[Field], category: Category) -> Vec<String> {
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

    fn declare_region(&mut self, name: &Name, bracket: &[Name], block: &[Field], span: Span) {
        if !self.claim(&name.text, name.span, Category::Region) {
            return;
        }
        let (mut code, mut of) = (None, None);
        for word in bracket {
            let digits: String = word.text.chars().take_while(char::is_ascii_digit).collect();
            let rest = word.text.get(digits.len()..).unwrap_or("");
            match (digits.len(), digits.parse()) {
                (0, _) => {}
                (6, Ok(number)) => code = Some(number),
                _ => self.report(
                    Diagnostic::new(Code::WrongChoice, word.span)
                        .with_words("field", "地区代码", "a region's code")
                        .with("found", &word.text)
                        .with_words("expected", "六位数字，如 530100", "six digits, as 530100"),
                ),
            }
            if !rest.is_empty() {
                of = Some(rest.to_string());
            }
        }
        let group = of.as_deref() == Some(Kw::Group.spelling(WordSet::En));
        let mut also = self.also(block, Category::Region);
        // A declared name that the national list knows without doubt has its code.
        let code = code.or_else(|| match gazetteer::find(&name.text).as_slice() {
            [one] if !group && of.as_deref() != Some("功能区") => Some(one.code),
            _ => None,
        });
        if let Some(division) = code.and_then(gazetteer::by_code)
            && division.name != name.text
            && !also.iter().any(|a| a == division.name)
            && !self.categories.contains_key(division.name)
        {
            also.push(division.name.to_string());
        }
        let category = if group {
            model::Category::Group
        } else {
            model::Category::Region
        };
        let place = Place {
            name: name.text.clone(),
            also,
            code,
            category,
            of,
            parent: None,
            parts: Vec::new(),
            declared: Some(span),
        };
        self.add_declared(place, name.span);
    }

    fn declare_entity(&mut self, name: &Name, of: Option<&Name>, block: &[Field], span: Span) {
        if !self.claim(&name.text, name.span, Category::Entity) {
            return;
        }
        let also = self.also(block, Category::Entity);
        let Some(of) = of else { return };
        let place = Place {
            name: name.text.clone(),
            also,
            code: None,
            category: model::Category::Entity,
            of: Some(of.text.clone()),
            parent: None,
            parts: Vec::new(),
            declared: Some(span),
        };
        self.add_declared(place, name.span);
    }

    fn add_declared(&mut self, place: Place, span: Span) {
        let known = self
            .ruleset
            .places
            .iter()
            .find(|(_, p)| p.name == place.name && p.declared.is_some());
        if let Some((id, earlier)) = known {
            let same = earlier.code == place.code && earlier.of == place.of;
            let first = earlier.declared;
            if let (false, Some(first)) = (same, first) {
                self.declared_twice(&place.name, span, first);
            }
            self.ruleset.places.update(id, |p| {
                for name in place.also {
                    if !p.also.contains(&name) {
                        p.also.push(name);
                    }
                }
            });
            return;
        }
        self.ruleset.places.add(place);
    }

    fn connect_region(&mut self, name: &Name, contains: &[Name]) {
        let PlaceMatch::Known(id) = self.ruleset.places.find(&name.text, &[]) else {
            return;
        };
        let code = self.ruleset.places.get(id).and_then(|p| p.code);
        let group = self
            .ruleset
            .places
            .get(id)
            .is_some_and(|p| p.category == model::Category::Group);
        for part in contains {
            let within: Vec<u32> = code.into_iter().collect();
            let part_id = match self.ruleset.places.find(&part.text, &within) {
                PlaceMatch::Known(part_id) => part_id,
                PlaceMatch::Division(division) => {
                    self.ruleset.places.add_division(division, &part.text)
                }
                PlaceMatch::Ambiguous(found) => {
                    self.report_ambiguous(part, &found);
                    continue;
                }
                PlaceMatch::Unknown => self
                    .ruleset
                    .places
                    .add(plain_place(&part.text, model::Category::Region)),
            };
            if part_id == id {
                continue;
            }
            self.ruleset.places.update(id, |p| {
                if !p.parts.contains(&part_id) {
                    p.parts.push(part_id);
                }
            });
            // A group overlaps others and is nobody's parent.
            if !group && !self.ruleset.places.chain(id).any(|above| above == part_id) {
                self.ruleset
                    .places
                    .update(part_id, |p| p.parent = p.parent.or(Some(id)));
            }
        }
    }

    fn connect_entity(&mut self, name: &Name, place: &Name) {
        let PlaceMatch::Known(id) = self.ruleset.places.find(&name.text, &[]) else {
            return;
        };
        if let Some(parent) = self.place(place, &[], false) {
            self.ruleset.places.update(id, |p| p.parent = Some(parent));
        }
    }

    fn declare_indicator(&mut self, name: &Name, block: &[Field]) {
        if !self.claim(&name.text, name.span, Category::Indicator) {
            return;
        }
        let also = self.also(block, Category::Indicator);
        let mut indicator = Indicator {
            name: name.text.clone(),
            also,
            kind: None,
            better: None,
            range: None,
            unit: None,
            scale: None,
            declared: Some(name.span),
            first: name.span,
        };
        for field in self.fields_once(block) {
            self.indicator_field(&mut indicator, field);
        }
        if indicator.kind.is_none() {
            indicator.kind = indicator.unit.as_ref().and_then(crate::kinds::fitting);
        }
        if let Some(known) = self.ruleset.indicator_named(&name.text) {
            let Some(earlier) = self.ruleset.indicators.get_mut(known.index()) else {
                return;
            };
            let same = earlier.name == indicator.name
                && (
                    earlier.kind,
                    earlier.better,
                    &earlier.range,
                    &earlier.unit,
                    earlier.scale,
                ) == (
                    indicator.kind,
                    indicator.better,
                    &indicator.range,
                    &indicator.unit,
                    indicator.scale,
                );
            let first = earlier.first;
            if same {
                let new: Vec<String> = indicator
                    .also
                    .iter()
                    .filter(|a| !earlier.also.contains(a))
                    .cloned()
                    .collect();
                earlier.also.extend(new);
            } else {
                self.declared_twice(&name.text, name.span, first);
                return;
            }
            self.register_names(known, &indicator, name.span);
            return;
        }
        let id = IndicatorId(self.ruleset.indicators.len() as u32);
        self.register_names(id, &indicator, name.span);
        self.ruleset.indicators.push(indicator);
    }

    fn register_names(&mut self, id: IndicatorId, indicator: &Indicator, span: Span) {
        for alias in std::iter::once(&indicator.name).chain(&indicator.also) {
            if !self.ruleset.name_indicator(alias, id) {
                let other = self.ruleset.indicator_named(alias);
                let first = other
                    .and_then(|o| self.ruleset.indicator(o))
                    .map_or(span, |i| i.first);
                self.declared_twice(alias, span, first);
            }
        }
    }

    fn indicator_field(&mut self, indicator: &mut Indicator, field: &Field) {
        match (field.key, &field.value) {
            (Kw::BetterHigher, _) => indicator.better = Some(Better::Higher),
            (Kw::BetterLower, _) => indicator.better = Some(Better::Lower),
            (Kw::KindField, FieldValue::Names(names)) => {
                let Some(name) = names.first() else { return };
                indicator.kind = Kind::named(&name.text);
                if indicator.kind.is_none() {
                    let kinds: Vec<&str> = Kind::ALL.iter().map(|k| k.name()).collect();
                    self.wrong_choice(("类别", "the kind"), name, &kinds);
                }
            }
            (Kw::UnitField, FieldValue::Names(names)) => {
                let Some(name) = names.first() else { return };
                match Unit::parse(&name.text) {
                    Ok(unit) => indicator.unit = Some(unit),
                    Err(unknown) => self.unknown_unit(&unknown.0, &name.text, name.span),
                }
            }
            (Kw::ScaleField, FieldValue::Names(names)) => {
                let Some(name) = names.first() else { return };
                let found = self.ruleset.scales.iter().position(|s| s.name == name.text);
                indicator.scale = found.map(|i| ScaleId(i as u32));
                if found.is_none() && !self.broken.contains(&name.text) {
                    let scales: Vec<String> =
                        self.ruleset.scales.iter().map(|s| s.name.clone()).collect();
                    let scales: Vec<&str> = scales.iter().map(String::as_str).collect();
                    self.wrong_choice(("等级序列", "the scale"), name, &scales);
                }
            }
            (Kw::Range, FieldValue::Span(low, high)) => {
                let low = self.quantity(low).map(|q| q.base_value());
                let high = self.quantity(high).map(|q| q.base_value());
                if let (Some(low), Some(high)) = (low, high) {
                    if low > high {
                        self.report(Diagnostic::new(Code::EmptyBetween, field.span));
                    } else {
                        indicator.range = Some((low, high));
                    }
                }
            }
            _ => {}
        }
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
            (Kw::Supersedes, FieldValue::Names(names)) => plan.supersedes = texts(names),
            (Kw::Number, FieldValue::Names(names)) => {
                plan.number = names.first().map(|n| n.text.clone())
            }
            (Kw::Note, FieldValue::Names(names)) => {
                plan.note = names.first().map(|n| n.text.clone())
            }
            (Kw::Assess, FieldValue::Names(names)) => {
                plan.assess = names.first().and_then(|n| self.assess_method(n));
            }
            _ => {}
        }
    }

    // ── places ───────────────────────────────────────────────────────────────────────────────

    fn report_ambiguous(&mut self, name: &Name, found: &[&'static gazetteer::Division]) {
        let candidates: Vec<String> = found.iter().map(|d| d.described()).collect();
        let finding = Diagnostic::new(Code::AmbiguousRegion, name.span)
            .with("found", &name.text)
            .with("candidates", candidates.join("、"));
        self.report(finding);
    }

    /// The place that a rule, plan or fact names. In a closed world an unknown one is an error.
    pub(super) fn place(&mut self, name: &Name, within: &[u32], closed: bool) -> Option<PlaceId> {
        match self.ruleset.places.find(&name.text, within) {
            PlaceMatch::Known(id) => Some(id),
            PlaceMatch::Division(division) => {
                Some(self.ruleset.places.add_division(division, &name.text))
            }
            PlaceMatch::Ambiguous(found) => {
                self.report_ambiguous(name, &found);
                None
            }
            PlaceMatch::Unknown if closed => {
                if !self.broken.contains(&name.text) {
                    let near: Option<String> = nearest(&name.text, self.ruleset.places.names())
                        .or_else(|| nearest(&name.text, gazetteer::names()))
                        .map(str::to_string);
                    let mut finding = Diagnostic::new(Code::UnknownRegion, name.span)
                        .with("found", &name.text)
                        .with_some("nearest", near.as_ref());
                    if let Some(near) = near {
                        finding = finding.fixed_by(name.span, near);
                    }
                    self.report(finding);
                }
                None
            }
            PlaceMatch::Unknown => Some(
                self.ruleset
                    .places
                    .add(plain_place(&name.text, model::Category::Unknown)),
            ),
        }
    }

    /// The regions that a statement's names probably lie in.
    pub(super) fn surroundings(&self, context: Context) -> Vec<u32> {
        let region = context
            .plan
            .and_then(|id| self.ruleset.plan(id))
            .and_then(|p| p.region);
        region
            .and_then(|id| self.ruleset.places.code_of(id))
            .into_iter()
            .collect()
    }
}

fn plain_place(name: &str, category: model::Category) -> Place {
    Place {
        name: name.to_string(),
        also: Vec::new(),
        code: None,
        category,
        of: None,
        parent: None,
        parts: Vec::new(),
        declared: None,
    }
}

pub(super) fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|n| n.text.clone()).collect()
}
