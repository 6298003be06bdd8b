//! Expressions, conditions and sets.

use crate::source::Span;
use crate::words::{Kw, Op};

use super::{Change, Literal, Name};

/// A value, a condition, or part of one. Whether a name is an indicator, a place or a word of a
/// scale is settled later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// A number or date.
    Literal(Literal),
    /// A name.
    Name(Name),
    /// yes, no, done, not done.
    Word(Kw, Span),
    /// `?`: what the plan leaves open.
    Open(Span),
    /// `完成率(女)`
    Breakdown(Name, Name),
    /// `latest 人口`
    Latest(Name, Span),
    /// `人口 in 2020`
    At(Box<Expr>, Literal),
    /// `-x`
    Negative(Box<Expr>, Span),
    /// `a + b` and the like.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `sum of X over S`
    Aggregate(Box<Aggregate>),
    /// `a >= b`; the operator's text, if it has one.
    Compare(Op, Box<Expr>, Box<Expr>),
    /// `a between b and c`
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a in {b, c}`
    OneOf(Box<Expr>, Vec<Name>),
    /// `a falls 3 years running`
    Change(Box<Expr>, Box<Change>),
    /// `not a`
    Not(Box<Expr>, Span),
    /// `a and b`
    And(Box<Expr>, Box<Expr>),
    /// `a or b`
    Or(Box<Expr>, Box<Expr>),
}

/// Arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `×`
    Mul,
    /// `/`
    Div,
}

/// `AGG of X over S weighted by W`; without `over`, of the rule's own measure over S.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// sum, count, share, average, min, max, median, stdev, cv.
    pub how: Kw,
    /// What is aggregated; `None` for the rule's own measure, or the members themselves.
    pub of: Option<Expr>,
    /// Over whom.
    pub set: Set,
    /// `other S`: without the subject itself.
    pub other: bool,
    /// By what the members are weighted.
    pub weight: Option<Expr>,
    /// Its text.
    pub span: Span,
}

/// `小学, 初中 in 五华区 where C except X`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// The types.
    pub names: Vec<Name>,
    /// Where they lie.
    pub place: Option<Name>,
    /// Which of them.
    pub filter: Option<Expr>,
    /// Which of them not.
    pub except: Vec<Except>,
    /// Its text.
    pub span: Span,
}

/// One exception of a set: a name, a type or a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Except {
    /// The name or condition.
    pub what: Expr,
    /// Only where this holds.
    pub filter: Option<Expr>,
}

impl Expr {
    /// Its text.
    pub fn span(&self) -> Span {
        match self {
            Expr::Literal(literal) => literal.span,
            Expr::Name(name) => name.span,
            Expr::Word(_, span) | Expr::Open(span) => *span,
            Expr::Breakdown(name, group) => name.span.to(group.span),
            Expr::Latest(name, span) => span.to(name.span),
            Expr::At(expr, at) => expr.span().to(at.span),
            Expr::Negative(expr, span) | Expr::Not(expr, span) => span.to(expr.span()),
            Expr::Binary(_, a, b)
            | Expr::Compare(_, a, b)
            | Expr::And(a, b)
            | Expr::Or(a, b)
            | Expr::Between(a, _, b) => a.span().to(b.span()),
            Expr::OneOf(a, names) => names.last().map_or(a.span(), |n| a.span().to(n.span)),
            Expr::Change(a, change) => a.span().to(change.span),
            Expr::Aggregate(aggregate) => aggregate.span,
        }
    }

    /// The name, if that is all it is.
    pub fn as_name(&self) -> Option<&Name> {
        match self {
            Expr::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The literal, if that is all it is.
    pub fn as_literal(&self) -> Option<&Literal> {
        match self {
            Expr::Literal(literal) => Some(literal),
            _ => None,
        }
    }
}
