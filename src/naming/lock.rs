//! The file that keeps names: what stands where, and what it was called.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::few::Few;

/// The form of the file that this program reads and writes.
const VERSION: u32 = 1;

/// The names that earlier runs have given, by target and place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lock {
    pub(super) version: Version,
    /// The path of the file that each name before a `#` stands for.
    #[serde(default)]
    pub(super) files: Map<String>,
    /// What the class names start with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) apex_prefix: String,
    #[serde(default)]
    pub(super) rust: Section,
    #[serde(default)]
    pub(super) apex: Section,
    #[serde(default)]
    pub(super) flow: Section,
}

/// The names of a target: by place, then by role.
pub(super) type Section = Map<Few<Slot>>;

/// What a thing is called in a role, or what its members are called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Slot {
    One(String),
    Many(Few<String>),
}

impl Lock {
    /// Whether it holds no name.
    pub(crate) fn is_empty(&self) -> bool {
        [&self.rust, &self.apex, &self.flow]
            .iter()
            .all(|section| section.is_empty())
    }

    /// The text of the file.
    pub(crate) fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Version(u32);

impl Default for Version {
    fn default() -> Self {
        Self(VERSION)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            VERSION => Ok(Self(VERSION)),
            other => Err(D::Error::custom(format_args!(
                "version {other} of this file is not known, only version {VERSION}"
            ))),
        }
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Slot;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or the names of members")
            }
            fn visit_str<E: Error>(self, name: &str) -> Result<Slot, E> {
                Ok(Slot::One(name.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Slot, A::Error> {
                Listed(PhantomData).visit_map(members).map(Slot::Many)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// A map in which nothing may stand twice, as it does after a careless merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct Map<T>(BTreeMap<String, T>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> std::ops::Deref for Map<T> {
    type Target = BTreeMap<String, T>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T> std::ops::DerefMut for Map<T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = std::collections::btree_map::IntoIter<String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

struct Listed<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Listed<T> {
    type Value = Few<T>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Few<T>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = members.next_entry()? {
            entries.push(entry);
        }
        Few::of(entries).map_err(|key| A::Error::custom(format_args!("{key:?} stands here twice")))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Few<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Listed(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = deserializer.deserialize_map(Listed(PhantomData))?;
        Ok(Self(entries.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::Lock;

    #[test]
    fn what_is_no_lock_is_refused() {
        let reason = |text: &str| {
            serde_json::from_str::<Lock>(text)
                .err()
                .map(|e| e.to_string())
        };
        assert_eq!(reason(r#"{"version": 1}"#), None);
        assert_eq!(
            reason(r#"{"version": 1, "apex": {"a#": {"class": "A", "fields": {"b": "c"}}}}"#),
            None
        );
        for (text, part) in [
            (r#"{"version": 2, "new": []}"#, "version 2"),
            ("{}", "missing field `version`"),
            (r#"{"version": 1, "cobol": {}}"#, "unknown field `cobol`"),
            (r#"{"version": 1, "apex": {"a#": {"class": 1}}}"#, "a name"),
            (r#"{"version": 1, "apex": {"a#": {}, "a#": {}}}"#, "twice"),
            (
                r#"{"version": 1, "apex": {"a#": {"fields": {"b": "c", "b": "d"}}}}"#,
                "twice",
            ),
        ] {
            let reason = reason(text).unwrap_or_default();
            assert!(reason.contains(part), "{text}: {reason}");
        }
    }
}
