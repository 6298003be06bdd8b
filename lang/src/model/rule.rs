//! A rule: quantifiers · claim · place · attributes.
//!
//! A claim is one demand (measure · requirements · time), or a condition with a demand for either
//! case, or a choice of demands.

use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::period::{Grain, Period, PeriodSpan};
use crate::source::Span;
use crate::unit::Quantity;
use crate::words::{Force, Kind, Op};

use super::{
    Computed, Condition, FactValue, IndicatorId, Part, PlaceId, PlanId, Quantifier, ScaleId,
};

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its label, or `<file stem>:<line>`.
    pub id: String,
    /// Whether the id is a label of its own.
    pub labelled: bool,
    /// The plan it belongs to.
    pub plan: Option<PlanId>,
    /// Over whom it ranges, the outermost first; without any it is about its place.
    pub quantifiers: Vec<Quantifier>,
    /// What must hold, or the first thing of several.
    pub demand: Demand,
    /// How the demand is part of the whole.
    pub claim: Claim,
    /// Where.
    pub scope: Scope,
    /// Everything else that the plan says about it.
    pub attributes: Attributes,
    /// The statement's text.
    pub span: Span,
    /// The rule as the formatter prints it.
    pub text: String,
}

/// How a rule's demand stands with others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// It stands alone.
    Plain,
    /// `when C require A else B`
    When {
        /// When it is required.
        condition: Condition,
        /// The condition as written.
        text: String,
        /// What is required otherwise.
        otherwise: Option<Box<Demand>>,
    },
    /// `when C then F = v`: the demand's indicator is F.
    Makes {
        /// When the fact is made.
        condition: Condition,
        /// The condition as written.
        text: String,
        /// The value of the fact.
        value: FactValue,
    },
    /// `at least n of { A; B; … }`
    Choice {
        /// How many must hold.
        needed: u32,
        /// The demands behind the first.
        others: Vec<Demand>,
    },
}

/// The subjects of a group, for which alone a demand is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The group as written.
    pub name: String,
    /// Who belongs to it.
    pub of: Condition,
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
    /// For whom alone it is meant.
    pub group: Option<Group>,
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
    /// A fact is made.
    Made,
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
    /// At every observation of a grain: `per month`.
    Every(Grain),
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
    /// What adds up over the whole span.
    Over(PeriodSpan),
    /// What adds up over each cycle of so many years; the latest that has passed decides.
    Cycle {
        /// Length in years.
        years: u32,
        /// The first year of the first cycle.
        first: Period,
    },
    /// What adds up over any so many years within the span.
    Within {
        /// Length in years.
        years: u32,
        /// The span, where there is one.
        span: Option<PeriodSpan>,
        /// Where the first window begins, if no span says so.
        from: Option<Period>,
    },
    /// By a day of every year.
    Yearly {
        /// The years.
        span: PeriodSpan,
        /// Month and day.
        day: (i8, i8),
    },
    /// So many days after another milestone of the subject.
    After {
        /// The milestone.
        event: IndicatorId,
        /// Days after it.
        days: i32,
    },
}

impl Time {
    /// The last period that is judged, if there is a last one.
    pub fn last(&self) -> Option<Period> {
        match self {
            Time::Always(span) | Time::Within { span, .. } => span.map(|s| s.last),
            Time::In(period) | Time::By(period) => Some(*period),
            Time::Throughout(span) | Time::Each(span) | Time::From(span) | Time::Over(span) => {
                Some(span.last)
            }
            Time::Yearly { span, day } => due_in(span.last, *day),
            Time::Every(_) | Time::Cycle { .. } | Time::After { .. } => None,
        }
    }

    /// The name of the time's type in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Time::Always(_) => "none",
            Time::In(_) => "in",
            Time::By(_) | Time::From(_) | Time::After { .. } => "by",
            Time::Throughout(_) => "throughout",
            Time::Each(_) | Time::Yearly { .. } => "each",
            Time::Over(_) => "over",
            Time::Every(_) | Time::Cycle { .. } | Time::Within { .. } => "per",
        }
    }
}

/// A day of a year.
pub fn due_in(year: Period, (month, day): (i8, i8)) -> Option<Period> {
    let day = jiff::civil::Date::new(year.start().year(), month, day).ok()?;
    Some(Period::day(day))
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

impl Demand {
    /// Every formula and set inside.
    pub fn walk(&self, visit: &mut dyn FnMut(Part<'_>)) {
        for requirement in &self.requirements {
            if let Test::Computed(wanted) = &requirement.test {
                wanted.left.walk(visit);
                wanted.right.walk(visit);
                if let Some(upper) = &wanted.upper {
                    upper.walk(visit);
                }
            }
        }
        if let Some(group) = &self.group {
            group.of.walk(visit);
        }
    }
}

impl Rule {
    /// Its demands, its own first.
    pub fn demands(&self) -> impl Iterator<Item = &Demand> {
        let (otherwise, others) = match &self.claim {
            Claim::When { otherwise, .. } => (otherwise.as_deref(), &[][..]),
            Claim::Choice { others, .. } => (None, others.as_slice()),
            Claim::Plain | Claim::Makes { .. } => (None, &[][..]),
        };
        std::iter::once(&self.demand).chain(otherwise).chain(others)
    }

    /// Every formula, condition and set inside.
    pub fn walk(&self, visit: &mut dyn FnMut(Part<'_>)) {
        for quantifier in &self.quantifiers {
            quantifier.set.walk(visit);
        }
        if let Claim::When { condition, .. } | Claim::Makes { condition, .. } = &self.claim {
            condition.walk(visit);
        }
        for demand in self.demands() {
            demand.walk(visit);
        }
    }
}
