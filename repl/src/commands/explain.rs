//! `guiju explain`: everything about one rule's verdict, or the page of a code.

use std::process::ExitCode;

use guiju::{Code, ResultRecord};

use crate::args::{Explain, Language};
use crate::config::{self, Config};
use crate::failure::{Failure, Named};
use crate::load::Workspace;
use crate::output;
use crate::render;

pub(crate) fn run(args: &Explain, lang: Option<Language>) -> Result<ExitCode, Failure> {
    if let Some(code) = Code::from_id(&args.what) {
        let lang = config::language(lang, &Config::nearest(lang)?, "");
        output::print(&render::page::code(code, lang, output::stdout()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let workspace = Workspace::open(&args.rules, lang)?;
    let lang = workspace.lang;
    let rules = workspace.rules()?;
    if rules.ruleset().rule(&args.what).is_none() {
        let known: Vec<&str> = rules
            .ruleset()
            .rules
            .iter()
            .map(|r| r.id.as_str())
            .collect();
        return Err(Failure::not_found(Named::Rule, &args.what, &known, lang));
    }
    let facts = workspace.facts(&args.facts)?;
    let options = workspace.options(&args.facts, true)?;
    let outcome = rules
        .evaluate(&facts, &options)
        .map_err(|e| Failure::engine(&e, lang))?;
    if let Some((rule, absence)) = outcome.absences().find(|(r, _)| r.id == args.what) {
        let text = render::words::absence(&rule.id, absence, lang);
        output::print(&format!("{}\n", output::stdout().strong(&text)))?;
        return Ok(ExitCode::SUCCESS);
    }
    let all: Vec<ResultRecord<'_>> = outcome
        .results_where(|rule, _| rule.id == args.what)
        .collect();
    let chosen: Vec<&ResultRecord<'_>> = match &args.subject {
        Some(subject) => all.iter().filter(|r| names(r, subject)).collect(),
        None => all.iter().collect(),
    };
    if let (true, Some(subject)) = (chosen.is_empty(), &args.subject) {
        let known: Vec<&str> = all.iter().filter_map(|r| r.subject.as_deref()).collect();
        return Err(Failure::not_found(Named::Subject, subject, &known, lang));
    }
    output::print(&render::human::story(&outcome, &chosen, output::stdout()))?;
    // What was asked for is an explanation, and that was given.
    Ok(ExitCode::SUCCESS)
}

fn names(result: &ResultRecord<'_>, subject: &str) -> bool {
    let given = guiju::lang::normalise(subject);
    result.subject.as_deref() == Some(&*given) || result.region_code.as_deref() == Some(&*given)
}
