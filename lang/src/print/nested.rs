//! Statements with lines of their own inside: tables and tests.

use crate::period::Period;
use crate::syntax::{Body, Bound, Cell, KindWord, Name};
use crate::words::{Kind, Kw, WordSet};

use super::names::{Place, bare_or_quoted, clause, keyword, list, span, unit};
use super::rule::{bounds, place_name};
use super::text::{bracketed, comparison_words, test_item};
use super::width;

/// The inner lines of a statement, without indentation; `None` if it has none.
pub(super) fn lines(body: &Body, words: WordSet) -> Option<Vec<String>> {
    match body {
        Body::Table { rows, .. } => Some(table(rows, words)),
        Body::Test { items, .. } => Some(
            items
                .iter()
                .map(|item| {
                    let mut line = String::new();
                    test_item(&mut line, item, words);
                    line
                })
                .collect(),
        ),
        _ => None,
    }
}

/// Where each inner line begins in the source.
pub(super) fn starts(body: &Body) -> Vec<u32> {
    match body {
        Body::Table { rows, .. } => rows
            .iter()
            .filter_map(|row| row.first().map(|cell| cell.span().start))
            .collect(),
        Body::Test { items, .. } => items
            .iter()
            .map(|item| match item {
                crate::syntax::TestItem::Statement(s) => s.span.start,
                crate::syntax::TestItem::AsOf(_, span) => span.start,
                crate::syntax::TestItem::Expect(expect) => expect.span.start,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// All of it behind one another; a row still needs a line of its own.
pub(super) fn one_line(out: &mut String, body: &Body, words: WordSet) {
    let lines = lines(body, words).unwrap_or_default();
    out.push_str(" {\n");
    for line in lines {
        out.push_str("  ");
        out.push_str(&line);
        out.push('\n');
    }
    out.push('}');
}

/// The rule that a cell is, in English words.
pub(crate) fn cell_rule(
    kind: Kind,
    measure: &Name,
    all: &[Bound],
    by: &Period,
    place: Option<&Name>,
) -> String {
    let words = WordSet::En;
    let mut out = String::new();
    keyword(&mut out, kind.keyword(), words);
    out.push(' ');
    bare_or_quoted(&mut out, &measure.text, Place::Name);
    out.push(' ');
    bounds(&mut out, all, words, words);
    clause(&mut out, Kw::By, words);
    out.push_str(&by.to_string());
    if let Some(place) = place {
        clause(&mut out, Kw::In, words);
        place_name(&mut out, place);
    }
    out
}

/// Rows with their columns aligned.
fn table(rows: &[Vec<Cell>], words: WordSet) -> Vec<String> {
    let texts: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let kind = row.first().and_then(kind_of);
            row.iter().map(|cell| text(cell, kind, words)).collect()
        })
        .collect();
    let columns = texts.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|c| {
            let cells = texts.iter().filter_map(|row| row.get(c));
            cells.map(|text| width(text)).max().unwrap_or(0)
        })
        .collect();
    texts
        .iter()
        .map(|row| {
            let mut line = String::from("|");
            for (text, wide) in row.iter().zip(&widths) {
                line.push(' ');
                line.push_str(text);
                line.push_str(&" ".repeat(wide - width(text) + 1));
                line.push('|');
            }
            line
        })
        .collect()
}

fn kind_of(cell: &Cell) -> Option<Kind> {
    match cell {
        Cell::Measure {
            kind: Some((KindWord::Kind(kind), _)),
            ..
        } => Some(*kind),
        _ => None,
    }
}

fn text(cell: &Cell, kind: Option<Kind>, words: WordSet) -> String {
    let mut out = String::new();
    match cell {
        Cell::Empty(_) => {}
        Cell::Measure {
            kind,
            names,
            bracket,
            ..
        } => {
            if let Some((word, _)) = kind {
                keyword(&mut out, word.keyword(), words);
                out.push(' ');
            }
            match names.as_slice() {
                [one] => bare_or_quoted(&mut out, &one.text, Place::Name),
                many => list(&mut out, many, Place::Name),
            }
            match bracket {
                Some(of) if of.text.contains(['/', ':', '%', '‰']) => {
                    out.push('(');
                    unit(&mut out, &of.text);
                    out.push(')');
                }
                other => bracketed(&mut out, other.as_ref()),
            }
        }
        Cell::Value(literal) => out.push_str(&literal.text),
        Cell::Range(a, b) => span(&mut out, a, Some(b)),
        Cell::Open(_) => out.push('?'),
        Cell::Baseline(value, at, _) => {
            keyword(&mut out, Kw::Baseline, words);
            out.push(' ');
            out.push_str(&value.text);
            if let Some(at) = at {
                clause(&mut out, Kw::InTime, words);
                out.push_str(&at.text);
            }
        }
        Cell::Bounds(all, _) => bounds(&mut out, all, words, comparison_words(kind, words)),
    }
    out
}
