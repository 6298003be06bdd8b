//! Every example of the documents runs: rules compile, screens are what the binary prints, and the
//! Rust program is the one in `examples/`.
//!
//! In a `console` block a line `…` stands for any number of lines.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot run fails"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const DOCUMENTS: &[&str] = &[
    "README.md",
    "README.zh.md",
    "docs/language.md",
    "docs/methods.md",
    "docs/ARCHITECTURE.md",
    "rules/README.md",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a workspace")
        .to_path_buf()
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The fenced blocks of a language: first line number and text.
fn blocks(text: &str, language: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (i, line) in text.lines().enumerate() {
        match &mut open {
            Some(block) if line.trim_start().starts_with("```") => {
                found.push(std::mem::take(block));
                open = None;
            }
            Some((_, text)) => {
                text.push_str(line);
                text.push('\n');
            }
            None if line.trim() == format!("```{language}") => open = Some((i + 2, String::new())),
            // A block of another language: skip to its end.
            None if line.trim_start().starts_with("```") => {
                open = Some((usize::MAX, String::new()));
            }
            None => {}
        }
    }
    found.retain(|(line, _)| *line != usize::MAX);
    found
}

#[test]
fn rules_in_the_documents_compile() {
    let mut count = 0;
    for name in DOCUMENTS {
        for (line, text) in blocks(&read(name), "gj") {
            let told = |error: guiju::Error| -> guiju::Rules {
                panic!("{name}:{line}:\n{}", error.render(guiju::Lang::En))
            };
            let rules = guiju::Rules::from_text("example.gj", &text).unwrap_or_else(told);
            tests_pass(&rules, &format!("{name}:{line}"));
            count += 1;
        }
    }
    assert!(count >= 20, "only {count} examples found");
}

/// Tests in an example pass.
fn tests_pass(rules: &guiju::Rules, place: &str) {
    let runs = rules
        .run_tests(|_| true, guiju::Lang::En, guiju::Method::default())
        .unwrap_or_else(|e| panic!("{place}: {e}"));
    let report = runs.report(false);
    let failed = report.tests.iter().flat_map(|t| &t.expectations);
    let failed: Vec<&str> = failed
        .filter(|e| !e.passed)
        .map(|e| e.message.as_str())
        .collect();
    assert!(failed.is_empty(), "{place}: {failed:?}");
}

/// The corrected examples on the pages of findings, too.
#[test]
fn tests_on_the_pages_pass() {
    let mut count = 0;
    for code in guiju::Code::ALL {
        let examples = blocks(code.page(), "gj");
        if let Some((_, mended)) = examples.get(1)
            && let Ok(rules) = guiju::Rules::from_text("example.gj", mended)
        {
            tests_pass(&rules, code.id());
            count += rules.tests().len();
        }
    }
    assert!(count >= 9, "only {count} tests found");
}

/// With `GUIJU_SCREENS=write`, screens that differ are written anew.
#[test]
fn screens_in_the_documents_are_real() {
    let write = std::env::var_os("GUIJU_SCREENS").is_some_and(|v| v == "write");
    let mut count = 0;
    for name in DOCUMENTS {
        let document = read(name);
        let mut renewed = document.clone();
        for (line, text) in blocks(&document, "console") {
            let mut lines = text.lines();
            let command = lines
                .next()
                .and_then(|l| l.strip_prefix("$ guiju "))
                .unwrap_or_else(|| panic!("{name}:{line}"));
            let output = Command::new(env!("CARGO_BIN_EXE_guiju"))
                .args(command.split_whitespace())
                .current_dir(root())
                .env_remove("CLICOLOR_FORCE")
                .output()
                .expect("the binary runs");
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            let wanted: Vec<&str> = lines.map(str::trim_end).collect();
            let found: Vec<&str> = printed.lines().map(str::trim_end).collect();
            count += 1;
            if matches(&wanted, &found) {
                continue;
            }
            assert!(write, "{name}:{line}: guiju {command} prints\n{printed}");
            let screen = format!("$ guiju {command}\n{}\n", found.join("\n").trim_end());
            renewed = renewed.replace(&text, &screen);
        }
        if renewed != document {
            std::fs::write(root().join(name), renewed).expect("the document can be written");
        }
    }
    assert!(count >= 4, "only {count} screens found");
}

fn matches(wanted: &[&str], found: &[&str]) -> bool {
    match wanted.split_first() {
        None => found.iter().all(|l| l.is_empty()),
        Some((&"…", rest)) => (0..=found.len()).any(|skip| matches(rest, &found[skip..])),
        Some((line, rest)) => found.first() == Some(line) && matches(rest, &found[1..]),
    }
}

#[test]
fn the_rust_program_is_the_example() {
    let program = read("examples/src/bin/ten_lines.rs");
    let (_, body) = program.split_once("\n\n").expect("a head");
    let shown = blocks(&read("README.md"), "rust");
    assert_eq!(
        shown.first().map(|(_, text)| text.trim()),
        Some(body.trim())
    );
}

/// What the table of the plans counts: a row, and which rules belong to it.
type Row = (&'static str, fn(&Value) -> bool);

fn text<'a>(rule: &'a Value, key: &str) -> &'a str {
    rule[key].as_str().unwrap_or("")
}

fn any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| text.contains(w))
}

const PLAN_ROWS: &[Row] = &[
    ("statements", |_| true),
    ("`must`", |r| text(r, "modality") == "must"),
    ("`should`", |r| text(r, "modality") == "should"),
    ("`may`", |r| text(r, "modality") == "may"),
    ("`nature binding`", |r| text(r, "nature") == "binding"),
    ("`nature expected`", |r| text(r, "nature") == "expected"),
    ("rate", |r| text(r, "kind") == "rate"),
    ("count", |r| text(r, "kind") == "count"),
    ("amount", |r| text(r, "kind") == "amount"),
    ("duration", |r| text(r, "kind") == "duration"),
    ("ratio", |r| text(r, "kind") == "ratio"),
    ("rank", |r| text(r, "kind") == "rank"),
    ("grade", |r| text(r, "kind") == "grade"),
    ("score", |r| text(r, "kind") == "score"),
    ("quantity", |r| text(r, "kind") == "quantity"),
    ("milestone", |r| text(r, "kind") == "milestone"),
    ("flag", |r| text(r, "kind") == "flag"),
    ("`>=`", |r| text(r, "op") == ">="),
    ("`>`", |r| text(r, "op") == ">"),
    ("`<=`", |r| text(r, "op") == "<="),
    ("`<`", |r| text(r, "op") == "<"),
    ("`=`, without yes and no", |r| {
        text(r, "op") == "=" && text(r, "kind") != "flag"
    }),
    ("`between`, `about`", |r| text(r, "op") == "between"),
    ("changes", |r| {
        let op = text(r, "op");
        any(op, &["rises", "falls", "grows", "shrinks", "stays"])
    }),
    ("`by`, `before`", |r| r["time"]["type"] == "by"),
    ("`in` a period", |r| r["time"]["type"] == "in"),
    ("`each` year, term, day …", |r| {
        r["time"]["type"] == "each"
    }),
    ("`throughout`", |r| r["time"]["type"] == "throughout"),
    ("`over`", |r| r["time"]["type"] == "over"),
    ("`per`", |r| r["time"]["type"] == "per"),
    ("no time", |r| r["time"]["type"] == "none"),
    ("`for each`", |r| text(r, "quantifier").starts_with("each")),
    ("`for at least` and other shares", |r| {
        let quantifier = text(r, "quantifier");
        !quantifier.is_empty() && !quantifier.starts_with("each") || quantifier.contains(": ")
    }),
    ("`where`, `except`", |r| {
        any(text(r, "quantifier"), &[" where ", " except "])
    }),
    ("`when … require`, `then`", |r| {
        any(text(r, "text"), &[": when ", "\nwhen "])
    }),
    ("`for` groups", |r| {
        !r["where"].is_null() && !text(r, "text").contains("when ")
    }),
    ("`at least k of {…}`", |r| text(r, "op") == "at_least_of"),
    ("aggregates", |r| {
        let words = [
            "sum", "count", "share", "average", "min", "max", "median", "stdev", "cv",
        ];
        let of = |word: &&str| text(r, "indicator").contains(&format!("{word} of "));
        words.iter().any(of)
    }),
    ("formulas", |r| text(r, "indicator").contains(" / ")),
    ("against another figure", |r| {
        !matches!(text(r, "ref"), "" | "?")
    }),
    ("open (`?`)", |r| text(r, "text").contains(" ?")),
    ("cells of a table", |r| text(r, "rule").contains('/')),
    ("`baseline`", |r| !r["baseline"].is_null()),
    ("`weight`", |r| !r["weight"].is_null()),
];

/// What the binary says of `rules/`.
fn said_of_the_rules(command: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_guiju"))
        .args([command, "rules", "--format", "json"])
        .current_dir(root())
        .output()
        .expect("the binary runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// One count a plan for every row of which some plan has any.
fn table_of_plans() -> String {
    let rules = said_of_the_rules("rules");
    let mut plans: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for rule in rules.as_array().into_iter().flatten() {
        let file = rule["span"]["file"].as_str().unwrap_or("");
        let plan = file.trim_start_matches("rules/").trim_end_matches(".gj");
        plans.entry(plan).or_default().push(rule);
    }
    let mut table = String::from("| |");
    for plan in plans.keys() {
        let _ = write!(table, " {plan} |");
    }
    table.push_str(&format!("\n|---|{}\n", "--:|".repeat(plans.len())));
    let mut row = |name: &str, counts: &[usize]| {
        if counts.iter().any(|n| *n > 0) {
            let counts: String = counts.iter().map(|n| format!(" {n} |")).collect();
            let _ = writeln!(table, "| {name} |{counts}");
        }
    };
    for (name, belongs) in PLAN_ROWS {
        let count = |rules: &Vec<&Value>| {
            let of_it = rules.iter().filter(|r| belongs(r)).map(|r| text(r, "rule"));
            of_it.collect::<BTreeSet<_>>().len()
        };
        row(name, &plans.values().map(count).collect::<Vec<_>>());
    }
    let tests = said_of_the_rules("test");
    let of_plan = |plan: &&str| {
        let of_it = |t: &&Value| {
            any(
                text(t, "file"),
                &[&format!("/{plan}-tests.gj"), &format!("/{plan}.gj")],
            )
        };
        tests["tests"]
            .as_array()
            .map_or(0, |t| t.iter().filter(of_it).count())
    };
    row("tests", &plans.keys().map(of_plan).collect::<Vec<_>>());
    table
}

/// How much each file of the vocabulary declares.
fn table_of_vocabulary() -> String {
    let mut table = String::from("| file | declares |\n|---|---|\n");
    let folder = std::fs::read_dir(root().join("rules/vocabulary")).expect("a folder");
    let mut names: Vec<String> = folder
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    for name in names {
        let file = read(&format!("rules/vocabulary/{name}"));
        let words = [
            "region",
            "indicator",
            "scale",
            "entity",
            "unit",
            "define",
            "derive",
        ];
        let counts = words.iter().filter_map(|word| {
            let lines = file.lines().filter(|l| l.starts_with(&format!("{word} ")));
            let n = lines.count();
            (n > 0).then(|| format!("{n} `{word}`"))
        });
        let counts = counts.collect::<Vec<_>>().join(", ");
        let _ = writeln!(table, "| `vocabulary/{name}` | {counts} |");
    }
    table
}

/// The tables of `rules/README.md` count what is there. With `GUIJU_SCREENS=write` they are written anew.
#[test]
fn the_plans_are_counted() {
    let write = std::env::var_os("GUIJU_SCREENS").is_some_and(|v| v == "write");
    let document = read("rules/README.md");
    let mut renewed = document.clone();
    for (name, table) in [
        ("plans", table_of_plans()),
        ("vocabulary", table_of_vocabulary()),
    ] {
        let (begins, ends) = (
            format!("<!-- counted: {name} -->\n"),
            "\n<!-- end -->".to_string(),
        );
        let (before, rest) = renewed.split_once(&begins).expect("a marker");
        let (_, after) = rest.split_once(&ends).expect("its end");
        renewed = format!("{before}{begins}\n{table}{ends}{after}");
    }
    if write && renewed != document {
        std::fs::write(root().join("rules/README.md"), renewed).expect("it can be written");
    } else {
        assert_eq!(renewed, document, "GUIJU_SCREENS=write renews the tables");
    }
}
