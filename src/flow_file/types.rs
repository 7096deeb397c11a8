//! The types of Flow's resources and values, as far as a file tells them.

use roxmltree::Node;

use super::xml;

/// What a resource or a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Base {
    /// Text, and picklists, whose values are texts.
    Text,
    /// Several texts in one, as a multi-select picklist holds them.
    Texts,
    /// A number or an amount of money.
    Number,
    Boolean,
    /// A date, with or without a time: Flow turns one into the other.
    Date,
    Time,
    /// A record, with its object if the file says it.
    Record(Option<String>),
    /// An Apex-defined value, with its class.
    Apex(String),
    /// The file does not say it.
    Unknown,
}

/// A base type, single or a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Type {
    pub base: Base,
    /// None if the file does not say it.
    pub many: Option<bool>,
}

impl Type {
    pub fn unknown() -> Self {
        Self {
            base: Base::Unknown,
            many: None,
        }
    }

    pub fn one(base: Base) -> Self {
        Self {
            base,
            many: Some(false),
        }
    }

    pub fn many(base: Base) -> Self {
        Self {
            base,
            many: Some(true),
        }
    }

    /// The type of one item of a collection.
    pub fn item(self) -> Self {
        Self {
            many: self.many.map(|_| false),
            ..self
        }
    }

    /// What `dataType` and its companions in a variable or a transform say.
    pub fn declared(node: Node<'_, '_>) -> Self {
        let base = match xml::text_of(node, "dataType") {
            Some("SObject") => Base::Record(xml::text_of(node, "objectType").map(str::to_owned)),
            Some("Apex") => xml::text_of(node, "apexClass")
                .map_or(Base::Unknown, |class| Base::Apex(class.to_owned())),
            Some(word) => scalar(word),
            None => Base::Unknown,
        };
        Self {
            base,
            many: Some(xml::is_true(node, "isCollection")),
        }
    }

    /// The type for people, such as `collection of texts`.
    pub fn shown(&self) -> String {
        let base = self.base.shown();
        match self.many {
            Some(true) => format!("a collection of {base} values"),
            Some(false) | None => format!("a single {base} value"),
        }
    }
}

impl Base {
    /// The type for people.
    pub fn shown(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Texts => "multi-select text".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Boolean => "Boolean".to_owned(),
            Self::Date => "date".to_owned(),
            Self::Time => "time".to_owned(),
            Self::Record(Some(object)) => format!("{object} record"),
            Self::Record(None) => "record".to_owned(),
            Self::Apex(class) => format!("Apex-defined {class}"),
            Self::Unknown => "unknown".to_owned(),
        }
    }
}

/// The base type that a word of `FlowDataType` names, records and Apex-defined values aside.
pub(crate) fn scalar(word: &str) -> Base {
    match word {
        "String" | "Picklist" => Base::Text,
        "Multipicklist" => Base::Texts,
        "Number" | "Currency" => Base::Number,
        "Boolean" => Base::Boolean,
        "Date" | "DateTime" => Base::Date,
        "Time" => Base::Time,
        "SObject" => Base::Record(None),
        _ => Base::Unknown,
    }
}

/// How sure it is that a value does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    Fits,
    /// Flow Builder does not offer it; a conversion that is not documented may save it.
    Doubtful,
    Wrong,
}

/// Whether a value of one base type can be put where another one is expected. Flow turns every scalar value into text.
pub(crate) fn fit(target: &Base, value: &Base) -> Fit {
    use Base::{Apex, Boolean, Date, Number, Record, Text, Texts, Time, Unknown};
    match (target, value) {
        (Unknown, _) | (_, Unknown) => Fit::Fits,
        (Record(a), Record(b)) => match (a, b) {
            (Some(a), Some(b)) if !a.eq_ignore_ascii_case(b) => Fit::Wrong,
            (Some(_) | None, Some(_) | None) => Fit::Fits,
        },
        (Apex(a), Apex(b)) if a.eq_ignore_ascii_case(b) => Fit::Fits,
        (Record(_) | Apex(_), _) | (_, Record(_) | Apex(_)) => Fit::Wrong,
        (Text | Texts, Text | Texts | Number | Boolean | Date | Time)
        | (Number, Number)
        | (Boolean, Boolean)
        | (Date, Date)
        | (Time, Time) => Fit::Fits,
        (Number | Boolean | Date | Time, Text | Texts | Number | Boolean | Date | Time) => {
            Fit::Doubtful
        }
    }
}

/// The type of a literal in a `value` element, with the element that holds it; none for a reference or nothing.
pub(crate) fn literal<'a, 'x>(value: Node<'a, 'x>) -> Option<(Node<'a, 'x>, Base)> {
    xml::elements(value).find_map(|one| {
        let base = match one.tag_name().name() {
            "stringValue" => Base::Text,
            "numberValue" => Base::Number,
            "booleanValue" => Base::Boolean,
            "dateValue" | "dateTimeValue" => Base::Date,
            "timeValue" => Base::Time,
            _ => return None,
        };
        Some((one, base))
    })
}
