//! Sets of subjects, and what is computed over them.

use crate::oracle::{Op, Q};

use super::ast::{Aggregate, Expr, How, Item, Set};
use super::expr::Ctx;
use super::figures::Eye;
use super::value::{Poss, Truth, Val, and, compare, not, or, whole};
use super::world::Sort;

impl Eye<'_> {
    /// The attribute that has a value among its choices.
    pub(super) fn attribute_with(&self, value: &str) -> Option<String> {
        let types = &self.case.world.types;
        let mut all = types.iter().flat_map(|t| &t.attributes);
        let found = all.find(|a| a.choices.iter().any(|c| c == value))?;
        Some(found.name.clone())
    }

    /// Everything of a type: "a region type, a group, an entity type; an attribute value that exactly
    /// one entity type has works as the entities of that type with that value".
    pub(super) fn of_type(&self, name: &str) -> Vec<(String, Truth)> {
        let world = &self.case.world;
        let sure = |all: Vec<&String>| all.into_iter().map(|n| (n.clone(), Some(true))).collect();
        if world.types.iter().any(|t| t.name == name) {
            let of = world.entities.iter().filter(|e| e.of == name);
            return sure(of.map(|e| &e.name).collect());
        }
        if let Some(attribute) = self.attribute_with(name) {
            let mut found = Vec::new();
            for entity in &world.entities {
                let Some(value) = self.attribute(&attribute, &entity.name) else {
                    continue;
                };
                let is = compare(&value, Op::Eq, &Poss::Of(vec![Val::Word(name.into())]));
                if is != Some(false) {
                    found.push((entity.name.clone(), is));
                }
            }
            return found;
        }
        if let Some(group) = world.region(name).filter(|r| r.sort == Sort::Group) {
            return sure(group.contains.iter().collect());
        }
        let fits = |sort: Sort| match name {
            "县区" => sort.county_level(),
            _ => sort != Sort::Group && sort.word() == name,
        };
        let of = world.regions.iter().filter(|r| fits(r.sort));
        sure(of.map(|r| &r.name).collect())
    }

    /// The members of a set of one name, with whether they belong: "S inside the outer subject, else
    /// inside the plan's region, else every known member". Those that a filter leaves out are there.
    pub(super) fn members(
        &self,
        set: &Set,
        outer: Option<&str>,
        c: &Ctx<'_>,
    ) -> Vec<(String, Truth)> {
        let plan = c.plan.and_then(|p| p.region.as_deref());
        let place = set.place.as_deref().or(outer).or(plan);
        let mut found = Vec::new();
        for name in &set.names {
            for (member, is) in self.of_type(name) {
                if place.is_none_or(|p| self.case.world.lies_in(&member, p)) {
                    let kept = self.kept(set, &member, c);
                    found.push((member, and(is, kept)));
                }
            }
        }
        found
    }

    /// Whether a member is of the set's type, filter and exceptions apart.
    pub(super) fn of_set(
        &self,
        set: &Set,
        member: &str,
        outer: Option<&str>,
        c: &Ctx<'_>,
    ) -> Truth {
        let bare = Set {
            filter: None,
            except: Vec::new(),
            ..set.clone()
        };
        let all = self.members(&bare, outer, c).into_iter();
        let found = all.filter(|(name, _)| name == member).map(|(_, is)| is);
        found.fold(Some(false), or)
    }

    pub(super) fn kept(&self, set: &Set, member: &str, c: &Ctx<'_>) -> Truth {
        let filter = set.filter.as_ref();
        let wanted = filter.map_or(Some(true), |f| self.cond(f, &within(c, member)));
        and(wanted, self.not_excepted(&set.except, member, c))
    }

    fn not_excepted(&self, items: &[Item], member: &str, c: &Ctx<'_>) -> Truth {
        let c = within(c, member);
        let mut out = Some(false);
        for item in items {
            let only = item.only.as_ref().map_or(Some(true), |o| self.cond(o, &c));
            out = or(out, and(self.cond(&item.what, &c), only));
        }
        not(out)
    }

    /// An aggregate: "count, share and sum over undecided members become ranges, other aggregates
    /// undecided".
    pub(super) fn aggregate(&self, a: &Aggregate, c: &Ctx<'_>) -> Poss {
        let outer = (!c.who.is_empty() && a.set.place.is_none()).then_some(c.who);
        // Who belongs apart from the filter, and who with it.
        let unfiltered = Set {
            filter: None,
            ..a.set.clone()
        };
        let mut all = Vec::new();
        for (member, base) in self.members(&unfiltered, outer, c) {
            if a.other && member == c.who {
                continue;
            }
            let filter = a.set.filter.as_ref();
            let wanted = filter.map_or(Some(true), |f| self.cond(f, &within(c, &member)));
            all.push((member, base, wanted));
        }
        let what = a.what.as_ref().or(match a.how {
            How::Count | How::Share => None,
            _ => c.measure,
        });
        match a.how {
            How::Count => ratios(&all, false, |_| Some(whole(1))),
            How::Share | How::Sum => ratios(&all, a.how == How::Share, |member| match what {
                None => Some(whole(1)),
                Some(what) => self.value(what, &c.of(member)).only_number(),
            }),
            _ => {
                let mut figures = Vec::new();
                for (member, base, wanted) in &all {
                    match and(*base, *wanted) {
                        None => return Poss::Any,
                        Some(false) => {}
                        Some(true) => {
                            let read = |e: &Expr| self.value(e, &c.of(member)).only_number();
                            let weight = match &a.weight {
                                None => Some(whole(1)),
                                Some(w) => read(&Expr::Name(w.clone())),
                            };
                            figures.push((what.and_then(read), weight));
                        }
                    }
                }
                statistic(a.how, &figures)
            }
        }
    }

    /// "Equal figures share the better place (1, 2, 2, 4); a peer without a figure leaves the rank
    /// undecided unless no figure of it could change the verdict."
    pub(super) fn rank(&self, measure: &Expr, among: &Set, higher: bool, c: &Ctx<'_>) -> Poss {
        let Some(own) = self.value(measure, c).only().cloned() else {
            return Poss::Any;
        };
        let own = Poss::Of(vec![own]);
        let (mut first, mut last) = (1, 1);
        for (peer, belongs) in self.members(among, None, c) {
            if peer == c.who {
                continue;
            }
            let figure = self.value(measure, &c.of(&peer));
            let op = if higher { Op::Gt } else { Op::Lt };
            match and(belongs, compare(&figure, op, &own)) {
                Some(true) => (first, last) = (first + 1, last + 1),
                Some(false) => {}
                None => last += 1,
            }
        }
        Poss::Of((first..=last).map(|n| Val::Num(whole(n))).collect())
    }
}

/// A filter reads its member, without breakdown or measure.
fn within<'b>(c: &Ctx<'b>, member: &'b str) -> Ctx<'b> {
    Ctx {
        group: None,
        measure: None,
        ..c.of(member)
    }
}

/// The sum over those that belong and pass the filter; for a share, through the sum over all that
/// belong; in every reading of what is undecided.
fn ratios(all: &[(String, Truth, Truth)], share: bool, value: impl Fn(&str) -> Option<Q>) -> Poss {
    let both = |t: Truth| t.map_or(vec![true, false], |t| vec![t]);
    let zero = whole(0);
    let mut readings = vec![(zero.clone(), zero.clone())];
    for (member, base, wanted) in all {
        let matters = if share { *base } else { and(*base, *wanted) };
        let value = match (value(member), matters) {
            (Some(value), _) => value,
            (None, Some(false)) => continue,
            (None, _) => return Poss::Any,
        };
        let mut next = Vec::new();
        for (num, den) in readings {
            for b in both(*base) {
                for w in both(*wanted) {
                    let num = if b && w { &num + &value } else { num.clone() };
                    let den = if b { &den + &value } else { den.clone() };
                    if !next.contains(&(num.clone(), den.clone())) {
                        next.push((num, den));
                    }
                }
            }
        }
        readings = next;
    }
    let mut out = Vec::new();
    for (num, den) in readings {
        match (share, den == zero) {
            (false, _) => out.push(Val::Num(num)),
            (true, true) => return Poss::Any,
            (true, false) => out.push(Val::Num(num / den)),
        }
    }
    Poss::Of(out)
}

/// Figures with their weights; a figure that is missing leaves min and max one-sided and everything
/// else undecided; nothing is undecided too.
fn statistic(how: How, figures: &[(Option<Q>, Option<Q>)]) -> Poss {
    let known: Vec<Q> = figures.iter().filter_map(|(x, _)| x.clone()).collect();
    let complete = known.len() == figures.len();
    let (Some(min), Some(max)) = (known.iter().min(), known.iter().max()) else {
        return Poss::Any;
    };
    match how {
        How::Min if complete => return Poss::number(min.clone()),
        How::Max if complete => return Poss::number(max.clone()),
        How::Min => return Poss::AtMost(min.clone()),
        How::Max => return Poss::AtLeast(max.clone()),
        _ if !complete => return Poss::Any,
        _ => {}
    }
    if how == How::Median {
        let mut sorted = known;
        sorted.sort();
        let n = sorted.len();
        let middle = (&sorted[(n - 1) / 2] + &sorted[n / 2]) / whole(2);
        return Poss::number(middle);
    }
    let zero = whole(0);
    let mut pairs = Vec::new();
    for (x, w) in figures {
        let (Some(x), Some(w)) = (x, w) else {
            return Poss::Any;
        };
        pairs.push((x, w));
    }
    let total: Q = pairs.iter().map(|(_, w)| (*w).clone()).sum();
    if total == zero {
        return Poss::Any;
    }
    let mean = pairs.iter().map(|(x, w)| *x * *w).sum::<Q>() / &total;
    let square = |x: &Q| (x - &mean) * (x - &mean);
    let variance = pairs.iter().map(|(x, w)| square(x) * *w).sum::<Q>() / &total;
    match how {
        How::Average => Poss::number(mean),
        How::Stdev => Poss::Of(vec![Val::Root(variance)]),
        How::Cv if mean > zero => Poss::Of(vec![Val::Root(variance / (&mean * &mean))]),
        _ => Poss::Any,
    }
}
