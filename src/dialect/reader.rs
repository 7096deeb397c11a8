//! From keywords to schemas: one pass over every schema that can be reached, in the order it is met.

use std::cell::Cell;

use serde_json::Value;

use super::dynamic::{ScopeId, Scopes};
use super::index::{Context, Index, address};
use super::keyword::Keyword;
use super::{About, data, doubt, loops, openapi};
use crate::config::{Config, FormatMode};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::document::{DocumentId, DocumentSet, Role};
use crate::hash::{HashMap, HashSet};
use crate::schema::{DocumentSchemas, Schema, SchemaGraph, SchemaId};

/// How many schemas may be read again because dynamic references in them mean something else there.
const MOST_SPECIALISED: usize = 20_000;

pub(super) struct Reader<'s, 'd> {
    documents: &'s DocumentSet,
    about: About,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) graph: SchemaGraph<'s>,
    pub(super) index: Index<'s>,
    /// None where there are no dynamic anchors.
    pub(super) scopes: Option<Scopes<'s>>,
    /// How bad it is that a reference leads to nothing.
    pub(super) unresolved: Severity,
    /// How many names were compared with references that lead to nothing.
    pub(super) compared: Cell<usize>,
    pub(super) formats: Option<FormatMode>,
    /// The schemas of which a part is not known.
    doubted: Vec<SchemaId>,
    /// The ids that the index has no place for.
    ids: HashMap<(usize, ScopeId), SchemaId>,
    /// The schemas that have an id, where there may be several for one, and how many ids are not the first.
    specialised: (HashSet<usize>, usize),
    /// The schemas that have an id, in its order; those beyond `graph.schemas` are still to be read.
    met: Vec<(&'s Value, Context<'s>)>,
}

impl<'s, 'd> Reader<'s, 'd> {
    pub(super) fn new(
        documents: &'s DocumentSet,
        about: About,
        config: &Config,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        let mut graph = SchemaGraph::default();
        let index = Index::new(documents, about, config, &mut graph.locations, diagnostics);
        let met = index.len();
        graph.schemas.reserve(met);
        Self {
            documents,
            about,
            diagnostics,
            graph,
            scopes: Scopes::new(&index),
            index,
            unresolved: config.unresolved.severity(),
            compared: Cell::new(0),
            formats: config.formats,
            doubted: Vec::new(),
            ids: HashMap::default(),
            specialised: (HashSet::default(), 0),
            met: Vec::with_capacity(met),
        }
    }

    pub(super) fn read(mut self) -> SchemaGraph<'s> {
        let (documents, about) = (self.documents, self.about);
        for (document, source) in about.of(documents) {
            let (root, definitions) = self.offer(document, &source.value);
            self.graph.documents.push(DocumentSchemas {
                document,
                stem: source.stem(),
                is_input: true,
                root,
                definitions,
            });
        }
        while let Some((value, context)) = self.met.get(self.graph.schemas.len()).copied() {
            let schema = self.read_schema(value, context);
            self.graph.schemas.push(schema);
        }
        self.add_referred_documents();
        loops::cut(&mut self.graph, self.index.invalid, self.diagnostics);
        doubt::soften(&mut self.graph, &self.doubted);
        self.graph.finish();
        self.graph
    }

    /// Says that a part of the schema that is being read is not known.
    pub(super) fn doubt(&mut self) {
        let id = self.current();
        self.doubted.push(id);
    }

    /// The id of the schema that is being read.
    pub(super) fn current(&self) -> SchemaId {
        SchemaId(u32::try_from(self.graph.schemas.len()).unwrap_or(u32::MAX))
    }

    /// The root schema and the definitions of an input.
    fn offer(
        &mut self,
        document: DocumentId,
        root: &'s Value,
    ) -> (Option<SchemaId>, Vec<(&'s str, SchemaId)>) {
        let Some(context) = self.index.context(root) else {
            return (None, Vec::new());
        };
        if openapi::is_description(root) {
            let components = openapi::components(root).map(|(_, name, entry)| (name, entry));
            let operations = self.index.operations(document);
            let definitions = components
                .chain(operations)
                .filter_map(|(name, entry)| Some((name, self.offer_definition(entry)?)))
                .collect();
            return (None, definitions);
        }
        let is_description = openapi::unknown_version(root).is_some();
        if !is_description && data::is_like_data(root, context.dialect) {
            self.looks_like_data(context);
        }
        let start = self.enter(context, context);
        let id = self.id_of(root, start);
        let mut definitions = Vec::new();
        let members = root.as_object().into_iter().flatten();
        for (word, member) in members {
            if context.dialect.keyword(word) == Some(Keyword::Definitions)
                && let Value::Object(entries) = member
            {
                for (name, entry) in entries {
                    if let Some(id) = self.offer_definition(entry) {
                        definitions.push((name.as_str(), id));
                    }
                }
            }
        }
        (Some(id), definitions)
    }

    /// A definition, seen from itself; what is no schema is reported, and is no definition.
    fn offer_definition(&mut self, entry: &'s Value) -> Option<SchemaId> {
        let context = self.index.context(entry)?;
        let is_schema = entry.is_object() || (entry.is_boolean() && context.may_be_boolean);
        if !is_schema {
            self.not_a_schema(context);
            return None;
        }
        let context = self.enter(context, context);
        Some(self.id_of(entry, context))
    }

    /// What `to` means if it is reached from within `from`.
    pub(super) fn enter(&mut self, from: Context<'s>, mut to: Context<'s>) -> Context<'s> {
        if let Some(scopes) = &mut self.scopes {
            to.scope = scopes.enter(&self.index, from.scope, to.resource);
        }
        to
    }

    /// Rows for the documents that are only referred to, with what was reached in them.
    fn add_referred_documents(&mut self) {
        let reached: HashSet<_> = self
            .met
            .iter()
            .map(|(_, context)| self.graph.locations.document(context.location))
            .collect();
        let (documents, about) = (self.documents, self.about);
        let referred = documents.iter().filter(|(id, source)| match about {
            About::Inputs => {
                source.is_referred() || (source.role == Role::Service && reached.contains(id))
            }
            About::Services => !documents.is_service(*id) && reached.contains(id),
        });
        for (document, source) in referred {
            let root = self
                .met
                .iter()
                .position(|(value, _)| std::ptr::eq(*value, &source.value));
            let root = root.and_then(|id| u32::try_from(id).ok()).map(SchemaId);
            let definitions = self
                .met
                .iter()
                .zip(0..)
                .filter(|((_, context), _)| {
                    self.graph.locations.document(context.location) == document
                })
                .filter_map(|((_, context), id)| Some((context.name?, SchemaId(id))))
                .collect();
            self.graph.documents.push(DocumentSchemas {
                document,
                stem: source.stem(),
                is_input: false,
                root,
                definitions,
            });
        }
    }

    /// The id of a schema; the schema is read when its turn comes.
    pub(super) fn id_of(&mut self, value: &'s Value, context: Context<'s>) -> SchemaId {
        if context.scope == ScopeId::EMPTY
            && let Some(Some(id)) = self.index.id_slot(value)
        {
            return *id;
        }
        // What the index has met late has its id here.
        if let Some(id) = self.ids.get(&(address(value), context.scope)) {
            return *id;
        }
        if self.scopes.is_some() && !self.specialised.0.insert(address(value)) {
            if self.specialised.1 >= MOST_SPECIALISED {
                return self.anything(context);
            }
            self.specialised.1 += 1;
        }
        self.add(value, context)
    }

    fn add(&mut self, value: &'s Value, context: Context<'s>) -> SchemaId {
        let id = SchemaId(u32::try_from(self.met.len()).unwrap_or(u32::MAX));
        self.met.push((value, context));
        match self.index.id_slot(value) {
            Some(slot) if context.scope == ScopeId::EMPTY => *slot = Some(id),
            _ => {
                self.ids.insert((address(value), context.scope), id);
            }
        }
        id
    }

    /// A schema that allows every value, for what lies beyond the limit.
    fn anything(&mut self, context: Context<'s>) -> SchemaId {
        static ANYTHING: Value = Value::Bool(true);
        self.diagnostics.push(
            Diagnostic::new(
                Code::Limit,
                format!("dynamic references lead here in more than {MOST_SPECIALISED} ways with others; from here on, every value is allowed"),
            )
            .at_location(&self.graph.locations, context.location)
            .help("use fewer dynamic anchors, or fewer schemas that claim the same one"),
        );
        if let Some(id) = self.ids.get(&(address(&ANYTHING), ScopeId::EMPTY)) {
            return *id;
        }
        let context = Context {
            scope: ScopeId::EMPTY,
            may_be_boolean: true,
            name: None,
            ..context
        };
        self.add(&ANYTHING, context)
    }

    fn read_schema(&mut self, value: &'s Value, context: Context<'s>) -> Schema<'s> {
        let mut schema = Schema::new(context.location);
        schema.definition_name = context.name;
        schema.in_operation = context.in_operation;
        match value {
            Value::Bool(answer) if context.may_be_boolean => schema.boolean = Some(*answer),
            Value::Object(members) => self.read_members(members, context, &mut schema),
            _ => self.not_a_schema(context),
        }
        schema
    }

    /// Says that a document looks like no schema.
    fn looks_like_data(&mut self, context: Context<'s>) {
        let sentence =
            "this document says nothing about values as a schema does; it looks like data";
        self.diagnostics.push(
            Diagnostic::new(Code::LooksLikeData, sentence)
                .at_location(&self.graph.locations, context.location)
                .help("give a sample to `--from-sample`, which infers a schema from it; put schemas that others refer to into `$defs`"),
        );
    }

    fn not_a_schema(&mut self, context: Context<'s>) {
        let expected = if context.may_be_boolean {
            "an object, `true` or `false`"
        } else {
            "an object"
        };
        let (_, pointer) = self.graph.locations.place(context.location);
        let help = match pointer.is_empty() {
            true => "a sample goes to `--from-sample`, which infers a schema from it",
            false => "replace it, for example by `{}`, which allows every value",
        };
        self.diagnostics.push(
            Diagnostic::new(
                Code::NotASchema,
                format!("a schema of {} is {expected}", context.dialect.draft.name),
            )
            .severity(self.index.invalid)
            .at_location(&self.graph.locations, context.location)
            .help(help),
        );
    }
}
