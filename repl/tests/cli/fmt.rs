//! `guiju fmt`.

use super::support::{BROKEN, Folder, both, snapshot};

const MESSY: &str =
    "比率   九年义务教育巩固率 不低于 98%   到 2025 在 昆明   # 注\nrate x>=5% by 2025 in 昆明\n";

#[test]
fn standard_input() {
    let folder = Folder::new();
    let run = folder.call(&["fmt"]).input(MESSY).run();
    snapshot("fmt_stdin", &run);
    let again = folder.call(&["fmt"]).input(&run.stdout).run();
    assert_eq!(run.stdout, again.stdout);
    let check = |text: &str| folder.call(&["fmt", "--check"]).input(text).run();
    assert_eq!(check(MESSY).code, Some(1));
    assert_eq!(check(&run.stdout).code, Some(0));
    assert_eq!(check(MESSY).stdout, "");
    snapshot(
        "fmt_stdin_broken",
        &folder.call(&["fmt"]).input(BROKEN).run(),
    );
}

#[test]
fn keywords_of_one_language() {
    let folder = Folder::new();
    for set in ["zh", "en"] {
        let run = folder.call(&["fmt", "--keywords", set]).input(MESSY).run();
        snapshot(&format!("fmt_keywords_{set}"), &run);
    }
}

#[test]
fn in_place() {
    let folder = Folder::new()
        .with("rules/a.gj", MESSY)
        .with("rules/b.gj", "# 无规则\n");
    let check = folder.run(&["fmt", "--check", "rules"]);
    assert_eq!(
        (check.code, check.stdout.as_str()),
        (Some(1), "rules/a.gj\n")
    );
    assert_eq!(folder.read("rules/a.gj"), MESSY);
    let run = folder.run(&["fmt", "rules"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_ne!(folder.read("rules/a.gj"), MESSY);
    assert_eq!(folder.run(&["fmt", "--check", "rules"]).code, Some(0));
}

#[test]
fn a_broken_file_stays_as_it_is() {
    let folder = Folder::new().with("a.gj", MESSY).with("broken.gj", BROKEN);
    let run = folder.run(&["fmt", "a.gj", "broken.gj"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(folder.read("broken.gj"), BROKEN);
    assert_ne!(folder.read("a.gj"), MESSY);
    assert!(run.stderr.contains("broken.gj:4:1"), "{}", run.stderr);
}

#[test]
fn files_that_are_not_there() {
    let folder = Folder::new().with("a.gj", MESSY);
    both("fmt_no_such_file", &folder, &["fmt", "aa.gj"]);
    both("fmt_nothing", &Folder::new(), &["fmt", "."]);
}
