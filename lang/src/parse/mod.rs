//! Tokens to syntax, with recovery. Parsing never fails: it gives a tree and a list of findings.

pub(crate) mod actions;
mod explain;
mod recover;

use crate::diag::{Code, Diagnostic, tidy};
use crate::lex::{Lexed, Spanned};
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
    let lexed = Lexed::new(text);
    let mut parsed = Parsed::default();
    let tokens = lexed.tokens();
    match parse_tokens(file, text, &tokens.list) {
        Ok(statements) => parsed.file.statements = statements,
        Err(_) => recover::parse_pieces(file, &lexed, &tokens, &mut parsed),
    }
    tidy(&mut parsed.diagnostics);
    parsed.comments = lexed.comments;
    parsed
}

type ParseError<'a> =
    lalrpop_util::ParseError<u32, crate::lex::Token<'a>, std::convert::Infallible>;

fn parse_tokens<'a>(
    file: FileId,
    text: &str,
    tokens: &[Spanned<'a>],
) -> Result<Vec<Statement>, ParseError<'a>> {
    let tree: File = grammar::FileParser::new().parse(
        file,
        tokens
            .iter()
            .copied()
            .map(Ok::<_, std::convert::Infallible>),
    )?;
    let mut statements = tree.statements;
    set_words(&mut statements, text, tokens);
    Ok(statements)
}

/// Notes the keyword set that each statement is written in.
fn set_words(statements: &mut [Statement], text: &str, tokens: &[Spanned<'_>]) {
    let mut rest = tokens;
    for statement in statements {
        let skip = rest.partition_point(|(start, _, _)| *start < statement.span.start);
        let (_, from) = rest.split_at(skip);
        let count = from.partition_point(|(start, _, _)| *start < statement.span.end);
        let (own, after) = from.split_at(count);
        statement.words = actions::word_set(text, own);
        rest = after;
    }
}
