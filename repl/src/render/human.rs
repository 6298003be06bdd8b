//! The screens of `eval` and `explain`.

use guiju::lang::{Source, Sources};
use guiju::{Explanation, Lang, Outcome, Reason, ResultRecord, Verdict};

use super::snippet::{self, Mark};
use super::style::{Pen, columns, hanging, pad, wrap};
use super::words::Standing;
use super::{Selection, brief, values, words};

/// What the screen of `eval` depends on besides the results.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    /// Whether everything is explained in full.
    pub(crate) explain: bool,
    /// Whether rules and figures are those of the configuration, so that other commands find them.
    pub(crate) configured: bool,
    pub(crate) pen: Pen,
}

/// The whole outcome. What is violated is drawn with its rule; the rest gets a line each, unless
/// everything is to be explained in full.
pub(crate) fn screen(outcome: &Outcome<'_>, selection: &Selection, manner: Manner) -> String {
    let Manner { explain, pen, .. } = manner;
    let lang = outcome.options().lang;
    let results: Vec<ResultRecord<'_>> = selection.wholes(outcome).collect();
    let in_lines = |r: &ResultRecord<'_>| !explain && r.verdict != Verdict::Violated;
    let shortened = results.iter().any(in_lines);
    let home = brief::home(&results).filter(|_| shortened);
    let mut out = heading(outcome, &results, home, pen);
    let several = plans(&results).len() > 1;
    for standing in Standing::ALL {
        let group: Vec<&ResultRecord<'_>> = results
            .iter()
            .filter(|r| Standing::of_result(r) == standing)
            .collect();
        if group.is_empty() {
            continue;
        }
        let title = format!(
            "{} {} {}",
            standing.sign(pen.unicode),
            standing.word(lang),
            group.len()
        );
        out.push_str(&format!("\n{}\n", pen.verdict(standing.verdict, &title)));
        if explain || standing.verdict == Verdict::Violated {
            for result in group {
                out.push('\n');
                let id = format!("{}  ", result.rule);
                out.push_str(&full(
                    result,
                    outcome.rules().sources(),
                    &id,
                    several,
                    lang,
                    pen,
                ));
            }
        } else {
            out.push_str(&brief::lines(standing.verdict, &group, home, lang, pen));
        }
    }
    out.push('\n');
    out.push_str(&footer(outcome, &results, shortened, manner));
    out
}

/// Everything about some results: the screen of `explain`.
pub(crate) fn story(outcome: &Outcome<'_>, results: &[&ResultRecord<'_>], pen: Pen) -> String {
    let lang = outcome.options().lang;
    let all: Vec<ResultRecord<'_>> = results.iter().map(|r| (*r).clone()).collect();
    let mut out = heading(outcome, &all, None, pen);
    for result in results {
        let standing = Standing::of_result(result);
        let head = format!(
            "{} {}  {}",
            standing.sign(pen.unicode),
            result.rule,
            standing.word(lang)
        );
        out.push_str(&format!("\n{}\n", pen.verdict(standing.verdict, &head)));
        out.push_str(&full(
            result,
            outcome.rules().sources(),
            "",
            false,
            lang,
            pen,
        ));
    }
    out
}

/// The plans of results, in order of name.
fn plans<'a>(results: &[ResultRecord<'a>]) -> Vec<&'a str> {
    let mut plans: Vec<&str> = results.iter().filter_map(|r| r.plan).collect();
    plans.sort_unstable();
    plans.dedup();
    plans
}

/// The plans' titles, the place that goes without saying, and the date.
fn heading(
    outcome: &Outcome<'_>,
    results: &[ResultRecord<'_>],
    home: Option<&str>,
    pen: Pen,
) -> String {
    let lang = outcome.options().lang;
    let ruleset = outcome.rules().ruleset();
    let title = |name: &&str| {
        let plan = ruleset.plans.iter().find(|p| p.name == **name);
        plan.and_then(|p| p.title.clone())
            .unwrap_or_else(|| (*name).to_string())
    };
    let titles: Vec<String> = plans(results).iter().map(title).collect();
    let date = format!("{} {}", words::as_of(lang), outcome.options().as_of);
    let titles = (!titles.is_empty()).then(|| words::list(&titles, lang));
    let parts: Vec<String> = titles
        .into_iter()
        .chain(home.map(str::to_string))
        .chain([date])
        .collect();
    let line = parts.join("  ");
    let lines: Vec<String> = wrap(&line, pen.width)
        .iter()
        .map(|l| pen.strong(l))
        .collect();
    format!("{}\n", lines.join("\n"))
}

/// A result with its rule drawn and everything that is known of it.
pub(crate) fn full(
    result: &ResultRecord<'_>,
    sources: &Sources,
    id: &str,
    plan: bool,
    lang: Lang,
    pen: Pen,
) -> String {
    let Some(explanation) = &result.explanation else {
        return String::new();
    };
    let standing = Standing::of_result(result);
    let (prefix, width) = if id.is_empty() {
        ("  ".to_string(), 2)
    } else {
        let sign = pen.verdict(standing.verdict, standing.sign(pen.unicode));
        (format!("  {sign} "), 4)
    };
    let headline = format!("{id}{}", explanation.headline);
    let mut out = hanging(&prefix, width, &headline, pen.width);
    let source = sources.find(&result.span.file).and_then(|f| sources.get(f));
    if let Some(source) = source {
        out.push_str(&drawing(source, explanation, pen));
    }
    details(&mut out, result, explanation, plan, lang, pen);
    out
}

fn drawing(source: &Source, explanation: &Explanation, pen: Pen) -> String {
    let marks: Vec<Mark> = explanation
        .marks
        .iter()
        .map(|mark| Mark {
            start: mark.start,
            end: mark.end,
            text: mark.text.clone(),
            primary: mark.part == "requirement",
        })
        .collect();
    snippet::draw(source, &marks, pen)
}

/// Columns of a label, with the space behind it.
const LABEL: usize = 10;

fn details(
    out: &mut String,
    result: &ResultRecord<'_>,
    e: &Explanation,
    plan: bool,
    lang: Lang,
    pen: Pen,
) {
    let mut evidence = Vec::new();
    for figure in &e.evidence {
        let mut text = values::evidence(figure, result.kind, lang);
        text.push_str(&format!("  {}", figure.place));
        // The text as published, where it is not what the reader sees anyway.
        let published = figure.text.trim();
        if !figure.value.starts_with(published) {
            text.push_str(&format!(" “{published}”"));
        }
        match &figure.publisher {
            Some(name) if columns(&text) + 2 + columns(name) + 2 + LABEL > pen.width => {
                evidence.extend([text, name.clone()]);
            }
            Some(name) => evidence.push(format!("{text}  {name}")),
            None => evidence.push(text),
        }
    }
    let reasons: Vec<String> = e.reasons.iter().map(|r| reason(r, pen)).collect();
    rows(out, words::reason(lang), &reasons, pen);
    rows(out, words::source(lang), &evidence, pen);
    if e.series.len() > 1 {
        let points = e.series.iter().map(|point| {
            let sign = match (point.satisfies, pen.unicode) {
                (Some(true), true) => " ✓",
                (Some(true), false) => " +",
                (Some(false), true) => " ×",
                (Some(false), false) => " x",
                (None, _) => "",
            };
            let status = values::status(point.status, lang);
            format!("{} {}{status}{sign}", point.period, point.value)
        });
        let points: Vec<String> = points.collect();
        let text = points.join(if pen.unicode { " · " } else { "; " });
        rows(out, words::series(lang), &[text], pen);
    }
    rows(out, words::progress(lang), &e.progress, pen);
    let remedy = match result.verdict {
        Verdict::Violated => words::remedy(lang),
        _ => words::needed(lang),
    };
    rows(out, remedy, &e.remedies, pen);
    // One plan is named at the top.
    let plan = e.plan.clone().filter(|_| plan);
    let clause: Vec<String> = e.clause.clone().into_iter().chain(plan).collect();
    if !clause.is_empty() {
        rows(out, words::clause(lang), &[clause.join("  ")], pen);
    }
    for (label, names) in [(words::lead(lang), &e.lead), (words::owner(lang), &e.owner)] {
        if !names.is_empty() {
            rows(out, label, &[words::list(names, lang)], pen);
        }
    }
    rows(out, words::note(lang), &e.notes, pen);
    rows(out, words::remark(lang), e.remark.as_slice(), pen);
}

/// `× 东川区 …`
fn reason(reason: &Reason, pen: Pen) -> String {
    let sign = match (reason.holds, pen.unicode) {
        (Some(true), true) => "✓ ",
        (Some(true), false) => "+ ",
        (Some(false), true) => "× ",
        (Some(false), false) => "x ",
        (None, _) if reason.part == "subject" && reason.of.is_none() => "",
        (None, _) => "? ",
    };
    format!("{sign}{}", reason.text)
}

/// `  label  text`, wrapped under the text; the label stands before the first text only.
fn rows(out: &mut String, label: &str, texts: &[String], pen: Pen) {
    for (i, text) in texts.iter().enumerate() {
        let label = if i == 0 { label } else { "" };
        let prefix = format!("  {}", pen.faint(&pad(label, LABEL)));
        out.push_str(&hanging(&prefix, 2 + LABEL, text, pen.width));
    }
}

fn footer(
    outcome: &Outcome<'_>,
    results: &[ResultRecord<'_>],
    shortened: bool,
    manner: Manner,
) -> String {
    let Manner {
        configured, pen, ..
    } = manner;
    let lang = outcome.options().lang;
    let mut out = format!(
        "{}\n",
        pen.strong(&counts(outcome, results.len(), lang, pen))
    );
    let mut say = |text: &str| {
        for line in wrap(text, pen.width) {
            out.push_str(&pen.faint(&line));
            out.push('\n');
        }
    };
    let absent: Vec<String> = outcome.absences().map(|(r, _)| r.id.clone()).collect();
    if !absent.is_empty() {
        let count = absent.len();
        let names = words::list(&absent, lang);
        say(&match lang {
            Lang::Zh => format!("{count} 条规则已被取代或尚未印发，没有结论：{names}"),
            Lang::En => format!(
                "{} superseded or not issued yet, without result: {names}",
                words::counted(count, "rule is", "rules are")
            ),
        });
    }
    let unused = outcome.unused_count();
    if unused > 0 {
        let figures = outcome.figures();
        let mut text = match lang {
            Lang::Zh => format!("{figures} 个数据中有 {unused} 个没有规则使用"),
            Lang::En => format!(
                "{unused} of {} {} used by no rule",
                words::counted(figures, "figure", "figures"),
                if unused == 1 { "is" } else { "are" }
            ),
        };
        if configured {
            text.push_str(lang.pick(
                "（guiju facts --unused 列出）",
                " (guiju facts --unused lists them)",
            ));
        }
        say(&text);
    }
    let assumed: Vec<String> = outcome.assumed_percent().map(str::to_string).collect();
    if !assumed.is_empty() {
        let names = words::list(&assumed, lang);
        say(&match lang {
            Lang::Zh => format!("数据未写单位，按百分数理解：{names}"),
            Lang::En => format!("figures without a unit, read as percent: {names}"),
        });
    }
    let first = results.iter().find(|r| r.verdict != Verdict::Violated);
    if let (true, Some(first)) = (shortened, first) {
        let id = first.rule;
        say(&match (lang, configured) {
            (Lang::Zh, true) => format!("逐条详情：guiju explain {id}，或 guiju eval --explain"),
            (Lang::Zh, false) => format!("逐条详情：加 --explain，或把 eval 换成 explain {id}"),
            (Lang::En, true) => format!("in full: guiju explain {id}, or guiju eval --explain"),
            (Lang::En, false) => format!("in full: add --explain, or say explain {id} for eval"),
        });
    }
    out
}

/// `合计 12：未达成 1 · 达成 4`; what nothing has is left out. It covers everything, and says so
/// where not everything is shown.
fn counts(outcome: &Outcome<'_>, shown: usize, lang: Lang, pen: Pen) -> String {
    let summary = outcome.summary();
    let parts: Vec<String> = tally(outcome)
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(standing, n)| match lang {
            Lang::Zh => format!("{} {n}", standing.word(lang)),
            Lang::En => format!("{n} {}", standing.word(lang)),
        })
        .collect();
    let parts = parts.join(if pen.unicode { " · " } else { ", " });
    let total = summary.total();
    let all = shown as u64 == total;
    let total = match lang {
        Lang::Zh if all => format!("{} {total}", words::total(lang)),
        Lang::Zh => format!("{} {total}（显示 {shown}）", words::total(lang)),
        Lang::En if all => format!("{total} {}", words::total(lang)),
        Lang::En => format!("{total} {}, {shown} shown", words::total(lang)),
    };
    match (parts.is_empty(), lang) {
        (true, _) => total,
        (false, Lang::Zh) => format!("{total}：{parts}"),
        (false, Lang::En) => format!("{total}: {parts}"),
    }
}

/// How many results stand where, whatever is shown.
pub(crate) fn tally(outcome: &Outcome<'_>) -> Vec<(Standing, usize)> {
    let summary = outcome.summary();
    let missed = outcome
        .results_where(|_, verdict| verdict == Verdict::Violated)
        .filter(|r| r.modality == "should" && !r.part)
        .count();
    let count = |standing: &Standing| match (standing.verdict, standing.should) {
        (Verdict::Violated, true) => missed,
        (Verdict::Violated, false) => summary.count(Verdict::Violated) as usize - missed,
        (verdict, _) => summary.count(verdict) as usize,
    };
    Standing::ALL.iter().map(|s| (*s, count(s))).collect()
}
