//! The words of verdicts and outlooks: names in JSON and on the command line, and what tests expect.

use super::WordSet;

/// A verdict or an outlook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Its name in JSON.
    pub name: &'static str,
    /// Chinese spellings, the one that is printed first.
    zh: &'static [&'static str],
}

/// What a rule comes to.
pub const VERDICTS: &[Term] = &[
    term("met", &["达成", "已达成"]),
    // 未达预期 is what a missed should is called where results are printed.
    term("violated", &["未达成", "未达预期"]),
    term("pending", &["未到期"]),
    term("unknown", &["缺数据"]),
    term("not_applicable", &["不适用"]),
    term("waived", &["已豁免"]),
];

/// What a pending rule may expect.
pub const OUTLOOKS: &[Term] = &[
    term("achieved", &["已达标"]),
    term("on_track", &["进度正常"]),
    term("at_risk", &["有风险"]),
    term("off_track", &["滞后"]),
    term("moving_away", &["反向变化"]),
    term("no_data", &["无数据"]),
];

const fn term(name: &'static str, zh: &'static [&'static str]) -> Term {
    Term { name, zh }
}

impl Term {
    /// The term that a word means, in either language.
    pub fn of(terms: &'static [Term], word: &str) -> Option<Term> {
        let found = terms
            .iter()
            .find(|t| t.name == word || t.zh.contains(&word));
        found.copied()
    }

    /// How it is written in a keyword set.
    pub fn spelling(self, set: WordSet) -> &'static str {
        match set {
            WordSet::En => self.name,
            WordSet::Zh => self.zh.first().copied().unwrap_or(self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Behind `expect` these stand as names do, so none of them may be a keyword.
    #[test]
    fn no_word_is_a_keyword_or_means_two_things() {
        let terms = || VERDICTS.iter().chain(OUTLOOKS);
        let words = terms().flat_map(|t| t.zh.iter().chain(std::iter::once(&t.name)));
        let mut seen = std::collections::BTreeSet::new();
        for word in words {
            assert!(!super::super::Kw::is_word(word), "{word}");
            assert!(seen.insert(word), "{word}");
        }
    }
}
