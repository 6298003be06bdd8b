//! Why a file is not read, or not to its end: a row each, in both languages.

use guiju_lang::{Code, Diagnostic};

/// What is wrong with a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// Nothing is in it.
    Empty,
    /// A workbook in a packed format.
    Packed,
    /// A workbook in the old format.
    Xls,
    /// Zero bytes in its text.
    Nul,
    DamagedUtf8 {
        line: usize,
        byte: usize,
    },
    /// Damaged in another encoding.
    Damaged(&'static str),
    NoEncoding,
    OpenQuote {
        line: u32,
    },
    /// The words are those of the JSON reader.
    Json {
        line: usize,
        column: usize,
        words: String,
    },
    Bytes {
        found: usize,
        most: usize,
    },
    Columns {
        found: usize,
        most: usize,
    },
    Rows {
        most: u64,
    },
    Field {
        line: u32,
        most: usize,
    },
}

impl Why {
    /// The finding about a file.
    pub(super) fn about(&self, file: &str) -> Diagnostic {
        let (code, name) = match self {
            Why::Bytes { .. } | Why::Columns { .. } | Why::Rows { .. } | Why::Field { .. } => {
                (Code::FactsLimit, "what")
            }
            _ => (Code::FactsUnreadable, "reason"),
        };
        let (zh, en) = self.words();
        Diagnostic::unplaced(code)
            .with("file", file)
            .with_words(name, zh, en)
    }

    fn words(&self) -> (String, String) {
        let plain = |zh: &str, en: &str| (zh.to_string(), en.to_string());
        match self {
            Why::Empty => plain("里面没有内容", "it is empty"),
            Why::Packed => plain("这是 XLSX、ODS 或 ZIP 文件", "it is XLSX, ODS or ZIP"),
            Why::Xls => plain("这是 XLS 文件", "it is XLS"),
            Why::Nul => plain(
                "含有空字节，是没有字节顺序标记的 UTF-16 吗？",
                "NUL bytes; UTF-16 without a byte-order mark?",
            ),
            Why::DamagedUtf8 { line, byte } => (
                format!("UTF-8 编码已损坏，第 {line} 行，第 {byte} 字节"),
                format!("damaged UTF-8, line {line}, byte {byte}"),
            ),
            Why::Damaged(name) => (format!("{name} 编码已损坏"), format!("damaged {name}")),
            Why::NoEncoding => plain("既不是 UTF-8，也不是 GB18030", "neither UTF-8 nor GB18030"),
            Why::OpenQuote { line } => (
                format!("第 {line} 行的引号 \" 没有关闭"),
                format!("line {line}: \" is not closed"),
            ),
            Why::Json {
                line,
                column,
                words,
            } => (
                format!("第 {line} 行第 {column} 列不是 JSON，读取程序的原话是：{words}"),
                format!("JSON {line}:{column}: {words}"),
            ),
            Why::Bytes { found, most } => (
                format!("有 {found} 字节，上限是 {most}"),
                format!("{found} bytes > {most}"),
            ),
            Why::Columns { found, most } => (
                format!("有 {found} 列，上限是 {most}"),
                format!("{found} columns > {most}"),
            ),
            Why::Rows { most } => (format!("超过了 {most} 行"), format!("> {most} rows")),
            Why::Field { line, most } => (
                format!("第 {line} 行有单元格超过了 {most} 字节"),
                format!("line {line}: field > {most} bytes"),
            ),
        }
    }
}
