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
                // One value that holds what is read so far: many are each dropped on its own wherever reading may
                // stop, and a compiler takes minutes for a hundred of them.
                #[allow(non_camel_case_types, clippy::builtin_type_shadow)]
                struct Slots<$($field,)* $($($constant,)+)?> {
                    $($field: ::core::option::Option<$field>,)*
                    $($($constant: ::core::option::Option<$constant>,)+)?
                }
                #[allow(unused_mut)] // Not where there are no properties.
                let mut slots = Slots { $($field: None,)* $($($constant: None,)+)? };
                $(let mut $kept = ::std::collections::BTreeMap::new();)?
                while let Some(position) = from.next::<Self>()? {
                    match position {
                        $($position => from.set(&mut slots.$field, $wire)?,)*
                        $($($known => from.expect(&mut slots.$constant, $name_of, $text)?,)+)?
                        _ => from.$other($(&mut $kept)?)?,
                    }
                }
                #[allow(unreachable_patterns, unused_variables)] // Where nothing must be there.
                match slots {
                    Slots {
                        $($field: support::object!(@found $presence $field),)*
                        $($($constant: Some(()),)+)?
                    } => Ok(Self { $($field,)* $($kept,)? }),
                    slots => Err(support::missing(&[
                        $($((slots.$constant.is_none(), $name_of),)+)?
                        $((support::object!(@missing $presence slots.$field), $wire),)*
                    ])),
                }
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
    (@found required $field:ident) => { Some($field) };
    (@missing required $slot:expr) => { $slot.is_none() };
    (@found optional $field:ident) => { $field };
    (@missing optional $slot:expr) => { false };
    (@write required $map:ident $wire:literal $value:expr) => { support::write(&mut $map, $wire, &$value)? };
    (@write optional $map:ident $wire:literal $value:expr) => { support::write_some(&mut $map, $wire, &$value)? };
}
pub(super) use object;
