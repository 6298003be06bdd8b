//! A region's figure that is missing, made of its parts where its indicator says how. All parts
//! must be there; a region's own figure is never replaced.

use std::collections::{BTreeSet, HashMap};

use guiju_lang::model::{Category, Indicator, IndicatorId, PlaceId, Rollup};
use guiju_lang::{Base, Kind, Number, Period, Unit, kinds};

use crate::facts::Status;

use super::made::{Derivation, DerivedFigure, Maker, RollUp};
use super::{Bound, Fact, Known, ObsRef, SubjectId};

/// A region and the parts that its figures are made of.
#[derive(Debug, Clone)]
pub(crate) struct Region {
    subject: SubjectId,
    parts: Vec<SubjectId>,
}

/// What a roll-up comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RolledUp {
    /// A figure.
    Figure {
        base: Number,
        unit: Unit,
        status: Status,
        made: Derivation,
    },
    /// One part is known from several figures that contradict each other.
    Conflict(Vec<ObsRef>),
    /// Some part is not there, or they give no result.
    Nothing,
}

/// A figure that a roll-up adds, weighs or divides.
struct Part {
    at: ObsRef,
    number: Number,
    unit: Unit,
}

/// What stands in the way of a roll-up.
enum Lack {
    Conflict(Vec<ObsRef>),
    Nothing,
}

impl From<Lack> for RolledUp {
    fn from(lack: Lack) -> RolledUp {
        match lack {
            Lack::Conflict(all) => RolledUp::Conflict(all),
            Lack::Nothing => RolledUp::Nothing,
        }
    }
}

impl Bound<'_> {
    /// Marks what the roll-ups of used indicators are made of as used.
    pub(super) fn mark_parts(&self, used: &mut [bool]) {
        let indicators = &self.ruleset.indicators;
        let mut pending: Vec<IndicatorId> = (0..indicators.len())
            .filter(|at| used.get(*at).copied().unwrap_or(false))
            .map(|at| IndicatorId(at as u32))
            .collect();
        while let Some(id) = pending.pop() {
            let rollup = self.rollup(id);
            for part in rollup.into_iter().flat_map(Rollup::parts) {
                if let Some(flag) = used.get_mut(part.index())
                    && !*flag
                {
                    *flag = true;
                    pending.push(part);
                }
            }
        }
    }

    fn rollup(&self, id: IndicatorId) -> Option<&Rollup> {
        self.ruleset.indicator(id)?.rollup.as_ref()
    }

    /// Makes what is missing, for every indicator that rules read.
    pub(super) fn roll_up(&mut self) {
        if self.ruleset.indicators.iter().all(|i| i.rollup.is_none()) {
            return;
        }
        let used = self.used_indicators();
        let levels = self.levels();
        for id in self.rollup_order() {
            if used.get(id.index()).copied().unwrap_or(false) {
                self.roll_up_one(id, &levels);
            }
        }
    }

    /// Makes what is missing of one indicator; what it is made of is there already. Lower regions
    /// come first, so that higher ones may be made of them.
    pub(crate) fn roll_up_one(&mut self, id: IndicatorId, levels: &[Vec<Region>]) {
        for level in levels {
            let mut figures = Vec::new();
            for region in level {
                self.roll_up_region(id, region, &mut figures);
            }
            self.add_derived(figures);
        }
        if self.contested.contains_key(&id)
            && let Some(grid) = self.grids.get_mut(id.index())
        {
            grid.contested = true;
        }
    }

    fn roll_up_region(&mut self, id: IndicatorId, region: &Region, out: &mut Vec<DerivedFigure>) {
        let Some(origin) = self.rollup(id).map(|r| r.span) else {
            return;
        };
        for period in self.periods_of_parts(id, region) {
            let own = self.at(id, region.subject, period);
            if matches!(own, Known::One(_) | Known::Conflict(_)) {
                continue;
            }
            let own_period = self.own_period(id, period);
            match self.rolled_up(id, region, period) {
                RolledUp::Figure {
                    base,
                    unit,
                    status,
                    made,
                } => out.push(DerivedFigure {
                    indicator: id,
                    subject: region.subject,
                    period: own_period,
                    value: Fact::Number(base),
                    unit,
                    status,
                    origin,
                    made,
                }),
                RolledUp::Conflict(all) => {
                    let contested = self.contested.entry(id).or_default();
                    contested.insert((region.subject, own_period), all);
                }
                RolledUp::Nothing => {}
            }
        }
    }

    /// The periods for which a figure may be made: all parts are there only if the first is.
    fn periods_of_parts(&self, id: IndicatorId, region: &Region) -> Vec<Period> {
        let Some(rollup) = self.rollup(id) else {
            return Vec::new();
        };
        let mut periods = BTreeSet::new();
        for of in rollup.quotient.into_iter().flat_map(|(a, b)| [a, b]) {
            periods.extend(self.periods(of, region.subject));
        }
        if let Some(first) = region.parts.first() {
            let of_parts = rollup.quotient.map(|(a, _)| a);
            for of in of_parts.into_iter().chain([id]) {
                periods.extend(self.periods(of, *first));
            }
        }
        // A school year and the year that it begins in are one to an indicator by school year.
        let mut seen = BTreeSet::new();
        let periods = periods.into_iter();
        periods
            .filter(|p| seen.insert(self.own_period(id, *p)))
            .collect()
    }

    /// What the roll-up of a region comes to for a period, whatever its own figure says.
    pub(crate) fn rolled_up(&self, id: IndicatorId, region: &Region, period: Period) -> RolledUp {
        let Some((indicator, rollup)) = self.ruleset.indicator(id).zip(self.rollup(id)) else {
            return RolledUp::Nothing;
        };
        let ways = [
            rollup.quotient.map(|(a, b)| {
                let own = self.quotient(id, (a, b), RollUp::Quotient, &[region.subject], period);
                match own {
                    Err(Lack::Nothing) => {
                        self.quotient(id, (a, b), RollUp::Pooled, &region.parts, period)
                    }
                    own => own,
                }
            }),
            rollup.sum.then(|| self.sum(id, &region.parts, period)),
            rollup
                .weight
                .map(|by| self.weighted(id, by, &region.parts, period)),
        ];
        for way in ways.into_iter().flatten() {
            match way {
                Ok(RolledUp::Nothing) | Err(Lack::Nothing) => {}
                Ok(found) => return suited(indicator, found),
                Err(lack) => return lack.into(),
            }
        }
        RolledUp::Nothing
    }

    /// A and B added over some regions, and divided.
    fn quotient(
        &self,
        id: IndicatorId,
        (a, b): (IndicatorId, IndicatorId),
        how: RollUp,
        of: &[SubjectId],
        period: Period,
    ) -> Result<RolledUp, Lack> {
        let (above, below) = (self.parts(a, of, period), self.parts(b, of, period));
        let (above, below) = match (above, below) {
            (Ok(above), Ok(below)) => (above, below),
            (Err(Lack::Conflict(all)), _) | (_, Err(Lack::Conflict(all))) => {
                return Err(Lack::Conflict(all));
            }
            _ => return Err(Lack::Nothing),
        };
        // From here on everything is there; what gives no result gives none otherwise either.
        let (Some((x, first)), Some((y, second))) = (added(&above), added(&below)) else {
            return Ok(RolledUp::Nothing);
        };
        let Some(unit) = self.unit_of_quotient(id, first, second) else {
            return Ok(RolledUp::Nothing);
        };
        let unit = unit.clone();
        let parts = above.into_iter().zip(below).flat_map(|(a, b)| [a, b]);
        Ok(self.figure(x.div(&y), unit, how, parts))
    }

    fn sum(&self, id: IndicatorId, of: &[SubjectId], period: Period) -> Result<RolledUp, Lack> {
        let parts = self.parts(id, of, period)?;
        let Some((sum, unit)) = added(&parts) else {
            return Ok(RolledUp::Nothing);
        };
        let unit = unit.clone();
        Ok(self.figure(Some(sum), unit, RollUp::Sum, parts))
    }

    fn weighted(
        &self,
        id: IndicatorId,
        by: IndicatorId,
        of: &[SubjectId],
        period: Period,
    ) -> Result<RolledUp, Lack> {
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        for part in of {
            match (self.part(id, *part, period), self.part(by, *part, period)) {
                (Ok(value), Ok(weight)) => {
                    values.push(value);
                    weights.push(weight);
                }
                (Err(Lack::Conflict(all)), _) | (_, Err(Lack::Conflict(all))) => {
                    return Err(Lack::Conflict(all));
                }
                _ => return Err(Lack::Nothing),
            }
        }
        let (Some((_, unit)), Some((total, _))) = (added(&values), added(&weights)) else {
            return Ok(RolledUp::Nothing);
        };
        let unit = unit.clone();
        let products = values
            .iter()
            .zip(&weights)
            .map(|(x, w)| x.number.mul(&w.number));
        let sum = products.fold(Number::ZERO, |sum, x| sum.add(&x));
        let parts = values.into_iter().zip(weights).flat_map(|(x, w)| [x, w]);
        Ok(self.figure(sum.div(&total), unit, RollUp::Weighted, parts))
    }

    fn figure(
        &self,
        base: Option<Number>,
        unit: Unit,
        how: RollUp,
        parts: impl IntoIterator<Item = Part>,
    ) -> RolledUp {
        let Some(base) = base else {
            return RolledUp::Nothing;
        };
        let from: Vec<ObsRef> = parts.into_iter().map(|p| p.at).collect();
        let status = from.iter().map(|at| self.status(*at)).max();
        RolledUp::Figure {
            base,
            unit,
            status: status.unwrap_or_default(),
            made: Derivation {
                maker: Maker::RollUp(how),
                from,
            },
        }
    }

    /// The figures of some regions, all of them or none.
    fn parts(&self, id: IndicatorId, of: &[SubjectId], period: Period) -> Result<Vec<Part>, Lack> {
        of.iter().map(|who| self.part(id, *who, period)).collect()
    }

    fn part(&self, id: IndicatorId, who: SubjectId, period: Period) -> Result<Part, Lack> {
        match self.at(id, who, period) {
            Known::One(at) => {
                let found = self.number(id, at).zip(self.unit(id, at).cloned());
                let (number, unit) = found.ok_or(Lack::Nothing)?;
                Ok(Part { at, number, unit })
            }
            Known::Conflict(all) => Err(Lack::Conflict(all)),
            Known::Nothing | Known::Forecast(_) => Err(Lack::Nothing),
        }
    }

    /// The unit in which a quotient is stated; `None` if the indicator cannot be one of the two.
    fn unit_of_quotient(&self, id: IndicatorId, a: &Unit, b: &Unit) -> Option<Unit> {
        let indicator = self.ruleset.indicator(id)?;
        let wanted = self.wanted_units.get(id.index()).and_then(|u| u.first());
        let target = match (&indicator.unit, wanted) {
            (Some(unit), _) => Some(unit.clone()),
            (None, Some(unit)) => Some((*unit).clone()),
            (None, None) if indicator.kind == Some(Kind::Rate) => Some(Unit::percent()),
            (None, None) => None,
        };
        let Some(target) = target else {
            return Some(if same(a, b) {
                Unit::percent()
            } else {
                each(a, b)
            });
        };
        let counted = |u: &Unit| u.per.is_empty() && matches!(u.base, Base::Bare | Base::Thing(_));
        let fits = match target.base {
            Base::Share => same(a, b),
            Base::Ratio => same(a, b) || (counted(a) && counted(b)),
            // 85/千人: so many of something for each of something else.
            Base::Bare => counted(a) && counted(b),
            Base::Thing(_) => counted(a) && counted(b) && (a.base == target.base || same(a, b)),
            _ => a.base == target.base && counted(b),
        };
        fits.then_some(target)
    }

    // ── what explanations ask ────────────────────────────────────────────────────────────────

    /// What a region's parts come to, in the unit of the roll-up, where its own figure is neither
    /// that nor that in fewer digits.
    pub(crate) fn other_roll_up(
        &self,
        id: IndicatorId,
        subject: SubjectId,
        at: ObsRef,
    ) -> Option<(Number, Unit)> {
        if self.is_made(at) || self.rollup(id).is_none() {
            return None;
        }
        let region = self.region_at(subject)?;
        let period = self.own_period(id, self.period(at)?);
        let RolledUp::Figure { base, unit, .. } = self.rolled_up(id, &region, period) else {
            return None;
        };
        let same = self.is_rounded(id, at, &base);
        (!same).then_some((base.div(&unit.factor)?, unit))
    }

    /// The figures of parts that are missing; none if none at all is there.
    pub(crate) fn lacking_parts(
        &self,
        id: IndicatorId,
        subject: SubjectId,
        period: Period,
    ) -> Vec<(IndicatorId, SubjectId)> {
        let Some((rollup, region)) = self.rollup(id).zip(self.region_at(subject)) else {
            return Vec::new();
        };
        let mut wanted: Vec<IndicatorId> = match rollup.quotient {
            Some((a, b)) => vec![a, b],
            None => vec![id],
        };
        wanted.extend(rollup.weight.filter(|_| rollup.quotient.is_none()));
        let all = region
            .parts
            .iter()
            .flat_map(|part| wanted.iter().map(move |of| (*of, *part)));
        let (known, lacking): (Vec<_>, Vec<_>) =
            all.partition(|(of, part)| matches!(self.at(*of, *part, period), Known::One(_)));
        match known.is_empty() {
            true => Vec::new(),
            false => lacking,
        }
    }

    fn region_at(&self, subject: SubjectId) -> Option<Region> {
        let is_region = self.subjects.get(subject.index())?.is_region;
        let mut places = self.by_place.iter().filter(|(_, s)| **s == subject);
        let place = places.next().map(|(place, _)| *place);
        is_region.then(|| self.region_of(subject, place))
    }

    // ── who the parts are ────────────────────────────────────────────────────────────────────

    /// Indicators that roll up, what one is made of before it.
    fn rollup_order(&self) -> Vec<IndicatorId> {
        let count = self.ruleset.indicators.len() as u32;
        let mut waiting: Vec<IndicatorId> = (0..count)
            .map(IndicatorId)
            .filter(|id| self.rollup(*id).is_some())
            .collect();
        let mut order = Vec::new();
        loop {
            let is_ready = |id: &IndicatorId| {
                let parts = self.rollup(*id).into_iter().flat_map(Rollup::parts);
                let mut parts = parts.filter(|p| p != id);
                parts.all(|part| !waiting.contains(&part))
            };
            let (ready, rest): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(is_ready);
            if ready.is_empty() {
                // Circles are errors of the rules: none is left.
                return order;
            }
            order.extend(ready);
            waiting = rest;
        }
    }

    /// Every region, those with the least below them first.
    pub(crate) fn levels(&self) -> Vec<Vec<Region>> {
        /// Deeper trees than this are circles through groups.
        const DEEPEST: usize = 32;
        let place_of: HashMap<SubjectId, PlaceId> = self
            .by_place
            .iter()
            .map(|(place, s)| (*s, *place))
            .collect();
        let subjects = (0u32..).zip(&self.subjects);
        let regions: Vec<Region> = subjects
            .filter(|(_, canonical)| canonical.is_region)
            .map(|(at, _)| self.region_of(SubjectId(at), place_of.get(&SubjectId(at)).copied()))
            .collect();
        let mut height: HashMap<SubjectId, usize> = HashMap::new();
        for _ in 0..DEEPEST {
            let mut changed = false;
            for region in &regions {
                let below = region.parts.iter().filter_map(|p| height.get(p)).max();
                let own = (below.copied().unwrap_or(0) + 1).min(DEEPEST);
                changed |= height.insert(region.subject, own) != Some(own);
            }
            if !changed {
                break;
            }
        }
        let mut levels: Vec<Vec<Region>> = Vec::new();
        for region in regions {
            let level = height.get(&region.subject).map_or(0, |h| h - 1);
            while levels.len() <= level {
                levels.push(Vec::new());
            }
            if let Some(list) = levels.get_mut(level) {
                list.push(region);
            }
        }
        levels
    }

    /// A region with its parts: the administrative ones (no groups, no 功能区) unless it has none of
    /// those; none if nothing is known of one of them.
    fn region_of(&self, subject: SubjectId, place: Option<PlaceId>) -> Region {
        let places = &self.ruleset.places;
        let declared = place.and_then(|id| places.get(id));
        let all = declared.map_or(&[][..], |p| p.parts.as_slice());
        let is_plain = |id: &&PlaceId| {
            places.get(**id).is_some_and(|part| {
                part.category != Category::Group && part.of.as_deref() != Some("功能区")
            })
        };
        let mut parts: Vec<&PlaceId> = all.iter().filter(is_plain).collect();
        if parts.is_empty() {
            parts = all.iter().collect();
        }
        let parts: Option<Vec<SubjectId>> = parts
            .into_iter()
            .map(|part| self.subject_of(*part))
            .collect();
        Region {
            subject,
            parts: parts.unwrap_or_default(),
        }
    }
}

/// The sum of figures of one unit, and that unit; `None` without any, or if they are of several.
fn added(parts: &[Part]) -> Option<(Number, &Unit)> {
    let first = parts.first()?;
    if !parts.iter().all(|p| same(&p.unit, &first.unit)) {
        return None;
    }
    let sum = parts.iter().fold(Number::ZERO, |sum, p| sum.add(&p.number));
    Some((sum, &first.unit))
}

/// Whether two figures are of one unit but for its size.
fn same(a: &Unit, b: &Unit) -> bool {
    a.per == b.per && a.base == b.base
}

/// So much of one for each of the other.
fn each(a: &Unit, b: &Unit) -> Unit {
    Unit {
        base: a.base.clone(),
        per: vec![b.symbol.clone()],
        factor: a.factor.clone(),
        symbol: format!("{}/{}", a.symbol, b.symbol),
    }
}

/// A figure, if the indicator can have one in its unit.
fn suited(indicator: &Indicator, found: RolledUp) -> RolledUp {
    match (&found, indicator.kind) {
        (RolledUp::Figure { unit, .. }, Some(kind)) if !kinds::accepts(kind, unit) => {
            RolledUp::Nothing
        }
        _ => found,
    }
}
