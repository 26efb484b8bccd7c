//! probe
mod common;
use common::*;
use std::time::Instant;
fn time(name: &str, case: Case) {
    let t = Instant::now();
    let r = case.read();
    let a = t.elapsed();
    let s = r.err().map(|p| (p.len(), p.to_string().len()));
    println!("{name}: {a:?} {s:?} total {:?} bytes {}", t.elapsed(), case.0.iter().map(|x| x.1.len()).sum::<usize>());
}
#[test]
fn hostile() {
    let f = "case.toml";
    let s = Case::small;
    time("bad form", s().append(f, &"[[fact]]\nx=1\n".repeat(150_000)));
    time("one line", s().append(f, &format!("[[x]]\n")).with("a.toml", &format!("fact = [{}]", "{x=1},".repeat(150_000))));
    time("one line meaning", s().with("a.toml", &format!("fact = [{}]", "{id=\"x\"},".repeat(150_000))));
    time("syntax", s().append(f, &"[[fact]]\nx 1\n".repeat(150_000)));
    time("syntax array", s().append(f, &format!("[[fact]]\nx = [{}", "a = 1\n".repeat(150_000))));
    time("syntax quotes", s().append(f, &"[[fact]]\nx = \"a\ny = '''".repeat(50_000)));
    time(
        "unknown refs",
        s().append(f, &"[[fact]]\nid=\"x\"\nwhere=[\"a\",\"b\"]\ncite=[\"X y\"]".repeat(0)).append(
            f,
            &(0..50_000).map(|n| format!("[[fact]]\nid=\"x{n}\"\ntitle=\"x\"\nwhere=[\"a\",\"b\"]\ncite=[\"X y\"]\n")).collect::<String>(),
        ),
    );
    time(
        "sources",
        s().append(
            f,
            &(0..50_000)
                .map(|n| {
                    format!(
                        "[[source]]\nid=\"x{n}\"\ntitle=\"x\"\norigin=\"outside\"\n[[fact]]\nid=\"y{n}\"\ntitle=\"x\"\ncite=[\"xx{n} y\"]\n"
                    )
                })
                .collect::<String>(),
        ),
    );
    time(
        "regions chain",
        s().append(
            f,
            &(1..20_000)
                .map(|n| {
                    format!(
                        "[[region]]\nid=\"x{n}\"\nname=\"x\"\norigin=\"coder\"\nin=\"{}\"\n",
                        if n == 1 { "north".into() } else { format!("x{}", n - 1) }
                    )
                })
                .collect::<String>(),
        ),
    );
    time(
        "regions flat",
        s().append(
            f,
            &(1..50_000)
                .map(|n| format!("[[region]]\nid=\"x{n}\"\nname=\"x\"\norigin=\"coder\"\nin=\"{}\"\n", "north"))
                .collect::<String>(),
        ),
    );
    time(
        "regions flat2",
        s().append(
            f,
            &(1..50_000).map(|n| format!("[[region]]\nid=\"x{n}\"\nname=\"x\"\norigin=\"coder\"\nin=\"{}\"\n", "land")).collect::<String>(),
        ),
    );
    time("tasks circle", s().append(f, &(1..20_000).map(|n| format!("[[task]]\nid=\"x{n}\"\ntitle=\"x\"\nshort=\"x\"\nfield=\"x\"\nwhen=\"2014\"\nby=\"practice\"\ntier=\"core\"\nwhere=[\"north\"]\nrefines=\"x{}\"\ncite=[\"R x\"]\n", (n % 19_999) + 1)).collect::<String>()));
    let ind = "[[indicator]]\nid=\"i\"\ntitle=\"x\"\nunit=\"x\"\nkind=\"stock\"\n";
    time("csv", s().append(f, ind).with("observations.csv", &format!("indicator,when,value,cite\n{}", "i,x,y,z\n".repeat(150_000))));
    time("csv fields", s().append(f, ind).with("observations.csv", &format!("indicator,when,value,cite\n{}", "i,x,y\n".repeat(150_000))));
    time(
        "csv ok",
        s().append(f, ind).with("observations.csv", &format!("indicator,when,value,cite\n{}", "i,2014,3,R x\n".repeat(150_000))),
    );
    time(
        "phases",
        s().append(f, &(1..20_000).map(|n| format!("[[phase]]\nid=\"x{n}\"\nwhen=\"2014-01-01..2014-02\"\n")).collect::<String>()),
    );
    time("dup", s().append(f, &"[[fact]]\nid=\"x\"\n".repeat(150_000)));
    time(
        "ratings list",
        s().append(
            f,
            &format!(
                "[[rating]]\ntask=[{}]\nphase=[{}]\nregion=[{}]\nmandate={{not_assessed=\"x\"}}\n",
                "\"T1\",".repeat(3000),
                "\"P1\",".repeat(3000),
                "\"south\",".repeat(3000)
            ),
        ),
    );
    time("dotted", s().append(f, &format!("[[fact]]\n{}=1\n", "a.".repeat(70) + "a").repeat(20_000)));
}
