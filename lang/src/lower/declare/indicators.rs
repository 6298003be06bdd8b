//! Indicators.

use crate::diag::{Code, Diagnostic};
use crate::model::{Better, Indicator, IndicatorId, ScaleId};
use crate::source::Span;
use crate::syntax::{Field, FieldValue, Name};
use crate::unit::Unit;
use crate::words::{Kind, Kw};

use super::super::{Category, Lowerer};

impl Lowerer {
    pub(super) fn declare_indicator(&mut self, name: &Name, block: &[Field]) {
        if !self.claim(&name.text, name.span, Category::Indicator) {
            return;
        }
        let also = self.also(block, Category::Indicator);
        let mut indicator = Indicator {
            also,
            declared: Some(name.span),
            ..Indicator::named(&name.text, name.span)
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
                    (earlier.by_school_year, earlier.cumulative),
                ) == (
                    indicator.kind,
                    indicator.better,
                    &indicator.range,
                    &indicator.unit,
                    indicator.scale,
                    (indicator.by_school_year, indicator.cumulative),
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
                    Ok(unit) => indicator.unit = Some(self.ruleset.units.resolve(unit)),
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
            (Kw::BySchoolYear, _) => indicator.by_school_year = true,
            (Kw::Cumulative, _) => indicator.cumulative = true,
            // What a roll-up is made of may be declared further down: `rollup` reads those fields.
            _ => {}
        }
    }
}
