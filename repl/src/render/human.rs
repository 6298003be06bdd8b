//! The screen of `eval`, `explain` and `rules`.

use std::fmt::Write;

use guiju::lang::Sources;
use guiju::{Explanation, Lang, Outcome, ResultRecord, Rules, Status, Summary, Verdict};

use super::style::{Pen, columns, pad, wrap};
use super::{Selection, findings, words};
use crate::output;

/// Order in which verdicts are shown: what needs attention first.
const ORDER: [Verdict; 6] = [
    Verdict::Violated,
    Verdict::Unknown,
    Verdict::Pending,
    Verdict::Waived,
    Verdict::NotApplicable,
    Verdict::Met,
];

/// The whole outcome. Violations are drawn with their rule; the rest gets a line or two each,
/// unless everything is to be explained in full.
pub(crate) fn screen(
    outcome: &Outcome<'_>,
    selection: &Selection,
    explain: bool,
    fancy: bool,
) -> String {
    let pen = Pen {
        color: fancy && output::stdout_colors(),
        unicode: fancy,
    };
    let lang = outcome.options().lang;
    let sources = outcome.rules().sources();
    let results: Vec<ResultRecord<'_>> = selection.results(outcome).collect();
    let mut out = String::new();
    heading(&mut out, outcome, &results, pen);
    for verdict in ORDER {
        let group: Vec<&ResultRecord<'_>> =
            results.iter().filter(|r| r.verdict == verdict).collect();
        if group.is_empty() {
            continue;
        }
        let title = format!(
            "{} {} {}",
            words::sign(verdict, pen.unicode),
            words::verdict(verdict, lang),
            group.len()
        );
        let _ = writeln!(out, "{}\n", pen.verdict(verdict, &title));
        for result in group {
            if verdict == Verdict::Violated || explain {
                out.push_str(&full(result, sources, lang, fancy));
            } else {
                brief(&mut out, result, lang, pen);
            }
        }
        out.push('\n');
    }
    footer(&mut out, outcome, pen);
    out
}

fn heading(out: &mut String, outcome: &Outcome<'_>, results: &[ResultRecord<'_>], pen: Pen) {
    let lang = outcome.options().lang;
    let mut plans: Vec<&str> = results.iter().filter_map(|r| r.plan).collect();
    plans.sort_unstable();
    plans.dedup();
    let ruleset = outcome.rules().ruleset();
    let title = |name: &&str| {
        let plan = ruleset.plans.iter().find(|p| p.name == **name);
        plan.and_then(|p| p.title.clone())
            .unwrap_or_else(|| (*name).to_string())
    };
    let titles: Vec<String> = plans.iter().map(title).collect();
    let date = format!("{} {}", words::as_of(lang), outcome.options().as_of);
    let line = if titles.is_empty() {
        date
    } else {
        format!("{}  {date}", titles.join(lang.pick("、", ", ")))
    };
    let _ = writeln!(out, "{}\n", pen.strong(&line));
}

/// A result with its rule drawn and everything that is known of it.
pub(crate) fn full(
    result: &ResultRecord<'_>,
    sources: &Sources,
    lang: Lang,
    fancy: bool,
) -> String {
    let pen = Pen {
        color: fancy && output::stdout_colors(),
        unicode: fancy,
    };
    let mut out = String::new();
    if let Some(explanation) = &result.explanation {
        out.push_str(&findings::verdict(result, explanation, sources, lang, pen));
        details(&mut out, result, explanation, lang, pen);
        out.push('\n');
    }
    out
}

fn details(out: &mut String, result: &ResultRecord<'_>, e: &Explanation, lang: Lang, pen: Pen) {
    for figure in &e.evidence {
        let mut text = format!("{} {}", figure.period, figure.value);
        match figure.status {
            Status::Final => {}
            Status::Preliminary => text.push_str(&format!("（{}）", words::preliminary(lang))),
            Status::Forecast => text.push_str(&format!("（{}）", words::forecast(lang))),
        }
        let _ = write!(text, "  {} “{}”", figure.place, figure.text.trim());
        if let Some(publisher) = &figure.publisher {
            let _ = write!(text, "  {publisher}");
        }
        row(out, words::source(lang), &text, pen);
    }
    if e.series.len() > 1 {
        let sign = |s: &Option<bool>| match s {
            Some(true) => {
                if pen.unicode {
                    "✓"
                } else {
                    "+"
                }
            }
            Some(false) => {
                if pen.unicode {
                    "×"
                } else {
                    "x"
                }
            }
            None => "",
        };
        let points: Vec<String> = e
            .series
            .iter()
            .map(|p| format!("{} {}{}", p.period, p.value, sign(&p.satisfies)))
            .collect();
        row(
            out,
            words::series(lang),
            &points.join(if pen.unicode { " · " } else { "; " }),
            pen,
        );
    }
    for text in &e.progress {
        row(out, words::progress(lang), text, pen);
    }
    for text in &e.remedies {
        row(out, words::remedy(lang), text, pen);
    }
    let clause = match (&e.clause, &e.plan) {
        (Some(clause), Some(plan)) => Some(format!("{clause}  {plan}")),
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    if let Some(clause) = clause {
        row(out, words::clause(lang), &clause, pen);
    }
    for (label, names) in [(words::lead(lang), &e.lead), (words::owner(lang), &e.owner)] {
        if !names.is_empty() {
            row(out, label, &names.join(lang.pick("、", ", ")), pen);
        }
    }
    for note in &e.notes {
        row(out, words::note(lang), note, pen);
    }
    if let Some(remark) = &e.remark {
        row(out, words::remark(lang), remark, pen);
    }
    let _ = result;
}

/// `  label  text`, wrapped under the text.
fn row(out: &mut String, label: &str, text: &str, pen: Pen) {
    const LABEL: usize = 9;
    let indent = 2 + LABEL;
    for (i, line) in wrap(text, output::width().saturating_sub(indent))
        .iter()
        .enumerate()
    {
        let label = if i == 0 {
            pen.faint(&pad(label, LABEL))
        } else {
            " ".repeat(LABEL)
        };
        let _ = writeln!(out, "  {label}{line}");
    }
}

/// A line or two.
fn brief(out: &mut String, result: &ResultRecord<'_>, lang: Lang, pen: Pen) {
    let label = result.rule;
    let indent = 4;
    let mut lines = wrap(&result.message, output::width().saturating_sub(indent)).into_iter();
    let place = result.clause.map_or(String::new(), |c| format!("  {c}"));
    let lead = if result.lead.is_empty() {
        String::new()
    } else {
        format!(
            "  {} {}",
            words::lead(lang),
            result.lead.join(lang.pick("、", ", "))
        )
    };
    let _ = writeln!(
        out,
        "  {}{}",
        pen.strong(label),
        pen.faint(&format!("{place}{lead}"))
    );
    for line in lines.by_ref() {
        let _ = writeln!(out, "    {line}");
    }
    let Some(e) = &result.explanation else { return };
    // What would follow from the latest figure is the useful half of a gap.
    if result.verdict == Verdict::Unknown
        && let Some(last) = e.remedies.iter().skip(1).last()
    {
        for line in wrap(last, output::width().saturating_sub(indent)) {
            let _ = writeln!(out, "    {}", pen.faint(&line));
        }
    }
}

fn footer(out: &mut String, outcome: &Outcome<'_>, pen: Pen) {
    let lang = outcome.options().lang;
    let summary = outcome.summary();
    let _ = writeln!(out, "{}", pen.strong(&counts(&summary, lang)));
    let unused = outcome.unused_count();
    if unused > 0 {
        let figures = outcome.figures();
        let text = match lang {
            Lang::Zh => {
                format!("{figures} 个数据中有 {unused} 个没有规则使用（guiju facts --unused 列出）")
            }
            Lang::En => format!(
                "{unused} of {figures} figures are used by no rule (guiju facts --unused lists them)"
            ),
        };
        let _ = writeln!(out, "{}", pen.faint(&text));
    }
    let assumed: Vec<&str> = outcome.assumed_percent().collect();
    if !assumed.is_empty() {
        let names = assumed.join(lang.pick("、", ", "));
        let text = match lang {
            Lang::Zh => format!("数据未写单位，按百分数理解：{names}"),
            Lang::En => format!("figures without a unit, read as percent: {names}"),
        };
        for line in wrap(&text, output::width()) {
            let _ = writeln!(out, "{}", pen.faint(&line));
        }
    }
}

/// `达成 4 · 未达成 1 · …`; a verdict that nothing has is left out.
pub(crate) fn counts(summary: &Summary, lang: Lang) -> String {
    let parts: Vec<String> = Verdict::ALL
        .iter()
        .filter(|v| summary.count(**v) > 0)
        .map(|v| format!("{} {}", words::verdict(*v, lang), summary.count(*v)))
        .collect();
    format!(
        "{} {}: {}",
        words::total(lang),
        summary.total(),
        parts.join(" · ")
    )
}

/// One line a rule.
pub(crate) fn rule_list(rules: &Rules, lang: Lang) -> String {
    let pen = Pen {
        color: output::stdout_colors(),
        unicode: true,
    };
    let ruleset = rules.ruleset();
    let width = ruleset
        .rules
        .iter()
        .map(|r| columns(&r.id))
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for rule in &ruleset.rules {
        let text = rule.text.split(" {").next().unwrap_or(&rule.text);
        let text = text.strip_prefix(&format!("{}: ", rule.id)).unwrap_or(text);
        let clause = rule.attributes.clause.as_deref().unwrap_or("");
        let _ = writeln!(
            out,
            "{}  {text}  {}",
            pen.strong(&pad(&rule.id, width)),
            pen.faint(clause)
        );
    }
    let _ = writeln!(out, "{} {}", words::total(lang), ruleset.rules.len());
    out
}
