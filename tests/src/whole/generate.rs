//! Random cases over the small world.

use crate::oracle::{Day, Period, day};

use super::ast::{Case, Statement};
use super::build::year;
use super::dice::Dice;
use super::recipes::statements;
use super::world::{Fact, Figure, Kind, Plan, Rollup, Sort, Status, World};

/// What a case is made from.
#[derive(Debug, Clone)]
pub struct Seed {
    /// The plan, the date, the declarations.
    pub around: Vec<u16>,
    /// One row a rule, or a few that belong together.
    pub rules: Vec<Vec<u16>>,
    /// A figure for each observation that the rules may read; zero leaves a gap.
    pub fill: Vec<u16>,
    /// Further figures.
    pub facts: Vec<Vec<u16>>,
}

/// The case of a seed.
pub fn case(seed: &Seed) -> Case {
    let mut around = Dice::new(&seed.around);
    let plan = match around.roll(4) {
        0 | 1 => None,
        2 => Some(Plan::of("p1", Some((2023, 2025)), Some("甲子市"))),
        _ => Some(Plan::of("p1", Some((2023, 2025)), None)),
    };
    let mut case = Case {
        world: World::small(),
        statements: plan.iter().cloned().map(Statement::Plan).collect(),
        facts: Vec::new(),
        as_of: as_of(&mut around),
    };
    // What brings a plan of its own comes last, once: the rules below it are that plan's.
    let mut last = Vec::new();
    for (n, row) in seed.rules.iter().enumerate() {
        let label = format!("R{}", n + 1);
        let more = statements(&mut Dice::new(row), &label, plan.as_ref());
        if more.iter().any(|s| matches!(s, Statement::Plan(_))) {
            last = more;
        } else {
            case.statements.extend(more);
        }
    }
    case.statements.extend(last);
    vary(&mut case.world, &mut around);
    trim(&mut case);
    fill(&mut case, &seed.fill);
    for row in &seed.facts {
        disturb(&mut case, &mut Dice::new(row));
    }
    case
}

fn as_of(dice: &mut Dice<'_>) -> Day {
    let (y, m, d) = dice.pick(&[
        (2026, 3, 1),
        (2026, 1, 1),
        (2025, 12, 31),
        (2025, 7, 1),
        (2024, 12, 31),
        (2025, 1, 1),
        (2028, 1, 1),
        (2026, 3, 1),
        (2026, 9, 1),
        (2023, 6, 30),
    ]);
    day(y, m, d)
}

fn vary(world: &mut World, dice: &mut Dice<'_>) {
    if dice.rarely(4) {
        world.priority = vec!["甲报".into(), "乙报".into()];
    }
    if dice.rarely(3) {
        let left_out = dice.roll(world.entities.len());
        world.entities.remove(left_out);
    }
    if dice.rarely(3) {
        let of = dice.roll(world.entities.len());
        let values = &mut world.entities[of].values;
        if !values.is_empty() {
            let forgotten = dice.roll(values.len());
            values.remove(forgotten);
        }
    }
}

/// Leaves out what the rules have nothing to do with.
fn trim(case: &mut Case) {
    let read = read(case);
    let known = |name: &str| read.iter().any(|(n, _)| n == name);
    case.world.indicators.retain(|i| known(&i.name));
    if !read.iter().any(|(_, kind)| *kind == Kind::Grade) {
        case.world.scale.clear();
    }
    let text = rules_alone(case);
    let schools = ["学校", "小学", "初中", "公办", "民办", "规模"];
    if !schools.iter().any(|word| text.contains(word)) {
        case.world.types.clear();
        case.world.entities.clear();
    }
}

// ── figures ──────────────────────────────────────────────────────────────────────────────────────

/// Values that crowd around the bounds of the recipes.
fn figures(name: &str, kind: Kind) -> &'static [&'static str] {
    match (name, kind) {
        ("分子", _) => &["7", "8", "6", "5", "0"],
        ("分母" | "校员", _) => &["10", "10", "12", "8", "0"],
        ("人口", _) => &["20", "25", "10", "30"],
        ("累增", _) => &["4", "6", "8"],
        (_, Kind::Rate) => &["70", "71", "60", "70.5", "80", "69.9", "68", "74"],
        (_, Kind::Count) => &["3", "4", "2", "5", "0", "1"],
        (_, Kind::Amount) => &["110", "100", "121", "99", "110.5"],
        (_, Kind::Duration) => &["36", "40", "20", "18"],
        (_, Kind::Ratio) => &["15", "16", "14.5"],
        _ => &["1"],
    }
}

/// The rules without what they speak of.
fn rules_alone(case: &Case) -> String {
    let declares = ["indicator ", "entity ", "region "];
    let rules = case.rules();
    let kept = rules
        .lines()
        .filter(|line| declares.iter().all(|d| !line.starts_with(d)));
    kept.collect::<Vec<_>>().join("\n") + "\n"
}

/// Which indicators the rules read, and what these are computed from.
fn read(case: &Case) -> Vec<(String, Kind)> {
    let mut text = rules_alone(case);
    for indicator in &case.world.indicators {
        if text.contains(&indicator.name) {
            match &indicator.rollup {
                Rollup::Of(a, b) => text += &format!("{a} {b}\n"),
                Rollup::Weighted(by) => text += by,
                Rollup::None | Rollup::Sum => {}
            }
        }
    }
    let all = case.world.indicators.iter();
    let read = all.filter(|i| text.contains(&i.name));
    read.map(|i| (i.name.clone(), i.kind)).collect()
}

/// Who has figures of an indicator: schools of those that are called so, else regions.
fn subjects(case: &Case, name: &str) -> Vec<String> {
    if name.starts_with('校') {
        return case.world.entities.iter().map(|e| e.name.clone()).collect();
    }
    // A group has figures only where a rule names it.
    let text = case.rules();
    let named = |name: &str| text.contains(&format!("in {name}"));
    let all = case.world.regions.iter();
    all.filter(|r| r.sort != Sort::Group || named(&r.name))
        .map(|r| r.name.clone())
        .collect()
}

fn fill(case: &mut Case, numbers: &[u16]) {
    let mut at = 0;
    let mut next = || {
        at += 1;
        // Figures that nobody has rolled are gaps, so that small cases have few of them.
        numbers.get(at - 1).map_or(0, |n| usize::from(*n))
    };
    let mut facts = Vec::new();
    for (name, kind) in read(case) {
        for subject in subjects(case, &name) {
            let rolled = matches!(name.as_str(), "率乙" | "率丙" | "数甲") && subject == "甲子市";
            let years = if kind == Kind::Milestone {
                2024..=2024
            } else {
                2021..=2025
            };
            for y in years {
                let n = next();
                // One in nine is missing; most figures of a region that is rolled up are.
                if n % 9 == 0 || (rolled && n % 3 != 0) {
                    continue;
                }
                let period = year(y);
                let figure = match kind {
                    Kind::Milestone => event(n / 9),
                    Kind::Grade => Figure::Grade(n / 9 % 4),
                    Kind::Flag => Figure::Flag(n / 9 % 3 != 2),
                    _ => {
                        let all = figures(&name, kind);
                        let text = all[n / 9 % all.len()];
                        Figure::Number(running(&name, y, text))
                    }
                };
                facts.push(Fact {
                    subject: subject.clone(),
                    group: None,
                    indicator: name.clone(),
                    period,
                    figure,
                    status: Status::Final,
                    source: String::new(),
                });
            }
        }
    }
    case.facts.extend(facts);
}

/// A running total never falls.
fn running(name: &str, y: i64, text: &str) -> String {
    if name != "累增" {
        return text.into();
    }
    let base: i64 = text.parse().unwrap_or(0);
    (base + (y - 2021) * 9).to_string()
}

fn event(n: usize) -> Figure {
    let date = |y, m, d| Figure::Date(Period::day(y, m, d));
    match n % 11 {
        0 => date(2024, 5, 21),
        1 => date(2024, 5, 1),
        2 => date(2024, 10, 31),
        3 => date(2025, 3, 1),
        4 => Figure::Done,
        5 => Figure::NotDone,
        6 => Figure::Date(Period::month(2024, 10)),
        7 => Figure::Date(year(2024)),
        8 => date(2024, 12, 31),
        9 => date(2025, 1, 1),
        _ => date(2024, 11, 1),
    }
}

/// Another figure: another value, publisher, status, breakdown, period.
fn disturb(case: &mut Case, dice: &mut Dice<'_>) {
    let read = read(case);
    if read.is_empty() {
        return;
    }
    let (name, kind) = dice.pick(&read);
    let whom = subjects(case, &name);
    let subject = dice.pick(&whom);
    let y = 2025 - dice.roll(4) as i64;
    let number = matches!(
        kind,
        Kind::Rate | Kind::Count | Kind::Amount | Kind::Duration | Kind::Ratio
    );
    let mut fact = Fact {
        subject,
        group: None,
        indicator: name.clone(),
        period: year(y),
        figure: match kind {
            Kind::Milestone => event(dice.roll(11)),
            Kind::Grade => Figure::Grade(dice.roll(4)),
            Kind::Flag => Figure::Flag(dice.roll(2) == 0),
            _ => {
                let text = dice.pick(figures(&name, kind));
                Figure::Number(running(&name, y, text))
            }
        },
        status: dice.pick(&[Status::Final, Status::Preliminary, Status::Forecast]),
        source: dice.pick(&["", "甲报", "乙报"]).into(),
    };
    match dice.roll(7) {
        // The twin of a known figure, in more digits or by another publisher.
        1 | 2 if number => {
            let seen = case.facts.iter().find(|f| {
                (&f.subject, &f.indicator, f.period) == (&fact.subject, &name, fact.period)
            });
            if let Some(Figure::Number(digits)) = seen.map(|f| &f.figure) {
                let more = match (digits.contains('.'), kind) {
                    (_, Kind::Count) => digits.clone(),
                    (true, _) => format!("{digits}4"),
                    (false, _) => format!("{digits}.4"),
                };
                let same = dice.roll(2) == 0;
                fact.figure = Figure::Number(if same { digits.clone() } else { more });
                fact.status = Status::Final;
            }
        }
        3 if number && kind != Kind::Count => fact.group = Some("女".into()),
        4 if matches!(name.as_str(), "率甲" | "校率" | "额甲") => {
            let m = dice.pick(&[12, 6]);
            fact.period = Period::month(y, m);
        }
        4 if name == "学率" => fact.period = Period::school(y),
        // Months and quarters are never both known of a year.
        4 | 5 if name == "新增" => {
            case.facts.retain(|f| {
                f.indicator != name || f.period != year(y) || f.subject != fact.subject
            });
            let parts = Period::quarter(y, 1).to(Period::quarter(y, 4));
            for part in parts.into_iter().skip(dice.roll(2)) {
                let known =
                    |f: &Fact| f.indicator == name && f.period == part && f.subject == fact.subject;
                if !case.facts.iter().any(known) {
                    case.facts.push(Fact {
                        period: part,
                        figure: Figure::Number(dice.roll(3).to_string()),
                        status: Status::Final,
                        ..fact.clone()
                    });
                }
            }
            return;
        }
        _ => {}
    }
    case.facts.push(fact);
}
