//! Who is covered, and what is rolled up.

use super::*;

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
    let rule = body
        .rule("R")
        .quantified(many, Set::of("县区").within(CITY));
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
        (
            counts.satisfied,
            counts.failed,
            counts.undecided,
            counts.of,
            counts.needed
        ),
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

#[test]
fn filters_leave_out_or_leave_undecided() {
    let size = |test: Test| Simple::of(Kind::Count, name("规模"), test);
    let public = || Set::of("学校").within("巳市").filtered(is("办学", "公办"));
    // 四校 may be out (not applicable) or in (met): undecided.
    assert_eq!(
        of(&schools(size(least("500人")), Many::Each, public(), vec![])),
        "unknown"
    );
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
    assert_eq!(
        verdicts,
        expected.map(|(who, v)| (who.to_string(), v)).to_vec()
    );
    let none = Set::of("学校").within("午园").filtered(is("办学", "公办"));
    assert_eq!(
        of(&schools(big(), Many::Each, none, vec![])),
        "not_applicable"
    );
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
    assert_eq!(
        of(&schools(body(), Many::Each, set.clone(), vec![])),
        "violated"
    );
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
    let mut case = Case::of(
        sum(least("6人")),
        figures("数甲", ["1", "2", "3"]),
        (2026, 1, 1),
    );
    assert_eq!(of(&case), "met", "the zone is not needed");
    case.facts.push(fact(CITY, "数甲", year(2025), "5"));
    assert_eq!(of(&case), "violated", "its own figure wins");
    let case = Case::of(
        sum(least("1人")),
        figures("数甲", ["1", "", "3"]),
        (2026, 1, 1),
    );
    assert_eq!(of(&case), "unknown");
    // Pooled, never a mean of rates: (1 + 1 + 8) / (2 + 2 + 16) = 50%.
    let mut facts = figures("分子", ["2", "0", "8"]);
    facts.extend(figures("分母", ["2", "2", "16"]));
    let pooled = |test| rule(Kind::Rate, "率乙", test);
    assert_eq!(
        of(&Case::of(pooled(least("50%")), facts.clone(), (2026, 1, 1))),
        "met"
    );
    assert_eq!(
        of(&Case::of(pooled(least("50.1%")), facts, (2026, 1, 1))),
        "violated"
    );
    // Weighted: (10·1 + 20·1 + 60·2) / 4 = 37.5%.
    let mut facts = figures("率丙", ["10", "20", "60"]);
    facts.extend(figures("人口", ["1", "1", "2"]));
    let weighted = |test| rule(Kind::Rate, "率丙", test);
    assert_eq!(
        of(&Case::of(
            weighted(most("37.5%")),
            facts.clone(),
            (2026, 1, 1)
        )),
        "met"
    );
    assert_eq!(
        of(&Case::of(weighted(most("37.4%")), facts, (2026, 1, 1))),
        "violated"
    );
    let mut none = Case::of(sum(least("1人")), vec![], (2026, 1, 1));
    none.world.indicators.retain(|i| i.rollup == Rollup::None);
    assert_eq!(of(&none), "unknown");
}
