//! How long texts may be. Texts are put together from others, each of which may be as long as a text may be, so that
//! the length is kept where the flow is whole.

use super::model::Flow;
use super::text::Text;
use crate::naming::shortened;

/// The most letters of a label.
pub(super) const MAX_LABEL: usize = 255;
/// The most letters of a description or a help text; the platform's limit is not published with the metadata types.
pub(super) const MAX_DESCRIPTION: usize = 1000;

impl Flow {
    /// Cuts what is too long.
    pub(super) fn keep_limits(&mut self) {
        cut(&mut self.label, MAX_LABEL);
        cut(&mut self.interview_label, MAX_LABEL);
        cut(&mut self.description, MAX_DESCRIPTION);
        for node in self.nodes_mut() {
            cut(&mut node.label, MAX_LABEL);
            cut_all(&mut node.description);
        }
        for decision in &mut self.decisions {
            cut(&mut decision.default_label, MAX_LABEL);
            for rule in &mut decision.rules {
                cut(&mut rule.label, MAX_LABEL);
            }
        }
        for field in self.screens.iter_mut().flat_map(|one| &mut one.fields) {
            field.help.iter_mut().for_each(cut_html);
        }
        let choices = self.choices.iter_mut().map(|one| &mut one.description);
        let constants = self.constants.iter_mut().map(|one| &mut one.description);
        let templates = self.text_templates.iter_mut();
        let templates = templates.map(|one| &mut one.description);
        let variables = self.variables.iter_mut().map(|one| &mut one.description);
        let resources = choices.chain(constants).chain(templates).chain(variables);
        resources.for_each(cut_all);
    }
}

fn cut_all(description: &mut Option<Text>) {
    if let Some(text) = description {
        cut(text, MAX_DESCRIPTION);
    }
}

fn cut(text: &mut Text, max: usize) {
    // Escaped it is as long at least.
    if text.as_str().len() > max {
        *text = Text::new(&shortened(&text.raw(), max));
    }
}

/// Cuts HTML that is nothing but text, without leaving half of a character behind.
fn cut_html(text: &mut Text) {
    if text.as_str().len() <= MAX_DESCRIPTION {
        return;
    }
    let raw = text.raw();
    let mut whole = shortened(&raw, MAX_DESCRIPTION);
    if whole.len() < raw.len()
        && let Some(half) = whole.rfind('&')
        && !whole[half..].contains(';')
    {
        whole.truncate(half);
        whole.push('…');
    }
    *text = Text::new(&whole);
}

#[cfg(test)]
mod tests {
    use super::{MAX_DESCRIPTION, cut, cut_html};
    use crate::target::flow::text::{Text, html};

    fn length(text: &Text) -> usize {
        text.raw().chars().count()
    }

    #[test]
    fn what_is_too_long_is_cut_as_it_is_read() {
        for letter in ["a", "<", "é", "a "] {
            let mut long = Text::new(&letter.repeat(300));
            cut(&mut long, 255);
            assert!((200..=255).contains(&length(&long)), "{long}");
            assert!(long.raw().ends_with('…'));
            let mut short = Text::new(&"<".repeat(255));
            cut(&mut short, 255);
            assert_eq!(length(&short), 255);
        }
    }

    #[test]
    fn no_half_of_a_character_is_left() {
        for before in 0..6 {
            let text = format!("{}{}", "a".repeat(before), "<".repeat(1000));
            let mut help = Text::new(&html(&text));
            cut_html(&mut help);
            assert!(length(&help) <= MAX_DESCRIPTION);
            let left = help.raw().replace("&lt;", "");
            assert_eq!(left, format!("{}…", "a".repeat(before)));
        }
        let mut fits = Text::new(&html("a & b"));
        cut_html(&mut fits);
        assert_eq!(fits.raw(), "a &amp; b");
    }
}
