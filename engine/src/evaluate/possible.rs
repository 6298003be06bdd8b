//! What a value may be: known, known within bounds, or anything.
//!
//! Figures that are missing, members of a set that may or may not belong to it, and what a plan
//! leaves open make a value a range. A comparison is decided when every value of the range agrees.

use std::cmp::Ordering;

use guiju_lang::{Number, Op};

use crate::truth::Truth;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A number in the base scale.
    Number(Number),
    /// The square root of a number that is not negative.
    Root(Number),
    /// A step of a scale, 0 the best.
    Grade(u32),
    /// Yes or no.
    Flag(bool),
    /// A value of an attribute.
    Word(String),
}

/// The values that are possible: from `low` to `high`, both included; without one, no bound is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Possible {
    pub(crate) low: Option<Value>,
    pub(crate) high: Option<Value>,
}

impl Value {
    /// How two values lie to each other; the better grade is the greater one.
    fn order(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) | (Value::Root(a), Value::Root(b)) => {
                Some(a.cmp(b))
            }
            (Value::Root(_), Value::Number(b)) if b.is_negative() => Some(Ordering::Greater),
            (Value::Root(a), Value::Number(b)) => Some(a.cmp(&b.mul(b))),
            (Value::Number(_), Value::Root(_)) => other.order(self).map(Ordering::reverse),
            (Value::Grade(a), Value::Grade(b)) => Some(b.cmp(a)),
            (Value::Flag(a), Value::Flag(b)) => Some(a.cmp(b)),
            (Value::Word(a), Value::Word(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    fn number(&self) -> Option<&Number> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl Possible {
    /// Anything.
    pub(crate) fn any() -> Possible {
        Possible {
            low: None,
            high: None,
        }
    }

    /// Just this.
    pub(crate) fn known(value: Value) -> Possible {
        Possible {
            low: Some(value.clone()),
            high: Some(value),
        }
    }

    /// Just this number.
    pub(crate) fn number(number: Number) -> Possible {
        Possible::known(Value::Number(number))
    }

    /// A number from one to another.
    pub(crate) fn between(low: Option<Number>, high: Option<Number>) -> Possible {
        Possible {
            low: low.map(Value::Number),
            high: high.map(Value::Number),
        }
    }

    /// The value, where there is just one.
    pub(crate) fn exact(&self) -> Option<&Value> {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low == high => Some(low),
            _ => None,
        }
    }

    /// The number, where there is just one.
    pub(crate) fn exact_number(&self) -> Option<&Number> {
        self.exact()?.number()
    }

    /// Both ends as numbers, where they are such; a root to more digits than anything prints.
    fn ends(&self) -> (Option<Number>, Option<Number>) {
        let number = |value: &Option<Value>| match value {
            Some(Value::Number(number)) => Ok(Some(number.clone())),
            Some(Value::Root(square)) => Ok(Some(root(square))),
            Some(_) => Err(()),
            None => Ok(None),
        };
        match (number(&self.low), number(&self.high)) {
            (Ok(low), Ok(high)) => (low, high),
            // Words and grades have no arithmetic.
            _ => (None, None),
        }
    }

    /// a + b
    pub(crate) fn add(&self, other: &Possible) -> Possible {
        let ((a, b), (c, d)) = (self.ends(), other.ends());
        let sum = |x: Option<Number>, y: Option<Number>| x.zip(y).map(|(x, y)| x.add(&y));
        Possible::between(sum(a, c), sum(b, d))
    }

    /// −a
    pub(crate) fn neg(&self) -> Possible {
        let (low, high) = self.ends();
        Possible::between(high.map(|n| n.neg()), low.map(|n| n.neg()))
    }

    /// a − b
    pub(crate) fn sub(&self, other: &Possible) -> Possible {
        self.add(&other.neg())
    }

    /// a · b
    pub(crate) fn mul(&self, other: &Possible) -> Possible {
        if let Some(k) = other.exact_number() {
            return self.scaled(k);
        }
        if let Some(k) = self.exact_number() {
            return other.scaled(k);
        }
        self.corners(other, |x, y| Some(x.mul(y)))
    }

    fn scaled(&self, k: &Number) -> Possible {
        if let (Some(Value::Root(square)), false) = (self.exact(), k.is_negative()) {
            return Possible::known(Value::Root(square.mul(k).mul(k)));
        }
        let (low, high) = self.ends();
        let (low, high) = (low.map(|n| n.mul(k)), high.map(|n| n.mul(k)));
        if k.is_negative() {
            Possible::between(high, low)
        } else if k.is_zero() && (low.is_none() || high.is_none()) {
            Possible::any()
        } else {
            Possible::between(low, high)
        }
    }

    /// a / b; nothing is known where b may be zero.
    pub(crate) fn div(&self, other: &Possible) -> Possible {
        if let Some(inverse) = other.exact_number().and_then(|b| Number::ONE.div(b)) {
            return self.scaled(&inverse);
        }
        match other.ends() {
            (Some(low), Some(high)) if low.is_negative() == high.is_negative() => {
                let zero = low.is_zero() || high.is_zero();
                if zero {
                    return Possible::any();
                }
                self.corners(other, Number::div)
            }
            _ => Possible::any(),
        }
    }

    /// The least and the greatest result at the ends of both ranges.
    fn corners(
        &self,
        other: &Possible,
        with: impl Fn(&Number, &Number) -> Option<Number>,
    ) -> Possible {
        let ((Some(a), Some(b)), (Some(c), Some(d))) = (self.ends(), other.ends()) else {
            return Possible::any();
        };
        let all: Option<Vec<Number>> = [(&a, &c), (&a, &d), (&b, &c), (&b, &d)]
            .into_iter()
            .map(|(x, y)| with(x, y))
            .collect();
        let Some(all) = all else {
            return Possible::any();
        };
        Possible::between(all.iter().min().cloned(), all.iter().max().cloned())
    }

    /// Whether a comparison holds for every value, for none, or for some.
    pub(crate) fn compare(&self, op: Op, other: &Possible) -> Truth {
        if let (Some(a), Some(b)) = (self.exact(), other.exact()) {
            return a.order(b).map_or(Truth::Unknown, |o| op.holds(o).into());
        }
        let order = |a: &Option<Value>, b: &Option<Value>| a.as_ref()?.order(b.as_ref()?);
        // Where the least of one and the greatest of the other lie to each other.
        let low = order(&self.low, &other.high);
        let high = order(&self.high, &other.low);
        let at_least = low.is_some_and(Ordering::is_ge);
        let above = low.is_some_and(Ordering::is_gt);
        let at_most = high.is_some_and(Ordering::is_le);
        let below = high.is_some_and(Ordering::is_lt);
        let (holds, fails) = match op {
            Op::Ge => (at_least, below),
            Op::Gt => (above, at_most),
            Op::Le => (at_most, above),
            Op::Lt => (below, at_least),
            Op::Eq => (false, above || below),
        };
        match (holds, fails) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }
}

/// A square root: exact where it is a fraction, else to far more digits than anything prints.
pub(super) fn root(square: &Number) -> Number {
    if square.is_zero() || square.is_negative() {
        return Number::ZERO;
    }
    let fraction = square.to_fraction();
    let (above, below) = fraction.split_once('/').unwrap_or((&fraction, "1"));
    let whole = |text: &str| {
        let number: Number = text.parse().ok()?;
        let root = approximate(&number).round(0);
        (root.mul(&root) == number).then_some(root)
    };
    let exact = whole(above).zip(whole(below)).and_then(|(a, b)| a.div(&b));
    exact.unwrap_or_else(|| approximate(square))
}

fn approximate(square: &Number) -> Number {
    const DIGITS: u32 = 40;
    let mut x = Number::ONE;
    let half = Number::decimal(5, 1);
    // Newton's steps from one double the digits; the first ones find the size.
    for _ in 0..400 {
        let Some(next) = square.div(&x).map(|y| x.add(&y).mul(&half).round(DIGITS)) else {
            break;
        };
        if next == x || next.is_zero() {
            break;
        }
        let close = next.sub(&x).abs() <= Number::decimal(1, 38);
        x = next;
        if close {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        text.parse().unwrap()
    }

    fn range(low: &str, high: &str) -> Possible {
        Possible::between(Some(n(low)), Some(n(high)))
    }

    #[test]
    fn a_range_decides_where_all_of_it_agrees() {
        let bound = Possible::number(n("3"));
        assert_eq!(range("3", "5").compare(Op::Ge, &bound), Truth::True);
        assert_eq!(range("2", "5").compare(Op::Ge, &bound), Truth::Unknown);
        assert_eq!(range("1", "2").compare(Op::Ge, &bound), Truth::False);
        assert_eq!(range("1", "2").compare(Op::Eq, &bound), Truth::False);
        let open = Possible::between(Some(n("4")), None);
        assert_eq!(open.compare(Op::Gt, &bound), Truth::True);
        assert_eq!(open.compare(Op::Le, &bound), Truth::False);
        assert_eq!(
            open.compare(Op::Ge, &Possible::number(n("5"))),
            Truth::Unknown
        );
    }

    #[test]
    fn roots_compare_exactly() {
        let root = Possible::known(Value::Root(n("2")));
        assert_eq!(
            root.compare(Op::Gt, &Possible::number(n("1.41421356237309504"))),
            Truth::True
        );
        assert_eq!(
            root.compare(Op::Lt, &Possible::number(n("1.41421356237309505"))),
            Truth::True
        );
        let four = Possible::known(Value::Root(n("0.16")));
        assert_eq!(
            four.compare(Op::Le, &Possible::number(n("0.4"))),
            Truth::True
        );
        assert_eq!(super::root(&n("0.16")).round(30), n("0.4"));
        assert_eq!(super::root(&n("1/9")), n("1/3"));
        assert_eq!(super::root(&n("2")).round(20), n("1.4142135623730950488"));
    }

    #[test]
    fn arithmetic_on_ranges_meets_their_ends() {
        assert_eq!(range("1", "2").sub(&range("1", "3")), range("-2", "1"));
        assert_eq!(range("-1", "2").mul(&range("3", "4")), range("-4", "8"));
        assert_eq!(range("1", "2").div(&range("0", "4")), Possible::any());
        assert_eq!(range("4", "8").div(&range("2", "4")), range("1", "4"));
    }
}
