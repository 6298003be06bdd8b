//! Random measures that are computed: aggregates, peers, ranks, expressions.

use crate::oracle::Op;

use super::ast::{Aggregate, Cond, Expr, How, Item, Rule, Set, Simple, Test, Time};
use super::build::{aggregate, least, lit, name, number, year};
use super::dice::Dice;
use super::over_sets::{condition, many, plain_condition, school_condition};
use super::recipes::{PLACES, moment, op, time};
use super::world::Kind;

/// An aggregate as a measure.
pub(super) fn spread(d: &mut Dice<'_>) -> Simple {
    let mut regions = Set::of(d.pick(&["县区", "未片"]));
    regions.place = (regions.names[0] == "县区").then(|| "甲子市".into());
    if d.rarely(4) {
        regions.filter = Some(plain_condition(d));
    }
    let mut of_schools = Set::of(d.pick(&["学校", "小学"]));
    of_schools.place = d.pick(&[None, Some("甲子市".to_string()), Some("卯区".to_string())]);
    if d.roll(2) == 1 {
        of_schools.filter = Some(condition(d, false));
    }
    if d.rarely(5) {
        let what = Cond::Bare("民办".into());
        of_schools.except.push(Item { what, only: None });
    }
    let ops = d.pick(&[Op::Ge, Op::Le]);
    let test = |bound: &str| Test::Compare(ops, number(bound));
    let numbers = |how: How| aggregate(how, Some("校数"), of_schools.clone());
    let simple = match d.roll(10) {
        0 => Simple::of(Kind::Count, numbers(How::Sum), test("7人")),
        1 => Simple::of(
            Kind::Count,
            aggregate(How::Count, None, of_schools.clone()),
            test("2人"),
        ),
        2 => {
            let mut set = of_schools.clone();
            set.filter = Some(school_condition(d));
            Simple::of(Kind::Rate, aggregate(How::Share, None, set), test("50%"))
        }
        3 => {
            let mut set = of_schools.clone();
            set.filter = Some(school_condition(d));
            let share = aggregate(How::Share, Some("校数"), set);
            Simple::of(Kind::Rate, share, test("50%"))
        }
        4 => Simple::of(Kind::Count, numbers(How::Min), test("2人")),
        5 => Simple::of(Kind::Count, numbers(How::Max), test("4人")),
        6 => {
            let how = d.pick(&[How::Stdev, How::Cv]);
            let (kind, bound) = match how {
                How::Cv => (Kind::Quantity, "0.4"),
                _ => (Kind::Rate, "5%"),
            };
            Simple::of(kind, aggregate(how, Some("率甲"), regions), test(bound))
        }
        7 => {
            let how = d.pick(&[How::Average, How::Median]);
            let mut measure = aggregate(how, Some("率甲"), regions);
            if let Expr::Aggregate(a) = &mut measure
                && how == How::Average
            {
                a.weight = Some("人口".into());
            }
            Simple::of(Kind::Rate, measure, test("70%"))
        }
        8 => {
            let public = Set::of("公办").within("甲子市");
            let share = Expr::Over(
                Box::new(numbers(How::Sum)),
                Box::new(aggregate(How::Sum, Some("校员"), public)),
            );
            Simple::of(Kind::Rate, share, test("30%"))
        }
        _ => Simple::of(
            Kind::Rate,
            aggregate(How::Average, Some("率甲"), regions),
            test("70%"),
        ),
    };
    simple.when(moment(d)).at("甲子市")
}

/// Against the parent, another place, the average of peers.
pub(super) fn peers(d: &mut Dice<'_>, label: &str) -> Rule {
    let average = |other: bool| {
        Expr::Aggregate(Box::new(Aggregate {
            how: How::Average,
            what: None,
            set: Set::of("县区").within("甲子市"),
            other,
            weight: None,
        }))
    };
    let right = match d.roll(6) {
        0 => Expr::Place("甲子市".into()),
        1 => Expr::Place("乙丑市".into()),
        2 => average(false),
        3 => average(true),
        4 => Expr::Sub(
            Box::new(Expr::Place("甲子市".into())),
            Box::new(number("2pp")),
        ),
        _ => Expr::Add(Box::new(average(false)), Box::new(number("1pp"))),
    };
    let (kind, of) = d.pick(&[(Kind::Rate, "率甲"), (Kind::Rate, "率丙")]);
    let simple = Simple::of(kind, name(of), Test::Compare(op(d), right)).when(time(d, false));
    if d.roll(2) == 0 {
        let subject = d.pick(&["卯区", "辰县", "午园", "巳市"]);
        return simple.at(subject).rule(label);
    }
    let set = Set::of("县区").within("甲子市");
    simple.rule(label).quantified(many(d), set)
}

pub(super) fn rank(d: &mut Dice<'_>, label: &str) -> Rule {
    let of = d.pick(&["率甲", "率丙", "额甲"]);
    let bound = number(d.pick(&["2", "1"]));
    let mut simple = Simple::of(Kind::Rank, name(of), Test::Compare(Op::Le, bound));
    let at = d.pick(&[
        Time::In(year(2025)),
        Time::In(year(2024)),
        Time::Each("year", Some((year(2024), year(2025)))),
    ]);
    simple.among = Some(Set::of("县区").within("甲子市"));
    simple.time = Some(at);
    if d.roll(3) != 2 {
        let subject = d.pick(&["卯区", "辰县", "巳市"]);
        return simple.at(subject).rule(label);
    }
    let set = Set::of("县区").within("甲子市");
    simple.rule(label).quantified(many(d), set)
}

/// Measures that are computed, on either side.
pub(super) fn expression(d: &mut Dice<'_>) -> Simple {
    let boxed = |of: &str| Box::new(name(of));
    let simple = match d.roll(7) {
        0 => {
            let share = Expr::Over(boxed("分子"), boxed("分母"));
            Simple::of(Kind::Rate, share, least(d.pick(&["70%", "50%"])))
        }
        1 => Simple::of(
            Kind::Amount,
            name("额甲"),
            Test::Compare(op(d), Expr::Times(lit("1.1"), boxed("额乙"))),
        ),
        2 => Simple::of(
            Kind::Amount,
            name("额甲"),
            Test::Compare(op(d), name("额乙")),
        ),
        3 => Simple::of(
            Kind::Count,
            Expr::Add(boxed("分子"), boxed("人口")),
            Test::Compare(op(d), number("27人")),
        ),
        4 => {
            let gap = Expr::Sub(boxed("额甲"), boxed("额乙"));
            Simple::of(Kind::Amount, gap, least("10元"))
        }
        5 => {
            let gap = Test::About(name("额乙"), number("1元"));
            Simple::of(Kind::Amount, name("额甲"), gap)
        }
        _ => {
            let women = Expr::Breakdown("率甲".into(), "女".into());
            Simple::of(Kind::Rate, name("率甲"), Test::Compare(op(d), women))
        }
    };
    simple.when(time(d, false)).at(d.pick(&PLACES))
}
