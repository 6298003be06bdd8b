//! Changes and computed values in words.

use guiju_lang::model::{Change, Computed, Expr, Time};
use guiju_lang::{Base, Kind, Lang, Number, Op, Period};

use crate::bind::ObsRef;
use crate::detail::{Detail, Gap, lowers, readable};
use crate::wire;

use super::phrases::{Phrase, say};
use super::reasons::SHOWN;
use super::remedies::listed;
use super::texts::{LONG, SIGNIFICANT, gap_text, period_text, top};

/// The requirement: `提高不低于 4 个百分点`, `不低于 昆明（95.2%）`.
pub(super) fn required(detail: &Detail<'_>, wanted: &Computed, lang: Lang) -> String {
    let up = !detail.rounds_up(false);
    let actual = detail.judged_for().and_then(|p| detail.worked_out(p).0);
    let text = |n: &Number| amount(detail, wanted, n, (up, actual.as_ref()), lang);
    let value = detail.required_for(detail.judged_for());
    if wanted.upper.is_some() {
        return between(detail, wanted, value.as_ref(), lang);
    }
    let mut value = value.as_ref().map(text);
    let mut total = None;
    // A yearly average is judged by what it adds up to.
    if wanted.average
        && let Expr::Number(stated) = &wanted.right
    {
        total = value;
        value = stated.div(&wanted.unit.factor).as_ref().map(text);
    }
    let value = match (&wanted.reference, value) {
        (Some(reference), Some(value)) => say(
            lang,
            Phrase::Reference,
            &[("reference", reference.clone()), ("value", value)],
        ),
        (Some(reference), None) => reference.clone(),
        (None, value) => value.unwrap_or_default(),
    };
    let phrase = match wanted.op {
        Op::Le if detail.demand.kind == Kind::Rank => top(value == "1"),
        Op::Ge => Phrase::AtLeast,
        Op::Gt => Phrase::MoreThan,
        Op::Le => Phrase::AtMost,
        Op::Lt => Phrase::LessThan,
        Op::Eq => Phrase::EqualTo,
    };
    let bound = say(lang, phrase, &[("value", value)]);
    let Some(change) = wanted.change else {
        return bound;
    };
    let text = changed(change, wanted, bound, lang);
    if wanted.running > 1 {
        let args = [("count", wanted.running.to_string()), ("change", text)];
        return say(lang, Phrase::Running, &args);
    }
    match total.filter(|_| wanted.average) {
        Some(total) => {
            let args = [("required", text), ("total", total)];
            say(lang, Phrase::OnAverage, &args)
        }
        None => text,
    }
}

fn changed(change: Change, wanted: &Computed, bound: String, lang: Lang) -> String {
    // A rise alone is one of more than nothing.
    let any = wanted.op == Op::Gt && wanted.right == Expr::Number(Number::ZERO);
    let phrase = match change {
        Change::NeverFalls => Phrase::NoFall,
        Change::NeverRises => Phrase::NoRise,
        Change::Rises if any => Phrase::AnyRise,
        Change::Falls if any => Phrase::AnyFall,
        Change::Grows if any => Phrase::AnyGrowth,
        Change::Shrinks if any => Phrase::AnyShrinking,
        Change::Rises => Phrase::Rise,
        Change::Falls => Phrase::Fall,
        Change::Grows => Phrase::Growth,
        Change::Shrinks => Phrase::Shrinking,
        Change::Stays => Phrase::Shift,
    };
    say(lang, phrase, &[("bound", bound)])
}

/// Two bounds of which one is worked out.
fn between(detail: &Detail<'_>, wanted: &Computed, low: Option<&Number>, lang: Lang) -> String {
    let reference = ("reference", wanted.reference.clone().unwrap_or_default());
    let high = detail.judged_for().and_then(|p| detail.upper_bound(p));
    let phrase = match wanted.about {
        true => Phrase::NearThis,
        false => Phrase::InThese,
    };
    let text = say(lang, phrase, &[reference]);
    match (low, high) {
        (Some(low), Some(high)) => {
            let args = [
                ("text", text),
                ("low", amount(detail, wanted, low, (true, None), lang)),
                ("high", amount(detail, wanted, &high, (false, None), lang)),
            ];
            say(lang, Phrase::FromTo2, &args)
        }
        _ => text,
    }
}

/// How little and how much a value can be, where it is not known.
fn range(detail: &Detail<'_>, period: Period, lang: Lang) -> Option<String> {
    let wanted = detail.wanted()?;
    let (low, high) = detail.computed(period)?.range.as_ref()?;
    let text = |n: &Number, up| {
        let number = n.div(&wanted.unit.factor)?;
        Some(amount(detail, wanted, &number, (up, None), lang))
    };
    let low = low.as_ref().and_then(|n| text(n, false));
    let high = high.as_ref().and_then(|n| text(n, true));
    match (low, high) {
        (Some(low), Some(high)) => Some(say(
            lang,
            Phrase::RangeFromTo,
            &[("low", low), ("high", high)],
        )),
        (Some(low), None) => Some(say(lang, Phrase::RangeAtLeast, &[("low", low)])),
        (None, Some(high)) => Some(say(lang, Phrase::RangeAtMost, &[("high", high)])),
        (None, None) => None,
    }
}

/// A bound or a value; a change of a rate in points. Rounded as far as it stays on its side of what
/// it is compared with.
fn amount(
    detail: &Detail<'_>,
    wanted: &Computed,
    value: &Number,
    (up, against): (bool, Option<&Number>),
    lang: Lang,
) -> String {
    let unit = match detail.demand.kind {
        Kind::Grade => Some("grade"),
        _ if wanted.unit.base == Base::Points => Some("pp"),
        _ => None,
    };
    if let Some(unit) = unit {
        let gap = Gap {
            value: value.clone(),
            unit: unit.to_string(),
        };
        return match value.is_negative() {
            true => format!("-{}", gap_text(&gap, lang)),
            false => gap_text(&gap, lang),
        };
    }
    readable(&short(value, up, against), &detail.symbol(), up)
}

/// A number that is read at a glance.
fn short(value: &Number, up: bool, against: Option<&Number>) -> Number {
    let digits = value.decimals().map(|_| value.to_string().len());
    if digits.is_some_and(|digits| digits <= LONG) {
        return value.clone();
    }
    let rounded = value.to_significant(SIGNIFICANT, up);
    match against.is_none_or(|other| rounded.cmp(other) == value.cmp(other)) {
        true => rounded,
        false => value.clone(),
    }
}

/// The value of a period, with the levels that a change lies between.
pub(super) fn found(detail: &Detail<'_>, period: Period, lang: Lang) -> Option<String> {
    let wanted = detail.wanted()?;
    let (value, required) = detail.worked_out(period);
    let exact = detail.computed(period).is_some_and(|c| c.value.is_some());
    let Some(value) = value.filter(|_| exact || !detail.decided) else {
        return range(detail, period, lang);
    };
    if detail.is_run() {
        return Some(run(detail, period));
    }
    let up = detail.rounds_up(required.as_ref().is_some_and(|r| value > *r));
    if detail.demand.kind == Kind::Rank {
        return Some(place(detail, wanted, period, &value, lang));
    }
    let Some(change) = wanted.change else {
        return Some(amount(
            detail,
            wanted,
            &value,
            (up, required.as_ref()),
            lang,
        ));
    };
    // Printed as a change of the level: a fall has a minus.
    let (signed, up) = match lowers(change) {
        true => (value.neg(), !up),
        false => (value, up),
    };
    let mut text = amount(detail, wanted, &signed, (up, None), lang);
    if !signed.is_negative() && !signed.is_zero() && change != Change::Stays {
        text.insert(0, '+');
    }
    if let Some([(_, before), (_, after)]) = detail.before_and_after(period) {
        let (before, after) = (detail.printed(before), detail.printed(after));
        text = say(
            lang,
            Phrase::FromTo,
            &[("value", text), ("before", before), ("after", after)],
        );
    }
    Some(text)
}

/// The period of a value; for a change, both.
pub(super) fn when(detail: &Detail<'_>, period: Period, lang: Lang) -> String {
    let text = period_text(period, lang);
    if detail.sums() {
        return summed(detail, period, lang);
    }
    let changes = detail.wanted().is_some_and(|w| w.change.is_some());
    let leaves = detail.leaves(period);
    let first = leaves.iter().map(|(figure, _)| figure.period).min();
    match first {
        Some(first) if changes && first < period => {
            let first = period_text(first, lang);
            say(lang, Phrase::Span, &[("from", first), ("to", text)])
        }
        _ => text,
    }
}

/// The time over which a value adds up, which ends with a period.
fn summed(detail: &Detail<'_>, last: Period, lang: Lang) -> String {
    let back = |years: u32| last.step(1 - i32::try_from(years).unwrap_or(1));
    let first = match detail.demand.time {
        Time::Over(span) => span.first,
        Time::Cycle { years, .. } | Time::Within { years, .. } => back(years),
        _ => last,
    };
    let (from, to) = (period_text(first, lang), period_text(last, lang));
    match first == last {
        true => say(lang, Phrase::SumOf, &[("period", to)]),
        false => say(lang, Phrase::SumOver, &[("from", from), ("to", to)]),
    }
}

/// The levels of a run of changes, the earliest first.
fn run(detail: &Detail<'_>, period: Period) -> String {
    let mut leaves = detail.leaves(period);
    leaves.sort_by_key(|(figure, _)| figure.period);
    let levels: Vec<String> = leaves.iter().map(|(_, at)| detail.printed(*at)).collect();
    levels.join(" → ")
}

// ── ranks ────────────────────────────────────────────────────────────────────────────────────────

/// `第 3 位（共 14 个）`
fn place(
    detail: &Detail<'_>,
    wanted: &Computed,
    period: Period,
    value: &Number,
    lang: Lang,
) -> String {
    let place = ("place", value.to_string());
    match peers(detail, wanted, period) {
        0 | 1 => say(lang, Phrase::InPlace, &[place]),
        of => say(lang, Phrase::InPlaceOf, &[place, ("of", of.to_string())]),
    }
}

/// Among how many a subject is ranked, if each has one figure.
fn peers(detail: &Detail<'_>, wanted: &Computed, period: Period) -> usize {
    let Expr::Rank(ranking) = &wanted.left else {
        return 0;
    };
    match (&ranking.of, detail.computed(period)) {
        (Expr::Indicator(id), Some(found)) => {
            found.leaves.iter().filter(|l| l.indicator == *id).count()
        }
        _ => 0,
    }
}

/// Who is ranked before, the best first.
fn ahead(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    let Expr::Rank(ranking) = &detail.wanted()?.left else {
        return None;
    };
    let Expr::Indicator(indicator) = ranking.of else {
        return None;
    };
    let leaves = detail.leaves(detail.judged_for()?);
    let number = |at: ObsRef| detail.bound.number(indicator, at);
    let own = leaves.iter().find(|(figure, _)| {
        let subject = figure.subject.map(std::ptr::from_ref);
        subject.is_some() && subject == detail.subject.map(std::ptr::from_ref)
    });
    let own = number(own?.1)?;
    let mut better: Vec<(Number, String)> = leaves
        .iter()
        .filter_map(|(figure, at)| Some((number(*at)?, figure, *at)))
        .filter(|(value, ..)| (*value > own) == ranking.higher && *value != own)
        .map(|(value, figure, at)| {
            let name = figure.subject.map_or("", |s| s.name.as_str());
            (value, format!("{name} {}", detail.printed(at)))
        })
        .collect();
    better.sort_by(|(a, _), (b, _)| match ranking.higher {
        true => b.cmp(a),
        false => a.cmp(b),
    });
    let names: Vec<String> = better.into_iter().map(|(_, text)| text).collect();
    (!names.is_empty()).then(|| listed(&names, SHOWN, lang))
}

/// Who is ranked before; increments that should not be negative.
pub(super) fn notes(detail: &Detail<'_>, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(list) = ahead(detail, lang) {
        out.push(say(lang, Phrase::Ahead, &[("list", list)]));
    }
    if let Some(period) = detail.judged_for().filter(|_| detail.sums()) {
        let negative = |at: ObsRef| {
            let found = detail.published(at);
            found.is_some_and(|(number, _)| number.is_negative())
        };
        let leaves = detail.leaves(period);
        let figures: Vec<String> = leaves
            .iter()
            .filter(|(_, at)| negative(*at))
            .map(|(figure, at)| {
                let period = period_text(figure.period, lang);
                format!("{period} {}", detail.printed(*at))
            })
            .collect();
        if !figures.is_empty() {
            let figures = listed(&figures, SHOWN, lang);
            out.push(say(
                lang,
                Phrase::NegativeIncrement,
                &[("figures", figures)],
            ));
        }
    }
    out
}

/// The figures of a period whose units do not fit.
pub(super) fn misfits(detail: &Detail<'_>, period: Period, lang: Lang) -> Option<String> {
    if !detail.computed(period)?.misfit {
        return None;
    }
    let leaves = detail.leaves(period);
    let figures = leaves.iter().map(|(figure, at)| {
        let name = wire::indicator_name(detail, figure);
        format!("{name} {}", detail.printed(*at))
    });
    let figures: Vec<String> = figures.collect();
    Some(figures.join(lang.pick("、", ", ")))
}
