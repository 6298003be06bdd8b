//! The terminal front end: line editing, history, completion.

use std::path::PathBuf;
use std::process::ExitCode;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Editor, Helper};

use super::backend::Backend;
use super::command::Command;
use crate::failure::Failure;
use crate::output;

/// Completion from a list of words, validation by the parser.
struct Assistant {
    words: Vec<String>,
}

impl Completer for Assistant {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let before = line.get(..pos).unwrap_or(line);
        let start = before.rfind(char::is_whitespace).map_or(0, |i| {
            i + before
                .get(i..)
                .and_then(|s| s.chars().next())
                .map_or(1, char::len_utf8)
        });
        let word = before.get(start..).unwrap_or("");
        if word.is_empty() {
            return Ok((start, Vec::new()));
        }
        let found = self
            .words
            .iter()
            .filter(|w| w.starts_with(word))
            .cloned()
            .collect();
        Ok((start, found))
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
        let more = Backend::is_incomplete(text) && !text.ends_with("\n\n");
        Ok(if more {
            ValidationResult::Incomplete
        } else {
            ValidationResult::Valid(None)
        })
    }
}

impl Helper for Assistant {}

pub(super) fn run(backend: &mut Backend) -> Result<ExitCode, Failure> {
    let mut editor: Editor<Assistant, rustyline::history::FileHistory> =
        Editor::new().map_err(failed)?;
    let history = history_file();
    if let Some(file) = &history {
        // No history yet is no reason to complain.
        let _ = editor.load_history(file);
    }
    output::print(&format!(
        "guiju {}\n{}",
        guiju::VERSION,
        Command::help(backend.lang())
    ))?;
    loop {
        editor.set_helper(Some(Assistant {
            words: backend.words(),
        }));
        match editor.readline("规矩> ") {
            Ok(line) => {
                if !line.trim().is_empty() {
                    let _ = editor.add_history_entry(line.as_str());
                }
                let answer = backend.take(&line);
                output::print(&answer.text)?;
                if answer.quit {
                    break;
                }
            }
            Err(ReadlineError::Interrupted) => {}
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
        other => Failure::Output(std::io::Error::other(other.to_string())),
    }
}

/// Where the lines of earlier sessions are kept.
fn history_file() -> Option<PathBuf> {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"))?;
    Some(PathBuf::from(home).join(".guiju_history"))
}
