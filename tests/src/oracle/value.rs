//! Values as they are written, and what they are worth.

use num_bigint::BigInt;
use num_rational::BigRational;

/// An exact number.
pub type Q = BigRational;

/// A unit: how it is written and what one of it is worth; units of one dimension share a base.
#[derive(Debug, PartialEq, Eq)]
pub struct Unit {
    /// As written behind a number, or in a unit column.
    pub text: &'static str,
    /// What one is worth.
    pub worth: (i64, i64),
    /// What one is worth in the unit that JSON prints: without 万 and 亿.
    pub printed: (i64, i64),
}

const fn unit(text: &'static str, worth: (i64, i64), printed: (i64, i64)) -> Unit {
    Unit {
        text,
        worth,
        printed,
    }
}

const fn plain(text: &'static str) -> Unit {
    unit(text, (1, 1), (1, 1))
}

/// Units that may be held against each other, a row for each dimension.
pub const UNITS: [&[Unit]; 10] = [
    // Shares. `1` stands in a unit column only; in a rule the bare fraction does.
    &[
        unit("%", (1, 100), (1, 100)),
        unit("‰", (1, 1000), (1, 1000)),
        unit("1", (1, 1), (1, 100)),
    ],
    // Counts: measure words are free.
    &[
        plain("所"),
        plain(""),
        plain("个"),
        unit("万人", (10_000, 1), (1, 1)),
        unit("亿人", (100_000_000, 1), (1, 1)),
    ],
    &[
        plain("元"),
        unit("万元", (10_000, 1), (1, 1)),
        unit("亿元", (100_000_000, 1), (1, 1)),
    ],
    &[
        plain("元/生·年"),
        unit("万元/年/生", (10_000, 1), (1, 1)),
        plain("元/年·生"),
    ],
    &[plain("年"), unit("个月", (1, 12), (1, 12)), plain("周岁")],
    &[
        plain("小时"),
        unit("分钟", (1, 60), (1, 60)),
        unit("天", (24, 1), (24, 1)),
    ],
    &[plain(":1")],
    &[plain("")],
    &[plain("分"), plain("")],
    &[
        plain("/人"),
        unit("/千人", (1, 1000), (1, 1000)),
        unit("/万人", (1, 10_000), (1, 10_000)),
    ],
];

/// The words of the scale, best first.
pub const SCALE: [&str; 4] = ["甲等", "乙等", "丙等", "丁等"];

/// A value as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Digits in a unit of the case's dimension.
    Number {
        /// `97.20`
        digits: String,
        /// Position in the dimension.
        unit: usize,
        /// Whether full-width digits or thousands commas dress it up.
        dressed: bool,
    },
    /// `1:15`
    Ratio {
        /// Before the colon.
        left: String,
        /// Behind it.
        right: String,
    },
    /// A word of the scale.
    Grade(usize),
    /// Yes or no.
    Flag(bool),
    /// A date, known to the day, month or year.
    Date(super::Period),
    /// done
    Done,
    /// not done
    NotDone,
}

/// What a requirement compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// Digits in a unit of the case's dimension.
    Number(String, usize),
    /// `1:15`
    Ratio(String, String),
    /// A word of the scale.
    Grade(usize),
    /// Yes or no.
    Flag(bool),
}

/// The number that digits stand for.
pub fn exact(digits: &str) -> Q {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa: BigInt = format!("{whole}{fraction}").parse().unwrap_or_default();
    Q::new(mantissa, BigInt::from(10).pow(fraction.len() as u32))
}

/// A small fraction.
pub fn ratio((numerator, denominator): (i64, i64)) -> Q {
    Q::new(numerator.into(), denominator.into())
}

fn decimals(digits: &str) -> u32 {
    digits.split_once('.').map_or(0, |(_, d)| d.len() as u32)
}

/// `value` in so many digits after the point, halves away from zero.
fn rounded(value: &Q, decimals: u32) -> Q {
    let shift = Q::from_integer(BigInt::from(10).pow(decimals));
    (value * &shift).round() / shift
}

impl Value {
    /// The number it is, in the base of its dimension.
    pub fn number(&self, units: &[Unit]) -> Option<Q> {
        match self {
            Value::Number { digits, unit, .. } => {
                Some(exact(digits) * ratio(units.get(*unit)?.worth))
            }
            Value::Ratio { left, right } => Some(exact(left) / exact(right)),
            _ => None,
        }
    }

    /// Whether `self` is what `other` becomes in fewer digits.
    ///
    /// Digits are those behind the point as published, in the published unit; for 1:15 they are
    /// those of the 15. Of dates the month is the day in fewer digits, and `done` leaves open which
    /// day up to the end of the record's `period` it was.
    pub fn is_rougher_form_of(&self, other: &Value, period: super::Period, units: &[Unit]) -> bool {
        match (self, other) {
            (Value::Date(rough), Value::Date(fine)) => rough != fine && fine.inside(*rough),
            (Value::Done, Value::Date(fine)) => fine.last() <= period.last(),
            _ => {
                let (Some((kind, step)), Some((other_kind, finer))) =
                    (self.step(units), other.step(units))
                else {
                    return false;
                };
                let (Some(rough), Some(fine)) = (self.number(units), other.number(units)) else {
                    return false;
                };
                kind == other_kind && finer < step && self.same_digits(&rough, &fine, units)
            }
        }
    }

    /// Whether it counts directly or as 1:x, and the distance between neighbours in its digits.
    fn step(&self, units: &[Unit]) -> Option<(bool, Q)> {
        let power = |d: u32| Q::new(1.into(), BigInt::from(10).pow(d));
        match self {
            Value::Number { digits, unit, .. } => Some((
                true,
                power(decimals(digits)) * ratio(units.get(*unit)?.worth),
            )),
            Value::Ratio { left, right } if right == "1" => Some((true, power(decimals(left)))),
            Value::Ratio { left, right } if left == "1" => Some((false, power(decimals(right)))),
            _ => None,
        }
    }

    fn same_digits(&self, rough: &Q, fine: &Q, units: &[Unit]) -> bool {
        match self {
            Value::Number { digits, unit, .. } => {
                let worth = units.get(*unit).map_or((1, 1), |u| u.worth);
                rounded(&(fine / ratio(worth)), decimals(digits)) * ratio(worth) == *rough
            }
            Value::Ratio { left, right } if right == "1" => rounded(fine, decimals(left)) == *rough,
            Value::Ratio { right, .. } => rounded(&fine.recip(), decimals(right)) == rough.recip(),
            _ => false,
        }
    }

    /// As a cell or a `fact` statement writes it, without its unit.
    pub fn text(&self) -> String {
        match self {
            Value::Number {
                digits, dressed, ..
            } => {
                if *dressed {
                    dress(digits)
                } else {
                    digits.clone()
                }
            }
            Value::Ratio { left, right } => format!("{left}:{right}"),
            Value::Grade(step) => SCALE[*step].to_string(),
            Value::Flag(true) => "yes".into(),
            Value::Flag(false) => "no".into(),
            Value::Date(period) => period.code(),
            Value::Done => "done".into(),
            Value::NotDone => "not done".into(),
        }
    }
}

/// Thousands commas for whole numbers, full-width digits for others.
fn dress(digits: &str) -> String {
    if digits.contains('.') || digits.len() < 4 {
        let wide = |c: char| match c {
            '0'..='9' | '.' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
            c => c,
        };
        return digits.chars().map(wide).collect();
    }
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

impl Bound {
    /// The number it is, in the base of its dimension.
    pub fn number(&self, units: &[Unit]) -> Option<Q> {
        match self {
            Bound::Number(digits, unit) => Some(exact(digits) * ratio(units.get(*unit)?.worth)),
            Bound::Ratio(left, right) => Some(exact(left) / exact(right)),
            _ => None,
        }
    }

    /// As a rule writes it.
    pub fn text(&self, units: &[Unit]) -> String {
        match self {
            Bound::Number(digits, unit) => {
                let text = units.get(*unit).map_or("", |u| u.text);
                let text = if text == "1" { "" } else { text };
                format!("{digits}{text}")
            }
            Bound::Ratio(left, right) => format!("{left}:{right}"),
            Bound::Grade(step) => SCALE[*step].to_string(),
            Bound::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(digits: &str, unit: usize) -> Value {
        Value::Number {
            digits: digits.into(),
            unit,
            dressed: false,
        }
    }

    #[test]
    fn fewer_digits_means_digits_as_written() {
        let rough = |a: Value, b: Value| {
            a.is_rougher_form_of(&b, crate::oracle::Period::year(2025), UNITS[0])
        };
        assert!(rough(number("98", 0), number("97.6", 0)));
        assert!(!rough(number("98.0", 0), number("97.6", 0)));
        assert!(rough(number("98.0", 0), number("97.96", 0)));
        assert!(rough(number("0.98", 2), number("97.6", 0)));
        assert!(!rough(number("97.6", 0), number("98", 0)));
        let to_one = |left: &str, right: &str| Value::Ratio {
            left: left.into(),
            right: right.into(),
        };
        assert!(rough(to_one("1", "15"), to_one("1", "14.6")));
        assert!(!rough(to_one("1", "15"), to_one("1", "12")));
        assert!(!rough(to_one("1", "15"), to_one("0.0667", "1")));
    }
}
