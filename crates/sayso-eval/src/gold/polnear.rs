//! PolNeAR: `attributions/<article>_<annotator>.ann` in brat's format.
//!
//! An article with several annotators counts once, by the annotator whose file sorts first, as the
//! scorer counts it. Attributions without content are left out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use sayso_text::Span;

use super::{Bytes, GoldStatement};

/// The attributions of the article `id`.
///
/// # Errors
/// Where no annotation of it can be read.
pub(crate) fn read(gold: &Path, id: &str, text: &str) -> Result<Vec<GoldStatement>> {
    let folder = gold.join("attributions");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            name.strip_suffix(".ann")
                .and_then(|stem| stem.rsplit_once('_'))
                .is_some_and(|(article, _)| article == id)
        })
        .collect();
    names.sort();
    let path = folder.join(
        names
            .first()
            .with_context(|| format!("no annotation of {id}"))?,
    );
    let annotation =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(parse(&annotation, text))
}

/// Reads one `.ann` file.
fn parse(annotation: &str, text: &str) -> Vec<GoldStatement> {
    let bytes = Bytes::of(text);
    let mut bounds: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for line in annotation.lines().filter(|line| line.starts_with('T')) {
        let mut fields = line.split('\t');
        if let (Some(name), Some(place)) = (fields.next(), fields.next()) {
            let offsets = place.split_once(' ').map_or("", |(_, offsets)| offsets);
            let spans = offsets.split(';').filter_map(|pair| {
                let (start, end) = pair.trim().split_once(' ')?;
                Some(bytes.span(start.parse().ok()?, end.parse().ok()?))
            });
            bounds.insert(name, spans.collect());
        }
    }
    let mut found = Vec::new();
    for line in annotation.lines().filter(|line| line.starts_with('E')) {
        let mut statement = GoldStatement::default();
        let mut source: Vec<Span> = Vec::new();
        let arguments = line.split_once('\t').map_or("", |(_, rest)| rest);
        for argument in arguments.split_whitespace() {
            let Some((role, target)) = argument.split_once(':') else {
                continue;
            };
            let spans = bounds.get(target).map_or(&[][..], Vec::as_slice);
            match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => source.extend(spans),
                "Cue" => statement.cue.extend(spans),
                "Content" => statement.content.extend(spans),
                _ => {}
            }
        }
        if !source.is_empty() {
            statement.sources.push(source);
        }
        if !statement.content.is_empty() {
            found.push(statement);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_events_with_several_spans_of_a_role() {
        let text = "“Go,” the mayor said, “now.”";
        let annotation = "T1\tSource 6 15\tthe mayor\nT2\tCue 16 20\tsaid\n\
                          T3\tContent 0 5\t“Go,”\nT4\tContent 22 28\t“now.”\n\
                          T5\tAttribution 16 20\tsaid\n\
                          E1\tAttribution:T5 Source:T1 Cue:T2 Content:T3 Content2:T4\n\
                          E2\tAttribution:T5 Source:T1 Cue:T2\n";
        let gold = parse(annotation, text);
        assert_eq!(gold.len(), 1, "an attribution without content is left out");
        let words: Vec<&str> = gold[0].content.iter().map(|s| s.of(text)).collect();
        assert_eq!(words, ["“Go,”", "“now.”"]);
        assert_eq!(gold[0].sources[0][0].of(text), "the mayor");
        assert_eq!(gold[0].cue[0].of(text), "said");
    }
}
