//! The long form: one observation a record, fields by name. Whatever the file is, its records come
//! through [`Records`].

use std::ops::ControlFlow;

use guiju_lang::{Code, Diagnostic, Period, Unit, nearest, normalise};

use super::cells::{self, Style, UnitText, Value};
use super::findings::Findings;
use super::seen::Seen;
use super::{Note, ReadOptions, ReadReport};
use crate::facts::observation::{Row, Status};

/// The fields of an observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Region,
    Subject,
    Group,
    Indicator,
    Period,
    Value,
    Unit,
    Status,
    Source,
}

/// Number of fields.
pub(super) const FIELDS: usize = 9;

/// Every field with its name in messages and its spellings, in the order of [`Field`].
const NAMES: [(Field, &str, &[&str]); FIELDS] = [
    (Field::Region, "地区 (region)", &["region", "地区"]),
    (Field::Subject, "对象 (subject)", &["subject", "对象"]),
    (Field::Group, "分组 (group)", &["group", "分组"]),
    (Field::Indicator, "指标 (indicator)", &["indicator", "指标"]),
    (
        Field::Period,
        "时间 (period)",
        &["period", "year", "时间", "年份", "年度"],
    ),
    (Field::Value, "数值 (value)", &["value", "数值"]),
    (Field::Unit, "单位 (unit)", &["unit", "单位"]),
    (Field::Status, "状态 (status)", &["status", "状态"]),
    (Field::Source, "来源 (source)", &["source", "来源"]),
];

/// Names of columns without meaning are listed up to this many.
const MAX_IGNORED: usize = 64;

/// Without these there is no observation.
const REQUIRED: [Field; 3] = [Field::Indicator, Field::Period, Field::Value];

impl Field {
    /// The field that a column or key names.
    pub(super) fn named(text: &str) -> Option<Field> {
        let find = |name: &str| {
            NAMES
                .iter()
                .find(|row| row.2.contains(&name))
                .map(|row| row.0)
        };
        find(text).or_else(|| find(&normalise(text).to_lowercase()))
    }

    /// The name in messages.
    pub(super) fn label(self) -> &'static str {
        NAMES[self as usize].1
    }
}

/// A field of a record and where it stands; column 0 where the record has no such field.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cell<'r> {
    pub(super) text: &'r str,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// One record.
#[derive(Debug, Default)]
pub(super) struct Record<'r> {
    pub(super) line: u32,
    pub(super) cells: [Cell<'r>; FIELDS],
    /// The value is a number token of JSON.
    pub(super) number: bool,
}

/// What a file has to offer, in its order.
pub(super) enum Item<'r> {
    /// A record.
    Record(&'r Record<'r>),
    /// A column or key that is none of ours.
    Ignored(&'r str),
    /// Something that cannot be read as a record.
    Problem(Diagnostic),
}

/// Takes items one by one.
pub(super) type Visit<'v> = dyn FnMut(Item<'_>) -> ControlFlow<()> + 'v;

/// A file in the long form.
pub(super) trait Records {
    /// Visits every record, until the visitor breaks off.
    fn each(&self, visit: &mut Visit<'_>);
    /// Whether commas in numbers may be decimal ones.
    fn comma_is_unclear(&self) -> bool;
}

/// The finding that the long form's columns are not there.
pub(super) fn layout(file: &str, has: impl Fn(Field) -> bool, found: &[String]) -> Diagnostic {
    let missing: Vec<_> = REQUIRED
        .iter()
        .filter(|f| !has(**f))
        .map(|f| f.label())
        .collect();
    let found = if found.is_empty() {
        "—".to_string()
    } else {
        found.join(", ")
    };
    Diagnostic::unplaced(Code::FactsLayout)
        .with("file", file)
        .with("missing", missing.join(", "))
        .with("found", super::findings::clip(&found, 200))
}

/// Reads all records into the sink and the report.
pub(super) fn read(
    records: &dyn Records,
    options: &ReadOptions,
    report: &mut ReadReport,
    findings: &mut Findings<'_>,
    sink: &mut dyn FnMut(Row<'_>),
) {
    let default = options
        .region
        .as_deref()
        .map(normalise)
        .filter(|r| !r.is_empty());
    let mut reader = Reader {
        options,
        style: Style {
            comma_is_unclear: records.comma_is_unclear(),
            exponent: false,
        },
        // Rows without a region are wrong one by one only in a file that has regions.
        regions: default.is_some() || any_region(records),
        default: default.as_deref(),
        defaulted: false,
        texts: Texts::default(),
        rows: 0,
        has: [false; FIELDS],
        whole: false,
        ignored: Vec::new(),
        report,
        findings,
        sink,
    };
    records.each(&mut |item| reader.item(item));
    reader.finish();
}

fn any_region(records: &dyn Records) -> bool {
    let mut any = false;
    records.each(&mut |item| match item {
        Item::Record(r) if !cells::is_blank(r.cells[Field::Region as usize].text) => {
            any = true;
            ControlFlow::Break(())
        }
        Item::Record(_) | Item::Ignored(_) | Item::Problem(_) => ControlFlow::Continue(()),
    });
    any
}

struct Reader<'a, 'f> {
    options: &'a ReadOptions,
    style: Style,
    regions: bool,
    default: Option<&'a str>,
    defaulted: bool,
    texts: Texts,
    rows: u64,
    /// Fields that some record has.
    has: [bool; FIELDS],
    /// Some record has all that is required.
    whole: bool,
    ignored: Vec<String>,
    report: &'a mut ReadReport,
    findings: &'a mut Findings<'f>,
    sink: &'a mut dyn FnMut(Row<'_>),
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

impl Reader<'_, '_> {
    fn item(&mut self, item: Item<'_>) -> ControlFlow<()> {
        match item {
            Item::Record(record) => return self.record(record),
            Item::Ignored(name) => {
                if self.ignored.len() < MAX_IGNORED && !self.ignored.iter().any(|i| i == name) {
                    self.ignored.push(name.to_string());
                }
            }
            Item::Problem(problem) => self.findings.push(problem),
        }
        ControlFlow::Continue(())
    }

    fn record(&mut self, record: &Record<'_>) -> ControlFlow<()> {
        let limits = &self.options.limits;
        self.rows += 1;
        if self.rows > limits.max_rows {
            self.findings
                .limit(record.line, format!("> {} rows", limits.max_rows));
            return ControlFlow::Break(());
        }
        if !self.whole {
            for (has, cell) in self.has.iter_mut().zip(&record.cells) {
                *has |= cell.column > 0;
            }
            self.whole = REQUIRED
                .iter()
                .all(|f| record.cells[*f as usize].column > 0);
        }
        if record
            .cells
            .iter()
            .any(|c| c.text.len() > limits.max_field_bytes)
        {
            self.findings.limit(
                record.line,
                format!("field > {} bytes", limits.max_field_bytes),
            );
            return ControlFlow::Continue(());
        }
        self.observation(record);
        ControlFlow::Continue(())
    }

    /// Reads every field before deciding, so that one error does not hide another.
    fn observation(&mut self, record: &Record<'_>) {
        let cell = |field: Field| match record.cells[field as usize] {
            Cell { column: 0, .. } => Cell {
                text: "",
                line: record.line,
                column: 1,
            },
            cell => cell,
        };
        let findings = &mut *self.findings;
        let before = findings.count();

        let mut region = name(&mut self.texts.regions, cell(Field::Region).text);
        if region.is_none() && self.default.is_some() {
            region = self.default;
            self.defaulted = true;
        }
        if region.is_none() && self.regions {
            findings.missing(Field::Region, cell(Field::Region));
        }
        let indicator = name(&mut self.texts.indicators, cell(Field::Indicator).text);
        if indicator.is_none() {
            findings.missing(Field::Indicator, cell(Field::Indicator));
        }

        let at = cell(Field::Period);
        let period = *self
            .texts
            .periods
            .get(at.text, |t| cells::read_period(t.trim()));
        match period {
            Some(_) => {}
            None if cells::is_missing(at.text) => findings.missing(Field::Period, at),
            None => findings.at(Code::FactsPeriod, at, at.text, None),
        }

        let at = cell(Field::Unit);
        let unit = match at.text {
            "" => &UnitText::None,
            text => self.texts.units.get(text, cells::read_unit),
        };
        if matches!(unit, UnitText::Unknown) {
            findings.at(
                Code::FactsUnit,
                at,
                at.text,
                nearest(at.text.trim(), Unit::known()),
            );
        }

        let at = cell(Field::Status);
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
            findings.at(Code::FactsStatus, at, at.text, None);
        }

        let at = cell(Field::Value);
        if record.cells[Field::Value as usize].column == 0 {
            findings.missing(Field::Value, at);
        }
        let style = Style {
            exponent: record.number,
            ..self.style
        };
        let figure = match cells::read_value(at.text, unit, style) {
            Value::Figure(value, unit) => Some((value, unit)),
            Value::Missing => {
                self.report.missing_cells += u64::from(findings.count() == before);
                None
            }
            Value::Clash => {
                let found = format!("{} ≠ {}", at.text.trim(), cell(Field::Unit).text.trim());
                findings.at(Code::FactsUnit, at, &found, None);
                None
            }
            Value::Bad => {
                findings.at(Code::FactsValue, at, at.text, None);
                None
            }
        };

        let (Some(indicator), Some(period), Some(status), Some((value, unit))) =
            (indicator, period, status, figure)
        else {
            return;
        };
        if findings.count() > before {
            return;
        }
        self.report.observations += 1;
        (self.sink)(Row {
            region,
            subject: name(&mut self.texts.subjects, cell(Field::Subject).text),
            group: name(&mut self.texts.groups, cell(Field::Group).text),
            indicator,
            period,
            value,
            unit,
            status,
            source: Some(cell(Field::Source).text.trim()).filter(|s| !cells::is_blank(s)),
            line: at.line,
            column: at.column,
            text: at.text.trim(),
        });
    }

    fn finish(mut self) {
        if self.rows > 0 && !self.whole {
            // Not row by row: the file has no such field at all.
            let known = NAMES.iter().filter(|(f, _, _)| self.has[*f as usize]);
            let mut found: Vec<String> = known.map(|(f, _, _)| f.label().to_string()).collect();
            found.append(&mut self.ignored);
            self.findings.forget(Code::FactsMissingField);
            let has = self.has;
            self.findings
                .push(layout(&self.report.file, |f| has[f as usize], &found));
        } else if self.rows > 0 && !self.regions {
            self.findings
                .push(Diagnostic::unplaced(Code::FactsRegion).with("file", &self.report.file));
        }
        if !self.ignored.is_empty() {
            self.report.notes.push(Note::IgnoredColumns(self.ignored));
        }
        if let Some(region) = self.default.filter(|_| self.defaulted) {
            self.report
                .notes
                .push(Note::DefaultRegion(region.to_string()));
        }
    }
}

/// A normalised name; `None` where nothing (or a mark for nothing) is written.
fn name<'t>(seen: &'t mut Seen<String>, text: &str) -> Option<&'t str> {
    if text.is_empty() {
        return None;
    }
    let make = |t: &str| {
        if cells::is_blank(t) {
            String::new()
        } else {
            normalise(t).into_owned()
        }
    };
    Some(seen.get(text, make).as_str()).filter(|name| !name.is_empty())
}
