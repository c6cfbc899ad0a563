//! Nothing that the do-no-harm rules leave out is found in any format.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod coded;
mod unpacked;

use sayso_coder::Coder;
use sayso_export::{Dataset, File, Format, Profile, export};
use sayso_redact::{Redaction, folded};
use unpacked::unpacked;

/// All that can be read in the files of a format, with their names.
fn read(files: &[File]) -> String {
    let words = |file: &File| [file.name.clone(), unpacked(&file.bytes)].join("\n");
    files.iter().map(words).collect::<Vec<String>>().join("\n")
}

#[test]
fn no_format_holds_what_is_left_out() {
    let coder = Coder::shipped().unwrap();
    let knowledge = coder.knowledge();
    let parts = coded::linked(&coder, coded::protect());
    let (mut searched, mut shown) = (0, 0);
    for part in parts {
        let mut redaction = Redaction::default();
        for sheet in &part.1 {
            redaction.gather_with(sheet, knowledge.gazetteer);
        }
        let ids = part.0.reports.iter().map(|report| report.id.as_str());
        let strings = redaction.scope(ids).strings();
        let public = Dataset::new(Profile::Public, vec![part.clone()], knowledge.gazetteer);
        let full = Dataset::new(Profile::Full, vec![part], knowledge.gazetteer);
        for format in Format::ALL {
            let text = folded(&read(&export(format, &public).unwrap()));
            let everything = folded(&read(&export(format, &full).unwrap()));
            for string in &strings {
                let words = format!(" {string} ");
                // Tags run the words of a name together.
                let run = string.replace(' ', "");
                let is_run = run.len() > 6 && text.split(' ').any(|word| word.contains(&run));
                assert!(
                    !(text.contains(&words) || is_run && string.contains(' ')),
                    "{}: `{string}` in {text}",
                    format.name()
                );
                shown += usize::from(everything.contains(&words));
                searched += 1;
            }
        }
    }
    eprintln!("{searched} searches; the full profile shows {shown}");
    assert!(searched > 1_000, "{searched}");
    // The search can find what is there: most strings stand in most formats of the full profile.
    assert!(shown * 3 > searched, "{shown} of {searched}");
}

#[test]
fn who_wrote_a_message_that_is_passed_on_is_in_no_format() {
    let coder = Coder::shipped().unwrap();
    let mut reports = coded::demo();
    for report in &mut reports {
        report.forwarded_from = Some("Zelika Omarvand".to_owned());
        report.author = Some("Pirouz Latifkhel".to_owned());
    }
    let parts = coded::linked(&coder, reports);
    for (profile, is_shown) in [(Profile::Public, false), (Profile::Full, true)] {
        let dataset = Dataset::new(profile, parts.clone(), coder.knowledge().gazetteer);
        let files = Format::ALL.map(|format| read(&export(format, &dataset).unwrap()));
        let all = folded(&files.concat());
        assert_eq!(all.contains(" zelika omarvand "), is_shown, "{profile:?}");
        assert!(
            !all.contains(" pirouz latifkhel ") || is_shown,
            "{profile:?}"
        );
    }
}
