//! The terminal front end: line editing, history, completion.

use std::path::PathBuf;
use std::process::ExitCode;

use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::backend::Backend;
use super::command::{Command, is_command};
use crate::failure::Failure;
use crate::output;

/// Completion from a list of words, validation by the parser.
struct Assistant {
    words: Vec<String>,
    files: FilenameCompleter,
}

/// Where the word before the cursor begins: behind white space and punctuation, but for the colon
/// of a command.
fn word_start(before: &str) -> usize {
    let line = before.rfind('\n').map_or(0, |i| i + 1);
    let apart = |c: char| c.is_whitespace() || "：:，,；;、（）(){}“”\"=<>≥≤|/×·".contains(c);
    let word = before.rfind(apart).map_or(0, |i| {
        let len = before.get(i..).and_then(|s| s.chars().next());
        i + len.map_or(1, char::len_utf8)
    });
    let opening = before.get(line..).unwrap_or("");
    let command = is_command(opening) && !opening.contains(char::is_whitespace);
    if command { line } else { word.max(line) }
}

impl Completer for Assistant {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        context: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        if line.starts_with(":load ") {
            return self.files.complete(line, pos, context);
        }
        let before = line.get(..pos).unwrap_or(line);
        let start = word_start(before);
        let word = before.get(start..).unwrap_or("").replace('：', ":");
        if word.is_empty() {
            return Ok((start, Vec::new()));
        }
        let pair = |w: &String| Pair {
            display: w.clone(),
            replacement: format!("{w} "),
        };
        let found = self.words.iter().filter(|w| w.starts_with(&word));
        Ok((start, found.map(pair).collect()))
    }
}

impl Hinter for Assistant {
    type Hint = String;
}

impl Highlighter for Assistant {}

impl Validator for Assistant {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let text = context.input();
        // An empty line gives up on a statement that was never finished.
        let given_up = text.ends_with('\n');
        Ok(if Backend::is_incomplete(text) && !given_up {
            ValidationResult::Incomplete
        } else {
            ValidationResult::Valid(None)
        })
    }
}

impl Helper for Assistant {}

pub(super) fn run(backend: &mut Backend) -> Result<ExitCode, Failure> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .auto_add_history(false)
        .build();
    let mut editor: Editor<Assistant, FileHistory> = Editor::with_config(config).map_err(failed)?;
    let history = history_file();
    if let Some(file) = &history {
        // No history yet is no reason to complain.
        let _ = editor.load_history(file);
    }
    let intro = format!(
        "guiju {}\n{}",
        guiju::VERSION,
        Command::help(backend.lang())
    );
    output::print(&intro)?;
    loop {
        editor.set_helper(Some(Assistant {
            words: backend.words(),
            files: FilenameCompleter::new(),
        }));
        match editor.readline(backend.lang().pick("规矩> ", "guiju> ")) {
            Ok(line) => {
                if !line.trim().is_empty() {
                    let _ = editor.add_history_entry(line.trim_end());
                }
                let answer = backend.take(&line);
                output::print(&answer.text)?;
                if answer.quit {
                    break;
                }
            }
            Err(ReadlineError::Interrupted) => {
                let lang = backend.lang();
                output::print(
                    lang.pick("（退出用 :quit 或 Ctrl-D）\n", "(:quit or Ctrl-D leaves)\n"),
                )?;
            }
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(failed(error)),
        }
    }
    if let Some(file) = &history {
        let _ = editor.save_history(file);
    }
    Ok(ExitCode::SUCCESS)
}

fn failed(error: ReadlineError) -> Failure {
    match error {
        ReadlineError::Io(error) => Failure::from(error),
        other => Failure::Stream(std::io::Error::other(other.to_string())),
    }
}

/// Where the lines of earlier sessions are kept.
fn history_file() -> Option<PathBuf> {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"))?;
    Some(PathBuf::from(home).join(".guiju_history"))
}

#[cfg(test)]
mod tests {
    use super::word_start;

    #[test]
    fn words_begin_behind_spaces_and_punctuation() {
        for (line, word) in [
            (":lo", ":lo"),
            ("：lo", "：lo"),
            (":explain KM", "KM"),
            ("rate 九年", "九年"),
            ("KM-1：比率 九年", "九年"),
            ("到2025年，昆", "昆"),
            ("rate x >= 98% b", "b"),
            ("plan p {\n  reg", "reg"),
        ] {
            assert_eq!(line.get(word_start(line)..), Some(word), "{line}");
        }
    }
}
