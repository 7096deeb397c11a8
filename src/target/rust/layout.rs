//! Lines as rustfmt breaks them.

use super::config::Visibility;
use super::path;

/// The widest line that rustfmt leaves as it is.
const WIDTH: usize = 100;

/// The attribute that derives traits, those of the user last, broken into lines as rustfmt does it.
pub(super) fn derive_attribute(own: &[&str], others: &[String]) -> String {
    let mut traits: Vec<String> = own.iter().map(|one| (*one).to_owned()).collect();
    for one in others.iter().filter_map(|text| path::trait_path(text)) {
        // `std::hash::Hash` is the `Hash` that enums have anyway.
        let of_std = one.strip_prefix("std::").or(one.strip_prefix("core::"));
        let plain = of_std.and_then(|path| path.rsplit("::").next());
        if !traits.contains(&one) && !plain.is_some_and(|plain| traits.iter().any(|t| t == plain)) {
            traits.push(one);
        }
    }
    let list = traits.join(", ");
    match list.len() {
        0..=85 => format!("#[derive({list})]"),
        86..=96 => format!("#[derive(\n    {list},\n)]"),
        _ => format!("#[derive(\n    {},\n)]", traits.join(",\n    ")),
    }
}

/// The declaration of a field, broken into lines as rustfmt does it.
pub(super) fn declaration(visibility: Visibility, name: &str, text: &str) -> String {
    let keyword = visibility.keyword();
    let width = |text: &str| {
        if text.is_ascii() {
            text.len()
        } else {
            text.chars().count()
        }
    };
    let (start, size) = (width(keyword) + 1 + width(name) + 1, width(text));
    let mut line = String::with_capacity(keyword.len() + name.len() + text.len() + 16);
    for part in [keyword, " ", name, ":"] {
        line.push_str(part);
    }
    if 4 + start + 2 + size <= WIDTH {
        line.push(' ');
        line.push_str(text);
    } else if 8 + size < WIDTH {
        line.push_str("\n        ");
        line.push_str(text);
    } else {
        line.push(' ');
        line.push_str(&broken(text, 4));
    }
    line.push(',');
    line
}

/// A type with each argument on a line of its own; an argument that does not fit is broken in turn.
fn broken(text: &str, indent: usize) -> String {
    let Some((outer, arguments)) = text.strip_suffix('>').and_then(|text| text.split_once('<'))
    else {
        return text.to_owned();
    };
    let mut lines = format!("{outer}<");
    // A map is the only type with two arguments, and its first is plain.
    for argument in arguments.splitn(if outer == "BTreeMap" { 2 } else { 1 }, ", ") {
        let fits = indent + 4 + argument.chars().count() < WIDTH;
        let argument = if fits {
            argument.to_owned()
        } else {
            broken(argument, indent + 4)
        };
        lines.push_str(&format!("\n{}{argument},", " ".repeat(indent + 4)));
    }
    format!("{lines}\n{}>", " ".repeat(indent))
}

/// The short form if it fits on a line, as rustfmt decides it.
pub(super) fn fitting(short: &str, long: &str, indent: usize) -> String {
    if indent + short.chars().count() <= WIDTH {
        short.to_owned()
    } else {
        long.to_owned()
    }
}
