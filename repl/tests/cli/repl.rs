//! `guiju repl` from a pipe.

use super::support::{AS_OF, FACTS, Folder, RULES, snapshot};

/// Runs a script, in both languages, a snapshot each.
fn script(name: &str, folder: &Folder, args: &[&str], input: &str) {
    let args = [&["repl", AS_OF[0], AS_OF[1]], args].concat();
    for (lang, locale) in [("zh", "zh_CN.UTF-8"), ("en", "en_US.UTF-8")] {
        let call = folder.call(&args).environment("LC_ALL", locale);
        snapshot(&format!("repl_{name}_{lang}"), &call.input(input).run());
    }
}

#[test]
fn a_rule_and_its_figures() {
    script(
        "first",
        &Folder::new(),
        &[],
        "rate 九年义务教育巩固率 >= 98% by 2025 in 昆明\n\
         fact 九年义务教育巩固率 = 97.2% in 2025 in 昆明\n\
         :as-of 2025-06-30\n\
         :explain\n",
    );
}

#[test]
fn the_latest_word_counts() {
    let folder = Folder::demo().with("more.gj", "B-1: rate 体育达标率 >= 50% by 2024 in 五华区\n");
    script(
        "replaced",
        &folder,
        &["rules.gj", "--facts", "facts.csv"],
        "A-7: ratio 小学生师比 <= 15:1 by 2025 in 昆明\n\
         A-7: ratio 小学生师比 <= 16:1 by 2025 in 昆明\n\
         B-1: rate 体育达标率 >= 70% by 2024 in 五华区\n\
         fact 美育达标率 = 60% in 2025 in 昆明\n\
         fact 美育达标率 = 61% in 2025 in 昆明市\n\
         :load more.gj\n\
         :facts\n",
    );
}

#[test]
fn a_figure_against_a_file() {
    script(
        "conflict",
        &Folder::demo(),
        &["rules.gj", "--facts", "facts.csv"],
        "fact 九年义务教育巩固率 = 98.1% in 2025 in 昆明\n",
    );
}

#[test]
fn statements_of_several_lines() {
    script(
        "lines",
        &Folder::new(),
        &[],
        "B-1: 比率 体育达标率 不低于 71%\n  到 2025 在 昆明 {\n  条款 \"一(二)\"\n\n  牵头 市教育体育局\n}\n\
         fact 体育达标率 = 72% in 2025 in 昆明\nfact 体育达标率 = 70% in 2024 in 昆明\n\
         ：解释\n",
    );
}

#[test]
fn every_command() {
    let more = "地区,指标,年份,数值,单位\n昆明,学前三年毛入园率,2024,99.1,%\n";
    let folder = Folder::new()
        .with("rules.gj", RULES)
        .with("facts.csv", FACTS)
        .with("more.csv", more);
    script(
        "commands",
        &folder,
        &["rules.gj"],
        ":help\n:load facts.csv\n:load more.csv\n:load facts.csv\n:rules\n:facts\n:explain A-1\n:as-of\n:as-of 2024-01-01\n:lang en\n:as-of\n:lang zh\n:as-of\n:quit\nrate never read >= 98 by 2025\n",
    );
}

#[test]
fn mistakes() {
    script(
        "mistakes",
        &Folder::demo().with("broken.gj", "rate x >= 98 by 2025 in 昆明\n"),
        &[],
        ":rules\n:explain\n:loda x\n:load\n:load fact.csv\n:load broken.gj\n:load .gj\n:as-of soon\n:lang fr\n:explain A-9\n\
         rate x >= 98 by 2025 in 昆明\nrate y >=\n:rules\n:explain GJ9999\nA-1: rate x >= 98% by 2025 in 昆明\n:explain A-2\nrate z >= {\n",
    );
}

#[test]
fn exit_codes() {
    let folder = Folder::new();
    let code = |input: &str| folder.call(&["repl"]).input(input).run().code;
    assert_eq!(code(""), Some(0));
    assert_eq!(code(":quit\n"), Some(0));
    assert_eq!(code("rate x >= 98% by 2025 in 昆明"), Some(0));
    // What is violated is an answer, not a mistake.
    assert_eq!(
        code("rate x >= 98% by 2024 in 昆明\nfact x = 97% in 2024 in 昆明\n"),
        Some(0)
    );
    assert_eq!(code("rate x >= 98 by 2025 in 昆明\n"), Some(2));
    assert_eq!(code(":nothing\n:quit\n"), Some(2));
    assert_eq!(code("rate x >=\n"), Some(2));
}

#[test]
fn a_mistake_changes_nothing() {
    let folder = Folder::new();
    let input = "A: rate x >= 98% by 2024 in 昆明\n\
                 A: rate x >= 97 by 2024 in 昆明\n\
                 :rules\n";
    let run = folder
        .call(&["repl", AS_OF[0], AS_OF[1]])
        .input(input)
        .run();
    assert!(run.stdout.contains("98%"), "{}", run.stdout);
    let rules = run.stdout.lines().filter(|l| l.contains("unknown  A  "));
    assert_eq!(rules.count(), 2, "{}", run.stdout);
}

#[test]
fn tests_that_are_typed() {
    script(
        "tests",
        &Folder::new(),
        &[],
        "KM-09: rate 九年义务教育巩固率 >= 98% by 2025 in 昆明\n\
         :test\n\
         test \"期限之前\" {\n  as of 2025-03-01\n  expect KM-09 pending\n}\n\
         test \"期限之后\" {\n  as of 2026-03-01\n  expect KM-09 met\n}\n\
         :test\n",
    );
}
