//! Whether two places that are answered are one: the same spot, or one inside the other.

use sayso_api::PlaceJson;

use crate::Point;

/// Kilometres within which two spots are one: a town and its villages.
const SAME_KM: f64 = 8.0;

/// Where an answer says that something was.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    point: Option<Point>,
    /// The country or the province where the answer names nothing narrower.
    whole: Option<Whole>,
    /// In small letters.
    name: String,
    country: Option<String>,
    province: Option<String>,
    district: Option<String>,
    /// How wide it is: 0 for a site, 5 for a country.
    width: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    Country,
    Province,
}

impl Spot {
    /// Of the place of an event.
    pub(super) fn of(place: &PlaceJson<'_>) -> Self {
        Self {
            point: place
                .lat
                .zip(place.lon)
                .map(|(lat, lon)| Point { lat, lon }),
            whole: match place.level.as_ref() {
                "country" => Some(Whole::Country),
                "province" => Some(Whole::Province),
                _ => None,
            },
            name: place.name.to_lowercase(),
            country: place.country.as_deref().map(str::to_owned),
            province: place.admin1.as_deref().map(str::to_owned),
            district: place.admin2.as_deref().map(str::to_owned),
            width: match place.level.as_ref() {
                "country" => 5,
                "province" => 4,
                "district" => 3,
                "settlement" => 2,
                "neighbourhood" => 1,
                _ => 0,
            },
        }
    }

    /// Whether this is wider than `other`, and holds it: a town its quarters, a country all that is
    /// in it.
    pub(super) fn holds(&self, other: &Self) -> bool {
        let same = |of: fn(&Self) -> Option<&str>| of(self).is_some() && of(self) == of(other);
        let (country, province) = (
            same(|s| s.country.as_deref()),
            same(|s| s.province.as_deref()),
        );
        let inside = match self.whole {
            Some(Whole::Country) => country,
            Some(Whole::Province) => country && province,
            None => {
                let district = same(|s| s.district.as_deref()) && self.width == 3;
                self.agrees(other) || (country && province && district)
            }
        };
        // “In Idlib”: the province, or the town that it is called after.
        let may_be_province = country
            && self.name != other.name
            && other.whole.is_none()
            && other
                .province
                .as_ref()
                .is_some_and(|of| of.to_lowercase() == self.name);
        (self.width > other.width && inside) || may_be_province
    }

    /// Whether the two are one spot, or one is a province that holds the other. That something was
    /// in a country says too little to agree with anything.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        match (self.whole, other.whole) {
            (Some(Whole::Country), _) | (_, Some(Whole::Country)) => false,
            (None, None) => match (self.point, other.point) {
                (Some(here), Some(there)) => here.km(there) <= SAME_KM,
                _ => false,
            },
            _ => {
                self.province.is_some()
                    && self.province == other.province
                    && self.country == other.country
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(whole: Option<Whole>, lat: f64, province: &str) -> Spot {
        Spot {
            point: Some(Point { lat, lon: 37.0 }),
            whole,
            name: "qarqur".to_owned(),
            country: Some("SYR".to_owned()),
            province: Some(province.to_owned()),
            district: None,
            width: match whole {
                Some(Whole::Country) => 5,
                Some(Whole::Province) => 4,
                None => 2,
            },
        }
    }

    #[test]
    fn what_is_wider_holds_what_is_in_it_and_nothing_else() {
        let town = spot(None, 36.2, "Aleppo");
        let quarter = Spot {
            width: 1,
            ..spot(None, 36.23, "Aleppo")
        };
        let province = |name| spot(Some(Whole::Province), 36.0, name);
        let country = spot(Some(Whole::Country), 35.0, "");
        assert!(town.holds(&quarter) && !quarter.holds(&town));
        assert!(province("Aleppo").holds(&town) && !province("Idlib").holds(&town));
        assert!(country.holds(&town) && country.holds(&province("Idlib")));
        assert!(!town.holds(&town) && !town.holds(&country));
        let capital = Spot {
            name: "aleppo".to_owned(),
            ..spot(None, 36.9, "Aleppo")
        };
        assert!(capital.holds(&town) && !town.holds(&capital));
    }

    #[test]
    fn a_district_holds_the_towns_that_are_filed_under_it() {
        let district = Spot {
            width: 3,
            district: Some("Azaz".to_owned()),
            ..spot(None, 36.6, "Aleppo")
        };
        let town = |district: &str| Spot {
            district: Some(district.to_owned()),
            ..spot(None, 36.2, "Aleppo")
        };
        assert!(district.holds(&town("Azaz")));
        assert!(!district.holds(&town("Afrin")));
    }

    #[test]
    fn a_quarter_is_in_its_town_and_a_town_in_its_province() {
        let town = spot(None, 36.2, "Aleppo");
        assert!(town.agrees(&spot(None, 36.23, "Aleppo")));
        assert!(!town.agrees(&spot(None, 36.4, "Aleppo")));
        assert!(town.agrees(&spot(Some(Whole::Province), 36.0, "Aleppo")));
        assert!(!town.agrees(&spot(Some(Whole::Province), 36.0, "Idlib")));
        assert!(!town.agrees(&spot(Some(Whole::Country), 36.2, "Aleppo")));
    }
}
