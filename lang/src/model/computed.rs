//! Requirements on a computed value: a change, a formula, or a bound that is itself a figure.

use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::unit::Unit;
use crate::words::Op;

use super::{IndicatorId, PlaceId};

/// A value worked out from figures. Numbers are in the base scale (a share of one, years …).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// A number that the rule states.
    Number(Number),
    /// An indicator, of the subject.
    Indicator(IndicatorId),
    /// The rule's own measure in another place.
    MeasureIn(PlaceId),
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
    /// The comparison.
    pub op: Op,
    /// What it is compared with; of a change, by how much.
    pub right: Expr,
    /// The unit in which both sides are stated.
    pub unit: Unit,
    /// The right side as written, if it is no number.
    pub reference: Option<String>,
}

impl Computed {
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
    /// Every indicator that the expression names, left to right.
    pub fn indicators(&self, visit: &mut impl FnMut(IndicatorId)) {
        match self {
            Expr::Number(_) | Expr::MeasureIn(_) => {}
            Expr::Indicator(id) => visit(*id),
            Expr::Negative(a) => a.indicators(visit),
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Div(a, b) => {
                a.indicators(visit);
                b.indicators(visit);
            }
        }
    }

    /// Every other place that the expression names.
    pub fn places(&self, visit: &mut impl FnMut(PlaceId)) {
        match self {
            Expr::Number(_) | Expr::Indicator(_) => {}
            Expr::MeasureIn(place) => visit(*place),
            Expr::Negative(a) => a.places(visit),
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Div(a, b) => {
                a.places(visit);
                b.places(visit);
            }
        }
    }
}
