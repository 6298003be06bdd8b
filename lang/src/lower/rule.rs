//! What every rule has: an id, a place, the indicator that it reads.

use crate::diag::{Code, Diagnostic};
use crate::model::{IndicatorId, PlaceId, Scope};
use crate::names::nearest;
use crate::source::Span;
use crate::syntax::Name;
use crate::words::{Kind, Kw, WordSet};

use super::{Context, Lowerer};

impl Lowerer {
    /// Declared places are printed by their canonical name, others as the rule wrote them.
    pub(super) fn scope(&self, place: PlaceId, written: Option<&str>) -> Scope {
        let known = self.ruleset.places.get(place);
        let printed = match (known, written) {
            (Some(known), Some(written)) if known.declared.is_none() => written,
            (Some(known), _) => &known.name,
            (None, written) => written.unwrap_or(""),
        };
        Scope::Place {
            place,
            printed: printed.to_string(),
        }
    }

    /// The label, or `<file stem>:<line>`; a second rule on the line adds its column, and a file
    /// of the same stem its path.
    pub(super) fn rule_id(&mut self, span: Span, label: Option<&Name>) -> Option<String> {
        if let Some(label) = label {
            if let Some(first) = self.labels.insert(label.text.clone(), label.span) {
                let finding = Diagnostic::new(Code::DuplicateLabel, label.span)
                    .with("found", &label.text)
                    .and_at(first);
                self.report(finding);
                return None;
            }
            return Some(label.text.clone());
        }
        let (name, at) = self.sources.locate(span);
        let path = name.strip_suffix(".gj").unwrap_or(name);
        let stem = path.rsplit('/').next().unwrap_or(path);
        let (line, column) = (at.line, at.column);
        let mut id = format!("{stem}:{line}");
        for longer in [
            format_args!("{stem}:{line}:{column}"),
            format_args!("{path}:{line}"),
            format_args!("{path}:{line}:{column}"),
        ] {
            if !self.labels.contains_key(&id) {
                break;
            }
            id = longer.to_string();
        }
        self.labels.insert(id.clone(), span);
        Some(id)
    }

    /// The indicator that a rule reads, checked against what is known of it.
    pub(super) fn indicator(
        &mut self,
        name: &Name,
        kind: Kind,
        kind_span: Span,
        context: Context,
    ) -> Option<IndicatorId> {
        let known = self.ruleset.indicator_named(&name.text).is_some();
        let id = self.known_or_new(name, kind, Some(kind), context)?;
        let indicator = self.ruleset.indicators.get_mut(id.index())?;
        if !known {
            indicator.first = kind_span;
        }
        let declared = match indicator.kind {
            Some(known) if known != kind => known,
            _ => {
                indicator.kind = Some(kind);
                return Some(id);
            }
        };
        let code = if indicator.declared.is_some() {
            Code::KindDiffers
        } else {
            Code::KindsDisagree
        };
        let finding = Diagnostic::new(code, kind_span)
            .with("indicator", &indicator.name)
            .with("declared", declared.name())
            .with("kind", kind.name())
            .and_at(indicator.declared.unwrap_or(indicator.first));
        self.report(finding);
        None
    }

    pub(super) fn unknown_indicator(&mut self, name: &Name, kind: Kind) {
        if self.broken.contains(&name.text) {
            return;
        }
        let near = nearest(&name.text, self.ruleset.indicator_names()).map(str::to_string);
        // As the rule writes it, quotes included, so that it can be pasted.
        let written = self.sources.text(name.span).to_string();
        let declaration = |words: WordSet| {
            let [indicator, field, kind] =
                [Kw::Indicator, Kw::KindField, kind.keyword()].map(|kw| kw.spelling(words));
            format!("{indicator} {written} {{ {field} {kind} }}")
        };
        let (zh, en) = (declaration(WordSet::Zh), declaration(WordSet::En));
        let mut finding = Diagnostic::new(Code::UnknownIndicator, name.span)
            .with("found", &name.text)
            .with_words("declaration", zh, en)
            .with_some("nearest", near.as_ref());
        if let Some(near) = near {
            finding = finding.fixed_by(name.span, near);
        }
        self.report(finding);
    }
}
