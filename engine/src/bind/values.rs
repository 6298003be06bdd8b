//! What published values mean for an indicator of a known kind.

use std::collections::{BTreeMap, HashMap};

use guiju_lang::model::{Indicator, IndicatorId, Measure, Test, Value};
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

impl Bound<'_> {
    /// Checks a column against its indicator and settles how it is read.
    pub(super) fn reading(&mut self, id: IndicatorId, facts: &Facts, column: &Column) -> Reading {
        let Some(indicator) = self.ruleset.indicator(id) else {
            return Reading::default();
        };
        let Some(kind) = indicator.kind else {
            return Reading::default();
        };
        let seen = Seen::of(column);
        let mut reading = Reading {
            units: vec![None; facts.units().len()],
            words: HashMap::new(),
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
        self.check_rules_agree(id, &reading, facts, column, &seen);
        reading
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
            // A year alone in a milestone's cell reads as a number.
            return (unit == BARE).then(Unit::bare);
        }
        let effective = if unit == BARE {
            match &indicator.unit {
                Some(declared) => declared.clone(),
                None if kind == Kind::Rate => {
                    self.check_bare_fractions(indicator, facts, column);
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
            facts.unit(unit)?.clone()
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

    /// Rules with a unit of their own (6.2平方米/生) must be able to compare with the figures.
    fn check_rules_agree(
        &mut self,
        id: IndicatorId,
        reading: &Reading,
        facts: &Facts,
        column: &Column,
        seen: &Seen,
    ) {
        let Some(indicator) = self.ruleset.indicator(id) else {
            return;
        };
        let wanted: Vec<&Unit> = self
            .ruleset
            .rules
            .iter()
            .filter(|r| r.measure == Measure::Indicator(id))
            .flat_map(|r| &r.requirements)
            .flat_map(|r| match &r.test {
                Test::Compare { value, .. } => vec![value],
                Test::Between { lower, upper } => vec![lower, upper],
                Test::Done => Vec::new(),
            })
            .filter_map(|value| match value {
                Value::Quantity(q) => Some(&q.unit),
                _ => None,
            })
            .collect();
        let mut findings = Vec::new();
        for (unit, row) in &seen.units {
            let Some(Some(effective)) = reading.units.get(usize::from(*unit)) else {
                continue;
            };
            let bare_quantity = |u: &&&Unit| u.base == Base::Bare || effective.base == Base::Bare;
            let strict = indicator.kind == Some(Kind::Quantity);
            let bad = wanted.iter().any(|u| {
                !u.comparable(effective)
                    || (strict && bare_quantity(&u) && u.base != effective.base)
            });
            if bad {
                findings.push(*row);
            }
        }
        for row in findings {
            if let Some(kind) = indicator.kind {
                self.wrong_value(indicator, kind, facts, column, row);
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
        self.findings.push(
            placed(Code::FactsDimension, facts, column, row)
                .with("indicator", &indicator.name)
                .with("kind", kind.name()),
        );
    }

    /// A rate whose bare figures all lie between −1.5 and 1.5 could be fractions or percent.
    fn check_bare_fractions(&mut self, indicator: &Indicator, facts: &Facts, column: &Column) {
        let limit = Number::decimal(15, 1);
        // First bare row of each file, and whether a figure beyond the limit settles it.
        let mut files: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
        for row in 0..column.len() {
            if column.units.get(row) != Some(&BARE) {
                continue;
            }
            let (Some(Cell::Number(number)), Some(origin)) =
                (column.values.get(row), column.origins.get(row))
            else {
                continue;
            };
            let entry = files
                .entry(facts.file_name(*origin))
                .or_insert((row, false));
            entry.1 |= number.abs() > limit;
        }
        for (file, (row, settled)) in files {
            if !settled {
                self.findings.push(
                    placed(Code::BareFraction, facts, column, row)
                        .with("file", file)
                        .with("indicator", &indicator.name),
                );
            }
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
        self.bound_reading(indicator, at)?
            .units
            .get(usize::from(unit))?
            .as_ref()
    }

    pub(super) fn factor(&self, indicator: IndicatorId, at: ObsRef) -> Number {
        self.unit(indicator, at)
            .map_or(Number::ONE, |u| u.factor.clone())
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
                let year: Period = number.to_string().parse().ok()?;
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

    /// The word of a figure that is no number.
    pub(crate) fn word(&self, at: ObsRef) -> Option<&str> {
        match self.cell(at)? {
            Cell::Word(sym) => Some(self.store(at.store).word(*sym)),
            Cell::Number(_) => None,
        }
    }
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
        found.push_str(unit);
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
