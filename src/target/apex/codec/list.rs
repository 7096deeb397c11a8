//! Codecs of lists, maps and lists with positions.

use super::check::{At, Rule, if_sound, plain, sizes};
use super::{Codecs, Parts, no_value};
use crate::ir::{MapType, SizeBounds, TupleType, TypeId, TypeKind, TypeRef};
use crate::target::apex::code::{
    Doc, Statement, assign, call, chain, guard, literal_of, on_variable, returns, text,
};
use crate::target::apex::names::LIST_FIELD;
use crate::target::apex::pattern;
use crate::target::apex::text::literal;
use crate::target::apex::types::{Holder, Scalar, common_value};

impl<'a, 's> Codecs<'a, 's> {
    /// The class around a list that is an element of a list.
    pub(super) fn wrapper(&self, id: TypeId, class: &str) -> Parts {
        let holder = Holder::List(id);
        let items = format!("value.{LIST_FIELD}");
        let ty = TypeRef {
            id,
            nullable: false,
        };
        let mut check = vec![guard("value == null", Statement::Plain(text("return")))];
        check.extend(self.check(ty, true, &items, At::Same("at")));
        Parts {
            read: vec![
                guard("source.isNull()", returns(text("null"))),
                assign(format!("{class} value"), text(format!("new {class}()"))),
                assign(&items, self.read_held(holder, text("source"))),
                returns(text("value")),
            ],
            write: vec![no_value("value"), returns(self.write(holder, &items))],
            check,
            ..Parts::default()
        }
    }

    /// A map, as the list of its entries.
    pub(super) fn map(&self, id: TypeId, map: &MapType<'s>, class: &str) -> Parts {
        let (Some(key), Some(value)) = (self.names.field_name(id, 0), self.names.field_name(id, 1))
        else {
            return Parts::default();
        };
        let json = &self.names.shared().json;
        let holder = self.types.map_values(self.graph, id);
        let read = vec![
            guard("!source.hasObject()", returns(text("null"))),
            assign(
                format!("List<{class}> all"),
                text(format!("new List<{class}>()")),
            ),
            Statement::For(
                format!("{json}.Source entry"),
                call("source.entries", Vec::new()),
                vec![
                    assign(format!("{class} value"), text(format!("new {class}()"))),
                    assign(format!("value.{key}"), call("entry.key", Vec::new())),
                    assign(format!("value.{value}"), self.read_value(map, holder)),
                    Statement::Plain(call("all.add", vec![text("value")])),
                ],
            ),
            returns(text("all")),
        ];
        let written = self.write(holder, &format!("entry?.{value}"));
        let put = vec![text("target"), text(format!("entry?.{key}")), written];
        let write = vec![
            no_value("values"),
            assign(
                "Map<String, Object> target",
                text("new Map<String, Object>()"),
            ),
            Statement::For(
                format!("{class} entry"),
                text("values"),
                vec![Statement::Plain(call(format!("{json}.putEntry"), put))],
            ),
            returns(text("target")),
        ];
        let key = format!("entry?.{key}");
        let claimed = call("at.entry", vec![text(key.clone()), text("seen")]);
        let mut body = Vec::new();
        let at = At::Same("part");
        // Entries that other maps have as well are checked for what all of these ask.
        let is_shared = self.names.shares_entries(id);
        let keys = match is_shared {
            true => Vec::new(),
            false => self.key_rules(map),
        };
        body.extend(plain(keys, &key, at));
        let value = format!("entry?.{value}");
        body.extend(match (common_value(map), holder) {
            (_, Holder::Class(id)) if is_shared => {
                let ty = TypeRef { id, nullable: true };
                self.check(ty, false, &value, at)
            }
            (Some(ty), _) if !is_shared => self.check(ty, true, &value, at),
            _ => plain(rules_of_any(holder), &value, at),
        });
        let is_asked = !body.is_empty();
        body.insert(
            0,
            match is_asked {
                true => assign(format!("{json}.Checker part"), claimed),
                false => Statement::Plain(claimed),
            },
        );
        let check = vec![
            guard("at.value == null", Statement::Plain(text("return"))),
            assign("Set<String> seen", text("new Set<String>()")),
            assign(
                format!("List<{class}> entries"),
                text(format!("(List<{class}>) at.value")),
            ),
            Statement::For(format!("{class} entry"), text("entries"), body),
        ];
        Parts {
            read,
            write,
            check,
            ..Parts::default()
        }
    }

    /// What a map asks of its keys.
    fn key_rules(&self, map: &MapType<'s>) -> Vec<Rule> {
        let mut rules = match map.keys {
            Some(keys) => self.rules(self.types.end(keys), self.types.holder(keys)),
            None => Vec::new(),
        };
        let patterns = map.patterns.iter().map(|(one, _)| pattern::java(one));
        if map.is_closed
            && let Some(patterns) = patterns.collect::<Option<Vec<String>>>()
        {
            rules.push(("pattern", vec![text(literal(&patterns.join("|")))]));
        }
        rules
    }

    /// What this map alone asks of its entries, where the codec of the entries is one for all maps with such values.
    pub(super) fn own_entries(&self, id: TypeId, list: &str, at: At<'_>) -> Option<Statement> {
        let TypeKind::Map(map) = &self.graph.get(id).kind else {
            return None;
        };
        let class = self.names.class_name(id)?;
        let key = format!("each?.{}", self.names.field_name(id, 0)?);
        let value = format!("each?.{}", self.names.field_name(id, 1)?);
        if !self.names.shares_entries(id) {
            return None;
        }
        let place = At::Entry("around", &key);
        let mut body = plain(self.key_rules(map), &key, place);
        body.extend(self.own_values(map, id, &value, place));
        if body.is_empty() {
            return None;
        }
        let json = &self.names.shared().json;
        Some(Statement::If(vec![(
            Some(text(format!("{list} != null"))),
            vec![
                assign(format!("{json}.Checker around"), at.checker(list)),
                Statement::For(format!("{class} each"), text(list.to_owned()), body),
            ],
        )]))
    }

    /// What a map asks of its values beside what their class asks, for which their codec is called.
    fn own_values(
        &self,
        map: &MapType<'s>,
        id: TypeId,
        value: &str,
        place: At<'_>,
    ) -> Vec<Statement> {
        match (common_value(map), self.types.map_values(self.graph, id)) {
            (None, _) | (_, Holder::Never) => Vec::new(),
            (Some(ty), Holder::Class(_)) if self.types.is_nullable(ty) => Vec::new(),
            (Some(_), Holder::Class(_)) => plain(vec![("required", Vec::new())], value, place),
            (Some(ty), Holder::Scalar(Scalar::JsonText)) => {
                let mut rules = self.rules(self.types.end(ty.id), self.types.holder(ty.id));
                let of_any = rules_of_any(Holder::Scalar(Scalar::JsonText));
                rules.retain(|(rule, _)| of_any.iter().all(|(known, _)| known != rule));
                let mut statements = plain(rules, value, place);
                statements.extend(self.asked_of_use(ty.id, value, place, true));
                statements
            }
            (Some(ty), Holder::Scalar(_) | Holder::List(_)) => self.check(ty, true, value, place),
        }
    }

    /// The value of an entry of a map.
    fn read_value(&self, map: &MapType<'s>, holder: Holder) -> Doc {
        let types = || {
            [map.values]
                .into_iter()
                .chain(map.patterns.iter().map(|(_, ty)| *ty))
        };
        let is_nullable = types().any(|ty| self.types.is_nullable(ty));
        match holder {
            Holder::Scalar(Scalar::JsonText) if !is_nullable => call("entry.asAnyJson", Vec::new()),
            _ => self.read_held(holder, text("entry")),
        }
    }

    /// A list with positions.
    pub(super) fn tuple(&self, id: TypeId, tuple: &TupleType, class: &str) -> Parts {
        let json = &self.names.shared().json;
        let mut read = Vec::new();
        let mut written = Vec::new();
        let mut present = Vec::new();
        let mut check = Vec::new();
        for (index, item) in tuple.prefix.iter().enumerate() {
            let Some(field) = self.names.field_name(id, index) else {
                continue;
            };
            let value = format!("value.{field}");
            let holder = self.types.holder(item.id);
            let source = call("source.item", vec![text(index.to_string())]);
            read.push(assign(&value, self.read(*item, source)));
            written.push(self.write(holder, &value));
            check.extend(self.check(*item, false, &value, At::Item(index)));
            let is_any = matches!(self.graph.get(self.types.end(item.id)).kind, TypeKind::Any);
            // Null at the end of a list that may be shorter is not written.
            let is_written = index + 1 < tuple.prefix.len()
                || tuple.rest.is_some()
                || tuple.size.min.is_some_and(|min| min > index as u64);
            if is_written && !is_any && !self.types.is_nullable(*item) {
                let position = call("whole.position", vec![text(index.to_string())]);
                let required = chain(position, vec![("required", Vec::new())]);
                present.push(Statement::Plain(required));
            }
        }
        let count = tuple.prefix.len();
        let rest = tuple.rest.zip(self.names.field_name(id, count));
        let way_out = match rest {
            Some(_) => "!source.hasList()".to_owned(),
            None => format!("!source.hasList({count})"),
        };
        read.insert(0, guard(way_out, returns(text("null"))));
        read.insert(
            1,
            assign(format!("{class} value"), text(format!("new {class}()"))),
        );
        let mut others = text("null");
        if let Some((ty, field)) = rest {
            let value = format!("value.{field}");
            let element = self.element_of(ty);
            let source = call("source.rest", vec![text(count.to_string())]);
            read.push(assign(&value, self.read_list(&element, source)));
            others = self.write_list(&element, &value);
            check.extend(self.check_rest(ty, &value, At::Rest(count)));
        }
        read.push(returns(text("value")));
        let least = tuple.size.min.unwrap_or(0).min(count as u64);
        let sequence = vec![
            literal_of("List<Object>", written),
            others,
            text(least.to_string()),
        ];
        let write = vec![
            no_value("value"),
            returns(call(format!("{json}.sequence"), sequence)),
        ];
        let mut whole = vec![assign(
            format!("{json}.Checker whole"),
            call("at.self", vec![text("write(value)")]),
        )];
        whole.extend(present);
        // No list is written that is shorter than its places need or, if nothing may follow these, longer.
        let size = SizeBounds {
            min: tuple.size.min.filter(|min| *min > count as u64),
            max: tuple
                .size
                .max
                .filter(|max| rest.is_some() || *max < count as u64),
        };
        let mut rules = sizes("size", size);
        let keeps = self.names.keeps_unknown();
        let mut items = tuple.prefix.iter().chain(&tuple.rest);
        if tuple.unique && items.all(|item| self.types.tells_apart(item.id, keeps)) {
            rules.push(("unique", Vec::new()));
        }
        whole.extend(on_variable("whole", rules).map(Statement::Plain));
        if whole.len() > 1 {
            check.push(if_sound(text("at.isSound()"), whole));
        }
        let is_checked = !check.is_empty();
        check.extend(self.asked_of_class(id, is_checked));
        if !check.is_empty() {
            check.insert(0, guard("value == null", Statement::Plain(text("return"))));
        }
        Parts {
            read,
            write,
            check,
            ..Parts::default()
        }
    }
}

/// What is asked of a value where nothing but its holder is known.
fn rules_of_any(holder: Holder) -> Vec<Rule> {
    match holder {
        Holder::Scalar(Scalar::JsonText) => vec![("json", Vec::new())],
        Holder::Scalar(_) | Holder::Class(_) | Holder::List(_) | Holder::Never => Vec::new(),
    }
}
