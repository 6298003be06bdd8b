//! Times of rules.

use crate::diag::{Code, Diagnostic};
use crate::model::{Attributes, Time};
use crate::period::{Grain, MAX_PERIODS, Period, PeriodError, PeriodSpan};
use crate::source::Span;
use crate::syntax::{Literal, TimeClause, When};
use crate::words::{Kind, Kw};

use super::Lowerer;

impl Lowerer {
    pub(super) fn period(&mut self, literal: &Literal) -> Option<Period> {
        match literal.text.parse() {
            Ok(period) => Some(period),
            Err(error) => {
                let code = match error {
                    PeriodError::Malformed => Code::BadPeriod,
                    PeriodError::NoSuchDate => Code::NoSuchDate,
                };
                self.report(Diagnostic::new(code, literal.span).with("found", &literal.text));
                None
            }
        }
    }

    /// `A..B`, or `A` alone as a span of one.
    pub(super) fn period_span(
        &mut self,
        first: &Literal,
        last: Option<&Literal>,
        span: Span,
    ) -> Option<PeriodSpan> {
        let from = self.period(first);
        let to = match last {
            Some(last) => self.period(last),
            None => from,
        };
        let (from, to) = (from?, to?);
        let Some(periods) = PeriodSpan::new(from, to) else {
            let code = if from.grain() == to.grain() {
                Code::SpanReversed
            } else {
                Code::SpanMixed
            };
            let finding = Diagnostic::new(code, span).with("found", format!("{from}..{to}"));
            self.report(finding.with("fixed", format!("{to}..{from}")));
            return None;
        };
        if periods.count() > MAX_PERIODS {
            self.report(Diagnostic::new(Code::SpanTooLong, span).with("found", periods));
            return None;
        }
        Some(periods)
    }

    /// The time of a rule; `None` after a finding.
    pub(super) fn time(
        &mut self,
        clause: Option<&TimeClause>,
        kind: Kind,
        measure: (&str, Span),
        plan_span: Option<PeriodSpan>,
        attributes: &Attributes,
        change: Changes,
    ) -> Option<Time> {
        let Some(clause) = clause else {
            return self.unwritten_time(kind, measure, plan_span, attributes);
        };
        match &clause.when {
            When::In(literal) => self.period(literal).map(Time::In),
            When::By(literal) if is_day_of_year(&literal.text) => {
                self.not_yet(literal.span, "没有年份的日期", "a date without its year");
                None
            }
            When::By(literal) => self.period(literal).map(Time::By),
            // `before D` is `by` the day before; `before 2024-10` until 30 September.
            When::Before(literal) => {
                let period = self.period(literal)?;
                // 早于2025年底 does not end where the year begins: it means the end that is named.
                if names_its_end(&literal.text) {
                    return Some(Time::By(period));
                }
                Some(Time::By(Period::day(period.start()).step(-1)))
            }
            When::Throughout(first, last) => self
                .period_span(first, last.as_ref(), clause.span)
                .map(Time::Throughout),
            When::Each(word, written) => {
                let grain = grain_of(*word);
                let span = match written {
                    Some((first, last)) => self.period_span(first, last.as_ref(), clause.span)?,
                    None => match plan_span {
                        Some(span) => span,
                        None => {
                            let word = self.sources.text(clause.span).to_string();
                            self.report(
                                Diagnostic::new(Code::SpanMissing, clause.span).with("word", word),
                            );
                            return None;
                        }
                    },
                };
                let span = if span.first.grain() == grain {
                    span
                } else {
                    self.regrained(span, grain, clause.span)?
                };
                Some(Time::Each(span))
            }
            When::Span(first, last) => self
                .period_span(first, last.as_ref(), clause.span)
                .map(Time::Each),
            When::ByEvent(_) | When::After(..) => {
                self.not_yet(
                    clause.span,
                    "以另一节点为期限",
                    "a deadline that is another milestone",
                );
                None
            }
            When::From(first, Some(last)) if change != Changes::None => self
                .period_span(first, Some(last), clause.span)
                .map(Time::From),
            When::Over(first, last) if change == Changes::OnAverage => self
                .period_span(first, last.as_ref(), clause.span)
                .map(Time::From),
            When::From(first, Some(last)) => {
                // Between two dates a level is kept; only a change goes from one to the other.
                let fixed = format!("throughout {}..{}", first.text, last.text);
                let found = self.sources.text(clause.span).to_string();
                self.report(
                    Diagnostic::new(Code::WrittenElsewhere, clause.span)
                        .with("found", found)
                        .with("instead", &fixed)
                        .fixed_by(clause.span, fixed),
                );
                None
            }
            When::Over(..) | When::Per(_) | When::WithinAny(_) | When::From(..) => {
                let word = self.sources.text(clause.span);
                let word = word.split_whitespace().next().unwrap_or(word).to_string();
                self.not_yet(clause.span, &format!(" `{word}`"), &format!("`{word}`"));
                None
            }
        }
    }

    /// `each quarter 2023..2025` steps in quarters, `each school year 2023..2025` from autumn 2023.
    fn regrained(&mut self, span: PeriodSpan, grain: Grain, at: Span) -> Option<PeriodSpan> {
        let span = if grain == Grain::SchoolYear {
            let of = |p: Period| format!("{}学年", p.start().year()).parse().ok();
            PeriodSpan {
                first: of(span.first)?,
                last: of(span.last)?,
            }
        } else {
            span.regrain(grain)
        };
        if span.count() > MAX_PERIODS {
            self.report(Diagnostic::new(Code::SpanTooLong, at).with("found", span));
            return None;
        }
        Some(span)
    }

    fn unwritten_time(
        &mut self,
        kind: Kind,
        (measure, at): (&str, Span),
        plan_span: Option<PeriodSpan>,
        attributes: &Attributes,
    ) -> Option<Time> {
        if kind != Kind::Milestone {
            return Some(Time::Always(plan_span));
        }
        // A milestone without a time is due by its deadline, else by the end of the plan.
        match attributes.deadline.or(plan_span.map(|s| s.last)) {
            Some(period) => Some(Time::By(period)),
            None => {
                self.report(Diagnostic::new(Code::TimeMissing, at).with("measure", measure));
                None
            }
        }
    }
}

/// Whether a rule is about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changes {
    /// About a level.
    None,
    /// About the change of each period.
    Each,
    /// About the average change of a year.
    OnAverage,
}

/// `10-31`, `10月31日`
pub(super) fn is_day_of_year(text: &str) -> bool {
    let month = text.split(['-', '月']).next().unwrap_or("");
    text.len() > month.len()
        && matches!(month.len(), 1 | 2)
        && month.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a time is written as an end: 2025年底, 6月末, 年底前.
fn names_its_end(text: &str) -> bool {
    ["底", "末", "底前"].iter().any(|e| text.ends_with(e))
}

fn grain_of(word: Kw) -> Grain {
    match word {
        Kw::EachSchoolYear => Grain::SchoolYear,
        Kw::EachHalf => Grain::Half,
        Kw::EachQuarter => Grain::Quarter,
        Kw::EachMonth => Grain::Month,
        _ => Grain::Year,
    }
}
