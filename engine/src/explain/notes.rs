//! What was assumed or noticed.

use guiju_lang::Lang;
use guiju_lang::model::{Test, Value};

use crate::bind::ObsRef;
use crate::detail::Detail;
use crate::facts::Status;

use super::evidence::one_evidence;
use super::phrases::{Phrase, say};
use super::texts::{period_text, required_text};
use super::{computed, made};

pub(super) fn notes(detail: &Detail<'_>, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    if let Some((period, at)) = detail.deciding {
        if detail.status(period, at) == Status::Preliminary {
            out.push(say(lang, Phrase::Preliminary, &[]));
        }
        if let guiju_lang::model::Time::By(wanted) = &detail.demand.time
            && *wanted != period
            && detail.demand.kind != guiju_lang::Kind::Milestone
        {
            let args = [
                ("wanted", period_text(*wanted, lang)),
                ("period", period_text(period, lang)),
            ];
            out.push(say(lang, Phrase::OtherPeriod, &args));
        }
        out.extend(agreeing(detail, at, lang));
    }
    out.extend(computed::notes(detail, lang));
    out.extend(made::notes(detail, lang));
    let figure = detail
        .deciding
        .or(detail.latest)
        .and_then(|(_, at)| detail.bound.quantity(detail.indicator, at));
    if let (Some(figure), Some(unit)) = (figure, detail.unit())
        && detail.wanted().is_none()
        && figure.unit.differs_in_measure_word(unit)
    {
        let args = [
            ("found", figure.unit.symbol.clone()),
            ("wanted", unit.symbol.clone()),
        ];
        out.push(say(lang, Phrase::OtherWord, &args));
    }
    out.extend(converted(detail, lang));
    out.extend(other_way_round(detail, lang));
    let name = detail.bound.ruleset.measure_name(detail.rule);
    if detail.bound.assumed_percent.contains(name) && !detail.series.is_empty() {
        out.push(say(lang, Phrase::AssumedPercent, &[]));
    }
    let wanted = detail.demand.time.last();
    let forecast = detail
        .series
        .iter()
        .rev()
        .find(|p| p.status == Status::Forecast && Some(p.period) == wanted);
    if let Some(point) = forecast
        && let Some(satisfies) = point.satisfies
    {
        let outcome = say(
            lang,
            if satisfies {
                Phrase::OutcomeMet
            } else {
                Phrase::OutcomeMissed
            },
            &[],
        );
        let args = [
            ("period", period_text(point.period, lang)),
            ("found", detail.printed(point.at)),
            ("outcome", outcome),
        ];
        out.push(say(lang, Phrase::ForecastIs, &args));
    }
    out
}

/// A figure in a declared unit is shown in that of the rule, or the other way round.
fn converted(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    let (_, at) = detail.deciding.or(detail.latest)?;
    let figure = detail.bound.quantity(detail.indicator, at)?;
    let unit = detail.unit().filter(|_| detail.wanted().is_none())?;
    if figure.unit.factor == unit.factor {
        return None;
    }
    let units = &detail.bound.ruleset.units;
    let declared = |symbol: &str| {
        let of = units.get(symbol)?.of.as_ref()?;
        Some((symbol.to_string(), of.to_string()))
    };
    let (name, of) = declared(&figure.unit.symbol).or_else(|| declared(&unit.symbol))?;
    let args = [("found", figure.to_string()), ("unit", name), ("of", of)];
    Some(say(lang, Phrase::Converted, &args))
}

/// 生师比 and 师生比 are easily mixed up: 1:25 against 19:1 compares as 0.04 against 19.
fn other_way_round(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    if detail.demand.kind != guiju_lang::Kind::Ratio {
        return None;
    }
    let (_, at) = detail.deciding.or(detail.latest)?;
    let figure = detail.bound.number(detail.indicator, at)?;
    let (Test::Compare {
        value: Value::Quantity(low),
        ..
    }
    | Test::Between {
        lower: Value::Quantity(low),
        ..
    }) = &detail.requirement.test
    else {
        return None;
    };
    let high = match &detail.requirement.test {
        Test::Between {
            upper: Value::Quantity(high),
            ..
        } => high,
        _ => low,
    };
    let one = guiju_lang::Number::ONE;
    let (low, high) = (low.base_value(), high.base_value());
    let apart = (figure < one && low > one) || (figure > one && high < one);
    apart.then(|| {
        let args = [
            ("found", detail.printed(at)),
            ("required", required_text(detail, lang)),
        ];
        say(lang, Phrase::OtherWayRound, &args)
    })
}

/// Other sources of the same figure: equal, or rounded.
fn agreeing(detail: &Detail<'_>, at: ObsRef, lang: Lang) -> Vec<String> {
    let others = detail.agreeing(at);
    let own = detail.bound.fact(detail.indicator, at);
    let relation = |o: ObsRef| {
        if detail.bound.fact(detail.indicator, o) == own {
            return Phrase::AlsoIn;
        }
        match detail.bound.agrees(detail.indicator, o, at) {
            true => Phrase::MorePrecise,
            false => Phrase::ChosenOver,
        }
    };
    let places = |phrase: Phrase| -> Vec<String> {
        let alike = others.iter().filter(|o| relation(**o) == phrase);
        alike
            .map(|o| {
                let found = one_evidence(detail, guiju_lang::Period::day(detail.as_of), *o, lang);
                match (phrase, lang) {
                    (Phrase::ChosenOver, Lang::Zh) => format!("{}（{}）", found.value, found.place),
                    (Phrase::ChosenOver, Lang::En) => format!("{} ({})", found.value, found.place),
                    _ => found.place,
                }
            })
            .collect()
    };
    let mut out = Vec::new();
    for phrase in [Phrase::AlsoIn, Phrase::MorePrecise, Phrase::ChosenOver] {
        let places = places(phrase);
        if !places.is_empty() {
            out.push(say(
                lang,
                phrase,
                &[("places", places.join(lang.pick("、", ", ")))],
            ));
        }
    }
    out
}
