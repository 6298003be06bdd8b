//! Changes and computed values in words.

use guiju_lang::model::{Change, Computed, Expr};
use guiju_lang::{Base, Lang, Number, Op, Period};

use crate::detail::{Detail, Gap, lowers, readable};
use crate::wire;

use super::headline::{gap_text, period_text};
use super::phrases::{Phrase, say};

/// The requirement: `提高不低于 4 个百分点`, `不低于 昆明（95.2%）`.
pub(super) fn required(detail: &Detail<'_>, wanted: &Computed, lang: Lang) -> String {
    let up = !detail.rounds_up(false);
    let text = |n: &Number| amount(detail, wanted, n, up, lang);
    let value = detail.judged_for().and_then(|p| detail.worked_out(p).1);
    let stated = match &wanted.right {
        Expr::Number(number) => number.div(&wanted.unit.factor),
        _ => None,
    };
    if wanted.upper.is_some() {
        return between(detail, wanted, value.as_ref(), lang);
    }
    let mut value = value.or(stated).as_ref().map(text);
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
    // A rise alone is one of more than nothing.
    let any = wanted.op == Op::Gt && wanted.right == Expr::Number(Number::ZERO);
    let phrase = match change {
        Change::NeverFalls => return say(lang, Phrase::NoFall, &[]),
        Change::NeverRises => return say(lang, Phrase::NoRise, &[]),
        Change::Rises if any => return say(lang, Phrase::AnyRise, &[]),
        Change::Falls if any => return say(lang, Phrase::AnyFall, &[]),
        Change::Grows if any => return say(lang, Phrase::AnyGrowth, &[]),
        Change::Shrinks if any => return say(lang, Phrase::AnyShrinking, &[]),
        Change::Rises => Phrase::Rise,
        Change::Falls => Phrase::Fall,
        Change::Grows => Phrase::Growth,
        Change::Shrinks => Phrase::Shrinking,
        Change::Stays => Phrase::Shift,
    };
    let text = say(lang, phrase, &[("bound", bound)]);
    if wanted.average
        && let Some(total) = total
    {
        return say(
            lang,
            Phrase::OnAverage,
            &[("required", text), ("total", total)],
        );
    }
    text
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
                ("low", amount(detail, wanted, low, true, lang)),
                ("high", amount(detail, wanted, &high, false, lang)),
            ];
            say(lang, Phrase::FromTo2, &args)
        }
        _ => text,
    }
}

/// How little and how much a value can be, where it is not known.
pub(super) fn range(detail: &Detail<'_>, period: Period, lang: Lang) -> Option<String> {
    let wanted = detail.wanted()?;
    let (low, high) = detail.computed(period)?.range.as_ref()?;
    let text = |n: &Number, up| {
        let number = n.div(&wanted.unit.factor)?;
        Some(amount(detail, wanted, &number, up, lang))
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

/// A bound or a value; a change of a rate in points.
fn amount(detail: &Detail<'_>, wanted: &Computed, value: &Number, up: bool, lang: Lang) -> String {
    if wanted.unit.base == Base::Points {
        let gap = Gap {
            value: value.clone(),
            unit: "pp".to_string(),
        };
        return match value.is_negative() {
            true => format!("-{}", gap_text(&gap, lang)),
            false => gap_text(&gap, lang),
        };
    }
    readable(value, &detail.symbol(), up)
}

/// The value of a period, with the levels that a change lies between.
pub(super) fn found(detail: &Detail<'_>, period: Period, lang: Lang) -> Option<String> {
    let wanted = detail.wanted()?;
    let (value, required) = detail.worked_out(period);
    let Some(value) = value else {
        return range(detail, period, lang);
    };
    let up = detail.rounds_up(required.is_some_and(|r| value > r));
    let Some(change) = wanted.change else {
        return Some(amount(detail, wanted, &value, up, lang));
    };
    // Printed as a change of the level: a fall has a minus.
    let (signed, up) = match lowers(change) {
        true => (value.neg(), !up),
        false => (value, up),
    };
    let mut text = amount(detail, wanted, &signed, up, lang);
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
