//! Which rules stand on a day: one that is superseded gives no results from the issue date of the
//! one that takes its place, and that one gives none before.

use std::collections::{BTreeMap, HashMap};

use guiju_lang::model::{Plan, PlanId, Ruleset};
use guiju_lang::{Date, Period};

/// Why a rule gives no results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Absence {
    /// Another rule, or another plan, stands in its place.
    Superseded {
        /// The rule's id or the plan's name.
        by: String,
        /// Since when; `None` if no issue date is known.
        since: Option<Date>,
    },
    /// What it takes the place of still stands.
    NotIssued {
        /// When it is issued.
        until: Date,
    },
}

/// The rules that give no results as of a day, by their position.
pub(crate) fn absent(ruleset: &Ruleset, as_of: Date) -> BTreeMap<u32, Absence> {
    let mut absent = BTreeMap::new();
    let mut replace = |old: u32, new: &[u32], by: &str, since: Option<Date>| match since {
        Some(until) if as_of < until => {
            for rule in new {
                absent.entry(*rule).or_insert(Absence::NotIssued { until });
            }
        }
        since => {
            let by = by.to_string();
            absent.insert(old, Absence::Superseded { by, since });
        }
    };
    // A sentence with lists is several rules of one id.
    let mut ids: HashMap<&str, Vec<u32>> = HashMap::new();
    if ruleset
        .rules
        .iter()
        .any(|r| !r.attributes.supersedes.is_empty())
    {
        for (at, rule) in (0u32..).zip(&ruleset.rules) {
            ids.entry(rule.id.as_str()).or_default().push(at);
        }
    }
    for (at, rule) in (0u32..).zip(&ruleset.rules) {
        for name in &rule.attributes.supersedes {
            for old in ids.get(name.as_str()).into_iter().flatten() {
                let since = ruleset.plan_of(rule).and_then(issued);
                replace(*old, &[at], &rule.id, since);
            }
        }
    }
    let rules_of = |plan: usize| -> Vec<u32> {
        let id = Some(PlanId(plan as u32));
        let rules = (0u32..).zip(&ruleset.rules);
        rules
            .filter(|(_, r)| r.plan == id)
            .map(|(at, _)| at)
            .collect()
    };
    for (at, plan) in ruleset.plans.iter().enumerate() {
        for name in &plan.supersedes {
            let Some(old) = ruleset.plans.iter().position(|p| p.name == *name) else {
                continue;
            };
            let new = rules_of(at);
            for rule in rules_of(old) {
                replace(rule, &new, &plan.name, issued(plan));
            }
        }
    }
    absent
}

/// A plan dated by its month or year alone is certain to be issued at its end.
fn issued(plan: &Plan) -> Option<Date> {
    plan.issued.map(Period::end)
}
