//! Milestones, conditions, derivations, waivers.

use super::*;

fn opened(time: Time, facts: &[(Period, &str)], as_of: (i64, i64, i64)) -> &'static str {
    let rule = Simple::of(Kind::Milestone, name("件甲"), Test::Done)
        .when(time)
        .at(CITY);
    let facts = facts.iter().map(|(p, text)| fact(CITY, "件甲", *p, text));
    of(&Case::of(vec![rule.rule("R")], facts.collect(), as_of))
}

#[test]
fn a_milestone_is_decided_as_soon_as_it_is_done() {
    let by = || Time::By(year(2025));
    assert_eq!(
        opened(by(), &[(year(2025), "2025-03-01")], (2025, 6, 1)),
        "met"
    );
    assert_eq!(
        opened(by(), &[(year(2025), "2025-09-01")], (2025, 6, 1)),
        "pending"
    );
    assert_eq!(
        opened(by(), &[(year(2026), "2026-01-01")], (2026, 6, 1)),
        "violated"
    );
    assert_eq!(opened(by(), &[(year(2025), "done")], (2026, 1, 1)), "met");
    assert_eq!(
        opened(by(), &[(year(2025), "not done")], (2026, 1, 1)),
        "violated"
    );
    assert_eq!(
        opened(by(), &[(year(2024), "not done")], (2026, 1, 1)),
        "unknown"
    );
    let before = || Time::Before(Period::month(2024, 10));
    assert_eq!(
        opened(before(), &[(year(2024), "2024-09-30")], (2026, 1, 1)),
        "met"
    );
    assert_eq!(
        opened(before(), &[(year(2024), "2024-10-01")], (2026, 1, 1)),
        "violated"
    );
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
    assert_eq!(
        known(
            Period::month(2024, 9),
            Time::Before(Period::month(2024, 10))
        ),
        "met"
    );
    assert_eq!(
        known(year(2024), Time::Before(Period::month(2024, 10))),
        "unknown"
    );
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
        of(&Case::of(
            vec![rule(Time::After(days, "件乙".into()))],
            facts,
            (2026, 1, 1),
        ))
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
        of(&Case::of(
            vec![rule(time)],
            vec![done.clone()],
            (2026, 1, 1),
        ))
    };
    assert_eq!(yearly(5, 21), "met");
    assert_eq!(yearly(5, 20), "violated");
}

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
    case.statements
        .insert(0, Statement::Derive { flag, set, when });
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
    case.statements
        .push(Statement::Waive { rule, place, until });
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
