//! The list of files that this program wrote to a folder, so that it never takes another's file for its own.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// The name of the list in the output folder.
pub(crate) const FILE_NAME: &str = "flowtypes-manifest.json";

/// The files by path with the fingerprint of what was written.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub files: BTreeMap<String, String>,
    /// While a run writes: what it is about to write. A run that was interrupted leaves it behind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pending: BTreeMap<String, String>,
}

impl Manifest {
    /// The list in a folder; an empty one where there is none.
    ///
    /// # Errors
    /// If there is one that cannot be understood.
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        match fs::read(folder.join(FILE_NAME)) {
            Ok(text) => serde_json::from_slice(&text).map_err(|error| error.to_string()),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Ok(Self::default())
            }
            Err(error) => Err(error.to_string()),
        }
    }

    pub(super) fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Whether this program wrote the file, or was about to.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.pending.contains_key(path)
    }

    /// Every file that this program wrote or was about to write.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let only_pending = self.pending.keys();
        let only_pending = only_pending.filter(|path| !self.files.contains_key(*path));
        self.files.keys().chain(only_pending).map(String::as_str)
    }

    /// Whether a text is what this program wrote, and nobody has edited it. Version control that ends lines as Windows
    /// does is nobody.
    pub(super) fn wrote(&self, path: &str, text: &[u8]) -> bool {
        let is_known = |text: &[u8]| {
            let print = fingerprint(text);
            self.files.get(path) == Some(&print) || self.pending.get(path) == Some(&print)
        };
        is_known(text) || text.contains(&b'\r') && is_known(&with_our_ends(text))
    }

    /// The list for as long as a run writes that goes from this list to another one: whenever it ends, every file is
    /// known, old or new.
    pub(super) fn towards(&self, next: &Self) -> Self {
        let is_new = |(path, print): &(&String, &String)| self.files.get(*path) != Some(*print);
        let new = next.files.iter().filter(is_new);
        let pending = self.pending.iter().chain(new);
        Self {
            files: self.files.clone(),
            pending: pending
                .map(|(path, print)| (path.clone(), print.clone()))
                .collect(),
        }
    }
}

/// Whether a text on disk is one that this program has made, however version control ends its lines.
#[must_use]
pub fn is_same_text(found: &[u8], made: &[u8]) -> bool {
    found == made || found.contains(&b'\r') && with_our_ends(found) == made
}

/// Whether a file holds such a text. One that does is as long, and is not read into memory as a whole.
pub(super) fn is_same_file(path: &Path, made: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() != made.len() as u64 {
        return Ok(is_same_text(&fs::read(path)?, made));
    }
    let mut part = [0; 16 * 1024];
    let mut left = made;
    loop {
        let count = match file.read(&mut part) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read?,
        };
        match left.strip_prefix(&part[..count]) {
            Some(rest) if count > 0 => left = rest,
            same => return Ok(same.is_some() && left.is_empty()),
        }
    }
}

/// The text of a file, to be shown.
pub(super) fn shown_text(found: &[u8]) -> String {
    match str::from_utf8(found) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(found).into_owned(),
    }
}

/// A text whose lines end as this program ends them.
fn with_our_ends(text: &[u8]) -> Vec<u8> {
    let mut ours = Vec::with_capacity(text.len());
    for (index, byte) in text.iter().enumerate() {
        if *byte != b'\r' || text.get(index + 1) != Some(&b'\n') {
            ours.push(*byte);
        }
    }
    ours
}

/// A fingerprint that is the same on every machine (64-bit FNV-1a). It tells an edited file from an untouched one;
/// it is no protection against somebody who means to deceive.
fn fingerprint(text: &[u8]) -> String {
    shown(text.iter().fold(FIRST, |hash, byte| next(hash, *byte)))
}

const FIRST: u64 = 0xcbf2_9ce4_8422_2325;

fn next(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

fn shown(hash: u64) -> String {
    format!("{hash:016x}")
}

/// How many texts are looked at side by side.
const LANES: usize = 4;

/// The fingerprints of all of these texts, in any order. Each step needs the one before it, so that a processor does some
/// texts side by side in the time of one.
pub(super) fn fingerprints<'t>(
    texts: impl Iterator<Item = (&'t str, &'t [u8])>,
) -> Vec<(String, String)> {
    let mut done = Vec::new();
    let mut lanes: [(&str, &[u8], u64); LANES] = [("", &[], FIRST); LANES];
    let mut used = 0;
    for (path, text) in texts {
        lanes[used] = (path, text, FIRST);
        used += 1;
        if used == LANES {
            let [(_, a, ha), (_, b, hb), (_, c, hc), (_, d, hd)] = &mut lanes;
            let count = a.len().min(b.len()).min(c.len()).min(d.len());
            let bytes = a[..count].iter().zip(&b[..count]);
            for ((a, b), (c, d)) in bytes.zip(c[..count].iter().zip(&d[..count])) {
                (*ha, *hb) = (next(*ha, *a), next(*hb, *b));
                (*hc, *hd) = (next(*hc, *c), next(*hd, *d));
            }
            used = 0;
            for at in 0..LANES {
                let (path, text, hash) = lanes[at];
                let rest = &text[count..];
                if rest.is_empty() {
                    done.push((path.to_owned(), shown(hash)));
                } else {
                    lanes[used] = (path, rest, hash);
                    used += 1;
                }
            }
        }
    }
    for (path, rest, hash) in &lanes[..used] {
        let hash = rest.iter().fold(*hash, |hash, byte| next(hash, *byte));
        done.push(((*path).to_owned(), shown(hash)));
    }
    done
}

#[cfg(test)]
mod tests {
    use super::{Manifest, fingerprint, fingerprints};

    #[test]
    fn the_fingerprint_is_the_published_one() {
        assert_eq!(fingerprint(b""), "cbf29ce484222325");
        assert_eq!(fingerprint(b"a"), "af63dc4c8601ec8c");
    }

    #[test]
    fn many_texts_have_the_fingerprints_that_each_of_them_has() {
        let text = |length: usize| "abcdefghij".repeat(9).as_bytes()[..length].to_vec();
        let texts: Vec<Vec<u8>> = (0..40).map(|number| text(number * 37 % 61)).collect();
        let names: Vec<String> = (0..texts.len()).map(|number| number.to_string()).collect();
        let named = names.iter().map(String::as_str);
        let mut found = fingerprints(named.zip(texts.iter().map(Vec::as_slice)));
        found.sort_by_key(|(name, _)| name.parse::<usize>().unwrap_or(usize::MAX));
        let expected: Vec<_> = names
            .into_iter()
            .zip(texts.iter().map(|text| fingerprint(text)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn other_ends_of_lines_are_no_edit() {
        let files = [("a".to_owned(), fingerprint(b"x\ny\n"))].into();
        let list = Manifest {
            files,
            ..Manifest::default()
        };
        assert!(list.wrote("a", b"x\ny\n") && list.wrote("a", b"x\r\ny\r\n"));
        assert!(!list.wrote("a", b"x\ry\r") && !list.wrote("a", b"x\r\nz\r\n"));
    }

    #[test]
    fn between_two_lists_both_texts_of_a_file_are_known() {
        let list = |text: &[u8], path: &str| Manifest {
            files: [
                ("same".into(), "1".into()),
                (path.into(), fingerprint(text)),
            ]
            .into(),
            ..Manifest::default()
        };
        let (old, new) = (list(b"old", "changed"), list(b"new", "changed"));
        let between = old.towards(&new);
        assert!(between.wrote("changed", b"old") && between.wrote("changed", b"new"));
        assert!(!between.wrote("changed", b"edited"));
        assert_eq!(between.pending.len(), 1);
        let between = old.towards(&list(b"new", "other"));
        assert_eq!(between.paths().count(), 3);
        assert!(between.has("changed") && between.has("other"));
    }
}
