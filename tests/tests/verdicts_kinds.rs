//! Met, violated, pending and unknown, for every kind of rule.

#[macro_use]
mod support;

use support::{Case, case};

const AFTER: &str = "2026-03-01";
const BEFORE: &str = "2025-06-30";

fn at<'a>(as_of: &str, rule: &'a str, figure: &str) -> Case<'a> {
    case(as_of, rule).facts(&format!("昆明市,{figure},"))
}

const RATE: &str = "rate 专任教师女性占比 <= 750‰ by 2025 in 昆明";
const COUNT: &str = "count 劳动实践教育示范学校 >= 300所 by 2025 in 昆明";
const AMOUNT: &str = "amount 生均公用经费 >= 0.15万元/生·年 by 2025 in 昆明";
const DURATION: &str = "duration 人均受教育年限 > 12.12年 by 2025 in 昆明";
const RATIO: &str = "ratio 师生比 >= 1:15 by 2025 in 昆明";
const RANK: &str = "rank 中考总平均分郊县区排名 <= 3 in 2025 in 东川区";
const GRADE: &str = "scale 高中等级: 一级一等 > 一级二等 > 一级三等 > 二级一等 > 二级二等\n\
                     grade 办学等级 >= 一级三等 by 2025 in 东川一中";
const SCORE: &str = "score 群众满意度 >= 85分 by 2025 in 昆明";
const QUANTITY: &str = "quantity 生均校舍面积 between 6.2平方米/生 and 8平方米/生 by 2025 in 昆明";
const MILESTONE: &str = "milestone 福在幼儿园建成招生 by 2025-09-01 in 昆明";
const FLAG: &str = "should flag 优质均衡达标 by 2025 in 昆明";

snapshots! { shown;
    rate_met: at(AFTER, RATE, "专任教师女性占比,2025,75,%");
    rate_violated: at(AFTER, RATE, "专任教师女性占比,2025,75.05,%");
    rate_pending: at(BEFORE, RATE, "专任教师女性占比,2024,76,%");
    rate_unknown: at(AFTER, RATE, "专任教师女性占比,2024,74,%");

    count_met: at(AFTER, COUNT, "劳动实践教育示范学校,2025,300,个");
    count_violated: at(AFTER, COUNT, "劳动实践教育示范学校,2025,288,所");
    count_pending: at(BEFORE, COUNT, "劳动实践教育示范学校,2024,0.031万,所");
    count_unknown: at(AFTER, COUNT, "劳动实践教育示范学校,2025,—,所");

    amount_met: at(AFTER, AMOUNT, "生均公用经费,2025,\"1,500\",元/年·生");
    amount_violated: at(AFTER, AMOUNT, "生均公用经费,2025,0.149999,万元/生·年");
    amount_pending: at(BEFORE, AMOUNT, "生均公用经费,2024,1400,元/生·年");
    amount_unknown: at(AFTER, AMOUNT, "生均公用经费,2024,1600,元/生·年");

    duration_met: at(AFTER, DURATION, "人均受教育年限,2025,146,个月");
    duration_violated_on_the_bound: at(AFTER, DURATION, "人均受教育年限,2025,12.12,年");
    duration_pending: at(BEFORE, DURATION, "人均受教育年限,2024,11.97,年");
    duration_unknown: at(AFTER, DURATION, "人均受教育年限,2023学年,13,年");

    ratio_met: at(AFTER, RATIO, "师生比,2025,2:30,");
    ratio_violated: at(AFTER, RATIO, "师生比,2025,1:16,");
    ratio_violated_by_little: at(AFTER, RATIO, "师生比,2025,0.06666666666666666,:1");
    ratio_pending: at(BEFORE, RATIO, "师生比,2024,1:15.5,");
    ratio_unknown: at(AFTER, RATIO, "师生比,2026,1:14,");

    rank_met: case(AFTER, RANK).facts("东川区,中考总平均分郊县区排名,2025,3,,");
    rank_violated: case(AFTER, RANK).facts("东川区,中考总平均分郊县区排名,2025,5,,");
    rank_pending: case(BEFORE, RANK).facts("东川区,中考总平均分郊县区排名,2025,2,,");
    rank_unknown: case(AFTER, RANK).facts("东川区,中考总平均分郊县区排名,2024,2,,");

    grade_met: case(AFTER, GRADE).facts("东川一中,办学等级,2025,一级二等,,");
    grade_violated: case(AFTER, GRADE).facts("东川一中,办学等级,2025,二级二等,,");
    grade_pending: case(BEFORE, GRADE).facts("东川一中,办学等级,2023,二级二等,,\n东川一中,办学等级,2024,二级一等,,");
    grade_unknown: case(AFTER, GRADE).facts("东川一中,办学等级,2024,一级三等,,");

    score_met: at(AFTER, SCORE, "群众满意度,2025,85,");
    score_violated: at(AFTER, SCORE, "群众满意度,2025,84.9,分");
    score_pending: at(BEFORE, SCORE, "群众满意度,2024,90,分");
    score_unknown: case(AFTER, SCORE).facts("曲靖市,群众满意度,2025,90,分,");

    quantity_met_between: at(AFTER, QUANTITY, "生均校舍面积,2025,8,平方米/生");
    quantity_violated_below: at(AFTER, QUANTITY, "生均校舍面积,2025,6.19,平方米/生");
    quantity_violated_above: at(AFTER, QUANTITY, "生均校舍面积,2025,8.01,平方米/生");
    quantity_pending: at(BEFORE, QUANTITY, "生均校舍面积,2024,5,平方米/生");
    quantity_unknown: at(AFTER, QUANTITY, "生均校舍面积,2024,7,平方米/生");

    milestone_met: at(AFTER, MILESTONE, "福在幼儿园建成招生,2025,2025-08-28");
    milestone_met_before_the_deadline: at("2025-08-28", MILESTONE, "福在幼儿园建成招生,2025,2025-08-28");
    milestone_violated_late: at(AFTER, MILESTONE, "福在幼儿园建成招生,2025,2025-09-05");
    milestone_violated_not_done: at(AFTER, MILESTONE, "福在幼儿园建成招生,2025,未完成");
    milestone_pending: at(BEFORE, MILESTONE, "福在幼儿园建成招生,2025,2025-08-28");
    milestone_unknown: at(AFTER, MILESTONE, "福在幼儿园建成招生,2024,未完成");
    milestone_unknown_to_the_month: at(AFTER, MILESTONE, "福在幼儿园建成招生,2025,2025-09");

    flag_met: at(AFTER, FLAG, "优质均衡达标,2025,是");
    flag_violated_as_a_warning: at(AFTER, FLAG, "优质均衡达标,2025,no");
    flag_pending: at(BEFORE, FLAG, "优质均衡达标,2024,false");
    flag_unknown: at(AFTER, FLAG, "优质均衡达标,2024,是");
}
