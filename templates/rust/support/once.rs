/// A type that may be read several times from one value, by the alternatives of a union that hold it: that would double with
/// each level of a nest of them.
pub trait Once: Json + Clone + 'static {
    /// Reads it, whether or not that has been done already.
    fn anew<'de, D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error>;
}

/// Reads what is held for several readers once for all of them.
pub fn read_once<'de, T: Once, D: de::Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    NOTE.set(Note::Asked(TypeId::of::<T>()));
    from.deserialize_newtype_struct("Once", OnceVisitor(PhantomData))
}

struct OnceVisitor<T>(PhantomData<T>);

impl<'de, T: Once> de::Visitor<'de> for OnceVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: de::Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        let note = NOTE.take();
        let known = match &note {
            Note::Known(known) => known.downcast_ref::<Result<T, String>>(),
            _ => None,
        };
        if let Some(known) = known {
            return known.clone().map_err(de::Error::custom);
        }
        let read = T::anew(from);
        if let Note::Wanted = note {
            let known: Result<T, String> = match &read {
                Ok(value) => Ok(value.clone()),
                Err(error) => Err(error.to_string()),
            };
            NOTE.set(Note::Known(Rc::new(known)));
        }
        read
    }

    // Those who do not know newtypes give the value itself.
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        NOTE.take();
        T::anew(de::value::MapAccessDeserializer::new(map))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        NOTE.take();
        T::anew(de::value::SeqAccessDeserializer::new(items))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        NOTE.take();
        T::anew(de::IntoDeserializer::into_deserializer(text))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        NOTE.take();
        T::anew(de::IntoDeserializer::into_deserializer(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        NOTE.take();
        T::anew(de::IntoDeserializer::into_deserializer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        NOTE.take();
        T::anew(de::IntoDeserializer::into_deserializer(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        NOTE.take();
        T::anew(de::IntoDeserializer::into_deserializer(value))
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        NOTE.take();
        T::anew(de::IntoDeserializer::into_deserializer(()))
    }
}

/// Makes a type read once for all who hold it: it has another way in than that to its shape.
macro_rules! once {
    () => {
        fn read<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
            support::read_once(from)
        }
    };
    ($name:ident: $anew:expr) => {
        #[allow(deprecated)]
        impl support::Once for $name {
            fn anew<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                ($anew)(from)
            }
        }
    };
}
pub(super) use once;
