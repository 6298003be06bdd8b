//! Whom a rule speaks of: sets of subjects, the conditions that choose among them, and what is
//! computed over them.

use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::words::{Kw, Op};

use super::{Change, Expr, IndicatorId, PlaceId};

/// A set of subjects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    /// Whose members it takes.
    pub of: Vec<Members>,
    /// Where they lie; of an inner set without it, in the outer subject.
    pub place: Option<PlaceId>,
    /// Which of them.
    pub filter: Option<Condition>,
    /// Which of them not.
    pub except: Vec<Exception>,
    /// The set as written.
    pub text: String,
}

/// What a set takes its members from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Members {
    /// Regions of a type: 区, 县区, 功能区.
    Regions(String),
    /// The members of a group.
    Group(PlaceId),
    /// Entities of a type.
    Entities(String),
    /// Entities with a value of an attribute: 寄宿制.
    With {
        /// The attribute.
        attribute: IndicatorId,
        /// The value.
        value: String,
    },
}

/// What a set leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// A name, a type or a condition.
    pub what: Condition,
    /// Left out only where this holds.
    pub only: Option<Condition>,
}

/// A condition on a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Both hold.
    And(Box<Condition>, Box<Condition>),
    /// One holds.
    Or(Box<Condition>, Box<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A comparison.
    Compare(Box<Comparison>),
    /// The subject has this value of one of its attributes.
    Has {
        /// The attributes that may have it.
        attributes: Vec<IndicatorId>,
        /// The value.
        value: String,
    },
    /// The subject is this one.
    Is(PlaceId),
    /// The subject is one of these.
    Of(Members),
}

/// A comparison inside a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// What is compared.
    pub left: Expr,
    /// With what.
    pub test: Comparing,
    /// The comparison as written.
    pub text: String,
}

/// How a condition compares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparing {
    /// Against one value.
    With(Op, Expr),
    /// Between two values, both included.
    Between(Expr, Expr),
    /// One of several values.
    OneOf(Vec<Expr>),
    /// Its change from the period before.
    Change {
        /// Which.
        change: Change,
        /// How many periods in a row.
        running: u32,
        /// The comparison.
        op: Op,
        /// By how much.
        amount: Number,
    },
}

/// A quantifier: how many of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantifier {
    /// How many.
    pub how: Quantity,
    /// Of whom.
    pub set: Set,
}

/// How many of a set must satisfy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// All of them.
    Each,
    /// So many or more.
    AtLeast(Portion),
    /// So many or fewer.
    AtMost(Portion),
    /// Just so many.
    Exactly(Portion),
    /// None of them.
    No,
}

/// A number of subjects, or a share of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Portion {
    /// So many.
    Count(u32),
    /// So large a share.
    Share(Number),
}

impl Quantity {
    /// The name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Quantity::Each => "each",
            Quantity::AtLeast(_) => "at_least",
            Quantity::AtMost(_) => "at_most",
            Quantity::Exactly(_) => "exactly",
            Quantity::No => "no",
        }
    }
}

/// Something computed over a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aggregate {
    /// What is computed.
    pub how: How,
    /// Of what; `None` of the members themselves.
    pub of: Option<Expr>,
    /// Over whom.
    pub set: Set,
    /// Whether the subject itself is left out.
    pub other: bool,
    /// By what the members are weighted.
    pub weight: Option<Expr>,
}

/// The place of a value among those of a set, 1 the best; equal values share the better place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranking {
    /// What is ranked.
    pub of: Expr,
    /// Among whom.
    pub among: Set,
    /// Whether more is better.
    pub higher: bool,
}

/// The aggregates. `stdev` and `cv` divide by n.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "named by their words")]
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

impl How {
    /// The aggregate of a keyword.
    pub(crate) fn of(word: Kw) -> How {
        match word {
            Kw::CountOf => How::Count,
            Kw::Share => How::Share,
            Kw::Average => How::Average,
            Kw::Min => How::Min,
            Kw::Max => How::Max,
            Kw::Median => How::Median,
            Kw::Stdev => How::Stdev,
            Kw::Cv => How::Cv,
            _ => How::Sum,
        }
    }
}

/// Part of a formula or condition, as [`Expr::walk`] meets it.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "named by their types")]
pub enum Part<'a> {
    Expr(&'a Expr),
    Set(&'a Set),
    Condition(&'a Condition),
}

impl Set {
    /// Everything inside, the set itself first.
    pub fn walk(&self, visit: &mut dyn FnMut(Part<'_>)) {
        visit(Part::Set(self));
        if let Some(filter) = &self.filter {
            filter.walk(visit);
        }
        for exception in &self.except {
            exception.what.walk(visit);
            if let Some(only) = &exception.only {
                only.walk(visit);
            }
        }
    }
}

impl Condition {
    /// Everything inside, the condition itself first.
    pub fn walk(&self, visit: &mut dyn FnMut(Part<'_>)) {
        visit(Part::Condition(self));
        match self {
            Condition::And(a, b) | Condition::Or(a, b) => {
                a.walk(visit);
                b.walk(visit);
            }
            Condition::Not(a) => a.walk(visit),
            Condition::Compare(comparison) => {
                comparison.left.walk(visit);
                match &comparison.test {
                    Comparing::With(_, right) => right.walk(visit),
                    Comparing::Between(low, high) => {
                        low.walk(visit);
                        high.walk(visit);
                    }
                    Comparing::OneOf(values) => values.iter().for_each(|v| v.walk(visit)),
                    Comparing::Change { .. } => {}
                }
            }
            Condition::Has { .. } | Condition::Is(_) | Condition::Of(_) => {}
        }
    }
}
