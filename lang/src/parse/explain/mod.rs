//! Parse errors in human words. The generator's own lists of expected terminals are long and partly
//! impossible; what people get wrong is recognised here by its shape, most telling first.
//!
//! Everything is said about the place where the parser stopped: what stands there, what stands
//! before it, and which statement it belongs to. Each helper answers `None` if the mistake is not
//! of its kind.

mod blocks;
mod names;
mod opening;
mod scope;
mod signs;
mod suggest;
mod tests;
mod values;

use lalrpop_util::ParseError as E;

use crate::diag::{Code, Diagnostic};
use crate::lex::{LexError, Spanned, Token};
use crate::names::{nfkc, normalise};
use crate::source::{FileId, Span};
use crate::words::{Class, Kw, WordSet};

use super::ParseError;

pub(super) struct Explained {
    pub(super) diagnostic: Diagnostic,
    /// The piece ends inside a statement.
    pub(super) incomplete: bool,
}

/// Where the parser stopped; `None` at the end.
pub(super) fn error_offset(error: &ParseError<'_>) -> Option<u32> {
    match error {
        E::UnrecognizedToken {
            token: (start, _, _),
            ..
        }
        | E::ExtraToken {
            token: (start, _, _),
        } => Some(*start),
        _ => None,
    }
}

/// One finding for a piece that did not parse.
pub(super) fn explain(
    file: FileId,
    text: &str,
    tokens: &[Spanned<'_>],
    error: &ParseError<'_>,
) -> Explained {
    let at = error_offset(error)
        .and_then(|offset| tokens.iter().position(|(start, _, _)| *start == offset));
    let piece = Piece {
        file,
        text,
        tokens,
        at: at.unwrap_or(tokens.len()),
    };
    let diagnostic = piece
        .lexical()
        .or_else(|| piece.opening())
        .or_else(|| piece.unclosed_brace())
        .or_else(|| piece.in_test())
        .or_else(|| piece.in_block())
        .or_else(|| piece.begun_otherwise())
        .or_else(|| piece.sign())
        .or_else(|| piece.habit())
        .or_else(|| piece.keyword_as_name())
        .or_else(|| piece.bare_filter())
        .or_else(|| piece.literal())
        .or_else(|| piece.name())
        .or_else(|| piece.missing_value())
        .or_else(|| piece.unexpected())
        .unwrap_or_else(|| piece.ends_too_early());
    let incomplete = at.is_none() || diagnostic.code == Code::UnclosedBrace;
    Explained {
        diagnostic,
        incomplete,
    }
}

/// The tokens of a statement (or what is left of one), and where the parser stopped.
struct Piece<'a, 't> {
    file: FileId,
    text: &'a str,
    tokens: &'t [Spanned<'a>],
    at: usize,
}

impl<'a> Piece<'a, '_> {
    // ── looking around ───────────────────────────────────────────────────────────────────────

    fn span(&self, i: usize) -> Span {
        let (start, _, end) = self.tokens.get(i).copied().unwrap_or_else(|| {
            let end = self.tokens.last().map_or(0, |(_, _, end)| *end);
            (end, Token::Semicolon, end)
        });
        Span::new(self.file, start, end)
    }

    fn token(&self, i: usize) -> Option<Token<'a>> {
        self.tokens.get(i).map(|(_, t, _)| *t)
    }

    fn here(&self) -> Option<Token<'a>> {
        self.token(self.at)
    }

    /// The token `back` places before the one where the parser stopped.
    fn before(&self, back: usize) -> Option<Token<'a>> {
        self.at.checked_sub(back).and_then(|i| self.token(i))
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// The text of a token after NFKC.
    fn source(&self, i: usize) -> String {
        nfkc(self.slice(self.span(i))).into_owned()
    }

    /// Whether token `i` touches the next one.
    fn touches_next(&self, i: usize) -> bool {
        i + 1 < self.tokens.len() && self.span(i).end == self.span(i + 1).start
    }

    /// The first and last of the tokens around `i` that stand together without space, braces and
    /// list signs apart.
    fn run(&self, i: usize) -> (usize, usize) {
        let joins = |i: usize| {
            !matches!(
                self.token(i),
                Some(Token::OpenBrace | Token::CloseBrace | Token::Comma | Token::Semicolon)
            )
        };
        let (mut first, mut last) = (i, i);
        while first > 0 && joins(first - 1) && self.touches_next(first - 1) {
            first -= 1;
        }
        while joins(last + 1) && self.touches_next(last) {
            last += 1;
        }
        (first, last)
    }

    /// Where the statement begins in which the parser stopped.
    fn begin(&self) -> usize {
        let opens = |t: &Token<'_>| match t {
            Token::Word(kw) => matches!(kw.class(), Class::Kind | Class::Declare),
            _ => false,
        };
        let before = self.tokens.get(..self.at).unwrap_or(&[]);
        before.iter().rposition(|(_, t, _)| opens(t)).unwrap_or(0)
    }

    /// The keyword that opens the statement.
    fn opener(&self) -> Option<Kw> {
        match self.token(self.begin()) {
            Some(Token::Word(kw)) if matches!(kw.class(), Class::Kind | Class::Declare) => Some(kw),
            _ => None,
        }
    }

    /// Whether the statement has had a token of this sort before the parser stopped.
    fn had(&self, sort: impl Fn(Token<'_>) -> bool) -> bool {
        let own = self.tokens.get(self.begin()..self.at).unwrap_or(&[]);
        own.iter().any(|(_, t, _)| sort(*t))
    }

    fn had_bound(&self) -> bool {
        self.had(|t| match t {
            Token::PostLiteral(..) => true,
            Token::Word(kw) => kw.class() == Class::Compare,
            _ => false,
        })
    }

    /// The keyword set of the statement, by its first keyword; `None` if there is none or it is
    /// a sign.
    fn written_in(&self) -> Option<WordSet> {
        self.tokens.iter().enumerate().find_map(|(i, (_, t, _))| {
            let word = match t {
                Token::Word(_) | Token::TierMust | Token::TierShould => self.source(i),
                _ => return None,
            };
            if !word.is_ascii() {
                Some(WordSet::Zh)
            } else if word.starts_with(|c: char| c.is_ascii_alphabetic()) {
                Some(WordSet::En)
            } else {
                None
            }
        })
    }

    /// How a keyword is written in this statement.
    fn spelling(&self, kw: Kw) -> &'static str {
        kw.spelling(self.written_in().unwrap_or(WordSet::En))
    }

    // ── the last resorts ─────────────────────────────────────────────────────────────────────

    /// A quote that hides the rest of its line, or braces nested beyond all need.
    fn lexical(&self) -> Option<Diagnostic> {
        let Some(Token::Bad(error)) = self.here() else {
            return None;
        };
        let span = self.span(self.at);
        match error {
            LexError::UnknownCharacter => None,
            LexError::UnclosedQuote => {
                let open = self.slice(span).chars().next().unwrap_or('"');
                let closing = match open {
                    '“' => '”',
                    '《' => '》',
                    '「' => '」',
                    other => other,
                };
                let mark = Span::new(self.file, span.start, span.start + open.len_utf8() as u32);
                Some(Diagnostic::new(Code::UnclosedQuote, mark).with("closing", closing))
            }
            LexError::BodyMissing => Some(Diagnostic::new(Code::BodyMissing, span)),
            LexError::OpenRow => Some(Diagnostic::new(Code::OpenRow, span)),
            LexError::TooDeep => Some(Diagnostic::new(Code::TooDeep, span)),
        }
    }

    fn unclosed_brace(&self) -> Option<Diagnostic> {
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
        (first < self.at).then(|| Diagnostic::new(Code::UnclosedBrace, self.span(first)))
    }

    fn unexpected(&self) -> Option<Diagnostic> {
        self.here()?;
        let found = match self.source(self.at) {
            text if text.trim().is_empty() => "…".to_string(),
            text => format!("`{text}`"),
        };
        let finding = Diagnostic::new(Code::Unexpected, self.span(self.at)).with("found", found);
        Some(self.with_state(finding, self.before(1)))
    }

    fn ends_too_early(&self) -> Diagnostic {
        let last = self.tokens.len().saturating_sub(1);
        if self.token(last) == Some(Token::BodyColon) {
            return Diagnostic::new(Code::BodyMissing, self.span(last));
        }
        let finding = Diagnostic::new(Code::EndsTooEarly, self.span(last));
        self.with_state(finding, self.token(last))
    }

    /// What was read last, and what may come now, in words of the language.
    fn with_state(&self, finding: Diagnostic, before: Option<Token<'_>>) -> Diagnostic {
        let list = |words: &[Kw]| {
            let words: Vec<_> = words
                .iter()
                .map(|kw| format!("`{}`", self.spelling(*kw)))
                .collect();
            words.join(" ")
        };
        let tail = [Kw::By, Kw::In, Kw::Throughout, Kw::EachYear];
        let (after, expected) = match before {
            Some(Token::Label(text)) => (
                format!("{}:", normalise(text)),
                list(&[Kw::Must, Kw::Should, Kw::Rate, Kw::Count]),
            ),
            Some(Token::Word(kw)) => {
                let expected = match kw.class() {
                    Class::Force => list(&[Kw::Rate, Kw::Count, Kw::Milestone]),
                    Class::Value => list(&tail),
                    _ => match self.operand_after(kw) {
                        Some(operand) => format!("`{}`", operand.sample),
                        None => return finding,
                    },
                };
                (self.spelling(kw).to_string(), expected)
            }
            Some(Token::Name(text) | Token::Quoted(text)) => {
                let words: &[Kw] = match self.opener() {
                    Some(Kw::Fact) if self.had_bound() => &[Kw::In],
                    Some(Kw::Fact) => &[Kw::Eq],
                    Some(Kw::Region) => &[Kw::Contains],
                    Some(kw) if kw.class() == Class::Declare => &[],
                    _ if self.had_bound() => &tail,
                    _ => &[Kw::Ge, Kw::Le, Kw::Between, Kw::By, Kw::In],
                };
                if words.is_empty() {
                    (normalise(text).into_owned(), "`{`".to_string())
                } else {
                    (
                        normalise(text).into_owned(),
                        format!("{} `{{`", list(words)),
                    )
                }
            }
            Some(Token::Literal(text) | Token::PostLiteral(text, _)) => {
                let words: &[Kw] = match self.opener() {
                    Some(Kw::Fact) => &[Kw::In],
                    _ if self.had_bound() => &tail,
                    _ => &[Kw::Ge, Kw::Le, Kw::Between, Kw::In],
                };
                (nfkc(text).into_owned(), format!("{} `{{`", list(words)))
            }
            _ => return finding,
        };
        finding
            .with("after", format!("`{after}`"))
            .with("expected", expected)
    }
}
