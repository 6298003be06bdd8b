//! Reading values: a figure, a formula of figures, the latest of a series.
//!
//! All arithmetic is exact. Whatever a value rests on is noted, so that an explanation can name it.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use guiju_lang::model::{Expr, IndicatorId, PlaceId};
use guiju_lang::{Base, Date, Period, Unit};

use crate::bind::{Bound, Fact, Known, SubjectId};

use super::dimension::Dimension;
use super::possible::{Possible, Value};

/// A figure that a value rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) indicator: IndicatorId,
    pub(crate) subject: Option<SubjectId>,
    pub(crate) period: Period,
    pub(crate) known: Known,
}

impl Leaf {
    /// Whether its period has not passed.
    pub(crate) fn is_ahead(&self, as_of: Date) -> bool {
        !self.period.is_timeless() && !self.period.passed(as_of)
    }
}

/// For whom and when a value is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// Timeless, where a rule names no period: only attributes are known then.
    pub(crate) period: Period,
    /// Whether a figure of another period may stand in that ends on the same day.
    pub(crate) by: bool,
    /// Where sets lie that name no place.
    pub(crate) region: Option<PlaceId>,
}

impl Moment {
    /// Exactly another period.
    pub(super) fn at(self, period: Period) -> Moment {
        Moment {
            period,
            by: false,
            ..self
        }
    }
}

/// A value with what it is a value of.
#[derive(Debug, Clone)]
pub(super) struct Valued {
    pub(super) value: Possible,
    pub(super) dimension: Dimension,
    /// Whether units do not fit, so that there is no value.
    pub(super) misfit: bool,
}

impl Valued {
    fn of(value: Possible, dimension: Option<Dimension>) -> Valued {
        match dimension {
            Some(dimension) => Valued {
                value,
                dimension,
                misfit: false,
            },
            None => Valued {
                value: Possible::any(),
                dimension: Dimension::Any,
                misfit: true,
            },
        }
    }

    pub(super) fn plain(value: Possible) -> Valued {
        Valued::of(value, Some(Dimension::Any))
    }
}

/// Reads values, and notes what they rest on.
pub(crate) struct Reader<'a, 'b> {
    pub(super) bound: &'a Bound<'b>,
    pub(super) as_of: Date,
    leaves: RefCell<Vec<Leaf>>,
    noted: RefCell<HashSet<(IndicatorId, Option<SubjectId>, Period)>>,
    /// Above zero while what is read is not noted.
    quiet: Cell<u32>,
}

impl<'a, 'b> Reader<'a, 'b> {
    pub(crate) fn new(bound: &'a Bound<'b>, as_of: Date) -> Reader<'a, 'b> {
        Reader {
            bound,
            as_of,
            leaves: RefCell::default(),
            noted: RefCell::default(),
            quiet: Cell::new(0),
        }
    }

    /// What was noted since the last call.
    pub(crate) fn taken(&self) -> Vec<Leaf> {
        self.noted.borrow_mut().clear();
        std::mem::take(&mut self.leaves.borrow_mut())
    }

    /// Reads without noting.
    pub(crate) fn quietly<T>(&self, read: impl FnOnce() -> T) -> T {
        self.quiet.set(self.quiet.get() + 1);
        let result = read();
        self.quiet.set(self.quiet.get() - 1);
        result
    }

    pub(super) fn note(&self, leaf: Leaf) {
        if self.quiet.get() > 0 {
            return;
        }
        let key = (leaf.indicator, leaf.subject, leaf.period);
        if self.noted.borrow_mut().insert(key) {
            self.leaves.borrow_mut().push(leaf);
        }
    }

    /// The value of an expression for a subject.
    pub(super) fn value(&self, expr: &Expr, subject: Option<SubjectId>, m: Moment) -> Valued {
        match expr {
            Expr::Number(number) => Valued::plain(Possible::number(number.clone())),
            Expr::Stated(quantity) => {
                let dimension = match quantity.unit.base {
                    _ if quantity.unit == Unit::bare() => Dimension::Any,
                    // Points are so much of a share.
                    Base::Points => Dimension::Of(Unit::percent()),
                    _ => Dimension::Of(quantity.unit.clone()),
                };
                Valued::of(Possible::number(quantity.base_value()), Some(dimension))
            }
            Expr::Grade(step) => Valued::plain(Possible::known(Value::Grade(*step))),
            Expr::Word(word) => Valued::plain(Possible::known(Value::Word(word.clone()))),
            Expr::Flag(flag) => Valued::plain(Possible::known(Value::Flag(*flag))),
            Expr::Open => Valued::plain(Possible::any()),
            Expr::Indicator(indicator) => self.figure(*indicator, subject, m),
            Expr::Latest(indicator) => self.latest(*indicator, subject, m),
            Expr::At(inner, period) => self.value(inner, subject, m.at(*period)),
            Expr::In(inner, place) => self.value(inner, self.bound.subject_of(*place), m),
            Expr::Negative(a) => {
                let a = self.value(a, subject, m);
                Valued {
                    value: a.value.neg(),
                    ..a
                }
            }
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Div(a, b) => {
                // Both sides are read, so that everything that is missing is named.
                let a = self.value(a, subject, m);
                let b = self.value(b, subject, m);
                let (x, y) = (&a.dimension, &b.dimension);
                let (value, dimension) = match expr {
                    Expr::Add(..) => (a.value.add(&b.value), x.beside(y)),
                    Expr::Sub(..) => (a.value.sub(&b.value), x.beside(y)),
                    Expr::Mul(..) => (a.value.mul(&b.value), x.times(y)),
                    _ => (a.value.div(&b.value), x.over(y)),
                };
                let dimension = dimension.filter(|_| !a.misfit && !b.misfit);
                Valued::of(value, dimension)
            }
            Expr::Aggregate(aggregate) => {
                let (value, dimension) = self.aggregate(aggregate, subject, m);
                Valued::of(value, dimension)
            }
            Expr::Rank(ranking) => Valued::plain(self.rank(ranking, subject, m)),
        }
    }

    /// A figure. One for a period that has not passed decides nothing.
    fn figure(&self, indicator: IndicatorId, subject: Option<SubjectId>, m: Moment) -> Valued {
        let passed = m.period.passed(self.as_of);
        let (period, known) = match subject {
            Some(subject) if m.by && passed => self.bound.by(indicator, subject, m.period),
            Some(subject) if passed => (m.period, self.bound.at(indicator, subject, m.period)),
            // What is known without a period is known at any time.
            Some(subject) => {
                let always = Period::timeless();
                (m.period, self.bound.at(indicator, subject, always))
            }
            None => (m.period, Known::Nothing),
        };
        self.valued(Leaf {
            indicator,
            subject,
            period,
            known,
        })
    }

    /// The latest figure that has passed and ends by the period, by now where a rule names none.
    fn latest(&self, indicator: IndicatorId, subject: Option<SubjectId>, m: Moment) -> Valued {
        let mut found = None;
        if let Some(subject) = subject {
            let limit = match m.period.is_timeless() {
                true => self.as_of,
                false => m.period.end(),
            };
            let mut periods = self.bound.periods(indicator, subject);
            periods.retain(|p| p.end() <= limit && p.passed(self.as_of));
            // Of those that end on one day the longest comes last.
            found = periods.into_iter().rev().find_map(|period| {
                match self.bound.at(indicator, subject, period) {
                    Known::Nothing | Known::Forecast(_) => None,
                    known => Some((period, known)),
                }
            });
        }
        let (period, known) = found.unwrap_or((m.period, Known::Nothing));
        self.valued(Leaf {
            indicator,
            subject,
            period,
            known,
        })
    }

    fn valued(&self, leaf: Leaf) -> Valued {
        let found = match &leaf.known {
            Known::One(at) => {
                let unit = self.bound.quantity(leaf.indicator, *at).map(|q| q.unit);
                let dimension = unit.map_or(Dimension::Any, Dimension::Of);
                match self.bound.fact(leaf.indicator, *at) {
                    Some(Fact::Number(n)) => Some((Value::Number(n), dimension)),
                    Some(Fact::Grade(step)) => Some((Value::Grade(step), Dimension::Any)),
                    Some(Fact::Flag(flag)) => Some((Value::Flag(flag), Dimension::Any)),
                    Some(Fact::Word(word)) => Some((Value::Word(word), Dimension::Any)),
                    Some(Fact::Event(_)) | None => None,
                }
            }
            _ => None,
        };
        self.note(leaf);
        match found {
            Some((value, dimension)) => Valued::of(Possible::known(value), Some(dimension)),
            None => Valued::plain(Possible::any()),
        }
    }
}
