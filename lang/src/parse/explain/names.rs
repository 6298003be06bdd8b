//! The parser stopped at a name: a misspelt keyword, a detached unit, a keyword run into a name,
//! two names side by side, a word from elsewhere.

use crate::diag::{Code, Diagnostic};
use crate::lex::{Token, calls_for_operand};
use crate::names::{is_cjk, nfkc, normalise};
use crate::unit::Quantity;
use crate::words::{Class, Kw};

use super::Piece;
use super::opening::word_set;
use super::scope::is_future_word;
use super::suggest::{habit, nearest_keyword, run_together};

impl<'a> Piece<'a, '_> {
    /// Whether a keyword could stand behind a complete part of this statement.
    fn can_follow(&self, kw: Kw) -> bool {
        match self.opener() {
            Some(Kw::Region) => kw == Kw::Contains,
            Some(Kw::Entity) => kw == Kw::In,
            Some(Kw::Fact) => matches!(kw, Kw::In | Kw::Eq),
            Some(opener) if opener.class() == Class::Declare => false,
            _ => {
                matches!(
                    kw.class(),
                    Class::Compare | Class::Clause | Class::Change | Class::Logic
                ) || matches!(kw, Kw::Must | Kw::Should)
            }
        }
    }

    /// Words from elsewhere: `until 2025`, `at least 98%`, `截止 2025年`.
    pub(super) fn habit(&self) -> Option<Diagnostic> {
        match self.here()? {
            Token::Name(_) | Token::Word(_) => {}
            _ => return None,
        }
        if calls_for_operand(self.before(1)) {
            return None;
        }
        if let Some(finding) = self.span_words().or_else(|| self.fact_clause()) {
            return Some(finding);
        }
        // `截止2025年`: the word has swallowed the year.
        let found = self.source(self.at);
        if let Some(digit) = found.find(|c: char| c.is_ascii_digit())
            && let Some((head, tail)) = found.split_at_checked(digit)
            && let Some((kw, 1)) = habit(&[head.to_string()], |kw| kw.class() == Class::Clause)
        {
            let instead = self.spelling(kw);
            let span = self.span(self.at);
            return Some(
                Diagnostic::new(Code::WrittenElsewhere, span)
                    .with("found", head)
                    .with("instead", instead)
                    .with("fixed", format!("{instead} {tail}"))
                    .fixed_by(span, format!("{instead} {tail}")),
            );
        }
        // One token may hold several words (`at least`).
        let mut words = Vec::new();
        let mut ends = Vec::new();
        for i in (self.at..self.tokens.len()).take(6) {
            for word in self.source(i).split_whitespace() {
                words.push(word.to_string());
                ends.push(i);
            }
        }
        let fits = |kw: Kw| {
            matches!(kw.class(), Class::Compare | Class::Clause)
                && (self.can_follow(kw) || self.opener().is_none())
        };
        let (kw, count) = habit(&words, fits)?;
        let last = ends.get(count - 1).copied()?;
        let operand = match self.token(last + 1)? {
            Token::Literal(_) | Token::PostLiteral(..) => true,
            Token::Name(_) | Token::Quoted(_) => kw != Kw::By,
            _ => false,
        };
        operand.then(|| self.written_elsewhere(self.at, last, self.spelling(kw)))
    }

    /// `at least 98%`, `within 2025`, `by the end of 2025`: words that begin something else here, so
    /// that the parser stopped only behind them.
    pub(super) fn begun_otherwise(&self) -> Option<Diagnostic> {
        let literal = matches!(self.before(1), Some(Token::Literal(_)));
        let first = self.at.checked_sub(2)?;
        match self.before(2) {
            Some(Token::Word(Kw::AtLeast)) if literal => {
                return Some(self.written_elsewhere(first, first, self.spelling(Kw::Ge)));
            }
            Some(Token::Word(Kw::Within)) if literal => {
                self.source(self.at - 1)
                    .parse::<crate::period::Period>()
                    .ok()?;
                return Some(self.written_elsewhere(first, first, self.spelling(Kw::InTime)));
            }
            _ => {}
        }
        // `by the end of 2025`, `by year 2025`
        let by = (1..=3)
            .filter_map(|back| self.at.checked_sub(back))
            .find(|i| matches!(self.token(*i), Some(Token::Word(Kw::By | Kw::Before))))?;
        let filler =
            |i: &usize| matches!(&*self.source(*i), "the" | "end" | "of" | "year" | "date");
        let last = (by + 1..self.tokens.len()).take_while(filler).last()?;
        let until_here = last + 1 >= self.at;
        (until_here && matches!(self.token(last + 1), Some(Token::Literal(_)))).then(|| {
            let word = self.source(by);
            self.written_elsewhere(by, last, &word)
        })
    }

    /// `from 2023 to 2025`, `throughout 2023 to 2025`.
    fn span_words(&self) -> Option<Diagnostic> {
        let literal = |i: usize| match self.token(i) {
            Some(Token::Literal(text)) => Some(nfkc(text)),
            _ => None,
        };
        match self.here()? {
            Token::Word(Kw::From) if self.token(self.at + 2) == Some(Token::Word(Kw::To)) => {
                let (first, last) = (literal(self.at + 1)?, literal(self.at + 3)?);
                let word = self.spelling(Kw::Throughout);
                let fixed = format!("{word} {first}..{last}");
                Some(self.written_elsewhere(self.at, self.at + 3, &fixed))
            }
            Token::Word(Kw::To | Kw::By) => {
                let Some(Token::Word(opener)) = self.before(2) else {
                    return None;
                };
                let spans = matches!(
                    opener,
                    Kw::Throughout | Kw::EachYear | Kw::SpanField | Kw::Range
                );
                let (first, last) = (literal(self.at.checked_sub(1)?)?, literal(self.at + 1)?);
                spans.then(|| {
                    let fixed = format!("{first}..{last}");
                    self.written_elsewhere(self.at - 1, self.at + 1, &fixed)
                })
            }
            _ => None,
        }
    }

    /// A figure is of a period: `fact X = 97% by 2025`.
    fn fact_clause(&self) -> Option<Diagnostic> {
        let clause = matches!(
            self.here()?,
            Token::Word(Kw::By | Kw::Before | Kw::Throughout | Kw::EachYear)
        );
        (clause && self.opener() == Some(Kw::Fact) && self.block().is_none())
            .then(|| self.written_elsewhere(self.at, self.at, self.spelling(Kw::InTime)))
    }

    /// A keyword where a name belongs, and it is not the name that is missing.
    pub(super) fn keyword_as_name(&self) -> Option<Diagnostic> {
        let Some(Token::Word(before)) = self.before(1) else {
            return None;
        };
        let wants_name =
            matches!(before.class(), Class::Kind | Class::Declare) || before == Kw::Contains;
        let Some(Token::Word(kw)) = self.here() else {
            return None;
        };
        if !wants_name || kw.class() == Class::Aggregate {
            return None;
        }
        let has_operand = match self.token(self.at + 1) {
            Some(Token::Name(_) | Token::Quoted(_)) => !is_future_word(kw),
            Some(Token::Literal(_)) => true,
            _ => false,
        };
        if has_operand {
            return None;
        }
        let found = self.source(self.at);
        Some(
            Diagnostic::new(Code::KeywordAsName, self.span(self.at))
                .with("found", &found)
                .fixed_by(self.span(self.at), format!("\"{found}\"")),
        )
    }

    pub(super) fn name(&self) -> Option<Diagnostic> {
        match self.here()? {
            Token::Name(_) => {}
            Token::Quoted(_) => return self.two_names(),
            _ => return None,
        }
        if let Some(finding) = self.name_for_time() {
            return Some(finding);
        }
        if calls_for_operand(self.before(1)) {
            return None;
        }
        self.joined_keyword()
            .or_else(|| self.detached_unit())
            .or_else(|| self.misspelt())
            .or_else(|| self.missing_scale_colon())
            .or_else(|| self.two_names())
    }

    /// `by 首期住宅验收`, `by end of 2025`.
    fn name_for_time(&self) -> Option<Diagnostic> {
        let Some(Token::Word(Kw::By | Kw::Before | Kw::Throughout)) = self.before(1) else {
            return None;
        };
        if self.opener() == Some(Kw::Milestone) {
            // `before 首期住宅验收`: by another milestone.
            let by = Kw::By.spelling(word_set(&self.source(self.at - 1)));
            return Some(self.written_elsewhere(self.at - 1, self.at - 1, by));
        }
        // `by the end of 2025`, `by year 2025`
        let filler =
            |i: &usize| matches!(&*self.source(*i), "the" | "end" | "of" | "year" | "date");
        let last = (self.at..self.tokens.len()).take_while(filler).last();
        if let Some(last) = last
            && let Some(Token::Literal(_)) = self.token(last + 1)
        {
            let word = self.source(self.at - 1);
            return Some(self.written_elsewhere(self.at - 1, last, &word));
        }
        Some(
            Diagnostic::new(Code::BadPeriod, self.span(self.at))
                .with("found", self.source(self.at)),
        )
    }

    pub(super) fn run_together(&self, word: &str, fixed: String) -> Diagnostic {
        let span = self.span(self.at);
        Diagnostic::new(Code::RunTogether, span)
            .with("found", self.source(self.at))
            .with("word", word)
            .with("fixed", &fixed)
            .fixed_by(span, fixed)
    }

    fn joined_keyword(&self) -> Option<Diagnostic> {
        let found = self.source(self.at);
        let fits = |kw: Kw| self.can_follow(kw) && !is_future_word(kw);
        let (word, rest) = run_together(&found, fits)?;
        Some(self.run_together(word, format!("{word} {rest}")))
    }

    /// `300 所`
    fn detached_unit(&self) -> Option<Diagnostic> {
        let Some(Token::Literal(number)) = self.before(1) else {
            return None;
        };
        let number = nfkc(number);
        Quantity::parse(&number).ok()?;
        // `1500 元/生·年`: the unit goes on behind its slash.
        let (_, last) = self.run(self.at);
        let both = self.span(self.at - 1).to(self.span(last));
        let unit = nfkc(self.slice(self.span(self.at).to(self.span(last))));
        let joined = format!("{number}{unit}");
        let quantity = Quantity::parse(&joined).ok()?;
        let sure = crate::unit::Unit::known().any(|known| known == unit)
            || unit.chars().count() == 1
            || !quantity.unit.per.is_empty()
            || unit.starts_with(['万', '亿', '个']);
        if !sure && self.nearest_here(&unit).is_some() {
            return None;
        }
        Some(
            Diagnostic::new(Code::DetachedUnit, both)
                .with("fixed", &joined)
                .fixed_by(both, joined),
        )
    }

    fn nearest_here(&self, found: &str) -> Option<&'static str> {
        nearest_keyword(found, self.written_in(), |kw| self.can_follow(kw))
    }

    fn misspelt(&self) -> Option<Diagnostic> {
        let near = self.nearest_here(&self.source(self.at))?;
        Some(self.misspelt_word(near))
    }

    pub(super) fn misspelt_word(&self, near: &str) -> Diagnostic {
        let span = self.span(self.at);
        Diagnostic::new(Code::MisspeltWord, span)
            .with("found", self.source(self.at))
            .with("nearest", near)
            .fixed_by(span, near)
    }

    /// `scale 等级 优 > 良`
    fn missing_scale_colon(&self) -> Option<Diagnostic> {
        let first = self.before(2) == Some(Token::Word(Kw::Scale));
        first.then(|| {
            let span = self.span(self.at - 1);
            let found = self.source(self.at - 1);
            Diagnostic::new(Code::MissingColon, span)
                .with("found", &found)
                .with_words("what", "序列名", "the scale's name")
                .fixed_by(span, format!("{found}:"))
        })
    }

    /// `rate 九年义务教育 巩固率 >= 98%`
    pub(super) fn two_names(&self) -> Option<Diagnostic> {
        let text = |token: Option<Token<'a>>| match token {
            Some(Token::Name(text) | Token::Quoted(text)) => Some(text),
            _ => None,
        };
        let (first, second) = (text(self.before(1))?, text(self.here())?);
        let tight = first.chars().next_back().is_some_and(is_cjk)
            && second.chars().next().is_some_and(is_cjk);
        let joined = normalise(&format!("{first} {second}")).into_owned();
        let fixed = if tight {
            joined
        } else {
            format!("\"{joined}\"")
        };
        let finding = Diagnostic::new(Code::TwoNames, self.span(self.at))
            .with("first", normalise(first))
            .with("second", normalise(second))
            .with("fixed", fixed);
        Some(match self.block() {
            Some(_) => finding.with("list", format!("{first}, {second}")),
            None => finding,
        })
    }
}
