//! What a pending rule may expect, by each method, on the worked numbers of `methods.md`.

#[macro_use]
mod support;

use guiju::Method;
use support::case;

const RULE: &str = "rate 高中阶段毛入学率 >= 98% by 2025 in 昆明";

/// 89.83 in 2015 and 92.95 in 2019, both published.
const SERIES: &str = "昆明,高中阶段毛入学率,2015,89.83,%,\n昆明,高中阶段毛入学率,2019,92.95,%,";

macro_rules! by_method {
    ($($name:ident: $method:ident;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(case("2020-06-30", RULE).facts(SERIES).assess(Method::$method).shown());
        }
    )*};
}

by_method! {
    eurostat: Eurostat;
    linear: Linear;
    unsd: Unsd;
    escap: Escap;
    destatis: Destatis;
    schedule: Schedule;
}

snapshots! { shown;
    achieved_early: case("2025-06-30", RULE)
        .facts("昆明,高中阶段毛入学率,2023,97,%,\n昆明,高中阶段毛入学率,2024,98.3,%,");
    no_data: case("2025-06-30", RULE);
    one_figure: case("2025-06-30", RULE).facts("昆明,高中阶段毛入学率,2024,97,%,");
    moving_away: case("2025-06-30", RULE)
        .facts("昆明,高中阶段毛入学率,2023,97,%,\n昆明,高中阶段毛入学率,2024,96.5,%,");
    the_figure_of_a_running_year_is_looked_at: case("2025-06-30", RULE)
        .facts("昆明,高中阶段毛入学率,2024,97,%,\n昆明,高中阶段毛入学率,2025,98,%,快报");
    figures_of_periods_ahead_and_forecasts_are_not: case("2024-06-30", RULE)
        .facts("昆明,高中阶段毛入学率,2022,90,%,\n昆明,高中阶段毛入学率,2023,94,%,\n\
                昆明,高中阶段毛入学率,2024,99,%,预计\n昆明,高中阶段毛入学率,2025,99,%,");
    an_answer_that_was_yes: case("2025-06-30", "flag 达标 by 2025 in 昆明")
        .facts("昆明,达标,2023,是,,\n昆明,达标,2024,否,,");
    the_year_is_later_than_its_months: case("2026-06-30", "rate 巩固率 >= 98% by 2026 in 昆明")
        .facts("昆明,巩固率,2024,95,%,\n昆明,巩固率,2025-06,99,%,\n昆明,巩固率,2025,96,%,");
    the_plan_names_the_method_and_the_rule_its_baseline: case(
        "2024-06-30",
        "plan p { span 2023..2025 assess schedule }\nrate 巩固率 >= 98% by 2025 in 昆明 { baseline 92% in 2020 }",
    )
    .facts("昆明,巩固率,2023,95.6,%,");
}

#[test]
fn the_worked_numbers_come_to_the_outlooks_of_the_page() {
    for (method, outlook) in [
        (Method::Eurostat, "on_track"),
        (Method::Linear, "on_track"),
        (Method::Unsd, "on_track"),
        (Method::Escap, "on_track"),
        (Method::Destatis, "at_risk"),
        (Method::Schedule, "at_risk"),
    ] {
        let json = case("2020-06-30", RULE)
            .facts(SERIES)
            .assess(method)
            .outcome()
            .expect("an outcome");
        let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let result = &report["results"][0];
        assert_eq!(result["verdict"], "pending");
        assert_eq!(result["outlook"], outlook, "{method:?}");
        assert_eq!(result["progress"]["method"], method.name());
        assert_eq!(result["progress"]["pace"], "0.78");
        assert_eq!(result["progress"]["needed"], "0.841667");
        assert_eq!(result["progress"]["baseline"]["value"], "89.83");
        assert_eq!(result["progress"]["baseline"]["period"], "2015");
    }
}
