//! How the test of a codec says JSON text: as what an example of its becomes by one change, or out of constants.

use super::base::Base;
use super::cases::Case;
use super::constants::{Constants, Operand, added, assigned};
use crate::target::apex::code::{Doc, Method, Statement};

/// What JSON texts are said with.
pub(super) struct Sources<'t> {
    base: Option<&'t Base>,
    constants: Constants<'t>,
}

impl<'t> Sources<'t> {
    pub(super) fn new(base: Option<&'t Base>, cases: &'t [Case]) -> Self {
        let said = cases.iter().flat_map(Case::said);
        let said = said.map(|json| base.map_or((None, json), |base| base.said(json)));
        let members = base.into_iter().flat_map(Base::members);
        Self {
            base,
            constants: Constants::new(said, members),
        }
    }

    /// JSON text.
    pub(super) fn json(&self, json: &str) -> Doc {
        added(self.operands(json))
    }

    /// JSON text of a list that has a value once, or several times.
    pub(super) fn list(&self, json: &str, count: usize) -> Doc {
        added(self.list_of(json, count))
    }

    /// A variable that is set to JSON text of a list that has a value once.
    pub(super) fn list_in(&self, variable: &str, json: &str) -> Statement {
        assigned(variable, self.list_of(json, 1))
    }

    fn list_of(&self, json: &str, count: usize) -> Vec<Operand<'_>> {
        let mut operands = vec![Operand::text("[")];
        for index in 0..count {
            operands.extend((index > 0).then(|| Operand::text(",")));
            operands.extend(self.operands(json));
        }
        operands.push(Operand::text("]"));
        operands
    }

    fn operands(&self, json: &str) -> Vec<Operand<'_>> {
        let changed = self
            .base
            .and_then(|base| base.source(json, &self.constants));
        match changed {
            Some(code) => vec![Operand::Code(code)],
            None => self.constants.operands(json),
        }
    }

    /// The fields of the test class.
    pub(super) fn fields(&self) -> Vec<String> {
        let members = self.base.map(|base| base.constant(&self.constants));
        self.constants.fields().chain(members).collect()
    }

    /// The methods that the test class needs for what was said.
    pub(super) fn helpers(&self) -> Vec<Method> {
        self.base.map(Base::helpers).unwrap_or_default()
    }
}
