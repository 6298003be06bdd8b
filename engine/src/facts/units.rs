//! The units of a store: each once, and a small number in every row.

use std::collections::HashMap;

use guiju_lang::{Code, Diagnostic, Unit};

/// The number of a row without a unit.
pub(crate) const BARE: u16 = 0;

/// So many different units fit beside [`BARE`]. Published figures have a few dozen.
const MOST: usize = u16::MAX as usize;

/// So many units are found faster by looking than by hashing.
const NEAR: usize = 16;

#[derive(Debug, Clone)]
pub(super) struct Units {
    all: Vec<Unit>,
    /// Those behind the first few.
    far: HashMap<Unit, u16>,
}

impl Default for Units {
    fn default() -> Units {
        Units {
            all: vec![Unit::bare()],
            far: HashMap::new(),
        }
    }
}

impl Units {
    /// Every unit, at its number.
    pub(super) fn all(&self) -> &[Unit] {
        &self.all
    }

    /// The number of a unit; `None` once there are too many, for a figure never loses its unit.
    pub(super) fn number(&mut self, unit: &Unit) -> Option<u16> {
        // The bare one stands for rows that name none.
        let near = self.all.iter().take(NEAR).skip(1).position(|u| u == unit);
        if let Some(at) = near {
            return u16::try_from(at + 1).ok();
        }
        if let Some(at) = self.far.get(unit) {
            return Some(*at);
        }
        let next = u16::try_from(self.all.len()).ok()?;
        if self.all.len() >= NEAR {
            self.far.insert(unit.clone(), next);
        }
        self.all.push(unit.clone());
        Some(next)
    }
}

/// The finding that a figure's unit does not fit any more.
pub(super) fn too_many(file: &str, line: u32, column: u32) -> Diagnostic {
    Diagnostic::unplaced(Code::FactsTooManyUnits)
        .with("place", format!("{file}:{line}:{column}"))
        .with("limit", MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The n-th of many measure words.
    fn unit(n: usize) -> Unit {
        let han = |n: usize| char::from_u32(0x4E00 + (n % 300) as u32).unwrap();
        Unit::parse(&format!("只{}{}", han(n / 300), han(n))).unwrap()
    }

    #[test]
    fn every_unit_keeps_its_number_until_there_are_too_many() {
        let mut units = Units::default();
        for n in 1..=MOST {
            assert_eq!(units.number(&unit(n)), u16::try_from(n).ok());
        }
        assert_eq!(units.number(&unit(MOST + 1)), None);
        for n in [1, NEAR - 1, NEAR, NEAR + 1, MOST] {
            assert_eq!(units.number(&unit(n)), u16::try_from(n).ok());
            assert_eq!(units.all().get(n), Some(&unit(n)));
        }
        assert_eq!(units.all().len(), MOST + 1);
    }
}
