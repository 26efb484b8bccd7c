//! The files of a case directory, as texts.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path as FilePath;

use super::locate::Lines;
use super::{BYTES, OBSERVATIONS, bare, whole};
use crate::document::Limits;
use crate::error::ErrorKind;
use crate::problem::{Problem, Problems, nearest};

/// The files of a directory that belong to a case, with their texts.
pub(super) fn files(directory: &FilePath, limits: &Limits) -> Result<Vec<(String, String)>, Problems> {
    let alone = |problem: Problem| limits.gathered(vec![problem], 0);
    let not_listed = |error: io::Error| alone(whole(&directory.to_string_lossy(), not_read(&error)));
    let mut names: Vec<String> = Vec::new();
    let mut problems = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(not_listed)? {
        let name = entry.map_err(not_listed)?.file_name().to_string_lossy().into_owned();
        if (name.ends_with(".toml") && !name.starts_with('.')) || name == OBSERVATIONS {
            names.push(name);
        } else if let Some(near) = meant(directory, &name) {
            problems.push(whole(&name, ErrorKind::MisnamedFile { near }));
        }
    }
    names.sort();
    if problems.is_empty() && !names.iter().any(|name| name.ends_with(".toml")) {
        return Err(not_listed(io::Error::other("a case has files `*.toml`; here is none")));
    }
    let mut left = limits.bytes;
    let mut files = Vec::with_capacity(names.len());
    for name in names {
        let bytes = bytes(&directory.join(&name), left, limits).map_err(|kind| alone(whole(&name, kind)))?;
        left = left.saturating_sub(bytes.len() as u64);
        match String::from_utf8(bytes) {
            Ok(text) => files.push((name, text)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(&error.as_bytes()[..at]);
                let place = Some(Lines::new(&text).place(&name, text.len()));
                problems.push(Problem { place, ..bare(ErrorKind::NotUtf8 { at }) });
            }
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(limits.gathered(problems, 0)) }
}

/// The name that a file is meant to have, where by the name that it has it would be left out in silence.
///
/// Files of other content may lie beside a case, such as those that its imports read: a table is taken to be meant
/// as observations where its name is near, or its header has their columns.
fn meant(directory: &FilePath, name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    if name.starts_with('.') {
        return None;
    }
    if let (Some(stem), true) = (name.get(..name.len().saturating_sub(5)), lower.ends_with(".toml")) {
        return Some(format!("{stem}.toml"));
    }
    let observations =
        lower.ends_with(".csv") && (nearest(name, std::iter::once(OBSERVATIONS)).is_some() || observes(&directory.join(name)));
    observations.then(|| OBSERVATIONS.to_owned())
}

/// Whether a table has columns of observations, as far as its beginning tells.
fn observes(path: &FilePath) -> bool {
    if !std::fs::metadata(path).is_ok_and(|data| data.is_file()) {
        return false;
    }
    let mut start = Vec::new();
    if File::open(path).and_then(|file| file.take(1_000).read_to_end(&mut start)).is_err() {
        return false;
    }
    let text = String::from_utf8_lossy(&start);
    let header = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_lowercase();
    let columns: Vec<&str> = header.split([',', ';', '\t']).map(|column| column.trim_matches([' ', '"'])).collect();
    ["indicator", "when", "value"].iter().all(|column| columns.contains(column))
}

/// The bytes of a file, where there are no more than are left.
///
/// Its length is what the system says it is; a file that grows, or whose length is not known, is cut off.
fn bytes(path: &FilePath, left: u64, limits: &Limits) -> Result<Vec<u8>, ErrorKind> {
    let too_large = |size: u64| {
        let found = (limits.bytes - left).saturating_add(size);
        ErrorKind::TooLarge { what: BYTES, found, max: limits.bytes }
    };
    // Asked before it is opened: to open a pipe is to wait for somebody who writes to it.
    let data = std::fs::metadata(path).map_err(|error| not_read(&error))?;
    if !data.is_file() {
        let found = if data.is_dir() { "a directory" } else { "a pipe, a device or the like" };
        return Err(ErrorKind::NotRead { message: format!("it is {found}, and no file") });
    }
    if data.len() > left {
        return Err(too_large(data.len()));
    }
    // What the system says of its length is believed for a first MiB.
    let mut bytes = Vec::with_capacity(usize::try_from(data.len()).unwrap_or_default().min(1 << 20));
    let file = File::open(path).map_err(|error| not_read(&error))?;
    file.take(left.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| not_read(&error))?;
    if bytes.len() as u64 > left { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

fn not_read(error: &io::Error) -> ErrorKind {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or directory".to_owned(),
        _ => error.to_string(),
    };
    ErrorKind::NotRead { message }
}
