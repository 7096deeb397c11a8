//! Lightning types: what agents call the type of a value.

use crate::target::signature::{Parameter, ValueType};

/// The type of an object with properties.
pub(super) const OBJECT: &str = "lightning__objectType";
/// The type of a list.
pub(super) const LIST: &str = "lightning__listType";

/// The Lightning type of a value, or of each element of a list (Lightning Types Developer Guide, "Lightning Types
/// Reference"). A date with a time is text, as in actions that were retrieved from orgs: `lightning__dateTimeType` would be
/// an object with a time zone.
pub(super) fn lightning_type(parameter: &Parameter) -> String {
    let name = match &parameter.ty {
        ValueType::Text => "lightning__textType",
        ValueType::Boolean => "lightning__booleanType",
        ValueType::Number => "lightning__numberType",
        ValueType::Date => "lightning__dateType",
        ValueType::DateTime => "lightning__dateTimeStringType",
        ValueType::Record(class) => return of_class(class),
    };
    name.to_owned()
}

/// The Lightning type of an Apex class. `c` stands for the org's own namespace; a class of another one has it in its name.
pub(super) fn of_class(class: &str) -> String {
    if class.contains("__") {
        format!("@apexClassType/{class}")
    } else {
        format!("@apexClassType/c__{class}")
    }
}
