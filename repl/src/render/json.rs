//! Machine formats.

use guiju::lang::model::{Rule, Ruleset};
use guiju::lang::{Sources, Span};
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

/// Findings as `check --format json` prints them, with the rules and plans they lie in.
pub(crate) fn findings(
    findings: &[Diagnostic],
    sources: &Sources,
    ruleset: &Ruleset,
    lang: Lang,
) -> Findings {
    let finding = |d: &Diagnostic| {
        let rules = rules_of(d, ruleset);
        let mut plans: Vec<String> = rules
            .iter()
            .filter_map(|rule| ruleset.plan_of(rule))
            .map(|plan| plan.name.clone())
            .collect();
        plans.dedup();
        let place = |span: &Span| {
            let (file, at) = sources.locate(*span);
            guiju::Place {
                file: file.to_string(),
                line: at.line,
                column: at.column,
            }
        };
        Finding {
            code: d.code.id(),
            kind: d.code.kind(),
            severity: d.severity(),
            message: d.message(lang),
            rules: rules.iter().map(|rule| rule.id.clone()).collect(),
            plans,
            witness: None,
            spans: d.labels.iter().map(place).collect(),
            help: d.help(lang),
        }
    };
    Findings {
        schema: SCHEMA,
        findings: findings.iter().map(finding).collect(),
    }
}

/// The rules that a finding's places lie in, as far as they were understood.
fn rules_of<'r>(finding: &Diagnostic, ruleset: &'r Ruleset) -> Vec<&'r Rule> {
    let covers = |rule: &Rule, span: &Span| {
        rule.span.file == span.file && rule.span.start <= span.start && span.end <= rule.span.end
    };
    let mut rules: Vec<&Rule> = Vec::new();
    for span in &finding.labels {
        let found = ruleset.rules.iter().filter(|rule| covers(rule, span));
        rules.extend(
            found
                .filter(|rule| !rules.iter().any(|r| r.id == rule.id))
                .collect::<Vec<_>>(),
        );
    }
    rules
}
