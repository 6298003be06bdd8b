//! Expressions, conditions and sets. Brackets are written where reading needs them.

use crate::syntax::{Aggregate, BinaryOp, Except, Expr, Set};
use crate::words::{Kw, WordSet};

use super::names::{Place, bare_or_quoted, clause, keyword, list};
use super::rule::{change, place_name};
use super::text::bracketed;

/// How tightly an expression binds; a part that binds less needs brackets.
fn level(expr: &Expr) -> u8 {
    match expr {
        Expr::Or(..) => 0,
        Expr::And(..) => 1,
        Expr::Not(..) => 2,
        Expr::Compare(..) | Expr::Between(..) | Expr::OneOf(..) | Expr::Change(..) => 3,
        Expr::Binary(BinaryOp::Add | BinaryOp::Sub, ..) => 4,
        Expr::Binary(..) => 5,
        Expr::Negative(..) => 6,
        Expr::Literal(literal) if literal.text.starts_with('-') => 6,
        Expr::Aggregate(_)
        | Expr::Latest(..)
        | Expr::Literal(_)
        | Expr::Open(_)
        | Expr::Word(..) => 7,
        Expr::Name(_) | Expr::Breakdown(..) | Expr::At(..) => 8,
    }
}

pub(super) fn expr(out: &mut String, e: &Expr, words: WordSet) {
    match e {
        Expr::Literal(literal) => out.push_str(&literal.text),
        Expr::Name(name) => bare_or_quoted(out, &name.text, Place::Value),
        Expr::Word(kw, _) => keyword(out, *kw, words),
        Expr::Open(_) => out.push('?'),
        Expr::Breakdown(name, group) => {
            bare_or_quoted(out, &name.text, Place::Value);
            bracketed(out, Some(group));
        }
        Expr::Latest(name, _) => {
            keyword(out, Kw::Latest, words);
            out.push(' ');
            bare_or_quoted(out, &name.text, Place::Value);
        }
        Expr::At(inner, at) => {
            part(out, inner, 8, words);
            clause(out, Kw::InTime, words);
            out.push_str(&at.text);
        }
        Expr::Negative(inner, _) => {
            out.push('-');
            part(out, inner, 7, words);
        }
        Expr::Binary(op, a, b) => {
            let (sign, own) = match op {
                BinaryOp::Add => (" + ", 4),
                BinaryOp::Sub => (" - ", 4),
                BinaryOp::Mul => (" × ", 5),
                BinaryOp::Div => (" / ", 5),
            };
            part(out, a, own, words);
            out.push_str(sign);
            part(out, b, own + 1, words);
        }
        Expr::Aggregate(a) => aggregate(out, a, words),
        Expr::Compare(op, a, b) => {
            part(out, a, 4, words);
            clause(out, op.keyword(), words);
            part(out, b, 4, words);
        }
        Expr::Between(a, low, high) => {
            part(out, a, 4, words);
            between(out, low, high, words);
        }
        Expr::OneOf(a, names) => {
            part(out, a, 4, words);
            clause(out, Kw::OneOf, words);
            out.push('{');
            list(out, names, Place::Value);
            out.push('}');
        }
        Expr::Change(a, c) => {
            part(out, a, 4, words);
            out.push(' ');
            change(out, c, words);
        }
        Expr::Not(inner, _) => {
            keyword(out, Kw::Not, words);
            out.push(' ');
            part(out, inner, 2, words);
        }
        Expr::And(a, b) => joined(out, (a, 1), Kw::And, (b, 2), words),
        Expr::Or(a, b) => joined(out, (a, 0), Kw::Or, (b, 1), words),
    }
}

fn joined(out: &mut String, a: (&Expr, u8), kw: Kw, b: (&Expr, u8), words: WordSet) {
    part(out, a.0, a.1, words);
    clause(out, kw, words);
    part(out, b.0, b.1, words);
}

/// ` between A and B`
pub(super) fn between(out: &mut String, low: &Expr, high: &Expr, words: WordSet) {
    clause(out, Kw::Between, words);
    part(out, low, 4, words);
    out.push_str(match words {
        WordSet::En => " and ",
        WordSet::Zh => " 和 ",
    });
    part(out, high, 4, words);
    if words == WordSet::Zh {
        out.push(' ');
        keyword(out, Kw::EndBetween, words);
    }
}

/// A part of an expression that must bind at least so tightly.
pub(super) fn part(out: &mut String, e: &Expr, least: u8, words: WordSet) {
    if level(e) < least {
        out.push('(');
        expr(out, e, words);
        out.push(')');
    } else {
        expr(out, e, words);
    }
}

/// A value of a fact or an attribute.
pub(super) fn plain(out: &mut String, e: &Expr, words: WordSet) {
    expr(out, e, words);
}

fn aggregate(out: &mut String, a: &Aggregate, words: WordSet) {
    keyword(out, a.how, words);
    clause(out, Kw::Of, words);
    if let Some(of) = &a.of {
        part(out, of, 8, words);
        clause(out, Kw::OverName, words);
    }
    if a.other {
        keyword(out, Kw::Other, words);
        out.push(' ');
    }
    set(out, &a.set, words, true);
    if let Some(weight) = &a.weight {
        clause(out, Kw::WeightedBy, words);
        part(out, weight, 8, words);
    }
}

/// A set; filters of an aggregate's stand in brackets.
pub(super) fn set(out: &mut String, s: &Set, words: WordSet, brackets: bool) {
    list(out, &s.names, Place::Value);
    if let Some(place) = &s.place {
        clause(out, Kw::In, words);
        place_name(out, place);
    }
    let (open, close) = if brackets { ("(", ")") } else { ("", "") };
    if let Some(filter) = &s.filter {
        clause(out, Kw::Where, words);
        out.push_str(open);
        expr(out, filter, words);
        out.push_str(close);
    }
    if !s.except.is_empty() {
        clause(out, Kw::Except, words);
        out.push_str(open);
        for (i, Except { what, filter }) in s.except.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            expr(out, what, words);
            if let Some(filter) = filter {
                clause(out, Kw::Where, words);
                expr(out, filter, words);
            }
        }
        out.push_str(close);
    }
}
