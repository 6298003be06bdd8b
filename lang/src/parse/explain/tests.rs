//! The parser stopped inside a test, or at what belongs in one.

use crate::diag::{Code, Diagnostic};
use crate::lex::Token;
use crate::names::nearest;
use crate::words::{Class, Kw, OUTLOOKS, Term, VERDICTS, WordSet};

use super::Piece;
use super::opening::word_set;
use super::values::Operand;

/// What a test is made of.
const ITEMS: [Kw; 4] = [Kw::Fact, Kw::AsOf, Kw::Expect, Kw::Entity];

impl Piece<'_, '_> {
    pub(super) fn in_test(&self) -> Option<Diagnostic> {
        let Some(brace) = self.test_brace() else {
            return self.expects_alone();
        };
        let opens = |i: &usize| match self.token(*i) {
            // `截至` is read as `by`, and means the date here.
            Some(Token::Word(kw)) => ITEMS.contains(&kw) || kw == Kw::By,
            _ => false,
        };
        let item = (brace + 1..self.at).rfind(opens);
        match item.and_then(|i| self.token(i)) {
            Some(Token::Word(Kw::AsOf | Kw::By)) if item == self.at.checked_sub(1) => {
                Some(self.no_day())
            }
            Some(Token::Word(Kw::Expect)) => {
                let expect = item.unwrap_or(self.at);
                self.in_expectation(expect).or_else(|| self.no_item())
            }
            _ => self.no_item(),
        }
    }

    /// The brace of the test whose items are being read.
    pub(super) fn test_brace(&self) -> Option<usize> {
        let brace = self.block()?;
        let own = self.token(0) == Some(Token::Word(Kw::Test));
        let first = self
            .tokens
            .iter()
            .position(|(_, t, _)| *t == Token::OpenBrace);
        (own && first == Some(brace)).then_some(brace)
    }

    /// `expect K met` among the rules.
    fn expects_alone(&self) -> Option<Diagnostic> {
        (self.here() == Some(Token::Word(Kw::Expect))).then(|| {
            let span = self.span(self.at);
            self.advice(
                span,
                "写在测试里：`test \"名称\" { … expect KM-09 met }`",
                "it belongs in a test: `test \"name\" { … expect KM-09 met }`",
            )
        })
    }

    fn no_day(&self) -> Diagnostic {
        let word = self.at - 1;
        match self.here() {
            Some(Token::Name(_) | Token::Quoted(_)) => {
                Diagnostic::new(Code::BadDate, self.span(self.at))
                    .with("found", self.source(self.at))
            }
            _ => {
                let day = Operand {
                    zh: "日期",
                    en: "a date",
                    sample: format!("{} 2026-03-01", self.spelling(Kw::AsOf)),
                };
                self.missing(word, &self.source(word), &day)
            }
        }
    }

    fn in_expectation(&self, expect: usize) -> Option<Diagnostic> {
        // Behind the rule's id, its tier and its place.
        let mut verdict = expect + 2;
        if matches!(self.token(verdict), Some(Token::Word(kw)) if kw.class() == Class::Force)
            || matches!(
                self.token(verdict),
                Some(Token::TierMust | Token::TierShould)
            )
        {
            verdict += 1;
        }
        if matches!(self.token(verdict), Some(Token::Word(Kw::In | Kw::InTime))) {
            verdict += 2;
        }
        // Without its rule or its place the word that calls for it says so.
        let operand = self.token(self.at - 1);
        if matches!(operand, Some(Token::Word(Kw::Expect | Kw::In | Kw::InTime))) {
            return None;
        }
        let name_here = matches!(self.here(), Some(Token::Name(_) | Token::Quoted(_)));
        let other_word = matches!(self.here(), Some(Token::Word(kw)) if !ITEMS.contains(&kw));
        match self.at.checked_sub(verdict) {
            // `expect K not met`, `expect K = met`
            None | Some(0) if other_word => {
                Some(self.no_term(self.at, VERDICTS, ("结论", "a verdict")))
            }
            None | Some(0) => Some(self.no_verdict()),
            // `expect K pending at risk`
            Some(2) if name_here && !self.is_item(self.at) => {
                Some(self.no_term(self.at - 1, OUTLOOKS, ("进度", "an outlook")))
            }
            Some(_) => None,
        }
    }

    fn no_verdict(&self) -> Diagnostic {
        let sample = match self.written_in() {
            Some(WordSet::Zh) => "KM-09 达成",
            _ => "KM-09 met",
        };
        let verdict = Operand {
            zh: "结论",
            en: "the verdict",
            sample: format!("{} {sample}", self.spelling(Kw::Expect)),
        };
        let last = self.at - 1;
        self.missing(last, &self.source(last), &verdict)
    }

    /// Words from `first` to where the parser stopped that are no verdict or outlook.
    fn no_term(&self, first: usize, terms: &[Term], (zh, en): (&str, &str)) -> Diagnostic {
        let span = self.span(first).to(self.span(self.at));
        let found = self.slice(span);
        let set = word_set(found);
        let choices: Vec<&str> = terms.iter().map(|t| t.spelling(set)).collect();
        let joined = found.split_whitespace().collect::<Vec<_>>().join("_");
        let near = choices.iter().copied().find(|c| *c == joined);
        let finding = Diagnostic::new(Code::NoSuchVerdict, span)
            .with("found", found)
            .with_words("what", zh, en)
            .with_some("nearest", near)
            .with("expected", choices.join(" "));
        match near {
            Some(near) => finding.fixed_by(span, near),
            None => finding,
        }
    }

    /// Whether a word was meant to open an item.
    fn is_item(&self, i: usize) -> bool {
        self.nearest_item(&self.source(i)).is_some()
    }

    fn nearest_item(&self, found: &str) -> Option<&'static str> {
        let spellings = || ITEMS.iter().flat_map(|kw| kw.spellings());
        let plain = found.to_lowercase().replace('-', " ");
        let same = spellings().find(|word| *word == plain);
        same.or_else(|| nearest(&plain, spellings()))
    }

    /// What stands where a figure, a date or an expectation should begin.
    fn no_item(&self) -> Option<Diagnostic> {
        let found = self.source(self.at);
        let begins = match self.before(1)? {
            Token::OpenBrace | Token::CloseBrace | Token::Semicolon => true,
            Token::Literal(_) => self.before(2) == Some(Token::Word(Kw::AsOf)),
            _ => false,
        };
        let is_name = matches!(self.here()?, Token::Name(_));
        let statement = matches!(
            self.here()?,
            Token::Word(kw) if matches!(kw.class(), Class::Kind | Class::Declare)
        );
        let near = self.nearest_item(&found).filter(|_| is_name);
        if !(statement || is_name && (begins || near.is_some())) {
            return None;
        }
        let set = word_set(&found);
        let items: Vec<&str> = ITEMS.iter().map(|kw| kw.spelling(set)).collect();
        let finding = Diagnostic::new(Code::UnknownField, self.span(self.at))
            .with("found", found)
            .with_some("nearest", near)
            .with(
                "expected",
                items.join(if set == WordSet::En { ", " } else { "、" }),
            );
        Some(match near {
            Some(near) => finding.fixed_by(self.span(self.at), near),
            None => finding,
        })
    }
}
