//! `guiju init`.

use super::support::{Folder, both, snapshot};

#[test]
fn a_starter_folder_works_at_once() {
    let folder = Folder::new();
    let run = folder.run(&["init"]);
    snapshot("init", &run);
    let run = folder.call(&[]).run();
    // The example is short of its target.
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stdout.contains("九年义务教育巩固率"), "{}", run.stdout);
    assert_eq!(folder.run(&["check"]).code, Some(0));
    assert_eq!(folder.run(&["fmt", "--check", "rules"]).code, Some(0));
}

#[test]
fn in_a_folder_that_is_not_there_yet() {
    let folder = Folder::new();
    snapshot("init_folder", &folder.run(&["init", "教育 规划"]));
    assert!(folder.path().join("教育 规划/guiju.toml").is_file());
}

#[test]
fn nothing_is_overwritten() {
    let folder = Folder::new().with("rules/first.gj", "# 我的规则\n");
    both("init_again", &folder, &["init"]);
    assert_eq!(folder.read("rules/first.gj"), "# 我的规则\n");
    assert!(!folder.path().join("guiju.toml").exists());
    both("init_on_a_file", &folder, &["init", "rules/first.gj"]);
}

/// Whatever the configuration offers in a comment works once the comment sign is gone.
#[test]
fn every_line_may_be_uncommented() {
    let folder = Folder::new();
    folder.run(&["init"]);
    let config = folder.read("guiju.toml").replace("\n# ", "\n");
    let folder = folder.with("guiju.toml", &config);
    let run = folder.run(&[]);
    assert_eq!(run.code, Some(1), "{config}{run:?}");
    assert!(run.stdout.contains("2026-03-01"), "{run:?}");
}
