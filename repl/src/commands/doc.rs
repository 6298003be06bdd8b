//! `guiju doc`: what the reference says about a word.

use std::process::ExitCode;

use crate::args::{Doc, Language};
use crate::config::{self, Config};
use crate::failure::{Failure, Named};
use crate::{output, reference, render};

pub(crate) fn run(args: &Doc, lang: Option<Language>) -> Result<ExitCode, Failure> {
    let lang = config::language(lang, &Config::nearest(lang)?, "");
    let sections = reference::sections();
    // `guiju doc for each` is one word of the language.
    let word = args.word.join(" ");
    let word = word.trim();
    let text = if word.is_empty() {
        render::reference::contents(&sections, lang, output::stdout())
    } else if let Some(code) = guiju::Code::from_id(word) {
        // Whoever asks for a code wants its page.
        render::page::code(code, lang, output::stdout())
    } else {
        let found = reference::find(&sections, word);
        if found.is_empty() {
            return Err(unknown(word, lang));
        }
        render::reference::pages(word, &found, lang, output::stdout())
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The nearest word is offered; a list of all of them would be no help.
fn unknown(word: &str, lang: guiju::Lang) -> Failure {
    let known = reference::words();
    let mut finding = crate::failure::missing(Named::Word, word, &known, lang);
    let sections: Vec<&str> = reference::sections()
        .iter()
        .skip(1)
        .map(|s| s.title)
        .collect();
    finding.args.retain(|(name, _)| *name != "expected");
    Failure::finding(finding.with("expected", sections.join(", ")), lang)
}
