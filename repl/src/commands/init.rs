//! `guiju init`: a starter folder for the first five minutes.

use std::path::Path;
use std::process::ExitCode;

use guiju::{Code, Diagnostic, Lang};

use crate::args::Init;
use crate::config;
use crate::failure::Failure;
use crate::load;
use crate::output;

/// What a starter folder holds.
const FILES: &[(&str, &str)] = &[
    ("guiju.toml", include_str!("../../starter/guiju.toml")),
    ("rules/first.gj", include_str!("../../starter/first.gj")),
    (
        "facts/figures.csv",
        include_str!("../../starter/figures.csv"),
    ),
];

pub(crate) fn run(args: &Init) -> Result<ExitCode, Failure> {
    let lang = config::system_lang().unwrap_or_default();
    // Nothing that is there already is touched; say so before anything is written.
    for (name, _) in FILES {
        let path = args.dir.join(name);
        if path.exists() {
            let reason = lang.pick("文件已存在，不覆盖", "it exists and is not overwritten");
            return Err(not_written(&path, reason, lang));
        }
    }
    for (name, text) in FILES {
        let path = args.dir.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|e| not_written(folder, &e.to_string(), lang))?;
        }
        load::write(&path, text, lang)?;
        output::print(&format!("{}\n", load::shown(&path)))?;
    }
    let next = match args.dir.to_string_lossy().as_ref() {
        "." | "" => "guiju".to_string(),
        dir => format!("cd {dir} && guiju"),
    };
    let text = lang.pick("接下来：", "next: ");
    output::print(&format!("{text}{next}\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn not_written(path: &Path, reason: &str, lang: Lang) -> Failure {
    let finding = Diagnostic::unplaced(Code::WriteFailed)
        .with("file", load::shown(path))
        .with("reason", reason);
    Failure::call(finding, lang)
}
