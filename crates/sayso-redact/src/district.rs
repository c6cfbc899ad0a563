//! The district that stands for an exact spot.

use sayso_place::{Gazetteer, PlaceId};

/// The middle of a division.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Centre {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames id, where known.
    pub geonames: Option<u32>,
}

/// Where divisions lie.
pub trait Districts {
    /// The middle of a division by its name, the country's ISO 3166-1 alpha-3 code, and the name of
    /// the division that holds it.
    fn centre(&self, country: &str, within: Option<&str>, name: &str) -> Option<Centre>;
}

/// No division lies anywhere: a spot then keeps its district's name and no coordinates.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nowhere;

impl Districts for Nowhere {
    fn centre(&self, _country: &str, _within: Option<&str>, _name: &str) -> Option<Centre> {
        None
    }
}

impl Districts for Gazetteer {
    fn centre(&self, country: &str, within: Option<&str>, name: &str) -> Option<Centre> {
        let home = |id: PlaceId| self.country(id).is_some_and(|c| c.iso3 == country);
        let held = |id: PlaceId| {
            within.is_none_or(|within| self.holders(id).any(|holder| self.name(holder) == within))
        };
        let found = self
            .find(name)
            .into_iter()
            .map(|candidate| candidate.id)
            .filter(|&id| home(id) && held(id))
            .find_map(|id| self.entry(id).filter(|entry| entry.feature.is_division()))?;
        Some(Centre {
            lat: found.lat,
            lon: found.lon,
            geonames: found.geonames,
        })
    }
}
