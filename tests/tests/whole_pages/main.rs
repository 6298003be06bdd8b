//! The pages of meaning, sentence by sentence, against the oracle itself: it has to be right before
//! anything is compared with it.
#![allow(
    clippy::unwrap_used,
    reason = "a failed expectation is how a test speaks"
)]

use guiju_tests::oracle::{Op, Period, day};
use guiju_tests::whole::ast::{
    Change, Claim, Cond, Expr, How, Item, Many, Number, Rule, Set, Simple, Statement, Test, Time,
    Way,
};
use guiju_tests::whole::build::{
    aggregate, change, fact, is, least, lit, most, name, number, year,
};
use guiju_tests::whole::world::{
    Entity, Fact, Figure, Given, Kind, Plan, Region, Rollup, Sort, Status,
};
use guiju_tests::whole::{Case, judge};

mod conditions;
mod sets;
mod time;
mod values;

const CITY: &str = "甲子市";

/// The verdicts of a case, wholes only.
fn all(case: &Case) -> Vec<&'static str> {
    let whole = judge(case).into_iter().filter(|e| !e.part);
    whole.map(|e| e.verdict.name()).collect()
}

fn of(case: &Case) -> &'static str {
    all(case)[0]
}

/// One rule, yearly figures of the city's 率甲, a date after everything.
fn city(rule: Simple, figures: &[(i64, &str)]) -> Case {
    let facts = figures
        .iter()
        .map(|(y, text)| fact(CITY, "率甲", year(*y), text))
        .collect();
    Case::of(vec![rule.at(CITY).rule("R")], facts, (2026, 3, 1))
}

fn rate(test: Test, time: Time) -> Simple {
    Simple::of(Kind::Rate, name("率甲"), test).when(time)
}

fn each(a: i64, b: i64) -> Time {
    Time::Each("year", Some((year(a), year(b))))
}

fn moves(way: Way, op: Op, by: &str) -> Test {
    change(Change::Moves(way, Some((op, lit(by)))))
}

fn schools(body: Simple, many: Many, set: Set, facts: Vec<Fact>) -> Case {
    Case::of(
        vec![body.rule("R").quantified(many, set)],
        facts,
        (2026, 1, 1),
    )
}

fn counties(figures: [&str; 3]) -> Vec<Fact> {
    ["卯区", "辰县", "巳市"]
        .into_iter()
        .zip(figures)
        .filter(|(_, text)| !text.is_empty())
        .map(|(who, text)| fact(who, "率甲", year(2025), text))
        .collect()
}
