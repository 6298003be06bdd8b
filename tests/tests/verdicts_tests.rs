//! Tests that rule files hold: what they see, what they expect of whom, what they reach.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it must"
)]

use guiju::lang::words::{OUTLOOKS, VERDICTS};
use guiju::{Lang, Method, Outlook, Rules, TestReport, Verdict};

fn rules(text: &str) -> Rules {
    Rules::from_text("t.gj", text).unwrap_or_else(|e| panic!("{e}"))
}

/// Gives the report of all tests to `look`.
fn report<R>(text: &str, look: impl FnOnce(&TestReport<'_>) -> R) -> R {
    let rules = rules(text);
    let runs = rules.run_tests(|_| true, Lang::En, Method::default());
    look(&runs.expect("figures that fit").report(true))
}

/// What is said of each expectation.
fn said(text: &str) -> Vec<String> {
    report(text, |report| {
        let tests = report.tests.iter();
        let all = tests.flat_map(|t| &t.expectations);
        all.map(|e| e.message.clone()).collect()
    })
}

#[test]
fn the_words_are_those_of_results() {
    let names: Vec<&str> = VERDICTS.iter().map(|t| t.name).collect();
    let all: Vec<&str> = Verdict::ALL.iter().map(|v| v.name()).collect();
    assert_eq!(names, all);
    let outlooks = [
        Outlook::Achieved,
        Outlook::OnTrack,
        Outlook::AtRisk,
        Outlook::OffTrack,
        Outlook::MovingAway,
        Outlook::NoData,
    ];
    let names: Vec<&str> = OUTLOOKS.iter().map(|t| t.name).collect();
    assert_eq!(names, outlooks.map(Outlook::name));
}

/// Neither the file's own figures nor those of the test beside it.
#[test]
fn a_test_sees_its_own_figures() {
    let said = said(
        "K: rate 巩固率 >= 98% by 2025 in 昆明\n\
         fact 巩固率 = 99% in 2025 in 昆明\n\
         test \"a\" { fact 巩固率 = 97% in 2025 in 昆明  as of 2026-01-01  expect K violated }\n\
         test \"b\" { as of 2026-01-01  expect K unknown }\n\
         test \"c\" { as of 2025-12-31  expect K pending no_data }\n",
    );
    let expected = [
        "violated, as expected",
        "unknown, as expected",
        "pending no_data, as expected",
    ];
    assert_eq!(said, expected);
}

/// Nor do they reach an evaluation.
#[test]
fn an_evaluation_sees_no_tests() {
    let rules = rules(
        "K: rate 巩固率 >= 98% by 2025 in 昆明\n\
         test \"a\" { fact 巩固率 = 97% in 2025 in 昆明  as of 2026-01-01  expect K violated }\n",
    );
    let facts = guiju::Facts::new();
    let options = guiju::Options::as_of("2026-01-01".parse().expect("a date"));
    let outcome = rules.evaluate(&facts, &options).expect("an evaluation");
    assert_eq!((outcome.figures(), outcome.summary().unknown), (0, 1));
}

/// Without a time nothing is ever due, so the day is that after the last figure.
#[test]
fn without_a_date_every_figure_counts() {
    let text = "K: rate 巩固率 >= 98%\n\
        test \"a\" {\n  fact 巩固率 = 98% in 2024 in 昆明\n  fact 巩固率 = 97% in 2031 in 昆明\n  \
        expect K violated\n}\n";
    assert_eq!(said(text), ["violated, as expected"]);
    let day = report(text, |report| report.tests[0].as_of.clone());
    assert_eq!(day, "2032-01-01");
}

/// The plan's span is a time, and so a date is needed.
#[test]
fn a_span_is_a_time() {
    let text = "plan p { span 2023..2025  region 昆明 }\nK: rate 巩固率 >= 98%\n\
        test \"a\" { expect K unknown }\n";
    let error = Rules::from_text("t.gj", text).expect_err("a date is missing");
    assert!(error.to_string().contains("GJ0222"), "{error}");
}

#[test]
fn all_results_of_a_rule_or_one() {
    let said = said(
        "K: rate 巩固率 must >= 90% should >= 98% by 2025 in 昆明, 五华区\n\
         test \"a\" {\n  fact 巩固率 = 97% in 2025 in 昆明\n  fact 巩固率 = 99% in 2025 in 五华区\n  \
         as of 2026-01-01\n  expect K met\n  expect K must met\n  expect K should met\n  \
         expect K in 五华 met\n  expect K in 昆明市 met\n  expect K should in 530100 violated\n}\n",
    );
    let expected = [
        "expected met, found violated for 昆明 (should)",
        "met, as expected",
        "expected met, found violated for 昆明",
        "met, as expected",
        "expected met, found violated for 昆明 (should)",
        "violated, as expected",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_rule_that_gives_no_result_says_why() {
    let rules = "plan p { issued 2024-07-01  region 昆明 }\n\
        OLD: rate 巩固率 >= 97% by 2025 in 昆明\n\
        NEW: rate 巩固率 >= 98% by 2025 in 昆明 { supersedes OLD }\n";
    let test = |day: &str, rule: &str| {
        let test = format!("test \"a\" {{ as of {day}  expect {rule} pending }}\n");
        said(&format!("{rules}{test}")).join("")
    };
    assert_eq!(test("2024-06-30", "OLD"), "pending, as expected");
    assert_eq!(
        test("2024-06-30", "NEW"),
        "expected pending, and the rule gives no result: it is issued on 2024-07-01 only"
    );
    assert_eq!(
        test("2024-07-01", "OLD"),
        "expected pending, and the rule gives no result: as of 2024-07-01 it is superseded by NEW"
    );
}

/// Rules and verdicts that no test reaches; what is never pending is not missed as such.
#[test]
fn what_no_test_reaches() {
    let text = "A: rate 巩固率 >= 98% by 2025 in 昆明\n\
        B: rate 巩固率 must >= 97% should >= 99% in 2024 in 昆明\n\
        C: rate 入园率 >= 80%\n\
        D: rate 体育达标率 >= 71% by 2025 in 昆明\n\
        test \"a\" {\n  fact 巩固率 = 98% in 2025 in 昆明\n  fact 入园率 = 80% in 2025 in 昆明\n  \
        as of 2026-01-01\n  expect A met\n  expect B must unknown\n  expect C met\n}\n\
        test \"b\" { as of 2025-12-31  expect A violated }\n";
    let (counts, untested, unreached) = report(text, |report| {
        let coverage = report.coverage.as_ref().expect("coverage");
        let names = |v: &[Verdict]| v.iter().map(|v| v.name()).collect::<Vec<_>>().join(" ");
        let unreached = coverage.unreached.iter();
        let unreached: Vec<String> = unreached
            .map(|u| format!("{} {}: {}", u.rule, u.modality, names(&u.verdicts)))
            .collect();
        let untested: Vec<String> = coverage.untested.iter().map(ToString::to_string).collect();
        ((coverage.rules, coverage.tested), untested, unreached)
    });
    assert_eq!((counts, untested), ((4, 3), vec!["D".to_string()]));
    let expected = [
        // Pending was expected to be something else, and was found all the same.
        "A must: violated unknown",
        "B must: met violated pending",
        "B should: met violated pending unknown",
        "C must: violated unknown",
    ];
    assert_eq!(unreached, expected);
}
