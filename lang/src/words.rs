//! The words of the language: one table for both keyword sets.
//!
//! Lexer, formatter, completion, error messages and highlighting all read this table. To add a
//! keyword, add a row. The first Chinese spelling is what the formatter writes; the others are
//! read and normalised. A word may stand in several rows of different classes; where it stands in
//! the text decides (see [`Class`]).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

mod terms;
mod verdicts;

pub use terms::{Force, Kind, Op};
pub use verdicts::{OUTLOOKS, Term, VERDICTS};

/// Which keyword set to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordSet {
    /// English keywords.
    En,
    /// Chinese keywords.
    Zh,
}

/// Where a keyword counts as one. Elsewhere the same letters are an ordinary name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Opens a rule; only before a measure.
    Kind,
    /// Opens another statement.
    Declare,
    /// must, should, may.
    Force,
    /// Compares; may touch a digit.
    Compare,
    /// Stands behind its value (`98% 以上`).
    Post,
    /// States a change.
    Change,
    /// Time, place and sets; may touch a digit.
    Clause,
    /// Logic and consequences.
    Logic,
    /// Aggregates, only before `of` or `over`.
    Aggregate,
    /// A value, only behind a comparison.
    Value,
    /// Names a field, only inside the block that has it.
    Field,
    /// A word that some field chooses from; a name everywhere else.
    Choice,
    /// Joins the parts of a declaration or phrase; reserved everywhere.
    Joint,
}

macro_rules! words {
    ($( $(#[$doc:meta])* $name:ident $class:ident $en:literal $($zh:literal)+ ; )*) => {
        /// A keyword, whatever its spelling.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the table below says what each word is")]
        pub enum Kw { $( $(#[$doc])* $name, )* }

        impl Kw {
            /// Every keyword, in table order.
            pub const ALL: &'static [Kw] = &[ $( Kw::$name, )* ];

            fn row(self) -> &'static Row {
                match self { $( Kw::$name => {
                    static ROW: Row = Row { class: Class::$class, en: $en, zh: &[ $($zh,)+ ] };
                    &ROW
                } )* }
            }
        }
    };
}

struct Row {
    class: Class,
    en: &'static str,
    zh: &'static [&'static str],
}

words! {
    // ── kinds ────────────────────────────────────────────────────────────────────────────────
    Rate        Kind "rate"      "比率" "比例" "占比" "率" "覆盖率" "百分比";
    Count       Kind "count"     "数量" "个数" "人数" "总数" "规模";
    Total       Kind "total"     "累计" "合计新增" "共" "三年累计" "期间累计";
    Amount      Kind "amount"    "金额" "经费" "投入" "标准";
    Duration    Kind "duration"  "时长" "年限" "学时" "时间" "年龄";
    Ratio       Kind "ratio"     "比值" "比" "之比";
    Rank        Kind "rank"      "位次" "排名" "名次" "排位";
    Grade       Kind "grade"     "等级" "等次" "级别" "档次";
    Score       Kind "score"     "得分" "分数" "分值" "评分";
    Quantity    Kind "quantity"  "数值" "指标值";
    Milestone   Kind "milestone" "节点" "任务" "事项" "项目" "完成";
    Flag        Kind "flag"      "是否" "状态" "达标";

    // ── other statements ─────────────────────────────────────────────────────────────────────
    Plan        Declare "plan"      "规划" "计划" "方案" "纲要";
    Section     Declare "section"   "章节" "部分";
    Table       Declare "table"     "表" "指标表" "一览表";
    Indicator   Declare "indicator" "指标";
    Region      Declare "region"    "地区" "区域";
    Entity      Declare "entity"    "对象" "实体" "主体";
    Scale       Declare "scale"     "等级序列" "等次表" "级别顺序";
    UnitDecl    Declare "unit"      "单位" "计量单位";
    Use         Declare "use"       "引用" "使用" "导入";
    Fact        Declare "fact"      "数据" "实际值" "事实" "完成情况";
    Test        Declare "test"      "测试" "用例";
    Expect      Declare "expect"    "预期" "应为";
    Define      Declare "define"    "定义" "指" "是指";
    Derive      Declare "derive"    "认定" "推定";
    Waive       Declare "waive"     "豁免" "例外" "暂缓";
    Priority    Declare "priority"  "优先";

    // ── force ────────────────────────────────────────────────────────────────────────────────
    Must        Force "must"   "确保" "应" "必须" "保证" "须" "原则上";
    Should      Force "should" "力争" "争取" "努力" "力求" "争创" "鼓励";
    May         Force "may"    "可" "可以" "允许" "准许" "有权";

    // ── comparison ───────────────────────────────────────────────────────────────────────────
    Ge          Compare ">=" "不低于" "达到" "达" "不少于" "不小于" "至少" "最低" "起码" "提高到" "提升至" "增至" "达到或超过";
    Gt          Compare ">"  "超过" "高于" "大于" "多于" "突破" "优于";
    Le          Compare "<=" "不超过" "不高于" "不多于" "不大于" "至多" "最多" "最高" "控制在" "降至" "降到" "封顶";
    Lt          Compare "<"  "低于" "少于" "小于" "不满" "不足" "未满";
    Eq          Compare "="  "等于" "为" "是" "全部为";
    Between     Compare "between" "介于";
    About       Compare "about"   "约" "大约" "大体相当";
    OrMore      Post "or more" "以上" "及以上";
    OrLess      Post "or less" "以下" "及以下" "以内";

    // ── change ───────────────────────────────────────────────────────────────────────────────
    Rises       Change "rises"        "提高" "增加" "上升" "提升";
    Falls       Change "falls"        "降低" "下降" "减少" "压减" "回落";
    Grows       Change "grows"        "增长" "增幅" "增速不低于";
    Shrinks     Change "shrinks"      "降幅";
    NeverFalls  Change "never falls"  "只增不减" "不下降" "逐年不降" "不低于上年";
    NeverRises  Change "never rises"  "只减不增" "不反弹" "不高于上年";
    StaysWithin Change "stays within" "稳定在" "基本持平" "保持稳定" "波动不超过";
    /// Two words in one: read as [`Kw::Rises`] and [`Kw::EachYear`].
    RisesYearly Change "rises each year" "逐年提高" "逐年增长" "逐年递增" "比上年增长" "连年增长";
    OnAverage   Joint "a year on average" "年均" "平均每年" "年平均";
    Running     Joint "running"      "连续" "持续";
    Years       Joint "years"        "年数";

    // ── time, place, sets ────────────────────────────────────────────────────────────────────
    By          Clause "by"         "到" "截至" "至";
    Before      Clause "before"     "早于";
    In          Clause "in"         "在" "于";
    /// How `in` is written before a time; read as [`Kw::In`].
    InTime      Clause "in"         "于";
    Throughout  Clause "throughout" "始终" "一直" "期间均" "期间保持";
    EachYear    Clause "each year"    "每年" "逐年" "年年" "各年度" "每年度";
    /// Every year that is on record, where no span says which.
    PerYear     Clause "per year"     "按年";
    EachSchoolYear Clause "each school year" "每学年";
    PerSchoolYear Clause "per school year" "按学年";
    EachHalf    Clause "each half-year" "每半年" "per half-year";
    EachQuarter Clause "each quarter" "每季度" "按季" "per quarter";
    EachMonth   Clause "each month"   "每月" "按月" "per month";
    EachTerm    Clause "each term"    "每学期" "per term";
    EachWeek    Clause "each week"    "每周" "per week";
    EachDay     Clause "each day"     "每天" "每日" "每个教学日" "per day";
    Over        Clause "over"       "期间" "期内";
    /// How `over` is written before a set; read as a token of its own.
    OverName    Clause "over"       "按";
    Per         Clause "per"        "每";
    WithinAny   Clause "within any" "任意" "滚动";
    From        Clause "from"       "从" "由";
    To          Clause "to"         "到";
    Latest      Clause "latest"     "最近" "最新";
    AsOf        Clause "as of"      "评估日" "以评估日";
    After       Clause "after"      "后";
    Within      Clause "within"     "上下";
    ForEach     Clause "for each"     "每个" "各" "所有" "每名" "每所" "每一" "凡" "全体";
    ForAtLeast  Clause "for at least" "至少有";
    ForAtMost   Clause "for at most"  "至多有";
    ForExactly  Clause "for exactly"  "恰有" "只有";
    ForNo       Clause "for no"       "没有" "无一" "一律不得" "不得有" "严禁有";
    /// `each T` in a list of places.
    EachPlace   Clause "each"       "各个";
    AtLeast     Clause "at least"   "至少满足";
    AllOf       Clause "all of"     "同时满足";
    AnyOf       Clause "any of"     "满足任一";
    /// `in {…}`
    OneOf       Clause "in"         "属于" "为下列之一";
    Where       Clause "where"      "其中";
    Except      Clause "except"     "除";
    For         Clause "for"        "对";
    Of          Clause "of"         "的" "之";
    Among       Clause "among"      "同类";
    Other       Clause "other"      "其他" "另外";
    WeightedBy  Clause "weighted by" "加权";

    // ── logic ────────────────────────────────────────────────────────────────────────────────
    And         Logic "and"     "且" "和" "并且" "同时" "以及";
    Or          Logic "or"      "或" "或者";
    Not         Logic "not"     "非" "不" "未" "不是";
    When        Logic "when"    "当" "如" "若" "如果";
    Require     Logic "require" "应当" "要求" "则应";
    Then        Logic "then"    "则" "就" "即" "视为" "认定为" "实行";
    Else        Logic "else"    "否则" "其他的" "其余" "不然";
    Because     Logic "because" "理由" "原因" "因";
    Until       Logic "until"   "有效期至";

    // ── aggregates ───────────────────────────────────────────────────────────────────────────
    Sum         Aggregate "sum"     "合计" "总和" "之和";
    CountOf     Aggregate "count"   "计数" "个数";
    Average     Aggregate "average" "平均" "平均数" "均值";
    Share       Aggregate "share"   "份额";
    Min         Aggregate "min"     "最小";
    Max         Aggregate "max"     "最大";
    Median      Aggregate "median"  "中位数" "中值";
    Stdev       Aggregate "stdev"   "标准差";
    Cv          Aggregate "cv"      "差异系数" "变异系数" "校际差异系数";

    // ── values ───────────────────────────────────────────────────────────────────────────────
    Yes         Value "yes"      "是" "有" "达标" "已";
    No          Value "no"       "否" "无" "未达标" "未";
    Done        Value "done"     "完成" "建成" "已办结";
    NotDone     Value "not done" "未完成" "在建" "推进中";

    // ── fields of blocks ─────────────────────────────────────────────────────────────────────
    Clause      Field "clause"     "条款" "章节号" "出处条款";
    Lead        Field "lead"       "牵头" "牵头单位";
    Owner       Field "owner"      "责任" "责任单位" "配合单位";
    Deadline    Field "deadline"   "时限" "完成时限";
    Nature      Field "nature"     "属性" "指标属性";
    Baseline    Field "baseline"   "基期" "基线" "基数" "现状值";
    Assess      Field "assess"     "评判" "进度方法";
    Weight      Field "weight"     "权重" "分值" "考核分";
    Note        Field "note"       "备注" "说明" "注";
    Number      Field "number"     "文号" "发文字号";
    Issued      Field "issued"     "印发" "发布" "印发日期";
    SpanField   Field "span"       "期限" "规划期" "起止";
    RegionField Field "region"     "地区" "区域";
    Supersedes  Field "supersedes" "取代" "代替" "修订" "废止";
    KindField   Field "kind"       "类型";
    BetterHigher Field "better higher" "越高越好" "正向";
    BetterLower  Field "better lower"  "越低越好" "逆向" "上限型";
    Range       Field "range"      "取值" "取值范围";
    Also        Field "also"       "又称" "别名" "简称";
    UnitField   Field "unit"       "单位" "计量单位";
    ScaleField  Field "scale"      "等级序列" "等次表";
    OfField     Field "of"         "口径";
    Rollup      Field "rollup"     "汇总" "汇总方式";
    WeightField Field "weighted by" "加权";
    BySchoolYear Field "by school year" "按学年";
    Allow       Field "allow"      "容许";
    Cumulative  Field "cumulative" "累计数" "累计口径";
    Source      Field "source"     "来源" "出处" "数据来源";
    Status      Field "status"     "状态";

    // ── words that fields choose from ────────────────────────────────────────────────────────
    Binding     Choice "binding"     "约束性";
    Expected    Choice "expected"    "预期性";
    Final       Choice "final"       "正式" "年报" "定案";
    Preliminary Choice "preliminary" "快报" "初步" "快报数";
    Forecast    Choice "forecast"    "预计" "预测" "预估";
    Schedule    Choice "schedule"    "时序进度" "时间过半任务过半";

    /// How an indicator is rolled up.
    SumChoice   Choice "sum"         "合计";
    /// In the brackets of a region.
    Group       Choice "group"       "组" "片区" "类";

    // ── joints ───────────────────────────────────────────────────────────────────────────────
    Contains    Joint "contains"   "下辖" "包括" "辖";
    EndBetween  Joint "inclusive"  "之间";
}

impl Kw {
    /// The class.
    pub fn class(self) -> Class {
        self.row().class
    }

    /// How the word is written in a keyword set.
    pub fn spelling(self, set: WordSet) -> &'static str {
        match set {
            WordSet::En => self.row().en,
            WordSet::Zh => self.row().zh.first().copied().unwrap_or(self.row().en),
        }
    }

    /// Every spelling, English first.
    pub fn spellings(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.row().en).chain(self.row().zh.iter().copied())
    }

    /// The keywords that a word may be, in table order.
    pub fn lookup(word: &str) -> &'static [Kw] {
        let index = index();
        // Most names are longer than any keyword.
        if word.len() > index.longest {
            return &[];
        }
        index.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// English phrases of several words that begin with `word`: the further words and the keyword,
    /// longest first.
    pub fn phrases(word: &str) -> &'static [Phrase] {
        if !word.is_ascii() {
            return &[];
        }
        index().phrases.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a spelling of this row is read as another keyword: `in` before a time or a list.
    fn is_twin(self, word: &str) -> bool {
        match self {
            Kw::InTime => true,
            Kw::OneOf => word == "in",
            Kw::OverName => word == "over",
            Kw::To => word == "到",
            _ => false,
        }
    }

    /// Whether `word` is a keyword anywhere, so that a name spelled so needs quotes.
    pub fn is_word(word: &str) -> bool {
        !Kw::lookup(word).is_empty() || !Kw::phrases(word).is_empty()
    }
}

/// The words behind the first one of a phrase, and its keyword.
pub type Phrase = (Vec<&'static str>, Kw);

struct Index {
    words: HashMap<&'static str, Vec<Kw>, BuildHasherDefault<Fnv>>,
    phrases: HashMap<&'static str, Vec<Phrase>, BuildHasherDefault<Fnv>>,
    /// Bytes of the longest word.
    longest: usize,
}

/// FNV-1a: short words of a fixed table need no protection against collisions.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index {
            words: HashMap::default(),
            phrases: HashMap::default(),
            longest: 0,
        };
        for kw in Kw::ALL.iter().copied() {
            for word in kw.spellings().filter(|word| !kw.is_twin(word)) {
                index.longest = index.longest.max(word.len());
                let mut parts = word.split(' ');
                let first = parts.next().unwrap_or("");
                let rest: Vec<_> = parts.collect();
                if rest.is_empty() {
                    index.words.entry(word).or_default().push(kw);
                } else {
                    index.phrases.entry(first).or_default().push((rest, kw));
                }
            }
        }
        for phrases in index.phrases.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        index
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_spelling_names_one_keyword_of_its_class() {
        let mut seen = HashSet::new();
        for kw in Kw::ALL {
            for word in kw.spellings().filter(|word| !kw.is_twin(word)) {
                assert!(
                    seen.insert((word, kw.class())),
                    "{word} twice in {:?}",
                    kw.class()
                );
            }
        }
    }

    #[test]
    fn english_is_lower_case_ascii() {
        for kw in Kw::ALL {
            let en = kw.spelling(WordSet::En);
            assert!(en.is_ascii() && en.to_lowercase() == en, "{en}");
        }
    }
}
