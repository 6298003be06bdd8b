//! The page of a diagnostic code.

use guiju::{Code, Lang};

/// The page in one language, as text for a terminal.
pub(crate) fn code(code: Code, lang: Lang) -> String {
    let page = code.page();
    let wanted = lang.pick("## 中文", "## English");
    let section = page
        .split_once(wanted)
        .map(|(_, rest)| rest.split("\n## ").next().unwrap_or(rest));
    let title = page
        .lines()
        .next()
        .unwrap_or("")
        .trim_start_matches('#')
        .trim();
    match section {
        Some(section) => format!("{title}\n{}\n", section.trim_end()),
        None => format!("{}\n", page.trim_end()),
    }
}
