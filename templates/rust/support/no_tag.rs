/// Says that the text of a tag means nothing.
pub fn no_tag<E: de::Error>(text: Option<&str>, tag: &str, known: &[&str]) -> E {
    match text {
        Some(text) => E::custom(format_args!(
            "/{tag}: `{text}` is not one of {}",
            known.join(", ")
        )),
        None => E::custom(format_args!("the property `{tag}` is missing")),
    }
}
