//! The tables: what each study rests on, then part by part.

use super::Beside;
use super::page::Page;
use super::says::{above, dimension, name, origins, proposition};
use super::words;
use peaceops::comparison::Apart;
use peaceops::comparison::congruence::PartOf;
use peaceops::comparison::dimensions::DimensionCompared;
use peaceops::comparison::relevance::On;
use peaceops::comparison::seven::{Value, WhyLeftOut};
use peaceops::id::StudyId;
use peaceops::scale::Confidence;
use peaceops::scoring::{Assessment, Headline};

/// A table with a column for each study.
fn put(beside: &Beside<'_>, rows: &[Vec<String>], page: &mut Page) {
    let names: Vec<String> = beside.compared.studies().map(|id| words::cut(&name(beside, id), 16)).collect();
    let header: Vec<&str> = std::iter::once("").chain(names.iter().map(String::as_str)).collect();
    page.matrix(2, 1, &header, rows);
}

/// A row with a cell for each study.
fn row<T>(beside: &Beside<'_>, first: String, of: impl Fn(&StudyId) -> Option<T>, tell: impl Fn(T) -> String) -> Vec<String> {
    let cells = beside.compared.studies().map(|id| of(id).map_or_else(|| ".".to_owned(), &tell));
    std::iter::once(first).chain(cells).collect()
}

/// A number from -1 to 1 in tenths: `-.4`.
fn tenths(value: f64) -> String {
    let text = format!("{:.1}", value + 0.0);
    match text.as_str() {
        "0.0" | "-0.0" => "0".to_owned(),
        "1.0" => "1".to_owned(),
        "-1.0" => "-1".to_owned(),
        _ => text.replacen("0.", ".", 1),
    }
}

/// What each study rests on: to be read first.
pub(super) fn rests_on(beside: &Beside<'_>, page: &mut Page) {
    page.blank();
    page.heading("WHAT EACH RESTS ON   (read first; % of weight of the report/its authors/outside sources/the coder)");
    let rows: Vec<Vec<String>> = beside
        .compared
        .coverage
        .iter()
        .map(|of| {
            let years = |day: String| day.split('-').next().unwrap_or_default().to_owned();
            let window = format!("{}-{}", years(of.window.first().to_string()), years(of.window.last().to_string()));
            let main = if of.main.is_empty() { String::new() } else { format!(" ({})", main(beside, &of.study)) };
            vec![
                words::cut(&name(beside, &of.study), 16),
                format!("{window}{main}"),
                of.assessed.tasks.applicable.to_string(),
                format!("{} %", words::percent(of.assessed.weight)),
                origins(&of.origins.ratings),
                origins(&of.origins.effects),
                origins(&of.origins.findings),
                origins(&of.origins.positions),
            ]
        })
        .collect();
    page.table(2, &["", "window (whole)", "tasks", "assessed", "ratings", "effects", "findings", "positions"], &rows);
}

/// The years that the whole is of.
fn main(beside: &Beside<'_>, id: &StudyId) -> String {
    let Some(study) = beside.studies.iter().map(Assessment::study).find(|study| study.study().id == *id) else { return String::new() };
    let phases: Vec<_> = study.phases().iter().filter(|phase| phase.main).collect();
    match (phases.first(), phases.last()) {
        (Some(first), Some(last)) => words::years(first, last).replace(" to ", "-"),
        _ => String::new(),
    }
}

/// Dimension by dimension.
pub(super) fn dimensions(beside: &Beside<'_>, page: &mut Page) {
    page.rule("DIMENSIONS");
    page.legend(
        "  ++ + = - -- strongly enabling to strongly constraining; [range] of the balance, -1 to 1, without any one issue; /+ /= /- the \
         verdict of the report or its authors, (+) (=) (-) another's; confidence h high, m moderate, l low, v very low.",
    );
    let rows: Vec<Vec<String>> = beside
        .compared
        .dimensions
        .iter()
        .map(|compared| {
            let cell = |id: &StudyId| {
                let of = compared.studies.iter().find(|of| of.study == *id)?;
                let verdict = of.verdict.as_ref().map_or_else(String::new, |verdict| {
                    use peaceops::scale::{Origin, Standing};
                    let sign = match verdict.standing {
                        Standing::Enabling => "+",
                        Standing::Mixed => "=",
                        Standing::Constraining => "-",
                    };
                    if matches!(verdict.origin, Origin::Report | Origin::Authors) { format!(" /{sign}") } else { format!(" ({sign})") }
                });
                let told = match (of.band, of.balance) {
                    (Some(band), Some(balance)) => {
                        format!("{:2} [{} {}]", sign(band), tenths(balance.low.value()), tenths(balance.high.value()))
                    }
                    _ => words::many(of.issues, "issue", "issues"),
                };
                let sure = of.confidence.map_or_else(String::new, |sure| format!(" {}", letter(sure)));
                Some(format!("{told}{verdict}{sure}"))
            };
            row(beside, dimension(beside, compared), cell, |told| told)
        })
        .collect();
    put(beside, &rows, page);
    let close: Vec<String> = beside.compared.dimensions.iter().flat_map(|compared| close(beside, compared)).collect();
    if !close.is_empty() {
        page.legend(&format!("  Apart by less than a tenth: {}.", close.join("; ")));
    }
}

/// Studies whose ranges lie apart by less than the table shows.
fn close(beside: &Beside<'_>, compared: &DimensionCompared) -> Vec<String> {
    let balance = |id: &StudyId| compared.studies.iter().find(|of| of.study == *id).and_then(|of| of.balance);
    let told = compared.apart.iter().filter_map(|apart| {
        let (low, high) = (balance(&apart.above)?.low.value(), balance(&apart.below)?.high.value());
        let (above, below) = (name(beside, &apart.above), name(beside, &apart.below));
        let title = words::lower_first(&dimension(beside, compared));
        (tenths(low) == tenths(high)).then(|| format!("{title} ({above} from {low:.3}, {below} to {high:.3})"))
    });
    told.collect()
}

/// `++` to `--`.
fn sign(band: peaceops::scoring::Band) -> &'static str {
    use peaceops::scoring::Band;
    match band {
        Band::StronglyEnabling => "++",
        Band::Enabling => "+",
        Band::Mixed => "=",
        Band::Constraining => "-",
        Band::StronglyConstraining => "--",
    }
}

/// `h` to `v`: the letter of a confidence.
fn letter(sure: Confidence) -> char {
    match sure {
        Confidence::High => 'h',
        Confidence::Moderate => 'm',
        Confidence::Low => 'l',
        Confidence::VeryLow => 'v',
    }
}

/// Congruence by substantive field and tier.
pub(super) fn congruence(beside: &Beside<'_>, all: bool, page: &mut Page) {
    page.rule("CONGRUENCE BY PRIORITY AND FIELD");
    page.legend("  Level, range (a absent, m marginal, p partial, s substantial, f full), % of the weight assessed; . no tasks there.");
    let compared = &beside.compared.congruence;
    let cells = |title: String, studies: &[PartOf]| {
        let of = |id: &StudyId| studies.iter().find(|of| of.study == *id);
        let tell = |of: &PartOf| {
            let weight = words::percent(of.part.weight);
            match of.part.headline {
                Headline::Known { level, low, high } => format!("{level} {} {weight}", words::letters(low, high)),
                Headline::Unknown { .. } => format!("? {weight}"),
            }
        };
        row(beside, title, of, tell)
    };
    let known = |studies: &[PartOf]| studies.iter().filter(|of| of.part.headline.level().is_some()).count();
    let shown = |studies: &[PartOf]| all || known(studies) * 2 > beside.studies.len();
    let tiers = compared.by_tier.iter().filter(|tier| all || !tier.studies.is_empty());
    let tiers = tiers.map(|tier| (format!("{} tasks", tier.tier), &tier.studies, &tier.apart));
    let fields = compared.by_field.iter().filter(|field| shown(&field.studies));
    let fields = fields.map(|field| (words::spoken(field.field.as_str()), &field.studies, &field.apart));
    let told: Vec<(String, &Vec<PartOf>, &Vec<Apart>)> = tiers.chain(fields).collect();
    let rows: Vec<Vec<String>> = told.iter().map(|(title, studies, _)| cells(title.clone(), studies)).collect();
    put(beside, &rows, page);
    let apart = told.iter().filter(|(.., apart)| !apart.is_empty()).map(|(title, _, apart)| format!("{title} ({})", above(beside, apart)));
    let apart: Vec<String> = apart.collect();
    let apart = if apart.is_empty() { "none: all overlap".to_owned() } else { apart.join("; ") };
    let rest = compared.by_field.iter().filter(|field| !shown(&field.studies)).count();
    let rest = match rest {
        0 => String::new(),
        rest => format!(" {} with a level in half of the studies or fewer (--all).", words::many(rest, "field", "fields")),
    };
    page.line(&format!("  Whole ranges apart: {apart}.{rest}"));
}

/// Gaps by kind, per task-year.
pub(super) fn gaps(beside: &Beside<'_>, page: &mut Page) {
    page.rule("GAPS IN TEN TASK-YEARS");
    page.legend("  Number, and number in ten years of a task in force; more gaps are found where more is coded.");
    let kinds = beside.compared.gaps.first().map(|of| of.by_kind.iter().map(|kind| kind.kind).collect::<Vec<_>>()).unwrap_or_default();
    let found = |id: &StudyId, kind: &str| {
        let of = beside.compared.gaps.iter().find(|of| of.study == *id)?;
        of.by_kind.iter().find(|one| one.kind == kind).copied()
    };
    let rows: Vec<Vec<String>> = kinds
        .iter()
        .map(|kind| {
            let tell = |one: peaceops::comparison::gaps::KindCount| {
                let per = one.per_task_year.map_or_else(String::new, |per| format!(" {:.1}", per * 10.0));
                format!("{}{per}", one.count)
            };
            row(beside, words::spoken(kind), |id| found(id, kind), tell)
        })
        .collect();
    put(beside, &rows, page);
}

/// Effects by target, opposite signs kept.
pub(super) fn relevance(beside: &Beside<'_>, all: bool, page: &mut Page) {
    page.rule("EFFECTS BY TARGET");
    page.legend(
        "  Reported changes better/none/worse, whoever caused them; +n told as better than without the mission, (+n) as better or no different, -n and (-n) so for worse; !n risks.",
    );
    let framework = beside.studies.first().map(|one| one.study().framework());
    let targets = beside.compared.relevance.first().map(|of| of.targets.iter().map(|target| target.on.clone()).collect::<Vec<_>>());
    let title = |on: &On| match on {
        On::Topic(topic) => {
            let found = framework.and_then(|framework| framework.topics().iter().find(|one| one.id == *topic));
            found.map_or_else(|| topic.to_string(), |one| one.title.clone())
        }
        On::Stakeholders => "Stakeholders' behaviour".to_owned(),
        On::Drivers => "Conflict drivers".to_owned(),
    };
    let found = |id: &StudyId, on: &On| {
        let of = beside.compared.relevance.iter().find(|of| of.study == *id)?;
        of.targets.iter().find(|target| target.on == *on).filter(|target| target.effects + target.risks > 0)
    };
    let rows: Vec<Vec<String>> = targets
        .unwrap_or_default()
        .iter()
        .filter(|on| all || beside.compared.studies().filter(|id| found(id, on).is_some()).count() > 1)
        .map(|on| {
            let tell = |target: &peaceops::comparison::relevance::TargetOf| {
                use peaceops::scoring::Difference;
                let count = |wanted: Difference| target.credited.get(&wanted).copied().unwrap_or(0);
                let signed = |sign: &str, count: usize| if count == 0 { String::new() } else { format!(" {sign}{count}") };
                let open = |sign: &str, count: usize| if count == 0 { String::new() } else { format!(" ({sign}{count})") };
                format!(
                    "{}/{}/{}{}{}{}{}{}",
                    target.better,
                    target.same,
                    target.worse,
                    signed("+", count(Difference::Positive)),
                    open("+", count(Difference::PositiveOrNil)),
                    signed("-", count(Difference::Negative)),
                    open("-", count(Difference::NegativeOrNil)),
                    signed("!", target.risks)
                )
            };
            row(beside, words::cut(&title(on), 30), |id| found(id, on), tell)
        })
        .collect();
    put(beside, &rows, page);
}

/// Shared propositions.
pub(super) fn views(beside: &Beside<'_>, page: &mut Page) {
    page.rule("STAKEHOLDERS ON WHAT SEVERAL STUDIES ASK");
    page.legend("  % for/against/of two minds/not stated, each side weighing the same; then voices, ! under five: too few to say; none: asked, and no answer counts.");
    let shared = &beside.compared.consensus.shared;
    let rows: Vec<Vec<String>> = shared
        .iter()
        .map(|one| {
            let of = |id: &StudyId| one.studies.iter().find(|view| view.study == *id);
            let tell = |view: &peaceops::comparison::consensus::ViewOf| {
                if view.voices == 0 {
                    return "none".to_owned();
                }
                let shares = [view.in_favour, view.against, view.unsure, view.open].map(words::percent).join("/");
                let few = if view.reading == peaceops::scoring::Reading::TooFewToSay { "!" } else { "" };
                format!("{shares} {}{few}", view.voices)
            };
            row(beside, proposition(beside, one), of, tell)
        })
        .collect();
    put(beside, &rows, page);
}

/// Do the seven explain the first?
pub(super) fn seven(beside: &Beside<'_>, page: &mut Page) {
    let Ok(seven) = &beside.seven else { return };
    page.rule("DO THE SEVEN EXPLAIN THE FIRST?");
    let rows: Vec<Vec<String>> = seven
        .associations
        .dimensions
        .iter()
        .chain((seven.associations.enabling.units > 0).then_some(&seven.associations.enabling))
        .map(|association| {
            let title = association.dimension.as_ref().map_or_else(
                || "Number that enable".to_owned(),
                |id| {
                    beside
                        .compared
                        .dimensions
                        .iter()
                        .find(|one| one.dimension == *id)
                        .map_or_else(|| id.to_string(), |one| dimension(beside, one))
                },
            );
            let mut cells = vec![title, format!("{} of {}", association.units, association.missions)];
            for correlated in &association.coefficients {
                let range = correlated.range.map_or_else(|| "-".to_owned(), |(low, high)| format!("{low:+.2} to {high:+.2}"));
                let value = correlated.value.known().map_or_else(|| "-".to_owned(), |value| format!("{value:+.2}"));
                let p = match correlated.p {
                    Value::Known { value } => format!("{value:.3}"),
                    Value::Unknown { .. } => "-".to_owned(),
                };
                cells.extend([value, range, p]);
            }
            cells
        })
        .collect();
    page.table(2, &["", "phases", "rho", "without one", "p", "tau", "without one", "p"], &rows);
    for (why, words) in [
        (&[WhyLeftOut::NoOutcome, WhyLeftOut::NoExplanatory][..], "too few issues for a band"),
        (&[WhyLeftOut::SetApart], "set apart by its study"),
    ] {
        let left = seven.left_out.iter().filter(|left| why.contains(&left.because));
        let left: Vec<String> = left.map(|left| format!("{}/{}", left.study, left.phase)).collect();
        if !left.is_empty() {
            page.line(&format!("  Left out, {words}: {}.", left.join(", ")));
        }
    }
    page.legend(&format!("  {}", seven.caution()));
}

/// What cannot be compared, and why.
pub(super) fn not_comparable(beside: &Beside<'_>, all: bool, page: &mut Page) {
    page.blank();
    page.heading("WHAT CANNOT BE COMPARED, OR ONLY WITH CARE");
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for one in &beside.compared.not_comparable {
        let kind = if all { one.what.clone() } else { one.what.split('/').next().unwrap_or_default().to_owned() };
        let who: Vec<String> = one.studies.iter().map(|id| name(beside, id)).collect();
        let who = if who.is_empty() { String::new() } else { format!("{}: ", words::list(&who)) };
        let text = format!("{who}{}", one.why);
        match groups.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, texts)) => texts.push(text),
            None => groups.push((kind, vec![text])),
        }
    }
    for (kind, mut texts) in groups {
        let count = texts.len();
        texts.truncate(if all { count } else { 1 });
        let rest = if count > texts.len() { format!(" ({} more with --all)", count - texts.len()) } else { String::new() };
        page.labelled_at(if all { 34 } else { 16 }, &words::capital(&words::spoken(&kind)), &format!("{}{rest}", texts.join("; ")));
    }
}
