//! Values over sets: sums, shares, spreads, places among others, parents and peers.

#[macro_use]
mod support;

use support::world::CITY;
use support::{Case, case};

const AFTER: &str = "2026-03-01";
const BEFORE: &str = "2025-06-30";

fn city<'a>(as_of: &str, rules: &'a str, rows: &str) -> Case<'a> {
    case(as_of, rules).within(CITY).figures(rows)
}

const SEATS: &str =
    "A: rate sum of 学位数 over 学校 where (公办) / sum of 学位数 over 学校 >= 50% by 2025 in 昆明";
const CV: &str = "A: quantity cv of 生均设备值 over 小学 in 昆明 weighted by 在校生数 <= 0.4 by 2025\n\
B: quantity cv of 生均设备值 over 小学 in 昆明 <= 0.4 by 2025";
const SEVERAL: &str = "A: count count of 学校 where (学生数 > 1000人) >= 3所 by 2025 in 昆明
B: rate share of 学校 where (公办) >= 60% by 2025 in 昆明
C: amount average of 生均设备值 over 小学 >= 2500元 by 2025 in 昆明
D: amount min of 生均设备值 over 小学 >= 1500元 by 2025 in 昆明
E: amount max of 生均设备值 over 小学 <= 3000元 by 2025 in 昆明
F: amount median of 生均设备值 over 小学 >= 2000元 by 2025 in 昆明
G: amount stdev of 生均设备值 over 小学 <= 500元 by 2025 in 昆明";
const RANK: &str = "A: rank 高中阶段毛入学率 among 县区 in 昆明 <= 1 in 2025 in 东川区\nindicator 高中阶段毛入学率 { kind rate  better higher }";
const PARENT: &str = "A: rate 巩固率 in 东川区 >= 昆明 - 2pp by 2025";
const PEERS: &str = "A: rate 毛入学率 in 东川区 >= average of 县区 in 昆明 by 2025\nB: rate 毛入学率 in 东川区 >= average of other 县区 in 昆明 by 2025";
const SIDES: &str = "A: amount 高中教师平均工资 >= 1.1 × 公务员平均工资 by 2025 in 五华区\n\
B: rate 完成率(女) >= 完成率 - 1pp by 2025 in 五华区\nC: count 校长数 >= count of 学校 by 2025 in 五华区\nindicator 公务员平均工资 { kind amount }\nindicator 完成率 { kind rate }";

const DEVICES: &str = "五华区,长城小学,,生均设备值,2025,3000,元,\n五华区,武成小学,,生均设备值,2025,2000,元,\n五华区,长城小学,,在校生数,2025,1200,人,\n五华区,武成小学,,在校生数,2025,640,人,\n东川区,铜都小学,,在校生数,2025,28,人,\n";
const RATES: &str = "五华区,,,高中阶段毛入学率,2025,99,%,\n盘龙区,,,高中阶段毛入学率,2025,95,%,\n";

snapshots! { explained;
    a_share_of_sums_met: city(AFTER, SEATS, "五华区,长城小学,,学位数,2025,1200,个,\n五华区,武成小学,,学位数,2025,700,个,\n盘龙区,盘龙一中,,学位数,2025,1800,个,\n东川区,铜都小学,,学位数,2025,60,个,\n东川区,东川一中,,学位数,2025,2200,个,");
    a_share_of_sums_unknown: city(AFTER, SEATS, "五华区,长城小学,,学位数,2025,1200,个,\n五华区,武成小学,,学位数,2025,700,个,\n盘龙区,盘龙一中,,学位数,2025,1800,个,\n东川区,铜都小学,,学位数,2025,60,个,");
    a_share_of_sums_pending: city(BEFORE, SEATS, "五华区,长城小学,,学位数,2024,1200,个,");
    spread_violated: city(AFTER, CV, &format!("{DEVICES}东川区,铜都小学,,生均设备值,2025,400,元,"));
    spread_unknown: city(AFTER, CV, DEVICES);
    several_met_and_violated: city(AFTER, SEVERAL, &format!("{DEVICES}东川区,铜都小学,,生均设备值,2025,1000,元,"));
    several_unknown: city(AFTER, SEVERAL, DEVICES);
    rank_met: city(AFTER, RANK, &format!("{RATES}东川区,,,高中阶段毛入学率,2025,99,%,"));
    rank_violated: city(AFTER, RANK, &format!("{RATES}东川区,,,高中阶段毛入学率,2025,94.5,%,"));
    rank_unknown: city(AFTER, RANK, "五华区,,,高中阶段毛入学率,2025,96,%,\n东川区,,,高中阶段毛入学率,2025,97,%,");
    rank_pending: city(BEFORE, RANK, "五华区,,,高中阶段毛入学率,2024,96,%,\n东川区,,,高中阶段毛入学率,2024,97,%,");
    parent_met: city(AFTER, PARENT, "东川区,,,巩固率,2025,96,%,\n昆明,,,巩固率,2025,98,%,");
    parent_violated: city(AFTER, PARENT, "东川区,,,巩固率,2025,95.9,%,\n昆明,,,巩固率,2025,98,%,");
    parent_pending: city(BEFORE, PARENT, "东川区,,,巩固率,2024,95,%,\n昆明,,,巩固率,2024,98,%,");
    parent_unknown: city(AFTER, PARENT, "东川区,,,巩固率,2025,95,%,\n昆明,,,巩固率,2024,98,%,");
    peers_met: city(AFTER, PEERS, "五华区,,,毛入学率,2025,96,%,\n盘龙区,,,毛入学率,2025,95,%,\n东川区,,,毛入学率,2025,97,%,");
    several_pending: city(BEFORE, SEVERAL, DEVICES);
    between_met_and_over: city(AFTER, "A: count 中职招生数 about 普高招生数 within 500人 by 2025 in 昆明\nB: count 普高招生数 about 中职招生数 within 500人 by 2025 in 五华区\nindicator 普高招生数 { kind count }\nindicator 中职招生数 { kind count }",
        "昆明,,,中职招生数,2025,9500,人,\n昆明,,,普高招生数,2025,1,万人,\n五华区,,,中职招生数,2025,900,人,\n五华区,,,普高招生数,2025,1600,人,");
    peers_violated: city(AFTER, PEERS, "五华区,,,毛入学率,2025,99,%,\n盘龙区,,,毛入学率,2025,95,%,\n东川区,,,毛入学率,2025,96,%,");
    peers_unknown: city(AFTER, PEERS, "五华区,,,毛入学率,2025,99,%,\n东川区,,,毛入学率,2025,96,%,");
    peers_pending: city(BEFORE, PEERS, "五华区,,,毛入学率,2024,99,%,\n东川区,,,毛入学率,2024,96,%,");
    either_side: city(AFTER, SIDES, "五华区,,,高中教师平均工资,2025,10.5,万元,\n五华区,,,公务员平均工资,2025,100000,元,\n五华区,,女,完成率,2025,95,%,\n五华区,,,完成率,2025,96.5,%,\n五华区,,,校长数,2025,2,人,");
    of_nothing: city(AFTER, "A: rate 女教师 / 教师 >= 50% by 2025 in 五华区\nB: count 学生 grows >= 5% in 2025 in 五华区\nC: quantity cv of 设备 over 小学 in 昆明 where (学生数 > 9999人) <= 0.4 by 2025\n\
        D: rate 完成率 rises >= 2pp from 2025 to 2025 in 五华区\nE: rate average of 完成率 over 小学 in 五华区 weighted by 学生 >= 50% by 2025",
        "五华区,,,女教师,2025,0,人,\n五华区,,,教师,2025,0,人,\n五华区,,,学生,2024,0,人,\n五华区,,,学生,2025,10,人,\n五华区,,,完成率,2025,60,%,\n\
         五华区,长城小学,,完成率,2025,60,%,\n五华区,武成小学,,完成率,2025,60,%,\n五华区,长城小学,,学生,2025,0,人,\n五华区,武成小学,,学生,2025,0,人,");
    between_and_about: city(AFTER, "A: count 中职招生数 about 普高招生数 within 500人 by 2025 in 昆明\nB: count 中职招生数 between 0.9 × 普高招生数 and 1.1 × 普高招生数 by 2025 in 昆明\nindicator 普高招生数 { kind count }",
        "昆明,,,中职招生数,2025,8900,人,\n昆明,,,普高招生数,2025,1,万人,");
    open: city(AFTER, "A: count 中职招生数 about 普高招生数 within ? by 2025 in 昆明\nB: rate 巩固率 >= ? by 2025 in 昆明\nC: rate 巩固率 between ? and 95% by 2025 in 昆明\nindicator 普高招生数 { kind count }",
        "昆明,,,中职招生数,2025,8900,人,\n昆明,,,普高招生数,2025,1,万人,\n昆明,,,巩固率,2025,98,%,");
    open_pending: city(BEFORE, "A: rate 巩固率 >= ? by 2025 in 昆明", "昆明,,,巩固率,2024,98,%,");
}

mod json {
    use super::*;

    snapshots! { records;
        aggregates: city(AFTER, CV, &format!("{DEVICES}东川区,铜都小学,,生均设备值,2025,400,元,"));
        a_share_of_sums: city(AFTER, SEATS, "五华区,长城小学,,学位数,2025,1200,个,\n五华区,武成小学,,学位数,2025,700,个,\n盘龙区,盘龙一中,,学位数,2025,1800,个,\n东川区,铜都小学,,学位数,2025,60,个,");
        rank: city(AFTER, RANK, &format!("{RATES}东川区,,,高中阶段毛入学率,2025,94.5,%,"));
        parent: city(AFTER, PARENT, "东川区,,,巩固率,2025,95.9,%,\n昆明,,,巩固率,2025,98,%,");
        open: city(AFTER, "A: count 中职招生数 about 普高招生数 within ? by 2025 in 昆明\nindicator 普高招生数 { kind count }", "昆明,,,中职招生数,2025,8900,人,\n昆明,,,普高招生数,2025,1,万人,");
    }
}
