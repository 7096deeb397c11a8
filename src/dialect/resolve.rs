//! From a reference to the schema that it means.

use fluent_uri::pct_enc::EStr;
use fluent_uri::pct_enc::encoder::Fragment;
use serde_json::Value;

use super::index::{Context, ResourceId};
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::resolve_uri;
use crate::schema::SchemaId;
use crate::schema::location::Segment;

/// Why a reference has no target.
struct Problem {
    code: Code,
    message: String,
    help: String,
}

impl<'s> Reader<'s, '_> {
    /// The schema that `reference` means here; none, with a diagnostic, if there is none.
    pub(super) fn resolve(
        &mut self,
        reference: &'s str,
        word: &'s str,
        context: Context<'s>,
    ) -> Option<SchemaId> {
        match self.find(reference, context) {
            Ok((value, context)) => Some(self.id_of(value, context)),
            Err(Problem {
                code,
                message,
                help,
            }) => {
                let place = self
                    .graph
                    .locations
                    .child(context.location, Segment::Key(word));
                let diagnostic = Diagnostic::new(code, message)
                    .at_location(&self.graph.locations, place)
                    .help(help);
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    fn find(
        &mut self,
        reference: &str,
        context: Context<'s>,
    ) -> Result<(&'s Value, Context<'s>), Problem> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = if uri.is_empty() {
            context.resource
        } else {
            self.find_resource(uri, context)?
        };
        let root = self.index.resource(resource).root;
        let fragment = decode(fragment).ok_or_else(|| Problem {
            code: Code::InvalidReference,
            message: format!("`{reference}` is not a URI reference"),
            help: "percent-encode what a URI may not hold".to_owned(),
        })?;
        if fragment.is_empty() || fragment.starts_with('/') {
            self.find_pointer(root, &fragment, context)
        } else {
            let anchors = &self.index.resource(resource).anchors;
            let target = anchors.get(fragment.as_str()).copied().ok_or_else(|| {
                let mut known: Vec<&str> = anchors.keys().copied().collect();
                known.sort_unstable();
                Problem {
                    code: Code::UnresolvedReference,
                    message: format!(
                        "there is no anchor `{fragment}` in {}",
                        self.index.resource(resource).uri_for_people()
                    ),
                    help: advice("the anchors", &known, &fragment),
                }
            })?;
            Ok((target, self.index.context(target).unwrap_or(context)))
        }
    }

    fn find_resource(&self, uri: &str, context: Context<'s>) -> Result<ResourceId, Problem> {
        let base = &self.index.resource(context.resource).uri;
        let target = resolve_uri(base, uri).ok_or_else(|| Problem {
            code: Code::InvalidReference,
            message: format!("`{uri}` is not a URI reference"),
            help: "percent-encode what a URI may not hold".to_owned(),
        })?;
        let of_document = || {
            let document = self.documents.by_uri(&target)?;
            self.index
                .resource_by_uri(&self.documents.get(document).uri)
        };
        self.index.resource_by_uri(&target).or_else(of_document).ok_or_else(|| Problem {
            code: Code::UnresolvedReference,
            message: format!("no document is known as `{uri}`"),
            help: "nothing is fetched from a network: give the document as an input too, with that `$id`, or put the file where the path says".to_owned(),
        })
    }

    /// The value at a JSON pointer, with what it inherits on the way there.
    fn find_pointer(
        &mut self,
        root: &'s Value,
        pointer: &str,
        from: Context<'s>,
    ) -> Result<(&'s Value, Context<'s>), Problem> {
        let mut value = root;
        let mut context = self.index.context(root).unwrap_or(from);
        for segment in pointer.split('/').skip(1) {
            let name = segment.replace("~1", "/").replace("~0", "~");
            let step = match value {
                Value::Object(members) => members
                    .get_key_value(&name)
                    .map(|(key, member)| (Segment::Key(key), member)),
                Value::Array(items) => name
                    .parse()
                    .ok()
                    .and_then(|index: usize| Some((Segment::Index(index), items.get(index)?))),
                _ => None,
            };
            let Some((segment, next)) = step else {
                let known: Vec<&str> = match value {
                    Value::Object(members) => members.keys().map(String::as_str).collect(),
                    _ => Vec::new(),
                };
                return Err(Problem {
                    code: Code::UnresolvedReference,
                    message: format!("`#{pointer}` leads to nothing: there is no `{name}`"),
                    help: advice("what is there", &known, &name),
                });
            };
            context = match self.index.context(next) {
                Some(known) => known,
                None => Context {
                    location: self.graph.locations.child(context.location, segment),
                    name: None,
                    ..context
                },
            };
            value = next;
        }
        if !matches!(value, Value::Object(_) | Value::Bool(_)) {
            return Err(Problem {
                code: Code::NotASchema,
                message: format!("`#{pointer}` leads to a value that is not a schema"),
                help: "refer to an object, or to `true` or `false`".to_owned(),
            });
        }
        if self.index.context(value).is_none() {
            // A schema below a word that is no keyword: legal to refer to, and indexed from here on.
            self.index
                .walk(value, context, &mut self.graph.locations, self.diagnostics);
        }
        Ok((value, self.index.context(value).unwrap_or(context)))
    }
}

fn decode(fragment: &str) -> Option<String> {
    let text = EStr::<Fragment>::new(fragment)?.decode().to_string().ok()?;
    Some(text.into_owned())
}

/// Names what could have been meant, the likeliest alone if there is one.
fn advice(what: &str, known: &[&str], wanted: &str) -> String {
    let folded = wanted.to_lowercase();
    if let Some(close) = known.iter().find(|name| name.to_lowercase() == folded) {
        return format!("there is `{close}`: letter case counts");
    }
    match known {
        [] => "correct the reference, or add what it means".to_owned(),
        _ => {
            let shown: Vec<String> = known
                .iter()
                .take(8)
                .map(|name| format!("`{name}`"))
                .collect();
            let more = if known.len() > shown.len() {
                " …"
            } else {
                ""
            };
            format!("{what}: {}{more}", shown.join(", "))
        }
    }
}
