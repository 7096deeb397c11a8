//! The addresses of the API, and which links may be followed.

use std::net::IpAddr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ureq::http::Uri;

use crate::Error;

/// What may stand in a segment of a path as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The longest ID that goes into an address.
const LONGEST_ID: usize = 255;

/// The base URL of the API.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    /// Without a slash at the end.
    text: String,
    uri: Uri,
}

impl Base {
    pub(crate) fn parse(url: &str) -> Result<Self, Error> {
        let refuse = |why| Error::BaseUrl {
            url: url.to_owned(),
            why,
        };
        let uri: Uri = url.parse().map_err(|_| refuse("it is no URL"))?;
        if uri.host().is_none_or(str::is_empty) || uri.query().is_some() || has_user(&uri) {
            return Err(refuse(
                "it must have a scheme, a host and a path, and nothing else",
            ));
        }
        let text = url.trim_end_matches('/').to_owned();
        let base = Self { text, uri };
        match base.uri.scheme_str() {
            Some("https") if cfg!(feature = "tls") => Ok(base),
            Some("https") => Err(refuse("this program was built without the feature `tls`")),
            Some("http") if base.is_this_machine() => Ok(base),
            Some("http") => Err(refuse("no token goes to another machine without TLS")),
            _ => Err(refuse("it must start with https://")),
        }
    }

    /// Whether the server is on this machine.
    pub(crate) fn is_this_machine(&self) -> bool {
        let host = self.uri.host().unwrap_or_default();
        let address = host.trim_start_matches('[').trim_end_matches(']');
        host.eq_ignore_ascii_case("localhost")
            || address
                .parse()
                .is_ok_and(|address: IpAddr| address.is_loopback())
    }

    /// Where sessions of an agent are started.
    pub(crate) fn sessions(&self, agent: &str) -> String {
        format!("{}/agents/{}/sessions", self.text, segment(agent))
    }

    /// Where a session is ended.
    pub(crate) fn session(&self, id: &str) -> String {
        format!("{}/sessions/{}", self.text, segment(id))
    }

    /// Where a session takes messages.
    pub(crate) fn messages(&self, id: &str) -> String {
        format!("{}/messages", self.session(id))
    }

    /// Whether a link leads to the same server. The token goes nowhere else, whatever an answer says.
    pub(crate) fn is_own(&self, link: &str) -> bool {
        let Ok(uri) = link.parse::<Uri>() else {
            return false;
        };
        let same_host = match (uri.host(), self.uri.host()) {
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
            _ => false,
        };
        same_host
            && uri.scheme() == self.uri.scheme()
            && port(&uri) == port(&self.uri)
            && !has_user(&uri)
    }
}

/// Whether an ID can be a segment of a path.
pub(crate) fn is_id(id: &str) -> bool {
    !["", ".", ".."].contains(&id) && id.len() <= LONGEST_ID
}

fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

fn has_user(uri: &Uri) -> bool {
    uri.authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
}

fn port(uri: &Uri) -> Option<u16> {
    uri.port_u16().or(match uri.scheme_str() {
        Some("https") => Some(443),
        Some("http") => Some(80),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_as_the_api_has_them() {
        let base = Base::parse("http://127.0.0.1:8080/v1/").unwrap();
        assert_eq!(
            base.sessions("a"),
            "http://127.0.0.1:8080/v1/agents/a/sessions"
        );
        assert_eq!(
            base.messages("../x?y#z é"),
            "http://127.0.0.1:8080/v1/sessions/..%2Fx%3Fy%23z%20%C3%A9/messages"
        );
        assert_eq!(base.session("s-1"), "http://127.0.0.1:8080/v1/sessions/s-1");
        assert!(is_id("s-1") && !is_id("") && !is_id("..") && !is_id(&"x".repeat(256)));
    }

    #[test]
    fn only_links_to_the_same_server_are_followed() {
        let base = Base::parse("http://localhost/v1").unwrap();
        for own in ["http://localhost/v2/sessions/1", "http://LOCALHOST:80/"] {
            assert!(base.is_own(own), "{own}");
        }
        for foreign in [
            "https://localhost/v1",
            "http://localhost:81/v1",
            "http://localhost@example.com/v1",
            "http://me@localhost/v1",
            "http://example.com/v1",
            "/v1/sessions/1",
            "//localhost/v1",
            "",
            "nonsense \n",
        ] {
            assert!(!base.is_own(foreign), "{foreign}");
        }
    }

    #[test]
    fn a_token_goes_to_other_machines_over_tls_only() {
        for allowed in [
            "http://localhost:1",
            "http://127.0.0.7/v1",
            "http://[::1]:8080/",
        ] {
            assert!(Base::parse(allowed).is_ok(), "{allowed}");
        }
        for refused in [
            "http://example.com",
            "http://localhost.example.com",
            "ftp://localhost",
            "localhost:80",
            "http://localhost/?x=1",
            "http://me:secret@localhost/",
            "",
        ] {
            assert!(Base::parse(refused).is_err(), "{refused}");
        }
        let official = Base::parse("https://api.salesforce.com/einstein/ai-agent/v1");
        assert_eq!(official.is_ok(), cfg!(feature = "tls"));
    }
}
