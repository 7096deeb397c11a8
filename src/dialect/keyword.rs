//! What a keyword can mean, whatever a dialect calls it.

/// The meaning of a keyword. A dialect maps its words to these; where two dialects mean different things by one
/// word, there are two of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    Id,
    Anchor,
    DynamicAnchor,
    RecursiveAnchor,
    Dialect,
    Ref,
    DynamicRef,
    RecursiveRef,
    Definitions,
    Title,
    Description,
    Default,
    Examples,
    Deprecated,
    ReadOnly,
    WriteOnly,
    Type,
    Enum,
    Const,
    AllOf,
    AnyOf,
    OneOf,
    Not,
    If,
    Then,
    Else,
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    /// `exclusiveMinimum: true` of draft 4, which changes what `minimum` means.
    ExclusiveMinimumFlag,
    ExclusiveMaximumFlag,
    MultipleOf,
    MinLength,
    MaxLength,
    Pattern,
    Format,
    PrefixItems,
    /// `items` from 2020-12 on: all elements after the prefix.
    Items,
    /// `items` before 2020-12: a schema for all elements, or a list of schemas for the first ones.
    ItemsOrPrefix,
    /// `additionalItems`: the elements after a list in `items`; says nothing without one.
    AdditionalItems,
    MinItems,
    MaxItems,
    UniqueItems,
    Contains,
    MinContains,
    MaxContains,
    UnevaluatedItems,
    Properties,
    Required,
    PatternProperties,
    AdditionalProperties,
    PropertyNames,
    MinProperties,
    MaxProperties,
    DependentRequired,
    DependentSchemas,
    /// `dependencies` before 2019-09: both of the above, told apart by the value.
    Dependencies,
    UnevaluatedProperties,
}

/// Where the value of a keyword holds schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Nothing,
    Schema,
    List,
    SchemaOrList,
    Map,
    /// The map's keys are names that people gave.
    Definitions,
}

impl Keyword {
    pub(super) fn holds(self) -> Holds {
        match self {
            Self::Not
            | Self::If
            | Self::Then
            | Self::Else
            | Self::Items
            | Self::AdditionalItems
            | Self::Contains
            | Self::UnevaluatedItems
            | Self::AdditionalProperties
            | Self::PropertyNames
            | Self::UnevaluatedProperties => Holds::Schema,
            Self::AllOf | Self::AnyOf | Self::OneOf | Self::PrefixItems => Holds::List,
            Self::ItemsOrPrefix => Holds::SchemaOrList,
            Self::Properties
            | Self::PatternProperties
            | Self::DependentSchemas
            | Self::Dependencies => Holds::Map,
            Self::Definitions => Holds::Definitions,
            Self::Id
            | Self::Anchor
            | Self::DynamicAnchor
            | Self::RecursiveAnchor
            | Self::Dialect
            | Self::Ref
            | Self::DynamicRef
            | Self::RecursiveRef
            | Self::Title
            | Self::Description
            | Self::Default
            | Self::Examples
            | Self::Deprecated
            | Self::ReadOnly
            | Self::WriteOnly
            | Self::Type
            | Self::Enum
            | Self::Const
            | Self::Minimum
            | Self::Maximum
            | Self::ExclusiveMinimum
            | Self::ExclusiveMaximum
            | Self::ExclusiveMinimumFlag
            | Self::ExclusiveMaximumFlag
            | Self::MultipleOf
            | Self::MinLength
            | Self::MaxLength
            | Self::Pattern
            | Self::Format
            | Self::MinItems
            | Self::MaxItems
            | Self::UniqueItems
            | Self::MinContains
            | Self::MaxContains
            | Self::Required
            | Self::MinProperties
            | Self::MaxProperties
            | Self::DependentRequired => Holds::Nothing,
        }
    }
}
