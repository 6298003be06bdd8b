//! A diagnostic in the shape that miette draws.

use std::fmt;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::{Diagnostic, Lang, Severity};
use crate::source::{Source, Sources};

/// A diagnostic with its text and language, ready for any miette handler.
///
/// Spans are clamped to the text (a label past the end would be dropped or panic), and the
/// column in the drawing's header counts characters, not bytes.
#[derive(Debug)]
pub struct Report<'a> {
    diagnostic: &'a Diagnostic,
    source: Option<SourceText<'a>>,
    lang: Lang,
}

/// Source text whose reported column counts characters.
#[derive(Debug)]
pub struct SourceText<'a>(pub &'a Source);

impl<'a> Report<'a> {
    /// Attaches text and language. A diagnostic shows labels of the file of its first one.
    pub fn new(diagnostic: &'a Diagnostic, sources: &'a Sources, lang: Lang) -> Report<'a> {
        let source = diagnostic
            .labels
            .first()
            .and_then(|s| sources.get(s.file))
            .map(SourceText);
        Report {
            diagnostic,
            source,
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
        let to = (span.offset() + span.len()).min(text.len());
        let to = text.get(to..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| to + at);
        let lines = SourceSpan::from((from, to - from));
        let contents = text.read_span(&lines, before, after)?;
        // miette prints the column of the contents' start; ours is the label's own.
        let at = self.0.position(span.offset() as u32);
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.name.clone(),
            contents.data(),
            *contents.span(),
            contents.line(),
            at.column as usize - 1,
            contents.line_count(),
        )))
    }
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
        let length = self.source.as_ref()?.0.text.len();
        let file = self.diagnostic.labels.first()?.file;
        let labels = self
            .diagnostic
            .labels
            .iter()
            .filter(move |s| s.file == file)
            .enumerate()
            .map(move |(i, span)| {
                let text = if i == 0 {
                    self.diagnostic.label(self.lang)
                } else {
                    self.diagnostic.other_label(self.lang)
                };
                let start = (span.start as usize).min(length.saturating_sub(1));
                let len = span.len().min(length - start).max(usize::from(length > 0));
                if i == 0 {
                    LabeledSpan::new_primary_with_span(text, (start, len))
                } else {
                    LabeledSpan::new_with_span(text, (start, len))
                }
            });
        Some(Box::new(labels))
    }
}
