//! What has to come of a case.

use super::case::{
    Case, Decoy, Figure, Force, Kind, Name, Op, PLACES, Scope, Source, Status, Test, Time,
};
use super::milestone;
use super::time::Period;
use super::value::{Bound, Q, Value};

/// A verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the verdicts of the language")]
pub enum Verdict {
    Met,
    Violated,
    Pending,
    Unknown,
}

impl Verdict {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::Violated => "violated",
            Verdict::Pending => "pending",
            Verdict::Unknown => "unknown",
        }
    }
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The subject as printed; none where a rule covers the regions of the facts, and there are none.
    pub subject: Option<String>,
    /// Its force.
    pub force: Force,
    /// What it comes to.
    pub verdict: Verdict,
    /// The figure that it is about: its number (in the base of its dimension) or its word, and its
    /// period.
    pub actual: Option<(Result<Q, String>, String)>,
    /// actual − required, in the base of the dimension (days, steps).
    pub gap: Option<Q>,
    /// Periods that should be known and are not; `None` for "any".
    pub missing: Vec<Option<String>>,
    /// Contradictions: how many figures take part in each.
    pub conflicts: Vec<usize>,
    /// First period from which a met level held.
    pub reached: Option<String>,
}

/// What is known of one period.
#[derive(Debug, Clone)]
pub(super) enum Known<'c> {
    Nothing,
    Forecast,
    One(&'c Figure),
    Conflict(Vec<&'c Figure>),
}

/// The truth, as far as it is known.
pub(super) type Truth = Option<bool>;

/// The results of a case, in order.
pub fn judge(case: &Case) -> Vec<Expected> {
    let mut out = Vec::new();
    for (name, place) in subjects(case) {
        for (force, test) in &case.tests {
            let figures: Vec<&Figure> = case
                .facts
                .iter()
                .filter(|f| {
                    Some(f.place) == place && f.decoy == Decoy::None && f.name != Name::Other
                })
                .collect();
            let one = One {
                case,
                test,
                figures,
            };
            let mut expected = if case.kind == Kind::Milestone {
                milestone::judge(&one)
            } else {
                one.level()
            };
            expected.subject.clone_from(&name);
            expected.force = *force;
            out.push(expected);
        }
    }
    out
}

/// "A rule covers the place it names, else its plan's region, else every region that the facts
/// mention": by the region tree, then by first mention; named as its first mention names it, a code
/// by its name.
fn subjects(case: &Case) -> Vec<(Option<String>, Option<usize>)> {
    let named = |(place, spelling): (usize, usize)| {
        // Names are printed without white space between Han characters.
        let text = PLACES[place].0[spelling].replace(' ', "");
        vec![(Some(text), Some(place))]
    };
    if let Scope::Place(place, spelling) = case.scope {
        return named((place, spelling));
    }
    if let Some(region) = case.plan.and_then(|p| p.region) {
        return named(region);
    }
    let mut found: Vec<(Option<String>, Option<usize>)> = Vec::new();
    for source in [Source::Statement, Source::First, Source::Second] {
        for fact in case.facts.iter().filter(|f| f.source == source) {
            let (spellings, _) = PLACES[fact.place];
            if found.iter().all(|(_, place)| *place != Some(fact.place)) {
                let text = spellings[fact.spelling].replace(' ', "");
                let name = match text.as_str() {
                    "530100" => "昆明市",
                    "530300" => "曲靖市",
                    "530113" => "东川区",
                    other => other,
                };
                found.push((Some(name.to_string()), Some(fact.place)));
            }
        }
    }
    let code = |place: &Option<usize>| place.and_then(|p| PLACES[p].1);
    found.sort_by_key(|(_, place)| code(place).unwrap_or(u32::MAX));
    if found.is_empty() {
        found.push((None, None));
    }
    found
}

/// One requirement for one subject.
pub(super) struct One<'c> {
    pub(super) case: &'c Case,
    pub(super) test: &'c Test,
    pub(super) figures: Vec<&'c Figure>,
}

impl<'c> One<'c> {
    /// "Equal values are one observation with two sources. If one is the other rounded to fewer
    /// digits, the more precise is used. final beats preliminary beats forecast. Otherwise it is a
    /// conflict." A forecast is no observation.
    pub(super) fn settle(&self, figures: Vec<&'c Figure>) -> Known<'c> {
        let Some(best) = figures.iter().map(|f| f.status).min() else {
            return Known::Nothing;
        };
        if best == Status::Forecast {
            return Known::Forecast;
        }
        let mut best: Vec<&Figure> = figures.into_iter().filter(|f| f.status == best).collect();
        // Statements first, then file by file.
        best.sort_by_key(|f| f.source);
        let units = self.case.kind.units();
        let same = |a: &Figure, b: &Figure| match (a.value.number(units), b.value.number(units)) {
            (Some(a), Some(b)) => a == b,
            _ => a.value == b.value,
        };
        let stands_for_all = |fine: &&&Figure| {
            best.iter()
                .all(|f| same(f, fine) || f.value.is_rougher_form_of(&fine.value, f.period, units))
        };
        match best.iter().find(stands_for_all) {
            Some(figure) => Known::One(figure),
            None => Known::Conflict(best),
        }
    }

    /// "The observation with exactly the interval T."
    pub(super) fn at(&self, period: Period) -> Known<'c> {
        let exact =
            |f: &&&Figure| (f.period.first(), f.period.last()) == (period.first(), period.last());
        self.settle(self.figures.iter().filter(exact).copied().collect())
    }

    /// "`by T`: that one, else the longest that ends on the same day."
    fn by(&self, period: Period) -> (Period, Known<'c>) {
        let exact = self.at(period);
        if !matches!(exact, Known::Nothing | Known::Forecast) {
            return (period, exact);
        }
        let mut longest: Option<Period> = None;
        for figure in &self.figures {
            let same_day = figure.period.last() == period.last();
            let longer = longest.is_none_or(|l| figure.period.first() < l.first());
            if same_day && figure.status != Status::Forecast && longer {
                longest = Some(figure.period);
            }
        }
        match longest {
            Some(other) => (other, self.at(other)),
            None => (period, exact),
        }
    }

    pub(super) fn holds(&self, value: &Value) -> bool {
        let units = self.case.kind.units();
        // The better grade is the one that stands earlier in the scale.
        let rank = |bound: &Bound| match (bound, value) {
            (Bound::Grade(bound), Value::Grade(found)) => bound.cmp(found),
            (Bound::Flag(bound), Value::Flag(found)) => found.cmp(bound),
            _ => value.number(units).cmp(&bound.number(units)),
        };
        match self.test {
            Test::Compare(op, bound) => {
                let order = rank(bound);
                match op {
                    Op::Ge => order.is_ge(),
                    Op::Gt => order.is_gt(),
                    Op::Le => order.is_le(),
                    Op::Lt => order.is_lt(),
                    Op::Eq => order.is_eq(),
                }
            }
            Test::Between(low, high) => rank(low).is_ge() && rank(high).is_le(),
            Test::Done => false,
        }
    }

    fn gap(&self, value: &Value) -> Option<Q> {
        let units = self.case.kind.units();
        let (low, high) = match self.test {
            Test::Compare(_, bound) => (bound, bound),
            Test::Between(low, high) => (low, high),
            Test::Done => return None,
        };
        let step = |bound: &Bound, value: &Value| match (bound, value) {
            (Bound::Flag(_), _) => None,
            (Bound::Grade(bound), Value::Grade(found)) => {
                Some(Q::from_integer((*bound as i64 - *found as i64).into()))
            }
            _ => Some(value.number(units)? - bound.number(units)?),
        };
        let zero = Q::from_integer(0.into());
        let (above_low, above_high) = (step(low, value)?, step(high, value)?);
        if low == high || above_low < zero {
            Some(above_low)
        } else if above_high > zero {
            Some(above_high)
        } else {
            Some(zero)
        }
    }

    fn shown(&self, figure: &Figure, period: Period) -> (Result<Q, String>, String) {
        let value = match figure.value.number(self.case.kind.units()) {
            Some(number) => Ok(number),
            None => Err(figure.value.text()),
        };
        (value, period.code())
    }

    fn level(&self) -> Expected {
        let span = self.case.plan.and_then(|p| p.span);
        match self.case.time {
            Time::In(period) => self.single(period, (period, self.at(period))),
            Time::By(period) => self.single(period, self.by(period)),
            Time::Before(period) => {
                let day = Period::of_day(period.first() - 1);
                self.single(day, self.by(day))
            }
            Time::Throughout(a, b) | Time::Each(a, b, _) => self.every(a.to(b)),
            Time::Unwritten => self.always(span),
        }
    }

    /// "A period is judged only once it has passed." "Missing data is `unknown`."
    fn single(&self, deadline: Period, (period, known): (Period, Known<'c>)) -> Expected {
        let mut out = nothing();
        out.verdict = Verdict::Pending;
        if let Known::Conflict(all) = &known {
            out.conflicts.push(all.len());
        }
        if !deadline.passed(self.case.as_of) {
            return out;
        }
        match known {
            Known::One(figure) => {
                let holds = self.holds(&figure.value);
                out.verdict = if holds {
                    Verdict::Met
                } else {
                    Verdict::Violated
                };
                out.actual = Some(self.shown(figure, period));
                out.gap = self.gap(&figure.value);
                if holds && matches!(self.case.time, Time::By(_) | Time::Before(_)) {
                    out.reached = Some(self.held_since(period).code());
                }
            }
            Known::Conflict(_) => out.verdict = Verdict::Unknown,
            Known::Nothing | Known::Forecast => {
                out.verdict = Verdict::Unknown;
                out.missing.push(Some(deadline.code()));
            }
        }
        out
    }

    /// "The first period from which the level held without a break."
    fn held_since(&self, period: Period) -> Period {
        let before = period.before();
        match self.at(before) {
            Known::One(figure) if self.holds(&figure.value) => self.held_since(before),
            _ => period,
        }
    }

    /// "One failure decides at once; gaps leave it `pending` or `unknown`."
    fn every(&self, periods: Vec<Period>) -> Expected {
        let judged: Vec<(Period, Known<'c>)> =
            periods.into_iter().map(|p| (p, self.at(p))).collect();
        self.all(judged)
    }

    /// "A level must hold at every observation (in the plan's span), `unknown` if there is none."
    /// Outside a plan it is never pending.
    fn always(&self, span: Option<(Period, Period)>) -> Expected {
        let mut periods: Vec<Period> = Vec::new();
        for figure in &self.figures {
            let p = figure.period;
            let within = span.is_none_or(|(a, b)| a.first() <= p.first() && p.last() <= b.last());
            if within && !periods.contains(&p) {
                periods.push(p);
            }
        }
        periods.sort_by_key(|p| (p.last(), std::cmp::Reverse(p.first())));
        let observed: Vec<(Period, Known<'c>)> = periods
            .into_iter()
            .map(|p| (p, self.at(p)))
            .filter(|(_, known)| matches!(known, Known::One(_) | Known::Conflict(_)))
            .collect();
        let (passed, rest): (Vec<_>, Vec<_>) = observed
            .into_iter()
            .partition(|(p, _)| p.passed(self.case.as_of));
        let any = !passed.is_empty();
        let ahead = span.is_some_and(|(_, last)| !last.passed(self.case.as_of));
        let mut out = self.all(passed);
        for (_, known) in rest {
            if let Known::Conflict(all) = known {
                out.conflicts.push(all.len());
            }
        }
        match out.verdict {
            Verdict::Violated => {}
            _ if ahead => out.verdict = Verdict::Pending,
            _ if !any => {
                out.verdict = Verdict::Unknown;
                out.missing = vec![span.map(|(a, b)| format!("{}..{}", a.code(), b.code()))];
            }
            _ => {}
        }
        out
    }

    fn all(&self, judged: Vec<(Period, Known<'c>)>) -> Expected {
        let mut out = nothing();
        let mut truth: Truth = Some(true);
        let (mut failed, mut latest) = (None, None);
        let mut ahead = false;
        for (period, known) in judged {
            if let Known::Conflict(all) = &known {
                out.conflicts.push(all.len());
            }
            if !period.passed(self.case.as_of) {
                ahead = true;
                continue;
            }
            match known {
                Known::One(figure) => {
                    latest = Some((figure, period));
                    if !self.holds(&figure.value) {
                        truth = Some(false);
                        failed = failed.or(latest);
                    }
                }
                Known::Conflict(_) => truth = truth.filter(|t| !t),
                Known::Nothing | Known::Forecast => {
                    out.missing.push(Some(period.code()));
                    truth = truth.filter(|t| !t);
                }
            }
        }
        out.verdict = match (truth, ahead) {
            (Some(false), _) => Verdict::Violated,
            (_, true) => Verdict::Pending,
            (Some(true), false) => Verdict::Met,
            (None, false) => Verdict::Unknown,
        };
        if let Some((figure, period)) = failed.or(latest) {
            out.actual = Some(self.shown(figure, period));
            out.gap = self.gap(&figure.value);
        }
        out
    }
}

pub(super) fn nothing() -> Expected {
    Expected {
        subject: None,
        force: Force::Must,
        verdict: Verdict::Unknown,
        actual: None,
        gap: None,
        missing: Vec::new(),
        conflicts: Vec::new(),
        reached: None,
    }
}
