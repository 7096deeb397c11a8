//! What a session is started with.

use uuid::Uuid;

use crate::Error;
use crate::address;
use crate::types::{ContextVariable, InstanceConfig, StartSessionRequest, TextVariable};

/// What a session is started with, also when it has to be started anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    agent_id: String,
    endpoint: String,
    time_zone: Option<String>,
    variables: Vec<ContextVariable>,
    bypass_user: Option<bool>,
}

impl Start {
    /// A session with an agent, given by its ID, in an org, given by its My Domain URL.
    #[must_use]
    pub fn new(agent_id: impl Into<String>, endpoint: impl Into<String>) -> Self {
        Self {
            agent_id: agent_id.into(),
            endpoint: endpoint.into(),
            time_zone: None,
            variables: Vec::new(),
            bypass_user: None,
        }
    }

    /// Sets the time zone of the user, such as `Europe/Berlin`.
    #[must_use]
    pub fn time_zone(mut self, name: impl Into<String>) -> Self {
        self.time_zone = Some(name.into());
        self
    }

    /// Adds a variable.
    #[must_use]
    pub fn variable(mut self, variable: ContextVariable) -> Self {
        self.variables.push(variable);
        self
    }

    /// Adds a variable that holds text.
    #[must_use]
    pub fn text_variable(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variable(ContextVariable::Text(TextVariable {
            name: name.into(),
            value: value.into(),
        }))
    }

    /// Runs the session as the user assigned to the agent (true) or as the user who makes the call (false).
    #[must_use]
    pub fn bypass_user(mut self, bypass: bool) -> Self {
        self.bypass_user = Some(bypass);
        self
    }

    /// The ID of the agent, which becomes a part of an address.
    pub(crate) fn agent_id(&self) -> Result<&str, Error> {
        if address::is_id(&self.agent_id) {
            Ok(&self.agent_id)
        } else {
            let id = self.agent_id.clone();
            Err(Error::AgentId { id })
        }
    }

    /// The request for one session. Each has a key of its own, also the one that takes the place of another: the key
    /// leads to one conversation in the event logs.
    pub(crate) fn request(&self) -> StartSessionRequest {
        StartSessionRequest {
            external_session_key: Uuid::new_v4(),
            instance_config: InstanceConfig {
                endpoint: self.endpoint.clone(),
            },
            tz: self.time_zone.clone().map(Some),
            variables: (!self.variables.is_empty()).then(|| Some(self.variables.clone())),
            feature_support: None,
            streaming_capabilities: None,
            bypass_user: self.bypass_user,
        }
    }
}
