//! Separated text (CSV, TSV, semicolons): the separator, the header, the records.

use std::ops::ControlFlow::{self, Break, Continue};

use guiju_lang::{Code, Diagnostic};

use super::record::{self, COUNT, Cell, Field, Item, Record, Records, Visit, holding};
use super::why::Why;

/// The header stands within so many rows from the top; what precedes it is a title.
const HEADER_ROWS: usize = 20;

/// A file of separated text whose columns were recognised.
pub(super) struct Table<'t> {
    file: &'t str,
    text: &'t str,
    pub(super) separator: u8,
    split: Split,
    header: Header,
}

/// The row that names the columns.
#[derive(Debug, Default)]
struct Header {
    line: u32,
    columns: [Option<usize>; COUNT],
    /// Names up to the last column that has one.
    names: Vec<String>,
    /// The first field that two columns name, and those columns.
    twice: Option<(Field, usize, usize)>,
}

impl Header {
    fn new(line: u32, fields: &[&str]) -> Header {
        let mut header = Header {
            line,
            ..Header::default()
        };
        for (column, text) in fields.iter().enumerate() {
            let text = text.trim();
            if !text.is_empty() {
                header.names.resize(column, String::new());
                header.names.push(text.to_string());
            }
            let Some(field) = Field::named(text) else {
                continue;
            };
            match &mut header.columns[field as usize] {
                Some(first) => header.twice = header.twice.or(Some((field, *first, column))),
                empty => *empty = Some(column),
            }
        }
        header
    }

    /// The required fields that no column names.
    fn missing(&self) -> Option<String> {
        record::missing(|field| self.columns[field as usize].is_some())
    }

    /// The finding that two columns name one field, if they do.
    fn repeats(&self, file: &str) -> Option<Diagnostic> {
        let (field, first, second) = self.twice?;
        let cell = |at: usize| Cell {
            text: self.names.get(at).map_or("", String::as_str),
            line: self.line,
            column: at as u32 + 1,
        };
        Some(record::twice(file, field, cell(first), cell(second)))
    }

    /// Which of two rows looks more like a header.
    fn likeness(&self) -> (usize, usize) {
        (self.columns.iter().flatten().count(), self.names.len())
    }

    /// The first of the top rows that has all columns, else the likeliest.
    fn find(text: &str, separator: u8, split: Split) -> Header {
        let (mut best, mut seen) = (Header::default(), 0);
        split(text, separator, &mut |line, fields| {
            let header = Header::new(line, fields);
            seen += 1;
            if header.likeness() > best.likeness() {
                best = header;
            }
            if best.missing().is_none() || seen == HEADER_ROWS {
                Break(())
            } else {
                Continue(())
            }
        });
        best
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
        let split = if text.contains('"') {
            each_quoted_row
        } else {
            each_plain_row
        };
        let mut best = Header::default();
        for separator in if tabs { *b"\t,;" } else { *b",\t;" } {
            let header = Header::find(text, separator, split);
            let columns = header.names.len();
            if header.missing().is_some() {
                best = if header.likeness() > best.likeness() {
                    header
                } else {
                    best
                };
            } else if let Some(finding) = header.repeats(file) {
                return Err(finding);
            } else if columns > max_columns {
                let (found, most) = (columns, max_columns);
                return Err(Why::Columns { found, most }.about(file));
            } else {
                return Ok(Table {
                    file,
                    text,
                    separator,
                    split,
                    header,
                });
            }
        }
        Err(record::layout(
            file,
            &best.missing().unwrap_or_default(),
            &best.names,
        ))
    }

    /// Rows above the header.
    pub(super) fn lines_before(&self) -> u32 {
        self.header.line.saturating_sub(1)
    }

    fn row(&self, line: u32, fields: &[&str], visit: &mut Visit<'_>) -> ControlFlow<()> {
        let cell = |at: usize| Cell {
            text: fields.get(at).copied().unwrap_or(""),
            line,
            column: at as u32 + 1,
        };
        let mut beyond = (self.header.names.len()..fields.len()).map(cell);
        if let Some(extra) = beyond.find(|c| !c.text.trim().is_empty()) {
            // An unquoted 1,234 would otherwise be read as 1.
            let problem = holding(Code::FactsExtraCell, self.file, extra, extra.text);
            return visit(Item::Problem(
                problem.with("count", self.header.names.len()),
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
                blank = blank && into.text.chars().all(char::is_whitespace);
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
            let known = self.header.columns.contains(&Some(column));
            if !known && visit(Item::Ignored(name)).is_break() {
                return;
            }
        }
        let open = (self.split)(self.text, self.separator, &mut |line, fields| {
            let below = line > self.header.line;
            if below {
                self.row(line, fields, visit)
            } else {
                Continue(())
            }
        });
        if let Some(line) = open {
            let _ = visit(Item::Problem(Why::OpenQuote { line }.about(self.file)));
        }
    }

    fn comma_is_unclear(&self) -> bool {
        self.separator == b';'
    }
}

type VisitRow<'v> = dyn FnMut(u32, &[&str]) -> ControlFlow<()> + 'v;

/// Visits every row with its physical line; gives the line of a quote that is never closed, if any.
type Split = fn(&str, u8, &mut VisitRow<'_>) -> Option<u32>;

/// Without a quote a row is a line, and the fields need no copy.
fn each_plain_row(text: &str, separator: u8, visit: &mut VisitRow<'_>) -> Option<u32> {
    let mut fields: Vec<&str> = Vec::new();
    let (mut rest, mut line) = (text, 1);
    let ends_field = |b: &u8| *b == separator || *b == b'\n';
    while let Some(at) = rest.as_bytes().iter().position(ends_field) {
        fields.push(&rest[..at]);
        let ends_row = rest.as_bytes()[at] == b'\n';
        rest = &rest[at + 1..];
        if ends_row {
            visit(line, &fields).is_continue().then_some(())?;
            fields.clear();
            line += 1;
        }
    }
    fields.push(rest);
    let _ = visit(line, &fields);
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
        let fields: Vec<&str> = record.iter().collect();
        if visit(line, &fields).is_break() {
            return None;
        }
    }
    let last = text.get(start..).unwrap_or("");
    let open = last.matches('"').count() % 2 == 1 && last.trim_end().contains('\n');
    open.then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(split: Split, text: &str) -> Vec<(u32, String)> {
        let mut rows = Vec::new();
        split(text, b',', &mut |line, fields| {
            rows.push((line, fields.join("|")));
            Continue(())
        });
        rows.retain(|(_, row)| !row.trim().is_empty());
        rows
    }

    #[test]
    fn both_ways_of_splitting_agree() {
        let some = "a,b\n\n\n c,昆明,\r\n\r\n,\nlast";
        for text in [some, "\n\na\n", "", "x", "a,,b,\n\r\nd"] {
            assert_eq!(
                rows(each_plain_row, text),
                rows(each_quoted_row, text),
                "{text:?}"
            );
        }
    }
}
