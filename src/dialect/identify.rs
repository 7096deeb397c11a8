//! What a schema says about itself: its dialect, its identifier, its anchors.

use serde_json::{Map, Value};

use super::Dialect;
use super::index::{Context, Index};
use super::keyword::Keyword;
use super::openapi;
use super::values::member;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::resolve_uri;
use crate::schema::location::{Locations, Segment};

impl<'s> Index<'s> {
    /// Takes note of a schema's dialect, `$id` and anchors.
    pub(super) fn identify(
        &mut self,
        value: &'s Value,
        members: &'s Map<String, Value>,
        mut context: Context<'s>,
        locations: &mut Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) -> Context<'s> {
        if let Some(dialect) = self.dialect_of(value, members, context, locations, diagnostics) {
            context.dialect = dialect;
        }
        let hidden = !context.dialect.draft.siblings_of_ref && member(members, "$ref").is_some();
        for (word, member) in members {
            let Some(keyword) = context.dialect.keyword(word) else {
                continue;
            };
            match (keyword, member) {
                (Keyword::Id, Value::String(text)) if !hidden => {
                    let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
                    if !uri.is_empty() {
                        context =
                            self.add_identifier(text, word, value, context, locations, diagnostics);
                    }
                    if !fragment.is_empty()
                        && !fragment.starts_with('/')
                        && !context.dialect.draft.siblings_of_ref
                    {
                        self.add_anchor(context, fragment, value, locations, diagnostics);
                    }
                }
                (Keyword::Anchor, Value::String(text)) => {
                    self.add_anchor(context, text, value, locations, diagnostics);
                }
                (Keyword::DynamicAnchor, Value::String(text)) => {
                    self.add_anchor(context, text, value, locations, diagnostics);
                    self.add_dynamic(context, text, value);
                }
                // Only a root can be the anchor: `$recursiveRef` is always `#`.
                (Keyword::RecursiveAnchor, Value::Bool(true))
                    if std::ptr::eq(self.resource(context.resource).root, value) =>
                {
                    self.add_dynamic(context, "", value);
                }
                _ => {}
            }
        }
        context
    }

    fn add_identifier(
        &mut self,
        text: &str,
        word: &'s str,
        value: &'s Value,
        mut context: Context<'s>,
        locations: &mut Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) -> Context<'s> {
        let Some(uri) = resolve_uri(&self.resource(context.resource).uri, text) else {
            let place = locations.child(context.location, Segment::Key(word));
            diagnostics.push(
                Diagnostic::new(
                    Code::InvalidIdentifier,
                    format!("`{text}` is not a URI and identifies nothing"),
                )
                .at_location(locations, place)
                .help("write a URI, such as https://example.com/schema.json, or remove it"),
            );
            return context;
        };
        let is_taken = self
            .resource_by_uri(&uri)
            .is_some_and(|known| !std::ptr::eq(self.resource(known).root, value));
        if is_taken {
            let place = locations.child(context.location, Segment::Key(word));
            diagnostics.push(
                Diagnostic::new(
                    Code::DuplicateIdentifier,
                    format!("another schema is identified by `{text}` already"),
                )
                .at_location(locations, place)
                .help("references to it lead to the first one; give each schema an identifier of its own"),
            );
        }
        context.resource = self.add_resource(uri, value, Some(context.resource));
        context
    }

    fn add_anchor(
        &mut self,
        context: Context<'s>,
        name: &'s str,
        value: &'s Value,
        locations: &Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) {
        let anchors = &mut self.resource_mut(context.resource).anchors;
        let known = *anchors.entry(name).or_insert(value);
        if !std::ptr::eq(known, value) {
            diagnostics.push(
                Diagnostic::new(
                    Code::DuplicateIdentifier,
                    format!("another schema has the anchor `{name}` already"),
                )
                .at_location(locations, context.location)
                .help(
                    "references to it lead to the first one; give each schema an anchor of its own",
                ),
            );
        }
    }

    fn add_dynamic(&mut self, context: Context<'s>, name: &'s str, value: &'s Value) {
        let dynamic = &mut self.resource_mut(context.resource).dynamic;
        dynamic.entry(name).or_insert(value);
        self.is_dynamic = true;
    }

    /// The dialect that `$schema` names, where it counts: at the root of a document, and beside an identifier.
    fn dialect_of(
        &self,
        value: &'s Value,
        members: &'s Map<String, Value>,
        context: Context<'s>,
        locations: &mut Locations<'s>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Dialect> {
        let Some(Value::String(uri)) = member(members, "$schema") else {
            return None;
        };
        let resource = self.resource(context.resource);
        let has_id = || {
            let mut ids = ["$id", "id"].iter().filter_map(|word| members.get(*word));
            ids.any(|id| id.as_str().is_some_and(|id| !id.starts_with('#')))
        };
        // The schemas of an OpenAPI document are roots, each of them.
        let is_root = std::ptr::eq(resource.root, value) || openapi::is_description(resource.root);
        if !is_root && !has_id() {
            return None;
        }
        match self.dialects.named(uri, &resource.uri) {
            Ok(dialect) => Some(dialect),
            Err(problem) => {
                let place = locations.child(context.location, Segment::Key("$schema"));
                diagnostics.push(
                    Diagnostic::new(problem.code, problem.message)
                        .severity(self.invalid)
                        .at_location(locations, place)
                        .help(problem.help),
                );
                problem.instead
            }
        }
    }
}
