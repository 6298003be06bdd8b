//! Exact numbers: the only number type from literal to verdict.
//!
//! A [`Number`] is a rational. Nearly every figure in a plan is a short decimal, so those are kept
//! as mantissa and scale in two words; everything else falls back to a big rational. The choice is
//! canonical (a value that fits the short form always has it), so equality and hashing are
//! structural. Callers cannot see which form a value has.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longest number that is read from text, in digits. Longer input is refused, not truncated.
pub const MAX_DIGITS: usize = 400;

/// Largest scale of the short form; `10^18` fits an `i64`.
const MAX_SCALE: u8 = 18;

/// An exact rational number.
///
/// ```
/// use guiju_lang::Number;
/// let a: Number = "0.1".parse().unwrap();
/// let b: Number = "0.2".parse().unwrap();
/// assert_eq!(a.add(&b).to_string(), "0.3");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// `mantissa / 10^scale`, without a trailing zero unless the scale is 0.
    Short { mantissa: i64, scale: u8 },
    /// Anything that has no short form.
    Long(Box<BigRational>),
}

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberError {
    /// Not digits with at most one decimal point.
    Malformed,
    /// More than [`MAX_DIGITS`] digits.
    TooLong,
}

const POW10: [i64; 19] = {
    let mut table = [1i64; 19];
    let mut i = 1;
    while i < 19 {
        table[i] = table[i - 1] * 10;
        i += 1;
    }
    table
};

fn pow10(scale: u8) -> i64 {
    POW10.get(usize::from(scale)).copied().unwrap_or(1)
}

impl Number {
    /// Zero.
    pub const ZERO: Number = Number(Repr::Short {
        mantissa: 0,
        scale: 0,
    });
    /// One.
    pub const ONE: Number = Number(Repr::Short {
        mantissa: 1,
        scale: 0,
    });

    /// The decimal `mantissa / 10^scale`.
    pub fn decimal(mantissa: i64, scale: u8) -> Number {
        Number::from_i128(i128::from(mantissa), u32::from(scale))
    }

    /// The quotient of two integers; `None` when the divisor is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Number> {
        // Percent and per mille are tenths of tenths: no need for rational arithmetic.
        if let Some(scale) = POW10.iter().position(|power| *power == denominator) {
            return Some(Number::decimal(numerator, scale as u8));
        }
        Number::from(numerator).div(&Number::from(denominator))
    }

    fn from_i128(mut mantissa: i128, mut scale: u32) -> Number {
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        match (i64::try_from(mantissa), u8::try_from(scale)) {
            (Ok(mantissa), Ok(scale)) if scale <= MAX_SCALE => {
                Number(Repr::Short { mantissa, scale })
            }
            _ => Number::from_rational(BigRational::new(
                BigInt::from(mantissa),
                BigInt::from(10).pow(scale),
            )),
        }
    }

    fn from_rational(value: BigRational) -> Number {
        if let Some(scale) = terminating_scale(value.denom())
            && scale <= u32::from(MAX_SCALE)
        {
            let scaled = value.numer() * BigInt::from(10).pow(scale) / value.denom();
            if let Some(mantissa) = scaled.to_i128() {
                let fits = i64::try_from(mantissa).is_ok();
                if fits {
                    return Number::from_i128(mantissa, scale);
                }
            }
        }
        Number(Repr::Long(Box::new(value)))
    }

    fn to_rational(&self) -> BigRational {
        match &self.0 {
            Repr::Short { mantissa, scale } => {
                BigRational::new(BigInt::from(*mantissa), BigInt::from(pow10(*scale)))
            }
            Repr::Long(value) => (**value).clone(),
        }
    }

    /// Exact sum.
    pub fn add(&self, other: &Number) -> Number {
        if let (
            Repr::Short {
                mantissa: a,
                scale: s,
            },
            Repr::Short {
                mantissa: b,
                scale: t,
            },
        ) = (&self.0, &other.0)
        {
            let scale = (*s).max(*t);
            let a = i128::from(*a) * i128::from(pow10(scale - s));
            let b = i128::from(*b) * i128::from(pow10(scale - t));
            return Number::from_i128(a + b, u32::from(scale));
        }
        Number::from_rational(self.to_rational() + other.to_rational())
    }

    /// Exact difference.
    pub fn sub(&self, other: &Number) -> Number {
        self.add(&other.neg())
    }

    /// Exact product.
    pub fn mul(&self, other: &Number) -> Number {
        if let (
            Repr::Short {
                mantissa: a,
                scale: s,
            },
            Repr::Short {
                mantissa: b,
                scale: t,
            },
        ) = (&self.0, &other.0)
        {
            return Number::from_i128(
                i128::from(*a) * i128::from(*b),
                u32::from(*s) + u32::from(*t),
            );
        }
        Number::from_rational(self.to_rational() * other.to_rational())
    }

    /// Exact quotient; `None` when `other` is zero.
    pub fn div(&self, other: &Number) -> Option<Number> {
        if other.is_zero() {
            return None;
        }
        if *other == Number::ONE {
            return Some(self.clone());
        }
        Some(Number::from_rational(
            self.to_rational() / other.to_rational(),
        ))
    }

    /// The number with the opposite sign.
    #[must_use]
    pub fn neg(&self) -> Number {
        match &self.0 {
            Repr::Short { mantissa, scale } => {
                Number::from_i128(-i128::from(*mantissa), u32::from(*scale))
            }
            Repr::Long(value) => Number::from_rational(-(**value).clone()),
        }
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Number {
        if self.is_negative() {
            self.neg()
        } else {
            self.clone()
        }
    }

    /// Whether the number is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Short { mantissa: 0, .. })
    }

    /// Whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Short { mantissa, .. } => *mantissa < 0,
            Repr::Long(value) => value.is_negative(),
        }
    }

    /// Whether the number is an integer.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Short { scale, .. } => *scale == 0,
            Repr::Long(value) => value.is_integer(),
        }
    }

    /// The nearest binary float. For growth rates, projections and drawings only: no verdict may
    /// depend on it.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Repr::Short { mantissa, scale } => *mantissa as f64 / pow10(*scale) as f64,
            Repr::Long(value) => value.to_f64().unwrap_or(f64::NAN),
        }
    }

    /// The integer value, if it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Short { mantissa, scale: 0 } => Some(*mantissa),
            _ => None,
        }
    }

    /// Digits after the decimal point, when the decimal expansion ends.
    pub fn decimals(&self) -> Option<u32> {
        match &self.0 {
            Repr::Short { scale, .. } => Some(u32::from(*scale)),
            Repr::Long(value) => terminating_scale(value.denom()),
        }
    }

    /// Rounded to `digits` after the decimal point, halves away from zero (as published figures are).
    #[must_use]
    pub fn round(&self, digits: u32) -> Number {
        if self.decimals().is_some_and(|d| d <= digits) {
            return self.clone();
        }
        let shift = BigRational::from_integer(BigInt::from(10).pow(digits));
        Number::from_rational((self.to_rational() * &shift).round() / shift)
    }

    /// The largest (`up` false) or smallest (`up` true) decimal of `digits` significant digits that
    /// bounds the number; exact when it has no more digits than that.
    #[must_use]
    pub fn to_significant(&self, digits: u32, up: bool) -> Number {
        if self.is_zero() {
            return Number::ZERO;
        }
        let value = self.to_rational();
        let magnitude = integer_digits(&value);
        let shift = i64::from(digits) - magnitude;
        let ten = BigRational::from_integer(BigInt::from(10));
        let factor: BigRational = Pow::pow(&ten, i32::try_from(shift).unwrap_or(0));
        let scaled = value * &factor;
        let bounded = if up { scaled.ceil() } else { scaled.floor() };
        Number::from_rational(bounded / factor)
    }

    /// The fraction `numerator/denominator` in lowest terms.
    pub fn to_fraction(&self) -> String {
        let value = self.to_rational();
        if value.denom().is_one() {
            value.numer().to_string()
        } else {
            format!("{}/{}", value.numer(), value.denom())
        }
    }
}

/// Position of the leading digit: 3 for 250, 1 for 2.5, 0 for 0.25, −1 for 0.025.
fn integer_digits(value: &BigRational) -> i64 {
    let abs = value.abs();
    let whole = abs.to_integer();
    if !whole.is_zero() {
        return whole.to_string().len() as i64;
    }
    let mut digits = 0;
    let ten = BigRational::from_integer(BigInt::from(10));
    let mut scaled = abs * &ten;
    while scaled < BigRational::one() {
        scaled *= &ten;
        digits -= 1;
    }
    digits
}

/// The number of decimals of `1/denominator`, or `None` when they never end.
fn terminating_scale(denominator: &BigInt) -> Option<u32> {
    let mut rest = denominator.clone();
    let (mut twos, mut fives) = (0u32, 0u32);
    let (two, five) = (BigInt::from(2), BigInt::from(5));
    while (&rest % &two).is_zero() {
        rest /= &two;
        twos += 1;
    }
    while (&rest % &five).is_zero() {
        rest /= &five;
        fives += 1;
    }
    rest.is_one().then_some(twos.max(fives))
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number(Repr::Short {
            mantissa: value,
            scale: 0,
        })
    }
}

impl FromStr for Number {
    type Err = NumberError;

    /// Reads `-12.50` and `1/15`; ASCII digits only (callers normalise width first).
    fn from_str(text: &str) -> Result<Number, NumberError> {
        if let Some((numerator, denominator)) = text.split_once('/') {
            let (n, d): (Number, Number) = (numerator.parse()?, denominator.parse()?);
            return n.div(&d).ok_or(NumberError::Malformed);
        }
        let (negative, digits) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.ends_with('.')
        {
            return Err(NumberError::Malformed);
        }
        if whole.len() + fraction.len() > MAX_DIGITS {
            return Err(NumberError::TooLong);
        }
        let fraction = fraction.trim_end_matches('0');
        if whole.len() + fraction.len() <= 18 {
            let mut mantissa: i128 = 0;
            for byte in whole.bytes().chain(fraction.bytes()) {
                mantissa = mantissa * 10 + i128::from(byte - b'0');
            }
            let signed = if negative { -mantissa } else { mantissa };
            return Ok(Number::from_i128(signed, fraction.len() as u32));
        }
        let mantissa: BigInt = format!("{whole}{fraction}")
            .parse()
            .map_err(|_| NumberError::Malformed)?;
        let signed = if negative { -mantissa } else { mantissa };
        Ok(Number::from_rational(BigRational::new(
            signed,
            BigInt::from(10).pow(fraction.len() as u32),
        )))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        match (&self.0, &other.0) {
            (
                Repr::Short {
                    mantissa: a,
                    scale: s,
                },
                Repr::Short {
                    mantissa: b,
                    scale: t,
                },
            ) => {
                if s == t {
                    return a.cmp(b);
                }
                let scale = (*s).max(*t);
                let a = i128::from(*a) * i128::from(pow10(scale - s));
                let b = i128::from(*b) * i128::from(pow10(scale - t));
                a.cmp(&b)
            }
            _ => self.to_rational().cmp(&other.to_rational()),
        }
    }
}

impl fmt::Display for Number {
    /// The exact decimal, without exponent or trailing zeros; a fraction where it does not end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mantissa, scale) = match &self.0 {
            Repr::Short { mantissa, scale } => (BigInt::from(*mantissa), u32::from(*scale)),
            Repr::Long(value) => match terminating_scale(value.denom()) {
                Some(scale) => (
                    value.numer() * BigInt::from(10).pow(scale) / value.denom(),
                    scale,
                ),
                None => return f.write_str(&self.to_fraction()),
            },
        };
        let digits = mantissa.abs().to_string();
        let scale = scale as usize;
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        if mantissa.is_negative() {
            f.write_str("-")?;
        }
        f.write_str(whole)?;
        if scale > 0 {
            write!(f, ".{fraction}")
        } else {
            Ok(())
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({self})")
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|_| serde::de::Error::custom("not an exact number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn thresholds_are_exact() {
        assert!(n("97.99999999999999999") < n("98"));
        assert!(n("97.95") < n("98"));
        assert_eq!(n("98.000"), n("98"));
        assert_eq!(n("0.1").add(&n("0.2")), n("0.3"));
        assert_eq!(n("980").mul(&n("0.001")), n("0.98"));
    }

    #[test]
    fn long_numbers_keep_every_digit() {
        let long = "123456789012345678901234567890.000000000000000000000000001";
        assert_eq!(n(long).to_string(), long);
        let third = Number::ratio(1, 3).unwrap();
        assert_eq!(third.to_string(), "1/3");
        assert_eq!(third.mul(&n("3")), Number::ONE);
        assert_eq!(
            n("1/15").to_significant(12, true).to_string(),
            "0.0666666666667"
        );
        assert_eq!(
            n("1/15").to_significant(12, false).to_string(),
            "0.0666666666666"
        );
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        assert_eq!(n("93.25").round(1), n("93.3"));
        assert_eq!(n("-93.25").round(1), n("-93.3"));
        assert_eq!(n("2/3").round(2), n("0.67"));
    }

    #[test]
    fn malformed_text_is_refused() {
        for text in ["", "-", "1.", ".5", "1e3", "１", "1,200", "--1", "1/0"] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
        assert_eq!("9".repeat(401).parse::<Number>(), Err(NumberError::TooLong));
    }
}
