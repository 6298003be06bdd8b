//! The records of `rules --format json`.

use guiju_lang::model::{
    Claim, Computed, Expr, HowMany, Portion, Quantifier, Rule, Ruleset, Scope, Test, Value,
};
use guiju_lang::{Kind, Number, Op, Quantity, Sources};
use serde::Serialize;

use super::build::{average, decimal, inherited, nature, time};
use super::{Amount, BaselineRecord, Place, TimeRecord};

/// A compiled rule; a two-tier rule gives one record a tier.
#[derive(Debug, Clone, Serialize)]
pub struct RuleRecord {
    /// The id.
    pub rule: String,
    /// The plan.
    pub plan: Option<String>,
    /// Where in the plan.
    pub clause: Option<String>,
    /// The kind.
    pub kind: &'static str,
    /// The indicator's canonical name.
    pub indicator: String,
    /// The operator.
    pub op: &'static str,
    /// The comparison of a change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cmp: Option<&'static str>,
    /// What the right side refers to, where it is no literal.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The bound, or the lower one.
    pub value: Option<String>,
    /// The upper bound of `between`.
    pub upper: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// When.
    pub time: TimeRecord,
    /// The region or other place; null for every region of the facts.
    pub region: Option<String>,
    /// GB/T 2260 code of the region.
    pub region_code: Option<String>,
    /// Whom it ranges over.
    pub quantifier: Option<String>,
    /// The filter.
    #[serde(rename = "where")]
    pub filter: Option<String>,
    /// must or should.
    pub modality: &'static str,
    /// binding or expected.
    pub nature: Option<&'static str>,
    /// 牵头单位
    pub lead: Vec<String>,
    /// 责任单位
    pub owner: Vec<String>,
    /// The last day of the time, else the plan's deadline for the task.
    pub deadline: Option<String>,
    /// The starting value that the plan states.
    pub baseline: Option<BaselineRecord>,
    /// 考核分值
    pub weight: Option<String>,
    /// Fewer points for reaching less, the most first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<BandRecord>,
    /// A remark.
    pub note: Option<String>,
    /// Where it stands.
    pub span: Place,
    /// The rule as the formatter prints it.
    pub text: String,
}

/// Points for reaching less than a rule requires.
#[derive(Debug, Clone, Serialize)]
pub struct BandRecord {
    /// The points.
    pub points: String,
    /// What they are for, as written.
    pub text: String,
}

/// Every rule of a ruleset, sorted by file and line.
pub(crate) fn rule_records(ruleset: &Ruleset, sources: &Sources) -> Vec<RuleRecord> {
    let mut rules: Vec<&Rule> = ruleset.rules.iter().collect();
    rules.sort_by_key(|rule| {
        let (file, at) = sources.locate(rule.span);
        (file.to_string(), at.line, at.column)
    });
    rules
        .into_iter()
        .flat_map(|rule| records(ruleset, sources, rule))
        .collect()
}

fn records(ruleset: &Ruleset, sources: &Sources, rule: &Rule) -> Vec<RuleRecord> {
    let plan = ruleset.plan_of(rule);
    let attributes = &rule.attributes;
    let (file, at) = sources.locate(rule.span);
    let (region, region_code) = match &rule.scope {
        Scope::Place { place, printed } => (Some(printed.clone()), ruleset.places.code_of(*place)),
        Scope::Mentioned => (None, None),
    };
    let deadline = rule.demand.time.last().or(attributes.deadline);
    let mut out = Vec::new();
    for requirement in &rule.demand.requirements {
        let computed;
        let (op, value, upper) = match &requirement.test {
            Test::Done => ("done", None, None),
            Test::Made => ("makes", None, None),
            Test::Computed(wanted) if wanted.upper.is_some() => ("between", None, None),
            Test::Computed(wanted) => {
                let op = wanted.change.map_or(wanted.op.symbol(), |c| c.name());
                computed = stated(wanted);
                (op, computed.as_ref(), None)
            }
            Test::Compare { op, value } => (op.symbol(), Some(value), None),
            Test::Between { lower, upper, .. } => ("between", Some(lower), Some(upper)),
        };
        let up = match &requirement.test {
            Test::Compare { op, .. } => !matches!(op, Op::Le | Op::Lt),
            Test::Computed(wanted) => !matches!(wanted.op, Op::Le | Op::Lt),
            _ => true,
        };
        let wanted = match &requirement.test {
            Test::Computed(wanted) => Some(wanted),
            _ => None,
        };
        let (op, value, upper) = match &rule.claim {
            Claim::Choice { .. } => ("at_least_of", None, None),
            _ => (op, value, upper),
        };
        let printed = value.map(|v| printed(ruleset, v, up));
        out.push(RuleRecord {
            rule: rule.id.clone(),
            plan: plan.map(|p| p.name.clone()),
            clause: attributes.clause.clone(),
            kind: rule.demand.kind.name(),
            indicator: ruleset.measure_name(rule).to_string(),
            op,
            cmp: wanted.filter(|w| w.change.is_some()).map(|w| w.op.symbol()),
            reference: wanted.and_then(|w| match w.average {
                true => average(w),
                false => w.reference.clone(),
            }),
            value: printed.as_ref().map(|a| a.value.clone()),
            upper: value.zip(upper).map(|(low, high)| match (low, high) {
                (Value::Quantity(low), Value::Quantity(high)) => {
                    decimal(&high.number_in(&low.unit), false).0
                }
                _ => self::printed(ruleset, high, false).value,
            }),
            unit: printed
                .and_then(|a| a.unit)
                .filter(|_| rule.demand.kind != Kind::Rank),
            time: time(&rule.demand.time),
            region: region.clone(),
            region_code: region_code.map(|c| c.to_string()),
            quantifier: quantifier(rule),
            filter: filter(ruleset, rule),
            modality: requirement.force.name(),
            nature: nature(attributes.nature),
            lead: inherited(&attributes.lead, plan.map(|p| &p.lead)).to_vec(),
            owner: inherited(&attributes.owner, plan.map(|p| &p.owner)).to_vec(),
            deadline: deadline.map(|p| p.end().to_string()),
            baseline: attributes.baseline.as_ref().map(|b| BaselineRecord {
                value: Some(decimal(&b.value.number, false).0),
                unit: some(&b.value.unit.symbol),
                period: b.period.map(|p| p.to_string()),
            }),
            bands: bands(rule, sources),
            weight: attributes.weight.as_ref().map(Number::to_string),
            note: attributes.note.clone(),
            span: Place {
                file: file.to_string(),
                line: at.line,
                column: at.column,
            },
            text: rule.text.clone(),
        });
    }
    out
}

/// `each 县区 in 昆明`, the outermost first.
fn quantifier(rule: &Rule) -> Option<String> {
    let text = |q: &Quantifier| {
        let portion = |n: &Portion| match n {
            Portion::Count(n) => n.to_string(),
            Portion::Share(share) => format!("{}%", share.mul(&Number::from(100))),
        };
        match &q.how {
            HowMany::Each => format!("each {}", q.set.text),
            HowMany::No => format!("no {}", q.set.text),
            HowMany::AtLeast(n) => format!("at least {} of {}", portion(n), q.set.text),
            HowMany::AtMost(n) => format!("at most {} of {}", portion(n), q.set.text),
            HowMany::Exactly(n) => format!("exactly {} of {}", portion(n), q.set.text),
        }
    };
    let all: Vec<String> = rule.quantifiers.iter().map(text).collect();
    (!all.is_empty()).then(|| all.join(": "))
}

/// For whom alone, or when alone, it is meant.
fn filter(ruleset: &Ruleset, rule: &Rule) -> Option<String> {
    let condition = match &rule.claim {
        Claim::When { text, .. } | Claim::Makes { text, .. } => Some(text.clone()),
        Claim::Plain | Claim::Choice { .. } => None,
    };
    let group = rule.demand.group.as_ref().map(|g| g.name.clone());
    let breakdown = ruleset.group_of(&rule.demand).map(str::to_string);
    condition.or(group).or(breakdown)
}

/// The number on the right of a computed requirement, if it is one.
pub(super) fn stated(wanted: &Computed) -> Option<Value> {
    let Expr::Number(number) = &wanted.right else {
        return None;
    };
    Some(Value::Quantity(Quantity {
        number: number.div(&wanted.unit.factor)?,
        unit: wanted.unit.clone(),
    }))
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_string())
}

/// A bound; rounded so that the requirement looks harder, never easier.
fn printed(ruleset: &Ruleset, value: &Value, up: bool) -> Amount {
    match value {
        Value::Quantity(q) => {
            let (value, exact) = decimal(&q.number, up);
            Amount {
                value,
                unit: some(&q.unit.symbol),
                exact,
            }
        }
        Value::Flag(flag) => Amount {
            value: if *flag { "yes" } else { "no" }.into(),
            unit: None,
            exact: None,
        },
        Value::Grade { scale, step } => {
            let word = ruleset
                .scale(*scale)
                .and_then(|s| s.steps.get(*step as usize));
            Amount {
                value: word.cloned().unwrap_or_default(),
                unit: None,
                exact: None,
            }
        }
    }
}

fn bands(rule: &Rule, sources: &Sources) -> Vec<BandRecord> {
    let record = |band: &guiju_lang::model::Band| BandRecord {
        points: band.points.to_string(),
        text: sources.text(band.span).to_string(),
    };
    rule.attributes.bands.iter().map(record).collect()
}
