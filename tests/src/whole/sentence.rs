//! Rules as sentences, English keywords.

use std::fmt::Write;

use crate::oracle::Period;

use super::ast::{
    Aggregate, Case, Change, Claim, Cond, Expr, How, Item, Many, Number, Place, Quantifier,
    Requirement, Rule, Set, Simple, Test, Time, Way,
};

impl Case {
    pub(super) fn grade(&self, step: usize) -> String {
        self.world.scale.get(step).cloned().unwrap_or_default()
    }

    pub(super) fn expr(&self, expr: &Expr) -> String {
        let operand = |e: &Expr| match e {
            Expr::Add(..) | Expr::Sub(..) | Expr::Times(..) | Expr::Over(..) => {
                format!("({})", self.expr(e))
            }
            _ => self.expr(e),
        };
        match expr {
            Expr::Lit(lit) => lit.text.clone(),
            Expr::Grade(step) => self.grade(*step),
            Expr::Word(word) => word.clone(),
            Expr::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
            Expr::Open => "?".into(),
            Expr::Name(name) | Expr::Place(name) => name.clone(),
            Expr::Breakdown(name, group) => format!("{name}({group})"),
            Expr::Add(a, b) => format!("{} + {}", operand(a), operand(b)),
            Expr::Sub(a, b) => format!("{} - {}", operand(a), operand(b)),
            Expr::Times(k, a) => format!("{} × {}", k.text, operand(a)),
            Expr::Over(a, b) => format!("{} / {}", operand(a), operand(b)),
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
            Expr::Latest(name) => format!("latest {name}"),
            Expr::At(name, period) => format!("{name} in {}", period.code()),
        }
    }

    fn aggregate(&self, aggregate: &Aggregate) -> String {
        let how = match aggregate.how {
            How::Sum => "sum",
            How::Count => "count",
            How::Share => "share",
            How::Average => "average",
            How::Min => "min",
            How::Max => "max",
            How::Median => "median",
            How::Stdev => "stdev",
            How::Cv => "cv",
        };
        let what = match &aggregate.what {
            Some(what) => format!("{} over ", self.expr(what)),
            None => String::new(),
        };
        let other = if aggregate.other { "other " } else { "" };
        let mut out = format!(
            "{how} of {what}{other}{}",
            self.bracketed_set(&aggregate.set)
        );
        if let Some(weight) = &aggregate.weight {
            let _ = write!(out, " weighted by {weight}");
        }
        out
    }

    /// Inside an aggregate conditions stand in brackets.
    fn bracketed_set(&self, set: &Set) -> String {
        let mut out = set.names.join(", ");
        if let Some(place) = &set.place {
            let _ = write!(out, " in {place}");
        }
        if let Some(filter) = &set.filter {
            let _ = write!(out, " where ({})", self.cond(filter));
        }
        if !set.except.is_empty() {
            let _ = write!(out, " except ({})", self.items(&set.except));
        }
        out
    }

    pub(super) fn set(&self, set: &Set) -> String {
        let mut out = set.names.join(", ");
        if let Some(place) = &set.place {
            let _ = write!(out, " in {place}");
        }
        if let Some(filter) = &set.filter {
            let _ = write!(out, " where {}", self.cond(filter));
        }
        if !set.except.is_empty() {
            let _ = write!(out, " except {}", self.items(&set.except));
        }
        out
    }

    fn items(&self, items: &[Item]) -> String {
        let item = |item: &Item| match &item.only {
            Some(only) => format!("{} where {}", self.cond(&item.what), self.cond(only)),
            None => self.cond(&item.what),
        };
        items.iter().map(item).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn cond(&self, cond: &Cond) -> String {
        let part = |c: &Cond| match c {
            Cond::And(..) | Cond::Or(..) | Cond::Not(_) => format!("({})", self.cond(c)),
            _ => self.cond(c),
        };
        match cond {
            Cond::And(a, b) => format!("{} and {}", part(a), part(b)),
            Cond::Or(a, b) => format!("{} or {}", part(a), part(b)),
            Cond::Not(a) => format!("not ({})", self.cond(a)),
            Cond::Compare(a, op, b) => format!("{} {} {}", self.expr(a), op.sign(), self.expr(b)),
            Cond::Between(x, a, b) => format!(
                "{} between {} and {}",
                self.expr(x),
                self.expr(a),
                self.expr(b)
            ),
            Cond::OneOf(name, words) => format!("{name} in {{{}}}", words.join(", ")),
            Cond::Change(name, change) => format!("{name} {}", change_text(change)),
            Cond::Bare(name) => name.clone(),
        }
    }

    fn test(&self, test: &Test) -> String {
        match test {
            Test::Compare(op, bound) => format!("{} {}", op.sign(), self.expr(bound)),
            Test::Between(a, b) => format!("between {} and {}", self.expr(a), self.expr(b)),
            Test::About(a, b) => format!("about {} within {}", self.expr(a), self.expr(b)),
            Test::Change(change) => change_text(change),
            Test::Done => String::new(),
        }
    }

    fn requirement(&self, requirement: &Requirement) -> String {
        let mut words = Vec::new();
        words.extend(requirement.force.map(|f| f.word().to_string()));
        words.push(self.test(&requirement.test));
        let bare_span = matches!(
            requirement.test,
            Test::Change(Change::NeverFalls | Change::NeverRises)
        );
        words.extend(requirement.time.as_ref().map(|t| time_text(t, bare_span)));
        words.extend(requirement.group.as_ref().map(|g| format!("for {g}")));
        if !requirement.places.is_empty() {
            words.push(places_text(&requirement.places));
        }
        words.retain(|w| !w.is_empty());
        words.join(" ")
    }

    fn simple(&self, simple: &Simple) -> String {
        let measures: Vec<String> = simple.measures.iter().map(|m| self.expr(m)).collect();
        let mut out = format!("{} {}", simple.kind.word(), measures.join(", "));
        if let Some(among) = &simple.among {
            let _ = write!(out, " among {}", self.bracketed_set(among));
        }
        for (at, requirement) in simple.requirements.iter().enumerate() {
            // A must and a should of one sentence stand side by side.
            let tier = requirement.force.is_some() && simple.measures.len() == 1;
            out += if at > 0 && !tier { ", " } else { " " };
            out += &self.requirement(requirement);
        }
        if let Some(time) = &simple.time {
            let bare_span = matches!(
                simple.requirements.as_slice(),
                [Requirement {
                    test: Test::Change(Change::NeverFalls | Change::NeverRises),
                    group: None,
                    ..
                }]
            );
            let _ = write!(out, " {}", time_text(time, bare_span));
        }
        if !simple.places.is_empty() {
            let _ = write!(out, " {}", places_text(&simple.places));
        }
        // A milestone has no test.
        out.replace("  ", " ").trim_end().to_string()
    }

    fn claim(&self, claim: &Claim) -> String {
        let items = |all: &[Simple]| {
            let all: Vec<String> = all.iter().map(|s| self.simple(s)).collect();
            format!("{{ {} }}", all.join("; "))
        };
        match claim {
            Claim::Simple(simple) => self.simple(simple),
            Claim::Require {
                when,
                then,
                otherwise,
            } => {
                let (when, then) = (self.cond(when), self.simple(then));
                let otherwise = otherwise
                    .as_ref()
                    .map(|o| format!(" else {}", self.simple(o)));
                format!(
                    "when {when} require {then}{}",
                    otherwise.unwrap_or_default()
                )
            }
            Claim::Then { when, name, value } => {
                format!(
                    "when {} then {name} = {}",
                    self.cond(when),
                    self.expr(value)
                )
            }
            Claim::AtLeast(n, all) => format!("at least {n} of {}", items(all)),
            Claim::All(all) => format!("all of {}", items(all)),
            Claim::Any(all) => format!("any of {}", items(all)),
        }
    }

    pub(super) fn rule(&self, rule: &Rule) -> String {
        let mut out = format!("{}: ", rule.label);
        if let Some(force) = rule.force {
            let _ = write!(out, "{} ", force.word());
        }
        for quantifier in &rule.quantifiers {
            out += &self.quantifier(quantifier);
        }
        out += &self.claim(&rule.claim);
        if !rule.supersedes.is_empty() {
            let _ = write!(out, " {{ supersedes {} }}", rule.supersedes.join(", "));
        }
        out
    }

    fn quantifier(&self, quantifier: &Quantifier) -> String {
        let number = |n: &Number| match n {
            Number::Count(n) => n.to_string(),
            Number::Percent(p) => format!("{p}%"),
        };
        let many = match &quantifier.many {
            Many::Each => "each".into(),
            Many::AtLeast(n) => format!("at least {} of", number(n)),
            Many::AtMost(n) => format!("at most {} of", number(n)),
            Many::Exactly(n) => format!("exactly {} of", number(n)),
            Many::No => "no".into(),
        };
        format!("for {many} {}: ", self.set(&quantifier.set))
    }
}

fn places_text(places: &[Place]) -> String {
    let one = |place: &Place| match place {
        Place::Named(name) => name.clone(),
        Place::Each(name) => format!("each {name}"),
    };
    format!(
        "in {}",
        places.iter().map(one).collect::<Vec<_>>().join(", ")
    )
}

pub(super) fn span_text(a: Period, b: Period) -> String {
    format!("{}..{}", a.code(), b.code())
}

fn time_text(time: &Time, bare_span: bool) -> String {
    match time {
        Time::In(p) => format!("in {}", p.code()),
        Time::By(p) => format!("by {}", p.code()),
        Time::Before(p) => format!("before {}", p.code()),
        Time::Throughout(a, b) | Time::Each("year", Some((a, b))) if bare_span => span_text(*a, *b),
        Time::Throughout(a, b) => format!("throughout {}", span_text(*a, *b)),
        Time::Each(grain, Some((a, b))) => format!("each {grain} {}", span_text(*a, *b)),
        Time::Each(grain, None) => format!("each {grain}"),
        Time::Over(a, b) => format!("over {}", span_text(*a, *b)),
        Time::PerYears(n, from) => {
            let from = from.map_or(String::new(), |p| format!(" from {}", p.code()));
            format!("per {n} years{from}")
        }
        Time::Per(grain) => format!("per {grain}"),
        Time::WithinAny(n) => format!("within any {n} years"),
        Time::FromTo(a, b) => format!("from {} to {}", a.code(), b.code()),
        Time::ByMilestone(name) => format!("by {name}"),
        Time::ByDay(month, day, a, b) => {
            format!("by {month:02}-{day:02} each year {}", span_text(*a, *b))
        }
        Time::After(days, name) => format!("within {days}天 after {name}"),
    }
}

fn change_text(change: &Change) -> String {
    let way = |way: Way| match way {
        Way::Rises => "rises",
        Way::Falls => "falls",
        Way::Grows => "grows",
        Way::Shrinks => "shrinks",
    };
    match change {
        Change::Moves(w, None) => way(*w).into(),
        Change::Moves(w, Some((op, lit))) => format!("{} {} {}", way(*w), op.sign(), lit.text),
        Change::OnAverage(w, op, lit) => {
            format!("{} {} {} a year on average", way(*w), op.sign(), lit.text)
        }
        Change::Running(w, n) => format!("{} {n} years running", way(*w)),
        Change::NeverFalls => "never falls".into(),
        Change::NeverRises => "never rises".into(),
        Change::Stays(lit) => format!("stays within {}", lit.text),
    }
}
