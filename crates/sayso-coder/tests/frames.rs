//! Every example of `lexicon/frames` is read with the shipped model: a sentence that tells the
//! frame's event gives that event, one that only has its words gives none of its type.

use sayso_coder::Coder;
use sayso_core::Event;
use sayso_lexicon::{EventFrame, Example, Lexicon};
use sayso_text::{Report, Span};

fn overlaps(text: &str, words: &str, spans: &[Span]) -> bool {
    words.is_empty()
        || text.match_indices(words).any(|(at, _)| {
            spans
                .iter()
                .any(|s| s.overlaps(Span::new(at, at + words.len())))
        })
}

fn is_of(event: &Event, frame: &EventFrame) -> bool {
    match frame.acled {
        Some(acled) => event.acled == Some(acled),
        None => event.acled.is_none() && event.plover == frame.plover,
    }
}

/// What is wrong with the best event for `example`, or nothing.
fn fault(coder: &Coder, frame: &EventFrame, example: &Example) -> Option<String> {
    let coded = coder.code(Report::from_text(example.text.clone()));
    let text = coded.reading.text();
    let told = |e: &&Event| is_of(e, frame) && overlaps(text, &example.anchor, &[e.anchor]);
    let Some(event) = coded.sheet.events.iter().find(told) else {
        let others: Vec<String> = coded
            .sheet
            .events
            .iter()
            .map(|e| format!("{:?} at `{}`", e.acled, e.anchor.of(text)))
            .collect();
        return Some(format!("no such event; found {others:?}"));
    };
    let spans = |sides: &[sayso_core::Side]| sides.iter().map(|s| s.span).collect::<Vec<_>>();
    let (a, b) = (spans(&event.side_a), spans(&event.side_b));
    let swapped = frame.acled == Some("Armed clash")
        && overlaps(text, &example.a, &b)
        && overlaps(text, &example.b, &a);
    if !swapped {
        for (name, words, spans) in [("side_a", &example.a, &a), ("side_b", &example.b, &b)] {
            if !overlaps(text, words, spans) {
                let found: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
                return Some(format!("{name} lacks `{words}`: {found:?}"));
            }
        }
    }
    let status = if example.status.is_empty() {
        "asserted"
    } else {
        &example.status
    };
    (event.status.as_str() != status).then(|| format!("status is {}", event.status.as_str()))
}

#[test]
fn frames_find_what_their_examples_tell() {
    let coder = Coder::shipped().unwrap();
    let lexicon = Lexicon::builtin().unwrap();
    let (mut faults, mut count) = (Vec::new(), 0);
    for frame in &lexicon.events.frames.all {
        for example in &frame.examples {
            count += 1;
            if let Some(fault) = fault(&coder, frame, example) {
                faults.push(format!("{}: {}\n    {fault}", frame.name, example.text));
            }
        }
        for text in &frame.counterexamples {
            count += 1;
            let coded = coder.code(Report::from_text(text.clone()));
            let own = format!("frame:{}/", frame.name);
            for event in &coded.sheet.events {
                let rule = event.why.get("type").map_or("", |r| r.rule.as_str());
                if is_of(event, frame) && rule.starts_with(&own) {
                    let anchor = event.anchor.of(coded.reading.text());
                    faults.push(format!("{}: {text}\n    told by `{anchor}`", frame.name));
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {count}:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
