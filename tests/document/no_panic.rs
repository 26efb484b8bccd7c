//! No text makes the reader panic, and what it says of a hostile one is short and harmless to a terminal.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use crate::common::{Case, SMALL};
use peaceops::document::Limits;
use peaceops::document::raw::RangeNumbers;
use peaceops::document::record::ConfidenceRecord;
use peaceops::protected::{ProtectedSource, Secret};
use peaceops::{CaseDocument, CaseStudy};
use proptest::prelude::*;

/// Observations of the small case, which has no indicator for them but this.
const OBSERVATIONS: &str = "row,indicator,when,region,value,scope,cite,note\nO1,attacks,2014,north,\"12\",\"all, by day\",R p7,\nO2,attacks,2015,south,> 5,,R p8,\"two\nlines\"\n";

/// The indicator of the observations.
const INDICATOR: &str = "\n[[indicator]]\nid = \"attacks\"\ntitle = \"Attacks\"\nunit = \"attacks\"\nkind = \"flow\"\n";

/// Evidence and claims of the small case: every field that they can have.
const GROUNDS: &str = r#"
[[stakeholder]]
id = "people"
name = "People"
side = "north"
heads = 3

[[proposition]]
id = "better"
text = "It is better."

[[position]]
id = "pos"
group = "people"
proposition = "better"
stance = 1
when = "2014"
evidence = ["talks"]
cite = ["R p1"]

[[evidence]]
id = "talks"
title = "Talks"
kind = "interview"
when = "2014-06"
where = ["north"]
sides = ["north", "state"]
independence = "root"
admiralty = "B2"
heads = 4
confidentiality = "not-for-attribution"
place_level = "unit"
supports = ["E1"]
contradicts = ["F1"]
protected = { name = "Zanele Quince", office = "Warden", place = "Ninth Gate" }
cite = ["R p1"]

[[finding]]
id = "F2"
title = "Safer"
dimension = "protection"
issue = "safer"
kind = "strength"
salience = "minor"
when = "2014"
evidence = ["talks"]
confidence = { level = "low", by = "The coder", because = "One root" }
cite = ["R p1"]

[[claim]]
id = "C1"
effect = "E1"
title = "It helped"
short = "Helped"
theory = { state = "met", because = "Named", rests_on = ["T1"] }
implemented = { state = "partly", because = "By day", rests_on = ["A1"] }
chain = { state = "unknown", because = "Nobody says" }
others = { state = "not-met", because = "A truce", rests_on = ["talks"] }
prior = [0.3, 0.5]
scheme = "icd-203"
cite = ["R p1"]

[[claim.rivals]]
title = "A truce"
tested = "By its date"
outcome = "shares"
because = "It came first"
rests_on = ["F1"]
cite = ["R p1"]

[[claim.tests]]
kind = "hoop"
clue = "Patrols first"
outcome = "found"
because = "Their dates"
package = "dates"
sensitivity = 0.9
false_positive = [0.2, 0.4]
rests_on = ["A1"]
"#;

/// The small case with evidence and claims.
fn grounds(text: &str) -> Case {
    Case::small().with("grounds.toml", text)
}

/// More than any problem takes, hostile or not, if it is not deeply nested.
const LONGEST: usize = 8_000;

/// Whether a terminal would act on a character, or show text in another order for it.
fn acts(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Reads a case; whatever is said of it is bounded and harmless.
#[track_caller]
fn harmless(case: &Case) -> Option<String> {
    let problems = CaseStudy::from_texts(case.texts()).err();
    let form = CaseDocument::from_texts(case.texts()).err();
    assert!(form.is_none() || problems.is_some(), "a document that cannot be read makes no study");
    let problems = problems?;
    for problem in problems.iter() {
        let (lines, length) = (problem.to_string().lines().count(), problem.to_string().chars().count());
        assert!((1..=5).contains(&lines), "{lines} lines: {problem}");
        assert!(length <= LONGEST + 64 * 10 * problem.path.segments().len(), "{length} characters: {problem}");
        let lines = case.0.iter().map(|(_, text)| text.lines().count()).max().unwrap_or(0) + 1;
        assert!(problem.place.as_ref().is_none_or(|place| place.line <= lines), "{problem}");
    }
    let text = problems.to_string();
    assert!(!text.chars().any(acts), "{text:?}");
    Some(text)
}

fn small() -> Case {
    Case::small().append("case.toml", INDICATOR).with("observations.csv", OBSERVATIONS)
}

#[test]
fn the_small_case_is_read() {
    assert_eq!(small().study().observations().len(), 2);
}

#[test]
fn every_beginning_of_a_case() {
    for (end, _) in SMALL.char_indices() {
        harmless(&Case::one("case.toml", &SMALL[..end]));
    }
    for (end, _) in OBSERVATIONS.char_indices() {
        harmless(&Case::small().append("case.toml", INDICATOR).with("observations.csv", &OBSERVATIONS[..end]));
    }
}

#[test]
fn every_line_left_out_or_twice() {
    let lines: Vec<&str> = SMALL.lines().collect();
    for at in 0..lines.len() {
        let mut fewer = lines.clone();
        fewer.remove(at);
        harmless(&Case::one("case.toml", &fewer.join("\n")));
        let mut more = lines.clone();
        more.insert(at, lines[at]);
        harmless(&Case::one("case.toml", &more.join("\n")));
    }
}

#[test]
fn every_quoted_text_replaced_by_a_hostile_one() {
    let long = "x".repeat(10_000);
    let hostile = [
        "",
        " ",
        "\\u001B[2J\\u001B[31m",
        "\\n\\nerror: 0 problems",
        "\\u202Etxt.exe",
        "\\u061C\\u2066",
        "\\u0000",
        "\\u009B31m",
        "\u{feff}",
        "\u{e0041}",
        &long,
        "9999-99-99",
        "..",
        "-1",
        "P1",
    ];
    let quotes: Vec<usize> = SMALL.match_indices('"').map(|(at, _)| at).collect();
    for pair in quotes.chunks_exact(2) {
        for text in hostile {
            let case = format!("{}{text}{}", &SMALL[..=pair[0]], &SMALL[pair[1]..]);
            harmless(&Case::one("case.toml", &case));
        }
    }
}

#[test]
fn every_value_replaced_by_another_kind() {
    let lines: Vec<&str> = SMALL.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some((key, _)) = line.split_once(" = ") else { continue };
        for value in [
            "0",
            "-1",
            "1e400",
            "nan",
            "-inf",
            "9223372036854775807",
            "true",
            "[]",
            "[[]]",
            "{}",
            "{ a.b = 1 }",
            "1979-05-27T07:32:00Z",
            "07:32:00",
            "\"\"\"\n\"\"\"",
        ] {
            let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            lines[at] = format!("{key} = {value}");
            harmless(&Case::one("case.toml", &lines.join("\n")));
        }
    }
}

#[test]
fn every_beginning_of_evidence_and_claims() {
    grounds(GROUNDS).study();
    for (end, _) in GROUNDS.char_indices() {
        harmless(&grounds(&GROUNDS[..end]));
    }
}

#[test]
fn every_line_of_evidence_and_claims_left_out_or_twice() {
    let lines: Vec<&str> = GROUNDS.lines().collect();
    for at in 0..lines.len() {
        let mut fewer = lines.clone();
        fewer.remove(at);
        harmless(&grounds(&fewer.join("\n")));
        let mut more = lines.clone();
        more.insert(at, lines[at]);
        harmless(&grounds(&more.join("\n")));
    }
}

#[test]
fn every_text_of_evidence_and_claims_replaced_by_a_hostile_one() {
    let long = "x".repeat(10_000);
    let hostile = [
        "",
        " ",
        "\\u001B[2J\\u001B[31m",
        "\\n\\nerror: 0 problems",
        "\\u202Etxt.exe",
        "\\u0000",
        "\u{301}",
        "\u{e0041}",
        &long,
        "..",
        "-1",
        "P1",
        "E1",
        "talks",
    ];
    let quotes: Vec<usize> = GROUNDS.match_indices('"').map(|(at, _)| at).collect();
    for pair in quotes.chunks_exact(2) {
        for text in hostile {
            harmless(&grounds(&format!("{}{text}{}", &GROUNDS[..=pair[0]], &GROUNDS[pair[1]..])));
        }
    }
}

/// Values of every kind, sound and not.
const VALUES: [&str; 22] = [
    "0",
    "-1",
    "1",
    "0.5",
    "1e400",
    "nan",
    "-inf",
    "5e-324",
    "9223372036854775807",
    "true",
    "[]",
    "[[]]",
    "[0.1, 0.2, 0.3]",
    "[nan, 0.5]",
    "[0.9, 0.1]",
    "{}",
    "{ a.b = 1 }",
    "1979-05-27T07:32:00Z",
    "\"\"\"\n\"\"\"",
    "[\"talks\"]",
    "{ level = \"low\" }",
    "{ name = \"E1\" }",
];

#[test]
fn every_value_of_evidence_and_claims_replaced_by_another_kind() {
    let lines: Vec<&str> = GROUNDS.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some((key, _)) = line.split_once(" = ") else { continue };
        for value in VALUES {
            let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            lines[at] = format!("{key} = {value}");
            harmless(&grounds(&lines.join("\n")));
        }
    }
}

#[test]
fn many_names_and_many_texts_are_looked_through_in_time() {
    // Every protected name is looked for in every row, and none of them is there.
    let rows: String = (0..2_000)
        .map(|n| {
            format!(
                "\n[[evidence]]\nid = \"e{n}\"\ntitle = \"Quince {0}\"\nkind = \"interview\"\nconfidentiality = \"not-for-attribution\"\nprotected = {{ name = \"Quince quince quince person{n}\" }}\ncite = [\"R 1\"]\n",
                "quince ".repeat(30)
            )
        })
        .collect();
    assert_eq!(grounds(&rows).study().evidence().len(), 2_000);
}

#[test]
fn hostile_names() {
    let escape = "\u{1b}[2J\u{1b}[31m\u{202e}\u{7}";
    let long = "n".repeat(10_000);
    let more = format!("\n\"{long}\" = 1\n");
    let cases = [
        // A file's name.
        Case::one(&format!("{escape}\n.toml"), "x"),
        Case::one(&format!("{long}.toml"), "[[x]]\n"),
        // A table's, and that of a field, inside a field too.
        Case::small().append("case.toml", &format!("\n[[\"\\u001B[2J\\n{long}\"]]\nid = 1\n")),
        Case::small().append("case.toml", &more),
        Case::small().patch("case.toml", "observed = {", &format!("observed = {{ \"\\u202E{long}\" = 1, ")),
        Case::small().patch("case.toml", "salience", &format!("\"{long}\"")),
        // A region as a key, a figure's name, and a field of a known name in the wrong place.
        Case::small().append(
            "case.toml",
            &format!("\n[[driver]]\nid = \"d\"\ntitle = \"d\"\nsince = {{ \"\\u0007{long}\" = \"2012\" }}\ncite = [\"R 1\"]\n"),
        ),
        Case::small().append(
            "case.toml",
            &format!("\n[[resource]]\nid = \"r\"\nstatus = \"needed\"\namount = {{ \"\\u0007{long}\" = 1 }}\ncite = [\"R 1\"]\n"),
        ),
        // A column and a cell.
        small().patch("observations.csv", "scope", &format!("{escape}{long}")),
        small().patch("observations.csv", "attacks,2014", &format!("{escape}{long},{long}")),
        small().patch("observations.csv", "\"12\"", &format!("\"{escape}\n{long}\"")),
        small().patch("observations.csv", "R p7", &format!("{escape}{long}; {long}")),
        // Rows of a rating, which name it in words.
        Case::small().patch("case.toml", "task = \"T1\"\nphase", &format!("task = [{}]\nphase", "\"\\u001B\",".repeat(5_000))),
    ];
    for case in cases {
        let said = harmless(&case).expect("every one has a fault");
        assert!(!said.contains(&"n".repeat(500)), "{said}");
    }
}

#[test]
fn a_circle_of_many_rows_is_cut() {
    let tasks: String = (0..50)
        .map(|n| {
            let next = (n + 1) % 50;
            format!(
                "\n[[task]]\nid = \"t{n}-{0}\"\ntitle = \"T\"\nshort = \"T\"\nfield = \"f\"\nwhen = \"2014\"\nby = \"practice\"\ntier = \"core\"\nwhere = [\"north\"]\nreplaces = [\"t{next}-{0}\"]\ncite = [\"R 1\"]\n",
                "x".repeat(20),
            )
        })
        .collect();
    let said = harmless(&Case::small().append("case.toml", &tasks)).unwrap();
    assert!(said.contains("> …"), "{said}");
}

#[test]
fn very_deep_and_very_wide() {
    let row = |value: &str| Case::small().append("case.toml", &format!("\n[[fact]]\nid = \"f\"\nvalue = {value}\n"));
    harmless(&row(&"[".repeat(100_000)));
    harmless(&row(&"{a=".repeat(100_000)));
    harmless(&row(&format!("[{}]", "1,".repeat(100_000))));
    harmless(&row(&format!("{{ {}x = 1 }}", "a.".repeat(100_000))));
    harmless(&Case::one("case.toml", &"[a]\n".repeat(10_000)));
    harmless(&Case::one("case.toml", &format!("[{}a]\n", "a.".repeat(10_000))));
    harmless(&Case::one("case.toml", &"[[fact]]\nx = 1\n".repeat(10_000)));
    harmless(&Case::one("observations.csv", &",".repeat(100_000)));
    harmless(&Case::one("observations.csv", &"\"".repeat(99_999)));
    harmless(&Case::one("observations.csv", &format!("indicator,when,value,cite\n{}", "a,b,c,d\n".repeat(10_000))));
}

#[test]
fn limits_of_nothing() {
    let limits = Limits { bytes: 0, rows: 0, problems: 0 };
    assert_eq!(CaseStudy::from_texts_with(Case::small().texts(), &limits).unwrap_err().len(), 1);
    assert!(CaseStudy::from_texts_with([], &limits).is_err());
    let limits = Limits { problems: 0, ..Limits::default() };
    assert_eq!(CaseStudy::from_texts_with([("a.toml", "x = 1\ny = 2\n")], &limits).unwrap_err().len(), 3);
}

/// Text that looks like a case more often than chance would have it.
fn case_like() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("[study]\n"),
        Just("[[task]]\n"),
        Just("[[region]]\n"),
        Just("[[rating]]\n"),
        Just("[[effect]]\n"),
        Just("[rating.mandate]\n"),
        Just("[[task.changes]]\n"),
        Just("id = \"N\"\n"),
        Just("id = "),
        Just("\"N\""),
        Just("in = \"N\"\n"),
        Just("unit = true\n"),
        Just("when = \"2013..2012\"\n"),
        Just("when = \"2014..\"\n"),
        Just("share = nan\n"),
        Just("level = \"full\"\n"),
        Just("= "),
        Just("{ "),
        Just("} "),
        Just("["),
        Just("]"),
        Just("[["),
        Just("]]"),
        Just("\""),
        Just("'''"),
        Just("\"\"\""),
        Just(","),
        Just("."),
        Just("\n"),
        Just("\r\n"),
        Just("\u{feff}"),
        Just("#"),
        Just("\\"),
        Just("1"),
        Just("2016-02-30"),
        Just("é\u{202e}"),
        Just("\0"),
    ];
    prop::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

/// A text with some of its bytes changed, made UTF-8 again.
fn edited(text: &'static str) -> impl Strategy<Value = String> {
    let edit = (0..text.len(), 0..3_u8, any::<u8>());
    prop::collection::vec(edit, 1..8).prop_map(move |edits| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, kind, byte) in edits {
            let at = at % bytes.len().max(1);
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// A value of a field.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(&VALUES).prop_map(str::to_owned),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| format!("{number:?}").replace("NaN", "nan")),
        "[a-zA-Z0-9 .:-]{0,12}".prop_map(|text| format!("\"{text}\"")),
        prop::collection::vec(0.0..=1.0_f64, 0..4).prop_map(|numbers| format!("{numbers:?}")),
        prop::collection::vec("[a-zA-Z0-9]{0,3}", 0..4).prop_map(|texts| format!("{texts:?}")),
        ("[a-z_]{1,8}", "[a-z]{0,4}").prop_map(|(key, text)| format!("{{ {key} = \"{text}\" }}")),
        "[ -~]{0,12}",
    ]
}

/// A name of a scale of evidence, an id, or anything.
fn name() -> impl Strategy<Value = String> {
    const NAMES: [&str; 18] = [
        "met",
        "partly",
        "unknown",
        "hoop",
        "found",
        "shares",
        "ruled-out",
        "icd-203",
        "ipcc",
        "A1",
        "F6",
        "public",
        "not-for-attribution",
        "any",
        "unit",
        "E1",
        "talks",
        "low",
    ];
    prop_oneof![3 => prop::sample::select(&NAMES).prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(name in "\\PC{0,12}", text in any::<String>()) {
        harmless(&Case::one(&name, &text));
        harmless(&Case::one("observations.csv", &text));
        harmless(&Case::small().with(&name, &text));
    }

    #[test]
    fn text_like_a_case(text in case_like(), more in case_like()) {
        harmless(&Case::one("case.toml", &text));
        harmless(&Case::small().append("case.toml", &text));
        harmless(&Case::one("a.toml", &more).with("case.toml", &text).with("observations.csv", &more));
    }

    #[test]
    fn edited_bytes(text in edited(SMALL)) {
        harmless(&Case::one("case.toml", &text));
    }

    #[test]
    fn edited_bytes_of_evidence_and_claims(text in edited(GROUNDS)) {
        harmless(&grounds(&text));
    }

    #[test]
    fn any_values_of_evidence_and_claims(changes in prop::collection::vec((any::<prop::sample::Index>(), value()), 1..6)) {
        let mut lines: Vec<String> = GROUNDS.lines().map(str::to_owned).collect();
        let fields: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains(" = ")).collect();
        for (at, value) in changes {
            let line = &mut lines[*at.get(&fields)];
            let key = line.split(" = ").next().unwrap_or_default().to_owned();
            *line = format!("{key} = {value}");
        }
        harmless(&grounds(&lines.join("\n")));
    }

    #[test]
    fn any_record_of_evidence_and_claims(
        texts in prop::collection::vec(any::<String>(), 12),
        names in (name(), name(), name(), name(), name(), name()),
        numbers in prop::collection::vec(prop_oneof![any::<f64>(), 0.0..=1.0], 0..5),
        counts in (any::<i64>(), any::<i64>(), any::<i64>()),
    ) {
        let mut document = CaseDocument::from_texts(grounds(GROUNDS).texts()).unwrap();
        document.study.as_mut().unwrap().least_heads = Some(counts.0);
        document.stakeholder[0].heads = Some(counts.1);
        let row = &mut document.evidence[0];
        (row.admiralty, row.confidentiality, row.place_level) = (Some(names.0.clone()), Some(names.1.clone()), Some(names.2.clone()));
        (row.independence, row.sides, row.heads) = (Some(texts[0].clone()), texts[1..4].to_vec(), Some(counts.2));
        (row.supports, row.contradicts) = (vec![names.3.clone(), texts[4].clone()], texts[5..7].to_vec());
        row.protected = Some(ProtectedSource { name: Secret::from(texts[7].as_str()), office: Secret::from(names.4.as_str()), place: Secret::from(texts[8].as_str()) });
        let claim = &mut document.claim[0];
        (claim.effect, claim.theory.state, claim.theory.rests_on) = (names.4.clone(), names.5.clone(), texts[9..11].to_vec());
        (claim.prior, claim.scheme) = (Some(RangeNumbers(numbers.clone())), Some(names.3.clone()));
        (claim.rivals[0].outcome, claim.rivals[0].tested) = (Some(names.2.clone()), Some(texts[11].clone()));
        (claim.tests[0].kind, claim.tests[0].package, claim.tests[0].sensitivity) = (names.1.clone(), Some(names.0.clone()), Some(RangeNumbers(numbers)));
        document.finding[0].confidence = Some(ConfidenceRecord { level: names.0, by: texts[0].clone(), because: texts[1].clone() });
        match CaseStudy::try_from(&document) {
            Ok(study) => drop(study.assess(&peaceops::scoring::Method::default()).explain("C1").map(|tree| tree.to_string())),
            Err(problems) => {
                let text = problems.to_string();
                prop_assert!(!text.chars().any(acts), "{:?}", text);
                prop_assert!(text.len() < 60_000);
            }
        }
        drop(document.to_texts_disclosing_protected_sources());
    }

    #[test]
    fn edited_observations(text in edited(OBSERVATIONS)) {
        harmless(&Case::small().append("case.toml", INDICATOR).with("observations.csv", &text));
    }
}
