//! The outcome as a Markdown document: a summary, a section for each verdict, then what is violated
//! or rests on figures that contradict each other, one by one.

use std::fmt::Write;

use guiju::{Explanation, Lang, Outcome, ResultRecord, SourceRecord, Verdict};

use super::style::Pen;
use super::words::Standing;
use super::{Selection, brief, human, values, words};

/// How values are written: signs, but no colour.
const PEN: Pen = Pen {
    color: false,
    unicode: true,
    width: usize::MAX,
};

/// The document.
pub(crate) fn report(outcome: &Outcome<'_>, selection: &Selection) -> String {
    let lang = outcome.options().lang;
    let results: Vec<ResultRecord<'_>> = selection.wholes(outcome).collect();
    let mut out = format!("# {}\n\n", escaped(&title(outcome, lang)));
    let _ = writeln!(out, "{} {}\n", words::as_of(lang), outcome.options().as_of);
    summary(&mut out, outcome, lang);
    for standing in Standing::ALL {
        let group: Vec<&ResultRecord<'_>> = results
            .iter()
            .filter(|r| Standing::of_result(r) == standing)
            .collect();
        if !group.is_empty() {
            section(&mut out, standing, &group, lang);
        }
    }
    // The order of the sections. Whoever is to settle a conflict needs to see both sides.
    let told = Standing::ALL.iter().flat_map(|standing| {
        results.iter().filter(|r| {
            let wanted = r.verdict == Verdict::Violated || !r.conflicts.is_empty();
            wanted && Standing::of_result(r) == *standing
        })
    });
    let told: Vec<&ResultRecord<'_>> = told.collect();
    if !told.is_empty() {
        let _ = writeln!(out, "## {}\n", capital(words::findings(lang)));
        for result in told {
            finding(&mut out, result, lang);
        }
    }
    out
}

/// What the document is about: the plans that were evaluated.
pub(crate) fn title(outcome: &Outcome<'_>, lang: Lang) -> String {
    let what = lang.pick("规划目标评估", "Plan targets evaluated");
    let plans = &outcome.rules().ruleset().plans;
    let title = |plan: &guiju::lang::model::Plan| plan.title.clone().unwrap_or(plan.name.clone());
    match plans.as_slice() {
        [plan] => format!("{}{}{what}", title(plan), lang.pick(" · ", ": ")),
        _ => what.to_string(),
    }
}

fn summary(out: &mut String, outcome: &Outcome<'_>, lang: Lang) {
    // What nothing has is left out, but for the two that everybody looks for.
    let looked_for =
        |s: &Standing| matches!(s.verdict, Verdict::Met | Verdict::Violated if !s.should);
    let tally: Vec<(Standing, usize)> = human::tally(outcome)
        .into_iter()
        .filter(|(s, n)| *n > 0 || looked_for(s))
        .collect();
    let names: Vec<String> = tally.iter().map(|(s, _)| capital(s.word(lang))).collect();
    let counts: Vec<String> = tally.iter().map(|(_, n)| n.to_string()).collect();
    let total = outcome.summary().total();
    let _ = writeln!(out, "## {}\n", capital(words::summary(lang)));
    let _ = writeln!(
        out,
        "| {} | {} |",
        names.join(" | "),
        capital(words::total(lang))
    );
    let _ = writeln!(out, "|{}", "--:|".repeat(names.len() + 1));
    let _ = writeln!(out, "| {} | {total} |\n", counts.join(" | "));
}

fn section(out: &mut String, standing: Standing, group: &[&ResultRecord<'_>], lang: Lang) {
    let _ = writeln!(
        out,
        "## {} {} {}\n",
        standing.sign(true),
        capital(standing.word(lang)),
        group.len()
    );
    let mut heads = vec![words::rule(lang), words::clause(lang), words::target(lang)];
    heads.extend([words::required(lang)]);
    heads.extend(match standing.verdict {
        Verdict::Pending => vec![
            words::deadline(lang),
            words::latest(lang),
            words::outlook_column(lang),
        ],
        Verdict::Unknown => vec![words::state(lang)],
        Verdict::Waived | Verdict::NotApplicable => vec![words::note(lang)],
        Verdict::Violated => vec![words::actual(lang), words::gap(lang)],
        Verdict::Met => vec![words::actual(lang)],
    });
    heads.push(words::lead(lang));
    let heads: Vec<String> = heads.into_iter().map(capital).collect();
    let _ = writeln!(out, "| {} |", heads.join(" | "));
    let _ = writeln!(out, "|{}", "---|".repeat(heads.len()));
    for result in group {
        let cells: Vec<String> = cells(result, lang).iter().map(|c| escaped(c)).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push('\n');
}

fn cells(result: &ResultRecord<'_>, lang: Lang) -> Vec<String> {
    let mut cells = vec![
        result.rule.to_string(),
        result.clause.unwrap_or("").to_string(),
        brief::who(result),
        values::bound(result, lang, PEN),
    ];
    match result.verdict {
        Verdict::Pending => {
            let due = result
                .deadline
                .clone()
                .filter(|_| result.required.op != "done");
            cells.push(due.unwrap_or_default());
            cells.push(brief::latest(result, lang));
            let outlook = result.outlook.map(|o| words::outlook(o, lang));
            cells.push(outlook.unwrap_or_default().to_string());
        }
        Verdict::Unknown => cells.push(brief::lack(result, lang, PEN)),
        Verdict::Waived | Verdict::NotApplicable => cells.push(result.message.clone()),
        Verdict::Met => cells.push(brief::found(result, lang)),
        Verdict::Violated => {
            let actual = result.actual.as_ref();
            let actual = actual.map(|a| values::dated(a, result.kind, lang));
            let actual = brief::tally(result, lang).or(actual);
            cells.push(actual.unwrap_or_default());
            cells.push(values::gap(result, lang));
        }
    }
    cells.push(words::list(result.lead, lang));
    cells
}

fn finding(out: &mut String, result: &ResultRecord<'_>, lang: Lang) {
    let standing = Standing::of_result(result);
    let _ = writeln!(
        out,
        "### {} {}\n",
        escaped(result.rule),
        standing.word(lang)
    );
    let _ = writeln!(out, "{}\n", escaped(&result.message));
    let mut item = |label: &str, text: &str| {
        let _ = writeln!(out, "- **{}** {}", capital(label), escaped(text));
    };
    let Some(e) = &result.explanation else { return };
    for reason in &e.reasons {
        item(words::reason(lang), &reason.text);
    }
    for (label, figure) in figures(result, e, lang) {
        item(label, &figure);
    }
    let remedy = match result.verdict {
        Verdict::Violated => words::remedy(lang),
        _ => words::needed(lang),
    };
    for text in &e.remedies {
        item(remedy, text);
    }
    if let Some(clause) = &e.clause {
        item(words::clause(lang), clause);
    }
    for (label, names) in [(words::lead(lang), &e.lead), (words::owner(lang), &e.owner)] {
        if !names.is_empty() {
            item(label, &words::list(names, lang));
        }
    }
    for note in e.notes.iter().chain(&e.remark) {
        item(words::note(lang), note);
    }
    out.push('\n');
}

/// The figures that a result rests on, with their places; the sides of a conflict say that they are.
fn figures(result: &ResultRecord<'_>, e: &Explanation, lang: Lang) -> Vec<(&'static str, String)> {
    let comma = lang.pick("，", ", ");
    let line = |value: String, place: &str, publisher: Option<&str>| {
        let publisher = publisher.map_or(String::new(), |name| format!("{comma}{name}"));
        format!("{value}{comma}{place}{publisher}")
    };
    let place = |s: &SourceRecord<'_>| format!("{}:{}:{}", s.file, s.line, s.column);
    let conflicts = result.conflicts.iter().flat_map(|c| &c.values);
    let sides: Vec<String> = conflicts.map(|side| place(&side.source)).collect();
    let mut out = Vec::new();
    // One period may decide while the sources of another disagree; the evidence is then theirs.
    let source = result.actual.as_ref().and_then(|a| a.source.as_ref());
    if let (Some(actual), Some(source), false) = (&result.actual, source, sides.is_empty()) {
        let at = place(source);
        if !e.evidence.iter().any(|figure| figure.place == at) {
            let value = values::dated(actual, result.kind, lang);
            let text = line(value, &at, source.publisher);
            out.push((words::where_from(lang), text));
        }
    }
    out.extend(e.evidence.iter().map(|figure| {
        let label = match sides.contains(&figure.place) {
            true => words::conflict(lang),
            false => words::where_from(lang),
        };
        let value = values::evidence(figure, result.kind, lang);
        (
            label,
            line(value, &figure.place, figure.publisher.as_deref()),
        )
    }));
    out
}

/// A word as a heading begins.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// Text that Markdown (and the HTML made of it) shows as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}
