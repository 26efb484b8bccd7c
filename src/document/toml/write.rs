//! The texts of a case directory.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::CaseDocument;
use crate::document::record::EvidenceRecord;

impl CaseDocument {
    /// The texts of a case directory: a name and a text for each file.
    ///
    /// Reading them gives the same document, but for the protected parts of sources, which are left out.
    /// Comments are not kept: a document has none.
    #[must_use]
    pub fn to_texts(&self) -> Vec<(String, String)> {
        self.texts(&self.evidence)
    }

    /// The texts of a case directory with the protected parts of its sources, for the keeper of the case.
    ///
    /// Whoever calls this answers for where the texts go.
    #[must_use]
    pub fn to_texts_disclosing_protected_sources(&self) -> Vec<(String, String)> {
        let disclosed: Vec<Disclosed<'_>> = self.evidence.iter().map(Disclosed::of).collect();
        self.texts(&disclosed)
    }

    fn texts(&self, evidence: &[impl Serialize]) -> Vec<(String, String)> {
        #[derive(Serialize)]
        struct Head<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            study: &'a Option<crate::document::record::StudyRecord>,
            #[serde(skip_serializing_if = "Option::is_none")]
            framework: &'a Option<crate::document::record::FrameworkRecord>,
        }
        fn table<R: Serialize>(files: &mut Vec<(String, String)>, name: &str, rows: &[R]) {
            if !rows.is_empty() {
                let text = toml::to_string(&BTreeMap::from([(name, rows)])).unwrap_or_default();
                files.push((format!("{name}.toml"), text));
            }
        }
        let head = Head { study: &self.study, framework: &self.framework };
        let mut files = vec![("study.toml".to_owned(), toml::to_string(&head).unwrap_or_default())];
        macro_rules! tables {
            (@rows evidence) => { evidence };
            (@rows $field:ident) => { &self.$field };
            ($($field:ident),*) => { $( table(&mut files, stringify!($field), tables!(@rows $field)); )* };
        }
        tables!(
            dimension,
            topic,
            mission,
            source,
            region,
            phase,
            period,
            fact,
            exclusion,
            heading,
            stakeholder,
            instrument,
            task,
            tension,
            pool,
            resource,
            capability,
            contributor,
            activity,
            driver,
            rating,
            effect,
            finding,
            claim,
            verdict,
            proposition,
            position,
            indicator,
            evidence,
            dilemma,
            option,
            dispute,
            import
        );
        #[cfg(feature = "csv")]
        if !self.observations.is_empty() {
            files.push((super::OBSERVATIONS.to_owned(), crate::document::csv::write(&self.observations)));
        }
        files
    }
}

/// An evidence record with its protected parts.
#[derive(Serialize)]
struct Disclosed<'a> {
    #[serde(flatten)]
    row: &'a EvidenceRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    protected: Option<BTreeMap<&'static str, &'a str>>,
}

impl<'a> Disclosed<'a> {
    fn of(row: &'a EvidenceRecord) -> Self {
        let parts = row.protected.as_ref().map(|parts| parts.given().map(|(name, text)| (name, text.disclose())).collect());
        Self { row, protected: parts }
    }
}
