//! `guiju fmt`: the formatter.

use std::io::Read;
use std::process::ExitCode;

use guiju::Severity;
use guiju::lang::{FileId, Source, Sources, WordSet, parse, print};

use crate::args::{Fmt, Language};
use crate::config::{self, Config};
use crate::failure::{Failure, WRONG_INPUT};
use crate::output;
use crate::render;
use crate::{files, load};

pub(crate) fn run(args: &Fmt, flag: Option<Language>) -> Result<ExitCode, Failure> {
    let words = args.keywords.map(|k| match k {
        Language::Zh => WordSet::Zh,
        Language::En => WordSet::En,
    });
    let config = Config::nearest(flag)?;
    if args.files.is_empty() {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let lang = config::language(flag, &config, &text);
        let formatted = format("<stdin>", &text, words)
            .map_err(|(findings, sources)| Failure::findings(findings, sources, lang))?;
        if args.check {
            return Ok(if formatted == text {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
        output::print(&formatted)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut changed = false;
    let mut broken = false;
    let lang = config::language(flag, &config, "");
    let paths = files::rule_files(&args.files, lang)?;
    if paths.is_empty() {
        return Err(load::no_rules(lang));
    }
    for path in paths {
        let text = files::read_text(&path, lang)?;
        let lang = config::language(flag, &config, &text);
        let name = files::shown(&path);
        match format(&name, &text, words) {
            Ok(formatted) if formatted == text => {}
            Ok(_) if args.check => {
                changed = true;
                output::print(&format!("{name}\n"))?;
            }
            Ok(formatted) => files::write(&path, &formatted, lang)?,
            Err((findings, sources)) => {
                broken = true;
                render::findings::draw(&findings, &sources, lang);
            }
        }
    }
    Ok(match (broken, changed) {
        (true, _) => ExitCode::from(WRONG_INPUT),
        (false, true) => ExitCode::FAILURE,
        (false, false) => ExitCode::SUCCESS,
    })
}

/// The formatted text. A file with errors stays as it is: what was not understood is not printed.
fn format(
    name: &str,
    text: &str,
    words: Option<WordSet>,
) -> Result<String, (Vec<guiju::Diagnostic>, Sources)> {
    let mut sources = Sources::default();
    let file = sources.add(Source::new(name, text));
    let parsed = parse(FileId(0), text);
    if parsed
        .diagnostics
        .iter()
        .any(|d| d.severity() == Severity::Error)
    {
        return Err((parsed.diagnostics, sources));
    }
    Ok(sources
        .get(file)
        .map_or_else(String::new, |source| print::file(&parsed, source, words)))
}
