//! The text of statements and their parts, pushed onto one string.

use crate::names::is_cjk;
use crate::syntax::{
    Body, Bound, Field, FieldValue, Literal, Measure, Name, Operand, Rule, Tail, Test, When,
};
use crate::words::{Class, Kind, Kw, Op, WordSet};

/// One statement on one line, its block included.
pub(super) fn statement(out: &mut String, body: &Body, words: WordSet) {
    head(out, body, words);
    let block = block(body);
    if block.is_empty() {
        return;
    }
    out.push_str(" {");
    for (i, item) in block.iter().enumerate() {
        out.push_str(if i == 0 { " " } else { "  " });
        field(out, item, words);
    }
    out.push_str(" }");
}

/// The fields of a statement.
pub(super) fn block(body: &Body) -> &[Field] {
    match body {
        Body::Rule(rule) => &rule.block,
        Body::Plan { block, .. }
        | Body::Indicator { block, .. }
        | Body::Region { block, .. }
        | Body::Entity { block, .. }
        | Body::Fact { block, .. } => block,
        Body::Scale { .. } | Body::Use { .. } => &[],
    }
}

/// A statement without its block.
pub(super) fn head(out: &mut String, body: &Body, words: WordSet) {
    match body {
        Body::Rule(rule) => rule_head(out, rule, words),
        Body::Plan { name, title, .. } => {
            opening(out, Kw::Plan, words, name);
            if let Some(title) = title {
                out.push(' ');
                quoted(out, &title.text);
            }
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
        } => {
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
        Body::Entity {
            name, of, place, ..
        } => {
            opening(out, Kw::Entity, words, name);
            if let Some(of) = of {
                out.push_str(" : ");
                bare_or_quoted(out, &of.text, Place::Name);
            }
            if let Some(place) = place {
                clause(out, Kw::In, words);
                bare_or_quoted(out, &place.text, Place::Name);
            }
        }
        Body::Scale { name, steps } => {
            opening(out, Kw::Scale, words, name);
            for (i, step) in steps.iter().enumerate() {
                out.push_str(if i == 0 { ": " } else { " > " });
                word(out, step);
            }
        }
        Body::Use { path } => {
            keyword(out, Kw::Use, words);
            out.push(' ');
            quoted(out, &path.text);
        }
        Body::Fact {
            indicator,
            value,
            tail,
            ..
        } => {
            opening(out, Kw::Fact, words, indicator);
            out.push_str(" = ");
            operand(out, value, words);
            for clause in tail {
                tail_text(out, clause, words);
            }
        }
    }
}

fn keyword(out: &mut String, kw: Kw, words: WordSet) {
    out.push_str(kw.spelling(words));
}

/// A keyword between spaces.
fn clause(out: &mut String, kw: Kw, words: WordSet) {
    out.push(' ');
    keyword(out, kw, words);
    out.push(' ');
}

fn opening(out: &mut String, kw: Kw, words: WordSet, name: &Name) {
    keyword(out, kw, words);
    out.push(' ');
    bare_or_quoted(out, &name.text, Place::Name);
}

fn rule_head(out: &mut String, rule: &Rule, words: WordSet) {
    if let Some(label) = &rule.label {
        bare_or_quoted(out, &label.text, Place::Name);
        out.push_str(": ");
    }
    if let Some((force, _)) = rule.force {
        keyword(out, force.keyword(), words);
        out.push(' ');
    }
    let Measure::Indicator(measure) = &rule.measure;
    opening(out, rule.kind.0.keyword(), words, measure);
    for tail in &rule.tail {
        match tail {
            // Chinese comparison words read both ways for a rank; signs do not.
            Tail::Bound(b) if rule.kind.0 == Kind::Rank => bound(out, b, words, WordSet::En),
            _ => tail_text(out, tail, words),
        }
    }
}

/// A bound or clause, with a space before it.
fn tail_text(out: &mut String, tail: &Tail, words: WordSet) {
    match tail {
        Tail::Bound(b) => bound(out, b, words, words),
        Tail::Time(time) => when(out, &time.when, words),
        Tail::Place(place) => {
            clause(out, Kw::In, words);
            // The code of a division needs no quotes.
            if crate::gazetteer::is_code(&place.text) {
                out.push_str(&place.text);
            } else {
                bare_or_quoted(out, &place.text, Place::Name);
            }
        }
    }
}

/// A bound; its comparisons in a keyword set of their own.
fn bound(out: &mut String, bound: &Bound, words: WordSet, comparisons: WordSet) {
    if let Some((force, _)) = bound.force {
        out.push(' ');
        keyword(out, force.keyword(), words);
    }
    match &bound.test {
        Test::Compare { op, right, post } => {
            let before = op.map_or(Kw::Ge, |(op, _)| op.keyword());
            clause(out, before, comparisons);
            operand(out, right, words);
            // Words behind the value are kept only where they contradict those before it.
            if let Some((op, _)) = post {
                let behind = match op {
                    Op::Ge => Kw::OrMore,
                    _ => Kw::OrLess,
                };
                out.push(' ');
                keyword(out, behind, words);
            }
        }
        Test::Between { lower, upper } => {
            clause(out, Kw::Between, words);
            operand(out, lower, words);
            out.push_str(match words {
                WordSet::En => " and ",
                WordSet::Zh => " 和 ",
            });
            operand(out, upper, words);
            if words == WordSet::Zh {
                out.push(' ');
                keyword(out, Kw::EndBetween, words);
            }
        }
    }
}

fn when(out: &mut String, when: &When, words: WordSet) {
    let (kw, first, last) = match when {
        When::In(t) => (Kw::InTime, Some(t), &None),
        When::By(t) => (Kw::By, Some(t), &None),
        When::Before(t) => (Kw::Before, Some(t), &None),
        When::Throughout(a, b) => (Kw::Throughout, Some(a), b),
        When::Each(word, None) => (*word, None, &None),
        When::Each(word, Some((a, b))) => (*word, Some(a), b),
    };
    out.push(' ');
    keyword(out, kw, words);
    if let Some(first) = first {
        out.push(' ');
        span(out, first, last.as_ref());
    }
}

fn span(out: &mut String, first: &Literal, last: Option<&Literal>) {
    out.push_str(&first.text);
    if let Some(last) = last {
        out.push_str("..");
        out.push_str(&last.text);
    }
}

fn operand(out: &mut String, operand: &Operand, words: WordSet) {
    match operand {
        Operand::Literal(literal) => out.push_str(&literal.text),
        Operand::Name(name) => bare_or_quoted(out, &name.text, Place::Value),
        Operand::Word(kw, _) => keyword(out, *kw, words),
    }
}

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
        FieldValue::Span(a, b) => span(out, a, Some(b)),
        FieldValue::ValueAt(value, at) => {
            out.push_str(&value.text);
            if let Some(at) = at {
                clause(out, Kw::InTime, words);
                out.push_str(&at.text);
            }
        }
    }
}

fn named_field(out: &mut String, key: Kw, names: &[Name], words: WordSet) {
    let first = names.first().map_or("", |n| n.text.as_str());
    match key {
        Kw::Clause | Kw::Note | Kw::Number | Kw::Source => quoted(out, first),
        Kw::Nature | Kw::Status | Kw::Assess | Kw::KindField => choice(out, first, words),
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

/// Where a name stands: some words are keywords in one place and names in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A measure, a place, a label.
    Name,
    /// A value behind a comparison.
    Value,
    /// In a list inside a block.
    Block,
}

fn list(out: &mut String, names: &[Name], place: Place) {
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        bare_or_quoted(out, &name.text, place);
    }
}

/// A name, or a literal where one may stand for a name.
fn word(out: &mut String, name: &Name) {
    if crate::lex::is_literal(&name.text) {
        out.push_str(&name.text);
    } else {
        bare_or_quoted(out, &name.text, Place::Value);
    }
}

/// A unit as a field writes it: `%`, `:1`, `元/生·年`.
fn unit(out: &mut String, text: &str) {
    let plain = |c: char| c.is_alphanumeric() || "%‰/:·℃°".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        out.push_str(text);
    } else {
        quoted(out, text);
    }
}

fn bare_or_quoted(out: &mut String, text: &str, place: Place) {
    if is_bare(text, place) {
        out.push_str(text);
    } else {
        quoted(out, text);
    }
}

/// Whether a name is read back without quotes.
fn is_bare(text: &str, place: Place) -> bool {
    let cjk = !text.is_empty() && text.chars().all(is_cjk);
    let one_word = cjk || (crate::lex::is_word(text) && !taken_apart(text));
    if !one_word {
        return false;
    }
    Kw::phrases(text).is_empty()
        && Kw::lookup(text).iter().all(|kw| match kw.class() {
            // These count only where a statement or a field opens, or before `of`.
            Class::Kind | Class::Declare | Class::Choice | Class::Aggregate => true,
            Class::Value => place != Place::Value,
            Class::Field => place != Place::Block,
            _ => false,
        })
}

/// `前30`, `截至2025`: a word that the lexer takes apart at its first digit.
fn taken_apart(text: &str) -> bool {
    let Some(digit) = text.find(|c: char| c.is_ascii_digit()) else {
        return false;
    };
    let head = text.get(..digit).unwrap_or("");
    head == "前"
        || Kw::lookup(head)
            .iter()
            .any(|kw| matches!(kw.class(), Class::Compare | Class::Change | Class::Clause))
}

/// Text in quotes that it does not hold itself.
fn quoted(out: &mut String, text: &str) {
    let pairs = [('"', '"'), ('“', '”'), ('《', '》'), ('「', '」')];
    match pairs.into_iter().find(|(_, close)| !text.contains(*close)) {
        Some((open, close)) => {
            out.push(open);
            out.push_str(text);
            out.push(close);
        }
        // All four closing signs in one text: the full-width sign is read as the plain one.
        None => {
            out.push('"');
            out.push_str(&text.replace('"', "＂"));
            out.push('"');
        }
    }
}
