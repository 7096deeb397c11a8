//! What a Rust parser sees.

use syn::{Fields, Item, Visibility};

use super::Items;

/// The public types of a file, their fields and variants. What all types share is no part of the model.
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
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let name = item.ident.to_string();
                add(to, format!("rust {name}"));
                for variant in &item.variants {
                    add(to, format!("rust {name}.{}", variant.ident));
                }
            }
            _ => {}
        }
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
