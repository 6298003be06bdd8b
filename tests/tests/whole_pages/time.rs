//! Periods, deadlines, changes, totals.

use super::*;

#[test]
fn a_deadline_has_passed_the_day_after() {
    let mut case = city(rate(least("98%"), Time::By(year(2025))), &[(2025, "98")]);
    case.as_of = day(2025, 12, 31);
    assert_eq!(of(&case), "pending");
    case.as_of = day(2026, 1, 1);
    assert_eq!(of(&case), "met");
}

#[test]
fn by_reads_a_period_that_ends_on_the_same_day() {
    let mut case = city(rate(least("98%"), Time::By(year(2025))), &[]);
    case.facts = vec![fact(CITY, "率甲", Period::month(2025, 12), "98")];
    assert_eq!(of(&case), "met");
    case.facts = vec![fact(CITY, "率甲", Period::school(2025), "98")];
    case.as_of = day(2027, 1, 1);
    assert_eq!(of(&case), "unknown");
    let mut case = city(rate(least("98%"), Time::In(year(2025))), &[]);
    case.facts = vec![fact(CITY, "率甲", Period::month(2025, 12), "98")];
    assert_eq!(of(&case), "unknown");
    // The longest wins.
    let mut case = city(rate(least("98%"), Time::By(year(2025))), &[]);
    case.facts = vec![
        fact(CITY, "率甲", Period::month(2025, 12), "98"),
        fact(CITY, "率甲", Period::half(2025, 2), "97"),
    ];
    assert_eq!(of(&case), "violated");
}

#[test]
fn no_other_period_stands_in() {
    let rule = rate(least("98%"), Time::By(year(2025)));
    assert_eq!(of(&city(rule, &[(2024, "99"), (2026, "99")])), "unknown");
}

#[test]
fn without_a_time_every_observation_counts() {
    let rule = || Simple::of(Kind::Rate, name("率甲"), least("98%"));
    assert_eq!(of(&city(rule(), &[])), "unknown");
    assert_eq!(of(&city(rule(), &[(2023, "98"), (2024, "99")])), "met");
    assert_eq!(of(&city(rule(), &[(2023, "98"), (2024, "97")])), "violated");
    let mut planned = city(rule(), &[(2023, "98"), (2028, "1")]);
    let plan = Plan::of("p", Some((2023, 2025)), None);
    planned.statements.insert(0, Statement::Plan(plan));
    assert_eq!(of(&planned), "met");
    planned.as_of = day(2025, 6, 1);
    assert_eq!(of(&planned), "pending");
}

#[test]
fn one_failure_decides_and_gaps_wait() {
    let rule = || rate(least("98%"), Time::Throughout(year(2023), year(2025)));
    let mut case = city(rule(), &[(2023, "97")]);
    case.as_of = day(2024, 6, 1);
    assert_eq!(of(&case), "violated");
    let mut gap = city(rule(), &[(2023, "98")]);
    gap.as_of = day(2025, 6, 1);
    assert_eq!(of(&gap), "pending");
    gap.as_of = day(2026, 1, 1);
    assert_eq!(of(&gap), "unknown");
}

#[test]
fn a_school_year_is_called_by_its_first_year() {
    let rule = Simple::of(Kind::Rate, name("学率"), least("98%"))
        .when(Time::By(year(2025)))
        .at(CITY);
    let mut case = Case::of(
        vec![rule.rule("R")],
        vec![fact(CITY, "学率", Period::school(2025), "98")],
        (2026, 1, 1),
    );
    assert_eq!(of(&case), "met");
    case.as_of = day(2025, 12, 31);
    assert_eq!(of(&case), "pending");
    case.as_of = day(2026, 1, 1);
    case.facts.push(fact(CITY, "学率", year(2025), "97"));
    assert_eq!(of(&case), "unknown", "two labels of one period disagree");
}

#[test]
fn a_yearly_change_reads_the_year_before_the_span() {
    let rule = || rate(moves(Way::Rises, Op::Ge, "4pp"), each(2019, 2022));
    let rising = [
        (2018, "60"),
        (2019, "64"),
        (2020, "68"),
        (2021, "72"),
        (2022, "76"),
    ];
    assert_eq!(of(&city(rule(), &rising)), "met");
    assert_eq!(of(&city(rule(), &rising[1..])), "unknown");
    assert_eq!(
        of(&city(rule(), &[(2018, "61"), (2019, "64")])),
        "violated",
        "one failure decides, whatever else is missing"
    );
}

#[test]
fn rises_alone_is_more_than_nothing() {
    let rule = || rate(change(Change::Moves(Way::Rises, None)), each(2025, 2025));
    assert_eq!(of(&city(rule(), &[(2024, "60"), (2025, "60")])), "violated");
    assert_eq!(of(&city(rule(), &[(2024, "60"), (2025, "60.1")])), "met");
    let never = || rate(change(Change::NeverFalls), each(2025, 2025));
    assert_eq!(of(&city(never(), &[(2024, "60"), (2025, "60")])), "met");
    assert_eq!(
        of(&city(never(), &[(2024, "60"), (2025, "59.9")])),
        "violated"
    );
    let stays = || rate(change(Change::Stays(lit("0.5pp"))), each(2025, 2025));
    assert_eq!(of(&city(stays(), &[(2024, "60"), (2025, "59.5")])), "met");
    assert_eq!(
        of(&city(stays(), &[(2024, "60"), (2025, "59.4")])),
        "violated"
    );
}

#[test]
fn from_to_is_one_difference_and_needs_a_pair() {
    let rule = |a, b| {
        rate(
            moves(Way::Rises, Op::Ge, "2pp"),
            Time::FromTo(year(a), year(b)),
        )
    };
    assert_eq!(
        of(&city(rule(2020, 2025), &[(2020, "60"), (2025, "62")])),
        "met"
    );
    let mut none = city(rule(2025, 2025), &[(2025, "62")]);
    assert_eq!(of(&none), "unknown");
    none.as_of = day(2024, 1, 1);
    assert_eq!(of(&none), "unknown");
}

#[test]
fn growth_on_average_is_a_power() {
    let test = change(Change::OnAverage(Way::Grows, Op::Ge, lit("10%")));
    let rule = || rate(test.clone(), Time::Over(year(2023), year(2025)));
    assert_eq!(of(&city(rule(), &[(2023, "50"), (2025, "60.5")])), "met");
    assert_eq!(
        of(&city(rule(), &[(2023, "50"), (2025, "60.49999")])),
        "violated"
    );
    let double = || {
        rate(
            moves(Way::Grows, Op::Ge, "100%"),
            Time::FromTo(year(2023), year(2025)),
        )
    };
    assert_eq!(of(&city(double(), &[(2023, "25"), (2025, "50")])), "met");
    assert_eq!(of(&city(double(), &[(2023, "0"), (2025, "50")])), "unknown");
}

#[test]
fn three_falls_need_four_figures() {
    let rule = || rate(change(Change::Running(Way::Falls, 3)), Time::In(year(2025)));
    let falling = [(2022, "63"), (2023, "62"), (2024, "61"), (2025, "60")];
    assert_eq!(of(&city(rule(), &falling)), "met");
    assert_eq!(of(&city(rule(), &falling[1..])), "unknown");
    assert_eq!(
        of(&city(rule(), &[(2024, "60"), (2025, "60")])),
        "violated",
        "equal ones break the run"
    );
}

#[test]
fn grades_change_by_steps() {
    let grade = |y: i64, step: usize| Fact {
        figure: Figure::Grade(step),
        ..fact(CITY, "级甲", year(y), "yes")
    };
    let rule = |by: &str| {
        Simple::of(Kind::Grade, name("级甲"), moves(Way::Rises, Op::Ge, by))
            .when(each(2025, 2025))
            .at(CITY)
            .rule("R")
    };
    let facts = vec![grade(2024, 3), grade(2025, 1)];
    assert_eq!(
        of(&Case::of(vec![rule("2")], facts.clone(), (2026, 3, 1))),
        "met"
    );
    assert_eq!(
        of(&Case::of(vec![rule("3")], facts, (2026, 3, 1))),
        "violated"
    );
}

fn added(test: Test, time: Time, figures: &[(Period, &str)], as_of: (i64, i64, i64)) -> Case {
    let rule = Simple::of(Kind::Total, name("新增"), test)
        .when(time)
        .at(CITY);
    let facts = figures.iter().map(|(p, text)| fact(CITY, "新增", *p, text));
    Case::of(vec![rule.rule("R")], facts.collect(), as_of)
}

#[test]
fn a_total_is_met_as_soon_as_it_is_reached() {
    let span = || Time::Over(year(2023), year(2025));
    let two = [(year(2023), "100"), (year(2024), "65")];
    assert_eq!(
        of(&added(least("165人"), span(), &two, (2025, 2, 1))),
        "met"
    );
    assert_eq!(
        of(&added(least("166人"), span(), &two, (2025, 2, 1))),
        "pending"
    );
    assert_eq!(
        of(&added(least("166人"), span(), &two, (2026, 2, 1))),
        "unknown"
    );
    assert_eq!(
        of(&added(most("164人"), span(), &two, (2025, 2, 1))),
        "violated"
    );
    let month = [(Period::month(2023, 1), "165")];
    assert_eq!(
        of(&added(least("165人"), span(), &month, (2024, 2, 1))),
        "met"
    );
}

#[test]
fn a_year_is_its_own_figure_or_all_its_quarters_never_both() {
    let span = || Time::Over(year(2024), year(2024));
    let mut figures: Vec<(Period, &str)> =
        (1..=4).map(|q| (Period::quarter(2024, q), "10")).collect();
    assert_eq!(
        of(&added(least("41人"), span(), &figures, (2026, 1, 1))),
        "violated"
    );
    assert_eq!(
        of(&added(least("40人"), span(), &figures, (2026, 1, 1))),
        "met"
    );
    figures.push((year(2024), "39"));
    assert_eq!(
        of(&added(least("40人"), span(), &figures, (2026, 1, 1))),
        "violated"
    );
    let quarters = Time::Over(Period::quarter(2024, 1), Period::quarter(2024, 4));
    assert_eq!(
        of(&added(least("40人"), quarters, &figures, (2026, 1, 1))),
        "violated",
        "one figure for the whole span replaces the sum"
    );
}

#[test]
fn running_totals_are_subtracted() {
    let rule = Simple::of(Kind::Total, name("累增"), least("30人"))
        .when(Time::Over(year(2024), year(2025)))
        .at(CITY);
    let facts = [(2023, "100"), (2024, "120"), (2025, "129")];
    let facts = facts
        .map(|(y, text)| fact(CITY, "累增", year(y), text))
        .to_vec();
    let case = Case::of(vec![rule.rule("R")], facts, (2026, 1, 1));
    assert_eq!(of(&case), "violated");
}

#[test]
fn the_latest_passed_cycle_decides() {
    let rule = Simple::of(Kind::Duration, name("时甲"), least("36小时"))
        .when(Time::PerYears(2, Some(year(2021))))
        .at(CITY);
    let facts = [(2021, "20"), (2022, "16"), (2023, "30")];
    let facts = facts
        .map(|(y, text)| fact(CITY, "时甲", year(y), text))
        .to_vec();
    let mut case = Case::of(vec![rule.rule("R")], facts, (2024, 6, 1));
    assert_eq!(of(&case), "met");
    case.as_of = day(2022, 12, 31);
    assert_eq!(of(&case), "pending");
    case.as_of = day(2025, 1, 1);
    assert_eq!(of(&case), "unknown");
}

#[test]
fn every_window_has_to_satisfy() {
    let rule = Simple::of(Kind::Count, name("新增"), least("3人"))
        .when(Time::WithinAny(2))
        .at(CITY);
    let facts = [(2023, "2"), (2024, "1"), (2025, "1")];
    let facts = facts
        .map(|(y, text)| fact(CITY, "新增", year(y), text))
        .to_vec();
    let mut case = Case::of(vec![rule.rule("R")], facts, (2026, 1, 1));
    let plan = Plan::of("p", Some((2023, 2025)), None);
    case.statements.insert(0, Statement::Plan(plan));
    assert_eq!(of(&case), "violated");
    case.facts[2].figure = Figure::Number("2".into());
    assert_eq!(of(&case), "met");
}
