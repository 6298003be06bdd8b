//! Colour, width and columns.

use anstyle::{AnsiColor, Style};
use guiju::{Severity, Verdict};
use unicode_width::UnicodeWidthStr;

/// How to write for one stream.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pen {
    pub(crate) color: bool,
    /// Whether signs and boxes may be drawn with characters beyond ASCII.
    pub(crate) unicode: bool,
    /// Columns to fill.
    pub(crate) width: usize,
}

impl Pen {
    fn paint(self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() {
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

    pub(crate) fn severity(self, severity: Severity, text: &str) -> String {
        let color = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Note => AnsiColor::Cyan,
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

/// Lines no wider than `width`: broken at spaces, or between wide characters where no space is
/// near, but never before closing punctuation, nor between a number and its unit.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    /// A last line shorter than this looks lost.
    const LOST: usize = 4;
    let width = width.max(16);
    let lines = filled(text, width);
    let lost = lines.last().is_some_and(|last| columns(last) <= LOST);
    if lost && lines.len() > 1 && width > 2 * LOST {
        let narrower = filled(text, width - 2 * LOST);
        if narrower.len() == lines.len() {
            return narrower;
        }
    }
    lines
}

fn filled(text: &str, width: usize) -> Vec<String> {
    /// How far back a space is looked for.
    const NEAR: usize = 12;
    let mut lines = Vec::new();
    let mut line = String::new();
    // Where the line could be broken at a space.
    let mut space = None;
    for piece in pieces(text) {
        if columns(&line) + columns(piece.trim_end()) > width && !line.is_empty() {
            let rest = match space {
                Some(at) if columns(&line[at..]) <= NEAR => line.split_off(at),
                _ => String::new(),
            };
            lines.push(line.trim_end().to_string());
            line = rest;
            space = None;
        }
        if !(line.is_empty() && piece == " ") {
            line.push_str(piece);
        }
        if line.ends_with(' ') {
            space = Some(line.len());
        }
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_string());
    }
    lines
}

/// `prefix text`, wrapped under the text.
pub(crate) fn hanging(prefix: &str, prefix_width: usize, text: &str, width: usize) -> String {
    let mut out = String::new();
    for (i, line) in wrap(text, width.saturating_sub(prefix_width))
        .iter()
        .enumerate()
    {
        if i == 0 {
            out.push_str(prefix);
        } else {
            out.push_str(&" ".repeat(prefix_width));
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Pieces that stay together: words with the space behind them, single wide characters with the
/// punctuation behind them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let (mut before, mut previous) = (' ', None);
    for (at, c) in text.char_indices() {
        if let Some(p) = previous {
            let wide = |c: char| columns(c.encode_utf8(&mut [0; 4])) == 2;
            let closing = "，。；：、）》”’」！？…,.;:)%‰".contains(c);
            let opening = "（《“‘「(".contains(p);
            let number = if p == ' ' { before } else { p };
            let spaced = p != ' ' || "年月日天个位级".contains(c);
            let unit = number.is_ascii_digit() && wide(c) && spaced;
            if !closing && !opening && !unit && (p == ' ' || wide(p) || wide(c)) && c != ' ' {
                pieces.push(&text[start..at]);
                start = at;
            }
        }
        before = previous.unwrap_or(' ');
        previous = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(crate) enum Row {
    /// A line over the rows that follow.
    Title(String),
    /// Cells, and a line below them, from the second column on.
    Cells(Vec<String>, Option<String>),
}

/// Rows in aligned columns, none but the last wider than `most`. A cell that is wider pushes the
/// rest of its row to the next line; the last one is wrapped. The first cell is emphasised.
pub(crate) fn table(rows: &[Row], indent: usize, most: &[usize], pen: Pen) -> String {
    const GAP: usize = 2;
    let cells = || {
        rows.iter().filter_map(|row| match row {
            Row::Cells(cells, _) => Some(cells),
            Row::Title(_) => None,
        })
    };
    let mut starts = vec![indent];
    for (column, most) in most.iter().enumerate() {
        let widths = cells().filter_map(|c| c.get(column)).map(|c| columns(c));
        let width = widths.filter(|w| w <= most).max().unwrap_or(0);
        // A column that is empty everywhere takes no room.
        let gap = if width == 0 { 0 } else { GAP };
        starts.push(starts.last().copied().unwrap_or(0) + width + gap);
    }
    let start_of = |column: usize| starts.get(column).copied().unwrap_or(indent);
    let mut out = String::new();
    for row in rows {
        let (cells, below) = match row {
            Row::Title(title) => {
                let indent = indent.saturating_sub(2);
                out.push_str(&hanging(&" ".repeat(indent), indent, title, pen.width));
                continue;
            }
            Row::Cells(cells, below) => (cells, below),
        };
        let mut line = String::new();
        let mut at = 0;
        for (i, cell) in cells.iter().enumerate().filter(|(_, c)| !c.is_empty()) {
            let start = start_of(i);
            let last = i + 1 == cells.len();
            if at > 0 && at + GAP > start {
                line.push('\n');
                at = 0;
            }
            line.push_str(&" ".repeat(start.saturating_sub(at)));
            let text = if last {
                let lines = wrap(cell, pen.width.saturating_sub(start));
                lines.join(&format!("\n{}", " ".repeat(start)))
            } else {
                cell.clone()
            };
            at = start + columns(&text);
            line.push_str(&if i == 0 { pen.strong(&text) } else { text });
        }
        out.push_str(&line);
        out.push('\n');
        if let Some(below) = below {
            let start = start_of(1);
            for line in wrap(below, pen.width.saturating_sub(start)) {
                out.push_str(&" ".repeat(start));
                out.push_str(&pen.faint(&line));
                out.push('\n');
            }
        }
    }
    out
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
            assert!(!lines.iter().any(|l| l.starts_with('%')), "{lines:?}");
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
