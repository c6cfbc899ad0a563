//! Logistic regression under signs: no likeness may come to speak against.

use sayso_link::pair::{LIKENESSES, Likeness};

/// One pair of reports: its likenesses, and whether the gold has both in one incident.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) values: [f64; LIKENESSES],
    pub(crate) same: bool,
    /// As many pairs does it stand for.
    pub(crate) weight: f64,
}

/// Steps over all pairs; the loss has settled by then.
const STEPS: usize = 1_500;
/// Pull of each weight towards zero, a pair.
const RIDGE: f64 = 1e-5;

/// Weights with the smallest loss that signs allow, by accelerated projected gradient descent
/// (Beck and Teboulle 2009) on likenesses scaled to their root mean square.
pub(crate) fn fit(pairs: &[Pair]) -> [f64; LIKENESSES] {
    let count = total(pairs);
    let mut scale = [0.0; LIKENESSES];
    for pair in pairs {
        for (scale, value) in scale.iter_mut().zip(pair.values) {
            *scale += pair.weight * value * value / count;
        }
    }
    let scale = scale.map(|s: f64| if s > 0.0 { s.sqrt() } else { 1.0 });
    // The curvature of the logistic loss is at most a quarter of the summed squares.
    let step = 4.0 / LIKENESSES as f64;
    let (mut weights, mut ahead, mut momentum) = ([0.0; LIKENESSES], [0.0; LIKENESSES], 1.0_f64);
    for _ in 0..STEPS {
        let gradient = gradient(pairs, &ahead, &scale);
        let next_momentum = f64::midpoint(1.0, (4.0 * momentum).mul_add(momentum, 1.0).sqrt());
        let mut next = [0.0; LIKENESSES];
        for &likeness in Likeness::ALL {
            let at = likeness as usize;
            let moved = ahead[at] - step * gradient[at];
            next[at] = if likeness.sign() > 0 {
                moved.max(0.0)
            } else {
                moved.min(0.0)
            };
            ahead[at] = next[at] + (momentum - 1.0) / next_momentum * (next[at] - weights[at]);
        }
        (weights, momentum) = (next, next_momentum);
    }
    let mut unscaled = weights;
    for (weight, scale) in unscaled.iter_mut().zip(scale) {
        *weight /= scale;
    }
    unscaled
}

/// Pairs, each as often as it counts.
fn total(pairs: &[Pair]) -> f64 {
    pairs.iter().map(|pair| pair.weight).sum::<f64>().max(1.0)
}

fn gradient(
    pairs: &[Pair],
    weights: &[f64; LIKENESSES],
    scale: &[f64; LIKENESSES],
) -> [f64; LIKENESSES] {
    let mut gradient = weights.map(|w| w * RIDGE);
    let count = total(pairs);
    for pair in pairs {
        let mut score = 0.0;
        for at in 0..LIKENESSES {
            score += weights[at] * pair.values[at] / scale[at];
        }
        let error = 1.0 / (1.0 + (-score).exp()) - f64::from(u8::from(pair.same));
        let error = error * pair.weight;
        for at in 0..LIKENESSES {
            gradient[at] += error * pair.values[at] / scale[at] / count;
        }
    }
    gradient
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_likeness_that_tells_gets_weight_and_signs_hold() {
        let pair = |names: f64, far: f64, same: bool| {
            let mut values = [0.0; LIKENESSES];
            values[Likeness::Bias as usize] = 1.0;
            values[Likeness::Names as usize] = names;
            // Against its sign: far apart goes with being the same here.
            values[Likeness::FarPlace as usize] = far;
            Pair {
                values,
                same,
                weight: 1.0,
            }
        };
        let pairs: Vec<Pair> = (0..400)
            .map(|i| {
                let same = i % 4 == 0;
                let noise = f64::from(i % 7) / 20.0;
                pair(
                    if same { 0.8 - noise } else { 0.1 + noise },
                    f64::from(u8::from(same)),
                    same,
                )
            })
            .collect();
        let weights = fit(&pairs);
        assert!(weights[Likeness::Names as usize] > 3.0);
        assert_eq!(weights[Likeness::FarPlace as usize], 0.0);
        assert!(weights[Likeness::Bias as usize] < 0.0);
    }
}
