//! `guiju check`: errors of rule files, and of facts in their light.

use std::process::ExitCode;

use guiju::{Date, Diagnostic, Options, Rules, Severity};

use crate::args::{Check, CheckFormat, Language};
use crate::failure::{Failure, WRONG_INPUT};
use crate::load::{Workspace, read_into};
use crate::output;
use crate::render;

pub(crate) fn run(args: &Check, lang: Option<Language>) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&args.rules, lang)?;
    let compiled = workspace.compile()?;
    let mut findings = compiled.diagnostics.clone();
    let sources = compiled.sources.clone();
    let ruleset = compiled.ruleset.clone();
    if !args.facts.is_empty() {
        let mut facts = guiju::Facts::new();
        for file in &args.facts {
            findings.extend(read_into(&mut facts, file, None, workspace.lang));
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
            output::print(&render::findings::tally(
                &findings,
                ruleset.rules.len(),
                workspace.lang,
            ))?;
        }
        CheckFormat::Json => {
            output::print(&render::json::pretty(&render::json::findings(
                &findings,
                &sources,
                &ruleset,
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
    // What proves two rules at odds is a verdict on them; any other error keeps them from being
    // understood.
    let errors = || findings.iter().filter(|f| f.severity() == Severity::Error);
    let proved = |f: &Diagnostic| matches!(f.code.kind(), "contradiction" | "impossible");
    Ok(if !errors().all(proved) {
        ExitCode::from(WRONG_INPUT)
    } else if errors().next().is_some() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
