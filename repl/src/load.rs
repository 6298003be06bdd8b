//! Files: rule files and folders, what they `use`, and facts.

use std::path::{Path, PathBuf};

use guiju::lang::Compiled;
use guiju::{
    Code, Date, Diagnostic, Facts, Input, Lang, Loaded, Loader, Method, Options, ReadOptions,
    Rules, Severity,
};

use crate::args::{FactFlags, RuleFlags};
use crate::config::{self, Config};
use crate::failure::Failure;
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
    pub(crate) fn open(flags: &RuleFlags) -> Result<Workspace, Failure> {
        let config = Config::nearest()?;
        let named = !flags.rules.is_empty();
        let paths = if named { &flags.rules } else { &config.rules };
        let early = config::language(flags.lang, &config, "");
        let mut inputs = Vec::new();
        for path in rule_files(paths, early)? {
            inputs.push(Input::text(shown(&path), read_text(&path, early)?));
        }
        inputs.extend(vocabulary(&config, named.then_some(paths), early)?);
        let text: String = inputs.iter().map(|i| i.text.as_str()).collect();
        let lang = config::language(flags.lang, &config, &text);
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
    pub(crate) fn compile(&self) -> Compiled {
        guiju::lang::compile(&self.inputs, &Disk)
    }

    /// Compiles; findings of level error end the command.
    pub(crate) fn rules(&self) -> Result<Rules, Failure> {
        if self.inputs.is_empty() {
            return Err(Failure::call(
                Diagnostic::unplaced(Code::NoRules),
                self.lang,
            ));
        }
        Rules::from_compiled(self.compile()).map_err(|e| Failure::engine(&e, self.lang))
    }

    /// Reads the facts that a call means. Errors end the command unless it keeps going.
    pub(crate) fn facts(&self, flags: &FactFlags) -> Result<Facts, Failure> {
        let files = if !flags.facts.is_empty() {
            &flags.facts[..]
        } else if self.named {
            &[]
        } else {
            &self.config.facts[..]
        };
        read_facts(
            files,
            flags.region_of_facts.as_deref(),
            flags.keep_going,
            self.lang,
        )
    }

    /// How to evaluate.
    pub(crate) fn options(&self, flags: &FactFlags, explain: bool) -> Result<Options, Failure> {
        let as_of = match &flags.as_of {
            Some(text) => parse_date(text, self.lang)?,
            None => self.config.as_of.unwrap_or_else(today),
        };
        let assess = match &flags.assess {
            Some(name) => match Method::named(name) {
                Some(method) => method,
                None => {
                    let near = guiju::lang::nearest(name, Method::ALL.iter().map(|m| m.name()));
                    let finding = Diagnostic::unplaced(Code::UnknownMethod)
                        .with("found", name)
                        .with_some("nearest", near)
                        .with("expected", config::methods());
                    return Err(Failure::call(finding, self.lang));
                }
            },
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

/// A date of the call.
pub(crate) fn parse_date(text: &str, lang: Lang) -> Result<Date, Failure> {
    text.parse().map_err(|_| {
        Failure::call(
            Diagnostic::unplaced(Code::BadDate).with("found", text),
            lang,
        )
    })
}

/// Today, where the user is.
pub(crate) fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}

/// The files of a list of files and folders, in order of name within a folder.
pub(crate) fn rule_files(paths: &[PathBuf], lang: Lang) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut found = Vec::new();
            collect(path, &mut found).map_err(|e| not_read(path, &e, lang))?;
            found.sort();
            files.extend(found);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut pending = vec![folder.to_path_buf()];
    while let Some(folder) = pending.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            // Links are not followed: they could lead round in a circle.
            let kind = entry.file_type()?;
            if kind.is_dir() && !hidden {
                pending.push(path);
            } else if path.extension().is_some_and(|e| e == "gj") {
                files.push(path);
            }
        }
    }
    Ok(())
}

/// A path as spans and provenance name it: as given, with `/`.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_string()
}

fn not_read(path: &Path, error: &std::io::Error, lang: Lang) -> Failure {
    let finding = Diagnostic::unplaced(Code::MissingFile)
        .with("found", shown(path))
        .with("reason", error);
    Failure::call(finding, lang)
}

/// A rule file's text; bytes that are no UTF-8 are shown as such and found by the lexer.
pub(crate) fn read_text(path: &Path, lang: Lang) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|e| not_read(path, &e, lang))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
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
    let root = std::fs::canonicalize(if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    });
    let below = |path: &PathBuf| match (&root, std::fs::canonicalize(path)) {
        (Ok(root), Ok(path)) => path.starts_with(root),
        _ => false,
    };
    if named.is_some_and(|paths| !paths.iter().any(below)) {
        return Ok(Vec::new());
    }
    let mut inputs = Vec::new();
    for path in &config.vocabulary {
        // `std:regions` names the built-in vocabulary here too.
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
        if let Some(text) = guiju::vocabulary::builtin(&name) {
            inputs.push(Input {
                vocabulary: true,
                ..Input::text(name.as_ref(), text)
            });
            continue;
        }
        for file in rule_files(std::slice::from_ref(path), lang)? {
            inputs.push(Input {
                vocabulary: true,
                ..Input::text(shown(&file), read_text(&file, lang)?)
            });
        }
    }
    Ok(inputs)
}

/// Reads `use`d files from disk, relative to the using file; `std:` names are built in.
pub(crate) struct Disk;

impl Loader for Disk {
    fn load(&self, from: &str, path: &str) -> Result<Loaded, String> {
        if path.starts_with("std:") || from.starts_with("std:") {
            return guiju::vocabulary::Builtin.load(from, path);
        }
        let file = tidy(&Path::new(from).parent().unwrap_or(Path::new("")).join(path));
        let text = std::fs::read(&file).map_err(|e| e.to_string())?;
        Ok(Loaded {
            name: shown(&file),
            text: String::from_utf8_lossy(&text).into_owned(),
        })
    }

    fn candidates(&self, from: &str) -> Vec<String> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let mut files = Vec::new();
        let _ = collect(folder, &mut files);
        let below = |f: &PathBuf| f.strip_prefix(folder).map(shown).ok();
        files
            .iter()
            .filter_map(below)
            .chain(guiju::vocabulary::names().map(str::to_string))
            .collect()
    }
}

/// `a/../b` as `b`, so that one file has one name.
fn tidy(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(out.components().next_back(), Some(Component::Normal(_))) =>
            {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Reads files of figures. Findings are drawn; errors end the command unless it keeps going.
pub(crate) fn read_facts(
    files: &[PathBuf],
    region: Option<&str>,
    keep_going: bool,
    lang: Lang,
) -> Result<Facts, Failure> {
    let mut facts = Facts::new();
    let mut findings = Vec::new();
    for file in files {
        findings.extend(read_into(&mut facts, file, region));
    }
    let errors = findings.iter().any(|f| f.severity() == Severity::Error);
    if errors && !keep_going {
        return Err(Failure::findings(
            findings,
            guiju::lang::Sources::default(),
            lang,
        ));
    }
    if !findings.is_empty() {
        render::findings::draw(&findings, &guiju::lang::Sources::default(), lang);
    }
    Ok(facts)
}

/// Reads one file of figures into a store and returns its findings.
pub(crate) fn read_into(facts: &mut Facts, file: &Path, region: Option<&str>) -> Vec<Diagnostic> {
    let name = shown(file);
    match std::fs::read(file) {
        Ok(bytes) => {
            let options = ReadOptions {
                region: region.map(str::to_string),
                ..ReadOptions::default()
            };
            facts.read(&name, &bytes, &options).findings.clone()
        }
        Err(error) => {
            vec![
                Diagnostic::unplaced(Code::FactsUnreadable)
                    .with("file", name)
                    .with("reason", error),
            ]
        }
    }
}

/// Writes a file of the user's choice.
pub(crate) fn write(path: &Path, text: &str, lang: Lang) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|e| {
        let finding = Diagnostic::unplaced(Code::WriteFailed)
            .with("file", shown(path))
            .with("reason", e);
        Failure::call(finding, lang)
    })
}

/// Prints to a file if one is named, else to standard output.
pub(crate) fn deliver(path: Option<&Path>, text: &str, lang: Lang) -> Result<(), Failure> {
    match path {
        Some(path) => write(path, text, lang),
        None => Ok(output::print(text)?),
    }
}
