//! A case and what the engine makes of it, as one readable text.
#![allow(
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it must"
)]
#![allow(dead_code, reason = "each test file uses its part")]

mod explained;
pub mod world;

use std::fmt::Write;

use guiju::{Facts, Lang, Method, Options, ReadOptions, Rules};

#[allow(unused_macros, reason = "each test file uses its part")]
/// A test for each case: its snapshot by one of the methods of [`Case`].
macro_rules! snapshots {
    ($how:ident; $($name:ident: $case:expr;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!($case.$how());
        }
    )*};
}

/// Rules, files of figures, a date.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    rules: &'a str,
    world: &'a str,
    files: Vec<(&'a str, String)>,
    options: Options,
}

/// A case with rules as of a date, and no figures.
pub fn case<'a>(as_of: &str, rules: &'a str) -> Case<'a> {
    let as_of = as_of.parse().expect("a date");
    Case {
        rules,
        world: "",
        files: Vec::new(),
        options: Options::as_of(as_of),
    }
}

impl<'a> Case<'a> {
    /// With a file.
    pub fn file(mut self, name: &'a str, text: &str) -> Case<'a> {
        self.files.push((name, text.to_string()));
        self
    }

    /// In a world that is declared behind the rules and that no snapshot repeats.
    pub fn within(mut self, world: &'a str) -> Case<'a> {
        self.world = world;
        self
    }

    /// With `facts.csv` of places and entities, given without its header: region, entity, group,
    /// indicator, period, value, unit, status.
    pub fn figures(self, rows: &str) -> Case<'a> {
        let text = format!("地区,对象,分组,指标,时间,数值,单位,状态\n{rows}\n");
        self.file("facts.csv", &text)
    }

    /// With `facts.csv`, given without its header: region, indicator, period, value, unit, status.
    pub fn facts(self, rows: &str) -> Case<'a> {
        let text = format!("地区,指标,时间,数值,单位,状态\n{rows}\n");
        self.file("facts.csv", &text)
    }

    /// By this progress method.
    pub fn assess(mut self, method: Method) -> Case<'a> {
        self.options.assess = method;
        self
    }

    /// Without the figures that are not understood.
    pub fn keep_going(mut self) -> Case<'a> {
        self.options.keep_going = true;
        self
    }

    /// The JSON of `eval`, or the findings.
    pub fn outcome(&self) -> Result<String, String> {
        let rules = Rules::from_text("rules.gj", &format!("{}\n{}", self.rules, self.world))
            .map_err(|e| e.to_string())?;
        let mut facts = Facts::new();
        for (name, text) in &self.files {
            let report = facts.read(name, text.as_bytes(), &ReadOptions::default());
            if !report.findings.is_empty() {
                let lines = report.findings.iter().map(|f| format!("{f:?}"));
                return Err(lines.collect::<Vec<_>>().join("\n"));
            }
        }
        let outcome = rules
            .evaluate(&facts, &self.options)
            .map_err(|e| e.to_string())?;
        Ok(serde_json::to_string_pretty(&outcome.report()).expect("JSON"))
    }

    /// The verdicts alone.
    pub fn verdicts(&self) -> Vec<String> {
        let json = self.outcome().expect("verdicts");
        let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let results = report["results"].as_array().expect("results");
        results
            .iter()
            .map(|r| r["verdict"].as_str().expect("a verdict").to_string())
            .collect()
    }

    /// The rules, and one line a result: rule, indicator, subject, force, requirement, deadline, verdict.
    pub fn lines(&self) -> String {
        let json = self.outcome().expect("results");
        let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let mut out = format!("{}\n──\n", self.rules.trim_end());
        for r in report["results"].as_array().expect("results") {
            let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_string();
            let required = &r["required"];
            let mut bound = format!("{} {}", text(&required["op"]), text(&required["value"]));
            for key in ["upper", "unit"] {
                let more = text(&required[key]);
                bound.push_str(if key == "upper" && !more.is_empty() {
                    ".."
                } else {
                    ""
                });
                bound.push_str(&more);
            }
            let _ = writeln!(
                out,
                "{} {} {} {} {bound} by {} {} {}",
                text(&r["rule"]),
                text(&r["indicator"]),
                text(&r["subject"]),
                text(&r["modality"]),
                text(&r["deadline"]),
                text(&r["clause"]),
                text(&r["verdict"]),
            );
        }
        out
    }

    /// The code and line of each finding that stands in the way.
    pub fn refusal(&self) -> String {
        self.outcome().expect_err("a refusal")
    }

    /// The case and its outcome, for a snapshot.
    pub fn shown(&self) -> String {
        let mut out = format!(
            "as of {}\n── rules.gj\n{}\n",
            self.options.as_of,
            self.rules.trim_end()
        );
        for (name, text) in &self.files {
            let _ = writeln!(out, "── {name}\n{}", text.trim_end());
        }
        match self.outcome() {
            Ok(json) => out + "── report\n" + &json,
            Err(findings) => out + "── refused\n" + &findings,
        }
    }

    /// The case and what is said of each result in both languages: the headline, the figures, what
    /// would mend it, what was noticed.
    pub fn told(&self) -> String {
        self.in_both(results)
    }

    /// The same with every reason and each mark of the rule's line.
    pub fn explained(&self) -> String {
        format!(
            "as of {}\n{}",
            self.options.as_of,
            self.in_both(explained::results)
        )
    }

    /// The same without the single subjects of quantified rules.
    pub fn wholes(&self) -> String {
        format!(
            "as of {}\n{}",
            self.options.as_of,
            self.in_both(explained::wholes)
        )
    }

    /// The case and what JSON says of each result beyond its text.
    pub fn records(&self) -> String {
        let json = self.outcome().expect("results");
        format!(
            "as of {}\n{}── records\n{}",
            self.options.as_of,
            self.written(),
            explained::records(&json)
        )
    }

    fn in_both(&self, tell: fn(&str) -> String) -> String {
        let mut out = self.written();
        for lang in [Lang::Zh, Lang::En] {
            let options = self.options.lang(lang).explained();
            let told = Case {
                options,
                ..self.clone()
            };
            let _ = match told.outcome() {
                Ok(json) => write!(out, "── told\n{}", tell(&json)),
                Err(findings) => writeln!(out, "── refused\n{findings}"),
            };
        }
        out
    }

    fn written(&self) -> String {
        let mut out = format!("{}\n", self.rules.trim_end());
        for (name, text) in &self.files {
            let _ = writeln!(out, "── {name}\n{}", text.trim_end());
        }
        out
    }
}

fn results(json: &str) -> String {
    let report: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let mut out = String::new();
    for r in report["results"].as_array().expect("results") {
        let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_string();
        let _ = writeln!(out, "{} · {}", text(&r["verdict"]), text(&r["message"]));
        let explanation = &r["explanation"];
        let list = |key: &str| explanation[key].as_array().cloned().unwrap_or_default();
        for e in list("evidence") {
            let of = match e["of"].as_str() {
                Some(of) => format!("{of} "),
                None => String::new(),
            };
            let (period, value) = (text(&e["period"]), text(&e["value"]));
            let (status, place) = (text(&e["status"]), text(&e["place"]));
            let _ = writeln!(out, "  {of}{period} {value} {status} {place}");
        }
        for line in list("remedies").iter().chain(&list("notes")) {
            let _ = writeln!(out, "  {}", text(line));
        }
    }
    out
}
