//! Progress of a pending rule: the path so far, judged by the method that applies.

use guiju_lang::model::{Test, Time, Value};
use guiju_lang::{Base, Kind, Op, Period, Quantity};

use crate::bind::Fact;
use crate::facts::Status;
use crate::outlook::{Aim, Assessment, Method, Outlook, Path, PlannersWord, Point, assess};

use super::Detail;

/// How a pending rule gets on.
#[derive(Debug, Clone)]
pub(crate) struct Progress {
    pub(crate) assessment: Assessment,
    /// Value, as printed with its unit, and period of the baseline that was used.
    pub(crate) baseline: Option<(Option<Quantity>, Period, Source)>,
}

/// Where a baseline comes from; it is said each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// The rule states it.
    Rule,
    /// The figure of the year before the plan's span.
    YearBefore,
    /// The earliest figure of the last ten years.
    Earliest,
}

impl Detail<'_> {
    pub(super) fn assess(&self, fallback: Method) -> Progress {
        let named = self
            .rule
            .attributes
            .assess
            .as_deref()
            .or(self.plan().and_then(|p| p.assess.as_deref()));
        let method = named.and_then(Method::named).unwrap_or(fallback);
        match self.demand.kind {
            Kind::Milestone | Kind::Flag => Progress {
                assessment: self.without_pace(method),
                baseline: None,
            },
            // Steps left against time left.
            Kind::Grade => {
                let mut progress = self.assess_path(Method::Schedule);
                progress.assessment.method = method;
                progress
            }
            _ => self.assess_path(method),
        }
    }

    fn holds_a_level(&self) -> bool {
        !matches!(self.demand.time, Time::By(_) | Time::In(_))
    }

    /// Yes/no and milestones have no pace: held already, or not known.
    fn without_pace(&self, method: Method) -> Assessment {
        let satisfied = self
            .latest
            .and_then(|(_, at)| self.satisfies(at))
            .unwrap_or(false);
        let (outlook, word) = match (satisfied, self.holds_a_level()) {
            (true, false) => (Outlook::Achieved, Some(PlannersWord::Ahead)),
            (true, true) => (Outlook::OnTrack, Some(PlannersWord::AsExpected)),
            (false, _) if self.was_satisfied() => {
                (Outlook::MovingAway, Some(PlannersWord::Lagging))
            }
            (false, _) => (Outlook::NoData, None),
        };
        Assessment {
            outlook,
            method,
            used: method,
            word,
            ..Assessment::default()
        }
    }

    /// Whether the baseline satisfied what the latest figure does not.
    fn was_satisfied(&self) -> bool {
        let Some((latest, _)) = self.latest else {
            return false;
        };
        let usable = |p: &&super::Point| {
            let years = latest.year_number() - p.period.year_number();
            p.status != Status::Forecast && years > 0.0 && years <= 10.0
        };
        let before = self.plan().and_then(|p| p.span).map(|s| s.first.step(-1));
        let mut earlier = self.series.iter().filter(usable);
        let baseline = earlier
            .clone()
            .find(|p| Some(p.period) == before)
            .or_else(|| earlier.next());
        baseline.is_some_and(|p| p.satisfies == Some(true))
    }

    fn assess_path(&self, method: Method) -> Progress {
        let mut series = Vec::new();
        for point in &self.series {
            if point.status == Status::Forecast || point.period.start() > self.as_of {
                continue;
            }
            if let Some(value) = self.as_float(point.at) {
                series.push((
                    point.period,
                    Point {
                        time: point.period.year_number(),
                        value,
                    },
                ));
            }
        }
        let latest = series.last().map(|(_, p)| *p);
        let target = self.target_value(latest.map(|p| p.value));
        let baseline = self.baseline(&series);
        let hold = self.holds_a_level();
        let deadline = self.demand.time.last().map_or(self.as_of_period(), |p| p);
        let next_due = match &self.demand.time {
            Time::Throughout(span) | Time::Each(span) => span
                .iter()
                .find(|p| !p.passed(self.as_of))
                .unwrap_or(span.last),
            _ => deadline,
        };
        let satisfied = self
            .latest
            .and_then(|(_, at)| self.satisfies(at))
            .unwrap_or(false);
        let baseline_satisfied = match &baseline {
            Some((Some(q), _, _)) => {
                let fact = Fact::Number(q.base_value());
                crate::evaluate::fact_holds(&self.requirement.test, &fact) == crate::Truth::True
            }
            Some((None, period, _)) => self
                .series
                .iter()
                .any(|p| p.period == *period && p.satisfies == Some(true)),
            None => false,
        };
        let baseline_point = baseline.as_ref().and_then(|(quantity, period, _)| {
            let value = match quantity {
                Some(q) => self.float_of(q),
                None => series
                    .iter()
                    .find(|(p, _)| p == period)
                    .map(|(_, point)| point.value)?,
            };
            Some(Point {
                time: period.year_number(),
                value,
            })
        });
        let aim = match &self.requirement.test {
            Test::Compare {
                op: Op::Ge | Op::Gt,
                ..
            } => Aim::AtLeast,
            Test::Compare {
                op: Op::Le | Op::Lt,
                ..
            } => Aim::AtMost,
            _ => Aim::Exactly,
        };
        let path = Path {
            aim,
            hold,
            satisfied,
            baseline_satisfied,
            baseline: baseline_point,
            series: series.iter().map(|(_, p)| *p).collect(),
            target: Point {
                time: if hold { next_due } else { deadline }.year_number(),
                value: target.unwrap_or(f64::NAN),
            },
            range: self.range(),
            milestones: Vec::new(),
        };
        let baseline = baseline.or_else(|| {
            // The method took the earliest figure of the last ten years.
            let first = series.iter().find(|(p, _)| {
                latest.is_some_and(|l| l.time - p.year_number() <= 10.0 && p.year_number() < l.time)
            })?;
            Some((None, first.0, Source::Earliest))
        });
        Progress {
            assessment: assess(method, &path),
            baseline,
        }
    }

    fn as_of_period(&self) -> Period {
        Period::day(self.as_of)
    }

    /// The rule's baseline, else the figure of the year before the plan's span.
    fn baseline(&self, series: &[(Period, Point)]) -> Option<(Option<Quantity>, Period, Source)> {
        let before = self.plan().and_then(|p| p.span).map(|s| s.first.step(-1));
        if let Some(stated) = &self.rule.attributes.baseline {
            let period = stated.period.or(before)?;
            return Some((Some(stated.value.clone()), period, Source::Rule));
        }
        let before = before.filter(|b| series.iter().any(|(p, _)| p == b))?;
        Some((None, before, Source::YearBefore))
    }

    /// The target in the rule's unit; of two bounds the one nearer to the latest figure.
    fn target_value(&self, latest: Option<f64>) -> Option<f64> {
        let float = |value: &Value| match value {
            Value::Quantity(q) => Some(q.number.to_f64()),
            // Higher is better on the way, so steps count downwards from the best.
            Value::Grade { step, .. } => Some(-f64::from(*step)),
            Value::Flag(_) => None,
        };
        match &self.requirement.test {
            Test::Compare { value, .. } => float(value),
            Test::Between { lower, upper, .. } => {
                let (low, high) = (float(lower)?, float(upper)?);
                Some(match latest {
                    Some(value) if (value - low).abs() > (value - high).abs() => high,
                    _ => low,
                })
            }
            Test::Computed(_) | Test::Done | Test::Made => None,
        }
    }

    fn as_float(&self, at: crate::bind::ObsRef) -> Option<f64> {
        match self.bound.fact(self.indicator, at)? {
            Fact::Grade(step) => Some(-f64::from(step)),
            _ => self.number_in_rule_unit(at).map(|n| n.to_f64()),
        }
    }

    fn float_of(&self, quantity: &Quantity) -> f64 {
        match self.unit() {
            Some(unit) => quantity.number_in(unit).to_f64(),
            None => quantity.number.to_f64(),
        }
    }

    /// The indicator's range in the rule's unit; a share of a whole has none unless declared.
    fn range(&self) -> Option<(f64, f64)> {
        let (low, high) = self
            .bound
            .ruleset
            .indicator(self.indicator)?
            .range
            .clone()?;
        let unit = self.unit()?;
        let scale = |n: &guiju_lang::Number| n.div(&unit.factor).map_or(f64::NAN, |n| n.to_f64());
        debug_assert!(unit.base != Base::Bare || unit.factor == guiju_lang::Number::ONE);
        Some((scale(&low), scale(&high)))
    }
}
