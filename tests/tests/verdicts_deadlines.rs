//! Deadlines that are other milestones, days after them, or days of every year.

#[macro_use]
mod support;

use support::world::CITY;
use support::{Case, case};

const AFTER: &str = "2026-03-01";
const BEFORE: &str = "2025-06-30";

fn city<'a>(as_of: &str, rules: &'a str, rows: &str) -> Case<'a> {
    case(as_of, rules).within(CITY).figures(rows)
}

const OTHER: &str = "A: for each 县区 in 昆明: milestone 配套幼儿园验收 by 首期住宅验收\nindicator 首期住宅验收 { kind milestone }";
const DAYS: &str = "A: for each 县区 in 昆明: milestone 名单更新 within 20天 after 年检\nindicator 年检 { kind milestone }";
const ALONE: &str =
    "A: milestone 名单更新 within 20天 after 年检 in 五华区\nindicator 年检 { kind milestone }";
const YEARLY: &str = "A: milestone 招聘启动 by 10-31 each year 2023..2025 in 东川区";
const SCHOOLS: &str = "A: for at least 50% of 小学 in 昆明: milestone 校园围墙改造 by 2025-09-01";

snapshots! { explained;
    by_another: city(AFTER, OTHER, "五华区,,,首期住宅验收,2025,2025-05-10,,\n五华区,,,配套幼儿园验收,2025,2025-05-10,,\n盘龙区,,,首期住宅验收,2025,2025-05-10,,\n盘龙区,,,配套幼儿园验收,2025,2025-06-09,,");
    by_another_met: city(AFTER, OTHER, "五华区,,,首期住宅验收,2025,2025-05-10,,\n五华区,,,配套幼儿园验收,2025,2025-05-10,,\n盘龙区,,,首期住宅验收,2025,2025-05-10,,\n盘龙区,,,配套幼儿园验收,2025,2025-05-09,,\n东川区,,,首期住宅验收,2025,2025-05-10,,\n东川区,,,配套幼儿园验收,2025,2024-05-09,,");
    days_after_violated: city(AFTER, DAYS, "五华区,,,年检,2025,2025-06-30,,\n五华区,,,名单更新,2025,2025-07-20,,\n盘龙区,,,年检,2025,2025-06-30,,\n盘龙区,,,名单更新,2025,2025-07-21,,\n东川区,,,年检,2025,2025-06-30,,\n东川区,,,名单更新,2025,未完成,,");
    days_after_unknown: city(AFTER, ALONE, "五华区,,,年检,2025,2025-06-30,,");
    days_after_unclear: city(AFTER, ALONE, "五华区,,,年检,2025,2025-06-30,,\n五华区,,,名单更新,2025,2025-07,,");
    days_after_pending: city("2025-07-10", ALONE, "五华区,,,年检,2025,2025-06-30,,");
    days_after_awaited: city(AFTER, ALONE, "五华区,,,名单更新,2025,2025-07-20,,");
    every_year_violated: city(AFTER, YEARLY, "东川区,,,招聘启动,2023,2023-10-31,,\n东川区,,,招聘启动,2024,2024-11-02,,\n东川区,,,招聘启动,2025,2025-11-30,,");
    every_year_met: city(AFTER, YEARLY, "东川区,,,招聘启动,2023,2023-10-31,,\n东川区,,,招聘启动,2024,2024-09-02,,\n东川区,,,招聘启动,2025,2025-10-30,,");
    every_year_pending: city(BEFORE, YEARLY, "东川区,,,招聘启动,2023,2023-10-31,,\n东川区,,,招聘启动,2024,2024-09-02,,");
    every_year_unknown: city(AFTER, YEARLY, "东川区,,,招聘启动,2023,2023-10-31,,\n东川区,,,招聘启动,2025,2025-09-02,,");
    some_met: city(AFTER, SCHOOLS, "五华区,长城小学,,校园围墙改造,2025,2025-08-31,,\n五华区,武成小学,,校园围墙改造,2025,2025-10-08,,\n东川区,铜都小学,,校园围墙改造,2025,2025-09-01,,");
    some_violated: city(AFTER, SCHOOLS, "五华区,长城小学,,校园围墙改造,2025,2025-09-02,,\n五华区,武成小学,,校园围墙改造,2025,未完成,,\n东川区,铜都小学,,校园围墙改造,2025,2025-09-01,,");
    some_pending: city(BEFORE, SCHOOLS, "五华区,长城小学,,校园围墙改造,2025,2025-05-31,,");
    some_unknown: city(AFTER, SCHOOLS, "五华区,长城小学,,校园围墙改造,2025,2025-05-31,,");
}

mod json {
    use super::*;

    snapshots! { records;
        days_after: city(AFTER, DAYS, "五华区,,,年检,2025,2025-06-30,,\n五华区,,,名单更新,2025,2025-07-20,,\n盘龙区,,,年检,2025,2025-06-30,,\n盘龙区,,,名单更新,2025,2025-07-21,,");
        every_year: city(AFTER, YEARLY, "东川区,,,招聘启动,2023,2023-10-31,,\n东川区,,,招聘启动,2024,2024-11-02,,");
    }
}
