//! `guiju rules`: the compiled rules.

use std::process::ExitCode;

use crate::args::{ListFormat, Rules};
use crate::failure::Failure;
use crate::load::Workspace;
use crate::output;
use crate::render;

pub(crate) fn run(args: &Rules) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&args.rules)?;
    let rules = workspace.rules()?;
    let text = match args.format {
        ListFormat::Json => render::json::pretty(&rules.records()),
        ListFormat::Human => render::human::rule_list(&rules, workspace.lang),
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
