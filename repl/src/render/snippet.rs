//! Lines of a rule file with marks, drawn by miette.

use std::fmt;

use guiju::lang::Source;
use guiju::lang::diag::SourceText;
use guiju::lang::source::Position;
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use super::style::{Pen, columns, wrap};

/// A marked part of a text.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) text: String,
    /// The one that the drawing's header points to.
    pub(crate) primary: bool,
}

/// Lines longer than this are shown in part.
const LONGEST: usize = 400;

/// What is shown of a longer line, before and behind the mark.
const AROUND: usize = 60;

/// The marked lines, or nothing where they cannot be drawn.
pub(crate) fn draw(source: &Source, marks: &[Mark], pen: Pen) -> String {
    let Some(first) = marks.iter().find(|m| m.primary).or(marks.first()) else {
        return String::new();
    };
    let long = marks
        .iter()
        .any(|m| source.line(source.position(m.start).line).len() > LONGEST);
    let drawn = if long {
        let (excerpt, mark) = Excerpt::new(source, first);
        render(&excerpt, vec![mark], pen)
    } else {
        let labels = marks.iter().map(|m| label(source, m, pen)).collect();
        render(&SourceText(source), labels, pen)
    };
    // The title is ours to print, so the drawing has none; what is left of it goes.
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    let lines: Vec<&str> = body.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n") + if lines.is_empty() { "" } else { "\n" }
}

fn render(source: &dyn SourceCode, labels: Vec<LabeledSpan>, pen: Pen) -> String {
    let theme = match (pen.unicode, pen.color) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, _) => GraphicalTheme::none(),
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(pen.width)
        .with_context_lines(0)
        .with_links(false);
    let mut out = String::new();
    // It writes to a string; should it fail all the same, the findings around it still say it.
    match handler.render_report(&mut out, &Drawing { source, labels }) {
        Ok(()) => out,
        Err(_) => String::new(),
    }
}

/// A label, clamped to the text: one past the end would be dropped or worse. A text that would
/// run over the edge is broken.
fn label(source: &Source, mark: &Mark, pen: Pen) -> LabeledSpan {
    let length = source.text.len();
    let start = (mark.start as usize).min(length.saturating_sub(1));
    let len = (mark.end.saturating_sub(mark.start) as usize)
        .min(length - start)
        .max(usize::from(length > 0));
    let line_start = source.line_start(mark.start) as usize;
    let before = source.text.get(line_start..start).map_or(0, columns);
    let marked = source.text.get(start..start + len).map_or(0, columns);
    // Behind the line number, the rule's text, half of the mark and the little arrow.
    let at = 5 + before + marked / 2 + 4;
    let room = pen.width.saturating_sub(at).max(24);
    let text = (!mark.text.is_empty()).then(|| wrap(&mark.text, room).join("\n"));
    if mark.primary {
        LabeledSpan::new_primary_with_span(text, (start, len))
    } else {
        LabeledSpan::new_with_span(text, (start, len))
    }
}

/// A part of a long line around a mark, which keeps its place.
struct Excerpt {
    name: String,
    text: String,
    at: Position,
}

impl Excerpt {
    fn new(source: &Source, mark: &Mark) -> (Excerpt, LabeledSpan) {
        let at = source.position(mark.start);
        let line = source.line(at.line);
        let from = (at.column as usize).saturating_sub(1);
        let marked = source
            .text
            .get(mark.start as usize..mark.end as usize)
            .map_or(1, |t| t.lines().next().unwrap_or("").chars().count())
            .clamp(1, AROUND);
        let part = |skip: usize, take: usize| line.chars().skip(skip).take(take);
        let skip = from.saturating_sub(AROUND);
        let mut text = String::from(if skip > 0 { "…" } else { "" });
        text.extend(part(skip, from - skip));
        let start = text.len();
        text.extend(part(from, marked));
        let end = text.len();
        text.extend(part(from + marked, AROUND));
        text.push('…');
        let label = (!mark.text.is_empty()).then(|| mark.text.clone());
        let excerpt = Excerpt {
            name: source.name.clone(),
            text,
            at,
        };
        (
            excerpt,
            LabeledSpan::new_primary_with_span(label, (start, (end - start).max(1))),
        )
    }
}

impl SourceCode for Excerpt {
    fn read_span<'b>(
        &'b self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            self.at.line as usize - 1,
            self.at.column as usize - 1,
            1,
        )))
    }
}

/// A drawing without title.
struct Drawing<'a> {
    source: &'a dyn SourceCode,
    labels: Vec<LabeledSpan>,
}

impl fmt::Debug for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.labels).finish()
    }
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing<'_> {}

impl miette::Diagnostic for Drawing<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
