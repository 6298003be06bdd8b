//! The facts store: what is known, column by column, each figure with where it came from.
//!
//! Observations of one indicator lie together, ordered by subject and period, so that a rule over
//! all subjects is a scan. Values stay in the unit they were published in; what a bare number or a
//! word means is settled when the facts meet a ruleset (`bind`), because only that knows the kinds.

mod intern;
pub(crate) mod made;
pub(crate) mod observation;
pub(crate) mod read;
mod units;

use std::collections::HashMap;

use guiju_lang::model::{FactStatement, FactValue, Ruleset};
use guiju_lang::{Diagnostic, Number, Period, Sources, Unit};

use serde::Serialize;

pub use observation::{RawValue, Row, Status};
pub use read::{Limits, ReadOptions, ReadReport};

use crate::error::Error;
use intern::{Interner, Sym};
pub(crate) use units::BARE;
use units::Units;

/// A set of observations.
///
/// ```
/// use guiju::Facts;
/// let facts = Facts::from_text("f.csv", "地区,指标,年份,数值,单位\n昆明市,九年义务教育巩固率,2025,97.2,%\n")?;
/// assert_eq!(facts.len(), 1);
/// # Ok::<(), guiju::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Facts {
    names: Interner,
    files: Vec<String>,
    units: Units,
    subjects: Vec<Subject>,
    subject_index: HashMap<Subject, u32>,
    columns: Vec<Column>,
    column_index: HashMap<(Sym, Option<Sym>), u32>,
    /// Texts of cells, one after another.
    texts: String,
    reports: Vec<ReadReport>,
}

/// One observation, as its file stated it: the tidy long form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Observation {
    /// The region as written.
    pub region: Option<String>,
    /// The entity as written.
    pub subject: Option<String>,
    /// The breakdown.
    pub group: Option<String>,
    /// The indicator as written.
    pub indicator: String,
    /// The period.
    pub period: String,
    /// The value, 万 and 亿 multiplied out.
    pub value: String,
    /// The unit, if one is stated.
    pub unit: Option<String>,
    /// How settled it is.
    pub status: Status,
    /// Where it was published.
    pub source: Option<String>,
    /// The file.
    pub file: String,
    /// Physical row, from 1.
    pub line: u32,
    /// Field number, from 1.
    pub column: u32,
    /// The text as published.
    pub text: String,
}

impl Observation {
    /// `file:line:column`.
    pub fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A unit as a file writes it: a fraction of one is `1`.
fn unit_text(unit: &Unit) -> String {
    if unit.symbol.is_empty() {
        "1".to_string()
    } else {
        unit.symbol.clone()
    }
}

/// Whom a figure is about, as the file wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Subject {
    region: Option<Sym>,
    entity: Option<Sym>,
}

/// All observations of one indicator (and breakdown), sorted by subject and period.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    indicator: Sym,
    group: Option<Sym>,
    pub(crate) subjects: Vec<u32>,
    pub(crate) periods: Vec<Period>,
    pub(crate) values: Vec<Cell>,
    pub(crate) units: Vec<u16>,
    pub(crate) statuses: Vec<Status>,
    pub(crate) origins: Vec<Origin>,
    /// First row of each subject, and the end; built by `seal`.
    starts: Vec<u32>,
    sorted: bool,
}

/// A value as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Number(Number),
    Word(Sym),
}

/// Where a figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) file: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
    source: Option<Sym>,
    text_start: u32,
    text_len: u16,
}

impl Column {
    /// The rows of a subject.
    pub(crate) fn rows(&self, subject: u32) -> std::ops::Range<usize> {
        let at = |i: usize| {
            self.starts
                .get(i)
                .copied()
                .unwrap_or(self.subjects.len() as u32) as usize
        };
        at(subject as usize)..at(subject as usize + 1)
    }

    pub(crate) fn len(&self) -> usize {
        self.subjects.len()
    }

    /// Sorts by subject and period, keeping the order of reading among equals, and indexes.
    fn seal(&mut self, subjects: usize) {
        if !self.sorted {
            let mut order: Vec<u32> = (0..self.subjects.len() as u32).collect();
            order.sort_by_key(|i| {
                let i = *i as usize;
                (
                    self.subjects.get(i).copied(),
                    self.periods.get(i).copied(),
                    i,
                )
            });
            self.subjects = permuted(&self.subjects, &order);
            self.periods = permuted(&self.periods, &order);
            self.values = permuted(&self.values, &order);
            self.units = permuted(&self.units, &order);
            self.statuses = permuted(&self.statuses, &order);
            self.origins = permuted(&self.origins, &order);
            self.sorted = true;
        }
        self.starts.clear();
        self.starts.reserve(subjects + 1);
        let mut row = 0u32;
        for subject in 0..=subjects as u32 {
            while self
                .subjects
                .get(row as usize)
                .is_some_and(|s| *s < subject)
            {
                row += 1;
            }
            self.starts.push(row);
        }
    }
}

fn permuted<T: Clone>(items: &[T], order: &[u32]) -> Vec<T> {
    order
        .iter()
        .filter_map(|i| items.get(*i as usize).cloned())
        .collect()
}

impl Facts {
    /// No facts.
    pub fn new() -> Facts {
        Facts::default()
    }

    /// Facts from the text of one file; the name is what provenance will say.
    ///
    /// # Errors
    /// Fails when the layout is not recognised or any row cannot be read, with every finding.
    pub fn from_text(name: &str, text: &str) -> Result<Facts, Error> {
        let mut facts = Facts::new();
        let report = facts.read(name, text.as_bytes(), &ReadOptions::default());
        if guiju_lang::diag::any_error(&report.findings) {
            return Err(Error::facts(report.findings.clone()));
        }
        Ok(facts)
    }

    /// Reads a file (CSV, TSV or JSON, in any encoding that is detected) into the store and says
    /// what it was understood to be. Rows that could not be read are findings, and left out.
    pub fn read(&mut self, name: &str, bytes: &[u8], options: &ReadOptions) -> &ReadReport {
        let name = name.replace('\\', "/");
        let file = self.file(&name);
        let report = read::read(&name, bytes, options, &mut |row| self.push_row(file, &row));
        self.seal();
        self.reports.push(report);
        &self.reports[self.reports.len() - 1]
    }

    /// Adds one observation; `file`, line and column are what provenance will say.
    ///
    /// # Errors
    /// Fails, and adds nothing, when the store holds too many different units already.
    pub fn push(&mut self, file: &str, row: &Row<'_>) -> Result<(), Error> {
        let file = self.file(file);
        self.push_row(file, row)
            .map_err(|finding| Error::facts(vec![finding]))?;
        self.seal();
        Ok(())
    }

    /// What each file that was read was understood to be.
    pub fn reports(&self) -> &[ReadReport] {
        &self.reports
    }

    /// Number of observations.
    pub fn len(&self) -> usize {
        self.columns.iter().map(Column::len).sum()
    }

    /// Whether there are no observations.
    pub fn is_empty(&self) -> bool {
        self.columns.iter().all(|c| c.len() == 0)
    }

    fn file(&mut self, name: &str) -> u32 {
        match self.files.iter().position(|f| f == name) {
            Some(at) => at as u32,
            None => {
                self.files.push(name.to_string());
                self.files.len() as u32 - 1
            }
        }
    }

    /// Takes a row in, whole or not at all.
    fn push_row(&mut self, file: u32, row: &Row<'_>) -> Result<(), Diagnostic> {
        let unit = match &row.unit {
            Some(unit) => self.units.number(unit).ok_or_else(|| {
                let name = self.files.get(file as usize).map_or("", String::as_str);
                units::too_many(name, row.line, row.column)
            })?,
            None => BARE,
        };
        let subject = Subject {
            region: row.region.map(|r| self.names.intern(r)),
            entity: row.subject.map(|s| self.names.intern(s)),
        };
        let next = self.subjects.len() as u32;
        let subject = *self.subject_index.entry(subject).or_insert_with(|| {
            self.subjects.push(subject);
            next
        });
        let value = match &row.value {
            RawValue::Number(number) => Cell::Number(number.clone()),
            RawValue::Word(word) => Cell::Word(self.names.intern(word)),
        };
        let source = row
            .source
            .filter(|s| !s.is_empty())
            .map(|s| self.names.intern(s));
        // Texts past 4 GiB are not kept; the value and its place are.
        let text_start = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let kept = text_start != u32::MAX && row.text.len() <= usize::from(u16::MAX);
        if kept {
            self.texts.push_str(row.text);
        }
        let origin = Origin {
            file,
            line: row.line,
            column: row.column,
            source,
            text_start,
            text_len: if kept { row.text.len() as u16 } else { 0 },
        };
        let key = (
            self.names.intern(row.indicator),
            row.group.map(|g| self.names.intern(g)),
        );
        let columns = &mut self.columns;
        let at = *self.column_index.entry(key).or_insert_with(|| {
            columns.push(Column {
                indicator: key.0,
                group: key.1,
                subjects: Vec::new(),
                periods: Vec::new(),
                values: Vec::new(),
                units: Vec::new(),
                statuses: Vec::new(),
                origins: Vec::new(),
                starts: Vec::new(),
                sorted: true,
            });
            columns.len() as u32 - 1
        });
        let Some(column) = self.columns.get_mut(at as usize) else {
            return Ok(());
        };
        if let (Some(last_subject), Some(last_period)) =
            (column.subjects.last(), column.periods.last())
            && (*last_subject, *last_period) > (subject, row.period)
        {
            column.sorted = false;
        }
        column.subjects.push(subject);
        column.periods.push(row.period);
        column.values.push(value);
        column.units.push(unit);
        column.statuses.push(row.status);
        column.origins.push(origin);
        Ok(())
    }

    fn seal(&mut self) {
        let subjects = self.subjects.len();
        for column in &mut self.columns {
            column.seal(subjects);
        }
    }

    /// Figures that rule files state, as facts: the files' own, or those of a test.
    pub(crate) fn from_statements(
        statements: &[FactStatement],
        ruleset: &Ruleset,
        sources: &Sources,
    ) -> Facts {
        let mut facts = Facts::new();
        for statement in statements {
            facts.push_statement(ruleset, sources, statement);
        }
        facts.seal();
        facts
    }

    fn push_statement(&mut self, ruleset: &Ruleset, sources: &Sources, statement: &FactStatement) {
        let Some(place) = ruleset.places.get(statement.place) else {
            return;
        };
        let (file, at) = sources.locate(statement.span);
        let file = self.file(file);
        let (value, unit) = match &statement.value {
            FactValue::Quantity(q) => (RawValue::Number(q.number.clone()), Some(q.unit.clone())),
            FactValue::Word(word) => (RawValue::Word(word.clone()), None),
        };
        // A code is beyond doubt where a name may be ambiguous.
        let code = place.code.map(|c| c.to_string());
        let status = statement
            .status
            .as_deref()
            .and_then(Status::named)
            .unwrap_or_default();
        let row = Row {
            region: Some(code.as_deref().unwrap_or(&place.name)),
            subject: None,
            group: statement.group.as_deref(),
            indicator: &statement.indicator,
            period: statement.period,
            value,
            unit: unit.filter(|u| *u != Unit::bare()),
            status,
            source: statement.source.as_deref(),
            line: at.line,
            column: at.column,
            text: &statement.text,
        };
        // One that does not fit is not there: what reads it is unknown, never wrong.
        let _ = self.push_row(file, &row);
    }

    /// Every observation as its file stated it, by indicator, subject and period.
    pub fn observations(&self) -> impl Iterator<Item = Observation> + '_ {
        self.columns.iter().flat_map(move |column| {
            (0..column.len()).filter_map(move |row| self.observation(column, row))
        })
    }

    fn observation(&self, column: &Column, row: usize) -> Option<Observation> {
        let (region, subject) = self.subject(*column.subjects.get(row)?);
        let origin = *column.origins.get(row)?;
        let unit = self.unit(*column.units.get(row)?);
        let value = match column.values.get(row)? {
            Cell::Number(number) => number.to_string(),
            Cell::Word(sym) => self.word(*sym).to_string(),
        };
        Some(Observation {
            region: region.map(str::to_string),
            subject: subject.map(str::to_string),
            group: self.group_of(column).map(str::to_string),
            indicator: self.indicator_of(column).to_string(),
            period: column.periods.get(row)?.to_string(),
            value,
            unit: unit.filter(|u| **u != Unit::bare()).map(unit_text),
            status: column.statuses.get(row).copied().unwrap_or_default(),
            source: self.source(origin).map(str::to_string),
            file: self.file_name(origin).to_string(),
            line: origin.line,
            column: origin.column,
            text: self.text(origin).to_string(),
        })
    }

    // ── reading back ─────────────────────────────────────────────────────────────────────────

    pub(crate) fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(crate) fn column(&self, at: u32) -> Option<&Column> {
        self.columns.get(at as usize)
    }

    pub(crate) fn indicator_of(&self, column: &Column) -> &str {
        self.names.text(column.indicator)
    }

    pub(crate) fn group_of(&self, column: &Column) -> Option<&str> {
        column.group.map(|g| self.names.text(g))
    }

    pub(crate) fn subject_count(&self) -> u32 {
        self.subjects.len() as u32
    }

    /// Region and entity of a subject, as the file wrote them.
    pub(crate) fn subject(&self, at: u32) -> (Option<&str>, Option<&str>) {
        let subject = self.subjects.get(at as usize);
        let text = |sym: Option<Sym>| sym.map(|s| self.names.text(s));
        (
            subject.and_then(|s| text(s.region)),
            subject.and_then(|s| text(s.entity)),
        )
    }

    pub(crate) fn unit(&self, at: u16) -> Option<&Unit> {
        self.units.all().get(usize::from(at))
    }

    pub(crate) fn units(&self) -> &[Unit] {
        self.units.all()
    }

    pub(crate) fn word(&self, sym: Sym) -> &str {
        self.names.text(sym)
    }

    pub(crate) fn word_at(&self, sym: u32) -> &str {
        self.names.text(Sym(sym))
    }

    pub(crate) fn file_name(&self, origin: Origin) -> &str {
        self.files
            .get(origin.file as usize)
            .map_or("", String::as_str)
    }

    pub(crate) fn text(&self, origin: Origin) -> &str {
        let start = origin.text_start as usize;
        self.texts
            .get(start..start + usize::from(origin.text_len))
            .unwrap_or("")
    }

    pub(crate) fn source(&self, origin: Origin) -> Option<&str> {
        origin.source.map(|s| self.names.text(s))
    }

    /// `file:line:column` of a figure.
    pub(crate) fn place(&self, origin: Origin) -> String {
        format!(
            "{}:{}:{}",
            self.file_name(origin),
            origin.line,
            origin.column
        )
    }
}
