//! A study gives back the records that it came from: texts, records and JSON all read as the same study.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use crate::common::Case;
use peaceops::document::raw::{DateText, ListText, PoolText, QuantityText, RangeNumbers};
use peaceops::document::record::*;
use peaceops::protected::{ProtectedSource, Secret};
use peaceops::{CaseDocument, CaseStudy};
use proptest::prelude::*;

/// Texts as the reader takes them.
fn borrowed(texts: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))
}

/// The document that the written texts of a document make.
#[track_caller]
fn written_and_read(document: &CaseDocument) -> CaseDocument {
    CaseDocument::from_texts(borrowed(&document.to_texts())).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn minusma_through_its_texts() {
    let study = Case::minusma().study();
    let document = CaseDocument::from(&study);
    assert!(CaseStudy::try_from(&document).unwrap() == study);
    let texts = document.to_texts();
    assert!(CaseStudy::from_texts(borrowed(&texts)).unwrap() == study);
    assert!(written_and_read(&document) == document);
    // What was written once is written the same way again.
    assert!(CaseDocument::from(&CaseStudy::try_from(&document).unwrap()).to_texts() == texts);
}

#[test]
fn minusma_as_its_author_wrote_it() {
    // Every row of the files is a row of the study, in the same order.
    let case = Case::minusma();
    let written = CaseDocument::from_texts(case.texts()).unwrap();
    let kept = CaseDocument::from(&case.study());
    assert_eq!(written.rows(), kept.rows());
    assert!(CaseStudy::try_from(&written).unwrap() == case.study());
    assert!(written_and_read(&written) == written);
    // But for what is redundant, rows are kept as they were written.
    assert!(written.task == kept.task);
    assert!(written.finding == kept.finding);
    assert!(written.position == kept.position);
    assert!(written.instrument == kept.instrument);
    assert!(written.source == kept.source);
}

#[test]
fn minusma_through_json() {
    let study = Case::minusma().study();
    let document = CaseDocument::from(&study);
    let json = serde_json::to_string(&document).unwrap();
    let read: CaseDocument = serde_json::from_str(&json).unwrap();
    assert!(read == document);
    assert!(CaseStudy::try_from(read).unwrap() == study);
}

#[test]
fn minusma_through_a_directory() {
    let study = Case::minusma().study();
    let directory = std::env::temp_dir().join(format!("peaceops-roundtrip-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    for (name, text) in CaseDocument::from(&study).to_texts() {
        std::fs::write(directory.join(name), text).unwrap();
    }
    let read = CaseStudy::read(&directory);
    std::fs::remove_dir_all(&directory).unwrap();
    assert!(read.unwrap() == study);
}

#[test]
fn json_is_as_strict_as_the_files() {
    let unknown = serde_json::from_str::<CaseDocument>(r#"{ "task": [{ "id": "T1", "titel": "Protect" }] }"#);
    assert!(unknown.unwrap_err().to_string().contains("unknown field `titel`"));
    let unknown = serde_json::from_str::<CaseDocument>(r#"{ "tasks": [] }"#);
    assert!(unknown.unwrap_err().to_string().contains("unknown field `tasks`"));
    let study: CaseDocument = serde_json::from_str(r#"{ "instrument": [{ "id": "R1", "adopted": 2013 }] }"#).unwrap();
    assert_eq!(study.instrument[0].adopted, DateText("2013".into()));
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

/// The small case, built in code.
fn built() -> CaseDocument {
    let region = |id: &str, name: &str, within: Option<&str>| RegionRecord {
        id: id.into(),
        name: name.into(),
        r#in: within.map(str::to_owned),
        unit: within.is_some(),
        ..Default::default()
    };
    let phase = |id: &str, when: &str| PhaseRecord { id: id.into(), when: when.into(), ..Default::default() };
    CaseDocument {
        study: Some(StudyRecord {
            id: "small".into(),
            title: "A small study".into(),
            framework: "epon-2019".into(),
            missions: texts(["m"]),
            when: "2013-07-01..2015-12-31".into(),
            area: "land".into(),
            ..Default::default()
        }),
        mission: vec![MissionRecord {
            id: "m".into(),
            name: "A mission".into(),
            host: "A host state".into(),
            authorised_by: texts(["un-sc"]),
            when: "2013-07-01..2016".into(),
            cite: texts(["R p1"]),
            ..Default::default()
        }],
        source: vec![SourceRecord { id: "R".into(), origin: "report".into(), title: "The report".into(), ..Default::default() }],
        region: vec![
            region("land", "The land", None),
            region("north", "The north", Some("land")),
            region("south", "The south", Some("land")),
        ],
        phase: vec![phase("P1", "2013-07-01..2014-06-30"), phase("P2", "2014-07-01..2015-12-31")],
        instrument: vec![InstrumentRecord {
            id: "res-1".into(),
            body: "un-sc".into(),
            number: "1".into(),
            adopted: "2013-04-25".into(),
            cite: texts(["R p2"]),
            ..Default::default()
        }],
        pool: vec![PoolRecord { id: "force".into(), title: "The force".into(), ..Default::default() }],
        task: vec![TaskRecord {
            id: "T1".into(),
            title: "Protect civilians".into(),
            short: "Protect civilians".into(),
            field: "protection".into(),
            when: "2013-07-01..".into(),
            by: Some("res-1".into()),
            tier: "core".into(),
            r#where: texts(["north", "south"]),
            pool: Some("force".into()),
            cite: texts(["R p3"]),
            ..Default::default()
        }],
        activity: vec![ActivityRecord {
            id: "A1".into(),
            title: "Patrols".into(),
            when: Some("2014".into()),
            r#where: texts(["north"]),
            serves: texts(["T1"]),
            cite: texts(["R p4"]),
            ..Default::default()
        }],
        rating: vec![RatingRecord {
            task: "T1".into(),
            phase: "P1".into(),
            activities: Some(JudgementRecord {
                level: Some("partial".into()),
                low: Some("marginal".into()),
                because: Some("By day only".into()),
                rests_on: texts(["A1"]),
                ..Default::default()
            }),
            ..Default::default()
        }],
        effect: vec![EffectRecord {
            id: "E1".into(),
            title: "Fewer attacks".into(),
            on: "violence".into(),
            r#where: texts(["north"]),
            when: "2014..2015".into(),
            observed: Some(ChangeRecord { change: Some(1), because: Some("Fewer than before".into()), ..Default::default() }),
            contribution: Some(ContributionRecord { grade: "enabling".into(), ..Default::default() }),
            cite: texts(["R p5"]),
            ..Default::default()
        }],
        finding: vec![FindingRecord {
            id: "F1".into(),
            title: "People near the bases are safer".into(),
            dimension: "protection".into(),
            issue: "bases".into(),
            kind: "strength".into(),
            salience: "major".into(),
            when: "2014..".into(),
            cite: texts(["R p6"]),
            ..Default::default()
        }],
        ..Default::default()
    }
}

#[test]
fn built_in_code() {
    let document = built();
    let study = CaseStudy::try_from(&document).unwrap();
    assert_eq!(study, Case::small().study());
    assert_eq!(document, CaseDocument::from_texts(Case::small().texts()).unwrap());
    assert_eq!(written_and_read(&document), document);
    assert_eq!(CaseStudy::try_from(CaseDocument::from(&study)).unwrap(), study);
    assert_eq!(CaseStudy::from_texts(borrowed(&CaseDocument::from(&study).to_texts())).unwrap(), study);
}

#[test]
fn faults_of_a_document_built_in_code_have_paths_and_no_places() {
    let mut document = built();
    document.task[0].by = Some("res-2".into());
    document.rating[0].phase = ListText(texts(["P1", "P4"]));
    document.finding.push(document.finding[0].clone());
    let problems = CaseStudy::try_from(&document).unwrap_err();
    assert!(problems.iter().all(|problem| problem.place.is_none()));
    insta::assert_snapshot!(problems, @"
    task[0].by (T1)
      unknown instrument `res-2`; the nearest is `res-1` [unknown-id]
      see: it stands at instrument[0]

    rating[0].phase[1] (T1, P1+P4)
      unknown phase `P4`; the nearest is `P1` [unknown-id]
      see: it stands at phase[0]

    finding[1].id (F1)
      a second row has the id `F1` [duplicate-id]
      see: the first is finding[0]
      help: ids are unique over all tables of a case

    3 faults of meaning.
    ");
}

/// A framework of the case's own, and every way in which a row can be written.
#[test]
fn everything_that_a_row_can_hold() {
    let own = r#"
[framework]
id = "ours"
version = "2022"
title = "Our own"
maps_to = "epon-2019"

[[dimension]]
id = "safety"
title = "Safety"
role = "outcome"
question = "Are people safer?"
maps_to = ["protection"]

[[dimension]]
id = "trust"
title = "Trust between the mission and the people"
short = "Trust"
role = "explanatory"
question = "Do people trust the mission?"

[[topic]]
id = "violence"
title = "Violence"
core = true
"#;
    let rows = r##"
[[source]]
id = "C"
origin = "coder"
title = "Notes"
url = "https://example.org/?a=1&b=2#c"
date = 2019-05-01
text = """
Two lines,
with "quotes", a \\ and a tab:	."""
side = "analysts"
independence = "desk"
admiralty = "A6"

[[region]]
id = "town"
row = "REG-1"
name = "A town"
in = "north"
share = 0.25
origin = "coder"

[[period]]
id = "turn"
title = "A turn"
when = "2014.."
of = "safety"
cite = ["C by heart"]

[[fact]]
id = "fact"
title = "A figure"
value = "> 525"
unit = "persons"
when = "outside"
where = ["town"]
cite = ["R p9"]
origin = "coder"

[[exclusion]]
id = "out"
title = "Not this"
drivers = ["driver"]
cite = ["R p9"]

[[stakeholder]]
id = "people"
name = "People of the north"
short = "People"
side = "population"
kind = "residents"
where = ["north"]
member_of = "state"
individual = true
heads = 3
text = "Those who stayed"

[[stakeholder]]
id = "state"
name = "The state"
author = true
heads = 0

[[task]]
id = "T2"
title = "Watch a ceasefire"
short = "Ceasefire"
field = "politics"
modality = "monitor"
when = "2014..2015"
by = "practice"
tier = "additional"
where = ["land"]
pool = { resources = "force", capabilities = "air" }
also_draws_on = ["air"]
replaces = ["T1"]
refines = "T1"
end_not_confirmed = true
condition = "Where both sides agree"
text = "From 2014"
cite = ["R p9"]
changes = [
  { from = "2014-06", by = "res-1", tier = "strategic", where = ["north"], text = "Now first", cite = ["R p9"], origin = "coder" },
  { from = "2015", where = [] },
]

[[task]]
id = "T3"
title = "Part of the watch"
short = "Part"
field = "politics"
when = "2014"
by = "res-1"
tier = "enabling"
where = ["south"]
pool = { capabilities = "air" }
part_of = "T2"
cite = ["R p9"]

[[tension]]
id = "tension"
title = "One against the other"
kind = "with-activity"
between = [["T1", "T2"], ["A1", "gap", "ceiling", "out"]]
hampers = ["T2"]
where = ["south"]
when = "mission"
cite = ["R p9"]

[[pool]]
id = "air"
title = "Aircraft"
short = "Air"
part_of = "force"
text = "Helicopters"

[[resource]]
id = "ceiling"
title = "Ceiling"
pool = "force"
serves = ["T1"]
status = "authorised"
by = "res-1"
when = "2014..2015-06-30"
where = ["land"]
amount = { military = 11200, police = "about 1440", civil = "5..20", others = "none of significance", rate = 0.5 }
unit = "persons"
condition = "In peace"
cite = ["R p9"]

[[capability]]
id = "gap"
title = "No helicopters"
kind = "gap"
pool = "air"
serves = ["T1", "T2"]
by = "res-1"
where = ["north"]
when = "current"
critical = true
steps = { needed = "2013", decided = "2014", authorised = 2014, pledged = "2014-05", arrived = "2015", complete = "2015-06-01" }
cite = ["R p9"]

[[activity]]
id = "A2"
title = "Nothing in the south"
modality = "secure"
done = false
bulk = true
component = ["police", "civilian"]
cite = ["R p9"]

[[driver]]
id = "driver"
title = "Scarce water"
short = "Water"
since = { north = "2012", south = 2013 }
critical = true
met_by = ["T1"]
met_in_part_by = ["T2"]
cite = ["R p9"]

[[rating]]
task = ["T1", "T2"]
phase = ["P1", "P2"]
region = ["north", "south"]
mandate = { contested = ["full", "partial"], because = "Texts differ", rests_on = ["T1", "safety"], flags = ["wording-only"], confidence = { level = "very-low", by = "Both coders", because = "They differ" } }
resources = { not_assessed = "silent" }
capabilities = { not_applicable = "not needed", because = "By its nature" }

[[effect]]
id = "E2"
title = "Water points"
on = "driver"
when = "undated"
risk = true
observed = { contested = [-1, 2], because = "Told both ways", flags = ["reversible"] }
without = { not_assessed = "thin", comparator = "the year before", flags = ["opinion"] }
contribution = { grade = "undetermined", because = "Unclear", flags = ["hedged"] }
evidence = ["talks"]
cite = ["R p9"]

[[effect]]
id = "E3"
title = "Trust of people"
on = "people"
where = ["north"]
when = "2014"
observed = { change = 0, low = -1, high = 1, because = "About the same" }
without = { expected = -1, low = -2, because = "Worse elsewhere" }
contribution = { grade = "none" }
confidence = { level = "moderate", by = "The coder", because = "Everybody says so" }
cite = ["R p9"]

[[effect]]
id = "E4"
title = "Attacks"
on = "violence"
when = "2015"
observed = { not_assessed = "silent" }
without = { difference = 2, high = 3, because = "Everybody says so" }
contribution = { grade = "principal" }
cite = ["R p9"]

[[verdict]]
id = "verdict"
dimension = "trust"
standing = "mixed"
trend = "improving"
trend_origin = "coder"
text = "It grew"
said_by = "people"
cite = ["R p9"]

[[proposition]]
id = "better"
text = "The mission made it better."
short = "Better"
row = "Q01"

[[position]]
id = "pos"
group = "people"
proposition = "better"
stance = -2
share = 0.305
when = "2014"
where = ["north"]
flags = ["surveyed"]
evidence = ["talks", "more-talks"]
text = "In one town"
cite = ["R p9"]

[[position]]
id = "pos-2"
group = "people"
proposition = "better"
stance = 0
share = "most"
when = "2015"
cite = ["R p9"]

[[indicator]]
id = "attacks"
title = "Attacks"
unit = "attacks"
kind = "flow"
short = "Attacks, by day"
adds_up = true
better = "lower"
dimension = "safety"
low = -0.5
high = 100
text = "By month"
cite = ["R p7"]

[[indicator]]
id = "attacks-rate"
title = "Attacks by base"
unit = "attacks"
kind = "index"
rate = { of = "attacks", scope = "all, by \"day\"", per = "bases", times = 0.125 }
origin = "coder"

[[indicator]]
id = "bases-rate"
title = "Bases by attack"
unit = "bases"
kind = "index"
rate = { of = "bases", per = "attacks", times = 1000000 }
origin = "coder"

[[indicator]]
id = "bases"
title = "Bases"
short = "Bases"
unit = "bases"
kind = "stock"
adds_up = false

[[evidence]]
id = "talks"
title = "Talks"
kind = "focus-group"
when = "2014-06"
where = ["town"]
sides = ["population", "host-state"]
independence = "field"
admiralty = "B2"
heads = 12
confidentiality = "public"
place_level = "any"
supports = ["E1", "F1", "verdict"]
contradicts = ["E4"]
text = "In two towns"
cite = ["R p9"]

[[evidence]]
id = "more-talks"
title = "More talks"
kind = "interview"
where = ["land", "north"]
admiralty = "F6"
heads = 0
confidentiality = "not-for-attribution"
place_level = "unit"
contradicts = ["E1"]
cite = ["R p9"]

[[claim]]
id = "claim"
effect = "E1"
title = "Patrols made attacks fewer"
short = "Fewer attacks"
theory = { state = "met", because = "Named in the mandate", rests_on = ["T1", "talks"] }
implemented = { state = "partly", because = "By day only", rests_on = ["A1"] }
chain = { state = "unknown", because = "Nobody says" }
others = { state = "not-met", because = "A truce did more", rests_on = ["F1"] }
prior = [0.3, 0.5]
scheme = "icd-203"
text = "Told by two"
cite = ["R p9"]

[[claim.rivals]]
title = "A truce"
tested = "By its date"
outcome = "shares"
because = "It came first"
rests_on = ["F1", "more-talks"]
cite = ["R p9", "C p1"]

[[claim.rivals]]
title = "Drought"

[[claim.tests]]
kind = "hoop"
clue = "Patrols before the change"
outcome = "found"
because = "Their dates"
package = "dates"
sensitivity = 0.9
false_positive = [0.2, 0.4]
rests_on = ["A1"]

[[claim.tests]]
kind = "straw-in-the-wind"
clue = "Talk of patrols"
outcome = "not-looked-for"

[[claim]]
id = "claim-2"
effect = "E4"
title = "Its presence held attacks down"
theory = { state = "met", because = "Said so" }
implemented = { state = "met", because = "Said so" }
chain = { state = "met", because = "Said so" }
others = { state = "met", because = "Said so" }
prior = 0.5
scheme = "ipcc"
origin = "coder"

[[dilemma]]
id = "choice"
title = "North or south"
sides = ["North", "South"]
stakes = ["trust", "T1"]
cite = ["R p9"]

[[option]]
id = "go"
title = "Leave"
cite = ["R p9"]

[[option]]
id = "go-north"
title = "Leave the north"
family = "go"
drop = ["T1"]
where = ["south"]
withdraw = [{ pool = "force", region = "north" }, { pool = "air" }]
tasks = "Fewer"
means = "Less"
benefits = "Cheaper"
risks = "Attacks"
judgement = "None"
cite = ["R p9"]

[[dispute]]
id = "when"
row = "INC-1"
title = "From when"
tasks = ["T1"]
region = "south"
in_force_from = "2014"
in_force_until = 2015-01-01
cite = ["R p9"]

[[dispute]]
id = "how-many"
title = "How many"
resource = "ceiling"
amount = { military = 12000 }
cite = ["R p9"]

[[dispute]]
id = "words"
title = "In words alone"
text = "Only told"
cite = ["R p9"]
"##;
    let observations = "row,indicator,when,region,value,scope,cite,note\n\
        O1,attacks,2014,north,12,\"all, by \"\"day\"\"\",R p7,\n\
        ,attacks,2015-01..2015-06,,about 5,,R p8; C by heart,\"two\nlines\"\n";
    let case = Case::small()
        .patch(
            "case.toml",
            "framework = \"epon-2019\"",
            "framework = \"ours\"\nfieldwork = \"2015-03..2015-04\"\ncoders = 2\nleast_heads = 3\ntext = \"Small\"",
        )
        .patch("case.toml", "dimension = \"protection\"", "dimension = \"safety\"")
        .patch(
            "case.toml",
            "salience = \"major\"",
            "salience = \"major\"\nconfidence = { level = \"high\", by = \"A panel\", because = \"Many roots\" }",
        )
        .with("framework.toml", own)
        .with("rows.toml", rows)
        .with("observations.csv", observations);
    let study = case.study();
    let document = CaseDocument::from(&study);
    assert_eq!(written_and_read(&document), document);
    assert_eq!(CaseStudy::from_texts(borrowed(&document.to_texts())).unwrap(), study);
    let json: CaseDocument = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
    assert_eq!(json, document);
    assert_eq!(CaseStudy::try_from(json).unwrap(), study);
    // The records are those of the file: nothing that was written is lost. Only the order of readings
    // may change, and a course without the mission that is not given is one that sources are silent on.
    let mut written = CaseDocument::from_texts(case.texts()).unwrap();
    written.rating[1].mandate.as_mut().unwrap().contested.reverse();
    written.effect[0].without = Some(CounterfactualRecord { not_assessed: Some("silent".into()), ..Default::default() });
    assert_eq!(written, document);
}

#[test]
fn sums_rates_and_short_names_of_indicators_come_back() {
    let row = |id: &str, adds_up: bool, rate: Option<RateRecord>| IndicatorRecord {
        id: id.into(),
        title: "Attacks".into(),
        short: Some(format!("{id} in 34 characters, é and \u{202e} both").chars().take(34).collect()),
        unit: "attacks".into(),
        kind: "flow".into(),
        adds_up,
        rate,
        cite: texts(["R p7"]),
        ..Default::default()
    };
    let rate =
        |scope: Option<&str>, times: f64| Some(RateRecord { of: "a".into(), scope: scope.map(str::to_owned), per: "b".into(), times });
    let mut document = built();
    document.indicator = vec![
        row("a", true, None),
        row("b", false, None),
        row("c", false, rate(None, 0.001)),
        row("d", true, rate(Some("all, by \"day\" ]"), 1e6)),
    ];
    let study = CaseStudy::try_from(&document).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(CaseDocument::from(&study).indicator, document.indicator);
    assert_eq!(written_and_read(&document).indicator, document.indicator);
    let json: CaseDocument = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
    assert_eq!(json.indicator, document.indicator);
    assert_eq!(CaseStudy::from_texts(borrowed(&document.to_texts())).unwrap(), study);
    // And of the study itself.
    let rows = study.indicators();
    assert_eq!(rows.iter().map(|row| row.adds_up).collect::<Vec<_>>(), [true, false, false, true]);
    let times: Vec<f64> = rows.iter().filter_map(|row| row.rate.as_ref()).map(|rate| rate.times.value()).collect();
    assert_eq!(times, [0.001, 1e6]);
    assert_eq!(rows[3].rate.as_ref().and_then(|rate| rate.scope.as_deref()), Some("all, by \"day\" ]"));
}

#[test]
fn protected_parts_go_through_the_keepers_texts_alone() {
    let mut document = built();
    let part = |text: &str| Secret::from(text);
    let row = |id: &str, parts: Option<ProtectedSource>| EvidenceRecord {
        id: id.into(),
        title: "Talks".into(),
        kind: "interview".into(),
        confidentiality: Some("not-for-attribution".into()),
        protected: parts,
        cite: texts(["R p9"]),
        ..Default::default()
    };
    let name = "Zanele \"Quince\"\n'of' the \\ [north] = \u{202e}";
    document.evidence = vec![
        row("all", Some(ProtectedSource { name: part(name), office: part("Warden\t"), place: part("\u{e9}\u{0}") })),
        row("one", Some(ProtectedSource { place: part("Ninth Gate"), ..Default::default() })),
        row("empty", Some(ProtectedSource::default())),
        row("none", None),
    ];
    let study = CaseStudy::try_from(&document).unwrap();
    let files = document.to_texts_disclosing_protected_sources();
    assert_eq!(CaseDocument::from_texts(borrowed(&files)).unwrap(), document);
    assert_eq!(CaseStudy::from_texts(borrowed(&files)).unwrap(), study);
    assert_eq!(CaseDocument::from(&study).evidence, document.evidence);
    let mut bare = document.clone();
    bare.evidence.iter_mut().for_each(|row| row.protected = None);
    assert_eq!(written_and_read(&document), bare);
    assert_eq!(bare.to_texts_disclosing_protected_sources(), document.to_texts());
    let json: CaseDocument = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
    assert_eq!(json, bare);
    // What is written by hand in JSON is read.
    let json = r#"{ "evidence": [{ "id": "one", "protected": { "place": "Ninth Gate" } }] }"#;
    let read: CaseDocument = serde_json::from_str(json).unwrap();
    assert_eq!(read.evidence[0].protected, document.evidence[1].protected);
}

/// A short text that is not empty, with signs that texts of files have to escape.
fn some_text() -> impl Strategy<Value = String> {
    "[a-z][ -~é\u{202e}\n\t\\\\\"']{0,24}".prop_map(|text| format!("{text}."))
}

/// One of several names, or none.
fn one_of(names: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop::sample::select(names).prop_map(str::to_owned))
}

fn ids(names: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(names).prop_map(str::to_owned), 0..4)
}

fn range() -> impl Strategy<Value = RangeNumbers> {
    let number = || (1..1000_u16).prop_map(|n| f64::from(n) / 1000.0);
    prop_oneof![
        number().prop_map(|one| RangeNumbers(vec![one])),
        (number(), number()).prop_filter_map("a range of two ends", |(a, b)| (a < b).then(|| RangeNumbers(vec![a, b]))),
    ]
}

fn parts() -> impl Strategy<Value = Option<ProtectedSource>> {
    // Each begins with a word that no other text has.
    let part = || prop_oneof![Just(Secret::default()), some_text().prop_map(|text| Secret::from(format!("Qzpsecret{text}").as_str()))];
    prop::option::of((part(), part(), part()).prop_map(|(name, office, place)| ProtectedSource { name, office, place }))
}

fn evidence_record(n: usize) -> impl Strategy<Value = EvidenceRecord> {
    let names = (
        prop::sample::select(&["interview", "focus-group", "survey", "document", "dataset", "observation"]),
        one_of(&["A1", "B2", "C6", "E5", "F3", "F6"]),
        one_of(&["area", "unit", "any"]),
        one_of(&["root", "other.root"]),
        ids(&["state", "people", "press"]),
    );
    let rows = (ids(&["E1", "F1"]), ids(&["F1", "E1"]), ids(&["land"]));
    let texts = (some_text(), prop::option::of(some_text()), parts(), prop::option::of(any::<u32>()), any::<bool>());
    (names, rows, texts).prop_map(move |(names, (supports, contradicts, places), (title, text, protected, heads, confidential))| {
        let (kind, admiralty, place_level, independence, sides) = names;
        let (confidential, public) = (confidential || protected.is_some(), Some("public".to_owned()));
        EvidenceRecord {
            id: format!("V{n}"),
            title,
            kind: kind.to_owned(),
            when: Some("2014-06..2014-07".into()),
            r#where: places,
            sides,
            independence,
            admiralty,
            heads: heads.map(i64::from),
            confidentiality: if confidential { Some("not-for-attribution".into()) } else { public.filter(|_| n == 0) },
            place_level,
            supports,
            contradicts,
            protected,
            text,
            cite: texts_of("R p9"),
            origin: None,
        }
    })
}

fn texts_of(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}

fn condition() -> impl Strategy<Value = ConditionRecord> {
    let state = prop::sample::select(&["met", "partly", "not-met", "unknown"]);
    (state, some_text(), ids(&["V0", "T1", "A1", "E1", "land"])).prop_map(|(state, because, rests_on)| ConditionRecord {
        state: state.to_owned(),
        because,
        rests_on,
    })
}

fn rival() -> impl Strategy<Value = RivalRecord> {
    let tested = prop::option::of((some_text(), prop::sample::select(&["explains", "shares", "ruled-out"])));
    (some_text(), tested, prop::option::of(some_text()), ids(&["V0", "F1"]), any::<bool>()).prop_map(
        |(title, tested, because, rests_on, cited)| RivalRecord {
            title,
            outcome: tested.as_ref().map(|(_, outcome)| (*outcome).to_owned()),
            tested: tested.map(|(tested, _)| tested),
            because,
            rests_on,
            cite: if cited { texts_of("R p9") } else { vec![] },
        },
    )
}

fn test() -> impl Strategy<Value = TestRecord> {
    let kind = prop::sample::select(&["straw-in-the-wind", "hoop", "smoking-gun", "doubly-decisive"]);
    let outcome = prop::sample::select(&["found", "absent", "not-looked-for"]);
    let ranges = (prop::option::of(range()), prop::option::of(range()));
    (kind, some_text(), outcome, prop::option::of(some_text()), one_of(&["package", "p.2"]), ranges, ids(&["V0", "A1"])).prop_map(
        |(kind, clue, outcome, because, package, (sensitivity, false_positive), rests_on)| TestRecord {
            kind: kind.to_owned(),
            clue,
            outcome: outcome.to_owned(),
            because,
            package,
            sensitivity,
            false_positive,
            rests_on,
        },
    )
}

fn claim_record(n: usize) -> impl Strategy<Value = ClaimRecord> {
    let conditions = (condition(), condition(), condition(), condition());
    let lists = (prop::collection::vec(rival(), 0..3), prop::collection::vec(test(), 0..3));
    let prior = prop::option::of((range(), prop::sample::select(&["icd-203", "ipcc"])));
    (some_text(), prop::option::of("[a-z é]{1,22}[a-z]"), conditions, lists, prior, prop::option::of(some_text())).prop_map(
        move |(title, short, (theory, implemented, chain, others), (rivals, tests), prior, text)| ClaimRecord {
            id: format!("C{n}"),
            effect: "E1".into(),
            title,
            short,
            theory,
            implemented,
            chain,
            others,
            rivals,
            tests,
            scheme: prior.as_ref().map(|(_, scheme)| (*scheme).to_owned()),
            prior: prior.map(|(prior, _)| prior),
            text,
            cite: texts_of("R p9"),
            origin: None,
        },
    )
}

fn confidence_record() -> impl Strategy<Value = Option<ConfidenceRecord>> {
    let level = prop::sample::select(&["very-low", "low", "moderate", "high"]);
    prop::option::of((level, some_text(), some_text()).prop_map(|(level, by, because)| ConfidenceRecord {
        level: level.to_owned(),
        by,
        because,
    }))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Evidence and claims of any kind come back as they were, and what is protected through the keeper's texts alone.
    #[test]
    fn evidence_and_claims_come_back(
        evidence in (evidence_record(0), evidence_record(1)),
        claims in (claim_record(0), claim_record(1)),
        confidence in (confidence_record(), confidence_record(), confidence_record()),
        least_heads in prop::option::of(1..1000_i64),
    ) {
        let mut document = built();
        document.study.as_mut().unwrap().least_heads = least_heads;
        document.evidence = vec![evidence.0, evidence.1];
        document.claim = vec![claims.0, claims.1];
        document.effect[0].confidence = confidence.0;
        document.finding[0].confidence = confidence.1;
        document.rating[0].activities.as_mut().unwrap().confidence = confidence.2;
        let study = CaseStudy::try_from(&document).unwrap_or_else(|problems| panic!("{problems}"));
        let disclosing = document.to_texts_disclosing_protected_sources();
        prop_assert_eq!(&CaseDocument::from_texts(borrowed(&disclosing)).unwrap(), &document);
        let read = CaseStudy::from_texts(borrowed(&disclosing)).unwrap();
        prop_assert!(read == study);
        prop_assert_eq!(CaseDocument::from(&read).to_texts_disclosing_protected_sources(), CaseDocument::from(&study).to_texts_disclosing_protected_sources());
        // For anyone else everything but the protected parts.
        let mut bare = document.clone();
        bare.evidence.iter_mut().for_each(|row| row.protected = None);
        prop_assert_eq!(&written_and_read(&document), &bare);
        let json = serde_json::to_string(&document).unwrap();
        prop_assert_eq!(&serde_json::from_str::<CaseDocument>(&json).unwrap(), &bare);
        let shown = format!("{document:?} {study:?} {:?} {json} {:?}", study.evidence(), document.to_texts());
        prop_assert!(!shown.to_lowercase().contains("qzpsecret"), "{}", shown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a text holds, it comes back as it was.
    #[test]
    fn any_text_comes_back(text in any::<String>(), key in "\\PC{1,8}", word in "[\"',\\\\\r\n\t #=\\[\\]{}é-]{0,12}", share in any::<f64>()) {
        let mut document = built();
        let (some, share) = (Some(word.clone()), Some(share).filter(|share| !share.is_nan()));
        document.task[0].title.clone_from(&text);
        document.task[0].text.clone_from(&some);
        document.task[0].pool = Some(PoolText::ByLink { resources: some.clone(), capabilities: None });
        document.task[0].changes = vec![TaskChangeRecord { from: DateText(text.clone()), r#where: Some(vec![]), ..Default::default() }];
        document.region[1].share = share;
        document.rating[0].task = ListText(vec![text.clone(), word.clone()]);
        document.rating[0].pool = ListText(vec![word.clone()]);
        document.driver = vec![DriverRecord { since: [(key.clone(), DateText(word.clone()))].into(), ..Default::default() }];
        document.resource = vec![ResourceRecord { amount: [(key, QuantityText(text.clone())), ("x".into(), QuantityText(word.clone()))].into(), ..Default::default() }];
        document.claim = vec![ClaimRecord {
            title: text.clone(),
            theory: ConditionRecord { because: word.clone(), rests_on: vec![text.clone()], ..Default::default() },
            rivals: vec![RivalRecord { title: word.clone(), tested: Some(text.clone()), ..Default::default() }, RivalRecord::default()],
            tests: vec![TestRecord::default(), TestRecord { clue: text.clone(), package: Some(word.clone()), ..Default::default() }],
            prior: Some(RangeNumbers(vec![0.25, 4.0, -1.5])),
            ..Default::default()
        }];
        document.evidence = vec![EvidenceRecord { sides: vec![word.clone(), text.clone()], admiralty: Some(text.clone()), heads: Some(i64::MIN), ..Default::default() }];
        document.observations = vec![
            ObservationRecord { row: text.clone(), value: word.clone(), note: text.clone(), ..Default::default() },
            ObservationRecord::default(),
            ObservationRecord { note: word, scope: text, ..Default::default() },
        ];
        prop_assert_eq!(&written_and_read(&document), &document);
        let json: CaseDocument = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
        // JSON has no infinities, and this reader of it may miss the last bit of a number.
        document.region[1].share = json.region[1].share;
        prop_assert_eq!(&json, &document);
    }
}
