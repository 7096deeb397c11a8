//! Action descriptors from flows that an admin has built and retrieved: what is inferred about an action is what an org
//! knows for certain.

mod inputs;
mod outputs;
mod records;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use roxmltree::Node;
use serde_json::{Map, Value, json};

use super::FlowFile;
use super::findings::{Findings, Summary};
use super::merge;
use super::project::Project;
use super::resolve::Resolver;
use super::symbols::Symbols;
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
    let actions = calls.into_iter();
    actions.filter_map(|call| reader.action(call)).collect()
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
    /// The descriptor of a call; none if it does not say what it calls.
    fn action(&mut self, call: Node<'a, 'x>) -> Option<Value> {
        self.inferred.clear();
        // Both elements have the name in files of Flow Builder.
        let name = xml::text_of(call, "actionName").or(xml::text_of(call, "nameSegment"));
        let (Some(name), Some(action_type)) = (name, xml::text_of(call, "actionType")) else {
            self.findings.error(
                Code::DescriptorGuess,
                xml::tag_span(call),
                "this call has no `actionName` or no `actionType`",
                "choose the action in Flow Builder, save the flow, and retrieve it again",
            );
            return None;
        };
        let label = xml::text_of(call, "label").unwrap_or(name);
        let mut action = Map::new();
        let mut put = |key: &str, value: Value| action.insert(key.to_owned(), value);
        put("label", json!(label));
        if let Some(description) = xml::text_of(call, "description") {
            put("description", json!(description));
        }
        put("actionName", json!(name));
        put("actionType", json!(action_type));
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
        Some(Value::Object(action))
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
}
