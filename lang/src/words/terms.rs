//! What keywords stand for in the model: kinds, comparisons, force.

use serde::{Deserialize, Serialize};

use super::{Kw, WordSet};

/// The kinds of rules (language reference, "Values, units, kinds").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A share of a whole.
    Rate,
    /// Things counted.
    Count,
    /// Money, also per something.
    Amount,
    /// Years, hours, ages.
    Duration,
    /// One to another.
    Ratio,
    /// A place in an order; lower is better.
    Rank,
    /// A word of a declared scale.
    Grade,
    /// Points.
    Score,
    /// Anything else with a unit.
    Quantity,
    /// A dated event.
    Milestone,
    /// Yes or no.
    Flag,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Kind] = &[
        Kind::Rate,
        Kind::Count,
        Kind::Amount,
        Kind::Duration,
        Kind::Ratio,
        Kind::Rank,
        Kind::Grade,
        Kind::Score,
        Kind::Quantity,
        Kind::Milestone,
        Kind::Flag,
    ];

    /// The keyword of the kind.
    pub fn keyword(self) -> Kw {
        match self {
            Kind::Rate => Kw::Rate,
            Kind::Count => Kw::Count,
            Kind::Amount => Kw::Amount,
            Kind::Duration => Kw::Duration,
            Kind::Ratio => Kw::Ratio,
            Kind::Rank => Kw::Rank,
            Kind::Grade => Kw::Grade,
            Kind::Score => Kw::Score,
            Kind::Quantity => Kw::Quantity,
            Kind::Milestone => Kw::Milestone,
            Kind::Flag => Kw::Flag,
        }
    }

    /// The kind of a keyword, if it is one.
    pub fn of(kw: Kw) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|k| k.keyword() == kw)
    }

    /// The kind that a word names, in either language.
    pub fn named(word: &str) -> Option<Kind> {
        Kw::lookup(word).iter().find_map(|kw| Kind::of(*kw))
    }

    /// The name in JSON and messages: the English keyword.
    pub fn name(self) -> &'static str {
        self.keyword().spelling(WordSet::En)
    }
}

/// Comparison operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Op {
    /// At least.
    #[serde(rename = ">=")]
    Ge,
    /// More than.
    #[serde(rename = ">")]
    Gt,
    /// At most.
    #[serde(rename = "<=")]
    Le,
    /// Less than.
    #[serde(rename = "<")]
    Lt,
    /// Equal to.
    #[serde(rename = "=")]
    Eq,
}

impl Op {
    /// The operator of a comparison keyword.
    pub fn of(kw: Kw) -> Option<Op> {
        match kw {
            Kw::Ge | Kw::OrMore => Some(Op::Ge),
            Kw::Gt => Some(Op::Gt),
            Kw::Le | Kw::OrLess => Some(Op::Le),
            Kw::Lt => Some(Op::Lt),
            Kw::Eq => Some(Op::Eq),
            _ => None,
        }
    }

    /// The keyword of the operator.
    pub fn keyword(self) -> Kw {
        match self {
            Op::Ge => Kw::Ge,
            Op::Gt => Kw::Gt,
            Op::Le => Kw::Le,
            Op::Lt => Kw::Lt,
            Op::Eq => Kw::Eq,
        }
    }

    /// The ASCII spelling.
    pub fn symbol(self) -> &'static str {
        self.keyword().spelling(WordSet::En)
    }

    /// Whether `left OP right` holds for this ordering of left against right.
    pub fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Op::Ge => ordering.is_ge(),
            Op::Gt => ordering.is_gt(),
            Op::Le => ordering.is_le(),
            Op::Lt => ordering.is_lt(),
            Op::Eq => ordering.is_eq(),
        }
    }
}

/// How strongly a rule binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// 确保: a miss is an error.
    Must,
    /// 力争: a miss is a warning.
    Should,
    /// 可: grants and never obliges.
    May,
}

impl Force {
    /// The keyword.
    pub fn keyword(self) -> Kw {
        match self {
            Force::Must => Kw::Must,
            Force::Should => Kw::Should,
            Force::May => Kw::May,
        }
    }

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        self.keyword().spelling(WordSet::En)
    }
}
