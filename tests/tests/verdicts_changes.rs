//! Changes, formulas, and bounds that are themselves figures.

#[macro_use]
mod support;

use support::{Case, case};

const AS_OF: &str = "2026-06-01";

const FACTS: &str = "昆明市,毛入园率,2020,80,%\n昆明市,毛入园率,2021,84,%\n昆明市,毛入园率,2022,85,%\n\
昆明市,毛入园率,2023,88,%\n昆明市,毛入园率,2024,87.5,%\n昆明市,毛入园率,2025,89,%\n官渡区,毛入园率,2025,88,%\n\
昆明市,在校生,2020,1000,人\n昆明市,在校生,2023,1130,人\n昆明市,在校生,2024,1100,人\n昆明市,在校生,2025,1250,人\n\
昆明市,教师,2025,80,人\n昆明市,新开工,2024,0,所\n昆明市,新开工,2025,3,所\n昆明市,近视率,2024,60,%\n昆明市,近视率,2025,58.5,%\n\
昆明市,教师工资,2025,11,万元\n昆明市,公务员工资,2025,100000,元\n昆明市,教育支出,2024,5,亿元\n昆明市,教育支出,2025,5.2,亿元";

const PLAN: &str = "plan p { region 昆明市  span 2021..2025 }\n";

fn with(rules: &str) -> Case<'static> {
    case(AS_OF, (PLAN.to_string() + rules).leak()).facts(FACTS)
}

snapshots! { lines;
    rises_each_year: with("rate 毛入园率 rises >= 2pp each year 2022..2025");
    rises_in_one_year: with("A: rate 毛入园率 rises 1.5pp in 2025\nB: rate 毛入园率 rises > 1.5pp in 2025\nC: rate 毛入园率 rises in 2024");
    falls: with("A: rate 近视率 falls >= 1pp in 2025\nB: rate 近视率 falls >= 2pp in 2025");
    never_falls: with("A: rate 毛入园率 never falls\nB: amount 教育支出 never falls 2025..2025\nC: rate 近视率 never rises in 2025");
    without_the_year_before: with("amount 教育支出 never falls");
    grows: with("A: count 在校生 grows >= 13.6% in 2025\nB: count 在校生 grows >= 13.7% in 2025\nC: count 在校生 shrinks <= 3% in 2024");
    grows_from_nothing: with("count 新开工 grows >= 5% in 2025");
    on_average: with(
        "A: rate 毛入园率 rises >= 1.8pp a year on average from 2020 to 2025\n\
         B: count 在校生 grows >= 5% a year on average from 2020 to 2025\n\
         C: count 在校生 grows >= 4.56% a year on average from 2020 to 2025"
    );
    stays: with("A: rate 毛入园率 stays within 0.5pp in 2024\nB: rate 毛入园率 stays within 0.4pp in 2024");
    in_chinese: with("比率 毛入园率 提高 2个百分点 在 2025");
    a_quotient: with("A: ratio 在校生 / 教师 <= 15:1 in 2025\nB: ratio 在校生 / 教师 <= 16:1 in 2025\nC: ratio 在校生 / 教师 <= 16:1 in 2024");
    divided_by_nothing: with("ratio 在校生 / 新开工 <= 16:1 in 2024");
    against_the_city: with("A: rate 毛入园率 >= 昆明市 in 2025 in 官渡区\nB: rate 毛入园率 >= 昆明市 - 1pp in 2025 in 官渡区\nC: rate 毛入园率 >= 昆明市 in 2024 in 官渡区");
    against_another_indicator: with("indicator 公务员工资 { kind amount }\nA: amount 教师工资 >= 公务员工资 in 2025\nB: amount 教师工资 >= 1.1 × 公务员工资 in 2025\nC: amount 教师工资 > 1.1 × 公务员工资 in 2025");
    pending: case("2025-06-01", (PLAN.to_string() + "A: rate 毛入园率 rises >= 2pp in 2025\nB: rate 毛入园率 rises >= 1pp a year on average from 2020 to 2025").leak()).facts(FACTS);
    sources_disagree: with("rate 毛入园率 rises >= 2pp in 2025").file("another.csv", "地区,指标,时间,数值,单位\n昆明市,毛入园率,2024,86,%\n");
}

/// Figures whose units do not fit give no verdict, whatever the numbers are.
#[test]
fn units_that_do_not_fit() {
    let rules = "A: amount 工资 rises in 2025\nB: amount 工资 grows >= 5% in 2025\nC: count 学校 + 教师 >= 10 in 2025\n\
                 D: ratio 学生 / 教师 <= 16:1 in 2025\nE: rate 经费 / 教师 >= 5% in 2025\nF: quantity 面积 / 教师 >= 6.2平方米/生 in 2025\n\
                 H: duration 培训 + 研修 >= 60学时 in 2025\nI: count 教师 × 学校 >= 50人 in 2025\n\
                 J: count 教师 rises >= 2所 in 2025\nK: rate 教师 / 学校 >= 50% in 2025\nL: amount 工资 + 津贴 >= 1万元 in 2025\n\
                 M: amount 经费 / 教师 >= 1500元/生·年 in 2025\nN: ratio 教师 / 学校 <= 16:1 in 2025\nO: count 学生 grows >= 5% in 2025";
    let facts = "昆明市,工资,2024,8000,元/月\n昆明市,工资,2025,90000,元/年\n昆明市,学校,2025,11,所\n昆明市,教师,2025,100,人\n\
                 昆明市,教师,2024,50,人\n昆明市,学生,2024,9,万人\n昆明市,学生,2025,10,\n昆明市,经费,2025,95,万元\n昆明市,面积,2025,10000,元\n\
                 昆明市,培训,2025,60,学时\n昆明市,研修,2025,60,小时\n昆明市,津贴,2025,11,元/月";
    let case = case(AS_OF, (PLAN.to_string() + rules).leak()).facts(facts);
    insta::assert_snapshot!(case.lines());
}

/// A rule that states no unit takes that of the figures.
#[test]
fn units_of_the_figures() {
    let rules = "A: amount 工资 rises in 2025\nB: amount 工资 >= 津贴 in 2025\nC: amount 工资 rises >= 100元 in 2025\nindicator 津贴 { kind amount }";
    let facts =
        "昆明市,工资,2024,8000,元/月\n昆明市,工资,2025,0.9,万元/月\n昆明市,津贴,2025,9100,元/月";
    let case = case(AS_OF, (PLAN.to_string() + rules).leak()).facts(facts);
    insta::assert_snapshot!(case.lines());
}

/// Without a time every observation has to hold; one that cannot be decided is not passed over.
#[test]
fn without_a_time() {
    let rules = "indicator 津贴 { kind amount }\nA: ratio 学生 / 教师 <= 16:1 in 昆明市\nB: amount 工资 >= 津贴 in 昆明市\n\
                 C: rate 毛入园率 >= 昆明市 in 官渡区\nD: rate 毛入园率 >= 昆明市 in 五华区";
    let facts = "昆明市,学生,2023,160,人\n昆明市,教师,2023,10,人\n昆明市,学生,2024,160,人\n昆明市,教师,2024,0,人\n\
                 昆明市,工资,2023,9000,元/月\n昆明市,津贴,2023,8000,元/月\n昆明市,工资,2024,9000,元/月\n昆明市,津贴,2024,100000,元/年\n\
                 昆明市,毛入园率,2023,88,%\n昆明市,毛入园率,2025,89,%\n官渡区,毛入园率,2023,90,%\n官渡区,毛入园率,2024,90,%\n五华区,毛入园率,2023,90,%";
    insta::assert_snapshot!(case(AS_OF, rules).facts(facts).lines());
}

/// A deadline inside a year asks for the figure that ends on that day, and the one before it.
#[test]
fn changes_by_a_day() {
    let rules = "A: rate 毛入园率 rises >= 1pp before 2024\nB: rate 毛入园率 rises >= 1pp by 2025-12-31\nC: rate 毛入园率 rises >= 1pp by 2025-12";
    insta::assert_snapshot!(with(rules).lines());
}

/// What the parts of a computed value are called in JSON.
#[test]
fn the_json_of_a_change() {
    let outcome = with("rate 毛入园率 >= 昆明市 - 2pp by 2025 in 官渡区\nrate 毛入园率 rises >= 2pp each year 2024..2025").outcome();
    let report: serde_json::Value = serde_json::from_str(&outcome.unwrap()).unwrap();
    let parts: Vec<_> = report["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| {
            let keys = ["required", "actual", "gap", "time", "periods", "missing"];
            let part = |key: &str| (key.to_string(), r[key].clone());
            keys.into_iter()
                .map(part)
                .collect::<serde_json::Map<_, _>>()
        })
        .collect();
    insta::assert_snapshot!(serde_json::to_string_pretty(&parts).unwrap());
}
