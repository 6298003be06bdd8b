//! Explanations: why a verdict is what it is, as a value that renderers print.
//!
//! A reader should learn what failed, by how much, on which figure from which cell, under which
//! clause, who answers for it, and what would mend it.

mod computed;
mod headline;
mod made;
mod notes;
mod phrases;
mod progress;
mod several;
mod whole;

use guiju_lang::model::{Change, Test, Value};
use guiju_lang::{Force, Lang, Op, Sources, Span};
use serde::Serialize;

use crate::bind::ObsRef;
use crate::detail::{Detail, Figure, lowers};
use crate::evaluate::{Judged, Verdict, Way};
use crate::facts::Status;
use crate::truth::Truth;
use crate::wire;

pub(crate) use headline::headline;
use headline::{gap_text, period_text, required_text, who};
pub(crate) use phrases::{Phrase, say};
pub(crate) use progress::{estimate, outlook_text, year_of};

/// Version of the explanation's shape.
pub const EXPLANATION_SCHEMA: u32 = 1;

/// Why a verdict is what it is. All texts are in one language.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// [`EXPLANATION_SCHEMA`].
    pub schema: u32,
    /// The verdict in a sentence, with the figures.
    pub headline: String,
    /// The deciding parts of the rule's own text.
    pub marks: Vec<Mark>,
    /// The figures that the verdict rests on.
    pub evidence: Vec<Evidence>,
    /// The recent series, oldest first.
    pub series: Vec<SeriesPoint>,
    /// Why, one by one, where it takes more than the figures of one demand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// What would make it pass, or what to supply.
    pub remedies: Vec<String>,
    /// How a pending rule gets on.
    pub progress: Vec<String>,
    /// What was assumed or noticed.
    pub notes: Vec<String>,
    /// The plan's title or name.
    pub plan: Option<String>,
    /// Where in the plan.
    pub clause: Option<String>,
    /// 牵头单位
    pub lead: Vec<String>,
    /// 责任单位
    pub owner: Vec<String>,
    /// The rule's own remark.
    pub remark: Option<String>,
}

/// One of several things that a verdict rests on.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// subject, condition or requirement.
    pub part: &'static str,
    /// The subject or what is required; null of a condition.
    pub of: Option<String>,
    /// Whether it holds; null if that cannot be decided.
    pub holds: Option<bool>,
    /// It in a sentence, with its figures.
    pub text: String,
}

/// A marked part of the rule's text.
#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    /// measure, requirement, time or place.
    pub part: &'static str,
    /// What is said of it.
    pub text: String,
    /// First byte in the file.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A figure with its origin.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    /// Of what it is, where a value rests on several figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The figure's period.
    pub period: String,
    /// The value as printed.
    pub value: String,
    /// How settled it is.
    pub status: Status,
    /// `file:line:column`.
    pub place: String,
    /// The text as published.
    pub text: String,
    /// Who published it.
    pub publisher: Option<String>,
}

/// One figure of a series.
#[derive(Debug, Clone, Serialize)]
pub struct SeriesPoint {
    /// The period.
    pub period: String,
    /// The value as printed.
    pub value: String,
    /// How settled it is.
    pub status: Status,
    /// Whether it would satisfy the requirement.
    pub satisfies: Option<bool>,
}

/// Missing figures that are named; the others are counted.
const LACKING: usize = 6;

/// Most points of a series that are shown.
const SERIES: usize = 8;

/// Explains a decision.
pub(crate) fn explanation(detail: &Detail<'_>, _sources: &Sources, lang: Lang) -> Explanation {
    let attributes = &detail.rule.attributes;
    let plan = detail.plan();
    Explanation {
        schema: EXPLANATION_SCHEMA,
        headline: headline(detail, lang),
        marks: marks(detail, lang),
        evidence: evidence(detail),
        series: series(detail),
        reasons: whole::reasons(detail, lang),
        remedies: remedies(detail, lang),
        progress: progress::progress(detail, lang),
        notes: notes::notes(detail, lang),
        plan: plan.map(|p| p.title.clone().unwrap_or_else(|| p.name.clone())),
        clause: attributes.clause.clone(),
        lead: wire_inherited(&attributes.lead, plan.map(|p| &p.lead)),
        owner: wire_inherited(&attributes.owner, plan.map(|p| &p.owner)),
        remark: attributes.note.clone(),
    }
}

fn wire_inherited(own: &[String], plan: Option<&Vec<String>>) -> Vec<String> {
    if own.is_empty() {
        plan.cloned().unwrap_or_default()
    } else {
        own.to_vec()
    }
}

fn marks(detail: &Detail<'_>, lang: Lang) -> Vec<Mark> {
    let mark = |part, span: Span, text| Mark {
        part,
        text,
        start: span.start,
        end: span.end,
    };
    let demand = detail.demand;
    let mut marks = Vec::new();
    // Of several failures the worst is marked: it is the one that the headline begins with.
    let worst = several::failures(detail).and_then(|all| all.into_iter().next());
    let (deciding, gap) = match worst {
        Some((period, at, gap)) => (Some((period, at)), gap),
        None => (detail.deciding, detail.gap()),
    };
    let found = match deciding {
        _ if detail.is_whole() => whole::tally(detail, lang),
        // The record of a milestone is itself a date.
        Some((_, at)) if detail.decided && demand.kind == guiju_lang::Kind::Milestone => {
            say(lang, Phrase::LabelRecord, &[("found", detail.printed(at))])
        }
        Some((period, at)) if detail.decided => {
            let computed = computed::found(detail, period, lang);
            let found = computed.unwrap_or_else(|| detail.printed(at));
            let period = computed::when(detail, period, lang);
            say(
                lang,
                Phrase::LabelFound,
                &[("period", period), ("found", found)],
            )
        }
        _ if !detail.conflicts.is_empty() => say(lang, Phrase::LabelConflict, &[]),
        _ => match detail.latest {
            Some((period, at)) => say(
                lang,
                Phrase::LabelNearest,
                &[
                    ("period", period_text(period, lang)),
                    ("found", detail.printed(at)),
                ],
            ),
            None => say(lang, Phrase::LabelNothing, &[]),
        },
    };
    marks.push(mark("measure", demand.marks.measure, found));
    if detail.requirement.span != demand.marks.measure {
        let required = ("required", required_text(detail, lang));
        let text = match gap.filter(|g| !g.value.is_zero() && detail.verdict == Verdict::Violated) {
            Some(gap) => {
                let phrase = if gap.value.is_negative() {
                    Phrase::LabelShort
                } else {
                    Phrase::LabelOver
                };
                say(lang, phrase, &[required, ("gap", gap_text(&gap, lang))])
            }
            None => say(lang, Phrase::LabelRequired, &[required]),
        };
        marks.push(mark("requirement", detail.requirement.span, text));
    }
    if let (Some(span), Some(deadline)) = (demand.marks.time, demand.time.last()) {
        let day = deadline.end();
        let text = if deadline.passed(detail.as_of) {
            say(lang, Phrase::LabelPassed, &[("deadline", day.to_string())])
        } else {
            let days = guiju_lang::period::days_between(detail.as_of, day);
            say(
                lang,
                Phrase::LabelAhead,
                &[("deadline", day.to_string()), ("days", days.to_string())],
            )
        };
        marks.push(mark("time", span, text));
    }
    marks
}

fn evidence(detail: &Detail<'_>) -> Vec<Evidence> {
    if detail.wanted().is_some() {
        return computed_evidence(detail);
    }
    let mut figures: Vec<(guiju_lang::Period, ObsRef)> = Vec::new();
    for (period, all) in &detail.conflicts {
        figures.extend(all.iter().map(|at| (*period, *at)));
    }
    if let Some(failing) = several::failures(detail) {
        let failing = failing.into_iter().take(several::SHOWN);
        figures.extend(failing.map(|(period, at, _)| (period, at)));
    }
    if figures.is_empty() {
        figures.extend(detail.deciding.or(detail.latest));
    }
    figures
        .into_iter()
        .map(|(period, at)| {
            let figure = one_evidence(detail, period, at);
            if !detail.is_foreign(at) {
                return figure;
            }
            // A part that keeps a figure from being rolled up says whose it is.
            let part = detail.figure_at(at);
            let whose = part.subject.map_or("", |s| s.name.as_str());
            let name = wire::indicator_name(detail, &part);
            Evidence {
                of: Some(format!("{whose} {name}")),
                ..figure
            }
        })
        .collect()
}

/// Every figure that a computed value rests on, by name.
fn computed_evidence(detail: &Detail<'_>) -> Vec<Evidence> {
    if detail.verdict == Verdict::Pending {
        let latest = detail.latest.into_iter();
        return latest
            .map(|(period, at)| one_evidence(detail, period, at))
            .collect();
    }
    let mut out: Vec<Evidence> = Vec::new();
    let mut add = |figure: &Figure<'_>, at: ObsRef| {
        let name = wire::indicator_name(detail, figure);
        let of = match wire::whose(detail, figure) {
            Some(whose) => format!("{whose} {name}"),
            None => name.to_string(),
        };
        let found = Evidence {
            of: Some(of),
            ..one_evidence(detail, figure.period, at)
        };
        if !out.iter().any(|e| e.place == found.place) {
            out.push(found);
        }
    };
    for ((_, all), figure) in detail.conflicts.iter().zip(&detail.contradicted) {
        for at in all {
            add(figure, *at);
        }
    }
    // Figures that contradict each other are all there is to say.
    if !detail.conflicts.is_empty() {
        return out;
    }
    let failing = several::failures(detail).unwrap_or_default();
    let failing = failing.into_iter().take(several::SHOWN).map(|f| f.0);
    let mut periods: Vec<guiju_lang::Period> = failing.collect();
    if periods.is_empty() {
        periods.extend(detail.judged_for());
    }
    for period in periods {
        for (figure, at) in detail.leaves(period) {
            add(&figure, at);
        }
    }
    out
}

fn one_evidence(detail: &Detail<'_>, period: guiju_lang::Period, at: ObsRef) -> Evidence {
    let source = wire::source(detail, at);
    Evidence {
        of: None,
        period: period.to_string(),
        value: detail.printed(at),
        status: detail.bound.status(at),
        place: format!("{}:{}:{}", source.file, source.line, source.column),
        text: source.text.to_string(),
        publisher: source.publisher.map(str::to_string),
    }
}

fn series(detail: &Detail<'_>) -> Vec<SeriesPoint> {
    // Figures of periods that begin after the date of evaluation are only counted.
    let begun = |p: &&crate::detail::Point| p.period.start() <= detail.as_of;
    let skip = detail
        .series
        .iter()
        .filter(begun)
        .count()
        .saturating_sub(SERIES);
    let point = |p: &crate::detail::Point| SeriesPoint {
        period: p.period.to_string(),
        value: detail.printed(p.at),
        status: p.status,
        satisfies: p.satisfies,
    };
    detail
        .series
        .iter()
        .filter(begun)
        .skip(skip)
        .map(point)
        .collect()
}

/// Missing periods in words: `2025`, `2023, 2024`.
pub(crate) fn missing_text(detail: &Detail<'_>, lang: Lang) -> String {
    if detail.wanted().is_some() {
        let named = |f: &Figure<'_>| {
            let period = period_text(f.period, lang);
            let name = wire::indicator_name(detail, f);
            match wire::whose(detail, f) {
                Some(whose) => format!("{whose} {name} {period}"),
                None => format!("{name} {period}"),
            }
        };
        let mut list: Vec<String> = detail.lacking.iter().take(LACKING).map(named).collect();
        if let Some(more) = detail.lacking.len().checked_sub(LACKING)
            && more > 0
        {
            list.push(say(lang, Phrase::More, &[("count", more.to_string())]));
        }
        return list.join(lang.pick("、", ", "));
    }
    let periods: Vec<String> = detail
        .missing
        .iter()
        .flatten()
        .map(|p| period_text(*p, lang))
        .collect();
    periods.join(lang.pick("、", ", "))
}

fn remedies(detail: &Detail<'_>, lang: Lang) -> Vec<String> {
    if !matches!(detail.ruling.way, Way::Demand { .. }) || detail.belongs != Truth::True {
        return whole::remedies(detail, lang);
    }
    let mut out = Vec::new();
    if detail.requirement.force == Force::May {
        return out;
    }
    match detail.verdict {
        // A period of a span that has passed cannot be mended any more.
        Verdict::Violated if matches!(detail.judged, Judged::Several(_)) => {}
        Verdict::Violated => out.extend(closing_the_gap(detail, lang)),
        Verdict::Unknown if !detail.conflicts.is_empty() => {
            out.push(say(lang, Phrase::Settle, &[]));
        }
        // Gaps that are known already need not wait for the deadline.
        Verdict::Pending if detail.missing.iter().any(Option::is_some) => {
            let missing = missing_text(detail, lang);
            out.push(say(
                lang,
                supply(detail),
                &[("who", who(detail)), ("missing", missing)],
            ));
        }
        Verdict::Unknown => {
            if detail.demand.kind == guiju_lang::Kind::Milestone {
                out.push(say(lang, Phrase::SupplyEvent, &[("who", who(detail))]));
            } else if !detail.missing.is_empty()
                && (detail.wanted().is_none() || !detail.lacking.is_empty())
            {
                let missing = missing_text(detail, lang);
                let missing = if missing.is_empty() {
                    lang.pick("任一时期", "any period").to_string()
                } else {
                    missing
                };
                out.push(say(
                    lang,
                    supply(detail),
                    &[("who", who(detail)), ("missing", missing)],
                ));
            }
            if let Some((period, at)) = detail.latest
                && let Some(satisfies) = detail.satisfies(at)
            {
                let phrase = if satisfies {
                    Phrase::WouldMeet
                } else {
                    Phrase::WouldMiss
                };
                let args = [
                    ("period", period_text(period, lang)),
                    ("found", detail.printed(at)),
                ];
                out.push(say(lang, phrase, &args));
            }
        }
        _ => {}
    }
    out
}

/// Which sentence asks for missing figures; those of a computed value name themselves.
fn supply(detail: &Detail<'_>) -> Phrase {
    match detail.wanted() {
        Some(_) => Phrase::SupplyThese,
        None => Phrase::Supply,
    }
}

fn closing_the_gap(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    let gap = detail.gap()?;
    if gap.unit == "d" {
        return None;
    }
    let op = match &detail.requirement.test {
        Test::Compare {
            op,
            value: Value::Quantity(_),
        } => Some(*op),
        Test::Computed(wanted) => Some(wanted.op),
        _ => None,
    };
    let strict = matches!(op, Some(Op::Gt | Op::Lt));
    let low = op == Some(Op::Gt) || gap.value.is_negative();
    // Of a relative change, or one either way, the gap is not what the level must move by.
    let change = detail.wanted().and_then(|w| w.change);
    if change.is_some_and(|c| c.is_relative() || c == Change::Stays) {
        return None;
    }
    // A fall that is too small wants a lower level.
    let falls = change.is_some_and(lowers);
    let low = low != falls;
    if gap.value.is_zero() {
        return Some(say(
            lang,
            Phrase::MustBe,
            &[("required", required_text(detail, lang))],
        ));
    }
    let phrase = match (low, strict) {
        // A rank is better when it is lower: one moves up to it.
        (false, _) if detail.demand.kind == guiju_lang::Kind::Rank => Phrase::MoveUp,
        (true, false) => Phrase::RaiseBy,
        (true, true) => Phrase::RaiseOver,
        (false, false) => Phrase::LowerBy,
        (false, true) => Phrase::LowerOver,
    };
    Some(say(lang, phrase, &[("gap", gap_text(&gap, lang))]))
}
