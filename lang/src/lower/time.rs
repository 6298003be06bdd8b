//! Times of rules.

use crate::diag::{Code, Diagnostic};
use crate::model::{IndicatorId, Time};
use crate::period::{Grain, MAX_PERIODS, Period, PeriodError, PeriodSpan};
use crate::source::Span;
use crate::syntax::{Literal, TimeClause, When};
use crate::words::{Kind, Kw};

use super::{Context, Lowerer};

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
        beside: Option<&TimeClause>,
        timed: Timed<'_>,
        context: Context,
    ) -> Option<Time> {
        let Timed {
            kind,
            plan_span,
            change,
            ..
        } = timed;
        let Some(clause) = clause else {
            return self.unwritten_time(timed);
        };
        if let Some(beside) = beside {
            return self.joined(clause, beside, timed);
        }
        match &clause.when {
            When::In(literal) => self.period(literal).map(Time::In),
            When::By(literal) if is_day_of_year(&literal.text) => {
                self.report(
                    Diagnostic::new(Code::BadPeriod, literal.span).with("found", &literal.text),
                );
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
                let grain = Self::grain_of(*word);
                // Every year has its span; of months and days those that are on record are meant.
                let per = !matches!(word, Kw::EachYear | Kw::EachSchoolYear);
                if per && written.is_none() && plan_span.is_none() && change == Changes::None {
                    return Some(Time::Every(grain));
                }
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
            When::ByEvent(event) | When::After(_, event) => {
                if kind != Kind::Milestone {
                    self.event_of_a_level(kind, event);
                    return None;
                }
                let days = match &clause.when {
                    When::After(length, _) => self.days(length)?,
                    _ => 0,
                };
                let event = self.event(event, context)?;
                Some(Time::After { event, days })
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
            When::Over(first, last) => {
                let span = self.period_span(first, last.as_ref(), clause.span)?;
                if !adds_up(kind) {
                    let fixed = format!("throughout {span}");
                    self.does_not_add_up(kind, clause.span, fixed);
                    return None;
                }
                Some(Time::Over(span))
            }
            When::Per(count) => {
                let years = self.years(count)?;
                match plan_span {
                    Some(span) => Some(Time::Cycle {
                        years,
                        first: span.first,
                    }),
                    None => {
                        let word = self.sources.text(clause.span).to_string();
                        let from = format!("{word} from 2021");
                        self.report(
                            Diagnostic::new(Code::SpanMissing, clause.span)
                                .with("average", from)
                                .with("word", word),
                        );
                        None
                    }
                }
            }
            When::WithinAny(count) => {
                let years = self.years(count)?;
                if !adds_up(kind) {
                    self.does_not_add_up(kind, clause.span, "each year".to_string());
                    return None;
                }
                Some(Time::Within {
                    years,
                    span: plan_span,
                    from: None,
                })
            }
            When::From(first, None) => {
                let found = self.sources.text(clause.span).to_string();
                let fixed = format!("per 5 years from {}", first.text);
                self.report(
                    Diagnostic::new(Code::WrittenElsewhere, clause.span)
                        .with("found", found)
                        .with("instead", fixed),
                );
                None
            }
        }
    }

    /// `per 5 years from 2021`, `by 10-31 each year 2023..2025`: two clauses that say one time.
    fn joined(&mut self, a: &TimeClause, b: &TimeClause, timed: Timed<'_>) -> Option<Time> {
        match (&a.when, &b.when) {
            (When::Per(count), When::From(first, None))
            | (When::From(first, None), When::Per(count)) => {
                let years = self.years(count)?;
                let first = self.period(first)?;
                Some(Time::Cycle { years, first })
            }
            (When::WithinAny(count), When::From(first, None))
            | (When::From(first, None), When::WithinAny(count)) => {
                let years = self.years(count)?;
                let first = self.period(first)?;
                let span = match timed.plan_span.filter(|s| s.last.grain() == first.grain()) {
                    Some(span) => PeriodSpan::new(first, span.last),
                    None => None,
                };
                let from = Some(first);
                Some(Time::Within { years, span, from })
            }
            (When::By(day), When::Each(Kw::EachYear | Kw::PerYear, written))
            | (When::Each(Kw::EachYear | Kw::PerYear, written), When::By(day)) => {
                let span = match written {
                    Some((first, last)) => self.period_span(first, last.as_ref(), a.span)?,
                    None => match timed.plan_span {
                        Some(span) => span,
                        None => {
                            let word = self.sources.text(b.span).to_string();
                            self.report(
                                Diagnostic::new(Code::SpanMissing, b.span).with("word", word),
                            );
                            return None;
                        }
                    },
                };
                let span = match span.first.grain() {
                    Grain::Year => span,
                    _ => self.regrained(span, Grain::Year, a.span)?,
                };
                if timed.kind != Kind::Milestone {
                    let instead = format!("each year {span}");
                    let found = self.sources.text(a.span).to_string();
                    self.report(
                        Diagnostic::new(Code::WrittenElsewhere, a.span)
                            .with("found", found)
                            .with("instead", instead),
                    );
                    return None;
                }
                let day = self.day_of_year(day)?;
                Some(Time::Yearly { span, day })
            }
            _ => {
                self.report(super::requirement::repeated_finding(
                    ("时间", "the time"),
                    b.span,
                    a.span,
                ));
                None
            }
        }
    }

    /// `10-31`: a day that every year has.
    fn day_of_year(&mut self, literal: &Literal) -> Option<(i8, i8)> {
        let text: String = literal
            .text
            .chars()
            .map(|c| if c.is_ascii_digit() { c } else { ' ' })
            .collect();
        let mut numbers = text.split_whitespace().map(str::parse::<i8>);
        let day = match (numbers.next(), numbers.next()) {
            (Some(Ok(month)), Some(Ok(day))) => Some((month, day)),
            _ => None,
        };
        let real = |(month, day): &(i8, i8)| jiff::civil::Date::new(2023, *month, *day).is_ok();
        let day = day.filter(real);
        if day.is_none() {
            self.report(
                Diagnostic::new(Code::NoSuchDate, literal.span).with("found", &literal.text),
            );
        }
        day
    }

    /// `5 years` of a cycle.
    fn years(&mut self, count: &Literal) -> Option<u32> {
        let number = self.quantity(count)?.number;
        let years = number.to_i64().and_then(|n| u32::try_from(n).ok());
        let years = years.filter(|n| (1..=100).contains(n));
        if years.is_none() {
            self.report(Diagnostic::new(Code::BadPortion, count.span).with("found", &count.text));
        }
        years
    }

    /// `20天`, `3周`
    fn days(&mut self, length: &Literal) -> Option<i32> {
        let quantity = self.quantity(length)?;
        let per = match quantity.unit.symbol.as_str() {
            "天" | "日" | "d" | "day" | "days" => 1,
            "周" | "星期" | "week" | "weeks" => 7,
            _ => {
                self.report(
                    Diagnostic::new(Code::NotDays, length.span).with("found", &length.text),
                );
                return None;
            }
        };
        let days = quantity.number.to_i64().and_then(|n| i32::try_from(n).ok());
        let days = days
            .and_then(|n| n.checked_mul(per))
            .filter(|n| (0..=40_000).contains(n));
        if days.is_none() {
            self.report(Diagnostic::new(Code::NotDays, length.span).with("found", &length.text));
        }
        days
    }

    /// The milestone that sets a deadline.
    fn event(&mut self, name: &crate::syntax::Name, context: Context) -> Option<IndicatorId> {
        let id = self.known_or_new(name, Kind::Milestone, Some(Kind::Milestone), context)?;
        let indicator = self.ruleset.indicators.get_mut(id.index())?;
        let kind = *indicator.kind.get_or_insert(Kind::Milestone);
        if kind != Kind::Milestone {
            let finding = Diagnostic::new(Code::KindsDisagree, name.span)
                .with("indicator", &indicator.name)
                .with("declared", kind.name())
                .with("kind", Kind::Milestone.name())
                .and_at(indicator.declared.unwrap_or(indicator.first));
            self.report(finding);
            return None;
        }
        Some(id)
    }

    /// Only a milestone may wait for another: a level is one of a period.
    fn event_of_a_level(&mut self, kind: Kind, event: &crate::syntax::Name) {
        self.report(
            Diagnostic::new(Code::UnexpectedRequirement, event.span)
                .with("kind", kind.name())
                .with_words(
                    "why",
                    "以另一节点为期限的只能是节点",
                    "only a milestone may be due by another one",
                )
                .with("advice", format!("`milestone X by {}`", event.text)),
        );
    }

    /// A rate, a ratio, a rank of several years has no sum.
    fn does_not_add_up(&mut self, kind: Kind, at: Span, instead: String) {
        let found = self.sources.text(at).to_string();
        self.report(
            Diagnostic::new(Code::NoSum, at)
                .with("kind", kind.name())
                .with("found", found)
                .with("instead", instead),
        );
    }

    /// `each quarter 2023..2025` steps in quarters, `each school year 2023..2025` from autumn 2023;
    /// weeks and terms are those that lie in the span as a whole.
    fn regrained(&mut self, span: PeriodSpan, grain: Grain, at: Span) -> Option<PeriodSpan> {
        let span = if grain == Grain::SchoolYear {
            let of = |p: Period| format!("{}学年", p.start().year()).parse().ok();
            PeriodSpan {
                first: of(span.first)?,
                last: of(span.last)?,
            }
        } else {
            match span.inside(grain) {
                Some(span) => span,
                None => {
                    let found = self.sources.text(at).to_string();
                    let finding = Diagnostic::new(Code::NoWholePeriod, at).with("span", span);
                    self.report(finding.with("found", found));
                    return None;
                }
            }
        };
        if span.count() > MAX_PERIODS {
            self.report(Diagnostic::new(Code::SpanTooLong, at).with("found", span));
            return None;
        }
        Some(span)
    }

    fn unwritten_time(&mut self, timed: Timed<'_>) -> Option<Time> {
        let (measure, at) = timed.measure;
        let plan_span = timed.plan_span;
        if timed.total {
            // What adds up is complete by the end of the plan.
            return match plan_span {
                Some(span) => Some(Time::Over(span)),
                None => {
                    self.report(
                        Diagnostic::new(Code::SpanMissing, at)
                            .with("word", measure)
                            .with("average", format!("total {measure} … over 2023..2025")),
                    );
                    None
                }
            };
        }
        if timed.kind != Kind::Milestone {
            return Some(Time::Always(plan_span));
        }
        // A milestone without a time is due by its deadline, else by the end of the plan.
        match timed.deadline.or(plan_span.map(|s| s.last)) {
            Some(period) => Some(Time::By(period)),
            None => {
                self.report(Diagnostic::new(Code::TimeMissing, at).with("measure", measure));
                None
            }
        }
    }

    fn grain_of(word: Kw) -> Grain {
        match word {
            Kw::EachSchoolYear | Kw::PerSchoolYear => Grain::SchoolYear,
            Kw::EachHalf => Grain::Half,
            Kw::EachQuarter => Grain::Quarter,
            Kw::EachMonth => Grain::Month,
            Kw::EachDay => Grain::Day,
            Kw::EachTerm => Grain::Term,
            Kw::EachWeek => Grain::Week,
            _ => Grain::Year,
        }
    }
}

/// What a time belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timed<'a> {
    pub(super) kind: Kind,
    pub(super) measure: (&'a str, Span),
    pub(super) plan_span: Option<PeriodSpan>,
    /// When the plan wants the task done.
    pub(super) deadline: Option<Period>,
    pub(super) change: Changes,
    /// Whether the figure accumulates.
    pub(super) total: bool,
}

/// Whether figures of one period after another have a sum.
fn adds_up(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Count | Kind::Amount | Kind::Duration | Kind::Quantity | Kind::Score
    )
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
