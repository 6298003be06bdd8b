//! Text to tokens: raw tokens first, then the filter that knows keywords, labels and blocks.

mod filter;
mod raw;
mod token;

pub(crate) use filter::{Tokens, block_fields, calls_for_operand};
pub(crate) use token::{LexError, Spanned, Token};

/// Whether a text is one raw word, so that it can stand as a name without quotes.
pub(crate) fn is_word(text: &str) -> bool {
    raw::is_word(text)
}

/// Whether a text is one literal, so that it can stand where one may stand for a name.
pub(crate) fn is_literal(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && matches!(Lexed::new(text).tokens().list.as_slice(), [(0, Token::Literal(all), _)] if *all == text)
}

/// A text cut into raw tokens; any run of them can be read as tokens of the grammar.
pub(crate) struct Lexed<'a> {
    text: &'a str,
    lexemes: Vec<raw::Lexeme>,
    /// Byte ranges of comments, in order.
    pub(crate) comments: Vec<(u32, u32)>,
}

impl<'a> Lexed<'a> {
    /// Lexes a text; never fails. What is no token becomes [`Token::Bad`].
    pub(crate) fn new(text: &'a str) -> Lexed<'a> {
        let (lexemes, comments) = raw::scan(text);
        Lexed {
            text,
            lexemes,
            comments,
        }
    }

    /// The text.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The tokens of the whole text.
    pub(crate) fn tokens(&self) -> Tokens<'a> {
        filter::filter(self.text, &self.lexemes)
    }

    /// The tokens of a part, read as if nothing stood before it.
    pub(crate) fn tokens_between(&self, start: u32, end: u32) -> Tokens<'a> {
        let from = self.lexemes.partition_point(|(s, _, _)| *s < start);
        let to = self.lexemes.partition_point(|(s, _, _)| *s < end);
        filter::filter(self.text, self.lexemes.get(from..to).unwrap_or(&[]))
    }

    /// The first few tokens from `offset` on, read as if nothing stood before them: enough to
    /// tell whether a statement opens there.
    pub(crate) fn ahead(&self, offset: u32) -> Tokens<'a> {
        const COUNT: usize = 6;
        let from = self.lexemes.partition_point(|(s, _, _)| *s < offset);
        let to = (from + COUNT).min(self.lexemes.len());
        filter::filter(self.text, self.lexemes.get(from..to).unwrap_or(&[]))
    }
}
