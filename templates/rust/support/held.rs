/// A value that is held while somebody finds out what it is. All that is read from such values is read through this
/// one type, so that the code for it is made once.
#[derive(Clone, Copy)]
pub struct Held<'v> {
    value: &'v serde_json::Value,
    memo: Option<&'v Memo>,
}

impl<'v> Held<'v> {
    /// A value of which all is read once.
    pub fn new(value: &'v serde_json::Value) -> Self {
        Self { value, memo: None }
    }

    /// A value of which some may be read several times.
    pub fn remembered(value: &'v serde_json::Value, memo: &'v Memo) -> Self {
        let memo = Some(memo);
        Self { value, memo }
    }

    fn part(self, value: &'v serde_json::Value) -> Self {
        Self { value, ..self }
    }
}

impl<'de> de::Deserializer<'de> for Held<'_> {
    type Error = serde_json::Error;

    fn deserialize_any<V>(self, visitor: V) -> Result<V::Value, Self::Error>
    where
        V: de::Visitor<'de>,
    {
        match self.value {
            serde_json::Value::Null => visitor.visit_unit(),
            serde_json::Value::Bool(value) => visitor.visit_bool(*value),
            serde_json::Value::Number(number) => number.clone().deserialize_any(visitor),
            serde_json::Value::String(text) => visitor.visit_str(text),
            serde_json::Value::Array(items) => {
                let mut items = HeldItems(self, items.iter());
                let value = visitor.visit_seq(&mut items)?;
                match items.1.next() {
                    Some(_) => Err(de::Error::custom("too many items")),
                    None => Ok(value),
                }
            }
            serde_json::Value::Object(members) => visitor.visit_map(HeldMembers {
                whole: self,
                members: members.iter(),
                value: None,
            }),
        }
    }

    fn deserialize_option<V>(self, visitor: V) -> Result<V::Value, Self::Error>
    where
        V: de::Visitor<'de>,
    {
        match self.value {
            serde_json::Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: de::Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        let (Note::Asked(of), Some(memo)) = (NOTE.take(), self.memo) else {
            return visitor.visit_newtype_struct(self);
        };
        // The value stays where it is for as long as there is the memo.
        let key = (std::ptr::addr_of!(*self.value) as usize, of);
        let known = memo.0.borrow().get(&key).cloned();
        if let Some(known) = known {
            NOTE.set(Note::Known(known));
            return visitor.visit_newtype_struct(self);
        }
        NOTE.set(Note::Wanted);
        let read = visitor.visit_newtype_struct(self);
        if let Note::Known(known) = NOTE.take() {
            memo.0.borrow_mut().insert(key, known);
        }
        read
    }

    fn deserialize_enum<V: de::Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.value.clone().deserialize_enum(name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
