//! Rules × facts → decisions.
//!
//! Evaluation stores decisions and nothing else: which rule and requirement, which subject, which
//! verdict. What was found, the gap, the outlook, the words are worked out again from the same
//! facts when a result is asked for ([`crate::wire`], [`crate::explain`]).

mod compute;
mod dimension;
mod judge;
mod scan;
mod standing;

use std::collections::BTreeMap;

use guiju_lang::model::{Rule, Ruleset, Scope};
use guiju_lang::{Date, Force};
use serde::{Deserialize, Serialize};

use crate::bind::{Bound, SubjectId};

use scan::Scan;

pub use standing::Absence;
pub(crate) use standing::absent;

pub(crate) use compute::Outcome as Computation;
pub(crate) use judge::{Judged, PeriodJudgement, fact_holds, judge};

/// What a rule comes to for one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Decided, holds.
    Met,
    /// Decided, fails.
    Violated,
    /// The deadline is still ahead.
    Pending,
    /// Should be decidable by now; data is missing.
    Unknown,
    /// The condition or filter leaves the subject out.
    NotApplicable,
    /// Violated or unknown, with a recorded exception in force.
    Waived,
}

impl Verdict {
    /// Every verdict, in the order of summaries.
    pub const ALL: &'static [Verdict] = &[
        Verdict::Met,
        Verdict::Violated,
        Verdict::Pending,
        Verdict::Unknown,
        Verdict::NotApplicable,
        Verdict::Waived,
    ];

    /// The name in JSON and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::Violated => "violated",
            Verdict::Pending => "pending",
            Verdict::Unknown => "unknown",
            Verdict::NotApplicable => "not_applicable",
            Verdict::Waived => "waived",
        }
    }

    /// The verdict with this name.
    pub fn named(name: &str) -> Option<Verdict> {
        Verdict::ALL.iter().copied().find(|v| v.name() == name)
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// One decision: a rule's requirement for a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) rule: u32,
    /// `None` where a rule covers the regions of the facts and there are none.
    pub(crate) subject: Option<SubjectId>,
    pub(crate) requirement: u8,
    pub(crate) verdict: Verdict,
}

/// How many results have each verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Decided, holds.
    pub met: u64,
    /// Decided, fails.
    pub violated: u64,
    /// Not due yet.
    pub pending: u64,
    /// Data missing.
    pub unknown: u64,
    /// Left out.
    pub not_applicable: u64,
    /// Excepted.
    pub waived: u64,
}

impl Summary {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        *self.slot(verdict) += 1;
    }

    /// The count of a verdict.
    pub fn count(&self, verdict: Verdict) -> u64 {
        match verdict {
            Verdict::Met => self.met,
            Verdict::Violated => self.violated,
            Verdict::Pending => self.pending,
            Verdict::Unknown => self.unknown,
            Verdict::NotApplicable => self.not_applicable,
            Verdict::Waived => self.waived,
        }
    }

    /// All results.
    pub fn total(&self) -> u64 {
        Verdict::ALL.iter().map(|v| self.count(*v)).sum()
    }

    fn slot(&mut self, verdict: Verdict) -> &mut u64 {
        match verdict {
            Verdict::Met => &mut self.met,
            Verdict::Violated => &mut self.violated,
            Verdict::Pending => &mut self.pending,
            Verdict::Unknown => &mut self.unknown,
            Verdict::NotApplicable => &mut self.not_applicable,
            Verdict::Waived => &mut self.waived,
        }
    }
}

/// Decides every rule that is not absent for every subject it covers: rules by file and line, subjects in tree order.
pub(crate) fn evaluate(
    bound: &Bound<'_>,
    as_of: Date,
    absent: &BTreeMap<u32, Absence>,
) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let regions: Vec<SubjectId> = (0..bound.subjects.len() as u32)
        .map(SubjectId)
        .filter(|s| {
            bound
                .subjects
                .get(s.index())
                .is_some_and(|c| c.is_region && c.mentioned)
        })
        .collect();
    let ruleset = bound.ruleset;
    let mut rules: Vec<(u32, &Rule)> = (0u32..).zip(&ruleset.rules).collect();
    rules.sort_by_key(|(_, rule)| {
        let file = ruleset.files.get(rule.span.file.0 as usize);
        (file, rule.span.start, rule.span.end)
    });
    rules.retain(|(at, _)| !absent.contains_key(at));
    for (at, rule) in rules {
        let scan = Scan::of(rule, as_of);
        let mut decide = |subject: Option<SubjectId>| {
            for (tier, requirement) in rule.demand.requirements.iter().enumerate() {
                let fast = scan
                    .as_ref()
                    .zip(subject)
                    .and_then(|(scan, subject)| scan.verdict(bound, requirement, subject));
                let slow = || judge(bound, rule, requirement, subject, as_of).verdict;
                debug_assert!(fast.is_none_or(|v| v == slow()), "{}", rule.id);
                decisions.push(Decision {
                    rule: at,
                    subject,
                    requirement: tier as u8,
                    verdict: fast.unwrap_or_else(slow),
                });
            }
        };
        match &rule.scope {
            Scope::Place { place, .. } => decide(bound.subject_of(*place)),
            Scope::Mentioned if regions.is_empty() => decide(None),
            Scope::Mentioned => regions.iter().for_each(|subject| decide(Some(*subject))),
        }
    }
    decisions
}

impl Decision {
    /// Whether the decision makes the whole run fail: a must that is violated.
    pub(crate) fn fails(&self, ruleset: &Ruleset) -> bool {
        self.verdict == Verdict::Violated && self.force(ruleset) == Force::Must
    }

    /// The force of the requirement.
    pub(crate) fn force(&self, ruleset: &Ruleset) -> Force {
        ruleset
            .rules
            .get(self.rule as usize)
            .and_then(|r| r.demand.requirements.get(usize::from(self.requirement)))
            .map_or(Force::Must, |r| r.force)
    }
}
