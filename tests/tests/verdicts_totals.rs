//! What adds up over time, cycles, windows, and changes that run on.

#[macro_use]
mod support;

use support::world::CITY;
use support::{Case, case};

const AFTER: &str = "2026-03-01";
const BEFORE: &str = "2025-06-30";

fn city<'a>(as_of: &str, rules: &'a str, rows: &str) -> Case<'a> {
    case(as_of, rules).within(CITY).figures(rows)
}

const OVER: &str = "A: total 新建公办幼儿园 >= 165所 over 2023..2025 in 昆明";
const CYCLE: &str = "A: duration 教师培训学时 >= 360学时 per 5 years from 2021 in 昆明";
const MONTHLY: &str = "A: count 演练次数 >= 1次 per month in 昆明";
const WINDOW: &str = "A: count 轮岗教师 >= 30人 within any 2 years in 昆明";
const RUNNING: &str = "A: rate 近视率 falls 3 years running in 2025 in 昆明";
const GRADES: &str = "scale 评估等次: 优秀 > 良好 > 合格 > 不合格\nindicator 督导等次 { kind grade  scale 评估等次 }\nA: grade 督导等次 rises >= 1 each year 2024..2025 in 昆明";
const EACH: &str = "A: for each 县区 in 昆明: total 新增学位 >= 1000个 over 2024..2025";

snapshots! { explained;
    over_met_early: city("2025-02-01", OVER, "昆明,,,新建公办幼儿园,2023,100,所,\n昆明,,,新建公办幼儿园,2024,65,所,");
    over_met: city(AFTER, OVER, "昆明,,,新建公办幼儿园,2023,60,所,\n昆明,,,新建公办幼儿园,2024,60,所,\n昆明,,,新建公办幼儿园,2025,60,所,");
    over_violated: city(AFTER, OVER, "昆明,,,新建公办幼儿园,2023,60,所,\n昆明,,,新建公办幼儿园,2024,40,所,\n昆明,,,新建公办幼儿园,2025,60,所,");
    over_pending: city(BEFORE, OVER, "昆明,,,新建公办幼儿园,2023,60,所,\n昆明,,,新建公办幼儿园,2024,40,所,");
    over_pending_without_anything: city(BEFORE, OVER, "");
    over_unknown: city(AFTER, OVER, "昆明,,,新建公办幼儿园,2023,60,所,\n昆明,,,新建公办幼儿园,2025,60,所,");
    over_by_months: city(AFTER, "A: total 新增学位 >= 100个 over 2025..2025 in 昆明\nB: total 新增学位 <= 40个 over 2025..2025 in 昆明",
        "昆明,,,新增学位,2025-Q1,20,个,\n昆明,,,新增学位,2025-Q2,20,个,\n昆明,,,新增学位,2025-Q3,20,个,\n昆明,,,新增学位,2025-Q4,20,个,");
    over_with_a_month_missing: city(AFTER, "A: total 新增学位 >= 100个 over 2025..2025 in 昆明\nB: total 新增学位 <= 40个 over 2025..2025 in 昆明",
        "昆明,,,新增学位,2025-Q1,20,个,\n昆明,,,新增学位,2025-Q2,20,个,\n昆明,,,新增学位,2025-Q4,20,个,");
    over_negative: city(AFTER, OVER, "昆明,,,新建公办幼儿园,2023,-60,所,\n昆明,,,新建公办幼儿园,2024,400,所,");
    over_of_a_running_total: city(AFTER, "A: total 累计新增学位 >= 1000个 over 2024..2025 in 昆明\nindicator 累计新增学位 { kind count  cumulative }",
        "昆明,,,累计新增学位,2023,4000,个,\n昆明,,,累计新增学位,2024,4500,个,\n昆明,,,累计新增学位,2025,4900,个,");
    over_in_each: city(AFTER, EACH, "五华区,,,新增学位,2024,600,个,\n五华区,,,新增学位,2025,400,个,\n盘龙区,,,新增学位,2024,200,个,\n盘龙区,,,新增学位,2025,300,个,\n东川区,,,新增学位,2024,900,个,");
    cycle_violated: city(AFTER, CYCLE, "昆明,,,教师培训学时,2021,72,学时,\n昆明,,,教师培训学时,2022,72,学时,\n昆明,,,教师培训学时,2023,72,学时,\n昆明,,,教师培训学时,2024,70,学时,\n昆明,,,教师培训学时,2025,72,学时,");
    cycle_met: city(AFTER, CYCLE, "昆明,,,教师培训学时,2021,72,学时,\n昆明,,,教师培训学时,2022,72,学时,\n昆明,,,教师培训学时,2023,72,学时,\n昆明,,,教师培训学时,2024,72,学时,\n昆明,,,教师培训学时,2025,72,学时,");
    cycle_pending: city(BEFORE, CYCLE, "昆明,,,教师培训学时,2021,72,学时,\n昆明,,,教师培训学时,2022,72,学时,");
    cycle_unknown: city(AFTER, CYCLE, "昆明,,,教师培训学时,2021,72,学时,\n昆明,,,教师培训学时,2022,72,学时,");
    monthly_violated: city(AFTER, MONTHLY, "昆明,,,演练次数,2025-11,1,次,\n昆明,,,演练次数,2025-12,0,次,");
    monthly_met: city(AFTER, MONTHLY, "昆明,,,演练次数,2025-11,1,次,\n昆明,,,演练次数,2025-12,2,次,");
    monthly_unknown: city(AFTER, MONTHLY, "昆明,,,演练次数,2025,12,次,");
    window_violated: city(AFTER, WINDOW, "昆明,,,轮岗教师,2022,20,人,\n昆明,,,轮岗教师,2023,9,人,\n昆明,,,轮岗教师,2024,20,人,\n昆明,,,轮岗教师,2025,12,人,");
    window_met: city(AFTER, WINDOW, "昆明,,,轮岗教师,2023,10,人,\n昆明,,,轮岗教师,2024,20,人,\n昆明,,,轮岗教师,2025,12,人,");
    window_unknown: city(AFTER, WINDOW, "昆明,,,轮岗教师,2023,10,人,\n昆明,,,轮岗教师,2025,12,人,");
    window_pending: city(BEFORE, "plan p { span 2023..2025 }\nA: count 轮岗教师 >= 30人 within any 2 years in 昆明", "昆明,,,轮岗教师,2023,10,人,\n昆明,,,轮岗教师,2024,25,人,");
    running_met: city(AFTER, RUNNING, "昆明,,,近视率,2022,60,%,\n昆明,,,近视率,2023,59,%,\n昆明,,,近视率,2024,58.5,%,\n昆明,,,近视率,2025,58,%,");
    running_violated: city(AFTER, RUNNING, "昆明,,,近视率,2022,60,%,\n昆明,,,近视率,2023,59,%,\n昆明,,,近视率,2024,59,%,\n昆明,,,近视率,2025,58,%,");
    running_unknown: city(AFTER, RUNNING, "昆明,,,近视率,2023,59,%,\n昆明,,,近视率,2024,58.5,%,\n昆明,,,近视率,2025,58,%,");
    running_pending: city(BEFORE, RUNNING, "昆明,,,近视率,2023,59,%,\n昆明,,,近视率,2024,58.5,%,");
    grades_violated: city(AFTER, GRADES, "昆明,,,督导等次,2023,合格,,\n昆明,,,督导等次,2024,良好,,\n昆明,,,督导等次,2025,良好,,");
    grades_met: city(AFTER, GRADES, "昆明,,,督导等次,2023,合格,,\n昆明,,,督导等次,2024,良好,,\n昆明,,,督导等次,2025,优秀,,");
    grades_unknown: city(AFTER, GRADES, "昆明,,,督导等次,2024,良好,,\n昆明,,,督导等次,2025,优秀,,");
}

mod json {
    use super::*;

    snapshots! { records;
        over: city(AFTER, OVER, "昆明,,,新建公办幼儿园,2023,60,所,\n昆明,,,新建公办幼儿园,2025,60,所,");
        over_early: city("2025-02-01", OVER, "昆明,,,新建公办幼儿园,2023,100,所,\n昆明,,,新建公办幼儿园,2024,65,所,");
        windows: city(AFTER, WINDOW, "昆明,,,轮岗教师,2022,20,人,\n昆明,,,轮岗教师,2023,9,人,\n昆明,,,轮岗教师,2024,20,人,\n昆明,,,轮岗教师,2025,12,人,");
        grades: city(AFTER, GRADES, "昆明,,,督导等次,2023,合格,,\n昆明,,,督导等次,2024,良好,,\n昆明,,,督导等次,2025,良好,,");
    }
}
