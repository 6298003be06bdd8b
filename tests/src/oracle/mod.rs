//! A slow second opinion: level verdicts, read off `semantics.md` word by word.
//!
//! Nothing here is shared with the engine: numbers are big rationals made from the printed digits,
//! days are counted by hand, facts are a list that is searched from end to end. A [`Case`] is
//! written out as rules and CSV for the engine; [`judge`] says what has to come of it.

mod case;
mod judge;
mod milestone;
mod time;
mod value;

pub use case::{
    Case, Decoy, Figure, Force, Kind, Name, Op, PLACES, Plan, Scope, Source, Status, Test, Time,
    UnitStands,
};
pub use judge::{Expected, Verdict, judge};
pub use time::{Day, Grain, Period, day, day_text};
pub use value::{Bound, Q, SCALE, UNITS, Unit, Value, exact, ratio};
