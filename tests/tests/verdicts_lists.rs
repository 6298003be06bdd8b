//! One sentence, several rules: lists, paired requirements, tables, sections, tolerances.

#[macro_use]
mod support;

use support::{Case, case};

const AS_OF: &str = "2028-03-01";

fn with<'a>(rules: &'a str, facts: &str) -> Case<'a> {
    case(AS_OF, rules).facts(facts)
}

const FACTS: &str = "昆明市,体育达标率,2027,71,%\n昆明市,美育达标率,2027,64,%\n昆明市,体育达标率,2025,60.9,%\n五华区,体育达标率,2027,78.9,%\n盘龙区,体育达标率,2027,79,%";

const GROUPS: &str = "region 昆明 (530100 市) contains 五华区, 盘龙区, 东川区\nregion 五华区 (区)\nregion 盘龙区 (区)\nregion 东川区 (区)\nregion 主城区 (group) contains 五华区, 盘龙区\n";

snapshots! { lines;
    several_measures: with("L: rate 体育达标率, 美育达标率 >= 71% by 2027 in 昆明", FACTS);
    paired: with("L: rate 体育达标率, 美育达标率 >= 71%, >= 64% by 2027 in 昆明", FACTS);
    paired_in_chinese: with("L: 比率 体育达标率、美育达标率 不低于 71%、不低于 64% 到 2027 在 昆明", FACTS);
    several_times: with("rate 体育达标率 >= 61% by 2025, >= 71% by 2027 in 昆明", FACTS);
    several_places: with("rate 体育达标率 >= 71% by 2027 in 昆明, 五华区", FACTS);
    each_of_a_group: with(
        &(GROUPS.to_string() + "L: rate 体育达标率 by 2027 >= 71% in 昆明, >= 79% in each 主城区").leak()[..],
        FACTS
    );
    each_of_a_type: with(
        &(GROUPS.to_string() + "plan p { region 昆明 }\nrate 体育达标率 >= 60% by 2027 in each 县区").leak()[..],
        FACTS
    );
    tiers_in_a_list: with("L: rate 体育达标率 must >= 61% should >= 62% by 2025, must >= 70% should >= 72% by 2027 in 昆明", FACTS);
    a_tolerance: with("rate 体育达标率 about 70% within 1pp by 2027 in 昆明", FACTS);
    a_tolerance_missed: with("rate 体育达标率 about 70% within 0.9pp by 2027 in 昆明", FACTS);
    a_section: with(
        "plan p { region 昆明  lead 甲局 }\nsection \"6\" \"体育\" { lead 乙局 }\nA: rate 体育达标率 >= 71% by 2027\n\
         B: rate 美育达标率 >= 71% by 2027 { clause \"6.1\" }\nsection \"7\"\nC: rate 体育达标率 >= 61% by 2025",
        FACTS
    );
    a_table: with(
        "T: table \"主要指标\" in 昆明 {\n  | 指标 | 2018 | 2025 | 2027 | 责任 | 属性 |\n  |---|---|---|---|---|---|\n\
         \x20 | rate 体育达标率 | baseline 55% | > 60% | 71% | 甲局、乙局 | 约束性 |\n  | 美育达标率（%） | — | | 65 | | |\n\
         \x20 | rank 中考排名 | | | 3 | | |\n  | count 品牌 | | | 2..3 | | |\n}",
        FACTS
    );
}

/// All rules that one sentence states give way together.
#[test]
fn a_list_is_superseded_as_a_whole() {
    let rules = "A: rate 体育达标率, 美育达标率 >= 71% by 2027 in 昆明\n\
                 B: rate 体育达标率 >= 70% by 2027 in 昆明 { supersedes A }";
    insta::assert_snapshot!(with(rules, FACTS).lines());
}
