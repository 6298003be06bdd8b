//! Commands of the session.

use guiju::Lang;

/// A command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    Load(String),
    Facts,
    Rules,
    Explain(String),
    AsOf(String),
    Language(String),
    Help,
    Quit,
    /// Not a command; the nearest one.
    Unknown(String, Option<&'static str>),
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
        "详细解释一条规则，或一个错误代码",
        "explain a rule, or a code, in full",
    ),
    (
        ":as-of",
        "DATE",
        "改变评估日",
        "change the date of evaluation",
    ),
    (":lang", "zh|en", "改变语言", "change the language"),
    (":help", "", "显示帮助", "show this help"),
    (":quit", "", "退出", "leave"),
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
            ":load" | ":l" => Command::Load(rest),
            ":facts" => Command::Facts,
            ":rules" => Command::Rules,
            ":explain" | ":e" => Command::Explain(rest),
            ":as-of" | ":asof" => Command::AsOf(rest),
            ":lang" => Command::Language(rest),
            ":help" | ":h" | ":?" => Command::Help,
            ":quit" | ":q" | ":exit" => Command::Quit,
            other => Command::Unknown(
                other.to_string(),
                guiju::lang::nearest(other, Command::names()),
            ),
        }
    }

    /// The names, for completion.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(name, ..)| *name)
    }

    /// The help text.
    pub(crate) fn help(lang: Lang) -> String {
        let intro = lang.pick(
            "输入一条规则或数据，立即看到结论。例如：\n  rate 九年义务教育巩固率 >= 98% by 2025 in 昆明\n  fact 九年义务教育巩固率 = 97.2% in 2025 in 昆明\n",
            "type a rule or a fact and see the verdict. For example:\n  rate 九年义务教育巩固率 >= 98% by 2025 in 昆明\n  fact 九年义务教育巩固率 = 97.2% in 2025 in 昆明\n",
        );
        let mut out = String::from(intro);
        for (name, argument, zh, en) in TABLE {
            out.push_str(&format!(
                "  {:<20}{}\n",
                format!("{name} {argument}"),
                lang.pick(zh, en)
            ));
        }
        out
    }
}

/// Whether a line is a command rather than a statement.
pub(crate) fn is_command(text: &str) -> bool {
    text.trim_start().starts_with([':', '：'])
}
