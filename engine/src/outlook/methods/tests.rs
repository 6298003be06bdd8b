//! The worked numbers of `docs/methods.md`, the edge cases, and a grid of nasty input.

use super::*;

fn point(time: f64, value: f64) -> Point {
    Point { time, value }
}

fn path(aim: Aim, baseline: (f64, f64), latest: (f64, f64), target: (f64, f64)) -> Path {
    Path {
        aim,
        hold: false,
        satisfied: false,
        baseline_satisfied: false,
        baseline: Some(point(baseline.0, baseline.1)),
        series: vec![point(baseline.0, baseline.1), point(latest.0, latest.1)],
        target: point(target.0, target.1),
        range: None,
        milestones: vec![],
    }
}

/// 昆明, gross enrolment of senior secondary schools; the target is an illustration.
fn kunming() -> Path {
    path(
        Aim::AtLeast,
        (2015.0, 89.83),
        (2019.0, 92.95),
        (2025.0, 98.0),
    )
}

fn yearly(first: f64, values: &[f64]) -> Vec<Point> {
    let years = (0..).map(|i| first + f64::from(i));
    years.zip(values).map(|(t, v)| point(t, *v)).collect()
}

#[track_caller]
fn close(found: Option<f64>, expected: f64, tolerance: f64) {
    let found = found.expect("a number");
    assert!(
        (found - expected).abs() <= tolerance,
        "{found}, not {expected}"
    );
}

#[track_caller]
fn measured(result: &Assessment, name: &str, expected: f64, tolerance: f64) {
    close(result.measures.get(name).copied(), expected, tolerance);
}

#[track_caller]
fn expect(method: Method, path: &Path, outlook: Outlook) -> Assessment {
    let result = assess(method, path);
    assert_eq!(result.outlook, outlook, "{result:?}");
    result
}

#[test]
fn names() {
    for method in Method::ALL {
        assert_eq!(Method::named(method.name()), Some(method));
    }
    for name in [
        "时序进度",
        "时间过半任务过半",
        "时间过半、任务过半",
        " Schedule ",
    ] {
        assert_eq!(Method::named(name), Some(Method::Schedule));
    }
    assert_eq!(Method::named("guess"), None);
    assert_eq!(Method::default(), Method::Eurostat);
}

#[test]
fn worked_eurostat() {
    let result = expect(Method::Eurostat, &kunming(), Outlook::OnTrack);
    measured(&result, "actual", 0.00857221, 5e-9);
    measured(&result, "required", 0.00874285, 5e-9);
    measured(&result, "ratio", 0.98048, 5e-6);
    close(result.pace, 0.78, 1e-9);
    close(result.needed, 0.841667, 1e-6);
    close(result.reached, 2025.198, 5e-4);
    assert_eq!(result.observations, kunming().series);
    assert_eq!((result.used, result.fallback), (Method::Eurostat, None));
}

#[test]
fn worked_linear() {
    let result = expect(Method::Linear, &kunming(), Outlook::OnTrack);
    measured(&result, "actual", 0.78, 1e-9);
    measured(&result, "required", 0.817, 1e-9);
    measured(&result, "ratio", 0.95471, 5e-6);
    close(result.reached, 2025.474, 5e-4);
}

#[test]
fn worked_unsd() {
    let result = expect(Method::Unsd, &kunming(), Outlook::OnTrack);
    measured(&result, "projection", 97.8344, 5e-5);
    measured(&result, "covered", 0.97973, 5e-6);
}

#[test]
fn worked_escap() {
    let result = expect(Method::Escap, &kunming(), Outlook::OnTrack);
    measured(&result, "index", 3.8188, 5e-5);
    measured(&result, "projection", 97.63, 1e-9);
    measured(&result, "gap", 4.529, 5e-4);
}

#[test]
fn worked_destatis_on_two_points_says_so() {
    let result = expect(Method::Destatis, &kunming(), Outlook::AtRisk);
    measured(&result, "projection", 97.63, 1e-9);
    measured(&result, "missed", 0.07327, 5e-6);
    assert_eq!(result.fallback, Some(Fallback::FewPoints));
    assert_eq!(result.used, Method::Destatis);
}

#[test]
fn worked_schedule() {
    let result = expect(Method::Schedule, &kunming(), Outlook::AtRisk);
    measured(&result, "done", 0.38188, 5e-6);
    measured(&result, "due", 0.40, 1e-9);
    measured(&result, "expected", 93.098, 1e-9);
    let ratio = result.measures["done"] / result.measures["due"];
    close(Some(ratio), 0.9547, 5e-5);
    assert_eq!(result.word, Some(PlannersWord::AsExpected));
}

#[test]
fn a_projection_beyond_the_range_is_the_year_of_the_ceiling() {
    let mut path = path(
        Aim::AtLeast,
        (2015.0, 91.84),
        (2019.0, 95.66),
        (2025.0, 98.0),
    );
    let open = expect(Method::Unsd, &path, Outlook::OnTrack);
    measured(&open, "projection", 101.69, 5e-3);
    path.range = Some((0.0, 100.0));
    for method in Method::ALL {
        let result = expect(method, &path, Outlook::OnTrack);
        close(result.ceiling, 2023.5445, 5e-4);
        close(result.reached, 2021.450, 5e-4);
        let projection = result.measures.get("projection");
        assert!(projection.is_none_or(|p| *p == 100.0), "{result:?}");
        let by_growth = matches!(method, Method::Eurostat | Method::Unsd);
        assert_eq!(
            result.used == Method::Linear,
            by_growth || method == Method::Linear
        );
        assert_eq!(result.fallback == Some(Fallback::BeyondRange), by_growth);
    }
    path.target.value = 101.0;
    assert_eq!(assess(Method::Escap, &path).reached, None);
}

#[test]
fn satisfied_is_achieved_or_for_a_level_on_track() {
    let mut path = path(Aim::AtLeast, (2020.0, 99.0), (2022.0, 98.6), (2025.0, 98.0));
    path.satisfied = true;
    path.baseline_satisfied = true;
    for method in Method::ALL {
        path.hold = false;
        let result = expect(method, &path, Outlook::Achieved);
        assert_eq!(result.word, Some(PlannersWord::Ahead));
        path.hold = true;
        let result = expect(method, &path, Outlook::OnTrack);
        assert_eq!(result.word, Some(PlannersWord::AsExpected));
        measured(&result, "distance", 0.6, 1e-9);
        measured(&result, "crossed", 2025.0, 1e-9);
        assert_eq!((result.needed, result.reached), (None, None));
    }
}

#[test]
fn a_target_equal_to_the_baseline_is_held_not_reached() {
    let mut path = path(Aim::AtLeast, (2020.0, 98.0), (2022.0, 98.0), (2025.0, 98.0));
    for method in Method::ALL {
        (path.hold, path.satisfied, path.baseline_satisfied) = (true, true, true);
        let result = expect(method, &path, Outlook::OnTrack);
        measured(&result, "distance", 0.0, 0.0);
        path.series = yearly(2020.0, &[98.0, 97.9, 97.5]);
        path.satisfied = false;
        expect(method, &path, Outlook::MovingAway);
        path.series = yearly(2020.0, &[98.0, 98.0, 98.0]);
        path.baseline_satisfied = false; // `> 98%`: on the bound is not enough
        expect(method, &path, Outlook::OffTrack);
    }
}

#[test]
fn a_level_to_stay_at_is_not_grown_to() {
    let mut path = kunming();
    path.hold = true;
    for method in [Method::Eurostat, Method::Unsd] {
        let result = expect(method, &path, Outlook::OnTrack);
        assert_eq!(result.fallback, Some(Fallback::Level));
        measured(&result, "ratio", 0.95471, 5e-6);
    }
    assert_eq!(assess(Method::Schedule, &path).used, Method::Schedule);
}

#[test]
fn no_data_says_what_is_missing() {
    let lacking = |path: &Path| {
        let found = Method::ALL.map(|m| expect(m, path, Outlook::NoData).lacking);
        assert!(
            found.iter().all(|lacking| *lacking == found[0]),
            "{found:?}"
        );
        found[0]
    };
    let mut path = kunming();
    path.series.clear();
    assert_eq!(lacking(&path), Some(Lacking::Latest));
    path.series = vec![point(2015.0, 89.83)];
    assert_eq!(lacking(&path), Some(Lacking::SinceBaseline));
    path.baseline = None;
    assert_eq!(lacking(&path), Some(Lacking::Earlier));
    close(assess(Method::Linear, &path).needed, 0.817, 1e-9);
    path.series = yearly(2004.0, &[80.0]);
    path.series.push(point(2015.0, 89.83));
    assert_eq!(lacking(&path), Some(Lacking::Earlier));
    path = kunming();
    path.target.value = f64::NAN;
    assert_eq!(lacking(&path), Some(Lacking::Target));
    path = kunming();
    path.baseline = Some(point(2026.0, 89.0));
    assert_eq!(lacking(&path), Some(Lacking::SinceBaseline));
    path.series.push(point(2027.0, 93.0));
    assert_eq!(lacking(&path), Some(Lacking::BaselineBeforeDeadline));
    assert_eq!(assess(Method::Linear, &path).word, None);
}

#[test]
fn without_a_baseline_the_earliest_of_ten_years() {
    let mut path = kunming();
    path.baseline = None;
    path.series.insert(0, point(2008.0, 70.0));
    let result = expect(Method::Eurostat, &path, Outlook::OnTrack);
    assert_eq!(result.observations, kunming().series);
}

#[test]
fn lost_or_wrong_way_is_moving_away() {
    let lost = Path {
        baseline_satisfied: true,
        ..path(Aim::AtLeast, (2020.0, 98.5), (2022.0, 97.0), (2025.0, 98.0))
    };
    let falling = path(Aim::AtLeast, (2020.0, 97.0), (2022.0, 96.0), (2025.0, 98.0));
    let rising = path(Aim::AtMost, (2020.0, 50.0), (2022.0, 51.0), (2025.0, 45.0));
    // A baseline after the deadline changes nothing about the direction.
    let late = path(Aim::AtLeast, (2026.0, 97.0), (2027.0, 96.0), (2025.0, 98.0));
    for method in Method::ALL {
        for path in [&lost, &falling, &rising, &late] {
            let result = expect(method, path, Outlook::MovingAway);
            assert_eq!(result.word, Some(PlannersWord::Lagging));
            assert_eq!(result.reached, None);
        }
    }
    measured(&assess(Method::Eurostat, &falling), "ratio", -2.5168, 5e-5);
}

#[test]
fn lower_is_better() {
    let mut path = path(Aim::AtMost, (2020.0, 50.0), (2022.0, 45.0), (2025.0, 40.0));
    for method in Method::ALL {
        expect(method, &path, Outlook::OnTrack);
    }
    measured(&assess(Method::Linear, &path), "ratio", 1.25, 1e-9);
    // On the straight line growth is a little late: a steady rate falls fastest at first.
    path.series = yearly(2020.0, &[50.0, 48.0, 46.0]);
    expect(Method::Schedule, &path, Outlook::OnTrack);
    let result = expect(Method::Eurostat, &path, Outlook::AtRisk);
    measured(&result, "ratio", 0.93553, 5e-6);
}

#[test]
fn where_growth_makes_no_sense_it_is_linear_and_said() {
    let cases = [
        ((0.0, 2.0, 10.0), Fallback::Zero),
        ((-4.0, 2.0, 10.0), Fallback::SignChange),
        ((-9.0, -5.0, -1.0), Fallback::Negative),
    ];
    for ((y0, y, target), fallback) in cases {
        let path = path(Aim::AtLeast, (2020.0, y0), (2022.0, y), (2025.0, target));
        for method in [Method::Eurostat, Method::Unsd] {
            let result = assess(method, &path);
            assert_eq!((result.method, result.used), (method, Method::Linear));
            assert_eq!(result.fallback, Some(fallback));
            assert_eq!(result.measures, assess(Method::Linear, &path).measures);
        }
    }
}

#[test]
fn exactly_goes_to_the_nearer_side() {
    let from_below = path(Aim::Exactly, (2020.0, 0.0), (2022.0, 4.0), (2025.0, 10.0));
    let from_above = path(Aim::Exactly, (2020.0, 20.0), (2022.0, 16.0), (2025.0, 10.0));
    let overshot = path(Aim::Exactly, (2020.0, 8.0), (2022.0, 12.0), (2025.0, 10.0));
    for method in Method::ALL {
        for path in [&from_below, &from_above] {
            let result = expect(method, path, Outlook::OnTrack);
            assert_eq!(result.used, Method::Linear);
            let asked = method == Method::Linear;
            assert_eq!(result.fallback, (!asked).then_some(Fallback::NearerBound));
            measured(&result, "ratio", 1.0, 1e-9);
        }
        expect(method, &overshot, Outlook::MovingAway);
    }
}

#[test]
fn destatis_takes_the_last_five_years() {
    let mut path = kunming();
    path.series = yearly(2012.0, &[70.0, 80.0, 90.0, 91.0, 92.0, 92.5, 93.0, 94.0]);
    path.baseline = Some(point(2019.0, 94.0)); // the baseline is the latest figure
    let result = expect(Method::Destatis, &path, Outlook::OnTrack);
    close(result.pace, 0.8, 1e-9); // 90 in 2014 to 94 in 2019
    assert_eq!((result.observations.len(), result.fallback), (6, None));
    assert_eq!((result.word, result.lacking), (None, None));
    // A projection that would pass the target misses nothing.
    measured(&result, "missed", 0.0, 0.0);
    expect(Method::Eurostat, &path, Outlook::NoData);
}

#[test]
fn cuts_belong_to_the_better_side() {
    let to_ten = |y: f64| path(Aim::AtLeast, (2020.0, 0.0), (2022.0, y), (2030.0, 10.0));
    let outlook = |method, y| assess(method, &to_ten(y)).outlook;
    use Outlook::{AtRisk, OffTrack, OnTrack};
    assert_eq!(outlook(Method::Linear, 1.9), OnTrack);
    assert_eq!(outlook(Method::Linear, 1.89), AtRisk);
    assert_eq!(outlook(Method::Linear, 1.2), AtRisk);
    assert_eq!(outlook(Method::Linear, 1.19), OffTrack);
    assert_eq!(outlook(Method::Linear, 0.0), OffTrack);
    assert_eq!(outlook(Method::Schedule, 2.0), OnTrack);
    assert_eq!(outlook(Method::Schedule, 1.8), AtRisk);
    assert_eq!(outlook(Method::Schedule, 1.79), OffTrack);
    assert_eq!(outlook(Method::Escap, 1.8), OnTrack);
    assert_eq!(outlook(Method::Escap, 1.79), AtRisk);
    assert_eq!(outlook(Method::Escap, 0.0), AtRisk); // a gap of exactly 100%
    // At x a year h is 10·x, and 10 − 2·x are left: the x that misses a share m of that.
    let missing = |m: f64| {
        let slope = (10.0 - m * 10.0) / (8.0 + 2.0 * (1.0 - m));
        outlook(Method::Destatis, 2.0 * slope)
    };
    assert_eq!(missing(0.049), OnTrack);
    assert_eq!(missing(0.05), AtRisk);
    assert_eq!(missing(0.20), AtRisk);
    assert_eq!(missing(0.201), OffTrack);
    // unsd needs growth: from 100 at 1% a year, 10 years ahead.
    let unsd = |target: f64| {
        let path = path(
            Aim::AtLeast,
            (2020.0, 100.0),
            (2022.0, 102.01),
            (2030.0, target),
        );
        assess(Method::Unsd, &path).outlook
    };
    assert_eq!(unsd(111.0), OnTrack); // v = 110.46, q = 0.951
    assert_eq!(unsd(112.0), AtRisk);
    assert_eq!(unsd(204.0), AtRisk); // q = 0.1006
    assert_eq!(unsd(206.0), OffTrack);
}

#[test]
fn a_figure_on_the_line_is_on_it() {
    // 90.3 − 90 is a little less than 0.3 in binary.
    let path = path(Aim::AtLeast, (2020.0, 90.0), (2021.0, 90.3), (2025.0, 91.5));
    let result = expect(Method::Schedule, &path, Outlook::OnTrack);
    assert_eq!(result.word, Some(PlannersWord::AsExpected));
}

#[test]
fn declared_milestones_bend_the_line() {
    let mut path = kunming();
    path.milestones = vec![
        point(2017.0, 90.0),
        point(2019.0, 92.0),
        point(2022.0, 95.0),
    ];
    let result = expect(Method::Schedule, &path, Outlook::OnTrack);
    measured(&result, "expected", 92.0, 1e-9);
    assert_eq!(result.word, Some(PlannersWord::Faster));
    path.milestones = vec![point(2018.0, 94.0), point(2020.0, 96.0)];
    let result = expect(Method::Schedule, &path, Outlook::OffTrack);
    measured(&result, "expected", 95.0, 1e-9);
    assert_eq!(result.word, Some(PlannersWord::Lagging));
}

#[test]
fn after_the_deadline_all_of_the_time_is_used() {
    let path = path(Aim::AtLeast, (2020.0, 90.0), (2026.0, 97.0), (2025.0, 98.0));
    let result = expect(Method::Schedule, &path, Outlook::OffTrack);
    measured(&result, "due", 1.0, 1e-9);
    assert_eq!(result.needed, None);
    measured(&assess(Method::Escap, &path), "projection", 97.0, 1e-9);
}

#[test]
fn nothing_is_ever_nan_or_infinite() {
    const VALUES: [f64; 7] = [0.0, -5.0, 1e-300, 98.0, 1e308, -1e308, f64::NAN];
    const TIMES: [f64; 4] = [2015.0, 2019.0, 2019.0 + 1e-12, f64::INFINITY];
    let ranges = [
        None,
        Some((0.0, 100.0)),
        Some((100.0, 0.0)),
        Some((f64::NAN, 1.0)),
    ];
    let mut seen = std::collections::HashSet::new();
    for (y0, y, target) in triples(&VALUES) {
        for (t0, t, deadline) in triples(&TIMES).filter(|t| (2019.0..2020.0).contains(&t.2)) {
            for (i, method) in Method::ALL.into_iter().enumerate() {
                for aim in [Aim::AtLeast, Aim::AtMost, Aim::Exactly] {
                    for flags in 0..4 {
                        let mut path = path(aim, (t0, y0), (t, y), (deadline, target));
                        path.hold = flags & 1 != 0;
                        path.baseline_satisfied = flags & 2 != 0;
                        path.satisfied = flags == 3;
                        path.range = ranges[(i + flags) % ranges.len()];
                        path.milestones = vec![point(t, y), point(2016.0, target)];
                        if flags == 1 {
                            path.baseline = None;
                            path.series.splice(1..1, yearly(2015.0, &[y, y0, 3.0]));
                        }
                        let result = assess(method, &path);
                        check(&result, &path);
                        seen.insert((result.outlook, result.fallback, result.lacking));
                    }
                }
            }
        }
    }
    assert!(
        seen.len() >= 25,
        "the grid is to reach most answers: {seen:?}"
    );
}

fn triples(of: &[f64]) -> impl Iterator<Item = (f64, f64, f64)> {
    of.iter().flat_map(move |a| {
        of.iter()
            .flat_map(move |b| of.iter().map(move |c| (*a, *b, *c)))
    })
}

fn check(result: &Assessment, path: &Path) {
    let times = [result.reached, result.ceiling];
    let numbers = [result.pace, result.needed]
        .into_iter()
        .chain(times)
        .flatten();
    let mut numbers = numbers.chain(result.measures.values().copied());
    let no_data = result.outlook == Outlook::NoData;
    assert!(numbers.all(f64::is_finite), "{path:?}\n{result:?}");
    assert!(
        result.observations.iter().all(Point::is_finite),
        "{path:?}\n{result:?}"
    );
    assert_eq!(result.lacking.is_some(), no_data, "{path:?}\n{result:?}");
    assert!(
        !(no_data && result.measures.contains_key("ratio")),
        "{path:?}\n{result:?}"
    );
    assert_eq!(
        result.outlook == Outlook::Achieved,
        path.satisfied && !path.hold
    );
    let redirected = result.used != result.method;
    assert!(
        !redirected || result.fallback.is_some(),
        "{path:?}\n{result:?}"
    );
    assert!(times.into_iter().flatten().all(|t| t <= LAST_YEAR));
}
