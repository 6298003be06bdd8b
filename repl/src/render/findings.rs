//! Findings and verdicts, drawn by miette with the lines they are about.

use std::fmt;

use guiju::lang::diag::{Report, SourceText};
use guiju::lang::{FileId, Sources};
use guiju::{Diagnostic, Explanation, Lang, ResultRecord, Severity, Verdict};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::style::Pen;
use super::words;
use crate::output;

fn handler(pen: Pen, width: usize) -> GraphicalReportHandler {
    let theme = match (pen.unicode, pen.color) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, _) => GraphicalTheme::none(),
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(width)
        .with_context_lines(0)
        .with_links(false)
}

/// Draws findings on standard error.
pub(crate) fn draw(findings: &[Diagnostic], sources: &Sources, lang: Lang) {
    let pen = Pen {
        color: output::stderr_colors(),
        unicode: true,
    };
    let text = drawn(findings, sources, lang, pen);
    if !text.is_empty() {
        output::complain(&text);
    }
}

/// Findings as drawn text.
pub(crate) fn drawn(findings: &[Diagnostic], sources: &Sources, lang: Lang, pen: Pen) -> String {
    let handler = handler(pen, output::width());
    let mut out = String::new();
    for finding in findings {
        let report = Report::new(finding, sources, lang);
        if handler.render_report(&mut out, &report).is_err() {
            // The handler writes to a string; should it ever fail, the plain line still says it.
            out.push_str(&guiju::lang::diag::one_line(finding, sources, lang));
        }
        out.push('\n');
    }
    out
}

/// Findings as text for a session, coloured as standard output is.
pub(crate) fn plain(findings: &[Diagnostic], sources: &Sources, lang: Lang) -> String {
    drawn(
        findings,
        sources,
        lang,
        Pen {
            color: output::stdout_colors(),
            unicode: true,
        },
    )
}

/// `5 rules, 2 errors`.
pub(crate) fn tally(findings: &[Diagnostic], rules: usize, lang: Lang) -> String {
    let count = |severity| findings.iter().filter(|f| f.severity() == severity).count();
    let (errors, warnings, notes) = (
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note),
    );
    match lang {
        Lang::Zh if findings.is_empty() => format!("{rules} 条规则，没有发现问题\n"),
        Lang::En if findings.is_empty() => format!("{rules} rules, nothing found\n"),
        Lang::Zh => format!("{rules} 条规则读懂；错误 {errors}，警告 {warnings}，提示 {notes}\n"),
        Lang::En => format!(
            "{rules} rules understood; {errors} errors, {warnings} warnings, {notes} notes\n"
        ),
    }
}

/// A verdict on the rule's own lines.
pub(crate) fn verdict(
    result: &ResultRecord<'_>,
    explanation: &Explanation,
    sources: &Sources,
    lang: Lang,
    pen: Pen,
) -> String {
    let source = sources
        .iter()
        .find(|(_, s)| s.name == result.span.file)
        .map(|(id, _)| id);
    let drawn = Drawn {
        result,
        explanation,
        source: source.and_then(|id| text(sources, id)),
        lang,
    };
    let mut out = String::new();
    if handler(pen, output::width())
        .render_report(&mut out, &drawn)
        .is_err()
    {
        out.push_str(&explanation.headline);
        out.push('\n');
    }
    out
}

fn text(sources: &Sources, id: FileId) -> Option<SourceText<'_>> {
    sources.get(id).map(SourceText)
}

#[derive(Debug)]
struct Drawn<'a> {
    result: &'a ResultRecord<'a>,
    explanation: &'a Explanation,
    source: Option<SourceText<'a>>,
    lang: Lang,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.explanation.headline)
    }
}

impl std::error::Error for Drawn<'_> {}

impl miette::Diagnostic for Drawn<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(format!(
            "{} {}",
            self.result.rule,
            words::of_result(self.result, self.lang)
        )))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match (self.result.verdict, self.result.severity) {
            (Verdict::Violated, Some("error")) => miette::Severity::Error,
            (Verdict::Violated | Verdict::Unknown, _) => miette::Severity::Warning,
            _ => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|s| s as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.explanation.marks.iter().map(|mark| {
            let span = (mark.start as usize, (mark.end - mark.start) as usize);
            let text = Some(mark.text.clone());
            if mark.part == "requirement" {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        });
        Some(Box::new(labels))
    }
}
