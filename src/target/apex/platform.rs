//! How the platform itself names the classes and properties that it makes from an API description.

use std::fmt::Write as _;

use super::reserved;

/// The platform's own encoding of a name: a reserved word gets the prefix `z0`, and a leading digit, `_` and
/// whatever else Apex does not allow becomes `x` and its hexadecimal code (Salesforce Help, "External
/// Services Schema Definition"; classes `AgentInvAction__…`). `_` only ever separates the parts of a longer name.
#[must_use]
pub fn platform_name(name: &str) -> String {
    if reserved::is_reserved_by_platform(name) {
        return format!("z0{name}");
    }
    let mut out = String::with_capacity(name.len());
    for (index, c) in name.chars().enumerate() {
        if c.is_ascii_alphabetic() || (c.is_ascii_digit() && index > 0) {
            out.push(c);
        } else {
            let _ = write!(out, "x{:02x}", u32::from(c));
        }
    }
    out
}

/// A path of properties, joined by dots, as the platform spells it.
#[must_use]
pub fn platform_path(path: &str) -> String {
    let steps: Vec<String> = path.split('.').map(platform_name).collect();
    steps.join(".")
}

#[cfg(test)]
mod tests {
    use super::{platform_name, platform_path};

    #[test]
    fn names_are_encoded_as_seen_in_orgs() {
        for (name, encoded) in [
            ("type", "z0type"),
            ("end", "z0end"),
            ("_links", "x5flinks"),
            ("session-id", "sessionx2did"),
            ("Get Accounts", "Getx20Accounts"),
            ("5getOpen-bankingV2.2Atms", "x35getOpenx2dbankingV2x2e2Atms"),
            (
                "fixed_array_of_AutoContext",
                "fixedx5farrayx5fofx5fAutoContext",
            ),
            ("isContentSafe", "isContentSafe"),
        ] {
            assert_eq!(platform_name(name), encoded);
        }
        assert_eq!(platform_path("TextVariable.type"), "TextVariable.z0type");
    }
}
