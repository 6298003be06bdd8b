//! Tests written in the language: figures, a date, and what the rules should make of them.

use serde::{Deserialize, Serialize};

use crate::period::Period;
use crate::source::{FileId, Span};
use crate::words::Force;

use super::{FactStatement, PlaceId};

/// A test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestCase {
    /// What it shows.
    pub name: String,
    /// All that it knows.
    pub facts: Vec<FactStatement>,
    /// The day whose end its state of knowledge is taken at; `None` if no rule that it expects
    /// something of has a time.
    pub as_of: Option<Period>,
    /// What it expects.
    pub expectations: Vec<Expectation>,
    /// The files whose entities it sees: its own and those that this one uses; none where its file
    /// uses no other, so that it sees all.
    pub files: Vec<FileId>,
    /// Where its name stands.
    pub span: Span,
}

/// What a test expects of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// The rule's id.
    pub rule: String,
    /// Which of its tiers; without one, all of them.
    pub force: Option<Force>,
    /// Of whom; without one, of everybody that the rule covers.
    pub subject: Option<ExpectedSubject>,
    /// The name of the verdict (a [`VERDICTS`](crate::words::VERDICTS)).
    pub verdict: String,
    /// The name of the outlook (one of [`OUTLOOKS`](crate::words::OUTLOOKS)); without one, any.
    pub outlook: Option<String>,
    /// Its text.
    pub span: Span,
}

/// Of whom a verdict is expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedSubject {
    /// The place.
    pub place: PlaceId,
    /// Its name as the test writes it.
    pub written: String,
}
