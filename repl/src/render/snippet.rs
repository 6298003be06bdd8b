//! Lines of a rule file with marks, drawn by miette.

use std::fmt;

use guiju::lang::Source;
use guiju::lang::diag::SourceText;
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

/// The marked lines, or nothing where they cannot be drawn.
pub(crate) fn draw(source: &Source, marks: &[Mark], pen: Pen) -> String {
    if marks.is_empty() {
        return String::new();
    }
    let labels = marks.iter().map(|m| label(source, m, pen)).collect();
    let drawn = render(&Together(SourceText(source)), labels, pen);
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

/// A label inside the text: one past the end, or inside a character, would be dropped or worse,
/// and one over a whole file would be drawn whole. A text that would run over the edge is broken.
fn label(source: &Source, mark: &Mark, pen: Pen) -> LabeledSpan {
    /// Bytes of a mark that are drawn.
    const LONGEST: usize = 300;
    let text: &str = &source.text;
    let boundary = |offset: usize| {
        let offset = offset.min(text.len());
        (0..=offset)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let start = boundary((mark.start as usize).min(text.len().saturating_sub(1)));
    let first = text.get(start..).and_then(|rest| rest.chars().next());
    let end = boundary((mark.end as usize).min(start + LONGEST));
    let end = end.max(start + first.map_or(0, char::len_utf8));
    let line_start = source.line_start(mark.start) as usize;
    let width = |from: usize, to: usize| text.get(from..to).map_or(0, columns);
    // Behind the line number, the rule's text, half of the mark and the little arrow.
    let at = 5 + width(line_start, start) + width(start, end) / 2 + 4;
    let room = pen.width.saturating_sub(at).max(24);
    let said = (!mark.text.is_empty()).then(|| wrap(&mark.text, room).join("\n"));
    let span = (start, end - start);
    if mark.primary {
        LabeledSpan::new_primary_with_span(said, span)
    } else {
        LabeledSpan::new_with_span(said, span)
    }
}

/// A text whose marked lines are drawn together where few lines lie between them.
struct Together<'a>(SourceText<'a>);

impl SourceCode for Together<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        /// Lines between marks that are drawn along.
        const BETWEEN: usize = 3;
        let contents = self.0.read_span(span, before, after)?;
        Ok(Box::new(MietteSpanContents::new_named(
            contents.name().unwrap_or("").to_string(),
            contents.data(),
            *contents.span(),
            contents.line(),
            contents.column(),
            // Parts are joined where the count of one reaches the line of the next.
            contents.line_count() + BETWEEN,
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
