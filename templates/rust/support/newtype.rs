/// Makes a struct of one field that holds valid values only: the rules end with `?` where one is broken.
macro_rules! newtype {
    ($name:ident($inner:ty) $(check $check:path)?, $value:ident => { $($rule:expr;)* }) => {
        #[allow(dead_code)]
        impl $name {
            /// The value itself.
            #[must_use]
            pub fn into_inner(self) -> $inner {
                self.0
            }
        }

        impl ::std::ops::Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl TryFrom<$inner> for $name {
            type Error = support::Invalid;

            fn try_from($value: $inner) -> Result<Self, Self::Error> {
                $($rule;)*
                Ok(Self($value))
            }
        }

        impl support::Json for $name {
            fn shape<'de, D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let value = <$inner as support::Json>::read(from)?;
                Self::try_from(value).map_err(::serde::de::Error::custom)
            }
            $(
                fn read<'de, D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    support::checked(from, &$check)
                }
            )?
        }

        $(support::validate!($name, $check);)?

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.0, to)
            }
        }

        support::deserialize!($name);
    };
}
pub(super) use newtype;
