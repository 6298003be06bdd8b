//! Figures that are made, not read: they enter in columns of their own, sorted already.

use guiju_lang::{Number, Period, Unit};

use super::units::BARE;
use super::{Cell, Column, Facts, Origin, Status};

/// A figure that is made. Its subject is a number that the maker gives.
#[derive(Debug)]
pub(crate) struct MadeRow<'a> {
    pub(crate) subject: u32,
    pub(crate) period: Period,
    pub(crate) value: MadeCell<'a>,
    pub(crate) status: Status,
    pub(crate) file: &'a str,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) text: &'a str,
}

/// Its value: a number in a unit, or a word.
#[derive(Debug)]
pub(crate) enum MadeCell<'a> {
    Number(Number, &'a Unit),
    Word(&'a str),
}

impl Facts {
    /// Opens a column; it stays as it is once another is opened, so figures keep their place.
    pub(crate) fn open_column(&mut self, indicator: &str) -> u32 {
        let indicator = self.names.intern(indicator);
        self.columns.push(Column {
            indicator,
            group: None,
            subjects: Vec::new(),
            periods: Vec::new(),
            values: Vec::new(),
            units: Vec::new(),
            statuses: Vec::new(),
            origins: Vec::new(),
            starts: Vec::new(),
            sorted: true,
        });
        self.columns.len() as u32 - 1
    }

    /// Adds a figure behind those of its column, which are of earlier subjects and periods.
    /// Returns its number among the words, if it is one; `None` if it found no place.
    pub(crate) fn push_made(&mut self, column: u32, row: &MadeRow<'_>) -> Option<Option<u32>> {
        let (value, unit, word) = match &row.value {
            MadeCell::Number(number, unit) if **unit == Unit::bare() => {
                (Cell::Number(number.clone()), BARE, None)
            }
            MadeCell::Number(number, unit) => {
                (Cell::Number(number.clone()), self.units.number(unit)?, None)
            }
            MadeCell::Word(word) => {
                let sym = self.names.intern(word);
                (Cell::Word(sym), BARE, Some(sym.0))
            }
        };
        let file = self.file(row.file);
        let text_start = u32::try_from(self.texts.len()).ok()?;
        self.texts.push_str(row.text);
        let origin = Origin {
            file,
            line: row.line,
            column: row.column,
            source: None,
            text_start,
            text_len: u16::try_from(row.text.len()).unwrap_or(0),
        };
        let column = self.columns.get_mut(column as usize)?;
        column.subjects.push(row.subject);
        column.periods.push(row.period);
        column.values.push(value);
        column.units.push(unit);
        column.statuses.push(row.status);
        column.origins.push(origin);
        Some(word)
    }

    /// Finds the rows of each of so many subjects.
    pub(crate) fn close_column(&mut self, column: u32, subjects: usize) {
        if let Some(column) = self.columns.get_mut(column as usize) {
            column.seal(subjects);
        }
    }
}
