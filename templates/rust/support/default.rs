/// Gives a type the value that it has by default.
macro_rules! default {
    ($name:ident = $value:expr) => {
        #[allow(clippy::approx_constant, deprecated)]
        impl Default for $name {
            fn default() -> Self {
                $value
            }
        }
    };
}
pub(super) use default;
