//! What a request names: case directories, a file with a method.

use super::words;
use peaceops::CaseStudy;
use peaceops::scoring::Method;

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
            peaceops::Visible(&name)
        )
    })
}

/// The method of a file; the default one without a file.
pub(super) fn method(file: Option<&str>) -> Result<Method, String> {
    let Some(file) = file else { return Ok(Method::default()) };
    let text = std::fs::read_to_string(file).map_err(|error| format!("error: the method {file} cannot be read: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("error: the method {file} cannot be read: {error}"))
}
