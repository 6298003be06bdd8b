//! Commas. One may stand before any clause or field; it joins only what is a list.

use crate::words::{Class, Kw};

use super::super::token::Token;
use super::Tokens;

/// Drops the commas that are punctuation without meaning. One before a second requirement of a
/// statement stays: it heads a requirement of its own.
pub(super) fn drop_meaningless(tokens: &mut Tokens<'_>) {
    if !tokens.list.iter().any(|(_, t, _)| *t == Token::Comma) {
        return;
    }
    let mut bounds = Bounds::default();
    let keep: Vec<bool> = tokens
        .list
        .iter()
        .enumerate()
        .map(|(i, (_, token, _))| {
            if *token != Token::Comma {
                bounds.see(*token);
                return true;
            }
            match tokens.list.get(i + 1).map(|(_, t, _)| *t) {
                Some(next @ (Token::Word(_) | Token::TierMust | Token::TierShould)) => {
                    bounds.heads_another(next)
                }
                Some(Token::PostLiteral(..)) => bounds.any,
                Some(Token::OpenBrace | Token::CloseBrace) => false,
                _ => true,
            }
        })
        .collect();
    let mut kept = keep.iter();
    tokens.list.retain(|_| kept.next().copied().unwrap_or(true));
    let mut kept = keep.iter();
    tokens
        .starts
        .retain(|_| kept.next().copied().unwrap_or(true));
}

/// The requirements that a statement has had so far.
#[derive(Default)]
struct Bounds {
    any: bool,
    should: bool,
}

impl Bounds {
    fn see(&mut self, token: Token<'_>) {
        match token {
            Token::Semicolon | Token::Label(_) | Token::CloseBrace => *self = Bounds::default(),
            Token::Word(kw) if matches!(kw.class(), Class::Kind | Class::Declare) => {
                *self = Bounds::default();
            }
            Token::Word(kw) if is_bound(kw) => self.any = true,
            Token::PostLiteral(..) => self.any = true,
            Token::TierShould => self.should = true,
            _ => {}
        }
    }

    fn heads_another(&self, next: Token<'_>) -> bool {
        match next {
            Token::TierShould => self.should,
            Token::TierMust => self.any,
            Token::Word(kw) => self.any && is_bound(kw),
            _ => false,
        }
    }
}

fn is_bound(kw: Kw) -> bool {
    matches!(kw.class(), Class::Compare)
}
