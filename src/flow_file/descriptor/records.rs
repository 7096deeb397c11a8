//! Apex-defined records: what a flow sets in them, and what it adds to their lists.

use std::collections::BTreeSet;

use heck::{ToLowerCamelCase, ToTitleCase};
use roxmltree::Node;
use serde_json::{Map, Value, json};

use super::super::platform::decoded_path;
use super::super::types::Base;
use super::super::xml;
use super::Reader;
use super::inputs::scalar;

impl<'a> Reader<'_, '_, 'a, '_, '_, '_> {
    /// The paths that are set below a variable, and the lists that records are added to.
    pub(super) fn properties(&self, variable: &str) -> (Vec<String>, Vec<Value>) {
        let prefix = format!("{variable}.");
        let (mut offer, mut groups) = (Vec::new(), Vec::new());
        let mut seen = BTreeSet::new();
        for item in self.setting(variable) {
            let Some(path) = item.to.strip_prefix(&prefix) else {
                continue;
            };
            let given = item
                .value
                .and_then(|value| xml::text_of(value, "elementReference"));
            let elements = given
                .map(|given| self.elements(given, item.operator))
                .unwrap_or_default();
            if elements.is_empty() {
                // What is always the same, such as the name of a type, is the generator's own business.
                let is_open = item.value.is_some_and(is_open) && seen.insert(path.to_owned());
                offer.extend(is_open.then(|| decoded_path(path)));
                continue;
            }
            for element in elements {
                if seen.insert(format!("{path} {element}")) {
                    groups.extend(self.group(element, path));
                }
            }
        }
        (offer, groups)
    }

    /// The records that come into a list: the one that is added itself, or those that are added to a collection.
    fn elements(&self, given: &'a str, operator: &str) -> Vec<&'a str> {
        let is_record = |name: &str| {
            self.resolver.resolve(name).is_ok_and(|answer| {
                matches!(answer.ty.base, Base::Apex(_)) && answer.ty.many == Some(false)
            })
        };
        if operator == "Add" && is_record(given) {
            return vec![given];
        }
        let into = self
            .setting(given)
            .filter(|item| item.to == given && item.operator == "Add");
        into.filter_map(|item| xml::text_of(item.value?, "elementReference"))
            .filter(|name| is_record(name))
            .collect()
    }

    fn group(&self, element: &str, list: &str) -> Option<Value> {
        let Base::Apex(class) = self.resolver.resolve(element).ok()?.ty.base else {
            return None;
        };
        let label = element.to_title_case();
        let prefix = format!("{element}.");
        let (mut values, mut set) = (Vec::new(), Map::new());
        for item in self.setting(element) {
            let Some(path) = item.to.strip_prefix(&prefix) else {
                continue;
            };
            let reference = item
                .value
                .and_then(|value| xml::text_of(value, "elementReference"));
            let Some(reference) = reference else { continue };
            let path = decoded_path(path);
            let short = path
                .rsplit('.')
                .next()
                .unwrap_or(&path)
                .to_lower_camel_case();
            let key = if set.contains_key(&short) {
                path.to_lower_camel_case()
            } else {
                short
            };
            let base = self
                .resolver
                .resolve(reference)
                .ok()
                .map(|answer| answer.ty.base);
            let data_type = base
                .and_then(|base| scalar(&base, false))
                .unwrap_or("String");
            if set.insert(key.clone(), json!(path)).is_none() {
                values.push(json!({
                    "name": key,
                    "label": format!("{label} {}", key.to_title_case()),
                    "type": data_type,
                }));
            }
        }
        (!values.is_empty()).then(|| {
            json!({
                "label": label,
                "values": values,
                "observed": {
                    "element": {"apexClass": class, "list": decoded_path(list)},
                    "set": set,
                },
            })
        })
    }
}

/// Whether a value is made of others: of one that is referred to, or of those in a formula or a text.
fn is_open(value: Node<'_, '_>) -> bool {
    xml::elements(value).any(|one| match one.tag_name().name() {
        "elementReference" | "formulaExpression" => true,
        "stringValue" => xml::text(one).contains("{!"),
        _ => false,
    })
}
