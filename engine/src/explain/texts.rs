//! Subjects, periods, requirements, values and gaps in words.

use guiju_lang::model::{Test, Time, Value};
use guiju_lang::{Base, Grain, Kind, Lang, Number, Op, Period};

use crate::bind::{Fact, ObsRef};
use crate::detail::{Detail, Gap, readable};
use crate::wire;

use super::phrases::{Phrase, say};
use super::{computed, whole};

/// Digits of a value that was worked out and does not end, or hardly does.
pub(super) const SIGNIFICANT: u32 = 6;
/// Characters of a number that is still read at a glance.
pub(super) const LONG: usize = 11;

/// Place and indicator, with the breakdown or group.
pub(super) fn who(detail: &Detail<'_>, lang: Lang) -> String {
    let indicator = detail.measure_name();
    let who = match wire::subject(detail) {
        Some(subject) => format!("{subject} {indicator}"),
        None => indicator.to_string(),
    };
    whole::grouped(detail, who, lang)
}

/// A period as the language writes it: `2025 年`, `2025 年 9 月`; in English the ISO form.
pub(super) fn period_text(period: Period, lang: Lang) -> String {
    let (year, month, day) = (
        period.start().year(),
        period.start().month(),
        period.start().day(),
    );
    match (lang, period.grain()) {
        _ if period.is_timeless() => String::new(),
        (Lang::En, _) => period.to_string(),
        (Lang::Zh, Grain::Year) => format!("{year} 年"),
        (Lang::Zh, Grain::SchoolYear) => format!("{period} 学年"),
        (Lang::Zh, Grain::Week) => format!("{period} 周"),
        (Lang::Zh, Grain::Term) => {
            let text = period.to_string();
            let (school_year, term) = text.split_once('-').unwrap_or((&text, ""));
            let term = match term {
                "T1" => "第一学期",
                _ => "第二学期",
            };
            format!("{school_year} 学年{term}")
        }
        (Lang::Zh, Grain::Half) => {
            format!("{year} 年{}", if month == 1 { "上半年" } else { "下半年" })
        }
        (Lang::Zh, Grain::Quarter) => format!("{year} 年第 {} 季度", (month + 2) / 3),
        (Lang::Zh, Grain::Month) => format!("{year} 年 {month} 月"),
        (Lang::Zh, Grain::Day) => format!("{year} 年 {month} 月 {day} 日"),
    }
}

/// A gap without its sign: `0.8 个百分点`, `12所`.
pub(super) fn gap_text(gap: &Gap, lang: Lang) -> String {
    let value = gap.value.abs();
    let value = match value.decimals() {
        Some(_) => value.to_string(),
        None => value.to_significant(SIGNIFICANT, true).to_string(),
    };
    let value = match value.len() > LONG {
        true => gap
            .value
            .abs()
            .to_significant(SIGNIFICANT, true)
            .to_string(),
        false => value,
    };
    let one = value == "1";
    let phrase = match gap.unit.as_str() {
        "pp" => Phrase::Points,
        "d" if one => Phrase::Day,
        "d" => Phrase::Days,
        "places" if one => Phrase::Place,
        "places" => Phrase::Places,
        "grade" if one => Phrase::Step,
        "grade" => Phrase::Steps,
        unit => return format!("{value}{unit}"),
    };
    say(lang, phrase, &[("value", value)])
}

/// The requirement in words: `不低于 98%`.
pub(super) fn required_text(detail: &Detail<'_>, lang: Lang) -> String {
    let text = |value: &Value| value_text(detail, value, !detail.rounds_up(false), lang);
    match &detail.requirement.test {
        Test::Computed(wanted) => computed::required(detail, wanted, lang),
        Test::Made => say(lang, Phrase::FactMade, &[]),
        Test::Done => done_by(detail, lang),
        Test::Compare {
            value: value @ Value::Flag(_),
            ..
        } => say(lang, Phrase::Answer, &[("value", text(value))]),
        Test::Compare { op, value } => {
            let phrase = match op {
                Op::Le if detail.demand.kind == Kind::Rank => top(text(value) == "1"),
                Op::Ge => Phrase::AtLeast,
                Op::Gt => Phrase::MoreThan,
                Op::Le => Phrase::AtMost,
                Op::Lt => Phrase::LessThan,
                Op::Eq => Phrase::EqualTo,
            };
            say(lang, phrase, &[("value", text(value))])
        }
        Test::Between {
            lower: Value::Quantity(lower),
            about: Some(middle),
            ..
        } => {
            let off = middle.number.sub(&lower.number);
            let within = Gap {
                value: off.mul(&scale_of(detail)),
                unit: detail.gap_unit(),
            };
            say(
                lang,
                Phrase::About,
                &[
                    ("value", middle.to_string()),
                    ("within", gap_text(&within, lang)),
                ],
            )
        }
        Test::Between { lower, upper, .. } => say(
            lang,
            Phrase::Between,
            &[
                ("value", text(lower)),
                ("upper", value_text(detail, upper, false, lang)),
            ],
        ),
    }
}

/// A rank of at most one, or of more.
pub(super) fn top(one: bool) -> Phrase {
    match one {
        true => Phrase::First,
        false => Phrase::Top,
    }
}

/// By when a milestone is to be done.
fn done_by(detail: &Detail<'_>, lang: Lang) -> String {
    match &detail.demand.time {
        Time::Yearly { day, .. } => {
            let (month, day) = day;
            let day = match lang {
                Lang::Zh => format!("{month} 月 {day} 日"),
                Lang::En => format!("{month:02}-{day:02}"),
            };
            say(lang, Phrase::DoneYearly, &[("day", day)])
        }
        Time::After { event, days } => {
            let event = detail.bound.ruleset.indicator(*event);
            let event = event.map_or(String::new(), |i| i.name.clone());
            let args = [("event", event), ("days", days.to_string())];
            match days {
                0 => say(lang, Phrase::DoneByEvent, &args),
                _ => say(lang, Phrase::DoneAfter, &args),
            }
        }
        Time::Each(_) | Time::Throughout(_) => say(lang, Phrase::DoneEach, &[]),
        _ => {
            let deadline = detail.deadline().map_or(String::new(), |d| d.to_string());
            say(lang, Phrase::DoneBy, &[("deadline", deadline)])
        }
    }
}

/// What turns a difference in the rule's unit into one in the unit of gaps: points for shares.
fn scale_of(detail: &Detail<'_>) -> Number {
    match detail.unit() {
        Some(unit) if unit.base == Base::Share => unit.factor.mul(&Number::from(100)),
        _ => Number::ONE,
    }
}

fn value_text(detail: &Detail<'_>, value: &Value, up: bool, lang: Lang) -> String {
    match value {
        Value::Quantity(q) => readable(&q.number, &q.unit.symbol, up),
        Value::Flag(flag) => yes_no(*flag, lang).to_string(),
        Value::Grade { scale, step } => {
            let word = detail
                .bound
                .ruleset
                .scale(*scale)
                .and_then(|s| s.steps.get(*step as usize));
            word.cloned().unwrap_or_default()
        }
    }
}

pub(super) fn yes_no(flag: bool, lang: Lang) -> &'static str {
    if flag {
        lang.pick("“是”", "yes")
    } else {
        lang.pick("“否”", "no")
    }
}

/// What was found for a period: a figure, or what was worked out.
pub(super) fn found(detail: &Detail<'_>, period: Period, at: ObsRef, lang: Lang) -> String {
    if let Some(text) = computed::found(detail, period, lang) {
        return text;
    }
    match detail.bound.fact(detail.indicator, at) {
        Some(Fact::Flag(flag)) => yes_no(flag, lang).to_string(),
        Some(Fact::Number(_)) if detail.demand.kind == Kind::Rank => {
            let place = ("place", detail.printed(at));
            say(lang, Phrase::InPlace, &[place])
        }
        _ => detail.printed(at),
    }
}
