//! One broken rule: what is wrong, what was found and what the rule is, with a stable code.

use thiserror::Error as ThisError;

use crate::problem::Visible;

/// One broken rule.
///
/// An error says *what* is wrong; *where* it is wrong in a case is said by the
/// [`Problem`](crate::Problem) that carries it. The words are for the person who wrote the file;
/// programs match on [`Error::kind`] or on the stable [`Error::code`]. They are fit for a terminal: what was found may
/// come from a stranger and is told as [`Visible`].
///
/// ```
/// use peaceops::scale::Level;
///
/// let error = "partal".parse::<Level>().unwrap_err();
/// assert_eq!(error.code(), "unknown-name");
/// assert_eq!(error.to_string(), "unknown level `partal`; the nearest is `partial`");
/// # Ok::<(), peaceops::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, ThisError)]
#[error("{}", Visible(&.0.to_string()))]
pub struct Error(Box<ErrorKind>);

impl Error {
    /// What is wrong, with its data.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// A stable code in kebab case, such as `unknown-id`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// One line of help, where there is a usual way out.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        self.0.help()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

/// Writes the kinds of error with their codes, messages and help, each once.
macro_rules! kinds {
    ($(
        $(#[$doc:meta])*
        $code:literal $name:ident { $( $(#[$fdoc:meta])* $field:ident : $kind:ty ),* $(,)? }
        => ($($message:tt)*) $(, help $help:expr)? ;
    )*) => {
        /// What is wrong, with its data.
        #[derive(Clone, Debug, PartialEq, ThisError)]
        #[non_exhaustive]
        pub enum ErrorKind { $(
            $(#[$doc])*
            #[error($($message)*)]
            $name { $( $(#[$fdoc])* $field: $kind ),* },
        )* }

        impl ErrorKind {
            /// A stable code in kebab case.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $( Self::$name { .. } => $code, )* }
            }

            /// One line of help, where there is a usual way out.
            #[must_use]
            #[allow(unused_variables, reason = "most kinds use none of their fields in the help")]
            pub fn help(&self) -> Option<String> {
                match self { $( Self::$name { $($field),* } => kinds!(@help $($help)?), )* }
            }

            /// All codes, in the order of the kinds.
            pub const CODES: &'static [&'static str] = &[$($code),*];
        }
    };
    (@help) => { None };
    (@help $help:expr) => { Some(String::from($help)) };
}

/// `; the nearest is …`, or nothing.
fn nearest(name: &Option<String>) -> String {
    name.as_ref().map_or_else(String::new, |name| format!("; the nearest is `{name}`"))
}

/// Names in back quotes, separated by commas.
fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Names in back quotes, the last after *and*.
fn both(names: &[String]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and `{last}`", quoted(first)),
        names => quoted(names),
    }
}

kinds! {
    /// The text of a file breaks the grammar of its format.
    "syntax" Syntax {
        /// What the parser says.
        message: String,
    } => ("{message}");
    /// A file is not UTF-8.
    "not-utf8" NotUtf8 {
        /// The byte at which it stops being so.
        at: usize,
    } => ("the file is not UTF-8 from byte {at} on"), help "save the file as UTF-8";
    /// A file or directory cannot be read.
    "not-read" NotRead {
        /// What the system says.
        message: String,
    } => ("cannot be read: {message}");
    /// A file that seems to belong to the case, and by its name does not.
    "misnamed-file" MisnamedFile {
        /// The name that it seems to be meant to have.
        near: String,
    } => ("no file of this name is read; the nearest is `{near}`"), help "rename it, add its rows to that file, or move it out of the case's directory";
    /// A limit on input is passed.
    "too-large" TooLarge {
        /// What is too large.
        what: &'static str,
        /// How large it is.
        found: u64,
        /// How large it may be.
        max: u64,
    } => ("{what}: {found} is above the limit of {max}"), help "the program that reads sets the limit, and can raise it";
    /// Values are nested too deeply.
    "too-deep" TooDeep {} => ("values are nested too deeply");
    /// A value has another form than its field.
    "wrong-form" WrongForm {
        /// What was found and what belongs there.
        message: String,
    } => ("{message}");
    /// A table that no case has.
    "unknown-table" UnknownTable {
        /// The table's name.
        found: String,
        /// The nearest table that exists.
        near: Option<String>,
    } => ("unknown table `{found}`{}", nearest(.near));
    /// A field that its table does not have.
    "unknown-field" UnknownField {
        /// The field's name.
        found: String,
        /// The nearest field that exists.
        near: Option<String>,
    } => ("unknown field `{found}`{}", nearest(.near));
    /// A field that has to be given is not.
    "missing-field" MissingField {
        /// The field's name.
        field: &'static str,
    } => ("`{field}` is not given");
    /// A slug that is none.
    "invalid-id" InvalidId {
        /// What was found.
        found: String,
    } => ("`{found}` is not an id"), help "an id has 1 to 64 letters, digits, `-`, `_` or `.`, and begins with a letter or digit";
    /// Two rows with one id.
    "duplicate-id" DuplicateId {
        /// The id.
        id: String,
    } => ("a second row has the id `{id}`"), help "ids are unique over all tables of a case";
    /// An id that no row has.
    "unknown-id" UnknownId {
        /// What kind of row it should be.
        what: &'static str,
        /// The id.
        found: String,
        /// The nearest id that exists.
        near: Option<String>,
    } => ("unknown {what} `{found}`{}", nearest(.near));
    /// A name that its scale or list does not have.
    "unknown-name" UnknownName {
        /// What kind of name it should be.
        what: &'static str,
        /// What was found.
        found: String,
        /// The nearest name.
        near: Option<String>,
        /// All names.
        names: Vec<String>,
    } => ("unknown {what} `{found}`{}", nearest(.near)), help format!("one of {}", quoted(names));
    /// A date that cannot be read, or does not exist.
    "no-such-date" NoSuchDate {
        /// What was found.
        found: String,
    } => ("`{found}` is not a date"), help "write `2016`, `2018-06` or `2018-06-28`";
    /// A period that cannot be read.
    "invalid-period" InvalidPeriod {
        /// What was found.
        found: String,
    } => ("`{found}` is not a period"), help match found.as_str() {
        "mission" | "current" | "undated" | "outside" => "dates belong here: write `2013-07..2015-06-19`, `2014..`, `..2017` or `2018`",
        _ => "write `2013-07..2015-06-19`, `2014..`, `..2017`, `2018`, or `mission`, `current`, `undated`, `outside`",
    };
    /// A period that is open where both ends belong.
    "open-period" OpenPeriod {
        /// What was found.
        found: String,
    } => ("`{found}` is open"), help "a phase and the study's window have both ends";
    /// A period that ends before it begins.
    "reversed-period" ReversedPeriod {
        /// Its end.
        end: String,
        /// Its start.
        start: String,
    } => ("{end} is before {start}"), help "a period ends on or after the day on which it begins";
    /// A task that an edit ends before it begins.
    "never-in-force" NeverInForce {
        /// The task.
        task: String,
        /// When it begins.
        start: String,
        /// The date on which it is dropped.
        found: String,
    } => ("the task `{task}` begins with {start}: dropped as of {found} it would never have been in force"), help "drop it on a later date, or take the row out, with what names it";
    /// Changes of a task that are not in order of time.
    "not-in-order" NotInOrder {
        /// The later entry's date.
        found: String,
        /// The date before it.
        before: String,
    } => ("{found} does not come after {before}"), help "give the changes of a task in order of time";
    /// A number that is not finite.
    "not-finite" NotFinite {
        /// What it is.
        what: &'static str,
    } => ("{what} is not finite");
    /// A text that should be a number.
    "not-a-number" NotANumber {
        /// What was found.
        found: String,
        /// What was probably meant.
        near: Option<String>,
    } => ("`{found}` is not a number"), help match near {
        Some(near) => format!("write `{near}`"),
        None => "write a number, such as `13289` or `0.7`, or `> 525`, `about 5200`, `5..20`".to_owned(),
    };
    /// A number outside its bounds.
    "out-of-range" OutOfRange {
        /// What it is.
        what: &'static str,
        /// What was found.
        found: String,
        /// Lowest value.
        min: String,
        /// Highest value.
        max: String,
    } => ("{what} {found} is not in the range {min}..={max}");
    /// A number that does not lie strictly between two others.
    "not-between" NotBetween {
        /// What it is.
        what: &'static str,
        /// What was found.
        found: String,
        /// What it has to be above.
        low: String,
        /// What it has to be below.
        high: String,
    } => ("{what} {found} does not lie strictly between {low} and {high}");
    /// A number with more decimals than are held exactly.
    "too-precise" TooPrecise {
        /// What was found.
        found: String,
    } => ("the number {found} has more than three decimals"), help "weights, shares and cut-points are held exactly, to the thousandth";
    /// A weight or share that is not positive.
    "not-positive" NotPositive {
        /// What it is.
        what: &'static str,
        /// What was found.
        found: String,
    } => ("{what} {found} is not positive");
    /// A range that does not hold its level.
    "range-excludes-level" RangeExcludesLevel {
        /// The level.
        level: String,
        /// Low end.
        low: String,
        /// High end.
        high: String,
    } => ("the range {low} to {high} does not hold {level}"), help "give `low` and `high` only where they differ from the level";
    /// Several of a set of fields, of which one belongs.
    "one-of" OneOf {
        /// What they say together.
        what: &'static str,
        /// The fields given.
        given: Vec<String>,
    } => ("{} are given together; {what} has one of them", both(.given)), help "keep the one that the source carries";
    /// None of a set of fields, of which one belongs.
    "none-of" NoneOf {
        /// What lacks them.
        what: &'static str,
        /// The fields of which one belongs.
        fields: Vec<String>,
    } => ("{what} has none of {}", quoted(.fields)), help match fields.iter().any(|field| field.ends_with("not_assessed")) {
        true => "where the source is silent, give `not_assessed` with the reason",
        false => "give one of them",
    };
    /// A judgement without a reason.
    "missing-because" MissingBecause {} => ("a rated judgement has no `because`"), help "give one sentence in your own words; where the source is silent, `not_assessed`";
    /// A row without a source.
    "missing-cite" MissingCite {
        /// How one is given there.
        give: &'static str,
    } => ("no source is cited"), help *give;
    /// A citation without a locator.
    "missing-locator" MissingLocator {
        /// The citation.
        found: String,
    } => ("`{found}` has no locator"), help "write the source, a blank and the place in it";
    /// A contested judgement with fewer than two readings.
    "too-few-readings" TooFewReadings {} => ("`contested` needs at least two different readings");
    /// The same link rated twice.
    "duplicate-rating" DuplicateRating {
        /// Subject, phase, region and link.
        what: String,
    } => ("a second rating of {what}"), help "keep one, or give both readings as `contested`";
    /// A rating of a part of a unit.
    "narrower-than-unit" NarrowerThanUnit {
        /// The region.
        region: String,
        /// The unit that it is a part of.
        unit: String,
    } => ("region `{region}` is narrower than the unit `{unit}`"), help "rate the unit, and say in `because` which part it rests on";
    /// A link that a pool does not have.
    "pool-link" PoolLink {
        /// The link.
        link: &'static str,
    } => ("a pool has no {link} link"), help "a pool is rated on resources and capabilities; rate the tasks for the rest";
    /// Rows that refer to each other in a circle.
    "circle" Circle {
        /// What refers.
        what: &'static str,
        /// The rows, the first of them again at the end.
        rows: Vec<String>,
    } => ("{what} in a circle: {}", .rows.join(" > "));
    /// A part of a part.
    "part-of-part" PartOfPart {
        /// The task that is itself a part.
        task: String,
    } => ("`{task}` is itself a part of another task"), help "name the whole that both are parts of";
    /// Days of the window that no phase holds.
    "phase-gap" PhaseGap {
        /// First day.
        first: String,
        /// Last day.
        last: String,
    } => ("no phase holds {first} to {last}"), help "phases partition the study's window";
    /// Days that two phases hold.
    "phase-overlap" PhaseOverlap {
        /// The other phase.
        other: String,
        /// First day.
        first: String,
        /// Last day.
        last: String,
    } => ("the phase overlaps `{other}` on {first} to {last}"), help "phases partition the study's window";
    /// Units that do not partition the area.
    "units" Units {
        /// What is wrong.
        message: String,
    } => ("{message}"), help "the units are the regions that partition the study's area, without one in another";
    /// A task that no instrument made.
    "no-instrument" NoInstrument {} => ("a task has no instrument"), help "give `by`, the id of the instrument, or `practice` where practice ran ahead of the text";
    /// A row dated before its mission began.
    "before-mission" BeforeMission {
        /// When it is dated.
        found: String,
        /// When the mission began.
        start: String,
    } => ("{found} is before the mission began, {start}"), help "a row from before the mission is dated `outside`";
    /// A body that authorises none of the missions.
    "not-a-body" NotABody {
        /// The body.
        found: String,
    } => ("`{found}` is none of the bodies that authorise the mission");
    /// A mission that only supports others, among those studied.
    "only-supports" OnlySupports {
        /// The mission.
        mission: String,
    } => ("`{mission}` only supports another mission, and is one of those studied"), help "leave it out of `missions` in `[study]`, or give no `supports`";
    /// A rating of a task of a mission that is not studied.
    "not-rated" NotRated {
        /// The task.
        task: String,
        /// Its mission.
        mission: String,
    } => ("`{task}` is a task of `{mission}`, which is not studied: it has no rating"), help "leave the rating out; what a source says of it is a finding or a fact";
    /// A text that is too long.
    "too-long" TooLong {
        /// What it is.
        what: &'static str,
        /// How long it is, in characters.
        found: usize,
        /// How long it may be.
        max: usize,
    } => ("{what} has {found} characters; it may have {max}");
    /// Rows of one issue with different kinds.
    "issue-two-signs" IssueTwoSigns {
        /// The issue.
        issue: String,
        /// The kind of the first row.
        first: String,
    } => ("the issue `{issue}` began as a {first}; a row of another kind belongs to another issue"), help "give opposite signs two slugs";
    /// An Admiralty pair that is none.
    "not-admiralty" NotAdmiralty {
        /// What was found.
        found: String,
    } => ("`{found}` is not an Admiralty pair"), help "a letter A to F for the source and a number 1 to 6 for what it says, such as `B2`; F and 6 cannot be judged";
    /// A place finer than may be shown of a source that is not for attribution.
    "place-too-fine" PlaceTooFine {
        /// The region.
        region: String,
        /// The level that may be shown.
        level: String,
    } => ("region `{region}` is finer than may be shown of this source: its level is {level}"), help "name a wider region, and keep the finer place in `protected.place`";
    /// Protected texts of evidence that may be attributed.
    "not-confidential" NotConfidential {} => ("the evidence has `protected` parts and is public"), help "give `confidentiality = \"not-for-attribution\"`";
    /// A text that shows what another field protects. It never repeats it.
    "shows-protected" ShowsProtected {
        /// The protected field.
        field: &'static str,
    } => ("the row shows the `{field}` that an evidence row protects"), help "name the group or the side instead";
    /// An outcome of a rival that nobody tested.
    "not-tested" NotTested {} => ("the rival has an `outcome` and no `tested`"), help "say how it was tested, or leave both out";
    /// Probabilities without the words they are told in.
    "no-scheme" NoScheme {} => ("the claim has a `prior` and no `scheme`"), help "give `scheme = \"icd-203\"` or `\"ipcc\"`: the words differ";
    /// A number that is no probability that evidence could move.
    "not-a-probability" NotAProbability {
        /// What was found.
        found: String,
    } => ("{found} is no probability between 0 and 1"), help "0 and 1 are refused: no evidence could move them";
    /// Two values where a range has its low and its high end.
    "not-a-range" NotARange {
        /// What it is of.
        what: &'static str,
        /// How many values there are.
        found: usize,
    } => ("{what} has {found} values; a range has a low and a high end"), help "give one number, or two: `[0.3, 0.5]`";
    /// A rate of a rate.
    "rate-of-rate" RateOfRate {
        /// The indicator that is a rate itself.
        found: String,
    } => ("`{found}` is a rate itself"), help "a rate is of two indicators that are observed";
    /// A stock that would be summed over time.
    "stock-summed" StockSummed {
        /// The indicator.
        indicator: String,
    } => ("`{indicator}` is a stock, which is never summed over time"), help "give `measure = \"latest\"` where the format has it, or name an indicator that is a flow";
    /// A composite that cannot be made as it is asked for.
    "not-a-composite" NotAComposite {
        /// Which part of what was asked for.
        what: String,
        /// What is wrong with it.
        message: String,
    } => ("{what}: {message}");
    /// Studies, or cases, that cannot be compared.
    "not-comparable" NotComparable {
        /// Why not.
        message: String,
    } => ("{message}");
    /// An address that leads to nothing.
    "unknown-address" UnknownAddress {
        /// The address.
        found: String,
        /// The nearest address.
        near: Option<String>,
    } => ("nothing has the address `{found}`{}", nearest(.near)), help "an address is a row's id, `P3`, `C`, `P3/C`, `P3/C/<task>`, `<dimension>/<phase>`, or as the output prints it";
}
