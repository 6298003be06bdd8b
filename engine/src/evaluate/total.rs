//! What adds up over time.

use guiju_lang::model::{Expr, IndicatorId};
use guiju_lang::period::Grain;
use guiju_lang::{Number, Period, PeriodSpan};

use crate::bind::{Known, SubjectId};

use super::dimension::Dimension;
use super::possible::Possible;
use super::reader::{Moment, Reader, Valued};

/// The parts that a period may be reported in.
const FINER: [Grain; 4] = [Grain::Half, Grain::Quarter, Grain::Month, Grain::Day];

impl Reader<'_, '_> {
    /// The sum over a span: the finest complete tiling, or one figure for all of it. What is known
    /// so far is the least it can be, for increments are not negative.
    pub(super) fn total(
        &self,
        measure: &Expr,
        subject: Option<SubjectId>,
        span: PeriodSpan,
        m: Moment,
    ) -> Valued {
        if let Expr::Indicator(id) = measure {
            let cumulative = self
                .bound
                .ruleset
                .indicator(*id)
                .is_some_and(|i| i.cumulative);
            if cumulative {
                return self.running_total(*id, subject, span, m);
            }
            if let Some(whole) = self.whole_span(*id, subject, span) {
                return self.value(measure, subject, m.at(whole));
            }
        }
        let mut sum = Adding::new();
        for step in span.iter() {
            let own = self.quietly(|| self.value(measure, subject, m.at(step)));
            if own.misfit || own.value.exact_number().is_some() {
                sum.add(&self.value(measure, subject, m.at(step)));
                continue;
            }
            self.step_by_parts(measure, subject, step, m, &mut sum);
        }
        sum.total()
    }

    /// A period of which there is no figure: all its quarters or months, else what is known of them.
    fn step_by_parts(
        &self,
        measure: &Expr,
        subject: Option<SubjectId>,
        step: Period,
        m: Moment,
        sum: &mut Adding,
    ) {
        let whole = PeriodSpan {
            first: step,
            last: step,
        };
        let mut best: Option<(Number, Vec<Period>, PeriodSpan)> = None;
        for grain in FINER {
            let parts = whole.regrain(grain);
            if parts.first == step || parts.count() < 2 || parts.count() > 400 {
                continue;
            }
            let mut known = Vec::new();
            let mut found = Number::ZERO;
            for part in parts.iter() {
                let value = self.quietly(|| self.value(measure, subject, m.at(part)));
                if let Some(number) = value.value.exact_number() {
                    found = found.add(number);
                    known.push(part);
                }
            }
            if known.len() == parts.count() {
                for part in known {
                    sum.add(&self.value(measure, subject, m.at(part)));
                }
                return;
            }
            if best.as_ref().is_none_or(|(least, ..)| found > *least) && !known.is_empty() {
                best = Some((found, known, parts));
            }
        }
        sum.complete = false;
        // The period itself is what is missing, or what lacks where most of it is known; its known
        // parts are what there is so far.
        let Some((_, known, parts)) = best else {
            if step.passed(self.as_of) {
                let _ = self.value(measure, subject, m.at(step));
            }
            return;
        };
        let mostly = 2 * known.len() > parts.count();
        if !mostly && step.passed(self.as_of) {
            let _ = self.value(measure, subject, m.at(step));
        }
        for part in parts.iter() {
            if known.contains(&part) {
                sum.add(&self.value(measure, subject, m.at(part)));
            } else if mostly && part.passed(self.as_of) {
                let _ = self.value(measure, subject, m.at(part));
            }
        }
    }

    /// One figure for the whole span.
    fn whole_span(
        &self,
        id: IndicatorId,
        subject: Option<SubjectId>,
        span: PeriodSpan,
    ) -> Option<Period> {
        let (start, end) = (span.first.start(), span.last.end());
        let periods = self.bound.periods(id, subject?);
        periods.into_iter().find(|p| {
            let known = || self.bound.at(id, subject.unwrap_or(SubjectId(0)), *p);
            (p.start(), p.end()) == (start, end)
                && span.count() > 1
                && matches!(known(), Known::One(_))
        })
    }

    /// Running totals: the last figure less the one before the span.
    fn running_total(
        &self,
        id: IndicatorId,
        subject: Option<SubjectId>,
        span: PeriodSpan,
        m: Moment,
    ) -> Valued {
        let measure = Expr::Indicator(id);
        let before = self.value(&measure, subject, m.at(span.first.step(-1)));
        if before.value.exact_number().is_none() {
            return Valued::plain(Possible::any());
        }
        let periods: Vec<Period> = span.iter().collect();
        for period in periods.iter().rev() {
            let last = self.quietly(|| self.value(&measure, subject, m.at(*period)));
            if last.value.exact_number().is_none() {
                continue;
            }
            let last = self.value(&measure, subject, m.at(*period));
            let gained = last.value.sub(&before.value);
            let complete = *period == span.last;
            if !complete {
                let _ = self.value(&measure, subject, m.at(span.last));
            }
            let value = match gained.exact_number() {
                Some(gained) if !complete => Possible::between(Some(gained.clone()), None),
                _ => gained,
            };
            let misfit = last.dimension.beside(&before.dimension).is_none();
            return Valued {
                value,
                dimension: last.dimension,
                misfit,
            };
        }
        let _ = self.value(&measure, subject, m.at(span.last));
        Valued::plain(Possible::between(Some(Number::ZERO), None))
    }
}

/// A sum on the way.
struct Adding {
    sum: Number,
    dimension: Option<Dimension>,
    complete: bool,
    /// Whether an increment is negative, so that nothing is known of what is missing.
    negative: bool,
}

impl Adding {
    fn new() -> Adding {
        Adding {
            sum: Number::ZERO,
            dimension: Some(Dimension::Any),
            complete: true,
            negative: false,
        }
    }

    fn add(&mut self, part: &Valued) {
        if part.misfit {
            self.dimension = None;
        }
        if let Some(number) = part.value.exact_number() {
            self.negative |= number.is_negative();
            self.sum = self.sum.add(number);
        }
        self.dimension = self
            .dimension
            .take()
            .and_then(|d| d.beside(&part.dimension));
    }

    fn total(self) -> Valued {
        let misfit = self.dimension.is_none();
        let value = match (misfit, self.complete, self.negative) {
            (true, ..) | (_, false, true) => Possible::any(),
            (_, true, _) => Possible::number(self.sum),
            (_, false, false) => Possible::between(Some(self.sum), None),
        };
        Valued {
            value,
            dimension: self.dimension.unwrap_or(Dimension::Any),
            misfit,
        }
    }
}
