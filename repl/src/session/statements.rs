//! Statements that take the place of earlier ones: in a session the latest word counts.

use guiju::Input;
use guiju::lang::syntax::{Body, Statement};
use guiju::lang::{FileId, Source, Span, parse};

/// What makes a statement a new version of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Rule(String),
    Declaration(&'static str, String),
}

impl Key {
    fn of(statement: &Statement) -> Option<Key> {
        let declaration = |what, name: &guiju::lang::syntax::Name| {
            Some(Key::Declaration(what, name.text.clone()))
        };
        match &statement.body {
            Body::Rule(rule) => rule.label.as_ref().map(|l| Key::Rule(l.text.clone())),
            Body::Plan { name, .. } => declaration("plan", name),
            Body::Indicator { names, .. } => declaration("indicator", names.first()?),
            Body::Region { name, .. } => declaration("region", name),
            Body::Entity { name, .. } => declaration("entity", name),
            Body::Scale { name, .. } => declaration("scale", name),
            Body::Use { path } => declaration("use", path),
            Body::Table { label, .. } => label.as_ref().map(|l| Key::Rule(l.text.clone())),
            Body::Section { number, .. } => declaration("section", number),
            Body::Unit { name, .. } => declaration("unit", name),
            Body::Define { name, .. } => declaration("define", name),
            Body::Derive { name, .. } => declaration("derive", name),
            Body::Test { name, .. } => declaration("test", name),
            Body::Fact { .. } | Body::Waive { .. } | Body::Priority { .. } => None,
        }
    }

    /// The name that is stated anew.
    pub(super) fn name(&self) -> &str {
        match self {
            Key::Rule(name) | Key::Declaration(_, name) => name,
        }
    }
}

/// The keys of a text's statements.
pub(super) fn keys(text: &str) -> Vec<Key> {
    let parsed = parse(FileId(0), text);
    parsed.file.statements.iter().filter_map(Key::of).collect()
}

/// A statement that gave way: what it stated and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Replaced {
    pub(super) name: String,
    pub(super) place: String,
}

/// Takes the statements with these keys out of a file.
pub(super) fn take_out(input: &mut Input, keys: &[Key]) -> Vec<Replaced> {
    let parsed = parse(FileId(0), &input.text);
    let source = Source::new(input.name.as_str(), input.text.as_str());
    let mut out = Vec::new();
    for statement in &parsed.file.statements {
        if let Some(key) = Key::of(statement).filter(|k| keys.contains(k)) {
            out.push(Replaced {
                name: key.name().to_string(),
                place: place(&source, statement.span),
            });
            blank(&mut input.text, statement.span);
        }
    }
    out
}

/// Takes one statement out of a file, of which a part is given.
pub(super) fn take_out_at(input: &mut Input, part: Span) -> Option<String> {
    let parsed = parse(FileId(0), &input.text);
    let covers = |s: &&Statement| s.span.start <= part.start && part.end <= s.span.end;
    let statement = parsed.file.statements.iter().find(covers)?;
    let source = Source::new(input.name.as_str(), input.text.as_str());
    let at = place(&source, statement.span);
    blank(&mut input.text, statement.span);
    Some(at)
}

fn place(source: &Source, span: Span) -> String {
    format!("{}:{}", source.name, source.position(span.start).line)
}

/// Overwrites a statement with spaces, so that everything else stays where it was.
fn blank(text: &mut String, span: Span) {
    let range = span.start as usize..span.end as usize;
    let Some(old) = text.get(range.clone()) else {
        return;
    };
    let spaces: String = old
        .chars()
        .flat_map(|c| match c {
            '\n' => vec!['\n'],
            c => vec![' '; c.len_utf8()],
        })
        .collect();
    text.replace_range(range, &spaces);
}
