//! Text to tokens: raw tokens first, then the filter that knows keywords, labels and blocks.

mod filter;
mod raw;
mod token;

pub(crate) use filter::{Start, Tokens, block_fields, calls_for_operand};
pub(crate) use token::{LexError, Spanned, Token};

/// Whether a text is one raw word, so that it can stand as a name without quotes.
pub(crate) fn is_word(text: &str) -> bool {
    raw::is_word(text)
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

    /// Whether a statement opens at `offset`, read as if nothing stood before it.
    pub(crate) fn opens_at(&self, offset: u32) -> bool {
        // A label, a force and a kind with its name: more is never needed to tell.
        const AHEAD: usize = 5;
        let from = self.lexemes.partition_point(|(s, _, _)| *s < offset);
        let to = (from + AHEAD).min(self.lexemes.len());
        let ahead = filter::filter(self.text, self.lexemes.get(from..to).unwrap_or(&[]));
        let opens = |i: usize| ahead.starts.get(i).is_some_and(|s| s.opens);
        match ahead.list.first() {
            Some((_, Token::Label(_), _)) => opens(1),
            _ => opens(0),
        }
    }
}
