//! Statements to rules: one sentence may state several, and each becomes a rule of the model under
//! one label.

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::model::{
    Claim, Demand, FactValue, HowMany, Marks, Quantifier, Requirement, Rule, Scope, Test, Time,
};
use crate::print;
use crate::source::Span;
use crate::syntax::{self, KindWord, Name, Simple, Statement};
use crate::unit::Quantity;
use crate::words::{Force, Kind, Kw, WordSet};

use super::anchor::anchor;
use super::demand::{Draft, DraftTime, Who};
use super::requirement::repeated_finding;
use super::sentence::{Part, parts};
use super::{Context, Lowerer};

/// What the rules of one statement share.
pub(super) struct Frame<'a> {
    pub(super) id: String,
    pub(super) labelled: bool,
    pub(super) span: Span,
    pub(super) text: &'a str,
}

/// A kind, as written or as it follows.
#[derive(Debug, Clone, Copy)]
struct Kinded {
    kind: Kind,
    span: Span,
    total: bool,
}

/// A demand inside another statement.
struct Single<'a> {
    part: Part<'a>,
    simple: &'a Simple,
    kinded: Kinded,
}

/// Most sets that one rule ranges over, one inside the other: each multiplies what is asked.
const MAX_QUANTIFIERS: usize = 4;

impl Lowerer {
    pub(super) fn lower_rules(&mut self) {
        self.each_statement(|this, statement, context| match &statement.body {
            syntax::Body::Rule(rule) => this.lower_rule(statement, rule, context),
            syntax::Body::Table {
                label, place, rows, ..
            } => this.lower_table(statement, label.as_ref(), place.as_ref(), rows, context),
            _ => {}
        });
    }

    fn lower_rule(&mut self, statement: &Statement, rule: &syntax::Rule, context: Context) {
        let id = self.rule_id(statement.span, rule.label.as_ref());
        let before = self.diagnostics.len();
        let text = print::statement(statement, WordSet::En);
        let ranges = self.ranges(&rule.quantifiers, context);
        if let (Some(ranges), Some(id)) = (ranges, id.clone()) {
            let frame = Frame {
                id,
                labelled: rule.label.is_some(),
                span: statement.span,
                text: &text,
            };
            for quantifiers in ranges {
                self.lower_claim(&frame, rule, &quantifiers, context);
            }
        }
        if self.diagnostics.len() > before {
            self.broken.extend(id);
        }
    }

    /// The quantifiers of a rule; a list of types is one rule for each.
    fn ranges(
        &mut self,
        written: &[syntax::Quantifier],
        context: Context,
    ) -> Option<Vec<Vec<Quantifier>>> {
        if let Some(beyond) = written.get(MAX_QUANTIFIERS) {
            self.report(Diagnostic::new(Code::TooDeep, beyond.span));
            return None;
        }
        let mut ranges = vec![Vec::new()];
        for quantifier in written {
            let mut next = Vec::new();
            for name in &quantifier.set.names {
                let one = self.quantifier(quantifier, name, context)?;
                for range in &ranges {
                    let mut range: Vec<Quantifier> = range.clone();
                    range.push(one.clone());
                    next.push(range);
                }
            }
            ranges = next;
        }
        Some(ranges)
    }

    fn lower_claim(
        &mut self,
        frame: &Frame<'_>,
        rule: &syntax::Rule,
        quantifiers: &[Quantifier],
        context: Context,
    ) -> Option<()> {
        match &rule.claim {
            syntax::Claim::Simple(simple) => {
                let kinded = self.kind_of(simple)?;
                let parts = parts(self, simple)?;
                self.check_groups(&parts);
                for part in &parts {
                    self.lower_part(frame, rule, simple, kinded, part, quantifiers, context);
                }
            }
            syntax::Claim::When {
                condition,
                then,
                otherwise,
            } => {
                let text = print::expression(condition);
                let condition = self.condition(condition, false, context);
                let (mut then, place) = self.only_part(then)?;
                let mut otherwise = match otherwise {
                    Some(otherwise) => Some(self.only_part(otherwise)?),
                    None => None,
                };
                // A time that is written once holds for both cases.
                if let Some((other, _)) = &mut otherwise {
                    let written = then.part.time.or(other.part.time);
                    let beside = then.part.beside.or(other.part.beside);
                    for part in [&mut then.part, &mut other.part] {
                        if part.time.is_none() {
                            (part.time, part.beside) = (written, beside);
                        }
                    }
                }
                let other = otherwise.as_ref().and_then(|(_, place)| place.as_ref());
                let place = self.one_place(place.iter().chain(other))?;
                let scope = self.scope_of(place.as_ref(), quantifiers, context)?;
                let who = self.who(quantifiers, place_of(&scope));
                let force = rule.force.or(then.simple.force);
                let (demand, attributes) =
                    self.one_demand(&then, force, &rule.block, who, context)?;
                let otherwise = match &otherwise {
                    Some((other, _)) => Some(Box::new(
                        self.one_demand(other, force, &[], who, context)?.0,
                    )),
                    None => None,
                };
                let claim = Claim::When {
                    condition: condition?,
                    text,
                    otherwise,
                };
                self.push_rule(
                    frame,
                    quantifiers,
                    claim,
                    demand,
                    scope,
                    attributes,
                    context,
                );
            }
            syntax::Claim::Then {
                condition,
                fact,
                value,
            } => {
                let text = print::expression(condition);
                let condition = self.condition(condition, false, context);
                let scope = self.scope_of(None, quantifiers, context)?;
                let (indicator, value) = self.consequence(fact, value, context)?;
                let attributes = self.attributes(Kind::Flag, indicator, &rule.block);
                let attributes = self.with_section(attributes, context);
                let kind = self.ruleset.indicator(indicator).and_then(|i| i.kind);
                let demand = Demand {
                    kind: kind.unwrap_or(Kind::Flag),
                    indicator,
                    formula: None,
                    group: None,
                    requirements: vec![Requirement {
                        force: rule.force.map_or(Force::Must, |(f, _)| f),
                        test: Test::Made,
                        span: fact.span,
                    }],
                    time: Time::Always(None),
                    marks: Marks {
                        measure: fact.span,
                        time: None,
                        place: None,
                    },
                };
                let claim = Claim::Makes {
                    condition: condition?,
                    text,
                    value,
                };
                self.push_rule(
                    frame,
                    quantifiers,
                    claim,
                    demand,
                    scope,
                    attributes,
                    context,
                );
            }
            syntax::Claim::Some {
                count,
                any,
                of,
                span,
            } => {
                let all = u32::try_from(of.len()).unwrap_or(u32::MAX);
                let needed = match count {
                    Some(count) => self.count_of(count, all)?,
                    None if *any => 1,
                    None => all,
                };
                let mut drafts = Vec::with_capacity(of.len());
                for simple in of {
                    drafts.push(self.only_part(simple)?);
                }
                let place =
                    self.one_place(drafts.iter().filter_map(|(_, place)| place.as_ref()))?;
                let scope = self.scope_of(place.as_ref(), quantifiers, context)?;
                let who = self.who(quantifiers, place_of(&scope));
                let force = rule.force;
                let mut demands = Vec::with_capacity(drafts.len());
                let mut first = None;
                for (i, (draft, _)) in drafts.iter().enumerate() {
                    let block: &[syntax::Field] = if i == 0 { &rule.block } else { &[] };
                    let (demand, attributes) =
                        self.one_demand(draft, force, block, who, context)?;
                    first.get_or_insert(attributes);
                    demands.push(demand);
                }
                let Some(attributes) = first else {
                    self.report(Diagnostic::new(Code::BodyMissing, *span));
                    return None;
                };
                let others = demands.split_off(1);
                let demand = demands.pop()?;
                let claim = Claim::Choice { needed, others };
                self.push_rule(
                    frame,
                    quantifiers,
                    claim,
                    demand,
                    scope,
                    attributes,
                    context,
                );
            }
        }
        Some(())
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "what a part belongs to is said one by one"
    )]
    fn lower_part(
        &mut self,
        frame: &Frame<'_>,
        rule: &syntax::Rule,
        simple: &Simple,
        kinded: Kinded,
        part: &Part<'_>,
        quantifiers: &[Quantifier],
        context: Context,
    ) {
        let groups: Vec<Option<&Name>> = match part.groups {
            [] => vec![None],
            groups => groups.iter().map(Some).collect(),
        };
        for place in self.each_place(&part.places, context) {
            for group in &groups {
                let draft = Draft {
                    kind: kinded.kind,
                    kind_span: kinded.span,
                    total: kinded.total,
                    opening: rule.force.or(simple.force),
                    measure: &part.measure,
                    formula: part.formula,
                    among: part.among,
                    group: *group,
                    bounds: part.bounds.clone(),
                    time: DraftTime::Clause(part.time, part.beside),
                    place: place.as_ref(),
                    block: &rule.block,
                };
                self.lower_draft(frame, &draft, quantifiers, context);
            }
        }
    }

    /// Checks a rule of one demand, says what is wrong with it, and adds it if nothing is.
    pub(super) fn lower_draft(
        &mut self,
        frame: &Frame<'_>,
        draft: &Draft<'_>,
        quantifiers: &[Quantifier],
        context: Context,
    ) {
        let scope = self.scope_of(draft.place, quantifiers, context);
        let place = scope.as_ref().and_then(place_of);
        let who = self.who(quantifiers, place);
        if let (Some((demand, attributes)), Some(scope)) = (self.demand(draft, who, context), scope)
        {
            let claim = Claim::Plain;
            self.push_rule(
                frame,
                quantifiers,
                claim,
                demand,
                scope,
                attributes,
                context,
            );
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of a rule")]
    fn push_rule(
        &mut self,
        frame: &Frame<'_>,
        quantifiers: &[Quantifier],
        claim: Claim,
        demand: Demand,
        scope: Scope,
        attributes: crate::model::Attributes,
        context: Context,
    ) {
        // Whoever reads "none, each year" thinks of any year; a body over several is about all of them.
        let none = quantifiers.iter().any(|q| q.how == HowMany::No);
        let several = |time: &Time| {
            matches!(
                time,
                Time::Each(_) | Time::Throughout(_) | Time::Yearly { .. }
            )
        };
        if none && several(&demand.time) {
            self.report(Diagnostic::new(Code::NoneOfSeveral, frame.span));
            return;
        }
        // A measure that says itself where its sets lie names the rule's place.
        let anchor = match (&scope, quantifiers) {
            (Scope::Mentioned, []) => demand.requirements.first().and_then(anchor),
            _ => None,
        };
        let scope = anchor.map_or(scope, |place| self.scope(place, None));
        self.ruleset.rules.push(Rule {
            id: frame.id.clone(),
            labelled: frame.labelled,
            plan: context.plan,
            quantifiers: quantifiers.to_vec(),
            demand,
            claim,
            scope,
            attributes,
            span: frame.span,
            text: frame.text.to_string(),
        });
    }

    /// The place of a rule: written, that of its set, the plan's, or every region.
    fn scope_of(
        &mut self,
        place: Option<&Name>,
        quantifiers: &[Quantifier],
        context: Context,
    ) -> Option<Scope> {
        let plan = context.plan.and_then(|id| self.ruleset.plan(id));
        let plan_region = plan.and_then(|p| p.region);
        if let Some(outer) = quantifiers.first() {
            if let Some(name) = place {
                // `for each 学校: … in 昆明`: where the set lies is said with the set.
                let found = self.sources.text(name.span).to_string();
                self.report(
                    Diagnostic::new(Code::PlaceOfSet, name.span)
                        .with("found", found)
                        .with_some("set", outer.set.place.is_none().then_some(&outer.set.text)),
                );
                return None;
            }
            let place = outer.set.place.or(plan_region);
            return Some(place.map_or(Scope::Mentioned, |p| self.scope(p, None)));
        }
        match (place, plan_region) {
            (Some(name), _) => {
                let within = self.surroundings(context);
                let place = self.place(name, &within, context.closed.regions)?;
                Some(self.scope(place, Some(&name.text)))
            }
            (None, Some(region)) => Some(self.scope(region, None)),
            (None, None) => Some(Scope::Mentioned),
        }
    }

    // ── one demand of a condition or a choice ────────────────────────────────────────────────

    /// The one reading of a demand that stands inside another statement.
    fn only_part<'a>(&mut self, simple: &'a Simple) -> Option<(Single<'a>, Option<Name>)> {
        let kinded = self.kind_of(simple)?;
        let mut all = parts(self, simple)?;
        let part = all.pop()?;
        let several = !all.is_empty() || part.places.len() > 1 || part.groups.len() > 1;
        let each = part.places.iter().any(|p| p.each);
        if several || each {
            let found = self.sources.text(simple.span).to_string();
            self.report(Diagnostic::new(Code::OneDemand, simple.span).with("found", found));
            return None;
        }
        let place = part.places.first().map(|p| p.name.clone());
        let single = Single {
            part,
            simple,
            kinded,
        };
        Some((single, place))
    }

    /// The place of a statement of several demands: they are about one subject.
    fn one_place<'a>(
        &mut self,
        mut written: impl Iterator<Item = &'a Name>,
    ) -> Option<Option<Name>> {
        let Some(first) = written.next() else {
            return Some(None);
        };
        if let Some(other) = written.find(|other| other.text != first.text) {
            let what = ("地区", "the place");
            self.report(repeated_finding(what, other.span, first.span));
            return None;
        }
        Some(Some(first.clone()))
    }

    fn one_demand(
        &mut self,
        Single {
            part,
            simple,
            kinded,
        }: &Single<'_>,
        force: Option<(Force, Span)>,
        block: &[syntax::Field],
        who: Who,
        context: Context,
    ) -> Option<(Demand, crate::model::Attributes)> {
        let draft = Draft {
            kind: kinded.kind,
            kind_span: kinded.span,
            total: kinded.total,
            opening: force.or(simple.force),
            measure: &part.measure,
            formula: part.formula,
            among: part.among,
            group: part.groups.first(),
            bounds: part.bounds.clone(),
            time: DraftTime::Clause(part.time, part.beside),
            place: part.places.first().map(|p| &p.name),
            block,
        };
        let (demand, attributes) = self.demand(&draft, who, context)?;
        if demand.requirements.len() > 1 {
            let found = self.sources.text(simple.span).to_string();
            self.report(Diagnostic::new(Code::OneDemand, simple.span).with("found", found));
            return None;
        }
        Some((demand, attributes))
    }

    /// `at least 3 of {…}`: a whole number, not more than there are.
    fn count_of(&mut self, literal: &syntax::Literal, all: u32) -> Option<u32> {
        let number = self.quantity(literal)?;
        let count = number.number.to_i64().and_then(|n| u32::try_from(n).ok());
        let bare = number.unit == crate::unit::Unit::bare();
        let count = count.filter(|n| bare && *n <= all);
        if count.is_none() {
            self.report(
                Diagnostic::new(Code::BadPortion, literal.span)
                    .with("found", &literal.text)
                    .with("most", all),
            );
        }
        count
    }

    /// The kind as written, else the indicator's own, else the one that the unit says.
    fn kind_of(&mut self, simple: &Simple) -> Option<Kinded> {
        let measure = simple.measures.first();
        let name = measure.and_then(|m| m.as_name());
        let declared = name
            .and_then(|n| self.ruleset.indicator_named(&n.text))
            .and_then(|id| self.ruleset.indicator(id))
            .and_then(|i| i.kind);
        let span = simple.kind.map_or(simple.span, |(_, span)| span);
        let total = match simple.kind {
            Some((KindWord::Kind(kind), span)) => {
                let total = false;
                return Some(Kinded { kind, span, total });
            }
            Some((KindWord::Total, _)) => true,
            None => false,
        };
        let by_unit = simple.tail.iter().find_map(|tail| match tail {
            syntax::Tail::Bound(bound) => {
                if let syntax::Test::Compare {
                    right: syntax::Expr::Word(Kw::Yes | Kw::No, _),
                    ..
                } = &bound.test
                {
                    return Some(Kind::Flag);
                }
                let literal = match &bound.test {
                    syntax::Test::Compare { right, .. } => right.as_literal(),
                    syntax::Test::Between { lower, .. } => lower.as_literal(),
                    syntax::Test::About { value, .. } => value.as_literal(),
                    syntax::Test::Change(_) => None,
                }?;
                kinds::fitting(&Quantity::parse(&literal.text).ok()?.unit)
            }
            _ => None,
        });
        let counts = measure
            .is_some_and(|m| matches!(m, syntax::Expr::Aggregate(a) if a.how == Kw::CountOf));
        let usual = (total || counts).then_some(Kind::Count);
        match declared.or(by_unit).or(usual) {
            Some(kind) => Some(Kinded { kind, span, total }),
            None => {
                let at = measure.map_or(simple.span, syntax::Expr::span);
                self.report(Diagnostic::new(Code::MissingKind, at));
                None
            }
        }
    }

    /// `then 督导评估 = 否决`: the fact and its value.
    fn consequence(
        &mut self,
        fact: &Name,
        value: &syntax::Expr,
        context: Context,
    ) -> Option<(crate::model::IndicatorId, FactValue)> {
        let flag = matches!(value, syntax::Expr::Word(Kw::Yes | Kw::No, _));
        let suggested = if flag { Kind::Flag } else { Kind::Grade };
        let id = self.known_or_new(fact, suggested, flag.then_some(Kind::Flag), context)?;
        let indicator = self.ruleset.indicator(id)?;
        let (name, kind) = (indicator.name.clone(), indicator.kind);
        let value = self.fact_value(&name, kind, value)?;
        Some((id, value))
    }

    /// Bounds for groups that overlap would judge one subject twice.
    fn check_groups(&mut self, parts: &[Part<'_>]) {
        let mut seen: Vec<&Name> = Vec::new();
        for name in parts.iter().flat_map(|p| p.groups) {
            let attributes = |n: &Name| match self.has_value(&n.text) {
                crate::model::Condition::Has { attributes, .. } => attributes,
                _ => Vec::new(),
            };
            let overlaps = |other: &&&Name| {
                let (a, b) = (attributes(name), attributes(other));
                !a.is_empty() && !b.is_empty() && a != b
            };
            if let Some(other) = seen.iter().find(overlaps).copied() {
                self.report(
                    Diagnostic::new(Code::GroupOverlap, name.span)
                        .with("first", &other.text)
                        .with("second", &name.text)
                        .and_at(other.span),
                );
                return;
            }
            seen.push(name);
        }
    }
}

/// The place of a scope, if it is one place.
fn place_of(scope: &Scope) -> Option<crate::model::PlaceId> {
    match scope {
        Scope::Place { place, .. } => Some(*place),
        Scope::Mentioned => None,
    }
}
