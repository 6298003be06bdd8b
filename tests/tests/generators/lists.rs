//! One sentence, several rules: lists, sections, tables, tolerances.

use guiju_lang::Kw;
use proptest::prelude::*;
use proptest::sample::select;

use super::level::{block, bound, field, kw, name, names, time, value};
use super::{maybe, some_of};

pub(super) const COMMAS: &[&str] = &[", ", "、", "，", ",\n  "];

/// `in 昆明, each 县区`
pub(super) fn places() -> impl Strategy<Value = String> {
    let place = prop_oneof![
        3 => name(),
        1 => (kw(Kw::EachPlace), name()).prop_map(|(each, name)| format!("{each} {name}")),
    ];
    let several = prop_oneof![
        9 => some_of(place, 3, COMMAS),
        1 => Just("530100".to_string()),
    ];
    (kw(Kw::In), several).prop_map(|(word, places)| format!("{word} {places}"))
}

fn about() -> impl Strategy<Value = String> {
    (kw(Kw::About), value(), kw(Kw::Within), value())
        .prop_map(|(a, v, w, d)| format!("{a} {v} {w} {d}"))
}

/// A requirement, in one or two tiers.
fn requirement() -> impl Strategy<Value = String> {
    let signed = || (kw(Kw::Ge), value()).prop_map(|(op, v)| format!("{op} {v}"));
    prop_oneof![
        4 => bound(),
        1 => about(),
        1 => (kw(Kw::Must), signed(), kw(Kw::Should), signed())
            .prop_map(|(m, a, s, b)| format!("{m} {a} {s} {b}")),
        1 => (kw(Kw::Should), signed()).prop_map(|(s, b)| format!("{s} {b}")),
    ]
}

/// A list of measures, and requirements that may have times and places of their own.
pub(super) fn rule() -> impl Strategy<Value = String> {
    let first = (requirement(), maybe(time()), maybe(places()))
        .prop_map(|(b, t, p)| vec![b, t, p])
        .prop_shuffle()
        .prop_map(|tail| {
            let tail: Vec<_> = tail.into_iter().filter(|t| !t.is_empty()).collect();
            tail.join(" ")
        });
    let further = (requirement(), maybe(time()), maybe(places()))
        .prop_map(|(b, t, p)| format!("{b} {t} {p}"));
    let further = proptest::collection::vec(further, 0..3);
    let kind = select(vec![Kw::Rate, Kw::Count, Kw::Amount, Kw::Score]).prop_flat_map(kw);
    let measures = some_of(name(), 3, COMMAS);
    (kind, measures, first, further, select(COMMAS), block()).prop_map(
        |(kind, measures, first, further, comma, block)| {
            let mut tail = vec![first];
            tail.extend(further);
            format!("{kind} {measures} {}{block}", tail.join(comma))
        },
    )
}

pub(super) fn section() -> impl Strategy<Value = String> {
    let number = select(vec!["\"6\"", "6", "“一(二)”", "二"]);
    let fields = maybe(
        (kw(Kw::Lead), names(), kw(Kw::Deadline))
            .prop_map(|(lead, names, by)| format!(" {{ {lead} {names}  {by} 2025-12-31 }}")),
    );
    (
        kw(Kw::Section),
        number,
        maybe(Just(" “标题，”".to_string())),
        fields,
    )
        .prop_map(|(section, number, title, fields)| format!("{section} {number}{title}{fields}"))
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => value(),
        1 => select(vec!["", "—", "-", "?", "2..3", "-3%", "一级"]).prop_map(str::to_string),
        1 => (kw(Kw::Baseline), maybe(kw(Kw::InTime).prop_map(|at| format!(" {at} 2020"))))
            .prop_map(|(baseline, at)| format!("{baseline} 94.3%{at}")),
        2 => requirement(),
    ]
}

/// A table: a header of periods and attributes, and rows of as many cells.
pub(super) fn table() -> impl Strategy<Value = String> {
    let head = (
        maybe(Just("T-1: ".to_string())),
        kw(Kw::Table),
        maybe(Just(" “主要 指标”".to_string())),
        maybe((kw(Kw::In), name()).prop_map(|(w, p)| format!(" {w} {p}"))),
    );
    let header = select(vec![
        ["2018", "2025年", "责任"],
        ["2025", "2025-Q3", "clause"],
        ["2023/2024", "2030", "单位"],
    ]);
    let dashes = maybe(Just("  |---|:--|---|---|\n".to_string()));
    let kinds = vec![Kw::Rate, Kw::Count, Kw::Score];
    let label = (
        maybe(
            select(kinds)
                .prop_flat_map(kw)
                .prop_map(|k| format!("{k} ")),
        ),
        name(),
        maybe(select(vec!["(%)", "（所）", "(元/生)"]).prop_map(str::to_string)),
    )
        .prop_map(|(kind, name, unit)| format!("{kind}{name}{unit}"));
    let attribute = prop_oneof![
        Just(String::new()),
        names().prop_map(|n| n.replace('\n', " "))
    ];
    let row = (label, cell(), cell(), attribute)
        .prop_map(|(label, a, b, c)| format!("  | {label} | {a} | {b} | {c} |\n"));
    let rows = proptest::collection::vec(row, 0..4);
    (head, header, dashes, rows).prop_map(
        |((label, table, title, place), [a, b, c], dashes, rows)| {
            let rows = rows.concat();
            format!(
                "{label}{table}{title}{place} {{\n  | 指标 | {a} | {b} | {c} |\n{dashes}{rows}}}"
            )
        },
    )
}

/// A field of a rule that only later versions read.
pub(super) fn allow() -> impl Strategy<Value = String> {
    prop_oneof![
        (kw(Kw::Allow), kw(Kw::Because))
            .prop_map(|(allow, because)| format!("{allow} weaker_than_superior {because} “理由”")),
        field(),
    ]
}
