//! The serialisable results of tests: what `test --format json` prints.

use serde::Serialize;

use super::{Place, ResultRecord};
use crate::evaluate::Verdict;
use crate::outlook::Outlook;

/// A run of tests.
#[derive(Debug, Serialize)]
pub struct TestReport<'a> {
    /// [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// Version of the engine.
    pub guiju: &'static str,
    /// The tests, by file and line.
    pub tests: Vec<TestRecord<'a>>,
    /// How many passed.
    pub summary: TestSummary,
    /// What no test reaches, on request.
    pub coverage: Option<CoverageRecord<'a>>,
}

/// How many tests passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct TestSummary {
    /// Every expectation of theirs holds.
    pub passed: usize,
    /// Some expectation does not.
    pub failed: usize,
}

/// One test.
#[derive(Debug, Serialize)]
pub struct TestRecord<'a> {
    /// What it shows.
    pub name: &'a str,
    /// The file as given.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Date of evaluation.
    pub as_of: String,
    /// Whether every expectation holds.
    pub passed: bool,
    /// What it expects, in its own order.
    pub expectations: Vec<ExpectationRecord<'a>>,
}

/// One expectation.
#[derive(Debug, Serialize)]
pub struct ExpectationRecord<'a> {
    /// As the test writes it.
    pub text: String,
    /// The rule's id.
    pub rule: &'a str,
    /// Of whom, where the test names somebody.
    pub subject: Option<&'a str>,
    /// must or should, where the test names it.
    pub modality: Option<&'static str>,
    /// What the test expects.
    pub expected: ExpectedRecord<'a>,
    /// The first result that differs, else the first; null where there is none.
    pub found: Option<FoundRecord>,
    /// Whether every result is as expected, and there is one.
    pub passed: bool,
    /// What was expected and found, in a sentence.
    pub message: String,
    /// Where the expectation stands.
    pub span: Place,
    /// The results that differ, each with its explanation.
    #[serde(skip)]
    pub differing: Vec<ResultRecord<'a>>,
}

/// What a test expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ExpectedRecord<'a> {
    /// The verdict.
    pub verdict: &'a str,
    /// The outlook; null where any will do.
    pub outlook: Option<&'a str>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundRecord {
    /// The verdict.
    pub verdict: Verdict,
    /// The outlook of a pending rule.
    pub outlook: Option<Outlook>,
    /// Of whom.
    pub subject: Option<String>,
    /// must or should.
    pub modality: &'static str,
    /// The verdict in a sentence.
    pub message: String,
}

/// What the tests that ran reach of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverageRecord<'a> {
    /// Number of rules.
    pub rules: usize,
    /// Of these, how many some test expects something of.
    pub tested: usize,
    /// The others, by file and line.
    pub untested: Vec<&'a str>,
    /// Of the tested ones, the verdicts that no test reaches.
    pub unreached: Vec<UnreachedRecord<'a>>,
    /// Of the tested ones, the cases of their conditions that no test reaches.
    pub branches: Vec<BranchRecord<'a>>,
}

/// Cases of a rule's condition that no test reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BranchRecord<'a> {
    /// The rule's id.
    pub rule: &'a str,
    /// Its condition as written.
    pub condition: &'a str,
    /// Whether no test has it hold.
    pub holds: bool,
    /// Whether no test has it fail.
    pub fails: bool,
}

/// Verdicts of a rule that no test reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnreachedRecord<'a> {
    /// The rule's id.
    pub rule: &'a str,
    /// must or should.
    pub modality: &'static str,
    /// Of met, violated, pending and unknown those that are missing.
    pub verdicts: Vec<Verdict>,
}
