//! Colour and width.

use anstyle::{AnsiColor, Style};
use guiju::Verdict;
use unicode_width::UnicodeWidthStr;

/// How to write for one stream.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pen {
    pub(crate) color: bool,
    /// Whether signs and boxes may be drawn with characters beyond ASCII.
    pub(crate) unicode: bool,
}

impl Pen {
    fn paint(self, style: Style, text: &str) -> String {
        if self.color {
            format!("{style}{text}{style:#}")
        } else {
            text.to_string()
        }
    }

    pub(crate) fn strong(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    pub(crate) fn faint(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    pub(crate) fn verdict(self, verdict: Verdict, text: &str) -> String {
        let color = match verdict {
            Verdict::Met => AnsiColor::Green,
            Verdict::Violated => AnsiColor::Red,
            Verdict::Pending => AnsiColor::Cyan,
            Verdict::Unknown => AnsiColor::Yellow,
            Verdict::NotApplicable | Verdict::Waived => AnsiColor::BrightBlack,
        };
        self.paint(Style::new().bold().fg_color(Some(color.into())), text)
    }
}

/// Columns a text takes on a terminal.
pub(crate) fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// A text filled with spaces to a width.
pub(crate) fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(missing))
}

/// Lines no wider than `width`: broken at spaces, and between wide characters, but never before
/// closing punctuation.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(20);
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if columns(&line) + columns(piece.trim_end()) > width && !line.is_empty() {
            lines.push(line.trim_end().to_string());
            line = String::new();
        }
        if !(line.is_empty() && piece == " ") {
            line.push_str(piece);
        }
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_string());
    }
    lines
}

/// Pieces that stay together: words with the space behind them, single wide characters with the
/// punctuation behind them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (at, c) in text.char_indices() {
        if let Some(p) = previous {
            let wide = |c: char| columns(c.encode_utf8(&mut [0; 4])) == 2;
            let closing = "，。；：、）》”」！？,.;:)%".contains(c);
            let opening = "（《“「(".contains(p);
            if !closing && !opening && (p == ' ' || wide(p) || wide(c)) && c != ' ' {
                pieces.push(&text[start..at]);
                start = at;
            }
        }
        previous = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_keeps_punctuation_and_width() {
        let text = "昆明 九年义务教育巩固率：2025 年为 97.2%，要求不低于 98%，差 0.8 个百分点";
        for width in [20, 24, 31, 40] {
            let lines = wrap(text, width);
            assert!(lines.iter().all(|l| columns(l) <= width + 2), "{lines:?}");
            assert!(
                lines.iter().skip(1).all(|l| !l.starts_with(['，', '：'])),
                "{lines:?}"
            );
            let glued: String = lines.concat().chars().filter(|c| *c != ' ').collect();
            assert_eq!(
                glued,
                text.chars().filter(|c| *c != ' ').collect::<String>()
            );
        }
    }
}
