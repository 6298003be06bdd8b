//! Figures that the rules make of others. They stand in a store of their own, beside those that
//! were read, and are looked up like any figure; each keeps what it was made of.
//!
//! Made in strata: what a figure rests on is there before it. A figure keeps its place when others
//! are added.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use guiju_lang::model::{Expr, Indicator, IndicatorId, Part, Ruleset};
use guiju_lang::source::Span;
use guiju_lang::{Number, Period, Unit};

use crate::facts::made::{MadeCell, MadeRow};
use crate::facts::{Facts, Status};

use super::values::Reading;
use super::{Bound, BoundColumn, Canonical, Event, Fact, ObsRef, SubjectId};

/// A figure to add.
#[derive(Debug, Clone)]
pub(crate) struct DerivedFigure {
    pub(crate) indicator: IndicatorId,
    pub(crate) subject: SubjectId,
    pub(crate) period: Period,
    /// Its value; a number in the base scale.
    pub(crate) value: Fact,
    /// The unit it is stated in; of no account for words.
    pub(crate) unit: Unit,
    /// As settled as the least settled figure that it rests on.
    pub(crate) status: Status,
    /// What in the rule files makes it.
    pub(crate) origin: Span,
    pub(crate) made: Derivation,
}

/// How a figure came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Derivation {
    pub(crate) maker: Maker,
    /// The figures that it rests on, made ones among them.
    pub(crate) from: Vec<ObsRef>,
}

/// What makes a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maker {
    /// A region's figure out of its parts.
    RollUp(RollUp),
    /// A `define`, `derive` or `then`, by its number.
    Statement(u32),
}

/// How a region's figure is made of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RollUp {
    /// `of A / B`, from the region's own A and B.
    Quotient,
    /// `of A / B`, A and B added over the parts.
    Pooled,
    /// The sum of the parts.
    Sum,
    /// The mean of the parts, weighted.
    Weighted,
}

/// Everything that was made.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) facts: Facts,
    /// How each row of each column came about.
    derivations: Vec<Vec<Derivation>>,
}

impl Bound<'_> {
    /// Adds figures; from then on they are found like those that were read. One that is made and
    /// one that was read contradict each other unless they are equal.
    pub(crate) fn add_derived(&mut self, figures: Vec<DerivedFigure>) {
        let mut columns: BTreeMap<IndicatorId, Vec<DerivedFigure>> = BTreeMap::new();
        for figure in figures {
            columns.entry(figure.indicator).or_default().push(figure);
        }
        for (id, mut figures) in columns {
            figures.sort_by_key(|f| (f.subject, f.period));
            self.add_column(id, figures);
            let grid = self.grid(id);
            if let Some(slot) = self.grids.get_mut(id.index()) {
                *slot = grid;
            }
        }
    }

    fn add_column(&mut self, id: IndicatorId, figures: Vec<DerivedFigure>) {
        let store = self.made_store();
        let (ruleset, sources) = (self.ruleset, self.sources);
        let Some(indicator) = ruleset.indicator(id) else {
            return;
        };
        let column = self.made.facts.open_column(&indicator.name);
        let mut words = HashMap::new();
        let mut derivations = Vec::new();
        for figure in figures {
            let (file, at) = sources.locate(figure.origin);
            let (value, text) = match &figure.value {
                Fact::Number(base) => {
                    let number = base
                        .div(&figure.unit.factor)
                        .unwrap_or_else(|| base.clone());
                    let text = written(&number, &figure.unit);
                    (MadeCell::Number(number, &figure.unit), text)
                }
                word => (MadeCell::Word(""), self.word_for(indicator, word)),
            };
            let value = match value {
                MadeCell::Word(_) => MadeCell::Word(&text),
                number @ MadeCell::Number(..) => number,
            };
            let row = MadeRow {
                subject: figure.subject.0,
                period: figure.period,
                value,
                status: figure.status,
                file,
                line: at.line,
                column: at.column,
                text: &text,
            };
            // One that finds no place is not there: what reads it is unknown, never wrong.
            let Some(word) = self.made.facts.push_made(column, &row) else {
                continue;
            };
            if let Some(word) = word {
                words.insert(word, figure.value);
            }
            derivations.push(figure.made);
        }
        self.made.facts.close_column(column, self.subjects.len());
        self.made.derivations.push(derivations);
        let reading = Reading::plain(self.made.facts.units(), words);
        if let Some(columns) = self.columns.get_mut(id.index()) {
            columns.push(BoundColumn {
                store,
                column,
                reading,
            });
        }
    }

    /// How a figure came about; `None` if it was read.
    pub(crate) fn derived_from(&self, at: ObsRef) -> Option<&Derivation> {
        if !self.is_made(at) {
            return None;
        }
        let column = self.made.derivations.get(at.column as usize)?;
        column.get(at.row as usize)
    }

    /// Whether a figure was read, or defined by one that was.
    pub(super) fn is_observed(&self, at: ObsRef) -> bool {
        let mut pending = vec![at];
        while let Some(at) = pending.pop() {
            match self.derived_from(at) {
                None => return true,
                Some(made) if matches!(made.maker, Maker::Statement(_)) => {
                    pending.extend(&made.from);
                }
                Some(_) => {}
            }
        }
        false
    }

    /// Whether any figure was made.
    pub(crate) fn has_made(&self) -> bool {
        !self.made.facts.is_empty()
    }

    /// The subject of a figure.
    pub(crate) fn subject_at(&self, at: ObsRef) -> Option<SubjectId> {
        let subject = *self.column(at)?.subjects.get(at.row as usize)?;
        if self.is_made(at) {
            return Some(SubjectId(subject));
        }
        let member = (at.store, subject);
        let of = |canonical: &Canonical| canonical.members.contains(&member);
        let found = self.subjects.iter().position(of)?;
        Some(SubjectId(found as u32))
    }

    /// Whether a figure was made.
    pub(super) fn is_made(&self, at: ObsRef) -> bool {
        at.store == self.made_store()
    }

    /// A value that is no number, as a file would write it.
    fn word_for(&self, indicator: &Indicator, value: &Fact) -> String {
        match value {
            Fact::Number(number) => number.to_string(),
            Fact::Word(word) => word.clone(),
            Fact::Flag(flag) => if *flag { "yes" } else { "no" }.to_string(),
            Fact::Grade(step) => {
                let scale = indicator.scale.and_then(|id| self.ruleset.scale(id));
                let word = scale.and_then(|s| s.steps.get(*step as usize));
                word.cloned().unwrap_or_default()
            }
            Fact::Event(Event::Done(_, last)) => last.to_string(),
            Fact::Event(Event::DoneWhenSeen) => "done".to_string(),
            Fact::Event(Event::NotDoneWhenSeen) => "not done".to_string(),
        }
    }
}

/// A number with its unit, in as many digits as it has; one that does not end, in twelve.
fn written(number: &Number, unit: &Unit) -> String {
    match number.decimals() {
        Some(_) => format!("{number}{}", unit.symbol),
        None => format!("{}{}", number.to_significant(12, false), unit.symbol),
    }
}

/// What is made from the latest of something, itself or by way of others: that is one thing in a
/// period and another now, so that what it comes to without a period holds in none.
pub(super) fn by_period(ruleset: &Ruleset) -> BTreeSet<IndicatorId> {
    let mut found = BTreeSet::new();
    loop {
        let before = found.len();
        for derivation in &ruleset.derivations {
            let mut reads = false;
            ruleset.walk_derivation(derivation, &mut |part| {
                reads |= match part {
                    Part::Expr(Expr::Latest(_)) => true,
                    Part::Expr(Expr::Indicator(id)) => found.contains(id),
                    _ => false,
                };
            });
            if reads {
                found.insert(derivation.indicator);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rules;
    use crate::bind::{Known, Slot};

    const RULES: &str = "rate 巩固率 >= 98% by 2025 in 昆明\nflag 达标 by 2025 in 昆明\n";

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_made_is_found_like_what_was_read() {
        let rules = Rules::from_text("r.gj", RULES).unwrap();
        let facts = Facts::from_text(
            "f.csv",
            "地区,指标,年份,数值,单位\n昆明市,巩固率,2024,97.2,%\n昆明市,巩固率,2023,97.1,%\n",
        )
        .unwrap();
        let stores = vec![rules.stated(), &facts];
        let mut bound = Bound::new(rules.ruleset(), rules.sources(), stores, None);
        let named = |name: &str| rules.ruleset().indicator_named(name).unwrap();
        let (rate, flag) = (named("巩固率"), named("达标"));
        let subject = SubjectId(0);
        let Known::One(read) = bound.at(rate, subject, period("2024")) else {
            panic!("no figure");
        };
        let figure = |indicator, text: &str, value| DerivedFigure {
            indicator,
            subject,
            period: period(text),
            value,
            unit: Unit::percent(),
            status: Status::Final,
            origin: rules.ruleset().rules[0].span,
            made: Derivation {
                maker: Maker::RollUp(RollUp::Sum),
                from: vec![read],
            },
        };
        bound.add_derived(vec![
            figure(rate, "2026", Fact::Number(Number::decimal(5, 1))),
            figure(rate, "2025", Fact::Number(Number::ratio(2, 3).unwrap())),
            figure(flag, "2025", Fact::Flag(true)),
        ]);
        // A second stratum: one that agrees with what was read, and one that does not.
        bound.add_derived(vec![
            figure(rate, "2024", Fact::Number(Number::decimal(972, 3))),
            figure(rate, "2023", Fact::Number(Number::decimal(972, 3))),
        ]);
        let periods: Vec<String> = bound
            .periods(rate, subject)
            .iter()
            .map(Period::to_string)
            .collect();
        assert_eq!(periods, ["2023", "2024", "2025", "2026"]);
        assert_eq!(bound.at(rate, subject, period("2024")), Known::One(read));
        let conflict = bound.at(rate, subject, period("2023"));
        assert!(matches!(conflict, Known::Conflict(all) if all.len() == 2));
        assert_eq!(bound.slot(rate, subject, period("2023")), Slot::Look);
        let (_, Known::One(made)) = bound.by(rate, subject, period("2025")) else {
            panic!("no figure");
        };
        assert_eq!(bound.slot(rate, subject, period("2025")), Slot::One(made));
        assert_eq!(bound.number(rate, made), Number::ratio(2, 3));
        assert_eq!(bound.indicator_of(made), Some(rate));
        let place = bound.provenance(made).unwrap();
        assert_eq!((place.file, place.line, place.column), ("r.gj", 1, 1));
        assert_eq!(place.text, "66.6666666666%");
        assert_eq!(bound.derived_from(made).unwrap().from, [read]);
        assert_eq!(bound.derived_from(read), None);
        let Known::One(yes) = bound.at(flag, subject, period("2025")) else {
            panic!("no figure");
        };
        assert_eq!(bound.fact(flag, yes), Some(Fact::Flag(true)));
        assert_eq!(bound.word(yes), Some("yes"));
    }
}
