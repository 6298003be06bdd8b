//! Rules and their parts.

use crate::source::Span;
use crate::words::{Force, Kind, Kw, Op};

use super::{Expr, Field, Literal, Name, Set};

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `KM-07:`
    pub label: Option<Name>,
    /// must, should or may before everything else.
    pub force: Option<(Force, Span)>,
    /// `for each X in R:`, the outermost first.
    pub quantifiers: Vec<Quantifier>,
    /// What must hold, of whom the quantifiers name.
    pub claim: Claim,
    /// The attribute block.
    pub block: Vec<Field>,
}

/// `for at least 30% of 学校 in 东川区 where C:`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantifier {
    /// Which.
    pub how: How,
    /// Whom it ranges over.
    pub set: Set,
    /// Its text.
    pub span: Span,
}

/// The quantifiers; counts are a number or a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// All of them.
    Each,
    /// So many or more.
    AtLeast(Literal),
    /// So many or fewer.
    AtMost(Literal),
    /// Just so many.
    Exactly(Literal),
    /// None of them.
    No,
}

/// What must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// `rate X >= 98% by 2025`
    Simple(Simple),
    /// `when C require A else B`
    When {
        /// The condition.
        condition: Expr,
        /// What it requires.
        then: Simple,
        /// What is required otherwise.
        otherwise: Option<Simple>,
    },
    /// `when C then F = v`
    Then {
        /// The condition.
        condition: Expr,
        /// The fact that it makes.
        fact: Name,
        /// Its value.
        value: Expr,
    },
    /// `at least 3 of { …; … }`, `all of {…}` (no count), `any of {…}` (a count of one).
    Some {
        /// How many must hold; `None` for all.
        count: Option<Literal>,
        /// Whether it was written `any of`.
        any: bool,
        /// The requirements.
        of: Vec<Simple>,
        /// The words before the brace.
        span: Span,
    },
}

/// Kind, measures and what is required of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simple {
    /// must, should or may before the kind, behind a quantifier.
    pub force: Option<(Force, Span)>,
    /// The kind and its word, where it is written.
    pub kind: Option<(KindWord, Span)>,
    /// What is measured.
    pub measures: Vec<Expr>,
    /// Bounds, times, places and groups in the order written.
    pub tail: Vec<Tail>,
    /// Its text.
    pub span: Span,
}

/// A kind, or `total`, which has the kind that its unit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KindWord {
    /// A kind.
    Kind(Kind),
    /// An accumulated figure.
    Total,
}

impl KindWord {
    /// The keyword.
    pub fn keyword(self) -> Kw {
        match self {
            KindWord::Kind(kind) => kind.keyword(),
            KindWord::Total => Kw::Total,
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
    Place(Vec<PlaceItem>),
    /// For which breakdown, or for which of the subjects.
    Group(Vec<Name>),
    /// Among whom a rank is computed.
    Among(Set),
    /// A comma: a requirement of its own begins.
    Separator(Span),
}

/// A place of a rule: a name, or each member of a type or group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceItem {
    /// Whether each member is meant.
    pub each: bool,
    /// The name.
    pub name: Name,
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

/// A test on a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `>= 98%`; the words behind the value say the same again (`不低于 98% 以上`).
    Compare {
        /// The comparison word before the value, if any.
        op: Option<(Op, Span)>,
        /// The value.
        right: Expr,
        /// The comparison behind the value, if any.
        post: Option<(Op, Span)>,
    },
    /// `between 2 and 3`
    Between {
        /// The lower bound.
        lower: Expr,
        /// The upper bound.
        upper: Expr,
    },
    /// `about 70% within 1pp`
    About {
        /// The middle.
        value: Expr,
        /// How far off is near enough.
        within: Expr,
    },
    /// `rises >= 4pp`
    Change(Change),
}

/// A change from one period to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// rises, falls, grows, shrinks, never falls, never rises, stays within.
    pub how: Kw,
    /// The comparison, if written.
    pub op: Option<(Op, Span)>,
    /// By how much.
    pub amount: Option<Expr>,
    /// `3 years running`
    pub running: Option<Literal>,
    /// `a year on average`
    pub average: bool,
    /// Its text.
    pub span: Span,
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
    /// `by 首期住宅验收`: a deadline that is another milestone.
    ByEvent(Name),
    /// `before T`
    Before(Literal),
    /// `throughout A..B`
    Throughout(Literal, Option<Literal>),
    /// `each year A..B`; the keyword names the grain.
    Each(Kw, Option<(Literal, Option<Literal>)>),
    /// `2021..2035` behind `never falls`.
    Span(Literal, Option<Literal>),
    /// `over A..B`
    Over(Literal, Option<Literal>),
    /// `per 5 years`
    Per(Literal),
    /// `within any 3 years`
    WithinAny(Literal),
    /// `from A`, `from A to B`
    From(Literal, Option<Literal>),
    /// `within 20天 after 年检`
    After(Literal, Name),
}
