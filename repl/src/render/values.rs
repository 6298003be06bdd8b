//! Bounds and figures of results, short enough for a cell.

use guiju::{Actual, Evidence, Lang, ResultRecord, Status};

use super::style::Pen;
use super::words;

/// What is demanded: `≥ 98%`, `2–3个`, `期限 2025-09-01`, `力争 ≥ 40%`.
pub(crate) fn bound(result: &ResultRecord<'_>, lang: Lang, pen: Pen) -> String {
    let bound = plain_bound(result, lang, pen);
    match (result.modality, lang) {
        ("should", Lang::Zh) => format!("力争 {}", bound.trim_start_matches("期限 ")),
        ("should", Lang::En) => format!("should {bound}"),
        _ => bound,
    }
}

fn plain_bound(result: &ResultRecord<'_>, lang: Lang, pen: Pen) -> String {
    let required = &result.required;
    let unit = required.unit.as_deref().unwrap_or("");
    let value = required.value.as_deref().unwrap_or("");
    if required.op == "done" {
        return match (value, lang) {
            ("", _) => lang.pick("完成", "done").to_string(),
            (day, Lang::Zh) => format!("期限 {day}"),
            (day, Lang::En) => format!("by {day}"),
        };
    }
    match (required.op, lang) {
        ("at_least_of", Lang::Zh) => return format!("至少 {value} 项"),
        ("at_least_of", Lang::En) => return format!("at least {value}"),
        ("makes", _) => return lang.pick("得出结论", "is made").to_string(),
        _ => {}
    }
    if result.kind == "flag" {
        return yes_no(value, lang).to_string();
    }
    if let Some(upper) = &required.upper {
        let to = if pen.unicode { "–" } else { ".." };
        return format!("{value}{to}{upper}{unit}");
    }
    let sign = match (required.op, pen.unicode) {
        (">=", true) => "≥",
        ("<=", true) => "≤",
        (other, _) => other,
    };
    match (&required.value, &required.reference) {
        // What the bound, or one end of it, comes to is not known yet.
        (None, Some(reference)) => format!("{sign} {reference}"),
        (_, Some(reference)) if required.op == "between" => format!("{sign} {reference}"),
        _ => format!("{sign} {value}{unit}"),
    }
}

/// A figure: `97.2%`, `是`, `2025-10-15`.
pub(crate) fn figure(actual: &Actual<'_>, kind: &str, lang: Lang) -> String {
    let value = match kind {
        "flag" => yes_no(&actual.value, lang),
        "milestone" if actual.value == "done" => lang.pick("已完成", "done"),
        "milestone" if actual.value == "not done" => lang.pick("未完成", "not done"),
        _ => &actual.value,
    };
    let unit = actual.unit.as_deref().unwrap_or("");
    format!("{value}{unit}{}", status(actual.status, lang))
}

/// A figure and its period: `2025 年 97.2%`, `97.2% in 2025`.
pub(crate) fn dated(actual: &Actual<'_>, kind: &str, lang: Lang) -> String {
    let value = figure(actual, kind, lang);
    // The date of an event says when.
    if kind == "milestone" && actual.value.starts_with(|c: char| c.is_ascii_digit()) {
        return value;
    }
    in_period(&value, &actual.period, lang)
}

/// The distance from the bound, with its sign.
pub(crate) fn gap(result: &ResultRecord<'_>, lang: Lang) -> String {
    let Some(gap) = &result.gap else {
        return String::new();
    };
    let value = match gap.value.strip_prefix('-') {
        Some(short) => format!("−{short}"),
        None if gap.value == "0" => gap.value.clone(),
        None => format!("+{}", gap.value),
    };
    let (zh, en) = match gap.unit.as_deref().unwrap_or("") {
        "pp" => (" 个百分点", " pp"),
        "d" => (" 天", " days"),
        "places" => (" 位", " places"),
        "grade" => (" 级", " steps"),
        unit => (unit, unit),
    };
    format!("{value}{}", lang.pick(zh, en))
}

/// A figure of an explanation with its period and status.
pub(crate) fn evidence(figure: &Evidence, kind: &str, lang: Lang) -> String {
    // The date of an event says when.
    let dated = kind == "milestone" && figure.value.contains('-');
    let text = match dated {
        true => figure.value.clone(),
        false => in_period(&figure.value, &figure.period, lang),
    };
    let of = figure
        .of
        .as_ref()
        .map_or(String::new(), |of| format!("{of}  "));
    of + &text + &status(figure.status, lang)
}

/// A value in a period.
pub(crate) fn in_period(value: &str, period: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} {value}", period_text(period, lang)),
        Lang::En => format!("{value} in {period}"),
    }
}

/// A year as `2025 年`; other periods as they are.
pub(crate) fn period_text(period: &str, lang: Lang) -> String {
    let year = period.len() == 4 && period.bytes().all(|b| b.is_ascii_digit());
    match lang {
        Lang::Zh if year => format!("{period} 年"),
        _ => period.to_string(),
    }
}

fn yes_no(value: &str, lang: Lang) -> &str {
    match value {
        "yes" => lang.pick("是", "yes"),
        "no" => lang.pick("否", "no"),
        other => other,
    }
}

/// What is said of a figure that is not final.
pub(crate) fn status(status: Status, lang: Lang) -> String {
    let word = match status {
        Status::Final => return String::new(),
        Status::Preliminary => words::preliminary(lang),
        Status::Forecast => words::forecast(lang),
    };
    match lang {
        Lang::Zh => format!("（{word}）"),
        Lang::En => format!(" ({word})"),
    }
}

/// Periods in words, runs of years as one: `2023–2025`, `2023, 2025-09`.
pub(crate) fn periods(periods: &[&str], lang: Lang, pen: Pen) -> String {
    let year = |text: &str| {
        (text.len() == 4)
            .then(|| text.parse::<i32>().ok())
            .flatten()
    };
    let mut runs: Vec<(&str, &str)> = Vec::new();
    for period in periods {
        match runs.last_mut() {
            Some((_, last))
                if year(period).is_some() && year(last).map(|y| y + 1) == year(period) =>
            {
                *last = period;
            }
            _ => runs.push((period, period)),
        }
    }
    let to = if pen.unicode { "–" } else { ".." };
    let text = |(first, last): &(&str, &str)| {
        if first == last {
            (*first).to_string()
        } else {
            format!("{first}{to}{last}")
        }
    };
    words::list(&runs.iter().map(text).collect::<Vec<_>>(), lang)
}
