//! Verdicts before and after, and what is said of the difference.

use guiju::{Lang, ResultRecord, Verdict};

use crate::render::Pen;
use crate::render::style::{columns, hanging};
use crate::render::words::Standing;

/// A verdict and what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    rule: String,
    subject: Option<String>,
    modality: &'static str,
    verdict: Verdict,
    message: String,
    /// The figures that contradict each other, with where they stand.
    conflict: Vec<String>,
}

impl State {
    pub(super) fn of(result: &ResultRecord<'_>) -> State {
        let sides = result.conflicts.iter().flat_map(|c| &c.values);
        let conflict = sides.map(|v| {
            let unit = v.unit.as_deref().unwrap_or("");
            let source = &v.source;
            format!("{}{unit} {}:{}", v.value, source.file, source.line)
        });
        State {
            rule: result.rule.to_string(),
            subject: result.subject.as_deref().map(str::to_string),
            modality: result.modality,
            verdict: result.verdict,
            message: result.message.clone(),
            conflict: conflict.collect(),
        }
    }

    fn standing(&self) -> Standing {
        Standing::from(self.verdict, self.modality)
    }

    /// `× 达成 → 未达成  repl:1  …`
    pub(super) fn line(&self, was: Option<Standing>, lang: Lang, pen: Pen) -> String {
        let now = self.standing();
        let sign = now.sign(pen.unicode);
        let word = match was.filter(|was| *was != now) {
            Some(was) => format!("{} → {}", was.word(lang), now.word(lang)),
            None => now.word(lang).to_string(),
        };
        let prefix = format!("{} ", pen.verdict(self.verdict, &format!("{sign} {word}")));
        let width = columns(sign) + 1 + columns(&word) + 2;
        let text = format!("{}  {}", self.rule, self.message);
        let mut out = hanging(&format!("{prefix} "), width.min(24), &text, pen.width);
        if !self.conflict.is_empty() {
            let sides = self.conflict.join(lang.pick("；", "; "));
            out.push_str(&hanging("    ", 4, &sides, pen.width));
        }
        out
    }
}

/// What is new, and what is not as it was.
pub(super) fn changes(before: &[State], after: &[State], lang: Lang, pen: Pen) -> String {
    let mut out = String::new();
    for state in after {
        let same = |b: &&State| {
            b.rule == state.rule && b.subject == state.subject && b.modality == state.modality
        };
        match before.iter().find(same) {
            Some(old) if old == state => {}
            old => out.push_str(&state.line(old.map(State::standing), lang, pen)),
        }
    }
    if out.is_empty() {
        out.push_str(lang.pick("已记下；没有结论变化\n", "noted; no verdict changed\n"));
    }
    out
}
