//! What the benches share: the case that they measure, and larger cases made from it.

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use peaceops::document::raw::PoolText;
use peaceops::document::record::RatingRecord;
use peaceops::{CaseDocument, CaseStudy};

/// Why a case cannot be measured.
pub type Failure = Box<dyn std::error::Error>;

/// The time of the shortest of some runs, after one that is not counted: what the work itself takes.
pub fn shortest<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    drop(black_box(run()));
    (0..runs).map(|_| timed(&mut run)).min().unwrap_or_default()
}

/// The time of a run.
pub fn timed<T>(run: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    drop(black_box(run()));
    start.elapsed()
}

/// The peak of resident memory so far in kB, where the system tells it.
#[must_use]
pub fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// The processor time of all threads so far, to the hundredth of a second, where the system tells it.
///
/// Unlike the time on the clock it does not pass while others have the processor.
#[must_use]
pub fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // the fields after the name, which may hold spaces: those 11 and 12 from there are hundredths of a second
    let fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(2);
    let hundredths = fields.map(|field| field.parse::<u64>().ok()).sum::<Option<u64>>()?;
    Some(Duration::from_millis(10 * hundredths))
}

/// The names and texts of the files of a case.
pub struct Texts(Vec<(String, String)>);

impl Texts {
    /// The files of the MINUSMA case, which comes with the crate.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn minusma() -> Result<Self, Failure> {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/minusma");
        let mut files = Vec::new();
        for entry in std::fs::read_dir(directory)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(".toml") || name.ends_with(".csv") {
                files.push((name, std::fs::read_to_string(&path)?));
            }
        }
        files.sort();
        Ok(Self(files))
    }

    /// The texts of a document.
    #[must_use]
    pub fn of(document: &CaseDocument) -> Self {
        Self(document.to_texts())
    }

    /// All files, as the reader takes them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The texts of the TOML files alone.
    pub fn toml(&self) -> impl Iterator<Item = &str> {
        self.iter().filter(|(name, _)| name.ends_with(".toml")).map(|(_, text)| text)
    }

    /// Bytes of all files.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.iter().map(|(_, text)| text.len()).sum()
    }
}

/// Gives copies new ids, and lets what names them follow.
struct Renaming {
    /// The ids of the rows that are copied.
    ids: HashSet<String>,
    /// What the copy's ids end with.
    suffix: String,
}

impl Renaming {
    /// Gives an id its suffix, if it is that of a copied row.
    fn one(&self, id: &mut String) {
        if self.ids.contains(id.as_str()) {
            id.push_str(&self.suffix);
        }
    }

    fn all<'a>(&self, ids: impl IntoIterator<Item = &'a mut String>) {
        ids.into_iter().for_each(|id| self.one(id));
    }

    fn rating(&self, row: &mut RatingRecord) {
        self.all(&mut row.task.0);
        self.all(&mut row.pool.0);
        for link in [&mut row.mandate, &mut row.resources, &mut row.capabilities, &mut row.activities].into_iter().flatten() {
            self.all(&mut link.rests_on);
        }
    }
}

/// Lets what a row names follow; for the types of what the list of tables says.
fn follow<R>(row: &mut R, to: &Renaming, names: impl Fn(&mut R, &Renaming)) {
    names(row, to);
}

/// Takes the list of the tables that are copied, each with what its rows name.
macro_rules! copied {
    ($($table:ident => $names:expr;)*) => {
        fn ids(document: &CaseDocument) -> HashSet<String> {
            let mut ids = HashSet::new();
            $( ids.extend(document.$table.iter().map(|row| row.id.clone())); )*
            ids
        }

        fn rename(document: &mut CaseDocument, to: &Renaming) {
            $( for row in &mut document.$table {
                to.one(&mut row.id);
                follow(row, to, $names);
            } )*
        }

        fn append(whole: &mut CaseDocument, copy: &CaseDocument) {
            $( whole.$table.extend_from_slice(&copy.$table); )*
            whole.rating.extend_from_slice(&copy.rating);
            whole.observations.extend_from_slice(&copy.observations);
        }
    };
}

copied! {
    fact => |_, _| ();
    exclusion => |row, to| to.all(&mut row.drivers);
    stakeholder => |row, to| to.all(&mut row.member_of);
    instrument => |_, _| ();
    task => |row, to| {
        to.all(&mut row.by);
        match &mut row.pool {
            Some(PoolText::Both(pool)) => to.one(pool),
            Some(PoolText::ByLink { resources, capabilities }) => to.all(resources.iter_mut().chain(capabilities)),
            None => {}
        }
        to.all(row.also_draws_on.iter_mut().chain(&mut row.replaces).chain(&mut row.refines).chain(&mut row.part_of));
        to.all(row.changes.iter_mut().filter_map(|change| change.by.as_mut()));
    };
    tension => |row, to| to.all(row.between.iter_mut().flatten().chain(&mut row.hampers));
    pool => |row, to| to.all(&mut row.part_of);
    resource => |row, to| to.all(row.pool.iter_mut().chain(&mut row.serves).chain(&mut row.by));
    capability => |row, to| to.all(row.pool.iter_mut().chain(&mut row.serves).chain(&mut row.by));
    activity => |row, to| to.all(&mut row.serves);
    driver => |row, to| to.all(row.met_by.iter_mut().chain(&mut row.met_in_part_by));
    effect => |row, to| {
        to.one(&mut row.on);
        to.all(&mut row.evidence);
    };
    finding => |row, to| {
        row.issue.push_str(&to.suffix);
        to.all(&mut row.evidence);
    };
    proposition => |_, _| ();
    claim => |row, to| {
        to.one(&mut row.effect);
        let conditions = [&mut row.theory, &mut row.implemented, &mut row.chain, &mut row.others];
        to.all(conditions.into_iter().flat_map(|condition| &mut condition.rests_on));
        to.all(row.rivals.iter_mut().flat_map(|rival| &mut rival.rests_on));
        to.all(row.tests.iter_mut().flat_map(|test| &mut test.rests_on));
    };
    position => |row, to| to.all([&mut row.group, &mut row.proposition].into_iter().chain(&mut row.evidence));
    indicator => |row, to| to.all(row.rate.iter_mut().flat_map(|rate| [&mut rate.of, &mut rate.per]));
    import => |row, to| to.one(&mut row.indicator);
    evidence => |row, to| {
        to.all(row.supports.iter_mut().chain(&mut row.contradicts));
        row.independence.iter_mut().for_each(|root| root.push_str(&to.suffix));
    };
    dilemma => |row, to| to.all(&mut row.stakes);
    option => |row, to| {
        to.all(row.family.iter_mut().chain(&mut row.drop));
        to.all(row.withdraw.iter_mut().map(|withdrawal| &mut withdrawal.pool));
    };
    dispute => |row, to| to.all(row.tasks.iter_mut().chain(&mut row.resource));
}

/// The case with so many times its rows.
///
/// Each copy has ids and issues of its own, and its rows name rows of the same copy: the rows of one
/// case, over and over. What says when, where and by which words a study is made stays as it is: its
/// head, framework, missions, sources, regions, phases, periods and verdicts.
#[must_use]
pub fn multiplied(document: &CaseDocument, times: usize) -> CaseDocument {
    let mut whole = document.clone();
    let mut to = Renaming { ids: ids(document), suffix: String::new() };
    for copy in 1..times {
        to.suffix = format!("-x{copy}");
        let mut rows = document.clone();
        rename(&mut rows, &to);
        rows.rating.iter_mut().for_each(|row| to.rating(row));
        rows.observations.iter_mut().for_each(|row| to.one(&mut row.indicator));
        append(&mut whole, &rows);
    }
    whole
}

/// So many studies that look like those of different missions, the same in each run.
///
/// Each is the case with ids of its own for study and mission, and with the kinds of its findings and the levels of its
/// ratings moved by a fixed rule, so that balances and headlines differ.
///
/// # Errors
/// Where a changed study has faults.
pub fn studies(document: &CaseDocument, n: usize) -> Result<Vec<CaseStudy>, Failure> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut tossed = move |of: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11).is_multiple_of(of)
    };
    let mut studies = Vec::with_capacity(n);
    for at in 0..n {
        let mut other = document.clone();
        let id = format!("study-{at}");
        let renamed = |mission: &String| format!("{mission}-{at}");
        if let Some(study) = &mut other.study {
            study.id = id;
            study.missions = study.missions.iter().map(renamed).collect();
        }
        other.mission.iter_mut().for_each(|row| row.id = renamed(&row.id));
        let mut flipped: HashMap<String, bool> = HashMap::new();
        for finding in &mut other.finding {
            // the rows of an issue keep one kind
            let issue = format!("{} {}", finding.dimension, finding.issue);
            let flip = *flipped.entry(issue).or_insert_with(|| tossed(4));
            finding.kind = match (flip, finding.kind.as_str()) {
                (true, "strength") => "limitation".to_owned(),
                (true, "limitation") => "strength".to_owned(),
                (_, other) => other.to_owned(),
            };
        }
        for row in &mut other.rating {
            for link in [&mut row.mandate, &mut row.resources, &mut row.capabilities, &mut row.activities].into_iter().flatten() {
                let end = if tossed(2) { &link.low } else { &link.high };
                if link.level.is_some() && end.is_some() {
                    link.level.clone_from(end);
                }
            }
        }
        studies.push(CaseStudy::try_from(other)?);
    }
    Ok(studies)
}
