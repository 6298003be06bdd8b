//! The screen of `test`.

use guiju::lang::Sources;
use guiju::{CoverageRecord, Lang, ResultRecord, Rules, TestRecord, TestReport, Verdict};

use super::style::{Pen, Row, hanging, table, wrap};
use super::{human, words};

/// Results that differ are shown in full up to this number for each expectation.
const SHOWN: usize = 3;

/// Every test, what differs with its explanation, and the count.
pub(crate) fn screen(report: &TestReport<'_>, rules: &Rules, lang: Lang, pen: Pen) -> String {
    let mut out = String::new();
    let several = report
        .tests
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.file != b.file));
    let mut file = "";
    for test in &report.tests {
        if several && test.file != file {
            file = &test.file;
            out.push_str(&format!("{}\n", pen.strong(file)));
        }
        let verdict = match test.passed {
            true => Verdict::Met,
            false => Verdict::Violated,
        };
        let sign = match (test.passed, pen.unicode) {
            (true, true) => "✓",
            (true, false) => "+",
            (false, true) => "×",
            (false, false) => "x",
        };
        let sign = format!("{} ", pen.verdict(verdict, sign));
        out.push_str(&hanging(&sign, 2, test.name, pen.width));
        if !test.passed {
            let failed = failed(test, rules.sources(), lang, pen);
            out.push_str(&format!("{failed}\n"));
        }
    }
    if !report.tests.is_empty() && report.tests.last().is_none_or(|t| t.passed) {
        out.push('\n');
    }
    out.push_str(&format!("{}\n", pen.strong(&count(report, lang, pen))));
    if let Some(coverage) = &report.coverage {
        out.push_str(&covered(coverage, lang, pen));
    }
    out
}

/// The expectations of a test that do not hold.
fn failed(test: &TestRecord<'_>, sources: &Sources, lang: Lang, pen: Pen) -> String {
    let mut out = String::new();
    for expectation in test.expectations.iter().filter(|e| !e.passed) {
        out.push('\n');
        let at = &expectation.span;
        let place = format!("{}:{}", at.file, at.line);
        let headline = format!("{place}  {}", expectation.text);
        out.push_str(&hanging("  ", 2, &headline, pen.width));
        for line in wrap(&expectation.message, pen.width.saturating_sub(2)) {
            out.push_str(&format!("  {}\n", pen.strong(&line)));
        }
        out.push_str(&differing(&expectation.differing, sources, lang, pen));
    }
    out
}

/// The results that differ, explained.
pub(crate) fn differing(
    results: &[ResultRecord<'_>],
    sources: &Sources,
    lang: Lang,
    pen: Pen,
) -> String {
    let mut out = String::new();
    for result in results.iter().take(SHOWN) {
        let id = format!("{}  ", result.rule);
        out.push_str(&human::full(result, sources, &id, false, lang, pen));
    }
    let more = results.len().saturating_sub(SHOWN);
    if more > 0 {
        out.push_str(&match lang {
            Lang::Zh => format!("  另有 {more} 个结论与预期不同\n"),
            Lang::En => {
                let results = words::counted(more, "more result differs", "more results differ");
                format!("  {results}\n")
            }
        });
    }
    out
}

fn count(report: &TestReport<'_>, lang: Lang, pen: Pen) -> String {
    let (passed, failed) = (report.summary.passed, report.summary.failed);
    let total = passed + failed;
    if total == 0 {
        return lang
            .pick(
                "没有测试：在规则文件里写 `test \"名称\" { … expect 规则 met }`",
                "no tests: write `test \"name\" { … expect RULE met }` in a rule file",
            )
            .to_string();
    }
    let parts = [
        (failed, lang.pick("未通过", "failed")),
        (passed, lang.pick("通过", "passed")),
    ];
    let parts = parts.iter().filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts
        .map(|(n, word)| match lang {
            Lang::Zh => format!("{word} {n}"),
            Lang::En => format!("{n} {word}"),
        })
        .collect();
    let parts = parts.join(if pen.unicode { " · " } else { ", " });
    match lang {
        Lang::Zh => format!("{total} 个测试：{parts}"),
        Lang::En => format!("{}: {parts}", words::counted(total, "test", "tests")),
    }
}

/// What no test reaches, as short as it can be said.
fn covered(coverage: &CoverageRecord<'_>, lang: Lang, pen: Pen) -> String {
    let CoverageRecord { rules, tested, .. } = coverage;
    let head = match lang {
        Lang::Zh => format!("{rules} 条规则中有 {tested} 条有测试"),
        Lang::En => format!(
            "{tested} of {} tested",
            words::counted(*rules, "rule", "rules")
        ),
    };
    let mut out = format!("\n{}\n", pen.strong(&head));
    if !coverage.untested.is_empty() {
        let ids: Vec<String> = coverage.untested.iter().map(ToString::to_string).collect();
        out.push_str(&format!("  {}\n", lang.pick("没有测试", "without a test")));
        out.push_str(&hanging("    ", 4, &words::list(&ids, lang), pen.width));
    }
    if !coverage.unreached.is_empty() {
        let title = lang.pick("没有测试得出的结论", "verdicts that no test reaches");
        let mut rows = vec![Row::Title(title.to_string())];
        for of in &coverage.unreached {
            let verdict = |v: &Verdict| words::Standing::from(*v, "must").word(lang).into();
            let verdicts: Vec<String> = of.verdicts.iter().map(verdict).collect();
            // must goes without saying.
            let modality = match of.modality {
                "should" => lang.pick("力争", "should"),
                _ => "",
            };
            let verdicts = words::list(&verdicts, lang);
            rows.push(Row::Cells(
                vec![of.rule.to_string(), modality.to_string(), verdicts],
                None,
            ));
        }
        out.push_str(&table(&rows, 4, &[24, 8], pen));
    }
    if !coverage.branches.is_empty() {
        let title = lang.pick("没有测试走到的情形", "cases that no test reaches");
        let mut rows = vec![Row::Title(title.to_string())];
        for of in &coverage.branches {
            let case = match (of.holds, of.fails) {
                (true, true) => lang.pick("成立、不成立", "holds, fails"),
                (true, false) => lang.pick("成立", "holds"),
                (false, _) => lang.pick("不成立", "fails"),
            };
            let cells = vec![
                of.rule.to_string(),
                of.condition.to_string(),
                case.to_string(),
            ];
            rows.push(Row::Cells(cells, None));
        }
        out.push_str(&table(&rows, 4, &[24, 30], pen));
    }
    out
}
