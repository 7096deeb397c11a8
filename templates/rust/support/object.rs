/// An object with known properties.
pub trait Object: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// The position of a property; [`OTHER`] for one that is not known.
    fn position(name: &str) -> usize;

    /// Reads the properties.
    fn fill<'de, A: de::MapAccess<'de>>(from: &mut Entries<'de, A>) -> Result<Self, A::Error>;
}

/// The position of a property that is not known.
pub const OTHER: usize = usize::MAX;

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> de::Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::fill(&mut Entries {
            map,
            other: Name::default(),
            skipped: None,
        })
    }
}

/// Reads an object.
pub fn read_object<'de, T: Object, D: de::Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(ObjectVisitor(PhantomData))
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
                from: &mut support::Entries<'de, A_>,
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
