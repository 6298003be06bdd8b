//! `guiju eval`.

use super::support::{AS_OF, BROKEN, FACTS, Folder, RULES, both, snapshot};

/// `eval` on the demo, as of a fixed date.
const EVAL: [&str; 6] = [
    "eval",
    "rules.gj",
    "--facts",
    "facts.csv",
    "--as-of",
    "2026-03-01",
];

fn eval<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&EVAL[..], more].concat()
}

#[test]
fn human() {
    both("eval_human", &Folder::demo(), &EVAL);
}

#[test]
fn plain_is_ascii_but_for_names() {
    both("eval_plain", &Folder::demo(), &eval(&["--format", "plain"]));
    let run = Folder::demo().run(&eval(&["--format", "plain"]));
    let drawn = ['─', '│', '╭', '╰', '✓', '×', '≥', '≤', '–', '·', '\u{1b}'];
    assert!(!run.stdout.contains(drawn), "{}", run.stdout);
}

#[test]
fn everything_explained() {
    both("eval_explain", &Folder::demo(), &eval(&["--explain"]));
}

#[test]
fn markdown() {
    both(
        "eval_markdown",
        &Folder::demo(),
        &eval(&["--format", "markdown"]),
    );
}

#[test]
fn html() {
    both("eval_html", &Folder::demo(), &eval(&["--format", "html"]));
}

#[test]
fn json() {
    let run = Folder::demo().run(&eval(&["--format", "json", "--rule", "A-1"]));
    snapshot("eval_json", &run);
    let run = Folder::demo().run(&eval(&["--format", "json"]));
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(value["results"].as_array().map(Vec::len), Some(10));
    assert_eq!(run.stderr, "");
}

#[test]
fn jsonl() {
    let run = Folder::demo().run(&eval(&["--format", "jsonl"]));
    let lines: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 11);
    let (summary, results) = lines.split_last().expect("lines");
    assert!(results.iter().all(|line| line["type"] == "result"));
    assert_eq!(summary["type"], "summary");
    assert_eq!(summary["summary"]["violated"], 4);
}

#[test]
fn only_some_verdicts() {
    both(
        "eval_only",
        &Folder::demo(),
        &eval(&["--only", "pending,met"]),
    );
}

#[test]
fn only_the_summary() {
    both(
        "eval_only_none",
        &Folder::demo(),
        &eval(&["--only", "none"]),
    );
}

#[test]
fn a_filter_changes_neither_summary_nor_exit_code() {
    for filter in [["--only", "met"], ["--rule", "A-8"], ["--region", "五华"]] {
        let args = eval(&[&filter[..], &["--format", "json"]].concat());
        let run = Folder::demo().run(&args);
        let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert_eq!(value["summary"]["violated"], 4, "{filter:?}");
        assert_eq!(run.code, Some(1), "{filter:?}");
    }
}

#[test]
fn one_region() {
    let folder = Folder::demo();
    for name in ["五华区", "五华", "530102"] {
        let run = folder.run(&eval(&["--region", name, "--format", "json"]));
        let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert_eq!(value["results"].as_array().map(Vec::len), Some(1), "{name}");
        assert_eq!(value["results"][0]["rule"], "A-9", "{name}");
    }
}

#[test]
fn names_that_nothing_has() {
    let folder = Folder::demo();
    both("eval_no_such_rule", &folder, &eval(&["--rule", "A-10"]));
    both("eval_no_such_plan", &folder, &eval(&["--plan", "dem"]));
    both(
        "eval_no_such_region",
        &folder,
        &eval(&["--region", "盘龙区"]),
    );
    both(
        "eval_no_such_verdict",
        &folder,
        &eval(&["--only", "violatd"]),
    );
    both(
        "eval_no_such_method",
        &folder,
        &eval(&["--assess", "linea"]),
    );
    let args = ["eval", "rules.gj", "--as-of", "2026-02-30"];
    both("eval_bad_date", &folder, &args);
}

#[test]
fn a_wrong_value_is_answered_with_the_right_ones() {
    let folder = Folder::demo();
    for (option, wrong, right) in [
        (
            "--only",
            "violatd",
            &[
                "met",
                "violated",
                "pending",
                "unknown",
                "not_applicable",
                "waived",
                "none",
            ][..],
        ),
        (
            "--format",
            "htm",
            &["human", "plain", "markdown", "html", "json", "jsonl"],
        ),
        ("--lang", "fr", &["zh", "en"]),
        ("--as-of", "2026-3", &["2026-03-01"]),
        (
            "--assess",
            "guess",
            &[
                "eurostat", "linear", "unsd", "escap", "destatis", "schedule",
            ],
        ),
        ("--fail-on", "met", &["unknown"]),
        ("--color", "no", &["auto", "always", "never"]),
    ] {
        for locale in ["zh_CN.UTF-8", "en_US.UTF-8"] {
            let args = ["eval", "rules.gj", option, wrong];
            let run = folder.call(&args).environment("LC_ALL", locale).run();
            assert_eq!(run.code, Some(2), "{run:?}");
            assert_eq!(run.stdout, "", "{run:?}");
            let said = |word: &&str| run.stderr.contains(*word);
            assert!(said(&wrong) && right.iter().all(said), "{run:?}");
        }
    }
}

#[test]
fn dates_may_be_written_as_in_rules() {
    let folder = Folder::demo();
    let iso = folder.run(&EVAL);
    let chinese = folder.run(&[
        "eval",
        "rules.gj",
        "--facts",
        "facts.csv",
        "--as-of",
        "2026年3月1日",
    ]);
    assert_eq!(iso.stdout, chinese.stdout);
}

#[test]
fn nothing_violated_exits_with_zero() {
    let folder = Folder::new()
        .with("met.gj", "rate 体育达标率 >= 50% by 2024 in 五华区\n")
        .with(
            "should.gj",
            "should rate 体育达标率 >= 90% by 2024 in 五华区\n",
        )
        .with("unknown.gj", "rate 美育达标率 >= 90% by 2024 in 五华区\n")
        .with("facts.csv", FACTS);
    for (rules, unknown, code) in [
        ("met.gj", false, 0),
        ("should.gj", false, 0),
        ("unknown.gj", false, 0),
        ("unknown.gj", true, 1),
        ("met.gj", true, 0),
    ] {
        let mut args = vec!["eval", rules, "--facts", "facts.csv", AS_OF[0], AS_OF[1]];
        args.extend(unknown.then_some(["--fail-on", "unknown"]).iter().flatten());
        assert_eq!(folder.run(&args).code, Some(code), "{args:?}");
    }
    both(
        "eval_should",
        &folder,
        &[
            "eval",
            "should.gj",
            "--facts",
            "facts.csv",
            AS_OF[0],
            AS_OF[1],
        ],
    );
}

#[test]
fn assess_chooses_the_method() {
    let args = eval(&["--assess", "schedule", "--rule", "A-4", "--explain"]);
    both("eval_assess", &Folder::demo(), &args);
}

#[test]
fn into_a_file() {
    let folder = Folder::demo();
    let screen = folder.run(&EVAL);
    let args = eval(&["-o", "out.txt", "--color", "always"]);
    let run = folder.run(&args);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    assert_eq!(run.code, Some(1));
    // A file is not a terminal: the same text, without colour.
    assert_eq!(folder.read("out.txt"), screen.stdout);
    both("eval_no_such_folder", &folder, &eval(&["-o", "no/out.txt"]));
}

#[test]
fn several_files_of_figures() {
    let more = "地区,指标,年份,数值,单位\n昆明,学前三年毛入园率,2024,99.1,%\n";
    let folder = Folder::demo().with("more.csv", more);
    let run = folder.run(&eval(&["--facts", "more.csv", "--rule", "A-3"]));
    snapshot("eval_two_files", &run);
}

#[test]
fn files_that_contradict_each_other() {
    let other = "地区,指标,年份,数值,单位\n昆明,九年义务教育巩固率,2025,98.1,%\n";
    let folder = Folder::demo().with("other.csv", other);
    let args = eval(&["--facts", "other.csv", "--rule", "A-1"]);
    both("eval_conflict", &folder, &args);
    both(
        "eval_conflict_explained",
        &folder,
        &[&args[..], &["--explain"]].concat(),
    );
}

#[test]
fn reports_show_both_sides_of_a_conflict() {
    // One rule waits for the sources to agree, another is violated anyway.
    let other = "地区,指标,年份,数值,单位,来源\n昆明,九年义务教育巩固率,2025,98.1,%,统计局|月报\n";
    let folder = Folder::demo().with("other.csv", other).with(
        "rules.gj",
        "C-1: rate 九年义务教育巩固率 >= 98% by 2025 in 昆明\n\
         C-2: rate 九年义务教育巩固率 >= 98% throughout 2024..2026 in 昆明\n\
         C-3: rate 高中阶段毛入学率 >= 95% by 2025 in 昆明\n",
    );
    for format in ["markdown", "html"] {
        let args = eval(&["--facts", "other.csv", "--format", format]);
        both(&format!("eval_conflict_{format}"), &folder, &args);
    }
}

#[test]
fn figures_that_cannot_be_read() {
    let facts = FACTS
        .replace("97.2,%", "约97,%")
        .replace("2025,94.1", "202X,94.1");
    let folder = Folder::new()
        .with("rules.gj", RULES)
        .with("facts.csv", facts);
    both("eval_bad_figures", &folder, &EVAL);
    let run = folder.run(&eval(&["--keep-going", "--only", "none"]));
    snapshot("eval_keep_going", &run);
    assert_eq!(run.code, Some(1));
}

#[test]
fn figures_without_a_region() {
    let facts = "指标,年份,数值,单位\n体育达标率,2027,75,%\n";
    let folder = Folder::new()
        .with("rules.gj", "rate 体育达标率 >= 71% by 2027 in 五华区\n")
        .with("facts.csv", facts);
    both("eval_no_region", &folder, &EVAL);
    let run = folder.run(&eval(&["--in", "五华区", "--format", "json"]));
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn rules_that_do_not_compile() {
    let folder = Folder::new()
        .with("rules.gj", BROKEN)
        .with("facts.csv", FACTS);
    both("eval_broken_rules", &folder, &EVAL);
}

#[test]
fn files_that_are_not_there() {
    let folder = Folder::demo();
    both("eval_no_such_file", &folder, &["eval", "rule.gj"]);
    both(
        "eval_no_such_figures",
        &folder,
        &["eval", "rules.gj", "--facts", "fact.csv"],
    );
    both(
        "eval_figures_are_a_folder",
        &folder,
        &["eval", "rules.gj", "--facts", "."],
    );
    both("eval_nothing", &Folder::new(), &["eval"]);
    both("eval_empty_folder", &Folder::new(), &["eval", "."]);
}

#[test]
fn a_folder_and_a_file_in_it_are_one_file() {
    let run = Folder::demo().run(&[
        "eval", ".", "rules.gj", "--only", "none", AS_OF[0], AS_OF[1],
    ]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn machine_formats_stand_alone() {
    // A percent sign is missing: what was assumed is said, but not on standard output.
    let facts = FACTS.replace(
        "昆明,高中阶段毛入学率,2025,94.1,%",
        "昆明,高中阶段毛入学率,2025,约94,%",
    );
    let folder = Folder::new()
        .with("rules.gj", RULES)
        .with("facts.csv", facts);
    for format in ["json", "jsonl"] {
        let run = folder.run(&eval(&["--keep-going", "--format", format]));
        assert!(run.stderr.contains("GJ05"), "{}", run.stderr);
        assert!(run.stdout.starts_with('{'), "{}", run.stdout);
        for line in run.stdout.lines().filter(|_| format == "jsonl") {
            let _: serde_json::Value = serde_json::from_str(line).expect("JSON");
        }
    }
}

/// All failing periods are told, the worst first, and nothing is asked for a year that is over.
#[test]
fn several_periods_that_fail() {
    let rules = "A: rate 入园率 >= 98% throughout 2020..2026 in 昆明\n\
        B: flag 年度公示 each year 2023..2024 in 昆明\n\
        C: milestone 述职考评 each year 2023..2024 in 昆明\n\
        D: rate 巩固率 > 97% throughout 2024..2025 in 昆明\n";
    let facts = "地区,指标,年份,数值,单位\n\
        昆明,入园率,2020,97.5,%\n昆明,入园率,2021,97,%\n昆明,入园率,2022,96,%\n\
        昆明,入园率,2023,97.9,%\n昆明,入园率,2024,97.8,%\n昆明,入园率,2025,98.2,%\n\
        昆明,年度公示,2023,否,\n昆明,年度公示,2024,否,\n\
        昆明,述职考评,2023,未完成,\n昆明,述职考评,2024,2025-02-03,\n\
        昆明,巩固率,2024,97,%\n昆明,巩固率,2025,96.9,%\n";
    let folder = Folder::new().with("r.gj", rules).with("f.csv", facts);
    let call = ["eval", "r.gj", "--facts", "f.csv", AS_OF[0], AS_OF[1]];
    both("eval_several", &folder, &call);
}

#[test]
fn a_ratio_that_may_be_the_other_way_round() {
    let rules = "A: ratio 小学生师比 <= 19:1 by 2025 in 昆明\n\
        B: ratio 师生比 >= 1:15 by 2025 in 昆明\n\
        C: ratio 初中生师比 <= 13.5:1 by 2025 in 昆明\n";
    let facts = "地区,指标,年份,数值\n昆明,小学生师比,2025,1:25\n昆明,师生比,2025,16:1\n\
        昆明,初中生师比,2025,14:1\n";
    let folder = Folder::new().with("r.gj", rules).with("f.csv", facts);
    let call = [
        "eval",
        "r.gj",
        "--facts",
        "f.csv",
        AS_OF[0],
        AS_OF[1],
        "--explain",
    ];
    both("eval_ratio", &folder, &call);
}

/// Parts of a should that is missed count for nothing by themselves.
#[test]
fn parts_that_fall_short_are_not_counted() {
    let rule = "should for each 县区 in 昆明: count 特殊教育学校 >= 1所 by 2025\n\
                region 昆明 contains 五华区, 盘龙区\n";
    let facts =
        "地区,指标,年份,数值,单位\n五华区,特殊教育学校,2025,0,所\n盘龙区,特殊教育学校,2025,0,所\n";
    let folder = Folder::new()
        .with("rules.gj", rule)
        .with("facts.csv", facts);
    let run = folder.run(&eval(&["--lang", "en"]));
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.contains("1 in all: 1 not reached"),
        "{}",
        run.stdout
    );
}
