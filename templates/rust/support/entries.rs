/// The properties of an object, one after the other.
pub struct Entries<'de, A> {
    map: A,
    other: Name<'de>,
    /// Few objects have any: only those pay for the room.
    skipped: Option<Names<'de>>,
}

impl<'de, A: de::MapAccess<'de>> Entries<'de, A> {
    /// The position of the next property.
    pub fn next<T: Object>(&mut self) -> Result<Option<usize>, A::Error> {
        let position = Position::<T>(&mut self.other, PhantomData);
        self.map.next_key_seed(position)
    }

    /// Reads the value of a known property.
    pub fn set<T: Json>(&mut self, slot: &mut Option<T>, name: &str) -> Result<(), A::Error> {
        if slot.is_some() {
            return Err(<A::Error as de::Error>::custom(format_args!(
                "the property `{name}` stands twice"
            )));
        }
        let value = self.map.next_value_seed(Seed(PhantomData));
        *slot = Some(value.map_err(|error| at(name, error))?);
        Ok(())
    }

    /// Reads a property that has one value only.
    pub fn expect(
        &mut self,
        slot: &mut Option<()>,
        name: &str,
        text: &str,
    ) -> Result<(), A::Error> {
        let mut found: Option<String> = None;
        self.set(&mut found, name)?;
        match found {
            Some(found) if found == text && slot.is_none() => {
                *slot = Some(());
                Ok(())
            }
            _ => Err(<A::Error as de::Error>::custom(format_args!(
                "/{name}: this must be `{text}`, once"
            ))),
        }
    }

    /// Passes over a property that is not known.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        let value = self.map.next_value_seed(Seed::<Ignored>(PhantomData));
        value.map_err(|error| at(&self.other, error))?;
        let skipped = self.skipped.get_or_insert_with(Names::default);
        skipped.add(&mut self.other)
    }

    /// Refuses a property that is not known.
    pub fn refuse(&self) -> Result<(), A::Error> {
        Err(<A::Error as de::Error>::custom(format_args!(
            "there must be no property `{}`",
            self.other
        )))
    }

    /// Keeps a property that is not known.
    pub fn keep<T: Json>(
        &mut self,
        kept: &mut std::collections::BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        let name = std::mem::take(&mut self.other);
        let value = self.map.next_value_seed(Seed(PhantomData));
        let value = value.map_err(|error| at(&name, error))?;
        match kept.entry(name.0.into_owned()) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(value);
                Ok(())
            }
            std::collections::btree_map::Entry::Occupied(entry) => {
                Err(<A::Error as de::Error>::custom(format_args!(
                    "the property `{}` stands twice",
                    entry.key()
                )))
            }
        }
    }
}

struct Position<'o, 'de, T>(&'o mut Name<'de>, PhantomData<T>);

impl<'de, T: Object> de::DeserializeSeed<'de> for Position<'_, 'de, T> {
    type Value = usize;

    fn deserialize<D: de::Deserializer<'de>>(self, from: D) -> Result<usize, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<'de, T: Object> de::Visitor<'de> for Position<'_, 'de, T> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<usize, E> {
        let position = T::position(name);
        if position == OTHER {
            *self.0 = Name(name.to_owned().into());
        }
        Ok(position)
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<usize, E> {
        let position = T::position(name);
        if position == OTHER {
            *self.0 = Name(name.into());
        }
        Ok(position)
    }
}
