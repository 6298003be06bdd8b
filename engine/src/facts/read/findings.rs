//! Findings of one file: listed up to a limit, counted beyond it.

use guiju_lang::{Code, Diagnostic};

use super::long::{Cell, Field};

pub(super) struct Findings<'f> {
    file: &'f str,
    max: usize,
    list: Vec<Diagnostic>,
    beyond: u64,
}

impl Findings<'_> {
    pub(super) fn new(file: &str, max: usize) -> Findings<'_> {
        Findings {
            file,
            max,
            list: Vec::new(),
            beyond: 0,
        }
    }

    pub(super) fn push(&mut self, finding: Diagnostic) {
        if self.list.len() < self.max {
            self.list.push(finding);
        } else {
            self.beyond += 1;
        }
    }

    /// A finding about a cell, which holds `found`.
    pub(super) fn at(&mut self, code: Code, cell: Cell<'_>, found: &str, nearest: Option<&str>) {
        let place = format!("{}:{}:{}", self.file, cell.line, cell.column);
        let finding = Diagnostic::unplaced(code).with("place", place);
        self.push(
            finding
                .with("found", clip(found.trim(), 60))
                .with_some("nearest", nearest),
        );
    }

    /// A field is missing where `cell` should hold it.
    pub(super) fn missing(&mut self, field: Field, cell: Cell<'_>) {
        let place = format!("{}:{}:{}", self.file, cell.line, cell.column);
        let finding = Diagnostic::unplaced(Code::FactsMissingField).with("place", place);
        self.push(finding.with("field", field.label()));
    }

    /// A limit is exceeded.
    pub(super) fn limit(&mut self, line: u32, what: String) {
        let file = format!("{}:{line}", self.file);
        self.push(
            Diagnostic::unplaced(Code::FactsLimit)
                .with("file", file)
                .with("what", what),
        );
    }

    /// The text cannot be read any further.
    pub(super) fn unreadable(&mut self, reason: &str) {
        let finding = Diagnostic::unplaced(Code::FactsUnreadable).with("file", self.file);
        self.push(finding.with("reason", reason));
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.list.len() as u64 + self.beyond
    }

    /// Withdraws the findings of one kind; those beyond the limit are of the same kind or follow it.
    pub(super) fn forget(&mut self, code: Code) {
        self.list.retain(|f| f.code != code);
        self.beyond = 0;
    }

    /// The list, closed by the number of those that are not on it.
    pub(super) fn into_list(mut self) -> Vec<Diagnostic> {
        if self.beyond > 0 {
            let more = Diagnostic::unplaced(Code::TooManyErrors).with("file", self.file);
            self.list.push(more.with("count", self.beyond));
        }
        self.list
    }
}

/// At most `max` characters, without line breaks.
pub(super) fn clip(text: &str, max: usize) -> String {
    let mut chars = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut out: String = chars.by_ref().take(max).collect();
    if chars.next().is_some() {
        out.push('…');
    }
    out
}
