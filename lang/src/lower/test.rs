//! Tests. They are lowered last, since they speak of rules: of their labels, tiers, places and times.

use crate::diag::{Code, Diagnostic};
use crate::model::{Expectation, ExpectedSubject, PlaceId, Places, Rule, Scope, TestCase, Time};
use crate::names::nearest;
use crate::period::{Grain, Period};
use crate::syntax::{Body, Expect, Literal, Name, TestItem};
use crate::words::{OUTLOOKS, Term, VERDICTS, WordSet};

use super::{Context, Lowerer};

impl Lowerer {
    pub(super) fn lower_tests(&mut self) {
        self.each_statement(|this, statement, context| {
            if let Body::Test { name, items } = &statement.body {
                this.lower_test(name, items, context);
            }
        });
    }

    fn lower_test(&mut self, name: &Name, items: &[TestItem], context: Context) {
        let in_file = |t: &&TestCase| t.span.file == name.span.file && t.name == name.text;
        if let Some(first) = self.ruleset.tests.iter().find(in_file).map(|t| t.span) {
            let finding = Diagnostic::new(Code::DuplicateTest, name.span);
            self.report(finding.with("found", &name.text).and_at(first));
        }
        let at = self.ruleset.tests.len() as u32;
        let mut test = TestCase {
            name: name.text.clone(),
            facts: self.test_attributes.remove(&at).unwrap_or_default(),
            as_of: self.test_date(items),
            expectations: Vec::new(),
            files: self.sees.get(&name.span.file).cloned().unwrap_or_default(),
            span: name.span,
        };
        self.test = Some(at);
        for item in items {
            match item {
                TestItem::Statement(statement) => match &statement.body {
                    Body::Entity { of: Some(_), .. } => {}
                    Body::Entity { name, .. } => {
                        // A type is the same for all rules.
                        let finding = Diagnostic::new(Code::TypeInTest, name.span);
                        self.report(finding.with("found", &name.text));
                    }
                    body => test.facts.extend(self.stated(body, context)),
                },
                TestItem::AsOf(..) => {}
                TestItem::Expect(expect) => {
                    test.expectations.extend(self.expectation(expect, context));
                }
            }
        }
        self.test = None;
        // What was written and not understood is not missing.
        if !items.iter().any(|i| matches!(i, TestItem::Expect(_))) {
            let finding = Diagnostic::new(Code::ExpectsNothing, name.span);
            self.report(finding.with("found", &name.text));
        }
        if !items.iter().any(|i| matches!(i, TestItem::AsOf(..))) {
            self.check_dateless(name, items);
        }
        self.ruleset.tests.push(test);
    }

    /// The one day of a test.
    fn test_date(&mut self, items: &[TestItem]) -> Option<Period> {
        let mut dates = items.iter().filter_map(|item| match item {
            TestItem::AsOf(day, span) => Some((day, *span)),
            _ => None,
        });
        let (day, first) = dates.next()?;
        if let Some((_, second)) = dates.next() {
            self.report(Diagnostic::new(Code::TwoDates, second).and_at(first));
        }
        self.day(day)
    }

    fn day(&mut self, literal: &Literal) -> Option<Period> {
        let period = self.period(literal)?;
        if period.grain() == Grain::Day {
            return Some(period);
        }
        let finding = Diagnostic::new(Code::BadDate, literal.span);
        self.report(finding.with("found", &literal.text));
        None
    }

    fn expectation(&mut self, expect: &Expect, context: Context) -> Option<Expectation> {
        let id = expect.rule.text.as_str();
        let of_id = |r: &&Rule| r.id == id;
        let rules: Vec<Rule> = self.ruleset.rules.iter().filter(of_id).cloned().collect();
        if rules.is_empty() {
            self.expects_no_rule(&expect.rule);
            return None;
        }
        self.check_tier(expect, &rules);
        let subject = match &expect.subject {
            Some(name) => Some(self.expected_subject(name, &rules, context)?),
            None => None,
        };
        let verdict = self.word(&expect.verdict, VERDICTS, ("结论", "a verdict"))?;
        let outlook = match &expect.outlook {
            Some(word) => Some(self.word(word, OUTLOOKS, ("进度", "an outlook"))?),
            None => None,
        };
        if let (Some(outlook), true) = (&expect.outlook, verdict != "pending") {
            let finding = Diagnostic::new(Code::OutlookAside, outlook.span)
                .and_at(expect.verdict.span)
                .with("found", self.sources.text(outlook.span))
                .with("verdict", self.sources.text(expect.verdict.span));
            self.report(finding);
        }
        Some(Expectation {
            rule: id.to_string(),
            force: expect.force.map(|(force, _)| force),
            subject,
            verdict: verdict.to_string(),
            outlook: outlook.map(str::to_string),
            span: expect.span,
        })
    }

    fn expects_no_rule(&mut self, name: &Name) {
        // A rule that was not understood is a finding of its own.
        if self.labels.contains_key(&name.text) || self.broken.contains(&name.text) {
            return;
        }
        let near = nearest(&name.text, self.ruleset.rules.iter().map(|r| r.id.as_str()));
        let mut finding = Diagnostic::new(Code::ExpectsNoRule, name.span)
            .with("found", &name.text)
            .with_some("nearest", near);
        if let Some(near) = near {
            finding = finding.fixed_by(name.span, near.to_string());
        }
        self.report(finding);
    }

    /// Whether a verdict is pending depends on the day, unless the rule has no time.
    fn check_dateless(&mut self, test: &Name, items: &[TestItem]) {
        let timed = items.iter().find_map(|item| {
            let TestItem::Expect(expect) = item else {
                return None;
            };
            let of_id = |r: &&Rule| r.id == expect.rule.text;
            let timed = |r: &&Rule| !matches!(r.demand.time, Time::Always(None));
            let rule = self.ruleset.rules.iter().filter(of_id).find(timed)?;
            Some((&expect.rule, rule.demand.time.last()))
        });
        let Some((rule, last)) = timed else { return };
        let after = last.and_then(|period| period.end().tomorrow().ok());
        let finding = Diagnostic::new(Code::TestDateMissing, test.span)
            .and_at(rule.span)
            .with("found", &test.text)
            .with("rule", &rule.text)
            .with_some("day", after);
        self.report(finding);
    }

    fn check_tier(&mut self, expect: &Expect, rules: &[Rule]) {
        let Some((force, span)) = expect.force else {
            return;
        };
        let mut requirements = rules.iter().flat_map(|r| &r.demand.requirements);
        if requirements.any(|r| r.force == force) {
            return;
        }
        let finding = Diagnostic::new(Code::NoSuchTier, span)
            .with("rule", &expect.rule.text)
            .with("found", self.sources.text(span));
        self.report(finding);
    }

    fn expected_subject(
        &mut self,
        name: &Name,
        rules: &[Rule],
        context: Context,
    ) -> Option<ExpectedSubject> {
        // A short name most likely lies where the rule is about.
        let mut within = self.surroundings(context);
        let places = rules.iter().filter_map(place_of);
        within.extend(places.filter_map(|p| self.ruleset.places.code_of(p)));
        let place = self.place(name, &within, context.closed.regions)?;
        if !rules
            .iter()
            .any(|rule| covers(&self.ruleset.places, rule, place))
        {
            self.not_covered(name, rules);
            return None;
        }
        Some(ExpectedSubject {
            place,
            written: name.text.clone(),
        })
    }

    pub(super) fn not_covered(&mut self, name: &Name, rules: &[Rule]) {
        let mut covered: Vec<&str> = Vec::new();
        for rule in rules {
            if let Scope::Place { printed, .. } = &rule.scope
                && !covered.contains(&printed.as_str())
            {
                covered.push(printed);
            }
        }
        let rule = rules.first().map_or("", |r| r.id.as_str());
        let finding = Diagnostic::new(Code::NotCovered, name.span)
            .with("found", &name.text)
            .with("rule", rule)
            .with_words("covered", covered.join("、"), covered.join(", "));
        self.report(finding);
    }

    fn word(
        &mut self,
        word: &Name,
        terms: &'static [Term],
        (zh, en): (&str, &str),
    ) -> Option<&'static str> {
        if let Some(term) = Term::of(terms, &word.text) {
            return Some(term.name);
        }
        // Choices are offered in the language of the word.
        let english = word.text.is_ascii();
        let set = if english { WordSet::En } else { WordSet::Zh };
        let choices: Vec<&str> = terms.iter().map(|t| t.spelling(set)).collect();
        // 没达成 is as near to 达成 as to 未达成: of Chinese words the nearest may say the opposite.
        let near = nearest(&word.text, choices.iter().copied()).filter(|_| english);
        let mut finding = Diagnostic::new(Code::NoSuchVerdict, word.span)
            .with("found", &word.text)
            .with_words("what", zh, en)
            .with_some("nearest", near)
            .with("expected", choices.join(" "));
        if let Some(near) = near {
            finding = finding.fixed_by(word.span, near);
        }
        self.report(finding);
        None
    }
}

fn place_of(rule: &Rule) -> Option<PlaceId> {
    match rule.scope {
        Scope::Place { place, .. } => Some(place),
        Scope::Mentioned => None,
    }
}

/// Whether a rule may have a result for this place. One that names no place covers whatever the
/// figures mention; one that ranges over a set has a result for each of them too.
pub(super) fn covers(places: &Places, rule: &Rule, place: PlaceId) -> bool {
    place_of(rule).is_none_or(|own| {
        own == place || (!rule.quantifiers.is_empty() && places.lies_in(place, own))
    })
}
