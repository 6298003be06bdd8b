//! Properties of the language: nothing panics, the formatter keeps the tree, the meaning and every
//! comment, both keyword sets say the same, and size is no danger. Seeds are fixed.

mod generators;

use generators::file;
use guiju_lang::diag::{one_line, tidy};
use guiju_lang::{
    FileId, Input, Kw, Lang, NoFiles, Ruleset, Source, WordSet, compile, parse, print,
};
use guiju_tests::lang::{compile_text, draw, tree, without_spans};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// `GUIJU_CASES=50` tries fifty times as many.
fn config(cases: u32, seed: u64) -> ProptestConfig {
    let times = std::env::var("GUIJU_CASES")
        .ok()
        .and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: cases * times.unwrap_or(1),
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Runs everything that the language does with a text, and looks at every finding.
fn exercise(text: &str) {
    let parsed = parse(FileId(0), text);
    let source = Source::new("t.gj", text);
    for words in [None, Some(WordSet::En), Some(WordSet::Zh)] {
        let _ = print::file(&parsed, &source, words);
    }
    let compiled = compile(&[Input::text("t.gj", text)], &NoFiles);
    for finding in &compiled.diagnostics {
        for span in finding
            .labels
            .iter()
            .chain(finding.fixes.iter().map(|f| &f.span))
        {
            let (start, end) = (span.start as usize, span.end as usize);
            assert!(text.get(start..end).is_some(), "{span:?} in {text:?}");
        }
        for lang in [Lang::Zh, Lang::En] {
            let said = [
                finding.message(lang),
                finding.label(lang).unwrap_or_default(),
                finding.help(lang).unwrap_or_default(),
            ];
            for name in [
                "found", "what", "word", "fixed", "nearest", "expected", "instead", "after",
            ] {
                let place = format!("{{{name}}}");
                assert!(!said.iter().any(|s| s.contains(&place)), "{said:?}");
            }
            let _ = one_line(finding, &compiled.sources, lang);
        }
    }
    // Drawing is slow in a debug build: a few are enough.
    for finding in compiled.diagnostics.iter().take(3) {
        let _ = draw(finding, &compiled.sources, Lang::Zh);
    }
    let mut sorted = compiled.diagnostics.clone();
    tidy(&mut sorted);
    assert_eq!(sorted, compiled.diagnostics);
}

// ── anything at all ──────────────────────────────────────────────────────────────────────────────

/// Every spelling of every keyword, signs, names and literals: whole words of the language.
fn pieces() -> Vec<String> {
    let mut pieces: Vec<String> = Kw::ALL
        .iter()
        .flat_map(|kw| kw.spellings())
        .map(str::to_string)
        .collect();
    let more = [
        "(",
        ")",
        "（",
        "{",
        "}",
        "{",
        "}",
        "｛",
        "[",
        "|",
        ":",
        "：",
        ",",
        "，",
        "、",
        ";",
        "；",
        "。",
        "..",
        "—",
        "~",
        "-",
        "－",
        "+",
        "*",
        "×",
        "/",
        "÷",
        "?",
        "%",
        "％",
        "‰",
        "!",
        "&",
        "@",
        "\\",
        ".",
        "'",
        "“",
        "”",
        "\"",
        "《",
        "》",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\u{3000}",
        "\u{200B}",
        "\u{FEFF}",
        "\0",
        "# 注释\n",
        "#",
        "甲",
        "乙",
        "昆明",
        "五华",
        "KM-1:",
        "KM-1",
        "“有 空格”",
        "\"by\"",
        "98%",
        "98",
        "0.98",
        "300所",
        "1,200所",
        "2025",
        "2025年",
        "2023..2025",
        "2023-2025",
        "2025-02-30",
        "前30",
        "1:15",
        "1:0",
        "-3%",
        "1.2万人",
        "9999999999999999999",
        "20万元/年/人",
        "300所以上",
        "达到98%以上",
        "截至2025年",
        "在昆明",
        "3岁以下",
        "1/3",
        "2025/09/01",
        "10-31",
        ".5",
        "530100",
        "😀",
        "é",
        "e\u{301}",
        "\u{202E}",
        "ＫＭ－０７：",
        "std:regions",
        "2023学年",
        "each",
        "half-year",
    ];
    pieces.extend(more.map(str::to_string));
    pieces
}

proptest! {
    #![proptest_config(config(300, 1))]

    #[test]
    fn any_characters_do_no_harm(text in "\\PC{0,120}") {
        exercise(&text);
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        exercise(&String::from_utf8_lossy(&bytes));
    }
}

proptest! {
    #![proptest_config(config(400, 2))]

    #[test]
    fn any_words_do_no_harm(
        words in proptest::collection::vec((select(pieces()), select(vec!["", " ", " ", "  ", "\n"])), 0..40)
    ) {
        let text: String = words.iter().flat_map(|(word, space)| [word.as_str(), space]).collect();
        exercise(&text);
    }

}

proptest! {
    #![proptest_config(config(60, 4))]

    /// A file with a hole, a repetition or a foreign word in it.
    #[test]
    fn any_damage_does_no_harm(
        at in 0usize..4000, length in 0usize..40, insert in select(pieces())
    ) {
        let mut text = include_str!("../cases/twenty-mistakes.gj").to_string();
        let boundary = |text: &str, at: usize| {
            (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
        };
        let from = boundary(&text, at);
        let to = boundary(&text, from + length).max(from);
        text.replace_range(from..to, &insert);
        exercise(&text);
    }
}

// ── good files ───────────────────────────────────────────────────────────────────────────────────

fn format(text: &str, words: Option<WordSet>) -> String {
    let parsed = parse(FileId(0), text);
    let said: Vec<_> = parsed
        .diagnostics
        .iter()
        .map(|d| d.message(Lang::En))
        .collect();
    assert!(said.is_empty(), "{text}\n{said:?}");
    print::file(&parsed, &Source::new("t.gj", text), words)
}

/// Puts a comment behind some of the spaces that stand outside quotes.
fn with_comments(text: &str, places: &[bool]) -> (String, usize) {
    let mut out = String::new();
    let (mut count, mut space, mut closing) = (0, 0, None);
    let mut line_start = 0;
    for (at, c) in text.char_indices() {
        out.push(c);
        if c == '\n' {
            line_start = at + 1;
        }
        // A row of a table is one line.
        let row = text[line_start..].trim_start().starts_with('|');
        match (closing, c) {
            (Some(end), c) if c == end => closing = None,
            (None, '"') => closing = Some('"'),
            (None, '“') => closing = Some('”'),
            (None, '《') => closing = Some('》'),
            (None, '「') => closing = Some('」'),
            (None, ' ') if row => {}
            (None, ' ' | '\n') => {
                if *places.get(space % places.len().max(1)).unwrap_or(&false) {
                    // What goes on stays indented.
                    let indent = if c == ' ' { "  " } else { "" };
                    out.push_str(&format!("# c{count}.\n{indent}"));
                    count += 1;
                }
                space += 1;
            }
            _ => {}
        }
    }
    (out, count)
}

proptest! {
    #![proptest_config(config(250, 3))]

    #[test]
    fn formatting_keeps_the_tree_and_settles(text in file()) {
        let once = format(&text, None);
        prop_assert_eq!(tree(&text), tree(&once), "{}\n→\n{}", text, once);
        prop_assert_eq!(&format(&once, None), &once);
    }

    #[test]
    fn keywords_translate_both_ways(text in file()) {
        let (en, zh) = (format(&text, Some(WordSet::En)), format(&text, Some(WordSet::Zh)));
        prop_assert_eq!(tree(&text), tree(&en), "{}\n→\n{}", text, en);
        prop_assert_eq!(tree(&text), tree(&zh), "{}\n→\n{}", text, zh);
        // Whether a block fits on one line depends on the words; nothing else does.
        prop_assert_eq!(flat(&format(&zh, Some(WordSet::En))), flat(&en));
        prop_assert_eq!(flat(&format(&en, Some(WordSet::Zh))), flat(&zh));
    }

    #[test]
    fn no_comment_is_lost(text in file(), places in proptest::collection::vec(any::<bool>(), 1..12)) {
        let (text, count) = with_comments(&text, &places);
        let once = format(&text, None);
        prop_assert_eq!(tree(&text), tree(&once), "{}\n→\n{}", text, once);
        for i in 0..count {
            let comment = format!("# c{i}.\n");
            prop_assert_eq!(once.matches(&comment).count(), 1, "{}\n→\n{}", text, once);
        }
        prop_assert_eq!(&format(&once, None), &once, "{}", text);
    }

    #[test]
    fn formatted_text_means_the_same(text in file()) {
        let ruleset = |text: &str| compile_text(text).ruleset;
        let formatted = format(&text, Some(WordSet::Zh));
        prop_assert_eq!(meaning(ruleset(&text)), meaning(ruleset(&formatted)), "{}\n→\n{}", text, formatted);
    }

    #[test]
    fn rulesets_survive_serialisation(text in file()) {
        let ruleset = compile_text(&text).ruleset;
        let json = serde_json::to_string(&ruleset).unwrap();
        let back: Ruleset = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, &ruleset);
        prop_assert_eq!(serde_json::to_string(&back).unwrap(), json);
    }
}

/// A text with its white space levelled.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A ruleset without spans and without the ids that are made of line numbers.
fn meaning(mut ruleset: Ruleset) -> String {
    for rule in &mut ruleset.rules {
        if !rule.labelled {
            rule.id.clear();
        }
    }
    for fact in &mut ruleset.facts {
        fact.text.clear();
    }
    without_spans(&format!("{ruleset:?}"))
}

// ── size ─────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn size_is_no_danger() {
    let huge = [
        "# 注释\n".repeat(100_000),
        "{".repeat(20_000) + &"}".repeat(20_000),
        "}".repeat(50_000),
        "rate 甲 >= 98% {\n".repeat(1_000),
        "rat 甲 >= 98%\n".repeat(1_000),
        "KM-1:\n".repeat(2_000),
        format!("region 甲 contains {}乙", "丙、".repeat(20_000)),
        format!("rate {} >= 98%", "长".repeat(300_000)),
        format!("rate 甲 >= {}%", "9".repeat(300_000)),
        format!("rate 甲 >= {}98%", "- ".repeat(30_000)),
        "rate 甲 >= 98% in 乙 ".repeat(1_000),
        "\"".repeat(20_001),
        "“".repeat(20_000),
        "!@$^".repeat(20_000),
        "by ".repeat(20_000),
        "到2025年，".repeat(5_000),
        ",".repeat(30_000),
        ";".repeat(30_000),
    ];
    for text in &huge {
        let parsed = parse(FileId(0), text);
        let compiled = compile(&[Input::text("t.gj", text.as_str())], &NoFiles);
        assert!(parsed.diagnostics.len() <= compiled.diagnostics.len());
        if let Some(finding) = compiled.diagnostics.first() {
            assert!(draw(finding, &compiled.sources, Lang::Zh).len() < 4_000);
        }
        let _ = print::file(
            &parsed,
            &Source::new("t.gj", text.as_str()),
            Some(WordSet::Zh),
        );
    }
}
