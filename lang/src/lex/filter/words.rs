//! Words: keywords, phrases, labels and names.

use std::borrow::Cow;

use logos::Logos;

use crate::names::nfkc;
use crate::words::{Class, Kw};

use super::super::raw::Raw;
use super::super::token::Token;
use super::Filter;

impl<'a> Filter<'a, '_> {
    pub(super) fn word(&mut self, start: u32, end: u32) {
        let text = self.slice(start, end);
        let plain = nfkc(text);
        if let Some(rank) = plain.strip_prefix('前')
            && rank.starts_with(|c: char| c.is_ascii_digit())
        {
            return self.number(start, end);
        }
        if let Some((kw, end, consumed)) = self.phrase(&plain, end)
            && self.counts_here(kw, start)
        {
            self.next += consumed;
            if kw.class() == Class::Post {
                return self.merge_post(kw, end);
            }
            return self.push(start, self.keyword(kw), end);
        }
        if plain == "至" && self.joins_periods() {
            return self.push(start, Token::Range, end);
        }
        let mut words = Kw::lookup(&plain).iter().copied();
        // A second 是 is the value.
        let keyword = if self.last() == Some(Token::Word(Kw::Eq)) {
            words
                .clone()
                .find(|kw| kw.class() == Class::Value)
                .or_else(|| words.find(|kw| self.counts_here(*kw, start)))
        } else {
            words.find(|kw| self.counts_here(*kw, start))
        };
        if let Some(kw) = keyword {
            // A rank better than the third is a number below three.
            let better = kw == Kw::Gt && self.current == Kw::Rank && plain == "优于";
            let kw = if better { Kw::Lt } else { kw };
            self.push(start, self.keyword(kw), end);
            if kw == Kw::UnitField {
                self.unit_symbol();
            }
            return;
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

    /// 至 between the ends of a span; elsewhere it is a deadline.
    fn joins_periods(&self) -> bool {
        let opener = self.out.len().checked_sub(2).and_then(|i| self.out.get(i));
        let in_span = match opener {
            Some((_, Token::Word(kw), _)) => matches!(
                kw,
                Kw::Throughout
                    | Kw::EachYear
                    | Kw::EachSchoolYear
                    | Kw::EachHalf
                    | Kw::EachQuarter
                    | Kw::EachMonth
                    | Kw::SpanField
                    | Kw::Range
            ),
            _ => false,
        };
        in_span
            && matches!(self.last(), Some(Token::Literal(_)))
            && matches!(self.peek(), Some((_, Some(Raw::Number), _)))
    }

    pub(super) fn peek_word(&self) -> Option<Cow<'a, str>> {
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
            Some((_, Some(Raw::Number), _)) => self.last().is_some(),
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
            self.last(),
            None | Some(Token::Semicolon | Token::Label(_) | Token::CloseBrace)
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
        if head.is_ascii() {
            return false;
        }
        let kw = Kw::lookup(&head).iter().copied().find(|kw| {
            matches!(kw.class(), Class::Compare | Class::Change | Class::Clause)
                && self.counts_here(*kw, start)
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

    pub(super) fn quoted(&mut self, start: u32, end: u32) {
        let text = self.slice(start, end);
        let mut chars = text.chars();
        chars.next();
        chars.next_back();
        self.name_or_label(start, Token::Quoted(chars.as_str()), end);
    }

    fn name_or_label(&mut self, start: u32, token: Token<'a>, end: u32) {
        if self.in_block().is_none()
            && !self.operand_expected()
            && let Some((_, Some(Raw::Colon), _)) = self.peek()
            && let Token::Name(text) | Token::Quoted(text) = token
        {
            self.next += 1;
            return self.push(start, Token::Label(text), end);
        }
        self.push(start, token, end);
    }
}
