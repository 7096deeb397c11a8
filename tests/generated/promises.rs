//! Part of the crate that `tests/generated.rs` builds: what the types of single cases promise.

use serde::de::DeserializeOwned;
use serde_json::json;

use crate::cases::apex_unique_items::schema::Sets;
use crate::cases::defaults::schema as defaults;
use crate::cases::deprecated::schema as deprecated;
use crate::cases::equal_values::schema::Figures;
use crate::cases::rust_crates::schema::Meeting;
use crate::cases::rust_discriminator::pets::{Dog, Event, Pet, Shape};
use crate::cases::rust_integers::schema::Ledger;

/// Why a value is refused.
fn refusal<T: DeserializeOwned + std::fmt::Debug>(value: serde_json::Value) -> String {
    serde_json::from_value::<T>(value).unwrap_err().to_string()
}

#[test]
fn a_discriminator_chooses_among_alternatives_that_all_fit() {
    let read = |value| serde_json::from_value::<Pet>(value).unwrap();
    assert!(
        matches!(read(json!({"petType": "dog", "packSize": 3})), Pet::Dog(dog) if dog.pack_size == Some(3))
    );
    assert!(matches!(read(json!({"petType": "Dog"})), Pet::Dog(_)));
    assert!(matches!(read(json!({"petType": "kitty"})), Pet::Cat(cat) if cat.pet_type == "kitty"));
    assert!(matches!(
        read(json!({"petType": "Bird", "packSize": "x"})),
        Pet::Bird(_)
    ));
    let refused = refusal::<Pet>(json!({"petType": "bird"}));
    assert_eq!(
        refused,
        "/petType: `bird` is not one of cat, kitty, Cat, dog, Dog, Bird"
    );
    let refused = refusal::<Pet>(json!({"petType": "dog", "packSize": "x"}));
    assert!(refused.starts_with("/packSize: "), "{refused}");
    assert_eq!(
        refusal::<Pet>(json!({"packSize": 3})),
        "the property `petType` is missing"
    );
    assert_eq!(
        refusal::<Pet>(json!({"petType": 3})),
        "/petType: invalid type: integer `3`, expected a text"
    );
}

#[test]
fn a_tag_may_stand_anywhere() {
    let read = |text| serde_json::from_str::<Pet>(text).map_err(|error| error.to_string());
    let dog = |text| matches!(read(text), Ok(Pet::Dog(dog)) if dog.pack_size == Some(3));
    assert!(dog(r#"{"petType":"dog","packSize":3}"#));
    assert!(dog(r#"{"packSize":3,"petType":"dog"}"#));
    assert!(dog(
        r#"{"extra":{"a":[1]},"pet\u0054ype":"d\u006fg","packSize":3,"more":null}"#
    ));
    for twice in [
        r#"{"petType":"dog","petType":"dog"}"#,
        r#"{"petType":"dog","packSize":3,"petType":"cat"}"#,
        r#"{"packSize":3,"petType":"dog","packSize":3}"#,
        r#"{"extra":1,"petType":"dog","extra":1}"#,
        r#"{"extra":{"a":1,"a":1},"petType":"dog"}"#,
        r#"{"petType":"dog","extra":{"a":1,"a":1}}"#,
    ] {
        let refused = read(twice).unwrap_err();
        assert!(refused.contains("stands twice"), "{twice}: {refused}");
    }
}

#[test]
fn a_tag_is_written_once() {
    let text = r#"{"petType":"dog","packSize":3}"#;
    let pet: Pet = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&pet).unwrap(), text);
}

#[test]
fn a_tag_that_means_another_alternative_is_not_written() {
    let Ok(Pet::Dog(mut dog)) = serde_json::from_value(json!({"petType": "dog"})) else {
        panic!("a dog is read as one");
    };
    dog.pet_type = "cat".to_owned();
    let refused = serde_json::to_string(&Pet::Dog(dog.clone())).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "/petType: `cat` is not one of dog, Dog"
    );
    // By itself it is no pet, and the schema says nothing about the text.
    assert!(serde_json::to_string(&dog).is_ok());
}

#[test]
fn a_schema_that_others_build_on_is_each_of_them_or_itself() {
    let read = |value| serde_json::from_value::<Shape>(value).unwrap();
    assert!(matches!(
        read(json!({"kind": "circle", "radius": 1})),
        Shape::Circle(_)
    ));
    assert!(matches!(
        read(json!({"kind": "Circle", "radius": 1})),
        Shape::Circle(_)
    ));
    assert!(matches!(
        read(json!({"kind": "Hexagon", "radius": 1})),
        Shape::Base(_)
    ));
    assert_eq!(
        refusal::<Shape>(json!({"kind": "circle"})),
        "the property `radius` is missing"
    );
    assert_eq!(
        refusal::<Shape>(json!({"label": "a"})),
        "the property `kind` is missing"
    );
    let square = json!({"kind": "square", "side": 1, "inner": {"kind": "circle"}});
    assert_eq!(
        refusal::<Shape>(square),
        "/inner: the property `radius` is missing"
    );
}

#[test]
fn a_discriminator_whose_texts_are_listed_changes_no_verdict() {
    let read = |value| serde_json::from_value::<Event>(value).unwrap();
    assert!(matches!(
        read(json!({"type": "reopened"})),
        Event::Opening(_)
    ));
    assert!(matches!(read(json!({"type": "closed"})), Event::Closing(_)));
    assert_eq!(
        refusal::<Event>(json!({"type": "Opening"})),
        "/type: `Opening` is not one of opened, reopened, closed"
    );
}

#[test]
fn a_list_without_equal_elements_has_one_zero() {
    for text in ["[0, -0.0]", "[0.0, -0.0]", "[-0.0, 0]", "[-0.0, 1, 0.0]"] {
        let text = format!(r#"{{"numbers": {text}, "any": {text}}}"#);
        let refused = serde_json::from_str::<Sets>(&text).unwrap_err().to_string();
        assert!(refused.contains("are equal"), "{refused}");
    }
    for text in ["[[0], [-0.0]]", r#"[{"a": 0}, {"a": -0.0}]"#] {
        let text = format!(r#"{{"any": {text}}}"#);
        let refused = serde_json::from_str::<Sets>(&text).unwrap_err().to_string();
        assert!(refused.contains("are equal"), "{refused}");
    }
}

#[test]
fn a_rule_that_lists_values_knows_each_of_them_however_it_is_written() {
    let read = |guess: &str| serde_json::from_str::<Figures>(&format!(r#"{{"guess": {guess}}}"#));
    for guess in [
        r#""b""#,
        r#""a!""#,
        r#""a""#,
        r#""a\"b""#,
        r#""\u0061""#,
        r#""""#,
        "1",
        "1.0",
        "9007199254740993",
        "-0.0",
        "null",
        r#"{"b": [2.0], "a": 1}"#,
    ] {
        assert!(read(guess).is_ok(), "{guess}");
    }
    for guess in [
        r#""c""#,
        r#""1""#,
        r#""\"a\"""#,
        r#""null""#,
        "9007199254740992",
        "true",
        "[1]",
        r#"{"a": 1}"#,
    ] {
        let refused = read(guess).unwrap_err().to_string();
        assert!(
            refused.contains(r#"is not one of "", "a", "a!", "b", "a\"b", 1, 9007199254740993"#),
            "{refused}"
        );
    }
}

#[test]
fn no_name_stands_twice_even_where_nobody_asks_for_it() {
    for text in [
        r#"{"petType": "dog", "petType": "dog"}"#,
        r#"{"petType": "dog", "x": 1, "x": 1}"#,
        r#"{"petType": "dog", "x": {"y": 1, "y": 1}}"#,
        r#"{"petType": "dog", "x": [{"y": {"z": null, "z": null}}]}"#,
    ] {
        let refused = serde_json::from_str::<Dog>(text).unwrap_err().to_string();
        assert!(refused.contains("stands twice"), "{refused}");
    }
    let text = r#"{"petType": "dog", "x": {"y": {"x": 1.5}, "z": [null, true, "a", -1, {}]}}"#;
    assert!(serde_json::from_str::<Dog>(text).is_ok());
}

/// What a type holds by default, as JSON, once it has been read back.
fn initial<T: Default + DeserializeOwned + serde::Serialize + PartialEq + std::fmt::Debug>()
-> serde_json::Value {
    let value = serde_json::to_value(T::default()).unwrap();
    let read: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(read, T::default());
    value
}

#[test]
fn what_a_type_holds_by_default_is_valid() {
    assert_eq!(initial::<defaults::Port>(), json!(8080));
    assert_eq!(initial::<defaults::Words>(), json!([1, 2]));
    assert_eq!(
        initial::<defaults::Told>(),
        json!({"id": 7, "tag": "seven"})
    );
    assert_eq!(initial::<defaults::Range>(), json!({}));
    assert_eq!(initial::<defaults::Shape>(), json!({"side": 1.0}));
    let settings = json!({
        "kind": "settings", "retries": 3, "mode": "fast", "name": "x", "ratio": 0.5, "tags": ["a", "b"], "limits": {},
        "port": 80, "anything": {"a": [1, true, null, "x"]}, "shape": {"side": 1.0}, "size": null, "level": 1
    });
    assert_eq!(initial::<defaults::Settings>(), settings);
    // Nothing at all is what its parts hold, and no valid value.
    assert!(defaults::NotEmpty::try_from(defaults::NotEmptyFields::default()).is_err());
}

#[test]
#[allow(deprecated)]
fn a_constructor_asks_for_what_must_be_there() {
    let account = deprecated::AccountFields::new("a".to_owned(), 1);
    assert_eq!(
        serde_json::to_value(&account).unwrap(),
        json!({"id": "a", "oldId": 1})
    );
    assert!(deprecated::Account::try_from(account).is_ok());
}

#[test]
fn wide_integers_keep_all_their_digits() {
    let read = serde_json::from_str::<Ledger>;
    let text = r#"{"balance":-123456789012345678901234567890,"supply":340282366920938463463374607431768211455}"#;
    let ledger = read(text).unwrap();
    assert_eq!(
        ledger.balance,
        Some(-123_456_789_012_345_678_901_234_567_890)
    );
    assert_eq!(ledger.supply, Some(u128::MAX));
    assert_eq!(serde_json::to_string(&ledger).unwrap(), text);
    assert!(read(r#"{"even": 123456789012345678901234567892}"#).is_ok());
    for text in [
        r#"{"supply": -1}"#,
        r#"{"supply": 340282366920938463463374607431768211456}"#,
        r#"{"even": 123456789012345678901234567891}"#,
        r#"{"capped": 100000000000000000001}"#,
        // What has gone through a `Value` has lost digits.
        r#"{"either": 123456789012345678901234567890}"#,
    ] {
        assert!(read(text).is_err(), "{text}");
    }
    let rounded: serde_json::Value =
        serde_json::from_str(r#"{"balance": 123456789012345678901}"#).unwrap();
    assert!(serde_json::from_value::<Ledger>(rounded).is_err());
    let whole: serde_json::Value = serde_json::from_str(r#"{"balance": 2.0}"#).unwrap();
    assert_eq!(
        serde_json::from_value::<Ledger>(whole).unwrap().balance,
        Some(2)
    );
}

#[test]
fn types_of_other_crates_keep_what_they_read() {
    let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    let meeting = |start: &str| json!({"id": id, "start": start});
    for (start, written) in [
        ("2026-11-21T09:00:00+05:30", "2026-11-21T09:00:00+05:30"),
        ("2026-11-21T09:00:00-08:00", "2026-11-21T09:00:00-08:00"),
        (
            "2026-11-21T09:00:00.123456789Z",
            "2026-11-21T09:00:00.123456789Z",
        ),
        // The same moment and offset, in other words.
        ("2026-11-21T09:00:00+00:00", "2026-11-21T09:00:00Z"),
        ("2026-11-21T09:00:00.10Z", "2026-11-21T09:00:00.100Z"),
    ] {
        let read: Meeting = serde_json::from_value(meeting(start)).unwrap();
        assert_eq!(read.id, uuid::Uuid::parse_str(id).unwrap());
        assert_eq!(serde_json::to_value(&read).unwrap(), meeting(written));
    }
    assert!(refusal::<Meeting>(meeting("2026-11-21T09:00:00")).starts_with("/start: "));
    let broken = json!({"id": "67e55044", "start": "2026-11-21T09:00:00Z"});
    assert!(refusal::<Meeting>(broken).starts_with("/id: "));
    let broken = json!({"id": id, "start": "2026-11-21T09:00:00Z", "days": ["2026-02-30"]});
    assert!(refusal::<Meeting>(broken).starts_with("/days/0: "));
}
