/// An object with known properties.
pub trait Object: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// The position of a property; [`OTHER`] for one that is not known.
    fn position(name: &str) -> usize;

    /// Reads the properties.
    fn fill<'de, A: de::MapAccess<'de>>(from: Entries<'de, A>) -> Result<Self, A::Error>;
}

/// The position of a property that is not known.
pub const OTHER: usize = usize::MAX;

/// The properties of an object, one after the other.
pub struct Entries<'de, A> {
    map: A,
    other: Name<'de>,
    skipped: Names<'de>,
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
        let name = std::mem::take(&mut self.other);
        let value = self.map.next_value_seed(Seed::<Ignored>(PhantomData));
        value.map_err(|error| at(&name, error))?;
        self.skipped.add(name)
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

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> de::Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::fill(Entries {
            map,
            other: Name::default(),
            skipped: Names::default(),
        })
    }
}

/// Reads an object.
pub fn read_object<'de, T: Object, D: de::Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(ObjectVisitor(PhantomData))
}

/// The value of a property that must be there.
pub fn required<T, E: de::Error>(slot: Option<T>, name: &str) -> Result<T, E> {
    slot.ok_or_else(|| E::custom(format_args!("the property `{name}` is missing")))
}

/// Writes a property that is always there.
pub fn write<M: ser::SerializeMap, T: ser::Serialize>(
    map: &mut M,
    name: &str,
    value: &T,
) -> Result<(), M::Error> {
    map.serialize_entry(name, value)
}

/// Writes a property that may be absent.
pub fn write_some<M: ser::SerializeMap, T: ser::Serialize>(
    map: &mut M,
    name: &str,
    value: &Option<T>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, value),
        None => Ok(()),
    }
}

/// Makes a struct read and write as an object: `position field: "name" presence`, what has one value only, and what
/// becomes of other properties.
macro_rules! object {
    (
        $name:ident
        { $($position:literal $field:ident: $wire:literal $presence:ident,)* }
        $(always { $($known:literal $constant:ident: $name_of:literal = $text:literal,)+ })?
        => $other:ident $($kept:ident)?
    ) => {
        #[allow(deprecated)]
        impl support::Object for $name {
            const NAME: &'static str = stringify!($name);

            fn position(name: &str) -> usize {
                match name {
                    $($wire => $position,)*
                    $($($name_of => $known,)+)?
                    _ => support::OTHER,
                }
            }

            fn fill<'de, A_: ::serde::de::MapAccess<'de>>(
                mut from: support::Entries<'de, A_>,
            ) -> Result<Self, A_::Error> {
                $(let mut $field = None;)*
                $($(let mut $constant = None;)+)?
                $(let mut $kept = ::std::collections::BTreeMap::new();)?
                while let Some(position) = from.next::<Self>()? {
                    match position {
                        $($position => from.set(&mut $field, $wire)?,)*
                        $($($known => from.expect(&mut $constant, $name_of, $text)?,)+)?
                        _ => from.$other($(&mut $kept)?)?,
                    }
                }
                $($(support::required($constant, $name_of)?;)+)?
                Ok(Self {
                    $($field: support::object!(@$presence $field $wire),)*
                    $($kept,)?
                })
            }
        }

        #[allow(deprecated)]
        impl support::Json for $name {
            fn shape<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                support::read_object(from)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S_: ::serde::Serializer>(&self, to: S_) -> Result<S_::Ok, S_::Error> {
                #[allow(unused_mut)] // Not where there are no properties.
                let mut map = to.serialize_map(None)?;
                $($(support::write(&mut map, $name_of, &$text)?;)+)?
                $(support::object!(@write $presence map $wire self.$field);)*
                $(
                    for (name, value) in &self.$kept {
                        support::write(&mut map, name, value)?;
                    }
                )?
                ::serde::ser::SerializeMap::end(map)
            }
        }

        support::deserialize!($name);
    };
    (@required $field:ident $wire:literal) => { support::required($field, $wire)? };
    (@optional $field:ident $wire:literal) => { $field };
    (@write required $map:ident $wire:literal $value:expr) => { support::write(&mut $map, $wire, &$value)? };
    (@write optional $map:ident $wire:literal $value:expr) => { support::write_some(&mut $map, $wire, &$value)? };
}
pub(super) use object;
