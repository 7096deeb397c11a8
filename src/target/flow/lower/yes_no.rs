//! Questions on a screen that are answered with yes, no, or not at all. A checkbox cannot tell the last two apart.

use crate::action::ScalarType;

use super::super::config::FlowConfig;
use super::super::model::{Flow, Formula};
use super::super::names::{self, Names};
use super::super::text::Text;
use super::super::types::FlowType;
use super::plan::{ChoiceValue, InputVariable, VariableType};

const YES: &str = "Yes";
const NO: &str = "No";

impl InputVariable {
    /// Whether nobody has to answer it with yes or no.
    pub(super) fn may_stay_open(&self) -> bool {
        self.ty.is(ScalarType::Boolean) && !self.is_list && !self.required
    }

    /// The same question with the two answers as its choices.
    pub(super) fn with_yes_and_no(&self, config: &FlowConfig) -> Self {
        let of = self.key.trim_start_matches("field ");
        let choice = |answer: &str| ChoiceValue {
            key: format!("{of} = {answer}"),
            wire: answer.to_owned(),
            label: answer.to_owned(),
            description: None,
            constant: names::constant(&self.label, answer),
        };
        Self {
            key: self.key.clone(),
            name: self.name.clone(),
            source: self.source.clone(),
            label: self.label.clone(),
            text: self.text.clone(),
            description: self.description.clone(),
            ty: VariableType::Scalar(FlowType::new(ScalarType::String, config)),
            is_list: false,
            required: false,
            choices: vec![choice(YES), choice(NO)],
        }
    }

    /// The formula that turns the answer into a Boolean, which is worth something only where there is an answer.
    pub(super) fn is_yes(&self, flow: &mut Flow, names: &mut Names) -> Text {
        let key = format!("is yes {}", self.key);
        let name = names.claim(&key, &format!("{} Is {YES}", self.label));
        flow.formulas.push(Formula {
            description: Some(Text::new("The answer as true or false.")),
            name: name.clone(),
            data_type: ScalarType::Boolean.as_str(),
            expression: Text::new(&format!("{{!{}}} = \"{YES}\"", self.name)),
        });
        name
    }
}
