//! `guiju repl`: type a rule or a fact, see the verdict and what changed.
//!
//! The backend is text in, text out; the terminal (or a pipe) is a thin front end whose validator
//! is the real parser.

mod backend;
mod command;
mod terminal;

use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;

use crate::args::Repl;
use crate::failure::{Failure, WRONG_INPUT};
use crate::load::Workspace;
use crate::output;

use backend::{Answer, Backend};

pub(crate) fn run(args: &Repl) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&args.rules)?;
    let facts = workspace.facts(&args.facts)?;
    let options = workspace.options(&args.facts, true)?;
    let mut backend = Backend::new(workspace.inputs(), facts, options);
    if std::io::stdin().is_terminal() {
        return terminal::run(&mut backend);
    }
    script(&mut backend)
}

/// Runs the lines of a pipe; a statement may take several. Mistakes make the exit code 2.
fn script(backend: &mut Backend) -> Result<ExitCode, Failure> {
    let mut pending = String::new();
    let mut sound = true;
    for line in std::io::stdin().lock().lines() {
        pending.push_str(&line?);
        pending.push('\n');
        if Backend::is_incomplete(&pending) {
            continue;
        }
        let answer = backend.take(&std::mem::take(&mut pending));
        sound &= answer.sound;
        output::print(&answer.text)?;
        if answer.quit {
            break;
        }
    }
    let Answer {
        text, sound: last, ..
    } = backend.take(&pending);
    output::print(&text)?;
    Ok(if sound && last {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(WRONG_INPUT)
    })
}
