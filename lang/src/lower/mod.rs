//! Syntax to model: names are resolved, kinds, units and times are checked, and everything that is
//! wrong is said, all of it in one run.
//!
//! The grammar is loose; this is where "not allowed here" is decided and worded.

mod bands;
mod block;
mod claim;
mod computed;
mod declare;
mod demand;
mod derive;
mod entity;
mod fact;
mod formula;
mod requirement;
mod rule;
mod sentence;
mod set;
mod supersede;
mod table;
mod test;
mod time;
mod value;

use std::collections::{HashMap, HashSet};

use crate::diag::{Code, Diagnostic, tidy};
use crate::model::{Attributes, FactStatement, PlanId, Ruleset};
use crate::names::nearest;
use crate::parse::{Parsed, parse};
use crate::source::{FileId, Source, Sources, Span};
use crate::syntax::Body;

pub use value::ASSESS_METHODS;

/// A file to compile.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name, as it is to appear in spans.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Declared for a whole tree: closes the world like a `use` in every file.
    pub vocabulary: bool,
}

impl Input {
    /// A rule file.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Input {
        Input {
            name: name.into(),
            text: text.into(),
            vocabulary: false,
        }
    }
}

/// Finds the text that a `use` names. The language itself reads no files.
pub trait Loader {
    /// The file that `path`, written in the file named `from`, stands for.
    fn load(&self, from: &str, path: &str) -> Result<Loaded, String>;

    /// Names that could have been meant, for suggestions.
    fn candidates(&self, _from: &str) -> Vec<String> {
        Vec::new()
    }
}

/// A file that a loader found. Two `use`s of one file give one name.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Its name, as it is to appear in spans.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A loader without any files.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _from: &str, _path: &str) -> Result<Loaded, String> {
        Err("no files are available here".to_string())
    }
}

/// The result of a compilation. The ruleset holds what was understood; it is fit for evaluation
/// only if no diagnostic is an error.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The model.
    pub ruleset: Ruleset,
    /// All findings, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts, for drawing.
    pub sources: Sources,
}

impl Compiled {
    /// Whether nothing stands in the way of evaluation.
    pub fn is_ok(&self) -> bool {
        !crate::diag::any_error(&self.diagnostics)
    }
}

/// Compiles rule files together with the files they `use`.
pub fn compile(inputs: &[Input], loader: &dyn Loader) -> Compiled {
    let mut lowerer = Lowerer::default();
    lowerer.read_all(inputs, loader);
    lowerer.declare_all();
    lowerer.collect_measures();
    lowerer.lower_rules();
    lowerer.lower_derivations();
    lowerer.lower_waivers();
    lowerer.check_rollups();
    lowerer.settle_breakdowns();
    lowerer.lower_facts();
    lowerer.lower_tests();
    lowerer.check_superseded();
    let Lowerer {
        mut ruleset,
        mut diagnostics,
        sources,
        ..
    } = lowerer;
    ruleset.files = sources.iter().map(|(_, s)| s.name.clone()).collect();
    tidy(&mut diagnostics);
    Compiled {
        ruleset,
        diagnostics,
        sources,
    }
}

/// What a file sees: the world is closed for the categories that a vocabulary it uses declares.
#[derive(Debug, Clone, Copy, Default)]
struct Closed {
    indicators: bool,
    regions: bool,
    types: bool,
}

struct Unit {
    file: FileId,
    parsed: Parsed,
    /// Files it uses.
    uses: Vec<FileId>,
    vocabulary: bool,
    closed: Closed,
}

#[derive(Default)]
struct Lowerer {
    ruleset: Ruleset,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    units: Vec<Unit>,
    /// Names of statements that were not understood: mentioned again, they are no second finding.
    broken: HashSet<String>,
    /// Category and place of each declared name.
    categories: HashMap<String, (Category, Span)>,
    plans: HashMap<String, PlanId>,
    /// What sections give to the rules below them.
    section_defaults: Vec<Attributes>,
    /// The sections, by where they stand.
    sections: HashMap<Span, usize>,
    labels: HashMap<String, Span>,
    /// Where sources are ranked.
    priority: Option<Span>,
    /// Names that some rule measures.
    measured: HashSet<String>,
    /// The test whose statements are lowered, by position: it has names of its own.
    test: Option<u32>,
    /// For a file that uses others, all that it sees.
    sees: HashMap<FileId, Vec<FileId>>,
    /// Attributes of the entities that tests declare, by the test's position.
    test_attributes: HashMap<u32, Vec<FactStatement>>,
    /// Rules and plans that others take the place of, as written.
    superseded_rules: Vec<crate::syntax::Name>,
    superseded_plans: Vec<crate::syntax::Name>,
}

/// The categories a name may have; one name has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Category {
    Indicator,
    Region,
    Entity,
    Scale,
    Grade,
}

impl Category {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Category::Indicator => ("指标", "an indicator"),
            Category::Region => ("地区", "a region"),
            Category::Entity => ("对象", "an entity"),
            Category::Scale => ("等级序列", "a scale"),
            Category::Grade => ("等级", "a grade"),
        }
    }
}

impl Lowerer {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    // ── reading ──────────────────────────────────────────────────────────────────────────────

    fn read_all(&mut self, inputs: &[Input], loader: &dyn Loader) {
        for input in inputs {
            self.read(&input.name, &input.text, input.vocabulary, loader);
        }
        self.close_worlds();
    }

    /// Parses a file and, before returning, the files it uses; a file is read once.
    fn read(&mut self, name: &str, text: &str, vocabulary: bool, loader: &dyn Loader) -> FileId {
        // `use`s form a graph, not a tree: work through it without recursion.
        let first = self.add_unit(name, text, vocabulary);
        let mut pending = vec![first];
        while let Some(file) = pending.pop() {
            let from = self
                .sources
                .get(file)
                .map_or(String::new(), |s| s.name.clone());
            for (path, span) in self.use_paths(file) {
                let used = match loader.load(&from, &path) {
                    Ok(loaded) => match self.sources.find(&loaded.name.replace('\\', "/")) {
                        Some(known) => known,
                        None => {
                            let new = self.add_unit(&loaded.name, &loaded.text, false);
                            pending.push(new);
                            new
                        }
                    },
                    Err(reason) => {
                        let candidates = loader.candidates(&from);
                        let near = nearest(&path, candidates.iter().map(String::as_str))
                            .map(str::to_string);
                        self.report(
                            Diagnostic::new(Code::MissingFile, span)
                                .with("found", path)
                                .with("reason", reason)
                                .with_some("nearest", near),
                        );
                        continue;
                    }
                };
                if let Some(unit) = self.units.iter_mut().find(|u| u.file == file) {
                    unit.uses.push(used);
                }
            }
        }
        first
    }

    fn add_unit(&mut self, name: &str, text: &str, vocabulary: bool) -> FileId {
        let name = name.replace('\\', "/");
        if let Some(known) = self.sources.find(&name) {
            if let Some(unit) = self.units.iter_mut().find(|u| u.file == known) {
                unit.vocabulary |= vocabulary;
            }
            return known;
        }
        let file = self.sources.add(Source::new(name, text));
        let mut parsed = parse(file, text);
        self.diagnostics.append(&mut parsed.diagnostics);
        self.broken.extend(parsed.broken_names.drain(..));
        self.units.push(Unit {
            file,
            parsed,
            uses: Vec::new(),
            vocabulary,
            closed: Closed::default(),
        });
        file
    }

    fn use_paths(&self, file: FileId) -> Vec<(String, Span)> {
        let Some(unit) = self.units.iter().find(|u| u.file == file) else {
            return Vec::new();
        };
        let statements = unit.parsed.file.statements.iter();
        statements
            .filter_map(|s| match &s.body {
                Body::Use { path } => Some((path.text.clone(), path.span)),
                _ => None,
            })
            .collect()
    }

    fn close_worlds(&mut self) {
        let declares = |unit: &Unit| {
            let mut closed = Closed::default();
            for statement in &unit.parsed.file.statements {
                match statement.body {
                    Body::Indicator { .. } => closed.indicators = true,
                    Body::Region { .. } => closed.regions = true,
                    Body::Entity { of: None, .. } => closed.types = true,
                    _ => {}
                }
            }
            closed
        };
        let declared: HashMap<FileId, Closed> =
            self.units.iter().map(|u| (u.file, declares(u))).collect();
        let uses: HashMap<FileId, Vec<FileId>> = self
            .units
            .iter()
            .map(|u| (u.file, u.uses.clone()))
            .collect();
        let everywhere: Vec<FileId> = self
            .units
            .iter()
            .filter(|u| u.vocabulary)
            .map(|u| u.file)
            .collect();
        for unit in &mut self.units {
            let mut seen = HashSet::from([unit.file]);
            let mut pending: Vec<FileId> = unit.uses.iter().chain(&everywhere).copied().collect();
            while let Some(file) = pending.pop() {
                if seen.insert(file) {
                    let closes = declared.get(&file).copied().unwrap_or_default();
                    unit.closed.indicators |= closes.indicators;
                    unit.closed.regions |= closes.regions;
                    unit.closed.types |= closes.types;
                    pending.extend(uses.get(&file).into_iter().flatten());
                }
            }
            if !unit.uses.is_empty() {
                let mut sees: Vec<FileId> = seen.into_iter().collect();
                sees.sort_unstable();
                self.sees.insert(unit.file, sees);
            }
        }
    }

    /// Gives every statement of every file to `visit`, with the plan it stands under.
    fn each_statement(
        &mut self,
        mut visit: impl FnMut(&mut Self, &crate::syntax::Statement, Context),
    ) {
        let units = std::mem::take(&mut self.units);
        for unit in &units {
            let mut plan = None;
            let mut section = None;
            for statement in &unit.parsed.file.statements {
                match &statement.body {
                    Body::Plan { name, .. } => {
                        plan = self.plans.get(&name.text).copied();
                        section = None;
                    }
                    Body::Section { .. } => {
                        section = self.sections.get(&statement.span).copied();
                    }
                    _ => {}
                }
                visit(
                    self,
                    statement,
                    Context {
                        plan,
                        section,
                        closed: unit.closed,
                    },
                );
            }
        }
        self.units = units;
    }
}

/// What surrounds a statement.
#[derive(Debug, Clone, Copy)]
struct Context {
    plan: Option<PlanId>,
    /// What the section above says, by position.
    section: Option<usize>,
    closed: Closed,
}
