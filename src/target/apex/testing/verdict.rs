//! What Apex may make of a value: what is known here of how it is read, and of what is asked of it then.
//!
//! Where alternatives of a union are tried, Apex takes the first that does best. Which one that is, depends on all that Apex
//! asks of each of them, which is less than what their schemas ask.

use std::cell::Cell;

use serde_json::{Map, Number, Value};

use super::cases::Case;
use super::kept::Kept;
use super::said::said;
use crate::example::member;
use crate::ir::{Alternative, Field, ObjectType, TypeId, TypeKind, TypeRef, UnionType};
use crate::schema::equal::same;
use crate::schema::kinds::Kind;
use crate::target::apex::pattern;
use crate::target::apex::signs::Sign;
use crate::target::apex::types::{Holder, Scalar, are_apart, common_value, stated};

/// How many types are followed from the whole value to one of its parts.
const MAX_DEPTH: usize = 100;
/// How many types are looked at for one value, each alternative by itself.
const MOST_STEPS: usize = 5_000;

/// What may become of a value, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Verdict {
    /// It may be that it cannot be read.
    may_be_refused: bool,
    /// It may be that something is found wrong with it.
    may_be_wrong: bool,
    /// It may be that nothing is found wrong with it.
    may_be_fine: bool,
    /// Whether it is known as which alternatives the parts are read in which something may be wrong: the first ones that they
    /// fit by their types, if there are any.
    is_told: bool,
    /// Whether it is for the choice among alternatives that nothing may be wrong with it, or something may.
    is_doubted: bool,
}

impl Verdict {
    const FINE: Self = Self {
        may_be_refused: false,
        may_be_wrong: false,
        may_be_fine: true,
        is_told: true,
        is_doubted: false,
    };
    const WRONG: Self = Self {
        may_be_wrong: true,
        may_be_fine: false,
        ..Self::FINE
    };
    const REFUSED: Self = Self {
        may_be_refused: true,
        may_be_fine: false,
        ..Self::FINE
    };
    /// It can be read.
    const READ: Self = Self {
        may_be_wrong: true,
        ..Self::FINE
    };
    const ANY: Self = Self {
        may_be_refused: true,
        ..Self::READ
    };

    fn wrong_unless(fits: bool) -> Self {
        if fits { Self::FINE } else { Self::WRONG }
    }

    /// That of a value with two parts.
    fn and(self, other: Self) -> Self {
        let is_read = |one: Self| one.may_be_wrong || one.may_be_fine;
        Self {
            may_be_refused: self.may_be_refused || other.may_be_refused,
            may_be_wrong: self.may_be_wrong && is_read(other)
                || other.may_be_wrong && is_read(self),
            may_be_fine: self.may_be_fine && other.may_be_fine,
            is_told: self.is_told && other.is_told,
            is_doubted: self.is_doubted || other.is_doubted,
        }
    }

    fn is_surely_fine(self) -> bool {
        !self.may_be_refused && !self.may_be_wrong
    }
}

/// A case with no more expected than is sure.
pub(super) fn sure(kept: Kept<'_, '_>, id: TypeId, case: Case, is_around: bool) -> Case {
    let (text, is_placed) = match &case {
        Case::Wrong(text) => (text, false),
        Case::Invalid(text, _) | Case::Unformatted(text, ..) | Case::Broken(text, _) => {
            (text, true)
        }
        _ => return case,
    };
    let Ok(value) = serde_json::from_str(text) else {
        return case;
    };
    let run = Run::new(kept);
    kept.unions.set(0);
    let verdict = match is_around {
        true => run.used(id, &value, 0),
        false => run.own(id, &value, 0),
    };
    // Where nothing is chosen, more is known to whoever made the case.
    if verdict.is_surely_fine() || verdict.may_be_fine && verdict.is_doubted {
        return Case::Read(text.clone());
    }
    match is_placed && !verdict.is_told {
        true => Case::Wrong(text.clone()),
        false => case,
    }
}

/// Whether nothing may be wrong with a value, read as an alternative of a union that are tried.
pub(super) fn may_fit(kept: Kept<'_, '_>, one: &Alternative<'_>, value: &Value) -> bool {
    let sign = Sign::new(kept.graph, kept.types, one);
    sign.is_of(value) && Run::new(kept).used(one.ty, value, 0).may_be_fine
}

struct Run<'a, 's> {
    kept: Kept<'a, 's>,
    left: Cell<usize>,
}

impl<'a, 's> Run<'a, 's> {
    fn new(kept: Kept<'a, 's>) -> Self {
        Self {
            kept,
            left: Cell::new(MOST_STEPS),
        }
    }
}

impl Run<'_, '_> {
    /// A part of a value, where it is used.
    fn used(&self, id: TypeId, value: &Value, depth: usize) -> Verdict {
        let Kept {
            graph,
            types,
            rules,
            ..
        } = self.kept;
        let own = self.own(id, value, depth);
        self.asked(own, &rules.of_use(graph, types, id), id, value)
    }

    /// What is asked of it beside that, by the rules of some types.
    fn asked(&self, own: Verdict, ids: &[TypeId], id: TypeId, value: &Value) -> Verdict {
        let Kept { graph, rules, .. } = self.kept;
        let rules = ids.iter().flat_map(|id| rules.of(graph, *id));
        let rules: Vec<_> = rules.collect();
        if rules.is_empty() || value.is_null() || !own.may_be_fine {
            return own;
        }
        let written = self.kept.value(id, value, 1);
        let found = written.and_then(|written| said(self.kept, &rules, &written, &[]));
        Verdict {
            may_be_wrong: own.may_be_wrong || found.as_ref().is_none_or(|one| !one.is_empty()),
            may_be_fine: found.is_none_or(|one| one.is_empty()),
            ..own
        }
    }

    /// What becomes of it by itself.
    fn own(&self, id: TypeId, value: &Value, depth: usize) -> Verdict {
        let Kept { graph, types, .. } = self.kept;
        let Some(left) = self.left.get().checked_sub(1) else {
            return Verdict::ANY;
        };
        self.left.set(left);
        let is_spent = self.kept.effort.spend(1).is_none();
        if is_spent || depth > MAX_DEPTH || value.is_null() {
            return Verdict::ANY;
        }
        let end = types.end(id);
        let is_conditional = graph.is_conditional(TypeRef {
            id,
            nullable: false,
        });
        let own = match (types.holder(end), &graph.get(end).kind, value) {
            (Holder::Scalar(scalar), ..) => {
                let own = self.scalar(end, scalar, value);
                return match is_conditional && own.may_be_wrong {
                    // Its rules are checked where they hold.
                    true => Verdict {
                        may_be_wrong: false,
                        may_be_fine: true,
                        ..own
                    },
                    false => own,
                };
            }
            (Holder::Class(_), TypeKind::Union(union), _) => {
                return self.union(end, union, value, depth);
            }
            (Holder::Class(_), TypeKind::Object(object), Value::Object(members)) => {
                self.object(end, object, members, depth)
            }
            (_, TypeKind::Array(array), Value::Array(items)) => {
                let items = items.iter().map(|item| match item.is_null() {
                    true if is_conditional => Verdict::READ,
                    true => self.null(array.items),
                    false => self.item(array.items, item, depth),
                });
                self.sized(end, value, together(items))
            }
            (_, TypeKind::Tuple(tuple), Value::Array(items)) => {
                let parts = tuple.prefix.iter().map(Some);
                let parts = parts.chain(std::iter::repeat(tuple.rest.as_ref()));
                let items = items.iter().zip(parts).map(|(item, of)| match of {
                    Some(of) => self.item(*of, item, depth),
                    None => Verdict::REFUSED,
                });
                self.sized(end, value, together(items))
            }
            (_, TypeKind::Map(map), Value::Object(members)) => {
                let of = common_value(map);
                let values = members.values().map(|value| match of {
                    Some(of) => self.item(of, value, depth),
                    None if self.kept.has_json_texts(end) => Verdict::FINE,
                    None => Verdict::ANY,
                });
                self.sized(end, value, together(values))
            }
            (
                _,
                TypeKind::Object(_) | TypeKind::Array(_) | TypeKind::Tuple(_) | TypeKind::Map(_),
                _,
            ) => return Verdict::REFUSED,
            _ => return Verdict::ANY,
        };
        self.asked(own, self.kept.rules.hosted(end), end, value)
    }

    /// A list or map: what it asks of itself is not looked at where its value does not fit.
    fn sized(&self, end: TypeId, value: &Value, parts: Verdict) -> Verdict {
        match parts.may_be_fine && !self.kept.examples.fits(end, value) {
            true => parts.and(Verdict::READ),
            false => parts,
        }
    }

    /// Null in a list, where it may not be unless it is a value like others.
    fn null(&self, of: TypeRef) -> Verdict {
        match self.kept.types.holder(of.id) {
            _ if self.kept.types.is_nullable(of) => Verdict::FINE,
            Holder::Scalar(Scalar::JsonText | Scalar::Nothing) | Holder::Never => Verdict::READ,
            Holder::Scalar(_) | Holder::Class(_) | Holder::List(_) => Verdict::WRONG,
        }
    }

    /// An entry of a list or map.
    fn item(&self, of: TypeRef, value: &Value, depth: usize) -> Verdict {
        match value {
            Value::Null if self.kept.types.is_nullable(of) => Verdict::FINE,
            Value::Null => Verdict::READ,
            value => self.used(of.id, value, depth + 1),
        }
    }

    fn object(
        &self,
        end: TypeId,
        object: &ObjectType<'_>,
        members: &Map<String, Value>,
        depth: usize,
    ) -> Verdict {
        let fields = object.fields.iter().enumerate();
        let fields = fields.filter(|(index, _)| self.kept.names.field_name(end, *index).is_some());
        let all = together(fields.map(|(_, field)| {
            let value = member(members, field.wire);
            self.field(field, value, depth)
        }));
        let size = object.size;
        let is_sized = size.min.is_some() || size.max.is_some();
        match all.may_be_fine && is_sized {
            // How many properties there are depends on what is kept.
            true => all.and(Verdict::READ),
            false => all,
        }
    }

    fn field(&self, field: &Field<'_>, value: Option<&Value>, depth: usize) -> Verdict {
        let Kept { graph, types, .. } = self.kept;
        if let Some(fixed) = types.fixed(graph, field) {
            return match value.and_then(Value::as_str) == Some(fixed) {
                true => Verdict::FINE,
                false => Verdict::REFUSED,
            };
        }
        match value {
            None if field.required && types.is_nullable(field.ty) => Verdict::REFUSED,
            None | Some(Value::Null) if types.holder(field.ty.id) == Holder::Never => Verdict::READ,
            None => Verdict::wrong_unless(!field.required),
            Some(Value::Null) if types.is_nullable(field.ty) => Verdict::FINE,
            // Null stands for what is absent, but of JSON text.
            Some(Value::Null) if self.kept.is_json_text(field.ty.id) => Verdict::READ,
            Some(Value::Null) => Verdict::wrong_unless(!field.required),
            Some(value) => self.used(field.ty.id, value, depth + 1),
        }
    }

    fn union(&self, end: TypeId, union: &UnionType<'_>, value: &Value, depth: usize) -> Verdict {
        let graph = self.kept.graph;
        let all = stated(graph, union).into_iter();
        let hosted = self.kept.rules.hosted(end);
        if let Some(tag) = &union.tag {
            let said = value.get(tag.property).and_then(Value::as_str);
            let is_meant = |index: usize| said.is_some_and(|said| tag.texts[index].contains(&said));
            let meant = all.clone().find(|(index, _)| is_meant(*index));
            let others = || all.clone().find(|(index, _)| tag.texts[*index].is_empty());
            return match meant.or_else(others).filter(|_| value.is_object()) {
                Some((_, of)) => self.asked(self.used(of, value, depth + 1), hosted, end, value),
                None => Verdict::REFUSED,
            };
        }
        let kind = Kind::of(value);
        if are_apart(graph, union) {
            let mut all = all;
            return match all.find(|(index, _)| union.alternatives[*index].kinds.contains(kind)) {
                Some((_, of)) => self.asked(self.used(of, value, depth + 1), hosted, end, value),
                None => Verdict::REFUSED,
            };
        }
        let expected = all
            .clone()
            .find(|(_, of)| self.kept.examples.fits(*of, value));
        let mut some: Vec<(TypeId, Verdict)> = Vec::new();
        for (index, of) in all {
            let sign = Sign::new(graph, self.kept.types, &union.alternatives[index]);
            if !sign.is_of(value) {
                continue;
            }
            let own = self.used(of, value, depth + 1);
            let verdict = self.asked(own, hosted, of, value);
            if verdict.is_surely_fine() {
                return Verdict::FINE;
            }
            if verdict.may_be_wrong || verdict.may_be_fine {
                some.push((of, verdict));
            }
        }
        let Some(((first, verdict), others)) = some.split_first() else {
            return Verdict::REFUSED;
        };
        let verdicts = || some.iter().map(|(_, one)| one);
        let is_first = others.is_empty()
            || expected.is_some()
                && !verdict.may_be_refused
                && !others.iter().any(|(_, one)| one.may_be_fine);
        let may_be_wrong = verdicts().any(|one| one.may_be_wrong);
        let may_be_fine = verdicts().any(|one| one.may_be_fine);
        let is_chosen = !others.is_empty() && may_be_wrong && may_be_fine;
        Verdict {
            may_be_refused: verdicts().all(|one| one.may_be_refused),
            may_be_wrong,
            may_be_fine,
            is_told: verdict.is_told
                && is_first
                && expected.is_none_or(|(_, expected)| expected == *first),
            is_doubted: is_chosen || verdicts().any(|one| one.is_doubted),
        }
    }

    /// A value that has no parts in Apex.
    fn scalar(&self, end: TypeId, scalar: Scalar, value: &Value) -> Verdict {
        let kind = &self.kept.graph.get(end).kind;
        match (scalar, value) {
            (Scalar::JsonText, _) => {
                return match kind {
                    TypeKind::Literal(all) => {
                        Verdict::wrong_unless(all.iter().any(|one| same(one, value)))
                    }
                    TypeKind::Object(_) => Verdict::wrong_unless(value.is_object()),
                    _ => Verdict::FINE,
                };
            }
            (Scalar::Boolean, Value::Bool(_)) | (Scalar::Text, Value::String(_)) => {}
            (Scalar::Date | Scalar::Datetime, Value::String(_)) => {
                return match self.kept.examples.fits(end, value) {
                    true => Verdict::FINE,
                    false => Verdict::ANY,
                };
            }
            (_, Value::Number(number)) if is_held(scalar, number) => {}
            _ => return Verdict::REFUSED,
        }
        let fits = self.kept.examples.fits(end, value);
        let is_exact = match kind {
            TypeKind::String(of) => {
                let mut patterns = of.patterns.iter();
                !of.asserts_format && patterns.all(|one| pattern::java(one).is_some())
            }
            TypeKind::Union(_) => fits,
            _ => true,
        };
        match is_exact {
            true => Verdict::wrong_unless(fits),
            false => Verdict::READ,
        }
    }
}

/// The verdict on all of these parts.
fn together(parts: impl Iterator<Item = Verdict>) -> Verdict {
    parts.fold(Verdict::FINE, Verdict::and)
}

/// Whether a type for numbers holds this one.
fn is_held(scalar: Scalar, number: &Number) -> bool {
    let is_whole = Kind::of(&Value::Number(number.clone())) == Kind::Integer;
    match scalar {
        Scalar::Integer => {
            let small = number.as_f64();
            let range = f64::from(i32::MIN)..=f64::from(i32::MAX);
            is_whole && small.is_some_and(|small| range.contains(&small))
        }
        Scalar::Long => is_whole && number.is_i64(),
        Scalar::Whole => is_whole,
        Scalar::Decimal => true,
        Scalar::Boolean
        | Scalar::Date
        | Scalar::Datetime
        | Scalar::Text
        | Scalar::JsonText
        | Scalar::Nothing => false,
    }
}
