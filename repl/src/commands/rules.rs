//! `guiju rules`: the compiled rules.

use std::process::ExitCode;

use crate::args::{Language, ListFormat, Rules};
use crate::failure::Failure;
use crate::load::Workspace;
use crate::output;
use crate::render;

pub(crate) fn run(args: &Rules, lang: Option<Language>) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&args.rules, lang)?;
    let rules = workspace.rules()?;
    let text = match args.format {
        ListFormat::Json => render::json::pretty(&rules.records()),
        ListFormat::Human => render::rules::list(&rules, workspace.lang, output::stdout()),
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
