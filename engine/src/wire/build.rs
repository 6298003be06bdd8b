//! Details to results.

use std::borrow::Cow;

use guiju_lang::model::{Claim, Computed, Derive, Expr, Nature, Part, Scope, Test, Time, Value};
use guiju_lang::period::{Grain, PeriodSpan};
use guiju_lang::{Force, Kind, Lang, Number, Period, Sources};

use crate::bind::{Known, Maker, ObsRef, RollUp};
use crate::detail::{Detail, Figure, Gap};
use crate::evaluate::{Judged, State, Verdict, Way};
use crate::explain;
use crate::truth::Truth;

use super::rules::stated;
use super::{
    Actual, Amount, BaselineRecord, Conflict, ConflictValue, DerivedRecord, FigureRecord, Missing,
    PeriodRecord, Place, ProgressRecord, QuantifierRecord, Required, ResultRecord, SourceRecord,
    TimeRecord, WaivedRecord,
};

/// Significant digits of a decimal that does not end.
const SIGNIFICANT: u32 = 12;

/// The result of a decision, with its explanation if asked for.
pub(crate) fn result<'a>(
    detail: &Detail<'a>,
    sources: &Sources,
    lang: Lang,
    explained: bool,
) -> ResultRecord<'a> {
    let rule = detail.rule;
    let plan = detail.plan();
    let attributes = &rule.attributes;
    let (file, at) = sources.locate(rule.span);
    let explanation = explained.then(|| explain::explanation(detail, sources, lang));
    let message = match &explanation {
        Some(explanation) => explanation.headline.clone(),
        None => explain::headline(detail, lang),
    };
    let outlook = detail.assessment().map(|a| a.outlook);
    ResultRecord {
        rule: &rule.id,
        plan: plan.map(|p| p.name.as_str()),
        clause: attributes.clause.as_deref(),
        kind: detail.demand.kind.name(),
        indicator: detail.measure_name(),
        region: region(detail),
        region_code: detail.subject.and_then(|s| s.code).map(|c| c.to_string()),
        subject: subject(detail),
        group: group(detail).map(str::to_string),
        modality: detail.requirement.force.name(),
        nature: nature(attributes.nature),
        verdict: detail.shown,
        outlook,
        word: detail.assessment().and_then(|a| a.word),
        severity: (detail.shown == Verdict::Violated && !detail.part)
            .then(|| severity(detail.requirement.force)),
        required: required(detail),
        actual: detail
            .deciding
            .map(|(period, at)| actual(detail, period, at)),
        gap: gap(detail),
        time: time(&detail.demand.time),
        periods: periods(detail),
        reached: detail.reached.map(|p| p.to_string()),
        progress: progress(detail),
        deadline: deadline(detail).map(|p| p.end().to_string()),
        lead: inherited(&attributes.lead, plan.map(|p| &p.lead)),
        owner: inherited(&attributes.owner, plan.map(|p| &p.owner)),
        weight: attributes.weight.as_ref().map(Number::to_string),
        missing: missing(detail),
        conflicts: conflicts(detail),
        derived: derived(detail),
        waived: detail.waiver.map(|waiver| WaivedRecord {
            was: detail.verdict,
            until: waiver.until.end().to_string(),
            because: waiver.because.clone(),
        }),
        open: open(detail),
        used: used(detail),
        quantifier: quantifier(detail),
        part: detail.part,
        span: Place {
            file: file.to_string(),
            line: at.line,
            column: at.column,
        },
        message,
        explanation,
    }
}

/// actual − required; of a quantified rule, satisfied − needed.
fn gap(detail: &Detail<'_>) -> Option<Amount> {
    let Way::Whole { counts, .. } = &detail.ruling.way else {
        return detail.gap().map(|gap| amount(detail, &gap));
    };
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    Some(Amount {
        value: (signed(counts.satisfied) - signed(counts.needed)).to_string(),
        unit: Some("subjects".to_string()),
        exact: None,
    })
}

/// What a quantified rule counts.
fn quantifier(detail: &Detail<'_>) -> Option<QuantifierRecord> {
    let Way::Whole { counts, .. } = &detail.ruling.way else {
        return None;
    };
    // Of a part that is quantified itself, the inner one.
    let quantifiers = detail.rule.quantifiers.as_slice();
    let how = &quantifiers.get(usize::from(detail.part))?.how;
    Some(QuantifierRecord {
        kind: how.name(),
        satisfied: counts.satisfied,
        failed: counts.failed,
        undecided: counts.undecided,
        of: counts.of,
        needed: counts.needed,
    })
}

/// Whether what may be done is done.
fn used(detail: &Detail<'_>) -> Option<bool> {
    match (detail.requirement.force, detail.ruling.state) {
        (Force::May, State::Holds) => Some(true),
        (Force::May, State::Fails) => Some(false),
        _ => None,
    }
}

/// What the plan leaves open, as the rule writes it.
pub(crate) fn open(detail: &Detail<'_>) -> Vec<String> {
    let Test::Computed(wanted) = &detail.requirement.test else {
        return Vec::new();
    };
    let mut open = false;
    let mut look = |part: Part<'_>| open |= matches!(part, Part::Expr(Expr::Open));
    wanted.right.walk(&mut look);
    if let Some(upper) = &wanted.upper {
        upper.walk(&mut look);
    }
    match open {
        true => vec![wanted.reference.clone().unwrap_or_else(|| "?".to_string())],
        false => Vec::new(),
    }
}

/// The breakdown that a result is about, or the group of its subjects.
fn group<'a>(detail: &Detail<'a>) -> Option<&'a str> {
    let of_figures = detail.bound.ruleset.group_of(detail.demand);
    of_figures.or(detail.demand.group.as_ref().map(|g| g.name.as_str()))
}

fn severity(force: Force) -> &'static str {
    match force {
        Force::Must => "error",
        Force::Should | Force::May => "warning",
    }
}

pub(super) fn nature(nature: Option<Nature>) -> Option<&'static str> {
    nature.map(|n| match n {
        Nature::Binding => "binding",
        Nature::Expected => "expected",
    })
}

/// What a rule says itself, else its plan.
pub(crate) fn inherited<'a>(own: &'a [String], plan: Option<&'a Vec<String>>) -> &'a [String] {
    if own.is_empty() {
        plan.map_or(&[], Vec::as_slice)
    } else {
        own
    }
}

fn region<'a>(detail: &Detail<'a>) -> Option<Cow<'a, str>> {
    match (&detail.rule.scope, detail.subject) {
        (_, Some(subject)) if detail.part => Some(Cow::Borrowed(&subject.region)),
        (Scope::Place { printed, .. }, Some(subject)) if subject.is_region => {
            Some(Cow::Borrowed(printed))
        }
        (_, Some(subject)) => Some(Cow::Borrowed(&subject.region)),
        (Scope::Place { printed, .. }, None) => Some(Cow::Borrowed(printed)),
        (Scope::Mentioned, None) => None,
    }
}

pub(crate) fn subject<'a>(detail: &Detail<'a>) -> Option<Cow<'a, str>> {
    match (&detail.rule.scope, detail.subject) {
        (_, Some(subject)) if detail.part => Some(Cow::Borrowed(&subject.name)),
        (Scope::Place { printed, .. }, _) => Some(Cow::Borrowed(printed)),
        (Scope::Mentioned, Some(subject)) => Some(Cow::Borrowed(&subject.name)),
        (Scope::Mentioned, None) => None,
    }
}

/// A number as JSON prints it, and as a fraction where its decimals do not end.
pub(super) fn decimal(number: &Number, up: bool) -> (String, Option<String>) {
    match number.decimals() {
        Some(_) => (number.to_string(), None),
        None => (
            number.to_significant(SIGNIFICANT, up).to_string(),
            Some(number.to_fraction()),
        ),
    }
}

fn some_unit(symbol: &str) -> Option<String> {
    (!symbol.is_empty()).then(|| symbol.to_string())
}

/// The unit of a requirement in JSON: none for ranks, flags, grades and milestones.
fn unit(detail: &Detail<'_>) -> Option<String> {
    match detail.demand.kind {
        Kind::Rank | Kind::Flag | Kind::Grade | Kind::Milestone => None,
        _ => some_unit(&detail.symbol()),
    }
}

/// A bound. Its rounding makes the requirement look harder, never easier.
fn value_text(detail: &Detail<'_>, value: &Value) -> (String, Option<String>) {
    match value {
        Value::Quantity(q) => decimal(&q.number, !detail.rounds_up(false)),
        Value::Flag(flag) => (if *flag { "yes" } else { "no" }.to_string(), None),
        Value::Grade { scale, step } => {
            let word = detail
                .bound
                .ruleset
                .scale(*scale)
                .and_then(|s| s.steps.get(*step as usize));
            (word.cloned().unwrap_or_default(), None)
        }
    }
}

fn required(detail: &Detail<'_>) -> Required {
    let mut required = Required {
        op: "done",
        value: None,
        upper: None,
        unit: unit(detail),
        exact: None,
        reference: None,
        cmp: None,
        about: None,
    };
    if let Claim::Choice { needed, .. } = &detail.rule.claim {
        required.op = "at_least_of";
        required.value = Some(needed.to_string());
        required.unit = None;
        return required;
    }
    match &detail.requirement.test {
        Test::Computed(wanted) => {
            let value = detail.judged_for().and_then(|p| detail.worked_out(p).1);
            let printed = match value {
                Some(number) => Some(decimal(&number, !detail.rounds_up(false))),
                // Before anything is worked out a bound that is a number is known.
                None => stated(wanted)
                    .filter(|_| !wanted.average)
                    .map(|value| value_text(detail, &value)),
            };
            required.upper = detail
                .judged_for()
                .and_then(|p| detail.upper_bound(p))
                .map(|n| decimal(&n, false).0);
            (required.op, required.cmp) = match wanted.change {
                None if wanted.upper.is_some() => ("between", None),
                Some(change) => (change.name(), Some(wanted.op.symbol())),
                None => (wanted.op.symbol(), None),
            };
            required.reference = match wanted.average {
                // A yearly average is judged by what it adds up to.
                true => average(wanted),
                false => wanted.reference.clone(),
            };
            required.exact = printed.as_ref().and_then(|p| p.1.clone());
            required.value = printed.map(|p| p.0);
        }
        Test::Made => required.op = "makes",
        Test::Done => required.value = detail.demand.time.last().map(|p| p.end().to_string()),
        Test::Compare { op, value } => {
            let (text, exact) = value_text(detail, value);
            required.op = op.symbol();
            required.value = Some(text);
            required.exact = exact;
        }
        Test::Between {
            lower,
            upper,
            about,
        } => {
            required.about = about.as_ref().map(|q| decimal(&q.number, false).0);
            let (text, exact) = value_text(detail, lower);
            required.op = "between";
            required.value = Some(text);
            required.upper = Some(in_unit_of(detail, lower, upper));
            required.exact = exact;
        }
    }
    required
}

/// A yearly average as written.
pub(super) fn average(wanted: &Computed) -> Option<String> {
    let Expr::Number(each) = &wanted.right else {
        return None;
    };
    let each = each.div(&wanted.unit.factor)?;
    Some(format!("{each}{} a year on average", wanted.unit.symbol))
}

/// The upper bound in the unit of the lower one.
fn in_unit_of(detail: &Detail<'_>, lower: &Value, upper: &Value) -> String {
    match (lower, upper) {
        (Value::Quantity(low), Value::Quantity(high)) => {
            decimal(&high.number_in(&low.unit), false).0
        }
        _ => value_text(detail, upper).0,
    }
}

fn actual<'a>(detail: &Detail<'a>, period: Period, at: ObsRef) -> Actual<'a> {
    let worked = detail.worked_out(period).0;
    let (value, exact) = match worked.or_else(|| detail.number_in_rule_unit(at)) {
        Some(number) => decimal(&number, detail.rounds_up(detail.is_above(at))),
        None => (word_value(detail, at), None),
    };
    Actual {
        value,
        unit: unit(detail),
        exact,
        period: period.to_string(),
        status: detail.status(period, at),
        source: source(detail, at),
    }
}

/// Flags are yes and no, milestones dates, whatever the file wrote; grades are their word.
fn word_value(detail: &Detail<'_>, at: ObsRef) -> String {
    use crate::bind::{Event, Fact};
    match detail.bound.fact(detail.indicator, at) {
        Some(Fact::Flag(flag)) => if flag { "yes" } else { "no" }.to_string(),
        Some(Fact::Event(Event::DoneWhenSeen)) => "done".to_string(),
        Some(Fact::Event(Event::NotDoneWhenSeen)) => "not done".to_string(),
        _ => detail.printed(at),
    }
}

pub(crate) fn source<'a>(detail: &Detail<'a>, at: ObsRef) -> SourceRecord<'a> {
    let found = detail.bound.provenance(at);
    SourceRecord {
        file: found.map_or("", |p| p.file),
        sheet: None,
        line: found.map_or(0, |p| p.line),
        column: found.map_or(0, |p| p.column),
        cell: None,
        text: found.map_or("", |p| p.text),
        publisher: found.and_then(|p| p.publisher),
    }
}

fn amount(detail: &Detail<'_>, gap: &Gap) -> Amount {
    let above = !gap.value.is_negative();
    let (value, exact) = decimal(&gap.value, detail.rounds_up(above));
    Amount {
        value,
        unit: some_unit(&gap.unit),
        exact,
    }
}

pub(super) fn time(time: &Time) -> TimeRecord {
    let ends = |span: &PeriodSpan| (Some(span.first.to_string()), Some(span.last.to_string()));
    let mut every = None;
    let (from, to) = match time {
        Time::Always(None) | Time::After { .. } => (None, None),
        Time::Always(Some(span))
        | Time::Throughout(span)
        | Time::Each(span)
        | Time::From(span)
        | Time::Over(span)
        | Time::Yearly { span, .. } => ends(span),
        Time::In(period) => (Some(period.to_string()), Some(period.to_string())),
        Time::By(period) => (None, Some(period.to_string())),
        Time::Every(grain) => {
            every = Some(grain_name(*grain).to_string());
            (None, None)
        }
        Time::Cycle { years, first } => {
            every = Some(format!("{years} years"));
            (Some(first.to_string()), None)
        }
        Time::Within { years, span, from } => {
            every = Some(format!("any {years} years"));
            let from = from.map(|p| p.to_string());
            span.as_ref().map_or((from, None), ends)
        }
    };
    TimeRecord {
        kind: time.name(),
        from,
        to,
        every,
    }
}

fn grain_name(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "day",
        Grain::Month => "month",
        Grain::Quarter => "quarter",
        Grain::Week => "week",
        Grain::Term => "term",
        Grain::Half => "half-year",
        Grain::Year => "year",
        Grain::SchoolYear => "school year",
    }
}

/// The last day of the time, else the deadline that the plan sets for the task.
pub(crate) fn deadline(detail: &Detail<'_>) -> Option<Period> {
    detail
        .demand
        .time
        .last()
        .or(detail.rule.attributes.deadline)
}

fn periods<'a>(detail: &Detail<'a>) -> Option<Vec<PeriodRecord<'a>>> {
    let Judged::Several(several) = &detail.judged else {
        return None;
    };
    let required = match &detail.requirement.test {
        Test::Compare { value, .. } | Test::Between { lower: value, .. } => {
            Some(value_text(detail, value).0)
        }
        Test::Computed(_) | Test::Done | Test::Made => None,
    };
    let up = !detail.rounds_up(false);
    let worked = |p: Period| detail.worked_out(p).1.map(|n| decimal(&n, up).0);
    let due = |p: Period| (detail.requirement.test == Test::Done).then(|| p.end().to_string());
    let record = |judged: &crate::evaluate::PeriodJudgement| {
        let figure = match &judged.known {
            Known::One(at) | Known::Forecast(at) => Some(*at),
            Known::Nothing | Known::Conflict(_) => None,
        };
        PeriodRecord {
            period: judged.period.to_string(),
            value: figure.map(|at| actual(detail, judged.period, at).value),
            required: required
                .clone()
                .or_else(|| worked(judged.period))
                .or_else(|| due(judged.period)),
            verdict: match (judged.passed, judged.truth) {
                (_, Truth::True) => Verdict::Met,
                (_, Truth::False) => Verdict::Violated,
                (false, Truth::Unknown) => Verdict::Pending,
                (true, Truth::Unknown) => Verdict::Unknown,
            },
            source: figure.map(|at| source(detail, at)),
        }
    };
    Some(several.iter().map(record).collect())
}

/// Observations that should be known and are not; of a whole, those of each undecided subject.
pub(crate) fn missing(detail: &Detail<'_>) -> Vec<Missing> {
    if let Way::Whole { parts, .. } = &detail.ruling.way {
        let mut out: Vec<Missing> = Vec::new();
        if detail.ruling.state != State::Undecided {
            return out;
        }
        for part in parts.iter().filter(|p| p.state() == State::Undecided) {
            for one in detail.inner(part).iter().flat_map(missing) {
                if !out.contains(&one) {
                    out.push(one);
                }
            }
        }
        return out;
    }
    let named = |f: &Figure<'_>| Missing {
        subject: whose(detail, f).map(Cow::into_owned),
        indicator: indicator_name(detail, f).to_string(),
        period: Some(f.period)
            .filter(|p| !p.is_timeless())
            .map(|p| p.to_string()),
    };
    let lacking = detail.lacking.iter().map(named);
    if detail.wanted().is_some() {
        return lacking.collect();
    }
    let indicator = detail.measure_name();
    let subject = subject(detail).map(Cow::into_owned);
    let span = match &detail.demand.time {
        Time::Always(span) => span.map(|s| s.to_string()),
        _ => None,
    };
    let own = detail.missing.iter().map(|period| Missing {
        subject: subject.clone(),
        indicator: indicator.to_string(),
        period: period.map(|p| p.to_string()).or_else(|| span.clone()),
    });
    own.chain(lacking).collect()
}

/// The name of whom a figure is of, printed as the rule does if it is the rule's own subject.
pub(crate) fn whose<'a>(detail: &Detail<'a>, figure: &Figure<'a>) -> Option<Cow<'a, str>> {
    let own = |s: &crate::bind::Canonical| detail.subject.is_some_and(|d| std::ptr::eq(d, s));
    match figure.subject {
        Some(other) if !own(other) => Some(Cow::Borrowed(&other.name)),
        _ => subject(detail),
    }
}

pub(crate) fn indicator_name<'a>(detail: &Detail<'a>, figure: &Figure<'_>) -> &'a str {
    let indicator = detail.bound.ruleset.indicator(figure.indicator);
    indicator.map_or("", |i| i.name.as_str())
}

fn conflicts<'a>(detail: &Detail<'a>) -> Vec<Conflict<'a>> {
    let value = |period: Period, at: ObsRef| {
        let named = detail.wanted().is_some() || detail.is_foreign(at);
        if let Some((number, unit)) = detail.published(at).filter(|_| named) {
            return ConflictValue {
                value: decimal(&number, false).0,
                unit: some_unit(&unit.symbol),
                source: source(detail, at),
            };
        }
        let found = actual(detail, period, at);
        ConflictValue {
            value: found.value,
            unit: found.unit,
            source: found.source,
        }
    };
    detail
        .conflicts
        .iter()
        .enumerate()
        .map(|(i, (period, all))| Conflict {
            subject: match detail.contradicted.get(i) {
                Some(figure) => whose(detail, figure).map(Cow::into_owned),
                None => subject(detail).map(Cow::into_owned),
            },
            indicator: match detail.contradicted.get(i) {
                Some(figure) => indicator_name(detail, figure).to_string(),
                None => detail.measure_name().to_string(),
            },
            period: period.to_string(),
            values: all.iter().map(|at| value(*period, *at)).collect(),
        })
        .collect()
}

fn derived<'a>(detail: &Detail<'a>) -> Vec<DerivedRecord<'a>> {
    let figure = |at: ObsRef| {
        let figure = detail.figure_at(at);
        let published = detail.published(at);
        let (value, exact) = match &published {
            Some((number, _)) => decimal(number, false),
            None => (detail.bound.word(at).unwrap_or("").to_string(), None),
        };
        FigureRecord {
            subject: figure.subject.map(|s| s.name.clone()),
            indicator: indicator_name(detail, &figure).to_string(),
            period: figure.period.to_string(),
            value,
            unit: published.and_then(|(_, unit)| some_unit(&unit.symbol)),
            exact,
            source: source(detail, at),
        }
    };
    let made = detail.made().into_iter();
    made.map(|made| DerivedRecord {
        figure: figure(made.at),
        rule: statement_of(detail, made.made.maker),
        how: match made.made.maker {
            Maker::RollUp(RollUp::Quotient) => "of",
            Maker::RollUp(RollUp::Pooled) => "of_parts",
            Maker::RollUp(RollUp::Sum) => "sum",
            Maker::RollUp(RollUp::Weighted) => "weighted",
            Maker::Statement(_) => "statement",
        },
        from: made.made.from.iter().map(|at| figure(*at)).collect(),
    })
    .collect()
}

/// The statement that makes a fact, by its id where it is a rule.
fn statement_of(detail: &Detail<'_>, maker: Maker) -> Option<String> {
    let Maker::Statement(at) = maker else {
        return None;
    };
    let ruleset = detail.bound.ruleset;
    let statement = ruleset.derivations.get(at as usize)?;
    match statement.how {
        Derive::Rule(rule) => ruleset.rules.get(rule as usize).map(|r| r.id.clone()),
        _ => Some(statement.text.clone()),
    }
}

fn progress(detail: &Detail<'_>) -> Option<ProgressRecord> {
    let progress = detail.progress.as_ref()?;
    let assessment = &progress.assessment;
    let baseline = progress.baseline.as_ref().map(|(stated, period, _)| {
        let figure = detail.series.iter().find(|p| p.period == *period);
        let value = match (stated, figure) {
            (Some(q), _) => {
                let number = detail.unit().map_or(q.number.clone(), |u| q.number_in(u));
                Some(decimal(&number, detail.rounds_up(false)).0)
            }
            (None, Some(figure)) => Some(actual(detail, *period, figure.at).value),
            (None, None) => None,
        };
        BaselineRecord {
            value,
            unit: unit(detail),
            period: Some(period.to_string()),
        }
    });
    let estimate = |value| explain::estimate(detail.in_gap_unit(value));
    Some(ProgressRecord {
        method: assessment.used.name(),
        asked: (assessment.used != assessment.method).then(|| assessment.method.name()),
        baseline,
        pace: assessment.pace.map(estimate),
        needed: assessment.needed.map(estimate),
        year: assessment.reached.map(explain::year_of),
        ceiling: assessment.ceiling.map(explain::year_of),
    })
}
