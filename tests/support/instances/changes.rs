//! Small changes of a value, after which it may be valid or not.

use serde_json::{Value, json};

use super::Maker;

impl Maker {
    /// Changes a value in one place.
    pub(super) fn change(&mut self, value: &mut Value) {
        // The deeper, the more there is to choose from.
        match value {
            Value::Object(members) if !members.is_empty() && !self.chance(3) => {
                let index = self.below(members.len());
                let member = members.values_mut().nth(index).unwrap();
                return self.change(member);
            }
            Value::Array(items) if !items.is_empty() && !self.chance(3) => {
                let index = self.below(items.len());
                return self.change(&mut items[index]);
            }
            _ => {}
        }
        if self.chance(6) {
            *value = self.scalar();
            return;
        }
        match value {
            Value::Null | Value::Bool(_) => *value = self.scalar(),
            Value::Number(number) => {
                let number = number.as_f64().unwrap();
                let changed = match self.below(6) {
                    0 => number + 1.0,
                    1 => number - 1.0,
                    2 => number + 0.5,
                    3 => -number,
                    4 => number * 10.0,
                    _ => number,
                };
                #[allow(clippy::cast_possible_truncation)]
                let is_plain = changed.fract() == 0.0 && changed.abs() < 1e15 && self.chance(2);
                *value = if is_plain {
                    #[allow(clippy::cast_possible_truncation)]
                    let whole = changed as i64;
                    json!(whole)
                } else {
                    json!(changed)
                };
            }
            Value::String(text) => match self.below(7) {
                0 => text.push('a'),
                1 => text.push('🎉'),
                2 => text.insert(0, 'A'),
                3 => {
                    text.pop();
                }
                4 => *text = text.to_uppercase(),
                5 => *text = text.repeat(2),
                _ => text.clear(),
            },
            Value::Array(items) => match self.below(6) {
                0 => items.push(Value::Null),
                1 => items.reverse(),
                2 => items.extend(items.first().cloned()),
                3 => {
                    items.pop();
                }
                4 => items.extend(items.clone()),
                _ => items.push(self.scalar()),
            },
            Value::Object(members) => {
                let chosen = match members.len() {
                    0 => None,
                    len => members.keys().nth(self.below(len)).cloned(),
                };
                match (self.below(5), chosen) {
                    (0, Some(name)) => {
                        members.shift_remove(&name);
                    }
                    (1, Some(name)) => {
                        members.insert(name, Value::Null);
                    }
                    (2, Some(name)) => {
                        let value = members.shift_remove(&name).unwrap();
                        members.insert(self.name(), value);
                    }
                    (3, Some(name)) => {
                        let value = members[&name].clone();
                        members.insert(self.name(), value);
                    }
                    _ => {
                        let name = self.name();
                        let value = self.scalar();
                        members.insert(name, value);
                    }
                }
            }
        }
    }
}
