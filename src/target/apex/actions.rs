//! Actions for Flow Builder: what Flow cannot do by itself.

use super::code::{Doc, Method, Statement, assign, call, chain, either, join, returns, text};
use super::codec;
use super::config::ApexConfig;
use super::lower::Class;
use super::model::{ActionClass, MakeUuid};
use super::names::{Names, phrases};
use super::text::{LINE_WIDTH, apex_doc, literal};
use super::types::{Holder, TypeMap};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{TypeDef, TypeGraph, TypeId};
use crate::naming::{shortened, title_case};
use crate::target::chosen::{Chosen, ChosenWord, subject};
use crate::target::signature::{Invocable, Parameter, Signature, ValueType};

/// How many letters of a schema a label has.
const MAX_LABEL: usize = 60;

/// The inner class with what the flow gets, in the actions on values of this class. An inner class hides a class of
/// the same name, which could not be the type of a field there.
pub(crate) fn result_class(class: &str) -> &'static str {
    if class.eq_ignore_ascii_case("Result") {
        "ActionResult"
    } else {
        "Result"
    }
}

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
        Chosen::Word(ChosenWord::None) => {}
        Chosen::Word(ChosenWord::All) => {
            for module in graph.modules.iter().filter(|module| module.is_input) {
                module.root.map(|root| choose(subject(graph, root)));
            }
        }
        Chosen::Places(places) => {
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
                let problem = Diagnostic::new(Code::UnknownKey, said).help(
                    "a place is the name of a file without its extension, or that, `#`, and the JSON pointer of a schema, as in `order#/$defs/money`",
                );
                diagnostics.push(config.actions.point(problem, "apex.actions", place));
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
    (types, names): (&TypeMap, &Names),
    config: &ApexConfig,
    chosen: &[TypeId],
) -> Vec<Class> {
    let actions = actions(graph, (types, names), config, chosen).into_iter();
    let mut classes: Vec<Class> = actions.map(|one| Class::Action(one.class())).collect();
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

fn actions<'a>(
    graph: &TypeGraph<'_>,
    (types, names): (&TypeMap, &'a Names),
    config: &'a ApexConfig,
    chosen: &[TypeId],
) -> Vec<Action<'a>> {
    // The phrases are those of all types.
    if chosen.is_empty() {
        return Vec::new();
    }
    let phrases = phrases(graph, types);
    let nullable = codec::nullable(graph, types, names);
    let mut actions = Vec::new();
    for &id in chosen {
        for verb in Verb::ALL {
            if let (Some(class), Some(name)) = (names.class_name(id), names.action(id, verb)) {
                actions.push(Action {
                    verb,
                    class,
                    name,
                    label: label(graph.get(id), &phrases[id.0 as usize]),
                    is_nullable: nullable.contains(&names.codec(class)),
                    names,
                    config,
                });
            }
        }
    }
    actions
}

/// What callers of the actions need to know.
pub(crate) fn signatures(
    graph: &TypeGraph<'_>,
    (types, names): (&TypeMap, &Names),
    config: &ApexConfig,
    chosen: &[TypeId],
) -> Vec<Signature> {
    let actions = actions(graph, (types, names), config, chosen).into_iter();
    let of_types = actions.map(|one| Signature {
        name: one.name.to_owned(),
        label: one.full_label(),
        description: one.verb.description(one.class),
        kind: Invocable::Class,
        inputs: one.inputs().to_vec(),
        outputs: one.outputs(),
    });
    let make_uuid =
        names.has_actions().then(|| {
            let existing = "Given back as it is. If it is empty, a new UUID is made.";
            let uuid = "A random UUID (version 4) in lower case, or the existing one.";
            Signature {
            name: names.make_uuid().to_owned(),
            label: "Make UUID".to_owned(),
            description:
                "Makes a random UUID (version 4), for example as the key of an external session."
                    .to_owned(),
            kind: Invocable::Class,
            inputs: vec![parameter("existing", ValueType::Text, "Existing UUID", existing)],
            outputs: vec![parameter("uuid", ValueType::Text, "UUID", uuid)],
        }
        });
    of_types.chain(make_uuid).collect()
}

fn parameter(name: &str, ty: ValueType, label: &str, description: &str) -> Parameter {
    Parameter {
        name: name.to_owned(),
        label: label.to_owned(),
        description: Some(description.to_owned()),
        ty,
        is_list: false,
        is_required: false,
    }
}

/// The category that Flow Builder lists the actions under.
fn category(config: &ApexConfig) -> String {
    format!("{} JSON", config.class_prefix).trim().to_owned()
}

/// What the schema calls the type, in words.
fn label(def: &TypeDef<'_>, phrase: &str) -> String {
    let words = match def.docs.title {
        Some(title) if title.contains(' ') => title.to_owned(),
        _ => title_case(phrase),
    };
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    let shown: String = words.chars().filter(|c| !c.is_control()).collect();
    shortened(&shown, MAX_LABEL)
}

/// An action on its way to a class.
struct Action<'a> {
    verb: Verb,
    class: &'a str,
    name: &'a str,
    label: String,
    /// Whether null is a valid value.
    is_nullable: bool,
    names: &'a Names,
    config: &'a ApexConfig,
}

impl Action<'_> {
    fn class(&self) -> ActionClass {
        let request = self.inputs().into_iter();
        let request = request.map(|one| self.declared(&one, true));
        let result = self.outputs().into_iter();
        let result = result.map(|one| self.declared(&one, false));
        let doc = [
            self.verb.description(self.class),
            "Generated by flowtypes. Do not edit.".to_owned(),
        ];
        let methods = [self.entry(), self.one()];
        ActionClass {
            doc: apex_doc(&doc, 0),
            access: self.config.access.keyword(),
            name: self.name.to_owned(),
            result_class: result_class(self.class),
            request: request.collect(),
            result: result.collect(),
            methods: methods.into_iter().map(Method::into_text).collect(),
        }
    }

    fn inputs(&self) -> [Parameter; 2] {
        let value = |text| parameter("value", self.record(), "Value", text);
        let mut first = match self.verb {
            Verb::Parse => {
                let text = "The JSON text to read. If it is empty, that is an error.";
                parameter("jsonText", ValueType::Text, "JSON Text", text)
            }
            Verb::Write => value("The value to write. If it is empty, that is an error."),
            Verb::Validate => value("The value to check. If it is empty, that is an error."),
        };
        first.is_required = true;
        let text = "True to end in a fault if anything is wrong. Otherwise look at Is Success.";
        let fail = parameter("failOnError", ValueType::Boolean, "Fail on Error", text);
        [first, fail]
    }

    fn outputs(&self) -> Vec<Parameter> {
        let first = match self.verb {
            Verb::Parse => {
                let text = "What was read, valid or not. Empty if the text could not be read.";
                Some(parameter("value", self.record(), "Value", text))
            }
            Verb::Write => {
                let text = "The JSON text. Empty if the value is not valid.";
                Some(parameter("jsonText", ValueType::Text, "JSON Text", text))
            }
            Verb::Validate => None,
        };
        let violation = ValueType::Record(self.names.shared().violation.clone());
        let text = "Each thing that is wrong with the value, and where.";
        let mut violations = parameter("violations", violation, "Violations", text);
        violations.is_list = true;
        let (text, yes) = (ValueType::Text, ValueType::Boolean);
        let success = "True if nothing is wrong.";
        let message = "What is wrong, a line for each violation. Empty if nothing is.";
        let common = [
            parameter("isSuccess", yes, "Is Success", success),
            parameter("errorMessage", text, "Error Message", message),
            violations,
        ];
        first.into_iter().chain(common).collect()
    }

    fn record(&self) -> ValueType {
        ValueType::Record(self.class.to_owned())
    }

    fn full_label(&self) -> String {
        format!("{} {}", self.verb.word(), self.label)
    }

    /// The lines of an input or output.
    ///
    /// No input is required for Flow: an empty one would end the whole bulk run in a fault before any code runs (issue 198
    /// of Nebula Logger tells of it). The action says that it is missing.
    fn declared(&self, one: &Parameter, is_input: bool) -> Vec<String> {
        let description = one.description.clone().unwrap_or_default();
        let mut parameters = vec![
            format!("label={}", literal(&one.label)),
            format!("description={}", literal(&description)),
        ];
        parameters.extend(is_input.then(|| "required=false".to_owned()));
        let mut out: Vec<String> = apex_doc(&[description], 4)
            .into_iter()
            .map(|line| format!("    {line}"))
            .collect();
        out.extend(annotation("InvocableVariable", parameters, 4));
        let ty = match &one.ty {
            ValueType::Text => "String",
            ValueType::Boolean => "Boolean",
            ValueType::Number => "Decimal",
            ValueType::Date => "Date",
            ValueType::DateTime => "Datetime",
            ValueType::Record(class) => class,
        };
        let (access, name) = (self.config.access.keyword(), &one.name);
        out.push(match one.is_list {
            true => format!("    {access} List<{ty}> {name};"),
            false => format!("    {access} {ty} {name};"),
        });
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
        let parameters = vec![
            format!("label={}", literal(&self.full_label())),
            format!("description={}", literal(&description)),
            format!("category={}", literal(&category(self.config))),
        ];
        let lines = annotation("InvocableMethod", parameters, 2);
        doc.extend(lines.into_iter().map(|line| line[2..].to_owned()));
        let result = result_class(self.class);
        let thrown = format!("throw new {json}.InvalidException(result.errorMessage)");
        Method {
            doc,
            head: format!(
                "{} static List<{result}> {}",
                self.config.access.keyword(),
                self.verb.method()
            ),
            parameters: vec!["List<Request> requests".to_owned()],
            body: vec![
                assign(
                    format!("List<{result}> results"),
                    text(format!("new List<{result}>()")),
                ),
                Statement::For(
                    "Request request".to_owned(),
                    text("requests"),
                    vec![
                        assign(format!("{result} result"), text("resultOf(request)")),
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
        let calls = |method: &str, argument: &'static str| -> Doc {
            call(format!("{codec}.{method}"), vec![text(argument)])
        };
        let value = match self.verb {
            Verb::Parse => "result.value",
            Verb::Write | Verb::Validate => "request.value",
        };
        let mut tried = Vec::new();
        if self.verb == Verb::Parse {
            tried.push(assign("result.value", calls("fromJson", "text")));
        }
        tried.push(assign("result.violations", calls("validate", value)));
        if self.is_nullable {
            tried.push(self.needs_input());
        }
        let lines = call(
            format!("{}.lines", shared.json),
            vec![text("result.violations")],
        );
        let message = assign("result.errorMessage", lines);
        if self.verb == Verb::Write {
            // What is valid can be written. It is one statement, which is executed where no example of a valid value is known.
            let is_valid = text("result.violations.isEmpty()");
            let written = either(is_valid, calls("toJson", value), text("null"));
            tried.push(assign("result.jsonText", written));
        }
        let result = result_class(self.class);
        let mut body = vec![assign(
            format!("{result} result"),
            text(format!("new {result}()")),
        )];
        if self.verb == Verb::Parse {
            let none = text(format!("new List<{}>()", shared.violation));
            body.push(assign("result.violations", none));
            // An input that is included but empty is an empty text (UnofficialSF, "Toggle Behavior for Invocable Actions").
            let given = "String.isBlank(request.jsonText) ? null : request.jsonText";
            body.push(assign("String text", text(given)));
        }
        match self.verb {
            Verb::Parse => body.push(Statement::Try(
                tried,
                format!("{}.InvalidException problem", shared.json),
                vec![Statement::Plain(call(
                    "result.violations.add",
                    vec![text("problem.violation()")],
                ))],
            )),
            Verb::Write | Verb::Validate => body.extend(tried),
        }
        body.push(message);
        body.push(assign(
            "result.isSuccess",
            text("result.errorMessage == null"),
        ));
        body.push(returns(text("result")));
        Method {
            doc: Vec::new(),
            head: format!("private static {result} resultOf"),
            parameters: vec!["Request request".to_owned()],
            body,
        }
    }

    /// Where null is valid, it still has to be said: an input that a flow has left empty is none.
    fn needs_input(&self) -> Statement {
        let input = match self.verb {
            Verb::Parse => "text",
            Verb::Write | Verb::Validate => "request.value",
        };
        let checker = format!("new {}.Checker", self.names.shared().json);
        let missing = chain(
            call(checker, vec![text("null")]),
            vec![("required", Vec::new())],
        );
        let violations = join(vec![missing, text(".violations")]);
        Statement::If(vec![(
            Some(text(format!("{input} == null"))),
            vec![assign("result.violations", violations)],
        )])
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
