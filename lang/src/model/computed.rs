//! Requirements on a computed value: a change, a formula, or a bound that is itself a figure.

use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::period::Period;
use crate::unit::{Quantity, Unit};
use crate::words::Op;

use super::{Aggregate, IndicatorId, Part, PlaceId, Ranking};

/// A value worked out from figures. Numbers are in the base scale (a share of one, years …).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// A number that the rule states.
    Number(Number),
    /// A number that a condition states, in a unit of its own.
    Stated(Quantity),
    /// A step of a scale, 0 the best.
    Grade(u32),
    /// A value of an attribute.
    Word(String),
    /// Yes or no.
    Flag(bool),
    /// What the plan leaves open.
    Open,
    /// An indicator or attribute of the subject.
    Indicator(IndicatorId),
    /// The latest figure of an indicator up to the period.
    Latest(IndicatorId),
    /// A value at another period.
    At(Box<Expr>, Period),
    /// A value in another place.
    In(Box<Expr>, PlaceId),
    /// Something computed over a set.
    Aggregate(Box<Aggregate>),
    /// A place among a set.
    Rank(Box<Ranking>),
    /// The opposite.
    Negative(Box<Expr>),
    /// A sum.
    Add(Box<Expr>, Box<Expr>),
    /// A difference.
    Sub(Box<Expr>, Box<Expr>),
    /// A product.
    Mul(Box<Expr>, Box<Expr>),
    /// A quotient.
    Div(Box<Expr>, Box<Expr>),
}

/// How a value changes from one period to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// x₁ − x₀
    Rises,
    /// x₀ − x₁
    Falls,
    /// (x₁ − x₀) / x₀
    Grows,
    /// (x₀ − x₁) / x₀
    Shrinks,
    /// x₁ − x₀, which must not be negative.
    NeverFalls,
    /// x₁ − x₀, which must not be positive.
    NeverRises,
    /// |x₁ − x₀|
    Stays,
}

impl Change {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Change::Rises => "rises",
            Change::Falls => "falls",
            Change::Grows => "grows",
            Change::Shrinks => "shrinks",
            Change::NeverFalls => "never_falls",
            Change::NeverRises => "never_rises",
            Change::Stays => "stays",
        }
    }

    /// Whether the change is relative to where it began.
    pub fn is_relative(self) -> bool {
        matches!(self, Change::Grows | Change::Shrinks)
    }
}

/// `left OP right`, where a side is worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computed {
    /// What is measured.
    pub left: Expr,
    /// Its change, if that is what counts.
    pub change: Option<Change>,
    /// Whether the change is a yearly average over the whole time.
    pub average: bool,
    /// For how many periods in a row it must be so.
    pub running: u32,
    /// The comparison.
    pub op: Op,
    /// What it is compared with; of a change, by how much.
    pub right: Expr,
    /// The upper bound, where the value must lie between two.
    pub upper: Option<Expr>,
    /// The middle as written, where the bounds are about a value.
    pub about: bool,
    /// The unit in which both sides are stated.
    pub unit: Unit,
    /// The right side as written, if it is no number.
    pub reference: Option<String>,
}

impl Computed {
    /// `left OP …` in a unit; what it is compared with is open.
    pub fn level(left: Expr, op: Op, unit: Unit) -> Computed {
        Computed {
            left,
            change: None,
            average: false,
            running: 1,
            op,
            right: Expr::Open,
            upper: None,
            about: false,
            unit,
            reference: None,
        }
    }

    /// Whether the rule writes a number with its unit; if not, the figures have one among themselves.
    pub fn states_unit(&self) -> bool {
        match (&self.right, self.change) {
            (Expr::Number(number), Some(_)) => !number.is_zero(),
            (Expr::Number(_), None) => true,
            _ => false,
        }
    }
}

impl Expr {
    /// Everything inside, the expression itself first.
    pub fn walk(&self, visit: &mut dyn FnMut(Part<'_>)) {
        visit(Part::Expr(self));
        match self {
            Expr::Number(_)
            | Expr::Stated(_)
            | Expr::Grade(_)
            | Expr::Word(_)
            | Expr::Flag(_)
            | Expr::Open
            | Expr::Indicator(_)
            | Expr::Latest(_) => {}
            Expr::At(a, _) | Expr::In(a, _) | Expr::Negative(a) => a.walk(visit),
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Div(a, b) => {
                a.walk(visit);
                b.walk(visit);
            }
            Expr::Aggregate(aggregate) => {
                if let Some(of) = &aggregate.of {
                    of.walk(visit);
                }
                if let Some(weight) = &aggregate.weight {
                    weight.walk(visit);
                }
                aggregate.set.walk(visit);
            }
            Expr::Rank(ranking) => {
                ranking.of.walk(visit);
                ranking.among.walk(visit);
            }
        }
    }

    /// Every indicator that the expression names, left to right.
    pub fn indicators(&self, visit: &mut impl FnMut(IndicatorId)) {
        self.walk(&mut |part| {
            if let Part::Expr(Expr::Indicator(id) | Expr::Latest(id)) = part {
                visit(*id);
            }
        });
    }

    /// Every other place that the expression names.
    pub fn places(&self, visit: &mut impl FnMut(PlaceId)) {
        self.walk(&mut |part| match part {
            Part::Expr(Expr::In(_, place)) => visit(*place),
            Part::Set(set) => set.place.iter().for_each(|p| visit(*p)),
            _ => {}
        });
    }
}
