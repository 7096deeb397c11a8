//! JSON for reviewers: what fits on a line stays on it, and list elements that others refer to carry their index.

use serde_json::Value;

const WIDTH: usize = 110;

/// Lays out a dump of a stage. `indexed` names the lists at its top whose elements are referred to by index.
pub fn layout(dump: &str, indexed: &str) -> String {
    let value: Value = serde_json::from_str(dump).unwrap();
    let mut text = String::new();
    for (key, member) in value.as_object().unwrap() {
        if key != indexed {
            text.push_str(&format!("{key}: "));
            write(member, 0, &mut text);
            text.push('\n');
            continue;
        }
        text.push_str(&format!("{key}:\n"));
        for (index, element) in member.as_array().unwrap().iter().enumerate() {
            text.push_str(&format!("{index:>3} = "));
            write(element, 2, &mut text);
            text.push('\n');
        }
    }
    text
}

fn write(value: &Value, indent: usize, to: &mut String) {
    let line = value.to_string();
    if line.chars().count() + indent <= WIDTH {
        to.push_str(&line);
        return;
    }
    let pad = " ".repeat(indent + 2);
    let (open, rows, close): (_, Vec<(String, &Value)>, _) = match value {
        Value::Object(members) => (
            '{',
            members
                .iter()
                .map(|(key, member)| (format!("{}: ", Value::from(key.as_str())), member))
                .collect(),
            '}',
        ),
        Value::Array(items) => (
            '[',
            items.iter().map(|item| (String::new(), item)).collect(),
            ']',
        ),
        _ => {
            to.push_str(&line);
            return;
        }
    };
    to.push(open);
    for (index, (key, member)) in rows.into_iter().enumerate() {
        to.push_str(if index == 0 { "\n" } else { ",\n" });
        to.push_str(&pad);
        to.push_str(&key);
        write(member, indent + 2, to);
    }
    to.push('\n');
    to.push_str(&" ".repeat(indent));
    to.push(close);
}
