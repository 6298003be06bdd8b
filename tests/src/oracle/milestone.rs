//! Milestones: "done on a date, or `done` on the last day of the row's period, or `not done` as seen
//! then".

use super::case::{Figure, Time};
use super::judge::{Expected, Known, One, Truth, Verdict, nothing};
use super::time::{Day, Period};
use super::value::{Q, Value};

/// What the records of one period say, and which figures say it.
struct Record<'c> {
    period: Period,
    figures: Vec<&'c Figure>,
}

/// What is found for a deadline or period.
enum Found<'c> {
    Nothing,
    Conflict(usize),
    /// Truth and record; `None` is "it cannot be said from this".
    Record(Truth, &'c Figure),
}

pub(super) fn judge(one: &One<'_>) -> Expected {
    let plan = one.case.plan.and_then(|p| p.span);
    match (one.case.time, plan) {
        (Time::By(period), _) | (Time::Unwritten, Some((_, period))) => {
            single(one, period, by(one, period))
        }
        (Time::Before(period), _) => {
            let day = Period::of_day(period.first() - 1);
            single(one, day, by(one, day))
        }
        (Time::In(period), _) => single(one, period, within(one, period)),
        (Time::Throughout(a, b) | Time::Each(a, b, _), _) => every(one, a.to(b)),
        (Time::Unwritten, None) => nothing(),
    }
}

/// What is known by now: a date that is still ahead is an intention, and a record of a period that
/// has not begun is only counted.
fn records<'c>(one: &One<'c>) -> Vec<Record<'c>> {
    let now = one.case.as_of;
    let mut periods: Vec<Period> = Vec::new();
    for figure in &one.figures {
        if !periods.contains(&figure.period) && figure.period.first() <= now {
            periods.push(figure.period);
        }
    }
    periods.sort_by_key(|p| (p.last(), std::cmp::Reverse(p.first())));
    let mut out = Vec::new();
    for period in periods {
        let figures = match one.at(period) {
            Known::Nothing | Known::Forecast => continue,
            Known::One(figure) => vec![figure],
            Known::Conflict(all) => all,
        };
        let known = |f: &&Figure| match &f.value {
            Value::Date(date) => date.last() <= now,
            _ => period.last() <= now,
        };
        if figures.iter().any(known) {
            out.push(Record { period, figures });
        }
    }
    out
}

/// The days within which a figure says it was done.
fn days(figure: &Figure) -> Option<(Day, Day)> {
    match &figure.value {
        Value::Date(date) => Some((date.first(), date.last())),
        Value::Done => Some((figure.period.last(), figure.period.last())),
        _ => None,
    }
}

/// "`by D` includes D: met once done on or before D; violated when done later, or seen as not done
/// on or after D once D has passed; otherwise unknown after D. A date known only to the month or
/// year counts as done by D if that period ends by D, else it is undecided."
///
/// Records that contradict each other decide nothing; one record in time is enough for `met`.
fn by<'c>(one: &One<'c>, deadline: Period) -> Found<'c> {
    let day = deadline.last();
    let (mut done, mut late, mut unclear, mut undone) = (None, None, None, None);
    let mut conflict = None;
    for record in records(one) {
        let [figure] = record.figures.as_slice() else {
            conflict = conflict.or(Some(record.figures.len()));
            continue;
        };
        match days(figure) {
            Some((_, last)) if last <= day => done = done.or(Some(*figure)),
            Some((first, _)) if first > day => late = late.or(Some(*figure)),
            Some(_) => unclear = unclear.or(Some(*figure)),
            None if record.period.last() >= day => undone = Some(*figure),
            None => {}
        }
    }
    decide(
        done,
        late,
        unclear,
        undone,
        conflict,
        deadline.passed(one.case.as_of),
    )
}

fn decide<'c>(
    done: Option<&'c Figure>,
    late: Option<&'c Figure>,
    unclear: Option<&'c Figure>,
    undone: Option<&'c Figure>,
    conflict: Option<usize>,
    passed: bool,
) -> Found<'c> {
    // Done, and seen as not done on that day or after: both cannot be.
    if let (Some(done), Some(undone)) = (done.or(unclear), undone)
        && days(done).is_some_and(|(_, last)| last <= undone.period.last())
    {
        return Found::Conflict(2);
    }
    if let Some(done) = done {
        return Found::Record(Some(true), done);
    }
    if let Some(count) = conflict {
        return Found::Conflict(count);
    }
    match (unclear, undone) {
        // A record that may mean "in time" speaks against a late one.
        (Some(unclear), None) => Found::Record(None, unclear),
        _ => match late.or(undone) {
            Some(record) => Found::Record(passed.then_some(false), record),
            None => Found::Nothing,
        },
    }
}

/// "A dated record in every period."
fn within<'c>(one: &One<'c>, period: Period) -> Found<'c> {
    let (mut done, mut unclear, mut undone, mut conflict) = (None, None, None, None);
    for record in records(one) {
        let bears = |f: &Figure| match &f.value {
            Value::Date(d) => d.first() <= period.last() && period.first() <= d.last(),
            Value::Done => record.period.inside(period),
            _ => record.period.last() == period.last(),
        };
        let [figure] = record.figures.as_slice() else {
            if record.figures.iter().any(|f| bears(f)) {
                conflict = conflict.or(Some(record.figures.len()));
            }
            continue;
        };
        if !bears(figure) {
            continue;
        }
        match &figure.value {
            Value::Date(d) if d.inside(period) => done = done.or(Some(*figure)),
            Value::Date(_) => unclear = unclear.or(Some(*figure)),
            Value::Done => done = done.or(Some(*figure)),
            _ => undone = Some(*figure),
        }
    }
    decide(
        done,
        None,
        unclear,
        undone,
        conflict,
        period.passed(one.case.as_of),
    )
}

fn single(one: &One<'_>, deadline: Period, found: Found<'_>) -> Expected {
    let mut out = nothing();
    let passed = deadline.passed(one.case.as_of);
    let truth = take(&mut out, deadline, &found, passed);
    out.verdict = match (truth, passed) {
        (Some(true), _) => Verdict::Met,
        (Some(false), true) => Verdict::Violated,
        (_, false) => Verdict::Pending,
        (None, true) => Verdict::Unknown,
    };
    if let Found::Record(truth, figure) = found {
        show(&mut out, figure, truth, deadline);
        if out.verdict == Verdict::Met && !matches!(one.case.time, Time::In(_)) {
            out.reached = Some(match &figure.value {
                Value::Date(date) => date.code(),
                _ => figure.period.code(),
            });
        }
    }
    out
}

/// Notes what is missing or contradictory, and gives the truth.
fn take(out: &mut Expected, period: Period, found: &Found<'_>, passed: bool) -> Truth {
    match found {
        Found::Conflict(count) => {
            out.conflicts.push(*count);
            None
        }
        Found::Nothing => {
            if passed {
                out.missing.push(Some(period.code()));
            }
            None
        }
        Found::Record(truth, _) => {
            if passed && truth.is_none() {
                out.missing.push(Some(period.code()));
            }
            *truth
        }
    }
}

/// Milestones: days late; nothing where the record leaves open whether it was in time.
fn show(out: &mut Expected, figure: &Figure, truth: Truth, deadline: Period) {
    out.actual = Some((Err(figure.value.text()), figure.period.code()));
    out.gap = days(figure)
        .filter(|(first, last)| first == last || truth.is_some())
        .map(|(_, last)| Q::from_integer((last - deadline.last()).into()));
}

/// "Several periods give one result: a failure in a passed period is `violated` at once; without
/// one, a gap or a period ahead leaves it `pending` until the span has passed, `unknown` after."
/// A milestone done is decided as soon as it is true.
fn every(one: &One<'_>, periods: Vec<Period>) -> Expected {
    let mut out = nothing();
    let mut truth: Truth = Some(true);
    let mut ahead = false;
    let (mut failed, mut latest) = (None, None);
    for period in periods {
        let passed = period.passed(one.case.as_of);
        ahead |= !passed;
        let found = within(one, period);
        let this = take(&mut out, period, &found, passed);
        truth = match (truth, this) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
        if let Found::Record(_, figure) = found {
            latest = Some((figure, this, period));
            if this == Some(false) {
                failed = failed.or(latest);
            }
        }
    }
    out.verdict = match (truth, ahead) {
        (Some(false), _) => Verdict::Violated,
        (Some(true), _) => Verdict::Met,
        (None, true) => Verdict::Pending,
        (None, false) => Verdict::Unknown,
    };
    if let Some((figure, truth, period)) = failed.or(latest) {
        show(&mut out, figure, truth, period);
    }
    out
}
