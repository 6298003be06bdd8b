//! A slow second opinion on the whole language, read off the pages of meaning.
//!
//! A [`Case`] holds a small world, rules over it, facts and a date. It is written out as rules and
//! CSV for the engine ([`Case::rules`], [`Case::csv`]); [`judge`] says what has to come of it, by
//! searching lists from end to end and trying every reading of what is undecided.

pub mod ast;
pub mod build;
mod change;
mod claim;
mod computed;
mod dice;
mod expr;
mod figures;
pub mod generate;
mod judge;
mod milestone;
mod over_sets;
mod periods;
mod quantify;
mod recipes;
mod sentence;
mod sets;
mod text;
mod totals;
mod value;
pub mod world;

pub use ast::Case;
pub use judge::{Expected, Verdict, judge};
pub use quantify::Counts;
