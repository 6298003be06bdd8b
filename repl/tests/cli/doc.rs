//! `guiju doc`.

use super::support::{Folder, both};

#[test]
fn a_word_of_either_language() {
    let folder = Folder::new();
    both("doc_weight", &folder, &["doc", "weight"]);
    let found = folder.run(&["doc", "权重"]).stdout;
    assert_eq!(found, folder.run(&["doc", "weight"]).stdout);
}

#[test]
fn every_spelling_finds_something() {
    let folder = Folder::new();
    for word in ["for each", "每个", "比率", "rate", "Lists", "list", "年均"] {
        let run = folder.run(&["doc", word]);
        assert_eq!(run.code, Some(0), "{word}: {}", run.stderr);
        assert!(!run.stdout.is_empty());
    }
    // A code has its own page.
    let page = folder.run(&["doc", "GJ0339"]).stdout;
    assert_eq!(page, folder.run(&["explain", "GJ0339"]).stdout);
    // Without quotes a word of several words is one all the same.
    let apart = folder.run(&["doc", "for", "each"]).stdout;
    assert_eq!(apart, folder.run(&["doc", "for each"]).stdout);
}

#[test]
fn the_sections() {
    // The reference grows: only its shape is held.
    for (lang, words) in [("zh", "确保、力争、可"), ("en", "must, should, may")] {
        let run = Folder::new().run(&["doc", "--lang", lang]);
        let line = run
            .stdout
            .lines()
            .find(|l| l.contains("Must, should and may"));
        assert!(line.is_some_and(|l| l.ends_with(words)), "{}", run.stdout);
    }
}

#[test]
fn a_word_that_there_is_not() {
    let folder = Folder::new();
    both("doc_no_such_word", &folder, &["doc", "tabel"]);
    let run = folder.run(&["doc", "xyzzy-xyzzy"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr
            .contains("there are: Files and statements, Rules")
    );
}
