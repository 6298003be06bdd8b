//! How a pending rule gets on, in words.

use guiju_lang::Lang;

use crate::detail::{Detail, Gap};
use crate::outlook::{Fallback, Outlook};

use super::phrases::{Phrase, say};
use super::texts::{gap_text, period_text};

/// An estimate with six significant digits, as a plain decimal.
pub(crate) fn estimate(value: f64) -> String {
    if !value.is_finite() || value == 0.0 {
        return "0".to_string();
    }
    let digits = (5.0 - value.abs().log10().floor()).clamp(0.0, 12.0) as usize;
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    if text == "-0" {
        "0".to_string()
    } else {
        text.to_string()
    }
}

/// The first yearly figure that shows what happens at `time`.
pub(crate) fn year_of(time: f64) -> i64 {
    (time - 1e-9).ceil() as i64
}

pub(super) fn progress(detail: &Detail<'_>, lang: Lang) -> Vec<String> {
    let Some(progress) = &detail.progress else {
        return Vec::new();
    };
    let assessment = &progress.assessment;
    let mut out = Vec::new();
    let unit = |value: f64| {
        let value = estimate(detail.in_gap_unit(value));
        let gap = Gap {
            value: value.parse().unwrap_or(guiju_lang::Number::ZERO),
            unit: detail.gap_unit(),
        };
        let sign = if gap.value.is_negative() { "−" } else { "+" };
        format!("{sign}{}", gap_text(&gap, lang))
    };
    match (assessment.pace, assessment.needed) {
        (Some(pace), Some(needed)) if assessment.outlook != Outlook::Achieved => {
            out.push(say(
                lang,
                Phrase::Pace,
                &[("pace", unit(pace)), ("needed", unit(needed))],
            ));
        }
        (Some(pace), _) => out.push(say(lang, Phrase::PaceOnly, &[("pace", unit(pace))])),
        _ => {}
    }
    if let Some(year) = assessment.reached {
        out.push(say(
            lang,
            Phrase::ReachedIn,
            &[("year", year_of(year).to_string())],
        ));
    }
    if let Some(year) = assessment.ceiling {
        out.push(say(
            lang,
            Phrase::CeilingIn,
            &[("year", year_of(year).to_string())],
        ));
    }
    if assessment.outlook != Outlook::NoData {
        out.push(method_text(detail, progress, lang));
    }
    if let (Some(reason), true) = (assessment.fallback, assessment.used != assessment.method) {
        let args = [
            ("asked", assessment.method.name().to_string()),
            ("reason", say(lang, fallback_phrase(reason), &[])),
            ("method", assessment.used.name().to_string()),
        ];
        out.push(say(lang, Phrase::FellBack, &args));
    }
    if let Some(word) = assessment.word {
        out.push(lang.pick(word.zh(), word.en()).to_string());
    }
    out
}

fn method_text(detail: &Detail<'_>, progress: &crate::detail::Progress, lang: Lang) -> String {
    use crate::detail::BaselineSource as From;
    let method = ("method", progress.assessment.used.name().to_string());
    let Some((stated, period, origin)) = &progress.baseline else {
        return say(lang, Phrase::MethodOnly, &[method]);
    };
    let figure = detail
        .series
        .iter()
        .find(|p| p.period == *period)
        .map(|p| detail.printed(p.at));
    let value = stated
        .as_ref()
        .map(ToString::to_string)
        .or(figure)
        .unwrap_or_default();
    let origin = match origin {
        From::Rule => Phrase::FromRule,
        From::YearBefore => Phrase::FromYearBefore,
        From::Earliest => Phrase::FromEarliest,
    };
    let baseline = format!("{} {value}", period_text(*period, lang));
    say(
        lang,
        Phrase::MethodIs,
        &[
            method,
            ("baseline", baseline),
            ("origin", say(lang, origin, &[])),
        ],
    )
}

fn fallback_phrase(reason: Fallback) -> Phrase {
    match reason {
        Fallback::Zero => Phrase::ReasonZero,
        Fallback::SignChange => Phrase::ReasonSign,
        Fallback::Negative => Phrase::ReasonNegative,
        Fallback::BeyondRange => Phrase::ReasonRange,
        Fallback::Level => Phrase::ReasonLevel,
        Fallback::NearerBound => Phrase::ReasonBound,
        Fallback::FewPoints => Phrase::ReasonFew,
    }
}

/// The word for an outlook.
pub(crate) fn outlook_text(outlook: Outlook, lang: Lang) -> String {
    let phrase = match outlook {
        Outlook::Achieved => Phrase::Achieved,
        Outlook::OnTrack => Phrase::OnTrack,
        Outlook::AtRisk => Phrase::AtRisk,
        Outlook::OffTrack => Phrase::OffTrack,
        Outlook::MovingAway => Phrase::MovingAway,
        Outlook::NoData => Phrase::NoData,
    };
    say(lang, phrase, &[])
}
