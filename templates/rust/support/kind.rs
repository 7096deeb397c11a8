/// The type of a value as a bit: null 1, boolean 2, integer 4, other number 8, string 16, array 32, object 64.
pub fn kind(value: &serde_json::Value) -> u8 {
    match value {
        serde_json::Value::Null => 1,
        serde_json::Value::Bool(_) => 2,
        serde_json::Value::Number(number) => match number.as_f64() {
            Some(value) if number.is_f64() && value.fract() != 0.0 => 8,
            _ => 4,
        },
        serde_json::Value::String(_) => 16,
        serde_json::Value::Array(_) => 32,
        serde_json::Value::Object(_) => 64,
    }
}
