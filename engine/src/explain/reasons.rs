//! Why, one by one: subjects, conditions, demands.

use guiju_lang::Lang;
use guiju_lang::model::HowMany;

use crate::bind::Known;
use crate::detail::{Detail, readable};
use crate::evaluate::{Bears, Counts, Leaf, Standing, State, Tested, Way};
use crate::truth::Truth;
use crate::wire;

use super::Reason;
use super::headline::by_figures;
use super::phrases::{Phrase, say};
use super::remedies::listed;
use super::texts::period_text;
use super::whole::{is_fewer, tally_of, words};

/// Subjects, conditions or demands that are listed; the others are counted.
pub(super) const SHOWN: usize = 8;

// ── conditions ───────────────────────────────────────────────────────────────────────────────────

/// The comparisons that decide, or leave open, what they bear on.
pub(super) fn deciding_tests(detail: &Detail<'_>, bears: &[Bears], lang: Lang) -> String {
    let own = |t: &&Tested| t.decides && bears.contains(&t.bears);
    let shown: Vec<&Tested> = detail.tests.iter().filter(own).collect();
    // The condition itself is named already: what it lacks is what remains to say.
    if bears == [Bears::Case] {
        let lacking = shown.iter().flat_map(|t| &t.leaves);
        let lacking = lacking.filter(|leaf| !matches!(leaf.known, Known::One(_)));
        let mut found: Vec<String> = Vec::new();
        for leaf in lacking {
            let text = leaf_text(detail, leaf, lang);
            if !found.contains(&text) {
                found.push(text);
            }
        }
        if !found.is_empty() {
            return say(
                lang,
                Phrase::Lacks,
                &[("found", listed(&found, SHOWN, lang))],
            );
        }
    }
    let texts: Vec<String> = shown.into_iter().map(|t| tested(detail, t, lang)).collect();
    texts.join(lang.pick("；", "; "))
}

/// Whether a comparison waits for figures of periods that have not passed, and for nothing else.
fn is_ahead(detail: &Detail<'_>, test: &Tested) -> bool {
    let open = |leaf: &&Leaf| !matches!(leaf.known, Known::One(_));
    let mut open = test.leaves.iter().filter(open).peekable();
    open.peek().is_some() && open.all(|leaf| leaf.is_ahead(detail.as_of))
}

/// Whether what leaves a condition open is still ahead.
pub(super) fn awaits(detail: &Detail<'_>, bears: &[Bears]) -> bool {
    let own = |t: &&Tested| t.decides && bears.contains(&t.bears);
    let mut own = detail.tests.iter().filter(own).peekable();
    own.peek().is_some() && own.all(|t| is_ahead(detail, t))
}

/// Whether the headline tells of a comparison already.
fn is_told(detail: &Detail<'_>, test: &Tested) -> bool {
    test.decides
        && match test.bears {
            Bears::Set | Bears::Exception => detail.belongs != Truth::True,
            Bears::Group => matches!(
                &detail.ruling.way,
                Way::Demand { group, .. } if *group != Truth::True
            ),
            Bears::Case => match &detail.ruling.way {
                Way::When { truth, .. } => {
                    *truth == Truth::Unknown && detail.ruling.state == State::Undecided
                }
                Way::Makes { truth } => *truth == Truth::Unknown,
                _ => false,
            },
        }
}

/// `人口 > 20万人 不成立：人口 2025 年 183000人（facts.csv:3:4）`
fn tested(detail: &Detail<'_>, test: &Tested, lang: Lang) -> String {
    let known = |leaf: &&Leaf| matches!(leaf.known, Known::One(_));
    let found: Vec<String> = test
        .leaves
        .iter()
        .filter(|leaf| known(leaf) == (test.truth != Truth::Unknown))
        .map(|leaf| leaf_text(detail, leaf, lang))
        .collect();
    let text = test.text.clone();
    let text = match test.bears {
        Bears::Exception => say(lang, Phrase::ExceptionOf, &[("text", text)]),
        _ => text,
    };
    let phrase = match (test.truth, found.is_empty()) {
        (Truth::Unknown, _) if is_ahead(detail, test) => Phrase::TestAhead,
        (Truth::True, true) => Phrase::TestHolds,
        (Truth::False, true) => Phrase::TestFails,
        (Truth::Unknown, true) => Phrase::TestOpen,
        (Truth::True, false) => Phrase::TestHoldsOn,
        (Truth::False, false) => Phrase::TestFailsOn,
        (Truth::Unknown, false) => Phrase::TestOpenOn,
    };
    let found = ("found", listed(&found, SHOWN, lang));
    say(lang, phrase, &[("text", text), found])
}

fn leaf_text(detail: &Detail<'_>, leaf: &Leaf, lang: Lang) -> String {
    let figure = detail.figure(leaf.indicator, leaf.subject, leaf.period);
    let name = wire::indicator_name(detail, &figure);
    // An attribute is known without a period, whichever was asked for.
    let period = match leaf.known {
        Known::One(at) => detail.bound.period(at).unwrap_or(leaf.period),
        _ => leaf.period,
    };
    let when = match period.is_timeless() {
        true => String::new(),
        false => format!(" {}", period_text(period, lang)),
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

// ── one by one ───────────────────────────────────────────────────────────────────────────────────

/// The subjects that fail, worst first, then those that are open; what conditions came to; the
/// demands of a choice.
pub(super) fn reasons(detail: &Detail<'_>, lang: Lang) -> Vec<Reason> {
    let tests = detail.tests.iter().filter(|t| !is_told(detail, t));
    let mut out: Vec<Reason> = tests
        .map(|test| Reason {
            part: "condition",
            of: None,
            holds: holds(test.truth),
            text: tested(detail, test, lang),
        })
        .collect();
    match &detail.ruling.way {
        Way::Whole { counts, parts } => out.extend(subjects(detail, *counts, parts, lang)),
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

fn subjects(
    detail: &Detail<'_>,
    counts: Counts,
    parts: &[Standing<'_>],
    lang: Lang,
) -> Vec<Reason> {
    // Where fewer are wanted, those that satisfy are what is wrong.
    let how = detail.rule.quantifiers.get(detail.depth).map(|q| &q.how);
    let fewer = is_fewer(how)
        || (matches!(how, Some(HowMany::Exactly(_))) && counts.satisfied > counts.needed);
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
    let mut out: Vec<Reason> = all
        .iter()
        .take(SHOWN)
        .map(|(inner, state)| Reason {
            part: "subject",
            of: inner.subject.map(|s| s.name.clone()),
            holds: holds_state(*state).map(|so| so != inner.is_limited()),
            text: super::headline(inner, lang),
        })
        .collect();
    let more = all.iter().skip(SHOWN);
    let count = |state| more.clone().filter(|(_, s)| *s == state).count() as u64;
    let more = [State::Holds, State::Fails, State::Undecided].map(count);
    if more.iter().any(|count| *count > 0) {
        let tally = tally_of(more, words(detail), lang);
        out.push(Reason {
            part: "subject",
            of: None,
            holds: None,
            text: say(lang, Phrase::MoreAre, &[("tally", tally)]),
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
    ];
    say(lang, Phrase::Tally, &args)
}
