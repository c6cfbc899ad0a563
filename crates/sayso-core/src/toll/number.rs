//! Numbers as news writes them: digits, words, vague amounts, ranges, and the words that bind them.

use sayso_lexicon::{Binds, EventWord, Quantity};
use sayso_text::TokenRange;

use crate::event::words::Words;
use crate::{Bound, TollRule};

/// A number in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// The number with the words that bind it ("at least 16").
    pub(crate) tokens: TokenRange,
    /// The number's own last token.
    pub(crate) last: usize,
    pub(crate) low: u64,
    pub(crate) high: Option<u64>,
    pub(crate) bound: Bound,
}

/// Reads the number that starts at `at`, or none.
pub(crate) fn at(words: &Words<'_>, at: usize) -> Option<Number> {
    let sentence = words.sentence(at);
    let (value, vague, mut end) = plain(words, at, sentence.end)?;
    let (mut low, mut high) = (value, Some(value));
    let mut bound = Bound::Exact;
    let mut last = end - 1;
    // "10 to 15", "10-15", "between 10 and 15", "two or three"
    let before = at.checked_sub(1).filter(|b| sentence.contains(b));
    let between = before.is_some_and(|b| words.form(b) == "between");
    let is_range = end < sentence.end
        && (words.form_in(end, EventWord::RangeWord) || (words.form(end) == "and" && between))
        && words.on(TollRule::RangeIsAbout);
    if is_range
        && !vague
        && let Some((other, false, after)) = plain(words, end + 1, sentence.end)
        && other > value
        && (words.form(end) != "or" || other - value <= 10)
    {
        high = Some(other);
        bound = Bound::About;
        last = after - 1;
        end = after;
    }
    if vague {
        high = None;
        bound = Bound::Vague;
    }
    let mut start = at;
    if between && bound == Bound::About {
        start = at - 1;
    }
    // "more than a dozen", "half a dozen"
    let article = before.filter(|&b| words.form_in(b, EventWord::Article));
    let scaled = matches!(
        words.lexicon().quantities.word(words.form(at)),
        Some(Quantity::Times(_))
    );
    let half = article.unwrap_or(at).checked_sub(1);
    if let Some(half) = half.filter(|&h| {
        scaled && sentence.contains(&h) && words.form(h) == "half" && words.on(TollRule::HalfDozen)
    }) {
        low /= 2;
        high = Some(low);
        start = half;
    }
    let open = article
        .filter(|_| scaled && start == at && words.on(TollRule::ArticleOfNumber))
        .unwrap_or(start);
    let from = open.saturating_sub(4).max(sentence.start);
    let preceding: Vec<&str> = (from..open).map(|t| words.form(t)).collect();
    if let Some((binds, length)) = words.lexicon().quantities.binder(&preceding) {
        start = open - length;
        let stays = vague && words.on(TollRule::VagueStaysVague);
        match binds {
            _ if stays => {}
            Binds::AtLeast => {
                bound = Bound::AtLeast;
                high = None;
            }
            Binds::AtMost => {
                bound = Bound::AtMost;
                // "fewer than 20" leaves the least open, but the figure is what the text gives.
                low = high.unwrap_or(low);
            }
            Binds::About => bound = Bound::About,
        }
    }
    // "16 or more"
    if end + 1 < sentence.end
        && words.form(end) == "or"
        && words.form(end + 1) == "more"
        && words.on(TollRule::OrMore)
    {
        bound = Bound::AtLeast;
        high = None;
        end += 2;
    }
    Some(Number {
        tokens: start..end,
        last,
        low,
        high,
        bound,
    })
}

/// A number without what binds it: value, whether it is vague, and the token after it.
fn plain(words: &Words<'_>, at: usize, end: usize) -> Option<(u64, bool, usize)> {
    if at >= end {
        return None;
    }
    let quantities = &words.lexicon().quantities;
    let mut value: Option<u64> = None;
    let mut sum: u64 = 0;
    let mut t = at;
    while t < end {
        let form = words.form(t);
        if let Some(number) = digits(form) {
            if value.is_some() {
                break;
            }
            value = Some(number.0);
            t += 1;
            // "1.5 million"
            if let Some(Quantity::Times(times)) =
                (t < end).then(|| quantities.word(words.form(t))).flatten()
            {
                let scaled = number.1 * times as f64;
                value = Some(scaled.round() as u64);
                t += 1;
            }
            continue;
        }
        match quantities.word(form) {
            Some(Quantity::Number(n)) => {
                if let Some(v) = value {
                    // "forty two" and "forty-two" add up; "five six" does not.
                    if v >= 20 && v % 10 == 0 && n < 10 {
                        value = Some(v + n);
                    } else {
                        break;
                    }
                } else {
                    value = Some(n);
                }
                t += 1;
            }
            Some(Quantity::Times(times)) => {
                let v = match value {
                    Some(v) => v,
                    // "a hundred", "a dozen", "half a dozen"
                    None if t == at => 1,
                    None => break,
                };
                let scaled = v.saturating_mul(times);
                if times >= 1000 {
                    sum = sum.saturating_add(scaled);
                    value = Some(0);
                } else {
                    value = Some(scaled);
                }
                t += 1;
            }
            Some(Quantity::Vague(low)) => {
                if value.is_some() {
                    break;
                }
                return Some(vague(words, t, end, low));
            }
            None => {
                let joins = words.on(TollRule::NumbersAddUp)
                    && words.form_in(t, EventWord::NumberJoiner)
                    && value.is_some_and(|v| v > 0 || sum > 0)
                    && t + 1 < end
                    && match (words.form(t), quantities.word(words.form(t + 1))) {
                        ("and", Some(Quantity::Number(n))) => {
                            // "two hundred and six", but not "five and six".
                            value.is_some_and(|v| v % 100 == 0 && v > 0 && n < 100)
                        }
                        (_, Some(Quantity::Number(n))) => {
                            value.is_some_and(|v| v >= 20 && v % 10 == 0 && v < 100) && n < 10
                        }
                        _ => false,
                    };
                if !joins {
                    break;
                }
                if form == "and" {
                    // The rest is added.
                    if let Some(Quantity::Number(n)) = quantities.word(words.form(t + 1)) {
                        value = value.map(|v| v + n);
                    }
                    t += 2;
                } else {
                    t += 1;
                }
            }
        }
    }
    value.map(|v| (v.saturating_add(sum), false, t))
}

/// "dozens", "tens of thousands", "hundreds of thousands".
fn vague(words: &Words<'_>, at: usize, end: usize, low: u64) -> (u64, bool, usize) {
    if at + 2 < end
        && words.form(at + 1) == "of"
        && words.on(TollRule::TensOfThousands)
        && let Some(Quantity::Vague(more)) = words.lexicon().quantities.word(words.form(at + 2))
        && more >= 2000
        && low < more
    {
        return (low.saturating_mul(more / 2), true, at + 3);
    }
    (low, true, at + 1)
}

/// Digits with thousands separators; a year is no count. The second value keeps a fraction.
fn digits(form: &str) -> Option<(u64, f64)> {
    if !form.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let bare: String = form
        .chars()
        .filter(|c| !matches!(c, ',' | '\u{a0}' | ' '))
        .collect();
    let bare = bare.strip_suffix('+').unwrap_or(&bare);
    if let Ok(number) = bare.parse::<u64>() {
        return Some((number, number as f64));
    }
    let number: f64 = bare.parse().ok()?;
    (number.is_finite() && (0.0..1e12).contains(&number)).then_some((number as u64, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::words::testing::with_words;

    fn read(text: &str) -> Option<(u64, Option<u64>, Bound)> {
        with_words(text, |words| {
            (0..words.context.reading.tokens.len())
                .find_map(|t| at(words, t))
                .map(|n| (n.low, n.high, n.bound))
        })
    }

    #[test]
    fn reads_numbers_as_news_writes_them() {
        use Bound::{About, AtLeast, AtMost, Exact, Vague};
        for (text, want) in [
            ("16 people", (16, Some(16), Exact)),
            ("1,600 people", (1600, Some(1600), Exact)),
            ("at least sixteen people", (16, None, AtLeast)),
            ("no fewer than 9 people", (9, None, AtLeast)),
            ("as many as 20 people", (20, Some(20), AtMost)),
            ("about 150,000 people", (150_000, Some(150_000), About)),
            ("dozens of people", (24, None, Vague)),
            ("tens of thousands of people", (20_000, None, Vague)),
            ("hundreds of thousands of people", (200_000, None, Vague)),
            ("two dozen people", (24, Some(24), Exact)),
            ("more than two dozen fighters", (24, None, AtLeast)),
            ("between 10 and 15 people", (10, Some(15), About)),
            ("10 to 15 people", (10, Some(15), About)),
            ("1.5 million people", (1_500_000, Some(1_500_000), Exact)),
            ("two hundred and six people", (206, Some(206), Exact)),
            ("forty - two people", (42, Some(42), Exact)),
            ("several people", (3, None, Vague)),
            ("a hundred people", (100, Some(100), Exact)),
            ("more than a dozen people", (12, None, AtLeast)),
            ("half a dozen people", (6, Some(6), Exact)),
            ("scores of people", (40, None, Vague)),
            ("at least dozens of people", (24, None, Vague)),
            ("16 or more people", (16, None, AtLeast)),
            ("another 12 people", (12, Some(12), Exact)),
        ] {
            assert_eq!(read(text), Some(want), "{text}");
        }
        assert_eq!(read("people were hurt"), None);
    }
}
