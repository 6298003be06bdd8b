//! Where each figure of an indicator stands, by period and subject: evaluating a rule over all its
//! subjects runs along a row of slots instead of searching columns.
//!
//! A slot says only what is beyond doubt: no figure, or one figure that decides. Everything else
//! (several sources, forecasts, figures that are not understood) is looked up the long way.

use guiju_lang::model::IndicatorId;
use guiju_lang::{Date, Period};

use crate::facts::Status;

use super::{Bound, ObsRef, SubjectId, as_year};

/// No figure.
const NONE: u32 = u32::MAX;
/// Not settled by position alone.
const LOOK: u32 = u32::MAX - 1;

/// Slots of one indicator.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The periods for which there is any figure, in order.
    periods: Vec<Period>,
    /// Their last days, in order: a period that ends on the same day may stand in for another.
    ends: Vec<Date>,
    /// For each period, a slot for each subject: a position in `figures`, or what is missing.
    slots: Vec<u32>,
    figures: Vec<ObsRef>,
    /// Whether a school year is looked up as the year that it begins in.
    by_school_year: bool,
    /// Whether a contradiction kept some figure from being made: slots do not know which.
    pub(super) contested: bool,
}

/// What a slot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// There is no figure.
    Nothing,
    /// One figure, no forecast.
    One(ObsRef),
    /// More than a slot can say.
    Look,
}

impl Bound<'_> {
    /// Fills the slots of every indicator that rules read.
    pub(super) fn fill_grids(&mut self) {
        self.grids = (0..self.columns.len() as u32)
            .map(|id| self.grid(IndicatorId(id)))
            .collect();
    }

    pub(super) fn grid(&self, indicator: IndicatorId) -> Grid {
        let columns = self
            .columns
            .get(indicator.index())
            .map_or(&[][..], Vec::as_slice);
        let mut grid = Grid {
            by_school_year: self.is_by_school_year(indicator),
            contested: self.contested.contains_key(&indicator),
            ..Grid::default()
        };
        for bound in columns {
            let Some(column) = self.held(bound.store).column(bound.column) else {
                continue;
            };
            let mut last = None;
            for period in &column.periods {
                if last != Some(*period) {
                    let own = self.own_period(indicator, *period);
                    if let Err(at) = grid.periods.binary_search(&own) {
                        grid.periods.insert(at, own);
                    }
                    last = Some(*period);
                }
            }
        }
        grid.ends = grid.periods.iter().map(|p| p.end()).collect();
        grid.ends.sort_unstable();
        let subjects = self.subjects.len();
        grid.slots = vec![NONE; grid.periods.len() * subjects];
        for subject in 0..subjects as u32 {
            self.each_figure(indicator, SubjectId(subject), |period, at| {
                let Ok(row) = grid.periods.binary_search(&period) else {
                    return;
                };
                let next = grid.figures.len() as u32;
                if let Some(slot) = grid.slots.get_mut(row * subjects + subject as usize) {
                    *slot = if *slot == NONE && self.status(at) != Status::Forecast {
                        grid.figures.push(at);
                        next
                    } else {
                        LOOK
                    };
                }
            });
        }
        grid
    }

    /// What is known by position of a subject and period.
    pub(crate) fn slot(&self, indicator: IndicatorId, subject: SubjectId, period: Period) -> Slot {
        if self.is_timeless(indicator) {
            return Slot::Look;
        }
        let Some(grid) = self.grids.get(indicator.index()) else {
            return Slot::Look;
        };
        if grid.contested {
            return Slot::Look;
        }
        let period = match grid.by_school_year {
            true => as_year(period),
            false => period,
        };
        let Ok(row) = grid.periods.binary_search(&period) else {
            return grid.absent(period, 0);
        };
        match grid.slots.get(row * self.subjects.len() + subject.index()) {
            Some(&NONE) => grid.absent(period, 1),
            Some(&LOOK) | None => Slot::Look,
            Some(at) => grid
                .figures
                .get(*at as usize)
                .map_or(Slot::Look, |at| Slot::One(*at)),
        }
    }
}

impl Grid {
    /// No figure for a period of which `own` of the known last days are its own: another period
    /// that ends on the same day may stand in for it.
    fn absent(&self, period: Period, own: usize) -> Slot {
        let day = period.end();
        let first = self.ends.partition_point(|end| *end < day);
        let same = self.ends.iter().skip(first).take_while(|end| **end == day);
        if same.count() > own {
            Slot::Look
        } else {
            Slot::Nothing
        }
    }
}
