//! Prints what is read from files, folders or `-`: `cargo run --example reports -- PATH…`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

fn main() {
    for report in sayso_text::input::reports(std::env::args().skip(1)) {
        match report {
            Ok(report) => {
                let reading = sayso_text::read(report);
                let report = &reading.report;
                println!(
                    "{} | {:?} | {:?} | {:?} | {} | {} sentences",
                    report.id,
                    report.title,
                    report.published,
                    report.outlet,
                    reading.language,
                    reading.sentences.len()
                );
                for note in &reading.notes {
                    println!("  note {}: {}", note.code.as_str(), note.message);
                }
                println!("{}\n", report.text);
            }
            Err(error) => eprintln!("{error}"),
        }
    }
}
