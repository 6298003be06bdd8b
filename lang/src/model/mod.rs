//! The typed model: what a set of rule files says, with every name resolved and every value, unit
//! and time checked. Evaluation, static checks, listings and serialisation all read this.

mod computed;
mod places;
mod rule;
mod set;
mod test;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::number::Number;
use crate::period::{Period, PeriodSpan};
use crate::source::Span;
use crate::unit::{Quantity, Unit, Units};
use crate::words::Kind;

pub use computed::{Change, Computed, Expr};
pub use places::{Category, Place, PlaceId, PlaceMatch, Places, is_of_type};
pub use rule::{
    Attributes, Band, Baseline, Claim, Demand, Group, Marks, Nature, Requirement, Rule, Scope,
    Test, Time, Value, due_in,
};
pub use set::{
    Aggregate, Comparing, Comparison, Condition, Exception, How, Members, Part, Portion,
    Quantifier, Quantity as HowMany, Ranking, Set,
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
    /// The declared units.
    pub units: Units,
    /// Regions, entities and other places.
    pub places: Places,
    /// The rules, by file and line.
    pub rules: Vec<Rule>,
    /// Sources, the one that is believed first; texts of the source column, or names of files.
    pub priority: Vec<String>,
    /// Figures stated in the language.
    pub facts: Vec<FactStatement>,
    /// Types of entities.
    pub types: Vec<EntityType>,
    /// What makes facts out of others, each behind what it reads.
    pub derivations: Vec<Derivation>,
    /// Recorded exceptions.
    pub waivers: Vec<Waiver>,
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
    /// Whether it is an attribute of entities: timeless where it is given without a period.
    pub attribute: bool,
    /// The indicator that it is a breakdown of, and the group.
    pub breakdown: Option<(IndicatorId, String)>,
    /// How a region's figure is made of its parts where it is missing.
    pub rollup: Option<Rollup>,
    /// Whether its figures are of school years, and `2025` is the one that begins then.
    pub by_school_year: bool,
    /// Whether its figures are running totals.
    pub cumulative: bool,
    /// Where it is declared; `None` if rules merely name it.
    pub declared: Option<Span>,
    /// Where it is first met.
    pub first: Span,
}

/// How a region's figure is made where it is missing, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollup {
    /// `of A / B`: from the region's own A and B, else from A and B added over its parts.
    pub quotient: Option<(IndicatorId, IndicatorId)>,
    /// `rollup sum`: its parts added.
    pub sum: bool,
    /// `weighted by X`: the mean of its parts.
    pub weight: Option<IndicatorId>,
    /// Where it is declared.
    pub span: Span,
}

impl Rollup {
    /// The indicators that it is made of, besides its own.
    pub fn parts(&self) -> impl Iterator<Item = IndicatorId> {
        let quotient = self.quotient.into_iter().flat_map(|(a, b)| [a, b]);
        quotient.chain(self.weight)
    }
}

/// A type of entities, with the attributes that they may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityType {
    /// Its name.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<AttributeType>,
    /// Where it is declared.
    pub span: Span,
}

/// An attribute of a type of entities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeType {
    /// The attribute.
    pub indicator: IndicatorId,
    /// The words that it may be; none where it is a number or an answer.
    pub choices: Vec<String>,
}

/// What makes facts out of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    /// The indicator whose figures it makes.
    pub indicator: IndicatorId,
    /// How.
    pub how: Derive,
    /// The statement.
    pub span: Span,
    /// The statement as the formatter prints it.
    pub text: String,
}

/// How facts are made out of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Derive {
    /// `define F = E in UNIT`
    Define(Expr, Option<Unit>),
    /// `derive F for S when C`
    When(Set, Condition),
    /// `when C then F = v`, of the rule at this position.
    Rule(u32),
}

/// A recorded exception from a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// The rule's id.
    pub rule: String,
    /// For whom alone.
    pub place: Option<PlaceId>,
    /// The last day of it.
    pub until: Period,
    /// Why.
    pub because: String,
    /// The statement.
    pub span: Span,
}

impl Indicator {
    /// An indicator of which nothing but the name is known.
    pub fn named(name: &str, first: Span) -> Indicator {
        Indicator {
            name: name.to_string(),
            also: Vec::new(),
            kind: None,
            better: None,
            range: None,
            unit: None,
            scale: None,
            attribute: false,
            breakdown: None,
            rollup: None,
            by_school_year: false,
            cumulative: false,
            declared: None,
            first,
        }
    }
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
    /// The breakdown that it is of.
    pub group: Option<String>,
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

    /// Every formula, condition and set of the ruleset.
    pub fn walk(&self, visit: &mut dyn FnMut(Part<'_>)) {
        for rule in &self.rules {
            rule.walk(visit);
        }
        for derivation in &self.derivations {
            // Rules were walked.
            if !matches!(derivation.how, Derive::Rule(_)) {
                self.walk_derivation(derivation, visit);
            }
        }
    }

    /// Every formula, condition and set that a made figure rests on.
    pub fn walk_derivation(&self, derivation: &Derivation, visit: &mut dyn FnMut(Part<'_>)) {
        match &derivation.how {
            Derive::Define(value, _) => value.walk(visit),
            Derive::When(set, condition) => {
                set.walk(visit);
                condition.walk(visit);
            }
            Derive::Rule(at) => {
                if let Some(rule) = self.rules.get(*at as usize) {
                    rule.walk(visit);
                }
            }
        }
    }

    /// The indicator of a breakdown, if rules speak of it.
    pub fn breakdown(&self, of: IndicatorId, group: &str) -> Option<IndicatorId> {
        let at = self.indicators.iter().position(|i| {
            let own = i.breakdown.as_ref();
            own.is_some_and(|(base, g)| *base == of && g == group)
        })?;
        Some(IndicatorId(at as u32))
    }

    /// The type of an entity, if it is declared.
    pub fn type_of(&self, place: &Place) -> Option<&EntityType> {
        let of = place
            .of
            .as_deref()
            .filter(|_| place.category == Category::Entity)?;
        self.types.iter().find(|t| t.name == of)
    }

    /// Whether a place is known where a test (its position) speaks, or outside of tests. Regions are
    /// known everywhere; an entity to the test that declares it, and to those that see its file.
    pub fn knows(&self, id: PlaceId, test: Option<u32>) -> bool {
        let Some(place) = self.places.get(id) else {
            return false;
        };
        let Some(test) = test else {
            return place.test.is_none();
        };
        let case = self.tests.get(test as usize);
        let sees = |file| case.is_none_or(|c| c.files.is_empty() || c.files.contains(&file));
        match (place.test, place.category, place.declared) {
            (Some(own), ..) => own == test,
            (None, Category::Entity, Some(declared)) => sees(declared.file),
            (None, ..) => true,
        }
    }

    /// The rule with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id == id)
    }

    /// The canonical name of what a rule measures.
    pub fn measure_name<'a>(&'a self, rule: &'a Rule) -> &'a str {
        self.name_of_measure(&rule.demand)
    }

    /// The canonical name of what a demand measures; of a breakdown that of the whole.
    pub fn name_of_measure<'a>(&'a self, demand: &'a Demand) -> &'a str {
        if let Some(formula) = &demand.formula {
            return formula;
        }
        let indicator = self.indicator(demand.indicator);
        let base = indicator.and_then(|i| i.breakdown.as_ref());
        let base = base.and_then(|(of, _)| self.indicator(*of)).or(indicator);
        base.map_or("", |i| &i.name)
    }

    /// The breakdown that a demand is about.
    pub fn group_of<'a>(&'a self, demand: &'a Demand) -> Option<&'a str> {
        let indicator = self
            .indicator(demand.indicator)
            .filter(|_| demand.formula.is_none())?;
        indicator
            .breakdown
            .as_ref()
            .map(|(_, group)| group.as_str())
    }
}
