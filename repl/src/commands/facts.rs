//! `guiju facts`: what a file of figures was understood to say.

use std::process::ExitCode;

use guiju::{Facts as Store, Lang, Severity};

use crate::args::{Facts, FactsFormat, Language, RuleFlags};
use crate::config::{self, Config};
use crate::failure::{Failure, WRONG_INPUT};
use crate::load::{self, Workspace};
use crate::output;
use crate::render;

pub(crate) fn run(args: &Facts, flag: Option<Language>) -> Result<ExitCode, Failure> {
    let config = Config::nearest(flag)?;
    let lang = config::language(flag, &config, "");
    let files = if args.files.is_empty() {
        &config.facts
    } else {
        &args.files
    };
    if files.is_empty() {
        let (message, help) = match lang {
            Lang::Zh => ("没有写明数据文件", "例如 `guiju facts figures.csv`"),
            Lang::En => (
                "no file of figures is named",
                "for example `guiju facts figures.csv`",
            ),
        };
        return Err(Failure::Call {
            message: message.to_string(),
            help: help.to_string(),
            lang,
        });
    }
    let mut store = Store::new();
    let mut findings = Vec::new();
    for file in files {
        findings.extend(load::read_into(
            &mut store,
            file,
            args.region.as_deref(),
            lang,
        ));
    }
    render::findings::draw(&findings, &guiju::lang::Sources::default(), lang);
    let unused = if args.unused {
        Some(unused(&store, flag)?)
    } else {
        None
    };
    let keep = |place: &str| unused.as_ref().is_none_or(|places| places.contains(place));
    let observations: Vec<_> = store.observations().filter(|o| keep(&o.place())).collect();
    let nothing = store.is_empty() && findings.iter().any(|f| f.severity() == Severity::Error);
    if nothing {
        return Ok(ExitCode::from(WRONG_INPUT));
    }
    let text = match args.format {
        FactsFormat::Human => {
            render::facts::screen(&store, &observations, args.unused, lang, output::stdout())
        }
        FactsFormat::Csv => render::facts::csv(&observations),
        FactsFormat::Json => render::json::pretty(&observations),
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Places of the figures that no rule of the nearest configuration reads.
fn unused(
    store: &Store,
    lang: Option<Language>,
) -> Result<std::collections::BTreeSet<String>, Failure> {
    let workspace = Workspace::open(&RuleFlags::default(), lang)?;
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
