//! What words find.

use sayso_ledger::{Bounds, LedgerError, Place};

use super::make;
use super::sample::{MARKET, at, bridge, market};

pub async fn words_find_reports_and_statements(place: &Place) {
    let book = make(place).await;
    market().add(&book, at(6)).await.unwrap();
    bridge().add(&book, at(7)).await.unwrap();
    let ids = async |words: &str| -> Vec<String> {
        let hits = book.search(words, Bounds::ALL).await.unwrap();
        hits.into_iter().map(|hit| hit.about.id).collect()
    };
    assert_eq!(ids("MARKET qasr").await, ["market-1"]);
    assert_eq!(
        ids("said").await,
        ["bridge-1", "market-1"],
        "the newest first"
    );
    assert_eq!(ids("news").await.len(), 2, "headlines count");
    assert!(ids("market bridge").await.is_empty());
    assert!(ids("mark").await.is_empty(), "words match whole");
    let hit = &book.search("three people", Bounds::ALL).await.unwrap()[0];
    assert_eq!(hit.statements.len(), 1);
    let [start, end] = hit.spans[0];
    let found: String = MARKET.chars().skip(start).take(end - start).collect();
    assert_eq!(found, "three");
    assert!(
        hit.snippet.contains("killing three people"),
        "{}",
        hit.snippet
    );
    assert!(matches!(
        book.search(" – ", Bounds::ALL).await,
        Err(LedgerError::BadValue { .. })
    ));
}

pub async fn the_newest_is_told_by_the_moment_not_by_its_words(place: &Place) {
    let book = make(place).await;
    // Ten in the evening in Sefra is two hours before the other, though it reads as later.
    let mut later = bridge();
    later.published = "2025-10-06T21:00:00Z";
    let mut earlier = market();
    earlier.published = "2025-10-06T22:00:00+03:00";
    later.add(&book, at(7)).await.unwrap();
    earlier.add(&book, at(8)).await.unwrap();
    let hits = book.search("that", Bounds::ALL).await.unwrap();
    let ids: Vec<&str> = hits.iter().map(|hit| hit.about.id.as_str()).collect();
    assert_eq!(ids, ["bridge-1", "market-1"]);
}
