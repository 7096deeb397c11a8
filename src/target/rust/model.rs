//! What the templates render: final text, and no choices left but the kind of item.

use std::rc::Rc;

use askama::Template;

use super::checks::{Pattern, Table};

/// What a file with types begins with.
#[derive(Template)]
#[template(path = "rust/head.rs", config = "templates/askama.toml")]
pub(super) struct Head {
    /// The schemas that it is made from.
    pub sources: String,
    /// The crates that the types need, where the user has chosen some.
    pub crates: Option<String>,
    /// The `use` lines.
    pub uses: Vec<&'static str>,
}

impl Head {
    /// The text of the file: this, the items and what comes after them, in the room that the items have, for they are most of it.
    pub(super) fn around(&self, mut items: String, rest: &str) -> askama::Result<String> {
        let head = self.render()?;
        items.reserve_exact(head.len() + rest.len());
        items.insert_str(0, &head);
        items.push_str(rest);
        Ok(items)
    }
}

/// What the types of a single file need, after them.
#[derive(Template)]
#[template(path = "rust/rest.rs", config = "templates/askama.toml")]
pub(super) struct Rest {
    /// The tables of the checks.
    pub patterns: Vec<Pattern>,
    pub tables: Vec<Table>,
    /// The shared code: indented lines; none where no type uses any.
    pub support: String,
}

/// An item as text, with an empty line before it.
#[derive(Template)]
#[template(path = "rust/item.rs", config = "templates/askama.toml")]
pub(super) struct ItemText<'i> {
    pub item: &'i Item,
}

/// The file that lists the modules.
#[derive(Template)]
#[template(path = "rust/mod.rs", config = "templates/askama.toml")]
pub(super) struct Index {
    /// The crates that the types need, where the user has chosen some.
    pub crates: Option<String>,
    /// Who may use the modules.
    pub visibility: &'static str,
    pub modules: Vec<IndexEntry>,
    pub has_checks: bool,
    pub has_support: bool,
}

pub(super) struct IndexEntry {
    pub name: String,
    pub doc: Rc<str>,
}

/// The file with the tables of the checks.
#[derive(Template)]
#[template(path = "rust/checks_file.rs", config = "templates/askama.toml")]
pub(super) struct Checks {
    pub patterns: Vec<Pattern>,
    pub tables: Vec<Table>,
}

/// The file with the shared code.
#[derive(Template)]
#[template(path = "rust/support.rs", config = "templates/askama.toml")]
pub(super) struct Support {
    /// Whether it is a file, not a module in one.
    pub is_file: bool,
    pub parts: Vec<String>,
    /// The documents that the types are made from, where they give them back.
    pub documents: Vec<Document>,
}

/// A document: its identifier and its text, as literals.
pub(super) struct Document {
    pub id: String,
    pub text: String,
}

/// The schema that a type is made from.
pub(super) struct SchemaOf {
    /// A reference to it, as a literal.
    pub reference: String,
    /// The documents that it needs, by number.
    pub documents: String,
}

/// One named type.
pub(super) struct Item {
    pub name: String,
    pub doc: Rc<str>,
    /// The schema that it is made from, where it gives that back.
    pub schema: Option<SchemaOf>,
    /// The attribute with the derived traits.
    pub derives: String,
    /// Whether it is read once for all who hold it, as what many alternatives hold.
    pub is_once: bool,
    /// Who may use the type.
    pub visibility: &'static str,
    /// Its other attributes.
    pub attributes: Vec<&'static str>,
    pub kind: ItemKind,
    /// What it holds by default, where that is not derived: lines after an equals sign.
    pub default: Option<String>,
}

pub(super) enum ItemKind {
    Object(Object),
    TextEnum(Vec<Value>),
    /// An enum of texts whose last variant takes all others.
    OpenEnum {
        values: Vec<Value>,
        fallback: String,
    },
    LiteralEnum(Vec<Value>),
    Union {
        how: &'static str,
        variants: Vec<Variant>,
    },
    Tagged {
        tag: String,
        variants: Vec<Variant>,
    },
    Tuple(Tuple),
    Wrapper {
        inner: String,
        declaration: String,
    },
    Newtype(Newtype),
}

impl ItemKind {
    /// Whether its variants may differ so much in size that clippy asks for a box.
    pub(super) fn may_be_uneven(&self) -> bool {
        let (Self::Union { variants, .. } | Self::Tagged { variants, .. }) = self else {
            return false;
        };
        variants.iter().any(|variant| variant.may_be_large)
    }

    /// Whether it is a struct without a field that must be there.
    pub(super) fn may_be_nothing(&self) -> bool {
        let Self::Object(object) = self else {
            return false;
        };
        object
            .fields
            .iter()
            .all(|field| field.presence == "optional")
    }

    /// A struct whose fields, the one for other properties aside, have these values.
    pub(super) fn with_values(&self, values: &[String]) -> Option<String> {
        let Self::Object(object) = self else {
            return None;
        };
        let values = values.iter().map(String::as_str);
        let values = values.chain(object.kept.iter().map(|_| "Default::default()"));
        let fields = object.fields.iter().chain(&object.kept).zip(values);
        let lines: Vec<String> = fields
            .map(|(field, value)| format!("\n        {}: {value},", field.name))
            .collect();
        Some(format!("Self {{{}\n    }}", lines.concat()))
    }
}

pub(super) struct Object {
    pub fields: Vec<Field>,
    /// Properties that always have the same text: they have no field.
    pub constants: Vec<Constant>,
    /// The attributes of the block of methods.
    pub attributes: Vec<&'static str>,
    /// Methods: a constructor, and those that give the defaults of fields.
    pub accessors: Vec<Accessor>,
    /// What becomes of other properties, in the words of the shared code.
    pub other: String,
    /// The field that keeps them: its declaration.
    pub kept: Option<Field>,
}

impl Object {
    /// Whether there is no field to write.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.kept.is_none()
    }
}

/// A method that gives a field's value or its default.
pub(super) struct Accessor {
    pub doc: String,
    pub is_deprecated: bool,
    /// Whether there is a number in it that clippy may want to see as a constant of mathematics.
    pub looks_like_constant: bool,
    pub signature: String,
    pub body: String,
    /// The default that it gives, as JSON.
    pub default: Option<String>,
}

pub(super) struct Constant {
    pub position: usize,
    pub name: String,
    /// The JSON name as a literal.
    pub wire: String,
    /// The text as a literal.
    pub text: String,
}

pub(super) struct Field {
    pub position: usize,
    pub name: String,
    /// The JSON name as a literal.
    pub wire: String,
    pub presence: &'static str,
    /// The lines of the declaration, without indentation.
    pub declaration: String,
    pub is_deprecated: bool,
    pub doc: Rc<str>,
}

pub(super) struct Value {
    pub name: String,
    pub is_default: bool,
    /// The text as a literal.
    pub text: String,
    pub doc: Rc<str>,
}

pub(super) struct Variant {
    pub name: String,
    pub inner: String,
    /// The declaration, without indentation.
    pub declaration: String,
    /// What the alternative is told by: texts of a tag as literals, or bits of JSON types.
    pub told_by: String,
    /// The field that holds the tag, where that may be a text which means another alternative; or the text that it always is.
    pub loose_tag: Option<String>,
    /// Whether it takes what no text of a tag means.
    pub is_rest: bool,
    /// Whether it holds more than a text or a list does, in place.
    pub may_be_large: bool,
    pub doc: Rc<str>,
}

pub(super) struct Tuple {
    pub elements: Vec<Field>,
    pub rest: Option<Field>,
    pub min: u64,
    pub max: String,
}

pub(super) struct Newtype {
    pub inner: String,
    pub declaration: String,
    pub rules: Vec<String>,
    /// What the value is checked against beside its type.
    pub check: String,
    /// Whether it is shown as, and read from, plain text.
    pub is_scalar: bool,
}
