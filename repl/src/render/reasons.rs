//! Reasons in the words of others: the system's errors in ours, the TOML reader's behind a sentence
//! of ours.

use std::borrow::Cow;
use std::io::Error;

use guiju::lang::Sources;
use guiju::{Code, Diagnostic, Lang};

use crate::failure;

/// The finding, its reason in the reader's language as far as it can be said there.
pub(crate) fn worded<'d>(
    finding: &'d Diagnostic,
    sources: &Sources,
    lang: Lang,
) -> Cow<'d, Diagnostic> {
    let reason = finding.args.iter().find(|(name, _)| *name == "reason");
    let Some((_, reason)) = reason else {
        return Cow::Borrowed(finding);
    };
    let worded = match system(reason, lang) {
        Cow::Owned(worded) => worded,
        Cow::Borrowed(_) if is_toml(finding, reason, lang) => toml(finding, reason, sources),
        Cow::Borrowed(_) => return Cow::Borrowed(finding),
    };
    let mut finding = finding.clone();
    let reasons = finding.args.iter_mut();
    for (_, reason) in reasons.filter(|(name, _)| *name == "reason") {
        reason.clone_from(&worded);
    }
    Cow::Owned(finding)
}

/// A text that ends in the system's description of an error, `… (os error 2)`: with our words for
/// it, or a sentence of ours in front where there are none.
pub(crate) fn system(text: &str, lang: Lang) -> Cow<'_, str> {
    let number = text.strip_suffix(')').and_then(|t| t.rsplit_once('('));
    let number = number.and_then(|(_, n)| n.strip_prefix("os error ")?.parse().ok());
    let error = number.map(Error::from_raw_os_error);
    let ending = error.and_then(|e| Some((text.strip_suffix(&e.to_string())?, e)));
    let Some((before, error)) = ending else {
        return Cow::Borrowed(text);
    };
    let words = failure::reason(&error, lang);
    let lead = match lang {
        Lang::Zh if words == error.to_string() => "操作系统的原话是：",
        _ => "",
    };
    Cow::Owned(format!("{before}{lead}{words}"))
}

/// What is wrong with a configuration is worded here in Chinese; English is the TOML reader's.
fn is_toml(finding: &Diagnostic, reason: &str, lang: Lang) -> bool {
    let english = reason.starts_with(|c: char| c.is_ascii_alphabetic());
    finding.code == Code::BadConfig && lang == Lang::Zh && english
}

fn toml(finding: &Diagnostic, reason: &str, sources: &Sources) -> String {
    let place = finding.labels.first().map(|label| sources.locate(*label).1);
    let place = place.map_or(String::new(), |at| {
        format!("第 {} 行第 {} 列", at.line, at.column)
    });
    format!("{place}读不懂，TOML 读取程序的原话是：{reason}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_are_said_in_words() {
        let said = |number: i32, lang| {
            let text = format!("无法读取 a：{}", Error::from_raw_os_error(number));
            system(&text, lang).into_owned()
        };
        // 2 is the same everywhere.
        assert_eq!(said(2, Lang::Zh), "无法读取 a：没有这个文件或文件夹");
        assert_eq!(said(2, Lang::En), "无法读取 a：no such file or folder");
        // Nobody has words for this one.
        let unknown = said(99_999, Lang::Zh);
        assert!(unknown.contains("：操作系统的原话是："), "{unknown}");
        for text in ["", ")", "(os error x)", "what (os error 2)", "自定 (2)"] {
            assert_eq!(system(text, Lang::Zh), text);
        }
    }
}
