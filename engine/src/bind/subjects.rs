//! Who the facts are about: names as files write them become the places of the ruleset.

use std::collections::{HashMap, HashSet};

use guiju_lang::gazetteer::{self, Division};
use guiju_lang::model::{Category, Expr, Part, Place, PlaceId, PlaceMatch, Ruleset, Scope};
use guiju_lang::{Code, Diagnostic};

use super::Bound;

/// A canonical subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SubjectId(pub(crate) u32);

impl SubjectId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One subject, with every name the facts have for it.
#[derive(Debug, Clone)]
pub(crate) struct Canonical {
    /// The name as printed where no rule names it.
    pub(crate) name: String,
    /// The region it is or lies in, as printed.
    pub(crate) region: String,
    /// GB/T 2260 code of the region.
    pub(crate) code: Option<u32>,
    /// Whether it is a region, not an entity in one.
    pub(crate) is_region: bool,
    /// Whether the facts mention it, be it as the region of an entity.
    pub(crate) mentioned: bool,
    /// Store and subject of each name.
    pub(crate) members: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Place(PlaceId),
    Code(u32),
    Name(String),
    /// An entity that no rule file declares, in its region.
    Entity(Box<Key>, String),
}

impl Bound<'_> {
    /// Finds the canonical subjects, in the order of output: the region tree, then first mention.
    pub(super) fn bind_subjects(&mut self) {
        let contexts = contexts(self.ruleset, self.test);
        let mut order: Vec<(Key, Canonical)> = Vec::new();
        let mut index: HashMap<Key, usize> = HashMap::new();
        let mut add = |(key, canonical): (Key, Canonical)| {
            let place = *index.entry(key.clone()).or_insert_with(|| {
                order.push((key, canonical));
                order.len() - 1
            });
            if let Some((_, canonical)) = order.get_mut(place) {
                canonical.mentioned = true;
            }
            place
        };
        let mut members: Vec<(usize, (u32, u32))> = Vec::new();
        for store in 0..self.stores.len() as u32 {
            let facts = self.store(store);
            for at in 0..facts.subject_count() {
                let (region, entity) = facts.subject(at);
                let found = match region {
                    Some(region) => match self.region(store, at, region, &contexts) {
                        Some(found) => Some(found),
                        None => continue,
                    },
                    None => None,
                };
                if let Some(found) = found.clone() {
                    add(found);
                }
                let subject = match (entity, found) {
                    (Some(entity), found) => self.entity(entity, found, &contexts),
                    (None, found) => found,
                };
                if let Some(subject) = subject {
                    members.push((add(subject), (store, at)));
                }
            }
        }
        for (place, member) in members {
            if let Some((_, canonical)) = order.get_mut(place) {
                canonical.members.push(member);
            }
        }
        // Places that rules name are subjects even where no figure mentions them.
        for place in named(self.ruleset, self.test) {
            if !index.contains_key(&Key::Place(place))
                && let Some(canonical) = self.known(place)
            {
                index.insert(Key::Place(place), order.len());
                order.push((Key::Place(place), canonical));
            }
        }
        let positions = tree_positions(self.ruleset);
        let rank = |key: &Key, canonical: &Canonical, at: usize| match key {
            Key::Place(id) if positions.contains_key(id) => {
                (0, positions.get(id).copied().unwrap_or(0), 0)
            }
            _ => match canonical.code {
                Some(code) => (1, code as usize, usize::from(!canonical.is_region)),
                None => (2, at, 0),
            },
        };
        let mut ranked: Vec<_> = order
            .into_iter()
            .enumerate()
            .map(|(at, (key, c))| (rank(&key, &c, at), at, key, c))
            .collect();
        ranked.sort_by_key(|(rank, at, ..)| (*rank, *at));
        for (i, (_, _, key, canonical)) in ranked.into_iter().enumerate() {
            let place = match key {
                Key::Place(place) => Some(place),
                _ => None,
            };
            if let Some(place) = place {
                self.by_place.insert(place, SubjectId(i as u32));
            }
            self.places.push(place);
            self.subjects.push(canonical);
        }
    }

    /// The canonical subject of a place.
    pub(crate) fn subject_of(&self, place: PlaceId) -> Option<SubjectId> {
        self.by_place.get(&place).copied()
    }

    /// The place of a subject, if rules know it as one.
    pub(crate) fn place_of(&self, subject: SubjectId) -> Option<PlaceId> {
        self.places.get(subject.index()).copied().flatten()
    }

    fn known(&self, place: PlaceId) -> Option<Canonical> {
        let places = &self.ruleset.places;
        let found = places.get(place)?;
        let is_region = found.category != Category::Entity;
        let region = if is_region {
            found.name.clone()
        } else {
            found
                .parent
                .and_then(|p| places.get(p))
                .map_or(found.name.clone(), |p| p.name.clone())
        };
        Some(Canonical {
            name: found.name.clone(),
            region,
            code: places.code_of(place),
            is_region,
            mentioned: false,
            members: Vec::new(),
        })
    }

    /// Who an entity is: a place that the rules know, the region itself or one in it, else a
    /// subject of its own.
    fn entity(
        &self,
        name: &str,
        region: Option<(Key, Canonical)>,
        contexts: &[u32],
    ) -> Option<(Key, Canonical)> {
        let places = &self.ruleset.places;
        match places.find(name, contexts, self.test) {
            PlaceMatch::Known(id) if self.fits(id, region.as_ref()) => {
                let mut canonical = self.known(id)?;
                if places
                    .get(id)
                    .is_some_and(|p| p.category == Category::Unknown)
                {
                    canonical.is_region = false;
                    if let Some((_, region)) = region {
                        canonical.region = region.region;
                        canonical.code = region.code;
                    }
                }
                return Some((Key::Place(id), canonical));
            }
            PlaceMatch::Division(division) => {
                let around = region.as_ref().and_then(|(_, c)| c.code);
                if around.is_some_and(|code| division.within(code)) {
                    return Some(divided(name, division));
                }
            }
            PlaceMatch::Known(_) | PlaceMatch::Ambiguous(_) | PlaceMatch::Unknown => {}
        }
        let (key, region) = region.unwrap_or((Key::Name(String::new()), plain("")));
        let canonical = Canonical {
            name: name.to_string(),
            is_region: false,
            members: Vec::new(),
            ..region
        };
        Some((Key::Entity(Box::new(key), name.to_string()), canonical))
    }

    /// Whether a known entity may be the one of a row: not where the row's region and its own lie apart,
    /// so that it is another of the same name.
    fn fits(&self, id: PlaceId, region: Option<&(Key, Canonical)>) -> bool {
        let places = &self.ruleset.places;
        let own = places
            .get(id)
            .filter(|p| p.category == Category::Entity)
            .and_then(|p| p.parent);
        match (own, region) {
            (Some(own), Some((Key::Place(stated), _))) => {
                places.lies_in(id, *stated) || places.lies_in(*stated, own)
            }
            _ => true,
        }
    }

    fn region(
        &mut self,
        store: u32,
        at: u32,
        name: &str,
        contexts: &[u32],
    ) -> Option<(Key, Canonical)> {
        match self.ruleset.places.find(name, contexts, self.test) {
            PlaceMatch::Known(id) => {
                let mut canonical = self.known(id)?;
                let declared = self
                    .ruleset
                    .places
                    .get(id)
                    .is_some_and(|p| p.declared.is_some());
                if !declared {
                    // As the file wrote it; for a bare code, as the rules do.
                    let own = if is_code(name) { &canonical.name } else { name };
                    canonical.name = printed(own, canonical.code);
                    canonical.region.clone_from(&canonical.name);
                }
                Some((Key::Place(id), canonical))
            }
            PlaceMatch::Division(division) => Some(divided(name, division)),
            PlaceMatch::Ambiguous(found) => {
                self.ambiguous(store, at, name, &found);
                None
            }
            PlaceMatch::Unknown => Some((Key::Name(name.to_string()), plain(name))),
        }
    }

    fn ambiguous(&mut self, store: u32, subject: u32, name: &str, found: &[&'static Division]) {
        let facts = self.store(store);
        let place = facts
            .columns()
            .iter()
            .find_map(|c| c.rows(subject).next().and_then(|row| c.origins.get(row)))
            .map_or(String::new(), |origin| facts.place(*origin));
        let candidates: Vec<String> = found.iter().map(|d| d.described()).collect();
        self.findings.push(
            Diagnostic::unplaced(Code::FactsAmbiguous)
                .with("place", place)
                .with("found", name)
                .with("candidates", candidates.join("、")),
        );
    }
}

fn plain(name: &str) -> Canonical {
    Canonical {
        name: name.to_string(),
        region: name.to_string(),
        code: None,
        is_region: true,
        mentioned: false,
        members: Vec::new(),
    }
}

fn divided(name: &str, division: &Division) -> (Key, Canonical) {
    let name = printed(name, Some(division.code));
    let canonical = Canonical {
        code: Some(division.code),
        ..plain(&name)
    };
    (Key::Code(division.code), canonical)
}

/// Names are printed as the file wrote them, a bare code as its name.
fn printed(name: &str, code: Option<u32>) -> String {
    let division = code.filter(|_| is_code(name)).and_then(gazetteer::by_code);
    division.map_or(name, |d| d.name).to_string()
}

fn is_code(name: &str) -> bool {
    name.len() == 6 && name.bytes().all(|b| b.is_ascii_digit())
}

/// The places that rules name, on either side of a comparison; where they speak of sets, every place
/// that is known may be a member.
fn named(ruleset: &Ruleset, test: Option<u32>) -> Vec<PlaceId> {
    let mut places = Vec::new();
    let mut sets = false;
    for rule in &ruleset.rules {
        if let Scope::Place { place, .. } = rule.scope {
            places.push(place);
        }
    }
    places.extend(ruleset.waivers.iter().filter_map(|w| w.place));
    ruleset.walk(&mut |part| match part {
        Part::Expr(Expr::In(_, place)) => places.push(*place),
        Part::Set(set) => {
            sets = true;
            places.extend(set.place);
        }
        _ => {}
    });
    if sets {
        let known = |p: &Place| matches!(p.category, Category::Region | Category::Entity);
        let all = ruleset.places.iter();
        let all = all.filter(|(id, p)| known(p) && ruleset.knows(*id, test));
        places.extend(all.map(|(id, _)| id));
    }
    // What is rolled up may come from below regions that no figure mentions.
    if ruleset.indicators.iter().any(|i| i.rollup.is_some()) {
        let mut seen: HashSet<PlaceId> = places.iter().copied().collect();
        let mut pending = places.clone();
        while let Some(place) = pending.pop() {
            let parts = ruleset.places.get(place).map_or(&[][..], |p| &p.parts);
            let new: Vec<PlaceId> = parts.iter().copied().filter(|p| seen.insert(*p)).collect();
            places.extend(&new);
            pending.extend(new);
        }
    }
    places
}

/// The regions that the rules speak of: a short name in the facts most likely lies there.
fn contexts(ruleset: &Ruleset, test: Option<u32>) -> Vec<u32> {
    let rules = named(ruleset, test).into_iter();
    let plans = ruleset.plans.iter().filter_map(|p| p.region);
    let mut codes: Vec<u32> = rules
        .chain(plans)
        .filter_map(|p| ruleset.places.code_of(p))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The position of each declared place in a walk of the region tree, parts in declared order.
fn tree_positions(ruleset: &Ruleset) -> HashMap<PlaceId, usize> {
    let mut positions = HashMap::new();
    let declared = |id: &PlaceId| {
        ruleset
            .places
            .get(*id)
            .is_some_and(|p| p.declared.is_some())
    };
    let mut pending: Vec<PlaceId> = ruleset
        .places
        .iter()
        .filter(|(id, p)| declared(id) && p.parent.is_none())
        .map(|(id, _)| id)
        .collect();
    pending.reverse();
    while let Some(id) = pending.pop() {
        if positions.contains_key(&id) {
            continue;
        }
        positions.insert(id, positions.len());
        let parts = ruleset.places.get(id).map_or(&[][..], |p| &p.parts);
        pending.extend(parts.iter().rev().filter(|part| {
            // A group's parts keep the place that their own region gives them.
            ruleset
                .places
                .get(**part)
                .is_some_and(|p| p.parent == Some(id))
        }));
    }
    positions
}
