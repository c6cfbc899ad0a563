//! A server that speaks TLS itself.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

use std::net::TcpListener;
use std::num::NonZeroUsize;
use std::sync::Arc;

use sayso_coder::Coder;
use sayso_ledger::{Missing, Place};
use sayso_server::{Desk, Mode, Options, Serving, Tls};
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

#[test]
fn certificates_are_taken_and_cookies_then_need_tls() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.path().join("a.pem"), folder.path().join("a.key"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let place = Place::parse(folder.path().join("a.db").to_str().unwrap(), None);
    let options = |coder| Options {
        place: place.clone(),
        missing: Missing::Make,
        passphrase: None,
        coder,
        jobs: NonZeroUsize::MIN,
        mode: Mode::Team {
            hosts: vec![format!("localhost:{port}")],
            secure: true,
            proxied: false,
        },
        page: None,
    };
    let coder = Arc::new(Coder::shipped().unwrap());
    runtime.block_on(async {
        let desk = Desk::open(options(Arc::clone(&coder))).await.unwrap();
        let store = sayso_server::Store::open(&place).await.unwrap();
        let made = store.add_user(
            "ana",
            sayso_server::Role::Reader,
            "correct horse battery",
            "now",
        );
        made.await.unwrap();
        let tls = Tls {
            certificate: certificate.clone(),
            key: key.clone(),
        };
        let serving = Serving {
            listener,
            tls: Some(tls),
        };
        tokio::spawn(async move { desk.serve(serving).await });
    });

    let root = Certificate::from_pem(made.cert.pem().as_bytes()).unwrap();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .tls_config(
            TlsConfig::builder()
                .provider(TlsProvider::Rustls)
                .root_certs(RootCerts::new_with_certs(&[root]))
                .unversioned_rustls_crypto_provider(Arc::new(
                    rustls::crypto::ring::default_provider(),
                ))
                .build(),
        )
        .build()
        .into();
    let body = r#"{"name": "ana", "password": "correct horse battery"}"#;
    let answer = agent
        .post(format!("https://localhost:{port}/api/v1/session"))
        .header("content-type", "application/json")
        .send(body)
        .unwrap();
    assert_eq!(answer.status(), 201);
    let cookie = answer
        .headers()
        .get("set-cookie")
        .unwrap()
        .to_str()
        .unwrap();
    assert!(
        cookie.starts_with("__Host-sayso=") && cookie.contains("; Secure"),
        "{cookie}"
    );

    // Whoever speaks no TLS is not understood.
    let plain = ureq::get(format!("http://127.0.0.1:{port}/api/v1/session")).call();
    assert!(plain.is_err());

    // A certificate that is none is told by its name.
    let broken = folder.path().join("broken.pem");
    std::fs::write(&broken, "no certificate").unwrap();
    let failed = runtime.block_on(async {
        let desk = Desk::open(options(coder)).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let tls = Some(Tls {
            certificate: broken.clone(),
            key,
        });
        desk.serve(Serving { listener, tls }).await
    });
    let told = failed.unwrap_err().to_string();
    assert!(told.contains("broken.pem"), "{told}");
}
