//! What is said of a result, whole, and what its JSON says beyond that.

use std::fmt::Write;

use serde_json::Value;

fn report(json: &str) -> Vec<Value> {
    let report: Value = serde_json::from_str(json).expect("JSON");
    report["results"].as_array().expect("results").clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// The verdict with its headline, then the reasons, the figures, the marks on the rule's line, what
/// would mend it, how it gets on, what was noticed. Of a part, which stands a step further in, all
/// but the marks.
pub(super) fn results(json: &str) -> String {
    told(report(json))
}

/// The same without the parts.
pub(super) fn wholes(json: &str) -> String {
    let mut all = report(json);
    all.retain(|r| r["part"] != true);
    told(all)
}

fn told(all: Vec<Value>) -> String {
    let mut out = String::new();
    for r in all {
        let step = if r["part"] == true { "  " } else { "" };
        let outlook = match r["outlook"].as_str() {
            Some(outlook) => format!(" ({outlook})"),
            None => String::new(),
        };
        let (verdict, message) = (text(&r["verdict"]), text(&r["message"]));
        let _ = writeln!(out, "{step}{verdict}{outlook} · {message}");
        let explanation = &r["explanation"];
        for reason in list(explanation, "reasons") {
            let sign = match reason["holds"].as_bool() {
                Some(true) => "+",
                Some(false) => "-",
                None => "?",
            };
            let _ = writeln!(out, "{step}  {sign} {}", text(&reason["text"]));
        }
        for e in list(explanation, "evidence") {
            let of = e["of"]
                .as_str()
                .map_or(String::new(), |of| format!("{of} "));
            let parts = ["period", "value", "status", "place"].map(|key| text(&e[key]));
            let _ = writeln!(out, "{step}  = {of}{}", parts.join(" "));
        }
        for mark in list(explanation, "marks")
            .iter()
            .filter(|_| step.is_empty())
        {
            let _ = writeln!(out, "{step}  ^ {}", text(&mark["text"]));
        }
        for key in ["remedies", "progress", "notes"] {
            for line in list(explanation, key) {
                let _ = writeln!(out, "{step}  {}: {}", &key[..1], text(line));
            }
        }
    }
    out
}

/// Fields that say who is meant.
const NAMES: [&str; 4] = ["rule", "subject", "group", "verdict"];

/// Fields that constructs over sets, conditions and exceptions fill.
const FIELDS: [&str; 12] = [
    "required",
    "actual",
    "gap",
    "quantifier",
    "periods",
    "missing",
    "conflicts",
    "derived",
    "waived",
    "used",
    "open",
    "time",
];

/// One result a paragraph, a field a line; what is null or empty is left out.
pub(super) fn records(json: &str) -> String {
    let mut out = String::new();
    for r in report(json) {
        let names = NAMES.map(|name| text(&r[name]));
        let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let part = if r["part"] == true { " (part)" } else { "" };
        let _ = writeln!(out, "{}{part}", names.join(" · "));
        for field in FIELDS {
            let mut value = r[field].clone();
            prune(&mut value);
            if !value.is_null() {
                let _ = writeln!(out, "  {field}: {value}");
            }
        }
    }
    out
}

/// Without nulls, and with places of figures as `file:line:column`.
fn prune(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let (Some(file), Some(line), Some(column)) =
                (fields.get("file"), fields.get("line"), fields.get("column"))
            {
                *value = format!("{}:{line}:{column}", text(file)).into();
                return;
            }
            fields.values_mut().for_each(prune);
            fields.retain(|_, v| !v.is_null());
        }
        Value::Array(all) if all.is_empty() => *value = Value::Null,
        Value::Array(all) => all.iter_mut().for_each(prune),
        _ => {}
    }
}
