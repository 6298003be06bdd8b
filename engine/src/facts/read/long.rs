//! From records to observations: every field is read before deciding, every error is told.

use std::ops::ControlFlow;

use guiju_lang::{Code, Diagnostic, Period, Unit, nearest, nfkc, normalise};

use super::cells::{self, Style, UnitText, Value};
use super::record::{self, COUNT, Cell, FIELDS, Field, Item, Record, Records, holding, located};
use super::seen::Seen;
use super::why::Why;
use super::{Note, ReadOptions, ReadReport, Sink};
use crate::facts::observation::{Row, Status};

/// Names of columns without meaning are listed up to this many.
const MAX_IGNORED: usize = 64;

/// Reads all records into the sink and the report.
pub(super) fn read(
    records: &dyn Records,
    options: &ReadOptions,
    report: &mut ReadReport,
    sink: &mut Sink<'_>,
) {
    let default = options.region.as_deref().map(normalise);
    let default = default.as_deref().filter(|region| !region.is_empty());
    let mut reader = Reader {
        options,
        comma_is_unclear: records.comma_is_unclear(),
        default,
        // A row without a region is wrong by itself only in a file that has regions.
        regions: default.is_some() || any_region(records),
        texts: Texts::default(),
        rows: 0,
        beyond: 0,
        has: [false; COUNT],
        complete: false,
        ignored: Vec::new(),
        defaulted: false,
        report,
        sink,
        full: false,
    };
    records.each(&mut |item| reader.item(item));
    reader.finish();
}

fn any_region(records: &dyn Records) -> bool {
    let mut any = false;
    records.each(&mut |item| {
        any = matches!(item, Item::Record(r) if !cells::is_blank(r.cell(Field::Region).text));
        if any {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    any
}

struct Reader<'a> {
    options: &'a ReadOptions,
    comma_is_unclear: bool,
    /// The region of rows that name none.
    default: Option<&'a str>,
    /// Every row is to have a region.
    regions: bool,
    texts: Texts,
    rows: u64,
    /// Findings beyond the limit.
    beyond: u64,
    /// Fields that some record has.
    has: [bool; COUNT],
    /// Some record has all fields that are required.
    complete: bool,
    ignored: Vec<String>,
    defaulted: bool,
    report: &'a mut ReadReport,
    sink: &'a mut Sink<'a>,
    /// The sink takes no more.
    full: bool,
}

/// What texts were read as: the same few hundred come again and again.
#[derive(Default)]
struct Texts {
    regions: Seen<String>,
    subjects: Seen<String>,
    groups: Seen<String>,
    indicators: Seen<String>,
    periods: Seen<Option<Period>>,
    units: Seen<UnitText>,
    statuses: Seen<Option<Status>>,
}

impl Reader<'_> {
    fn item(&mut self, item: Item<'_>) -> ControlFlow<()> {
        match item {
            Item::Record(record) => return self.record(record),
            Item::Problem(problem) => self.push(problem),
            Item::Ignored(name) => {
                if self.ignored.len() < MAX_IGNORED && !self.ignored.iter().any(|i| i == name) {
                    self.ignored.push(name.to_string());
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn push(&mut self, finding: Diagnostic) {
        if self.report.findings.len() < self.options.limits.max_findings {
            self.report.findings.push(finding);
        } else {
            self.beyond += 1;
        }
    }

    fn record(&mut self, record: &Record<'_>) -> ControlFlow<()> {
        let limits = &self.options.limits;
        self.rows += 1;
        if self.rows > limits.max_rows {
            let most = limits.max_rows;
            self.push(Why::Rows { most }.about(&self.report.file));
            return ControlFlow::Break(());
        }
        if !self.complete {
            for (has, cell) in self.has.iter_mut().zip(&record.cells) {
                *has |= cell.column > 0;
            }
            self.complete = record::missing(|f| record.cells[f as usize].column > 0).is_none();
        }
        if record
            .cells
            .iter()
            .any(|c| c.text.len() > limits.max_field_bytes)
        {
            let (line, most) = (record.line, limits.max_field_bytes);
            self.push(Why::Field { line, most }.about(&self.report.file));
        } else if let Err(findings) = self.observation(record) {
            findings.into_iter().for_each(|finding| self.push(finding));
        }
        if self.full {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Hands the record's observation over, if it has one, or tells all that is wrong with it.
    fn observation(&mut self, record: &Record<'_>) -> Result<(), Vec<Diagnostic>> {
        let mut wrong = Vec::new();
        let file = self.report.file.as_str();
        let lacks = |field: Field, at: Cell<'_>| {
            located(Code::FactsMissingField, file, at).with("field", field.label())
        };

        let mut region = name(&mut self.texts.regions, record.cell(Field::Region));
        if region.is_none() && self.default.is_some() {
            region = self.default;
            self.defaulted = true;
        }
        if region.is_none() && self.regions {
            wrong.push(lacks(Field::Region, record.cell(Field::Region)));
        }

        let indicator = name(&mut self.texts.indicators, record.cell(Field::Indicator));
        if indicator.is_none() {
            wrong.push(lacks(Field::Indicator, record.cell(Field::Indicator)));
        }

        let at = record.cell(Field::Period);
        let period = *self
            .texts
            .periods
            .get(at.text, |t| cells::read_period(t.trim()));
        match period {
            Some(_) => {}
            None if cells::is_missing(at.text) => wrong.push(lacks(Field::Period, at)),
            None => wrong.push(holding(Code::FactsPeriod, file, at, at.text)),
        }

        let at = record.cell(Field::Status);
        let status = match at.text {
            "" => Some(Status::Final),
            text => *self
                .texts
                .statuses
                .get(text, |t| match cells::is_missing(t) {
                    true => Some(Status::Final),
                    false => Status::named(&normalise(t)),
                }),
        };
        if status.is_none() {
            wrong.push(holding(Code::FactsStatus, file, at, at.text));
        }

        let at = record.cell(Field::Unit);
        let unit = match at.text {
            "" => &UnitText::None,
            text => self.texts.units.get(text, cells::read_unit),
        };
        if matches!(unit, UnitText::Unknown) {
            let nearest = nearest(&nfkc(at.text.trim()), Unit::known());
            wrong.push(holding(Code::FactsUnit, file, at, at.text).with_some("nearest", nearest));
        }
        let unit_text = at.text.trim();

        let at = record.cell(Field::Value);
        let text = at.text.trim();
        let style = Style {
            comma_is_unclear: self.comma_is_unclear,
            exponent: record.number,
        };
        let mut figure = None;
        match cells::read_value(text, unit, style) {
            Value::Figure(value, unit) => figure = Some((value, unit)),
            Value::Missing if record.cells[Field::Value as usize].column == 0 => {
                wrong.push(lacks(Field::Value, at));
            }
            Value::Missing => self.report.missing_cells += u64::from(wrong.is_empty()),
            Value::Bad => wrong.push(holding(Code::FactsValue, file, at, text)),
            Value::UnitsDiffer(own) => {
                let column = record.cell(Field::Unit).column;
                let finding = holding(Code::FactsUnitsDiffer, file, at, text).with("own", own);
                wrong.push(finding.with("unit", unit_text).with("column", column));
            }
        }

        if !wrong.is_empty() {
            return Err(wrong);
        }
        if let (Some(indicator), Some(period), Some(status), Some((value, unit))) =
            (indicator, period, status, figure)
        {
            let taken = (self.sink)(Row {
                region,
                subject: name(&mut self.texts.subjects, record.cell(Field::Subject)),
                group: name(&mut self.texts.groups, record.cell(Field::Group)),
                indicator,
                period,
                value,
                unit,
                status,
                source: Some(record.cell(Field::Source).text.trim())
                    .filter(|s| !cells::is_blank(s)),
                line: at.line,
                column: at.column,
                text,
            });
            if let Err(finding) = taken {
                self.full = true;
                return Err(vec![finding]);
            }
            self.report.observations += 1;
        }
        Ok(())
    }

    fn finish(mut self) {
        let report = self.report;
        if self.rows > 0 && !self.complete {
            // Not a matter of single records: the file has no such field at all.
            let known = FIELDS.iter().filter(|f| self.has[f.0 as usize]);
            let mut found: Vec<String> = known.map(|f| f.1.to_string()).collect();
            found.append(&mut self.ignored);
            let missing = record::missing(|f| self.has[f as usize]).unwrap_or_default();
            self.beyond = 0;
            report
                .findings
                .retain(|f| f.code != Code::FactsMissingField);
            report
                .findings
                .push(record::layout(&report.file, &missing, &found));
        } else if self.rows > 0 && !self.regions {
            let finding = Diagnostic::unplaced(Code::FactsRegion);
            report.findings.push(finding.with("file", &report.file));
        }
        if self.beyond > 0 {
            let finding = Diagnostic::unplaced(Code::TooManyErrors).with("file", &report.file);
            report.findings.push(finding.with("count", self.beyond));
        }
        if !self.ignored.is_empty() {
            report.notes.push(Note::IgnoredColumns(self.ignored));
        }
        if let Some(region) = self.default.filter(|_| self.defaulted) {
            report.notes.push(Note::DefaultRegion(region.to_string()));
        }
    }
}

/// A normalised name; `None` where nothing (or a mark for nothing) is written.
fn name<'t>(seen: &'t mut Seen<String>, cell: Cell<'_>) -> Option<&'t str> {
    let make = |text: &str| match cells::is_blank(text) {
        true => String::new(),
        false => normalise(text).into_owned(),
    };
    let name = if cell.text.is_empty() {
        ""
    } else {
        seen.get(cell.text, make)
    };
    Some(name).filter(|name| !name.is_empty())
}
