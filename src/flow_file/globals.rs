//! Flow's global variables, such as `$Flow.FaultMessage`.

use super::types::{Base, Type};

/// What is known of a global variable's member.
pub(crate) enum Global {
    /// It is there, with this type.
    Known(Type),
    /// The org decides whether it is there.
    Org,
    /// It is not there; these are.
    Missing(&'static [&'static str]),
    /// It is the record that starts the flow.
    Record,
    /// No such variable is known.
    Stranger,
}

const FLOW: &[&str] = &[
    "ActiveStages",
    "CurrentDate",
    "CurrentDateTime",
    "CurrentRecord",
    "CurrentStage",
    "FaultMessage",
    "InterviewGuid",
    "InterviewStartTime",
];

const CONSTANTS: &[&str] = &["EmptyString", "False", "True"];

/// What `member` of the global variable `name` is.
pub(crate) fn look_up(name: &str, member: Option<&str>) -> Global {
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    if is("$Flow") {
        return flow(member);
    }
    if is("$GlobalConstant") {
        return match CONSTANTS.iter().position(|one| same(one, member)) {
            // It also empties dates and numbers.
            Some(0) => Global::Known(Type::unknown()),
            Some(_) => Global::Known(Type::one(Base::Boolean)),
            None => Global::Missing(CONSTANTS),
        };
    }
    if is("$Record") || is("$Record__Prior") {
        return Global::Record;
    }
    let of_org = [
        "$Api",
        "$Client",
        "$ContactPoint",
        "$CustomMetadata",
        "$DataGraph",
        "$Input",
        "$Label",
        "$Locale",
        "$Orchestration",
        "$Organization",
        "$Output",
        "$Permission",
        "$Profile",
        "$Resource",
        "$Setup",
        "$Source",
        "$System",
        "$User",
        "$UserRole",
    ];
    if of_org.iter().any(|one| is(one)) {
        return Global::Org;
    }
    if is("$EachItem") {
        return Global::Known(Type::unknown());
    }
    Global::Stranger
}

fn flow(member: Option<&str>) -> Global {
    let Some(found) = FLOW.iter().find(|one| same(one, member)) else {
        return Global::Missing(FLOW);
    };
    Global::Known(match *found {
        "CurrentDate" | "CurrentDateTime" | "InterviewStartTime" => Type::one(Base::Date),
        "FaultMessage" | "InterviewGuid" | "CurrentRecord" => Type::one(Base::Text),
        _ => Type::unknown(),
    })
}

fn same(one: &str, member: Option<&str>) -> bool {
    member.is_some_and(|member| member.eq_ignore_ascii_case(one))
}
