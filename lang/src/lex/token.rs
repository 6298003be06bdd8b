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
    /// A bound's comma: another requirement follows.
    Separator,
    /// The colon behind a quantifier: what each must satisfy follows.
    BodyColon,
    /// `in` behind the name of a set: where the set lies.
    SetIn,
    /// `in` with a time inside a condition.
    CondIn,
    /// `over` before a set.
    OverSet,
    /// `where (` behind the set of an aggregate.
    WhereSet,
    /// `except (` behind the set of an aggregate.
    ExceptSet,
    /// Zero-width: `never falls 2021..2035` means each year of it.
    EachSpan,
    /// Zero-width: `rises` without saying by how much.
    BareChange,
    /// An attribute and its colon or equals sign, inside an entity's block.
    Attribute(&'a str),
    /// The first bar of a table row.
    RowStart,
    /// The last bar of a table row.
    RowEnd,
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
    /// Braces or brackets nested deeper, or an expression longer, than any rule needs.
    TooDeep,
    /// What `for each …:` announces is not there: the next statement begins.
    BodyMissing,
    /// A table row that does not end with `|` on its line.
    OpenRow,
}

/// A token with its byte range.
pub(crate) type Spanned<'a> = (u32, Token<'a>, u32);
