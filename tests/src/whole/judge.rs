//! The results of a case: rules taken apart, placed, judged; tables, waivers, what is superseded.

use super::ast::{
    Case, Cell, Claim, Expr, Force, Place, Quantifier, Rule, Set, Simple, Statement, Table, Test,
    Time,
};
use super::claim::{Due, Judged, One, Plain, State};
use super::expr::Ctx;
use super::figures::Eye;
use super::quantify::Counts;
use super::world::{Kind, Plan};
use crate::oracle::Op;

/// A verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the verdicts of the language")]
pub enum Verdict {
    Met,
    Violated,
    Pending,
    Unknown,
    NotApplicable,
    Waived,
}

impl Verdict {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::Violated => "violated",
            Verdict::Pending => "pending",
            Verdict::Unknown => "unknown",
            Verdict::NotApplicable => "not_applicable",
            Verdict::Waived => "waived",
        }
    }
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The rule's id.
    pub rule: String,
    /// The subject; a quantified rule's is the place of its set.
    pub subject: Option<String>,
    /// Whether it is one subject of a quantified rule.
    pub part: bool,
    /// Its force.
    pub force: Force,
    /// What it comes to.
    pub verdict: Verdict,
    /// What a quantified rule counts.
    pub counts: Option<Counts>,
}

/// One rule after its lists are taken apart.
struct Single {
    id: String,
    force: Force,
    quantifiers: Vec<Quantifier>,
    claim: Plain,
    place: Option<Place>,
}

/// The results of a case, by rule.
pub fn judge(case: &Case) -> Vec<Expected> {
    let eye = Eye { case };
    let mut out = Vec::new();
    let mut plan: Option<&Plan> = None;
    for statement in &case.statements {
        let singles = match statement {
            Statement::Plan(p) => {
                plan = Some(p);
                continue;
            }
            Statement::Rule(rule) => singles(rule),
            Statement::Table(table) => cells(case, table),
            _ => continue,
        };
        let own = match statement {
            Statement::Rule(rule) => rule.supersedes.as_slice(),
            _ => &[],
        };
        for single in singles {
            if in_force(case, &single.id, own, plan) {
                results(&eye, &single, plan, &mut out);
            }
        }
    }
    for statement in &case.statements {
        if let Statement::Waive { rule, place, until } = statement
            && case.as_of <= *until
        {
            for result in out.iter_mut().filter(|r| r.rule == *rule) {
                let ours = place.is_none() || result.subject == *place;
                if ours && matches!(result.verdict, Verdict::Violated | Verdict::Unknown) {
                    result.verdict = Verdict::Waived;
                }
            }
        }
    }
    out
}

/// "From the superseding plan's `issued` on, the old rule gives no results; before it, the new rule
/// gives none."
fn in_force(case: &Case, id: &str, own: &[String], plan: Option<&Plan>) -> bool {
    let issued = |plan: Option<&Plan>| {
        plan.and_then(|p| p.issued)
            .is_none_or(|day| case.as_of >= day)
    };
    let supersedes = !own.is_empty() || plan.is_some_and(|p| !p.supersedes.is_empty());
    if supersedes && !issued(plan) {
        return false;
    }
    let names_us = |names: &[String]| {
        let ours = |n: &String| n == id || plan.is_some_and(|p| p.name == *n);
        names.iter().any(ours)
    };
    let mut of: Option<&Plan> = None;
    for statement in &case.statements {
        match statement {
            Statement::Plan(p) => {
                of = Some(p);
                if names_us(&p.supersedes) && issued(of) {
                    return false;
                }
            }
            Statement::Rule(rule) if names_us(&rule.supersedes) && issued(of) => return false,
            _ => {}
        }
    }
    true
}

// ── lists taken apart ────────────────────────────────────────────────────────────────────────────

/// "A list where a measure, place or type may stand is one rule for each; one measure may take
/// several requirements; several measures take one, or as many as there are measures. What is
/// written once holds for those without."
fn ones(simple: &Simple) -> Vec<(One, Option<Force>, Option<Place>)> {
    let (measures, requirements) = (&simple.measures, &simple.requirements);
    let paired = measures.len() > 1 && requirements.len() > 1;
    let mut out = Vec::new();
    for (m, measure) in measures.iter().enumerate() {
        for (r, requirement) in requirements.iter().enumerate() {
            if paired && m != r {
                continue;
            }
            let places = if requirement.places.is_empty() {
                &simple.places
            } else {
                &requirement.places
            };
            let places: Vec<Option<Place>> = if places.is_empty() {
                vec![None]
            } else {
                places.iter().cloned().map(Some).collect()
            };
            for place in places {
                let one = One {
                    kind: simple.kind,
                    measure: measure.clone(),
                    among: simple.among.clone(),
                    test: requirement.test.clone(),
                    group: requirement.group.clone(),
                    time: requirement.time.clone().or(simple.time.clone()),
                };
                out.push((one, requirement.force, place));
            }
        }
    }
    out
}

/// The only reading of a body without lists.
fn only(simple: &Simple) -> Option<One> {
    Some(ones(simple).into_iter().next()?.0)
}

fn claims(claim: &Claim) -> Vec<(Plain, Option<Force>, Option<Place>)> {
    let items = |all: &[Simple]| -> Vec<One> { all.iter().filter_map(only).collect() };
    let plain = match claim {
        Claim::Simple(simple) => {
            let all = ones(simple).into_iter();
            return all.map(|(one, f, p)| (Plain::One(one), f, p)).collect();
        }
        Claim::Require {
            when,
            then,
            otherwise,
        } => match only(then) {
            Some(mut then) => {
                let mut other = otherwise.as_ref().and_then(only);
                // What is written once holds for both cases.
                if let Some(other) = &mut other {
                    let time = then.time.clone().or(other.time.clone());
                    then.time = then.time.or(time.clone());
                    other.time = other.time.take().or(time);
                }
                Plain::Require(when.clone(), then, other)
            }
            None => return Vec::new(),
        },
        Claim::Then { when, .. } => Plain::Then(when.clone()),
        Claim::AtLeast(n, all) => Plain::AtLeast(*n, items(all)),
        Claim::All(all) => Plain::AtLeast(all.len(), items(all)),
        Claim::Any(all) => Plain::AtLeast(1, items(all)),
    };
    vec![(plain, None, None)]
}

fn singles(rule: &Rule) -> Vec<Single> {
    // Each list of types is taken apart.
    let mut quantifiers: Vec<Vec<Quantifier>> = vec![Vec::new()];
    for quantifier in &rule.quantifiers {
        let mut next = Vec::new();
        for before in &quantifiers {
            for name in &quantifier.set.names {
                let mut all = before.clone();
                all.push(Quantifier {
                    many: quantifier.many.clone(),
                    set: Set {
                        names: vec![name.clone()],
                        ..quantifier.set.clone()
                    },
                });
                next.push(all);
            }
        }
        quantifiers = next;
    }
    let mut out = Vec::new();
    for quantifiers in quantifiers {
        for (claim, force, place) in claims(&rule.claim) {
            out.push(Single {
                id: rule.label.clone(),
                force: force.or(rule.force).unwrap_or(Force::Must),
                quantifiers: quantifiers.clone(),
                claim,
                place,
            });
        }
    }
    out
}

/// "A cell under column T is the rule `by T`. A bare value is at least where the indicator's `better`
/// is higher, at most where lower; undeclared: higher, rank lower. A baseline is no rule."
fn cells(case: &Case, table: &Table) -> Vec<Single> {
    let mut out = Vec::new();
    for (kind, name, cells) in &table.rows {
        let declared = case.world.indicator(name).and_then(|i| i.better);
        let higher = declared.unwrap_or(*kind != Kind::Rank);
        for (column, cell) in table.columns.iter().zip(cells) {
            let (op, lit) = match cell {
                Cell::Empty | Cell::Baseline(_) => continue,
                Cell::Bare(lit) => (if higher { Op::Ge } else { Op::Le }, lit),
                Cell::Compare(op, lit) => (*op, lit),
            };
            out.push(Single {
                id: format!("{}/{name}/{}", table.label, column.code()),
                force: Force::Must,
                quantifiers: Vec::new(),
                claim: Plain::One(One {
                    kind: *kind,
                    measure: Expr::Name(name.clone()),
                    among: None,
                    test: Test::Compare(op, Expr::Lit(lit.clone())),
                    group: None,
                    time: Some(Time::By(*column)),
                }),
                place: table.place.clone().map(Place::Named),
            });
        }
    }
    out
}

// ── results ──────────────────────────────────────────────────────────────────────────────────────

fn results(eye: &Eye<'_>, single: &Single, plan: Option<&Plan>, out: &mut Vec<Expected>) {
    let result =
        |subject: Option<String>, part: bool, judged: Judged, counts: Option<Counts>| Expected {
            rule: single.id.clone(),
            subject,
            part,
            force: single.force,
            verdict: verdict(eye, single.force, judged),
            counts,
        };
    let region = plan.and_then(|p| p.region.clone());
    if let Some(whole) = eye.quantified(&single.quantifiers, &single.claim, None, plan, &[]) {
        let set = single.quantifiers.first().map(|q| &q.set);
        let place = set.and_then(|s| s.place.clone()).or(region);
        out.push(result(place, false, whole.judged, Some(whole.counts)));
        for (subject, judged) in whole.parts {
            out.push(result(Some(subject), true, judged, None));
        }
        return;
    }
    let subjects = match (&single.place, region) {
        (Some(Place::Named(name)), _) => vec![name.clone()],
        // "Each of a type" is one rule for each.
        (Some(Place::Each(of)), _) => {
            let set = Set {
                names: vec![of.clone()],
                place: None,
                filter: None,
                except: Vec::new(),
            };
            let c = Ctx {
                plan,
                ..eye.ctx("", None, false, plan)
            };
            let members = eye.members(&set, None, &c).into_iter();
            members.map(|(member, _)| member).collect()
        }
        (None, Some(region)) => vec![region],
        (None, None) => match anchor(&single.claim) {
            Some(place) => vec![place],
            None => mentioned(eye),
        },
    };
    if subjects.is_empty() {
        // Open up to the deadline, of whomever it would be asked.
        let due = eye.claim(&single.claim, "", plan, &[]).due;
        out.push(result(None, false, Judged::new(None, due), None));
    }
    for subject in subjects {
        let judged = eye.claim(&single.claim, &subject, plan, &[]);
        out.push(result(Some(subject), false, judged, None));
    }
}

/// A measure of sets alone, each with its place, names the place that the rule covers.
fn anchor(claim: &Plain) -> Option<String> {
    fn places(expr: &Expr, out: &mut Vec<Option<String>>) {
        match expr {
            Expr::Lit(_) => {}
            Expr::Aggregate(a) if !a.other => out.push(a.set.place.clone()),
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Over(a, b) => {
                places(a, out);
                places(b, out);
            }
            Expr::Times(_, a) => places(a, out),
            _ => out.push(None),
        }
    }
    let (Plain::One(one) | Plain::Require(_, one, _)) = claim else {
        return None;
    };
    let mut found = Vec::new();
    places(&one.measure, &mut found);
    let all: Option<Vec<String>> = found.into_iter().collect();
    all?.into_iter().next()
}

/// "Else every region that the facts mention."
fn mentioned(eye: &Eye<'_>) -> Vec<String> {
    let world = &eye.case.world;
    let mut found: Vec<String> = Vec::new();
    for fact in &eye.case.facts {
        let region = world
            .entity(&fact.subject)
            .map_or(&fact.subject, |e| &e.place);
        if !found.contains(region) {
            found.push(region.clone());
        }
    }
    found
}

/// "An undecided rule is `pending` until its own deadline has passed, `unknown` afterwards." What
/// may be done is never owed.
fn verdict(eye: &Eye<'_>, force: Force, judged: Judged) -> Verdict {
    if force == Force::May {
        return Verdict::NotApplicable;
    }
    match (judged.state, judged.due) {
        (State::Holds, _) => Verdict::Met,
        (State::Fails, _) => Verdict::Violated,
        (State::Excluded, _) => Verdict::NotApplicable,
        (State::Undecided, Due::Later) => Verdict::Pending,
        (State::Undecided, Due::On(day)) if eye.case.as_of <= day => Verdict::Pending,
        (State::Undecided, _) => Verdict::Unknown,
    }
}
