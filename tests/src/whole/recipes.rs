//! Random rules: levels, lists, changes, totals, milestones, tables.

use crate::oracle::{Op, Period, day};

use super::ast::{
    Cell, Change, Expr, Force, Place, Requirement, Rule, Simple, Statement, Table, Test, Time, Way,
};
use super::build::{change, lit, name, number, year};
use super::dice::Dice;
use super::over_sets::over_sets;
use super::world::{Kind, Plan};

/// One sentence of a plan: a rule, or statements that belong together.
pub(super) fn statements(d: &mut Dice<'_>, label: &str, plan: Option<&Plan>) -> Vec<Statement> {
    let span = plan.is_some_and(|p| p.span.is_some());
    let one = |rule: Rule| vec![Statement::Rule(rule)];
    match d.roll(42) {
        0 => one(level(d).rule(label)),
        1 => one(tiers(d).rule(label)),
        2 => one(measures(d).rule(label)),
        3 => one(places(d).rule(label)),
        4 => one(requirements(d).rule(label)),
        5 => one(about(d).rule(label)),
        6 | 7 => one(changes(d, span).rule(label)),
        8 => one(total(d, span).rule(label)),
        9 => one(cycles(d, span).rule(label)),
        10 => one(milestone(d, span).rule(label)),
        11 => vec![Statement::Table(table(d, label))],
        12 => waived(d, label),
        13 => superseded(d, label),
        14 => one(Rule {
            force: Some(Force::May),
            ..level(d).rule(label)
        }),
        15 => one(undated(d).rule(label)),
        16 => one(words(d).rule(label)),
        // The constructs with many forms come more often.
        36 => one(changes(d, span).rule(label)),
        37 => one(cycles(d, span).rule(label)),
        38 | 39 => over_sets(d, 11, label, plan),
        40 => over_sets(d, 15, label, plan),
        41 => one(milestone(d, span).rule(label)),
        n => over_sets(d, n - 17, label, plan),
    }
}

/// Subjects of figures of regions.
pub(super) const PLACES: [&str; 7] = ["甲子市", "卯区", "辰县", "巳市", "午园", "未片", "乙丑市"];

/// Indicators of regions, with bounds.
pub(super) const LEVELS: [(Kind, &str, &[&str]); 9] = [
    (Kind::Rate, "率甲", &["70%", "60%", "70.5%", "80%"]),
    (Kind::Rate, "率乙", &["70%", "60%", "75%"]),
    (Kind::Rate, "率丙", &["70%", "72%"]),
    (Kind::Count, "数甲", &["3人", "9人", "10人"]),
    (Kind::Count, "新增", &["3人", "2人"]),
    (Kind::Amount, "额甲", &["110元", "100元"]),
    (Kind::Duration, "时甲", &["36小时"]),
    (Kind::Ratio, "比甲", &["15:1"]),
    (Kind::Rate, "学率", &["70%", "60%"]),
];

pub(super) fn op(d: &mut Dice<'_>) -> Op {
    d.pick(&[Op::Ge, Op::Ge, Op::Le, Op::Gt, Op::Lt, Op::Eq])
}

/// A time at which one figure is read.
pub(super) fn moment(d: &mut Dice<'_>) -> Time {
    match d.roll(8) {
        0 => Time::By(year(2025)),
        1 => Time::In(year(2025)),
        6 => Time::Each("year", Some((year(2024), year(2025)))),
        7 => Time::Throughout(year(2023), year(2025)),
        2 => Time::By(year(2024)),
        3 => Time::In(year(2024)),
        4 => Time::Before(Period::month(2025, 1)),
        _ => Time::By(Period::month(2025, 12)),
    }
}

/// A time for levels.
pub(super) fn time(d: &mut Dice<'_>, school: bool) -> Time {
    match d.roll(6) {
        3 => Time::Throughout(year(2023), year(2025)),
        4 => Time::Each("year", Some((year(2024), year(2025)))),
        _ if school => d.pick(&[Time::By(year(2025)), Time::In(year(2024))]),
        _ => moment(d),
    }
}

fn place(d: &mut Dice<'_>, simple: Simple) -> Simple {
    match d.roll(10) {
        9 => simple,
        8 => simple.at("未片"),
        n => simple.at(PLACES[n % PLACES.len()]),
    }
}

fn level(d: &mut Dice<'_>) -> Simple {
    let (kind, of, bounds) = d.pick(&LEVELS);
    let test = match d.roll(5) {
        4 => {
            let (a, b) = (bounds[0], *bounds.last().unwrap_or(&bounds[0]));
            let (a, b) = if lit(a).value <= lit(b).value {
                (a, b)
            } else {
                (b, a)
            };
            Test::Between(number(a), number(b))
        }
        _ => Test::Compare(op(d), number(d.pick(bounds))),
    };
    let simple = Simple::of(kind, name(of), test).when(time(d, of == "学率"));
    place(d, simple)
}

fn tiers(d: &mut Dice<'_>) -> Simple {
    let tier = |force: Force, bound: &str| Requirement {
        force: Some(force),
        ..Requirement::of(Test::Compare(Op::Ge, number(bound)))
    };
    let mut simple = level(d);
    simple.kind = Kind::Rate;
    simple.measures = vec![name("率甲")];
    simple.requirements = vec![tier(Force::Must, "60%"), tier(Force::Should, "70.5%")];
    simple
}

/// Several measures: one requirement for all, or paired.
fn measures(d: &mut Dice<'_>) -> Simple {
    let mut simple = level(d);
    simple.kind = Kind::Rate;
    simple.time = Some(Time::By(year(2025)));
    simple.measures = vec![name("率甲"), name("率丙")];
    let of = |d: &mut Dice<'_>, op: Op| {
        Requirement::of(Test::Compare(op, number(d.pick(&["70%", "60%"]))))
    };
    simple.requirements = vec![of(d, Op::Ge)];
    if d.roll(2) == 1 {
        simple.requirements.push(of(d, Op::Le));
    }
    simple
}

/// One measure, a requirement for each place.
fn places(d: &mut Dice<'_>) -> Simple {
    let mut simple = Simple::of(Kind::Rate, name("率甲"), Test::Done).when(moment(d));
    simple.requirements.clear();
    let choices = [
        vec![Place::Named("甲子市".into())],
        vec![Place::Named("卯区".into()), Place::Named("巳市".into())],
        vec![Place::Each("县区".into())],
        vec![Place::Each("未片".into())],
    ];
    for n in 0..=d.roll(3) {
        simple.requirements.push(Requirement {
            places: choices[(n + d.roll(4)) % 4].clone(),
            ..Requirement::of(Test::Compare(Op::Ge, number(d.pick(&["70%", "60%"]))))
        });
    }
    simple
}

/// One measure, a requirement for each time.
fn requirements(d: &mut Dice<'_>) -> Simple {
    let mut simple = Simple::of(Kind::Rate, name("率甲"), Test::Done);
    let timed = |time: Time, bound: &str| Requirement {
        time: Some(time),
        ..Requirement::of(Test::Compare(Op::Ge, number(bound)))
    };
    simple.requirements = vec![
        timed(Time::By(year(2024)), d.pick(&["60%", "70%"])),
        timed(Time::By(year(2025)), d.pick(&["70%", "70.5%"])),
    ];
    let of = PLACES[d.roll(PLACES.len())];
    simple.at(of)
}

fn about(d: &mut Dice<'_>) -> Simple {
    let mut simple = level(d);
    simple.kind = Kind::Rate;
    simple.measures = vec![name("率甲")];
    simple.time = Some(moment(d));
    simple.requirements[0].test = match d.roll(4) {
        0 => Test::About(number("70%"), number("1pp")),
        1 => Test::About(number("70%"), Expr::Open),
        2 => Test::Between(Expr::Open, number("70%")),
        _ => Test::Compare(Op::Ge, Expr::Open),
    };
    simple
}

fn changes(d: &mut Dice<'_>, span: bool) -> Simple {
    let (kind, of, by) = d.pick(&[
        (Kind::Rate, "率甲", "1pp"),
        (Kind::Amount, "额甲", "10元"),
        (Kind::Count, "数甲", "1人"),
    ]);
    let way = d.pick(&[Way::Rises, Way::Falls]);
    let relative = d.pick(&[Way::Grows, Way::Shrinks]);
    let percent = d.pick(&["10%", "1%"]);
    let op = op(d);
    let mut time = match d.roll(5) {
        0 => Time::Each("year", Some((year(2023), year(2025)))),
        1 => Time::FromTo(year(2022), year(2025)),
        2 => Time::In(year(2025)),
        3 => Time::Throughout(year(2024), year(2025)),
        _ => Time::FromTo(year(2024), year(2025)),
    };
    let test = match d.roll(9) {
        0 => Change::Moves(way, None),
        1 | 2 => Change::Moves(way, Some((op, lit(by)))),
        3 | 4 => Change::Moves(relative, Some((op, lit(percent)))),
        5 => {
            time = Time::Over(year(2023), year(2025));
            let (way, by) = if d.roll(2) == 0 {
                (relative, percent)
            } else {
                (way, by)
            };
            let op = if op == Op::Eq { Op::Ge } else { op };
            Change::OnAverage(way, op, lit(by))
        }
        6 => {
            time = d.pick(&[
                Time::In(year(2025)),
                Time::Each("year", Some((year(2024), year(2025)))),
            ]);
            Change::Running(way, 2 + d.roll(2))
        }
        7 => {
            time = Time::Each("year", Some((year(2023), year(2025))));
            d.pick(&[Change::NeverFalls, Change::NeverRises])
        }
        _ => Change::Stays(lit(by)),
    };
    let undated = span && d.rarely(5) && !matches!(test, Change::OnAverage(..));
    let simple = Simple::of(kind, name(of), change(test));
    let simple = if undated { simple } else { simple.when(time) };
    place(d, simple)
}

fn total(d: &mut Dice<'_>, span: bool) -> Simple {
    let of = d.pick(&["新增", "累增"]);
    let test = match d.roll(4) {
        3 => Test::Between(number("8人"), number("20人")),
        _ => Test::Compare(op(d), number(d.pick(&["9人", "12人", "20人"]))),
    };
    let simple = Simple::of(Kind::Total, name(of), test);
    let simple = match d.roll(5) {
        4 if span => simple,
        3 if of == "新增" => simple.when(Time::Over(
            Period::quarter(2024, 1),
            Period::quarter(2024, 4),
        )),
        2 => simple.when(Time::Over(year(2025), year(2025))),
        _ => simple.when(Time::Over(year(2023), year(2025))),
    };
    place(d, simple)
}

fn cycles(d: &mut Dice<'_>, span: bool) -> Simple {
    let (kind, of, bound) = d.pick(&[
        (Kind::Duration, "时甲", "60小时"),
        (Kind::Count, "新增", "6人"),
        (Kind::Rate, "率甲", "70%"),
    ]);
    let test = Test::Compare(d.pick(&[Op::Ge, Op::Le]), number(bound));
    let mut simple = Simple::of(kind, name(of), test);
    simple.time = Some(match d.roll(4) {
        1 if span => Time::PerYears(3, None),
        2 if span && kind != Kind::Rate => Time::WithinAny(2),
        3 => Time::Per("year"),
        _ => Time::PerYears(2, Some(year(2021 + d.roll(4) as i64))),
    });
    place(d, simple)
}

fn milestone(d: &mut Dice<'_>, span: bool) -> Simple {
    let simple = Simple::of(Kind::Milestone, name("件甲"), Test::Done);
    let simple = match d.roll(10) {
        0 => simple.when(Time::By(year(2024))),
        1 => simple.when(Time::By(Period::day(2024, 10, 31))),
        2 => simple.when(Time::Before(Period::month(2024, 11))),
        3 => simple.when(Time::In(year(2024))),
        4 => simple.when(Time::Each("year", Some((year(2024), year(2025))))),
        5 => simple.when(Time::ByDay(10, 31, year(2024), year(2024))),
        6 => simple.when(Time::ByMilestone("件乙".into())),
        7 => simple.when(Time::After(20, "件乙".into())),
        8 if span => simple,
        _ => simple.when(Time::By(year(2025))),
    };
    place(d, simple)
}

fn table(d: &mut Dice<'_>, label: &str) -> Table {
    let cell = |d: &mut Dice<'_>, texts: &[&str]| match d.roll(4) {
        0 => Cell::Bare(lit(d.pick(texts))),
        1 => Cell::Compare(op(d), lit(d.pick(texts))),
        2 => Cell::Empty,
        _ => Cell::Bare(lit(texts[0])),
    };
    let mut rows = Vec::new();
    for (kind, name, texts) in [LEVELS[0], LEVELS[2], LEVELS[5]] {
        let baseline = Cell::Baseline(lit(texts[0]));
        let first = if d.roll(2) == 0 {
            Cell::Empty
        } else {
            baseline
        };
        let cells = vec![first, cell(d, texts), cell(d, texts)];
        rows.push((kind, name.to_string(), cells));
    }
    rows.truncate(1 + d.roll(3));
    Table {
        label: label.into(),
        place: Some(d.pick(&PLACES).to_string()),
        columns: vec![year(2022), year(2024), year(2025)],
        rows,
    }
}

fn waived(d: &mut Dice<'_>, label: &str) -> Vec<Statement> {
    let mut simple = Simple::of(
        Kind::Rate,
        name("率甲"),
        Test::Compare(Op::Ge, number("70%")),
    )
    .when(moment(d))
    .at("卯区");
    if d.roll(2) == 1 {
        simple = simple.at("辰县");
    }
    let until = d.pick(&[day(2026, 12, 31), day(2026, 3, 1), day(2026, 2, 28)]);
    let place = d.pick(&[None, Some("卯区".to_string())]);
    let rule = label.to_string();
    vec![
        Statement::Rule(simple.rule(label)),
        Statement::Waive { rule, place, until },
    ]
}

fn superseded(d: &mut Dice<'_>, label: &str) -> Vec<Statement> {
    let rule = |d: &mut Dice<'_>, label: &str| {
        let bound = d.pick(&["70%", "60%"]);
        Simple::of(
            Kind::Rate,
            name("率甲"),
            Test::Compare(Op::Ge, number(bound)),
        )
        .when(Time::By(year(2025)))
        .at("甲子市")
        .rule(label)
    };
    let old = rule(d, label);
    let mut new = rule(d, &format!("{label}-新"));
    let mut plan = Plan::of(&format!("{label}-中期"), None, None);
    plan.issued = Some(d.pick(&[day(2024, 6, 1), day(2026, 3, 1), day(2027, 6, 1)]));
    if d.roll(2) == 0 {
        new.supersedes = vec![label.into()];
        return vec![
            Statement::Rule(old),
            Statement::Plan(plan),
            Statement::Rule(new),
        ];
    }
    // A plan for a plan.
    let mut before = Plan::of(&format!("{label}-原"), None, None);
    before.issued = Some(day(2022, 6, 1));
    plan.supersedes = vec![before.name.clone()];
    vec![
        Statement::Plan(before),
        Statement::Rule(old),
        Statement::Plan(plan),
        Statement::Rule(new),
    ]
}

/// No time: every observation counts.
fn undated(d: &mut Dice<'_>) -> Simple {
    let (kind, of, bounds) = d.pick(&[LEVELS[0], LEVELS[5], LEVELS[6], LEVELS[7]]);
    let test = Test::Compare(d.pick(&[Op::Ge, Op::Le]), number(d.pick(bounds)));
    place(d, Simple::of(kind, name(of), test))
}

/// Grades and flags.
fn words(d: &mut Dice<'_>) -> Simple {
    let simple = if d.roll(2) == 0 {
        let test = Test::Compare(d.pick(&[Op::Ge, Op::Le]), Expr::Grade(d.roll(4)));
        Simple::of(Kind::Grade, name("级甲"), test)
    } else {
        Simple::of(Kind::Flag, name("旗甲"), Test::Done)
    };
    let simple = simple.when(time(d, false));
    place(d, simple)
}
