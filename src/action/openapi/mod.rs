//! From the OpenAPI description of a service to its actions, named as the platform names them.
//!
//! An org makes an action of each operation, and classes of the schemas (Salesforce Help, "External Services"). What is
//! documented there is followed; what a name is made of by analogy stands in the descriptor's `inferred`.

#[cfg(feature = "flow-files")]
pub(crate) mod catalog;
mod inputs;
mod naming;
mod operation;
mod outputs;
mod reach;
mod sort;

use std::collections::{BTreeMap, HashSet};

use heck::ToTitleCase;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::document::{DocumentId, DocumentSet};
use crate::nearest::nearest;

use super::{Action, DataType, SchemaRoots, Service};
use operation::Operation;
use reach::Reach;
use sort::Types;

/// External Services keep so many characters of a description.
const MAX_DESCRIPTION: usize = 1333;

/// The actions of a service.
pub(crate) fn describe(
    service: &Service,
    document: DocumentId,
    documents: &DocumentSet,
    roots: &SchemaRoots<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Action> {
    let root = Reach::document(document, documents);
    if !is_openapi_3(&root) {
        let message = format!(
            "service `{}`: the document is no description of OpenAPI 3",
            service.registration
        );
        let diagnostic = Diagnostic::new(Code::FlowService, message)
            .severity(Severity::Error)
            .at(Place::Pointer(document, String::new()))
            .help("name a document of OpenAPI 3.0 or 3.1; older ones can be converted");
        diagnostics.push(diagnostic);
        return Vec::new();
    }
    let mut say = |at: &Reach<'_>, message: String, help: &str| {
        let message = format!("service `{}`: {message}", service.registration);
        let diagnostic = Diagnostic::new(Code::FlowService, message).help(help);
        diagnostics.push(diagnostic.at(Place::Pointer(at.document, at.pointer.clone())));
    };
    let types = Types::new(service, &root, documents, roots);
    if !service
        .registration
        .chars()
        .all(|c| c.is_ascii_alphanumeric())
    {
        let message = "how classes spell a registration that is not letters and digits is a guess";
        say(
            &root,
            message.to_owned(),
            "compare the names with those in the org",
        );
    }
    let (mut actions, mut seen) = (Vec::new(), HashSet::new());
    let wanted =
        |id: &str| service.operations.is_empty() || service.operations.iter().any(|one| one == id);
    let all = operation::operations(&root, documents);
    if all.is_empty() {
        let message = "there are no operations in `paths`, and so no flows";
        let help = "name a description with operations; what a service calls by itself (`webhooks`) is none for a flow";
        say(&root, message.to_owned(), help);
    }
    for operation in &all {
        if !wanted(&operation.id) {
            continue;
        }
        let at = &operation.at;
        if !seen.insert(operation.id.to_lowercase()) {
            let message = format!("the operation `{}` is there more than once", operation.id);
            say(
                at,
                message,
                "give each operation an `operationId` of its own; letter case does not count",
            );
            continue;
        }
        if !operation.is_supported {
            let message = format!(
                "External Services cannot call the operation `{}`",
                operation.id
            );
            say(
                at,
                message,
                "only GET, PUT, POST, PATCH and DELETE become actions",
            );
            continue;
        }
        if !operation.is_named {
            let message = format!(
                "an operation has no `operationId`, and `{}` is a guess at the name that the org gives it",
                operation.id
            );
            say(
                at,
                message,
                "give the operation an `operationId` and register the service with it",
            );
        }
        let mut skipped = Vec::new();
        match action(service, operation, &types, &mut skipped) {
            Ok(mut action) => {
                action.document = Some(document);
                action.operation = Some(at.pointer.clone());
                actions.push(action);
            }
            Err(reason) => {
                let message = format!("the operation `{}` gets no flow: {reason}", operation.id);
                say(at, message, "call it from Apex, or change the description");
            }
        }
        let mut said = HashSet::new();
        for what in skipped.iter().filter(|what| said.insert(*what)) {
            let message = format!(
                "in the operation `{}`, {what}; flows leave it out",
                operation.id
            );
            say(at, message, "set it in Apex, if it is needed");
        }
    }
    let ids = || all.iter().map(|operation| operation.id.as_str());
    let mistyped = service.operations.iter();
    for missing in mistyped.filter(|wanted| !ids().any(|id| id == wanted.as_str())) {
        let help = match nearest(missing, ids()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name operations by their `operationId`".to_owned(),
        };
        let message = format!(
            "service `{}`: there is no operation `{missing}`",
            service.registration
        );
        let diagnostic = Diagnostic::new(Code::FlowService, message)
            .severity(Severity::Error)
            .at(Place::Pointer(document, "/paths".to_owned()));
        diagnostics.push(diagnostic.help(&help));
    }
    actions
}

fn action<'s>(
    service: &Service,
    operation: &Operation<'s>,
    types: &Types<'_, '_, 's>,
    skipped: &mut Vec<String>,
) -> Result<Action, String> {
    let inputs = inputs::inputs(operation, types, skipped)?;
    let outputs = outputs::outputs(operation, types, skipped);
    let text = operation
        .at
        .text("description")
        .or(operation.at.text("summary"));
    let mut action = Action {
        schema: None,
        label: words(&operation.id),
        flow_label: None,
        category: Some(service.registration.clone()),
        description: text.map(|text| text.chars().take(MAX_DESCRIPTION).collect()),
        action_name: format!("{}.{}", service.registration, operation.id),
        action_type: service.action_type().to_owned(),
        name_segment: None,
        inputs,
        outputs,
        preconditions: vec![precondition(service)],
        permissions: Vec::new(),
        inferred: BTreeMap::new(),
        document: None,
        operation: None,
    };
    action.inferred = inferred(service, operation, &action);
    Ok(action)
}

/// Whether a document is a description of OpenAPI 3.
fn is_openapi_3(root: &Reach<'_>) -> bool {
    let version = root.text("openapi");
    version.is_some_and(|version| version.starts_with("3."))
}

fn precondition(service: &Service) -> String {
    if service.is_external() {
        format!(
            "The external service {} is registered with the same description, and its named credential is open to the user.",
            service.registration
        )
    } else {
        format!(
            "The org has the service {} of {}.",
            service.registration, service.provider
        )
    }
}

/// What is said of a property whose name no path of properties can spell.
fn no_path(wire: &str) -> String {
    format!("the property `{wire}` has a name that a path cannot spell")
}

/// A name as people write it: `startSession` becomes `Start Session`.
fn words(name: &str) -> String {
    let words = name.to_title_case();
    if words.is_empty() {
        name.to_owned()
    } else {
        words
    }
}

/// What no published source says of an action.
fn inferred(
    service: &Service,
    operation: &Operation<'_>,
    action: &Action,
) -> BTreeMap<String, String> {
    let mut inferred = BTreeMap::new();
    let mut say = |pointer: String, why: &str| inferred.insert(pointer, why.to_owned());
    if !operation.is_named {
        say(
            "/actionName".to_owned(),
            "Made of the method and the path; the org's own name may differ.",
        );
    } else if !operation.id.chars().all(|c| c.is_ascii_alphanumeric()) {
        say("/actionName".to_owned(), "As the description spells it.");
    }
    if !service.is_external() && service.action_type.is_none() {
        say(
            "/actionType".to_owned(),
            "Known since API version 66. If it does not deploy, try externalService.",
        );
    }
    for (index, input) in action.inputs.iter().enumerate() {
        if let DataType::Apex(apex) = &input.data_type
            && (apex.is_list || apex.whole)
        {
            say(
                format!("/inputs/{index}/type/apexClass"),
                "Made by the rules for other classes.",
            );
        }
    }
    for (index, output) in action.outputs.iter().enumerate() {
        if output.name == "default" {
            say(
                format!("/outputs/{index}/name"),
                "An answer for every code, where none has a code of success.",
            );
        }
    }
    inferred
}
