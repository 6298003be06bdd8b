//! The list of compiled rules.

use guiju::lang::model::Rule;
use guiju::{Lang, Rules};

use super::style::{Pen, Row, table};
use super::words;

/// A line a rule, under the title of its plan.
pub(crate) fn list(rules: &Rules, lang: Lang, pen: Pen) -> String {
    let ruleset = rules.ruleset();
    let mut rows = Vec::new();
    let mut last: Option<&str> = None;
    for rule in &ruleset.rules {
        let plan = ruleset.plan_of(rule);
        let name = plan.map(|p| p.name.as_str());
        if name != last {
            let title = plan.map(|p| match &p.title {
                Some(title) => format!("{title}  {}", p.name),
                None => p.name.clone(),
            });
            let none = || lang.pick("（不属于任何规划）", "(of no plan)").to_string();
            rows.push(Row::Title(title.unwrap_or_else(none)));
            last = name;
        }
        let clause = rule.attributes.clause.clone().unwrap_or_default();
        let cells = vec![rule.id.clone(), clause, line(rule)];
        rows.push(Row::Cells(cells, None));
    }
    let mut out = table(&rows, 2, &[24, 16], pen);
    let total = match lang {
        Lang::Zh => format!("{} 条规则", ruleset.rules.len()),
        Lang::En => words::counted(ruleset.rules.len(), "rule", "rules"),
    };
    out.push_str(&format!("\n{}\n", pen.strong(&total)));
    out
}

/// The rule without its label and block.
fn line(rule: &Rule) -> String {
    let text = rule.text.split(" {").next().unwrap_or(&rule.text);
    let label = format!("{}: ", rule.id);
    text.strip_prefix(&label).unwrap_or(text).to_string()
}
