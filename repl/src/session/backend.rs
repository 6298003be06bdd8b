//! The session without a terminal: statements and commands in, text out.

use std::path::PathBuf;

use guiju::lang::{FileId, Kw, Source, Sources, parse};
use guiju::{Code, Facts, Input, Lang, Options, ResultRecord, Rules, Severity};

use super::changes::{State, changes};
use super::command::{Command, is_command};
use super::statements::{self, Replaced};
use crate::args::FactFlags;
use crate::failure::{Failure, Named};
use crate::files::Disk;
use crate::load::{self, Workspace};
use crate::render::{self, Pen, facts as figures, findings, human, page};

/// The file that typed statements form.
const TYPED: &str = "repl.gj";

/// What the session knows.
pub(crate) struct Backend {
    /// The rule files that were loaded.
    pub(super) inputs: Vec<Input>,
    /// Everything typed so far, as one file.
    pub(super) typed: Input,
    pub(super) facts: Facts,
    /// The files of figures, to be read again when one of them is.
    pub(super) fact_files: Vec<PathBuf>,
    /// The region of figures whose file names none.
    pub(super) region: Option<String>,
    pub(super) options: Options,
    pub(super) pen: Pen,
}

/// What a line brought.
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) quit: bool,
    /// Nothing was wrong with it.
    pub(crate) sound: bool,
}

/// What is said, and whether it is about a mistake.
pub(super) type Said = Result<String, String>;

impl Backend {
    pub(crate) fn open(
        workspace: &Workspace,
        flags: &FactFlags,
        pen: Pen,
    ) -> Result<Backend, Failure> {
        Ok(Backend {
            inputs: workspace.inputs().to_vec(),
            typed: Input::text(TYPED, ""),
            facts: workspace.facts(flags)?,
            fact_files: workspace.fact_files(flags).to_vec(),
            region: flags.region_of_facts.clone(),
            options: workspace.options(flags, true)?,
            pen,
        })
    }

    pub(crate) fn lang(&self) -> Lang {
        self.options.lang
    }

    /// Whether more lines could complete the text.
    pub(crate) fn is_incomplete(text: &str) -> bool {
        !text.trim().is_empty() && !is_command(text) && parse(FileId(0), text).incomplete
    }

    /// Takes a statement, several, or a command.
    pub(crate) fn take(&mut self, text: &str) -> Answer {
        let (said, quit) = if text.trim().is_empty() {
            (Ok(String::new()), false)
        } else if is_command(text) {
            let command = Command::parse(text);
            let quit = command == Command::Quit;
            (self.command(command), quit)
        } else {
            (self.statement(text), false)
        };
        let sound = said.is_ok();
        let text = said.unwrap_or_else(|mistake| mistake);
        Answer { text, quit, sound }
    }

    fn command(&mut self, command: Command) -> Said {
        match command {
            Command::Quit => Ok(String::new()),
            Command::Help => Ok(Command::help(self.lang())),
            Command::Load(path) => self.load(&path),
            Command::Facts => Ok(self.list_facts()),
            Command::Rules => self.list_rules(),
            Command::Explain(what) => self.explain(&what),
            Command::Test => self.test(),
            Command::AsOf(date) => self.set_date(&date),
            Command::Language(name) => self.set_language(&name),
            Command::Unknown(name) => {
                let known: Vec<&str> = Command::names().collect();
                let failure = Failure::not_found(Named::Command, &name, &known, self.lang());
                Err(failure.drawn(self.pen))
            }
        }
    }

    /// Names and keywords that may be typed, for completion.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = Kw::ALL
            .iter()
            .flat_map(|kw| kw.spellings())
            .map(str::to_string)
            .collect();
        words.extend(Command::names().map(str::to_string));
        if let Ok(rules) = self.compile(&self.inputs, &self.typed) {
            let ruleset = rules.ruleset();
            words.extend(ruleset.indicator_names().map(str::to_string));
            words.extend(ruleset.places.names().map(str::to_string));
            words.extend(ruleset.rules.iter().map(|r| r.id.clone()));
            words.extend(ruleset.plans.iter().map(|p| p.name.clone()));
        }
        words.extend(self.facts.observations().map(|o| o.indicator));
        words.sort();
        words.dedup();
        words
    }

    pub(super) fn compile(&self, inputs: &[Input], typed: &Input) -> Result<Rules, guiju::Error> {
        let mut inputs = inputs.to_vec();
        inputs.push(typed.clone());
        Rules::compile(&inputs, &Disk)
    }

    /// Verdicts of everything, or what stands in the way.
    pub(super) fn states(
        &self,
        inputs: &[Input],
        typed: &Input,
        facts: &Facts,
    ) -> Result<Vec<State>, String> {
        let rules = self.compile(inputs, typed).map_err(|e| self.drawn(&e))?;
        self.states_of(&rules, facts)
    }

    pub(super) fn states_of(&self, rules: &Rules, facts: &Facts) -> Result<Vec<State>, String> {
        let outcome = rules
            .evaluate(facts, &self.options)
            .map_err(|e| self.drawn(&e))?;
        Ok(outcome.results().map(|r| State::of(&r)).collect())
    }

    /// Verdicts as they are.
    pub(super) fn now(&self) -> Vec<State> {
        self.states(&self.inputs, &self.typed, &self.facts)
            .unwrap_or_default()
    }

    pub(super) fn drawn(&self, error: &guiju::Error) -> String {
        findings::drawn(error.findings(), error.sources(), self.lang(), self.pen)
    }

    pub(super) fn changed(&self, before: &[State], after: &[State], asked: &[String]) -> String {
        changes(before, after, asked, self.lang(), self.pen)
    }

    fn statement(&mut self, text: &str) -> Said {
        let (mut inputs, mut typed) = (self.inputs.clone(), self.typed.clone());
        // The latest word counts: what is stated anew takes the place of what was.
        let keys = statements::keys(text);
        let mut replaced = statements::take_out(&mut typed, &keys);
        for input in &mut inputs {
            replaced.extend(statements::take_out(input, &keys));
        }
        let new = typed.text.len();
        typed.text.push_str(text.trim_end());
        typed.text.push('\n');
        let parsed = parse(FileId(0), &typed.text);
        if !parsed.diagnostics.is_empty() {
            let mut sources = Sources::default();
            sources.add(Source::new(TYPED, typed.text.as_str()));
            let drawn = findings::drawn(&parsed.diagnostics, &sources, self.lang(), self.pen);
            if parsed
                .diagnostics
                .iter()
                .any(|d| d.severity() == Severity::Error)
            {
                return Err(drawn);
            }
        }
        let rules = self.compile(&inputs, &typed).map_err(|e| self.drawn(&e))?;
        let asked = typed_rules(&rules, new);
        let repeated = repeated_facts(&rules, &mut inputs, &mut typed, new);
        let after = if repeated.is_empty() {
            self.states_of(&rules, &self.facts)?
        } else {
            self.states(&inputs, &typed, &self.facts)?
        };
        replaced.extend(repeated);
        let before = self.now();
        (self.inputs, self.typed) = (inputs, typed);
        let mut out = self.said_of(&replaced);
        out.push_str(&self.changed(&before, &after, &asked));
        Ok(out)
    }

    /// What gave way to what was typed or loaded.
    pub(super) fn said_of(&self, replaced: &[Replaced]) -> String {
        let line = |r: &Replaced| {
            let Replaced { name, place } = r;
            let stays = match place.starts_with(TYPED) {
                true => "",
                false => self
                    .lang()
                    .pick("（文件本身不变）", " (the file stays as it is)"),
            };
            match self.lang() {
                Lang::Zh => format!("{name}：取代 {place} 处的原有内容{stays}\n"),
                Lang::En => format!("{name}: replaces what {place} says{stays}\n"),
            }
        };
        replaced.iter().map(line).collect()
    }

    fn list_facts(&self) -> String {
        let rules = self.compile(&self.inputs, &self.typed).ok();
        let stated = rules.iter().flat_map(|rules| {
            let ruleset = rules.ruleset();
            ruleset.facts.iter().map(move |fact| {
                let place = ruleset.places.get(fact.place);
                let (file, at) = rules.sources().locate(fact.span);
                vec![
                    place.map_or(String::new(), |p| p.name.clone()),
                    fact.indicator.clone(),
                    fact.period.to_string(),
                    fact.text.clone(),
                    format!("{file}:{}", at.line),
                ]
            })
        });
        let mut rows: Vec<Vec<String>> = stated.collect();
        rows.extend(self.facts.observations().map(|o| figures::cells(&o)));
        figures::listing(&rows, self.lang(), self.pen)
    }

    fn list_rules(&self) -> Said {
        let states = self.states(&self.inputs, &self.typed, &self.facts)?;
        if states.is_empty() {
            let none = self.lang().pick("还没有规则\n", "no rules yet\n");
            return Ok(none.to_string());
        }
        let line = |s: &State| s.line(None, self.lang(), self.pen);
        Ok(states.iter().map(line).collect())
    }

    fn explain(&self, what: &str) -> Said {
        let lang = self.lang();
        if let Some(code) = Code::from_id(what) {
            return Ok(page::code(code, lang, self.pen));
        }
        let rules = self
            .compile(&self.inputs, &self.typed)
            .map_err(|e| self.drawn(&e))?;
        let all = &rules.ruleset().rules;
        // Without a name, the rule typed last.
        let id = match (what, all.last()) {
            ("", Some(last)) => last.id.as_str(),
            ("", None) => {
                return Err(self.mistake(
                    lang.pick("还没有规则", "there are no rules yet"),
                    lang.pick(
                        "先输入一条规则，或 `:load 文件`",
                        "type a rule, or `:load FILE`",
                    ),
                ));
            }
            (id, _) => id,
        };
        if rules.ruleset().rule(id).is_none() {
            let known: Vec<&str> = all.iter().map(|r| r.id.as_str()).collect();
            return Err(Failure::not_found(Named::Rule, id, &known, lang).drawn(self.pen));
        }
        let outcome = rules
            .evaluate(&self.facts, &self.options)
            .map_err(|e| self.drawn(&e))?;
        let results: Vec<ResultRecord<'_>> =
            outcome.results_where(|rule, _| rule.id == id).collect();
        let results: Vec<&ResultRecord<'_>> = results.iter().collect();
        Ok(human::story(&outcome, &results, self.pen))
    }

    fn test(&self) -> Said {
        let rules = self
            .compile(&self.inputs, &self.typed)
            .map_err(|e| self.drawn(&e))?;
        let runs = rules
            .run_tests(|_| true, self.lang(), self.options.assess)
            .map_err(|e| self.drawn(&e))?;
        let report = runs.report(false);
        Ok(render::tests::screen(
            &report,
            &rules,
            self.lang(),
            self.pen,
        ))
    }

    fn set_date(&mut self, text: &str) -> Said {
        let lang = self.lang();
        if !text.is_empty() {
            let Some(date) = load::parse_date(text) else {
                return Err(load::no_date(text, lang).drawn(self.pen));
            };
            let before = self.now();
            let was = std::mem::replace(&mut self.options.as_of, date);
            return match self.states(&self.inputs, &self.typed, &self.facts) {
                Ok(after) => Ok(self.changed(&before, &after, &[])),
                Err(mistake) => {
                    self.options.as_of = was;
                    Err(mistake)
                }
            };
        }
        let words = render::words::as_of(lang);
        Ok(format!("{words} {}\n", self.options.as_of))
    }

    fn set_language(&mut self, name: &str) -> Said {
        self.options.lang = match name {
            "zh" => Lang::Zh,
            "en" => Lang::En,
            _ => {
                let lang = self.lang();
                return Err(self.mistake(
                    lang.pick("没有这种语言", "no such language"),
                    lang.pick(
                        "写作 `:lang zh` 或 `:lang en`",
                        "write `:lang zh` or `:lang en`",
                    ),
                ));
            }
        };
        Ok(self
            .lang()
            .pick("改用中文\n", "English from here on\n")
            .to_string())
    }

    pub(super) fn mistake(&self, message: &str, help: &str) -> String {
        findings::call(message, help, self.lang(), self.pen)
    }
}

/// The rules that the statements from `new` on state.
fn typed_rules(rules: &Rules, new: usize) -> Vec<String> {
    let file = rules.sources().find(TYPED);
    let typed = |span: guiju::lang::Span| Some(span.file) == file && span.start as usize >= new;
    let all = rules.ruleset().rules.iter();
    all.filter(|r| typed(r.span))
        .map(|r| r.id.clone())
        .collect()
}

/// Takes out facts that the statements from `new` on state anew.
fn repeated_facts(
    rules: &Rules,
    inputs: &mut [Input],
    typed: &mut Input,
    new: usize,
) -> Vec<Replaced> {
    let ruleset = rules.ruleset();
    let sources = rules.sources();
    let typed_file = sources.find(TYPED);
    let is_new =
        |span: guiju::lang::Span| Some(span.file) == typed_file && span.start as usize >= new;
    let mut out = Vec::new();
    for fact in ruleset.facts.iter().filter(|f| is_new(f.span)) {
        let same = ruleset.facts.iter().filter(|old| {
            !is_new(old.span)
                && (&old.indicator, old.place, old.period)
                    == (&fact.indicator, fact.place, fact.period)
        });
        for old in same {
            let name = sources.locate(old.span).0;
            let input = if Some(old.span.file) == typed_file {
                Some(&mut *typed)
            } else {
                inputs.iter_mut().find(|i| i.name == name)
            };
            if let Some(place) = input.and_then(|i| statements::take_out_at(i, old.span)) {
                let name = format!("{} {}", fact.indicator, fact.period);
                out.push(Replaced { name, place });
            }
        }
    }
    out
}
