//! Separated text (CSV, TSV, semicolons): the separator, the header, the records.

use std::ops::ControlFlow::{self, Break, Continue};

use guiju_lang::{Code, Diagnostic};

use super::findings::clip;
use super::long::{self, Cell, FIELDS, Field, Item, Record, Records, Visit};

/// The header stands within so many rows from the top; what precedes it is a title.
const HEADER_ROWS: usize = 20;

/// Separators, in the order they are tried.
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// A file of separated text whose columns were recognised.
pub(super) struct Table<'t> {
    file: &'t str,
    text: &'t str,
    pub(super) separator: u8,
    header: Header,
}

/// The row that names the columns.
#[derive(Debug, Default)]
struct Header {
    line: u32,
    columns: [Option<usize>; FIELDS],
    /// Number of columns up to the last one with a name.
    width: usize,
    names: Vec<String>,
    /// Two columns of one meaning.
    twice: Option<Field>,
}

impl Header {
    fn new(line: u32, fields: &Fields<'_>) -> Header {
        let mut header = Header {
            line,
            ..Header::default()
        };
        for column in 0..fields.len() {
            let text = fields.get(column).trim();
            header.names.push(text.to_string());
            if !text.is_empty() {
                header.width = column + 1;
            }
            let Some(field) = Field::named(text) else {
                continue;
            };
            match &mut header.columns[field as usize] {
                Some(_) => header.twice = Some(field),
                empty => *empty = Some(column),
            }
        }
        header.names.truncate(header.width);
        header
    }

    fn has(&self, field: Field) -> bool {
        self.columns[field as usize].is_some()
    }

    fn is_whole(&self) -> bool {
        self.has(Field::Indicator) && self.has(Field::Period) && self.has(Field::Value)
    }

    /// Which of two rows looks more like a header.
    fn likeness(&self) -> (usize, usize) {
        (self.columns.iter().flatten().count(), self.width)
    }
}

impl<'t> Table<'t> {
    /// Finds separator and header; `tabs` if the file's name speaks for them.
    pub(super) fn recognise(
        file: &'t str,
        text: &'t str,
        tabs: bool,
        max_columns: usize,
    ) -> Result<Table<'t>, Diagnostic> {
        let mut best = Header::default();
        let order = if tabs {
            [b'\t', b',', b';']
        } else {
            SEPARATORS
        };
        for separator in order {
            let (mut seen, mut too_wide) = (0, None);
            let mut found = None;
            each_row(text, separator, &mut |line, fields| {
                seen += 1;
                if fields.len() > max_columns {
                    too_wide = Some(fields.len());
                    return Break(());
                }
                let header = Header::new(line, fields);
                if header.is_whole() {
                    found = Some(header);
                    return Break(());
                }
                if header.likeness() > best.likeness() {
                    best = header;
                }
                if seen < HEADER_ROWS {
                    Continue(())
                } else {
                    Break(())
                }
            });
            if let Some(columns) = too_wide {
                let limit = Diagnostic::unplaced(Code::FactsLimit).with("file", file);
                return Err(limit.with("what", format!("{columns} columns > {max_columns}")));
            }
            match found {
                Some(Header {
                    twice: Some(field),
                    names,
                    ..
                }) => {
                    let layout = Diagnostic::unplaced(Code::FactsLayout).with("file", file);
                    let only = format!("{} ×1", field.label());
                    return Err(layout
                        .with("missing", only)
                        .with("found", clip(&names.join(", "), 200)));
                }
                Some(header) => {
                    return Ok(Table {
                        file,
                        text,
                        separator,
                        header,
                    });
                }
                None => {}
            }
        }
        Err(long::layout(file, |field| best.has(field), &best.names))
    }

    /// Rows above the header.
    pub(super) fn lines_before(&self) -> u32 {
        self.header.line.saturating_sub(1)
    }

    fn row(&self, line: u32, fields: &Fields<'_>, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let cell = |at: usize| Cell {
            text: fields.get(at),
            line,
            column: at as u32 + 1,
        };
        let mut beyond = (self.header.width..fields.len()).map(cell);
        if let Some(extra) = beyond.find(|c| !c.text.trim().is_empty()) {
            // An unquoted 1,234 would otherwise be read as 1.
            let place = format!("{}:{line}:{}", self.file, extra.column);
            let problem = Diagnostic::unplaced(Code::FactsValue).with("place", place);
            return visit(Item::Problem(
                problem.with("found", clip(extra.text.trim(), 60)),
            ));
        }
        let mut record = Record {
            line,
            ..Record::default()
        };
        let mut blank = true;
        for (into, column) in record.cells.iter_mut().zip(&self.header.columns) {
            if let Some(column) = column {
                *into = cell(*column);
                blank = blank && into.text.trim().is_empty();
            }
        }
        if blank {
            Continue(())
        } else {
            visit(Item::Record(&record))
        }
    }
}

impl Records for Table<'_> {
    fn each(&self, visit: &mut Visit<'_>) {
        for (column, name) in self.header.names.iter().enumerate() {
            if !self.header.columns.contains(&Some(column)) {
                let flow = visit(Item::Ignored(name));
                if flow.is_break() {
                    return;
                }
            }
        }
        let open = each_row(self.text, self.separator, &mut |line, fields| {
            if line > self.header.line {
                self.row(line, fields, visit)
            } else {
                Continue(())
            }
        });
        if let Some(line) = open {
            let problem = Diagnostic::unplaced(Code::FactsUnreadable).with("file", self.file);
            let _ = visit(Item::Problem(
                problem.with("reason", format!("line {line}: \" is not closed")),
            ));
        }
    }

    fn comma_is_unclear(&self) -> bool {
        self.separator == b';'
    }
}

/// The fields of one row.
enum Fields<'r> {
    Plain(&'r [&'r str]),
    Quoted(&'r csv::StringRecord),
}

impl<'r> Fields<'r> {
    fn len(&self) -> usize {
        match self {
            Fields::Plain(fields) => fields.len(),
            Fields::Quoted(record) => record.len(),
        }
    }

    /// A field; empty when the row is shorter.
    fn get(&self, at: usize) -> &'r str {
        match self {
            Fields::Plain(fields) => fields.get(at).copied().unwrap_or(""),
            Fields::Quoted(record) => record.get(at).unwrap_or(""),
        }
    }
}

type VisitRow<'v> = dyn FnMut(u32, &Fields<'_>) -> ControlFlow<()> + 'v;

/// Visits every row with its physical line; the line of a quote that is never closed, if any.
fn each_row(text: &str, separator: u8, visit: &mut VisitRow<'_>) -> Option<u32> {
    if text.contains('"') {
        return each_quoted_row(text, separator, visit);
    }
    // Without a quote a row is a line: no need to look at every byte twice.
    let mut fields: Vec<&str> = Vec::new();
    for (line, row) in text.split('\n').enumerate() {
        fields.clear();
        let mut start = 0;
        for (at, byte) in row.bytes().enumerate() {
            if byte == separator {
                fields.push(&row[start..at]);
                start = at + 1;
            }
        }
        fields.push(&row[start..]);
        if visit(line as u32 + 1, &Fields::Plain(&fields)).is_break() {
            break;
        }
    }
    None
}

fn each_quoted_row(text: &str, separator: u8, visit: &mut VisitRow<'_>) -> Option<u32> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .terminator(csv::Terminator::Any(b'\n'))
        .buffer_capacity(1 << 16)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut start, mut line) = (0, 1u32);
    while let Ok(true) = reader.read_record(&mut record) {
        // A record's position lies before the empty lines in front of it.
        let position = record.position().map_or(start, |p| p.byte() as usize);
        let rest = text.get(position..).unwrap_or("");
        let next = position + rest.len() - rest.trim_start_matches('\n').len();
        line += text
            .as_bytes()
            .get(start..next)
            .unwrap_or(&[])
            .iter()
            .filter(|b| **b == b'\n')
            .count() as u32;
        start = next;
        if visit(line, &Fields::Quoted(&record)).is_break() {
            return None;
        }
    }
    let last = text.get(start..).unwrap_or("");
    let open = last.matches('"').count() % 2 == 1 && last.trim_end().contains('\n');
    open.then_some(line)
}
