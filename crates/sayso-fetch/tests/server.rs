//! The client against a server of its own, on this machine.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use sayso_fetch::{FetchError, Fetcher, Limits, Seen};

/// Answers each request by `answer`, which gets the request's lines; gives the address, and the
/// requests as they come.
fn server(
    answer: impl Fn(&[String], &mut TcpStream) + Send + 'static,
) -> (String, Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, requests) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let lines: Vec<String> = BufReader::new(stream.try_clone().unwrap())
                .lines()
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            let _ = sender.send(lines.clone());
            answer(&lines, &mut stream);
        }
    });
    (address, requests)
}

fn write(stream: &mut TcpStream, text: &str) {
    // The client may have gone: that is what some of these tests are about.
    let _ = stream.write_all(text.as_bytes());
}

fn quick() -> Limits {
    Limits {
        bytes: 100_000,
        connect: Duration::from_secs(2),
        whole: Duration::from_secs(3),
        redirects: 3,
    }
}

fn get(address: &str) -> Result<Vec<u8>, FetchError> {
    Fetcher::new(quick())
        .allowing_private(true)
        .get(address)
        .map(|fetched| fetched.unwrap().bytes)
}

#[test]
fn documents_with_their_encoding() {
    let (address, requests) = server(|_, stream| {
        write(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=ISO-8859-1\r\nContent-Length: 6\r\n\
             Connection: close\r\n\r\n<rss/>",
        );
    });
    let fetched = Fetcher::new(quick())
        .allowing_private(true)
        .get(&address)
        .unwrap()
        .unwrap();
    assert_eq!(fetched.bytes, b"<rss/>");
    assert_eq!(fetched.charset.as_deref(), Some("ISO-8859-1"));
    let request = requests.recv().unwrap().join("\n").to_ascii_lowercase();
    assert!(request.contains("user-agent: sayso/"), "{request}");
    assert!(
        !request.contains("if-none-match") && !request.contains("cookie"),
        "{request}"
    );
}

#[test]
fn what_has_not_changed_is_not_had_again() {
    let (address, _) = server(|request, stream| {
        let knows = request.iter().any(|line| {
            line.to_ascii_lowercase().starts_with("if-none-match:") && line.contains("\"v1\"")
        });
        let answer = if knows {
            "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
        } else {
            "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"
        };
        write(stream, answer);
    });
    let told: Arc<Mutex<BTreeMap<String, Seen>>> = Arc::default();
    let tell = Arc::clone(&told);
    let mut first = Fetcher::new(quick()).allowing_private(true).since(
        BTreeMap::new(),
        move |address, seen| {
            tell.lock().unwrap().insert(address.to_owned(), seen);
        },
    );
    assert!(first.get(&address).unwrap().is_some());
    let before = told.lock().unwrap().clone();
    assert_eq!(before[&address].etag.as_deref(), Some("\"v1\""));
    let mut second = Fetcher::new(quick())
        .allowing_private(true)
        .since(before, |_, _| {});
    assert_eq!(second.get(&address).unwrap(), None);
}

#[test]
fn redirects_are_followed_to_a_limit() {
    let (address, requests) = server(|request, stream| {
        let path = request[0].split(' ').nth(1).unwrap();
        let answer = match path {
            "/old" => {
                "HTTP/1.1 301 Moved\r\nLocation: /new?x=1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            }
            "/new?x=1" => "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nnew",
            "/file" => {
                "HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            }
            _ => {
                "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            }
        };
        write(stream, answer);
    });
    assert_eq!(get(&format!("{address}/old")).unwrap(), b"new");
    assert!(matches!(
        get(&format!("{address}/loop")),
        Err(FetchError::TooManyRedirects { limit: 3 })
    ));
    assert!(matches!(
        get(&format!("{address}/file")),
        Err(FetchError::Redirect { .. })
    ));
    // Two, one and three more, one.
    assert_eq!(requests.try_iter().count(), 2 + 4 + 1);
}

#[test]
fn a_redirect_may_be_written_in_utf_8() {
    let (address, requests) = server(|request, stream| {
        let answer = if request[0].contains("/old") {
            "HTTP/1.1 301 Moved\r\nLocation: /d\u{e9}len\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        } else {
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nnew"
        };
        write(stream, answer);
    });
    assert_eq!(get(&format!("{address}/old")).unwrap(), b"new");
    let asked: Vec<String> = requests.try_iter().map(|lines| lines[0].clone()).collect();
    assert!(asked[1].contains("/d%C3%A9len"), "{asked:?}");
}

#[test]
fn all_redirects_have_one_time_together() {
    let (address, requests) = server(|_, stream| {
        thread::sleep(Duration::from_millis(1300));
        write(
            stream,
            "HTTP/1.1 302 Found\r\nLocation: /on\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        );
    });
    let limits = Limits {
        redirects: 50,
        ..quick()
    };
    let start = Instant::now();
    let error = Fetcher::new(limits)
        .allowing_private(true)
        .get(&address)
        .unwrap_err();
    assert!(matches!(error, FetchError::TimedOut { .. }), "{error}");
    // Each by itself is well within the three seconds.
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(requests.try_iter().count() <= 3);
}

#[test]
fn statuses_have_words() {
    let (address, _) = server(|_, stream| {
        write(
            stream,
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        );
    });
    let error = get(&address).unwrap_err().to_string();
    assert!(
        error.contains("404") && error.contains("nothing at this address"),
        "{error}"
    );
}

#[test]
fn endless_and_lying_documents_end() {
    let (endless, _) = server(|_, stream| {
        write(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        let part = [b'x'; 4096];
        while stream.write_all(&part).is_ok() {}
    });
    assert!(matches!(
        get(&endless),
        Err(FetchError::TooLarge { limit: 100_000 })
    ));
    let (short, _) = server(|_, stream| {
        write(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: 50\r\nConnection: close\r\n\r\nshort",
        );
    });
    assert!(get(&short).is_err());
}

#[test]
fn packed_documents_are_unpacked_to_the_same_limit() {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    let pack = |size: usize| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&vec![b'x'; size]).unwrap();
        packed.finish().unwrap()
    };
    let serve = |body: Vec<u8>| {
        server(move |_, stream| {
            write(
                stream,
                &format!(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                ),
            );
            let _ = stream.write_all(&body);
        })
    };
    let (small, _) = serve(pack(500));
    assert_eq!(get(&small).unwrap(), vec![b'x'; 500]);
    let (bomb, _) = serve(pack(10_000_000));
    assert!(matches!(get(&bomb), Err(FetchError::TooLarge { .. })));
}

#[test]
fn silent_servers_and_closed_ports_end() {
    let (silent, _) = server(|_, _| thread::sleep(Duration::from_secs(30)));
    let start = Instant::now();
    let error = get(&silent).unwrap_err();
    assert!(matches!(error, FetchError::TimedOut { .. }), "{error}");
    assert!(start.elapsed() < Duration::from_secs(20));
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let error = get(&format!("http://{free}/")).unwrap_err().to_string();
    assert!(error.contains("cannot be reached"), "{error}");
}

#[test]
fn private_addresses_are_asked_only_when_allowed() {
    let (address, requests) = server(|_, stream| write(stream, "HTTP/1.1 200 OK\r\n\r\n"));
    let port = address.rsplit(':').next().unwrap();
    for address in [
        address.clone(),
        format!("http://localhost:{port}/feed"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://2130706433:{port}/"),
    ] {
        let error = Fetcher::new(quick()).get(&address).unwrap_err();
        assert!(matches!(error, FetchError::Private { .. }), "{error}");
        let words = error.to_string();
        assert!(words.contains("--allow-private"), "{words}");
    }
    assert!(requests.try_recv().is_err(), "something was asked");
}
