//! What all commands share: configuration, language, colour, pipes, help.

use std::io::Read;
use std::process::{Command, Stdio};

use super::support::{AS_OF, Folder, RULES, both, snapshot};

const CONFIG: &str = "rules = [\"rules.gj\"]\nfacts = [\"facts.csv\"]\nas_of = 2026-03-01\n";

#[test]
fn alone_without_configuration() {
    let run = Folder::new().run(&[]);
    snapshot("alone", &run);
    assert_eq!(run.code, Some(2));
}

#[test]
fn alone_with_configuration() {
    let folder = Folder::demo()
        .with("guiju.toml", CONFIG)
        .with("deep/er/x", "");
    let named = [
        "eval",
        "rules.gj",
        "--facts",
        "facts.csv",
        AS_OF[0],
        AS_OF[1],
    ];
    let here = folder.run(&[]);
    // The same but for the hints, which name other commands that read the configuration.
    let lines = |text: &str| {
        text.lines()
            .rev()
            .skip(2)
            .map(str::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(&here.stdout), lines(&folder.run(&named).stdout));
    assert_eq!(here.code, Some(1));
    let below = folder.call(&[]).below("deep/er").run();
    assert_eq!(below.code, Some(1), "{below:?}");
}

#[test]
fn flags_win_over_the_configuration() {
    let config = format!("{CONFIG}lang = \"zh\"\nassess = \"linear\"\n");
    let folder = Folder::demo()
        .with("guiju.toml", config)
        .with("other.gj", "rate 体育达标率 >= 50% by 2024 in 五华区\n");
    // With rules named, the figures of the configuration are not read, but its date is.
    let run = folder.run(&["eval", "other.gj", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(value["results"][0]["verdict"], "unknown");
    assert_eq!(value["as_of"], "2026-03-01");
    let run = folder.run(&["eval", "--as-of", "2025-06-30", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(value["as_of"], "2025-06-30");
    let method = |args: &[&str]| {
        let args = [&["eval", "--rule", "A-4", "--format", "json"], args].concat();
        let value: serde_json::Value =
            serde_json::from_str(&folder.run(&args).stdout).expect("JSON");
        value["results"][0]["progress"]["method"].to_string()
    };
    assert_eq!(method(&[]), "\"linear\"");
    assert_eq!(method(&["--assess", "schedule"]), "\"schedule\"");
}

#[test]
fn vocabulary_of_the_configuration() {
    let config = "rules = [\"r.gj\"]\nvocabulary = [\"std:regions\", \"words.gj\"]\n";
    let folder = Folder::new()
        .with("guiju.toml", config)
        .with(
            "words.gj",
            "indicator 体育达标率 { kind rate better higher }\n",
        )
        .with("r.gj", "rate 体育达标 >= 71% by 2027 in 昆明\n");
    both("vocabulary", &folder, &["check"]);
}

#[test]
fn configurations_that_are_wrong() {
    for (name, text) in [
        ("config_syntax", "rules = [\"rules.gj\"\nfacts = 1\n"),
        (
            "config_key",
            "rules = [\"rules.gj\"]\nfact = [\"facts.csv\"]\n",
        ),
        ("config_type", "rules = \"rules.gj\"\n"),
        ("config_lang", "lang = \"fr\"\n"),
        ("config_assess", "assess = \"guess\"\n"),
        ("config_date", "as_of = \"yesterday\"\n"),
        ("config_file", "rules = [\"rule.gj\"]\n"),
    ] {
        let folder = Folder::demo().with("guiju.toml", text);
        let run = folder.run(&[]);
        snapshot(name, &run);
        assert_eq!(run.code, Some(2), "{name}");
        let run = folder.run(&["--lang", "zh"]);
        snapshot(&format!("{name}_zh"), &run);
        assert_eq!(run.code, Some(2), "{name}");
    }
    let folder = Folder::demo().with("guiju.toml", [0xff, 0xfe, 0x00, b'=']);
    assert_eq!(folder.run(&[]).code, Some(2));
}

#[test]
fn reasons_of_the_system_are_in_the_readers_language() {
    let folder = Folder::demo().with("folder.gj/x", "").with(
        "uses.gj",
        "use \"nope.gj\"\nuse \"folder.gj\"\nrate 体育达标率 >= 71% by 2027 in 昆明\n",
    );
    both("reason_use", &folder, &["check", "uses.gj"]);
    for (name, args) in [
        (
            "reason_not_a_folder",
            &["eval", "rules.gj", "--facts", "facts.csv/x.csv"][..],
        ),
        ("reason_rules_not_a_folder", &["check", "rules.gj/x.gj"]),
        (
            "reason_write_into_a_folder",
            &["eval", "rules.gj", AS_OF[0], AS_OF[1], "-o", "folder.gj"],
        ),
    ] {
        both(name, &folder, args);
    }
    // No words for it: the system's own, introduced.
    let long = "长".repeat(200);
    for args in [
        &["check", &long, "--lang", "zh"][..],
        &["facts", &long, "--lang", "zh"],
    ] {
        let run = folder.run(args);
        assert_eq!(run.code, Some(2), "{run:?}");
        let english = run.stderr.contains("os error");
        assert!(
            !english || run.stderr.contains("操作系统的原话是"),
            "{run:?}"
        );
    }
}

#[test]
fn language() {
    let folder = Folder::demo();
    let word = |folder: &Folder, locale: &[(&'static str, &'static str)], flag: &[&str]| {
        let args = [
            &["eval", "rules.gj", "--only", "none", AS_OF[0], AS_OF[1]],
            flag,
        ]
        .concat();
        let call = folder.call(&args).environment("LC_ALL", "");
        let call = locale.iter().fold(call, |c, (n, v)| c.environment(n, v));
        let text = call.run().stdout;
        if text.contains("截至") { "zh" } else { "en" }
    };
    let zh = [("LANG", "zh_CN.UTF-8")];
    let en = [("LANG", "en_GB.UTF-8")];
    assert_eq!(word(&folder, &zh, &[]), "zh");
    assert_eq!(word(&folder, &en, &[]), "en");
    assert_eq!(
        word(
            &folder,
            &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_US.UTF-8")],
            &[]
        ),
        "en"
    );
    assert_eq!(word(&folder, &zh, &["--lang", "en"]), "en");
    // Where the locale says nothing, the rules' own language does.
    assert_eq!(word(&folder, &[("LANG", "C")], &[]), "zh");
    let latin = Folder::new().with(
        "rules.gj",
        "rate secondary completion >= 98% by 2025 in Kunming # every school counts\n",
    );
    assert_eq!(word(&latin, &[("LANG", "C")], &[]), "en");
    let config = Folder::demo().with("guiju.toml", "lang = \"zh\"\n");
    assert_eq!(word(&config, &en, &[]), "zh");
    assert_eq!(word(&config, &zh, &["--lang", "en"]), "en");
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = Folder::demo();
    let args = [
        "eval",
        "rules.gj",
        "--facts",
        "facts.csv",
        AS_OF[0],
        AS_OF[1],
    ];
    let coloured = |variables: &[(&'static str, &'static str)], flag: &[&str]| {
        let args = [&args[..], flag].concat();
        let call = folder.call(&args);
        let call = variables.iter().fold(call, |c, (n, v)| c.environment(n, v));
        call.run().stdout.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[], &["--color", "always"]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "0")], &[]));
    assert!(!coloured(
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
        &[]
    ));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
    // Colour never carries anything alone: without it the text is the same.
    let plain = folder.run(&args).stdout;
    let always = [&args[..], &["--color", "always"]].concat();
    assert_eq!(uncoloured(&folder.run(&always).stdout), plain);
}

fn uncoloured(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find('m').map_or(rest.len(), |m| at + m + 1);
        rest = &rest[end..];
    }
    out + rest
}

#[test]
fn a_closed_pipe_ends_quietly() {
    // More than a pipe holds, so that writing meets the closed end.
    let rules: String = (0..2000)
        .map(|n| format!("rate 指标{n} >= 98% by 2025 in 昆明\n"))
        .collect();
    let folder = Folder::new().with("rules.gj", rules);
    for format in ["human", "json", "jsonl"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_guiju"))
            .args(["eval", "rules.gj", "--format", format])
            .current_dir(folder.path())
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut stdout = child.stdout.take().expect("a pipe");
        let mut first = [0; 16];
        stdout.read_exact(&mut first).expect("a beginning");
        drop(stdout);
        let output = child.wait_with_output().expect("the binary ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
        assert_eq!(output.status.code(), Some(0), "{format}");
    }
}

#[test]
fn rules_with_a_byte_order_mark_and_windows_line_ends() {
    let text = format!("\u{feff}{}", RULES.replace('\n', "\r\n"));
    let folder = Folder::new().with("rules.gj", text);
    let run = folder.run(&["check", "rules.gj"]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn files_of_any_bytes_are_findings() {
    let bytes: Vec<u8> = (0..=255u8).cycle().take(4096).collect();
    let folder = Folder::demo()
        .with("bytes.gj", &bytes)
        .with("bytes.csv", &bytes)
        .with("folder.gj/x", "");
    for args in [
        &["check", "bytes.gj"][..],
        &["eval", "bytes.gj"],
        &["eval", "rules.gj", "--facts", "bytes.csv"],
        &["eval", "rules.gj", "--facts", "folder.gj"],
        &["facts", "bytes.csv"],
        &["fmt", "bytes.gj"],
        &["repl", "bytes.gj"],
        &["explain", "A-1", "bytes.gj"],
        &["eval", "rules.gj", "-o", "folder.gj"],
    ] {
        let run = folder.run(args);
        if args[0] != "repl" {
            assert_eq!(run.code, Some(2), "{run:?}");
            assert!(run.stderr.starts_with('×'), "{run:?}");
        }
        assert!(!run.stderr.contains("panicked"), "{run:?}");
    }
}

#[test]
fn help_fits_the_screen() {
    let folder = Folder::new();
    for args in [
        &["help"][..],
        &["help", "eval"],
        &["help", "check"],
        &["help", "rules"],
        &["help", "explain"],
        &["help", "facts"],
        &["help", "fmt"],
        &["help", "init"],
        &["help", "repl"],
        &["help", "completions"],
    ] {
        let run = folder.run(args);
        assert_eq!(run.code, Some(0));
        for line in run.stdout.lines() {
            let columns: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            assert!(columns <= 80, "{args:?}: {line}");
        }
    }
    snapshot("help_eval", &folder.run(&["help", "eval"]));
    assert!(folder.run(&["--version"]).stdout.starts_with("guiju "));
    assert_eq!(folder.run(&["evla"]).code, Some(2));
}

#[test]
fn completions() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.run(&["completions", shell]);
        assert_eq!(run.code, Some(0), "{shell}");
        assert!(run.stdout.contains("explain"), "{shell}");
    }
}

/// One finding for a file in another encoding, not one for each of its characters.
#[test]
fn rule_files_that_are_not_utf8() {
    let utf16: Vec<u8> = "rate 巩固率 >= 98% by 2025"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = Folder::new()
        .with("gbk.gj", b"rate \xb9\xae\xb9\xcc\xc2\xca >= 98% by 2025\n")
        .with("utf16.gj", [&[0xFF, 0xFE], utf16.as_slice()].concat())
        .with("plan.xlsx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00")
        .with(
            "picture.gj",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x01\x02\xff",
        )
        .with(
            "uses.gj",
            "use \"gbk.gj\"\nrate 巩固率 >= 98% by 2025 in 昆明\n",
        );
    for (name, file) in [
        ("not_utf8_gbk", "gbk.gj"),
        ("not_utf8_utf16", "utf16.gj"),
        ("not_utf8_workbook", "plan.xlsx"),
        ("not_utf8_binary", "picture.gj"),
        ("not_utf8_used", "uses.gj"),
    ] {
        both(name, &folder, &["check", file]);
    }
    assert_eq!(folder.run(&["fmt", "gbk.gj"]).code, Some(2));
}

#[test]
fn figures_where_rules_belong_and_no_figures() {
    let folder = Folder::demo();
    both(
        "figures_as_rules",
        &folder,
        &["eval", "rules.gj", "facts.csv"],
    );
    let call = ["eval", "rules.gj", "--only", "none", AS_OF[0], AS_OF[1]];
    both("no_figures", &folder, &call);
}
