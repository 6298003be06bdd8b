//! Table rows: one line each, between its first and its last bar.

use super::super::raw::Raw;
use super::super::token::{LexError, Token};
use super::{Filter, Opener};

impl Filter<'_, '_> {
    /// Whether a cell of a row is being read at `start`.
    pub(super) fn in_row(&self, start: u32) -> bool {
        start < self.row_end
    }

    /// Whether nothing stands in the cell but the sign at `start`.
    pub(super) fn empty_cell(&self, start: u32) -> bool {
        self.in_row(start)
            && matches!(self.last(), Some(Token::RowStart | Token::Bar))
            && matches!(self.peek(), Some((_, Some(Raw::Bar), _)))
    }

    pub(super) fn bar(&mut self, start: u32, end: u32) {
        if self.openers.last() != Some(&Opener::Table) {
            return self.push(start, Token::Bar, end);
        }
        if self.in_row(start) {
            return self.push(start, Token::Bar, end);
        }
        if self.row_end == start && self.row_end != 0 {
            self.row_end = 0;
            return self.push(start, Token::RowEnd, end);
        }
        self.open_row(start, end);
    }

    /// The first bar of a line: finds the last one, and leaves out the line below a header that
    /// only Markdown needs.
    fn open_row(&mut self, start: u32, end: u32) {
        let mut last = None;
        let mut from = end;
        let mut only_dashes = true;
        let mut at = self.next;
        while let Some(&(next, raw, stop)) = self.raw.get(at) {
            if self.slice(from, next).contains('\n') {
                break;
            }
            match raw {
                Some(Raw::Bar) => last = Some((next, at)),
                Some(Raw::CloseBrace) => break,
                Some(Raw::Minus | Raw::Range | Raw::Colon) => {}
                _ => only_dashes = false,
            }
            from = stop;
            at += 1;
        }
        match last {
            // `|---|---|`
            Some((_, index)) if only_dashes && index > self.next => self.next = index + 1,
            Some((bar, _)) => {
                self.row_end = bar;
                self.push(start, Token::RowStart, end);
            }
            None => {
                self.push(start, Token::Bad(LexError::OpenRow), end);
            }
        }
    }
}
