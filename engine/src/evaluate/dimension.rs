//! What the figures of a formula are figures of: units that do not fit give no value.

use guiju_lang::model::Computed;
use guiju_lang::{Base, Unit};

/// What a value is a value of.
#[derive(Debug, Clone)]
pub(super) enum Dimension {
    /// A number that the rule states: it takes the unit of what stands beside it.
    Any,
    /// The sum of nothing: zero of whatever it is.
    Nothing,
    /// A figure's unit.
    Of(Unit),
    /// A quotient of two values of one unit.
    Pure,
    /// So much of a unit for each of something counted.
    Each(Unit),
}

use Dimension::{Any, Each, Nothing, Of, Pure};

impl Dimension {
    /// Of a sum, a difference, a comparison: both sides have to be of one unit.
    pub(super) fn beside(&self, other: &Dimension) -> Option<Dimension> {
        match (self, other) {
            (Any | Nothing, one) | (one, Any | Nothing) => Some(one.clone()),
            (Pure, Pure) => Some(Pure),
            (Pure, Of(share)) | (Of(share), Pure) if share.base == Base::Share => Some(Pure),
            (Of(a), Of(b)) if same(a, b) => Some(self.clone()),
            (Each(a), Each(b)) if same(a, b) => Some(self.clone()),
            _ => None,
        }
    }

    /// Of a product: only one factor may have a unit.
    pub(super) fn times(&self, other: &Dimension) -> Option<Dimension> {
        match (self, other) {
            (Nothing, _) | (_, Nothing) => Some(Nothing),
            (Any, one) | (one, Any) => Some(one.clone()),
            (a, one) | (one, a) if a.is_plain() => Some(one.clone()),
            _ => None,
        }
    }

    /// Of a quotient.
    pub(super) fn over(&self, other: &Dimension) -> Option<Dimension> {
        match (self, other) {
            (Nothing, _) => Some(Nothing),
            (one, Any | Nothing) => Some(one.clone()),
            (Of(a), Of(b)) if same(a, b) => Some(Pure),
            (one, b) if b.is_plain() => Some(one.clone()),
            // Without its unit either side may be in 万.
            (Of(a), Of(b)) if is_counted(b) && a.base != Base::Bare => Some(Each(a.clone())),
            _ => None,
        }
    }

    /// Whether a value of this can be stated in the unit of the requirement.
    pub(super) fn suits(&self, wanted: &Computed) -> bool {
        if wanted
            .change
            .is_some_and(guiju_lang::model::Change::is_relative)
        {
            return true;
        }
        let unit = &wanted.unit;
        let share = matches!(unit.base, Base::Share | Base::Points);
        match self {
            Any | Nothing => true,
            Pure => {
                let plain = unit.base == Base::Bare && unit.per.is_empty();
                share || plain || unit.base == Base::Ratio
            }
            Of(own) if share => own.base == Base::Share,
            Of(own) => {
                // A rule that states no unit takes that of the figures.
                let per = own.per == unit.per || (unit.per.is_empty() && !wanted.states_unit());
                let own = &Unit {
                    per: unit.per.clone(),
                    ..own.clone()
                };
                per && own.comparable(unit) && !own.differs_in_measure_word(unit)
            }
            Each(own) if unit.base == Base::Ratio => is_counted(own),
            Each(own) => own.per.is_empty() && own.base == unit.base && !share,
        }
    }

    /// Whether a value of this can be stated in a unit.
    pub(super) fn stated_in(&self, unit: &Unit) -> bool {
        let plain = unit.base == Base::Bare && unit.per.is_empty();
        match self {
            Any | Nothing => true,
            Pure => plain || matches!(unit.base, Base::Share | Base::Ratio),
            Of(own) => same(own, unit) && !own.differs_in_measure_word(unit),
            Each(own) => own.base == unit.base || (unit.base == Base::Ratio && is_counted(own)),
        }
    }

    /// Whether multiplying by it leaves the unit of the other factor.
    fn is_plain(&self) -> bool {
        match self {
            Pure => true,
            Of(unit) => matches!(unit.base, Base::Share | Base::Ratio),
            Any | Nothing | Each(_) => false,
        }
    }
}

/// Whether two figures are of one unit but for its size. Unlike a level, which a rule states with its
/// unit, two figures have only each other: 10 beside 9 万人 may be either.
fn same(a: &Unit, b: &Unit) -> bool {
    a.per == b.per && a.base == b.base
}

fn is_counted(unit: &Unit) -> bool {
    unit.per.is_empty() && matches!(unit.base, Base::Thing(_))
}
