//! Elements, their order and their values, against what the Metadata API describes.

use std::collections::HashSet;

use roxmltree::Node;

use super::findings::Findings;
use super::shape::{Member, Shape, is_action_type, shape};
use super::xml;
use crate::diagnostic::{Code, Severity};
use crate::document::MAX_DEPTH;
use crate::nearest::nearest;

/// Elements that older versions of the API wrote and the current one does not describe.
const LEGACY: &[&str] = &["bulkSupport", "versionSegment"];

/// Enumerations that grow with every release, so that an unknown word is no certain mistake.
const GROWING: &[&str] = &[
    "FlowProcessType",
    "FlowTriggerType",
    "FlowElementSubtype",
    "FlowScreenFieldType",
    "FlowRunInMode",
];

/// An element whose type is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typed<'a, 'x> {
    pub node: Node<'a, 'x>,
    pub ty: &'static str,
}

/// All elements of a flow that have a place in it, each before what it holds, with what is wrong with the others.
pub(crate) fn check<'a, 'x>(root: Node<'a, 'x>, findings: &mut Findings<'_>) -> Vec<Typed<'a, 'x>> {
    let mut typed = Vec::new();
    let mut work = vec![(
        Typed {
            node: root,
            ty: "Flow",
        },
        0_usize,
    )];
    while let Some((at, depth)) = work.pop() {
        typed.push(at);
        if depth > MAX_DEPTH {
            findings.error(
                Code::NotAFlow,
                xml::tag_span(at.node),
                format!("the file is nested deeper than {MAX_DEPTH} levels"),
                "flows are nested a few levels deep",
            );
            break;
        }
        match shape(at.ty) {
            Some(Shape::Elements(members)) => {
                let inner = elements(at.node, members, findings);
                work.extend(inner.into_iter().rev().map(|one| (one, depth + 1)));
            }
            Some(Shape::Words(words)) => word(at, words, findings),
            None => value(at, findings),
        }
    }
    typed
}

/// The elements within an element that has `members`.
fn elements<'a, 'x>(
    node: Node<'a, 'x>,
    members: &'static [Member],
    findings: &mut Findings<'_>,
) -> Vec<Typed<'a, 'x>> {
    let mut found = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let (mut last, mut furthest, mut is_disordered) = ("", 0, false);
    for inner in xml::elements(node) {
        let name = inner.tag_name().name();
        let Some(at) = members.iter().position(|one| one.name == name) else {
            if !LEGACY.contains(&name) {
                unknown(inner, node, members, findings);
            }
            continue;
        };
        let member = &members[at];
        if !seen.insert(member.name) {
            let (what, help) = match (member.many, last == name) {
                (true, true) => ("", ""),
                (true, false) => (
                    "stand apart from each other",
                    "put all of them in one place, one after the other",
                ),
                (false, _) => ("stand here more than once", "keep one of them"),
            };
            if !what.is_empty() {
                let message = format!("elements `{name}` {what}");
                findings.error(Code::FlowStructure, xml::tag_span(inner), message, help);
            }
        } else if at < furthest && !is_disordered {
            is_disordered = true;
            let before = members[furthest].name;
            findings.add(
                Code::FlowStructure,
                Severity::Warning,
                xml::tag_span(inner),
                format!(
                    "`{name}` comes after `{before}`, and before it in files of Salesforce's own"
                ),
                "keep the order of the Metadata API, so that a retrieved file shows no difference",
            );
        }
        furthest = furthest.max(at);
        last = member.name;
        found.push(Typed {
            node: inner,
            ty: member.ty,
        });
    }
    for member in members.iter().filter(|one| one.required) {
        if !seen.contains(member.name) {
            findings.add(
                Code::FlowStructure,
                Severity::Warning,
                xml::tag_span(node),
                format!("`{}` has no `{}`", node.tag_name().name(), member.name),
                "the Metadata API says that it is always there",
            );
        }
    }
    found
}

fn unknown(
    inner: Node<'_, '_>,
    node: Node<'_, '_>,
    members: &[Member],
    findings: &mut Findings<'_>,
) {
    let name = inner.tag_name().name();
    let outer = node.tag_name().name();
    let help = match nearest(name, members.iter().map(|one| one.name)) {
        Some(meant) => format!("you may mean `{meant}`"),
        None => "the Metadata API refuses elements that it does not know".to_owned(),
    };
    findings.error(
        Code::FlowStructure,
        xml::tag_span(inner),
        format!("`{outer}` has no element `{name}`"),
        help,
    );
}

fn word(at: Typed<'_, '_>, words: &[&'static str], findings: &mut Findings<'_>) {
    let word = xml::text(at.node);
    if words.is_empty() || words.contains(&word) || xml::is_nil(at.node) {
        return;
    }
    let severity = if GROWING.contains(&at.ty) {
        Severity::Warning
    } else {
        Severity::Error
    };
    let help = match nearest(word, words.iter().copied()) {
        Some(meant) => format!("you may mean `{meant}`"),
        None if words.len() <= 14 => format!("it is one of {}", words.join(", ")),
        None => format!("the Metadata API lists {} values", words.len()),
    };
    let name = at.node.tag_name().name();
    let message = format!("`{word}` is no value of `{name}`");
    findings.add(
        Code::FlowStructure,
        severity,
        xml::span(at.node),
        message,
        help,
    );
}

fn value(at: Typed<'_, '_>, findings: &mut Findings<'_>) {
    let text = xml::text(at.node);
    if xml::is_nil(at.node) {
        return;
    }
    let what = match at.ty {
        "boolean" if !matches!(text, "true" | "false" | "1" | "0") => "true or false",
        "int" if text.parse::<i64>().is_err() => "a whole number",
        "double" if text.parse::<f64>().is_err() => "a number",
        "date" if !is_date(text) => "a date such as 2026-01-31",
        "dateTime" if !is_date_time(text) => "a date and a time such as 2026-01-31T08:00:00.000Z",
        "time" if !is_time(text) => "a time such as 08:00:00.000Z",
        "InvocableActionType" => {
            if !is_action_type(text) {
                findings.add(
                    Code::FlowStructure,
                    Severity::Warning,
                    xml::span(at.node),
                    format!("`{text}` is no type of action that the Metadata API names"),
                    "look at `actionType` in a flow that was retrieved from an org",
                );
            }
            return;
        }
        _ => return,
    };
    let name = at.node.tag_name().name();
    findings.error(
        Code::FlowStructure,
        xml::span(at.node),
        format!("`{text}` is no value of `{name}`"),
        format!("write {what}"),
    );
}

fn digits(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(c, p)| match p {
            b'0' => c.is_ascii_digit(),
            other => c == other,
        })
}

/// Whether a calendar has the day.
fn is_day(text: &str) -> bool {
    let part = |range| {
        text.get(range)
            .and_then(|part: &str| part.parse::<u32>().ok())
    };
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(5..7), part(8..10)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    digits(text, "0000-00-00") && (1..=last).contains(&day)
}

fn is_date(text: &str) -> bool {
    let end = text.char_indices().nth(10).map_or(text.len(), |(at, _)| at);
    let (day, zone) = text.split_at(end);
    is_day(day) && (zone.is_empty() || is_zone(zone))
}

fn is_date_time(text: &str) -> bool {
    text.split_once('T')
        .is_some_and(|(day, time)| is_day(day) && is_time(time))
}

fn is_time(text: &str) -> bool {
    let end = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (time, zone) = text.split_at(end);
    let (seconds, fraction) = time.split_once('.').unwrap_or((time, "0"));
    digits(seconds, "00:00:00")
        && !fraction.is_empty()
        && fraction.bytes().all(|c| c.is_ascii_digit())
        && (zone.is_empty() || is_zone(zone))
}

fn is_zone(text: &str) -> bool {
    text == "Z" || digits(text, "+00:00") || digits(text, "-00:00")
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_date_time, is_time};

    #[test]
    fn dates_and_times_are_those_of_xml() {
        assert!(is_date("2026-01-31") && is_date("2026-01-31Z") && is_date("2026-01-31+01:00"));
        assert!(is_date("2024-02-29") && !is_date("2026-02-29") && !is_date("2026-13-01"));
        assert!(!is_date("31.01.2026") && !is_date("2026-1-31") && !is_date("2026-01-31é"));
        assert!(is_date_time("2000-10-01T07:00:00.000Z") && !is_date_time("2000-10-01"));
        assert!(is_time("08:00:00.000Z") && is_time("08:00:00") && !is_time("8 am"));
    }
}
