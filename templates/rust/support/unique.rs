/// Checks that no element of a list stands in it twice.
pub fn unique<T: serde::Serialize>(items: &[T]) -> Result<(), Invalid> {
    let values: Result<Vec<_>, _> = items.iter().map(serde_json::to_value).collect();
    let values = values.map_err(|error| Invalid(error.to_string()))?;
    match twice(&values) {
        Some((first, second)) => Err(Invalid(format!(
            "the elements {first} and {second} are equal"
        ))),
        None => Ok(()),
    }
}
