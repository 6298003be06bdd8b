//! The page of a diagnostic code, in one language, for a terminal.
//!
//! A page has its title in both languages, then what happened and how to mend it in Chinese, an
//! example behind each, then the same two paragraphs in English.

use guiju::{Code, Lang};

use super::style::{Pen, wrap};

/// A part of a page.
enum Part<'a> {
    Text(&'a str),
    Example(&'a str),
}

pub(crate) fn code(code: Code, lang: Lang, pen: Pen) -> String {
    let (title, body) = code.page().split_once('\n').unwrap_or((code.page(), ""));
    let title = title.trim_start_matches('#').trim();
    let title = title.strip_prefix(code.id()).unwrap_or(title).trim();
    let title = match title.split_once(" · ") {
        Some((zh, en)) => lang.pick(zh, en),
        None => title,
    };
    let mut out = pen.strong(format!("{}  {title}", code.id()).trim_end());
    out.push('\n');
    for part in in_language(&parts(body), lang) {
        out.push('\n');
        match part {
            Part::Text(text) => {
                for line in wrap(&plain(text), pen.width) {
                    out.push_str(&line);
                    out.push('\n');
                }
            }
            Part::Example(lines) => {
                for line in lines.lines() {
                    out.push_str(format!("    {line}").trim_end());
                    out.push('\n');
                }
            }
        }
    }
    out
}

/// Paragraphs and fenced examples in order.
fn parts(body: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for (i, piece) in body.split("```").enumerate() {
        if i % 2 == 1 {
            // The first line names the language of the example.
            let lines = piece.split_once('\n').map_or("", |(_, lines)| lines);
            parts.push(Part::Example(lines));
            continue;
        }
        let paragraphs = piece.split("\n\n").map(str::trim);
        parts.extend(paragraphs.filter(|p| !p.is_empty()).map(Part::Text));
    }
    parts
}

/// The parts of one language: Chinese paragraphs have the examples behind them, and English ones
/// take their places.
fn in_language<'a>(parts: &[Part<'a>], lang: Lang) -> Vec<Part<'a>> {
    let texts = parts.iter().filter_map(|part| match part {
        Part::Text(text) => Some(*text),
        Part::Example(_) => None,
    });
    let (zh, en): (Vec<&str>, Vec<&str>) = texts.partition(|text| is_chinese(text));
    let mut wanted = match lang {
        Lang::Zh => zh.iter(),
        Lang::En if en.is_empty() => zh.iter(),
        Lang::En => en.iter(),
    };
    let mut out = Vec::new();
    for part in parts {
        match part {
            Part::Example(lines) => out.push(Part::Example(lines)),
            Part::Text(text) if zh.is_empty() || is_chinese(text) => {
                out.extend(wanted.next().map(|text| Part::Text(text)));
            }
            Part::Text(_) => {}
        }
    }
    out.extend(wanted.map(|text| Part::Text(text)));
    out
}

/// Whether a paragraph begins in Chinese.
fn is_chinese(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}

/// A paragraph without the marks of Markdown that a terminal does not need.
fn plain(text: &str) -> String {
    text.replace("。** ", "。")
        .replace("**", "")
        .replace('\n', " ")
}
