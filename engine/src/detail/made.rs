//! Figures of a decision that were made of others, down to what was read.

use guiju_lang::{Number, Period, Unit};

use crate::bind::{Derivation, Known, Maker, ObsRef, RollUp};
use crate::evaluate::Judged;

use super::{Detail, Figure};

/// A figure that was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MadeFigure<'a> {
    pub(crate) at: ObsRef,
    pub(crate) figure: Figure<'a>,
    pub(crate) made: &'a Derivation,
}

impl MadeFigure<'_> {
    /// Of how many parts it was made.
    pub(crate) fn part_count(&self) -> usize {
        match self.made.maker {
            Maker::RollUp(RollUp::Sum | RollUp::Quotient) => self.made.from.len(),
            Maker::RollUp(RollUp::Pooled | RollUp::Weighted) => self.made.from.len() / 2,
            Maker::Statement(_) => self.made.from.len(),
        }
    }
}

impl<'a> Detail<'a> {
    /// Whose figure it is, of what and when.
    pub(crate) fn figure_at(&self, at: ObsRef) -> Figure<'a> {
        let subject = self.bound.subject_at(at);
        Figure {
            indicator: self.bound.indicator_of(at).unwrap_or(self.indicator),
            subject: subject.and_then(|s| self.bound.subjects.get(s.index())),
            period: self.bound.period(at).unwrap_or(Period::day(self.as_of)),
        }
    }

    /// Whether a figure is of another indicator or of someone else: a part of a roll-up.
    pub(crate) fn is_foreign(&self, at: ObsRef) -> bool {
        self.bound.has_contested()
            && (self.bound.subject_at(at) != self.subject_id
                || self.bound.indicator_of(at) != Some(self.indicator))
    }

    /// Every figure that was made and that the decision rests on, each before what it is made of.
    pub(crate) fn made(&self) -> Vec<MadeFigure<'a>> {
        if !self.bound.has_made() {
            return Vec::new();
        }
        let judged = match &self.judged {
            Judged::One(one) => std::slice::from_ref(one),
            Judged::Several(several) => several.as_slice(),
        };
        let leaves = judged.iter().filter_map(|j| j.computed.as_ref());
        let leaves = leaves.flat_map(|c| &c.leaves).map(|leaf| &leaf.known);
        let known = judged.iter().map(|j| &j.known).chain(leaves);
        let known = known.filter_map(|known| match known {
            Known::One(at) => Some(*at),
            _ => None,
        });
        let shown = [self.deciding, self.latest].into_iter().flatten();
        let mut pending: Vec<ObsRef> = known.chain(shown.map(|(_, at)| at)).collect();
        let mut found: Vec<MadeFigure<'a>> = Vec::new();
        let mut next = 0;
        while let Some(at) = pending.get(next).copied() {
            next += 1;
            let Some(made) = self.bound.derived_from(at) else {
                continue;
            };
            if found.iter().all(|f| f.at != at) {
                pending.extend(&made.from);
                found.push(MadeFigure {
                    at,
                    figure: self.figure_at(at),
                    made,
                });
            }
        }
        found
    }

    /// What a region's parts come to where its own figure, which decides, says something else.
    pub(crate) fn other_roll_up(&self, at: ObsRef) -> Option<(Number, Unit)> {
        self.bound
            .other_roll_up(self.indicator, self.subject_id?, at)
    }

    /// The parts that are missing for a figure to be made for a period that lacks one; none if
    /// nothing is there at all.
    pub(crate) fn lacking_parts(&self, period: Period) -> Vec<Figure<'a>> {
        let Some(subject) = self.subject_id else {
            return Vec::new();
        };
        let lacking = self.bound.lacking_parts(self.indicator, subject, period);
        lacking
            .into_iter()
            .map(|(indicator, who)| self.figure(indicator, Some(who), period))
            .collect()
    }
}
