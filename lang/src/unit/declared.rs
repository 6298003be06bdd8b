//! Units that rule files declare: a new measure word, or so many of a unit that is known.
//!
//! A text is read as a unit before anybody knows the declarations, because figures are read without
//! any rules. A declared word is a measure word then, and gets its meaning here, once rules and
//! figures meet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Base, PEOPLE, Quantity, Unit, canonical_word, table_unit};
use crate::number::Number;
use crate::source::Span;

/// The declared units of a ruleset.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Units {
    by_name: BTreeMap<String, Declared>,
}

/// A declared unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// How many of which unit it is, down to one that nothing declares as so many of another;
    /// `None` for a measure word of its own.
    pub of: Option<Quantity>,
    /// Where it is declared.
    pub span: Span,
}

/// Why a word cannot be declared as a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoUnitName {
    /// It is no short word in Han characters, or it begins with 十, 百, 千, 万 or 亿.
    NoMeasureWord,
    /// It has a fixed meaning already.
    Taken,
}

impl Units {
    /// Whether a word may be declared. It has to read as a measure word, since figures that carry
    /// it are read without the declaration.
    pub fn may_be_named(word: &str) -> Result<(), NoUnitName> {
        if table_unit(word).is_some() || PEOPLE.contains(&word) {
            return Err(NoUnitName::Taken);
        }
        match Unit::parse(word) {
            Ok(unit)
                if unit.base == Base::Thing(word.to_string()) && unit.factor == Number::ONE =>
            {
                Ok(())
            }
            _ => Err(NoUnitName::NoMeasureWord),
        }
    }

    /// Adds a unit; what it is so many of is resolved already.
    pub(crate) fn declare(&mut self, name: &str, unit: Declared) {
        self.by_name.insert(name.to_string(), unit);
    }

    /// The declaration of a word.
    pub fn get(&self, word: &str) -> Option<&Declared> {
        self.by_name.get(word)
    }

    /// The declared words, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// A unit with declared words as what they stand for, exactly; its symbol stays as written.
    /// Doing it twice changes nothing.
    #[must_use]
    pub fn resolve(&self, mut unit: Unit) -> Unit {
        if self.by_name.is_empty() {
            return unit;
        }
        let counted = match &unit.base {
            Base::Thing(word) => self.multiple(word),
            _ => None,
        };
        if let Some(of) = counted {
            unit.factor = unit.factor.mul(&of.base_value());
            unit.base = of.unit.base.clone();
        }
        for word in &mut unit.per {
            if let Some(of) = self.multiple(word)
                && let Some(factor) = unit.factor.div(&of.number)
            {
                unit.factor = factor;
                *word = canonical_word(&of.unit.symbol).to_string();
            }
        }
        unit.per.sort();
        unit
    }

    fn multiple(&self, word: &str) -> Option<&Quantity> {
        self.by_name.get(word)?.of.as_ref()
    }
}
