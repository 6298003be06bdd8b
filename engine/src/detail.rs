//! Everything there is to say about one decision, worked out from the facts when it is asked for.
//!
//! Results ([`crate::wire`]) and explanations ([`crate::explain`]) read the same detail, so they
//! cannot tell different stories.

mod computed;
mod made;
mod progress;
mod values;

use guiju_lang::model::{Demand, IndicatorId, Plan, Requirement, Rule, Test, Time, Waiver};
use guiju_lang::{Date, Kind, Number, Period};

use crate::bind::{Bound, Canonical, Known, ObsRef, SubjectId};
use crate::evaluate::{
    Decision, Judged, Leaf, Reader, Ruling, Standing, State, Tested, Verdict, Way, part, rule_on,
    tests_of, waiver,
};
use crate::facts::Status;
use crate::outlook::{Assessment, Method};
use crate::truth::Truth;

pub(crate) use computed::{Figure, lowers};
pub(crate) use made::MadeFigure;
pub(crate) use progress::{Progress, Source as BaselineSource};
pub(crate) use values::readable;

/// A decision with all that it rests on.
#[derive(Debug)]
pub(crate) struct Detail<'a> {
    pub(crate) bound: &'a Bound<'a>,
    pub(crate) rule: &'a Rule,
    pub(crate) demand: &'a Demand,
    pub(crate) requirement: &'a Requirement,
    pub(crate) indicator: IndicatorId,
    pub(crate) subject: Option<&'a Canonical>,
    subject_id: Option<SubjectId>,
    /// The verdict by the figures alone.
    pub(crate) verdict: Verdict,
    /// The verdict of the result: an exception may be in force, or nothing be owed.
    pub(crate) shown: Verdict,
    /// The exception in force.
    pub(crate) waiver: Option<&'a Waiver>,
    /// How it stands with the whole rule, or with this one of its subjects.
    pub(crate) ruling: Ruling<'a>,
    /// Whether it is one subject of a quantified rule.
    pub(crate) part: bool,
    /// How many quantifiers stand above it.
    pub(crate) depth: usize,
    /// What conditions and filters came to.
    pub(crate) tests: Vec<Tested>,
    /// Whether that subject belongs to the rule's set.
    pub(crate) belongs: Truth,
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
        let reader = Reader::new(bound, as_of);
        let tier = usize::from(decision.requirement);
        let (ruling, belongs, verdict) = match (decision.part, decision.subject) {
            (true, Some(subject)) => {
                let standing = part(&reader, rule, tier, subject)?;
                let verdict = standing.verdict(as_of);
                (standing.body, standing.belongs, verdict)
            }
            _ => {
                let ruling = rule_on(&reader, rule, tier, decision.subject)?;
                let verdict = ruling.verdict(as_of);
                (ruling, Truth::True, verdict)
            }
        };
        let waiver = (decision.verdict == Verdict::Waived).then(|| {
            let own = bound.ruleset.waivers.iter().filter(|w| w.rule == rule.id);
            waiver(bound, own, decision.subject, as_of)
        });
        let mut detail = Detail::of(bound, rule, tier, decision.subject, ruling, as_of)?;
        detail.verdict = verdict;
        detail.shown = decision.verdict;
        detail.waiver = waiver.flatten();
        detail.part = decision.part;
        detail.belongs = belongs;
        detail.read(method);
        Some(detail)
    }

    /// One subject of a quantified rule, or of a part of it that is quantified itself.
    pub(crate) fn inner(&self, standing: &Standing<'a>) -> Option<Detail<'a>> {
        let requirements = &self.rule.demand.requirements;
        let tier = requirements
            .iter()
            .position(|r| r.force == self.requirement.force);
        let subject = Some(standing.subject);
        let ruling = standing.body.clone();
        let (bound, as_of) = (self.bound, self.as_of);
        let mut detail = Detail::of(bound, self.rule, tier.unwrap_or(0), subject, ruling, as_of)?;
        detail.verdict = standing.verdict(as_of);
        detail.shown = detail.verdict;
        detail.part = true;
        detail.belongs = standing.belongs;
        detail.depth = self.depth + 1;
        detail.read(Method::default());
        Some(detail)
    }

    /// One demand of a choice.
    pub(crate) fn of_demand(&self, ruling: &Ruling<'a>) -> Option<Detail<'a>> {
        let (bound, as_of) = (self.bound, self.as_of);
        let mut detail = Detail::of(bound, self.rule, 0, self.subject_id, ruling.clone(), as_of)?;
        detail.part = self.part;
        detail.read(Method::default());
        Some(detail)
    }

    /// Whom the result is about.
    pub(crate) fn own_subject(&self) -> Option<SubjectId> {
        self.subject_id
    }

    /// A ruling, with nothing looked up yet.
    fn of(
        bound: &'a Bound<'a>,
        rule: &'a Rule,
        tier: usize,
        subject: Option<SubjectId>,
        ruling: Ruling<'a>,
        as_of: Date,
    ) -> Option<Detail<'a>> {
        let (demand, requirement, judged) = match ruling.lead() {
            Some((demand, requirement, judged)) => (demand, requirement, judged.clone()),
            None => {
                let requirement = rule.demand.requirements.get(tier)?;
                (&rule.demand, requirement, Judged::Several(Vec::new()))
            }
        };
        let verdict = ruling.verdict(as_of);
        Some(Detail {
            bound,
            rule,
            demand,
            requirement,
            indicator: demand.indicator,
            subject: subject.and_then(|s| bound.subjects.get(s.index())),
            subject_id: subject,
            verdict,
            shown: verdict,
            waiver: None,
            ruling,
            part: false,
            depth: 0,
            belongs: Truth::True,
            tests: Vec::new(),
            as_of,
            deciding: None,
            due: None,
            decided: false,
            judged,
            series: Vec::new(),
            latest: None,
            missing: Vec::new(),
            lacking: Vec::new(),
            conflicts: Vec::new(),
            contradicted: Vec::new(),
            reached: None,
            progress: None,
        })
    }

    /// Looks up all that there is to say.
    fn read(&mut self, method: Method) {
        // A formula has no series of its own: that of its first indicator would be taken for it.
        if let Some(subject) = self.subject_id
            && self.demand.formula.is_none()
            && !self.is_whole()
        {
            self.read_series(subject);
        }
        if !self.is_whole() {
            self.read_judged();
        }
        self.read_tests();
        self.reached = self.held_since();
        // No method says how a change or a formula gets on.
        let level = self.wanted().is_none() && !self.is_whole() && self.judges_itself();
        if self.verdict == Verdict::Pending && level {
            self.progress = Some(self.assess(method));
        }
    }

    /// What conditions and filters came to for this subject, and which figures they lack.
    fn read_tests(&mut self) {
        let Some(subject) = self.subject_id else {
            return;
        };
        self.tests = tests_of(self.bound, self.rule, subject, self.part, self.as_of);
        if self.ruling.state != State::Undecided && self.belongs != Truth::Unknown {
            return;
        }
        let open = self.tests.iter().filter(|t| t.truth == Truth::Unknown);
        let leaves: Vec<Leaf> = open.flat_map(|t| t.leaves.clone()).collect();
        for leaf in leaves {
            let figure = self.figure(leaf.indicator, leaf.subject, leaf.period);
            if matches!(leaf.known, Known::Nothing | Known::Forecast(_)) {
                self.lack(figure);
            }
        }
    }

    fn lack(&mut self, figure: Figure<'a>) {
        let same = |f: &Figure<'_>| {
            f.indicator == figure.indicator
                && f.period == figure.period
                && f.subject.map(std::ptr::from_ref) == figure.subject.map(std::ptr::from_ref)
        };
        if !self.lacking.iter().any(same) {
            self.lacking.push(figure);
        }
    }

    /// The name of what is measured.
    pub(crate) fn measure_name(&self) -> &'a str {
        self.bound.ruleset.name_of_measure(self.demand)
    }

    /// Whether it is about several subjects at once.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.ruling.way, Way::Whole { .. })
    }

    /// Whether the verdict is that of one demand alone, whose pace means something.
    fn judges_itself(&self) -> bool {
        matches!(self.ruling.way, Way::Demand { .. }) && self.requirement.test != Test::Made
    }

    pub(crate) fn plan(&self) -> Option<&'a Plan> {
        self.bound.ruleset.plan_of(self.rule)
    }

    pub(crate) fn assessment(&self) -> Option<&Assessment> {
        self.progress.as_ref().map(|p| &p.assessment)
    }

    fn read_series(&mut self, subject: SubjectId) {
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
        for figure in lacking {
            self.lack(figure);
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
    fn held_since(&self) -> Option<Period> {
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
