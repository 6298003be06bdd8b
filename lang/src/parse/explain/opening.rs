//! The parser stopped where a statement should open.

use crate::diag::{Code, Diagnostic};
use crate::gazetteer;
use crate::lex::Token;
use crate::names::{nfkc, normalise};
use crate::period::Period;
use crate::unit::Quantity;
use crate::words::{Class, Kind, Kw, WordSet};

use super::Piece;
use super::scope::{is_future, is_future_word};
use super::suggest::{habit, hidden_value, nearest_keyword, run_together};

/// Whether a keyword can open a statement, or stand before its kind.
fn opens(kw: Kw) -> bool {
    matches!(kw.class(), Class::Kind | Class::Declare | Class::Force)
}

impl Piece<'_, '_> {
    pub(super) fn opening(&self) -> Option<Diagnostic> {
        let at_start = match self.before(1) {
            None | Some(Token::Semicolon | Token::Label(_)) => true,
            Some(Token::CloseBrace) => self.block().is_none(),
            Some(Token::Word(kw)) => kw.class() == Class::Force,
            _ => false,
        };
        if !at_start {
            return None;
        }
        match self.here()? {
            Token::Name(_) => self.opening_name(),
            Token::Quoted(_) => self.missing_colon().or_else(|| self.missing_kind()),
            Token::Literal(text) => self.number_first(text),
            Token::Word(kw) if kw.class() == Class::Clause => self.clause_first(),
            Token::Slash | Token::Minus => self.foreign_comment(),
            _ => None,
        }
    }

    fn opening_name(&self) -> Option<Diagnostic> {
        let found = self.source(self.at);
        // `rate: X >= 98%`
        if let Some(Token::Label(label)) = self.before(1)
            && Kind::named(&nfkc(label)).is_some()
        {
            let word = self.source(self.at - 1);
            return Some(
                Diagnostic::new(Code::WrittenElsewhere, self.span(self.at - 1))
                    .with("found", format!("{word}:"))
                    .with("instead", word),
            );
        }
        let next_is_name = matches!(
            self.token(self.at + 1),
            Some(Token::Name(_) | Token::Quoted(_) | Token::Literal(_))
        );
        // `rate >= 98%`: the kind is there, what it is about is not.
        let word = Kw::lookup(&found)
            .iter()
            .find(|kw| matches!(kw.class(), Class::Kind | Class::Declare));
        if !next_is_name
            && let Some(kw) = word
            && let Some(operand) = self.operand_after(*kw)
        {
            return Some(self.missing(self.at, &found, &operand));
        }
        if let Some(finding) = self.misspelt_force().or_else(|| self.missing_colon()) {
            return Some(finding);
        }
        if next_is_name && let Some((kw, 1)) = habit(std::slice::from_ref(&found), opens) {
            let instead = kw.spelling(word_set(&found));
            return Some(self.written_elsewhere(self.at, self.at, instead));
        }
        if next_is_name && let Some(near) = nearest_keyword(&found, Some(word_set(&found)), opens) {
            return Some(self.misspelt_word(near));
        }
        if !next_is_name && let Some((word, rest)) = run_together(&found, opens) {
            return Some(self.run_together(word, format!("{word} {rest}")));
        }
        self.missing_kind()
    }

    /// `shuold rate X …`
    fn misspelt_force(&self) -> Option<Diagnostic> {
        let Some(Token::Word(next)) = self.token(self.at + 1) else {
            return None;
        };
        let found = self.source(self.at);
        let near = nearest_keyword(&found, Some(word_set(&found)), |kw| {
            kw.class() == Class::Force
        })?;
        (next.class() == Class::Kind).then(|| self.misspelt_word(near))
    }

    /// `KM-09 rate X …`: a name before a kind is a label without its colon.
    fn missing_colon(&self) -> Option<Diagnostic> {
        let opening_next = match self.token(self.at + 1) {
            Some(Token::Word(kw)) => matches!(kw.class(), Class::Kind | Class::Force),
            _ => false,
        };
        let label_before = matches!(self.before(1), Some(Token::Label(_)));
        (opening_next && !label_before).then(|| {
            let found = self.source(self.at);
            Diagnostic::new(Code::MissingColon, self.span(self.at))
                .with("found", &found)
                .with_words("what", "编号", "a label")
                .fixed_by(self.span(self.at), format!("{found}:"))
        })
    }

    /// A statement with a requirement but without a kind.
    fn missing_kind(&self) -> Option<Diagnostic> {
        let mut measure = self.at;
        let requires = self.tokens.iter().enumerate().skip(self.at);
        let requires = requires
            .take_while(|(_, (_, t, _))| !matches!(t, Token::Semicolon))
            .any(|(_, (_, t, _))| match t {
                Token::PostLiteral(..) => true,
                Token::Word(kw) => kw.class() == Class::Compare,
                Token::Name(text) => hidden_value(&nfkc(text)).is_some(),
                _ => false,
            });
        if !requires {
            return None;
        }
        // `五华区 每个 小学：…`: the order of a later version.
        let mut later = self.tokens.iter().skip(self.at + 1);
        if later.any(|(_, t, _)| matches!(t, Token::Word(kw) if is_future_word(*kw))) {
            return self.clause_first();
        }
        let finding = Diagnostic::new(Code::MissingKind, self.span(self.at));
        let sentence = hidden_value(&self.source(self.at)).is_some();
        let Some(kind) = self.fitting_kind().filter(|_| !sentence) else {
            return Some(finding);
        };
        let mut place = None;
        // `昆明 巩固率 >= 98%`: the place comes first.
        if let Some(Token::Name(text)) = self.here()
            && !gazetteer::find(&normalise(text)).is_empty()
            && matches!(
                self.token(self.at + 1),
                Some(Token::Name(_) | Token::Quoted(_))
            )
        {
            measure += 1;
            place = Some(text);
        }
        let words = |set: WordSet| {
            let set = self.written_in().unwrap_or(set);
            let place = place.map(|place| format!("{} {place}", Kw::In.spelling(set)));
            (kind.keyword().spelling(set), place)
        };
        let ((kind_zh, place_zh), (kind_en, place_en)) = (words(WordSet::Zh), words(WordSet::En));
        let finding = finding
            .with_words("kind", kind_zh, kind_en)
            .with("measure", self.slice(self.span(measure)));
        Some(match (place_zh, place_en) {
            (Some(zh), Some(en)) => finding.with_words("place", zh, en),
            _ => finding,
        })
    }

    /// The kind that the first value's unit would have.
    fn fitting_kind(&self) -> Option<Kind> {
        self.tokens.iter().find_map(|(_, t, _)| match t {
            Token::Literal(text) | Token::PostLiteral(text, _) => {
                let quantity = Quantity::parse(&nfkc(text)).ok()?;
                crate::kinds::fitting(&quantity.unit)
            }
            _ => None,
        })
    }

    /// `2025年，昆明 …`, `2021—2035年，…`: the time comes first, as Chinese has it.
    fn number_first(&self, text: &str) -> Option<Diagnostic> {
        nfkc(text).parse::<Period>().ok()?;
        self.clause_first()
    }

    /// `到2025年，昆明 巩固率 达到 98%`, `by 2025 rate X >= 98%`.
    fn clause_first(&self) -> Option<Diagnostic> {
        let more = self.tokens.get(self.at..)?.iter().any(|(_, t, _)| match t {
            Token::Name(_) | Token::Quoted(_) => true,
            Token::Word(kw) => kw.class() == Class::Kind,
            _ => false,
        });
        let future = self.here().is_some_and(is_future);
        (more && !future).then(|| {
            self.not_yet(
                self.at,
                "把时间或地点写在最前面的语序",
                "the order with time or place first",
            )
            .with_words(
                "instead",
                "比率 九年义务教育巩固率 不低于 98% 到 2025 在 昆明",
                "rate 九年义务教育巩固率 >= 98% by 2025 in 昆明",
            )
        })
    }

    /// `// …` and `-- …`.
    pub(super) fn foreign_comment(&self) -> Option<Diagnostic> {
        let twice = self.here() == self.token(self.at + 1) && self.touches_next(self.at);
        twice.then(|| self.written_elsewhere(self.at, self.at + 1, "#"))
    }
}

/// The keyword set that a word's script suggests.
pub(super) fn word_set(found: &str) -> WordSet {
    if found.is_ascii() {
        WordSet::En
    } else {
        WordSet::Zh
    }
}
