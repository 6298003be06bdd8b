//! The command line.

use std::path::PathBuf;

use clap::{Args as Flags, Parser, Subcommand, ValueEnum};

const ABOUT: &str = "Rules for what public plans promise: evaluate, check, explain.
规矩：公共规划指标的规则引擎。";
const FACTS: &str = "Figures 数据";
const OUTPUT: &str = "Output 输出";
const EVERYWHERE: &str = "Everywhere 通用";

/// The call.
#[derive(Debug, Parser)]
#[command(name = "guiju", version, about = ABOUT, max_term_width = 80)]
pub(crate) struct Args {
    /// When to colour 颜色
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", help_heading = EVERYWHERE)]
    pub(crate) color: Color,
    /// Language of messages 语言
    #[arg(long, global = true, value_enum, help_heading = EVERYWHERE)]
    pub(crate) lang: Option<Language>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Evaluate rules against facts and explain the verdicts 评估
    Eval(Box<Eval>),
    /// Check rule files for errors 检查规则
    Check(Check),
    /// Run the tests written in the rules 测试
    Test(Test),
    /// List the compiled rules 列出规则
    Rules(Rules),
    /// Everything about one rule's verdict, or the page of a code 解释
    Explain(Explain),
    /// The section of the reference that explains a word 词语说明
    Doc(Doc),
    /// Points by the rules' weights, region by region 考核打分
    Scoreboard(Box<Scoreboard>),
    /// Show what a facts file was understood to say 查看数据
    Facts(Facts),
    /// Format rule files, or standard input 排版
    Fmt(Fmt),
    /// Write a starter folder: configuration, a rule, a sheet 新建
    Init(Init),
    /// Interactive session 交互
    Repl(Repl),
    /// Print a completion script for a shell 命令补全
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Zh,
    En,
}

/// Where rules come from, in every command that reads them.
#[derive(Debug, Clone, Default, Flags)]
pub(crate) struct RuleFlags {
    /// Rule files, or folders searched for *.gj; without any, the nearest guiju.toml decides
    #[arg(value_name = "RULES")]
    pub(crate) rules: Vec<PathBuf>,
}

/// Where facts come from and how they are judged.
#[derive(Debug, Clone, Default, Flags)]
#[command(next_help_heading = FACTS)]
pub(crate) struct FactFlags {
    /// A file of figures (CSV, TSV, JSON); may repeat
    #[arg(long, value_name = "FILE")]
    pub(crate) facts: Vec<PathBuf>,
    /// What is known at the end of this day decides [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The region of figures whose file names none
    #[arg(long = "in", value_name = "REGION")]
    pub(crate) region_of_facts: Option<String>,
    /// Progress method where neither rule nor plan names one
    #[arg(long, value_name = "METHOD")]
    pub(crate) assess: Option<String>,
    /// Go on without the figures that could not be read
    #[arg(long)]
    pub(crate) keep_going: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvalFormat {
    Human,
    Plain,
    Markdown,
    Html,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Unknown,
}

#[derive(Debug, Flags)]
pub(crate) struct Eval {
    #[command(flatten)]
    pub(crate) rules: RuleFlags,
    #[command(flatten)]
    pub(crate) facts: FactFlags,
    /// How to print
    #[arg(long, value_enum, default_value_t = EvalFormat::Human, help_heading = OUTPUT)]
    pub(crate) format: EvalFormat,
    /// Write to a file instead of standard output
    #[arg(short, value_name = "FILE", help_heading = OUTPUT)]
    pub(crate) output: Option<PathBuf>,
    /// Explain every result in full, not only what is violated
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) explain: bool,
    /// Show only these verdicts (violated,unknown,…); none: the summary alone
    #[arg(long, value_name = "VERDICTS", value_delimiter = ',', help_heading = OUTPUT)]
    pub(crate) only: Vec<String>,
    /// Show only results of this region
    #[arg(long, value_name = "REGION", help_heading = OUTPUT)]
    pub(crate) region: Option<String>,
    /// Show only results of this plan
    #[arg(long, value_name = "PLAN", help_heading = OUTPUT)]
    pub(crate) plan: Option<String>,
    /// Show only results of this rule
    #[arg(long, value_name = "ID", help_heading = OUTPUT)]
    pub(crate) rule: Option<String>,
    /// Exit with 1 also when something is unknown
    #[arg(long, value_enum, value_name = "VERDICT", help_heading = OUTPUT)]
    pub(crate) fail_on: Option<FailOn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Human,
    Json,
    Sarif,
}

#[derive(Debug, Flags)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) rules: RuleFlags,
    /// A file of figures to check against the rules; may repeat
    #[arg(long, value_name = "FILE")]
    pub(crate) facts: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub(crate) format: CheckFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    Human,
    Json,
    Junit,
}

#[derive(Debug, Flags)]
pub(crate) struct Test {
    #[command(flatten)]
    pub(crate) rules: RuleFlags,
    /// Run only tests with this in their name
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,
    /// Name the rules, and their verdicts, that no test reaches
    #[arg(long)]
    pub(crate) coverage: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = TestFormat::Human)]
    pub(crate) format: TestFormat,
    /// Write to a file instead of standard output
    #[arg(short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Human,
    Json,
}

#[derive(Debug, Flags)]
pub(crate) struct Rules {
    #[command(flatten)]
    pub(crate) rules: RuleFlags,
    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Flags)]
pub(crate) struct Explain {
    /// A rule's id, or a code such as GJ0301
    #[arg(value_name = "RULE|CODE")]
    pub(crate) what: String,
    #[command(flatten)]
    pub(crate) rules: RuleFlags,
    /// Only this subject
    #[arg(long, value_name = "S")]
    pub(crate) subject: Option<String>,
    /// How deep derived figures are followed (none are derived in this version)
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) depth: u32,
    #[command(flatten)]
    pub(crate) facts: FactFlags,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BoardFormat {
    Human,
    Markdown,
    Json,
    Csv,
}

#[derive(Debug, Flags)]
pub(crate) struct Scoreboard {
    #[command(flatten)]
    pub(crate) rules: RuleFlags,
    #[command(flatten)]
    pub(crate) facts: FactFlags,
    /// How to print
    #[arg(long, value_enum, default_value_t = BoardFormat::Human, help_heading = OUTPUT)]
    pub(crate) format: BoardFormat,
    /// Write to a file instead of standard output
    #[arg(short, value_name = "FILE", help_heading = OUTPUT)]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Flags)]
pub(crate) struct Doc {
    /// A keyword, kind or construct, in either language; without one the sections are listed
    #[arg(value_name = "WORD")]
    pub(crate) word: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FactsFormat {
    Human,
    Csv,
    Json,
}

#[derive(Debug, Flags)]
pub(crate) struct Facts {
    /// Files of figures; without any, those of the nearest guiju.toml
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The region of figures whose file names none
    #[arg(long = "in", value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// Only figures that no rule of the nearest guiju.toml reads
    #[arg(long)]
    pub(crate) unused: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = FactsFormat::Human)]
    pub(crate) format: FactsFormat,
}

#[derive(Debug, Flags)]
pub(crate) struct Fmt {
    /// Files, or folders searched for *.gj; standard input when none is given
    #[arg(value_name = "FILES")]
    pub(crate) files: Vec<PathBuf>,
    /// Change nothing; exit with 1 if a file is not formatted
    #[arg(long)]
    pub(crate) check: bool,
    /// Write every keyword in this language
    #[arg(long, value_enum, value_name = "SET")]
    pub(crate) keywords: Option<Language>,
}

#[derive(Debug, Flags)]
pub(crate) struct Init {
    /// The folder to fill
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Flags)]
pub(crate) struct Repl {
    #[command(flatten)]
    pub(crate) rules: RuleFlags,
    #[command(flatten)]
    pub(crate) facts: FactFlags,
}
