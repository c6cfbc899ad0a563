//! Where the server listens.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;

use crate::routes;
use crate::state::{Desk, ServerError};

/// How long requests that have begun may take when the server ends.
const GRACE: Duration = Duration::from_secs(5);

/// Certificate and key, in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The certificate, and those that vouch for it.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

/// Where and how to listen.
#[derive(Debug)]
pub struct Serving {
    /// The socket.
    pub listener: TcpListener,
    /// With TLS, where the server speaks it itself.
    pub tls: Option<Tls>,
}

impl Desk {
    /// Everything that is served, for whoever has requests already and needs no socket.
    pub fn service(&self) -> Router {
        routes::app(self.clone())
    }

    /// Tells those who code to end; what waits then is coded when the ledger is opened again.
    pub fn end(&self) {
        self.0.work.end();
    }

    /// Serves until the process is told to end.
    ///
    /// # Errors
    /// [`ServerError::Io`] where the socket or a certificate cannot be used.
    pub async fn serve(self, serving: Serving) -> Result<(), ServerError> {
        let failed = |what: &str| {
            let what = what.to_owned();
            move |source| ServerError::Io { what, source }
        };
        serving
            .listener
            .set_nonblocking(true)
            .map_err(failed("the socket"))?;
        let handle = Handle::new();
        tokio::spawn(until_told(self.clone(), handle.clone()));
        let work = Arc::clone(&self.0.work);
        let service = routes::app(self).into_make_service_with_connect_info::<SocketAddr>();
        let served = match serving.tls {
            None => {
                let server =
                    axum_server::from_tcp(serving.listener).map_err(failed("the socket"))?;
                server.handle(handle).serve(service).await
            }
            Some(tls) => {
                // Another part of the program may have chosen it already: it is the same.
                let _ = rustls::crypto::ring::default_provider().install_default();
                let name = tls.certificate.display().to_string();
                let config = RustlsConfig::from_pem_file(tls.certificate, tls.key)
                    .await
                    .map_err(failed(&name))?;
                let server = axum_server::from_tcp_rustls(serving.listener, config)
                    .map_err(failed("the socket"))?;
                server.handle(handle).serve(service).await
            }
        };
        work.ended().await;
        served.map_err(failed("the server"))
    }
}

/// Waits for the sign to end, then lets what has begun come to its end.
async fn until_told(desk: Desk, handle: Handle<SocketAddr>) {
    told().await;
    desk.end();
    handle.graceful_shutdown(Some(GRACE));
}

#[cfg(unix)]
async fn told() {
    use tokio::signal::unix::{SignalKind, signal};
    let ended = signal(SignalKind::terminate());
    match ended {
        Ok(mut ended) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = ended.recv() => {}
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn told() {
    let _ = tokio::signal::ctrl_c().await;
}
