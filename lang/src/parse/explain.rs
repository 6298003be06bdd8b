//! Parse errors in human words. The generator's own lists of expected terminals are long and partly
//! impossible; what people get wrong is recognised here by its shape, most telling first.

use lalrpop_util::ParseError as E;

use crate::diag::{Code, Diagnostic};
use crate::lex::{LexError, Spanned, Token, block_fields};
use crate::names::{nearest, nfkc, normalise};
use crate::source::{FileId, Span};
use crate::unit::Quantity;
use crate::words::{Class, Kind, Kw, WordSet};

use super::ParseError;

pub(super) struct Explained {
    pub(super) diagnostic: Diagnostic,
    /// The piece ends inside a statement.
    pub(super) incomplete: bool,
}

/// One finding for a piece that did not parse.
pub(super) fn explain(
    file: FileId,
    text: &str,
    tokens: &[Spanned<'_>],
    error: &ParseError<'_>,
) -> Explained {
    let piece = Piece { file, text, tokens };
    let at = match error {
        E::UnrecognizedToken {
            token: (start, _, _),
            ..
        }
        | E::ExtraToken {
            token: (start, _, _),
        } => tokens.iter().position(|(s, _, _)| s == start),
        _ => None,
    };
    let incomplete = at.is_none();
    let diagnostic = piece
        .bad_token()
        .or_else(|| piece.unclosed_brace(incomplete))
        .or_else(|| piece.future_construct())
        .or_else(|| at.and_then(|at| piece.at_token(at)))
        .unwrap_or_else(|| piece.generic(at));
    let incomplete = incomplete || diagnostic.code == Code::UnclosedBrace;
    Explained {
        diagnostic,
        incomplete,
    }
}

struct Piece<'a, 't> {
    file: FileId,
    text: &'a str,
    tokens: &'t [Spanned<'a>],
}

impl Piece<'_, '_> {
    fn span(&self, i: usize) -> Span {
        let (start, _, end) = self.tokens.get(i).copied().unwrap_or_else(|| {
            let end = self.tokens.last().map_or(0, |(_, _, end)| *end);
            (end, Token::Semicolon, end)
        });
        Span::new(self.file, start, end)
    }

    fn token(&self, i: usize) -> Option<Token<'_>> {
        self.tokens.get(i).map(|(_, t, _)| *t)
    }

    fn before(&self, i: usize) -> Option<Token<'_>> {
        i.checked_sub(1).and_then(|i| self.token(i))
    }

    fn source(&self, i: usize) -> String {
        let span = self.span(i);
        nfkc(
            self.text
                .get(span.start as usize..span.end as usize)
                .unwrap_or(""),
        )
        .into_owned()
    }

    /// A character or quote that is no token explains everything after it.
    fn bad_token(&self) -> Option<Diagnostic> {
        let (i, error) = self
            .tokens
            .iter()
            .enumerate()
            .find_map(|(i, (_, t, _))| match t {
                Token::Bad(error) => Some((i, *error)),
                _ => None,
            })?;
        let span = self.span(i);
        Some(match error {
            LexError::UnknownCharacter => Diagnostic::new(Code::UnknownCharacter, span)
                .with("found", visible(&self.source(i))),
            LexError::UnclosedQuote => Diagnostic::new(Code::UnclosedQuote, span),
            LexError::TooDeep => Diagnostic::new(Code::TooDeep, span),
        })
    }

    fn unclosed_brace(&self, at_end: bool) -> Option<Diagnostic> {
        let mut open = Vec::new();
        for (i, (_, token, _)) in self.tokens.iter().enumerate() {
            match token {
                Token::OpenBrace => open.push(i),
                Token::CloseBrace => {
                    open.pop();
                }
                _ => {}
            }
        }
        let first = *open.first()?;
        (at_end || !open.is_empty()).then(|| Diagnostic::new(Code::UnclosedBrace, self.span(first)))
    }

    /// Words of constructs that this version reads but cannot decide.
    fn future_construct(&self) -> Option<Diagnostic> {
        let i = self.tokens.iter().position(|(_, t, _)| is_future(*t))?;
        Some(Diagnostic::new(Code::NotYet, self.span(i)).with("found", self.source(i)))
    }

    fn at_token(&self, at: usize) -> Option<Diagnostic> {
        let token = self.token(at)?;
        match token {
            Token::Name(_) => self.at_name(at),
            Token::Literal(_) => self.at_literal(at),
            Token::Word(kw) => self.at_word(at, kw),
            _ => None,
        }
        .or_else(|| self.missing_value(at))
        .or_else(|| self.misspelt_near(at))
    }

    /// An unexpected name: a misspelt keyword, a detached unit, a keyword run into a name.
    fn at_name(&self, at: usize) -> Option<Diagnostic> {
        let found = self.source(at);
        let span = self.span(at);
        if let Some(field) = self.unknown_field(at, &found) {
            return Some(field);
        }
        let opening = at == 0
            || matches!(
                self.before(at),
                Some(Token::Semicolon | Token::Label(_) | Token::CloseBrace)
            );
        let class_fits = |kw: &Kw| {
            let opens = matches!(kw.class(), Class::Kind | Class::Declare | Class::Force);
            opens == opening
                && !matches!(
                    kw.class(),
                    Class::Field | Class::Value | Class::Choice | Class::Aggregate
                )
        };
        if let Some(Token::Literal(number)) = self.before(at)
            && let Ok(quantity) = Quantity::parse(&format!("{}{found}", nfkc(number)))
            && Quantity::parse(&nfkc(number)).is_ok()
            && nearest_keyword(&found, class_fits).is_none()
        {
            let joined = format!("{}{found}", nfkc(number));
            let both = self.span(at - 1).to(span);
            let _ = quantity;
            return Some(
                Diagnostic::new(Code::DetachedUnit, both)
                    .with("fixed", &joined)
                    .fixed_by(both, joined),
            );
        }
        if let Some((word, rest)) = run_together(&found, class_fits) {
            let fixed = format!("{word} {rest}");
            return Some(
                Diagnostic::new(Code::RunTogether, span)
                    .with("found", &found)
                    .with("word", word)
                    .with("rest", rest)
                    .fixed_by(span, fixed),
            );
        }
        if let Some(near) = nearest_keyword(&found, class_fits) {
            return Some(
                Diagnostic::new(Code::MisspeltWord, span)
                    .with("found", &found)
                    .with("nearest", near)
                    .fixed_by(span, near),
            );
        }
        if opening && self.has_comparison() {
            let kind = self
                .fitting_kind()
                .map(|kind| kind.keyword().spelling(word_set(&found)));
            return Some(
                Diagnostic::new(Code::MissingKind, span)
                    .with("found", found)
                    .with_some("kind", kind),
            );
        }
        None
    }

    /// A word where a field of a block belongs.
    fn unknown_field(&self, at: usize, found: &str) -> Option<Diagnostic> {
        let open = self
            .tokens
            .get(..at)?
            .iter()
            .rposition(|(_, t, _)| *t == Token::OpenBrace)?;
        if self
            .tokens
            .get(open..at)?
            .iter()
            .any(|(_, t, _)| *t == Token::CloseBrace)
        {
            return None;
        }
        let opener = self
            .tokens
            .get(..open)?
            .iter()
            .rev()
            .find_map(|(_, t, _)| match t {
                Token::Word(kw) if matches!(kw.class(), Class::Kind | Class::Declare) => Some(*kw),
                _ => None,
            })?;
        let fields = block_fields(opener);
        let set = word_set(found);
        let expected: Vec<_> = fields.iter().map(|kw| kw.spelling(set)).collect();
        let near = nearest(found, fields.iter().flat_map(|kw| kw.spellings()));
        let mut finding = Diagnostic::new(Code::UnknownField, self.span(at))
            .with("found", found)
            .with_some("nearest", near)
            .with("expected", expected.join(set_separator(set)));
        if let Some(near) = near {
            finding = finding.fixed_by(self.span(at), near);
        }
        Some(finding)
    }

    fn at_literal(&self, at: usize) -> Option<Diagnostic> {
        let value = self.source(at);
        let span = self.span(at);
        match self.before(at) {
            Some(Token::Comma) if value.bytes().take(3).all(|b| b.is_ascii_digit()) => {
                let head = at.checked_sub(2)?;
                let Some(Token::Literal(first)) = self.token(head) else {
                    return None;
                };
                let both = self.span(head).to(span);
                let fixed = format!("{}{value}", nfkc(first));
                Some(
                    Diagnostic::new(Code::ThousandsComma, both)
                        .with("fixed", &fixed)
                        .fixed_by(both, fixed),
                )
            }
            Some(Token::Word(kw))
                if matches!(kw.class(), Class::Kind)
                    || matches!(kw, Kw::Indicator | Kw::Fact | Kw::Region) =>
            {
                Some(
                    Diagnostic::new(Code::NameStartsWithDigit, span)
                        .with("found", &value)
                        .fixed_by(span, format!("\"{value}\"")),
                )
            }
            Some(Token::Name(word)) => {
                let word = nfkc(word).into_owned();
                let clause = |kw: &Kw| matches!(kw.class(), Class::Clause | Class::Compare);
                if let Some(near) = nearest_keyword(&word, clause) {
                    let span = self.span(at - 1);
                    return Some(
                        Diagnostic::new(Code::MisspeltWord, span)
                            .with("found", &word)
                            .with("nearest", near)
                            .fixed_by(span, near),
                    );
                }
                Some(Diagnostic::new(Code::MissingComparison, span).with("value", value))
            }
            Some(Token::Quoted(_)) => {
                Some(Diagnostic::new(Code::MissingComparison, span).with("value", value))
            }
            _ => None,
        }
    }

    /// A keyword where something else belongs.
    fn at_word(&self, at: usize, kw: Kw) -> Option<Diagnostic> {
        let before = self.before(at);
        let wants_name = matches!(
            before,
            Some(Token::Word(b)) if matches!(b.class(), Class::Kind | Class::Declare) || matches!(b, Kw::Contains)
        );
        if wants_name && !matches!(kw.class(), Class::Compare) {
            let found = self.source(at);
            return Some(
                Diagnostic::new(Code::KeywordAsName, self.span(at))
                    .with("found", &found)
                    .fixed_by(self.span(at), format!("\"{found}\"")),
            );
        }
        None
    }

    /// `>=` or `by` with nothing behind it.
    fn missing_value(&self, at: usize) -> Option<Diagnostic> {
        let Some(Token::Word(kw)) = self.before(at) else {
            return None;
        };
        let wants = matches!(kw.class(), Class::Compare | Class::Field)
            || matches!(kw, Kw::By | Kw::In | Kw::Before | Kw::Throughout);
        wants.then(|| {
            Diagnostic::new(Code::MissingValue, self.span(at - 1)).with("word", self.source(at - 1))
        })
    }

    /// The word before may be the misspelt one: `bye 2025`, `inn 昆明`.
    fn misspelt_near(&self, at: usize) -> Option<Diagnostic> {
        let before = at.checked_sub(1)?;
        if !matches!(self.token(before), Some(Token::Name(_))) {
            return None;
        }
        let found = self.source(before);
        let near = nearest_keyword(&found, |kw| {
            !matches!(kw.class(), Class::Value | Class::Choice | Class::Aggregate)
        })?;
        let span = self.span(before);
        Some(
            Diagnostic::new(Code::MisspeltWord, span)
                .with("found", &found)
                .with("nearest", near)
                .fixed_by(span, near),
        )
    }

    fn has_comparison(&self) -> bool {
        self.tokens.iter().any(|(_, t, _)| match t {
            Token::Word(kw) => kw.class() == Class::Compare,
            Token::PostLiteral(..) => true,
            _ => false,
        })
    }

    /// The kind that the first value's unit would have.
    fn fitting_kind(&self) -> Option<Kind> {
        self.tokens.iter().find_map(|(_, t, _)| match t {
            Token::Literal(text) | Token::PostLiteral(text, _) => {
                let quantity = Quantity::parse(&nfkc(text)).ok()?;
                crate::kinds::fitting(&quantity.unit)
            }
            _ => None,
        })
    }

    fn generic(&self, at: Option<usize>) -> Diagnostic {
        let Some(at) = at else {
            let last = self.tokens.len().saturating_sub(1);
            if let Some(missing) = self.missing_value(self.tokens.len()) {
                return missing;
            }
            let (after, expected) = state(self.token(last));
            return Diagnostic::new(Code::EndsTooEarly, self.span(last))
                .with("after", after)
                .with("expected", expected);
        };
        let (after, expected) = state(self.before(at));
        let found = match self.source(at) {
            text if text.trim().is_empty() => "…".to_string(),
            text => format!("`{text}`"),
        };
        Diagnostic::new(Code::Unexpected, self.span(at))
            .with("found", found)
            .with("after", after)
            .with("expected", expected)
    }
}

/// What was read last, and what may come now; both languages read these, so they are words of the
/// language itself.
fn state(before: Option<Token<'_>>) -> (String, String) {
    let say = |a: &str, b: &str| (a.to_string(), b.to_string());
    match before {
        None | Some(Token::Semicolon | Token::CloseBrace) => {
            say("`;`", "`rate …` `count …` `plan …` `fact …`")
        }
        Some(Token::Label(text)) => (
            format!("`{}:`", normalise(text)),
            "`must` `should` `rate …` `count …`".to_string(),
        ),
        Some(Token::Word(kw)) => {
            let word = kw.spelling(WordSet::En);
            let expected = match kw.class() {
                Class::Kind => "`九年义务教育巩固率 …`",
                Class::Compare => "`98%` `165所` `1500元/生·年`",
                Class::Force => "`rate …` `>= 98%`",
                Class::Declare => "`\"…\"`",
                _ => "`2025` `2023..2025` `昆明`",
            };
            (format!("`{word}`"), expected.to_string())
        }
        Some(Token::Name(text) | Token::Quoted(text)) => (
            format!("`{}`", normalise(text)),
            "`>=` `<=` `between` `by` `in` `{`".to_string(),
        ),
        Some(Token::Literal(text) | Token::PostLiteral(text, _)) => (
            format!("`{}`", nfkc(text)),
            "`by` `in` `throughout` `each year` `{`".to_string(),
        ),
        Some(Token::Comma) => say("`,`", "`昆明`"),
        _ => say("…", "`by` `in` `{`"),
    }
}

fn is_future(token: Token<'_>) -> bool {
    match token {
        Token::Question | Token::Bar | Token::Plus | Token::Times | Token::Slash => true,
        Token::Word(kw) => match kw.class() {
            Class::Change | Class::Aggregate => true,
            Class::Declare => matches!(
                kw,
                Kw::Section
                    | Kw::Table
                    | Kw::Test
                    | Kw::Expect
                    | Kw::Define
                    | Kw::Derive
                    | Kw::Waive
                    | Kw::When
                    | Kw::UnitDecl
            ),
            Class::Clause => !matches!(
                kw,
                Kw::By
                    | Kw::Before
                    | Kw::In
                    | Kw::Throughout
                    | Kw::To
                    | Kw::EachYear
                    | Kw::EachSchoolYear
                    | Kw::EachHalf
                    | Kw::EachQuarter
                    | Kw::EachMonth
            ),
            Class::Logic => !matches!(kw, Kw::And),
            _ => matches!(kw, Kw::Total | Kw::About | Kw::May),
        },
        _ => false,
    }
}

fn nearest_keyword(found: &str, fits: impl Fn(&Kw) -> bool) -> Option<&'static str> {
    // One word of a phrase is not an offer: `each` alone would not parse either.
    let candidates = Kw::ALL
        .iter()
        .filter(|kw| fits(kw))
        .flat_map(|kw| kw.spellings())
        .filter(|w| !w.is_empty());
    nearest(found, candidates)
}

/// `在昆明`: a Chinese keyword with a name behind it.
fn run_together(found: &str, fits: impl Fn(&Kw) -> bool) -> Option<(&'static str, &str)> {
    Kw::ALL
        .iter()
        .filter(|kw| fits(kw))
        .flat_map(|kw| kw.spellings())
        .filter(|word| !word.is_ascii())
        .filter_map(|word| found.strip_prefix(word).map(|rest| (word, rest)))
        .filter(|(_, rest)| rest.chars().count() >= 2)
        .max_by_key(|(word, _)| word.len())
}

fn word_set(found: &str) -> WordSet {
    if found.is_ascii() {
        WordSet::En
    } else {
        WordSet::Zh
    }
}

fn set_separator(set: WordSet) -> &'static str {
    match set {
        WordSet::En => ", ",
        WordSet::Zh => "、",
    }
}

/// An invisible character is shown by its code.
fn visible(text: &str) -> String {
    text.chars()
        .take(8)
        .map(|c| {
            if c.is_control() || c.is_whitespace() || ('\u{200B}'..='\u{200F}').contains(&c) {
                format!("U+{:04X}", c as u32)
            } else {
                c.to_string()
            }
        })
        .collect()
}
