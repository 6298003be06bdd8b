//! `fact` statements. They are lowered last: what a bare number means depends on the kind that a
//! declaration or a rule gives the indicator.

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::model::{FactStatement, FactValue};
use crate::period::Period;
use crate::syntax::{Body, Expr, Field, FieldValue, Literal, Name, Tail, When};
use crate::unit::{Base, Quantity};
use crate::words::{Kind, Kw, WordSet};

use super::declare::is_no_code;
use super::value::fraction;
use super::{Context, Lowerer};

impl Lowerer {
    pub(super) fn lower_facts(&mut self) {
        self.each_statement(|this, statement, context| {
            if let Some(fact) = this.stated(&statement.body, context) {
                this.ruleset.facts.push(fact);
            }
        });
    }

    /// The figure that a statement states, be it in a test.
    pub(super) fn stated(&mut self, body: &Body, context: Context) -> Option<FactStatement> {
        let Body::Fact {
            indicator,
            group,
            value,
            tail,
            block,
        } = body
        else {
            return None;
        };
        let fact = self.lower_fact(indicator, value, tail, block, context)?;
        Some(FactStatement {
            group: group.as_ref().map(|g| g.text.clone()),
            ..fact
        })
    }

    fn lower_fact(
        &mut self,
        name: &Name,
        value: &Expr,
        tail: &[Tail],
        block: &[Field],
        context: Context,
    ) -> Option<FactStatement> {
        let (mut period, mut place) = (None, None);
        for clause in tail {
            match clause {
                Tail::Time(time) => {
                    if let When::In(literal) = &time.when {
                        if is_no_code(&literal.text) {
                            self.unknown_code(literal);
                            place = Some(None);
                            continue;
                        }
                        period = Some(self.period(literal));
                    }
                }
                Tail::Place(written) => {
                    let within = self.surroundings(context);
                    if let Some(written) = written.first() {
                        place = Some(self.place(&written.name, &within, false));
                    }
                }
                _ => {}
            }
        }
        let plan_region = context
            .plan
            .and_then(|id| self.ruleset.plan(id))
            .and_then(|p| p.region);
        if place.is_none() && plan_region.is_none() {
            self.report(Diagnostic::new(Code::FactPlaceMissing, name.span));
        }
        if period.is_none() {
            let text = self.sources.text(value.span()).to_string();
            self.report(
                Diagnostic::new(Code::FactTimeMissing, name.span)
                    .with("indicator", &name.text)
                    .with("value", text),
            );
        }
        let id = self.ruleset.indicator_named(&name.text);
        let kind = id
            .and_then(|id| self.ruleset.indicator(id))
            .and_then(|i| i.kind);
        let canonical = id
            .and_then(|id| self.ruleset.indicator(id))
            .map_or(name.text.clone(), |i| i.name.clone());
        let checked = self.fact_value(&canonical, kind, value);
        let (status, source) = self.fact_fields(block);
        let (Some(value_checked), Some(Some(period)), Some(place)) =
            (checked, period, place.unwrap_or(plan_region))
        else {
            return None;
        };
        let text = crate::names::nfkc(self.sources.text(value.span())).into_owned();
        Some(FactStatement {
            indicator: canonical,
            group: None,
            place,
            period,
            value: value_checked,
            text,
            status,
            source,
            span: value.span(),
        })
    }

    fn fact_fields(&mut self, block: &[Field]) -> (Option<String>, Option<String>) {
        let (mut status, mut source) = (None, None);
        for field in self.fields_once(block) {
            let FieldValue::Names(names) = &field.value else {
                continue;
            };
            let Some(name) = names.first() else { continue };
            match field.key {
                Kw::Status => {
                    let choices = [Kw::Final, Kw::Preliminary, Kw::Forecast]
                        .map(|kw| kw.spelling(WordSet::En));
                    if choices.contains(&name.text.as_str()) {
                        status = Some(name.text.clone());
                    } else {
                        self.wrong_choice(("数据状态", "the status"), name, &choices);
                    }
                }
                Kw::Source => source = Some(name.text.clone()),
                _ => {}
            }
        }
        (status, source)
    }

    pub(super) fn fact_value(
        &mut self,
        indicator: &str,
        kind: Option<Kind>,
        value: &Expr,
    ) -> Option<FactValue> {
        match value {
            // A word of a scale may read like an answer: 达标.
            Expr::Word(_, span) if kind == Some(Kind::Grade) => {
                let id = self.ruleset.indicator_named(indicator)?;
                self.value(Kind::Grade, id, value)?;
                let word = crate::names::normalise(self.sources.text(*span));
                Some(FactValue::Word(word.into_owned()))
            }
            Expr::Word(kw, span) => {
                let fits = match kw {
                    Kw::Yes | Kw::No => matches!(kind, None | Some(Kind::Flag)),
                    _ => matches!(kind, None | Some(Kind::Milestone)),
                };
                if !fits {
                    self.wrong_answer(indicator, kind, *span);
                    return None;
                }
                Some(FactValue::Word(kw.spelling(WordSet::En).to_string()))
            }
            Expr::Name(name) => match kind {
                None => Some(FactValue::Word(name.text.clone())),
                Some(Kind::Grade) => {
                    let id = self.ruleset.indicator_named(indicator)?;
                    self.value(Kind::Grade, id, value)?;
                    Some(FactValue::Word(name.text.clone()))
                }
                Some(_) => {
                    self.wrong_answer(indicator, kind, name.span);
                    None
                }
            },
            Expr::Literal(literal) => self.fact_literal(indicator, kind, literal),
            // The grammar lets nothing else stand here.
            _ => None,
        }
    }

    pub(super) fn wrong_answer(
        &mut self,
        indicator: &str,
        kind: Option<Kind>,
        span: crate::source::Span,
    ) {
        let (zh, en, sample) = match kind {
            Some(Kind::Flag) => ("“是”或“否”", "yes or no", "= yes"),
            Some(Kind::Milestone) => (
                "日期，或完成、未完成",
                "a date, done or not done",
                "= 2023-08-28",
            ),
            Some(Kind::Grade) => ("等级序列中的词", "a word of its scale", "= 一级三等"),
            _ => ("数值", "a number", "= 98%"),
        };
        let sample = match kind {
            Some(kind) if !matches!(kind, Kind::Flag | Kind::Milestone | Kind::Grade) => {
                format!("= {}", kinds::sample(kind))
            }
            _ => sample.to_string(),
        };
        let finding = Diagnostic::new(Code::WrongAnswer, span)
            .with("indicator", indicator)
            .with_words("expected", zh, en)
            .with("sample", sample)
            .with("found", self.sources.text(span));
        self.report(finding);
    }

    fn fact_literal(
        &mut self,
        indicator: &str,
        kind: Option<Kind>,
        literal: &Literal,
    ) -> Option<FactValue> {
        match kind {
            Some(Kind::Milestone) => {
                return self
                    .period(literal)
                    .map(|p: Period| FactValue::Word(p.to_string()));
            }
            Some(Kind::Flag) => {
                self.wrong_answer(indicator, kind, literal.span);
                return None;
            }
            Some(Kind::Grade) => {
                let id = self.ruleset.indicator_named(indicator)?;
                self.value(Kind::Grade, id, &Expr::Literal(literal.clone()))?;
                return Some(FactValue::Word(literal.text.clone()));
            }
            _ => {}
        }
        let is_date = literal
            .text
            .parse::<Period>()
            .is_ok_and(|p| p.grain() != crate::period::Grain::Year);
        if kind.is_none() && is_date {
            return self.period(literal).map(|p| FactValue::Word(p.to_string()));
        }
        let quantity = self.quantity(literal)?;
        let bare = quantity.unit.base == Base::Bare && quantity.unit.per.is_empty();
        let Some(kind) = kind else {
            return Some(FactValue::Quantity(quantity));
        };
        if bare && kind == Kind::Rate {
            return self
                .bare_rate(indicator, literal, quantity)
                .map(FactValue::Quantity);
        }
        let id = self.ruleset.indicator_named(indicator)?;
        self.level(kind, id, literal).map(FactValue::Quantity)
    }

    fn bare_rate(
        &mut self,
        indicator: &str,
        literal: &Literal,
        quantity: Quantity,
    ) -> Option<Quantity> {
        let percent = fraction(&literal.text, &quantity.number);
        if percent.is_none() {
            self.report(
                Diagnostic::new(Code::FactBareRate, literal.span)
                    .with("indicator", indicator)
                    .with("found", quantity.number)
                    .fixed_by(literal.span, format!("{}%", literal.text)),
            );
        }
        percent
    }
}
