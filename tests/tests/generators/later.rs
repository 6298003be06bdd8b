//! Statements that are read and printed, and not decided yet.

use guiju_lang::Kw;
use proptest::prelude::*;
use proptest::sample::select;

use super::level::{bound, kw, value};
use super::lists::{COMMAS, allow, places};
use super::{maybe, some_of};

/// A name where an expression may stand.
fn name() -> BoxedStrategy<String> {
    select(vec![
        "甲",
        "巩固率",
        "在校学生数",
        "A_1",
        "KM-3.x",
        "CO₂排放",
        "\"有 空格\"",
        "\"by\"",
        "“每年”",
        "“完成”",
        "“不”",
        "\"3岁以下\"",
        "规模数",
        "\"达标\"",
        "“各”",
    ])
    .prop_map(str::to_string)
    .boxed()
}

fn names() -> BoxedStrategy<String> {
    some_of(name(), 3, COMMAS).boxed()
}

fn literal() -> BoxedStrategy<String> {
    select(vec![
        "98%",
        "3",
        "20万人",
        "0.5",
        "1.1",
        "2pp",
        "5个百分点",
        "-3%",
        "63周岁",
    ])
    .prop_map(str::to_string)
    .boxed()
}

/// Words in both spellings, with what stands between them.
fn words(parts: impl Strategy<Value = Vec<String>> + 'static) -> BoxedStrategy<String> {
    parts
        .prop_map(|parts| {
            let parts: Vec<_> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            parts.join(" ")
        })
        .boxed()
}

/// `小学, 初中 in 五华区 where C except D`
fn set(condition: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let place = maybe((kw(Kw::In), name()).prop_map(|(w, n)| format!("{w} {n}")));
    let filter = maybe((kw(Kw::Where), condition.clone()).prop_map(|(w, c)| format!("{w} {c}")));
    let exception = (
        name(),
        maybe((kw(Kw::Where), condition).prop_map(|(w, c)| format!(" {w} {c}"))),
    )
        .prop_map(|(n, c)| format!("{n}{c}"));
    let except = maybe(
        (kw(Kw::Except), some_of(exception, 2, COMMAS)).prop_map(|(w, e)| format!("{w} {e}")),
    );
    words((names(), place, filter, except).prop_map(|(n, p, f, e)| vec![n, p, f, e])).boxed()
}

fn aggregate(
    expr: BoxedStrategy<String>,
    condition: BoxedStrategy<String>,
) -> BoxedStrategy<String> {
    let functions = [
        Kw::Sum,
        Kw::CountOf,
        Kw::Average,
        Kw::Share,
        Kw::Min,
        Kw::Max,
        Kw::Median,
        Kw::Stdev,
        Kw::Cv,
    ];
    let how = select(functions.to_vec()).prop_flat_map(kw);
    let of = prop_oneof![name(), expr.prop_map(|e| format!("({e})"))];
    let over = maybe((of, kw(Kw::OverName)).prop_map(|(of, over)| format!("{of} {over}")));
    let other = maybe(kw(Kw::Other));
    let place = maybe((kw(Kw::In), name()).prop_map(|(w, n)| format!("{w} {n}")));
    let filter = maybe((kw(Kw::Where), condition.clone()).prop_map(|(w, c)| format!("{w} ({c})")));
    let except = maybe(
        (kw(Kw::Except), name(), kw(Kw::Where), condition)
            .prop_map(|(w, n, f, c)| format!("{w} (甲, {n} {f} {c})")),
    );
    let weight = maybe((kw(Kw::WeightedBy), name()).prop_map(|(w, n)| format!("{w} {n}")));
    words(
        (
            how,
            kw(Kw::Of),
            over,
            other,
            name(),
            place,
            filter,
            except,
            weight,
        )
            .prop_map(
                |(how, of, over, other, set, place, filter, except, weight)| {
                    // Without `over` there is nothing to weight.
                    let weight = if over.is_empty() {
                        String::new()
                    } else {
                        weight
                    };
                    vec![how, of, over, other, set, place, filter, except, weight]
                },
            ),
    )
    .boxed()
}

fn amount() -> BoxedStrategy<String> {
    select(vec!["4pp", "2个百分点", "3", "5%", "20所"])
        .prop_map(str::to_string)
        .boxed()
}

/// A change, without its times.
fn change() -> BoxedStrategy<String> {
    let rising = || select(vec![Kw::Rises, Kw::Falls, Kw::Grows, Kw::Shrinks]).prop_flat_map(kw);
    let written = (kw(Kw::Ge), amount()).prop_map(|(op, v)| format!("{op} {v}"));
    let by = prop_oneof![
        written,
        amount(),
        Just("?".to_string()),
        Just("4pp 以上".to_string())
    ];
    prop_oneof![
        (rising(), maybe(by)).prop_map(|(r, a)| format!("{r} {a}")),
        (rising(), amount(), kw(Kw::OnAverage)).prop_map(|(r, v, a)| format!("{r} {v} {a}")),
        rising().prop_map(|r| format!("{r} 连续 3年")),
        rising().prop_map(|r| format!("{r} 3 years running")),
        kw(Kw::NeverFalls),
        kw(Kw::NeverRises),
        (kw(Kw::StaysWithin), amount()).prop_map(|(s, v)| format!("{s} {v}")),
    ]
    .boxed()
}

/// Arithmetic and conditions, mixed as the grammar allows.
fn condition() -> BoxedStrategy<String> {
    let atom = prop_oneof![
        4 => name(),
        2 => literal(),
        1 => name().prop_map(|n| format!("{n}(女)")),
        1 => (kw(Kw::Latest), name()).prop_map(|(l, n)| format!("{l} {n}")),
        1 => Just("?".to_string()),
    ];
    let sum = atom.prop_recursive(1, 4, 2, |inner| {
        let op = select(vec!["+", "-", "×", "/", "÷", "*"]);
        prop_oneof![
            (inner.clone(), op, inner.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("-({a})")),
            aggregate(inner.clone(), inner.clone()),
        ]
    });
    let sum = sum.boxed();
    let comparison =
        (sum.clone(), kw(Kw::Le), sum.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}"));
    let test = prop_oneof![
        2 => comparison,
        1 => (sum.clone(), sum.clone(), sum.clone())
            .prop_map(|(a, b, c)| format!("{a} between {b} and {c}")),
        1 => (name(), kw(Kw::OneOf), names()).prop_map(|(a, w, n)| format!("{a} {w} {{{n}}}")),
        1 => (name(), change()).prop_map(|(a, c)| format!("{a} {c}")),
        1 => name().prop_map(|n| format!("{n} in 2020 >= 3")),
        1 => name().prop_map(|n| format!("{n} = 是")),
        1 => name(),
    ];
    test.prop_recursive(1, 4, 2, |inner| {
        prop_oneof![
            (inner.clone(), kw(Kw::And), inner.clone())
                .prop_map(|(a, w, b)| format!("{a} {w} {b}")),
            (inner.clone(), kw(Kw::Or), inner.clone()).prop_map(|(a, w, b)| format!("{a} {w} {b}")),
            (kw(Kw::Not), inner.clone()).prop_map(|(w, a)| format!("{w} {a}")),
            inner.clone().prop_map(|a| format!("({a})")),
            aggregate(inner.clone(), inner.clone()),
        ]
    })
    .boxed()
}

fn expression() -> BoxedStrategy<String> {
    let operand = prop_oneof![name(), literal(), aggregate(name(), condition())].boxed();
    let op = select(vec!["+", "-", "×", "/"]);
    prop_oneof![
        2 => (operand.clone(), op, operand.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        1 => (operand.clone(), operand.clone()).prop_map(|(a, b)| format!("({a} + {b}) × 2")),
        1 => operand,
    ]
    .boxed()
}

fn time() -> BoxedStrategy<String> {
    let span = || select(vec!["2020..2025", "2020—2025", "2020至2025"]);
    prop_oneof![
        (kw(Kw::Over), span()).prop_map(|(w, s)| format!("{w} {s}")),
        (kw(Kw::Per), kw(Kw::From)).prop_map(|(p, f)| format!("{p} 5年 {f} 2021")),
        Just("per 5 years from 2021".to_string()),
        kw(Kw::WithinAny).prop_map(|w| format!("{w} 3年")),
        kw(Kw::From).prop_map(|f| format!("{f} 2020 to 2025")),
        kw(Kw::From).prop_map(|f| format!("{f} 2020 到 2025")),
        (kw(Kw::By), name()).prop_map(|(w, n)| format!("{w} {n}")),
        (kw(Kw::By), kw(Kw::EachYear), span()).prop_map(|(b, e, s)| format!("{b} 10-31 {e} {s}")),
        (kw(Kw::Within), kw(Kw::After), name()).prop_map(|(w, a, n)| format!("{w} 20天 {a} {n}")),
        (kw(Kw::EachYear), span()).prop_map(|(w, s)| format!("{w} {s}")),
    ]
    .boxed()
}

fn kind() -> BoxedStrategy<String> {
    let kinds = vec![Kw::Rate, Kw::Count, Kw::Quantity, Kw::Total, Kw::Flag];
    select(kinds).prop_flat_map(kw).boxed()
}

/// A kind, an expression, and what is required of it.
/// An expression that speaks of something.
fn measure() -> BoxedStrategy<String> {
    let op = select(vec!["+", "-", "×", "/"]);
    let operand = || prop_oneof![name(), aggregate(name(), condition())];
    prop_oneof![
        1 => (operand(), op, expression()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        1 => operand(),
        1 => some_of(operand(), 2, COMMAS),
    ]
    .boxed()
}

fn simple() -> BoxedStrategy<String> {
    let bound = prop_oneof![
        2 => bound(),
        1 => (kw(Kw::Ge), expression()).prop_map(|(op, e)| format!("{op} {e}")),
        1 => (kw(Kw::Le), Just("?")).prop_map(|(op, e)| format!("{op} {e}")),
        2 => change(),
    ];
    let group = maybe((kw(Kw::For), names()).prop_map(|(w, n)| format!("{w} {n}")));
    let among = maybe((kw(Kw::Among), name()).prop_map(|(w, n)| format!("{w} {n}")));
    let never = (
        kw(Kw::NeverFalls),
        select(vec!["2021..2035", "2021—2035年"]),
    )
        .prop_map(|(n, s)| format!("{n} {s}"));
    // A place directly behind the set of an aggregate would be that set's.
    let when = maybe((time(), maybe(places())).prop_map(|(t, p)| format!("{t} {p}")));
    let tail = prop_oneof![
        4 => words((bound, group, when).prop_map(|(b, g, w)| vec![b, g, w])),
        1 => words((never, maybe(places())).prop_map(|(n, p)| vec![n, p])),
    ];
    words((kind(), measure(), among, tail).prop_map(|(k, e, a, t)| vec![k, e, a, t])).boxed()
}

fn quantifiers() -> BoxedStrategy<String> {
    let how = prop_oneof![
        2 => kw(Kw::ForEach),
        1 => kw(Kw::ForNo),
        1 => (select(vec![Kw::ForAtLeast, Kw::ForAtMost, Kw::ForExactly]).prop_flat_map(kw), kw(Kw::Of))
            .prop_map(|(how, of)| format!("{how} 30% {of}")),
    ];
    let one = (how, set(condition()), select(vec![": ", "：", ":\n  "]))
        .prop_map(|(how, set, colon)| format!("{how} {set}{colon}"));
    proptest::collection::vec(one, 1..3)
        .prop_map(|all| all.concat())
        .boxed()
}

fn claims() -> BoxedStrategy<String> {
    let opening = prop_oneof![
        (kw(Kw::AtLeast), kw(Kw::Of)).prop_map(|(a, of)| format!("{a} 2 {of}")),
        kw(Kw::AllOf),
        kw(Kw::AnyOf),
    ];
    let of = some_of(simple(), 3, &["; ", "；", ";\n  "]);
    (opening, of)
        .prop_map(|(opening, of)| format!("{opening} {{ {of} }}"))
        .boxed()
}

fn when() -> BoxedStrategy<String> {
    let otherwise = maybe((kw(Kw::Else), simple()).prop_map(|(w, s)| format!(" {w} {s}")));
    prop_oneof![
        (
            kw(Kw::When),
            condition(),
            kw(Kw::Require),
            simple(),
            otherwise
        )
            .prop_map(|(w, c, r, s, e)| format!("{w} {c} {r} {s}{e}")),
        (kw(Kw::When), condition(), kw(Kw::Require))
            .prop_map(|(w, c, r)| format!("{w} {c} {r} 年龄 <= 63周岁 else 年龄 <= 58周岁")),
        (kw(Kw::When), condition(), kw(Kw::Then), name())
            .prop_map(|(w, c, t, n)| format!("{w} {c} {t} {n} = 否决")),
    ]
    .boxed()
}

fn rule() -> BoxedStrategy<String> {
    let label = maybe(Just("KM-9:".to_string()));
    let force = maybe(select(vec![Kw::Must, Kw::Should, Kw::May]).prop_flat_map(kw));
    let claim = prop_oneof![
        3 => simple(),
        1 => claims(),
        1 => when(),
        1 => (aggregate(name(), condition()), bound()).prop_map(|(a, b)| format!("{a} {b}")),
    ];
    let block = maybe(allow().prop_map(|field| format!("{{ {field} }}")));
    words(
        (label, force, maybe(quantifiers()), claim, block)
            .prop_map(|(l, f, q, c, b)| vec![l, f, q, c, b]),
    )
    .boxed()
}

fn declaration() -> BoxedStrategy<String> {
    let inside = select(vec![
        "fact 甲 = 97% in 2025 in 昆明 { source “表” }",
        "数据 甲 = 97% 于 2025 在 昆明",
        "as of 2026-03-01",
        "expect KM-9 violated",
        "预期 KM-9 力争 在 昆明 pending off_track",
        "预期 “a:3” 未到期 有风险",
        "expect KM-9 in 昆明 未达预期",
        "expect KM-9 不是结论",
        "expect KM-9 in 530102 met",
        "entity 长城中学 : 学校 in 五华区 { 类型 = 寄宿制 }",
    ]);
    let items = proptest::collection::vec(inside, 0..4).prop_map(|items| items.join("\n  "));
    prop_oneof![
        (kw(Kw::Define), name(), expression()).prop_map(|(d, n, e)| format!("{d} {n} = {e}")),
        (kw(Kw::Define), name(), name(), kw(Kw::In))
            .prop_map(|(d, n, e, i)| format!("{d} {n} = {e} {i} ‰")),
        (
            kw(Kw::Derive),
            name(),
            kw(Kw::For),
            set(condition()),
            kw(Kw::When),
            condition()
        )
            .prop_map(|(d, n, f, s, w, c)| format!("{d} {n} {f} {s} {w} {c}")),
        (
            kw(Kw::Waive),
            name(),
            kw(Kw::In),
            kw(Kw::Until),
            kw(Kw::Because)
        )
            .prop_map(|(w, n, i, u, b)| format!("{w} {n} {i} 东川区 {u} 2025-12-31 {b} “理由”")),
        kw(Kw::Priority).prop_map(|p| format!("{p} \"年鉴\" > 公报 > 快报")),
        (kw(Kw::UnitDecl), select(vec!["班", "班 = 45人", "m2"]))
            .prop_map(|(u, n)| format!("{u} {n}")),
        kw(Kw::Entity).prop_map(|e| format!("{e} 学校 {{ 类型: 寄宿制 | 非寄宿制  在: region }}")),
        (kw(Kw::Entity), kw(Kw::In), kw(Kw::Also)).prop_map(|(e, i, a)| format!(
            "{e} 长城中学 : 学校 {i} 五华区 {{ 类型 = 寄宿制  {a} “长城”\n  规模 = 1200人 }}"
        )),
        (kw(Kw::Test), items).prop_map(|(t, items)| format!("{t} “一例” {{\n  {items}\n}}")),
        (kw(Kw::Fact), name(), value())
            .prop_map(|(f, n, v)| format!("{f} {n}(女) = {v} in 2025 in 昆明")),
        (
            kw(Kw::Indicator),
            kw(Kw::Rollup),
            kw(Kw::SumChoice),
            kw(Kw::Cumulative),
            kw(Kw::BySchoolYear)
        )
            .prop_map(|(i, r, s, c, b)| format!("{i} 学位数 {{ {r} {s}  {c}  {b} }}")),
        (kw(Kw::Indicator), kw(Kw::OfField), name(), name())
            .prop_map(|(i, of, a, b)| format!("{i} 巩固率 {{ {of} {a} / {b} }}")),
    ]
    .boxed()
}

/// A rule or declaration.
pub(super) fn statement() -> BoxedStrategy<String> {
    prop_oneof![2 => rule(), 1 => declaration()].boxed()
}
