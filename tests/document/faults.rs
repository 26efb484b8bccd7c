//! Every fault of a case as its author sees it: the whole message, with file, line and column.
//!
//! Most are small patches of the MINUSMA case. Where that case was edited and only lines moved,
//! `cargo insta test --accept --test document faults` brings the messages up to date; read the difference.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use crate::common::{Case, MINUSMA, SMALL};
use insta::assert_snapshot;
use peaceops::document::Limits;
use peaceops::{CaseDocument, CaseStudy, ErrorKind, Problems};

/// The one file of the small case.
const FILE: &str = "case.toml";

/// What is wrong with a case read under limits.
#[track_caller]
fn limited(case: &Case, limits: Limits) -> Problems {
    CaseStudy::from_texts_with(case.texts(), &limits).expect_err("the case keeps within the limits")
}

/// A directory of its own with files, gone at the end.
struct Directory {
    path: std::path::PathBuf,
}

impl Directory {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let path = std::env::temp_dir().join(format!("peaceops-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        for (name, bytes) in files {
            std::fs::write(path.join(name), bytes).unwrap();
        }
        Self { path }
    }

    /// What is wrong with it; the directory is named `case` in the message.
    #[track_caller]
    fn problems(&self) -> String {
        let problems = CaseStudy::read(&self.path).expect_err("the directory has a fault");
        problems.to_string().replace(&*self.path.to_string_lossy(), "case")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// What is wrong with a directory of files.
#[track_caller]
fn directory(name: &str, files: &[(&str, &[u8])]) -> String {
    Directory::new(name, files).problems()
}

#[test]
fn codes_are_unique_and_stay() {
    let mut codes = ErrorKind::CODES.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), ErrorKind::CODES.len());
    assert_snapshot!(ErrorKind::CODES.join("\n"), @"
    syntax
    not-utf8
    not-read
    misnamed-file
    too-large
    too-deep
    wrong-form
    unknown-table
    unknown-field
    missing-field
    invalid-id
    duplicate-id
    unknown-id
    unknown-name
    no-such-date
    invalid-period
    open-period
    reversed-period
    never-in-force
    not-in-order
    not-finite
    not-a-number
    out-of-range
    not-between
    too-precise
    not-positive
    range-excludes-level
    one-of
    none-of
    missing-because
    missing-cite
    missing-locator
    too-few-readings
    duplicate-rating
    narrower-than-unit
    pool-link
    circle
    part-of-part
    phase-gap
    phase-overlap
    units
    no-instrument
    before-mission
    not-a-body
    only-supports
    not-rated
    too-long
    issue-two-signs
    not-admiralty
    place-too-fine
    not-confidential
    shows-protected
    not-tested
    no-scheme
    not-a-probability
    not-a-range
    rate-of-rate
    stock-summed
    not-a-composite
    not-comparable
    unknown-address
    ");
}

// Form: fields, tables and kinds of values

#[test]
fn unknown_field() {
    let case = Case::minusma().patch_after("findings.toml", "id = \"MIN-D3-05\"", "salience", "salence");
    assert_snapshot!(case.problems(), @"
    findings.toml:643:1: finding[46].salence (MIN-D3-05)
      unknown field `salence`; the nearest is `salience` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn unknown_field_inside_a_field() {
    let case = Case::small().patch(FILE, "low = \"marginal\"", "lo = \"marginal\"");
    assert_snapshot!(case.problems(), @"
    case.toml:80:35: rating[0].activities.lo (T1, P1)
      unknown field `lo`; the nearest is `low` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn unknown_field_in_a_table_below_a_row() {
    let more = "\n[[rating]]\ntask = [\"T1\"]\nphase = \"P2\"\n\n[rating.mandate]\nlevle = \"full\"\nbecause = \"Named\"\n";
    assert_snapshot!(Case::small().append(FILE, more).problems(), @"
    case.toml:107:1: rating[1].mandate.levle (T1, P2)
      unknown field `levle`; the nearest is `level` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn unknown_table() {
    // Nobody is blamed for naming one of its rows.
    let case = Case::small().patch(FILE, "[[activity]]", "[[actvity]]");
    assert_snapshot!(case.problems(), @"
    case.toml:69:3: actvity
      unknown table `actvity`; the nearest is `activity` [unknown-table]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn unknown_table_like_no_other() {
    let case = Case::small().append(FILE, "\n[[cheese]]\nid = \"brie\"\n");
    assert_snapshot!(case.problems(), @"
    case.toml:102:3: cheese
      unknown table `cheese` [unknown-table]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_number_for_a_text() {
    let case = Case::minusma().patch("tasks.toml", "title = \"Protect civilians\"", "title = 7");
    assert_snapshot!(case.problems(), @"
    tasks.toml:152:9: task[6].title (MIN-TSK-07)
      the number `7` stands where a text, in quotes, belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_text_for_a_list() {
    let case = Case::small().patch(FILE, "serves = [\"T1\"]", "serves = \"T1\"");
    assert_snapshot!(case.problems(), @"
    case.toml:74:10: activity[0].serves (A1)
      the text `T1` stands where a list belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_text_for_a_group_of_fields() {
    let case = Case::small().patch(FILE, "{ grade = \"enabling\" }", "\"enabling\"");
    assert_snapshot!(case.problems(), @"
    case.toml:89:16: effect[0].contribution (E1)
      the text `enabling` stands where a group of fields, `{ … }`, belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_text_for_a_truth() {
    let case = Case::small().patch_after(FILE, "name = \"The south\"", "unit = true", "unit = \"yes\"");
    assert_snapshot!(case.problems(), @"
    case.toml:36:8: region[2].unit (south)
      the text `yes` stands where `true` or `false` belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_decimal_for_a_whole_number() {
    let case = Case::small().patch(FILE, "change = 1,", "change = 1.5,");
    assert_snapshot!(case.problems(), @"
    case.toml:88:23: effect[0].observed.change (E1)
      the number `1.5` stands where a whole number belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_number_inside_a_list_of_texts() {
    let case = Case::small().patch(FILE, "serves = [\"T1\"]", "serves = [\"T1\", 2]");
    assert_snapshot!(case.problems(), @"
    case.toml:74:17: activity[0].serves[1] (A1)
      the number `2` stands where a text, in quotes, belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_number_for_a_pool() {
    let case = Case::small().patch(FILE, "pool = \"force\"", "pool = 1");
    assert_snapshot!(case.problems(), @r#"
    case.toml:66:8: task[0].pool (T1)
      the number `1` stands where a pool, or `{ resources = "…", capabilities = "…" }` belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    "#);
}

#[test]
fn a_list_of_tables_for_the_one_study() {
    let case = Case::small().patch(FILE, "[study]", "[[study]]");
    assert_snapshot!(case.problems(), @"
    case.toml:1:3: study
      `study` is a list; it is one table, written `[study]` [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_table_for_a_list_of_rows() {
    let case = Case::small().patch(FILE, "[[mission]]", "[mission]");
    assert_snapshot!(case.problems(), @"
    case.toml:9:2: mission
      `mission` is a table; it is a list of tables, written `[[mission]]` [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_second_study() {
    let case = Case::small().with("more.toml", "# Another head.\n\n[study]\nid = \"more\"\n");
    assert_snapshot!(case.problems(), @"
    more.toml:3:1: study
      a second `[study]`; a case has one [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn nothing_at_all() {
    assert_snapshot!(Case(Vec::new()).problems(), @"
    study
      `study` is not given [missing-field]

    1 fault of meaning.
    ");
}

#[test]
fn every_row_tells_one_fault_of_form_and_the_good_rows_go_on() {
    let case = Case::minusma()
        .patch_after("effects.toml", "id = \"MIN-EFF-02\"", "title = \"", "titel = \"")
        .patch_after("effects.toml", "id = \"MIN-EFF-02\"", "observed = {", "observde = {")
        .patch_after("effects.toml", "id = \"MIN-EFF-04\"", "change = 2", "change = \"two\"")
        .patch_after("effects.toml", "id = \"MIN-EFF-06\"", "on = \"displacement\"", "on = \"displacment\"");
    assert_snapshot!(case.problems(), @"
    effects.toml:24:1: effect[1].titel (MIN-EFF-02)
      unknown field `titel`; the nearest is `title` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    effects.toml:52:23: effect[3].observed.change (MIN-EFF-04)
      the text `two` stands where a whole number belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    effects.toml:73:6: effect[5].on (MIN-EFF-06)
      unknown topic `displacment`; the nearest is `displacement` [unknown-id]

    2 faults of form, 1 of meaning; the rows left out may hide more.
    ");
}

#[test]
fn nobody_is_blamed_for_naming_a_row_that_could_not_be_read() {
    let field = |id: &str| format!("id = \"{id}\"\n");
    let case = Case::minusma()
        .patch("tasks.toml", &field("MIN-TSK-07"), "id = \"MIN-TSK-07\"\nfiled = \"protection\"\n")
        .patch("tasks.toml", &field("force"), "id = \"force\"\nsize = 3\n")
        .patch("sources.toml", &field("R"), "id = \"R\"\npages = 100\n")
        .patch("study.toml", "[[region]]\nid = \"N\"\n", "[[region]]\nid = \"N\"\ncapital = true\n")
        .patch("study.toml", "[[phase]]\nid = \"P2\"\n", "[[phase]]\nid = \"P2\"\nlast = true\n")
        .patch("study.toml", "acronym = \"MINUSMA\"", "acronim = \"MINUSMA\"");
    assert_snapshot!(case.problems(), @"
    sources.toml:17:1: source[0].pages (R)
      unknown field `pages` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    study.toml:19:1: mission[0].acronim (minusma)
      unknown field `acronim`; the nearest is `acronym` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    study.toml:45:1: region[2].capital (N)
      unknown field `capital` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    study.toml:188:1: phase[1].last (P2)
      unknown field `last` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    tasks.toml:14:1: pool[0].size (force)
      unknown field `size` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    tasks.toml:153:1: task[6].filed (MIN-TSK-07)
      unknown field `filed`; the nearest is `field` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    6 faults of form; the rows left out may hide more.
    ");
}

#[test]
fn nobody_is_blamed_for_a_head_that_could_not_be_read() {
    let case = Case::small().patch(FILE, "area = \"land\"", "aera = \"land\"");
    assert_snapshot!(case.problems(), @"
    case.toml:7:1: study.aera (small)
      unknown field `aera`; the nearest is `area` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

// Syntax

#[test]
fn syntax_in_one_file_and_meaning_in_another() {
    let case = Case::minusma().patch_after("drivers.toml", "id = \"MIN-DRV-02\"", "critical = true", "critical true").patch_after(
        "verdicts.toml",
        "id = \"MIN-DV-5\"",
        "ownership",
        "owenrship",
    );
    assert_snapshot!(case.problems(), @"
    drivers.toml:27:10
      a field has no `=` [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    verdicts.toml:48:13: verdict[4].dimension (MIN-DV-5)
      unknown dimension `owenrship`; the nearest is `ownership` [unknown-id]

    1 fault of form, 1 of meaning; the rows left out may hide more.
    ");
}

#[test]
fn an_open_quote() {
    let case = Case::small().patch(FILE, "title = \"Patrols\"", "title = \"Patrols");
    assert_snapshot!(case.problems(), @r#"
    case.toml:71:17
      the text has no closing `"` [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    "#);
}

#[test]
fn an_open_list() {
    // The parser finds 87 faults in what follows; the first of all is where the list begins.
    let case = Case::small().patch(FILE, "serves = [\"T1\"]", "serves = [\"T1\"");
    assert_snapshot!(case.problems(), @"
    case.toml:74:10
      the list has no closing `]` [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn an_open_text_of_many_lines() {
    let case = Case::small().patch(FILE, "id = \"T1\"", "id = '''T1");
    assert_snapshot!(case.problems(), @"
    case.toml:58:6
      invalid multi-line literal string, expected `'` [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn an_open_header() {
    let case = Case::small().patch(FILE, "[[activity]]", "[[activity]");
    assert_snapshot!(case.problems(), @"
    case.toml:69:12
      unclosed array table, expected `]` [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn the_same_key_twice() {
    let case = Case::small().patch(FILE, "title = \"Patrols\"\n", "title = \"Patrols\"\ntitle = \"Patrols\"\n");
    assert_snapshot!(case.problems(), @"
    case.toml:72:1
      the field is given twice [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn two_faults_of_syntax_in_two_rows() {
    let case = Case::small().patch(FILE, "title = \"Patrols\"", "title = \"Patrols").patch(FILE, "issue = \"bases\"", "issue = bases");
    assert_snapshot!(case.problems(), @r#"
    case.toml:71:17
      the text has no closing `"` [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    case.toml:96:9
      a text stands in quotes [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    2 faults of form; the rows left out may hide more.
    "#);
}

#[test]
fn rows_lost_after_a_fault_of_syntax() {
    // The parser gives up here: no pool and no task is found, and nobody is blamed for naming one.
    let case = Case::minusma().patch("tasks.toml", "title = \"Uniformed military force\"", "title \"Uniformed military force\"");
    assert_snapshot!(case.problems(), @"
    tasks.toml:14:7
      a field has no `=` [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_number_past_all_numbers() {
    let case = Case::small().patch(FILE, "area = \"land\"", "area = \"land\"\ncoders = 99999999999999999999");
    assert_snapshot!(case.problems(), @"
    case.toml:8:10: study.coders (small)
      the number `99999999999999999999` has too many digits [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    let case = Case::small().patch(FILE, "area = \"land\"", "area = \"land\"\ncoders = 9999");
    assert_snapshot!(case.problems(), @"
    case.toml:8:10: study.coders (small)
      coders 9999 is not in the range 1..=1000 [out-of-range]

    1 fault of meaning.
    ");
}

#[test]
fn nested_too_deeply() {
    let value = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    let case = Case::small().append(FILE, &format!("\n[[fact]]\nid = \"deep\"\nvalue = {value}\n"));
    assert_snapshot!(case.problems(), @"
    case.toml:104:89
      values are nested too deeply [too-deep]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_key_of_too_many_parts() {
    let case = Case::small().append(FILE, &format!("\n[[fact]]\nid = \"deep\"\n{}x = 1\n", "a.".repeat(200)));
    assert_snapshot!(case.problems(), @"
    case.toml:104:1
      values are nested too deeply [too-deep]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

// Ids

#[test]
fn unknown_id() {
    let case = Case::minusma().patch_after("tasks.toml", "id = \"MIN-TSK-29\"", "by = \"MIN-MAN-08\"", "by = \"MIN-MAN-80\"");
    assert_snapshot!(case.problems(), @"
    tasks.toml:551:6: task[30].by (MIN-TSK-29)
      unknown instrument `MIN-MAN-80`; the nearest is `MIN-MAN-08` [unknown-id]
      see: it stands at instruments.toml:71:1: instrument[7]

    1 fault of meaning.
    ");
}

#[test]
fn an_id_of_another_table() {
    let case =
        Case::minusma().patch_after("effects.toml", "id = \"MIN-EFF-06\"", "evidence = [\"MIN-EVD-13\"", "evidence = [\"MIN-TSK-13\"");
    assert_snapshot!(case.problems(), @"
    effects.toml:79:13: effect[5].evidence[0] (MIN-EFF-06)
      unknown evidence `MIN-TSK-13`; the nearest is `MIN-EVD-13` [unknown-id]
      see: it stands at evidence.toml:220:1: evidence[16]

    1 fault of meaning.
    ");
}

#[test]
fn duplicate_id() {
    let case = Case::minusma().patch("facts.toml", "id = \"MIN-IDN-03\"", "id = \"MIN-IDN-02\"");
    assert_snapshot!(case.problems(), @"
    facts.toml:23:6: fact[2].id (MIN-IDN-02)
      a second row has the id `MIN-IDN-02` [duplicate-id]
      see: the first is facts.toml:16:1: fact[1]
      help: ids are unique over all tables of a case

    1 fault of meaning.
    ");
}

#[test]
fn duplicate_id_in_two_tables() {
    let case = Case::small().patch(FILE, "id = \"F1\"", "id = \"T1\"");
    assert_snapshot!(case.problems(), @"
    case.toml:93:6: finding[0].id (T1)
      a second row has the id `T1` [duplicate-id]
      see: the first is case.toml:57:1: task[0]
      help: ids are unique over all tables of a case

    1 fault of meaning.
    ");
}

#[test]
fn not_an_id() {
    let case = Case::minusma().patch("disputes.toml", "id = \"qrf-dates\"", "id = \"qrf dates\"");
    assert_snapshot!(case.problems(), @"
    disputes.toml:33:6: dispute[2].id (qrf dates)
      `qrf dates` is not an id [invalid-id]
      help: an id has 1 to 64 letters, digits, `-`, `_` or `.`, and begins with a letter or digit

    1 fault of meaning.
    ");
}

#[test]
fn unknown_pool() {
    let case = Case::minusma().patch_after("tasks.toml", "id = \"MIN-TSK-07\"", "pool = \"force\"", "pool = \"forse\"");
    assert_snapshot!(case.problems(), @"
    tasks.toml:160:8: task[6].pool (MIN-TSK-07)
      unknown pool `forse`; the nearest is `force` [unknown-id]
      see: it stands at tasks.toml:12:1: pool[0]

    1 fault of meaning.
    ");
}

#[test]
fn unknown_dimension() {
    let case = Case::minusma().patch_after("findings.toml", "id = \"MIN-D1-01\"", "\"protection\"", "\"protecton\"");
    assert_snapshot!(case.problems(), @"
    findings.toml:15:13: finding[0].dimension (MIN-D1-01)
      unknown dimension `protecton`; the nearest is `protection` [unknown-id]

    1 fault of meaning.
    ");
}

#[test]
fn unknown_framework() {
    let case = Case::minusma().patch("study.toml", "\"epon-2019\"", "\"epon-2018\"");
    assert_snapshot!(case.problems(), @"
    study.toml:7:13: study.framework (minusma)
      unknown framework `epon-2018`; the nearest is `epon-2019` [unknown-id]

    1 fault of meaning.
    ");
}

#[test]
fn unknown_area() {
    // Nobody says besides that no unit lies in it.
    let case = Case::minusma().patch("study.toml", "area = \"ML\"", "area = \"MLI\"");
    assert_snapshot!(case.problems(), @"
    study.toml:10:8: study.area (minusma)
      unknown region `MLI`; the nearest is `ML` [unknown-id]
      see: it stands at study.toml:36:1: region[1]

    1 fault of meaning.
    ");
}

#[test]
fn unknown_region_around_a_unit() {
    // Nobody says besides that the unit lies in no area.
    let case = Case::minusma().patch("study.toml", "name = \"North\"\nin = \"ML\"", "name = \"North\"\nin = \"LM\"");
    assert_snapshot!(case.problems(), @"
    study.toml:47:6: region[2].in (N)
      unknown region `LM`; the nearest is `ML` [unknown-id]
      see: it stands at study.toml:36:1: region[1]

    1 fault of meaning.
    ");
}

#[test]
fn a_body_that_authorises_no_mission() {
    let case = Case::minusma().patch_after("instruments.toml", "id = \"MIN-MAN-05\"", "un-sc", "au-psc");
    assert_snapshot!(case.problems(), @"
    instruments.toml:44:8: instrument[4].body (MIN-MAN-05)
      `au-psc` is none of the bodies that authorise the mission [not-a-body]

    1 fault of meaning.
    ");
}

#[test]
fn missing_field() {
    let case = Case::minusma().patch_after("tasks.toml", "id = \"MIN-TSK-07\"", "tier = \"additional\"\n", "");
    assert_snapshot!(case.problems(), @"
    tasks.toml:150:1: task[6] (MIN-TSK-07)
      `tier` is not given [missing-field]

    1 fault of meaning.
    ");
}

#[test]
fn missing_id() {
    let case = Case::small().patch(FILE, "id = \"F1\"\n", "");
    assert_snapshot!(case.problems(), @"
    case.toml:92:1: finding[0]
      `id` is not given [missing-field]

    1 fault of meaning.
    ");
}

// Dates and periods

#[test]
fn reversed_period() {
    let case = Case::minusma().patch_after("effects.toml", "id = \"MIN-EFF-07\"", "\"2015..2017\"", "\"2017..2015\"");
    assert_snapshot!(case.problems(), @"
    effects.toml:89:8: effect[6].when (MIN-EFF-07)
      2015 is before 2017 [reversed-period]
      help: a period ends on or after the day on which it begins

    1 fault of meaning.
    ");
}

#[test]
fn runs_to_before_adopted() {
    let case = Case::minusma().patch_after("instruments.toml", "id = \"MIN-MAN-06\"", "\"2018-06-30\"", "\"2016-06-30\"");
    assert_snapshot!(case.problems(), @"
    instruments.toml:57:11: instrument[5].runs_to (MIN-MAN-06)
      2016-06-30 is before 2017-06, when it was adopted [reversed-period]
      help: a period ends on or after the day on which it begins

    1 fault of meaning.
    ");
}

#[test]
fn complete_before_it_arrived() {
    let case =
        Case::minusma().patch("capabilities.toml", "arrived = \"2018\", complete = \"2018-07\"", "arrived = \"2018\", complete = \"2017\"");
    assert_snapshot!(case.problems(), @"
    capabilities.toml:170:64: capability[13].steps.complete (MIN-CAP-12)
      2017 is before 2018, when it arrived [reversed-period]
      help: a period ends on or after the day on which it begins

    1 fault of meaning.
    ");
}

#[test]
fn changes_not_in_order() {
    let case = Case::minusma().patch_after("tasks.toml", "id = \"MIN-TSK-07\"", "from = \"2018-06-28\"", "from = \"2016-06-28\"");
    assert_snapshot!(case.problems(), @"
    tasks.toml:166:12: task[6].changes[1].from (MIN-TSK-07)
      2016-06-28 does not come after 2017-06 [not-in-order]
      help: give the changes of a task in order of time

    1 fault of meaning.
    ");
}

#[test]
fn a_date_that_does_not_exist() {
    let case = Case::minusma()
        .patch_after("instruments.toml", "id = \"MIN-MAN-05\"", "\"2016-06-29\"", "\"2016-06-31\"")
        .patch_after("effects.toml", "id = \"MIN-EFF-01\"", "\"2013-07..2013\"", "\"2013-13..2013\"")
        .patch_after("effects.toml", "id = \"MIN-EFF-02\"", "\"2013-07..2013-12\"", "\"the year 2013\"");
    assert_snapshot!(case.problems(), @"
    effects.toml:15:8: effect[0].when (MIN-EFF-01)
      `2013-13` is not a date [no-such-date]
      help: write `2016`, `2018-06` or `2018-06-28`

    effects.toml:27:8: effect[1].when (MIN-EFF-02)
      `the year 2013` is not a period [invalid-period]
      help: write `2013-07..2015-06-19`, `2014..`, `..2017`, `2018`, or `mission`, `current`, `undated`, `outside`

    instruments.toml:46:11: instrument[4].adopted (MIN-MAN-05)
      `2016-06-31` is not a date [no-such-date]
      help: write `2016`, `2018-06` or `2018-06-28`

    3 faults of meaning.
    ");
}

#[test]
fn a_bare_date_that_does_not_exist() {
    let case = Case::small().patch(FILE, "adopted = \"2013-04-25\"", "adopted = 2013-02-29");
    assert_snapshot!(case.problems(), @"
    case.toml:50:11
      invalid date, expected day between 01 and 28 [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_bare_year_for_a_period() {
    let case = Case::small().patch(FILE, "when = \"2014\"\n", "when = 2014\n");
    assert_snapshot!(case.problems(), @"
    case.toml:72:8: activity[0].when (A1)
      the number `2014` stands where a text, in quotes, belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn activity_before_the_mission() {
    let case = Case::minusma().patch_after("activities.toml", "id = \"MIN-ACT-04\"", "\"2013..2015\"", "\"2011..2012\"");
    assert_snapshot!(case.problems(), @"
    activities.toml:48:8: activity[3].when (MIN-ACT-04)
      2011..2012 is before the mission began, 2013-07-01 [before-mission]
      help: a row from before the mission is dated `outside`

    1 fault of meaning.
    ");
}

#[test]
fn phase_gap() {
    let case = Case::minusma().patch("study.toml", "\"2013-07-01..2015-06-19\"", "\"2013-07-01..2015-06-17\"");
    assert_snapshot!(case.problems(), @"
    study.toml:9:8: study.when (minusma)
      no phase holds 2015-06-18 to 2015-06-19 [phase-gap]
      help: phases partition the study's window

    1 fault of meaning.
    ");
}

#[test]
fn phase_overlap() {
    let case = Case::minusma().patch("study.toml", "\"2013-07-01..2015-06-19\"", "\"2013-07-01..2015-06-30\"");
    assert_snapshot!(case.problems(), @"
    study.toml:187:8: phase[1].when (P2)
      the phase overlaps `P1` on 2015-06-20 to 2015-06-30 [phase-overlap]
      help: phases partition the study's window

    1 fault of meaning.
    ");
}

#[test]
fn phase_overlap_with_the_longest() {
    // P1 holds P2 whole and reaches into P3: both overlap P1, and P3 does not overlap P2.
    let case = Case::minusma().patch("study.toml", "\"2013-07-01..2015-06-19\"", "\"2013-07-01..2018-12-31\"").patch(
        "study.toml",
        "\"2015-06-20..2018-06-27\"",
        "\"2015-06-20..2018-01-31\"",
    );
    assert_snapshot!(case.problems(), @"
    study.toml:187:8: phase[1].when (P2)
      the phase overlaps `P1` on 2015-06-20 to 2018-01-31 [phase-overlap]
      help: phases partition the study's window

    study.toml:193:8: phase[2].when (P3)
      the phase overlaps `P1` on 2018-06-28 to 2018-12-31 [phase-overlap]
      help: phases partition the study's window

    2 faults of meaning.
    ");
}

#[test]
fn phase_past_the_window() {
    // The gap ends with the window.
    let case = Case::minusma().patch("study.toml", "\"2018-06-28..2019-07-31\"", "\"2019-09-01..2019-12-31\"");
    assert_snapshot!(case.problems(), @"
    study.toml:9:8: study.when (minusma)
      no phase holds 2018-06-28 to 2019-07-31 [phase-gap]
      help: phases partition the study's window

    study.toml:193:8: phase[2].when (P3)
      the phase 2019-09-01 to 2019-12-31 is not in the range 2013-07-01..=2019-07-31 [out-of-range]

    2 faults of meaning.
    ");
}

#[test]
fn phase_with_an_open_end() {
    // It can not be told which days it holds: nobody says that they are held by none.
    let case = Case::minusma().patch("study.toml", "\"2018-06-28..2019-07-31\"", "\"2018-06-28..\"");
    assert_snapshot!(case.problems(), @"
    study.toml:193:8: phase[2].when (P3)
      `2018-06-28..` is open [open-period]
      help: a phase and the study's window have both ends

    1 fault of meaning.
    ");
}

#[test]
fn no_phase() {
    let text = SMALL;
    let (start, end) = (text.find("[[phase]]").unwrap(), text.find("[[instrument]]").unwrap());
    let text = format!("{}{}", &text[..start], &text[end..]).replace("phase = \"P1\"\n", "");
    assert_snapshot!(Case::one(FILE, &text).problems(), @"
    case.toml:1:2: study (small)
      `phase` is not given [missing-field]

    1 fault of meaning.
    ");
}

// Places

#[test]
fn circle_of_regions() {
    // Nobody says besides which of them are units.
    let case =
        Case::minusma().patch("study.toml", "name = \"Sahel and wider region\"\n", "name = \"Sahel and wider region\"\nin = \"N\"\n");
    assert_snapshot!(case.problems(), @"
    study.toml:33:6: region[0].in (SAH)
      regions lie in each other in a circle: SAH > N > ML > SAH [circle]

    1 fault of meaning.
    ");
}

#[test]
fn a_region_in_itself() {
    let case = Case::small().patch(FILE, "name = \"The land\"\n", "name = \"The land\"\nin = \"land\"\n");
    assert_snapshot!(case.problems(), @"
    case.toml:25:6: region[0].in (land)
      regions lie in each other in a circle: land > land [circle]

    1 fault of meaning.
    ");
}

#[test]
fn regions_nested_without_end() {
    let regions = |count: usize| -> String {
        let around = |n: usize| if n == 0 { "north".to_owned() } else { format!("r{}", n - 1) };
        (0..count).map(|n| format!("[[region]]\nid = \"r{n}\"\nname = \"Region {n}\"\nin = \"{}\"\n", around(n))).collect()
    };
    assert!(Case::small().append(FILE, &regions(31)).read().is_ok());
    assert_snapshot!(Case::small().append(FILE, &regions(1_000)).problems(), @"
    case.toml:228:6: region[34].in (r31)
      the region lies in more than 32 others [units]
      help: the units are the regions that partition the study's area, without one in another

    1 fault of meaning.
    ");
}

#[test]
fn no_unit() {
    let text = SMALL.replace("unit = true\n", "");
    assert_snapshot!(Case::one(FILE, &text).problems(), @"
    case.toml:7:8: study.area (small)
      no region is a unit [units]
      help: the units are the regions that partition the study's area, without one in another

    1 fault of meaning.
    ");
}

#[test]
fn a_unit_in_a_unit() {
    let case = Case::minusma().patch("study.toml", "name = \"Kidal\"\nin = \"N\"\n", "name = \"Kidal\"\nin = \"N\"\nunit = true\n");
    assert_snapshot!(case.problems(), @"
    study.toml:77:8: region[5].unit (KIDAL)
      the unit lies in another unit, `N` [units]
      help: the units are the regions that partition the study's area, without one in another

    1 fault of meaning.
    ");
}

#[test]
fn a_unit_outside_the_area() {
    let case = Case::minusma().patch("study.toml", "name = \"South\"\nin = \"ML\"\n", "name = \"South\"\nin = \"SAH\"\n");
    assert_snapshot!(case.problems(), @"
    study.toml:66:8: region[4].unit (S)
      the unit does not lie in the study's area, `ML` [units]
      help: the units are the regions that partition the study's area, without one in another

    1 fault of meaning.
    ");
}

#[test]
fn a_region_of_the_area_in_no_unit() {
    let case = Case::minusma().patch("study.toml", "name = \"Kidal\"\nin = \"N\"\n", "name = \"Kidal\"\nin = \"ML\"\n");
    assert_snapshot!(case.problems(), @"
    study.toml:72:1: region[5] (KIDAL)
      the region lies in the area `ML` and in no unit [units]
      help: the units are the regions that partition the study's area, without one in another

    1 fault of meaning.
    ");
}

#[test]
fn too_many_units() {
    let units: String = (0..65).map(|n| format!("[[region]]\nid = \"u{n}\"\nname = \"Unit {n}\"\nin = \"land\"\nunit = true\n")).collect();
    assert_snapshot!(Case::small().append(FILE, &units).problems(), @"
    case.toml:7:8: study.area (small)
      67 regions are units; there may be 64 [units]
      help: the units are the regions that partition the study's area, without one in another

    1 fault of meaning.
    ");
}

#[test]
fn share_not_positive() {
    let unit = "name = \"North\"\nin = \"ML\"\nunit = true\n";
    let with = |share: &str| Case::minusma().patch("study.toml", unit, &format!("{unit}share = {share}\n"));
    assert_snapshot!(with("0").problems(), @"
    study.toml:49:9: region[2].share (N)
      the number 0 is not positive [not-positive]

    1 fault of meaning.
    ");
    assert_snapshot!(with("-0.5").problems(), @"
    study.toml:49:9: region[2].share (N)
      the number -0.5 is not positive [not-positive]

    1 fault of meaning.
    ");
}

#[test]
fn share_not_finite() {
    let unit = "name = \"North\"\nin = \"ML\"\nunit = true\n";
    let with = |share: &str| Case::minusma().patch("study.toml", unit, &format!("{unit}share = {share}\n"));
    assert_snapshot!(with("nan").problems(), @"
    study.toml:49:9: region[2].share (N)
      the number is not finite [not-finite]

    1 fault of meaning.
    ");
    assert_snapshot!(with("-inf").problems(), @"
    study.toml:49:9: region[2].share (N)
      the number is not finite [not-finite]

    1 fault of meaning.
    ");
}

#[test]
fn figure_not_finite() {
    let case = Case::minusma().patch_after("resources.toml", "id = \"MIN-RES-01\"", "military = 11200", "military = inf");
    assert_snapshot!(case.problems(), @"
    resources.toml:18:23: resource[0].amount.military (MIN-RES-01)
      the value is not finite [not-finite]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

// Tasks and means

#[test]
fn task_without_instrument() {
    let case = Case::minusma().patch_after("tasks.toml", "id = \"MIN-TSK-07\"", "by = \"MIN-MAN-02\"\n", "");
    assert_snapshot!(case.problems(), @"
    tasks.toml:150:1: task[6] (MIN-TSK-07)
      a task has no instrument [no-instrument]
      help: give `by`, the id of the instrument, or `practice` where practice ran ahead of the text

    1 fault of meaning.
    ");
}

#[test]
fn circle_of_replaced_tasks() {
    let case = Case::minusma().patch_after(
        "tasks.toml",
        "id = \"MIN-TSK-01\"",
        "pool = \"force\"\n",
        "pool = \"force\"\nreplaces = [\"MIN-TSK-34\"]\n",
    );
    assert_snapshot!(case.problems(), @"
    tasks.toml:65:1: task[0].replaces (MIN-TSK-01)
      tasks replace each other in a circle: MIN-TSK-01 > MIN-TSK-34 > MIN-TSK-01 [circle]

    1 fault of meaning.
    ");
}

#[test]
fn part_of_a_part() {
    let case = Case::minusma().patch_after("tasks.toml", "id = \"MIN-TSK-32\"", "part_of = \"MIN-TSK-18\"", "part_of = \"MIN-TSK-31\"");
    assert_snapshot!(case.problems(), @"
    tasks.toml:606:11: task[33].part_of (MIN-TSK-32)
      `MIN-TSK-31` is itself a part of another task [part-of-part]
      help: name the whole that both are parts of

    1 fault of meaning.
    ");
}

#[test]
fn short_name_too_long() {
    let case = Case::minusma().patch("tasks.toml", "short = \"Main northern centres\"", "short = \"Main northern centres first\"");
    assert_snapshot!(case.problems(), @"
    tasks.toml:57:9: task[0].short (MIN-TSK-01)
      the short name has 27 characters; it may have 23 [too-long]

    1 fault of meaning.
    ");
}

// Judgements

#[test]
fn range_excludes_level() {
    let case =
        Case::minusma().patch_after("ratings.toml", "pool = \"force\"\nphase = \"P1\"\nresources", "low = \"marginal\"", "low = \"full\"");
    assert_snapshot!(case.problems(), @"
    ratings.toml:16:40: rating[0].resources.low (force, P1)
      the range full to partial does not hold partial [range-excludes-level]
      help: give `low` and `high` only where they differ from the level

    1 fault of meaning.
    ");
}

#[test]
fn range_excludes_change() {
    let case = Case::minusma().patch_after("effects.toml", "id = \"MIN-EFF-06\"", "change = 2, low = 1", "change = 2, high = 1");
    assert_snapshot!(case.problems(), @"
    effects.toml:76:33: effect[5].observed.high (MIN-EFF-06)
      the range +2 to +1 does not hold +2 [range-excludes-level]
      help: give `low` and `high` only where they differ from the level

    1 fault of meaning.
    ");
}

#[test]
fn change_out_of_range() {
    let case = Case::minusma().patch_after("effects.toml", "id = \"MIN-EFF-06\"", "change = 2", "change = 4");
    assert_snapshot!(case.problems(), @"
    effects.toml:76:23: effect[5].observed.change (MIN-EFF-06)
      change 4 is not in the range -3..=3 [out-of-range]

    1 fault of meaning.
    ");
}

#[test]
fn ends_of_a_range_without_a_level() {
    let case = Case::small().patch(FILE, "level = \"partial\", low = \"marginal\"", "not_assessed = \"silent\", low = \"marginal\"");
    assert_snapshot!(case.problems(), @"
    case.toml:80:1: rating[0].activities (T1, P1)
      `not_assessed` and `low` are given together; a judgement has one of them [one-of]
      help: keep the one that the source carries

    1 fault of meaning.
    ");
}

#[test]
fn unknown_level() {
    let case = Case::minusma().patch_after(
        "ratings.toml",
        "pool = \"force\"\nphase = \"P1\"\nresources",
        "level = \"partial\"",
        "level = \"partal\"",
    );
    assert_snapshot!(case.problems(), @"
    ratings.toml:16:23: rating[0].resources.level (force, P1)
      unknown level `partal`; the nearest is `partial` [unknown-name]
      help: one of `absent`, `marginal`, `partial`, `substantial`, `full`

    1 fault of meaning.
    ");
}

#[test]
fn the_same_link_rated_twice() {
    let more = "\n[[rating]]\npool = [\"police\", \"force\"]\nphase = [\"P3\", \"P2\"]\nregion = [\"S\", \"C\"]\nresources = { not_assessed = \"silent\" }\n";
    assert_snapshot!(Case::minusma().append("ratings.toml", more).problems(), @"
    ratings.toml:820:1: rating[138].resources (police+force, P3+P2, S+C)
      a second rating of resources of force, P3, C [duplicate-rating]
      see: the first is ratings.toml:52:1: rating[6]
      help: keep one, or give both readings as `contested`

    1 fault of meaning.
    ");
}

#[test]
fn the_same_link_rated_twice_for_the_whole_area() {
    let more = "\n[[rating]]\ntask = [\"T1\"]\nphase = \"P1\"\nactivities = { not_assessed = \"silent\" }\n";
    assert_snapshot!(Case::small().append(FILE, more).problems(), @"
    case.toml:105:1: rating[1].activities (T1, P1)
      a second rating of activities of T1, P1, land [duplicate-rating]
      see: the first is case.toml:77:1: rating[0]
      help: keep one, or give both readings as `contested`

    1 fault of meaning.
    ");
}

#[test]
fn a_rating_narrower_than_a_unit() {
    let case = Case::minusma().patch(
        "ratings.toml",
        "pool = \"force\"\nphase = \"P3\"\nregion = \"C\"",
        "pool = \"force\"\nphase = \"P3\"\nregion = \"FLOOD\"",
    );
    assert_snapshot!(case.problems(), @"
    ratings.toml:55:10: rating[6].region (force, P3, FLOOD)
      region `FLOOD` is narrower than the unit `C` [narrower-than-unit]
      help: rate the unit, and say in `because` which part it rests on

    1 fault of meaning.
    ");
}

#[test]
fn pool_link() {
    let more = "\n[[rating]]\npool = \"force\"\nactivities = { not_assessed = \"silent\" }\n";
    assert_snapshot!(Case::minusma().append("ratings.toml", more).problems(), @"
    ratings.toml:818:1: rating[138].activities (force)
      a pool has no activities link [pool-link]
      help: a pool is rated on resources and capabilities; rate the tasks for the rest

    1 fault of meaning.
    ");
}

#[test]
fn a_rating_of_a_task_and_a_pool() {
    let case = Case::small().patch(FILE, "task = \"T1\"\n", "task = \"T1\"\npool = \"force\"\n");
    assert_snapshot!(case.problems(), @"
    case.toml:77:1: rating[0] (T1, force, P1)
      `task` and `pool` are given together; a rating has one of them [one-of]
      help: keep the one that the source carries

    1 fault of meaning.
    ");
}

#[test]
fn a_rating_of_nothing() {
    let case = Case::small().patch(FILE, "task = \"T1\"\n", "").append(FILE, "\n[[rating]]\npool = \"force\"\n");
    assert_snapshot!(case.problems(), @"
    case.toml:77:1: rating[0] (P1)
      a rating has none of `task`, `pool` [none-of]
      help: give one of them

    case.toml:101:1: rating[1] (force)
      a rating has none of `mandate`, `resources`, `capabilities`, `activities` [none-of]
      help: give one of them

    2 faults of meaning.
    ");
}

#[test]
fn missing_because() {
    let case =
        Case::small().patch(FILE, ", because = \"By day only\"", "").patch(FILE, "because = \"Fewer than before\"", "because = \" \"");
    assert_snapshot!(case.problems(), @"
    case.toml:80:1: rating[0].activities (T1, P1)
      a rated judgement has no `because` [missing-because]
      help: give one sentence in your own words; where the source is silent, `not_assessed`

    case.toml:88:1: effect[0].observed (E1)
      a rated judgement has no `because` [missing-because]
      help: give one sentence in your own words; where the source is silent, `not_assessed`

    2 faults of meaning.
    ");
}

#[test]
fn too_few_readings() {
    let case = Case::minusma().patch("effects.toml", "contested = [0, 1]", "contested = [1, 1]");
    assert_snapshot!(case.problems(), @"
    effects.toml:577:14: effect[45].observed.contested (MIN-EFF-44)
      `contested` needs at least two different readings [too-few-readings]

    1 fault of meaning.
    ");
}

#[test]
fn effect_without_change_or_reason() {
    let observed = "observed = { change = 2, low = 1, because = \"People went back over several years, to Gao and Timbuktu above all\" }\n";
    let case = Case::minusma().patch("effects.toml", observed, "");
    assert_snapshot!(case.problems(), @"
    effects.toml:70:1: effect[5] (MIN-EFF-06)
      an effect has none of `observed.change`, `observed.not_assessed` [none-of]
      help: where the source is silent, give `not_assessed` with the reason

    1 fault of meaning.
    ");
    let case = Case::minusma().patch("effects.toml", observed, "observed = { because = \"People went back\" }\n");
    assert_snapshot!(case.problems(), @"
    effects.toml:76:1: effect[5].observed (MIN-EFF-06)
      an observed change has none of `change`, `contested`, `not_assessed` [none-of]
      help: where the source is silent, give `not_assessed` with the reason

    1 fault of meaning.
    ");
}

#[test]
fn difference_and_expected() {
    let case = Case::minusma().patch_after("effects.toml", "id = \"MIN-EFF-06\"", "difference = 1,", "difference = 1, expected = 1,");
    assert_snapshot!(case.problems(), @"
    effects.toml:77:1: effect[5].without (MIN-EFF-06)
      `difference` and `expected` are given together; a counterfactual has one of them [one-of]
      help: keep the one that the source carries

    1 fault of meaning.
    ");
}

#[test]
fn issue_with_two_signs() {
    let case = Case::minusma().patch(
        "findings.toml",
        "issue = \"returns\"\nkind = \"strength\"",
        "issue = \"early-stabilisation\"\nkind = \"limitation\"",
    );
    assert_snapshot!(case.problems(), @"
    findings.toml:30:9: finding[1].issue (MIN-D1-02)
      the issue `early-stabilisation` began as a strength; a row of another kind belongs to another issue [issue-two-signs]
      see: the first row is findings.toml:12:1: finding[0]
      help: give opposite signs two slugs

    1 fault of meaning.
    ");
}

#[test]
fn stance_and_share_out_of_range() {
    let case = Case::minusma().patch_after("positions.toml", "id = \"MIN-STV-001\"", "stance = 1", "stance = 3").patch_after(
        "positions.toml",
        "id = \"MIN-STV-001\"",
        "share = \"vast-majority\"",
        "share = \"vast majority\"",
    );
    assert_snapshot!(case.problems(), @"
    positions.toml:225:10: position[0].stance (MIN-STV-001)
      stance 3 is not in the range -2..=2 [out-of-range]

    positions.toml:226:9: position[0].share (MIN-STV-001)
      unknown share `vast majority`; the nearest is `vast-majority` [unknown-name]
      help: one of `few`, `some`, `many`, `half`, `most`, `vast-majority`, `consensus`

    2 faults of meaning.
    ");
}

// Sources

#[test]
fn missing_cite() {
    let case = Case::minusma().patch_after("activities.toml", "id = \"MIN-ACT-02\"", "cite = [\"R IV.c ¶1 fn147\"]\n", "");
    assert_snapshot!(case.problems(), @r#"
    activities.toml:21:1: activity[1] (MIN-ACT-02)
      no source is cited [missing-cite]
      help: give `cite = ["<source> <locator>"]`, or `origin = "coder"` for a row of your own

    1 fault of meaning.
    "#);
}

#[test]
fn missing_locator() {
    let case = Case::minusma().patch_after("activities.toml", "id = \"MIN-ACT-02\"", "\"R IV.c ¶1 fn147\"", "\"R\"");
    assert_snapshot!(case.problems(), @"
    activities.toml:30:9: activity[1].cite[0] (MIN-ACT-02)
      `R` has no locator [missing-locator]
      help: write the source, a blank and the place in it

    1 fault of meaning.
    ");
}

#[test]
fn unknown_source() {
    let case = Case::minusma().patch_after("instruments.toml", "id = \"MIN-MAN-02\"", "\"S02 extract\"", "\"S020 extract\"");
    assert_snapshot!(case.problems(), @"
    instruments.toml:20:59: instrument[1].cite[3] (MIN-MAN-02)
      unknown source `S020`; the nearest is `S02` [unknown-id]

    1 fault of meaning.
    ");
}

// Observations

#[test]
fn value_not_a_number() {
    let case = Case::minusma().patch(
        "observations.csv",
        "MIN-SER-A02,hostile-deaths,2015,ML,25,\"personnel",
        "MIN-SER-A02,hostile-deaths,2015,ML,\"13,423\",\"personnel",
    );
    assert_snapshot!(case.problems(), @"
    observations.csv:4:36: row[2].value (hostile-deaths, 2015)
      `13,423` is not a number [not-a-number]
      help: write `13423`

    1 fault of meaning.
    ");
    let case = Case::minusma().patch(
        "observations.csv",
        "MIN-SER-A02,hostile-deaths,2015,ML,25,\"personnel",
        "MIN-SER-A02,hostile-deaths,2015,ML,many,\"personnel",
    );
    assert_snapshot!(case.problems(), @"
    observations.csv:4:36: row[2].value (hostile-deaths, 2015)
      `many` is not a number [not-a-number]
      help: write a number, such as `13289` or `0.7`, or `> 525`, `about 5200`, `5..20`

    1 fault of meaning.
    ");
}

#[test]
fn unknown_column() {
    // Without values no row is read, and none is blamed for having none.
    let case = Case::minusma().patch("observations.csv", "region,value,scope", "region,valeu,scope");
    assert_snapshot!(case.problems(), @"
    observations.csv:1:1: header
      `value` is not given [missing-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    observations.csv:1:27: header
      unknown field `valeu`; the nearest is `value` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    2 faults of form; the rows left out may hide more.
    ");
}

#[test]
fn a_column_twice() {
    let case = Case::minusma().patch("observations.csv", "row,indicator,when", "when,indicator,when");
    assert_snapshot!(case.problems().iter().next().unwrap(), @"
    observations.csv:1:16: header
      a second column `when` [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more
    ");
}

#[test]
fn fields_and_ids_of_observations() {
    // The rows after one that could not be read keep their numbers.
    let case = Case::minusma()
        .patch(
            "observations.csv",
            "MIN-SER-A02,hostile-deaths,2015,ML,11,peacekeepers,S34 extract,",
            "MIN-SER-A02,hostile-deaths,2015,ML,11,peacekeepers",
        )
        .patch("observations.csv", "MIN-SER-A03,hostile-deaths,2016,ML,", "MIN-SER-A03,hostile-death,2016,MLI,")
        .patch("observations.csv", "11,\"peacekeepers, at Aguelhok\",S36 extract,", "11,\"peacekeepers, at Aguelhok\",S36,");
    assert_snapshot!(case.problems(), @"
    observations.csv:3:1: row[1]
      the row has 6 fields; the header has 8 [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    observations.csv:5:13: row[3].indicator (hostile-death, 2016)
      unknown indicator `hostile-death`; the nearest is `hostile-deaths` [unknown-id]
      see: it stands at indicators.toml:11:1: indicator[0]

    observations.csv:5:32: row[3].region (hostile-death, 2016)
      unknown region `MLI`; the nearest is `ML` [unknown-id]
      see: it stands at study.toml:36:1: region[1]

    observations.csv:10:76: row[8].cite[0] (hostile-deaths, 2019-01-20)
      `S36` has no locator [missing-locator]
      help: write the source, a blank and the place in it

    1 fault of form, 3 of meaning; the rows left out may hide more.
    ");
}

// Limits

#[test]
fn above_the_limits() {
    let limits = Limits { bytes: 1_000, ..Limits::default() };
    assert_snapshot!(limited(&Case::small(), limits), @"
    case.toml
      bytes of the case: 1576 is above the limit of 1000 [too-large]
      help: the program that reads sets the limit, and can raise it

    1 fault; the case was not read.
    ");
    let limits = Limits { rows: 10, ..Limits::default() };
    assert_snapshot!(limited(&Case::small(), limits), @"
    rows of the case: 14 is above the limit of 10 [too-large]
      help: the program that reads sets the limit, and can raise it

    1 fault; the case was not read.
    ");
    let case = Case::minusma();
    let bytes = case.0.iter().map(|(_, text)| text.len() as u64).sum();
    let rows = CaseDocument::from(&case.study()).rows();
    assert!(CaseStudy::from_texts_with(case.texts(), &Limits { bytes, rows, ..Limits::default() }).is_ok());
    assert!(CaseStudy::from_texts_with(case.texts(), &Limits { bytes: bytes - 1, rows, ..Limits::default() }).is_err());
    assert!(CaseStudy::from_texts_with(case.texts(), &Limits { bytes, rows: rows - 1, ..Limits::default() }).is_err());
    // Of several files the one is named at which the limit is passed; a directory is measured before it is read.
    assert!(CaseStudy::read_with(MINUSMA, &Limits { bytes, rows, ..Limits::default() }).is_ok());
    let from_texts = limited(&case, Limits { bytes: 1_000, ..Limits::default() });
    let from_disk = CaseStudy::read_with(MINUSMA, &Limits { bytes: 1_000, ..Limits::default() }).unwrap_err();
    assert_eq!(from_texts, from_disk);
    let two = Limits { bytes: case.text("activities.toml").len() as u64 + 1_000, ..Limits::default() };
    let files = ["activities.toml", "capabilities.toml"];
    let found: usize = files.iter().map(|file| case.text(file).len()).sum();
    let message = format!(
        "capabilities.toml\n  bytes of the case: {found} is above the limit of {} [too-large]\n  \
         help: the program that reads sets the limit, and can raise it\n\n1 fault; the case was not read.",
        two.bytes
    );
    assert_eq!(CaseStudy::read_with(MINUSMA, &two).unwrap_err().to_string(), message);
    assert_eq!(limited(&case, two).to_string(), message);
}

#[test]
fn a_directory_with_the_name_of_a_file() {
    let case = Directory::new("directory", &[("case.toml", SMALL.as_bytes())]);
    std::fs::create_dir(case.path.join("more.toml")).unwrap();
    assert_snapshot!(case.problems(), @"
    more.toml
      cannot be read: it is a directory, and no file [not-read]

    1 fault; the case was not read.
    ");
}

/// What has no end, or waits for somebody who writes, is not opened; neither has a length.
#[cfg(unix)]
#[test]
fn devices_and_pipes_are_no_files() {
    let link = |to: &str, name: &str| {
        let case = Directory::new(name, &[("case.toml", SMALL.as_bytes())]);
        std::os::unix::fs::symlink(to, case.path.join(name)).unwrap();
        case
    };
    assert_snapshot!(link("/dev/zero", "zero.toml").problems(), @"
    zero.toml
      cannot be read: it is a pipe, a device or the like, and no file [not-read]

    1 fault; the case was not read.
    ");
    assert_snapshot!(link("/dev/zero", "observations.csv").problems(), @"
    observations.csv
      cannot be read: it is a pipe, a device or the like, and no file [not-read]

    1 fault; the case was not read.
    ");
    let case = Directory::new("pipe", &[("case.toml", SMALL.as_bytes())]);
    assert!(std::process::Command::new("mkfifo").arg(case.path.join("pipe.toml")).status().unwrap().success());
    assert_snapshot!(case.problems(), @"
    pipe.toml
      cannot be read: it is a pipe, a device or the like, and no file [not-read]

    1 fault; the case was not read.
    ");
    assert_snapshot!(link("nowhere", "dangling.toml").problems(), @"
    dangling.toml
      cannot be read: there is no such file or directory [not-read]

    1 fault; the case was not read.
    ");
    // A link to a file is that file.
    let case = Directory::new("linked", &[("kept.txt", SMALL.as_bytes())]);
    std::os::unix::fs::symlink("kept.txt", case.path.join("case.toml")).unwrap();
    assert!(CaseStudy::read(&case.path).is_ok());
}

#[test]
fn more_problems_than_are_shown() {
    let facts: String = (0..30).map(|n| format!("[[fact]]\nid = \"f{n}\"\n")).collect();
    let problems = limited(&Case::one(FILE, &facts).with("study.toml", SMALL), Limits { problems: 1, ..Limits::default() });
    assert_eq!((problems.len(), problems.more()), (60, 59));
    assert_snapshot!(problems, @"
    case.toml:1:1: fact[0] (f0)
      `title` is not given [missing-field]

    1 fault of meaning; 59 more not shown.
    ");
}

// Files

#[test]
fn an_observation_without_a_source() {
    // No row of observations has an origin: the help names none.
    let csv = "indicator,when,value,cite\nheard,2014,1,\n";
    let indicator = "[[indicator]]\nid = \"heard\"\ntitle = \"Heard\"\nunit = \"persons\"\nkind = \"flow\"\ncite = [\"R p1\"]\n";
    assert_snapshot!(Case::small().with("more.toml", indicator).with("observations.csv", csv).problems(), @"
    observations.csv:2:1: row[0] (heard, 2014)
      no source is cited [missing-cite]
      help: give `<source> <locator>` in the column `cite`, several of them with `;` between

    1 fault of meaning.
    ");
}

#[test]
fn two_faults_in_two_files_in_order() {
    let case = Case::minusma()
        .patch_after("verdicts.toml", "id = \"MIN-DV-1\"", "\"mixed\"", "\"mixt\"")
        .patch_after("activities.toml", "id = \"MIN-ACT-04\"", "\"MIN-TSK-15\"", "\"MIN-TSK-51\"")
        .patch_after("activities.toml", "id = \"MIN-ACT-03\"", "modality = \"assist\"", "modalities = \"assist\"");
    let problems = case.problems();
    assert_eq!((problems.len(), problems.of_form(), problems.files()), (3, 1, 2));
    assert_snapshot!(problems, @"
    activities.toml:37:1: activity[2].modalities (MIN-ACT-03)
      unknown field `modalities`; the nearest is `modality` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    activities.toml:50:25: activity[3].serves[1] (MIN-ACT-04)
      unknown task `MIN-TSK-51`; the nearest is `MIN-TSK-01` [unknown-id]
      see: it stands at tasks.toml:54:1: task[0]

    verdicts.toml:9:12: verdict[0].standing (MIN-DV-1)
      unknown standing `mixt` [unknown-name]
      help: one of `constraining`, `mixed`, `enabling`

    1 fault of form, 2 of meaning; the rows left out may hide more.
    ");
}

#[test]
fn rows_of_one_table_are_counted_over_all_files() {
    let case = Case::small()
        .with("a.toml", "[[fact]]\nid = \"one\"\ntitle = \"One\"\ncite = [\"R p1\"]\n")
        .with("b.toml", "[[fact]]\nid = \"two\"\ntitel = \"Two\"\n\n[[fact]]\nid = \"three\"\ntitle = \"Three\"\ncite = [\"Q p1\"]\n");
    assert_snapshot!(case.problems(), @"
    b.toml:3:1: fact[1].titel (two)
      unknown field `titel`; the nearest is `title` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    b.toml:8:9: fact[2].cite[0] (three)
      unknown source `Q`; the nearest is `R` [unknown-id]

    1 fault of form, 1 of meaning; the rows left out may hide more.
    ");
}

#[test]
fn a_byte_order_mark_shifts_nothing() {
    let plain = Case::small().patch(FILE, "[study]\nid", "[study]\nidd").patch(FILE, "salience", "salence");
    let marked = Case::one(FILE, &format!("\u{feff}{}", plain.text(FILE)));
    assert_eq!(plain.problems(), marked.problems());
    let first_line = Case::small().patch(FILE, "[study]\n", "x = 1\n[study]\n");
    let marked = Case::one(FILE, &format!("\u{feff}{}", first_line.text(FILE)));
    assert_eq!(first_line.problems(), marked.problems());
    assert!(Case::one(FILE, &format!("\u{feff}{}", SMALL)).read().is_ok());
    let case = Case::minusma();
    let csv = case.text("observations.csv").replace("hostile-deaths,2016", "hostile-death,2016");
    let put = |text: String| {
        Case(case.0.iter().filter(|(name, _)| name != "observations.csv").cloned().collect()).with("observations.csv", &text)
    };
    let (plain, marked) = (put(csv.clone()), put(format!("\u{feff}{csv}")));
    assert_eq!(plain.problems(), marked.problems());
    assert!(put(format!("\u{feff}{}", case.text("observations.csv"))).read().is_ok());
}

#[test]
fn windows_line_ends_shift_nothing() {
    let windows = |case: &Case| Case(case.0.iter().map(|(name, text)| (name.clone(), text.replace('\n', "\r\n"))).collect());
    let case = Case::minusma();
    assert!(windows(&case).study() == case.study());
    let faulty = case
        .patch("observations.csv", "MIN-SER-A03,hostile-deaths,2016,ML,", "MIN-SER-A03,hostile-death,2016,MLI,")
        .patch("observations.csv", "MIN-SER-A05,hostile-deaths,2018,ML,11,peacekeepers,", "MIN-SER-A05,hostile-deaths,2018,ML,11,")
        .patch_after("findings.toml", "id = \"MIN-D3-05\"", "salience", "salence")
        .patch_after("activities.toml", "id = \"MIN-ACT-04\"", "\"MIN-TSK-15\"", "\"MIN-TSK-51\"")
        .patch_after("drivers.toml", "id = \"MIN-DRV-02\"", "critical = true", "critical true");
    let problems = faulty.problems();
    assert_eq!(problems, windows(&faulty).problems());
    assert_snapshot!(problems, @"
    activities.toml:50:25: activity[3].serves[1] (MIN-ACT-04)
      unknown task `MIN-TSK-51`; the nearest is `MIN-TSK-01` [unknown-id]
      see: it stands at tasks.toml:54:1: task[0]

    drivers.toml:27:10
      a field has no `=` [syntax]
      note: a fault of form: the row is left out of all other checks and may hide more

    findings.toml:643:1: finding[46].salence (MIN-D3-05)
      unknown field `salence`; the nearest is `salience` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    observations.csv:5:13: row[3].indicator (hostile-death, 2016)
      unknown indicator `hostile-death`; the nearest is `hostile-deaths` [unknown-id]
      see: it stands at indicators.toml:11:1: indicator[0]

    observations.csv:5:32: row[3].region (hostile-death, 2016)
      unknown region `MLI`; the nearest is `ML` [unknown-id]
      see: it stands at study.toml:36:1: region[1]

    observations.csv:8:1: row[6]
      the row has 7 fields; the header has 8 [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    3 faults of form, 3 of meaning; the rows left out may hide more.
    ");
}

#[test]
fn blank_lines_between_observations_are_counted() {
    let case = Case::minusma().patch("observations.csv", "MIN-SER-A03,hostile-deaths,2016,ML,", "\n\r\nMIN-SER-A03,hostile-death,2016,ML,");
    assert_snapshot!(case.problems(), @"
    observations.csv:7:13: row[3].indicator (hostile-death, 2016)
      unknown indicator `hostile-death`; the nearest is `hostile-deaths` [unknown-id]
      see: it stands at indicators.toml:11:1: indicator[0]

    1 fault of meaning.
    ");
}

#[test]
fn bare_years_and_bare_dates_are_read() {
    let study = Case::small().patch(FILE, "adopted = \"2013-04-25\"", "adopted = 2013-04-25").study();
    assert_eq!(study, Case::small().study());
    let study = Case::small().patch(FILE, "adopted = \"2013-04-25\"", "adopted = 2013").study();
    assert_eq!(study, Case::small().patch(FILE, "adopted = \"2013-04-25\"", "adopted = \"2013\"").study());
}

#[test]
fn not_utf8() {
    let text = SMALL.replace("The north", "The n\u{f6}rth");
    let latin1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_snapshot!(directory("latin1", &[("case.toml", &latin1), ("more.toml", b"\xff\xfe[")]), @"
    case.toml:28:14
      the file is not UTF-8 from byte 403 on [not-utf8]
      help: save the file as UTF-8

    more.toml:1:1
      the file is not UTF-8 from byte 0 on [not-utf8]
      help: save the file as UTF-8

    2 faults; the case was not read.
    ");
}

#[test]
fn an_empty_directory() {
    assert_snapshot!(directory("empty", &[("notes.txt", b"No case.")]), @"
    case
      cannot be read: a case has files `*.toml`; here is none [not-read]

    1 fault; the case was not read.
    ");
}

#[test]
fn files_whose_names_are_nearly_right() {
    let case: (&str, &[u8]) = ("case.toml", SMALL.as_bytes());
    let rows = b"\xef\xbb\xbfrow;indicator;when;region;value;cite\n";
    let named = [case, ("Observations.csv", rows), ("observation.csv", b""), ("more.TOML", b""), ("deaths.CSV", rows), ("b.toml", b"\xff")];
    assert_snapshot!(directory("named", &named), @"
    Observations.csv
      no file of this name is read; the nearest is `observations.csv` [misnamed-file]
      help: rename it, add its rows to that file, or move it out of the case's directory

    b.toml:1:1
      the file is not UTF-8 from byte 0 on [not-utf8]
      help: save the file as UTF-8

    deaths.CSV
      no file of this name is read; the nearest is `observations.csv` [misnamed-file]
      help: rename it, add its rows to that file, or move it out of the case's directory

    more.TOML
      no file of this name is read; the nearest is `more.toml` [misnamed-file]
      help: rename it, add its rows to that file, or move it out of the case's directory

    observation.csv
      no file of this name is read; the nearest is `observations.csv` [misnamed-file]
      help: rename it, add its rows to that file, or move it out of the case's directory

    5 faults; the case was not read.
    ");
    assert_snapshot!(directory("upper", &[("CASE.Toml", SMALL.as_bytes())]), @"
    CASE.Toml
      no file of this name is read; the nearest is `CASE.toml` [misnamed-file]
      help: rename it, add its rows to that file, or move it out of the case's directory

    1 fault; the case was not read.
    ");
    // What users bring, and what editors leave, may lie beside a case.
    let beside: [(&str, &[u8]); 6] = [
        case,
        ("acled.csv", b"event_date,admin1,fatalities\n"),
        ("idps.csv", b"date,place,value\n"),
        (".Observations.csv", b""),
        ("case.toml~", b"["),
        ("case.toml.bak", b"["),
    ];
    assert!(CaseStudy::read(&Directory::new("beside", &beside).path).is_ok());
}

#[test]
fn no_directory() {
    let problems = CaseStudy::read("no/such/directory").unwrap_err();
    assert_snapshot!(problems, @"
    no/such/directory
      cannot be read: there is no such file or directory [not-read]

    1 fault; the case was not read.
    ");
}

#[test]
fn a_directory_is_read_as_its_texts_are() {
    assert!(CaseStudy::read(MINUSMA).unwrap() == Case::minusma().study());
    let files: &[(&str, &[u8])] = &[("case.toml", b"[study]\n"), (".hidden.toml", b"not read"), ("notes.md", b"not read")];
    assert_snapshot!(directory("small", files), @"
    case.toml:1:2: study
      `framework` is not given [missing-field]

    case.toml:1:2: study
      `id` is not given [missing-field]

    case.toml:1:2: study
      `title` is not given [missing-field]

    case.toml:1:2: study
      `when` is not given [missing-field]

    case.toml:1:2: study
      `area` is not given [missing-field]

    5 faults of meaning.
    ");
}

// Evidence: its grading, its place, and what is protected of it

/// Evidence that is not for attribution, in a file of its own: what it protects is sentinel words.
const TALKS: &str = r#"[[region]]
id = "town"
name = "A town"
in = "north"

[[stakeholder]]
id = "people"
name = "People of the north"

[[proposition]]
id = "better"
text = "The mission made it better."

[[position]]
id = "pos"
group = "people"
proposition = "better"
stance = 1
when = "2014"
evidence = ["talks"]
cite = ["R p8"]

[[evidence]]
id = "talks"
title = "Talks in the north"
kind = "interview"
when = "2014-06"
where = ["north"]
admiralty = "B2"
heads = 4
confidentiality = "not-for-attribution"
supports = ["E1"]
contradicts = ["F1"]
protected = { name = "Zanele Quince", office = "Harbour Warden", place = "Ninth Gate" }
text = "Held in a tent."
cite = ["R p9"]
"#;

/// The file of the talks.
const MORE: &str = "talks.toml";

/// The small case with evidence that is not for attribution.
fn talks() -> Case {
    Case::small().with(MORE, TALKS)
}

/// What is said of a case, which is none of its protected words.
#[track_caller]
fn discreet(case: &Case) -> String {
    let problems = case.problems();
    for text in [problems.to_string(), format!("{problems:?}"), format!("{problems:#?}")] {
        let text = text.to_lowercase();
        for word in ["zanele", "quince", "harbour", "warden", "ninth"] {
            assert!(!text.contains(word), "`{word}` is protected:\n{text}");
        }
    }
    problems.to_string()
}

#[test]
fn a_whole_number_with_too_many_digits() {
    let case = talks().patch(MORE, "heads = 4", "heads = 99999999999999999999999999");
    assert_snapshot!(case.problems(), @"
    talks.toml:30:9: evidence[0].heads (talks)
      the number `99999999999999999999999999` has too many digits [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn evidence_not_for_attribution_is_read() {
    let study = talks().study();
    let parts = study.evidence()[0].disclose_protected_source().unwrap();
    assert_eq!((parts.name.disclose(), parts.office.disclose(), parts.place.disclose()), ("Zanele Quince", "Harbour Warden", "Ninth Gate"));
}

#[test]
fn admiralty_pairs_that_are_none() {
    let case = talks().patch(MORE, "admiralty = \"B2\"", "admiralty = \"B7\"").patch(
        FILE,
        "title = \"The report\"",
        "title = \"The report\"\nadmiralty = \"2B\"",
    );
    assert_snapshot!(case.problems(), @"
    case.toml:21:13: source[0].admiralty (R)
      `2B` is not an Admiralty pair [not-admiralty]
      help: a letter A to F for the source and a number 1 to 6 for what it says, such as `B2`; F and 6 cannot be judged

    talks.toml:29:13: evidence[0].admiralty (talks)
      `B7` is not an Admiralty pair [not-admiralty]
      help: a letter A to F for the source and a number 1 to 6 for what it says, such as `B2`; F and 6 cannot be judged

    2 faults of meaning.
    ");
    let long = "B".repeat(9_000);
    for wrong in ["B", "2", "b2", "B 2", "BB2", "B22", "G1", "A0", "Á1", "\u{202e}", &long] {
        let problems = talks().patch(MORE, "admiralty = \"B2\"", &format!("admiralty = \"{wrong}\"")).problems();
        let codes: Vec<&str> = problems.iter().map(|problem| problem.error.code()).collect();
        assert_eq!(codes, ["not-admiralty"], "{wrong}");
        assert!(problems.to_string().len() < 600, "{wrong}");
    }
    // An empty text is no pair either.
    let empty = talks().patch(MORE, "admiralty = \"B2\"", "admiralty = \"\"").problems();
    assert_eq!(empty.iter().map(|problem| problem.error.code()).collect::<Vec<_>>(), ["missing-field"]);
    for right in ["A1", "F6", "E5", "F1", "A6"] {
        talks().patch(MORE, "admiralty = \"B2\"", &format!("admiralty = \"{right}\"")).study();
    }
}

#[test]
fn a_place_finer_than_a_unit() {
    let case = talks().patch(MORE, "where = [\"north\"]\nadmiralty", "where = [\"south\", \"town\"]\nadmiralty");
    assert_snapshot!(case.problems(), @"
    talks.toml:28:19: evidence[0].where[1] (talks)
      region `town` is finer than may be shown of this source: its level is unit [place-too-fine]
      help: name a wider region, and keep the finer place in `protected.place`

    1 fault of meaning.
    ");
    let stated = case.patch(MORE, "heads = 4", "heads = 4\nplace_level = \"unit\"");
    assert_eq!(stated.problems().iter().map(|problem| problem.error.code()).collect::<Vec<_>>(), ["place-too-fine"]);
}

#[test]
fn a_place_finer_than_the_area() {
    let case = talks().patch(MORE, "heads = 4", "heads = 4\nplace_level = \"area\"").patch(
        MORE,
        "where = [\"north\"]\nadmiralty",
        "where = [\"land\", \"north\", \"town\"]\nadmiralty",
    );
    assert_snapshot!(case.problems(), @"
    talks.toml:28:18: evidence[0].where[1] (talks)
      region `north` is finer than may be shown of this source: its level is area [place-too-fine]
      help: name a wider region, and keep the finer place in `protected.place`

    talks.toml:28:27: evidence[0].where[2] (talks)
      region `town` is finer than may be shown of this source: its level is area [place-too-fine]
      help: name a wider region, and keep the finer place in `protected.place`

    2 faults of meaning.
    ");
}

#[test]
fn places_that_may_be_shown() {
    let put = |places: &str, level: &str| {
        talks().patch(MORE, "where = [\"north\"]\nadmiralty", &format!("where = {places}\nadmiralty")).patch(
            MORE,
            "heads = 4",
            &format!("heads = 4{level}"),
        )
    };
    put("[\"land\", \"north\"]", "").study();
    put("[\"land\"]", "\nplace_level = \"area\"").study();
    put("[]", "\nplace_level = \"area\"").study();
    put("[\"town\", \"land\"]", "\nplace_level = \"any\"").study();
    // Of public evidence any place may be shown, whatever its level says.
    let public = put("[\"town\"]", "\nplace_level = \"area\"").patch(MORE, "protected = {", "# {");
    public.patch(MORE, "confidentiality = \"not-for-attribution\"", "confidentiality = \"public\"").study();
}

#[test]
fn protected_parts_of_public_evidence() {
    let case = talks().patch(MORE, "confidentiality = \"not-for-attribution\"", "confidentiality = \"public\"");
    assert_snapshot!(discreet(&case), @r#"
    talks.toml:34:1: evidence[0].protected (talks)
      the evidence has `protected` parts and is public [not-confidential]
      help: give `confidentiality = "not-for-attribution"`

    1 fault of meaning.
    "#);
    // Nothing said is public.
    let case = talks().patch(MORE, "confidentiality = \"not-for-attribution\"\n", "");
    assert_snapshot!(discreet(&case), @r#"
    talks.toml:33:1: evidence[0].protected (talks)
      the evidence has `protected` parts and is public [not-confidential]
      help: give `confidentiality = "not-for-attribution"`

    1 fault of meaning.
    "#);
    // One part is enough, and none is no fault.
    let case = case.patch(MORE, "name = \"Zanele Quince\", office = \"Harbour Warden\", ", "");
    assert_eq!(case.problems().iter().map(|problem| problem.error.code()).collect::<Vec<_>>(), ["not-confidential"]);
    case.patch(MORE, "{ place = \"Ninth Gate\" }", "{ name = \"\" }").study();
}

#[test]
fn a_row_shows_what_it_protects() {
    let case = talks()
        .patch(MORE, "title = \"Talks in the north\"", "title = \"Talks with ZANELE\\tquince\"")
        .patch(MORE, "text = \"Held in a tent.\"", "text = \"\"\"By the harbour-warden,\nat the ninth\ngate.\"\"\"")
        .patch(MORE, "cite = [\"R p9\"]", "cite = [\"R p8\", \"R p9, Zanele Quince\"]");
    assert_snapshot!(discreet(&case), @"
    talks.toml:25:9: evidence[0].title (talks)
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    talks.toml:35:8: evidence[0].text (talks)
      the row shows the `office` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    talks.toml:35:8: evidence[0].text (talks)
      the row shows the `place` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    talks.toml:38:1: evidence[0].cite (talks)
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    4 faults of meaning.
    ");
    // Words inside other words, and a part of what is protected, show nothing.
    talks().patch(MORE, "title = \"Talks in the north\"", "title = \"Zanele Quincey, a warden of the harbour, the ninth gates\"").study();
}

#[test]
fn an_id_shows_what_it_protects() {
    let case = talks().patch(MORE, "id = \"talks\"", "id = \"talks-zanele-quince\"").patch(MORE, "evidence = [\"talks\"]\n", "");
    assert_snapshot!(discreet(&case), @"
    talks.toml:23:6: evidence[0].id
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    1 fault of meaning.
    ");
}

/// The talks, with a field that no evidence has: the row cannot be read.
fn unread_talks() -> Case {
    talks().patch(MORE, "heads = 4", "heads = 4\nmood = \"good\"")
}

#[test]
fn evidence_that_cannot_be_read_protects_as_well() {
    let case = unread_talks().patch(MORE, "group = \"people\"", "group = \"Zanele Quince\"");
    assert_snapshot!(discreet(&case), @"
    talks.toml:16:9: position[0].group (pos)
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    talks.toml:31:1: evidence[0].mood (talks)
      unknown field `mood` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form, 1 of meaning; the rows left out may hide more.
    ");
    let case = unread_talks().patch(MORE, "proposition = \"better\"", "proposition = \"harbour-warden\"");
    assert_snapshot!(discreet(&case), @"
    talks.toml:17:15: position[0].proposition (pos)
      the row shows the `office` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    talks.toml:31:1: evidence[0].mood (talks)
      unknown field `mood` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form, 1 of meaning; the rows left out may hide more.
    ");
    let case = unread_talks().patch(MORE, "in = \"north\"", "in = \"Ninth-Gate\"");
    assert_snapshot!(discreet(&case), @"
    talks.toml:4:6: region[3].in (town)
      the row shows the `place` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    talks.toml:31:1: evidence[0].mood (talks)
      unknown field `mood` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form, 1 of meaning; the rows left out may hide more.
    ");
    // What is protected under a mistyped name is so too.
    let case = talks().patch(MORE, "protected = {", "protectd = {").patch(MORE, "group = \"people\"", "group = \"Zanele Quince\"");
    assert_snapshot!(discreet(&case), @"
    talks.toml:16:9: position[0].group (pos)
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    talks.toml:34:1: evidence[0].protectd (talks)
      unknown field `protectd`; the nearest is `protected` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form, 1 of meaning; the rows left out may hide more.
    ");
}

#[test]
fn a_fault_of_form_repeats_nothing_protected() {
    let case = talks().patch(MORE, "stance = 1", "stance = \"Zanele Quince\"");
    assert_snapshot!(discreet(&case), @"
    talks.toml:18:10: position[0].stance (pos)
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    let case = talks().patch(MORE, "stance = 1", "stance = 1\n\"Zanele Quince\" = 1");
    assert_snapshot!(discreet(&case), @"
    talks.toml:19:1: position[0] (pos)
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    let case = talks().patch(MORE, "stance = 1", "stance = \"a person of the north, known as Zanele Quince\"");
    assert_snapshot!(discreet(&case), @"
    talks.toml:18:10: position[0].stance (pos)
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    let case = talks().with("quince.toml", "[[\"Zanele Quince\"]]\nid = \"x\"\n");
    let text = case.problems().to_string().replace("quince.toml", "more.toml");
    assert_snapshot!(text, @"
    more.toml:1:3
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    let document = CaseDocument::from_texts(talks().patch(MORE, "stance = 1", "stance = \"Zanele Quince\"").texts());
    assert_snapshot!(document.unwrap_err(), @"
    talks.toml:18:10: position[0].stance (pos)
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_key_among_what_is_protected_is_not_named() {
    let case = talks().patch(MORE, "{ name = \"Zanele Quince\"", "{ \"Zanele Quince\" = \"name\"");
    assert_snapshot!(discreet(&case), @"
    talks.toml:34:13: evidence[0].protected (talks)
      unknown field `…` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    let case = talks().patch(MORE, "{ name = \"Zanele Quince\"", "{ zanele.quince = \"name\"");
    assert_snapshot!(discreet(&case), @"
    talks.toml:34:13: evidence[0].protected (talks)
      unknown field `…` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    let case = talks().patch(MORE, "{ name = \"Zanele Quince\"", "{ name.zanele = \"Quince\"");
    assert_snapshot!(discreet(&case), @"
    talks.toml:34:15: evidence[0].protected.name (talks)
      invalid type: map, expected a string [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn observations_repeat_nothing_protected() {
    let case = talks().with("observations.csv", "indicator,when,value,cite,Zanele Quince\nzanele-quince,2014,1,R p1,x\n");
    assert_snapshot!(discreet(&case), @"
    observations.csv:1:27: header
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead
      note: a fault of form: the row is left out of all other checks and may hide more

    observations.csv:2:1: row[0].indicator
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    observations.csv:2:1: row[0]
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    1 fault of form, 2 of meaning; the rows left out may hide more.
    ");
}

#[test]
fn another_table_shows_a_protected_name() {
    let case = talks()
        .patch(MORE, "stance = 1", "stance = 1\ntext = \"As Zanele Quince told us\"")
        .patch(FILE, "title = \"A small study\"", "title = \"A small study, thanks to Zanele Quince\"")
        .patch(FILE, "because = \"By day only\"", "because = \"By day only, says zanele quince\"")
        .patch(FILE, "id = \"F1\"", "id = \"F1\"\nsaid_by = \"Zanele  Quince\"")
        .patch(FILE, "title = \"The report\"", "title = \"The report\"\nurl = \"https://example.org/zanele-quince\"")
        .append(MORE, "\n[[fact]]\nid = \"fact\"\ntitle = \"A warden, Zanele\\nQuince\"\ncite = [\"R p1\"]\n")
        .append(MORE, "\n[[indicator]]\nid = \"heard\"\ntitle = \"Heard\"\nunit = \"persons\"\nkind = \"stock\"\n")
        .with("observations.csv", "row,indicator,when,region,value,scope,cite,note\nO1,heard,2014,north,1,,R p7,Zanele Quince\n");
    assert_snapshot!(discreet(&case), @"
    case.toml:1:2: study
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    case.toml:17:1: source[0]
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    case.toml:78:1: rating[0]
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    case.toml:93:1: finding[0]
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    observations.csv:2:1: row[0]
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    talks.toml:14:1: position[0]
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    talks.toml:39:1: fact[0]
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    7 faults of meaning.
    ");
    // Only names are looked for in other rows: an office or a place may be known from elsewhere.
    talks().patch(MORE, "stance = 1", "stance = 1\ntext = \"The harbour warden held the ninth gate\"").study();
}

#[test]
fn another_evidence_row_shows_a_protected_name() {
    let case =
        talks().append(MORE, "\n[[evidence]]\nid = \"more\"\ntitle = \"More of Zanele Quince\"\nkind = \"document\"\ncite = [\"R p9\"]\n");
    assert_snapshot!(discreet(&case), @"
    talks.toml:38:1: evidence[1]
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    1 fault of meaning.
    ");
}

#[test]
fn a_framework_shows_a_protected_name() {
    let own = "[framework]\nid = \"ours\"\nversion = \"1\"\ntitle = \"As Zanele Quince had it\"\n\n[[dimension]]\nid = \"protection\"\ntitle = \"Protection\"\nrole = \"outcome\"\nquestion = \"Safer?\"\n\n[[topic]]\nid = \"violence\"\ntitle = \"Violence\"\n";
    let case = talks().patch(FILE, "framework = \"epon-2019\"", "framework = \"ours\"").with("own.toml", own);
    assert_snapshot!(discreet(&case), @"
    own.toml:1:2: framework
      the row shows the `name` that an evidence row protects [shows-protected]
      help: name the group or the side instead

    1 fault of meaning.
    ");
}

#[test]
fn a_protected_name_may_be_a_word_of_the_format() {
    for name in ["Title", "Kind", "Some", "None", "Protected", "Evidence", "Row", "True", "Level"] {
        let read = talks().patch(MORE, "name = \"Zanele Quince\"", &format!("name = \"{name}\"")).read();
        assert!(read.is_ok(), "{name}: no text shows it\n{}", read.unwrap_err());
    }
}

#[test]
fn signs_between_letters_hide_no_protected_name() {
    // A space that does not break, an accent of its own, a vowel sign: each as it may stand in a file.
    for name in ["Zanele\u{a0}Quince", "Zane\u{301}le Quince", "\u{91c}\u{941}\u{932}\u{940} Quince", "Quin\u{ad}ce Zanele", "Z. N'Quince"]
    {
        let case = talks().patch(MORE, "name = \"Zanele Quince\"", &format!("name = \"{name}\""));
        case.study();
        let shown = case.patch(MORE, "stance = 1", &format!("stance = 1\ntext = \"Told by {name}\""));
        let Err(problems) = shown.read() else { panic!("{name:?} is shown") };
        assert_eq!(problems.iter().map(|problem| problem.error.code()).collect::<Vec<_>>(), ["shows-protected"], "{name:?}");
    }
}

#[test]
fn other_faults_of_a_row_do_not_repeat_a_protected_name() {
    for (needle, with) in [
        ("on = \"violence\"", "on = \"zanele-quince\""),
        ("salience = \"major\"", "salience = \"Zanele Quince\""),
        ("cite = [\"R p6\"]", "cite = [\"Zanele-Quince p6\"]"),
        ("id = \"F1\"", "id = \"Zanele Quince\""),
        ("when = \"2014..\"\ncite", "when = \"Zanele Quince\"\ncite"),
    ] {
        discreet(&talks().patch(MORE, "contradicts = [\"F1\"]\n", "").patch(FILE, needle, with));
    }
}

/// All that the talks protect.
const PARTS: &str = "{ name = \"Zanele Quince\", office = \"Harbour Warden\", place = \"Ninth Gate\" }";

#[test]
fn a_text_for_what_is_protected() {
    assert_snapshot!(discreet(&talks().patch(MORE, PARTS, "\"Zanele Quince\"")), @r#"
    talks.toml:34:13: evidence[0].protected (talks)
      a text stands where `{ name = "…", office = "…", place = "…" }` belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    "#);
}

#[test]
fn a_number_for_a_protected_text() {
    // A number may identify as a name does: it is not repeated either.
    let said = discreet(&talks().patch(MORE, "place = \"Ninth Gate\"", "place = 22331144"));
    assert!(!said.contains("22331144"), "{said}");
    assert_snapshot!(said, @"
    talks.toml:34:74: evidence[0].protected.place (talks)
      a number stands where a text, in quotes, belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn lists_and_tables_for_protected_texts() {
    assert_snapshot!(discreet(&talks().patch(MORE, PARTS, "[\"Zanele Quince\"]")), @r#"
    talks.toml:34:13: evidence[0].protected (talks)
      a list stands where `{ name = "…", office = "…", place = "…" }` belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    "#);
    assert_snapshot!(discreet(&talks().patch(MORE, PARTS, "true")), @r#"
    talks.toml:34:13: evidence[0].protected (talks)
      `true` stands where `{ name = "…", office = "…", place = "…" }` belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    "#);
    assert_snapshot!(discreet(&talks().patch(MORE, "name = \"Zanele Quince\"", "name = [\"Zanele Quince\"]")), @"
    talks.toml:34:22: evidence[0].protected.name (talks)
      a list stands where a text belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(discreet(&talks().patch(MORE, "name = \"Zanele Quince\"", "name = { first = \"Zanele\" }")), @"
    talks.toml:34:22: evidence[0].protected.name (talks)
      a table stands where a text belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn fields_that_what_is_protected_does_not_have() {
    assert_snapshot!(discreet(&talks().patch(MORE, "{ name = ", "{ nmae = ")), @"
    talks.toml:34:13: evidence[0].protected (talks)
      unknown field `…`; the nearest is `name` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(discreet(&talks().patch(MORE, "office = ", "telephone = ")), @"
    talks.toml:34:13: evidence[0].protected (talks)
      unknown field `…` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    let below = talks().patch(MORE, "protected = {", "# {").append(MORE, "\n[evidence.protected]\noffise = \"Harbour Warden\"\n");
    assert_snapshot!(discreet(&below), @"
    talks.toml:38:1: evidence[0].protected (talks)
      unknown field `…`; the nearest is `office` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(discreet(&talks().patch(MORE, "protected = {", "protectd = {")), @"
    talks.toml:34:1: evidence[0].protectd (talks)
      unknown field `protectd`; the nearest is `protected` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(discreet(&talks().patch(MORE, "heads = 4", "heads = 4\nname = \"Zanele Quince\"")), @"
    talks.toml:31:1: evidence[0].name (talks)
      unknown field `name` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_protected_text_that_is_too_long() {
    let long = "Zanele Quince ".repeat(80);
    let case = talks().patch(MORE, "office = \"Harbour Warden\"", &format!("office = \"{long}\""));
    assert_snapshot!(discreet(&case), @"
    talks.toml:34:48: evidence[0].protected.office (talks)
      the protected text has 1120 characters; it may have 1000 [too-long]

    1 fault of meaning.
    ");
}

#[test]
fn syntax_beside_what_is_protected() {
    for (needle, with) in [
        ("name = \"Zanele Quince\",", "name = \"Zanele Quince,"),
        ("name = \"Zanele Quince\",", "name = Zanele Quince,"),
        ("name = \"Zanele Quince\",", "name = \"Zanele Quince\\q\","),
        ("name = \"Zanele Quince\",", "name = \"Zanele Quince\", name = \"Zanele Quince\","),
        ("name = \"Zanele Quince\", ", "name = \"Zanele Quince\" "),
        ("place = \"Ninth Gate\" }", "place = \"Ninth Gate\""),
        ("{ name = ", "{ name "),
    ] {
        let said = discreet(&talks().patch(MORE, needle, with));
        assert!(said.contains("[syntax]"), "{with}: {said}");
    }
}

#[test]
fn json_with_other_forms_of_what_is_protected() {
    for wrong in [
        r#""Zanele Quince""#,
        r#"["Zanele Quince"]"#,
        r#"{ "name": ["Zanele Quince"] }"#,
        r#"{ "name": { "first": "Zanele" } }"#,
        r#"{ "nmae": "Zanele Quince" }"#,
    ] {
        let json = format!(r#"{{ "evidence": [{{ "id": "talks", "protected": {wrong} }}] }}"#);
        let error = serde_json::from_str::<CaseDocument>(&json).unwrap_err();
        for text in [error.to_string(), format!("{error:?}")] {
            assert!(!text.contains("Zanele") && !text.contains("Quince"), "{text}");
        }
    }
    let json = r#"{ "evidence": [{ "id": "talks", "protected": { "name": "Zanele Quince" } }] }"#;
    let document: CaseDocument = serde_json::from_str(json).unwrap();
    assert_eq!(document.evidence[0].protected.as_ref().unwrap().name.disclose(), "Zanele Quince");
}

#[test]
fn what_evidence_supports_and_contradicts() {
    let case = talks().patch(MORE, "supports = [\"E1\"]", "supports = [\"E1\", \"E9\", \"A1\"]").patch(
        MORE,
        "contradicts = [\"F1\"]",
        "contradicts = [\"protection\", \"talks\", \"E1\"]",
    );
    assert_snapshot!(case.problems(), @"
    talks.toml:32:19: evidence[0].supports[1] (talks)
      unknown effect, finding or verdict `E9`; the nearest is `E1` [unknown-id]
      see: it stands at case.toml:82:1: effect[0]

    talks.toml:32:25: evidence[0].supports[2] (talks)
      unknown effect, finding or verdict `A1`; the nearest is `E1` [unknown-id]
      see: it stands at case.toml:82:1: effect[0]

    talks.toml:33:16: evidence[0].contradicts[0] (talks)
      unknown effect, finding or verdict `protection` [unknown-id]

    talks.toml:33:30: evidence[0].contradicts[1] (talks)
      unknown effect, finding or verdict `talks` [unknown-id]

    4 faults of meaning.
    ");
}

#[test]
fn names_of_evidence() {
    let case = talks()
        .patch(MORE, "kind = \"interview\"", "kind = \"interviw\"")
        .patch(MORE, "confidentiality = \"not-for-attribution\"", "confidentiality = \"not-for-atribution\"")
        .patch(MORE, "heads = 4", "heads = 4\nplace_level = \"units\"\nindependence = \"one root\"\nsides = [\"the state\"]");
    assert_snapshot!(discreet(&case), @"
    talks.toml:26:8: evidence[0].kind (talks)
      unknown kind of evidence `interviw`; the nearest is `interview` [unknown-name]
      help: one of `interview`, `focus-group`, `survey`, `document`, `dataset`, `observation`

    talks.toml:31:15: evidence[0].place_level (talks)
      unknown level of place `units`; the nearest is `unit` [unknown-name]
      help: one of `area`, `unit`, `any`

    talks.toml:32:16: evidence[0].independence (talks)
      `one root` is not an id [invalid-id]
      help: an id has 1 to 64 letters, digits, `-`, `_` or `.`, and begins with a letter or digit

    talks.toml:33:10: evidence[0].sides[0] (talks)
      `the state` is not an id [invalid-id]
      help: an id has 1 to 64 letters, digits, `-`, `_` or `.`, and begins with a letter or digit

    talks.toml:34:19: evidence[0].confidentiality (talks)
      unknown confidentiality `not-for-atribution`; the nearest is `not-for-attribution` [unknown-name]
      help: one of `public`, `not-for-attribution`

    5 faults of meaning.
    ");
}

#[test]
fn heads_out_of_range() {
    let case = talks().patch(MORE, "heads = 4", "heads = -4").patch(MORE, "id = \"people\"", "id = \"people\"\nheads = -1").patch(
        FILE,
        "area = \"land\"",
        "area = \"land\"\nleast_heads = 0",
    );
    assert_snapshot!(case.problems(), @"
    case.toml:8:15: study.least_heads (small)
      least_heads 0 is not in the range 1..=1000 [out-of-range]

    talks.toml:8:9: stakeholder[0].heads (people)
      heads -1 is not in the range 0..=4294967295 [out-of-range]

    talks.toml:31:9: evidence[0].heads (talks)
      heads -4 is not in the range 0..=4294967295 [out-of-range]

    3 faults of meaning.
    ");
    let case = talks()
        .patch(MORE, "heads = 4", "heads = 9223372036854775807")
        .patch(MORE, "id = \"people\"", "id = \"people\"\nheads = 4294967296")
        .patch(FILE, "area = \"land\"", "area = \"land\"\nleast_heads = 1001");
    assert_snapshot!(case.problems(), @"
    case.toml:8:15: study.least_heads (small)
      least_heads 1001 is not in the range 1..=1000 [out-of-range]

    talks.toml:8:9: stakeholder[0].heads (people)
      heads 4294967296 is not in the range 0..=4294967295 [out-of-range]

    talks.toml:31:9: evidence[0].heads (talks)
      heads 9223372036854775807 is not in the range 0..=4294967295 [out-of-range]

    3 faults of meaning.
    ");
    talks().patch(MORE, "heads = 4", "heads = 0").patch(FILE, "area = \"land\"", "area = \"land\"\nleast_heads = 1").study();
}

#[test]
fn unknown_evidence_of_a_position() {
    let case = talks().patch(MORE, "evidence = [\"talks\"]", "evidence = [\"talk\", \"A1\"]");
    assert_snapshot!(case.problems(), @"
    talks.toml:20:13: position[0].evidence[0] (pos)
      unknown evidence `talk`; the nearest is `talks` [unknown-id]
      see: it stands at talks.toml:23:1: evidence[0]

    talks.toml:20:21: position[0].evidence[1] (pos)
      unknown evidence `A1` [unknown-id]

    2 faults of meaning.
    ");
}

#[test]
fn nobody_is_blamed_for_naming_evidence_that_could_not_be_read() {
    let case = talks()
        .patch(MORE, "protected = {", "protectd = {")
        .append(MORE, "\n[[claim]]\nid = \"C1\"\neffect = \"E1\"\ntitle = \"It helped\"\ntheory = { state = \"met\", because = \"x\", rests_on = [\"talks\"] }\nimplemented = { state = \"met\", because = \"x\" }\nchain = { state = \"met\", because = \"x\" }\nothers = { state = \"met\", because = \"x\" }\ncite = [\"R p1\"]\n");
    assert_eq!(case.problems().len(), 1);
}

// Confidence by a person's decision

#[test]
fn confidence_without_a_person_or_a_reason() {
    let case = Case::small()
        .patch(FILE, "salience = \"major\"", "salience = \"major\"\nconfidence = { level = \"low\", because = \"One root\" }")
        .patch(
            FILE,
            "contribution = { grade = \"enabling\" }",
            "contribution = { grade = \"enabling\" }\nconfidence = { level = \"low\", by = \"The coder\" }",
        )
        .patch(FILE, "rests_on = [\"A1\"] }", "rests_on = [\"A1\"], confidence = { by = \"\", because = \" \" } }");
    assert_snapshot!(case.problems(), @"
    case.toml:80:97: rating[0].activities.confidence (T1, P1)
      `level` is not given [missing-field]

    case.toml:80:97: rating[0].activities.confidence (T1, P1)
      `by` is not given [missing-field]

    case.toml:90:1: effect[0].confidence (E1)
      `because` is not given [missing-field]

    case.toml:100:1: finding[0].confidence (F1)
      `by` is not given [missing-field]

    4 faults of meaning.
    ");
}

#[test]
fn confidence_of_another_name_or_form() {
    let case = Case::small()
        .patch(
            FILE,
            "salience = \"major\"",
            "salience = \"major\"\nconfidence = { level = \"modrate\", by = \"The coder\", because = \"One root\" }",
        )
        .patch(
            FILE,
            "rests_on = [\"A1\"] }",
            "rests_on = [\"A1\"], confidence = { level = \"full\", by = \"The coder\", because = \"One root\" } }",
        );
    assert_snapshot!(case.problems(), @"
    case.toml:80:120: rating[0].activities.confidence.level (T1, P1)
      unknown confidence `full` [unknown-name]
      help: one of `very-low`, `low`, `moderate`, `high`

    case.toml:99:24: finding[0].confidence.level (F1)
      unknown confidence `modrate`; the nearest is `moderate` [unknown-name]
      help: one of `very-low`, `low`, `moderate`, `high`

    2 faults of meaning.
    ");
    let case = Case::small().patch(FILE, "salience = \"major\"", "salience = \"major\"\nconfidence = \"low\"").patch(
        FILE,
        "rests_on = [\"A1\"] }",
        "rests_on = [\"A1\"], confidence = { levle = \"low\" } }",
    );
    assert_snapshot!(case.problems(), @"
    case.toml:80:112: rating[0].activities.confidence.levle (T1, P1)
      unknown field `levle`; the nearest is `level` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    case.toml:99:14: finding[0].confidence (F1)
      the text `low` stands where a group of fields, `{ … }`, belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    2 faults of form; the rows left out may hide more.
    ");
    Case::small()
        .patch(
            FILE,
            "salience = \"major\"",
            "salience = \"major\"\nconfidence = { level = \"very-low\", by = \"The coder\", because = \"One root\" }",
        )
        .study();
}

// Claims

/// A claim about the effect of the small case, in a file of its own.
const CLAIM: &str = r#"[[claim]]
id = "C1"
effect = "E1"
title = "Patrols made attacks fewer"
short = "Fewer attacks"
theory = { state = "met", because = "Named in the mandate", rests_on = ["T1"] }
implemented = { state = "partly", because = "By day only", rests_on = ["A1"] }
chain = { state = "unknown", because = "Nobody says" }
others = { state = "not-met", because = "A truce did more", rests_on = ["F1"] }
prior = [0.3, 0.5]
scheme = "icd-203"
cite = ["R p7"]

[[claim.rivals]]
title = "A truce"
tested = "By its date"
outcome = "shares"
because = "It came first"
rests_on = ["F1"]
cite = ["R p7"]

[[claim.tests]]
kind = "hoop"
clue = "Patrols before the change"
outcome = "found"
because = "Their dates"
package = "dates"
sensitivity = 0.9
false_positive = [0.2, 0.4]
rests_on = ["A1"]
"#;

/// The file of the claim.
const CLAIMS: &str = "claims.toml";

/// The small case with a claim.
fn claimed() -> Case {
    Case::small().with(CLAIMS, CLAIM)
}

#[test]
fn ids_of_a_claim() {
    claimed().study();
    let case = claimed()
        .patch(CLAIMS, "rests_on = [\"T1\"]", "rests_on = [\"T1\", \"T9\"]")
        .patch(CLAIMS, "because = \"Nobody says\"", "because = \"Nobody says\", rests_on = [\"nobody\"]")
        .patch(CLAIMS, "effect = \"E1\"", "effect = \"E2\"")
        .patch_after(CLAIMS, "It came first", "\"F1\"", "\"protection\"")
        .patch_after(CLAIMS, "[0.2, 0.4]", "\"A1\"", "\"A1\", \"A2\"");
    assert_snapshot!(case.problems(), @"
    claims.toml:3:10: claim[0].effect (C1)
      unknown effect `E2`; the nearest is `E1` [unknown-id]
      see: it stands at case.toml:82:1: effect[0]

    claims.toml:6:79: claim[0].theory.rests_on[1] (C1)
      unknown row `T9`; the nearest is `T1` [unknown-id]
      see: it stands at case.toml:57:1: task[0]

    claims.toml:8:67: claim[0].chain.rests_on[0] (C1)
      unknown row `nobody` [unknown-id]

    claims.toml:19:13: claim[0].rivals[0].rests_on[0] (C1)
      unknown row `protection` [unknown-id]

    claims.toml:30:19: claim[0].tests[0].rests_on[1] (C1)
      unknown row `A2`; the nearest is `A1` [unknown-id]
      see: it stands at case.toml:69:1: activity[0]

    5 faults of meaning.
    ");
    assert_snapshot!(claimed().patch_after(CLAIMS, "It came first", "\"R p7\"", "\"Q p7\"").problems(), @"
    claims.toml:20:9: claim[0].rivals[0].cite[0] (C1)
      unknown source `Q`; the nearest is `R` [unknown-id]

    1 fault of meaning.
    ");
    assert_snapshot!(claimed().patch(CLAIMS, "effect = \"E1\"", "effect = \"F1\"").problems(), @"
    claims.toml:3:10: claim[0].effect (C1)
      unknown effect `F1`; the nearest is `E1` [unknown-id]
      see: it stands at case.toml:82:1: effect[0]

    1 fault of meaning.
    ");
    assert_snapshot!(claimed().patch(CLAIMS, "id = \"C1\"", "id = \"E1\"").problems(), @"
    claims.toml:2:6: claim[0].id (E1)
      a second row has the id `E1` [duplicate-id]
      see: the first is case.toml:82:1: effect[0]
      help: ids are unique over all tables of a case

    1 fault of meaning.
    ");
}

#[test]
fn a_rival_with_an_outcome_and_no_test() {
    assert_snapshot!(claimed().patch(CLAIMS, "tested = \"By its date\"\n", "").problems(), @"
    claims.toml:16:11: claim[0].rivals[0].outcome (C1)
      the rival has an `outcome` and no `tested` [not-tested]
      help: say how it was tested, or leave both out

    1 fault of meaning.
    ");
    assert_snapshot!(claimed().patch(CLAIMS, "outcome = \"shares\"\n", "").problems(), @"
    claims.toml:14:1: claim[0].rivals[0] (C1)
      `outcome` is not given [missing-field]

    1 fault of meaning.
    ");
    claimed().patch(CLAIMS, "tested = \"By its date\"\noutcome = \"shares\"\n", "").study();
}

#[test]
fn a_prior_without_words() {
    assert_snapshot!(claimed().patch(CLAIMS, "scheme = \"icd-203\"\n", "").problems(), @r#"
    claims.toml:10:1: claim[0].prior (C1)
      the claim has a `prior` and no `scheme` [no-scheme]
      help: give `scheme = "icd-203"` or `"ipcc"`: the words differ

    1 fault of meaning.
    "#);
    // Words alone are no fault.
    claimed().patch(CLAIMS, "prior = [0.3, 0.5]\n", "").study();
}

#[test]
fn probabilities_that_are_none() {
    let put = |prior: &str, sensitivity: &str, false_positive: &str| {
        claimed()
            .patch(CLAIMS, "prior = [0.3, 0.5]", &format!("prior = {prior}"))
            .patch(CLAIMS, "sensitivity = 0.9", &format!("sensitivity = {sensitivity}"))
            .patch(CLAIMS, "false_positive = [0.2, 0.4]", &format!("false_positive = {false_positive}"))
    };
    assert_snapshot!(put("0", "1", "1.0").problems(), @"
    claims.toml:10:9: claim[0].prior (C1)
      0 is no probability between 0 and 1 [not-a-probability]
      help: 0 and 1 are refused: no evidence could move them

    claims.toml:28:15: claim[0].tests[0].sensitivity (C1)
      1 is no probability between 0 and 1 [not-a-probability]
      help: 0 and 1 are refused: no evidence could move them

    claims.toml:29:18: claim[0].tests[0].false_positive (C1)
      1 is no probability between 0 and 1 [not-a-probability]
      help: 0 and 1 are refused: no evidence could move them

    3 faults of meaning.
    ");
    assert_snapshot!(put("nan", "[0.5, inf]", "[0.0, 0.5]").problems(), @"
    claims.toml:10:9: claim[0].prior (C1)
      a probability is not finite [not-finite]

    claims.toml:28:1: claim[0].tests[0].sensitivity (C1)
      a probability is not finite [not-finite]

    claims.toml:29:1: claim[0].tests[0].false_positive (C1)
      0 is no probability between 0 and 1 [not-a-probability]
      help: 0 and 1 are refused: no evidence could move them

    3 faults of meaning.
    ");
    assert_snapshot!(put("[0.1, 0.2, 0.3]", "[]", "-0.5").problems(), @"
    claims.toml:10:1: claim[0].prior (C1)
      prior has 3 values; a range has a low and a high end [not-a-range]
      help: give one number, or two: `[0.3, 0.5]`

    claims.toml:28:1: claim[0].tests[0].sensitivity (C1)
      sensitivity has 0 values; a range has a low and a high end [not-a-range]
      help: give one number, or two: `[0.3, 0.5]`

    claims.toml:29:18: claim[0].tests[0].false_positive (C1)
      -0.5 is no probability between 0 and 1 [not-a-probability]
      help: 0 and 1 are refused: no evidence could move them

    3 faults of meaning.
    ");
    assert_snapshot!(put("\"likely\"", "0.5", "0.5").problems(), @"
    claims.toml:10:9: claim[0].prior (C1)
      the text `likely` stands where a number, or a range such as `[0.3, 0.5]` belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(put("[\"0.3\", 0.5]", "0.5", "0.5").problems(), @"
    claims.toml:10:10: claim[0].prior[0] (C1)
      the text `0.3` stands where a number belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(put("0.5", "{ low = 0.5 }", "0.5").problems(), @"
    claims.toml:28:15: claim[0].tests[0].sensitivity (C1)
      a table stands where a number, or a range such as `[0.3, 0.5]` belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    // The ends of a range may come in either order, and one value is a range of itself.
    assert_eq!(put("[0.5, 0.3]", "[0.9]", "[0.4, 0.2]").study(), claimed().study());
}

#[test]
fn conditions_that_are_missing() {
    let case = claimed().patch(CLAIMS, "chain = { state = \"unknown\", because = \"Nobody says\" }\n", "");
    assert_snapshot!(case.problems(), @"
    claims.toml:1:1: claim[0].chain (C1)
      `state` is not given [missing-field]

    claims.toml:1:1: claim[0].chain (C1)
      `because` is not given [missing-field]

    2 faults of meaning.
    ");
    let case = claimed()
        .patch(CLAIMS, "chain = { state = \"unknown\", because = \"Nobody says\" }", "chain = { because = \"Nobody says\" }")
        .patch(CLAIMS, ", because = \"Named in the mandate\"", "");
    assert_snapshot!(case.problems(), @"
    claims.toml:6:1: claim[0].theory (C1)
      `because` is not given [missing-field]

    claims.toml:8:1: claim[0].chain (C1)
      `state` is not given [missing-field]

    2 faults of meaning.
    ");
}

#[test]
fn fields_that_a_claim_must_have() {
    assert_snapshot!(Case::small().with(CLAIMS, "[[claim]]\nid = \"C1\"\n\n[[claim.rivals]]\n\n[[claim.tests]]\n").problems(), @r#"
    claims.toml:1:1: claim[0] (C1)
      `effect` is not given [missing-field]

    claims.toml:1:1: claim[0] (C1)
      `title` is not given [missing-field]

    claims.toml:1:1: claim[0].theory (C1)
      `state` is not given [missing-field]

    claims.toml:1:1: claim[0].theory (C1)
      `because` is not given [missing-field]

    claims.toml:1:1: claim[0].implemented (C1)
      `state` is not given [missing-field]

    claims.toml:1:1: claim[0].implemented (C1)
      `because` is not given [missing-field]

    claims.toml:1:1: claim[0].chain (C1)
      `state` is not given [missing-field]

    claims.toml:1:1: claim[0].chain (C1)
      `because` is not given [missing-field]

    claims.toml:1:1: claim[0].others (C1)
      `state` is not given [missing-field]

    claims.toml:1:1: claim[0].others (C1)
      `because` is not given [missing-field]

    claims.toml:1:1: claim[0] (C1)
      no source is cited [missing-cite]
      help: give `cite = ["<source> <locator>"]`, or `origin = "coder"` for a row of your own

    claims.toml:4:1: claim[0].rivals[0] (C1)
      `title` is not given [missing-field]

    claims.toml:6:1: claim[0].tests[0] (C1)
      `kind` is not given [missing-field]

    claims.toml:6:1: claim[0].tests[0] (C1)
      `clue` is not given [missing-field]

    claims.toml:6:1: claim[0].tests[0] (C1)
      `outcome` is not given [missing-field]

    15 faults of meaning.
    "#);
}

#[test]
fn names_of_a_claim() {
    let case = claimed()
        .patch(CLAIMS, "state = \"partly\"", "state = \"party\"")
        .patch(CLAIMS, "scheme = \"icd-203\"", "scheme = \"icd203\"")
        .patch(CLAIMS, "outcome = \"shares\"", "outcome = \"share\"")
        .patch(CLAIMS, "kind = \"hoop\"", "kind = \"hop\"")
        .patch(CLAIMS, "outcome = \"found\"", "outcome = \"fond\"")
        .patch(CLAIMS, "package = \"dates\"", "package = \"all dates\"");
    assert_snapshot!(case.problems(), @"
    claims.toml:7:25: claim[0].implemented.state (C1)
      unknown state of a condition `party`; the nearest is `partly` [unknown-name]
      help: one of `not-met`, `unknown`, `partly`, `met`

    claims.toml:11:10: claim[0].scheme (C1)
      unknown scheme of words `icd203`; the nearest is `icd-203` [unknown-name]
      help: one of `icd-203`, `ipcc`

    claims.toml:17:11: claim[0].rivals[0].outcome (C1)
      unknown outcome of a rival `share`; the nearest is `shares` [unknown-name]
      help: one of `explains`, `shares`, `ruled-out`

    claims.toml:23:8: claim[0].tests[0].kind (C1)
      unknown kind of test `hop`; the nearest is `hoop` [unknown-name]
      help: one of `straw-in-the-wind`, `hoop`, `smoking-gun`, `doubly-decisive`

    claims.toml:25:11: claim[0].tests[0].outcome (C1)
      unknown outcome of a test `fond`; the nearest is `found` [unknown-name]
      help: one of `found`, `absent`, `not-looked-for`

    claims.toml:27:11: claim[0].tests[0].package (C1)
      `all dates` is not an id [invalid-id]
      help: an id has 1 to 64 letters, digits, `-`, `_` or `.`, and begins with a letter or digit

    6 faults of meaning.
    ");
}

#[test]
fn fields_that_a_claim_does_not_have() {
    assert_snapshot!(claimed().patch(CLAIMS, "implemented = {", "implementd = {").problems(), @"
    claims.toml:7:1: claim[0].implementd (C1)
      unknown field `implementd`; the nearest is `implemented` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(claimed().patch(CLAIMS, "[[claim.rivals]]", "[[claim.rival]]").problems(), @"
    claims.toml:14:9: claim[0].rival (C1)
      unknown field `rival`; the nearest is `rivals` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(claimed().patch(CLAIMS, "clue = ", "clues = ").problems(), @"
    claims.toml:24:1: claim[0].tests[0].clues (C1)
      unknown field `clues`; the nearest is `clue` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(claimed().patch(CLAIMS, "state = \"met\"", "stat = \"met\"").problems(), @"
    claims.toml:6:12: claim[0].theory.stat (C1)
      unknown field `stat`; the nearest is `state` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(claimed().patch(CLAIMS, "theory = { state = \"met\", because = \"Named in the mandate\", rests_on = [\"T1\"] }", "theory = \"met\"").problems(), @"
    claims.toml:6:10: claim[0].theory (C1)
      the text `met` stands where a group of fields, `{ … }`, belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(claimed().patch(CLAIMS, "[[claim.tests]]", "[claim.tests]").problems(), @"
    claims.toml:22:1: claim[0].tests (C1)
      a table stands where a list belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_short_name_of_a_claim_that_is_too_long() {
    assert_snapshot!(claimed().patch(CLAIMS, "short = \"Fewer attacks\"", "short = \"Fewer attacks than before\"").problems(), @"
    claims.toml:5:9: claim[0].short (C1)
      the short name has 25 characters; it may have 23 [too-long]

    1 fault of meaning.
    ");
}

#[test]
fn a_claim_without_a_source() {
    assert_snapshot!(claimed().patch(CLAIMS, "scheme = \"icd-203\"\ncite = [\"R p7\"]\n", "scheme = \"icd-203\"\n").problems(), @r#"
    claims.toml:1:1: claim[0] (C1)
      no source is cited [missing-cite]
      help: give `cite = ["<source> <locator>"]`, or `origin = "coder"` for a row of your own

    1 fault of meaning.
    "#);
    claimed().patch(CLAIMS, "scheme = \"icd-203\"\ncite = [\"R p7\"]\n", "scheme = \"icd-203\"\norigin = \"coder\"\n").study();
}

// Indicators: sums and rates

/// The small case with a stock, a flow and a rate of the one by the other.
fn measured() -> Case {
    Case::small().with(
        INDICATORS,
        r#"[[indicator]]
id = "troops"
title = "Troops"
short = "Troops"
unit = "persons"
kind = "stock"
adds_up = true
cite = ["R p7"]

[[indicator]]
id = "deaths"
title = "Deaths"
unit = "persons"
kind = "flow"
cite = ["R p7"]

[[indicator]]
id = "risk"
title = "Deaths per 1000 troops"
unit = "per 1000"
kind = "index"
rate = { of = "deaths", scope = "soldiers", per = "troops", times = 1000 }
origin = "coder"
"#,
    )
}

/// The file of the indicators.
const INDICATORS: &str = "indicators.toml";

#[test]
fn the_measured_case_has_no_fault() {
    measured().study();
    // A short name may have 34 characters, a rate any factor of three decimals.
    measured().patch(INDICATORS, "short = \"Troops\"", "short = \"Troops, of whom 34 é characters...\"").study();
    measured().patch(INDICATORS, "times = 1000", "times = 0.001").study();
}

#[test]
fn a_rate_names_an_unknown_indicator() {
    let case = measured().patch(INDICATORS, "of = \"deaths\"", "of = \"death\"").patch(INDICATORS, "per = \"troops\"", "per = \"force\"");
    assert_snapshot!(case.problems(), @"
    indicators.toml:22:15: indicator[2].rate.of (risk)
      unknown indicator `death`; the nearest is `deaths` [unknown-id]
      see: it stands at indicators.toml:10:1: indicator[1]

    indicators.toml:22:50: indicator[2].rate.per (risk)
      unknown indicator `force` [unknown-id]

    2 faults of meaning.
    ");
}

#[test]
fn a_rate_of_a_rate() {
    let more = "\n[[indicator]]\nid = \"again\"\ntitle = \"Again\"\nunit = \"x\"\nkind = \"index\"\nrate = { of = \"risk\", per = \"again\", times = 1 }\norigin = \"coder\"\n";
    assert_snapshot!(measured().append(INDICATORS, more).problems(), @"
    indicators.toml:30:15: indicator[3].rate.of (again)
      `risk` is a rate itself [rate-of-rate]
      help: a rate is of two indicators that are observed

    indicators.toml:30:29: indicator[3].rate.per (again)
      `again` is a rate itself [rate-of-rate]
      help: a rate is of two indicators that are observed

    2 faults of meaning.
    ");
}

#[test]
fn the_factor_of_a_rate() {
    for (times, message) in [
        ("0", "the number 0 is not positive [not-positive]"),
        ("-1000", "the number -1000 is not positive [not-positive]"),
        ("nan", "the number is not finite [not-finite]"),
        ("inf", "the number is not finite [not-finite]"),
        (
            "0.0001",
            "the number 0.0001 has more than three decimals [too-precise]\n  help: weights, shares and cut-points are held exactly, to the thousandth",
        ),
        ("1000001", "the number 1000001 is not in the range -1000000..=1000000 [out-of-range]"),
    ] {
        let problems = measured().patch(INDICATORS, "times = 1000", &format!("times = {times}")).problems().to_string();
        assert_eq!(
            problems,
            format!("indicators.toml:22:69: indicator[2].rate.times (risk)\n  {message}\n\n1 fault of meaning."),
            "{times}"
        );
    }
}

#[test]
fn the_factor_of_a_rate_is_left_out() {
    assert_snapshot!(measured().patch(INDICATORS, ", times = 1000", "").problems(), @"
    indicators.toml:22:1: indicator[2].rate.times (risk)
      the number 0 is not positive [not-positive]

    1 fault of meaning.
    ");
}

#[test]
fn the_parts_of_a_rate_are_left_out() {
    assert_snapshot!(measured().patch(INDICATORS, "of = \"deaths\", scope = \"soldiers\", per = \"troops\", ", "").problems(), @"
    indicators.toml:22:1: indicator[2].rate (risk)
      `of` is not given [missing-field]

    indicators.toml:22:1: indicator[2].rate (risk)
      `per` is not given [missing-field]

    2 faults of meaning.
    ");
}

#[test]
fn the_form_of_a_rate() {
    assert_snapshot!(measured().patch(INDICATORS, "scope = \"soldiers\"", "scpoe = \"soldiers\"").problems(), @"
    indicators.toml:22:25: indicator[2].rate.scpoe (risk)
      unknown field `scpoe`; the nearest is `scope` [unknown-field]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(measured().patch(INDICATORS, "times = 1000", "times = \"1000\"").problems(), @"
    indicators.toml:22:69: indicator[2].rate.times (risk)
      the text `1000` stands where a number belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
    assert_snapshot!(measured().patch(INDICATORS, "adds_up = true", "adds_up = \"yes\"").problems(), @"
    indicators.toml:7:11: indicator[0].adds_up (troops)
      the text `yes` stands where `true` or `false` belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}

#[test]
fn a_short_name_of_an_indicator_that_is_too_long() {
    let case = measured().patch(INDICATORS, "short = \"Troops\"", "short = \"Troops, of whom 35 are characters..\"");
    assert_snapshot!(case.problems(), @"
    indicators.toml:4:9: indicator[0].short (troops)
      the short name has 35 characters; it may have 34 [too-long]

    1 fault of meaning.
    ");
}

// What is studied, and what stands beside it

/// The small case with a mission that only supports the first.
fn beside() -> Case {
    let office = "[[mission]]\nid = \"office\"\nname = \"An office\"\nhost = \"A state\"\nauthorised_by = [\"un-sc\"]\nwhen = \"2013..\"\nsupports = [\"m\"]\ncite = [\"R p1\"]\n";
    Case::small().append(FILE, office)
}

#[test]
fn a_mission_that_supports_none() {
    assert_snapshot!(beside().patch(FILE, "supports = [\"m\"]", "supports = [\"mm\"]").problems(), @"
    case.toml:107:13: mission[1].supports[0] (office)
      unknown mission `mm`; the nearest is `m` [unknown-id]
      see: it stands at case.toml:9:1: mission[0]

    1 fault of meaning.
    ");
}

#[test]
fn a_studied_mission_that_only_supports() {
    assert_snapshot!(beside().patch(FILE, "missions = [\"m\"]", "missions = [\"m\", \"office\"]").problems(), @"
    case.toml:107:1: mission[1].supports (office)
      `office` only supports another mission, and is one of those studied [only-supports]
      help: leave it out of `missions` in `[study]`, or give no `supports`

    1 fault of meaning.
    ");
}

#[test]
fn a_task_of_an_unknown_mission() {
    assert_snapshot!(beside().patch(FILE, "by = \"res-1\"", "by = \"res-1\"\nmission = \"offise\"").problems(), @"
    case.toml:64:11: task[0].mission (T1)
      unknown mission `offise`; the nearest is `office` [unknown-id]
      see: it stands at case.toml:102:1: mission[1]

    1 fault of meaning.
    ");
}

#[test]
fn an_instrument_of_an_unknown_mission() {
    assert_snapshot!(beside().patch(FILE, "number = \"1\"", "number = \"1\"\nmission = \"offise\"").problems(), @"
    case.toml:50:11: instrument[0].mission (res-1)
      unknown mission `offise`; the nearest is `office` [unknown-id]
      see: it stands at case.toml:102:1: mission[1]

    1 fault of meaning.
    ");
}

#[test]
fn a_rating_of_a_task_of_another_mission() {
    assert_snapshot!(beside().patch(FILE, "by = \"res-1\"", "by = \"res-1\"\nmission = \"office\"").problems(), @"
    case.toml:79:8: rating[0].task (T1, P1)
      `T1` is a task of `office`, which is not studied: it has no rating [not-rated]
      help: leave the rating out; what a source says of it is a finding or a fact

    1 fault of meaning.
    ");
}

#[test]
fn a_further_text_of_an_unknown_instrument() {
    let also = "by = \"res-1\"\nalso_by = [{ by = \"res-2\", cite = [\"R p3\"] }]";
    assert_snapshot!(Case::small().patch(FILE, "by = \"res-1\"", also).problems(), @"
    case.toml:64:19: task[0].also_by[0].by (T1)
      unknown instrument `res-2`; the nearest is `res-1` [unknown-id]
      see: it stands at case.toml:46:1: instrument[0]

    1 fault of meaning.
    ");
}

#[test]
fn a_further_text_that_ends_before_it_begins() {
    let also = "by = \"res-1\"\nalso_by = [{ by = \"res-1\", from = \"2014\", until = \"2013-05\", cite = [\"R p3\"] }]";
    assert_snapshot!(Case::small().patch(FILE, "by = \"res-1\"", also).problems(), @"
    case.toml:64:51: task[0].also_by[0].until (T1)
      2013-05 is before 2014 [reversed-period]
      help: a period ends on or after the day on which it begins

    1 fault of meaning.
    ");
}

#[test]
fn a_contributor_to_an_unknown_pool_and_sector() {
    let row = "[[contributor]]\nid = \"K1\"\nname = \"A state\"\npool = \"forse\"\nwhere = [\"nord\"]\nwhen = \"2015..2014\"\ncite = [\"R p1\"]\n";
    assert_snapshot!(Case::small().append(FILE, row).problems(), @"
    case.toml:106:8: contributor[0].when (K1)
      2014 is before 2015 [reversed-period]
      help: a period ends on or after the day on which it begins

    1 fault of meaning.
    ");
    assert_snapshot!(Case::small().append(FILE, &row.replace("2015..2014", "2014")).problems(), @"
    case.toml:104:8: contributor[0].pool (K1)
      unknown pool `forse`; the nearest is `force` [unknown-id]
      see: it stands at case.toml:53:1: pool[0]

    case.toml:105:10: contributor[0].where[0] (K1)
      unknown region `nord` [unknown-id]

    2 faults of meaning.
    ");
}

#[test]
fn a_heading_that_corresponds_to_nothing_known() {
    let row =
        "[[heading]]\nid = \"H1\"\ntitle = \"A heading\"\ndimensions = [\"legitimasy\"]\nfields = [\"protektion\"]\ncite = [\"R p1\"]\n";
    assert_snapshot!(Case::small().append(FILE, row).problems(), @"
    case.toml:104:15: heading[0].dimensions[0] (H1)
      unknown dimension `legitimasy`; the nearest is `legitimacy` [unknown-id]

    case.toml:105:11: heading[0].fields[0] (H1)
      unknown field of a task `protektion`; the nearest is `protection` [unknown-id]

    2 faults of meaning.
    ");
}

#[test]
fn a_phase_that_is_main_in_words() {
    assert_snapshot!(Case::small().patch_after(FILE, "id = \"P1\"", "\n", "\nmain = \"yes\"\n").problems(), @"
    case.toml:40:8: phase[0].main (P1)
      the text `yes` stands where `true` or `false` belongs [wrong-form]
      note: a fault of form: the row is left out of all other checks and may hide more

    1 fault of form; the rows left out may hide more.
    ");
}
