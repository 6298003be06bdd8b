//! Words of screens and reports, in both languages.

use guiju::{Absence, Lang, Outlook, ResultRecord, Verdict};

/// What a reader distinguishes: the verdicts, and a missed should apart from a missed must.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) verdict: Verdict,
    /// Whether it is a should.
    pub(crate) should: bool,
}

impl Standing {
    /// In the order they are shown: what needs attention first.
    pub(crate) const ALL: [Standing; 7] = [
        Standing::of(Verdict::Violated, false),
        Standing::of(Verdict::Violated, true),
        Standing::of(Verdict::Unknown, false),
        Standing::of(Verdict::Pending, false),
        Standing::of(Verdict::Waived, false),
        Standing::of(Verdict::NotApplicable, false),
        Standing::of(Verdict::Met, false),
    ];

    const fn of(verdict: Verdict, should: bool) -> Standing {
        Standing { verdict, should }
    }

    /// Where a result stands.
    pub(crate) fn from(verdict: Verdict, modality: &str) -> Standing {
        let should = verdict == Verdict::Violated && modality == "should";
        Standing::of(verdict, should)
    }

    pub(crate) fn of_result(result: &ResultRecord<'_>) -> Standing {
        Standing::from(result.verdict, result.modality)
    }

    pub(crate) fn word(self, lang: Lang) -> &'static str {
        let (zh, en) = match self.verdict {
            Verdict::Met => ("达成", "met"),
            // A should that is missed is no violation of duty.
            Verdict::Violated if self.should => ("未达预期", "not reached"),
            Verdict::Violated => ("未达成", "violated"),
            Verdict::Pending => ("未到期", "pending"),
            Verdict::Unknown => ("缺数据", "unknown"),
            Verdict::NotApplicable => ("不适用", "not applicable"),
            Verdict::Waived => ("已豁免", "waived"),
        };
        lang.pick(zh, en)
    }

    /// A sign that does not rely on colour.
    pub(crate) fn sign(self, unicode: bool) -> &'static str {
        match (self.verdict, unicode) {
            (Verdict::Violated, _) if self.should => "!",
            (Verdict::Met, true) => "✓",
            (Verdict::Violated, true) => "×",
            (Verdict::Pending, true) => "…",
            (Verdict::Unknown, _) => "?",
            (Verdict::NotApplicable, true) => "–",
            (Verdict::Waived, _) => "~",
            (Verdict::Met, false) => "+",
            (Verdict::Violated, false) => "x",
            (Verdict::Pending, false) => ".",
            (Verdict::NotApplicable, false) => "-",
        }
    }
}

/// How a pending rule gets on.
pub(crate) fn outlook(outlook: Outlook, lang: Lang) -> &'static str {
    let (zh, en) = match outlook {
        Outlook::MovingAway => ("反向变化", "moving away"),
        Outlook::OffTrack => ("滞后", "off track"),
        Outlook::AtRisk => ("有风险", "at risk"),
        Outlook::OnTrack => ("进度正常", "on track"),
        Outlook::Achieved => ("已达标", "achieved"),
        Outlook::NoData => ("数据不足以判断进度", "too little data to judge progress"),
    };
    lang.pick(zh, en)
}

/// Outlooks in the order they are shown.
pub(crate) const OUTLOOKS: [Outlook; 6] = [
    Outlook::MovingAway,
    Outlook::OffTrack,
    Outlook::AtRisk,
    Outlook::NoData,
    Outlook::OnTrack,
    Outlook::Achieved,
];

/// `1 rule`, `2 rules`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Names one after another.
pub(crate) fn list(names: &[String], lang: Lang) -> String {
    names.join(lang.pick("、", ", "))
}

/// Why a rule gives no results.
pub(crate) fn absence(rule: &str, absence: &Absence, lang: Lang) -> String {
    match (absence, lang) {
        (Absence::Superseded { by, since: None }, Lang::Zh) => format!("{rule} 已由 {by} 取代"),
        (Absence::Superseded { by, since: None }, Lang::En) => {
            format!("{rule} is superseded by {by}")
        }
        (
            Absence::Superseded {
                by,
                since: Some(day),
            },
            Lang::Zh,
        ) => {
            format!("{rule} 自 {day} 起由 {by} 取代")
        }
        (
            Absence::Superseded {
                by,
                since: Some(day),
            },
            Lang::En,
        ) => {
            format!("{rule} is superseded by {by} since {day}")
        }
        (Absence::NotIssued { until }, Lang::Zh) => {
            format!("{rule} 于 {until} 印发，此前由它取代的规则有效")
        }
        (Absence::NotIssued { until }, Lang::En) => {
            format!("{rule} is issued on {until}; until then what it supersedes stands")
        }
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
    series    "历年" "series";
    remedy    "如何达标" "to pass";
    needed    "需要" "needed";
    progress  "进度" "progress";
    clause    "条款" "clause";
    lead      "牵头" "lead";
    owner     "责任" "owner";
    reason    "其中" "of these";
    note      "说明" "note";
    remark    "备注" "remark";
    total     "合计" "in all";
    rule      "规则" "rule";
    target    "指标" "target";
    required  "要求" "required";
    actual    "实际" "actual";
    latest    "最近数据" "latest";
    deadline  "期限" "due";
    outlook_column "进度" "outlook";
    gap       "差距" "gap";
    state     "情况" "state";
    where_from "出处" "source";
    conflict  "来源矛盾" "sources disagree";
    summary   "汇总" "summary";
    findings  "逐条说明" "findings";
    preliminary "快报" "preliminary";
    forecast  "预计" "forecast";
    scoreboard "考核打分" "Scoreboard";
    place     "名次" "rank";
    region    "地区" "region";
    points    "得分" "points";
    points_of "应得" "of";
    share     "得分率" "share";
    no_lead   "未写明牵头单位" "no lead unit named";
    help      "建议：" "help: ";
}
