//! Values, operators and resources that have to go together.

use std::ops::Range;

use roxmltree::Node;

use super::findings::Findings;
use super::logic;
use super::resolve::Resolver;
use super::structure::Typed;
use super::symbols::Kind;
use super::types::{Base, Fit, Type, fit, literal, scalar};
use super::xml;
use crate::diagnostic::{Code, Severity};

/// Operators of conditions whose right side says whether they hold.
const YES_OR_NO: &[&str] = &[
    "IsNull",
    "WasSet",
    "WasSelected",
    "WasVisited",
    "IsBlank",
    "IsEmpty",
    "IsChanged",
];

/// Checks what is put where, and what is compared with what.
pub(crate) fn check(
    typed: &[Typed<'_, '_>],
    resolver: &Resolver<'_, '_, '_, '_>,
    findings: &mut Findings<'_>,
) {
    let mut checker = Checker { resolver, findings };
    for Typed { node, ty } in typed {
        match *ty {
            "FlowAssignmentItem" => checker.assignment(*node),
            "FlowCondition" => checker.condition(*node),
            "FlowConstant" | "FlowVariable" | "FlowChoice" => checker.default(*node),
            _ => {}
        }
        logic::check(*node, checker.findings);
    }
}

/// What a `value` element holds.
pub(crate) struct Given<'a> {
    /// The place to point at.
    pub span: Range<usize>,
    pub ty: Type,
    /// A text that stands there literally.
    pub text: Option<&'a str>,
}

/// What a `value` element holds; none for nothing, or for what cannot be resolved.
pub(crate) fn value_type<'a>(
    value: Node<'a, '_>,
    resolver: &Resolver<'_, '_, '_, '_>,
) -> Option<Given<'a>> {
    if let Some((node, base)) = literal(value) {
        let text = Some(xml::text(node)).filter(|_| base == Base::Text);
        let ty = Type::one(base);
        // An empty text empties whatever it is put into; a merged one may become anything.
        let is_open = text.is_some_and(|text| text.is_empty() || text.contains("{!"));
        return (!is_open).then_some(Given {
            span: xml::span(node),
            ty,
            text,
        });
    }
    let node = xml::child(value, "elementReference")?;
    let answer = resolver.resolve(xml::text(node)).ok()?;
    Some(Given {
        span: xml::span(node),
        ty: answer.ty,
        text: None,
    })
}

/// Says that a value does not fit where it is put.
pub(crate) fn report(target: &Type, given: &Given<'_>, place: &str, findings: &mut Findings<'_>) {
    let known = |ty: &Type| ty.base != Base::Unknown;
    let value = &given.ty;
    if let (Some(a), Some(b)) = (target.many, value.many)
        && a != b
        && known(target)
        && known(value)
    {
        findings.error(
            Code::FlowType,
            given.span.clone(),
            format!(
                "{place} is {}, and the value is {}",
                target.shown(),
                value.shown()
            ),
            "make both a collection, or both a single value",
        );
        return;
    }
    let severity = match fit(&target.base, &value.base) {
        Fit::Fits => return,
        Fit::Doubtful if given.text.is_some_and(|text| !reads_as(text, &target.base)) => {
            Severity::Error
        }
        Fit::Doubtful => Severity::Warning,
        Fit::Wrong => Severity::Error,
    };
    findings.add(
        Code::FlowType,
        severity,
        given.span.clone(),
        format!(
            "{place} is {}, and the value is {}",
            target.shown(),
            value.shown()
        ),
        "use a value of the same type, or convert it with a formula",
    );
}

/// Whether a text can be read as a value of a type.
fn reads_as(text: &str, base: &Base) -> bool {
    match base {
        Base::Number => text.parse::<f64>().is_ok(),
        Base::Boolean => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        Base::Date | Base::Time => text.contains(|c: char| c.is_ascii_digit()),
        Base::Text | Base::Texts | Base::Record(_) | Base::Apex(_) | Base::Unknown => true,
    }
}

struct Checker<'c, 's, 'a, 'x, 'p, 'd> {
    resolver: &'c Resolver<'s, 'a, 'x, 'p>,
    findings: &'c mut Findings<'d>,
}

impl Checker<'_, '_, '_, '_, '_, '_> {
    fn assignment(&mut self, item: Node<'_, '_>) {
        let Some(to) = xml::text_of(item, "assignToReference") else {
            return;
        };
        let Ok(target) = self.resolver.resolve(to).map(|answer| answer.ty) else {
            return;
        };
        let operator = xml::child(item, "operator");
        let word = operator.map_or("Assign", xml::text);
        if let (Some(operator), Some(why)) = (operator, wrong_operator(word, &target)) {
            self.findings.error(
                Code::FlowType,
                xml::span(operator),
                format!("`{to}` is {}, and `{word}` {why}", target.shown()),
                "choose another operator, or another variable",
            );
            return;
        }
        let value = xml::child(item, "value").and_then(|value| value_type(value, self.resolver));
        let Some(value) = value else { return };
        let place = format!("`{to}`");
        match word {
            "Assign" => report(&target, &value, &place, self.findings),
            "Add" | "AddItem" | "AddAtStart" | "RemoveAll" | "RemoveFirst" => {
                if target.many == Some(true) {
                    let mut one = value;
                    one.ty.many = None;
                    report(&target, &one, &place, self.findings);
                } else if target.base == Base::Number {
                    report(&target, &value, &place, self.findings);
                }
            }
            "Subtract" if target.base == Base::Number => {
                report(&target, &value, &place, self.findings);
            }
            "AssignCount" if value.ty.many == Some(false) && value.ty.base != Base::Unknown => {
                let message = format!(
                    "`AssignCount` counts a collection, and the value is {}",
                    value.ty.shown()
                );
                self.findings
                    .error(Code::FlowType, value.span, message, "use a collection");
            }
            _ => {}
        }
    }

    fn condition(&mut self, condition: Node<'_, '_>) {
        let (Some(left_text), Some(operator)) = (
            xml::text_of(condition, "leftValueReference"),
            xml::child(condition, "operator"),
        ) else {
            return;
        };
        let Ok(left) = self.resolver.resolve(left_text) else {
            return;
        };
        let word = xml::text(operator);
        let wanted = match word {
            "WasVisited" => Some(Kind::Element),
            "WasSelected" => Some(Kind::Choice),
            _ => None,
        };
        if let (Some(wanted), Some(symbol)) = (wanted, left.symbol)
            && symbol.kind != wanted
            && !(wanted == Kind::Choice && symbol.kind == Kind::ChoiceSet)
        {
            self.findings.error(
                Code::FlowType,
                xml::span(operator),
                format!(
                    "`{word}` asks about {}, and `{left_text}` is {}",
                    wanted.shown(),
                    symbol.kind.shown()
                ),
                "choose another operator, or refer to something else",
            );
            return;
        }
        if let Some(why) = wrong_comparison(word, &left.ty) {
            self.findings.error(
                Code::FlowType,
                xml::span(operator),
                format!("`{left_text}` is {}, and `{word}` {why}", left.ty.shown()),
                "choose another operator, or refer to something else",
            );
            return;
        }
        let right =
            xml::child(condition, "rightValue").and_then(|value| value_type(value, self.resolver));
        let Some(right) = right else { return };
        if YES_OR_NO.contains(&word) {
            let ty = &right.ty;
            if !matches!(ty.base, Base::Boolean | Base::Unknown) || ty.many == Some(true) {
                self.findings.warning(
                    Code::FlowType,
                    right.span.clone(),
                    format!("`{word}` is true or false, and the value is {}", ty.shown()),
                    "compare with true or false",
                );
            }
            return;
        }
        if matches!(
            word,
            "EqualTo"
                | "NotEqualTo"
                | "GreaterThan"
                | "LessThan"
                | "GreaterThanOrEqualTo"
                | "LessThanOrEqualTo"
        ) {
            let place = format!("`{left_text}`");
            report(&left.ty, &right, &place, self.findings);
        }
    }

    /// The value that a resource is declared with.
    fn default(&mut self, node: Node<'_, '_>) {
        let Some(value) = xml::child(node, "value") else {
            return;
        };
        let declared = if node.tag_name().name() == "variables" {
            Type::declared(node)
        } else {
            Type::one(xml::text_of(node, "dataType").map_or(Base::Unknown, scalar))
        };
        if let Some(value) = value_type(value, self.resolver) {
            let name = xml::text_of(node, "name").unwrap_or_default();
            report(&declared, &value, &format!("`{name}`"), self.findings);
        }
    }
}

/// Why an operator cannot be used on what it sets; none if it can, or if that is not known.
fn wrong_operator(word: &str, target: &Type) -> Option<&'static str> {
    use Base::{Apex, Boolean, Date, Number, Record, Text, Texts, Time, Unknown};
    let many = target.many?;
    match (word, &target.base) {
        (_, Unknown) => None,
        // It can be deployed, and does not do what its name says.
        ("AddItem", Texts) if !many => None,
        ("AddItem", _) => {
            Some("is for multi-select picklists (a collection is extended with `Add`)")
        }
        ("Add", Boolean | Record(_) | Apex(_)) if !many => {
            Some("adds to a number, a date, a text or a collection")
        }
        ("Subtract", Text | Texts | Boolean | Record(_) | Apex(_)) => {
            Some("takes from a number or a date")
        }
        ("Subtract", Number | Date | Time) if many => Some("takes from a number or a date"),
        (
            "AddAtStart" | "RemoveFirst" | "RemoveAll" | "RemoveBeforeFirst" | "RemoveAfterFirst"
            | "RemoveUncommon" | "RemovePosition",
            Number | Boolean | Date | Time | Record(_) | Apex(_),
        ) if !many => Some("works on a collection"),
        ("AssignCount", Text | Texts | Boolean | Date | Time | Record(_) | Apex(_)) => {
            Some("gives a number")
        }
        ("AssignCount", Number) if many => Some("gives a single number"),
        _ => None,
    }
}

/// Why an operator cannot compare a value; none if it can, or if that is not known.
fn wrong_comparison(word: &str, left: &Type) -> Option<&'static str> {
    use Base::{Apex, Boolean, Date, Number, Record, Time, Unknown};
    if left.base == Unknown {
        return None;
    }
    let many = left.many == Some(true);
    match word {
        "StartsWith" | "EndsWith"
            if many
                || matches!(
                    left.base,
                    Number | Boolean | Date | Time | Record(_) | Apex(_)
                ) =>
        {
            Some("looks into a text")
        }
        "Contains"
            if left.many == Some(false)
                && matches!(
                    left.base,
                    Number | Boolean | Date | Time | Record(_) | Apex(_)
                ) =>
        {
            Some("looks into a text or a collection")
        }
        "GreaterThan" | "LessThan" | "GreaterThanOrEqualTo" | "LessThanOrEqualTo"
            if many || matches!(left.base, Boolean | Record(_) | Apex(_)) =>
        {
            Some("compares what has an order")
        }
        _ => None,
    }
}
