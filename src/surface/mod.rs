//! What others can use of an output: classes, fields, constants, variables, by name. Two of them are compared to find out what a
//! change of a schema breaks.
//!
//! ```no_run
//! use flowtypes::Generator;
//! use flowtypes::surface::compare;
//!
//! let old = Generator::new().schema("released/order.json").surface()?;
//! let new = Generator::new().schema("schemas/order.json").surface()?;
//! let breaks = compare(&old, &new).into_iter().filter(|change| change.breaks);
//! assert_eq!(breaks.count(), 0, "this needs a new first number");
//! # Ok::<(), flowtypes::Error>(())
//! ```

mod compare;
mod limit;
mod nullable;
mod parts;
mod proof;
mod rules;
mod settle;
#[cfg(test)]
mod tests;
mod turned;
mod whole;

use serde::Serialize;

pub use compare::{Change, How, compare};
pub(crate) use rules::Rules;

use crate::target::Target;

/// Something that others refer to by its name. A field and its name in JSON are two.
///
/// ```
/// let surface = flowtypes::Generator::new()
///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {"type": "string"}}}"#)
///     .target(flowtypes::Target::Rust)
///     .surface()?;
/// let names: Vec<&str> = surface.iter().map(|item| item.name.as_str()).collect();
/// assert_eq!(names, ["id", "id", "Default", "order::Order"]);
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Item {
    /// The target that it belongs to.
    pub target: Target,
    /// What it is.
    pub kind: Kind,
    /// The item that it is a part of; empty for one that stands by itself.
    pub parent: String,
    /// Its name.
    pub name: String,
    /// Its type or value, as far as it matters to those who use it.
    pub detail: String,
}

/// What an item is.
///
/// ```
/// use flowtypes::surface::Kind;
///
/// let surface = flowtypes::Generator::new()
///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {"type": "string"}}}"#)
///     .target(flowtypes::Target::Rust)
///     .surface()?;
/// assert!(surface.iter().any(|item| item.kind == Kind::Field && item.detail.contains("String")));
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Kind {
    /// A Rust struct or enum.
    Type,
    /// A field of a Rust struct, or what a type wraps.
    Field,
    /// A variant of a Rust enum.
    Variant,
    /// The name in JSON of a field in Rust or Apex.
    JsonName,
    /// A method or function of a Rust type.
    Method,
    /// A trait that a Rust type implements, beside those that all of them do.
    Trait,
    /// What a Rust method gives, or a type starts as, where the schema has a default.
    Default,
    /// An Apex-defined type.
    Class,
    /// A field of an Apex-defined type.
    ClassField,
    /// An Apex class of constants.
    Constants,
    /// A constant of one, which is a value that a text may have.
    Constant,
    /// An Apex class with code: an action, or what reads and writes a type.
    Code,
    /// A flow.
    Flow,
    /// A variable that whoever starts a flow may set.
    Input,
    /// A variable that whoever starts a flow may read.
    Output,
    /// A variable of a flow's own.
    Variable,
    /// A text that a flow gives one of its outputs.
    OutputValue,
    /// What a screen of a flow offers to choose from.
    Choice,
    /// A constant of a flow that no screen offers.
    FlowConstant,
    /// What is asked of values beside their shape.
    Rule,
}

impl Kind {
    /// The word for it.
    ///
    /// ```
    /// use flowtypes::surface::Kind;
    ///
    /// assert_eq!(Kind::ClassField.as_str(), "field");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Field | Self::ClassField => "field",
            Self::Variant => "variant",
            Self::JsonName => "name in JSON",
            Self::Method => "method",
            Self::Trait => "trait",
            Self::Default => "default",
            Self::Class | Self::Code => "class",
            Self::Constants => "class of constants",
            Self::Constant => "value",
            Self::Flow => "flow",
            Self::Input => "input",
            Self::Output => "output",
            Self::Variable => "variable",
            Self::OutputValue => "value of an output",
            Self::Choice => "choice",
            Self::FlowConstant => "constant",
            Self::Rule => "rule",
        }
    }
}

/// Everything that others can use of an output.
///
/// ```
/// let surface = flowtypes::Generator::new()
///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {"type": "string"}}}"#)
///     .target(flowtypes::Target::Rust)
///     .surface()?;
/// for item in surface.iter() {
///     println!("{} {}: {}", item.kind.as_str(), item.name, item.detail);
/// }
/// # Ok::<(), flowtypes::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surface {
    items: Vec<Item>,
    rules: Rules,
    /// The targets that see to it that values keep the rules.
    enforcers: Vec<Target>,
}

impl Surface {
    /// The items in the order of the output.
    ///
    /// ```
    /// let surface = flowtypes::Generator::new()
    ///     .schema_text("order.json", r#"{"title": "Order", "type": "object", "properties": {"id": {"type": "string"}}}"#)
    ///     .target(flowtypes::Target::Rust)
    ///     .surface()?;
    /// assert_eq!(surface.iter().filter(|item| item.parent.is_empty()).count(), 1);
    /// # Ok::<(), flowtypes::Error>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = &Item> {
        self.items.iter()
    }

    /// Says what is asked of values, and which targets see to it.
    pub(crate) fn set_rules(&mut self, rules: Rules, enforcers: Vec<Target>) {
        (self.rules, self.enforcers) = (rules, enforcers);
    }

    /// Adds an item that stands by itself.
    pub(crate) fn add(&mut self, target: Target, kind: Kind, name: &str, detail: &str) {
        self.add_part(target, kind, "", name, detail);
    }

    /// Adds the items of another one after its own.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.items.append(&mut other.items);
    }

    /// Adds a part of another item.
    pub(crate) fn add_part(
        &mut self,
        target: Target,
        kind: Kind,
        parent: &str,
        name: &str,
        detail: &str,
    ) {
        self.items.push(Item {
            target,
            kind,
            parent: parent.to_owned(),
            name: name.to_owned(),
            // Line breaks of a long declaration say nothing.
            detail: detail.split_whitespace().collect::<Vec<_>>().join(" "),
        });
    }
}
