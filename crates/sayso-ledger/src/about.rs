//! From a report as it was read to what the ledger keeps of it, and back.

use sayso_text::{Note, NoteCode, Published, Report};

use crate::payload::About;

impl About {
    /// What is known about a report, beside its text.
    pub fn of(report: &Report) -> Self {
        let written = |published: &Published| published.as_written().to_owned();
        Self {
            id: report.id.clone(),
            title: report.title.clone(),
            outlet: report.outlet.clone(),
            url: report.url.clone(),
            published: report.published.as_ref().map(written),
            language: report.language.clone(),
            author: report.author.clone(),
            updated: report.updated.as_ref().map(written),
            forwarded_from: report.forwarded_from.clone(),
            reply_to: report.reply_to.clone(),
            versioned: report.versioned,
            summary: report.summary,
        }
    }

    /// The report as it was read when it came in, with this text; `notes` are those of the reader.
    pub fn report(&self, text: String, mut notes: Vec<Note>) -> Report {
        let is_noted = notes.iter().any(|note| note.code == NoteCode::SummaryOnly);
        if self.summary && !is_noted {
            notes.push(Note::summary_only());
        }
        let date = |written: &Option<String>| {
            let written = written.as_deref()?;
            Published::parse(written).ok()
        };
        Report {
            id: self.id.clone(),
            title: self.title.clone(),
            text,
            published: date(&self.published),
            outlet: self.outlet.clone(),
            url: self.url.clone(),
            language: self.language.clone(),
            versioned: self.versioned,
            author: self.author.clone(),
            updated: date(&self.updated),
            forwarded_from: self.forwarded_from.clone(),
            reply_to: self.reply_to.clone(),
            summary: self.summary,
            notes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_comes_back_as_it_was() {
        let report = Report {
            id: "tarra:1".to_owned(),
            title: Some("Bridge closed".to_owned()),
            text: "The bridge at Tarra was closed.".to_owned(),
            published: Published::parse("2025-05-12").ok(),
            updated: Published::parse("2025-05-12T14:00:00Z").ok(),
            outlet: Some("Tarra Post".to_owned()),
            versioned: true,
            ..Report::default()
        };
        let about = About::of(&report);
        assert_eq!(about.report(report.text.clone(), Vec::new()), report);
        let summary = About {
            summary: true,
            ..about
        };
        let again = summary.report(String::new(), Vec::new());
        assert_eq!(again.notes, [Note::summary_only()]);
        let noted = summary.report(String::new(), again.notes.clone());
        assert_eq!(noted.notes, again.notes);
    }
}
