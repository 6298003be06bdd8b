//! A batch job on the embedding API: what would a plan's verdicts have been at the end of each year?
//!
//! `cargo run -p guiju-examples --bin timeline -- rules/kunming-2023.gj examples/data/facts-yunnan.csv 2022 2026`
//!
//! Reads one rule file (with what it `use`s) and one file of figures, evaluates as of every
//! 31 December of the span, and prints a line a year and every verdict that changed since the year
//! before. The state of knowledge is the file as it is now; only the calendar moves.
#![allow(clippy::print_stdout, reason = "a batch job prints its result")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use guiju::{
    Date, Facts, Input, Lang, Loaded, Loader, Options, ReadOptions, Rules, Severity, Verdict,
    vocabulary,
};

/// `use` paths are relative to the using file; `std:` names are built in.
struct Disk;

impl Loader for Disk {
    fn load(&self, from: &str, path: &str) -> Result<Loaded, String> {
        if let Some(text) = vocabulary::builtin(path) {
            return Ok(Loaded {
                name: path.to_string(),
                text: text.to_string(),
            });
        }
        let file = Path::new(from).parent().unwrap_or(Path::new("")).join(path);
        let text = std::fs::read_to_string(&file).map_err(|e| e.to_string())?;
        Ok(Loaded {
            name: file.to_string_lossy().into_owned(),
            text,
        })
    }
}

struct Job {
    rules: PathBuf,
    facts: PathBuf,
    years: std::ops::RangeInclusive<i16>,
}

fn arguments() -> Option<Job> {
    let mut args = std::env::args().skip(1);
    let job = Job {
        rules: args.next()?.into(),
        facts: args.next()?.into(),
        years: args.next()?.parse().ok()?..=args.next()?.parse().ok()?,
    };
    args.next().is_none().then_some(job)
}

fn main() -> ExitCode {
    let Some(job) = arguments() else {
        println!("timeline RULES.gj FACTS.csv FIRST-YEAR LAST-YEAR");
        return ExitCode::from(2);
    };
    match run(&job) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(job: &Job) -> Result<(), Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(&job.rules)?;
    let rules = Rules::compile(&[Input::text(job.rules.to_string_lossy(), text)], &Disk)?;
    let mut facts = Facts::new();
    let report = facts.read(
        &job.facts.to_string_lossy(),
        &std::fs::read(&job.facts)?,
        &ReadOptions::default(),
    );
    if let Some(finding) = report
        .findings
        .iter()
        .find(|f| f.severity() == Severity::Error)
    {
        return Err(finding.message(Lang::En).into());
    }
    let mut before: BTreeMap<(String, String, &str), Verdict> = BTreeMap::new();
    for year in job.years.clone() {
        let outcome = rules.evaluate(
            &facts,
            &Options::as_of(Date::new(year, 12, 31)?).lang(Lang::En),
        )?;
        let summary = outcome.summary();
        println!(
            "{year}  met {}  violated {}  pending {}  unknown {}",
            summary.met, summary.violated, summary.pending, summary.unknown
        );
        let mut now = BTreeMap::new();
        for result in outcome.results() {
            let subject = result.subject.as_deref().unwrap_or("").to_string();
            let key = (result.rule.to_string(), subject, result.modality);
            if let Some(was) = before.get(&key).filter(|was| **was != result.verdict) {
                println!(
                    "      {} → {}  {}  {}",
                    was, result.verdict, result.rule, result.message
                );
            }
            now.insert(key, result.verdict);
        }
        before = now;
    }
    Ok(())
}
