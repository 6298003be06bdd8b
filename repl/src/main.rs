//! The `guiju` command. Nothing is decided here: rule files and facts are read, the engine
//! evaluates, and renderers print what it returns.

mod args;
mod commands;
mod config;
mod failure;
mod files;
mod load;
mod output;
mod reference;
mod render;
mod session;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Args, Command};
use failure::Failure;

fn main() -> ExitCode {
    let args = Args::parse();
    output::set_color(args.color);
    match run(args) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

fn run(args: Args) -> Result<ExitCode, Failure> {
    let lang = args.lang;
    match args.command {
        Some(Command::Eval(eval)) => commands::eval::run(&eval, lang),
        Some(Command::Check(check)) => commands::check::run(&check, lang),
        Some(Command::Test(test)) => commands::test::run(&test, lang),
        Some(Command::Rules(rules)) => commands::rules::run(&rules, lang),
        Some(Command::Explain(explain)) => commands::explain::run(&explain, lang),
        Some(Command::Doc(doc)) => commands::doc::run(&doc, lang),
        Some(Command::Scoreboard(scoreboard)) => commands::scoreboard::run(&scoreboard, lang),
        Some(Command::Facts(facts)) => commands::facts::run(&facts, lang),
        Some(Command::Fmt(fmt)) => commands::fmt::run(&fmt, lang),
        Some(Command::Init(init)) => commands::init::run(&init, lang),
        Some(Command::Repl(repl)) => session::run(&repl, lang),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "guiju", &mut script);
            output::print(&String::from_utf8_lossy(&script))?;
            Ok(ExitCode::SUCCESS)
        }
        None => commands::eval::run_alone(lang),
    }
}
