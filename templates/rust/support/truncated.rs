/// The whole part of a number; of one beyond 128 bits, what is nearest to it.
fn truncated(number: &serde_json::Number) -> i128 {
    let signed = number.as_i64().map(i128::from);
    let whole = signed.or_else(|| number.as_u64().map(i128::from));
    whole.unwrap_or_else(|| number.as_f64().unwrap_or_default() as i128)
}
