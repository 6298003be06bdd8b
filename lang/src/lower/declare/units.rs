//! Declared units: `unit 架次`, `unit 标准套 = 2所`.

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::syntax::{Body, Literal, Name};
use crate::unit::{Base, Declared, NoUnitName, Quantity, Units};

use super::Lowerer;

/// A declaration as written, and what it is so many of.
struct Written {
    name: Name,
    of: Option<Quantity>,
}

impl Lowerer {
    /// Declares all units, in whatever order they stand, before anything that has a value.
    pub(super) fn declare_units(&mut self) {
        let mut written: Vec<Written> = Vec::new();
        self.each_statement(|this, statement, _| {
            let Body::Unit { name, of } = &statement.body else {
                return;
            };
            if let Some(first) = written.iter().find(|w| w.name.text == name.text) {
                let finding = Diagnostic::new(Code::UnitTwice, name.span)
                    .with("found", &name.text)
                    .and_at(first.name.span);
                this.report(finding);
            } else if this.may_name_unit(name) {
                let of = match of {
                    Some(literal) => match this.so_many(name, literal) {
                        Some(quantity) => Some(quantity),
                        None => return,
                    },
                    None => None,
                };
                let name = name.clone();
                written.push(Written { name, of });
            }
        });
        let mut units = Units::default();
        let mut circles: Vec<&str> = Vec::new();
        for unit in &written {
            match resolved(unit, &written) {
                Ok(of) => units.declare(
                    &unit.name.text,
                    Declared {
                        of,
                        span: unit.name.span,
                    },
                ),
                // A circle is said once, not for each of its units.
                Err(circle) if circle.iter().any(|name| circles.contains(name)) => {}
                Err(circle) => {
                    let shown = circle.join(" → ");
                    circles.extend(circle);
                    self.report(
                        Diagnostic::new(Code::UnitCircle, unit.name.span).with("circle", shown),
                    );
                }
            }
        }
        self.ruleset.units = units;
    }

    fn may_name_unit(&mut self, name: &Name) -> bool {
        let code = match Units::may_be_named(&name.text) {
            Ok(()) => return true,
            Err(NoUnitName::Taken) => Code::UnitTaken,
            Err(NoUnitName::NoMeasureWord) => Code::UnitName,
        };
        self.report(Diagnostic::new(code, name.span).with("found", &name.text));
        false
    }

    /// So many of one unit: a positive number of something that can be counted or measured.
    fn so_many(&mut self, name: &Name, literal: &Literal) -> Option<Quantity> {
        let quantity = self.quantity(literal)?;
        let unit = &quantity.unit;
        let positive = !quantity.number.is_negative() && !quantity.number.is_zero();
        let sound = match &unit.base {
            Base::Bare | Base::Share | Base::Points | Base::Ratio => false,
            _ => unit.per.is_empty(),
        };
        if positive && sound {
            return Some(quantity);
        }
        let (zh, en) = match positive {
            true => kinds::dimension(unit),
            false => ("零", "nothing"),
        };
        let finding = Diagnostic::new(Code::UnitOf, literal.span)
            .with("name", &name.text)
            .with("found", &literal.text)
            .with_words("what", zh, en);
        self.report(finding);
        None
    }
}

/// How many of a unit that is no multiple itself, or the circle of names that has no such end.
fn resolved<'w>(unit: &'w Written, all: &'w [Written]) -> Result<Option<Quantity>, Vec<&'w str>> {
    let Some(mut of) = unit.of.clone() else {
        return Ok(None);
    };
    let mut path = vec![unit.name.text.as_str()];
    while let Base::Thing(word) = &of.unit.base {
        let Some(next) = all.iter().find(|w| w.name.text == *word) else {
            break;
        };
        let seen = path.iter().position(|name| *name == next.name.text);
        path.push(&next.name.text);
        if let Some(at) = seen {
            return Err(path.split_off(at));
        }
        let Some(more) = &next.of else { break };
        of = Quantity {
            number: of.number.mul(&more.number),
            unit: more.unit.clone(),
        };
    }
    Ok(Some(of))
}
