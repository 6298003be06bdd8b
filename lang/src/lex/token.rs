//! Tokens as the grammar sees them.

use crate::words::Kw;

/// A token; text borrows from the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A bare word that is no keyword where it stands.
    Name(&'a str),
    /// Text between quotes; never a keyword.
    Quoted(&'a str),
    /// A number with its unit, or a date.
    Literal(&'a str),
    /// A literal with a comparison behind it: `98% 以上`.
    PostLiteral(&'a str, Kw),
    /// A name or quoted text and its colon, where a statement opens.
    Label(&'a str),
    /// A keyword.
    Word(Kw),
    /// must directly before a bound.
    TierMust,
    /// should directly before a bound.
    TierShould,
    /// `:`
    Colon,
    /// `,` or `、` inside a list.
    Comma,
    /// `;` or `。`
    Semicolon,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `|`
    Bar,
    /// `..`, `—`, `～` …
    Range,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `×` or `*`
    Times,
    /// `/` with space around it, `÷`
    Slash,
    /// `?`
    Question,
    /// Something that is no token, with the reason.
    Bad(LexError),
}

/// Why characters form no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LexError {
    /// A character that has no place in the language.
    UnknownCharacter,
    /// A quote that is not closed on its line.
    UnclosedQuote,
    /// Braces nested deeper than any rule needs.
    TooDeep,
}

/// A token with its byte range.
pub(crate) type Spanned<'a> = (u32, Token<'a>, u32);
