//! Types of entities with their attributes, and the attributes of single ones.

use crate::model::{
    AttributeType, EntityType, FactStatement, FactValue, Indicator, IndicatorId, PlaceMatch,
};
use crate::names::normalise;
use crate::period::Period;
use crate::source::Span;
use crate::syntax::{Attribute, Expr, Name};
use crate::unit::Unit;
use crate::words::{Kind, Kw, WordSet};

use super::{Category, Lowerer};

impl Lowerer {
    /// `entity 学校 { 类型: 寄宿制 | 非寄宿制  规模: count 人  在: region }`
    pub(super) fn declare_type(&mut self, name: &Name, attributes: &[Attribute], span: Span) {
        let mut declared = Vec::new();
        for attribute in attributes {
            // Where an entity lies is said by `in`.
            if attribute.name.text == "在" || attribute.name.text.eq_ignore_ascii_case("in") {
                continue;
            }
            declared.extend(self.attribute_type(attribute));
        }
        // Another file may add attributes, but not change them.
        let known = self.ruleset.types.iter_mut().find(|t| t.name == name.text);
        if let Some(known) = known {
            let differs = |new: &AttributeType| {
                let mut own = known.attributes.iter();
                own.any(|a| a.indicator == new.indicator && a.choices != new.choices)
            };
            if declared.iter().any(differs) {
                let first = known.span;
                self.declared_twice(&name.text, name.span, first);
                return;
            }
            declared.retain(|new| !known.attributes.contains(new));
            known.attributes.extend(declared);
            return;
        }
        self.ruleset.types.push(EntityType {
            name: name.text.clone(),
            attributes: declared,
            span,
        });
    }

    fn attribute_type(&mut self, attribute: &Attribute) -> Option<AttributeType> {
        let words: Vec<String> = attribute.values.iter().map(|v| self.written(v)).collect();
        let answer = |word: &String| matches!(word.as_str(), "yes" | "no" | "是" | "否");
        let (kind, unit) = match words.as_slice() {
            all if all.iter().all(answer) => (Some(Kind::Flag), None),
            // `规模: count 人`, `达标: flag`
            [one] => {
                let (first, rest) = one.split_once(char::is_whitespace).unwrap_or((one, ""));
                match kind_named(first) {
                    Some(kind) => (Some(kind), self.attribute_unit(rest.trim(), attribute)?),
                    None => (None, None),
                }
            }
            _ => (None, None),
        };
        let choices = if kind.is_some() { Vec::new() } else { words };
        let indicator = self.attribute_indicator(&attribute.name, kind, unit)?;
        Some(AttributeType { indicator, choices })
    }

    /// A value as it is written, without quotes.
    fn written(&self, value: &Expr) -> String {
        match value {
            Expr::Name(name) => name.text.clone(),
            value => normalise(self.sources.text(value.span())).into_owned(),
        }
    }

    fn attribute_unit(&mut self, text: &str, attribute: &Attribute) -> Option<Option<Unit>> {
        if text.is_empty() {
            return Some(None);
        }
        match Unit::parse(text) {
            Ok(unit) => Some(Some(self.ruleset.units.resolve(unit))),
            Err(unknown) => {
                self.unknown_unit(&unknown.0, text, attribute.span);
                None
            }
        }
    }

    /// Attributes are read like indicators, so each is one.
    fn attribute_indicator(
        &mut self,
        name: &Name,
        kind: Option<Kind>,
        unit: Option<Unit>,
    ) -> Option<IndicatorId> {
        if !self.claim(&name.text, name.span, Category::Indicator) {
            return None;
        }
        if let Some(id) = self.ruleset.indicator_named(&name.text) {
            let known = self.ruleset.indicators.get_mut(id.index())?;
            known.attribute = true;
            if known.kind.is_none() {
                known.kind = kind;
            }
            if known.unit.is_none() {
                known.unit = unit;
            }
            return Some(id);
        }
        let id = IndicatorId(self.ruleset.indicators.len() as u32);
        self.ruleset.name_indicator(&name.text, id);
        self.ruleset.indicators.push(Indicator {
            kind,
            unit,
            attribute: true,
            declared: Some(name.span),
            ..Indicator::named(&name.text, name.span)
        });
        Some(id)
    }

    /// `{ 类型 = 寄宿制  规模 = 540人 }` of one entity: facts without a period.
    pub(super) fn entity_attributes(&mut self, name: &Name, of: &Name, attributes: &[Attribute]) {
        let PlaceMatch::Known(place) = self.ruleset.places.find(&name.text, &[], self.test) else {
            return;
        };
        for attribute in attributes {
            let declared = self
                .ruleset
                .types
                .iter()
                .find(|t| t.name == of.text)
                .cloned();
            let known = self.ruleset.indicator_named(&attribute.name.text);
            let of_type = declared.as_ref().and_then(|t| {
                let found = t.attributes.iter().find(|a| Some(a.indicator) == known);
                found.cloned()
            });
            if declared.is_some() && of_type.is_none() {
                let names: Vec<String> = declared
                    .iter()
                    .flat_map(|t| &t.attributes)
                    .filter_map(|a| self.ruleset.indicator(a.indicator))
                    .map(|i| i.name.clone())
                    .collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let (zh, en) = (
                    format!("{}的属性", of.text),
                    format!("an attribute of {}", of.text),
                );
                self.wrong_choice((&zh, &en), &attribute.name, &names);
                continue;
            }
            let Some(value) = attribute.values.first() else {
                continue;
            };
            let id = match (of_type.as_ref(), known) {
                (Some(a), _) => Some(a.indicator),
                (None, _) => self.attribute_indicator(&attribute.name, None, None),
            };
            let Some(id) = id else { continue };
            let choices = of_type.map_or(Vec::new(), |a| a.choices);
            let Some(found) = self.attribute_value(&attribute.name, id, &choices, value) else {
                continue;
            };
            let indicator = self.ruleset.indicator(id).map(|i| i.name.clone());
            self.ruleset.facts.push(FactStatement {
                indicator: indicator.unwrap_or_default(),
                group: None,
                place,
                period: Period::timeless(),
                value: found,
                text: crate::names::nfkc(self.sources.text(value.span())).into_owned(),
                status: None,
                source: None,
                span: value.span(),
            });
        }
    }

    fn attribute_value(
        &mut self,
        name: &Name,
        id: IndicatorId,
        choices: &[String],
        value: &Expr,
    ) -> Option<FactValue> {
        let text = self.written(value);
        let kind = self.ruleset.indicator(id).and_then(|i| i.kind);
        if !choices.is_empty() {
            if choices.contains(&text) {
                return Some(FactValue::Word(text));
            }
            let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
            let span = value.span();
            self.wrong_choice((&name.text, &name.text), &Name { text, span }, &choices);
            return None;
        }
        match (answer(value), kind) {
            (Some(kw), None | Some(Kind::Flag)) => {
                return Some(FactValue::Word(kw.spelling(WordSet::En).to_string()));
            }
            (None, Some(Kind::Flag)) => {
                self.wrong_answer(&name.text, kind, value.span());
                return None;
            }
            _ => {}
        }
        match (value, kind) {
            (Expr::Literal(literal), Some(Kind::Milestone | Kind::Grade)) => {
                self.cannot_require(kind.unwrap_or(Kind::Flag), literal.span);
                None
            }
            (Expr::Literal(literal), Some(kind)) => {
                self.level(kind, id, literal).map(FactValue::Quantity)
            }
            (Expr::Literal(literal), None) => self.quantity(literal).map(FactValue::Quantity),
            (_, Some(Kind::Grade)) => {
                self.value(Kind::Grade, id, value)?;
                Some(FactValue::Word(text))
            }
            (Expr::Name(_) | Expr::Word(..), None) => Some(FactValue::Word(text)),
            (other, _) => {
                self.wrong_answer(&name.text, kind, other.span());
                None
            }
        }
    }
}

/// Yes or no; in an entity's block any word may be an attribute's value, so that it is read as a name.
fn answer(value: &Expr) -> Option<Kw> {
    match value {
        Expr::Word(kw @ (Kw::Yes | Kw::No), _) => Some(*kw),
        Expr::Name(name) => {
            let mut words = Kw::lookup(&name.text).iter().copied();
            words.find(|kw| matches!(kw, Kw::Yes | Kw::No))
        }
        _ => None,
    }
}

/// A kind by its word in either language.
fn kind_named(word: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|kind| {
        let keyword = kind.keyword();
        kind.name() == word || keyword.spelling(WordSet::Zh) == word
    })
}
