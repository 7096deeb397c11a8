// Part of the program that `tests/second_opinion.rs` builds: it answers questions, a type and an instance on a line each.

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let questions = std::fs::read_to_string(path).unwrap();
    for question in questions.lines() {
        let (name, instance) = question.split_once('\t').unwrap();
        let answer = match name {
            // The types.
            _ => panic!("{name} is no type"),
        };
        println!("{}", answer.replace('\n', " "));
    }
}

/// Whether a type accepts an instance, and if not, why; without an instance, the schema that the type gives back. The
/// type of the same schema that keeps unknown properties has to say the same, and to lose nothing.
fn verdict<T, K>(instance: &str) -> String
where
    T: serde::de::DeserializeOwned + schemars::JsonSchema,
    K: serde::de::DeserializeOwned + serde::Serialize,
{
    if instance.is_empty() {
        return serde_json::to_string(&schemars::schema_for!(T)).unwrap();
    }
    match (serde_json::from_str::<T>(instance), serde_json::from_str::<K>(instance)) {
        (Ok(_), Ok(kept)) => {
            let given: serde_json::Value = serde_json::from_str(instance).unwrap();
            let written = serde_json::to_value(&kept).unwrap();
            if same(&given, &written) {
                "valid".to_owned()
            } else {
                format!("what is kept is written as {written}")
            }
        }
        (Err(error), Err(_)) => error.to_string(),
        (Ok(_), Err(error)) => format!("the type that keeps unknown properties refuses: {error}"),
        (Err(error), Ok(_)) => format!("the type that keeps unknown properties accepts, but: {error}"),
    }
}

/// Whether two values are the same JSON: `1` and `1.0` are.
fn same(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_same = |(name, one)| other.get(name).is_some_and(|other| same(one, other));
            one.len() == other.len() && one.iter().all(is_same)
        }
        _ => one == other,
    }
}
