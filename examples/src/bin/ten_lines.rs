//! The engine in ten lines: a rule, a figure, a verdict.
#![allow(clippy::print_stdout, reason = "an example shows its result")]

use guiju::{Facts, Options, Rules};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Rules::from_text("card.gj", "rate 九年义务教育巩固率 >= 98% by 2025 in 昆明")?;
    let facts = Facts::from_text(
        "facts.csv",
        "地区,指标,年份,数值,单位\n昆明市,九年义务教育巩固率,2025,97.2,%\n",
    )?;
    let outcome = rules.evaluate(&facts, &Options::as_of("2026-03-01".parse()?))?;
    for result in outcome.results() {
        println!("{} {}: {}", result.rule, result.verdict, result.message);
    }
    Ok(())
}
