//! What conditions, choices and consequences come to, in a sentence.

use guiju_lang::Lang;
use guiju_lang::model::{Claim, FactValue};

use crate::detail::Detail;
use crate::evaluate::{Bears, Ruling, State, Verdict};
use crate::truth::Truth;
use crate::wire;

use super::headline::by_figures;
use super::phrases::{Phrase, say};
use super::reasons::deciding_tests;
use super::texts::{period_text, who};
use super::whole::{due, tally_of, waits};

pub(super) fn conditional(
    detail: &Detail<'_>,
    truth: Truth,
    has_else: bool,
    lang: Lang,
) -> Option<String> {
    let Claim::When { text, .. } = &detail.rule.claim else {
        return None;
    };
    let condition = ("condition", text.clone());
    let who = ("who", who(detail, lang));
    let inner = || ("inner", by_figures(detail, lang));
    Some(match (truth, detail.ruling.state) {
        (Truth::False, _) if !has_else => say(lang, Phrase::NotInCase, &[who, condition]),
        (Truth::Unknown, State::Undecided | State::Excluded) => {
            if let Some(day) = detail.deadline().filter(|_| waits(detail, &[Bears::Case])) {
                let deadline = ("deadline", day.to_string());
                return Some(say(lang, Phrase::CaseAhead, &[who, condition, deadline]));
            }
            let tests = ("tests", deciding_tests(detail, &[Bears::Case], lang));
            say(lang, Phrase::CaseOpen, &[who, condition, tests])
        }
        (Truth::Unknown, _) => say(lang, Phrase::InEitherCase, &[inner(), condition]),
        (Truth::True, _) => say(lang, Phrase::InCase, &[inner(), condition]),
        (Truth::False, _) => say(lang, Phrase::InOtherCase, &[inner(), condition]),
    })
}

pub(super) fn choice(detail: &Detail<'_>, of: &[Ruling<'_>], lang: Lang) -> Option<String> {
    use Phrase as P;
    let Claim::Choice { needed, .. } = &detail.rule.claim else {
        return None;
    };
    let count = |state| of.iter().filter(|r| r.state == state).count() as u64;
    let counts = [State::Holds, State::Fails, State::Undecided].map(count);
    let open = match detail.verdict {
        Verdict::Pending => P::OpenItemsYet,
        _ => P::OpenItems,
    };
    let words = [
        (P::OneHolds, P::ManyHold),
        (P::OneFails, P::ManyFail),
        (open, open),
    ];
    let args = [
        (
            "who",
            wire::subject(detail).map_or(String::new(), |s| s.to_string()),
        ),
        ("of", of.len().to_string()),
        ("needed", needed.to_string()),
        ("tally", tally_of(counts, words, lang)),
        ("due", due(detail, lang)),
    ];
    Some(match *needed as usize == of.len() {
        true => say(lang, P::ChoiceAll, &args),
        false => say(lang, P::Choice, &args),
    })
}

pub(super) fn made(detail: &Detail<'_>, truth: Truth, lang: Lang) -> String {
    let Claim::Makes { text, value, .. } = &detail.rule.claim else {
        return String::new();
    };
    let phrase = match truth {
        Truth::True => Phrase::MadeSo,
        Truth::False => Phrase::MadeNot,
        Truth::Unknown => Phrase::MadeOpen,
    };
    let leaves = detail.tests.iter().flat_map(|t| &t.leaves);
    let period = leaves
        .map(|leaf| leaf.period)
        .filter(|p| !p.is_timeless())
        .max();
    let args = [
        ("who", who(detail, lang)),
        (
            "period",
            period.map_or(String::new(), |p| period_text(p, lang)),
        ),
        ("condition", text.clone()),
        ("value", made_value(value)),
        ("tests", deciding_tests(detail, &[Bears::Case], lang)),
    ];
    say(lang, phrase, &args)
}

pub(super) fn made_value(value: &FactValue) -> String {
    match value {
        FactValue::Word(word) => word.clone(),
        FactValue::Quantity(quantity) => quantity.to_string(),
    }
}
