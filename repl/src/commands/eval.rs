//! `guiju eval`: the main job.

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use guiju::{Lang, Line, Outcome, SCHEMA, VERSION, Verdict};

use crate::args::{Args, Eval, EvalFormat, FactFlags, FailOn, Language, RuleFlags};
use crate::config::Config;
use crate::failure::{self, Failure, Named, WRONG_INPUT};
use crate::load::Workspace;
use crate::render::human::Manner;
use crate::render::{self, Pen, Selection};
use crate::{files, output};

/// `guiju` alone: the configuration's job, else a short help.
pub(crate) fn run_alone(lang: Option<Language>) -> Result<ExitCode, Failure> {
    if Config::nearest(lang)?.folder.is_none() {
        output::complain(&short_help());
        return Ok(ExitCode::from(WRONG_INPUT));
    }
    let eval = Eval {
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
    };
    run(&eval, lang)
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

No guiju.toml here or above; `guiju help` lists all commands.
这里和上级文件夹都没有 guiju.toml；`guiju help` 列出全部命令。"
    )
}

pub(crate) fn run(args: &Eval, lang: Option<Language>) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&args.rules, lang)?;
    let lang = workspace.lang;
    let selection = selection(args, lang)?;
    let rules = workspace.rules()?;
    let facts = workspace.facts(&args.facts)?;
    let options =
        workspace.options(&args.facts, args.explain || wants_explanations(args.format))?;
    let outcome = rules
        .evaluate(&facts, &options)
        .map_err(|e| Failure::engine(&e, lang))?;
    render::findings::draw(outcome.findings(), rules.sources(), lang);
    check_names(&selection, &outcome, lang)?;
    if args.format == EvalFormat::Jsonl && args.output.is_none() {
        stream(&outcome, &selection)?;
    } else {
        let screen = |pen| {
            let manner = Manner {
                explain: args.explain,
                configured: args.rules.rules.is_empty() && args.facts.facts.is_empty(),
                pen,
            };
            render::human::screen(&outcome, &selection, manner)
        };
        let text = match args.format {
            EvalFormat::Human if args.output.is_none() => screen(output::stdout()),
            EvalFormat::Human => screen(output::file()),
            EvalFormat::Plain => screen(Pen {
                unicode: false,
                ..output::file()
            }),
            EvalFormat::Markdown => render::markdown::report(&outcome, &selection),
            EvalFormat::Html => render::html::page(&outcome, &selection),
            EvalFormat::Json => render::json::pretty(&render::json::report(&outcome, &selection)),
            EvalFormat::Jsonl => {
                let mut lines = Vec::new();
                write_lines(&outcome, &selection, &mut lines)?;
                String::from_utf8_lossy(&lines).into_owned()
            }
        };
        files::deliver(args.output.as_deref(), &text, lang)?;
    }
    workspace.miss_figures(&args.facts, &outcome);
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
        match (name.trim(), Verdict::named(name.trim())) {
            ("none", _) => none = true,
            (_, Some(verdict)) => only.push(verdict),
            (_, None) => return Err(no_verdict(name, lang)),
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

/// All that may be written is a short list; the nearest alone would hide the rest of it.
fn no_verdict(name: &str, lang: Lang) -> Failure {
    let known = Verdict::ALL.iter().map(|v| v.name());
    let known: Vec<&str> = known.chain(["none"]).collect();
    let mut finding = failure::missing(Named::Verdict, name, &known, lang);
    finding.args.retain(|(name, _)| *name != "nearest");
    Failure::finding(finding, lang)
}

/// A name on the command line that nothing has is a mistake, not an empty answer.
fn check_names(selection: &Selection, outcome: &Outcome<'_>, lang: Lang) -> Result<(), Failure> {
    let ruleset = outcome.rules().ruleset();
    if let Some(rule) = &selection.rule
        && ruleset.rule(rule).is_none()
    {
        let known: Vec<&str> = ruleset.rules.iter().map(|r| r.id.as_str()).collect();
        return Err(Failure::not_found(Named::Rule, rule, &known, lang));
    }
    if let Some(plan) = &selection.plan
        && !ruleset.plans.iter().any(|p| p.name == *plan)
    {
        let known: Vec<&str> = ruleset.plans.iter().map(|p| p.name.as_str()).collect();
        return Err(Failure::not_found(Named::Plan, plan, &known, lang));
    }
    if let Some(region) = &selection.region {
        let (mut known, mut codes) = (Vec::new(), Vec::new());
        for result in outcome.results() {
            known.extend(
                [result.region, result.subject]
                    .into_iter()
                    .flatten()
                    .map(std::borrow::Cow::into_owned),
            );
            codes.extend(result.region_code);
        }
        known.sort();
        known.dedup();
        if !known
            .iter()
            .chain(&codes)
            .any(|name| selection.names_region(name))
        {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            return Err(Failure::not_found(Named::Region, region, &known, lang));
        }
    }
    Ok(())
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
