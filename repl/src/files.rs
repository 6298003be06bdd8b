//! Files: rule files and folders, what they `use`, and where results are written.

use std::path::{Component, Path, PathBuf};

use guiju::{Code, Diagnostic, Lang, Loaded, Loader};

use crate::failure::{self, Failure, Named};
use crate::output;

/// The files of a list of files and folders, in order of name within a folder.
pub(crate) fn rule_files(paths: &[PathBuf], lang: Lang) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut found = Vec::new();
            collect(path, &mut found).map_err(|(at, e)| unreadable(&at, &e, &["gj"], lang))?;
            found.sort();
            files.extend(found);
        } else {
            files.push(path.clone());
        }
    }
    // A file that is named twice is one file.
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|file| seen.insert(std::fs::canonicalize(file).unwrap_or(file.clone())));
    Ok(files)
}

/// Adds the rule files below a folder; fails with the folder that cannot be read.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), (PathBuf, std::io::Error)> {
    let mut pending = vec![folder.to_path_buf()];
    while let Some(folder) = pending.pop() {
        let here = |error| (folder.clone(), error);
        for entry in std::fs::read_dir(&folder).map_err(here)? {
            let entry = entry.map_err(here)?;
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            // Links are not followed: they could lead round in a circle.
            let kind = entry.file_type().map_err(here)?;
            if kind.is_dir() && !hidden {
                pending.push(path);
            } else if path.extension().is_some_and(|e| e == "gj") && path.is_file() {
                files.push(path);
            }
        }
    }
    Ok(())
}

/// A path as spans and provenance name it: as given, with `/`.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_string()
}

/// A rule file's text. What is not UTF-8 is one finding, not one for each character.
pub(crate) fn read_text(path: &Path, lang: Lang) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|e| unreadable(path, &e, &["gj"], lang))?;
    decoded(bytes).map_err(|(bytes, (zh, en))| {
        let finding = Diagnostic::unplaced(Code::NotUtf8)
            .with("file", shown(path))
            .with_words("seems", zh, en)
            .with_some(
                "csv",
                is_archive(&bytes).then(|| shown(&path.with_extension("csv"))),
            );
        Failure::finding(finding, lang)
    })
}

/// Text, or what the bytes look like instead.
fn decoded(bytes: Vec<u8>) -> Result<String, (Vec<u8>, (&'static str, &'static str))> {
    let bytes = match String::from_utf8(bytes) {
        // ASCII in UTF-16 is valid UTF-8, with a zero behind or before every character.
        Ok(text) if !text.contains('\0') => return Ok(text),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let zeros = bytes.iter().filter(|b| **b == 0).count();
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let seems = if is_archive(&bytes) {
        (" Excel 工作簿或压缩文件", "a workbook or an archive")
    } else if marked || zeros * 3 > bytes.len() {
        (" UTF-16", "UTF-16")
    } else if zeros > 0 {
        ("二进制文件", "a binary file")
    } else {
        (" GBK（GB18030）", "GBK (GB18030)")
    };
    Err((bytes, seems))
}

/// Workbooks are archives; older ones compound files.
fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// The finding for a file of figures that stands where rules belong.
pub(crate) fn figures_as_rules(path: &Path) -> Option<Diagnostic> {
    let extension = path.extension()?.to_string_lossy().to_lowercase();
    let figures = ["csv", "tsv", "json", "jsonl"].contains(&extension.as_str());
    (figures && path.is_file())
        .then(|| Diagnostic::unplaced(Code::FiguresAsRules).with("file", shown(path)))
}

/// A file of the call that cannot be read. Where it is not there, its neighbours are offered.
pub(crate) fn unreadable(
    path: &Path,
    error: &std::io::Error,
    extensions: &[&str],
    lang: Lang,
) -> Failure {
    if error.kind() == std::io::ErrorKind::NotFound {
        return Failure::finding(not_there(path, extensions, lang), lang);
    }
    let (name, reason) = (shown(path), failure::reason(error, lang));
    let (message, help) = match lang {
        Lang::Zh => (format!("无法读取 {name}：{reason}"), "检查路径和读取权限"),
        Lang::En => (
            format!("cannot read {name}: {reason}"),
            "check the path and whether you may read it",
        ),
    };
    Failure::Call {
        message,
        help: help.to_string(),
        lang,
    }
}

/// The finding for a file that is not there.
pub(crate) fn not_there(path: &Path, extensions: &[&str], lang: Lang) -> Diagnostic {
    let neighbours = neighbours(path, extensions);
    let known: Vec<&str> = neighbours.iter().map(String::as_str).collect();
    failure::missing(Named::File, &shown(path), &known, lang)
}

/// Files beside a path, as the call would write them.
fn neighbours(path: &Path, extensions: &[&str]) -> Vec<String> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let Ok(entries) = std::fs::read_dir(here(folder)) else {
        return Vec::new();
    };
    let wanted = |path: &Path| {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        extension.is_some_and(|e| extensions.contains(&e.as_str()))
    };
    let mut found: Vec<String> = entries
        .flatten()
        .map(|entry| folder.join(entry.file_name()))
        .filter(|path| wanted(path))
        .map(|path| shown(&path))
        .collect();
    found.sort();
    found
}

/// An empty path is the current folder.
pub(crate) fn here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}

/// Reads `use`d files from disk, relative to the using file; `std:` names are built in.
pub(crate) struct Disk;

impl Loader for Disk {
    fn load(&self, from: &str, path: &str) -> Result<Loaded, String> {
        if path.starts_with("std:") || from.starts_with("std:") {
            return guiju::vocabulary::Builtin.load(from, path);
        }
        let file = tidy(&Path::new(from).parent().unwrap_or(Path::new("")).join(path));
        let bytes = std::fs::read(&file).map_err(|e| e.to_string())?;
        let text = decoded(bytes)
            .map_err(|(_, (_, seems))| format!("不是 UTF-8 文本 · not UTF-8 text ({seems})"))?;
        Ok(Loaded {
            name: shown(&file),
            text,
        })
    }

    fn candidates(&self, from: &str) -> Vec<String> {
        let folder = here(Path::new(from).parent().unwrap_or(Path::new("")));
        let mut files = Vec::new();
        let _ = collect(folder, &mut files);
        let below = |f: &PathBuf| f.strip_prefix(folder).map(shown).ok();
        files
            .iter()
            .filter_map(below)
            .chain(guiju::vocabulary::names().map(str::to_string))
            .collect()
    }
}

/// `a/../b` as `b`, so that one file has one name.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(out.components().next_back(), Some(Component::Normal(_))) =>
            {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Writes a file of the user's choice.
pub(crate) fn write(path: &Path, text: &str, lang: Lang) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|e| unwritable(path, &e, lang))
}

/// A file that cannot be written.
pub(crate) fn unwritable(path: &Path, error: &std::io::Error, lang: Lang) -> Failure {
    let help = lang.pick(
        "换一个路径，或检查写入权限",
        "choose another path, or check whether you may write there",
    );
    not_written(path, &failure::reason(error, lang), help, lang)
}

/// A file that is not written, for a reason.
pub(crate) fn not_written(path: &Path, reason: &str, help: &str, lang: Lang) -> Failure {
    let finding = Diagnostic::unplaced(Code::WriteFailed)
        .with("file", shown(path))
        .with("reason", reason);
    Failure::Call {
        message: format!("{}  {}", finding.code, finding.message(lang)),
        help: help.to_string(),
        lang,
    }
}

/// Prints to a file if one is named, else to standard output.
pub(crate) fn deliver(path: Option<&Path>, text: &str, lang: Lang) -> Result<(), Failure> {
    match path {
        Some(path) => write(path, text, lang),
        None => Ok(output::print(text)?),
    }
}
