//! What an Apex parser sees.

use tree_sitter::{Node, Parser};

use super::Items;

/// The class of a file and its fields; tests are no part of the model.
pub fn items(path: &str, text: &str, to: &mut Items) {
    let mut parser = Parser::new();
    let language = tree_sitter_sfapex::apex::LANGUAGE.into();
    let tree = parser
        .set_language(&language)
        .ok()
        .and_then(|()| parser.parse(text, None));
    let Some(tree) = tree else {
        panic!("there is no parser for Apex");
    };
    let root = tree.root_node();
    assert!(
        !root.has_error(),
        "{path} is no Apex: {}\n{text}",
        root.to_sexp()
    );
    let mut cursor = root.walk();
    let classes: Vec<Node<'_>> = root
        .named_children(&mut cursor)
        .filter(|node| !node.kind().ends_with("comment"))
        .collect();
    let [class] = classes[..] else {
        panic!("{path} has {} things at its top\n{text}", classes.len());
    };
    assert_eq!(class.kind(), "class_declaration", "{path}");
    let words = |node: Option<Node<'_>>| {
        node.and_then(|node| text.get(node.byte_range()))
            .unwrap_or_default()
            .to_owned()
    };
    let name = words(class.child_by_field_name("name"));
    assert!(
        path.ends_with(&format!("/{name}.cls")),
        "{path} holds the class {name}"
    );
    let mut cursor = class.walk();
    let modifiers = class
        .children(&mut cursor)
        .find(|node| node.kind() == "modifiers");
    if words(modifiers).to_ascii_lowercase().contains("@istest") {
        return;
    }
    *to.entry(format!("apex {name}")).or_default() += 1;
    let Some(body) = class.child_by_field_name("body") else {
        return;
    };
    let mut cursor = body.walk();
    for member in body.named_children(&mut cursor) {
        if member.kind() == "field_declaration" {
            let field = member.child_by_field_name("declarator");
            let field = words(field.and_then(|field| field.child_by_field_name("name")));
            *to.entry(format!("apex {name}.{field}")).or_default() += 1;
        }
    }
}
