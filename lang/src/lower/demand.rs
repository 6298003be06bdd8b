//! A measure with what is required of it, and when.

use crate::model::{
    Attributes, Better, Category as PlaceCategory, Demand, Expr, Group, Indicator, IndicatorId,
    Marks, Members, PlaceId, Quantifier, Ranking, Time,
};
use crate::source::Span;
use crate::syntax::{self, Bound, Name};
use crate::words::{Force, Kind};

use super::computed::{Measured, NO_INDICATOR};
use super::formula::{Around, Side};
use super::time::{Changes, Timed};
use super::{Context, Lowerer};

/// A demand, before it is known whether all of it is sound.
pub(super) struct Draft<'a> {
    pub(super) kind: Kind,
    pub(super) kind_span: Span,
    /// Whether the figure accumulates: `total`.
    pub(super) total: bool,
    /// must or should of the whole.
    pub(super) opening: Option<(Force, Span)>,
    pub(super) measure: &'a Name,
    /// The measure, where it is more than an indicator; `measure` is then its text.
    pub(super) formula: Option<&'a syntax::Expr>,
    /// Among whom it is ranked.
    pub(super) among: Option<&'a syntax::Set>,
    /// For whom, or for which breakdown, alone.
    pub(super) group: Option<&'a Name>,
    pub(super) bounds: Vec<&'a Bound>,
    pub(super) time: DraftTime<'a>,
    pub(super) place: Option<&'a Name>,
    pub(super) block: &'a [syntax::Field],
}

/// The time of a draft: a clause with what is joined to it, or that of a table's column.
pub(super) enum DraftTime<'a> {
    Clause(
        Option<&'a syntax::TimeClause>,
        Option<&'a syntax::TimeClause>,
    ),
    Column(Time, Span),
}

/// Whom a demand is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Regions: a group is a breakdown of their figures.
    Regions,
    /// Entities: a group is those with a value of an attribute.
    Entities,
}

/// A measure that is more than an indicator, as written.
fn named(draft: &Draft<'_>) -> Option<String> {
    let name = &draft.measure.text;
    match draft.among {
        Some(among) => {
            let among = crate::print::set_text(among, &among.names);
            Some(format!("{name} among {among}"))
        }
        None => draft.formula.map(|_| name.clone()),
    }
}

/// Whether bounds are about changes; a level beside a change has its own time.
fn changes(bounds: &[&Bound]) -> Changes {
    let mut found = Changes::None;
    for bound in bounds {
        if let syntax::Test::Change(change) = &bound.test {
            found = if change.average {
                Changes::OnAverage
            } else {
                Changes::Each
            };
        }
    }
    found
}

/// Where a bound speaks of a change.
fn written_change(bound: &Bound) -> Option<Span> {
    match &bound.test {
        syntax::Test::Change(change) => Some(change.span),
        _ => None,
    }
}

/// Whether what a time clause names adds up.
fn sums(clause: Option<&syntax::TimeClause>) -> bool {
    clause.is_some_and(|c| {
        use syntax::When;
        matches!(c.when, When::Over(..) | When::Per(_) | When::WithinAny(_))
    })
}

impl Lowerer {
    /// Checks one demand and says what is wrong with it.
    pub(super) fn demand(
        &mut self,
        draft: &Draft<'_>,
        who: Who,
        context: Context,
    ) -> Option<(Demand, Attributes)> {
        let (kind, measure) = (draft.kind, draft.measure);
        let (mut indicator, mut left) = self.measured(draft, context)?;
        let attributes = self.attributes(kind, indicator, draft.block);
        let mut attributes = self.with_section(attributes, context);
        let group = match (draft.group, who) {
            (None, _) => None,
            (Some(name), Who::Regions) => {
                self.break_down(&mut left, &name.text);
                if let Expr::Indicator(id) = left {
                    indicator = id;
                }
                None
            }
            (Some(name), Who::Entities) => Some(Group {
                name: name.text.clone(),
                of: self.has_value(&name.text),
            }),
        };
        let clauses = match &draft.time {
            DraftTime::Clause(a, b) => [*a, *b],
            DraftTime::Column(..) => [None, None],
        };
        let changes = changes(&draft.bounds);
        let sums = changes == Changes::None && (draft.total || clauses.iter().any(|c| sums(*c)));
        let measured = Measured {
            kind,
            indicator,
            left: &left,
            worked: indicator == NO_INDICATOR || sums,
        };
        let bounds = &draft.bounds;
        let requirements = self.requirements(draft.opening, measure, measured, bounds, context);
        self.bands(measured, draft, (&requirements, &mut attributes), context);
        let plan = context.plan.and_then(|id| self.ruleset.plan(id));
        let timed = Timed {
            kind,
            measure: (&measure.text, measure.span),
            plan_span: plan.and_then(|p| p.span),
            deadline: attributes.deadline,
            change: changes,
            total: draft.total,
        };
        let (time, time_span) = match &draft.time {
            DraftTime::Clause(clause, beside) => (
                self.time(*clause, *beside, timed, context),
                clause.map(|t| t.span),
            ),
            DraftTime::Column(time, span) => (Some(time.clone()), Some(*span)),
        };
        let time = match (time, changes) {
            (Some(time), Changes::Each | Changes::OnAverage) => {
                let average = changes == Changes::OnAverage;
                let written = draft.bounds.iter().find_map(|b| written_change(b));
                let at = written.unwrap_or(measure.span);
                self.change_time(time, average, timed.plan_span, at)
            }
            (time, _) => time,
        };
        let (requirements, time) = (requirements?, time?);
        let demand = Demand {
            kind,
            indicator: self.first_indicator(&left, kind, measure),
            formula: named(draft),
            group,
            requirements,
            time,
            marks: Marks {
                measure: measure.span,
                time: time_span,
                place: draft.place.map(|p| p.span),
            },
        };
        Some((demand, attributes))
    }

    /// The indicator that is measured, and the measure as an expression.
    fn measured(&mut self, draft: &Draft<'_>, context: Context) -> Option<(IndicatorId, Expr)> {
        let around = Around {
            kind: draft.kind,
            side: Side::Left,
            own: None,
            context,
        };
        let name = syntax::Expr::Name(draft.measure.clone());
        if let Some(among) = draft.among {
            let of = draft.formula.unwrap_or(&name);
            let kind = Kind::Quantity;
            let of = self.formula(of, Around { kind, ..around })?;
            let among = self.set(among, &among.names, context)?;
            let lower = match &of {
                Expr::Indicator(id) => {
                    let better = self.ruleset.indicator(*id).and_then(|i| i.better);
                    better == Some(Better::Lower)
                }
                _ => false,
            };
            let higher = !lower;
            let ranking = Ranking { of, among, higher };
            return Some((NO_INDICATOR, Expr::Rank(Box::new(ranking))));
        }
        match draft.formula {
            None => {
                let id = self.indicator(draft.measure, draft.kind, draft.kind_span, context)?;
                Some((id, Expr::Indicator(id)))
            }
            Some(syntax::Expr::Breakdown(name, group)) => {
                let id = self.indicator(name, draft.kind, draft.kind_span, context)?;
                let id = self.breakdown(id, &group.text);
                Some((id, Expr::Indicator(id)))
            }
            Some(formula) => Some((NO_INDICATOR, self.formula(formula, around)?)),
        }
    }

    /// The figures of a group in place of those of the whole.
    fn break_down(&mut self, expr: &mut Expr, group: &str) {
        match expr {
            Expr::Indicator(id) => *id = self.breakdown(*id, group),
            Expr::Negative(a) => self.break_down(a, group),
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Div(a, b) => {
                self.break_down(a, group);
                self.break_down(b, group);
            }
            _ => {}
        }
    }

    /// The indicator that stands for a measure: its first one, or one of the formula's own name
    /// where it counts subjects.
    fn first_indicator(&mut self, left: &Expr, kind: Kind, measure: &Name) -> IndicatorId {
        let mut first = None;
        left.indicators(&mut |id| {
            first.get_or_insert(id);
        });
        first.unwrap_or_else(|| {
            let id = IndicatorId(self.ruleset.indicators.len() as u32);
            self.ruleset.indicators.push(Indicator {
                kind: Some(kind),
                ..Indicator::named(&measure.text, measure.span)
            });
            id
        })
    }

    /// Whom a rule with these quantifiers, or about this place, speaks of.
    pub(super) fn who(&self, quantifiers: &[Quantifier], place: Option<PlaceId>) -> Who {
        let regions = match quantifiers.last() {
            Some(inner) => {
                let of = &inner.set.of;
                of.iter()
                    .any(|m| matches!(m, Members::Regions(_) | Members::Group(_)))
            }
            None => {
                let place = place.and_then(|id| self.ruleset.places.get(id));
                place.is_none_or(|p| p.category != PlaceCategory::Entity)
            }
        };
        if regions { Who::Regions } else { Who::Entities }
    }
}
