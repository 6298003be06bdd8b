//! Machine formats.

use guiju::lang::Sources;
use guiju::{Diagnostic, Lang, Outcome, Report, SCHEMA, VERSION};
use serde::Serialize;

use super::Selection;

/// Indented JSON with a final line break.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    // Our own types serialise to strings, numbers, lists and maps with string keys: that cannot fail.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The JSON of `eval`, with the selected results.
pub(crate) fn report<'o>(outcome: &'o Outcome<'_>, selection: &'o Selection) -> Report<'o> {
    Report {
        schema: SCHEMA,
        guiju: VERSION,
        as_of: outcome.options().as_of.to_string(),
        summary: outcome.summary(),
        results: selection.results(outcome).collect(),
    }
}

/// The JSON of `check`.
#[derive(Debug, Serialize)]
pub(crate) struct Findings {
    schema: u32,
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct Finding {
    code: &'static str,
    kind: &'static str,
    severity: guiju::Severity,
    message: String,
    rules: Vec<String>,
    plans: Vec<String>,
    witness: Option<()>,
    spans: Vec<guiju::Place>,
    help: Option<String>,
}

/// Findings as `check --format json` prints them.
pub(crate) fn findings(findings: &[Diagnostic], sources: &Sources, lang: Lang) -> Findings {
    let finding = |d: &Diagnostic| Finding {
        code: d.code.id(),
        kind: d.code.kind(),
        severity: d.severity(),
        message: d.message(lang),
        rules: Vec::new(),
        plans: Vec::new(),
        witness: None,
        spans: d
            .labels
            .iter()
            .map(|span| {
                let (file, at) = sources.locate(*span);
                guiju::Place {
                    file: file.to_string(),
                    line: at.line,
                    column: at.column,
                }
            })
            .collect(),
        help: d.help(lang),
    };
    Findings {
        schema: SCHEMA,
        findings: findings.iter().map(finding).collect(),
    }
}
