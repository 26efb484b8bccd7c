//! probe
mod common;
use common::Case;

fn show(name: &str, case: Case) {
    let file = |c: &Case| match c.read() {
        Ok(_) => "NO FAULT".to_owned(),
        Err(p) => p.to_string(),
    };
    println!("=== {name}\n{}\n", file(&case));
}

#[test]
fn probe() {
    let m = Case::minusma;
    let s = Case::small;
    let f = "case.toml";
    show("unknown field", s().patch(f, "salience", "salence"));
    show("unknown field nested", s().patch(f, "low = \"marginal\"", "lo = \"marginal\""));
    show("unknown id", m().patch_after("tasks.toml", "id = \"MIN-TSK-29\"", "by = \"MIN-MAN-08\"", "by = \"MIN-MAN-80\""));
    show("unknown id list", s().patch(f, "serves = [\"T1\"]", "serves = [\"T1\", \"T2\"]"));
    show("dup id", s().patch(f, "id = \"A1\"", "id = \"T1\""));
    show("dup rating", s().append(f, "\n[[rating]]\ntask = [\"T1\"]\nphase = \"P1\"\nactivities = { not_assessed = \"silent\" }\n"));
    show("reversed", s().patch(f, "when = \"2014..2015\"", "when = \"2015..2014\""));
    show("activity before", s().patch(f, "when = \"2014\"\n", "when = \"2012\"\n"));
    show("no instrument", s().patch(f, "by = \"res-1\"\n", ""));
    show("range excludes", s().patch(f, "low = \"marginal\"", "low = \"full\""));
    show("range excludes change", s().patch(f, "change = 1", "change = 1, low = 2"));
    show("change 7", s().patch(f, "change = 1", "change = 7"));
    show(
        "narrower",
        s().patch(f, "phase = \"P1\"\n", "phase = \"P1\"\nregion = \"town\"\n")
            .append(f, "[[region]]\nid = \"town\"\nname = \"x\"\nin = \"north\"\n"),
    );
    show("circle regions", s().patch(f, "name = \"The land\"\n", "name = \"The land\"\nin = \"north\"\n"));
    show("circle tasks", s().patch(f, "tier = \"core\"\n", "tier = \"core\"\nreplaces = [\"T2\"]\n").append(f, "[[task]]\nid=\"T2\"\ntitle=\"x\"\nshort=\"x\"\nfield=\"x\"\nwhen=\"2014\"\nby=\"practice\"\ntier=\"core\"\nwhere=[\"north\"]\ncite=[\"R x\"]\nreplaces=[\"T1\"]\n"));
    show("pool", s().patch(f, "pool = \"force\"", "pool = \"forse\""));
    show("share 0", s().patch(f, "unit = true\n\n[[region]]\nid = \"south\"", "unit = true\nshare = 0\n\n[[region]]\nid = \"south\""));
    show("share nan", s().patch(f, "unit = true\n\n[[region]]\nid = \"south\"", "unit = true\nshare = nan\n\n[[region]]\nid = \"south\""));
    show(
        "share 0.0001",
        s().patch(f, "unit = true\n\n[[region]]\nid = \"south\"", "unit = true\nshare = 1.00001\n\n[[region]]\nid = \"south\""),
    );
    show("nan quantity", s().append(f, "[[fact]]\nid=\"f\"\ntitle=\"x\"\nvalue=nan\ncite=[\"R x\"]\n"));
    show("date", s().patch(f, "adopted = \"2013-04-25\"", "adopted = \"2013-02-29\""));
    show("bare date", s().patch(f, "adopted = \"2013-04-25\"", "adopted = 2013-04-25"));
    show("bare date bad", s().patch(f, "adopted = \"2013-04-25\"", "adopted = 2013-02-29"));
    show("bare year", s().patch(f, "adopted = \"2013-04-25\"", "adopted = 2013"));
    show("bare year period", s().patch(f, "when = \"2014\"", "when = 2014"));
    show("bare date period", s().patch(f, "when = \"2014\"", "when = 2014-01-01"));
    show("gap", s().patch(f, "2014-06-30", "2014-06-28"));
    show("overlap", s().patch(f, "2014-06-30", "2014-07-28"));
    show("phase past", s().patch(f, "2014-07-01..2015-12-31", "2014-07-01..2016-12-31"));
    show("phase open", s().patch(f, "2014-07-01..2015-12-31", "2014-07-01.."));
    show(
        "no unit",
        s().patch(f, "in = \"land\"\nunit = true\n\n[[phase]]", "in = \"land\"\n\n[[phase]]").patch_after(
            f,
            "The north\"\nin = \"land\"",
            "unit = true",
            "",
        ),
    );
    show("unit out", s().patch(f, "in = \"land\"\nunit = true\n\n[[phase]]", "unit = true\n\n[[phase]]"));
    show("region no unit", s().append(f, "[[region]]\nid = \"town\"\nname = \"x\"\nin = \"land\"\n"));
    show("unit in unit", s().append(f, "[[region]]\nid = \"town\"\nname = \"x\"\nin = \"north\"\nunit = true\n"));
    show("area unknown", s().patch(f, "area = \"land\"", "area = \"lend\""));
    show("in unknown", s().patch(f, "name = \"The north\"\nin = \"land\"", "name = \"The north\"\nin = \"lend\""));
    show("effect no observed", s().patch(f, "observed = { change = 1, because = \"Fewer than before\" }\n", ""));
    show("effect empty observed", s().patch(f, "observed = { change = 1, because = \"Fewer than before\" }\n", "observed = {}\n"));
    show("dimension", s().patch(f, "dimension = \"protection\"", "dimension = \"protecton\""));
    show("two dims", s().patch(f, "framework = \"epon-2019\"", "framework = \"epon-2018\""));
    show("deep", s().append(f, &format!("[[fact]]\nid=\"f\"\nvalue = {}1{}\n", "[".repeat(100), "]".repeat(100))));
    show("deep dotted", s().append(f, &format!("[[fact]]\nid=\"f\"\n{}x = 1\n", "a.".repeat(10000))));
    show("deep dotted head", s().append(f, &format!("[{}x]\nid=\"f\"\n", "a.".repeat(10000))));
    show("syntax", s().patch(f, "title = \"Patrols\"", "title = \"Patrols"));
    show("syntax2", s().patch(f, "title = \"Patrols\"", "title \"Patrols\""));
    show("syntax3", s().patch(f, "[[activity]]", "[[activity]"));
    show("syntax4", s().patch(f, "serves = [\"T1\"]", "serves = [\"T1\""));
    show("syntax5", s().patch(f, "id = \"A1\"", "id = \"A1\"\nid = \"A1\""));
    show("syntax6", s().patch(f, "id = \"A1\"", "id = 'A1"));
    show("syntax7", s().patch(f, "id = \"T1\"", "id = '''T1"));
    show("syntax study", s().patch(f, "id = \"small\"", "id = \"small"));
    show("study field", s().patch(f, "id = \"small\"", "idd = \"small\""));
    show("study wrong", s().patch(f, "[study]", "[[study]]"));
    show("mission wrong", s().patch(f, "[[mission]]", "[mission]"));
    show("mission field", s().patch(f, "[[mission]]", "[[mission]]\nx = 1"));
    show("phase field", s().patch(f, "[[phase]]\nid = \"P1\"", "[[phase]]\nx = 1\nid = \"P1\""));
    show("region field", s().patch(f, "[[region]]\nid = \"south\"", "[[region]]\nx = 1\nid = \"south\""));
    show("phase when", s().patch(f, "when = \"2014-07-01..2015-12-31\"", "when = \"2014-07-01..2015-12-32\""));
    show("wrong type", s().patch(f, "title = \"Patrols\"", "title = 5"));
    show("wrong type list", s().patch(f, "serves = [\"T1\"]", "serves = \"T1\""));
    show("wrong type struct", s().patch(f, "contribution = { grade = \"enabling\" }", "contribution = \"enabling\""));
    show("wrong type text", s().patch(f, "title = \"Patrols\"", "title = [\"x\"]"));
    show("wrong type table", s().patch(f, "title = \"Patrols\"", "title = { x = 1 }"));
    show("wrong type bool", s().patch(f, "unit = true\n\n[[phase]]", "unit = \"yes\"\n\n[[phase]]"));
    show("wrong type int", s().patch(f, "change = 1", "change = \"1\""));
    show("wrong type float", s().patch(f, "change = 1", "change = 1.5"));
    show("wrong type in list", s().patch(f, "serves = [\"T1\"]", "serves = [\"T1\", 3]"));
    show("wrong type pool", s().patch(f, "pool = \"force\"", "pool = 3"));
    show("wrong type pool field", s().patch(f, "pool = \"force\"", "pool = { resource = \"force\" }"));
    show("wrong type listtext", s().patch(f, "task = \"T1\"", "task = 3"));
    show("unknown table", s().append(f, "[[efect]]\nid=\"x\"\n"));
    show("no because", s().patch(f, ", because = \"By day only\"", ""));
    show("no cite", s().patch(f, "cite = [\"R p4\"]\n", ""));
    show("no loc", s().patch(f, "cite = [\"R p4\"]\n", "cite = [\"R\"]\n"));
    show("unk src", s().patch(f, "cite = [\"R p4\"]\n", "cite = [\"S01 p\"]\n"));
    show("one of", s().patch(f, "contribution =", "without = { difference = 1, expected = 0, because = \"x\" }\ncontribution ="));
    show("none of", s().patch(f, "activities = { level = \"partial\", low = \"marginal\", ", "activities = {"));
    show("pool link", s().patch(f, "task = \"T1\"\nphase", "pool = \"force\"\nphase"));
    show("pool and task", s().patch(f, "task = \"T1\"\nphase", "pool = \"force\"\ntask = \"T1\"\nphase"));
    show("two signs", s().append(f, "[[finding]]\nid=\"F2\"\ntitle=\"x\"\ndimension=\"protection\"\nissue=\"bases\"\nkind=\"limitation\"\nsalience=\"minor\"\nwhen=\"2014\"\ncite=[\"R x\"]\n"));
    show("runs_to", s().patch(f, "cite = [\"R p2\"]", "runs_to = \"2012\"\ncite = [\"R p2\"]"));
    show("body", s().patch(f, "body = \"un-sc\"", "body = \"au-psc\""));
    show("long short", s().patch(f, "short = \"Protect civilians\"", "short = \"Protect all of the civilians\""));
    show("bad id", s().patch(f, "id = \"A1\"", "id = \"A 1\""));
    show("no id", s().patch(f, "id = \"A1\"\n", ""));
    show("two studies", s().with("x.toml", "[study]\nid=\"x\"\n"));
    show("empty", Case(vec![]));
    show("empty2", Case::one("x.toml", ""));
    show("not in order", s().append(f, ""));
    show("sub table", s().append(f, "[[rating]]\ntask = \"T1\"\nphase = \"P2\"\n\n[rating.mandate]\nlevel = \"ful\"\nbecause = \"x\"\n"));
    show(
        "sub table field",
        s().append(f, "[[rating]]\ntask = \"T1\"\nphase = \"P2\"\n\n[rating.mandate]\nlevle = \"full\"\nbecause = \"x\"\n"),
    );
    show("dotted field", s().append(f, "[[rating]]\ntask = \"T1\"\nphase = \"P2\"\n\nmandate.levle = \"full\"\nmandate.because = \"x\"\n"));
    show("dotted level", s().append(f, "[[rating]]\ntask = \"T1\"\nphase = \"P2\"\n\nmandate.level = \"ful\"\nmandate.because = \"x\"\n"));
    show("bom", Case::one(f, &format!("\u{feff}{}", s().text(f))).patch(f, "salience", "salence").patch(f, "[study]\nid", "[study]\nidd"));
    show("bom1", Case::one(f, &format!("\u{feff}x = 1\n{}", s().text(f))));
    show(
        "crlf",
        Case::one(f, &s().text(f).replace("\n", "\r\n")).patch(f, "salience", "salence").patch(f, "\"res-1\"\r\ntier", "\"res-2\"\r\ntier"),
    );
    let csv = "row,indicator,when,region,value,scope,cite,note\n,i,2014,north,\"1,3\",,R x,\n,i,2014,north,7,,R x\n,j,2014,nort,8,,R x,\n";
    let ind = "[[indicator]]\nid=\"i\"\ntitle=\"x\"\nunit=\"x\"\nkind=\"stock\"\n";
    show("csv", s().append(f, ind).with("observations.csv", csv));
    show("csv crlf", s().append(f, ind).with("observations.csv", &csv.replace("\n", "\r\n")));
    show("csv bom", s().append(f, ind).with("observations.csv", &format!("\u{feff}{csv}")));
    show("csv bom crlf", s().append(f, ind).with("observations.csv", &format!("\u{feff}{csv}").replace("\n", "\r\n")));
    show("csv blank", s().append(f, ind).with("observations.csv", &csv.replace("\n,", "\n\n,")));
    show(
        "csv quoted newline",
        s().append(f, ind).with(
            "observations.csv",
            "indicator,when,value,note,cite,region\ni,2014,3,\"a\nb\",R x,south\ni,2014,3,\"a\nb\",R x,\"nor,th\"\n",
        ),
    );
    show("csv col", s().append(f, ind).with("observations.csv", &csv.replace("value", "valeu")));
    show("csv dup", s().append(f, ind).with("observations.csv", &csv.replace("row,", "value,")));
    show("csv empty", s().append(f, ind).with("observations.csv", ""));
}
