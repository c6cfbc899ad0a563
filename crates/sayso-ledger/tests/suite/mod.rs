//! What a ledger does, whatever it is stored in. Each behaviour is given a place where no ledger
//! lies yet; a second one where two are needed.

mod adding;
mod erasing;
mod following;
mod locking;
mod moving;
mod opening;
mod reviewing;
pub mod sample;
mod searching;

pub use adding::*;
pub use erasing::*;
pub use following::*;
pub use locking::*;
pub use moving::*;
pub use opening::*;
pub use reviewing::*;
use sample::at;
use sayso_ledger::{
    Book, Bounds, KeptReport, Ledger, Missing, Place, ReportRef, ReviewDraft, Reviewed, Ruling,
    Standing,
};
pub use searching::*;
use serde_json::Value;

/// Runs on a runtime of its own.
pub fn run<T>(behaviour: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(behaviour)
}

/// Gives every behaviour over one place to a macro of the test that runs them.
#[macro_export]
macro_rules! behaviours {
    ($each:ident) => {
        $each! {
            the_same_report_is_kept_once,
            a_ledger_is_not_made_where_one_is_asked_for,
            another_content_needs_leave_to_be_a_correction,
            a_newer_version_by_the_outlet_is_a_correction,
            views_know_what_was_recorded_and_published_by_then,
            reviews_change_the_sheet,
            an_earlier_decision_stays_below_a_later_one,
            what_a_finding_refers_to_is_in_the_sheet,
            several_sheets_are_read_as_each_is,
            a_page_is_no_longer_than_its_bytes_allow,
            a_review_that_does_not_fit_is_refused,
            reviews_outlive_a_newer_coding_or_are_orphaned,
            findings_are_added_by_hand,
            what_is_erased_is_gone_and_leaves_a_tombstone,
            an_erasure_cut_short_is_finished,
            what_was_erased_a_moment_ago_gets_no_new_key,
            decisions_about_incidents_are_kept,
            a_withdrawal_is_seen_from_its_day_on,
            a_withdrawal_ends_where_the_outlet_stands_by_the_report,
            words_find_reports_and_statements,
            the_newest_is_told_by_the_moment_not_by_its_words,
            writers_wait_for_each_other,
            a_key_without_its_report_does_no_harm,
            a_kept_head_shows_what_was_cut_off,
            a_report_waits_for_its_sheet,
            a_decision_that_another_overtook_is_refused,
            a_review_that_is_taken_back_decides_nothing,
            what_came_in_since_is_told,
            an_import_that_is_taken_back_is_in_no_view,
            of_many_hits_the_latest_are_given,
            an_encrypted_ledger_tells_the_same_to_who_has_the_passphrase,
            a_ledger_made_with_a_passphrase_is_encrypted_from_its_beginning,
            a_passphrase_is_changed_and_taken_away,
            encrypting_that_was_cut_short_is_finished,
            who_has_it_open_in_clear_writes_nothing_any_more,
            names_cannot_be_tried_on_the_hashes,
            two_decisions_on_the_same_are_told_apart,
            a_file_is_sealed_for_who_has_the_passphrase,
            what_does_not_open_is_named_and_the_rest_is_read,
            an_index_that_was_damaged_is_made_anew,
            keys_that_were_damaged_are_replaced_by_an_import,
        }
    };
}

pub async fn make(place: &Place) -> Book {
    Book::open(place, Missing::Make).await.unwrap()
}

fn as_of(day: u32) -> Bounds {
    Bounds {
        as_of: Some(at(day)),
        published_by: None,
    }
}

fn review(finding: &str, field: Option<&str>, ruling: Ruling, value: Option<Value>) -> ReviewDraft {
    ReviewDraft {
        finding: finding.to_owned(),
        field: field.map(str::to_owned),
        ruling,
        value,
        why: Some("read the report".to_owned()),
    }
}

async fn report(book: &Book, id: &str) -> KeptReport {
    book.report(id, Bounds::ALL).await.unwrap()
}

async fn reviewed(book: &Book, id: &str) -> Reviewed {
    book.reviewed(&report(book, id).await).await.unwrap()
}

fn standings(reviewed: &Reviewed) -> Vec<Standing> {
    reviewed.marks.iter().map(|mark| mark.standing).collect()
}

async fn is_sound(book: &Book) -> bool {
    book.verify(None).await.unwrap().faults.is_empty()
}

/// How entries name a report, and its rows of the index of words.
pub async fn indexed(place: &Place, id: &str) -> (ReportRef, Vec<Vec<u8>>) {
    let reference = report(&make(place).await, id).await.reference;
    let rows = stored(place).await.derived("words", 0, 1_000).await;
    let rows = rows.unwrap().into_iter();
    let rows = rows
        .filter(|row| row.report == reference.as_str())
        .map(|row| row.bytes)
        .collect();
    (reference, rows)
}

/// The store below the book.
async fn stored(place: &Place) -> Box<dyn Ledger> {
    match place {
        Place::Sqlite { ledger, keys } => Box::new(
            sayso_ledger::sqlite::Sqlite::open(ledger, keys, Missing::Make)
                .await
                .unwrap(),
        ),
        Place::Postgres { url } => Box::new(
            sayso_ledger::postgres::Postgres::open(url, Missing::Make)
                .await
                .unwrap(),
        ),
    }
}
