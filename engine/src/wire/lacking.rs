//! What a result lacks, and what contradicts itself in it.

use std::borrow::Cow;

use guiju_lang::Period;
use guiju_lang::model::Time;

use crate::bind::ObsRef;
use crate::detail::{Detail, Figure};
use crate::evaluate::{State, Verdict, Way};

use super::build::{actual, decimal, some_unit, source, subject};
use super::{Conflict, ConflictValue, Missing};

/// A figure that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lack {
    pub(crate) subject: Option<String>,
    pub(crate) indicator: String,
    pub(crate) period: Option<Period>,
    /// In words of JSON, where it is no single period.
    span: Option<String>,
}

/// Observations that should be known and are not.
pub(crate) fn missing(detail: &Detail<'_>) -> Vec<Missing> {
    let all = lacking(detail).into_iter();
    all.map(|lack| Missing {
        subject: lack.subject,
        indicator: lack.indicator,
        period: lack.period.map(|p| p.to_string()).or(lack.span),
    })
    .collect()
}

/// Whatever leaves a result open: of a whole its undecided subjects, of a choice its undecided
/// requirements.
fn open_parts<'a>(detail: &Detail<'a>) -> Option<Vec<Detail<'a>>> {
    let undecided = detail.ruling.state == State::Undecided;
    match &detail.ruling.way {
        Way::Whole { parts, .. } => {
            let open = parts
                .iter()
                .filter(|p| undecided && p.state() == State::Undecided);
            Some(open.filter_map(|part| detail.inner(part)).collect())
        }
        Way::Choice { of } => {
            let open = of
                .iter()
                .filter(|r| undecided && r.state == State::Undecided);
            Some(open.filter_map(|ruling| detail.of_demand(ruling)).collect())
        }
        _ => None,
    }
}

/// What is missing; nothing where nothing is asked.
pub(crate) fn lacking(detail: &Detail<'_>) -> Vec<Lack> {
    if detail.verdict == Verdict::NotApplicable {
        return Vec::new();
    }
    if let Some(parts) = open_parts(detail) {
        let mut out: Vec<Lack> = Vec::new();
        for lack in parts.iter().flat_map(lacking) {
            if !out.contains(&lack) {
                out.push(lack);
            }
        }
        return out;
    }
    let named = |f: &Figure<'_>| Lack {
        subject: whose(detail, f).map(Cow::into_owned),
        indicator: indicator_name(detail, f).to_string(),
        period: Some(f.period).filter(|p| !p.is_timeless()),
        span: None,
    };
    let lacking = detail.lacking.iter().map(named);
    // A fact that is made is never supplied.
    if detail.wanted().is_some() || matches!(detail.ruling.way, Way::Makes { .. }) {
        return lacking.collect();
    }
    let indicator = detail.measure_name();
    let subject = subject(detail).map(Cow::into_owned);
    let span = match &detail.demand.time {
        Time::Always(span) => span.map(|s| s.to_string()),
        _ => None,
    };
    let own = detail.missing.iter();
    let own = own.filter(|p| p.is_none_or(|p| !detail.made_of.contains(&p)));
    let own = own.map(|period| Lack {
        subject: subject.clone(),
        indicator: indicator.to_string(),
        period: *period,
        span: span.clone().filter(|_| period.is_none()),
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

/// Figures that contradict each other.
pub(crate) fn conflicts<'a>(detail: &Detail<'a>) -> Vec<Conflict<'a>> {
    if let Some(parts) = open_parts(detail) {
        return parts.iter().flat_map(conflicts).collect();
    }
    let value = |period: Period, at: ObsRef| {
        let named = detail.wanted().is_some() || detail.is_foreign(at);
        let published = detail.published(at).filter(|_| named);
        let (value, unit) = match published {
            Some((number, unit)) => (decimal(&number, false).0, some_unit(&unit.symbol)),
            None => {
                let found = actual(detail, period, at);
                (found.value, found.unit)
            }
        };
        ConflictValue {
            value,
            unit,
            source: source(detail, at),
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
