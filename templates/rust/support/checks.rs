/// Gives checks their names.
macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = [$($rule:expr,)*];)+) => {
        $($(#[$doc])* #[allow(clippy::approx_constant)] pub(crate) static $name: support::Check = {
            #[allow(unused_imports)] // A check may have no rule but of other checks.
            use support::Rule::*;
            support::Check(&[$($rule),*])
        };)+
    };
}
pub(super) use checks;
