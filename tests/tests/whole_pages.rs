//! The pages of meaning, sentence by sentence, against the oracle itself: it has to be right before
//! anything is compared with it.
#![allow(
    clippy::unwrap_used,
    reason = "a failed expectation is how a test speaks"
)]

use guiju_tests::oracle::{Op, Period, day};
use guiju_tests::whole::ast::{
    Change, Claim, Cond, Expr, How, Item, Many, Number, Rule, Set, Simple, Statement, Test, Time,
    Way,
};
use guiju_tests::whole::build::{
    aggregate, change, fact, is, least, lit, most, name, number, year,
};
use guiju_tests::whole::world::{
    Entity, Fact, Figure, Given, Kind, Plan, Region, Rollup, Sort, Status,
};
use guiju_tests::whole::{Case, judge};

const CITY: &str = "甲子市";

/// The verdicts of a case, wholes only.
fn all(case: &Case) -> Vec<&'static str> {
    let whole = judge(case).into_iter().filter(|e| !e.part);
    whole.map(|e| e.verdict.name()).collect()
}

fn of(case: &Case) -> &'static str {
    all(case)[0]
}

/// One rule, yearly figures of the city's 率甲, a date after everything.
fn city(rule: Simple, figures: &[(i64, &str)]) -> Case {
    let facts = figures
        .iter()
        .map(|(y, text)| fact(CITY, "率甲", year(*y), text))
        .collect();
    Case::of(vec![rule.at(CITY).rule("R")], facts, (2026, 3, 1))
}

fn rate(test: Test, time: Time) -> Simple {
    Simple::of(Kind::Rate, name("率甲"), test).when(time)
}

fn each(a: i64, b: i64) -> Time {
    Time::Each("year", Some((year(a), year(b))))
}

fn moves(way: Way, op: Op, by: &str) -> Test {
    change(Change::Moves(way, Some((op, lit(by)))))
}

// ── time ─────────────────────────────────────────────────────────────────────────────────────────

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

// ── changes ──────────────────────────────────────────────────────────────────────────────────────

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
    assert_eq!(of(&city(never(), &[(2024, "60"), (2025, "59.9")])), "violated");
    let stays = || rate(change(Change::Stays(lit("0.5pp"))), each(2025, 2025));
    assert_eq!(of(&city(stays(), &[(2024, "60"), (2025, "59.5")])), "met");
    assert_eq!(of(&city(stays(), &[(2024, "60"), (2025, "59.4")])), "violated");
}

#[test]
fn from_to_is_one_difference_and_needs_a_pair() {
    let rule = |a, b| rate(moves(Way::Rises, Op::Ge, "2pp"), Time::FromTo(year(a), year(b)));
    assert_eq!(of(&city(rule(2020, 2025), &[(2020, "60"), (2025, "62")])), "met");
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
    assert_eq!(of(&city(rule(), &[(2023, "50"), (2025, "60.49999")])), "violated");
    let double = || rate(moves(Way::Grows, Op::Ge, "100%"), Time::FromTo(year(2023), year(2025)));
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
    assert_eq!(of(&Case::of(vec![rule("2")], facts.clone(), (2026, 3, 1))), "met");
    assert_eq!(of(&Case::of(vec![rule("3")], facts, (2026, 3, 1))), "violated");
}

// ── totals ───────────────────────────────────────────────────────────────────────────────────────

fn added(test: Test, time: Time, figures: &[(Period, &str)], as_of: (i64, i64, i64)) -> Case {
    let rule = Simple::of(Kind::Total, name("新增"), test).when(time).at(CITY);
    let facts = figures.iter().map(|(p, text)| fact(CITY, "新增", *p, text));
    Case::of(vec![rule.rule("R")], facts.collect(), as_of)
}

#[test]
fn a_total_is_met_as_soon_as_it_is_reached() {
    let span = || Time::Over(year(2023), year(2025));
    let two = [(year(2023), "100"), (year(2024), "65")];
    assert_eq!(of(&added(least("165人"), span(), &two, (2025, 2, 1))), "met");
    assert_eq!(of(&added(least("166人"), span(), &two, (2025, 2, 1))), "pending");
    assert_eq!(of(&added(least("166人"), span(), &two, (2026, 2, 1))), "unknown");
    assert_eq!(of(&added(most("164人"), span(), &two, (2025, 2, 1))), "violated");
    let month = [(Period::month(2023, 1), "165")];
    assert_eq!(of(&added(least("165人"), span(), &month, (2024, 2, 1))), "met");
}

#[test]
fn a_year_is_its_own_figure_or_all_its_quarters_never_both() {
    let span = || Time::Over(year(2024), year(2024));
    let mut figures: Vec<(Period, &str)> =
        (1..=4).map(|q| (Period::quarter(2024, q), "10")).collect();
    assert_eq!(of(&added(least("41人"), span(), &figures, (2026, 1, 1))), "violated");
    assert_eq!(of(&added(least("40人"), span(), &figures, (2026, 1, 1))), "met");
    figures.push((year(2024), "39"));
    assert_eq!(of(&added(least("40人"), span(), &figures, (2026, 1, 1))), "violated");
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
    let facts = facts.map(|(y, text)| fact(CITY, "累增", year(y), text)).to_vec();
    let case = Case::of(vec![rule.rule("R")], facts, (2026, 1, 1));
    assert_eq!(of(&case), "violated");
}

#[test]
fn the_latest_passed_cycle_decides() {
    let rule = Simple::of(Kind::Duration, name("时甲"), least("36小时"))
        .when(Time::PerYears(2, Some(year(2021))))
        .at(CITY);
    let facts = [(2021, "20"), (2022, "16"), (2023, "30")];
    let facts = facts.map(|(y, text)| fact(CITY, "时甲", year(y), text)).to_vec();
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
    let facts = facts.map(|(y, text)| fact(CITY, "新增", year(y), text)).to_vec();
    let mut case = Case::of(vec![rule.rule("R")], facts, (2026, 1, 1));
    let plan = Plan::of("p", Some((2023, 2025)), None);
    case.statements.insert(0, Statement::Plan(plan));
    assert_eq!(of(&case), "violated");
    case.facts[2].figure = Figure::Number("2".into());
    assert_eq!(of(&case), "met");
}

// ── values ───────────────────────────────────────────────────────────────────────────────────────

#[test]
fn between_is_inclusive_and_about_is_too() {
    let rule = || rate(Test::Between(number("70%"), number("80%")), Time::By(year(2025)));
    assert_eq!(of(&city(rule(), &[(2025, "70")])), "met");
    assert_eq!(of(&city(rule(), &[(2025, "80")])), "met");
    assert_eq!(of(&city(rule(), &[(2025, "80.1")])), "violated");
    let about = || rate(Test::About(number("70%"), number("1pp")), Time::By(year(2025)));
    assert_eq!(of(&city(about(), &[(2025, "69")])), "met");
    assert_eq!(of(&city(about(), &[(2025, "68.9")])), "violated");
}

#[test]
fn what_is_open_is_unknown_unless_it_cannot_matter() {
    let rule = || rate(Test::Between(Expr::Open, number("80%")), Time::By(year(2025)));
    assert_eq!(of(&city(rule(), &[(2025, "70")])), "unknown");
    assert_eq!(of(&city(rule(), &[(2025, "81")])), "violated");
}

#[test]
fn figures_that_disagree() {
    let rule = || rate(least("97.6%"), Time::By(year(2025)));
    let twins = city(rule(), &[(2025, "98"), (2025, "97.6")]);
    assert_eq!(of(&twins), "met", "the more precise one is used");
    let mut other = city(rule(), &[(2025, "98.0"), (2025, "97.6")]);
    assert_eq!(of(&other), "unknown", "98.0 is no rounding of 97.6");
    other.facts[1].status = Status::Preliminary;
    assert_eq!(of(&other), "met", "final beats preliminary");
    other.facts[1].status = Status::Final;
    other.facts[0].source = "甲报".into();
    other.facts[1].source = "乙报".into();
    other.world.priority = vec!["甲报".into(), "乙报".into()];
    assert_eq!(of(&other), "met", "the declared priority settles it");
    let mut forecast = city(rule(), &[(2025, "98")]);
    forecast.facts[0].status = Status::Forecast;
    assert_eq!(of(&forecast), "unknown", "a forecast never decides");
}

// ── aggregates, peers, ranks ─────────────────────────────────────────────────────────────────────

fn counties(figures: [&str; 3]) -> Vec<Fact> {
    ["卯区", "辰县", "巳市"]
        .into_iter()
        .zip(figures)
        .filter(|(_, text)| !text.is_empty())
        .map(|(who, text)| fact(who, "率甲", year(2025), text))
        .collect()
}

fn over_counties(kind: Kind, how: How, test: Test, figures: [&str; 3]) -> &'static str {
    let set = Set::of("县区").within(CITY);
    let rule = Simple::of(kind, aggregate(how, Some("率甲"), set), test)
        .when(Time::In(year(2025)))
        .at(CITY);
    of(&Case::of(vec![rule.rule("R")], counties(figures), (2026, 1, 1)))
}

#[test]
fn aggregates_over_a_set() {
    let known = ["60", "70", "80"];
    assert_eq!(over_counties(Kind::Rate, How::Average, least("70%"), known), "met");
    assert_eq!(over_counties(Kind::Rate, How::Median, least("70.1%"), known), "violated");
    // Variance 200/3: above 8.16, below 8.17 points.
    assert_eq!(over_counties(Kind::Rate, How::Stdev, least("8.16%"), known), "met");
    assert_eq!(over_counties(Kind::Rate, How::Stdev, least("8.17%"), known), "violated");
    let gap = ["60", "", "80"];
    assert_eq!(over_counties(Kind::Rate, How::Average, least("1%"), gap), "unknown");
    assert_eq!(over_counties(Kind::Rate, How::Min, least("61%"), gap), "violated");
    assert_eq!(over_counties(Kind::Rate, How::Min, least("60%"), gap), "unknown");
    assert_eq!(over_counties(Kind::Rate, How::Max, least("80%"), gap), "met");
    let none = Set::of("县区").within("乙丑市");
    for (how, test, verdict) in [
        (How::Sum, most("0%"), "met"),
        (How::Average, most("0%"), "unknown"),
    ] {
        let rule = Simple::of(Kind::Rate, aggregate(how, Some("率甲"), none.clone()), test)
            .when(Time::In(year(2025)))
            .at(CITY);
        assert_eq!(of(&Case::of(vec![rule.rule("R")], vec![], (2026, 1, 1))), verdict);
    }
}

#[test]
fn undecided_members_make_a_range() {
    // 四校 has no 办学: one or two public schools among 卯区, 辰县 and 巳市's.
    let set = Set::of("学校").within(CITY).filtered(is("办学", "公办"));
    let rule = |test: Test| {
        Simple::of(Kind::Count, aggregate(How::Count, None, set.clone()), test)
            .when(Time::In(year(2025)))
            .at(CITY)
            .rule("R")
    };
    let verdict = |test: Test| of(&Case::of(vec![rule(test)], vec![], (2026, 1, 1)));
    assert_eq!(verdict(least("2人")), "met");
    assert_eq!(verdict(least("3人")), "unknown");
    assert_eq!(verdict(least("4人")), "violated");
}

#[test]
fn the_average_of_peers_has_the_subject_in_it_but_for_other() {
    let peer = |other: bool| {
        let set = Set::of("县区").within(CITY);
        let Expr::Aggregate(mut average) = aggregate(How::Average, None, set) else {
            return Expr::Open;
        };
        average.other = other;
        Expr::Aggregate(average)
    };
    let rule = |other: bool| {
        Simple::of(Kind::Rate, name("率甲"), Test::Compare(Op::Ge, peer(other)))
            .when(Time::By(year(2025)))
            .at("卯区")
            .rule("R")
    };
    // 70 against (70 + 60 + 80) / 3 = 70 and (60 + 80) / 2 = 70; then 64 against 68 and 70.
    for (figures, own, others) in [
        (["70", "60", "80"], "met", "met"),
        (["64", "60", "80"], "violated", "violated"),
        (["70", "", "80"], "unknown", "unknown"),
    ] {
        let case = |other| Case::of(vec![rule(other)], counties(figures), (2026, 1, 1));
        assert_eq!((of(&case(false)), of(&case(true))), (own, others));
    }
}

#[test]
fn equal_shares_rank_one_two_two_four() {
    let mut case = Case::of(vec![], vec![], (2026, 1, 1));
    case.world.regions.push(Region {
        name: "申区".into(),
        sort: Sort::District,
        contains: vec![],
    });
    case.world.regions[0].contains.push("申区".into());
    let rule = |who: &str, n: i64| {
        let mut rule = Simple::of(Kind::Rank, name("率甲"), most(&n.to_string()))
            .when(Time::In(year(2025)))
            .at(who);
        rule.among = Some(Set::of("县区").within(CITY));
        Statement::Rule(rule.rule("R"))
    };
    case.facts = counties(["90", "80", "80"]);
    case.facts.push(fact("申区", "率甲", year(2025), "70"));
    for (who, place) in [("卯区", 1), ("辰县", 2), ("巳市", 2), ("申区", 4)] {
        case.statements = vec![rule(who, place)];
        assert_eq!(of(&case), "met");
        case.statements = vec![rule(who, place - 1)];
        assert_eq!(of(&case), "violated");
    }
    // Without 申区's figure 卯区 is first or second.
    case.facts.pop();
    case.statements = vec![rule("卯区", 1)];
    assert_eq!(of(&case), "unknown");
    case.statements = vec![rule("卯区", 2)];
    assert_eq!(of(&case), "met");
}

// ── who is covered ───────────────────────────────────────────────────────────────────────────────

/// Fourteen small districts, so many of which have 旗甲.
fn fourteen(yes: usize, no: usize, many: Many) -> Case {
    let mut case = Case::of(vec![], vec![], (2026, 1, 1));
    let names: Vec<String> = (0..14).map(|n| format!("区{n}")).collect();
    case.world.regions = vec![Region {
        name: CITY.into(),
        sort: Sort::City,
        contains: names.clone(),
    }];
    case.world.regions.extend(names.iter().map(|n| Region {
        name: n.clone(),
        sort: Sort::District,
        contains: vec![],
    }));
    for (at, name) in names.iter().enumerate() {
        if at < yes + no {
            let flag = if at < yes { "yes" } else { "no" };
            case.facts.push(fact(name, "旗甲", year(2025), flag));
        }
    }
    let body = Simple::of(Kind::Flag, name("旗甲"), Test::Done).when(Time::By(year(2025)));
    let rule = body.rule("R").quantified(many, Set::of("县区").within(CITY));
    case.statements = vec![Statement::Rule(rule)];
    case
}

#[test]
fn thirty_percent_of_fourteen_is_five() {
    let share = || Many::AtLeast(Number::Percent(30));
    assert_eq!(of(&fourteen(5, 0, share())), "met");
    assert_eq!(of(&fourteen(4, 9, share())), "unknown");
    assert_eq!(of(&fourteen(4, 10, share())), "violated");
    let counts = judge(&fourteen(4, 9, share()))[0].counts.unwrap();
    assert_eq!(
        (counts.satisfied, counts.failed, counts.undecided, counts.of, counts.needed),
        (4, 9, 1, 14, 5)
    );
}

#[test]
fn quantifiers_decide_as_soon_as_they_can() {
    assert_eq!(of(&fourteen(0, 1, Many::Each)), "violated");
    assert_eq!(of(&fourteen(13, 0, Many::Each)), "unknown");
    assert_eq!(of(&fourteen(1, 0, Many::No)), "violated");
    assert_eq!(of(&fourteen(0, 14, Many::No)), "met");
    let most = || Many::AtMost(Number::Count(3));
    assert_eq!(of(&fourteen(4, 0, most())), "violated");
    assert_eq!(of(&fourteen(3, 11, most())), "met");
    assert_eq!(of(&fourteen(2, 11, most())), "met");
    assert_eq!(of(&fourteen(2, 10, most())), "unknown");
    let exactly = || Many::Exactly(Number::Count(3));
    assert_eq!(of(&fourteen(3, 11, exactly())), "met");
    assert_eq!(of(&fourteen(3, 10, exactly())), "unknown");
    assert_eq!(of(&fourteen(2, 12, exactly())), "violated");
}

fn schools(body: Simple, many: Many, set: Set, facts: Vec<Fact>) -> Case {
    Case::of(vec![body.rule("R").quantified(many, set)], facts, (2026, 1, 1))
}

#[test]
fn filters_leave_out_or_leave_undecided() {
    let size = |test: Test| Simple::of(Kind::Count, name("规模"), test);
    let public = || Set::of("学校").within("巳市").filtered(is("办学", "公办"));
    // 四校 may be out (not applicable) or in (met): undecided.
    assert_eq!(of(&schools(size(least("500人")), Many::Each, public(), vec![])), "unknown");
    let all = Set::of("学校").within(CITY).filtered(is("办学", "公办"));
    let big = || size(least("300人"));
    let case = schools(big(), Many::AtLeast(Number::Count(1)), all, vec![]);
    assert_eq!(of(&case), "met");
    let verdicts: Vec<_> = judge(&case)
        .into_iter()
        .filter(|e| e.part)
        .map(|e| (e.subject.unwrap(), e.verdict.name()))
        .collect();
    let expected = [
        ("一校", "met"),
        ("二校", "not_applicable"),
        ("三校", "unknown"),
        ("四校", "unknown"),
        ("五校", "not_applicable"),
    ];
    assert_eq!(verdicts, expected.map(|(who, v)| (who.to_string(), v)).to_vec());
    let none = Set::of("学校").within("午园").filtered(is("办学", "公办"));
    assert_eq!(of(&schools(big(), Many::Each, none, vec![])), "not_applicable");
    let nobody = Set::of("高中").within("卯区");
    assert_eq!(of(&schools(big(), Many::Each, nobody, vec![])), "unknown");
}

#[test]
fn a_where_behind_except_belongs_to_the_last_name() {
    let mut set = Set::of("学校").within("卯区");
    set.except = vec![Item {
        what: Cond::Bare("民办".into()),
        only: Some(Cond::Compare(name("规模"), Op::Lt, number("30人"))),
    }];
    let body = || Simple::of(Kind::Count, name("规模"), least("300人"));
    // 二校 is private but not small: it stays in.
    assert_eq!(of(&schools(body(), Many::Each, set.clone(), vec![])), "violated");
    set.except[0].only = None;
    assert_eq!(of(&schools(body(), Many::Each, set, vec![])), "met");
}

#[test]
fn a_zone_is_no_county_and_a_group_is_a_place_and_a_type() {
    let body = || Simple::of(Kind::Rate, name("率甲"), least("70%")).when(Time::By(year(2025)));
    let of_set = |set: Set| {
        let case = schools(body(), Many::Each, set, counties(["70", "70", ""]));
        judge(&case)[0].counts.unwrap().of
    };
    assert_eq!(of_set(Set::of("县区").within(CITY)), 3);
    assert_eq!(of_set(Set::of("功能区").within(CITY)), 1);
    assert_eq!(of_set(Set::of("未片")), 2);
    assert_eq!(of_set(Set::of("学校").within("未片")), 3);
    assert_eq!(of_set(Set::of("小学").within(CITY)), 3);
    assert_eq!(of_set(Set::of("学校").within(CITY)), 5);
}

#[test]
fn the_inner_set_lies_in_the_outer_subject() {
    let body = Simple::of(Kind::Count, name("规模"), least("500人"));
    let rule = body
        .rule("R")
        .quantified(Many::Each, Set::of("县区").within(CITY))
        .quantified(Many::AtLeast(Number::Count(1)), Set::of("学校"));
    let results = judge(&Case::of(vec![rule], vec![], (2026, 1, 1)));
    let verdicts: Vec<_> = results.iter().map(|e| e.verdict.name()).collect();
    assert_eq!(verdicts, ["violated", "violated", "unknown", "met"]);
}

#[test]
fn a_group_selects_by_attribute_or_breakdown() {
    let mut body = Simple::of(Kind::Count, name("规模"), least("300人"));
    body.requirements[0].group = Some("小学".into());
    let case = schools(body, Many::Each, Set::of("学校").within("卯区"), vec![]);
    let verdicts: Vec<_> = judge(&case).iter().map(|e| e.verdict.name()).collect();
    assert_eq!(verdicts, ["met", "met", "not_applicable"]);
    let mut body = rate(least("70%"), Time::By(year(2025)));
    body.requirements[0].group = Some("女".into());
    let mut case = city(body, &[(2025, "60"), (2025, "70")]);
    case.facts[1].group = Some("女".into());
    assert_eq!(of(&case), "met");
}

// ── roll-ups ─────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_region_is_rolled_up_from_all_its_units() {
    let figures = |name: &str, texts: [&str; 3]| -> Vec<Fact> {
        let all = ["卯区", "辰县", "巳市"].into_iter().zip(texts);
        all.filter(|(_, t)| !t.is_empty())
            .map(|(who, text)| fact(who, name, year(2025), text))
            .collect()
    };
    let rule = |kind: Kind, of: &str, test: Test| {
        let rule = Simple::of(kind, name(of), test).when(Time::By(year(2025)));
        vec![rule.at(CITY).rule("R")]
    };
    let sum = |test| rule(Kind::Count, "数甲", test);
    let mut case = Case::of(sum(least("6人")), figures("数甲", ["1", "2", "3"]), (2026, 1, 1));
    assert_eq!(of(&case), "met", "the zone is not needed");
    case.facts.push(fact(CITY, "数甲", year(2025), "5"));
    assert_eq!(of(&case), "violated", "its own figure wins");
    let case = Case::of(sum(least("1人")), figures("数甲", ["1", "", "3"]), (2026, 1, 1));
    assert_eq!(of(&case), "unknown");
    // Pooled, never a mean of rates: (1 + 1 + 8) / (2 + 2 + 16) = 50%.
    let mut facts = figures("分子", ["2", "0", "8"]);
    facts.extend(figures("分母", ["2", "2", "16"]));
    let pooled = |test| rule(Kind::Rate, "率乙", test);
    assert_eq!(of(&Case::of(pooled(least("50%")), facts.clone(), (2026, 1, 1))), "met");
    assert_eq!(of(&Case::of(pooled(least("50.1%")), facts, (2026, 1, 1))), "violated");
    // Weighted: (10·1 + 20·1 + 60·2) / 4 = 37.5%.
    let mut facts = figures("率丙", ["10", "20", "60"]);
    facts.extend(figures("人口", ["1", "1", "2"]));
    let weighted = |test| rule(Kind::Rate, "率丙", test);
    assert_eq!(of(&Case::of(weighted(most("37.5%")), facts.clone(), (2026, 1, 1))), "met");
    assert_eq!(of(&Case::of(weighted(most("37.4%")), facts, (2026, 1, 1))), "violated");
    let mut none = Case::of(sum(least("1人")), vec![], (2026, 1, 1));
    none.world.indicators.retain(|i| i.rollup == Rollup::None);
    assert_eq!(of(&none), "unknown");
}

// ── milestones ───────────────────────────────────────────────────────────────────────────────────

fn opened(time: Time, facts: &[(Period, &str)], as_of: (i64, i64, i64)) -> &'static str {
    let rule = Simple::of(Kind::Milestone, name("件甲"), Test::Done).when(time).at(CITY);
    let facts = facts.iter().map(|(p, text)| fact(CITY, "件甲", *p, text));
    of(&Case::of(vec![rule.rule("R")], facts.collect(), as_of))
}

#[test]
fn a_milestone_is_decided_as_soon_as_it_is_done() {
    let by = || Time::By(year(2025));
    assert_eq!(opened(by(), &[(year(2025), "2025-03-01")], (2025, 6, 1)), "met");
    assert_eq!(opened(by(), &[(year(2025), "2025-09-01")], (2025, 6, 1)), "pending");
    assert_eq!(opened(by(), &[(year(2026), "2026-01-01")], (2026, 6, 1)), "violated");
    assert_eq!(opened(by(), &[(year(2025), "done")], (2026, 1, 1)), "met");
    assert_eq!(opened(by(), &[(year(2025), "not done")], (2026, 1, 1)), "violated");
    assert_eq!(opened(by(), &[(year(2024), "not done")], (2026, 1, 1)), "unknown");
    let before = || Time::Before(Period::month(2024, 10));
    assert_eq!(opened(before(), &[(year(2024), "2024-09-30")], (2026, 1, 1)), "met");
    assert_eq!(opened(before(), &[(year(2024), "2024-10-01")], (2026, 1, 1)), "violated");
}

#[test]
fn a_month_counts_if_it_ends_in_time() {
    let known = |period: Period, deadline: Time| {
        let rule = Simple::of(Kind::Milestone, name("件甲"), Test::Done)
            .when(deadline)
            .at(CITY);
        let done = Fact {
            figure: Figure::Date(period),
            ..fact(CITY, "件甲", year(2024), "done")
        };
        of(&Case::of(vec![rule.rule("R")], vec![done], (2026, 1, 1)))
    };
    assert_eq!(known(Period::month(2024, 9), Time::Before(Period::month(2024, 10))), "met");
    assert_eq!(known(year(2024), Time::Before(Period::month(2024, 10))), "unknown");
}

#[test]
fn a_deadline_may_be_a_milestone_or_a_day_of_each_year() {
    let rule = |time: Time| {
        Simple::of(Kind::Milestone, name("件甲"), Test::Done)
            .when(time)
            .at(CITY)
            .rule("R")
    };
    let done = fact(CITY, "件甲", year(2024), "2024-05-21");
    let other = fact(CITY, "件乙", year(2024), "2024-05-01");
    let after = |days: i64, facts: &[&Fact]| {
        let facts = facts.iter().map(|f| (*f).clone()).collect();
        of(&Case::of(vec![rule(Time::After(days, "件乙".into()))], facts, (2026, 1, 1)))
    };
    assert_eq!(after(20, &[&done, &other]), "met");
    assert_eq!(after(19, &[&done, &other]), "violated");
    assert_eq!(after(20, &[&other]), "unknown");
    assert_eq!(after(20, &[&done]), "pending");
    let by = Time::ByMilestone("件乙".into());
    let case = Case::of(vec![rule(by)], vec![done.clone(), other], (2026, 1, 1));
    assert_eq!(of(&case), "violated");
    let yearly = |month, of_month| {
        let time = Time::ByDay(month, of_month, year(2024), year(2024));
        of(&Case::of(vec![rule(time)], vec![done.clone()], (2026, 1, 1)))
    };
    assert_eq!(yearly(5, 21), "met");
    assert_eq!(yearly(5, 20), "violated");
}

// ── conditions, derivations, waivers ─────────────────────────────────────────────────────────────

#[test]
fn an_unknown_condition_is_decided_where_both_branches_agree() {
    let size = |test: Test| Simple::of(Kind::Count, name("规模"), test);
    let body = |a: &str, b: &str| Claim::Require {
        when: is("办学", "公办"),
        then: size(least(a)),
        otherwise: Some(size(least(b))),
    };
    let case = |claim: Claim| {
        let rule = Rule::of("R", claim).quantified(Many::Each, Set::of("学校").within("巳市"));
        Case::of(vec![rule], vec![], (2026, 1, 1))
    };
    assert_eq!(of(&case(body("500人", "540人"))), "met");
    assert_eq!(of(&case(body("500人", "541人"))), "unknown");
    assert_eq!(of(&case(body("600人", "541人"))), "violated");
}

#[test]
fn derived_facts_hold_fail_or_are_absent() {
    let mut case = schools(
        Simple::of(Kind::Flag, name("旗丙"), Test::Done).when(Time::By(year(2025))),
        Many::AtLeast(Number::Percent(50)),
        Set::of("学校").within("卯区"),
        vec![],
    );
    let when = Cond::Compare(name("规模"), Op::Ge, number("100人"));
    let set = Set::of("学校").within(CITY);
    let flag = "旗丙".into();
    case.statements.insert(0, Statement::Derive { flag, set, when });
    let counts = judge(&case)[0].counts.unwrap();
    assert_eq!((counts.satisfied, counts.failed, counts.needed), (1, 1, 1));
    assert_eq!(of(&case), "met");
    // "An observed figure that differs from a derived one is a conflict."
    case.facts.push(fact("一校", "旗丙", year(2025), "no"));
    assert_eq!(of(&case), "unknown");
}

#[test]
fn a_waiver_shows_and_never_hides_met() {
    let mut case = city(rate(least("98%"), Time::By(year(2025))), &[(2025, "97")]);
    let until = day(2026, 3, 1);
    let rule = "R".to_string();
    let place = None;
    case.statements.push(Statement::Waive { rule, place, until });
    assert_eq!(of(&case), "waived");
    case.as_of = day(2026, 3, 2);
    assert_eq!(of(&case), "violated");
    case.as_of = day(2026, 3, 1);
    case.facts[0].figure = Figure::Number("98".into());
    assert_eq!(of(&case), "met");
}

#[test]
fn a_superseding_rule_waits_for_its_plan() {
    let rule = |label: &str| {
        rate(least("98%"), Time::By(year(2025)))
            .at(CITY)
            .rule(label)
    };
    let mut new = rule("B");
    new.supersedes = vec!["A".into()];
    let mut plan = Plan::of("q", None, None);
    plan.issued = Some(day(2024, 6, 1));
    let mut case = Case::of(vec![rule("A"), new], vec![], (2024, 5, 31));
    case.statements.insert(1, Statement::Plan(plan));
    let ids = |case: &Case| judge(case).into_iter().map(|e| e.rule).collect::<Vec<_>>();
    assert_eq!(ids(&case), ["A"]);
    case.as_of = day(2024, 6, 1);
    assert_eq!(ids(&case), ["B"]);
}

#[test]
fn an_entity_without_an_attribute_is_undecided() {
    let mut case = schools(
        Simple::of(Kind::Count, name("规模"), least("1人")),
        Many::Each,
        Set::of("小学"),
        vec![],
    );
    case.world.entities = vec![Entity {
        name: "某校".into(),
        of: "学校".into(),
        place: "卯区".into(),
        values: vec![("规模".into(), Given::Number("5".into()))],
    }];
    assert_eq!(of(&case), "unknown");
}
