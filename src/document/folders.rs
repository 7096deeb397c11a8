//! Folders that stand for places on the web.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::load::{Retrieve, Retrieved, retrieve_file};
use super::references::percent_decode;

/// Folders by the start of the URIs of the documents in them: with `http://example.com/` for `dir`,
/// `http://example.com/a/b` is `dir/a/b` or `dir/a/b.json`.
#[derive(Debug, Default)]
pub struct Folders {
    /// The longest start of a URI first.
    folders: Vec<(String, PathBuf)>,
}

impl Folders {
    /// The folders of a configuration.
    #[must_use]
    pub fn new(folders: &BTreeMap<String, String>) -> Self {
        let mut folders: Vec<(String, PathBuf)> = folders
            .iter()
            .map(|(prefix, folder)| (without_scheme(prefix).to_owned(), PathBuf::from(folder)))
            .collect();
        folders.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
        Self { folders }
    }
}

impl Retrieve for Folders {
    fn retrieve(&self, uri: &str) -> Result<Option<Retrieved>, String> {
        let uri = without_scheme(uri);
        for (prefix, folder) in &self.folders {
            let Some(rest) = uri.strip_prefix(prefix.as_str()) else {
                continue;
            };
            // `http://example.com/a` is no start of `http://example.com/abc`.
            if !prefix.ends_with('/') && !rest.is_empty() && !rest.starts_with('/') {
                continue;
            }
            for path in candidates(folder, rest) {
                if path.is_file() {
                    return retrieve_file(&path, Path::new(".")).map(Some);
                }
            }
        }
        Ok(None)
    }
}

/// `http` and `https` are the same place.
fn without_scheme(uri: &str) -> &str {
    uri.strip_prefix("https://")
        .or_else(|| uri.strip_prefix("http://"))
        .unwrap_or(uri)
}

/// The files that a path below a folder may mean; none if it leads out of the folder.
fn candidates(folder: &Path, rest: &str) -> Vec<PathBuf> {
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let Ok(path) = String::from_utf8(percent_decode(path)) else {
        return Vec::new();
    };
    let path = path.trim_matches('/');
    if path.is_empty()
        || path
            .split(['/', '\\'])
            .any(|part| matches!(part, "" | "." | ".."))
    {
        return Vec::new();
    }
    let mut found = vec![folder.join(path), folder.join(format!("{path}.json"))];
    if let Some(stem) = path.strip_suffix(".json") {
        found.push(folder.join(stem));
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Folders;
    use crate::document::Retrieve as _;

    #[test]
    fn a_uri_is_a_file_below_the_longest_prefix() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        std::fs::create_dir_all(path("site/a b")).unwrap();
        std::fs::create_dir_all(path("inner")).unwrap();
        std::fs::write(path("site/a b/c.json"), "1").unwrap();
        std::fs::write(path("inner/d.json"), "2").unwrap();
        std::fs::write(path("secret.json"), "3").unwrap();
        let folders = Folders::new(&BTreeMap::from([
            ("http://x.org/".to_owned(), path("site")),
            ("https://x.org/inner".to_owned(), path("inner")),
        ]));
        let text = |uri: &str| folders.retrieve(uri).unwrap().map(|found| found.text);
        assert_eq!(text("http://x.org/a%20b/c.json").as_deref(), Some("1"));
        assert_eq!(text("https://x.org/a%20b/c").as_deref(), Some("1"));
        assert_eq!(text("https://x.org/inner/d").as_deref(), Some("2"));
        assert_eq!(text("https://x.org/inner/%2e%2e/secret.json"), None);
        assert_eq!(text("https://y.org/inner/d"), None);
    }
}
