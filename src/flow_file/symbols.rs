//! The elements and resources of a flow by name.

use std::collections::HashMap;

use roxmltree::Node;

use super::findings::Findings;
use super::xml;
use crate::diagnostic::Code;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An element on the canvas.
    Element,
    /// An outcome of a decision, or an event that a flow waits for: true once it has come about.
    Outcome,
    /// A field, a section or an action of a screen.
    Field,
    /// A step of a stage of an orchestration.
    Step,
    Variable,
    Constant,
    Formula,
    Choice,
    ChoiceSet,
    Template,
    Stage,
    /// A filter, a group, a path: what other names do not collide with for certain.
    Other,
}

impl Kind {
    /// Whether nothing but this flow can use it.
    pub fn is_resource(self) -> bool {
        matches!(
            self,
            Self::Variable
                | Self::Constant
                | Self::Formula
                | Self::Choice
                | Self::ChoiceSet
                | Self::Template
        )
    }

    /// The kind for people, with its article.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Element => "an element",
            Self::Outcome => "an outcome",
            Self::Field => "a part of a screen",
            Self::Step => "a step",
            Self::Variable => "a variable",
            Self::Constant => "a constant",
            Self::Formula => "a formula",
            Self::Choice => "a choice",
            Self::ChoiceSet => "a set of choices",
            Self::Template => "a text template",
            Self::Stage => "a stage",
            Self::Other => "another part of the flow",
        }
    }
}

/// A named part of a flow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbol<'a, 'x> {
    pub name: &'a str,
    pub kind: Kind,
    /// The element that declares it.
    pub node: Node<'a, 'x>,
}

/// All named parts of a flow.
#[derive(Debug, Default)]
pub(crate) struct Symbols<'a, 'x> {
    pub list: Vec<Symbol<'a, 'x>>,
    by_name: HashMap<String, usize>,
}

/// The elements of a flow file that stand on the canvas.
pub(crate) const ELEMENTS: &[&str] = &[
    "actionCalls",
    "apexPluginCalls",
    "assignments",
    "collectionProcessors",
    "customErrors",
    "decisions",
    "experiments",
    "loops",
    "orchestratedStages",
    "recordCreates",
    "recordDeletes",
    "recordLookups",
    "recordRollbacks",
    "recordUpdates",
    "screens",
    "steps",
    "subflows",
    "transforms",
    "waits",
];

/// The kind of what an element within another one declares.
fn kind(tag: &str, outer: &str) -> Option<Kind> {
    Some(match (tag, outer) {
        ("variables", "Flow") => Kind::Variable,
        ("constants", "Flow") => Kind::Constant,
        ("formulas", "Flow") => Kind::Formula,
        ("choices", "Flow") => Kind::Choice,
        ("dynamicChoiceSets", "Flow") => Kind::ChoiceSet,
        ("textTemplates", "Flow") => Kind::Template,
        ("stages", "Flow") => Kind::Stage,
        ("collectionFilterCriteria" | "groups" | "exitRules", "Flow") => Kind::Other,
        (tag, "Flow") if ELEMENTS.contains(&tag) => Kind::Element,
        ("rules", "decisions") | ("waitEvents", "waits") => Kind::Outcome,
        ("fields" | "actions", "screens") | ("fields", "fields") => Kind::Field,
        ("stageSteps", "orchestratedStages") => Kind::Step,
        ("scheduledPaths", "start") | ("paths", "experiments") => Kind::Other,
        _ => return None,
    })
}

impl<'a, 'x> Symbols<'a, 'x> {
    /// Collects the names of a flow, and says which are not allowed or taken twice.
    pub fn collect(root: Node<'a, 'x>, findings: &mut Findings<'_>) -> Self {
        let mut symbols = Self::default();
        let mut work: Vec<(Node<'a, 'x>, Kind)> = Vec::new();
        push_inner(root, &mut work);
        while let Some((node, kind)) = work.pop() {
            push_inner(node, &mut work);
            if let Some(name) = xml::child(node, "name") {
                symbols.add(name, kind, node, findings);
            } else if kind.is_resource() || kind == Kind::Element {
                findings.error(
                    Code::FlowName,
                    xml::tag_span(node),
                    format!("`{}` has no name", node.tag_name().name()),
                    "give it a name, so that others can refer to it",
                );
            }
        }
        symbols
    }

    fn add(
        &mut self,
        name_node: Node<'a, 'x>,
        kind: Kind,
        node: Node<'a, 'x>,
        findings: &mut Findings<'_>,
    ) {
        let name = xml::text(name_node);
        if let Some(problem) = illegal(name) {
            findings.error(
                Code::FlowName,
                xml::span(name_node),
                format!("`{name}` is no API name: {problem}"),
                "use letters, digits and single `_`, a letter first and no `_` last, at most 80 characters",
            );
        }
        let folded = name.to_lowercase();
        if let Some(&other) = self.by_name.get(&folded) {
            let other = self.list[other];
            if other.kind != Kind::Other && kind != Kind::Other {
                findings.error(
                    Code::FlowName,
                    xml::span(name_node),
                    format!(
                        "the name `{name}` is taken by {} already",
                        other.kind.shown()
                    ),
                    "names are unique in a whole flow, letter case aside: rename one of them",
                );
            }
            if other.kind != Kind::Other {
                return;
            }
        }
        self.by_name.insert(folded, self.list.len());
        self.list.push(Symbol { name, kind, node });
    }

    /// The part with this name, letter case aside.
    pub fn get(&self, name: &str) -> Option<&Symbol<'a, 'x>> {
        let index = self.by_name.get(&name.to_lowercase())?;
        self.list.get(*index)
    }
}

/// Puts the named parts within an element on a stack, the last first.
fn push_inner<'a, 'x>(node: Node<'a, 'x>, work: &mut Vec<(Node<'a, 'x>, Kind)>) {
    let outer = node.tag_name().name();
    let first = work.len();
    work.extend(xml::elements(node).filter_map(|inner| {
        let kind = kind(inner.tag_name().name(), outer)?;
        Some((inner, kind))
    }));
    work[first..].reverse();
}

/// Why a name is no API name; none for a good one. Orchestrations write `ActionInput__` before names of their own.
pub(crate) fn illegal(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("ActionInput__").unwrap_or(name);
    if name.is_empty() {
        return Some("it is empty");
    }
    if name.chars().count() > 80 {
        return Some("it is longer than 80 characters");
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some("it does not begin with a letter");
    }
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Some("it has characters other than letters, digits and `_`");
    }
    if name.ends_with('_') {
        return Some("it ends in `_`");
    }
    if name.contains("__") {
        return Some("it has two `_` in a row");
    }
    None
}
