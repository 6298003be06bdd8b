//! How names are written alike, compared, and corrected.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Whether a character belongs to the scripts that write words without spaces.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}')
}

/// The form in which text is read: NFKC (full-width digits and signs become their ASCII twins).
pub fn nfkc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfkc().collect())
    }
}

/// Characters that are their own normal form, whatever stands beside them.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{7F}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// The form in which names are compared and printed: NFKC, trimmed, no white space between CJK
/// characters, other white space collapsed to one space. Nothing fuzzier ever matches by itself.
pub fn normalise(text: &str) -> Cow<'_, str> {
    let text = nfkc(text);
    if !text.chars().any(char::is_whitespace) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut pending = false;
    for c in text.trim().chars() {
        if c.is_whitespace() {
            pending = true;
            continue;
        }
        if pending {
            let tight = is_cjk(c) && out.chars().next_back().is_some_and(is_cjk);
            if !tight {
                out.push(' ');
            }
            pending = false;
        }
        out.push(c);
    }
    Cow::Owned(out)
}

/// The candidate nearest to `word`, if one is near enough to be what was meant.
///
/// Of several equally near the first one is taken. Distance counts edits of characters,
/// transpositions as one. Short names need a shared character and at most one edit: for a
/// two-character Han name one edit is already half the word.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let allowed = match length {
        0 | 1 => return None,
        2..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().any(|c| word.contains(c)))
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance > 0 && *distance <= allowed && *distance < candidate.chars().count()
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_after_nfkc_and_spacing() {
        assert_eq!(normalise("　昆 明 市 "), "昆明市");
        assert_eq!(normalise("ＥＵ  27"), "EU 27");
        assert_eq!(normalise("学校（园）数"), "学校(园)数");
    }

    #[test]
    fn only_near_names_are_offered() {
        let known = ["九年义务教育巩固率", "高中阶段毛入学率", "by", "rate"];
        assert_eq!(
            nearest("九年义务教育巩固律", known),
            Some("九年义务教育巩固率")
        );
        assert_eq!(nearest("rat", known), Some("rate"));
        assert_eq!(nearest("bye", known), Some("by"));
        assert_eq!(nearest("常住人口", known), None);
    }
}
