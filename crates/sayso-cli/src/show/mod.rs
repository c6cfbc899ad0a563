//! How sheets look on a terminal.

pub(crate) mod change;
pub(crate) mod explanation;
pub(crate) mod incident;
pub(crate) mod kept;
pub(crate) mod progress;
pub(crate) mod readable;
pub(crate) mod style;

/// A number from the lowest to the highest that is said, with the conservative one wherever that is
/// another, as where an origin that counts in no range stands by less.
pub(crate) fn figures(
    low: Option<u64>,
    conservative: Option<u64>,
    high: Option<u64>,
) -> Option<String> {
    let low = low?;
    let high = high.filter(|&high| high != low);
    let range = high.map_or_else(|| low.to_string(), |high| format!("{low} to {high}"));
    let conservative = conservative.filter(|&figure| high.is_some() || figure != low);
    Some(conservative.map_or_else(
        || range.clone(),
        |figure| format!("{range}, conservative {figure}"),
    ))
}

/// A count of a toll: 7, "5 to 9", "12 or more".
pub(crate) fn range(low: u64, high: Option<u64>) -> String {
    match high {
        Some(high) if low == high => low.to_string(),
        Some(high) => format!("{low} to {high}"),
        None => format!("{low} or more"),
    }
}

/// Columns of the terminal; 90 where the output is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(90, |(width, _)| usize::from(width.0))
}

#[cfg(test)]
mod tests {
    use super::{figures, range};

    #[test]
    fn a_count_without_an_upper_bound_says_so() {
        for (low, high, shown) in [
            (7, Some(7), "7"),
            (5, Some(9), "5 to 9"),
            (0, Some(0), "0"),
            (12, None, "12 or more"),
        ] {
            assert_eq!(range(low, high), shown);
        }
    }

    #[test]
    fn the_conservative_figure_is_shown_wherever_it_is_another() {
        for (low, conservative, high, shown) in [
            (Some(9), Some(9), Some(11), Some("9 to 11, conservative 9")),
            (Some(11), Some(9), Some(11), Some("11, conservative 9")),
            (Some(11), Some(11), Some(11), Some("11")),
            (Some(11), Some(9), None, Some("11, conservative 9")),
            (Some(11), None, Some(12), Some("11 to 12")),
            (None, None, None, None),
        ] {
            assert_eq!(figures(low, conservative, high).as_deref(), shown);
        }
    }
}
