//! What rules and plans take the place of.

use std::collections::{HashMap, HashSet};

use crate::diag::{Code, Diagnostic};
use crate::names::nearest;
use crate::syntax::Name;

use super::Lowerer;

impl Lowerer {
    /// Every rule that is superseded is there, and nothing supersedes itself. A plan may supersede
    /// a document that nobody wrote down as rules.
    pub(super) fn check_superseded(&mut self) {
        let mut findings = Vec::new();
        for name in &self.superseded_rules {
            // A rule that was not understood is known by its label all the same.
            if self.labels.contains_key(&name.text) || self.broken.contains(&name.text) {
                continue;
            }
            let labelled = self.ruleset.rules.iter().filter(|r| r.labelled);
            let near = nearest(&name.text, labelled.map(|r| r.id.as_str()));
            let mut finding = Diagnostic::new(Code::UnknownSuperseded, name.span)
                .with("found", &name.text)
                .with_some("nearest", near);
            if let Some(near) = near {
                finding = finding.fixed_by(name.span, near.to_string());
            }
            findings.push(finding);
        }
        let rules = self.ruleset.rules.iter().map(|rule| {
            let targets = rule.attributes.supersedes.as_slice();
            (rule.id.as_str(), rule.span, targets)
        });
        let plans = self.ruleset.plans.iter().map(|plan| {
            let targets = plan.supersedes.as_slice();
            (plan.name.as_str(), plan.span_in_file, targets)
        });
        findings.extend(circles(rules, &self.superseded_rules));
        findings.extend(circles(plans, &self.superseded_plans));
        findings.into_iter().for_each(|f| self.report(f));
    }
}

/// A finding for each circle, on the first name that leads round it.
fn circles<'a>(
    all: impl Iterator<Item = (&'a str, crate::source::Span, &'a [String])>,
    written: &[Name],
) -> Vec<Diagnostic> {
    let edges: HashMap<&str, (crate::source::Span, &[String])> = all
        .filter(|(_, _, targets)| !targets.is_empty())
        .map(|(id, span, targets)| (id, (span, targets)))
        .collect();
    let mut findings = Vec::new();
    let mut told: HashSet<&str> = HashSet::new();
    for name in written {
        let own = edges.iter().find(|(_, (span, _))| {
            span.file == name.span.file
                && span.start <= name.span.start
                && name.span.end <= span.end
        });
        let Some((id, _)) = own else { continue };
        let mut seen = HashSet::new();
        let mut pending = vec![name.text.as_str()];
        while let Some(next) = pending.pop() {
            if seen.insert(next)
                && let Some((_, targets)) = edges.get(next)
            {
                pending.extend(targets.iter().map(String::as_str));
            }
        }
        if seen.contains(id) && !told.contains(id) {
            told.extend(seen);
            findings.push(Diagnostic::new(Code::SupersedesItself, name.span).with("found", *id));
        }
    }
    findings
}
