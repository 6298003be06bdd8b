//! Every finding, once: its code, what kind of finding it is, and its words in both languages.
//!
//! To add a finding, add a row here and a page `docs/errors/<code>.md`. Codes are never reused.
//! Style: a plain sentence, lower case in English, no final period, the user's text in backticks.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Severity;

/// Chinese and English.
type Words = (&'static str, &'static str);

struct Row {
    id: &'static str,
    /// The kind in `check --format json`.
    kind: &'static str,
    severity: Severity,
    message: Words,
    /// On the main place.
    label: Words,
    /// On further places.
    other: Words,
    /// Alternatives; the first whose arguments are known is used.
    help: &'static [Words],
    /// The long page.
    page: &'static str,
}

macro_rules! codes {
    ($( $(#[$doc:meta])* $name:ident $id:literal $kind:ident $severity:ident {
        $zh:literal, $en:literal;
        label $lzh:literal, $len:literal;
        $( other $ozh:literal, $oen:literal; )?
        $( help $hzh:literal, $hen:literal; )*
    } )*) => {
        /// The code of a finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the table's messages say what each one is")]
        pub enum Code { $( $(#[$doc])* $name, )* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[ $( Code::$name, )* ];

            fn row(self) -> &'static Row {
                match self { $( Code::$name => {
                    static ROW: Row = Row {
                        id: $id,
                        kind: stringify!($kind),
                        severity: Severity::$severity,
                        message: ($zh, $en),
                        label: ($lzh, $len),
                        other: codes!(@or $( $ozh, $oen )?),
                        help: &[ $( ($hzh, $hen), )* ],
                        page: include_str!(concat!("../../../docs/errors/", $id, ".md")),
                    };
                    &ROW
                } )* }
            }
        }
    };
    (@or) => { ("", "") };
    (@or $zh:literal, $en:literal) => { ($zh, $en) };
}

codes! {
    // ── 01 syntax ────────────────────────────────────────────────────────────────────────────
    Unexpected "GJ0101" syntax Error {
        "{found} 不该出现在这里", "{found} does not belong here";
        label "这里读不下去", "not expected here";
        help "{advice}", "{advice}";
        help "{after} 之后可以写：{expected}", "after {after} may come: {expected}";
        help "一条规则写作：比率 九年义务教育巩固率 不低于 98% 到 2025 在 昆明", "a rule reads: rate 九年义务教育巩固率 >= 98% by 2025 in 昆明";
    }
    UnknownCharacter "GJ0102" syntax Error {
        "无法识别的字符 `{found}`", "unknown character `{found}`";
        label "语言中没有这个字符", "no part of the language";
        help "{invisible}", "{invisible}";
        help "删去它；若它属于名称，请给整个名称加引号：`{name}`", "remove it; if it belongs to the name, put all of the name in quotes: `{name}`";
        help "删去它", "remove it";
    }
    UnclosedQuote "GJ0103" syntax Error {
        "引号没有关闭", "the quote is not closed";
        label "从这里开始", "opened here";
        help "在同一行内补上 `{closing}`", "close it with `{closing}` on the same line";
    }
    UnclosedBrace "GJ0104" syntax Error {
        "大括号没有关闭", "the brace is not closed";
        label "这个 { 没有对应的 }", "this { has no }";
        help "在最后一个字段之后写 }", "write } after the last field";
    }
    StrayBrace "GJ0105" syntax Error {
        "多余的 }", "this } closes nothing";
        label "前面没有与它对应的 {", "no { before it";
        help "删去它", "remove it";
    }
    MisspeltWord "GJ0106" syntax Error {
        "不认识关键词 `{found}`", "unknown keyword `{found}`";
        label "是否要写 `{nearest}`？", "did you mean `{nearest}`?";
        help "改为 `{nearest}`；若它是名称，请加引号：`\"{found}\"`", "write `{nearest}`; if it is a name, put it in quotes: `\"{found}\"`";
    }
    MissingComparison "GJ0107" syntax Error {
        "`{value}` 前缺少比较词", "the comparison before `{value}` is missing";
        label "是至少，还是至多？", "at least, or at most?";
        help "写作 `{between}`，或写成一个界限", "write `{between}`, or a single bound";
        help "写作 `{ge} {value}`（至少）或 `{le} {value}`（至多）", "write `{ge} {value}` (at least) or `{le} {value}` (at most)";
    }
    MissingValue "GJ0108" syntax Error {
        "`{word}` 之后缺少{what}", "{what} is missing after `{word}`";
        label "之后应写{what}", "{what} belongs after this";
        help "例如 `{sample}`", "for example `{sample}`";
    }
    DetachedUnit "GJ0109" syntax Error {
        "单位要紧跟数字", "a unit is attached to its number";
        label "中间不能有空格", "no space in between";
        help "写作 `{fixed}`", "write `{fixed}`";
    }
    NameStartsWithDigit "GJ0110" syntax Error {
        "以数字开头的名称要加引号", "a name that begins with a digit needs quotes";
        label "会被读成数值", "this reads as a value";
        help "写作 `{fixed}`", "write `{fixed}`";
    }
    RunTogether "GJ0111" syntax Error {
        "`{found}` 连在了一起", "`{found}` is run together";
        label "`{word}` 是关键词，前后要有空格", "`{word}` is a keyword and needs space around it";
        help "写作 `{fixed}`；若整个是一个名称，请加引号", "write `{fixed}`; if all of it is one name, put it in quotes";
    }
    NotYet "GJ0112" syntax Error {
        "本版本还不支持{what}", "{what} is not supported in this version";
        label "属于以后的版本", "part of a later version";
        help "目前写作：{instead}", "for now write: {instead}";
        help "可先把这条语句写成注释（行首加 #），以后再启用", "keep the statement as a comment for now (begin its lines with #)";
    }
    MissingKind "GJ0113" syntax Error {
        "缺少类别词", "the kind is missing";
        label "先写明是什么：比率、数量、金额……", "say first what it is: rate, count, amount …";
        help "写作 `{kind} {measure} … {place}`", "write `{kind} {measure} … {place}`";
        help "写作 `{kind} {measure} …`", "write `{kind} {measure} …`";
        help "一条规则写作：比率 九年义务教育巩固率 不低于 98% 到 2025 在 昆明", "a rule reads: rate 九年义务教育巩固率 >= 98% by 2025 in 昆明";
    }
    EndsTooEarly "GJ0114" syntax Error {
        "语句没有写完", "the statement is not complete";
        label "到这里就结束了", "it ends here";
        help "{after} 之后应写：{expected}", "after {after} comes: {expected}";
        help "把它写完，或删去", "complete it, or remove it";
    }
    ContradictoryWords "GJ0115" syntax Error {
        "`{first}` 与 `{second}` 互相矛盾", "`{first}` and `{second}` contradict each other";
        label "前面说“{first}”", "this says {first}";
        other "后面说“{second}”", "this says {second}";
        help "只保留一个：`{first} {value}`，或 `{value} {second}`", "keep one of them: `{first} {value}`, or `{value} {second}`";
    }
    KeywordAsName "GJ0116" syntax Error {
        "`{found}` 是关键词，用作名称要加引号", "`{found}` is a keyword; as a name it needs quotes";
        label "这里应是名称", "a name belongs here";
        help "写作 `\"{found}\"`", "write `\"{found}\"`";
    }
    ThousandsComma "GJ0117" syntax Error {
        "规则中的数字不写千位逗号", "numbers in rules have no thousands separator";
        label "逗号在规则中用来分隔", "a comma separates in rules";
        help "写作 `{fixed}`", "write `{fixed}`";
    }
    UnknownField "GJ0118" syntax Error {
        "`{found}` 不是这里的字段", "`{found}` is not a field of this block";
        label "不认识的字段", "unknown field";
        help "是否要写 `{nearest}`？可用的字段：{expected}", "did you mean `{nearest}`? fields here: {expected}";
        help "可用的字段：{expected}", "fields here: {expected}";
    }
    TooDeep "GJ0119" syntax Error {
        "写得太长，或套得太深", "this is too long, or nested too deep";
        label "到这里超过了上限", "this is beyond the limit";
        help "拆成几条：括号最多 200 层，一条里最多 500 个运算或“且、或、非”，“每个”最多套 4 层", "take it apart: at most 200 brackets inside each other, 500 operators and `and`, `or`, `not` in a statement, 4 sets inside each other";
    }
    TooLarge "GJ0120" syntax Error {
        "文件过大（{size} 字节，上限 {limit}）", "the file is too large ({size} bytes, the limit is {limit})";
        label "", "";
        help "把它分成几个文件，用 `use` 连接", "split it into several files joined by `use`";
    }
    Repeated "GJ0121" syntax Error {
        "{what}写了两次", "{what} is given twice";
        label "第二次", "the second one";
        other "第一次", "the first one";
        help "上下限写作 `{between}`；两项要求写成两条规则", "a lower and an upper bound are written `{between}`; two requirements are two rules";
        help "只保留一个；若是两项要求，请写成两条规则", "keep one of them; two requirements are two rules";
    }
    MissingRequirement "GJ0122" syntax Error {
        "对 `{measure}` 没有提出要求", "nothing is required of `{measure}`";
        label "它应达到多少？", "what should it reach?";
        help "加上比较词和数值，例如 `>= {sample}`", "add a comparison and a value, for example `>= {sample}`";
    }
    UnexpectedRequirement "GJ0123" syntax Error {
        "对{kind}不能提出这样的要求", "{akind} cannot be required like this";
        label "{why}", "{why}";
        help "写作 {advice}", "write {advice}";
    }
    EmptyBetween "GJ0124" unit Error {
        "下限高于上限", "the lower bound is above the upper one";
        label "没有数值能同时满足", "no value can satisfy both";
        help "容差写作 `{within}`", "write the tolerance as `{within}`";
        help "对调两个数", "swap the two values";
    }
    WrongChoice "GJ0125" syntax Error {
        "{field}不能是 `{found}`", "{field} cannot be `{found}`";
        label "不在可选范围内", "not one of the choices";
        help "是否要写 `{nearest}`？可选：{expected}", "did you mean `{nearest}`? choices: {expected}";
        help "可选：{expected}", "choices: {expected}";
        help "先声明它", "declare it first";
    }
    WrittenElsewhere "GJ0126" syntax Error {
        "`{found}` 在这里写作 `{instead}`", "`{found}` is written `{instead}` here";
        label "改为 `{instead}`", "write `{instead}`";
        help "写作 `{fixed}`", "write `{fixed}`";
        help "把 `{found}` 换成 `{instead}`", "replace `{found}` with `{instead}`";
    }
    MissingBefore "GJ0127" syntax Error {
        "`{value}` 前缺少 `{word}`", "`{word}` is missing before `{value}`";
        label "它在这里指什么？", "what does it stand for?";
        help "写作 `{word} {value}`（到期末为止）或 `{or} {value}`（就看这一期）", "write `{word} {value}` (by its end) or `{or} {value}` (that period alone)";
        help "写作 `{word} {value}`", "write `{word} {value}`";
    }
    MissingColon "GJ0128" syntax Error {
        "`{found}` 之后缺少冒号", "the colon after `{found}` is missing";
        label "{what}之后要有冒号", "a colon belongs after {what}";
        help "写作 `{found}: …`", "write `{found}: …`";
    }
    TwoNames "GJ0129" syntax Error {
        "`{first}` 与 `{second}` 两个名称连着写", "the names `{first}` and `{second}` stand side by side";
        label "多出来的名称", "one name too many";
        help "若是一个名称，写作 `{fixed}`；若是两个，写作 `{list}`", "if it is one name, write `{fixed}`; if there are two, write `{list}`";
        help "若是一个名称，写作 `{fixed}`；否则删去一个", "if it is one name, write `{fixed}`; otherwise remove one of them";
    }
    NameNeedsQuotes "GJ0130" syntax Error {
        "含有 `{sign}` 的名称要加引号", "a name with `{sign}` in it needs quotes";
        label "整个名称加引号", "put all of it in quotes";
        help "写作 `{fixed}`", "write `{fixed}`";
    }

    Pairing "GJ0131" pairing Error {
        "{measures} 个指标对 {bounds} 项要求，无法一一对应", "{measures} measures and {bounds} requirements do not pair";
        label "分别对应", "in order";
        help "现在的对应是：{pairing}；补足或写成几条规则", "they pair as: {pairing}; complete the list, or write several rules";
    }
    WhichOne "GJ0132" pairing Error {
        "这项要求没有自己的{what}，而别的要求有几个", "this requirement lacks a {what} of its own, and others have several";
        label "是哪一个？", "which one?";
        help "每项要求都写明{what}", "give each requirement its {what}";
    }
    RowLength "GJ0133" syntax Error {
        "这一行有 {found} 格，表头有 {expected} 格", "this row has {found} cells, the header has {expected}";
        label "格数不同", "not as many as above";
        help "空着的格也要写竖线：`| |`", "an empty cell needs its bars too: `| |`";
    }
    RowMeasure "GJ0134" syntax Error {
        "表的每一行以指标名称开头", "a row begins with the name of an indicator";
        label "这里应是指标", "an indicator belongs here";
        help "写作 `| 比率 九年义务教育巩固率 | 97% |`", "write `| rate 九年义务教育巩固率 | 97% |`";
    }
    BodyMissing "GJ0135" syntax Error {
        "冒号之后缺少要求", "what each must satisfy is missing";
        label "冒号之后应写要求", "a requirement belongs behind the colon";
        help "写在同一行，或缩进到下一行", "write it on the same line, or indent it on the next";
    }
    OpenRow "GJ0136" syntax Error {
        "表的一行没有写完", "the row is not closed";
        label "一行以竖线开头，以竖线结尾", "a row begins and ends with a bar";
        help "在行末补上 `|`", "end it with `|` on the same line";
    }
    BadPortion "GJ0137" syntax Error {
        "`{found}` 不能作个数", "`{found}` is no number of them";
        label "应是整数或百分比", "a whole number or a share is needed";
        help "一共只有 {most} 项", "there are only {most}";
        help "写作 `at least 4 of …`、`at least 30% of …`、`3 years running`", "write `at least 4 of …`, `at least 30% of …`, `3 years running`";
    }
    NoCondition "GJ0138" syntax Error {
        "`{found}` 不是条件", "`{found}` is no condition";
        label "条件或成立，或不成立", "a condition holds or fails";
        help "写作 `人口 > 20万人`、`类型 = 寄宿制`、`寄宿制 and not 民办`", "write `人口 > 20万人`, `类型 = 寄宿制`, `寄宿制 and not 民办`";
    }
    NoValue "GJ0139" syntax Error {
        "`{found}` 不是数值", "`{found}` is no value";
        label "这里应是指标、数或算式", "an indicator, a number or a formula belongs here";
        help "条件写在 `where` 或 `when` 之后", "conditions stand behind `where` or `when`";
    }
    OneDemand "GJ0140" pairing Error {
        "条件之后与花括号中的每一项只能是一项要求", "behind a condition and inside braces each is one requirement";
        label "这里是几项", "these are several";
        help "分开写，每条一项：一个指标、一个要求、一个地区", "write them apart: one measure, one requirement, one place each";
    }
    PlaceOfSet "GJ0141" syntax Error {
        "`for … :` 之后不再写地区", "no place is written behind `for … :`";
        label "对象的所在地写在冒号之前", "where the subjects lie is said before the colon";
        help "写作 `for each {set} in {found}: …`", "write `for each {set} in {found}: …`";
        help "删去它，或改写冒号之前的地区", "take it away, or change the place before the colon";
    }
    AggregateOfWhat "GJ0142" syntax Error {
        "`{found}` 没有写明是什么的汇总", "`{found}` does not say of what";
        label "缺少指标", "the indicator is missing";
        help "写作 `sum of 在校生数 over {set}`", "write `sum of 在校生数 over {set}`";
    }
    NoneOfSeveral "GJ0143" syntax Error {
        "“没有”和“每年、始终”连用，说不清是哪一年", "`for no` over several periods could mean two things";
        label "是哪一年都没有，还是没有年年如此的？", "none in any of them, or none in all of them?";
        help "写成对每一个的要求：`for each …: … = no each year …`，数值则把比较反过来写", "say it of each: `for each …: … = no each year …`, and of a number turn the comparison round";
    }

    // ── 02 names ─────────────────────────────────────────────────────────────────────────────
    UnknownIndicator "GJ0201" unknown_name Error {
        "未知指标 `{found}`", "unknown indicator `{found}`";
        label "词汇表中没有它", "not in the vocabulary";
        help "最接近的是 `{nearest}`；若是新指标，请声明：`{declaration}`", "the nearest one is `{nearest}`; if it is a new one, declare it: `{declaration}`";
        help "若是新指标，请声明：`{declaration}`", "if it is a new one, declare it: `{declaration}`";
    }
    UnknownRegion "GJ0202" unknown_name Error {
        "未知地区 `{found}`", "unknown region `{found}`";
        label "词汇表和全国区划表中都没有它", "neither in the vocabulary nor in the national list";
        help "最接近的是 `{nearest}`", "the nearest one is `{nearest}`";
        help "全国区划表中没有代码 `{code}`；改用名称，如 `in 昆明`", "the national list has no code `{code}`; write the name, as `in 昆明`";
        help "若是新地区，请声明：`region {found}`", "if it is a new one, declare it: `region {found}`";
    }
    AmbiguousRegion "GJ0203" unknown_name Error {
        "`{found}` 可指多个地区", "`{found}` may be more than one region";
        label "{candidates}", "{candidates}";
        help "写全称或代码，或在 `plan` 中用 `region` 写明所属地区", "write the full name or the code, or name the region above it in a `plan`";
    }
    NameClash "GJ0204" name_clash Error {
        "`{found}` 既是{first}，又是{second}", "`{found}` is both {first} and {second}";
        label "这里用作{second}", "used as {second} here";
        other "这里声明为{first}", "declared as {first} here";
        help "一个名称只能属于一类；改掉其中一个", "a name has one category; rename one of them";
    }
    DuplicateLabel "GJ0205" name_clash Error {
        "编号 `{found}` 用了两次", "the label `{found}` is used twice";
        label "第二次", "the second one";
        other "第一次", "the first one";
        help "每条规则的编号必须唯一", "every rule needs a label of its own";
    }
    DuplicateDeclaration "GJ0206" name_clash Error {
        "`{found}` 声明了两次，内容不同", "`{found}` is declared twice, differently";
        label "第二次", "the second one";
        other "第一次", "the first one";
        help "只保留一个", "keep one of them";
    }
    SharedName "GJ0234" name_clash Error {
        "`{found}` 也是另一个对象的名字", "`{found}` is the name of another one too";
        label "这一个也叫 `{found}`", "this one is called `{found}` too";
        other "先声明的", "declared before";
        help "数据里写这个名字，就分不清指哪一个：删去别名，或写全称", "figures of this name could be of either: drop the `also`, or write the full name";
    }
    UnknownGrade "GJ0207" unknown_name Error {
        "`{found}` 不是任何等级序列中的词", "`{found}` is not a word of any scale";
        label "不认识的等级", "unknown grade";
        help "最接近的是 `{nearest}`", "the nearest one is `{nearest}`";
        help "先声明等级序列，例如 `scale 等级: 优 > 良 > 中`", "declare the scale first, for example `scale 等级: 优 > 良 > 中`";
    }
    AmbiguousGrade "GJ0208" name_clash Error {
        "`{found}` 属于多个等级序列：{candidates}", "`{found}` belongs to several scales: {candidates}";
        label "指哪一个？", "which one?";
        help "在指标声明中写明：`indicator {indicator} { kind grade  scale … }`", "say so at the indicator: `indicator {indicator} { kind grade  scale … }`";
    }
    MissingFile "GJ0209" unknown_name Error {
        "找不到 `{found}`", "cannot find `{found}`";
        label "{reason}", "{reason}";
        help "是否要写 `{nearest}`？", "did you mean `{nearest}`?";
        help "路径相对于本文件；内置词汇写作 `use \"std:regions\"`、`use \"std:education\"`", "paths are relative to this file; the built-in vocabulary is `use \"std:regions\"` and `use \"std:education\"`";
    }
    ComparesNames "GJ0210" unknown_name Error {
        "不知道 `{found}` 是什么", "nothing says what `{found}` is";
        label "这里应是数值或等级", "a value or a grade belongs here";
        help "写一个带单位的数值，例如 `{sample}`；若是指标，先用 `indicator {found}` 声明", "write a value with its unit, for example `{sample}`; if it is an indicator, declare it with `indicator {found}`";
    }
    UnknownMethod "GJ0211" unknown_name Error {
        "没有名为 `{found}` 的进度方法", "there is no progress method `{found}`";
        label "不在可选范围内", "not one of the choices";
        help "是否要写 `{nearest}`？可选：{expected}", "did you mean `{nearest}`? choices: {expected}";
        help "可选：{expected}", "choices: {expected}";
    }
    UnknownSuperseded "GJ0212" unknown_name Error {
        "没有可以取代的规则 `{found}`", "there is no rule `{found}` to supersede";
        label "没有规则用这个编号", "no rule has this label";
        help "最接近的是 `{nearest}`", "the nearest one is `{nearest}`";
        help "写上被取代规则的编号，并让它所在的文件一起参加评估", "name the label of the rule that is replaced, and evaluate its file too";
    }
    SupersedesItself "GJ0213" cycle Error {
        "`{found}` 绕回来取代了自己", "`{found}` comes round to supersede itself";
        label "从这里绕回到 `{found}`", "this leads back to `{found}`";
        help "只让后印发的取代先印发的", "let only the later one supersede the earlier one";
    }

    UnknownType "GJ0214" unknown_name Error {
        "没有名为 `{found}` 的类型或组", "there is no type or group `{found}`";
        label "不认识", "unknown";
        help "最接近的是 `{nearest}`", "the nearest one is `{nearest}`";
        help "`{type}` 是对象的类型；写作 `for each {type} in …: …`", "`{type}` is a type of entities; write `for each {type} in …: …`";
        help "`{place}` 是一个地区或对象；写作 `for each 县区 in {place}: …`", "`{place}` is one place; write `for each 县区 in {place}: …`";
        help "先声明：`region {found} (group) contains …`", "declare it: `region {found} (group) contains …`";
    }
    AmbiguousValue "GJ0215" name_clash Error {
        "几个属性都有取值 `{found}`：{candidates}", "several attributes have the value `{found}`: {candidates}";
        label "哪一个？", "which one?";
        help "写明属性：`where 属性 = {found}`", "name the attribute: `where ATTRIBUTE = {found}`";
    }
    UnknownRule "GJ0216" unknown_name Error {
        "没有名为 `{found}` 的规则", "there is no rule `{found}`";
        label "不认识", "unknown";
        help "最接近的是 `{nearest}`", "the nearest one is `{nearest}`";
        help "写规则的标签或 `文件名:行号`", "write the rule's label, or `file:line`";
    }
    DerivedFromItself "GJ0217" cycle Error {
        "派生的指标绕了一圈：{cycle}", "derived facts depend on themselves: {cycle}";
        label "从这里开始", "the circle begins here";
        help "去掉其中一步", "take one of these steps out";
    }

    RollupUnfit "GJ0231" unit Error {
        "{kind}类指标不能用 `{how}` 汇总", "{akind} cannot be rolled up by `{how}`";
        label "`{indicator}` 属于{kind}", "`{indicator}` is {akind}";
        help "由分子、分母合并计算：`{pooled}`；或按权重平均：`weighted by 人口`", "pool it from its numerator and denominator: `{pooled}`; or average it by weight: `weighted by 人口`";
        help "删去 `{how}`：这类指标只用本级数据", "remove `{how}`: only a region's own figure counts";
    }
    RollupPartUnfit "GJ0232" unit Error {
        "`{found}` 属于{kind}，不能逐级相加", "`{found}` is {akind}, which does not add up";
        label "汇总 `{indicator}` 时要把它相加", "added up to roll up `{indicator}`";
        help "换成可以相加的指标，例如 `of 毕业人数 / 入学人数`", "name an indicator that adds up, as in `of 毕业人数 / 入学人数`";
    }
    RollupCycle "GJ0233" cycle Error {
        "汇总绕回到自己：{cycle}", "the roll-up comes round to itself: {cycle}";
        label "从这里绕回到 `{found}`", "this leads back to `{found}`";
        help "汇总所用的指标，自己不能再由 `{found}` 得出", "what a roll-up is made of must not be made of `{found}` again";
    }

    ExpectsNoRule "GJ0221" unknown_name Error {
        "没有规则 `{found}`，测试无法预期它的结论", "the test expects something of `{found}`, and there is no such rule";
        label "没有规则用这个编号", "no rule has this label";
        help "最接近的是 `{nearest}`", "the nearest one is `{nearest}`";
        help "写规则的编号，并让它所在的文件一起参加测试（或用 `use` 引用）", "write the label of a rule, and test its file too (or `use` it)";
    }
    TestDateMissing "GJ0222" time Error {
        "测试 `{found}` 缺少评估日", "the test `{found}` says no date";
        label "哪一天评估？", "as of which day?";
        other "`{rule}` 有时间，结论随评估日而变", "`{rule}` has a time, so its verdict depends on the day";
        help "加上 `as of {day}`（期限过后）或更早的一天", "add `as of {day}` (past its deadline), or an earlier day";
        help "加上 `as of 2026-03-01` 这样的一行", "add a line like `as of 2026-03-01`";
    }
    NotCovered "GJ0223" unknown_name Error {
        "规则 `{rule}` 不涉及 `{found}`", "the rule `{rule}` does not cover `{found}`";
        label "它对这里没有结论", "it has no verdict here";
        help "它涉及的是：{covered}", "it covers: {covered}";
    }
    TypeInTest "GJ0218" syntax Error {
        "测试里不能声明类型 `{found}`", "a test cannot declare the type `{found}`";
        label "类型对所有规则都一样", "a type is the same for every rule";
        help "把 `entity {found} { … }` 移到测试之外；测试里写 `entity 甲校 : {found} in 五华区 { … }`", "move `entity {found} { … }` out of the test; inside write `entity 甲校 : {found} in 五华区 { … }`";
    }
    TwoDates "GJ0224" time Error {
        "测试写了两个评估日", "the test has two dates";
        label "第二个", "the second one";
        other "第一个", "the first one";
        help "只保留一个；另一天写成另一个测试", "keep one of them; the other day is another test";
    }
    NoSuchVerdict "GJ0225" unknown_name Error {
        "没有{what} `{found}`", "`{found}` is not {what}";
        label "不在可选范围内", "not one of the choices";
        help "是否要写 `{nearest}`？可选：{expected}", "did you mean `{nearest}`? choices: {expected}";
        help "可选：{expected}", "choices: {expected}";
    }
    OutlookAside "GJ0226" syntax Error {
        "只有未到期的规则才有进度，`{verdict}` 没有 `{found}`", "only what is pending has an outlook: there is no `{verdict}` with `{found}`";
        label "多余的进度", "an outlook too many";
        other "已经有了定论", "this is settled";
        help "删去它；若要预期进度，结论写 `pending`（未到期）", "remove it, or expect `pending`";
    }
    DuplicateTest "GJ0227" name_clash Error {
        "测试 `{found}` 写了两次", "the test `{found}` is written twice";
        label "第二次", "the second one";
        other "第一次", "the first one";
        help "一个文件里每个测试要有自己的名称", "every test of a file needs a name of its own";
    }
    ExpectsNothing "GJ0228" syntax Error {
        "测试 `{found}` 没有预期任何结论", "the test `{found}` expects nothing";
        label "这样的测试总会通过", "such a test always passes";
        help "加上 `expect 规则编号 met` 这样的一行", "add a line like `expect KM-09 met`";
    }
    NoSuchTier "GJ0229" unknown_name Error {
        "规则 `{rule}` 没有 `{found}` 这一级要求", "the rule `{rule}` has no `{found}`";
        label "规则里没有", "not in the rule";
        help "删去它，或写规则有的那一级", "remove it, or write the tier that the rule has";
    }

    // ── 03 values and units ──────────────────────────────────────────────────────────────────
    BareRate "GJ0301" unit Error {
        "比率 `{found}` 缺少单位", "the rate `{found}` has no unit";
        label "是 {found}% 吗？", "is {found}% meant?";
        help "写作 `{found}%`，或 `{full}`", "write `{found}%`, or `{full}`";
        help "写作 `{found}%`；小数要带小数点，如 `0.98`", "write `{found}%`; a fraction has a decimal point, as `0.98`";
    }
    WrongDimension "GJ0302" unit Error {
        "{kind}不能与 `{found}` 比较", "{akind} cannot be compared with `{found}`";
        label "这是{dimension}", "this is {dimension}";
        help "{kind}写作 `{sample}`；若指标其实是{other}，请把类别改为 `{other}`", "{akind} reads `{sample}`; if the indicator is {aother}, write `{other}` as its kind";
        help "{kind}写作 `{sample}`", "{akind} reads `{sample}`";
    }
    UnknownUnit "GJ0303" unit Error {
        "不认识单位 `{unit}`", "unknown unit `{unit}`";
        label "这里的单位", "in this value";
        help "是否要写 `{nearest}`？", "did you mean `{nearest}`?";
        help "量词是一至四个汉字（所、人、个……）；百分数写 %，千分数写 ‰", "measure words are one to four Han characters (所, 人, 个 …); shares are % or ‰";
    }
    DeclaredUnit "GJ0304" unit Error {
        "`{indicator}` 声明的单位是 `{declared}`，这里是 `{found}`", "`{indicator}` is declared in `{declared}`, this is `{found}`";
        label "单位不同", "another unit";
        other "在这里声明", "declared here";
        help "改用 `{declared}`，或改声明", "use `{declared}`, or change the declaration";
    }
    PointsAsLevel "GJ0305" unit Error {
        "百分点说的是变化，不是水平", "percentage points are a change, not a level";
        label "水平写作 `{level}`", "a level is written `{level}`";
        help "要达到的水平写 `{level}`；要提高这么多写 `rises {found}`", "for a level to reach write `{level}`; for a rise by so much `rises {found}`";
    }
    BadNumber "GJ0306" unit Error {
        "`{found}` 不是数值", "`{found}` is not a number";
        label "这里应是数值", "a number belongs here";
        help "写作 `{fixed}`", "write `{fixed}`";
        help "数值写作 98%、1.2万人、1:15", "numbers read 98%, 1.2万人, 1:15";
    }
    KindDiffers "GJ0307" unit Error {
        "`{indicator}` 声明为{declared}，这里写作{kind}", "`{indicator}` is declared as {adeclared}, this says {kind}";
        label "这里写作{kind}", "{akind} here";
        other "在这里声明", "declared here";
        help "改用{declared}，或改声明", "write {declared}, or change the declaration";
    }
    KindsDisagree "GJ0308" unit Error {
        "`{indicator}` 一处是{declared}，一处是{kind}", "`{indicator}` is {adeclared} in one rule and {akind} in another";
        label "这里是{kind}", "{akind} here";
        other "这里是{declared}", "{adeclared} here";
        help "一个指标只有一种类别；若是两个指标，请用不同的名称", "an indicator has one kind; if these are two indicators, name them apart";
    }
    MissingUnit "GJ0309" unit Error {
        "{kind} `{found}` 缺少单位", "the {kind} `{found}` has no unit";
        label "单位是什么？", "in which unit?";
        help "例如 `{sample}`", "for example `{sample}`";
    }
    NotWhole "GJ0310" unit Error {
        "位次是从 1 起的整数", "a rank is a whole number from 1 up";
        label "`{found}` 不是位次", "`{found}` is no rank";
        help "写作 `3` 或 `前30`", "write `3` or `前30`";
    }
    WrongAnswer "GJ0311" unit Error {
        "`{indicator}` 的数据应是{expected}，这里是 `{found}`", "a figure of `{indicator}` should be {expected}, this is `{found}`";
        label "应是{expected}", "should be {expected}";
        help "例如 `{sample}`", "for example `{sample}`";
    }
    YearAsDuration "GJ0312" unit Error {
        "`{found}` 像是年份，不是时长", "`{found}` looks like a year, not a duration";
        label "要两千多年？", "two thousand years long?";
        help "到某年为止写作 `by {year}`", "for a deadline write `by {year}`";
    }

    RankWord "GJ0313" unit Error {
        "位次用“{found}”有两种读法", "`{found}` can be read both ways for a rank";
        label "指数字，还是名次？", "the number, or the place?";
        help "不差于第 {value} 名写作 `<= {value}`（居前 {value}）；确指数字时用符号 `{sign} {value}`", "for a place no worse than {value} write `<= {value}`; if the number is meant, use the sign: `{sign} {value}`";
    }

    ChangeUnit "GJ0314" unit Error {
        "{kind}的变化不能是 `{found}`", "{akind} cannot change by `{found}`";
        label "单位不合", "the unit does not fit";
        help "指百分点写作 `{points}`；指比上年增长百分之几写作 `grows >= {grows}`", "for percentage points write `{points}`; for a relative change `grows >= {grows}`";
        help "百分点写作 `{points}`", "percentage points are written `{points}`";
        help "相对变化写作 `{share}`", "a relative change is written `{share}`";
        help "写作 `{sample}` 那样的数值", "write a value such as `{sample}`";
    }

    UnitName "GJ0331" unit Error {
        "`{found}` 不能作单位名称", "`{found}` cannot name a unit";
        label "单位名称是短的汉字词", "a short word in Han characters belongs here";
        help "用一至四个汉字，开头不用十、百、千、万、亿，例如 `单位 架次`", "use one to four Han characters that do not begin with 十, 百, 千, 万 or 亿, for example `unit 架次`";
    }
    UnitTaken "GJ0332" unit Error {
        "`{found}` 已是有固定含义的单位", "`{found}` is a unit with a meaning of its own";
        label "不能另行规定", "not free to declare";
        help "换一个名称", "choose another name";
    }
    UnitTwice "GJ0333" unit Error {
        "单位 `{found}` 声明了两次", "the unit `{found}` is declared twice";
        label "第二次", "declared again";
        other "第一次", "declared here";
        help "删去其中一处", "remove one of them";
    }
    UnitCircle "GJ0334" unit Error {
        "单位互相定义：{circle}", "units are defined by each other: {circle}";
        label "回到了自己", "comes back to itself";
        help "其中一个用已知的单位定义，例如 `单位 标准套 = 2所`", "define one of them by a unit that is known, for example `unit 标准套 = 2所`";
    }
    UnitOf "GJ0335" unit Error {
        "`{name}` 不能是 `{found}`：这是{what}", "`{name}` cannot be `{found}`, which is {what}";
        label "这里应是若干个已知单位", "so many of a known unit belong here";
        help "写一个正数和它的单位，例如 `单位 标准套 = 2所`", "write a positive number and its unit, for example `unit 标准套 = 2所`";
    }
    NoPoints "GJ0337" unit Error {
        "`{found}` 不是分值", "`{found}` is no number of points";
        label "分值是一个数", "points are a plain number";
        help "写作 `{sample}` 或 `{sample}分`", "write `{sample}`";
    }
    BandPoints "GJ0338" unit Error {
        "分档的分值 `{found}` 不少于满分 `{weight}`", "the band gives `{found}`, no less than the full weight `{weight}`";
        label "应少于满分", "less than the weight belongs here";
        help "达到规则本身的要求得满分，分档写的是未达到时仍可得的较少分值", "meeting the rule earns the weight; a band says how many fewer points are left short of it";
    }
    BandNotLess "GJ0339" unit Error {
        "分档 `{found}` 没有比规则的要求 `{own}` 放低", "the band `{found}` does not ask less than the rule, `{own}`";
        label "这一档永远得不到分", "this band would never give its points";
        other "规则的要求", "what the rule requires";
        help "写一个同类、同方向、较低的界限", "write a bound of the same sort and direction that asks less";
    }

    // ── 04 time ──────────────────────────────────────────────────────────────────────────────
    BadPeriod "GJ0401" time Error {
        "`{found}` 不是时间", "`{found}` is not a time";
        label "这里应是时间", "a time belongs here";
        help "写作 `{fixed}`", "write `{fixed}`";
        help "时间写作 2025、2025-09、2023年9月1日、2025年第三季度、2023学年", "times read 2025, 2025-09, 2023-09-01, 2025-Q3, 2023/2024";
    }
    NoSuchDate "GJ0402" time Error {
        "没有 `{found}` 这个时间", "there is no such time as `{found}`";
        label "历法上没有", "not in the calendar";
        help "检查月份和日期；年份在 1000 与 2999 之间", "check month and day; years lie between 1000 and 2999";
    }
    SpanReversed "GJ0403" time Error {
        "时段的终点早于起点", "the span ends before it begins";
        label "{found}", "{found}";
        help "写作 `{fixed}`", "write `{fixed}`";
    }
    SpanMixed "GJ0404" time Error {
        "时段两端的粒度不同", "the ends of the span are of different kinds";
        label "{found}", "{found}";
        help "两端都写年，或都写月", "write both ends as years, or both as months";
    }
    SpanMissing "GJ0405" time Error {
        "`{word}` 缺少时段", "`{word}` lacks its span";
        label "从哪年到哪年？", "from when to when?";
        help "写作 `{average}`", "write `{average}`";
        help "写作 `{word} 2023..2025`，或在 `plan` 中写明 `span`", "write `{word} 2023..2025`, or give the `plan` a `span`";
    }
    TimeMissing "GJ0406" time Error {
        "节点 `{measure}` 没有期限", "the milestone `{measure}` has no deadline";
        label "什么时候完成？", "done by when?";
        help "加上 `by 2025-12-31`，或在 `plan` 中写明 `span`", "add `by 2025-12-31`, or give the `plan` a `span`";
    }
    SpanTooLong "GJ0407" time Error {
        "时段过长：{found}", "the span is too long: {found}";
        label "期数太多", "too many periods";
        help "至多 40000 期", "at most 40,000 periods";
    }
    GroupOverlap "GJ0408" group_overlap Error {
        "分组可能重叠：`{first}` 与 `{second}`", "the groups may overlap: `{first}` and `{second}`";
        label "同一对象可能属于两组", "a subject may be in both";
        other "先写的分组", "the first group";
        help "分组应是同一属性的不同取值；其余写成另一条规则", "groups are values of one attribute; write the others as a rule of their own";
    }
    NotDays "GJ0409" time Error {
        "`{found}` 不是天数", "`{found}` is no number of days";
        label "应是天数或周数", "days or weeks are needed";
        help "写作 `within 20天 after 年检`；工作日因没有日历而不支持", "write `within 20天 after 年检`; working days need a calendar that is not known here";
    }
    NoSum "GJ0410" time Error {
        "{kind}的各期数值不能相加", "values of a {kind} do not add up";
        label "`{found}` 是累计", "`{found}` adds periods up";
        help "写作 `{instead}`", "write `{instead}`";
    }
    NoWholePeriod "GJ0411" time Error {
        "{span} 之内没有一个完整的周期", "{span} holds no whole period of that length";
        label "`{found}` 比时段长", "`{found}` is longer than the span";
        help "把时段写长些，例如从学年开始的九月写起", "write a longer span, for example from September, when the school year begins";
    }

    // ── 05 facts ─────────────────────────────────────────────────────────────────────────────
    FactsUnreadable "GJ0501" facts Error {
        "无法读取 {file}：{reason}", "cannot read {file}: {reason}";
        label "", "";
        help "支持 CSV、TSV 和 JSON；编码为 UTF-8、GB18030 或 UTF-16", "CSV, TSV and JSON are read, in UTF-8, GB18030 or UTF-16";
    }
    FactsLayout "GJ0502" facts Error {
        "{file}：看不出各列的含义，缺少 {missing}", "{file}: the columns are not recognised, {missing} is missing";
        label "", "";
        help "首行需有这些列名：地区、指标、时间、数值（可加 单位、状态、来源）。读到的是：{found}", "the first line needs the columns region, indicator, period, value (and unit, status, source if known). It has: {found}";
    }
    FactsValue "GJ0503" facts Error {
        "{place}：`{found}` 不是数据", "{place}: `{found}` is no figure";
        label "", "";
        help "数值写作 97.2、97.2%、1.2万人、16.98:1；缺数留空或写 —", "figures read 97.2, 97.2%, 1.2万人, 16.98:1; leave missing ones empty or write —";
    }
    FactsPeriod "GJ0504" facts Error {
        "{place}：`{found}` 不是时间", "{place}: `{found}` is no period";
        label "", "";
        help "时间写作 2025、2025年、2025-09、2023/2024", "periods read 2025, 2025-09, 2023/2024";
    }
    FactsUnit "GJ0505" facts Error {
        "{place}：不认识单位 `{found}`", "{place}: unknown unit `{found}`";
        label "", "";
        help "是否要写 `{nearest}`？", "did you mean `{nearest}`?";
        help "例如 %、‰、所、万人、元/生·年、:1；小数比率的单位写 1", "for example %, ‰, 所, 万人, 元/生·年, :1; a share given as a fraction has the unit 1";
    }
    BareFraction "GJ0506" facts Error {
        "{file}：`{indicator}` 的数值都在 −1.5 与 1.5 之间，且没有单位：是小数还是百分数？", "{file}: all values of `{indicator}` lie between −1.5 and 1.5 and none has a unit: fractions or percent?";
        label "", "";
        help "在单位列写明：小数写 1（0.98 即 98%），百分数写 %。例：{place} 的 `{found}`", "say so in the unit column: 1 for fractions (0.98 is 98%), % for percent. See `{found}` at {place}";
    }
    FactsDimension "GJ0507" facts Error {
        "{place}：`{indicator}` 应是{expected}，数据却是 `{found}`", "{place}: `{indicator}` should be {expected}, but the figure is `{found}`";
        label "", "";
        help "是否要写 `{nearest}`？", "did you mean `{nearest}`?";
        help "若 `{word}` 表示缺数，请把这一格留空或写 —", "if `{word}` means that the figure is missing, leave the cell empty or write —";
        help "检查单位，或指标是否写错", "check the unit, or whether it is another indicator";
    }
    FactsRegion "GJ0508" facts Error {
        "{file} 没有写明地区", "{file} names no region";
        label "", "";
        help "加一列 地区，或用 `--in 昆明` 说明全部数据属于哪里", "add a region column, or say with `--in 昆明` where all figures belong";
    }
    FactsAmbiguous "GJ0509" facts Error {
        "{place}：`{found}` 可指多个地区：{candidates}", "{place}: `{found}` may be more than one region: {candidates}";
        label "", "";
        help "写全称或代码", "write the full name or the code";
    }
    FactsLimit "GJ0510" facts Error {
        "{file}：{what}", "{file}: {what}";
        label "", "";
        help "拆分文件，或减少列数", "split the file, or drop columns";
    }
    FactsMissingField "GJ0511" facts Error {
        "{place}：缺少{field}", "{place}: {field} is missing";
        label "", "";
        help "补上，或删去这一行", "fill it in, or delete the row";
    }
    FactsStatus "GJ0512" facts Error {
        "{place}：不认识状态 `{found}`", "{place}: unknown status `{found}`";
        label "", "";
        help "写 正式、快报 或 预计", "write final, preliminary or forecast";
    }
    TooManyErrors "GJ0513" facts Error {
        "{file}：还有 {count} 处错误没有列出", "{file}: {count} more errors are not listed";
        label "", "";
        help "先改已列出的，再运行一次", "mend those listed and run again";
    }
    FactsDeclaredUnit "GJ0514" facts Error {
        "{place}：`{indicator}` 声明的单位是 `{declared}`，数据是 `{found}`", "{place}: `{indicator}` is declared in `{declared}`, the figure is `{found}`";
        label "", "";
        help "换算成 `{declared}`，或改声明", "convert it to `{declared}`, or change the declaration";
    }
    FactBareRate "GJ0515" facts Error {
        "`{indicator}` 是比率，`{found}` 缺少单位", "`{indicator}` is a rate, and `{found}` has no unit";
        label "是 {found}% 吗？", "is {found}% meant?";
        help "写作 `{found}%`；小数要带小数点，如 `0.98`", "write `{found}%`; a fraction has a decimal point, as `0.98`";
    }
    FactTimeMissing "GJ0516" time Error {
        "数据没有时间", "the figure has no time";
        label "哪一年的？", "of which year?";
        help "写作 `fact {indicator} = {value} in 2025`", "write `fact {indicator} = {value} in 2025`";
    }
    FactPlaceMissing "GJ0517" unknown_name Error {
        "数据没有地区", "the figure has no place";
        label "哪里的？", "of where?";
        help "写作 `… in 昆明`，或在 `plan` 中写明 `region`", "write `… in 昆明`, or give the `plan` a `region`";
    }
    FactsUnitsDiffer "GJ0518" facts Error {
        "{place}：`{found}` 的单位是 `{own}`，单位列写的却是 `{unit}`", "{place}: `{found}` is in `{own}`, but the unit column says `{unit}`";
        label "", "";
        help "两处只留一处，或改成一致（单位在第 {column} 列）", "keep one of the two, or make them agree (the unit is in column {column})";
    }
    FactsTooManyUnits "GJ0519" facts Error {
        "{place}：不同的单位超过了 {limit} 种", "{place}: there are more than {limit} different units";
        label "", "";
        help "检查单位列，里面像是别的内容；从这一行起没有再读", "look at the unit column, which seems to hold something else; nothing was read from this row on";
    }
    FactsExtraCell "GJ0520" facts Error {
        "{place}：`{found}` 在表头之外，表头只有 {count} 列", "{place}: `{found}` stands beyond the header, which names {count} columns";
        label "", "";
        help "数值里的逗号要删去或加引号：1234 或 \"1,234\"；若真有这一列，请在表头写上列名", "drop a comma inside a number or put it in quotes: 1234 or \"1,234\"; if there is such a column, name it in the header";
    }
    FactsColumnTwice "GJ0521" facts Error {
        "{place}：`{found}` 与第 {column} 列的 `{earlier}` 重复，都是{field}", "{place}: `{found}` repeats `{earlier}` in column {column}, both are {field}";
        label "", "";
        help "只留一列，或给另一列换个名称", "keep one of them, or give the other another name";
    }

    // ── 06 calls and configuration ───────────────────────────────────────────────────────────
    NoRules "GJ0601" call Error {
        "没有可评估的规则", "there are no rules to evaluate";
        label "", "";
        help "给出 .gj 文件或文件夹，例如 `guiju eval rules --facts facts.csv`", "name .gj files or folders, for example `guiju eval rules --facts facts.csv`";
    }
    NotFound "GJ0602" call Error {
        "找不到 {what} `{found}`", "there is no {what} `{found}`";
        label "", "";
        help "是否要写 `{nearest}`？", "did you mean `{nearest}`?";
        help "可用的有：{expected}", "there are: {expected}";
    }
    BadConfig "GJ0603" call Error {
        "{file}：{reason}", "{file}: {reason}";
        label "", "";
        help "可用的键：rules、facts、vocabulary、lang、assess、as_of", "keys: rules, facts, vocabulary, lang, assess, as_of";
    }
    BadDate "GJ0604" call Error {
        "`{found}` 不是日期", "`{found}` is not a date";
        label "这里应是一天", "a day belongs here";
        help "日期写作 2026-03-01", "dates read 2026-03-01";
    }
    WriteFailed "GJ0605" call Error {
        "无法写入 {file}：{reason}", "cannot write {file}: {reason}";
        label "", "";
        help "换一个能写的位置", "choose a place that can be written";
    }
    NotUtf8 "GJ0606" call Error {
        "{file} 不是 UTF-8 文本，像是{seems}", "{file} is not UTF-8 text, it looks like {seems}";
        label "", "";
        help "规则写在文本文件里，例如 rules.gj；表格中的数据请另存为 CSV，写在 --facts 之后：`--facts {csv}`", "rules stand in a text file such as rules.gj; save the figures of a sheet as CSV and name it behind --facts: `--facts {csv}`";
        help "用编辑器打开它，另存为 UTF-8 编码", "open it in an editor and save it as UTF-8";
    }
    FiguresAsRules "GJ0607" call Error {
        "{file} 是数据文件，不是规则", "{file} holds figures, not rules";
        label "", "";
        help "数据写在 --facts 之后，例如 `guiju eval rules.gj --facts {file}`", "figures go behind --facts, for example `guiju eval rules.gj --facts {file}`";
    }
}

impl Code {
    /// The code as printed: `GJ0301`.
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// The code with this id.
    pub fn from_id(id: &str) -> Option<Code> {
        Code::ALL
            .iter()
            .copied()
            .find(|c| c.id().eq_ignore_ascii_case(id))
    }

    /// The kind of finding, as in `check --format json`.
    pub fn kind(self) -> &'static str {
        self.row().kind
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        self.row().severity
    }

    /// The page about it, `docs/errors/<code>.md`: Chinese first, then English.
    pub fn page(self) -> &'static str {
        self.row().page
    }

    pub(super) fn message(self) -> Words {
        self.row().message
    }

    pub(super) fn label(self) -> Words {
        self.row().label
    }

    pub(super) fn other(self) -> Words {
        self.row().other
    }

    pub(super) fn helps(self) -> &'static [Words] {
        self.row().help
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_speak_both_languages() {
        let mut ids = HashSet::new();
        for code in Code::ALL {
            assert!(ids.insert(code.id()), "{code} twice");
            let (zh, en) = code.message();
            assert!(!zh.is_empty() && !en.is_empty(), "{code}");
            assert!(
                !zh.ends_with('。') && !en.ends_with('.'),
                "{code}: no final period"
            );
            for (zh, en) in code.helps() {
                assert!(!zh.is_empty() && !en.is_empty(), "{code}");
                assert!(
                    !zh.ends_with('。') && !en.ends_with('.'),
                    "{code}: no final period"
                );
            }
            let plain = en.starts_with(|c: char| c.is_lowercase() || c == '`' || c == '{');
            assert!(plain, "{code}: lower case");
            assert!(
                code.page().starts_with(&format!("# {code} ")),
                "{code}: page"
            );
            assert_eq!(Code::from_id(code.id()), Some(*code));
        }
    }
}
