//! `sayso serve`: the desk for a team.

use std::net::TcpListener;
use std::sync::Arc;

use sayso_coder::Coder;
use sayso_ledger::Missing;
use sayso_server::{Mode, Options, Role, Serving, Store, Tls};

use super::super::Failure;
use super::{jobs, opened, runtime};
use crate::arguments::desk::ServeOptions;

/// Serves until it is told to end.
///
/// # Errors
/// Where the ledger, the coder, the address or a certificate cannot be used, or nobody could sign in.
pub(crate) fn run(options: &ServeOptions) -> Result<usize, Failure> {
    let coder = Arc::new(Coder::with(&options.server.own.own())?);
    let listener = TcpListener::bind(options.listen)?;
    let address = listener.local_addr()?;
    let place = options.ledger.place();
    let tls = options.cert.clone().zip(options.key.clone());
    let tls = tls.map(|(certificate, key)| Tls { certificate, key });
    let secure = options.behind_tls || tls.is_some();
    let is_local = address.ip().is_loopback();
    if !secure && !is_local {
        return Err(Failure::Word {
            what: "address to listen on without TLS",
            word: address.to_string(),
            allowed: "--cert and --key, or --behind-tls where a proxy speaks TLS, or 127.0.0.1"
                .to_owned(),
        });
    }
    runtime()?.block_on(async {
        let store = Store::open(&place).await?;
        let users = store.users().await?;
        store.close().await;
        if !users
            .iter()
            .any(|user| user.active && user.role == Role::Admin)
        {
            return Err(Failure::Word {
                what: "server without an administrator",
                word: options.ledger.ledger.clone(),
                allowed: "`sayso users add NAME --role admin` first".to_owned(),
            });
        }
        let desk = opened(options.ledger.passphrase_file.as_deref(), |passphrase| {
            Options {
                place: place.clone(),
                missing: Missing::Make,
                passphrase,
                coder: Arc::clone(&coder),
                jobs: jobs(options.server.jobs),
                mode: Mode::Team {
                    hosts: options.hosts.clone(),
                    secure,
                    proxied: options.proxied,
                },
                page: options.server.page.clone(),
            }
        })
        .await?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        anstream::println!("{scheme}://{address}/");
        desk.serve(Serving { listener, tls }).await?;
        Ok(0)
    })
}
