//! Random rules over sets: quantifiers, conditions, derivations, aggregates, peers.

use crate::oracle::{Op, Period};

use super::ast::{
    Change, Claim, Cond, Expr, Force, Item, Many, Number, Quantifier, Requirement, Rule, Set,
    Simple, Statement, Test, Time, Way,
};
use super::build::{is, least, most, name, number, year};
use super::computed::{expression, peers, rank, spread};
use super::dice::Dice;
use super::recipes::{LEVELS, PLACES, moment, op, time};
use super::world::{Kind, Plan};

/// A recipe by number.
pub(super) fn over_sets(
    d: &mut Dice<'_>,
    which: usize,
    label: &str,
    plan: Option<&Plan>,
) -> Vec<Statement> {
    let span = plan.is_some_and(|p| p.span.is_some());
    let one = |rule: Rule| vec![Statement::Rule(rule)];
    match which {
        0 | 1 => one(regions(d, label)),
        2 | 3 => one(schools(d, label, span)),
        4 => one(nested(d, label)),
        5 => one(groups(d, label)),
        6 => one(require(d, label, span)),
        7 => then(d, label),
        8 => define(d, label),
        9 => derive(d, label),
        10 => one(some_of(d, label)),
        11 | 12 => one(spread(d).rule(label)),
        13 => one(peers(d, label)),
        14 => one(rank(d, label)),
        15 | 16 => one(expression(d).rule(label)),
        17 => one(dated(d, label)),
        _ => {
            let force = d.pick(&[Force::Should, Force::May]);
            one(Rule {
                force: Some(force),
                ..regions(d, label)
            })
        }
    }
}

pub(super) fn many(d: &mut Dice<'_>) -> Many {
    let count = |d: &mut Dice<'_>| Number::Count(1 + d.roll(3));
    let share = |d: &mut Dice<'_>| Number::Percent(d.pick(&[50, 30, 37, 67, 100]));
    match d.roll(9) {
        0 | 1 => Many::Each,
        2 => Many::AtLeast(count(d)),
        3 | 4 => Many::AtLeast(share(d)),
        5 => Many::AtMost(count(d)),
        6 => Many::Exactly(count(d)),
        7 => Many::No,
        _ => Many::AtMost(share(d)),
    }
}

fn region_set(d: &mut Dice<'_>, filters: bool) -> Set {
    let mut set = Set::of(d.pick(&["县区", "县区", "未片", "功能区", "县"]));
    match d.roll(5) {
        0..=2 => set.place = Some("甲子市".into()),
        3 => set.place = Some("未片".into()),
        _ => {}
    }
    if set.names[0] == "未片" {
        set.place = None;
    }
    if d.rarely(10) {
        set.names.push("功能区".into());
        set.place = Some("甲子市".into());
    }
    if filters && d.roll(3) == 2 {
        set.filter = Some(condition(d, true));
    }
    if d.rarely(4) {
        let what = Cond::Bare(d.pick(&["卯区", "县", "巳市"]).into());
        let only = (filters && d.roll(3) == 2).then(|| plain_condition(d));
        set.except.push(Item { what, only });
    }
    set
}

/// On figures of regions.
pub(super) fn plain_condition(d: &mut Dice<'_>) -> Cond {
    let people = |op: Op| Cond::Compare(name("人口"), op, number("20人"));
    match d.roll(8) {
        0 => people(Op::Gt),
        1 => Cond::Bare("旗甲".into()),
        2 => Cond::Between(name("人口"), number("20人"), number("25人")),
        3 => Cond::Change("人口".into(), Change::Moves(Way::Rises, None)),
        4 => Cond::Compare(Expr::At("人口".into(), year(2022)), Op::Ge, number("20人")),
        5 => Cond::Compare(Expr::Latest("人口".into()), Op::Ge, number("25人")),
        6 => {
            let falls = Change::Running(Way::Falls, 2);
            Cond::Change("率甲".into(), falls)
        }
        _ => people(Op::Le),
    }
}

pub(super) fn condition(d: &mut Dice<'_>, regions: bool) -> Cond {
    let simple = |d: &mut Dice<'_>| {
        if regions {
            plain_condition(d)
        } else {
            school_condition(d)
        }
    };
    let first = simple(d);
    match d.roll(6) {
        3 => Cond::And(Box::new(first), Box::new(simple(d))),
        4 => Cond::Or(Box::new(first), Box::new(simple(d))),
        5 => Cond::Not(Box::new(first)),
        _ => first,
    }
}

/// On attributes of schools.
pub(super) fn school_condition(d: &mut Dice<'_>) -> Cond {
    match d.roll(6) {
        0 => is("办学", "公办"),
        1 => Cond::Compare(name("规模"), Op::Lt, number("45人")),
        2 => Cond::OneOf("学段".into(), vec!["小学".into(), "初中".into()]),
        3 => Cond::Bare("民办".into()),
        4 => Cond::Between(name("规模"), number("40人"), number("300人")),
        _ => Cond::Compare(name("规模"), Op::Ge, number("300人")),
    }
}

fn region_body(d: &mut Dice<'_>) -> Simple {
    let (kind, of, bounds) = d.pick(&LEVELS[..6]);
    let test = match d.roll(6) {
        5 => Test::Change(Change::Moves(Way::Rises, None)),
        _ => Test::Compare(op(d), number(d.pick(bounds))),
    };
    Simple::of(kind, name(of), test).when(moment(d))
}

fn regions(d: &mut Dice<'_>, label: &str) -> Rule {
    let many = many(d);
    let body = region_body(d);
    let rule = body.rule(label).quantified(many, region_set(d, true));
    if d.rarely(12) {
        return Rule {
            force: Some(Force::Should),
            ..rule
        };
    }
    rule
}

fn school_set(d: &mut Dice<'_>) -> Set {
    let mut set = Set::of(d.pick(&["学校", "小学", "公办", "初中"]));
    if d.roll(4) != 3 {
        set.place = Some(d.pick(&["甲子市", "卯区", "未片", "午园"]).into());
    }
    if d.roll(3) == 2 {
        set.filter = Some(condition(d, false));
    }
    if d.rarely(3) {
        let what = Cond::Bare(d.pick(&["二校", "民办", "初中"]).into());
        let only = (d.roll(3) == 2).then(|| school_condition(d));
        set.except.push(Item { what, only });
        if d.rarely(3) {
            let what = school_condition(d);
            set.except.insert(0, Item { what, only: None });
        }
    }
    set
}

fn school_body(d: &mut Dice<'_>, span: bool) -> Simple {
    match d.roll(8) {
        0 => Simple::of(Kind::Rate, name("校率"), least("70%")).when(time(d, false)),
        1 => Simple::of(Kind::Count, name("校数"), most("3人")).when(moment(d)),
        2 if !span => Simple::of(Kind::Count, name("规模"), least("45人")),
        3 => {
            let share = Expr::Over(Box::new(name("校数")), Box::new(name("校员")));
            Simple::of(Kind::Rate, share, least("30%")).when(moment(d))
        }
        4 => Simple::of(Kind::Flag, name("校旗"), Test::Done).when(moment(d)),
        5 => {
            let test = Test::Compare(Op::Ge, Expr::Grade(d.roll(4)));
            Simple::of(Kind::Grade, name("校级"), test).when(moment(d))
        }
        6 => Simple::of(Kind::Count, name("校数"), most("4人")),
        _ => Simple::of(Kind::Rate, name("校率"), most("70%")).when(moment(d)),
    }
}

fn schools(d: &mut Dice<'_>, label: &str, span: bool) -> Rule {
    let many = many(d);
    let body = school_body(d, span);
    body.rule(label).quantified(many, school_set(d))
}

fn nested(d: &mut Dice<'_>, label: &str) -> Rule {
    let (outer, inner) = (many(d), many(d));
    let mut within = Set::of(d.pick(&["学校", "小学"]));
    if d.roll(3) == 2 {
        within.filter = Some(condition(d, false));
    }
    let body = Simple::of(Kind::Rate, name("校率"), least("70%")).when(moment(d));
    body.rule(label)
        .quantified(outer, region_set(d, false))
        .quantified(inner, within)
}

/// Bounds for groups: attributes of schools, or breakdowns of a region's figure.
fn groups(d: &mut Dice<'_>, label: &str) -> Rule {
    let bound = |d: &mut Dice<'_>, group: &str| Requirement {
        group: Some(group.into()),
        ..Requirement::of(Test::Compare(Op::Ge, number(d.pick(&["70%", "60%"]))))
    };
    if d.roll(2) == 0 {
        let mut body = Simple::of(Kind::Rate, name("校率"), Test::Done).when(moment(d));
        body.requirements = vec![bound(d, "小学"), bound(d, "初中")];
        return body.rule(label).quantified(many(d), school_set(d));
    }
    let mut simple = Simple::of(Kind::Rate, name("率甲"), Test::Done).when(moment(d));
    simple.requirements = vec![bound(d, "女")];
    simple.at(d.pick(&PLACES)).rule(label)
}

fn require(d: &mut Dice<'_>, label: &str, span: bool) -> Rule {
    if d.roll(3) != 2 {
        let timed = span || d.roll(2) == 0;
        let when = condition(d, false);
        let at = moment(d);
        let body = |bound: &str| {
            if timed {
                Simple::of(Kind::Count, name("校数"), most(bound)).when(at.clone())
            } else {
                Simple::of(Kind::Count, name("规模"), most(bound))
            }
        };
        let bounds = if timed {
            ["3人", "4人", "0人"]
        } else {
            ["300人", "45人", "40人"]
        };
        let then = body(d.pick(&bounds));
        let otherwise = (d.roll(3) != 2).then(|| body(d.pick(&bounds)));
        let claim = Claim::Require {
            when,
            then,
            otherwise,
        };
        return Rule::of(label, claim).quantified(many(d), school_set(d));
    }
    let at = moment(d);
    let body = |bound: &str| Simple::of(Kind::Rate, name("率甲"), least(bound)).when(at.clone());
    let claim = Claim::Require {
        when: condition(d, true),
        then: body("70%"),
        otherwise: (d.roll(2) == 0).then(|| body("60%")),
    };
    Rule::of(label, claim).quantified(many(d), region_set(d, false))
}

/// A consequence, and a rule that reads it.
fn then(d: &mut Dice<'_>, label: &str) -> Vec<Statement> {
    let flag = format!("{label}旗");
    let claim = Claim::Then {
        when: condition(d, false),
        name: flag.clone(),
        value: Expr::Flag(true),
    };
    let set = Set::of("学校").within(d.pick(&["甲子市", "卯区"]));
    let rule = Rule::of(label, claim).quantified(Many::Each, set);
    let reader = Simple::of(Kind::Flag, name(&flag), Test::Done).when(moment(d));
    let reader = reader.rule(&format!("{label}-后"));
    let reader = reader.quantified(many(d), school_set(d));
    vec![Statement::Rule(rule), Statement::Rule(reader)]
}

fn define(d: &mut Dice<'_>, label: &str) -> Vec<Statement> {
    let defined = format!("{label}占比");
    let value = Expr::Over(Box::new(name("分子")), Box::new(name("分母")));
    let body = Simple::of(
        Kind::Rate,
        name(&defined),
        least(d.pick(&["70%", "60%", "75%"])),
    );
    let rule = if d.roll(2) == 0 {
        let body = body.when(time(d, false));
        body.at(d.pick(&PLACES)).rule(label)
    } else {
        let body = body.when(moment(d));
        body.rule(label).quantified(many(d), region_set(d, true))
    };
    let define = Statement::Define {
        name: defined,
        value,
        unit: "%",
    };
    vec![define, Statement::Rule(rule)]
}

fn derive(d: &mut Dice<'_>, label: &str) -> Vec<Statement> {
    let flag = format!("{label}达标");
    let regions = d.roll(2) == 0;
    let when = condition(d, regions);
    let set = if regions {
        Set::of("县区").within("甲子市")
    } else {
        Set::of("学校").within("甲子市")
    };
    let body = Simple::of(Kind::Flag, name(&flag), Test::Done).when(moment(d));
    let subjects = if regions {
        region_set(d, false)
    } else {
        school_set(d)
    };
    let rule = body.rule(label).quantified(many(d), subjects);
    let derive = Statement::Derive { flag, set, when };
    vec![derive, Statement::Rule(rule)]
}

fn some_of(d: &mut Dice<'_>, label: &str) -> Rule {
    let at = moment(d);
    let schools = d.roll(2) == 0;
    let mut items = if schools {
        vec![
            Simple::of(Kind::Rate, name("校率"), least("70%")),
            Simple::of(Kind::Count, name("校数"), most("3人")),
            Simple::of(Kind::Flag, name("校旗"), Test::Done),
        ]
    } else {
        vec![
            Simple::of(Kind::Rate, name("率甲"), least("70%")),
            Simple::of(Kind::Count, name("数甲"), least("3人")),
            Simple::of(Kind::Amount, name("额甲"), least("110元")),
        ]
    };
    items.truncate(2 + d.roll(2));
    for item in &mut items {
        item.time = Some(at.clone());
    }
    let claim = match d.roll(4) {
        0 => Claim::AtLeast(2, items),
        1 => Claim::All(items),
        2 => Claim::Any(items),
        _ => Claim::AtLeast(1, items),
    };
    let set = if schools {
        school_set(d)
    } else {
        region_set(d, true)
    };
    Rule::of(label, claim).quantified(many(d), set)
}

/// Milestones of schools.
fn dated(d: &mut Dice<'_>, label: &str) -> Rule {
    let when = match d.roll(6) {
        0 => Time::By(year(2024)),
        1 => Time::ByMilestone("校检".into()),
        2 => Time::After(d.pick(&[20, 10]), "校检".into()),
        3 => Time::By(Period::day(2024, 10, 31)),
        4 => Time::Each("year", Some((year(2024), year(2025)))),
        _ => Time::By(year(2025)),
    };
    let body = Simple::of(Kind::Milestone, name("校件"), Test::Done).when(when);
    let mut rule = body.rule(label);
    rule.quantifiers.push(Quantifier {
        many: many(d),
        set: school_set(d),
    });
    rule
}
