//! What would make a rule pass, and what to supply.

use guiju_lang::model::{Change, HowMany, Test, Time, Value};
use guiju_lang::{Force, Lang, Op};

use crate::detail::{Detail, lowers};
use crate::evaluate::{Counts, Judged, Verdict, Way};
use crate::truth::Truth;
use crate::wire::{self, Lack};

use super::phrases::{Phrase, say};
use super::reasons::SHOWN;
use super::texts::{gap_text, period_text, required_text, who};

// ── what is missing ──────────────────────────────────────────────────────────────────────────────

/// Missing periods in words: `2025`, `2023, 2024`.
pub(super) fn missing_text(detail: &Detail<'_>, lang: Lang) -> String {
    let periods = detail.missing.iter().flatten();
    let periods: Vec<String> = periods.map(|p| period_text(*p, lang)).collect();
    listed(&periods, SHOWN, lang)
}

/// Single figures that are missing; the rule's own ones by their periods alone.
pub(super) fn lacking_text(detail: &Detail<'_>, lang: Lang) -> String {
    if detail.lacking.is_empty() {
        return String::new();
    }
    let all = wire::lacking(detail);
    listed(&lacking_texts(detail, &all, false, lang), SHOWN, lang)
}

/// Figures by name, those of one name together: `昆明 学位 2023 年、2024 年`.
fn lacking_texts(detail: &Detail<'_>, all: &[Lack], whole: bool, lang: Lang) -> Vec<String> {
    let own = |lack: &Lack| {
        let subject = wire::subject(detail);
        !whole
            && lack.period.is_some()
            && lack.subject.as_deref() == subject.as_deref()
            && lack.indicator == detail.measure_name()
    };
    let mut out: Vec<String> = Vec::new();
    let mut last: Option<&Lack> = None;
    for lack in all {
        let period = lack.period.map_or(String::new(), |p| period_text(p, lang));
        let same = last.is_some_and(|l| l.subject == lack.subject && l.indicator == lack.indicator);
        let subject = lack.subject.as_deref().unwrap_or("");
        let text = match (same || own(lack), period.is_empty()) {
            (true, false) => period,
            (_, true) => format!("{subject} {}", lack.indicator),
            (false, false) => format!("{subject} {} {period}", lack.indicator),
        };
        out.push(text.trim().to_string());
        last = Some(lack);
    }
    out
}

/// A list, cut where it is too long for a screen.
pub(super) fn listed(items: &[String], most: usize, lang: Lang) -> String {
    let shown: Vec<&str> = items.iter().take(most).map(String::as_str).collect();
    let list = shown.join(lang.pick("、", ", "));
    match items.len() > most {
        true => {
            let args = [("list", list), ("count", items.len().to_string())];
            say(lang, Phrase::PartsMore, &args)
        }
        false => list,
    }
}

// ── one demand ───────────────────────────────────────────────────────────────────────────────────

pub(super) fn remedies(detail: &Detail<'_>, lang: Lang) -> Vec<String> {
    let alone = matches!(
        &detail.ruling.way,
        Way::Demand { group, .. } if *group == Truth::True
    );
    if !alone || detail.belongs != Truth::True {
        return of_several(detail, lang);
    }
    let mut out = Vec::new();
    if detail.requirement.force == Force::May || detail.is_limited() {
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
            out.extend(supply(detail, lang));
        }
        Verdict::Unknown => {
            out.extend(supply(detail, lang));
            if let Some((period, at)) = detail.latest
                && !matches!(detail.demand.time, Time::Every(_))
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

/// What to supply of one demand.
fn supply(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    let who = ("who", who(detail, lang));
    if detail.demand.kind == guiju_lang::Kind::Milestone {
        let periods = match &detail.judged {
            Judged::Several(_) => missing_text(detail, lang),
            Judged::One(_) => String::new(),
        };
        let who = (who.0, format!("{} {periods}", who.1).trim().to_string());
        return Some(say(lang, Phrase::SupplyEvent, &[who]));
    }
    if detail.wanted().is_some() || !detail.lacking.is_empty() {
        let all = lacking_texts(detail, &wire::lacking(detail), true, lang);
        let missing = ("missing", listed(&all, SHOWN, lang));
        return (!all.is_empty()).then(|| say(lang, Phrase::SupplyThese, &[missing]));
    }
    if detail.missing.is_empty() {
        return None;
    }
    let mut missing = missing_text(detail, lang);
    if missing.is_empty() {
        missing = match &detail.demand.time {
            Time::Every(grain) => super::headline::any_of(*grain, lang).to_string(),
            _ => lang.pick("任一时期", "any period").to_string(),
        };
    }
    Some(say(lang, Phrase::Supply, &[who, ("missing", missing)]))
}

/// What would close the gap of a demand.
fn closing_the_gap(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    let gap = detail.gap()?;
    if gap.unit == "d" || detail.is_run() {
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
    let counted = detail.demand.kind == guiju_lang::Kind::Count && change.is_none();
    let phrase = match (low, strict) {
        // A rank is better when it is lower: one moves up to it.
        (false, _) if detail.demand.kind == guiju_lang::Kind::Rank => Phrase::MoveUp,
        (true, false) if counted => Phrase::MoreBy,
        (true, true) if counted => Phrase::MoreOver,
        (false, false) if counted => Phrase::FewerBy,
        (false, true) if counted => Phrase::FewerOver,
        (true, false) => Phrase::RaiseBy,
        (true, true) => Phrase::RaiseOver,
        (false, false) => Phrase::LowerBy,
        (false, true) => Phrase::LowerOver,
    };
    Some(say(lang, phrase, &[("gap", gap_text(&gap, lang))]))
}

// ── several ──────────────────────────────────────────────────────────────────────────────────────

/// How many subjects more, or fewer, would be enough; of one subject what would mend its demand;
/// what is missing, or contradicts itself.
fn of_several(detail: &Detail<'_>, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    if detail.requirement.force == Force::May {
        return out;
    }
    match (&detail.ruling.way, detail.verdict) {
        (Way::Whole { counts, .. }, Verdict::Violated) => {
            out.extend(fewer_or_more(detail, *counts, lang));
        }
        (Way::When { .. }, Verdict::Violated) => out.extend(closing_the_gap(detail, lang)),
        _ => {}
    }
    if !matches!(detail.verdict, Verdict::Unknown | Verdict::Pending) {
        return out;
    }
    let contested: Vec<String> = wire::conflicts(detail)
        .iter()
        .map(|c| {
            let subject = c.subject.as_deref().unwrap_or("");
            let period = c.period.parse();
            let period = period.map_or(c.period.clone(), |p| period_text(p, lang));
            format!("{subject} {} {period}", c.indicator)
        })
        .collect();
    if !contested.is_empty() {
        let figures = listed(&contested, SHOWN, lang);
        out.push(say(lang, Phrase::SettleThese, &[("figures", figures)]));
    }
    let mut all = wire::lacking(detail);
    if detail.demand.kind == guiju_lang::Kind::Milestone {
        // The period of a single deadline is no part of the record's name.
        let one = detail.demand.time.last();
        all.iter_mut()
            .for_each(|lack| lack.period = lack.period.filter(|p| Some(*p) != one));
        let who = listed(&lacking_texts(detail, &all, true, lang), SHOWN, lang);
        if !all.is_empty() {
            out.push(say(lang, Phrase::SupplyEvent, &[("who", who)]));
        }
        return out;
    }
    let missing = lacking_texts(detail, &all, true, lang);
    if !missing.is_empty() {
        let missing = listed(&missing, SHOWN, lang);
        out.push(say(lang, Phrase::SupplyThese, &[("missing", missing)]));
    }
    out
}

fn fewer_or_more(detail: &Detail<'_>, counts: Counts, lang: Lang) -> Option<String> {
    let how = &detail.rule.quantifiers.get(detail.depth)?.how;
    let (short, over) = (
        counts.needed.saturating_sub(counts.satisfied),
        counts.satisfied.saturating_sub(counts.needed),
    );
    let (phrase, count) = match how {
        HowMany::Each | HowMany::AtLeast(_) | HowMany::Exactly(_) if short > 0 => {
            (Phrase::EnoughIf, short)
        }
        HowMany::AtMost(_) | HowMany::No | HowMany::Exactly(_) if over > 0 => {
            (Phrase::TooManyBy, over)
        }
        _ => return None,
    };
    Some(say(lang, phrase, &[("count", count.to_string())]))
}
