//! What each kind of rule may be compared with, and how its values are written.

use crate::unit::{Base, Unit};
use crate::words::Kind;

/// Whether a value in `unit` can be what a rule of this kind requires or a figure it reads.
pub fn accepts(kind: Kind, unit: &Unit) -> bool {
    let plain = unit.per.is_empty();
    match kind {
        Kind::Rate => plain && unit.base == Base::Share,
        Kind::Count => plain && matches!(unit.base, Base::Bare | Base::Thing(_)),
        Kind::Amount => matches!(unit.base, Base::Money(_)),
        Kind::Duration => matches!(unit.base, Base::Calendar | Base::Clock | Base::Lesson),
        Kind::Ratio => unit.base == Base::Ratio,
        Kind::Rank => {
            plain
                && (unit.base == Base::Bare
                    || matches!(&unit.base, Base::Thing(w) if w == "人" || w == "强"))
        }
        Kind::Score => plain && matches!(unit.base, Base::Bare | Base::Score),
        Kind::Quantity => !matches!(unit.base, Base::Share | Base::Points),
        Kind::Grade | Kind::Milestone | Kind::Flag => false,
    }
}

/// The kind that a value in this unit most likely belongs to; `None` for a bare number.
pub fn fitting(unit: &Unit) -> Option<Kind> {
    if !unit.per.is_empty() && !matches!(unit.base, Base::Money(_)) {
        return Some(Kind::Quantity);
    }
    Some(match unit.base {
        Base::Bare => return None,
        Base::Share | Base::Points => Kind::Rate,
        Base::Ratio => Kind::Ratio,
        Base::Money(_) => Kind::Amount,
        Base::Calendar | Base::Clock | Base::Lesson => Kind::Duration,
        Base::Score => Kind::Score,
        Base::Physical(_) => Kind::Quantity,
        Base::Thing(_) => Kind::Count,
    })
}

/// Whether a bare number has a meaning for this kind without any declaration.
pub fn bare_allowed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Count | Kind::Rank | Kind::Score | Kind::Quantity
    )
}

/// A value as this kind writes it.
pub fn sample(kind: Kind) -> &'static str {
    match kind {
        Kind::Rate => "98%",
        Kind::Count => "165所",
        Kind::Amount => "1500元/生·年",
        Kind::Duration => "12.12年",
        Kind::Ratio => "13.5:1",
        Kind::Rank => "3",
        Kind::Grade => "一级三等",
        Kind::Score => "85分",
        Kind::Quantity => "6.2平方米/生",
        Kind::Milestone => "2023-09-01",
        Kind::Flag => "yes",
    }
}

/// What a unit measures, in Chinese and English, for messages.
pub fn dimension(unit: &Unit) -> (&'static str, &'static str) {
    if !unit.per.is_empty() {
        return ("按单位计的量", "a quantity per something");
    }
    match unit.base {
        Base::Bare => ("没有单位的数", "a bare number"),
        Base::Share => ("比率", "a share"),
        Base::Points => ("个百分点", "percentage points"),
        Base::Ratio => ("比值", "a ratio"),
        Base::Money(_) => ("金额", "an amount of money"),
        Base::Calendar | Base::Clock | Base::Lesson => ("时长", "a duration"),
        Base::Score => ("得分", "a score"),
        Base::Physical(_) => ("物理量", "a physical quantity"),
        Base::Thing(_) => ("数量", "a count"),
    }
}
