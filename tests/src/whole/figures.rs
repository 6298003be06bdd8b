//! What is known of a subject, an indicator and a period: the facts, what is derived from them and
//! what is rolled up.

use crate::oracle::{Period, Q, exact, ratio};

use super::ast::{Case, Claim, Expr, Many, Statement};
use super::expr::Ctx;
use super::value::{Poss, Val, whole};
use super::world::{Fact, Figure, Kind, Rollup, Sort, Status, decimals};

/// What is known of one observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing, or only a forecast: "a forecast never decides".
    Nothing,
    /// Figures that contradict each other.
    Conflict,
    /// A value.
    One(Val),
}

impl Known {
    /// What the value may be.
    pub(super) fn poss(self) -> Poss {
        match self {
            Known::One(val) => Poss::Of(vec![val]),
            _ => Poss::Any,
        }
    }
}

/// The facts of one observation, weighed against each other.
pub(super) enum Settled<'c> {
    Nothing,
    One(&'c Fact),
    Conflict(Vec<&'c Fact>),
}

/// Whoever looks things up in a case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Eye<'c> {
    /// The case.
    pub(super) case: &'c Case,
}

impl<'c> Eye<'c> {
    /// All facts of a subject's indicator.
    pub(super) fn facts(&self, who: &str, name: &str, group: Option<&str>) -> Vec<&'c Fact> {
        let ours =
            |f: &&Fact| f.subject == who && f.indicator == name && f.group.as_deref() == group;
        self.case.facts.iter().filter(ours).collect()
    }

    fn kind(&self, name: &str) -> Kind {
        self.case
            .world
            .indicator(name)
            .map_or(Kind::Flag, |i| i.kind)
    }

    /// "Equal values are one observation with two sources. If one is the other rounded to fewer
    /// digits, the more precise is used. final beats preliminary beats forecast without being a
    /// conflict. Otherwise, without a declared priority, it is a conflict."
    pub(super) fn settle(&self, figures: Vec<&'c Fact>) -> Settled<'c> {
        let Some(best) = figures.iter().map(|f| f.status).min() else {
            return Settled::Nothing;
        };
        if best == Status::Forecast {
            return Settled::Nothing;
        }
        let best: Vec<&Fact> = figures.into_iter().filter(|f| f.status == best).collect();
        if let Some(fact) = self.stands_for_all(&best) {
            return Settled::One(fact);
        }
        let believed = |f: &Fact| self.case.world.priority.iter().position(|p| *p == f.source);
        if let Some(first) = best.iter().filter_map(|f| believed(f)).min() {
            let chosen = |f: &&Fact| believed(f) == Some(first);
            let first: Vec<&Fact> = best.iter().copied().filter(chosen).collect();
            if let Some(fact) = self.stands_for_all(&first) {
                return Settled::One(fact);
            }
        }
        Settled::Conflict(best)
    }

    fn stands_for_all(&self, facts: &[&'c Fact]) -> Option<&'c Fact> {
        let all = |fine: &&&Fact| {
            facts
                .iter()
                .all(|f| self.same(f, fine) || self.rougher(f, fine))
        };
        facts.iter().find(all).copied()
    }

    fn same(&self, a: &Fact, b: &Fact) -> bool {
        let kind = self.kind(&a.indicator);
        match (a.number(kind), b.number(kind)) {
            (Some(a), Some(b)) => a == b,
            _ => a.figure == b.figure,
        }
    }

    /// Whether `rough` is what `fine` becomes in fewer digits. Of dates the month is the day in
    /// fewer digits, and `done` leaves open which day up to the end of the row's period it was.
    fn rougher(&self, rough: &Fact, fine: &Fact) -> bool {
        match (&rough.figure, &fine.figure) {
            (Figure::Date(r), Figure::Date(f)) => r != f && f.inside(*r),
            (Figure::Done, Figure::Date(f)) => f.last() <= rough.period.last(),
            (Figure::Number(r), Figure::Number(f)) if decimals(r) < decimals(f) => {
                let shift = Q::from_integer(10.into()).pow(decimals(r) as i32);
                (exact(f) * &shift).round() / shift == exact(r)
            }
            _ => false,
        }
    }

    /// Whether a figure of period `found` is one for `wanted`: the same days; for an indicator by
    /// school year `2025`, `2025学年` and `2025/2026` are one.
    fn matches(&self, name: &str, found: Period, wanted: Period) -> bool {
        let school = self
            .case
            .world
            .indicator(name)
            .is_some_and(|i| i.by_school_year);
        let yearly = |p: Period| p == Period::year(p.begins()) || p == Period::school(p.begins());
        if school && yearly(found) && yearly(wanted) {
            return found.begins() == wanted.begins();
        }
        (found.first(), found.last()) == (wanted.first(), wanted.last())
    }

    /// The periods of a subject's figures. A school year of an indicator by school year is "judged
    /// once its autumn count can exist", as the year in which it begins.
    pub(super) fn periods(&self, who: &str, name: &str, group: Option<&str>) -> Vec<Period> {
        let indicator = self.case.world.indicator(name);
        let school = indicator.is_some_and(|i| i.by_school_year);
        let own = |p: Period| match school && p == Period::school(p.begins()) {
            true => Period::year(p.begins()),
            false => p,
        };
        let facts = self.facts(who, name, group);
        let mut periods: Vec<Period> = facts.iter().map(|f| own(f.period)).collect();
        // What is defined was observed when something that it is defined by was.
        for statement in &self.case.statements {
            if let Statement::Define { name: n, value, .. } = statement
                && n == name
                && group.is_none()
            {
                let mut names = Vec::new();
                operands(value, &mut names);
                let read = names.iter().flat_map(|n| self.periods(who, n, None));
                periods.extend(read.filter(|p| self.derived(who, name, *p).is_some()));
            }
        }
        periods
    }

    /// The value for exactly this period, passed or not: observed or derived, else rolled up.
    pub(super) fn at(&self, who: &str, name: &str, group: Option<&str>, period: Period) -> Known {
        let mut figures = self.facts(who, name, group);
        figures.retain(|f| self.matches(name, f.period, period));
        let derived = match group {
            None => self.derived(who, name, period),
            Some(_) => None,
        };
        match (self.settle(figures), derived) {
            (Settled::Conflict(_), _) => Known::Conflict,
            (Settled::One(fact), derived) => {
                let Some(seen) = self.val(fact) else {
                    return Known::Nothing;
                };
                // "An observed figure that differs from a derived one is a conflict."
                match derived {
                    Some(derived) if derived != seen => Known::Conflict,
                    _ => Known::One(seen),
                }
            }
            (Settled::Nothing, Some(derived)) => Known::One(derived),
            (Settled::Nothing, None) => self.rolled_up(who, name, group, period),
        }
    }

    fn val(&self, fact: &Fact) -> Option<Val> {
        match &fact.figure {
            Figure::Number(_) => fact.number(self.kind(&fact.indicator)).map(Val::Num),
            Figure::Grade(step) => Some(Val::Grade(*step)),
            Figure::Flag(flag) => Some(Val::Flag(*flag)),
            Figure::Date(_) | Figure::Done | Figure::NotDone => None,
        }
    }

    /// "`derive F for X when C` is yes where C holds, no where it fails, absent where undecided.
    /// `when C then F = v` makes the fact only where C holds."
    fn derived(&self, who: &str, name: &str, period: Period) -> Option<Val> {
        for statement in &self.case.statements {
            let ctx = Ctx::at(who, period);
            match statement {
                Statement::Define { name: n, value, .. } if n == name => {
                    return self.value(value, &ctx).only().cloned();
                }
                Statement::Derive { flag, set, when } if flag == name => {
                    let members = self.members(set, None, &Ctx::at("", period));
                    let (_, belongs) = members.into_iter().find(|(m, _)| m == who)?;
                    if belongs != Some(true) {
                        return None;
                    }
                    return self.cond(when, &ctx).map(Val::Flag);
                }
                Statement::Rule(rule) => {
                    let Claim::Then {
                        when,
                        name: n,
                        value,
                    } = &rule.claim
                    else {
                        continue;
                    };
                    if n != name {
                        continue;
                    }
                    let [quantifier] = rule.quantifiers.as_slice() else {
                        continue;
                    };
                    let members = self.members(&quantifier.set, None, &Ctx::at("", period));
                    let belongs = members.iter().any(|(m, t)| m == who && *t == Some(true));
                    if quantifier.many != Many::Each || !belongs {
                        return None;
                    }
                    let holds = self.cond(when, &ctx) == Some(true);
                    return holds.then(|| self.value(value, &ctx).only().cloned())?;
                }
                _ => {}
            }
        }
        None
    }

    /// "Its own; else `of A / B` from the region's own A and B; else pooled over the direct children;
    /// else `rollup sum`; else `weighted by`. All must be there."
    fn rolled_up(&self, who: &str, name: &str, group: Option<&str>, period: Period) -> Known {
        let world = &self.case.world;
        let (Some(_), Some(indicator)) = (world.region(who), world.indicator(name)) else {
            return Known::Nothing;
        };
        let sum = |of: &str| self.sum_of_children(who, of, group, period);
        match &indicator.rollup {
            Rollup::None => Known::Nothing,
            Rollup::Sum => sum(name).map_or_else(|known| known, |q| Known::One(Val::Num(q))),
            Rollup::Of(a, b) => {
                let own = (
                    self.at(who, a, group, period),
                    self.at(who, b, group, period),
                );
                match own {
                    (Known::One(Val::Num(a)), Known::One(Val::Num(b))) => quotient(a, b),
                    (Known::Conflict, _) | (_, Known::Conflict) => Known::Conflict,
                    _ => match (sum(a), sum(b)) {
                        (Ok(a), Ok(b)) => quotient(a, b),
                        (Err(Known::Conflict), _) | (_, Err(Known::Conflict)) => Known::Conflict,
                        _ => Known::Nothing,
                    },
                }
            }
            Rollup::Weighted(by) => {
                let (mut top, mut bottom) = (whole(0), whole(0));
                for child in self.children(who) {
                    let both = (
                        self.at(&child, name, group, period),
                        self.at(&child, by, group, period),
                    );
                    match both {
                        (Known::One(Val::Num(x)), Known::One(Val::Num(w))) => {
                            top += x * &w;
                            bottom += w;
                        }
                        (Known::Conflict, _) | (_, Known::Conflict) => return Known::Conflict,
                        _ => return Known::Nothing,
                    }
                }
                quotient(top, bottom)
            }
        }
    }

    fn sum_of_children(
        &self,
        who: &str,
        name: &str,
        group: Option<&str>,
        period: Period,
    ) -> Result<Q, Known> {
        let children = self.children(who);
        if children.is_empty() {
            return Err(Known::Nothing);
        }
        let mut sum = whole(0);
        for child in children {
            match self.at(&child, name, group, period) {
                Known::One(Val::Num(q)) => sum += q,
                Known::Conflict => return Err(Known::Conflict),
                _ => return Err(Known::Nothing),
            }
        }
        Ok(sum)
    }

    /// "The region's direct parts that are administrative units (not groups, not 功能区, unless all
    /// are)."
    fn children(&self, who: &str) -> Vec<String> {
        let world = &self.case.world;
        let parts = world.region(who).map_or(&[][..], |r| &r.contains);
        let sort = |name: &String| world.region(name).map(|r| r.sort);
        let proper: Vec<String> = parts
            .iter()
            .filter(|p| !matches!(sort(p), Some(Sort::Zone | Sort::Group)))
            .cloned()
            .collect();
        if proper.is_empty() {
            parts.to_vec()
        } else {
            proper
        }
    }

    /// The value that a rule may use for a period: nothing before it has passed. With `by` another
    /// period that ends on the same day serves, the longest first.
    pub(super) fn read(
        &self,
        who: &str,
        name: &str,
        group: Option<&str>,
        period: Period,
        by: bool,
    ) -> Known {
        if !period.passed(self.case.as_of) {
            return Known::Nothing;
        }
        let found = self.at(who, name, group, period);
        if found != Known::Nothing || !by {
            return found;
        }
        let mut others: Vec<Period> = self.case.facts.iter().map(|f| f.period).collect();
        others.retain(|p| p.last() == period.last());
        others.sort_by_key(|p| p.first());
        for other in others {
            let found = self.at(who, name, group, other);
            if found != Known::Nothing {
                return found;
            }
        }
        Known::Nothing
    }
}

/// The indicators of an expression.
fn operands(expr: &Expr, out: &mut Vec<String>) {
    match expr {
        Expr::Name(name) => out.push(name.clone()),
        Expr::Times(_, a) => operands(a, out),
        Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Over(a, b) => {
            operands(a, out);
            operands(b, out);
        }
        _ => {}
    }
}

/// a / b; "division by zero: undecided".
fn quotient(a: Q, b: Q) -> Known {
    if b == ratio((0, 1)) {
        return Known::Nothing;
    }
    Known::One(Val::Num(a / b))
}
