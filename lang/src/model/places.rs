//! Regions, entities and other places: one table, matched by name with the national list behind it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::gazetteer::{self, Division};
use crate::source::Span;

/// A place of the ruleset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlaceId(pub u32);

impl PlaceId {
    /// The position in the table.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// A region.
    Region,
    /// A group of regions: nobody's parent.
    Group,
    /// A school, person or project.
    Entity,
    /// Named by a rule and not known to be anything else.
    Unknown,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The canonical name.
    pub name: String,
    /// Names that are read, never printed.
    pub also: Vec<String>,
    /// GB/T 2260 code.
    pub code: Option<u32>,
    /// What it is.
    pub category: Category,
    /// The word for its type: 区, 县, 功能区, or an entity type.
    pub of: Option<String>,
    /// The place it lies in.
    pub parent: Option<PlaceId>,
    /// Its declared parts, in order.
    pub parts: Vec<PlaceId>,
    /// The test that alone knows it; none where every rule does.
    pub test: Option<u32>,
    /// Where it is declared; declared places are printed by their canonical name.
    pub declared: Option<Span>,
}

/// The places of a ruleset.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Places {
    places: Vec<Place>,
    names: BTreeMap<String, PlaceId>,
    /// The names that one test alone knows.
    own_names: BTreeMap<u32, BTreeMap<String, PlaceId>>,
    codes: BTreeMap<u32, PlaceId>,
}

/// Whether a region of one type is of another: 县区 are all county-level units (区, 县, 县级市).
pub fn is_of_type(of: &str, name: &str) -> bool {
    match name {
        "县区" | "区县" | "县(市)区" => matches!(of, "区" | "县" | "县级市" | "旗"),
        _ => of == name,
    }
}

/// What a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceMatch {
    /// A place of the ruleset.
    Known(PlaceId),
    /// A division of the national list that the ruleset has not met.
    Division(&'static Division),
    /// Several divisions.
    Ambiguous(Vec<&'static Division>),
    /// Nothing known.
    Unknown,
}

impl Places {
    /// The place behind an id.
    pub fn get(&self, id: PlaceId) -> Option<&Place> {
        self.places.get(id.index())
    }

    /// Every place with its id, in order of mention.
    pub fn iter(&self) -> impl Iterator<Item = (PlaceId, &Place)> {
        self.places
            .iter()
            .enumerate()
            .map(|(i, p)| (PlaceId(i as u32), p))
    }

    /// Names and aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// What a name (in normal form) means, given regions that it probably lies in and the test, if
    /// any, that speaks of it.
    pub fn find(&self, name: &str, within: &[u32], test: Option<u32>) -> PlaceMatch {
        let own = test.and_then(|test| self.own_names.get(&test)?.get(name));
        if let Some(id) = own.or_else(|| self.names.get(name)) {
            return PlaceMatch::Known(*id);
        }
        let mut found = gazetteer::find(name);
        if found.len() > 1 {
            let inside: Vec<_> = found
                .iter()
                .copied()
                .filter(|d| within.iter().any(|w| d.within(*w)))
                .collect();
            if inside.len() == 1 {
                found = inside;
            }
        }
        match found.as_slice() {
            [] => PlaceMatch::Unknown,
            [one] => match self.codes.get(&one.code) {
                Some(id) => PlaceMatch::Known(*id),
                None => PlaceMatch::Division(one),
            },
            _ => PlaceMatch::Ambiguous(found),
        }
    }

    /// Adds a place under its name; an existing place of that name or code is returned instead.
    pub(crate) fn add(&mut self, place: Place) -> PlaceId {
        let known = place
            .code
            .and_then(|code| self.codes.get(&code))
            .or_else(|| self.names_of(place.test)?.get(&place.name));
        if let Some(id) = known {
            return *id;
        }
        let id = PlaceId(self.places.len() as u32);
        self.register(&place, id);
        self.places.push(place);
        id
    }

    fn names_of(&self, test: Option<u32>) -> Option<&BTreeMap<String, PlaceId>> {
        match test {
            Some(test) => self.own_names.get(&test),
            None => Some(&self.names),
        }
    }

    fn register(&mut self, place: &Place, id: PlaceId) {
        if let Some(code) = place.code {
            self.codes.entry(code).or_insert(id);
        }
        let names = match place.test {
            Some(test) => self.own_names.entry(test).or_default(),
            None => &mut self.names,
        };
        for name in std::iter::once(&place.name).chain(&place.also) {
            names.entry(name.clone()).or_insert(id);
        }
    }

    /// Adds a division of the national list; it is reached by code, never by a name that could be
    /// ambiguous elsewhere.
    pub(crate) fn add_division(&mut self, division: &Division, printed: &str) -> PlaceId {
        if let Some(id) = self.codes.get(&division.code) {
            return *id;
        }
        let id = PlaceId(self.places.len() as u32);
        self.codes.insert(division.code, id);
        self.places.push(Place {
            name: printed.to_string(),
            also: vec![division.name.to_string()],
            code: Some(division.code),
            category: Category::Region,
            of: Some(division.kind().to_string()),
            parent: None,
            parts: Vec::new(),
            test: None,
            declared: None,
        });
        id
    }

    /// Changes a place; its names are registered again.
    pub(crate) fn update(&mut self, id: PlaceId, change: impl FnOnce(&mut Place)) {
        let Some(place) = self.places.get_mut(id.index()) else {
            return;
        };
        change(place);
        let place = place.clone();
        self.register(&place, id);
    }

    /// The place with this code.
    pub fn coded(&self, code: u32) -> Option<PlaceId> {
        self.codes.get(&code).copied()
    }

    /// Whether a place is another, lies in it, or belongs to it if that is a group.
    pub fn lies_in(&self, id: PlaceId, place: PlaceId) -> bool {
        let group = self
            .get(place)
            .filter(|p| p.category == Category::Group)
            .map_or(&[][..], |g| g.parts.as_slice());
        self.chain(id).any(|p| p == place || group.contains(&p))
    }

    /// The places from `id` up to the root, itself first. Bounded by the number of places.
    pub fn chain(&self, id: PlaceId) -> impl Iterator<Item = PlaceId> {
        let mut next = Some(id);
        let mut left = self.places.len();
        std::iter::from_fn(move || {
            let current = next?;
            left = left.checked_sub(1)?;
            next = self.get(current).and_then(|p| p.parent);
            Some(current)
        })
    }

    /// The nearest code on the way up.
    pub fn code_of(&self, id: PlaceId) -> Option<u32> {
        self.chain(id)
            .find_map(|p| self.get(p).and_then(|p| p.code))
    }
}
