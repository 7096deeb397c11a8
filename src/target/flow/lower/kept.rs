//! The output variables for what answers hold.

use crate::action::{Output, OutputValue, ScalarType, SchemaRoots, property};

use super::super::config::FlowConfig;
use super::super::model::{Value, Variable};
use super::super::names;
use super::super::text::Text;
use super::super::types::{FlowType, Mapped, map_type};
use super::outcome::{Outcomes, value_key};
use super::plan::VariableType;
use super::variable;

/// A value of an answer: its schema, its class, whether it is a list, and the path.
pub(super) type Kept = (Option<String>, Option<String>, bool, String);

impl Outcomes<'_> {
    /// The output variable for a value of an output.
    pub(super) fn variable_for(
        &mut self,
        output: &Output,
        value: &OutputValue,
        roots: &SchemaRoots<'_, '_>,
        config: &FlowConfig,
    ) -> Option<Text> {
        let kept: Kept = (
            output.schema.clone(),
            output.apex_class.clone(),
            output.is_list,
            value.property.clone(),
        );
        if let Some(name) = self.kept.get(&kept) {
            return Some(name.clone());
        }
        let label = value.label.as_deref();
        let name = self.value(output, &value.property, label, roots, config)?;
        self.kept.insert(kept, name.clone());
        Some(name)
    }

    /// The output variable for a property of an output.
    fn value(
        &mut self,
        output: &Output,
        path: &str,
        label: Option<&str>,
        roots: &SchemaRoots<'_, '_>,
        config: &FlowConfig,
    ) -> Option<Text> {
        if path.is_empty() {
            return self.whole(output, label, roots, config);
        }
        let root = roots.root(output.schema.as_deref()?)?;
        let field = property(roots, root, path).ok()?;
        let label = names::label(label.or(field.docs.title).unwrap_or(field.wire));
        let (ty, is_list) = match map_type(roots.graph, field.ty, config) {
            Mapped::Scalar(ty) => (ty, false),
            Mapped::List(ty) => (ty, true),
            Mapped::Choice(_) | Mapped::Unlisted(_) | Mapped::Fixed(Value::Text(_)) => {
                (FlowType::new(ScalarType::String, config), false)
            }
            Mapped::Fixed(_) | Mapped::Record(_) | Mapped::Unsupported(_) => return None,
        };
        let key = value_key(output, path);
        let name = self
            .names
            .claim_first(&key, &[&label, &format!("{label} Output")]);
        let mut variable = variable(&name, ty, field.docs.description);
        variable.is_output = true;
        variable.is_collection = is_list;
        self.flow.variables.push(variable);
        Some(name)
    }

    /// The output variable for an output as a whole.
    fn whole(
        &mut self,
        output: &Output,
        label: Option<&str>,
        roots: &SchemaRoots<'_, '_>,
        config: &FlowConfig,
    ) -> Option<Text> {
        let ty = match &output.apex_class {
            Some(class) => (VariableType::Record(Text::new(class)), output.is_list),
            None => {
                let root = roots.root(output.schema.as_deref()?)?;
                match map_type(roots.graph, root, config) {
                    Mapped::Scalar(ty) => (VariableType::Scalar(ty), false),
                    Mapped::List(ty) => (VariableType::Scalar(ty), true),
                    Mapped::Choice(_) | Mapped::Unlisted(_) | Mapped::Fixed(Value::Text(_)) => {
                        let text = FlowType::new(ScalarType::String, config);
                        (VariableType::Scalar(text), false)
                    }
                    Mapped::Fixed(_) | Mapped::Record(_) | Mapped::Unsupported(_) => return None,
                }
            }
        };
        let label = names::label(label.unwrap_or(&output.label));
        let name = self.names.claim_first(
            &value_key(output, ""),
            &[&label, &format!("{label} Output")],
        );
        self.flow.variables.push(Variable {
            description: output.description.as_deref().map(Text::new),
            name: name.clone(),
            apex_class: ty.0.class().cloned(),
            data_type: ty.0.as_str(),
            is_collection: ty.1,
            is_input: false,
            is_output: true,
            scale: ty.0.scale(),
            is_required: false,
            default: None,
        });
        Some(name)
    }
}
