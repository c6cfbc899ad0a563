//! How far what confidence says is what comes true.

use crate::interval::SplitMix;

/// Parts of equal size that findings are sorted into by their confidence.
pub(crate) const BINS: usize = 10;
/// Draws for the error that chance alone makes.
const DRAWS: usize = 400;
const SEED: u64 = 0x5A15_0000_2026_1126;

/// One finding: what confidence said of it, and whether it was right.
pub(crate) type Judged = (f64, bool);

/// What is measured of some findings.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Reliability {
    pub(crate) count: usize,
    /// Share of the right ones.
    pub(crate) right: f64,
    /// Mean confidence.
    pub(crate) told: f64,
    /// Expected calibration error over [`BINS`] bins of equal mass (Guo et al. 2017, with equal
    /// mass in place of equal width): mean distance of confidence and share of the right ones.
    pub(crate) error: f64,
    /// The same as it would be on average if confidence were exactly the probability: so many
    /// findings leave it.
    pub(crate) chance: f64,
    /// Brier's score: mean square of confidence less 1 for right and 0 for wrong.
    pub(crate) brier: f64,
    /// How often, of one right and one wrong finding, the right one has the higher confidence.
    pub(crate) order: f64,
}

/// Measures `judged`.
pub(crate) fn of(judged: &[Judged]) -> Reliability {
    if judged.is_empty() {
        return Reliability::default();
    }
    let mut sorted = judged.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mean =
        |value: fn(&Judged) -> f64| judged.iter().map(value).sum::<f64>() / judged.len() as f64;
    let mut random = SplitMix::new(SEED);
    let chance = (0..DRAWS)
        .map(|_| {
            let drawn: Vec<Judged> = sorted
                .iter()
                .map(|&(p, _)| (p, random.unit() < p))
                .collect();
            error(&drawn)
        })
        .sum::<f64>()
        / DRAWS as f64;
    Reliability {
        count: judged.len(),
        right: mean(|j| f64::from(u8::from(j.1))),
        told: mean(|j| j.0),
        error: error(&sorted),
        chance,
        brier: mean(|j| (j.0 - f64::from(u8::from(j.1))).powi(2)),
        order: order(&sorted),
    }
}

/// The bins of findings that are sorted by confidence, as even as can be; none is empty.
pub(crate) fn bins(sorted: &[Judged]) -> impl Iterator<Item = &[Judged]> {
    let n = sorted.len();
    (0..BINS)
        .map(move |bin| &sorted[bin * n / BINS..(bin + 1) * n / BINS])
        .filter(|bin| !bin.is_empty())
}

/// Share of the right ones and mean confidence of a bin.
pub(crate) fn of_bin(bin: &[Judged]) -> (f64, f64) {
    let n = bin.len() as f64;
    let right = bin.iter().filter(|j| j.1).count() as f64 / n;
    (right, bin.iter().map(|j| j.0).sum::<f64>() / n)
}

fn error(sorted: &[Judged]) -> f64 {
    bins(sorted)
        .map(|bin| {
            let (right, told) = of_bin(bin);
            (right - told).abs() * bin.len() as f64
        })
        .sum::<f64>()
        / sorted.len() as f64
}

/// The area under the ROC curve, ties counted half (Mann and Whitney's statistic).
fn order(sorted: &[Judged]) -> f64 {
    let (mut wrong, mut pairs, mut start) = (0_usize, 0.0, 0);
    while start < sorted.len() {
        let end = start + sorted[start..].partition_point(|j| j.0 <= sorted[start].0);
        let right = sorted[start..end].iter().filter(|j| j.1).count();
        let here = end - start - right;
        pairs += right as f64 * (wrong as f64 + here as f64 / 2.0);
        wrong += here;
        start = end;
    }
    let right = sorted.len() - wrong;
    if right == 0 || wrong == 0 {
        0.5
    } else {
        pairs / (right * wrong) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_that_comes_true_has_no_error() {
        let judged: Vec<Judged> = (0..1000).map(|i| (0.8, i % 5 != 0)).collect();
        let found = of(&judged);
        assert!(
            found.error < 1e-9 && (found.brier - 0.16).abs() < 1e-9,
            "{found:?}"
        );
        assert!((found.order - 0.5).abs() < 1e-9);
        assert!(found.chance > 0.01 && found.chance < 0.06);
    }

    #[test]
    fn boasting_is_an_error_and_telling_apart_is_seen() {
        let boasts: Vec<Judged> = (0..100).map(|i| (0.9, i % 2 == 0)).collect();
        assert!((of(&boasts).error - 0.4).abs() < 1e-9);
        let apart: Vec<Judged> = (0..100)
            .map(|i| (if i % 2 == 0 { 0.9 } else { 0.2 }, i % 2 == 0))
            .collect();
        let found = of(&apart);
        assert_eq!(found.order, 1.0);
        assert!((found.error - 0.15).abs() < 1e-9);
    }

    #[test]
    fn nothing_found_is_no_error() {
        assert_eq!(of(&[]), Reliability::default());
    }
}
