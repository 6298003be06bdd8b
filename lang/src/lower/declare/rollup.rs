//! How a region's missing figure is made of its parts.

use std::collections::HashMap;

use crate::diag::{Code, Diagnostic};
use crate::model::{IndicatorId, Rollup};
use crate::source::Span;
use crate::syntax::{Body, Field, FieldValue};
use crate::words::{Kind, Kw, WordSet};

use super::super::{Context, Lowerer};

impl Lowerer {
    /// Resolves what roll-ups are made of, once every indicator is declared.
    pub(super) fn declare_rollups(&mut self) {
        let mut told: HashMap<IndicatorId, Span> = HashMap::new();
        self.each_statement(|this, statement, context| {
            let Body::Indicator { names, block } = &statement.body else {
                return;
            };
            let rollup = this.rollup(block, context);
            for name in names {
                let Some(id) = this.ruleset.indicator_named(&name.text) else {
                    continue;
                };
                let earlier = this.ruleset.indicator(id).and_then(|i| i.rollup.as_ref());
                if let Some(first) = told.get(&id).copied() {
                    if !same(earlier, rollup.as_ref()) {
                        this.declared_twice(&name.text, name.span, first);
                    }
                    continue;
                }
                told.insert(id, name.span);
                if let Some(indicator) = this.ruleset.indicators.get_mut(id.index()) {
                    indicator.rollup.clone_from(&rollup);
                }
            }
        });
    }

    fn rollup(&mut self, block: &[Field], context: Context) -> Option<Rollup> {
        let mut found: Option<Rollup> = None;
        for field in block {
            let mut rollup = found.clone().unwrap_or(Rollup {
                quotient: None,
                sum: false,
                weight: None,
                span: field.span,
            });
            match (field.key, &field.value) {
                (Kw::OfField, FieldValue::Quotient(a, b)) => {
                    let (a, b) = (self.operand(a, context), self.operand(b, context));
                    rollup.quotient = a.zip(b);
                }
                (Kw::WeightField, FieldValue::Names(names)) => {
                    let name = names.first()?;
                    rollup.weight = self.operand(name, context);
                }
                (Kw::Rollup, FieldValue::Names(names)) => {
                    let name = names.first()?;
                    let sum = Kw::SumChoice.spelling(WordSet::En);
                    rollup.sum = name.text == sum;
                    if !rollup.sum {
                        self.wrong_choice(("汇总方式", "the roll-up"), name, &[sum]);
                    }
                }
                _ => continue,
            }
            found = Some(rollup);
        }
        found
    }

    /// What is wrong with roll-ups, once the kinds of all indicators are known.
    pub(in crate::lower) fn check_rollups(&mut self) {
        let mut findings = Vec::new();
        let mut in_circles: Vec<IndicatorId> = Vec::new();
        for at in 0..self.ruleset.indicators.len() {
            let id = IndicatorId(at as u32);
            let Some(indicator) = self.ruleset.indicator(id) else {
                continue;
            };
            let Some(rollup) = &indicator.rollup else {
                continue;
            };
            if let Some(finding) = self.unfit(id, rollup) {
                findings.push(finding);
            }
            if in_circles.contains(&id) {
                continue;
            }
            if let Some(circle) = self.circle(id) {
                let name = |id: &IndicatorId| {
                    let indicator = self.ruleset.indicator(*id);
                    indicator.map_or("", |i| i.name.as_str())
                };
                let names: Vec<&str> = circle.iter().map(name).collect();
                findings.push(
                    Diagnostic::new(Code::RollupCycle, rollup.span)
                        .with("found", name(&id))
                        .with("cycle", names.join(" → ")),
                );
                in_circles.extend(circle);
            }
        }
        for finding in findings {
            self.report(finding);
        }
    }

    fn unfit(&self, id: IndicatorId, rollup: &Rollup) -> Option<Diagnostic> {
        let indicator = self.ruleset.indicator(id)?;
        let kind = indicator.kind;
        let counts = kind.is_none_or(is_number);
        let adds = kind.is_none_or(adds_up)
            && indicator
                .unit
                .as_ref()
                .is_none_or(|unit| unit.per.is_empty());
        let how = match (counts, adds) {
            (false, _) if rollup.quotient.is_some() => Some(Kw::OfField),
            (false, _) if rollup.weight.is_some() => Some(Kw::WeightField),
            (_, false) if rollup.sum => Some(Kw::Rollup),
            _ => None,
        };
        if let (Some(how), Some(kind)) = (how, kind) {
            let sum = match how {
                Kw::Rollup => " sum",
                _ => "",
            };
            let pooled = (counts && how == Kw::Rollup).then_some("of 分子 / 分母");
            let finding = Diagnostic::new(Code::RollupUnfit, rollup.span)
                .with("indicator", &indicator.name)
                .with("how", format!("{}{sum}", how.spelling(WordSet::En)))
                .with("kind", kind.name())
                .with_some("pooled", pooled);
            // Money adds up, money per head does not.
            let per_head = counts && adds_up(kind);
            return Some(match per_head {
                true => finding.with_words("kind", "人均", kind.name()).with_words(
                    "akind",
                    "人均",
                    "a figure per head",
                ),
                false => finding,
            });
        }
        let (a, b) = rollup.quotient.unzip();
        let summed = |part: Option<IndicatorId>| part.filter(|p| !self.is(*p, adds_up));
        let weight = rollup.weight.filter(|w| !self.is(*w, is_number));
        let part = summed(a).or(summed(b)).or(weight)?;
        let part = self.ruleset.indicator(part)?;
        Some(
            Diagnostic::new(Code::RollupPartUnfit, rollup.span)
                .with("indicator", &indicator.name)
                .with("found", &part.name)
                .with("kind", part.kind?.name()),
        )
    }

    fn is(&self, id: IndicatorId, test: fn(Kind) -> bool) -> bool {
        let kind = self.ruleset.indicator(id).and_then(|i| i.kind);
        kind.is_none_or(test)
    }

    /// The way from an indicator over what it is made of back to itself, if there is one.
    fn circle(&self, id: IndicatorId) -> Option<Vec<IndicatorId>> {
        let made_of = |id: IndicatorId| {
            let rollup = self.ruleset.indicator(id).and_then(|i| i.rollup.as_ref());
            rollup.into_iter().flat_map(Rollup::parts)
        };
        // How each indicator was come to.
        let mut came: HashMap<IndicatorId, IndicatorId> = HashMap::new();
        let mut pending = vec![id];
        while let Some(at) = pending.pop() {
            for part in made_of(at) {
                if part == id {
                    let mut way = vec![id, at];
                    let mut step = at;
                    while let Some(before) = came.get(&step) {
                        way.push(*before);
                        step = *before;
                    }
                    way.reverse();
                    return Some(way);
                }
                came.entry(part).or_insert_with(|| {
                    pending.push(part);
                    at
                });
            }
        }
        None
    }
}

/// Whether figures of a kind are numbers that have a mean.
fn is_number(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Rank | Kind::Grade | Kind::Flag | Kind::Milestone
    )
}

/// Whether the figures of the parts make that of the whole by adding.
fn adds_up(kind: Kind) -> bool {
    is_number(kind) && !matches!(kind, Kind::Rate | Kind::Ratio)
}

/// Whether two declarations say the same.
fn same(a: Option<&Rollup>, b: Option<&Rollup>) -> bool {
    let said = |r: &Rollup| (r.quotient, r.sum, r.weight);
    a.map(said) == b.map(said)
}
