//! Statements about one indicator in one place, and declarations.

use guiju_lang::{Kw, WordSet};
use proptest::prelude::*;
use proptest::sample::select;

/// A keyword in some spelling.
pub(super) fn kw(kw: Kw) -> impl Strategy<Value = String> {
    let first = [WordSet::En, WordSet::Zh].map(|set| kw.spelling(set).to_string());
    select(first.to_vec())
}

/// Names in every dress, as they are written.
pub(super) fn name() -> impl Strategy<Value = String> {
    select(vec![
        "甲",
        "巩固率",
        "KM-3.x",
        "规模",
        "状态",
        "来源",
        "等级",
        "完成",
        "是否达标",
        "在校学生数",
        "A_1",
        "CO₂排放",
        "\"by\"",
        "“不低于”",
        "\"有 空格\"",
        "“引\"号”",
        "《书“名》",
        "「全”部》\"」",
        "\"3岁以下\"",
        "\"前30\"",
        "\"截至2025\"",
        "\"2025\"",
        "“每年”",
        "\"（含）\"",
        "ｆｕｌｌ",
        "昆　明市",
        "\"\"",
        "“each”",
        "“不”",
        "“a:b”",
        "\"# 井\"",
    ])
    .prop_map(|name| {
        if name == "昆　明市" {
            "“昆　明市”".to_string()
        } else {
            name.to_string()
        }
    })
}

pub(super) fn names() -> impl Strategy<Value = String> {
    let separator = select(vec![", ", "、", "，", " ,\n  "]);
    let list = (proptest::collection::vec(name(), 1..4), separator);
    list.prop_map(|(names, separator)| names.join(separator))
}

pub(super) fn value() -> impl Strategy<Value = String> {
    select(vec![
        "98%",
        "９８％",
        "0.98",
        "4‰",
        "-3%",
        "165所",
        "3",
        "1.2万人",
        "1500元/生·年",
        "12.12年",
        "1:15",
        "13.5∶1",
        "85/千人",
        "前30",
        "一级三等",
        "“3级”",
        "100%",
    ])
    .prop_map(str::to_string)
}

pub(super) fn time() -> impl Strategy<Value = String> {
    let point = select(vec![
        "2025",
        "２０２５年",
        "2025-09",
        "2025-09-01",
        "2023年9月1日",
        "2025-Q3",
        "2023学年",
        "2025年底",
    ]);
    let span = select(vec![
        "2023..2025",
        "2023—2025",
        "2023-2025年",
        "2023至2025",
        "2023 ～ 2025",
    ]);
    prop_oneof![
        (kw(Kw::By), point.clone()).prop_map(|(w, t)| format!("{w} {t}")),
        (kw(Kw::InTime), point.clone()).prop_map(|(w, t)| format!("{w} {t}")),
        (kw(Kw::Before), point).prop_map(|(w, t)| format!("{w} {t}")),
        (kw(Kw::Throughout), span.clone()).prop_map(|(w, t)| format!("{w} {t}")),
        (kw(Kw::EachYear), span).prop_map(|(w, t)| format!("{w} {t}")),
        kw(Kw::EachSchoolYear),
    ]
}

pub(super) fn bound() -> impl Strategy<Value = String> {
    let op = prop_oneof![kw(Kw::Ge), kw(Kw::Gt), kw(Kw::Le), kw(Kw::Lt), kw(Kw::Eq)];
    prop_oneof![
        4 => (op, value()).prop_map(|(op, v)| format!("{op} {v}")),
        1 => (value(), value()).prop_map(|(a, b)| format!("between {a} and {b}")),
        1 => (value(), value()).prop_map(|(a, b)| format!("介于 {a} 和 {b} 之间")),
        1 => Just("不低于 98% 以上".to_string()),
        1 => Just("98%以上".to_string()),
        1 => Just("= 是".to_string()),
        1 => Just("等于 not done".to_string()),
    ]
}

pub(super) fn field() -> impl Strategy<Value = String> {
    prop_oneof![
        (kw(Kw::Clause), name()).prop_map(|(k, v)| format!("{k} {v}")),
        (kw(Kw::Note), Just("“全角，（括号）；”")).prop_map(|(k, v)| format!("{k} {v}")),
        (kw(Kw::Lead), names()).prop_map(|(k, v)| format!("{k} {v}")),
        (kw(Kw::Owner), names()).prop_map(|(k, v)| format!("{k} {v}")),
        (kw(Kw::Nature), kw(Kw::Binding)).prop_map(|(k, v)| format!("{k} {v}")),
        (kw(Kw::Assess), kw(Kw::Schedule)).prop_map(|(k, v)| format!("{k} {v}")),
        (kw(Kw::Baseline), kw(Kw::InTime)).prop_map(|(k, at)| format!("{k} 98.7% {at} 2022")),
        kw(Kw::Weight).prop_map(|k| format!("{k} 5")),
        (kw(Kw::Weight), kw(Kw::For), bound(), bound())
            .prop_map(|(k, w, a, b)| format!("{k} 5分, 3 {w} {a}，1.5 {w} {b}")),
        kw(Kw::Deadline).prop_map(|k| format!("{k} 2025-12-31")),
    ]
}

pub(super) fn block() -> impl Strategy<Value = String> {
    let separator = select(vec!["  ", " ; ", ", ", "\n  "]);
    let fields = (proptest::collection::vec(field(), 0..4), separator);
    let block = fields.prop_map(|(f, sep)| format!(" {{ {} }}", f.join(sep)));
    prop_oneof![2 => Just(String::new()), 1 => block]
}

pub(super) fn rule() -> impl Strategy<Value = String> {
    let label = prop_oneof![
        Just(String::new()),
        Just("KM-1: ".to_string()),
        Just("“编 号”：".to_string())
    ];
    let force = prop_oneof![2 => Just(String::new()), 1 => kw(Kw::Must), 1 => kw(Kw::Should)];
    let kinds = [
        Kw::Rate,
        Kw::Count,
        Kw::Amount,
        Kw::Grade,
        Kw::Flag,
        Kw::Milestone,
    ];
    let kind = select(kinds.to_vec()).prop_flat_map(kw);
    let place = prop_oneof![
        Just(String::new()),
        (kw(Kw::In), name()).prop_map(|(w, p)| format!("{w} {p}"))
    ];
    let tail = (bound(), time(), place)
        .prop_map(|(b, t, p)| vec![b, t, p])
        .prop_shuffle();
    let space = select(vec![" ", "  ", "\n  ", ", "]);
    (label, force, kind, name(), tail, space, block()).prop_map(
        |(label, force, kind, measure, tail, space, block)| {
            let tail: Vec<_> = tail.into_iter().filter(|t| !t.is_empty()).collect();
            format!(
                "{label}{force} {kind} {measure} {}{block}",
                tail.join(space)
            )
        },
    )
}

pub(super) fn declaration() -> impl Strategy<Value = String> {
    prop_oneof![
        (
            kw(Kw::Indicator),
            names(),
            kw(Kw::KindField),
            kw(Kw::Ratio),
            kw(Kw::UnitField),
            select(vec!["%", ":1", "元/生·年", "所", "/千人", "“平方米”"]),
            kw(Kw::BetterLower)
        )
            .prop_map(|(i, n, k, r, u, unit, better)| format!(
                "{i} {n} {{ {k} {r} {u} {unit} {better} }}"
            )),
        (
            kw(Kw::Region),
            name(),
            kw(Kw::Group),
            kw(Kw::Contains),
            names()
        )
            .prop_map(|(r, n, g, c, p)| format!("{r} {n} ({g}) {c} {p}")),
        (kw(Kw::Region), name(), kw(Kw::Also), names())
            .prop_map(|(r, n, a, p)| format!("{r} {n} (530100 市) {{ {a} {p} }}")),
        (kw(Kw::Entity), name(), name(), kw(Kw::In), name())
            .prop_map(|(e, n, t, i, p)| format!("{e} {n} : {t} {i} {p}")),
        (kw(Kw::Scale), name(), name(), name())
            .prop_map(|(s, n, a, b)| format!("{s} {n}: {a} > {b} > 3级")),
        (
            kw(Kw::Plan),
            name(),
            kw(Kw::SpanField),
            kw(Kw::RegionField),
            name()
        )
            .prop_map(|(p, n, s, r, place)| format!(
                "{p} {n} “标题，” {{ {s} 2023—2025 {r} {place} }}"
            )),
        kw(Kw::Use).prop_map(|u| format!("{u} \"std:regions\"")),
        (
            kw(Kw::Fact),
            name(),
            value(),
            kw(Kw::InTime),
            kw(Kw::Status),
            kw(Kw::Forecast)
        )
            .prop_map(|(f, n, v, i, s, c)| format!("{f} {n} = {v} {i} 2025 {{ {s} {c} }}")),
    ]
}
