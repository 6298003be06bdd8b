//! Rules, facts and options, from what a call and the configuration name.

use std::path::{Path, PathBuf};

use guiju::lang::{Compiled, Grain, Sources};
use guiju::{
    Code, Date, Diagnostic, Facts, Input, Lang, Method, Options, Outcome, Period, ReadOptions,
    Rules, Severity,
};

use crate::args::{FactFlags, Language, RuleFlags};
use crate::config::{self, Config};
use crate::failure::{self, Failure};
use crate::files::{self, Disk, here, read_text, rule_files, shown};
use crate::output;
use crate::render;

/// Rules and the configuration they came under.
pub(crate) struct Workspace {
    pub(crate) config: Config,
    pub(crate) lang: Lang,
    inputs: Vec<Input>,
    /// Whether the rule files were named in the call.
    named: bool,
}

impl Workspace {
    /// Finds and reads the rule files that a call means.
    pub(crate) fn open(flags: &RuleFlags, lang: Option<Language>) -> Result<Workspace, Failure> {
        let config = Config::nearest(lang)?;
        let named = !flags.rules.is_empty();
        let paths = if named { &flags.rules } else { &config.rules };
        let early = config::language(lang, &config, "");
        let mut inputs = Vec::new();
        for path in rule_files(paths, early)? {
            if let Some(finding) = files::figures_as_rules(&path) {
                return Err(Failure::finding(finding, early));
            }
            inputs.push(Input::text(shown(&path), read_text(&path, early)?));
        }
        inputs.extend(vocabulary(&config, named.then_some(paths), early)?);
        let text: String = inputs.iter().map(|i| i.text.as_str()).collect();
        let lang = config::language(lang, &config, &text);
        Ok(Workspace {
            config,
            lang,
            inputs,
            named,
        })
    }

    /// The rule files.
    pub(crate) fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Compiles, whatever the findings.
    pub(crate) fn compile(&self) -> Result<Compiled, Failure> {
        // Vocabulary alone has nothing to evaluate or check.
        if self.inputs.iter().all(|input| input.vocabulary) {
            return Err(no_rules(self.lang));
        }
        Ok(guiju::lang::compile(&self.inputs, &Disk))
    }

    /// Compiles; findings of level error end the command, and so does having nothing to evaluate.
    pub(crate) fn rules(&self) -> Result<Rules, Failure> {
        let compiled = self.compile()?;
        let rules = Rules::from_compiled(compiled).map_err(|e| Failure::engine(&e, self.lang))?;
        match rules.is_empty() {
            true => Err(no_rules(self.lang)),
            false => Ok(rules),
        }
    }

    /// The files of figures that a call means.
    pub(crate) fn fact_files<'f>(&'f self, flags: &'f FactFlags) -> &'f [PathBuf] {
        if !flags.facts.is_empty() {
            &flags.facts
        } else if self.named {
            &[]
        } else {
            &self.config.facts
        }
    }

    /// Reads the facts that a call means. Errors end the command unless it keeps going.
    pub(crate) fn facts(&self, flags: &FactFlags) -> Result<Facts, Failure> {
        let files = self.fact_files(flags);
        let region = flags.region_of_facts.as_deref();
        read_facts(files, region, flags.keep_going, self.lang)
    }

    /// Says so where there were no figures at all, and no file of them was named.
    pub(crate) fn miss_figures(&self, flags: &FactFlags, outcome: &Outcome<'_>) {
        if outcome.figures() == 0 && self.fact_files(flags).is_empty() {
            output::complain(self.lang.pick(
                "没有给出数据：用 `--facts 文件` 给出",
                "no figures were given: name their file behind `--facts`",
            ));
        }
    }

    /// How to evaluate.
    pub(crate) fn options(&self, flags: &FactFlags, explain: bool) -> Result<Options, Failure> {
        let as_of = match &flags.as_of {
            Some(text) => parse_date(text).ok_or_else(|| no_date(text, self.lang))?,
            None => self.config.as_of.unwrap_or_else(today),
        };
        let assess = match &flags.assess {
            Some(name) => Method::named(name).ok_or_else(|| no_method(name, self.lang))?,
            None => self.config.assess.unwrap_or_default(),
        };
        Ok(Options {
            as_of,
            lang: self.lang,
            assess,
            explain,
            keep_going: flags.keep_going,
        })
    }
}

/// There is nothing to evaluate.
pub(crate) fn no_rules(lang: Lang) -> Failure {
    Failure::finding(Diagnostic::unplaced(Code::NoRules), lang)
}

/// A day, in any of the forms of the language.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let period: Period = text.trim().parse().ok()?;
    (period.grain() == Grain::Day).then(|| period.end())
}

pub(crate) fn no_date(text: &str, lang: Lang) -> Failure {
    let finding = Diagnostic::unplaced(Code::BadDate).with("found", text);
    Failure::finding(finding, lang)
}

fn no_method(name: &str, lang: Lang) -> Failure {
    let near = guiju::lang::nearest(name, Method::ALL.iter().map(|m| m.name()));
    let finding = Diagnostic::unplaced(Code::UnknownMethod)
        .with("found", name)
        .with_some("nearest", near)
        .with("expected", config::methods());
    Failure::finding(finding, lang)
}

/// Today, where the user is.
pub(crate) fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}

/// The vocabulary of the configuration, for rule files below its folder.
fn vocabulary(
    config: &Config,
    named: Option<&Vec<PathBuf>>,
    lang: Lang,
) -> Result<Vec<Input>, Failure> {
    let Some(folder) = &config.folder else {
        return Ok(Vec::new());
    };
    let root = std::fs::canonicalize(here(folder));
    let below = |path: &PathBuf| match (&root, std::fs::canonicalize(path)) {
        (Ok(root), Ok(path)) => path.starts_with(root),
        _ => false,
    };
    if named.is_some_and(|paths| !paths.iter().any(below)) {
        return Ok(Vec::new());
    }
    let input = |name: &str, text: String| Input {
        vocabulary: true,
        ..Input::text(name, text)
    };
    let mut inputs = Vec::new();
    for path in &config.vocabulary {
        // `std:regions` names the built-in vocabulary here too.
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
        if let Some(text) = guiju::vocabulary::builtin(&name) {
            inputs.push(input(&name, text.to_string()));
            continue;
        }
        for file in rule_files(std::slice::from_ref(path), lang)? {
            inputs.push(input(&shown(&file), read_text(&file, lang)?));
        }
    }
    Ok(inputs)
}

/// Reads files of figures. Findings are drawn; errors end the command unless it keeps going.
fn read_facts(
    files: &[PathBuf],
    region: Option<&str>,
    keep_going: bool,
    lang: Lang,
) -> Result<Facts, Failure> {
    let mut facts = Facts::new();
    let mut findings = Vec::new();
    for file in files {
        findings.extend(read_into(&mut facts, file, region, lang));
    }
    let errors = findings.iter().any(|f| f.severity() == Severity::Error);
    if errors && !keep_going {
        return Err(Failure::findings(findings, Sources::default(), lang));
    }
    render::findings::draw(&findings, &Sources::default(), lang);
    Ok(facts)
}

/// Reads one file of figures into a store and returns its findings.
pub(crate) fn read_into(
    facts: &mut Facts,
    file: &Path,
    region: Option<&str>,
    lang: Lang,
) -> Vec<Diagnostic> {
    match std::fs::read(file) {
        Ok(bytes) => {
            let options = ReadOptions {
                region: region.map(str::to_string),
                ..ReadOptions::default()
            };
            let report = facts.read(&shown(file), &bytes, &options);
            report.findings.clone()
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            vec![files::not_there(
                file,
                &["csv", "tsv", "json", "jsonl"],
                lang,
            )]
        }
        Err(error) => {
            let finding = Diagnostic::unplaced(Code::FactsUnreadable)
                .with("file", shown(file))
                .with("reason", failure::reason(&error, lang));
            vec![finding]
        }
    }
}
