//! What several subjects, several demands, or a condition come to, in a sentence.

use guiju_lang::model::{Claim, HowMany, Members, Portion, Set, Time};
use guiju_lang::{Force, Lang, Number};

use crate::detail::Detail;
use crate::evaluate::{Bears, Counts, Judged, State, Verdict, Way};
use crate::truth::Truth;
use crate::wire;

use super::cases::{choice, conditional, made, made_value};
use super::headline::by_figures;
use super::phrases::{Phrase, say};
use super::reasons::{awaits, deciding_tests};
use super::texts::{required_text, who};

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
    let who = ("who", who(detail, lang));
    let about = |bears: &[Bears]| ("tests", deciding_tests(detail, bears, lang));
    let set = [Bears::Set, Bears::Exception];
    match detail.belongs {
        Truth::True => {}
        Truth::False => return Some(say(lang, Phrase::LeftOut, &[who, about(&set)])),
        Truth::Unknown => return Some(maybe(detail, &set, lang)),
    }
    if let Way::Demand { group, .. } = &detail.ruling.way {
        match group {
            Truth::True => {}
            Truth::False => {
                return Some(say(lang, Phrase::LeftOut, &[who, about(&[Bears::Group])]));
            }
            Truth::Unknown => return Some(maybe(detail, &[Bears::Group], lang)),
        }
    }
    if detail.requirement.force == Force::May && !detail.is_whole() {
        return Some(may(detail, lang));
    }
    match &detail.ruling.way {
        Way::Whole { counts, .. } => Some(whole(detail, *counts, lang)),
        Way::When {
            truth, otherwise, ..
        } => conditional(detail, *truth, otherwise.is_some(), lang),
        Way::Makes { truth } => Some(made(detail, *truth, lang)),
        Way::Choice { of } => choice(detail, of, lang),
        Way::Demand { .. } => plain(detail, lang),
    }
}

/// Whether a subject belongs is open, or shows later.
fn maybe(detail: &Detail<'_>, bears: &[Bears], lang: Lang) -> String {
    let who = ("who", who(detail, lang));
    let tests = ("tests", deciding_tests(detail, bears, lang));
    match detail.deadline().filter(|_| waits(detail, bears)) {
        Some(day) => {
            let deadline = ("deadline", day.to_string());
            say(lang, Phrase::SetAhead, &[who, tests, deadline])
        }
        None => say(lang, Phrase::MaybeLeftOut, &[who, tests]),
    }
}

pub(super) fn waits(detail: &Detail<'_>, bears: &[Bears]) -> bool {
    detail.verdict == Verdict::Pending && awaits(detail, bears)
}

/// What may be done and need not.
fn may(detail: &Detail<'_>, lang: Lang) -> String {
    let mut args = vec![
        ("who", who(detail, lang)),
        ("required", required_text(detail, lang)),
    ];
    let ahead = detail
        .deadline()
        .filter(|_| detail.verdict == Verdict::Pending);
    let phrase = match (detail.ruling.state, ahead) {
        (State::Holds, _) => Phrase::MayUsed,
        (State::Fails, _) => Phrase::MayUnused,
        (_, Some(deadline)) => {
            args.push(("deadline", deadline.to_string()));
            Phrase::MayAhead
        }
        _ => Phrase::MayOpen,
    };
    say(lang, phrase, &args)
}

/// What one demand alone says beyond its figures: what is open, what it waits for.
fn plain(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    let who = ("who", who(detail, lang));
    if detail.ruling.state != State::Undecided {
        return None;
    }
    if let Some(open) = wire::open(detail).into_iter().next() {
        let due = ("due", due(detail, lang));
        return Some(say(lang, Phrase::OpenValue, &[who, ("open", open), due]));
    }
    let awaited = matches!(&detail.judged, Judged::Several(none) if none.is_empty());
    match detail.demand.time {
        Time::After { event, .. } if detail.verdict == Verdict::Pending && awaited => {
            let event = detail.bound.ruleset.indicator(event);
            let event = event.map_or(String::new(), |i| i.name.clone());
            Some(say(lang, Phrase::AwaitsEvent, &[who, ("event", event)]))
        }
        _ => None,
    }
}

/// `，2025-12-31 到期` while that is ahead.
pub(super) fn due(detail: &Detail<'_>, lang: Lang) -> String {
    match detail
        .deadline()
        .filter(|_| detail.verdict == Verdict::Pending)
    {
        Some(deadline) => say(lang, Phrase::DueThen, &[("deadline", deadline.to_string())]),
        None => String::new(),
    }
}

// ── several subjects ─────────────────────────────────────────────────────────────────────────────

fn whole(detail: &Detail<'_>, counts: Counts, lang: Lang) -> String {
    let Some(quantifier) = detail.rule.quantifiers.get(detail.depth) else {
        return by_figures(detail, lang);
    };
    let set = set_name(detail, &quantifier.set);
    let place = wire::subject(detail).map_or(String::new(), |s| format!("{s} "));
    let who = (
        "who",
        grouped(detail, format!("{place}{set}{}", measured(detail)), lang),
    );
    let nobody = match &detail.ruling.way {
        Way::Whole { parts, .. } => parts.is_empty(),
        _ => false,
    };
    if nobody || counts.of == 0 {
        let phrase = match nobody {
            true => Phrase::WholeNobody,
            false => Phrase::WholeNone,
        };
        return say(lang, phrase, &[who, ("set", set)]);
    }
    let tally = [counts.satisfied, counts.failed, counts.undecided];
    let mut args = vec![
        who,
        ("of", counts.of.to_string()),
        ("tally", tally_of(tally, words(detail), lang)),
        ("due", due(detail, lang)),
    ];
    if let Claim::Makes { text, value, .. } = &detail.rule.claim {
        args.push(("condition", text.clone()));
        args.push(("value", made_value(value)));
        return say(lang, Phrase::WholeMakes, &args);
    }
    args.push(("required", inner_required(detail, detail.depth + 1, lang)));
    if detail.requirement.force == Force::May {
        return say(lang, Phrase::WholeMay, &args);
    }
    args.push(("need", need(&quantifier.how, counts, lang)));
    say(lang, Phrase::Whole, &args)
}

/// With the breakdown or group that the demand is for.
pub(super) fn grouped(detail: &Detail<'_>, who: String, lang: Lang) -> String {
    let breakdown = detail.bound.ruleset.group_of(detail.demand);
    let group = detail.demand.group.as_ref().map(|g| g.name.as_str());
    // A part of a set says for itself to which group it belongs.
    match breakdown.or(group.filter(|_| !detail.part)) {
        Some(group) => {
            let args = [("who", who), ("group", group.to_string())];
            say(lang, Phrase::OfGroup, &args)
        }
        None => who,
    }
}

/// The words in which satisfied, failing and undecided ones are counted, one and several of them.
pub(super) type Words = [(Phrase, Phrase); 3];

/// Where few are wanted, to be so is no merit.
pub(super) fn words(detail: &Detail<'_>) -> Words {
    use Phrase as P;
    let open = match detail.verdict {
        Verdict::Pending => P::OpenYet,
        _ => P::Open,
    };
    let fewer = is_fewer(detail.rule.quantifiers.get(detail.depth).map(|q| &q.how));
    let (so, not) = match fewer {
        true => ((P::OneIsSo, P::ManyAreSo), (P::OneIsNotSo, P::ManyAreNotSo)),
        false => ((P::OneIs, P::ManyAre), (P::OneIsNot, P::ManyAreNot)),
    };
    [so, not, (open, open)]
}

/// Whether a quantifier limits how many may be so.
pub(super) fn is_fewer(how: Option<&HowMany>) -> bool {
    matches!(how, Some(HowMany::AtMost(_) | HowMany::No))
}

/// `11 个满足、2 个不满足`; what nothing is is left out.
pub(super) fn tally_of(counts: [u64; 3], words: Words, lang: Lang) -> String {
    let texts: Vec<String> = counts
        .into_iter()
        .zip(words)
        .filter(|(count, _)| *count > 0)
        .map(|(count, (one, many))| {
            let phrase = if count == 1 { one } else { many };
            say(lang, phrase, &[("count", count.to_string())])
        })
        .collect();
    texts.join(lang.pick("、", ", "))
}

/// What is required of each: one demand in words, what the case or the choice asks, or what is
/// required of those within.
fn inner_required(detail: &Detail<'_>, depth: usize, lang: Lang) -> String {
    if let Some(inner) = detail.rule.quantifiers.get(depth) {
        let required = inner_required(detail, depth + 1, lang);
        let inner = within(detail, &inner.how, &inner.set, required, lang);
        return say(lang, Phrase::Such, &[("inner", inner)]);
    }
    match &detail.rule.claim {
        Claim::Plain => required_text(detail, lang),
        Claim::When {
            text, otherwise, ..
        } => {
            let condition = ("condition", text.clone());
            match otherwise {
                Some(_) => say(lang, Phrase::ByCase, &[condition]),
                None => {
                    let required = ("required", required_text(detail, lang));
                    say(lang, Phrase::OnlyCase, &[condition, required])
                }
            }
        }
        Claim::Choice { needed, others } => {
            let of = others.len() + 1;
            let args = [("of", of.to_string()), ("needed", needed.to_string())];
            match *needed as usize == of {
                true => say(lang, Phrase::AllItems, &args),
                false => say(lang, Phrase::SomeItems, &args),
            }
        }
        Claim::Makes { .. } => say(lang, Phrase::InThis, &[]),
    }
}

/// `至少 1 个小学不低于 30人`
fn within(detail: &Detail<'_>, how: &HowMany, set: &Set, required: String, lang: Lang) -> String {
    let (phrase, count) = match how {
        HowMany::Each => (Phrase::EveryOf, String::new()),
        HowMany::No => (Phrase::NoneOf, String::new()),
        HowMany::AtLeast(Portion::Count(n)) => (Phrase::AtLeastOf, n.to_string()),
        HowMany::AtLeast(Portion::Share(share)) => (Phrase::AtLeastShareOf, percent(share)),
        HowMany::AtMost(Portion::Count(n)) => (Phrase::AtMostOf, n.to_string()),
        HowMany::AtMost(Portion::Share(share)) => (Phrase::AtMostShareOf, percent(share)),
        HowMany::Exactly(Portion::Count(n)) => (Phrase::ExactlyOf, n.to_string()),
        HowMany::Exactly(Portion::Share(share)) => (Phrase::ExactlyOf, percent(share)),
    };
    let args = [
        ("count", count),
        ("set", set_name(detail, set)),
        ("required", required),
    ];
    say(lang, phrase, &args)
}

fn measured(detail: &Detail<'_>) -> String {
    match detail.rule.claim {
        Claim::Plain | Claim::When { .. } | Claim::Makes { .. } => {
            format!(" {}", detail.measure_name())
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

fn percent(share: &Number) -> String {
    format!("{}%", share.mul(&Number::from(100)))
}

fn need(how: &HowMany, counts: Counts, lang: Lang) -> String {
    let needed = ("needed", counts.needed.to_string());
    let (phrase, share) = match how {
        HowMany::Each => (Phrase::NeedEach, None),
        HowMany::No => (Phrase::NeedNone, None),
        HowMany::AtLeast(Portion::Count(_)) => (Phrase::NeedAtLeast, None),
        HowMany::AtLeast(Portion::Share(share)) => (Phrase::NeedShare, Some(share)),
        HowMany::AtMost(Portion::Count(_)) => (Phrase::NeedAtMost, None),
        HowMany::AtMost(Portion::Share(share)) => (Phrase::NeedAtMostShare, Some(share)),
        HowMany::Exactly(_) => (Phrase::NeedExactly, None),
    };
    let share = share.map_or(String::new(), percent);
    say(lang, phrase, &[needed, ("share", share)])
}
