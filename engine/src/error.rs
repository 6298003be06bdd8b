//! What can stand in the way of an evaluation.

use std::fmt;

use guiju_lang::diag::one_line;
use guiju_lang::{Diagnostic, Lang, Sources};

/// The rules or the facts are wrong; holds every finding, not just the first.
///
/// `Display` gives one line a finding, in English; [`Error::render`] takes the language.
#[derive(Debug, Clone)]
pub struct Error {
    findings: Vec<Diagnostic>,
    sources: Sources,
}

impl Error {
    pub(crate) fn rules(findings: Vec<Diagnostic>, sources: Sources) -> Error {
        Error { findings, sources }
    }

    pub(crate) fn facts(findings: Vec<Diagnostic>) -> Error {
        Error {
            findings,
            sources: Sources::default(),
        }
    }

    /// The findings.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The texts that the findings' spans refer to.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// One line a finding, in a language.
    pub fn render(&self, lang: Lang) -> String {
        let lines: Vec<String> = self
            .findings
            .iter()
            .map(|f| one_line(f, &self.sources, lang))
            .collect();
        lines.join("\n")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Lang::En))
    }
}

impl std::error::Error for Error {}
