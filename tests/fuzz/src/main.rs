//! The fuzz targets with a stable compiler: bytes from a folder of schemas, changed at random, for some time.
//!
//!     cargo run --release -- front_end|pipeline SECONDS [SEED] FOLDER...

use std::error::Error;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Longer texts tell nothing new and take long.
const LONGEST: usize = 20_000;
/// More of them tell nothing new either, and fill the disk.
const MOST_FOUND: u64 = 20;
/// A run that takes longer is as bad as one that panics.
const PATIENCE: Duration = Duration::from_secs(2);

/// Words that change what a schema says, perhaps by what another document says.
const WORDS: [&str; 50] = [
    "\"$ref\": \"#\"",
    "\"$ref\": \"other.json\"",
    "\"$ref\": \"schema.json#/properties/a\"",
    "\"$ref\": \"other.json#a\"",
    "\"allOf\": [",
    "\"anyOf\": [",
    "\"oneOf\": [",
    "\"not\": {}",
    "\"type\": \"object\"",
    "\"type\": [\"string\", \"null\"]",
    "\"enum\": [\"a\", 1, null]",
    "\"const\": {}",
    "\"items\": {\"$ref\": \"#\"}",
    "\"prefixItems\": [true]",
    "\"additionalProperties\": false",
    "\"additionalProperties\": {\"$ref\": \"#\"}",
    "\"patternProperties\": {\"^a\": {}}",
    "\"required\": [\"a\"]",
    "\"minimum\": 1e400",
    "\"maximum\": -9223372036854775808",
    "\"multipleOf\": 0.1",
    "\"pattern\": \"(a+)+$\"",
    "\"format\": \"date-time\"",
    "\"default\": \"*/ ${x} \\u202e\"",
    "\"title\": \"class\"",
    "\"title\": \"*/ }\"",
    "\"description\": \"\\u0000 ``` --> ]]>\"",
    "\"properties\": {\"a\": {}, \"A\": {}}",
    "\"$dynamicRef\": \"#a\"",
    "\"$dynamicAnchor\": \"a\"",
    "\"$id\": \"a/b\"",
    "\"$anchor\": \"a\"",
    "\"if\": {}",
    "\"then\": {\"required\": [\"b\"]}",
    "\"unevaluatedProperties\": false",
    "\"uniqueItems\": true",
    "\"minItems\": 18446744073709551615",
    "\"nullable\": true",
    "\"discriminator\": {\"propertyName\": \"a\"}",
    "\"dependentSchemas\": {\"a\": false}",
    "\"propertyNames\": {\"maxLength\": 3}",
    "\"contains\": {\"type\": \"integer\"}",
    "\"deprecated\": true",
    "\"operationId\": \"a\"",
    "\"content\": {\"application/json\": {\"schema\": {\"$ref\": \"#\"}}}",
    "\"parameters\": [{\"name\": \"a\", \"in\": \"query\", \"schema\": {\"$ref\": \"#\"}}]",
    "\"responses\": {\"200\": {\"$ref\": \"#\"}}",
    "\"callbacks\": {\"a\": {\"b\": {\"$ref\": \"#\"}}}",
    "\"mapping\": {\"a\": \"#\"}",
    "\"x-ms-discriminator-value\": \"a\"",
];

/// What YAML says and JSON does not.
const MARKS: [&str; 12] = [
    "&a ", "*a ", "<<: *a\n", "!!str ", "!!float ", "|\n  ", ">-\n  ", "? ", "# ", "- ", "---\n",
    "~",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let target: fn(&[u8]) = match arguments.next().as_deref() {
        Some("front_end") => flowtypes_fuzz::front_end,
        Some("pipeline") => flowtypes_fuzz::pipeline,
        _ => {
            return Err(
                "say front_end or pipeline, seconds, perhaps a seed, and folders of schemas".into(),
            );
        }
    };
    let seconds: u64 = arguments.next().ok_or("for how many seconds?")?.parse()?;
    let mut random = Random(1);
    if let Some(seed) = arguments.peek().and_then(|text| text.parse().ok()) {
        random = Random(seed);
        arguments.next();
    }
    let mut corpus = Vec::new();
    for folder in arguments {
        collect(Path::new(&folder), &mut corpus)?;
    }
    corpus.retain(|text| text.len() <= LONGEST);
    if corpus.is_empty() {
        return Err("there is no schema there".into());
    }
    let start = Instant::now();
    let (mut runs, mut found) = (0_u64, 0_u64);
    while start.elapsed().as_secs() < seconds && found < MOST_FOUND {
        let text = match usize::try_from(runs) {
            // Each as it is, before any is changed.
            Ok(index) if index < corpus.len() => corpus[index].clone(),
            _ => random.changed(&corpus),
        };
        let begun = Instant::now();
        let busy = processor_time();
        let outcome = catch_unwind(AssertUnwindSafe(|| target(&text)));
        // Whatever else the machine does is not to blame on a schema.
        let took = match (busy, processor_time()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => begun.elapsed(),
        };
        if outcome.is_err() || took > PATIENCE {
            found += 1;
            let path = PathBuf::from(format!("crash-{found}.json"));
            fs::write(&path, &text)?;
            eprintln!("kept in {} after {:?}", path.display(), took);
        }
        runs += 1;
    }
    let seconds = start.elapsed().as_secs();
    println!("{runs} runs in {seconds} s, {found} of them bad");
    if found > 0 {
        Err("see above".into())
    } else {
        Ok(())
    }
}

/// What this process has taken of the processor, as Linux tells it.
fn processor_time() -> Option<Duration> {
    let times = fs::read_to_string("/proc/self/schedstat").ok()?;
    times
        .split(' ')
        .next()?
        .parse()
        .ok()
        .map(Duration::from_nanos)
}

fn collect(path: &Path, to: &mut Vec<Vec<u8>>) -> Result<(), Box<dyn Error>> {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_, std::io::Error>>()?;
        entries.sort();
        for entry in entries {
            collect(&entry, to)?;
        }
    } else if path
        .extension()
        .is_some_and(|end| end == "json" || end == "yaml")
    {
        to.push(fs::read(path)?);
    }
    Ok(())
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit.max(1) as u64).unwrap_or(0)
    }

    /// One of the texts, with a few changes: most keep it JSON, so that they come further than to the parser.
    fn changed(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut text = corpus[self.below(corpus.len())].clone();
        for _ in 0..=self.below(4) {
            let starts: Vec<usize> = (0..text.len()).filter(|at| text[*at] == b'{').collect();
            match self.below(10) {
                // A keyword more.
                0..=3 if !starts.is_empty() => {
                    let at = starts[self.below(starts.len())] + 1;
                    let word = WORDS[self.below(WORDS.len())];
                    let close = if word.ends_with('[') { "{}]" } else { "" };
                    let is_last =
                        text[at..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'}');
                    let comma = if is_last { "" } else { "," };
                    text.splice(at..at, format!("{word}{close}{comma}").into_bytes());
                }
                // A part of another one.
                4 if !starts.is_empty() => {
                    let other = &corpus[self.below(corpus.len())];
                    let at = starts[self.below(starts.len())];
                    if let (Some(part), Some(end)) =
                        (part(other, self.below(other.len())), end(&text, at))
                    {
                        text.splice(at..end, part.iter().copied());
                    }
                }
                // A text in the place of another one.
                5 => {
                    let quotes: Vec<usize> =
                        (0..text.len()).filter(|at| text[*at] == b'"').collect();
                    if quotes.len() > 3 {
                        let first = self.below(quotes.len() - 1);
                        let second = self.below(quotes.len() - 1);
                        let word = text[quotes[second]..quotes[second + 1]].to_vec();
                        text.splice(quotes[first]..quotes[first + 1], word);
                    }
                }
                // Another document beside it, to which it may refer.
                6 => {
                    let other = &corpus[self.below(corpus.len())];
                    let mut between = [0; 4];
                    text.extend(flowtypes_fuzz::BETWEEN.encode_utf8(&mut between).bytes());
                    text.extend(other);
                }
                // Before a value, as a mark of YAML would stand.
                7 => {
                    let ends: Vec<usize> = (0..text.len()).filter(|at| text[*at] == b' ').collect();
                    if !ends.is_empty() {
                        let at = ends[self.below(ends.len())] + 1;
                        let mark = MARKS[self.below(MARKS.len())];
                        text.splice(at..at, mark.bytes());
                    }
                }
                8 => {
                    let at = self.below(text.len());
                    if let Some(byte) = text.get_mut(at) {
                        *byte = u8::try_from(self.below(128)).unwrap_or(0);
                    }
                }
                _ => {
                    let at = self.below(text.len());
                    let end = (at + self.below(20)).min(text.len());
                    text.drain(at..end);
                }
            }
            text.truncate(LONGEST);
        }
        text
    }
}

/// The object that begins at or after a place.
fn part(text: &[u8], from: usize) -> Option<&[u8]> {
    let start = from + text.get(from..)?.iter().position(|byte| *byte == b'{')?;
    text.get(start..end(text, start)?)
}

/// Where the object ends that begins here.
fn end(text: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, byte) in text.get(start..)?.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(start + offset + 1);
        }
    }
    None
}
