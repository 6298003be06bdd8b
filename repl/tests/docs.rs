//! Every example of the documents runs: rules compile, screens are what the binary prints, and the
//! Rust program is the one in `examples/`.
//!
//! In a `console` block a line `…` stands for any number of lines.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot run fails"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

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
