//! What several subjects, several demands, or a condition come to, in words.

use guiju_lang::model::{Claim, FactValue, HowMany, Members, Portion, Set, Time};
use guiju_lang::{Force, Lang, Number};

use crate::bind::Known;
use crate::detail::{Detail, readable};
use crate::evaluate::{Counts, Leaf, Standing, State, Tested, Verdict, Way};
use crate::truth::Truth;
use crate::wire;

use super::headline::{by_figures, period_text, required_text};
use super::phrases::{Phrase, say};
use super::{Reason, who};

/// Subjects, conditions or demands that are listed; the others are counted.
const SHOWN: usize = 8;

/// The verdict in a sentence, if it takes more than the figures of one demand.
pub(super) fn headline(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    if let Some(waiver) = detail.waiver {
        let inner = composite(detail, lang).unwrap_or_else(|| by_figures(detail, lang));
        let until = waiver.until.end().to_string();
        let because = waiver.because.clone();
        let args = [("inner", inner), ("until", until), ("because", because)];
        return Some(say(lang, Phrase::Waived, &args));
    }
    composite(detail, lang)
}

fn composite(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    let who = ("who", who(detail));
    if detail.requirement.force == Force::May && !detail.is_whole() {
        let phrase = match detail.ruling.state {
            State::Holds => Phrase::MayUsed,
            State::Fails => Phrase::MayUnused,
            _ => Phrase::MayOpen,
        };
        let required = ("required", required_text(detail, lang));
        return Some(say(lang, phrase, &[who, required]));
    }
    match detail.belongs {
        Truth::True => {}
        Truth::False => {
            let tests = deciding_tests(detail, lang);
            return Some(say(lang, Phrase::LeftOut, &[who, ("tests", tests)]));
        }
        Truth::Unknown => {
            let tests = deciding_tests(detail, lang);
            return Some(say(lang, Phrase::MaybeLeftOut, &[who, ("tests", tests)]));
        }
    }
    match &detail.ruling.way {
        Way::Whole { counts, .. } => Some(whole(detail, *counts, lang)),
        Way::When {
            truth, otherwise, ..
        } => conditional(detail, *truth, otherwise.is_some(), lang),
        Way::Makes { truth } => Some(made(detail, *truth, lang)),
        Way::Choice { of } => {
            let count = |state| of.iter().filter(|r| r.state == state).count() as u64;
            let (holds, fails) = (count(State::Holds), count(State::Fails));
            let tally = tally_of(holds, fails, count(State::Undecided), lang);
            let Claim::Choice { needed, .. } = &detail.rule.claim else {
                return None;
            };
            let args = [
                ("who", choice_who(detail)),
                ("of", of.len().to_string()),
                ("needed", needed.to_string()),
                ("tally", tally),
            ];
            Some(say(lang, Phrase::Choice, &args))
        }
        Way::Demand { group, .. } => match (&detail.demand.group, group) {
            (Some(group), Truth::False) => {
                let group = ("group", group.name.clone());
                Some(say(lang, Phrase::NotOfGroup, &[who, group]))
            }
            _ => plain(detail, lang),
        },
    }
}

/// What one demand alone says beyond its figures: what is open, what it waits for.
fn plain(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    let who = ("who", who(detail));
    if detail.ruling.state != State::Undecided {
        return None;
    }
    if let Some(open) = wire::open(detail).into_iter().next() {
        return Some(say(lang, Phrase::OpenValue, &[who, ("open", open)]));
    }
    match detail.demand.time {
        Time::After { event, .. } if detail.verdict == Verdict::Pending && detail.due.is_none() => {
            let event = detail.bound.ruleset.indicator(event);
            let event = event.map_or(String::new(), |i| i.name.clone());
            Some(say(lang, Phrase::AwaitsEvent, &[who, ("event", event)]))
        }
        _ => None,
    }
}

fn choice_who(detail: &Detail<'_>) -> String {
    wire::subject(detail).map_or(String::new(), |s| s.to_string())
}

// ── several subjects ─────────────────────────────────────────────────────────────────────────────

fn whole(detail: &Detail<'_>, counts: Counts, lang: Lang) -> String {
    let Some(quantifier) = detail.rule.quantifiers.get(detail.depth) else {
        return by_figures(detail, lang);
    };
    let set = set_name(detail, &quantifier.set);
    let place = wire::subject(detail).map_or(String::new(), |s| format!("{s} "));
    let who = ("who", format!("{place}{set} {}", measured(detail)));
    let nobody = match &detail.ruling.way {
        Way::Whole { parts, .. } => parts.is_empty(),
        _ => false,
    };
    if nobody || counts.of == 0 {
        let phrase = if nobody {
            Phrase::WholeNobody
        } else {
            Phrase::WholeNone
        };
        return say(lang, phrase, &[who, ("set", set)]);
    }
    let mut args = vec![
        who,
        ("need", need(&quantifier.how, counts, lang)),
        ("required", inner_required(detail, lang)),
        ("of", counts.of.to_string()),
        (
            "tally",
            tally_of(counts.satisfied, counts.failed, counts.undecided, lang),
        ),
    ];
    let deadline = wire::deadline(detail).map(|d| d.end().to_string());
    match (detail.verdict, deadline) {
        (Verdict::Pending, Some(deadline)) => {
            args.push(("deadline", deadline));
            say(lang, Phrase::WholeAhead, &args)
        }
        _ => say(lang, Phrase::Whole, &args),
    }
}

/// `11 个满足、2 个不满足`; what nothing is is left out.
fn tally_of(satisfied: u64, failed: u64, undecided: u64, lang: Lang) -> String {
    let parts = [
        (Phrase::Satisfied, satisfied),
        (Phrase::Unsatisfied, failed),
        (Phrase::Open, undecided),
    ];
    let texts: Vec<String> = parts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(phrase, count)| say(lang, phrase, &[("count", count.to_string())]))
        .collect();
    texts.join(lang.pick("、", ", "))
}

/// What is required of each: one demand in words, or that they are as the rule says.
fn inner_required(detail: &Detail<'_>, lang: Lang) -> String {
    let plain = matches!(detail.rule.claim, Claim::Plain);
    let last = detail.rule.quantifiers.len() == detail.depth + 1;
    match plain && last {
        true => required_text(detail, lang),
        false => say(lang, Phrase::InThis, &[]),
    }
}

fn measured(detail: &Detail<'_>) -> String {
    match detail.rule.claim {
        Claim::Plain | Claim::When { .. } | Claim::Makes { .. } => {
            detail.measure_name().to_string()
        }
        Claim::Choice { .. } => String::new(),
    }
}

fn set_name(detail: &Detail<'_>, set: &Set) -> String {
    let ruleset = detail.bound.ruleset;
    let names: Vec<String> = set
        .of
        .iter()
        .map(|of| match of {
            Members::Regions(name) | Members::Entities(name) => name.clone(),
            Members::With { value, .. } => value.clone(),
            Members::Group(group) => {
                let group = ruleset.places.get(*group);
                group.map_or(String::new(), |g| g.name.clone())
            }
        })
        .collect();
    names.join("、")
}

fn need(how: &HowMany, counts: Counts, lang: Lang) -> String {
    let needed = ("needed", counts.needed.to_string());
    let percent = |share: &Number| {
        let percent = share.mul(&Number::from(100));
        ("share", format!("{percent}%"))
    };
    let phrase = match how {
        HowMany::Each => Phrase::NeedEach,
        HowMany::No => Phrase::NeedNone,
        HowMany::AtLeast(Portion::Count(_)) => Phrase::NeedAtLeast,
        HowMany::AtLeast(Portion::Share(share)) => {
            return say(lang, Phrase::NeedShare, &[needed, percent(share)]);
        }
        HowMany::AtMost(Portion::Count(_)) => Phrase::NeedAtMost,
        HowMany::AtMost(Portion::Share(share)) => {
            return say(lang, Phrase::NeedAtMostShare, &[needed, percent(share)]);
        }
        HowMany::Exactly(_) => Phrase::NeedExactly,
    };
    say(lang, phrase, &[needed])
}

// ── conditions ───────────────────────────────────────────────────────────────────────────────────

fn conditional(detail: &Detail<'_>, truth: Truth, has_else: bool, lang: Lang) -> Option<String> {
    let Claim::When { text, .. } = &detail.rule.claim else {
        return None;
    };
    let condition = ("condition", text.clone());
    let who = ("who", who(detail));
    let inner = || ("inner", by_figures(detail, lang));
    Some(match (truth, detail.ruling.state) {
        (Truth::False, _) if !has_else => say(lang, Phrase::NotInCase, &[who, condition]),
        (Truth::Unknown, State::Undecided | State::Excluded) => {
            let tests = ("tests", deciding_tests(detail, lang));
            say(lang, Phrase::CaseOpen, &[who, condition, tests])
        }
        (Truth::Unknown, _) => say(lang, Phrase::InEitherCase, &[inner(), condition]),
        (Truth::True, _) => say(lang, Phrase::InCase, &[inner(), condition]),
        (Truth::False, _) => say(lang, Phrase::InOtherCase, &[inner(), condition]),
    })
}

fn made(detail: &Detail<'_>, truth: Truth, lang: Lang) -> String {
    let Claim::Makes { text, value, .. } = &detail.rule.claim else {
        return String::new();
    };
    let value = match value {
        FactValue::Word(word) => word.clone(),
        FactValue::Quantity(quantity) => quantity.to_string(),
    };
    let phrase = match truth {
        Truth::True => Phrase::MadeSo,
        Truth::False => Phrase::MadeNot,
        Truth::Unknown => Phrase::MadeOpen,
    };
    let args = [
        ("who", who(detail)),
        ("condition", text.clone()),
        ("value", value),
    ];
    say(lang, phrase, &args)
}

/// The comparisons that decide, or leave open, whether a condition holds.
fn deciding_tests(detail: &Detail<'_>, lang: Lang) -> String {
    let open = detail.tests.iter().filter(|t| t.truth == Truth::Unknown);
    let mut shown: Vec<&Tested> = open.collect();
    if shown.is_empty() {
        shown = detail.tests.iter().collect();
    }
    let texts: Vec<String> = shown.into_iter().map(|t| tested(detail, t, lang)).collect();
    texts.join(lang.pick("；", "; "))
}

/// `人口 > 20万人 不成立：183000人（facts.csv:3:4）`
fn tested(detail: &Detail<'_>, test: &Tested, lang: Lang) -> String {
    let known = |leaf: &&Leaf| matches!(leaf.known, Known::One(_));
    let found: Vec<String> = test
        .leaves
        .iter()
        .filter(|leaf| known(leaf) == (test.truth != Truth::Unknown))
        .map(|leaf| leaf_text(detail, leaf, lang))
        .collect();
    let text = ("text", test.text.clone());
    let phrase = match (test.truth, found.is_empty()) {
        (Truth::True, true) => Phrase::TestHolds,
        (Truth::False, true) => Phrase::TestFails,
        (Truth::Unknown, true) => Phrase::TestOpen,
        (Truth::True, false) => Phrase::TestHoldsOn,
        (Truth::False, false) => Phrase::TestFailsOn,
        (Truth::Unknown, false) => Phrase::TestOpenOn,
    };
    let found = ("found", found.join(lang.pick("、", ", ")));
    say(lang, phrase, &[text, found])
}

fn leaf_text(detail: &Detail<'_>, leaf: &Leaf, lang: Lang) -> String {
    let figure = detail.figure(leaf.indicator, leaf.subject, leaf.period);
    let name = wire::indicator_name(detail, &figure);
    let when = match leaf.period.is_timeless() {
        true => String::new(),
        false => format!(" {}", period_text(leaf.period, lang)),
    };
    let whose = match figure.subject {
        Some(subject) if leaf.subject != detail.own_subject() => format!("{} ", subject.name),
        _ => String::new(),
    };
    let Known::One(at) = leaf.known else {
        return format!("{whose}{name}{when}");
    };
    let value = match detail.published(at) {
        Some((number, unit)) => readable(&number, &unit.symbol, false),
        None => detail.bound.word(at).unwrap_or("").to_string(),
    };
    let source = wire::source(detail, at);
    let place = format!("{}:{}:{}", source.file, source.line, source.column);
    match lang {
        Lang::Zh => format!("{whose}{name}{when} {value}（{place}）"),
        Lang::En => format!("{whose}{name}{when} {value} ({place})"),
    }
}

// ── reasons, one by one ──────────────────────────────────────────────────────────────────────────

/// The subjects that fail, worst first, then those that are open; what conditions came to; the
/// demands of a choice.
pub(super) fn reasons(detail: &Detail<'_>, lang: Lang) -> Vec<Reason> {
    let mut out: Vec<Reason> = detail
        .tests
        .iter()
        .map(|test| Reason {
            part: "condition",
            of: None,
            holds: holds(test.truth),
            text: tested(detail, test, lang),
        })
        .collect();
    match &detail.ruling.way {
        Way::Whole { parts, .. } => out.extend(subjects(detail, parts, lang)),
        Way::Choice { of } => {
            let demands = detail.rule.demands();
            for (ruling, demand) in of.iter().zip(demands) {
                let Some(inner) = detail.of_demand(ruling) else {
                    continue;
                };
                out.push(Reason {
                    part: "requirement",
                    of: Some(detail.bound.ruleset.name_of_measure(demand).to_string()),
                    holds: holds_state(ruling.state),
                    text: by_figures(&inner, lang),
                });
            }
        }
        _ => {}
    }
    out
}

fn subjects(detail: &Detail<'_>, parts: &[Standing<'_>], lang: Lang) -> Vec<Reason> {
    // Where fewer are wanted, those that satisfy are what is wrong.
    let quantifier = detail.rule.quantifiers.get(detail.depth);
    let fewer = matches!(
        quantifier.map(|q| &q.how),
        Some(HowMany::AtMost(_) | HowMany::No)
    );
    let wrong = if fewer { State::Holds } else { State::Fails };
    let rank = |state: State| match state {
        state if state == wrong => 0,
        State::Undecided => 1,
        State::Holds | State::Fails => 2,
        State::Excluded => 3,
    };
    let mut all: Vec<(Detail<'_>, State)> = parts
        .iter()
        .filter(|p| rank(p.state()) < 2)
        .filter_map(|p| Some((detail.inner(p)?, p.state())))
        .collect();
    all.sort_by(|(a, x), (b, y)| {
        let width = |d: &Detail<'_>| d.gap().map(|g| g.value.abs());
        rank(*x).cmp(&rank(*y)).then(width(b).cmp(&width(a)))
    });
    let more = all.len().saturating_sub(SHOWN);
    let mut out: Vec<Reason> = all
        .iter()
        .take(SHOWN)
        .map(|(inner, state)| Reason {
            part: "subject",
            of: inner.subject.map(|s| s.name.clone()),
            holds: holds_state(*state),
            text: super::headline(inner, lang),
        })
        .collect();
    if more > 0 {
        out.push(Reason {
            part: "subject",
            of: None,
            holds: None,
            text: say(lang, Phrase::More, &[("count", more.to_string())]),
        });
    }
    out
}

fn holds(truth: Truth) -> Option<bool> {
    match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown => None,
    }
}

fn holds_state(state: State) -> Option<bool> {
    match state {
        State::Holds => Some(true),
        State::Fails => Some(false),
        State::Undecided | State::Excluded => None,
    }
}

/// How many do, of how many.
pub(super) fn tally(detail: &Detail<'_>, lang: Lang) -> String {
    let Way::Whole { counts, .. } = &detail.ruling.way else {
        return String::new();
    };
    let args = [
        ("satisfied", counts.satisfied.to_string()),
        ("of", counts.of.to_string()),
        ("needed", counts.needed.to_string()),
    ];
    say(lang, Phrase::Tally, &args)
}

/// How many subjects more, or fewer, would be enough; of one subject what would mend its demand;
/// what is missing.
pub(super) fn remedies(detail: &Detail<'_>, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    match (&detail.ruling.way, detail.verdict) {
        (Way::Whole { counts, .. }, Verdict::Violated) => {
            out.extend(fewer_or_more(detail, *counts, lang));
        }
        (Way::When { .. }, Verdict::Violated) => out.extend(super::closing_the_gap(detail, lang)),
        _ => {}
    }
    if matches!(detail.verdict, Verdict::Unknown | Verdict::Pending) {
        let missing = wire::missing(detail);
        let more = missing.len().saturating_sub(SHOWN);
        let mut list: Vec<String> = missing
            .iter()
            .take(SHOWN)
            .map(|m| {
                let subject = m.subject.as_deref().unwrap_or("");
                let period = m.period.as_deref().unwrap_or("");
                format!("{subject} {} {period}", m.indicator)
                    .trim()
                    .to_string()
            })
            .collect();
        if more > 0 {
            list.push(say(lang, Phrase::More, &[("count", more.to_string())]));
        }
        if !list.is_empty() {
            let list = list.join(lang.pick("、", ", "));
            out.push(say(lang, Phrase::SupplyThese, &[("missing", list)]));
        }
    }
    out
}

fn fewer_or_more(detail: &Detail<'_>, counts: Counts, lang: Lang) -> Option<String> {
    let how = &detail.rule.quantifiers.get(detail.depth)?.how;
    let (short, over) = (
        counts.needed.saturating_sub(counts.satisfied),
        counts.satisfied.saturating_sub(counts.needed),
    );
    let (phrase, count) = match how {
        HowMany::Each | HowMany::AtLeast(_) | HowMany::Exactly(_) if short > 0 => {
            (Phrase::EnoughIf, short)
        }
        HowMany::AtMost(_) | HowMany::No | HowMany::Exactly(_) if over > 0 => {
            (Phrase::TooManyBy, over)
        }
        _ => return None,
    };
    Some(say(lang, phrase, &[("count", count.to_string())]))
}
