//! The parser stopped inside a block.

use crate::diag::{Code, Diagnostic};
use crate::lex::{Token, block_fields, calls_for_operand};
use crate::names::nearest;
use crate::words::{Class, Kw, WordSet};

use super::Piece;
use super::opening::word_set;
use super::suggest::habit;
use super::values::Operand;

impl Piece<'_, '_> {
    /// The index of the brace that is open where the parser stopped.
    pub(super) fn block(&self) -> Option<usize> {
        let mut open = Vec::new();
        for (i, (_, token, _)) in self.tokens.iter().enumerate().take(self.at) {
            match token {
                Token::OpenBrace => open.push(i),
                Token::CloseBrace => {
                    open.pop();
                }
                _ => {}
            }
        }
        open.pop()
    }

    pub(super) fn in_block(&self) -> Option<Diagnostic> {
        self.block()?;
        // A test has no fields of its own.
        if self.test_brace().is_some() {
            return None;
        }
        let opener = self.opener()?;
        let before = self.before(1)?;
        if let Some(finding) = self.half_a_band(opener) {
            return Some(finding);
        }
        if let Token::Word(key) = before
            && key.class() == Class::Field
        {
            match self.here()? {
                // `lead = 市教育局`, `lead: 市教育局`
                Token::Word(Kw::Eq) | Token::Colon => {
                    let key = self.source(self.at - 1);
                    return Some(self.written_elsewhere(self.at - 1, self.at, &key));
                }
                token if calls_for_operand(Some(before)) => return self.wrong_sort(key, token),
                _ => {}
            }
        }
        if let Some(finding) = self.half_a_span() {
            return Some(finding);
        }
        if calls_for_operand(Some(before)) {
            return None;
        }
        match self.here()? {
            Token::Name(_) | Token::Word(_) | Token::Literal(_) => {}
            Token::Quoted(_) => return self.two_names(),
            _ => return None,
        }
        let near = self.nearest_field(opener);
        near.is_none()
            .then(|| self.unquoted_text())
            .flatten()
            .or_else(|| Some(self.unknown_field(opener, near)))
    }

    /// A name where the field wants a number or a date, and the reverse.
    fn wrong_sort(&self, key: Kw, token: Token<'_>) -> Option<Diagnostic> {
        let code = match (key, token) {
            (Kw::Issued | Kw::Deadline | Kw::SpanField, Token::Name(_) | Token::Quoted(_)) => {
                Code::BadPeriod
            }
            (Kw::Weight | Kw::Baseline | Kw::Range, Token::Name(_) | Token::Quoted(_)) => {
                Code::BadNumber
            }
            (_, Token::Literal(_)) => return self.digit_name(),
            _ => return None,
        };
        Some(Diagnostic::new(code, self.span(self.at)).with("found", self.source(self.at)))
    }

    /// `weight 5, 3`, `weight 5, 3 for 95%`: something else than the points of a band.
    fn half_a_band(&self, opener: Kw) -> Option<Diagnostic> {
        let own = self.tokens.get(..self.at)?;
        let is_field = |t: &Token<'_>| matches!(t, Token::Word(kw) if kw.class() == Class::Field);
        let key = own.iter().rposition(|(_, t, _)| is_field(t))?;
        if self.token(key) != Some(Token::Word(Kw::Weight)) || key + 1 >= self.at {
            return None;
        }
        let begun = |t: Token<'_>| matches!(t, Token::Comma | Token::Word(Kw::For));
        let any = own.get(key..)?.iter().any(|(_, t, _)| begun(*t));
        match (self.here()?, self.before(1)?) {
            // `weight 5, nots …` is a field that there is not.
            (Token::Name(_), Token::Comma) => {
                return Some(self.unknown_field(opener, self.nearest_field(opener)));
            }
            (Token::Literal(_), _) => (),
            _ if any => (),
            _ => return None,
        }
        let (zh, en) = (
            "分档写作 `权重 5, 3 对 >= 95%`：分值与“对”之间有空格，时间与规则相同",
            "points for reaching less read `weight 5, 3 for >= 95%`; their time is the rule's own",
        );
        Some(self.advice(self.span(self.at), zh, en))
    }

    /// `span 2023` without its other end.
    fn half_a_span(&self) -> Option<Diagnostic> {
        let Some(Token::Word(key @ (Kw::SpanField | Kw::Range))) = self.before(2) else {
            return None;
        };
        match (self.before(1)?, self.here()?) {
            // Signs and words between two ends have their own advice.
            (_, Token::Range | Token::Minus | Token::Slash | Token::Word(Kw::To | Kw::By)) => None,
            (Token::Literal(_), _) => {
                let sample = match key {
                    Kw::Range => "0%..100%",
                    _ => "2023..2025",
                };
                let end = Operand {
                    zh: "终点",
                    en: "the other end",
                    sample: sample.to_string(),
                };
                Some(self.missing(self.at - 1, &self.source(self.at - 1), &end))
            }
            _ => None,
        }
    }

    /// `note 全部 完成`: text of several words stands in quotes.
    fn unquoted_text(&self) -> Option<Diagnostic> {
        let last = matches!(
            self.token(self.at + 1),
            None | Some(Token::CloseBrace | Token::Word(_) | Token::Comma)
        );
        let value_before = matches!(self.before(1), Some(Token::Name(_) | Token::Quoted(_)));
        (last && value_before).then(|| self.two_names()).flatten()
    }

    /// The field of this block that a word was meant to be.
    fn nearest_field(&self, opener: Kw) -> Option<&'static str> {
        let found = self.source(self.at);
        let fields = block_fields(opener);
        habit(std::slice::from_ref(&found), |kw| fields.contains(&kw))
            .map(|(kw, _)| kw.spelling(word_set(&found)))
            .or_else(|| {
                let spellings = fields.iter().flat_map(|kw| kw.spellings());
                nearest(&found.to_lowercase(), spellings)
            })
    }

    fn unknown_field(&self, opener: Kw, near: Option<&'static str>) -> Diagnostic {
        let found = self.source(self.at);
        let fields = block_fields(opener);
        let set = word_set(&found);
        let expected: Vec<_> = fields.iter().map(|kw| kw.spelling(set)).collect();
        let separator = match set {
            WordSet::En => ", ",
            WordSet::Zh => "、",
        };
        let finding = Diagnostic::new(Code::UnknownField, self.span(self.at))
            .with("found", found)
            .with_some("nearest", near)
            .with("expected", expected.join(separator));
        match near {
            Some(near) => finding.fixed_by(self.span(self.at), near),
            None => finding,
        }
    }
}
