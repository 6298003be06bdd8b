//! Rules whose measure says where it lies: `cv of 生均设备值 over 小学 in 五华区 <= 0.4`.

use crate::model::{Expr, PlaceId, Requirement, Test};

/// Where the sets of a measure lie, if it is a measure of sets alone and says so.
pub(super) fn anchor(requirement: &Requirement) -> Option<PlaceId> {
    let Test::Computed(wanted) = &requirement.test else {
        return None;
    };
    sets_alone(&wanted.left)
        .then(|| place_of_sets(&wanted.left))
        .flatten()
}

fn sets_alone(expr: &Expr) -> bool {
    match expr {
        Expr::Number(_) | Expr::Stated(_) => true,
        Expr::Aggregate(aggregate) => aggregate.set.place.is_some() && !aggregate.other,
        Expr::Negative(a) | Expr::At(a, _) => sets_alone(a),
        Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Div(a, b) => {
            sets_alone(a) && sets_alone(b)
        }
        _ => false,
    }
}

/// The place of the first of its sets.
fn place_of_sets(expr: &Expr) -> Option<PlaceId> {
    match expr {
        Expr::Aggregate(aggregate) => aggregate.set.place,
        Expr::Negative(a) | Expr::At(a, _) => place_of_sets(a),
        Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Div(a, b) => {
            place_of_sets(a).or_else(|| place_of_sets(b))
        }
        _ => None,
    }
}
