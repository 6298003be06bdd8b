//! The figures that a verdict rests on, and the series they belong to.

use guiju_lang::{Lang, Period};

use crate::bind::{Fact, ObsRef};
use crate::detail::{Detail, Figure};
use crate::evaluate::Verdict;
use crate::wire;

use super::texts::yes_no;
use super::{Evidence, SeriesPoint, several};

/// Most points of a series that are shown.
const SERIES: usize = 8;

pub(super) fn evidence(detail: &Detail<'_>, lang: Lang) -> Vec<Evidence> {
    // Nothing is asked of whom the rule does not cover.
    if detail.verdict == Verdict::NotApplicable {
        return Vec::new();
    }
    if detail.wanted().is_some() {
        return computed_evidence(detail, lang);
    }
    let mut figures: Vec<(Period, ObsRef)> = Vec::new();
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
            let figure = one_evidence(detail, period, at, lang);
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
fn computed_evidence(detail: &Detail<'_>, lang: Lang) -> Vec<Evidence> {
    if detail.verdict == Verdict::Pending && !detail.sums() {
        let latest = detail.latest.into_iter();
        return latest
            .map(|(period, at)| one_evidence(detail, period, at, lang))
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
            ..one_evidence(detail, figure.period, at, lang)
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
    let mut periods: Vec<Period> = failing.collect();
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

pub(super) fn one_evidence(
    detail: &Detail<'_>,
    period: Period,
    at: ObsRef,
    lang: Lang,
) -> Evidence {
    // An attribute is known without a period, whichever was asked for.
    let timeless = detail.bound.period(at).is_some_and(Period::is_timeless);
    let value = match detail.bound.fact(detail.indicator, at) {
        // What a rule makes was published in no words.
        Some(Fact::Flag(flag)) if detail.bound.derived_from(at).is_some() => {
            yes_no(flag, lang).to_string()
        }
        _ => detail.printed(at),
    };
    let source = wire::source(detail, at);
    Evidence {
        of: None,
        period: match timeless {
            true => String::new(),
            false => period.to_string(),
        },
        value,
        status: detail.bound.status(at),
        place: format!("{}:{}:{}", source.file, source.line, source.column),
        text: source.text.to_string(),
        publisher: source.publisher.map(str::to_string),
    }
}

pub(super) fn series(detail: &Detail<'_>) -> Vec<SeriesPoint> {
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
