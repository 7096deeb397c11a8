//! The types that the configuration chooses for something that not every type gets.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentSet;
use crate::ir::{TypeGraph, TypeId, TypeKind};

/// Types that get something: by a word, or by their places.
///
/// ```
/// use flowtypes::{Generator, config::{Chosen, ChosenWord}};
///
/// // A screen flow for one type alone, and actions for all.
/// let generator = Generator::new().schema("schemas").configure(|config| {
///     config.flow.types = Chosen::Places(vec!["order#/$defs/money".to_owned()]);
///     config.apex.actions = Chosen::Word(ChosenWord::All);
/// });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "needs \"all\", \"none\", or a list of places")]
#[non_exhaustive]
pub enum Chosen {
    /// All or none.
    Word(ChosenWord),
    /// Those at these places, such as `order` for the root of `order.json`, or `order#/$defs/money`: file name, `#`,
    /// JSON pointer.
    Places(Vec<String>),
}

/// All or none.
///
/// ```
/// use flowtypes::config::{Chosen, ChosenWord, Config};
///
/// let config: Config = serde_json::from_str(r#"{"flow": {"types": "all"}}"#)?;
/// assert_eq!(config.flow.types, Chosen::Word(ChosenWord::All));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum ChosenWord {
    /// No type.
    None,
    /// The root type of every schema; where that is a list, the type of its elements.
    All,
}

/// What to say where an option names twice what it can be given for once: the second time, by its index.
pub(crate) fn named_before(option: &str, index: usize, name: &str) -> Diagnostic {
    let message = format!("`{option}` speaks of {name:?}, of which it has spoken before");
    Diagnostic::new(Code::UnknownKey, message)
        .help("take one of the two out")
        .at_option(option, &[&index.to_string()])
}

/// The most lists of lists that are looked into.
const MAX_LISTS: usize = 16;

/// What a schema is about, by its root: of a list, the elements.
pub(crate) fn subject(graph: &TypeGraph<'_>, root: TypeId) -> TypeId {
    let (mut id, mut lists) = (root, 0);
    while lists < MAX_LISTS {
        id = match &graph.get(id).kind {
            TypeKind::Alias(target) => target.id,
            TypeKind::Array(array) => {
                lists += 1;
                array.items.id
            }
            TypeKind::Object(_) | TypeKind::Union(_) if lists > 0 => return id,
            _ => break,
        };
    }
    root
}

impl Default for Chosen {
    fn default() -> Self {
        Self::Word(ChosenWord::None)
    }
}

impl Chosen {
    /// Whether any are asked for.
    pub(crate) fn any(&self) -> bool {
        match self {
            Self::Word(word) => *word == ChosenWord::All,
            Self::Places(places) => !places.is_empty(),
        }
    }

    /// Whether each was asked for by its place, so that what cannot be done for it deserves a warning.
    pub(crate) fn by_place(&self) -> bool {
        matches!(self, Self::Places(_))
    }

    /// Points at one of the places in the configuration.
    pub(crate) fn point(&self, problem: Diagnostic, option: &str, place: &str) -> Diagnostic {
        let index = match self {
            Self::Word(_) => None,
            Self::Places(places) => places.iter().position(|one| one == place),
        };
        problem.at_option(
            option,
            index.map(|index| index.to_string()).as_deref().as_slice(),
        )
    }

    /// The places. That of a root is the name of its file, or the path if another file has the same name.
    pub(crate) fn places<'a>(
        &'a self,
        graph: &'a TypeGraph<'_>,
        documents: &'a DocumentSet,
    ) -> Vec<Cow<'a, str>> {
        match self {
            Self::Word(ChosenWord::None) => Vec::new(),
            Self::Word(ChosenWord::All) => {
                let mut files: HashMap<&str, usize> = HashMap::new();
                for module in &graph.modules {
                    *files.entry(module.stem).or_default() += 1;
                }
                let given = graph.modules.iter().filter(|module| module.is_input);
                let place = given.filter_map(|module| {
                    let file = match files.get(module.stem) {
                        Some(1) => module.stem,
                        _ => documents.get(module.document).path.as_str(),
                    };
                    let root = module.root?;
                    let subject = subject(graph, root);
                    let (document, pointer) = graph.locations.place(graph.get(subject).location);
                    Some(if subject != root && document == module.document {
                        Cow::Owned(format!("{file}#{pointer}"))
                    } else {
                        Cow::Borrowed(file)
                    })
                });
                place.collect()
            }
            Self::Places(places) => places.iter().map(|place| place.as_str().into()).collect(),
        }
    }
}
