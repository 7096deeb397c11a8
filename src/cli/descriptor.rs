//! Prints action descriptors: of a service, or of the actions that a flow calls.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use flowtypes::Generator;
use flowtypes::config::Service;
use flowtypes::internals::describe;

use super::flow_input::is_stdin;
use super::options::Reading;
use super::{Ended, Outcome, from_flow, show};

/// What `flowtypes descriptor` is asked.
#[derive(Debug, Args)]
pub struct Descriptor {
    /// The OpenAPI description of the service, 3.0 or 3.1, or its registration as an org gives it out
    #[arg(required_unless_present = "from_flow", requires = "registration")]
    document: Option<PathBuf>,
    /// Take the descriptors from a flow instead that calls the actions, built in Flow Builder and retrieved from an org; `-` is the standard input
    #[arg(long, value_name = "FLOW", conflicts_with = "document")]
    from_flow: Option<PathBuf>,
    /// The name that the service is registered with in the org
    #[arg(long, value_name = "NAME", conflicts_with = "from_flow")]
    registration: Option<String>,
    /// The namespace of the classes that the org makes for the service [default: ExternalService]
    #[arg(long, value_name = "NAMESPACE")]
    provider: Option<String>,
    /// The type of the actions [default: externalService, or api for another provider]
    #[arg(long, value_name = "TYPE")]
    action_type: Option<String>,
    /// Only this operation, by its operationId; may be given several times
    #[arg(long = "operation", value_name = "ID")]
    operations: Vec<String>,
    #[command(flatten)]
    reading: Reading,
}

impl Descriptor {
    /// Prints the descriptor of the operation that is named, or a list of them.
    pub(super) fn run(&self, outcome: &mut Outcome) -> Result<(), Ended> {
        if let Some(flow) = &self.from_flow {
            return from_flow::run(flow, outcome);
        }
        let (Some(document), Some(registration)) = (&self.document, &self.registration) else {
            return Ok(());
        };
        if is_stdin(document) {
            let message = "a description is read from a file, whose name says whether it is JSON, YAML or a registration";
            return Err(Ended::Usage(message.to_owned()));
        }
        let mut service = Service::new(document.display().to_string(), registration);
        if let Some(provider) = &self.provider {
            service.provider.clone_from(provider);
        }
        service.action_type.clone_from(&self.action_type);
        service.operations.clone_from(&self.operations);
        let mut generator = Generator::new();
        self.reading.apply(generator.config_mut());
        generator.config_mut().services = vec![service];
        let (actions, report, documents) = describe(&generator)?;
        show::report(&report, &documents, false, &mut outcome.stderr);
        let text = match (self.operations.as_slice(), actions.as_slice()) {
            ([_], [action]) => pretty(action),
            (_, actions) => pretty(actions),
        };
        match text {
            Ok(text) => {
                let _ = writeln!(outcome.stdout, "{text}");
            }
            Err(error) => {
                let _ = writeln!(outcome.stderr, "error: {error}");
                outcome.status = 1;
            }
        }
        Ok(())
    }
}

fn pretty<T: serde::Serialize + ?Sized>(actions: &T) -> serde_json::Result<String> {
    serde_json::to_string_pretty(actions)
}
