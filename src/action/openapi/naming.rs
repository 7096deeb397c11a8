//! How the platform names the classes that it makes from a description (Salesforce Help, "External Services Schema
//! Definition", and flows and logs of real orgs).

use crate::action::Service;
use crate::target::apex::platform::platform_name;

/// What a class is made for.
#[derive(Debug, Clone)]
pub(super) enum Purpose<'a> {
    /// An input of an operation: the operation, and the input.
    Input(&'a str, &'a str),
    /// An output of an operation: the operation, and its code.
    Output(&'a str, &'a str),
}

/// The names of a service's classes.
pub(super) struct Naming {
    prefix: String,
}

impl Naming {
    pub(super) fn new(service: &Service) -> Self {
        Self {
            prefix: format!(
                "{}__{}",
                service.provider,
                platform_name(&service.registration)
            ),
        }
    }

    /// The class of a schema that has a name.
    pub(super) fn schema(&self, name: &str) -> String {
        format!("{}_{}", self.prefix, platform_name(name))
    }

    /// The class of a schema that stands in an operation and has no name.
    pub(super) fn inline(&self, purpose: &Purpose<'_>) -> String {
        let (operation, way, part) = match purpose {
            Purpose::Input(operation, input) => (operation, "IN", platform_name(input)),
            // `2XX` is seen as it is: only the first character of a whole name cannot be a digit.
            Purpose::Output(operation, code) => (operation, "OUT", (*code).to_owned()),
        };
        format!("{}_{}_{way}_{part}", self.prefix, platform_name(operation))
    }

    /// The class around a choice of several types, with one property for each.
    pub(super) fn wrapper(class: &str) -> String {
        format!("{class}_KT_PT")
    }
}

#[cfg(test)]
mod tests {
    use super::{Naming, Purpose};
    use crate::action::Service;

    #[test]
    fn classes_are_named_as_seen_in_orgs() {
        let naming = |registration: &str| Naming::new(&Service::new("", registration));
        let inline = |registration: &str, purpose| naming(registration).inline(&purpose);
        assert_eq!(
            inline("Scheduler", Purpose::Input("getSlots", "generated")),
            "ExternalService__Scheduler_getSlots_IN_generated"
        );
        assert_eq!(
            inline("BrwSapES", Purpose::Input("login", "body")),
            "ExternalService__BrwSapES_login_IN_body"
        );
        assert_eq!(
            inline("MyCustomES", Purpose::Output("Get Accounts", "2XX")),
            "ExternalService__MyCustomES_Getx20Accounts_OUT_2XX"
        );
        assert_eq!(
            naming("Shop").schema("fixed_array_of_AutoContext"),
            "ExternalService__Shop_fixedx5farrayx5fofx5fAutoContext"
        );
        let mut heroku = Service::new("", "GenerateQuote");
        heroku.provider = "herokuapplink".to_owned();
        assert_eq!(
            Naming::new(&heroku).schema("QuoteGenerationRequest"),
            "herokuapplink__GenerateQuote_QuoteGenerationRequest"
        );
        let mut agents = Service::new("", "AIAgentAPIV1");
        agents.provider = "AgentInvAction".to_owned();
        assert_eq!(
            Naming::wrapper(&Naming::new(&agents).schema("Variable")),
            "AgentInvAction__AIAgentAPIV1_Variable_KT_PT"
        );
    }
}
