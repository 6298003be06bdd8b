//! `guiju test`.

use super::support::{Folder, both, snapshot};

/// Rules with a figure of their own, which no test sees.
const RULES: &str = "\
KM-09: rate 九年义务教育巩固率 >= 98% by 2025 in 昆明
KM-10: rate 义务教育优质均衡县占比 must >= 30% should >= 40% by 2025 in 昆明
KM-11: count 示范学校 >= 3所 by 2025 in 昆明, 五华区
ANY: rate 体育达标率 >= 71%

fact 九年义务教育巩固率 = 99% in 2025 in 昆明
";

const PASSING: &str = "\
test \"2025 年差 0.8 个百分点\" {
  fact 九年义务教育巩固率 = 97.2% in 2025 in 昆明
  as of 2026-03-01
  expect KM-09 violated
}

测试 \"两级\" {
  数据 义务教育优质均衡县占比 = 35% 于 2025 在 昆明
  评估日 2026-03-01
  预期 KM-10 确保 达成
  预期 KM-10 力争 未达成
}

test \"规则文件里的数据不算\" {
  as of 2026-03-01
  expect KM-09 unknown
}
";

/// One test for each way to fail.
const FAILING: &str = "\
test \"结论不同\" {
  fact 九年义务教育巩固率 = 97.2% in 2025 in 昆明
  as of 2026-03-01
  expect KM-09 in 昆明 met
}

测试 “进度不同” {
  数据 九年义务教育巩固率 = 97.2% 于 2022 在 昆明
  数据 九年义务教育巩固率 = 97.3% 于 2024 在 昆明
  评估日 2025-03-01
  预期 KM-09 未到期 滞后
  预期 KM-09 未到期
  预期 KM-09 未到期 进度正常
}

test \"一级不同\" {
  fact 义务教育优质均衡县占比 = 35% in 2025 in 昆明
  as of 2026-03-01
  expect KM-10 met
}

test \"一处不同\" {
  fact 示范学校 = 3所 in 2025 in 昆明
  as of 2026-03-01
  expect KM-11 met
}

test \"没有结论\" {
  fact 体育达标率 = 72% in 2025 in 昆明
  expect ANY met
  expect ANY in 盘龙区 met
}
";

fn folder() -> Folder {
    Folder::new()
        .with("rules.gj", RULES)
        .with("passing.gj", PASSING)
        .with("failing.gj", FAILING)
}

#[test]
fn all_pass() {
    both("test_pass", &folder(), &["test", "rules.gj", "passing.gj"]);
}

#[test]
fn some_fail() {
    both("test_fail", &folder(), &["test", "."]);
}

#[test]
fn a_filter() {
    let folder = folder();
    both("test_filter", &folder, &["test", ".", "--filter", "级"]);
    both("test_no_such", &folder, &["test", ".", "--filter", "三级"]);
}

#[test]
fn coverage() {
    let args = ["test", "rules.gj", "passing.gj", "--coverage"];
    both("test_coverage", &folder(), &args);
}

#[test]
fn machine_formats_stand_alone() {
    let folder = folder();
    for format in ["json", "junit"] {
        let args = ["test", ".", "--coverage", "--format", format];
        let run = folder.run(&args);
        snapshot(&format!("test_{format}"), &run);
        assert_eq!(run.code, Some(1));
        assert_eq!(run.stderr, "");
        assert_eq!(run.stdout, folder.run(&args).stdout, "the same bytes");
        let written = folder.run(&[&args[..], &["-o", "out"]].concat());
        assert_eq!((written.code, written.stdout.as_str()), (Some(1), ""));
        assert_eq!(folder.read("out"), run.stdout);
    }
}

#[test]
fn no_tests() {
    let folder = folder();
    both("test_none", &folder, &["test", "rules.gj"]);
    for format in ["json", "junit"] {
        let run = folder.run(&["test", "rules.gj", "--format", format]);
        snapshot(&format!("test_none_{format}"), &run);
    }
}

/// Tests that are not understood are no failed tests.
#[test]
fn mistakes() {
    let wrong = "\
use \"rules.gj\"
test \"没有评估日\" {
  fact 九年义务教育巩固率 = 97.2% in 2025 in 昆明
  expect KM-09 violated
}
test \"写错了\" {
  as of 2026-03-01
  expect KM-9 violated
  expect KM-09 in 五华区 violated
  expect KM-09 should violatd
  expect KM-10 met on_track
}
";
    let folder = folder().with("wrong.gj", wrong);
    both("test_mistakes", &folder, &["test", "wrong.gj"]);
}

/// The figures of the configuration are none of a test's; its method is.
#[test]
fn a_configuration() {
    let folder = folder()
        .with("facts.csv", "地区,指标,年份,数值,单位\n昆明,九年义务教育巩固率,2025,99,%\n")
        .with(
            "guiju.toml",
            "rules = [\"rules.gj\", \"passing.gj\"]\nfacts = [\"facts.csv\"]\nas_of = \"2025-03-01\"\n",
        );
    both("test_configured", &folder, &["test"]);
}

/// A condition, of which tests reach one case alone.
const CONDITIONAL: &str = "\
entity 教师 { 性别: 男 | 女  年龄: duration 周岁  在: region }
T-1: for each 教师 in 五华区: when 性别 = 男 require 年龄 <= 63周岁 else 年龄 <= 58周岁
T-2: for each 教师 in 五华区: when 年龄 > 60周岁 then 返聘 = 是
T-3: may count 实验班 <= 3 by 2025 in 五华区

test \"男教师\" {
  entity 甲老师 : 教师 in 五华区 { 性别 = 男  年龄 = 62周岁 }
  entity 乙老师 : 教师 in 五华区 { 性别 = 男  年龄 = 64周岁 }
  as of 2026-03-01
  expect T-1 violated
  expect T-1 in 甲老师 met
  expect T-2 in 乙老师 met
}

test \"女教师\" {
  entity 甲老师 : 教师 in 五华区 { 性别 = 女  年龄 = 57周岁 }
  as of 2026-03-01
  expect T-1 met
  expect T-3 not_applicable
}
";

#[test]
fn entities_and_branches() {
    let folder = Folder::new().with("rules.gj", CONDITIONAL);
    both(
        "test_branches",
        &folder,
        &["test", "rules.gj", "--coverage"],
    );
}

/// Two tests that name different things alike, beside a school that another plan knows.
#[test]
fn entities_of_a_test_are_its_own() {
    let folder = Folder::new()
        .with(
            "city.gj",
            "entity 学校\nS-1: for each 学校 in 五华区: count 操场 >= 1 in 2025\n",
        )
        .with("other.gj", "entity 老校 : 学校 in 五华区\n")
        .with(
            "city-tests.gj",
            "use \"city.gj\"\n\
             test \"在五华\" {\n  entity 甲 : 学校 in 五华区\n  fact 操场 = 1 in 2025 in 甲\n  \
             as of 2026-03-01\n  expect S-1 met\n}\n\
             test \"同名的在东川\" {\n  entity 甲 : 学校 in 东川区\n  entity 乙 : 学校 in 五华区\n  \
             fact 操场 = 0 in 2025 in 甲\n  fact 操场 = 2 in 2025 in 乙\n  \
             as of 2026-03-01\n  expect S-1 met\n  expect S-1 in 乙 met\n}\n\
             test \"同名的是教师\" {\n  entity 甲 : 教师 in 五华区\n  entity 操 : 学校 in 五华区\n  \
             as of 2026-03-01\n  expect S-1 unknown\n}\n",
        )
        .with(
            "all-tests.gj",
            "test \"不 use 就都看得见\" {\n  entity 甲 : 学校 in 五华区\n  fact 操场 = 1 in 2025 in 甲\n  \
             as of 2026-03-01\n  expect S-1 unknown\n  expect S-1 in 老校 unknown\n}\n",
        );
    both("test_entities", &folder, &["test", "."]);
}
