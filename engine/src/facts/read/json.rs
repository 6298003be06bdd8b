//! JSON and JSON Lines. Numbers stay the text they are (`raw_value`), so nothing is rounded.

use std::borrow::Cow;
use std::fmt;
use std::ops::ControlFlow::{self, Continue};

use guiju_lang::Code;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue as Raw;

use super::record::{self, COUNT, Cell, Field, Item, Record, Records, Visit, holding};
use super::why::Why;

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
        let first = text.trim_start().lines().next().unwrap_or("");
        let lines = first.starts_with('{') && serde_json::from_str::<&Raw>(first).is_ok();
        first
            .starts_with(['[', '{'])
            .then_some(Json { file, text, lines })
    }
}

impl Records for Json<'_> {
    fn each(&self, visit: &mut Visit<'_>) {
        let (file, text) = (self.file, self.text);
        let mut walk = Walk {
            file,
            text,
            offset: 0,
            line: 1,
            visit,
        };
        if self.lines {
            // One bad line does not hide the next.
            let _ = text.split('\n').try_for_each(|line| walk.values(line));
        } else {
            let _ = walk.values(text);
        }
    }

    fn comma_is_unclear(&self) -> bool {
        false
    }
}

/// One way through the text, counting lines.
struct Walk<'t, 'v, 'w> {
    file: &'t str,
    text: &'t str,
    offset: usize,
    line: u32,
    visit: &'v mut Visit<'w>,
}

impl<'t> Walk<'t, '_, '_> {
    /// The line where a part of the text begins; parts come in order.
    fn line_of(&mut self, part: &str) -> u32 {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let passed = self.text.as_bytes().get(self.offset..offset).unwrap_or(&[]);
        self.line += passed.iter().filter(|b| **b == b'\n').count() as u32;
        self.offset = offset.max(self.offset);
        self.line
    }

    fn values(&mut self, part: &'t str) -> ControlFlow<()> {
        for value in serde_json::Deserializer::from_str(part).into_iter::<&Raw>() {
            match value {
                Ok(raw) => self.value(raw.get(), true)?,
                Err(error) => return self.broken(part, &error),
            }
        }
        Continue(())
    }

    /// A record, or a list of them; at the `top` the list may stand under `observations`.
    fn value(&mut self, raw: &'t str, top: bool) -> ControlFlow<()> {
        if top && raw.starts_with('[') {
            return match serde_json::from_str::<Vec<&Raw>>(raw) {
                Ok(list) => list
                    .into_iter()
                    .try_for_each(|r| self.value(r.get(), false)),
                Err(error) => self.broken(raw, &error),
            };
        }
        let line = self.line_of(raw);
        if !raw.starts_with('{') {
            return self.no_figure(Cell {
                text: raw,
                line,
                column: 1,
            });
        }
        let entries = match serde_json::from_str::<Entries<'t>>(raw) {
            Ok(Entries(entries)) => entries,
            Err(error) => return self.broken(raw, &error),
        };
        let is_list = |(k, v): &&(&str, &str)| string(k) == "observations" && v.starts_with('[');
        match entries.iter().find(is_list).filter(|_| top) {
            Some((_, list)) => self.value(list, true),
            None => self.record(line, &entries),
        }
    }

    fn record(&mut self, line: u32, entries: &[(&'t str, &'t str)]) -> ControlFlow<()> {
        let mut texts: [Cow<'t, str>; COUNT] = Default::default();
        let mut record = Record {
            line,
            ..Record::default()
        };
        for (at, (key, value)) in entries.iter().enumerate() {
            let key = string(key);
            let Some(field) = Field::named(&key) else {
                (self.visit)(Item::Ignored(&key))?;
                continue;
            };
            let place = Cell {
                text: value,
                line: self.line_of(value),
                column: at as u32 + 1,
            };
            let earlier = record.cells[field as usize].column;
            if let Some((first, _)) = entries.get(earlier.wrapping_sub(1) as usize) {
                let first = Cell {
                    text: &string(first),
                    line,
                    column: earlier,
                };
                let second = Cell {
                    text: &key,
                    ..place
                };
                let problem = record::twice(self.file, field, first, second);
                return (self.visit)(Item::Problem(problem));
            }
            if value.starts_with(['[', '{']) {
                return self.no_figure(place);
            }
            let digits = value.starts_with(|c: char| c == '-' || c.is_ascii_digit());
            record.number |= field == Field::Value && digits;
            record.cells[field as usize] = place;
            texts[field as usize] = string(value);
        }
        for (cell, text) in record.cells.iter_mut().zip(&texts) {
            cell.text = text;
        }
        (self.visit)(Item::Record(&record))
    }

    fn no_figure(&mut self, at: Cell<'_>) -> ControlFlow<()> {
        (self.visit)(Item::Problem(holding(
            Code::FactsValue,
            self.file,
            at,
            at.text,
        )))
    }

    /// serde_json's words, with the line counted in the whole file.
    fn broken(&mut self, part: &str, error: &serde_json::Error) -> ControlFlow<()> {
        let line = self.line_of(part) as usize + error.line().saturating_sub(1);
        let words = error.to_string();
        let words = words.split(" at line").next().unwrap_or("");
        let why = Why::Json {
            line,
            column: error.column(),
            words: words.to_string(),
        };
        (self.visit)(Item::Problem(why.about(self.file)))
    }
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
        deserializer.deserialize_map(Object)
    }
}

struct Object;

impl<'t> Visitor<'t> for Object {
    type Value = Entries<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Entries<'t>, A::Error> {
        let mut entries = Vec::with_capacity(COUNT);
        while let Some((key, value)) = map.next_entry::<&Raw, &Raw>()? {
            entries.push((key.get(), value.get()));
        }
        Ok(Entries(entries))
    }
}
