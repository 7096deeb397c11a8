//! Mermaid text, which pages such as a README turn into a diagram.

use askama::Template;

use super::MARK;
use super::sketch::{Shape, Sketch};

#[derive(Template)]
#[template(path = "picture/flow.mmd", config = "templates/askama.toml")]
struct Diagram {
    mark: &'static str,
    title: String,
    nodes: Vec<String>,
    lines: Vec<String>,
    faults: String,
}

/// The diagram of a flow. Jumps are lines here: Mermaid places the boxes itself.
pub(super) fn draw(sketch: &Sketch) -> Result<String, askama::Error> {
    let mut nodes = Vec::new();
    for (at, node) in sketch.nodes.iter().enumerate() {
        let title = quoted(&node.title);
        nodes.push(match &node.shape {
            Shape::Start | Shape::End => format!("n{at}([\"{title}\"])"),
            Shape::Element(_, "decisions") => format!("n{at}{{\"{title}\"}}"),
            Shape::Element(kind, _) => format!("n{at}[\"{title}<br/>{}\"]", quoted(kind)),
            Shape::Jump(None) => format!("n{at}[\"{title}\"]"),
            Shape::Jump(Some(_)) => continue,
        });
    }
    let mut lines = Vec::new();
    let mut faults = Vec::new();
    for (index, line) in sketch.lines.iter().enumerate() {
        let to = match sketch.nodes[line.to].shape {
            Shape::Jump(Some(to)) => to,
            Shape::Jump(None) | Shape::Start | Shape::End | Shape::Element(..) => line.to,
        };
        let arrow = if line.is_fault {
            faults.push(index.to_string());
            "-.->"
        } else {
            "-->"
        };
        let label = match line.label.as_str() {
            "" => String::new(),
            label => format!("|\"{}\"|", quoted(label)),
        };
        lines.push(format!("n{} {arrow}{label} n{to}", line.from));
    }
    Diagram {
        mark: MARK,
        title: quoted(&sketch.title),
        nodes,
        lines,
        faults: faults.join(","),
    }
    .render()
}

/// Text that cannot end a label or become markup of any kind.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() || " .,:!?()/+=%_-·".contains(c) => out.push(c),
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => {}
            other => out.push_str(&format!("#{};", u32::from(other))),
        }
    }
    out
}
