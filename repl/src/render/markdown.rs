//! The outcome as a Markdown document: a summary table, then a section for each verdict.

use std::fmt::Write;

use guiju::{Lang, Outcome, ResultRecord, Verdict};

use super::{Selection, words};

/// The document.
pub(crate) fn report(outcome: &Outcome<'_>, selection: &Selection) -> String {
    let lang = outcome.options().lang;
    let results: Vec<ResultRecord<'_>> = selection.results(outcome).collect();
    let mut out = String::new();
    let title = lang.pick("规划目标评估", "Plan targets evaluated");
    let _ = writeln!(
        out,
        "# {title}\n\n{} {}\n",
        words::as_of(lang),
        outcome.options().as_of
    );
    summary(&mut out, outcome, lang);
    for verdict in [
        Verdict::Violated,
        Verdict::Unknown,
        Verdict::Pending,
        Verdict::Waived,
        Verdict::NotApplicable,
        Verdict::Met,
    ] {
        let group: Vec<&ResultRecord<'_>> =
            results.iter().filter(|r| r.verdict == verdict).collect();
        if !group.is_empty() {
            section(&mut out, verdict, &group, lang);
        }
    }
    let attention = |r: &&ResultRecord<'_>| r.verdict == Verdict::Violated;
    if results.iter().any(|r| attention(&r)) {
        let _ = writeln!(out, "## {}\n", words::findings(lang));
        for result in results.iter().filter(attention) {
            finding(&mut out, result, lang);
        }
    }
    out
}

fn summary(out: &mut String, outcome: &Outcome<'_>, lang: Lang) {
    let summary = outcome.summary();
    let names: Vec<&str> = Verdict::ALL
        .iter()
        .map(|v| words::verdict(*v, lang))
        .collect();
    let counts: Vec<String> = Verdict::ALL
        .iter()
        .map(|v| summary.count(*v).to_string())
        .collect();
    let _ = writeln!(out, "## {}\n", words::summary(lang));
    let _ = writeln!(out, "| {} | {} |", names.join(" | "), words::total(lang));
    let _ = writeln!(out, "|{}", "--:|".repeat(names.len() + 1));
    let _ = writeln!(out, "| {} | {} |\n", counts.join(" | "), summary.total());
}

fn section(out: &mut String, verdict: Verdict, group: &[&ResultRecord<'_>], lang: Lang) {
    let _ = writeln!(
        out,
        "## {} {} ({})\n",
        words::sign(verdict, true),
        words::verdict(verdict, lang),
        group.len()
    );
    let _ = writeln!(
        out,
        "| {} | {} | {} | {} |\n|---|---|---|---|",
        words::rule(lang),
        words::clause(lang),
        words::verdict_column(lang),
        words::lead(lang)
    );
    for result in group {
        let cells = [
            result.rule.to_string(),
            result.clause.unwrap_or("").to_string(),
            result.message.clone(),
            result.lead.join(lang.pick("、", ", ")),
        ];
        let cells: Vec<String> = cells.iter().map(|c| escaped(c)).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push('\n');
}

fn finding(out: &mut String, result: &ResultRecord<'_>, lang: Lang) {
    let _ = writeln!(
        out,
        "### {} {}\n",
        escaped(result.rule),
        words::of_result(result, lang)
    );
    let _ = writeln!(out, "{}\n", escaped(&result.message));
    let mut item = |label: &str, text: &str| {
        let _ = writeln!(out, "- **{label}** {}", escaped(text));
    };
    let Some(e) = &result.explanation else { return };
    for figure in &e.evidence {
        let publisher = figure
            .publisher
            .as_deref()
            .map_or(String::new(), |p| format!(" {p}"));
        item(
            words::where_from(lang),
            &format!(
                "{} {}，{}{publisher}",
                figure.period, figure.value, figure.place
            ),
        );
    }
    for remedy in &e.remedies {
        item(words::remedy(lang), remedy);
    }
    if let Some(clause) = &e.clause {
        item(words::clause(lang), clause);
    }
    for (label, names) in [(words::lead(lang), &e.lead), (words::owner(lang), &e.owner)] {
        if !names.is_empty() {
            item(label, &names.join(lang.pick("、", ", ")));
        }
    }
    for note in &e.notes {
        item(words::note(lang), note);
    }
    out.push('\n');
}

/// Text that Markdown (and the HTML made of it) shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '#' => {
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
