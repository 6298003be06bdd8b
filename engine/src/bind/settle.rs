//! What is known of one observation, out of everything that is said about it.

use guiju_lang::model::IndicatorId;

use crate::facts::Status;

use super::agree::{Digits, Published};
use super::{Bound, ObsRef, SubjectId};

/// What is known of a subject and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Known {
    /// No figure.
    Nothing,
    /// One figure; the others agree with it.
    One(ObsRef),
    /// Only a forecast.
    Forecast(ObsRef),
    /// Figures that contradict each other.
    Conflict(Vec<ObsRef>),
}

/// Figures found for one period; nearly always at most one, so that costs no allocation.
#[derive(Debug, Default)]
pub(super) struct Found {
    first: Option<ObsRef>,
    rest: Vec<ObsRef>,
}

impl Found {
    pub(super) fn add(&mut self, at: ObsRef) {
        match self.first {
            None => self.first = Some(at),
            Some(_) => self.rest.push(at),
        }
    }
}

impl Bound<'_> {
    /// One figure out of several: final beats preliminary beats forecast; equal ones agree, a
    /// rounded one agrees with the more precise; anything else is a conflict. Forecasts that differ
    /// are no conflict, for they decide nothing.
    pub(super) fn settle(&self, indicator: IndicatorId, found: Found) -> Known {
        let Some(first) = found.first else {
            return Known::Nothing;
        };
        if found.rest.is_empty() {
            return match self.status(first) {
                Status::Forecast => Known::Forecast(first),
                _ => Known::One(first),
            };
        }
        let all = std::iter::once(first).chain(found.rest);
        let (made, read): (Vec<ObsRef>, Vec<ObsRef>) = all.partition(|at| self.is_made(*at));
        if made.is_empty() {
            return self.weigh(indicator, read);
        }
        // What is made is as good as what it rests on: nothing that was read outranks it.
        match self.weigh(indicator, read) {
            Known::Conflict(all) => Known::Conflict(all),
            Known::One(at) => self.all_equal(indicator, at, &made),
            Known::Nothing | Known::Forecast(_) => match made.split_first() {
                Some((first, rest)) => self.all_equal(indicator, *first, rest),
                None => Known::Nothing,
            },
        }
    }

    /// One figure, if the others have exactly its value.
    fn all_equal(&self, indicator: IndicatorId, at: ObsRef, others: &[ObsRef]) -> Known {
        let value = self.fact(indicator, at);
        let same = |other: &ObsRef| self.fact(indicator, *other) == value;
        match others.iter().all(same) {
            true => Known::One(at),
            false => Known::Conflict(std::iter::once(at).chain(others.iter().copied()).collect()),
        }
    }

    fn weigh(&self, indicator: IndicatorId, all: Vec<ObsRef>) -> Known {
        let best = all
            .iter()
            .map(|r| self.status(*r))
            .min()
            .unwrap_or_default();
        let figures: Vec<Published> = all
            .into_iter()
            .filter(|r| self.status(*r) == best)
            .map(|at| self.published(indicator, at))
            .collect();
        let mut rest = figures.iter();
        let Some(mut chosen) = rest.next() else {
            return Known::Nothing;
        };
        for figure in rest {
            if figure.finer_than(chosen) {
                chosen = figure;
            }
        }
        let agreed = figures.iter().all(|f| f.agrees_with(chosen));
        match (agreed, best) {
            (true, Status::Forecast) => Known::Forecast(chosen.at),
            (true, _) => Known::One(chosen.at),
            (false, Status::Forecast) => Known::Nothing,
            (false, _) => Known::Conflict(figures.iter().map(|f| f.at).collect()),
        }
    }

    /// Figures with the best status for one period that agree with the chosen one.
    pub(crate) fn agreeing(
        &self,
        indicator: IndicatorId,
        subject: SubjectId,
        at: ObsRef,
    ) -> Vec<ObsRef> {
        let period = self.period(at);
        let mut others = Vec::new();
        self.each_figure(indicator, subject, |p, other| {
            if Some(p) == period && other != at && self.status(other) == self.status(at) {
                others.push(other);
            }
        });
        others
    }

    fn published(&self, indicator: IndicatorId, at: ObsRef) -> Published {
        let digits = self.raw_number(indicator, at).and_then(|(number, unit)| {
            let text = self.provenance(at).map_or("", |p| p.text);
            Digits::of(number, &unit.factor, text)
        });
        Published {
            at,
            period: self.period(at),
            value: self.fact(indicator, at),
            digits,
        }
    }
}
