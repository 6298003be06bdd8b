//! The parser stopped at a literal, or where an operand is missing.

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::lex::Token;
use crate::names::nfkc;
use crate::period::{Grain, Period};
use crate::unit::{Base, Quantity};
use crate::words::{Class, Kind, Kw, WordSet};

use super::Piece;

/// What a keyword calls for: in Chinese and English, and an example of both together.
pub(super) struct Operand {
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    pub(super) sample: String,
}

impl Piece<'_, '_> {
    pub(super) fn operand_after(&self, kw: Kw) -> Option<Operand> {
        let kind = self.opener().and_then(Kind::of);
        let value = kinds::sample(kind.unwrap_or(Kind::Rate));
        let (zh, en, sample) = match kw {
            Kw::Between => ("数值", "a value", "2 and 3"),
            Kw::And => ("上限", "the upper bound", "3"),
            Kw::By | Kw::Before => ("时间", "a time", "2025"),
            Kw::In if self.opener() == Some(Kw::Entity) => ("地区", "a place", "五华区"),
            Kw::In => ("时间或地区", "a time or a place", "昆明"),
            Kw::Throughout | Kw::SpanField => ("时段", "a span", "2023..2025"),
            Kw::Contains => ("下辖的地区", "a region", "五华区, 盘龙区"),
            Kw::Gt if self.opener() == Some(Kw::Scale) => ("等级", "a grade", "良"),
            Kw::Plan => ("规划名称", "the name of a plan", "kunming-2023"),
            Kw::Section => ("章节的编号", "the number of the section", "\"6\""),
            Kw::Table => (
                "标题或行",
                "a title, or the rows",
                "\"主要指标\" in 昆明 { … }",
            ),
            Kw::UnitDecl => ("单位名称", "the name of a unit", "班"),
            Kw::Priority => ("来源", "a source", "\"年鉴\" > \"公报\""),
            Kw::Test => (
                "测试的名称",
                "the name of the test",
                "\"差 0.8 个百分点\" { … }",
            ),
            Kw::Waive | Kw::Expect => ("规则的编号", "the label of a rule", "KM-09"),
            Kw::Region => ("地区名称", "the name of a region", "昆明"),
            Kw::Entity => ("对象名称", "the name of an entity", "长城中学"),
            Kw::Scale => ("序列名称", "the name of a scale", "等级: 优 > 良 > 中"),
            Kw::Use => ("文件", "a file", "\"std:regions\""),
            Kw::Range => ("取值范围", "a range", "0%..100%"),
            Kw::Issued | Kw::Deadline => ("日期", "a date", "2025-12-31"),
            Kw::Weight => ("分值", "a number", "5"),
            Kw::Baseline => ("基期数值", "a value", "98.7% in 2022"),
            Kw::Nature => ("属性", "binding or expected", "binding"),
            Kw::Assess => ("进度方法", "a progress method", "linear"),
            Kw::Status => ("状态", "a status", "preliminary"),
            Kw::KindField => ("类别", "a kind", "rate"),
            Kw::UnitField => ("单位", "a unit", "所"),
            Kw::ScaleField => ("等级序列", "a scale", "高中等级"),
            Kw::RegionField => ("地区", "a region", "昆明"),
            _ => match kw.class() {
                Class::Kind | Class::Declare => {
                    ("指标名称", "the name of an indicator", "九年义务教育巩固率")
                }
                Class::Compare => ("数值", "a value", value),
                Class::Field => ("内容", "the content", "\"…\""),
                _ => return None,
            },
        };
        Some(Operand {
            zh,
            en,
            sample: format!("{} {sample}", self.spelling(kw)),
        })
    }

    pub(super) fn missing(&self, i: usize, word: &str, operand: &Operand) -> Diagnostic {
        Diagnostic::new(Code::MissingValue, self.span(i))
            .with("word", word)
            .with_words("what", operand.zh, operand.en)
            .with("sample", &operand.sample)
    }

    /// `>=` or `by` with nothing behind it.
    pub(super) fn missing_value(&self) -> Option<Diagnostic> {
        let nothing = match self.here() {
            None
            | Some(
                Token::Word(_)
                | Token::Label(_)
                | Token::CloseBrace
                | Token::OpenBrace
                | Token::Semicolon
                | Token::Comma
                | Token::PostLiteral(..)
                | Token::TierMust
                | Token::TierShould,
            ) => true,
            // `unit` and the like take a value of another sort.
            _ => false,
        };
        let last = self.at.checked_sub(1)?;
        if !nothing {
            return None;
        }
        match self.token(last)? {
            Token::Word(kw) => {
                let operand = self.operand_after(kw)?;
                Some(self.missing(last, &self.source(last), &operand))
            }
            Token::Range => {
                let operand = Operand {
                    zh: "时段的终点",
                    en: "the end of the span",
                    sample: "2023..2025".to_string(),
                };
                Some(self.missing(last, &self.source(last), &operand))
            }
            _ => None,
        }
    }

    pub(super) fn literal(&self) -> Option<Diagnostic> {
        let (text, bound) = match self.here()? {
            Token::Literal(text) => (text, false),
            Token::PostLiteral(text, _) => (text, true),
            _ => return None,
        };
        match self.before(1)? {
            Token::Word(kw) if matches!(kw.class(), Class::Kind | Class::Declare) => {
                self.digit_name()
            }
            Token::Word(Kw::Contains) | Token::Comma => self.digit_name(),
            Token::TierMust | Token::TierShould => Some(self.missing_comparison(text)),
            Token::Name(_) | Token::Quoted(_) | Token::Literal(_) | Token::PostLiteral(..)
                if !bound =>
            {
                self.run_into_keyword()
                    .or_else(|| self.missing_equals(text))
                    .or_else(|| self.missing_time_word(text))
                    .or_else(|| (!self.had_bound()).then(|| self.missing_comparison(text)))
            }
            _ => None,
        }
    }

    /// A name that begins with a digit, where a name belongs.
    pub(super) fn digit_name(&self) -> Option<Diagnostic> {
        let (_, last) = self.run(self.at);
        let span = self.span(self.at).to(self.span(last));
        let text = nfkc(self.slice(span)).into_owned();
        let is_value = Quantity::parse(&text)
            .is_ok_and(|q| !matches!(q.unit.base, Base::Thing(_)) && last == self.at);
        if is_value && let Some(Token::Word(kw)) = self.before(1) {
            let operand = self.operand_after(kw)?;
            return Some(self.missing(self.at - 1, &self.source(self.at - 1), &operand));
        }
        let fixed = format!("\"{text}\"");
        Some(
            Diagnostic::new(Code::NameStartsWithDigit, span)
                .with("fixed", &fixed)
                .fixed_by(span, fixed),
        )
    }

    fn missing_comparison(&self, text: &str) -> Diagnostic {
        let value = nfkc(text);
        // `70%左右`, `70% 左右`
        if let Some(Token::Name(next)) = self.token(self.at + 1)
            && matches!(next, "左右" | "上下")
        {
            return self.not_yet(self.at + 1, &format!(" `{next}`"), &format!("`{next}`"));
        }
        let set = self.written_in().unwrap_or(WordSet::En);
        let finding = Diagnostic::new(Code::MissingComparison, self.span(self.at))
            .with("value", &value)
            .with("ge", self.spelling(Kw::Ge))
            .with("le", self.spelling(Kw::Le));
        match (self.token(self.at + 1), self.token(self.at + 2)) {
            (Some(Token::Range), Some(Token::Literal(upper))) => {
                let upper = nfkc(upper);
                finding.with(
                    "between",
                    match set {
                        WordSet::En => format!("between {value} and {upper}"),
                        WordSet::Zh => format!("介于 {value} 和 {upper} 之间"),
                    },
                )
            }
            _ => finding,
        }
    }

    /// `fact X 97%`
    fn missing_equals(&self, text: &str) -> Option<Diagnostic> {
        (self.opener() == Some(Kw::Fact) && !self.had_bound()).then(|| {
            Diagnostic::new(Code::MissingBefore, self.span(self.at))
                .with("value", nfkc(text))
                .with("word", "=")
        })
    }

    /// `rate X >= 98% 2025 in 昆明`: a time without `by` or `in`.
    fn missing_time_word(&self, text: &str) -> Option<Diagnostic> {
        let text = nfkc(text);
        let period: Period = text.parse().ok()?;
        let is_time = match self.opener() {
            _ if self.had_bound() || period.grain() != Grain::Year => true,
            Some(Kw::Count | Kw::Quantity | Kw::Score | Kw::Rank) => text.contains('年'),
            _ => (1990..=2100).contains(&period.start().year()),
        };
        if !is_time {
            return None;
        }
        let finding = Diagnostic::new(Code::MissingBefore, self.span(self.at)).with("value", text);
        let word = |kw: Kw| self.spelling(kw);
        Some(match self.opener() {
            Some(Kw::Fact) => finding.with("word", word(Kw::InTime)),
            _ => finding
                .with("word", word(Kw::By))
                .with("or", word(Kw::InTime)),
        })
    }

    /// `300所by 2025`: the unit before runs into a keyword.
    fn run_into_keyword(&self) -> Option<Diagnostic> {
        let before = self.at.checked_sub(1)?;
        let Some(Token::Literal(text)) = self.token(before) else {
            return None;
        };
        let text = nfkc(text);
        let words = [Kw::By, Kw::In, Kw::Before, Kw::Throughout];
        let (word, head) = words
            .iter()
            .flat_map(|kw| kw.spellings())
            .find_map(|word| {
                let head = text.strip_suffix(word)?;
                Quantity::parse(head).is_ok().then_some((word, head))
            })?;
        let fixed = format!("{head} {word}");
        let span = self.span(before);
        Some(
            Diagnostic::new(Code::RunTogether, span)
                .with("found", &text)
                .with("word", word)
                .with("fixed", &fixed)
                .fixed_by(span, fixed),
        )
    }
}
