//! What the conditions that bear on a subject came to, comparison by comparison.

use guiju_lang::model::{
    Claim, Condition, Demand, Exception, Expr, IndicatorId, Members, Part, Rule, Set,
};
use guiju_lang::{Date, Period};

use crate::bind::{Bound, Known, SubjectId};
use crate::truth::Truth;

use super::claim::moment_of;
use super::periods::{is_periodic, moments, over_periods};
use super::reader::{Leaf, Moment, Reader};

/// What one comparison of a condition came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tested {
    /// The comparison as written.
    pub(crate) text: String,
    pub(crate) truth: Truth,
    /// The figures that it read.
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) bears: Bears,
    /// Whether what it bears on is so, or open, because of it.
    pub(crate) decides: bool,
}

/// What a comparison bears on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bears {
    /// Whether the subject is of the set.
    Set,
    /// Whether the set leaves it out.
    Exception,
    /// Whether it is of the group for which alone something is required.
    Group,
    /// Which case of the rule applies.
    Case,
}

/// The filter of the set that a subject is a part of, the group of its demand, and the condition of
/// the claim. `depth` quantifiers stand above the subject.
pub(crate) fn tests_of(
    bound: &Bound<'_>,
    rule: &Rule,
    demand: &Demand,
    subject: SubjectId,
    depth: usize,
    as_of: Date,
) -> Vec<Tested> {
    let region = bound.ruleset.plan_of(rule).and_then(|p| p.region);
    let reader = Reader::new(bound, as_of);
    let read = |m: Moment| {
        let tracer = Tracer {
            reader: &reader,
            subject,
            m,
            out: Vec::new(),
        };
        tracer.all(rule, demand, depth)
    };
    match is_periodic(rule) {
        true => {
            let all = moments(&rule.demand.time, region).into_iter();
            over_periods(all.flat_map(read).collect())
        }
        false => read(moment_of(&rule.demand.time, region)),
    }
}
/// Figures of one indicator by their periods, indicators as they were read.
pub(super) fn in_order(leaves: &mut [Leaf]) {
    let mut order: Vec<(IndicatorId, Option<SubjectId>)> = Vec::new();
    for leaf in leaves.iter() {
        if !order.contains(&(leaf.indicator, leaf.subject)) {
            order.push((leaf.indicator, leaf.subject));
        }
    }
    let place = |leaf: &Leaf| {
        order
            .iter()
            .position(|o| *o == (leaf.indicator, leaf.subject))
    };
    leaves.sort_by_key(|leaf| (place(leaf), leaf.period));
}

struct Tracer<'a, 'b, 'r> {
    reader: &'r Reader<'a, 'b>,
    subject: SubjectId,
    m: Moment,
    out: Vec<Tested>,
}

/// The truth of a condition, and which comparisons make it so.
type Traced = (Truth, Vec<usize>);

impl Tracer<'_, '_, '_> {
    fn all(mut self, rule: &Rule, demand: &Demand, depth: usize) -> Vec<Tested> {
        let set = depth.checked_sub(1).and_then(|at| rule.quantifiers.get(at));
        if let Some(quantifier) = set {
            self.set(&quantifier.set);
        }
        if rule.quantifiers.len() > depth {
            return self.out;
        }
        if let Some(group) = &demand.group {
            self.alone(&group.of, Bears::Group);
        }
        match &rule.claim {
            Claim::When { condition, .. } => self.alone(condition, Bears::Case),
            Claim::Makes { condition, .. } => self.makes(condition),
            Claim::Plain | Claim::Choice { .. } => {}
        }
        self.out
    }

    /// A condition that decides by itself.
    fn alone(&mut self, condition: &Condition, bears: Bears) {
        let (_, deciding) = self.trace(condition, bears);
        self.decide(deciding);
    }

    fn decide(&mut self, deciding: Vec<usize>) {
        for at in deciding {
            if let Some(test) = self.out.get_mut(at) {
                test.decides = true;
            }
        }
    }

    /// What is made has no period: the latest one is looked at in which the condition holds, else in
    /// which it is open, else the latest of all.
    fn makes(&mut self, condition: &Condition) {
        let mut periods = self.reader.periods_of(condition, self.subject);
        periods.reverse();
        let read = |truth: Truth| {
            let at = |period: &&Period| {
                let m = self.m.at(**period);
                let read = || self.reader.condition(condition, self.subject, m);
                self.reader.quietly(read) == truth
            };
            periods.iter().find(at).copied()
        };
        let found = read(Truth::True).or_else(|| read(Truth::Unknown));
        if let Some(period) = found.or(periods.first().copied()) {
            self.m = self.m.at(period);
        }
        self.alone(condition, Bears::Case);
        if !periods.is_empty() {
            return;
        }
        // Nothing is known of what a change would be read from.
        let subject = self.subject;
        for test in self.out.iter_mut().filter(|t| t.leaves.is_empty()) {
            condition.walk(&mut |part| {
                if let Part::Expr(Expr::Indicator(indicator)) = part {
                    test.leaves.push(Leaf {
                        indicator: *indicator,
                        subject: Some(subject),
                        period: Period::timeless(),
                        known: Known::Nothing,
                    });
                }
            });
        }
    }

    /// Why a subject is in a set, or out of it.
    fn set(&mut self, set: &Set) {
        let mut all: Vec<Traced> = Vec::new();
        for of in set
            .of
            .iter()
            .filter(|of| matches!(of, Members::With { .. }))
        {
            let before = self.out.len();
            let traced = self.trace(&Condition::Of(of.clone()), Bears::Set);
            // Only whether it is one at all is worth a word.
            match traced.0 {
                Truth::Unknown => all.push(traced),
                _ => self.out.truncate(before),
            }
        }
        if let Some(filter) = &set.filter {
            all.push(self.trace(filter, Bears::Set));
        }
        for exception in &set.except {
            let before = self.out.len();
            let (out, deciding) = self.exception(exception);
            match out {
                Truth::False => self.out.truncate(before),
                out => all.push((out.not(), deciding)),
            }
        }
        let whole: Truth = all.iter().map(|(truth, _)| *truth).collect();
        for (truth, deciding) in all {
            if truth == whole {
                self.decide(deciding);
            }
        }
    }

    fn exception(&mut self, exception: &Exception) -> Traced {
        let what = self.trace(&exception.what, Bears::Exception);
        match &exception.only {
            Some(only) => {
                let only = self.trace(only, Bears::Exception);
                joined(what.0.and(only.0), what, only)
            }
            None => what,
        }
    }

    fn trace(&mut self, condition: &Condition, bears: Bears) -> Traced {
        match condition {
            Condition::And(a, b) => {
                let (a, b) = (self.trace(a, bears), self.trace(b, bears));
                joined(a.0.and(b.0), a, b)
            }
            Condition::Or(a, b) => {
                let (a, b) = (self.trace(a, bears), self.trace(b, bears));
                joined(a.0.or(b.0), a, b)
            }
            Condition::Not(a) => {
                let (truth, deciding) = self.trace(a, bears);
                (truth.not(), deciding)
            }
            _ => {
                self.reader.taken();
                let truth = self.reader.condition(condition, self.subject, self.m);
                let mut leaves = self.reader.taken();
                in_order(&mut leaves);
                self.out.push(Tested {
                    text: self.text(condition),
                    truth,
                    leaves,
                    bears,
                    decides: false,
                });
                (truth, vec![self.out.len() - 1])
            }
        }
    }

    fn text(&self, condition: &Condition) -> String {
        let places = &self.reader.bound.ruleset.places;
        let named = |id| places.get(id).map_or(String::new(), |p| p.name.clone());
        match condition {
            Condition::Compare(comparison) => comparison.text.clone(),
            Condition::Has { value, .. } => value.clone(),
            Condition::Is(place) => named(*place),
            Condition::Of(members) => match members {
                Members::Regions(name) | Members::Entities(name) => name.clone(),
                Members::With { value, .. } => value.clone(),
                Members::Group(group) => named(*group),
            },
            Condition::And(..) | Condition::Or(..) | Condition::Not(_) => String::new(),
        }
    }
}

/// Of two sides those decide whose truth is that of the whole.
fn joined(truth: Truth, a: Traced, b: Traced) -> Traced {
    let sides = [a, b].into_iter().filter(|side| side.0 == truth);
    (truth, sides.flat_map(|side| side.1).collect())
}
