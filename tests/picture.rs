//! Pictures of flows: nothing on top of another, nothing of a flow becomes markup, the same every time.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::process::Command;

use flowtypes::document::DocumentSet;
use flowtypes::internals::picture::{Format, draw};
use flowtypes::internals::{Diagnostics, add_text};

fn drawn(flow: &str, format: Format) -> String {
    let mut documents = DocumentSet::default();
    let mut diagnostics = Diagnostics::default();
    let id = add_text(&mut documents, "flow", flow.to_owned()).unwrap();
    let picture = draw(flow, id, format, &mut diagnostics);
    picture.unwrap_or_else(|| panic!("{:?}", diagnostics.iter().collect::<Vec<_>>()))
}

/// The rectangles of boxes and labels: left, top, right, bottom.
fn rects(svg: &str) -> Vec<[i32; 4]> {
    let tree = roxmltree::Document::parse(svg).unwrap();
    let drawn = tree.descendants().filter(|node| {
        matches!(
            node.attribute("class"),
            Some("box" | "end" | "jump" | "paper")
        )
    });
    drawn
        .map(|node| {
            let of = |name| node.attribute(name).unwrap().parse::<i32>().unwrap();
            let (x, y) = (of("x"), of("y"));
            [x, y, x + of("width"), y + of("height")]
        })
        .collect()
}

fn check(svg: &str, name: &str) {
    let tree = roxmltree::Document::parse(svg).unwrap();
    let size = |name| {
        let text = tree.root_element().attribute(name).unwrap();
        text.parse::<i32>().unwrap()
    };
    let rects = rects(svg);
    for (at, a) in rects.iter().enumerate() {
        assert!(
            a[0] >= 0 && a[1] >= 0 && a[2] <= size("width") && a[3] <= size("height"),
            "{name}"
        );
        for b in &rects[..at] {
            let meets = a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
            assert!(!meets, "{name}: {a:?} and {b:?}");
        }
    }
}

#[test]
fn nothing_covers_anything_in_our_flows() {
    for folder in ["generated/flow/flows", "tests/lint"] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            let is_flow = name.ends_with(".flow-meta.xml");
            if !is_flow || name.contains("Broken_Xml") || name.contains("Broken_Root") {
                continue;
            }
            let svg = drawn(&fs::read_to_string(&path).unwrap(), Format::Svg);
            check(&svg, &name);
            assert_eq!(svg, drawn(&fs::read_to_string(&path).unwrap(), Format::Svg));
        }
    }
}

/// A flow with `count` elements of several kinds that lead anywhere.
fn random(count: usize, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut flow = String::from(
        "<Flow xmlns=\"http://soap.sforce.com/2006/04/metadata\"><label>Random</label><start><connector><targetReference>E0</targetReference></connector></start>",
    );
    for at in 0..count {
        let to = |tag: &str, one: usize| {
            format!("<{tag}><targetReference>E{one}</targetReference></{tag}>")
        };
        // Most ways lead on, as in real flows; some anywhere.
        let mut target = || {
            if next(4) == 0 {
                next(count)
            } else {
                (at + 1 + next(3)).min(count)
            }
        };
        let (a, b, c) = (target(), target(), target());
        let name = format!("<name>E{at}</name><label>Element {at} of this flow</label>");
        flow.push_str(&match next(4) {
            0 => format!(
                "<decisions>{name}{}<rules><label>One</label>{}</rules><rules><label>A longer outcome</label>{}</rules></decisions>",
                to("defaultConnector", a), to("connector", b), to("connector", c)
            ),
            1 => format!("<loops>{name}{}{}</loops>", to("nextValueConnector", a), to("noMoreValuesConnector", b)),
            2 => format!("<actionCalls>{name}{}{}</actionCalls>", to("connector", a), to("faultConnector", b)),
            _ => format!("<assignments>{name}{}</assignments>", to("connector", a)),
        });
    }
    flow + "</Flow>"
}

#[test]
fn nothing_covers_anything_in_any_flow() {
    for seed in 1..200 {
        let flow = random(3 + usize::try_from(seed).unwrap() % 23, seed);
        check(&drawn(&flow, Format::Svg), &format!("seed {seed}: {flow}"));
    }
}

#[test]
fn a_large_flow_takes_no_longer_than_its_size() {
    let flow = random(8_000, 7);
    assert!(drawn(&flow, Format::Svg).len() > flow.len() / 4);
}

#[test]
fn no_text_of_a_flow_becomes_markup() {
    let label = "&quot;]; &lt;script&gt;alert(1)&lt;/script&gt; #35; {{ x }} --&gt; `a` %% 名前";
    let flow = format!(
        "<Flow xmlns=\"http://soap.sforce.com/2006/04/metadata\"><label>{label}</label><start><connector><targetReference>A</targetReference></connector></start><screens><name>A</name><label>{label}</label></screens></Flow>"
    );
    let svg = drawn(&flow, Format::Svg);
    check(&svg, "svg");
    assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"));
    let mermaid = drawn(&flow, Format::Mermaid);
    assert!(!mermaid.contains("<script") && !mermaid.contains("{{") && !mermaid.contains("`"));
    assert!(mermaid.contains("名前"), "{mermaid}");
}

#[test]
fn mermaid_names_outcomes_and_faults() {
    let flow = fs::read_to_string("tests/lint/Good_Shapes.flow-meta.xml").unwrap();
    insta::assert_snapshot!(drawn(&flow, Format::Mermaid));
}

#[test]
fn a_picture_replaces_pictures_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a.mmd");
    let run = |options: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_flowtypes"))
            .args(["picture", "tests/lint/Good_Shapes.flow-meta.xml", "--out"])
            .arg(&out)
            .args(options)
            .output()
            .unwrap();
        (
            run.status.code(),
            String::from_utf8(run.stderr).unwrap(),
            fs::read_to_string(&out).unwrap(),
        )
    };
    let (status, _, first) = run(&[]);
    assert!(
        status == Some(0) && first.contains("flowchart TD"),
        "{first}"
    );
    assert_eq!(run(&[]).0, Some(0));
    fs::write(&out, "mine").unwrap();
    let (status, errors, text) = run(&[]);
    assert!(
        status == Some(1) && errors.contains("FT9001") && text == "mine",
        "{errors}"
    );
    assert_eq!(run(&["--force"]).2, first);
}

#[test]
fn pictures_stand_beside_the_flows_if_somebody_asks_for_them() {
    for (word, ending, format) in [
        ("svg", "svg", Format::Svg),
        ("mermaid", "mmd", Format::Mermaid),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "{{\"schemas\": [\"order.json\"], \"targets\": [\"flow\"], \"flow\": {{\"types\": \"all\", \"pictures\": \"{word}\"}}}}"
        );
        fs::write(folder.path().join("flowtypes.json"), config).unwrap();
        let schema =
            r#"{"title": "Order", "type": "object", "properties": {"note": {"type": "string"}}}"#;
        fs::write(folder.path().join("order.json"), schema).unwrap();
        for (layout, flows) in [("plain", "flow/flows"), ("mdapi", "types/flows")] {
            let done = Command::new(env!("CARGO_BIN_EXE_flowtypes"))
                .current_dir(&folder)
                .args(["generate", "--out", layout, "--layout", layout])
                .output()
                .unwrap();
            assert!(done.status.success(), "{done:?}");
            let out = folder.path().join(layout);
            let flow = fs::read_dir(out.join(flows)).unwrap().next().unwrap();
            let flow = fs::read_to_string(flow.unwrap().path()).unwrap();
            let picture = out.join(format!("flow/pictures/Enter_Order.{ending}"));
            let picture = fs::read_to_string(picture).unwrap();
            assert_eq!(picture.trim_end(), drawn(&flow, format).trim_end());
        }
    }
}
