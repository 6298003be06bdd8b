//! What may be done, what is waived, and single entities.

#[macro_use]
mod support;

use support::world::CITY;
use support::{Case, case};

const AFTER: &str = "2026-03-01";
const BEFORE: &str = "2025-06-30";

fn city<'a>(as_of: &str, rules: &'a str, rows: &str) -> Case<'a> {
    case(as_of, rules).within(CITY).figures(rows)
}

fn both(rules: &str, exception: &str) -> &'static str {
    format!("{rules}{exception}").leak()
}

const MAY: &str = "A: may flag 特教班设立 by 2025 in 东川区";
const MAY_EACH: &str =
    "A: may for each 县区 in 昆明 where 人口 <= 20万人: count 特教班 >= 1个 by 2025";
const RATE: &str = "A: rate 巩固率 >= 98% by 2025 in 昆明\n";
const EACH: &str = "A: for each 县区 in 昆明: rate 巩固率 >= 98% by 2025\n";
const ONE: &str = "waive A in 东川区 until 2026-12-31 because \"矿区搬迁，市政府同意延期\"";
const ALL: &str = "waive A until 2026-12-31 because \"统计口径调整\"";
const ENTITY: &str = "scale 高中等级: 一级一等 > 一级二等 > 一级三等 > 二级一等\nA: grade 办学等级 >= 一级三等 by 2025 in 东川一中\nB: count 学生数 <= 2000人 in 东川一中\nC: rate 升学率 >= 90% by 2025 in 东川一中";

const POPULATION: &str = "五华区,,,人口,2025,114,万人,\n盘龙区,,,人口,2025,19,万人,\n东川区,,,人口,2025,18,万人,\n盘龙区,,,特教班,2025,2,个,\n";

snapshots! { explained;
    may_used: city(AFTER, MAY, "东川区,,,特教班设立,2025,是,,");
    may_unused: city(AFTER, MAY, "东川区,,,特教班设立,2025,否,,");
    may_unsaid: city(AFTER, MAY, "");
    may_ahead: city(BEFORE, MAY, "东川区,,,特教班设立,2024,是,,");
    may_each: city(AFTER, MAY_EACH, &format!("{POPULATION}东川区,,,特教班,2025,0,个,"));
    may_each_unsaid: city(AFTER, MAY_EACH, POPULATION);
    waived_violated: city(AFTER, both(RATE, ALL), "昆明,,,巩固率,2025,97.2,%,");
    waived_unknown: city(AFTER, both(RATE, ALL), "昆明,,,巩固率,2024,97.2,%,");
    waived_over_met: city(AFTER, both(RATE, ALL), "昆明,,,巩固率,2025,98,%,");
    waived_over_pending: city(BEFORE, both(RATE, ALL), "昆明,,,巩固率,2024,98,%,");
    waived_expired: city("2027-01-01", both(RATE, ALL), "昆明,,,巩固率,2025,97.2,%,");
    waived_one_subject: city(AFTER, both(EACH, ONE), "五华区,,,巩固率,2025,99,%,\n盘龙区,,,巩固率,2025,98,%,\n东川区,,,巩固率,2025,95,%,");
    waived_one_of_two: city(AFTER, both(EACH, ONE), "五华区,,,巩固率,2025,99,%,\n盘龙区,,,巩固率,2025,97,%,\n东川区,,,巩固率,2025,95,%,");
    waived_whole: city(AFTER, both(EACH, ALL), "五华区,,,巩固率,2025,99,%,\n盘龙区,,,巩固率,2025,97,%,");
    entities_pending_and_unknown: city(BEFORE, "A: rate 升学率 >= 90% by 2025 in 东川一中\nB: rate 升学率 >= 90% by 2023 in 东川一中", "东川区,东川一中,,升学率,2024,88,%,\n东川区,东川一中,,升学率,2022,85,%,");
    entities: city(AFTER, ENTITY, "东川区,东川一中,,办学等级,2025,二级一等,,\n东川区,东川一中,,升学率,2025,90.5,%,");
}

mod json {
    use super::*;

    snapshots! { records;
        may: city(AFTER, MAY_EACH, &format!("{POPULATION}东川区,,,特教班,2025,0,个,"));
        may_unsaid: city(AFTER, MAY, "");
        waived: city(AFTER, both(EACH, ONE), "五华区,,,巩固率,2025,99,%,\n盘龙区,,,巩固率,2025,98,%,\n东川区,,,巩固率,2025,95,%,");
        entities: city(AFTER, ENTITY, "东川区,东川一中,,办学等级,2025,二级一等,,");
    }
}
