//! Diagnostics as values: a code, marked spans and arguments. Wording in two languages is the table
//! in `codes`; drawing is `report` and whoever holds a terminal.

mod codes;
mod report;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use codes::Code;
pub use report::{Report, SourceText};

use crate::source::{Sources, Span};
use crate::words::{Kind, WordSet};

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Picks the text of this language.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is evaluated.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which finding.
    pub code: Code,
    /// Marked places, the main one first.
    pub labels: Vec<Span>,
    /// Named arguments of the message templates.
    pub args: Vec<(&'static str, String)>,
    /// Named arguments that read differently in Chinese and English.
    pub words: Vec<(&'static str, String, String)>,
    /// Edits that would mend it.
    pub fixes: Vec<Edit>,
}

/// A replacement of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

impl Diagnostic {
    /// A finding at one place.
    pub fn new(code: Code, span: Span) -> Diagnostic {
        Diagnostic {
            code,
            labels: vec![span],
            args: Vec::new(),
            words: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// A finding about input that has no span (a facts file, a configuration).
    pub fn unplaced(code: Code) -> Diagnostic {
        Diagnostic {
            code,
            labels: Vec::new(),
            args: Vec::new(),
            words: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Adds an argument of the templates.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Diagnostic {
        self.args.push((name, value.to_string()));
        self
    }

    /// Adds an argument that reads differently in Chinese and English.
    #[must_use]
    pub fn with_words(
        mut self,
        name: &'static str,
        zh: impl ToString,
        en: impl ToString,
    ) -> Diagnostic {
        self.words.push((name, zh.to_string(), en.to_string()));
        self
    }

    /// Adds an argument if there is one.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl ToString>) -> Diagnostic {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Marks another place.
    #[must_use]
    pub fn and_at(mut self, span: Span) -> Diagnostic {
        self.labels.push(span);
        self
    }

    /// Adds an edit that would mend it.
    #[must_use]
    pub fn fixed_by(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.fixes.push(Edit {
            span,
            text: text.into(),
        });
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The sentence, without line break or final period.
    pub fn message(&self, lang: Lang) -> String {
        let (zh, en) = self.code.message();
        self.fill(lang.pick(zh, en), lang)
            .unwrap_or_else(|| lang.pick(zh, en).to_string())
    }

    /// What the main place is marked with.
    pub fn label(&self, lang: Lang) -> Option<String> {
        let (zh, en) = self.code.label();
        self.fill(lang.pick(zh, en), lang).filter(|s| !s.is_empty())
    }

    /// What further places are marked with.
    pub fn other_label(&self, lang: Lang) -> Option<String> {
        let (zh, en) = self.code.other();
        self.fill(lang.pick(zh, en), lang).filter(|s| !s.is_empty())
    }

    /// What to write instead: the first help whose arguments are all known.
    pub fn help(&self, lang: Lang) -> Option<String> {
        self.code
            .helps()
            .iter()
            .find_map(|(zh, en)| self.fill(lang.pick(zh, en), lang))
    }

    fn fill(&self, template: &str, lang: Lang) -> Option<String> {
        fill_with(template, |name| self.argument(name, lang))
    }

    /// An argument in a language. Kinds are held by their English keyword: Chinese messages show
    /// the Chinese one, and `{akind}` is the English one with its article.
    fn argument(&self, name: &str, lang: Lang) -> Option<Cow<'_, str>> {
        if let Some((_, zh, en)) = self.words.iter().find(|(n, _, _)| *n == name) {
            return Some(lang.pick(zh, en).into());
        }
        let (name, article) = match name {
            "akind" => ("kind", true),
            "adeclared" => ("declared", true),
            "aother" => ("other", true),
            name => (name, false),
        };
        let (_, value) = self.args.iter().find(|(n, _)| *n == name)?;
        let kind = match name {
            "kind" | "declared" | "other" => Kind::ALL.iter().find(|k| k.name() == value),
            _ => None,
        };
        Some(match (kind, lang) {
            (Some(kind), Lang::Zh) => kind.keyword().spelling(WordSet::Zh).into(),
            (Some(Kind::Amount), Lang::En) if article => format!("an {value}").into(),
            (Some(_), Lang::En) if article => format!("a {value}").into(),
            _ => value.into(),
        })
    }
}

/// Fills the `{name}` places of a template; `None` if an argument is missing. Braces around
/// anything but a lower-case word stand for themselves.
pub fn fill(template: &str, args: &[(&'static str, String)]) -> Option<String> {
    fill_with(template, |name| {
        let (_, value) = args.iter().find(|(n, _)| *n == name)?;
        Some(value.into())
    })
}

fn fill_with<'a>(
    template: &str,
    argument: impl Fn(&str) -> Option<Cow<'a, str>>,
) -> Option<String> {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let name_end = after.find('}').unwrap_or(0);
        let name = after.get(1..name_end).unwrap_or("");
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase()) {
            out.push('{');
            rest = after.get(1..).unwrap_or("");
            continue;
        }
        out.push_str(&argument(name)?);
        rest = after.get(name_end + 1..)?;
    }
    out.push_str(rest);
    Some(out)
}

/// Sorts findings by place, and drops repeats.
pub fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.labels.first().copied(), d.code);
        key(a).cmp(&key(b))
    });
    diagnostics.dedup();
}

/// Whether any finding is an error.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity() == Severity::Error)
}

/// A one-line form: `file:line:column: message [code]`.
pub fn one_line(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let message = diagnostic.message(lang);
    let place = diagnostic.labels.first().map_or(String::new(), |span| {
        let (name, at) = sources.locate(*span);
        format!("{name}:{}:{}: ", at.line, at.column)
    });
    format!("{place}{message} [{}]", diagnostic.code)
}
