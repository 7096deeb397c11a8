//! What several files know of each other: flows, and the Apex classes beside them.

use std::collections::{BTreeMap, HashMap};

use roxmltree::Node;

use super::classes::{Class, Classes, Field};
use super::platform::{self, Found, Source};
use super::services::{self, Services};
use super::types::{Base, Type};
use super::xml;
use crate::nearest::nearest;

/// How many base classes are followed.
const MAX_BASES: usize = 16;

/// What other flows and classes offer to a flow.
#[derive(Debug, Default)]
pub(crate) struct Project {
    flows: HashMap<String, Interface>,
    pub classes: Classes,
    pub services: Services,
}

/// What is known of a property of a class.
pub(crate) enum Property {
    /// It is there.
    Known(Type),
    /// It is there by analogy alone.
    Inferred(Type, String),
    /// The files at hand do not decide it.
    Unverified(String),
}

/// The variables with which a flow is called.
#[derive(Debug, Default)]
pub(crate) struct Interface {
    variables: BTreeMap<String, Variable>,
}

#[derive(Debug)]
struct Variable {
    name: String,
    ty: Type,
    is_input: bool,
    is_output: bool,
}

impl Interface {
    /// What a flow offers to those who call it.
    pub fn of(root: Node<'_, '_>) -> Self {
        let variables = xml::children(root, "variables").filter_map(|node| {
            let name = xml::text_of(node, "name")?;
            let variable = Variable {
                name: name.to_owned(),
                ty: Type::declared(node),
                is_input: xml::is_true(node, "isInput"),
                is_output: xml::is_true(node, "isOutput"),
            };
            Some((name.to_lowercase(), variable))
        });
        Self {
            variables: variables.collect(),
        }
    }

    /// The type of an input variable.
    pub fn input(&self, name: &str) -> Option<&Type> {
        let found = self.variables.get(&name.to_lowercase());
        found.filter(|one| one.is_input).map(|one| &one.ty)
    }

    /// The type of an output variable.
    pub fn output(&self, name: &str) -> Option<&Type> {
        let found = self.variables.get(&name.to_lowercase());
        found.filter(|one| one.is_output).map(|one| &one.ty)
    }

    /// What to do about an input or output that is not there.
    pub fn help(&self, name: &str, input: bool) -> String {
        let what = if input { "input" } else { "output" };
        if self.variables.contains_key(&name.to_lowercase()) {
            return format!("it has a variable of this name: make it available for {what}");
        }
        let offered: Vec<&str> = self
            .variables
            .values()
            .filter(|one| if input { one.is_input } else { one.is_output })
            .map(|one| one.name.as_str())
            .collect();
        help(name, &offered, what)
    }
}

/// What is known of a property of a class that the org makes for a service; each has a Boolean twin. None where the
/// description does not decide it.
fn of_service(known: &services::Class, name: &str) -> Result<Option<Property>, String> {
    if let Some(ty) = known.properties.get(name) {
        return Ok(Some(Property::Known(ty.clone())));
    }
    let twin = name.strip_suffix("_set");
    if twin.is_some_and(|name| known.properties.get(name).is_some()) {
        return Ok(Some(Property::Known(Type::one(Base::Boolean))));
    }
    match known.is_complete {
        true => Err(help(name, &known.properties.names(), "property")),
        false => Ok(None),
    }
}

/// A way out for who means something that is not offered.
pub(super) fn help(name: &str, offered: &[&str], what: &str) -> String {
    match nearest(name, offered.iter().copied()) {
        Some(meant) => format!("you may mean `{meant}`"),
        None if offered.is_empty() => format!("it has no {what} at all"),
        None if offered.len() > 12 => format!("it has {} others", offered.len()),
        None => format!("it has {}", offered.join(", ")),
    }
}

impl Project {
    /// A project whose org has these services.
    pub fn with_services(services: Services) -> Self {
        Self {
            services,
            ..Self::default()
        }
    }

    /// Adds a flow under its name.
    pub fn add_flow(&mut self, name: &str, root: Node<'_, '_>) {
        self.flows.insert(name.to_lowercase(), Interface::of(root));
    }

    /// The flow of this name, letter case aside.
    pub fn flow(&self, name: &str) -> Option<&Interface> {
        self.flows.get(&name.to_lowercase())
    }

    /// What is known of a class's property.
    ///
    /// # Errors
    /// A way out, if there is no such property.
    pub fn property(&self, class: &str, name: &str) -> Result<Property, String> {
        if let Some(found) = self.classes.get(class) {
            return self.own_property(found, name);
        }
        let described = self.services.class(class);
        if let Some(found) = described.and_then(|known| of_service(known, name).transpose()) {
            return found;
        }
        let Some(properties) = platform::class(class) else {
            return Ok(Property::Unverified(if described.is_some() {
                format!("how the org names the properties of {class} is not known")
            } else if platform::is_made_by_org(class) {
                format!("the class {class} is made by the org")
            } else if class.contains("__") {
                format!("the class {class} belongs to a package")
            } else {
                format!("the class {class} is not among the files")
            }));
        };
        match platform::property(properties, name) {
            Found::Twin => Ok(Property::Known(Type::one(Base::Boolean))),
            Found::Property(platform::Property(written, source)) => {
                let ty = self.classes.flow_type(written);
                let ty = self.platform_type(written).unwrap_or(ty);
                Ok(match source {
                    Source::Documented | Source::Observed => Property::Known(ty),
                    Source::Inferred => Property::Inferred(
                        ty,
                        format!("the property `{name}` of {class} is inferred"),
                    ),
                })
            }
            Found::Missing => {
                let names: Vec<&str> = properties.keys().map(String::as_str).collect();
                Err(format!(
                    "{}; the org makes this class, so look there if it is newer than what is known of it",
                    help(name, &names, "property")
                ))
            }
        }
    }

    /// The type that a property of a class of the platform names, if that is a class of the platform too.
    fn platform_type(&self, written: &str) -> Option<Type> {
        let item = written
            .strip_prefix("List<")
            .and_then(|rest| rest.strip_suffix('>'));
        let class = item.unwrap_or(written);
        platform::is_made_by_org(class).then(|| Type {
            base: Base::Apex(class.to_owned()),
            many: Some(item.is_some()),
        })
    }

    fn own_property(&self, class: &Class, name: &str) -> Result<Property, String> {
        let mut at = class;
        let mut names: Vec<&str> = Vec::new();
        for _ in 0..MAX_BASES {
            if let Some(field) = at.fields.get(&name.to_lowercase()) {
                return Ok(Property::Known(self.field_type(at, field)));
            }
            names.extend(at.fields.values().map(|one| one.name.as_str()));
            let Some(base) = &at.base else {
                return Err(help(name, &names, "property with @AuraEnabled"));
            };
            match self.classes.get(base) {
                Some(found) => at = found,
                None => {
                    let why = format!("the class {base} is not among the files");
                    return Ok(Property::Unverified(why));
                }
            }
        }
        let why = format!("the class {} has many base classes", class.name);
        Ok(Property::Unverified(why))
    }

    fn field_type(&self, class: &Class, field: &Field) -> Type {
        let ty = self.classes.flow_type(&field.written);
        if ty.base == Base::Unknown
            && let Some(inner) = self.classes.within(&class.name, &field.written)
        {
            return Type::one(Base::Apex(inner.name.clone()));
        }
        ty
    }

    /// The type of an invocable method's output; none if its class is not at hand.
    ///
    /// # Errors
    /// A way out, if there is no such output.
    pub fn invocable_output(&self, class: &str, name: &str) -> Result<Option<Type>, String> {
        let method = self.classes.get(class).and_then(|one| one.method.as_ref());
        self.invocable(
            class,
            method.map(|(_, output)| output.as_str()),
            name,
            "output",
        )
    }

    /// The type of an invocable method's input; none if its class is not at hand.
    ///
    /// # Errors
    /// A way out, if there is no such input.
    pub fn invocable_input(&self, class: &str, name: &str) -> Result<Option<Type>, String> {
        let method = self.classes.get(class).and_then(|one| one.method.as_ref());
        let input = method.and_then(|(input, _)| input.as_deref());
        self.invocable(class, input, name, "input")
    }

    fn invocable(
        &self,
        class: &str,
        written: Option<&str>,
        name: &str,
        what: &str,
    ) -> Result<Option<Type>, String> {
        // A method takes and gives lists, one item for each interview.
        let item = written.and_then(|one| one.strip_prefix("List<")?.strip_suffix('>'));
        let Some(item) = item else { return Ok(None) };
        let holder = self.classes.within(class, item);
        let Some(holder) = holder.filter(|one| !one.invocables.is_empty() && one.base.is_none())
        else {
            // A plain value has no name of its own to be checked.
            return Ok(None);
        };
        match holder.invocables.get(&name.to_lowercase()) {
            Some(field) => Ok(Some(self.field_type(holder, field))),
            None => {
                let names: Vec<&str> = holder
                    .invocables
                    .values()
                    .map(|one| one.name.as_str())
                    .collect();
                Err(help(name, &names, what))
            }
        }
    }
}
