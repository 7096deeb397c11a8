/// Lets a struct of one scalar be read from plain text, and shown as it.
macro_rules! plain_text {
    ($name:ident($inner:ty)) => {
        #[allow(deprecated)]
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        #[allow(deprecated)]
        impl ::std::str::FromStr for $name {
            type Err = support::Invalid;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let value = text.parse::<$inner>();
                let value = value.map_err(|error| support::Invalid(error.to_string()))?;
                Self::try_from(value)
            }
        }
    };
}
pub(super) use plain_text;
