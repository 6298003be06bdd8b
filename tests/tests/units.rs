//! Declared units: rules and figures in one unit or the other come to the same, exactly.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot run fails"
)]

use guiju::{Error, Facts, Options, Rules, Verdict};

const UNITS: &str = "unit 大套 = 3标准套\nunit 标准套 = 2所\nunit 架次\nunit 标准课 = 45分钟\n";

/// The verdict, what was found, the gap.
fn judged(rule: &str, figures: &str) -> Result<(Verdict, Option<String>, Option<String>), Error> {
    let rules = Rules::from_text("r.gj", &format!("{UNITS}{rule}")).expect("rules");
    let text = format!("地区,指标,年份,数值,单位\n{figures}");
    let facts = Facts::from_text("f.csv", &text).expect("figures");
    let day = "2026-03-01".parse().expect("a day");
    let outcome = rules.evaluate(&facts, &Options::as_of(day))?;
    let result = outcome.results().next().expect("a result");
    let amount =
        |value: &str, unit: &Option<String>| format!("{value}{}", unit.as_deref().unwrap_or(""));
    Ok((
        result.verdict,
        result.actual.as_ref().map(|a| amount(&a.value, &a.unit)),
        result.gap.as_ref().map(|g| amount(&g.value, &g.unit)),
    ))
}

#[track_caller]
fn holds(rule: &str, figures: &str, verdict: Verdict, actual: &str, gap: &str) {
    let found = judged(rule, figures).expect("understood");
    let wanted = (verdict, Some(actual.to_string()), Some(gap.to_string()));
    assert_eq!(found, wanted, "{rule}");
}

#[test]
fn figures_and_rules_may_have_either_unit() {
    let old = "count 幼儿园 >= 300所 by 2025 in 昆明";
    holds(
        old,
        "昆明,幼儿园,2025,150,标准套\n",
        Verdict::Met,
        "300所",
        "0所",
    );
    holds(
        old,
        "昆明,幼儿园,2025,149.5,标准套\n",
        Verdict::Violated,
        "299所",
        "-1所",
    );
    holds(
        old,
        "昆明,幼儿园,2025,0.005,万大套\n",
        Verdict::Met,
        "300所",
        "0所",
    );
    let new = "count 幼儿园 >= 100标准套 by 2025 in 昆明";
    holds(
        new,
        "昆明,幼儿园,2025,199,所\n",
        Verdict::Violated,
        "99.5标准套",
        "-0.5标准套",
    );
    holds(
        new,
        "昆明,幼儿园,2025,34,大套\n",
        Verdict::Met,
        "102标准套",
        "2标准套",
    );
}

#[test]
fn other_dimensions_and_denominators() {
    let lesson = "duration 培训 >= 10标准课 by 2025 in 昆明";
    holds(
        lesson,
        "昆明,培训,2025,7.5,小时\n",
        Verdict::Met,
        "10标准课",
        "0标准课",
    );
    let per = "quantity 经费 >= 12元/大套 by 2025 in 昆明";
    holds(
        per,
        "昆明,经费,2025,2,元/所\n",
        Verdict::Met,
        "12元/大套",
        "0元/大套",
    );
    holds(
        per,
        "昆明,经费,2025,3.5,元/标准套\n",
        Verdict::Violated,
        "10.5元/大套",
        "-1.5元/大套",
    );
}

#[test]
fn a_measure_word_of_its_own() {
    let rule = "count 巡检 >= 1.2万架次 by 2025 in 昆明";
    holds(
        rule,
        "昆明,巡检,2025,11999,架次\n",
        Verdict::Violated,
        "11999架次",
        "-1架次",
    );
    let declared = format!("indicator 巡检 {{ kind count unit 架次 }}\n{rule}");
    holds(
        &declared,
        "昆明,巡检,2025,12000,\n",
        Verdict::Met,
        "12000架次",
        "0架次",
    );
    // Once the indicator has it, another one is a mistake.
    assert!(judged(&declared, "昆明,巡检,2025,12000,辆\n").is_err());
}

#[test]
fn bare_figures_take_the_unit_of_the_indicator() {
    let rule = "indicator 幼儿园 { kind count unit 标准套 }\ncount 幼儿园 >= 300所 by 2025 in 昆明";
    holds(
        rule,
        "昆明,幼儿园,2025,150,\n",
        Verdict::Met,
        "300所",
        "0所",
    );
    holds(
        rule,
        "昆明,幼儿园,2025,299,所\n",
        Verdict::Violated,
        "299所",
        "-1所",
    );
}

#[test]
fn so_many_of_something_is_not_taken_for_a_bare_number() {
    // 160 or 320?
    let bare = "count 幼儿园 >= 300 by 2025 in 昆明";
    assert!(judged(bare, "昆明,幼儿园,2025,160,标准套\n").is_err());
    // A slip of the pen is another measure word.
    let rule = "count 幼儿园 >= 100标准套 by 2025 in 昆明";
    assert!(judged(rule, "昆明,幼儿园,2025,160,标准逃\n").is_err());
    assert!(judged(rule, "昆明,幼儿园,2025,160,件\n").is_err());
}

#[test]
fn sources_in_both_units_agree() {
    let rule = "count 幼儿园 >= 300所 by 2025 in 昆明";
    let same = "昆明,幼儿园,2025,150,标准套\n昆明,幼儿园,2025,300,所\n";
    assert_eq!(judged(rule, same).expect("understood").0, Verdict::Met);
    let other = "昆明,幼儿园,2025,150,标准套\n昆明,幼儿园,2025,290,所\n";
    assert_eq!(judged(rule, other).expect("understood").0, Verdict::Unknown);
}

#[test]
fn formulas_and_changes_and_stated_figures() {
    let quotient = "fact 总数 = 600所 in 2025 in 昆明\nrate 新建 / 总数 >= 50% in 2025 in 昆明";
    let found = judged(quotient, "昆明,新建,2025,150,标准套\n").expect("understood");
    assert_eq!((found.0, found.1.as_deref()), (Verdict::Met, Some("50%")));
    let rises =
        "fact 幼儿园 = 30大套 in 2024 in 昆明\ncount 幼儿园 rises >= 10标准套 in 2025 in 昆明";
    holds(
        rises,
        "昆明,幼儿园,2025,199,所\n",
        Verdict::Violated,
        "9.5标准套",
        "-0.5标准套",
    );
}

#[test]
fn declarations_may_stand_anywhere() {
    let before = format!("count 幼儿园 >= 100大套 by 2025 in 昆明\n{UNITS}");
    let rules = Rules::from_text("r.gj", &before).expect("rules");
    assert_eq!(rules.records()[0].unit.as_deref(), Some("大套"));
    assert_eq!(rules.ruleset().units.names().count(), 4);
}
