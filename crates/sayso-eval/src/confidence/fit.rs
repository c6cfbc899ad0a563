//! Logistic regression with a pull towards zero, by Newton's method.

use std::collections::BTreeMap;

use sayso_lexicon::SignWeights;

use super::rows::Row;

/// A sign that fewer findings show gets no weight.
pub(crate) const LEAST: usize = 10;
/// Pull of each weight towards zero, in findings: as if so many had spoken against it.
pub(crate) const RIDGE: f64 = 10.0;
/// Newton's steps; the weights have settled long before.
const STEPS: usize = 25;
/// The sign that every finding shows, which is pulled nowhere.
const BASE: &str = "base";

/// The weights under which what `rows` say of right and wrong is likeliest.
pub(crate) fn fit(rows: &[&Row]) -> SignWeights {
    let names = names(rows);
    let number: BTreeMap<&str, usize> = names.iter().enumerate().map(|(i, n)| (*n, i)).collect();
    let signs: Vec<Vec<(usize, f64)>> = rows
        .iter()
        .map(|row| {
            row.signs
                .iter()
                .filter_map(|(name, value)| Some((*number.get(name.as_str())?, *value)))
                .collect()
        })
        .collect();
    let scale = scale(&signs, names.len());
    let pull: Vec<f64> = names
        .iter()
        .map(|name| if *name == BASE { 1e-3 } else { RIDGE })
        .collect();
    let mut weights = vec![0.0; names.len()];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().zip(&pull).map(|(w, r)| w * r).collect();
        let mut curvature = vec![vec![0.0; names.len()]; names.len()];
        for (at, r) in pull.iter().enumerate() {
            curvature[at][at] = *r;
        }
        for (row, signs) in rows.iter().zip(&signs) {
            let odds: f64 = signs
                .iter()
                .map(|&(at, v)| weights[at] * v / scale[at])
                .sum();
            let p = 1.0 / (1.0 + (-odds).exp());
            let error = p - f64::from(u8::from(row.right));
            for &(i, v) in signs {
                let v = v / scale[i];
                gradient[i] += error * v;
                for &(j, u) in signs {
                    curvature[i][j] += p * (1.0 - p) * v * u / scale[j];
                }
            }
        }
        let step = solve(curvature, gradient);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight -= step;
        }
    }
    SignWeights::new(
        names
            .iter()
            .zip(weights.iter().zip(&scale))
            .map(|(name, (weight, scale))| ((*name).to_owned(), rounded(weight / scale))),
    )
}

/// Three decimals, as the file has them.
fn rounded(weight: f64) -> f64 {
    (weight * 1000.0).round() / 1000.0
}

/// Signs that are common enough to be weighed, sorted.
fn names<'r>(rows: &[&'r Row]) -> Vec<&'r str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        for (name, _) in &row.signs {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count >= LEAST)
        .map(|(name, _)| name)
        .collect()
}

/// By how much each sign's values spread, so that all are pulled alike; 1 for those that are there
/// or not.
fn scale(signs: &[Vec<(usize, f64)>], count: usize) -> Vec<f64> {
    let (mut sum, mut squares, mut flag) = (vec![0.0; count], vec![0.0; count], vec![true; count]);
    for &(at, value) in signs.iter().flatten() {
        sum[at] += value;
        squares[at] += value * value;
        flag[at] &= value == 1.0;
    }
    let n = signs.len().max(1) as f64;
    (0..count)
        .map(|at| {
            let spread = (squares[at] / n - (sum[at] / n).powi(2)).max(0.0).sqrt();
            if flag[at] || spread == 0.0 {
                1.0
            } else {
                spread
            }
        })
        .collect()
}

/// The solution of `matrix · x = right` for a symmetric matrix that bends upwards, by Cholesky's
/// method.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let rest = matrix[i][j] - dot;
            matrix[i][j] = if i == j {
                rest.max(1e-12).sqrt()
            } else {
                rest / matrix[j][j]
            };
        }
    }
    for i in 0..n {
        let dot: f64 = (0..i).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - dot) / matrix[i][i];
    }
    for i in (0..n).rev() {
        let dot: f64 = (i + 1..n).map(|k| matrix[k][i] * right[k]).sum();
        right[i] = (right[i] - dot) / matrix[i][i];
    }
    right
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::confidence::rows::Kind;

    /// A finding that shows `signs`, of a report of that number.
    pub(crate) fn row(document: usize, signs: &[(&str, f64)], right: bool) -> Row {
        Row {
            kind: Kind::Event,
            set: "made-up".to_owned(),
            document: format!("made-up/{document}"),
            signs: signs.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect(),
            told: 0.5,
            right,
        }
    }

    #[test]
    fn equations_are_solved() {
        let x = solve(vec![vec![4.0, 2.0], vec![2.0, 3.0]], vec![10.0, 9.0]);
        assert!((x[0] - 1.5).abs() < 1e-9 && (x[1] - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_sign_that_tells_gets_weight_and_a_rare_one_none() {
        let rows: Vec<Row> = (0..400)
            .map(|i| {
                let clear = i % 2 == 0;
                let right = if clear { i % 10 != 0 } else { i % 4 == 1 };
                let mut signs = vec![("base", 1.0), ("noise", f64::from(i % 7 == 3))];
                if clear {
                    signs.push(("clear", 1.0));
                }
                if i == 5 {
                    signs.push(("rare", 1.0));
                }
                row(i, &signs, right)
            })
            .collect();
        let weights = fit(&rows.iter().collect::<Vec<_>>());
        // 0.8 of the clear ones are right, 0.5 of the others: 1.39 in log odds, less the pull.
        assert!(
            weights.of("clear") > 0.9 && weights.of("clear") < 1.5,
            "{weights:?}"
        );
        assert!(weights.of("noise").abs() < 0.3);
        assert_eq!(weights.of("rare"), 0.0);
        let p = weights.probability(rows[0].signs.iter().map(|(n, v)| (n.as_str(), *v)));
        assert!(p > 0.7 && p < 0.9);
    }
}
