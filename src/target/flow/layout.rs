//! Where the elements stand on the canvas.
//!
//! Flow Builder's automatic layout moves elements to its own places; in its files rows are 108 apart, columns
//! 264, and what follows after branches meet again stands 84 lower still. The same steps are used here, so
//! that a flow looks alike in both layouts: branches side by side, each in columns of its own, a fault path to
//! the right of the path it leaves, and what branches share below all of them.

use std::collections::HashMap;

/// An edge of the canvas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    pub from: usize,
    pub to: usize,
    pub fault: bool,
}

const ROW: i32 = 108;
const JOIN: i32 = 84;
const HALF_COLUMN: i32 = 132;
const FIRST_ROW: i32 = 134;
const LEFT: i32 = 50;
/// Start is that much wider than an element to either side.
pub(super) const START_OFFSET: i32 = 126;

#[derive(Debug, Default, Clone)]
struct Node {
    /// Those that only this element leads to, in order.
    branches: Vec<usize>,
    fault: Option<usize>,
    /// Those that several paths below this element lead to, from top to bottom.
    joins: Vec<usize>,
    /// Half columns to the left and to the right of the middle.
    left: i32,
    right: i32,
    height: i32,
}

/// The place of each of `count` elements; jumps are no edges. Elements that `root` does not lead to stand at
/// the first place. The work is a pass over the elements in each direction, without recursion.
pub(crate) fn places(count: usize, root: usize, edges: &[Edge]) -> Vec<(i32, i32)> {
    let mut places = vec![(LEFT, FIRST_ROW); count];
    if root >= count {
        return places;
    }
    let order = topological(count, root, edges);
    let (mut nodes, parents) = tree(count, &order, edges);
    for &at in order.iter().rev() {
        measure(&mut nodes, at);
    }
    let base = if nodes[root].left == 1 {
        LEFT + START_OFFSET
    } else {
        LEFT
    };
    places[root] = (base + (nodes[root].left - 1) * HALF_COLUMN, FIRST_ROW);
    for &at in &order {
        place_children(&nodes, at, &mut places);
    }
    debug_assert!(order.iter().all(|at| *at == root || parents[*at].is_some()));
    places
}

/// The elements so that each comes after all that lead to it; a way back up counts as a jump.
fn topological(count: usize, root: usize, edges: &[Edge]) -> Vec<usize> {
    let mut next = vec![Vec::new(); count];
    for edge in edges {
        next[edge.from].push(edge.to);
    }
    let (mut seen, mut order) = (vec![false; count], Vec::new());
    let mut work = vec![(root, 0)];
    seen[root] = true;
    while let Some((at, child)) = work.pop() {
        // From the last edge to the first, so that the reversed order has the first branch first.
        match next[at]
            .len()
            .checked_sub(child + 1)
            .map(|index| next[at][index])
        {
            Some(to) => {
                work.push((at, child + 1));
                if !seen[to] {
                    seen[to] = true;
                    work.push((to, 0));
                }
            }
            None => order.push(at),
        }
    }
    order.reverse();
    order
}

/// The tree of who stands below whom: an element that several paths lead to stands below the element where
/// those paths part.
fn tree(count: usize, order: &[usize], edges: &[Edge]) -> (Vec<Node>, Vec<Option<usize>>) {
    let rank: HashMap<usize, usize> = order
        .iter()
        .enumerate()
        .map(|(rank, at)| (*at, rank))
        .collect();
    let mut incoming = vec![Vec::new(); count];
    for edge in edges {
        if let (Some(from), Some(to)) = (rank.get(&edge.from), rank.get(&edge.to))
            && from < to
        {
            incoming[edge.to].push(*edge);
        }
    }
    let (mut nodes, mut parents) = (vec![Node::default(); count], vec![None; count]);
    for &at in order {
        let Some(first) = incoming[at].first().copied() else {
            continue;
        };
        let one_way = incoming[at].iter().all(|edge| edge.from == first.from);
        let mut parent = first.from;
        for edge in &incoming[at] {
            let mut other = edge.from;
            // The one of higher rank cannot be above the other.
            while parent != other {
                let lower = if rank[&parent] > rank[&other] {
                    &mut parent
                } else {
                    &mut other
                };
                match parents[*lower] {
                    Some(above) => *lower = above,
                    None => break,
                }
            }
        }
        parents[at] = Some(parent);
        let node = &mut nodes[parent];
        match (one_way, incoming[at].iter().all(|edge| edge.fault)) {
            (true, true) if node.fault.is_none() => node.fault = Some(at),
            (true, _) => node.branches.push(at),
            (false, _) => node.joins.push(at),
        }
    }
    (nodes, parents)
}

/// How much room an element takes with all that stands below it.
fn measure(nodes: &mut [Node], at: usize) {
    let node = nodes[at].clone();
    let width: i32 = node
        .branches
        .iter()
        .map(|one| nodes[*one].left + nodes[*one].right)
        .sum();
    let (mut left, mut right) = match node.branches.as_slice() {
        [] => (1, 1),
        [only] => (nodes[*only].left, nodes[*only].right),
        _ => (width / 2, width - width / 2),
    };
    let mut height = node
        .branches
        .iter()
        .map(|one| nodes[*one].height)
        .max()
        .unwrap_or(0);
    for join in &node.joins {
        left = left.max(nodes[*join].left);
        right = right.max(nodes[*join].right);
        height += JOIN + nodes[*join].height;
    }
    if let Some(fault) = node.fault {
        right += nodes[fault].left + nodes[fault].right;
        height = height.max(nodes[fault].height);
    }
    nodes[at].left = left.max(1);
    nodes[at].right = right.max(1);
    nodes[at].height = ROW + height;
}

fn place_children(nodes: &[Node], at: usize, places: &mut [(i32, i32)]) {
    let node = &nodes[at];
    let (x, y) = places[at];
    let mut below = y + ROW;
    match node.branches.as_slice() {
        [] => {}
        [only] => places[*only] = (x, below),
        branches => {
            let width: i32 = branches
                .iter()
                .map(|one| nodes[*one].left + nodes[*one].right)
                .sum();
            let mut edge = x - (width / 2) * HALF_COLUMN;
            for &branch in branches {
                places[branch] = (edge + nodes[branch].left * HALF_COLUMN, below);
                edge += (nodes[branch].left + nodes[branch].right) * HALF_COLUMN;
            }
        }
    }
    if let Some(fault) = node.fault {
        let middle = node.right - nodes[fault].right;
        places[fault] = (x + middle * HALF_COLUMN, below);
    }
    below += node
        .branches
        .iter()
        .map(|one| nodes[*one].height)
        .max()
        .unwrap_or(0);
    for &join in &node.joins {
        below += JOIN;
        places[join] = (x, below);
        below += nodes[join].height;
    }
}

#[cfg(test)]
mod tests {
    use super::{Edge, places};

    fn edge(from: usize, to: usize) -> Edge {
        Edge {
            from,
            to,
            fault: false,
        }
    }

    fn fault(from: usize, to: usize) -> Edge {
        Edge {
            from,
            to,
            fault: true,
        }
    }

    #[test]
    fn a_path_goes_straight_down_and_a_fault_path_to_the_right() {
        let found = places(4, 0, &[edge(0, 1), edge(1, 2), fault(1, 3)]);
        assert_eq!(found, [(176, 134), (176, 242), (176, 350), (440, 350)]);
    }

    #[test]
    fn branches_stand_side_by_side_and_meet_below() {
        let found = places(
            5,
            0,
            &[edge(0, 1), edge(0, 2), edge(1, 3), edge(2, 3), edge(3, 4)],
        );
        assert_eq!(
            found,
            [(182, 134), (50, 242), (314, 242), (182, 434), (182, 542)]
        );
    }

    #[test]
    fn a_branch_may_be_empty() {
        let found = places(3, 0, &[edge(0, 1), edge(1, 2), edge(0, 2)]);
        assert_eq!(found, [(176, 134), (176, 242), (176, 434)]);
    }

    #[test]
    fn nothing_overlaps() {
        // Three branches, the middle one parts again, two end, two meet; a way back up; an island.
        let edges = [
            edge(0, 1),
            edge(0, 2),
            edge(0, 3),
            edge(2, 4),
            edge(2, 5),
            edge(4, 6),
            edge(3, 6),
            edge(6, 7),
            fault(6, 8),
            edge(8, 9),
            edge(7, 0),
            edge(9, 7),
        ];
        let mut found = places(11, 0, &edges);
        found.pop();
        for (index, (x, y)) in found.iter().enumerate() {
            for (ox, oy) in &found[..index] {
                assert!((x - ox).abs() >= 264 || (y - oy).abs() >= 100, "{found:?}");
            }
        }
    }

    #[test]
    fn a_long_flow_needs_no_stack() {
        let edges: Vec<_> = (1..100_000).map(|to| edge(to - 1, to)).collect();
        assert_eq!(
            places(100_000, 0, &edges)[99_999],
            (176, 134 + 108 * 99_999)
        );
    }
}
