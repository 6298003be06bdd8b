//! A rule: quantifier? · condition? · measure · requirements · time · place · attributes.
//!
//! Every target has this one shape. Constructs to come add variants: expressions and aggregates to
//! [`Measure`], changes and references to [`Test`], spans and cycles to [`Time`], sets to [`Scope`].

use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::period::{Period, PeriodSpan};
use crate::source::Span;
use crate::unit::Quantity;
use crate::words::{Force, Kind, Op};

use super::{Computed, IndicatorId, PlaceId, PlanId, ScaleId};

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its label, or `<file stem>:<line>`.
    pub id: String,
    /// Whether the id is a label of its own.
    pub labelled: bool,
    /// The plan it belongs to.
    pub plan: Option<PlanId>,
    /// What must hold.
    pub demand: Demand,
    /// Where.
    pub scope: Scope,
    /// Everything else that the plan says about it.
    pub attributes: Attributes,
    /// The statement's text.
    pub span: Span,
    /// The rule as the formatter prints it.
    pub text: String,
}

/// A measure and what is required of it, when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// The kind of its measure.
    pub kind: Kind,
    /// What is measured.
    pub indicator: IndicatorId,
    /// The measure as written, where it is a formula; `indicator` is then its first one.
    pub formula: Option<String>,
    /// What must hold: one requirement, or a must and a should.
    pub requirements: Vec<Requirement>,
    /// When.
    pub time: Time,
    /// Its parts' text.
    pub marks: Marks,
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// must or should.
    pub force: Force,
    /// The test.
    pub test: Test,
    /// Its text.
    pub span: Span,
}

/// A test on one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Against one bound.
    Compare {
        /// The operator.
        op: Op,
        /// The bound.
        value: Value,
    },
    /// Between two bounds, both included.
    Between {
        /// The lower bound.
        lower: Value,
        /// The upper bound.
        upper: Value,
        /// The middle, where the rule says about what value and how near.
        about: Option<Box<Quantity>>,
    },
    /// A change, a formula, or a bound that is a figure itself.
    Computed(Box<Computed>),
    /// Done by the deadline.
    Done,
}

/// A value of some kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A number with its unit.
    Quantity(Quantity),
    /// A step of a scale, 0 the best.
    Grade {
        /// The scale.
        scale: ScaleId,
        /// The step.
        step: u32,
    },
    /// Yes or no.
    Flag(bool),
}

/// When a rule holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// No time: at every observation (inside the plan's span, if it has one).
    Always(Option<PeriodSpan>),
    /// The observation for one period decides.
    In(Period),
    /// The level is reached at the end of the period.
    By(Period),
    /// Every period of the span.
    Throughout(PeriodSpan),
    /// Every period of the span, written period by period.
    Each(PeriodSpan),
    /// One difference, from the first period to the last.
    From(PeriodSpan),
}

impl Time {
    /// The last period that is judged, if there is a last one.
    pub fn last(&self) -> Option<Period> {
        match self {
            Time::Always(span) => span.map(|s| s.last),
            Time::In(period) | Time::By(period) => Some(*period),
            Time::Throughout(span) | Time::Each(span) | Time::From(span) => Some(span.last),
        }
    }

    /// The name of the time's type in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Time::Always(_) => "none",
            Time::In(_) => "in",
            Time::By(_) | Time::From(_) => "by",
            Time::Throughout(_) => "throughout",
            Time::Each(_) => "each",
        }
    }
}

/// Whom a rule covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One place, printed as the rule wrote it unless it is declared.
    Place {
        /// The place.
        place: PlaceId,
        /// Its name as printed.
        printed: String,
    },
    /// Every region that the facts mention.
    Mentioned,
}

/// What a plan says about a rule beyond the rule itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attributes {
    /// Where in the plan.
    pub clause: Option<String>,
    /// 牵头单位
    pub lead: Vec<String>,
    /// 责任单位
    pub owner: Vec<String>,
    /// 完成时限
    pub deadline: Option<Period>,
    /// 约束性 or 预期性
    pub nature: Option<Nature>,
    /// Where progress starts from.
    pub baseline: Option<Baseline>,
    /// The progress method.
    pub assess: Option<String>,
    /// 考核分值
    pub weight: Option<Number>,
    /// Fewer points for reaching less, the most first.
    pub bands: Vec<Band>,
    /// A remark.
    pub note: Option<String>,
    /// Rules that it takes the place of.
    pub supersedes: Vec<String>,
    /// Findings about the rule that are accepted, each with its reason.
    pub allow: Vec<(String, String)>,
}

/// Points for reaching less than a rule requires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// The points.
    pub points: Number,
    /// What has to hold for them, of the same measure at the same time.
    pub test: Test,
    /// Its text.
    pub span: Span,
}

/// Whether a target binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// 约束性
    Binding,
    /// 预期性
    Expected,
}

/// A starting value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The value.
    pub value: Quantity,
    /// Its period, if the plan says it.
    pub period: Option<Period>,
}

/// The text of a rule's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// What is measured.
    pub measure: Span,
    /// The time, if written.
    pub time: Option<Span>,
    /// The place, if written.
    pub place: Option<Span>,
}
