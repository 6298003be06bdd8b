//! Sections of the reference, for a terminal.

use std::fmt::Write;

use guiju::Lang;
use guiju::lang::{Kw, WordSet};

use crate::reference::{Section, keywords};

use super::style::{Pen, Row, table, wrap};

/// The list of sections, with the words that each explains.
pub(crate) fn contents(sections: &[Section], lang: Lang, pen: Pen) -> String {
    let mut out = lang
        .pick(
            "语言参考的各节，和它们说明的词语（`guiju doc 词语`）\n\n",
            "the sections of the reference and the words they explain (`guiju doc WORD`)\n\n",
        )
        .to_string();
    let set = match lang {
        Lang::Zh => WordSet::Zh,
        Lang::En => WordSet::En,
    };
    let rows = sections.iter().skip(1).map(|section| {
        let mut words: Vec<&str> = Vec::new();
        for word in &section.words {
            let spelt = Kw::ALL
                .iter()
                .filter(|kw| kw.spelling(WordSet::En) == *word);
            for kw in spelt {
                let spelling = kw.spelling(set);
                if !words.contains(&spelling) {
                    words.push(spelling);
                }
            }
        }
        let words = words.join(lang.pick("、", ", "));
        Row::Cells(vec![section.title.to_string(), words], None)
    });
    let rows: Vec<Row> = rows.collect();
    out.push_str(&table(&rows, 2, &[26], pen));
    out
}

/// What is said about a word: how it is written in both languages, then the sections.
pub(crate) fn pages(word: &str, found: &[&Section], lang: Lang, pen: Pen) -> String {
    let mut out = String::new();
    let normal = guiju::lang::normalise(word).to_lowercase();
    let mut seen: Vec<String> = Vec::new();
    for kw in keywords(&normal) {
        let mut spellings = kw.spellings();
        let english = spellings.next().unwrap_or_default();
        let line = format!("{english}  {}", spellings.collect::<Vec<_>>().join(" "));
        if !seen.contains(&line) {
            for line in wrap(&line, pen.width) {
                let _ = writeln!(out, "{}", pen.strong(line.trim_end()));
            }
            seen.push(line);
        }
    }
    if lang == Lang::Zh {
        let note = "参考的正文目前只有英文，例子两种写法都有。";
        let _ = writeln!(out, "{}", pen.faint(note));
    }
    for section in found {
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(out, "{}\n", pen.strong(section.title));
        body(&mut out, &section.body, pen);
    }
    out
}

/// The Markdown that the reference is written in: paragraphs, tables, fenced and indented examples.
fn body(out: &mut String, text: &str, pen: Pen) {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut fenced = false;
    let mut open = false;
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            if fenced {
                blocks.push(Block::Example(Vec::new()));
            }
            open = false;
        } else if fenced {
            if let Some(Block::Example(lines)) = blocks.last_mut() {
                lines.push(line);
            }
        } else if line.trim().is_empty() {
            open = false;
        } else {
            match (blocks.last_mut(), Block::of(line)) {
                (Some(block), new) if open && block.same(&new) => block.push(line),
                (_, mut new) => {
                    new.push(line);
                    blocks.push(new);
                    open = true;
                }
            }
        }
    }
    for (i, block) in blocks.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        block.write(out, pen);
    }
}

/// A part of a section.
enum Block<'a> {
    Paragraph(Vec<&'a str>),
    Table(Vec<&'a str>),
    Example(Vec<&'a str>),
}

impl<'a> Block<'a> {
    /// The block that a line opens.
    fn of(line: &str) -> Block<'a> {
        match line {
            _ if line.starts_with('|') => Block::Table(Vec::new()),
            _ if line.starts_with("    ") => Block::Example(Vec::new()),
            _ => Block::Paragraph(Vec::new()),
        }
    }

    fn same(&self, other: &Block<'_>) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    fn push(&mut self, line: &'a str) {
        match self {
            Block::Paragraph(lines) | Block::Table(lines) => lines.push(line),
            Block::Example(lines) => lines.push(line.strip_prefix("    ").unwrap_or(line)),
        }
    }

    fn write(&self, out: &mut String, pen: Pen) {
        match self {
            Block::Paragraph(lines) => {
                for line in wrap(&plain(&lines.join(" ")), pen.width) {
                    let _ = writeln!(out, "{line}");
                }
            }
            Block::Example(lines) => {
                for line in lines {
                    let _ = writeln!(out, "{}", format!("    {line}").trim_end());
                }
            }
            Block::Table(lines) => {
                let rows: Vec<Row> = lines
                    .iter()
                    .filter(|line| !line.starts_with("|-"))
                    .map(|line| Row::Cells(cells(line), None))
                    .collect();
                let flat = Pen {
                    color: false,
                    ..pen
                };
                out.push_str(&table(&rows, 2, &[24, 16, 24], flat));
            }
        }
    }
}

/// The cells of a row; `\|` is a bar of the text.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|');
    let line = line.strip_suffix('|').unwrap_or(line);
    let cells = line.replace("\\|", "\u{1}");
    cells
        .split('|')
        .map(|cell| plain(&cell.replace('\u{1}', "|")).trim().to_string())
        .collect()
}

/// Without bold, without the targets of links.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, after) = rest.split_at(at);
        let opening = before.rfind('[');
        match (opening, after.find(')')) {
            (Some(open), Some(close)) => {
                out.push_str(&before[..open]);
                out.push_str(&before[open + 1..]);
                rest = &after[close + 1..];
            }
            _ => {
                out.push_str(before);
                out.push_str("](");
                rest = &after[2..];
            }
        }
    }
    out.push_str(rest);
    out.replace("**", "")
}
