//! Action descriptors from flows that an admin has built and retrieved: what is inferred about an action is what an org
//! knows for certain.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use heck::{ToKebabCase, ToLowerCamelCase, ToTitleCase};
use roxmltree::Node;
use serde_json::{Map, Value, json};

use super::FlowFile;
use super::findings::{Findings, Summary};
use super::merge;
use super::platform::decoded_path;
use super::project::Project;
use super::resolve::Resolver;
use super::symbols::Symbols;
use super::types::{Base, literal};
use super::xml;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{DocumentId, DocumentSet};

/// The descriptors of all actions that a flow calls, as JSON, in the order of the file. What the flow does not say is
/// listed in each under `inferred`.
pub fn descriptors(
    documents: &DocumentSet,
    id: DocumentId,
    diagnostics: &mut Diagnostics,
) -> Vec<Value> {
    let tree = match xml::parse(&documents.get(id).text, id) {
        Ok(tree) => tree,
        Err(problem) => {
            diagnostics.push(problem);
            return Vec::new();
        }
    };
    let root = tree.root_element();
    let mut summary = Summary::default();
    let mut findings = Findings::new(id, diagnostics, &mut summary);
    let calls: Vec<Node<'_, '_>> = xml::children(root, "actionCalls").collect();
    if root.tag_name().name() != "Flow" || calls.is_empty() {
        findings.error(
            Code::NotAFlow,
            xml::tag_span(root),
            "this is no flow that calls an action",
            "build a flow with the action, save it, and retrieve it",
        );
        return Vec::new();
    }
    let symbols = Symbols::collect(root, &mut findings);
    let flow = FlowFile { document: id, root };
    let project = Project::default();
    let resolver = Resolver {
        flow: &flow,
        symbols: &symbols,
        project: &project,
    };
    let all = items(root);
    let mut reader = Reader {
        resolver: &resolver,
        findings: &mut findings,
        by_variable: by_variable(&all),
        items: all,
        references: references(root),
        inferred: BTreeMap::new(),
    };
    calls.into_iter().map(|call| reader.action(call)).collect()
}

/// An assignment: what is set, how, and the element with the value.
struct Item<'a, 'x> {
    to: &'a str,
    operator: &'a str,
    value: Option<Node<'a, 'x>>,
}

fn items<'a, 'x>(root: Node<'a, 'x>) -> Vec<Item<'a, 'x>> {
    xml::children(root, "assignments")
        .flat_map(|node| {
            xml::elements(node).filter(|one| one.tag_name().name() == "assignmentItems")
        })
        .map(|item| Item {
            to: xml::text_of(item, "assignToReference").unwrap_or_default(),
            operator: xml::text_of(item, "operator").unwrap_or("Assign"),
            value: xml::child(item, "value"),
        })
        .collect()
}

/// The variable that a reference leads to or into.
fn root_of(reference: &str) -> &str {
    reference.split('.').next().unwrap_or_default()
}

fn by_variable<'a>(items: &[Item<'a, '_>]) -> HashMap<&'a str, Vec<usize>> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, item) in items.iter().enumerate() {
        places.entry(root_of(item.to)).or_default().push(place);
    }
    places
}

/// What stands after the prefix in each of the references that begin with it.
fn below<'r>(references: &'r BTreeSet<String>, prefix: &str) -> impl Iterator<Item = &'r str> {
    let from = (Bound::Included(prefix), Bound::Unbounded);
    references
        .range::<str, _>(from)
        .map_while(move |one| one.strip_prefix(prefix))
}

/// Everything that may be a reference, in the order of the file.
fn references(root: Node<'_, '_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for node in root.descendants().filter(Node::is_element) {
        let Some(text) = node.text() else { continue };
        let text = match merge::is_formula(node.tag_name().name()) {
            true => Cow::from(merge::without_comments(text)),
            false => Cow::from(text),
        };
        if merge::is_reference(text.trim()) {
            found.insert(text.trim().to_owned());
        }
        found.extend(merge::fields(&text).map(str::to_owned));
    }
    found
}

struct Reader<'r, 's, 'a, 'x, 'p, 'd> {
    resolver: &'r Resolver<'s, 'a, 'x, 'p>,
    findings: &'r mut Findings<'d>,
    items: Vec<Item<'a, 'x>>,
    /// The places of the items that set a variable or a part of it.
    by_variable: HashMap<&'a str, Vec<usize>>,
    references: BTreeSet<String>,
    inferred: BTreeMap<String, String>,
}

impl<'a, 'x> Reader<'_, '_, 'a, 'x, '_, '_> {
    fn action(&mut self, call: Node<'a, 'x>) -> Value {
        self.inferred.clear();
        let name = xml::text_of(call, "actionName").unwrap_or_default();
        let label = xml::text_of(call, "label").unwrap_or(name);
        let mut action = Map::new();
        let mut put = |key: &str, value: Value| action.insert(key.to_owned(), value);
        put("label", json!(label));
        if let Some(description) = xml::text_of(call, "description") {
            put("description", json!(description));
        }
        put("actionName", json!(name));
        put(
            "actionType",
            json!(xml::text_of(call, "actionType").unwrap_or_default()),
        );
        if let Some(segment) = xml::text_of(call, "nameSegment").filter(|one| *one != name) {
            put("nameSegment", json!(segment));
        }
        let mut inputs: Vec<Value> = Vec::new();
        for parameter in xml::children(call, "inputParameters") {
            let input = self.input(parameter, inputs.len());
            inputs.extend(input);
        }
        put("inputs", json!(inputs));
        put("outputs", json!(self.outputs(call, name)));
        put("inferred", json!(self.inferred));
        Value::Object(action)
    }

    /// The items that set a variable or a part of it.
    fn setting(&self, variable: &str) -> impl Iterator<Item = &Item<'a, 'x>> {
        let places = self.by_variable.get(root_of(variable));
        let places = places.map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|place| self.items.get(*place))
    }

    fn guess(&mut self, pointer: String, why: &str) {
        self.inferred.insert(pointer, why.to_owned());
    }

    fn input(&mut self, parameter: Node<'a, 'x>, index: usize) -> Option<Value> {
        let name = xml::text_of(parameter, "name")?;
        let pointer = format!("/inputs/{index}");
        let data_type = self.data_type(parameter, name, &format!("{pointer}/type"))?;
        self.guess(
            format!("{pointer}/required"),
            "The flow sets it; whether the action fails without it is not in the flow.",
        );
        Some(json!({
            "name": name,
            "label": name.to_title_case(),
            "required": true,
            "type": data_type,
        }))
    }

    /// The type of what a parameter is set to; none if a descriptor cannot say it.
    fn data_type(&mut self, parameter: Node<'a, 'x>, name: &str, pointer: &str) -> Option<Value> {
        let value = xml::child(parameter, "value")?;
        if let Some((node, base)) = literal(value) {
            let is_moment = node.tag_name().name() == "dateTimeValue";
            return Some(json!(scalar(&base, is_moment)?));
        }
        let reference = xml::child(value, "elementReference")?;
        let text = xml::text(reference);
        let answer = self.resolver.resolve(text).ok()?;
        let is_moment = answer
            .symbol
            .is_some_and(|one| xml::text_of(one.node, "dataType") == Some("DateTime"));
        let word = scalar(&answer.ty.base, is_moment);
        match (&answer.ty.base, word) {
            (Base::Apex(class), _) if answer.ty.many != Some(true) => {
                Some(self.record(text, class, pointer))
            }
            (_, Some(word)) if answer.ty.many != Some(true) => Some(json!(word)),
            (Base::Unknown, _) if answer.ty.many != Some(true) => {
                self.guess(
                    pointer.to_owned(),
                    "The flow does not say its type; texts are most frequent.",
                );
                Some(json!("String"))
            }
            _ => {
                self.findings.warning(
                    Code::DescriptorGuess,
                    xml::span(reference),
                    format!(
                        "the input `{name}` is {}, and a descriptor has no such type",
                        answer.ty.shown()
                    ),
                    "it is left out: set it in the flow that is generated",
                );
                None
            }
        }
    }

    /// An Apex-defined input with the properties that the flow sets.
    fn record(&mut self, variable: &str, class: &str, pointer: &str) -> Value {
        self.guess(
            format!("{pointer}/schema"),
            "Made from the name of the class. Name the schema that gives its structure.",
        );
        let mut record = json!({"apexClass": class, "schema": stem(class)});
        let (offer, groups) = self.properties(variable);
        if !offer.is_empty() {
            record["offer"] = json!(offer);
        }
        if !groups.is_empty() {
            record["groups"] = json!(groups);
        }
        record
    }

    /// The paths that are set below a variable, and the lists that records are added to.
    fn properties(&self, variable: &str) -> (Vec<String>, Vec<Value>) {
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
                let is_open = given.is_some() && seen.insert(path.to_owned());
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

    fn outputs(&mut self, call: Node<'a, 'x>, action: &str) -> Vec<Value> {
        let element = xml::text_of(call, "name").unwrap_or_default();
        let prefix = format!("{element}.");
        let mut paths: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for rest in below(&self.references, &prefix) {
            let (name, path) = rest.split_once('.').unwrap_or((rest, ""));
            let paths = paths.entry(name.to_owned()).or_default();
            if !path.is_empty() {
                paths.push(decoded_path(path));
            }
        }
        for output in xml::children(call, "outputParameters") {
            let name = xml::text_of(output, "name").unwrap_or_default();
            let paths = paths.entry(name.to_owned()).or_default();
            let variable = xml::text_of(output, "assignToReference").unwrap_or_default();
            let prefix = format!("{variable}.");
            paths.extend(below(&self.references, &prefix).map(decoded_path));
        }
        if paths.is_empty() {
            self.guess("/outputs".to_owned(), "The flow refers to no output.");
        }
        let mut outputs = Vec::new();
        for (name, paths) in paths {
            let pointer = format!("/outputs/{}", outputs.len());
            outputs.push(self.output(&name, &paths, action, &pointer));
        }
        outputs
    }

    fn output(&mut self, name: &str, paths: &[String], action: &str, pointer: &str) -> Value {
        let status = name.strip_suffix("Exc");
        let kind = match (status, name) {
            (Some(_), _) => "exception",
            (None, "responseCode") => "responseCode",
            (None, _) => "success",
        };
        let label = match status {
            Some("default") => "Default Exception".to_owned(),
            Some(status) => format!("{status} Exception"),
            None => name.to_owned(),
        };
        let mut output = json!({"name": name, "label": label, "kind": kind});
        if paths.is_empty() {
            return output;
        }
        self.guess(
            format!("{pointer}/schema"),
            "Made from the name of the action. Name the schema that gives the output's structure.",
        );
        let operation = action.rsplit('.').next().unwrap_or(action).to_kebab_case();
        if status.is_some() {
            output["schema"] = json!("error");
            output["detail"] = json!(paths[0]);
        } else {
            output["schema"] = json!(format!("{operation}-response"));
            let values: Vec<Value> = paths.iter().map(|path| json!({"property": path})).collect();
            output["values"] = json!(values);
        }
        output
    }
}

/// The word of a descriptor for a scalar type.
fn scalar(base: &Base, is_moment: bool) -> Option<&'static str> {
    Some(match base {
        Base::Text | Base::Texts => "String",
        Base::Number => "Number",
        Base::Boolean => "Boolean",
        Base::Date if is_moment => "DateTime",
        Base::Date => "Date",
        Base::Time | Base::Record(_) | Base::Apex(_) | Base::Unknown => return None,
    })
}

/// The file name of the schema that a class may have been made from.
fn stem(class: &str) -> String {
    class.rsplit('_').next().unwrap_or(class).to_kebab_case()
}
