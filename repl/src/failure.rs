//! What ends a command early: findings about rules, facts or the call (exit 2), or a closed pipe.

use std::io::ErrorKind;
use std::process::ExitCode;

use guiju::lang::Sources;
use guiju::{Code, Diagnostic, Lang};

use crate::render::findings;
use crate::{config, output, render};

/// The rules, the facts or the call are wrong.
pub(crate) const WRONG_INPUT: u8 = 2;

#[derive(Debug)]
pub(crate) enum Failure {
    /// Findings, to be drawn on standard error.
    Findings {
        findings: Vec<Diagnostic>,
        sources: Box<Sources>,
        lang: Lang,
    },
    /// What is wrong with the call, and what to do about it.
    Call {
        message: String,
        help: String,
        lang: Lang,
    },
    /// Nobody reads on: end quietly.
    ClosedPipe,
    /// Standard output cannot be written, or standard input not read.
    Stream(std::io::Error),
}

impl Failure {
    pub(crate) fn findings(findings: Vec<Diagnostic>, sources: Sources, lang: Lang) -> Failure {
        Failure::Findings {
            findings,
            sources: Box::new(sources),
            lang,
        }
    }

    /// One finding that stands in no file.
    pub(crate) fn finding(finding: Diagnostic, lang: Lang) -> Failure {
        Failure::findings(vec![finding], Sources::default(), lang)
    }

    pub(crate) fn engine(error: &guiju::Error, lang: Lang) -> Failure {
        Failure::findings(error.findings().to_vec(), error.sources().clone(), lang)
    }

    /// A name in the call that nothing has: the nearest one is offered, else what there is.
    pub(crate) fn not_found(what: Named, name: &str, known: &[&str], lang: Lang) -> Failure {
        Failure::finding(missing(what, name, known, lang), lang)
    }

    /// Says what is wrong on standard error.
    pub(crate) fn report(self) -> ExitCode {
        let text = self.drawn(output::stderr());
        if text.is_empty() {
            return ExitCode::SUCCESS;
        }
        output::complain(&text);
        ExitCode::from(WRONG_INPUT)
    }

    /// What is wrong, as text; empty for a closed pipe.
    pub(crate) fn drawn(self, pen: render::Pen) -> String {
        match self {
            Failure::Findings {
                findings,
                sources,
                lang,
            } => findings::drawn(&findings, &sources, lang, pen),
            Failure::Call {
                message,
                help,
                lang,
            } => findings::call(&message, &help, lang, pen),
            Failure::ClosedPipe => String::new(),
            Failure::Stream(error) => {
                let lang = config::system_lang().unwrap_or_default();
                let reason = reason(&error, lang);
                let message = match lang {
                    Lang::Zh => format!("标准输入或输出中断：{reason}"),
                    Lang::En => format!("standard input or output failed: {reason}"),
                };
                let help = lang.pick(
                    "换一个地方写，例如 `-o 文件`",
                    "write elsewhere, for example with `-o FILE`",
                );
                findings::call(&message, help, lang, pen)
            }
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        match error.kind() {
            ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Stream(error),
        }
    }
}

/// What a call names.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named {
    Rule,
    Plan,
    Region,
    Subject,
    Verdict,
    File,
    Command,
    Code,
    Word,
    Test,
}

impl Named {
    fn word(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Named::Rule => ("规则", "rule"),
            Named::Plan => ("规划", "plan"),
            Named::Region => ("地区", "region"),
            Named::Subject => ("对象", "subject"),
            Named::Verdict => ("结论", "verdict"),
            Named::File => ("文件", "file"),
            Named::Command => ("命令", "command"),
            Named::Code => ("代码", "code"),
            Named::Word => ("词语", "word"),
            Named::Test => ("测试", "test"),
        };
        lang.pick(zh, en)
    }
}

/// The finding behind [`Failure::not_found`].
pub(crate) fn missing(what: Named, name: &str, known: &[&str], lang: Lang) -> Diagnostic {
    const SHOWN: usize = 20;
    let near = guiju::lang::nearest(name, known.iter().copied());
    let none = [lang.pick("（一个也没有）", "(none)")];
    let shown = if known.is_empty() { &none[..] } else { known };
    let mut listed = shown
        .iter()
        .take(SHOWN)
        .copied()
        .collect::<Vec<_>>()
        .join(lang.pick("、", ", "));
    if known.len() > SHOWN {
        listed.push_str(" …");
    }
    Diagnostic::unplaced(Code::NotFound)
        .with("what", what.word(lang))
        .with("found", name)
        .with_some("nearest", near)
        .with("expected", listed)
}

/// Why the system would not do it, in words.
pub(crate) fn reason(error: &std::io::Error, lang: Lang) -> String {
    let (zh, en) = match error.kind() {
        ErrorKind::NotFound => ("没有这个文件或文件夹", "no such file or folder"),
        ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        ErrorKind::IsADirectory => ("这是文件夹，不是文件", "it is a folder, not a file"),
        ErrorKind::NotADirectory => ("路径中有一段不是文件夹", "part of the path is no folder"),
        ErrorKind::AlreadyExists => ("已经存在", "it exists already"),
        ErrorKind::ReadOnlyFilesystem => ("磁盘只读", "the disk is read-only"),
        ErrorKind::StorageFull => ("磁盘已满", "the disk is full"),
        ErrorKind::InvalidInput => ("路径无效", "the path is not valid"),
        _ => return error.to_string(),
    };
    lang.pick(zh, en).to_string()
}
