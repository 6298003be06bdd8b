//! Tiers, spans, plans, and rules over every region.

mod support;

use support::case;

macro_rules! snapshots {
    ($($name:ident: $case:expr;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!($case.shown());
        }
    )*};
}

const TIERS: &str = "KM-1.6: rate 义务教育优质均衡县占比 must >= 30% should >= 40% by 2025 in 昆明";

const PLAN: &str = r#"plan kunming-2023 "昆明市教育高质量发展三年行动计划" {
  issued 2023-09-06
  span 2023..2025
  region 昆明
  lead 市教育体育局
  owner 市财政局
}
KM-07: must rate 学前三年毛入园率 >= 99% throughout 2023..2025 {
  clause "一(二)"
  nature binding
  baseline 98.7% in 2022
  weight 5
  owner 市委编办
}"#;

snapshots! {
    a_milestone_in_every_cycle: case("2026-03-01", "milestone 校长轮训 per 5 years from 2016 in 昆明")
        .facts("昆明,校长轮训,2018,2018-05-01,,\n昆明,校长轮训,2023,not done,,");
    windows_from_a_year_on: case("2026-03-01", "count 骨干教师 >= 30人 within any 2 years from 2021 in 昆明")
        .facts("昆明,骨干教师,2019,0,人,\n昆明,骨干教师,2020,0,人,\n昆明,骨干教师,2021,30,人,\n昆明,骨干教师,2022,3,人,");
    what_a_rule_makes_is_asked_of_nobody:
        case("2026-03-01", "for each 县区 in 昆明: when 优良率 falls 2 years running then 督导评估 = 否决\nregion 昆明 contains 五华区, 盘龙区")
            .facts("五华区,优良率,2024,60,%,\n五华区,优良率,2025,59,%,\n盘龙区,优良率,2023,60,%,\n盘龙区,优良率,2024,59,%,\n盘龙区,优良率,2025,58,%,");
    two_tiers_between_them: case("2026-03-01", TIERS).facts("昆明,义务教育优质均衡县占比,2025,35,%,");
    two_tiers_pending: case("2025-03-01", TIERS).facts("昆明,义务教育优质均衡县占比,2024,30,%,");
    a_plan_gives_what_its_rule_leaves_out: case("2025-06-30", PLAN)
        .facts("昆明市,学前三年毛入园率,2023,99.2,%,\n昆明市,学前三年毛入园率,2024,98.95,%,");
    throughout_with_a_gap: case("2026-06-30", PLAN)
        .facts("昆明市,学前三年毛入园率,2023,99.2,%,\n昆明市,学前三年毛入园率,2025,99.5,%,");
    throughout_met: case("2026-01-01", PLAN).facts(
        "昆明市,学前三年毛入园率,2023,99,%,\n昆明市,学前三年毛入园率,2024,99.3,%,\n昆明市,学前三年毛入园率,2025,99.5,%,",
    );
    each_quarter: case("2025-01-15", "rate 出勤率 > 97% each quarter 2024 in 昆明").facts(
        "昆明,出勤率,2024-Q1,98,%,\n昆明,出勤率,2024年第二季度,97.1,%,\n昆明,出勤率,2024-Q3,97,%,\n昆明,出勤率,2024-Q4,96,%,",
    );
    no_time_outside_a_plan: case("2026-03-01", "count 班额 <= 50人 in 昆明")
        .facts("昆明,班额,2023,48,人,\n昆明,班额,2024,50,名,\n昆明,班额,2026,60,人,");
    no_time_inside_a_plan: case("2026-03-01", "plan p { span 2023..2025 }\ncount 班额 <= 50人 in 昆明")
        .facts("昆明,班额,2022,60,人,");
    every_region_that_the_facts_mention: case("2026-03-01", "rate 巩固率 >= 98% by 2025").facts(
        "某区,巩固率,2025,98,%,\n昆明市,巩固率,2025,97.9,%,\n530300,巩固率,2024,99,%,\n北京,常住人口,2025,2183,万人,",
    );
    no_region_at_all: case("2026-03-01", "rate 巩固率 >= 98% by 2025");
    before_a_month: case("2024-10-08", "milestone 综合楼开工 before 2024-10 in 东川区")
        .facts("东川区,综合楼开工,2024,2024-09-30,,");
    before_the_end_of_a_year: case("2026-01-01", "A: rate 巩固率 >= 98% before 2025年底 in 昆明\n\
         B: 比率 巩固率 不低于 98% 早于 2025年末 在 昆明\n\
         C: rate 巩固率 >= 98% before 2025 in 昆明\n\
         D: 节点 综合楼开工 早于 2025年6月底 在 东川区")
        .facts("昆明,巩固率,2025,98.5,%,\n昆明,巩固率,2024,97.5,%,\n东川区,综合楼开工,2025,2025-06-30,,");
    each_year_of_a_milestone: case("2025-06-30", "milestone 述职考评 each year 2023..2025 in 昆明")
        .facts("昆明,述职考评,2023,2023-12-20,,\n昆明,述职考评,2024,未完成,,");
    equal_to: case("2026-03-01", "rate 大班额比例 = 0% in 2025 in 昆明")
        .facts("昆明,大班额比例,2025,0.03,%,\n昆明,大班额比例,2024,2,%,");
    by_takes_what_ends_on_the_same_day: case("2026-03-01", "rate 巩固率 >= 98% by 2025 in 昆明")
        .facts("昆明,巩固率,2025-12,98.5,%,\n昆明,巩固率,2025年第四季度,97.5,%,\n昆明,巩固率,2025学年,99,%,");
}

const OLD_AND_NEW: &str = "plan old { issued 2021-06-01 span 2021..2025 region 昆明 }
A-1: rate 巩固率 >= 95% in 2023
A-2: rate 毛入学率 >= 90% in 2023
plan new { issued 2024-03-15 span 2024..2026 region 昆明 }
B-1: rate 巩固率 >= 98% in 2023 { supersedes A-1 }
plan whole { issued 2024-06-01 region 昆明 }
C-1: count 学校 >= 1 in 2023
plan other { issued 2025-01-01 region 昆明 supersedes whole, 没有写成规则的规划 }
D-1: count 学校 >= 2 in 2023
";

/// What is superseded stands until the issue date of what takes its place, which stands from then.
#[test]
fn one_rule_takes_the_place_of_another_from_its_issue_date() {
    let ids = |as_of| {
        let json = case(as_of, OLD_AND_NEW).outcome().expect("an outcome");
        let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let results = report["results"].as_array().expect("results");
        let ids = results.iter().map(|r| r["rule"].as_str().unwrap_or(""));
        ids.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids("2024-03-14"), "A-1 A-2 C-1");
    assert_eq!(ids("2024-03-15"), "A-2 B-1 C-1");
    assert_eq!(ids("2024-12-31"), "A-2 B-1 C-1");
    assert_eq!(ids("2025-01-01"), "A-2 B-1 D-1");
    // Without an issue date the new one stands always.
    let undated =
        "A: count 学校 >= 1 in 2023 in 昆明\nB: count 学校 >= 2 in 2023 in 昆明 { supersedes A }";
    assert_eq!(case("2020-01-01", undated).verdicts(), ["pending"]);
}

#[test]
fn rules_come_by_file_and_line_and_subjects_by_the_region_tree() {
    let rules = "region 昆明 contains 盘龙区, 五华区\nrate 巩固率 >= 98% by 2025\nA: count 学校 >= 1 by 2025 in 昆明\n";
    let json = case("2026-03-01", rules)
        .facts(
            "大理市,巩固率,2025,99,%,\n五华区,巩固率,2025,99,%,\n磨憨,巩固率,2025,99,%,\n昆明,巩固率,2025,99,%,\n\
             盘龙区,巩固率,2025,99,%,\n曲靖市,巩固率,2025,99,%,",
        )
        .outcome()
        .expect("an outcome");
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let results = report["results"].as_array().expect("results");
    let names: Vec<_> = results
        .iter()
        .map(|r| {
            format!(
                "{} {}",
                r["rule"].as_str().unwrap_or(""),
                r["subject"].as_str().unwrap_or("")
            )
        })
        .collect();
    assert_eq!(
        names,
        [
            "rules:2 昆明",
            "rules:2 盘龙区",
            "rules:2 五华区",
            "rules:2 曲靖市",
            "rules:2 大理市",
            "rules:2 磨憨",
            "A 昆明",
        ]
    );
}

/// Sentences about cycles and events have a deadline, or say what they wait for.
#[test]
fn what_is_awaited_is_said() {
    for (rule, said) in [
        (
            "count 甲 >= 5人 per 5 years from 2023 in 昆明",
            "2027-12-31 到期",
        ),
        (
            "milestone 乙 per 5 years from 2023 in 昆明",
            "2027-12-31 到期",
        ),
        (
            "for each 县区 in 昆明: milestone 丙 by 丁",
            "不迟于“丁”完成",
        ),
        (
            "for each 县区 in 昆明: milestone 丙 within 20天 after 丁",
            "在“丁”后 20 天内完成",
        ),
        (
            "all of { count 甲 >= 5人 by 2027 in 昆明; milestone 丙 by 丁 }",
            "2 项",
        ),
        ("may milestone 丙 by 丁 in 昆明", "可以不迟于“丁”完成"),
    ] {
        let shown = case("2026-03-01", rule).shown();
        assert!(shown.contains(said), "{shown}");
        assert!(
            !shown.contains("{who}") && !shown.contains("{deadline}"),
            "{shown}"
        );
    }
}
