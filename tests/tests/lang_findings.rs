//! What the language says about mistakes: one finding for each, on the right characters, with
//! words that help, and everything around it kept.

use guiju_lang::{FileId, Input, Lang, NoFiles, Severity, compile, parse};
use guiju_tests::lang::{codes, compile_text, draw};

const BEFORE: &str = "rate 前一条 >= 1% by 2025 in 昆明\n";
const AFTER: &str = "rate 后一条 >= 2% by 2025 in 昆明\n";

struct Case {
    code: String,
    mark: String,
    title: String,
    text: String,
}

fn unescape(text: &str) -> String {
    text.replace("\\u{200B}", "\u{200B}")
        .replace("\\r", "\r")
        .replace("\\t", "\t")
}

fn cases() -> Vec<Case> {
    let file = include_str!("../cases/mistakes.txt");
    let cases: Vec<_> = file.split("\n---- ").skip(1).filter_map(case).collect();
    assert_eq!(cases.len(), file.matches("\n---- ").count());
    cases
}

fn case(text: &str) -> Option<Case> {
    let (head, text) = text.split_once('\n')?;
    let (code, rest) = head.split_once(" |")?;
    let (mark, title) = rest.rsplit_once("| ")?;
    Some(Case {
        code: code.to_string(),
        mark: unescape(mark),
        title: title.to_string(),
        text: unescape(text),
    })
}

#[test]
fn every_mistake_gives_one_finding_in_its_place() {
    let mut wrong = Vec::new();
    for case in cases() {
        let compiled = compile_text(&format!("{BEFORE}{}\n{AFTER}", case.text));
        let marks: Vec<_> = compiled
            .diagnostics
            .iter()
            .map(|d| compiled.sources.text(d.labels[0]))
            .collect();
        let kept = ["前一条", "后一条"]
            .iter()
            .all(|name| compiled.ruleset.rules.iter().any(|r| r.text.contains(name)));
        if codes(&compiled) != [&case.code] || marks != [&case.mark] || !kept {
            wrong.push(format!(
                "{}: {:?} on {marks:?}, neighbours kept: {kept}",
                case.title,
                codes(&compiled)
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// All mistakes in one file, in several orders: each is found as if it stood alone, and every good
/// rule between them is kept.
#[test]
fn mistakes_do_not_touch_each_other() {
    let cases = cases();
    let alone: Vec<_> = cases
        .iter()
        .map(|case| {
            let parsed = parse(FileId(0), &format!("{}\n{AFTER}", case.text));
            let codes = parsed.diagnostics.iter().map(|d| d.code.id());
            (codes.collect::<Vec<_>>(), parsed.file.statements.len())
        })
        .collect();
    // A prime step that does not divide the number of cases visits every case once.
    for step in [1, 11, 31, 101] {
        let count = cases.len();
        assert!(
            step == 1 || !count.is_multiple_of(step),
            "choose another prime"
        );
        let order: Vec<_> = (0..count).map(|i| i * step % count).collect();
        let mut text = String::new();
        let mut begins = Vec::new();
        for i in &order {
            begins.push(text.len() as u32);
            text.push_str(&format!("{}\n{AFTER}", cases[*i].text));
        }
        begins.push(text.len() as u32);
        let parsed = parse(FileId(0), &text);
        for (place, i) in begins.windows(2).zip(order) {
            let inside = |at: u32| place[0] <= at && at < place[1];
            let findings = parsed.diagnostics.iter();
            let findings = findings.filter(|d| inside(d.labels[0].start));
            let codes: Vec<_> = findings.map(|d| d.code.id()).collect();
            let statements = parsed.file.statements.iter();
            let statements = statements.filter(|s| inside(s.span.start)).count();
            assert_eq!(
                (codes, statements),
                alone[i],
                "{} (step {step})",
                cases[i].title
            );
        }
    }
}

/// A second place in another file is drawn with its own lines.
#[test]
fn both_files_are_shown() {
    let inputs = ["a.gj", "b.gj"].map(|name| Input::text(name, "KM-1: rate 甲 >= 1% in 2025\n"));
    let compiled = compile(&inputs, &NoFiles);
    assert_eq!(codes(&compiled), ["GJ0205"]);
    let drawn = draw(&compiled.diagnostics[0], &compiled.sources, Lang::En);
    assert!(
        drawn.contains("[a.gj:1:1]") && drawn.contains("[b.gj:1:1]"),
        "{drawn}"
    );
}

/// A session asks for more input where a statement breaks off, and nowhere else.
#[test]
fn what_breaks_off_is_incomplete() {
    for text in [
        "rate 甲 >=",
        "rate 甲 >= 98% by",
        "rate 甲 >= 98% {",
        "rate 甲 >= 98% {\n  clause \"一\"",
        "KM-1:",
        "must",
        "region 昆明 contains 五华区,",
        "rat 甲 >= 1%\nrate 乙 >=",
    ] {
        assert!(parse(FileId(0), text).incomplete, "{text}");
    }
    for text in [
        "",
        "rate 甲 >= 98%",
        "rate 甲 by 2025",
        "rat 甲 >= 98%",
        "rate 甲 98%",
        "rate 甲 >= \nrate 乙 >= 1%",
        "rate \"甲 >= 98%",
        "}",
    ] {
        assert!(!parse(FileId(0), text).incomplete, "{text}");
    }
}

/// One line a case and language: message · label · help.
#[test]
fn what_is_said_about_every_mistake() {
    let mut said = String::new();
    for case in cases() {
        let compiled = compile_text(&format!("{BEFORE}{}\n{AFTER}", case.text));
        said.push_str(&format!("{} — {}\n", case.code, case.title));
        for finding in &compiled.diagnostics {
            assert_eq!(finding.severity(), Severity::Error);
            for lang in [Lang::Zh, Lang::En] {
                let label = finding.label(lang).unwrap_or_default();
                let help = finding.help(lang).unwrap_or_default();
                let message = finding.message(lang);
                assert!(!help.is_empty(), "no help: {}", case.title);
                for text in [&message, &label, &help] {
                    let unfilled = text.contains('{') && text.contains("}`") && text.contains("{f");
                    assert!(!unfilled, "{text}");
                }
                said.push_str(&format!("  {message} · {label} · {help}\n"));
            }
        }
    }
    insta::assert_snapshot!(said);
}

/// The fixes that findings offer do mend the statement.
#[test]
fn fixes_mend() {
    let mut wrong = Vec::new();
    for case in cases() {
        let text = format!("{BEFORE}{}\n{AFTER}", case.text);
        let compiled = compile_text(&text);
        let Some(finding) = compiled.diagnostics.first() else {
            continue;
        };
        let Some(fix) = finding.fixes.first() else {
            continue;
        };
        let mut mended = text.clone();
        mended.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.text);
        let again = compile_text(&mended);
        if codes(&again).contains(&finding.code.id()) && again.diagnostics.len() == 1 {
            wrong.push(format!("{}: {}", case.title, fix.text));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn twenty(lang: Lang) -> String {
    let compiled = compile_text(include_str!("../cases/twenty-mistakes.gj"));
    let drawn = compiled
        .diagnostics
        .iter()
        .map(|d| draw(d, &compiled.sources, lang));
    drawn.collect::<Vec<_>>().join("\n")
}

#[test]
fn twenty_mistakes_give_twenty_findings() {
    let text = include_str!("../cases/twenty-mistakes.gj");
    let compiled = compile_text(text);
    assert_eq!(compiled.diagnostics.len(), 20, "{:#?}", codes(&compiled));
    let good: Vec<_> = compiled
        .ruleset
        .rules
        .iter()
        .map(|r| r.id.as_str())
        .collect();
    let expected: Vec<_> = (1..=21).map(|i| format!("G-{i:02}")).collect();
    assert_eq!(good, expected);
    assert_eq!(compiled.ruleset.facts.len(), 1);
}

#[test]
fn twenty_mistakes_in_chinese() {
    insta::assert_snapshot!(twenty(Lang::Zh));
}

#[test]
fn twenty_mistakes_in_english() {
    insta::assert_snapshot!(twenty(Lang::En));
}

/// Rules, or plans, that take each other's place are one mistake.
#[test]
fn a_circle_is_found_once() {
    let text = "plan p { supersedes q region 昆明 }\nplan q { supersedes p region 昆明 }\n\
        A: rate 甲 >= 3% by 2025 { supersedes B }\n\
        B: rate 甲 >= 4% by 2025 { supersedes C, Z }\n\
        C: rate 甲 >= 5% by 2025 { supersedes A }\n";
    let compiled = compile_text(text);
    assert_eq!(codes(&compiled), ["GJ0213", "GJ0213", "GJ0212"]);
}
