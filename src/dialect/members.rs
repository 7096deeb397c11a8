//! From the members of a schema to what they mean together.

use serde_json::{Map, Value};

use super::index::Context;
use super::keyword::Keyword;
use super::openapi;
use super::ranges;
use super::reader::Reader;
use super::values::{self, Unfit, UnfitType, member};
use crate::config::FormatMode;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::kinds::{Kind, KindSet};
use crate::schema::location::Segment;
use crate::schema::{Discriminator, Schema, SchemaId};

impl<'s> Reader<'s, '_> {
    pub(super) fn read_members(
        &mut self,
        members: &'s Map<String, Value>,
        context: Context<'s>,
        schema: &mut Schema<'s>,
    ) {
        let only_ref = !context.dialect.draft.siblings_of_ref && member(members, "$ref").is_some();
        let mut passed_over: Vec<&str> = Vec::new();
        let mut additional_items = None;
        let mut items_is_list = false;
        let (mut above_minimum, mut below_maximum) = (false, false);
        let mut nullable = false;
        for (word, value) in members {
            let Some(keyword) = context.dialect.keyword(word) else {
                continue;
            };
            // Beside `$ref`, older drafts ignore what says something about values; words for people stay.
            let counts = matches!(
                keyword,
                Keyword::Ref | Keyword::Title | Keyword::Description | Keyword::Default
            );
            if only_ref && !counts {
                if keyword.says_something() {
                    passed_over.push(word.as_str());
                }
                continue;
            }
            let outcome = match keyword {
                Keyword::Type => {
                    self.read_type(value, context, schema);
                    Ok(())
                }
                Keyword::Ref | Keyword::DynamicRef | Keyword::RecursiveRef => values::text(value)
                    .map(|text| match self.resolve(text, keyword, word, context) {
                        Some(target) => schema.references.push(target),
                        None => self.doubt(),
                    }),
                Keyword::ItemsOrPrefix if value.is_array() => {
                    items_is_list = true;
                    self.many(value, context)
                        .map(|ids| schema.array.prefix = ids)
                }
                Keyword::Items if value.is_array() => {
                    self.list_of_items(word, context);
                    Ok(())
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
                Keyword::Pattern => self
                    .read_pattern(value, word, context)
                    .map(|pattern| schema.pattern = pattern),
                Keyword::PatternProperties => self
                    .read_patterns(value, word, context)
                    .map(|patterns| schema.object.patterns = patterns),
                Keyword::Nullable => values::boolean(value).map(|flag| nullable = flag),
                Keyword::Discriminator => self.read_discriminator(value, word, context, schema),
                Keyword::DiscriminatorValue => {
                    if let Some(text) = value.as_str() {
                        let id = self.current();
                        self.graph.discriminator_values.insert(id, text);
                    }
                    Ok(())
                }
                Keyword::Dependencies => self.read_dependencies(value, context, schema),
                _ => self.read_keyword(keyword, value, context, schema),
            };
            if let Err(Unfit(expected)) = outcome {
                self.invalid(word, expected, context);
            }
        }
        if !only_ref {
            self.read_value_words(members, context, schema);
        }
        if !passed_over.is_empty() {
            self.beside_ref(&passed_over, context);
        }
        if nullable {
            self.add_null(context, schema);
        }
        if schema.format.is_some() {
            schema.asserts_format = match self.formats {
                Some(mode) => mode == FormatMode::Assertion,
                None => context.dialect.asserts_format,
            };
        }
        ranges::narrow(schema);
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

    /// Says which keywords count for nothing, because a `$ref` is beside them.
    fn beside_ref(&mut self, words: &[&str], context: Context<'s>) {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let verb = if words.len() == 1 { "says" } else { "say" };
        let draft = context.dialect.draft.name;
        self.doubt();
        self.diagnostics.push(
            Diagnostic::new(
                Code::NoEffect,
                format!(
                    "{} {verb} nothing beside `$ref` in {draft}",
                    words.join(", ")
                ),
            )
            .at_location(&self.graph.locations, context.location)
            .help("put the reference into an `allOf`, and both count"),
        );
    }

    /// `nullable` adds to a `type` beside it, and to nothing else.
    fn add_null(&mut self, context: Context<'s>, schema: &mut Schema<'s>) {
        if let Some(kinds) = &mut schema.kinds {
            *kinds = kinds.union(KindSet::of(Kind::Null));
            return;
        }
        self.diagnostics.push(
            Diagnostic::new(
                Code::NoEffect,
                "`nullable` says nothing without a `type` beside it",
            )
            .at_location(&self.graph.locations, context.location)
            .help("to allow `null` beside a reference, write `anyOf` with the reference and a schema whose `enum` is `[null]`"),
        );
    }

    fn read_type(&mut self, value: &'s Value, context: Context<'s>, schema: &mut Schema<'s>) {
        match values::kinds(value) {
            Ok(kinds) => schema.kinds = Some(kinds),
            Err(UnfitType::Shape) => {
                self.invalid("type", "the name of a type, or a list of them", context)
            }
            Err(UnfitType::Word(word)) => {
                self.doubt();
                let place = self
                    .graph
                    .locations
                    .child(context.location, Segment::Key("type"));
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownType,
                        format!("`{word}` is not a type of JSON Schema"),
                    )
                    .severity(self.index.invalid)
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
        let mut required = Vec::new();
        let mut schemas = Vec::new();
        for (name, entry) in values::members(value)? {
            match entry {
                Value::Array(_) => required.push((name, values::texts(entry)?)),
                // Draft 3 wrote a single name.
                Value::String(_) => return Err(Unfit("an object of schemas and lists of names")),
                _ => schemas.push((name, self.one(entry, context)?)),
            }
        }
        schema.object.dependent_required.extend(required);
        schema.object.dependent_schemas.extend(schemas);
        Ok(())
    }

    fn read_discriminator(
        &mut self,
        value: &'s Value,
        word: &'s str,
        context: Context<'s>,
        schema: &mut Schema<'s>,
    ) -> Result<(), Unfit> {
        let unfit = || Unfit("an object with a `propertyName`, and a `mapping` of texts");
        let property = value.get("propertyName").and_then(Value::as_str);
        let property = property.ok_or_else(unfit)?;
        let mut mapping = Vec::new();
        if let Some(entries) = value.get("mapping") {
            for (tag, target) in values::members(entries)? {
                let target = target.as_str().ok_or_else(unfit)?;
                let root = self.index.resource(context.resource).root;
                let id = match openapi::component(root, target) {
                    Some(component) => Some(self.one(component, context)?),
                    None => self.resolve(target, Keyword::Ref, word, context),
                };
                mapping.extend(id.map(|id| (tag, id)));
            }
        }
        schema.discriminator = Some(Box::new(Discriminator { property, mapping }));
        Ok(())
    }

    pub(super) fn one(
        &mut self,
        value: &'s Value,
        context: Context<'s>,
    ) -> Result<SchemaId, Unfit> {
        // What the index has not met is read in the context around it.
        let target = self.index.context(value).unwrap_or(context);
        let target = self.enter(context, target);
        Ok(self.id_of(value, target))
    }

    pub(super) fn many(
        &mut self,
        value: &'s Value,
        context: Context<'s>,
    ) -> Result<Vec<SchemaId>, Unfit> {
        match value {
            Value::Array(items) if !items.is_empty() => {
                items.iter().map(|item| self.one(item, context)).collect()
            }
            _ => Err(Unfit("a list of schemas with at least one in it")),
        }
    }

    pub(super) fn named(
        &mut self,
        value: &'s Value,
        context: Context<'s>,
    ) -> Result<Vec<(&'s str, SchemaId)>, Unfit> {
        values::members(value)?
            .map(|(name, entry)| Ok((name, self.one(entry, context)?)))
            .collect()
    }

    /// Says what became of `items` with a list, which people keep from older drafts.
    fn list_of_items(&mut self, word: &'s str, context: Context<'s>) {
        let place = self
            .graph
            .locations
            .child(context.location, Segment::Key(word));
        let draft = context.dialect.draft.name;
        self.diagnostics.push(
            Diagnostic::new(
                Code::NotASchema,
                format!("`items` of {draft} is one schema, not a list of them"),
            )
            .severity(self.index.invalid)
            .at_location(&self.graph.locations, place)
            .help("call the list `prefixItems`; what `additionalItems` says of the elements after it belongs into `items`"),
        );
    }

    fn invalid(&mut self, word: &'s str, expected: &str, context: Context<'s>) {
        self.doubt();
        let is_bound = matches!(word, "exclusiveMinimum" | "exclusiveMaximum");
        let way = match expected {
            "a number" if is_bound => {
                "correct the value, or say with `$schema` or --default-dialect that this is draft 4, where it is true or false"
            }
            _ if is_bound => {
                "correct the value, or say with `$schema` that this is a later draft, where it is a number"
            }
            _ => "correct the value, or remove the keyword",
        };
        let place = self
            .graph
            .locations
            .child(context.location, Segment::Key(word));
        self.diagnostics.push(
            Diagnostic::new(Code::InvalidKeyword, format!("`{word}` must be {expected}"))
                .severity(self.index.invalid)
                .at_location(&self.graph.locations, place)
                .help(format!("{} says so; {way}", context.dialect.draft.name)),
        );
    }
}
