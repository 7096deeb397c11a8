//! Actions for Flow Builder: what Flow cannot do by itself.

use super::config::ApexConfig;
use super::lower::Class;
use super::model::MakeUuid;
use super::names::Names;
use super::text::literal;

/// The classes of all actions.
pub(crate) fn actions(names: &Names, config: &ApexConfig) -> Vec<Class> {
    let make_uuid = names.has_actions().then(|| {
        Class::MakeUuid(MakeUuid {
            access: config.access.keyword(),
            name: names.make_uuid().to_owned(),
            category: literal(&category(config)),
        })
    });
    make_uuid.into_iter().collect()
}

/// The category that Flow Builder lists the actions under.
fn category(config: &ApexConfig) -> String {
    format!("{} JSON", config.class_prefix).trim().to_owned()
}
