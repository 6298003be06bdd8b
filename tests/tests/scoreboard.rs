//! Points of rules: what counts, what is shown apart, who is ahead.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot run fails"
)]

use guiju::{Facts, Options, Rules, Score, Scoreboard, Verdict};

fn board(rules: &str, figures: &str) -> Scoreboard {
    let rules = Rules::from_text("r.gj", rules).expect("rules");
    let text = format!("地区,指标,年份,数值,单位\n{figures}");
    let facts = Facts::from_text("f.csv", &text).expect("figures");
    let day = "2026-03-01".parse().expect("a day");
    let outcome = rules
        .evaluate(&facts, &Options::as_of(day))
        .expect("an outcome");
    outcome.scoreboard()
}

/// Region, rank, points, of.
fn ranks(board: &Scoreboard) -> Vec<(&str, Option<u32>, String, String)> {
    let row = |s: &'_ Score| (s.rank, s.points.to_string(), s.of.to_string());
    let regions = board.total.regions.iter();
    regions
        .map(|s| {
            let (rank, points, of) = row(s);
            (s.region.as_deref().unwrap_or(""), rank, points, of)
        })
        .collect()
}

#[test]
fn equal_shares_have_the_better_place() {
    let rules = "A: rate 甲 >= 90% by 2025 { weight 4 }\nB: rate 乙 >= 90% by 2025 { weight 2 }\n";
    let figures = "五华区,甲,2025,80,%\n五华区,乙,2025,95,%\n盘龙区,甲,2025,95,%\n盘龙区,乙,2025,95,%\n\
                   官渡区,甲,2025,80,%\n官渡区,乙,2025,95,%\n西山区,甲,2025,80,%\n西山区,乙,2025,80,%\n";
    let board = board(rules, figures);
    let found: Vec<(&str, Option<u32>)> = ranks(&board).iter().map(|r| (r.0, r.1)).collect();
    let wanted = [
        ("盘龙区", Some(1)),
        ("五华区", Some(2)),
        ("官渡区", Some(2)),
        ("西山区", Some(4)),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn what_is_not_decided_is_apart() {
    let rules = "A: rate 甲 >= 90% by 2025 in 昆明 { weight 4 }\nB: rate 乙 >= 90% by 2027 in 昆明 { weight 2 }\n\
                 C: rate 丙 >= 90% by 2025 in 昆明 { weight 1 }\nD: rate 甲 >= 90% by 2024 in 东川区 { weight 3 }\n\
                 E: rate 丁 >= 90% by 2025 in 昆明\n";
    let board = board(rules, "昆明,甲,2025,80,%\n昆明,乙,2025,95,%\n");
    let wanted = [
        ("昆明", Some(1), "0".to_string(), "4".to_string()),
        ("东川区", None, "0".to_string(), "0".to_string()),
    ];
    assert_eq!(ranks(&board), wanted);
    let score = &board.total.regions[0];
    assert_eq!(
        (score.pending.results, score.pending.points.to_string()),
        (1, "2".into())
    );
    assert_eq!(
        (score.unknown.results, score.unknown.points.to_string()),
        (1, "1".into())
    );
    assert_eq!((board.total.weighted, board.total.unweighted), (4, 1));
    assert!(board.total.regions[1].share.is_none());
}

#[test]
fn points_go_by_the_must() {
    let tiers = "A: rate 甲 must >= 90% should >= 95% by 2025 in 昆明 { weight 4 }\n";
    let found = board(tiers, "昆明,甲,2025,92,%\n");
    assert_eq!(ranks(&found)[0].2, "4");
    assert_eq!(found.total.regions[0].results.len(), 1);
    // A should alone has the points of its rule.
    let alone = "A: should rate 甲 >= 95% by 2025 in 昆明 { weight 4 }\n";
    let found = board(alone, "昆明,甲,2025,92,%\n");
    let (_, _, points, of) = ranks(&found)[0].clone();
    assert_eq!((points, of), ("0".to_string(), "4".to_string()));
}

#[test]
fn a_band_is_the_rule_with_another_bound() {
    let points = |rule: &str, figures: &str| {
        let board = board(rule, figures);
        let scored = board.total.regions[0].results[0].clone();
        (
            scored.verdict,
            scored.points.map(|p| p.to_string()),
            scored.band,
        )
    };
    let level = "A: rate 甲 >= 98% by 2025 in 昆明 { weight 5, 1 for >= 90%, 3 for >= 95% }";
    for (figure, earned, band) in [
        ("98", "5", false),
        ("97.99", "3", true),
        ("95", "3", true),
        ("94.99", "1", true),
        ("89.9", "0", false),
    ] {
        let verdict = if figure == "98" {
            Verdict::Met
        } else {
            Verdict::Violated
        };
        let found = points(level, &format!("昆明,甲,2025,{figure},%\n"));
        assert_eq!(found, (verdict, Some(earned.to_string()), band), "{figure}");
    }
    // Every period has to reach it, and a gap leaves the band open.
    let each = "A: rate 甲 >= 98% each year 2023..2025 in 昆明 { weight 5, 3 for >= 95% }";
    let all = "昆明,甲,2023,96,%\n昆明,甲,2024,99,%\n昆明,甲,2025,95,%\n";
    assert_eq!(
        points(each, all),
        (Verdict::Violated, Some("3".into()), true)
    );
    let gap = "昆明,甲,2023,96,%\n昆明,甲,2025,95,%\n";
    assert_eq!(points(each, gap), (Verdict::Unknown, None, false));
    // Changes, ranks and grades too.
    let change = "A: rate 甲 rises >= 4pp in 2025 in 昆明 { weight 5, 3 for rises >= 2pp }";
    let figures = "昆明,甲,2024,90,%\n昆明,甲,2025,92,%\n";
    assert_eq!(points(change, figures).1.as_deref(), Some("3"));
    let never = "A: rate 甲 never rises in 2025 in 昆明 { weight 5, 2 for rises <= 3pp }";
    assert_eq!(points(never, figures).1.as_deref(), Some("2"));
    // A formula, and another place.
    let ratio = "A: ratio 甲 / 乙 <= 15:1 in 2025 in 昆明 { weight 5, 2 for <= 16:1 }";
    let figures = "昆明,甲,2025,1550,人\n昆明,乙,2025,100,人\n";
    assert_eq!(points(ratio, figures).1.as_deref(), Some("2"));
    let place = "A: rate 甲 >= 昆明 in 2025 in 五华区 { weight 5, 3 for >= 昆明 - 2pp }";
    let figures = "五华区,甲,2025,96,%\n昆明,甲,2025,98,%\n";
    assert_eq!(points(place, figures).1.as_deref(), Some("3"));
    let rank = "A: rank 甲 <= 3 in 2025 in 昆明 { weight 5, 3 for <= 5 }";
    assert_eq!(points(rank, "昆明,甲,2025,5,\n").1.as_deref(), Some("3"));
    let grade =
        "scale 档: 优 > 良 > 中\nA: grade 甲 >= 优 in 2025 in 昆明 { weight 5, 3 for >= 良 }";
    assert_eq!(points(grade, "昆明,甲,2025,良,\n").1.as_deref(), Some("3"));
    assert_eq!(points(grade, "昆明,甲,2025,中,\n").1.as_deref(), Some("0"));
}

#[test]
fn each_plan_has_a_board_of_its_own() {
    let rules = "plan a { region 昆明 }\nA: rate 甲 >= 90% by 2025 { weight 4 }\n\
                 plan b { region 昆明市 }\nB: rate 乙 >= 90% by 2025 { weight 2 }\n";
    let board = board(rules, "昆明,甲,2025,95,%\n昆明市,乙,2025,80,%\n");
    // One region, however it is written.
    assert_eq!(board.total.regions.len(), 1);
    assert_eq!(ranks(&board)[0].3, "6");
    let plans: Vec<(Option<&str>, String)> = board
        .plans
        .iter()
        .map(|b| (b.plan.as_deref(), b.regions[0].points.to_string()))
        .collect();
    assert_eq!(
        plans,
        [(Some("a"), "4".to_string()), (Some("b"), "0".to_string())]
    );
}
