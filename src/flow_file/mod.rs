//! Flow files as input, whoever wrote them: what they refer to, and whether it is there.

mod calls;
mod classes;
mod compat;
mod descriptor;
mod findings;
mod globals;
pub(crate) mod graph;
mod logic;
mod merge;
mod outputs;
mod paths;
mod platform;
mod project;
mod references;
mod resolve;
mod services;
mod shape;
mod structure;
mod symbols;
mod types;
pub(crate) mod xml;

use std::collections::HashSet;

use roxmltree::{Document, Node};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::registration::REGISTRATION_ENDINGS;
use crate::document::{DocumentId, DocumentSet};
use findings::Findings;
use graph::Graph;
use project::Project;
use resolve::Resolver;
use services::Services;
use symbols::Symbols;

pub use descriptor::descriptors;
pub use findings::Summary;

/// How the names of flow files end; the second is the Metadata API's own form.
pub const FLOW_ENDINGS: &[&str] = &[".flow-meta.xml", ".flow"];

/// How the names of Apex classes end.
pub const CLASS_ENDING: &str = ".cls";

/// One flow file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FlowFile<'a, 'x> {
    pub document: DocumentId,
    pub root: Node<'a, 'x>,
}

/// Checks every flow among some documents against itself, the others, the Apex classes and the registrations of external
/// services among them, and the services that the configuration names, whose descriptions are added to the documents.
pub fn lint(
    documents: &mut DocumentSet,
    ids: &[DocumentId],
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Summary {
    let ends = |id: DocumentId, endings: &[&str]| {
        let path = &documents.get(id).path;
        endings.iter().any(|end| path.ends_with(end))
    };
    let (registrations, ids): (Vec<DocumentId>, Vec<DocumentId>) =
        ids.iter().partition(|id| ends(**id, REGISTRATION_ENDINGS));
    let services = Services::read(&registrations, config, documents, diagnostics);
    let mut project = Project::with_services(services);
    let documents = &*documents;
    let mut summary = Summary::default();
    let mut parsed: Vec<(DocumentId, Document<'_>)> = Vec::new();
    for id in ids {
        let document = documents.get(id);
        if document.path.ends_with(CLASS_ENDING) {
            project.classes.add(&document.text);
            continue;
        }
        match xml::parse(&document.text, id) {
            Ok(xml) => parsed.push((id, xml)),
            Err(problem) => diagnostics.push(problem),
        }
    }
    let mut flows = Vec::new();
    for (id, xml) in &parsed {
        let root = xml.root_element();
        if root.tag_name().name() != "Flow" || root.tag_name().namespace() != Some(xml::NAMESPACE) {
            diagnostics.push(
                Diagnostic::new(
                    Code::NotAFlow,
                    format!("this is no flow: its root is `{}`", root.tag_name().name()),
                )
                .at(xml::place(*id, xml::tag_span(root)))
                .help(format!(
                    "the root of a flow is `<Flow xmlns=\"{}\">`",
                    xml::NAMESPACE
                )),
            );
            continue;
        }
        project.add_flow(flow_name(&documents.get(*id).path), root);
        flows.push(FlowFile {
            document: *id,
            root,
        });
    }
    for flow in flows {
        let name = flow_name(&documents.get(flow.document).path);
        summary.flows += 1;
        if let Some(problem) = symbols::illegal(without_version(name)) {
            diagnostics.push(
                Diagnostic::new(
                    Code::FlowName,
                    format!("`{name}` is no API name for a flow: {problem}"),
                )
                .at(Place::Path(documents.get(flow.document).path.clone()))
                .help("a flow is named after its file: rename the file"),
            );
        }
        let mut findings = Findings::new(flow.document, diagnostics, &mut summary);
        check(&flow, &project, &mut findings);
    }
    summary
}

fn check(flow: &FlowFile<'_, '_>, project: &Project, findings: &mut Findings<'_>) {
    let typed = structure::check(flow.root, findings);
    let symbols = Symbols::collect(flow.root, findings);
    let resolver = Resolver {
        flow,
        symbols: &symbols,
        project,
    };
    let used = references::check(&typed, &resolver, findings);
    compat::check(&typed, &resolver, findings);
    calls::check(&typed, &resolver, findings);
    if is_drawn_by_hand(flow.root) {
        paths::check(flow.root, &Graph::of(flow.root), findings);
        unused(&symbols, &used, findings);
    }
}

/// Whether somebody drew the flow; those that Process Builder made hold more than they use.
fn is_drawn_by_hand(root: Node<'_, '_>) -> bool {
    !matches!(
        xml::text_of(root, "processType"),
        Some("Workflow" | "InvocableProcess" | "CustomEvent")
    )
}

fn unused(symbols: &Symbols<'_, '_>, used: &HashSet<String>, findings: &mut Findings<'_>) {
    for symbol in symbols.list.iter().filter(|one| one.kind.is_resource()) {
        let is_shared =
            xml::is_true(symbol.node, "isInput") || xml::is_true(symbol.node, "isOutput");
        if is_shared || used.contains(&symbol.name.to_lowercase()) {
            continue;
        }
        let place = xml::child(symbol.node, "name").unwrap_or(symbol.node);
        findings.warning(
            Code::FlowUnused,
            xml::span(place),
            format!("nothing uses `{}`", symbol.name),
            if symbol.kind == symbols::Kind::Variable {
                "remove it, or make it available to those who call the flow"
            } else {
                "remove it"
            },
        );
    }
}

/// The name of a flow, which is that of its file.
pub(crate) fn flow_name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    FLOW_ENDINGS
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name)
}

/// A name without the number of a version, which older files have: `Order-3`.
fn without_version(name: &str) -> &str {
    match name.rsplit_once('-') {
        Some((name, version)) if version.bytes().all(|c| c.is_ascii_digit()) => name,
        _ => name,
    }
}
