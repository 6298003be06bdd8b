//! Facts meet rules: which columns an indicator reads, who each subject is, what a bare number or a
//! word means. Everything that is wrong about the facts in the light of the rules is said here, so
//! that evaluation itself cannot fail.

mod agree;
mod grid;
mod made;
mod rollup;
mod settle;
mod subjects;
mod values;
mod wanted;

use std::collections::{BTreeSet, HashMap};

use guiju_lang::model::{Expr, IndicatorId, Part, PlaceId, Ruleset, Time};
use guiju_lang::period::Grain;
use guiju_lang::{Diagnostic, Period, Sources, Unit};

use crate::facts::{Cell, Column, Facts, Origin, Status};

pub(crate) use grid::Slot;
use made::Made;
pub(crate) use made::{Derivation, DerivedFigure, Maker, RollUp};
pub(crate) use settle::Known;
use settle::{Contested, Found};
pub(crate) use subjects::{Canonical, SubjectId};
use values::Reading;
pub(crate) use values::{Event, Fact};

/// A figure's position: store, column, row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ObsRef {
    store: u32,
    column: u32,
    row: u32,
}

/// Facts in the light of a ruleset.
#[derive(Debug)]
pub(crate) struct Bound<'a> {
    pub(crate) ruleset: &'a Ruleset,
    sources: &'a Sources,
    stores: Vec<&'a Facts>,
    /// What the rules make of them; its number is behind those of the stores.
    made: Made,
    /// Figures that could not be made because those that they rest on contradict each other.
    contested: Contested,
    /// Canonical subjects, in the order of output.
    pub(crate) subjects: Vec<Canonical>,
    by_place: HashMap<PlaceId, SubjectId>,
    /// The test whose entities are known, if it is one that is run.
    pub(crate) test: Option<u32>,
    /// The place of each subject that is one of the ruleset.
    places: Vec<Option<PlaceId>>,
    /// For each indicator, whether it may have figures without a period: attributes, and what is made.
    timeless: Vec<bool>,
    /// For each indicator of the ruleset, the columns that hold its figures.
    columns: Vec<Vec<BoundColumn>>,
    /// For each indicator of the ruleset, where its figures stand.
    grids: Vec<grid::Grid>,
    /// For each column of each store, whether a rule's indicator reads it.
    read: Vec<Vec<bool>>,
    /// What was assumed, once each: bare numbers taken as percent.
    pub(crate) assumed_percent: BTreeSet<String>,
    /// Everything wrong with the facts.
    pub(crate) findings: Vec<Diagnostic>,
    /// For each indicator, the units in which rules state their bounds.
    wanted_units: Vec<Vec<&'a Unit>>,
}

#[derive(Debug)]
struct BoundColumn {
    store: u32,
    column: u32,
    /// How each unit of the store is read here.
    reading: Reading,
}

impl<'a> Bound<'a> {
    /// Binds facts (later stores add to earlier ones) to a ruleset.
    pub(crate) fn new(
        ruleset: &'a Ruleset,
        sources: &'a Sources,
        stores: Vec<&'a Facts>,
        test: Option<u32>,
    ) -> Bound<'a> {
        let mut bound = Bound {
            ruleset,
            sources,
            stores,
            made: Made::default(),
            contested: Contested::default(),
            subjects: Vec::new(),
            by_place: HashMap::new(),
            test,
            places: Vec::new(),
            timeless: ruleset.indicators.iter().map(|i| i.attribute).collect(),
            columns: Vec::new(),
            grids: Vec::new(),
            read: Vec::new(),
            assumed_percent: BTreeSet::new(),
            findings: Vec::new(),
            wanted_units: Vec::new(),
        };
        let by_period = made::by_period(ruleset);
        for derivation in &ruleset.derivations {
            if let Some(timeless) = bound.timeless.get_mut(derivation.indicator.index()) {
                *timeless = !by_period.contains(&derivation.indicator);
            }
        }
        bound.bind_subjects();
        bound.bind_columns();
        bound.fill_grids();
        bound.findings.sort_by_cached_key(place);
        bound.roll_up();
        bound
    }

    fn store(&self, at: u32) -> &'a Facts {
        // A store index always comes from this list.
        self.stores[at as usize]
    }

    /// The store of a figure, read or made.
    fn held(&self, at: u32) -> &Facts {
        self.stores
            .get(at as usize)
            .copied()
            .unwrap_or(&self.made.facts)
    }

    /// The number of the store of what is made.
    fn made_store(&self) -> u32 {
        self.stores.len() as u32
    }

    fn bind_columns(&mut self) {
        self.wanted_units = self.rule_units();
        let used: Vec<bool> = self.used_indicators();
        self.columns = self.ruleset.indicators.iter().map(|_| Vec::new()).collect();
        for store in 0..self.stores.len() as u32 {
            let facts = self.store(store);
            let mut read = vec![false; facts.columns().len()];
            for (at, column) in facts.columns().iter().enumerate() {
                let named = self.ruleset.indicator_named(facts.indicator_of(column));
                let indicator = match facts.group_of(column) {
                    // A breakdown never stands in for the whole.
                    Some(group) => named.and_then(|id| self.ruleset.breakdown(id, group)),
                    None => named,
                };
                let used = indicator.filter(|id| used.get(id.index()).copied().unwrap_or(false));
                if let Some(id) = used {
                    let reading = self.reading(id, facts, column);
                    if let Some(columns) = self.columns.get_mut(id.index()) {
                        columns.push(BoundColumn {
                            store,
                            column: at as u32,
                            reading,
                        });
                    }
                    if let Some(flag) = read.get_mut(at) {
                        *flag = true;
                    }
                } else {
                    self.check_unread_words(facts, column);
                }
            }
            self.read.push(read);
        }
    }

    fn used_indicators(&self) -> Vec<bool> {
        let mut used = vec![false; self.ruleset.indicators.len()];
        let mut mark = |id: IndicatorId| {
            if let Some(flag) = used.get_mut(id.index()) {
                *flag = true;
            }
        };
        for rule in &self.ruleset.rules {
            for demand in rule.demands() {
                mark(demand.indicator);
                if let Time::After { event, .. } = demand.time {
                    mark(event);
                }
            }
        }
        for (id, indicator) in (0u32..).zip(&self.ruleset.indicators) {
            if indicator.attribute {
                mark(IndicatorId(id));
            }
        }
        self.ruleset.walk(&mut |part| {
            if let Part::Expr(Expr::Indicator(id) | Expr::Latest(id)) = part {
                mark(*id);
            }
        });
        self.mark_parts(&mut used);
        used
    }

    // ── looking figures up ───────────────────────────────────────────────────────────────────

    /// The periods for which there are figures, by the day they end, the longest last.
    pub(crate) fn periods(&self, indicator: IndicatorId, subject: SubjectId) -> Vec<Period> {
        let mut periods = Vec::new();
        self.each_figure(indicator, subject, |period, _| periods.push(period));
        periods.extend(self.contested_periods(indicator, subject));
        periods.sort_unstable_by_key(|p| (p.end(), std::cmp::Reverse(p.start())));
        periods.dedup();
        periods
    }

    /// The periods that were observed, in the same order: a roll-up of other figures is no observation,
    /// what is defined by observed ones is.
    pub(crate) fn observed(&self, indicator: IndicatorId, subject: SubjectId) -> Vec<Period> {
        if !self.has_made() && !self.has_contested() {
            return self.periods(indicator, subject);
        }
        let mut read = BTreeSet::new();
        self.each_figure(indicator, subject, |period, at| {
            if self.is_observed(at) {
                read.insert(period);
            }
        });
        let mut periods = self.periods(indicator, subject);
        periods.retain(|period| read.contains(period));
        periods
    }

    /// Figures that are not understood are left out: each of them is a finding.
    fn each_figure(
        &self,
        indicator: IndicatorId,
        subject: SubjectId,
        mut visit: impl FnMut(Period, ObsRef),
    ) {
        let all = |periods: &[Period]| 0..periods.len();
        match self.is_by_school_year(indicator) {
            false => self.each_figure_in(indicator, subject, all, visit),
            true => self.each_figure_in(indicator, subject, all, |period, at| {
                visit(as_year(period), at);
            }),
        }
    }

    /// The period as it is looked up: figures by school year have the year that it begins in.
    fn own_period(&self, indicator: IndicatorId, period: Period) -> Period {
        match self.is_by_school_year(indicator) {
            true => as_year(period),
            false => period,
        }
    }

    fn is_by_school_year(&self, indicator: IndicatorId) -> bool {
        let indicator = self.ruleset.indicator(indicator);
        indicator.is_some_and(|i| i.by_school_year)
    }

    /// Every figure for exactly one period; a subject's rows are in order of period.
    fn each_figure_at(
        &self,
        indicator: IndicatorId,
        subject: SubjectId,
        period: Period,
        mut visit: impl FnMut(ObsRef),
    ) {
        if self.is_by_school_year(indicator) {
            // `2025` and `2025/2026` do not lie side by side.
            let wanted = as_year(period);
            return self.each_figure(indicator, subject, |period, at| {
                if period == wanted {
                    visit(at);
                }
            });
        }
        let of_period = |periods: &[Period]| {
            let first = periods.partition_point(|p| *p < period);
            let count = periods
                .iter()
                .skip(first)
                .take_while(|p| **p == period)
                .count();
            first..first + count
        };
        self.each_figure_in(indicator, subject, of_period, |_, at| visit(at));
    }

    fn each_figure_in(
        &self,
        indicator: IndicatorId,
        subject: SubjectId,
        among: impl Fn(&[Period]) -> std::ops::Range<usize>,
        mut visit: impl FnMut(Period, ObsRef),
    ) {
        let Some(canonical) = self.subjects.get(subject.index()) else {
            return;
        };
        let columns = self
            .columns
            .get(indicator.index())
            .map_or(&[][..], Vec::as_slice);
        for bound in columns {
            let Some(column) = self.held(bound.store).column(bound.column) else {
                continue;
            };
            let sound = bound.reading.is_sound();
            // What is made is of canonical subjects already.
            let own = [(self.made_store(), subject.0)];
            let members = match bound.store == self.made_store() {
                true => &own[..],
                false => canonical.members.as_slice(),
            };
            for (store, member) in members {
                if *store != bound.store {
                    continue;
                }
                let rows = column.rows(*member);
                let Some(periods) = column.periods.get(rows.clone()) else {
                    continue;
                };
                for row in among(periods) {
                    let Some(period) = periods.get(row) else {
                        continue;
                    };
                    let at = ObsRef {
                        store: bound.store,
                        column: bound.column,
                        row: (rows.start + row) as u32,
                    };
                    if sound || self.fact(indicator, at).is_some() {
                        visit(*period, at);
                    }
                }
            }
        }
    }

    /// What is known for exactly this period; an attribute that is given without one holds in every.
    pub(crate) fn at(&self, indicator: IndicatorId, subject: SubjectId, period: Period) -> Known {
        let mut found = Found::default();
        self.each_figure_at(indicator, subject, period, |at| found.add(at));
        if found.is_empty() && self.is_timeless(indicator) {
            let always = Period::timeless();
            self.each_figure_at(indicator, subject, always, |at| found.add(at));
        }
        self.or_contested(self.settle(indicator, found), (indicator, subject, period))
    }

    /// Whether an indicator may have figures without a period.
    pub(crate) fn is_timeless(&self, indicator: IndicatorId) -> bool {
        self.timeless
            .get(indicator.index())
            .copied()
            .unwrap_or(false)
    }

    /// What is known for a deadline: the figure of exactly this period, else of the longest period
    /// that ends on the same day (2025 = 2025-12 = 2025-12-31). The period is the figure's own. A
    /// forecast stands in nobody's way.
    pub(crate) fn by(
        &self,
        indicator: IndicatorId,
        subject: SubjectId,
        period: Period,
    ) -> (Period, Known) {
        let period = self.own_period(indicator, period);
        let mut exact = Found::default();
        let mut decides = false;
        self.each_figure_at(indicator, subject, period, |at| {
            exact.add(at);
            decides |= self.status(at) != Status::Forecast;
        });
        // Nearly every figure has exactly the period of its rule; only the rest is looked at twice.
        if decides {
            return (period, self.settle(indicator, exact));
        }
        let exact = self.or_contested(self.settle(indicator, exact), (indicator, subject, period));
        if matches!(exact, Known::Conflict(_)) {
            return (period, exact);
        }
        let deadline = period.end();
        let mut longest: Option<Period> = None;
        self.each_figure(indicator, subject, |p, at| {
            if p != period
                && p.start() <= deadline
                && p.end() == deadline
                && longest.is_none_or(|l| p.start() < l.start())
                && self.status(at) != Status::Forecast
            {
                longest = Some(p);
            }
        });
        for other in self.contested_periods(indicator, subject) {
            if other.end() == deadline && longest.is_none_or(|l| other.start() < l.start()) {
                longest = Some(other);
            }
        }
        match longest {
            Some(other) => (other, self.at(indicator, subject, other)),
            None if exact == Known::Nothing => (period, self.at(indicator, subject, period)),
            None => (period, exact),
        }
    }

    // ── reading one figure ───────────────────────────────────────────────────────────────────

    fn column(&self, at: ObsRef) -> Option<&Column> {
        self.held(at.store).column(at.column)
    }

    fn cell(&self, at: ObsRef) -> Option<&Cell> {
        self.column(at)?.values.get(at.row as usize)
    }

    pub(crate) fn period(&self, at: ObsRef) -> Option<Period> {
        self.column(at)?.periods.get(at.row as usize).copied()
    }

    pub(crate) fn status(&self, at: ObsRef) -> Status {
        self.column(at)
            .and_then(|c| c.statuses.get(at.row as usize))
            .copied()
            .unwrap_or_default()
    }

    fn origin(&self, at: ObsRef) -> Option<Origin> {
        self.column(at)?.origins.get(at.row as usize).copied()
    }

    /// Where a figure stands: file, line, column, text, and who published it.
    pub(crate) fn provenance(&self, at: ObsRef) -> Option<Provenance<'_>> {
        let store = self.held(at.store);
        let origin = self.origin(at)?;
        Some(Provenance {
            file: store.file_name(origin),
            line: origin.line,
            column: origin.column,
            text: store.text(origin),
            publisher: store.source(origin),
        })
    }

    /// The indicator that a figure is of.
    pub(crate) fn indicator_of(&self, at: ObsRef) -> Option<IndicatorId> {
        let has = |columns: &Vec<BoundColumn>| {
            columns
                .iter()
                .any(|c| (c.store, c.column) == (at.store, at.column))
        };
        let found = self.columns.iter().position(has)?;
        Some(IndicatorId(found as u32))
    }

    /// Number of figures in all stores, without what is made of them.
    pub(crate) fn figure_count(&self) -> usize {
        self.stores.iter().map(|s| s.len()).sum()
    }

    // ── what no rule uses ────────────────────────────────────────────────────────────────────

    /// Figures that no rule reads: their indicator is in no rule, or is a breakdown.
    pub(crate) fn unused(&self) -> impl Iterator<Item = ObsRef> + '_ {
        (0..self.stores.len() as u32).flat_map(move |store| {
            let read = self.read.get(store as usize).map_or(&[][..], Vec::as_slice);
            self.store(store)
                .columns()
                .iter()
                .enumerate()
                .flat_map(move |(column, data)| {
                    let unused = !read.get(column).copied().unwrap_or(false);
                    let rows = if unused { data.len() as u32 } else { 0 };
                    (0..rows).map(move |row| ObsRef {
                        store,
                        column: column as u32,
                        row,
                    })
                })
        })
    }

    /// Indicator, region and entity of a figure as its file wrote them.
    pub(crate) fn named(&self, at: ObsRef) -> (&'a str, Option<&'a str>, Option<&'a str>) {
        let store = self.store(at.store);
        let Some(column) = store.column(at.column) else {
            return ("", None, None);
        };
        let subject = column.subjects.get(at.row as usize).copied().unwrap_or(0);
        let (region, entity) = store.subject(subject);
        (store.indicator_of(column), region, entity)
    }
}

/// The year in which a school year begins.
fn as_year(period: Period) -> Period {
    match period.grain() {
        Grain::SchoolYear => Period::year(period.start().year()).unwrap_or(period),
        _ => period,
    }
}

/// File, line and column of a finding; what has no line comes last.
fn place(finding: &Diagnostic) -> (bool, String, u32, u32) {
    let place = finding.args.iter().find(|(name, _)| *name == "place");
    let mut parts = place.map_or("", |(_, text)| text.as_str()).rsplitn(3, ':');
    let mut number = || parts.next().and_then(|n| n.parse().ok());
    let (column, line): (Option<u32>, Option<u32>) = (number(), number());
    let file = parts.next().unwrap_or("").to_string();
    (line.is_none(), file, line.unwrap_or(0), column.unwrap_or(0))
}

/// Where a figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Provenance<'a> {
    pub(crate) file: &'a str,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) text: &'a str,
    pub(crate) publisher: Option<&'a str>,
}
