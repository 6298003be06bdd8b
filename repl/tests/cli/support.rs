//! Folders to run in, and what a run gave.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Rules with one of everything that can become of them.
pub(crate) const RULES: &str = r#"plan demo "示例市教育规划" { span 2023..2025 region 昆明 lead 市教育体育局 owner 市财政局, 市委编办 }
A-1: must rate 九年义务教育巩固率 >= 98% by 2025 { clause "一(二)" note "与省级口径一致" }
A-2: should rate 高中阶段毛入学率 >= 95% by 2025 { clause "一(三)" }
A-3: rate 学前三年毛入园率 >= 99% throughout 2023..2025
A-4: count 新建公办幼儿园 >= 165所 by 2026
A-5: milestone 福在幼儿园建成招生 by 2025-09-01
A-6: rate 普惠性幼儿园覆盖率 must >= 90% should >= 95% by 2025
A-7: ratio 小学生师比 <= 16:1 by 2025 { lead 市教育体育局, 区教育局 }
A-8: flag 校园安全经费列入预算 by 2025
A-9: rate 体育达标率 >= 71% by 2027 in 五华区
"#;

/// Figures for [`RULES`].
pub(crate) const FACTS: &str = "\
地区,指标,年份,数值,单位,来源
昆明,九年义务教育巩固率,2024,97.6,%,统计公报
昆明,九年义务教育巩固率,2025,97.2,%,统计公报
昆明,高中阶段毛入学率,2025,94.1,%,统计公报
昆明,学前三年毛入园率,2023,99.2,%,统计公报
昆明,学前三年毛入园率,2025,99.4,%,统计公报
昆明,新建公办幼儿园,2024,60,所,
昆明,新建公办幼儿园,2025,90,所,
昆明,福在幼儿园建成招生,2025,2025-10-15,,教育局
昆明,普惠性幼儿园覆盖率,2025,92.3,%,
昆明,小学生师比,2025,15.4:1,,
昆明,校园安全经费列入预算,2025,是,,
昆明,没有规则用的指标,2024,13,个,
五华区,体育达标率,2023,60,%,
五华区,体育达标率,2024,58,%,
";

/// A rule file with mistakes of several kinds.
pub(crate) const BROKEN: &str = "\
rate 九年义务教育巩固率 >= 98 by 2025 in 昆明
B-1: rate 高中阶段毛入学率 >= 95% by 2025 in 昆明
B-1: rate 高中阶段毛入学率 >= 90% by 2024 in 昆明
rat 体育达标率 >= 71% by 2027 in 昆明
";

/// The date that every run is given.
pub(crate) const AS_OF: [&str; 2] = ["--as-of", "2026-03-01"];

/// A folder of its own, removed in the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// An empty folder, with no configuration above it.
    pub(crate) fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("guiju-test-{}-{n}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }

    /// A folder with [`RULES`] and [`FACTS`].
    pub(crate) fn demo() -> Folder {
        Folder::new()
            .with("rules.gj", RULES)
            .with("facts.csv", FACTS)
    }

    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Folder {
        let path = self.0.join(name);
        let parent = path.parent().expect("a file stands in a folder");
        std::fs::create_dir_all(parent).expect("a folder for the file");
        std::fs::write(&path, content).expect("a file for the test");
        self
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("the file is there")
    }

    /// Runs the binary here, in English unless the environment says otherwise.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.call(args).run()
    }

    pub(crate) fn call<'a>(&'a self, args: &'a [&'a str]) -> Call<'a> {
        Call {
            folder: self,
            args,
            below: "",
            environment: vec![("LC_ALL", "en_US.UTF-8")],
            input: "",
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A call that is about to be made.
pub(crate) struct Call<'a> {
    folder: &'a Folder,
    args: &'a [&'a str],
    below: &'a str,
    environment: Vec<(&'a str, &'a str)>,
    input: &'a str,
}

impl<'a> Call<'a> {
    /// In a folder below.
    pub(crate) fn below(self, below: &'a str) -> Call<'a> {
        Call { below, ..self }
    }

    pub(crate) fn environment(mut self, name: &'a str, value: &'a str) -> Call<'a> {
        self.environment.retain(|(n, _)| *n != name);
        self.environment.push((name, value));
        self
    }

    pub(crate) fn input(self, input: &'a str) -> Call<'a> {
        Call { input, ..self }
    }

    pub(crate) fn run(&self) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_guiju"))
            .args(self.args)
            .current_dir(self.folder.path().join(self.below))
            .env_clear()
            .env("HOME", self.folder.path())
            .env("TZ", "UTC")
            .envs(self.environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A program that does not read its input is no failure.
        let _ = stdin.write_all(self.input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("the binary ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run {
            call: format!("guiju {}", self.args.join(" ")),
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// What a call gave.
#[derive(Debug)]
pub(crate) struct Run {
    call: String,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Everything about it, for a snapshot.
    pub(crate) fn told(&self) -> String {
        let code = self.code.map_or("none".to_string(), |c| c.to_string());
        let mut out = format!("$ {}\nexit {code}\n", self.call);
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                out.push_str(&format!("──── {name} ────\n{text}"));
            }
        }
        out
    }
}

/// The same call in both languages, a snapshot each.
pub(crate) fn both(name: &str, folder: &Folder, args: &[&str]) {
    for (lang, locale) in [("zh", "zh_CN.UTF-8"), ("en", "en_US.UTF-8")] {
        let run = folder.call(args).environment("LC_ALL", locale).run();
        snapshot(&format!("{name}_{lang}"), &run);
    }
}

/// A snapshot of a run.
pub(crate) fn snapshot(name: &str, run: &Run) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, run.told()));
}
