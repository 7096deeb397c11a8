//! Apex code before it is text: statements and methods.

mod layout;

use self::layout::lines;
pub(crate) use self::layout::{Doc, call, chain, join, literal_of, operated, text};

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
    /// Its lines, as a member of a class.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut out: Vec<String> = self.doc.iter().map(|line| format!("  {line}")).collect();
        let parameters = self.parameters.iter().map(text).collect();
        let head = join(vec![call(self.head.clone(), parameters), text(" {")]);
        out.extend(lines(&head, 2));
        write(&self.body, 4, &mut out);
        out.push("  }".to_owned());
        out
    }
}

/// Statements are nested as deep as this program makes them, which no input decides.
fn write(statements: &[Statement], indent: usize, out: &mut Vec<String>) {
    let end = || format!("{}}}", " ".repeat(indent));
    for statement in statements {
        match statement {
            Statement::Plain(doc) => {
                out.extend(lines(&join(vec![doc.clone(), text(";")]), indent));
            }
            Statement::If(branches) => {
                for (index, (condition, body)) in branches.iter().enumerate() {
                    let word = if index > 0 { "} else" } else { "" };
                    let head = match condition {
                        Some(condition) => {
                            let word = format!("{word}{}if", if index > 0 { " " } else { "" });
                            call(format!("{word} "), vec![condition.clone()])
                        }
                        None => text(word),
                    };
                    out.extend(lines(&join(vec![head, text(" {")]), indent));
                    write(body, indent + 2, out);
                }
                out.push(end());
            }
            Statement::For(variable, values, body) => {
                let header = join(vec![text(format!("{variable} : ")), values.clone()]);
                out.extend(lines(
                    &join(vec![call("for ", vec![header]), text(" {")]),
                    indent,
                ));
                write(body, indent + 2, out);
                out.push(end());
            }
            Statement::Try(body, exception, way_out) => {
                let space = " ".repeat(indent);
                out.push(format!("{space}try {{"));
                write(body, indent + 2, out);
                out.push(format!("{space}}} catch ({exception}) {{"));
                write(way_out, indent + 2, out);
                out.push(end());
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
    Statement::Plain(join(vec![text(format!("{} = ", target.into())), value]))
}

/// A way out before anything else, where the condition holds.
pub(crate) fn guard(condition: impl Into<String>, way_out: Statement) -> Statement {
    Statement::If(vec![(Some(text(condition)), vec![way_out])])
}

/// Calls on the value that a variable has.
pub(crate) fn on_variable(variable: &str, calls: Vec<(&str, Vec<Doc>)>) -> Option<Doc> {
    let mut calls = calls.into_iter();
    let (first, arguments) = calls.next()?;
    let first = call(format!("{variable}.{first}"), arguments);
    Some(chain(first, calls.collect()))
}
