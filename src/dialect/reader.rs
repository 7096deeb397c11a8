//! From keywords to schemas: one pass over every schema that can be reached, in the order it is met.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::index::{Context, Index, address};
use super::keyword::Keyword;
use super::values::{self, Unfit, UnfitType};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{DocumentSet, Role};
use crate::ir::{Bound, Format};
use crate::schema::location::Segment;
use crate::schema::{DocumentSchemas, Schema, SchemaGraph, SchemaId};

pub(super) struct Reader<'s, 'd> {
    pub(super) documents: &'s DocumentSet,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) graph: SchemaGraph<'s>,
    pub(super) index: Index<'s>,
    ids: HashMap<usize, SchemaId>,
    /// The schemas that have an id, in its order; those beyond `graph.schemas` are still to be read.
    met: Vec<(&'s Value, Context<'s>)>,
}

impl<'s, 'd> Reader<'s, 'd> {
    pub(super) fn new(documents: &'s DocumentSet, diagnostics: &'d mut Diagnostics) -> Self {
        let mut graph = SchemaGraph::default();
        let index = Index::new(documents, &mut graph.locations, diagnostics);
        Self {
            documents,
            diagnostics,
            graph,
            index,
            ids: HashMap::new(),
            met: Vec::new(),
        }
    }

    pub(super) fn read(mut self) -> SchemaGraph<'s> {
        for (document, source) in self
            .documents
            .iter()
            .filter(|(_, source)| source.role == Role::Input)
        {
            let (root, definitions) = self.offer(&source.value);
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
        self.graph
    }

    /// The root schema and the definitions of an input.
    fn offer(&mut self, root: &'s Value) -> (Option<SchemaId>, Vec<(&'s str, SchemaId)>) {
        let Some(context) = self.index.context(root) else {
            return (None, Vec::new());
        };
        let id = self.id_of(root, context);
        let mut definitions = Vec::new();
        let members = root.as_object().into_iter().flatten();
        for (word, member) in members {
            if (context.dialect.keyword)(word) == Some(Keyword::Definitions)
                && let Value::Object(entries) = member
            {
                for (name, entry) in entries {
                    if let Some(context) = self.index.context(entry) {
                        definitions.push((name.as_str(), self.id_of(entry, context)));
                    }
                }
            }
        }
        (Some(id), definitions)
    }

    /// Rows for the documents that are only referred to, with what was reached in them.
    fn add_referred_documents(&mut self) {
        for (document, source) in self
            .documents
            .iter()
            .filter(|(_, source)| source.role == Role::Referred)
        {
            let root = self.ids.get(&address(&source.value)).copied();
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
        let next = SchemaId(u32::try_from(self.met.len()).unwrap_or(u32::MAX));
        *self.ids.entry(address(value)).or_insert_with(|| {
            self.met.push((value, context));
            next
        })
    }

    fn read_schema(&mut self, value: &'s Value, context: Context<'s>) -> Schema<'s> {
        let mut schema = Schema::new(context.location);
        schema.definition_name = context.name;
        match value {
            Value::Bool(answer) if context.dialect.boolean_schemas => {
                schema.boolean = Some(*answer)
            }
            Value::Object(members) => self.read_members(members, context, &mut schema),
            _ => {
                let expected = if context.dialect.boolean_schemas {
                    "an object, `true` or `false`"
                } else {
                    "an object"
                };
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::NotASchema,
                        format!("a schema of draft {} is {expected}", context.dialect.name),
                    )
                    .at_location(&self.graph.locations, context.location)
                    .help("replace it, for example by `{}`, which allows every value"),
                );
            }
        }
        schema
    }

    fn read_members(
        &mut self,
        members: &'s Map<String, Value>,
        context: Context<'s>,
        schema: &mut Schema<'s>,
    ) {
        let only_ref = !context.dialect.siblings_of_ref && members.contains_key("$ref");
        let mut additional_items = None;
        let mut items_is_list = false;
        let (mut above_minimum, mut below_maximum) = (false, false);
        for (word, value) in members {
            let Some(keyword) = (context.dialect.keyword)(word) else {
                continue;
            };
            // Beside `$ref`, older drafts ignore what says something about values; words for people stay.
            let counts = matches!(
                keyword,
                Keyword::Ref | Keyword::Title | Keyword::Description | Keyword::Default
            );
            if only_ref && !counts {
                continue;
            }
            let outcome = match keyword {
                Keyword::Type => {
                    self.read_type(value, context, schema);
                    Ok(())
                }
                Keyword::Ref | Keyword::DynamicRef | Keyword::RecursiveRef => values::text(value)
                    .map(|text| {
                        schema.references.extend(self.resolve(text, word, context));
                    }),
                Keyword::ItemsOrPrefix if value.is_array() => {
                    items_is_list = true;
                    self.many(value, context)
                        .map(|ids| schema.array.prefix = ids)
                }
                Keyword::AdditionalItems => self
                    .one(value, context)
                    .map(|id| additional_items = Some(id)),
                Keyword::ExclusiveMinimumFlag => {
                    values::boolean(value).map(|flag| above_minimum = flag)
                }
                Keyword::ExclusiveMaximumFlag => {
                    values::boolean(value).map(|flag| below_maximum = flag)
                }
                Keyword::Dependencies => self.read_dependencies(value, context, schema),
                _ => self.read_keyword(keyword, value, context, schema),
            };
            if let Err(Unfit(expected)) = outcome {
                self.invalid(word, expected, context);
            }
        }
        if items_is_list {
            schema.array.rest = additional_items;
        }
        if above_minimum && let Some(bound) = &mut schema.number.minimum {
            bound.exclusive = true;
        }
        if below_maximum && let Some(bound) = &mut schema.number.maximum {
            bound.exclusive = true;
        }
    }

    /// A keyword whose meaning does not depend on its neighbours.
    fn read_keyword(
        &mut self,
        keyword: Keyword,
        value: &'s Value,
        context: Context<'s>,
        schema: &mut Schema<'s>,
    ) -> Result<(), Unfit> {
        let array = &mut schema.array;
        let object = &mut schema.object;
        match keyword {
            Keyword::Title => schema.docs.title = Some(values::text(value)?),
            Keyword::Description => schema.docs.description = Some(values::text(value)?),
            Keyword::Default => schema.docs.default = Some(value),
            Keyword::Examples => schema.docs.examples = values::list(value)?.iter().collect(),
            Keyword::Deprecated => schema.docs.deprecated = values::boolean(value)?,
            Keyword::ReadOnly => schema.read_only = values::boolean(value)?,
            Keyword::WriteOnly => schema.write_only = values::boolean(value)?,
            Keyword::Enum => schema.narrow_values(values::list(value)?.iter().collect()),
            Keyword::Const => schema.narrow_values(vec![value]),
            Keyword::AllOf => schema.all_of = self.many(value, context)?,
            Keyword::AnyOf => schema.any_of = self.many(value, context)?,
            Keyword::OneOf => schema.one_of = self.many(value, context)?,
            Keyword::Not => schema.logic.not = Some(self.one(value, context)?),
            Keyword::If => schema.logic.condition = Some(self.one(value, context)?),
            Keyword::Then => schema.logic.consequence = Some(self.one(value, context)?),
            Keyword::Else => schema.logic.alternative = Some(self.one(value, context)?),
            Keyword::Minimum => schema.number.narrow_minimum(Bound {
                value: values::number(value)?,
                exclusive: false,
            }),
            Keyword::Maximum => schema.number.narrow_maximum(Bound {
                value: values::number(value)?,
                exclusive: false,
            }),
            Keyword::ExclusiveMinimum => {
                schema.number.narrow_minimum(Bound {
                    value: values::number(value)?,
                    exclusive: true,
                });
            }
            Keyword::ExclusiveMaximum => {
                schema.number.narrow_maximum(Bound {
                    value: values::number(value)?,
                    exclusive: true,
                });
            }
            Keyword::MultipleOf => schema.number.multiple_of = vec![values::positive(value)?],
            Keyword::MinLength => schema.length.min = Some(values::size(value)?),
            Keyword::MaxLength => schema.length.max = Some(values::size(value)?),
            Keyword::Pattern => schema.pattern = Some(values::text(value)?),
            Keyword::Format => schema.format = Some(Format::new(values::text(value)?)),
            Keyword::PrefixItems => array.prefix = self.many(value, context)?,
            Keyword::Items | Keyword::ItemsOrPrefix => array.rest = Some(self.one(value, context)?),
            Keyword::MinItems => array.size.min = Some(values::size(value)?),
            Keyword::MaxItems => array.size.max = Some(values::size(value)?),
            Keyword::UniqueItems => array.unique = values::boolean(value)?,
            Keyword::Contains => array.contains = Some(self.one(value, context)?),
            Keyword::MinContains => array.contains_size.min = Some(values::size(value)?),
            Keyword::MaxContains => array.contains_size.max = Some(values::size(value)?),
            Keyword::UnevaluatedItems => array.unevaluated = Some(self.one(value, context)?),
            Keyword::Properties => object.properties = self.named(value, context)?,
            Keyword::Required => object.required = values::texts(value)?,
            Keyword::PatternProperties => object.patterns = self.named(value, context)?,
            Keyword::AdditionalProperties => object.additional = Some(self.one(value, context)?),
            Keyword::PropertyNames => object.names = Some(self.one(value, context)?),
            Keyword::MinProperties => object.size.min = Some(values::size(value)?),
            Keyword::MaxProperties => object.size.max = Some(values::size(value)?),
            Keyword::DependentRequired => {
                for (name, entry) in members(value)? {
                    object
                        .dependent_required
                        .push((name, values::texts(entry)?));
                }
            }
            Keyword::DependentSchemas => object.dependent_schemas = self.named(value, context)?,
            Keyword::UnevaluatedProperties => object.unevaluated = Some(self.one(value, context)?),
            Keyword::Id | Keyword::Dialect => {
                values::text(value)?;
            }
            // Identifiers and definitions are in the index; the rest needs its neighbours.
            Keyword::Anchor
            | Keyword::DynamicAnchor
            | Keyword::RecursiveAnchor
            | Keyword::Definitions
            | Keyword::Type
            | Keyword::Ref
            | Keyword::DynamicRef
            | Keyword::RecursiveRef
            | Keyword::AdditionalItems
            | Keyword::ExclusiveMinimumFlag
            | Keyword::ExclusiveMaximumFlag
            | Keyword::Dependencies => {}
        }
        Ok(())
    }

    fn read_type(&mut self, value: &'s Value, context: Context<'s>, schema: &mut Schema<'s>) {
        match values::kinds(value) {
            Ok(kinds) => schema.kinds = Some(kinds),
            Err(UnfitType::Shape) => {
                self.invalid("type", "the name of a type, or a list of them", context)
            }
            Err(UnfitType::Word(word)) => {
                let place = self
                    .graph
                    .locations
                    .child(context.location, Segment::Key("type"));
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownType,
                        format!("`{word}` is not a type of JSON Schema"),
                    )
                    .at_location(&self.graph.locations, place)
                    .help(values::type_advice(word)),
                );
            }
        }
    }

    fn read_dependencies(
        &mut self,
        value: &'s Value,
        context: Context<'s>,
        schema: &mut Schema<'s>,
    ) -> Result<(), Unfit> {
        for (name, entry) in members(value)? {
            if entry.is_array() {
                schema
                    .object
                    .dependent_required
                    .push((name, values::texts(entry)?));
            } else {
                schema
                    .object
                    .dependent_schemas
                    .push((name, self.one(entry, context)?));
            }
        }
        Ok(())
    }

    fn one(&mut self, value: &'s Value, context: Context<'s>) -> Result<SchemaId, Unfit> {
        // What the index did not take for a schema is read in the context around it, to be reported there.
        let context = self.index.context(value).unwrap_or(context);
        Ok(self.id_of(value, context))
    }

    fn many(&mut self, value: &'s Value, context: Context<'s>) -> Result<Vec<SchemaId>, Unfit> {
        match value {
            Value::Array(items) if !items.is_empty() => {
                items.iter().map(|item| self.one(item, context)).collect()
            }
            _ => Err(Unfit("a list of schemas with at least one in it")),
        }
    }

    fn named(
        &mut self,
        value: &'s Value,
        context: Context<'s>,
    ) -> Result<Vec<(&'s str, SchemaId)>, Unfit> {
        members(value)?
            .map(|(name, entry)| Ok((name, self.one(entry, context)?)))
            .collect()
    }

    fn invalid(&mut self, word: &'s str, expected: &str, context: Context<'s>) {
        let place = self
            .graph
            .locations
            .child(context.location, Segment::Key(word));
        self.diagnostics.push(
            Diagnostic::new(Code::InvalidKeyword, format!("`{word}` must be {expected}"))
                .at_location(&self.graph.locations, place)
                .help(format!(
                    "draft {} says so; correct the value, or remove the keyword",
                    context.dialect.name
                )),
        );
    }
}

fn members(value: &Value) -> Result<impl Iterator<Item = (&str, &Value)>, Unfit> {
    match value {
        Value::Object(members) => Ok(members.iter().map(|(name, entry)| (name.as_str(), entry))),
        _ => Err(Unfit("an object")),
    }
}
