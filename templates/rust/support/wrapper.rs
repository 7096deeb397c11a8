/// Makes a struct of one field read and write as that field.
macro_rules! wrapper {
    ($name:ident($inner:ty)) => {
        #[allow(deprecated)]
        impl ::std::ops::Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        #[allow(deprecated)]
        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        #[allow(deprecated)]
        impl support::Json for $name {
            fn shape<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                <$inner as support::Json>::read(from).map(Self)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S_: ::serde::Serializer>(&self, to: S_) -> Result<S_::Ok, S_::Error> {
                ::serde::Serialize::serialize(&self.0, to)
            }
        }

        support::deserialize!($name);
    };
}
pub(super) use wrapper;
