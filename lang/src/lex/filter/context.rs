//! What counts where: whether a keyword is one at the place where the filter stands.

use crate::names::nfkc;
use crate::words::{Class, Kw};

use super::super::raw::Raw;
use super::super::token::Token;
use super::Filter;

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
            UnitField,
            ScaleField,
            Also,
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

/// Whether a keyword is an ordinary name in most places.
fn is_contextual(kw: Kw) -> bool {
    matches!(
        kw.class(),
        Class::Kind
            | Class::Declare
            | Class::Field
            | Class::Choice
            | Class::Value
            | Class::Aggregate
    )
}

/// Whether a token calls for an operand, so that what follows it is a name or value.
pub(crate) fn calls_for_operand(token: Option<Token<'_>>) -> bool {
    match token {
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

impl<'a> Filter<'a, '_> {
    pub(super) fn operand_expected(&self) -> bool {
        calls_for_operand(self.last())
    }

    /// Whether a keyword that stands at `start` counts as one.
    pub(super) fn counts_here(&self, kw: Kw, start: u32) -> bool {
        match kw.class() {
            Class::Kind => {
                self.in_block().is_none()
                    && if self.operand_expected() {
                        self.opens_a_line(start)
                    } else {
                        self.name_follows()
                    }
            }
            Class::Declare => {
                self.in_block().is_none()
                    && if self.operand_expected() {
                        self.opens_a_line(start)
                    } else {
                        self.peek()
                            .is_some_and(|(_, raw, _)| raw != Some(Raw::Colon))
                    }
            }
            Class::Field => {
                let Some(opener) = self.in_block() else {
                    return false;
                };
                block_fields(opener).contains(&kw)
                    && (!self.operand_expected()
                        || (self.last() == Some(Token::Comma) && self.value_follows()))
            }
            // Fields read these themselves.
            Class::Choice => false,
            Class::Value => self.last() == Some(Token::Word(Kw::Eq)),
            Class::Aggregate => self
                .peek_word()
                .is_some_and(|word| matches!(&*word, "of" | "over" | "的")),
            Class::Post => matches!(self.last(), Some(Token::Literal(_))),
            // Reserved, but for the names of a block's lists.
            Class::Force
            | Class::Compare
            | Class::Change
            | Class::Clause
            | Class::Logic
            | Class::Joint => self.in_block().is_none() || !self.operand_expected(),
        }
    }

    /// A word at the start of a line with a name behind it on the same line: two names are never
    /// neighbours, so this opens a statement even where the line before breaks off.
    fn opens_a_line(&self, start: u32) -> bool {
        if !self.slice(self.scanned, start).contains('\n') {
            return false;
        }
        let Some((next, raw, end)) = self.peek() else {
            return false;
        };
        if self.slice(start, next).contains('\n') {
            return false;
        }
        match raw {
            // A plan's name has its title behind it.
            Some(Raw::Text) => self.last() != Some(Token::Word(Kw::Plan)),
            Some(Raw::Word) => {
                let word = nfkc(self.slice(next, end));
                let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
                let head = letters.split(|c: char| c.is_ascii_digit()).next();
                let mut keywords = Kw::lookup(&word)
                    .iter()
                    .chain(Kw::lookup(head.unwrap_or("")));
                Kw::phrases(&word).is_empty() && keywords.all(|kw| is_contextual(*kw))
            }
            _ => false,
        }
    }

    fn name_follows(&self) -> bool {
        // `rate X`, `rate "X"`, `rate (A + B)`; a number there is a name that lacks its quotes.
        matches!(
            self.peek(),
            Some((
                _,
                Some(Raw::Word | Raw::Text | Raw::Open | Raw::Number | Raw::UnclosedText) | None,
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
}
