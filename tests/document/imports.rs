//! Files that users bring: series added up by hand, every reason with its place, and bounds. All rows are invented.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use std::io::{self, Read};
use std::sync::OnceLock;

use crate::common::{Case, MINUSMA};
use insta::assert_snapshot;
use peaceops::import::{Imported, Importer, Options, Reason, to_csv};
use peaceops::{CaseDocument, CaseStudy, Problems};
use proptest::prelude::*;

/// Indicators and regions beside those of the small case.
const CASE: &str = r#"
[[region]]
id = "old-town"
name = "Old Town"
in = "north"

[[indicator]]
id = "attacks"
title = "Attacks"
unit = "attacks"
kind = "flow"

[[indicator]]
id = "deaths"
title = "Deaths"
unit = "persons"
kind = "flow"

[[indicator]]
id = "strength"
title = "Strength"
unit = "persons"
kind = "stock"

[[indicator]]
id = "trust"
title = "Trust"
unit = "percent"
kind = "index"
"#;

/// The fields of an import for each of the layouts, and a file in it.
const LAYOUTS: [(&str, &str, &str); 12] = [
    (
        "acled.csv",
        "attacks",
        "format = \"acled\"\nperiod = \"month\"\nlevel = \"unit\"\nregions = { North = \"north\", Sud = \"south\", South = \"south\" }\nfilter = { country = \"Exland\" }",
    ),
    (
        "acled-2019.csv",
        "deaths",
        "format = \"acled\"\nmeasure = \"deaths\"\nperiod = \"quarter\"\nregions = { North = \"north\", South = \"south\" }",
    ),
    (
        "ged.csv",
        "deaths",
        "format = \"ged\"\nperiod = \"quarter\"\nregions = { \"North region\" = \"north\", \"South region\" = \"south\" }",
    ),
    (
        "fatalities.csv",
        "deaths",
        "format = \"fatalities\"\nperiod = \"phase\"\nfilter = { mission_acronym = \"UNX\", type_of_casualty = \"Fatality\" }",
    ),
    (
        "personnel.csv",
        "strength",
        "format = \"personnel\"\nperiod = \"quarter\"\nfilter = { mission_acronym = \"UNX\", personnel_type = \"Troops\" }",
    ),
    (
        "hxl.csv",
        "strength",
        "format = \"hxl\"\nmeasure = \"latest\"\ncolumn = \"#affected+idps\"\nperiod = \"quarter\"\nregions = { North = \"north\", South = \"south\" }",
    ),
    (
        "idps.csv",
        "strength",
        "format = \"tidy\"\nmeasure = \"latest\"\ncolumn = \"idps\"\nplace = \"region\"\nlevel = \"unit\"\nperiod = \"quarter\"\nregions = { North = \"north\", South = \"south\", \"The Land\" = \"land\" }",
    ),
    ("survey.csv", "trust", "format = \"survey\"\nregions = { North = \"north\", South = \"south\" }\ndates = { R1 = \"2014-03\" }"),
    (
        "hdr.csv",
        "trust",
        "format = \"wide\"\ncolumn = \"hdi_\"\nplace = \"country\"\nregions = { \"Pays d'Ete\" = \"land\", \"Exland Minor\" = \"north\" }",
    ),
    ("governance.csv", "trust", "format = \"wide\"\nwhere = \"land\"\nfilter = { Series = \"Rule of Law: Estimate\" }"),
    (
        "fragility.csv",
        "trust",
        "format = \"tidy\"\nmeasure = \"value\"\ncolumn = \"Rank\"\ndate = \"Year\"\nwhere = \"land\"\nfilter = { Country = \"Exland\" }",
    ),
    (
        "idps.csv",
        "attacks",
        "format = \"tidy\"\nplace = \"region\"\nperiod = \"year\"\nscope_column = \"who\"\ncomplete = \"2014..2015\"\nregions = { North = \"north\", South = \"south\" }",
    ),
];

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn mapping(indicator: &str, fields: &str) -> String {
    format!("[[import]]\nid = \"it\"\nindicator = \"{indicator}\"\ncite = [\"R rows\"]\n{fields}\n")
}

fn case(indicator: &str, fields: &str) -> Case {
    Case::small().with("more.toml", CASE).with("imports.toml", &mapping(indicator, fields))
}

#[track_caller]
fn importer(indicator: &str, fields: &str) -> Importer {
    Importer::new(&case(indicator, fields).study(), "it").unwrap()
}

#[track_caller]
fn import(indicator: &str, fields: &str, text: impl AsRef<[u8]>) -> Imported {
    let imported = importer(indicator, fields).read("file.csv", text.as_ref()).unwrap_or_else(|problems| panic!("{problems}"));
    adds_up(&imported);
    imported
}

#[track_caller]
fn layout(at: usize) -> Imported {
    let (file, indicator, fields) = LAYOUTS[at];
    import(indicator, fields, fixture(file))
}

#[track_caller]
fn adds_up(imported: &Imported) {
    let account = &imported.account;
    assert_eq!(account.accepted + account.rejected(), account.read, "{account}");
    assert!(account.rejected.iter().all(|one| one.count >= one.first.len() as u64 && one.count > 0));
    assert!(account.unfit() <= account.rejected());
}

/// One observation a line.
fn series(imported: &Imported) -> String {
    let part = |text: &str| if text.is_empty() { String::new() } else { format!(" | {text}") };
    let line = |row: &peaceops::document::record::ObservationRecord| {
        format!("{} {} {}{}{}", row.when, row.region, row.value, part(&row.scope), part(&row.note))
    };
    imported.observations.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn refused(indicator: &str, fields: &str, text: impl AsRef<[u8]>, options: &Options) -> Problems {
    importer(indicator, fields).read_with("file.csv", text.as_ref(), options, &mut |_| ()).unwrap_err()
}

// --- Each layout ------------------------------------------------------------------------------------------------------

#[test]
fn acled_events_of_now() {
    let imported = layout(0);
    assert_snapshot!(series(&imported), @"
    2013-07 north 2
    2013-08 north 1
    2013-09 north 1
    2013-08 south 2
    ");
    assert_snapshot!(imported.account, @"
    file.csv: 10 rows read, 6 accepted, 4 rejected
      1 left out by the filter [not-selected]
        12:141: country = `Wyland`
      1 dated outside the period of the import [outside-window]
        11:6: event_date = `2012-01-01`
      1 the date cannot be read [not-a-date]
        8:6: event_date = `2013-08-32`
      1 the place is no region of the study [unknown-region]
        9:148: admin1 = `=Atlantis`
    ");
}

#[test]
fn acled_deaths_need_a_number() {
    let fields = LAYOUTS[0].2.replace("period = \"month\"", "measure = \"deaths\"\nperiod = \"year\"");
    let imported = import("deaths", &fields, fixture("acled.csv"));
    assert_snapshot!(series(&imported), @"
    2013-07..2013-12 north 12 | short of 1 row without a usable number
    2013-07..2013-12 south 0
    ");
    assert_eq!(imported.account.accepted, 5);
    assert_eq!(imported.account.rejected.iter().find(|one| one.reason == Reason::NotANumber).unwrap().first[0].value, "some");
}

#[test]
fn acled_events_of_2019() {
    let imported = layout(1);
    assert_snapshot!(series(&imported), @"
    2013-07..2013-09 north 5
    2013-07..2013-09 south 7
    ");
    assert_eq!((imported.account.read, imported.account.rejected()), (4, 0));
}

#[test]
fn acled_kinds_of_actors_as_numbers_and_as_words() {
    for (file, kinds, read, accepted) in [
        ("acled.csv", "\"1\"", 10, 3),
        ("acled.csv", "\"State forces\"", 10, 3),
        ("acled-2019.csv", "\"state forces\"", 4, 3),
        ("acled-2019.csv", "[\"1\", \"Political militia\"]", 4, 4),
        ("acled-2019.csv", "\"9\"", 4, 0),
    ] {
        let fields = format!(
            "format = \"acled\"\nperiod = \"year\"\nregions = {{ North = \"north\", South = \"south\" }}\nfilter = {{ inter1 = {kinds}, country = \"Exland\" }}"
        );
        let account = import("attacks", &fields, fixture(file)).account;
        assert_eq!((account.read, account.accepted), (read, accepted), "{file} {kinds}: {account}");
    }
}

#[test]
fn ged_events_keep_low_best_and_high_together() {
    let imported = layout(2);
    assert_snapshot!(series(&imported), @"
    2013-07..2013-09 north 4 | best estimate
    2013-07..2013-09 north 2 | low estimate
    2013-07..2013-09 north 6 | high estimate
    2013-10..2013-12 south 4 | best estimate | short of 1 row without a usable number
    2013-10..2013-12 south 4 | low estimate | short of 1 row without a usable number
    2013-10..2013-12 south 4 | high estimate | short of 1 row without a usable number
    ");
    assert_snapshot!(imported.account, @"
    file.csv: 7 rows read, 3 accepted, 4 rejected
      1 it ends before it begins [reversed]
        6:271: date_end = `2013-10-04`
      1 its days do not lie within one period [spans-periods]
        5:260: date_start = `2013-09-30`
      1 without a place [no-region]
        8:198: adm_1 = ``
      1 low, best and high are not in this order [estimates-cross]
        7:286: best = `2`
    ");
    // Without a header, and with 43 columns: the same.
    for file in ["ged-without-header.csv", "ged-43.csv"] {
        let other = import(LAYOUTS[2].1, LAYOUTS[2].2, fixture(file));
        assert_eq!(other.observations, imported.observations, "{file}");
        assert_eq!((other.account.read, other.account.accepted), (7, imported.account.accepted), "{file}");
    }
}

#[test]
fn ged_one_estimate_or_events() {
    for (measure, told) in [
        ("low", ["2013-07..2013-12 north 3 | low estimate", "2013-07..2013-12 south 4 | low estimate"]),
        ("best", ["2013-07..2013-12 north 5 | best estimate", "2013-07..2013-12 south 4 | best estimate"]),
        ("high", ["2013-07..2013-12 north 7 | high estimate", "2013-07..2013-12 south 4 | high estimate"]),
        ("count", ["2013-07..2013-12 north 3", "2013-07..2013-12 south 2"]),
    ] {
        let fields = LAYOUTS[2].2.replace("period = \"quarter\"", &format!("measure = \"{measure}\"\nperiod = \"year\""));
        let imported = import("deaths", &fields, fixture("ged.csv"));
        let lines: Vec<String> =
            series(&imported).lines().map(|line| line.split(" | short").next().unwrap_or_default().to_owned()).collect();
        assert_eq!(lines, told, "{measure}");
    }
}

#[test]
fn fatalities_are_persons() {
    let imported = layout(3);
    assert_snapshot!(series(&imported), @"2013-07..2014-06 land 3");
    assert_snapshot!(imported.account, @"
    file.csv: 6 rows read, 3 accepted, 3 rejected
      2 left out by the filter [not-selected]
        5:36: type_of_casualty = `Injury`
        6:32: mission_acronym = `UNY`
      1 without a date [no-date]
        7:3: incident_date = ``
    ");
    // A code that is written as a decimal is the code.
    let fields = "format = \"fatalities\"\nperiod = \"year\"\nfilter = { m49_code = \"999\", gender = [\"M\", \"\"] }";
    assert_eq!(series(&import("deaths", fields, fixture("fatalities.csv"))), "2013-07..2013-12 land 2");
}

#[test]
fn personnel_are_a_stock() {
    let imported = layout(4);
    // January, 150, and February, 260, are never added up; April's rows without a number are told.
    assert_snapshot!(series(&imported), @"
    2014-02-28 land 260 | the latest in 2014-01..2014-03
    2014-04-30 land 200 | the latest in 2014-04..2014-06; short of 3 rows without a usable number
    ");
    assert_snapshot!(imported.account, @"
    file.csv: 10 rows read, 5 accepted, 5 rejected
      2 left out by the filter [not-selected]
        4:18: personnel_type = `Individual Police`
        8:14: mission_acronym = `UNY`
      1 without a value [no-value]
        9:25: female_personnel = ``
      1 a count below zero [negative]
        11:26: female_personnel = `-5`
      1 a count that is not whole [not-whole]
        10:25: female_personnel = `2.5`
    ");
    let before = import(
        LAYOUTS[4].1,
        "format = \"personnel\"\nperiod = \"month\"\nfilter = { mission_acronym = \"UNX\" }",
        fixture("personnel-before-2010.csv"),
    );
    assert_snapshot!(series(&before), @"
    2014-01-31 land 150 | the latest in 2014-01
    2014-02-28 land 200 | the latest in 2014-02
    ");
    let women = import(
        "strength",
        "format = \"personnel\"\ncolumn = \"female_personnel\"\nperiod = \"year\"\nfilter = { Mission = \"UNX\" }",
        fixture("personnel.csv"),
    );
    assert_eq!(series(&women), "2014-04-30 land 30 | the latest in 2014; short of 3 rows without a usable number");
}

#[test]
fn hxl_columns_are_found_by_their_tags() {
    let imported = layout(5);
    assert_snapshot!(series(&imported), @"
    2014-03-31 north 1000 | the latest in 2014-01..2014-03
    2014-03-31 south 250 | the latest in 2014-01..2014-03
    2014-06-30 south 300 | the latest in 2014-04..2014-06
    ");
    assert_snapshot!(imported.account, @"
    file.csv: 5 rows read, 4 accepted, 1 rejected
      1 the value is no number [not-a-number]
        6:21: #affected+idps = `1,100`
    ");
    let women = LAYOUTS[5].2.replace("#affected+idps", "#affected +f");
    assert_snapshot!(series(&import("strength", &women, fixture("hxl.csv"))), @"
    2014-03-31 north 510 | the latest in 2014-01..2014-03
    2014-06-30 north 600 | the latest in 2014-04..2014-06
    2014-03-31 south 120 | the latest in 2014-01..2014-03
    2014-06-30 south 140 | the latest in 2014-04..2014-06
    ");
}

#[test]
fn tidy_tables_gather_places_into_units() {
    let imported = layout(6);
    assert_snapshot!(series(&imported), @"
    2014-03-31 north 1000 | the latest in 2014-01..2014-03
    2014-03-31 south 100 | the latest in 2014-01..2014-03; short of 1 row without a usable number
    ");
    assert_snapshot!(imported.account, @"
    file.csv: 9 rows read, 5 accepted, 4 rejected
      1 its days do not lie within one period [spans-periods]
        7:1: date = `2014`
      1 without a place [no-region]
        9:12: region = ``
      1 the place lies in no region of the level asked for [wider-than-level]
        10:12: region = `The Land`
      1 without a value [no-value]
        8:18: idps = ``
    ");
}

#[test]
fn complete_files_say_none_where_they_have_no_rows() {
    let imported = layout(11);
    assert_snapshot!(series(&imported), @"
    2014 land 0 | Agency A
    2014 land 1 | Agency B
    2015 land 0 | Agency A
    2015 land 0 | Agency B
    2014 north 2 | Agency A
    2014 north 0 | Agency B
    2015 north 0 | Agency A
    2015 north 0 | Agency B
    2014 south 0 | Agency A
    2014 south 3 | Agency B
    2015 south 0 | Agency A
    2015 south 0 | Agency B
    2014 old-town 2 | Agency A
    2014 old-town 0 | Agency B
    2015 old-town 0 | Agency A
    2015 old-town 0 | Agency B
    ");
}

#[test]
fn survey_rounds_stand_side_by_side() {
    let imported = layout(7);
    assert_snapshot!(series(&imported), @"
    2014-03 north 30 | dissatisfied | n = 1200
    2014-03 north 61.5 | satisfied | n = 1200
    2015-02 north 54 | satisfied | n = 1150
    2015-02 north 55 | satisfied | n = 1150
    2014-03 south 28 | satisfied
    ");
    assert_snapshot!(imported.account, @"
    file.csv: 8 rows read, 5 accepted, 3 rejected
      1 the date cannot be read [not-a-date]
        8:1: round = `R9`
      1 the value is no number [not-a-number]
        9:28: n = `many`
      1 the value is out of range [out-of-range]
        7:25: share = `101`
    ");
}

#[test]
fn wide_tables_have_a_year_a_column() {
    let imported = layout(8);
    assert_snapshot!(series(&imported), @"
    2013 land 0.401
    2014 land 0.4115
    ");
    assert_snapshot!(imported.account, @"
    file.csv: 9 cells read, 2 accepted, 7 rejected
      2 dated outside the period of the import [outside-window]
        2:30: hdi_2012 = `0.4`
        4:30: hdi_2012 = `0.3`
      3 the place is no region of the study [unknown-region]
        3:5: country = `Wyland`
      1 without a value [no-value]
        4:34: hdi_2013 = ``
      1 the value is no number [not-a-number]
        4:35: hdi_2014 = `x`
    ");
    let imported = layout(9);
    assert_snapshot!(series(&imported), @"
    2013 land -0.983245193958282
    2014 land -1.02
    ");
    assert_eq!((imported.account.read, imported.account.accepted), (6, 2));
}

#[test]
fn ranks_are_numbers() {
    let imported = layout(10);
    assert_snapshot!(series(&imported), @"
    2013 land 7
    2014 land 5
    ");
    assert_snapshot!(imported.account, @"
    file.csv: 4 rows read, 2 accepted, 2 rejected
      1 left out by the filter [not-selected]
        4:1: Country = `Wyland`
      1 the value is no number [not-a-number]
        5:13: Rank = `=1+4`
    ");
}

// --- Reasons, and their places -----------------------------------------------------------------------------------------

const TIDY: &str =
    "format = \"tidy\"\nmeasure = \"sum\"\ncolumn = \"n\"\nplace = \"place\"\nperiod = \"month\"\nregions = { North = \"north\" }";

#[test]
fn every_reason_has_its_place() {
    let long = "x".repeat(70_000);
    let text = format!(
        "date,place,n\n2014-01-01,North\n,North,1\n\"20\n14\",North,1\n2014-01-01,\"No\"\"rth\",1\n2014-01-01,,1\n2014-01-01,Nowhere,1\n\n\
         2014-01-01,North,\n2014-01-01,North,é1\n2014-01-01,North,1e16\n2014-01-01,North,0.1234567891\n2014,North,1\n2013-07,North,1.5\n\
         2013-06-30,North,1\n2014-01-01,{long},1\n2014-01-01,North,-0.5,\n2014-01-01,North,-0.5"
    );
    let imported = import("attacks", TIDY, &text);
    assert_snapshot!(series(&imported), @"
    2013-07 north 1.5
    2014-01 north 0.5 | short of 4 rows without a usable number
    ");
    assert_snapshot!(imported.account.to_string().replace(&"x".repeat(80), "x…"), @r#"
    file.csv: 16 rows read, 3 accepted, 13 rejected
      1 dated outside the period of the import [outside-window]
        16:1: date = `2013-06-30`
      2 more or fewer fields than the header has [field-count]
        2:1: `2 fields, the header has 3`
        18:1: `4 fields, the header has 3`
      1 a field is too long [too-long]
        17:12: place = `x…`
      1 without a date [no-date]
        3:1: date = ``
      1 the date cannot be read [not-a-date]
        4:1: date = `20\n14`
      1 its days do not lie within one period [spans-periods]
        14:1: date = `2014`
      1 without a place [no-region]
        7:12: place = ``
      1 the place is no region of the study [unknown-region]
        8:12: place = `Nowhere`
      1 without a value [no-value]
        10:18: n = ``
      1 the value is no number [not-a-number]
        11:18: n = `é1`
      1 the value is out of range [out-of-range]
        12:18: n = `1e16`
      1 more decimals than a sum holds [too-precise]
        13:18: n = `0.1234567891`
    "#);
    // CRLF changes no line, and only the rows that are shown.
    let crlf = import("attacks", TIDY, text.replace('\n', "\r\n").replace("\"20\r\n14\"", "\"20\n14\""));
    assert_eq!(crlf.account.rejected, imported.account.rejected);
    assert_eq!(crlf.observations, imported.observations);
}

#[test]
fn names_that_stand_for_several_regions() {
    let fields = TIDY.replace("{ North = \"north\" }", "{ Nord = \"north\", nord = \"south\", NORTH = \"north\" }");
    let imported = import("attacks", &fields, "date,place,n\n2014-01,nord,1\n2014-01,North,2\n2014-01,the-north,3\n2014-01,NORTH ,4\n");
    assert_eq!(series(&imported), "2014-01 north 9");
    let rejected = &imported.account.rejected[0];
    assert_eq!((rejected.reason, rejected.first[0].line, rejected.first[0].column), (Reason::AmbiguousRegion, 2, 9));
}

#[test]
fn places_are_gathered_to_the_level_asked_for() {
    let text = "date,place,n\n2014-01,Old Town,1\n2014-01,the north,2\n2014-01,the land,4\n";
    for (level, told) in
        [("any", "2014-01 land 4\n2014-01 north 2\n2014-01 old-town 1"), ("unit", "2014-01 north 3"), ("area", "2014-01 land 7")]
    {
        let fields = format!("{TIDY}\nlevel = \"{level}\"");
        assert_eq!(series(&import("attacks", &fields, text)), told, "{level}");
    }
}

#[test]
fn periods_that_the_window_cuts_are_told_by_their_days() {
    let text = "date,place,n\n2013-06-30,North,1\n2013-07-01,North,1\n2013-08-31,North,1\n2014-02-10,North,1\n2014-02-11,North,1\n";
    for (period, told) in [
        ("month", "2013-08-15..2013-08-31 north 1\n2014-02-01..2014-02-10 north 1"),
        ("quarter", "2013-08-15..2013-09-30 north 1\n2014-01-01..2014-02-10 north 1"),
        ("year", "2013-08-15..2013-12-31 north 1\n2014-01-01..2014-02-10 north 1"),
        ("phase", "2013-08-15..2014-02-10 north 2"),
    ] {
        let fields = TIDY.replace("\"month\"", &format!("\"{period}\"\nwhen = \"2013-08-15..2014-02-10\""));
        assert_eq!(series(&import("attacks", &fields, text)), told, "{period}");
    }
    // Beyond the study's window, where the import asks for it; phases are only within.
    let wide = TIDY.replace("\"month\"", "\"year\"\nwhen = \"2010..\"");
    assert_eq!(series(&import("attacks", &wide, "date,place,n\n2010-01-01,North,1\n2009-12-31,North,1\n")), "2010 north 1");
    let phases = TIDY.replace("\"month\"", "\"phase\"\nwhen = \"2010..2020\"");
    let imported = import("attacks", &phases, "date,place,n\n2010-01-01,North,1\n2013-07,North,2\n2016,North,1\n");
    assert_eq!(series(&imported), "2013-07-01..2014-06-30 north 2".replace("2013-07-01..2014-06-30", "2013-07..2014-06"));
    assert_eq!(imported.account.rejected[0].count, 2);
}

#[test]
fn a_strict_import_ends_at_the_first_row_that_does_not_fit() {
    let strict = Options { strict: true, shown: 0, ..Options::default() };
    let text = "date,place,n\n2010-01-01,North,1\n2014-01-01,North,x\u{1b}[31m\n";
    assert_snapshot!(refused("attacks", TIDY, text, &strict), @r#"
    file.csv:3:18
      the value is no number: n = `x\u{1b}[31m` [wrong-form]

    1 fault of meaning.
    "#);
    // What is not asked for is no fault.
    let importer = importer("attacks", TIDY);
    assert!(importer.read_with("f", "date,place,n\n2010-01-01,North,1\n".as_bytes(), &strict, &mut |_| ()).is_ok());
}

// --- What ends an import -----------------------------------------------------------------------------------------------

#[test]
fn files_without_what_is_needed() {
    let default = Options::default();
    assert_snapshot!(refused("attacks", TIDY, "", &default), @"
    file.csv:1:1
      the file is empty: it has no header [wrong-form]

    1 fault of meaning.
    ");
    assert_snapshot!(refused("attacks", TIDY, "date,plce,n\n", &default), @"
    file.csv:1:1
      unknown column `place`; the nearest is `plce` [unknown-name]
      help: one of `date`, `plce`, `n`

    1 fault of meaning.
    ");
    assert_snapshot!(refused("attacks", LAYOUTS[0].2, "event_date,admin1\n", &default), @"
    file.csv:1:1
      unknown column `country` [unknown-name]
      help: one of `event_date`, `admin1`

    1 fault of meaning.
    ");
    assert_snapshot!(refused("strength", LAYOUTS[5].2, "date,adm1\n2014,x\n", &default), @"
    file.csv:1:1
      the file has no row of HXL tags among its first 25, such as `#date,#adm1,#affected` [wrong-form]

    1 fault of meaning.
    ");
    assert_snapshot!(refused("trust", LAYOUTS[8].2, "iso3,country,le_1990\n", &default), @"
    file.csv:1:1
      unknown column `hdi_1990` [unknown-name]
      help: one of `iso3`, `country`, `le_1990`

    1 fault of meaning.
    ");
    assert_snapshot!(refused("strength", LAYOUTS[4].2, "mission_acronym,personnel_type,last_reporting_date,male_personnel\n", &default), @"
    file.csv:1:1
      unknown column `female_personnel`; the nearest is `male_personnel` [unknown-name]
      help: one of `mission_acronym`, `personnel_type`, `last_reporting_date`, `male_personnel`

    1 fault of meaning.
    ");
    assert_snapshot!(refused("deaths", LAYOUTS[2].2, "1,2,3\n", &default), @"
    file.csv:1:1
      unknown column `date_end` [unknown-name]
      help: one of `1`, `2`, `3`

    1 fault of meaning.
    ");
    assert_snapshot!(Importer::new(&case("attacks", TIDY).study(), "itt").unwrap_err(), @"unknown import `itt`; the nearest is `it`");
}

#[test]
fn rows_headers_and_results_are_bounded() {
    let never_closed = format!("date,place,n\n2014-01-01,North,1\n2014-01-02,\"North,1\n{}", "2014-01-03,North,1\n".repeat(100_000));
    assert_snapshot!(refused("attacks", TIDY, never_closed, &Options::default()), @"
    file.csv:3:1
      bytes of a row: 1048577 is above the limit of 1048576 [too-large]
      help: the program that reads sets the limit, and can raise it

    1 fault; the case was not read.
    ");
    let columns = format!("date,place,n{}\n", ",x".repeat(2_000));
    assert_snapshot!(refused("attacks", TIDY, columns, &Options::default()), @"
    file.csv:1:1
      columns of the file: 2003 is above the limit of 1000 [too-large]
      help: the program that reads sets the limit, and can raise it

    1 fault; the case was not read.
    ");
    let small = Options { observations: 2, ..Options::default() };
    assert_snapshot!(refused("attacks", TIDY, "date,place,n\n2014-01,North,1\n2014-02,North,1\n2014-03,North,1\n", &small), @"
    file.csv:4:1
      observations of the import: 3 is above the limit of 2 [too-large]
      help: the program that reads sets the limit, and can raise it

    1 fault; the case was not read.
    ");
    let complete = format!("{TIDY}\ncomplete = \"2014\"");
    assert_snapshot!(refused("attacks", &complete, "date,place,n\n2014-01,North,1\n", &small), @"
    file.csv
      observations of the import: 3 is above the limit of 2 [too-large]
      help: the program that reads sets the limit, and can raise it

    1 fault; the case was not read.
    ");
    let scopes: String = (0..5).map(|n| format!("2014-01,North,1,{n}\n")).collect();
    assert!(
        importer("attacks", &format!("{TIDY}\nscope_column = \"s\""))
            .read_with("f", format!("date,place,n,s\n{scopes}").as_bytes(), &small, &mut |_| ())
            .is_err()
    );
}

/// A reader that fails after its text, gives a byte at a time, and is interrupted in between.
struct Broken<'a>(&'a [u8], bool, bool);

impl Read for Broken<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match self.0.split_first() {
            Some((byte, rest)) if !buffer.is_empty() => {
                buffer[0] = *byte;
                self.0 = rest;
                Ok(1)
            }
            None if self.2 => Err(io::Error::other("the line was cut")),
            _ => Ok(0),
        }
    }
}

#[test]
fn readers_may_be_slow_and_may_fail() {
    let text = "\u{feff}date,place,n\r\n2014-01-01,North,1\r\n";
    let importer = importer("attacks", TIDY);
    let slow = importer.read("f", Broken(text.as_bytes(), false, false)).unwrap();
    assert_eq!(slow, importer.read("f", text.as_bytes()).unwrap());
    assert_snapshot!(importer.read("f", Broken(text.as_bytes(), false, true)).unwrap_err(), @"
    f
      cannot be read: the line was cut [not-read]

    1 fault; the case was not read.
    ");
}

#[test]
fn progress_is_told() {
    let text = format!("date,place,n\n{}", "2014-01-01,North,1\n".repeat(50_000));
    let mut told = Vec::new();
    let imported =
        importer("attacks", TIDY).read_with("f", text.as_bytes(), &Options::default(), &mut |progress| told.push(progress)).unwrap();
    assert_eq!(series(&imported), "2014-01 north 50000");
    assert_eq!(told.len(), 4);
    assert!(told.windows(2).all(|pair| pair[0].bytes < pair[1].bytes && pair[0].rows < pair[1].rows));
    assert_eq!((told[3].rows, told[3].bytes), (50_000, text.len() as u64));
}

#[test]
fn rows_far_apart_have_their_places() {
    // Past the pieces that are kept, and with a row that is longer than these.
    let mut text = String::from("date,place,n\r\n");
    for _ in 0..30_000 {
        text.push_str("2014-01-01,North,1\r\n");
    }
    text.push_str("2014-01-01,Nowhere,1\r\n");
    text.push_str(&format!("2014-01-01,North,{}\r\n", "y".repeat(400_000)));
    text.push_str("2014-01-01,North,z\r\n");
    let account = import("attacks", TIDY, text).account;
    let at = |reason: Reason| account.rejected.iter().find(|one| one.reason == reason).map(|one| (one.first[0].line, one.first[0].column));
    assert_eq!(at(Reason::UnknownRegion), Some((30_002, 12)));
    assert_eq!(at(Reason::NotANumber), Some((30_004, 18)));
    assert!(at(Reason::TooLong).is_some());
}

// --- The mapping in a case ---------------------------------------------------------------------------------------------

#[track_caller]
fn faults(indicator: &str, fields: &str) -> String {
    case(indicator, fields).problems().iter().map(|p| format!("{} {} [{}]", p.path, p.error, p.error.code())).collect::<Vec<_>>().join("\n")
}

#[test]
fn mappings_are_checked_with_their_case() {
    assert_snapshot!(faults("attack", "format = \"acled\"\nperiod = \"month\"\nregions = { Gao = \"nort\" }\nwhere = \"lnd\""), @"
    import[0].indicator unknown indicator `attack`; the nearest is `attacks` [unknown-id]
    import[0].regions.Gao unknown region `nort`; the nearest is `north` [unknown-id]
    import[0].where unknown region `lnd`; the nearest is `land` [unknown-id]
    ");
    assert_snapshot!(faults("attacks", "format = \"acled\"\nmeasure = \"latest\"\nperiod = \"month\""), @"import[0].measure unknown measure of this format `latest` [unknown-name]");
    assert_snapshot!(faults("strength", "format = \"acled\"\nmeasure = \"deaths\"\nperiod = \"month\""), @"import[0].measure `strength` is a stock, which is never summed over time [stock-summed]");
    assert_snapshot!(faults("strength", "format = \"tidy\"\nmeasure = \"latest\""), @"
    import[0] `column` is not given [missing-field]
    import[0] `period` is not given [missing-field]
    import[0] the import has none of `place`, `where` [none-of]
    ");
    assert_snapshot!(faults("trust", "format = \"survey\"\nperiod = \"month\"\ncomplete = \"2014\""), @r#"
    import[0].period `measure = "value"` and `period` are given together; an import has one of them [one-of]
    import[0].complete `complete` and `measure = "value"` are given together; an import has one of them [one-of]
    "#);
    assert_snapshot!(faults("attacks", "format = \"acled\"\nwhere = \"north\"\nplace = \"admin2\"\nscope = \"a\"\nscope_column = \"b\""), @"
    import[0] `period` is not given [missing-field]
    import[0].place `where` and `place` are given together; an import has one of them [one-of]
    import[0].scope_column `scope` and `scope_column` are given together; an import has one of them [one-of]
    ");
    assert_snapshot!(faults("attacks", "format = \"acldd\"\nlevel = \"units\"\nperiod = \"week\"\nmeasure = \"median\"\ndates = { R1 = \"soon\" }\nwhen = \"2015..2014\""), @"
    import[0].format unknown format of a file `acldd`; the nearest is `acled` [unknown-name]
    import[0].level unknown level of place `units`; the nearest is `unit` [unknown-name]
    import[0].period unknown length of period `week` [unknown-name]
    import[0].measure unknown measure `median` [unknown-name]
    import[0].dates.R1 `soon` is not a date [no-such-date]
    import[0].when 2014 is before 2015 [reversed-period]
    ");
    let uncited = case("attacks", TIDY).patch("imports.toml", "cite = [\"R rows\"]", "origin = \"coder\"");
    assert_eq!(uncited.problems().iter().next().unwrap().error.code(), "missing-cite");
    let long = format!("{TIDY}\nfilter = {{ {} = \"x\" }}", "c".repeat(300));
    assert!(faults("attacks", &long).contains("too-long"));
}

#[test]
fn mappings_come_back_as_they_were_written() {
    for (_, indicator, fields) in LAYOUTS {
        let fields = format!("{fields}\nwhen = \"2013..\"\ntext = \"Mind the gap\"");
        let study = case(indicator, &fields).study();
        let document = CaseDocument::from(&study);
        let texts = document.to_texts();
        let again = CaseStudy::from_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap();
        assert_eq!(again, study);
        let json: CaseDocument = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
        assert_eq!(CaseStudy::try_from(json).unwrap(), study);
        assert_eq!(study.import(&"it".parse().unwrap()).unwrap().provenance.cites.len(), 1);
    }
}

#[test]
fn what_was_imported_is_a_study() {
    for (at, (_, indicator, fields)) in LAYOUTS.into_iter().enumerate() {
        let mut document = CaseDocument::from(&case(indicator, fields).study());
        let rows = layout(at).observations;
        assert!(!rows.is_empty());
        document.observations.extend(rows.iter().cloned());
        let study = CaseStudy::try_from(&document).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(study.observations().len(), rows.len());
        // And as files, once more.
        let csv = to_csv(&rows);
        assert_eq!(case(indicator, fields).with("observations.csv", &csv).study().observations().len(), rows.len());
    }
}

#[test]
fn cells_that_look_like_formulas_are_data_and_are_written_as_text() {
    let fields = TIDY.replace("measure = \"sum\"", "measure = \"value\"").replace("\nperiod = \"month\"", "") + "\nscope_column = \"who\"";
    let imported = import(
        "attacks",
        &fields,
        "date,place,n,who\n2014,North,-1,=1+1\n2014,North,2,@who\n2014,North,3,+a\n2014,North,4,-b\n2014,North,5,c\n",
    );
    assert_snapshot!(series(&imported), @"
    2014 north 3 | +a
    2014 north 4 | -b
    2014 north -1 | =1+1
    2014 north 2 | @who
    2014 north 5 | c
    ");
    let csv = to_csv(&imported.observations);
    assert_snapshot!(csv, @"
    row,indicator,when,region,value,scope,cite,note
    ,attacks,2014,north,3,'+a,R rows,
    ,attacks,2014,north,4,'-b,R rows,
    ,attacks,2014,north,-1,'=1+1,R rows,
    ,attacks,2014,north,2,'@who,R rows,
    ,attacks,2014,north,5,c,R rows,
    ");
    assert!(csv.lines().all(|line| line.split(',').all(|cell| !cell.starts_with(['=', '+', '@']))));
}

// --- The mappings of MINUSMA, and the example ---------------------------------------------------------------------------

fn minusma() -> &'static CaseStudy {
    static STUDY: OnceLock<CaseStudy> = OnceLock::new();
    STUDY.get_or_init(|| Case::minusma().study())
}

#[test]
fn minusma_takes_the_divisions_of_mali_to_its_units() {
    let mut text = String::from("event_date,event_type,country,admin1,fatalities\n");
    let places = [
        ("Gao", "N"),
        ("Kidal", "N"),
        ("Menaka", "N"),
        ("Ménaka", "N"),
        ("Tombouctou", "N"),
        ("Timbuktu", "N"),
        ("Taoudénit", "N"),
        ("Taoudenni", "N"),
        ("Mopti", "C"),
        ("Segou", "C"),
        ("Ségou", "C"),
        ("Bamako", "S"),
        ("Sikasso", "S"),
        ("Kayes", "S"),
        ("Koulikoro", "S"),
        ("KOULIKORO ", "S"),
    ];
    for (place, _) in places {
        text.push_str(&format!("2018-07-01,Battles,Mali,{place},2\n"));
    }
    text.push_str("2018-07-01,Battles,Niger,Tillaberi,2\n2018-07-01,Strategic developments,Mali,Gao,0\n");
    let count = |unit: &str| places.iter().filter(|(_, of)| *of == unit).count();
    for (id, times) in [("acled-incidents-by-unit", 1), ("acled-fatalities-by-unit", 2)] {
        let imported = Importer::new(minusma(), id).unwrap().read("f", text.as_bytes()).unwrap();
        adds_up(&imported);
        assert_eq!(imported.account.unfit(), 0, "{}", imported.account);
        let told: Vec<(String, String)> = imported.observations.iter().map(|row| (row.region.clone(), row.value.clone())).collect();
        let wanted: Vec<(String, String)> =
            ["N", "C", "S"].iter().map(|unit| ((*unit).to_owned(), (count(unit) * times).to_string())).collect();
        assert_eq!(told, wanted);
    }
    let idps = "date,region,idps\n2018-06-30,Gao,100\n2018-06-30,Segou,7\n2018-06-30,Kidal,11\n2018-05-31,Gao,90\n";
    assert_eq!(
        series(&Importer::new(minusma(), "idps-by-unit").unwrap().read("f", idps.as_bytes()).unwrap()),
        "2018-06-30 N 111 | the latest in 2018-04..2018-06\n2018-06-30 C 7 | the latest in 2018-04..2018-06"
    );
}

fn run(args: &[&str]) -> Result<(String, String), String> {
    crate::example::text(lexopt::Parser::from_args(args)).map(|told| (told.out, told.beside))
}

#[test]
fn the_example_prints_series_and_account() {
    let path = format!("{}/tests/fixtures/import/minusma-events.csv", env!("CARGO_MANIFEST_DIR"));
    let (out, beside) = run(&["--format", "acled", &path, "--case", MINUSMA]).unwrap();
    assert!(beside.is_empty());
    assert!(out.lines().all(|line| line.chars().count() <= 100 && !line.contains('\u{1b}')), "{out}");
    assert_snapshot!(out, @r#"
    ── acled-incidents-by-unit   (acled, count) ────────────────────────────────────────────────────────
      Indicator   acled-incidents: Incidents (ACLED) (incidents, flow, lower is better)
      Source      D-ACLED rows of Mali
      Caution     Strategic developments are left out: they are no incidents. Where a month has no rows,
                  nothing is said.

      when     North  Centre
      2018-07      2       1

      Account     minusma-events.csv: 7 rows read, 3 accepted, 4 rejected
                1 left out by the filter [not-selected]
                  5:12: event_type = `Strategic developments`
                1 dated outside the period of the import [outside-window]
                  8:1: event_date = `2012-08-01`
                2 the place is no region of the study [unknown-region]
                  6:25: admin1 = `Timbouctou`
                  7:25: admin1 = `\u{1b}[31mMopti`

    ── acled-fatalities-by-unit   (acled, deaths) ──────────────────────────────────────────────────────
      Indicator   acled-fatalities: Fatalities (ACLED) (persons, flow, lower is better)
      Source      D-ACLED rows of Mali

      when     North  Centre
      2018-07      2       1
      2018-08      0       .
      A dot: no row; that is not the same as none.

      Account     minusma-events.csv: 7 rows read, 4 accepted, 3 rejected
                1 dated outside the period of the import [outside-window]
                  8:1: event_date = `2012-08-01`
                2 the place is no region of the study [unknown-region]
                  6:25: admin1 = `Timbouctou`
                  7:25: admin1 = `\u{1b}[31mMopti`
    "#);
    let (csv, beside) = run(&["--import", "acled-incidents-by-unit", "--csv", &path, "--case", MINUSMA]).unwrap();
    assert!(
        csv.starts_with("row,indicator,when,region,value,scope,cite,note\n,acled-incidents,2018-07,N,2,,D-ACLED rows of Mali,\n"),
        "{csv}"
    );
    assert_eq!(beside, "acled-incidents-by-unit: 7 rows read, 3 accepted, 4 rejected\n");
}

#[test]
fn the_example_tells_what_is_wrong() {
    let path = format!("{}/tests/fixtures/import/acled.csv", env!("CARGO_MANIFEST_DIR"));
    let wrong = |args: &[&str]| run(args).unwrap_err().lines().next().unwrap_or_default().to_owned();
    assert!(wrong(&[]).contains("no file is named"));
    assert!(wrong(&[&path]).contains("no case directory"));
    assert!(wrong(&[&path, "--case", MINUSMA]).contains("--format or --import is needed"));
    assert!(wrong(&[&path, "--case", MINUSMA, "--format", "acledd"]).contains("error:"));
    assert!(wrong(&[&path, "--case", MINUSMA, "--format", "wide"]).contains("no import of the format wide"));
    assert!(wrong(&[&path, "--case", MINUSMA, "--import", "acled"]).contains("unknown import `acled`"));
    assert!(wrong(&[&path, "--case", MINUSMA, "--import", "un-deaths", "--format", "acled"]).contains("is of the format fatalities"));
    assert!(wrong(&["no\u{7}where.csv", "--case", MINUSMA, "--format", "acled"]).contains("no\\u{7}where.csv cannot be read"));
    assert!(wrong(&[&path, "--case", "no-such-case", "--format", "acled"]).contains("nothing was imported"));
    assert!(wrong(&[&path, "--case", MINUSMA, "--import", "un-deaths"]).contains("nothing was imported"));
    assert!(run(&["--help"]).unwrap().0.contains("--strict"));
}

// --- Properties ----------------------------------------------------------------------------------------------------------

fn importers() -> &'static Vec<(Vec<u8>, Importer)> {
    static ALL: OnceLock<Vec<(Vec<u8>, Importer)>> = OnceLock::new();
    ALL.get_or_init(|| LAYOUTS.iter().map(|(file, indicator, fields)| (fixture(file), importer(indicator, fields))).collect())
}

fn told(imported: Imported) -> (Vec<peaceops::document::record::ObservationRecord>, Vec<(Reason, u64)>) {
    (imported.observations, imported.account.rejected.iter().map(|one| (one.reason, one.count)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// The order of rows changes no series and no count.
    #[test]
    fn the_order_of_rows_changes_nothing(at in 0..LAYOUTS.len(), keys in proptest::collection::vec(any::<u32>(), 40)) {
        let (bytes, importer) = &importers()[at];
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true)
            .delimiter(if LAYOUTS[at].0 == "idps.csv" { b';' } else { b',' }).from_reader(bytes.as_slice());
        let mut rows: Vec<csv::ByteRecord> = reader.byte_records().map(Result::unwrap).collect();
        let head = if LAYOUTS[at].0 == "hxl.csv" { 3 } else { 1 };
        let mut tail: Vec<(u32, csv::ByteRecord)> = keys.iter().copied().chain(std::iter::repeat(0)).zip(rows.drain(head..)).collect();
        tail.sort_by_key(|(key, _)| *key);
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in rows.iter().chain(tail.iter().map(|(_, row)| row)) {
            writer.write_byte_record(row).unwrap();
        }
        let mixed = importer.read("f", writer.into_inner().unwrap().as_slice()).unwrap();
        prop_assert_eq!(told(mixed), told(importer.read("f", bytes.as_slice()).unwrap()));
    }

    /// Whatever becomes of a file, reading it ends, and its rows add up.
    #[test]
    fn no_file_panics(at in 0..LAYOUTS.len(), edits in proptest::collection::vec((any::<u16>(), 0..6_u8, any::<u8>(), "[-=+@,;\"\r\n\t#0-9a-zé. ]{0,12}"), 1..12), strict in any::<bool>()) {
        let (bytes, importer) = &importers()[at];
        let mut bytes = bytes.clone();
        for (place, what, byte, text) in edits {
            let place = usize::from(place) % (bytes.len() + 1);
            match what {
                0 => bytes.truncate(place),
                1 => { bytes.splice(place..place, text.into_bytes()); }
                2 if place < bytes.len() => bytes[place] = byte,
                3 => { let end = (place + usize::from(byte)).min(bytes.len()); bytes.drain(place..end); }
                4 => { let copy = bytes[..place].to_vec(); bytes.extend(copy); }
                _ => bytes.insert(place, b'"'),
            }
        }
        let options = Options { strict, row: 4_096, field: 512, columns: 64, observations: 500, ..Options::default() };
        match importer.read_with("f", bytes.as_slice(), &options, &mut |_| ()) {
            Ok(imported) => {
                adds_up(&imported);
                prop_assert!(imported.observations.len() <= 500);
                prop_assert!(imported.account.rejected.iter().all(|one| one.first.len() <= 3));
                prop_assert!(imported.account.rejected.iter().flat_map(|one| &one.first).all(|one| one.value.chars().count() <= 80 && one.line > 0 && one.column > 0));
                prop_assert!(!imported.account.to_string().chars().any(|c| c.is_control() && c != '\n'));
            }
            Err(problems) => prop_assert!(!problems.to_string().chars().any(|c| c.is_control() && c != '\n')),
        }
    }
}
