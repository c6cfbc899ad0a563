//! How far two points are apart.

/// Mean radius of the Earth in kilometres (IUGG).
const EARTH_KM: f64 = 6371.0;

/// Great-circle distance in kilometres between two points, each degrees north and east.
pub(crate) fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (north_a, north_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let h =
        half(north_b - north_a) + north_a.cos() * north_b.cos() * half((b.1 - a.1).to_radians());
    2.0 * EARTH_KM * h.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        // A degree of a meridian, a degree at sixty north, and over the date line.
        assert!((km((10.0, 20.0), (11.0, 20.0)) - 111.19).abs() < 0.01);
        assert!((km((60.0, 20.0), (60.0, 21.0)) - 55.6).abs() < 0.01);
        assert!((km((0.0, 179.5), (0.0, -179.5)) - 111.19).abs() < 0.01);
        assert!(km((5.0, 5.0), (5.0, 5.0)).abs() < f64::EPSILON);
    }
}
