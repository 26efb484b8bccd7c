//! The texts of a case directory.

use std::collections::BTreeMap;

use serde::Serialize;

use super::OBSERVATIONS;
use crate::document::CaseDocument;

impl CaseDocument {
    /// The texts of a case directory: a name and a text for each file.
    ///
    /// Reading them gives the same document. Comments are not kept: a document has none.
    #[must_use]
    pub fn to_texts(&self) -> Vec<(String, String)> {
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
            ($($field:ident),*) => { $( table(&mut files, stringify!($field), &self.$field); )* };
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
            stakeholder,
            instrument,
            task,
            tension,
            pool,
            resource,
            capability,
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
            dispute
        );
        #[cfg(feature = "csv")]
        if !self.observations.is_empty() {
            files.push((OBSERVATIONS.to_owned(), crate::document::csv::write(&self.observations)));
        }
        files
    }
}
