//! The typed model: what a set of rule files says, with every name resolved and every value, unit
//! and time checked. Evaluation, static checks, listings and serialisation all read this.

mod computed;
mod places;
mod rule;
mod test;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::period::{Period, PeriodSpan};
use crate::source::Span;
use crate::unit::{Quantity, Unit};
use crate::words::Kind;

pub use computed::{Change, Computed, Expr};
pub use places::{Category, Place, PlaceId, PlaceMatch, Places};
pub use rule::{
    Attributes, Baseline, Demand, Marks, Nature, Requirement, Rule, Scope, Test, Time, Value,
};
pub use test::{Expectation, ExpectedSubject, TestCase};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in its table.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// An indicator of the ruleset.
    IndicatorId;
    /// A scale of the ruleset.
    ScaleId;
    /// A plan of the ruleset.
    PlanId;
}

/// Everything that a set of rule files says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ruleset {
    /// Names of the source files, by `FileId`.
    pub files: Vec<String>,
    /// The plans, in order of mention.
    pub plans: Vec<Plan>,
    /// The indicators, declared ones and those that rules merely name.
    pub indicators: Vec<Indicator>,
    /// The grade scales.
    pub scales: Vec<Scale>,
    /// Regions, entities and other places.
    pub places: Places,
    /// The rules, by file and line.
    pub rules: Vec<Rule>,
    /// Figures stated in the language.
    pub facts: Vec<FactStatement>,
    /// Tests of the rules, in order of mention.
    pub tests: Vec<TestCase>,
    /// Indicator names and aliases.
    indicator_names: BTreeMap<String, IndicatorId>,
}

/// A plan: the document that rules come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its short name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its document number.
    pub number: Option<String>,
    /// When it was issued.
    pub issued: Option<Period>,
    /// The time it covers.
    pub span: Option<PeriodSpan>,
    /// The region it is for.
    pub region: Option<PlaceId>,
    /// Who leads, unless a rule says otherwise.
    pub lead: Vec<String>,
    /// Who answers, unless a rule says otherwise.
    pub owner: Vec<String>,
    /// How progress is judged, unless a rule says otherwise.
    pub assess: Option<String>,
    /// Plans that it takes the place of.
    pub supersedes: Vec<String>,
    /// A remark.
    pub note: Option<String>,
    /// Where it is declared.
    pub span_in_file: Span,
}

/// Which way an indicator is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// The canonical name: what every output prints.
    pub name: String,
    /// Names that are read but never printed.
    pub also: Vec<String>,
    /// Its kind, declared or taken from the first rule that reads it.
    pub kind: Option<Kind>,
    /// Which way it is better.
    pub better: Option<Better>,
    /// The values it can have, in the base scale (a share of one).
    pub range: Option<(Number, Number)>,
    /// Its declared unit.
    pub unit: Option<Unit>,
    /// Its declared scale.
    pub scale: Option<ScaleId>,
    /// Where it is declared; `None` if rules merely name it.
    pub declared: Option<Span>,
    /// Where it is first met.
    pub first: Span,
}

/// An ordered scale of grades.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Its name.
    pub name: String,
    /// Its words, best first.
    pub steps: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A figure stated in the language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactStatement {
    /// The indicator's canonical name.
    pub indicator: String,
    /// The place.
    pub place: PlaceId,
    /// The period.
    pub period: Period,
    /// The value.
    pub value: FactValue,
    /// The text of the value as written.
    pub text: String,
    /// final, preliminary or forecast.
    pub status: Option<String>,
    /// Where the figure was published.
    pub source: Option<String>,
    /// The value's place in the file.
    pub span: Span,
}

/// The value of a stated figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactValue {
    /// A number with its unit.
    Quantity(Quantity),
    /// A grade, an answer or a date, as text in normal form.
    Word(String),
}

impl Ruleset {
    /// The indicator behind an id.
    ///
    /// Ids come from this ruleset, so the fallback is never met; it keeps the call total.
    pub fn indicator(&self, id: IndicatorId) -> Option<&Indicator> {
        self.indicators.get(id.index())
    }

    /// The indicator with this name or alias (in normal form).
    pub fn indicator_named(&self, name: &str) -> Option<IndicatorId> {
        self.indicator_names.get(name).copied()
    }

    /// Registers a name of an indicator; false if it names another one.
    pub(crate) fn name_indicator(&mut self, name: &str, id: IndicatorId) -> bool {
        *self.indicator_names.entry(name.to_string()).or_insert(id) == id
    }

    /// Names and aliases of all indicators.
    pub fn indicator_names(&self) -> impl Iterator<Item = &str> {
        self.indicator_names.keys().map(String::as_str)
    }

    /// The plan behind an id.
    pub fn plan(&self, id: PlanId) -> Option<&Plan> {
        self.plans.get(id.index())
    }

    /// The plan of a rule.
    pub fn plan_of(&self, rule: &Rule) -> Option<&Plan> {
        rule.plan.and_then(|id| self.plan(id))
    }

    /// The scale behind an id.
    pub fn scale(&self, id: ScaleId) -> Option<&Scale> {
        self.scales.get(id.index())
    }

    /// The rule with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id == id)
    }

    /// The canonical name of what a rule measures.
    pub fn measure_name<'a>(&'a self, rule: &'a Rule) -> &'a str {
        if let Some(formula) = &rule.demand.formula {
            return formula;
        }
        self.indicator(rule.demand.indicator)
            .map_or("", |i| &i.name)
    }
}
