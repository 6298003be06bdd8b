//! The formatter: syntax back to text, in either keyword set.
//!
//! One statement a line; a block on the same line where it is short, else one field a line.
//! Comments stay where they are: before the statement or field they precede, or behind it.

mod expr;
mod names;
mod nested;
mod rule;
mod text;

pub(crate) use nested::cell_rule;

use crate::names::is_cjk;
use crate::parse::Parsed;
use crate::source::Source;
use crate::syntax::{Body, Statement};
use crate::words::WordSet;

/// Longest line on which a statement and its block stand together, in columns.
const LINE: usize = 100;

/// Formats a parsed file. `words` converts every keyword; `None` keeps each statement's own.
///
/// The file must have parsed without findings: what was not understood is not in the tree.
pub fn file(parsed: &Parsed, source: &Source, words: Option<WordSet>) -> String {
    let mut printer = Printer {
        source,
        comments: &parsed.comments,
        next_comment: 0,
        out: String::new(),
        last_end: 0,
    };
    let end = source.text.len() as u32;
    let statements = &parsed.file.statements;
    for (i, statement) in statements.iter().enumerate() {
        let next = statements.get(i + 1).map_or(end, |s| s.span.start);
        printer.comments_before(statement.span.start, "");
        printer.blank_line(statement.span.start);
        printer.statement(statement, words.unwrap_or(statement.words));
        printer.trailing_comment(statement.span.end, next);
        printer.last_end = statement.span.end;
    }
    printer.comments_before(end, "");
    printer.out
}

/// One statement on one line, its block included, without comments.
pub fn statement(statement: &Statement, words: WordSet) -> String {
    let mut out = String::with_capacity(128);
    text::statement(&mut out, &statement.body, words);
    out
}

/// An expression, as English keywords write it.
pub fn expression(e: &crate::syntax::Expr) -> String {
    let mut out = String::new();
    expr::expr(&mut out, e, WordSet::En);
    out
}

/// A set, as English keywords write it, of only these of its names.
pub fn set_text(set: &crate::syntax::Set, names: &[crate::syntax::Name]) -> String {
    let mut out = String::new();
    let set = crate::syntax::Set {
        names: names.to_vec(),
        ..set.clone()
    };
    expr::set(&mut out, &set, WordSet::En, false);
    out
}

struct Printer<'a> {
    source: &'a Source,
    comments: &'a [(u32, u32)],
    next_comment: usize,
    out: String,
    last_end: u32,
}

impl Printer<'_> {
    fn slice(&self, start: u32, end: u32) -> &str {
        self.source
            .text
            .get(start as usize..end as usize)
            .unwrap_or("")
    }

    /// Prints the comments that begin before `offset`, each on a line of its own.
    fn comments_before(&mut self, offset: u32, indent: &str) {
        while let Some(&(start, end)) = self.comments.get(self.next_comment) {
            if start >= offset {
                return;
            }
            if indent.is_empty() {
                self.blank_line(start);
            }
            let text = comment(self.slice(start, end));
            self.out.push_str(indent);
            self.out.push_str(&text);
            self.out.push('\n');
            self.last_end = end;
            self.next_comment += 1;
        }
    }

    /// Keeps one empty line where the source had any.
    fn blank_line(&mut self, start: u32) {
        if self.out.is_empty() {
            return;
        }
        let between = self.slice(self.last_end.min(start), start);
        if between.matches('\n').count() > 1 && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A comment on the line on which `end` lies, and before what comes `next`, goes behind what was
    /// just printed.
    fn trailing_comment(&mut self, end: u32, next: u32) {
        let Some(&(start, stop)) = self.comments.get(self.next_comment) else {
            return;
        };
        if start < end || start >= next || self.slice(end, start).contains(['\n', '\r']) {
            return;
        }
        let text = comment(self.slice(start, stop));
        self.out.truncate(self.out.trim_end_matches('\n').len());
        self.out.push_str("  ");
        self.out.push_str(&text);
        self.out.push('\n');
        self.next_comment += 1;
        self.last_end = stop;
    }

    fn statement(&mut self, statement: &Statement, words: WordSet) {
        if let Some(lines) = nested::lines(&statement.body, words) {
            return self.lines(statement, &lines, words);
        }
        let attributes = text::attributes(&statement.body);
        let block = text::block(&statement.body);
        // Comments inside the head would cut it: they go above.
        let first = attributes.first().map(|a| a.span.start);
        let first = first
            .into_iter()
            .chain(block.first().map(|f| f.span.start))
            .min();
        let head_end = first.unwrap_or(statement.span.end);
        let empty = block.is_empty() && attributes.is_empty();
        let has_comments = self
            .comments
            .get(self.next_comment)
            .is_some_and(|(start, _)| *start < statement.span.end);
        let one_line_in_source = !self.slice(head_end, statement.span.end).contains('\n');
        if empty || (!has_comments && one_line_in_source) {
            let short = self::statement(statement, words);
            if empty || width(&short) <= LINE {
                self.comments_before(statement.span.end, "");
                self.out.push_str(&short);
                self.out.push('\n');
                return;
            }
        }
        let brace = self.brace(statement.span.start, head_end);
        self.comments_before(brace, "");
        text::head(&mut self.out, &statement.body, words);
        self.out.push_str(" {\n");
        self.trailing_comment(brace, head_end);
        let of_type = matches!(statement.body, Body::Entity { of: None, .. });
        for (i, attribute) in attributes.iter().enumerate() {
            let next = attributes
                .get(i + 1)
                .map_or(statement.span.end, |a| a.span.start);
            self.comments_before(attribute.span.start, "  ");
            self.out.push_str("  ");
            text::attribute(&mut self.out, attribute, of_type, words);
            self.out.push('\n');
            self.trailing_comment(attribute.span.end, next);
        }
        for (i, field) in block.iter().enumerate() {
            let next = block
                .get(i + 1)
                .map_or(statement.span.end, |f| f.span.start);
            self.comments_before(field.span.start, "  ");
            self.out.push_str("  ");
            text::field(&mut self.out, field, words);
            self.out.push('\n');
            self.trailing_comment(field.span.end, next);
        }
        self.comments_before(statement.span.end, "  ");
        self.out.push_str("}\n");
    }

    /// A statement with lines of its own inside.
    fn lines(&mut self, statement: &Statement, lines: &[String], words: WordSet) {
        let starts = nested::starts(&statement.body);
        let first = starts.first().copied().unwrap_or(statement.span.end);
        let brace = self.brace(statement.span.start, first);
        self.comments_before(brace, "");
        text::head(&mut self.out, &statement.body, words);
        self.out.push_str(" {\n");
        self.trailing_comment(brace, first);
        for (i, line) in lines.iter().enumerate() {
            let start = starts.get(i).copied().unwrap_or(statement.span.end);
            let next = starts.get(i + 1).copied().unwrap_or(statement.span.end);
            self.comments_before(start, "  ");
            self.out.push_str("  ");
            self.out.push_str(line);
            self.out.push('\n');
            self.trailing_comment(start, next);
        }
        self.comments_before(statement.span.end, "  ");
        self.out.push_str("}\n");
    }

    /// Where the block opens: the last `{` before its first field, comments apart.
    fn brace(&self, start: u32, first_field: u32) -> u32 {
        let head = self.slice(start, first_field);
        let in_comment = |at: u32| {
            let after = self.comments.partition_point(|(from, _)| *from <= at);
            let comment = after.checked_sub(1).and_then(|i| self.comments.get(i));
            comment.is_some_and(|(_, to)| at < *to)
        };
        head.rmatch_indices(['{', '｛'])
            .map(|(at, _)| start + at as u32)
            .find(|at| !in_comment(*at))
            .unwrap_or(start)
    }
}

fn comment(text: &str) -> String {
    let text = text.trim_end();
    match text.strip_prefix('＃') {
        Some(rest) => format!("#{rest}"),
        None => text.to_string(),
    }
}

/// Columns a text takes; Han characters take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if is_cjk(c) || ('\u{FF00}'..='\u{FF60}').contains(&c) {
                2
            } else {
                1
            }
        })
        .sum()
}
