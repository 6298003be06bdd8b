//! The session without a terminal: statements and commands in, text out.

use std::path::{Path, PathBuf};

use guiju::lang::{FileId, Kw, Source, Sources, parse};
use guiju::{Code, Facts, Input, Lang, Options, ResultRecord, Rules, Severity};

use super::changes::{State, changes};
use super::command::{Command, is_command};
use super::statements::{self, Replaced};
use crate::args::FactFlags;
use crate::failure::{Failure, Named};
use crate::files::{self, Disk};
use crate::load::{self, Workspace};
use crate::render::{self, Pen, facts as figures, findings, human, page};

/// The file that typed statements form.
const TYPED: &str = "repl.gj";

/// What the session knows.
pub(crate) struct Backend {
    /// The rule files that were loaded.
    inputs: Vec<Input>,
    /// Everything typed so far, as one file.
    typed: Input,
    facts: Facts,
    /// The files of figures, to be read again when one of them is.
    fact_files: Vec<PathBuf>,
    /// The region of figures whose file names none.
    region: Option<String>,
    options: Options,
    pen: Pen,
}

/// What a line brought.
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) quit: bool,
    /// Nothing was wrong with it.
    pub(crate) sound: bool,
}

/// What is said, and whether it is about a mistake.
type Said = Result<String, String>;

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

    fn compile(&self, inputs: &[Input], typed: &Input) -> Result<Rules, guiju::Error> {
        let mut inputs = inputs.to_vec();
        inputs.push(typed.clone());
        Rules::compile(&inputs, &Disk)
    }

    /// Verdicts of everything, or what stands in the way.
    fn states(
        &self,
        inputs: &[Input],
        typed: &Input,
        facts: &Facts,
    ) -> Result<Vec<State>, String> {
        let rules = self.compile(inputs, typed).map_err(|e| self.drawn(&e))?;
        self.states_of(&rules, facts)
    }

    fn states_of(&self, rules: &Rules, facts: &Facts) -> Result<Vec<State>, String> {
        let outcome = rules
            .evaluate(facts, &self.options)
            .map_err(|e| self.drawn(&e))?;
        Ok(outcome.results().map(|r| State::of(&r)).collect())
    }

    /// Verdicts as they are.
    fn now(&self) -> Vec<State> {
        self.states(&self.inputs, &self.typed, &self.facts)
            .unwrap_or_default()
    }

    fn drawn(&self, error: &guiju::Error) -> String {
        findings::drawn(error.findings(), error.sources(), self.lang(), self.pen)
    }

    fn changed(&self, before: &[State], after: &[State]) -> String {
        changes(before, after, self.lang(), self.pen)
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
            if parsed.diagnostics.iter().any(|d| d.severity() == Severity::Error) {
                return Err(drawn);
            }
        }
        let rules = self
            .compile(&inputs, &typed)
            .map_err(|e| self.drawn(&e))?;
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
        out.push_str(&self.changed(&before, &after));
        Ok(out)
    }

    /// What gave way to what was typed or loaded.
    fn said_of(&self, replaced: &[Replaced]) -> String {
        let line = |r: &Replaced| {
            let Replaced { name, place } = r;
            match self.lang() {
                Lang::Zh => format!("{name}：改写了 {place} 的内容\n"),
                Lang::En => format!("{name}: takes the place of {place}\n"),
            }
        };
        replaced.iter().map(line).collect()
    }

    fn load(&mut self, path: &str) -> Said {
        let lang = self.lang();
        // Quotes around a path with spaces do no harm.
        let path = path.trim_matches(['"', '\'', '“', '”']);
        if path.is_empty() {
            return Err(self.mistake(
                lang.pick("没有写明文件", "no file is named"),
                lang.pick("写作 `:load 文件`", "write `:load FILE`"),
            ));
        }
        let file = Path::new(path);
        if file.extension().is_some_and(|e| e == "gj") || file.is_dir() {
            self.load_rules(file)
        } else {
            self.load_facts(file)
        }
    }

    fn load_rules(&mut self, path: &Path) -> Said {
        let lang = self.lang();
        let failed = |failure: Failure| failure.drawn(self.pen);
        let (mut inputs, mut typed) = (self.inputs.clone(), self.typed.clone());
        let mut replaced = Vec::new();
        let mut count = 0;
        for file in files::rule_files(&[path.to_path_buf()], lang).map_err(failed)? {
            let name = files::shown(&file);
            let text = files::read_text(&file, lang).map_err(failed)?;
            replaced.extend(statements::take_out(&mut typed, &statements::keys(&text)));
            // Loaded again, a file takes the place of what it was.
            inputs.retain(|i| i.name != name);
            inputs.push(Input::text(name, text));
            count += 1;
        }
        let rules = self
            .compile(&inputs, &typed)
            .map_err(|e| self.drawn(&e))?;
        let after = self.states_of(&rules, &self.facts)?;
        let before = self.now();
        (self.inputs, self.typed) = (inputs, typed);
        let mut out = match lang {
            Lang::Zh => format!("读入 {count} 个规则文件，现有 {} 条规则\n", rules.len()),
            Lang::En => format!(
                "{} read; {} in all\n",
                render::words::counted(count, "rule file", "rule files"),
                render::words::counted(rules.len(), "rule", "rules")
            ),
        };
        out.push_str(&self.said_of(&replaced));
        out.push_str(&self.changed(&before, &after));
        Ok(out)
    }

    fn load_facts(&mut self, path: &Path) -> Said {
        let lang = self.lang();
        let mut fact_files = self.fact_files.clone();
        // Loaded again, a file takes the place of what it was.
        if !fact_files.iter().any(|f| files::shown(f) == files::shown(path)) {
            fact_files.push(path.to_path_buf());
        }
        let mut facts = Facts::new();
        let mut found = Vec::new();
        for file in &fact_files {
            let region = self.region.as_deref();
            found.extend(load::read_into(&mut facts, file, region, lang));
        }
        let drawn = findings::drawn(&found, &Sources::default(), lang, self.pen);
        if found.iter().any(|f| f.severity() == Severity::Error) && !self.options.keep_going {
            return Err(drawn);
        }
        let after = self.states(&self.inputs, &self.typed, &facts)?;
        let before = self.now();
        (self.facts, self.fact_files) = (facts, fact_files);
        let count = self.facts.len();
        let intro = match lang {
            Lang::Zh => format!("现有 {count} 个数据\n"),
            Lang::En => format!("{} in all\n", render::words::counted(count, "figure", "figures")),
        };
        Ok(format!("{drawn}{intro}{}", self.changed(&before, &after)))
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
                    lang.pick("先输入一条规则，或 `:load 文件`", "type a rule, or `:load FILE`"),
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

    fn set_date(&mut self, text: &str) -> Said {
        let lang = self.lang();
        if !text.is_empty() {
            let Some(date) = load::parse_date(text) else {
                return Err(load::no_date(text, lang).drawn(self.pen));
            };
            let before = self.now();
            let was = std::mem::replace(&mut self.options.as_of, date);
            return match self.states(&self.inputs, &self.typed, &self.facts) {
                Ok(after) => Ok(self.changed(&before, &after)),
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
                    lang.pick("写作 `:lang zh` 或 `:lang en`", "write `:lang zh` or `:lang en`"),
                ));
            }
        };
        Ok(self.lang().pick("改用中文\n", "English from here on\n").to_string())
    }

    fn mistake(&self, message: &str, help: &str) -> String {
        findings::call(message, help, self.lang(), self.pen)
    }
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
    let is_new = |span: guiju::lang::Span| {
        Some(span.file) == typed_file && span.start as usize >= new
    };
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
