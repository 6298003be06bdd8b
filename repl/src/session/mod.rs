//! `guiju repl`: type a rule or a fact, see the verdict and what changed.
//!
//! The backend is text in, text out; the terminal (or a pipe) is a thin front end whose validator
//! is the real parser.

mod backend;
mod changes;
mod command;
mod loading;
mod statements;
mod terminal;

use std::io::{BufRead, BufReader, IsTerminal};
use std::process::ExitCode;

use crate::args::{Language, Repl};
use crate::failure::{Failure, WRONG_INPUT};
use crate::load::Workspace;
use crate::output;

use backend::Backend;
use command::is_command;

pub(crate) fn run(args: &Repl, lang: Option<Language>) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&args.rules, lang)?;
    let mut backend = Backend::open(&workspace, &args.facts, output::stdout())?;
    if std::io::stdin().is_terminal() {
        return terminal::run(&mut backend);
    }
    script(&mut backend)
}

/// Runs the lines of a pipe; a statement may take several. Mistakes make the exit code 2.
fn script(backend: &mut Backend) -> Result<ExitCode, Failure> {
    let mut pending = String::new();
    let mut sound = true;
    let mut input = BufReader::new(std::io::stdin());
    loop {
        let mut line = Vec::new();
        let last = input.read_until(b'\n', &mut line)? == 0;
        let line = String::from_utf8_lossy(&line);
        // A command ends a statement that was never finished.
        let mut texts = Vec::new();
        if is_command(&line) {
            texts.push(std::mem::take(&mut pending));
        }
        pending.push_str(&line);
        // As in a file, an indented line goes on with the statement above it.
        let goes_on = !is_command(&pending) && input.buffer().starts_with(b" ");
        if last || !(goes_on || Backend::is_incomplete(&pending)) {
            texts.push(std::mem::take(&mut pending));
        }
        let mut quit = last;
        for text in texts {
            let answer = backend.take(&text);
            sound &= answer.sound;
            quit |= answer.quit;
            output::print(&answer.text)?;
        }
        if quit {
            break;
        }
    }
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(WRONG_INPUT)
    })
}
