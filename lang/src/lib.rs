//! The Guiju rule language: a plan's promises as one-line rules that a machine can decide.
//!
//! Data flows one way: text → tokens ([`parse`]) → syntax ([`syntax`]) → typed model
//! ([`model::Ruleset`], by [`compile`]) and back to text ([`print`](mod@print)). This crate knows
//! nothing of facts, files, terminals or the clock.
//!
//! ```
//! use guiju_lang::{compile, Input, NoFiles};
//! let compiled = compile(&[Input::text("card.gj", "rate 九年义务教育巩固率 >= 98% by 2025 in 昆明")], &NoFiles);
//! assert!(compiled.diagnostics.is_empty());
//! assert_eq!(compiled.ruleset.rules[0].text, "rate 九年义务教育巩固率 >= 98% by 2025 in 昆明");
//! ```

pub mod diag;
pub mod gazetteer;
pub mod kinds;
mod lex;
mod lower;
pub mod model;
pub mod names;
pub mod number;
mod parse;
pub mod period;
pub mod print;
pub mod source;
pub mod syntax;
pub mod unit;
pub mod words;

pub use diag::{Code, Diagnostic, Lang, Severity};
pub use jiff::civil::Date;
pub use lower::{ASSESS_METHODS, Compiled, Input, Loaded, Loader, NoFiles, compile};
pub use model::Ruleset;
pub use names::{nearest, nfkc, normalise};
pub use number::Number;
pub use parse::{MAX_FILE_BYTES, Parsed, parse};
pub use period::{Grain, Period, PeriodSpan};
pub use source::{FileId, Source, Sources, Span};
pub use unit::{Base, Quantity, Unit, Units};
pub use words::{Force, Kind, Kw, Op, WordSet};
