//! Rules: label, force, quantifiers, claim, bounds and clauses.

use crate::syntax::{
    Bound, Change, Claim, How, KindWord, Literal, Name, Quantifier, Rule, Simple, Tail, Test, When,
};
use crate::words::{Force, Kw, Op, WordSet};

use super::expr::{between, expr, part, plain, set};
use super::names::{Place, bare_or_quoted, clause, keyword, list, span};
use super::text::comparison_words;

pub(super) fn head(out: &mut String, rule: &Rule, words: WordSet) {
    label(out, rule.label.as_ref());
    force(out, rule.force, words);
    for q in &rule.quantifiers {
        quantifier(out, q, words);
        out.push_str(": ");
    }
    claim(out, &rule.claim, words);
}

pub(super) fn label(out: &mut String, label: Option<&Name>) {
    if let Some(label) = label {
        bare_or_quoted(out, &label.text, Place::Name);
        out.push_str(": ");
    }
}

fn force(out: &mut String, force: Option<(Force, crate::source::Span)>, words: WordSet) {
    if let Some((force, _)) = force {
        keyword(out, force.keyword(), words);
        out.push(' ');
    }
}

fn quantifier(out: &mut String, q: &Quantifier, words: WordSet) {
    let (kw, count) = match &q.how {
        How::Each => (Kw::ForEach, None),
        How::AtLeast(n) => (Kw::ForAtLeast, Some(n)),
        How::AtMost(n) => (Kw::ForAtMost, Some(n)),
        How::Exactly(n) => (Kw::ForExactly, Some(n)),
        How::No => (Kw::ForNo, None),
    };
    keyword(out, kw, words);
    out.push(' ');
    if let Some(count) = count {
        out.push_str(&count.text);
        clause(out, Kw::Of, words);
    }
    set(out, &q.set, words, false);
}

fn claim(out: &mut String, claim: &Claim, words: WordSet) {
    match claim {
        Claim::Simple(s) => simple(out, s, words),
        Claim::When {
            condition,
            then,
            otherwise,
        } => {
            keyword(out, Kw::When, words);
            out.push(' ');
            expr(out, condition, words);
            clause(out, Kw::Require, words);
            simple(out, then, words);
            if let Some(otherwise) = otherwise {
                clause(out, Kw::Else, words);
                simple(out, otherwise, words);
            }
        }
        Claim::Then {
            condition,
            fact,
            value,
        } => {
            keyword(out, Kw::When, words);
            out.push(' ');
            expr(out, condition, words);
            clause(out, Kw::Then, words);
            bare_or_quoted(out, &fact.text, Place::Name);
            out.push_str(" = ");
            plain(out, value, words);
        }
        Claim::Some { count, any, of, .. } => {
            match (count, any) {
                (Some(count), _) => {
                    keyword(out, Kw::AtLeast, words);
                    out.push(' ');
                    out.push_str(&count.text);
                    clause(out, Kw::Of, words);
                }
                (None, true) => {
                    keyword(out, Kw::AnyOf, words);
                    out.push(' ');
                }
                (None, false) => {
                    keyword(out, Kw::AllOf, words);
                    out.push(' ');
                }
            }
            out.push_str("{ ");
            for (i, s) in of.iter().enumerate() {
                if i > 0 {
                    out.push_str("; ");
                }
                simple(out, s, words);
            }
            out.push_str(" }");
        }
    }
}

fn simple(out: &mut String, s: &Simple, words: WordSet) {
    force(out, s.force, words);
    let kind = match s.kind {
        Some((word, _)) => {
            keyword(out, word.keyword(), words);
            out.push(' ');
            match word {
                KindWord::Kind(kind) => Some(kind),
                KindWord::Total => None,
            }
        }
        None => None,
    };
    for (i, measure) in s.measures.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        // A name here is no value: 达标 needs no quotes.
        match measure.as_name() {
            Some(name) => bare_or_quoted(out, &name.text, Place::Name),
            None => part(out, measure, 4, words),
        }
    }
    let comparisons = comparison_words(kind, words);
    for item in &s.tail {
        tail(out, item, words, comparisons);
    }
}

/// A place: the code of a division needs no quotes.
pub(super) fn place_name(out: &mut String, place: &Name) {
    if crate::gazetteer::is_code(&place.text) {
        out.push_str(&place.text);
    } else {
        bare_or_quoted(out, &place.text, Place::Name);
    }
}

/// A bound or clause, with a space before it; comparisons in a keyword set of their own.
pub(super) fn tail(out: &mut String, tail: &Tail, words: WordSet, comparisons: WordSet) {
    match tail {
        Tail::Bound(b) => bound(out, b, words, comparisons),
        Tail::Time(time) => when(out, &time.when, words),
        Tail::Place(places) => {
            clause(out, Kw::In, words);
            for (i, item) in places.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                if item.each {
                    keyword(out, Kw::EachPlace, words);
                    out.push(' ');
                }
                place_name(out, &item.name);
            }
        }
        Tail::Group(names) => {
            clause(out, Kw::For, words);
            list(out, names, Place::Value);
        }
        Tail::Among(s) => {
            clause(out, Kw::Among, words);
            set(out, s, words, true);
        }
        Tail::Separator(_) => out.push(','),
    }
}

/// The bounds of a table's cell.
pub(super) fn bounds(out: &mut String, all: &[Bound], words: WordSet, comparisons: WordSet) {
    let start = out.len();
    for b in all {
        bound(out, b, words, comparisons);
    }
    // A cell begins without a space.
    if out.get(start..).is_some_and(|text| text.starts_with(' ')) {
        out.remove(start);
    }
}

fn bound(out: &mut String, bound: &Bound, words: WordSet, comparisons: WordSet) {
    if let Some((force, _)) = bound.force {
        out.push(' ');
        keyword(out, force.keyword(), words);
    }
    match &bound.test {
        Test::Compare { op, right, post } => {
            let before = op.map_or(Kw::Ge, |(op, _)| op.keyword());
            clause(out, before, comparisons);
            part(out, right, 4, words);
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
        Test::Between { lower, upper } => between(out, lower, upper, words),
        Test::About { value, within } => {
            clause(out, Kw::About, words);
            part(out, value, 4, words);
            clause(out, Kw::Within, words);
            part(out, within, 4, words);
        }
        Test::Change(c) => {
            out.push(' ');
            change(out, c, words);
        }
    }
}

/// A change, without a space before it.
pub(super) fn change(out: &mut String, c: &Change, words: WordSet) {
    keyword(out, c.how, words);
    if let Some(running) = &c.running {
        match words {
            WordSet::En => {
                out.push(' ');
                years(out, running, words);
                clause(out, Kw::Running, words);
                out.truncate(out.trim_end().len());
            }
            WordSet::Zh => {
                clause(out, Kw::Running, words);
                years(out, running, words);
            }
        }
    }
    if let Some((op, _)) = c.op {
        out.push(' ');
        keyword(out, op.keyword(), words);
    }
    if let Some(amount) = &c.amount {
        out.push(' ');
        part(out, amount, 4, words);
    }
    if c.average {
        out.push(' ');
        keyword(out, Kw::OnAverage, words);
    }
}

/// `3 years`, `3年`.
fn years(out: &mut String, count: &Literal, words: WordSet) {
    match (words, count.text.strip_suffix('年')) {
        (WordSet::En, Some(number)) => {
            out.push_str(number);
            out.push_str(" years");
        }
        _ => out.push_str(&count.text),
    }
}

fn when(out: &mut String, when: &When, words: WordSet) {
    out.push(' ');
    let (kw, first, last) = match when {
        When::In(t) => (Kw::InTime, Some(t), None),
        When::By(t) => (Kw::By, Some(t), None),
        When::Before(t) => (Kw::Before, Some(t), None),
        When::Throughout(a, b) => (Kw::Throughout, Some(a), b.as_ref()),
        When::Over(a, b) => (Kw::Over, Some(a), b.as_ref()),
        When::Each(word, None) => (*word, None, None),
        When::Each(word, Some((a, b))) => (*word, Some(a), b.as_ref()),
        When::Span(a, b) => return span(out, a, b.as_ref()),
        When::ByEvent(event) => {
            keyword(out, Kw::By, words);
            out.push(' ');
            return bare_or_quoted(out, &event.text, Place::Name);
        }
        When::Per(count) | When::WithinAny(count) => {
            let kw = match when {
                When::Per(_) => Kw::Per,
                _ => Kw::WithinAny,
            };
            keyword(out, kw, words);
            out.push(' ');
            return years(out, count, words);
        }
        When::From(a, b) => {
            keyword(out, Kw::From, words);
            out.push(' ');
            out.push_str(&a.text);
            if let Some(b) = b {
                clause(out, Kw::To, words);
                out.push_str(&b.text);
            }
            return;
        }
        When::After(length, event) => {
            keyword(out, Kw::Within, words);
            out.push(' ');
            out.push_str(&length.text);
            clause(out, Kw::After, words);
            return bare_or_quoted(out, &event.text, Place::Name);
        }
    };
    keyword(out, kw, words);
    if let Some(first) = first {
        out.push(' ');
        span(out, first, last);
    }
}
