//! What an expression may come to, and whether a condition holds.

use crate::oracle::{Op, Period};

use super::ast::{Cond, Expr};
use super::figures::{Eye, Known};
use super::value::{Poss, Truth, Val, and, compare, not, or, whole};
use super::world::{Given, Plan};

/// Where and when something is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ctx<'a> {
    /// The subject.
    pub(super) who: &'a str,
    /// The rule's period; none where the rule has no time.
    pub(super) period: Option<Period>,
    /// Whether a period that ends on the same day serves too.
    pub(super) by: bool,
    /// The breakdown.
    pub(super) group: Option<&'a str>,
    /// The rule's own measure.
    pub(super) measure: Option<&'a Expr>,
    /// The plan.
    pub(super) plan: Option<&'a Plan>,
}

impl<'a> Ctx<'a> {
    /// A subject at exactly a period.
    pub(super) fn at(who: &'a str, period: Period) -> Ctx<'a> {
        Ctx {
            who,
            period: Some(period),
            by: false,
            group: None,
            measure: None,
            plan: None,
        }
    }

    /// The same for another subject.
    pub(super) fn of<'b>(self, who: &'b str) -> Ctx<'b>
    where
        'a: 'b,
    {
        Ctx { who, ..self }
    }

    /// The same at exactly another period.
    pub(super) fn when(self, period: Period) -> Ctx<'a> {
        Ctx {
            period: Some(period),
            by: false,
            ..self
        }
    }
}

impl Eye<'_> {
    /// What an expression may come to.
    pub(super) fn value(&self, expr: &Expr, c: &Ctx<'_>) -> Poss {
        match expr {
            Expr::Lit(lit) => Poss::number(lit.value.clone()),
            Expr::Grade(step) => Poss::Of(vec![Val::Grade(*step)]),
            Expr::Word(word) => Poss::Of(vec![Val::Word(word.clone())]),
            Expr::Flag(flag) => Poss::Of(vec![Val::Flag(*flag)]),
            Expr::Open => Poss::Any,
            Expr::Name(name) => self.name(name, c),
            Expr::Breakdown(name, group) => {
                let group = Some(group.as_str());
                self.name(name, &Ctx { group, ..*c })
            }
            // "A place on the right means the same measure in that place."
            Expr::Place(place) => match c.measure {
                Some(measure) => self.value(measure, &c.of(place)),
                None => Poss::Any,
            },
            Expr::Add(a, b) => self.value(a, c).plus(&self.value(b, c)),
            Expr::Sub(a, b) => self.value(a, c).minus(&self.value(b, c)),
            Expr::Times(k, a) => self.value(a, c).times(&k.value),
            Expr::Over(a, b) => {
                let divide = |a: &_, b: &_| (*b != whole(0)).then(|| a / b);
                self.value(a, c).combine(&self.value(b, c), divide)
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate, c),
            Expr::Latest(name) => self.latest(name, c),
            Expr::At(name, period) => self.name(name, &c.when(*period)),
        }
    }

    /// An attribute ("timeless") or a figure.
    fn name(&self, name: &str, c: &Ctx<'_>) -> Poss {
        if let Some(found) = self.attribute(name, c.who) {
            return found;
        }
        match c.period {
            Some(period) => self.read(c.who, name, c.group, period, c.by).poss(),
            None => Poss::Any,
        }
    }

    /// An attribute's value, where the subject's type has such an attribute.
    pub(super) fn attribute(&self, name: &str, who: &str) -> Option<Poss> {
        let world = &self.case.world;
        let entity = world.entity(who)?;
        let of = world.type_of(entity)?;
        of.attributes.iter().find(|a| a.name == name)?;
        let given = entity.values.iter().find(|(n, _)| n == name);
        Some(match given {
            Some((_, Given::Word(word))) => Poss::Of(vec![Val::Word(word.clone())]),
            Some((_, Given::Number(digits))) => Poss::number(crate::oracle::exact(digits)),
            None => Poss::Any,
        })
    }

    /// "`latest 人口` takes the last one up to it": up to now, where the rule has no one period.
    fn latest(&self, name: &str, c: &Ctx<'_>) -> Poss {
        let limit = c.period.map_or(self.case.as_of, Period::last);
        let mut periods = self.periods(c.who, name, None);
        periods.retain(|p| p.last() <= limit && p.passed(self.case.as_of));
        periods.sort_by_key(|p| (std::cmp::Reverse(p.last()), p.first()));
        for period in periods {
            let found = self.at(c.who, name, None, period);
            if found != Known::Nothing {
                return found.poss();
            }
        }
        Poss::Any
    }

    /// Whether a condition holds.
    pub(super) fn cond(&self, cond: &Cond, c: &Ctx<'_>) -> Truth {
        match cond {
            Cond::And(a, b) => and(self.cond(a, c), self.cond(b, c)),
            Cond::Or(a, b) => or(self.cond(a, c), self.cond(b, c)),
            Cond::Not(a) => not(self.cond(a, c)),
            Cond::Compare(a, op, b) => compare(&self.value(a, c), *op, &self.value(b, c)),
            Cond::Between(x, a, b) => {
                let x = self.value(x, c);
                and(
                    compare(&x, Op::Ge, &self.value(a, c)),
                    compare(&x, Op::Le, &self.value(b, c)),
                )
            }
            Cond::OneOf(name, words) => {
                let found = self.name(name, c);
                let is =
                    |w: &String| compare(&found, Op::Eq, &Poss::Of(vec![Val::Word(w.clone())]));
                words.iter().map(is).fold(Some(false), or)
            }
            Cond::Change(name, change) => {
                let period = c.period?;
                self.change(&Expr::Name(name.clone()), change, period, c)
            }
            Cond::Bare(name) => self.bare(name, c),
        }
    }

    /// "A bare value or flag tests the attribute that has it; `except` takes names, types, filters."
    fn bare(&self, name: &str, c: &Ctx<'_>) -> Truth {
        let world = &self.case.world;
        let named = world.entity(name).is_some()
            || world.region(name).is_some_and(|r| r.contains.is_empty());
        if named {
            return Some(name == c.who);
        }
        if let Some(attribute) = self.attribute_with(name)
            && world.entity(c.who).is_some()
        {
            let value = self.attribute(&attribute, c.who)?;
            return compare(&value, Op::Eq, &Poss::Of(vec![Val::Word(name.into())]));
        }
        let of_type = self.of_type(name);
        if !of_type.is_empty() || world.types.iter().any(|t| t.name == name) {
            return Some(of_type.iter().any(|(m, _)| m == c.who));
        }
        compare(
            &self.name(name, c),
            Op::Eq,
            &Poss::Of(vec![Val::Flag(true)]),
        )
    }
}
