//! What files of figures were understood to say.

use std::fmt::Write;

use guiju::{Facts, Lang, Observation};

use super::style::{columns, pad};

/// Rows shown on the screen.
const ROWS: usize = 20;

/// A paragraph a file, then the first observations.
pub(crate) fn screen(store: &Facts, observations: &[Observation], lang: Lang) -> String {
    let mut out = String::new();
    for report in store.reports() {
        let text = match lang {
            Lang::Zh => format!(
                "{}：{}，{}；{} 个数据，{} 个空缺",
                report.file,
                report.encoding,
                report.shape,
                report.observations,
                report.missing_cells
            ),
            Lang::En => format!(
                "{}: {}, {}; {} observations, {} missing cells",
                report.file,
                report.encoding,
                report.shape,
                report.observations,
                report.missing_cells
            ),
        };
        let _ = writeln!(out, "{text}");
    }
    out.push('\n');
    let rows: Vec<[String; 5]> = observations
        .iter()
        .take(ROWS)
        .map(|o| {
            let who = o
                .subject
                .clone()
                .or_else(|| o.region.clone())
                .unwrap_or_default();
            [
                who,
                o.indicator.clone(),
                o.period.clone(),
                format!("{}{}", o.value, o.unit.as_deref().unwrap_or("")),
                o.place(),
            ]
        })
        .collect();
    let width = |i: usize| {
        rows.iter()
            .filter_map(|r| r.get(i))
            .map(|c| columns(c))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..5).map(width).collect();
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, w)| pad(cell, *w))
            .collect();
        let _ = writeln!(out, "{}", cells.join("  ").trim_end());
    }
    if observations.len() > ROWS {
        let more = observations.len() - ROWS;
        let _ = writeln!(
            out,
            "{}",
            match lang {
                Lang::Zh => format!("… 另有 {more} 行（--format csv 列出全部）"),
                Lang::En => format!("… {more} more rows (--format csv lists all)"),
            }
        );
    }
    out
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
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@'])
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
