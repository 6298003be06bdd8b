//! Where text came from: files, byte spans, and the line and column a reader counts.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A file of one compilation, in the order the files were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A byte range of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of bytes `start..end` in `file`.
    pub fn new(file: FileId, start: u32, end: u32) -> Span {
        Span {
            file,
            start,
            end: end.max(start),
        }
    }

    /// The smallest span that covers both; both must lie in one file.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span is empty.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// One source text with its line starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name as the caller gave it, with `/` as separator.
    pub name: String,
    /// The text.
    pub text: Arc<str>,
    line_starts: Vec<u32>,
}

/// A 1-based line and column; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
}

impl Source {
    /// Indexes the lines of `text`.
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Source {
        let text: Arc<str> = text.into();
        let bytes = text.as_bytes();
        // A carriage return alone ends a line too, as on old machines.
        let ends_line = |i: usize, b: u8| match b {
            b'\n' => true,
            b'\r' => bytes.get(i + 1) != Some(&b'\n'),
            _ => false,
        };
        let mut line_starts = vec![0];
        line_starts.extend(
            bytes
                .iter()
                .enumerate()
                .filter(|(i, b)| ends_line(*i, **b))
                .map(|(i, _)| i as u32 + 1),
        );
        Source {
            name: name.into().replace('\\', "/"),
            text,
            line_starts,
        }
    }

    /// The position of a byte offset; offsets past the end give the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.text.len() as u32);
        let line = self
            .line_starts
            .partition_point(|start| *start <= offset)
            .max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0) as usize;
        let mut end = offset as usize;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(start..end).unwrap_or("");
        Position {
            line: line as u32,
            column: before.chars().count() as u32 + 1,
        }
    }

    /// The text of a line (1-based), without its line break.
    pub fn line(&self, line: u32) -> &str {
        let index = line.saturating_sub(1) as usize;
        let start = self
            .line_starts
            .get(index)
            .copied()
            .unwrap_or(self.text.len() as u32);
        let end = self
            .line_starts
            .get(index + 1)
            .copied()
            .unwrap_or(self.text.len() as u32);
        self.text
            .get(start as usize..end as usize)
            .unwrap_or("")
            .trim_end_matches(['\n', '\r'])
    }

    /// The byte offset at which the line of `offset` starts.
    pub fn line_start(&self, offset: u32) -> u32 {
        let line = self
            .line_starts
            .partition_point(|start| *start <= offset)
            .max(1);
        self.line_starts.get(line - 1).copied().unwrap_or(0)
    }
}

/// All files of one compilation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId(self.files.len() as u32 - 1)
    }

    /// The file behind an id.
    pub fn get(&self, id: FileId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// The id of the file with this name.
    pub fn find(&self, name: &str) -> Option<FileId> {
        self.files
            .iter()
            .position(|f| f.name == name)
            .map(|i| FileId(i as u32))
    }

    /// The files in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(i, s)| (FileId(i as u32), s))
    }

    /// The text under a span; empty when the span is not inside its file.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|s| s.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }

    /// File name and position of a span's first character.
    pub fn locate(&self, span: Span) -> (&str, Position) {
        match self.get(span.file) {
            Some(source) => (&source.name, source.position(span.start)),
            None => ("", Position { line: 1, column: 1 }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a.gj", "# 注释\n昆明 x\n");
        assert_eq!(source.position(2), Position { line: 1, column: 3 });
        let x = source.text.find('x').unwrap() as u32;
        assert_eq!(source.position(x), Position { line: 2, column: 4 });
        assert_eq!(source.position(9999).line, 3);
        assert_eq!(source.line(2), "昆明 x");
    }
}
