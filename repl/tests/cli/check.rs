//! `guiju check` and `guiju rules`.

use super::support::{BROKEN, Folder, both, snapshot};

#[test]
fn nothing_wrong() {
    both("check_sound", &Folder::demo(), &["check", "rules.gj"]);
}

#[test]
fn mistakes() {
    let folder = Folder::new().with("broken.gj", BROKEN);
    both("check_broken", &folder, &["check", "broken.gj"]);
}

#[test]
fn machine_formats_stand_alone() {
    let folder = Folder::new().with("broken.gj", BROKEN);
    for format in ["json", "sarif"] {
        let run = folder.run(&["check", "broken.gj", "--format", format]);
        snapshot(&format!("check_{format}"), &run);
        assert_eq!(run.code, Some(2));
        assert_eq!(run.stderr, "");
        let _: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    }
}

#[test]
fn a_label_in_two_files_shows_both() {
    let rule = "B-1: rate 体育达标率 >= 71% by 2027 in 昆明\n";
    let folder = Folder::new().with("a.gj", rule).with("b.gj", rule);
    both("check_two_files", &folder, &["check", "a.gj", "b.gj"]);
}

#[test]
fn figures_in_the_light_of_the_rules() {
    let facts = "地区,指标,年份,数值,单位\n昆明,九年义务教育巩固率,2025,97,所\n";
    let folder = Folder::demo().with("wrong.csv", facts);
    both(
        "check_facts",
        &folder,
        &["check", "rules.gj", "--facts", "wrong.csv"],
    );
}

#[test]
fn a_long_line_is_shown_in_part() {
    let rule = format!("rate {} >= 98 by 2025 in 昆明\n", "率".repeat(5000));
    let folder = Folder::new().with("long.gj", rule);
    let run = folder.run(&["check", "long.gj"]);
    snapshot("check_long_line", &run);
}

#[test]
fn many_mistakes_are_counted() {
    let rules: String = (0..300)
        .map(|n| format!("rate 指标{n} >= 98 by 2025 in 昆明\n"))
        .collect();
    let folder = Folder::new().with("many.gj", rules);
    let run = folder.run(&["check", "many.gj"]);
    let last = run.stderr.trim_end().lines().last().unwrap_or("");
    assert!(last.contains("200 more"), "{last}");
    assert!(run.stdout.contains("300 errors"), "{}", run.stdout);
}

#[test]
fn list_of_rules() {
    let other = "rate 体育达标率 >= 71% by 2027 in 昆明\n";
    let folder = Folder::demo().with("other.gj", other);
    both("rules_human", &folder, &["rules", "rules.gj", "other.gj"]);
}

#[test]
fn list_of_rules_as_json() {
    let rule =
        "B-1: rate 体育达标率 must >= 71% should >= 75% by 2027 in 五华区 { clause \"一\" }\n";
    let folder = Folder::new().with("one.gj", rule);
    snapshot(
        "rules_json",
        &folder.run(&["rules", "one.gj", "--format", "json"]),
    );
}

/// Each kind says what it wants: the units of the rules, the words of the scale, yes or no, a date.
#[test]
fn figures_of_another_kind() {
    let rules = "scale 高中等级: 一级一等 > 一级二等 > 一级三等\n\
        rate 巩固率 >= 98% by 2025 in 昆明\n\
        count 幼儿园 >= 165所 by 2025 in 昆明\n\
        amount 公用经费 >= 1500元/生·年 by 2025 in 昆明\n\
        duration 受教育年限 >= 12年 by 2025 in 昆明\n\
        ratio 生师比 <= 19:1 by 2025 in 昆明\n\
        rank 中考排名 <= 3 in 2025 in 昆明\n\
        score 满意度 >= 85分 in 2025 in 昆明\n\
        quantity 场馆面积 >= 6.2平方米/生 by 2025 in 昆明\n\
        grade 办学等级 >= 一级三等 by 2025 in 昆明\n\
        milestone 综合楼开工 by 2025 in 昆明\n\
        flag 均衡申报 by 2025 in 昆明\n";
    let facts = "地区,指标,年份,数值,单位\n\
        昆明,巩固率,2025,97,所\n\
        昆明,幼儿园,2025,97,%\n\
        昆明,公用经费,2025,1500,\n\
        昆明,受教育年限,2025,12,人\n\
        昆明,生师比,2025,17,\n\
        昆明,中考排名,2025,2.5,\n\
        昆明,满意度,2025,9,所\n\
        昆明,场馆面积,2025,6.5,\n\
        昆明,办学等级,2025,一级二,\n\
        昆明,综合楼开工,2025,5,\n\
        昆明,均衡申报,2025,1,\n\
        昆明,均衡申报,2024,暂无,\n\
        昆明,巩固率,2024,暂无,%\n";
    let folder = Folder::new().with("r.gj", rules).with("f.csv", facts);
    both(
        "check_kinds",
        &folder,
        &["check", "r.gj", "--facts", "f.csv"],
    );
}
