//! Facts that are made out of others, in the order in which they can be made; recorded exceptions.

use std::collections::HashMap;

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::model::{Claim, Derivation, Derive, Expr, Indicator, IndicatorId, Part, Rule, Waiver};
use crate::names::nearest;
use crate::print;
use crate::source::Span;
use crate::syntax::{self, Body, Literal, Name};
use crate::unit::Unit;
use crate::words::{Kind, WordSet};

use super::formula::{Around, Side};
use super::test::covers;
use super::{Category, Context, Lowerer};

impl Lowerer {
    /// The indicator that a `define` makes, before rules read it.
    pub(super) fn declare_defined(&mut self, name: &Name, unit: Option<&Name>) {
        let unit = match unit.map(|u| (Unit::parse(&u.text), u)) {
            Some((Ok(unit), _)) => Some(self.ruleset.units.resolve(unit)),
            Some((Err(unknown), written)) => {
                self.unknown_unit(&unknown.0, &written.text, written.span);
                None
            }
            None => None,
        };
        let kind = unit.as_ref().and_then(kinds::fitting);
        self.declare_made(name, kind, unit);
    }

    /// The yes-or-no that a `derive` makes.
    pub(super) fn declare_derived(&mut self, name: &Name) {
        self.declare_made(name, Some(Kind::Flag), None);
    }

    fn declare_made(&mut self, name: &Name, kind: Option<Kind>, unit: Option<Unit>) {
        if !self.claim(&name.text, name.span, Category::Indicator) {
            return;
        }
        if let Some(id) = self.ruleset.indicator_named(&name.text) {
            if let Some(known) = self.ruleset.indicators.get_mut(id.index()) {
                known.kind = known.kind.or(kind);
                known.unit = known.unit.take().or(unit);
            }
            return;
        }
        let id = IndicatorId(self.ruleset.indicators.len() as u32);
        self.ruleset.name_indicator(&name.text, id);
        self.ruleset.indicators.push(Indicator {
            kind,
            unit,
            declared: Some(name.span),
            ..Indicator::named(&name.text, name.span)
        });
    }

    /// What is derived, each behind what it reads; a circle is an error.
    pub(super) fn lower_derivations(&mut self) {
        self.each_statement(|this, statement, context| {
            let text = print::statement(statement, WordSet::En);
            match &statement.body {
                Body::Define {
                    name, value, unit, ..
                } => this.lower_define(name, value, unit.as_ref(), (statement.span, text), context),
                Body::Derive {
                    name,
                    set,
                    condition,
                    ..
                } => this.lower_derive(name, set, condition, (statement.span, text), context),
                _ => {}
            }
        });
        for (at, rule) in (0u32..).zip(&self.ruleset.rules) {
            if matches!(rule.claim, Claim::Makes { .. }) {
                self.ruleset.derivations.push(Derivation {
                    indicator: rule.demand.indicator,
                    how: Derive::Rule(at),
                    span: rule.span,
                    text: rule.text.clone(),
                });
            }
        }
        self.order_derivations();
    }

    fn lower_define(
        &mut self,
        name: &Name,
        value: &syntax::Expr,
        unit: Option<&Name>,
        (span, text): (Span, String),
        context: Context,
    ) {
        let unit = unit.and_then(|u| Unit::parse(&u.text).ok());
        let unit = unit.map(|u| self.ruleset.units.resolve(u));
        let kind = unit.as_ref().and_then(kinds::fitting);
        let around = Around {
            kind: kind.unwrap_or(Kind::Quantity),
            side: Side::Left,
            own: None,
            context,
        };
        let Some(value) = self.formula(value, around) else {
            return;
        };
        let Some(indicator) = self.ruleset.indicator_named(&name.text) else {
            return;
        };
        let known = self
            .ruleset
            .derivations
            .iter()
            .find(|d| d.indicator == indicator && matches!(d.how, Derive::Define(..)));
        if let Some(first) = known.map(|d| d.span) {
            return self.declared_twice(&name.text, name.span, first);
        }
        self.ruleset.derivations.push(Derivation {
            indicator,
            how: Derive::Define(value, unit),
            span,
            text,
        });
    }

    fn lower_derive(
        &mut self,
        name: &Name,
        set: &syntax::Set,
        condition: &syntax::Expr,
        (span, text): (Span, String),
        context: Context,
    ) {
        let set = self.set(set, &set.names, context);
        let condition = self.condition(condition, false, context);
        let indicator = self.ruleset.indicator_named(&name.text);
        let (Some(set), Some(condition), Some(indicator)) = (set, condition, indicator) else {
            return;
        };
        self.ruleset.derivations.push(Derivation {
            indicator,
            how: Derive::When(set, condition),
            span,
            text,
        });
    }

    /// Each behind everything that it reads.
    fn order_derivations(&mut self) {
        let all = std::mem::take(&mut self.ruleset.derivations);
        let reads: Vec<Vec<IndicatorId>> = all.iter().map(|d| self.reads(d)).collect();
        let mut makers: HashMap<IndicatorId, Vec<usize>> = HashMap::new();
        for (at, derivation) in all.iter().enumerate() {
            makers.entry(derivation.indicator).or_default().push(at);
        }
        // 0 not seen, 1 on the way, 2 done.
        let mut marks = vec![0u8; all.len()];
        let mut order = Vec::with_capacity(all.len());
        for start in 0..all.len() {
            let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
            let needs = |at: usize| -> Vec<usize> {
                let read = reads.get(at).map_or(&[][..], Vec::as_slice);
                read.iter()
                    .filter_map(|id| makers.get(id))
                    .flatten()
                    .copied()
                    .collect()
            };
            if marks.get(start) == Some(&0) {
                path.push((start, needs(start)));
                marks[start] = 1;
            }
            while let Some((at, pending)) = path.last_mut() {
                let at = *at;
                match pending.pop() {
                    None => {
                        marks[at] = 2;
                        order.push(at);
                        path.pop();
                    }
                    Some(next) => match marks.get(next) {
                        Some(0) => {
                            marks[next] = 1;
                            path.push((next, needs(next)));
                        }
                        Some(1) => {
                            let from = path.iter().position(|(p, _)| *p == next).unwrap_or(0);
                            let circle: Vec<usize> =
                                path.iter().skip(from).map(|(p, _)| *p).collect();
                            self.report_circle(&all, &circle);
                            return;
                        }
                        _ => {}
                    },
                }
            }
        }
        let mut all: Vec<Option<Derivation>> = all.into_iter().map(Some).collect();
        self.ruleset.derivations = order
            .into_iter()
            .filter_map(|at| all.get_mut(at).and_then(Option::take))
            .collect();
    }

    /// The indicators that a derivation reads.
    fn reads(&self, derivation: &Derivation) -> Vec<IndicatorId> {
        let mut read = Vec::new();
        let mut visit = |part: Part<'_>| match part {
            Part::Expr(Expr::Indicator(id) | Expr::Latest(id)) => read.push(*id),
            Part::Condition(crate::model::Condition::Has { attributes, .. }) => {
                read.extend(attributes);
            }
            _ => {}
        };
        match &derivation.how {
            Derive::Define(value, _) => value.walk(&mut visit),
            Derive::When(set, condition) => {
                set.walk(&mut visit);
                condition.walk(&mut visit);
            }
            Derive::Rule(at) => {
                if let Some(rule) = self.ruleset.rules.get(*at as usize) {
                    for quantifier in &rule.quantifiers {
                        quantifier.set.walk(&mut visit);
                    }
                    if let Claim::Makes { condition, .. } = &rule.claim {
                        condition.walk(&mut visit);
                    }
                }
            }
        }
        read
    }

    fn report_circle(&mut self, all: &[Derivation], circle: &[usize]) {
        let name = |at: &usize| {
            let derivation = all.get(*at)?;
            let indicator = self.ruleset.indicator(derivation.indicator)?;
            Some(indicator.name.clone())
        };
        let mut names: Vec<String> = circle.iter().filter_map(name).collect();
        names.extend(names.first().cloned());
        let span = circle.first().and_then(|at| all.get(*at)).map(|d| d.span);
        if let Some(span) = span {
            self.report(
                Diagnostic::new(Code::DerivedFromItself, span).with("cycle", names.join(" → ")),
            );
        }
    }

    // ── exceptions ───────────────────────────────────────────────────────────────────────────

    pub(super) fn lower_waivers(&mut self) {
        self.each_statement(|this, statement, context| {
            if let Body::Waive {
                rule,
                place,
                until,
                because,
            } = &statement.body
            {
                let what = (rule, place.as_ref(), until, because);
                this.lower_waiver(what, statement.span, context);
            }
        });
    }

    fn lower_waiver(
        &mut self,
        (rule, place, until, because): (&Name, Option<&Name>, &Literal, &Name),
        span: Span,
        context: Context,
    ) {
        let until = self.period(until);
        let ids: Vec<&str> = self.ruleset.rules.iter().map(|r| r.id.as_str()).collect();
        if !ids.contains(&rule.text.as_str()) {
            if !self.broken.contains(&rule.text) {
                let near = nearest(&rule.text, ids).map(str::to_string);
                let mut finding = Diagnostic::new(Code::UnknownRule, rule.span)
                    .with("found", &rule.text)
                    .with_some("nearest", near.as_ref());
                if let Some(near) = near {
                    finding = finding.fixed_by(rule.span, near);
                }
                self.report(finding);
            }
            return;
        }
        let place = match place {
            Some(name) => {
                let within = self.surroundings(context);
                let Some(id) = self.place(name, &within, context.closed.regions) else {
                    return;
                };
                let rules: Vec<Rule> = {
                    let all = self.ruleset.rules.iter();
                    all.filter(|r| r.id == rule.text).cloned().collect()
                };
                if !rules.iter().any(|r| covers(&self.ruleset.places, r, id)) {
                    self.not_covered(name, &rules);
                    return;
                }
                Some(id)
            }
            None => None,
        };
        if let Some(until) = until {
            self.ruleset.waivers.push(Waiver {
                rule: rule.text.clone(),
                place,
                until,
                because: because.text.clone(),
                span,
            });
        }
    }
}
