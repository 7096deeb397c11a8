/// An object that the text of a property tells apart from others.
pub trait Tagged: Sized {
    /// The name of that property.
    const TAG: &'static str;

    /// Reads the alternative with this text.
    fn of<'de, D>(text: Option<&str>, from: D) -> Result<Self, D::Error>
    where
        D: de::Deserializer<'de>;
}

struct TaggedVisitor<T>(PhantomData<T>);

impl<'de, T: Tagged> de::Visitor<'de> for TaggedVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the property `{}`", T::TAG)
    }

    // Most documents have the tag in front: then nothing else is held until the alternative is known.
    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut before = Vec::new();
        while let Some(name) = map.next_key::<Name<'de>>()? {
            if name.0 == T::TAG {
                let text = map.next_value::<Name<'de>>();
                let text = text.map_err(|error| at(T::TAG, error))?;
                before.push((name, serde_json::Value::from(text.0.clone())));
                return T::of(Some(&text.0), Replay::new(before, map));
            }
            let value = map.next_value_seed(Seed(PhantomData));
            let value = value.map_err(|error| at(&name, error))?;
            before.push((name, value));
        }
        T::of(None, Replay::new(before, map))
    }
}

/// Reads one of several objects, by the text of its tag.
pub fn read_tagged<'de, T: Tagged, D: de::Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(TaggedVisitor(PhantomData))
}

/// Reads one of several values, some of which are told by a tag.
pub fn read_tagged_or_rest<'de, T, D>(from: D) -> Result<T, D::Error>
where
    T: Tagged,
    D: de::Deserializer<'de>,
{
    let value = <serde_json::Value as Json>::read(from)?;
    let text = value.get(T::TAG).and_then(serde_json::Value::as_str);
    T::of(text, Held::new(&value)).map_err(de::Error::custom)
}

/// Makes an enum read as the alternative that the text of a property names, or as the one for all other texts.
macro_rules! tagged {
    (
        $name:ident, $tag:literal $(, $once:ident)? { $($variant:ident($inner:ty $(, $loose:tt)?) = $($text:literal)|+,)+ }
        $(else $other:ident($rest:ty))?
    ) => {
        #[allow(deprecated)]
        impl support::Tagged for $name {
            const TAG: &'static str = $tag;

            fn of<'de, D_: ::serde::Deserializer<'de>>(
                text: Option<&str>,
                from: D_,
            ) -> Result<Self, D_::Error> {
                match text {
                    $(Some($($text)|+) => <$inner as support::Json>::read(from).map(Self::$variant),)+
                    _ => support::tagged!(@rest text $tag [$($($text),+),+] from $($other $rest)?),
                }
            }
        }

        #[allow(deprecated)]
        impl support::Json for $name {
            fn shape<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                support::tagged!(@read from $($other)?)
            }

            $(support::$once! {})?
        }

        $(support::$once! { $name: <$name as support::Json>::shape })?

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S_: ::serde::Serializer>(&self, to: S_) -> Result<S_::Ok, S_::Error> {
                match self {
                    $(Self::$variant(value) => {
                        support::tagged!(@tells value $tag [$($text),+] $($loose)?);
                        ::serde::Serialize::serialize(value, to)
                    })+
                    $(Self::$other(value) => ::serde::Serialize::serialize(value, to),)?
                }
            }
        }

        support::deserialize!($name);
    };
    (@tells $value:ident $tag:literal [$($known:literal),+]) => {};
    (@tells $value:ident $tag:literal [$($known:literal),+] $loose:ident) => {
        support::tells(&$value.$loose, $tag, &[$($known),+])?;
    };
    (@tells $value:ident $tag:literal [$($known:literal),+] $always:literal) => {
        support::tells($always, $tag, &[$($known),+])?;
    };
    (@read $from:ident) => { support::read_tagged($from) };
    (@read $from:ident $other:ident) => { support::read_tagged_or_rest($from) };
    (@rest $text:ident $tag:literal [$($known:literal),+] $from:ident) => {
        Err(support::no_tag($text, $tag, &[$($known),+]))
    };
    (@rest $text:ident $tag:literal [$($known:literal),+] $from:ident $other:ident $rest:ty) => {
        <$rest as support::Json>::read($from).map(Self::$other)
    };
}
pub(super) use tagged;
