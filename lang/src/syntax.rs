//! The syntax tree: what was written, with spans, before any name is resolved.
//!
//! Every rule has one shape — label · force · quantifiers · claim · block — and every claim ends in
//! simple ones: kind · measures · tail. The tail is a flat list of bounds and clauses, in the order
//! written, because languages order them differently and one sentence may hold several requirements.
//! A construct of the language is a variant of [`Claim`], [`Expr`], [`Test`] or [`Tail`], not a new
//! kind of statement.

mod expr;
mod rule;
mod statement;

pub use expr::{Aggregate, BinaryOp, Except, Expr, Set};
pub use rule::{
    Bound, Change, Claim, How, KindWord, PlaceItem, Quantifier, Rule, Simple, Tail, Test,
    TimeClause, When,
};
pub use statement::{Attribute, Band, Body, Cell, Expect, Field, FieldValue, Statement, TestItem};

use crate::source::Span;

/// A parsed file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    /// The statements in order.
    pub statements: Vec<Statement>,
}

/// A name in normal form, or text for readers as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The text without quotes.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A number with its unit, or a date, after NFKC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}
