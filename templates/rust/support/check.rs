/// Gives a check its name. Each has a call of its own: rustc takes one with thousands of checks in quadratic time.
macro_rules! check {
    ($name:ident = [$($rule:ident $(($($argument:expr),+))?,)*]) => {
        #[allow(clippy::approx_constant)]
        pub(crate) static $name: support::Check =
            support::Check(&[$(support::Rule::$rule $(($($argument),+))?),*]);
    };
}
pub(super) use check;
