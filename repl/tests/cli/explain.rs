//! `guiju explain`.

use super::support::{Folder, both, snapshot};

const FACTS: [&str; 4] = ["--facts", "facts.csv", "--as-of", "2026-03-01"];

fn explain<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["explain"], more, &["rules.gj"], &FACTS].concat()
}

#[test]
fn each_verdict() {
    let folder = Folder::demo();
    for (name, rule) in [
        ("violated", "A-1"),
        ("should", "A-2"),
        ("unknown", "A-3"),
        ("pending", "A-4"),
        ("late", "A-5"),
        ("two_tiers", "A-6"),
        ("met", "A-7"),
    ] {
        both(&format!("explain_{name}"), &folder, &explain(&[rule]));
    }
}

#[test]
fn an_explanation_is_no_verdict() {
    let run = Folder::demo().run(&explain(&["A-1"]));
    assert_eq!(run.code, Some(0));
}

#[test]
fn one_subject() {
    let facts = "地区,指标,年份,数值,单位\n五华区,达标率,2025,90,%\n盘龙区,达标率,2025,80,%\n";
    let folder = Folder::new()
        .with("rules.gj", "A-1: rate 达标率 >= 85% by 2025\n")
        .with("facts.csv", facts);
    both("explain_subjects", &folder, &explain(&["A-1"]));
    let run = folder.run(&explain(&["A-1", "--subject", "盘龙区"]));
    snapshot("explain_subject", &run);
    both(
        "explain_no_such_subject",
        &folder,
        &explain(&["A-1", "--subject", "盘龙"]),
    );
}

#[test]
fn names_that_nothing_has() {
    both("explain_no_such_rule", &Folder::demo(), &explain(&["A-11"]));
    both(
        "explain_no_such_code",
        &Folder::demo(),
        &explain(&["GJ9999"]),
    );
}

#[test]
fn the_page_of_a_code() {
    let folder = Folder::new();
    for code in ["GJ0301", "gj0301"] {
        let run = folder.run(&["explain", code]);
        assert_eq!(run.code, Some(0));
        assert!(run.stdout.starts_with("GJ0301"), "{}", run.stdout);
    }
}

#[test]
fn every_page_is_in_one_language() {
    let folder = Folder::new();
    both("explain_code", &folder, &["explain", "GJ0301"]);
    for code in guiju::Code::ALL {
        for (lang, word) in [("zh", "发生了什么"), ("en", "What happened")] {
            let run = folder.run(&["explain", code.id(), "--lang", lang]);
            assert_eq!(run.stdout.matches(word).count(), 1, "{}", run.stdout);
            let other = if lang == "zh" {
                "What happened"
            } else {
                "发生了什么"
            };
            assert!(!run.stdout.contains(other), "{}", run.stdout);
        }
    }
}

#[test]
fn a_rule_that_is_superseded() {
    let rules = "plan old { region 昆明 }\nA-1: rate 巩固率 >= 95% by 2025\n\
        plan new { issued 2024-03-15 region 昆明 }\nB-1: rate 巩固率 >= 98% by 2025 { supersedes A-1 }\n";
    let folder = Folder::new().with("rules.gj", rules);
    let superseded = ["explain", "A-1", "rules.gj", "--as-of", "2024-03-15"];
    both("explain_superseded", &folder, &superseded);
    let early = ["explain", "B-1", "rules.gj", "--as-of", "2024-03-14"];
    both("explain_not_issued", &folder, &early);
    let all = ["eval", "rules.gj", "--as-of", "2024-03-15"];
    both("eval_superseded", &folder, &all);
}

#[test]
fn a_code_that_there_is_not() {
    // The codes of its group are offered, with or without rules.
    for folder in [
        Folder::new(),
        Folder::new().with("guiju.toml", "rules = []\n"),
    ] {
        let run = folder.run(&["explain", "gj0299"]);
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains("no code `gj0299`"), "{run:?}");
        assert!(run.stderr.contains("GJ0201"), "{run:?}");
    }
}

/// What was worked out is shown with the figures it rests on.
#[test]
fn computed_values() {
    let rules = "plan p { span 2021..2025 region 昆明市 }\n\
                 A: rate 毛入园率 rises >= 2pp each year 2023..2025\n\
                 B: rate 毛入园率 rises >= 2pp a year on average from 2022 to 2025\n\
                 C: ratio 在校生 / 教师 <= 15:1 in 2025\n\
                 D: rate 毛入园率 >= 昆明市 - 1pp in 2025 in 官渡区\n\
                 E: rate 毛入园率 >= 昆明市 in 2024 in 官渡区\n";
    let facts = "地区,指标,年份,数值,单位,来源,状态\n昆明市,毛入园率,2022,85,%,统计公报,\n昆明市,毛入园率,2023,88,%,统计公报,\n\
                 昆明市,毛入园率,2024,87.5,%,统计公报,\n昆明市,毛入园率,2025,89,%,统计公报,初步\n官渡区,毛入园率,2025,87,%,,\n\
                 昆明市,在校生,2025,1250,人,,\n昆明市,教师,2025,80,人,,\n";
    let folder = Folder::new()
        .with("rules.gj", rules)
        .with("facts.csv", facts);
    for rule in ["A", "B", "C", "D", "E"] {
        both(
            &format!("explain_computed_{}", rule.to_lowercase()),
            &folder,
            &explain(&[rule]),
        );
    }
}
