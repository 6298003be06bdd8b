//! The outcome of an evaluation: decisions, and whatever is asked of them.

use std::collections::BTreeMap;

use guiju_lang::model::{Claim, Expectation, Rule};
use guiju_lang::{Date, Diagnostic, Force, Lang, Severity};

use crate::bind::Bound;
use crate::detail::Detail;
use crate::error::Error;
use crate::evaluate::{
    Absence, Decision, Reader, Summary, Verdict, Way, absent, derive, evaluate, part, rule_on,
};
use crate::facts::Facts;
use crate::outlook::Method;
use crate::rules::Rules;
use crate::truth::Truth;
use crate::wire::{self, Report, ResultRecord, SCHEMA};

/// How to evaluate and in which language to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The date whose end the state of knowledge is taken at.
    pub as_of: Date,
    /// The language of messages and explanations.
    pub lang: Lang,
    /// The progress method where neither rule nor plan names one.
    pub assess: Method,
    /// Whether results carry their explanation.
    pub explain: bool,
    /// Whether to go on without the figures that are not understood.
    pub keep_going: bool,
}

impl Options {
    /// Evaluation as of a date, in Chinese, with the default method and without explanations.
    pub fn as_of(as_of: Date) -> Options {
        Options {
            as_of,
            lang: Lang::Zh,
            assess: Method::default(),
            explain: false,
            keep_going: false,
        }
    }

    /// In this language.
    #[must_use]
    pub fn lang(self, lang: Lang) -> Options {
        Options { lang, ..self }
    }

    /// With explanations.
    #[must_use]
    pub fn explained(self) -> Options {
        Options {
            explain: true,
            ..self
        }
    }
}

/// Decisions over rules and facts. Text is made only for what is asked for.
#[derive(Debug)]
pub struct Outcome<'a> {
    rules: &'a Rules,
    bound: Bound<'a>,
    options: Options,
    decisions: Vec<Decision>,
    summary: Summary,
    absent: BTreeMap<u32, Absence>,
}

/// A figure that no rule reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedFigure {
    /// The region as its file wrote it.
    pub region: Option<String>,
    /// The entity as its file wrote it.
    pub subject: Option<String>,
    /// The indicator as its file wrote it.
    pub indicator: String,
    /// The period.
    pub period: String,
    /// The text as published.
    pub text: String,
    /// `file:line:column`.
    pub place: String,
}

impl<'a> Outcome<'a> {
    pub(crate) fn new(
        rules: &'a Rules,
        facts: &'a Facts,
        options: &Options,
    ) -> Result<Outcome<'a>, Error> {
        Outcome::on(rules, vec![rules.stated(), facts], options, None)
    }

    /// On these facts and no others, in a test with the entities that it knows.
    pub(crate) fn on(
        rules: &'a Rules,
        stores: Vec<&'a Facts>,
        options: &Options,
        test: Option<u32>,
    ) -> Result<Outcome<'a>, Error> {
        let mut bound = Bound::new(rules.ruleset(), rules.sources(), stores, test);
        if !options.keep_going
            && bound
                .findings
                .iter()
                .any(|f| f.severity() == Severity::Error)
        {
            return Err(Error::facts(bound.findings));
        }
        derive(&mut bound, options.as_of);
        let absent = absent(rules.ruleset(), options.as_of);
        let decisions = evaluate(&bound, options.as_of, &absent);
        let mut summary = Summary::default();
        for decision in decisions.iter().filter(|d| !d.part) {
            summary.add(decision.verdict);
        }
        Ok(Outcome {
            rules,
            bound,
            options: *options,
            decisions,
            summary,
            absent,
        })
    }

    /// The rules that were evaluated.
    pub fn rules(&self) -> &'a Rules {
        self.rules
    }

    /// How it was evaluated.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Counts of all results.
    pub fn summary(&self) -> Summary {
        self.summary
    }

    /// Whether nothing is violated at the level of must.
    pub fn passes(&self) -> bool {
        !self.decisions.iter().any(|d| d.fails(self.rules.ruleset()))
    }

    /// What was wrong with the facts, where evaluation went on all the same.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.bound.findings
    }

    /// Indicators whose figures had no unit and were read as percent.
    pub fn assumed_percent(&self) -> impl Iterator<Item = &str> {
        self.bound.assumed_percent.iter().map(String::as_str)
    }

    /// Every result: rules by file and line, subjects by the region tree.
    pub fn results(&self) -> impl Iterator<Item = ResultRecord<'_>> {
        self.results_where(|_, _| true)
    }

    /// The rules that give no results as of this day, and why: superseded, or not issued yet.
    pub fn absences(&self) -> impl Iterator<Item = (&Rule, &Absence)> {
        let rules = &self.rules.ruleset().rules;
        self.absent
            .iter()
            .filter_map(|(at, absence)| Some((rules.get(*at as usize)?, absence)))
    }

    /// What the condition of a rule came to for the subject of a decision.
    pub(crate) fn condition_of(&self, decision: Decision) -> Option<Truth> {
        let rule = self.rules.ruleset().rules.get(decision.rule as usize)?;
        if !matches!(rule.claim, Claim::When { .. } | Claim::Makes { .. }) {
            return None;
        }
        let reader = Reader::new(&self.bound, self.options.as_of);
        let tier = usize::from(decision.requirement);
        let ruling = match (decision.part, decision.subject) {
            (true, Some(subject)) => part(&reader, rule, tier, subject)?.body,
            _ => rule_on(&reader, rule, tier, decision.subject)?,
        };
        match ruling.way {
            Way::When { truth, .. } | Way::Makes { truth } => Some(truth),
            _ => None,
        }
    }

    /// How many results of a `should` are violated.
    pub fn missed(&self) -> usize {
        let ruleset = self.rules.ruleset();
        let missed = |d: &&Decision| {
            d.verdict == Verdict::Violated && !d.part && d.force(ruleset) == Force::Should
        };
        self.decisions.iter().filter(missed).count()
    }

    /// As [`Outcome::results_where`], without the parts of quantified rules.
    pub fn wholes_where(
        &self,
        keep: impl Fn(&Rule, Verdict) -> bool,
    ) -> impl Iterator<Item = ResultRecord<'_>> {
        self.records(move |rule, d| !d.part && keep(rule, d.verdict))
    }

    /// The results whose rule position and verdict pass a test; the others cost nothing.
    pub fn results_where(
        &self,
        keep: impl Fn(&Rule, Verdict) -> bool,
    ) -> impl Iterator<Item = ResultRecord<'_>> {
        self.records(move |rule, decision| keep(rule, decision.verdict))
    }

    /// The results that a test speaks of, parts of a whole only where it names their subject.
    pub(crate) fn expected(&self, expectation: &Expectation) -> Vec<ResultRecord<'_>> {
        let ruleset = self.rules.ruleset();
        let subject = expectation.subject.as_ref();
        let subject = subject.map(|s| self.bound.subject_of(s.place));
        let meant = |rule: &Rule, decision: &Decision| {
            let force = decision.force(ruleset);
            rule.id == expectation.rule
                && expectation.force.is_none_or(|wanted| wanted == force)
                // A place that nobody mentions is no subject.
                && subject.is_none_or(|wanted| wanted.is_some() && wanted == decision.subject)
        };
        let mut results: Vec<ResultRecord<'_>> = self.records(meant).collect();
        if results.iter().any(|r| !r.part) || subject.is_none() {
            results.retain(|r| !r.part);
        }
        results
    }

    fn records(
        &self,
        keep: impl Fn(&Rule, &Decision) -> bool,
    ) -> impl Iterator<Item = ResultRecord<'_>> {
        let ruleset = self.rules.ruleset();
        self.decisions
            .iter()
            .filter(move |d| {
                let rule = ruleset.rules.get(d.rule as usize);
                rule.is_some_and(|rule| keep(rule, d))
            })
            .filter_map(|d| self.record_of(*d))
    }

    /// The result of one decision.
    pub(crate) fn record_of(&self, decision: Decision) -> Option<ResultRecord<'_>> {
        let (as_of, assess) = (self.options.as_of, self.options.assess);
        let detail = Detail::new(&self.bound, decision, as_of, assess)?;
        Some(wire::result(
            &detail,
            self.rules.sources(),
            self.options.lang,
            self.options.explain,
        ))
    }

    /// Every decision, in the order of the results.
    pub(crate) fn decisions(&self) -> impl Iterator<Item = Decision> {
        self.decisions.iter().copied()
    }

    /// The facts as the rules read them.
    pub(crate) fn bound(&self) -> &Bound<'_> {
        &self.bound
    }

    /// The rules that give results as of this day.
    pub(crate) fn present(&self) -> impl Iterator<Item = &guiju_lang::model::Rule> {
        let rules = (0u32..).zip(&self.rules.ruleset().rules);
        rules.filter_map(|(at, rule)| (!self.absent.contains_key(&at)).then_some(rule))
    }

    /// The whole outcome as the JSON of `eval`.
    pub fn report(&self) -> Report<'_> {
        Report {
            schema: SCHEMA,
            guiju: crate::VERSION,
            as_of: self.options.as_of.to_string(),
            summary: self.summary,
            results: self.results().collect(),
        }
    }

    /// Number of figures, those that rule files state included.
    pub fn figures(&self) -> usize {
        self.bound.figure_count()
    }

    /// Figures that no rule reads, in order of file and line.
    pub fn unused(&self) -> Vec<UnusedFigure> {
        let mut found: Vec<(String, u32, u32, UnusedFigure)> = self
            .bound
            .unused()
            .filter_map(|at| {
                let (indicator, region, subject) = self.bound.named(at);
                let place = self.bound.provenance(at)?;
                let figure = UnusedFigure {
                    region: region.map(str::to_string),
                    subject: subject.map(str::to_string),
                    indicator: indicator.to_string(),
                    period: self.bound.period(at)?.to_string(),
                    text: place.text.to_string(),
                    place: format!("{}:{}:{}", place.file, place.line, place.column),
                };
                Some((place.file.to_string(), place.line, place.column, figure))
            })
            .collect();
        found.sort_by(|a, b| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)));
        found.into_iter().map(|(_, _, _, figure)| figure).collect()
    }

    /// Number of figures that no rule reads.
    pub fn unused_count(&self) -> usize {
        self.bound.unused().count()
    }
}
