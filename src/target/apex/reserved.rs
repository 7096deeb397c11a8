//! Words that cannot be a name in Apex, or should not.

use crate::hash::HashSet;

/// Words that the compiler refuses as a variable, property or type, in lower case and sorted: the whole of
/// "Reserved Keywords" (Apex Developer Guide). Some are refused by the parser, the others by a later check.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "abstract", "activate", "and", "any", "array", "as", "asc", "autonomous", "begin", "bigdecimal", "blob",
    "boolean", "break", "bulk", "by", "byte", "case", "cast", "catch", "char", "class", "collect", "commit",
    "const", "continue", "currency", "date", "datetime", "decimal", "default", "delete", "desc", "do", "double",
    "else", "end", "enum", "exception", "exit", "export", "extends", "false", "final", "finally", "float",
    "for", "from", "global", "goto", "group", "having", "hint", "if", "implements", "import", "in", "inner",
    "insert", "instanceof", "int", "integer", "interface", "into", "join", "like", "limit", "list", "long",
    "loop", "map", "merge", "new", "not", "null", "nulls", "number", "object", "of", "on", "or", "outer",
    "override", "package", "parallel", "pragma", "private", "protected", "public", "retrieve", "return",
    "rollback", "select", "set", "short", "sobject", "sort", "static", "string", "super", "switch",
    "synchronized", "system", "testmethod", "then", "this", "throw", "time", "transaction", "trigger", "true",
    "try", "undelete", "update", "upsert", "using", "virtual", "void", "webservice", "when", "where", "while",
];

/// Types of the namespaces `System` and `Schema`, which code names without their namespace, `Error` (of
/// `Database`) and the platform's namespaces themselves (Apex Reference Guide), in lower case. A class of such a
/// name is legal and hides the standard type from all code of the org.
#[rustfmt::skip]
const STANDARD_TYPES: &[&str] = &[
    "accesslevel", "accesstype", "address", "agentinvaction", "aiplatform", "answers", "apex", "apexpages",
    "appexchangetrialtemplate", "applauncher", "approval", "assert", "asyncinfo", "asyncoptions", "aura",
    "auth", "businesshours", "cache", "callable", "canvas", "cases", "chatteranswers", "childrelationship",
    "collator", "commercebuygrp", "commerceorders", "commercepayments", "commercetax", "communities",
    "comparable", "comparator", "component", "compression", "connectapi", "context", "continuation", "cookie",
    "crypto", "database", "datacloud", "dataprotection", "datasource", "dataweave", "describefieldresult",
    "describesobjectresult", "displaytype", "dom", "domain", "domaincreator", "domainparser", "domaintype",
    "emailmessages", "embeddedai", "encodingutil", "error", "eventbus", "externalservice", "featuremanagement",
    "fieldset", "fieldsetmember", "finalizer", "finalizercontext", "flexqueue", "flow", "formula",
    "formulaeval", "formularecalcfielderror", "formularecalcresult", "functions", "http", "httpcalloutmock",
    "httprequest", "httpresponse", "id", "ideas", "installcontext", "installhandler", "internal", "invocable",
    "invoicewriteoff", "isvpartners", "iterable", "iterator", "json", "jsongenerator", "jsonparser",
    "jsontoken", "kbmanagement", "label", "limits", "liveagent", "location", "logginglevel", "lxscheduler",
    "matcher", "math", "messaging", "metadata", "multistaticresourcecalloutmock", "name", "network", "orglimit",
    "orglimits", "page", "pagereference", "parentjobresult", "pattern", "picklistentry", "placequote",
    "process", "queueable", "queueablecontext", "queueableduplicatesignature", "quickaction", "quiddity",
    "recordtypeinfo", "remoteobjectcontroller", "reports", "request", "resetpasswordresult", "restcontext",
    "restrequest", "restresponse", "revsalestrxn", "revsignaling", "richmessaging", "roundingmode",
    "sandboxcontext", "sandboxpostcopy", "savepoint", "schedulable", "schedulablecontext", "schema", "search",
    "security", "selectoption", "setupscope", "sfc", "site", "slack", "soaptype", "sobjectaccessdecision",
    "sobjectfield", "sobjecttype", "staticresourcecalloutmock", "statuscode", "stubprovider", "support",
    "territorymgmt", "test", "timezone", "triggeroperation", "txnsecurity", "type", "uninstallcontext",
    "uninstallhandler", "url", "userinfo", "usermanagement", "userprovisioning", "uuid", "version",
    "visualeditor", "wave", "webservicecallout", "webservicemock", "xmlstreamreader", "xmlstreamwriter",
    "xmltag",
];

/// Modifiers that are no reserved words: the compiler takes a type of such a name in front of a method for the modifier.
const MODIFIERS: &[&str] = &["transient"];

/// The names of standard objects (Object Reference, API 65; without history, feed, share and change event
/// objects). A class of such a name hides the object from all code of the org.
const STANDARD_OBJECTS: &str = include_str!("standard_objects.txt");

/// Whether a field, a constant or a class cannot have this name, letter case aside.
pub(crate) fn is_reserved(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    RESERVED.binary_search(&lower.as_str()).is_ok()
}

/// Whether the platform prefixes this name in the classes that it makes: reserved words, and `type`, which
/// Apex would allow.
pub(crate) fn is_reserved_by_platform(name: &str) -> bool {
    is_reserved(name) || name.eq_ignore_ascii_case("type")
}

/// Names that no generated class may have.
pub(crate) struct ClassNames(HashSet<String>);

impl ClassNames {
    /// The names that stand in the way in every org.
    pub(crate) fn new() -> Self {
        let objects = STANDARD_OBJECTS
            .split_whitespace()
            .map(str::to_ascii_lowercase);
        let words = [RESERVED, STANDARD_TYPES, MODIFIERS]
            .into_iter()
            .flatten()
            .copied();
        Self(words.map(str::to_owned).chain(objects).collect())
    }

    /// The same and other words.
    pub(crate) fn and(mut self, words: &[&str]) -> Self {
        self.0.extend(words.iter().map(|word| (*word).to_owned()));
        self
    }

    /// All of them, in lower case.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a class should not have this name. Only exceptions may end in `Exception`.
    pub(crate) fn contains(&self, name: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        lower.ends_with("exception") || self.0.contains(&lower)
    }
}

#[cfg(test)]
mod tests {
    use super::{ClassNames, RESERVED, is_reserved};

    #[test]
    fn the_list_can_be_searched() {
        assert!(RESERVED.is_sorted());
        for word in ["end", "END", "Currency", "system", "sObject"] {
            assert!(is_reserved(word), "{word}");
        }
        assert!(!is_reserved("type") && !is_reserved("id"));
    }

    #[test]
    fn classes_hide_nothing() {
        let names = ClassNames::new();
        for name in [
            "Account",
            "CASE",
            "test",
            "Error",
            "BadException",
            "List",
            "ConnectApi",
            "Transient",
        ] {
            assert!(names.contains(name), "{name}");
        }
        assert!(!names.contains("StartSessionRequest"));
    }
}
