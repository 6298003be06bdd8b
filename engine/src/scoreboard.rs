//! The scoreboard 考核打分: what the rules' weights come to, region by region.
//!
//! A rule that is met earns its weight, a violated one nothing or the points of the best band that
//! its figures reach. What is not decided is shown apart and never counts as nothing. Where a rule
//! has a must and a should, its points go by the must. Parts of a quantified rule are not counted:
//! the whole is.

mod board;

use std::collections::BTreeSet;

use guiju_lang::model::{PlanId, Requirement, Rule};
use guiju_lang::{Force, Number};
use serde::{Serialize, Serializer};

use crate::evaluate::{Decision, Verdict, with_bound};
use crate::outcome::Outcome;
use crate::wire::ResultRecord;

/// Version of the JSON of scoreboards.
pub const SCOREBOARD_SCHEMA: u32 = 1;

/// Points and ranks of every region, over all plans and for each of them.
///
/// ```
/// use guiju::{Facts, Options, Rules};
///
/// let rules = Rules::from_text("card.gj", "A: rate 巩固率 >= 98% by 2025 { weight 5, 3 for >= 95% }")?;
/// let facts = Facts::from_text("f.csv", "地区,指标,年份,数值,单位\n五华区,巩固率,2025,98.2,%\n盘龙区,巩固率,2025,96,%\n")?;
/// let outcome = rules.evaluate(&facts, &Options::as_of("2026-03-01".parse()?))?;
/// let board = outcome.scoreboard();
/// let first = &board.total.regions[0];
/// assert_eq!((first.region.as_deref(), first.rank), (Some("五华区"), Some(1)));
/// assert_eq!(board.total.regions[1].points.to_string(), "3");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Serialize)]
pub struct Scoreboard {
    /// [`SCOREBOARD_SCHEMA`].
    pub schema: u32,
    /// Version of the engine.
    pub guiju: &'static str,
    /// Date of evaluation.
    pub as_of: String,
    /// All plans together.
    pub total: Board,
    /// Each plan by itself, in order of mention; rules outside of any plan last.
    pub plans: Vec<Board>,
}

/// The ranking of one plan, or of all together.
#[derive(Debug, Clone, Serialize)]
pub struct Board {
    /// The plan's name; null for all together, and for rules outside of any plan.
    pub plan: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Rules that have a weight.
    pub weighted: u64,
    /// Rules that have none and are not counted.
    pub unweighted: u64,
    /// The regions: ranked ones first, those with nothing decided last.
    pub regions: Vec<Score>,
}

/// The score of a region.
#[derive(Debug, Clone, Serialize)]
pub struct Score {
    /// Its place by share; equal shares have the better place (1, 2, 2, 4). Null with nothing decided.
    pub rank: Option<u32>,
    /// The region, as rules or facts name it.
    pub region: Option<String>,
    /// GB/T 2260 code of the region.
    pub region_code: Option<String>,
    /// Points achieved.
    pub points: Number,
    /// Weights of what is decided.
    pub of: Number,
    /// Points achieved of those decided, in percent.
    #[serde(serialize_with = "as_share")]
    pub share: Option<Number>,
    /// Met or violated.
    pub decided: Apart,
    /// Not due yet.
    pub pending: Apart,
    /// Data missing.
    pub unknown: Apart,
    /// Excepted.
    pub waived: Apart,
    /// Left out.
    pub not_applicable: Apart,
    /// What each weighted rule comes to.
    pub results: Vec<Scored>,
}

/// So many results, whose weights are so many points.
#[derive(Debug, Clone, Serialize)]
pub struct Apart {
    /// How many.
    pub results: u64,
    /// Their weights together.
    pub points: Number,
}

impl Default for Apart {
    fn default() -> Apart {
        Apart {
            results: 0,
            points: Number::ZERO,
        }
    }
}

/// What a weighted rule comes to.
#[derive(Debug, Clone, Serialize)]
pub struct Scored {
    /// The rule's id.
    pub rule: String,
    /// Its plan.
    pub plan: Option<String>,
    /// Where in the plan.
    pub clause: Option<String>,
    /// What is measured.
    pub indicator: String,
    /// The subject: the region itself, or an entity in it.
    pub subject: Option<String>,
    /// How it counts: the verdict, but where a band is undecided that of the band.
    pub verdict: Verdict,
    /// Its full points.
    pub weight: Number,
    /// Points achieved; null where nothing is decided.
    pub points: Option<Number>,
    /// Whether they are those of a band.
    pub band: bool,
}

/// A scored result and whom it counts for.
struct Line {
    plan: Option<PlanId>,
    region: Option<String>,
    code: Option<String>,
    scored: Scored,
}

impl Outcome<'_> {
    /// The points of every weighted rule, region by region.
    pub fn scoreboard(&self) -> Scoreboard {
        let lines: Vec<Line> = self.decisions().filter_map(|d| line(self, d)).collect();
        let plans = self.plans_of_rules();
        let several = plans
            .iter()
            .map(|plan| board::board(self, Some(*plan), &lines));
        Scoreboard {
            schema: SCOREBOARD_SCHEMA,
            guiju: crate::VERSION,
            as_of: self.options().as_of.to_string(),
            plans: several.collect(),
            total: board::board(self, None, &lines),
        }
    }

    /// The plans that any rule belongs to, and none last where some rule has none.
    fn plans_of_rules(&self) -> Vec<Option<PlanId>> {
        let rules = &self.rules().ruleset().rules;
        let plans: BTreeSet<Option<PlanId>> = rules.iter().map(|rule| rule.plan).collect();
        let named = plans.iter().copied().filter(Option::is_some);
        named.chain(plans.contains(&None).then_some(None)).collect()
    }
}

/// What one decision comes to, if it counts at all.
fn line(outcome: &Outcome<'_>, decision: Decision) -> Option<Line> {
    let rule = outcome
        .rules()
        .ruleset()
        .rules
        .get(decision.rule as usize)?;
    let weight = rule.attributes.weight.as_ref()?;
    let requirements = &rule.demand.requirements;
    let requirement = requirements.get(usize::from(decision.requirement))?;
    let must = requirements.iter().any(|r| r.force == Force::Must);
    let counts = match requirement.force {
        Force::Must => true,
        Force::Should => !must,
        Force::May => false,
    };
    let record = counts.then(|| outcome.record_of(decision)).flatten()?;
    if record.part {
        return None;
    }
    let earned = earned(outcome, decision, rule, requirement, weight, record.verdict);
    Some(Line {
        plan: rule.plan,
        region: record.region.as_deref().map(str::to_string),
        code: code(&record),
        scored: Scored {
            rule: record.rule.to_string(),
            plan: record.plan.map(str::to_string),
            clause: record.clause.map(str::to_string),
            indicator: record.indicator.to_string(),
            subject: record.subject.as_deref().map(str::to_string),
            verdict: earned.verdict,
            weight: weight.clone(),
            points: earned.points,
            band: earned.band,
        },
    })
}

/// Points, and how they came about.
struct Earned {
    verdict: Verdict,
    points: Option<Number>,
    band: bool,
}

/// A band is the rule with another bound, judged on the same figures. The best one that holds gives
/// its points; one that cannot be decided leaves them open, since it may be better than the rest.
fn earned(
    outcome: &Outcome<'_>,
    decision: Decision,
    rule: &Rule,
    requirement: &Requirement,
    weight: &Number,
    verdict: Verdict,
) -> Earned {
    let of = |verdict, points, band| Earned {
        verdict,
        points,
        band,
    };
    match verdict {
        Verdict::Met => return of(verdict, Some(weight.clone()), false),
        Verdict::Violated => {}
        _ => return of(verdict, None, false),
    }
    for band in &rule.attributes.bands {
        let bound = Requirement {
            force: requirement.force,
            test: band.test.clone(),
            span: band.span,
        };
        let as_of = outcome.options().as_of;
        match with_bound(outcome.bound(), rule, bound, decision.subject, as_of) {
            Verdict::Met => return of(verdict, Some(band.points.clone()), true),
            Verdict::Violated => {}
            open => return of(open, None, false),
        }
    }
    of(verdict, Some(Number::ZERO), false)
}

/// The code of the region, by which 昆明 and 昆明市 are one row.
fn code(record: &ResultRecord<'_>) -> Option<String> {
    record.region_code.clone().or_else(|| {
        match guiju_lang::gazetteer::find(record.region.as_deref()?).as_slice() {
            [one] => Some(one.code.to_string()),
            _ => None,
        }
    })
}

/// Twelve significant digits where the decimals do not end; points and their total are exact.
fn as_share<S: Serializer>(share: &Option<Number>, out: S) -> Result<S::Ok, S::Error> {
    const SIGNIFICANT: u32 = 12;
    match share {
        Some(share) if share.decimals().is_none() => {
            out.collect_str(&share.to_significant(SIGNIFICANT, false))
        }
        share => share.serialize(out),
    }
}
