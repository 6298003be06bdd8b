//! Units of measure: what may be compared with what, and the factor between them.

mod declared;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::names::is_cjk;
use crate::number::Number;

pub use declared::{Declared, NoUnitName, Units};

/// What a number counts, before any "per something".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// No unit was written.
    Bare,
    /// A share of a whole, in units of one.
    Share,
    /// Percentage points: a difference of two shares, in units of one.
    Points,
    /// One to another (`:1`).
    Ratio,
    /// Money, in the named currency.
    Money(String),
    /// Calendar time, in years.
    Calendar,
    /// Clock time, in hours.
    Clock,
    /// Class hours (学时).
    Lesson,
    /// Points of a score.
    Score,
    /// A physical quantity in its coherent unit (平方米, 公里 …).
    Physical(String),
    /// Things counted, with their measure word.
    Thing(String),
}

/// A unit: a base, what it is per, and the factor to the base's own scale.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Unit {
    /// What is measured.
    pub base: Base,
    /// Per what, sorted (`元/生·年` is per 年 and 生).
    pub per: Vec<String>,
    /// A value in this unit times the factor is the value in the base scale.
    pub factor: Number,
    /// How the unit is printed, without 万 and 亿 in front (those are multiplied out).
    pub symbol: String,
}

/// One row of the unit table.
struct Row {
    spellings: &'static [&'static str],
    base: fn() -> Base,
    /// Factor as numerator and denominator.
    factor: (i64, i64),
}

const fn row(spellings: &'static [&'static str], base: fn() -> Base, factor: (i64, i64)) -> Row {
    Row {
        spellings,
        base,
        factor,
    }
}

/// Every unit with a fixed meaning; the first spelling is printed. To add a unit, add a row.
/// Measure words of counts (所 人 名 …) need none: any short word in Han characters is one.
const TABLE: &[Row] = &[
    row(&["%", "百分之"], || Base::Share, (1, 100)),
    row(&["‰", "千分之"], || Base::Share, (1, 1000)),
    row(
        &["个百分点", "百分点", "pp", "%点"],
        || Base::Points,
        (1, 100),
    ),
    row(&["个千分点", "千分点"], || Base::Points, (1, 1000)),
    row(&[":1", "∶1"], || Base::Ratio, (1, 1)),
    row(
        &["元", "元人民币", "RMB", "CNY"],
        || Base::Money("元".into()),
        (1, 1),
    ),
    row(&["美元", "USD"], || Base::Money("美元".into()), (1, 1)),
    row(&["欧元", "EUR"], || Base::Money("欧元".into()), (1, 1)),
    row(&["年", "周年"], || Base::Calendar, (1, 1)),
    row(&["周岁", "岁"], || Base::Calendar, (1, 1)),
    row(&["个月", "月"], || Base::Calendar, (1, 12)),
    row(&["小时", "钟头", "h"], || Base::Clock, (1, 1)),
    row(&["分钟", "min"], || Base::Clock, (1, 60)),
    row(&["天", "日"], || Base::Clock, (24, 1)),
    row(&["周", "星期"], || Base::Clock, (168, 1)),
    row(&["学时", "课时"], || Base::Lesson, (1, 1)),
    row(&["分"], || Base::Score, (1, 1)),
    row(
        &["平方米", "m2", "平米"],
        || Base::Physical("平方米".into()),
        (1, 1),
    ),
    row(&["亩"], || Base::Physical("平方米".into()), (2000, 3)),
    row(
        &["公顷", "hm2"],
        || Base::Physical("平方米".into()),
        (10_000, 1),
    ),
    row(
        &["平方公里", "平方千米", "km2"],
        || Base::Physical("平方米".into()),
        (1_000_000, 1),
    ),
    row(&["米", "m"], || Base::Physical("米".into()), (1, 1)),
    row(&["厘米", "cm"], || Base::Physical("米".into()), (1, 100)),
    row(
        &["公里", "千米", "km"],
        || Base::Physical("米".into()),
        (1000, 1),
    ),
    row(&["吨", "t"], || Base::Physical("千克".into()), (1000, 1)),
    row(
        &["千克", "公斤", "kg"],
        || Base::Physical("千克".into()),
        (1, 1),
    ),
    row(
        &["立方米", "m3"],
        || Base::Physical("立方米".into()),
        (1, 1),
    ),
    row(
        &["千瓦时", "度", "kWh"],
        || Base::Physical("千瓦时".into()),
        (1, 1),
    ),
    row(&["Mbps", "兆"], || Base::Physical("Mbps".into()), (1, 1)),
    row(&["Gbps"], || Base::Physical("Mbps".into()), (1000, 1)),
    row(&["℃", "°C"], || Base::Physical("℃".into()), (1, 1)),
];

/// Measure words that say the same of people.
const PEOPLE: &[&str] = &["人", "名", "位", "人次"];

/// Longest measure word that is taken for one, in characters.
const MAX_MEASURE_WORD: usize = 4;

/// Why a text is not a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownUnit(pub String);

impl Unit {
    /// No unit.
    pub fn bare() -> Unit {
        Unit {
            base: Base::Bare,
            per: Vec::new(),
            factor: Number::ONE,
            symbol: String::new(),
        }
    }

    /// Percent.
    pub fn percent() -> Unit {
        Unit {
            base: Base::Share,
            per: Vec::new(),
            factor: Number::decimal(1, 2),
            symbol: "%".into(),
        }
    }

    /// A share written as a fraction of one: `0.98`, or a figure with unit `1`.
    pub fn fraction() -> Unit {
        Unit {
            base: Base::Share,
            per: Vec::new(),
            factor: Number::ONE,
            symbol: String::new(),
        }
    }

    /// Reads a unit as it stands behind a number, after NFKC: `%`, `万人`, `元/生·年`, `/千人`.
    /// The factor includes 万 and 亿; the symbol does not.
    pub fn parse(text: &str) -> Result<Unit, UnknownUnit> {
        let (scale, unit) = Unit::parse_scaled(text)?;
        if scale == Number::ONE {
            return Ok(unit);
        }
        Ok(Unit {
            factor: unit.factor.mul(&scale),
            ..unit
        })
    }

    /// The same with 万 and 亿 apart: what they multiply by, and the unit that the symbol stands for.
    fn parse_scaled(text: &str) -> Result<(Number, Unit), UnknownUnit> {
        let unknown = || UnknownUnit(text.to_string());
        let mut parts = text.split('/');
        let head = parts.next().unwrap_or("").trim();
        let (scale, mut unit) = scaled_atom(head, true).ok_or_else(unknown)?;
        for part in parts {
            for atom in part.split(['·', '•']).map(str::trim) {
                // 百, 千, 万 in a denominator stay in the symbol, so they stay in the factor too.
                let (scale, per) = scaled_atom(atom, false).ok_or_else(unknown)?;
                unit.factor = unit.factor.div(&scale).ok_or_else(unknown)?;
                if per.symbol.is_empty() {
                    return Err(unknown());
                }
                unit.per.push(canonical_word(&per.symbol).to_string());
            }
        }
        if !unit.per.is_empty() {
            let tail = text.split_once('/').map_or("", |(_, tail)| tail);
            unit.symbol = format!("{}/{tail}", unit.symbol);
            unit.per.sort();
        }
        Ok((scale, unit))
    }

    /// Whether two values in these units can be compared as they are meant.
    ///
    /// Measure words of counts are free: 165所 compares with 165 and with 165个, and 85分 with 85. So
    /// many of something are not: against 320, 160标准套 could be 160 or 320.
    pub fn comparable(&self, other: &Unit) -> bool {
        let multiple = |u: &Unit| {
            matches!(u.base, Base::Thing(_)) && u.per.is_empty() && u.factor != Number::ONE
        };
        if multiple(self) || multiple(other) {
            return self.per == other.per && self.base == other.base;
        }
        let counts = |u: &Unit| matches!(u.base, Base::Thing(_) | Base::Bare);
        let scores = |u: &Unit| matches!(u.base, Base::Score | Base::Bare);
        let free = |same: &dyn Fn(&Unit) -> bool| same(self) && same(other);
        self.per == other.per && (self.base == other.base || free(&counts) || free(&scores))
    }

    /// Whether both are counts whose measure words differ (人 and 名 do not).
    pub fn differs_in_measure_word(&self, other: &Unit) -> bool {
        match (&self.base, &other.base) {
            (Base::Thing(a), Base::Thing(b)) => a != b,
            _ => false,
        }
    }

    /// The unit in which a difference of two such values is stated: points for shares.
    pub fn of_difference(&self) -> String {
        if self.base == Base::Share {
            "pp".to_string()
        } else {
            self.symbol.clone()
        }
    }

    /// Printed spellings of all table units, for suggestions.
    pub fn known() -> impl Iterator<Item = &'static str> {
        TABLE.iter().flat_map(|r| r.spellings.iter().copied())
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.symbol)
    }
}

fn table_unit(word: &str) -> Option<Unit> {
    let row = TABLE.iter().find(|r| r.spellings.contains(&word))?;
    let factor = Number::ratio(row.factor.0, row.factor.1)?;
    // 个百分点 is a long way to say pp; JSON and English output use the short one.
    let base = (row.base)();
    let symbol = match base {
        Base::Points if row.factor == (1, 100) => "pp",
        _ => row.spellings.first().copied().unwrap_or(word),
    };
    Some(Unit {
        base,
        per: Vec::new(),
        factor,
        symbol: symbol.to_string(),
    })
}

/// Strips 万, 亿 … in front and looks the rest up.
fn scaled_atom(text: &str, may_be_bare: bool) -> Option<(Number, Unit)> {
    if let Some(unit) = table_unit(text) {
        return Some((Number::ONE, unit));
    }
    let mut scale = Number::ONE;
    let mut rest = text;
    while let Some((c, factor)) = rest
        .chars()
        .next()
        .and_then(|c| magnitude(c).map(|m| (c, m)))
    {
        scale = scale.mul(&Number::from(factor));
        rest = &rest[c.len_utf8()..];
        if let Some(unit) = table_unit(rest) {
            return Some((scale, unit));
        }
    }
    if rest.is_empty() {
        return may_be_bare.then(|| (scale, Unit::bare()));
    }
    let word = rest.chars().all(is_cjk) && rest.chars().count() <= MAX_MEASURE_WORD;
    word.then(|| {
        let base = Base::Thing(canonical_word(rest).to_string());
        (
            scale,
            Unit {
                base,
                per: Vec::new(),
                factor: Number::ONE,
                symbol: rest.to_string(),
            },
        )
    })
}

fn canonical_word(word: &str) -> &str {
    if PEOPLE.contains(&word) { "人" } else { word }
}

fn magnitude(c: char) -> Option<i64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    }
}

/// A number in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// The number as written, 万 and 亿 multiplied out.
    pub number: Number,
    /// Its unit; the factor is free of 万 and 亿.
    pub unit: Unit,
}

/// Why a text is not a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuantityError {
    /// The digits do not form a number.
    Number,
    /// Too many digits.
    TooLong,
    /// What follows the digits is no unit.
    Unit(String),
}

impl Quantity {
    /// Reads a number with its unit, after NFKC: `98%`, `1.2万人`, `1:15`, `前30`, `-0.5%`.
    pub fn parse(text: &str) -> Result<Quantity, QuantityError> {
        let text = text.trim();
        if let Some(rank) = text.strip_prefix('前') {
            let mut quantity = Quantity::parse(rank)?;
            quantity.unit = Unit::bare();
            return Ok(quantity);
        }
        let digits = text
            .bytes()
            .enumerate()
            .take_while(|(i, b)| {
                b.is_ascii_digit() || *b == b'.' || (*i == 0 && matches!(b, b'-' | b'+'))
            })
            .count();
        let (number, rest) = text.split_at(digits);
        let number: Number = number.parse().map_err(|e| match e {
            crate::number::NumberError::TooLong => QuantityError::TooLong,
            crate::number::NumberError::Malformed => QuantityError::Number,
        })?;
        let rest = rest.trim();
        if let Some(second) = rest.strip_prefix([':', '∶']) {
            let second: Number = second.parse().map_err(|_| QuantityError::Number)?;
            let number = number.div(&second).ok_or(QuantityError::Number)?;
            let unit = table_unit(":1").unwrap_or_else(Unit::bare);
            return Ok(Quantity { number, unit });
        }
        let (scale, unit) =
            Unit::parse_scaled(rest).map_err(|UnknownUnit(u)| QuantityError::Unit(u))?;
        let number = if scale == Number::ONE {
            number
        } else {
            number.mul(&scale)
        };
        Ok(Quantity { number, unit })
    }

    /// Moves 万 and 亿 from the unit's factor into the number.
    pub fn multiplied_out(number: Number, unit: Unit) -> Quantity {
        let plain = plain_factor(&unit);
        let scale = unit.factor.div(&plain).unwrap_or(Number::ONE);
        if scale == Number::ONE {
            return Quantity { number, unit };
        }
        Quantity {
            number: number.mul(&scale),
            unit: Unit {
                factor: plain,
                ..unit
            },
        }
    }

    /// The value in the base scale (a share of one, years, metres …).
    pub fn base_value(&self) -> Number {
        self.number.mul(&self.unit.factor)
    }

    /// The value expressed in another unit of the same dimension.
    pub fn number_in(&self, unit: &Unit) -> Number {
        if self.unit.factor == unit.factor {
            return self.number.clone();
        }
        self.base_value()
            .div(&unit.factor)
            .unwrap_or_else(|| self.number.clone())
    }
}

/// The factor that the unit's printed symbol stands for.
fn plain_factor(unit: &Unit) -> Number {
    let (head, tail) = unit.symbol.split_once('/').unwrap_or((&unit.symbol, ""));
    let mut factor = match &unit.base {
        Base::Share if head.is_empty() => Number::ONE,
        _ => table_unit(head).map_or(Number::ONE, |u| u.factor),
    };
    for atom in tail.split(['/', '·', '•']).filter(|a| !a.is_empty()) {
        if let Some((scale, _)) = scaled_atom(atom.trim(), false) {
            factor = factor.div(&scale).unwrap_or(factor);
        }
    }
    factor
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number, self.unit)
    }
}

#[cfg(test)]
mod tests;
