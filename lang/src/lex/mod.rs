//! Text to tokens: raw tokens first, then the filter that knows keywords, labels and blocks.

mod filter;
mod raw;
mod token;

pub(crate) use filter::{Lexed, block_fields, lex};
pub(crate) use token::{LexError, Spanned, Token};
