//! What a word was meant to be: keywords in capitals, one letter off, run into a name, or brought
//! along from other languages and from the plans themselves.

use crate::gazetteer;
use crate::names::nearest;
use crate::words::{Class, Kw, WordSet};

use super::scope::is_future_word;

/// Words and phrases that people write, and the keyword that says it here.
const HABITS: &[(&str, Kw)] = &[
    // time and place
    ("until", Kw::By),
    ("till", Kw::By),
    ("to", Kw::By),
    ("during", Kw::In),
    ("within", Kw::In),
    ("at", Kw::In),
    ("on", Kw::In),
    ("截止到", Kw::By),
    ("截止", Kw::By),
    ("截至到", Kw::By),
    ("直到", Kw::By),
    ("直至", Kw::By),
    ("早於", Kw::Before),
    ("早先于", Kw::Before),
    ("位于", Kw::In),
    // comparison
    ("no less than", Kw::Ge),
    ("not less than", Kw::Ge),
    ("greater than or equal to", Kw::Ge),
    ("at least", Kw::Ge),
    ("minimum", Kw::Ge),
    ("reaches", Kw::Ge),
    ("reach", Kw::Ge),
    ("no more than", Kw::Le),
    ("not more than", Kw::Le),
    ("less than or equal to", Kw::Le),
    ("at most", Kw::Le),
    ("maximum", Kw::Le),
    ("up to", Kw::Le),
    ("more than", Kw::Gt),
    ("greater than", Kw::Gt),
    ("exceeds", Kw::Gt),
    ("above", Kw::Gt),
    ("less than", Kw::Lt),
    ("fewer than", Kw::Lt),
    ("below", Kw::Lt),
    ("under", Kw::Lt),
    ("equal to", Kw::Eq),
    ("equals", Kw::Eq),
    ("is", Kw::Eq),
    ("大于等于", Kw::Ge),
    ("大于或等于", Kw::Ge),
    ("不少於", Kw::Ge),
    ("小于等于", Kw::Le),
    ("小于或等于", Kw::Le),
    // what opens a statement
    ("percentage", Kw::Rate),
    ("percent", Kw::Rate),
    ("number", Kw::Count),
    ("money", Kw::Amount),
    ("cost", Kw::Amount),
    ("time", Kw::Duration),
    ("boolean", Kw::Flag),
    ("bool", Kw::Flag),
    ("task", Kw::Milestone),
    ("event", Kw::Milestone),
    ("metric", Kw::Indicator),
    ("area", Kw::Region),
    ("city", Kw::Region),
    ("import", Kw::Use),
    ("include", Kw::Use),
    ("data", Kw::Fact),
    ("observation", Kw::Fact),
    ("shall", Kw::Must),
    ("比重", Kw::Rate),
    ("百分率", Kw::Rate),
    ("总量", Kw::Count),
    ("总额", Kw::Amount),
    ("里程碑", Kw::Milestone),
    // fields
    ("type", Kw::KindField),
    ("alias", Kw::Also),
    ("aliases", Kw::Also),
    ("synonym", Kw::Also),
    ("department", Kw::Owner),
    ("responsible", Kw::Owner),
    ("责任部门", Kw::Owner),
    ("责任人", Kw::Owner),
    ("牵头部门", Kw::Lead),
    ("主管部门", Kw::Lead),
    ("comment", Kw::Note),
    ("remark", Kw::Note),
    ("article", Kw::Clause),
    ("min", Kw::Range),
    ("max", Kw::Range),
    ("period", Kw::SpanField),
    ("place", Kw::RegionField),
    ("date", Kw::Issued),
    ("due", Kw::Deadline),
    ("higher", Kw::BetterHigher),
    ("lower", Kw::BetterLower),
];

/// The habit that begins these words: its keyword, and how many of the words it takes.
pub(super) fn habit(words: &[String], fits: impl Fn(Kw) -> bool) -> Option<(Kw, usize)> {
    let found = HABITS.iter().filter(|(_, kw)| fits(*kw));
    found
        .filter_map(|(phrase, kw)| {
            let mut count = 0;
            for part in phrase.split(' ') {
                if *part != words.get(count)?.to_lowercase() {
                    return None;
                }
                count += 1;
            }
            Some((*kw, count))
        })
        .max_by_key(|(_, count)| *count)
}

/// The keyword nearest to a word. Those of this version and their first spellings come first; a
/// Han word of two characters is near only to a first spelling, for with any other one edit is
/// half the word.
pub(super) fn nearest_keyword(
    found: &str,
    set: Option<WordSet>,
    fits: impl Fn(Kw) -> bool,
) -> Option<&'static str> {
    if !gazetteer::find(found).is_empty() {
        return None;
    }
    let lower = found.to_lowercase();
    let candidates: Vec<Kw> = Kw::ALL.iter().copied().filter(|kw| fits(*kw)).collect();
    if lower != found
        && let Some(same) = spellings(&candidates).find(|word| *word == lower)
    {
        return Some(same);
    }
    let now: Vec<Kw> = candidates
        .iter()
        .copied()
        .filter(|kw| !is_future_word(*kw))
        .collect();
    let sets = match set {
        Some(WordSet::En) => [WordSet::En, WordSet::Zh],
        _ => [WordSet::Zh, WordSet::En],
    };
    let first = sets.into_iter().flat_map(|set| {
        let canonical = now.iter().map(move |kw| kw.spelling(set));
        canonical.collect::<Vec<_>>()
    });
    if let Some(word) = nearest(&lower, first) {
        return Some(word);
    }
    if !found.is_ascii() && found.chars().count() <= 2 {
        return None;
    }
    nearest(&lower, spellings(&now)).or_else(|| nearest(&lower, spellings(&candidates)))
}

fn spellings(keywords: &[Kw]) -> impl Iterator<Item = &'static str> {
    keywords.iter().flat_map(|kw| kw.spellings())
}

/// `在昆明`: a Chinese keyword with a name behind it. Only first spellings open a statement this
/// way, since names begin with the others (项目…, 经费…).
pub(super) fn run_together(found: &str, fits: impl Fn(Kw) -> bool) -> Option<(&'static str, &str)> {
    let split = |word: &'static str| {
        let rest = found.strip_prefix(word)?;
        (rest.chars().count() >= 2).then_some((word, rest))
    };
    let words = Kw::ALL
        .iter()
        .copied()
        .filter(|kw| fits(*kw))
        .flat_map(|kw| {
            let opens = matches!(kw.class(), Class::Kind | Class::Declare | Class::Force);
            let words = kw.spellings().skip(1);
            words.take(if opens { 1 } else { usize::MAX })
        });
    words.filter_map(split).max_by_key(|(word, _)| word.len())
}

/// Where a sentence hides a comparison and a value inside a word: `巩固率达到98` gives 巩固率,
/// 达到 and 98.
pub(super) fn hidden_value(found: &str) -> Option<(&str, &str, &str)> {
    let digits = found.find(|c: char| c.is_ascii_digit())?;
    let (head, value) = found.split_at(digits);
    let word = Kw::ALL
        .iter()
        .filter(|kw| kw.class() == Class::Compare)
        .flat_map(|kw| kw.spellings().skip(1))
        .filter(|word| head.ends_with(*word))
        .max_by_key(|word| word.len())
        .unwrap_or("");
    let name = head.get(..head.len() - word.len())?;
    (!name.is_empty()).then_some((name, word, value))
}
