//! The keywords whose meaning does not depend on their neighbours.

use serde_json::Value;

use super::index::Context;
use super::keyword::Keyword;
use super::reader::Reader;
use super::values::{self, Unfit};
use crate::ir::{Bound, Format};
use crate::schema::Schema;

impl<'s> Reader<'s, '_> {
    /// A keyword whose meaning does not depend on its neighbours.
    pub(super) fn read_keyword(
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
            Keyword::Examples => schema.docs.values.examples.extend(values::list(value)?),
            Keyword::Example => schema.docs.values.examples.push(value),
            Keyword::Deprecated => schema.docs.deprecated = values::boolean(value)?,
            Keyword::ReadOnly => schema.read_only = values::boolean(value)?,
            Keyword::WriteOnly => schema.write_only = values::boolean(value)?,
            Keyword::Enum => schema.narrow_values(values::list(value)?.iter().collect()),
            Keyword::Const => schema.narrow_values(vec![value]),
            Keyword::AllOf => schema.composition.all_of = self.many(value, context)?,
            Keyword::AnyOf => schema.composition.any_of = self.many(value, context)?,
            Keyword::OneOf => schema.composition.one_of = self.many(value, context)?,
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
            Keyword::AdditionalProperties => object.additional = Some(self.one(value, context)?),
            Keyword::PropertyNames => object.names = Some(self.one(value, context)?),
            Keyword::MinProperties => object.size.min = Some(values::size(value)?),
            Keyword::MaxProperties => object.size.max = Some(values::size(value)?),
            Keyword::DependentRequired => {
                let entries = values::members(value)?;
                object.dependent_required = entries
                    .map(|(name, entry)| Ok((name, values::texts(entry)?)))
                    .collect::<Result<_, Unfit>>()?;
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
            | Keyword::Nullable
            | Keyword::Pattern
            | Keyword::PatternProperties
            | Keyword::Discriminator
            | Keyword::DiscriminatorValue
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
}
