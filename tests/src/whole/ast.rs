//! Rules as the oracle holds them.

use crate::oracle::{Day, Op, Period, Q};

use super::world::{Fact, Kind, Plan, World};

/// must, should or may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the forces of the language")]
pub enum Force {
    Must,
    Should,
    May,
}

impl Force {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Force::Must => "must",
            Force::Should => "should",
            Force::May => "may",
        }
    }
}

/// A literal: as it is written, and the number it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lit {
    /// `98%`
    pub text: String,
    /// 0.98
    pub value: Q,
}

/// Aggregates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the aggregates of the language")]
pub enum How {
    Sum,
    Count,
    Share,
    Average,
    Min,
    Max,
    Median,
    Stdev,
    Cv,
}

/// An aggregate over a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// Which.
    pub how: How,
    /// Of what; of the rule's own measure, or of the members themselves, where nothing is named.
    pub what: Option<Expr>,
    /// Over whom.
    pub set: Set,
    /// Whether the subject is left out: `other`.
    pub other: bool,
    /// `weighted by`
    pub weight: Option<String>,
}

/// A measure, or one side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// A number.
    Lit(Lit),
    /// A word of the scale (by its position), or of an attribute.
    Grade(usize),
    /// A choice of an attribute.
    Word(String),
    /// yes, no
    Flag(bool),
    /// `?`
    Open,
    /// An indicator or an attribute.
    Name(String),
    /// `完成率(女)`
    Breakdown(String, String),
    /// The same measure in another place.
    Place(String),
    /// `a + b`
    Add(Box<Expr>, Box<Expr>),
    /// `a - b`
    Sub(Box<Expr>, Box<Expr>),
    /// `1.1 × b`
    Times(Lit, Box<Expr>),
    /// `a / b`
    Over(Box<Expr>, Box<Expr>),
    /// Over a set.
    Aggregate(Box<Aggregate>),
    /// `latest 人口`, in conditions.
    Latest(String),
    /// `人口 in 2020`, in conditions.
    At(String, Period),
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub enum Cond {
    And(Box<Cond>, Box<Cond>),
    Or(Box<Cond>, Box<Cond>),
    Not(Box<Cond>),
    Compare(Expr, Op, Expr),
    Between(Expr, Expr, Expr),
    OneOf(String, Vec<String>),
    Change(String, Change),
    /// A flag, a value that an attribute has, or (behind `except`) a name or a type.
    Bare(String),
}

/// One thing left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// A name, a type or a condition.
    pub what: Cond,
    /// Its own `where`.
    pub only: Option<Cond>,
}

/// A set of subjects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// Types, groups, or attribute values that serve as types; several make several rules.
    pub names: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// `where`
    pub filter: Option<Cond>,
    /// `except`
    pub except: Vec<Item>,
}

/// The directions of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub enum Way {
    Rises,
    Falls,
    Grows,
    Shrinks,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// `rises >= 4pp`, `rises`
    Moves(Way, Option<(Op, Lit)>),
    /// `grows >= 5% a year on average`
    OnAverage(Way, Op, Lit),
    /// `falls 3 years running`
    Running(Way, usize),
    /// `never falls`
    NeverFalls,
    /// `never rises`
    NeverRises,
    /// `stays within 0.5pp`
    Stays(Lit),
}

/// A requirement's test.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub enum Test {
    Compare(Op, Expr),
    Between(Expr, Expr),
    About(Expr, Expr),
    Change(Change),
    /// A milestone's.
    Done,
}

/// When.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub enum Time {
    In(Period),
    By(Period),
    Before(Period),
    Throughout(Period, Period),
    /// `each year A..B`; `None` is the plan's span.
    Each(&'static str, Option<(Period, Period)>),
    Over(Period, Period),
    /// `per 5 years from 2021`
    PerYears(i64, Option<Period>),
    /// `per year`, `per month`
    Per(&'static str),
    /// `within any 3 years`
    WithinAny(i64),
    FromTo(Period, Period),
    ByMilestone(String),
    /// `by 10-31 each year A..B`
    ByDay(i64, i64, Period, Period),
    /// `within 20天 after 年检`
    After(i64, String),
}

/// Where a requirement holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A subject.
    Named(String),
    /// Each of a type.
    Each(String),
}

/// One requirement with what belongs to it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its own force.
    pub force: Option<Force>,
    /// What it asks.
    pub test: Test,
    /// `for 寄宿制`
    pub group: Option<String>,
    /// Its own time.
    pub time: Option<Time>,
    /// Its own places.
    pub places: Vec<Place>,
}

/// Measures and what is required of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simple {
    /// The kind; rank with `among` is computed from figures.
    pub kind: Kind,
    /// Several share one requirement, or have one each.
    pub measures: Vec<Expr>,
    /// `among`
    pub among: Option<Set>,
    /// What is asked, in order.
    pub requirements: Vec<Requirement>,
    /// The time written once.
    pub time: Option<Time>,
    /// The places written once.
    pub places: Vec<Place>,
}

/// What a rule claims.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
#[allow(clippy::large_enum_variant, reason = "cases are few and small")]
pub enum Claim {
    Simple(Simple),
    Require {
        when: Cond,
        then: Simple,
        otherwise: Option<Simple>,
    },
    /// `when C then F = v`
    Then {
        when: Cond,
        name: String,
        value: Expr,
    },
    AtLeast(usize, Vec<Simple>),
    All(Vec<Simple>),
    Any(Vec<Simple>),
}

/// How many.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub enum Number {
    Count(usize),
    Percent(u32),
}

/// A quantifier's kind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub enum Many {
    Each,
    AtLeast(Number),
    AtMost(Number),
    Exactly(Number),
    No,
}

/// `for each 县区 in 昆明 where …:`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantifier {
    /// How many.
    pub many: Many,
    /// Of whom.
    pub set: Set,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its label.
    pub label: String,
    /// The force of the whole.
    pub force: Option<Force>,
    /// Its quantifiers, outermost first.
    pub quantifiers: Vec<Quantifier>,
    /// What it claims.
    pub claim: Claim,
    /// Rules or plans that it takes the place of.
    pub supersedes: Vec<String>,
}

/// A table's cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// `97%`
    Bare(Lit),
    /// `> 95%`
    Compare(Op, Lit),
    /// `baseline 94.3%`
    Baseline(Lit),
}

/// A table: columns are periods, a row is a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its label.
    pub label: String,
    /// Where it holds.
    pub place: Option<String>,
    /// Its columns.
    pub columns: Vec<Period>,
    /// Kind, indicator and cells.
    pub rows: Vec<(Kind, String, Vec<Cell>)>,
}

/// A statement that judges or makes facts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
#[allow(clippy::large_enum_variant, reason = "cases are few and small")]
pub enum Statement {
    /// Rules below it are this plan's.
    Plan(Plan),
    Rule(Rule),
    Table(Table),
    /// `define 率 = A / B in %`
    Define {
        name: String,
        value: Expr,
        unit: &'static str,
    },
    /// `derive F for S when C`
    Derive {
        flag: String,
        set: Set,
        when: Cond,
    },
    Waive {
        rule: String,
        place: Option<String>,
        until: Day,
    },
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What is declared.
    pub world: World,
    /// Plans, rules, derivations, waivers; in order.
    pub statements: Vec<Statement>,
    /// What is known.
    pub facts: Vec<Fact>,
    /// At the end of which day.
    pub as_of: Day,
}
