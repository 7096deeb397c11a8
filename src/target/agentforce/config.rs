//! Options for agents: what of the output an agent knows.

use serde::{Deserialize, Serialize};

use crate::target::chosen::Chosen;

/// What of the output an agent of Agentforce knows: nothing, unless it is named here.
///
/// ```
/// use flowtypes::{Generator, config::Chosen};
///
/// let generator = Generator::new().schema("schemas").configure(|config| {
///     config.agentforce.types = Chosen::Places(vec!["order".to_owned()]);
///     config.agentforce.actions = vec!["OrderParse".to_owned()];
/// });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct AgentforceConfig {
    /// Types that get a custom Lightning type (`LightningTypeBundle`), which points to their Apex class: names of schemas,
    /// with `#` and a JSON pointer for a part of one, as in `order#/$defs/money`; or all root types that have a class. They need API version 64.0.
    pub types: Chosen,
    /// What becomes an action of agents (`GenAiFunction`): API names of generated flows without screens, and names of
    /// generated Apex classes with an invocable method.
    pub actions: Vec<String>,
    /// Whether an agent asks the user before it runs a flow. The Apex classes change nothing and are run without.
    pub confirm_flows: bool,
}

impl AgentforceConfig {
    /// Whether an agent knows anything.
    pub(crate) fn any(&self) -> bool {
        self.types.any() || !self.actions.is_empty()
    }
}

impl Default for AgentforceConfig {
    fn default() -> Self {
        Self {
            types: Chosen::default(),
            actions: Vec::new(),
            confirm_flows: true,
        }
    }
}
