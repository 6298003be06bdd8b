//! A diagnostic in the shape that miette draws.

use std::fmt;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::{Diagnostic, Lang, Severity};
use crate::source::{Source, Sources, Span};

/// A diagnostic with its text and language, ready for any miette handler.
///
/// Spans are clamped to the text (a label past the end would be dropped or panic), and the
/// column in the drawing's header counts characters, not bytes.
#[derive(Debug)]
pub struct Report<'a> {
    diagnostic: &'a Diagnostic,
    source: Option<SourceText<'a>>,
    elsewhere: Vec<Elsewhere<'a>>,
    lang: Lang,
}

/// Source text whose reported column counts characters.
#[derive(Debug)]
pub struct SourceText<'a>(pub &'a Source);

impl<'a> Report<'a> {
    /// Attaches text and language. Labels in other files than the first one's follow by themselves.
    pub fn new(diagnostic: &'a Diagnostic, sources: &'a Sources, lang: Lang) -> Report<'a> {
        let file = diagnostic.labels.first().map(|span| span.file);
        let elsewhere = diagnostic
            .labels
            .iter()
            .filter(|span| Some(span.file) != file)
            .filter_map(|span| {
                let source = sources.get(span.file)?;
                Some(Elsewhere {
                    message: diagnostic.other_label(lang)?,
                    source: SourceText(source),
                    span: clamped(&source.text, *span),
                })
            });
        Report {
            diagnostic,
            source: file.and_then(|file| sources.get(file)).map(SourceText),
            elsewhere: elsewhere.collect(),
            lang,
        }
    }
}

impl SourceCode for SourceText<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        // Whole lines, however little of them is asked for: a rule is read as a line.
        let text: &str = &self.0.text;
        let from = self.0.line_start(span.offset() as u32) as usize;
        let end = (span.offset() + span.len()).min(text.len());
        let to = text
            .get(end..)
            .and_then(|rest| rest.find('\n'))
            .map_or(text.len(), |at| end + at);
        let (from, to) = window(text, (span.offset(), end), (from, to));
        // miette counts lines from the start of what it is given: give it no more than is drawn, or
        // a long file is read through once for each label.
        let mut base = from;
        for _ in 0..before {
            base = self.0.line_start(base.saturating_sub(1) as u32) as usize;
        }
        let mut limit = to;
        for _ in 0..=after + 1 {
            let rest = text.get(limit..).unwrap_or("");
            limit = rest.find('\n').map_or(text.len(), |at| limit + at + 1);
        }
        let drawn = text.get(base..limit).unwrap_or("");
        let lines = SourceSpan::from((from - base, to - from));
        let contents = drawn.read_span(&lines, before, after)?;
        let first_line = self.0.position(base as u32).line as usize - 1;
        let span_in_file =
            SourceSpan::from((contents.span().offset() + base, contents.span().len()));
        // miette prints the column of the contents' start; ours is the label's own.
        let at = self.0.position(span.offset() as u32);
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.name.clone(),
            contents.data(),
            span_in_file,
            contents.line() + first_line,
            at.column as usize - 1,
            // It counts lines from the start of the text, and merges neighbours by that.
            contents.line_count() + first_line,
        )))
    }
}

/// Longest stretch of text that is drawn whole, in bytes.
const LONGEST: usize = 600;

/// The part of `whole` that is drawn: all of it, or what lies around `span` in a huge line.
fn window(text: &str, span: (usize, usize), whole: (usize, usize)) -> (usize, usize) {
    const BEFORE: usize = 120;
    const AFTER: usize = 180;
    if whole.1 - whole.0 <= LONGEST {
        return whole;
    }
    let from = span.0.saturating_sub(BEFORE).max(whole.0);
    let to = (span.1 + AFTER).min(whole.1);
    (boundary(text, from), boundary(text, to))
}

/// The character boundary at or before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Labels that lie in another file than the first one.
#[derive(Debug)]
struct Elsewhere<'a> {
    message: String,
    source: SourceText<'a>,
    span: (usize, usize),
}

impl fmt::Display for Elsewhere<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Elsewhere<'_> {}

impl miette::Diagnostic for Elsewhere<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = LabeledSpan::new_primary_with_span(None, self.span);
        Some(Box::new(std::iter::once(label)))
    }
}

/// A span as miette takes it: inside the text, on character boundaries, not endless.
fn clamped(text: &str, span: Span) -> (usize, usize) {
    let start = boundary(
        text,
        (span.start as usize).min(text.len().saturating_sub(1)),
    );
    let end = boundary(text, (span.end as usize).min(start + LONGEST / 2));
    let least = text
        .get(start..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    (start, end.saturating_sub(start).max(least))
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic.message(self.lang))
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(self.diagnostic.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity() {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.diagnostic
            .help(self.lang)
            .map(|h| Box::new(h) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|s| s as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let text: &str = &self.source.as_ref()?.0.text;
        let file = self.diagnostic.labels.first()?.file;
        let labels = self.diagnostic.labels.iter().enumerate();
        let here = labels.filter(move |(_, span)| span.file == file);
        Some(Box::new(here.map(move |(i, span)| {
            let span = clamped(text, *span);
            if i == 0 {
                LabeledSpan::new_primary_with_span(self.diagnostic.label(self.lang), span)
            } else {
                LabeledSpan::new_with_span(self.diagnostic.other_label(self.lang), span)
            }
        })))
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn miette::Diagnostic> + 'b>> {
        (!self.elsewhere.is_empty()).then(|| {
            let each = self.elsewhere.iter();
            Box::new(each.map(|e| e as &dyn miette::Diagnostic)) as Box<dyn Iterator<Item = _>>
        })
    }
}
