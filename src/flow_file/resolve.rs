//! From a reference to what it means.

use roxmltree::Node;

use super::FlowFile;
use super::globals::{self, Global};
use super::project::{Project, Property};
use super::symbols::{Kind, Symbol, Symbols};
use super::types::{Base, Type, scalar};
use super::xml;
use crate::diagnostic::{Code, Severity};
use crate::nearest::nearest;

/// How many loops and filters are followed from one to the other for the type of an item.
const MAX_CHAIN: usize = 32;

/// What a reference leads to.
#[derive(Debug)]
pub(crate) struct Answer<'s, 'a, 'x> {
    pub ty: Type,
    /// The named part of the flow; none for a global variable.
    pub symbol: Option<&'s Symbol<'a, 'x>>,
    /// Whether the reference goes on to a property of the symbol.
    pub is_part: bool,
    /// Why the last steps cannot be verified.
    pub doubt: Option<String>,
}

/// Why a reference leads nowhere.
#[derive(Debug)]
pub(crate) struct Problem {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    pub help: String,
}

impl Problem {
    fn dangling(message: String, help: String) -> Self {
        Self {
            code: Code::FlowDangling,
            severity: Severity::Error,
            message,
            help,
        }
    }

    pub(super) fn property(message: String, help: impl Into<String>) -> Self {
        Self {
            code: Code::FlowProperty,
            severity: Severity::Error,
            message,
            help: help.into(),
        }
    }
}

/// Where the next step of a path starts.
pub(super) enum At {
    Value(Type),
    /// The outputs of an action.
    Action,
    /// The outputs of a flow.
    Subflow,
    /// What only the org knows, with the reason.
    Doubt(String),
    /// A value that is known by analogy alone.
    Inferred(Type, String),
    /// Nothing follows.
    End(&'static str),
}

/// Resolves the references of one flow.
pub(crate) struct Resolver<'s, 'a, 'x, 'p> {
    pub flow: &'s FlowFile<'a, 'x>,
    pub symbols: &'s Symbols<'a, 'x>,
    pub project: &'p Project,
}

impl<'s, 'a, 'x> Resolver<'s, 'a, 'x, '_> {
    /// What a reference such as `Request.variables` or `$Flow.FaultMessage` leads to.
    pub fn resolve(&self, reference: &str) -> Result<Answer<'s, 'a, 'x>, Problem> {
        let mut steps = reference.split('.').map(unindexed);
        let (first, is_item) = steps.next().unwrap_or(("", false));
        if first.starts_with('$') {
            return self.global(first, reference, steps.next().map(|(step, _)| step));
        }
        let Some(symbol) = self.symbols.get(first) else {
            return Err(self.nothing(reference, first));
        };
        let mut at = self.start(symbol, 0);
        if let (true, At::Value(ty)) = (is_item, &mut at) {
            *ty = ty.clone().item();
        }
        let mut is_part = false;
        let mut doubt = None;
        for (step, is_item) in steps {
            is_part = true;
            at = match self.step(at, symbol, step)? {
                At::Doubt(why) => {
                    doubt = doubt.or(Some(why));
                    At::Doubt(String::new())
                }
                At::Inferred(ty, why) => {
                    doubt = Some(why);
                    At::Value(ty)
                }
                At::Value(ty) if is_item => At::Value(ty.item()),
                other => other,
            };
        }
        let ty = match at {
            At::Value(ty) | At::Inferred(ty, _) => ty,
            At::Action | At::Subflow | At::Doubt(_) | At::End(_) => Type::unknown(),
        };
        Ok(Answer {
            ty,
            symbol: Some(symbol),
            is_part,
            doubt,
        })
    }

    fn nothing(&self, reference: &str, first: &str) -> Problem {
        let names = self.symbols.list.iter().map(|one| one.name);
        let help = match nearest(first, names) {
            Some(meant) => format!("you may mean `{meant}`"),
            None => "add an element or a resource of this name, or refer to another one".to_owned(),
        };
        // Orchestrations that were edited keep conditions on steps by an id of the builder's own.
        let is_leftover = first.len() == 36 && first.split('-').count() == 5;
        let problem = Problem::dangling(
            if first == reference {
                format!("there is no `{first}` in this flow")
            } else {
                format!("`{reference}` refers to `{first}`, and there is none in this flow")
            },
            help,
        );
        Problem {
            severity: if is_leftover {
                Severity::Warning
            } else {
                Severity::Error
            },
            ..problem
        }
    }

    fn global(
        &self,
        name: &str,
        reference: &str,
        member: Option<&str>,
    ) -> Result<Answer<'s, 'a, 'x>, Problem> {
        let mut answer = Answer {
            ty: Type::unknown(),
            symbol: None,
            is_part: member.is_some(),
            doubt: None,
        };
        match globals::look_up(name, member) {
            Global::Known(ty) => answer.ty = ty,
            Global::Org => answer.doubt = Some(format!("the org decides what `{name}` holds")),
            Global::Missing(members) => {
                let help = match member.and_then(|word| nearest(word, members.iter().copied())) {
                    Some(meant) => format!("you may mean `{name}.{meant}`"),
                    None => format!("`{name}` has {}", members.join(", ")),
                };
                return Err(Problem {
                    severity: Severity::Warning,
                    ..Problem::dangling(format!("`{reference}` is not known"), help)
                });
            }
            Global::Record => {
                let start = xml::child(self.flow.root, "start");
                let object = start.and_then(|start| xml::text_of(start, "object"));
                // A schedule starts a flow with or without records.
                let trigger = start.and_then(|start| xml::text_of(start, "triggerType"));
                let has_trigger = trigger.is_some_and(|trigger| trigger != "Scheduled");
                let kind = xml::text_of(self.flow.root, "processType");
                if object.is_none()
                    && !has_trigger
                    && matches!(kind, Some("AutoLaunchedFlow" | "Flow"))
                {
                    return Err(Problem::dangling(
                        format!(
                            "`{reference}` refers to the record that starts the flow, and no record does"
                        ),
                        "set `object` and `triggerType` of `start`, or take an input variable"
                            .to_owned(),
                    ));
                }
                match member {
                    Some(_) => answer.doubt = Some(fields_of(object)),
                    None => answer.ty = Type::one(Base::Record(object.map(str::to_owned))),
                }
            }
            Global::Stranger => {
                return Err(Problem {
                    severity: Severity::Warning,
                    ..Problem::dangling(
                        format!("`{name}` is no global variable that is known here"),
                        "look for it under Global Variables in Flow Builder".to_owned(),
                    )
                });
            }
        }
        Ok(answer)
    }

    /// What a symbol itself is.
    fn start(&self, symbol: &Symbol<'a, 'x>, chain: usize) -> At {
        let node = symbol.node;
        match symbol.kind {
            Kind::Variable => At::Value(Type::declared(node)),
            Kind::Constant | Kind::Formula | Kind::Choice => At::Value(Type::one(
                xml::text_of(node, "dataType").map_or(Base::Unknown, scalar),
            )),
            Kind::ChoiceSet | Kind::Stage | Kind::Other => At::Value(Type::unknown()),
            Kind::Template => At::Value(Type::one(Base::Text)),
            Kind::Outcome => At::Value(Type::one(Base::Boolean)),
            Kind::Step => {
                At::Doubt("the outputs of an orchestration's steps are in other flows".to_owned())
            }
            Kind::Field => field(node),
            Kind::Element => self.element(node, chain),
        }
    }

    fn element(&self, node: Node<'a, 'x>, chain: usize) -> At {
        let stores = xml::is_true(node, "storeOutputAutomatically");
        let tag = node.tag_name().name();
        match tag {
            "actionCalls" if stores => At::Action,
            "subflows" if stores => At::Subflow,
            "recordLookups" if stores => {
                let object = xml::text_of(node, "object").map(str::to_owned);
                let single = xml::text_of(node, "getFirstRecordOnly");
                At::Value(Type {
                    base: Base::Record(object),
                    many: single.map(|word| word == "false"),
                })
            }
            "recordCreates" if stores => At::Value(Type {
                base: Base::Text,
                many: None,
            }),
            "actionCalls" | "subflows" | "recordLookups" | "recordCreates" => At::End(
                "it does not store its outputs automatically: set storeOutputAutomatically, or refer to the variables that they are assigned to",
            ),
            "loops" => self
                .collection(node, chain)
                .map_or_else(|| At::Value(Type::unknown()), |ty| At::Value(ty.item())),
            "collectionProcessors" => {
                At::Value(xml::text_of(node, "outputSObjectType").map_or_else(
                    || self.collection(node, chain).unwrap_or_else(Type::unknown),
                    |object| Type::many(Base::Record(Some(object.to_owned()))),
                ))
            }
            "transforms" => At::Value(Type::declared(node)),
            "screens" | "waits" | "orchestratedStages" | "apexPluginCalls" | "steps" => At::Doubt(
                format!("what an element of the kind `{tag}` gives back is not in the file"),
            ),
            _ => At::End("elements of this kind give nothing back"),
        }
    }

    /// The type of the collection that a loop or a filter goes through.
    fn collection(&self, node: Node<'a, 'x>, chain: usize) -> Option<Type> {
        let reference = xml::text_of(node, "collectionReference")?;
        let (first, rest) = reference.split_once('.').unwrap_or((reference, ""));
        let symbol = self.symbols.get(first).filter(|_| chain < MAX_CHAIN)?;
        let mut at = self.start(symbol, chain + 1);
        for step in rest.split('.').filter(|step| !step.is_empty()) {
            at = self.step(at, symbol, step).ok()?;
        }
        match at {
            At::Value(ty) | At::Inferred(ty, _) => Some(ty),
            At::Action | At::Subflow | At::Doubt(_) | At::End(_) => None,
        }
    }

    fn step(&self, at: At, symbol: &Symbol<'a, 'x>, step: &str) -> Result<At, Problem> {
        match at {
            At::Value(ty) | At::Inferred(ty, _) => self.member(ty, symbol, step),
            At::Action => self.output(symbol, step),
            At::Subflow => self.flow_output(symbol, step),
            At::Doubt(why) => Ok(At::Doubt(why)),
            At::End(why) => Err(Problem::property(
                format!("`{}` has no `{step}`", symbol.name),
                why,
            )),
        }
    }

    fn member(&self, ty: Type, symbol: &Symbol<'a, 'x>, step: &str) -> Result<At, Problem> {
        let class = match &ty.base {
            Base::Unknown => {
                return Ok(At::Doubt(format!(
                    "what {} of this kind holds is not in the file",
                    symbol.kind.shown()
                )));
            }
            Base::Record(object) => return Ok(At::Doubt(fields_of(object.as_deref()))),
            Base::Apex(class) => class,
            Base::Text | Base::Texts | Base::Number | Base::Boolean | Base::Date | Base::Time => {
                return Err(Problem::property(
                    format!(
                        "`{}` leads to {}, which has no `{step}`",
                        symbol.name,
                        ty.shown()
                    ),
                    "refer to the value as a whole, or to another one",
                ));
            }
        };
        if ty.many == Some(true) {
            return Err(Problem::property(
                format!(
                    "`{}` leads to {}, which has no `{step}`",
                    symbol.name,
                    ty.shown()
                ),
                "go through the collection with a loop, and refer to the properties of its item",
            ));
        }
        self.project
            .property(class, step)
            .map(|found| match found {
                Property::Known(ty) => At::Value(ty),
                Property::Inferred(ty, why) => At::Inferred(ty, why),
                Property::Unverified(why) => At::Doubt(why),
            })
            .map_err(|help| {
                Problem::property(
                    format!("the class `{class}` has no property `{step}` that Flow sees"),
                    help,
                )
            })
    }
}

fn fields_of(object: Option<&str>) -> String {
    match object {
        Some(object) => format!("the fields of the object {object} are in the org"),
        None => "the fields of a record are in the org".to_owned(),
    }
}

/// What a part of a screen gives back.
fn field(node: Node<'_, '_>) -> At {
    let data_type = || xml::text_of(node, "dataType").map_or(Base::Unknown, scalar);
    match xml::text_of(node, "fieldType") {
        Some("InputField" | "RadioButtons" | "RadioButtonGroup" | "DropdownBox") => {
            At::Value(Type::one(data_type()))
        }
        Some(
            "LargeTextArea" | "PasswordField" | "MultiSelectCheckboxes" | "MultiSelectPicklist",
        ) => At::Value(Type::one(Base::Text)),
        Some("DisplayText") => At::Value(Type::unknown()),
        Some("ComponentInstance") => {
            let name = xml::text_of(node, "extensionName").unwrap_or("of this screen");
            At::Doubt(format!(
                "the outputs of the component {name} are not in the files"
            ))
        }
        _ => At::Doubt(
            "what a part of a screen of this kind gives back is not in the file".to_owned(),
        ),
    }
}

/// A step without an index such as `[$EachItem]`, and whether it has one.
fn unindexed(step: &str) -> (&str, bool) {
    match step.split_once('[') {
        Some((name, _)) => (name, true),
        None => (step, false),
    }
}
