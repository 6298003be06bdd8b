//! Names, texts and keywords as they are written.

use crate::names::is_cjk;
use crate::syntax::{Literal, Name};
use crate::words::{Class, Kw, WordSet};

pub(super) fn keyword(out: &mut String, kw: Kw, words: WordSet) {
    out.push_str(kw.spelling(words));
}

/// A keyword between spaces.
pub(super) fn clause(out: &mut String, kw: Kw, words: WordSet) {
    out.push(' ');
    keyword(out, kw, words);
    out.push(' ');
}

pub(super) fn opening(out: &mut String, kw: Kw, words: WordSet, name: &Name) {
    keyword(out, kw, words);
    out.push(' ');
    bare_or_quoted(out, &name.text, Place::Name);
}

pub(super) fn span(out: &mut String, first: &Literal, last: Option<&Literal>) {
    out.push_str(&first.text);
    if let Some(last) = last {
        out.push_str("..");
        out.push_str(&last.text);
    }
}

/// Where a name stands: some words are keywords in one place and names in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A measure, a place, a label.
    Name,
    /// A value behind a comparison.
    Value,
    /// In a list inside a block.
    Block,
    /// An attribute of an entity, before its sign.
    Attribute,
}

pub(super) fn list(out: &mut String, names: &[Name], place: Place) {
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        bare_or_quoted(out, &name.text, place);
    }
}

/// A name, or a literal where one may stand for a name.
pub(super) fn word(out: &mut String, name: &Name) {
    if crate::lex::is_literal(&name.text) {
        out.push_str(&name.text);
    } else {
        bare_or_quoted(out, &name.text, Place::Value);
    }
}

/// A unit as a field writes it: `%`, `:1`, `元/生·年`.
pub(super) fn unit(out: &mut String, text: &str) {
    let plain = |c: char| c.is_alphanumeric() || "%‰/:·℃°".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        out.push_str(text);
    } else {
        quoted(out, text);
    }
}

pub(super) fn bare_or_quoted(out: &mut String, text: &str, place: Place) {
    if is_bare(text, place) {
        out.push_str(text);
    } else {
        quoted(out, text);
    }
}

/// Whether a name is read back without quotes.
fn is_bare(text: &str, place: Place) -> bool {
    let cjk = !text.is_empty() && text.chars().all(is_cjk);
    let one_word = cjk || (crate::lex::is_word(text) && !taken_apart(text));
    if !one_word {
        return false;
    }
    if place == Place::Attribute {
        return true;
    }
    Kw::phrases(text).is_empty()
        && Kw::lookup(text).iter().all(|kw| match kw.class() {
            // These count only where a statement or a field opens, or before `of`.
            Class::Kind | Class::Declare | Class::Choice | Class::Aggregate => true,
            Class::Value => place != Place::Value,
            Class::Field => place != Place::Block,
            _ => false,
        })
}

/// `前30`, `截至2025`: a word that the lexer takes apart at its first digit.
fn taken_apart(text: &str) -> bool {
    let Some(digit) = text.find(|c: char| c.is_ascii_digit()) else {
        return false;
    };
    let head = text.get(..digit).unwrap_or("");
    head == "前"
        || Kw::lookup(head)
            .iter()
            .any(|kw| matches!(kw.class(), Class::Compare | Class::Change | Class::Clause))
}

/// Text in quotes that it does not hold itself.
pub(super) fn quoted(out: &mut String, text: &str) {
    let pairs = [('"', '"'), ('“', '”'), ('《', '》'), ('「', '」')];
    match pairs.into_iter().find(|(_, close)| !text.contains(*close)) {
        Some((open, close)) => {
            out.push(open);
            out.push_str(text);
            out.push(close);
        }
        // All four closing signs in one text: the full-width sign is read as the plain one.
        None => {
            out.push('"');
            out.push_str(&text.replace('"', "＂"));
            out.push('"');
        }
    }
}
