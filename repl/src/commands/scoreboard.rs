//! `guiju scoreboard`: points by weight, and who is ahead.

use std::process::ExitCode;

use crate::args::{BoardFormat, Language, Scoreboard};
use crate::failure::Failure;
use crate::load::Workspace;
use crate::{files, output, render};

pub(crate) fn run(args: &Scoreboard, lang: Option<Language>) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&args.rules, lang)?;
    let lang = workspace.lang;
    let rules = workspace.rules()?;
    let facts = workspace.facts(&args.facts)?;
    let options = workspace.options(&args.facts, false)?;
    let outcome = rules
        .evaluate(&facts, &options)
        .map_err(|e| Failure::engine(&e, lang))?;
    render::findings::draw(outcome.findings(), rules.sources(), lang);
    let board = outcome.scoreboard();
    let text = match args.format {
        BoardFormat::Human => {
            let pen = match args.output {
                Some(_) => output::file(),
                None => output::stdout(),
            };
            render::scoreboard::screen(&board, lang, pen)
        }
        BoardFormat::Markdown => render::scoreboard::markdown(&board, lang),
        BoardFormat::Json => render::json::pretty(&board),
        BoardFormat::Csv => render::scoreboard::csv(&board),
    };
    files::deliver(args.output.as_deref(), &text, lang)?;
    workspace.miss_figures(&args.facts, &outcome);
    // A place in a ranking is no failure.
    Ok(ExitCode::SUCCESS)
}
