//! `guiju facts`: what a file of figures was understood to say.

use std::process::ExitCode;

use guiju::{Facts as Store, Severity};

use crate::args::{Facts, FactsFormat, RuleFlags};
use crate::config::{self, Config};
use crate::failure::{Failure, WRONG_INPUT};
use crate::load::{self, Workspace};
use crate::output;
use crate::render;

pub(crate) fn run(args: &Facts) -> Result<ExitCode, Failure> {
    let config = Config::nearest()?;
    let lang = config::language(args.lang, &config, "");
    let files = if args.files.is_empty() {
        &config.facts
    } else {
        &args.files
    };
    let mut store = Store::new();
    let mut findings = Vec::new();
    for file in files {
        findings.extend(load::read_into(&mut store, file, args.region.as_deref()));
    }
    render::findings::draw(&findings, &guiju::lang::Sources::default(), lang);
    let unused = if args.unused {
        Some(unused(&store, args)?)
    } else {
        None
    };
    let keep = |place: &str| unused.as_ref().is_none_or(|places| places.contains(place));
    let observations: Vec<_> = store.observations().filter(|o| keep(&o.place())).collect();
    let text = match args.format {
        FactsFormat::Human => render::facts::screen(&store, &observations, lang),
        FactsFormat::Csv => render::facts::csv(&observations),
        FactsFormat::Json => render::json::pretty(&observations),
    };
    output::print(&text)?;
    let nothing = store.is_empty() && findings.iter().any(|f| f.severity() == Severity::Error);
    Ok(if nothing {
        ExitCode::from(WRONG_INPUT)
    } else {
        ExitCode::SUCCESS
    })
}

/// Places of the figures that no rule of the nearest configuration reads.
fn unused(store: &Store, args: &Facts) -> Result<std::collections::BTreeSet<String>, Failure> {
    let flags = RuleFlags {
        rules: Vec::new(),
        lang: args.lang,
    };
    let workspace = Workspace::open(&flags)?;
    let rules = workspace.rules()?;
    let options = guiju::Options {
        keep_going: true,
        ..guiju::Options::as_of(load::today())
    };
    let outcome = rules
        .evaluate(store, &options)
        .map_err(|e| Failure::engine(&e, workspace.lang))?;
    Ok(outcome.unused().into_iter().map(|f| f.place).collect())
}
