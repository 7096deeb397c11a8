/// What gives values that a schema lists as JSON texts: they are read when they are first asked for.
macro_rules! listed {
    ($($text:literal),+) => {
        || {
            static LISTED: ::std::sync::OnceLock<support::Listed> = ::std::sync::OnceLock::new();
            LISTED.get_or_init(|| support::Listed::new(&[$($text),+]))
        }
    };
}
pub(super) use listed;
