//! Which of many points is nearest.

use std::collections::BTreeMap;

/// Row and column of a cell.
type Cell = (i32, i32);
/// Latitude, longitude, and what is there.
type Point<T> = (f64, f64, T);

/// Points in cells of half a degree.
#[derive(Debug, Default)]
pub(crate) struct Grid<T> {
    cells: BTreeMap<Cell, Vec<Point<T>>>,
}

fn cell(lat: f64, lon: f64) -> Cell {
    ((lat * 2.0).floor() as i32, (lon * 2.0).floor() as i32)
}

impl<T> Grid<T> {
    pub(crate) fn new() -> Self {
        Self {
            cells: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, lat: f64, lon: f64, item: T) {
        self.cells
            .entry(cell(lat, lon))
            .or_default()
            .push((lat, lon, item));
    }

    /// Items no farther than about `km`, which is at most 50, with their distance.
    pub(crate) fn near(&self, lat: f64, lon: f64, km: f64) -> impl Iterator<Item = (f64, &T)> {
        let (row, column) = cell(lat, lon);
        (row - 1..=row + 1)
            .flat_map(move |r| (column - 1..=column + 1).map(move |c| (r, c)))
            .filter_map(|key| self.cells.get(&key))
            .flatten()
            .map(move |(y, x, item)| (distance_km((lat, lon), (*y, *x)), item))
            .filter(move |&(away, _)| away <= km)
    }
}

/// Distance on a flat map, right enough below a hundred kilometres.
pub(crate) fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let north = (a.0 - b.0) * 111.2;
    let east = (a.1 - b.1) * 111.2 * a.0.to_radians().cos();
    north.hypot(east)
}
