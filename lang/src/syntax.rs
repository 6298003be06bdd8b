//! The syntax tree: what was written, with spans, before any name is resolved.
//!
//! Every rule has one shape — label · force · kind · measures · tail · block — whatever it demands;
//! the tail is a flat list of bounds and clauses, in the order written. A construct of the language
//! is a variant of [`Measure`], [`Test`], [`Operand`] or [`Tail`], not a new kind of statement.

use crate::source::Span;
use crate::words::{Force, Kind, Kw, Op, WordSet};

/// A parsed file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    /// The statements in order.
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it says.
    pub body: Body,
    /// Its text.
    pub span: Span,
    /// The keyword set of its opening keyword.
    pub words: WordSet,
}

/// The statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A rule.
    Rule(Rule),
    /// `plan NAME "title" { … }`
    Plan {
        /// The plan's name.
        name: Name,
        /// Its title.
        title: Option<Name>,
        /// Its fields.
        block: Vec<Field>,
    },
    /// `indicator NAME, NAME { … }`
    Indicator {
        /// The declared names.
        names: Vec<Name>,
        /// The fields.
        block: Vec<Field>,
    },
    /// `region NAME (code type) contains A, B { also … }`
    Region {
        /// The canonical name.
        name: Name,
        /// GB/T 2260 code and type word, in either order.
        bracket: Vec<Name>,
        /// The parts.
        contains: Vec<Name>,
        /// The fields.
        block: Vec<Field>,
    },
    /// `entity NAME : TYPE in PLACE { also … }`; without a type it declares a type.
    Entity {
        /// The name.
        name: Name,
        /// Its type.
        of: Option<Name>,
        /// Where it lies.
        place: Option<Name>,
        /// The fields.
        block: Vec<Field>,
    },
    /// `scale NAME: BEST > … > WORST`
    Scale {
        /// The scale's name.
        name: Name,
        /// Its words, best first.
        steps: Vec<Name>,
    },
    /// `use "path"`
    Use {
        /// The path, or `std:` and a name.
        path: Name,
    },
    /// `fact NAME = VALUE in T in P { … }`
    Fact {
        /// The indicator.
        indicator: Name,
        /// The figure.
        value: Operand,
        /// Time and place.
        tail: Vec<Tail>,
        /// The fields.
        block: Vec<Field>,
    },
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

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `KM-07:`
    pub label: Option<Name>,
    /// must or should before the kind.
    pub force: Option<(Force, Span)>,
    /// The kind and its word.
    pub kind: (Kind, Span),
    /// What is measured.
    pub measure: Measure,
    /// Bounds, times and places in the order written.
    pub tail: Vec<Tail>,
    /// The attribute block.
    pub block: Vec<Field>,
}

/// What is measured. Expressions and aggregates join here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// An indicator.
    Indicator(Name),
}

impl Measure {
    /// Its text.
    pub fn span(&self) -> Span {
        match self {
            Measure::Indicator(name) => name.span,
        }
    }
}

/// A bound or a clause of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tail {
    /// What must hold.
    Bound(Bound),
    /// When.
    Time(TimeClause),
    /// Where.
    Place(Name),
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// must or should before it.
    pub force: Option<(Force, Span)>,
    /// The test.
    pub test: Test,
    /// Its text, force included.
    pub span: Span,
}

/// A test on a value. Changes, tolerances and milestones with deadlines join here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `>= 98%`; the words behind the value say the same again (`不低于 98% 以上`).
    Compare {
        /// The comparison word before the value, if any.
        op: Option<(Op, Span)>,
        /// The value.
        right: Operand,
        /// The comparison behind the value, if any.
        post: Option<(Op, Span)>,
    },
    /// `between 2 and 3`
    Between {
        /// The lower bound.
        lower: Operand,
        /// The upper bound.
        upper: Operand,
    },
}

/// The right side of a comparison, or a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A number or date.
    Literal(Literal),
    /// A name: a word of a scale, or (later) an indicator or place.
    Name(Name),
    /// yes, no, done, not done.
    Word(Kw, Span),
}

impl Operand {
    /// Its text.
    pub fn span(&self) -> Span {
        match self {
            Operand::Literal(literal) => literal.span,
            Operand::Name(name) => name.span,
            Operand::Word(_, span) => *span,
        }
    }
}

/// A time clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeClause {
    /// Which.
    pub when: When,
    /// Its text.
    pub span: Span,
}

/// The times a rule may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// `in T`
    In(Literal),
    /// `by T`
    By(Literal),
    /// `before T`
    Before(Literal),
    /// `throughout A..B`
    Throughout(Literal, Option<Literal>),
    /// `each year A..B`; the keyword names the grain.
    Each(Kw, Option<(Literal, Option<Literal>)>),
}

/// A field of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The field's keyword.
    pub key: Kw,
    /// Its value.
    pub value: FieldValue,
    /// Its text.
    pub span: Span,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// One or more names.
    Names(Vec<Name>),
    /// A number or date.
    Literal(Literal),
    /// `A..B`
    Span(Literal, Literal),
    /// `98.7% in 2022`
    ValueAt(Literal, Option<Literal>),
    /// Nothing: the word alone.
    Nothing,
}
