//! Raw tokens to grammar tokens: the one place where a word becomes a keyword.
//!
//! The surface reads like a plan, so whether a word is a keyword depends on where it stands. This
//! pass settles that with what is to the left and a token or two to the right, so that the grammar
//! can be plain LR(1):
//! * kind and declaration words count where a statement or a body opens, field words only in their
//!   block;
//! * a comparison, change, time or place word may touch the digit behind it (`截至2025年`);
//! * a name with a colon where a statement may open is a label; behind a quantifier the colon opens
//!   its body;
//! * `must`/`should` before a bound is a tier of the rule, elsewhere the force of a statement;
//! * a comma before a keyword is punctuation without meaning, before a second bound it heads a
//!   requirement of its own;
//! * `in` behind the name of a set, and `in` with a time inside a condition, are tokens of their own;
//! * a table row is one line between its first and its last bar;
//! * a literal with 以上/以下/以内 behind it is one token.

mod commas;
mod context;
mod rows;
mod state;
mod values;
mod words;

use crate::words::{Class, Kw};

use super::raw::{Lexeme, Raw};
use super::token::{LexError, Spanned, Token};

pub(crate) use context::{block_fields, calls_for_operand};

/// Deepest nesting of braces and brackets.
const MAX_DEPTH: usize = 200;

/// Longest run of operators in one statement: trees are walked recursively.
const MAX_OPERATORS: usize = 500;

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
    /// Can open a statement: kind, declaration, force, quantifier, condition or label.
    pub(crate) opens: bool,
}

/// What a `{` opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opener {
    /// The fields of a statement.
    Block(Kw),
    /// Statements of a test.
    Test,
    /// Requirements, of which some must hold.
    Claims,
    /// Rows.
    Table,
    /// The names of `in {…}`.
    Names,
}

pub(super) fn filter<'a>(text: &'a str, raw: &[Lexeme]) -> Tokens<'a> {
    let mut filter = Filter {
        text,
        raw,
        next: 0,
        out: Vec::with_capacity(raw.len()),
        starts: Vec::with_capacity(raw.len()),
        openers: Vec::new(),
        brackets: 0,
        operators: 0,
        current: Kw::Rate,
        quantifier: false,
        condition: false,
        condition_until: None,
        in_aggregate: false,
        set_filters: Vec::new(),
        deriving: false,
        row_end: 0,
        last_line_start: 0,
        scanned: 0,
    };
    filter.run();
    let mut tokens = Tokens {
        list: filter.out,
        starts: filter.starts,
    };
    commas::settle(&mut tokens);
    tokens
}

struct Filter<'a, 'r> {
    text: &'a str,
    raw: &'r [Lexeme],
    next: usize,
    out: Vec<Spanned<'a>>,
    starts: Vec<Start>,
    /// What opened each `{`.
    openers: Vec<Opener>,
    /// Open round brackets of the statement.
    brackets: usize,
    /// Operators of the statement so far.
    operators: usize,
    /// The statement being read, by its opening keyword.
    current: Kw,
    /// A quantifier is being read: the next colon opens its body.
    quantifier: bool,
    /// A condition is being read.
    condition: bool,
    /// The open brackets outside which the condition ends: `where (…)` of an aggregate.
    condition_until: Option<usize>,
    /// The set of an aggregate is being read.
    in_aggregate: bool,
    /// The open brackets around each `where (…)` of an aggregate whose filter is being read.
    set_filters: Vec<usize>,
    /// The set of a `derive` is being read: its `when` is still to come.
    deriving: bool,
    /// Where the last bar of the row that is being read stands.
    row_end: u32,
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
                Some(Raw::OpenBrace) => self.open_brace(start, end),
                Some(Raw::CloseBrace) => {
                    let state = (self.quantifier, self.condition, self.operators);
                    let names = self.openers.pop() == Some(Opener::Names);
                    self.push(start, Token::CloseBrace, end);
                    if names {
                        // `in {…}` is part of a condition that goes on.
                        (self.quantifier, self.condition, self.operators) = state;
                    }
                }
                Some(Raw::Colon) => self.colon(start, end),
                Some(Raw::Bar) => self.bar(start, end),
                Some(Raw::Percent) if self.in_row(start) => {
                    self.push(start, Token::Literal(self.slice(start, end)), end);
                }
                Some(symbol) => self.symbol(start, symbol, end),
            }
        }
    }

    fn open_brace(&mut self, start: u32, end: u32) {
        let opener = match (self.last(), self.current) {
            (Some(Token::Word(Kw::OneOf)), _) => Opener::Names,
            (Some(Token::Word(Kw::Of | Kw::AllOf | Kw::AnyOf)), _) => Opener::Claims,
            (_, Kw::Test) if self.openers.is_empty() => Opener::Test,
            (_, Kw::Table) => Opener::Table,
            (_, current) => Opener::Block(current),
        };
        self.openers.push(opener);
        let token = if self.openers.len() > MAX_DEPTH {
            Token::Bad(LexError::TooDeep)
        } else {
            Token::OpenBrace
        };
        self.push(start, token, end);
    }

    /// A colon opens the body of a quantifier, or stands behind a name of a declaration.
    fn colon(&mut self, start: u32, end: u32) {
        if self.quantifier && self.brackets == 0 {
            self.quantifier = false;
            self.condition = false;
            self.push(start, Token::BodyColon, end);
            self.body_follows(end);
        } else {
            self.push(start, Token::Colon, end);
        }
    }

    /// What the colon announces stands on the same line, or deeper than its statement.
    fn body_follows(&mut self, end: u32) {
        let Some((next, _, _)) = self.peek() else {
            return;
        };
        let between = self.slice(end, next);
        let Some(line) = between.rfind('\n') else {
            return;
        };
        let indent = next - (end + line as u32 + 1);
        if indent == 0 {
            self.push(end, Token::Bad(LexError::BodyMissing), end);
        }
    }

    fn symbol(&mut self, start: u32, symbol: Raw, end: u32) {
        let token = punctuation(symbol);
        match token {
            Token::Open => {
                self.brackets += 1;
                if self.brackets > MAX_DEPTH {
                    return self.push(start, Token::Bad(LexError::TooDeep), end);
                }
            }
            // A hyphen alone in its cell says as little as a dash.
            Token::Minus if self.empty_cell(start) => {
                return self.push(start, Token::Range, end);
            }
            Token::Close => self.brackets = self.brackets.saturating_sub(1),
            Token::Plus | Token::Minus | Token::Times | Token::Slash => {
                self.operators += 1;
                if self.operators > MAX_OPERATORS {
                    return self.push(start, Token::Bad(LexError::TooDeep), end);
                }
            }
            _ => {}
        }
        self.push(start, token, end);
        if token == Token::Open && self.in_row(start) {
            // The unit of a row: `(元/生·年)`.
            self.unit_symbol();
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
                    || is_quantifier(kw)
                    || (kw == Kw::When && !self.deriving)
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
        self.note(token);
        let joins = matches!(token, Token::Word(Kw::And | Kw::Or | Kw::Not));
        let token = match joins && self.operators > MAX_OPERATORS {
            true => Token::Bad(LexError::TooDeep),
            false => token,
        };
        self.out.push((start, token, end));
    }

    fn last(&self) -> Option<Token<'a>> {
        self.out.last().map(|(_, token, _)| *token)
    }

    fn before_last(&self, back: usize) -> Option<Token<'a>> {
        let at = self.out.len().checked_sub(back + 1)?;
        self.out.get(at).map(|(_, token, _)| *token)
    }

    fn peek(&self) -> Option<Lexeme> {
        self.raw.get(self.next).copied()
    }
}

/// Whether a keyword opens a quantifier.
pub(super) fn is_quantifier(kw: Kw) -> bool {
    matches!(
        kw,
        Kw::ForEach | Kw::ForAtLeast | Kw::ForAtMost | Kw::ForExactly | Kw::ForNo
    )
}

fn punctuation(raw: Raw) -> Token<'static> {
    match raw {
        Raw::Comma => Token::Comma,
        Raw::Semicolon => Token::Semicolon,
        Raw::Open => Token::Open,
        Raw::Close => Token::Close,
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
