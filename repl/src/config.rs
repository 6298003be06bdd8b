//! `guiju.toml`: what to evaluate where nothing is named on the command line.

use std::ops::Range;
use std::path::{Path, PathBuf};

use guiju::lang::{FileId, Source, Sources, Span};
use guiju::{Code, Date, Diagnostic, Lang, Method};
use serde::Deserialize;

use crate::args::Language;
use crate::failure::{self, Failure};
use crate::files::shown;
use crate::load::parse_date;

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
    lang: Option<toml::Spanned<String>>,
    assess: Option<toml::Spanned<String>>,
    as_of: Option<toml::Spanned<DateText>>,
}

/// A date as a string or as TOML's own date.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum DateText {
    Text(String),
    Toml(toml::value::Datetime),
}

/// What is wrong, and where in the file.
struct Wrong(String, Option<Range<usize>>);

impl Config {
    /// The nearest configuration upward from the current folder; empty if there is none.
    pub(crate) fn nearest(lang: Option<Language>) -> Result<Config, Failure> {
        let Ok(current) = std::env::current_dir() else {
            return Ok(Config::default());
        };
        match current
            .ancestors()
            .find(|folder| folder.join(FILE).is_file())
        {
            // Paths are shown as the user would write them from here.
            Some(folder) if folder == current => Config::read(Path::new(""), lang),
            Some(folder) => Config::read(folder, lang),
            None => Ok(Config::default()),
        }
    }

    fn read(folder: &Path, flag: Option<Language>) -> Result<Config, Failure> {
        let path = folder.join(FILE);
        let lang = language(flag, &Config::default(), "");
        let bytes = std::fs::read(&path)
            .map_err(|e| drawn(&path, "", Wrong(failure::reason(&e, lang), None), lang))?;
        let text = String::from_utf8_lossy(&bytes);
        Config::parse(folder, &text, lang).map_err(|wrong| drawn(&path, &text, wrong, lang))
    }

    fn parse(folder: &Path, text: &str, words: Lang) -> Result<Config, Wrong> {
        let raw: Raw =
            toml::from_str(text).map_err(|e| Wrong(e.message().to_string(), e.span()))?;
        let lang = match &raw.lang {
            None => None,
            Some(name) => Some(match name.get_ref().as_str() {
                "zh" => Lang::Zh,
                "en" => Lang::En,
                _ => {
                    let reason = words.pick("语言应为 zh 或 en", "the language is zh or en");
                    return Err(Wrong(reason.to_string(), Some(name.span())));
                }
            }),
        };
        let assess = match &raw.assess {
            None => None,
            Some(name) => Some(Method::named(name.get_ref()).ok_or_else(|| {
                let reason = words.pick("进度方法可选：", "the methods are ");
                Wrong(format!("{reason}{}", methods()), Some(name.span()))
            })?),
        };
        let as_of = match &raw.as_of {
            None => None,
            Some(date) => {
                let text = match date.get_ref() {
                    DateText::Text(text) => text.clone(),
                    DateText::Toml(date) => date.to_string(),
                };
                Some(parse_date(&text).ok_or_else(|| {
                    let reason = words.pick("评估日写作 2026-03-01", "the date reads 2026-03-01");
                    Wrong(reason.to_string(), Some(date.span()))
                })?)
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

/// The finding, on the line it is about.
fn drawn(path: &Path, text: &str, Wrong(reason, at): Wrong, lang: Lang) -> Failure {
    let mut sources = Sources::default();
    sources.add(Source::new(shown(path), text));
    let finding = match at {
        Some(at) => Diagnostic::new(
            Code::BadConfig,
            Span::new(FileId(0), at.start as u32, at.end as u32),
        ),
        None => Diagnostic::unplaced(Code::BadConfig),
    };
    let finding = finding.with("file", shown(path)).with("reason", reason);
    Failure::findings(vec![finding], sources, lang)
}

/// The names of the progress methods.
pub(crate) fn methods() -> String {
    Method::ALL
        .iter()
        .map(|m| m.name())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first language of the system's locale that is spoken here.
pub(crate) fn system_lang() -> Option<Lang> {
    let spoken = |locale: String| match locale.get(..2)? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    };
    sys_locale::get_locales().find_map(spoken)
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
