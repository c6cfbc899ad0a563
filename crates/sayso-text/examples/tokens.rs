//! Measures tokens and sentences against treebanks: `cargo run --example tokens -- FILE.conllu…`.
//!
//! Tokens: each tree's `# text` by itself. Sentences: the trees of one paragraph joined by a space
//! (paragraphs by a blank line), so that layout gives nothing away inside a paragraph.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use sayso_text::{Report, read};

struct Tree {
    text: String,
    tokens: Vec<(usize, usize)>,
    new_paragraph: bool,
}

fn trees(content: &str) -> Vec<Tree> {
    content
        .split("\n\n")
        .filter_map(|block| {
            let text = block
                .lines()
                .find_map(|l| l.strip_prefix("# text = "))?
                .to_owned();
            let new_paragraph = block
                .lines()
                .any(|l| l.starts_with("# newpar") || l.starts_with("# newdoc"));
            let (mut tokens, mut at, mut within) = (Vec::new(), 0, (0_usize, 0_usize));
            for line in block.lines().filter(|l| !l.starts_with('#')) {
                let columns: Vec<&str> = line.split('\t').collect();
                let (id, form) = (columns[0], columns[1]);
                if let Some((_, last)) = id.split_once('-') {
                    let start = at + text[at..].find(form)?;
                    within = (last.parse().ok()?, start + form.len());
                    at = start;
                } else if let Ok(number) = id.parse::<usize>() {
                    let start = at + text[at..].find(form)?;
                    tokens.push((start, start + form.len()));
                    at = start + form.len();
                    if number == within.0 {
                        at = within.1;
                    }
                }
            }
            Some(Tree {
                text,
                tokens,
                new_paragraph,
            })
        })
        .collect()
}

fn main() {
    for path in std::env::args().skip(1) {
        let trees = trees(&std::fs::read_to_string(&path).unwrap());
        let (mut right, mut found, mut gold) = (0, 0, 0);
        let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
        for tree in &trees {
            let reading = read(Report::from_text(tree.text.as_str()));
            let ours: BTreeSet<_> = reading
                .tokens
                .iter()
                .map(|t| (t.span.start(), t.span.end()))
                .collect();
            let theirs: BTreeSet<_> = tree.tokens.iter().copied().collect();
            right += ours.intersection(&theirs).count();
            found += ours.len();
            gold += theirs.len();
            let list = |set: Vec<&(usize, usize)>| {
                set.iter()
                    .map(|(a, b)| &tree.text[*a..*b])
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let (more, less) = (
                list(ours.difference(&theirs).collect()),
                list(theirs.difference(&ours).collect()),
            );
            if more != less {
                *wrong.entry(format!("{more}  <>  {less}")).or_default() += 1;
            }
        }
        let f1 = 2.0 * f64::from(right as u32) / f64::from((found + gold) as u32);
        println!("{path}\n  token F1 {f1:.4} ({gold} tokens)");

        let (mut text, mut ends) = (String::new(), BTreeSet::new());
        for tree in &trees {
            if !text.is_empty() {
                text.push_str(if tree.new_paragraph { "\n\n" } else { " " });
            }
            text.push_str(&tree.text);
            ends.insert(text.len());
        }
        let reading = read(Report::from_text(text.as_str()));
        let ours: BTreeSet<_> = reading.sentences.iter().map(|s| s.span.end()).collect();
        let right = ours.intersection(&ends).count();
        println!(
            "  sentence ends: precision {:.4}, recall {:.4} ({} trees)",
            right as f64 / ours.len() as f64,
            right as f64 / ends.len() as f64,
            ends.len()
        );
        if std::env::var_os("SHOW").is_some() {
            let mut wrong: Vec<_> = wrong.into_iter().collect();
            wrong.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
            for (what, n) in wrong.iter().take(120) {
                println!("  {n} {what}");
            }
            let around = |at: usize| {
                let mut from = at.saturating_sub(40);
                while !text.is_char_boundary(from) {
                    from -= 1;
                }
                let mut to = (at + 30).min(text.len());
                while !text.is_char_boundary(to) {
                    to += 1;
                }
                format!("{}|{}", &text[from..at], &text[at..to]).replace('\n', "⏎")
            };
            for at in ours.difference(&ends).take(150) {
                println!("  false end {}", around(*at));
            }
            for at in ends.difference(&ours).take(150) {
                println!("  missed end {}", around(*at));
            }
        }
    }
}
