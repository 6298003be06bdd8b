//! `guiju check`: errors of rule files, and of facts in their light.

use std::process::ExitCode;

use guiju::{Date, Options, Rules, Severity};

use crate::args::{Check, CheckFormat};
use crate::failure::{Failure, WRONG_INPUT};
use crate::load::{Workspace, read_into};
use crate::output;
use crate::render;

pub(crate) fn run(args: &Check) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&args.rules)?;
    let compiled = workspace.compile();
    let mut findings = compiled.diagnostics.clone();
    let sources = compiled.sources.clone();
    let count = compiled.ruleset.rules.len();
    if !args.facts.is_empty() {
        let mut facts = guiju::Facts::new();
        for file in &args.facts {
            findings.extend(read_into(&mut facts, file, None));
        }
        // What the rules make of the figures does not depend on the date.
        if let Ok(rules) = Rules::from_compiled(compiled)
            && let Err(error) = rules.evaluate(&facts, &Options::as_of(Date::default()))
        {
            findings.extend(error.findings().iter().cloned());
        }
    }
    match args.format {
        CheckFormat::Human => {
            render::findings::draw(&findings, &sources, workspace.lang);
            output::print(&render::findings::tally(&findings, count, workspace.lang))?;
        }
        CheckFormat::Json => {
            output::print(&render::json::pretty(&render::json::findings(
                &findings,
                &sources,
                workspace.lang,
            )))?;
        }
        CheckFormat::Sarif => {
            output::print(&render::json::pretty(&render::sarif::log(
                &findings,
                &sources,
                workspace.lang,
            )))?;
        }
    }
    // Errors of the language keep the rules from compiling: that is wrong input, not a verdict.
    let broken = findings.iter().any(|f| f.severity() == Severity::Error);
    Ok(if broken {
        ExitCode::from(WRONG_INPUT)
    } else {
        ExitCode::SUCCESS
    })
}
