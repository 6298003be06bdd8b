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
    let rules = match workspace.rules() {
        // Where there are no rules, GJ9999 can only be meant as a code.
        Err(_) if is_like_a_code(&args.what) => return Err(no_code(&args.what, lang)),
        rules => rules?,
    };
    if rules.ruleset().rule(&args.what).is_none() {
        if is_like_a_code(&args.what) {
            return Err(no_code(&args.what, lang));
        }
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
    let named = |rule: &guiju::lang::model::Rule, _| rule.id == args.what;
    // One subject may be a part of a quantified rule.
    let all: Vec<ResultRecord<'_>> = match args.subject {
        Some(_) => outcome.results_where(named).collect(),
        None => outcome.wholes_where(named).collect(),
    };
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

/// There is no such code; those of its group are offered.
fn no_code(found: &str, lang: guiju::Lang) -> Failure {
    let all = || Code::ALL.iter().map(|c| c.id());
    let group = found.to_ascii_uppercase();
    let group = group.get(..4).unwrap_or("GJ");
    let mut known: Vec<&str> = all().filter(|id| id.starts_with(group)).collect();
    if known.is_empty() {
        known = all().collect();
    }
    Failure::not_found(Named::Code, found, &known, lang)
}

/// GJ9999: nobody who writes this means a rule.
fn is_like_a_code(text: &str) -> bool {
    let Some((letters, digits)) = text.split_at_checked(2) else {
        return false;
    };
    let digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    letters.eq_ignore_ascii_case("GJ") && digits
}
