//! The names of what types are made of: fields, values and variants.

use super::{LONGEST, Naming, camel, claim_camel, raw, snake, upper_camel};
use crate::hash::HashMap;
use crate::ir::{Alternative, EnumType, ObjectType, Part, TypeDef, TypeId, TypeKind, UnionType};
use crate::naming::{Claims, Ledger, Scope, Symbols, ascii, cut};
use crate::target::rust::docs;
use crate::target::rust::path::{is_given_field_name, is_given_type_name};

/// What members are in the lock.
const FIELDS: &str = "fields";
const VALUES: &str = "values";
const VARIANTS: &str = "variants";
/// The member that the schema does not name: other properties, or other texts.
const OTHERS: &str = "others";

/// The names of the members of a type, by their place in the type.
#[derive(Default)]
pub(in crate::target::rust) struct Members {
    /// Those of fields, values or variants.
    pub names: Vec<String>,
    /// That of the map that holds the other properties, or of the variant for other texts.
    pub others: String,
}

/// The members of a type that has none.
pub(super) static NO_MEMBERS: Members = Members {
    names: Vec::new(),
    others: String::new(),
};

/// What fields would like to be called: many objects have properties of the same names.
#[derive(Default)]
pub(super) struct Spelled<'s>(HashMap<&'s str, String>);

impl<'s> Spelled<'s> {
    fn field(&mut self, wire: &'s str) -> &str {
        self.0.entry(wire).or_insert_with(|| snake(wire, "field"))
    }
}

impl Members {
    /// Names the members of a type; none if it has none.
    pub(super) fn new<'s>(
        naming: &Naming<'_, 's>,
        id: TypeId,
        def: &TypeDef<'s>,
        spelled: &mut Spelled<'s>,
        ledger: &mut Ledger,
    ) -> Option<Self> {
        let place = naming.places.of(id);
        let is_legal: fn(&str) -> bool = match def.kind {
            TypeKind::Object(_) => is_given_field_name,
            _ => is_given_type_name,
        };
        let roles = [FIELDS, VALUES, VARIANTS, OTHERS];
        let mut scope = Scope::case_sensitive();
        scope.claim("Self");
        let mut claims = ledger.member_claims(place, &roles, scope, is_legal);
        let members = match &def.kind {
            TypeKind::Object(object) => fields(naming, id, object, spelled, &mut claims),
            TypeKind::Enum(texts) => {
                let wanted = naming.config.fallback_variant.as_deref();
                let wanted = wanted.filter(|_| naming.is_open[id.0 as usize]);
                enum_values(texts, wanted, &mut claims)
            }
            TypeKind::Literal(values) => {
                let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
                let said = docs::of_values(values, &def.docs);
                let named = texts.iter().zip(said).map(|(text, said)| {
                    let name = said.and_then(|words| words.name);
                    (text.as_str(), name.unwrap_or(text))
                });
                values_of(named, &mut claims)
            }
            TypeKind::Union(union) => {
                variants(union, naming.places.of_alternatives(union), &mut claims)
            }
            TypeKind::Any
            | TypeKind::Never
            | TypeKind::Null
            | TypeKind::Boolean
            | TypeKind::Integer(_)
            | TypeKind::Number(_)
            | TypeKind::String(_)
            | TypeKind::Array(_)
            | TypeKind::Tuple(_)
            | TypeKind::Map(_)
            | TypeKind::Alias(_) => return None,
        };
        ledger.keep_members(place, claims);
        Some(members)
    }
}

/// The names of a struct's fields, and of the map that holds its other properties.
fn fields<'s>(
    naming: &Naming<'_, 's>,
    id: TypeId,
    object: &ObjectType<'s>,
    spelled: &mut Spelled<'s>,
    claims: &mut Claims,
) -> Members {
    for field in &object.fields {
        if let Some(name) = naming.custom.field_name(field) {
            claims.ask(FIELDS, field.wire, cut(name, LONGEST));
        }
    }
    claims.reserve(object.fields.len());
    let mut names = vec![String::new(); object.fields.len()];
    // `type` has its name before `@type` has.
    let (words, others): (Vec<_>, Vec<_>) =
        (0..names.len()).partition(|index| is_word(object.fields[*index].wire));
    for index in words {
        let wire = object.fields[index].wire;
        names[index] = raw(claims.claim(FIELDS, wire, |scope| {
            scope.claim_numbered(spelled.field(wire), LONGEST)
        }));
    }
    for index in others {
        let wire = object.fields[index].wire;
        names[index] = raw(claims.claim(FIELDS, wire, |scope| {
            let plain = cut(spelled.field(wire), LONGEST);
            if scope.claim(plain) {
                return plain.to_owned();
            }
            let spelled = snake(&ascii(wire, Symbols::Spell), "field");
            scope.claim_numbered(&spelled, LONGEST)
        }));
    }
    let mut others = String::new();
    if naming.keeps_others[id.0 as usize] {
        others = raw(claims.claim(OTHERS, "", |scope| {
            scope.claim_numbered("additional_properties", LONGEST)
        }));
    }
    Members { names, others }
}

/// Whether nothing of a property's name is lost in that of its field, but where its words end.
fn is_word(wire: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    wire.starts_with(|c: char| c.is_ascii_alphabetic()) && wire.chars().all(is_part)
}

/// The names of the values of an enum of texts, and of the variant that takes other texts.
fn enum_values(texts: &EnumType<'_>, wanted: Option<&str>, claims: &mut Claims) -> Members {
    if let Some(wanted) = wanted {
        claims.forget_unless(OTHERS, "", wanted);
    }
    let mut members = values_of(
        texts
            .values
            .iter()
            .map(|value| (value.wire, value.called())),
        claims,
    );
    if let Some(wanted) = wanted {
        members.others = claims.claim(OTHERS, "", |scope| claim_camel(scope, wanted));
    }
    members
}

/// The names of values by their text: the text itself, or what the schema calls it.
fn values_of<'v>(texts: impl Iterator<Item = (&'v str, &'v str)>, claims: &mut Claims) -> Members {
    let name = |(key, text): (&str, &str)| {
        claims.claim(VALUES, key, |scope| {
            let plain = camel(text, "Empty");
            if scope.claim(&plain) {
                return plain;
            }
            // Two texts that differ in their signs alone: `a` and `a+`.
            let spelled = upper_camel(&ascii(text, Symbols::Spell), "Empty");
            claim_camel(scope, &spelled)
        })
    };
    Members {
        names: texts.map(name).collect(),
        others: String::new(),
    }
}

/// The names of a union's variants.
fn variants(union: &UnionType<'_>, keys: Vec<String>, claims: &mut Claims) -> Members {
    let name = |(alternative, key): (&Alternative<'_>, String)| {
        let text = match (alternative.tag_value, alternative.name) {
            (Some(tag), _) => camel(tag, "Empty"),
            (None, Part::Variant(name) | Part::Property(name)) => camel(name, "Variant"),
            (None, Part::Alternative(index) | Part::Position(index)) => {
                format!("Option{}", index + 1)
            }
            (None, Part::Item | Part::Value | Part::Inner) => "Value".to_owned(),
        };
        claims.claim(VARIANTS, &key, |scope| claim_camel(scope, &text))
    };
    Members {
        names: union.alternatives.iter().zip(keys).map(name).collect(),
        others: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::values_of;
    use crate::naming::{Claims, Scope};

    #[test]
    fn values_that_meet_are_told_apart() {
        let mut claims = Claims::new(Scope::case_sensitive());
        let texts = ["a", "a+", "A", "<", "<="]
            .into_iter()
            .map(|text| (text, text));
        assert_eq!(
            values_of(texts, &mut claims).names,
            ["A", "APlus", "A2", "Less", "LessEqual"]
        );
    }
}
