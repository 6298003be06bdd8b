//! The serialisable results: what `eval --format json` prints and what services store.
//!
//! Field names and their meaning are a contract (docs/json.md): additions are free, a change needs
//! a step of [`SCHEMA`]. Absent fields are null, never omitted. Renderers take these and nothing
//! else.

mod build;
mod lacking;
mod rules;
mod tests;

use std::borrow::Cow;

use serde::Serialize;

use crate::evaluate::{Summary, Verdict};
use crate::explain::Explanation;
use crate::facts::Status;
use crate::outlook::{Outlook, PlannersWord};

pub(crate) use build::{open, result, source, subject};
pub(crate) use lacking::{Lack, conflicts, indicator_name, lacking, whose};
pub(crate) use rules::rule_records;
pub use rules::{BandRecord, RuleRecord};
pub use tests::{
    BranchRecord, CoverageRecord, ExpectationRecord, ExpectedRecord, FoundRecord, TestRecord,
    TestReport, TestSummary, UnreachedRecord,
};

/// Version of the JSON of results.
pub const SCHEMA: u32 = 1;

/// A whole evaluation.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Version of the engine.
    pub guiju: &'static str,
    /// Date of evaluation.
    pub as_of: String,
    /// Counts of all results, shown or not.
    pub summary: Summary,
    /// The results.
    pub results: Vec<ResultRecord<'a>>,
}

/// One result: a requirement of a rule for a subject.
#[derive(Debug, Clone, Serialize)]
pub struct ResultRecord<'a> {
    /// The rule's id.
    pub rule: &'a str,
    /// Its plan.
    pub plan: Option<&'a str>,
    /// Where in the plan.
    pub clause: Option<&'a str>,
    /// Its kind.
    pub kind: &'static str,
    /// The indicator's canonical name.
    pub indicator: &'a str,
    /// The region, as the rule or the facts name it.
    pub region: Option<Cow<'a, str>>,
    /// GB/T 2260 code of the region.
    pub region_code: Option<String>,
    /// The subject: the region itself, or an entity in it.
    pub subject: Option<Cow<'a, str>>,
    /// The breakdown.
    pub group: Option<String>,
    /// must or should.
    pub modality: &'static str,
    /// binding or expected.
    pub nature: Option<&'static str>,
    /// The verdict.
    pub verdict: Verdict,
    /// What a pending rule may expect.
    pub outlook: Option<Outlook>,
    /// The planners' word for it.
    pub word: Option<PlannersWord>,
    /// error for a violated must, warning for a violated should.
    pub severity: Option<&'static str>,
    /// What is required.
    pub required: Required,
    /// What was found.
    pub actual: Option<Actual<'a>>,
    /// actual − required.
    pub gap: Option<Amount>,
    /// When.
    pub time: TimeRecord,
    /// Each period, where several are judged.
    pub periods: Option<Vec<PeriodRecord<'a>>>,
    /// First period from which a met level held without a break.
    pub reached: Option<String>,
    /// How a pending rule gets on.
    pub progress: Option<ProgressRecord>,
    /// The last day of the time, else the plan's deadline for the task.
    pub deadline: Option<String>,
    /// 牵头单位
    pub lead: &'a [String],
    /// 责任单位
    pub owner: &'a [String],
    /// 考核分值
    pub weight: Option<String>,
    /// Observations that should be known and are not.
    pub missing: Vec<Missing>,
    /// Figures that contradict each other.
    pub conflicts: Vec<Conflict<'a>>,
    /// Facts that rules made.
    pub derived: Vec<DerivedRecord<'a>>,
    /// The exception in force.
    pub waived: Option<WaivedRecord>,
    /// What the plan leaves open.
    pub open: Vec<String>,
    /// Whether a permission was used.
    pub used: Option<bool>,
    /// Counts of a quantified rule.
    pub quantifier: Option<QuantifierRecord>,
    /// Whether this is one subject of a quantified rule.
    pub part: bool,
    /// Where the rule stands.
    pub span: Place,
    /// The verdict in a sentence.
    pub message: String,
    /// Everything about it, on request.
    pub explanation: Option<Explanation>,
}

/// A line of a `jsonl` stream.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Line<'a> {
    /// One result.
    Result(Box<ResultRecord<'a>>),
    /// The last line.
    Summary {
        /// [`SCHEMA`].
        schema: u32,
        /// Version of the engine.
        guiju: &'static str,
        /// Date of evaluation.
        as_of: String,
        /// The counts.
        summary: Summary,
    },
}

/// What a requirement demands.
#[derive(Debug, Clone, Serialize)]
pub struct Required {
    /// The operator.
    pub op: &'static str,
    /// The bound, or the lower one.
    pub value: Option<String>,
    /// The upper bound of `between`.
    pub upper: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// The bound as a fraction, where its decimals do not end.
    pub exact: Option<String>,
    /// What the right side refers to, where it is no literal.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// The comparison of a change.
    pub cmp: Option<&'static str>,
    /// The centre of `about … within …`.
    pub about: Option<String>,
}

/// The figure found.
#[derive(Debug, Clone, Serialize)]
pub struct Actual<'a> {
    /// The value in the unit of the requirement.
    pub value: String,
    /// The unit.
    pub unit: Option<String>,
    /// The value as a fraction, where its decimals do not end.
    pub exact: Option<String>,
    /// The figure's period.
    pub period: String,
    /// How settled it is.
    pub status: Status,
    /// Where it stands; null of what attributes alone count.
    pub source: Option<SourceRecord<'a>>,
}

/// A value with its unit.
#[derive(Debug, Clone, Serialize)]
pub struct Amount {
    /// The value.
    pub value: String,
    /// The unit.
    pub unit: Option<String>,
    /// The value as a fraction, where its decimals do not end.
    pub exact: Option<String>,
}

/// The time of a rule.
#[derive(Debug, Clone, Serialize)]
pub struct TimeRecord {
    /// by, in, each, throughout, over, per, none.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// First period.
    pub from: Option<String>,
    /// Last period.
    pub to: Option<String>,
    /// Length of a cycle.
    pub every: Option<String>,
}

/// One period of a rule over several.
#[derive(Debug, Clone, Serialize)]
pub struct PeriodRecord<'a> {
    /// The period.
    pub period: String,
    /// The value found.
    pub value: Option<String>,
    /// The value required.
    pub required: Option<String>,
    /// The verdict for this period alone.
    pub verdict: Verdict,
    /// Where the value stands.
    pub source: Option<SourceRecord<'a>>,
}

/// Where a figure stands.
#[derive(Debug, Clone, Serialize)]
pub struct SourceRecord<'a> {
    /// The file as given.
    pub file: &'a str,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Physical row, from 1.
    pub line: u32,
    /// Field number, from 1.
    pub column: u32,
    /// The cell of a workbook.
    pub cell: Option<String>,
    /// The text as published.
    pub text: &'a str,
    /// Who published it.
    pub publisher: Option<&'a str>,
}

/// Where a rule stands; the column counts characters.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// The file as given.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// An observation that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Of whom.
    pub subject: Option<String>,
    /// Of what.
    pub indicator: String,
    /// Of when; null where any period would do.
    pub period: Option<String>,
}

/// Figures that contradict each other.
#[derive(Debug, Clone, Serialize)]
pub struct Conflict<'a> {
    /// Of whom.
    pub subject: Option<String>,
    /// Of what.
    pub indicator: String,
    /// Of when.
    pub period: String,
    /// What they say.
    pub values: Vec<ConflictValue<'a>>,
}

/// One side of a conflict.
#[derive(Debug, Clone, Serialize)]
pub struct ConflictValue<'a> {
    /// The value.
    pub value: String,
    /// The unit.
    pub unit: Option<String>,
    /// Where it stands.
    pub source: SourceRecord<'a>,
}

/// A figure that was made of others.
#[derive(Debug, Clone, Serialize)]
pub struct DerivedRecord<'a> {
    /// The figure; its source is what makes it.
    #[serde(flatten)]
    pub figure: FigureRecord<'a>,
    /// The rule that makes it; null for a roll-up.
    pub rule: Option<String>,
    /// of (the region's own), of_parts, sum, weighted.
    pub how: &'static str,
    /// What it was made of.
    pub from: Vec<FigureRecord<'a>>,
}

/// A figure by its name.
#[derive(Debug, Clone, Serialize)]
pub struct FigureRecord<'a> {
    /// Of whom.
    pub subject: Option<String>,
    /// Of what.
    pub indicator: String,
    /// Of when.
    pub period: String,
    /// The value.
    pub value: String,
    /// The unit.
    pub unit: Option<String>,
    /// The value as a fraction, where its decimals do not end.
    pub exact: Option<String>,
    /// Where it stands.
    pub source: SourceRecord<'a>,
}

/// Progress of a pending rule. Numbers are estimates with six significant digits.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressRecord {
    /// The method that decided.
    pub method: &'static str,
    /// The method asked for, where it made no sense here.
    pub asked: Option<&'static str>,
    /// Where progress started.
    pub baseline: Option<BaselineRecord>,
    /// Change a year so far, in the unit of the gap.
    pub pace: Option<String>,
    /// Change a year still needed.
    pub needed: Option<String>,
    /// Year in which this pace reaches the target.
    pub year: Option<i64>,
    /// Year in which this pace hits the end of the indicator's range.
    pub ceiling: Option<i64>,
}

/// A starting value.
#[derive(Debug, Clone, Serialize)]
pub struct BaselineRecord {
    /// The value.
    pub value: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// Its period.
    pub period: Option<String>,
}

/// What a quantified rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct QuantifierRecord {
    /// each, at_least, at_most, exactly, no.
    pub kind: &'static str,
    /// Subjects that satisfy what is required of each.
    pub satisfied: u64,
    /// Subjects that do not.
    pub failed: u64,
    /// Subjects of which it cannot be said.
    pub undecided: u64,
    /// Subjects that count: those that no filter leaves out.
    pub of: u64,
    /// How many it takes.
    pub needed: u64,
}

/// A recorded exception in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaivedRecord {
    /// The verdict without it.
    pub was: Verdict,
    /// The last day of it.
    pub until: String,
    /// Why.
    pub because: String,
}
