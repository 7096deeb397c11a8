/// Makes a struct of one field that holds valid values only: each rule ends the way in with `?` where it is broken, and
/// the check says what is left.
macro_rules! newtype {
    ($name:ident($inner:ty) $(check $check:path $(; $once:ident)?)?, $value:ident => { $($rule:expr;)* }) => {
        #[allow(clippy::must_use_unit, dead_code, deprecated)]
        impl $name {
            /// The value itself.
            #[must_use]
            pub fn into_inner(self) -> $inner {
                self.0
            }
        }

        #[allow(clippy::approx_constant, deprecated)]
        impl $name {
            fn within_rules($value: $inner) -> Result<Self, support::Invalid> {
                $($rule;)*
                Ok(Self($value))
            }
        }

        #[allow(deprecated)]
        impl ::std::ops::Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        #[allow(deprecated)]
        impl TryFrom<$inner> for $name {
            type Error = support::Invalid;

            fn try_from(value: $inner) -> Result<Self, Self::Error> {
                $(support::check_value(&value, &$check)?;)?
                Self::within_rules(value)
            }
        }

        #[allow(deprecated)]
        impl support::Json for $name {
            fn shape<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
                let value = <$inner as support::Json>::read(from)?;
                Self::within_rules(value).map_err(::serde::de::Error::custom)
            }

            $(support::newtype! { @read $check $(; $once)? })?
        }

        $($(support::$once! { $name: |from| support::checked(from, &$check) })?)?

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S_: ::serde::Serializer>(&self, to: S_) -> Result<S_::Ok, S_::Error> {
                ::serde::Serialize::serialize(&self.0, to)
            }
        }

        support::deserialize!($name);
    };
    (@read $check:path) => {
        fn read<'de, D_: ::serde::Deserializer<'de>>(from: D_) -> Result<Self, D_::Error> {
            support::checked(from, &$check)
        }
    };
    (@read $check:path; $once:ident) => {
        support::$once! {}
    };
}
pub(super) use newtype;
