//! Consensus by adding up: shares within groups, groups within sides, sides within the whole, all as fractions.

use std::collections::BTreeMap;

use peaceops::CaseStudy;
use peaceops::date::{Days, When};
use peaceops::measure::Share;
use peaceops::model::{Position, Stakeholder};
use peaceops::scoring::consensus::{Directions, Voice};
use peaceops::scoring::{Assessment, Method, View};

use super::sureness::days;

/// Shares at stances −2 to +2, and what is open.
type Shares = [f64; 6];

/// What counts as nothing: far under a thousandth of a group of a side.
const TINY: f64 = 1e-9;

// --- Measures, as the methodology writes them down -------------------------------------------------------------------

/// Van der Eijk's A.
fn agreement(heights: &[f64]) -> Option<f64> {
    let k = heights.len();
    let all: f64 = heights.iter().sum();
    if all < TINY {
        return None;
    }
    let (mut rest, mut sum) = (heights.to_vec(), 0.0);
    loop {
        let holds: Vec<bool> = rest.iter().map(|height| *height > TINY).collect();
        let s = holds.iter().filter(|holds| **holds).count();
        if s == 0 {
            return Some(sum / all);
        }
        let least = rest.iter().copied().filter(|height| *height > TINY).fold(f64::INFINITY, f64::min);
        let (mut tu, mut tdu) = (0.0, 0.0);
        for i in 0..k {
            for j in i + 1..k {
                for l in j + 1..k {
                    match (holds[i], holds[j], holds[l]) {
                        (true, true, false) | (false, true, true) => tu += 1.0,
                        (true, false, true) => tdu += 1.0,
                        _ => {}
                    }
                }
            }
        }
        let (k, s) = (k as f64, s as f64);
        let layer = if s == 1.0 {
            1.0
        } else if tu + tdu == 0.0 {
            0.0
        } else {
            ((k - 2.0) * tu - (k - 1.0) * tdu) / ((k - 2.0) * (tu + tdu)) * (1.0 - (s - 1.0) / (k - 1.0))
        };
        sum += least * s * layer;
        for (rest, holds) in rest.iter_mut().zip(holds) {
            if holds {
                *rest -= least;
            }
        }
    }
}

/// The least and the greatest A when the open part may lie anywhere.
///
/// A is linear where the order of the heights stays the same. So its ends lie where enough of these hold together:
/// nothing is added to a place, or two places are as high as each other. Every such corner is solved for.
fn range(stated: &[f64], open: f64) -> Option<(f64, f64)> {
    let k = stated.len();
    if open < TINY {
        return agreement(stated).map(|a| (a, a));
    }
    // Rows of coefficients on what is added, with the right side last.
    let mut planes: Vec<Vec<f64>> = Vec::new();
    for i in 0..k {
        let mut nothing = vec![0.0; k + 1];
        nothing[i] = 1.0;
        planes.push(nothing);
        for j in i + 1..k {
            let mut level = vec![0.0; k + 1];
            (level[i], level[j], level[k]) = (1.0, -1.0, stated[j] - stated[i]);
            planes.push(level);
        }
    }
    let (mut least, mut greatest) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut chosen: Vec<usize> = (0..k - 1).collect();
    loop {
        let mut system: Vec<Vec<f64>> = chosen.iter().map(|at| planes[*at].clone()).collect();
        system.push([vec![1.0; k], vec![open]].concat());
        if let Some(added) = solve(system).filter(|added| added.iter().all(|part| *part > -TINY)) {
            let heights: Vec<f64> = stated.iter().zip(&added).map(|(height, part)| height + part.max(0.0)).collect();
            if let Some(a) = agreement(&heights) {
                (least, greatest) = (least.min(a), greatest.max(a));
            }
        }
        // The next choice of planes.
        let Some(at) = (0..k - 1).rev().find(|at| chosen[*at] + (k - 1 - at) < planes.len()) else { break };
        chosen[at] += 1;
        for next in at + 1..k - 1 {
            chosen[next] = chosen[next - 1] + 1;
        }
    }
    (least <= greatest).then_some((least, greatest))
}

/// Gauss's elimination; nothing where there is no one solution.
fn solve(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let n = rows.len();
    for column in 0..n {
        let pivot = (column..n).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        if rows[pivot][column].abs() < TINY {
            return None;
        }
        rows.swap(column, pivot);
        for row in 0..n {
            if row != column {
                let factor = rows[row][column] / rows[column][column];
                let pivot_row = rows[column].clone();
                rows[row].iter_mut().zip(pivot_row).for_each(|(value, pivot)| *value -= pivot * factor);
            }
        }
    }
    Some((0..n).map(|at| rows[at][n] / rows[at][at]).collect())
}

fn leik(p: &[f64]) -> f64 {
    let mut below = 0.0;
    let sum: f64 = p[..p.len() - 1]
        .iter()
        .map(|part| {
            below += part;
            f64::min(below, 1.0 - below)
        })
        .sum();
    sum / (0.5 * (p.len() - 1) as f64)
}

fn tastle_wierman(p: &[f64]) -> f64 {
    let mean: f64 = p.iter().enumerate().map(|(k, part)| k as f64 * part).sum();
    let near = |k: usize| 1.0 - (k as f64 - mean).abs() / (p.len() - 1) as f64;
    1.0 + p.iter().enumerate().filter(|(k, part)| **part > TINY && near(*k) > TINY).map(|(k, part)| part * near(k).log2()).sum::<f64>()
}

fn median(p: &[f64]) -> i8 {
    let mut below = 0.0;
    let at = p.iter().position(|part| {
        below += part;
        *part > TINY && below > 0.5 - TINY
    });
    at.unwrap() as i8 - (p.len() / 2) as i8
}

// --- Shares ----------------------------------------------------------------------------------------------------------

fn mean(all: &[Shares]) -> Shares {
    std::array::from_fn(|at| all.iter().map(|shares| shares[at]).sum::<f64>() / all.len().max(1) as f64)
}

fn three(shares: &Shares) -> Vec<f64> {
    vec![shares[0] + shares[1], shares[2], shares[3] + shares[4]]
}

fn five(shares: &Shares) -> Vec<f64> {
    shares[..5].to_vec()
}

/// What positions of one group come to: their sum is the whole where it is more, and the rest is open where it is less.
fn of_group(positions: &[&Position]) -> Shares {
    let mut shares = [0.0; 6];
    for row in positions {
        shares[(row.stance + 2) as usize] += row.spread.share().map_or(0.0, |share| share.value());
    }
    let sum: f64 = shares.iter().sum();
    if sum > 1.0 {
        return shares.map(|share| share / sum);
    }
    shares[5] = 1.0 - sum;
    shares
}

/// What counts nowhere: from outside, or dated outside of the window.
fn counts(study: &CaseStudy, when: &When) -> bool {
    match when {
        When::Outside => false,
        When::Dated(_) => days(study, when).is_some_and(|days| days.within(study.study().window).is_some()),
        _ => true,
    }
}

/// A dated row counts in a phase that holds so much of its days, or of which its days fill so much.
fn counts_in(study: &CaseStudy, method: &Method, when: &When, phase: usize) -> bool {
    let of: Days = study.phases()[phase].days;
    match when {
        When::Mission => true,
        When::Current => study.current_phase() == Some(phase),
        When::Undated | When::Outside => false,
        When::Dated(_) => {
            let row = days(study, when).unwrap();
            let Some(common) = row.within(of).filter(|_| counts(study, when)) else { return false };
            let least = method.windows.least.value() - TINY;
            common.len() as f64 / row.len() as f64 > least || common.len() as f64 / of.len() as f64 > least
        }
    }
}

/// The positions that no later one begins after; all of them where none has a date.
fn last<'a>(study: &CaseStudy, rows: &[&'a Position]) -> Vec<&'a Position> {
    let dated: Vec<(Days, &'a Position)> = rows.iter().filter_map(|row| Some((days(study, &row.when)?, *row))).collect();
    if dated.is_empty() {
        return rows.to_vec();
    }
    let stands = |of: &Days| !dated.iter().any(|(other, _)| other.first() > of.last());
    dated.iter().filter(|(of, _)| stands(of)).map(|(_, row)| *row).collect()
}

struct Group<'a> {
    row: &'a Stakeholder,
    positions: Vec<&'a Position>,
    shares: Shares,
}

impl Group<'_> {
    fn leans(&self) -> i8 {
        let (against, favour) = (self.shares[0] + self.shares[1], self.shares[3] + self.shares[4]);
        if favour > against + TINY {
            1
        } else if against > favour + TINY {
            -1
        } else {
            0
        }
    }
    fn is_small(&self, study: &CaseStudy) -> bool {
        self.row.heads.is_some_and(|heads| heads < study.study().least_heads.unwrap_or(5))
    }
}

// --- Comparison ------------------------------------------------------------------------------------------------------

fn value(share: Share) -> f64 {
    share.part() as f64 / share.of().max(1) as f64
}

fn of_directions(shares: &Directions) -> [f64; 4] {
    [shares.against, shares.unsure, shares.in_favour, shares.open].map(value)
}

fn in_directions(shares: &Shares) -> [f64; 4] {
    [shares[0] + shares[1], shares[2], shares[3] + shares[4], shares[5]]
}

struct Found<'a> {
    name: &'a str,
    lines: Vec<String>,
}

impl Found<'_> {
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, part: &str, slow: T, theirs: T) {
        if slow != theirs {
            self.lines.push(format!("{} {part}: slow {slow:?}, crate {theirs:?}", self.name));
        }
    }
    fn near(&mut self, part: &str, slow: &[f64], theirs: &[f64]) {
        if slow.len() != theirs.len() || slow.iter().zip(theirs).any(|(a, b)| (a - b).abs() > 1e-7) {
            self.lines.push(format!("{} {part}: slow {slow:?}, crate {theirs:?}", self.name));
        }
    }
}

fn names(voices: &[Voice]) -> Vec<String> {
    let mut names: Vec<String> = voices.iter().map(|voice| format!("{} {} {}", voice.position, voice.group, voice.stance)).collect();
    names.sort();
    names
}

fn compare(study: &CaseStudy, method: &Method, rows: &[&Position], view: &View, name: &str, with_five: bool) -> Vec<String> {
    let mut found = Found { name, lines: Vec::new() };
    let rule = &method.consensus;
    // Who speaks: groups with what they last held, and single persons beside them.
    let (mut groups, mut listed) = (Vec::new(), Vec::new());
    for stakeholder in study.stakeholders().iter().filter(|row| !row.author) {
        let theirs: Vec<&Position> = rows.iter().filter(|row| row.group == stakeholder.id).copied().collect();
        let single = |row: &&Position| stakeholder.individual || row.flags.iter().any(|flag| flag == "individual");
        let (singles, several): (Vec<&Position>, Vec<&Position>) = theirs.into_iter().partition(single);
        let side = stakeholder.side.as_ref().map_or(String::new(), |side| format!(" of the side {side}"));
        let quoted = |row: &Position| row.flags.iter().any(|flag| flag == "individual");
        let who = |row: &Position| if quoted(row) { "a single person" } else { "a small group" };
        listed.extend(last(study, &singles).iter().map(|row| format!("{} {}{side} {}", row.id, who(row), row.stance)));
        let positions = last(study, &several);
        if !positions.is_empty() {
            groups.push(Group { row: stakeholder, shares: of_group(&positions), positions });
        }
    }
    let shown = |group: &Group<'_>| match (&group.row.side, group.is_small(study)) {
        (_, false) => group.row.id.to_string(),
        (Some(side), true) => format!("a small group of the side {side}"),
        (None, true) => "a small group".into(),
    };
    // Sides, by name; a group without one is its own.
    let mut sides: BTreeMap<String, Vec<&Group<'_>>> = BTreeMap::new();
    for group in &groups {
        let side = group.row.side.as_ref().map_or(format!("alone {}", group.row.id), ToString::to_string);
        sides.entry(side).or_default().push(group);
    }
    let of_side: BTreeMap<&str, Shares> =
        sides.iter().map(|(side, groups)| (side.as_str(), mean(&groups.iter().map(|group| group.shares).collect::<Vec<_>>()))).collect();
    let all: Vec<Shares> = of_side.values().copied().collect();
    let whole = mean(&all);
    let mut slow_sides: Vec<String> = Vec::new();
    for (side, groups) in &sides {
        let mut who: Vec<String> = groups.iter().map(|group| shown(group)).collect();
        who.sort();
        let shares = &of_side[side.as_str()];
        let parts = in_directions(shares).map(|share| format!("{share:.6}"));
        let a = agreement(&three(shares)).map(|a| format!("{:.6}", a + 0.0));
        slow_sides.push(format!("{} {who:?} {parts:?} {a:?}", groups[0].row.side.as_ref().map_or("", |side| side.as_str())));
    }
    let mut their_sides: Vec<String> = Vec::new();
    for side in &view.sides {
        let mut who: Vec<String> = side.groups.iter().map(ToString::to_string).collect();
        who.sort();
        let parts = of_directions(&side.shares).map(|share| format!("{share:.6}"));
        let a = side.agreement.map(|a| format!("{a:.6}"));
        their_sides.push(format!("{} {who:?} {parts:?} {a:?}", side.side.as_ref().map_or("", |side| side.as_str())));
    }
    slow_sides.sort();
    their_sides.sort();
    // Of minus nought and nought: one is as good as the other.
    let plain = |list: Vec<String>| list.into_iter().map(|line| line.replace("-0.000000", "0.000000")).collect::<Vec<_>>();
    found.same("sides", plain(slow_sides), plain(their_sides));
    found.near("shares", &in_directions(&whole), &of_directions(&view.shares));
    found.near("shares by strength", &whole[..5], &view.levels.map(value));
    let voices: u64 = groups.iter().map(|group| u64::from(group.row.heads.unwrap_or(1).max(1))).sum();
    found.same("voices", voices, view.voices);
    found.same("folded", groups.iter().filter(|group| group.is_small(study)).count(), view.folded);
    listed.sort();
    found.same("listed", listed, names(&view.listed));
    // Agreement over three and over five.
    let too_open = !all.is_empty() && whole[5] > 1.0 / f64::from(rule.open_part) + TINY;
    let mut ends = None;
    for (what, pick, theirs) in [("directions", three as fn(&Shares) -> Vec<f64>, &view.directions), ("strength", five, &view.strength)] {
        let stated = pick(&whole);
        let Some(a) = agreement(&stated) else {
            found.same(what, false, theirs.is_some());
            continue;
        };
        let Some(theirs) = theirs else {
            found.lines.push(format!("{name} {what}: slow {a}, crate nothing"));
            continue;
        };
        let sum: f64 = stated.iter().sum();
        let p: Vec<f64> = stated.iter().map(|part| part / sum).collect();
        found.near(
            &format!("{what} measures"),
            &[a, (1.0 - a) / 2.0, leik(&p), tastle_wierman(&p)],
            &[theirs.a, theirs.polarisation, theirs.leik, theirs.tastle_wierman],
        );
        found.same(&format!("{what} median"), median(&p), theirs.median);
        found.same(&format!("{what} has a range"), (!too_open, !too_open), (theirs.low.is_some(), theirs.high.is_some()));
        if let (Some(low), Some(high), true) = (theirs.low, theirs.high, what == "directions" || with_five) {
            let (slow_low, slow_high) = range(&stated, whole[5]).unwrap();
            found.near(&format!("{what} range"), &[slow_low, slow_high], &[low, high]);
            ends = if what == "directions" { Some((slow_low, slow_high)) } else { ends };
        }
        let mut without: Vec<(String, f64)> = Vec::new();
        for (at, side) in of_side.keys().enumerate() {
            let others: Vec<Shares> = all.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, shares)| *shares).collect();
            if let Some(a) = agreement(&pick(&mean(&others))) {
                without.push((if side.starts_with("alone ") { String::new() } else { (*side).to_owned() }, a));
            }
        }
        let mut their_without: Vec<(String, f64)> =
            theirs.without_side.iter().map(|(side, a)| (side.as_ref().map_or(String::new(), ToString::to_string), *a)).collect();
        for list in [&mut without, &mut their_without] {
            list.sort_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)));
        }
        let (slow_names, slow_values): (Vec<String>, Vec<f64>) = without.into_iter().unzip();
        let (their_names, their_values): (Vec<String>, Vec<f64>) = their_without.into_iter().unzip();
        found.same(&format!("{what} without sides"), slow_names, their_names);
        found.near(&format!("{what} without a side"), &slow_values, &their_values);
    }
    let band = |a: f64| {
        let from = |edge: f64| a > edge - TINY;
        if !from(0.0) {
            "divided"
        } else if !from(rule.partial.value()) {
            "diffuse"
        } else if !from(rule.broad.value()) {
            "partial"
        } else {
            "broad"
        }
    };
    let reading = match ends {
        _ if voices < u64::from(rule.least_voices) => "too few to say",
        Some((low, high)) if !too_open => {
            if band(low) == band(high) {
                band(low)
            } else {
                "over several bands"
            }
        }
        _ => "too little stated",
    };
    found.same("reading", reading.to_owned(), view.reading.to_string());
    // The smaller camp: whoever is against on a tie.
    let smaller = if whole[0] + whole[1] > whole[3] + whole[4] + TINY { 1 } else { -1 };
    let mut dissent: Vec<String> = Vec::new();
    for group in &groups {
        let rows = group.positions.iter().filter(|row| row.stance.signum() == smaller);
        dissent.extend(rows.map(|row| format!("{} {} {}", row.id, shown(group), row.stance)));
    }
    dissent.sort();
    found.same("dissent", dissent, names(&view.dissent));
    let mut apart: Vec<(String, String)> = Vec::new();
    for members in &groups {
        let institution = members.row.member_of.as_ref().and_then(|id| groups.iter().find(|group| group.row.id == *id));
        if let Some(institution) = institution.filter(|institution| institution.leans() * members.leans() == -1) {
            apart.push((shown(institution), shown(members)));
        }
    }
    apart.sort();
    let mut their_apart: Vec<(String, String)> =
        view.apart.iter().map(|one| (one.institution.to_string(), one.members.to_string())).collect();
    their_apart.sort();
    found.same("apart", apart, their_apart);
    found.lines
}

pub(crate) fn differences(study: &CaseStudy, method: &Method, assessment: &Assessment, with_five: bool) -> Vec<String> {
    let mut found = Vec::new();
    if assessment.consensus().len() != study.propositions().len() {
        found.push(format!("propositions: slow {}, crate {}", study.propositions().len(), assessment.consensus().len()));
    }
    for (proposition, told) in study.propositions().iter().zip(assessment.consensus()) {
        let rows: Vec<&Position> = study.positions().iter().filter(|row| row.proposition == proposition.id).collect();
        let inside: Vec<&Position> = rows.iter().filter(|row| counts(study, &row.when)).copied().collect();
        found.extend(compare(study, method, &inside, &told.whole, proposition.id.as_str(), with_five));
        let mut phases = told.by_phase.iter();
        for (at, phase) in study.phases().iter().enumerate() {
            let name = format!("{}/{}", proposition.id, phase.id);
            let inside: Vec<&Position> = rows.iter().filter(|row| counts_in(study, method, &row.when, at)).copied().collect();
            if inside.is_empty() {
                continue;
            }
            match phases.next().filter(|view| view.id == phase.id) {
                Some(view) => found.extend(compare(study, method, &inside, &view.view, &name, with_five)),
                None => found.push(format!("{name} is not told: slow {} positions", inside.len())),
            }
        }
        if let Some(more) = phases.next() {
            found.push(format!("{}/{} is told: slow has nothing there", proposition.id, more.id));
        }
    }
    found
}
