//! Sets of subjects, and the conditions that choose among them.

use crate::diag::{Code, Diagnostic};
use crate::model::{
    Category as PlaceCategory, Change, Comparing, Comparison, Condition, Exception, Expr, HowMany,
    IndicatorId, Members, PlaceMatch, Portion, Quantifier, Set, is_of_type,
};
use crate::names::{nearest, normalise};
use crate::number::Number;
use crate::syntax::{self, Name};
use crate::unit::Base;
use crate::words::{Kind, Kw, Op};

use super::computed::NO_INDICATOR;
use super::formula::{Around, Side};
use super::{Context, Lowerer};

/// The words for types of regions; a ruleset may declare others.
const REGION_TYPES: &[&str] = &[
    "省",
    "自治区",
    "直辖市",
    "市",
    "地级市",
    "州",
    "区",
    "县",
    "县级市",
    "旗",
    "县区",
    "区县",
    "县(市)区",
    "功能区",
    "新区",
    "乡",
    "镇",
    "街道",
];

impl Lowerer {
    pub(super) fn quantifier(
        &mut self,
        quantifier: &syntax::Quantifier,
        name: &Name,
        context: Context,
    ) -> Option<Quantifier> {
        let set = self.set(&quantifier.set, std::slice::from_ref(name), context);
        let how = match &quantifier.how {
            syntax::How::Each => Some(HowMany::Each),
            syntax::How::No => Some(HowMany::No),
            syntax::How::AtLeast(n) => self.portion(n).map(HowMany::AtLeast),
            syntax::How::AtMost(n) => self.portion(n).map(HowMany::AtMost),
            syntax::How::Exactly(n) => self.portion(n).map(HowMany::Exactly),
        };
        Some(Quantifier {
            how: how?,
            set: set?,
        })
    }

    /// A number of subjects: whole, or a share of at most all.
    fn portion(&mut self, literal: &syntax::Literal) -> Option<Portion> {
        let quantity = self.quantity(literal)?;
        let number = quantity.base_value();
        match quantity.unit.base {
            Base::Share if !number.is_negative() && number <= Number::ONE => {
                Some(Portion::Share(number))
            }
            Base::Bare | Base::Thing(_) if number.is_integer() && !number.is_negative() => {
                let count = number.to_i64().and_then(|n| u32::try_from(n).ok());
                Some(Portion::Count(count.unwrap_or(u32::MAX)))
            }
            _ => {
                self.report(
                    Diagnostic::new(Code::BadPortion, literal.span).with("found", &literal.text),
                );
                None
            }
        }
    }

    /// A set; of its names only these.
    pub(super) fn set(
        &mut self,
        set: &syntax::Set,
        names: &[Name],
        context: Context,
    ) -> Option<Set> {
        let of: Vec<Option<Members>> = names
            .iter()
            .map(|name| self.members_of(name, context))
            .collect();
        let place = match &set.place {
            Some(name) => {
                let within = self.surroundings(context);
                Some(self.place(name, &within, context.closed.regions)?)
            }
            None => None,
        };
        let plan = context.plan.and_then(|id| self.ruleset.plan(id));
        if let Some(place) = place.or(plan.and_then(|p| p.region)) {
            self.open_up(place);
        }
        let of: Vec<Members> = of.into_iter().collect::<Option<_>>()?;
        let filter = match &set.filter {
            Some(filter) => Some(self.condition(filter, false, context)?),
            None => None,
        };
        let mut except = Vec::with_capacity(set.except.len());
        for exception in &set.except {
            let what = self.condition(&exception.what, true, context)?;
            let only = match &exception.filter {
                Some(filter) => Some(self.condition(filter, false, context)?),
                None => None,
            };
            except.push(Exception { what, only });
        }
        let text = crate::print::set_text(set, names);
        Some(Set {
            of,
            place,
            filter,
            except,
            text,
        })
    }

    /// Whose members a set takes: a type of entities, a group, a type of regions, or the value of
    /// an attribute.
    fn members_of(&mut self, name: &Name, context: Context) -> Option<Members> {
        if let Some(found) = self.known_members(name)? {
            return Some(found);
        }
        let known_place =
            self.ruleset.places.find(&name.text, &[], self.test) != PlaceMatch::Unknown;
        if known_place || context.closed.types {
            self.unknown_type(name, known_place);
            return None;
        }
        Some(Members::Entities(name.text.clone()))
    }

    /// `None` after a finding, `Some(None)` where nothing of this name is known.
    fn known_members(&mut self, name: &Name) -> Option<Option<Members>> {
        let text = name.text.as_str();
        if self.ruleset.types.iter().any(|t| t.name == text) {
            return Some(Some(Members::Entities(text.to_string())));
        }
        let group = self
            .ruleset
            .places
            .iter()
            .find(|(_, p)| p.category == PlaceCategory::Group && p.name == text);
        if let Some((id, _)) = group {
            return Some(Some(Members::Group(id)));
        }
        let declared = |of: Option<&str>| of.is_some_and(|of| is_of_type(of, text));
        let region = self
            .ruleset
            .places
            .iter()
            .any(|(_, p)| p.category == PlaceCategory::Region && declared(p.of.as_deref()));
        if region || REGION_TYPES.contains(&text) {
            return Some(Some(Members::Regions(text.to_string())));
        }
        match self.attributes_with(text).as_slice() {
            [] => Some(None),
            [one] => Some(Some(Members::With {
                attribute: *one,
                value: text.to_string(),
            })),
            several => {
                let names: Vec<&str> = several
                    .iter()
                    .filter_map(|id| self.ruleset.indicator(*id))
                    .map(|i| i.name.as_str())
                    .collect();
                let candidates = names.join("、");
                self.report(
                    Diagnostic::new(Code::AmbiguousValue, name.span)
                        .with("found", text)
                        .with("candidates", candidates),
                );
                None
            }
        }
    }

    fn unknown_type(&mut self, name: &Name, is_place: bool) {
        if self.broken.contains(&name.text) {
            return;
        }
        let mut known = self.place_types();
        known.extend(self.ruleset.types.iter().map(|t| t.name.clone()));
        let choices = self.ruleset.types.iter().flat_map(|t| &t.attributes);
        known.extend(choices.flat_map(|a| a.choices.iter().cloned()));
        let near = nearest(&name.text, known.iter().map(String::as_str));
        let finding = Diagnostic::new(Code::UnknownType, name.span)
            .with("found", &name.text)
            .with_some("nearest", near.filter(|_| !is_place))
            .with_some("place", is_place.then_some(&name.text));
        self.report(finding);
    }

    /// The attributes that may have a value.
    fn attributes_with(&self, value: &str) -> Vec<IndicatorId> {
        let attributes = self.ruleset.types.iter().flat_map(|t| &t.attributes);
        let mut found: Vec<IndicatorId> = attributes
            .filter(|a| a.choices.iter().any(|c| c == value))
            .map(|a| a.indicator)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The words that an attribute may be, of all types that have it.
    pub(super) fn choices_of(&self, attribute: IndicatorId) -> Vec<String> {
        let attributes = self.ruleset.types.iter().flat_map(|t| &t.attributes);
        attributes
            .filter(|a| a.indicator == attribute)
            .flat_map(|a| a.choices.iter().cloned())
            .collect()
    }

    /// `for V`: those of a group.
    pub(super) fn has_value(&self, value: &str) -> Condition {
        Condition::Has {
            attributes: self.attributes_with(value),
            value: value.to_string(),
        }
    }

    /// A condition on a subject; behind `except` a name or a type may stand too.
    pub(super) fn condition(
        &mut self,
        expr: &syntax::Expr,
        except: bool,
        context: Context,
    ) -> Option<Condition> {
        let boxed = |c: Condition| Box::new(c);
        match expr {
            syntax::Expr::And(a, b) | syntax::Expr::Or(a, b) => {
                let a = self.condition(a, except, context);
                let b = self.condition(b, except, context);
                let (a, b) = (boxed(a?), boxed(b?));
                Some(match expr {
                    syntax::Expr::And(..) => Condition::And(a, b),
                    _ => Condition::Or(a, b),
                })
            }
            syntax::Expr::Not(a, _) => {
                Some(Condition::Not(boxed(self.condition(a, except, context)?)))
            }
            syntax::Expr::Name(name) => self.bare(name, except, context),
            syntax::Expr::At(..) | syntax::Expr::Latest(..) => {
                // A yes-or-no of another period.
                let value = self.condition_value(expr, context)?;
                let test = Comparing::With(Op::Eq, Expr::Flag(true));
                Some(self.compare(expr, value, test))
            }
            syntax::Expr::Word(Kw::Yes, span) => {
                // 达标 is a word for yes, and may be a value or a name of its own.
                let text = normalise(self.sources.text(*span)).into_owned();
                self.bare(&Name { text, span: *span }, except, context)
            }
            syntax::Expr::Compare(op, left, right) => {
                let (left, test) = self.comparing(*op, left, right, context)?;
                Some(self.compare(expr, left, test))
            }
            syntax::Expr::Between(left, low, high) => {
                let left_value = self.condition_value(left, context)?;
                let low = self.beside(&left_value, left, Op::Ge, low, context);
                let high = self.beside(&left_value, left, Op::Le, high, context);
                Some(self.compare(expr, left_value, Comparing::Between(low?, high?)))
            }
            syntax::Expr::OneOf(left, names) => {
                let left_value = self.condition_value(left, context)?;
                let mut values = Vec::with_capacity(names.len());
                for name in names {
                    let name = syntax::Expr::Name(name.clone());
                    values.push(self.beside(&left_value, left, Op::Eq, &name, context)?);
                }
                Some(self.compare(expr, left_value, Comparing::OneOf(values)))
            }
            syntax::Expr::Change(left, change) => self.changing(expr, left, change, context),
            other => {
                let found = self.sources.text(other.span()).to_string();
                self.report(Diagnostic::new(Code::NoCondition, other.span()).with("found", found));
                None
            }
        }
    }

    fn compare(&self, expr: &syntax::Expr, left: Expr, test: Comparing) -> Condition {
        let text = crate::print::expression(expr);
        Condition::Compare(Box::new(Comparison { left, test, text }))
    }

    /// The place of a name, with all that lies in it; a group is its parts.
    fn named_place(&self, name: &Name, context: Context) -> Option<Condition> {
        let within = self.surroundings(context);
        let places = &self.ruleset.places;
        let PlaceMatch::Known(id) = places.find(&name.text, &within, self.test) else {
            return None;
        };
        let category = places.get(id).map(|p| p.category);
        Some(match category {
            Some(PlaceCategory::Group) => Condition::Of(Members::Group(id)),
            _ => Condition::Is(id),
        })
    }

    /// A name alone: one that is left out, a value of an attribute, a type, a place, else a yes-or-no. One that
    /// nothing knows is a yes-or-no too, so that it leaves open whom it leaves out.
    fn bare(&mut self, name: &Name, except: bool, context: Context) -> Option<Condition> {
        if except && let Some(place) = self.named_place(name, context) {
            return Some(place);
        }
        if !self.attributes_with(&name.text).is_empty() {
            return Some(self.has_value(&name.text));
        }
        let unknown = self.ruleset.indicator_named(&name.text).is_none();
        if unknown && let Some(members) = self.known_members(name)? {
            return Some(Condition::Of(members));
        }
        if unknown && let Some(place) = self.named_place(name, context) {
            return Some(place);
        }
        let id = self.known_or_new(name, Kind::Flag, None, context)?;
        let kind = self.ruleset.indicator(id).and_then(|i| i.kind);
        if kind.is_some_and(|kind| kind != Kind::Flag) {
            // A number is neither true nor false.
            self.report(Diagnostic::new(Code::NoCondition, name.span).with("found", &name.text));
            return None;
        }
        let test = Comparing::With(Op::Eq, Expr::Flag(true));
        let name = syntax::Expr::Name(name.clone());
        Some(self.compare(&name, Expr::Indicator(id), test))
    }

    fn condition_value(&mut self, expr: &syntax::Expr, context: Context) -> Option<Expr> {
        match expr {
            syntax::Expr::Literal(literal) => self.quantity(literal).map(Expr::Stated),
            _ => self.formula(expr, condition(context)),
        }
    }

    /// Both sides of a comparison; a value on the left is held against what stands on the right.
    fn comparing(
        &mut self,
        op: Op,
        left: &syntax::Expr,
        right: &syntax::Expr,
        context: Context,
    ) -> Option<(Expr, Comparing)> {
        let found = self.condition_value(left, context)?;
        let value = self.beside(&found, left, op, right, context)?;
        Some((found, Comparing::With(op, value)))
    }

    /// What a value of `left` is compared with.
    fn beside(
        &mut self,
        left: &Expr,
        written: &syntax::Expr,
        op: Op,
        right: &syntax::Expr,
        context: Context,
    ) -> Option<Expr> {
        let id = match left {
            Expr::Indicator(id) | Expr::Latest(id) => Some(*id),
            Expr::At(inner, _) => match **inner {
                Expr::Indicator(id) => Some(id),
                _ => None,
            },
            _ => None,
        };
        let kind = id
            .and_then(|id| self.ruleset.indicator(id))
            .and_then(|i| i.kind);
        let choices = id.map_or(Vec::new(), |id| self.choices_of(id));
        let text = normalise(self.sources.text(right.span())).into_owned();
        if !choices.is_empty() {
            if choices.contains(&text) {
                return Some(Expr::Word(text));
            }
            // 达标 is a word for yes, and is printed so.
            if let syntax::Expr::Word(kw, _) = right {
                let mut meant = choices.iter().filter(|c| Kw::lookup(c).contains(kw));
                if let (Some(one), None) = (meant.next(), meant.next()) {
                    return Some(Expr::Word(one.clone()));
                }
            }
            let name = Name {
                text,
                span: right.span(),
            };
            let field = self.sources.text(written.span()).to_string();
            let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
            self.wrong_choice((&field, &field), &name, &choices);
            return None;
        }
        match (right, kind) {
            (syntax::Expr::Word(kw @ (Kw::Yes | Kw::No), _), None | Some(Kind::Flag)) => {
                Some(Expr::Flag(*kw == Kw::Yes))
            }
            (_, Some(Kind::Grade)) => match self.value(Kind::Grade, id?, right)? {
                crate::model::Value::Grade { step, .. } => Some(Expr::Grade(step)),
                _ => None,
            },
            (syntax::Expr::Literal(literal), Some(kind))
                if !matches!(kind, Kind::Flag | Kind::Milestone) =>
            {
                let level = self.level(kind, id.unwrap_or(NO_INDICATOR), literal)?;
                Some(Expr::Number(level.base_value()))
            }
            (syntax::Expr::Literal(literal), _) => self.quantity(literal).map(Expr::Stated),
            (syntax::Expr::Name(name), _) if op == Op::Eq => {
                let known = self.ruleset.indicator_named(&name.text).is_some()
                    || self.measured.contains(&name.text);
                if known {
                    return self.operand(name, context).map(Expr::Indicator);
                }
                Some(Expr::Word(name.text.clone()))
            }
            _ => self.formula(right, condition(context)),
        }
    }

    /// `体质健康优良率 falls 3 years running`
    fn changing(
        &mut self,
        expr: &syntax::Expr,
        left: &syntax::Expr,
        written: &syntax::Change,
        context: Context,
    ) -> Option<Condition> {
        let value = self.condition_value(left, context)?;
        let kind = match &value {
            Expr::Indicator(id) => self.ruleset.indicator(*id).and_then(|i| i.kind),
            _ => None,
        };
        let points = |e: &syntax::Expr| {
            let quantity = e
                .as_literal()
                .map(|l| crate::unit::Quantity::parse(&l.text));
            matches!(quantity, Some(Ok(q)) if q.unit.base == Base::Points)
        };
        let kind = match (kind, &written.amount) {
            (Some(kind), _) => kind,
            (None, Some(amount)) if points(amount) => Kind::Rate,
            (None, _) => Kind::Quantity,
        };
        let (change, op, amount, _) = self.change_parts(kind, &value, written)?;
        if written.average {
            let text = self.sources.text(written.span).to_string();
            self.report(Diagnostic::new(Code::NoCondition, written.span).with("found", text));
            return None;
        }
        let running = self.running(written)?;
        let Some(amount) = amount else {
            let text = self.sources.text(written.span).to_string();
            self.report(Diagnostic::new(Code::NoCondition, written.span).with("found", text));
            return None;
        };
        let test = Comparing::Change {
            change,
            running,
            op,
            amount,
        };
        Some(self.compare(expr, value, test))
    }

    /// For how many periods in a row: one, where nothing is said.
    pub(super) fn running(&mut self, written: &syntax::Change) -> Option<u32> {
        let Some(literal) = &written.running else {
            return Some(1);
        };
        let number = self.quantity(literal)?.number;
        match number.to_i64().and_then(|n| u32::try_from(n).ok()) {
            Some(n @ 1..=100) => Some(n),
            _ => {
                self.report(
                    Diagnostic::new(Code::BadPortion, literal.span).with("found", &literal.text),
                );
                None
            }
        }
    }
}

/// A value inside a condition.
fn condition(context: Context) -> Around<'static> {
    Around {
        kind: Kind::Quantity,
        side: Side::Condition,
        own: None,
        context,
    }
}

/// The change of a keyword.
pub(super) fn change_of(word: Kw) -> Change {
    match word {
        Kw::Rises => Change::Rises,
        Kw::Falls => Change::Falls,
        Kw::Grows => Change::Grows,
        Kw::Shrinks => Change::Shrinks,
        Kw::NeverFalls => Change::NeverFalls,
        Kw::NeverRises => Change::NeverRises,
        _ => Change::Stays,
    }
}
