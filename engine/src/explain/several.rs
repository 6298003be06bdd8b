//! Several periods that fail, the worst first: the first of them alone would look like all.

use guiju_lang::{Kind, Lang, Period};

use crate::bind::ObsRef;
use crate::detail::{Detail, Gap};
use crate::evaluate::Verdict;

use super::computed;
use super::phrases::{Phrase, say};
use super::texts::{found, gap_text, period_text};

/// Failing periods whose figures are shown; of the others only the names, up to a limit.
pub(super) const SHOWN: usize = 4;
const NAMED: usize = 12;

/// The periods that fail, if a violated rule has more than one.
pub(super) fn failures(detail: &Detail<'_>) -> Option<Vec<(Period, ObsRef, Option<Gap>)>> {
    if detail.verdict != Verdict::Violated {
        return None;
    }
    Some(detail.failing()).filter(|f| f.len() > 1)
}

/// `2024 年为 96%，差 2 个百分点；2023 年为 97%，差 1 个百分点`
pub(super) fn named(
    detail: &Detail<'_>,
    failing: &[(Period, ObsRef, Option<Gap>)],
    lang: Lang,
) -> String {
    let one = |(period, at, gap): &(Period, ObsRef, Option<Gap>)| {
        let mut args = vec![
            ("period", computed::when(detail, *period, lang)),
            ("found", found(detail, *period, *at, lang)),
        ];
        let phrase = match gap {
            _ if detail.demand.kind == Kind::Milestone => Phrase::FailRecorded,
            Some(gap) if gap.value.is_zero() => Phrase::FailOnBound,
            Some(gap) => {
                args.push(("gap", gap_text(gap, lang)));
                if gap.value.is_negative() {
                    Phrase::FailShort
                } else {
                    Phrase::FailOver
                }
            }
            None => Phrase::FailPlain,
        };
        say(lang, phrase, &args)
    };
    let mut parts: Vec<String> = failing.iter().take(SHOWN).map(one).collect();
    let rest = failing.iter().skip(SHOWN).take(NAMED);
    let mut rest: Vec<String> = rest.map(|(p, ..)| period_text(*p, lang)).collect();
    if !rest.is_empty() {
        if failing.len() > SHOWN + NAMED {
            rest.push("…".to_string());
        }
        let periods = rest.join(lang.pick("、", ", "));
        parts.push(say(lang, Phrase::FailMore, &[("periods", periods)]));
    }
    parts.join(lang.pick("；", "; "))
}
