/// Makes sure that what is written is read as the same alternative: its tag is a property that may hold other texts, too.
pub fn tells<T: serde::Serialize + ?Sized, E: serde::ser::Error>(
    text: &T,
    tag: &str,
    known: &[&str],
) -> Result<(), E> {
    let text = serde_json::to_value(text).map_err(E::custom)?;
    match text.as_str() {
        Some(text) if known.contains(&text) => Ok(()),
        Some(text) => Err(E::custom(format_args!(
            "/{tag}: `{text}` is not one of {}",
            known.join(", ")
        ))),
        None => Err(E::custom(format_args!("the property `{tag}` is missing"))),
    }
}
