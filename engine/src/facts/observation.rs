//! One figure as a file states it, before anything is known of its indicator.

use guiju_lang::{Kw, Number, Period, Unit};
use serde::{Deserialize, Serialize};

/// How settled a figure is, the most settled first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 正式: as finally published.
    #[default]
    Final,
    /// 快报: decides, and is marked.
    Preliminary,
    /// 预计: never decides.
    Forecast,
}

impl Status {
    /// The name in JSON and in the tidy form.
    pub fn name(self) -> &'static str {
        match self {
            Status::Final => "final",
            Status::Preliminary => "preliminary",
            Status::Forecast => "forecast",
        }
    }

    /// The status that a word names, in either language and any case.
    pub fn named(word: &str) -> Option<Status> {
        Kw::lookup(&word.to_lowercase())
            .iter()
            .find_map(|kw| match kw {
                Kw::Final => Some(Status::Final),
                Kw::Preliminary => Some(Status::Preliminary),
                Kw::Forecast => Some(Status::Forecast),
                _ => None,
            })
    }
}

/// A value as read. What a bare number or a word means is settled when the kind is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RawValue {
    /// A number, 万 and 亿 multiplied out.
    Number(Number),
    /// `yes`, `否`, `done`, `未完成`, the word of a scale, or a date (printed as a [`Period`] is);
    /// a normalised name, English words of flags and milestones in lower case.
    Word(String),
}

/// One observation, lent to whoever collects them. Names are normalised, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// The region; `None` when the file names none and no default was given.
    pub region: Option<&'a str>,
    /// The entity, if the figure is of one.
    pub subject: Option<&'a str>,
    /// The breakdown (小学, 女, 城镇); never the whole.
    pub group: Option<&'a str>,
    /// The indicator.
    pub indicator: &'a str,
    /// The period.
    pub period: Period,
    /// The value.
    pub value: RawValue,
    /// The unit, free of 万 and 亿; `None` for a bare number or a word.
    pub unit: Option<Unit>,
    /// How settled the figure is.
    pub status: Status,
    /// Where the figure was published, as written.
    pub source: Option<&'a str>,
    /// Physical row, from 1.
    pub line: u32,
    /// Number of the value's field in its row (of its key in a JSON record), from 1.
    pub column: u32,
    /// The value's cell as published.
    pub text: &'a str,
}
