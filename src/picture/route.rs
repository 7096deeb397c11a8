//! Lines that go around boxes, and labels that cover nothing.

use std::cell::Cell;
use std::collections::HashMap;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rect {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Rect {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// The side of a tile of the map: about the distance of two boxes.
const TILE: i32 = 256;

/// How far a line keeps from a box.
const GAP: i32 = 12;

/// How many boxes a line may go around.
const MAX_DETOURS: usize = 64;

/// How many tiles are looked at for all lines together; beyond it they go straight, so that a picture of any flow is done
/// in time.
const MAX_LOOKS: usize = 4_000_000;

/// What is on the canvas already, by tiles, so that a look around costs the same everywhere.
#[derive(Debug, Default)]
pub(super) struct Map {
    tiles: HashMap<(i32, i32), Vec<Rect>>,
    looks: Cell<usize>,
}

impl Map {
    /// Puts something on the canvas.
    pub fn add(&mut self, rect: Rect) {
        for tile in tiles(&rect) {
            self.tiles.entry(tile).or_default().push(rect);
        }
    }

    /// What a rectangle would cover.
    fn hit(&self, rect: &Rect) -> Option<Rect> {
        let mut boxes = tiles(rect)
            .inspect(|_| self.looks.set(self.looks.get() + 1))
            .filter_map(|tile| self.tiles.get(&tile))
            .flatten();
        boxes.find(|one| one.meets(rect)).copied()
    }

    /// Whether nothing is there.
    pub fn is_free(&self, rect: &Rect) -> bool {
        self.hit(rect).is_none()
    }

    /// The place nearest to `x` where a line can go straight down from `top` to `bottom`.
    pub fn lane(&self, x: i32, top: i32, bottom: i32) -> i32 {
        let left = self.free_from(x, top, bottom, -1);
        let right = self.free_from(x, top, bottom, 1);
        match (left, right) {
            (Some(left), Some(right)) if x - left < right - x => left,
            (_, Some(right)) => right,
            (Some(left), None) => left,
            (None, None) => x,
        }
    }

    fn free_from(&self, mut x: i32, top: i32, bottom: i32, step: i32) -> Option<i32> {
        for _ in 0..MAX_DETOURS {
            if self.looks.get() > MAX_LOOKS {
                return None;
            }
            let line = Rect {
                left: x - GAP / 2,
                top,
                right: x + GAP / 2,
                bottom,
            };
            match self.hit(&line) {
                None => return Some(x),
                Some(hit) if step < 0 => x = hit.left - GAP,
                Some(hit) => x = hit.right + GAP,
            }
        }
        None
    }
}

fn tiles(rect: &Rect) -> impl Iterator<Item = (i32, i32)> + use<> {
    let columns = rect.left.div_euclid(TILE)..=rect.right.div_euclid(TILE);
    let rows = rect.top.div_euclid(TILE)..=rect.bottom.div_euclid(TILE);
    columns.flat_map(move |column| rows.clone().map(move |row| (column, row)))
}

#[cfg(test)]
mod tests {
    use super::{Map, Rect};

    #[test]
    fn a_line_goes_around_boxes_on_the_nearer_side() {
        let mut map = Map::default();
        let wall = |left, right| Rect {
            left,
            top: 100,
            right,
            bottom: 200,
        };
        map.add(wall(-100, 40));
        assert_eq!(map.lane(0, 50, 300), 52);
        map.add(wall(40, 300));
        assert_eq!(map.lane(0, 50, 300), -112);
        assert_eq!(map.lane(0, 210, 300), 0);
        assert!(!map.is_free(&wall(290, 310)));
    }
}
