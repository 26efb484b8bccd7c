//! Three hundred seeded mutations of the MINUSMA case: each has to be reported in its file, at its line
//! and column, with the row that it stands in, and under its code.
//!
//! The texts are looked through line by line here, not with the reader's parser: what is expected must
//! not come from what is tested.

#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at what they did not expect")]

use std::collections::BTreeMap;
use std::ops::Range;

use crate::common::Case;

/// Xorshift, 64 bits.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % u64::try_from(end).unwrap()).unwrap()
    }

    /// A choice of several, of which there has to be one.
    #[track_caller]
    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// A row of a file: `[[table]]` and the lines below it up to the next blank line or header.
struct Row {
    file: usize,
    /// Its table; a row below another, such as `claim.rivals`, has that of the row before the dot.
    table: String,
    /// The row that it is below.
    above: Option<usize>,
    /// Its header and its last line, counted from 0.
    lines: Range<usize>,
}

/// A field on one line: its file and line, its row, its name, and where its value begins and ends.
struct Field {
    file: usize,
    line: usize,
    row: usize,
    key: String,
    value: Range<usize>,
}

/// The case as lines.
struct Scan {
    names: Vec<String>,
    files: Vec<Vec<String>>,
    rows: Vec<Row>,
    fields: Vec<Field>,
}

impl Scan {
    fn new(case: &Case) -> Self {
        let names = case.0.iter().map(|(name, _)| name.clone()).collect();
        let files: Vec<Vec<String>> = case.0.iter().map(|(_, text)| text.lines().map(str::to_owned).collect()).collect();
        let mut scan = Self { names, files, rows: Vec::new(), fields: Vec::new() };
        for file in 0..scan.files.len() {
            if scan.names[file].ends_with(".toml") {
                scan.file(file);
            }
        }
        scan
    }

    fn file(&mut self, file: usize) {
        for (at, line) in self.files[file].iter().enumerate() {
            if line.starts_with('[') {
                let table = line.trim_matches(['[', ']']).to_owned();
                let above = table.split_once('.').and_then(|(above, _)| self.rows.iter().rposition(|row| row.table == above));
                assert_eq!(above.is_some(), table.contains('.'), "{line}");
                self.rows.push(Row { file, table, above, lines: at..at + 1 });
                continue;
            }
            let Some(row) = self.rows.iter().rposition(|row| row.file == file) else { continue };
            if !line.is_empty() && !line.starts_with('#') && self.rows[row].lines.end == at {
                self.rows[row].lines.end = at + 1;
            }
            let Some((key, value)) = line.split_once(" = ") else { continue };
            let value = value.rfind("  # ").map_or(value, |comment| &value[..comment]);
            // A list over several lines is no field here, and its items are none.
            if key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && value != "[" {
                let start = key.len() + 3;
                self.fields.push(Field { file, line: at, row, key: key.to_owned(), value: start..start + value.len() });
            }
        }
    }

    fn line(&self, field: &Field) -> &str {
        &self.files[field.file][field.line]
    }

    fn value(&self, field: &Field) -> &str {
        &self.line(field)[field.value.clone()]
    }

    fn table(&self, field: &Field) -> &str {
        &self.rows[field.row].table
    }

    /// The value of a row's field, where it has one.
    fn of(&self, row: usize, key: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.row == row && field.key == key).map(|field| self.value(field))
    }

    /// What a row is called: its id, or what it rates.
    fn name(&self, row: usize) -> String {
        let row = self.rows[row].above.unwrap_or(row);
        if self.rows[row].table == "rating" {
            let words = ["task", "pool", "phase", "region"].into_iter().filter_map(|key| self.of(row, key));
            let words = words.map(|value| texts(value).into_iter().map(|text| value[text].to_owned()).collect::<Vec<_>>().join("+"));
            return words.collect::<Vec<_>>().join(", ");
        }
        self.of(row, "id").expect("every row but a rating has an id").trim_matches('"').to_owned()
    }

    /// A field that passes, by chance.
    #[track_caller]
    fn field(&self, random: &mut Random, passes: impl Fn(&Field) -> bool) -> &Field {
        let fields: Vec<&Field> = self.fields.iter().filter(|field| passes(field)).collect();
        assert!(!fields.is_empty(), "no field of the case passes");
        fields[random.below(fields.len())]
    }
}

/// The quoted texts of a line, without their quotes. No text of the case holds an escaped quote.
fn texts(line: &str) -> Vec<Range<usize>> {
    let quotes: Vec<usize> = line.match_indices('"').map(|(at, _)| at).collect();
    quotes.chunks_exact(2).map(|pair| pair[0] + 1..pair[1]).collect()
}

/// The column of an offset in a line, in characters from 1.
fn column(line: &str, offset: usize) -> usize {
    line[..offset].chars().count() + 1
}

/// A changed case and what has to be said of it.
struct Mutation {
    /// What was done, for the message of a failed test.
    what: String,
    file: usize,
    lines: Vec<String>,
    /// The line, counted from 0, and the column, from 1.
    line: usize,
    column: usize,
    row: Option<String>,
    codes: &'static [&'static str],
}

/// Changes one line of a field; the fault stands at an offset of the new line.
fn edit(scan: &Scan, field: &Field, line: String, offset: usize, codes: &'static [&'static str]) -> Mutation {
    let mut lines = scan.files[field.file].clone();
    let column = column(&line, offset);
    let what = format!("{} -> {line}", scan.line(field));
    lines[field.line] = line;
    // What a rating is called may have changed with it.
    let changed = Case(vec![("x.toml".to_owned(), lines.join("\n"))]);
    let rows_before = scan.rows.iter().filter(|row| row.file < field.file).count();
    let row = Some(Scan::new(&changed).name(field.row - rows_before));
    Mutation { what, file: field.file, lines, line: field.line, column, row, codes }
}

/// Replaces a part of a field's line; the fault stands where the new part begins, or `back` bytes before.
fn replace(scan: &Scan, field: &Field, part: Range<usize>, with: &str, back: usize, codes: &'static [&'static str]) -> Mutation {
    let line = scan.line(field);
    let new = format!("{}{with}{}", &line[..part.start], &line[part.end..]);
    edit(scan, field, new, part.start - back, codes)
}

/// The fields without which a row says nothing, by table.
const REQUIRED: &[(&str, &[&str])] = &[
    ("task", &["title", "short", "field", "when", "tier", "where", "by"]),
    ("effect", &["title", "on", "when", "observed", "contribution"]),
    ("finding", &["title", "dimension", "issue", "kind", "salience", "when"]),
    ("verdict", &["dimension", "standing", "text"]),
    ("position", &["group", "proposition", "stance", "when"]),
    ("proposition", &["text"]),
    ("activity", &["title"]),
    ("capability", &["title", "kind"]),
    ("resource", &["status"]),
    ("driver", &["title", "since"]),
    ("instrument", &["body", "number", "adopted"]),
    ("source", &["origin", "title"]),
    ("region", &["name"]),
    ("period", &["title", "when"]),
    ("phase", &["when"]),
    ("fact", &["title"]),
    ("stakeholder", &["name"]),
    ("indicator", &["title", "unit", "kind"]),
    ("evidence", &["title", "kind"]),
    ("tension", &["title", "kind"]),
    ("option", &["title"]),
    ("dispute", &["title"]),
    ("study", &["title", "when", "area", "missions", "framework"]),
    ("mission", &["name", "host", "when"]),
    ("claim", &["effect", "title"]),
    ("claim.rivals", &["title"]),
    ("claim.tests", &["kind", "clue", "outcome"]),
];

/// Tables whose rows must cite a source.
const CITING: &[&str] = &[
    "task",
    "effect",
    "finding",
    "verdict",
    "position",
    "activity",
    "capability",
    "resource",
    "driver",
    "instrument",
    "fact",
    "evidence",
    "claim",
];

/// Fields that name rows, dimensions or topics.
const REFERENCES: &[&str] = &[
    "where",
    "serves",
    "by",
    "pool",
    "also_draws_on",
    "replaces",
    "refines",
    "part_of",
    "drivers",
    "met_by",
    "met_in_part_by",
    "hampers",
    "evidence",
    "supports",
    "contradicts",
    "effect",
    "group",
    "proposition",
    "dimension",
    "task",
    "phase",
    "region",
    "member_of",
    "family",
    "drop",
    "tasks",
    "stakes",
    "missions",
    "area",
    "in",
    "on",
    "framework",
];

/// Fields that take a name of a closed list.
const NAMES: &[&str] = &[
    "kind",
    "salience",
    "tier",
    "modality",
    "status",
    "standing",
    "trend",
    "better",
    "origin",
    "outcome",
    "confidentiality",
    "place_level",
];

fn drop_required(scan: &Scan, random: &mut Random) -> Mutation {
    let needed = |field: &Field| REQUIRED.iter().any(|(table, keys)| *table == scan.table(field) && keys.contains(&field.key.as_str()));
    let cited = |field: &Field| {
        field.key == "cite"
            && CITING.contains(&scan.table(field))
            && scan.of(field.row, "origin").is_none_or(|origin| origin != "\"coder\"")
    };
    let field = scan.field(random, |field| needed(field) || cited(field));
    let mut lines = scan.files[field.file].clone();
    let what = format!("without {}", lines.remove(field.line));
    let head = &scan.rows[field.row];
    let column = if head.table == "study" { 2 } else { 1 };
    let codes: &[&str] = match field.key.as_str() {
        "by" => &["no-instrument"],
        "cite" => &["missing-cite"],
        "observed" => &["none-of"],
        _ => &["missing-field"],
    };
    Mutation { what, file: field.file, lines, line: head.lines.start, column, row: Some(scan.name(field.row)), codes }
}

fn misspell_reference(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| {
        let used = field.key != "pool" || scan.table(field) != "option";
        REFERENCES.contains(&field.key.as_str())
            && scan.value(field).contains('"')
            && used
            && !(scan.table(field) == "option" && field.key == "tasks")
    });
    let line = scan.line(field);
    let text = random.pick(&texts(line)).clone();
    let with = format!("{}-x", &line[text.clone()]);
    replace(scan, field, text, &with, 1, &["unknown-id"])
}

fn misspell_what_it_rests_on(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| matches!(scan.table(field), "rating" | "claim") && scan.value(field).contains("rests_on = [\""));
    let line = scan.line(field);
    let start = line.find("rests_on").unwrap();
    let end = start + line[start..].find(']').unwrap();
    let inside: Vec<Range<usize>> = texts(line).into_iter().filter(|text| text.start > start && text.end < end).collect();
    let text = random.pick(&inside).clone();
    let with = format!("{}9", &line[text.clone()]);
    replace(scan, field, text, &with, 1, &["unknown-id"])
}

fn misspell_source(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| field.key == "cite");
    let text = random.pick(&texts(scan.line(field))).clone();
    replace(scan, field, text.start..text.start, "Q-", 1, &["unknown-id"])
}

fn drop_locator(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| field.key == "cite");
    let line = scan.line(field);
    let text = random.pick(&texts(line)).clone();
    let blank = text.start + line[text.clone()].find(' ').unwrap();
    let offset = text.start - 1;
    edit(scan, field, format!("{}{}", &line[..blank], &line[text.end..]), offset, &["missing-locator"])
}

fn swap_dates(scan: &Scan, random: &mut Random) -> Mutation {
    let ends = |field: &Field| {
        let (start, end) = scan.value(field).trim_matches('"').split_once("..")?;
        (start.len() >= 4 && end.len() >= 4 && start[..4] < end[..4]).then(|| (start.to_owned(), end.to_owned()))
    };
    let field = scan.field(random, |field| field.key == "when" && ends(field).is_some());
    let (start, end) = ends(field).unwrap();
    replace(scan, field, field.value.clone(), &format!("\"{end}..{start}\""), 0, &["reversed-period"])
}

fn impossible_date(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| {
        matches!(field.key.as_str(), "when" | "adopted" | "runs_to" | "date") && scan.value(field).starts_with("\"2")
    });
    let wrong = *random.pick(&["2015-13", "2015-02-29", "2015-00-01", "215-01-01", "2015-1-1", "15", "2015/01"]);
    replace(scan, field, field.value.clone(), &format!("\"{wrong}\""), 0, &["no-such-date", "invalid-period"])
}

fn misspell_name(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| NAMES.contains(&field.key.as_str()) && scan.table(field) != "stakeholder");
    let text = texts(scan.line(field))[0].clone();
    replace(scan, field, text.end - 1..text.end, "", text.len(), &["unknown-name"])
}

fn misspell_level(scan: &Scan, random: &mut Random) -> Mutation {
    let key = *random.pick(&["level = \"", "low = \"", "high = \"", "grade = \"", "state = \""]);
    let field = scan.field(random, |field| scan.value(field).contains(key));
    let line = scan.line(field);
    let start = line.find(key).unwrap() + key.len();
    replace(scan, field, start + 1..start + 2, "", 2, &["unknown-name"])
}

fn number_out_of_range(scan: &Scan, random: &mut Random) -> Mutation {
    let key = *random.pick(&["change = ", "difference = ", "stance = "]);
    let field = scan.field(random, |field| scan.line(field).contains(key) && matches!(scan.table(field), "effect" | "position"));
    let line = scan.line(field);
    let start = line.find(key).unwrap() + key.len();
    let end = start + line[start..].find([',', ' ']).unwrap_or(line.len() - start);
    let wrong = *random.pick(&["4", "-4", "1000", "-9223372036854775808"]);
    replace(scan, field, start..end, wrong, 0, &["out-of-range"])
}

fn reverse_range(scan: &Scan, random: &mut Random) -> Mutation {
    let key = *random.pick(&["level = \"marginal\"", "level = \"partial\"", "level = \"substantial\"", "change = 0"]);
    let field = scan.field(random, |field| {
        let value = scan.value(field);
        value.contains(&format!("{key},")) && !value.contains("low = ") && !value.contains("high = ")
    });
    let end = scan.line(field).find(&format!("{key},")).unwrap() + key.len();
    let with = if key.starts_with("level") { ", low = \"full\"" } else { ", high = -3" };
    let new = format!("{}{with}{}", &scan.line(field)[..end], &scan.line(field)[end..]);
    let offset = end + with.find("= ").unwrap() + 2;
    edit(scan, field, new, offset, &["range-excludes-level"])
}

fn drop_because(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| {
        let value = scan.value(field);
        value.contains(", because = \"") && (value.contains("level = ") || value.contains("change = ") || value.contains("difference = "))
    });
    let line = scan.line(field);
    let start = line.find(", because = \"").unwrap();
    let end = start + 13 + line[start + 13..].find('"').unwrap() + 1;
    edit(scan, field, format!("{}{}", &line[..start], &line[end..]), 0, &["missing-because"])
}

fn two_forms(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| scan.table(field) == "rating" && scan.value(field).starts_with("{ not_assessed"));
    let at = field.value.start + 2;
    let new = format!("{}level = \"full\", because = \"x\", {}", &scan.line(field)[..at], &scan.line(field)[at..]);
    edit(scan, field, new, 0, &["one-of"])
}

fn misspell_field(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| field.key != "id" && !matches!(field.key.as_str(), "task" | "pool" | "phase" | "region"));
    let at = field.key.len();
    replace(scan, field, at..at, "z", at, &["unknown-field"])
}

fn misspell_field_inside(scan: &Scan, random: &mut Random) -> Mutation {
    let key = *random.pick(&["because = ", "rests_on = ", "flags = ", "grade = "]);
    let field = scan.field(random, |field| scan.value(field).contains(key));
    let at = scan.line(field).find(key).unwrap() + 1;
    replace(scan, field, at..at + 1, "", 1, &["unknown-field"])
}

fn number_for_text(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| matches!(field.key.as_str(), "title" | "text" | "name" | "when" | "unit" | "dimension"));
    let with = *random.pick(&["7", "1.5", "true", "[\"a\"]", "2015-01-01", "{ a = 1 }"]);
    if field.key == "unit" && with == "true" {
        return number_for_text(scan, random);
    }
    replace(scan, field, field.value.clone(), with, 0, &["wrong-form"])
}

fn text_for_list(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| {
        scan.value(field).starts_with("[\"")
            && !(scan.table(field) == "rating" && matches!(field.key.as_str(), "task" | "pool" | "phase" | "region"))
    });
    replace(scan, field, field.value.clone(), "\"a, b\"", 0, &["wrong-form"])
}

fn figure_not_finite(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| field.key == "amount" && scan.value(field).contains(" = 1"));
    let line = scan.line(field);
    let start = line.rfind(" = 1").unwrap() + 3;
    let end = start + line[start..].find([',', ' ']).unwrap();
    let with = *random.pick(&["nan", "inf", "-inf"]);
    replace(scan, field, start..end, with, 0, &["not-finite"])
}

fn long_short(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| field.key == "short" && scan.table(field) != "proposition");
    let end = texts(scan.line(field))[0].end;
    let new = format!("{} and quite a lot more\"", &scan.line(field)[..end]);
    edit(scan, field, new, field.value.start, &["too-long"])
}

fn not_an_id(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| field.key == "id");
    let at = texts(scan.line(field))[0].start + 1;
    let with = *random.pick(&[" ", "é", "/", "\u{202e}"]);
    replace(scan, field, at..at, with, 2, &["invalid-id"])
}

fn id_of_another_row(scan: &Scan, random: &mut Random) -> Mutation {
    let ids: Vec<&Field> = scan.fields.iter().filter(|field| field.key == "id").collect();
    let at = 1 + random.below(ids.len() - 1);
    let (first, field) = (ids[at - 1], ids[at]);
    if scan.table(first) != scan.table(field) {
        return id_of_another_row(scan, random);
    }
    replace(scan, field, field.value.clone(), scan.value(first), 0, &["duplicate-id"])
}

fn row_twice(scan: &Scan, random: &mut Random) -> Mutation {
    // A copy of a row below another is another one, and no fault.
    let rows: Vec<usize> = (0..scan.rows.len()).filter(|row| scan.rows[*row].table != "study" && scan.rows[*row].above.is_none()).collect();
    let at = *random.pick(&rows);
    let row = &scan.rows[at];
    let mut lines = scan.files[row.file].clone();
    let copy = lines[row.lines.clone()].to_vec();
    let start = lines.len() + 1;
    // At the id of the copy, or at the first link that it rates.
    let link = |line: &String| ["mandate", "resources", "capabilities", "activities"].iter().any(|link| line.starts_with(link));
    let fault = copy.iter().position(|line| if row.table == "rating" { link(line) } else { line.starts_with("id = ") }).unwrap();
    lines.push(String::new());
    lines.extend(copy);
    let (column, codes): (usize, &[&str]) = if row.table == "rating" { (1, &["duplicate-rating"]) } else { (6, &["duplicate-id"]) };
    Mutation {
        what: format!("{} twice", scan.name(at)),
        file: row.file,
        lines,
        line: start + fault,
        column,
        row: Some(scan.name(at)),
        codes,
    }
}

fn unknown_table(scan: &Scan, random: &mut Random) -> Mutation {
    let at = random.below(scan.rows.len());
    let row = &scan.rows[at];
    let mut lines = scan.files[row.file].clone();
    let line = &mut lines[row.lines.start];
    *line = line.replacen(&row.table, &format!("{}x", row.table), 1);
    let what = format!("{line} at {}", row.lines.start + 1);
    // The rows below go with it.
    for below in scan.rows.iter().filter(|below| below.above == Some(at)) {
        let line = &mut lines[below.lines.start];
        *line = line.replacen(&row.table, &format!("{}x", row.table), 1);
    }
    // A table of no row below another is a field that the row above does not have.
    let name = row.above.map(|above| scan.name(above));
    let (column, codes): (usize, &[&str]) = match row.table.split_once('.') {
        Some((above, _)) => (above.len() + 4, &["unknown-field"]),
        None => (if row.table == "study" { 2 } else { 3 }, &["unknown-table"]),
    };
    Mutation { what, file: row.file, line: row.lines.start, column, row: name, codes, lines }
}

fn open_quote(scan: &Scan, random: &mut Random) -> Mutation {
    let ends = |field: &Field| scan.value(field).ends_with('"') && scan.line(field).len() == field.value.end;
    let field = scan.field(random, |field| scan.value(field).starts_with('"') && ends(field));
    let line = scan.line(field);
    let new = line[..line.len() - 1].to_owned();
    let end = new.len();
    Mutation { row: None, ..edit(scan, field, new, end, &["syntax"]) }
}

fn field_twice(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |_| true);
    let mut lines = scan.files[field.file].clone();
    lines.insert(field.line, scan.line(field).to_owned());
    let what = format!("twice {}", scan.line(field));
    Mutation { what, file: field.file, lines, line: field.line + 1, column: 1, row: None, codes: &["syntax"] }
}

fn before_the_mission(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| field.key == "when" && scan.table(field) == "activity");
    let with = *random.pick(&["\"2001..2002\"", "\"2013-06-30\"", "\"..2012\""]);
    replace(scan, field, field.value.clone(), with, 0, &["before-mission"])
}

fn runs_to_too_early(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| field.key == "runs_to");
    replace(scan, field, field.value.clone(), "\"2001-01-01\"", 0, &["reversed-period"])
}

fn other_sign(scan: &Scan, random: &mut Random) -> Mutation {
    let issue = |row: usize| (scan.of(row, "dimension").unwrap(), scan.of(row, "issue").unwrap());
    let findings: Vec<usize> = (0..scan.rows.len()).filter(|row| scan.rows[*row].table == "finding").collect();
    let mut first = BTreeMap::new();
    let later: Vec<usize> = findings.into_iter().filter(|row| *first.entry(issue(*row)).or_insert(*row) != *row).collect();
    let row = *random.pick(&later);
    let kind = scan.fields.iter().find(|field| field.row == row && field.key == "kind").unwrap();
    let at = scan.fields.iter().find(|field| field.row == row && field.key == "issue").unwrap();
    let other = if scan.value(kind) == "\"neutral\"" { "\"strength\"" } else { "\"neutral\"" };
    let found = replace(scan, kind, kind.value.clone(), other, 0, &["issue-two-signs"]);
    Mutation { line: at.line, column: column(scan.line(at), at.value.start), ..found }
}

fn no_pair(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| field.key == "admiralty");
    let with = *random.pick(&["\"G2\"", "\"B7\"", "\"2B\"", "\"b2\"", "\"B\"", "\"B22\"", "\"unknown\""]);
    replace(scan, field, field.value.clone(), with, 0, &["not-admiralty"])
}

fn count_out_of_range(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| matches!(field.key.as_str(), "heads" | "least_heads"));
    let with = *random.pick(&["-1", "4294967296", "-9223372036854775808"]);
    replace(scan, field, field.value.clone(), with, 0, &["out-of-range"])
}

fn place_too_fine(scan: &Scan, random: &mut Random) -> Mutation {
    let finer = |field: &Field| {
        let of = |key: &str| scan.of(field.row, key).unwrap_or_default();
        scan.table(field) == "evidence"
            && field.key == "where"
            && of("confidentiality") == "\"not-for-attribution\""
            && !of("place_level").starts_with("\"any\"")
    };
    let field = scan.field(random, finer);
    let text = texts(scan.line(field))[0].clone();
    let town = *random.pick(&["GAO", "MOPTI", "KIDAL", "TIMBUKTU"]);
    replace(scan, field, text, town, 1, &["place-too-fine"])
}

fn protected_in_public(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| {
        scan.table(field) == "evidence" && field.key == "title" && scan.of(field.row, "confidentiality").is_none_or(|of| of == "\"public\"")
    });
    let mut lines = scan.files[field.file].clone();
    let part = *random.pick(&["name", "office", "place"]);
    lines.insert(field.line + 1, format!("protected = {{ {part} = \"Zanele Quince\" }}"));
    let what = format!("protected {part} of {}", scan.name(field.row));
    let row = Some(scan.name(field.row));
    Mutation { what, file: field.file, lines, line: field.line + 1, column: 1, row, codes: &["not-confidential"] }
}

fn rival_out_of_order(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| scan.table(field) == "claim.rivals" && field.key == "title");
    let tested = scan.of(field.row, "tested").is_some();
    let mut lines = scan.files[field.file].clone();
    let row = &scan.rows[field.row];
    let name = Some(scan.name(field.row));
    if tested {
        let is = |line: &String| line.starts_with("tested = ");
        let at = row.lines.start + lines[row.lines.clone()].iter().position(is).unwrap();
        let what = format!("without {}", lines.remove(at));
        let at = row.lines.start + lines[row.lines.clone()].iter().position(|line| line.starts_with("outcome = ")).unwrap();
        return Mutation { what, file: field.file, lines, line: at, column: 11, row: name, codes: &["not-tested"] };
    }
    let faults: [(&str, usize, usize, &'static [&'static str]); 2] = [
        ("outcome = \"ruled-out\"", 11, field.line + 1, &["not-tested"]),
        ("tested = \"By its date\"", 1, row.lines.start, &["missing-field"]),
    ];
    let (line, column, at, codes) = *random.pick(&faults);
    lines.insert(field.line + 1, line.to_owned());
    Mutation { what: format!("{line} at {name:?}"), file: field.file, lines, line: at, column, row: name, codes }
}

fn prior_of_a_claim(scan: &Scan, random: &mut Random) -> Mutation {
    let field = scan.field(random, |field| scan.table(field) == "claim" && field.key == "title");
    let faults: [(&str, usize, &'static [&'static str]); 7] = [
        ("prior = 0.5", 9, &["no-scheme"]),
        ("scheme = \"icd-203\"\nprior = 0", 9, &["not-a-probability"]),
        ("scheme = \"ipcc\"\nprior = [0.2, 1]", 1, &["not-a-probability"]),
        ("scheme = \"ipcc\"\nprior = [0.2, 0.3, 0.4]", 1, &["not-a-range"]),
        ("scheme = \"ipcc\"\nprior = nan", 9, &["not-finite"]),
        ("scheme = \"ipcc\"\nprior = \"0.5\"", 9, &["wrong-form"]),
        ("prior = 0.5\nscheme = \"icd\"", 10, &["unknown-name"]),
    ];
    let (prior, column, codes) = *random.pick(&faults);
    let mut lines = scan.files[field.file].clone();
    let last = field.line + prior.lines().count();
    let what = format!("{prior:?} below {}", scan.line(field));
    prior.lines().rev().for_each(|line| lines.insert(field.line + 1, line.to_owned()));
    // A prior whose scheme is not given is told at the prior itself.
    Mutation { what, file: field.file, lines, line: last, column, row: Some(scan.name(field.row)), codes }
}

/// A line of observations: its cells, of which none holds a line end.
fn cells(line: &str) -> Vec<Range<usize>> {
    let (mut cells, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                cells.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(start..line.len());
    cells
}

fn observation(scan: &Scan, random: &mut Random) -> Mutation {
    let file = scan.names.iter().position(|name| name == "observations.csv").unwrap();
    let mut lines = scan.files[file].clone();
    let at = 1 + random.below(lines.len() - 1);
    let line = lines[at].clone();
    let found = cells(&line);
    let put = |cell: usize, with: &str| format!("{}{with}{}", &line[..found[cell].start], &line[found[cell].end..]);
    let (cell, new, codes): (usize, String, &[&str]) = match random.below(8) {
        0 => (1, put(1, "no-such-indicator"), &["unknown-id"]),
        1 => (2, put(2, "2015-13"), &["invalid-period"]),
        2 => (2, put(2, "2016..2015"), &["reversed-period"]),
        3 => (3, put(3, "no-such-region"), &["unknown-id"]),
        4 => (4, put(4, "many"), &["not-a-number"]),
        5 => (4, put(4, ""), &["missing-field"]),
        6 => (6, put(6, "R"), &["missing-locator"]),
        _ => (0, format!("{line},"), &["wrong-form"]),
    };
    // A row that cannot be read, and one without a value, is at fault as a whole.
    let whole = codes == ["wrong-form"] || codes == ["missing-field"];
    let column = if whole { 1 } else { column(&new, found[cell].start) };
    let now = cells(&new);
    let text = |cell: usize| new[now[cell].clone()].trim_matches('"').to_owned();
    let row = (codes != ["wrong-form"]).then(|| format!("{}, {}", text(1), text(2)));
    let what = format!("{line} -> {new}");
    lines[at] = new;
    Mutation { what, file, lines, line: at, column, row, codes }
}

const KINDS: &[fn(&Scan, &mut Random) -> Mutation] = &[
    drop_required,
    misspell_reference,
    misspell_what_it_rests_on,
    misspell_source,
    drop_locator,
    swap_dates,
    impossible_date,
    misspell_name,
    misspell_level,
    number_out_of_range,
    reverse_range,
    drop_because,
    two_forms,
    misspell_field,
    misspell_field_inside,
    number_for_text,
    text_for_list,
    figure_not_finite,
    long_short,
    not_an_id,
    id_of_another_row,
    row_twice,
    unknown_table,
    open_quote,
    field_twice,
    before_the_mission,
    runs_to_too_early,
    other_sign,
    observation,
    drop_required,
    no_pair,
    count_out_of_range,
    place_too_fine,
    protected_in_public,
    rival_out_of_order,
    prior_of_a_claim,
];

/// Makes mutations and checks each; every kind has its turn.
fn mutate(seed: u64, count: usize) {
    let case = Case::minusma();
    let scan = Scan::new(&case);
    let mut random = Random::new(seed);
    for turn in 0..count {
        let mutation = KINDS[turn % KINDS.len()](&scan, &mut random);
        let Mutation { what, file, lines, line, column, row, codes } = mutation;
        let mut changed = case.clone();
        changed.0[file].1 = lines.join("\n") + "\n";
        let name = &scan.names[file];
        let place = format!("seed {seed}, turn {turn}, {name}:{}:{column} ({row:?}) {codes:?}: {what}", line + 1);
        let Err(problems) = changed.read() else { panic!("{place}\nno fault was found") };
        let found = problems.iter().any(|problem| {
            let at = problem.place.as_ref();
            at.is_some_and(|at| at.file == *name && at.line == line + 1 && at.column == column)
                && problem.row == row
                && codes.contains(&problem.error.code())
        });
        assert!(found, "{place}\n{problems}");
        // A row that could not be read is all there is to say: nobody is blamed for naming or needing it.
        assert!(problems.of_form() == 0 || problems.len() == 1, "{place}\n{problems}");
        assert!(problems.iter().all(|problem| problem.place.is_some()), "{place}\n{problems}");
    }
}

#[test]
fn first_hundred() {
    mutate(1, 100);
}

#[test]
fn second_hundred() {
    mutate(2, 100);
}

#[test]
fn third_hundred() {
    mutate(3, 100);
}
