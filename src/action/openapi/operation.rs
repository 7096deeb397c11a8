//! The operations of a description, and their parts.

use crate::dialect::operations::{METHODS, name_of, rank};
use crate::document::DocumentSet;

use super::reach::Reach;

/// The methods that External Services can call.
const SUPPORTED: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// Headers that belong to the transport: OpenAPI says that descriptions of them are passed over.
const TRANSPORT: [&str; 3] = ["accept", "content-type", "authorization"];

/// An operation of a description.
pub(super) struct Operation<'s> {
    /// `operationId`, or a name made of the method and the path.
    pub id: String,
    /// Whether the description gives the name.
    pub is_named: bool,
    /// Whether External Services can call its method.
    pub is_supported: bool,
    pub at: Reach<'s>,
    path_item: Reach<'s>,
}

/// A parameter.
pub(super) struct Parameter<'s> {
    pub name: &'s str,
    pub at: Reach<'s>,
    pub is_required: bool,
    /// Whether it is a cookie, which a flow cannot set.
    pub is_cookie: bool,
    pub schema: Option<Reach<'s>>,
}

/// The operations in the order of the text.
pub(super) fn operations<'s>(root: &Reach<'s>, documents: &'s DocumentSet) -> Vec<Operation<'s>> {
    let mut found = Vec::new();
    for (path, item) in root.member("paths").iter().flat_map(Reach::members) {
        let Some(path_item) = item.follow(documents) else {
            continue;
        };
        for (method, at) in path_item.members() {
            if !METHODS.contains(&method) || !at.value.is_object() {
                continue;
            }
            let name = at.text("operationId").filter(|name| !name.is_empty());
            found.push(Operation {
                id: name.map_or_else(|| name_of(method, path), str::to_owned),
                is_named: name.is_some(),
                is_supported: SUPPORTED.contains(&method),
                at,
                path_item: path_item.clone(),
            });
        }
    }
    found
}

impl<'s> Operation<'s> {
    /// The parameters: those of the path, unless the operation has the same, then its own. Some headers belong to the
    /// transport.
    pub(super) fn parameters(&self, documents: &'s DocumentSet) -> Vec<Parameter<'s>> {
        let of = |reach: &Reach<'s>| -> Vec<(&'s str, &'s str, Reach<'s>)> {
            let list = reach.member("parameters");
            let list = list.iter().flat_map(Reach::elements);
            list.filter_map(|one| one.follow(documents))
                .filter_map(|one| Some((one.text("in")?, one.text("name")?, one)))
                .collect()
        };
        let own = of(&self.at);
        let mut all = of(&self.path_item);
        all.retain(|(place, name, _)| {
            !own.iter()
                .any(|(own_place, own_name, _)| (place, name) == (own_place, own_name))
        });
        all.extend(own);
        all.retain(|(place, name, _)| match *place {
            "header" => !TRANSPORT.contains(&name.to_ascii_lowercase().as_str()),
            _ => true,
        });
        all.into_iter()
            .map(|(place, name, at)| Parameter {
                name,
                is_cookie: place == "cookie",
                is_required: place == "path" || at.is("required"),
                schema: at.member("schema").or_else(|| content(&at)),
                at,
            })
            .collect()
    }

    /// The body that a request has.
    pub(super) fn body(&self, documents: &'s DocumentSet) -> Option<Reach<'s>> {
        self.at.member("requestBody")?.follow(documents)
    }

    /// The answers by their code.
    pub(super) fn answers(&self, documents: &'s DocumentSet) -> Vec<(&'s str, Reach<'s>)> {
        let answers = self.at.member("responses");
        let answers = answers.iter().flat_map(Reach::members);
        answers
            .filter(|(code, _)| !code.starts_with("x-"))
            .filter_map(|(code, answer)| Some((code, answer.follow(documents)?)))
            .collect()
    }
}

/// The schema of the content that is taken: JSON before all else.
pub(super) fn content<'s>(of: &Reach<'s>) -> Option<Reach<'s>> {
    let media: Vec<(&str, Reach<'s>)> = of.member("content")?.members().collect();
    let (_, best) = media.iter().min_by_key(|(media, _)| rank(media))?;
    best.member("schema")
}
