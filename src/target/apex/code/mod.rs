//! Apex code before it is text: statements and methods.

mod layout;

use std::borrow::Cow;

pub(crate) use self::layout::{
    Doc, added, call, chain, either, join, literal_of, operated, set_to, text,
};

/// A length that most methods do not exceed.
const USUAL_LENGTH: usize = 600;

/// A statement.
#[derive(Debug, Clone)]
pub(crate) enum Statement {
    /// One that ends with a semicolon.
    Plain(Doc),
    /// Statements behind conditions, one after the other; the last one may have none.
    If(Vec<(Option<Doc>, Vec<Statement>)>),
    /// Statements for each of several values; the text declares the variable.
    For(String, Doc, Vec<Statement>),
    /// Statements, the exception that they may end in, and what then.
    Try(Vec<Statement>, String, Vec<Statement>),
}

/// A method.
#[derive(Debug, Clone)]
pub(crate) struct Method {
    /// The lines of the comment, in which no text of a schema can be code.
    pub doc: Vec<String>,
    /// Modifiers, type and name, such as `public static Object write`.
    pub head: String,
    /// Types and names of the parameters.
    pub parameters: Vec<String>,
    /// What it does.
    pub body: Vec<Statement>,
}

impl Method {
    /// Its text, as a member of a class, without the end of the last line.
    pub(crate) fn into_text(self) -> String {
        let mut out = String::with_capacity(USUAL_LENGTH);
        for line in &self.doc {
            out.push_str("  ");
            out.push_str(line);
            out.push('\n');
        }
        let parameters = self.parameters.into_iter().map(text).collect();
        line(&[&call(self.head, parameters), &text(" {")], 2, &mut out);
        write(self.body, 4, &mut out);
        out.push_str("  }");
        out
    }
}

/// A field of a class and its value, with what is added to that, as a member of the class, without the end of the last
/// line.
pub(crate) fn field(head: &str, value: Doc, others: Vec<Doc>) -> String {
    let mut out = String::new();
    let value = set_to(head, value, others);
    layout::write(&[&value, &text(";")], 2, &mut out);
    out
}

fn line(parts: &[&Doc], indent: usize, out: &mut String) {
    layout::write(parts, indent, out);
    out.push('\n');
}

/// Statements are nested as deep as this program makes them, which no input decides.
fn write(statements: Vec<Statement>, indent: usize, out: &mut String) {
    let end = || text("}");
    for statement in statements {
        match statement {
            Statement::Plain(doc) => line(&[&doc, &text(";")], indent, out),
            Statement::If(branches) => {
                for (index, (condition, body)) in branches.into_iter().enumerate() {
                    let head = match (condition, index) {
                        (Some(condition), 0) => call("if ", vec![condition]),
                        (Some(condition), _) => call("} else if ", vec![condition]),
                        (None, 0) => text(""),
                        (None, _) => text("} else"),
                    };
                    line(&[&head, &text(" {")], indent, out);
                    write(body, indent + 2, out);
                }
                line(&[&end()], indent, out);
            }
            Statement::For(variable, values, body) => {
                let header = join(vec![text(format!("{variable} : ")), values]);
                line(&[&call("for ", vec![header]), &text(" {")], indent, out);
                write(body, indent + 2, out);
                line(&[&end()], indent, out);
            }
            Statement::Try(body, exception, way_out) => {
                line(&[&text("try {")], indent, out);
                write(body, indent + 2, out);
                line(&[&text(format!("}} catch ({exception}) {{"))], indent, out);
                write(way_out, indent + 2, out);
                line(&[&end()], indent, out);
            }
        }
    }
}

/// A value that is returned.
pub(crate) fn returns(value: Doc) -> Statement {
    Statement::Plain(join(vec![text("return "), value]))
}

/// A value that something is set to.
pub(crate) fn assign(target: impl Into<String>, value: Doc) -> Statement {
    let mut target = target.into();
    target.push_str(" = ");
    Statement::Plain(join(vec![text(target), value]))
}

/// A way out before anything else, where the condition holds.
pub(crate) fn guard(condition: impl Into<Cow<'static, str>>, way_out: Statement) -> Statement {
    Statement::If(vec![(Some(text(condition)), vec![way_out])])
}

/// Calls on the value that a variable has.
pub(crate) fn on_variable(variable: &str, calls: Vec<(&str, Vec<Doc>)>) -> Option<Doc> {
    let mut calls = calls.into_iter();
    let (first, arguments) = calls.next()?;
    let first = call(format!("{variable}.{first}"), arguments);
    Some(chain(first, calls.collect()))
}

/// Statements in portions of this many, the last of which may have fewer.
pub(crate) fn chunks(
    statements: Vec<Statement>,
    size: usize,
) -> impl Iterator<Item = Vec<Statement>> {
    let mut rest = statements.into_iter();
    std::iter::from_fn(move || {
        let chunk: Vec<Statement> = rest.by_ref().take(size).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
}
