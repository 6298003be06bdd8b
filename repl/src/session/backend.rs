//! The session without a terminal: statements and commands in, text out.

use std::path::Path;

use guiju::lang::{FileId, Kw, Source, Sources, parse};
use guiju::{Code, Facts, Input, Lang, Options, ResultRecord, Rules, Verdict};

use super::command::{Command, is_command};
use crate::load::{self, Disk};
use crate::render::{findings, human, page, words};

/// The file that typed statements form.
const TYPED: &str = "repl.gj";

/// What the session knows.
pub(crate) struct Backend {
    /// Rule files that were loaded.
    inputs: Vec<Input>,
    /// Everything typed so far, as one file.
    typed: String,
    facts: Facts,
    options: Options,
}

/// What a line brought.
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) quit: bool,
    /// Nothing was wrong with it.
    pub(crate) sound: bool,
}

/// A verdict and what it is of, to see what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    rule: String,
    subject: Option<String>,
    modality: &'static str,
    verdict: Verdict,
    message: String,
}

impl Backend {
    pub(crate) fn new(inputs: &[Input], facts: Facts, options: Options) -> Backend {
        Backend {
            inputs: inputs.to_vec(),
            typed: String::new(),
            facts,
            options,
        }
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
        let answer = |result: Result<String, String>| match result {
            Ok(text) => Answer {
                text,
                quit: false,
                sound: true,
            },
            Err(text) => Answer {
                text,
                quit: false,
                sound: false,
            },
        };
        if text.trim().is_empty() {
            return answer(Ok(String::new()));
        }
        if !is_command(text) {
            return answer(self.statement(text));
        }
        match Command::parse(text) {
            Command::Quit => Answer {
                text: String::new(),
                quit: true,
                sound: true,
            },
            Command::Help => answer(Ok(Command::help(self.lang()))),
            Command::Load(path) => answer(self.load(&path)),
            Command::Facts => answer(Ok(self.list_facts())),
            Command::Rules => answer(self.list_rules()),
            Command::Explain(what) => answer(self.explain(&what)),
            Command::AsOf(date) => answer(self.set_date(&date)),
            Command::Language(name) => answer(self.set_language(&name)),
            Command::Unknown(name, near) => {
                let lang = self.lang();
                let near = near.map_or(String::new(), |n| {
                    format!("{} {n}？", lang.pick("是否要写", "did you mean"))
                });
                answer(Err(format!(
                    "{} {name} {near}\n",
                    lang.pick("没有命令", "no command")
                )))
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
        }
        words.extend(self.facts.observations().map(|o| o.indicator));
        words.sort();
        words.dedup();
        words
    }

    fn compile(&self, inputs: &[Input], typed: &str) -> Result<Rules, guiju::Error> {
        let mut inputs = inputs.to_vec();
        inputs.push(Input::text(TYPED, typed));
        Rules::compile(&inputs, &Disk)
    }

    /// Verdicts of everything, or what stands in the way.
    fn states(&self, inputs: &[Input], typed: &str, facts: &Facts) -> Result<Vec<State>, String> {
        let rules = self.compile(inputs, typed).map_err(|e| self.drawn(&e))?;
        let outcome = rules
            .evaluate(facts, &self.options)
            .map_err(|e| self.drawn(&e))?;
        Ok(outcome.results().map(|r| state(&r)).collect())
    }

    fn drawn(&self, error: &guiju::Error) -> String {
        findings::plain(error.findings(), error.sources(), self.lang())
    }

    fn statement(&mut self, text: &str) -> Result<String, String> {
        let parsed = parse(FileId(0), text);
        if !parsed.diagnostics.is_empty() {
            let mut sources = Sources::default();
            sources.add(Source::new(TYPED, text));
            return Err(findings::plain(&parsed.diagnostics, &sources, self.lang()));
        }
        let mut typed = self.typed.clone();
        typed.push_str(text.trim_end());
        typed.push('\n');
        let before = self
            .states(&self.inputs, &self.typed, &self.facts)
            .unwrap_or_default();
        let after = self.states(&self.inputs, &typed, &self.facts)?;
        self.typed = typed;
        Ok(self.changes(&before, &after))
    }

    /// What is new, and what is not as it was.
    fn changes(&self, before: &[State], after: &[State]) -> String {
        let lang = self.lang();
        let mut out = String::new();
        for state in after {
            let same = |b: &&State| {
                (&b.rule, &b.subject, b.modality) == (&state.rule, &state.subject, state.modality)
            };
            match before.iter().find(same) {
                Some(old) if old.verdict == state.verdict && old.message == state.message => {}
                Some(old) => {
                    let old = words::verdict(old.verdict, lang);
                    out.push_str(&line(state, lang, Some(old)));
                }
                None => out.push_str(&line(state, lang, None)),
            }
        }
        if out.is_empty() {
            out.push_str(lang.pick("已记下；没有结论变化\n", "noted; no verdict changed\n"));
        }
        out
    }

    fn load(&mut self, path: &str) -> Result<String, String> {
        let lang = self.lang();
        if path.is_empty() {
            return Err(lang
                .pick("写明文件：:load FILE\n", "name a file: :load FILE\n")
                .to_string());
        }
        let file = Path::new(path);
        let before = self
            .states(&self.inputs, &self.typed, &self.facts)
            .unwrap_or_default();
        if file.extension().is_some_and(|e| e == "gj") || file.is_dir() {
            let failed = |failure: crate::failure::Failure| match failure {
                crate::failure::Failure::Findings {
                    findings: all,
                    sources,
                    lang,
                } => findings::plain(&all, &sources, lang),
                _ => String::new(),
            };
            let mut inputs = self.inputs.clone();
            for file in load::rule_files(&[file.to_path_buf()], lang).map_err(failed)? {
                let name = load::shown(&file);
                // Loaded again, a file takes the place of what it was.
                inputs.retain(|i| i.name != name);
                inputs.push(Input::text(
                    name,
                    load::read_text(&file, lang).map_err(failed)?,
                ));
            }
            let after = self.states(&inputs, &self.typed, &self.facts)?;
            self.inputs = inputs;
            return Ok(self.changes(&before, &after));
        }
        let mut facts = self.facts.clone();
        let found = load::read_into(&mut facts, file, None);
        if !found.is_empty() {
            return Err(findings::plain(&found, &Sources::default(), lang));
        }
        let after = self.states(&self.inputs, &self.typed, &facts)?;
        let added = facts.len() - self.facts.len();
        self.facts = facts;
        let intro = match lang {
            Lang::Zh => format!("读入 {added} 个数据\n"),
            Lang::En => format!("{added} figures read\n"),
        };
        Ok(format!("{intro}{}", self.changes(&before, &after)))
    }

    fn list_facts(&self) -> String {
        let stated = self
            .compile(&self.inputs, &self.typed)
            .map(|r| r.ruleset().facts.clone())
            .unwrap_or_default();
        let mut out = String::new();
        for fact in stated {
            out.push_str(&format!(
                "{} {} {}\n",
                fact.indicator, fact.period, fact.text
            ));
        }
        for o in self.facts.observations() {
            let who = o.subject.as_deref().or(o.region.as_deref()).unwrap_or("");
            out.push_str(&format!(
                "{who} {} {} {}  {}\n",
                o.indicator,
                o.period,
                o.text,
                o.place()
            ));
        }
        if out.is_empty() {
            out.push_str(self.lang().pick("还没有数据\n", "no figures yet\n"));
        }
        out
    }

    fn list_rules(&self) -> Result<String, String> {
        let states = self.states(&self.inputs, &self.typed, &self.facts)?;
        if states.is_empty() {
            return Ok(self
                .lang()
                .pick("还没有规则\n", "no rules yet\n")
                .to_string());
        }
        Ok(states.iter().map(|s| line(s, self.lang(), None)).collect())
    }

    fn explain(&self, what: &str) -> Result<String, String> {
        if let Some(code) = Code::from_id(what) {
            return Ok(page::code(code, self.lang()));
        }
        let rules = self
            .compile(&self.inputs, &self.typed)
            .map_err(|e| self.drawn(&e))?;
        let outcome = rules
            .evaluate(&self.facts, &self.options)
            .map_err(|e| self.drawn(&e))?;
        // Without a name, the rule typed last.
        let id = match what {
            "" => rules
                .ruleset()
                .rules
                .last()
                .map(|r| r.id.clone())
                .unwrap_or_default(),
            id => id.to_string(),
        };
        let all: Vec<ResultRecord<'_>> = outcome.results_where(|rule, _| rule.id == id).collect();
        if all.is_empty() {
            let near =
                guiju::lang::nearest(&id, rules.ruleset().rules.iter().map(|r| r.id.as_str()));
            let near = near.map_or(String::new(), |n| format!("（{n}？）"));
            return Err(format!(
                "{} `{id}`{near}\n",
                self.lang().pick("没有规则", "there is no rule")
            ));
        }
        Ok(all
            .iter()
            .map(|r| human::full(r, rules.sources(), self.lang(), true))
            .collect())
    }

    fn set_date(&mut self, text: &str) -> Result<String, String> {
        let Ok(date) = text.parse() else {
            return Err(format!(
                "`{text}` {}\n",
                self.lang()
                    .pick("不是日期；写作 2026-03-01", "is no date; write 2026-03-01")
            ));
        };
        let before = self
            .states(&self.inputs, &self.typed, &self.facts)
            .unwrap_or_default();
        self.options.as_of = date;
        let after = self.states(&self.inputs, &self.typed, &self.facts)?;
        Ok(self.changes(&before, &after))
    }

    fn set_language(&mut self, name: &str) -> Result<String, String> {
        self.options.lang = match name {
            "zh" => Lang::Zh,
            "en" => Lang::En,
            _ => return Err(":lang zh | en\n".to_string()),
        };
        Ok(String::new())
    }
}

fn state(result: &ResultRecord<'_>) -> State {
    State {
        rule: result.rule.to_string(),
        subject: result.subject.as_deref().map(str::to_string),
        modality: result.modality,
        verdict: result.verdict,
        message: result.message.clone(),
    }
}

/// `× 未达成  repl:1  …`
fn line(state: &State, lang: Lang, was: Option<&str>) -> String {
    let was = was.map_or(String::new(), |w| format!("{w} → "));
    format!(
        "{} {was}{}  {}  {}\n",
        words::sign(state.verdict, true),
        words::verdict(state.verdict, lang),
        state.rule,
        state.message
    )
}
