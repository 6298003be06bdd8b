//! `guiju scoreboard`.

use super::support::{Folder, both, snapshot};

const RULES: &str = r#"region 市级区 (group) contains 五华区, 盘龙区, 官渡区, 西山区
plan km "昆明市教育规划" { span 2023..2026 region 昆明 }
A-1: rate 巩固率 >= 98% by 2025 in each 市级区 { weight 5, 3 for >= 95%, 1 for >= 90% }
A-2: count 学校数 must >= 10所 should >= 12所 by 2025 in each 市级区 { weight 10 }
A-3: should rate 入园率 >= 90% by 2026 in each 市级区 { weight 2.5分 }
A-4: rate 近视率 <= 40% by 2025 in 昆明
plan wh "五华区规划" { region 五华区 }
B-1: ratio 生师比 <= 16:1 by 2025 { weight 4, 2 for <= 17:1 }
"#;

const FACTS: &str = "\
地区,指标,年份,数值,单位
五华区,巩固率,2025,98.2,%
盘龙区,巩固率,2025,94.9,%
官渡区,巩固率,2025,90,%
五华区,学校数,2025,11,所
盘龙区,学校数,2025,12,所
官渡区,学校数,2025,13,所
五华区,生师比,2025,16.5:1,
";

const BOARD: [&str; 6] = [
    "scoreboard",
    "rules.gj",
    "--facts",
    "facts.csv",
    "--as-of",
    "2026-03-01",
];

fn folder() -> Folder {
    Folder::new()
        .with("rules.gj", RULES)
        .with("facts.csv", FACTS)
}

#[test]
fn human() {
    both("scoreboard_human", &folder(), &BOARD);
}

#[test]
fn one_plan_is_one_board() {
    let (rules, _) = RULES.split_once("plan wh").expect("two plans");
    let folder = Folder::new()
        .with("rules.gj", rules)
        .with("facts.csv", FACTS);
    both("scoreboard_one_plan", &folder, &BOARD);
}

#[test]
fn other_formats() {
    let format = |format| [&BOARD[..], &["--format", format]].concat();
    both("scoreboard_markdown", &folder(), &format("markdown"));
    snapshot("scoreboard_csv", &folder().run(&format("csv")));
    snapshot("scoreboard_json", &folder().run(&format("json")));
}

#[test]
fn lines_fit_the_screen() {
    let long = RULES
        .replace("A-1:", "“很长很长的规则编号之一”:")
        .replace("西山区", "某某自治州某某自治县经济技术开发区")
        .replace("weight 10 ", "weight 123456789.125 ")
        .replace("昆明市教育规划", &"很长的标题".repeat(12));
    let folder = Folder::new()
        .with("rules.gj", long)
        .with("facts.csv", FACTS);
    for lang in ["zh", "en"] {
        let run = folder.run(&[&BOARD[..], &["--lang", lang]].concat());
        for line in run.stdout.lines() {
            let wide = line.chars().filter(|c| *c >= '\u{2e80}').count();
            assert!(line.chars().count() + wide <= 80, "{line}");
        }
    }
}

#[test]
fn nothing_has_points() {
    both("scoreboard_nothing", &Folder::demo(), &BOARD);
}

#[test]
fn into_a_file() {
    let folder = folder();
    let run = folder.run(&[&BOARD[..], &["--format", "csv", "-o", "board.csv"]].concat());
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert!(folder.read("board.csv").starts_with("scope,plan,rank,"));
}

#[test]
fn bands_that_say_nothing() {
    let rules = "A: rate 巩固率 >= 98% by 2025 in 昆明 { weight 5, 5 for >= 95% }\n\
                 B: rate 入园率 >= 98% by 2025 in 昆明 { weight 5, 3 for >= 99% }\n\
                 C: rate 升学率 >= 98% by 2025 in 昆明 { weight 5% }\n\
                 D: rate 就业率 >= 98% by 2025 in 昆明 { weight 5, 3 for 95% }\n";
    let folder = Folder::new().with("rules.gj", rules);
    both("scoreboard_bad_bands", &folder, &["check", "rules.gj"]);
}
