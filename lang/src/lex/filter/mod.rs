//! Raw tokens to grammar tokens: the one place where a word becomes a keyword.
//!
//! The surface reads like a plan, so whether a word is a keyword depends on where it stands. This
//! pass settles that with what is to the left and one token to the right, so that the grammar can
//! be plain LR(1):
//! * kind and declaration words count where a statement opens, field words only in their block;
//! * a comparison, change, time or place word may touch the digit behind it (`截至2025年`);
//! * a name with a colon where a statement may open is a label;
//! * `must`/`should` before a bound is a tier of the rule, elsewhere the force of a statement;
//! * a comma before a keyword is punctuation without meaning;
//! * a literal with 以上/以下/以内 behind it is one token.

mod commas;
mod context;
mod values;
mod words;

use crate::words::{Class, Kw};

use super::raw::{Lexeme, Raw};
use super::token::{LexError, Spanned, Token};

pub(crate) use context::{block_fields, calls_for_operand};

/// Deepest nesting of braces.
const MAX_DEPTH: usize = 200;

/// How far back the start of a line is looked for, in bytes.
const LOOK_BACK: u32 = 4096;

/// Tokens, and where each stands.
pub(crate) struct Tokens<'a> {
    pub(crate) list: Vec<Spanned<'a>>,
    pub(crate) starts: Vec<Start>,
}

/// Where a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Start {
    /// Bytes before it on its line, if it is the first there.
    pub(crate) indent: Option<u32>,
    /// Open braces before it.
    pub(crate) depth: u32,
    /// Can open a statement: kind, declaration, force, label or a future construct.
    pub(crate) opens: bool,
}

pub(super) fn filter<'a>(text: &'a str, raw: &[Lexeme]) -> Tokens<'a> {
    let mut filter = Filter {
        text,
        raw,
        next: 0,
        out: Vec::with_capacity(raw.len()),
        starts: Vec::with_capacity(raw.len()),
        openers: Vec::new(),
        current: Kw::Rate,
        last_line_start: 0,
        scanned: 0,
    };
    filter.run();
    let mut tokens = Tokens {
        list: filter.out,
        starts: filter.starts,
    };
    commas::drop_meaningless(&mut tokens);
    tokens
}

struct Filter<'a, 'r> {
    text: &'a str,
    raw: &'r [Lexeme],
    next: usize,
    out: Vec<Spanned<'a>>,
    starts: Vec<Start>,
    /// What opened each `{`.
    openers: Vec<Kw>,
    /// The statement being read, by its opening keyword.
    current: Kw,
    last_line_start: u32,
    scanned: u32,
}

impl<'a> Filter<'a, '_> {
    fn run(&mut self) {
        // Before the first token lies what an earlier part of the text has dealt with.
        if let Some(&(start, _, _)) = self.raw.first() {
            // On a huge line it is enough to know that the line began long before.
            let mut from = start.saturating_sub(LOOK_BACK);
            while !self.text.is_char_boundary(from as usize) {
                from -= 1;
            }
            let line = self.slice(from, start).rfind('\n');
            self.last_line_start = line.map_or(from, |at| from + at as u32 + 1);
            self.scanned = start;
        }
        while let Some(&(start, raw, end)) = self.raw.get(self.next) {
            self.next += 1;
            match raw {
                None => self.push(start, Token::Bad(LexError::UnknownCharacter), end),
                Some(Raw::Word) => self.word(start, end),
                Some(Raw::Number) => self.number(start, end),
                Some(Raw::YearRange) => self.year_range(start, end),
                Some(Raw::Text) => self.quoted(start, end),
                Some(Raw::UnclosedText) => {
                    self.push(start, Token::Bad(LexError::UnclosedQuote), end);
                }
                Some(Raw::OpenBrace) => {
                    self.openers.push(self.current);
                    let token = if self.openers.len() > MAX_DEPTH {
                        Token::Bad(LexError::TooDeep)
                    } else {
                        Token::OpenBrace
                    };
                    self.push(start, token, end);
                }
                Some(Raw::CloseBrace) => {
                    self.openers.pop();
                    self.push(start, Token::CloseBrace, end);
                }
                Some(symbol) => self.push(start, punctuation(symbol), end),
            }
        }
    }

    fn slice(&self, start: u32, end: u32) -> &'a str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    fn push(&mut self, start: u32, token: Token<'a>, end: u32) {
        // Line starts are found going forward once, never by searching back for each token.
        let between = self.slice(self.scanned, start);
        let broke = between.rfind('\n');
        if let Some(at) = broke {
            self.last_line_start = self.scanned + at as u32 + 1;
        }
        let first_on_line = broke.is_some() || self.out.is_empty();
        self.scanned = end;
        let opens = match token {
            Token::Label(_) => true,
            Token::Word(kw) => {
                matches!(kw.class(), Class::Kind | Class::Declare | Class::Force)
                    || matches!(
                        kw,
                        Kw::ForEach | Kw::ForAtLeast | Kw::ForAtMost | Kw::ForExactly | Kw::ForNo
                    )
            }
            _ => false,
        };
        let depth =
            self.openers.len() - usize::from(token == Token::OpenBrace && !self.openers.is_empty());
        self.starts.push(Start {
            indent: first_on_line.then(|| start - self.last_line_start),
            depth: depth as u32,
            opens,
        });
        if let Token::Word(kw) = token
            && depth == 0
            && matches!(kw.class(), Class::Kind | Class::Declare)
        {
            self.current = kw;
        }
        self.out.push((start, token, end));
    }

    fn last(&self) -> Option<Token<'a>> {
        self.out.last().map(|(_, token, _)| *token)
    }

    fn peek(&self) -> Option<Lexeme> {
        self.raw.get(self.next).copied()
    }

    fn in_block(&self) -> Option<Kw> {
        self.openers.last().copied()
    }
}

fn punctuation(raw: Raw) -> Token<'static> {
    match raw {
        Raw::Colon => Token::Colon,
        Raw::Comma => Token::Comma,
        Raw::Semicolon => Token::Semicolon,
        Raw::Open => Token::Open,
        Raw::Close => Token::Close,
        Raw::Bar => Token::Bar,
        Raw::Range => Token::Range,
        Raw::Ge => Token::Word(Kw::Ge),
        Raw::Le => Token::Word(Kw::Le),
        Raw::Gt => Token::Word(Kw::Gt),
        Raw::Lt => Token::Word(Kw::Lt),
        Raw::Eq => Token::Word(Kw::Eq),
        Raw::Plus => Token::Plus,
        Raw::Minus => Token::Minus,
        Raw::Times => Token::Times,
        Raw::Slash => Token::Slash,
        Raw::Question => Token::Question,
        // A percent sign without its number; the rest never gets here.
        _ => Token::Bad(LexError::UnknownCharacter),
    }
}
