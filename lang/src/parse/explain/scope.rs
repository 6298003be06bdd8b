//! Words that have their meaning elsewhere, and what this version cannot decide yet.

use crate::diag::{Code, Diagnostic};
use crate::lex::{Spanned, Token};
use crate::words::{Class, Kw};

use super::Piece;

impl Piece<'_, '_> {
    /// `sum of X over 学校 where 学段 = 小学 >= 3`: inside an aggregate conditions stand in brackets.
    pub(super) fn bare_filter(&self) -> Option<Diagnostic> {
        let (Token::Word(Kw::Where) | Token::Word(Kw::Except)) = self.here()? else {
            return None;
        };
        let before = self.tokens.get(..self.at)?.iter();
        let aggregate = |(_, t, _): &Spanned<'_>| matches!(t, Token::Word(kw) if kw.class() == Class::Aggregate);
        before.rev().find(|t| aggregate(t))?;
        let word = self.source(self.at);
        Some(self.written_elsewhere(self.at, self.at, &format!("{word} (…)")))
    }

    pub(super) fn not_yet(&self, i: usize, zh: &str, en: &str) -> Diagnostic {
        Diagnostic::new(Code::NotYet, self.span(i)).with_words("what", zh, en)
    }
}

/// Whether a token belongs to a construct of a later version.
pub(super) fn is_future(token: Token<'_>) -> bool {
    match token {
        Token::Question | Token::Bar | Token::Plus | Token::Times | Token::Slash => true,
        Token::Word(kw) => is_future_word(kw),
        _ => false,
    }
}

/// Whether a keyword belongs to a construct of a later version.
pub(super) fn is_future_word(kw: Kw) -> bool {
    match kw.class() {
        Class::Change | Class::Aggregate => true,
        Class::Declare => matches!(
            kw,
            Kw::Section | Kw::Table | Kw::Define | Kw::Derive | Kw::Waive | Kw::When
        ),
        Class::Clause => !matches!(
            kw,
            Kw::By
                | Kw::Before
                | Kw::In
                | Kw::InTime
                | Kw::Throughout
                | Kw::EachYear
                | Kw::EachSchoolYear
                | Kw::PerYear
                | Kw::PerSchoolYear
                | Kw::EachHalf
                | Kw::EachQuarter
                | Kw::EachMonth
        ),
        Class::Logic => !matches!(kw, Kw::And),
        _ => matches!(kw, Kw::Total | Kw::About | Kw::May),
    }
}
