//! Words: keywords, phrases, labels and names.

use std::borrow::Cow;

use logos::Logos;

use crate::names::nfkc;
use crate::words::{Class, Kw};

use super::super::raw::Raw;
use super::super::token::Token;
use super::Filter;
use super::context::is_each;

impl<'a> Filter<'a, '_> {
    pub(super) fn word(&mut self, start: u32, end: u32) {
        let text = self.slice(start, end);
        if self.attribute(start, text) {
            return;
        }
        let plain = nfkc(text);
        if let Some(rank) = plain.strip_prefix('前')
            && rank.starts_with(|c: char| c.is_ascii_digit())
        {
            return self.number(start, end);
        }
        if let Some((kw, end, consumed)) = self.phrase(&plain, start, end) {
            self.next += consumed;
            return self.push_keyword(start, kw, end);
        }
        if plain == "至" && self.joins_periods() {
            return self.push(start, Token::Range, end);
        }
        if let Some(kw) = self.keyword_here(&plain, start) {
            // A rank better than the third is a number below three.
            let better = kw == Kw::Gt && self.current == Kw::Rank && plain == "优于";
            let kw = if better { Kw::Lt } else { kw };
            return self.push_keyword(start, kw, end);
        }
        if self.touching_digit(start, text) {
            return;
        }
        self.name_or_label(start, Token::Name(text), end);
    }

    /// The keyword that a word is where it stands.
    fn keyword_here(&self, word: &str, start: u32) -> Option<Kw> {
        let words = Kw::lookup(word).iter().copied();
        // A second 是 is the value.
        if self.last() == Some(Token::Word(Kw::Eq))
            && let Some(value) = words.clone().find(|kw| kw.class() == Class::Value)
        {
            return Some(value);
        }
        // An attribute that is yes or no; other words for it may be values of their own: 达标.
        let plain = matches!(word, "yes" | "no" | "是" | "否");
        let attribute = self.in_block() == Some(Kw::Entity)
            && matches!(self.last(), Some(Token::Attribute(_) | Token::Bar));
        if plain && attribute {
            return words.clone().find(|kw| kw.class() == Class::Value);
        }
        let mut counting = words.filter(|kw| self.counts_here(*kw, start));
        // `of` and `weighted by` are fields inside an indicator's block.
        match self.in_block() {
            Some(_) => {
                let first = counting.next();
                let field = first
                    .into_iter()
                    .chain(counting)
                    .find(|kw| kw.class() == Class::Field);
                field.or(first)
            }
            None => counting.next(),
        }
    }

    /// Inside an entity's block a name with a colon or an equals sign is an attribute, whatever
    /// else the word may be.
    fn attribute(&mut self, start: u32, text: &'a str) -> bool {
        if self.in_block() != Some(Kw::Entity) {
            return false;
        }
        match self.peek() {
            Some((_, Some(sign @ (Raw::Colon | Raw::Eq)), end)) => {
                self.next += 1;
                self.push(start, Token::Attribute(text), end);
                if sign == Raw::Colon {
                    self.attribute_kind();
                }
                true
            }
            _ => false,
        }
    }

    /// `规模: count 人`: the kind of an attribute with its unit is one name.
    fn attribute_kind(&mut self) {
        let Some((start, Some(Raw::Word), mut end)) = self.peek() else {
            return;
        };
        let is_kind = |word: &str| {
            let known = Kw::lookup(&word.to_ascii_lowercase());
            known.iter().any(|kw| kw.class() == Class::Kind)
        };
        if !is_kind(self.slice(start, end)) {
            return;
        }
        self.next += 1;
        let unit = |raw| {
            matches!(
                raw,
                Some(Raw::Word | Raw::Number | Raw::Slash | Raw::Percent)
            )
        };
        let mut count = 0;
        let (mut from, mut to) = (end, end);
        while let Some(&(next, raw, stop)) = self.raw.get(self.next + count)
            && unit(raw)
            && (count == 0 || next == to)
        {
            if count == 0 {
                from = next;
            }
            to = stop;
            count += 1;
        }
        let behind = self.raw.get(self.next + count).map(|(_, raw, _)| *raw);
        let named = matches!(behind, Some(Some(Raw::Colon | Raw::Eq)));
        if count > 0 && !named && crate::unit::Unit::parse(self.slice(from, to)).is_ok() {
            self.next += count;
            end = to;
        }
        self.push(start, Token::Name(self.slice(start, end)), end);
    }

    fn push_keyword(&mut self, start: u32, kw: Kw, end: u32) {
        match kw {
            _ if kw.class() == Class::Post => self.merge_post(kw, end),
            Kw::In => {
                let token = self.which_in();
                self.push(start, token, end);
                if self.current == Kw::Define && self.openers.is_empty() {
                    self.unit_symbol();
                }
            }
            Kw::Where | Kw::Except if self.in_aggregate && self.bracket_next() => {
                let token = if kw == Kw::Where {
                    Token::WhereSet
                } else {
                    Token::ExceptSet
                };
                self.push(start, token, end);
            }
            Kw::By if self.behind_from() => self.push(start, Token::Word(Kw::To), end),
            Kw::Over if self.name_next() => self.push(start, Token::OverSet, end),
            Kw::OverName => self.push(start, Token::OverSet, end),
            Kw::ForEach if self.place_expected() => {
                self.push(start, Token::Word(Kw::EachPlace), end);
            }
            Kw::Rises | Kw::Falls | Kw::Grows | Kw::Shrinks => {
                self.push(start, Token::Word(kw), end);
                if !self.amount_follows() {
                    self.push(end, Token::BareChange, end);
                }
            }
            Kw::RisesYearly => {
                self.push(start, Token::Word(Kw::Rises), end);
                self.push(end, Token::BareChange, end);
                self.push(end, Token::Word(Kw::EachYear), end);
            }
            Kw::NeverFalls | Kw::NeverRises => {
                self.push(start, Token::Word(kw), end);
                if let Some((_, Some(Raw::Number | Raw::YearRange), _)) = self.peek() {
                    self.push(end, Token::EachSpan, end);
                }
            }
            Kw::UnitField => {
                self.push(start, Token::Word(kw), end);
                self.unit_symbol();
            }
            Kw::Must | Kw::Should | Kw::May => {
                let token = self.keyword(kw);
                self.push(start, token, end);
            }
            _ => self.push(start, Token::Word(kw), end),
        }
    }

    /// Which of the meanings of `in` it is: where a set lies, a time inside a condition, one of
    /// several names, or the time or place of a rule.
    fn which_in(&self) -> Token<'a> {
        match self.peek() {
            Some((_, Some(Raw::OpenBrace), _)) => Token::Word(Kw::OneOf),
            _ if self.behind_set() => Token::SetIn,
            Some((_, Some(Raw::Number | Raw::YearRange), _)) if self.condition => Token::CondIn,
            _ => Token::Word(Kw::In),
        }
    }

    /// `from A to B`: the second end is due to `from`.
    fn behind_from(&self) -> bool {
        matches!(self.last(), Some(Token::Literal(_)))
            && self.before_last(1) == Some(Token::Word(Kw::From))
    }

    fn bracket_next(&self) -> bool {
        matches!(self.peek(), Some((_, Some(Raw::Open), _)))
    }

    fn name_next(&self) -> bool {
        matches!(self.peek(), Some((_, Some(Raw::Word | Raw::Text), _)))
    }

    /// A keyword of several English words (`each year`), its end and how many raw tokens it adds.
    fn phrase(&self, first: &str, start: u32, first_end: u32) -> Option<(Kw, u32, usize)> {
        let found = Kw::phrases(first).iter().filter_map(|(rest, kw)| {
            let mut end = first_end;
            for (i, word) in rest.iter().enumerate() {
                let (start, raw, stop) = *self.raw.get(self.next + i)?;
                if raw != Some(Raw::Word) || nfkc(self.slice(start, stop)) != *word {
                    return None;
                }
                end = stop;
            }
            Some((*kw, end, rest.len()))
        });
        let mut found = found.filter(|(kw, _, _)| self.counts_here(*kw, start));
        let first = found.next()?;
        // A field of the block is meant where there is one of that name.
        let field = found.find(|(kw, _, words)| {
            kw.class() == Class::Field && *words == first.2 && self.in_block().is_some()
        });
        Some(field.unwrap_or(first))
    }

    /// 至 between the ends of a span; elsewhere it is a deadline.
    fn joins_periods(&self) -> bool {
        let opener = self.out.len().checked_sub(2).and_then(|i| self.out.get(i));
        let in_span = match opener {
            Some((_, Token::Word(kw), _)) => {
                matches!(
                    kw,
                    Kw::Throughout | Kw::Over | Kw::From | Kw::SpanField | Kw::Range
                ) || is_each(*kw)
            }
            Some((_, Token::EachSpan, _)) => true,
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
            Some((_, Some(Raw::Number), _)) => self.last().is_some(),
            _ => self.word_follows(&[Class::Compare, Class::Change]),
        };
        if bound_follows && !self.statement_opens() {
            tier
        } else {
            Token::Word(kw)
        }
    }

    /// Whether a change says by how much, or how often.
    fn amount_follows(&self) -> bool {
        match self.peek() {
            Some((_, Some(Raw::Number | Raw::Question), _)) => true,
            _ => self.word_follows(&[Class::Compare]) || self.peek_is(Kw::Running),
        }
    }

    fn peek_is(&self, kw: Kw) -> bool {
        self.peek_word().is_some_and(|word| {
            let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '年');
            Kw::lookup(&word).contains(&kw) || Kw::lookup(letters).contains(&kw)
        })
    }

    /// Whether a comparison sign, or a word of these classes, comes next; a number may touch it.
    fn word_follows(&self, classes: &[Class]) -> bool {
        match self.peek() {
            Some((_, Some(Raw::Ge | Raw::Le | Raw::Gt | Raw::Lt | Raw::Eq), _)) => true,
            Some((start, Some(Raw::Word), end)) => {
                let word = nfkc(self.slice(start, end));
                let letters =
                    word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '%');
                let phrase = Kw::phrases(&word)
                    .iter()
                    .any(|(_, kw)| classes.contains(&kw.class()));
                phrase
                    || Kw::lookup(&word)
                        .iter()
                        .chain(Kw::lookup(letters))
                        .any(|kw| classes.contains(&kw.class()))
            }
            _ => false,
        }
    }

    /// Whether nothing of a statement has been read yet.
    fn statement_opens(&self) -> bool {
        matches!(
            self.last(),
            None | Some(
                Token::Semicolon
                    | Token::Label(_)
                    | Token::CloseBrace
                    | Token::BodyColon
                    | Token::OpenBrace
                    | Token::Word(Kw::Require | Kw::Else)
            )
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
        self.push_keyword_before_digit(start, kw, split);
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

    /// A keyword whose number is part of the same word.
    fn push_keyword_before_digit(&mut self, start: u32, kw: Kw, end: u32) {
        let token = match kw {
            Kw::In if self.condition => Token::CondIn,
            Kw::By if self.behind_from() => Token::Word(Kw::To),
            Kw::Must | Kw::Should => self.keyword(kw),
            _ => Token::Word(kw),
        };
        self.push(start, token, end);
        if matches!(kw, Kw::NeverFalls | Kw::NeverRises) {
            self.push(end, Token::EachSpan, end);
        }
    }

    pub(super) fn quoted(&mut self, start: u32, end: u32) {
        let text = self.slice(start, end);
        let mut chars = text.chars();
        chars.next();
        chars.next_back();
        if !self.attribute(start, chars.as_str()) {
            self.name_or_label(start, Token::Quoted(chars.as_str()), end);
        }
    }

    fn name_or_label(&mut self, start: u32, token: Token<'a>, end: u32) {
        if self.in_statements()
            && !self.operand_expected()
            && !self.quantifier
            && let Some((_, Some(Raw::Colon), _)) = self.peek()
            && let Token::Name(text) | Token::Quoted(text) = token
        {
            self.next += 1;
            return self.push(start, Token::Label(text), end);
        }
        self.push(start, token, end);
    }
}
