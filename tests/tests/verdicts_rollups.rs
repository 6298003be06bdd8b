//! Regions' figures made of their parts, figures by school year, sources that are ranked.
#![allow(
    clippy::expect_used,
    reason = "a failed expectation is how a test speaks"
)]

#[macro_use]
mod support;

use support::{Case, case};

const AFTER: &str = "2026-03-01";
const HEADER: &str = "地区,对象,分组,指标,时间,数值,单位,状态,来源\n";
const TREE: &str = "region 甲市 contains 乙区, 丙县, 丁园\nregion 丁园 (功能区)\n";

/// A rule and an indicator over 甲市 with its parts 乙区 and 丙县.
fn city<'a>(rules: &'a mut String, text: &str, rows: &str) -> Case<'a> {
    *rules = format!("{TREE}{text}");
    case(AFTER, rules).facts(rows)
}

const POOLED: &str =
    "indicator 巩固率 { kind rate  of 毕业人数 / 入学人数 }\nrate 巩固率 >= 98% by 2025 in 甲市";
const PARTS: &str =
    "乙区,毕业人数,2025,1980,人,\n乙区,入学人数,2025,2000,人,\n丙县,入学人数,2025,1000,人,\n";

snapshots! { told;
    pooled_met: city(&mut String::new(), POOLED, &format!("{PARTS}丙县,毕业人数,2025,970,人,"));
    pooled_violated: city(&mut String::new(), POOLED, &format!("{PARTS}丙县,毕业人数,2025,930,人,快报"));
    pooled_unknown: city(&mut String::new(), POOLED, PARTS);
    pooled_conflict: city(&mut String::new(), POOLED, &format!("{PARTS}丙县,毕业人数,2025,930,人,\n丙县,毕业人数,2025,935,人,"));
    of_its_own: city(&mut String::new(), POOLED, "甲市,毕业人数,2025,98,人,\n甲市,入学人数,2025,101,人,");
    its_own_counts: city(&mut String::new(), POOLED, &format!("{PARTS}丙县,毕业人数,2025,970,人,\n甲市,巩固率,2025,97,%,"));
    its_own_is_rounded: city(&mut String::new(), POOLED, &format!("{PARTS}丙县,毕业人数,2025,970,人,\n甲市,巩固率,2025,98.3,%,"));
    a_forecast_of_its_own: city(&mut String::new(), POOLED, &format!("{PARTS}丙县,毕业人数,2025,970,人,\n甲市,巩固率,2025,97,%,预计"));
    sum_met: city(&mut String::new(), "indicator 学位 { kind count  rollup sum }\ncount 学位 >= 1.2万个 by 2025 in 甲市", "乙区,学位,2025,1.2,万个,\n丙县,学位,2025,800,个,");
    sum_violated: city(&mut String::new(), "indicator 学位 { kind count  rollup sum }\ncount 学位 >= 3000个 each year 2024..2025 in 甲市", "乙区,学位,2025,1200,个,\n丙县,学位,2025,800,个,\n甲市,学位,2024,3500,个,");
    sum_unknown: city(&mut String::new(), "indicator 学位 { kind count  rollup sum }\ncount 学位 >= 1000个 by 2025 in 甲市", "乙区,学位,2025,1200,个,\n丙县,学位,2024,800,个,");
    weighted_met: city(&mut String::new(), "indicator 普及率 { kind rate  weighted by 人口 }\nrate 普及率 >= 91% by 2025 in 甲市", "乙区,普及率,2025,92,%,\n丙县,普及率,2025,90,%,\n乙区,人口,2025,3,万人,\n丙县,人口,2025,10000,人,");
    weighted_violated: city(&mut String::new(), "indicator 普及率 { kind rate  weighted by 人口 }\nrate 普及率 > 91% by 2025 in 甲市", "乙区,普及率,2025,92,%,\n丙县,普及率,2025,90,%,\n乙区,人口,2025,1,万人,\n丙县,人口,2025,2,万人,");
    weighted_by_nothing: city(&mut String::new(), "indicator 普及率 { kind rate  weighted by 人口 }\nrate 普及率 >= 91% by 2025 in 甲市", "乙区,普及率,2025,92,%,\n丙县,普及率,2025,90,%,\n乙区,人口,2025,0,人,\n丙县,人口,2025,0,人,");
    over_three_levels: case(AFTER, "region 省 contains 甲市, 戊市\nregion 甲市 contains 乙区, 丙县\nregion 戊市 contains 己区\n\
        indicator 学位 { kind count  rollup sum }\ncount 学位 >= 3000个 by 2025 in 省")
        .facts("乙区,学位,2025,1200,个,\n丙县,学位,2025,800,个,\n己区,学位,2025,500,个,\n戊市,学位,2025,600,个,");
    in_chinese_words: city(&mut String::new(), "指标 巩固率 { 类型 比率  口径 毕业人数 / 入学人数 }\n比率 巩固率 不低于 98% 到 2025 在 甲市", &format!("{PARTS}丙县,毕业人数,2025,930,人,"));
    a_change_of_what_is_rolled_up: city(&mut String::new(), "indicator 学位 { kind count  rollup sum }\ncount 学位 rises >= 100个 each year 2025..2025 in 甲市", "乙区,学位,2025,1200,个,\n丙县,学位,2025,800,个,\n甲市,学位,2024,1950,个,");
    priority_settles: case(AFTER, "priority \"统计年鉴\" > \"市教育局\" > \"快讯\"\nrate 巩固率 >= 98% by 2025 in 昆明")
        .file("市教育局.csv", &format!("{HEADER}昆明,,,巩固率,2025,97.6,%,,\n"))
        .file("市统计局.csv", &format!("{HEADER}昆明市,,,巩固率,2025,98.1,%,,统计年鉴\n昆明市,,,巩固率,2025,98.3,%,,快讯\n"));
    priority_by_file_name: case(AFTER, "优先 \"市教育局\" > \"市统计局.csv\"\nrate 巩固率 >= 98% by 2025 in 昆明")
        .file("市统计局.csv", &format!("{HEADER}昆明市,,,巩固率,2025,98.1,%,,\n"))
        .file("data/市教育局.csv", &format!("{HEADER}昆明,,,巩固率,2025,97.6,%,,\n"));
    priority_says_nothing: case(AFTER, "priority 年鉴 > 公报\nrate 巩固率 >= 98% by 2025 in 昆明")
        .file("a.csv", &format!("{HEADER}昆明市,,,巩固率,2025,98.1,%,,甲\n昆明,,,巩固率,2025,97.6,%,,乙\n"));
    by_school_year: case(AFTER, "indicator 毛入园率 { kind rate  by school year }\nrate 毛入园率 >= 98% by 2025 in 昆明")
        .facts("昆明,毛入园率,2023/2024,96,%,\n昆明,毛入园率,2024,97,%,\n昆明,毛入园率,2025学年,98,%,");
}

/// `2025`, `2025学年` and `2025/2026` are one period, judged once the year 2025 has passed.
#[test]
fn school_years_are_one_period() {
    let rules = "indicator 率 { kind rate  by school year }\nrate 率 >= 98% by 2025 in 昆明\n\
                 rate 率 >= 90% each year 2024..2025 in 昆明";
    for label in ["2025", "2025学年", "2025/2026"] {
        let rows = format!("昆明,率,{label},97,%,\n昆明,率,2024/2025,95,%,");
        let case = |day| case(day, rules).facts(&rows).verdicts();
        assert_eq!(case("2025-12-31"), ["pending", "pending"], "{label}");
        assert_eq!(case("2026-01-01"), ["violated", "met"], "{label}");
    }
    let both = "昆明,率,2025,97,%,\n昆明,率,2025学年,98.5,%,";
    assert_eq!(
        case(AFTER, rules).facts(both).verdicts(),
        ["unknown", "unknown"]
    );
    // An indicator that is not by school year keeps them apart.
    let plain = "rate 率 >= 98% by 2025 in 昆明";
    let rows = "昆明,率,2025学年,98.5,%,";
    assert_eq!(case(AFTER, plain).facts(rows).verdicts(), ["unknown"]);
}

/// The whole record of a figure that was made, down to what was read.
#[test]
fn the_json_of_a_roll_up() {
    let mut rules = String::new();
    let rows = format!("{PARTS}丙县,毕业人数,2025,930,人,");
    let json = city(&mut rules, POOLED, &rows).outcome().expect("a result");
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let derived = &report["results"][0]["derived"];
    insta::assert_snapshot!(serde_json::to_string_pretty(derived).expect("JSON"));
}

/// Zones count only where there is nothing else; groups never.
#[test]
fn zones_are_no_parts() {
    let rows = "乙区,学位,2025,1200,个,\n丙县,学位,2025,800,个,\n丁园,学位,2025,500,个,\n戊园,学位,2025,10,个,";
    let of = |region: &str| {
        let rules = format!(
            "{TREE}region 园区 contains 丁园, 戊园\nregion 戊园 (功能区)\nregion 全部 (group) contains 乙区, 丁园\n\
             indicator 学位 {{ kind count  rollup sum }}\ncount 学位 = 2000个 by 2025 in {region}\n\
             count 学位 = 510个 by 2025 in {region}"
        );
        case(AFTER, &rules).facts(rows).verdicts()
    };
    assert_eq!(of("甲市"), ["met", "violated"]);
    assert_eq!(of("园区"), ["violated", "met"]);
}
