//! Statements: rules, tables, declarations, figures, tests.

use crate::source::Span;
use crate::words::{Force, Kw, WordSet};

use super::{Bound, Expr, Literal, Name, Rule, Set, Tail};

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
    Rule(Box<Rule>),
    /// `LABEL: table "title" in PLACE { rows }`
    Table {
        /// Its label.
        label: Option<Name>,
        /// Its title.
        title: Option<Name>,
        /// The place of its rules.
        place: Option<Name>,
        /// The rows, the header first.
        rows: Vec<Vec<Cell>>,
    },
    /// `plan NAME "title" { … }`
    Plan {
        /// The plan's name.
        name: Name,
        /// Its title.
        title: Option<Name>,
        /// Its fields.
        block: Vec<Field>,
    },
    /// `section "6" "title" { … }`
    Section {
        /// Its number.
        number: Name,
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
    /// `entity NAME : TYPE in PLACE { … }`; without a type it declares a type.
    Entity {
        /// The name.
        name: Name,
        /// Its type.
        of: Option<Name>,
        /// Where it lies.
        place: Option<Name>,
        /// Attributes: of a type the values that they may have, of an entity its own.
        attributes: Vec<Attribute>,
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
    /// `unit NAME = 2所`
    Unit {
        /// The new unit.
        name: Name,
        /// What one of it is, if it is a multiple of a known one.
        of: Option<Literal>,
    },
    /// `priority "年鉴" > "公报"`
    Priority {
        /// Sources, the one that is believed first.
        sources: Vec<Name>,
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
        /// The breakdown that it is of.
        group: Option<Name>,
        /// The figure.
        value: Expr,
        /// Time and place.
        tail: Vec<Tail>,
        /// The fields.
        block: Vec<Field>,
    },
    /// `define NAME = EXPR in UNIT`
    Define {
        /// The indicator that it makes.
        name: Name,
        /// Its value.
        value: Expr,
        /// The unit in which it is stated.
        unit: Option<Name>,
        /// The fields.
        block: Vec<Field>,
    },
    /// `derive NAME for SET when C`
    Derive {
        /// The fact that it makes.
        name: Name,
        /// Of whom.
        set: Set,
        /// When it holds.
        condition: Expr,
        /// The fields.
        block: Vec<Field>,
    },
    /// `waive RULE in PLACE until D because "…"`
    Waive {
        /// The rule.
        rule: Name,
        /// The subject.
        place: Option<Name>,
        /// The last day.
        until: Literal,
        /// Why.
        because: Name,
    },
    /// `test "name" { … }`
    Test {
        /// What it shows.
        name: Name,
        /// Facts, a date, expectations.
        items: Vec<TestItem>,
    },
}

/// An attribute of an entity or of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Its value, or the values it may have.
    pub values: Vec<Expr>,
    /// Its text.
    pub span: Span,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing, or a dash.
    Empty(Span),
    /// A measure with its kind and unit, or a header.
    Measure {
        /// The kind word, if written.
        kind: Option<(super::KindWord, Span)>,
        /// The measure, or the header's text; several names are a list of offices.
        names: Vec<Name>,
        /// The unit or breakdown in brackets.
        bracket: Option<Name>,
        /// Its text.
        span: Span,
    },
    /// A bare value, or a time in the header.
    Value(Literal),
    /// `2..3`
    Range(Literal, Literal),
    /// `?`
    Open(Span),
    /// `baseline 94.3%`
    Baseline(Literal, Option<Literal>, Span),
    /// `> 95%`, `must >= 30% should >= 40%`
    Bounds(Vec<Bound>, Span),
}

impl Cell {
    /// Its text.
    pub fn span(&self) -> Span {
        match self {
            Cell::Empty(span)
            | Cell::Open(span)
            | Cell::Measure { span, .. }
            | Cell::Baseline(_, _, span)
            | Cell::Bounds(_, span) => *span,
            Cell::Value(literal) => literal.span,
            Cell::Range(a, b) => a.span.to(b.span),
        }
    }
}

/// A part of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestItem {
    /// A figure or an entity.
    Statement(Statement),
    /// `as of D`
    AsOf(Literal, Span),
    /// `expect R in S violated`
    Expect(Expect),
}

/// What a test expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expect {
    /// The rule.
    pub rule: Name,
    /// Which of its tiers.
    pub force: Option<(Force, Span)>,
    /// For whom.
    pub subject: Option<Name>,
    /// The verdict.
    pub verdict: Name,
    /// The outlook.
    pub outlook: Option<Name>,
    /// Its text.
    pub span: Span,
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
    /// `5, 3 for >= 95%`: points, and fewer of them for less.
    Points(Literal, Vec<Band>),
    /// `A..B`
    Span(Literal, Literal),
    /// `98.7% in 2022`
    ValueAt(Literal, Option<Literal>),
    /// `A / B`
    Quotient(Name, Name),
    /// `weaker_than_superior because "…"`
    Because(Name, Name),
    /// Nothing: the word alone.
    Nothing,
}

/// `3 for >= 95%`: the points for reaching that much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The points.
    pub points: Literal,
    /// What they are for.
    pub bound: Bound,
}
