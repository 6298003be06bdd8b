//! Values, figures that disagree, aggregates, peers, ranks.

use super::*;

#[test]
fn between_is_inclusive_and_about_is_too() {
    let rule = || {
        rate(
            Test::Between(number("70%"), number("80%")),
            Time::By(year(2025)),
        )
    };
    assert_eq!(of(&city(rule(), &[(2025, "70")])), "met");
    assert_eq!(of(&city(rule(), &[(2025, "80")])), "met");
    assert_eq!(of(&city(rule(), &[(2025, "80.1")])), "violated");
    let about = || {
        rate(
            Test::About(number("70%"), number("1pp")),
            Time::By(year(2025)),
        )
    };
    assert_eq!(of(&city(about(), &[(2025, "69")])), "met");
    assert_eq!(of(&city(about(), &[(2025, "68.9")])), "violated");
}

#[test]
fn what_is_open_is_unknown_unless_it_cannot_matter() {
    let rule = || {
        rate(
            Test::Between(Expr::Open, number("80%")),
            Time::By(year(2025)),
        )
    };
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

fn over_counties(kind: Kind, how: How, test: Test, figures: [&str; 3]) -> &'static str {
    let set = Set::of("县区").within(CITY);
    let rule = Simple::of(kind, aggregate(how, Some("率甲"), set), test)
        .when(Time::In(year(2025)))
        .at(CITY);
    of(&Case::of(
        vec![rule.rule("R")],
        counties(figures),
        (2026, 1, 1),
    ))
}

#[test]
fn aggregates_over_a_set() {
    let known = ["60", "70", "80"];
    assert_eq!(
        over_counties(Kind::Rate, How::Average, least("70%"), known),
        "met"
    );
    assert_eq!(
        over_counties(Kind::Rate, How::Median, least("70.1%"), known),
        "violated"
    );
    // Variance 200/3: above 8.16, below 8.17 points.
    assert_eq!(
        over_counties(Kind::Rate, How::Stdev, least("8.16%"), known),
        "met"
    );
    assert_eq!(
        over_counties(Kind::Rate, How::Stdev, least("8.17%"), known),
        "violated"
    );
    let gap = ["60", "", "80"];
    assert_eq!(
        over_counties(Kind::Rate, How::Average, least("1%"), gap),
        "unknown"
    );
    assert_eq!(
        over_counties(Kind::Rate, How::Min, least("61%"), gap),
        "violated"
    );
    assert_eq!(
        over_counties(Kind::Rate, How::Min, least("60%"), gap),
        "unknown"
    );
    assert_eq!(
        over_counties(Kind::Rate, How::Max, least("80%"), gap),
        "met"
    );
    let none = Set::of("县区").within("乙丑市");
    for (how, test, verdict) in [
        (How::Sum, most("0%"), "met"),
        (How::Average, most("0%"), "unknown"),
    ] {
        let rule = Simple::of(Kind::Rate, aggregate(how, Some("率甲"), none.clone()), test)
            .when(Time::In(year(2025)))
            .at(CITY);
        assert_eq!(
            of(&Case::of(vec![rule.rule("R")], vec![], (2026, 1, 1))),
            verdict
        );
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
