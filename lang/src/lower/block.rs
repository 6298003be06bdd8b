//! The attribute block of a rule.

use crate::model::{Attributes, Baseline, IndicatorId, Nature};
use crate::syntax::{Field, FieldValue};
use crate::words::{Kind, Kw, WordSet};

use super::declare::texts;
use super::requirement::repeated_finding;
use super::{Context, Lowerer};

/// Whether two fields say the same thing: the two directions exclude each other.
fn same_field(a: Kw, b: Kw) -> bool {
    let direction = |kw| matches!(kw, Kw::BetterHigher | Kw::BetterLower);
    a == b || (direction(a) && direction(b))
}

impl Lowerer {
    pub(super) fn attributes(
        &mut self,
        kind: Kind,
        indicator: IndicatorId,
        block: &[Field],
    ) -> Attributes {
        let mut attributes = Attributes::default();
        for field in self.fields_once(block) {
            self.attribute(&mut attributes, kind, indicator, field);
        }
        attributes
    }

    /// What a section says of the rules below it: the fields that need no measure.
    pub(super) fn section_attributes(&mut self, block: &[Field]) -> Attributes {
        let mut attributes = Attributes::default();
        for field in self.fields_once(block) {
            self.attribute(&mut attributes, Kind::Rate, IndicatorId(0), field);
        }
        attributes
    }

    /// What a rule leaves open its section says.
    pub(super) fn with_section(&self, mut own: Attributes, context: Context) -> Attributes {
        let Some(section) = context.section.and_then(|at| self.section_defaults.get(at)) else {
            return own;
        };
        own.clause = own.clause.or_else(|| section.clause.clone());
        if own.lead.is_empty() {
            own.lead.clone_from(&section.lead);
        }
        if own.owner.is_empty() {
            own.owner.clone_from(&section.owner);
        }
        own.deadline = own.deadline.or(section.deadline);
        own.nature = own.nature.or(section.nature);
        own.assess = own.assess.or_else(|| section.assess.clone());
        own
    }

    /// The fields of a block, each once: a second one is a finding.
    pub(super) fn fields_once<'a>(&mut self, block: &'a [Field]) -> Vec<&'a Field> {
        let mut fields: Vec<&Field> = Vec::with_capacity(block.len());
        for field in block {
            match fields.iter().find(|f| same_field(f.key, field.key)) {
                Some(first) => {
                    let zh = format!("`{}` ", field.key.spelling(WordSet::Zh));
                    let en = format!("`{}`", field.key.spelling(WordSet::En));
                    let finding = repeated_finding((&zh, &en), field.span, first.span);
                    self.report(finding);
                }
                None => fields.push(field),
            }
        }
        fields
    }

    fn attribute(
        &mut self,
        attributes: &mut Attributes,
        kind: Kind,
        indicator: IndicatorId,
        field: &Field,
    ) {
        match (field.key, &field.value) {
            (Kw::Lead, FieldValue::Names(names)) => attributes.lead = texts(names),
            (Kw::Owner, FieldValue::Names(names)) => attributes.owner = texts(names),
            (Kw::Supersedes, FieldValue::Names(names)) => {
                attributes.supersedes = texts(names);
                self.superseded_rules.extend(names.iter().cloned());
            }
            (Kw::Clause, FieldValue::Names(names)) => {
                attributes.clause = names.first().map(|n| n.text.clone());
            }
            (Kw::Note, FieldValue::Names(names)) => {
                attributes.note = names.first().map(|n| n.text.clone());
            }
            (Kw::Assess, FieldValue::Names(names)) => {
                attributes.assess = names.first().and_then(|n| self.assess_method(n));
            }
            (Kw::Nature, FieldValue::Names(names)) => {
                let Some(name) = names.first() else { return };
                attributes.nature = match name.text.as_str() {
                    "binding" => Some(Nature::Binding),
                    "expected" => Some(Nature::Expected),
                    _ => {
                        self.wrong_choice(
                            ("属性", "the nature"),
                            name,
                            &["binding", "expected", "约束性", "预期性"],
                        );
                        None
                    }
                };
            }
            (Kw::Deadline, FieldValue::Literal(literal)) => {
                attributes.deadline = self.period(literal);
            }
            (Kw::Weight, FieldValue::Literal(points) | FieldValue::Points(points, _)) => {
                attributes.weight = self.points(points);
            }
            (Kw::Baseline, FieldValue::ValueAt(literal, period)) => {
                let value = self.level(kind, indicator, literal);
                let period = period.as_ref().map(|p| self.period(p));
                if let (Some(value), None | Some(Some(_))) = (value, period) {
                    attributes.baseline = Some(Baseline {
                        value,
                        period: period.flatten(),
                    });
                }
            }
            (Kw::Allow, FieldValue::Because(finding, reason)) => {
                let pair = (finding.text.clone(), reason.text.clone());
                attributes.allow.push(pair);
            }
            _ => {}
        }
    }
}
