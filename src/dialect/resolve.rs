//! From a reference to the schema that it means.

use std::borrow::Cow;

use serde_json::Value;

use super::index::{Context, Lost};
use super::keyword::Keyword;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{percent_decode, resolve_uri, shown_file};
use crate::nearest::nearest;
use crate::schema::SchemaId;
use crate::schema::location::Segment;

/// So many names are compared with references that lead to nothing, to say what may be meant. Nobody reads on after that, and a
/// document may have as many such references as names.
const MOST_COMPARED: usize = 100_000;

/// Why a reference has no target.
struct Problem {
    code: Code,
    message: String,
    help: String,
}

/// What a reference means before the scope has its say.
struct Found<'s> {
    value: &'s Value,
    context: Context<'s>,
    /// The anchor that it named.
    anchor: Option<String>,
}

impl<'s> Reader<'s, '_> {
    /// The schema that `reference` means here; none, with a diagnostic, if there is none.
    pub(super) fn resolve(
        &mut self,
        reference: &str,
        keyword: Keyword,
        word: &'s str,
        context: Context<'s>,
    ) -> Option<SchemaId> {
        match self.find(reference, context) {
            Ok(found) => {
                let target = self.led_elsewhere(&found, keyword, context);
                let (value, target) = target.unwrap_or((found.value, found.context));
                let target = self.enter(context, target);
                Some(self.id_of(value, target))
            }
            Err(Problem {
                code,
                message,
                help,
            }) => {
                let place = self
                    .graph
                    .locations
                    .child(context.location, Segment::Key(word));
                let severity = match code {
                    Code::UnresolvedReference => self.unresolved,
                    _ => self.index.invalid,
                };
                let help = match (code, severity) {
                    (Code::UnresolvedReference, Severity::Error) => {
                        format!(
                            "{help}; with the option `unresolved` set to `opaque` any value is allowed there"
                        )
                    }
                    _ => help,
                };
                let diagnostic = Diagnostic::new(code, message)
                    .severity(severity)
                    .at_location(&self.graph.locations, place)
                    .help(help);
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    /// The schema that a dynamic reference means if the way to it binds its anchor.
    fn led_elsewhere(
        &self,
        found: &Found<'s>,
        keyword: Keyword,
        from: Context<'s>,
    ) -> Option<(&'s Value, Context<'s>)> {
        let name = match keyword {
            Keyword::DynamicRef => found.anchor.as_deref()?,
            Keyword::RecursiveRef => "",
            _ => return None,
        };
        // Only a reference to a dynamic anchor is dynamic.
        let here = &self.index.resource(found.context.resource).dynamic;
        if !std::ptr::eq(*here.get(name)?, found.value) {
            return None;
        }
        let outermost = self.scopes.as_ref()?.outermost(from.scope, name)?;
        let value = *self.index.resource(outermost).dynamic.get(name)?;
        Some((value, self.index.context(value)?))
    }

    fn find(&mut self, reference: &str, context: Context<'s>) -> Result<Found<'s>, Problem> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let not_a_uri = || Problem {
            code: Code::InvalidReference,
            message: format!("`{reference}` is not a URI reference"),
            help: "percent-encode what a URI may not hold".to_owned(),
        };
        let resource = self
            .index
            .follow(uri, context.resource)
            .map_err(|lost| match lost {
                Lost::NoUri => not_a_uri(),
                Lost::NoDocument => Problem {
                    code: Code::UnresolvedReference,
                    message: format!("no document is known as `{uri}`"),
                    help: self.way_to(uri, context),
                },
            })?;
        let root = self.index.resource(resource).root;
        let fragment = decode(fragment).ok_or_else(not_a_uri)?;
        if fragment.is_empty() || fragment.starts_with('/') {
            let (value, context) = self.find_pointer(root, &fragment, context)?;
            return Ok(Found {
                value,
                context,
                anchor: None,
            });
        }
        let anchors = &self.index.resource(resource).anchors;
        let value = anchors.get(&*fragment).copied().ok_or_else(|| Problem {
            code: Code::UnresolvedReference,
            message: format!(
                "there is no anchor `{fragment}` in {}",
                self.index.resource(resource).uri_for_people()
            ),
            help: self.advice(&fragment, || {
                let mut known: Vec<&str> = anchors.keys().copied().collect();
                known.sort_unstable();
                known
            }),
        })?;
        Ok(Found {
            value,
            context: self.index.context(value).unwrap_or(context),
            anchor: Some(fragment.into_owned()),
        })
    }

    /// How a document can be given that nobody has: a file where it was looked for, or from anywhere by its identifier.
    fn way_to(&self, uri: &str, context: Context<'s>) -> String {
        let calls_itself_so = |of: &Value| of.get("id").and_then(Value::as_str) == Some(uri);
        let mut known = self.index.documents.iter();
        if let Some((_, other)) = known.find(|(_, other)| calls_itself_so(&other.value)) {
            return format!(
                "`{}` calls itself so with `id`, which is no identifier but in draft 4: say `$id` there, or name the dialect with `$schema` or --default-dialect",
                other.path
            );
        }
        let from = self.graph.locations.document(context.location);
        let beside = resolve_uri(&self.index.documents.get(from).uri, uri);
        let place = beside.and_then(|uri| shown_file(&uri)).map_or_else(
            || "nothing is fetched from a network:".to_owned(),
            |path| format!("there is no file `{path}`; put it there,"),
        );
        format!(
            "{place} give the document as an input too, with that `$id`, or say with the option `resolve` which folder it is in"
        )
    }

    /// The value at a JSON pointer, with what it inherits on the way there.
    fn find_pointer(
        &mut self,
        root: &'s Value,
        pointer: &str,
        from: Context<'s>,
    ) -> Result<(&'s Value, Context<'s>), Problem> {
        // Mostly a schema is there, and what it inherits is known.
        if let Some(value) = value_at(root, pointer)
            && matches!(value, Value::Object(_) | Value::Bool(_))
            && let Some(known) = self.index.context(value)
        {
            return Ok((value, known));
        }
        let mut value = root;
        let mut context = self.index.context(root).unwrap_or(from);
        let mut group = "";
        for segment_text in pointer.split('/').skip(1) {
            let name = unescaped(segment_text);
            let Some((segment, next)) = step(value, &name) else {
                let known = || match value {
                    Value::Object(members) => members.keys().map(String::as_str).collect(),
                    _ => Vec::new(),
                };
                return Err(Problem {
                    code: Code::UnresolvedReference,
                    message: format!("`#{pointer}` leads to nothing: there is no `{name}`"),
                    help: self.advice(&name, known),
                });
            };
            context = match self.index.context(next) {
                Some(known) => known,
                None => Context {
                    location: self.graph.locations.child(context.location, segment),
                    name: match segment {
                        Segment::Key(key) if is_group(group) => Some(key),
                        Segment::Key(_) | Segment::Index(_) => None,
                    },
                    may_be_boolean: context.dialect.draft.boolean_schemas,
                    ..context
                },
            };
            value = next;
            group = segment_text;
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

    /// Names what could have been meant, the likeliest alone if there is one.
    fn advice<'n>(&self, wanted: &str, known: impl FnOnce() -> Vec<&'n str>) -> String {
        let compared = self.compared.get();
        let known = match compared < MOST_COMPARED {
            true => known(),
            false => Vec::new(),
        };
        self.compared.set(compared + known.len());
        let folded = wanted.to_lowercase();
        if let Some(same) = known.iter().find(|name| name.to_lowercase() == folded) {
            return format!("there is `{same}`: letter case counts");
        }
        if let Some(near) = nearest(wanted, known.iter().take(MOST_COMPARED).copied()) {
            return format!("you may mean `{near}`");
        }
        if known.is_empty() {
            return "correct the reference, or add what it means".to_owned();
        }
        let shown = known.iter().take(8).map(|name| format!("`{name}`"));
        let shown = shown.collect::<Vec<_>>().join(", ");
        let more = if known.len() > 8 { " …" } else { "" };
        format!("what is there: {shown}{more}")
    }
}

/// The value at a JSON pointer.
fn value_at<'s>(root: &'s Value, pointer: &str) -> Option<&'s Value> {
    let mut segments = pointer.split('/').skip(1);
    segments.try_fold(root, |value, segment| {
        step(value, &unescaped(segment)).map(|(_, next)| next)
    })
}

/// The part of a value that a segment of a JSON pointer means.
fn step<'s>(value: &'s Value, name: &str) -> Option<(Segment<'s>, &'s Value)> {
    match value {
        Value::Object(members) => {
            let (key, member) = members.get_key_value(name)?;
            Some((Segment::Key(key), member))
        }
        Value::Array(items) => {
            let index = name.parse().ok()?;
            Some((Segment::Index(index), items.get(index)?))
        }
        _ => None,
    }
}

/// A segment of a JSON pointer, as RFC 6901 (section 4) reads it.
fn unescaped(segment: &str) -> Cow<'_, str> {
    match segment.contains('~') {
        true => Cow::Owned(segment.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(segment),
    }
}

/// A fragment without its percent-encoding; people leave out what a URI demands, and mean no harm. None if it is not
/// UTF-8.
pub(super) fn decode(fragment: &str) -> Option<Cow<'_, str>> {
    match fragment.contains('%') {
        true => String::from_utf8(percent_decode(fragment))
            .ok()
            .map(Cow::Owned),
        false => Some(Cow::Borrowed(fragment)),
    }
}

/// Whether people keep definitions under this key, where the dialect does not expect any.
fn is_group(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.contains("defin")
        || matches!(
            key.trim_start_matches('$'),
            "defs" | "schemas" | "types" | "models"
        )
}
