//! Actions for Flow Builder: what Flow cannot do by itself.

use heck::ToTitleCase;

use super::code::{Doc, Method, Statement, assign, call, join, returns, text};
use super::config::{Actions, ActionsWord, ApexConfig};
use super::lower::Class;
use super::model::{ActionClass, MakeUuid};
use super::names::Names;
use super::text::{LINE_WIDTH, apex_doc, literal};
use super::types::{Holder, TypeMap};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{TypeDef, TypeGraph, TypeId};
use crate::naming::type_phrases;

/// How many letters of a schema a label has.
const MAX_LABEL: usize = 60;

/// What an action does with a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verb {
    /// JSON text to a value.
    Parse,
    /// A value to JSON text.
    Write,
    /// A value to what is wrong with it.
    Validate,
}

impl Verb {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Parse, Self::Write, Self::Validate];

    /// The word in names and labels.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Parse => "Parse",
            Self::Write => "Write",
            Self::Validate => "Validate",
        }
    }

    /// The name of the method.
    pub(crate) fn method(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Write => "write",
            Self::Validate => "validate",
        }
    }

    /// What the action does, for people.
    fn description(self, class: &str) -> String {
        match self {
            Self::Parse => {
                format!("Reads JSON text into a value of the type {class} and checks it.")
            }
            Self::Write => {
                format!("Writes a value of the type {class} as JSON text and checks it.")
            }
            Self::Validate => format!("Finds all that is wrong with a value of the type {class}."),
        }
    }
}

/// The types that the configuration asks actions for and that have a class.
pub(crate) fn chosen(
    graph: &TypeGraph<'_>,
    types: &TypeMap,
    config: &ApexConfig,
    diagnostics: &mut Diagnostics,
) -> Vec<TypeId> {
    if !config.codec {
        return Vec::new();
    }
    let mut chosen: Vec<TypeId> = Vec::new();
    let mut choose = |id: TypeId| {
        let end = types.end(id);
        let has_class = types.holder(end) == Holder::Class(end);
        if has_class && !chosen.contains(&end) {
            chosen.push(end);
        }
        has_class
    };
    match &config.actions {
        Actions::Word(ActionsWord::None) => {}
        Actions::Word(ActionsWord::All) => {
            for module in graph.modules.iter().filter(|module| module.is_input) {
                module.root.map(&mut choose);
            }
        }
        Actions::Places(places) => {
            for place in places {
                let found = at_place(graph, place);
                let said = match found.map(&mut choose) {
                    Some(true) => continue,
                    Some(false) => format!(
                        "`apex.actions` speaks of {place:?}, which has no Apex class of its own"
                    ),
                    None => {
                        format!("`apex.actions` speaks of {place:?}, which is not in the schemas")
                    }
                };
                diagnostics.push(Diagnostic::new(Code::UnknownKey, said).help(
                    "a place is the name of a file without its extension, or that, `#`, and the JSON pointer of a schema, as in `order#/$defs/money`",
                ));
            }
        }
    }
    chosen
}

/// The type at a place: file name, `#`, JSON pointer.
fn at_place(graph: &TypeGraph<'_>, place: &str) -> Option<TypeId> {
    let (stem, pointer) = place.split_once('#').unwrap_or((place, ""));
    if pointer.is_empty() {
        let module = graph.modules.iter().find(|module| module.stem == stem)?;
        return module.root;
    }
    let found = graph.iter().find(|(_, def)| {
        let module = graph.modules.get(def.module.0 as usize);
        module.is_some_and(|module| module.stem == stem)
            && graph.locations.place(def.location).1 == pointer
    });
    found.map(|(id, _)| id)
}

/// The classes of all actions.
pub(crate) fn classes(
    graph: &TypeGraph<'_>,
    names: &Names,
    config: &ApexConfig,
    chosen: &[TypeId],
) -> Vec<Class> {
    let phrases = type_phrases(graph);
    let mut classes = Vec::new();
    for &id in chosen {
        for verb in Verb::ALL {
            if let (Some(class), Some(name)) = (names.class_name(id), names.action(id, verb)) {
                let action = Action {
                    verb,
                    class,
                    name,
                    label: label(graph.get(id), &phrases[id.0 as usize]),
                    names,
                    config,
                };
                classes.push(Class::Action(action.class()));
            }
        }
    }
    let make_uuid = names.has_actions().then(|| {
        Class::MakeUuid(MakeUuid {
            access: config.access.keyword(),
            name: names.make_uuid().to_owned(),
            category: literal(&category(config)),
        })
    });
    classes.extend(make_uuid);
    classes
}

/// The category that Flow Builder lists the actions under.
fn category(config: &ApexConfig) -> String {
    format!("{} JSON", config.class_prefix).trim().to_owned()
}

/// What the schema calls the type, in words.
fn label(def: &TypeDef<'_>, phrase: &str) -> String {
    let words = match def.docs.title {
        Some(title) if title.contains(' ') => title.to_owned(),
        _ => phrase.to_title_case(),
    };
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").chars().take(MAX_LABEL).collect()
}

/// An action on its way to a class.
struct Action<'a> {
    verb: Verb,
    class: &'a str,
    name: &'a str,
    label: String,
    names: &'a Names,
    config: &'a ApexConfig,
}

impl Action<'_> {
    fn class(&self) -> ActionClass {
        let is_parse = self.verb == Verb::Parse;
        let value = |text: &str| self.variable("value", self.class, "Value", text, !is_parse);
        let json = |text: &str| self.variable("jsonText", "String", "JSON Text", text, is_parse);
        let violations = format!("List<{}>", self.names.shared().violation);
        let mut request = vec![match self.verb {
            Verb::Parse => json("The JSON text to read."),
            Verb::Write => value("The value to write."),
            Verb::Validate => value("The value to check."),
        }];
        request.push(self.variable(
            "failOnError",
            "Boolean",
            "Fail on Error",
            "True to end in a fault if anything is wrong. Otherwise look at Is Success.",
            false,
        ));
        let mut result = match self.verb {
            Verb::Parse => vec![self.output(
                "value",
                self.class,
                "Value",
                "What was read, valid or not. Empty if the text could not be read.",
            )],
            Verb::Write => vec![self.output(
                "jsonText",
                "String",
                "JSON Text",
                "The JSON text. Empty if the value is not valid.",
            )],
            Verb::Validate => Vec::new(),
        };
        result.extend([
            self.output(
                "isSuccess",
                "Boolean",
                "Is Success",
                "True if nothing is wrong.",
            ),
            self.output(
                "errorMessage",
                "String",
                "Error Message",
                "What is wrong, a line for each violation. Empty if nothing is.",
            ),
            self.output(
                "violations",
                &violations,
                "Violations",
                "Each thing that is wrong with the value, and where.",
            ),
        ]);
        let doc = [
            self.verb.description(self.class),
            "Generated by flowtypes. Do not edit.".to_owned(),
        ];
        let methods = [self.entry(), self.one(), self.message()];
        ActionClass {
            doc: apex_doc(&doc, 0),
            access: self.config.access.keyword(),
            name: self.name.to_owned(),
            request,
            result,
            methods: methods.iter().map(Method::lines).collect(),
        }
    }

    fn variable(
        &self,
        name: &str,
        ty: &str,
        label: &str,
        description: &str,
        required: bool,
    ) -> Vec<String> {
        let mut parameters = vec![
            format!("label={}", literal(label)),
            format!("description={}", literal(description)),
        ];
        parameters.push(format!("required={required}"));
        self.declared(name, ty, description, parameters)
    }

    fn output(&self, name: &str, ty: &str, label: &str, description: &str) -> Vec<String> {
        let parameters = vec![
            format!("label={}", literal(label)),
            format!("description={}", literal(description)),
        ];
        self.declared(name, ty, description, parameters)
    }

    fn declared(
        &self,
        name: &str,
        ty: &str,
        description: &str,
        parameters: Vec<String>,
    ) -> Vec<String> {
        let mut out: Vec<String> = apex_doc(&[description.to_owned()], 4)
            .into_iter()
            .map(|line| format!("    {line}"))
            .collect();
        out.extend(annotation("InvocableVariable", parameters, 4));
        let access = self.config.access.keyword();
        out.push(format!("    {access} {ty} {name};"));
        out
    }

    /// The method that Flow calls.
    fn entry(&self) -> Method {
        let json = &self.names.shared().json;
        let description = self.verb.description(self.class);
        let mut doc = vec![
            "/**".to_owned(),
            " * Does it for each request; a bad one does not spoil the others.".to_owned(),
            " *".to_owned(),
            " * @param requests what the flows give, one for each interview".to_owned(),
            " * @return one result for each request, in the same order".to_owned(),
            " */".to_owned(),
        ];
        let label = format!("{} {}", self.verb.word(), self.label);
        let parameters = vec![
            format!("label={}", literal(&label)),
            format!("description={}", literal(&description)),
            format!("category={}", literal(&category(self.config))),
        ];
        let lines = annotation("InvocableMethod", parameters, 2);
        doc.extend(lines.into_iter().map(|line| line[2..].to_owned()));
        let thrown = format!("throw new {json}.InvalidException(result.errorMessage)");
        Method {
            doc,
            head: format!(
                "{} static List<Result> {}",
                self.config.access.keyword(),
                self.verb.method()
            ),
            parameters: vec!["List<Request> requests".to_owned()],
            body: vec![
                assign("List<Result> results", text("new List<Result>()")),
                Statement::For(
                    "Request request".to_owned(),
                    text("requests"),
                    vec![
                        assign("Result result", text("resultOf(request)")),
                        Statement::If(vec![(
                            Some(text("request.failOnError == true && !result.isSuccess")),
                            vec![Statement::Plain(text(thrown))],
                        )]),
                        Statement::Plain(text("results.add(result)")),
                    ],
                ),
                returns(text("results")),
            ],
        }
    }

    /// The method for one request.
    fn one(&self) -> Method {
        let shared = self.names.shared();
        let codec = self.names.codec(self.class);
        let calls = |method: &str, argument: &str| -> Doc {
            call(format!("{codec}.{method}"), vec![text(argument)])
        };
        let value = match self.verb {
            Verb::Parse => "result.value",
            Verb::Write | Verb::Validate => "request.value",
        };
        let mut tried = Vec::new();
        if self.verb == Verb::Parse {
            tried.push(assign(
                "result.value",
                calls("fromJson", "request.jsonText"),
            ));
        }
        tried.push(assign("result.violations", calls("validate", value)));
        tried.push(assign(
            "result.errorMessage",
            text("message(result.violations)"),
        ));
        if self.verb == Verb::Write {
            // What is valid can be written.
            tried.push(Statement::If(vec![(
                Some(text("result.violations.isEmpty()")),
                vec![assign("result.jsonText", calls("toJson", value))],
            )]));
        }
        let mut body = vec![assign("Result result", text("new Result()"))];
        if self.verb == Verb::Parse {
            let none = text(format!("new List<{}>()", shared.violation));
            body.push(assign("result.violations", none));
        }
        match self.verb {
            Verb::Parse => body.push(Statement::Try(
                tried,
                format!("{}.InvalidException problem", shared.json),
                vec![assign("result.errorMessage", text("problem.getMessage()"))],
            )),
            Verb::Write | Verb::Validate => body.extend(tried),
        }
        body.push(assign(
            "result.isSuccess",
            text("result.errorMessage == null"),
        ));
        body.push(returns(text("result")));
        Method {
            doc: Vec::new(),
            head: "private static Result resultOf".to_owned(),
            parameters: vec!["Request request".to_owned()],
            body,
        }
    }

    fn message(&self) -> Method {
        let violation = &self.names.shared().violation;
        let line = "(violation.path + ' ' + violation.message).trim()";
        Method {
            doc: Vec::new(),
            head: "private static String message".to_owned(),
            parameters: vec![format!("List<{violation}> violations")],
            body: vec![
                assign("List<String> parts", text("new List<String>()")),
                Statement::For(
                    format!("{violation} violation"),
                    text("violations"),
                    vec![Statement::Plain(call("parts.add", vec![text(line)]))],
                ),
                returns(join(vec![text(
                    "parts.isEmpty() ? null : String.join(parts, '\\n')",
                )])),
            ],
        }
    }
}

/// The lines of an annotation: in one if it fits, else a parameter in each.
fn annotation(name: &str, parameters: Vec<String>, indent: usize) -> Vec<String> {
    let space = " ".repeat(indent);
    let line = format!("{space}@{name}({})", parameters.join(" "));
    if line.chars().count() <= LINE_WIDTH {
        return vec![line];
    }
    let mut out = vec![format!("{space}@{name}(")];
    out.extend(parameters.iter().map(|one| format!("{space}  {one}")));
    out.push(format!("{space})"));
    out
}
