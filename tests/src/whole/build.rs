//! Short ways to write a case down, and the small world that random cases play in.

use crate::oracle::{Op, Period, day, exact, ratio};

use super::ast::{
    Aggregate, Case, Change, Claim, Cond, Expr, How, Lit, Many, Place, Quantifier, Requirement,
    Rule, Set, Simple, Statement, Test, Time,
};
use super::world::{
    Attribute, Entity, EntityType, Fact, Figure, Given, Indicator, Kind, Plan, Region, Rollup,
    Sort, Status, World,
};

/// A year.
pub fn year(year: i64) -> Period {
    Period::year(year)
}

/// `98%`, `2pp`, `300人`, `1:15`, `3`.
pub fn lit(text: &str) -> Lit {
    let value = if let Some((a, b)) = text.split_once(':') {
        exact(a) / exact(b)
    } else {
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (digits, unit) = text.split_at(end);
        let worth = match unit {
            "%" | "pp" => (1, 100),
            "‰" => (1, 1000),
            "万人" | "万元" => (10_000, 1),
            _ => (1, 1),
        };
        exact(digits) * ratio(worth)
    };
    Lit {
        text: text.into(),
        value,
    }
}

/// A literal as a side of a comparison.
pub fn number(text: &str) -> Expr {
    Expr::Lit(lit(text))
}

/// An indicator or attribute.
pub fn name(text: &str) -> Expr {
    Expr::Name(text.into())
}

/// `>= 98%`
pub fn least(text: &str) -> Test {
    Test::Compare(Op::Ge, number(text))
}

/// `<= 3`
pub fn most(text: &str) -> Test {
    Test::Compare(Op::Le, number(text))
}

/// `rises >= 4pp`
pub fn change(change: Change) -> Test {
    Test::Change(change)
}

/// `办学 = 公办`
pub fn is(attribute: &str, word: &str) -> Cond {
    Cond::Compare(name(attribute), Op::Eq, Expr::Word(word.into()))
}

impl Set {
    /// Everything of a type.
    pub fn of(of: &str) -> Set {
        Set {
            names: vec![of.into()],
            place: None,
            filter: None,
            except: Vec::new(),
        }
    }

    /// In a place.
    pub fn within(mut self, place: &str) -> Set {
        self.place = Some(place.into());
        self
    }

    /// With a filter.
    pub fn filtered(mut self, filter: Cond) -> Set {
        self.filter = Some(filter);
        self
    }
}

/// An aggregate over a set.
pub fn aggregate(how: How, what: Option<&str>, set: Set) -> Expr {
    Expr::Aggregate(Box::new(Aggregate {
        how,
        what: what.map(name),
        set,
        other: false,
        weight: None,
    }))
}

impl Requirement {
    /// A test and nothing else.
    pub fn of(test: Test) -> Requirement {
        Requirement {
            force: None,
            test,
            group: None,
            time: None,
            places: Vec::new(),
        }
    }
}

impl Simple {
    /// One measure, one requirement.
    pub fn of(kind: Kind, measure: Expr, test: Test) -> Simple {
        Simple {
            kind,
            measures: vec![measure],
            among: None,
            requirements: vec![Requirement::of(test)],
            time: None,
            places: Vec::new(),
        }
    }

    /// With a time.
    pub fn when(mut self, time: Time) -> Simple {
        self.time = Some(time);
        self
    }

    /// In a place.
    pub fn at(mut self, place: &str) -> Simple {
        self.places.push(Place::Named(place.into()));
        self
    }

    /// As a rule.
    pub fn rule(self, label: &str) -> Rule {
        Rule::of(label, Claim::Simple(self))
    }
}

impl Rule {
    /// A claim and nothing else.
    pub fn of(label: &str, claim: Claim) -> Rule {
        Rule {
            label: label.into(),
            force: None,
            quantifiers: Vec::new(),
            claim,
            supersedes: Vec::new(),
        }
    }

    /// Under a further quantifier, inside those that it has.
    pub fn quantified(mut self, many: Many, set: Set) -> Rule {
        self.quantifiers.push(Quantifier { many, set });
        self
    }
}

impl Plan {
    /// A plan of a region over a span of years.
    pub fn of(name: &str, span: Option<(i64, i64)>, region: Option<&str>) -> Plan {
        Plan {
            name: name.into(),
            issued: None,
            span: span.map(|(a, b)| (year(a), year(b))),
            region: region.map(str::to_string),
            supersedes: Vec::new(),
        }
    }
}

/// A figure: digits as they stand in the file, `done`, `not done`, yes, no, a date.
pub fn fact(subject: &str, indicator: &str, period: Period, text: &str) -> Fact {
    let figure = match text {
        "yes" => Figure::Flag(true),
        "no" => Figure::Flag(false),
        "done" => Figure::Done,
        "not done" => Figure::NotDone,
        _ => match text.split('-').collect::<Vec<_>>().as_slice() {
            [y, m, d] => {
                let number = |t: &str| t.parse().unwrap_or(1);
                Figure::Date(Period::of_day(day(number(y), number(m), number(d))))
            }
            _ => Figure::Number(text.into()),
        },
    };
    Fact {
        subject: subject.into(),
        group: None,
        indicator: indicator.into(),
        period,
        figure,
        status: Status::Final,
        source: String::new(),
    }
}

impl Case {
    /// Rules in the small world.
    pub fn of(rules: Vec<Rule>, facts: Vec<Fact>, as_of: (i64, i64, i64)) -> Case {
        Case {
            world: World::small(),
            statements: rules.into_iter().map(Statement::Rule).collect(),
            facts,
            as_of: day(as_of.0, as_of.1, as_of.2),
        }
    }
}

/// The attributes of schools and their choices; 规模 is a number of people.
const ATTRIBUTES: [(&str, &[&str]); 3] = [
    ("学段", &["小学", "初中", "高中"]),
    ("办学", &["公办", "民办"]),
    ("规模", &[]),
];

/// The schools: where they are, and their attributes in the order above; empty ones are not known.
const SCHOOLS: [(&str, &str, [&str; 3]); 6] = [
    ("一校", "卯区", ["小学", "公办", "300"]),
    ("二校", "卯区", ["初中", "民办", "40"]),
    ("三校", "辰县", ["小学", "公办", ""]),
    ("四校", "巳市", ["高中", "", "540"]),
    ("五校", "午园", ["小学", "民办", "30"]),
    ("六校", "乙丑市", ["初中", "公办", "45"]),
];

impl World {
    /// Two cities; one has three county-level units and a functional zone, a group overlaps them.
    pub fn small() -> World {
        let region = |name: &str, sort: Sort, contains: &[&str]| Region {
            name: name.into(),
            sort,
            contains: contains.iter().map(ToString::to_string).collect(),
        };
        let attribute = |(name, choices): &(&str, &[&str])| Attribute {
            name: name.to_string(),
            choices: choices.iter().map(ToString::to_string).collect(),
        };
        let school = |(name, place, values): &(&str, &str, [&str; 3])| {
            let given = |(at, value): (usize, &&str)| {
                let (attribute, choices) = ATTRIBUTES[at];
                let given = if choices.is_empty() {
                    Given::Number(value.to_string())
                } else {
                    Given::Word(value.to_string())
                };
                (!value.is_empty()).then(|| (attribute.to_string(), given))
            };
            Entity {
                name: name.to_string(),
                of: "学校".into(),
                place: place.to_string(),
                values: values.iter().enumerate().filter_map(given).collect(),
            }
        };
        World {
            regions: vec![
                region("甲子市", Sort::City, &["卯区", "辰县", "巳市", "午园"]),
                region("乙丑市", Sort::City, &[]),
                region("卯区", Sort::District, &[]),
                region("辰县", Sort::County, &[]),
                region("巳市", Sort::CountyCity, &[]),
                region("午园", Sort::Zone, &[]),
                region("未片", Sort::Group, &["卯区", "辰县"]),
            ],
            types: vec![EntityType {
                name: "学校".into(),
                attributes: ATTRIBUTES.iter().map(attribute).collect(),
            }],
            entities: SCHOOLS.iter().map(school).collect(),
            indicators: indicators(),
            scale: ["甲等", "乙等", "丙等", "丁等"].map(String::from).to_vec(),
            priority: Vec::new(),
        }
    }
}

/// Indicators of regions (率 数 额 …), and of schools (校…).
fn indicators() -> Vec<Indicator> {
    let plain = |name: &str, kind: Kind| Indicator {
        name: name.into(),
        kind,
        better: None,
        rollup: Rollup::None,
        cumulative: false,
        by_school_year: false,
    };
    let mut all: Vec<Indicator> = [
        ("率甲", Kind::Rate),
        ("率乙", Kind::Rate),
        ("率丙", Kind::Rate),
        ("学率", Kind::Rate),
        ("分子", Kind::Count),
        ("分母", Kind::Count),
        ("人口", Kind::Count),
        ("数甲", Kind::Count),
        ("新增", Kind::Count),
        ("累增", Kind::Count),
        ("额甲", Kind::Amount),
        ("额乙", Kind::Amount),
        ("时甲", Kind::Duration),
        ("比甲", Kind::Ratio),
        ("级甲", Kind::Grade),
        ("旗甲", Kind::Flag),
        ("件甲", Kind::Milestone),
        ("件乙", Kind::Milestone),
        ("校率", Kind::Rate),
        ("校数", Kind::Count),
        ("校员", Kind::Count),
        ("校旗", Kind::Flag),
        ("校级", Kind::Grade),
        ("校件", Kind::Milestone),
        ("校检", Kind::Milestone),
    ]
    .map(|(name, kind)| plain(name, kind))
    .to_vec();
    for indicator in &mut all {
        match indicator.name.as_str() {
            "率甲" | "校率" => indicator.better = Some(true),
            "率乙" => indicator.rollup = Rollup::Of("分子".into(), "分母".into()),
            "率丙" => {
                indicator.better = Some(false);
                indicator.rollup = Rollup::Weighted("人口".into());
            }
            "学率" => indicator.by_school_year = true,
            "数甲" => indicator.rollup = Rollup::Sum,
            "累增" => indicator.cumulative = true,
            "比甲" => indicator.better = Some(false),
            _ => {}
        }
    }
    all
}
