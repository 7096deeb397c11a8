//! The whole target on small type graphs.

mod limits;

use serde_json::json;

use super::{generate, resolve};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::{DocumentId, DocumentSet};
use crate::ir::{
    Additional, Alternative, ArrayType, Checks, Docs, EnumType, EnumValue, Field, Format, MapType,
    Matching, Module, ModuleId, NameHint, NumberBounds, ObjectType, Part, SizeBounds, StringType,
    TupleType, TypeDef, TypeGraph, TypeId, TypeKind, TypeRef, UnionType,
};
use crate::naming::{Book, Places};
use crate::output::OutputFiles;
use crate::schema::kinds::{self, KindSet};
use crate::schema::location::{LocationId, Locations};
use crate::target::TargetInput;

type Kind = TypeKind<'static>;

fn root() -> (Locations<'static>, LocationId) {
    let mut locations = Locations::default();
    let id = locations.document_root(DocumentId::default());
    (locations, id)
}

fn named(name: &'static str, kind: Kind) -> TypeDef<'static> {
    TypeDef {
        name: NameHint::Suggested(name),
        module: ModuleId(0),
        location: root().1,
        docs: Docs::default(),
        kind,
        checks: Vec::new(),
        unsaid: Vec::new(),
    }
}

fn part(of: u32, part: Part<'static>, kind: Kind) -> TypeDef<'static> {
    TypeDef {
        name: NameHint::Derived(TypeId(of), part),
        ..named("", kind)
    }
}

fn to(id: u32) -> TypeRef {
    TypeRef {
        id: TypeId(id),
        nullable: false,
    }
}

fn object(fields: &[(&'static str, u32)]) -> Kind {
    let fields = fields.iter().map(|&(wire, ty)| Field {
        wire,
        docs: Docs::default(),
        ty: to(ty),
        required: false,
        read_only: false,
        write_only: false,
        location: root().1,
    });
    TypeKind::Object(ObjectType {
        fields: fields.collect(),
        additional: Additional::Open,
        patterns: Vec::new(),
        size: SizeBounds::default(),
    })
}

fn text() -> Kind {
    TypeKind::String(StringType::default())
}

fn list(items: u32) -> Kind {
    TypeKind::Array(ArrayType {
        items: to(items),
        size: SizeBounds::default(),
        unique: false,
    })
}

fn one_of(values: &[&'static str]) -> Kind {
    let value = |wire: &&'static str| EnumValue {
        name: None,
        wire,
        description: None,
    };
    TypeKind::Enum(EnumType {
        values: values.iter().map(value).collect(),
    })
}

fn union(alternatives: &[(u32, bool)]) -> Kind {
    let alternatives = (0..).zip(alternatives);
    TypeKind::Union(UnionType {
        alternatives: alternatives
            .map(|(index, &(ty, implied))| Alternative {
                ty: TypeId(ty),
                name: Part::Alternative(index),
                tag_value: None,
                kinds: KindSet::ALL.without(KindSet::of(kinds::Kind::Null)),
                nullable: false,
                implied,
            })
            .collect(),
        matching: Matching::One,
        tag: None,
        is_partial: false,
    })
}

/// The files of these types, and what was said.
fn run(types: Vec<TypeDef<'static>>) -> (OutputFiles, Vec<String>) {
    // What the codecs and tests look like is for the cases to say.
    let mut config = Config::default();
    config.apex.codec = false;
    config.apex.tests = false;
    run_with(types, &config)
}

fn run_with(types: Vec<TypeDef<'static>>, config: &Config) -> (OutputFiles, Vec<String>) {
    let (locations, _) = root();
    let graph = TypeGraph {
        modules: vec![Module {
            document: DocumentId(0),
            stem: "test",
            root: Some(TypeId(0)),
            is_input: true,
        }],
        types,
        checks: Checks::default(),
        locations: Box::leak(Box::new(locations)),
    };
    let (documents, mut book) = (DocumentSet::default(), Book::default());
    let places = Places::new(&graph, &documents, std::iter::empty(), &mut book);
    let input = TargetInput {
        types: &graph,
        documents: &documents,
        places: &places,
        actions: &[],
        lifecycles: &[],
        services: &crate::target::ServiceInput::default(),
    };
    let (mut diagnostics, mut files) = (Diagnostics::default(), OutputFiles::default());
    let resolved = resolve(&input, config, &mut book.apex, &mut diagnostics);
    generate(&input, &resolved, config, &mut diagnostics, &mut files);
    let said = diagnostics.iter();
    let said = said.map(|one| format!("{} {}", one.code, one.message));
    (files, said.collect())
}

/// The declarations of a class, without comments and annotations.
fn members(files: &OutputFiles, class: &str) -> Vec<String> {
    let path = format!("apex/classes/{class}.cls");
    let source = files.iter().find(|(name, _)| *name == path);
    let (_, source) = source.unwrap_or_else(|| panic!("no {class}"));
    source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("public "))
        .map(|line| line.trim_end_matches(" { get; set; }").to_owned())
        .skip(1)
        .collect()
}

fn classes(files: &OutputFiles) -> Vec<&str> {
    files
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("apex/classes/")?.strip_suffix(".cls"))
        .collect()
}

#[test]
fn every_kind_has_an_apex_type() {
    let huge = &*Box::leak(Box::new(serde_json::Number::from(u64::MAX)));
    let bounded = NumberBounds {
        maximum: Some(crate::ir::Bound {
            value: huge,
            exclusive: false,
        }),
        ..NumberBounds::default()
    };
    let date = TypeKind::String(StringType {
        format: Some(Format::Date),
        ..StringType::default()
    });
    let map = TypeKind::Map(MapType {
        values: to(3),
        size: SizeBounds::default(),
        keys: None,
        patterns: Vec::new(),
        is_closed: false,
    });
    let pair = TypeKind::Tuple(TupleType {
        prefix: vec![to(1), to(3)],
        rest: Some(to(7)),
        size: SizeBounds::default(),
        unique: false,
    });
    let literal = TypeKind::Literal(vec![
        Box::leak(Box::new(json!(1))),
        Box::leak(Box::new(json!(2))),
    ]);
    let (files, _) = run(vec![
        named(
            "All",
            object(&[
                ("any", 1),
                ("never", 2),
                ("whole", 3),
                ("huge", 4),
                ("day", 5),
                ("literal", 6),
                ("rows", 8),
                ("labels", 9),
                ("pair", 10),
                ("alias", 11),
                ("nothing", 12),
                ("loop", 13),
            ]),
        ),
        part(0, Part::Property("any"), TypeKind::Any),
        part(0, Part::Property("never"), TypeKind::Never),
        part(
            0,
            Part::Property("whole"),
            TypeKind::Integer(NumberBounds::default()),
        ),
        part(0, Part::Property("huge"), TypeKind::Integer(bounded)),
        part(0, Part::Property("day"), date),
        part(0, Part::Property("literal"), literal),
        part(8, Part::Item, list(3)),
        part(0, Part::Property("rows"), list(7)),
        part(0, Part::Property("labels"), map),
        part(0, Part::Property("pair"), pair),
        part(0, Part::Property("alias"), TypeKind::Alias(to(9))),
        part(0, Part::Property("nothing"), TypeKind::Null),
        part(0, Part::Property("loop"), TypeKind::Alias(to(13))),
    ]);
    assert_eq!(classes(&files), ["All", "AllPair", "AllRow", "LongEntry"]);
    assert_eq!(
        members(&files, "All"),
        [
            "String anyValue",
            "Long whole",
            "Decimal huge",
            "Date day",
            "Integer literal",
            "List<AllRow> rows",
            "List<LongEntry> labels",
            "AllPair pair",
            "List<LongEntry> alias",
            "String nothing",
            "Boolean nothing_set",
            "String loopValue",
        ]
    );
    assert_eq!(members(&files, "AllRow"), ["List<Long> items"]);
    assert_eq!(members(&files, "LongEntry"), ["String key", "Long value"]);
    assert_eq!(
        members(&files, "AllPair"),
        ["String item1", "Long item2", "List<AllRow> rest"]
    );
}

#[test]
fn maps_with_the_same_values_share_the_class_of_their_entries() {
    let map = |values| {
        TypeKind::Map(MapType {
            values: to(values),
            size: SizeBounds::default(),
            keys: None,
            patterns: Vec::new(),
            is_closed: false,
        })
    };
    let (files, _) = run(vec![
        named(
            "Root",
            object(&[
                ("texts", 2),
                ("notes", 3),
                ("rows", 5),
                ("places", 6),
                ("deep", 8),
                ("deeper", 9),
            ]),
        ),
        part(2, Part::Value, text()),
        named("Texts", map(1)),
        part(0, Part::Property("notes"), map(1)),
        part(5, Part::Value, list(1)),
        part(0, Part::Property("rows"), map(4)),
        part(0, Part::Property("places"), map(7)),
        // Takes the name, since a schema says it.
        named("Text entry", object(&[("a", 1)])),
        part(0, Part::Property("deep"), map(6)),
        part(0, Part::Property("deeper"), map(9)),
    ]);
    assert_eq!(
        members(&files, "Root"),
        [
            "List<TextEntry2> texts",
            "List<TextEntry2> notes",
            "List<TextListEntry> rows",
            "List<TextEntryEntry> places",
            "List<RootDeepEntry> deep",
            "List<RootDeeperEntry> deeper",
        ]
    );
    assert_eq!(
        members(&files, "TextListEntry"),
        ["String key", "List<String> value"]
    );
    assert_eq!(
        members(&files, "RootDeeperEntry"),
        ["String key", "List<RootDeeperEntry> value"]
    );
}

#[test]
fn unions_are_as_simple_as_they_can_be() {
    let (files, said) = run(vec![
        named(
            "Root",
            object(&[("open", 3), ("single", 4), ("wrapped", 5), ("self", 6)]),
        ),
        part(3, Part::Alternative(0), text()),
        part(3, Part::Alternative(1), one_of(&["a", "b"])),
        part(0, Part::Property("open"), union(&[(1, false), (2, false)])),
        part(0, Part::Property("single"), union(&[(0, false), (1, true)])),
        part(
            0,
            Part::Property("wrapped"),
            union(&[(0, false), (1, false), (7, false)]),
        ),
        part(0, Part::Property("self"), union(&[(6, false), (1, true)])),
        part(0, Part::Property("flag"), TypeKind::Boolean),
    ]);
    assert_eq!(
        members(&files, "Root"),
        [
            "String open",
            "Root single",
            "RootWrapped wrapped",
            "String self"
        ]
    );
    assert_eq!(classes(&files), ["Root", "RootOpen", "RootWrapped"]);
    assert_eq!(
        members(&files, "RootWrapped"),
        ["Root root", "String stringValue", "Boolean booleanValue"]
    );
    assert!(
        said.iter().any(|line| line.starts_with("FT2002")),
        "{said:?}"
    );
}

#[test]
fn names_are_unique_without_regard_to_case() {
    let (files, said) = run(vec![
        named(
            "Foo",
            object(&[
                ("@type", 1),
                ("links", 1),
                ("_links", 1),
                ("LINKS", 1),
                ("type", 1),
                ("end", 1),
                ("endValue", 1),
                ("foo", 0),
            ]),
        ),
        part(0, Part::Property("links"), text()),
        named("foo", object(&[("a", 1)])),
        named("Account", object(&[("a", 1)])),
        named("Values", one_of(&["<", "all", "less", "Less"])),
    ]);
    assert_eq!(
        members(&files, "Foo"),
        [
            "String atType",
            "String links",
            "String underscoreLinks",
            "String LINKS2",
            "String type",
            "String endValue2",
            "String endValue",
            "Foo foo"
        ]
    );
    assert_eq!(classes(&files), ["AccountData", "Foo", "TestFoo", "Values"]);
    assert!(
        said.iter()
            .any(|line| line == "FT2003 property `end` is field `endValue2` in Apex")
    );
    let constants = members(&files, "Values");
    assert_eq!(constants[0], "static final String LESS = '<';");
    assert_eq!(constants[1], "static final String ALL_VALUE = 'all';");
    assert_eq!(constants[3], "static final String LESS3 = 'Less';");
}

#[test]
fn what_comes_later_renames_nothing() {
    let before = [("$ref", 1), ("end", 1), ("Ref", 1), ("_a", 1)];
    let after = [
        ("$ref", 1),
        ("end", 1),
        ("Ref", 1),
        ("_a", 1),
        ("@a", 1),
        ("ref$", 1),
    ];
    let types = |fields| vec![named("Foo", object(fields)), part(0, Part::Item, text())];
    let mut later = types(&after);
    later.push(named("FOO", object(&[("a", 1)])));
    let (one, other) = (run(types(&before)).0, run(later).0);
    let (one, other) = (members(&one, "Foo"), members(&other, "Foo"));
    assert_eq!(one, other[..4]);
    assert_eq!(one.len() + 2, other.len());
}

#[test]
fn text_of_a_schema_stays_text() {
    let evil = "*/ public class X { } '\\u0027 \n/* @AuraEnabled";
    let mut root = named("Evil", object(&[("x'*/", 1), ("y", 2)]));
    root.docs.title = Some(evil);
    root.docs.description = Some(evil);
    let (files, _) = run(vec![
        root,
        part(0, Part::Property("x"), text()),
        part(0, Part::Property("y"), one_of(&["'; evil();", "*/"])),
    ]);
    let code = |class: &str| {
        let path = format!("apex/classes/{class}.cls");
        let (_, source) = files.iter().find(|(name, _)| *name == path).unwrap();
        without_comments_and_literals(source)
    };
    assert_eq!(
        code("Evil"),
        "public with sharing class Evil { @AuraEnabled public String x { get; set; } \
         @AuraEnabled public String y { get; set; } }"
    );
    assert_eq!(
        code("EvilY"),
        "public with sharing class EvilY { public static final String EVIL = ''; \
         public static final String STAR_SLASH = ''; \
         public static final Set<String> ALL = new Set<String>{ EVIL, STAR_SLASH }; }"
    );
}

/// What is left of Apex for the compiler, with single spaces.
fn without_comments_and_literals(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = &rest[rest[2..].find("*/").unwrap() + 4..];
        } else if c == '\'' {
            code.push_str("''");
            rest = &rest[1..];
            while !rest.starts_with('\'') {
                let length = if rest.starts_with('\\') { 2 } else { 1 };
                rest = &rest[rest.char_indices().nth(length).unwrap().0..];
            }
            rest = &rest[1..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}
