//! One sentence, several rules: lists of measures, of requirements and of places.
//!
//! A comma before a bound begins a requirement of its own. What is written once holds for those
//! requirements that lack it; one measure may take several requirements, several measures take one
//! or as many as there are measures.

use crate::diag::{Code, Diagnostic};
use crate::model::{self, is_of_type};
use crate::names::nearest;
use crate::source::Span;
use crate::syntax::{Bound, Expr, Name, PlaceItem, Set, Simple, Tail, TimeClause, When};

use crate::unit::{Base, Quantity};
use crate::words::WordSet;

use super::declare::is_no_code;
use super::requirement::repeated_finding;
use super::time::is_day_of_year;
use super::{Context, Lowerer};

/// One measure with one requirement (its must and should together).
pub(super) struct Part<'a> {
    pub(super) measure: Name,
    /// The measure, where it is more than an indicator.
    pub(super) formula: Option<&'a Expr>,
    pub(super) bounds: Vec<&'a Bound>,
    pub(super) time: Option<&'a TimeClause>,
    /// A second clause that says one time together with the first.
    pub(super) beside: Option<&'a TimeClause>,
    pub(super) places: Vec<&'a PlaceItem>,
    /// For whom, or for which breakdown, alone.
    pub(super) groups: &'a [Name],
    /// Among whom it is ranked.
    pub(super) among: Option<&'a Set>,
}

/// A requirement with what is written beside it.
#[derive(Default)]
struct Segment<'a> {
    bounds: Vec<&'a Bound>,
    time: Option<&'a TimeClause>,
    beside: Option<&'a TimeClause>,
    places: Vec<&'a PlaceItem>,
    place_span: Option<Span>,
    groups: &'a [Name],
    among: Option<&'a Set>,
}

/// The rules that a sentence states; `None` after a finding.
pub(super) fn parts<'a>(lowerer: &mut Lowerer, simple: &'a Simple) -> Option<Vec<Part<'a>>> {
    let mut measures: Vec<(Name, Option<&Expr>)> = Vec::new();
    for measure in &simple.measures {
        let Some(name) = measure.as_name() else {
            if !has_name(measure) {
                let value = measure
                    .as_literal()
                    .and_then(|l| Quantity::parse(&l.text).ok());
                if let (Some(q), Some((word, at))) = (value, simple.kind)
                    && !matches!(q.unit.base, Base::Thing(_))
                {
                    let word = word.keyword().spelling(WordSet::En);
                    let finding = Diagnostic::new(Code::MissingValue, at)
                        .with("word", lowerer.sources.text(at))
                        .with_words("what", "指标名称", "the name of an indicator")
                        .with("sample", format!("{word} 九年义务教育巩固率"));
                    lowerer.report(finding);
                    return None;
                }
                // `3岁以下入托率`, `0-3岁托位数`
                let fixed = format!("\"{}\"", lowerer.sources.text(measure.span()));
                let finding = Diagnostic::new(Code::NameStartsWithDigit, measure.span())
                    .with("fixed", &fixed)
                    .fixed_by(measure.span(), fixed);
                lowerer.report(finding);
                return None;
            }
            let text = crate::print::expression(measure);
            let span = measure.span();
            measures.push((Name { text, span }, Some(measure)));
            continue;
        };
        measures.push((name.clone(), None));
    }
    let mut segments = segments(lowerer, simple)?;
    share(lowerer, &mut segments)?;
    let pairs: Vec<(&(Name, Option<&Expr>), &Segment)> =
        match (measures.as_slice(), segments.as_slice()) {
            ([one], all) => all.iter().map(|segment| (one, segment)).collect(),
            (all, [one]) => all.iter().map(|name| (name, one)).collect(),
            (names, all) if names.len() == all.len() => names.iter().zip(all).collect(),
            (names, all) => {
                let shown = |count: usize, text: Option<&str>| match (count, text) {
                    (_, Some(text)) => text.to_string(),
                    (_, None) => "—".to_string(),
                };
                let longest = names.len().max(all.len());
                let pairing: Vec<String> = (0..longest)
                    .map(|i| {
                        let name = shown(i, names.get(i).map(|(n, _)| n.text.as_str()));
                        let bound = all.get(i).and_then(|s| s.bounds.first());
                        let bound = shown(i, bound.map(|b| lowerer.sources.text(b.span)));
                        format!("{name} {bound}")
                    })
                    .collect();
                let finding = Diagnostic::new(Code::Pairing, simple.span)
                    .with("measures", names.len())
                    .with("bounds", all.len())
                    .with("pairing", pairing.join("；"));
                lowerer.report(finding);
                return None;
            }
        };
    Some(
        pairs
            .into_iter()
            .map(|((measure, formula), segment)| Part {
                measure: measure.clone(),
                formula: *formula,
                bounds: segment.bounds.clone(),
                time: segment.time,
                beside: segment.beside,
                places: segment.places.clone(),
                groups: segment.groups,
                among: segment.among,
            })
            .collect(),
    )
}

/// Cuts the tail at its separators.
fn segments<'a>(lowerer: &mut Lowerer, simple: &'a Simple) -> Option<Vec<Segment<'a>>> {
    let mut segments = vec![Segment::default()];
    let mut sound = true;
    for tail in &simple.tail {
        let Some(segment) = segments.last_mut() else {
            break;
        };
        let repeated = match tail {
            Tail::Separator(_) => {
                segments.push(Segment::default());
                None
            }
            Tail::Bound(bound) => {
                segment.bounds.push(bound);
                None
            }
            Tail::Time(TimeClause {
                when: When::In(code),
                ..
            }) if is_no_code(&code.text) => {
                lowerer.unknown_code(code);
                sound = false;
                None
            }
            Tail::Time(time) => match segment.time {
                // Two clauses that together say one time.
                Some(first) if segment.beside.is_none() && joins(&first.when, &time.when) => {
                    segment.beside = Some(time);
                    None
                }
                Some(first) => Some((("时间", "the time"), time.span, first.span)),
                None => {
                    segment.time = Some(time);
                    None
                }
            },
            Tail::Place(items) => {
                let span = items.first().map(|i| i.name.span);
                let span = span.map(|s| items.last().map_or(s, |last| s.to(last.name.span)));
                match (segment.place_span, span) {
                    (Some(first), Some(second)) => Some((("地区", "the place"), second, first)),
                    _ => {
                        segment.places = items.iter().collect();
                        segment.place_span = span;
                        None
                    }
                }
            }
            Tail::Group(names) => match segment.groups.first() {
                Some(first) => {
                    let second = names.first().map_or(simple.span, |n| n.span);
                    Some((("分组", "the group"), second, first.span))
                }
                None => {
                    segment.groups = names;
                    None
                }
            },
            Tail::Among(set) => match segment.among {
                Some(first) => Some((("排名范围", "the peers"), set.span, first.span)),
                None => {
                    segment.among = Some(set);
                    None
                }
            },
        };
        if let Some((what, second, first)) = repeated {
            sound = false;
            let finding = repeated_finding(what, second, first);
            lowerer.report(finding);
        }
    }
    sound.then_some(segments)
}

/// Whether an expression speaks of anything at all.
fn has_name(expr: &Expr) -> bool {
    match expr {
        Expr::Name(_) | Expr::Breakdown(..) | Expr::Latest(..) | Expr::Aggregate(_) => true,
        Expr::Negative(a, _) | Expr::Not(a, _) | Expr::At(a, _) => has_name(a),
        Expr::Binary(_, a, b) => has_name(a) || has_name(b),
        _ => false,
    }
}

/// `per 5 years from 2021`, `by 10-31 each year 2023..2025`.
fn joins(a: &When, b: &When) -> bool {
    let cycle = |w: &When| matches!(w, When::Per(_) | When::WithinAny(_));
    let day = |w: &When| matches!(w, When::By(day) if is_day_of_year(&day.text));
    let each = |w: &When| matches!(w, When::Each(..));
    let from = |w: &When| matches!(w, When::From(_, None));
    let pair = |a: &When, b: &When| (cycle(a) && from(b)) || (day(a) && each(b));
    pair(a, b) || pair(b, a)
}

/// What is written once holds for the requirements that lack it.
fn share<'a>(lowerer: &mut Lowerer, segments: &mut [Segment<'a>]) -> Option<()> {
    if segments.len() < 2 {
        return Some(());
    }
    type Times<'a> = (&'a TimeClause, Option<&'a TimeClause>);
    let times: Vec<Times<'_>> = segments
        .iter()
        .filter_map(|s| Some((s.time?, s.beside)))
        .collect();
    let among = segments.iter().find_map(|s| s.among);
    let mut written = segments.iter().map(|s| s.groups).filter(|g| !g.is_empty());
    let groups = match (written.next(), written.next()) {
        (Some(groups), None) => groups,
        _ => &[],
    };
    let places: Vec<(Vec<&PlaceItem>, Option<Span>)> = segments
        .iter()
        .filter(|s| s.place_span.is_some())
        .map(|s| (s.places.clone(), s.place_span))
        .collect();
    for segment in segments.iter_mut() {
        let span = segment.bounds.first().map(|b| b.span);
        segment.among = segment.among.or(among);
        if segment.groups.is_empty() {
            segment.groups = groups;
        }
        match (segment.time, times.as_slice()) {
            (None, [(one, beside)]) => (segment.time, segment.beside) = (Some(*one), *beside),
            (None, [_, _, ..]) => {
                lowerer.report_unshared(span?, ("时间", "time"));
                return None;
            }
            _ => {}
        }
        match (segment.place_span, places.as_slice()) {
            (None, [(items, at)]) => {
                segment.places.clone_from(items);
                segment.place_span = *at;
            }
            (None, [_, _, ..]) => {
                lowerer.report_unshared(span?, ("地区", "place"));
                return None;
            }
            _ => {}
        }
    }
    Some(())
}

impl Lowerer {
    fn report_unshared(&mut self, span: Span, (zh, en): (&str, &str)) {
        self.report(Diagnostic::new(Code::WhichOne, span).with_words("what", zh, en));
    }

    /// The places of a list one by one, `each T` as its members; `[None]` where none is written.
    pub(super) fn each_place(
        &mut self,
        items: &[&PlaceItem],
        context: Context,
    ) -> Vec<Option<Name>> {
        if items.is_empty() {
            return vec![None];
        }
        let mut places = Vec::new();
        for item in items {
            if !item.each {
                places.push(Some(item.name.clone()));
                continue;
            }
            // A region that no rule file divides has the parts of the national list.
            let region = context.plan.and_then(|id| self.ruleset.plan(id));
            if let Some(region) = region.and_then(|p| p.region) {
                self.open_up(region);
            }
            let members = self.members(&item.name.text, context);
            if members.is_empty() {
                let known = self.place_types();
                let near = nearest(&item.name.text, known.iter().map(String::as_str));
                let entities = self.ruleset.types.iter().any(|t| t.name == item.name.text);
                let finding = Diagnostic::new(Code::UnknownType, item.name.span)
                    .with("found", &item.name.text)
                    .with_some("nearest", near.filter(|_| !entities))
                    .with_some("type", entities.then_some(&item.name.text));
                self.report(finding);
            }
            places.extend(members.into_iter().map(|text| {
                Some(Name {
                    text,
                    span: item.name.span,
                })
            }));
        }
        places
    }

    /// The declared members of a group or of a type of region, inside the plan's region.
    fn members(&self, name: &str, context: Context) -> Vec<String> {
        let places = &self.ruleset.places;
        let group = places
            .iter()
            .find(|(_, p)| p.category == model::Category::Group && p.name == name);
        if let Some((_, group)) = group {
            let parts = group.parts.iter().filter_map(|id| places.get(*id));
            return parts.map(|p| p.name.clone()).collect();
        }
        let region = context
            .plan
            .and_then(|id| self.ruleset.plan(id))
            .and_then(|p| p.region);
        places
            .iter()
            .filter(|(id, p)| {
                p.category == model::Category::Region
                    && p.of.as_deref().is_some_and(|of| is_of_type(of, name))
                    && region.is_none_or(|r| places.chain(*id).any(|above| above == r))
            })
            .map(|(_, p)| p.name.clone())
            .collect()
    }

    pub(super) fn place_types(&self) -> Vec<String> {
        let mut types: Vec<String> = Vec::new();
        for (_, place) in self.ruleset.places.iter() {
            let name = match place.category {
                model::Category::Group => Some(place.name.clone()),
                model::Category::Region => place.of.clone(),
                _ => None,
            };
            types.extend(name.filter(|n| !types.contains(n)));
        }
        types
    }
}
