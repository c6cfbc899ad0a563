//! The shipped model on an invented report. Skipped only where the model folder is not there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::OnceLock;

use sayso_model::Reader;
use sayso_text::{NameKind, NoteCode, Reading, Rel, Report, Role, Upos};

const REPORT: &str = "Gunmen attacked the village of Tal Wadiha in northern Qarat province on \
    Monday, killing at least 14 people, local officials said.\n\n\
    \"We heard shooting for two hours,\" Mariam Issaka, a teacher, told reporters. The army denied \
    that its soldiers had fired on civilians.\n\n\
    Witnesses said that the attackers had come from across the border. No group has claimed \
    responsibility.\n";

fn reader() -> Option<&'static Reader> {
    static READER: OnceLock<Option<Reader>> = OnceLock::new();
    READER
        .get_or_init(|| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../model");
            folder
                .join("labels.json")
                .exists()
                .then(|| Reader::open(&folder).unwrap())
        })
        .as_ref()
}

fn read(text: &str) -> Option<Reading> {
    let reader = reader()?;
    Some(reader.annotate(sayso_text::read(Report::from_text(text))))
}

fn find(reading: &Reading, word: &str) -> usize {
    (0..reading.tokens.len())
        .find(|&t| reading.word(t) == word)
        .unwrap_or_else(|| panic!("no token {word}"))
}

#[test]
fn finds_verbs_and_their_subjects() {
    let Some(reading) = read(REPORT) else { return };
    assert!(reading.annotated);
    for (verb, subject, lemma) in [
        ("attacked", "Gunmen", "attack"),
        ("denied", "army", "deny"),
        ("claimed", "group", "claim"),
    ] {
        let (verb, subject) = (find(&reading, verb), find(&reading, subject));
        assert_eq!(reading.tokens[verb].upos, Upos::Verb);
        assert_eq!(reading.tokens[verb].lemma, lemma);
        assert_eq!(reading.tokens[subject].head, Some(verb));
        assert_eq!(reading.tokens[subject].rel, Rel::Nsubj);
    }
}

#[test]
fn every_sentence_is_one_tree() {
    let Some(reading) = read(REPORT) else { return };
    for sentence in &reading.sentences {
        let roots = sentence
            .tokens
            .clone()
            .filter(|&t| reading.tokens[t].head.is_none());
        assert_eq!(roots.count(), 1);
        for token in sentence.tokens.clone() {
            let (mut at, mut steps) = (token, 0);
            while let Some(head) = reading.tokens[at].head {
                assert!(sentence.tokens.contains(&head));
                at = head;
                steps += 1;
                assert!(
                    steps <= sentence.tokens.len(),
                    "a cycle at {}",
                    reading.word(token)
                );
            }
        }
    }
}

#[test]
fn finds_names() {
    let Some(reading) = read(REPORT) else { return };
    let found: Vec<(&str, NameKind)> = reading
        .names
        .iter()
        .map(|n| (reading.slice(reading.span(&n.tokens)), n.kind))
        .collect();
    for wanted in [
        ("Tal Wadiha", NameKind::Gpe),
        ("Mariam Issaka", NameKind::Person),
        ("Monday", NameKind::Date),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} is not in {found:?}");
    }
}

#[test]
fn finds_who_said_what() {
    let Some(reading) = read(REPORT) else { return };
    let text = |role: &sayso_text::RoleSpan| reading.slice(reading.span(&role.tokens));
    let mut linked = 0;
    for (source, cue) in [
        ("local officials", "said"),
        ("Mariam Issaka", "told"),
        ("Witnesses", "said"),
    ] {
        linked += usize::from(reading.roles.iter().any(|role| {
            role.role == Role::Source
                && text(role).starts_with(source)
                && role
                    .link
                    .is_some_and(|l| text(&reading.roles[l]).starts_with(cue))
        }));
    }
    assert_eq!(linked, 3, "{:?}", reading.roles);
    assert!(reading.roles.iter().any(|r| r.role == Role::Content
        && text(r).contains("heard shooting for two hours")
        && r.link.is_some()));
}

#[test]
fn the_same_whatever_else_is_read_beside_it() {
    let Some(reader) = reader() else { return };
    let text = [
        REPORT,
        "The two sides signed a truce in Port Amsel.\n",
        REPORT,
    ]
    .concat();
    let alone = format!("{:?}", read(&text));
    let bare = sayso_text::read(Report::from_text(text.as_str()));
    let shared = reader.annotate_on(bare, NonZeroUsize::new(3).unwrap());
    assert!(format!("{:?}", Some(shared)) == alone);
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..8)
            .map(|n| {
                let text = &text;
                scope.spawn(move || {
                    let other = REPORT.repeat(n % 3 + 1);
                    let _ = reader.annotate(sayso_text::read(Report::from_text(other)));
                    format!("{:?}", read(text))
                })
            })
            .collect();
        for other in others {
            assert!(other.join().unwrap() == alone);
        }
    });
}

#[test]
fn a_sentence_without_end_is_read_in_parts() {
    let text = "Fighters entered the town, burned houses and left, ".repeat(40);
    let Some(reading) = read(&text) else { return };
    assert!(reading.annotated);
    let longest = reading.sentences.iter().map(|s| s.tokens.len()).max();
    if longest > Some(254) {
        assert!(
            reading
                .notes
                .iter()
                .any(|n| n.code == NoteCode::LongSentence)
        );
    }
    for sentence in &reading.sentences {
        let roots = sentence
            .tokens
            .clone()
            .filter(|&t| reading.tokens[t].head.is_none());
        assert_eq!(roots.count(), 1);
    }
}

#[test]
fn another_language_is_left_alone() {
    let text = "Des hommes armés ont attaqué le village dans la nuit de lundi à mardi, a déclaré \
        le porte-parole du gouvernement. Au moins quatorze personnes ont été tuées.";
    let Some(reading) = read(text) else { return };
    assert!(!reading.annotated && reading.roles.is_empty());
    assert!(
        reading
            .notes
            .iter()
            .any(|n| n.code == NoteCode::LanguageNotRead)
    );
}

#[test]
fn nothing_gives_a_note() {
    let Some(reading) = read(" \n") else { return };
    assert!(!reading.annotated);
    assert!(reading.notes.iter().any(|n| n.code == NoteCode::Empty));
}

#[test]
fn odd_characters_do_no_harm() {
    for text in [
        "\u{202e}Gunmen\u{202c} killed 3 \u{1f600}\u{1f600} people\u{301} in \u{200b}K\u{f6}ln.",
        "( ( ( ) ) ) ... --- ??? ,,, ;;;",
        "A",
        "http://example.org/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8",
    ] {
        let Some(reading) = read(text) else { return };
        assert_eq!(reading.text(), text);
    }
}

#[test]
fn a_folder_that_is_not_whole_is_refused() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../model");
    if reader().is_none() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("sayso-model-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let said = || {
        let error = Reader::open(&folder).unwrap_err();
        format!("{error}")
    };
    assert!(said().contains("labels.json"), "{}", said());
    for name in ["labels.json", "vocab.txt"] {
        std::fs::copy(shipped.join(name), folder.join(name)).unwrap();
    }
    assert!(said().contains("sayso-en.onnx"), "{}", said());
    let weights = std::fs::read(shipped.join("sayso-en.onnx")).unwrap();
    std::fs::write(folder.join("sayso-en.onnx"), &weights[..weights.len() / 2]).unwrap();
    assert!(said().contains("restore"), "{}", said());
    let labels = std::fs::read_to_string(folder.join("labels.json")).unwrap();
    std::fs::write(
        folder.join("labels.json"),
        labels.replacen("en-1", "en-9", 1),
    )
    .unwrap();
    assert!(said().contains("en-9"), "{}", said());
    std::fs::remove_dir_all(&folder).unwrap();
}
