//! SVG: boxes in rows and columns, lines between them, nothing on top of another.

use askama::Template;

use super::MARK;
use super::escaped;
use super::measure::{cut, rows, width};
use super::route::{Map, Rect};
use super::sketch::{Line, Shape, Sketch};
use crate::target::flow::layout::{self, Edge};

const WIDTH: i32 = 216;
const HEIGHT: i32 = 66;
const PILL: i32 = 30;
const MARGIN: i32 = 32;
const HEAD: i32 = 64;
/// How far below a box its lines part.
const FORK: i32 = 16;
/// How far above a box the lines to it meet.
const MEET: i32 = 34;
/// How far to the right of an element a jump stands, so that there is room for a label.
const BESIDE: i32 = 64;
/// The rows of the layout are 108 apart; labels need some more.
const STRETCH: (i32, i32) = (5, 4);

#[derive(Template)]
#[template(path = "picture/flow.svg", config = "templates/askama.toml")]
struct Drawing {
    mark: &'static str,
    width: i32,
    height: i32,
    title: String,
    subtitle: String,
    lines: Vec<LineView>,
    boxes: Vec<BoxView>,
    labels: Vec<LabelView>,
    has_faults: bool,
}

struct LineView {
    class: &'static str,
    path: String,
}

struct BoxView {
    class: &'static str,
    x: i32,
    y: i32,
    width: i32,
    height: i32,
    radius: i32,
    title: String,
    bar: Option<&'static str>,
    texts: Vec<TextView>,
}

struct TextView {
    class: &'static str,
    x: i32,
    y: i32,
    text: String,
}

struct LabelView {
    class: &'static str,
    x: i32,
    y: i32,
    left: i32,
    top: i32,
    width: i32,
    text: String,
}

/// Draws a flow.
pub(super) fn draw(sketch: &Sketch) -> Result<String, askama::Error> {
    let mut rects = rects(sketch);
    let mut map = beside(sketch, &mut rects);
    let boxes = sketch
        .nodes
        .iter()
        .zip(&rects)
        .map(|(node, rect)| box_view(&node.shape, &node.title, *rect))
        .collect();
    let mut lines = Vec::new();
    let mut labels = Vec::new();
    let mut bounds = rects.clone();
    // Lines to the next row first: the places of their labels are given.
    let is_near = |line: &Line| rects[line.to].top - rects[line.from].bottom < HEIGHT + MEET;
    let (near, far): (Vec<&Line>, Vec<&Line>) = sketch.lines.iter().partition(|line| is_near(line));
    for (line, is_near) in near
        .into_iter()
        .map(|one| (one, true))
        .chain(far.into_iter().map(|one| (one, false)))
    {
        let (from, to) = (rects[line.from], rects[line.to]);
        let (path, lane, top, bottom) = path(line, from, to, is_near, &map);
        bounds.push(Rect {
            left: lane,
            top,
            right: lane,
            bottom,
        });
        let class = if line.is_fault { "fault" } else { "way" };
        lines.push(LineView { class, path });
        if !line.label.is_empty() {
            labels.push(label(line, lane, top, bottom, &mut map, &mut bounds));
        }
    }
    let left = bounds.iter().map(|one| one.left).min().unwrap_or(0) - MARGIN;
    let right = bounds.iter().map(|one| one.right).max().unwrap_or(0) + MARGIN;
    let bottom = bounds.iter().map(|one| one.bottom).max().unwrap_or(0) + MARGIN;
    let mut drawing = Drawing {
        mark: MARK,
        width: (right - left)
            .max(width(&sketch.title, 13) + 2 * MARGIN)
            .max(360),
        height: bottom,
        title: escaped(&sketch.title),
        subtitle: escaped(&sketch.subtitle),
        lines,
        boxes,
        labels,
        has_faults: sketch.lines.iter().any(|line| line.is_fault),
    };
    drawing.shift(-left);
    drawing.render()
}

impl Drawing {
    fn shift(&mut self, by: i32) {
        for one in &mut self.boxes {
            one.x += by;
            one.texts.iter_mut().for_each(|text| text.x += by);
        }
        for one in &mut self.labels {
            one.x += by;
            one.left += by;
        }
        for one in &mut self.lines {
            one.path = one
                .path
                .split(' ')
                .map(|step| shifted(step, by))
                .collect::<Vec<_>>()
                .join(" ");
        }
    }
}

/// A step of a path, `M1,2`, `H1` or `V1`, moved to the right.
fn shifted(step: &str, by: i32) -> String {
    let (command, numbers) = step.split_at(1);
    match (command, numbers.split_once(',')) {
        ("M", Some((x, y))) => format!("M{},{y}", x.parse().unwrap_or(0) + by),
        ("H", _) => format!("H{}", numbers.parse().unwrap_or(0) + by),
        _ => step.to_owned(),
    }
}

/// The rectangle of each node.
fn rects(sketch: &Sketch) -> Vec<Rect> {
    let count = sketch.nodes.len();
    // What no line leads to hangs, like the start, on a root that is not drawn.
    let roots = std::iter::once(0).chain(sketch.islands.iter().copied());
    let mut edges: Vec<Edge> = roots
        .map(|to| Edge {
            from: count,
            to,
            fault: false,
        })
        .collect();
    edges.extend(sketch.lines.iter().map(|line| Edge {
        from: line.from,
        to: line.to,
        fault: line.is_fault,
    }));
    let places = layout::places(count + 1, count, &edges);
    let first = places.first().map_or(0, |(_, y)| *y);
    let place = |at: usize| {
        let (x, y) = places.get(at).copied().unwrap_or((0, first));
        (x, HEAD + MARGIN + (y - first) * STRETCH.0 / STRETCH.1)
    };
    (0..count)
        .map(|at| {
            let node = &sketch.nodes[at];
            let (x, y) = place(at);
            // The start stands near to what it leads to.
            let y = if at == 0 { y + HEIGHT - PILL } else { y };
            let (width, height) = match node.shape {
                Shape::Element(..) => (WIDTH, HEIGHT),
                Shape::Start | Shape::End => (84, PILL),
                Shape::Jump(_) => ((width(&cut(&node.title, 24), 8) + 44).min(WIDTH), PILL),
            };
            Rect {
                left: x - width / 2,
                top: y,
                right: x + width / 2,
                bottom: y + height,
            }
        })
        .collect()
}

/// Moves jumps after faults to the side of the element that has failed, as near as there is room; gives the map of
/// all boxes.
fn beside(sketch: &Sketch, rects: &mut [Rect]) -> Map {
    let mut map = Map::default();
    let is_jump =
        |line: &Line| line.is_fault && matches!(sketch.nodes[line.to].shape, Shape::Jump(_));
    let moved: Vec<usize> = sketch
        .lines
        .iter()
        .filter(|line| is_jump(line))
        .map(|line| line.to)
        .collect();
    let moves: std::collections::HashSet<usize> = moved.into_iter().collect();
    for (at, rect) in rects.iter().enumerate() {
        if !moves.contains(&at) {
            map.add(*rect);
        }
    }
    for line in sketch.lines.iter().filter(|line| is_jump(line)) {
        let (from, old) = (rects[line.from], rects[line.to]);
        let (width, height) = (old.right - old.left, old.bottom - old.top);
        let middle = (from.top + from.bottom) / 2;
        let place = |left: i32| Rect {
            left,
            top: middle - height / 2,
            right: left + width,
            bottom: middle + height / 2,
        };
        let first = from.right + BESIDE;
        let room = (0..400)
            .map(|step| first + step * 24)
            .take_while(|left| *left < old.left);
        let found = room.map(place).find(|rect| {
            map.is_free(&Rect {
                left: from.right + 1,
                right: rect.right + FORK,
                ..*rect
            })
        });
        rects[line.to] = found.unwrap_or(old);
        map.add(rects[line.to]);
    }
    map
}

/// The path of a line; where it goes down, from where, and to where.
fn path(line: &Line, from: Rect, to: Rect, is_near: bool, map: &Map) -> (String, i32, i32, i32) {
    let (sx, tx) = (middle(from), middle(to));
    if line.is_fault {
        let y = (from.top + from.bottom) / 2;
        let sx = from.right;
        if to.top < y && y < to.bottom {
            return (
                format!("M{sx},{y} H{}", to.left),
                (sx + to.left) / 2,
                y - 20,
                y + 6,
            );
        }
        if tx > sx {
            return (format!("M{sx},{y} H{tx} V{}", to.top), tx, y, to.top - 6);
        }
    }
    if is_near {
        let fork = from.bottom + FORK;
        let path = if sx == tx {
            format!("M{sx},{} V{}", from.bottom, to.top)
        } else {
            format!("M{sx},{} V{fork} H{tx} V{}", from.bottom, to.top)
        };
        return (path, tx, fork, to.top);
    }
    let (fork, meet) = (from.bottom + FORK, to.top - MEET);
    let lane = map.lane(sx, fork, meet);
    let path = format!(
        "M{sx},{} V{fork} H{lane} V{meet} H{tx} V{}",
        from.bottom, to.top
    );
    (path, lane, fork, meet)
}

fn middle(rect: Rect) -> i32 {
    (rect.left + rect.right) / 2
}

/// Puts a label on the part of its line that goes down, where it covers nothing.
fn label(
    line: &Line,
    x: i32,
    top: i32,
    bottom: i32,
    map: &mut Map,
    bounds: &mut Vec<Rect>,
) -> LabelView {
    let text = cut(&line.label, 32);
    let half = width(&text, 7) / 2 + 6;
    let rect = |y: i32| Rect {
        left: x - half,
        top: y - 9,
        right: x + half,
        bottom: y + 9,
    };
    // From above the next element upwards for a line to the next row, else from the top down.
    let first = if line.is_fault {
        bottom - 16
    } else {
        (bottom - 16).min(top + 23)
    };
    let y = (0..16)
        .flat_map(|step| [first + step * 20, first - step * 20])
        .find(|y| *y > top && *y < bottom && map.is_free(&rect(*y)))
        .unwrap_or(first);
    let rect = rect(y);
    map.add(rect);
    bounds.push(rect);
    LabelView {
        class: if line.is_fault {
            "label faulty"
        } else {
            "label"
        },
        x,
        y: y + 4,
        left: rect.left,
        top: rect.top,
        width: rect.right - rect.left,
        text: escaped(&text),
    }
}

fn box_view(shape: &Shape, title: &str, rect: Rect) -> BoxView {
    let (x, y) = (rect.left, rect.top);
    let center = middle(rect);
    let pill = |class: &'static str, text: String| BoxView {
        class,
        x,
        y,
        width: rect.right - rect.left,
        height: rect.bottom - rect.top,
        radius: PILL / 2,
        title: escaped(title),
        bar: None,
        texts: vec![TextView {
            class: "pill",
            x: center,
            y: y + 19,
            text: escaped(&text),
        }],
    };
    let (kind, tag) = match shape {
        Shape::Start | Shape::End => return pill("end", title.to_owned()),
        Shape::Jump(_) => return pill("jump", format!("→ {}", cut(title, 24))),
        Shape::Element(kind, tag) => (kind, *tag),
    };
    let mut texts = vec![TextView {
        class: "kind",
        x: x + 18,
        y: y + 18,
        text: escaped(&cut(kind, 30)),
    }];
    for (row, text) in (0..).zip(rows(title)) {
        texts.push(TextView {
            class: "name",
            x: x + 18,
            y: y + 36 + row * 17,
            text: escaped(&text),
        });
    }
    BoxView {
        class: "box",
        x,
        y,
        width: WIDTH,
        height: HEIGHT,
        radius: 6,
        title: escaped(title),
        bar: Some(color(tag)),
        texts,
    }
}

fn color(tag: &str) -> &'static str {
    match tag {
        "decisions"
        | "loops"
        | "waits"
        | "assignments"
        | "experiments"
        | "transforms"
        | "collectionProcessors" => "#dd7a01",
        "recordCreates" | "recordDeletes" | "recordLookups" | "recordUpdates"
        | "recordRollbacks" => "#d13b6c",
        "screens" | "orchestratedStages" | "steps" => "#0b5cab",
        "customErrors" => "#c23934",
        _ => "#032d60",
    }
}
