//! The file that keeps names: when it is written, what it is for, and what is said about one that is broken.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use flowtypes::Generator;

const LOCK: &str = "flowtypes.lock.json";

/// A folder with a configuration, and schemas in `schemas/`.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(config: &str, schemas: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("flowtypes.json", config);
        for (name, text) in schemas {
            folder.write(&format!("schemas/{name}.json"), text);
        }
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_flowtypes"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {said}");
        said
    }

    fn fail(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap()
    }

    fn has_class(&self, name: &str) -> bool {
        self.has(&format!("generated/apex/classes/{name}.cls"))
    }
}

fn order(title: &str, properties: &str) -> String {
    format!(r#"{{"title": "{title}", "type": "object", "properties": {{{properties}}}}}"#)
}

#[test]
fn the_first_run_writes_it_and_the_second_changes_nothing() {
    let folder = Folder::new(
        "{}",
        &[("order", &order("Parcel", r#""id": {"type": "string"}"#))],
    );
    assert!(folder.fail(&["check"]).contains("+    \"order#\": {"));
    assert!(!folder.has(LOCK));
    folder.succeed(&["generate"]);
    let first = folder.read(LOCK);
    assert!(first.contains("\"class\": \"Parcel\""), "{first}");
    assert!(
        first.contains("\"order\": \"schemas/order.json\""),
        "{first}"
    );
    assert!(first.ends_with("}\n") && !first.contains(folder.0.path().to_str().unwrap()));
    folder.succeed(&["check"]);
    folder.succeed(&["generate"]);
    assert_eq!(folder.read(LOCK), first);
    folder.write(LOCK, &first.replace("\"apexPrefix\"", "\"apexPrefix\" "));
    folder.succeed(&["dump", "--stage", "types"]);
    fs::remove_file(folder.path(LOCK)).unwrap();
    assert!(folder.fail(&["check"]).contains(LOCK));
    folder.succeed(&["dump", "--stage", "types"]);
    assert!(!folder.has(LOCK));
}

#[test]
fn it_can_be_elsewhere_or_nowhere() {
    let schema = order("Parcel", r#""id": {"type": "string"}"#);
    let folder = Folder::new(r#"{"lock": "kept/names.json"}"#, &[("order", &schema)]);
    folder.succeed(&["generate"]);
    assert!(folder.has("kept/names.json") && !folder.has(LOCK));
    folder.succeed(&["generate", "--lock", "mine.json"]);
    assert!(folder.has("mine.json"));
    folder.write("flowtypes.json", r#"{"lock": false}"#);
    folder.succeed(&["generate"]);
    assert!(!folder.has(LOCK));
    folder.write("flowtypes.json", "{}");
    folder.succeed(&["generate", "--no-lock"]);
    assert!(!folder.has(LOCK));
    // Without a configuration nothing says where the project is, but for its output.
    fs::remove_file(folder.path("flowtypes.json")).unwrap();
    folder.succeed(&["generate"]);
    assert!(!folder.has(LOCK) && folder.has("generated/flowtypes.lock.json"));
}

#[test]
fn a_new_property_does_not_take_the_name_of_a_field_or_its_twin() {
    let nullable = r#""a": {"type": ["string", "null"]}, "x-y": {"type": "string"}"#;
    let folder = Folder::new("{}", &[("order", &order("Parcel", nullable))]);
    folder.succeed(&["generate"]);
    let class = "generated/apex/classes/Parcel.cls";
    assert!(folder.read(class).contains(" Boolean a_set {"));
    let more =
        r#""a_set": {"type": "integer"}, "xY": {"type": "integer"}, "x_y": {"type": "integer"}, "#;
    folder.write(
        "schemas/order.json",
        &order("Parcel", &format!("{more}{nullable}")),
    );
    folder.succeed(&["generate"]);
    let text = folder.read(class);
    assert!(
        text.contains(" Boolean a_set {") && text.contains(" Long a_set2 {"),
        "{text}"
    );
    assert!(
        text.contains(" String xY {") && text.contains(" Long xY2 {"),
        "{text}"
    );
    let rust = folder.read("generated/rust/order.rs");
    assert!(rust.contains("pub x_y: Option<String>"), "{rust}");
}

#[test]
fn an_earlier_type_of_the_same_name_gets_another_one() {
    let line = r#""line": {"type": "object", "properties": {"a": {"type": "string"}}}"#;
    let folder = Folder::new(
        "{}",
        &[
            ("order", &order("Order line", r#""n": {"type": "string"}"#)),
            ("q", &order("Order", line)),
        ],
    );
    folder.succeed(&["generate"]);
    assert!(folder.read(LOCK).contains("\"class\": \"OrderLine2\""));
    folder.write(
        "schemas/a.json",
        &order("Order line", r#""z": {"type": "string"}"#),
    );
    fs::remove_file(folder.path("schemas/order.json")).unwrap();
    folder.succeed(&["generate"]);
    let class = |name: &str| folder.read(&format!("generated/apex/classes/{name}.cls"));
    assert!(class("OrderLine2").contains("String a {"));
    assert!(
        !folder.has_class("OrderLine"),
        "the name of what is gone is free"
    );
    // What returns has its name again.
    folder.write(
        "schemas/order.json",
        &order("Order line", r#""n": {"type": "string"}"#),
    );
    folder.succeed(&["generate"]);
    assert!(class("OrderLine").contains("String n {"));
}

#[test]
fn two_places_that_share_a_type_do_not_rename_it() {
    let shared = r##""b": {"$ref": "#/properties/z"}, "z": {"type": "object", "properties": {"n": {"type": "string"}}}"##;
    let folder = Folder::new("{}", &[("order", &order("Order", shared))]);
    folder.succeed(&["generate"]);
    assert!(folder.has_class("OrderB"));
    let more = r##""a": {"$ref": "#/properties/z"}, "##;
    folder.write(
        "schemas/order.json",
        &order("Order", &format!("{more}{shared}")),
    );
    folder.succeed(&["generate"]);
    assert!(folder.has_class("OrderB") && !folder.has_class("OrderA"));
}

#[test]
fn an_alternative_at_the_start_takes_no_name_of_another() {
    let pet = |name: &str| {
        format!(
            r#"{{"title": "{name}", "type": "object", "properties": {{"{name}": {{"type": "string"}}}}}}"#
        )
    };
    let union = |pets: &[&str]| {
        let pets: Vec<String> = pets.iter().map(|name| pet(name)).collect();
        order(
            "House",
            &format!(r#""pet": {{"oneOf": [{}]}}"#, pets.join(",")),
        )
    };
    let folder = Folder::new("{}", &[("house", &union(&["Cat", "Dog"]))]);
    folder.succeed(&["generate"]);
    let class = |name: &str| folder.read(&format!("generated/apex/classes/{name}.cls"));
    let (cat, dog) = (class("Cat"), class("Dog"));
    folder.write("schemas/house.json", &union(&["Ant", "Dog", "Cat"]));
    folder.succeed(&["generate"]);
    assert_eq!((class("Cat"), class("Dog")), (cat, dog));
    assert!(class("Ant").contains("String Ant {"));
}

#[test]
fn names_of_what_is_gone_stay_until_they_are_pruned() {
    let schema = order("Parcel", r#""id": {"type": "string"}"#);
    let folder = Folder::new(
        "{}",
        &[
            ("order", &schema),
            ("bill", &order("Bill", r#""n": {"type": "string"}"#)),
        ],
    );
    folder.succeed(&["generate"]);
    fs::remove_file(folder.path("schemas/bill.json")).unwrap();
    folder.succeed(&["generate"]);
    assert!(folder.read(LOCK).contains("\"class\": \"Bill\""));
    folder.succeed(&["generate", "--prune-lock", "--target", "apex"]);
    assert!(!folder.read(LOCK).contains("\"class\": \"Bill\""));
    assert!(
        folder.read(LOCK).contains("\"type\": \"Bill\""),
        "another target was not asked"
    );
    folder.succeed(&["generate", "--prune-lock"]);
    assert!(
        !folder.read(LOCK).contains("ill\""),
        "{}",
        folder.read(LOCK)
    );
    folder.succeed(&["check"]);
}

#[test]
fn a_file_that_moves_and_one_of_the_same_stem_rename_nothing() {
    let folder = Folder::new(r#"{"schemas": ["a", "b"]}"#, &[]);
    folder.write(
        "b/order.json",
        &order("Parcel", r#""n": {"type": "string"}"#),
    );
    folder.write(
        "a/other.json",
        &order("Other", r#""n": {"type": "string"}"#),
    );
    folder.succeed(&["generate"]);
    folder.write(
        "a/order.json",
        &order("Parcel", r#""z": {"type": "string"}"#),
    );
    folder.succeed(&["generate"]);
    let class = |name: &str| folder.read(&format!("generated/apex/classes/{name}.cls"));
    assert!(class("Parcel").contains("String n {"));
    assert!(
        folder.read(LOCK).contains("\"a/order#\""),
        "{}",
        folder.read(LOCK)
    );
    fs::rename(folder.path("b/order.json"), folder.path("b/purchase.json")).unwrap();
    fs::rename(folder.path("a/other.json"), folder.path("b/other.json")).unwrap();
    folder.succeed(&["generate"]);
    assert!(folder.read(LOCK).contains("\"other\": \"b/other.json\""));
}

#[test]
fn another_prefix_renames_all_classes_and_keeps_the_rest() {
    let config = |prefix: &str| format!(r#"{{"apex": {{"classPrefix": "{prefix}"}}}}"#);
    let schemas = [
        ("error", order("Error", r#""id": {"type": "string"}"#)),
        ("order", order("Order two", r#""id": {"type": "string"}"#)),
    ];
    let schemas: Vec<(&str, &str)> = schemas
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let folder = Folder::new(&config("Agf"), &schemas);
    folder.succeed(&["generate"]);
    let lock = folder.read(LOCK).replace("AgfOrderTwo", "AgfPurchase");
    folder.write(LOCK, &lock);
    folder.write("flowtypes.json", &config("My"));
    folder.succeed(&["generate"]);
    assert!(folder.has_class("MyPurchase") && folder.has_class("MyError"));
    // `Error` alone would hide a type of the platform.
    folder.write("flowtypes.json", &config(""));
    let said = folder.succeed(&["generate"]);
    assert!(folder.has_class("Purchase") && folder.has_class("ErrorData"));
    assert!(said.contains("FT0054") && said.contains(LOCK), "{said}");
    assert!(!folder.succeed(&["generate"]).contains("FT0054"));
}

#[test]
fn no_text_of_it_is_code() {
    let folder = Folder::new(
        "{}",
        &[("order", &order("Parcel", r#""id": {"type": "string"}"#))],
    );
    folder.succeed(&["generate"]);
    let lock = folder.read(LOCK);
    for (good, bad) in [
        ("\"class\": \"Parcel\"", "\"class\": \"Parcel { } class X\""),
        ("\"class\": \"Parcel\"", "\"class\": \"../../Parcel\""),
        ("\"class\": \"Parcel\"", "\"class\": \"Account\""),
        ("\"type\": \"Parcel\"", "\"type\": \"Vec\""),
        ("\"type\": \"Parcel\"", "\"type\": \"Parcel; fn f() {}\""),
        ("\"module\": \"order\"", "\"module\": \"../order\""),
        ("\"id\": \"id\"", "\"id\": \"system\""),
        ("\"id\": \"id\"", "\"id\": \"id__c\""),
    ] {
        let broken = if good.contains("id") {
            // The last one is the field of the class.
            let at = lock.rfind(good).unwrap_or_default();
            let at = lock
                .find("\"apex\"")
                .map_or(at, |apex| apex + lock[apex..].find(good).unwrap());
            format!("{}{bad}{}", &lock[..at], &lock[at + good.len()..])
        } else {
            lock.replace(good, bad)
        };
        assert_ne!(broken, lock);
        folder.write(LOCK, &broken);
        let said = folder.succeed(&["generate"]);
        assert!(said.contains("warning[FT0054]"), "{bad}: {said}");
        assert_eq!(folder.read(LOCK), lock, "{bad}");
        folder.succeed(&["check"]);
    }
}

#[test]
fn what_is_broken_is_said_with_its_place_and_left_alone() {
    let folder = Folder::new(
        "{}",
        &[("order", &order("Parcel", r#""id": {"type": "string"}"#))],
    );
    folder.succeed(&["generate"]);
    let lock = folder.read(LOCK);
    for (broken, code, place) in [
        (
            lock.replace("\"version\": 1", "\"version\": 2"),
            "FT0053",
            "flowtypes.lock.json:2:",
        ),
        (
            lock.replace("  \"rust\"", "<<<<<<< HEAD\n  \"rust\""),
            "FT0002",
            "flowtypes.lock.json:",
        ),
        (
            lock.replace("  \"rust\"", "  \"cobol\": {},\n  \"rust\""),
            "FT0053",
            "flowtypes.lock.json:",
        ),
        (
            lock.replace(
                "\"class\": \"Parcel\"",
                "\"class\": \"A\", \"class\": \"B\"",
            ),
            "FT0053",
            "flowtypes.lock.json:",
        ),
        (String::new(), "FT0002", "flowtypes.lock.json:1:"),
    ] {
        assert_ne!(broken, lock);
        folder.write(LOCK, &broken);
        for command in ["generate", "check"] {
            let said = folder.fail(&[command]);
            assert!(said.contains(code) && said.contains(place), "{said}");
        }
        assert_eq!(folder.read(LOCK), broken);
    }
}

#[test]
fn names_can_be_asked_for() {
    let schema = order(
        "Order",
        r#""qty": {"type": "integer"}, "total": {"type": "number"}, "line": {"type": "object", "properties": {"r": {"type": "string"}}}"#,
    );
    let folder = Folder::new(
        r##"{"apex": {"classPrefix": "Agf", "names": {"order#": "Purchase", "order#/properties/qty": "quantity", "order#/properties/line": "Item"}}}"##,
        &[("order", &schema)],
    );
    folder.succeed(&["generate"]);
    let text = folder.read("generated/apex/classes/Purchase.cls");
    assert!(
        text.contains(" Long quantity {") && text.contains(" Item line {"),
        "{text}"
    );
    let names = |names: &str| {
        folder.write(
            "flowtypes.json",
            &format!(r#"{{"apex": {{"names": {{{names}}}}}}}"#),
        );
    };
    // They stay when nobody asks any more.
    names("");
    folder.succeed(&["generate"]);
    assert!(folder.has_class("Purchase"));
    for (asked, part) in [
        (r##""order#": "Bad__Name""##, "cannot call the class"),
        (
            r##""order#": "Account""##,
            "a type or an object of the platform",
        ),
        (r##""order#": "OrderException""##, "only exceptions"),
        (
            r##""order#": "OrderWithANameThatIsFarTooLongForAClass""##,
            "longer than 36",
        ),
        (
            r##""order#": "OrderWithANameThatLeavesRoomForATest""##,
            "longer than 32",
        ),
        (r##""order#/properties/qty": "end""##, "reserved word"),
        (
            r##""order#/properties/qty": "total""##,
            "asks for \"total\"",
        ),
        (r##""order#": "Item""##, "asks for \"Item\""),
        (
            r##""order#": "Same", "order#/properties/line": "SAME""##,
            "which another one has",
        ),
    ] {
        names(asked);
        let said = folder.fail(&["generate"]);
        assert!(
            said.contains("FT0050") && said.contains(part),
            "{asked}: {said}"
        );
    }
    // Both at once is a way out.
    names(r##""order#": "Item", "order#/properties/line": "Purchase""##);
    folder.succeed(&["generate"]);
    assert!(
        folder
            .read("generated/apex/classes/Item.cls")
            .contains(" Purchase line {")
    );
    names(r##""order#/properties/totl": "sum""##);
    assert!(folder.succeed(&["generate"]).contains("FT0052"));
    // The constants of an enum have a test beside them and nothing else.
    let long = "UnitsWithANameThatLeavesRoomForATest";
    let unit = r#""unit": {"enum": ["piece", "box"]}"#;
    folder.write("schemas/order.json", &order("Order", unit));
    names(&format!(r#""order#/properties/unit": "{long}""#));
    folder.succeed(&["generate"]);
    assert!(folder.has_class(long));
}

#[test]
fn a_single_file_and_a_build_script_have_the_names_of_the_lock() {
    let folder = Folder::new(
        "{}",
        &[("order", &order("Parcel", r#""id": {"type": "string"}"#))],
    );
    folder.succeed(&["generate", "--target", "rust"]);
    let lock = folder
        .read(LOCK)
        .replace("\"type\": \"Parcel\"", "\"type\": \"Package\"");
    folder.write(LOCK, &lock);
    let out = folder.path("out");
    fs::create_dir(&out).unwrap();
    let script = || {
        let config = folder.path("flowtypes.json");
        let generator = Generator::from_config_file(config).map_err(|failure| failure.report);
        generator.unwrap().out_dir(&out).build_script().unwrap();
        folder.read("out/flowtypes.rs")
    };
    assert!(script().contains("pub struct Package"));
    assert_eq!(folder.read(LOCK), lock, "a build script writes no lock");
    let single = ["--target", "rust", "--single-file", "one.rs"];
    let with = |command| [&[command], &single[..]].concat();
    folder.succeed(&with("generate"));
    assert!(folder.read("one.rs").contains("pub struct Package"));
    assert!(folder.read(LOCK).contains("\"fileType\": \"Package\""));
    folder.succeed(&with("check"));
    folder.write(
        "schemas/a.json",
        &order("Package", r#""z": {"type": "string"}"#),
    );
    assert!(
        folder
            .fail(&with("check"))
            .contains("+      \"fileType\": \"Package2\"")
    );
    folder.succeed(&with("generate"));
    assert!(folder.read("one.rs").contains("pub struct Package2"));
}

#[test]
fn the_resources_of_a_flow_stay_and_can_be_named() {
    let property = |name: &str| format!(r#""{name}": {{"title": "Reason", "type": "string"}}"#);
    let schema = |names: &[&str]| {
        let properties: Vec<String> = names.iter().map(|name| property(name)).collect();
        let required: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        format!(
            r#"{{"type": "object", "properties": {{{}}}, "required": [{}]}}"#,
            properties.join(","),
            required.join(",")
        )
    };
    let folder = Folder::new(
        r#"{"actions": ["actions"]}"#,
        &[("thing", &schema(&["why"]))],
    );
    let action = |label: &str| {
        format!(
            r#"{{"label": "{label}", "actionName": "Things.do", "actionType": "api", "inputs": [
                {{"name": "id", "label": "Thing ID", "required": true, "type": "String"}},
                {{"name": "body", "label": "Thing", "required": true, "type": {{"apexClass": "NS__Thing", "schema": "thing"}}}}
            ], "outputs": [{{"name": "200", "label": "200", "kind": "success"}}]}}"#
        )
    };
    folder.write("actions/do-thing.json", &action("Do Thing"));
    folder.succeed(&["generate"]);
    let flow = |name: &str| folder.read(&format!("generated/flow/flows/{name}.flow-meta.xml"));
    let assigned = |flow: &str, property: &str, variable: &str| {
        let start = flow.find(&format!("Thing.{property}<")).unwrap();
        let value = flow[start..].split("<elementReference>").nth(1).unwrap();
        assert!(
            value.starts_with(&format!("{variable}<")),
            "{property}: {value}"
        );
    };
    assigned(&flow("Do_Thing"), "why", "Reason");
    folder.write("schemas/thing.json", &schema(&["first", "why"]));
    folder.write("actions/do-thing.json", &action("Do Another Thing"));
    folder.succeed(&["generate"]);
    assigned(&flow("Do_Thing"), "why", "Reason");
    assigned(&flow("Do_Thing"), "first", "Thing_Reason");
    let config = |names: &str| {
        let text = format!(r#"{{"actions": ["actions"], "flow": {{"names": {{{names}}}}}}}"#);
        folder.write("flowtypes.json", &text);
    };
    config(
        r##""do-thing#": "Mine", "do-thing#/inputs/0": "Key", "thing#/properties/first": "Cause""##,
    );
    folder.succeed(&["generate"]);
    let text = flow("Mine");
    assigned(&text, "first", "Cause");
    assert!(text.contains("<name>Key</name>") && !text.contains("<name>Thing_ID</name>"));
    for (names, code) in [
        (r##""do-thing#": "no__name""##, "FT0050"),
        (r##""thing#/properties/first": "State""##, "FT0050"),
        (r##""thing#/properties/first": "reason""##, "FT0050"),
    ] {
        config(names);
        assert!(folder.fail(&["generate"]).contains(code), "{names}");
    }
    config(r##""do-thing#/inputs/7": "Key""##);
    assert!(folder.succeed(&["generate"]).contains("FT0052"));
}

#[test]
fn a_type_that_stands_in_no_file_keeps_its_name() {
    let id = r#""id": {"type": "string", "format": "uuid"}"#;
    let folder = Folder::new(
        r#"{"formats": "assertion", "targets": ["rust"]}"#,
        &[("order", &order("Order", id))],
    );
    folder.succeed(&["generate"]);
    let lock = folder.read(LOCK);
    assert!(
        lock.contains("\"string uuid\": {\n      \"type\": \"Uuid\""),
        "{lock}"
    );
    folder.write(LOCK, &lock.replace("\"Uuid\"", "\"Key\""));
    folder.succeed(&["generate"]);
    assert!(
        folder
            .read("generated/rust/order.rs")
            .contains("pub struct Key(")
    );
}
