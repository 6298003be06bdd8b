//! A small world: regions, entities, indicators, figures.

use crate::oracle::{Day, Period, Q, exact, ratio};

/// The kinds of rules and indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the kinds of the language")]
pub enum Kind {
    Rate,
    Count,
    Amount,
    Duration,
    Ratio,
    Rank,
    Grade,
    Score,
    Quantity,
    Milestone,
    Flag,
    /// A kind that only rules have: a figure accumulated over a span.
    Total,
}

impl Kind {
    /// The keyword.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Rate => "rate",
            Kind::Count => "count",
            Kind::Amount => "amount",
            Kind::Duration => "duration",
            Kind::Ratio => "ratio",
            Kind::Rank => "rank",
            Kind::Grade => "grade",
            Kind::Score => "score",
            Kind::Quantity => "quantity",
            Kind::Milestone => "milestone",
            Kind::Flag => "flag",
            Kind::Total => "total",
        }
    }

    /// The one unit in which figures of this kind are published here, and what one of it is worth.
    pub fn unit(self) -> (&'static str, (i64, i64)) {
        match self {
            Kind::Rate => ("%", (1, 100)),
            Kind::Count | Kind::Total => ("人", (1, 1)),
            Kind::Amount => ("元", (1, 1)),
            Kind::Duration => ("小时", (1, 1)),
            Kind::Ratio => (":1", (1, 1)),
            _ => ("", (1, 1)),
        }
    }
}

/// What a region is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub enum Sort {
    City,
    District,
    County,
    CountyCity,
    Zone,
    /// Overlaps others and is nobody's parent.
    Group,
}

impl Sort {
    /// As a declaration writes it.
    pub fn word(self) -> &'static str {
        match self {
            Sort::City => "市",
            Sort::District => "区",
            Sort::County => "县",
            Sort::CountyCity => "县级市",
            Sort::Zone => "功能区",
            Sort::Group => "group",
        }
    }

    /// "县区 are all county-level units (区, 县, 县级市)."
    pub fn county_level(self) -> bool {
        matches!(self, Sort::District | Sort::County | Sort::CountyCity)
    }
}

/// A region, or a group of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// What it is.
    pub sort: Sort,
    /// Its direct parts.
    pub contains: Vec<String>,
}

/// An attribute of a type of entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its choices; none where it is a number of people.
    pub choices: Vec<String>,
}

/// A type of entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityType {
    /// Its name.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
}

/// An attribute's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// One of its choices.
    Word(String),
    /// A number of people.
    Number(String),
}

/// One entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its name.
    pub name: String,
    /// Its type.
    pub of: String,
    /// The region it lies in.
    pub place: String,
    /// The attributes that are known, timeless.
    pub values: Vec<(String, Given)>,
}

/// How a missing figure of a region comes from its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub enum Rollup {
    None,
    Sum,
    Weighted(String),
    Of(String, String),
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Whether more is better, where that is declared.
    pub better: Option<bool>,
    /// Its roll-up.
    pub rollup: Rollup,
    /// Whether its figures are running totals.
    pub cumulative: bool,
    /// Whether `2025` means the school year that begins then.
    pub by_school_year: bool,
}

/// How settled a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the statuses of the language")]
pub enum Status {
    Final,
    Preliminary,
    Forecast,
}

/// A value as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// Digits in the unit of the indicator's kind.
    Number(String),
    /// A word of the scale.
    Grade(usize),
    /// Yes or no.
    Flag(bool),
    /// A date, known to the day, month or year.
    Date(Period),
    /// done
    Done,
    /// not done
    NotDone,
}

/// An observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// A region or an entity.
    pub subject: String,
    /// A breakdown; none for the whole.
    pub group: Option<String>,
    /// Its indicator.
    pub indicator: String,
    /// Its period.
    pub period: Period,
    /// Its value.
    pub figure: Figure,
    /// How settled it is.
    pub status: Status,
    /// Who published it; empty where nobody is named.
    pub source: String,
}

/// Everything that is declared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct World {
    /// The region tree, and groups.
    pub regions: Vec<Region>,
    /// Types of entities.
    pub types: Vec<EntityType>,
    /// Entities.
    pub entities: Vec<Entity>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// The words of the one scale, best first.
    pub scale: Vec<String>,
    /// Publishers in the order in which they are believed, if that is declared.
    pub priority: Vec<String>,
}

/// A plan's header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// Its day of issue.
    pub issued: Option<Day>,
    /// Its span.
    pub span: Option<(Period, Period)>,
    /// Its region.
    pub region: Option<String>,
    /// Rules or plans that it takes the place of.
    pub supersedes: Vec<String>,
}

impl World {
    /// The region of a name.
    pub fn region(&self, name: &str) -> Option<&Region> {
        self.regions.iter().find(|r| r.name == name)
    }

    /// The entity of a name.
    pub fn entity(&self, name: &str) -> Option<&Entity> {
        self.entities.iter().find(|e| e.name == name)
    }

    /// The type of an entity.
    pub fn type_of(&self, entity: &Entity) -> Option<&EntityType> {
        self.types.iter().find(|t| t.name == entity.of)
    }

    /// The indicator of a name.
    pub fn indicator(&self, name: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.name == name)
    }

    /// Whether a region or entity lies in a region or group, at any depth.
    pub fn lies_in(&self, who: &str, place: &str) -> bool {
        if let Some(entity) = self.entity(who) {
            return entity.place == place || self.lies_in(&entity.place, place);
        }
        self.region(place).is_some_and(|r| {
            r.contains
                .iter()
                .any(|part| part == who || self.lies_in(who, part))
        })
    }
}

impl Fact {
    /// The number it is, where it is one.
    pub fn number(&self, kind: Kind) -> Option<Q> {
        match &self.figure {
            Figure::Number(digits) => Some(exact(digits) * ratio(kind.unit().1)),
            _ => None,
        }
    }
}

/// How many digits stand behind the point.
pub fn decimals(digits: &str) -> u32 {
    digits.split_once('.').map_or(0, |(_, d)| d.len() as u32)
}
