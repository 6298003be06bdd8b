//! What counts where: whether a keyword is one at the place where the filter stands.

use crate::names::nfkc;
use crate::words::{Class, Kw};

use super::super::raw::Raw;
use super::super::token::Token;
use super::{Filter, Opener, is_quantifier};

/// The fields that a block opened by this declaration (or a rule's kind) may hold.
pub(crate) fn block_fields(opener: Kw) -> &'static [Kw] {
    use Kw::*;
    match opener {
        Plan => &[
            Number,
            Issued,
            SpanField,
            RegionField,
            Lead,
            Owner,
            Supersedes,
            Assess,
            Note,
        ],
        Section => &[Clause, Lead, Owner, Deadline, Nature, Assess, Note],
        Indicator => &[
            KindField,
            BetterHigher,
            BetterLower,
            Range,
            UnitField,
            ScaleField,
            OfField,
            Rollup,
            WeightField,
            Cumulative,
            BySchoolYear,
            Also,
            Note,
        ],
        Region | Entity => &[Also, Note],
        Fact => &[Source, Status, Note],
        Define | Derive => &[Clause, Note],
        Scale | Use | UnitDecl | Waive | Priority | Test | Table | Expect => &[],
        _ => &[
            Clause, Lead, Owner, Deadline, Nature, Baseline, Assess, Weight, Note, Supersedes,
            Allow,
        ],
    }
}

/// Whether a keyword is an ordinary name in most places.
fn is_contextual(kw: Kw) -> bool {
    matches!(
        kw.class(),
        Class::Kind
            | Class::Declare
            | Class::Field
            | Class::Choice
            | Class::Value
            | Class::Aggregate
    )
}

/// Whether a token calls for an operand, so that what follows it is a name or value.
pub(crate) fn calls_for_operand(token: Option<Token<'_>>) -> bool {
    match token {
        None
        | Some(
            Token::Semicolon
            | Token::Label(_)
            | Token::BodyColon
            | Token::Separator
            | Token::EachSpan
            | Token::BareChange
            | Token::CloseBrace
            | Token::OpenBrace
            | Token::Name(_)
            | Token::Quoted(_)
            | Token::Literal(_)
            | Token::PostLiteral(..)
            | Token::Close
            | Token::TierMust
            | Token::TierShould
            | Token::Bar
            | Token::RowStart
            | Token::RowEnd
            | Token::Question
            | Token::Bad(_),
        ) => false,
        Some(Token::Word(kw)) => match kw.class() {
            Class::Field => !matches!(
                kw,
                Kw::BetterHigher | Kw::BetterLower | Kw::Cumulative | Kw::BySchoolYear
            ),
            Class::Kind | Class::Declare | Class::Compare | Class::Aggregate => true,
            Class::Clause => !is_each(kw),
            Class::Joint => kw == Kw::Contains,
            Class::Logic => !matches!(kw, Kw::Require | Kw::Else),
            Class::Force | Class::Post | Class::Change | Class::Value | Class::Choice => false,
        },
        Some(
            Token::Colon
            | Token::Attribute(_)
            | Token::SetIn
            | Token::CondIn
            | Token::OverSet
            | Token::WhereSet
            | Token::ExceptSet
            | Token::Comma
            | Token::Open
            | Token::Range
            | Token::Plus
            | Token::Minus
            | Token::Times
            | Token::Slash,
        ) => true,
    }
}

/// Whether a keyword is `each year` and the like.
pub(super) fn is_each(kw: Kw) -> bool {
    matches!(
        kw,
        Kw::EachYear
            | Kw::EachSchoolYear
            | Kw::PerYear
            | Kw::PerSchoolYear
            | Kw::EachTerm
            | Kw::EachHalf
            | Kw::EachQuarter
            | Kw::EachMonth
            | Kw::EachWeek
            | Kw::EachDay
    )
}

impl<'a> Filter<'a, '_> {
    pub(super) fn operand_expected(&self) -> bool {
        calls_for_operand(self.last())
    }

    /// Whether a keyword that stands at `start` counts as one.
    pub(super) fn counts_here(&self, kw: Kw, start: u32) -> bool {
        match kw.class() {
            // `规模（人）`: a measure with its unit, and no kind.
            Class::Kind if self.in_row(start) => {
                let bracket = matches!(self.peek(), Some((_, Some(Raw::Open), _)));
                self.at_cell_start() && self.name_follows() && !bracket
            }
            Class::Kind => {
                self.in_statements()
                    && if self.operand_expected() {
                        self.opens_a_line(start)
                    } else {
                        self.name_follows()
                    }
            }
            Class::Declare => {
                self.in_statements()
                    && if self.operand_expected() {
                        self.opens_a_line(start)
                    } else {
                        self.peek()
                            .is_some_and(|(_, raw, _)| raw != Some(Raw::Colon))
                    }
            }
            Class::Field if self.in_row(start) => kw == Kw::Baseline && self.at_cell_start(),
            Class::Field => {
                let Some(opener) = self.in_block() else {
                    return false;
                };
                block_fields(opener).contains(&kw)
                    && (!self.operand_expected()
                        || (self.last() == Some(Token::Comma) && self.value_follows()))
            }
            // Fields read these themselves.
            Class::Choice => false,
            Class::Value => self.last() == Some(Token::Word(Kw::Eq)),
            // `kind count  of A / B`: an indicator's block holds none.
            Class::Aggregate => {
                self.in_block() != Some(Kw::Indicator)
                    && self
                        .peek_word()
                        .is_some_and(|word| matches!(&*word, "of" | "over" | "的"))
            }
            Class::Post => matches!(self.last(), Some(Token::Literal(_))),
            Class::Joint if kw != Kw::Contains => self.joint_counts(kw),
            Class::Clause if kw == Kw::EachPlace => self.place_expected(),
            // 其他 is an ordinary name but in `average of other 县区`.
            Class::Clause if kw == Kw::Other => {
                matches!(self.last(), Some(Token::OverSet | Token::Word(Kw::Of)))
            }
            // `3 for >= 95%`, points of a rule's block.
            Class::Compare | Class::Change if self.last() == Some(Token::Word(Kw::For)) => true,
            // Reserved, but for the names of a block's lists.
            Class::Force
            | Class::Compare
            | Class::Change
            | Class::Clause
            | Class::Logic
            | Class::Joint => self.in_block().is_none() || !self.operand_expected(),
        }
    }

    /// Words that only their neighbours make keywords: `3 years running`, `a year on average`, 之间.
    fn joint_counts(&self, kw: Kw) -> bool {
        let change = |t: Option<Token<'_>>| match t {
            Some(Token::Word(kw)) => {
                kw.class() == Class::Change || matches!(kw, Kw::Per | Kw::WithinAny)
            }
            _ => false,
        };
        match kw {
            Kw::Years => {
                matches!(self.last(), Some(Token::Literal(_))) && change(self.before_last(1))
            }
            Kw::Running => {
                self.last() == Some(Token::Word(Kw::Years))
                    || change(self.last())
                    || (matches!(self.last(), Some(Token::Literal(_)))
                        && change(self.before_last(1)))
            }
            _ => self.in_block().is_none() || !self.operand_expected(),
        }
    }

    /// Whether a cell of a table row begins here.
    fn at_cell_start(&self) -> bool {
        matches!(self.last(), Some(Token::RowStart | Token::Bar))
    }

    /// Whether a place of a rule is expected: behind `in`, or further on in its list.
    pub(super) fn place_expected(&self) -> bool {
        match self.last() {
            Some(Token::Word(Kw::In)) => true,
            Some(Token::Comma) => {
                let list = self.out.iter().rev().skip(1).take_while(|(_, t, _)| {
                    matches!(t, Token::Name(_) | Token::Quoted(_) | Token::Comma)
                        || *t == Token::Word(Kw::EachPlace)
                });
                let count = list.count();
                self.before_last(count + 1) == Some(Token::Word(Kw::In))
            }
            _ => false,
        }
    }

    /// Whether the names just read are those of a set: `in` behind them says where it lies.
    pub(super) fn behind_set(&self) -> bool {
        let is_name = |t: &Token<'_>| matches!(t, Token::Name(_) | Token::Quoted(_));
        let mut list = self.out.iter().rev().map(|(_, t, _)| *t);
        if !list.next().is_some_and(|t| is_name(&t)) {
            return false;
        }
        let mut before = list.next();
        while before == Some(Token::Comma) {
            if !list.next().is_some_and(|t| is_name(&t)) {
                return false;
            }
            before = list.next();
        }
        match before {
            Some(Token::OverSet) => true,
            Some(Token::Word(kw)) => {
                is_quantifier(kw)
                    || matches!(kw, Kw::Of | Kw::Among | Kw::Other)
                    || (kw == Kw::For && self.current == Kw::Derive)
            }
            _ => false,
        }
    }

    /// A word at the start of a line with a name behind it on the same line: two names are never
    /// neighbours, so this opens a statement even where the line before breaks off.
    fn opens_a_line(&self, start: u32) -> bool {
        if !self.slice(self.scanned, start).contains('\n') {
            return false;
        }
        let Some((next, raw, end)) = self.peek() else {
            return false;
        };
        if self.slice(start, next).contains('\n') {
            return false;
        }
        match raw {
            // A plan's name has its title behind it.
            Some(Raw::Text) => self.last() != Some(Token::Word(Kw::Plan)),
            Some(Raw::Word) => {
                let word = nfkc(self.slice(next, end));
                let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
                let head = letters.split(|c: char| c.is_ascii_digit()).next();
                let mut keywords = Kw::lookup(&word)
                    .iter()
                    .chain(Kw::lookup(head.unwrap_or("")));
                Kw::phrases(&word).is_empty() && keywords.all(|kw| is_contextual(*kw))
            }
            _ => false,
        }
    }

    fn name_follows(&self) -> bool {
        // `count of S` counts a set; where the kind may be left out, `年龄 不超过 63周岁` has none.
        let optional =
            matches!(self.last(), Some(Token::Word(Kw::Require | Kw::Else))) || self.in_claims();
        if let Some(word) = self.peek_word()
            && (matches!(&*word, "of" | "的")
                || (optional
                    && Kw::lookup(&word).iter().any(|kw| {
                        matches!(kw.class(), Class::Compare | Class::Change | Class::Clause)
                    })))
        {
            return false;
        }
        // `rate X`, `rate "X"`, `rate (A + B)`; a number there is a name that lacks its quotes.
        matches!(
            self.peek(),
            Some((
                _,
                Some(Raw::Word | Raw::Text | Raw::Open | Raw::Number | Raw::UnclosedText) | None,
                _
            ))
        )
    }

    /// Whether requirements of a set are being read.
    fn in_claims(&self) -> bool {
        self.openers.last() == Some(&Opener::Claims)
    }

    fn value_follows(&self) -> bool {
        matches!(
            self.peek(),
            Some((_, Some(Raw::Word | Raw::Text | Raw::Number), _))
        )
    }
}
