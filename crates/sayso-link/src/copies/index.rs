//! Finds the prints of one text among many, one report at a time.

use std::collections::BTreeMap;

use super::flash;
use super::signature::{ROWS, Signature};
use crate::spread::Spread;

/// Rows of a band: with 64 bands of two, a pair that shares a fifth of its shingles meets with
/// probability 0.93, one that shares a fiftieth with 0.03.
const BAND: usize = 2;
/// Days between publications beyond which the same words are no wire copy but a formula.
pub(crate) const WINDOW: i32 = 30;
/// Containment from which a text is a copy.
const CONTAINED: f64 = 0.6;
/// Shingles that the shorter text must have to be found in a longer one: “no comment was available”
/// is nobody's copy.
const SHORTEST: u32 = 12;

/// An index of signatures by band.
///
/// Which pairs are copies depends on the two alone. With [`Copies::forgetting`] memory is bounded:
/// what was published two windows before the newest is dropped.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    signatures: Vec<Option<(Signature, Option<i32>)>>,
    /// Stretch of time, to band and its hash, to the reports there.
    bands: BTreeMap<i32, Spread<Vec<u32>>>,
    forgets: bool,
}

/// An earlier report that is a print of the same text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Copy {
    /// Its number.
    pub report: u32,
    /// Share of the shorter text's shingles, or of its words, that stand in the longer one.
    pub containment: f64,
}

impl Copies {
    /// An index that drops what is too old to have further copies, for streams in order of time.
    pub fn forgetting() -> Self {
        Self {
            forgets: true,
            ..Self::default()
        }
    }

    /// Files the next report, published on day `published`, and returns its copies among those
    /// before it, in the order in which they came.
    pub fn insert(&mut self, signature: Option<Signature>, published: Option<i32>) -> Vec<Copy> {
        let report = self.signatures.len() as u32;
        let Some(signature) = signature else {
            self.signatures.push(None);
            return Vec::new();
        };
        let stretch = stretch(published);
        let mut met: Vec<u32> = Vec::new();
        for (band, key) in keys(&signature) {
            for near in near(stretch) {
                if let Some(reports) = self.bands.get(&near).and_then(|bands| bands.get(key)) {
                    met.extend_from_slice(reports);
                }
            }
            debug_assert!(band < ROWS / BAND);
        }
        met.sort_unstable();
        met.dedup();
        let copies = met
            .into_iter()
            .filter_map(|report| self.compare(report, &signature, published))
            .collect();
        let bands = self.bands.entry(stretch).or_default();
        for (_, key) in keys(&signature) {
            bands.or_insert_with(key, Vec::new).push(report);
        }
        self.signatures.push(Some((signature, published)));
        self.forget(stretch);
        copies
    }

    fn compare(&self, report: u32, signature: &Signature, published: Option<i32>) -> Option<Copy> {
        let (other, day) = self.signatures[report as usize].as_ref()?;
        let containment = contained((signature, published), (other, *day))?;
        Some(Copy {
            report,
            containment,
        })
    }

    fn forget(&mut self, newest: i32) {
        if !self.forgets || newest == UNDATED {
            return;
        }
        let old: Vec<i32> = self
            .bands
            .range(UNDATED + 1..newest - 2)
            .map(|(&stretch, _)| stretch)
            .collect();
        for stretch in old {
            for report in self
                .bands
                .remove(&stretch)
                .into_iter()
                .flat_map(Spread::into_values)
                .flatten()
            {
                self.signatures[report as usize] = None;
            }
        }
    }
}

/// Share of the shorter text that stands in the longer one, where the two are prints of one text:
/// each with its day of publication.
pub(crate) fn contained(
    (signature, published): (&Signature, Option<i32>),
    (other, day): (&Signature, Option<i32>),
) -> Option<f64> {
    let days = published.zip(day).map_or(0, |(a, b)| a.abs_diff(b));
    if days > WINDOW as u32 {
        return None;
    }
    let (a, b) = (signature.flash(), other.flash());
    if days <= flash::WINDOW
        && let Some(share) = flash::copied(a, b)
    {
        return Some(share);
    }
    if !a.is_empty() && !b.is_empty() && !flash::same_numbers(a, b) {
        return None;
    }
    if signature.shingles().min(other.shingles()) < SHORTEST {
        return None;
    }
    let containment = signature.containment(other);
    (containment >= CONTAINED).then_some(containment)
}

/// Hashes of the bands of a text by which it is found.
pub(crate) fn bands(signature: &Signature) -> Vec<u64> {
    keys(signature).map(|(_, key)| key).collect()
}

/// Undated reports have a stretch of their own: they meet each other only.
const UNDATED: i32 = i32::MIN;

fn stretch(published: Option<i32>) -> i32 {
    published.map_or(UNDATED, |day| day.div_euclid(WINDOW))
}

fn near(stretch: i32) -> impl Iterator<Item = i32> {
    let reach = i32::from(stretch != UNDATED);
    stretch - reach..=stretch + reach
}

/// The bands of a signature, each with its hash.
fn keys(signature: &Signature) -> impl Iterator<Item = (usize, u64)> + '_ {
    signature
        .rows()
        .chunks_exact(BAND)
        .enumerate()
        .map(|(band, rows)| {
            let key = rows.iter().fold(band as u64, |key, &row| {
                (key ^ u64::from(row))
                    .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                    .rotate_left(23)
            });
            (band, key)
        })
}

#[cfg(test)]
mod tests {
    use sayso_lexicon::Lexicon;

    use super::*;

    fn signature(text: &str) -> Option<Signature> {
        Signature::of(text, &Lexicon::builtin().unwrap().events.quantities)
    }

    fn text(from: u32, to: u32) -> Option<Signature> {
        let words: Vec<String> = (from..to).map(|n| format!("w{n}")).collect();
        signature(&words.join(" "))
    }

    #[test]
    fn a_flash_printed_again_is_found_until_it_is_a_formula() {
        let mut copies = Copies::default();
        let flash = "Drones over Velda tonight.";
        copies.insert(signature(flash), Some(17_000));
        assert_eq!(copies.insert(signature(flash), Some(17_003)).len(), 1);
        assert_eq!(copies.insert(signature(flash), Some(17_004)).len(), 1);
        assert!(copies.insert(signature(flash), Some(17_008)).is_empty());
        let other = "Drones over Orla tonight.";
        assert!(copies.insert(signature(other), Some(17_003)).is_empty());
    }

    #[test]
    fn the_flash_at_the_head_of_a_report_is_no_print_of_it() {
        let mut copies = Copies::default();
        copies.insert(text(0, 300), Some(17_000));
        assert!(copies.insert(text(0, 9), Some(17_000)).is_empty());
    }

    #[test]
    fn a_text_cut_to_a_third_is_a_copy_one_on_the_same_matter_is_not() {
        let mut copies = Copies::default();
        assert!(copies.insert(text(0, 600), Some(17_000)).is_empty());
        assert_eq!(copies.insert(text(0, 200), Some(17_001))[0].report, 0);
        assert!(copies.insert(text(540, 1200), Some(17_001)).is_empty());
    }

    #[test]
    fn the_same_words_half_a_year_later_are_no_copy() {
        let mut copies = Copies::default();
        copies.insert(text(0, 600), Some(17_000));
        assert!(copies.insert(text(0, 600), Some(17_180)).is_empty());
        assert!(copies.insert(text(0, 600), None).is_empty());
        assert_eq!(copies.insert(text(0, 600), None).len(), 1);
    }

    #[test]
    fn a_stream_keeps_two_windows_only() {
        let mut copies = Copies::forgetting();
        let lexicon = Lexicon::builtin().unwrap();
        let text = |from: u32, to: u32| {
            let words: Vec<String> = (from..to).map(|n| format!("w{n}")).collect();
            Signature::of(&words.join(" "), &lexicon.events.quantities)
        };
        for day in 0..2_000 {
            copies.insert(text(day * 500, day * 500 + 100), Some(day.cast_signed()));
        }
        let kept = copies.signatures.iter().flatten().count();
        assert!(kept <= 4 * WINDOW as usize, "{kept}");
    }
}
