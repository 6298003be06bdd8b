//! The verdict in one sentence.

use guiju_lang::model::{Aggregate, Expr, How, Part, Scope, Time};
use guiju_lang::{Grain, Kind, Lang, Period};

use crate::bind::{Event, Fact, Known, ObsRef};
use crate::detail::Detail;
use crate::evaluate::{Judged, Verdict};
use crate::truth::Truth;

use super::phrases::{Phrase, say};
use super::remedies::{lacking_text, missing_text};
use super::texts::{found, gap_text, period_text, required_text, who};
use super::{computed, outlook_text, several, whole};

type Args = Vec<(&'static str, String)>;

/// The verdict in a sentence with its figures, without final period.
pub(crate) fn headline(detail: &Detail<'_>, lang: Lang) -> String {
    whole::headline(detail, lang).unwrap_or_else(|| by_figures(detail, lang))
}

/// What the figures of one demand come to.
pub(super) fn by_figures(detail: &Detail<'_>, lang: Lang) -> String {
    if detail.subject.is_none() && matches!(detail.rule.scope, Scope::Mentioned) {
        return say(lang, Phrase::Nobody, &[]);
    }
    let mut args: Args = vec![
        ("who", who(detail, lang)),
        ("required", required_text(detail, lang)),
    ];
    // Of several days that of the record is told; until it is decided, the last of them.
    let due = detail.due.filter(|_| detail.decided);
    let due = due.filter(|_| detail.demand.kind == Kind::Milestone);
    let due = due.map(|period| detail.due_on(period));
    if let Some(deadline) = due.or_else(|| detail.deadline()) {
        args.push(("deadline", deadline.to_string()));
    }
    let phrase = match detail.verdict {
        Verdict::Met => met(detail, lang, &mut args),
        Verdict::Violated => violated(detail, lang, &mut args),
        Verdict::Pending => pending(detail, lang, &mut args),
        _ => unknown(detail, lang, &mut args),
    };
    say(lang, phrase, &args)
}

fn push_figure(detail: &Detail<'_>, (period, at): (Period, ObsRef), lang: Lang, args: &mut Args) {
    args.push(("period", computed::when(detail, period, lang)));
    args.push(("found", found(detail, period, at, lang)));
}

/// The latest figure: of a value that adds up the sum that ends with it, if there is one.
fn push_latest(detail: &Detail<'_>, (period, at): (Period, ObsRef), lang: Lang, args: &mut Args) {
    let summed = detail.computed(period).is_some_and(|c| c.value.is_some());
    if summed || !detail.sums() {
        return push_figure(detail, (period, at), lang, args);
    }
    args.push(("period", period_text(period, lang)));
    args.push(("found", detail.printed(at)));
}

fn met(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Phrase {
    if let Judged::Several(several) = &detail.judged {
        // A milestone may hold before its period has passed.
        let count = several.iter().filter(|p| p.truth == Truth::True).count();
        if count > 1 {
            args.push(("count", count.to_string()));
            return Phrase::MetAll;
        }
    }
    let Some(figure) = detail.deciding else {
        return counted(detail, lang, args).map_or(Phrase::UnknownNothing, |()| Phrase::Met);
    };
    push_figure(detail, figure, lang, args);
    if detail.is_limited() && detail.demand.kind != Kind::Milestone {
        return match detail.demand.kind {
            Kind::Flag => Phrase::FoundOnly,
            _ => Phrase::Is,
        };
    }
    match detail.bound.fact(detail.indicator, figure.1) {
        Some(Fact::Event(Event::Done(..))) => return Phrase::MetDone,
        Some(Fact::Event(_)) => return Phrase::MetSeenDone,
        _ => {}
    }
    match detail.reached.filter(|since| *since < figure.0) {
        Some(since) => {
            args.push(("since", period_text(since, lang)));
            Phrase::MetSince
        }
        None => Phrase::Met,
    }
}

fn violated(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Phrase {
    if let Some(failing) = several::failures(detail) {
        args.push(("count", failing.len().to_string()));
        args.push(("periods", several::named(detail, &failing, lang)));
        return Phrase::ViolatedIn;
    }
    let Some(figure) = detail.deciding else {
        let counted = counted(detail, lang, args);
        return counted.map_or(Phrase::UnknownNothing, |()| gap_phrase(detail, lang, args));
    };
    // Recorded as done, without a day: the last day of the record's period counts.
    if let Some(Fact::Event(Event::DoneWhenSeen)) = detail.bound.fact(detail.indicator, figure.1) {
        args.push(("found", figure.0.end().to_string()));
    }
    push_figure(detail, figure, lang, args);
    if detail.is_limited() && detail.demand.kind != Kind::Milestone {
        return match detail.demand.kind {
            Kind::Flag => Phrase::FoundOnly,
            _ => Phrase::IsNot,
        };
    }
    if detail.demand.kind == Kind::Milestone {
        return match detail.gap() {
            Some(gap) => {
                args.push(("gap", gap_text(&gap, lang)));
                Phrase::DoneLate
            }
            None => Phrase::NotDone,
        };
    }
    gap_phrase(detail, lang, args)
}

/// By how much it fails.
fn gap_phrase(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Phrase {
    // How far one change of a run falls short says nothing of the run.
    let gap = detail.gap().filter(|_| !detail.is_run());
    let Some(gap) = gap else {
        return Phrase::Differs;
    };
    args.push(("gap", gap_text(&gap, lang)));
    match (gap.value.is_zero(), gap.value.is_negative()) {
        (true, _) => Phrase::OnTheBound,
        // A place further back is short of one further in front.
        (_, true) => Phrase::Short,
        _ if detail.demand.kind == Kind::Rank => Phrase::Short,
        _ => Phrase::Over,
    }
}

/// A value that rests on no figure: attributes alone were counted.
fn counted(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Option<()> {
    let period = detail.judged_for()?;
    args.push(("period", computed::when(detail, period, lang)));
    args.push(("found", computed::found(detail, period, lang)?));
    Some(())
}

/// What is known so far of a value that adds up.
fn so_far(detail: &Detail<'_>, lang: Lang) -> Option<String> {
    let period = detail.judged_for().filter(|_| detail.sums())?;
    let known = detail.leaves(period);
    if known.is_empty() || detail.computed(period)?.value.is_some() {
        return None;
    }
    detail.worked_out(period).0?;
    computed::found(detail, period, lang)
}

fn pending(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Phrase {
    if let Some(found) = so_far(detail, lang) {
        args.push(("found", found));
        return Phrase::SoFarAhead;
    }
    if let Some(assessment) = detail.assessment() {
        args.push(("outlook", outlook_text(assessment.outlook, lang)));
    }
    if let Time::After { event, .. } = &detail.demand.time
        && detail.deadline().is_none()
    {
        let event = detail.bound.ruleset.indicator(*event);
        args.push(("event", event.map_or(String::new(), |e| e.name.clone())));
        return Phrase::AwaitsEvent;
    }
    if detail.demand.kind == Kind::Milestone {
        let Judged::Several(several) = &detail.judged else {
            return Phrase::PendingEvent;
        };
        let open = several.iter().filter(|p| p.truth == Truth::Unknown);
        let open: Vec<String> = open.map(|p| period_text(p.period, lang)).collect();
        args.push(("periods", open.join(lang.pick("、", ", "))));
        return Phrase::PendingEvents;
    }
    match detail.latest {
        Some(figure) => {
            push_latest(detail, figure, lang, args);
            match detail.assessment() {
                _ if detail.is_limited() => Phrase::LatestAhead,
                Some(_) => Phrase::PendingLatest,
                None => Phrase::PendingPlain,
            }
        }
        None if detail.is_limited() => Phrase::NothingAhead,
        // A formula has no series of its own.
        None if detail.demand.formula.is_some() => Phrase::PendingBare,
        None => Phrase::PendingNoData,
    }
}

fn unknown(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Phrase {
    if let Some((period, all)) = detail.conflicts.first() {
        let values: Vec<String> = all
            .iter()
            .map(|at| match detail.bound.fact(detail.indicator, *at) {
                Some(Fact::Flag(_)) => found(detail, *period, *at, lang),
                _ => detail.printed(*at),
            })
            .collect();
        args.push(("period", period_text(*period, lang)));
        args.push(("values", values.join(lang.pick("、", ", "))));
        return Phrase::UnknownConflict;
    }
    if detail.demand.kind == Kind::Milestone {
        return unknown_event(detail, lang, args);
    }
    if detail.wanted().is_some()
        && detail.lacking.is_empty()
        && let Some(Some(period)) = detail.missing.first()
    {
        args.push(("period", period_text(*period, lang)));
        if let Some(values) = computed::misfits(detail, *period, lang) {
            args.push(("values", values));
            return Phrase::UnknownMisfit;
        }
        args.push(("why", say(lang, why(detail), &[])));
        return Phrase::UnknownUncomputed;
    }
    if let Some(found) = so_far(detail, lang) {
        args.push(("found", found));
        args.push(("missing", lacking_text(detail, lang)));
        return Phrase::SoFar;
    }
    let lacking = lacking_text(detail, lang);
    let own = detail.judged_for().zip(detail.latest);
    match (lacking.is_empty(), own) {
        (false, Some((period, figure))) if detail.wanted().is_some() && figure.0 == period => {
            push_figure(detail, figure, lang, args);
            args.push(("missing", lacking));
            return Phrase::UnknownOwn;
        }
        (false, _) if detail.latest.is_none() => {
            args.push(("missing", lacking));
            return Phrase::UnknownLacking;
        }
        _ => {}
    }
    let mut missing = match lacking.is_empty() {
        true => missing_text(detail, lang),
        false => lacking,
    };
    if missing.is_empty() {
        missing = match &detail.demand.time {
            Time::Always(Some(span)) => span.to_string() + lang.pick(" ", ""),
            Time::Every(grain) => any_of(*grain, lang).to_string(),
            _ => lang
                .pick("已结束时期", "any period that has passed")
                .to_string(),
        };
    }
    match detail.latest {
        Some(figure) => {
            args.push(("missing", missing));
            push_latest(detail, figure, lang, args);
            Phrase::UnknownLatest
        }
        None => Phrase::UnknownNothing,
    }
}

fn unknown_event(detail: &Detail<'_>, lang: Lang, args: &mut Args) -> Phrase {
    if let Judged::Several(several) = &detail.judged {
        let silent = |p: &&crate::evaluate::PeriodJudgement| p.passed && p.known == Known::Nothing;
        let silent: Vec<String> = several
            .iter()
            .filter(silent)
            .map(|p| period_text(p.period, lang))
            .collect();
        if !silent.is_empty() {
            args.push(("missing", silent.join(lang.pick("、", ", "))));
            return Phrase::UnknownEvents;
        }
    }
    match detail.deciding {
        Some(figure) => {
            push_figure(detail, figure, lang, args);
            Phrase::UnknownUnclear
        }
        None => Phrase::UnknownEvent,
    }
}

/// `任何一个月`
pub(super) fn any_of(grain: Grain, lang: Lang) -> &'static str {
    match grain {
        Grain::Day => lang.pick("任何一天", "any day"),
        Grain::Month => lang.pick("任何一个月", "any month"),
        Grain::Quarter => lang.pick("任何一个季度", "any quarter"),
        Grain::Half => lang.pick("任何半年", "any half-year"),
        Grain::Year => lang.pick("任何一年", "any year"),
        Grain::SchoolYear => lang.pick("任何一个学年", "any school year"),
        Grain::Week => lang.pick("任何一周", "any week"),
        Grain::Term => lang.pick("任何一个学期", "any term"),
    }
}

/// Why nothing comes of figures that are all there.
fn why(detail: &Detail<'_>) -> Phrase {
    let Some(wanted) = detail.wanted() else {
        return Phrase::WhyDivisor;
    };
    if let Time::From(span) = &detail.demand.time
        && span.first >= span.last
    {
        return Phrase::WhyPair;
    }
    if wanted
        .change
        .is_some_and(guiju_lang::model::Change::is_relative)
    {
        return Phrase::WhyStart;
    }
    let mut found = None;
    let mut look = |part: Part<'_>| {
        let over = match part {
            Part::Expr(Expr::Div(..)) => Some(Phrase::WhyDivisor),
            Part::Expr(Expr::Aggregate(aggregate)) => over_nothing(detail, aggregate),
            _ => None,
        };
        found = found.or(over);
    };
    wanted.left.walk(&mut look);
    wanted.right.walk(&mut look);
    found.unwrap_or(Phrase::WhyDivisor)
}

fn over_nothing(detail: &Detail<'_>, aggregate: &Aggregate) -> Option<Phrase> {
    if matches!(aggregate.how, How::Count | How::Sum) {
        return None;
    }
    let period = detail.judged_for()?;
    if detail.leaves(period).is_empty() {
        return Some(Phrase::WhyNobody);
    }
    match (&aggregate.weight, aggregate.how) {
        (Some(_), _) => Some(Phrase::WhyWeights),
        (None, How::Cv) => Some(Phrase::WhyMean),
        (None, How::Share) => Some(Phrase::WhyDivisor),
        _ => None,
    }
}
