//! Files to observations: encoding, shape, then record by record. Pure: bytes in, rows out.
//!
//! The content decides what a file is; its name only breaks ties. What is not understood is a
//! finding, never a guess, and one error does not hide the next.

mod cells;
mod json;
mod long;
mod record;
mod seen;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod why;

use guiju_lang::{Diagnostic, Lang};

use super::observation::Row;
use json::Json;
use table::Table;
use why::Why;

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The region of figures for which the file names none.
    pub region: Option<String>,
    /// What is too much.
    pub limits: Limits,
}

/// What is too much; beyond it reading stops or the row is refused, and a finding says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of a file.
    pub max_bytes: usize,
    /// Columns of a table.
    pub max_columns: usize,
    /// Size of one field.
    pub max_field_bytes: usize,
    /// Records of a file.
    pub max_rows: u64,
    /// Findings that are listed; the others are counted.
    pub max_findings: usize,
}

impl Default for Limits {
    /// Room for any yearbook (and for 38 million rows), none for an endless stream.
    fn default() -> Limits {
        Limits {
            max_bytes: 2 << 30,
            max_columns: 4096,
            max_field_bytes: 64 << 10,
            max_rows: 100_000_000,
            max_findings: 100,
        }
    }
}

/// What a file was understood to be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadReport {
    /// The file's name, as given.
    pub file: String,
    /// The encoding that was detected; empty when the bytes are no text.
    pub encoding: &'static str,
    /// The shape that was detected; empty when none was.
    pub shape: &'static str,
    /// Observations that were read.
    pub observations: u64,
    /// Cells that say there is no figure.
    pub missing_cells: u64,
    /// Errors.
    pub findings: Vec<Diagnostic>,
    /// What was assumed or left out.
    pub notes: Vec<Note>,
}

/// Something worth knowing about how a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Rows above the header were taken for a title.
    LinesBefore(u32),
    /// Columns (or keys) that mean nothing here.
    IgnoredColumns(Vec<String>),
    /// Rows without a region were given this one.
    DefaultRegion(String),
}

impl Note {
    /// The note as a sentence, without final period.
    pub fn text(&self, lang: Lang) -> String {
        let (zh, en, what) = match self {
            Note::LinesBefore(n) => (
                "表头之前未读的行数：",
                "lines above the header: ",
                n.to_string(),
            ),
            Note::IgnoredColumns(names) => ("未读的列：", "columns not read: ", names.join(", ")),
            Note::DefaultRegion(r) => (
                "未写地区的数据归入：",
                "figures without a region are of ",
                r.clone(),
            ),
        };
        format!("{}{what}", lang.pick(zh, en))
    }
}

/// Takes observations one by one, or says why it can take no more.
pub(crate) type Sink<'s> = dyn FnMut(Row<'_>) -> Result<(), Diagnostic> + 's;

/// Reads one file: every observation goes to `sink`, everything else into the report.
///
/// Rows are handed over as they are found, also when later ones turn out wrong: whether the
/// report's findings allow using them is for the caller to decide.
pub(crate) fn read(
    file: &str,
    bytes: &[u8],
    options: &ReadOptions,
    sink: &mut Sink<'_>,
) -> ReadReport {
    let mut report = ReadReport {
        file: file.to_string(),
        ..ReadReport::default()
    };
    if let Err(finding) = read_into(&mut report, file, bytes, options, sink) {
        report.findings.push(finding);
    }
    report
}

fn read_into(
    report: &mut ReadReport,
    file: &str,
    bytes: &[u8],
    options: &ReadOptions,
    sink: &mut Sink<'_>,
) -> Result<(), Diagnostic> {
    let limits = &options.limits;
    if bytes.len() > limits.max_bytes {
        let (found, most) = (bytes.len(), limits.max_bytes);
        return Err(Why::Bytes { found, most }.about(file));
    }
    let (text, encoding) = text::decode(bytes).map_err(|why| why.about(file))?;
    report.encoding = encoding;
    let text = text.trim_start_matches('\u{FEFF}');
    if text.trim().is_empty() {
        return Err(Why::Empty.about(file));
    }
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is = |name: &str| extension.eq_ignore_ascii_case(name);
    if let Some(json) = Json::recognise(file, text).filter(|_| !is("csv") && !is("tsv")) {
        report.shape = if json.lines {
            "long JSON Lines"
        } else {
            "long JSON"
        };
        long::read(&json, options, report, sink);
        return Ok(());
    }
    let table = Table::recognise(file, text, is("tsv"), limits.max_columns)?;
    report.shape = match table.separator {
        b'\t' => "long TSV",
        b';' => "long CSV, semicolons",
        _ => "long CSV",
    };
    if table.lines_before() > 0 {
        report.notes.push(Note::LinesBefore(table.lines_before()));
    }
    long::read(&table, options, report, sink);
    Ok(())
}
