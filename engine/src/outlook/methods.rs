//! Six ways of judging progress toward a target: arithmetic on the points of one series.
//!
//! Growth rates and projections are estimates, so they use floating point. No verdict depends on
//! anything here: whether a figure satisfies its rule is decided exactly, by the caller.
//! `docs/methods.md` has the formulas in prose, the sources and a worked example.
//!
//! Letters as there: baseline year t0 with value y0, latest year t with value y, target year T
//! with value Y, and d = +1 where higher is better, −1 where lower is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How close to a cut still counts as on it: 0.3 out of 1.5 must not miss 20% by binary rounding.
const TOLERANCE: f64 = 1e-9;
/// Without a stated baseline: the earliest observation of this many years.
const BASELINE_YEARS: f64 = 10.0;
/// Destatis looks back this many years and wants at least so many points in them.
const DESTATIS_WINDOW: (f64, usize) = (5.0, 4);
/// A target reached later than this year is not reached.
const LAST_YEAR: f64 = 9999.0;

/// A way of judging progress. One series can be on track by one and late by another, so every
/// [`Assessment`] names the method asked for and the one used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Actual over required compound annual growth. Source: Statistics Canada's and Open SDG's
    /// published methodology, "inspired by Eurostat".
    #[default]
    Eurostat,
    /// The same cuts on yearly differences; stands in where growth rates make no sense.
    Linear,
    /// Share of the way covered by the deadline if growth goes on. Source: UNSD's technical note
    /// on the SDG progress chart (2023), as reported by Eustat.
    Unsd,
    /// Gap left by the linear projection. Source: ESCAP's technical notes; the two cuts are not
    /// confirmed from a primary text.
    Escap,
    /// Weather symbols: the mean change of the last five years, projected. Source: Destatis'
    /// indicator report.
    Destatis,
    /// 时序进度 (时间过半、任务过半): share of the way against share of the time. No official formula
    /// was found; this plain reading is ours.
    Schedule,
}

impl Method {
    /// Every method, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::Eurostat,
        Self::Linear,
        Self::Unsd,
        Self::Escap,
        Self::Destatis,
        Self::Schedule,
    ];

    /// The name in rules, configuration and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Eurostat => "eurostat",
            Self::Linear => "linear",
            Self::Unsd => "unsd",
            Self::Escap => "escap",
            Self::Destatis => "destatis",
            Self::Schedule => "schedule",
        }
    }

    /// The method of that name (in any case), or of a Chinese name of `schedule`.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        match name {
            "时序进度" | "时间过半任务过半" | "时间过半、任务过半" | "时间过半，任务过半" => {
                Some(Self::Schedule)
            }
            _ => (Self::ALL.into_iter()).find(|m| m.name().eq_ignore_ascii_case(name)),
        }
    }
}

/// What a pending rule may expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outlook {
    /// The latest figure satisfies the rule already.
    Achieved,
    /// Fast enough; or, for a level to be kept, it holds.
    OnTrack,
    /// The right way, somewhat too slowly.
    AtRisk,
    /// The right way, far too slowly, or standing still.
    OffTrack,
    /// The wrong way, or a level once held and lost.
    MovingAway,
    /// Too little to judge by; [`Assessment::lacking`] says what is missing.
    #[default]
    NoData,
}

impl Outlook {
    /// The name in tests, JSON and English output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::OffTrack => "off_track",
            Self::MovingAway => "moving_away",
            Self::NoData => "no_data",
        }
    }
}

/// The four words of Chinese mid-term reviews, from k (share of the way) and s (share of the time)
/// of [`Method::Schedule`], whatever the method of the outlook. The cut at 0.9·s is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlannersWord {
    /// 提前实现: the outlook is `achieved`.
    Ahead,
    /// 快于预期: k > s.
    Faster,
    /// 基本符合预期: 0.9·s ≤ k ≤ s; also a level that has to be kept and is.
    AsExpected,
    /// 滞后: k < 0.9·s; also whatever moves away.
    Lagging,
}

impl PlannersWord {
    /// The word as planners write it.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Ahead => "提前实现",
            Self::Faster => "快于预期",
            Self::AsExpected => "基本符合预期",
            Self::Lagging => "滞后",
        }
    }

    /// The word in English output.
    pub fn en(self) -> &'static str {
        match self {
            Self::Ahead => "achieved early",
            Self::Faster => "faster than expected",
            Self::AsExpected => "broadly as expected",
            Self::Lagging => "lagging",
        }
    }
}

/// On which side of its target a figure should end up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// Higher is better (d = +1).
    AtLeast,
    /// Lower is better (d = −1).
    AtMost,
    /// `between` and `=`: the target is the bound nearer to the latest figure, approached from
    /// that figure's side, always by [`Method::Linear`].
    Exactly,
}

/// A value at a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Years; a yearly figure carries its year, all points of one path the same convention.
    pub time: f64,
    /// In the unit of the rule, the same for all points of one path.
    pub value: f64,
}

impl Point {
    fn is_finite(&self) -> bool {
        self.time.is_finite() && self.value.is_finite()
    }
}

/// What is known of one rule and one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Path {
    /// The side of the target to be on.
    pub aim: Aim,
    /// A level to stay at (`throughout`, `each`) rather than one to reach.
    pub hold: bool,
    /// Whether the latest figure satisfies the rule, decided exactly.
    pub satisfied: bool,
    /// Whether the baseline did, decided exactly.
    pub baseline_satisfied: bool,
    /// Where the way starts; without one, the earliest observation of the last ten years.
    pub baseline: Option<Point>,
    /// All usable observations up to the as-of date, ascending; the last one is the latest.
    pub series: Vec<Point>,
    /// The bound and its deadline; for a level to stay at, the next time it will be judged.
    /// Not a number where the plan leaves it open.
    pub target: Point,
    /// The lowest and highest possible value; an infinite end is an open one.
    pub range: Option<(f64, f64)>,
    /// Declared targets on the way, ascending; they bend the straight line of `schedule`.
    pub milestones: Vec<Point>,
}

/// Why another calculation than the one asked for was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fallback {
    /// Baseline, latest figure or target is zero: no growth rate. Linear.
    Zero,
    /// They have different signs: no growth rate. Linear.
    SignChange,
    /// They are all negative: growth would point the wrong way. Linear.
    Negative,
    /// Growth would leave the indicator's range before the deadline. Linear.
    BeyondRange,
    /// A level to stay at is not grown to. Linear.
    Level,
    /// `between` and `=` are judged against the nearer bound. Linear.
    NearerBound,
    /// Fewer than four points in five years: Destatis' cuts on the change since the baseline.
    FewPoints,
}

/// What is missing where the outlook is `no_data`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lacking {
    /// Any figure at all.
    Latest,
    /// A baseline, or a second figure from the ten years before the latest one.
    Earlier,
    /// A figure later than the baseline.
    SinceBaseline,
    /// A baseline earlier than the deadline.
    BaselineBeforeDeadline,
    /// A target: the plan leaves it open.
    Target,
}

/// An outlook and what it rests on. Every number in it is finite.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Assessment {
    /// What the rule may expect.
    pub outlook: Outlook,
    /// The method asked for.
    pub method: Method,
    /// The method whose formula and cuts decided, where any did.
    pub used: Method,
    /// Why they differ, or why the formula was fed other figures than usual.
    pub fallback: Option<Fallback>,
    /// What is missing, for `no_data`.
    pub lacking: Option<Lacking>,
    /// The observations used, the latest one last.
    pub observations: Vec<Point>,
    /// Mean change a year so far, in value units.
    pub pace: Option<f64>,
    /// Change a year needed from the latest figure to the deadline, in value units.
    pub needed: Option<f64>,
    /// The time at which this pace reaches the target; none if never, or already there. Rounded
    /// up it is the first yearly figure to show it, and so for `ceiling`.
    pub reached: Option<f64>,
    /// The time at which this pace hits the end of the range before the deadline: to be told in
    /// place of a projection beyond it. A `projection` among the measures stops at that end.
    pub ceiling: Option<f64>,
    /// What the method computed, by name, rates and shares as fractions. `eurostat`: `actual` Ca,
    /// `required` Cr, `ratio` R; `linear`: the same from changes a year in value units; `unsd`:
    /// `growth` Ca, `projection` v, `covered` q; `escap`: `index` CSI, `projection` ŷ, `gap` in
    /// percent; `destatis`: `projection` h, `missed` m; `schedule`: `done` k, `due` s, `expected`
    /// now; for a figure that is on its bound or past it: `distance` from it in value units, and
    /// `crossed`, the time at which the present pace would cross it.
    pub measures: BTreeMap<&'static str, f64>,
    /// The planners' word.
    pub word: Option<PlannersWord>,
}

/// Judges `path` by `method`. In this order, for every method: the latest figure satisfies the
/// rule; fewer than two observations; a level held at the baseline and lost since; movement in the
/// wrong direction; the method's own cuts.
pub fn assess(method: Method, path: &Path) -> Assessment {
    let mut result = Assessment {
        method,
        used: method,
        ..Assessment::default()
    };
    match result.judge(path) {
        Ok(outlook) => result.outlook = outlook,
        Err(lacking) => result.lacking = Some(lacking),
    }
    result
}

impl Assessment {
    fn judge(&mut self, path: &Path) -> Result<Outlook, Lacking> {
        let latest = path.series.iter().rfind(|p| p.is_finite()).copied();
        let start = (latest.ok_or(Lacking::Latest)).and_then(|latest| path.start(latest));
        self.observations = start.ok().into_iter().chain(latest).collect();
        if path.satisfied {
            if let Some(latest) = latest {
                let pace = start.map_or(f64::NAN, |start| slope(start, latest));
                self.pace = finite(pace);
                self.level(latest, path.target, pace);
            }
            let (outlook, word) = if path.hold {
                (Outlook::OnTrack, PlannersWord::AsExpected)
            } else {
                (Outlook::Achieved, PlannersWord::Ahead)
            };
            self.word = Some(word);
            return Ok(outlook);
        }

        let latest = latest.ok_or(Lacking::Latest)?;
        let target = Some(path.target).filter(Point::is_finite);
        let target = target.ok_or(Lacking::Target)?;
        if target.time > latest.time {
            self.needed = finite(slope(latest, target));
        }
        let by_window = self.method == Method::Destatis && path.aim != Aim::Exactly;
        let window = if by_window { path.window(latest) } else { None };
        let from = match window.as_ref().and_then(|window| window.first()) {
            Some(first) => *first,
            None => start?,
        };
        let few_points = by_window && window.is_none();
        self.observations = window.unwrap_or_else(|| vec![from, latest]);

        let leg = Leg::new(path.aim, from, latest, target);
        self.pace = finite(leg.pace);
        let lost = path.baseline_satisfied && start.is_ok();
        let moving_away = lost || leg.d * leg.pace < 0.0;
        let schedule = start.ok().and_then(|start| path.schedule(start, &leg));
        self.word = match schedule {
            _ if moving_away => Some(PlannersWord::Lagging),
            Some(schedule) => Some(schedule.word()),
            None => None,
        };
        if start.is_ok_and(|start| start.time >= target.time) && !moving_away {
            return Err(Lacking::BaselineBeforeDeadline);
        }
        let outlook = if leg.is_on_the_way() {
            let by_growth = matches!(self.method, Method::Eurostat | Method::Unsd);
            self.fallback = match path.aim {
                Aim::Exactly if self.method != Method::Linear => Some(Fallback::NearerBound),
                _ if by_growth && path.hold => Some(Fallback::Level),
                _ if by_growth => leg.no_growth(path.bounds()),
                _ => few_points.then_some(Fallback::FewPoints),
            };
            if self.fallback.is_some() && !few_points {
                self.used = Method::Linear;
            }
            self.cut(&leg, path.bounds(), schedule)
        } else {
            // On a bound that has to be exceeded, or past it in all digits that a float has.
            self.level(latest, target, leg.pace);
            if leg.pace == 0.0 {
                Outlook::OffTrack
            } else {
                Outlook::OnTrack
            }
        };
        Ok(if moving_away {
            Outlook::MovingAway
        } else {
            outlook
        })
    }

    /// The formulas and cuts of the methods, for a figure on the way to its target.
    fn cut(&mut self, leg: &Leg, bounds: (f64, f64), schedule: Option<Schedule>) -> Outlook {
        let (from, latest, target) = (leg.from, leg.latest, leg.target);
        let way = (target.value - from.value).abs();
        let straight = latest.value + leg.pace * leg.years_left();
        let projection = straight.max(bounds.0).min(bounds.1);
        let shortfall = (leg.d * (target.value - projection)).max(0.0);
        let years = if matches!(self.used, Method::Eurostat | Method::Unsd) {
            (target.value / latest.value).ln() / growth(from, latest)
        } else {
            if straight != projection && leg.d * leg.pace > 0.0 {
                self.ceiling = arrival(latest, (projection - latest.value) / leg.pace);
            }
            (target.value - latest.value) / leg.pace
        };
        if (bounds.0..=bounds.1).contains(&target.value) {
            self.reached = arrival(latest, years);
        }
        match self.used {
            Method::Eurostat => {
                let actual = growth(from, latest).exp_m1();
                let required = growth(from, target).exp_m1();
                self.ratio(leg.d, actual, required)
            }
            Method::Linear => self.ratio(leg.d, leg.pace, slope(from, target)),
            Method::Unsd => {
                let (actual, projection) = (growth(from, latest).exp_m1(), leg.grown());
                let covered = leg.d * (projection - from.value) / way;
                self.measure([
                    ("growth", actual),
                    ("projection", projection),
                    ("covered", covered),
                ]);
                graded(covered, 0.95, 0.10)
            }
            Method::Escap => {
                let gap = 100.0 * shortfall / way;
                let index = 10.0 * leg.d * (latest.value - from.value) / way;
                self.measure([("index", index), ("projection", projection), ("gap", gap)]);
                graded(-gap, -10.0, -100.0)
            }
            Method::Destatis => {
                let missed = shortfall / (target.value - latest.value).abs();
                self.measure([("projection", projection), ("missed", missed)]);
                // Missing by exactly 5% is too much.
                graded(-missed, -0.05 + 2.0 * TOLERANCE, -0.20)
            }
            Method::Schedule => {
                let Some(plan) = schedule else {
                    return Outlook::OffTrack;
                };
                let (done, due) = (plan.done, plan.due);
                self.measure([("done", done), ("due", due), ("expected", plan.expected)]);
                graded(done, due, 0.9 * due)
            }
        }
    }

    /// R and its cuts, from changes or growth rates a year.
    fn ratio(&mut self, d: f64, actual: f64, required: f64) -> Outlook {
        let ratio = d * actual / required.abs();
        self.measure([("actual", actual), ("required", required), ("ratio", ratio)]);
        graded(ratio, 0.95, 0.60)
    }

    /// A level is told by its distance and its trend, not by growth toward it.
    fn level(&mut self, latest: Point, target: Point, pace: f64) {
        let to_bound = target.value - latest.value;
        self.measure([("distance", to_bound.abs())]);
        if let Some(crossed) = arrival(latest, to_bound / pace).filter(|_| to_bound != 0.0) {
            self.measure([("crossed", crossed)]);
        }
    }

    fn measure<const N: usize>(&mut self, measures: [(&'static str, f64); N]) {
        let finite = measures.into_iter().filter(|(_, value)| value.is_finite());
        self.measures.extend(finite);
    }
}

impl Path {
    /// Where the way starts: strictly before the latest figure.
    fn start(&self, latest: Point) -> Result<Point, Lacking> {
        let since = latest.time - BASELINE_YEARS;
        match self.baseline.filter(Point::is_finite) {
            Some(baseline) if baseline.time < latest.time => Ok(baseline),
            Some(_) => Err(Lacking::SinceBaseline),
            None => (self.series.iter().copied())
                .find(|p| p.is_finite() && p.time >= since && p.time < latest.time)
                .ok_or(Lacking::Earlier),
        }
    }

    /// The points Destatis' method needs, if there are as many as it needs.
    fn window(&self, latest: Point) -> Option<Vec<Point>> {
        let (years, points) = DESTATIS_WINDOW;
        let since = latest.time - years - TOLERANCE;
        let window: Vec<Point> = (self.series.iter().copied())
            .filter(|p| p.is_finite() && p.time >= since)
            .collect();
        let first = window.first()?;
        (window.len() >= points && first.time < latest.time).then_some(window)
    }

    fn bounds(&self) -> (f64, f64) {
        let usable = self.range.filter(|(low, high)| low <= high);
        usable.unwrap_or((f64::NEG_INFINITY, f64::INFINITY))
    }

    /// Shares of the way from the baseline: straight, or along the declared milestones.
    fn schedule(&self, start: Point, leg: &Leg) -> Option<Schedule> {
        let way = leg.target.value - start.value;
        if leg.d * way <= 0.0 || start.time >= leg.target.time {
            return None;
        }
        let ahead = |p: &Point| p.is_finite() && p.time < leg.target.time;
        let milestones = self.milestones.iter().copied().filter(ahead);
        let (mut from, mut expected) = (start, leg.target.value);
        for knot in milestones.chain([leg.target]) {
            if knot.time >= leg.latest.time && knot.time > from.time {
                expected = from.value + slope(from, knot) * (leg.latest.time - from.time);
                break;
            }
            if knot.time > from.time {
                from = knot;
            }
        }
        Some(Schedule {
            done: (leg.latest.value - start.value) / way,
            due: (expected - start.value) / way,
            expected,
        })
    }
}

/// k, s and the value due by now.
#[derive(Clone, Copy)]
struct Schedule {
    done: f64,
    due: f64,
    expected: f64,
}

impl Schedule {
    fn word(&self) -> PlannersWord {
        if !reaches(self.due, self.done) {
            PlannersWord::Faster
        } else if reaches(self.done, self.due.min(0.9 * self.due)) {
            PlannersWord::AsExpected
        } else {
            PlannersWord::Lagging
        }
    }
}

/// The three points of a calculation; `from` is earlier than `latest`.
struct Leg {
    from: Point,
    latest: Point,
    target: Point,
    d: f64,
    pace: f64,
}

impl Leg {
    fn new(aim: Aim, from: Point, latest: Point, target: Point) -> Self {
        let above = latest.value > target.value
            || (latest.value == target.value && from.value > target.value);
        let d = match aim {
            Aim::AtMost => -1.0,
            Aim::Exactly if above => -1.0,
            Aim::AtLeast | Aim::Exactly => 1.0,
        };
        let pace = slope(from, latest);
        Self {
            from,
            latest,
            target,
            d,
            pace,
        }
    }

    /// Whether start and latest figure both lie before the target.
    fn is_on_the_way(&self) -> bool {
        let before = |p: Point| self.d * (self.target.value - p.value) > 0.0;
        before(self.from) && before(self.latest)
    }

    fn years_left(&self) -> f64 {
        (self.target.time - self.latest.time).max(0.0)
    }

    /// The value at the deadline if growth goes on.
    fn grown(&self) -> f64 {
        self.latest.value * (growth(self.from, self.latest) * self.years_left()).exp()
    }

    /// Why growth rates make no sense here, if they do not.
    fn no_growth(&self, (low, high): (f64, f64)) -> Option<Fallback> {
        let values = [self.from.value, self.latest.value, self.target.value];
        if values.contains(&0.0) {
            Some(Fallback::Zero)
        } else if values.iter().all(|v| *v < 0.0) {
            Some(Fallback::Negative)
        } else if values.iter().any(|v| *v < 0.0) {
            Some(Fallback::SignChange)
        } else {
            let (low, high) = (low - TOLERANCE, high + TOLERANCE);
            (!(low..=high).contains(&self.grown())).then_some(Fallback::BeyondRange)
        }
    }
}

/// Change a year from `a` to `b`.
fn slope(a: Point, b: Point) -> f64 {
    (b.value - a.value) / (b.time - a.time)
}

/// Growth a year from `a` to `b`, continuous: `exp_m1` of it is the yearly rate.
fn growth(a: Point, b: Point) -> f64 {
    (b.value / a.value).ln() / (b.time - a.time)
}

/// The time so many years after `from`, if that is ahead and not beyond all planning.
fn arrival(from: Point, years: f64) -> Option<f64> {
    Some(from.time + years).filter(|time| years >= 0.0 && *time <= LAST_YEAR)
}

fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

/// `value >= cut`, where a value on the cut is not to fail by binary rounding.
fn reaches(value: f64, cut: f64) -> bool {
    value >= cut - TOLERANCE
}

fn graded(value: f64, on_track: f64, at_risk: f64) -> Outlook {
    if reaches(value, on_track) {
        Outlook::OnTrack
    } else if reaches(value, at_risk) {
        Outlook::AtRisk
    } else {
        Outlook::OffTrack
    }
}

#[cfg(test)]
mod tests;
