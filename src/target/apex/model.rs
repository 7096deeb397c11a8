//! Apex files as their templates see them: final text.

use askama::Template;

/// An Apex-defined type: plain data.
///
/// Its constructor is the implicit one, which Flow needs, and it sets nothing: a list that is absent from the
/// JSON text stays null, and is told from an empty one.
#[derive(Debug, Template)]
#[template(path = "apex/data_class.cls", config = "templates/askama.toml")]
pub(crate) struct DataClass {
    /// The lines of the comment.
    pub doc: Vec<String>,
    /// The lines of the class's annotations.
    pub annotations: Vec<String>,
    /// `public` or `global`.
    pub access: &'static str,
    /// The name of the class.
    pub name: String,
    /// The fields, in the schema's order.
    pub fields: Vec<DataField>,
}

/// A field of an Apex-defined type: an automatic property that Flow can see.
#[derive(Debug)]
pub(crate) struct DataField {
    /// The lines of the comment.
    pub doc: Vec<String>,
    /// The type.
    pub ty: String,
    /// The name.
    pub name: String,
    /// The name in JSON, of what is a property there.
    pub wire: Option<String>,
    /// Whether the declaration fits into one line.
    pub fits: bool,
}

/// The named values of an enum. Flow sees no static members; the class is for Apex code.
#[derive(Debug, Template)]
#[template(path = "apex/constants_class.cls", config = "templates/askama.toml")]
pub(crate) struct ConstantsClass {
    /// The lines of the comment.
    pub doc: Vec<String>,
    /// The lines of the class's annotations.
    pub annotations: Vec<String>,
    /// `public` or `global`.
    pub access: &'static str,
    /// The name of the class.
    pub name: String,
    /// The values, in the schema's order.
    pub constants: Vec<Constant>,
    /// The lines of the comment on the set of all values.
    pub all_doc: Vec<String>,
    /// Whether the set of all values fits into one line.
    pub all_fits: bool,
}

/// A named value.
#[derive(Debug)]
pub(crate) struct Constant {
    /// The lines of the comment.
    pub doc: Vec<String>,
    /// The name.
    pub name: String,
    /// The value as an Apex literal.
    pub literal: String,
}

/// The code that reads, writes and checks a data class.
#[derive(Debug, Template)]
#[template(path = "apex/codec_class.cls", config = "templates/askama.toml")]
pub(crate) struct CodecClass {
    /// The lines of the comment.
    pub doc: Vec<String>,
    /// The lines of the class's annotations.
    pub annotations: Vec<String>,
    /// `public` or `global`.
    pub access: &'static str,
    /// The name of the class.
    pub name: String,
    /// What stands between the name and the brace.
    pub interfaces: String,
    /// The methods.
    pub methods: Vec<String>,
}

/// The code that all codecs share. Its text is the same in every output, but for the names.
#[derive(Debug, Template)]
#[template(path = "apex/json_class.cls", config = "templates/askama.toml")]
pub(crate) struct JsonClass {
    /// The lines of the comment.
    pub doc: Vec<String>,
    /// The lines of the class's annotations.
    pub annotations: Vec<String>,
    /// `public` or `global`.
    pub access: &'static str,
    /// The name of the class.
    pub name: String,
    /// The name of the class with what is wrong.
    pub violation: String,
    /// Whether properties without a field are kept.
    pub keeps_unknown: bool,
    /// Whether schemas ask something beside types.
    pub has_rules: bool,
    /// Whether there are whole numbers that 64 bits may not hold.
    pub has_whole: bool,
    /// Whether there are actions.
    pub has_actions: bool,
    /// The field with the regular expressions of formats, if schemas ask for any.
    pub formats: Option<String>,
}

/// The action that makes a UUID.
#[derive(Debug, Template)]
#[template(path = "apex/make_uuid.cls", config = "templates/askama.toml")]
pub(crate) struct MakeUuid {
    /// `public` or `global`.
    pub access: &'static str,
    /// The name of the class.
    pub name: String,
    /// The action's category in Flow Builder, as an Apex literal.
    pub category: String,
}

/// An action for Flow Builder.
#[derive(Debug, Template)]
#[template(path = "apex/action_class.cls", config = "templates/askama.toml")]
pub(crate) struct ActionClass {
    /// The lines of the comment.
    pub doc: Vec<String>,
    /// `public` or `global`.
    pub access: &'static str,
    /// The name of the class.
    pub name: String,
    /// The name of the inner class with the outputs.
    pub result_class: &'static str,
    /// The inputs, each as lines.
    pub request: Vec<Vec<String>>,
    /// The outputs, each as lines.
    pub result: Vec<Vec<String>>,
    /// The methods.
    pub methods: Vec<String>,
}

/// A test class.
#[derive(Debug, Template)]
#[template(path = "apex/test/test_class.cls", config = "templates/askama.toml")]
pub(crate) struct TestClass {
    /// The lines of the class's annotations.
    pub annotations: Vec<String>,
    /// The name of the class.
    pub name: String,
    /// The fields and methods.
    pub members: Vec<String>,
}

/// The test of the action that makes a UUID.
#[derive(Debug, Template)]
#[template(
    path = "apex/test/make_uuid_test.cls",
    config = "templates/askama.toml"
)]
pub(crate) struct MakeUuidTest {
    /// The lines of the class's annotations.
    pub annotations: Vec<String>,
    /// The name of the test class.
    pub test: String,
    /// The name of the class that is tested.
    pub name: String,
}

/// The test of the code that all codecs share.
#[derive(Debug, Template)]
#[template(path = "apex/test/json_test.cls", config = "templates/askama.toml")]
pub(crate) struct JsonTest {
    /// The lines of the class's annotations.
    pub annotations: Vec<String>,
    /// The name of the test class.
    pub test: String,
    /// The name of the class that is tested.
    pub json: String,
    /// The name of the class with what is wrong.
    pub violation: String,
    /// Whether properties without a field are kept.
    pub keeps_unknown: bool,
    /// Whether schemas ask something beside types.
    pub has_rules: bool,
    /// Whether there are whole numbers that 64 bits may not hold.
    pub has_whole: bool,
    /// Whether there are actions.
    pub has_actions: bool,
    /// The test of formats, if schemas ask for any.
    pub formats: Option<String>,
}

/// The metadata beside a class.
#[derive(Debug, Template)]
#[template(path = "apex/meta.xml", config = "templates/askama.toml")]
pub(crate) struct Meta<'a> {
    /// The API version, such as `66.0`.
    pub api_version: &'a str,
}
