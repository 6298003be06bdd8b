//! Standard output and error: colour only where it is wanted, and no panic on a closed pipe.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU8, Ordering};

use crate::args::Color;

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
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty() && v != "0");
    match COLOR.load(Ordering::Relaxed) {
        1 => true,
        2 => false,
        _ if set("NO_COLOR") => false,
        _ if set("CLICOLOR_FORCE") => true,
        _ => terminal && std::env::var_os("TERM").is_none_or(|t| t != "dumb"),
    }
}

pub(crate) fn stdout_colors() -> bool {
    colors(std::io::stdout().is_terminal())
}

pub(crate) fn stderr_colors() -> bool {
    colors(std::io::stderr().is_terminal())
}

/// Columns of the terminal; 80 where there is none.
pub(crate) fn width() -> usize {
    const DEFAULT: usize = 80;
    let size = terminal_size::terminal_size().map(|(w, _)| usize::from(w.0));
    size.filter(|_| std::io::stdout().is_terminal())
        .map_or(DEFAULT, |w| w.clamp(60, 120))
}

/// Writes to standard output.
pub(crate) fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes a line to standard error; if that fails there is nobody to tell.
pub(crate) fn complain(text: &str) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "{}", text.trim_end());
}
