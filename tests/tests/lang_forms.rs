//! What the language accepts: the examples of the reference, both keyword sets, the punctuation
//! of both scripts, and every place where a line may break or a comment stand.

use guiju_lang::print;
use guiju_lang::{FileId, Source, WordSet, parse};
use guiju_tests::lang::{codes, compile_text, tree};

/// Compiles without findings, and returns how the rules print.
fn rules(text: &str) -> Vec<String> {
    let compiled = compile_text(text);
    let said: Vec<_> = compiled
        .diagnostics
        .iter()
        .map(|d| d.message(guiju_lang::Lang::En))
        .collect();
    assert!(said.is_empty(), "{text}\n{said:?}");
    compiled.ruleset.rules.into_iter().map(|r| r.text).collect()
}

#[test]
fn examples_of_the_reference() {
    let text = "\
rate  普惠性幼儿园覆盖率 >= 90% by 2025 in 昆明
rate  义务教育优质均衡县占比 must >= 30% should >= 40% by 2025 in 昆明      # 确保 … 力争 …
count 劳动实践教育示范学校 >= 300所 by 2025 in 昆明
count 云岭思政教育品牌 between 2 and 3 by 2025 in 昆明
rate  X in 磨憨 >= 90%
scale 高中等级: 一级一等 > 一级二等 > 一级三等 > 二级一等 > 二级二等 > 二级三等 > 三级
grade 办学等级 >= 一级三等 by 2024 in 东川一中
rank  中考总平均分郊县区排名 <= 3 in 2025 in 东川区
milestone 福在幼儿园建成招生 by 2023-09-01 in 东川区
milestone 综合楼开工 before 2024-10 in 东川区                # 10月前
milestone 述职考评 each year 2023..2025 in 昆明              # 每年开展

KM-07: must rate 学前三年毛入园率 >= 99% throughout 2023..2025 in 昆明 {
  clause   \"一(二)\"                  # where in the plan
  lead     市教育体育局              # 牵头单位
  owner    市财政局, 市委编办        # 责任单位
  nature   binding                   # 约束性 | expected 预期性
  baseline 98.7% in 2022
  assess   schedule
  weight   5
  note     \"…\"
}

plan kunming-2023 \"昆明市教育高质量发展三年行动计划\" {
  number \"…\"  issued 2023-09-06  span 2023..2025  region 昆明  supersedes 昆明-2020
}

indicator 九年义务教育巩固率 { kind rate  better higher  range 0%..100%  also \"义务教育巩固率\" }
indicator 初中毛入学率 { kind rate  better higher }
region 昆明 (530100 市) contains 五华区, 盘龙区, 官渡区, 西山区, 东川区
region 郊县区 (group) contains 东川区, 宜良县
entity 学校
entity 长城中学 : 学校 in 五华区
fact 九年义务教育巩固率 = 97.2% in 2025 in 昆明 { source \"…\" }
";
    assert_eq!(rules(text).len(), 11);
}

#[test]
fn units_of_the_reference() {
    let text = "\
rate 甲 >= 98% in 2025
rate 乙 <= 4‰ in 2025
rate 丙 >= 0.98 in 2025
count 丁 >= 165 in 2025
count 戊 >= 1.2万人 in 2025
amount 己 >= 300万元 in 2025
amount 庚 >= 1500元/生·年 in 2025
amount 辛 >= 20万元/年/人 in 2025
duration 壬 >= 12.12年 in 2025
duration 癸 >= 360学时 in 2025
duration 子 <= 63周岁 in 2025
ratio 丑 <= 1:15 in 2025
ratio 寅 <= 13.5:1 in 2025
rank 卯 <= 前30 in 2025
score 辰 >= 85分 in 2025
quantity 巳 >= 6.2平方米/生 in 2025
quantity 午 >= 3.1间/百生 in 2025
quantity 申 >= 85/千人 in 2025
quantity 酉 >= 6.2㎡/生 in 2025
flag 戌 = yes in 2025
milestone 亥 = done by 2025-12-31
indicator A { kind amount  unit 元/生·年 }
indicator B { kind rate  unit % }
indicator C { kind quantity  unit /千人 }
indicator D { kind ratio  unit :1 }
";
    assert_eq!(rules(text).len(), 21);
}

#[test]
fn times_of_the_reference() {
    let forms = [
        "by 2025",
        "by 2025年",
        "by 2025年底",
        "by 2025年底前",
        "by 2025年末",
        "by 2025-09",
        "by 2025-09-01",
        "by 2023年9月1日",
        "by 2025-Q3",
        "by 2025年第三季度",
        "by 2025年上半年",
        "in 2023学年",
        "in 2023/2024",
        "throughout 2023..2025",
        "throughout 2023-2025",
        "throughout 2023—2025",
        "throughout 2023～2025",
        "throughout 2023至2025",
        "throughout 2023年至2025年",
        "throughout 2023 至 2025",
        "each year 2023..2025",
        "each quarter 2023..2025",
        "each school year 2023..2025",
        "each month 2023-01..2023-06",
        "before 2024-10",
        "到2025年底",
        "截至2025年",
        "于2025",
        "每年2023—2025年",
        "至2025年",
    ];
    for form in forms {
        rules(&format!("rate 甲 >= 98% {form} in 昆明"));
    }
}

/// Both keyword sets give one tree.
#[test]
fn chinese_words_and_english_words_are_one_language() {
    let pairs = [
        (
            "比率 甲 不低于 98% 到 2025 在 昆明",
            "rate 甲 >= 98% by 2025 in 昆明",
        ),
        (
            "比率 甲 达到 98% 到 2025 在 昆明",
            "rate 甲 >= 98% by 2025 in 昆明",
        ),
        (
            "比率 甲 超过 98% 到2025 在 昆明",
            "rate 甲 > 98% by 2025 in 昆明",
        ),
        (
            "比率 甲 不超过98% 于 2025 在 昆明",
            "rate 甲 <= 98% in 2025 in 昆明",
        ),
        (
            "比率 甲 低于 98% 早于 2025 在 昆明",
            "rate 甲 < 98% before 2025 in 昆明",
        ),
        (
            "数量 甲 等于 3所 始终 2023—2025 在 昆明",
            "count 甲 = 3所 throughout 2023..2025 in 昆明",
        ),
        (
            "数量 甲 介于 2 和 3 之间 每年 2023..2025 在 昆明",
            "count 甲 between 2 and 3 each year 2023..2025 in 昆明",
        ),
        ("确保 时长 甲 不低于 12年", "must duration 甲 >= 12年"),
        ("力争 金额 甲 不低于 3万元", "should amount 甲 >= 3万元"),
        (
            "比率 甲 确保 不低于 30% 力争 不低于 40%",
            "rate 甲 must >= 30% should >= 40%",
        ),
        (
            "比率 甲 确保 不低于 30%、力争 不低于 40%",
            "rate 甲 must >= 30%, should >= 40%",
        ),
        ("是否 甲 等于 是", "flag 甲 = yes"),
        ("是否 甲 等于 否", "flag 甲 = no"),
        ("节点 甲 等于 完成 到 2025", "milestone 甲 = done by 2025"),
        (
            "节点 甲 每学年 2023..2025",
            "milestone 甲 each school year 2023..2025",
        ),
        ("等级序列 甲: 优 > 良 > 中", "scale 甲: 优 > 良 > 中"),
        (
            "指标 甲 { 类型 比率 越高越好 取值 0%..100% 又称 乙、丙 }",
            "indicator 甲 { kind rate better higher range 0%..100% also 乙, 丙 }",
        ),
        (
            "地区 甲 (530100 市) 下辖 乙、丙",
            "region 甲 (530100 市) contains 乙, 丙",
        ),
        (
            "地区 甲 (组) 下辖 乙、丙",
            "region 甲 (group) contains 乙, 丙",
        ),
        ("对象 甲 : 学校 在 乙", "entity 甲 : 学校 in 乙"),
        (
            "数据 甲 = 3 于 2025 在 昆明 { 来源 “公报” 状态 快报 }",
            "fact 甲 = 3 in 2025 in 昆明 { source \"公报\" status preliminary }",
        ),
        (
            "规划 甲 “乙” { 文号 “1” 印发 2023-09-06 期限 2023..2025 地区 昆明 牵头 丙 责任 丁、戊 }",
            "plan 甲 \"乙\" { number \"1\" issued 2023-09-06 span 2023..2025 region 昆明 lead 丙 owner 丁, 戊 }",
        ),
        ("引用 “std:regions”", "use \"std:regions\""),
        (
            "比率 甲 不低于 9% { 条款 “一” 属性 约束性 基期 8% 于 2022 评判 时序进度 权重 5 时限 2025 备注 “注” }",
            "rate 甲 >= 9% { clause \"一\" nature binding baseline 8% in 2022 assess schedule weight 5 deadline 2025 note \"注\" }",
        ),
    ];
    for (zh, en) in pairs {
        assert!(parse(FileId(0), zh).diagnostics.is_empty(), "{zh}");
        assert!(parse(FileId(0), en).diagnostics.is_empty(), "{en}");
        assert_eq!(tree(zh), tree(en), "{zh}");
    }
}

/// 以上 and 以内 behind the value say what the comparison before it says.
#[test]
fn words_behind_the_value() {
    for text in [
        "比率 甲 达到 98% 以上",
        "比率 甲 达到98%以上",
        "比率 甲 98%以上",
        "rate 甲 98% 以上",
        "比率 甲 不低于 98% 及以上",
        "rate 甲 >= 98%以上",
    ] {
        assert_eq!(rules(text), ["rate 甲 >= 98%"], "{text}");
    }
    for text in [
        "比率 甲 控制在 5% 以内",
        "比率 甲 5% 以下",
        "比率 甲 不超过5%以内",
    ] {
        assert_eq!(rules(text), ["rate 甲 <= 5%"], "{text}");
    }
}

#[test]
fn full_width_forms_mean_their_twins() {
    let plain = ["KM-07: rate 甲 >= 98% by 2025 in 昆明"];
    for text in [
        "KM-07：比率 甲 ≥ 98％ 到 2025 在 昆明",
        "ＫＭ－０７：ｒａｔｅ 甲 ＞＝ ９８％，ｂｙ ２０２５，ｉｎ 昆明；",
        "KM-07： rate 甲 ⩾ 98% by 2025 in “昆明”。",
        "“KM-07”：rate 《甲》 >= 98% by 2025 in 「昆明」",
        "\u{FEFF}KM-07:\u{3000}rate\u{A0}甲\u{2003}>=\t98% by\r\n2025 in 昆明\r\n",
    ] {
        assert_eq!(rules(text), plain, "{text}");
    }
    assert_eq!(
        rules("比值 甲 ≤ 1∶15 于 ２０２５－０９"),
        ["ratio 甲 <= 1:15 in 2025-09"]
    );
    assert_eq!(rules("rate 甲 == 100%"), ["rate 甲 = 100%"]);
}

#[test]
fn names_hold_hyphens_dots_and_digits() {
    for name in [
        "KM-2.8",
        "kunming-2023",
        "高中阶段.毛入学率",
        "毛·入学率",
        "CO₂排放",
        "A_1",
        "师生比2",
        "在校学生数",
        "到校率",
        "为民小学",
        "和平",
        "累计折旧",
        "指标003",
        "Ⅰ类",
        "α值",
    ] {
        let texts = rules(&format!("rate {name} >= 9% in 滇中新区-安宁"));
        assert_eq!(texts.len(), 1);
    }
    // Words that are keywords elsewhere stay usable as names.
    for name in [
        "规模", "年龄", "等级", "得分", "状态", "时长", "金额", "单位", "source", "lead",
    ] {
        let text = format!("count {name} >= 3 in 2025 in 昆明");
        assert_eq!(rules(&text), [text.as_str()]);
    }
}

#[test]
fn line_breaks_and_commas_mean_nothing() {
    let one = ["KM-1: must rate 甲 >= 98% by 2025 in 昆明 { clause \"一\"  lead 乙, 丙 }"];
    for text in [
        "KM-1: must rate 甲 >= 98% by 2025 in 昆明 { clause \"一\"  lead 乙, 丙 }",
        "KM-1:\nmust\nrate\n甲\n>=\n98%\nby\n2025\nin\n昆明\n{\nclause\n\"一\"\nlead\n乙,\n丙\n}",
        "KM-1: must rate 甲, >= 98%, by 2025, in 昆明, { clause \"一\", lead 乙、丙, }",
        "KM-1: must rate 甲 in 昆明 >= 98% by 2025 { clause \"一\"; lead 乙, 丙 };",
    ] {
        let found = rules(text);
        let order = found[0].replace("甲 in 昆明 >= 98% by 2025", "甲 >= 98% by 2025 in 昆明");
        assert_eq!([order.as_str()], one, "{text}");
    }
    let two = "rate 甲 >= 90% by 2025 in 昆明 rate 乙 >= 80% by 2025; count 丙 >= 3。";
    assert_eq!(rules(two).len(), 3);
}

#[test]
fn comments_stand_anywhere() {
    let text = "\
# 一
KM-1: # 二
  rate # 三
  甲 >= 98% # 四
  ＃ 五
  by 2025 in 昆明 { # 六
  # 七
  clause \"#不是注释\" # 八
  # 九
} # 十
# 十一";
    assert_eq!(
        rules(text),
        ["KM-1: rate 甲 >= 98% by 2025 in 昆明 { clause \"#不是注释\" }"]
    );
    let parsed = parse(FileId(0), text);
    assert_eq!(parsed.comments.len(), 11);
    let printed = print::file(&parsed, &Source::new("t.gj", text), Some(WordSet::En));
    for number in [
        "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一",
    ] {
        assert!(
            printed.contains(&format!("# {number}\n")),
            "{number}\n{printed}"
        );
    }
}

/// Text for readers is kept as written; names are brought to normal form.
#[test]
fn notes_keep_their_characters() {
    let text = "rate “九年　义务教育” >= 98% { note “全角，（括号）；…①” }";
    assert_eq!(
        rules(text),
        ["rate 九年义务教育 >= 98% { note \"全角，（括号）；…①\" }"]
    );
}

/// A word of a scale may read like an answer.
#[test]
fn grades_may_be_any_word() {
    let text = "scale 评价: 优秀 > 达标 > 3级\ngrade 甲 = 达标 in 2025 in 昆明\n\
                grade 甲 >= 3级 in 2024 in 昆明\nfact 甲 = 达标 in 2025 in 昆明";
    let compiled = compile_text(text);
    assert_eq!(codes(&compiled), Vec::<&str>::new());
    assert_eq!(compiled.ruleset.facts.len(), 1);
}

const LATER: &str = include_str!("../cases/later.txt");

/// Every construct of the reference that this version does not decide is one finding.
#[test]
fn later_constructs_are_named() {
    let mut wrong = Vec::new();
    for statement in LATER.split("\n\n").skip(1) {
        let text = format!("rate 前一条 >= 1%\n{statement}\nrate 后一条 >= 1%\n");
        let compiled = compile_text(&text);
        if codes(&compiled) != ["GJ0112"] || compiled.ruleset.rules.len() != 2 {
            wrong.push(format!("{statement}: {:?}", codes(&compiled)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
