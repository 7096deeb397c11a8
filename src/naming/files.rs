//! What the files of a run are called in places.

use super::ledger::Book;
use super::scope::Scope;
use crate::document::{Document, DocumentId};
use crate::hash::{HashMap, HashSet};

impl Book {
    /// A name for each file: what it was called before, else its stem, and with its folder where two have the same
    /// stem. A file that has moved keeps its name.
    pub(crate) fn name_files<'d>(
        &mut self,
        documents: impl Iterator<Item = (DocumentId, &'d Document)>,
    ) -> HashMap<DocumentId, String> {
        let files: Vec<(DocumentId, String, String)> = documents
            .map(|(id, document)| {
                let stem = document.stem().replace('#', "_");
                (id, relative(&document.path, &self.folder), stem)
            })
            .collect();
        let present: HashSet<&str> = files.iter().map(|(_, path, _)| path.as_str()).collect();
        let mut names = HashMap::default();
        let mut scope = Scope::case_sensitive();
        for (name, path) in self.files.iter() {
            if present.contains(path.as_str()) {
                scope.claim(name);
            }
        }
        let known: HashMap<&str, &str> = self
            .files
            .iter()
            .map(|(name, path)| (path.as_str(), name.as_str()))
            .collect();
        let mut met = HashSet::default();
        let mut given = Vec::new();
        for (id, path, stem) in &files {
            let name = match known.get(path.as_str()).filter(|_| met.insert(path)) {
                Some(name) => (*name).to_owned(),
                None => fresh(path, stem, &mut scope),
            };
            given.push((name.clone(), path.clone()));
            names.insert(*id, name);
        }
        self.present = given.iter().map(|(name, _)| name.clone()).collect();
        self.files.extend(given);
        names
    }
}

/// The stem of a file, with as many of its folders as it takes to be the only one.
fn fresh(path: &str, stem: &str, scope: &mut Scope) -> String {
    if scope.claim(stem) {
        return stem.to_owned();
    }
    let mut name = stem.to_owned();
    for folder in path.rsplit('/').skip(1).filter(|part| !part.is_empty()) {
        name = format!("{}/{name}", folder.replace('#', "_"));
        if scope.claim(&name) {
            return name;
        }
    }
    scope.claim_numbered(stem, usize::MAX)
}

/// A path as it is seen from a folder, if it is below it; of any other path no more than its end, which is the same on
/// every machine.
fn relative(path: &str, folder: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let below = match folder {
        "" => Some(path),
        folder => path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/')),
    };
    match below {
        Some(below) if !below.starts_with('/') => below.to_owned(),
        _ => {
            let mut ends: Vec<&str> = path.rsplit('/').take(2).collect();
            ends.reverse();
            ends.join("/")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn no_path_of_a_machine_is_kept() {
        for (path, folder, seen) in [
            ("schemas/a.json", "", "schemas/a.json"),
            ("./schemas/a.json", "", "schemas/a.json"),
            ("sub/schemas/a.json", "sub", "schemas/a.json"),
            ("/home/me/x/a.json", "/home/me", "x/a.json"),
            ("/home/me/x/a.json", "", "x/a.json"),
            ("other/x/a.json", "sub", "x/a.json"),
        ] {
            assert_eq!(relative(path, folder), seen, "{path} from {folder:?}");
        }
    }
}
