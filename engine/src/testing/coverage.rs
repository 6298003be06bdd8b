//! What tests reach of the rules, and what they do not.

use std::collections::{BTreeMap, BTreeSet};

use guiju_lang::Force;
use guiju_lang::model::{Claim, Rule, Test, Time};

use super::TestRun;
use crate::evaluate::Verdict;
use crate::rules::Rules;
use crate::truth::Truth;
use crate::wire::{BranchRecord, CoverageRecord, UnreachedRecord};

/// The verdicts that figures and a day alone bring about.
const VERDICTS: [Verdict; 4] = [
    Verdict::Met,
    Verdict::Violated,
    Verdict::Pending,
    Verdict::Unknown,
];

/// A rule is tested where a test expects something of it; a verdict is reached where a result that
/// some test speaks of has it.
pub(super) fn coverage<'a>(rules: &'a Rules, runs: &[TestRun<'a>]) -> CoverageRecord<'a> {
    let expectations = runs.iter().flat_map(|run| &run.case.expectations);
    let tested: BTreeSet<&str> = expectations.map(|e| e.rule.as_str()).collect();
    let mut reached: BTreeMap<(&str, &'static str), BTreeSet<Verdict>> = BTreeMap::new();
    for run in runs {
        for (key, verdicts) in run.reached() {
            reached.entry(key).or_default().extend(verdicts);
        }
    }
    let groups = by_id(rules);
    let untested = groups.iter().map(|(id, _)| *id);
    let untested: Vec<&str> = untested.filter(|id| !tested.contains(id)).collect();
    let mut unreached = Vec::new();
    for (id, of_id) in groups.iter().filter(|(id, _)| tested.contains(id)) {
        for modality in modalities(of_id) {
            let found = reached.get(&(*id, modality));
            let missing = |v: &Verdict| !found.is_some_and(|found| found.contains(v));
            let possible = VERDICTS.into_iter().filter(|v| possible(*v, of_id));
            let verdicts: Vec<Verdict> = possible.filter(missing).collect();
            if !verdicts.is_empty() {
                unreached.push(UnreachedRecord {
                    rule: id,
                    modality,
                    verdicts,
                });
            }
        }
    }
    let branches = branches(&groups, &tested, runs);
    CoverageRecord {
        branches,
        rules: groups.len(),
        tested: groups.len() - untested.len(),
        untested,
        unreached,
    }
}

/// The cases of the tested rules' conditions that no test reaches.
fn branches<'a>(
    groups: &[(&'a str, Vec<&'a Rule>)],
    tested: &BTreeSet<&str>,
    runs: &[TestRun<'a>],
) -> Vec<BranchRecord<'a>> {
    let mut reached: BTreeSet<(&str, bool)> = BTreeSet::new();
    for run in runs {
        let rules = &run.outcome.rules().ruleset().rules;
        for decision in run.outcome.decisions() {
            let Some(rule) = rules.get(decision.rule as usize) else {
                continue;
            };
            let spoken_of = run.case.expectations.iter().any(|e| e.rule == rule.id);
            match run.outcome.condition_of(decision).filter(|_| spoken_of) {
                Some(Truth::True) => reached.insert((&rule.id, true)),
                Some(Truth::False) => reached.insert((&rule.id, false)),
                Some(Truth::Unknown) | None => false,
            };
        }
    }
    let mut out = Vec::new();
    for (id, rules) in groups.iter().filter(|(id, _)| tested.contains(id)) {
        let conditions = rules.iter().filter_map(|rule| match &rule.claim {
            Claim::When { text, .. } | Claim::Makes { text, .. } => Some(text.as_str()),
            Claim::Plain | Claim::Choice { .. } => None,
        });
        let missing = |case| !reached.contains(&(*id, case));
        if let Some(condition) = conditions.into_iter().next()
            && (missing(true) || missing(false))
        {
            out.push(BranchRecord {
                rule: id,
                condition,
                holds: missing(true),
                fails: missing(false),
            });
        }
    }
    out
}

/// The rules by their ids, in order of file and line; a sentence with lists is several of one id.
fn by_id(rules: &Rules) -> Vec<(&str, Vec<&Rule>)> {
    let mut all: Vec<&Rule> = rules.ruleset().rules.iter().collect();
    all.sort_by_key(|rule| {
        let (file, _) = rules.sources().locate(rule.span);
        (file, rule.span.start, rule.span.end)
    });
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<(&str, Vec<&Rule>)> = Vec::new();
    for rule in all {
        let at = *places.entry(&rule.id).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, group)) => group.push(rule),
            None => groups.push((&rule.id, vec![rule])),
        }
    }
    groups
}

fn modalities(rules: &[&Rule]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for requirement in rules.iter().flat_map(|r| &r.demand.requirements) {
        let name = requirement.force.name();
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// Without a time and without a plan's span nothing is ever due, so nothing is pending; what makes a
/// fact is never violated, and what may be done is never owed.
fn possible(verdict: Verdict, rules: &[&Rule]) -> bool {
    let requirements = || rules.iter().flat_map(|r| &r.demand.requirements);
    if requirements().all(|r| r.force == Force::May) {
        return false;
    }
    if verdict == Verdict::Violated && requirements().all(|r| r.test == Test::Made) {
        return false;
    }
    let timed = |rule: &&Rule| !matches!(rule.demand.time, Time::Always(None));
    verdict != Verdict::Pending || rules.iter().any(timed)
}
