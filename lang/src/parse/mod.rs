//! Tokens to syntax, with recovery. Parsing never fails: it gives a tree and a list of findings.

pub(crate) mod actions;
mod explain;
mod recover;

use crate::diag::{Code, Diagnostic, tidy};
use crate::lex::{Lexed, Spanned, lex};
use crate::source::{FileId, Span};
use crate::syntax::{File, Statement};

#[allow(
    warnings,
    clippy::all,
    clippy::pedantic,
    clippy::restriction,
    reason = "generated"
)]
mod grammar {
    use lalrpop_util::lalrpop_mod;
    lalrpop_mod!(generated, "/grammar.rs");
    pub(crate) use generated::FileParser;
}

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

/// What a text was read as.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The statements that were understood.
    pub file: File,
    /// What was not, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// Byte ranges of comments.
    pub comments: Vec<(u32, u32)>,
    /// Names that a broken statement would have declared or labelled, so that references to them
    /// are no second finding.
    pub broken_names: Vec<String>,
    /// The text breaks off inside a statement: more input could complete it.
    pub incomplete: bool,
}

/// Parses a text. Statements that are not understood are left out whole, each with one finding.
pub fn parse(file: FileId, text: &str) -> Parsed {
    if text.len() > MAX_FILE_BYTES {
        let too_large = Diagnostic::new(Code::TooLarge, Span::new(file, 0, 0))
            .with("size", text.len())
            .with("limit", MAX_FILE_BYTES);
        return Parsed {
            diagnostics: vec![too_large],
            ..Parsed::default()
        };
    }
    let lexed = lex(text);
    let mut parsed = match parse_tokens(file, &lexed.tokens) {
        Ok(tree) => Parsed {
            file: tree,
            ..Parsed::default()
        },
        Err(_) => recover::parse_pieces(file, text, &lexed),
    };
    set_words(&mut parsed.file.statements, text, &lexed);
    tidy(&mut parsed.diagnostics);
    parsed.comments = lexed.comments;
    parsed
}

type ParseError<'a> =
    lalrpop_util::ParseError<u32, crate::lex::Token<'a>, std::convert::Infallible>;

fn parse_tokens<'a>(file: FileId, tokens: &[Spanned<'a>]) -> Result<File, ParseError<'a>> {
    grammar::FileParser::new().parse(
        file,
        tokens
            .iter()
            .copied()
            .map(Ok::<_, std::convert::Infallible>),
    )
}

fn set_words(statements: &mut [Statement], text: &str, lexed: &Lexed<'_>) {
    let mut from = 0;
    for statement in statements {
        let rest = lexed.tokens.get(from..).unwrap_or(&[]);
        let skip = rest.partition_point(|(start, _, _)| *start < statement.span.start);
        let rest = rest.get(skip..).unwrap_or(&[]);
        let count = rest.partition_point(|(start, _, _)| *start < statement.span.end);
        statement.words = actions::word_set(text, rest.get(..count).unwrap_or(&[]));
        from += skip + count;
    }
}
