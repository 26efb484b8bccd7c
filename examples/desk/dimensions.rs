//! The eight dimensions, or those of another framework.

use super::page::Page;
use super::{sure, words};
use peaceops::scale::{FindingKind, Origin, Role};
use peaceops::scoring::dimension::{Count, Direction, Support};
use peaceops::scoring::{Assessment, Band};

pub(super) fn table(assessment: &Assessment, page: &mut Page) {
    let study = assessment.study();
    page.rule("3 THE DIMENSIONS   (o is the outcome, the others are to explain it)");
    page.legend("  -- strongly constraining  - constraining  = mixed  + enabling  ++ strongly enabling  (2) too few issues");
    let phases: Vec<String> = study.phases().iter().map(|phase| format!("{} {}", phase.id, phase.label())).collect();
    page.legend(&format!("  all: the whole; but one: any one issue left out; f/a/m: issues for, against, mixed; sure: lowest confidence that `all` needs (H, M, L, V very low); {}", phases.join(", ")));
    let several = study.units().count() > 1;
    let told = |at: usize| assessment.dimensions().iter().any(|result| result.by_region.get(at).is_some_and(|of| band(&of.count) != "."));
    let (units, silent): (Vec<_>, Vec<_>) = study.units().enumerate().filter(|_| several).partition(|(at, _)| told(*at));
    let mut header = vec![String::new(), "R report, C coder".into(), "all".into(), "but one".into(), "f/a/m".into(), "sure".into()];
    header.extend(study.phases().iter().map(|phase| phase.id.to_string()));
    header.extend(units.iter().map(|(_, unit)| unit.id.to_string()));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut rows = Vec::new();
    for (at, result) in assessment.dimensions().iter().enumerate() {
        let title = study.framework().dimension(result.id.as_str()).map_or_else(|| result.id.to_string(), |d| d.short.clone());
        let outcome = if result.role == Role::Outcome { "o" } else { "" };
        let verdict = result.verdict.as_ref().map_or_else(
            || "none stated".to_owned(),
            |verdict| {
                let standing =
                    if verdict.origin == Origin::Coder { format!("{} C", verdict.standing) } else { verdict.standing.to_string() };
                verdict.trend.map_or(standing.clone(), |trend| format!("{standing}, {trend} {}", words::origins(&[verdict.trend_origin])))
            },
        );
        let issues = |kind| result.whole.issues.get(&kind).copied().unwrap_or(0);
        let mut row = vec![
            format!("{}{outcome} {title}", at + 1),
            verdict,
            band(&result.whole),
            but_one(assessment, &result.whole),
            format!("{}/{}/{}", issues(FindingKind::Strength), issues(FindingKind::Limitation), issues(FindingKind::Mixed)),
            assessment.confidence().of_dimension(result.id.as_str()).map_or('?', |carried| sure::letter(carried.carries)).to_string(),
        ];
        row.extend(result.by_phase.iter().map(|phase| {
            let only = phase.only_region.as_ref().filter(|_| phase.count.band.is_some()).map(|id| format!(" {id}")).unwrap_or_default();
            format!("{}{only}", band(&phase.count))
        }));
        row.extend(units.iter().map(|(at, _)| result.by_region.get(*at).map_or_else(|| ".".to_owned(), |region| band(&region.count))));
        rows.push(row);
    }
    page.matrix(1, 1, &header, &rows);
    if !silent.is_empty() {
        let names: Vec<String> = silent.iter().map(|(_, unit)| words::region(study, &unit.id)).collect();
        page.legend(&format!("  Of {} alone no issue is told.", words::list(&names)));
    }
    let supported = |wanted: Support| {
        let names = assessment.dimensions().iter().enumerate();
        let found = names.filter(|(_, d)| d.verdict.as_ref().is_some_and(|v| v.trend.is_some() && v.count_trend_is == wanted));
        found.map(|(at, _)| (at + 1).to_string()).collect::<Vec<_>>()
    };
    let mut told = Vec::new();
    for (support, text) in [
        (Support::Supporting, "show the same trend"),
        (Support::Contradicting, "show the opposite trend"),
        (Support::BothWays, "go both ways"),
    ] {
        let names = supported(support);
        if !names.is_empty() {
            told.push(format!("{text} in {}", words::list(&names)));
        }
    }
    let silent = supported(Support::Silent);
    if !silent.is_empty() {
        told.push(format!("say nothing of a trend in {}", words::list(&silent)));
    }
    if !told.is_empty() {
        page.line(&format!("  Counts of dated issues {}.", told.join(", ")));
    }
    let mut beside = Vec::new();
    for (at, result) in assessment.dimensions().iter().enumerate() {
        for indicator in result.indicators.iter().filter(|indicator| matches!(indicator.direction, Direction::Better | Direction::Worse)) {
            let (Some((from, a)), Some((to, b))) = (&indicator.first, &indicator.last) else { continue };
            let way = if indicator.direction == Direction::Better { "better" } else { "worse" };
            let differs = if indicator.differs { ", unlike the stated trend" } else { "" };
            let title = words::short(study, &peaceops::id::RowId::from(&indicator.id));
            beside.push(format!("{}: {title} {a} ({from}) to {b} ({to}), {way}{differs}", at + 1));
        }
    }
    if !beside.is_empty() {
        page.line("  Indicators beside them, never mixed in:");
        let (shown, rest) = beside.split_at(beside.len().min(6));
        shown.iter().for_each(|line| page.line(&format!("  {line}")));
        if !rest.is_empty() {
            page.legend(&format!("  {} more (--json).", rest.len()));
        }
    }
}

/// The bands that the balance takes when any one issue is left out.
fn but_one(assessment: &Assessment, count: &Count) -> String {
    let Some(balance) = count.balance.filter(|_| count.band.is_some()) else { return String::new() };
    let rule = &assessment.method().balance;
    let (low, high) = (sign(balance.low.band(rule)), sign(balance.high.band(rule)));
    if low == high { low.to_owned() } else { format!("{low} to {high}") }
}

fn sign(band: Band) -> &'static str {
    match band {
        Band::StronglyConstraining => "--",
        Band::Constraining => "-",
        Band::Mixed => "=",
        Band::Enabling => "+",
        Band::StronglyEnabling => "++",
    }
}

/// The sign of a band; the number of issues where there are too few; a dot where there are none.
pub(super) fn band(count: &Count) -> String {
    let issues: usize = count.issues.iter().filter(|(kind, _)| **kind != FindingKind::Neutral).map(|(_, n)| n).sum();
    match count.band {
        Some(band) => sign(band).into(),
        None if issues == 0 => ".".into(),
        None => format!("({issues})"),
    }
}
