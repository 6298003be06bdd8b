//! Regions, groups and entities, and what a name of a place means.

use crate::diag::{Code, Diagnostic};
use crate::gazetteer;
use crate::model::{self, Place, PlaceId, PlaceMatch};
use crate::names::nearest;
use crate::source::Span;
use crate::syntax::{Field, Literal, Name};
use crate::words::{Kw, WordSet};

use super::super::{Category, Context, Lowerer};

impl Lowerer {
    pub(super) fn declare_region(
        &mut self,
        name: &Name,
        bracket: &[Name],
        block: &[Field],
        span: Span,
    ) {
        if !self.claim(&name.text, name.span, Category::Region) {
            return;
        }
        let (mut code, mut of) = (None, None);
        for word in bracket {
            let digits: String = word.text.chars().take_while(char::is_ascii_digit).collect();
            let rest = word.text.get(digits.len()..).unwrap_or("");
            match (digits.len(), digits.parse()) {
                (0, _) => {}
                (6, Ok(number)) => code = Some(number),
                _ => self.report(
                    Diagnostic::new(Code::WrongChoice, word.span)
                        .with_words("field", "地区代码", "a region's code")
                        .with("found", &word.text)
                        .with_words("expected", "六位数字，如 530100", "six digits, as 530100"),
                ),
            }
            if !rest.is_empty() {
                of = Some(rest.to_string());
            }
        }
        let group = of.as_deref() == Some(Kw::Group.spelling(WordSet::En));
        let mut also = self.also(block, Category::Region);
        // A declared name that the national list knows without doubt has its code.
        let code = code.or_else(|| match gazetteer::find(&name.text).as_slice() {
            [one] if !group && of.as_deref() != Some("功能区") => Some(one.code),
            _ => None,
        });
        if let Some(division) = code.and_then(gazetteer::by_code)
            && division.name != name.text
            && !also.iter().any(|a| a == division.name)
            && !self.categories.contains_key(division.name)
        {
            also.push(division.name.to_string());
        }
        let category = if group {
            model::Category::Group
        } else {
            model::Category::Region
        };
        let listed = code.and_then(gazetteer::by_code);
        let place = Place {
            name: name.text.clone(),
            also,
            code,
            category,
            of: of.or_else(|| listed.map(|d| d.kind().to_string())),
            parent: None,
            parts: Vec::new(),
            test: self.test,
            declared: Some(span),
        };
        self.add_declared(place, name.span);
    }

    pub(super) fn declare_entity(
        &mut self,
        name: &Name,
        of: Option<&Name>,
        block: &[Field],
        span: Span,
    ) {
        if !self.claim(&name.text, name.span, Category::Entity) {
            return;
        }
        let also = self.also(block, Category::Entity);
        let Some(of) = of else { return };
        let place = Place {
            name: name.text.clone(),
            also,
            code: None,
            category: model::Category::Entity,
            of: Some(of.text.clone()),
            parent: None,
            parts: Vec::new(),
            test: self.test,
            declared: Some(span),
        };
        self.add_declared(place, name.span);
    }

    /// An entity that one test alone knows, unless rules know it: then it is no news to the test.
    pub(super) fn declare_in_test(
        &mut self,
        name: &Name,
        of: &Name,
        place: Option<&Name>,
        block: &[Field],
        span: Span,
    ) {
        self.declare_entity(name, Some(of), block, span);
        if let Some(place) = place {
            self.connect_entity(name, place);
        }
    }

    fn add_declared(&mut self, place: Place, span: Span) {
        let known = self.ruleset.places.iter().find(|(_, p)| {
            let same_world = p.test.is_none() || p.test == place.test;
            p.name == place.name && p.declared.is_some() && same_world
        });
        if let Some((id, earlier)) = known {
            let same = earlier.code == place.code && earlier.of == place.of;
            let first = earlier.declared;
            if let (false, Some(first)) = (same, first) {
                self.declared_twice(&place.name, span, first);
            }
            self.ruleset.places.update(id, |p| {
                for name in place.also {
                    if !p.also.contains(&name) {
                        p.also.push(name);
                    }
                }
            });
            return;
        }
        // One name is one place: else figures of the one would count for the other.
        for name in std::iter::once(&place.name).chain(&place.also) {
            let PlaceMatch::Known(id) = self.ruleset.places.find(name, &[], place.test) else {
                continue;
            };
            let known = self.ruleset.places.get(id);
            let known = known.filter(|k| k.code.is_none() || k.code != place.code);
            if let Some(first) = known
                .filter(|k| k.test == place.test)
                .and_then(|k| k.declared)
            {
                let finding = Diagnostic::new(Code::SharedName, span).and_at(first);
                self.report(finding.with("found", name));
            }
        }
        self.ruleset.places.add(place);
    }

    pub(super) fn connect_region(&mut self, name: &Name, contains: &[Name]) {
        let PlaceMatch::Known(id) = self.ruleset.places.find(&name.text, &[], self.test) else {
            return;
        };
        let code = self.ruleset.places.get(id).and_then(|p| p.code);
        let group = self
            .ruleset
            .places
            .get(id)
            .is_some_and(|p| p.category == model::Category::Group);
        for part in contains {
            let within: Vec<u32> = code.into_iter().collect();
            let part_id = match self.ruleset.places.find(&part.text, &within, self.test) {
                PlaceMatch::Known(part_id) => part_id,
                PlaceMatch::Division(division) => {
                    self.ruleset.places.add_division(division, &part.text)
                }
                PlaceMatch::Ambiguous(found) => {
                    self.report_ambiguous(part, &found);
                    continue;
                }
                PlaceMatch::Unknown => self
                    .ruleset
                    .places
                    .add(plain_place(&part.text, model::Category::Region)),
            };
            if part_id == id {
                continue;
            }
            self.ruleset.places.update(id, |p| {
                if !p.parts.contains(&part_id) {
                    p.parts.push(part_id);
                }
            });
            // A group overlaps others and is nobody's parent.
            if !group && !self.ruleset.places.chain(id).any(|above| above == part_id) {
                self.ruleset
                    .places
                    .update(part_id, |p| p.parent = p.parent.or(Some(id)));
            }
        }
    }

    pub(super) fn connect_entity(&mut self, name: &Name, place: &Name) {
        let PlaceMatch::Known(id) = self.ruleset.places.find(&name.text, &[], self.test) else {
            return;
        };
        let Some(parent) = self.place(place, &[], false) else {
            return;
        };
        // Where it lies is said once, or twice alike. A name that is another's was found already.
        let known = self.ruleset.places.get(id);
        if known.is_some_and(|p| p.name != name.text) {
            return;
        }
        let known = known.filter(|p| p.parent.is_some_and(|own| own != parent));
        if let Some(first) = known.and_then(|p| p.declared) {
            self.declared_twice(&name.text, name.span, first);
            return;
        }
        self.ruleset.places.update(id, |p| p.parent = Some(parent));
    }

    fn report_ambiguous(&mut self, name: &Name, found: &[&'static gazetteer::Division]) {
        let candidates: Vec<String> = found.iter().map(|d| d.described()).collect();
        let finding = Diagnostic::new(Code::AmbiguousRegion, name.span)
            .with("found", &name.text)
            .with("candidates", candidates.join("、"));
        self.report(finding);
    }

    /// The place that a rule, plan or fact names. In a closed world an unknown one is an error.
    pub(in crate::lower) fn place(
        &mut self,
        name: &Name,
        within: &[u32],
        closed: bool,
    ) -> Option<PlaceId> {
        match self.ruleset.places.find(&name.text, within, self.test) {
            PlaceMatch::Known(id) => Some(id),
            PlaceMatch::Division(division) => {
                Some(self.ruleset.places.add_division(division, &name.text))
            }
            PlaceMatch::Ambiguous(found) => {
                self.report_ambiguous(name, &found);
                None
            }
            PlaceMatch::Unknown if closed => {
                if !self.broken.contains(&name.text) {
                    let near: Option<String> = nearest(&name.text, self.ruleset.places.names())
                        .or_else(|| nearest(&name.text, gazetteer::names()))
                        .map(str::to_string);
                    let mut finding = Diagnostic::new(Code::UnknownRegion, name.span)
                        .with("found", &name.text)
                        .with_some("nearest", near.as_ref());
                    if let Some(near) = near {
                        finding = finding.fixed_by(name.span, near);
                    }
                    self.report(finding);
                }
                None
            }
            PlaceMatch::Unknown => Some(
                self.ruleset
                    .places
                    .add(plain_place(&name.text, model::Category::Unknown)),
            ),
        }
    }

    /// The parts of a region that no rule file divides are those of the national list.
    pub(in crate::lower) fn open_up(&mut self, id: PlaceId) {
        let places = &mut self.ruleset.places;
        let mut pending = vec![id];
        while let Some(id) = pending.pop() {
            let Some(place) = places.get(id) else {
                continue;
            };
            let undivided = place.parts.is_empty() && place.category == model::Category::Region;
            let division = place.code.and_then(gazetteer::by_code);
            let (true, Some(division)) = (undivided, division) else {
                continue;
            };
            let parts: Vec<PlaceId> = division
                .parts()
                .map(|part| places.add_division(part, part.name))
                .collect();
            for part in &parts {
                places.update(*part, |p| p.parent = p.parent.or(Some(id)));
            }
            places.update(id, |p| p.parts.clone_from(&parts));
            pending.extend(parts);
        }
    }

    /// `in 530199` stands where a place is named by its code, and no division has this one.
    pub(in crate::lower) fn unknown_code(&mut self, code: &Literal) {
        let above = [code.text.get(..4), code.text.get(..2)];
        let near = above.into_iter().flatten().find_map(|digits| {
            let whole = format!("{digits:0<6}");
            gazetteer::is_code(&whole).then_some(whole)
        });
        let finding = Diagnostic::new(Code::UnknownRegion, code.span)
            .with("found", &code.text)
            .with_some("nearest", near)
            .with("code", &code.text);
        self.report(finding);
    }

    /// The regions that a statement's names probably lie in.
    pub(in crate::lower) fn surroundings(&self, context: Context) -> Vec<u32> {
        let region = context
            .plan
            .and_then(|id| self.ruleset.plan(id))
            .and_then(|p| p.region);
        region
            .and_then(|id| self.ruleset.places.code_of(id))
            .into_iter()
            .collect()
    }
}

fn plain_place(name: &str, category: model::Category) -> Place {
    Place {
        name: name.to_string(),
        also: Vec::new(),
        code: None,
        category,
        of: None,
        parent: None,
        parts: Vec::new(),
        test: None,
        declared: None,
    }
}

/// Whether digits have the shape of a division's code, which no time has, and are none. No code
/// begins with 19 or 20, so 202509 is left to be a time that is not well written.
pub(in crate::lower) fn is_no_code(text: &str) -> bool {
    let shaped = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    let like_a_year = text.starts_with("19") || text.starts_with("20");
    shaped && !like_a_year && !gazetteer::is_code(text)
}
