//! `guiju test`: the tests written in the rules.

use std::process::ExitCode;

use guiju::Rules;
use guiju::lang::model::TestCase;

use crate::args::{Language, Test, TestFormat};
use crate::failure::{Failure, Named};
use crate::load::Workspace;
use crate::{files, output, render};

pub(crate) fn run(args: &Test, lang: Option<Language>) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&args.rules, lang)?;
    let lang = workspace.lang;
    let rules = workspace.rules()?;
    let filter = args.filter.as_deref().map(guiju::lang::normalise);
    let keep = |test: &TestCase| {
        let name = guiju::lang::normalise(&test.name);
        filter.as_ref().is_none_or(|text| name.contains(&**text))
    };
    if let Some(filter) = &args.filter
        && !rules.tests().iter().any(keep)
    {
        return Err(no_test(filter, &rules, lang));
    }
    let assess = workspace.config.assess.unwrap_or_default();
    let runs = rules
        .run_tests(keep, lang, assess)
        .map_err(|e| Failure::engine(&e, lang))?;
    let report = runs.report(args.coverage);
    let text = match args.format {
        TestFormat::Human => {
            let pen = match args.output {
                Some(_) => output::file(),
                None => output::stdout(),
            };
            render::tests::screen(&report, &rules, lang, pen)
        }
        TestFormat::Json => render::json::pretty(&report),
        TestFormat::Junit => render::junit::document(&report, &rules, lang),
    };
    files::deliver(args.output.as_deref(), &text, lang)?;
    Ok(match report.summary.failed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// A filter that nothing passes is a mistake: a run without tests would look like one that passed.
fn no_test(filter: &str, rules: &Rules, lang: guiju::Lang) -> Failure {
    let known: Vec<&str> = rules.tests().iter().map(|t| t.name.as_str()).collect();
    Failure::not_found(Named::Test, filter, &known, lang)
}
