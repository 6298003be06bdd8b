//! What files of figures were understood to say.

use std::fmt::Write;

use guiju::{Facts, Lang, Observation};

use super::style::{Pen, Row, table, wrap};
use super::words;

/// Rows shown on the screen.
const ROWS: usize = 20;

/// A line or two for each file, then the first observations.
pub(crate) fn screen(
    store: &Facts,
    observations: &[Observation],
    unused: bool,
    lang: Lang,
    pen: Pen,
) -> String {
    let mut out = String::new();
    for report in store.reports().iter().filter(|r| !r.shape.is_empty()) {
        let shape = shape(report.shape, lang);
        let (encoding, missing) = (report.encoding, report.missing_cells);
        let line = match lang {
            Lang::Zh => format!(
                "{}  {encoding}，{shape}；{} 个数据，{missing} 个空缺",
                report.file, report.observations
            ),
            Lang::En => format!(
                "{}  {encoding}, {shape}; {}, {}",
                report.file,
                words::counted(report.observations as usize, "figure", "figures"),
                words::counted(missing as usize, "empty cell", "empty cells")
            ),
        };
        for line in wrap(&line, pen.width) {
            let _ = writeln!(out, "{}", pen.strong(&line));
        }
        for note in &report.notes {
            for line in wrap(&note.text(lang), pen.width.saturating_sub(2)) {
                let _ = writeln!(out, "  {line}");
            }
        }
    }
    if observations.is_empty() {
        let text = match (unused, store.is_empty()) {
            (true, false) => lang.pick("所有数据都有规则使用", "every figure is used by a rule"),
            _ => lang.pick("没有数据", "no figures"),
        };
        let _ = writeln!(out, "{text}");
        return out;
    }
    out.push('\n');
    out.push_str(&rows(observations, lang, pen));
    if observations.len() > ROWS {
        let more = observations.len() - ROWS;
        let text = match lang {
            Lang::Zh => format!("  … 另有 {more} 个（--format csv 列出全部）"),
            Lang::En => format!("  … {more} more (--format csv lists all)"),
        };
        let _ = writeln!(out, "{}", pen.faint(&text));
    }
    out
}

/// Observations in columns. One file is named above, so a line of it is enough.
fn rows(observations: &[Observation], lang: Lang, pen: Pen) -> String {
    let one_file = observations
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a.file == b.file));
    let row = |o: &Observation| {
        let mut cells = cells(o);
        if let (true, Some(place)) = (one_file, cells.last_mut()) {
            *place = format!("{}:{}", o.line, o.column);
        }
        Row::Cells(cells, None)
    };
    let place = match one_file {
        true => lang.pick("行:列", "line:column"),
        false => lang.pick("出处", "place"),
    };
    let head = match lang {
        Lang::Zh => ["地区", "指标", "时间", "数值", place],
        Lang::En => ["region", "indicator", "period", "value", place],
    };
    let head = Row::Cells(head.map(str::to_string).to_vec(), None);
    let rows = observations.iter().take(ROWS).map(row);
    let rows: Vec<Row> = [head].into_iter().chain(rows).collect();
    in_columns(&rows, pen)
}

fn in_columns(rows: &[Row], pen: Pen) -> String {
    // No cell is more important than another.
    let pen = Pen {
        color: false,
        ..pen
    };
    table(rows, 2, &[20, pen.width / 2, 12, 18], pen)
}

/// An observation in five cells: whom it is about, indicator, period, value, place.
pub(crate) fn cells(o: &Observation) -> Vec<String> {
    let who = [o.region.as_deref(), o.subject.as_deref()];
    let group = o.group.as_ref().map(|g| format!("({g})"));
    vec![
        who.into_iter().flatten().collect::<Vec<_>>().join(" "),
        format!("{}{}", o.indicator, group.unwrap_or_default()),
        o.period.clone(),
        format!("{}{}", o.value, o.unit.as_deref().unwrap_or("")),
        o.place(),
    ]
}

/// The figures of a session, as [`cells`].
pub(crate) fn listing(figures: &[Vec<String>], lang: Lang, pen: Pen) -> String {
    const MOST: usize = 200;
    if figures.is_empty() {
        return format!("{}\n", lang.pick("还没有数据", "no figures yet"));
    }
    let row = |cells: &Vec<String>| Row::Cells(cells.clone(), None);
    let rows: Vec<Row> = figures.iter().take(MOST).map(row).collect();
    let mut out = in_columns(&rows, pen);
    if figures.len() > MOST {
        let more = figures.len() - MOST;
        let _ = match lang {
            Lang::Zh => writeln!(out, "  … 另有 {more} 个"),
            Lang::En => writeln!(out, "  … {more} more"),
        };
    }
    out
}

fn shape(shape: &str, lang: Lang) -> &str {
    let zh = match shape {
        "long CSV" => "长表 CSV",
        "long CSV, semicolons" => "长表 CSV（分号分隔）",
        "long TSV" => "长表 TSV",
        "long JSON" => "JSON 记录",
        "long JSON Lines" => "JSON Lines 记录",
        other => other,
    };
    lang.pick(zh, shape)
}

/// The tidy long form.
pub(crate) fn csv(observations: &[Observation]) -> String {
    let mut out = String::from("region,subject,group,indicator,period,value,unit,status,source\n");
    for o in observations {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let cells = [
            text(&o.region),
            text(&o.subject),
            text(&o.group),
            o.indicator.clone(),
            o.period.clone(),
            o.value.clone(),
            text(&o.unit),
            o.status.name().to_string(),
            text(&o.source),
        ];
        let cells: Vec<String> = cells.iter().map(|c| quoted(c)).collect();
        let _ = writeln!(out, "{}", cells.join(","));
    }
    out
}

/// A cell that spreadsheets read as text: quoted where it must be, and never a formula.
pub(super) fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
        || (cell.starts_with('-') && cell.parse::<f64>().is_err());
    let cell = if formula {
        format!("'{cell}")
    } else {
        cell.to_string()
    };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}
