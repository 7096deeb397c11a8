//! Conditions that are counted, such as `1 AND (2 OR 3)`.

use roxmltree::Node;

use super::findings::Findings;
use super::xml;
use crate::diagnostic::Code;

/// The elements that join conditions, and those that hold one each.
const JOINS: [(&str, &str); 2] = [("conditionLogic", "conditions"), ("filterLogic", "filters")];

/// Checks how the conditions of an element are joined.
pub(crate) fn check(node: Node<'_, '_>, findings: &mut Findings<'_>) {
    for (tag, of) in JOINS {
        let logic = xml::child(node, tag);
        // A word such as `and` joins them all.
        let counted = logic.filter(|one| xml::text(*one).contains(|c: char| c.is_ascii_digit()));
        if let Some(logic) = counted {
            counted_by(logic, xml::children(node, of).count(), findings);
        }
    }
}

fn counted_by(logic: Node<'_, '_>, count: usize, findings: &mut Findings<'_>) {
    let text = xml::text(logic);
    let Some(numbers) = numbers(text) else {
        let tag = logic.tag_name().name();
        findings.error(
            Code::FlowStructure,
            xml::span(logic),
            format!("`{text}` is no value of `{tag}`"),
            "join the numbers of the conditions with AND and OR, and close each parenthesis",
        );
        return;
    };
    let beyond = numbers.iter().find(|one| **one == 0 || **one > count);
    if let Some(number) = beyond {
        findings.error(
            Code::FlowDangling,
            xml::span(logic),
            format!("`{text}` speaks of condition {number}, and there are {count}"),
            "count the conditions from 1",
        );
    } else if let Some(number) = (1..=count).find(|one| !numbers.contains(one)) {
        findings.warning(
            Code::FlowUnused,
            xml::span(logic),
            format!("`{text}` does not speak of condition {number}"),
            "speak of each condition, or remove it",
        );
    }
}

/// The numbers in an expression; none if it is no expression.
fn numbers(text: &str) -> Option<Vec<usize>> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let (mut found, mut open, mut is_operand_next) = (Vec::new(), 0_usize, true);
    for word in spaced.split_whitespace() {
        match word.to_ascii_uppercase().as_str() {
            "(" if is_operand_next => open += 1,
            "NOT" if is_operand_next => {}
            ")" if !is_operand_next => open = open.checked_sub(1)?,
            "AND" | "OR" if !is_operand_next => is_operand_next = true,
            number if is_operand_next => {
                found.push(number.parse().ok()?);
                is_operand_next = false;
            }
            _ => return None,
        }
    }
    (open == 0 && !is_operand_next).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn an_expression_joins_numbers() {
        assert_eq!(numbers("1 AND (2 OR(NOT 3))"), Some(vec![1, 2, 3]));
        assert_eq!(numbers("1 and 20"), Some(vec![1, 20]));
        for wrong in [
            "1 AND (2 OR 3",
            "1 2",
            "1 AND",
            "AND 1",
            "1) OR (2",
            "1 XOR 2",
            "1 AND ()",
        ] {
            assert_eq!(numbers(wrong), None, "{wrong}");
        }
    }
}
