//! What a request names: case directories, a file with a method.

use super::words;
use lexopt::ValueExt;
use peaceops::scoring::{Assessment, Method};
use peaceops::{CaseStudy, Visible};

/// What asks for draws is told where they are made.
#[cfg(not(feature = "monte-carlo"))]
pub(super) const NO_DRAWS: &str = "error: `--uncertainty` needs the feature `monte-carlo`, or `parallel` for several threads:\n  \
     cargo run --release --features parallel --example NAME -- --uncertainty 100000";

/// The study of a case directory, or everything that is wrong with it.
pub(super) fn read(directory: &str) -> Result<CaseStudy, String> {
    CaseStudy::read(directory).map_err(|problems| {
        let name = std::path::Path::new(directory).file_name().map_or_else(|| directory.into(), |name| name.to_string_lossy());
        let (count, files) = (problems.len(), problems.files().max(1));
        let of_files = words::many(files, "file", "files");
        format!(
            "error: {} in {of_files} of {}; nothing was assessed\n\n{problems} Exit status 2.",
            words::many(count, "problem", "problems"),
            Visible(&name)
        )
    })
}

/// The method of a file; the default one without a file.
pub(super) fn method(file: Option<&str>) -> Result<Method, String> {
    let Some(file) = file else { return Ok(Method::default()) };
    let unread = |what: String| format!("error: the method {} cannot be read: {}", Visible(file), Visible(&what));
    let text = std::fs::read_to_string(file).map_err(|error| unread(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| unread(error.to_string()))
}

/// The whole number of an option.
pub(super) fn number(option: &str, least: u64, args: &mut lexopt::Parser) -> Result<u64, lexopt::Error> {
    let given = args.value()?.string()?;
    let wrong = || format!("`--{option}` takes a whole number from {least} to {}, not `{given}`", u64::MAX);
    given.parse().ok().filter(|number| *number >= least).ok_or_else(|| wrong().into())
}

/// The tree behind an address, or why there is none.
pub(super) fn tree(assessment: &Assessment, address: &str) -> Result<String, String> {
    assessment.explain(address).map(|tree| tree.to_string()).map_err(|error| {
        let help = error.help().map_or_else(String::new, |help| format!("\n  help: {}", Visible(&help)));
        format!("error: {error}{help}")
    })
}

/// That of the options that are given no two ask for different answers, and none says nothing beside another.
pub(super) fn agree(answers: &[&str], draws: Option<u64>, seed: Option<u64>) -> Result<(), String> {
    if let [one, other, ..] = answers {
        return Err(format!("error: `{one}` and `{other}` ask for different answers; give one of them"));
    }
    match (answers, draws, seed) {
        (_, None, Some(_)) => Err("error: `--seed` is of draws; give `--uncertainty N` with it".into()),
        ([one @ ("--explain" | "--check" | "--ratings-csv" | "--phase" | "--region")], Some(_), _) => {
            Err(format!("error: `{one}` tells nothing of draws; leave `--uncertainty` out"))
        }
        _ => Ok(()),
    }
}
