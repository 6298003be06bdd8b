//! What a figure of an indicator should look like, in words.

use guiju_lang::model::Indicator;
use guiju_lang::{Kind, Unit, kinds};

use super::Bound;

impl Bound<'_> {
    /// What is wanted of a figure, in Chinese and in English: the units that the rules want, the
    /// words of the scale, yes or no, a date.
    pub(super) fn wanted(&self, indicator: &Indicator, kind: Kind) -> (String, String) {
        let fixed = |zh: &str, en: &str| (zh.to_string(), en.to_string());
        match kind {
            Kind::Flag => fixed("“是”或“否”", "`yes` or `no`"),
            Kind::Milestone => fixed("日期，或“完成”“未完成”", "a date, `done` or `not done`"),
            Kind::Rank => fixed("从 1 起的整数", "a whole number from 1 up"),
            Kind::Ratio => fixed("比值，如 `16:1`", "a ratio such as `16:1`"),
            Kind::Grade => self.wanted_grade(indicator),
            _ => self.wanted_unit(indicator, kind),
        }
    }

    fn wanted_grade(&self, indicator: &Indicator) -> (String, String) {
        let scale = indicator.scale.and_then(|id| self.ruleset.scale(id));
        let Some(scale) = scale else {
            return ("等级".to_string(), "a grade".to_string());
        };
        let list = |between: &str| scale.steps.join(between);
        (
            format!("{}之一（{}）", scale.name, list("、")),
            format!("a word of {} ({})", scale.name, list(", ")),
        )
    }

    fn wanted_unit(&self, indicator: &Indicator, kind: Kind) -> (String, String) {
        let (zh, en) = match kind {
            Kind::Rate => ("比率", "a rate"),
            Kind::Count => ("数量", "a count"),
            Kind::Amount => ("金额", "an amount"),
            Kind::Duration => ("时长", "a duration"),
            Kind::Score => ("得分", "a score"),
            _ => ("数值", "a quantity"),
        };
        let by_rules = self.ruleset.indicator_named(&indicator.name);
        let by_rules = by_rules.and_then(|id| self.wanted_units.get(id.index()));
        let units: Vec<&Unit> = match &indicator.unit {
            Some(declared) => vec![declared],
            None => by_rules.cloned().unwrap_or_default(),
        };
        let (bare, symbols): (Vec<&Unit>, Vec<&Unit>) =
            units.into_iter().partition(|u| u.symbol.is_empty());
        if symbols.is_empty() {
            if !bare.is_empty() {
                return (format!("没有单位的{zh}"), format!("{en} without unit"));
            }
            let sample = kinds::sample(kind);
            return (
                format!("{zh}，如 `{sample}`"),
                format!("{en} such as `{sample}`"),
            );
        }
        let names = |or: &str| {
            let quoted = symbols.iter().map(|u| format!("`{}`", u.symbol));
            quoted.collect::<Vec<_>>().join(or)
        };
        (
            format!("以 {} 计的{zh}", names("或 ")),
            format!("{en} in {}", names(" or ")),
        )
    }
}
