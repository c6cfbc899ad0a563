//! Prints of one text: how many noisy copies are found, how many other reports are taken for one,
//! and how fast.
//!
//! The copies are made here, from a seed: shortened, retitled, with paragraphs in another order,
//! credits in another language or none, single words changed by a desk, a byline before and a
//! note after. So are copies of flashes, the first words of each text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use sayso_link::LinkKnowledge;
use sayso_link::copies::Copies;

/// Copies made of each text.
const COPIES: usize = 3;

/// One report of the test.
struct Print {
    /// Number of the text it is a print of.
    text: usize,
    words: String,
    /// What was done to it.
    noise: &'static str,
}

/// Measures on the texts of `shared/data/dev/fa-kes` and those of `samples`, and on their first words.
///
/// # Errors
/// Where a file cannot be read.
pub(crate) fn copies(shared: &Path, samples: &Path) -> Result<String> {
    let knowledge = LinkKnowledge::builtin()?;
    let texts = texts(shared, samples)?;
    let flashes: Vec<String> = texts.iter().enumerate().map(flash).collect();
    let mut random = Random(0x5A50);
    let mut out = measured("texts", &texts, noisy, &mut random, &knowledge)?;
    out.push('\n');
    out += &measured("flashes", &flashes, noisy_flash, &mut random, &knowledge)?;
    Ok(out)
}

/// Makes noisy copies of `texts` and measures how many are found.
fn measured(
    what: &str,
    texts: &[String],
    noisy: fn(&str, &mut Random) -> (String, &'static str),
    random: &mut Random,
    knowledge: &LinkKnowledge,
) -> Result<String> {
    let mut prints = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        prints.push(Print {
            text: number,
            words: text.clone(),
            noise: "as it was",
        });
        for _ in 0..COPIES {
            let (words, noise) = noisy(text, random);
            prints.push(Print {
                text: number,
                words,
                noise,
            });
        }
    }
    random.shuffle(&mut prints);

    // The originals themselves hold some prints of one text: whoever meets there is no error.
    let related = related(texts);
    let start = Instant::now();
    let mut index = Copies::forgetting();
    let found: Vec<Vec<u32>> = prints
        .iter()
        .enumerate()
        .map(|(at, print)| {
            // A thousand reports a day, as an archive has them.
            let day = i32::try_from(at / 1_000).unwrap_or(i32::MAX / 2);
            let copies = index.insert(knowledge.signature(&print.words), Some(17_000 + day));
            copies.into_iter().map(|copy| copy.report).collect()
        })
        .collect();
    let seconds = start.elapsed().as_secs_f64();

    // Prints that are joined by any chain of found copies are prints of one text.
    let mut group: Vec<usize> = (0..prints.len()).collect();
    for (at, copies) in found.iter().enumerate() {
        for &copy in copies {
            let (a, b) = (root(&mut group, at), root(&mut group, copy as usize));
            group[a.max(b)] = a.min(b);
        }
    }
    let groups: Vec<usize> = (0..prints.len()).map(|at| root(&mut group, at)).collect();
    let mut figures: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let (mut right, mut wrong, mut missed) = (0_u32, 0_u32, 0_u32);
    for a in 0..prints.len() {
        for b in 0..a {
            let same = prints[a].text == prints[b].text;
            let joined = groups[a] == groups[b];
            if same {
                for noise in [prints[a].noise, prints[b].noise] {
                    let figure = figures.entry(noise).or_default();
                    figure.0 += u32::from(joined);
                    figure.1 += 1;
                }
            }
            match (same, joined) {
                (true, true) => right += 1,
                (true, false) => missed += 1,
                (false, true) if related[prints[a].text] == related[prints[b].text] => {}
                (false, true) => wrong += 1,
                (false, false) => {}
            }
        }
    }
    let share = |part: u32, all: u32| f64::from(part) / f64::from(all.max(1));
    let mut out = String::new();
    writeln!(
        out,
        "{} {what}, {} prints; pairs: precision {:.3}, recall {:.3}; {:.0} reports a second on one core",
        texts.len(),
        prints.len(),
        share(right, right + wrong),
        share(right, right + missed),
        prints.len() as f64 / seconds
    )?;
    for (noise, (found, all)) in figures {
        writeln!(
            out,
            "{noise}: {found} of {all} pairs, {:.3}",
            share(found, all)
        )?;
    }
    Ok(out)
}

fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

/// For each original the first that it is tied to by texts of which each shares half of the
/// four-word shingles of the shorter one, counted in full: the collection holds some texts twice.
fn related(texts: &[String]) -> Vec<usize> {
    use std::collections::BTreeSet;
    let sets: Vec<BTreeSet<Vec<String>>> = texts
        .iter()
        .map(|text| {
            let words: Vec<String> = sayso_link::words::words(text)
                .map(sayso_link::words::folded)
                .collect();
            words.windows(4).map(<[String]>::to_vec).collect()
        })
        .collect();
    let mut holders: BTreeMap<&Vec<String>, Vec<usize>> = BTreeMap::new();
    for (number, set) in sets.iter().enumerate() {
        for shingle in set {
            holders.entry(shingle).or_default().push(number);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for numbers in holders.values() {
        for (at, &b) in numbers.iter().enumerate() {
            for &a in &numbers[..at] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut group: Vec<usize> = (0..texts.len()).collect();
    for ((a, b), count) in shared {
        if 2 * count >= sets[a].len().min(sets[b].len()) {
            let (a, b) = (root(&mut group, a), root(&mut group, b));
            group[a.max(b)] = a.min(b);
        }
    }
    (0..texts.len()).map(|at| root(&mut group, at)).collect()
}

fn texts(shared: &Path, samples: &Path) -> Result<Vec<String>> {
    let path = shared.join("data/dev/fa-kes/reports.jsonl");
    let lines = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let mut texts = Vec::new();
    for line in lines.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        texts.push(row["text"].as_str().unwrap_or_default().to_owned());
    }
    let mut files: Vec<_> = std::fs::read_dir(samples)
        .with_context(|| format!("cannot read {}", samples.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    for file in files {
        texts.push(std::fs::read_to_string(file)?);
    }
    // Below fifty words there is too little left after a cut to say whose it is.
    texts.retain(|text| text.split_whitespace().count() >= 50);
    Ok(texts)
}

/// Words of a flash: 8 to 25, the number of the text deciding.
fn flash((number, text): (usize, &String)) -> String {
    let words: Vec<&str> = text.split_whitespace().take(8 + number % 18).collect();
    words.join(" ")
}

/// A copy of a flash as a channel or a desk prints it, and the name of what was done.
fn noisy_flash(text: &str, random: &mut Random) -> (String, &'static str) {
    let (words, noise) = match random.below(5) {
        0 => (text.to_owned(), "the same words"),
        1 => (format!("Breaking: {text} (AFP)"), "a title and a credit"),
        2 => (text.to_uppercase(), "capitals"),
        3 => {
            let all: Vec<&str> = text.split(' ').collect();
            let keep = (all.len() * 4 / 5).max(8);
            (all[..keep.min(all.len())].join(" "), "cut by a fifth")
        }
        _ => (reworded(text, random), "a word in twelve changed"),
    };
    let words = match random.below(3) {
        0 => format!(
            "{words} #breaking https://news.example/{}",
            random.below(90)
        ),
        1 => format!("{words} Follow us for more"),
        _ => words,
    };
    (words, noise)
}

/// A copy as a desk prints it, and the name of what was done.
fn noisy(text: &str, random: &mut Random) -> (String, &'static str) {
    let mut sentences: Vec<String> = text.split_inclusive(". ").map(str::to_owned).collect();
    let noise = match random.below(4) {
        0 => {
            // Cut from the end, as desks do, to a third at least.
            let keep = sentences.len() * (35 + random.below(40)) / 100;
            sentences.truncate(keep.max(3));
            "shortened"
        }
        1 => {
            // The lead stays where it is.
            let lead = sentences.len().min(1 + random.below(2));
            random.shuffle(&mut sentences[lead..]);
            "re-ordered"
        }
        2 => {
            for sentence in &mut sentences {
                *sentence = reworded(sentence, random);
            }
            "a word in twelve changed"
        }
        _ => {
            let keep = sentences.len() * (50 + random.below(40)) / 100;
            sentences.truncate(keep.max(3));
            for sentence in &mut sentences {
                if random.below(3) == 0 {
                    *sentence = reworded(sentence, random);
                }
            }
            random.shuffle(&mut sentences[1..]);
            "shortened, re-ordered, words changed"
        }
    };
    let credits = [
        "(AFP)",
        "(أ ف ب)",
        "(Reuters)",
        "(رويترز)",
        "Par l'AFP –",
        "(Con información de AP)",
        "(Агентство)",
    ];
    let titles = [
        "Several dead in new violence",
        "Live updates",
        "World in brief",
        "What we know so far",
        "Última hora",
        "Deaths reported",
        "A look at the day",
    ];
    let credit = credits[random.below(credits.len())];
    let title = titles[random.below(titles.len())];
    let body = sentences.concat();
    let words = match random.below(3) {
        0 => format!("{title}\n\n{credit} {body}"),
        1 => format!("{title}. By our correspondent. {body} {credit}"),
        _ => format!("{body}\n\nRead more on our website. {credit}"),
    };
    (words, noise)
}

/// One word in twelve becomes another.
fn reworded(sentence: &str, random: &mut Random) -> String {
    let others = [
        "reportedly",
        "area",
        "officials",
        "late",
        "several",
        "town",
        "also",
        "the",
    ];
    let words: Vec<&str> = sentence
        .split(' ')
        .map(|word| {
            if random.below(12) == 0 {
                others[random.below(others.len())]
            } else {
                word
            }
        })
        .collect();
    words.join(" ")
}

/// Xorshift: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}
