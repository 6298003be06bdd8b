//! Recovery: a file that does not parse whole is cut into statements, and each is parsed alone.
//!
//! A piece begins before a token that opens a statement, stands first on its line at brace depth 0
//! and does not follow something that calls for more. A piece that still fails and has such
//! openings in column 1 at a deeper level is cut again there: that cures a brace left open. A piece
//! that fails is dropped whole, with one finding: a rule must never lose its deadline or its place.

use crate::diag::{Code, Diagnostic};
use crate::lex::{Lexed, Spanned, Token};
use crate::names::normalise;
use crate::source::{FileId, Span};
use crate::words::{Class, Kw};

use super::{Parsed, explain, parse_tokens};

pub(super) fn parse_pieces(file: FileId, text: &str, lexed: &Lexed<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let cuts = cut_points(lexed, false);
    for window in cuts.windows(2) {
        if let [from, to] = *window {
            parse_piece(file, text, lexed, from, to, true, &mut parsed);
        }
    }
    parsed
}

/// Token indexes at which statements begin, with the ends of the list.
fn cut_points(lexed: &Lexed<'_>, any_depth: bool) -> Vec<usize> {
    let mut cuts = vec![0];
    for (i, start) in lexed.starts.iter().enumerate().skip(1) {
        let at_statement = if any_depth {
            start.first_column && (start.opens || looks_like_statement(lexed, i))
        } else {
            start.depth == 0
                && start.first_on_line
                && (start.opens || (start.first_column && looks_like_statement(lexed, i)))
        };
        let before = lexed.tokens.get(i - 1).map(|(_, t, _)| *t);
        if at_statement && !calls_for_more(before) {
            cuts.push(i);
        }
    }
    cuts.push(lexed.tokens.len());
    cuts
}

/// A plain name in column 1 that reads like a misspelt opening: `rat X …`, `昆明 巩固率 …`.
fn looks_like_statement(lexed: &Lexed<'_>, i: usize) -> bool {
    let token = |k: usize| lexed.tokens.get(k).map(|(_, t, _)| *t);
    matches!(token(i), Some(Token::Name(_) | Token::Quoted(_)))
        && !matches!(token(i.wrapping_sub(1)), Some(Token::Comma))
}

fn calls_for_more(token: Option<Token<'_>>) -> bool {
    match token {
        Some(Token::Label(_) | Token::Colon | Token::Comma) => true,
        Some(Token::Word(kw)) => {
            kw.class() == Class::Force || matches!(kw, Kw::Require | Kw::Then | Kw::Else)
        }
        _ => false,
    }
}

fn parse_piece(
    file: FileId,
    text: &str,
    lexed: &Lexed<'_>,
    from: usize,
    to: usize,
    may_cut_again: bool,
    parsed: &mut Parsed,
) {
    let tokens = lexed.tokens.get(from..to).unwrap_or(&[]);
    if tokens.is_empty() {
        return;
    }
    let error = match parse_tokens(file, tokens) {
        Ok(tree) => return parsed.file.statements.extend(tree.statements),
        Err(error) => error,
    };
    if let Some(stray) = stray_brace(tokens) {
        let (start, _, end) = tokens
            .get(stray)
            .copied()
            .unwrap_or((0, Token::CloseBrace, 0));
        let span = Span::new(file, start, end);
        parsed
            .diagnostics
            .push(Diagnostic::new(Code::StrayBrace, span).fixed_by(span, ""));
        let mut rest: Vec<_> = tokens.to_vec();
        rest.remove(stray);
        match parse_tokens(file, &rest) {
            Ok(tree) => parsed.file.statements.extend(tree.statements),
            Err(_) => parsed.broken_names.extend(broken_name(tokens)),
        }
        return;
    }
    if may_cut_again {
        let inner: Vec<usize> = cut_points(lexed, true)
            .into_iter()
            .filter(|cut| *cut > from && *cut < to)
            .collect();
        if !inner.is_empty() {
            let mut begin = from;
            for end in inner.into_iter().chain([to]) {
                parse_piece(file, text, lexed, begin, end, false, parsed);
                begin = end;
            }
            return;
        }
    }
    let explained = explain::explain(file, text, tokens, &error);
    if explained.incomplete && to == lexed.tokens.len() {
        parsed.incomplete = true;
    }
    parsed.diagnostics.push(explained.diagnostic);
    parsed.broken_names.extend(broken_name(tokens));
}

/// The index of a `}` that closes nothing.
fn stray_brace(tokens: &[Spanned<'_>]) -> Option<usize> {
    let mut depth = 0i32;
    tokens.iter().position(|(_, token, _)| {
        match token {
            Token::OpenBrace => depth += 1,
            Token::CloseBrace => depth -= 1,
            _ => {}
        }
        depth < 0
    })
}

/// The label or declared name of a statement that was not understood.
fn broken_name(tokens: &[Spanned<'_>]) -> Option<String> {
    let mut after_declaration = false;
    for (_, token, _) in tokens {
        match token {
            Token::Label(text) => return Some(normalise(text).into_owned()),
            Token::Name(text) | Token::Quoted(text) if after_declaration => {
                return Some(normalise(text).into_owned());
            }
            Token::Word(kw) => after_declaration = kw.class() == Class::Declare,
            _ => after_declaration = false,
        }
    }
    None
}
