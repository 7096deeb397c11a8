//! The properties of an Apex-defined input: which of them a flow sets, and from what.

use crate::action::{ApexType, Group, Input, ScalarType, is_step};
use crate::diagnostic::Code;
use crate::ir::{Field, TypeId, TypeKind, TypeRef};

use super::super::model::{AssignmentItem, Value};
use super::super::names;
use super::super::text::Text;
use super::super::types::{FlowType, Mapped, map_type};
use super::inputs::{Planner, reference, twin};
use super::plan::{ChoiceValue, InputVariable, Made, Optional, Record, VariableType};

/// Nobody fills a flow with more inputs than this by hand.
const MAX_INPUTS: usize = 100;
/// So many objects within one another or side by side are looked at: an object may require itself.
const MAX_OBJECTS: usize = 200;

/// The walk through the properties of an input.
struct Walk<'a> {
    /// Where the input stands in the descriptor.
    pointer: &'a str,
    /// The name of the input.
    input: &'a str,
    apex: &'a ApexType,
    record: &'a mut Record,
    pending: Vec<Pending>,
    left_alone: Vec<String>,
}

/// An object whose properties are still to be looked at.
struct Pending {
    object: TypeId,
    path: String,
    label: String,
    required: bool,
    /// The optional object that this one belongs to, as an index into [`Record::optional`].
    part_of: Option<usize>,
}

impl Planner<'_, '_, '_> {
    /// Plans the properties that are required or offered; gives the paths of the others. An input that is
    /// optional as a whole is set if all that it must have is given.
    pub(super) fn properties(
        &mut self,
        pointer: &str,
        input: &Input,
        apex: &ApexType,
        root: TypeRef,
        record: &mut Record,
    ) -> Vec<String> {
        let mut part_of = None;
        if !input.required {
            let whole = Optional::new(&record.key, &record.label, input.description.as_deref());
            record.optional.push(whole);
            part_of = Some(0);
        }
        let whole = Pending {
            object: root.id,
            path: String::new(),
            label: record.label.clone(),
            required: input.required,
            part_of,
        };
        let mut walk = Walk {
            pointer,
            input: &input.name,
            apex,
            record,
            pending: vec![whole],
            left_alone: Vec::new(),
        };
        let mut objects = 0;
        while let Some(object) = walk.pending.pop() {
            self.object(&mut walk, &object);
            objects += 1;
            let many = self.plan.inputs.len() > MAX_INPUTS;
            if many || (objects == MAX_OBJECTS && !walk.pending.is_empty()) {
                let message = format!(
                    "schema `{}` requires more than {MAX_INPUTS} properties or {MAX_OBJECTS} objects",
                    walk.apex.schema
                );
                let help = "such a record is better made in Apex";
                self.say(Code::FlowDescriptor, walk.pointer, &message, help);
                break;
            }
        }
        walk.left_alone
    }

    fn object(&mut self, walk: &mut Walk<'_>, at: &Pending) {
        let roots = self.roots;
        let TypeKind::Object(object) = &roots.graph.get(at.object).kind else {
            return;
        };
        let mut deeper = Vec::new();
        for field in &object.fields {
            let path = if at.path.is_empty() {
                field.wire.to_owned()
            } else {
                format!("{}.{}", at.path, field.wire)
            };
            if self.is_grouped(walk, at, field, &path) {
                continue;
            }
            // The service alone gives such a value.
            if field.read_only {
                continue;
            }
            if !field.required && !is_offered(walk.apex, &path) {
                walk.left_alone.push(path);
                continue;
            }
            if self.plan.inputs.len() > MAX_INPUTS {
                return;
            }
            deeper.extend(self.field(walk, at, field, path));
        }
        walk.pending.extend(deeper.into_iter().rev());
    }

    /// Whether a group takes care of a property: all of it, unless it is an object with other properties.
    fn is_grouped(&mut self, walk: &Walk<'_>, at: &Pending, field: &Field<'_>, path: &str) -> bool {
        let Some(group) = group_of(walk.apex, path) else {
            return false;
        };
        let is_record = matches!(
            map_type(self.roots.graph, field.ty, self.config),
            Mapped::Record(_)
        );
        if is_record && (field.required || is_offered(walk.apex, path)) {
            return false;
        }
        if at.required && field.required && !group.required {
            let message = format!(
                "`{path}` of schema `{}` is required, but the group `{}` is not",
                walk.apex.schema, group.label
            );
            self.say(
                Code::FlowDescriptor,
                walk.pointer,
                &message,
                "make the group required",
            );
        }
        true
    }

    /// Plans one property; gives it back if it is an object.
    fn field(
        &mut self,
        walk: &mut Walk<'_>,
        at: &Pending,
        field: &Field<'_>,
        path: String,
    ) -> Option<Pending> {
        let label = names::label(field.docs.title.unwrap_or(field.wire));
        let mapped = match is_step(field.wire) {
            true => map_type(self.roots.graph, field.ty, self.config),
            false => Mapped::Unsupported("a property whose name a path cannot spell"),
        };
        let schema = &walk.apex.schema;
        match mapped {
            Mapped::Unsupported(what) => {
                let message =
                    format!("a flow cannot fill `{path}` of schema `{schema}`: it is {what}");
                self.say(
                    Code::FlowDescriptor,
                    walk.pointer,
                    &message,
                    "say in `groups` how its parts are set",
                );
                return None;
            }
            Mapped::Unlisted(one) => {
                let message = format!(
                    "`{path}` of schema `{schema}` becomes text without choices: {}",
                    one.why
                );
                self.say(
                    Code::FlowLossy,
                    walk.pointer,
                    &message,
                    "the service itself refuses other values",
                );
            }
            Mapped::Scalar(_)
            | Mapped::Choice(_)
            | Mapped::Fixed(_)
            | Mapped::List(_)
            | Mapped::Record(_) => {}
        }
        let key = format!("{}.{path}", walk.record.key);
        let may_be_null = field.required
            && self.roots.graph.resolve(field.ty).nullable
            && !matches!(mapped, Mapped::Fixed(_));
        let required = at.required && field.required && !may_be_null;
        if may_be_null {
            // Without a value null is sent: the twin says that the property is there.
            let item = AssignmentItem {
                to: twin(&walk.record.name, &path),
                operator: "Assign",
                value: Value::Boolean(true),
            };
            walk.record.items_of(at.part_of).push(item);
        }
        // What an optional object need not have is set apart from it.
        let is_with_whole = field.required && !may_be_null;
        let part_of = match at.part_of.filter(|_| is_with_whole) {
            Some(whole) => Some(whole),
            None if required => None,
            None => {
                let mut optional = Optional::new(&key, &label, field.docs.description);
                optional.within = at.part_of;
                walk.record.optional.push(optional);
                Some(walk.record.optional.len() - 1)
            }
        };
        if let Mapped::Record(object) = mapped {
            return Some(Pending {
                object,
                path,
                label,
                required,
                part_of,
            });
        }
        let to = reference(&walk.record.name, &path);
        let value = match mapped {
            Mapped::Fixed(value) => value,
            mapped => {
                let outer = format!("{} {label}", at.label);
                let maker = walk.apex.make.get(&path);
                if let Some(maker) = maker {
                    self.plan.made.push(Made {
                        input: self.plan.inputs.len(),
                        maker: maker.clone(),
                    });
                }
                let is_needed = required && maker.is_none();
                let source = format!("{}#{path}", walk.input);
                let labels = [label.as_str(), outer.as_str()];
                Value::Reference(self.variable(&key, labels, field, is_needed, &mapped, source))
            }
        };
        let is_input = matches!(value, Value::Reference(_));
        walk.record.items_of(part_of).push(AssignmentItem {
            to,
            operator: "Assign",
            value,
        });
        if let (Some(index), true) = (part_of, is_input) {
            walk.record.optional[index]
                .given
                .push(self.plan.inputs.len() - 1);
        }
        None
    }

    /// Adds the input variable for a property.
    fn variable(
        &mut self,
        key: &str,
        labels: [&str; 2],
        field: &Field<'_>,
        required: bool,
        mapped: &Mapped<'_, '_>,
        source: String,
    ) -> Text {
        let (ty, is_list) = match mapped {
            Mapped::Scalar(ty) => (*ty, false),
            Mapped::List(ty) => (*ty, true),
            Mapped::Choice(_)
            | Mapped::Unlisted(_)
            | Mapped::Fixed(_)
            | Mapped::Record(_)
            | Mapped::Unsupported(_) => (FlowType::new(ScalarType::String, self.config), false),
        };
        self.names.ask(key, self.wanted.of_field(field.location));
        let name = self.names.claim_first(key, &labels);
        let mut choices = Vec::new();
        if let Mapped::Choice(choice) = mapped {
            let texts = names::choice_labels(choice.values.iter().map(|value| value.wire));
            for (value, text) in choice.values.iter().zip(texts) {
                let key = format!("{key} = {}", value.wire);
                choices.push(ChoiceValue {
                    wire: value.wire.to_owned(),
                    label: text,
                    description: value.description.map(str::to_owned),
                    constant: self.names.claim_constant(&key, name.as_str(), value.wire),
                    key,
                });
            }
        }
        let of_type = self.roots.graph.get(field.ty.id).docs.description;
        self.plan.inputs.push(InputVariable {
            key: key.to_owned(),
            name: name.clone(),
            source,
            label: labels[0].to_owned(),
            text: labels[0].to_owned(),
            description: field.docs.description.or(of_type).map(str::to_owned),
            ty: VariableType::Scalar(ty),
            is_list,
            required,
            choices,
        });
        name
    }
}

/// Whether the descriptor offers a property or a part of it.
fn is_offered(apex: &ApexType, path: &str) -> bool {
    apex.offer.iter().any(|one| is_within(one, path))
}

/// The group of the descriptor that sets a property or a part of it.
fn group_of<'a>(apex: &'a ApexType, path: &str) -> Option<&'a Group> {
    apex.groups
        .iter()
        .find(|group| match &group.observed.element {
            Some(element) => element.list == path,
            None => group.observed.set.values().any(|one| is_within(one, path)),
        })
}

/// Whether `one` is `path` or leads through it.
fn is_within(one: &str, path: &str) -> bool {
    one.strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
