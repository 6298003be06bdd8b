//! JSON and JSON Lines. Numbers stay the text they are (`raw_value`), so nothing is rounded.

use std::borrow::Cow;
use std::fmt;
use std::ops::ControlFlow::{self, Break, Continue};

use guiju_lang::{Code, Diagnostic};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue as Raw;

use super::findings::clip;
use super::long::{Cell, FIELDS, Field, Item, Record, Records, Visit};

/// A JSON text.
pub(super) struct Json<'t> {
    file: &'t str,
    text: &'t str,
    /// Every line is an object of its own.
    pub(super) lines: bool,
}

impl<'t> Json<'t> {
    /// Takes a text for JSON if it begins like it.
    pub(super) fn recognise(file: &'t str, text: &'t str) -> Option<Json<'t>> {
        let start = text.trim_start();
        if !start.starts_with(['[', '{']) {
            return None;
        }
        let first = start.lines().next().unwrap_or("");
        let lines = first.starts_with('{') && serde_json::from_str::<&Raw>(first).is_ok();
        Some(Json { file, text, lines })
    }

    fn values(
        &self,
        part: &'t str,
        lines: &mut Lines<'t>,
        visit: &mut Visit<'_>,
    ) -> ControlFlow<()> {
        for value in serde_json::Deserializer::from_str(part).into_iter::<&Raw>() {
            match value {
                Ok(raw) => self.value(raw.get(), true, lines, visit)?,
                Err(e) => return visit(Item::Problem(self.unreadable(lines.at(part), &e))),
            }
        }
        Continue(())
    }

    /// A record, or a list of them; a list may stand under `observations` at the `top`.
    fn value(
        &self,
        raw: &'t str,
        top: bool,
        lines: &mut Lines<'t>,
        visit: &mut Visit<'_>,
    ) -> ControlFlow<()> {
        let line = lines.at(raw);
        if top && raw.starts_with('[') {
            return match serde_json::from_str::<Vec<&Raw>>(raw) {
                Ok(list) => list
                    .iter()
                    .try_for_each(|r| self.value(r.get(), false, lines, visit)),
                Err(e) => visit(Item::Problem(self.unreadable(line, &e))),
            };
        }
        if !raw.starts_with('{') {
            return visit(Item::Problem(self.no_figure(line, 1, raw)));
        }
        let entries = match serde_json::from_str::<Entries<'t>>(raw) {
            Ok(entries) => entries.0,
            Err(e) => return visit(Item::Problem(self.unreadable(line, &e))),
        };
        let list = entries
            .iter()
            .find(|(key, value)| string(key) == "observations" && value.starts_with('['));
        if let Some((_, list)) = list.filter(|_| top) {
            return self.value(list, true, lines, visit);
        }
        self.record(line, raw, &entries, visit)
    }

    fn record(
        &self,
        line: u32,
        raw: &str,
        entries: &[(&'t str, &'t str)],
        visit: &mut Visit<'_>,
    ) -> ControlFlow<()> {
        let mut texts: [Cow<'t, str>; FIELDS] = Default::default();
        let mut places = [(0, 0); FIELDS];
        let mut number = false;
        for (at, (key, value)) in entries.iter().enumerate() {
            let (key, column) = (string(key), at as u32 + 1);
            let Some(field) = Field::named(&key) else {
                visit(Item::Ignored(&key))?;
                continue;
            };
            let before = raw.as_bytes().get(..offset(raw, value)).unwrap_or(&[]);
            let line = line + before.iter().filter(|b| **b == b'\n').count() as u32;
            let place = &mut places[field as usize];
            if place.1 > 0 || value.starts_with(['[', '{']) {
                return visit(Item::Problem(self.no_figure(line, column, value)));
            }
            *place = (line, column);
            texts[field as usize] = string(value);
            number |= field == Field::Value
                && value.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        }
        let mut record = Record {
            line,
            number,
            ..Record::default()
        };
        for ((cell, text), place) in record.cells.iter_mut().zip(&texts).zip(places) {
            *cell = Cell {
                text,
                line: place.0,
                column: place.1,
            };
        }
        visit(Item::Record(&record))
    }

    fn no_figure(&self, line: u32, column: u32, found: &str) -> Diagnostic {
        let place = format!("{}:{line}:{column}", self.file);
        Diagnostic::unplaced(Code::FactsValue)
            .with("place", place)
            .with("found", clip(found, 60))
    }

    /// serde_json's words, with the line counted in the whole file.
    fn unreadable(&self, line: u32, error: &serde_json::Error) -> Diagnostic {
        let words = error.to_string();
        let words = words
            .rsplit_once(" at line")
            .map_or(words.as_str(), |(words, _)| words);
        let line = line as usize + error.line().saturating_sub(1);
        let reason = format!("JSON {line}:{}: {words}", error.column());
        Diagnostic::unplaced(Code::FactsUnreadable)
            .with("file", self.file)
            .with("reason", reason)
    }
}

impl Records for Json<'_> {
    fn each(&self, visit: &mut Visit<'_>) {
        let mut lines = Lines {
            text: self.text,
            offset: 0,
            line: 1,
        };
        if !self.lines {
            let _ = self.values(self.text, &mut lines, visit);
            return;
        }
        for line in self.text.split('\n') {
            // One bad line does not hide the next.
            if self.values(line, &mut lines, visit) == Break(()) {
                return;
            }
        }
    }

    fn comma_is_unclear(&self) -> bool {
        false
    }
}

/// Counts lines forward.
struct Lines<'t> {
    text: &'t str,
    offset: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line where a part of the text begins; parts come in order.
    fn at(&mut self, part: &str) -> u32 {
        let offset = offset(self.text, part).max(self.offset);
        let passed = self.text.as_bytes().get(self.offset..offset).unwrap_or(&[]);
        self.line += passed.iter().filter(|b| **b == b'\n').count() as u32;
        self.offset = offset;
        self.line
    }
}

/// Where `part`, a slice of `text`, begins in it.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize)
        .saturating_sub(text.as_ptr() as usize)
        .min(text.len())
}

/// The text of a JSON token: strings unescaped, null empty, all else as it stands.
fn string(raw: &str) -> Cow<'_, str> {
    match raw.strip_prefix('"').and_then(|r| r.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
        Some(_) => serde_json::from_str(raw).map_or(Cow::Borrowed(raw), Cow::Owned),
        None if raw == "null" => Cow::Borrowed(""),
        None => Cow::Borrowed(raw),
    }
}

/// The keys and values of an object as they stand, in order, repeats included.
struct Entries<'t>(Vec<(&'t str, &'t str)>);

impl<'t> Deserialize<'t> for Entries<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Entries<'t>, D::Error> {
        struct Object;
        impl<'t> Visitor<'t> for Object {
            type Value = Entries<'t>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Entries<'t>, A::Error> {
                let mut entries = Vec::with_capacity(FIELDS);
                while let Some((key, value)) = map.next_entry::<&Raw, &Raw>()? {
                    entries.push((key.get(), value.get()));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Object)
    }
}
