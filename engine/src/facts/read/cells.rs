//! One cell: what a published value, unit or period says.

use std::borrow::Cow;

use guiju_lang::{Base, Grain, Number, Period, Quantity, Unit, nfkc, normalise};

use crate::facts::observation::RawValue;

/// Longest text that may be the word of a scale, in characters.
const MAX_WORD: usize = 12;

/// Words whose case does not matter: the answers of flags and milestones.
const ANSWERS: [&str; 6] = ["yes", "no", "true", "false", "done", "not done"];

/// Characters that make a Han tail no measure word but a remark: 90以上, 50余所, 3年半, 97.2预计.
const REMARKS: &[char] = &[
    '约', '近', '超', '余', '多', '来', '许', '数', '几', '以', '左', '右', '上', '内', '外', '至',
    '到', '不', '未', '足', '半', '强', '弱', '预', '估', '计', '快', '报', '初', '暂', '待', '含',
    '其', '注', '见', '达', '及', '占', '增', '减', '降', '底', '末', '前', '后',
];

/// How numbers are written in a file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    /// Semicolons separate, so one comma may be a decimal comma: `1,234` is refused, not guessed.
    pub(super) comma_is_unclear: bool,
    /// A number token of JSON: may have an exponent.
    pub(super) exponent: bool,
}

/// What a unit column says.
#[derive(Debug, Default)]
pub(super) enum UnitText {
    /// Nothing.
    #[default]
    None,
    /// A unit (`None` for a bare 万), and what 万 and 亿 in front of it multiply by.
    Known { unit: Option<Unit>, scale: Number },
    /// Not a unit.
    Unknown,
}

/// What a value cell says.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    /// No observation.
    Missing,
    /// A figure, with its unit if the cell or the column names one.
    Figure(RawValue, Option<Unit>),
    /// The cell's own unit, as written, is not the one that the column names.
    UnitsDiffer(String),
    /// Not a figure.
    Bad,
}

/// Whether a text stands for "no figure": empty, `-`, `——`, `…`, `NA`, `N/A`, `缺`.
pub(super) fn is_missing(text: &str) -> bool {
    let text = text.trim();
    is_blank(text) || matches!(nfkc(text).as_ref(), "NA" | "N/A" | "缺")
}

/// Whether nothing is written, or only dashes or dots in its place. A region may be called NA.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || "-－—–―─−".contains(c))
        || text.chars().all(|c| "…⋯".contains(c))
}

/// Reads a unit column's text.
pub(super) fn read_unit(text: &str) -> UnitText {
    let text = nfkc(text.trim());
    if is_missing(&text) {
        return UnitText::None;
    }
    let unit = match text.as_ref() {
        "1" | "小数" => Unit::fraction(),
        text => match Unit::parse(text) {
            Ok(unit) => unit,
            Err(_) => return UnitText::Unknown,
        },
    };
    let Quantity {
        number: scale,
        unit,
    } = Quantity::multiplied_out(Number::ONE, unit);
    UnitText::Known {
        unit: Some(unit).filter(|u| u.base != Base::Bare || !u.per.is_empty()),
        scale,
    }
}

/// Reads a period, also as spreadsheets write dates (`2023/8/28`).
pub(super) fn read_period(text: &str) -> Option<Period> {
    let slashes = text.bytes().filter(|b| *b == b'/').count();
    if slashes == 2 {
        text.replace('/', "-").parse().ok()
    } else {
        text.parse().ok()
    }
}

/// Reads a trimmed value cell; `column` is what the unit column says for it.
pub(super) fn read_value(text: &str, column: &UnitText, style: Style) -> Value {
    if let Some(number) = plain(text) {
        return in_column(number, column);
    }
    if is_missing(text) {
        return Value::Missing;
    }
    let narrow = narrow(text);
    if let Some(date) = date(&narrow) {
        return Value::Figure(RawValue::Word(date), None);
    }
    match number(&narrow, style) {
        Some((number, "")) => in_column(number, column),
        Some((number, rest)) => match Own::read(number, rest) {
            Some(own) => own.beside(column),
            None => Value::Bad,
        },
        None => word(text).map_or(Value::Bad, |word| Value::Figure(RawValue::Word(word), None)),
    }
}

/// The common case: at most 18 ASCII digits with at most one point among them.
fn plain(text: &str) -> Option<Number> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    let (mut mantissa, mut point) = (0i64, None);
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + i64::from(byte - b'0'),
            b'.' if i > 0 && point.is_none() => point = Some(i),
            _ => return None,
        }
    }
    let decimals = point.map_or(0, |p| text.len() - p - 1);
    let ends_in_point = point.is_some() && decimals == 0;
    (!ends_in_point).then(|| Number::decimal(mantissa, decimals as u8))
}

/// Full-width forms as their ASCII twins. Not NFKC: that would make a figure of a note (`97.2①`).
fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let twin = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '−' => '-',
        '∶' => ':',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    Cow::Owned(text.chars().map(twin).collect())
}

/// The number at the start of a text, and the trimmed rest.
fn number(text: &str, style: Style) -> Option<(Number, &str)> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sign = text.len() - unsigned.len();
    let end = unsigned
        .find(|c: char| !matches!(c, '0'..='9' | '.' | ','))
        .unwrap_or(unsigned.len());
    let (body, rest) = (text.get(..sign + end)?, text.get(sign + end..)?);
    let number: Number = if body.contains(',') {
        let whole = body.get(sign..)?.split('.').next()?;
        let mut groups = whole.split(',');
        let first = groups.next()?;
        let grouped = (1..=3).contains(&first.len()) && groups.clone().all(|g| g.len() == 3);
        let commas = groups.count();
        // 0,123 and 1.234,5 have decimal commas; 1,234 may have one.
        let decimal = first.starts_with('0') || commas != body.matches(',').count();
        let unclear = style.comma_is_unclear && commas == 1 && sign + whole.len() == body.len();
        if !grouped || decimal || unclear {
            return None;
        }
        body.replace(',', "").parse().ok()?
    } else {
        body.parse().ok()?
    };
    match rest.strip_prefix(['e', 'E']).filter(|_| style.exponent) {
        Some(exponent) => Some((scaled(&number, exponent.parse().ok()?)?, "")),
        None => Some((number, rest.trim())),
    }
}

/// `number · 10^exponent`, exactly.
fn scaled(number: &Number, exponent: i16) -> Option<Number> {
    let digits = usize::from(exponent.unsigned_abs());
    let power: Number = format!("1{:0<digits$}", "").parse().ok()?;
    if exponent < 0 {
        number.div(&power)
    } else {
        Some(number.mul(&power))
    }
}

/// A number that brings its own unit: 97.2%, 1.2万人, 16.98:1, 20万.
struct Own {
    /// With 万 and 亿 multiplied out.
    number: Number,
    /// Free of 万 and 亿; bare behind 20万.
    unit: Unit,
    /// What its 万 and 亿 multiply by.
    scale: Number,
    /// The unit as written.
    written: String,
}

impl Own {
    /// Takes what stands behind a number for its unit, or for the second half of a ratio.
    fn read(number: Number, rest: &str) -> Option<Own> {
        if let Some(second) = rest.strip_prefix(':') {
            let second = plain(second.trim())?;
            return Some(Own {
                number: number.div(&second).filter(|n| !n.is_negative())?,
                unit: Unit::parse(":1").ok()?,
                scale: Number::ONE,
                written: ":1".to_string(),
            });
        }
        let rest = nfkc(rest);
        if rest.contains(REMARKS) {
            return None;
        }
        let unit = Unit::parse(&rest).ok()?;
        let Quantity {
            number: scale,
            unit,
        } = Quantity::multiplied_out(Number::ONE, unit);
        Some(Own {
            number: number.mul(&scale),
            unit,
            scale,
            written: rest.into_owned(),
        })
    }

    /// The figure, if the column names the same unit or none. Which of two units is meant nobody
    /// chooses: 98% in a column of ‰ may be either slip.
    fn beside(self, column: &UnitText) -> Value {
        let bare = self.unit.base == Base::Bare && self.unit.per.is_empty();
        let (beside, agree) = match column {
            UnitText::Known { unit, scale } => {
                let unit = unit.as_ref();
                let same = |u: &Unit| {
                    let counted = !matches!(u.base, Base::Share | Base::Points | Base::Ratio);
                    // 1.2万 in a column of 人 says how many.
                    (bare && counted) || same_unit(&self.unit, u)
                };
                // 1.2万人 is in 人; but a column of 万人 has no room for 12000人 or 1.2亿人.
                let multiple = *scale == Number::ONE || *scale == self.scale;
                (unit, multiple && unit.is_none_or(same))
            }
            UnitText::None | UnitText::Unknown => (None, true),
        };
        if !agree {
            return Value::UnitsDiffer(self.written);
        }
        let unit = match bare {
            true => beside.cloned(),
            false => Some(self.unit),
        };
        Value::Figure(RawValue::Number(self.number), unit)
    }
}

/// Whether two units are one, whatever they are called: 人 and 名, 年 and 周岁.
fn same_unit(a: &Unit, b: &Unit) -> bool {
    (&a.base, &a.per, &a.factor) == (&b.base, &b.per, &b.factor)
}

/// A bare number takes the column's unit.
fn in_column(number: Number, column: &UnitText) -> Value {
    let (number, unit) = match column {
        UnitText::Known { unit, scale } if *scale == Number::ONE => (number, unit.clone()),
        UnitText::Known { unit, scale } => (number.mul(scale), unit.clone()),
        UnitText::None | UnitText::Unknown => (number, None),
    };
    Value::Figure(RawValue::Number(number), unit)
}

/// A date in a value cell, as its period prints: to the day, month or quarter, or 2023年底.
fn date(text: &str) -> Option<String> {
    let rest = text
        .get(4..)
        .filter(|_| text.as_bytes()[..4].iter().all(u8::is_ascii_digit))?;
    if rest == "年" || !rest.starts_with(['-', '/', '年']) {
        return None;
    }
    read_period(text)
        .filter(|p| p.grain() != Grain::SchoolYear)
        .map(|p| p.to_string())
}

/// A short text without digits or marks: an answer, or the word of a scale.
fn word(text: &str) -> Option<String> {
    let name = normalise(text);
    if let Some(answer) = ANSWERS.iter().find(|a| name.eq_ignore_ascii_case(a)) {
        return Some((*answer).to_string());
    }
    let fits = |c: char| c.is_alphabetic() || " -+·_/()、".contains(c);
    let short = name.chars().count() <= MAX_WORD;
    (short && name.chars().all(fits) && name.contains(char::is_alphabetic))
        .then(|| name.into_owned())
}
