//! Everything there is to say about one decision, worked out from the facts when it is asked for.
//!
//! Results ([`crate::wire`]) and explanations ([`crate::explain`]) read the same detail, so they
//! cannot tell different stories.

mod computed;
mod progress;

use guiju_lang::model::{IndicatorId, Measure, Plan, Requirement, Rule, Test, Time, Value};
use guiju_lang::period::days_between;
use guiju_lang::{Base, Date, Kind, Number, Op, Period, Quantity, Unit};

use crate::bind::{Bound, Canonical, Event, Fact, Known, ObsRef};
use crate::evaluate::{Decision, Judged, Verdict, judge};
use crate::facts::Status;
use crate::outlook::{Assessment, Method};
use crate::truth::Truth;

pub(crate) use computed::{Figure, lowers};
pub(crate) use progress::{Progress, Source as BaselineSource};

/// A decision with all that it rests on.
#[derive(Debug)]
pub(crate) struct Detail<'a> {
    pub(crate) bound: &'a Bound<'a>,
    pub(crate) rule: &'a Rule,
    pub(crate) requirement: &'a Requirement,
    pub(crate) indicator: IndicatorId,
    pub(crate) subject: Option<&'a Canonical>,
    subject_id: Option<crate::bind::SubjectId>,
    pub(crate) verdict: Verdict,
    pub(crate) as_of: Date,
    /// The figure that the verdict is about, and its period.
    pub(crate) deciding: Option<(Period, ObsRef)>,
    /// The period that it was judged for: a record of a milestone may be of another.
    pub(crate) due: Option<Period>,
    /// Whether that figure settled the verdict; if not, it is shown as the nearest there is.
    pub(crate) decided: bool,
    pub(crate) judged: Judged,
    /// One figure for each period there is, forecasts included.
    pub(crate) series: Vec<Point>,
    /// The latest figure that is no forecast and whose period began by the date of evaluation.
    pub(crate) latest: Option<(Period, ObsRef)>,
    /// Periods that should be known and are not.
    pub(crate) missing: Vec<Option<Period>>,
    /// Of these the single figures, where the requirement is on a computed value.
    pub(crate) lacking: Vec<Figure<'a>>,
    /// Figures that contradict each other, period by period.
    pub(crate) conflicts: Vec<(Period, Vec<ObsRef>)>,
    /// Whose figures these are, where the requirement is on a computed value.
    pub(crate) contradicted: Vec<Figure<'a>>,
    /// First period from which the level held without a break.
    pub(crate) reached: Option<Period>,
    pub(crate) progress: Option<Progress>,
}

/// One figure of a series.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub(crate) period: Period,
    pub(crate) at: ObsRef,
    pub(crate) status: Status,
    /// Whether it would satisfy the requirement; `None` for records of milestones.
    pub(crate) satisfies: Option<bool>,
}

/// A gap between what was found and what is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) value: Number,
    pub(crate) unit: String,
}

impl<'a> Detail<'a> {
    pub(crate) fn new(
        bound: &'a Bound<'a>,
        decision: Decision,
        as_of: Date,
        method: Method,
    ) -> Option<Detail<'a>> {
        let rule = bound.ruleset.rules.get(decision.rule as usize)?;
        let requirement = rule.requirements.get(usize::from(decision.requirement))?;
        let Measure::Indicator(indicator) = rule.measure;
        let judgement = judge(bound, rule, requirement, decision.subject, as_of);
        let mut detail = Detail {
            bound,
            rule,
            requirement,
            indicator,
            subject: decision.subject.and_then(|s| bound.subjects.get(s.index())),
            subject_id: decision.subject,
            verdict: judgement.verdict,
            as_of,
            deciding: None,
            due: None,
            decided: false,
            judged: judgement.judged,
            series: Vec::new(),
            latest: None,
            missing: Vec::new(),
            lacking: Vec::new(),
            conflicts: Vec::new(),
            contradicted: Vec::new(),
            reached: None,
            progress: None,
        };
        if let Some(subject) = decision.subject {
            detail.read_series(subject);
        }
        detail.read_judged();
        detail.reached = detail.held_since();
        // No method says how a change or a formula gets on.
        if detail.verdict == Verdict::Pending && detail.wanted().is_none() {
            detail.progress = Some(detail.assess(method));
        }
        Some(detail)
    }

    pub(crate) fn plan(&self) -> Option<&'a Plan> {
        self.bound.ruleset.plan_of(self.rule)
    }

    pub(crate) fn assessment(&self) -> Option<&Assessment> {
        self.progress.as_ref().map(|p| &p.assessment)
    }

    fn read_series(&mut self, subject: crate::bind::SubjectId) {
        for period in self.bound.periods(self.indicator, subject) {
            let (at, status) = match self.bound.at(self.indicator, subject, period) {
                Known::One(at) => (at, self.bound.status(at)),
                Known::Forecast(at) => (at, Status::Forecast),
                Known::Nothing | Known::Conflict(_) => continue,
            };
            let satisfies = self.satisfies(at);
            self.series.push(Point {
                period,
                at,
                status,
                satisfies,
            });
        }
        self.latest = self
            .series
            .iter()
            .rev()
            .find(|p| p.status != Status::Forecast && p.period.start() <= self.as_of)
            .map(|p| (p.period, p.at));
    }

    /// Whether a figure satisfies the requirement; `None` for milestones.
    pub(crate) fn satisfies(&self, at: ObsRef) -> Option<bool> {
        let fact = self.bound.fact(self.indicator, at)?;
        match crate::evaluate::fact_holds(&self.requirement.test, &fact) {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        }
    }

    /// Other sources of the same figure.
    pub(crate) fn agreeing(&self, at: ObsRef) -> Vec<ObsRef> {
        self.subject_id.map_or(Vec::new(), |subject| {
            self.bound.agreeing(self.indicator, subject, at)
        })
    }

    fn read_judged(&mut self) {
        let judged = match &self.judged {
            Judged::One(one) => std::slice::from_ref(one),
            Judged::Several(several) => several.as_slice(),
        };
        let milestone = self.rule.kind == Kind::Milestone;
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
                    Known::Nothing | Known::Forecast(_) => lacking.push(figure),
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
        for figure in lacking {
            let same = |f: &Figure<'_>| {
                f.indicator == figure.indicator
                    && f.period == figure.period
                    && f.subject.map(std::ptr::from_ref) == figure.subject.map(std::ptr::from_ref)
            };
            if !self.lacking.iter().any(same) {
                self.lacking.push(figure);
            }
        }
        let nothing = judged.iter().all(|p| !p.passed);
        if nothing && self.verdict == Verdict::Unknown {
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
    fn held_since(&self) -> Option<Period> {
        if self.verdict != Verdict::Met || !matches!(self.rule.time, Time::By(_)) {
            return None;
        }
        let (period, at) = self.deciding?;
        if self.rule.kind == Kind::Milestone {
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

    // ── values ───────────────────────────────────────────────────────────────────────────────

    /// The unit in which the rule states its bound.
    pub(crate) fn unit(&self) -> Option<&'a Unit> {
        match &self.requirement.test {
            Test::Compare {
                value: Value::Quantity(q),
                ..
            }
            | Test::Between {
                lower: Value::Quantity(q),
                ..
            } => Some(&q.unit),
            Test::Computed(wanted) => Some(&wanted.unit),
            _ => None,
        }
    }

    /// A figure in the unit of the requirement.
    pub(crate) fn number_in_rule_unit(&self, at: ObsRef) -> Option<Number> {
        let quantity = self.bound.quantity(self.indicator, at)?;
        Some(match self.unit() {
            Some(unit) => quantity.number_in(unit),
            None => quantity.number,
        })
    }

    /// Which way a rounded value must err so as not to look better than it is: up where less is
    /// asked for, away from the bounds of `between` and `=`. A rounded bound errs the other way.
    pub(crate) fn rounds_up(&self, above: bool) -> bool {
        let op = match &self.requirement.test {
            Test::Compare { op, .. } => *op,
            Test::Computed(wanted) => wanted.op,
            Test::Between { .. } => return above,
            Test::Done => return false,
        };
        match op {
            Op::Le | Op::Lt => true,
            Op::Ge | Op::Gt => false,
            Op::Eq => above,
        }
    }

    /// Whether a figure lies above the bound, or the upper one.
    pub(crate) fn is_above(&self, at: ObsRef) -> bool {
        match &self.requirement.test {
            Test::Compare { value, .. } | Test::Between { upper: value, .. } => match value {
                Value::Quantity(q) => self.bound.number(self.indicator, at) > Some(q.base_value()),
                _ => false,
            },
            Test::Computed(_) | Test::Done => false,
        }
    }

    /// The printed symbol of the rule's unit; a bare count takes that of the figure.
    pub(crate) fn symbol(&self) -> String {
        let own = self.unit().map_or("", |u| u.symbol.as_str());
        if !own.is_empty() || self.rule.kind != Kind::Count || self.rule.formula.is_some() {
            return own.to_string();
        }
        let figure = self
            .deciding
            .or(self.latest)
            .and_then(|(_, at)| self.bound.quantity(self.indicator, at));
        figure.map_or(String::new(), |q| q.unit.symbol)
    }

    /// actual − required, in the unit of the requirement (points for rates, places for ranks,
    /// days for milestones, steps for grades).
    pub(crate) fn gap(&self) -> Option<Gap> {
        let (period, at) = self.deciding?;
        self.gap_of(period, at)
    }

    /// The periods that fail, the one with the widest gap first, where several are judged.
    pub(crate) fn failing(&self) -> Vec<(Period, ObsRef, Option<Gap>)> {
        let Judged::Several(several) = &self.judged else {
            return Vec::new();
        };
        let milestone = self.rule.kind == Kind::Milestone;
        let mut failing: Vec<(Period, ObsRef, Option<Gap>)> = several
            .iter()
            .filter(|p| p.truth == Truth::False)
            .filter_map(|p| match p.known {
                // How late a milestone is depends on its own period, which the text names.
                Known::One(at) if milestone => Some((p.period, at, None)),
                Known::One(at) => Some((p.period, at, self.gap_of(p.period, at))),
                _ => None,
            })
            .collect();
        let width = |gap: &Option<Gap>| gap.as_ref().map(|g| g.value.abs());
        failing.sort_by_key(|f| std::cmp::Reverse(width(&f.2)));
        failing
    }

    fn gap_of(&self, period: Period, at: ObsRef) -> Option<Gap> {
        match &self.requirement.test {
            Test::Computed(wanted) => self.computed_gap(wanted, period),
            Test::Done => self.days_late(at),
            Test::Compare {
                value: Value::Flag(_),
                ..
            } => None,
            Test::Compare {
                value: Value::Grade { step, .. },
                ..
            } => self.steps(at, *step, *step),
            Test::Between {
                lower: Value::Grade { step: low, .. },
                upper: Value::Grade { step: high, .. },
                ..
            } => self.steps(at, *low, *high),
            Test::Compare {
                value: Value::Quantity(bound),
                ..
            } => self.distance(at, bound, bound),
            Test::Between {
                lower: Value::Quantity(lower),
                upper: Value::Quantity(upper),
                ..
            } => self.distance(at, lower, upper),
            Test::Between { .. } => None,
        }
    }

    /// Distance from the broken bound; zero between two different bounds.
    fn distance(&self, at: ObsRef, lower: &Quantity, upper: &Quantity) -> Option<Gap> {
        let actual = self.bound.number(self.indicator, at)?;
        let (low, high) = (lower.base_value(), upper.base_value());
        let base = if actual < low || low == high {
            actual.sub(&low)
        } else if actual > high {
            actual.sub(&high)
        } else {
            Number::ZERO
        };
        let value = match lower.unit.base {
            Base::Share => base.mul(&Number::from(100)),
            _ => base.div(&lower.unit.factor)?,
        };
        Some(Gap {
            value,
            unit: self.gap_unit(),
        })
    }

    /// The unit of gaps and paces.
    pub(crate) fn gap_unit(&self) -> String {
        if let Some(wanted) = self.wanted() {
            return match wanted.unit.base {
                Base::Share | Base::Points => "pp".to_string(),
                _ => self.symbol(),
            };
        }
        match self.rule.kind {
            Kind::Rate => "pp".to_string(),
            Kind::Rank => "places".to_string(),
            Kind::Grade => "grade".to_string(),
            _ => self.symbol(),
        }
    }

    /// An estimate in the unit of the rule, in that of gaps.
    pub(crate) fn in_gap_unit(&self, value: f64) -> f64 {
        match self.unit() {
            Some(unit) if unit.base == Base::Share => {
                value * unit.factor.mul(&Number::from(100)).to_f64()
            }
            _ => value,
        }
    }

    /// Steps above (positive) or below the broken bound of a scale.
    fn steps(&self, at: ObsRef, low: u32, high: u32) -> Option<Gap> {
        let Fact::Grade(found) = self.bound.fact(self.indicator, at)? else {
            return None;
        };
        // Step 0 is the best, so the lower bound has the larger number.
        let (found, low, high) = (i64::from(found), i64::from(low), i64::from(high));
        let value = if found > low || low == high {
            low - found
        } else if found < high {
            high - found
        } else {
            0
        };
        Some(Gap {
            value: Number::from(value),
            unit: self.gap_unit(),
        })
    }

    fn days_late(&self, at: ObsRef) -> Option<Gap> {
        let period = self.due?;
        let deadline = period.end();
        let earliest = match self.rule.time {
            Time::By(_) => Date::MIN,
            _ => period.start(),
        };
        let done = match self.bound.fact(self.indicator, at)? {
            // Neither in time nor late, as long as the day is not known.
            Fact::Event(Event::Done(first, last))
                if first < earliest || (first <= deadline && deadline < last) =>
            {
                return None;
            }
            Fact::Event(Event::Done(_, last)) => last,
            Fact::Event(Event::DoneWhenSeen) => self.bound.period(at)?.end(),
            _ => return None,
        };
        Some(Gap {
            value: Number::from(i64::from(days_between(deadline, done))),
            unit: "d".to_string(),
        })
    }

    /// A figure as text, in the unit of the requirement.
    pub(crate) fn printed(&self, at: ObsRef) -> String {
        if self.wanted().is_some()
            && let Some((number, unit)) = self.published(at)
        {
            return readable(&number, &unit.symbol, self.rounds_up(false));
        }
        if let Some(number) = self.number_in_rule_unit(at) {
            let published = self
                .bound
                .quantity(self.indicator, at)
                .map_or(String::new(), |q| q.unit.symbol);
            let own = self.unit().map_or("", |u| u.symbol.as_str());
            // A count keeps its own measure word: 2000 人 are not 2000 所.
            let keeps = self.rule.kind == Kind::Count && (own.is_empty() || !published.is_empty());
            let symbol = if keeps { &published } else { own };
            return readable(&number, symbol, self.rounds_up(self.is_above(at)));
        }
        match self.bound.fact(self.indicator, at) {
            Some(Fact::Event(Event::Done(first, last))) if first == last => first.to_string(),
            _ => self.bound.word(at).unwrap_or("").to_string(),
        }
    }
}

/// A number with its unit, in as many digits as it has; one that does not end, in twelve. A ratio
/// is written as 1:15 where that is shorter.
pub(crate) fn readable(number: &Number, symbol: &str, up: bool) -> String {
    let digits = |n: &Number| n.decimals().map(|_| n.to_string());
    let own = digits(number);
    let reciprocal = Number::ONE
        .div(number)
        .filter(|_| symbol == ":1" && *number < Number::ONE);
    if let Some(other) = reciprocal.as_ref().and_then(digits)
        && own.as_ref().is_none_or(|own| other.len() < own.len())
    {
        return format!("1:{other}");
    }
    if let Some(own) = own {
        return format!("{own}{symbol}");
    }
    format!("{}{symbol}", number.to_significant(12, up))
}
