//! Tables: each cell is a rule, due by its column.

use crate::diag::{Code, Diagnostic};
use crate::kinds;
use crate::model::{Baseline, Better, Time};
use crate::period::Period;
use crate::print;
use crate::source::Span;
use crate::syntax::{
    Bound, Cell, Expr, Field, FieldValue, KindWord, Literal, Name, Statement, Test,
};
use crate::unit::Quantity;
use crate::words::{Class, Kind, Kw, Op};

use super::claim::Frame;
use super::demand::{Draft, DraftTime};
use super::{Context, Lowerer};

/// What a column holds.
enum Column {
    /// Targets for a period.
    Period(Period),
    /// An attribute of the row's rules.
    Attribute(Kw),
    /// The row labels, or a remark.
    Other,
}

/// A row's measure.
struct Row<'a> {
    kind: Kind,
    kind_span: Span,
    measure: &'a Name,
    unit: Option<&'a Name>,
}

impl Lowerer {
    pub(super) fn lower_table(
        &mut self,
        statement: &Statement,
        label: Option<&Name>,
        place: Option<&Name>,
        rows: &[Vec<Cell>],
        context: Context,
    ) {
        let Some(id) = self.rule_id(statement.span, label) else {
            return;
        };
        let Some((header, rows)) = rows.split_first() else {
            return;
        };
        let columns: Vec<Column> = header.iter().map(|cell| self.column(cell)).collect();
        for row in rows {
            if row.len() != header.len() {
                let span = row.first().map_or(statement.span, Cell::span);
                let last = row.last().map_or(span, Cell::span);
                self.report(
                    Diagnostic::new(Code::RowLength, span.to(last))
                        .with("found", row.len())
                        .with("expected", header.len()),
                );
                continue;
            }
            self.lower_row((&id, label.is_some()), place, &columns, row, context);
        }
    }

    fn column(&mut self, cell: &Cell) -> Column {
        match cell {
            Cell::Value(literal) => match self.period(literal) {
                Some(period) => Column::Period(period),
                None => Column::Other,
            },
            Cell::Measure { names, .. } => {
                let text = names.first().map_or("", |n| n.text.as_str());
                let field = Kw::lookup(text).iter().copied().find(|kw| {
                    kw.class() == Class::Field
                        && matches!(
                            kw,
                            Kw::Clause | Kw::Nature | Kw::Lead | Kw::Owner | Kw::Weight | Kw::Note
                        )
                });
                field.map_or(Column::Other, Column::Attribute)
            }
            _ => Column::Other,
        }
    }

    fn lower_row(
        &mut self,
        (id, labelled): (&str, bool),
        place: Option<&Name>,
        columns: &[Column],
        cells: &[Cell],
        context: Context,
    ) {
        let Some(row) = self.row(cells) else {
            return;
        };
        let mut block = Vec::new();
        let mut baseline = None;
        for (column, cell) in columns.iter().zip(cells) {
            match (column, cell) {
                (Column::Attribute(key), cell) => block.extend(attribute(*key, cell)),
                (Column::Period(period), Cell::Baseline(value, at, span)) => {
                    baseline = Some((value, at.as_ref(), *period, *span));
                }
                _ => {}
            }
        }
        for (column, cell) in columns.iter().zip(cells).skip(1) {
            let Column::Period(period) = column else {
                continue;
            };
            let Some(bounds) = self.cell_bounds(&row, cell) else {
                continue;
            };
            let before = self.ruleset.rules.len();
            let text = print::cell_rule(row.kind, row.measure, &bounds, period, place);
            let frame = Frame {
                id: format!("{id}/{}/{period}", row.measure.text),
                labelled,
                span: cell.span(),
                text: &text,
            };
            let draft = Draft {
                kind: row.kind,
                kind_span: row.kind_span,
                total: false,
                opening: None,
                measure: row.measure,
                formula: None,
                among: None,
                group: None,
                bounds: bounds.iter().collect(),
                time: DraftTime::Column(Time::By(*period), cell.span()),
                place,
                block: &block,
            };
            self.lower_draft(&frame, &draft, &[], context);
            if let Some((value, at, column, span)) = baseline {
                self.set_baseline(before, &row, value, at, column, span);
            }
        }
    }

    /// The kind and name of a row; a kind left out is the declared one, or that of its first value.
    fn row<'a>(&mut self, cells: &'a [Cell]) -> Option<Row<'a>> {
        let Some(Cell::Measure {
            kind,
            names,
            bracket,
            span,
        }) = cells.first()
        else {
            let span = cells.first().map(Cell::span)?;
            self.report(Diagnostic::new(Code::RowMeasure, span));
            return None;
        };
        let [measure] = names.as_slice() else {
            self.report(Diagnostic::new(Code::RowMeasure, *span));
            return None;
        };
        let declared = self
            .ruleset
            .indicator_named(&measure.text)
            .and_then(|id| self.ruleset.indicator(id))
            .and_then(|i| i.kind);
        let written = match kind {
            Some((KindWord::Kind(kind), _)) => Some(*kind),
            Some((KindWord::Total, at)) => {
                self.not_yet(*at, " `total`", "`total`");
                return None;
            }
            None => None,
        };
        let by_unit = || {
            let values = cells.iter().filter_map(|cell| match cell {
                Cell::Value(literal) => Some(literal.text.clone()),
                Cell::Bounds(bounds, _) => bounds.iter().find_map(|b| match &b.test {
                    Test::Compare { right, .. } => right.as_literal().map(|l| l.text.clone()),
                    _ => None,
                }),
                _ => None,
            });
            let unit = bracket.as_ref().map_or("", |b| b.text.as_str());
            values
                .filter_map(|text| Quantity::parse(&with_unit(&text, unit)).ok())
                .map(|quantity| self.resolved(quantity))
                .find_map(|q| kinds::fitting(&q.unit))
        };
        let Some(found) = written.or(declared).or_else(by_unit) else {
            self.report(Diagnostic::new(Code::MissingKind, measure.span));
            return None;
        };
        Some(Row {
            kind: found,
            kind_span: kind.map_or(measure.span, |(_, span)| span),
            measure,
            unit: bracket.as_ref(),
        })
    }

    /// What a cell requires; `None` for empty cells, baselines, and after a finding.
    fn cell_bounds(&mut self, row: &Row<'_>, cell: &Cell) -> Option<Vec<Bound>> {
        let unit = row.unit.map_or("", |u| u.text.as_str());
        let literal = |literal: &Literal| {
            Expr::Literal(Literal {
                text: with_unit(&literal.text, unit),
                span: literal.span,
            })
        };
        let bound = |test, span| {
            vec![Bound {
                force: None,
                test,
                span,
            }]
        };
        match cell {
            Cell::Empty(_) | Cell::Baseline(..) => None,
            Cell::Open(span) => {
                let op = self.usual_direction(row, *span)?;
                let test = Test::Compare {
                    op: Some((op, *span)),
                    right: Expr::Open(*span),
                    post: None,
                };
                Some(bound(test, *span))
            }
            Cell::Bounds(bounds, _) => Some(
                bounds
                    .iter()
                    .map(|b| Bound {
                        test: with_units(&b.test, unit),
                        ..b.clone()
                    })
                    .collect(),
            ),
            Cell::Range(a, b) => Some(bound(
                Test::Between {
                    lower: literal(a),
                    upper: literal(b),
                },
                cell.span(),
            )),
            Cell::Value(value) => {
                let op = self.usual_direction(row, value.span)?;
                let test = Test::Compare {
                    op: Some((op, value.span)),
                    right: literal(value),
                    post: None,
                };
                Some(bound(test, value.span))
            }
            // A word of a scale.
            Cell::Measure { names, span, .. } => {
                let name = names.first()?;
                let test = Test::Compare {
                    op: Some((Op::Ge, *span)),
                    right: Expr::Name(name.clone()),
                    post: None,
                };
                (row.kind == Kind::Grade)
                    .then(|| bound(test, *span))
                    .or_else(|| {
                        self.report(
                            Diagnostic::new(Code::ComparesNames, *span)
                                .with("found", &name.text)
                                .with("sample", kinds::sample(row.kind)),
                        );
                        None
                    })
            }
        }
    }

    /// A bare value is at least where more is better, at most where less is.
    fn usual_direction(&mut self, row: &Row<'_>, span: Span) -> Option<Op> {
        let better = self
            .ruleset
            .indicator_named(&row.measure.text)
            .and_then(|id| self.ruleset.indicator(id))
            .and_then(|i| i.better);
        match (better, row.kind) {
            (Some(Better::Higher), _) => Some(Op::Ge),
            (Some(Better::Lower), _) | (None, Kind::Rank) => Some(Op::Le),
            (
                None,
                Kind::Rate
                | Kind::Count
                | Kind::Amount
                | Kind::Duration
                | Kind::Score
                | Kind::Grade,
            ) => Some(Op::Ge),
            (None, _) => {
                let value = self.sources.text(span).to_string();
                self.report(
                    Diagnostic::new(Code::MissingComparison, span)
                        .with("value", value)
                        .with("ge", ">=")
                        .with("le", "<="),
                );
                None
            }
        }
    }

    /// The baseline cell of a row becomes the baseline of the rule that was just added.
    fn set_baseline(
        &mut self,
        rules_before: usize,
        row: &Row<'_>,
        value: &Literal,
        at: Option<&Literal>,
        column: Period,
        _span: Span,
    ) {
        if self.ruleset.rules.len() == rules_before {
            return;
        }
        let unit = row.unit.map_or("", |u| u.text.as_str());
        let literal = Literal {
            text: with_unit(&value.text, unit),
            span: value.span,
        };
        let Some(indicator) = self.ruleset.indicator_named(&row.measure.text) else {
            return;
        };
        let period = match at {
            Some(at) => self.period(at),
            None => Some(column),
        };
        if let Some(value) = self.level(row.kind, indicator, &literal)
            && let Some(rule) = self.ruleset.rules.last_mut()
        {
            rule.attributes.baseline = Some(Baseline { value, period });
        }
    }
}

/// A bare number with the unit of its row.
fn with_unit(text: &str, unit: &str) -> String {
    let bare = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    if bare {
        format!("{text}{unit}")
    } else {
        text.to_string()
    }
}

fn with_units(test: &Test, unit: &str) -> Test {
    let add = |expr: &Expr| match expr {
        Expr::Literal(literal) => Expr::Literal(Literal {
            text: with_unit(&literal.text, unit),
            span: literal.span,
        }),
        other => other.clone(),
    };
    match test {
        Test::Compare { op, right, post } => Test::Compare {
            op: *op,
            right: add(right),
            post: *post,
        },
        Test::Between { lower, upper } => Test::Between {
            lower: add(lower),
            upper: add(upper),
        },
        other => other.clone(),
    }
}

/// A cell of an attribute column as a field.
fn attribute(key: Kw, cell: &Cell) -> Option<Field> {
    let span = cell.span();
    let value = match cell {
        Cell::Measure { names, .. } => {
            let mut names = names.clone();
            if key == Kw::Nature {
                names = names
                    .into_iter()
                    .map(|name| crate::parse::actions::choice(Some(key), name))
                    .collect();
            }
            FieldValue::Names(names)
        }
        Cell::Value(literal) if key == Kw::Weight => FieldValue::Literal(literal.clone()),
        Cell::Value(literal) => FieldValue::Names(vec![Name {
            text: literal.text.clone(),
            span,
        }]),
        _ => return None,
    };
    Some(Field { key, value, span })
}
