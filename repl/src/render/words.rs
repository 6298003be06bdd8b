//! Words of screens and reports, in both languages.

use guiju::{Lang, Verdict};

/// A verdict as a heading, for must.
pub(crate) fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    let (zh, en) = match verdict {
        Verdict::Met => ("达成", "met"),
        Verdict::Violated => ("未达成", "violated"),
        Verdict::Pending => ("未到期", "pending"),
        Verdict::Unknown => ("缺数据", "unknown"),
        Verdict::NotApplicable => ("不适用", "not applicable"),
        Verdict::Waived => ("已豁免", "waived"),
    };
    lang.pick(zh, en)
}

/// The verdict of one result: a should that is missed is no violation of duty.
pub(crate) fn of_result(result: &guiju::ResultRecord<'_>, lang: Lang) -> &'static str {
    match (result.verdict, result.modality) {
        (Verdict::Violated, "should") => lang.pick("未达预期", "not reached"),
        (other, _) => verdict(other, lang),
    }
}

/// A sign that does not rely on colour.
pub(crate) fn sign(verdict: Verdict, unicode: bool) -> &'static str {
    match (verdict, unicode) {
        (Verdict::Met, true) => "✓",
        (Verdict::Violated, true) => "×",
        (Verdict::Pending, true) => "…",
        (Verdict::Unknown, _) => "?",
        (Verdict::NotApplicable, true) => "–",
        (Verdict::Waived, true) => "~",
        (Verdict::Met, false) => "+",
        (Verdict::Violated, false) => "x",
        (Verdict::Pending, false) => ".",
        (Verdict::NotApplicable, false) => "-",
        (Verdict::Waived, false) => "~",
    }
}

macro_rules! labels {
    ($($name:ident $zh:literal $en:literal;)*) => {$(
        #[allow(missing_docs, reason = "the words say it")]
        pub(crate) fn $name(lang: Lang) -> &'static str { lang.pick($zh, $en) }
    )*};
}

labels! {
    as_of     "截至" "as of";
    source    "数据" "figure";
    series    "序列" "series";
    remedy    "补救" "remedy";
    progress  "进度" "progress";
    clause    "条款" "clause";
    lead      "牵头" "lead";
    owner     "责任" "owner";
    note      "说明" "note";
    remark    "备注" "remark";
    total     "合计" "total";
    rule      "规则" "rule";
    verdict_column "结论" "verdict";
    where_from "出处" "source";
    summary   "汇总" "summary";
    findings  "逐条说明" "findings";
    preliminary "快报" "preliminary";
    forecast  "预计" "forecast";
}
