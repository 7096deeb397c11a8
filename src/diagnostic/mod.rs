//! The codes that say what diagnostics are about, and how bad they are. [`report`](crate::report) has those of a run.
//!
//! ```
//! use flowtypes::Generator;
//! use flowtypes::diagnostic::{Code, Severity};
//!
//! // A type that accepts more than its schema keeps the types from being written.
//! let generator = Generator::new()
//!     .schema("schemas/order.json")
//!     .level(Code::RustWider, Severity::Error);
//! ```

pub(crate) mod list;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::target::Target;

pub(crate) use list::{Diagnostic, Diagnostics, Place};

/// How bad a diagnostic is.
///
/// ```
/// use flowtypes::Generator;
/// use flowtypes::diagnostic::{Code, Severity};
///
/// // Nobody reads that a root has no class.
/// let generator = Generator::new()
///     .schema("schemas")
///     .level(Code::ApexNoClass, Severity::Allow);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Something the user should know: meaning is lost, or a guess was made.
    Warning,
    /// Something that holds and may surprise.
    Note,
    /// Not shown.
    Allow,
}

impl Severity {
    /// The word that is printed: `error`, `warning`, `note` or `allow`.
    ///
    /// ```
    /// assert_eq!(flowtypes::diagnostic::Severity::Note.as_str(), "note");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Allow => "allow",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $severity:ident;)+) => {
        /// The stable code of a diagnostic. A code is never reused for another meaning.
        ///
        /// ```
        /// use flowtypes::Generator;
        /// use flowtypes::diagnostic::Code;
        ///
        /// let outcome = Generator::new().schema_text("order.json", r#"{"type": "text"}"#).plan();
        /// let codes = outcome.map_or_else(|failure| failure.report, |output| output.report);
        /// assert!(codes.messages.iter().any(|message| message.code == Code::UnknownType));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the numbers.
            ///
            /// ```
            /// use flowtypes::diagnostic::Code;
            ///
            /// let named = |code: &&Code| code.as_str() == "FT0103";
            /// assert_eq!(Code::ALL.iter().find(named), Some(&Code::UnknownType));
            /// ```
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The printed form, such as `FT0101`.
            ///
            /// ```
            /// assert_eq!(flowtypes::diagnostic::Code::UnknownDialect.as_str(), "FT0101");
            /// ```
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// What the code means, as a paragraph.
            ///
            /// ```
            /// let about = flowtypes::diagnostic::Code::Unsatisfiable.explanation();
            /// assert_eq!(about.trim(), "No value can satisfy the schema.");
            /// ```
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+)),+ }
            }

            /// The severity unless the configuration says otherwise.
            ///
            /// ```
            /// use flowtypes::diagnostic::{Code, Severity};
            ///
            /// assert_eq!(Code::RustWider.default_severity(), Severity::Warning);
            /// ```
            #[must_use]
            pub fn default_severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    /// A file or folder cannot be read.
    Unreadable = "FT0001", Error;
    /// The document is not valid JSON.
    Syntax = "FT0002", Error;
    /// The document is nested deeper than the limit of 512 levels.
    TooDeep = "FT0003", Error;
    /// The document is not UTF-8 text.
    NotUtf8 = "FT0004", Error;
    /// There is no schema to read.
    NoInput = "FT0005", Error;
    /// An object of a JSON document has a key more than once: all but the last are passed over.
    RepeatedKey = "FT0006", Warning;
    /// The configuration file cannot be understood.
    Config = "FT0050", Error;
    /// An action descriptor cannot be understood.
    Descriptor = "FT0051", Error;
    /// A key of the configuration speaks of a place that is not in the schemas.
    UnknownKey = "FT0052", Warning;
    /// The file that keeps names cannot be understood.
    Lock = "FT0053", Error;
    /// A name that was kept cannot be used any more.
    LockedName = "FT0054", Warning;
    /// `$schema` names a dialect of JSON Schema that is not known, or a description of services has another version.
    UnknownDialect = "FT0101", Error;
    /// A keyword has a value that its dialect does not allow.
    InvalidKeyword = "FT0102", Error;
    /// `type` names a type that JSON Schema does not have.
    UnknownType = "FT0103", Error;
    /// A schema must be an object or, from draft 6 on, a boolean.
    NotASchema = "FT0104", Error;
    /// A keyword of this dialect is not understood yet and was passed over.
    UnsupportedKeyword = "FT0105", Warning;
    /// A meta-schema demands a vocabulary that is not known.
    UnknownVocabulary = "FT0106", Error;
    /// A pattern is not a regular expression of ECMA-262.
    InvalidPattern = "FT0107", Error;
    /// A keyword says nothing where it stands.
    NoEffect = "FT0108", Note;
    /// A default is refused by its own schema.
    DefaultDoesNotFit = "FT0109", Note;
    /// An OpenAPI document has no schemas among its components, so nothing is made from it.
    NoComponents = "FT0110", Warning;
    /// A document has members, but none that a schema has.
    LooksLikeData = "FT0111", Warning;
    /// A reference leads to nothing.
    UnresolvedReference = "FT0201", Error;
    /// A reference is not a valid URI reference.
    InvalidReference = "FT0202", Error;
    /// Two schemas claim the same `$id` or the same anchor.
    DuplicateIdentifier = "FT0203", Warning;
    /// A chain of references leads back to itself without a schema in between.
    ReferenceLoop = "FT0204", Error;
    /// An `$id` is not a URI and was passed over.
    InvalidIdentifier = "FT0205", Warning;
    /// No value can satisfy the schema.
    Unsatisfiable = "FT0301", Warning;
    /// A documented limit was reached, and what lies beyond it was widened.
    Limit = "FT0302", Warning;
    /// The generated Rust type accepts more than the schema does.
    RustWider = "FT1001", Warning;
    /// The generated Rust type accepts less than the schema does.
    RustStricter = "FT1002", Warning;
    /// The generated Rust type does not keep all that a valid value holds.
    RustLossy = "FT1003", Warning;
    /// The generated Apex class accepts more than the schema does.
    ApexWider = "FT2001", Warning;
    /// The generated Apex class cannot hold all that a valid value holds.
    ApexLossy = "FT2002", Warning;
    /// A name had to be changed for Apex beyond its case.
    ApexRenamed = "FT2003", Note;
    /// A limit of the Salesforce platform is exceeded.
    ApexLimit = "FT2004", Warning;
    /// The root of a schema has no Apex class of its own: a class is for what has parts, and a list or a text is not.
    ApexNoClass = "FT2005", Note;
    /// A flow cannot express what the schema or the descriptor asks for.
    FlowLossy = "FT3001", Warning;
    /// An action descriptor and the schemas do not agree.
    FlowDescriptor = "FT3002", Error;
    /// A generated flow would refer to something that is not there, or hold something that nothing uses.
    FlowReference = "FT3003", Error;
    /// An operation of a service has no flow, or lacks something there, or its name is a guess.
    FlowService = "FT3004", Warning;
    /// A file is not a flow of the Metadata API.
    NotAFlow = "FT4001", Error;
    /// A flow file has an element, an order or a value that the Metadata API does not have.
    FlowStructure = "FT4002", Error;
    /// An API name in a flow is not allowed, or is taken twice.
    FlowName = "FT4003", Error;
    /// A flow refers to something that it does not hold.
    FlowDangling = "FT4004", Error;
    /// A flow refers to a property, an output or a parameter that is not there.
    FlowProperty = "FT4005", Error;
    /// A value, an operator and a resource of a flow do not go together.
    FlowType = "FT4006", Error;
    /// A path through a flow leads nowhere, never ends, or does not start.
    FlowPath = "FT4007", Warning;
    /// An element that can fail has no fault path.
    FlowNoFaultPath = "FT4008", Warning;
    /// A resource of a flow is not used.
    FlowUnused = "FT4009", Warning;
    /// A flow calls out after it has changed records in the same transaction.
    FlowCallout = "FT4010", Warning;
    /// A reference of a flow cannot be verified with the files at hand.
    FlowUnverified = "FT4011", Note;
    /// A file is not a messaging channel that session-based chat can be turned on for.
    Channel = "FT4101", Error;
    /// What session-based chat asks for is not decided by the channel's file.
    ChannelUnsure = "FT4102", Warning;
    /// A flow does not say something that the descriptor of its action needs.
    DescriptorGuess = "FT4201", Warning;
    /// What an agent is to know needs a later API version.
    AgentforceVersion = "FT5001", Error;
    /// An agent cannot be given what the configuration asks for, or not everywhere.
    AgentforceLossy = "FT5002", Warning;
    /// The output would overwrite a file that this program did not write.
    ForeignFile = "FT9001", Error;
    /// A file or folder cannot be written.
    Unwritable = "FT9002", Error;
    /// Another run is writing to the same place.
    Busy = "FT9003", Error;
    /// Something else stands where a file or a folder belongs: a folder, a file, or a symbolic link.
    InTheWay = "FT9004", Error;
    /// The path of an output leads out of the output folder.
    Outside = "FT9005", Error;
    /// The project that is written to has a class, a flow or a permission set of this name already.
    NameTaken = "FT9006", Error;
    /// The project that is written to does not list the folders of the packages.
    NoPackage = "FT9007", Error;
    /// A file of an earlier run that belongs to nothing any more is left, because somebody has edited it.
    LeftBehind = "FT9008", Warning;
    /// The output would replace or remove a file that the run has read.
    IsInput = "FT9009", Error;
    /// A run lays out its folder in another way than an earlier one, and removes what that has written.
    LayoutChanged = "FT9010", Warning;
}

impl Code {
    /// The target whose loss of meaning the code stands for; none for what is not a loss.
    ///
    /// ```
    /// use flowtypes::{Target, diagnostic::Code};
    ///
    /// assert_eq!(Code::ApexWider.loss_target(), Some(Target::Apex));
    /// assert_eq!(Code::Syntax.loss_target(), None);
    /// ```
    #[must_use]
    pub fn loss_target(self) -> Option<Target> {
        match self.as_str().as_bytes().get(2) {
            Some(b'1') => Some(Target::Rust),
            Some(b'2') => Some(Target::Apex),
            Some(b'3') => Some(Target::Flow),
            _ => None,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
