//! Findings, drawn with the lines they are about.

use guiju::lang::{FileId, Sources};
use guiju::{Diagnostic, Lang, Severity};

use super::reasons;
use super::snippet::{self, Mark};
use super::style::{Pen, hanging};
use super::words;
use crate::output;

/// Findings that are drawn; more are counted.
const DRAWN: usize = 100;

/// Draws findings on standard error, before the rest is printed.
pub(crate) fn draw(findings: &[Diagnostic], sources: &Sources, lang: Lang) {
    if !findings.is_empty() {
        output::complain(&drawn(findings, sources, lang, output::stderr()));
        // What follows on standard output stands apart.
        output::complain("");
    }
}

/// Findings as drawn text, a line between them.
pub(crate) fn drawn(findings: &[Diagnostic], sources: &Sources, lang: Lang, pen: Pen) -> String {
    let mut all: Vec<String> = findings
        .iter()
        .take(DRAWN)
        .map(|finding| one(finding, sources, lang, pen))
        .collect();
    let more = findings.len().saturating_sub(DRAWN);
    if more > 0 {
        all.push(match lang {
            Lang::Zh => format!("… 另有 {more} 处（check --format json 列出全部）\n"),
            Lang::En => format!("… {more} more (check --format json lists all)\n"),
        });
    }
    all.join("\n")
}

/// What is wrong with the call, drawn as a finding.
pub(crate) fn call(message: &str, help: &str, lang: Lang, pen: Pen) -> String {
    let message = reasons::system(message, lang);
    let mut out = title(Severity::Error, &message, pen);
    out.push_str(&helping(help, lang, pen));
    out
}

fn one(finding: &Diagnostic, sources: &Sources, lang: Lang, pen: Pen) -> String {
    let finding = &*reasons::worded(finding, sources, lang);
    let message = format!("{}  {}", finding.code, finding.message(lang));
    let mut out = title(finding.severity(), &message, pen);
    let file = finding.labels.first().map(|label| label.file);
    if let Some(file) = file
        && let Some(source) = sources.get(file)
    {
        out.push_str(&snippet::draw(source, &marks(finding, file, lang), pen));
    }
    // Places in other files have lines of their own.
    for label in finding.labels.iter().filter(|l| Some(l.file) != file) {
        let (name, at) = sources.locate(*label);
        let text = finding.other_label(lang).unwrap_or_default();
        let line = format!("{name}:{}:{}  {text}", at.line, at.column);
        out.push_str(&format!("  {}\n", line.trim_end()));
    }
    if let Some(help) = finding.help(lang) {
        out.push_str(&helping(&help, lang, pen));
    }
    out
}

fn title(severity: Severity, message: &str, pen: Pen) -> String {
    let sign = match (severity, pen.unicode) {
        (Severity::Error, true) => "×",
        (Severity::Error, false) => "x",
        (Severity::Warning, _) => "!",
        (Severity::Note, _) => "i",
    };
    hanging(
        &format!("{} ", pen.severity(severity, sign)),
        2,
        message,
        pen.width,
    )
}

fn helping(help: &str, lang: Lang, pen: Pen) -> String {
    let label = words::help(lang);
    let width = 2 + super::style::columns(label);
    hanging(
        &format!("  {}", pen.severity(Severity::Note, label)),
        width,
        help,
        pen.width,
    )
}

fn marks(finding: &Diagnostic, file: FileId, lang: Lang) -> Vec<Mark> {
    let marks = finding.labels.iter().filter(|span| span.file == file);
    marks
        .enumerate()
        .map(|(i, span)| Mark {
            start: span.start,
            end: span.end,
            text: if i == 0 {
                finding.label(lang).unwrap_or_default()
            } else {
                finding.other_label(lang).unwrap_or_default()
            },
            primary: i == 0,
        })
        .collect()
}

/// `5 rules understood: 2 errors`.
pub(crate) fn tally(findings: &[Diagnostic], rules: usize, lang: Lang) -> String {
    let count = |severity| findings.iter().filter(|f| f.severity() == severity).count();
    let mut parts = Vec::new();
    for (severity, zh, one, many) in [
        (Severity::Error, "错误", "error", "errors"),
        (Severity::Warning, "警告", "warning", "warnings"),
        (Severity::Note, "提示", "note", "notes"),
    ] {
        let n = count(severity);
        if n > 0 {
            parts.push(match lang {
                Lang::Zh => format!("{zh} {n}"),
                Lang::En => format!("{n} {}", if n == 1 { one } else { many }),
            });
        }
    }
    let rules = match lang {
        Lang::Zh => format!("{rules} 条规则"),
        Lang::En => words::counted(rules, "rule", "rules"),
    };
    if parts.is_empty() {
        return match lang {
            Lang::Zh => format!("{rules}，没有发现问题\n"),
            Lang::En => format!("{rules}, nothing found\n"),
        };
    }
    match lang {
        Lang::Zh => format!("读懂 {rules}；{}\n", parts.join("，")),
        Lang::En => format!("{rules} understood; {}\n", parts.join(", ")),
    }
}
