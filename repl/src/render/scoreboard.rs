//! Points and ranks.

use std::fmt::Write;

use guiju::{Apart, Board, Lang, Number, Score, Scoreboard, Scored};

use super::facts::quoted;
use super::markdown::escaped;
use super::style::{Pen, Row, columns, table, wrap};
use super::words;

/// The screen: all plans together, then each of them if there are several.
pub(crate) fn screen(scoreboard: &Scoreboard, lang: Lang, pen: Pen) -> String {
    let title = format!(
        "{}  {} {}",
        words::scoreboard(lang),
        words::as_of(lang),
        scoreboard.as_of
    );
    let mut out = format!("{}\n", pen.strong(&title));
    if scoreboard.total.weighted == 0 {
        out.push_str(&lines(nothing(lang), pen));
        return out;
    }
    for board in boards(scoreboard) {
        if scoreboard.plans.len() > 1 {
            out.push('\n');
            for line in wrap(&name(board, scoreboard, lang), pen.width) {
                let _ = writeln!(out, "{}", pen.strong(&line));
            }
        }
        out.push_str(&lines(&counted(board, lang), pen));
        out.push('\n');
        out.push_str(&ranking(board, lang, pen));
    }
    if boards(scoreboard).any(|board| Column::ALL.iter().any(|c| c.used(board))) {
        out.push('\n');
        out.push_str(&lines(apart(lang), pen));
    }
    out
}

/// The same as a document.
pub(crate) fn markdown(scoreboard: &Scoreboard, lang: Lang) -> String {
    let mut out = format!("# {}\n\n", words::scoreboard(lang));
    let _ = writeln!(out, "{} {}\n", words::as_of(lang), scoreboard.as_of);
    if scoreboard.total.weighted == 0 {
        let _ = writeln!(out, "{}", nothing(lang));
        return out;
    }
    for board in boards(scoreboard) {
        if scoreboard.plans.len() > 1 {
            let _ = writeln!(out, "## {}\n", escaped(&name(board, scoreboard, lang)));
        }
        let _ = writeln!(out, "{}\n", counted(board, lang));
        let rows = cells(board, lang, true);
        for (i, (row, _)) in rows.iter().enumerate() {
            let row: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
            let _ = writeln!(out, "| {} |", row.join(" | "));
            if i == 0 {
                let _ = writeln!(out, "|--:|---|{}", "--:|".repeat(row.len() - 2));
            }
        }
        out.push('\n');
        for score in &board.regions {
            if let Some(lost) = lost(score, lang) {
                let _ = writeln!(
                    out,
                    "- **{}** {}",
                    escaped(&who(score, lang)),
                    escaped(&lost)
                );
            }
        }
        if board.regions.iter().any(|s| lost(s, lang).is_some()) {
            out.push('\n');
        }
    }
    if boards(scoreboard).any(|board| Column::ALL.iter().any(|c| c.used(board))) {
        let _ = writeln!(out, "{}", apart(lang));
    }
    out
}

/// One row a region and board.
pub(crate) fn csv(scoreboard: &Scoreboard) -> String {
    let mut out = String::from(
        "scope,plan,rank,region,region_code,points,of,share,pending,unknown,waived,not_applicable\n",
    );
    for board in boards(scoreboard) {
        let scope = match &board.plan {
            _ if std::ptr::eq(board, &scoreboard.total) => "all",
            Some(_) => "plan",
            None => "no_plan",
        };
        for score in &board.regions {
            let text = |field: &Option<String>| field.clone().unwrap_or_default();
            let share = score.share.as_ref().map(share_as_data);
            let mut row = vec![
                scope.to_string(),
                text(&board.plan),
                score.rank.map_or(String::new(), |r| r.to_string()),
                text(&score.region),
                text(&score.region_code),
                score.points.to_string(),
                score.of.to_string(),
                share.unwrap_or_default(),
            ];
            row.extend(Column::ALL.iter().map(|c| c.of(score).points.to_string()));
            let row: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
            let _ = writeln!(out, "{}", row.join(","));
        }
    }
    out
}

/// The boards worth showing: the only plan is all there is.
fn boards(scoreboard: &Scoreboard) -> impl Iterator<Item = &Board> {
    let several = scoreboard.plans.len() > 1;
    let plans = scoreboard.plans.iter();
    let scored = plans.filter(move |board| several && board.weighted > 0);
    std::iter::once(&scoreboard.total).chain(scored)
}

fn name(board: &Board, scoreboard: &Scoreboard, lang: Lang) -> String {
    let plan = board.title.as_ref().or(board.plan.as_ref());
    match plan {
        _ if std::ptr::eq(board, &scoreboard.total) => lang.pick("全部规划", "all plans"),
        Some(plan) => plan,
        None => lang.pick("不属于任何规划的规则", "rules outside of any plan"),
    }
    .to_string()
}

fn nothing(lang: Lang) -> &'static str {
    lang.pick(
        "没有带分值的规则：在规则的大括号里写 `权重 5`",
        "no rule has points: write `weight 5` in the braces behind a rule",
    )
}

fn counted(board: &Board, lang: Lang) -> String {
    let (with, without) = (board.weighted as usize, board.unweighted as usize);
    match (lang, without) {
        (Lang::Zh, 0) => format!("计分规则 {with} 条"),
        (Lang::Zh, _) => format!("计分规则 {with} 条；另有 {without} 条没有分值，不计"),
        (Lang::En, 0) => format!("{} with a weight", words::counted(with, "rule", "rules")),
        (Lang::En, _) => format!(
            "{} with a weight; {without} without one, not counted",
            words::counted(with, "rule", "rules")
        ),
    }
}

fn apart(lang: Lang) -> &'static str {
    lang.pick(
        "得分率 = 得分 ÷ 已判定规则的分值；其余各栏是未判定规则的分值（条数），不按零分计",
        "share = points of those decided; the columns behind it are points (and rules) not decided, never counted as zero",
    )
}

fn lines(text: &str, pen: Pen) -> String {
    wrap(text, pen.width).join("\n") + "\n"
}

/// What is shown apart.
#[derive(Clone, Copy)]
enum Column {
    Pending,
    Unknown,
    Waived,
    NotApplicable,
}

impl Column {
    const ALL: [Column; 4] = [
        Column::Pending,
        Column::Unknown,
        Column::Waived,
        Column::NotApplicable,
    ];

    fn of(self, score: &Score) -> &Apart {
        match self {
            Column::Pending => &score.pending,
            Column::Unknown => &score.unknown,
            Column::Waived => &score.waived,
            Column::NotApplicable => &score.not_applicable,
        }
    }

    fn used(self, board: &Board) -> bool {
        board.regions.iter().any(|score| self.of(score).results > 0)
    }

    fn head(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Column::Pending => ("未到期", "pending"),
            Column::Unknown => ("缺数据", "unknown"),
            Column::Waived => ("已豁免", "waived"),
            Column::NotApplicable => ("不适用", "n/a"),
        };
        lang.pick(zh, en)
    }
}

/// The head and a row for each region, with the rules that cost it points; how many rules are not
/// decided only where there is room.
fn cells(board: &Board, lang: Lang, counts: bool) -> Vec<(Vec<String>, Option<String>)> {
    let used: Vec<Column> = Column::ALL.into_iter().filter(|c| c.used(board)).collect();
    let mut head: Vec<String> = [
        words::place(lang),
        words::region(lang),
        words::points(lang),
        words::points_of(lang),
        words::share(lang),
    ]
    .map(str::to_string)
    .to_vec();
    head.extend(used.iter().map(|c| c.head(lang).to_string()));
    let digits = digits(board);
    let mut rows = vec![(head, None)];
    for score in &board.regions {
        let share = score.share.as_ref();
        let mut row = vec![
            score.rank.map_or("–".to_string(), |r| r.to_string()),
            who(score, lang),
            score.points.to_string(),
            score.of.to_string(),
            share.map_or("–".to_string(), |s| format!("{}%", s.round(digits))),
        ];
        row.extend(used.iter().map(|c| match c.of(score) {
            Apart { results: 0, .. } => String::new(),
            Apart { points, .. } if !counts => points.to_string(),
            Apart { results, points } => format!("{points} ({results})"),
        }));
        rows.push((row, lost(score, lang)));
    }
    rows
}

fn ranking(board: &Board, lang: Lang, pen: Pen) -> String {
    const INDENT: usize = 2;
    const GAP: usize = 2;
    let mut cells = self::cells(board, lang, true);
    let mut widths = widths(&cells);
    let wide = INDENT + widths.iter().map(|width| width + GAP).sum::<usize>();
    if wide > pen.width + GAP {
        cells = self::cells(board, lang, false);
        widths = self::widths(&cells);
    }
    let rows: Vec<Row> = cells
        .into_iter()
        .map(|(row, below)| {
            let row = row.into_iter().zip(&widths).enumerate();
            // Numbers end in one line; the names of regions begin in one.
            let row = row.map(|(c, (text, width))| match c {
                1 => text,
                _ if text.is_empty() => text,
                _ => format!("{}{text}", " ".repeat(width - columns(&text))),
            });
            Row::Cells(row.collect(), below)
        })
        .collect();
    let mut most = widths;
    if let Some(region) = most.get_mut(1) {
        *region = (*region).min(24);
    }
    table(&rows, INDENT, &most, pen)
}

/// The columns that each column of the table takes.
fn widths(cells: &[(Vec<String>, Option<String>)]) -> Vec<usize> {
    let count = cells.first().map_or(0, |(head, _)| head.len());
    let width = |c: usize| {
        let texts = cells.iter().filter_map(|(row, _)| row.get(c));
        texts.map(|text| columns(text)).max().unwrap_or(0)
    };
    (0..count).map(width).collect()
}

fn who(score: &Score, lang: Lang) -> String {
    let unknown = || lang.pick("（未写明地区）", "(no region)").to_string();
    score.region.clone().unwrap_or_else(unknown)
}

/// The rules that cost points, the dearest first.
fn lost(score: &Score, lang: Lang) -> Option<String> {
    let mut lost: Vec<(Number, &Scored)> = score
        .results
        .iter()
        .filter_map(|scored| {
            let missing = scored.weight.sub(scored.points.as_ref()?);
            (!missing.is_zero()).then_some((missing, scored))
        })
        .collect();
    if lost.is_empty() {
        return None;
    }
    lost.sort_by(|a, b| b.0.cmp(&a.0));
    let one = |(missing, scored): &(Number, &Scored)| {
        // One rule may be about several subjects of the region, and several measures.
        let repeated = score
            .results
            .iter()
            .filter(|r| r.rule == scored.rule)
            .count()
            > 1;
        let which = match (&scored.subject, repeated) {
            (Some(subject), true) if score.region.as_ref() != Some(subject) => {
                format!("({subject} {})", scored.indicator)
            }
            (_, true) => format!("({})", scored.indicator),
            _ => String::new(),
        };
        format!("{}{which} -{missing}", scored.rule)
    };
    let all: Vec<String> = lost.iter().map(one).collect();
    Some(format!(
        "{}{}",
        lang.pick("失分：", "lost: "),
        all.join(lang.pick("、", ", "))
    ))
}

/// As many digits as it takes for different shares to look different, and for less than all not to
/// look like all.
fn digits(board: &Board) -> u32 {
    const MOST: u32 = 12;
    let shares: Vec<&Number> = board
        .regions
        .iter()
        .filter_map(|s| s.share.as_ref())
        .collect();
    let full = Number::from(100);
    let honest = |digits: &u32| {
        let looks = |number: &Number| number.round(*digits);
        let pairs = shares.windows(2);
        pairs
            .filter(|pair| matches!(pair, [a, b] if a != b))
            .all(|pair| matches!(pair, [a, b] if looks(a) != looks(b)))
            && shares
                .iter()
                .all(|s| (looks(s) != full || **s == full) && (!looks(s).is_zero() || s.is_zero()))
    };
    (1..MOST).find(honest).unwrap_or(MOST)
}

/// A share as scripts read it: exact where its decimals end.
fn share_as_data(share: &Number) -> String {
    match share.decimals() {
        Some(_) => share.to_string(),
        None => share.to_significant(12, false).to_string(),
    }
}
