//! What an XML parser sees.

use roxmltree::Node;

use super::Items;

/// The flows of a file with their variables, choices and constants.
pub fn items(path: &str, text: &str, to: &mut Items) {
    let document = match roxmltree::Document::parse(text) {
        Ok(document) => document,
        Err(error) => panic!("{path} is no XML: {error}\n{text}"),
    };
    let root = document.root_element();
    if root.tag_name().name() != "Flow" {
        return;
    }
    let file = path.rsplit('/').next().unwrap_or_default();
    let flow = file.split('.').next().unwrap_or_default();
    *to.entry(format!("flow {flow}")).or_default() += 1;
    for part in root.children().filter(Node::is_element) {
        let text = |name| {
            let child = child(part, name);
            child.and_then(|node| node.text()).unwrap_or_default()
        };
        let count = match part.tag_name().name() {
            // Each way into a flow or out of it is an item.
            "variables" => {
                let ways = ["isInput", "isOutput"];
                ways.iter().filter(|way| text(way) == "true").count().max(1)
            }
            "choices" | "constants" if is_literal(part) => 1,
            _ => continue,
        };
        *to.entry(format!("flow {flow}.{}", text("name")))
            .or_default() += count;
    }
}

/// Whether the value does not depend on others.
fn is_literal(part: Node<'_, '_>) -> bool {
    let value = child(part, "value");
    value.is_some_and(|value| child(value, "elementReference").is_none())
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children()
        .find(|child| child.has_tag_name((NAMESPACE, name)))
}

const NAMESPACE: &str = "http://soap.sforce.com/2006/04/metadata";
