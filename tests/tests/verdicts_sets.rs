//! Rules over several subjects: how many, of which, groups and breakdowns of them.

#[macro_use]
mod support;

use support::world::CITY;
use support::{Case, case};

const AFTER: &str = "2026-03-01";
const BEFORE: &str = "2025-06-30";

/// 达标率 of the three districts in 2025, as far as they are known.
fn districts<'a>(as_of: &str, rules: &'a str, figures: [&str; 3]) -> Case<'a> {
    let named = ["五华区", "盘龙区", "东川区"].iter().zip(figures);
    let rows: Vec<String> = named
        .filter(|(_, figure)| !figure.is_empty())
        .map(|(who, figure)| format!("{who},,,达标率,2025,{figure},%,"))
        .collect();
    case(as_of, rules).within(CITY).figures(&rows.join("\n"))
}

fn schools<'a>(as_of: &str, rules: &'a str, rows: &str) -> Case<'a> {
    case(as_of, rules).within(CITY).figures(rows)
}

const EACH: &str = "A: for each 县区 in 昆明: rate 达标率 >= 85% by 2025";
const SOME: &str = "A: for at least 2 of 县区 in 昆明: rate 达标率 >= 85% by 2025
B: should for at least 50% of 县区 in 昆明: rate 达标率 >= 85% by 2025
C: for at most 1 of 县区 in 昆明: rate 达标率 < 85% by 2025
D: for exactly 2 of 县区 in 昆明: rate 达标率 >= 85% by 2025
E: for no 县区 in 昆明: rate 达标率 < 85% by 2025
F: for at most 40% of 县区 in 昆明: rate 达标率 < 85% by 2025";
const NESTED: &str = "A: for each 县区 in 昆明: for at least 1 of 小学: count 教师 >= 30人 by 2025";
const LARGE: &str =
    "A: for each 学校 in 昆明 where 学生数 > 1000人 and 公办: count 保安员 >= 5人 by 2025";
const POPULOUS: &str =
    "A: for each 县区 in 昆明 where 人口 > 20万人: count 特殊教育学校 >= 1所 by 2025";
const GROUPS: &str = "A: for each 学校 in 昆明: rate 保安员人数 / 师生员工人数 >= 4‰ for 寄宿制, >= 3‰ for 非寄宿制 by 2025";
const STAGES: &str = "A: rate 标准班额比例 >= 62% for 小学, >= 68% for 初中 by 2025 in 昆明";

const GUARDS: &str = "五华区,长城小学,,保安员人数,2025,4,人,\n五华区,长城小学,,师生员工人数,2025,1250,人,\n\
五华区,武成小学,,保安员人数,2025,2,人,\n五华区,武成小学,,师生员工人数,2025,700,人,\n\
东川区,铜都小学,,保安员人数,2025,1,人,\n东川区,铜都小学,,师生员工人数,2025,36,人,\n\
东川区,东川一中,,师生员工人数,2025,2300,人,";

snapshots! { explained;
    each_met: districts(AFTER, EACH, ["90", "85", "85.5"]);
    each_violated: districts(AFTER, EACH, ["84", "85", "79.5"]);
    each_pending: districts(BEFORE, EACH, ["90", "", ""]);
    each_unknown: districts(AFTER, EACH, ["90", "85", ""]);
    each_not_applicable: schools(AFTER, "A: for each 学校 in 昆明 where 学生数 > 5000人: count 保安员 >= 5人 by 2025", "");
    each_of_nobody: schools(AFTER, "A: for each 幼儿园 in 昆明: count 保安员 >= 5人 by 2025\nentity 幼儿园 { 在: region }", "");
    nested_met: schools(AFTER, NESTED, "五华区,长城小学,,教师,2025,60,人,\n东川区,铜都小学,,教师,2025,30,人,\n盘龙区,新迎小学,,教师,2025,31,人,")
        .within(Box::leak(format!("{CITY}{}", "entity 新迎小学 : 学校 in 盘龙区 { 学段 = 小学  类型 = 非寄宿制  办学 = 公办  学生数 = 900人 }").into_boxed_str()));
    nested_violated: schools(AFTER, NESTED, "五华区,长城小学,,教师,2025,29,人,\n五华区,武成小学,,教师,2025,18,人,\n东川区,铜都小学,,教师,2025,4,人,");
    nested_pending: schools(BEFORE, NESTED, "五华区,长城小学,,教师,2025,60,人,");
    nested_unknown: schools(AFTER, NESTED, "五华区,长城小学,,教师,2025,60,人,\n东川区,铜都小学,,教师,2024,31,人,");
    attributes_violated: schools(AFTER, LARGE, "五华区,长城小学,,保安员,2025,6,人,\n盘龙区,盘龙一中,,保安员,2025,4,人,\n东川区,东川一中,,保安员,2025,9,人,");
    attributes_unknown: schools(AFTER, LARGE, "五华区,长城小学,,保安员,2025,6,人,\n盘龙区,盘龙一中,,保安员,2025,5,人,\n东川区,东川一中,,保安员,2025,3,人,");
    an_indicator_violated: schools(AFTER, POPULOUS, "五华区,,,人口,2025,114,万人,\n盘龙区,,,人口,2025,200001,人,\n东川区,,,人口,2025,18.3,万人,\n五华区,,,特殊教育学校,2025,1,所,\n盘龙区,,,特殊教育学校,2025,0,所,");
    an_indicator_unknown: schools(AFTER, POPULOUS, "五华区,,,人口,2025,114,万人,\n盘龙区,,,人口,2024,99,万人,\n东川区,,,人口,2025,18.3,万人,\n五华区,,,特殊教育学校,2025,1,所,");
    an_indicator_pending: schools(BEFORE, POPULOUS, "五华区,,,人口,2024,114,万人,\n五华区,,,特殊教育学校,2024,1,所,");
    an_indicator_not_applicable: schools(AFTER, POPULOUS, "五华区,,,人口,2025,11.4,万人,\n盘龙区,,,人口,2025,9.9,万人,\n东川区,,,人口,2025,18.3,万人,");
    in_another_year_and_the_latest: schools(AFTER, "A: for each 县区 in 昆明 where 人口 in 2020 > 20万人: count 特殊教育学校 >= 1所 by 2025\n\
        B: for each 县区 in 昆明 where latest 人口 > 20万人: count 特殊教育学校 >= 1所 by 2025",
        "五华区,,,人口,2020,114,万人,\n盘龙区,,,人口,2020,99,万人,\n东川区,,,人口,2020,26,万人,\n东川区,,,人口,2023,18,万人,\n五华区,,,特殊教育学校,2025,1,所,\n盘龙区,,,特殊教育学校,2025,1,所,\n东川区,,,特殊教育学校,2025,0,所,");
    a_change_and_a_list: schools(AFTER, "A: for each 县区 in 昆明 where 人口 grows >= 2%: count 新建学校 >= 1所 in 2025\n\
        B: for each 县区 in 昆明 where not (人口 >= 100万人): count 新建学校 >= 1所 in 2025",
        "五华区,,,人口,2024,100,万人,\n五华区,,,人口,2025,102,万人,\n盘龙区,,,人口,2024,99,万人,\n盘龙区,,,人口,2025,99,万人,\n东川区,,,人口,2025,20,万人,\n五华区,,,新建学校,2025,0,所,\n盘龙区,,,新建学校,2025,2,所,\n东川区,,,新建学校,2025,1,所,");
    a_list_of_values: schools(AFTER, "A: for each 学校 in 昆明 where 学段 in {小学, 高中} and not (民办 or 学生数 < 100人): count 班额 <= 50人 in 2025",
        "五华区,长城小学,,班额,2025,50,人,\n东川区,东川一中,,班额,2025,55,人,");
    except_a_name: schools(AFTER, "A: for each 学校 in 昆明 except 长城小学, 高中: count 班额 <= 50人 in 2025",
        "五华区,长城小学,,班额,2025,56,人,\n五华区,武成小学,,班额,2025,50,人,\n盘龙区,盘龙一中,,班额,2025,51,人,\n东川区,铜都小学,,班额,2025,12,人,");
    except_on_a_condition: schools(AFTER, "A: should for at least 37% of 小学 in 昆明 except 民办 where 学生数 < 1000人: flag 智慧校园 by 2025",
        "五华区,长城小学,,智慧校园,2025,否,,\n东川区,铜都小学,,智慧校园,2025,否,,");
    groups_violated: schools(AFTER, GROUPS, GUARDS);
    breakdowns_violated: schools(AFTER, STAGES, "昆明,,小学,标准班额比例,2025,61.4,%,\n昆明,,初中,标准班额比例,2025,70,%,\n昆明,,,标准班额比例,2025,66,%,");
    breakdowns_pending: schools(BEFORE, STAGES, "昆明,,小学,标准班额比例,2024,60,%,\n昆明,,小学,标准班额比例,2023,58,%,");
    breakdowns_unknown: schools(AFTER, STAGES, "昆明,,小学,标准班额比例,2025,62,%,\n昆明,,,标准班额比例,2025,66,%,");
    of_a_group: districts(AFTER, "A: for each 主城区: rate 达标率 >= 85% by 2025\nB: for each 县区 in 主城区: rate 达标率 >= 85% by 2025", ["90", "84", "10"]);
}

mod some {
    use super::*;

    snapshots! { wholes;
        met: districts(AFTER, SOME, ["90", "86", "85"]);
        met_for_some: districts(AFTER, SOME, ["90", "86", "84"]);
        violated: districts(AFTER, SOME, ["70", "84", "85"]);
        pending: districts(BEFORE, SOME, ["", "", ""]);
        unknown: districts(AFTER, SOME, ["90", "", ""]);
        decided_early: districts(AFTER, SOME, ["90", "86", ""]);
    }
}

mod json {
    use super::*;

    snapshots! { records;
        each: districts(AFTER, EACH, ["84", "85", ""]);
        some: districts(AFTER, SOME, ["70", "84", ""]);
        nested: schools(AFTER, NESTED, "五华区,长城小学,,教师,2025,60,人,\n东川区,铜都小学,,教师,2024,31,人,");
        filters: schools(AFTER, POPULOUS, "五华区,,,人口,2025,114,万人,\n盘龙区,,,人口,2024,99,万人,\n东川区,,,人口,2025,18.3,万人,\n五华区,,,特殊教育学校,2025,0,所,");
        groups: schools(AFTER, GROUPS, GUARDS);
        breakdowns: schools(AFTER, STAGES, "昆明,,小学,标准班额比例,2025,61.4,%,\n昆明,,,标准班额比例,2025,66,%,");
    }
}

/// More than fits on a screen is cut there and whole in JSON.
#[test]
fn many_subjects() {
    let names: Vec<String> = (1..=30).map(|n| format!("第{n}小学")).collect();
    let world: Vec<String> = names
        .iter()
        .map(|name| format!("entity {name} : 小学 in 五华区\n"))
        .collect();
    let world = format!("entity 小学 {{ 在: region }}\n{}", world.concat());
    let rules = "A: for each 小学 in 五华区: count 班额 <= 45人 in 2025";
    let of = |row: &dyn Fn(usize) -> String| {
        let rows: Vec<String> = names
            .iter()
            .enumerate()
            .map(|(n, name)| format!("五华区,{name},,班额,{}", row(n)))
            .collect();
        case(AFTER, rules)
            .within(&world)
            .figures(&rows.join("\n"))
            .wholes()
    };
    let told = |text: String| text.split_once("── told").map(|(_, told)| told.to_string());
    insta::assert_snapshot!(
        "many_fail",
        told(of(&|n| format!("2025,{},人,", 40 + n))).unwrap_or_default()
    );
    insta::assert_snapshot!(
        "many_are_missing",
        told(of(&|n| format!("2024,{},人,", 40 + n % 5))).unwrap_or_default()
    );
}
