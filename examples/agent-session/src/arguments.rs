//! What the program is told: arguments first, else the environment.

use std::env;
use std::time::Duration;

use lexopt::prelude::{Long, Short, ValueExt};

pub const HELP: &str = "\
Talks to an Agentforce agent: each line that you type is a message. End it with Ctrl-D or Ctrl-C.

Usage: agent-session [OPTIONS]

Options:
  --url URL          base URL of the Agent API [AGENT_API_URL]
                     default: https://api.salesforce.com/einstein/ai-agent/v1
  --agent ID         ID of the agent [AGENT_ID]
  --org URL          My Domain URL of the org [AGENT_ORG]
  --timeout SECONDS  how long to wait for an answer, 130 if not given
  --attempts N       how often to ask a busy server, 5 if not given
  -h, --help         this text

The environment variables in brackets are read where an option is not given.
The access token is read from AGENT_TOKEN only, since everybody can see the arguments of a program.
";

const OFFICIAL: &str = "https://api.salesforce.com/einstein/ai-agent/v1";

pub struct Arguments {
    pub url: String,
    pub agent: String,
    pub org: String,
    pub token: String,
    pub timeout: Duration,
    pub attempts: u32,
}

impl Arguments {
    /// None if it is only asked how the program is used.
    pub fn parse() -> Result<Option<Self>, lexopt::Error> {
        let mut url = variable("AGENT_API_URL")?;
        let mut agent = variable("AGENT_ID")?;
        let mut org = variable("AGENT_ORG")?;
        let mut timeout = 130.0;
        let mut attempts = 5;
        let mut parser = lexopt::Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("url") => url = Some(parser.value()?.string()?),
                Long("agent") => agent = Some(parser.value()?.string()?),
                Long("org") => org = Some(parser.value()?.string()?),
                Long("timeout") => timeout = parser.value()?.parse()?,
                Long("attempts") => attempts = parser.value()?.parse()?,
                Long("help") | Short('h') => return Ok(None),
                _ => return Err(argument.unexpected()),
            }
        }
        let timeout =
            Duration::try_from_secs_f64(timeout).map_err(|error| format!("--timeout: {error}"))?;
        Ok(Some(Self {
            url: url.unwrap_or_else(|| OFFICIAL.to_owned()),
            agent: agent.ok_or("there is neither --agent nor AGENT_ID")?,
            org: org.ok_or("there is neither --org nor AGENT_ORG")?,
            token: variable("AGENT_TOKEN")?.ok_or("there is no AGENT_TOKEN")?,
            timeout,
            attempts,
        }))
    }
}

/// A variable of the environment that is set to something.
fn variable(name: &str) -> Result<Option<String>, lexopt::Error> {
    match env::var_os(name) {
        Some(value) if !value.is_empty() => Ok(Some(value.string()?)),
        _ => Ok(None),
    }
}
