/// Whether two values are equal as JSON Schema has it: `1` and `1.0` are.
pub fn same(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let is_whole = |number: &serde_json::Number| {
                !number.is_f64() || number.as_f64().is_some_and(|it| it.fract() == 0.0)
            };
            one == other
                || one.is_f64() != other.is_f64()
                    && is_whole(one)
                    && is_whole(other)
                    && truncated(one) == truncated(other)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b))
        }
        (Value::Object(one), Value::Object(other)) => {
            let equal = |(name, value)| other.get(name).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(equal)
        }
        _ => one == other,
    }
}
