//! Lines to regions, regions to ranks.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use guiju_lang::Number;
use guiju_lang::model::PlanId;

use crate::evaluate::Verdict;
use crate::outcome::Outcome;

use super::{Apart, Board, Line, Score};

/// The board of one plan (or of the rules outside of any), or of everything.
pub(super) fn board(outcome: &Outcome<'_>, only: Option<Option<PlanId>>, lines: &[Line]) -> Board {
    let ruleset = outcome.rules().ruleset();
    let here = |plan: Option<PlanId>| only.is_none_or(|wanted| wanted == plan);
    // A sentence that states several rules is one to its readers.
    let (mut weighted, mut unweighted) = (BTreeSet::new(), BTreeSet::new());
    for rule in outcome.present().filter(|rule| here(rule.plan)) {
        match rule.attributes.weight {
            Some(_) => weighted.insert(&rule.id),
            None => unweighted.insert(&rule.id),
        };
    }
    let plan = only.flatten().and_then(|id| ruleset.plan(id));
    let mut regions: Vec<Score> = Vec::new();
    for line in lines.iter().filter(|line| here(line.plan)) {
        add(&mut regions, line);
    }
    rank(&mut regions);
    Board {
        plan: plan.map(|p| p.name.clone()),
        title: plan.and_then(|p| p.title.clone()),
        weighted: weighted.len() as u64,
        unweighted: unweighted.len() as u64,
        regions,
    }
}

fn add(regions: &mut Vec<Score>, line: &Line) {
    let same = |score: &Score| match (&score.region_code, &line.code) {
        (Some(a), Some(b)) => a == b,
        _ => score.region == line.region,
    };
    let at = regions.iter().position(same).unwrap_or(regions.len());
    if at == regions.len() {
        regions.push(empty(line));
    }
    let Some(score) = regions.get_mut(at) else {
        return;
    };
    let weight = &line.scored.weight;
    let slot = match line.scored.verdict {
        Verdict::Met | Verdict::Violated => &mut score.decided,
        Verdict::Pending => &mut score.pending,
        Verdict::Unknown => &mut score.unknown,
        Verdict::Waived => &mut score.waived,
        Verdict::NotApplicable => &mut score.not_applicable,
    };
    slot.results += 1;
    slot.points = slot.points.add(weight);
    if let Some(points) = &line.scored.points {
        score.points = score.points.add(points);
        score.of = score.of.add(weight);
    }
    score.results.push(line.scored.clone());
}

fn empty(line: &Line) -> Score {
    Score {
        rank: None,
        region: line.region.clone(),
        region_code: line.code.clone(),
        points: Number::ZERO,
        of: Number::ZERO,
        share: None,
        decided: Apart::default(),
        pending: Apart::default(),
        unknown: Apart::default(),
        waived: Apart::default(),
        not_applicable: Apart::default(),
        results: Vec::new(),
    }
}

/// By the share of what is decided, so that a region is not ahead because more of it is due.
fn rank(regions: &mut [Score]) {
    let hundred = Number::from(100);
    for score in regions.iter_mut() {
        score.share = score.points.mul(&hundred).div(&score.of);
    }
    // Equal ones, and those without a share, stay in the order of the results.
    regions.sort_by_key(|score| (score.share.is_none(), Reverse(score.share.clone())));
    let mut last: Option<(Number, u32)> = None;
    for (place, score) in (1u32..).zip(regions.iter_mut()) {
        let Some(share) = &score.share else { break };
        let rank = match &last {
            Some((equal, rank)) if equal == share => *rank,
            _ => place,
        };
        score.rank = Some(rank);
        last = Some((share.clone(), rank));
    }
}
