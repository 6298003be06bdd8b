//! Numbers, ranges of years, units.

use crate::words::{Class, Kw};

use super::super::raw::Raw;
use super::super::token::Token;
use super::Filter;

impl Filter<'_, '_> {
    pub(super) fn number(&mut self, start: u32, end: u32) {
        let text = self.slice(start, end);
        if let Some(at) = span_joint(text) {
            // `2023年至2025年`
            let (split, rest) = (start + at as u32, start + at as u32 + JOINT.len() as u32);
            self.push(start, Token::Literal(self.slice(start, split)), split);
            self.push(split, Token::Range, rest);
            return self.number(rest, end);
        }
        if let Some(stop) = self.day_of_year(start, end) {
            return self.push(start, Token::Literal(self.slice(start, stop)), stop);
        }
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

    /// `by 10-31`: a month and a day without their year; where it ends.
    fn day_of_year(&mut self, start: u32, end: u32) -> Option<u32> {
        let short = |text: &str| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
        let wanted = matches!(self.last(), Some(Token::Word(Kw::By | Kw::Before)));
        let (minus, sign, after) = self.peek()?;
        let (day, raw, stop) = self.raw.get(self.next + 1).copied()?;
        let joined = wanted
            && sign == Some(Raw::Minus)
            && raw == Some(Raw::Number)
            && minus == end
            && day == after
            && short(self.slice(start, end))
            && short(self.slice(day, stop));
        if !joined {
            return None;
        }
        self.next += 2;
        Some(stop)
    }

    pub(super) fn merge_post(&mut self, kw: Kw, end: u32) {
        if let Some((_, token, stop)) = self.out.last_mut()
            && let Token::Literal(text) = *token
        {
            *token = Token::PostLiteral(text, kw);
            *stop = end;
            self.scanned = end;
        }
    }

    pub(super) fn year_range(&mut self, start: u32, end: u32) {
        let text = self.slice(start, end);
        let at = text.find(['-', '－']).unwrap_or(0);
        let hyphen = text.get(at..).and_then(|t| t.chars().next());
        let at = start + at as u32;
        let rest = at + hyphen.map_or(1, char::len_utf8) as u32;
        self.push(start, Token::Literal(self.slice(start, at)), at);
        self.push(at, Token::Range, rest);
        self.push(rest, Token::Literal(self.slice(rest, end)), end);
    }

    /// Behind the field `unit`: a sign or several parts without space (`%`, `:1`, `元/生·年`) are
    /// one literal. A single word needs no help.
    pub(super) fn unit_symbol(&mut self) {
        let Some((start, first, mut end)) = self.peek() else {
            return;
        };
        let part = |raw: Option<Raw>| {
            matches!(
                raw,
                Some(Raw::Word | Raw::Number | Raw::Slash | Raw::Percent | Raw::Colon) | None
            )
        };
        if !part(first) {
            return;
        }
        let mut count = 1;
        while let Some(&(next, raw, stop)) = self.raw.get(self.next + count)
            && next == end
            && part(raw)
        {
            end = stop;
            count += 1;
        }
        let sign = count > 1 || first == Some(Raw::Percent);
        if sign {
            self.next += count;
            self.push(start, Token::Literal(self.slice(start, end)), end);
        }
    }
}

/// Joins the ends of a span without space.
const JOINT: &str = "至";

/// Where 至 joins two periods inside one raw number.
fn span_joint(text: &str) -> Option<usize> {
    let at = text.find(JOINT)?;
    let rest = text.get(at + JOINT.len()..)?;
    rest.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
        .then_some(at)
}
