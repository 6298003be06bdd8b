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

use logos::Logos;

use crate::names::nfkc;
use crate::words::{Class, Kw};

use super::raw::Raw;
use super::token::{LexError, Spanned, Token};

/// Deepest nesting of braces.
const MAX_DEPTH: usize = 200;

/// The tokens of a text, and what is not for the grammar.
pub(crate) struct Lexed<'a> {
    pub(crate) tokens: Vec<Spanned<'a>>,
    /// For each token, whether it is the first on its line, and at what indentation.
    pub(crate) starts: Vec<Start>,
    /// Byte ranges of comments, in order.
    pub(crate) comments: Vec<(u32, u32)>,
}

/// Where a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Start {
    /// First on its line.
    pub(crate) first_on_line: bool,
    /// First on its line, in the first column.
    pub(crate) first_column: bool,
    /// Open braces before it.
    pub(crate) depth: u32,
    /// Can open a statement: kind, declaration, force, label or a future construct.
    pub(crate) opens: bool,
}

/// The fields that a block opened by this declaration (or a rule's kind) may hold.
pub(crate) fn block_fields(opener: Kw) -> &'static [Kw] {
    use Kw::*;
    match opener {
        Plan => &[
            Number,
            Issued,
            SpanField,
            RegionField,
            Lead,
            Owner,
            Supersedes,
            Assess,
            Note,
        ],
        Indicator => &[
            KindField,
            BetterHigher,
            BetterLower,
            Range,
            Also,
            UnitField,
            ScaleField,
            Note,
        ],
        Region | Entity => &[Also, Note],
        Fact => &[Source, Status, Note],
        Scale => &[],
        _ => &[
            Clause, Lead, Owner, Deadline, Nature, Baseline, Assess, Weight, Note, Supersedes,
        ],
    }
}

/// Lexes a whole text; never fails. What is no token becomes [`Token::Bad`].
pub(crate) fn lex(text: &str) -> Lexed<'_> {
    let mut raw = Vec::with_capacity(text.len() / 6 + 4);
    let mut comments = Vec::new();
    let mut lexer = Raw::lexer(text);
    while let Some(token) = lexer.next() {
        let span = lexer.span();
        let (start, end) = (span.start as u32, span.end as u32);
        match token {
            Ok(Raw::Comment) => comments.push((start, end)),
            Ok(token) => raw.push((start, Some(token), end)),
            Err(()) => match raw.last_mut() {
                Some((_, None, last)) if *last == start => *last = end,
                _ => raw.push((start, None, end)),
            },
        }
    }
    let mut filter = Filter {
        text,
        raw: &raw,
        next: 0,
        out: Vec::with_capacity(raw.len()),
        starts: Vec::with_capacity(raw.len()),
        openers: Vec::new(),
        current: Kw::Rate,
        last_line_start: 0,
        scanned: 0,
    };
    filter.run();
    let Filter {
        mut out,
        mut starts,
        ..
    } = filter;
    drop_meaningless_commas(&mut out, &mut starts);
    Lexed {
        tokens: out,
        starts,
        comments,
    }
}

struct Filter<'a, 'r> {
    text: &'a str,
    raw: &'r [(u32, Option<Raw>, u32)],
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
            first_on_line,
            first_column: first_on_line && start == self.last_line_start,
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

    /// Whether the token before calls for an operand, so that what follows is a name or value.
    fn operand_expected(&self) -> bool {
        match self.out.last().map(|(_, token, _)| *token) {
            None
            | Some(
                Token::Semicolon
                | Token::Label(_)
                | Token::CloseBrace
                | Token::OpenBrace
                | Token::Name(_)
                | Token::Quoted(_)
                | Token::Literal(_)
                | Token::PostLiteral(..)
                | Token::Close
                | Token::TierMust
                | Token::TierShould
                | Token::Bar
                | Token::Question
                | Token::Bad(_),
            ) => false,
            Some(Token::Word(kw)) => match kw.class() {
                Class::Field => !matches!(kw, Kw::BetterHigher | Kw::BetterLower),
                Class::Kind | Class::Declare | Class::Compare | Class::Aggregate => true,
                Class::Clause => !matches!(
                    kw,
                    Kw::EachYear
                        | Kw::EachSchoolYear
                        | Kw::EachHalf
                        | Kw::EachQuarter
                        | Kw::EachMonth
                        | Kw::EachTerm
                ),
                Class::Joint => kw == Kw::Contains,
                Class::Force
                | Class::Post
                | Class::Change
                | Class::Logic
                | Class::Value
                | Class::Choice => false,
            },
            Some(
                Token::Colon
                | Token::Comma
                | Token::Open
                | Token::Range
                | Token::Plus
                | Token::Minus
                | Token::Times
                | Token::Slash,
            ) => true,
        }
    }

    fn in_block(&self) -> Option<Kw> {
        self.openers.last().copied()
    }

    fn peek(&self) -> Option<(u32, Option<Raw>, u32)> {
        self.raw.get(self.next).copied()
    }

    fn word(&mut self, start: u32, end: u32) {
        let text = self.slice(start, end);
        let plain = nfkc(text);
        if let Some(rank) = plain.strip_prefix('前')
            && rank.starts_with(|c: char| c.is_ascii_digit())
        {
            return self.number(start, end);
        }
        if let Some((kw, end, consumed)) = self.phrase(&plain, end)
            && self.counts_here(kw)
        {
            self.next += consumed;
            return self.push(start, self.keyword(kw), end);
        }
        if let Some(kw) = Kw::lookup(&plain)
            .iter()
            .copied()
            .find(|kw| self.counts_here(*kw))
        {
            return self.push(start, self.keyword(kw), end);
        }
        if self.touching_digit(start, text) {
            return;
        }
        self.name_or_label(start, Token::Name(text), end);
    }

    /// A keyword of several English words (`each year`), its end and how many raw tokens it adds.
    fn phrase(&self, first: &str, first_end: u32) -> Option<(Kw, u32, usize)> {
        Kw::phrases(first).iter().find_map(|(rest, kw)| {
            let mut end = first_end;
            for (i, word) in rest.iter().enumerate() {
                let (start, raw, stop) = *self.raw.get(self.next + i)?;
                if raw != Some(Raw::Word) || nfkc(self.slice(start, stop)) != *word {
                    return None;
                }
                end = stop;
            }
            Some((*kw, end, rest.len()))
        })
    }

    /// Whether a keyword counts as one where the filter stands.
    fn counts_here(&self, kw: Kw) -> bool {
        match kw.class() {
            Class::Kind => {
                self.in_block().is_none() && !self.operand_expected() && self.name_follows()
            }
            Class::Declare => {
                self.in_block().is_none()
                    && !self.operand_expected()
                    && self
                        .peek()
                        .is_some_and(|(_, raw, _)| raw != Some(Raw::Colon))
            }
            Class::Field => {
                let Some(opener) = self.in_block() else {
                    return false;
                };
                block_fields(opener).contains(&kw)
                    && (!self.operand_expected() || (self.after_comma() && self.value_follows()))
            }
            // Fields read these themselves.
            Class::Choice => false,
            Class::Value => matches!(self.out.last(), Some((_, Token::Word(Kw::Eq), _))),
            Class::Aggregate => self
                .peek_word()
                .is_some_and(|word| matches!(&*word, "of" | "over" | "的")),
            Class::Post => {
                matches!(self.out.last(), Some((_, Token::Literal(_), _)))
            }
            // Reserved, but for the names of a block's lists.
            Class::Force
            | Class::Compare
            | Class::Change
            | Class::Clause
            | Class::Logic
            | Class::Joint => self.in_block().is_none() || !self.operand_expected(),
        }
    }

    fn after_comma(&self) -> bool {
        matches!(self.out.last(), Some((_, Token::Comma, _)))
    }

    fn name_follows(&self) -> bool {
        // `rate X`, `rate "X"`, `rate (A + B)`; a number there is a name that lacks its quotes.
        matches!(
            self.peek(),
            Some((
                _,
                Some(Raw::Word | Raw::Text | Raw::Open | Raw::Number | Raw::UnclosedText),
                _
            ))
        )
    }

    fn value_follows(&self) -> bool {
        matches!(
            self.peek(),
            Some((_, Some(Raw::Word | Raw::Text | Raw::Number), _))
        )
    }

    fn peek_word(&self) -> Option<std::borrow::Cow<'a, str>> {
        match self.peek() {
            Some((start, Some(Raw::Word), end)) => Some(nfkc(self.slice(start, end))),
            _ => None,
        }
    }

    /// The token of a keyword: must and should before a bound are tiers.
    fn keyword(&self, kw: Kw) -> Token<'a> {
        let tier = match kw {
            Kw::Must => Token::TierMust,
            Kw::Should => Token::TierShould,
            _ => return Token::Word(kw),
        };
        let bound_follows = match self.peek() {
            Some((_, Some(Raw::Ge | Raw::Le | Raw::Gt | Raw::Lt | Raw::Eq), _)) => true,
            Some((_, Some(Raw::Number), _)) => self.out.last().is_some(),
            Some((start, Some(Raw::Word), end)) => {
                let word = nfkc(self.slice(start, end));
                let letters =
                    word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '%');
                Kw::lookup(&word)
                    .iter()
                    .chain(Kw::lookup(letters))
                    .any(|kw| matches!(kw.class(), Class::Compare | Class::Change))
            }
            _ => false,
        };
        if bound_follows && !self.statement_opens() {
            tier
        } else {
            Token::Word(kw)
        }
    }

    /// Whether nothing of a statement has been read yet.
    fn statement_opens(&self) -> bool {
        matches!(
            self.out.last(),
            None | Some((_, Token::Semicolon | Token::Label(_) | Token::CloseBrace, _))
        )
    }

    /// `截至2025年`, `不超过300所`: a keyword of a class that may touch a digit, and the rest.
    fn touching_digit(&mut self, start: u32, text: &'a str) -> bool {
        let Some(at) = text.find(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
        else {
            return false;
        };
        let (head, tail) = text.split_at(at);
        let head = nfkc(head);
        if head.chars().all(|c| c.is_ascii()) {
            return false;
        }
        let kw = Kw::lookup(&head).iter().copied().find(|kw| {
            matches!(kw.class(), Class::Compare | Class::Change | Class::Clause)
                && self.counts_here(*kw)
        });
        let Some(kw) = kw else { return false };
        let split = start + at as u32;
        self.push(start, self.keyword(kw), split);
        // The word has swallowed the number: read on from the digit, with all that follows it.
        let mut lexer = Raw::lexer(self.text.get(split as usize..).unwrap_or(""));
        let first = lexer.next();
        let stop = split + lexer.span().end as u32;
        let word_end = split + tail.len() as u32;
        while self.peek().is_some_and(|(s, _, _)| s < stop) {
            self.next += 1;
        }
        match first {
            Some(Ok(Raw::YearRange)) => self.year_range(split, stop),
            _ => self.number(split, stop.max(split + 1)),
        }
        if stop < word_end {
            // `98%以上`: what is left of the word behind the number.
            let rest = self.slice(stop, word_end);
            if let Some(kw) = Kw::lookup(&nfkc(rest))
                .iter()
                .copied()
                .find(|kw| kw.class() == Class::Post)
            {
                self.merge_post(kw, word_end);
            } else {
                self.word(stop, word_end);
            }
        }
        true
    }

    fn number(&mut self, start: u32, end: u32) {
        let text = self.slice(start, end);
        for kw in [Kw::OrMore, Kw::OrLess] {
            for suffix in kw.spellings() {
                if let Some(head) = text.strip_suffix(suffix)
                    && !head.is_empty()
                {
                    let split = start + head.len() as u32;
                    return self.push(start, Token::PostLiteral(self.slice(start, split), kw), end);
                }
            }
        }
        self.push(start, Token::Literal(text), end);
        if let Some(word) = self.peek_word()
            && let Some(kw) = Kw::lookup(&word)
                .iter()
                .copied()
                .find(|kw| kw.class() == Class::Post)
            && let Some((_, _, stop)) = self.peek()
        {
            self.next += 1;
            self.merge_post(kw, stop);
        }
    }

    fn merge_post(&mut self, kw: Kw, end: u32) {
        if let Some((_, token, stop)) = self.out.last_mut()
            && let Token::Literal(text) = *token
        {
            *token = Token::PostLiteral(text, kw);
            *stop = end;
            self.scanned = end;
        }
    }

    fn year_range(&mut self, start: u32, end: u32) {
        let text = self.slice(start, end);
        let at = start + text.find('-').unwrap_or(0) as u32;
        self.push(start, Token::Literal(self.slice(start, at)), at);
        self.push(at, Token::Range, at + 1);
        self.push(at + 1, Token::Literal(self.slice(at + 1, end)), end);
    }

    fn quoted(&mut self, start: u32, end: u32) {
        let text = self.slice(start, end);
        let mut chars = text.chars();
        chars.next();
        chars.next_back();
        self.name_or_label(start, Token::Quoted(chars.as_str()), end);
    }

    fn name_or_label(&mut self, start: u32, token: Token<'a>, end: u32) {
        if self.in_block().is_none()
            && !self.operand_expected()
            && let Some((_, Some(Raw::Colon), colon)) = self.peek()
            && let Token::Name(text) | Token::Quoted(text) = token
        {
            self.next += 1;
            return self.push(start, Token::Label(text), colon);
        }
        self.push(start, token, end);
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
        // The rest never gets here; an unknown character is the harmless reading.
        _ => Token::Bad(LexError::UnknownCharacter),
    }
}

/// A comma may stand before any clause or field: it joins only what could be a list.
fn drop_meaningless_commas(tokens: &mut Vec<Spanned<'_>>, starts: &mut Vec<Start>) {
    let joins: Vec<bool> = tokens
        .iter()
        .enumerate()
        .map(|(i, (_, token, _))| {
            *token != Token::Comma
                || !matches!(
                    tokens.get(i + 1),
                    Some((
                        _,
                        Token::Word(_) | Token::TierMust | Token::TierShould | Token::CloseBrace,
                        _
                    ))
                )
        })
        .collect();
    if joins.iter().all(|keep| *keep) {
        return;
    }
    let mut keep = joins.iter();
    tokens.retain(|_| keep.next().copied().unwrap_or(true));
    let mut keep = joins.iter();
    starts.retain(|_| keep.next().copied().unwrap_or(true));
}
