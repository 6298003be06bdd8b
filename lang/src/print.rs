//! The formatter: syntax back to text, in either keyword set.
//!
//! One statement a line; a block on the same line where it is short, else one field a line.
//! Comments stay where they are: before the statement or field they precede, or behind it.

use crate::names::is_cjk;
use crate::parse::Parsed;
use crate::source::Source;
use crate::syntax::{
    Body, Bound, Field, FieldValue, Literal, Name, Operand, Rule, Statement, Tail, Test, When,
};
use crate::words::{Class, Kw, Op, WordSet};

/// Longest line on which a statement and its block stand together, in columns.
const LINE: usize = 100;

/// Formats a parsed file. `words` converts every keyword; `None` keeps each statement's own.
///
/// The file must have parsed without findings: what was not understood is not in the tree.
pub fn file(parsed: &Parsed, source: &Source, words: Option<WordSet>) -> String {
    let mut printer = Printer {
        source,
        comments: &parsed.comments,
        next_comment: 0,
        out: String::new(),
        last_end: 0,
    };
    for statement in &parsed.file.statements {
        printer.comments_before(statement.span.start, "");
        printer.blank_line(statement.span.start);
        printer.statement(statement, words.unwrap_or(statement.words));
        printer.trailing_comment(statement.span.end);
        printer.last_end = statement.span.end;
    }
    printer.comments_before(source.text.len() as u32, "");
    printer.out
}

/// One statement on one line, its block included, without comments.
pub fn statement(statement: &Statement, words: WordSet) -> String {
    let (head, block) = parts(&statement.body, words);
    if block.is_empty() {
        return head;
    }
    let fields: Vec<String> = block.iter().map(|f| field(f, words)).collect();
    let joined = fields.join("  ");
    if head.is_empty() {
        joined
    } else {
        format!("{head} {{ {joined} }}")
    }
}

struct Printer<'a> {
    source: &'a Source,
    comments: &'a [(u32, u32)],
    next_comment: usize,
    out: String,
    last_end: u32,
}

impl Printer<'_> {
    fn slice(&self, start: u32, end: u32) -> &str {
        self.source
            .text
            .get(start as usize..end as usize)
            .unwrap_or("")
    }

    /// Prints the comments that begin before `offset`, each on a line of its own.
    fn comments_before(&mut self, offset: u32, indent: &str) {
        while let Some(&(start, end)) = self.comments.get(self.next_comment) {
            if start >= offset {
                return;
            }
            if indent.is_empty() {
                self.blank_line(start);
            }
            let text = comment(self.slice(start, end));
            self.out.push_str(indent);
            self.out.push_str(&text);
            self.out.push('\n');
            self.last_end = end;
            self.next_comment += 1;
        }
    }

    /// Keeps one empty line where the source had any.
    fn blank_line(&mut self, start: u32) {
        if self.out.is_empty() {
            return;
        }
        let between = self.slice(self.last_end.min(start), start);
        if between.matches('\n').count() > 1 && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A comment on the line on which `end` lies goes behind what was just printed.
    fn trailing_comment(&mut self, end: u32) {
        let Some(&(start, stop)) = self.comments.get(self.next_comment) else {
            return;
        };
        if start < end || self.slice(end, start).contains('\n') {
            return;
        }
        let text = comment(self.slice(start, stop));
        self.out.truncate(self.out.trim_end_matches('\n').len());
        self.out.push_str("  ");
        self.out.push_str(&text);
        self.out.push('\n');
        self.next_comment += 1;
        self.last_end = stop;
    }

    fn statement(&mut self, statement: &Statement, words: WordSet) {
        let (head, block) = parts(&statement.body, words);
        // Comments inside the head would cut it: they go above.
        let head_end = block.first().map_or(statement.span.end, |f| f.span.start);
        if block.is_empty() {
            self.comments_before(statement.span.end, "");
            self.out.push_str(&head);
            self.out.push('\n');
            return;
        }
        let has_comments = self
            .comments
            .get(self.next_comment)
            .is_some_and(|(start, _)| *start < statement.span.end);
        let short = self::statement(statement, words);
        let one_line_in_source = !self.slice(head_end, statement.span.end).contains('\n');
        if !has_comments && one_line_in_source && width(&short) <= LINE {
            self.out.push_str(&short);
            self.out.push('\n');
            return;
        }
        let brace = self
            .slice(statement.span.start, head_end)
            .rfind(['{', '｛']);
        let brace = statement.span.start + brace.unwrap_or(0) as u32;
        self.comments_before(brace, "");
        self.out.push_str(&head);
        self.out.push_str(" {\n");
        self.trailing_comment(brace);
        for item in block {
            self.comments_before(item.span.start, "  ");
            self.out.push_str("  ");
            self.out.push_str(&field(item, words));
            self.out.push('\n');
            self.trailing_comment(item.span.end);
        }
        self.comments_before(statement.span.end, "  ");
        self.out.push_str("}\n");
    }
}

fn comment(text: &str) -> String {
    let text = text.trim_end();
    match text.strip_prefix('＃') {
        Some(rest) => format!("#{rest}"),
        None => text.to_string(),
    }
}

/// Columns a text takes; Han characters take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if is_cjk(c) || ('\u{FF00}'..='\u{FF60}').contains(&c) {
                2
            } else {
                1
            }
        })
        .sum()
}

/// The head of a statement, and its block.
fn parts(body: &Body, words: WordSet) -> (String, &[Field]) {
    let kw = |kw: Kw| kw.spelling(words);
    match body {
        Body::Rule(rule) => (rule_head(rule, words), &rule.block),
        Body::Plan {
            name: plan,
            title,
            block,
        } => {
            let mut head = format!("{} {}", kw(Kw::Plan), name(plan));
            if let Some(title) = title {
                head.push(' ');
                head.push_str(&quoted(&title.text));
            }
            (head, block)
        }
        Body::Indicator { names, block } => {
            (format!("{} {}", kw(Kw::Indicator), list(names)), block)
        }
        Body::Region {
            name: region,
            bracket,
            contains,
            block,
        } => {
            let mut head = format!("{} {}", kw(Kw::Region), name(region));
            if !bracket.is_empty() {
                let inside: Vec<String> = bracket
                    .iter()
                    .map(|w| match &*w.text {
                        "group" => kw(Kw::Group).to_string(),
                        _ => word(w),
                    })
                    .collect();
                head.push_str(&format!(" ({})", inside.join(" ")));
            }
            if !contains.is_empty() {
                head.push_str(&format!(" {} {}", kw(Kw::Contains), list(contains)));
            }
            (head, block)
        }
        Body::Entity {
            name: entity,
            of,
            place,
            block,
        } => {
            let mut head = format!("{} {}", kw(Kw::Entity), name(entity));
            if let Some(of) = of {
                head.push_str(&format!(" : {}", name(of)));
            }
            if let Some(place) = place {
                head.push_str(&format!(" {} {}", kw(Kw::In), name(place)));
            }
            (head, block)
        }
        Body::Scale { name: scale, steps } => {
            let steps: Vec<String> = steps.iter().map(word).collect();
            (
                format!("{} {}: {}", kw(Kw::Scale), name(scale), steps.join(" > ")),
                &[],
            )
        }
        Body::Use { path } => (format!("{} {}", kw(Kw::Use), quoted(&path.text)), &[]),
        Body::Fact {
            indicator,
            value,
            tail,
            block,
        } => {
            let mut head = format!(
                "{} {} = {}",
                kw(Kw::Fact),
                name(indicator),
                operand(value, words)
            );
            for clause in tail {
                head.push(' ');
                head.push_str(&tail_text(clause, words));
            }
            (head, block)
        }
    }
}

fn rule_head(rule: &Rule, words: WordSet) -> String {
    let mut out = String::with_capacity(96);
    if let Some(label) = &rule.label {
        out.push_str(&name(label));
        out.push_str(": ");
    }
    if let Some((force, _)) = rule.force {
        out.push_str(force.keyword().spelling(words));
        out.push(' ');
    }
    out.push_str(rule.kind.0.keyword().spelling(words));
    out.push(' ');
    let crate::syntax::Measure::Indicator(measure) = &rule.measure;
    out.push_str(&name(measure));
    for tail in &rule.tail {
        out.push(' ');
        out.push_str(&tail_text(tail, words));
    }
    out
}

fn tail_text(tail: &Tail, words: WordSet) -> String {
    match tail {
        Tail::Bound(b) => bound(b, words),
        Tail::Time(time) => when(&time.when, words),
        Tail::Place(place) => format!("{} {}", Kw::In.spelling(words), name(place)),
    }
}

fn bound(bound: &Bound, words: WordSet) -> String {
    let test = match &bound.test {
        Test::Compare { op, right, post } => {
            let before = op.map_or(Kw::Ge, |(op, _)| op.keyword());
            let text = format!("{} {}", before.spelling(words), operand(right, words));
            // Words behind the value are kept only where they contradict those before it.
            match post {
                Some((Op::Ge, _)) => format!("{text} {}", Kw::OrMore.spelling(words)),
                Some(_) => format!("{text} {}", Kw::OrLess.spelling(words)),
                None => text,
            }
        }
        Test::Between { lower, upper } => {
            let (a, b) = (operand(lower, words), operand(upper, words));
            match words {
                WordSet::En => format!("between {a} and {b}"),
                WordSet::Zh => format!("介于 {a} 和 {b} 之间"),
            }
        }
    };
    match bound.force {
        Some((force, _)) => format!("{} {test}", force.keyword().spelling(words)),
        None => test,
    }
}

fn when(when: &When, words: WordSet) -> String {
    let kw = |kw: Kw| kw.spelling(words);
    let span = |a: &Literal, b: &Option<Literal>| match b {
        Some(b) => format!("{}..{}", a.text, b.text),
        None => a.text.clone(),
    };
    match when {
        When::In(t) => format!("{} {}", kw(Kw::InTime), t.text),
        When::By(t) => format!("{} {}", kw(Kw::By), t.text),
        When::Before(t) => format!("{} {}", kw(Kw::Before), t.text),
        When::Throughout(a, b) => format!("{} {}", kw(Kw::Throughout), span(a, b)),
        When::Each(word, None) => kw(*word).to_string(),
        When::Each(word, Some((a, b))) => format!("{} {}", kw(*word), span(a, b)),
    }
}

fn operand(operand: &Operand, words: WordSet) -> String {
    match operand {
        Operand::Literal(literal) => literal.text.clone(),
        Operand::Name(n) => bare_or_quoted(&n.text, Place::Value),
        Operand::Word(kw, _) => kw.spelling(words).to_string(),
    }
}

fn field(field: &Field, words: WordSet) -> String {
    let key = field.key.spelling(words);
    let value = match &field.value {
        FieldValue::Nothing => return key.to_string(),
        FieldValue::Names(names) => match field.key {
            Kw::Clause | Kw::Note | Kw::Number | Kw::Source | Kw::Also => names
                .iter()
                .map(|n| quoted(&n.text))
                .collect::<Vec<_>>()
                .join(", "),
            Kw::Nature | Kw::Status | Kw::Assess | Kw::KindField => names
                .first()
                .map_or(String::new(), |n| choice(&n.text, words)),
            Kw::UnitField => names.first().map_or(String::new(), |n| unit(&n.text)),
            _ => names
                .iter()
                .map(|n| bare_or_quoted(&n.text, Place::Block))
                .collect::<Vec<_>>()
                .join(", "),
        },
        FieldValue::Literal(literal) => literal.text.clone(),
        FieldValue::Span(a, b) => format!("{}..{}", a.text, b.text),
        FieldValue::ValueAt(value, None) => value.text.clone(),
        FieldValue::ValueAt(value, Some(at)) => {
            format!("{} {} {}", value.text, Kw::InTime.spelling(words), at.text)
        }
    };
    format!("{key} {value}")
}

/// A choice of a field; the tree holds its English spelling.
fn choice(text: &str, words: WordSet) -> String {
    let kw = Kw::lookup(text)
        .iter()
        .find(|kw| matches!(kw.class(), Class::Choice | Class::Kind));
    kw.map_or_else(|| bare_or_quoted(text, Place::Block), |kw| kw.spelling(words).to_string())
}

fn list(names: &[Name]) -> String {
    names.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Where a name stands: some words are keywords in one place and names in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A measure, a place, a label.
    Name,
    /// A value behind a comparison.
    Value,
    /// In a list inside a block.
    Block,
}

fn name(name: &Name) -> String {
    bare_or_quoted(&name.text, Place::Name)
}

/// A name, or a literal where one may stand for a name.
fn word(name: &Name) -> String {
    if crate::lex::is_literal(&name.text) {
        name.text.clone()
    } else {
        bare_or_quoted(&name.text, Place::Value)
    }
}

/// A unit as a field writes it: `%`, `:1`, `元/生·年`.
fn unit(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "%‰/:·℃°".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_string()
    } else {
        quoted(text)
    }
}

fn bare_or_quoted(text: &str, place: Place) -> String {
    if is_bare(text, place) {
        text.to_string()
    } else {
        quoted(text)
    }
}

/// Whether a name is read back without quotes.
fn is_bare(text: &str, place: Place) -> bool {
    let cjk = !text.is_empty() && text.chars().all(is_cjk);
    if !cjk && !(crate::lex::is_word(text) && !taken_apart(text)) {
        return false;
    }
    Kw::phrases(text).is_empty()
        && Kw::lookup(text).iter().all(|kw| match kw.class() {
            // These count only where a statement or a field opens, or before `of`.
            Class::Kind | Class::Declare | Class::Choice | Class::Aggregate => true,
            Class::Value => place != Place::Value,
            Class::Field => place != Place::Block,
            _ => false,
        })
}

/// `前30`, `截至2025`: a word that the lexer takes apart at its first digit.
fn taken_apart(text: &str) -> bool {
    let Some(digit) = text.find(|c: char| c.is_ascii_digit()) else {
        return false;
    };
    let head = text.get(..digit).unwrap_or("");
    head == "前"
        || Kw::lookup(head).iter().any(|kw| {
            matches!(
                kw.class(),
                Class::Compare | Class::Change | Class::Clause
            )
        })
}

/// Quotes that the text does not hold itself.
fn quoted(text: &str) -> String {
    let pairs = [('"', '"'), ('“', '”'), ('《', '》'), ('「', '」')];
    match pairs.into_iter().find(|(_, close)| !text.contains(*close)) {
        Some((open, close)) => format!("{open}{text}{close}"),
        // All four closing signs in one text: the full-width sign is read as the plain one.
        None => format!("\"{}\"", text.replace('"', "＂")),
    }
}
