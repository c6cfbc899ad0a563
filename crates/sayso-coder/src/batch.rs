//! Many reports at once, results in the order of the input: for whoever has threads to spare.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many items may wait between two stages, for each worker. Bounds memory on long inputs.
const WAITING: usize = 4;

/// How many threads work, where `given` says nothing: one a core.
pub fn jobs(given: Option<NonZeroUsize>) -> NonZeroUsize {
    given.unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
}

/// Applies `work` to every item of `input` on `jobs` threads and hands the results to `take` in
/// the order of the input.
///
/// Memory is bounded: a slow item holds back at most a fixed number of others a thread.
///
/// # Errors
/// The first error of `take`; the rest of the input is then not worked on.
pub fn in_order<I, T, R, E>(
    input: I,
    jobs: NonZeroUsize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    let jobs = jobs.get();
    let (item_sender, items) = sync_channel::<(usize, T)>(jobs * WAITING);
    let (result_sender, results) = sync_channel::<(usize, R)>(jobs * WAITING);
    // Tickets bound how far the input may run ahead of the output.
    let (ticket_sender, tickets) = sync_channel::<()>(jobs * WAITING * 2);
    let items = Mutex::new(items);
    thread::scope(|scope| {
        scope.spawn(move || feed(input, &item_sender, &ticket_sender));
        for _ in 0..jobs {
            let result_sender = result_sender.clone();
            let (items, work) = (&items, &work);
            scope.spawn(move || {
                while let Some((number, item)) = next(items) {
                    if result_sender.send((number, work(item))).is_err() {
                        // Nobody takes results any more. The feeder may be waiting for room: make
                        // it, until it notices that its tickets have ended.
                        while next(items).is_some() {}
                        return;
                    }
                }
            });
        }
        drop(result_sender);
        let outcome = hand_over(&results, &tickets, &mut take);
        // Dropping the receiving ends stops the other stages when `take` has failed.
        drop(results);
        drop(tickets);
        outcome
    })
}

fn feed<T>(
    input: impl Iterator<Item = T>,
    items: &SyncSender<(usize, T)>,
    tickets: &SyncSender<()>,
) {
    for numbered in input.enumerate() {
        if tickets.send(()).is_err() || items.send(numbered).is_err() {
            return;
        }
    }
}

fn next<T>(items: &Mutex<Receiver<(usize, T)>>) -> Option<(usize, T)> {
    // A worker that panicked while holding the lock has taken no item with it.
    items
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .recv()
        .ok()
}

fn hand_over<R, E>(
    results: &Receiver<(usize, R)>,
    tickets: &Receiver<()>,
    take: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut early: BTreeMap<usize, R> = BTreeMap::new();
    let mut wanted = 0;
    for (number, result) in results {
        early.insert(number, result);
        while let Some(result) = early.remove(&wanted) {
            take(result)?;
            wanted += 1;
            let _ = tickets.try_recv();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn squares(jobs: usize) -> Vec<u64> {
        let mut out = Vec::new();
        let jobs = NonZeroUsize::new(jobs).unwrap();
        in_order(
            0..300_u64,
            jobs,
            |n| {
                // Uneven work, so that results come out of order.
                thread::sleep(Duration::from_micros((n * 7919) % 300));
                n * n
            },
            |square| {
                out.push(square);
                Ok::<(), ()>(())
            },
        )
        .unwrap();
        out
    }

    #[test]
    fn order_is_that_of_the_input_whatever_the_number_of_threads() {
        let expected: Vec<u64> = (0..300).map(|n| n * n).collect();
        assert_eq!(squares(1), expected);
        assert_eq!(squares(8), expected);
    }

    #[test]
    fn a_failing_output_stops_an_endless_input() {
        let mut taken = 0;
        let outcome = in_order(
            0_u64..,
            NonZeroUsize::new(3).unwrap(),
            |n| n,
            |_| {
                taken += 1;
                if taken == 10 { Err("full") } else { Ok(()) }
            },
        );
        assert_eq!(outcome, Err("full"));
        assert_eq!(taken, 10);
    }
}
