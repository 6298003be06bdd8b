//! The card: 九年义务教育巩固率 at least 98% by 2025 in 昆明, told by every way of writing a figure.
#![allow(
    clippy::expect_used,
    reason = "a failed expectation is how a test speaks"
)]

#[macro_use]
mod support;

use support::{Case, case};

const RULE: &str = "rate 九年义务教育巩固率 >= 98% by 2025 in 昆明";

fn card(figure: &str) -> Case<'static> {
    case("2026-03-01", RULE).facts(&format!("昆明市,九年义务教育巩固率,2025,{figure},"))
}

snapshots! { shown;
    violated: card("97.2,%");
    met: card("98.0,%");
    violated_by_the_last_of_seventeen_nines: card("97.99999999999999999,%");
    only_a_bare_fraction_is_refused: card("0.98,");
    unknown_without_a_figure_for_the_year:
        case("2026-03-01", RULE).facts("昆明市,九年义务教育巩固率,2023,97.9,%,\n昆明市,九年义务教育巩固率,2024,98.1,%,");
    unknown_without_any_figure: case("2026-03-01", RULE);
    pending_on_the_last_day: case("2025-12-31", RULE).facts("昆明市,九年义务教育巩固率,2025,98,%,");
    met_and_held_since: case("2026-01-01", RULE).facts(
        "昆明市,九年义务教育巩固率,2021,98.3,%,\n昆明市,九年义务教育巩固率,2022,97.9,%,\n\
         昆明市,九年义务教育巩固率,2023,98,%,\n昆明市,九年义务教育巩固率,2024,98.2,%,\n\
         昆明市,九年义务教育巩固率,2025,98.5,%,",
    );
}

#[test]
fn ninety_eight_percent_is_met_however_the_rule_writes_it() {
    for bound in ["98%", "98.00%", "0.98", "980‰", "９８％"] {
        let rule = format!("rate 九年义务教育巩固率 >= {bound} by 2025 in 昆明");
        for (figure, verdict) in [("98", "met"), ("97.99999999999999999", "violated")] {
            let row = format!("昆明,九年义务教育巩固率,2025,{figure},%,");
            let verdicts = case("2026-03-01", &rule).facts(&row).verdicts();
            assert_eq!(verdicts, [verdict], "{rule}: {figure}%");
        }
    }
}

#[test]
fn ninety_eight_percent_is_met_however_a_file_writes_it() {
    for figure in [
        "98,%",
        "98.0,%",
        "98%,",
        "98%,%",
        "９８％,",
        "980‰,",
        "980,‰",
        "0.98,1",
        "0.98,小数",
        "98,",
        "９８,％",
        "98.000000000000000000000,%",
    ] {
        assert_eq!(card(figure).verdicts(), ["met"], "{figure}");
    }
    for figure in [
        "97.9,%",
        "979.99‰,",
        "0.979999,1",
        "97.99999999999999999,",
        "９７．９９％,",
    ] {
        assert_eq!(card(figure).verdicts(), ["violated"], "{figure}");
    }
}

#[test]
fn ninety_eight_percent_is_met_however_a_statement_writes_it() {
    for (figure, verdict) in [
        ("98%", "met"),
        ("98.0%", "met"),
        ("0.98", "met"),
        ("980‰", "met"),
        ("９８％", "met"),
        ("0.9799", "violated"),
        ("97.99999999999999999%", "violated"),
    ] {
        let rules = format!("{RULE}\nfact 九年义务教育巩固率 = {figure} in 2025 in 昆明市");
        assert_eq!(case("2026-03-01", &rules).verdicts(), [verdict], "{figure}");
    }
}

#[test]
fn what_could_be_two_things_is_refused() {
    for figure in ["0.98,", "1,", "1.5,", "-0.98,", "０．９８,"] {
        assert!(card(figure).refusal().contains("GJ0506"), "{figure}");
    }
    // One figure beyond doubt settles it for its file, and for no other.
    let row = |figure: &str| format!("地区,指标,时间,数值\n昆明,九年义务教育巩固率,{figure}\n");
    let both = case("2026-03-01", RULE).file(
        "a.csv",
        &(row("2025,98") + "昆明,九年义务教育巩固率,2024,0.98\n"),
    );
    assert_eq!(both.verdicts(), ["met"]);
    let apart = case("2026-03-01", RULE)
        .file("a.csv", &row("2025,98"))
        .file("b.csv", &row("2024,0.98"));
    let refusal = apart.refusal();
    assert!(
        refusal.contains("b.csv") && refusal.contains("GJ0506"),
        "{refusal}"
    );
}
