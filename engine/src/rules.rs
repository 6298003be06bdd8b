//! Compiled rules, ready to meet facts.

use guiju_lang::model::TestCase;
use guiju_lang::{Compiled, Diagnostic, Input, Lang, Loader, Ruleset, Sources};

use crate::error::Error;
use crate::facts::Facts;
use crate::outcome::{Options, Outcome};
use crate::outlook::Method;
use crate::testing::TestRuns;
use crate::vocabulary::Builtin;
use crate::wire::{RuleRecord, rule_records};

/// Compiled rules: the typed model and the texts it came from.
#[derive(Debug, Clone)]
pub struct Rules {
    ruleset: Ruleset,
    sources: Sources,
    /// Warnings and notes of the compilation.
    notes: Vec<Diagnostic>,
    /// Figures that the rule files state themselves.
    stated: Facts,
    /// The figures of each test.
    tested: Vec<Facts>,
}

impl Rules {
    /// Compiles one text; `use "std:…"` finds the built-in vocabulary.
    ///
    /// # Errors
    /// Every finding of level error, if there is one.
    pub fn from_text(name: &str, text: &str) -> Result<Rules, Error> {
        Rules::compile(&[Input::text(name, text)], &Builtin)
    }

    /// Compiles files together; `loader` finds what they `use`.
    ///
    /// # Errors
    /// Every finding of level error, if there is one.
    pub fn compile(inputs: &[Input], loader: &dyn Loader) -> Result<Rules, Error> {
        Rules::from_compiled(guiju_lang::compile(inputs, loader))
    }

    /// Takes over a compilation.
    ///
    /// # Errors
    /// Every finding, if one is of level error.
    pub fn from_compiled(compiled: Compiled) -> Result<Rules, Error> {
        if !compiled.is_ok() {
            return Err(Error::rules(compiled.diagnostics, compiled.sources));
        }
        let (ruleset, sources) = (&compiled.ruleset, &compiled.sources);
        let stated = Facts::from_statements(&ruleset.facts, ruleset, sources);
        let tests = ruleset.tests.iter();
        // What entities are is vocabulary, and known to every test.
        let attributes = ruleset.facts.iter().filter(|f| f.period.is_timeless());
        let tested = tests.map(|test| {
            let facts: Vec<_> = attributes.clone().chain(&test.facts).cloned().collect();
            Facts::from_statements(&facts, ruleset, sources)
        });
        let tested = tested.collect();
        Ok(Rules {
            ruleset: compiled.ruleset,
            sources: compiled.sources,
            notes: compiled.diagnostics,
            stated,
            tested,
        })
    }

    /// The typed model.
    pub fn ruleset(&self) -> &Ruleset {
        &self.ruleset
    }

    /// The texts, for drawing spans.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Warnings and notes of the compilation.
    pub fn notes(&self) -> &[Diagnostic] {
        &self.notes
    }

    /// Number of rules.
    pub fn len(&self) -> usize {
        self.ruleset.rules.len()
    }

    /// Whether there are no rules.
    pub fn is_empty(&self) -> bool {
        self.ruleset.rules.is_empty()
    }

    /// One record for each rule and force, sorted by file and line.
    pub fn records(&self) -> Vec<RuleRecord> {
        rule_records(&self.ruleset, &self.sources)
    }

    /// Figures that the rule files state themselves.
    pub(crate) fn stated(&self) -> &Facts {
        &self.stated
    }

    /// The tests written in the rule files, in order of mention.
    pub fn tests(&self) -> &[TestCase] {
        &self.ruleset.tests
    }

    /// The tests, each with its own figures.
    pub(crate) fn tests_and_facts(&self) -> impl Iterator<Item = (&TestCase, &Facts)> {
        self.ruleset.tests.iter().zip(&self.tested)
    }

    /// Runs the tests that `keep` keeps. A test sees its own figures, the rules and the vocabulary,
    /// and nothing else: neither other facts nor the `fact` statements of the rule files.
    ///
    /// ```
    /// use guiju::{Lang, Method, Rules};
    ///
    /// let rules = Rules::from_text(
    ///     "card.gj",
    ///     r#"
    ///     KM-09: rate 九年义务教育巩固率 >= 98% by 2025 in 昆明
    ///     test "short by 0.8 points" {
    ///       fact 九年义务教育巩固率 = 97.2% in 2025 in 昆明
    ///       as of 2026-03-01
    ///       expect KM-09 violated
    ///     }
    ///     "#,
    /// )?;
    /// let runs = rules.run_tests(|_| true, Lang::En, Method::default())?;
    /// let report = runs.report(false);
    /// assert_eq!((report.summary.passed, report.summary.failed), (1, 0));
    /// # Ok::<(), guiju::Error>(())
    /// ```
    ///
    /// # Errors
    /// The figures of a test do not fit the rules, as with [`Rules::evaluate`]; every such finding.
    pub fn run_tests(
        &self,
        keep: impl Fn(&TestCase) -> bool,
        lang: Lang,
        assess: Method,
    ) -> Result<TestRuns<'_>, Error> {
        TestRuns::new(self, keep, lang, assess)
    }

    /// Evaluates every rule against the facts.
    ///
    /// # Errors
    /// The facts do not fit the rules: a unit of another dimension, a word that is no grade, a
    /// rate whose figures could be fractions or percent, a region that could be several. Nothing
    /// is evaluated on figures that are not understood.
    pub fn evaluate<'a>(
        &'a self,
        facts: &'a Facts,
        options: &Options,
    ) -> Result<Outcome<'a>, Error> {
        Outcome::new(self, facts, options)
    }
}
