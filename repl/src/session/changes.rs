//! Verdicts before and after, and what is said of the difference.

use guiju::{Lang, ResultRecord, Verdict};

use crate::render::Pen;
use crate::render::style::hanging;
use crate::render::words::Standing;

/// Lines of one answer; more are counted.
const LINES: usize = 20;

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

    /// Whether two states are of one result.
    fn is_same(&self, other: &State) -> bool {
        (&self.rule, &self.subject, self.modality) == (&other.rule, &other.subject, other.modality)
    }

    /// `× 达成 → 未达成  repl:1  …`
    pub(super) fn line(&self, was: Option<Standing>, lang: Lang, pen: Pen) -> String {
        let now = self.standing();
        let word = match was.filter(|was| *was != now) {
            Some(was) => format!("{} → {}", was.word(lang), now.word(lang)),
            None => now.word(lang).to_string(),
        };
        let head = format!("{} {word}", now.sign(pen.unicode));
        let text = format!("{head}  {}  {}", self.rule, self.message);
        let drawn = hanging("", 4, &text, pen.width);
        // The verdict alone is coloured.
        let mut out = drawn.replacen(&head, &pen.verdict(self.verdict, &head), 1);
        if !self.conflict.is_empty() {
            let sides = self.conflict.join(lang.pick("；", "; "));
            out.push_str(&hanging("    ", 4, &sides, pen.width));
        }
        out
    }
}

/// What is new, what is not as it was, and in any case what the rules in question give.
pub(super) fn changes(
    before: &[State],
    after: &[State],
    asked: &[String],
    lang: Lang,
    pen: Pen,
) -> String {
    let mut lines = Vec::new();
    for state in after {
        let old = before.iter().find(|old| old.is_same(state));
        if old != Some(state) || asked.contains(&state.rule) {
            lines.push(state.line(old.map(State::standing), lang, pen));
        }
    }
    if lines.is_empty() {
        return lang
            .pick("已记下；没有结论变化\n", "noted; no verdict changed\n")
            .to_string();
    }
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    let mut out = lines.concat();
    if more > 0 {
        out.push_str(&match lang {
            Lang::Zh => format!("… 另有 {more} 条（:rules 列出全部）\n"),
            Lang::En => format!("… {more} more (:rules lists all)\n"),
        });
    }
    out
}
