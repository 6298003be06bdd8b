//! One case: a rule, its plan, the facts and a date; written out for the engine.

use std::fmt::Write;

use super::time::{Day, Period, day_text};
use super::value::{Bound, SCALE, UNITS, Unit, Value};

/// A kind of rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the kinds of the language")]
pub enum Kind {
    Rate,
    Count,
    Amount,
    AmountPer,
    Years,
    Hours,
    Ratio,
    Rank,
    Score,
    Quantity,
    Grade,
    Flag,
    Milestone,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 13] = [
        Kind::Rate,
        Kind::Count,
        Kind::Amount,
        Kind::AmountPer,
        Kind::Years,
        Kind::Hours,
        Kind::Ratio,
        Kind::Rank,
        Kind::Score,
        Kind::Quantity,
        Kind::Grade,
        Kind::Flag,
        Kind::Milestone,
    ];

    /// The keyword.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Rate => "rate",
            Kind::Count => "count",
            Kind::Amount | Kind::AmountPer => "amount",
            Kind::Years | Kind::Hours => "duration",
            Kind::Ratio => "ratio",
            Kind::Rank => "rank",
            Kind::Score => "score",
            Kind::Quantity => "quantity",
            Kind::Grade => "grade",
            Kind::Flag => "flag",
            Kind::Milestone => "milestone",
        }
    }

    /// The units of its dimension; none where values are words.
    pub fn units(self) -> &'static [Unit] {
        let at = match self {
            Kind::Rate => 0,
            Kind::Count => 1,
            Kind::Amount => 2,
            Kind::AmountPer => 3,
            Kind::Years => 4,
            Kind::Hours => 5,
            Kind::Ratio => 6,
            Kind::Rank => 7,
            Kind::Score => 8,
            Kind::Quantity => 9,
            Kind::Grade | Kind::Flag | Kind::Milestone => return &[],
        };
        UNITS[at]
    }
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comparisons of the language")]
pub enum Op {
    Ge,
    Gt,
    Le,
    Lt,
    Eq,
}

impl Op {
    /// The sign.
    pub fn sign(self) -> &'static str {
        match self {
            Op::Ge => ">=",
            Op::Gt => ">",
            Op::Le => "<=",
            Op::Lt => "<",
            Op::Eq => "=",
        }
    }
}

/// must or should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the forces of the language")]
pub enum Force {
    Must,
    Should,
}

impl Force {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Force::Must => "must",
            Force::Should => "should",
        }
    }
}

/// A requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Against one bound.
    Compare(Op, Bound),
    /// Both bounds included.
    Between(Bound, Bound),
    /// A milestone's.
    Done,
}

/// When.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// `in T`
    In(Period),
    /// `by T`
    By(Period),
    /// `before T`
    Before(Period),
    /// `throughout A..B`
    Throughout(Period, Period),
    /// `each year|quarter|month|school year A..B`, the periods and how the rule writes it.
    Each(Period, Period, &'static str),
    /// Nothing written.
    Unwritten,
}

/// Where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A place and the spelling that the rule uses.
    Place(usize, usize),
    /// Nothing written.
    Unwritten,
}

/// A plan's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Its span.
    pub span: Option<(Period, Period)>,
    /// Its region, with its spelling.
    pub region: Option<(usize, usize)>,
}

/// Places that cases speak of: their spellings, and their order in the region tree (none where the
/// national list does not know them).
pub const PLACES: [(&[&str], Option<u32>); 4] = [
    (&["昆明", "昆明市", "530100", "昆 明"], Some(530_100)),
    (&["曲靖市", "曲靖", "530300"], Some(530_300)),
    (&["某区"], None),
    (&["东川区", "530113"], Some(530_113)),
];

/// How settled a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the statuses of the language")]
pub enum Status {
    Final,
    Preliminary,
    Forecast,
}

/// Where a figure is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// In the rule file.
    Statement,
    /// In `a.csv`.
    First,
    /// In `b.csv`.
    Second,
}

/// By which name a figure's indicator goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The rule's.
    Own,
    /// Another name of the same.
    Alias,
    /// Something else altogether.
    Other,
}

impl Name {
    /// The text.
    pub fn text(self) -> &'static str {
        match self {
            Name::Own => "测点甲",
            Name::Alias => "测点乙",
            Name::Other => "测点丙",
        }
    }
}

/// A figure that looks like one of the place and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoy {
    /// It is the place's own.
    None,
    /// It is a school's in that place.
    School,
    /// It is a breakdown's.
    Group,
}

/// Where the unit of a number stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitStands {
    /// In its own column.
    InColumn,
    /// Behind the number.
    InCell,
    /// Nowhere: a rate is taken for percent.
    Nowhere,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Where it is stated.
    pub source: Source,
    /// Position in [`PLACES`].
    pub place: usize,
    /// Position among the spellings.
    pub spelling: usize,
    /// Whether it is something else.
    pub decoy: Decoy,
    /// Its indicator.
    pub name: Name,
    /// Its period.
    pub period: Period,
    /// Whether the period is written in Chinese.
    pub chinese: bool,
    /// Its value.
    pub value: Value,
    /// Where the unit stands.
    pub unit_stands: UnitStands,
    /// How settled it is.
    pub status: Status,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The kind of the rule.
    pub kind: Kind,
    /// One requirement, or a must and a should.
    pub tests: Vec<(Force, Test)>,
    /// When.
    pub time: Time,
    /// Where.
    pub scope: Scope,
    /// Under which plan.
    pub plan: Option<Plan>,
    /// What is known.
    pub facts: Vec<Figure>,
    /// At the end of which day.
    pub as_of: Day,
}

impl Case {
    /// The rule file.
    pub fn rules(&self) -> String {
        let mut out = String::new();
        let kind = self.kind.word();
        let (own, alias) = (Name::Own.text(), Name::Alias.text());
        let _ = writeln!(out, "indicator {own} {{ kind {kind} also \"{alias}\" }}");
        if self.kind == Kind::Grade {
            let _ = writeln!(out, "scale 等次: {}", SCALE.join(" > "));
        }
        if let Some(plan) = self.plan {
            let span = plan
                .span
                .map(|(a, b)| format!("span {}..{} ", a.code(), b.code()));
            let region = plan.region.map(|(p, s)| format!("region {} ", place(p, s)));
            let fields = format!("{}{}", span.unwrap_or_default(), region.unwrap_or_default());
            let _ = writeln!(out, "plan p {{ {fields}}}");
        }
        let _ = writeln!(out, "{}", self.rule());
        for fact in self.facts.iter().filter(|f| f.source == Source::Statement) {
            let _ = writeln!(out, "{}", self.statement(fact));
        }
        out
    }

    fn rule(&self) -> String {
        let units = self.kind.units();
        let mut rule = format!("R: {} {}", self.kind.word(), Name::Own.text());
        let tiers = self.tests.len() > 1;
        if let [(Force::Should, _)] = self.tests.as_slice() {
            rule = format!("R: should {} {}", self.kind.word(), Name::Own.text());
        }
        for (force, test) in &self.tests {
            if tiers {
                let _ = write!(rule, " {}", force.word());
            }
            let _ = match test {
                Test::Compare(op, bound) => write!(rule, " {} {}", op.sign(), bound.text(units)),
                Test::Between(low, high) => {
                    write!(
                        rule,
                        " between {} and {}",
                        low.text(units),
                        high.text(units)
                    )
                }
                Test::Done => Ok(()),
            };
        }
        let _ = match self.time {
            Time::In(p) => write!(rule, " in {}", p.code()),
            Time::By(p) => write!(rule, " by {}", p.code()),
            Time::Before(p) => write!(rule, " before {}", p.code()),
            Time::Throughout(a, b) => write!(rule, " throughout {}..{}", a.code(), b.code()),
            Time::Each(_, _, text) => write!(rule, " {text}"),
            Time::Unwritten => Ok(()),
        };
        if let Scope::Place(at, spelling) = self.scope {
            let _ = write!(rule, " in {}", place(at, spelling));
        }
        rule
    }

    fn unit(&self, value: &Value) -> &'static str {
        match value {
            Value::Number { unit, .. } => self.kind.units().get(*unit).map_or("", |u| u.text),
            _ => "",
        }
    }

    fn statement(&self, fact: &Figure) -> String {
        let unit = self.unit(&fact.value);
        let unit = if unit == "1" { "" } else { unit };
        // The language knows no thousands commas.
        let value = fact.value.text().replace(',', "");
        let mut out = format!("fact {} = {value}{unit}", fact.name.text());
        let place = place(fact.place, fact.spelling);
        let _ = write!(out, " in {} in {place}", fact.period.code());
        let status = match fact.status {
            Status::Final => "",
            Status::Preliminary => " { status preliminary }",
            Status::Forecast => " { status forecast }",
        };
        out + status
    }

    /// A file of figures; `None` where it has no row.
    pub fn csv(&self, source: Source) -> Option<String> {
        let mut out = String::from("地区,对象,分组,指标,时间,数值,单位,状态\n");
        let mut any = false;
        for fact in self.facts.iter().filter(|f| f.source == source) {
            any = true;
            let place = PLACES[fact.place].0[fact.spelling];
            let (school, group) = match fact.decoy {
                Decoy::None => ("", ""),
                Decoy::School => ("某中学", ""),
                Decoy::Group => ("", "女"),
            };
            let period = match fact.chinese {
                true => fact.period.chinese(),
                false => fact.period.code(),
            };
            let unit = self.unit(&fact.value);
            let (cell, column) = match fact.unit_stands {
                // A 1 behind the number would read as part of it.
                UnitStands::InCell if unit != "1" => (format!("{}{unit}", fact.value.text()), ""),
                UnitStands::Nowhere => (fact.value.text(), ""),
                _ => (fact.value.text(), unit),
            };
            let status = match fact.status {
                Status::Final => "",
                Status::Preliminary => "快报",
                Status::Forecast => "预计",
            };
            let name = fact.name.text();
            let _ = writeln!(
                out,
                "{place},{school},{group},{name},{period},\"{cell}\",{column},{status}"
            );
        }
        any.then_some(out)
    }

    /// The whole case as text.
    pub fn shown(&self) -> String {
        let mut out = format!(
            "as of {}\n── rules.gj\n{}",
            day_text(self.as_of),
            self.rules()
        );
        for (source, name) in [(Source::First, "a.csv"), (Source::Second, "b.csv")] {
            if let Some(csv) = self.csv(source) {
                let _ = write!(out, "── {name}\n{csv}");
            }
        }
        out
    }
}

/// A place as a rule file writes it: a code, or a name with a space, needs quotes.
fn place(at: usize, spelling: usize) -> String {
    let text = PLACES[at].0[spelling];
    if text.contains(|c: char| c.is_ascii_digit() || c == ' ') {
        format!("\"{text}\"")
    } else {
        text.to_string()
    }
}
