//! What the Apex target has to say about its input.

use std::collections::BTreeMap;

use super::facts::Fact;
use super::types::{Holder, Scalar, TypeMap};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::ir::{Additional, Field, ObjectType, TypeDef, TypeGraph, TypeId, TypeKind};
use crate::schema::location::{LocationId, Locations};

/// Flow Builder gets slow above this number of classes that it can see (Salesforce Help, "Considerations for the
/// Apex-Defined Data Type").
const MANY_CLASSES: usize = 200;
/// The most letters that a class may have (Apex Developer Guide, "Execution Governors and Limits").
pub(super) const MAX_CLASS_SIZE: usize = 1_000_000;
/// What Salesforce's compiler makes of a class was measured: with 7,000 properties it still compiles, with 8,000 it
/// needs "too much metadata", and above 5,000 the code that sets them up is longer than a method may be.
const MAX_FIELDS: usize = 5_000;
/// The same for the values of an enum: with 5,000 the set of all of them is still made, with 8,000 no more.
const MAX_VALUES: usize = 5_000;
/// How many fields a message names.
const SHOWN_FIELDS: usize = 5;

/// Collects diagnostics, and what is said once for a whole run.
pub(crate) struct Report<'d, 's> {
    diagnostics: &'d mut Diagnostics,
    locations: &'s Locations<'s>,
    has_codecs: bool,
    open: Vec<LocationId>,
    integers: Vec<LocationId>,
}

impl<'d, 's> Report<'d, 's> {
    /// An empty report on classes that have codecs beside them or not.
    pub(crate) fn new(
        diagnostics: &'d mut Diagnostics,
        locations: &'s Locations<'s>,
        has_codecs: bool,
    ) -> Self {
        Self {
            diagnostics,
            locations,
            has_codecs,
            open: Vec::new(),
            integers: Vec::new(),
        }
    }

    fn say(&mut self, code: Code, severity: Severity, message: String, at: LocationId) {
        let mut diagnostic = Diagnostic::new(code, message).at_location(self.locations, at);
        diagnostic.severity = severity;
        self.diagnostics.push(diagnostic);
    }

    /// What a type does not say, whatever becomes of it.
    pub(crate) fn of_type(&mut self, def: &TypeDef<'_>, is_checked: impl Fn(&str) -> bool) {
        let unsaid = def.unsaid.iter().copied();
        let unsaid: Vec<&str> = unsaid.filter(|keyword| !is_checked(keyword)).collect();
        if !unsaid.is_empty() {
            let message = format!("the Apex type says nothing of {}", quoted(&unsaid));
            self.say(Code::ApexWider, Severity::Warning, message, def.location);
        }
        if let TypeKind::Union(union) = &def.kind
            && union.alternatives.iter().any(|one| one.implied)
            && !union.alternatives.iter().all(|one| one.implied)
        {
            let message = "Apex holds only the kinds of value that the schema speaks of; it does not rule out others";
            self.say(
                Code::ApexLossy,
                Severity::Note,
                message.to_owned(),
                def.location,
            );
        }
    }

    /// A schema whose root has no class of its own.
    pub(crate) fn root_without_class(&mut self, def: &TypeDef<'_>, stem: &str, apex: &str) {
        let message =
            format!("the root of `{stem}` has no Apex class of its own; its type is {apex}");
        self.say(Code::ApexNoClass, Severity::Note, message, def.location);
    }

    /// What nothing enforces of a class, by keyword: its fields never, its codec most. `facts` come with the name of their field, empty
    /// for the class itself.
    pub(crate) fn unchecked<'f>(
        &mut self,
        def: &TypeDef<'_>,
        class: &str,
        facts: impl Iterator<Item = (&'f str, &'f Fact)>,
    ) {
        let mut by_keyword: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (field, fact) in facts {
            if let Some(keyword) = fact.keyword
                && !(fact.is_checked && self.has_codecs)
            {
                let fields = by_keyword.entry(keyword).or_default();
                if fields.last() != Some(&field) {
                    fields.push(field);
                }
            }
        }
        if by_keyword.is_empty() {
            return;
        }
        let list: Vec<String> = by_keyword
            .iter()
            .map(|(keyword, fields)| match fields.as_slice() {
                [""] => format!("`{keyword}`"),
                fields => format!("`{keyword}` ({})", some_of(fields)),
            })
            .collect();
        let list = list.join(", ");
        let message = match self.has_codecs {
            true => format!("what validates Apex class `{class}` does not check {list}"),
            false => format!("Apex class `{class}` is plain data and does not enforce {list}"),
        };
        self.say(Code::ApexWider, Severity::Note, message, def.location);
    }

    /// A union of which a value may match several alternatives at once.
    pub(crate) fn one_of_several(&mut self, def: &TypeDef<'_>, class: &str, keeps_all: bool) {
        let rest = match keeps_all {
            true => {
                "the one that has most fields for it is set, and what it has no field for is JSON text there"
            }
            false => "it keeps what the one that keeps most has a field for",
        };
        let message = format!(
            "Apex class `{class}` holds one alternative; of a value that matches several, {rest}"
        );
        self.say(Code::ApexLossy, Severity::Note, message, def.location);
    }

    /// What becomes of properties that an object does not name.
    pub(crate) fn other_properties(
        &mut self,
        def: &TypeDef<'_>,
        object: &ObjectType<'_>,
        class: &str,
    ) {
        let is_open = object.additional == Additional::Open && object.patterns.is_empty();
        if is_open {
            self.open.push(def.location);
        } else if object.additional != Additional::Closed || !object.patterns.is_empty() {
            let message = format!(
                "Apex class `{class}` has no room for properties that the schema describes without naming them"
            );
            self.say(Code::ApexLossy, Severity::Warning, message, def.location);
        }
    }

    /// A property that no value is valid for.
    pub(crate) fn no_value(&mut self, field: &Field<'_>) {
        let message = format!(
            "no value of `{}` is valid; it has no field in Apex",
            field.wire
        );
        self.say(Code::ApexLossy, Severity::Note, message, field.location);
    }

    /// A field whose name is not the property's.
    pub(crate) fn renamed_field(&mut self, field: &Field<'_>, name: &str) {
        let message = format!("property `{}` is field `{name}` in Apex", field.wire);
        self.say(Code::ApexRenamed, Severity::Note, message, field.location);
    }

    /// A class whose name is not what the schema calls it.
    pub(crate) fn class(&mut self, def: &TypeDef<'_>, phrase: &str, class: &str) {
        let letters = |text: &str| -> String {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        // A prefix is asked for, and an entry's class adds a word.
        if !letters(class).contains(&letters(phrase)) {
            let message = format!("type `{phrase}` is class `{class}` in Apex");
            self.say(Code::ApexRenamed, Severity::Note, message, def.location);
        }
    }

    /// A field that does not keep all that a valid value holds.
    pub(crate) fn lossy_field(
        &mut self,
        graph: &TypeGraph<'_>,
        types: &TypeMap,
        field: &str,
        holder: Holder,
        location: LocationId,
    ) {
        let element = match holder {
            Holder::List(id) => match &graph.get(id).kind {
                TypeKind::Array(array) => types.holder(array.items.id),
                _ => holder,
            },
            Holder::Scalar(_) | Holder::Class(_) | Holder::Never => holder,
        };
        if element == Holder::Scalar(Scalar::Datetime) {
            let message = format!(
                "`{field}` is a Datetime, which keeps neither the UTC offset nor parts of a millisecond"
            );
            self.say(Code::ApexLossy, Severity::Warning, message, location);
        }
    }

    /// A field for whole numbers: 64 bits may be too few where the schema has no bounds.
    pub(crate) fn integer(
        &mut self,
        graph: &TypeGraph<'_>,
        types: &TypeMap,
        source: TypeId,
        location: LocationId,
    ) {
        let mut kind = &graph.get(types.end(source)).kind;
        if let TypeKind::Array(array) = kind {
            kind = &graph.get(types.end(array.items.id)).kind;
        }
        if let TypeKind::Integer(bounds) = kind
            && (bounds.minimum.is_none() || bounds.maximum.is_none())
            && types.holder(source) != Holder::Scalar(Scalar::Whole)
        {
            self.integers.push(location);
        }
    }

    /// A class with more members than the platform takes.
    pub(crate) fn members(&mut self, def: &TypeDef<'_>, class: &str, count: usize) {
        let (most, members, help) = match def.kind {
            TypeKind::Enum(_) => (
                MAX_VALUES,
                "constants",
                "leave the values to whoever checks them: make the type a text without `enum`",
            ),
            _ => (
                MAX_FIELDS,
                "fields",
                "move some of the properties to an object of their own, or leave them to `additionalProperties`",
            ),
        };
        if count > most {
            let message = format!(
                "Apex class `{class}` has {count} {members}; the platform takes about {most}"
            );
            self.diagnostics.push(
                Diagnostic::new(Code::ApexLimit, message)
                    .at_location(self.locations, def.location)
                    .help(help),
            );
        }
    }

    /// A class that is longer than the platform allows.
    pub(crate) fn too_long(&mut self, class: &str, size: usize) {
        let message = format!(
            "Apex class `{class}` has {size} characters; the platform allows {MAX_CLASS_SIZE}"
        );
        self.diagnostics.push(
            Diagnostic::new(Code::ApexLimit, message).help(
                "make its schema smaller: move properties to objects of their own, or shorten descriptions",
            ),
        );
    }

    /// A list with positions that may end in null.
    pub(crate) fn null_at_end(&mut self, def: &TypeDef<'_>, class: &str) {
        let message = format!(
            "Apex class `{class}` does not tell a null at the end of the list from a shorter list; it writes the shorter one"
        );
        self.say(Code::ApexLossy, Severity::Note, message, def.location);
    }

    /// What holds for the run as a whole.
    pub(crate) fn finish(mut self, data_classes: usize) {
        if let Some(&first) = self.open.first() {
            let message = format!(
                "Apex keeps no properties that a schema allows without naming them (classes: {}, this is the first)",
                self.open.len()
            );
            self.say(Code::ApexLossy, Severity::Note, message, first);
        }
        if let Some(&first) = self.integers.first() {
            let message = format!(
                "Apex holds integers without bounds as Long, which has 64 bits (fields: {}, this is the first)",
                self.integers.len()
            );
            self.say(Code::ApexLossy, Severity::Note, message, first);
        }
        if data_classes > MANY_CLASSES {
            let message = format!(
                "{data_classes} Apex classes are visible to Flow; Flow Builder gets slow above {MANY_CLASSES}"
            );
            self.diagnostics.push(
                Diagnostic::new(Code::ApexLimit, message)
                    .help("generate only the schemas that flows need, or give them folders and configurations of their own"),
            );
        }
    }
}

fn quoted(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

fn some_of(fields: &[&str]) -> String {
    let shown: Vec<&str> = fields
        .iter()
        .take(SHOWN_FIELDS)
        .map(|field| if field.is_empty() { "itself" } else { field })
        .collect();
    match fields.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
