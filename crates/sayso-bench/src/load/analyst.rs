//! What analysts do.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::ensure;
use serde_json::{Value, json};

use super::client::{Answer, Client};
use super::times::Times;
use sayso_bench::draw::Draw;

/// A review that was acknowledged: the report, and the reason, which is unlike any other.
pub(super) struct Reviewed {
    pub(super) report: String,
    pub(super) why: String,
}

/// Looks at something, 0.4 to 1.6 seconds.
fn pause(draw: &mut Draw) {
    thread::sleep(Duration::from_millis(400 + draw.below(1_200)));
}

/// Reads lists, incidents, reports, and what has changed, until it is over.
pub(super) fn reads(
    client: &Client,
    draw: &mut Draw,
    is_over: &AtomicBool,
    times: &mut Times,
) -> anyhow::Result<()> {
    let mut ids: (Vec<String>, Vec<String>) = Default::default();
    while !is_over.load(Ordering::Relaxed) {
        pause(draw);
        let pick = |draw: &mut Draw, ids: &[String]| {
            let at = draw.below(ids.len().max(1) as u64) as usize;
            ids.get(at).cloned()
        };
        let path = match draw.below(10) {
            0 | 1 => "/incidents?limit=50".to_owned(),
            2 => "/incidents?limit=50&status=disputed&sort=-killed".to_owned(),
            3 => "/incidents?limit=50&q=attack".to_owned(),
            4 | 5 => match pick(draw, &ids.0) {
                Some(id) => format!("/incidents/{id}"),
                None => "/incidents?limit=50".to_owned(),
            },
            6 | 7 => match pick(draw, &ids.1) {
                Some(id) => format!("/reports/{id}"),
                None => "/reports?limit=50".to_owned(),
            },
            8 => "/review-queue?limit=50".to_owned(),
            _ => "/backlog".to_owned(),
        };
        let answer = timed(times, || client.get(&path))?;
        ensure!(answer.status == 200, "{path}: {}", answer.told());
        if path.starts_with("/incidents?") {
            remember(&mut ids.0, &answer.json()?);
        } else if path.starts_with("/reports?") {
            remember(&mut ids.1, &answer.json()?);
        }
    }
    Ok(())
}

fn remember(ids: &mut Vec<String>, list: &Value) {
    let items = list["items"].as_array().into_iter().flatten();
    let found: Vec<String> = items
        .filter_map(|i| Some(i["id"].as_str()?.to_owned()))
        .collect();
    if !found.is_empty() {
        *ids = found;
    }
}

/// Takes findings from the queue and accepts them, until it is over; gives how often another review
/// came first.
pub(super) fn reviews(
    client: &Client,
    draw: &mut Draw,
    is_over: &AtomicBool,
    times: &mut Times,
    done: &mut Vec<Reviewed>,
) -> anyhow::Result<usize> {
    let mut overtaken = 0;
    while !is_over.load(Ordering::Relaxed) {
        pause(draw);
        let queue = client.get("/review-queue?limit=20")?.json()?;
        let items = queue["items"].as_array().cloned().unwrap_or_default();
        let at = draw.below(items.len().max(1) as u64) as usize;
        let Some(item) = items.get(at) else { continue };
        let report = item["report"].as_str().unwrap_or_default().to_owned();
        let mut tag = client.get(&format!("/reports/{report}"))?.etag;
        let why = format!("seen {:016x}", draw.number());
        let asked = json!({"finding": item["finding"], "ruling": "accept", "why": why});
        loop {
            let path = format!("/reports/{report}/reviews");
            let headers = [("if-match", tag.as_str())];
            let answer = timed(times, || client.post(&path, &headers, &asked))?;
            match answer.status {
                201 => break,
                412 => {
                    overtaken += 1;
                    tag = client.get(&format!("/reports/{report}"))?.etag;
                }
                _ => anyhow::bail!("a review was refused: {}", answer.told()),
            }
        }
        done.push(Reviewed { report, why });
    }
    Ok(overtaken)
}

fn timed(
    times: &mut Times,
    ask: impl FnOnce() -> anyhow::Result<Answer>,
) -> anyhow::Result<Answer> {
    let start = Instant::now();
    let answer = ask()?;
    times.note(start.elapsed());
    Ok(answer)
}
