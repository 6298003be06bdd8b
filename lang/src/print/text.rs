//! The text of statements, pushed onto one string.

use crate::syntax::{Attribute, Body, Expr, Field, FieldValue, Name, PlaceItem, Tail, TestItem};
use crate::unit::Unit;
use crate::words::{Class, Kind, Kw, OUTLOOKS, Term, VERDICTS, WordSet};

use super::expr;
use super::names::{
    Place, bare_or_quoted, clause, keyword, list, opening, quoted, span, unit, word,
};
use super::rule;

/// One statement on one line, its block included.
pub(super) fn statement(out: &mut String, body: &Body, words: WordSet) {
    head(out, body, words);
    match body {
        Body::Table { .. } | Body::Test { .. } => super::nested::one_line(out, body, words),
        Body::Entity { attributes, .. } if !attributes.is_empty() => {
            out.push_str(" {");
            for (i, item) in attributes.iter().enumerate() {
                out.push_str(if i == 0 { " " } else { "  " });
                attribute(out, item, is_type(body), words);
            }
            fields(out, block(body), words, false);
            out.push_str(" }");
        }
        _ if block(body).is_empty() => {}
        _ => {
            out.push_str(" {");
            fields(out, block(body), words, true);
            out.push_str(" }");
        }
    }
}

fn fields(out: &mut String, block: &[Field], words: WordSet, first: bool) {
    for (i, item) in block.iter().enumerate() {
        out.push_str(if i == 0 && first { " " } else { "  " });
        field(out, item, words);
    }
}

fn is_type(body: &Body) -> bool {
    matches!(body, Body::Entity { of: None, .. })
}

/// `类型: 寄宿制 | 非寄宿制` of a type, `类型 = 寄宿制` of an entity.
pub(super) fn attribute(out: &mut String, item: &Attribute, of_type: bool, words: WordSet) {
    bare_or_quoted(out, &item.name.text, Place::Attribute);
    out.push_str(if of_type { ": " } else { " = " });
    for (i, value) in item.values.iter().enumerate() {
        if i > 0 {
            out.push_str(" | ");
        }
        match value {
            Expr::Name(name) if of_type && is_kind(&name.text) => out.push_str(&name.text),
            value => expr::plain(out, value, words),
        }
    }
}

/// Whether the values of an attribute are said by a kind, with a unit or without: `count 人`. It is one
/// name that needs no quotes.
fn is_kind(text: &str) -> bool {
    let (first, unit) = text.split_once(' ').unwrap_or((text, ""));
    let kind = |word: &str| Kw::lookup(word).iter().any(|kw| kw.class() == Class::Kind);
    kind(&first.to_ascii_lowercase()) && (unit.is_empty() || Unit::parse(unit).is_ok())
}

/// The fields of a statement.
pub(super) fn block(body: &Body) -> &[Field] {
    match body {
        Body::Rule(rule) => &rule.block,
        Body::Plan { block, .. }
        | Body::Section { block, .. }
        | Body::Indicator { block, .. }
        | Body::Region { block, .. }
        | Body::Entity { block, .. }
        | Body::Define { block, .. }
        | Body::Derive { block, .. }
        | Body::Fact { block, .. } => block,
        Body::Scale { .. }
        | Body::Use { .. }
        | Body::Unit { .. }
        | Body::Priority { .. }
        | Body::Waive { .. }
        | Body::Table { .. }
        | Body::Test { .. } => &[],
    }
}

/// The attributes of an entity or type.
pub(super) fn attributes(body: &Body) -> &[Attribute] {
    match body {
        Body::Entity { attributes, .. } => attributes,
        _ => &[],
    }
}

/// A statement without its block.
pub(super) fn head(out: &mut String, body: &Body, words: WordSet) {
    match body {
        Body::Rule(rule) => rule::head(out, rule, words),
        Body::Table {
            label,
            title,
            place,
            ..
        } => {
            rule::label(out, label.as_ref());
            keyword(out, Kw::Table, words);
            title_text(out, title.as_ref());
            in_place(out, place.as_ref(), words);
        }
        Body::Plan { name, title, .. } => {
            opening(out, Kw::Plan, words, name);
            title_text(out, title.as_ref());
        }
        Body::Section { number, title, .. } => {
            keyword(out, Kw::Section, words);
            title_text(out, Some(number));
            title_text(out, title.as_ref());
        }
        Body::Indicator { names, .. } => {
            keyword(out, Kw::Indicator, words);
            out.push(' ');
            list(out, names, Place::Name);
        }
        Body::Region {
            name,
            bracket,
            contains,
            ..
        } => region(out, name, bracket, contains, words),
        Body::Entity {
            name, of, place, ..
        } => {
            opening(out, Kw::Entity, words, name);
            if let Some(of) = of {
                out.push_str(" : ");
                bare_or_quoted(out, &of.text, Place::Name);
            }
            in_place(out, place.as_ref(), words);
        }
        Body::Scale { name, steps } => {
            opening(out, Kw::Scale, words, name);
            for (i, step) in steps.iter().enumerate() {
                out.push_str(if i == 0 { ": " } else { " > " });
                word(out, step);
            }
        }
        Body::Unit { name, of } => {
            keyword(out, Kw::UnitDecl, words);
            out.push(' ');
            word(out, name);
            if let Some(of) = of {
                out.push_str(" = ");
                out.push_str(&of.text);
            }
        }
        Body::Priority { sources } => {
            keyword(out, Kw::Priority, words);
            for (i, source) in sources.iter().enumerate() {
                out.push_str(if i == 0 { " " } else { " > " });
                quoted(out, &source.text);
            }
        }
        Body::Use { path } => {
            keyword(out, Kw::Use, words);
            title_text(out, Some(path));
        }
        Body::Fact {
            indicator,
            group,
            value,
            tail,
            ..
        } => {
            opening(out, Kw::Fact, words, indicator);
            bracketed(out, group.as_ref());
            out.push_str(" = ");
            expr::plain(out, value, words);
            for clause in tail {
                fact_tail(out, clause, words);
            }
        }
        Body::Define {
            name,
            value,
            unit: of,
            ..
        } => {
            opening(out, Kw::Define, words, name);
            out.push_str(" = ");
            expr::expr(out, value, words);
            if let Some(of) = of {
                clause(out, Kw::In, words);
                unit(out, &of.text);
            }
        }
        Body::Derive {
            name,
            set,
            condition,
            ..
        } => {
            opening(out, Kw::Derive, words, name);
            clause(out, Kw::For, words);
            expr::set(out, set, words, false);
            clause(out, Kw::When, words);
            expr::expr(out, condition, words);
        }
        Body::Waive {
            rule,
            place,
            until,
            because,
        } => {
            opening(out, Kw::Waive, words, rule);
            in_place(out, place.as_ref(), words);
            clause(out, Kw::Until, words);
            out.push_str(&until.text);
            clause(out, Kw::Because, words);
            quoted(out, &because.text);
        }
        Body::Test { name, .. } => {
            keyword(out, Kw::Test, words);
            title_text(out, Some(name));
        }
    }
}

fn region(out: &mut String, name: &Name, bracket: &[Name], contains: &[Name], words: WordSet) {
    opening(out, Kw::Region, words, name);
    for (i, inside) in bracket.iter().enumerate() {
        out.push_str(if i == 0 { " (" } else { " " });
        match &*inside.text {
            "group" => keyword(out, Kw::Group, words),
            _ => word(out, inside),
        }
    }
    if !bracket.is_empty() {
        out.push(')');
    }
    if !contains.is_empty() {
        clause(out, Kw::Contains, words);
        list(out, contains, Place::Name);
    }
}

fn title_text(out: &mut String, title: Option<&Name>) {
    if let Some(title) = title {
        out.push(' ');
        quoted(out, &title.text);
    }
}

/// `(女)` behind an indicator.
pub(super) fn bracketed(out: &mut String, group: Option<&Name>) {
    if let Some(group) = group {
        out.push('(');
        word(out, group);
        out.push(')');
    }
}

fn in_place(out: &mut String, place: Option<&Name>, words: WordSet) {
    if let Some(place) = place {
        clause(out, Kw::In, words);
        // Unlike a rule, these take no bare code.
        bare_or_quoted(out, &place.text, Place::Name);
    }
}

fn fact_tail(out: &mut String, tail: &Tail, words: WordSet) {
    match tail {
        Tail::Place(places) => {
            if let Some(PlaceItem { name, .. }) = places.first() {
                in_place(out, Some(name), words);
            }
        }
        other => rule::tail(out, other, words, words),
    }
}

/// An item of a test.
pub(super) fn test_item(out: &mut String, item: &TestItem, words: WordSet) {
    match item {
        TestItem::Statement(s) => statement(out, &s.body, words),
        TestItem::AsOf(day, _) => {
            keyword(out, Kw::AsOf, words);
            out.push(' ');
            out.push_str(&day.text);
        }
        TestItem::Expect(expect) => {
            opening(out, Kw::Expect, words, &expect.rule);
            if let Some((force, _)) = expect.force {
                out.push(' ');
                keyword(out, force.keyword(), words);
            }
            if let Some(place) = &expect.subject {
                clause(out, Kw::In, words);
                rule::place_name(out, place);
            }
            out.push(' ');
            term(out, VERDICTS, &expect.verdict.text, words);
            if let Some(outlook) = &expect.outlook {
                out.push(' ');
                term(out, OUTLOOKS, &outlook.text, words);
            }
        }
    }
}

/// A verdict or an outlook; the tree holds its English name.
fn term(out: &mut String, terms: &'static [Term], text: &str, words: WordSet) {
    match Term::of(terms, text) {
        Some(term) => out.push_str(term.spelling(words)),
        None => bare_or_quoted(out, text, Place::Name),
    }
}

/// A field of a block.
pub(super) fn field(out: &mut String, field: &Field, words: WordSet) {
    keyword(out, field.key, words);
    if field.value == FieldValue::Nothing {
        return;
    }
    out.push(' ');
    match &field.value {
        FieldValue::Nothing => {}
        FieldValue::Names(names) => named_field(out, field.key, names, words),
        FieldValue::Literal(literal) => out.push_str(&literal.text),
        FieldValue::Points(value, bands) => {
            out.push_str(&value.text);
            for band in bands {
                out.push_str(", ");
                out.push_str(&band.points.text);
                clause(out, Kw::For, words);
                // Signs: a comparison word would be doubtful beside a rank.
                let bound = std::slice::from_ref(&band.bound);
                rule::bounds(out, bound, words, WordSet::En);
            }
        }
        FieldValue::Span(a, b) => span(out, a, Some(b)),
        FieldValue::ValueAt(value, at) => {
            out.push_str(&value.text);
            if let Some(at) = at {
                clause(out, Kw::InTime, words);
                out.push_str(&at.text);
            }
        }
        FieldValue::Quotient(a, b) => {
            bare_or_quoted(out, &a.text, Place::Block);
            out.push_str(" / ");
            bare_or_quoted(out, &b.text, Place::Block);
        }
        FieldValue::Because(what, why) => {
            bare_or_quoted(out, &what.text, Place::Block);
            clause(out, Kw::Because, words);
            quoted(out, &why.text);
        }
    }
}

fn named_field(out: &mut String, key: Kw, names: &[Name], words: WordSet) {
    let first = names.first().map_or("", |n| n.text.as_str());
    match key {
        Kw::Clause | Kw::Note | Kw::Number | Kw::Source => quoted(out, first),
        Kw::Nature | Kw::Status | Kw::Assess | Kw::KindField | Kw::Rollup => {
            choice(out, first, words);
        }
        Kw::UnitField => unit(out, first),
        // Other names of a thing are data, however they are spelt.
        Kw::Also => {
            for (i, name) in names.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                quoted(out, &name.text);
            }
        }
        _ => list(out, names, Place::Block),
    }
}

/// A choice of a field; the tree holds its English spelling.
fn choice(out: &mut String, text: &str, words: WordSet) {
    let kw = Kw::lookup(text)
        .iter()
        .find(|kw| matches!(kw.class(), Class::Choice | Class::Kind));
    match kw {
        Some(kw) => keyword(out, *kw, words),
        None => bare_or_quoted(out, text, Place::Block),
    }
}

/// Whether comparisons of this kind are written as signs: Chinese words read both ways for a rank.
pub(super) fn comparison_words(kind: Option<Kind>, words: WordSet) -> WordSet {
    match kind {
        Some(Kind::Rank) => WordSet::En,
        _ => words,
    }
}
