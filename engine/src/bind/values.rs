//! What published values mean for an indicator of a known kind.

use std::collections::{BTreeMap, HashMap, HashSet};

use guiju_lang::model::{Indicator, IndicatorId, Test, Value};
use guiju_lang::words::Class;
use guiju_lang::{
    Base, Code, Date, Diagnostic, Kind, Kw, Number, Period, Quantity, Unit, kinds, nearest,
};

use crate::facts::{BARE, Cell, Column, Facts};

use super::{Bound, ObsRef};

/// How a column's values are read for its indicator.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The effective unit for each unit of the store.
    units: Vec<Option<Unit>>,
    /// The meaning of each word.
    words: HashMap<u32, Fact>,
    /// Rows with a number that cannot be what it seems.
    refused: HashSet<usize>,
    /// Whether some figure is not understood.
    unsound: bool,
}

/// Findings of one column that are listed; the others are counted.
const MAX_FINDINGS: usize = 100;

impl Reading {
    /// How a column is read that holds what it means already.
    pub(super) fn plain(units: &[Unit], words: HashMap<u32, Fact>) -> Reading {
        Reading {
            units: units.iter().cloned().map(Some).collect(),
            words,
            ..Reading::default()
        }
    }

    /// Whether every figure of the column is understood.
    pub(super) fn is_sound(&self) -> bool {
        !self.unsound
    }
}

/// A figure's value, in a form that compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact {
    /// A number in the base scale of its unit (a share of one, years, metres …).
    Number(Number),
    /// A step of a scale, 0 the best.
    Grade(u32),
    /// Yes or no.
    Flag(bool),
    /// What is known of a milestone.
    Event(Event),
    /// A value of an attribute.
    Word(String),
}

/// What a record says about a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// Done within these days.
    Done(Date, Date),
    /// Done, as seen on the last day of the record's period.
    DoneWhenSeen,
    /// Not done, as seen on the last day of the record's period.
    NotDoneWhenSeen,
}

impl<'a> Bound<'a> {
    /// Checks a column against its indicator and settles how it is read.
    pub(super) fn reading(&mut self, id: IndicatorId, facts: &Facts, column: &Column) -> Reading {
        let Some(indicator) = self.ruleset.indicator(id) else {
            return Reading::default();
        };
        let Some(kind) = indicator.kind else {
            return self.plain_reading(id, facts, column);
        };
        let seen = Seen::of(column);
        let findings = self.findings.len();
        let mut reading = Reading {
            units: vec![None; facts.units().len()],
            ..Reading::default()
        };
        for (unit, row) in &seen.units {
            let effective = self.effective_unit(indicator, kind, facts, column, *unit, *row);
            if let Some(slot) = reading.units.get_mut(usize::from(*unit)) {
                *slot = effective;
            }
        }
        for (word, row) in &seen.words {
            let Some(Cell::Word(sym)) = column.values.get(*row) else {
                continue;
            };
            match self.word_value(indicator, kind, facts.word(*sym)) {
                Some(value) => {
                    reading.words.insert(*word, value);
                }
                None => self.wrong_value(indicator, kind, facts, column, *row),
            }
        }
        if kind == Kind::Rate && indicator.unit.is_none() {
            self.check_bare_fractions(indicator, facts, column, &mut reading);
        }
        self.check_numbers(indicator, kind, facts, column, &mut reading);
        self.check_rules_agree(id, &mut reading, facts, column, &seen);
        reading.unsound = self.findings.len() > findings;
        reading
    }

    /// How figures are read of which only formulas and conditions speak: as numbers in the unit they
    /// are stated in, as words of an attribute, as answers.
    fn plain_reading(&self, id: IndicatorId, facts: &Facts, column: &Column) -> Reading {
        let declared = self.ruleset.indicator(id).and_then(|i| i.unit.clone());
        let bare = declared.unwrap_or_else(Unit::bare);
        let units = (0..facts.units().len())
            .map(|at| match at {
                0 => Some(bare.clone()),
                at => {
                    let stated = facts.unit(at as u16).cloned();
                    stated.map(|unit| self.ruleset.units.resolve(unit))
                }
            })
            .collect();
        let attributes = self.ruleset.types.iter().flat_map(|t| &t.attributes);
        let choices: Vec<&String> = attributes
            .filter(|a| a.indicator == id)
            .flat_map(|a| &a.choices)
            .collect();
        let mut words = HashMap::new();
        for sym in Seen::of(column).words.keys() {
            let word = facts.word_at(*sym);
            let fact = match answer(word) {
                Some(flag) if !choices.iter().any(|c| *c == word) => Fact::Flag(flag),
                _ => Fact::Word(word.to_string()),
            };
            words.insert(*sym, fact);
        }
        Reading {
            units,
            words,
            ..Reading::default()
        }
    }

    /// A rank is a whole number from 1 on; a number for a milestone is a year.
    fn check_numbers(
        &mut self,
        indicator: &Indicator,
        kind: Kind,
        facts: &Facts,
        column: &Column,
        reading: &mut Reading,
    ) {
        if !matches!(kind, Kind::Rank | Kind::Milestone) {
            return;
        }
        for (row, value) in column.values.iter().enumerate() {
            let Cell::Number(number) = value else {
                continue;
            };
            let sound = match kind {
                Kind::Rank => number.is_integer() && *number >= Number::ONE,
                _ => year(number).is_some(),
            };
            if !sound {
                if reading.refused.len() < MAX_FINDINGS {
                    self.wrong_value(indicator, kind, facts, column, row);
                }
                reading.refused.insert(row);
            }
        }
        if let Some(beyond) = reading.refused.len().checked_sub(MAX_FINDINGS)
            && beyond > 0
        {
            let finding = Diagnostic::unplaced(Code::TooManyErrors)
                .with("file", &indicator.name)
                .with("count", beyond);
            self.findings.push(finding);
        }
    }

    fn effective_unit(
        &mut self,
        indicator: &Indicator,
        kind: Kind,
        facts: &Facts,
        column: &Column,
        unit: u16,
        row: usize,
    ) -> Option<Unit> {
        if matches!(kind, Kind::Grade | Kind::Flag) {
            self.wrong_value(indicator, kind, facts, column, row);
            return None;
        }
        if kind == Kind::Milestone {
            // A year alone in a milestone's cell reads as a number: 2023, 2023年.
            let year = |u: &Unit| u.base == Base::Calendar && u.factor == Number::ONE;
            if unit == BARE || facts.unit(unit).is_some_and(year) {
                return Some(Unit::bare());
            }
            self.wrong_value(indicator, kind, facts, column, row);
            return None;
        }
        let effective = if unit == BARE {
            match &indicator.unit {
                Some(declared) => declared.clone(),
                None if kind == Kind::Rate => {
                    self.assumed_percent.insert(indicator.name.clone());
                    Unit::percent()
                }
                None if kinds::bare_allowed(kind) => Unit::bare(),
                None => {
                    self.wrong_value(indicator, kind, facts, column, row);
                    return None;
                }
            }
        } else {
            self.ruleset.units.resolve(facts.unit(unit)?.clone())
        };
        if !kinds::accepts(kind, &effective) {
            self.wrong_value(indicator, kind, facts, column, row);
            return None;
        }
        if let Some(declared) = &indicator.unit
            && (!declared.comparable(&effective) || declared.differs_in_measure_word(&effective))
        {
            self.findings.push(
                placed(Code::FactsDeclaredUnit, facts, column, row)
                    .with("indicator", &indicator.name)
                    .with("declared", declared),
            );
            return None;
        }
        Some(effective)
    }

    /// The distinct units in which rules state their bounds, for each indicator; one pass over the
    /// rules, because there may be many of them for each of many columns.
    pub(super) fn rule_units(&self) -> Vec<Vec<&'a Unit>> {
        let mut wanted: Vec<Vec<&'a Unit>> = vec![Vec::new(); self.ruleset.indicators.len()];
        for rule in &self.ruleset.rules {
            let id = rule.demand.indicator;
            let Some(units) = wanted.get_mut(id.index()) else {
                continue;
            };
            let values = rule.demand.requirements.iter().flat_map(|r| match &r.test {
                Test::Compare { value, .. } => [Some(value), None],
                Test::Between { lower, upper, .. } => [Some(lower), Some(upper)],
                Test::Computed(_) | Test::Done | Test::Made => [None, None],
            });
            for value in values.flatten() {
                if let Value::Quantity(q) = value
                    && !units.contains(&&q.unit)
                {
                    units.push(&q.unit);
                }
            }
        }
        wanted
    }

    /// Rules with a unit of their own (6.2平方米/生) must be able to compare with the figures.
    fn check_rules_agree(
        &mut self,
        id: IndicatorId,
        reading: &mut Reading,
        facts: &Facts,
        column: &Column,
        seen: &Seen,
    ) {
        let Some(indicator) = self.ruleset.indicator(id) else {
            return;
        };
        let wanted = self
            .wanted_units
            .get(id.index())
            .cloned()
            .unwrap_or_default();
        let Some(kind) = indicator.kind else {
            return;
        };
        for (unit, row) in &seen.units {
            let Some(slot) = reading.units.get_mut(usize::from(*unit)) else {
                continue;
            };
            let fits = |found: &Unit| wanted.iter().all(|u| fits(kind, u, found));
            if slot.as_ref().is_some_and(|found| !fits(found)) {
                // Numbers of another dimension would compare as if they were of this one.
                *slot = None;
                self.wrong_value(indicator, kind, facts, column, *row);
            }
        }
    }

    fn wrong_value(
        &mut self,
        indicator: &Indicator,
        kind: Kind,
        facts: &Facts,
        column: &Column,
        row: usize,
    ) {
        let (zh, en) = self.wanted(indicator, kind);
        let mut finding = placed(Code::FactsDimension, facts, column, row)
            .with("indicator", &indicator.name)
            .with_words("expected", zh, en);
        if let Some(Cell::Word(sym)) = column.values.get(row) {
            let word = facts.word(*sym);
            let scale = indicator.scale.and_then(|id| self.ruleset.scale(id));
            let steps = scale.into_iter().flat_map(|s| s.steps.iter());
            finding = finding
                .with("word", word)
                .with_some("nearest", nearest(word, steps.map(String::as_str)));
        }
        self.findings.push(finding);
    }

    /// A rate whose bare figures in a file all lie between −1.5 and 1.5 could be fractions or
    /// percent: none of them is read.
    fn check_bare_fractions(
        &mut self,
        indicator: &Indicator,
        facts: &Facts,
        column: &Column,
        reading: &mut Reading,
    ) {
        let limit = Number::decimal(15, 1);
        // Bare rows of each file, and whether a figure beyond the limit settles it.
        let mut files: BTreeMap<&str, (Vec<usize>, bool)> = BTreeMap::new();
        for row in 0..column.len() {
            if column.units.get(row) != Some(&BARE) {
                continue;
            }
            let (Some(Cell::Number(number)), Some(origin)) =
                (column.values.get(row), column.origins.get(row))
            else {
                continue;
            };
            let entry = files.entry(facts.file_name(*origin)).or_default();
            entry.1 |= number.abs() > limit;
            if !entry.1 {
                entry.0.push(row);
            }
        }
        for (file, (rows, settled)) in files {
            let (false, Some(first)) = (settled, rows.first()) else {
                continue;
            };
            self.findings.push(
                placed(Code::BareFraction, facts, column, *first)
                    .with("file", file)
                    .with("indicator", &indicator.name),
            );
            reading.refused.extend(rows);
        }
    }

    /// The meaning of a word for a kind.
    fn word_value(&self, indicator: &Indicator, kind: Kind, word: &str) -> Option<Fact> {
        match kind {
            Kind::Flag => answer(word).map(Fact::Flag),
            Kind::Milestone => milestone(word).map(Fact::Event),
            Kind::Grade => {
                let scale = self.ruleset.scale(indicator.scale?)?;
                scale
                    .steps
                    .iter()
                    .position(|s| s == word)
                    .map(|step| Fact::Grade(step as u32))
            }
            _ => None,
        }
    }

    /// Words in columns that no rule reads are still errors if they can mean nothing.
    pub(super) fn check_unread_words(&mut self, facts: &Facts, column: &Column) {
        for (_, row) in Seen::of(column).words {
            let Some(Cell::Word(sym)) = column.values.get(row) else {
                continue;
            };
            let word = facts.word(*sym);
            let grade = self
                .ruleset
                .scales
                .iter()
                .any(|s| s.steps.iter().any(|w| w == word));
            if !grade && answer(word).is_none() && milestone(word).is_none() {
                let near = nearest(
                    word,
                    self.ruleset
                        .scales
                        .iter()
                        .flat_map(|s| s.steps.iter().map(String::as_str)),
                );
                let finding =
                    placed(Code::FactsValue, facts, column, row).with_some("nearest", near);
                self.findings.push(finding);
            }
        }
    }

    fn bound_reading(&self, indicator: IndicatorId, at: ObsRef) -> Option<&Reading> {
        let columns = self.columns.get(indicator.index())?;
        columns
            .iter()
            .find(|c| (c.store, c.column) == (at.store, at.column))
            .map(|c| &c.reading)
    }

    /// The unit a figure is published in, or was taken to be in.
    pub(crate) fn unit(&self, indicator: IndicatorId, at: ObsRef) -> Option<&Unit> {
        let unit = *self.column(at)?.units.get(at.row as usize)?;
        let reading = self.bound_reading(indicator, at)?;
        if reading.refused.contains(&(at.row as usize)) {
            return None;
        }
        reading.units.get(usize::from(unit))?.as_ref()
    }

    /// A figure as a number in the base scale.
    pub(crate) fn number(&self, indicator: IndicatorId, at: ObsRef) -> Option<Number> {
        match self.fact(indicator, at)? {
            Fact::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A figure as published, with the unit it was taken to be in.
    pub(crate) fn quantity(&self, indicator: IndicatorId, at: ObsRef) -> Option<Quantity> {
        let Cell::Number(number) = self.cell(at)? else {
            return None;
        };
        Some(Quantity {
            number: number.clone(),
            unit: self.unit(indicator, at)?.clone(),
        })
    }

    /// A figure's number and the unit it stands in, for comparisons that avoid conversion.
    pub(crate) fn raw_number(
        &self,
        indicator: IndicatorId,
        at: ObsRef,
    ) -> Option<(&Number, &Unit)> {
        match self.cell(at)? {
            Cell::Number(number) => Some((number, self.unit(indicator, at)?)),
            Cell::Word(_) => None,
        }
    }

    /// A figure's value.
    pub(crate) fn fact(&self, indicator: IndicatorId, at: ObsRef) -> Option<Fact> {
        let milestone = self.ruleset.indicator(indicator)?.kind == Some(Kind::Milestone);
        match self.cell(at)? {
            Cell::Number(number) if milestone => {
                self.unit(indicator, at)?;
                let year = year(number)?;
                Some(Fact::Event(Event::Done(year.start(), year.end())))
            }
            Cell::Number(number) => {
                let unit = self.unit(indicator, at)?;
                Some(Fact::Number(if unit.factor == Number::ONE {
                    number.clone()
                } else {
                    number.mul(&unit.factor)
                }))
            }
            Cell::Word(sym) => self
                .bound_reading(indicator, at)?
                .words
                .get(&sym.0)
                .cloned(),
        }
    }

    /// The day, month or year in which a record of a milestone says that it was done.
    pub(crate) fn done_in(&self, at: ObsRef) -> Option<Period> {
        match self.cell(at)? {
            Cell::Number(number) => year(number),
            Cell::Word(_) => self.word(at)?.parse().ok(),
        }
    }

    /// The word of a figure that is no number.
    pub(crate) fn word(&self, at: ObsRef) -> Option<&str> {
        match self.cell(at)? {
            Cell::Word(sym) => Some(self.held(at.store).word(*sym)),
            Cell::Number(_) => None,
        }
    }
}

/// Whether a figure in one unit can be held against a rule in another. A bare number may be a count
/// or a score, but no 平方米.
fn fits(kind: Kind, wanted: &Unit, found: &Unit) -> bool {
    let bare = |u: &Unit| u.base == Base::Bare && u.per.is_empty();
    let says_as_much = kind != Kind::Quantity || bare(wanted) == bare(found);
    says_as_much && wanted.comparable(found)
}

/// The year that a number in a milestone's cell means.
fn year(number: &Number) -> Option<Period> {
    number
        .to_i64()
        .and_then(|n| Period::year(n.try_into().ok()?).ok())
}

/// The distinct units and words of a column, each with its first row.
struct Seen {
    units: BTreeMap<u16, usize>,
    words: BTreeMap<u32, usize>,
}

impl Seen {
    fn of(column: &Column) -> Seen {
        let mut seen = Seen {
            units: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        let mut last = None;
        for (row, value) in column.values.iter().enumerate() {
            match value {
                Cell::Number(_) => {
                    let Some(unit) = column.units.get(row) else {
                        continue;
                    };
                    if last != Some(*unit) {
                        seen.units.entry(*unit).or_insert(row);
                        last = Some(*unit);
                    }
                }
                Cell::Word(sym) => {
                    seen.words.entry(sym.0).or_insert(row);
                }
            }
        }
        seen
    }
}

/// A finding about one row: its place and its text.
fn placed(code: Code, facts: &Facts, column: &Column, row: usize) -> Diagnostic {
    let Some(origin) = column.origins.get(row).copied() else {
        return Diagnostic::unplaced(code);
    };
    let mut found = facts.text(origin).to_string();
    let unit = column
        .units
        .get(row)
        .and_then(|u| facts.unit(*u))
        .map_or("", |u| u.symbol.as_str());
    if !found.ends_with(unit) {
        match column.values.get(row) {
            // 300 in a column of 万元 is 3000000元.
            Some(Cell::Number(n)) if found.parse().as_ref() != Ok(n) => {
                found = format!("{n}{unit}");
            }
            _ => found.push_str(unit),
        }
    }
    Diagnostic::unplaced(code)
        .with("place", facts.place(origin))
        .with("found", found)
}

/// yes, no, 是, 否, true, false …
fn answer(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "true" => return Some(true),
        "false" => return Some(false),
        _ => {}
    }
    value_word(word).and_then(|kw| match kw {
        Kw::Yes => Some(true),
        Kw::No => Some(false),
        _ => None,
    })
}

fn value_word(word: &str) -> Option<Kw> {
    let lower = word.to_ascii_lowercase();
    if lower == "not done" {
        return Some(Kw::NotDone);
    }
    Kw::lookup(&lower)
        .iter()
        .copied()
        .find(|kw| kw.class() == Class::Value)
}

fn milestone(word: &str) -> Option<Event> {
    match value_word(word) {
        Some(Kw::Done) => return Some(Event::DoneWhenSeen),
        Some(Kw::NotDone) => return Some(Event::NotDoneWhenSeen),
        _ => {}
    }
    let period: Period = word.parse().ok()?;
    Some(Event::Done(period.start(), period.end()))
}
