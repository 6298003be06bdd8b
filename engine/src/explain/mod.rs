//! Explanations: why a verdict is what it is, as a value that renderers print.
//!
//! A reader should learn what failed, by how much, on which figure from which cell, under which
//! clause, who answers for it, and what would mend it.

mod cases;
mod computed;
mod evidence;
mod headline;
mod made;
mod notes;
mod phrases;
mod progress;
mod reasons;
mod remedies;
mod several;
mod texts;
mod whole;

use guiju_lang::model::Claim;
use guiju_lang::{Kind, Lang, Sources, Span};
use serde::Serialize;

use crate::detail::Detail;
use crate::evaluate::Verdict;
use crate::facts::Status;

pub(crate) use headline::headline;
pub(crate) use phrases::{Phrase, say};
pub(crate) use progress::{estimate, outlook_text, year_of};
use texts::{found, gap_text, period_text, required_text};

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
    /// Whether it is as it should be; null if that cannot be decided.
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

/// Explains a decision.
pub(crate) fn explanation(detail: &Detail<'_>, _sources: &Sources, lang: Lang) -> Explanation {
    let attributes = &detail.rule.attributes;
    let plan = detail.plan();
    Explanation {
        schema: EXPLANATION_SCHEMA,
        headline: headline(detail, lang),
        marks: marks(detail, lang),
        evidence: evidence::evidence(detail, lang),
        series: evidence::series(detail),
        reasons: reasons::reasons(detail, lang),
        remedies: remedies::remedies(detail, lang),
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
        _ if detail.is_whole() => reasons::tally(detail, lang),
        // The record of a milestone is itself a date.
        Some((_, at)) if detail.decided && demand.kind == Kind::Milestone => {
            say(lang, Phrase::LabelRecord, &[("found", detail.printed(at))])
        }
        Some((period, at)) if detail.decided => {
            let found = found(detail, period, at, lang);
            let period = computed::when(detail, period, lang);
            say(
                lang,
                Phrase::LabelFound,
                &[("period", period), ("found", found)],
            )
        }
        None if matches!(detail.verdict, Verdict::Met | Verdict::Violated) => {
            let period = detail.judged_for();
            let found = period.and_then(|p| computed::found(detail, p, lang));
            let period = period.map_or(String::new(), |p| computed::when(detail, p, lang));
            let found = ("found", found.unwrap_or_default());
            say(lang, Phrase::LabelFound, &[("period", period), found])
        }
        _ if !detail.conflicts.is_empty() => say(lang, Phrase::LabelConflict, &[]),
        _ => match detail.latest {
            Some((period, at)) => {
                // The subject's own figure of the period, where it is another that lacks.
                let own = detail.wanted().is_some() && detail.judged_for() == Some(period);
                let phrase = match own {
                    true => Phrase::LabelFound,
                    false => Phrase::LabelNearest,
                };
                let period = ("period", period_text(period, lang));
                say(lang, phrase, &[period, ("found", detail.printed(at))])
            }
            None if detail.verdict == Verdict::NotApplicable => say(lang, Phrase::LabelNone, &[]),
            None if !detail.lacking.is_empty() => say(lang, Phrase::LabelLacking, &[]),
            None => say(lang, Phrase::LabelNothing, &[]),
        },
    };
    marks.push(mark("measure", demand.marks.measure, found));
    let plain = matches!(detail.rule.claim, Claim::Plain);
    if detail.requirement.span != demand.marks.measure && (plain || !detail.is_whole()) {
        let required = ("required", required_text(detail, lang));
        let shown = detail.verdict == Verdict::Violated && !detail.is_run();
        let text = match gap.filter(|g| !g.value.is_zero() && shown) {
            Some(gap) => {
                let phrase = if gap.value.is_negative() || demand.kind == Kind::Rank {
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
