//! Runs the tests that rule files hold: each on its own figures, as of its own day.

mod coverage;

use std::collections::BTreeMap;

use guiju_lang::model::{Expectation, TestCase};
use guiju_lang::words::{OUTLOOKS, Term, VERDICTS};
use guiju_lang::{Date, Force, Lang, Period, WordSet};

use crate::error::Error;
use crate::evaluate::{Absence, Verdict};
use crate::explain::{Phrase, say};
use crate::facts::Facts;
use crate::outcome::{Options, Outcome};
use crate::outlook::{Method, Outlook};
use crate::rules::Rules;
use crate::wire::{
    ExpectationRecord, ExpectedRecord, FoundRecord, Place, ResultRecord, SCHEMA, TestRecord,
    TestReport, TestSummary,
};

use coverage::coverage;

/// Tests that were evaluated.
#[derive(Debug)]
pub struct TestRuns<'a> {
    rules: &'a Rules,
    runs: Vec<TestRun<'a>>,
}

/// One test, evaluated.
#[derive(Debug)]
pub struct TestRun<'a> {
    case: &'a TestCase,
    outcome: Outcome<'a>,
}

impl<'a> TestRuns<'a> {
    pub(crate) fn new(
        rules: &'a Rules,
        keep: impl Fn(&TestCase) -> bool,
        lang: Lang,
        assess: Method,
    ) -> Result<TestRuns<'a>, Error> {
        let mut runs = Vec::new();
        let mut findings = Vec::new();
        let all = (0u32..).zip(rules.tests_and_facts());
        for (at, (case, facts)) in all.filter(|(_, (case, _))| keep(case)) {
            match TestRun::new(rules, (at, case), facts, lang, assess) {
                Ok(run) => runs.push(run),
                Err(error) => findings.extend(error.findings().iter().cloned()),
            }
        }
        if !findings.is_empty() {
            return Err(Error::facts(findings));
        }
        let place = |run: &TestRun<'a>| {
            let (file, at) = rules.sources().locate(run.case.span);
            (file, at.line, at.column)
        };
        runs.sort_by(|a, b| place(a).cmp(&place(b)));
        Ok(TestRuns { rules, runs })
    }

    /// The tests, by file and line.
    pub fn runs(&self) -> &[TestRun<'a>] {
        &self.runs
    }

    /// The rules that were tested.
    pub fn rules(&self) -> &'a Rules {
        self.rules
    }

    /// Everything as the JSON of `test`; what no test reaches is counted on request.
    pub fn report(&self, with_coverage: bool) -> TestReport<'_> {
        let tests: Vec<TestRecord<'_>> = self.runs.iter().map(TestRun::record).collect();
        let passed = tests.iter().filter(|t| t.passed).count();
        TestReport {
            schema: SCHEMA,
            guiju: crate::VERSION,
            summary: TestSummary {
                passed,
                failed: tests.len() - passed,
            },
            tests,
            coverage: with_coverage.then(|| coverage(self.rules, &self.runs)),
        }
    }
}

impl<'a> TestRun<'a> {
    fn new(
        rules: &'a Rules,
        (at, case): (u32, &'a TestCase),
        facts: &'a Facts,
        lang: Lang,
        assess: Method,
    ) -> Result<TestRun<'a>, Error> {
        let options = Options {
            assess,
            ..Options::as_of(day(case)).lang(lang).explained()
        };
        let outcome = Outcome::on(rules, vec![facts], &options, Some(at))?;
        Ok(TestRun { case, outcome })
    }

    /// The test.
    pub fn case(&self) -> &'a TestCase {
        self.case
    }

    /// What its figures make of all rules, those included of which it expects nothing.
    pub fn outcome(&self) -> &Outcome<'a> {
        &self.outcome
    }

    /// What was expected and found.
    pub fn record(&self) -> TestRecord<'_> {
        let (file, at) = self.outcome.rules().sources().locate(self.case.span);
        let all = self.case.expectations.iter();
        let expectations: Vec<ExpectationRecord<'_>> = all.map(|e| self.checked(e)).collect();
        TestRecord {
            name: &self.case.name,
            file: file.to_string(),
            line: at.line,
            as_of: self.outcome.options().as_of.to_string(),
            passed: expectations.iter().all(|e| e.passed),
            expectations,
        }
    }

    fn checked(&self, expectation: &'a Expectation) -> ExpectationRecord<'_> {
        let results = self.outcome.expected(expectation);
        let fits = |r: &ResultRecord<'_>| {
            let outlook = expectation.outlook.as_deref();
            r.verdict.name() == expectation.verdict
                && outlook.is_none_or(|o| r.outlook.is_some_and(|found| found.name() == o))
        };
        let shown = results.iter().find(|r| !fits(r)).or(results.first());
        let message = match shown {
            Some(shown) => self.compared(expectation, shown, fits(shown), &results),
            None => self.nothing(expectation),
        };
        let found = shown.map(|r| FoundRecord {
            verdict: r.verdict,
            outlook: r.outlook,
            subject: r.subject.as_ref().map(ToString::to_string),
            modality: r.modality,
            message: r.message.clone(),
        });
        let passed = shown.is_some_and(fits);
        let sources = self.outcome.rules().sources();
        let (file, at) = sources.locate(expectation.span);
        let text: Vec<&str> = sources.text(expectation.span).split_whitespace().collect();
        ExpectationRecord {
            text: text.join(" "),
            rule: &expectation.rule,
            subject: expectation.subject.as_ref().map(|s| s.written.as_str()),
            modality: expectation.force.map(Force::name),
            expected: ExpectedRecord {
                verdict: &expectation.verdict,
                outlook: expectation.outlook.as_deref(),
            },
            found,
            passed,
            message,
            span: Place {
                file: file.to_string(),
                line: at.line,
                column: at.column,
            },
            differing: results.into_iter().filter(|r| !fits(r)).collect(),
        }
    }

    fn compared(
        &self,
        expectation: &Expectation,
        found: &ResultRecord<'_>,
        fits: bool,
        of: &[ResultRecord<'_>],
    ) -> String {
        let lang = self.outcome.options().lang;
        // Nobody asked about another outlook.
        let asked = expectation.outlook.is_some();
        let outlook = found.outlook.map(Outlook::name).filter(|_| asked);
        let mut args = vec![
            ("expected", expected(expectation, lang)),
            ("found", spelled(found.verdict.name(), outlook, lang)),
        ];
        let phrase = match (fits, &found.subject) {
            (true, _) => Phrase::AsExpected,
            (false, Some(subject)) if of.len() > 1 => {
                let tiers = of.iter().any(|r| r.modality != found.modality);
                let phrase = if tiers {
                    Phrase::OneTier
                } else {
                    Phrase::OneOfMany
                };
                args.push(("subject", subject.to_string()));
                args.push(("tier", tier(found.modality, lang)));
                phrase
            }
            (false, _) => Phrase::NotExpected,
        };
        say(lang, phrase, &args)
    }

    /// Why there is no result.
    fn nothing(&self, expectation: &Expectation) -> String {
        let Options { lang, as_of, .. } = *self.outcome.options();
        let mut args = vec![("expected", expected(expectation, lang))];
        let mut absences = self.outcome.absences();
        let absence = absences.find(|(rule, _)| rule.id == expectation.rule);
        let phrase = match (absence, &expectation.subject) {
            (Some((_, Absence::Superseded { by, .. })), _) => {
                args.extend([("day", as_of.to_string()), ("by", by.clone())]);
                Phrase::ReplacedThen
            }
            (Some((_, Absence::NotIssued { until })), _) => {
                args.push(("until", until.to_string()));
                Phrase::NotIssuedThen
            }
            (None, Some(subject)) => {
                args.push(("subject", subject.written.clone()));
                Phrase::NoResultFor
            }
            (None, None) => Phrase::NoResult,
        };
        say(lang, phrase, &args)
    }

    /// The verdicts that its expectations reach, of each rule and force.
    fn reached(&self) -> BTreeMap<(&str, &'static str), Vec<Verdict>> {
        let mut reached: BTreeMap<(&str, &'static str), Vec<Verdict>> = BTreeMap::new();
        for expectation in &self.case.expectations {
            for result in self.outcome.expected(expectation) {
                let of = reached.entry((expectation.rule.as_str(), result.modality));
                of.or_default().push(result.verdict);
            }
        }
        reached
    }
}

/// The day of a test. Without one no rule has a time, so that every period of its figures has
/// passed.
fn day(case: &TestCase) -> Date {
    let last = case.facts.iter().map(|f| f.period.end()).max();
    let after = last.and_then(|day| day.tomorrow().ok()).or(last);
    case.as_of.map(Period::end).or(after).unwrap_or_default()
}

/// must or should, in the language of the message.
fn tier(modality: &str, lang: Lang) -> String {
    let all = [Force::Must, Force::Should, Force::May];
    let force = all.into_iter().find(|force| force.name() == modality);
    let word = force.map_or(modality, |force| force.keyword().spelling(words(lang)));
    word.to_string()
}

fn words(lang: Lang) -> WordSet {
    match lang {
        Lang::Zh => WordSet::Zh,
        Lang::En => WordSet::En,
    }
}

fn expected(expectation: &Expectation, lang: Lang) -> String {
    spelled(&expectation.verdict, expectation.outlook.as_deref(), lang)
}

/// A verdict and its outlook as a test would write them.
fn spelled(verdict: &str, outlook: Option<&str>, lang: Lang) -> String {
    let word = |terms, name| Term::of(terms, name).map_or("", |term| term.spelling(words(lang)));
    let verdict = word(VERDICTS, verdict);
    match (outlook, lang) {
        (None, _) => verdict.to_string(),
        (Some(outlook), Lang::Zh) => format!("{verdict}（{}）", word(OUTLOOKS, outlook)),
        (Some(outlook), Lang::En) => format!("{verdict} {}", word(OUTLOOKS, outlook)),
    }
}
