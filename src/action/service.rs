//! A service that an org knows by its OpenAPI description.

use serde::{Deserialize, Serialize};

/// A service whose operations become actions, named as the platform names them.
///
/// ```
/// use flowtypes::{Generator, Target, config::Service};
///
/// // Flows for two operations of a service that the org has registered as `Shop`.
/// let mut service = Service::new("shop.yaml", "Shop");
/// service.operations = vec!["createOrder".to_owned(), "cancelOrder".to_owned()];
/// let generator = Generator::new()
///     .target(Target::Flow)
///     .configure(|config| config.services.push(service));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Service {
    /// The OpenAPI description (3.0 or 3.1), or the registration of an external service that was retrieved from an org and
    /// holds it. Relative to this file.
    pub document: String,
    /// The name that the service is registered with in the org.
    pub registration: String,
    /// The namespace of the classes that the org makes for the service.
    #[serde(default = "external_service")]
    pub provider: String,
    /// `actionType` of the actions; by default `externalService` for the provider of that name, `api` for others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_type: Option<String>,
    /// The operations that are described, by `operationId`; all of them if none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<String>,
}

/// The namespace of the services that an org registers itself.
const EXTERNAL_SERVICE: &str = "ExternalService";

fn external_service() -> String {
    EXTERNAL_SERVICE.to_owned()
}

impl Service {
    /// A service that the org itself has registered.
    ///
    /// ```
    /// let service = flowtypes::config::Service::new("shop.yaml", "Shop");
    /// assert_eq!(service.provider, "ExternalService");
    /// assert!(service.operations.is_empty());
    /// ```
    #[must_use]
    pub fn new(document: impl Into<String>, registration: impl Into<String>) -> Self {
        Self {
            document: document.into(),
            registration: registration.into(),
            provider: external_service(),
            action_type: None,
            operations: Vec::new(),
        }
    }

    /// Whether the org itself has registered the service, rather than the platform.
    #[must_use]
    pub(crate) fn is_external(&self) -> bool {
        self.provider == EXTERNAL_SERVICE
    }

    /// `actionType` of the actions.
    #[must_use]
    pub(crate) fn action_type(&self) -> &str {
        let by_provider = if self.is_external() {
            "externalService"
        } else {
            "api"
        };
        self.action_type.as_deref().unwrap_or(by_provider)
    }
}
