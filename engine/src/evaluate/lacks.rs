//! What a figure lacks that a `define`, `derive` or `then` would make.

use guiju_lang::Date;
use guiju_lang::model::{Claim, Derive};

use crate::bind::{Bound, Known};
use crate::truth::Truth;

use super::reader::{Leaf, Moment, Reader};
use super::traced::in_order;

/// The figures, missing themselves, without which a missing one is not made; none if no rule makes
/// it for that subject.
pub(crate) fn lacking_of(bound: &Bound<'_>, as_of: Date, wanted: &Leaf) -> Vec<Leaf> {
    let mut out: Vec<Leaf> = Vec::new();
    let Some(subject) = wanted.subject else {
        return out;
    };
    let reader = Reader::new(bound, as_of);
    let ruleset = bound.ruleset;
    let own = ruleset.derivations.iter();
    for statement in own.filter(|d| d.indicator == wanted.indicator) {
        let mut m = Moment {
            period: wanted.period,
            by: false,
            region: None,
        };
        match &statement.how {
            Derive::Define(value, _) => {
                let _ = reader.value(value, Some(subject), m);
            }
            Derive::When(set, condition) => {
                let members = reader.quietly(|| reader.members(set, None, m));
                let own = members.iter().find(|member| member.subject == subject);
                if own.is_some_and(|own| own.counts() != Truth::False) {
                    let _ = reader.condition(condition, subject, m);
                }
            }
            Derive::Rule(at) => {
                let Some(rule) = ruleset.rules.get(*at as usize) else {
                    continue;
                };
                m.region = ruleset.plan_of(rule).and_then(|p| p.region);
                if let Claim::Makes { condition, .. } = &rule.claim {
                    let _ = reader.condition(condition, subject, m);
                }
            }
        }
        for leaf in reader.taken() {
            if !matches!(leaf.known, Known::Nothing | Known::Forecast(_)) {
                continue;
            }
            // Strata end: what a statement reads is made before it.
            let deeper = lacking_of(bound, as_of, &leaf);
            let all = if deeper.is_empty() {
                vec![leaf]
            } else {
                deeper
            };
            out.extend(all);
        }
    }
    let mut seen: Vec<Leaf> = Vec::new();
    for leaf in out {
        if !seen.contains(&leaf) {
            seen.push(leaf);
        }
    }
    in_order(&mut seen);
    seen
}
