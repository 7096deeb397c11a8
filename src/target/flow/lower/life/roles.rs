//! Which flows and variables play which role in a lifecycle.

use std::collections::HashMap;

use crate::action::Lifecycle;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::super::super::text::Text;
use super::super::{Interface, plan::InputVariable};

/// The roles, all of them there.
pub(super) struct Roles<'a> {
    pub lifecycle: &'a Lifecycle,
    pub start: &'a Interface,
    pub use_: &'a Interface,
    pub end: &'a Interface,
    /// The output of the start that the others need.
    pub id: &'a Text,
    pub use_id: &'a InputVariable,
    pub item: &'a InputVariable,
    pub number: Option<&'a InputVariable>,
    /// The output of a use that is the answer.
    pub answer: &'a Text,
    pub end_id: &'a InputVariable,
    pub reason: Option<&'a InputVariable>,
}

impl<'a> Roles<'a> {
    /// Finds the roles; says what is not there.
    pub(super) fn find(
        lifecycle: &'a Lifecycle,
        interfaces: &'a HashMap<String, Interface>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut finder = Finder {
            lifecycle,
            interfaces,
            diagnostics,
        };
        let (start, use_, end) = (&lifecycle.start, &lifecycle.use_, &lifecycle.end);
        let started = finder.interface("/start", &start.action);
        let used = finder.interface("/use", &use_.action);
        let ended = finder.interface("/end", &end.action);
        let (started, used, ended) = (started?, used?, ended?);
        for (pointer, names) in [("/expired", &lifecycle.expired), ("/busy", &lifecycle.busy)] {
            for (index, name) in names.iter().enumerate() {
                if !used.states.iter().any(|(output, _)| output == name) {
                    let message = format!("the action `{}` has no output `{name}`", use_.action);
                    finder.say(&format!("{pointer}/{index}"), &message);
                    return None;
                }
            }
        }
        let id = finder.output("/start/id", started, &start.action, &start.id);
        let use_id = finder.input("/use/id", used, &use_.action, &use_.id);
        let item = finder.input("/use/item", used, &use_.action, &use_.item);
        let number = match &use_.number {
            Some(number) => Some(finder.input("/use/number", used, &use_.action, number)?),
            None => None,
        };
        let answer = finder.output("/use/answer", used, &use_.action, &use_.answer);
        let end_id = finder.input("/end/id", ended, &end.action, &end.id);
        let reason = match &end.reason {
            Some(reason) => {
                let input = finder.input("/end/reason/input", ended, &end.action, &reason.input)?;
                finder.is_reason("/end/reason/done", input, &reason.done)?;
                finder.is_reason("/end/reason/failed", input, &reason.failed)?;
                Some(input)
            }
            None => None,
        };
        Some(Self {
            lifecycle,
            start: started,
            use_: used,
            end: ended,
            id: id?,
            use_id: use_id?,
            item: item?,
            number,
            answer: answer?,
            end_id: end_id?,
            reason,
        })
    }

    /// The states in which a flow reports some outputs of its action.
    pub(super) fn words<'i>(of: &'i Interface, outputs: &[String]) -> Vec<&'i str> {
        let mut words: Vec<&str> = of
            .states
            .iter()
            .filter(|(output, _)| outputs.contains(output))
            .map(|(_, state)| state.as_str())
            .collect();
        words.dedup();
        words
    }
}

struct Finder<'a, 'd> {
    lifecycle: &'a Lifecycle,
    interfaces: &'a HashMap<String, Interface>,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Finder<'a, '_> {
    fn say(&mut self, pointer: &str, message: &str) {
        let message = format!("lifecycle `{}`: {message}", self.lifecycle.label);
        let mut diagnostic = Diagnostic::new(Code::FlowDescriptor, message)
            .help("name actions, inputs and outputs as their action descriptors do");
        diagnostic.place = self.lifecycle.place(pointer);
        self.diagnostics.push(diagnostic);
    }

    fn interface(&mut self, pointer: &str, action: &str) -> Option<&'a Interface> {
        let found = self.interfaces.get(action);
        if found.is_none() {
            let message = format!("there is no flow for the action `{action}`");
            self.say(&format!("{pointer}/action"), &message);
        }
        found
    }

    fn input(
        &mut self,
        pointer: &str,
        of: &'a Interface,
        action: &str,
        source: &str,
    ) -> Option<&'a InputVariable> {
        let found = of.inputs.iter().find(|input| input.source == source);
        if found.is_none() {
            let known: Vec<&str> = of.inputs.iter().map(|one| one.source.as_str()).collect();
            let message = format!(
                "the flow of `{action}` has no input for `{source}`; it has those for {}",
                known.join(", ")
            );
            self.say(pointer, &message);
        }
        found
    }

    fn output(
        &mut self,
        pointer: &str,
        of: &'a Interface,
        action: &str,
        property: &str,
    ) -> Option<&'a Text> {
        let found = of.outputs.iter().find(|(known, _)| known == property);
        if found.is_none() {
            let message = format!("the flow of `{action}` gives no `{property}` back");
            self.say(pointer, &message);
        }
        found.map(|(_, name)| name)
    }

    /// A reason must be one of those that the input may be.
    fn is_reason(&mut self, pointer: &str, input: &InputVariable, reason: &str) -> Option<()> {
        let known = &input.choices;
        if known.is_empty() || known.iter().any(|choice| choice.wire == reason) {
            return Some(());
        }
        let message = format!("`{reason}` is none of the values of `{}`", input.label);
        self.say(pointer, &message);
        None
    }
}
