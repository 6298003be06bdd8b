//! `guiju eval`: the main job.

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use guiju::{Code, Diagnostic, Lang, Line, Outcome, SCHEMA, VERSION, Verdict};

use crate::args::{Args, Eval, EvalFormat, FactFlags, FailOn, RuleFlags};
use crate::config::Config;
use crate::failure::{Failure, WRONG_INPUT};
use crate::load::{self, Workspace};
use crate::output;
use crate::render::{self, Selection};

/// `guiju` alone: the configuration's job, else a short help.
pub(crate) fn run_alone() -> Result<ExitCode, Failure> {
    if Config::nearest()?.folder.is_none() {
        output::complain(&short_help());
        return Ok(ExitCode::from(WRONG_INPUT));
    }
    run(&Eval {
        rules: RuleFlags::default(),
        facts: FactFlags::default(),
        format: EvalFormat::Human,
        output: None,
        explain: false,
        only: Vec::new(),
        region: None,
        plan: None,
        rule: None,
        fail_on: None,
    })
}

fn short_help() -> String {
    let about = Args::command()
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    format!(
        "{about}

  guiju eval RULES --facts FILE   evaluate rules against figures 评估
  guiju check RULES               find errors in rules 检查
  guiju explain RULE|CODE         everything about a rule or a code 解释
  guiju init DIR                  write a starter folder 新建
  guiju repl                      interactive session 交互

No guiju.toml here or above, so there is nothing to evaluate. `guiju help` lists every command.
这里和上级文件夹都没有 guiju.toml。`guiju help` 列出全部命令。"
    )
}

pub(crate) fn run(args: &Eval) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&args.rules)?;
    let lang = workspace.lang;
    let selection = selection(args, lang)?;
    let rules = workspace.rules()?;
    let facts = workspace.facts(&args.facts)?;
    let options =
        workspace.options(&args.facts, args.explain || wants_explanations(args.format))?;
    let outcome = rules
        .evaluate(&facts, &options)
        .map_err(|e| Failure::engine(&e, lang))?;
    if !outcome.findings().is_empty() {
        render::findings::draw(outcome.findings(), rules.sources(), lang);
    }
    check_names(&selection, &outcome, lang)?;
    if args.format == EvalFormat::Jsonl && args.output.is_none() {
        stream(&outcome, &selection)?;
    } else {
        let text = match args.format {
            EvalFormat::Human => render::human::screen(&outcome, &selection, args.explain, true),
            EvalFormat::Plain => render::human::screen(&outcome, &selection, args.explain, false),
            EvalFormat::Markdown => render::markdown::report(&outcome, &selection),
            EvalFormat::Html => render::html::page(&outcome, &selection),
            EvalFormat::Json => render::json::pretty(&render::json::report(&outcome, &selection)),
            EvalFormat::Jsonl => {
                let mut lines = Vec::new();
                write_lines(&outcome, &selection, &mut lines)?;
                String::from_utf8_lossy(&lines).into_owned()
            }
        };
        load::deliver(args.output.as_deref(), &text, lang)?;
    }
    let unknown = args.fail_on == Some(FailOn::Unknown) && outcome.summary().unknown > 0;
    Ok(if outcome.passes() && !unknown {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Formats for people read the explanation; machines get it on request.
fn wants_explanations(format: EvalFormat) -> bool {
    !matches!(format, EvalFormat::Json | EvalFormat::Jsonl)
}

fn selection(args: &Eval, lang: Lang) -> Result<Selection, Failure> {
    let mut only = Vec::new();
    let mut none = false;
    for name in &args.only {
        match (name.as_str(), Verdict::named(name)) {
            ("none", _) => none = true,
            (_, Some(verdict)) => only.push(verdict),
            (_, None) => {
                let known: Vec<&str> = Verdict::ALL
                    .iter()
                    .map(|v| v.name())
                    .chain(["none"])
                    .collect();
                return Err(not_found("verdict", name, &known, lang));
            }
        }
    }
    Ok(Selection {
        only: (!args.only.is_empty()).then_some(only),
        none,
        region: args.region.clone(),
        plan: args.plan.clone(),
        rule: args.rule.clone(),
    })
}

/// A name on the command line that nothing has is a mistake, not an empty answer.
fn check_names(selection: &Selection, outcome: &Outcome<'_>, lang: Lang) -> Result<(), Failure> {
    let ruleset = outcome.rules().ruleset();
    if let Some(rule) = &selection.rule
        && ruleset.rule(rule).is_none()
    {
        let known: Vec<&str> = ruleset.rules.iter().map(|r| r.id.as_str()).collect();
        return Err(not_found("rule", rule, &known, lang));
    }
    if let Some(plan) = &selection.plan
        && !ruleset.plans.iter().any(|p| p.name == *plan)
    {
        let known: Vec<&str> = ruleset.plans.iter().map(|p| p.name.as_str()).collect();
        return Err(not_found("plan", plan, &known, lang));
    }
    if let Some(region) = &selection.region {
        let mut known: Vec<String> = Vec::new();
        for result in outcome.results() {
            known.extend(
                [result.region, result.subject]
                    .into_iter()
                    .flatten()
                    .map(|n| n.into_owned()),
            );
            known.extend(result.region_code);
        }
        known.sort();
        known.dedup();
        if !known.iter().any(|name| selection.names_region(name)) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            return Err(not_found("region", region, &known, lang));
        }
    }
    Ok(())
}

pub(crate) fn not_found(what: &str, name: &str, known: &[&str], lang: Lang) -> Failure {
    const SHOWN: usize = 20;
    let near = guiju::lang::nearest(name, known.iter().copied());
    let mut listed = known
        .iter()
        .take(SHOWN)
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    if known.len() > SHOWN {
        listed.push_str(" …");
    }
    let finding = Diagnostic::unplaced(Code::NotFound)
        .with("what", what)
        .with("found", name)
        .with_some("nearest", near)
        .with("expected", listed);
    Failure::call(finding, lang)
}

/// One JSON line a result, written as it is made.
fn stream(outcome: &Outcome<'_>, selection: &Selection) -> Result<(), Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    write_lines(outcome, selection, &mut out)?;
    Ok(out.flush()?)
}

fn write_lines(
    outcome: &Outcome<'_>,
    selection: &Selection,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let mut line = |line: &Line<'_>| {
        serde_json::to_writer(&mut *out, line)?;
        out.write_all(b"\n")
    };
    for result in selection.results(outcome) {
        line(&Line::Result(Box::new(result)))?;
    }
    line(&Line::Summary {
        schema: SCHEMA,
        guiju: VERSION,
        as_of: outcome.options().as_of.to_string(),
        summary: outcome.summary(),
    })
}
