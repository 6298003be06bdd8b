//! Standard output and error: colour only where it is wanted, and no panic on a closed pipe.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU8, Ordering};

use crate::args::Color;
use crate::render::Pen;

static COLOR: AtomicU8 = AtomicU8::new(0);

pub(crate) fn set_color(color: Color) {
    let choice = match color {
        Color::Auto => 0,
        Color::Always => 1,
        Color::Never => 2,
    };
    COLOR.store(choice, Ordering::Relaxed);
}

/// Whether to colour a stream: `--color`, then `NO_COLOR` and `CLICOLOR_FORCE`, then whether it is
/// a terminal.
fn colors(terminal: bool) -> bool {
    let value = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty());
    match COLOR.load(Ordering::Relaxed) {
        1 => true,
        2 => false,
        // Any value but an empty one, by its definition.
        _ if value("NO_COLOR").is_some() => false,
        _ if value("CLICOLOR_FORCE").is_some_and(|v| v != "0") => true,
        _ => terminal && value("TERM").is_none_or(|t| t != "dumb"),
    }
}

/// How to write for people on standard output.
pub(crate) fn stdout() -> Pen {
    let terminal = std::io::stdout().is_terminal();
    Pen {
        color: colors(terminal),
        unicode: true,
        width: width(terminal),
    }
}

/// How to write for people on standard error.
pub(crate) fn stderr() -> Pen {
    let terminal = std::io::stderr().is_terminal();
    Pen {
        color: colors(terminal),
        unicode: true,
        width: width(terminal),
    }
}

/// How to write for people into a file.
pub(crate) fn file() -> Pen {
    Pen {
        color: false,
        unicode: true,
        width: width(false),
    }
}

/// Columns to fill: the terminal's within reason, 80 where there is none.
fn width(terminal: bool) -> usize {
    const DEFAULT: usize = 80;
    let size = terminal_size::terminal_size().filter(|_| terminal);
    size.map_or(DEFAULT, |(w, _)| usize::from(w.0).clamp(60, 120))
}

/// Writes to standard output.
pub(crate) fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes to standard error; if that fails there is nobody to tell.
pub(crate) fn complain(text: &str) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "{}", text.trim_end());
}
