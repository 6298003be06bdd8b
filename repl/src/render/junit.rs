//! JUnit XML, which CI systems show: a suite for each file, a case for each test.

use guiju::{ExpectationRecord, Lang, Rules, TestRecord, TestReport};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::tests::differing;
use crate::output;

/// The tests as one document. Nothing in it depends on when or where they ran.
pub(crate) fn document(report: &TestReport<'_>, rules: &Rules, lang: Lang) -> String {
    let mut document = Report::new("guiju");
    for tests in report.tests.chunk_by(|a, b| a.file == b.file) {
        let file = tests.first().map_or("", |test| &test.file);
        let mut suite = TestSuite::new(file);
        suite.add_test_cases(tests.iter().map(|test| case(test, rules, lang)));
        document.add_test_suite(suite);
    }
    let mut text = document.to_string().unwrap_or_default();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn case(test: &TestRecord<'_>, rules: &Rules, lang: Lang) -> TestCase {
    let failed: Vec<&ExpectationRecord<'_>> =
        test.expectations.iter().filter(|e| !e.passed).collect();
    let status = match failed.first() {
        None => TestCaseStatus::success(),
        Some(first) => {
            let texts: Vec<String> = failed.iter().map(|e| told(e, rules, lang)).collect();
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status
                .set_type("expectation")
                .set_message(format!("{}: {}", first.text, first.message))
                .set_description(texts.join("\n"));
            status
        }
    };
    let mut case = TestCase::new(test.name, status);
    case.set_classname(test.file.as_str());
    case.extra.insert("file".into(), test.file.as_str().into());
    let line = test.line.to_string();
    case.extra.insert("line".into(), line.as_str().into());
    case
}

/// What differs, as on the screen.
fn told(expectation: &ExpectationRecord<'_>, rules: &Rules, lang: Lang) -> String {
    let at = &expectation.span;
    format!(
        "{}:{}  {}\n{}\n{}",
        at.file,
        at.line,
        expectation.text,
        expectation.message,
        differing(
            &expectation.differing,
            rules.sources(),
            lang,
            output::file()
        )
    )
}
