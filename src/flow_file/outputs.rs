//! What actions and flows give back to the flow that calls them.

use super::platform;
use super::resolve::{At, Problem, Resolver};
use super::services;
use super::symbols::Symbol;
use super::types::{Base, Type};
use super::xml;

impl<'a, 'x> Resolver<'_, 'a, 'x, '_> {
    pub(super) fn output(&self, symbol: &Symbol<'a, 'x>, step: &str) -> Result<At, Problem> {
        let name = xml::text_of(symbol.node, "actionName").unwrap_or_default();
        let kind = xml::text_of(symbol.node, "actionType").unwrap_or_default();
        if kind == "flow" {
            return self.output_of_flow(name, step);
        }
        if kind == "apex" {
            let found = self.project.invocable_output(name, step);
            return match found {
                Ok(Some(ty)) => Ok(At::Value(ty)),
                Ok(None) => Ok(At::Doubt(format!(
                    "the Apex action `{name}` is not among the files"
                ))),
                Err(help) => Err(Problem::property(
                    format!("the action `{name}` has no output `{step}`"),
                    help,
                )),
            };
        }
        if !matches!(kind, "api" | "externalService") {
            return Ok(At::Doubt(format!(
                "the outputs of the {kind} action {name} are not in the files"
            )));
        }
        if let Some(action) = self.project.services.action(name) {
            return service_output(name, action, step);
        }
        let status = step.trim_start_matches('_');
        let code = status.strip_suffix("Exc").unwrap_or(status);
        let is_code = code.len() == 3
            && code.starts_with(|c: char| c.is_ascii_digit())
            && (code.bytes().all(|c| c.is_ascii_digit()) || code.ends_with("XX"));
        let is_scheme = is_code || code == "default" || step == "responseCode";
        if !is_scheme {
            return Err(Problem::property(
                format!("the action `{name}` has no output `{step}`"),
                "outputs of an API are named after its answers: `200`, `404Exc`, `defaultExc`, `responseCode`",
            ));
        }
        if step == "responseCode" {
            return Ok(At::Value(Type::one(Base::Number)));
        }
        let class = platform::action(name).and_then(|action| {
            if code == status && code == "200" {
                action.success.as_deref()
            } else if code != status {
                Some(action.error.as_str())
            } else {
                None
            }
        });
        Ok(match class {
            Some(class) => At::Value(Type::one(Base::Apex(class.to_owned()))),
            None => At::Doubt(format!(
                "the answers of the action `{name}` are not in the files"
            )),
        })
    }

    pub(super) fn flow_output(&self, symbol: &Symbol<'a, 'x>, step: &str) -> Result<At, Problem> {
        let name = xml::text_of(symbol.node, "flowName").unwrap_or_default();
        if step == "Outputs" {
            return Ok(At::Subflow);
        }
        self.output_of_flow(name, step)
    }

    fn output_of_flow(&self, name: &str, step: &str) -> Result<At, Problem> {
        let Some(flow) = self.project.flow(name) else {
            return Ok(At::Doubt(format!(
                "the flow `{name}` is not among the files"
            )));
        };
        match flow.output(step) {
            Some(ty) => Ok(At::Value(ty.clone())),
            None => Err(Problem::property(
                format!("the flow `{name}` has no output `{step}`"),
                flow.help(step, false),
            )),
        }
    }
}

/// An output of a service's action.
fn service_output(name: &str, action: &services::Action, step: &str) -> Result<At, Problem> {
    match action.output(step) {
        Ok(Some(ty)) => Ok(At::Value(ty)),
        Ok(None) => Ok(At::Doubt(format!(
            "the description of the action `{name}` has no answer for other codes"
        ))),
        Err(help) => Err(Problem::property(
            format!("the action `{name}` has no output `{step}`"),
            help,
        )),
    }
}
