//! What a Rust parser sees.

use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, ImplItem, Item, ItemImpl, Path, Token, Type, Visibility};

use super::Items;

/// The traits that every type has, and those that only the file needs in which they stand.
const OF_ALL: [&str; 8] = [
    "Clone",
    "Debug",
    "PartialEq",
    "Deserialize",
    "Serialize",
    "Json",
    "Object",
    "Tagged",
];
/// What macros of the shared file write, which a parser does not see.
const OF_MACROS: [&str; 10] = [
    ".as_str()",
    ".as_json()",
    ".into_inner()",
    ": Default",
    ": Deref",
    ": Display",
    ": From",
    ": FromStr",
    ": JsonSchema",
    ": TryFrom",
];

/// Whether something is in every type or comes from a macro.
pub fn is_shared(name: &str) -> bool {
    OF_MACROS
        .iter()
        .any(|end| name.starts_with("rust ") && name.ends_with(end))
}

/// The public types of a file, their fields, variants, methods and traits. What all types share is no part of the model.
pub fn items(path: &str, text: &str, to: &mut Items) {
    let file = match syn::parse_file(text) {
        Ok(file) => file,
        Err(error) => panic!("{path} is no Rust: {error}\n{text}"),
    };
    let is_shared = ["support.rs", "checks.rs", "mod.rs"]
        .iter()
        .any(|shared| path.ends_with(&format!("/{shared}")));
    if is_shared {
        return;
    }
    for item in file.items {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let name = item.ident.to_string();
                add(to, format!("rust {name}"));
                fields(&name, &item.fields, to);
                derived(&name, &item.attrs, to);
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let name = item.ident.to_string();
                add(to, format!("rust {name}"));
                for variant in &item.variants {
                    add(to, format!("rust {name}.{}", variant.ident));
                }
                derived(&name, &item.attrs, to);
            }
            Item::Impl(item) => implemented(&item, to),
            _ => {}
        }
    }
}

/// The traits that a type derives.
fn derived(name: &str, attributes: &[Attribute], to: &mut Items) {
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
    {
        let paths = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
        for path in paths.into_iter().flatten() {
            has(name, &path, to);
        }
    }
}

/// The public methods of a type, or the trait that is implemented for it.
fn implemented(item: &ItemImpl, to: &mut Items) {
    let Type::Path(ty) = &*item.self_ty else {
        return;
    };
    let Some(name) = ty.path.segments.last().map(|part| part.ident.to_string()) else {
        return;
    };
    if let Some((_, path, _)) = &item.trait_ {
        has(&name, path, to);
        return;
    }
    for part in &item.items {
        if let ImplItem::Fn(method) = part
            && is_public(&method.vis)
        {
            add(to, format!("rust {name}.{}()", method.sig.ident));
        }
    }
}

fn has(name: &str, path: &Path, to: &mut Items) {
    let last = path.segments.last().map(|part| part.ident.to_string());
    if let Some(last) = last.filter(|last| !OF_ALL.contains(&last.as_str())) {
        add(to, format!("rust {name}: {last}"));
    }
}

fn fields(name: &str, fields: &Fields, to: &mut Items) {
    match fields {
        Fields::Named(fields) => {
            for field in fields.named.iter().filter_map(|field| field.ident.as_ref()) {
                add(to, format!("rust {name}.{field}"));
            }
        }
        Fields::Unnamed(fields) => {
            for index in 0..fields.unnamed.len() {
                add(to, format!("rust {name}.{index}"));
            }
        }
        Fields::Unit => {}
    }
}

fn is_public(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}

fn add(to: &mut Items, name: String) {
    *to.entry(name).or_default() += 1;
}
