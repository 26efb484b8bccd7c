//! What importing a large file costs: 1,000,000 invented ACLED rows into series by region and month.
//!
//! `cargo bench -p peaceops-benches --bench import`. It prints the ratio to the csv crate's own loop over the byte
//! records of the same bytes, in turns and from the shortest runs, and the peak of memory while files of two sizes stream.

use std::fmt::Write;
use std::hint::black_box;
use std::io::{self, Read};
use std::time::{Duration, Instant};

use peaceops::CaseStudy;
use peaceops::import::{Imported, Importer};
use peaceops_benches::{Failure, Texts, peak};

/// Rows of the timed file.
const ROWS: u64 = 1_000_000;

const HEADER: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,\
actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,\
geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n";

const PLACES: [&str; 10] = ["Gao", "Kidal", "Menaka", "Tombouctou", "Mopti", "Segou", "Bamako", "Kayes", "Koulikoro", "Sikasso"];
const TYPES: [&str; 3] = ["Battles", "Violence against civilians", "Explosions/Remote violence"];

/// Invented rows that are made as they are read: the same in each run, whatever the size of the pieces.
struct Invented {
    rows: u64,
    made: u64,
    seed: u64,
    line: String,
    at: usize,
}

impl Invented {
    fn new(rows: u64) -> Self {
        Self { rows, made: 0, seed: 7, line: HEADER.to_owned(), at: 0 }
    }

    /// Numbers that look like chance (xorshift).
    fn next(&mut self, below: u64) -> u64 {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        self.seed % below
    }

    fn make(&mut self) {
        let (n, year, month, day) = (self.made, 2013 + self.next(6), 1 + self.next(12), 1 + self.next(28));
        let (place, kind, deaths) = (PLACES[self.next(10) as usize], TYPES[self.next(3) as usize], self.next(12));
        self.line.clear();
        self.at = 0;
        let _ = writeln!(
            self.line,
            "MLI{n},{year}-{month:02}-{day:02},{year},1,Political violence,{kind},Armed clash,Invented Front ({n}),,Rebel group,\
             Forces of an invented state (2013-2020),,State forces,State forces-Rebel group,,466,Western Africa,Mali,{place},A cercle,\
             A commune,A village,16.2666,-0.0500,1,Invented Gazette; Another,National,\"On {day} {month} {year}, fighters of the invented \
             front attacked a position near the village; {deaths} were killed, as the Gazette told it.\",{deaths},,17{n:08}"
        );
        self.made += 1;
    }
}

impl Read for Invented {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            if self.at == self.line.len() {
                if self.made == self.rows {
                    break;
                }
                self.make();
            }
            let n = (buffer.len() - filled).min(self.line.len() - self.at);
            buffer[filled..filled + n].copy_from_slice(&self.line.as_bytes()[self.at..self.at + n]);
            self.at += n;
            filled += n;
        }
        Ok(filled)
    }
}

/// The csv crate alone: every byte record of the file, one buffer for all.
fn bare(bytes: &[u8]) -> Result<usize, Failure> {
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let (mut record, mut fields) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record)? {
        fields += record.len();
    }
    Ok(fields)
}

fn import(importer: &Importer, reader: impl Read) -> Result<Imported, Failure> {
    Ok(importer.read("invented.csv", reader)?)
}

fn timed<T>(run: impl FnOnce() -> Result<T, Failure>) -> Result<Duration, Failure> {
    let start = Instant::now();
    black_box(run()?);
    Ok(start.elapsed())
}

fn main() -> Result<(), Failure> {
    let study = CaseStudy::from_texts(Texts::minusma()?.iter())?;
    let importers = [Importer::new(&study, "acled-incidents-by-unit")?, Importer::new(&study, "acled-fatalities-by-unit")?];

    import(&importers[1], Invented::new(1_000))?;
    let before = peak();
    for rows in [100_000, 4_000_000] {
        let imported = import(&importers[1], Invented::new(rows))?;
        let account = &imported.account;
        let grown = peak().zip(before).map_or("not told".to_owned(), |(now, then)| format!("{} kB", now - then));
        println!("streamed {rows:>9} rows ({:>5} MB): peak of memory grown by {grown}", account.bytes / 1_000_000);
        if account.accepted + account.rejected() != account.read || account.unfit() > 0 {
            return Err(account.to_string().into());
        }
    }

    let mut bytes = Vec::new();
    Invented::new(ROWS).read_to_end(&mut bytes)?;
    println!("in memory {ROWS} rows, {} MB", bytes.len() / 1_000_000);
    let mut shortest = [Duration::MAX; 3];
    for _ in 0..7 {
        shortest[0] = shortest[0].min(timed(|| bare(&bytes))?);
        for (at, importer) in importers.iter().enumerate() {
            shortest[at + 1] = shortest[at + 1].min(timed(|| import(importer, bytes.as_slice()))?);
        }
    }
    let [bare, events, deaths] = shortest;
    println!("bare loop over byte records:               {bare:>10.2?}");
    for (what, time) in [("events", events), ("deaths", deaths)] {
        let times = time.as_secs_f64() / bare.as_secs_f64();
        println!("{what} by region and month:                {time:>10.2?}  {times:.2} times the bare loop (target at most 1.6)");
    }
    Ok(())
}
