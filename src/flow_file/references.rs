//! Every reference of a flow, and whether it leads to what it should.

use std::collections::HashSet;
use std::ops::Range;

use roxmltree::Node;

use super::findings::Findings;
use super::merge;
use super::resolve::{Answer, Problem, Resolver};
use super::structure::Typed;
use super::symbols::Kind;
use super::xml;
use crate::diagnostic::{Code, Severity};

/// What a reference may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// An element on the canvas.
    Element,
    /// Anything that has a value.
    Value,
    /// Something that can be set.
    Target,
    /// A collection to go through.
    Collection,
    /// A choice or a set of choices.
    Choice,
    /// Whatever it is: a mistake is not certain.
    Any,
    /// A formula, or a text that is shown: `{!…}` in it are references.
    Merged,
    /// A text that may be merged, or be used as it stands.
    Text,
}

/// What an element that holds text refers to.
fn role(tag: &str, outer: &str) -> Option<Role> {
    Some(match (tag, outer) {
        ("targetReference" | "startElementReference", _) => Role::Element,
        (
            "assignToReference",
            "assignmentItems"
            | "outputParameters"
            | "outputAssignments"
            | "entryActionOutputParameters"
            | "exitActionOutputParameters",
        )
        | ("assignRecordIdToReference" | "outputReference" | "assignNextValueToReference", _) => {
            Role::Target
        }
        ("collectionReference", _) => Role::Collection,
        ("choiceReferences", _) => Role::Choice,
        ("leftValueReference", "conditions" | "entryConditions" | "exitConditions")
        | ("elementReference" | "inputReference" | "objectFieldReference", _)
        | ("defaultSelectedChoiceReference" | "fieldReference" | "screenActionName", _) => {
            Role::Value
        }
        (
            "leftValueReference"
            | "resumeDateReference"
            | "transformValueReference"
            | "associatedElement"
            | "eventSource"
            | "sourceReference"
            | "group",
            _,
        ) => Role::Any,
        ("expression" | "formulaExpression" | "filterFormula" | "formula", _)
        | ("fieldText" | "text" | "choiceText" | "promptText" | "errorMessage", _)
        | ("interviewLabel" | "pausedText", _) => Role::Merged,
        ("stringValue" | "helpText" | "label", _) => Role::Text,
        _ => return None,
    })
}

/// Elements whose contents are no references of the flow: the builder's own notes.
const NOTES: &[&str] = &[
    "processMetadataValues",
    "customProperties",
    "styleProperties",
];

/// Elements whose names stand for records that they hold.
const HOLDERS: &[&str] = &[
    "collectionProcessors",
    "loops",
    "recordLookups",
    "transforms",
];

/// Checks every reference; gives the names, in lower case, that are used.
pub(crate) fn check(
    typed: &[Typed<'_, '_>],
    resolver: &Resolver<'_, '_, '_, '_>,
    findings: &mut Findings<'_>,
) -> HashSet<String> {
    let mut checker = Checker {
        resolver,
        findings,
        used: HashSet::new(),
    };
    for one in typed.iter().filter(|one| one.ty == "string") {
        let outer = one
            .node
            .parent_element()
            .map_or("", |node| node.tag_name().name());
        let Some(role) = role(one.node.tag_name().name(), outer) else {
            continue;
        };
        let is_note = |node: Node<'_, '_>| NOTES.contains(&node.tag_name().name());
        if one.node.ancestors().any(is_note) || xml::is_nil(one.node) {
            continue;
        }
        // Triggers of newer kinds name fields of their own data there.
        let is_trigger =
            |node: Node<'_, '_>| matches!(node.tag_name().name(), "start" | "exitRules");
        let is_left = one.node.tag_name().name() == "leftValueReference";
        let role = match role {
            Role::Value if is_left && one.node.ancestors().any(is_trigger) => Role::Any,
            other => other,
        };
        checker.visit(one.node, role);
    }
    checker.used
}

struct Checker<'c, 's, 'a, 'x, 'p, 'd> {
    resolver: &'c Resolver<'s, 'a, 'x, 'p>,
    findings: &'c mut Findings<'d>,
    used: HashSet<String>,
}

impl Checker<'_, '_, '_, '_, '_, '_> {
    fn visit(&mut self, node: Node<'_, '_>, role: Role) {
        if matches!(role, Role::Merged | Role::Text) {
            let mut text = xml::whole_text(node);
            if merge::is_formula(node.tag_name().name()) {
                text = merge::without_comments(&text).into();
            }
            let (source, whole) = (node.document().input_text(), node.range());
            let mut from = whole.start;
            for field in merge::fields(&text) {
                let place = merge::place(&source[from..whole.end], field);
                let span = match place {
                    Some(place) => from + place.start..from + place.end,
                    None => xml::span(node),
                };
                from = from.max(span.end.min(whole.end));
                if merge::is_reference(field) {
                    self.reference(field, span, role, node);
                } else if role == Role::Merged {
                    let why = "it is more than a name".to_owned();
                    self.findings.unverified(span, field, why);
                }
            }
            if role == Role::Merged && merge::is_open(&text) {
                self.findings.summary.broken += 1;
                self.findings.error(
                    Code::FlowDangling,
                    xml::span(node),
                    "a `{!` is not closed here",
                    "write `}` after the name",
                );
            }
            return;
        }
        let text = xml::text(node);
        if text.is_empty() {
            let tag = node.tag_name().name();
            self.findings.error(
                Code::FlowDangling,
                xml::tag_span(node),
                format!("`{tag}` is empty"),
                "name what it refers to, or remove the element",
            );
            return;
        }
        // Older files write some references as merge fields.
        let reference = text
            .strip_prefix("{!")
            .and_then(|rest| rest.strip_suffix('}'))
            .unwrap_or(text);
        self.reference(reference, xml::span(node), role, node);
    }

    fn reference(&mut self, reference: &str, span: Range<usize>, role: Role, node: Node<'_, '_>) {
        let first = reference.split(['.', '[']).next().unwrap_or_default();
        self.used.insert(first.to_lowercase());
        match self.resolver.resolve(reference) {
            Ok(answer) => self.answer(reference, &answer, span, role, node),
            Err(problem) => self.problem(reference, problem, span, role, node),
        }
    }

    fn problem(
        &mut self,
        reference: &str,
        problem: Problem,
        span: Range<usize>,
        role: Role,
        node: Node<'_, '_>,
    ) {
        let is_filter = node
            .parent_element()
            .is_some_and(|outer| outer.tag_name().name() == "collectionProcessors");
        let severity = match role {
            Role::Any => {
                let why = "elements of this kind may refer to more than a flow holds".to_owned();
                self.findings.unverified(span, reference, why);
                return;
            }
            Role::Text => problem.severity.max(Severity::Warning),
            // The builder makes a variable of its own for the item of a filter.
            Role::Target if is_filter => problem.severity.max(Severity::Warning),
            _ => problem.severity,
        };
        self.findings.summary.broken += 1;
        self.findings
            .add(problem.code, severity, span, problem.message, problem.help);
    }

    fn answer(
        &mut self,
        reference: &str,
        answer: &Answer<'_, '_, '_>,
        span: Range<usize>,
        role: Role,
        node: Node<'_, '_>,
    ) {
        if let Some((message, help)) = wrong_kind(reference, answer, role) {
            self.findings.summary.broken += 1;
            self.findings.error(Code::FlowDangling, span, message, help);
            return;
        }
        if let Some(symbol) = answer.symbol {
            let written = reference.split(['.', '[']).next().unwrap_or_default();
            if symbol.name != written {
                self.findings.warning(
                    Code::FlowDangling,
                    span.clone(),
                    format!("`{written}` is `{}` in other letters", symbol.name),
                    "write it in the same letters",
                );
            }
        }
        let is_loop = node
            .parent_element()
            .is_some_and(|outer| outer.tag_name().name() == "loops");
        if role == Role::Collection && is_loop && answer.ty.many == Some(false) {
            self.findings.summary.broken += 1;
            self.findings.error(
                Code::FlowType,
                span,
                format!(
                    "`{reference}` is {}, and a loop needs a collection",
                    answer.ty.shown()
                ),
                "refer to a collection, or allow multiple values for the variable",
            );
            return;
        }
        match &answer.doubt {
            Some(why) => self.findings.unverified(span, reference, why.clone()),
            None => self.findings.summary.verified += 1,
        }
    }
}

/// What is wrong with what a reference leads to, and a way out.
fn wrong_kind(
    reference: &str,
    answer: &Answer<'_, '_, '_>,
    role: Role,
) -> Option<(String, &'static str)> {
    let Some(symbol) = answer.symbol else {
        let message = |what: &str| format!("`{reference}` is a global variable, and no {what}");
        return match role {
            Role::Element => Some((message("element"), "name an element of this flow")),
            Role::Choice => Some((message("choice"), "name a choice of this flow")),
            Role::Value
            | Role::Target
            | Role::Collection
            | Role::Any
            | Role::Merged
            | Role::Text => None,
        };
    };
    let kind = symbol.kind;
    let message = |what: &str| format!("`{reference}` is {}, and {what}", kind.shown());
    match role {
        Role::Element if kind != Kind::Element || answer.is_part => Some((
            message("a connector leads to an element"),
            "name an element on the canvas",
        )),
        Role::Choice if !matches!(kind, Kind::Choice | Kind::ChoiceSet) => Some((
            message("a field shows choices"),
            "name a choice or a set of choices",
        )),
        Role::Target
            if matches!(
                kind,
                Kind::Constant
                    | Kind::Formula
                    | Kind::Choice
                    | Kind::ChoiceSet
                    | Kind::Template
                    | Kind::Outcome
            ) =>
        {
            Some((message("that cannot be set"), "set a variable"))
        }
        Role::Target
            if kind == Kind::Element
                && !answer.is_part
                && !HOLDERS.contains(&symbol.node.tag_name().name()) =>
        {
            Some((message("that cannot be set"), "set a variable"))
        }
        Role::Collection
            if matches!(
                kind,
                Kind::Constant | Kind::Formula | Kind::Template | Kind::Outcome
            ) =>
        {
            Some((message("that is no collection"), "name a collection"))
        }
        Role::Element
        | Role::Value
        | Role::Target
        | Role::Collection
        | Role::Choice
        | Role::Any
        | Role::Merged
        | Role::Text => None,
    }
}
