//! Commas. One may stand before any clause or field; before a second bound it heads a requirement
//! of its own; elsewhere it joins a list.

use crate::words::{Class, Kw};

use super::super::token::Token;
use super::{Tokens, is_quantifier};

/// Drops the commas that are punctuation without meaning, and marks those that head a requirement.
pub(super) fn settle(tokens: &mut Tokens<'_>) {
    if !tokens.list.iter().any(|(_, t, _)| *t == Token::Comma) {
        return;
    }
    let mut bounds = Bounds::default();
    let mut keep = Vec::with_capacity(tokens.list.len());
    for i in 0..tokens.list.len() {
        let Some((_, token, _)) = tokens.list.get(i).copied() else {
            break;
        };
        if token != Token::Comma {
            bounds.see(token);
            keep.push(true);
            continue;
        }
        let next = tokens.list.get(i + 1).map(|(_, t, _)| *t);
        let (kept, heads) = match next {
            Some(Token::TierMust | Token::TierShould | Token::PostLiteral(..)) => {
                let heads = bounds.heads_another(next);
                (heads, heads)
            }
            Some(Token::Word(kw)) if is_bound(kw) => (bounds.any, bounds.any),
            // `in 昆明, each 县区`, `sum of A over S`: parts of a list.
            Some(Token::Word(Kw::EachPlace | Kw::Latest | Kw::Other)) => (true, false),
            Some(Token::Word(kw)) if kw.class() == Class::Aggregate => (true, false),
            Some(Token::Word(_) | Token::OpenBrace | Token::CloseBrace | Token::SetIn) => {
                (false, false)
            }
            _ => (true, false),
        };
        if heads {
            if let Some((_, token, _)) = tokens.list.get_mut(i) {
                *token = Token::Separator;
            }
            bounds.should = false;
        }
        keep.push(kept);
    }
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
            Token::Semicolon
            | Token::Label(_)
            | Token::CloseBrace
            | Token::BodyColon
            | Token::RowStart
            | Token::Bar => *self = Bounds::default(),
            Token::Word(kw)
                if matches!(kw.class(), Class::Kind | Class::Declare)
                    || is_quantifier(kw)
                    || matches!(kw, Kw::Require | Kw::Else) =>
            {
                *self = Bounds::default();
            }
            Token::Word(kw) if is_bound(kw) => self.any = true,
            Token::PostLiteral(..) => self.any = true,
            Token::TierShould => self.should = true,
            _ => {}
        }
    }

    fn heads_another(&self, next: Option<Token<'_>>) -> bool {
        match next {
            // `must >= 30%, should >= 40%` are two tiers of one requirement.
            Some(Token::TierShould) => self.should,
            _ => self.any,
        }
    }
}

fn is_bound(kw: Kw) -> bool {
    matches!(kw.class(), Class::Compare | Class::Change)
}
