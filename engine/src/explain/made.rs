//! What was made of other figures, in words.

use guiju_lang::{Lang, Period};

use crate::bind::{Maker, ObsRef, RollUp};
use crate::detail::{Detail, Figure, MadeFigure, readable};
use crate::wire;

use super::phrases::{Phrase, say};
use super::remedies::listed;
use super::texts::period_text;

/// Parts that are listed; the others are counted.
const PARTS: usize = 6;
/// Figures that are explained.
const FIGURES: usize = 3;

pub(super) fn notes(detail: &Detail<'_>, lang: Lang) -> Vec<String> {
    let made = detail.made();
    let mut out: Vec<String> = made
        .iter()
        .take(FIGURES)
        .map(|figure| rolled_up(detail, figure, lang))
        .collect();
    if let Some((_, at)) = detail.deciding.filter(|_| detail.wanted().is_none())
        && let Some((number, unit)) = detail.other_roll_up(at)
    {
        let found = readable(&number, &unit.symbol, detail.rounds_up(detail.is_above(at)));
        out.push(say(lang, Phrase::RollUpDiffers, &[("found", found)]));
    }
    for period in detail.missing.iter().flatten() {
        let lacking = detail.lacking_parts(*period);
        if !lacking.is_empty() {
            let named: Vec<String> = lacking.iter().map(|f| named(detail, f, lang)).collect();
            let missing = listed(&named, PARTS, lang);
            out.push(say(lang, Phrase::RollUpLacks, &[("missing", missing)]));
        }
    }
    out
}

fn rolled_up(detail: &Detail<'_>, made: &MadeFigure<'_>, lang: Lang) -> String {
    let rollup = detail.bound.ruleset.indicator(made.figure.indicator);
    let rollup = rollup.and_then(|i| i.rollup.as_ref());
    let name = |id| {
        let indicator = detail.bound.ruleset.indicator(id);
        indicator.map_or(String::new(), |i| i.name.clone())
    };
    let (above, below) = rollup.and_then(|r| r.quotient).unzip();
    let weight = rollup.and_then(|r| r.weight);
    let mut from = made.made.from.clone();
    // Of one figure and its past the earliest comes first.
    let alike = |a: &ObsRef, b: &ObsRef| {
        let (a, b) = (detail.figure_at(*a), detail.figure_at(*b));
        let same = a.indicator == b.indicator
            && a.subject.map(std::ptr::from_ref) == b.subject.map(std::ptr::from_ref);
        same && a.period > b.period
    };
    for n in 1..from.len() {
        for at in (1..=n).rev() {
            match (from.get(at - 1), from.get(at)) {
                (Some(a), Some(b)) if alike(a, b) => from.swap(at - 1, at),
                _ => break,
            }
        }
    }
    let own = made.figure.period;
    let parts: Vec<String> = from.iter().map(|at| part(detail, *at, own, lang)).collect();
    let mut args = vec![
        ("what", named(detail, &made.figure, lang)),
        ("parts", listed(&parts, PARTS, lang)),
    ];
    let phrase = match made.made.maker {
        Maker::RollUp(RollUp::Quotient) => Phrase::RolledQuotient,
        Maker::RollUp(RollUp::Pooled) => Phrase::RolledPooled,
        Maker::RollUp(RollUp::Sum) => Phrase::RolledSum,
        Maker::RollUp(RollUp::Weighted) => Phrase::RolledMean,
        Maker::Statement(at) => {
            let statement = detail.bound.ruleset.derivations.get(at as usize);
            args.push((
                "statement",
                statement.map_or(String::new(), |s| s.text.clone()),
            ));
            match parts.is_empty() {
                true => Phrase::MadeAlone,
                false => Phrase::MadeOf,
            }
        }
    };
    args.push(("count", made.part_count().to_string()));
    args.push(("above", above.map_or(String::new(), name)));
    args.push(("below", below.map_or(String::new(), name)));
    args.push(("weight", weight.map_or(String::new(), name)));
    say(lang, phrase, &args)
}

/// `五华区 毕业人数 1200人（facts.csv:3:4）`
fn part(detail: &Detail<'_>, at: ObsRef, own: Period, lang: Lang) -> String {
    let figure = detail.figure_at(at);
    let value = match detail.published(at) {
        Some((number, unit)) => readable(&number, &unit.symbol, false),
        None => detail.bound.word(at).unwrap_or("").to_string(),
    };
    let source = wire::source(detail, at);
    let place = format!("{}:{}:{}", source.file, source.line, source.column);
    let whose = figure.subject.map_or("", |s| s.name.as_str());
    let name = wire::indicator_name(detail, &figure);
    let when = match figure.period == own || figure.period.is_timeless() {
        true => String::new(),
        false => format!(" {}", period_text(figure.period, lang)),
    };
    match lang {
        Lang::Zh => format!("{whose} {name}{when} {value}（{place}）"),
        Lang::En => format!("{whose} {name}{when} {value} ({place})"),
    }
}

fn named(detail: &Detail<'_>, figure: &Figure<'_>, lang: Lang) -> String {
    let name = wire::indicator_name(detail, figure);
    if figure.period.is_timeless() {
        return match figure.subject {
            Some(subject) => format!("{} {name}", subject.name),
            None => name.to_string(),
        };
    }
    let period = period_text(figure.period, lang);
    match figure.subject {
        Some(subject) => format!("{} {name} {period}", subject.name),
        None => format!("{name} {period}"),
    }
}
