//! What is known of one observation, out of everything that is said about it.

use std::collections::BTreeMap;

use guiju_lang::model::IndicatorId;
use guiju_lang::{Number, Period, nfkc};

use crate::facts::Status;

use super::agree::{Digits, Published};
use super::{Bound, Fact, ObsRef, SubjectId};

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
    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    pub(super) fn add(&mut self, at: ObsRef) {
        match self.first {
            None => self.first = Some(at),
            Some(_) => self.rest.push(at),
        }
    }
}

/// For figures that could not be made, those that contradict each other.
pub(super) type Contested = BTreeMap<IndicatorId, BTreeMap<(SubjectId, Period), Vec<ObsRef>>>;

impl Bound<'_> {
    /// Where nothing else is known: the contradiction that kept a figure from being made.
    pub(super) fn or_contested(
        &self,
        known: Known,
        (indicator, subject, period): (IndicatorId, SubjectId, Period),
    ) -> Known {
        if self.contested.is_empty() || !matches!(known, Known::Nothing | Known::Forecast(_)) {
            return known;
        }
        let period = self.own_period(indicator, period);
        let of_indicator = self.contested.get(&indicator);
        let all = of_indicator.and_then(|known| known.get(&(subject, period)));
        all.map_or(known, |all| Known::Conflict(all.clone()))
    }

    /// Whether any figure could not be made because of a contradiction.
    pub(crate) fn has_contested(&self) -> bool {
        !self.contested.is_empty()
    }

    pub(super) fn contested_periods(
        &self,
        indicator: IndicatorId,
        subject: SubjectId,
    ) -> impl Iterator<Item = Period> + '_ {
        let keys = self
            .contested
            .get(&indicator)
            .into_iter()
            .flat_map(BTreeMap::keys);
        let ours = keys.filter(move |(who, _)| *who == subject);
        ours.map(|(_, period)| *period)
    }

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
            (false, _) => match self.believed(&figures) {
                Some(at) => Known::One(at),
                None => Known::Conflict(figures.iter().map(|f| f.at).collect()),
            },
        }
    }

    /// Of figures that contradict each other, that of the source that is ranked first.
    fn believed(&self, figures: &[Published]) -> Option<ObsRef> {
        let rank = |figure: &Published| self.rank(figure.at);
        let first = figures.iter().filter_map(rank).min()?;
        let chosen: Vec<&Published> = figures.iter().filter(|f| rank(f) == Some(first)).collect();
        let stands = |fine: &&&Published| chosen.iter().all(|f| f.agrees_with(fine));
        chosen.iter().find(stands).map(|f| f.at)
    }

    /// The place of a figure's source in `priority`: by the text of its source column, or by its
    /// file, with or without folder and ending.
    fn rank(&self, at: ObsRef) -> Option<usize> {
        let priority = &self.ruleset.priority;
        if priority.is_empty() {
            return None;
        }
        let place = self.provenance(at)?;
        let publisher = place.publisher.map(|p| nfkc(p.trim()));
        let file = place.file.rsplit('/').next().unwrap_or("");
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        priority.iter().position(|name| {
            publisher.as_deref() == Some(name.as_str())
                || [place.file, file, stem].iter().any(|f| nfkc(f) == *name)
        })
    }

    /// Whether a figure is this number, or this number in fewer digits.
    pub(super) fn is_rounded(&self, indicator: IndicatorId, at: ObsRef, number: &Number) -> bool {
        let own = self.published(indicator, at);
        let Some(Fact::Number(value)) = &own.value else {
            return false;
        };
        value == number || own.digits.and_then(|d| d.round(number)).as_ref() == Some(value)
    }

    /// Whether a figure of the same observation says the same as the one that was chosen, be it in
    /// fewer digits; if not, the other's source is believed more.
    pub(crate) fn agrees(&self, indicator: IndicatorId, other: ObsRef, chosen: ObsRef) -> bool {
        self.published(indicator, other)
            .agrees_with(&self.published(indicator, chosen))
    }

    /// Other figures of the same observation and status: they agree with the chosen one, or their
    /// sources are believed less.
    pub(crate) fn agreeing(
        &self,
        indicator: IndicatorId,
        subject: SubjectId,
        at: ObsRef,
    ) -> Vec<ObsRef> {
        let period = self.period(at).map(|p| self.own_period(indicator, p));
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
