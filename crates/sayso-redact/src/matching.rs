//! Finding protected names and spots in a text.

use std::collections::{BTreeMap, BTreeSet};

use crate::Rule;
use crate::fold::{Word, folded_words, words};
use crate::joined::{Joined, joined};
use crate::pieces::Pieces;

/// Shorter parts of a name are too common to be left out alone.
const SHORTEST_PART: usize = 3;

/// A longer name begins at most so many words before a part of it.
const LONGEST_NAME: usize = 8;

/// Words that are part of names all over the world and name nobody.
pub(crate) const PARTICLES: &[&str] = &[
    "abd", "abdel", "abdul", "abu", "and", "ash", "bar", "ben", "bint", "bin", "binti", "dal",
    "das", "daw", "del", "della", "den", "der", "des", "dos", "dit", "don", "dona", "ibn", "jr",
    "las", "los", "mac", "mrs", "oul", "ould", "prof", "saint", "san", "santa", "sao", "sri",
    "ter", "the", "tun", "umm", "van", "von", "zum", "zur",
];

/// Words of the calendar that are given names too.
const CALENDAR: &[&str] = &[
    "april",
    "august",
    "dimanche",
    "friday",
    "january",
    "june",
    "march",
    "may",
    "monday",
    "saturday",
    "sunday",
    "thursday",
    "tuesday",
    "wednesday",
];

/// What is looked for: runs of folded words, longest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patterns {
    by_first: BTreeMap<String, Vec<(Vec<String>, Rule)>>,
}

/// A place in a text where a pattern was found, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) rule: Rule,
}

impl Patterns {
    /// Looks for all words of `name`, in their order.
    pub(crate) fn add(&mut self, name: &str, rule: Rule) {
        self.add_words(folded_words(name), rule);
    }

    /// Looks for some folded words.
    pub(crate) fn add_words(&mut self, words: Vec<String>, rule: Rule) {
        let Some(first) = words.first() else {
            return;
        };
        let same_start = self.by_first.entry(first.clone()).or_default();
        match same_start.iter_mut().find(|(known, _)| *known == words) {
            // The strictest rule is the first one.
            Some((_, known)) => *known = (*known).min(rule),
            None => same_start.push((words, rule)),
        }
        same_start.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    }

    /// Every pattern with its rule.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&[String], Rule)> {
        let patterns = self.by_first.values().flatten();
        patterns.map(|(words, rule)| (words.as_slice(), *rule))
    }

    /// Whether exactly these words are a pattern.
    pub(crate) fn has(&self, words: &[String]) -> bool {
        let same_start = words.first().and_then(|first| self.by_first.get(first));
        same_start.is_some_and(|known| known.iter().any(|(pattern, _)| pattern == words))
    }

    /// The longest pattern that begins at word `at`: how many words it has, and its rule.
    fn at(&self, words: &[Word], at: usize) -> Option<(usize, Rule)> {
        let candidates = self.by_first.get(&words.get(at)?.folded)?;
        candidates
            .iter()
            .find(|(pattern, _)| {
                words.get(at..at + pattern.len()).is_some_and(|found| {
                    found
                        .iter()
                        .zip(pattern)
                        .all(|(word, folded)| word.folded == *folded)
                })
            })
            .map(|(pattern, rule)| (pattern.len(), *rule))
    }

    /// Whether a pattern covers the `count` words from `at` on.
    fn spans(&self, words: &[Word], at: usize, count: usize) -> bool {
        let first = at.saturating_sub(LONGEST_NAME);
        (first..=at).any(|from| {
            let covered = self.at(words, from);
            covered.is_some_and(|(long, _)| from + long >= at + count)
        })
    }

    /// For each word how many words the longest pattern has that it lies in; 0 for none.
    pub(crate) fn cover(&self, words: &[Word]) -> Vec<usize> {
        let mut covered = vec![0; words.len()];
        for at in 0..words.len() {
            if let Some((count, _)) = self.at(words, at) {
                for word in &mut covered[at..at + count] {
                    *word = count.max(*word);
                }
            }
        }
        covered
    }
}

/// What a text is searched for.
#[derive(Clone, Copy)]
pub(crate) struct Search<'p> {
    /// Names and spots of the reports at hand.
    pub(crate) own: &'p Patterns,
    /// Names of several words of all reports.
    pub(crate) full: &'p Patterns,
    /// Those of them that are public here, alone or as part of a longer name.
    pub(crate) lifted: &'p Patterns,
    /// Names that a single word may be part of.
    pub(crate) kept: &'p Patterns,
    /// Single words that are all there is of somebody's name: a town of that name does not keep them.
    pub(crate) whole: &'p BTreeSet<String>,
}

/// Where a text says by itself who or what its words are, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// Mentions of the protected: names in them are theirs, in whatever case.
    pub(crate) persons: Vec<[usize; 2]>,
    /// Places.
    pub(crate) places: Vec<[usize; 2]>,
}

impl Told {
    fn is_in(spans: &[[usize; 2]], word: &Word) -> bool {
        let mut spans = spans.iter();
        spans.any(|&[start, end]| start <= word.start && word.end <= end)
    }
}

impl Search<'_> {
    /// The longest name that begins at word `at`: how many words it has, and the strictest rule.
    fn at(&self, words: &[Word], at: usize) -> Option<(usize, Rule)> {
        let full = self.full.at(words, at);
        let full = full.filter(|&(count, _)| !self.lifted.spans(words, at, count));
        match (self.own.at(words, at), full) {
            (Some(own), Some(full)) if own.0 >= full.0 => Some(own),
            (_, Some((count, rule))) => Some((count, elsewhere(rule))),
            (own, None) => own,
        }
    }

    /// Where names stand in `text`, in order and without overlaps. A single word must begin with a
    /// capital, and is passed over where it lies in a name that is kept.
    pub(crate) fn find(&self, text: &str) -> Vec<Found> {
        self.find_where(text, &Told::default())
    }

    /// As [`Search::find`], in a text that tells who and what its words are.
    pub(crate) fn find_where(&self, text: &str, told: &Told) -> Vec<Found> {
        let words = words(text);
        let shielded = self.kept.cover(&words);
        let free = |at: usize| {
            let word = &words[at];
            if Told::is_in(&told.persons, word) {
                return true;
            }
            let is_kept = match shielded[at] {
                0 => false,
                1 => !self.whole.contains(&word.folded) || Told::is_in(&told.places, word),
                _ => true,
            };
            word.is_capital && !is_kept
        };
        let mut found: Vec<Found> = Vec::new();
        let mut tags = joined(text, &words).into_iter().peekable();
        let mut at = 0;
        while at < words.len() {
            while tags.next_if(|tag| tag.first < at).is_some() {}
            if let Some(tag) = tags.next_if(|tag| tag.first == at)
                && let Some(rule) = self.spelt_in(&tag)
            {
                at += tag.count;
                let (start, end) = (tag.start, tag.end);
                found.push(Found { start, end, rule });
                continue;
            }
            let hit = self.at(&words, at).filter(|&(count, _)| {
                (count > 1 || free(at)) && goes_on(text, &words[at..at + count])
            });
            let Some((count, rule)) = hit else {
                at += 1;
                continue;
            };
            let start = with_initials(text, &words, at, found.last().map_or(0, |f| f.end));
            found.push(Found {
                start,
                end: words[at + count - 1].end,
                rule,
            });
            at += count;
        }
        found
    }

    /// The strictest rule for a name that is spelt in what is run together.
    fn spelt_in(&self, joined: &Joined) -> Option<Rule> {
        let pieces = Pieces::of(joined, self);
        let own = self.own.all();
        let own = own.filter(|(name, rule)| pieces.spell(name, *rule, true));
        let full = self.full.all().filter(|(name, rule)| {
            let is_known = self.own.has(name) || self.lifted.has(name);
            !is_known && pieces.spell(name, *rule, false)
        });
        let own = own.map(|(_, rule)| rule).min();
        own.or_else(|| full.map(|(_, rule)| elsewhere(rule)).min())
    }

    /// Whether any name is spelt in `text`, in whatever case and run together as slugs are.
    pub(crate) fn is_spelt_in(&self, text: &str) -> bool {
        let words = words(text);
        let shielded = self.kept.cover(&words);
        let by_words = (0..words.len()).any(|at| {
            let hit = self.at(&words, at);
            hit.is_some_and(|(count, _)| {
                let is_kept = shielded[at] > 1
                    || shielded[at] == 1 && !self.whole.contains(&words[at].folded);
                count > 1 || !is_kept
            })
        });
        by_words || self.spelt_in(&Joined::address(text)).is_some()
    }
}

/// The rule for what a report protects that is not at hand. What it says of somebody of this name need
/// not be so of this one; a house is the same house.
fn elsewhere(rule: Rule) -> Rule {
    match rule {
        Rule::ExactSpot => rule,
        _ => Rule::NamedElsewhere,
    }
}

/// Whether nothing but a mark or two stands between words: a name does not go over a line or over
/// words that are none.
fn goes_on(text: &str, words: &[Word]) -> bool {
    words.windows(2).all(|pair| {
        let between = text.get(pair[0].end..pair[1].start).unwrap_or_default();
        between.chars().count() <= 3 && !between.contains(['!', '?', ';', ':'])
    })
}

/// Initials before a name go with it: “K. Sivapalan”.
fn with_initials(text: &str, words: &[Word], at: usize, floor: usize) -> usize {
    let mut start = words[at].start;
    for word in words[..at].iter().rev() {
        let initial = word.end - word.start == 1
            && word.is_capital
            && text
                .get(word.end..start)
                .is_some_and(|between| between.starts_with('.') && between.chars().count() <= 2);
        if !initial || word.start < floor {
            break;
        }
        start = word.start;
    }
    start
}

/// The parts of a name that name somebody alone too: no particles, initials or words of the
/// calendar.
pub(crate) fn parts(name: &str) -> Vec<String> {
    folded_words(name)
        .into_iter()
        .filter(|part| {
            let letters = part.chars().count();
            let long = letters >= SHORTEST_PART || (letters == 2 && !part.is_ascii());
            long && !part.chars().all(char::is_numeric)
                && !PARTICLES.contains(&part.as_str())
                && !CALENDAR.contains(&part.as_str())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(names: &[&str]) -> Patterns {
        let mut patterns = Patterns::default();
        for name in names {
            patterns.add(name, Rule::Victim);
        }
        patterns
    }

    fn found<'t>(own: &Patterns, kept: &Patterns, text: &'t str) -> Vec<&'t str> {
        let (full, lifted, whole) = (&Patterns::default(), &Patterns::default(), &BTreeSet::new());
        let search = Search {
            own,
            full,
            lifted,
            kept,
            whole,
        };
        let hits = search.find(text);
        hits.iter().map(|hit| &text[hit.start..hit.end]).collect()
    }

    #[test]
    fn the_longest_name_is_found_in_any_case_and_with_any_marks() {
        let names = patterns(&["Efrain Cabanas", "Cabanas"]);
        let none = Patterns::default();
        let text = "EFRAÍN CABAÑAS fell. Cabañas’s brother kept a cabanas.";
        assert_eq!(found(&names, &none, text), ["EFRAÍN CABAÑAS", "Cabañas"]);
    }

    #[test]
    fn a_part_within_a_public_name_is_kept() {
        let names = patterns(&["Dara Homs", "Homs"]);
        let kept = patterns(&["Homs Governorate"]);
        let text = "Homs was hit, the Homs Governorate was not";
        assert_eq!(found(&names, &kept, text), ["Homs"]);
    }

    #[test]
    fn somebody_called_as_a_town_is_not_shown_for_it() {
        let (full, lifted) = (&Patterns::default(), &Patterns::default());
        let search = Search {
            own: &patterns(&["Kaura"]),
            full,
            lifted,
            kept: &patterns(&["Kaura", "Kaura Namoda"]),
            whole: &BTreeSet::from(["kaura".to_owned()]),
        };
        let text = "Kaura lived in Kaura Namoda. In Kaura kaura is a good word.";
        let hits = |told: &Told| -> Vec<usize> {
            let hits = search.find_where(text, told);
            hits.iter().map(|hit| hit.start).collect()
        };
        assert_eq!(hits(&Told::default()), [0, 32]);
        let told = Told {
            persons: vec![[38, 43]],
            places: vec![[32, 37]],
        };
        assert_eq!(hits(&told), [0, 38]);
        assert!(search.is_spelt_in("kaura-is-dead"));
        assert!(!search.is_spelt_in("kaura-namoda-market"));
    }

    #[test]
    fn a_name_with_what_is_not_seen_in_it_is_that_name() {
        let names = patterns(&["Amina Yusuf"]);
        let text = "Ami\u{200b}na \u{202e}Yu\u{ad}suf\u{202c} fell";
        let found = found(&names, &Patterns::default(), text);
        assert_eq!(found, ["Ami\u{200b}na \u{202e}Yu\u{ad}suf\u{202c}"]);
    }

    #[test]
    fn initials_go_with_the_name() {
        let names = patterns(&["Sivapalan"]);
        let text = "On Sunday K. S. Sivapalan died";
        assert_eq!(
            found(&names, &Patterns::default(), text),
            ["K. S. Sivapalan"]
        );
    }

    #[test]
    fn slugs_spell_names() {
        let search = Search {
            own: &patterns(&["Amina Yusuf", "Yusuf"]),
            full: &Patterns::default(),
            lifted: &Patterns::default(),
            kept: &Patterns::default(),
            whole: &BTreeSet::new(),
        };
        assert!(search.is_spelt_in("https://e.example/killing-of-yusuf.html"));
        assert!(search.is_spelt_in("https://e.example/aminayusuf"));
        assert!(!search.is_spelt_in("https://e.example/market"));
    }

    #[test]
    fn a_name_that_another_report_protects_stays_where_it_is_public() {
        let search = Search {
            own: &patterns(&["Sefa Tamun"]),
            full: &patterns(&["Sefa Tamun", "Orhan Delva", "Ife Kanto"]),
            lifted: &patterns(&["Orhan Delva Bero", "Sefa Tamun"]),
            kept: &Patterns::default(),
            whole: &BTreeSet::new(),
        };
        let text = "Sefa Tamun met Orhan Delva Bero, Orhan Delva and Ife Kanto";
        let hits = search.find(text);
        let hits: Vec<(&str, Rule)> = hits
            .iter()
            .map(|hit| (&text[hit.start..hit.end], hit.rule))
            .collect();
        assert_eq!(
            hits,
            [
                ("Sefa Tamun", Rule::Victim),
                ("Orhan Delva", Rule::NamedElsewhere),
                ("Ife Kanto", Rule::NamedElsewhere),
            ]
        );
    }

    #[test]
    fn names_in_tags_and_handles_are_found_with_their_sign() {
        let search = Search {
            own: &patterns(&["Amina Yusuf", "Amina", "Yusuf", "Kassala"]),
            full: &patterns(&["Amina Yusuf", "Ife Kanto", "Orhan Delva"]),
            lifted: &patterns(&["Orhan Delva"]),
            kept: &patterns(&["Kassala"]),
            whole: &BTreeSet::new(),
        };
        let hits = |text: &str| -> Vec<String> {
            let hits = search.find(text);
            let told = |hit: &Found| format!("{} {}", &text[hit.start..hit.end], hit.rule.name());
            hits.iter().map(told).collect()
        };
        let text = "#JusticeForAminaYusuf, say @aminayusuf and #amina_yusuf; #WeAreYusuf";
        assert_eq!(
            hits(text),
            [
                "#JusticeForAminaYusuf victim",
                "@aminayusuf victim",
                "#amina_yusuf victim",
                "#WeAreYusuf victim"
            ]
        );
        assert_eq!(
            hits("#SaveIfeKanto by OrhanDelva in #KassalaNow, McKay"),
            ["#SaveIfeKanto named-elsewhere"]
        );
        assert_eq!(hits("“Amina #Yusuf”"), ["Amina #Yusuf victim"]);
    }

    #[test]
    fn the_house_of_another_report_is_no_place_to_go_to() {
        let (own, none, nobody) = (&Patterns::default(), &Patterns::default(), &BTreeSet::new());
        let mut full = Patterns::default();
        full.add("12 Nile Street", Rule::ExactSpot);
        let search = Search {
            own,
            full: &full,
            lifted: none,
            kept: none,
            whole: nobody,
        };
        let hits = search.find("They met at 12, Nile street and in Nile Street.");
        assert_eq!(hits.len(), 1);
        assert_eq!(
            (hits[0].start, hits[0].end, hits[0].rule),
            (12, 27, Rule::ExactSpot)
        );
    }

    #[test]
    fn particles_initials_and_months_are_no_parts() {
        assert_eq!(parts("Dr. May bint al-Jarba"), ["jarba"]);
    }
}
