//! The formats of text that JSON Schema defines.

use serde::{Serialize, Serializer};

macro_rules! formats {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal;)+) => {
        /// `format` of a text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Format<'s> {
            $($(#[doc = $doc])+ $variant,)+
            /// A format that JSON Schema does not define.
            Other(&'s str),
        }

        impl<'s> Format<'s> {
            /// The format of this name.
            #[must_use]
            pub fn new(text: &'s str) -> Self {
                match text { $($text => Self::$variant,)+ other => Self::Other(other) }
            }

            /// The name as it stands in a schema.
            #[must_use]
            pub fn as_str(self) -> &'s str {
                match self { $(Self::$variant => $text,)+ Self::Other(other) => other }
            }
        }
    };
}

formats! {
    /// RFC 3339 date and time.
    DateTime = "date-time";
    /// RFC 3339 full date.
    Date = "date";
    /// RFC 3339 full time.
    Time = "time";
    /// ISO 8601 duration.
    Duration = "duration";
    /// RFC 5321 mailbox.
    Email = "email";
    /// RFC 6531 mailbox.
    IdnEmail = "idn-email";
    /// RFC 1123 host name.
    Hostname = "hostname";
    /// RFC 5890 host name.
    IdnHostname = "idn-hostname";
    /// RFC 2673 dotted quad.
    Ipv4 = "ipv4";
    /// RFC 4291 address.
    Ipv6 = "ipv6";
    /// RFC 3986 URI.
    Uri = "uri";
    /// RFC 3986 URI reference.
    UriReference = "uri-reference";
    /// RFC 3987 IRI.
    Iri = "iri";
    /// RFC 3987 IRI reference.
    IriReference = "iri-reference";
    /// RFC 6570 URI template.
    UriTemplate = "uri-template";
    /// RFC 4122 UUID.
    Uuid = "uuid";
    /// RFC 6901 JSON pointer.
    JsonPointer = "json-pointer";
    /// Relative JSON pointer.
    RelativeJsonPointer = "relative-json-pointer";
    /// ECMA-262 regular expression.
    Regex = "regex";
}

impl Serialize for Format<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
