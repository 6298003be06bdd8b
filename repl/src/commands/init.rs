//! `guiju init`: a starter folder for the first five minutes.

use std::process::ExitCode;

use crate::args::{Init, Language};
use crate::config::{self, Config};
use crate::failure::Failure;
use crate::files;
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

pub(crate) fn run(args: &Init, lang: Option<Language>) -> Result<ExitCode, Failure> {
    let lang = config::language(lang, &Config::default(), "");
    // Nothing that is there already is touched; say so before anything is written.
    for (name, _) in FILES {
        let path = args.dir.join(name);
        if path.exists() {
            let reason = lang.pick("文件已存在，不覆盖", "it exists and is not overwritten");
            let help = lang.pick(
                "选另一个文件夹，或先移走它",
                "choose another folder, or move it away first",
            );
            return Err(files::not_written(&path, reason, help, lang));
        }
    }
    for (name, text) in FILES {
        let path = args.dir.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| files::unwritable(folder, &e, lang))?;
        }
        files::write(&path, text, lang)?;
        output::print(&format!("{}\n", files::shown(&path)))?;
    }
    let next = match args.dir.to_string_lossy().as_ref() {
        "." | "" => "guiju".to_string(),
        dir if dir.contains(char::is_whitespace) => format!("cd \"{dir}\" && guiju"),
        dir => format!("cd {dir} && guiju"),
    };
    let text = lang.pick("接下来：", "next: ");
    output::print(&format!("{text}{next}\n"))?;
    Ok(ExitCode::SUCCESS)
}
