//! What scripts may rely on: every field is there, null where it says nothing, and every number is
//! a decimal string.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation is how a test speaks"
)]

mod support;

use guiju::{Facts, Line, Options, Rules};
use serde_json::Value;
use support::{Case, case};

/// The fields of a result, in order.
const RESULT: &[&str] = &[
    "rule",
    "plan",
    "clause",
    "kind",
    "indicator",
    "region",
    "region_code",
    "subject",
    "group",
    "modality",
    "nature",
    "verdict",
    "outlook",
    "word",
    "severity",
    "required",
    "actual",
    "gap",
    "time",
    "periods",
    "reached",
    "progress",
    "deadline",
    "lead",
    "owner",
    "weight",
    "missing",
    "conflicts",
    "derived",
    "waived",
    "open",
    "used",
    "quantifier",
    "part",
    "span",
    "message",
    "explanation",
];

const RULE: &[&str] = &[
    "rule",
    "plan",
    "clause",
    "kind",
    "indicator",
    "op",
    "value",
    "upper",
    "unit",
    "time",
    "region",
    "region_code",
    "quantifier",
    "where",
    "modality",
    "nature",
    "lead",
    "owner",
    "deadline",
    "baseline",
    "weight",
    "note",
    "span",
    "text",
];

/// The fields of what stands under a name, wherever it stands.
const INNER: &[(&str, &[&str])] = &[
    (
        "required",
        &[
            "op", "value", "upper", "unit", "exact", "ref", "cmp", "about",
        ],
    ),
    (
        "actual",
        &["value", "unit", "exact", "period", "status", "source"],
    ),
    ("gap", &["value", "unit", "exact"]),
    ("time", &["type", "from", "to", "every"]),
    (
        "periods",
        &["period", "value", "required", "verdict", "source"],
    ),
    (
        "progress",
        &[
            "method", "asked", "baseline", "pace", "needed", "year", "ceiling",
        ],
    ),
    ("baseline", &["value", "unit", "period"]),
    ("missing", &["subject", "indicator", "period"]),
    ("conflicts", &["subject", "indicator", "period", "values"]),
    ("values", &["value", "unit", "source"]),
    (
        "source",
        &[
            "file",
            "sheet",
            "line",
            "column",
            "cell",
            "text",
            "publisher",
        ],
    ),
    ("span", &["file", "line", "column"]),
    (
        "summary",
        &[
            "met",
            "violated",
            "pending",
            "unknown",
            "not_applicable",
            "waived",
        ],
    ),
];

/// Names whose value, if it looks like a number at all, is one.
const NUMBERS: &[&str] = &["value", "upper", "pace", "needed", "weight"];

const MANY: &str = r#"scale 等级: 甲 > 乙 > 丙
plan p "某规划" { span 2023..2025 region 昆明 lead 教育局 owner 财政局, 编办 }
A: rate 巩固率 >= 980‰ by 2025 { clause "一(二)" nature binding weight 2.50 baseline 94.30% in 2020 note "注" }
B: must ratio 师生比 between 1:16 and 1:12 each year
C: count 学校 must >= 1.20万所 should > 20000 in 2025
D: milestone 开工 by 2024-06
E: rank 名次 <= 3 throughout 2023..2026
F: grade 评级 >= 乙 by 2026
G: should flag 达标 by 2025
H: amount 经费 >= 0.30亿元 by 2026
I: duration 年限 > 18个月 by 2025
J: rate 入学率 <= 99.5%
K: quantity 面积 >= 6.20平方米/生 by 2025
"#;

const FIGURES: &str = "地区,指标,时间,数值,单位,状态,来源
昆明市,巩固率,2025,97.20,%,,年报
昆明市,巩固率,2024,99,%,快报,
昆明市,师生比,2023,1:15,,,
昆明市,师生比,2024,1:17,,,
昆明市,学校,2025,\"12,000\",所,,
昆明市,开工,2024,2024-07-02,,,
昆明市,名次,2023,2,,,
昆明市,名次,2024,3,,,
昆明市,名次,2024,5,,,
昆明市,评级,2024,丙,,,
昆明市,评级,2025,乙,,,
昆明市,达标,2025,是,,,
昆明市,经费,2023,2000,万元,,
昆明市,经费,2025,0.25,亿元,,
昆明市,年限,2025,19,个月,,
昆明市,入学率,2025,99.50,%,,
昆明市,面积,2025,7,平方米/生,预计,
";

fn many() -> Case<'static> {
    case("2026-03-01", MANY).file("facts.csv", FIGURES)
}

fn parsed(case: &Case<'_>) -> Value {
    let json = case.outcome().unwrap_or_else(|e| panic!("{e}"));
    serde_json::from_str(&json).expect("JSON")
}

fn keys(value: &Value) -> Vec<&str> {
    let fields = value.as_object().expect("an object");
    fields.keys().map(String::as_str).collect()
}

fn sorted<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let mut names = names.to_vec();
    names.sort_unstable();
    names
}

/// A decimal without exponent, thousands mark, plus sign or trailing zeros.
fn is_plain_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "1"));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && !fraction.ends_with('0')
        && (whole == "0" || !whole.starts_with('0'))
        && text != "-0"
}

/// Every object that is reached by a name has the fields of that name; every number is one.
fn check(name: &str, value: &Value, seen: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some((_, wanted)) = INNER.iter().find(|(n, _)| *n == name) {
                assert_eq!(keys(value), sorted(wanted), "{name}");
                seen.push(name.to_string());
            }
            for (name, value) in fields {
                check(name, value, seen);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| check(name, item, seen)),
        Value::String(text) if NUMBERS.contains(&name) => {
            let like_a_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
            let is_date = text.len() == 10 && text.matches('-').count() == 2;
            assert!(
                !like_a_number || is_date || is_plain_decimal(text),
                "{name}: {text}"
            );
        }
        _ => {}
    }
}

#[test]
fn every_field_is_there_and_null_where_it_says_nothing() {
    let report = parsed(&many());
    assert_eq!(
        keys(&report),
        sorted(&["schema", "guiju", "as_of", "summary", "results"])
    );
    assert_eq!(report["schema"], 1);
    assert_eq!(report["as_of"], "2026-03-01");
    let mut seen = Vec::new();
    check("", &report, &mut seen);
    for (name, _) in INNER {
        assert!(seen.iter().any(|s| s == name), "no case shows {name}");
    }
    for result in report["results"].as_array().expect("results") {
        assert_eq!(keys(result), sorted(RESULT));
        for list in ["lead", "owner", "missing", "conflicts", "derived", "open"] {
            assert!(result[list].is_array(), "{list}");
        }
        for absent in ["group", "waived", "used", "quantifier", "explanation"] {
            assert!(result[absent].is_null(), "{absent}");
        }
        assert_eq!(result["part"], false);
        assert_eq!(result["lead"], serde_json::json!(["教育局"]));
        let pending = result["verdict"] == "pending";
        assert_eq!(result["outlook"].is_null(), !pending);
        assert_eq!(result["progress"].is_null(), !pending);
        let severity = match (result["verdict"].as_str(), result["modality"].as_str()) {
            (Some("violated"), Some("must")) => Value::from("error"),
            (Some("violated"), _) => Value::from("warning"),
            _ => Value::Null,
        };
        assert_eq!(result["severity"], severity);
        assert_eq!(
            result["gap"].is_null(),
            result["actual"].is_null() || result["kind"] == "flag"
        );
    }
}

#[test]
fn the_whole_report() {
    insta::assert_snapshot!(many().shown());
}

#[test]
fn the_fields_of_a_result_come_in_order() {
    let json = many().outcome().expect("an outcome");
    let first = json.split("\"results\"").nth(1).expect("results");
    let mut at = 0;
    for name in RESULT {
        let found = first[at..]
            .find(&format!("\n      \"{name}\":"))
            .unwrap_or_else(|| panic!("{name}"));
        at += found;
    }
}

#[test]
fn the_summary_counts_every_result() {
    let report = parsed(&many());
    let results = report["results"].as_array().expect("results");
    for verdict in [
        "met",
        "violated",
        "pending",
        "unknown",
        "not_applicable",
        "waived",
    ] {
        let count = results.iter().filter(|r| r["verdict"] == verdict).count();
        assert_eq!(report["summary"][verdict], count, "{verdict}");
    }
    assert_eq!(results.len(), 12);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let first = many().outcome().expect("an outcome");
    for _ in 0..5 {
        assert_eq!(many().outcome().as_ref(), Ok(&first));
    }
    // Rows in another order say the same of every rule.
    let mut rows: Vec<&str> = FIGURES.lines().skip(1).collect();
    rows.reverse();
    let header = FIGURES.lines().next().expect("a header");
    let turned = format!("{header}\n{}\n", rows.join("\n"));
    assert_eq!(
        case("2026-03-01", MANY)
            .file("facts.csv", &turned)
            .verdicts(),
        many().verdicts()
    );
}

#[test]
fn two_tiers_are_two_results_of_one_rule() {
    let report = parsed(&many());
    let results = report["results"].as_array().expect("results");
    let tiers: Vec<_> = results
        .iter()
        .filter(|r| r["rule"] == "C")
        .map(|r| {
            (
                r["modality"].as_str(),
                r["verdict"].as_str(),
                r["required"]["value"].as_str(),
            )
        })
        .collect();
    let tier = |force, verdict, value| (Some(force), Some(verdict), Some(value));
    assert_eq!(
        tiers,
        [
            tier("must", "met", "12000"),
            tier("should", "violated", "20000")
        ]
    );
}

#[test]
fn a_decimal_that_does_not_end_errs_on_the_hard_side() {
    let report = parsed(&many());
    let results = report["results"].as_array().expect("results");
    let ratio = results.iter().find(|r| r["rule"] == "B").expect("B");
    assert_eq!(ratio["required"]["value"], "0.0625");
    // The upper bound rounds down, the actual value (below the lower bound) too, away from it.
    assert_eq!(ratio["required"]["upper"], "0.0833333333333");
    assert_eq!(ratio["actual"]["value"], "0.0588235294117");
    assert_eq!(ratio["actual"]["exact"], "1/17");
    assert_eq!(ratio["gap"]["exact"], "-1/272");
    let most = |bound: &str, figure: &str| {
        let rules = format!("ratio 师生比 {bound} by 2025 in 昆明");
        let case = case("2026-03-01", &rules);
        let report = parsed(&case.facts(&format!("昆明,师生比,2025,{figure},,")));
        let result = &report["results"][0];
        let text = |v: &Value| v["value"].as_str().unwrap_or_default().to_string();
        (text(&result["required"]), text(&result["actual"]))
    };
    assert_eq!(
        most(">= 1:15", "1:15"),
        ("0.0666666666667".into(), "0.0666666666666".into())
    );
    assert_eq!(
        most("<= 1:15", "1:15"),
        ("0.0666666666666".into(), "0.0666666666667".into())
    );
}

#[test]
fn a_stream_is_the_same_results_and_a_summary() {
    let rules = Rules::from_text("rules.gj", MANY).expect("rules");
    let facts = Facts::from_text("facts.csv", FIGURES).expect("facts");
    let outcome = rules
        .evaluate(
            &facts,
            &Options::as_of("2026-03-01".parse().expect("a date")),
        )
        .expect("an outcome");
    let report: Value = serde_json::to_value(outcome.report()).expect("JSON");
    for (at, result) in outcome.results().enumerate() {
        let line = serde_json::to_value(Line::Result(Box::new(result))).expect("JSON");
        assert_eq!(line["type"], "result");
        let mut expected = report["results"][at].clone();
        expected["type"] = "result".into();
        assert_eq!(line, expected);
    }
    let summary = outcome.summary();
    let last = Line::Summary {
        schema: 1,
        guiju: guiju::VERSION,
        as_of: "2026-03-01".into(),
        summary,
    };
    let last = serde_json::to_value(last).expect("JSON");
    assert_eq!(last["type"], "summary");
    assert_eq!(last["summary"], report["summary"]);
}

#[test]
fn the_records_of_rules() {
    let rules = Rules::from_text("rules.gj", MANY).expect("rules");
    let records = serde_json::to_value(rules.records()).expect("JSON");
    for record in records.as_array().expect("an array") {
        assert_eq!(keys(record), sorted(RULE));
        check("", record, &mut Vec::new());
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&records).expect("JSON"));
}

#[test]
fn explanations_come_on_request() {
    let rules = Rules::from_text("rules.gj", MANY).expect("rules");
    let facts = Facts::from_text("facts.csv", FIGURES).expect("facts");
    let options = Options::as_of("2026-03-01".parse().expect("a date")).explained();
    let outcome = rules.evaluate(&facts, &options).expect("an outcome");
    for result in outcome.results() {
        let explanation = result.explanation.expect("an explanation");
        assert_eq!(explanation.headline, result.message);
    }
}
