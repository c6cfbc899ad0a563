//! `confidence.tsv`: how much each sign of a statement or an event being right counts.

use std::collections::BTreeMap;

use crate::{LexiconError, Table};

/// The weights of the signs of statements and of events, in log odds.
#[derive(Clone, Debug, Default)]
pub struct ConfidenceWeights {
    /// Of statements.
    pub statement: SignWeights,
    /// Of events.
    pub event: SignWeights,
}

/// The weight of each sign, in log odds that what shows it is right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignWeights {
    weights: BTreeMap<String, f64>,
}

impl SignWeights {
    /// Weights of the caller's own, for fitting.
    pub fn new(weights: impl IntoIterator<Item = (String, f64)>) -> Self {
        Self {
            weights: weights.into_iter().collect(),
        }
    }

    /// The weight of `sign`; 0 where none is given.
    pub fn of(&self, sign: &str) -> f64 {
        self.weights.get(sign).copied().unwrap_or_default()
    }

    /// How likely it is, 0 to 1, that what shows `signs` is right.
    pub fn probability<'s>(&self, signs: impl Iterator<Item = (&'s str, f64)>) -> f64 {
        let odds: f64 = signs.map(|(sign, value)| self.of(sign) * value).sum();
        1.0 / (1.0 + (-odds).exp())
    }

    /// Signs and weights, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.weights
            .iter()
            .map(|(sign, weight)| (sign.as_str(), *weight))
    }
}

impl ConfidenceWeights {
    /// Parses the text of the file.
    ///
    /// # Errors
    /// A finding that is neither statement nor event, a weight that is no number.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        const FILE: &str = "confidence.tsv";
        let table = Table::parse(FILE, text)?;
        let mut all = Self::default();
        for row in &table.rows {
            let error = |value: &str, allowed: &str| LexiconError {
                file: FILE.to_owned(),
                line: row.line,
                value: value.to_owned(),
                allowed: allowed.to_owned(),
            };
            let of = match row.get(0) {
                "statement" => &mut all.statement,
                "event" => &mut all.event,
                other => return Err(error(other, "`event` or `statement`")),
            };
            let weight = row
                .get(2)
                .parse::<f64>()
                .ok()
                .filter(|weight| weight.is_finite())
                .ok_or_else(|| error(row.get(2), "a number"))?;
            of.weights.insert(row.get(1).to_owned(), weight);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# origin: o\n# licence: l\n# keys: repeat\n# columns: of\tsign\tweight\n";

    #[test]
    fn weights_add_up_in_log_odds() {
        let text =
            format!("{HEAD}event\tbase\t-1\nstatement\tbase\t2\nstatement\tcue:silence\t0.5\n");
        let weights = ConfidenceWeights::parse(&text).unwrap();
        let of = |signs: &[(&str, f64)]| weights.statement.probability(signs.iter().copied());
        assert!((of(&[]) - 0.5).abs() < 1e-12);
        assert!((of(&[("base", 1.0)]) - 0.880_797).abs() < 1e-6);
        assert!(
            of(&[("base", 1.0), ("cue:silence", 1.0)]) > of(&[("base", 1.0), ("unheard-of", 9.0)])
        );
        assert!((weights.event.probability([("base", 1.0)].into_iter()) - 0.268_941).abs() < 1e-6);
    }

    #[test]
    fn wrong_lines_are_named() {
        for (line, value) in [
            ("actor\tbase\t1", "actor"),
            ("event\tbase\tmuch", "much"),
            ("event\tbase\tinf", "inf"),
        ] {
            let error = ConfidenceWeights::parse(&format!("{HEAD}{line}\n")).unwrap_err();
            assert_eq!((error.line, error.value.as_str()), (5, value));
        }
    }
}
