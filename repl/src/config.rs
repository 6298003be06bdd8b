//! `guiju.toml`: what to evaluate where nothing is named on the command line.

use std::path::{Path, PathBuf};

use guiju::{Code, Date, Diagnostic, Lang, Method};
use serde::Deserialize;

use crate::args::Language;
use crate::failure::Failure;

/// The file's name.
pub(crate) const FILE: &str = "guiju.toml";

/// The configuration that applies.
#[derive(Debug, Clone, Default)]
pub(crate) struct Config {
    /// The folder it stands in; `None` if there is no file.
    pub(crate) folder: Option<PathBuf>,
    pub(crate) rules: Vec<PathBuf>,
    pub(crate) facts: Vec<PathBuf>,
    pub(crate) vocabulary: Vec<PathBuf>,
    pub(crate) lang: Option<Lang>,
    pub(crate) assess: Option<Method>,
    pub(crate) as_of: Option<Date>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    rules: Vec<PathBuf>,
    #[serde(default)]
    facts: Vec<PathBuf>,
    #[serde(default)]
    vocabulary: Vec<PathBuf>,
    lang: Option<String>,
    assess: Option<String>,
    as_of: Option<DateText>,
}

/// A date as a string or as TOML's own date.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum DateText {
    Text(String),
    Toml(toml::value::Datetime),
}

impl Config {
    /// The nearest configuration upward from the current folder; empty if there is none.
    pub(crate) fn nearest() -> Result<Config, Failure> {
        let Ok(current) = std::env::current_dir() else {
            return Ok(Config::default());
        };
        match current
            .ancestors()
            .find(|folder| folder.join(FILE).is_file())
        {
            // Paths are shown as the user would write them from here.
            Some(folder) if folder == current => Config::read(Path::new("")),
            Some(folder) => Config::read(folder),
            None => Ok(Config::default()),
        }
    }

    fn read(folder: &Path) -> Result<Config, Failure> {
        let path = folder.join(FILE);
        let wrong = |reason: String| {
            let finding = Diagnostic::unplaced(Code::BadConfig)
                .with("file", path.display())
                .with("reason", reason);
            Failure::call(finding, system_lang().unwrap_or_default())
        };
        let text = std::fs::read_to_string(&path).map_err(|e| wrong(e.to_string()))?;
        let raw: Raw = toml::from_str(&text).map_err(|e| wrong(e.message().to_string()))?;
        let lang = match raw.lang.as_deref() {
            None => None,
            Some("zh") => Some(Lang::Zh),
            Some("en") => Some(Lang::En),
            Some(other) => return Err(wrong(format!("lang = \"{other}\": zh | en"))),
        };
        let assess = match raw.assess.as_deref() {
            None => None,
            Some(name) => {
                let method = Method::named(name);
                Some(method.ok_or_else(|| wrong(format!("assess = \"{name}\": {}", methods())))?)
            }
        };
        let as_of = match raw.as_of {
            None => None,
            Some(date) => {
                let text = match date {
                    DateText::Text(text) => text,
                    DateText::Toml(date) => date.to_string(),
                };
                Some(
                    text.parse()
                        .map_err(|_| wrong(format!("as_of = \"{text}\": 2026-03-01")))?,
                )
            }
        };
        let below = |paths: Vec<PathBuf>| paths.into_iter().map(|p| folder.join(p)).collect();
        Ok(Config {
            folder: Some(folder.to_path_buf()),
            rules: below(raw.rules),
            facts: below(raw.facts),
            vocabulary: below(raw.vocabulary),
            lang,
            assess,
            as_of,
        })
    }
}

/// The names of the progress methods.
pub(crate) fn methods() -> String {
    Method::ALL
        .iter()
        .map(|m| m.name())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The language of the system's locale, if it is one that is spoken here.
pub(crate) fn system_lang() -> Option<Lang> {
    let locale = sys_locale::get_locale()?;
    match locale.get(..2)? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The language of messages: the flag, the configuration, the locale, else Chinese where the rules
/// are mostly Chinese.
pub(crate) fn language(flag: Option<Language>, config: &Config, rules: &str) -> Lang {
    match flag {
        Some(Language::Zh) => return Lang::Zh,
        Some(Language::En) => return Lang::En,
        None => {}
    }
    config.lang.or_else(system_lang).unwrap_or_else(|| {
        let letters = rules.chars().filter(|c| c.is_alphabetic());
        let (han, other) = letters.fold((0usize, 0usize), |(han, other), c| {
            if c.is_ascii() {
                (han, other + 1)
            } else {
                (han + 1, other)
            }
        });
        // A Han character says as much as several Latin letters.
        if han * 3 >= other { Lang::Zh } else { Lang::En }
    })
}
