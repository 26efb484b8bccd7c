//! A program that embeds the crate: records built in code, assessed, edited, explained, serialised. No feature is needed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use indexmap::IndexMap;
use peaceops::document::raw::{DateText, ListText, QuantityText};
use peaceops::document::record::*;
use peaceops::scale::{Level, Origin, Role};
use peaceops::scoring::{Assessment, Band, CellLevel, Explanation, GapKind, Headline, Method};
use peaceops::{CaseDocument, CaseStudy, Error, Problems};

fn text(text: &str) -> String {
    text.to_owned()
}

fn cite() -> Vec<String> {
    vec![text("R p1")]
}

fn rated(level: &str) -> Option<JudgementRecord> {
    Some(JudgementRecord { level: Some(text(level)), because: Some(text("Told in a table")), ..Default::default() })
}

/// A study of one mission, two years, two units, built as a planning tool would from its own data.
fn document() -> CaseDocument {
    let region = |id: &str, within: Option<&str>| RegionRecord {
        id: text(id),
        name: format!("Region {id}"),
        r#in: within.map(text),
        unit: within.is_some(),
        ..Default::default()
    };
    let phase = |id: &str, when: &str| PhaseRecord { id: text(id), when: text(when), ..Default::default() };
    let finding = |id: &str, kind: &str, salience: &str| FindingRecord {
        id: text(id),
        title: format!("Finding {id}"),
        dimension: text("legitimacy"),
        issue: id.to_lowercase(),
        kind: text(kind),
        salience: text(salience),
        when: text("2019"),
        cite: cite(),
        ..Default::default()
    };
    CaseDocument {
        study: Some(StudyRecord {
            id: text("embedded"),
            title: text("Built in code"),
            framework: text("epon-2019"),
            missions: vec![text("m")],
            when: text("2018-01-01..2019-12-31"),
            area: text("land"),
            ..Default::default()
        }),
        mission: vec![MissionRecord {
            id: text("m"),
            name: text("A mission"),
            host: text("A state"),
            authorised_by: vec![text("un-sc")],
            when: text("2018.."),
            cite: cite(),
            ..Default::default()
        }],
        source: vec![SourceRecord { id: text("R"), origin: text("report"), title: text("The report"), ..Default::default() }],
        region: vec![region("land", None), region("north", Some("land")), region("south", Some("land"))],
        phase: vec![phase("P1", "2018-01-01..2018-12-31"), phase("P2", "2019-01-01..2019-12-31")],
        instrument: vec![InstrumentRecord {
            id: text("res-1"),
            body: text("un-sc"),
            number: text("1"),
            adopted: "2018-01-01".into(),
            cite: cite(),
            ..Default::default()
        }],
        pool: vec![PoolRecord { id: text("force"), title: text("The force"), ..Default::default() }],
        task: vec![TaskRecord {
            id: text("protect"),
            title: text("Protect civilians"),
            short: text("Protect civilians"),
            field: text("protection"),
            when: text("2018-07-01.."),
            by: Some(text("res-1")),
            tier: text("core"),
            r#where: vec![text("north"), text("south")],
            pool: Some("force".into()),
            cite: cite(),
            ..Default::default()
        }],
        driver: vec![DriverRecord {
            id: text("raids"),
            title: text("Raids"),
            since: IndexMap::from([(text("north"), DateText::from("2017"))]),
            critical: true,
            met_by: vec![text("protect")],
            cite: cite(),
            ..Default::default()
        }],
        resource: vec![
            ResourceRecord {
                id: text("ceiling"),
                pool: Some(text("force")),
                status: text("authorised"),
                when: Some(text("2018-01-01..")),
                amount: IndexMap::from([(text("military"), QuantityText::from("1000"))]),
                cite: cite(),
                ..Default::default()
            },
            ResourceRecord {
                id: text("strength"),
                pool: Some(text("force")),
                status: text("deployed"),
                when: Some(text("2019-06")),
                amount: IndexMap::from([(text("military"), QuantityText::from("about 700"))]),
                cite: cite(),
                ..Default::default()
            },
        ],
        rating: vec![
            RatingRecord { task: "protect".into(), mandate: rated("full"), activities: rated("substantial"), ..Default::default() },
            RatingRecord {
                pool: "force".into(),
                resources: rated("substantial"),
                capabilities: rated("substantial"),
                ..Default::default()
            },
            RatingRecord { pool: "force".into(), region: "north".into(), capabilities: rated("marginal"), ..Default::default() },
        ],
        effect: vec![EffectRecord {
            id: text("fewer-raids"),
            title: text("Fewer raids"),
            on: text("raids"),
            r#where: vec![text("north")],
            when: text("2019"),
            observed: Some(ChangeRecord { change: Some(1), high: Some(2), because: Some(text("Fewer than before")), ..Default::default() }),
            contribution: Some(ContributionRecord { grade: text("contributory"), ..Default::default() }),
            cite: cite(),
            ..Default::default()
        }],
        finding: vec![finding("F1", "strength", "major"), finding("F2", "strength", "minor"), finding("F3", "limitation", "minor")],
        ..Default::default()
    }
}

fn study() -> CaseStudy {
    CaseStudy::try_from(document()).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn records_become_a_study_and_an_assessment() {
    let assessment = study().assess(&Method::default());
    // One task of weight 3 in two units, in two phases: 1.5 each. North 1, South 3: exactly half at or below 1.
    let whole = assessment.congruence().headline();
    assert_eq!(whole.headline, Headline::Known { level: Level::Marginal, low: Level::Marginal, high: Level::Marginal });
    assert_eq!(whole.to_string(), "marginal, 1 of 1 tasks, 100 % of the weight");
    let task = assessment.congruence().task("protect").unwrap();
    assert_eq!((task.cells.len(), task.assessed), (4, 4));
    let north = &task.cells[0];
    assert_eq!(north.outcome, CellLevel::Known { level: Level::Marginal, low: Level::Marginal, high: Level::Marginal });
    assert_eq!(north.links[2].inherited.as_ref().unwrap().as_str(), "force");
    // Critical before the mission, met half a year after its start.
    let lag = assessment.gaps().iter().find(|gap| gap.address == "mandate-lag/raids/north").unwrap();
    assert!(matches!(&lag.kind, GapKind::MandateLag { lag, .. } if (lag.least, lag.most) == (181, 181)), "{lag}");
    assert_eq!(lag.origins, [Origin::Report]);
    assert_eq!(assessment.fill_rates()[0].level, Level::Partial);
    // (3 + 1 − 1) / 5.
    let legitimacy = assessment.dimension("legitimacy").unwrap();
    assert_eq!((legitimacy.whole.balance.unwrap().value.value(), legitimacy.whole.band), (0.6, Some(Band::StronglyEnabling)));
    assert_eq!(assessment.relevance().whole.credited.associated_better.len(), 1);
    assert!(study().warnings().iter().all(|warning| warning.code() != "link-not-coded"));
}

#[test]
fn an_edit_is_another_study_and_explains_itself() {
    let study = study();
    let edited = study
        .edit(|case| {
            case.task("protect")?.when = "2018-01-01..".into();
            case.document().rating[2].capabilities = rated("partial");
            Ok(())
        })
        .unwrap();
    let (before, after) = (study.assess(&Method::default()), edited.assess(&Method::default()));
    assert_eq!(after.congruence().headline().headline.level(), Some(Level::Partial));
    assert!(
        before.gaps().iter().any(|gap| gap.kind.name() == "mandate-lag")
            && !after.gaps().iter().any(|gap| gap.kind.name() == "mandate-lag")
    );
    let tree = after.explain("P1/north/protect").unwrap();
    assert!(tree.is_sourced());
    assert!(tree.to_string().contains("inherited from force"), "{tree}");
    assert_eq!(after.explain("P1/north/protekt").unwrap_err().code(), "unknown-address");
    assert_eq!(before.study(), &study, "an assessment holds the study that it is of");
    let problems: Problems = study.edit(|case| case.task("nothing").map(drop)).unwrap_err();
    assert_eq!(problems.len(), 1);
}

#[test]
fn everything_goes_through_serde() {
    let study = study();
    let assessment = study.assess(&Method::default());
    let value = serde_json::to_value(&assessment).unwrap();
    for key in ["schema", "study", "framework", "method", "congruence", "gaps", "relevance", "dimensions", "coverage"] {
        assert!(value.get(key).is_some(), "{key}");
    }
    assert_eq!(
        value["congruence"]["headline"],
        serde_json::json!({ "status": "known", "level": "marginal", "low": "marginal", "high": "marginal" })
    );
    let tree = serde_json::to_value(assessment.explain("protect").unwrap()).unwrap();
    assert_eq!(tree["label"], "protect");
    // Records and the method come back; an unknown field of either is refused.
    let records = CaseDocument::from(&study);
    let back: CaseDocument = serde_json::from_value(serde_json::to_value(&records).unwrap()).unwrap();
    assert_eq!(CaseStudy::try_from(&back).unwrap(), study);
    assert!(serde_json::from_str::<CaseDocument>(r#"{ "tasks": [] }"#).is_err());
    let method: Method = serde_json::from_value(value["method"].clone()).unwrap();
    assert_eq!(&method, assessment.method());
    let strict: Method = serde_json::from_str(r#"{ "name": "strict", "congruence": { "coverage_floor": 0.75 } }"#).unwrap();
    assert_eq!((strict.congruence.coverage_floor.value(), strict.congruence.regional_floor.value()), (0.75, 0.5));
    assert!(serde_json::from_str::<Method>(r#"{ "congruence": { "floor": 0.75 } }"#).is_err());
    assert!(serde_json::from_str::<Method>(r#"{ "congruence": { "core": 0 } }"#).is_err(), "a weight is positive");
}

#[test]
fn faults_of_records_are_told_all_at_once() {
    let mut records = document();
    records.task[0].tier = text("coer");
    records.finding[0].dimension = text("legitimcy");
    records.driver[0].met_by = vec![text("protekt")];
    records.rating.push(RatingRecord { task: ListText::from("protect"), mandate: rated("full"), ..Default::default() });
    let problems = CaseStudy::try_from(records).unwrap_err();
    let codes: Vec<&str> = problems.iter().map(|problem| problem.error.code()).collect();
    assert_eq!(codes.len(), problems.len());
    for code in ["unknown-name", "unknown-id", "duplicate-rating"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    let paths: Vec<String> = problems.iter().map(|problem| problem.path.to_string()).collect();
    for path in ["task[0].tier", "finding[0].dimension", "driver[0].met_by[0]", "rating[3].mandate"] {
        assert!(paths.iter().any(|found| found == path), "{paths:?}");
    }
    assert!(problems.iter().all(|problem| problem.place.is_none()), "there is no file");
    let empty = CaseStudy::try_from(CaseDocument::default()).unwrap_err();
    assert!(empty.iter().any(|problem| problem.error.code() == "missing-field"));
}

#[test]
fn the_main_types_can_go_anywhere() {
    fn anywhere<T: Send + Sync + 'static>() {}
    anywhere::<CaseStudy>();
    anywhere::<CaseDocument>();
    anywhere::<Assessment>();
    anywhere::<Method>();
    anywhere::<Explanation>();
    anywhere::<Problems>();
    anywhere::<Error>();
    fn cheap<T: Clone>() {}
    cheap::<(CaseStudy, Assessment, Explanation)>();
    let study = study();
    let handle = std::thread::spawn({
        let study = study.clone();
        move || study.assess(&Method::default()).congruence().headline().to_string()
    });
    assert_eq!(handle.join().unwrap(), study.assess(&Method::default()).congruence().headline().to_string());
}

#[test]
fn a_framework_of_ones_own() {
    let mut records = document();
    records.study.as_mut().unwrap().framework = text("six-factors");
    records.framework = Some(FrameworkRecord {
        id: text("six-factors"),
        version: text("2020"),
        title: text("Six factors"),
        maps_to: Some(text("epon-2019")),
    });
    let dimension = |id: &str, role: &str, maps_to: &[&str]| DimensionRecord {
        id: text(id),
        title: format!("Factor {id}"),
        short: None,
        role: text(role),
        question: text("How is it?"),
        maps_to: maps_to.iter().map(|id| text(id)).collect(),
    };
    records.dimension = vec![
        dimension("impact", "outcome", &["protection"]),
        dimension("standing", "explanatory", &["legitimacy", "ownership"]),
        dimension("means", "explanatory", &[]),
    ];
    for finding in &mut records.finding {
        finding.dimension = text("standing");
    }
    let study = CaseStudy::try_from(&records).unwrap_or_else(|problems| panic!("{problems}"));
    let framework = study.framework();
    assert_eq!((framework.id().as_str(), framework.version(), framework.maps_to().unwrap().as_str()), ("six-factors", "2020", "epon-2019"));
    assert_eq!(framework.dimensions().iter().filter(|d| d.role == Role::Outcome).count(), 1);
    assert_eq!(
        framework.dimension("standing").unwrap().maps_to.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        ["legitimacy", "ownership"]
    );
    assert!(framework.topic("violence").is_some(), "without topics of its own it has those that ship");
    let assessment = study.assess(&Method::default());
    assert_eq!(assessment.dimensions().len(), 3);
    assert_eq!(assessment.dimension("standing").unwrap().whole.band, Some(Band::StronglyEnabling));
    assert!(assessment.dimension("legitimacy").is_none());
    assert_eq!(serde_json::to_value(&assessment).unwrap()["framework"], serde_json::json!({ "id": "six-factors", "version": "2020" }));
    assert_eq!(CaseDocument::from(&study).dimension, records.dimension);
    assert_eq!(CaseStudy::try_from(CaseDocument::from(&study)).unwrap(), study);
    // A dimension that the other framework does not have.
    records.dimension[1].maps_to = vec![text("legitimcy")];
    let problems = CaseStudy::try_from(&records).unwrap_err();
    assert!(problems.iter().next().unwrap().to_string().contains("the nearest is `legitimacy`"), "{problems}");
}

#[test]
fn one_study_over_two_missions_under_parallel_bodies() {
    let mut records = document();
    let mission = |id: &str, when: &str, bodies: &[&str], predecessor: &[&str]| MissionRecord {
        id: text(id),
        name: format!("Mission {id}"),
        host: text("A state"),
        authorised_by: bodies.iter().map(|body| text(body)).collect(),
        when: text(when),
        predecessor: predecessor.iter().map(|id| text(id)).collect(),
        cite: cite(),
        ..Default::default()
    };
    records.mission =
        vec![mission("second", "2019..", &["au-psc", "un-sc"], &["first"]), mission("first", "2018-03-01..2018-12-31", &["un-sc"], &[])];
    records.study.as_mut().unwrap().missions = vec![text("first"), text("second")];
    // Two bodies each hold a mandate at the same time.
    let instrument = |id: &str, body: &str, adopted: &str| InstrumentRecord {
        id: text(id),
        body: text(body),
        number: id.to_uppercase(),
        adopted: adopted.into(),
        runs_to: Some("2019-12-31".into()),
        cite: cite(),
        ..Default::default()
    };
    records.instrument.push(instrument("com-1", "au-psc", "2019-01-01"));
    let mut task = records.task[0].clone();
    (task.id, task.short, task.by, task.when) = (text("secure"), text("Secure"), Some(text("com-1")), text("2019-01-01.."));
    task.modality = Some(text("secure"));
    records.task.push(task);
    let study = CaseStudy::try_from(&records).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(study.study().missions.len(), 2);
    assert_eq!(study.mission_start().to_string(), "2018-03-01", "of the first mission, whatever the order of rows");
    let assessment = study.assess(&Method::default());
    assert_eq!(assessment.head().missions.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["first", "second"]);
    let bodies: Vec<String> = study.instruments().iter().map(|row| row.body.to_string()).collect();
    assert_eq!(bodies, ["un-sc", "au-psc"]);
    let on = |date: &str| assessment.as_of(date.parse().unwrap()).unwrap().tasks.len();
    assert_eq!((on("2018-12-31"), on("2019-01-01")), (1, 2), "the second body's task stands beside the first one's");
    // The lag runs from the first mission's start: 2018-03-01 to 2018-07-01.
    let lag = assessment.gaps().iter().find(|gap| gap.address == "mandate-lag/raids/north").unwrap();
    assert!(matches!(&lag.kind, GapKind::MandateLag { lag, .. } if lag.most == 122), "{lag}");
    assert!(assessment.gaps().iter().any(|gap| gap.address == "overstretch/com-1"));
    // An instrument of a body that authorises neither mission.
    records.instrument[1].body = text("ecowas");
    let problems = CaseStudy::try_from(&records).unwrap_err();
    assert_eq!(problems.iter().map(|problem| problem.error.code()).collect::<Vec<_>>(), ["not-a-body"]);
}

#[test]
fn a_program_asks_how_sure_the_answer_is() {
    use peaceops::uncertainty::{Tip, Uncertainty};

    let study = CaseStudy::try_from(document()).unwrap_or_else(|problems| panic!("{problems}"));
    let assessment = study.assess(&Method::default());
    let sure = Uncertainty::of(&assessment);
    let known = |profile: Option<&peaceops::scoring::Profile>| profile.and_then(|profile| profile.headline.level());
    assert!(!sure.tipping.headlines.is_empty());
    for (tips, hang) in sure.tipping.headlines.iter().zip(&sure.choices.headlines) {
        let (phase, region) = (tips.phase.as_ref().map(|id| id.as_str()), tips.region.as_ref().map(|id| id.as_str()));
        assert_eq!(known(assessment.congruence().profile(phase, region)), Some(tips.headline));
        assert_eq!((&tips.phase, &tips.region, tips.headline), (&hang.phase, &hang.region, hang.headline));
        assert!(hang.depends_on.iter().all(|swapped| swapped.to != Some(hang.headline)));
        if let Tip::Smallest { size, sets, .. } = &tips.down.within {
            assert!(sets.iter().all(|set| set.changes.len() == *size && set.headline < tips.headline));
        }
    }
    let json = serde_json::to_value(&sure).unwrap();
    assert_eq!(json["tipping"]["headlines"].as_array().unwrap().len(), sure.tipping.headlines.len());
    assert!(json["influence"].as_array().unwrap().len() > study.tasks().len());
}

/// A dashboard sets two studies beside each other, without files and without features.
#[test]
fn a_program_sets_two_studies_beside_each_other() {
    use peaceops::comparison::Comparison;
    use peaceops::comparison::seven::Seven;

    let (mut better, method) = (document(), Method::default());
    better.study.as_mut().unwrap().id = text("better-equipped");
    for rating in &mut better.rating {
        for link in [&mut rating.mandate, &mut rating.resources, &mut rating.capabilities, &mut rating.activities].into_iter().flatten() {
            link.level = Some(text("full"));
            (link.low, link.high) = (None, None);
        }
    }
    let assessments = [study(), CaseStudy::try_from(better).unwrap()].map(|study| study.assess(&method));
    let compared = Comparison::of(&assessments).unwrap();
    assert_eq!(compared.studies().map(ToString::to_string).collect::<Vec<_>>().last().unwrap(), "better-equipped");
    let [apart] = compared.congruence.apart.as_slice() else { panic!("{:?}", compared.congruence.apart) };
    assert_eq!((apart.above.as_str(), apart.below.as_str()), ("better-equipped", assessments[0].head().id.as_str()));
    let json = serde_json::to_value(&compared).unwrap();
    assert_eq!(json["congruence"]["studies"][1]["headline"]["level"], "full");
    let refused = Comparison::of([&assessments[0]]).unwrap_err();
    assert_eq!(refused.code(), "not-comparable");
    let [one, other] = &assessments;
    assert!(Seven::of(&[one, other]).unwrap().caution().contains("independent case"));
}
