//! The columns of a file by their names.

use csv::ByteRecord;

use super::region::decoded;

/// The names of a file's columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    names: Vec<String>,
}

impl Header {
    /// The names of a row, blanks round them left out.
    pub(super) fn of(record: &ByteRecord) -> Self {
        let name = |field: &[u8]| decoded(field.trim_ascii()).trim_matches(['\u{feff}', ' ']).chars().take(200).collect();
        Self { names: record.iter().map(name).collect() }
    }

    /// The names of columns that are known without a header.
    pub(super) fn known(names: &[&str]) -> Self {
        Self { names: names.iter().map(|name| (*name).to_owned()).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The name of a column.
    pub(super) fn name(&self, at: usize) -> Option<&str> {
        self.names.get(at).map(String::as_str).filter(|name| !name.is_empty())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The place of the first column with a name, large and small letters alike.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        self.names.iter().position(|found| found.eq_ignore_ascii_case(name) || found.to_lowercase() == name.to_lowercase())
    }

    /// The place of the column whose HXL tag has a tag and its attributes, and the fewest others.
    pub(super) fn tagged(&self, wanted: &str) -> Option<usize> {
        let parts = |tag: &str| -> Vec<String> { tag.split('+').map(|part| part.trim().to_ascii_lowercase()).collect() };
        let wanted = parts(wanted);
        let fits = |tag: &str| {
            let parts = parts(tag);
            let all = parts.first() == wanted.first() && wanted.iter().all(|part| parts.contains(part));
            all.then_some(parts.len())
        };
        let found = self.names.iter().enumerate().filter_map(|(at, name)| Some((fits(name)?, at)));
        found.min().map(|(_, at)| at)
    }
}

/// Whether a row is one of HXL tags: some, and nothing else.
pub(super) fn is_tags(record: &ByteRecord) -> bool {
    let mut some = false;
    record.iter().map(<[u8]>::trim_ascii).filter(|field| !field.is_empty()).all(|field| {
        let is = field.len() > 1 && field[0] == b'#' && field[1].is_ascii_alphabetic();
        some |= is;
        is
    }) && some
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_tags() {
        let header = Header::of(&ByteRecord::from(vec![" Event_Date ", "Année", "", "x"]));
        assert_eq!(header.find("event_date"), Some(0));
        assert_eq!(header.find("ANNÉE"), Some(1));
        assert_eq!(header.find("y"), None);
        assert_eq!((header.name(2), header.len()), (None, 4));
        let tags = Header::of(&ByteRecord::from(vec!["#adm1+code", "#adm1+name+fr", "#affected+idps+f", "#affected+f+idps+m", "#adm1"]));
        assert_eq!(tags.tagged("#adm1"), Some(4));
        assert_eq!(tags.tagged("#adm1+name"), Some(1));
        assert_eq!(tags.tagged("#affected+idps"), Some(2));
        assert_eq!(tags.tagged("#affected +M"), Some(3));
        assert_eq!(tags.tagged("#date"), None);
    }

    #[test]
    fn rows_of_tags() {
        let is = |fields: &[&str]| is_tags(&ByteRecord::from(fields.to_vec()));
        assert!(is(&["#date", "", "#adm1 +name"]));
        assert!(!is(&["#date", "x"]) && !is(&["", ""]) && !is(&["#1", "#"]) && !is(&["date"]));
    }
}
