//! When two figures of one observation say the same: they are equal, or one is the other in fewer
//! digits. Digits are counted as published: 98.0% is not 97.6% rounded, 98% is.

use guiju_lang::{Number, Period, nfkc};

use super::{Event, Fact, ObsRef};

/// A figure with its value and how finely it was published.
#[derive(Debug)]
pub(super) struct Published {
    pub(super) at: ObsRef,
    pub(super) period: Option<Period>,
    pub(super) value: Option<Fact>,
    pub(super) digits: Option<Digits>,
}

/// The distance between neighbouring values in as many digits as were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Digits {
    /// In the base scale: 0.001 for 97.2%, 0.0001 for 97.20%, 1000 for 1.2万人.
    step: Number,
    /// Whether they are those of the reciprocal (1:15).
    reciprocal: bool,
}

impl Digits {
    /// The digits of a number that was read from a text, in a unit with this factor.
    pub(super) fn of(number: &Number, factor: &Number, text: &str) -> Option<Digits> {
        let text = nfkc(text.trim());
        let Some((mantissa, decimals, rest)) = written(&text) else {
            return Digits::plain(&power(number.decimals()?), factor);
        };
        if let Some(second) = rest.strip_prefix(':') {
            let (second, more, _) = written(second.trim())?;
            return match (mantissa == Number::ONE, second == Number::ONE) {
                (_, true) => Digits::plain(&power(decimals), factor),
                (true, false) => Some(Digits {
                    step: power(more),
                    reciprocal: true,
                }),
                (false, false) => None,
            };
        }
        // 万 in the text or its column, a fraction read as percent.
        let scale = number.abs().div(&mantissa).filter(|s| !s.is_zero());
        match scale.unwrap_or(Number::ONE) {
            scale if is_power_of_ten(&scale) => Digits::plain(&power(decimals).mul(&scale), factor),
            _ => Digits::plain(&power(number.decimals()?), factor),
        }
    }

    fn plain(step: &Number, factor: &Number) -> Option<Digits> {
        Some(Digits {
            step: step.mul(factor),
            reciprocal: false,
        })
    }

    fn finer_than(&self, other: &Digits) -> bool {
        self.reciprocal == other.reciprocal && self.step < other.step
    }

    /// The value in these digits.
    pub(super) fn round(&self, value: &Number) -> Option<Number> {
        let turn = |v: &Number| match self.reciprocal {
            true => Number::ONE.div(v),
            false => Some(v.clone()),
        };
        turn(&turn(value)?.div(&self.step)?.round(0).mul(&self.step))
    }
}

impl Published {
    /// Whether this one says more: more digits, a date where the other has the month or `done`.
    pub(super) fn finer_than(&self, other: &Published) -> bool {
        match (&self.value, &other.value) {
            (Some(Fact::Number(_)), Some(Fact::Number(_))) => match (&self.digits, &other.digits) {
                (Some(own), Some(others)) => own.finer_than(others),
                _ => false,
            },
            (Some(Fact::Event(own)), Some(Fact::Event(others))) => {
                own != others && self.is_within(*own, *others)
            }
            _ => false,
        }
    }

    /// Whether this one is `finer` itself, or `finer` in fewer digits.
    pub(super) fn agrees_with(&self, finer: &Published) -> bool {
        if self.value.is_some() && self.value == finer.value {
            return true;
        }
        match (&self.value, &finer.value) {
            (Some(Fact::Number(rough)), Some(Fact::Number(number))) => {
                finer.finer_than(self)
                    && self.digits.as_ref().and_then(|d| d.round(number)).as_ref() == Some(rough)
            }
            (Some(Fact::Event(_)), Some(Fact::Event(_))) => finer.finer_than(self),
            _ => false,
        }
    }

    /// Whether an event is one that `other` leaves open: its month, or `done` by the last day of
    /// the record's period.
    fn is_within(&self, own: Event, other: Event) -> bool {
        match (own, other) {
            (Event::Done(first, last), Event::Done(from, to)) => from <= first && last <= to,
            (Event::Done(_, last), Event::DoneWhenSeen) => {
                self.period.is_some_and(|p| last <= p.end())
            }
            _ => false,
        }
    }
}

/// The number at the start of a text without its sign, its digits after the point, and the rest.
fn written(text: &str) -> Option<(Number, u32, &str)> {
    let text = text.trim_start_matches(['-', '+', '−']);
    let end = text
        .find(|c: char| !matches!(c, '0'..='9' | '.' | ','))
        .unwrap_or(text.len());
    let (body, rest) = text.split_at(end);
    if rest.starts_with(['e', 'E']) {
        return None;
    }
    let body = body.replace(',', "");
    let decimals = body.split_once('.').map_or(0, |(_, d)| d.len());
    Some((body.parse().ok()?, decimals as u32, rest.trim_start()))
}

/// `10^-decimals`.
fn power(decimals: u32) -> Number {
    let digits = format!("1{:0<width$}", "", width = decimals as usize);
    let power = digits
        .parse()
        .ok()
        .and_then(|p: Number| Number::ONE.div(&p));
    power.unwrap_or(Number::ONE)
}

fn is_power_of_ten(number: &Number) -> bool {
    number.to_string().trim_matches(['0', '.']) == "1"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        text.parse().unwrap()
    }

    fn step(number: &str, factor: &str, text: &str) -> String {
        let digits = Digits::of(&n(number), &n(factor), text).unwrap();
        let mark = if digits.reciprocal { " of 1:x" } else { "" };
        format!("{}{mark}", digits.step)
    }

    #[test]
    fn digits_are_counted_as_written() {
        assert_eq!(step("97.2", "0.01", "97.2%"), "0.001");
        assert_eq!(step("98", "0.01", "98.00"), "0.0001");
        assert_eq!(step("98", "0.01", "９８．０％"), "0.001");
        assert_eq!(step("98", "0.01", "0.98"), "0.01");
        assert_eq!(step("12000", "1", "1.2万人"), "1000");
        assert_eq!(step("12000", "1", "12,000"), "1");
        assert_eq!(step("-0.5", "0.01", "-0.50%"), "0.0001");
        assert_eq!(step("0", "1", "0.0"), "0.1");
        assert_eq!(step("16.98", "1", "16.98:1"), "0.01");
        assert_eq!(step("1/15", "1", "1:15"), "1 of 1:x");
        // No text, or one that is not the number's own.
        assert_eq!(step("97.25", "0.01", ""), "0.0001");
        assert_eq!(step("97.2", "0.01", "9.72e1"), "0.001");
        assert_eq!(step("97.2", "0.01", "2025 年 97.2"), "0.001");
        assert_eq!(Digits::of(&n("2/3"), &n("1"), "2:3"), None);
    }

    #[test]
    fn rounding_is_to_the_digits_of_the_rough_figure() {
        let round = |rough: (&str, &str, &str), value: &str| {
            let digits = Digits::of(&n(rough.0), &n(rough.1), rough.2).unwrap();
            digits.round(&n(value)).unwrap().to_string()
        };
        assert_eq!(round(("98", "0.01", "98%"), "0.976"), "0.98");
        assert_eq!(round(("98", "0.01", "98.0%"), "0.976"), "0.976");
        assert_eq!(round(("12000", "1", "1.2万"), "12034"), "12000");
        assert_eq!(round(("1/15", "1", "1:15"), "5/73"), "1/15");
    }
}
