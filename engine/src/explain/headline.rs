//! The verdict in one sentence.

use guiju_lang::model::{IndicatorId, Scope, Test, Time, Value};
use guiju_lang::{Base, Grain, Kind, Lang, Number, Op, Period};

use crate::bind::{Event, Fact, ObsRef};
use crate::detail::{Detail, Gap, readable};
use crate::evaluate::{Judged, Verdict};
use crate::truth::Truth;
use crate::wire;

use super::phrases::{Phrase, say};
use super::{computed, missing_text, outlook_text, several, whole};

type Args = Vec<(&'static str, String)>;

/// The verdict in a sentence with its figures, without final period.
pub(crate) fn headline(detail: &Detail<'_>, lang: Lang) -> String {
    whole::headline(detail, lang).unwrap_or_else(|| by_figures(detail, lang))
}

/// What the figures of one demand come to.
pub(super) fn by_figures(detail: &Detail<'_>, lang: Lang) -> String {
    if detail.subject.is_none() && matches!(detail.rule.scope, Scope::Mentioned) {
        return say(lang, Phrase::Nobody, &[]);
    }
    let mut args: Args = vec![
        ("who", who(detail)),
        ("required", required_text(detail, lang)),
    ];
    let due = detail.due.filter(|_| detail.demand.kind == Kind::Milestone);
    if let Some(deadline) = due.or_else(|| last_day(detail)) {
        args.push(("deadline", deadline.end().to_string()));
    }
    let phrase = match detail.verdict {
        Verdict::Met => met(detail, lang, &mut args),
        Verdict::Violated => violated(detail, lang, &mut args),
        Verdict::Pending => pending(detail, lang, &mut args),
        _ => unknown(detail, lang, &mut args),
    };
    say(lang, phrase, &args)
}

/// Place and indicator.
pub(crate) fn who(detail: &Detail<'_>) -> String {
    let indicator = detail.measure_name();
    match wire::subject(detail) {
        Some(subject) => format!("{subject} {indicator}"),
        None => indicator.to_string(),
    }
}

/// A period as the language writes it: `2025 年`, `2025 年 9 月`; in English the ISO form.
pub(crate) fn period_text(period: Period, lang: Lang) -> String {
    let (year, month, day) = (
        period.start().year(),
        period.start().month(),
        period.start().day(),
    );
    match (lang, period.grain()) {
        (Lang::En, _) => period.to_string(),
        (Lang::Zh, Grain::Year) => format!("{year} 年"),
        (Lang::Zh, Grain::SchoolYear) => format!("{period} 学年"),
        (Lang::Zh, Grain::Week) => format!("{period} 周"),
        (Lang::Zh, Grain::Term) => {
            let text = period.to_string();
            let (school_year, term) = text.split_once('-').unwrap_or((&text, ""));
            let term = if term == "T1" {
                "第一学期"
            } else {
                "第二学期"
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
pub(crate) fn gap_text(gap: &Gap, lang: Lang) -> String {
    let value = gap.value.abs();
    let value = match value.decimals() {
        Some(_) => value.to_string(),
        None => value.to_significant(12, true).to_string(),
    };
    let phrase = match gap.unit.as_str() {
        "pp" => Phrase::Points,
        "d" => Phrase::Days,
        "places" => Phrase::Places,
        "grade" => Phrase::Steps,
        unit => return format!("{value}{unit}"),
    };
    say(lang, phrase, &[("value", value)])
}

/// The deadline; of a cycle the end of the one that decides, or that is awaited.
fn last_day(detail: &Detail<'_>) -> Option<Period> {
    let cycle = match (&detail.demand.time, &detail.judged) {
        (Time::Cycle { .. }, Judged::One(judged)) => Some(judged.period),
        _ => None,
    };
    cycle.or_else(|| wire::deadline(detail))
}

/// The milestone that sets a deadline.
fn event_name(detail: &Detail<'_>, event: IndicatorId) -> String {
    let event = detail.bound.ruleset.indicator(event);
    event.map_or(String::new(), |e| e.name.clone())
}

/// The requirement in words: `不低于 98%`.
pub(crate) fn required_text(detail: &Detail<'_>, lang: Lang) -> String {
    let text = |value: &Value| value_text(detail, value, !detail.rounds_up(false), lang);
    match &detail.requirement.test {
        Test::Computed(wanted) => computed::required(detail, wanted, lang),
        Test::Made => say(lang, Phrase::FactMade, &[]),
        Test::Done => {
            if let Time::After { event, days } = &detail.demand.time {
                let args = [
                    ("event", event_name(detail, *event)),
                    ("days", days.to_string()),
                ];
                let phrase = match days {
                    0 => Phrase::DoneWith,
                    _ => Phrase::DoneAfter,
                };
                return say(lang, phrase, &args);
            }
            let deadline = last_day(detail).map_or(String::new(), |p| p.end().to_string());
            say(lang, Phrase::DoneBy, &[("deadline", deadline)])
        }
        Test::Compare {
            value: value @ Value::Flag(_),
            ..
        } => say(lang, Phrase::Answer, &[("value", text(value))]),
        Test::Compare { op, value } => {
            let phrase = match op {
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

fn yes_no(flag: bool, lang: Lang) -> &'static str {
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
        _ => detail.printed(at),
    }
}

fn push_figure(detail: &Detail<'_>, (period, at): (Period, ObsRef), lang: Lang, args: &mut Args) {
    args.push(("period", computed::when(detail, period, lang)));
    args.push(("found", found(detail, period, at, lang)));
}

fn met(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Phrase {
    if let Judged::Several(several) = &detail.judged {
        // A milestone may hold before its period has passed.
        let count = several.iter().filter(|p| p.truth == Truth::True).count();
        if count > 1 {
            args.push(("count", count.to_string()));
            return Phrase::MetAll;
        }
    }
    let Some(figure) = detail.deciding else {
        return Phrase::UnknownNothing;
    };
    push_figure(detail, figure, lang, args);
    match detail.bound.fact(detail.indicator, figure.1) {
        Some(Fact::Event(Event::Done(..))) => return Phrase::MetDone,
        Some(Fact::Event(_)) => return Phrase::MetSeenDone,
        _ => {}
    }
    match detail.reached.filter(|since| *since < figure.0) {
        Some(since) => {
            args.push(("since", period_text(since, lang)));
            Phrase::MetSince
        }
        None => Phrase::Met,
    }
}

fn violated(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Phrase {
    if let Some(failing) = several::failures(detail) {
        args.push(("count", failing.len().to_string()));
        args.push(("periods", several::named(detail, &failing, lang)));
        return Phrase::ViolatedIn;
    }
    let Some(figure) = detail.deciding else {
        return Phrase::UnknownNothing;
    };
    // Recorded as done, without a day: the last day of the record's period counts.
    if let Some(Fact::Event(Event::DoneWhenSeen)) = detail.bound.fact(detail.indicator, figure.1) {
        args.push(("found", figure.0.end().to_string()));
    }
    push_figure(detail, figure, lang, args);
    let gap = detail.gap();
    if detail.demand.kind == Kind::Milestone {
        return match gap {
            Some(gap) => {
                args.push(("gap", gap_text(&gap, lang)));
                Phrase::DoneLate
            }
            None => Phrase::NotDone,
        };
    }
    let Some(gap) = gap else {
        return Phrase::Differs;
    };
    args.push(("gap", gap_text(&gap, lang)));
    if gap.value.is_zero() {
        Phrase::OnTheBound
    } else if gap.value.is_negative() {
        Phrase::Short
    } else {
        Phrase::Over
    }
}

/// What is known so far of a value that adds up.
fn so_far(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    let sums = matches!(
        detail.demand.time,
        Time::Over(_) | Time::Cycle { .. } | Time::Within { .. }
    );
    let period = detail.judged_for().filter(|_| sums)?;
    computed::range(detail, period, lang)
}

fn pending(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Phrase {
    if let Some(range) = so_far(detail, lang) {
        args.push(("range", range));
        return Phrase::SoFarAhead;
    }
    if let Some(assessment) = detail.assessment() {
        args.push(("outlook", outlook_text(assessment.outlook, lang)));
    }
    if let Time::After { event, .. } = &detail.demand.time
        && detail.due.is_none()
    {
        args.push(("event", event_name(detail, *event)));
        return Phrase::AwaitsEvent;
    }
    if detail.demand.kind == Kind::Milestone {
        return Phrase::PendingEvent;
    }
    match detail.latest {
        Some(figure) => {
            push_figure(detail, figure, lang, args);
            match detail.assessment() {
                Some(_) => Phrase::PendingLatest,
                None => Phrase::PendingPlain,
            }
        }
        // A formula has no series of its own.
        None if detail.demand.formula.is_some() => Phrase::PendingBare,
        None => Phrase::PendingNoData,
    }
}

fn unknown(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Phrase {
    if let Some((period, all)) = detail.conflicts.first() {
        let values: Vec<String> = all.iter().map(|at| detail.printed(*at)).collect();
        args.push(("period", period_text(*period, lang)));
        args.push(("values", values.join(lang.pick("、", ", "))));
        return Phrase::UnknownConflict;
    }
    if detail.demand.kind == Kind::Milestone {
        return match detail.deciding {
            Some(figure) => {
                push_figure(detail, figure, lang, args);
                Phrase::UnknownUnclear
            }
            None => Phrase::UnknownEvent,
        };
    }
    if detail.wanted().is_some()
        && detail.lacking.is_empty()
        && let Some(Some(period)) = detail.missing.first()
    {
        args.push(("period", period_text(*period, lang)));
        if let Some(values) = computed::misfits(detail, *period, lang) {
            args.push(("values", values));
            return Phrase::UnknownMisfit;
        }
        return Phrase::UnknownUncomputed;
    }
    if let Some(range) = so_far(detail, lang) {
        args.push(("range", range));
        args.push(("missing", missing_text(detail, lang)));
        return Phrase::SoFar;
    }
    let mut missing = missing_text(detail, lang);
    if missing.is_empty() {
        missing = match &detail.demand.time {
            Time::Always(Some(span)) => span.to_string() + lang.pick(" ", ""),
            _ => lang
                .pick("已结束的时期", "any period that has passed")
                .to_string(),
        };
    }
    match detail.latest {
        Some(figure) => {
            args.push(("missing", missing));
            push_figure(detail, figure, lang, args);
            Phrase::UnknownLatest
        }
        None => Phrase::UnknownNothing,
    }
}
