//! The grammar's actions: one to three lines each, none can fail.

use crate::lex::Token;
use crate::names::nfkc;
use crate::source::{FileId, Span};
use crate::syntax::{
    Band, BinaryOp, Body, Expr, FieldValue, Literal, Name, PlaceItem, Statement, Tail, Test,
    TimeClause, When,
};
use crate::words::{Class, Kind, Kw, Op, Term, WordSet};

pub(crate) fn name(file: FileId, start: u32, text: &str, end: u32) -> Name {
    Name {
        text: crate::names::normalise(text).into_owned(),
        span: Span::new(file, start, end),
    }
}

pub(crate) fn verbatim(file: FileId, start: u32, text: &str, end: u32) -> Name {
    Name {
        text: text.trim().to_string(),
        span: Span::new(file, start, end),
    }
}

pub(crate) fn literal(file: FileId, start: u32, text: &str, end: u32) -> Literal {
    // The sign of proportion (∶) is a colon to readers, and no compatibility form of one.
    let text = nfkc(text);
    let text = if text.contains('∶') {
        text.replace('∶', ":")
    } else {
        text.into_owned()
    };
    Literal {
        text,
        span: Span::new(file, start, end),
    }
}

/// `-0.5%` where only a number may stand.
pub(crate) fn negative(start: u32, value: Literal) -> Literal {
    let span = Span::new(value.span.file, start, value.span.end);
    Literal {
        text: format!("-{}", value.text),
        span,
    }
}

/// `-x`; the sign of a number is part of it.
pub(crate) fn minus(sign: Span, value: Expr) -> Expr {
    match value {
        Expr::Literal(value) if !value.text.starts_with('-') => {
            Expr::Literal(negative(sign.start, value))
        }
        other => Expr::Negative(Box::new(other), sign),
    }
}

pub(crate) fn binary(op: BinaryOp, a: Expr, b: Expr) -> Expr {
    Expr::Binary(op, Box::new(a), Box::new(b))
}

/// `3 years`, `3`, `3年`: a length in years, written one way.
pub(crate) fn years(mut count: Literal) -> Literal {
    if count.text.bytes().all(|b| b.is_ascii_digit()) {
        count.text.push('年');
    }
    count
}

/// The comparison and value of a test, inside a condition.
pub(crate) fn condition(test: Test) -> (Option<(Op, Span)>, Expr) {
    match test {
        Test::Compare { op, right, post } => (op.or(post), right),
        Test::Between { lower, .. } => (None, lower),
        Test::About { value, .. } => (None, value),
        Test::Change(change) => (None, change.amount.unwrap_or(Expr::Open(change.span))),
    }
}

/// `in 530100`: the code of a division is a place, not a time.
pub(crate) fn time_or_code(time: TimeClause) -> Tail {
    match time.when {
        When::In(code) if crate::gazetteer::is_code(&code.text) => {
            let (text, span) = (code.text, code.span);
            Tail::Place(vec![PlaceItem {
                each: false,
                name: Name { text, span },
            }])
        }
        _ => Tail::Time(time),
    }
}

/// A choice of a field (or of a region's brackets) in its English spelling, so that both keyword
/// sets give one tree.
pub(crate) fn choice(key: Option<Kw>, mut value: Name) -> Name {
    let chosen = match key {
        None | Some(Kw::Nature | Kw::Status | Kw::Assess) => {
            let words = Kw::lookup(&value.text).iter().copied();
            let mut choices = words.filter(|kw| kw.class() == Class::Choice);
            choices.find(|kw| (*kw == Kw::Group) == key.is_none())
        }
        Some(Kw::Rollup) => Kw::lookup(&value.text)
            .contains(&Kw::SumChoice)
            .then_some(Kw::SumChoice),
        Some(Kw::KindField) => Kind::named(&value.text).map(Kind::keyword),
        _ => None,
    };
    if let Some(kw) = chosen {
        value.text = kw.spelling(WordSet::En).to_string();
    }
    value
}

/// A verdict or an outlook in its English spelling, so that both languages give one tree.
pub(crate) fn term(terms: &'static [Term], mut word: Name) -> Name {
    if let Some(term) = Term::of(terms, &word.text) {
        word.text = term.name.to_string();
    }
    word
}

/// `不低于 98% 以上`, `98% 以上`: the comparison stands behind the value. Said twice it is kept
/// once; only a contradiction is kept as it stands, for `lower` to name.
pub(crate) fn compare(
    file: FileId,
    op: Option<(Op, Span)>,
    start: u32,
    (text, post): (&str, Kw),
    end: u32,
) -> Test {
    let value_end = start + text.len() as u32;
    let right = Expr::Literal(literal(file, start, text, value_end));
    let post = Op::of(post).map(|op| (op, Span::new(file, value_end, end)));
    let (op, post) = match (op, post) {
        (Some(op), Some(post)) if op.0 == post.0 => (Some(op), None),
        (None, post) => (post, None),
        both => both,
    };
    Test::Compare { op, right, post }
}

/// A statement; its keyword set is found when the tokens are at hand (see [`word_set`]).
pub(crate) fn statement(file: FileId, start: u32, body: Body, end: u32) -> Statement {
    Statement {
        body,
        span: Span::new(file, start, end),
        words: WordSet::En,
    }
}

/// Points, with or without bands.
pub(crate) fn points(value: Literal, bands: Vec<Band>) -> FieldValue {
    match bands.is_empty() {
        true => FieldValue::Literal(value),
        false => FieldValue::Points(value, bands),
    }
}

/// The keyword set of the first keyword of a statement.
pub(crate) fn word_set(text: &str, tokens: &[(u32, Token<'_>, u32)]) -> WordSet {
    let opening = tokens.iter().find_map(|(start, token, end)| match token {
        // Signs belong to neither set.
        Token::Word(kw) if kw.class() != Class::Compare => text.get(*start as usize..*end as usize),
        _ => None,
    });
    match opening {
        Some(word) if !nfkc(word).is_ascii() => WordSet::Zh,
        _ => WordSet::En,
    }
}
