//! Conditions, choices, facts that rules make.

#[macro_use]
mod support;

use support::world::CITY;
use support::{Case, case};

const AFTER: &str = "2026-03-01";
const BEFORE: &str = "2025-06-30";

fn city<'a>(as_of: &str, rules: &'a str, rows: &str) -> Case<'a> {
    case(as_of, rules).within(CITY).figures(rows)
}

const ELSE: &str = "A: for each 学校 in 昆明: when 寄宿制 require count 宿管员 >= 4人 else count 宿管员 <= 1人 by 2025";
const ONLY: &str =
    "A: for each 县区 in 昆明: when 人口 > 20万人 require count 特殊教育学校 >= 1所 by 2025";
const MAKES: &str = "A: for each 学校 in 昆明: when 优良率 falls 3 years running then 督导评估 = 否决\n\
B: for each 学校 in 昆明: grade 督导评估 >= 合格 in 2025\nscale 评估等次: 优秀 > 合格 > 否决\nindicator 优良率 { kind rate }\nindicator 督导评估 { kind grade }";
const DEFINED: &str = "define 保安员配备率 = 保安员人数 / 师生员工人数 in ‰\nA: for each 小学 in 昆明: rate 保安员配备率 >= 4‰ by 2025";
const DERIVED: &str = "derive 优质均衡达标 for 县区 when 校际差异系数 <= 0.4 and 大班额比例 = 0%\n\
A: for at least 2 of 县区 in 昆明: flag 优质均衡达标 by 2025";
const CHOICE: &str = "A: for each 小学 in 五华区: at least 2 of { count 班额 <= 45人 by 2025; rate 教师达标率 >= 93% by 2025; quantity 生均面积 >= 6.2平方米/生 by 2025 }";
const YEARLY: &str = "A: for each 学校 in 昆明 where 在校生 > 1000人: flag 年度体检 each year 2023..2025\n\
B: when 人口 > 100万人 require count 公园 >= 5处 each year 2023..2025 else count 公园 >= 3处 each year 2023..2025 in 五华区";
/// In from the second year on; in for the first year alone; never in; not known.
const YEARS: &str = "五华区,长城小学,,在校生,2023,900,人,\n五华区,长城小学,,在校生,2024,1100,人,\n五华区,长城小学,,在校生,2025,1200,人,\n\
五华区,长城小学,,年度体检,2023,否,,\n五华区,长城小学,,年度体检,2024,是,,\n五华区,长城小学,,年度体检,2025,是,,\n\
五华区,武成小学,,在校生,2023,1900,人,\n五华区,武成小学,,在校生,2024,900,人,\n五华区,武成小学,,在校生,2025,900,人,\n五华区,武成小学,,年度体检,2023,否,,\n\
盘龙区,盘龙一中,,在校生,2023,10,人,\n盘龙区,盘龙一中,,在校生,2024,20,人,\n盘龙区,盘龙一中,,在校生,2025,30,人,\n\
东川区,铜都小学,,在校生,2023,10,人,\n\
五华区,,,人口,2023,99,万人,\n五华区,,,人口,2024,101,万人,\n五华区,,,人口,2025,102,万人,\n五华区,,,公园,2023,3,处,\n五华区,,,公园,2024,5,处,\n五华区,,,公园,2025,4,处,";
const ALL: &str = "A: for each 县区 in 昆明: all of { count 班额 <= 45人 by 2025; rate 教师达标率 >= 93% by 2025 }\n\
B: any of { count 班额 <= 45人 by 2025 in 五华区; rate 教师达标率 >= 93% by 2025 in 五华区 }";

const RATES: &str = "五华区,长城小学,,优良率,2022,50,%,\n五华区,长城小学,,优良率,2023,49,%,\n五华区,长城小学,,优良率,2024,47,%,\n五华区,长城小学,,优良率,2025,46.5,%,\n\
五华区,武成小学,,优良率,2022,50,%,\n五华区,武成小学,,优良率,2023,50,%,\n五华区,武成小学,,优良率,2024,47,%,\n五华区,武成小学,,优良率,2025,46,%,\n盘龙区,盘龙一中,,优良率,2025,60,%,\n\
五华区,武成小学,,督导评估,2025,优秀,,";
const EVEN: &str = "五华区,,,校际差异系数,2025,0.38,,\n五华区,,,大班额比例,2025,0,%,\n盘龙区,,,校际差异系数,2025,0.41,,\n盘龙区,,,大班额比例,2025,0,%,\n";

snapshots! { explained;
    else_violated: city(AFTER, ELSE, "五华区,长城小学,,宿管员,2025,2,人,\n五华区,武成小学,,宿管员,2025,4,人,\n盘龙区,盘龙一中,,宿管员,2025,3,人,\n东川区,铜都小学,,宿管员,2025,2,人,");
    else_met: city(AFTER, ELSE, "五华区,长城小学,,宿管员,2025,1,人,\n五华区,武成小学,,宿管员,2025,4,人,\n盘龙区,盘龙一中,,宿管员,2025,5,人,\n东川区,东川一中,,宿管员,2025,6,人,\n东川区,铜都小学,,宿管员,2025,0,人,");
    else_pending: city(BEFORE, ELSE, "五华区,长城小学,,宿管员,2024,1,人,");
    both_agree: city(AFTER, "A: for each 小学 in 东川区: when 寄宿制 require count 宿管员 >= 4人 else count 宿管员 >= 3人 by 2025", "东川区,铜都小学,,宿管员,2025,4,人,");
    only_met_and_not_applicable: city(AFTER, ONLY, "五华区,,,人口,2025,114,万人,\n盘龙区,,,人口,2025,99,万人,\n东川区,,,人口,2025,18.3,万人,\n五华区,,,特殊教育学校,2025,1,所,\n盘龙区,,,特殊教育学校,2025,2,所,");
    only_violated_and_unknown: city(AFTER, ONLY, "五华区,,,人口,2025,114,万人,\n盘龙区,,,人口,2024,99,万人,\n五华区,,,特殊教育学校,2025,0,所,");
    alone: city(AFTER, "A: when 人口 > 20万人 and not 财政困难 require count 特殊教育学校 >= 1所 by 2025 in 五华区\nindicator 财政困难 { kind flag }", "五华区,,,人口,2025,114,万人,\n五华区,,,财政困难,2025,否,,\n五华区,,,特殊教育学校,2025,0,所,");
    alone_not_applicable_and_unknown: city(AFTER, "A: when 人口 > 20万人 require count 特殊教育学校 >= 1所 by 2025 in 东川区\nB: when 人口 > 20万人 require count 特殊教育学校 >= 1所 by 2025 in 盘龙区", "东川区,,,人口,2025,18.3,万人,\n盘龙区,,,人口,2024,99,万人,");
    alone_pending: city(BEFORE, "A: when 人口 > 20万人 require count 特殊教育学校 >= 1所 by 2025 in 五华区", "五华区,,,人口,2024,114,万人,");
    makes: city(AFTER, MAKES, RATES);
    defined_violated: city(AFTER, DEFINED, "五华区,长城小学,,保安员人数,2025,4,人,\n五华区,长城小学,,师生员工人数,2025,1250,人,\n五华区,武成小学,,保安员人数,2025,4,人,\n五华区,武成小学,,师生员工人数,2025,800,人,\n东川区,铜都小学,,保安员人数,2025,1,人,");
    derived_met: city(AFTER, DERIVED, &format!("{EVEN}东川区,,,校际差异系数,2025,0.4,,\n东川区,,,大班额比例,2025,0,%,"));
    derived_violated: city(AFTER, DERIVED, &format!("{EVEN}东川区,,,校际差异系数,2025,0.3,,\n东川区,,,大班额比例,2025,0.5,%,"));
    derived_unknown: city(AFTER, DERIVED, &format!("{EVEN}东川区,,,校际差异系数,2025,0.3,,"));
    derived_pending: city(BEFORE, DERIVED, &format!("{EVEN}东川区,,,校际差异系数,2025,0.3,,"));
    derived_and_observed: city(AFTER, DERIVED, &format!("{EVEN}五华区,,,优质均衡达标,2025,否,,"));
    choice_violated: city(AFTER, CHOICE, "五华区,长城小学,,班额,2025,50,人,\n五华区,长城小学,,教师达标率,2025,94,%,\n五华区,长城小学,,生均面积,2025,5.9,平方米/生,\n五华区,武成小学,,班额,2025,44,人,\n五华区,武成小学,,教师达标率,2025,95,%,");
    choice_unknown: city(AFTER, CHOICE, "五华区,长城小学,,班额,2025,44,人,\n五华区,长城小学,,教师达标率,2025,90,%,\n五华区,武成小学,,班额,2025,44,人,\n五华区,武成小学,,教师达标率,2025,95,%,");
    choice_pending: city(BEFORE, CHOICE, "五华区,长城小学,,班额,2024,44,人,");
    all_and_any: city(AFTER, ALL, "五华区,,,班额,2025,50,人,\n五华区,,,教师达标率,2025,94,%,");
    year_by_year: city(AFTER, YEARLY, YEARS);
    year_by_year_ahead: city(BEFORE, YEARLY, YEARS);
    all_and_any_unknown: city(AFTER, ALL, "五华区,,,班额,2025,44,人,");
}

mod json {
    use super::*;

    snapshots! { records;
        conditions: city(AFTER, ONLY, "五华区,,,人口,2025,114,万人,\n盘龙区,,,人口,2024,99,万人,\n东川区,,,人口,2025,18.3,万人,\n五华区,,,特殊教育学校,2025,0,所,");
        made: city(AFTER, MAKES, RATES);
        derived: city(AFTER, DERIVED, &format!("{EVEN}东川区,,,校际差异系数,2025,0.3,,"));
        derived_and_observed: city(AFTER, DERIVED, &format!("{EVEN}五华区,,,优质均衡达标,2025,否,,"));
        choice: city(AFTER, CHOICE, "五华区,长城小学,,班额,2025,50,人,\n五华区,长城小学,,教师达标率,2025,94,%,\n五华区,长城小学,,生均面积,2025,5.9,平方米/生,\n五华区,武成小学,,班额,2025,44,人,");
    }
}
