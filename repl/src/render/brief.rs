//! Results in a line each: whatever is not drawn in full.

use guiju::{Lang, ResultRecord, Verdict};

use super::style::{Pen, Row, columns, table};
use super::{values, words};

/// The place that most results are about; it goes without saying in their lines.
pub(crate) fn home<'r>(results: &'r [ResultRecord<'_>]) -> Option<&'r str> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for subject in results.iter().filter_map(|r| r.subject.as_deref()) {
        match counts.iter_mut().find(|(name, _)| *name == subject) {
            Some((_, count)) => *count += 1,
            None => counts.push((subject, 1)),
        }
    }
    let (name, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count > 1 && 2 * count > results.len()).then_some(name)
}

/// The lines of results that share a verdict: what is unknown under the units that lead, what is
/// pending by how it gets on.
pub(crate) fn lines(
    verdict: Verdict,
    results: &[&ResultRecord<'_>],
    home: Option<&str>,
    lang: Lang,
    pen: Pen,
) -> String {
    const INDENT: usize = 4;
    const BOUND: usize = 16;
    let groups = match verdict {
        Verdict::Unknown => by_lead(results, lang),
        Verdict::Pending => by_outlook(results, lang),
        _ => vec![(None, results.to_vec())],
    };
    let mut rows = Vec::new();
    for (title, group) in groups {
        rows.extend(title.map(|title| Row::Title(format!("{title}  {}", group.len()))));
        rows.extend(group.iter().map(|result| row(result, home, lang, pen)));
    }
    // Names get what the other columns leave.
    let widest = |column: usize, most: usize| {
        let cells = rows.iter().filter_map(|row| match row {
            Row::Cells(cells, _) => cells.get(column),
            Row::Title(_) => None,
        });
        let widths = cells.map(|c| columns(c)).filter(|w| *w <= most);
        widths.max().map_or(0, |w| w + 2)
    };
    let others = widest(0, 24) + widest(2, BOUND) + widest(3, 24) + widest(4, 24);
    let name = pen.width.saturating_sub(INDENT + others).clamp(24, 60);
    table(&rows, INDENT, &[24, name, BOUND, 24], pen)
}

type Group<'r, 'a> = (Option<String>, Vec<&'r ResultRecord<'a>>);

/// Groups in order of first mention; results without a lead unit come last.
fn by_lead<'r, 'a>(results: &[&'r ResultRecord<'a>], lang: Lang) -> Vec<Group<'r, 'a>> {
    let mut leads: Vec<&[String]> = Vec::new();
    for result in results {
        if !leads.contains(&result.lead) {
            leads.push(result.lead);
        }
    }
    leads.sort_by_key(|lead| lead.is_empty());
    let plain = leads.len() == 1;
    let title = |lead: &[String]| match lead {
        [] if plain => None,
        [] => Some(words::no_lead(lang).to_string()),
        lead => Some(format!("{} {}", words::lead(lang), words::list(lead, lang))),
    };
    let of = |lead: &[String]| results.iter().filter(|r| r.lead == lead).copied().collect();
    leads.iter().map(|lead| (title(lead), of(lead))).collect()
}

fn by_outlook<'r, 'a>(results: &[&'r ResultRecord<'a>], lang: Lang) -> Vec<Group<'r, 'a>> {
    let judged = words::OUTLOOKS.into_iter().map(|outlook| {
        let of = results.iter().filter(|r| r.outlook == Some(outlook));
        let title = words::outlook(outlook, lang).to_string();
        (Some(title), of.copied().collect())
    });
    // Milestones only have to be done; of changes and formulas no method says how they get on.
    let others = [
        (true, lang.pick("只待完成", "to be done")),
        (false, lang.pick("不评进度", "progress not judged")),
    ];
    let others = others.into_iter().map(|(milestone, title)| {
        let of = results.iter().filter(|r| r.outlook.is_none());
        let of = of.filter(|r| (r.kind == "milestone") == milestone);
        (Some(title.to_string()), of.copied().collect())
    });
    judged
        .chain(others)
        .filter(|(_, group): &Group<'_, '_>| !group.is_empty())
        .collect()
}

fn row(result: &ResultRecord<'_>, home: Option<&str>, lang: Lang, pen: Pen) -> Row {
    let at_home = result.subject.as_deref() == home;
    let mut cells = vec![
        result.rule.to_string(),
        if at_home {
            format!("{}{}", result.indicator, group(result))
        } else {
            who(result)
        },
        values::bound(result, lang, pen),
    ];
    let mut below = None;
    match result.verdict {
        Verdict::Met => cells.push(found(result, lang)),
        Verdict::Unknown => {
            cells.push(lack(result, lang, pen));
            below = more(result, lang);
        }
        Verdict::Pending => {
            // The day of an event is its bound.
            let due = result
                .deadline
                .clone()
                .filter(|_| result.required.op != "done");
            cells.push(due.unwrap_or_default());
            cells.push(latest(result, lang));
        }
        _ => below = Some(result.message.clone()),
    }
    Row::Cells(cells, below)
}

/// Place and indicator.
pub(crate) fn who(result: &ResultRecord<'_>) -> String {
    let group = group(result);
    match &result.subject {
        Some(subject) => format!("{subject} {}{group}", result.indicator),
        None => format!("{}{group}", result.indicator),
    }
}

/// The breakdown, or the group of subjects, as the language writes it: `(小学)`.
fn group(result: &ResultRecord<'_>) -> String {
    let group = result.group.as_ref();
    group.map_or(String::new(), |group| format!("({group})"))
}

/// The figure that decided, or that all of them do.
pub(crate) fn found(result: &ResultRecord<'_>, lang: Lang) -> String {
    if let Some(tally) = tally(result, lang) {
        return tally;
    }
    match (&result.actual, &result.periods) {
        (_, Some(periods)) if periods.len() > 1 => match lang {
            Lang::Zh => format!("{} 个时期均符合", periods.len()),
            Lang::En => format!("all {} periods", periods.len()),
        },
        (Some(actual), _) => values::dated(actual, result.kind, lang),
        (None, _) => String::new(),
    }
}

/// How many subjects of a quantified rule satisfy it, of how many.
pub(crate) fn tally(result: &ResultRecord<'_>, lang: Lang) -> Option<String> {
    let counts = result.quantifier?;
    let (satisfied, of) = (counts.satisfied, counts.of);
    let limited = matches!(counts.kind, "at_most" | "no");
    Some(match lang {
        // Where few are wanted, to be so is no merit.
        Lang::Zh if limited => format!("{of} 个中 {satisfied} 个如此"),
        Lang::Zh => format!("{of} 个中 {satisfied} 个满足"),
        Lang::En => format!("{satisfied} of {of}"),
    })
}

/// What stands in the way of a verdict, in a word or two.
pub(crate) fn lack(result: &ResultRecord<'_>, lang: Lang, pen: Pen) -> String {
    if let Some(counts) = result.quantifier {
        let (undecided, of) = (counts.undecided, counts.of);
        return match lang {
            _ if of == 0 => lang.pick("没有已知的对象", "nobody known").to_string(),
            Lang::Zh => format!("{of} 个中 {undecided} 个无法判定"),
            Lang::En => format!("{undecided} of {of} undecided"),
        };
    }
    if !result.conflicts.is_empty() {
        return words::conflict(lang).to_string();
    }
    if !result.open.is_empty() {
        return lang.pick("规划未定", "left open by the plan").to_string();
    }
    if result.kind == "milestone" {
        return lang.pick("无完成记录", "no record").to_string();
    }
    if result.missing.is_empty() {
        return lang.pick("数据算不出结果", "no result").to_string();
    }
    let missing: Vec<&str> = result
        .missing
        .iter()
        .filter_map(|m| m.period.as_deref())
        .collect();
    match missing.is_empty() {
        true => lang.pick("无数据", "no figure").to_string(),
        false => {
            let periods = values::periods(&missing, lang, pen);
            match lang {
                Lang::Zh => format!("缺 {periods}"),
                Lang::En => format!("{periods} missing"),
            }
        }
    }
}

/// The figures that contradict each other, or what would follow from the nearest one.
fn more(result: &ResultRecord<'_>, lang: Lang) -> Option<String> {
    let explanation = result.explanation.as_ref()?;
    if !result.conflicts.is_empty() && result.quantifier.is_none() {
        let sides = explanation.evidence.iter();
        let sides: Vec<String> = sides.map(|e| format!("{} {}", e.value, e.place)).collect();
        return Some(sides.join(lang.pick("；", "; ")));
    }
    if result.quantifier.is_some() {
        return explanation.remedies.first().cloned();
    }
    // The first remedy says what to supply, and that is in the row.
    explanation.remedies.get(1).cloned()
}

/// The latest figure of a pending rule.
pub(crate) fn latest(result: &ResultRecord<'_>, lang: Lang) -> String {
    if let Some(tally) = tally(result, lang) {
        return tally;
    }
    let figure = result
        .explanation
        .as_ref()
        .and_then(|e| e.evidence.first())
        .map(|e| values::in_period(&e.value, &e.period, lang));
    figure.unwrap_or_default()
}
