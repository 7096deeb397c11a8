pub(super) use ::regress::Regex; // in Cargo.toml, below [dependencies]: regress = "0.12"

/// Makes a function that matches texts against a pattern of ECMA-262.
macro_rules! regex {
    ($name:ident = $pattern:literal) => {
        pub(crate) fn $name(text: &str) -> bool {
            static REGEX: ::std::sync::OnceLock<Option<support::Regex>> =
                ::std::sync::OnceLock::new();
            let regex = REGEX.get_or_init(|| {
                let unicode = support::Regex::with_flags($pattern, "u");
                unicode.or_else(|_| support::Regex::new($pattern)).ok()
            });
            regex
                .as_ref()
                .is_some_and(|regex| regex.find(text).is_some())
        }
    };
}
pub(super) use regex;
