//! What every file in the long form comes down to: records of nine fields.

use std::ops::ControlFlow;

use guiju_lang::{Code, Diagnostic, normalise};

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

use Field::{Group, Indicator, Period, Region, Source, Status, Subject, Unit, Value};

/// Every field, in order, with its name in messages and its spellings. To read a further spelling,
/// add it.
pub(super) const FIELDS: [(Field, &str, &[&str]); COUNT] = [
    (Region, "地区 (region)", &["region", "地区"]),
    (Subject, "对象 (subject)", &["subject", "对象"]),
    (Group, "分组 (group)", &["group", "分组"]),
    (Indicator, "指标 (indicator)", &["indicator", "指标"]),
    (
        Period,
        "时间 (period)",
        &["period", "year", "时间", "年份", "年度"],
    ),
    (Value, "数值 (value)", &["value", "数值"]),
    (Unit, "单位 (unit)", &["unit", "单位"]),
    (Status, "状态 (status)", &["status", "状态"]),
    (Source, "来源 (source)", &["source", "来源"]),
];

/// Number of fields.
pub(super) const COUNT: usize = 9;

/// Without these there is no observation.
const REQUIRED: [Field; 3] = [Indicator, Period, Value];

impl Field {
    /// The field that a column or key names.
    pub(super) fn named(text: &str) -> Option<Field> {
        let find = |name: &str| FIELDS.iter().find(|f| f.2.contains(&name)).map(|f| f.0);
        find(text).or_else(|| find(&normalise(text).to_lowercase()))
    }

    /// The name in messages.
    pub(super) fn label(self) -> &'static str {
        FIELDS[self as usize].1
    }
}

/// A field's text and where it stands; column 0 where the record has no such field.
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
    pub(super) cells: [Cell<'r>; COUNT],
    /// The value is a number token of JSON.
    pub(super) number: bool,
}

impl<'r> Record<'r> {
    /// A field; where the record lacks it, an empty cell at its beginning.
    pub(super) fn cell(&self, field: Field) -> Cell<'r> {
        let cell = self.cells[field as usize];
        if cell.column > 0 {
            cell
        } else {
            Cell {
                text: "",
                line: self.line,
                column: 1,
            }
        }
    }
}

/// What a file has to offer, in its order.
pub(super) enum Item<'r> {
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
    /// Visits every item, until the visitor breaks off.
    fn each(&self, visit: &mut Visit<'_>);
    /// Whether commas in numbers may be decimal ones.
    fn comma_is_unclear(&self) -> bool;
}

/// Which of the required fields are not there.
pub(super) fn missing(has: impl Fn(Field) -> bool) -> Option<String> {
    let missing: Vec<_> = REQUIRED
        .into_iter()
        .filter(|f| !has(*f))
        .map(Field::label)
        .collect();
    (!missing.is_empty()).then(|| missing.join(", "))
}

/// The finding that the columns of the long form are not there.
pub(super) fn layout(file: &str, missing: &str, found: &[String]) -> Diagnostic {
    let found = clip(&found.join(", "), 200);
    let finding = Diagnostic::unplaced(Code::FactsLayout).with("file", file);
    finding.with("missing", missing).with("found", found)
}

/// A finding about a place in a file.
pub(super) fn located(code: Code, file: &str, at: Cell<'_>) -> Diagnostic {
    Diagnostic::unplaced(code).with("place", format!("{file}:{}:{}", at.line, at.column))
}

/// A finding about a place in a file, which holds `found`.
pub(super) fn holding(code: Code, file: &str, at: Cell<'_>, found: &str) -> Diagnostic {
    located(code, file, at).with("found", clip(found.trim(), 60))
}

/// The finding that two columns, or two keys of a record, name one field: nobody chooses.
pub(super) fn twice(file: &str, field: Field, first: Cell<'_>, second: Cell<'_>) -> Diagnostic {
    holding(Code::FactsColumnTwice, file, second, second.text)
        .with("earlier", clip(first.text.trim(), 60))
        .with("column", first.column)
        .with("field", field.label())
}

/// At most `max` characters, on one line.
fn clip(text: &str, max: usize) -> String {
    let mut chars = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut out: String = chars.by_ref().take(max).collect();
    if chars.next().is_some() {
        out.push('…');
    }
    out
}
