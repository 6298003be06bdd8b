//! Renderers: serialisable results in, text out. None of them decides anything.

mod brief;
pub(crate) mod facts;
pub(crate) mod findings;
pub(crate) mod html;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod markdown;
pub(crate) mod page;
mod reasons;
pub(crate) mod reference;
pub(crate) mod rules;
pub(crate) mod sarif;
pub(crate) mod scoreboard;
mod snippet;
pub(crate) mod style;
pub(crate) mod tests;
mod values;
pub(crate) mod words;

pub(crate) use style::Pen;

use guiju::lang::model::Rule;
use guiju::lang::{gazetteer, normalise};
use guiju::{Outcome, ResultRecord, Verdict};

/// Which results are shown. The summary and the exit code always cover everything.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selection {
    /// Only these verdicts.
    pub(crate) only: Option<Vec<Verdict>>,
    /// No results at all.
    pub(crate) none: bool,
    pub(crate) region: Option<String>,
    pub(crate) plan: Option<String>,
    pub(crate) rule: Option<String>,
}

impl Selection {
    /// The results to show to a reader: a quantified rule names its subjects itself.
    pub(crate) fn wholes<'o>(
        &'o self,
        outcome: &'o Outcome<'_>,
    ) -> impl Iterator<Item = ResultRecord<'o>> {
        let keep = self.keep(outcome);
        outcome.wholes_where(keep).filter(|r| self.is_of_region(r))
    }

    /// The results to show, in order.
    pub(crate) fn results<'o>(
        &'o self,
        outcome: &'o Outcome<'_>,
    ) -> impl Iterator<Item = ResultRecord<'o>> {
        let keep = self.keep(outcome);
        outcome.results_where(keep).filter(|r| self.is_of_region(r))
    }

    fn keep<'o>(&'o self, outcome: &'o Outcome<'_>) -> impl Fn(&Rule, Verdict) -> bool + 'o {
        let ruleset = outcome.rules().ruleset();
        move |rule: &Rule, verdict: Verdict| {
            !self.none
                && self
                    .only
                    .as_ref()
                    .is_none_or(|only| only.contains(&verdict))
                && self.rule.as_ref().is_none_or(|id| *id == rule.id)
                && self
                    .plan
                    .as_ref()
                    .is_none_or(|p| ruleset.plan_of(rule).is_some_and(|plan| plan.name == *p))
        }
    }

    fn is_of_region(&self, result: &ResultRecord<'_>) -> bool {
        self.region.is_none()
            || [
                result.region.as_deref(),
                result.subject.as_deref(),
                result.region_code.as_deref(),
            ]
            .into_iter()
            .flatten()
            .any(|name| self.names_region(name))
    }

    /// Whether the selected region is this one, by name, short name or code.
    pub(crate) fn names_region(&self, name: &str) -> bool {
        let Some(region) = &self.region else {
            return false;
        };
        let region = normalise(region);
        if *region == *name {
            return true;
        }
        let codes = |name: &str| {
            gazetteer::find(name)
                .iter()
                .map(|d| d.code)
                .collect::<Vec<_>>()
        };
        // 五华 means 五华区 where that is what the results are about.
        let (wanted, found) = (codes(&region), codes(name));
        found.len() == 1 && found.iter().all(|code| wanted.contains(code))
    }
}
