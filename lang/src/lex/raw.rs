//! Characters to raw tokens. Explicit character ranges, because Unicode classes make the generated
//! lexer minutes slower to build.

use logos::Logos;

/// A raw token with its byte range; `None` is a run of characters that are no token.
pub(super) type Lexeme = (u32, Option<Raw>, u32);

/// Cuts a text into raw tokens; comments apart. Never fails.
pub(super) fn scan(text: &str) -> (Vec<Lexeme>, Vec<(u32, u32)>) {
    let mut lexemes = Vec::with_capacity(text.len() / 6 + 4);
    let mut comments = Vec::new();
    let mut lexer = Raw::lexer(text);
    while let Some(token) = lexer.next() {
        let span = lexer.span();
        let (start, end) = (span.start as u32, span.end as u32);
        match token {
            Ok(Raw::Comment) => comments.push((start, end)),
            Ok(token) => lexemes.push((start, Some(token), end)),
            Err(()) => match lexemes.last_mut() {
                Some((_, None, last)) if *last == start => *last = end,
                _ => lexemes.push((start, None, end)),
            },
        }
    }
    (lexemes, comments)
}

/// Whether a text is one word.
pub(super) fn is_word(text: &str) -> bool {
    let mut lexer = Raw::lexer(text);
    lexer.next() == Some(Ok(Raw::Word)) && lexer.span() == (0..text.len())
}

/// A raw token; keywords are still words.
#[derive(Logos, Debug, Clone, Copy, PartialEq, Eq)]
#[logos(skip r"[ \t\r\n\f\u{A0}\u{2000}-\u{200A}\u{202F}\u{205F}\u{3000}\u{FEFF}]+")]
// First character of a name: letters, Greek, Han, full-width Latin.
#[logos(subpattern start = r"[A-Za-z_\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{24F}\u{370}-\u{3FF}\u{2160}-\u{217F}\u{3005}-\u{3007}\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{F900}-\u{FAFF}\u{FF21}-\u{FF3A}\u{FF41}-\u{FF5A}\u{20000}-\u{3134F}]")]
#[logos(subpattern cont = r"[A-Za-z_0-9\u{B7}\u{2022}\u{B2}\u{B3}\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{24F}\u{370}-\u{3FF}\u{2080}-\u{2089}\u{2160}-\u{217F}\u{3005}-\u{3007}\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{F900}-\u{FAFF}\u{FF10}-\u{FF19}\u{FF21}-\u{FF3A}\u{FF41}-\u{FF5A}\u{20000}-\u{3134F}]")]
#[logos(subpattern digit = r"[0-9\u{FF10}-\u{FF19}]")]
#[logos(subpattern decimal = r"(?&digit)+([.\u{FF0E}](?&digit)+)?")]
// First character of a unit: as a name, or ℃ ° and the squared ones (㎡ ㎏ ㎞).
#[logos(subpattern unit = r"((?&start)|[\u{2103}\u{3380}-\u{33DF}\u{B0}])")]
#[logos(subpattern unitrest = r"((?&cont)|[\u{2103}\u{3380}-\u{33DF}%\u{FF05}])*")]
// A hyphen or dot inside a name, and the hyphen of a date.
#[logos(subpattern hyphen = r"[-\u{FF0D}]")]
#[logos(subpattern joint = r"[-.\u{FF0D}\u{FF0E}]")]
pub(super) enum Raw {
    #[regex(r"(?&start)(?&cont)*((?&joint)(?&cont)+)*")]
    Word,

    // 98% 4‰, 1.2万人, 20万元/年/人, 85/千人, 2023年9月1日
    #[regex(r"(?&decimal)([%\u{2030}\u{FF05}]|(?&unit)(?&unitrest)(/(?&unit)(?&unitrest))*|(/(?&unit)(?&unitrest))+)?")]
    // 1:15 and 13.5:1
    #[regex(r"(?&decimal)[:\u{FF1A}\u{2236}](?&decimal)")]
    // 2025-09, 2025-09-01
    #[regex(r"(?&digit){4}(?&hyphen)(?&digit){1,2}((?&hyphen)(?&digit){1,2})?")]
    // 2025-H1, 2025-Q3
    #[regex(r"(?&digit){4}(?&hyphen)[HQhq](?&digit)")]
    // 2025-W03
    #[regex(r"(?&digit){4}(?&hyphen)[Ww](?&digit){1,2}")]
    // 2023/2024, 2023/2024学年, 2023-2024学年, 2023/2024-T1, 2023-2024学年第一学期
    #[regex(r"(?&digit){4}/(?&digit){4}(学年)?")]
    #[regex(r"(?&digit){4}/(?&digit){4}(?&hyphen)T[12]")]
    #[regex(r"(?&digit){4}(?&hyphen)(?&digit){4}学年(第[一二12]学期|[上下]学期)?")]
    Number,

    /// Two years joined by a hyphen: a range.
    #[regex(r"(?&digit){4}(?&hyphen)(?&digit){4}年?")]
    YearRange,

    #[regex("\"[^\"\n]*\"")]
    #[regex("“[^”\n]*”")]
    #[regex("《[^》\n]*》")]
    #[regex("「[^」\n]*」")]
    Text,

    #[regex("\"[^\"\n]*", priority = 1)]
    #[regex("“[^”\n]*", priority = 1)]
    #[regex("《[^》\n]*", priority = 1)]
    #[regex("「[^」\n]*", priority = 1)]
    UnclosedText,

    #[regex(r"[#\u{FF03}][^\r\n]*", allow_greedy = true)]
    Comment,

    #[token(":")]
    #[token("：")]
    Colon,
    #[token(",")]
    #[token("，")]
    #[token("、")]
    Comma,
    #[token(";")]
    #[token("；")]
    #[token("。")]
    Semicolon,
    #[token("(")]
    #[token("（")]
    Open,
    #[token(")")]
    #[token("）")]
    Close,
    #[token("{")]
    #[token("｛")]
    OpenBrace,
    #[token("}")]
    #[token("｝")]
    CloseBrace,
    #[token("|")]
    #[token("｜")]
    Bar,
    #[token("..")]
    #[token("—")]
    #[token("——")]
    #[token("–")]
    #[token("~")]
    #[token("～")]
    Range,
    #[token(">=")]
    #[token("≥")]
    #[token("⩾")]
    #[token("≧")]
    #[token("＞＝")]
    #[token("＞=")]
    #[token(">＝")]
    Ge,
    #[token("<=")]
    #[token("≤")]
    #[token("⩽")]
    #[token("≦")]
    #[token("＜＝")]
    #[token("＜=")]
    #[token("<＝")]
    Le,
    #[token(">")]
    #[token("＞")]
    Gt,
    #[token("<")]
    #[token("＜")]
    Lt,
    #[token("=")]
    #[token("＝")]
    #[token("==")]
    #[token("＝＝")]
    Eq,
    #[token("+")]
    #[token("＋")]
    Plus,
    #[token("-")]
    #[token("－")]
    #[token("−")]
    Minus,
    #[token("*")]
    #[token("×")]
    #[token("＊")]
    Times,
    #[token("/")]
    #[token("／")]
    #[token("÷")]
    Slash,
    #[token("?")]
    #[token("？")]
    Question,
    /// A unit sign without its number.
    #[token("%")]
    #[token("％")]
    #[token("‰")]
    Percent,
}
