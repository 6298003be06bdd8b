//! Helpers for the tests of the language.

use guiju_lang::diag::Report;
use guiju_lang::{
    Compiled, Diagnostic, FileId, Input, Lang, Loaded, Loader, NoFiles, Sources, compile, parse,
};
use miette::{GraphicalReportHandler, GraphicalTheme};

/// A finding as a terminal of 80 columns draws it, without colour.
pub fn draw(finding: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(80)
        .with_context_lines(0);
    let mut out = String::new();
    if handler
        .render_report(&mut out, &Report::new(finding, sources, lang))
        .is_err()
    {
        out.push_str("the drawing failed");
    }
    out
}

/// A loader that knows the built-in vocabulary and nothing else.
pub struct Vocabulary;

impl Loader for Vocabulary {
    fn load(&self, _from: &str, path: &str) -> Result<Loaded, String> {
        let name = path.strip_prefix("std:").unwrap_or(path);
        let text = match name {
            "regions" => include_str!("../../rules/vocabulary/regions.gj"),
            "education" => include_str!("../../rules/vocabulary/indicators.gj"),
            "scales" | "scales.gj" => include_str!("../../rules/vocabulary/scales.gj"),
            _ => return Err("no such file".to_string()),
        };
        Ok(Loaded {
            name: format!("std:{name}"),
            text: text.to_string(),
        })
    }
}

/// A text compiled alone, as `t.gj`.
pub fn compile_text(text: &str) -> Compiled {
    compile(&[Input::text("t.gj", text)], &NoFiles)
}

/// The ids of the codes of all findings.
pub fn codes(compiled: &Compiled) -> Vec<&'static str> {
    compiled.diagnostics.iter().map(|d| d.code.id()).collect()
}

/// The syntax tree of a text, as text without spans and without the keyword set.
pub fn tree(text: &str) -> String {
    let statements = parse(FileId(0), text).file.statements;
    let bodies: Vec<_> = statements.iter().map(|s| &s.body).collect();
    without_spans(&format!("{bodies:?}"))
}

/// Drops every `Span { file: … }` from a debug text.
pub fn without_spans(debug: &str) -> String {
    const SPAN: &str = "Span { file:";
    let mut out = String::with_capacity(debug.len());
    let mut rest = debug;
    while let Some(at) = rest.find(SPAN) {
        let (before, span) = rest.split_at(at);
        out.push_str(before);
        out.push_str("Span");
        rest = span.split_once('}').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}
