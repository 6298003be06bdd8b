//! SARIF 2.1.0, for code hosts and editors. The subset that findings need is a dozen fields; the
//! published Rust types for the format describe the whole standard.

use guiju::lang::Sources;
use guiju::{Diagnostic, Lang, Severity, VERSION};
use serde_json::{Value, json};

/// A SARIF log with one run.
pub(crate) fn log(findings: &[Diagnostic], sources: &Sources, lang: Lang) -> Value {
    let mut codes: Vec<_> = findings.iter().map(|d| d.code).collect();
    codes.sort();
    codes.dedup();
    let rules: Vec<Value> = codes
        .iter()
        .map(|code| json!({ "id": code.id(), "name": code.kind() }))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "guiju", "version": VERSION, "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(|d| result(d, sources, lang)).collect::<Vec<_>>(),
        }],
    })
}

fn result(finding: &Diagnostic, sources: &Sources, lang: Lang) -> Value {
    let level = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let message = match finding.help(lang) {
        Some(help) => format!("{}\n{help}", finding.message(lang)),
        None => finding.message(lang),
    };
    let location = |span: &guiju::lang::Span| {
        let (file, from) = sources.locate(*span);
        let to = sources
            .get(span.file)
            .map_or(from, |s| s.position(span.end));
        json!({ "physicalLocation": {
            "artifactLocation": { "uri": file },
            "region": {
                "startLine": from.line, "startColumn": from.column,
                "endLine": to.line, "endColumn": to.column,
            },
        } })
    };
    let mut places = finding.labels.iter().map(location);
    json!({
        "ruleId": finding.code.id(),
        "level": level,
        "message": { "text": message },
        "locations": places.next().into_iter().collect::<Vec<_>>(),
        "relatedLocations": places.collect::<Vec<_>>(),
    })
}
