//! `sayso desk`: the desk on one's own machine.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use sayso_coder::Coder;
use sayso_ledger::{Missing, Place};
use sayso_server::{Mode, Options, Serving};

use super::super::Failure;
use super::demo::Demo;
use super::{browser, jobs, opened, runtime};
use crate::arguments::desk::DeskOptions;

/// The ledger that is opened where none is named.
const USUAL: &str = "sayso.db";

/// Serves the desk on 127.0.0.1 until it is interrupted, and opens it.
///
/// # Errors
/// Where the ledger, the coder or the port cannot be used.
pub(crate) fn run(options: &DeskOptions) -> Result<usize, Failure> {
    let coder = Arc::new(Coder::with(&options.server.own.own())?);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
    let port = listener.local_addr()?.port();
    let is_demo = options.demo || (options.ledger.is_none() && !Path::new(USUAL).exists());
    let demo = is_demo.then(Demo::make).transpose()?;
    let place = demo.as_ref().map_or_else(
        || {
            let written = options.ledger.as_deref().unwrap_or(USUAL);
            Place::parse(written, options.keys.as_deref())
        },
        Demo::place,
    );
    let mode = Mode::Own {
        name: options.by.clone().unwrap_or_else(user),
        port,
        demo: is_demo,
    };
    runtime()?.block_on(async {
        if let Some(demo) = &demo {
            demo.fill(&coder).await?;
        }
        // The demo is nobody's secret.
        let passphrase_file = options.passphrase_file.as_deref().filter(|_| !is_demo);
        let desk = opened(passphrase_file, |passphrase| Options {
            place: place.clone(),
            missing: Missing::Make,
            passphrase: passphrase.filter(|_| !is_demo),
            coder: Arc::clone(&coder),
            jobs: jobs(options.server.jobs),
            mode: mode.clone(),
            page: options.server.page.clone(),
        })
        .await?;
        let (key, once) = desk.keys().unwrap_or_default();
        if is_demo {
            anstream::eprintln!(
                "This is the demo: fourteen invented reports. What you do here is lost when the \
                 desk is closed.\nYour own ledger: sayso desk --ledger {USUAL}"
            );
        }
        anstream::println!("http://127.0.0.1:{port}/open?key={key}");
        if !options.no_open {
            browser::open(&format!("http://127.0.0.1:{port}/open?key={once}"));
        }
        let tls = None;
        desk.serve(Serving { listener, tls }).await?;
        Ok(0)
    })
}

/// The name under which the system knows whoever types.
fn user() -> String {
    ["USER", "USERNAME", "LOGNAME"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .map(|name| name.trim().to_owned())
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "analyst".to_owned())
}
