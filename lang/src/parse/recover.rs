//! Recovery: a file that does not parse whole is cut into statements, and each is read alone.
//!
//! A piece begins where a statement opens: first on its line, at brace depth 0, behind nothing that
//! calls for more. Each piece is filtered anew, so that an operand missing at the end of one line
//! or a brace left open does not change what the words of the next statement mean. A piece that
//! leaves a brace open is cut again where statements open no deeper than it does. A piece that fails is
//! dropped whole, with one finding: a rule must never lose its deadline or its place.

use crate::diag::{Code, Diagnostic};
use crate::lex::{LexError, Lexed, Spanned, Token, Tokens, calls_for_operand};
use crate::names::normalise;
use crate::source::{FileId, Span};
use crate::words::{Class, Kw};

use super::{ParseError, Parsed, explain, parse_tokens};

pub(super) fn parse_pieces(
    file: FileId,
    lexed: &Lexed<'_>,
    tokens: &Tokens<'_>,
    parsed: &mut Parsed,
) {
    let end = lexed.text().len() as u32;
    let mut recovery = Recovery {
        file,
        lexed,
        end,
        parsed,
    };
    let cuts = cut_points(tokens, end);
    for window in cuts.windows(2) {
        if let [from, to] = *window {
            recovery.piece(from, to, true);
        }
    }
}

/// Offsets at which statements begin, with the end of the text.
fn cut_points(tokens: &Tokens<'_>, end: u32) -> Vec<u32> {
    let mut cuts = vec![0];
    // Indentation of the statement that is being read.
    let mut base = tokens.starts.first().and_then(|s| s.indent).unwrap_or(0);
    for (i, (start, token, _)) in tokens.list.iter().enumerate().skip(1) {
        let Some(at) = tokens.starts.get(i) else {
            continue;
        };
        let cut = at.depth == 0
            && match at.indent {
                Some(indent) => begins_statement(tokens, i, *token, at.opens, indent <= base),
                None => {
                    let ended = matches!(tokens.list.get(i - 1), Some((_, Token::Semicolon, _)));
                    ended && !matches!(token, Token::Semicolon | Token::Word(Kw::Else))
                }
            };
        if cut {
            cuts.push(*start);
            base = at.indent.unwrap_or(base);
        }
    }
    cuts.push(end);
    cuts
}

fn begins_statement(
    tokens: &Tokens<'_>,
    i: usize,
    token: Token<'_>,
    opens: bool,
    not_deeper: bool,
) -> bool {
    let nth = |k: usize| tokens.list.get(k).map(|(_, t, _)| *t);
    let before = nth(i.wrapping_sub(1));
    if opens {
        return match before {
            // The label's own rule, or a label that lacks one.
            Some(Token::Label(_)) => !is_rule_opening(token),
            Some(Token::Word(kw)) if kw.class() == Class::Force => !is_rule_opening(token),
            Some(Token::Word(Kw::Require | Kw::Then | Kw::Else) | Token::Colon) => false,
            // A list that goes on over the line; a statement has a name behind its first word.
            Some(Token::Comma) => matches!(token, Token::Word(_)),
            _ => true,
        };
    }
    if !not_deeper || calls_for_operand(before) || matches!(before, Some(Token::Label(_))) {
        return false;
    }
    match token {
        // What reads like a misspelt opening: `rat X …`, `昆明 巩固率 …`, `// …`.
        Token::Name(_)
        | Token::Quoted(_)
        | Token::Label(_)
        | Token::Bad(_)
        | Token::Literal(_)
        | Token::Minus
        | Token::Slash
        | Token::Times
        | Token::Bar => true,
        // `到2025年，昆明 …`: a clause that heads a statement has a name behind its own operand.
        Token::Word(kw) if kw.class() == Class::Clause => {
            let next = if nth(i + 2) == Some(Token::Comma) {
                i + 3
            } else {
                i + 2
            };
            let same_line = tokens.starts.get(next).is_some_and(|s| s.indent.is_none());
            same_line && matches!(nth(next), Some(Token::Name(_) | Token::Quoted(_)))
        }
        _ => false,
    }
}

fn is_rule_opening(token: Token<'_>) -> bool {
    match token {
        Token::Word(kw) => matches!(kw.class(), Class::Kind | Class::Force | Class::Clause),
        _ => false,
    }
}

struct Recovery<'a, 'p> {
    file: FileId,
    lexed: &'p Lexed<'a>,
    /// Length of the text.
    end: u32,
    parsed: &'p mut Parsed,
}

impl<'a> Recovery<'a, '_> {
    fn piece(&mut self, from: u32, to: u32, may_cut_again: bool) {
        let tokens = self.lexed.tokens_between(from, to);
        let error = match parse_tokens(self.file, self.lexed.text(), &tokens.list) {
            Ok(statements) => return self.parsed.file.statements.extend(statements),
            Err(error) => error,
        };
        if may_cut_again {
            let inner = self.openings_in_braces(&tokens, &error);
            if !inner.is_empty() {
                let mut begin = from;
                for end in inner.into_iter().chain([to]) {
                    self.piece(begin, end, false);
                    begin = end;
                }
                return;
            }
        }
        let Some((list, error)) = self.without_stray_braces(tokens.list, error) else {
            return;
        };
        let explained = explain::explain(self.file, self.lexed.text(), &list, &error);
        if explained.incomplete && to == self.end {
            self.parsed.incomplete = true;
        }
        self.parsed.diagnostics.push(explained.diagnostic);
        self.parsed.broken_names.extend(broken_names(&list));
    }

    /// Statements that open inside braces, no deeper than the one around them: the brace before
    /// them was left open, if none closes it or the error lies behind it.
    fn openings_in_braces(&self, tokens: &Tokens<'a>, error: &ParseError<'a>) -> Vec<u32> {
        let open = tokens.list.iter().fold(0i32, |depth, (_, token, _)| {
            depth + i32::from(opens_brace(*token))
                - i32::from(*token == Token::CloseBrace && depth > 0)
        });
        let error_at = explain::error_offset(error);
        let base = tokens.starts.first().and_then(|s| s.indent).unwrap_or(0);
        let brace = tokens.list.iter().find(|(_, t, _)| opens_brace(*t));
        let inside = error_at.zip(brace).is_some_and(|(e, (b, _, _))| e >= *b);
        let mut sure = false;
        let mut cuts = Vec::new();
        // Braces that the statement being read has open of its own.
        let mut own = 0i32;
        let mut before = None;
        for ((start, token, _), at) in tokens.list.iter().zip(&tokens.starts) {
            if at.depth > 0
                && at.indent.is_some_and(|indent| indent <= base)
                && let Some(opens) = self.begins_at(*start, before)
                && (opens || (sure && own <= 0))
            {
                // The first statement that opens tells that the brace was left open.
                sure |= open > 0 || inside;
                if sure {
                    cuts.push(*start);
                    own = 0;
                }
            }
            let ended = before == Some(Token::Semicolon) && at.indent.is_none();
            if at.depth > 0 && sure && own <= 0 && ended && *token != Token::Semicolon {
                cuts.push(*start);
                own = 0;
            }
            own += i32::from(opens_brace(*token)) - i32::from(*token == Token::CloseBrace);
            before = Some(*token);
        }
        cuts
    }

    /// Whether what stands at an offset, read as if nothing stood before it, opens a statement
    /// (`true`) or only looks like one (`false`).
    fn begins_at(&self, offset: u32, before: Option<Token<'_>>) -> Option<bool> {
        let ahead = self.lexed.ahead(offset);
        let (_, first, _) = ahead.list.first()?;
        let label = usize::from(matches!(first, Token::Label(_)));
        if ahead.starts.get(label).is_some_and(|s| s.opens) {
            return Some(true);
        }
        let looks = !calls_for_operand(before) && begins_statement(&ahead, 0, *first, false, true);
        looks.then_some(false)
    }

    fn blank_between(&self, start: u32, end: u32) -> bool {
        let between = self.lexed.text().get(start as usize..end as usize);
        between.is_some_and(|text| text.trim().is_empty())
    }

    /// Each `}` that closes nothing is a finding of its own, and does not cost the statement it
    /// stands behind. `None` if nothing else was wrong.
    fn without_stray_braces(
        &mut self,
        list: Vec<Spanned<'a>>,
        error: ParseError<'a>,
    ) -> Option<(Vec<Spanned<'a>>, ParseError<'a>)> {
        let (rest, strays) = split_stray_braces(&list);
        if strays.is_empty() {
            return Some((list, error));
        }
        // Those that stand together are one finding.
        let mut findings: Vec<Span> = Vec::new();
        for (start, _, end) in strays {
            let span = Span::new(self.file, start, end);
            match findings.last_mut() {
                Some(last) if self.blank_between(last.end, start) => *last = last.to(span),
                _ => findings.push(span),
            }
        }
        for span in findings {
            let finding = Diagnostic::new(Code::StrayBrace, span).fixed_by(span, "");
            self.parsed.diagnostics.push(finding);
        }
        match parse_tokens(self.file, self.lexed.text(), &rest) {
            Ok(statements) => {
                self.parsed.file.statements.extend(statements);
                None
            }
            Err(error) => Some((rest, error)),
        }
    }
}

fn opens_brace(token: Token<'_>) -> bool {
    matches!(token, Token::OpenBrace | Token::Bad(LexError::TooDeep))
}

/// The tokens without each `}` that closes nothing, and those.
fn split_stray_braces<'a>(tokens: &[Spanned<'a>]) -> (Vec<Spanned<'a>>, Vec<Spanned<'a>>) {
    let mut depth = 0usize;
    tokens.iter().partition(|(_, token, _)| {
        match token {
            token if opens_brace(*token) => depth += 1,
            Token::CloseBrace if depth == 0 => return false,
            Token::CloseBrace => depth -= 1,
            _ => {}
        }
        true
    })
}

/// The label of a rule, or the names of a declaration, that was not understood.
fn broken_names(tokens: &[Spanned<'_>]) -> Vec<String> {
    let declaration = tokens
        .iter()
        .any(|(_, t, _)| matches!(t, Token::Word(kw) if kw.class() == Class::Declare));
    let names = tokens.iter().filter_map(|(_, token, _)| match token {
        Token::Label(text) => Some(text),
        Token::Name(text) | Token::Quoted(text) if declaration => Some(text),
        _ => None,
    });
    names.map(|text| normalise(text).into_owned()).collect()
}
