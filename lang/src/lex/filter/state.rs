//! What the filter keeps in mind: which statement, and which part of it, is being read.

use crate::words::{Class, Kw};

use super::super::token::Token;
use super::{Filter, Opener, is_quantifier};

impl<'a> Filter<'a, '_> {
    /// Keeps in mind which statement and which part of it is being read.
    pub(super) fn note(&mut self, token: Token<'a>) {
        match token {
            Token::Word(kw) => {
                if matches!(kw.class(), Class::Kind | Class::Declare) {
                    if self.in_statements() {
                        self.current = kw;
                        self.deriving = kw == Kw::Derive;
                    }
                    self.condition = false;
                    if kw.class() == Class::Declare {
                        self.quantifier = false;
                        self.brackets = 0;
                        self.set_filters.clear();
                        self.operators = 0;
                    }
                }
                if (is_quantifier(kw) || (kw == Kw::When && !self.deriving)) && self.in_statements()
                {
                    // Its block is that of a rule, whatever stood before.
                    self.current = Kw::Rate;
                }
                let opens = match kw {
                    Kw::AtLeast | Kw::AllOf | Kw::AnyOf => true,
                    _ => kw.class() == Class::Aggregate && !self.operand_expected(),
                };
                if opens && self.in_statements() {
                    self.current = Kw::Rate;
                }
                if is_quantifier(kw) {
                    self.quantifier = true;
                    self.condition = false;
                    self.operators = 0;
                }
                match kw.class() {
                    Class::Aggregate => self.in_aggregate = true,
                    _ if kw == Kw::Among => self.in_aggregate = true,
                    _ if matches!(kw, Kw::Of | Kw::Other) => {}
                    _ => self.in_aggregate = false,
                }
                match kw {
                    Kw::Where if !self.condition => {
                        self.condition = true;
                        // `except (A where C)`: the bracket around it ends it.
                        self.condition_until = self.brackets.checked_sub(1);
                    }
                    Kw::When => {
                        self.condition = true;
                        self.condition_until = None;
                        self.deriving = false;
                    }
                    Kw::Require | Kw::Then | Kw::Else | Kw::Except => self.condition = false,
                    Kw::And | Kw::Or | Kw::Not => self.operators += 1,
                    _ => {}
                }
            }
            Token::OverSet => self.in_aggregate = true,
            // Inside are names with filters of their own; an aggregate has one set.
            Token::ExceptSet | Token::Comma => self.in_aggregate = false,
            Token::WhereSet => {
                self.set_filters.push(self.brackets);
                if !self.condition {
                    self.condition = true;
                    self.condition_until = Some(self.brackets);
                }
            }
            Token::Semicolon | Token::Label(_) | Token::CloseBrace => {
                self.in_aggregate = false;
                self.quantifier = false;
                self.condition = false;
                self.operators = 0;
                if token != Token::CloseBrace {
                    self.brackets = 0;
                    self.set_filters.clear();
                }
            }
            Token::Close => {
                if self.condition_until == Some(self.brackets) {
                    self.condition = false;
                    self.condition_until = None;
                }
                // Behind the filter the set goes on: `except (…)`.
                if self.set_filters.last() == Some(&self.brackets) {
                    self.set_filters.pop();
                    self.in_aggregate = true;
                }
            }
            _ => {}
        }
    }

    /// The statement whose fields are being read, if a block of fields is open.
    pub(super) fn in_block(&self) -> Option<Kw> {
        match self.openers.last() {
            Some(Opener::Block(kw)) => Some(*kw),
            _ => None,
        }
    }

    /// Whether statements, or requirements of a set, may stand here.
    pub(super) fn in_statements(&self) -> bool {
        matches!(
            self.openers.last(),
            None | Some(Opener::Test | Opener::Claims)
        )
    }
}
