//! The language reference, and which of its sections explains a word.
//!
//! A section names its keywords in a comment below its heading, `<!-- words: by, before -->`, by
//! their English spellings; whoever moves a construct to another section moves its words along.

use guiju::lang::Kw;

static TEXT: &str = include_str!("../../docs/language.md");

/// A heading and what stands below it, up to the next one.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) title: &'static str,
    /// The keywords that it explains, by their English spellings.
    pub(crate) words: Vec<&'static str>,
    /// Its text in Markdown, comments apart.
    pub(crate) body: String,
}

/// The sections of the reference, in order.
pub(crate) fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut fenced = false;
    for line in TEXT.lines() {
        fenced ^= line.starts_with("```");
        let heading = line.strip_prefix('#').filter(|_| !fenced);
        if let Some(title) = heading {
            sections.push(Section {
                title: title.trim_start_matches('#').trim(),
                words: Vec::new(),
                body: String::new(),
            });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        match comment(line) {
            Some(words) => section.words.extend(words),
            None => {
                section.body.push_str(line);
                section.body.push('\n');
            }
        }
    }
    sections
}

/// The words of a line that only names them.
fn comment(line: &'static str) -> Option<impl Iterator<Item = &'static str>> {
    let inside = line
        .trim()
        .strip_prefix("<!-- words:")?
        .strip_suffix("-->")?;
    Some(inside.split(',').map(str::trim).filter(|w| !w.is_empty()))
}

/// The sections that explain a word: a keyword in either language, else a word of a heading, else
/// one that the text speaks of.
pub(crate) fn find<'s>(sections: &'s [Section], word: &str) -> Vec<&'s Section> {
    let word = guiju::lang::normalise(word).to_lowercase();
    let meant: Vec<&str> = keywords(&word).map(english).collect();
    let explains = |s: &&Section| s.words.iter().any(|w| meant.contains(w));
    let found: Vec<&Section> = sections.iter().filter(explains).collect();
    if !found.is_empty() {
        return found;
    }
    let named = |s: &&Section| {
        let title = s.title.to_lowercase();
        // `list` finds Lists.
        title == word
            || title
                .split(' ')
                .any(|part| part == word || part.strip_suffix('s') == Some(&word))
    };
    let found: Vec<&Section> = sections.iter().filter(named).collect();
    if !found.is_empty() {
        return found;
    }
    let mentions = |s: &&Section| mentions(&s.body, &word);
    sections.iter().filter(mentions).take(MENTIONS).collect()
}

/// So many sections are shown that merely mention a word.
const MENTIONS: usize = 3;

/// Whether a section speaks of what is no keyword: `pp`, 分别. A single letter says nothing.
fn mentions(body: &str, word: &str) -> bool {
    let marked = || body.contains(&format!("`{word}`"));
    let spoken = || !word.is_ascii() && body.contains(word);
    word.chars().count() > 1 && (marked() || spoken())
}

/// The keywords that a word spells.
pub(crate) fn keywords(word: &str) -> impl Iterator<Item = Kw> {
    let spelt = move |kw: &Kw| kw.spellings().any(|spelling| spelling == word);
    Kw::ALL.iter().copied().filter(spelt)
}

fn english(kw: Kw) -> &'static str {
    kw.spelling(guiju::lang::WordSet::En)
}

/// Every word that can be asked for.
pub(crate) fn words() -> Vec<&'static str> {
    let spellings = Kw::ALL.iter().flat_map(|kw| kw.spellings());
    let titles = sections().into_iter().map(|section| section.title);
    spellings.chain(titles).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_has_a_section() {
        let sections = sections();
        let mut lacking: Vec<&str> = Kw::ALL.iter().map(|kw| english(*kw)).collect();
        lacking.retain(|word| !sections.iter().any(|s| s.words.contains(word)));
        lacking.dedup();
        assert!(
            lacking.is_empty(),
            "name these in a `<!-- words: … -->` of docs/language.md: {}",
            lacking.join(", ")
        );
    }

    #[test]
    fn sections_name_only_keywords() {
        for section in sections() {
            for word in section.words {
                let known = Kw::ALL.iter().any(|kw| english(*kw) == word);
                assert!(known, "{}: `{word}` is no keyword", section.title);
            }
        }
    }

    #[test]
    fn words_and_headings_find_their_section() {
        let sections = sections();
        let titles =
            |word: &str| -> Vec<&str> { find(&sections, word).iter().map(|s| s.title).collect() };
        assert!(titles("by").contains(&"Times"));
        assert!(titles("到").contains(&"Times"));
        assert!(titles("table").contains(&"Tables"));
        assert_eq!(titles("表"), titles("table"));
        assert_eq!(titles("Lists"), ["Lists"]);
        assert_eq!(titles("formulas"), ["Formulas and comparisons"]);
        assert!(titles("pp").contains(&"Kinds"));
        assert!(titles("分别").contains(&"Lists"));
        assert!(titles("no such word").is_empty());
    }
}
