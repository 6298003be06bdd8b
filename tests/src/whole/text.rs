//! A case written out: declarations and rules as `.gj`, figures as a long CSV.

use std::fmt::Write;

use crate::oracle::day_text;

use super::ast::{Case, Cell, Statement, Table};
use super::sentence::span_text;
use super::world::{Fact, Figure, Given, Plan, Rollup, Status, World};

impl World {
    /// The declarations.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for region in &self.regions {
            let _ = write!(out, "region {} ({})", region.name, region.sort.word());
            if !region.contains.is_empty() {
                let _ = write!(out, " contains {}", region.contains.join(", "));
            }
            out.push('\n');
        }
        for of in &self.types {
            let mut fields = String::new();
            for attribute in &of.attributes {
                let choices = match attribute.choices.as_slice() {
                    [] => "count 人".to_string(),
                    some => some.join(" | "),
                };
                let _ = write!(fields, "{}: {choices}  ", attribute.name);
            }
            let _ = writeln!(out, "entity {} {{ {fields}在: region }}", of.name);
        }
        for entity in &self.entities {
            let _ = write!(
                out,
                "entity {} : {} in {}",
                entity.name, entity.of, entity.place
            );
            let mut values = String::new();
            for (name, given) in &entity.values {
                let _ = match given {
                    Given::Word(word) => write!(values, "{name} = {word}  "),
                    Given::Number(digits) => write!(values, "{name} = {digits}人  "),
                };
            }
            if !values.is_empty() {
                let _ = write!(out, " {{ {}}}", values.trim_end().to_string() + " ");
            }
            out.push('\n');
        }
        if !self.scale.is_empty() {
            let _ = writeln!(out, "scale 等次: {}", self.scale.join(" > "));
        }
        for indicator in &self.indicators {
            let mut fields = format!("kind {}", indicator.kind.word());
            if let Some(higher) = indicator.better {
                fields += if higher {
                    " better higher"
                } else {
                    " better lower"
                };
            }
            match &indicator.rollup {
                Rollup::None => {}
                Rollup::Sum => fields += " rollup sum",
                Rollup::Weighted(by) => fields += &format!(" weighted by {by}"),
                Rollup::Of(a, b) => fields += &format!(" of {a} / {b}"),
            }
            if indicator.cumulative {
                fields += " cumulative";
            }
            if indicator.by_school_year {
                fields += " by school year";
            }
            let _ = writeln!(out, "indicator {} {{ {fields} }}", indicator.name);
        }
        if !self.priority.is_empty() {
            let _ = writeln!(out, "priority {}", self.priority.join(" > "));
        }
        out
    }
}

impl Case {
    /// The rule file.
    pub fn rules(&self) -> String {
        let mut out = self.world.text();
        for statement in &self.statements {
            match statement {
                Statement::Plan(plan) => out += &plan_text(plan),
                Statement::Rule(rule) => out += &self.rule(rule),
                Statement::Table(table) => out += &table_text(table),
                Statement::Define { name, value, unit } => {
                    let _ = write!(out, "define {name} = {}", self.expr(value));
                    if !unit.is_empty() {
                        let _ = write!(out, " in {unit}");
                    }
                }
                Statement::Derive { flag, set, when } => {
                    let (set, when) = (self.set(set), self.cond(when));
                    let _ = write!(out, "derive {flag} for {set} when {when}");
                }
                Statement::Waive { rule, place, until } => {
                    let place = place.as_ref().map_or(String::new(), |p| format!(" in {p}"));
                    let until = day_text(*until);
                    let _ = write!(
                        out,
                        "waive {rule}{place} until {until} because \"另有安排\""
                    );
                }
            }
            out.push('\n');
        }
        out
    }

    /// The file of figures; `None` where there is none.
    pub fn csv(&self) -> Option<String> {
        let mut out = String::from("地区,对象,分组,指标,时间,数值,单位,状态,来源\n");
        for fact in &self.facts {
            let (place, entity) = match self.world.entity(&fact.subject) {
                Some(entity) => (entity.place.as_str(), fact.subject.as_str()),
                None => (fact.subject.as_str(), ""),
            };
            let unit = match (&fact.figure, self.world.indicator(&fact.indicator)) {
                (Figure::Number(_), Some(indicator)) => indicator.kind.unit().0,
                _ => "",
            };
            let status = match fact.status {
                Status::Final => "",
                Status::Preliminary => "快报",
                Status::Forecast => "预计",
            };
            let _ = writeln!(
                out,
                "{place},{entity},{},{},{},{},{unit},{status},{}",
                fact.group.as_deref().unwrap_or(""),
                fact.indicator,
                fact.period.code(),
                self.cell(fact),
                fact.source
            );
        }
        (!self.facts.is_empty()).then_some(out)
    }

    /// The whole case as text.
    pub fn shown(&self) -> String {
        format!(
            "as of {}\n── rules.gj\n{}── facts.csv\n{}",
            day_text(self.as_of),
            self.rules(),
            self.csv().unwrap_or_else(|| "none\n".into())
        )
    }

    fn cell(&self, fact: &Fact) -> String {
        match &fact.figure {
            Figure::Number(digits) => digits.clone(),
            Figure::Grade(step) => self.grade(*step),
            Figure::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
            Figure::Date(period) => period.code(),
            Figure::Done => "done".into(),
            Figure::NotDone => "not done".into(),
        }
    }
}

fn plan_text(plan: &Plan) -> String {
    let mut fields = String::new();
    if let Some(day) = plan.issued {
        let _ = write!(fields, "issued {} ", day_text(day));
    }
    if let Some((a, b)) = plan.span {
        let _ = write!(fields, "span {} ", span_text(a, b));
    }
    if let Some(region) = &plan.region {
        let _ = write!(fields, "region {region} ");
    }
    if !plan.supersedes.is_empty() {
        let _ = write!(fields, "supersedes {} ", plan.supersedes.join(", "));
    }
    format!("plan {} {{ {fields}}}", plan.name)
}

fn table_text(table: &Table) -> String {
    let place = table
        .place
        .as_ref()
        .map_or(String::new(), |p| format!(" in {p}"));
    let mut out = format!("{}: table \"主要指标\"{place} {{\n  | 指标 |", table.label);
    for column in &table.columns {
        let _ = write!(out, " {} |", column.code());
    }
    for (kind, name, cells) in &table.rows {
        let _ = write!(out, "\n  | {} {name} |", kind.word());
        for cell in cells {
            let _ = match cell {
                Cell::Empty => write!(out, " — |"),
                Cell::Bare(lit) => write!(out, " {} |", lit.text),
                Cell::Compare(op, lit) => write!(out, " {} {} |", op.sign(), lit.text),
                Cell::Baseline(lit) => write!(out, " baseline {} |", lit.text),
            };
        }
    }
    out + "\n}"
}
