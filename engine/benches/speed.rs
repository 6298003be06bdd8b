//! `cargo bench -p guiju`: parsing and evaluation on 10,000 rules × 14 regions × 13 years.
//!
//! Prints medians of several rounds, and the ratios that matter: evaluation against parsing, both in
//! the same run on the same machine.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints, may stop, and takes its number of rounds from the environment"
)]

use std::fmt::Write;
use std::time::{Duration, Instant};

use guiju::lang::{FileId, parse};
use guiju::{Facts, Input, NoFiles, Options, Rules};

const RULES: usize = 10_000;
const INDICATORS: usize = 500;
const REGIONS: [&str; 14] = [
    "五华区",
    "盘龙区",
    "官渡区",
    "西山区",
    "东川区",
    "呈贡区",
    "晋宁区",
    "富民县",
    "宜良县",
    "石林县",
    "嵩明县",
    "禄劝县",
    "寻甸县",
    "安宁市",
];

/// A fixed sequence of numbers (splitmix64): the same work on every machine.
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }
}

/// Rules of the shapes that plans have, about 100 bytes each.
fn rules() -> String {
    let mut random = Sequence(1);
    let mut text = String::new();
    for i in 0..RULES {
        let indicator = format!("义务教育发展指标{:03}", random.below(INDICATORS as u64));
        let value = format!("{}.{}%", 40 + random.below(60), random.below(10));
        let year = 2013 + random.below(13);
        let bound = match random.below(5) {
            0 => format!("between {} and {value}", "40%"),
            1 => format!("<= {value}"),
            2 => format!("must >= {value} should >= 99.5%"),
            _ => format!(">= {value}"),
        };
        let time = match random.below(4) {
            0 => "each year 2021..2025".to_string(),
            1 => format!("in {year}"),
            _ => format!("by {year}"),
        };
        let _ = writeln!(
            text,
            "R-{i:05}: rate {indicator} {bound} {time} {{ clause \"二(二)7\" lead 市教育体育局 }}"
        );
    }
    text
}

fn facts() -> String {
    let mut random = Sequence(2);
    let mut text = String::from("region,indicator,year,value,unit\n");
    for region in REGIONS {
        for indicator in 0..INDICATORS {
            for year in 2013..=2025 {
                // Two figures in a hundred are missing, as in life.
                if random.below(50) != 0 {
                    let value = 400 + random.below(600);
                    let _ = writeln!(
                        text,
                        "{region},义务教育发展指标{indicator:03},{year},{}.{},%",
                        value / 10,
                        value % 10
                    );
                }
            }
        }
    }
    text
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Rounds of each measurement; `GUIJU_ROUNDS=1` is enough under an instruction counter.
fn rounds() -> usize {
    std::env::var("GUIJU_ROUNDS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(15)
}

fn timed<T>(work: impl Fn() -> T) -> Duration {
    let rounds = (0..rounds()).map(|_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    });
    median(rounds.collect())
}

fn main() {
    let text = rules();
    let figures = facts();
    println!(
        "{RULES} rules, {} KB; {} regions × 13 years × {INDICATORS} indicators",
        text.len() / 1000,
        REGIONS.len()
    );

    let parsing = timed(|| parse(FileId(0), &text));
    let compiling = timed(|| Rules::compile(&[Input::text("bench.gj", text.as_str())], &NoFiles));
    let loading = timed(|| Facts::from_text("bench.csv", &figures));

    let rules = Rules::compile(&[Input::text("bench.gj", text.as_str())], &NoFiles)
        .expect("the rules compile");
    let facts = Facts::from_text("bench.csv", &figures).expect("the figures are read");
    let options = Options::as_of("2026-06-30".parse().expect("a date"));
    let evaluating = timed(|| rules.evaluate(&facts, &options).map(|o| o.summary()));
    let outcome = rules.evaluate(&facts, &options).expect("the facts fit");
    let json = timed(|| outcome.results().count());

    let row = |name: &str, time: Duration| {
        println!(
            "{name:<28}{:>9.2} ms{:>8.2} × parsing",
            time.as_secs_f64() * 1e3,
            time.as_secs_f64() / parsing.as_secs_f64()
        );
    };
    row("lex, filter, parse", parsing);
    row("compile (parse + model)", compiling);
    row("read the figures", loading);
    row("evaluate", evaluating);
    row("all results with messages", json);
    println!(
        "{} figures, {} decisions: {:?}",
        facts.len(),
        outcome.summary().total(),
        outcome.summary()
    );
}
