//! Days by number, and periods as intervals of them.

/// Days since 1970-01-01.
pub type Day = i64;

/// The number of a day of the Gregorian calendar.
pub fn day(year: i64, month: i64, day: i64) -> Day {
    let years_before = |y: i64| 365 * y + (y + 3) / 4 - (y + 99) / 100 + (y + 399) / 400;
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let lengths = [
        31,
        if leap { 29 } else { 28 },
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let before: i64 = lengths.iter().take(month as usize - 1).sum();
    years_before(year) - years_before(1970) + before + day - 1
}

/// `2025-12-31`.
pub fn day_text(wanted: Day) -> String {
    for year in 1990..2110 {
        for month in 1..=12 {
            let first = day(year, month, 1);
            let next = Period::month(year, month).last() + 1;
            if (first..next).contains(&wanted) {
                return format!("{year}-{month:02}-{:02}", wanted - first + 1);
            }
        }
    }
    String::from("out of range")
}

/// The sorts of periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// Half a year.
    Half,
    /// A calendar year.
    Year,
    /// September to August.
    School,
}

/// A period, by its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its sort.
    pub grain: Grain,
    year: i64,
    month: i64,
    day: i64,
}

impl Period {
    /// A calendar year.
    pub fn year(year: i64) -> Period {
        Period {
            grain: Grain::Year,
            year,
            month: 1,
            day: 1,
        }
    }

    /// The school year that begins in this year.
    pub fn school(year: i64) -> Period {
        Period {
            grain: Grain::School,
            year,
            month: 9,
            day: 1,
        }
    }

    /// A half-year, 1 or 2.
    pub fn half(year: i64, half: i64) -> Period {
        Period {
            grain: Grain::Half,
            year,
            month: half * 6 - 5,
            day: 1,
        }
    }

    /// A quarter, 1 to 4.
    pub fn quarter(year: i64, quarter: i64) -> Period {
        Period {
            grain: Grain::Quarter,
            year,
            month: quarter * 3 - 2,
            day: 1,
        }
    }

    /// A month.
    pub fn month(year: i64, month: i64) -> Period {
        Period {
            grain: Grain::Month,
            year,
            month,
            day: 1,
        }
    }

    /// A single day.
    pub fn day(year: i64, month: i64, day: i64) -> Period {
        Period {
            grain: Grain::Day,
            year,
            month,
            day,
        }
    }

    /// A single day, by number.
    pub fn of_day(number: Day) -> Period {
        let text = day_text(number);
        let mut parts = text.split('-').map(|p| p.parse().unwrap_or(1));
        let mut next = || parts.next().unwrap_or(1);
        Period::day(next(), next(), next())
    }

    /// The year in which it begins.
    pub fn begins(self) -> i64 {
        self.year
    }

    fn months(self) -> i64 {
        match self.grain {
            Grain::Day => 0,
            Grain::Month => 1,
            Grain::Quarter => 3,
            Grain::Half => 6,
            Grain::Year | Grain::School => 12,
        }
    }

    /// The first day.
    pub fn first(self) -> Day {
        day(self.year, self.month, self.day)
    }

    /// The last day.
    pub fn last(self) -> Day {
        match self.grain {
            Grain::Day => self.first(),
            _ => self.next().first() - 1,
        }
    }

    /// The next period of the same sort.
    pub fn next(self) -> Period {
        if self.grain == Grain::Day {
            return Period::of_day(self.first() + 1);
        }
        let months = self.year * 12 + self.month - 1 + self.months();
        Period {
            year: months / 12,
            month: months % 12 + 1,
            ..self
        }
    }

    /// The period before, of the same sort.
    pub fn before(self) -> Period {
        if self.grain == Grain::Day {
            return Period::of_day(self.first() - 1);
        }
        let months = self.year * 12 + self.month - 1 - self.months();
        Period {
            year: months / 12,
            month: months % 12 + 1,
            ..self
        }
    }

    /// Every period from this one to `last`.
    pub fn to(self, last: Period) -> Vec<Period> {
        let mut all = vec![self];
        while let Some(p) = all.last().copied().filter(|p| p.first() < last.first()) {
            all.push(p.next());
        }
        all
    }

    /// Whether it has passed at the end of `day`: the day is later than its last one.
    pub fn passed(self, day: Day) -> bool {
        day > self.last()
    }

    /// Whether all its days are days of `other`.
    pub fn inside(self, other: Period) -> bool {
        other.first() <= self.first() && self.last() <= other.last()
    }

    /// As JSON prints it.
    pub fn code(self) -> String {
        let (year, month) = (self.year, self.month);
        match self.grain {
            Grain::Day => format!("{year}-{month:02}-{:02}", self.day),
            Grain::Month => format!("{year}-{month:02}"),
            Grain::Quarter => format!("{year}-Q{}", month / 3 + 1),
            Grain::Half => format!("{year}-H{}", month / 6 + 1),
            Grain::Year => format!("{year}"),
            Grain::School => format!("{year}/{}", year + 1),
        }
    }

    /// As a Chinese table may write it.
    pub fn chinese(self) -> String {
        let (year, month) = (self.year, self.month);
        match self.grain {
            Grain::Day => format!("{year}年{month}月{}日", self.day),
            Grain::Month => format!("{year}年{month}月"),
            Grain::Quarter => format!(
                "{year}年第{}季度",
                ["一", "二", "三", "四"][month as usize / 3]
            ),
            Grain::Half => format!("{year}年{}半年", if month == 1 { "上" } else { "下" }),
            Grain::Year => format!("{year}年"),
            Grain::School => format!("{year}学年"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_right() {
        assert_eq!(day(1970, 1, 1), 0);
        assert_eq!(day(2000, 3, 1), 11_017);
        assert_eq!(day(2025, 12, 31), 20_453);
        assert_eq!(day_text(day(2024, 2, 29)), "2024-02-29");
        assert_eq!(Period::school(2025).last(), day(2026, 8, 31));
        assert_eq!(Period::quarter(2025, 4).last(), Period::year(2025).last());
        assert_eq!(Period::month(2025, 1).before(), Period::month(2024, 12));
        assert_eq!(Period::half(2025, 2).code(), "2025-H2");
        assert_eq!(Period::quarter(2025, 4).code(), "2025-Q4");
    }
}
