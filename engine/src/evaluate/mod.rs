//! Rules × facts → decisions.
//!
//! Evaluation stores decisions and nothing else: which rule and requirement, which subject, which
//! verdict. What was found, the gap, the outlook, the words are worked out again from the same
//! facts when a result is asked for ([`crate::wire`], [`crate::explain`]).

mod aggregate;
mod claim;
mod compute;
mod derive;
mod dimension;
mod judge;
mod lacks;
mod milestone;
mod periods;
mod possible;
mod reader;
mod scan;
mod sets;
mod standing;
mod total;
mod traced;

use std::collections::{BTreeMap, HashMap};

use guiju_lang::model::{Requirement, Rule, Ruleset, Scope, Waiver};
use guiju_lang::{Date, Force};
use serde::{Deserialize, Serialize};

use crate::bind::{Bound, SubjectId};

use scan::Scan;

pub use standing::Absence;
pub(crate) use standing::absent;

pub(crate) use claim::{Counts, Ruling, Standing, Way, part, rule as rule_on};
pub(crate) use compute::Outcome as Computation;
pub(crate) use derive::derive;
pub(crate) use judge::{Due, Judged, PeriodJudgement, State, adds_up, fact_holds};
pub(crate) use lacks::lacking_of;
pub(crate) use reader::{Leaf, Reader};
pub(crate) use traced::{Bears, Tested, tests_of};

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
    /// Whether it is one subject of a quantified rule, and counts for nothing by itself.
    pub(crate) part: bool,
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

/// Decides every rule that is not absent for every subject it covers: rules by file and line, subjects
/// in tree order, a quantified rule before its parts.
pub(crate) fn evaluate(
    bound: &Bound<'_>,
    as_of: Date,
    absent: &BTreeMap<u32, Absence>,
) -> Vec<Decision> {
    let ruleset = bound.ruleset;
    let regions: Vec<SubjectId> = (0u32..)
        .map(SubjectId)
        .zip(&bound.subjects)
        .filter(|(_, c)| c.is_region && c.mentioned)
        .map(|(id, _)| id)
        .collect();
    let mut rules: Vec<(u32, &Rule)> = (0u32..).zip(&ruleset.rules).collect();
    rules.sort_by_key(|(_, rule)| {
        let file = ruleset.files.get(rule.span.file.0 as usize);
        (file, rule.span.start, rule.span.end)
    });
    rules.retain(|(at, _)| !absent.contains_key(at));
    let mut decider = Decider {
        bound,
        reader: Reader::new(bound, as_of),
        as_of,
        waivers: waivers(ruleset),
        decisions: Vec::new(),
    };
    for (at, rule) in rules {
        match &rule.scope {
            Scope::Place { place, .. } => decider.decide(at, rule, bound.subject_of(*place)),
            Scope::Mentioned if regions.is_empty() || !rule.quantifiers.is_empty() => {
                decider.decide(at, rule, None);
            }
            Scope::Mentioned => {
                for subject in &regions {
                    decider.decide(at, rule, Some(*subject));
                }
            }
        }
    }
    decider.decisions
}

/// What a rule would come to for a subject with another bound.
pub(crate) fn with_bound(
    bound: &Bound<'_>,
    rule: &Rule,
    requirement: Requirement,
    subject: Option<SubjectId>,
    as_of: Date,
) -> Verdict {
    let mut other = rule.clone();
    other.demand.requirements = vec![requirement];
    let reader = Reader::new(bound, as_of);
    let ruling = rule_on(&reader, &other, 0, subject);
    ruling.map_or(Verdict::Unknown, |r| r.verdict(as_of))
}

/// The exceptions from each rule.
fn waivers(ruleset: &Ruleset) -> HashMap<&str, Vec<&Waiver>> {
    let mut waivers: HashMap<&str, Vec<&Waiver>> = HashMap::new();
    for waiver in &ruleset.waivers {
        waivers.entry(&waiver.rule).or_default().push(waiver);
    }
    waivers
}

/// The exception from a rule that is in force for a subject.
pub(crate) fn waiver<'a>(
    bound: &Bound<'_>,
    waivers: impl IntoIterator<Item = &'a Waiver>,
    subject: Option<SubjectId>,
    as_of: Date,
) -> Option<&'a Waiver> {
    waivers.into_iter().find(|waiver| {
        let whom = waiver.place.map(|place| bound.subject_of(place));
        as_of <= waiver.until.end() && whom.is_none_or(|whom| whom == subject)
    })
}

struct Decider<'a, 'b> {
    bound: &'a Bound<'b>,
    reader: Reader<'a, 'b>,
    as_of: Date,
    waivers: HashMap<&'a str, Vec<&'a Waiver>>,
    decisions: Vec<Decision>,
}

impl Decider<'_, '_> {
    fn decide(&mut self, at: u32, rule: &Rule, subject: Option<SubjectId>) {
        let scan = Scan::of(self.bound.ruleset, rule, self.as_of);
        for (tier, requirement) in rule.demand.requirements.iter().enumerate() {
            let fast = scan
                .as_ref()
                .zip(subject)
                .and_then(|(scan, subject)| scan.verdict(self.bound, requirement, subject));
            let slow = || {
                self.reader
                    .quietly(|| rule_on(&self.reader, rule, tier, subject))
            };
            debug_assert!(
                fast.is_none_or(|v| slow().is_some_and(|r| r.verdict(self.as_of) == v)),
                "{}",
                rule.id
            );
            let ruling = match fast {
                Some(_) => None,
                None => slow(),
            };
            let verdict = fast.or_else(|| ruling.as_ref().map(|r| r.verdict(self.as_of)));
            let mut all = vec![(subject, verdict.unwrap_or(Verdict::Unknown), false)];
            if let Some(Way::Whole { parts, .. }) = ruling.map(|r| r.way) {
                let of = |p: &Standing<'_>| (Some(p.subject), p.verdict(self.as_of), true);
                all.extend(parts.iter().map(of));
            }
            for (subject, verdict, part) in all {
                let verdict = self.settled(rule, requirement.force, subject, verdict);
                self.decisions.push(Decision {
                    rule: at,
                    subject,
                    requirement: tier as u8,
                    verdict,
                    part,
                });
            }
        }
    }

    /// What may be done is never owed; an exception shows, and hides nothing that is met.
    fn settled(
        &self,
        rule: &Rule,
        force: Force,
        subject: Option<SubjectId>,
        verdict: Verdict,
    ) -> Verdict {
        if force == Force::May {
            return Verdict::NotApplicable;
        }
        let excused = || {
            let own = self
                .waivers
                .get(rule.id.as_str())
                .into_iter()
                .flatten()
                .copied();
            waiver(self.bound, own, subject, self.as_of).is_some()
        };
        match verdict {
            Verdict::Violated | Verdict::Unknown if excused() => Verdict::Waived,
            verdict => verdict,
        }
    }
}

impl Decision {
    /// Whether the decision makes the whole run fail: a must that is violated.
    pub(crate) fn fails(&self, ruleset: &Ruleset) -> bool {
        self.verdict == Verdict::Violated && !self.part && self.force(ruleset) == Force::Must
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
