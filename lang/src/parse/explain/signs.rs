//! The parser stopped at a sign: a comma, a bracket, an operator, a character of no use.

use crate::diag::{Code, Diagnostic};
use crate::lex::{LexError, Token, calls_for_operand};
use crate::names::nfkc;
use crate::period::{Grain, Period};
use crate::source::Span;
use crate::unit::Quantity;
use crate::words::{Class, Kw};

use super::Piece;
use super::suggest::hidden_value;

impl Piece<'_, '_> {
    pub(super) fn sign(&self) -> Option<Diagnostic> {
        match self.here()? {
            Token::Comma => self.thousands().or_else(|| self.list()),
            Token::Word(kw) if kw.class() == Class::Compare => self.double_operator(kw),
            Token::Word(Kw::And) => self.two_bounds(),
            Token::Bad(LexError::UnknownCharacter) => Some(self.unknown_character()),
            Token::Open => self.bracket(),
            Token::Slash | Token::Minus => self
                .foreign_comment()
                .or_else(|| self.joined_literals())
                .or_else(|| self.name_with_sign())
                .or_else(|| self.operator()),
            Token::Plus | Token::Times => self.name_with_sign().or_else(|| self.operator()),
            Token::Range => self.name_with_sign().or_else(|| self.range()),
            Token::Colon => self.name_with_sign().or_else(|| Some(self.colon())),
            Token::Name(_) | Token::Quoted(_) | Token::Literal(_) => self.name_with_sign(),
            _ => None,
        }
    }

    pub(super) fn written_elsewhere(&self, from: usize, to: usize, instead: &str) -> Diagnostic {
        let span = self.span(from).to(self.span(to));
        Diagnostic::new(Code::WrittenElsewhere, span)
            .with("found", nfkc(self.slice(span)))
            .with("instead", instead)
            .fixed_by(span, instead)
    }

    pub(super) fn advice(&self, span: Span, zh: &str, en: &str) -> Diagnostic {
        Diagnostic::new(Code::Unexpected, span)
            .with("found", format!("`{}`", nfkc(self.slice(span))))
            .with_words("advice", zh, en)
    }

    // ── commas ───────────────────────────────────────────────────────────────────────────────

    /// `1,200所`: digits before the comma, and three after it each time.
    fn thousands(&self) -> Option<Diagnostic> {
        let Some(Token::Literal(head)) = self.before(1) else {
            return None;
        };
        let head = nfkc(head);
        let short = head.len() <= 3 && head.bytes().all(|b| b.is_ascii_digit());
        let mut fixed = head.into_owned();
        let mut last = self.at;
        while short && self.token(last) == Some(Token::Comma) {
            let (Some(Token::Literal(group)) | Some(Token::PostLiteral(group, _))) =
                self.token(last + 1)
            else {
                break;
            };
            let group = nfkc(group);
            let digits = group.bytes().take_while(u8::is_ascii_digit).count();
            if digits != 3 {
                break;
            }
            fixed.push_str(&group);
            last += 2;
        }
        if last == self.at {
            return None;
        }
        let span = self.span(self.at - 1).to(self.span(last - 1));
        Some(
            Diagnostic::new(Code::ThousandsComma, span)
                .with("fixed", &fixed)
                .fixed_by(span, fixed),
        )
    }

    /// Lists of measures, places or requirements belong to a later version.
    fn list(&self) -> Option<Diagnostic> {
        self.opener().filter(|kw| kw.class() == Class::Kind)?;
        let bound_next = match self.token(self.at + 1)? {
            Token::PostLiteral(..) | Token::TierMust | Token::TierShould => true,
            Token::Word(kw) => kw.class() == Class::Compare,
            Token::Name(_) | Token::Quoted(_) | Token::Literal(_) => false,
            _ => return None,
        };
        let (zh, en) = if bound_next {
            ("一条规则中的多项要求", "a list of requirements")
        } else if self.before(2) == Some(Token::Word(Kw::In)) {
            ("并列的地区", "a list of places")
        } else if self.had_bound() {
            ("并列的数值", "a list of values")
        } else {
            ("并列的指标", "a list of indicators")
        };
        Some(self.not_yet(self.at, zh, en).with_words(
            "instead",
            "每一项各写一条规则",
            "a rule for each of them",
        ))
    }

    // ── operators ────────────────────────────────────────────────────────────────────────────

    /// `=>`, `=<`, `> =`, `<>`.
    fn double_operator(&self, second: Kw) -> Option<Diagnostic> {
        let Some(Token::Word(first)) = self.before(1) else {
            return None;
        };
        let both = self.span(self.at - 1).to(self.span(self.at));
        let instead = match (first, second) {
            (Kw::Eq, Kw::Gt) | (Kw::Gt, Kw::Eq) => ">=",
            (Kw::Eq, Kw::Lt) | (Kw::Lt, Kw::Eq) => "<=",
            (Kw::Eq, Kw::Eq) => "=",
            (Kw::Lt, Kw::Gt) => return Some(self.not_equal(both)),
            _ => return None,
        };
        Some(self.written_elsewhere(self.at - 1, self.at, instead))
    }

    fn not_equal(&self, span: Span) -> Diagnostic {
        self.advice(
            span,
            "语言中没有“不等于”；写出上限或下限，例如 `< 98%`",
            "there is no “not equal”; write the bound that is meant, for example `< 98%`",
        )
    }

    fn two_bounds(&self) -> Option<Diagnostic> {
        self.had_bound().then(|| {
            self.advice(
                self.span(self.at),
                "上下限写作 `between 98% and 99%`（介于 98% 和 99% 之间）；两项要求写成两条规则",
                "a lower and an upper bound are written `between 98% and 99%`; two requirements are two rules",
            )
        })
    }

    fn colon(&self) -> Diagnostic {
        self.advice(
            self.span(self.at),
            "去掉冒号；冒号只跟在编号之后",
            "leave out the colon; one stands only behind a label",
        )
    }

    /// `by 2023..2025`, `>= 2..3`.
    fn range(&self) -> Option<Diagnostic> {
        let Some(Token::Literal(first)) = self.before(1) else {
            return None;
        };
        let Some(Token::Literal(last)) = self.token(self.at + 1) else {
            return None;
        };
        let Some(Token::Word(word)) = self.before(2) else {
            return None;
        };
        let whole = self.span(self.at - 2).to(self.span(self.at + 1));
        let (first, last) = (nfkc(first), nfkc(last));
        let fixed = match word.class() {
            Class::Clause => format!("{} {first}..{last}", self.spelling(Kw::Throughout)),
            Class::Compare if self.written_in() == Some(crate::words::WordSet::Zh) => {
                format!("介于 {first} 和 {last} 之间")
            }
            Class::Compare => format!("between {first} and {last}"),
            _ => return None,
        };
        Some(
            Diagnostic::new(Code::WrittenElsewhere, whole)
                .with("found", nfkc(self.slice(whole)))
                .with("instead", &fixed)
                .fixed_by(whole, fixed),
        )
    }

    /// Other arithmetic is for a later version; `-` between two years is a span.
    fn operator(&self) -> Option<Diagnostic> {
        if let (Some(Token::Literal(first)), Some(Token::Literal(last))) =
            (self.before(1), self.token(self.at + 1))
            && [first, last]
                .iter()
                .all(|t| nfkc(t).parse::<Period>().is_ok())
        {
            let fixed = format!("{}..{}", nfkc(first), nfkc(last));
            return Some(self.written_elsewhere(self.at - 1, self.at + 1, &fixed));
        }
        Some(self.not_yet(self.at, "算式", "arithmetic"))
    }

    /// `2025/09/01`, `2025.9.1`, `10-31`, `1/3`: literals joined without space.
    fn joined_literals(&self) -> Option<Diagnostic> {
        let (mut first, mut last) = self.run(self.at);
        let fits = |t: Option<Token<'_>>| {
            matches!(
                t,
                Some(Token::Literal(_) | Token::Slash | Token::Minus | Token::Bad(_))
            )
        };
        while first < self.at && !(first..=self.at).all(|i| fits(self.token(i))) {
            first += 1;
        }
        while last > self.at && !(self.at..=last).all(|i| fits(self.token(i))) {
            last -= 1;
        }
        let numbers = [first, last]
            .iter()
            .all(|i| matches!(self.token(*i), Some(Token::Literal(_))));
        if !numbers || first == last {
            return None;
        }
        let span = self.span(first).to(self.span(last));
        let found = nfkc(self.slice(span)).into_owned();
        let date = found.replace(['/', '.'], "-");
        if let Ok(period) = date.parse::<Period>()
            && period.grain() != Grain::Year
        {
            return Some(
                Diagnostic::new(Code::BadPeriod, span)
                    .with("found", found)
                    .with("fixed", period)
                    .fixed_by(span, period.to_string()),
            );
        }
        let hyphens = !found.contains(['/', '.']);
        if hyphens && format!("2024-{date}").parse::<Period>().is_ok() {
            let mut finding = self.not_yet(self.at, "没有年份的日期", "a date without its year");
            finding.labels = vec![span];
            return Some(finding);
        }
        Some(Diagnostic::new(Code::BadNumber, span).with("found", found))
    }

    // ── brackets, characters ─────────────────────────────────────────────────────────────────

    fn bracket(&self) -> Option<Diagnostic> {
        if let Some(finding) = self.name_with_sign() {
            return Some(finding);
        }
        calls_for_operand(self.before(1))
            .then(|| self.not_yet(self.at, "带括号的算式", "an expression in brackets"))
    }

    /// `高中阶段（含中职）毛入学率`: a name in one piece with a sign in it.
    fn name_with_sign(&self) -> Option<Diagnostic> {
        let (name, sign, span) = self.name_in_one_piece()?;
        Some(
            Diagnostic::new(Code::NameNeedsQuotes, span)
                .with("sign", sign)
                .with("fixed", &name)
                .fixed_by(span, name.clone()),
        )
    }

    /// What stands together without space where a name belongs: in quotes, the first sign in it,
    /// and where.
    fn name_in_one_piece(&self) -> Option<(String, String, Span)> {
        let (first, mut last) = self.run(self.at);
        if last > first && self.token(last) == Some(Token::Colon) {
            last -= 1;
        }
        let start = self.token(first);
        let is_name = matches!(start, Some(Token::Name(_) | Token::Quoted(_)));
        let wanted = calls_for_operand(first.checked_sub(1).and_then(|i| self.token(i)));
        if !is_name || !wanted || first == last || first >= self.at || self.at > last {
            return None;
        }
        let span = self.span(first).to(self.span(last));
        let text = self.slice(span);
        if text.contains(['"', '\n', '\u{200B}', '\u{200C}', '\u{200D}']) {
            return None;
        }
        // `巩固率98%` is a name with its value.
        if hidden_value(&self.source(first)).is_some() {
            return None;
        }
        let sign = (first..=last).find_map(|i| match self.token(i)? {
            Token::Name(_) | Token::Literal(_) => None,
            _ => self.source(i).chars().next(),
        })?;
        Some((format!("\"{text}\""), sign.to_string(), span))
    }

    fn unknown_character(&self) -> Diagnostic {
        let span = self.span(self.at);
        let found = self.source(self.at);
        if let Some(finding) = self.known_sign(&found) {
            return finding;
        }
        let first = found.chars().next().unwrap_or(' ');
        let finding = Diagnostic::new(Code::UnknownCharacter, span).with("found", visible(&found));
        if is_invisible(first) {
            return finding
                .with_words(
                    "invisible",
                    "删去这个看不见的字符",
                    "delete this invisible character",
                )
                .fixed_by(span, "");
        }
        match self.name_in_one_piece() {
            Some((name, _, _)) => finding.with("name", name),
            None => finding,
        }
    }

    /// Characters that mean something elsewhere.
    fn known_sign(&self, found: &str) -> Option<Diagnostic> {
        let span = self.span(self.at);
        match found {
            "%" | "‰" => {
                if let Some(Token::Literal(number)) = self.before(1) {
                    let joined = format!("{}{found}", nfkc(number));
                    Quantity::parse(&joined).ok()?;
                    let both = self.span(self.at - 1).to(span);
                    return Some(
                        Diagnostic::new(Code::DetachedUnit, both)
                            .with("fixed", &joined)
                            .fixed_by(both, joined),
                    );
                }
                let before = self.at.checked_sub(1)?;
                let text = self.source(before);
                let (name, word, value) = hidden_value(&text)?;
                let both = self.span(before).to(span);
                let word = if word.is_empty() { ">=" } else { word };
                Some(
                    Diagnostic::new(Code::RunTogether, both)
                        .with("found", nfkc(self.slice(both)))
                        .with("word", word)
                        .with("fixed", format!("{name} {word} {value}{found}")),
                )
            }
            "!" if self.token(self.at + 1) == Some(Token::Word(Kw::Eq)) => {
                Some(self.not_equal(span.to(self.span(self.at + 1))))
            }
            "≠" => Some(self.not_equal(span)),
            "&" | "&&" if self.had_bound() => self.two_bounds(),
            "'" | "‘" | "’" | "`" => Some(self.written_elsewhere(self.at, self.at, "\"")),
            "$" | "¥" => {
                let Some(Token::Literal(number)) = self.token(self.at + 1) else {
                    return None;
                };
                let unit = if found == "$" { "美元" } else { "元" };
                let fixed = format!("{}{unit}", nfkc(number));
                Some(self.written_elsewhere(self.at, self.at + 1, &fixed))
            }
            "." => match (self.before(1), self.token(self.at + 1)) {
                (Some(Token::Literal(_)), Some(Token::Literal(_))) => self.joined_literals(),
                (_, Some(Token::Literal(digits))) if self.touches_next(self.at) => {
                    let both = span.to(self.span(self.at + 1));
                    let fixed = format!("0.{}", nfkc(digits));
                    Some(
                        Diagnostic::new(Code::BadNumber, both)
                            .with("found", nfkc(self.slice(both)))
                            .with("fixed", &fixed)
                            .fixed_by(both, fixed),
                    )
                }
                _ => None,
            },
            "‐" | "‑" | "‒" | "―" => Some(self.written_elsewhere(self.at, self.at, "-")),
            _ => None,
        }
    }
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}')
}

/// An invisible character is shown by its code.
fn visible(text: &str) -> String {
    text.chars()
        .take(8)
        .map(|c| {
            if is_invisible(c) {
                format!("U+{:04X}", c as u32)
            } else {
                c.to_string()
            }
        })
        .collect()
}
