//! The engine against the whole oracle: random rules over a small world. `GUIJU_CASES` raises their
//! number, `GUIJU_SEED` gives others, cases that the engine refuses are passed over unless `GUIJU_REFUSED=fail`,
//! `GUIJU_WITHOUT=supersedes,waive` over rule files in which such a word stands.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is how a test speaks"
)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;

use guiju::{Facts, Options, ReadOptions, Rules};
use guiju_tests::oracle::day_text;
use guiju_tests::whole::ast::Statement;
use guiju_tests::whole::generate::{Seed, case};
use guiju_tests::whole::{Case, Expected, judge};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};
use serde_json::Value;

fn seed() -> impl Strategy<Value = Seed> {
    let row = |n: usize| vec(0..2520u16, 0..n);
    (
        vec(0..2520u16, 0..10),
        vec(vec(0..2520u16, 20..40), 1..4),
        vec(0..2520u16, 0..220),
        vec(row(10), 0..5),
    )
        .prop_map(|(around, rules, fill, facts)| Seed {
            around,
            rules,
            fill,
            facts,
        })
}

// ── comparison ───────────────────────────────────────────────────────────────────────────────────

/// An expected result as a line.
fn expected(e: &Expected) -> String {
    let mut out = format!(
        "{} {}{} {} {}",
        e.rule,
        e.subject.as_deref().unwrap_or("—"),
        if e.part { " (part)" } else { "" },
        e.force.word(),
        e.verdict.name()
    );
    if let Some(n) = e.counts {
        let _ = write!(
            out,
            " {}: {} satisfied, {} failed, {} undecided of {}, needed {}",
            n.kind, n.satisfied, n.failed, n.undecided, n.of, n.needed
        );
    }
    out
}

/// A result of the engine as such a line.
fn found(result: &Value) -> String {
    let text = |key: &str| result[key].as_str().unwrap_or("—");
    let part = result["part"].as_bool().unwrap_or(false);
    let mut out = format!(
        "{} {}{} {} {}",
        text("rule"),
        text("subject"),
        if part { " (part)" } else { "" },
        text("modality"),
        text("verdict")
    );
    let n = &result["quantifier"];
    if n.is_object() && !part {
        let number = |key: &str| n[key].to_string();
        let _ = write!(
            out,
            " {}: {} satisfied, {} failed, {} undecided of {}, needed {}",
            n["kind"].as_str().unwrap_or("—"),
            number("satisfied"),
            number("failed"),
            number("undecided"),
            number("of"),
            number("needed")
        );
    }
    out
}

/// What the engine makes of a case, or why it refuses it.
fn evaluate(case: &Case) -> Result<Vec<String>, String> {
    let rules = Rules::from_text("rules.gj", &case.rules()).map_err(|e| e.to_string())?;
    let mut facts = Facts::new();
    if let Some(csv) = case.csv() {
        let report = facts.read("facts.csv", csv.as_bytes(), &ReadOptions::default());
        if let Some(finding) = report.findings.first() {
            return Err(format!("{finding:?}"));
        }
    }
    let as_of = day_text(case.as_of).parse().unwrap();
    let outcome = rules
        .evaluate(&facts, &Options::as_of(as_of))
        .map_err(|e| e.to_string())?;
    let report = serde_json::to_value(outcome.report()).map_err(|e| e.to_string())?;
    let results = report["results"].as_array().cloned().unwrap_or_default();
    let mut lines: Vec<String> = results.iter().map(found).collect();
    lines.sort();
    Ok(lines)
}

fn wanted_lines(case: &Case) -> Vec<String> {
    let mut lines: Vec<String> = judge(case).iter().map(expected).collect();
    lines.sort();
    lines
}

/// How a case fails: not at all, by a difference, or by a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Agrees,
    Differs,
    Refused(String),
}

fn outcome(case: &Case) -> Outcome {
    match evaluate(case) {
        Ok(found) if found == wanted_lines(case) => Outcome::Agrees,
        Ok(_) => Outcome::Differs,
        Err(why) => Outcome::Refused(why.chars().take(40).collect()),
    }
}

fn message(case: &Case) -> String {
    let wanted = wanted_lines(case);
    let (mut ours, theirs) = (String::new(), evaluate(case));
    let marked = |list: &[String], other: &[String]| {
        let line = |l: &String| {
            let mark = if other.contains(l) { ' ' } else { '!' };
            format!("{mark} {l}\n")
        };
        list.iter().map(line).collect::<String>()
    };
    let theirs = match theirs {
        Ok(found) => {
            ours += &marked(&wanted, &found);
            marked(&found, &wanted)
        }
        Err(why) => {
            ours += &marked(&wanted, &wanted);
            why
        }
    };
    format!(
        "{}── the oracle\n{ours}── the engine\n{theirs}\n",
        case.shown()
    )
}

/// Drops whatever the failure does not need.
fn reduced(mut case: Case) -> Case {
    let failure = outcome(&case);
    // A rule that supersedes another needs its plan.
    let plans = |case: &Case| {
        let all = case.statements.iter();
        all.filter(|s| matches!(s, Statement::Plan(_))).count()
    };
    let needed = plans(&case);
    // And a school that is left out by its name is known.
    let named = |case: &Case| {
        let world = case.world.text();
        let rules = case.rules();
        let rules = rules.strip_prefix(&world).unwrap_or("").to_string();
        let known = |name: &str| case.world.entity(name).is_some();
        ["一校", "二校", "三校", "四校", "五校"]
            .iter()
            .all(|n| known(n) || !rules.contains(n))
    };
    let fails = |case: &Case| plans(case) == needed && named(case) && outcome(case) == failure;
    loop {
        let before = case.clone();
        shrink(&mut case, &fails, |c| &mut c.statements);
        shrink(&mut case, &fails, |c| &mut c.facts);
        shrink(&mut case, &fails, |c| &mut c.world.entities);
        shrink(&mut case, &fails, |c| &mut c.world.indicators);
        shrink(&mut case, &fails, |c| &mut c.world.priority);
        if case == before {
            return case;
        }
    }
}

/// Half of a list at a time, then a quarter, down to one.
fn shrink<T>(
    case: &mut Case,
    fails: &dyn Fn(&Case) -> bool,
    list: impl Fn(&mut Case) -> &mut Vec<T>,
) {
    let mut step = list(case).len();
    while step > 0 {
        let mut at = 0;
        while at < list(case).len() {
            let mut smaller = case.clone();
            let end = (at + step).min(list(&mut smaller).len());
            list(&mut smaller).drain(at..end);
            if fails(&smaller) {
                *case = smaller;
            } else {
                at += step;
            }
        }
        step /= 2;
    }
}

/// A number from the environment.
fn wanted(name: &str, usual: u64) -> u64 {
    let wanted = std::env::var(name).ok();
    wanted.and_then(|n| n.parse().ok()).unwrap_or(usual)
}

fn runner() -> TestRunner {
    TestRunner::new(Config {
        cases: u32::try_from(wanted("GUIJU_CASES", 600)).unwrap(),
        rng_seed: RngSeed::Fixed(wanted("GUIJU_SEED", 20_251_231)),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    })
}

#[test]
fn the_engine_agrees_with_the_whole_oracle() {
    // What the engine refuses is no disagreement; `GUIJU_REFUSED=fail` shows what that still is.
    let skip = !std::env::var("GUIJU_REFUSED").is_ok_and(|v| v == "fail");
    let without = std::env::var("GUIJU_WITHOUT").unwrap_or_default();
    let without: Vec<&str> = without.split(',').filter(|w| !w.is_empty()).collect();
    let (skipped, compared) = (RefCell::new(0u32), RefCell::new(0u32));
    let result = runner().run(&seed(), |seed| {
        let case = case(&seed);
        let rules = case.rules();
        if without.iter().any(|word| rules.contains(word)) {
            return Ok(());
        }
        match outcome(&case) {
            Outcome::Agrees => {
                *compared.borrow_mut() += 1;
                Ok(())
            }
            Outcome::Refused(_) if skip => {
                *skipped.borrow_mut() += 1;
                Ok(())
            }
            _ => Err(TestCaseError::fail("it does not")),
        }
    });
    if let Err(TestError::Fail(_, seed)) = &result {
        panic!("{}", message(&reduced(case(seed))));
    }
    result.unwrap();
    let (skipped, compared) = (*skipped.borrow(), *compared.borrow());
    assert!(skip || skipped == 0, "{skipped} refused");
    // Agreement on nothing would prove nothing.
    assert!(
        compared * 100 > skipped,
        "{compared} compared, {skipped} refused"
    );
}

/// A generator that only ever finds one verdict, or never comes to some construct, proves nothing.
#[test]
fn random_cases_are_many_sided() {
    let verdicts: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    let words: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    let total = RefCell::new(0u32);
    let result = runner().run(&seed(), |seed| {
        let case = case(&seed);
        let rules = case.rules();
        let lines = rules.lines().filter(|l| !l.starts_with("indicator "));
        let text = lines.collect::<Vec<_>>().join("\n") + "\n";
        for word in CONSTRUCTS {
            if text.contains(word) {
                *words.borrow_mut().entry(word).or_default() += 1;
            }
        }
        for expected in judge(&case).iter().filter(|e| !e.part) {
            let name = expected.verdict.name();
            *verdicts.borrow_mut().entry(name).or_default() += 1;
            *total.borrow_mut() += 1;
        }
        Ok(())
    });
    result.unwrap();
    let (verdicts, words, total) = (verdicts.borrow(), words.borrow(), *total.borrow());
    for verdict in ["met", "violated", "pending", "unknown"] {
        let n = verdicts.get(verdict).copied().unwrap_or(0);
        assert!(n * 12 > total, "{verdict}: {n} of {total}: {verdicts:?}");
    }
    for verdict in ["not_applicable", "waived"] {
        assert!(verdicts.contains_key(verdict), "no {verdict}");
    }
    for word in CONSTRUCTS {
        assert!(words.contains_key(word), "never {word}: {words:?}");
    }
}

/// What a rule file shows of each construct.
const CONSTRUCTS: [&str; 66] = [
    " by ",
    " in 2025",
    " before ",
    " throughout ",
    " each year ",
    " over 2023..2025",
    " per 2 years",
    " per year",
    " within any ",
    " from 2022 to 2025",
    "by 10-31 each year",
    "by 件乙",
    "within 20天 after",
    "between ",
    "about ",
    "?",
    "rises",
    "falls",
    "grows",
    "shrinks",
    "a year on average",
    "years running",
    "never falls",
    "stays within",
    "total ",
    "for each ",
    "for at least 30% of",
    "for at least 2 of",
    "for at most ",
    "for exactly ",
    "for no ",
    " where ",
    " except ",
    " for 小学",
    " for 女",
    "率甲(女)",
    "when ",
    " require ",
    " else ",
    " then ",
    "define ",
    "derive ",
    "at least 2 of {",
    "all of {",
    "any of {",
    "sum of ",
    "count of ",
    "share of ",
    "average of ",
    "min of ",
    "max of ",
    "median of ",
    "stdev of ",
    "cv of ",
    "weighted by 人口",
    "average of other ",
    " among ",
    " × ",
    "latest ",
    " in 2022 >=",
    "waive ",
    "supersedes ",
    "table ",
    " should ",
    " may ",
    " in each ",
];
