//! Guiju 规矩: evaluates what public plans promise against indicator data, and explains every verdict.
//!
//! ```
//! use guiju::{Facts, Options, Rules};
//!
//! let rules = Rules::from_text("card.gj", "rate 九年义务教育巩固率 >= 98% by 2025 in 昆明")?;
//! let facts = Facts::from_text("facts.csv", "地区,指标,年份,数值,单位\n昆明市,九年义务教育巩固率,2025,97.2,%\n")?;
//! let outcome = rules.evaluate(&facts, &Options::as_of("2026-03-01".parse()?))?;
//! for result in outcome.results() {
//!     println!("{}: {} ({})", result.rule, result.verdict, result.message);
//! }
//! assert_eq!(outcome.summary().violated, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Data flows one way: files → [`Facts`]; rule text → [`Rules`]; both → [`Outcome`] → [`ResultRecord`]
//! and [`Explanation`] → whatever renders them. The engine knows nothing of terminals, files (a
//! caller hands it bytes) or the clock (the date of evaluation is an argument).

mod bind;
mod detail;
mod error;
mod evaluate;
mod explain;
mod facts;
mod outcome;
pub mod outlook;
mod rules;
mod scoreboard;
mod testing;
mod truth;
pub mod vocabulary;
mod wire;

pub use error::Error;
pub use evaluate::{Absence, Summary, Verdict};
pub use explain::{EXPLANATION_SCHEMA, Evidence, Explanation, Mark, Reason, SeriesPoint};
pub use facts::{Facts, Limits, Observation, RawValue, ReadOptions, ReadReport, Row, Status};
pub use outcome::{Options, Outcome, UnusedFigure};
pub use outlook::{Method, Outlook};
pub use rules::Rules;
pub use scoreboard::{Apart, Board, SCOREBOARD_SCHEMA, Score, Scoreboard, Scored};
pub use testing::{TestRun, TestRuns};
pub use truth::Truth;
pub use wire::{
    Actual, Amount, BandRecord, BaselineRecord, BranchRecord, Conflict, ConflictValue,
    CoverageRecord, DerivedRecord, ExpectationRecord, ExpectedRecord, FigureRecord, FoundRecord,
    Line, Missing, PeriodRecord, Place, ProgressRecord, QuantifierRecord, Report, Required,
    ResultRecord, RuleRecord, SCHEMA, SourceRecord, TestRecord, TestReport, TestSummary,
    TimeRecord, UnreachedRecord, WaivedRecord,
};

/// The rule language, for callers that work on rules themselves.
pub use guiju_lang as lang;
pub use guiju_lang::{
    Code, Date, Diagnostic, Input, Lang, Loaded, Loader, NoFiles, Number, Period, Severity,
};

/// Version of the engine, as printed in results.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
