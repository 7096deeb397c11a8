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
    /// `example` of OpenAPI: one of the examples.
    Example,
    Deprecated,
    ReadOnly,
    WriteOnly,
    Type,
    /// `nullable` of OpenAPI 3.0: `null` is one of the types.
    Nullable,
    /// `discriminator` of OpenAPI: the property that tells alternatives apart.
    Discriminator,
    /// The text by which a `discriminator` knows a schema; a word that AutoRest brought.
    DiscriminatorValue,
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
            | Self::Example
            | Self::Deprecated
            | Self::ReadOnly
            | Self::WriteOnly
            | Self::Type
            | Self::Nullable
            | Self::Discriminator
            | Self::DiscriminatorValue
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

    /// Whether it says something about values or what becomes of them, not to people alone.
    pub(super) fn says_something(self) -> bool {
        match self.vocabulary() {
            Vocabulary::Core | Vocabulary::Content => false,
            Vocabulary::MetaData => matches!(self, Self::ReadOnly | Self::WriteOnly),
            Vocabulary::Applicator
            | Vocabulary::Unevaluated
            | Vocabulary::Validation
            | Vocabulary::Format
            | Vocabulary::OpenApi => !matches!(self, Self::Example | Self::DiscriminatorValue),
        }
    }

    /// The vocabulary that it belongs to.
    pub(super) fn vocabulary(self) -> Vocabulary {
        match self {
            Self::Id
            | Self::Anchor
            | Self::DynamicAnchor
            | Self::RecursiveAnchor
            | Self::Dialect
            | Self::Ref
            | Self::DynamicRef
            | Self::RecursiveRef
            | Self::Definitions => Vocabulary::Core,
            Self::AllOf
            | Self::AnyOf
            | Self::OneOf
            | Self::Not
            | Self::If
            | Self::Then
            | Self::Else
            | Self::PrefixItems
            | Self::Items
            | Self::ItemsOrPrefix
            | Self::AdditionalItems
            | Self::Contains
            | Self::Properties
            | Self::PatternProperties
            | Self::AdditionalProperties
            | Self::PropertyNames
            | Self::DependentSchemas
            | Self::Dependencies => Vocabulary::Applicator,
            Self::UnevaluatedItems | Self::UnevaluatedProperties => Vocabulary::Unevaluated,
            Self::Title
            | Self::Description
            | Self::Default
            | Self::Examples
            | Self::Deprecated
            | Self::ReadOnly
            | Self::WriteOnly => Vocabulary::MetaData,
            Self::Format => Vocabulary::Format,
            Self::Example | Self::Nullable | Self::Discriminator | Self::DiscriminatorValue => {
                Vocabulary::OpenApi
            }
            Self::Type
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
            | Self::MinItems
            | Self::MaxItems
            | Self::UniqueItems
            | Self::MinContains
            | Self::MaxContains
            | Self::Required
            | Self::MinProperties
            | Self::MaxProperties
            | Self::DependentRequired => Vocabulary::Validation,
        }
    }
}

/// A part of a dialect that a meta-schema can leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Vocabulary {
    Core,
    Applicator,
    Unevaluated,
    Validation,
    MetaData,
    Format,
    /// What schemas say about encoded texts: nothing that is checked.
    Content,
    OpenApi,
}

/// A set of vocabularies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct VocabularySet(u8);

impl VocabularySet {
    pub(super) const ALL: Self = Self(0xff);
    /// What every dialect has.
    pub(super) const CORE: Self = Self(1 << Vocabulary::Core as u8);

    pub(super) fn insert(&mut self, vocabulary: Vocabulary) {
        self.0 |= 1 << vocabulary as u8;
    }

    pub(super) fn contains(self, vocabulary: Vocabulary) -> bool {
        self.0 & (1 << vocabulary as u8) != 0
    }
}
