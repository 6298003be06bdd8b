//! Time as plans write it: periods, the days they cover, and the spans between them.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::names::nfkc;

/// The kind of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// One day.
    Day,
    /// A week, from Monday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A school term: from September to January, from February to August.
    Term,
    /// Half a calendar year.
    Half,
    /// A calendar year.
    Year,
    /// A school year, from 1 September to 31 August.
    SchoolYear,
}

impl Grain {
    /// Length in months; days and weeks have none, and terms are of two lengths.
    fn months(self) -> i32 {
        match self {
            Grain::Day | Grain::Week | Grain::Term => 0,
            Grain::Month => 1,
            Grain::Quarter => 3,
            Grain::Half => 6,
            Grain::Year | Grain::SchoolYear => 12,
        }
    }
}

/// A period: an interval of whole days with the grain it was written in.
///
/// ```
/// use guiju_lang::Period;
/// let p: Period = "2025年第三季度".parse().unwrap();
/// assert_eq!((p.to_string(), p.end().to_string()), ("2025-Q3".into(), "2025-09-30".into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    start: Date,
    grain: Grain,
}

/// Why a text is not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodError {
    /// Not one of the forms of a date or period.
    Malformed,
    /// The right form, but no such day, month or quarter exists (30 February), or the year is not
    /// between 1000 and 2999.
    NoSuchDate,
}

/// How "at any time" prints; no file can write it.
const TIMELESS: &str = "always";

const FIRST_YEAR: i16 = 1000;
const LAST_YEAR: i16 = 2999;

fn date(year: i16, month: i8, day: i8) -> Result<Date, PeriodError> {
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return Err(PeriodError::NoSuchDate);
    }
    Date::new(year, month, day).map_err(|_| PeriodError::NoSuchDate)
}

impl Period {
    /// A calendar year.
    pub fn year(year: i16) -> Result<Period, PeriodError> {
        Ok(Period {
            start: date(year, 1, 1)?,
            grain: Grain::Year,
        })
    }

    /// A single day.
    pub fn day(day: Date) -> Period {
        Period {
            start: day,
            grain: Grain::Day,
        }
    }

    /// The period of `grain` that holds `day`.
    pub fn containing(grain: Grain, day: Date) -> Period {
        let month = match grain {
            Grain::Day => return Period::day(day),
            Grain::Week => {
                let back = i32::from(day.weekday().to_monday_zero_offset());
                let start = Period::day(day).step(-back).start;
                return Period { start, grain };
            }
            Grain::Term if (2..9).contains(&day.month()) => 2,
            Grain::Term => 9,
            Grain::Month => day.month(),
            Grain::Quarter => (day.month() - 1) / 3 * 3 + 1,
            Grain::Half => (day.month() - 1) / 6 * 6 + 1,
            Grain::Year => 1,
            Grain::SchoolYear => 9,
        };
        // January belongs to what began the autumn before.
        let autumn = month == 9 && matches!(grain, Grain::SchoolYear | Grain::Term);
        let year = day.year() - i16::from(autumn && day.month() < 9);
        Period {
            start: Date::new(year, month, 1).unwrap_or(day),
            grain,
        }
    }

    /// Stands for "at any time": the period of attributes that are given without one.
    pub fn timeless() -> Period {
        Period::day(Date::MIN)
    }

    /// Whether it stands for "at any time".
    pub fn is_timeless(self) -> bool {
        self == Period::timeless()
    }

    /// The grain.
    pub fn grain(self) -> Grain {
        self.grain
    }

    /// The first day.
    pub fn start(self) -> Date {
        self.start
    }

    /// The last day.
    pub fn end(self) -> Date {
        match self.grain {
            Grain::Day => self.start,
            Grain::Week => Period::day(self.start).step(6).start,
            Grain::Term => {
                let length = if self.start.month() == 9 { 5 } else { 7 };
                self.month_after(length - 1)
                    .map_or(self.start, Date::last_of_month)
            }
            // Always the last day of a month, and that needs no calendar arithmetic.
            _ => self
                .month_after(self.grain.months() - 1)
                .map_or(self.start, Date::last_of_month),
        }
    }

    /// The first day of the month `count` months after the first one.
    fn month_after(self, count: i32) -> Option<Date> {
        let months = i32::from(self.start.year()) * 12 + i32::from(self.start.month()) - 1 + count;
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
        Date::new(year, month, 1).ok()
    }

    /// The period `count` steps later (earlier, if negative) of the same grain; where the calendar
    /// ends, the period itself.
    #[must_use]
    pub fn step(self, count: i32) -> Period {
        let days = |count: i32| self.start.checked_add(jiff::Span::new().days(count)).ok();
        let start = match self.grain {
            Grain::Day => days(count),
            Grain::Week => days(count.saturating_mul(7)),
            Grain::Term => {
                // Two terms to a year; the one of autumn comes first.
                let autumn = self.start.month() == 9;
                let terms = count.saturating_add(i32::from(!autumn));
                let months = terms.div_euclid(2).saturating_mul(12) + terms.rem_euclid(2) * 5;
                self.month_after(months - if autumn { 0 } else { 5 })
            }
            _ => self.month_after(count.saturating_mul(self.grain.months())),
        };
        Period {
            start: start.unwrap_or(self.start),
            grain: self.grain,
        }
    }

    /// Whether the last day of the period lies before `day`: the period has passed.
    pub fn passed(self, day: Date) -> bool {
        day > self.end()
    }

    /// Length in days.
    pub fn days(self) -> i32 {
        days_between(self.start, self.end()) + 1
    }

    /// Time on a scale of years for pace calculations, by the last day: exactly 2025 for the
    /// year 2025, and for every period that ends with it.
    pub fn year_number(self) -> f64 {
        let end = self.end();
        f64::from(end.year()) + f64::from(end.day_of_year()) / f64::from(end.days_in_year()) - 1.0
    }
}

/// Whole days from `from` to `to` (negative if `to` is earlier).
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

impl fmt::Display for Period {
    /// `2025`, `2025-09`, `2025-09-01`, `2025-H1`, `2025-Q3`, `2023/2024` (school year).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.start.year(), self.start.month());
        match self.grain {
            _ if self.is_timeless() => f.write_str(TIMELESS),
            Grain::Day => write!(f, "{}", self.start),
            Grain::Month => write!(f, "{year:04}-{month:02}"),
            Grain::Week => {
                let week = self.start.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Grain::Term if month == 9 => write!(f, "{year:04}/{:04}-T1", year + 1),
            Grain::Term => write!(f, "{:04}/{year:04}-T2", year - 1),
            Grain::Quarter => write!(f, "{year:04}-Q{}", (month + 2) / 3),
            Grain::Half => write!(f, "{year:04}-H{}", (month + 5) / 6),
            Grain::Year => write!(f, "{year:04}"),
            Grain::SchoolYear => write!(f, "{year:04}/{:04}", year + 1),
        }
    }
}

impl std::str::FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Period, PeriodError> {
        let text = nfkc(text.trim());
        let mut rest = Scanner(&text);
        let year = rest.digits(4, 4).ok_or(PeriodError::Malformed)?;
        let year = i16::try_from(year).map_err(|_| PeriodError::NoSuchDate)?;
        let period = rest.after_year(year)?;
        if rest.0.is_empty() {
            Ok(period)
        } else {
            Err(PeriodError::Malformed)
        }
    }
}

/// Reads a period left to right.
struct Scanner<'a>(&'a str);

impl Scanner<'_> {
    fn eat(&mut self, prefix: &str) -> bool {
        match self.0.strip_prefix(prefix) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn eat_any(&mut self, prefixes: &[&str]) -> bool {
        prefixes.iter().any(|p| self.eat(p))
    }

    /// A run of `min..=max` digits that is not followed by a further digit.
    fn digits(&mut self, min: usize, max: usize) -> Option<i32> {
        let count = self.0.bytes().take_while(u8::is_ascii_digit).count();
        if !(min..=max).contains(&count) {
            return None;
        }
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        digits.parse().ok()
    }

    /// 1 to 12 as digits, or 一 to 四 for quarters.
    fn small(&mut self) -> Option<i8> {
        const HAN: [&str; 4] = ["一", "二", "三", "四"];
        if let Some(i) = HAN.iter().position(|h| self.eat(h)) {
            return i8::try_from(i + 1).ok();
        }
        self.digits(1, 2).and_then(|n| i8::try_from(n).ok())
    }

    fn after_year(&mut self, year: i16) -> Result<Period, PeriodError> {
        let of = |grain, month, day| {
            Ok(Period {
                start: date(year, month, day)?,
                grain,
            })
        };
        if self.eat("学年") {
            self.eat("度");
            return self.term_or(of(Grain::SchoolYear, 9, 1)?);
        }
        if self.eat("年") {
            return self.after_nian(year);
        }
        if self.0.is_empty() {
            return of(Grain::Year, 1, 1);
        }
        if self.eat("/") || self.next_year_follows() {
            self.eat("-");
            let next = self
                .digits(4, 4)
                .or_else(|| self.digits(2, 2))
                .ok_or(PeriodError::Malformed)?;
            let expected = i32::from(year) + 1;
            if next != expected && next != expected % 100 {
                return Err(PeriodError::NoSuchDate);
            }
            self.eat_any(&["学年度", "学年"]);
            return self.term_or(of(Grain::SchoolYear, 9, 1)?);
        }
        self.eat("-");
        if self.eat_any(&["H", "h"]) {
            return self.half(year);
        }
        if self.eat_any(&["Q", "q"]) {
            return self.quarter(year);
        }
        if self.eat_any(&["W", "w"]) {
            let week = self.digits(1, 2).ok_or(PeriodError::Malformed)?;
            return week_of(year, week);
        }
        self.month_and_day(year, "-", "")
    }

    /// A term of a school year, if one is named behind it.
    fn term_or(&mut self, school_year: Period) -> Result<Period, PeriodError> {
        let term = if self.eat_any(&["-T1", "第一学期", "第1学期", "上学期"]) {
            Some(0)
        } else if self.eat_any(&["-T2", "第二学期", "第2学期", "下学期"]) {
            Some(1)
        } else {
            None
        };
        let first = Period {
            start: school_year.start,
            grain: Grain::Term,
        };
        Ok(term.map_or(school_year, |n| first.step(n)))
    }

    /// `-2024学年`: a hyphen, four digits and the word for school year.
    fn next_year_follows(&self) -> bool {
        let mut ahead = Scanner(self.0);
        ahead.eat("-") && ahead.digits(4, 4).is_some() && ahead.eat("学年")
    }

    fn after_nian(&mut self, year: i16) -> Result<Period, PeriodError> {
        if self.eat_any(&["度", "底前", "底", "末"]) || self.0.is_empty() {
            return Ok(Period {
                start: date(year, 1, 1)?,
                grain: Grain::Year,
            });
        }
        if self.eat("上半年") {
            return Ok(Period {
                start: date(year, 1, 1)?,
                grain: Grain::Half,
            });
        }
        if self.eat("下半年") {
            return Ok(Period {
                start: date(year, 7, 1)?,
                grain: Grain::Half,
            });
        }
        let mut ahead = Scanner(self.0);
        ahead.eat("第");
        if ahead.small().is_some() && ahead.eat("季度") {
            self.eat("第");
            let quarter = self.quarter(year)?;
            self.eat("季度");
            return Ok(quarter);
        }
        let mut ahead = Scanner(self.0);
        ahead.eat("第");
        if let Some(week) = ahead.digits(1, 2)
            && ahead.eat("周")
        {
            self.0 = ahead.0;
            return week_of(year, week);
        }
        self.month_and_day(year, "月", "日")
    }

    fn half(&mut self, year: i16) -> Result<Period, PeriodError> {
        let half = self.small().ok_or(PeriodError::Malformed)?;
        if !(1..=2).contains(&half) {
            return Err(PeriodError::NoSuchDate);
        }
        Ok(Period {
            start: date(year, half * 6 - 5, 1)?,
            grain: Grain::Half,
        })
    }

    fn quarter(&mut self, year: i16) -> Result<Period, PeriodError> {
        let quarter = self.small().ok_or(PeriodError::Malformed)?;
        if !(1..=4).contains(&quarter) {
            return Err(PeriodError::NoSuchDate);
        }
        Ok(Period {
            start: date(year, quarter * 3 - 2, 1)?,
            grain: Grain::Quarter,
        })
    }

    fn month_and_day(
        &mut self,
        year: i16,
        after_month: &str,
        after_day: &str,
    ) -> Result<Period, PeriodError> {
        let month = self.digits(1, 2).ok_or(PeriodError::Malformed)?;
        let month = i8::try_from(month).map_err(|_| PeriodError::NoSuchDate)?;
        let separated = self.eat(after_month);
        if self.0.is_empty()
            && (separated || after_month == "-")
            && !(separated && after_month == "-")
        {
            return Ok(Period {
                start: date(year, month, 1)?,
                grain: Grain::Month,
            });
        }
        if after_month == "月" && self.eat_any(&["底前", "底", "末", "份"]) {
            return Ok(Period {
                start: date(year, month, 1)?,
                grain: Grain::Month,
            });
        }
        let day = self.digits(1, 2).ok_or(PeriodError::Malformed)?;
        let day = i8::try_from(day).map_err(|_| PeriodError::NoSuchDate)?;
        if !self.eat(after_day) && !self.eat("号") {
            return Err(PeriodError::Malformed);
        }
        Ok(Period {
            start: date(year, month, day)?,
            grain: Grain::Day,
        })
    }
}

/// A week by its number in its year (ISO 8601).
fn week_of(year: i16, week: i32) -> Result<Period, PeriodError> {
    date(year, 1, 1)?;
    let week = i8::try_from(week).map_err(|_| PeriodError::NoSuchDate)?;
    let monday = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday)
        .map_err(|_| PeriodError::NoSuchDate)?;
    Ok(Period {
        start: monday.date(),
        grain: Grain::Week,
    })
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == TIMELESS {
            return Ok(Period::timeless());
        }
        text.parse()
            .map_err(|_| serde::de::Error::custom("not a period"))
    }
}

/// The periods from `first` to `last`, both of one grain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PeriodSpan {
    /// The first period.
    pub first: Period,
    /// The last period.
    pub last: Period,
}

impl PeriodSpan {
    /// A span; `None` when the ends have different grains or the wrong order.
    pub fn new(first: Period, last: Period) -> Option<PeriodSpan> {
        (first.grain == last.grain && first <= last).then_some(PeriodSpan { first, last })
    }

    /// Every period of the span, in order.
    pub fn iter(self) -> impl Iterator<Item = Period> {
        let mut next = Some(self.first);
        std::iter::from_fn(move || {
            let current = next?;
            let following = current.step(1);
            next = (following <= self.last && following > current).then_some(following);
            Some(current)
        })
    }

    /// Number of periods.
    pub fn count(self) -> usize {
        self.iter().take(MAX_PERIODS + 1).count()
    }

    /// The span in periods of another grain that together cover the same days.
    pub fn regrain(self, grain: Grain) -> PeriodSpan {
        let first = Period::containing(grain, self.first.start());
        let last = Period::containing(grain, self.last.end());
        PeriodSpan { first, last }
    }

    /// The whole periods of another grain inside the span; `None` if there is none.
    pub fn inside(self, grain: Grain) -> Option<PeriodSpan> {
        let whole = self.regrain(grain);
        let early = whole.first.start() < self.first.start();
        let late = whole.last.end() > self.last.end();
        let first = whole.first.step(i32::from(early));
        let last = whole.last.step(-i32::from(late));
        PeriodSpan::new(first, last)
    }

    /// Whether the interval of `period` lies inside the span.
    pub fn covers(self, period: Period) -> bool {
        self.first.start() <= period.start() && period.end() <= self.last.end()
    }
}

/// Most periods a span may have (a century of days is 36,525).
pub const MAX_PERIODS: usize = 40_000;

impl fmt::Display for PeriodSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(text: &str) -> Period {
        text.parse().unwrap_or_else(|e| panic!("{text}: {e:?}"))
    }

    #[test]
    fn all_written_forms() {
        for (text, printed, end) in [
            ("2025", "2025", "2025-12-31"),
            ("２０２５年", "2025", "2025-12-31"),
            ("2025年底", "2025", "2025-12-31"),
            ("2025年度", "2025", "2025-12-31"),
            ("2025-09", "2025-09", "2025-09-30"),
            ("2024年2月", "2024-02", "2024-02-29"),
            ("2025-9-1", "2025-09-01", "2025-09-01"),
            ("2023年9月1日", "2023-09-01", "2023-09-01"),
            ("2025年上半年", "2025-H1", "2025-06-30"),
            ("2025-H2", "2025-H2", "2025-12-31"),
            ("2025H2", "2025-H2", "2025-12-31"),
            ("2025-Q3", "2025-Q3", "2025-09-30"),
            ("2025年第三季度", "2025-Q3", "2025-09-30"),
            ("2025年3季度", "2025-Q3", "2025-09-30"),
            ("2023学年", "2023/2024", "2024-08-31"),
            ("2023学年第一学期", "2023/2024-T1", "2024-01-31"),
            ("2023-2024学年下学期", "2023/2024-T2", "2024-08-31"),
            ("2025-W01", "2025-W01", "2025-01-05"),
            ("2025年第3周", "2025-W03", "2025-01-19"),
            ("2020-W53", "2020-W53", "2021-01-03"),
            ("2023/2024", "2023/2024", "2024-08-31"),
            ("2023-2024学年", "2023/2024", "2024-08-31"),
        ] {
            let period = p(text);
            assert_eq!(period.to_string(), printed, "{text}");
            assert_eq!(period.end().to_string(), end, "{text}");
            assert_eq!(p(&period.to_string()), period, "{text}");
        }
    }

    #[test]
    fn wrong_dates_say_so() {
        use PeriodError::{Malformed, NoSuchDate};
        for (text, error) in [
            ("2025-13", NoSuchDate),
            ("2025-02-30", NoSuchDate),
            ("2025年13月", NoSuchDate),
            ("2025-Q5", NoSuchDate),
            ("2025-W53", NoSuchDate),
            ("2025-W0", NoSuchDate),
            ("2023/2026", NoSuchDate),
            ("0999", NoSuchDate),
            ("25", Malformed),
            ("98%", Malformed),
            ("2025年9", Malformed),
            ("2025-", Malformed),
            ("2025年9月1", Malformed),
        ] {
            assert_eq!(text.parse::<Period>(), Err(error), "{text}");
        }
    }

    #[test]
    fn a_period_has_passed_only_after_its_last_day() {
        let year = p("2025");
        assert!(!year.passed("2025-12-31".parse().unwrap()));
        assert!(year.passed("2026-01-01".parse().unwrap()));
    }

    #[test]
    fn spans_step_in_their_own_grain() {
        let span = PeriodSpan::new(p("2024-11"), p("2025-02")).unwrap();
        let months: Vec<_> = span.iter().map(|m| m.to_string()).collect();
        assert_eq!(months, ["2024-11", "2024-12", "2025-01", "2025-02"]);
        let terms = PeriodSpan::new(p("2023学年下学期"), p("2025学年上学期")).unwrap();
        let terms: Vec<_> = terms.iter().map(|t| t.to_string()).collect();
        assert_eq!(
            terms,
            [
                "2023/2024-T2",
                "2024/2025-T1",
                "2024/2025-T2",
                "2025/2026-T1"
            ]
        );
        let term = p("2023学年下学期");
        for n in -5..5 {
            assert_eq!(term.step(n).step(-n), term, "{n}");
        }
        let year = PeriodSpan::new(p("2025"), p("2025")).unwrap();
        let weeks = year.regrain(Grain::Week);
        assert_eq!(weeks.to_string(), "2025-W01..2026-W01");
        let inside = year.inside(Grain::Week).unwrap();
        assert_eq!(inside.to_string(), "2025-W02..2025-W52");
        assert!(year.inside(Grain::Term).is_some_and(|t| t.count() == 1));
        let month = PeriodSpan::new(p("2025-10"), p("2025-10")).unwrap();
        assert_eq!(month.inside(Grain::Term), None);
        assert_eq!(
            year.regrain(Grain::Term).to_string(),
            "2024/2025-T1..2025/2026-T1"
        );
        assert!(PeriodSpan::new(p("2025"), p("2025-09")).is_none());
        assert_eq!(
            PeriodSpan::new(p("2023"), p("2025"))
                .unwrap()
                .regrain(Grain::Quarter)
                .count(),
            12
        );
    }
}
