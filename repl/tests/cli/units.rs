//! Declared units, from outside.

use super::support::{AS_OF, Folder, both};

const RULES: &str = "\
unit 标准套 = 2所
unit 架次
A-1: count 幼儿园 >= 300所 by 2025 in 昆明
A-2: count 校舍 >= 100标准套 by 2025 in 昆明
A-3: count 巡检 >= 1.2万架次 by 2025 in 昆明
";

const FACTS: &str = "\
地区,指标,年份,数值,单位
昆明,幼儿园,2025,149.5,标准套
昆明,校舍,2025,201,所
昆明,巡检,2025,13000,架次
";

#[test]
fn figures_in_either_unit() {
    let folder = Folder::new()
        .with("rules.gj", RULES)
        .with("facts.csv", FACTS);
    let eval = [&["eval", "rules.gj", "--facts", "facts.csv"][..], &AS_OF].concat();
    both("units_eval", &folder, &eval);
    let explain = [
        &["explain", "A-2", "rules.gj", "--facts", "facts.csv"][..],
        &AS_OF,
    ]
    .concat();
    both("units_explain", &folder, &explain);
}

#[test]
fn a_multiple_and_a_bare_number() {
    let folder = Folder::new()
        .with("rules.gj", RULES.replace("300所", "300"))
        .with("facts.csv", FACTS);
    let eval = [&["eval", "rules.gj", "--facts", "facts.csv"][..], &AS_OF].concat();
    both("units_bare", &folder, &eval);
}

#[test]
fn declarations_that_say_nothing() {
    let rules = "unit FTE = 2所\nunit 学时 = 45分钟\nunit 甲套 = 3乙套\nunit 乙套 = 2甲套\n\
                 unit 架次\nunit 架次\nunit 丙套 = 2\nunit 丁套 = 2foo\n\
                 count 幼儿园 >= 300所 by 2025 in 昆明\n";
    let folder = Folder::new().with("rules.gj", rules);
    both("units_wrong", &folder, &["check", "rules.gj"]);
}

#[test]
fn either_keyword_set() {
    let chinese = RULES.replace("unit", "单位");
    let folder = Folder::new().with("rules.gj", &chinese);
    folder.run(&["fmt", "rules.gj", "--keywords", "en"]);
    assert!(
        folder
            .read("rules.gj")
            .starts_with("unit 标准套 = 2所\nunit 架次\n")
    );
    folder.run(&["fmt", "rules.gj", "--keywords", "zh"]);
    assert!(
        folder
            .read("rules.gj")
            .starts_with("单位 标准套 = 2所\n单位 架次\n")
    );
}
