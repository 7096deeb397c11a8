//! Calls of other flows and of Apex actions: their names, and what is handed over and taken back.

use roxmltree::Node;

use super::compat::{Given, report, value_type};
use super::findings::Findings;
use super::platform;
use super::resolve::Resolver;
use super::structure::Typed;
use super::types::Type;
use super::xml;
use crate::diagnostic::Code;
use crate::nearest::nearest;

/// Checks every call of a flow.
pub(crate) fn check(
    typed: &[Typed<'_, '_>],
    resolver: &Resolver<'_, '_, '_, '_>,
    findings: &mut Findings<'_>,
) {
    let mut checker = Checker { resolver, findings };
    for Typed { node, ty } in typed {
        match *ty {
            "FlowSubflow" => checker.subflow(*node),
            "FlowActionCall" => checker.action(*node),
            "FlowVariable" => checker.class(*node),
            _ => {}
        }
    }
}

struct Checker<'c, 's, 'a, 'x, 'p, 'd> {
    resolver: &'c Resolver<'s, 'a, 'x, 'p>,
    findings: &'c mut Findings<'d>,
}

impl Checker<'_, '_, '_, '_, '_, '_> {
    fn subflow(&mut self, node: Node<'_, '_>) {
        let Some(name) = xml::child(node, "flowName").filter(|one| !xml::text(*one).is_empty())
        else {
            self.findings.error(
                Code::FlowDangling,
                xml::tag_span(node),
                "this subflow names no flow",
                "set `flowName`",
            );
            return;
        };
        self.flow(node, name, "inputAssignments", "outputAssignments");
    }

    fn flow(&mut self, node: Node<'_, '_>, name_node: Node<'_, '_>, inputs: &str, outputs: &str) {
        let name = xml::text(name_node);
        let project = self.resolver.project;
        let Some(flow) = project.flow(name) else {
            let why = if name.contains("__") {
                format!("the flow {name} belongs to a package")
            } else {
                format!("the flow {name} is not among the files")
            };
            self.findings
                .unverified(xml::span(name_node), name, why.clone());
            for parameter in xml::children(node, inputs).chain(xml::children(node, outputs)) {
                if let Some(parameter) = xml::child(parameter, "name") {
                    self.findings.unverified(
                        xml::span(parameter),
                        xml::text(parameter),
                        why.clone(),
                    );
                }
            }
            return;
        };
        self.findings.summary.verified += 1;
        for one in xml::children(node, inputs) {
            self.parameter(one, name, true, |parameter| {
                flow.input(parameter)
                    .cloned()
                    .map(Some)
                    .ok_or_else(|| flow.help(parameter, true))
            });
        }
        for one in xml::children(node, outputs) {
            self.parameter(one, name, false, |parameter| {
                flow.output(parameter)
                    .cloned()
                    .map(Some)
                    .ok_or_else(|| flow.help(parameter, false))
            });
        }
    }

    fn action(&mut self, node: Node<'_, '_>) {
        let Some(name_node) = xml::child(node, "actionName") else {
            return;
        };
        let name = xml::text(name_node);
        let project = self.resolver.project;
        match xml::text_of(node, "actionType") {
            Some("flow") => self.flow(node, name_node, "inputParameters", "outputParameters"),
            Some("apex") => self.apex(node, name_node),
            Some("api" | "externalService") if project.services.action(name).is_some() => {
                self.service(node, name_node);
            }
            kind => {
                let known = platform::action(name);
                let kind = kind.unwrap_or_default();
                for one in xml::children(node, "inputParameters") {
                    let Some(parameter) = xml::child(one, "name") else {
                        continue;
                    };
                    let word = xml::text(parameter);
                    let Some(action) = known else {
                        let why = format!(
                            "the parameters of the {kind} action {name} are not in the files"
                        );
                        self.findings.unverified(xml::span(parameter), word, why);
                        continue;
                    };
                    if action.inputs.iter().any(|input| input == word) {
                        self.findings.summary.verified += 1;
                        continue;
                    }
                    let help = match nearest(word, action.inputs.iter().map(String::as_str)) {
                        Some(meant) => format!("you may mean `{meant}`"),
                        None => format!("it has {}", action.inputs.join(", ")),
                    };
                    self.findings.summary.broken += 1;
                    self.findings.warning(
                        Code::FlowProperty,
                        xml::span(parameter),
                        format!("the action `{name}` has no input `{word}` that is known"),
                        help,
                    );
                }
            }
        }
    }

    /// An action of a service whose description is at hand.
    fn service(&mut self, node: Node<'_, '_>, name_node: Node<'_, '_>) {
        let name = xml::text(name_node);
        let Some(action) = self.resolver.project.services.action(name) else {
            return;
        };
        self.findings.summary.verified += 1;
        for one in xml::children(node, "inputParameters") {
            self.parameter(one, name, true, |parameter| {
                action.input(parameter).map(Some)
            });
        }
        for one in xml::children(node, "outputParameters") {
            self.parameter(one, name, false, |parameter| action.output(parameter));
        }
    }

    fn apex(&mut self, node: Node<'_, '_>, name_node: Node<'_, '_>) {
        let name = xml::text(name_node);
        let project = self.resolver.project;
        let Some(class) = project.classes.get(name) else {
            let why = format!("the Apex action {name} is not among the files");
            self.findings.unverified(xml::span(name_node), name, why);
            return;
        };
        if class.method.is_none() {
            self.findings.summary.broken += 1;
            self.findings.error(
                Code::FlowProperty,
                xml::span(name_node),
                format!("the class `{name}` has no invocable method"),
                "annotate a method with @InvocableMethod, or call another class",
            );
            return;
        }
        self.findings.summary.verified += 1;
        for one in xml::children(node, "inputParameters") {
            self.parameter(one, name, true, |parameter| {
                project.invocable_input(name, parameter)
            });
        }
        for one in xml::children(node, "outputParameters") {
            self.parameter(one, name, false, |parameter| {
                project.invocable_output(name, parameter)
            });
        }
    }

    /// A parameter, whose type `find` knows: none if that is not in the files, a way out if it is not there.
    fn parameter(
        &mut self,
        node: Node<'_, '_>,
        callee: &str,
        is_input: bool,
        find: impl Fn(&str) -> Result<Option<Type>, String>,
    ) {
        let Some(name_node) = xml::child(node, "name") else {
            return;
        };
        let name = xml::text(name_node);
        let what = if is_input { "input" } else { "output" };
        match find(name) {
            Ok(None) => {
                let why = format!("the types of the {what}s of {callee} are not all in the files");
                self.findings.unverified(xml::span(name_node), name, why);
            }
            Err(help) => {
                self.findings.summary.broken += 1;
                self.findings.error(
                    Code::FlowProperty,
                    xml::span(name_node),
                    format!("`{callee}` has no {what} `{name}`"),
                    help,
                );
            }
            Ok(Some(ty)) => {
                self.findings.summary.verified += 1;
                self.handed(node, name, &ty, is_input);
            }
        }
    }

    /// Whether what is handed over, or what takes an output, has the right type.
    fn handed(&mut self, node: Node<'_, '_>, name: &str, ty: &Type, is_input: bool) {
        if is_input {
            let value =
                xml::child(node, "value").and_then(|value| value_type(value, self.resolver));
            if let Some(value) = value {
                report(ty, &value, &format!("the input `{name}`"), self.findings);
            }
            return;
        }
        let Some(target) = xml::child(node, "assignToReference") else {
            return;
        };
        if let Ok(answer) = self.resolver.resolve(xml::text(target)) {
            let place = format!("`{}`", xml::text(target));
            let given = Given {
                span: xml::span(target),
                ty: ty.clone(),
                text: None,
            };
            report(&answer.ty, &given, &place, self.findings);
        }
    }

    /// The class of an Apex-defined variable.
    fn class(&mut self, node: Node<'_, '_>) {
        let declares = xml::text_of(node, "dataType");
        let Some(class_node) = xml::child(node, "apexClass") else {
            if declares == Some("Apex") {
                self.findings.error(
                    Code::FlowType,
                    xml::tag_span(node),
                    "this variable is Apex-defined, and names no class",
                    "set `apexClass`",
                );
            }
            return;
        };
        let class = xml::text(class_node);
        let project = self.resolver.project;
        if class.contains('.') {
            self.findings.summary.broken += 1;
            self.findings.error(
                Code::FlowProperty,
                xml::span(class_node),
                format!("`{class}` is an inner class, which Flow does not take"),
                "move it to a file of its own",
            );
        } else if let Some(found) = project.classes.get(class) {
            if found.fields.is_empty() && found.base.is_none() {
                self.findings.summary.broken += 1;
                self.findings.error(
                    Code::FlowProperty,
                    xml::span(class_node),
                    format!("the class `{class}` has no field that Flow sees"),
                    "annotate its fields with @AuraEnabled",
                );
            } else {
                self.findings.summary.verified += 1;
            }
        } else {
            if project.services.class(class).is_some() {
                self.findings.summary.verified += 1;
                return;
            }
            let why = if platform::is_made_by_org(class) {
                format!("the class {class} is made by the org")
            } else if class.contains("__") {
                format!("the class {class} belongs to a package")
            } else {
                format!("the class {class} is not among the files")
            };
            self.findings.unverified(xml::span(class_node), class, why);
        }
    }
}
