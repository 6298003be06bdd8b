//! Which figures a verdict rests on, and which it lacks.

use guiju_lang::Kind;
use guiju_lang::Period;
use guiju_lang::model::{Test, Time};

use crate::bind::Known;
use crate::evaluate::{Judged, Leaf, State, Tested, Verdict, lacking_of, tests_of};
use crate::facts::Status;
use crate::truth::Truth;

use super::{Detail, Figure};

impl Detail<'_> {
    /// What conditions and filters came to for this subject, and which figures they lack.
    pub(super) fn read_tests(&mut self) {
        let Some(subject) = self.subject_id else {
            return;
        };
        let (rule, demand) = (self.rule, self.demand);
        self.tests = tests_of(self.bound, rule, demand, subject, self.depth, self.as_of);
        if self.ruling.state != State::Undecided && self.belongs != Truth::Unknown {
            return;
        }
        let open = |t: &&Tested| t.truth == Truth::Unknown && t.decides;
        let open = self.tests.iter().filter(open);
        let leaves: Vec<Leaf> = open.flat_map(|t| t.leaves.clone()).collect();
        for leaf in leaves {
            match &leaf.known {
                // What is still ahead is awaited, not missing.
                Known::Nothing if leaf.is_ahead(self.as_of) => {}
                Known::Nothing | Known::Forecast(_) => self.lack(&leaf),
                Known::Conflict(all) if !self.conflicts.iter().any(|(_, a)| a == all) => {
                    let figure = self.figure(leaf.indicator, leaf.subject, leaf.period);
                    self.conflicts.push((figure.period, all.clone()));
                    self.contradicted.push(figure);
                }
                _ => {}
            }
        }
    }

    /// A figure that is missing; of one that a rule makes, what it is made of.
    fn lack(&mut self, leaf: &Leaf) {
        let parts = lacking_of(self.bound, self.as_of, leaf);
        let parts = if parts.is_empty() {
            vec![leaf.clone()]
        } else {
            parts
        };
        for part in parts {
            let figure = self.figure(part.indicator, part.subject, part.period);
            let same = |f: &Figure<'_>| {
                f.indicator == figure.indicator
                    && f.period == figure.period
                    && f.subject.map(std::ptr::from_ref) == figure.subject.map(std::ptr::from_ref)
            };
            if !self.lacking.iter().any(same) {
                self.lacking.push(figure);
            }
        }
    }

    pub(super) fn read_judged(&mut self) {
        let judged = match &self.judged {
            Judged::One(one) => std::slice::from_ref(one),
            Judged::Several(several) => several.as_slice(),
        };
        let milestone = self.demand.kind == Kind::Milestone;
        let mut deciding = None;
        let mut latest = None;
        let mut lacking = Vec::new();
        let mut contradicted = Vec::new();
        for period in judged {
            let leaves = period.computed.as_ref().map_or(&[][..], |c| &c.leaves);
            for leaf in leaves.iter().filter(|_| period.passed) {
                let figure = self.figure(leaf.indicator, leaf.subject, leaf.period);
                match &leaf.known {
                    Known::Conflict(all) => contradicted.push((figure, all.clone())),
                    Known::Nothing | Known::Forecast(_) => lacking.push(leaf.clone()),
                    Known::One(_) => {}
                }
            }
            match &period.known {
                Known::One(at) if period.passed || milestone => {
                    match period.truth {
                        Truth::False => deciding = deciding.or(Some((period.period, *at))),
                        // Done in a month or year that the deadline divides: the day is missing.
                        Truth::Unknown if period.passed => {
                            self.missing.push(Some(period.period));
                        }
                        Truth::True | Truth::Unknown => {}
                    }
                    latest = Some((period.period, *at));
                }
                // Named by its parts, below.
                Known::Conflict(_) if period.computed.is_some() => {}
                Known::Conflict(all) => {
                    let common = all.first().and_then(|at| self.bound.period(*at));
                    let common = common.filter(|p| {
                        milestone && all.iter().all(|at| self.bound.period(*at) == Some(*p))
                    });
                    self.conflicts
                        .push((common.unwrap_or(period.period), all.clone()));
                    // A part of a roll-up is someone else's.
                    let at = all.first().filter(|at| self.is_foreign(**at));
                    let whose = at.map(|at| self.figure_at(*at));
                    self.contradicted.push(whose.unwrap_or_else(|| {
                        self.figure(self.indicator, self.subject_id, period.period)
                    }));
                }
                Known::Nothing | Known::Forecast(_) if period.passed => {
                    self.missing.push(Some(period.period));
                }
                _ => {}
            }
        }
        for (figure, all) in contradicted {
            let known = self.conflicts.iter().any(|(_, a)| *a == all);
            if !known {
                self.conflicts.push((figure.period, all));
                self.contradicted.push(figure);
            }
        }
        let nothing = judged.iter().all(|p| !p.passed);
        for leaf in &lacking {
            self.lack(leaf);
        }
        for period in self.missing.iter().flatten().copied().collect::<Vec<_>>() {
            let own = Leaf {
                indicator: self.indicator,
                subject: self.subject_id,
                period,
                known: Known::Nothing,
            };
            if self.wanted().is_none() && !lacking_of(self.bound, self.as_of, &own).is_empty() {
                self.lack(&own);
                self.made_of.push(period);
            }
        }
        // What a rule makes itself is not for others to supply.
        let made = self.requirement.test == Test::Made;
        if nothing && !made && self.verdict == Verdict::Unknown {
            self.missing.push(None);
        }
        self.deciding = deciding.or(latest);
        self.decided =
            matches!(self.verdict, Verdict::Met | Verdict::Violated) && self.deciding.is_some();
        self.due = self.deciding.map(|(period, _)| period);
        // A record of a milestone has the period of its row, not that of the deadline.
        if milestone && let Some((period, at)) = self.deciding {
            self.deciding = Some((self.bound.period(at).unwrap_or(period), at));
        }
    }

    /// Walks back from the deciding figure while the level holds, period by period.
    pub(super) fn held_since(&self) -> Option<Period> {
        if self.verdict != Verdict::Met || !matches!(self.demand.time, Time::By(_)) {
            return None;
        }
        let (period, at) = self.deciding?;
        if self.demand.kind == Kind::Milestone {
            // The day, where the record gives one.
            return Some(self.bound.done_in(at).unwrap_or(period));
        }
        let mut since = period;
        for point in self
            .series
            .iter()
            .rev()
            .filter(|p| p.status != Status::Forecast)
        {
            if point.period >= since || point.period.grain() != period.grain() {
                continue;
            }
            if point.period != since.step(-1) || point.satisfies != Some(true) {
                break;
            }
            since = point.period;
        }
        Some(since)
    }
}
