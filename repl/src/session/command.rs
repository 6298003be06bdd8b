//! Commands of the session.

use guiju::Lang;

use crate::render::style::pad;

/// A command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    Load(String),
    Facts,
    Rules,
    Explain(String),
    Test,
    AsOf(String),
    Language(String),
    Help,
    Quit,
    /// Not a command.
    Unknown(String),
}

/// Names, arguments and what they do, in Chinese and English.
const TABLE: &[(&str, &str, &str, &str)] = &[
    (
        ":load",
        "FILE",
        "读入规则文件（.gj）或数据文件",
        "read a rule file (.gj) or a file of figures",
    ),
    (":facts", "", "列出已有数据", "list the figures"),
    (
        ":rules",
        "",
        "列出规则和结论",
        "list the rules and their verdicts",
    ),
    (
        ":explain",
        "RULE|CODE",
        "详细解释一条规则（默认最后一条）或一个错误代码",
        "explain a rule (the last one by default) or a code in full",
    ),
    (
        ":test",
        "",
        "运行规则中的测试",
        "run the tests written in the rules",
    ),
    (
        ":as-of",
        "DATE",
        "改变评估日；不写日期则显示",
        "change the date of evaluation; show it if none is given",
    ),
    (":lang", "zh|en", "改变语言", "change the language"),
    (":help", "", "显示帮助", "show this help"),
    (":quit", "", "退出（或 Ctrl-D）", "leave (or Ctrl-D)"),
];

impl Command {
    /// Reads a line that begins with a colon.
    pub(crate) fn parse(line: &str) -> Command {
        let (name, rest) = line
            .trim()
            .split_once(char::is_whitespace)
            .unwrap_or((line.trim(), ""));
        let rest = rest.trim().to_string();
        match name.replace('：', ":").as_str() {
            ":load" | ":l" | ":读入" => Command::Load(rest),
            ":facts" | ":数据" => Command::Facts,
            ":rules" | ":规则" => Command::Rules,
            ":explain" | ":e" | ":解释" => Command::Explain(rest),
            ":test" | ":测试" => Command::Test,
            ":as-of" | ":asof" | ":截至" => Command::AsOf(rest),
            ":lang" | ":语言" => Command::Language(rest),
            ":help" | ":h" | ":?" | ":帮助" => Command::Help,
            ":quit" | ":q" | ":exit" | ":退出" => Command::Quit,
            other => Command::Unknown(other.to_string()),
        }
    }

    /// The names, for completion.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(name, ..)| *name)
    }

    /// The help text.
    pub(crate) fn help(lang: Lang) -> String {
        let mut out = String::from(lang.pick(
            "输入一条规则或数据，立即看到结论，例如：\n",
            "type a rule or a fact and see the verdict, for example:\n",
        ));
        out.push_str("  rate 九年义务教育巩固率 >= 98% by 2025 in 昆明\n");
        out.push_str("  fact 九年义务教育巩固率 = 97.2% in 2025 in 昆明\n");
        out.push_str(lang.pick(
            "语句可以写几行，空行结束。命令：\n",
            "a statement may take several lines, and an empty line ends it. Commands:\n",
        ));
        for (name, argument, zh, en) in TABLE {
            let head = pad(&format!("{name} {argument}"), 20);
            out.push_str(&format!("  {head}{}\n", lang.pick(zh, en)));
        }
        out
    }
}

/// Whether a line is a command rather than a statement.
pub(crate) fn is_command(text: &str) -> bool {
    text.trim_start().starts_with([':', '：'])
}
