//! Constructs of the language that this version reads but cannot decide yet.

use crate::diag::{Code, Diagnostic};
use crate::lex::Token;
use crate::words::{Class, Kw};

use super::Piece;

impl Piece<'_, '_> {
    /// A word or sign of a later version stands here.
    pub(super) fn future(&self) -> Option<Diagnostic> {
        is_future(self.here()?).then(|| {
            let word = format!(" `{}`", self.source(self.at));
            self.not_yet(self.at, &word, word.trim_start())
        })
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
