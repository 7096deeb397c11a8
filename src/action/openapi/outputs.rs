//! The outputs of an operation: one for each answer that it documents, and the response code.

use crate::action::{Output, OutputKind, OutputValue, ScalarType, is_step, settle};
use crate::ir::{Field, TypeRef};

use super::naming::Purpose;
use super::operation::{Operation, content};
use super::reach::Reach;
use super::sort::{Sort, Types};
use super::{no_path, words};

/// So many properties of an answer become outputs of the flow.
const MAX_VALUES: usize = 25;

const DEFAULT: &str = "default";
const RESPONSE_CODE: &str = "responseCode";

/// The properties of an error that may hold the words of the service, best first.
const WORDS: [&str; 7] = [
    "message",
    "detail",
    "error_description",
    "errorMessage",
    "description",
    "error",
    "title",
];

/// The properties that may hold the error itself.
const ERRORS: [&str; 3] = ["error", "fault", "problem"];

/// What the flows call the errors that HTTP has a name for.
const STATES: [(&str, &str); 14] = [
    ("400", "BadRequest"),
    ("401", "Unauthorized"),
    ("403", "Forbidden"),
    ("404", "NotFound"),
    ("409", "Conflict"),
    ("422", "RequestFailed"),
    ("423", "Busy"),
    ("429", "TooManyRequests"),
    ("500", "ServerError"),
    ("502", "BadGateway"),
    ("503", "Unavailable"),
    ("4XX", "RequestRefused"),
    ("5XX", "ServerError"),
    (DEFAULT, "OtherError"),
];

/// An answer of an operation that becomes an output.
pub(super) struct Answer<'s> {
    /// A code, a range such as `4XX`, or `default`.
    pub code: String,
    pub is_success: bool,
    pub at: Reach<'s>,
}

impl Answer<'_> {
    /// The name of the output.
    pub(super) fn name(&self) -> String {
        if self.is_success {
            self.code.clone()
        } else {
            format!("{}Exc", self.code)
        }
    }
}

/// The answers of an operation: those with a code first, then those with a range of codes, then the default.
pub(super) fn answers<'s>(
    operation: &Operation<'s>,
    types: &Types<'_, '_, 's>,
    skipped: &mut Vec<String>,
) -> Vec<Answer<'s>> {
    let mut answers = operation.answers(types.documents);
    answers.retain(|(code, _)| {
        let is_known = is_answer(code);
        if !is_known {
            skipped.push(format!("the answer `{code}` is for no code of HTTP"));
        }
        is_known
    });
    answers.sort_by_key(|(code, _)| (!is_code(code), *code == DEFAULT));
    let has_success = answers.iter().any(|(code, _)| code.starts_with('2'));
    let answers = answers.into_iter().map(|(code, at)| Answer {
        code: code.replace("xx", "XX"),
        is_success: code.starts_with('2') || (code == DEFAULT && !has_success),
        at,
    });
    answers.collect()
}

/// The outputs of an operation.
pub(super) fn outputs<'s>(
    operation: &Operation<'s>,
    types: &Types<'_, '_, 's>,
    skipped: &mut Vec<String>,
) -> Vec<Output> {
    let mut found: Vec<Output> = answers(operation, types, skipped)
        .iter()
        .map(|answer| output(operation, types, answer, skipped))
        .collect();
    found.push(Output {
        name: RESPONSE_CODE.to_owned(),
        label: "Response Code".to_owned(),
        description: Some("Number that the service answered with.".to_owned()),
        kind: OutputKind::ResponseCode,
        state: None,
        apex_class: None,
        schema: None,
        is_list: false,
        values: Vec::new(),
        detail: None,
    });
    found
}

/// Whether it is a code, a range of codes, or the word for all others.
fn is_answer(code: &str) -> bool {
    let hundreds = code.strip_suffix("XX").or(code.strip_suffix("xx"));
    match hundreds {
        Some(digit) => digit.len() == 1 && is_code(digit),
        None => code == DEFAULT || (code.len() == 3 && is_code(code)),
    }
}

fn is_code(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where an error has the words of the service: in a property of its own, or in one of the error in it.
fn words_of_service(types: &Types<'_, '_, '_>, root: TypeRef) -> Option<String> {
    let words = |of: TypeRef| {
        let is_text = |field: &Field<'_>| types.scalar(field.ty) == Some(ScalarType::String);
        let fields = types.fields(of);
        let has = |wire: &&&str| {
            fields
                .iter()
                .any(|field| field.wire == **wire && is_text(field))
        };
        WORDS.iter().find(has).copied()
    };
    if let Some(wire) = words(root) {
        return Some(wire.to_owned());
    }
    let fields = types.fields(root);
    ERRORS.iter().find_map(|outer| {
        let field = fields.iter().find(|field| field.wire == *outer)?;
        Some(format!(
            "{outer}.{}",
            words(settle(types.roots.graph, field.ty))?
        ))
    })
}

fn output<'s>(
    operation: &Operation<'s>,
    types: &Types<'_, '_, 's>,
    answer: &Answer<'s>,
    skipped: &mut Vec<String>,
) -> Output {
    let (code, is_success) = (answer.code.as_str(), answer.is_success);
    let state = STATES.iter().find(|(known, _)| *known == code);
    let mut output = Output {
        name: answer.name(),
        label: match (is_success, code) {
            (true, DEFAULT) => "Default".to_owned(),
            (true, code) => code.to_owned(),
            (false, DEFAULT) => "Default Exception".to_owned(),
            (false, code) => format!("{code} Exception"),
        },
        description: answer
            .at
            .text("description")
            .filter(|text| !text.trim().is_empty())
            .map(str::to_owned),
        kind: if is_success {
            OutputKind::Success
        } else {
            OutputKind::Exception
        },
        state: state
            .filter(|_| !is_success)
            .map(|(_, word)| (*word).to_owned()),
        apex_class: None,
        schema: None,
        is_list: false,
        values: Vec::new(),
        detail: None,
    };
    let Some(schema) = content(&answer.at) else {
        return output;
    };
    match types.sort(&schema, &Purpose::Output(&operation.id, code)) {
        Sort::Record {
            class,
            schema: name,
            is_list,
            ..
        } => {
            let root = types.roots.root(&name).filter(|_| !is_list);
            if is_success {
                let label = class.rsplit('_').next().unwrap_or_default().to_owned();
                output.values.push(OutputValue {
                    property: String::new(),
                    label: Some(if is_code(code) && label.starts_with('2') {
                        "Response".to_owned()
                    } else {
                        words(&label)
                    }),
                });
                let simple = root.into_iter().flat_map(|root| types.simple(root));
                let read = simple.filter(|field| !field.write_only);
                let (paths, others): (Vec<&str>, Vec<&str>) =
                    read.map(|field| field.wire).partition(|wire| is_step(wire));
                skipped.extend(others.iter().map(|wire| no_path(wire)));
                output
                    .values
                    .extend(paths.iter().take(MAX_VALUES).map(|wire| OutputValue {
                        property: (*wire).to_owned(),
                        label: None,
                    }));
            } else {
                output.detail = root.and_then(|root| words_of_service(types, root));
            }
            output.apex_class = Some(class);
            output.schema = Some(name);
            output.is_list = is_list;
        }
        Sort::Scalar(..) | Sort::List(_) if is_success => {
            output.schema = schema.follow(types.documents).map(|at| types.name_of(&at));
            output.values.push(OutputValue {
                property: String::new(),
                label: Some("Response".to_owned()),
            });
        }
        Sort::Unsupported(what) if is_success => {
            skipped.push(format!("the answer `{code}` is {what}"));
        }
        Sort::Scalar(..) | Sort::List(_) | Sort::Unsupported(_) => {}
    }
    output
}
