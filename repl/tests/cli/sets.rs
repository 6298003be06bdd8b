//! Rules over sets, conditions and exceptions, on the screen.

use super::support::{Folder, both};

const RULES: &str = r#"plan demo "示例区教育规划" { span 2023..2025 region 昆明 lead 市教育体育局 }
Q-1: for each 县区 in 昆明 where 人口 > 20万人: count 特殊教育学校 >= 1所 by 2025 { clause "三(一)" }
Q-2: for at least 50% of 小学 in 昆明: flag 智慧校园 by 2025
Q-3: for no 学校 in 昆明: flag 占用操场 by 2025
Q-4: for each 学校 in 昆明: when 寄宿制 require count 宿管员 >= 4人 else count 宿管员 <= 1人 by 2025
Q-5: for each 县区 in 昆明: for at least 1 of 小学: count 教师 >= 30人 by 2025
Q-6: rank 毛入学率 among 县区 in 昆明 <= 2 in 2025 in 东川区
Q-7: total 新增学位 >= 1000个 over 2024..2025
Q-8: rate 标准班额比例 >= 62% for 小学, >= 68% for 初中 by 2025
Q-9: may flag 特教班设立 by 2025 in 东川区
Q-10: rate 巩固率 >= 98% by 2025
waive Q-10 until 2026-12-31 because "统计口径调整"
Q-11: quantity cv of 生均设备值 over 小学 in 昆明 <= 0.4 by 2025
Q-12: for each 县区 in 昆明: rate 巩固率 >= 95% by 2026
"#;

const WORLD: &str = "region 昆明 contains 五华区, 盘龙区, 东川区
entity 学校 { 学段: 小学 | 初中  类型: 寄宿制 | 非寄宿制  在: region }
entity 长城小学 : 学校 in 五华区 { 学段 = 小学  类型 = 非寄宿制 }
entity 盘龙一中 : 学校 in 盘龙区 { 学段 = 初中  类型 = 寄宿制 }
entity 铜都小学 : 学校 in 东川区 { 学段 = 小学 }
indicator 毛入学率 { kind rate  better higher }
";

const FACTS: &str = "地区,对象,分组,指标,时间,数值,单位
五华区,,,人口,2025,114,万人
盘龙区,,,人口,2025,99,万人
东川区,,,人口,2025,18.3,万人
五华区,,,特殊教育学校,2025,1,所
盘龙区,,,特殊教育学校,2025,0,所
五华区,长城小学,,智慧校园,2025,否,
五华区,长城小学,,占用操场,2025,是,
盘龙区,盘龙一中,,占用操场,2025,否,
五华区,长城小学,,宿管员,2025,2,人
盘龙区,盘龙一中,,宿管员,2025,5,人
五华区,长城小学,,教师,2025,60,人
东川区,铜都小学,,教师,2025,12,人
五华区,,,毛入学率,2025,99,%
盘龙区,,,毛入学率,2025,95,%
东川区,,,毛入学率,2025,94.5,%
昆明,,,新增学位,2024,600,个
昆明,,小学,标准班额比例,2025,61.4,%
昆明,,初中,标准班额比例,2025,70,%
东川区,,,特教班设立,2025,是,
昆明,,,巩固率,2025,97.2,%
五华区,长城小学,,生均设备值,2025,3000,元
东川区,铜都小学,,生均设备值,2025,400,元
五华区,,,巩固率,2024,96,%
五华区,,,巩固率,2025,96.5,%
";

fn folder() -> Folder {
    Folder::new()
        .with("rules.gj", format!("{RULES}{WORLD}"))
        .with("facts.csv", FACTS)
}

const GIVEN: [&str; 4] = ["--facts", "facts.csv", "--as-of", "2026-03-01"];

fn call<'a>(words: &[&'a str]) -> Vec<&'a str> {
    [words, &["rules.gj"], &GIVEN].concat()
}

#[test]
fn on_the_screen() {
    both("sets_eval", &folder(), &call(&["eval"]));
}

#[test]
fn as_markdown() {
    both(
        "sets_markdown",
        &folder(),
        &call(&["eval", "--format", "markdown"]),
    );
}

#[test]
fn a_whole_and_one_of_its_subjects() {
    both("sets_explain_whole", &folder(), &call(&["explain", "Q-4"]));
    for (name, subject) in [("part", "长城小学"), ("open_part", "铜都小学")] {
        let words = ["explain", "Q-4", "--subject", subject];
        both(&format!("sets_explain_{name}"), &folder(), &call(&words));
    }
}

#[test]
fn a_rank_and_a_sum() {
    both("sets_explain_rank", &folder(), &call(&["explain", "Q-6"]));
    both("sets_explain_sum", &folder(), &call(&["explain", "Q-7"]));
}
