//! The page of a diagnostic code.

use guiju::{Code, Lang};

use super::Pen;

/// The page in one language, as text for a terminal.
pub(crate) fn code(code: Code, lang: Lang, pen: Pen) -> String {
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
    let title = pen.strong(if title.is_empty() { code.id() } else { title });
    match section {
        Some(section) => format!("{title}\n\n{}\n", section.trim()),
        None => format!("{title}\n\n{}\n", body(page)),
    }
}

fn body(page: &str) -> &str {
    page.split_once('\n').map_or("", |(_, rest)| rest.trim())
}
