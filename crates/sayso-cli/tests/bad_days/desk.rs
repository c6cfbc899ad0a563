//! A desk that is asked over HTTP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::running::command;

/// A desk that runs; ended when it is dropped.
pub(crate) struct Desk {
    child: Child,
    port: String,
    key: String,
}

impl Desk {
    /// Starts one over a ledger, with one thread that codes.
    pub(crate) fn start(folder: &Path, ledger: &str) -> Self {
        let arguments = ["desk", "--ledger", ledger, "--no-open", "--jobs", "1"];
        Self::started(command(folder, &arguments))
    }

    /// Starts the one that a command is, and waits until it listens.
    pub(crate) fn started(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let (address, key) = line.trim().split_once("/open?key=").unwrap();
        let port = address.rsplit(':').next().unwrap();
        Self {
            child,
            port: port.to_owned(),
            key: key.to_owned(),
        }
    }

    /// One request over a connection of its own: status and answer.
    pub(crate) fn ask(&self, request: &str, body: &str) -> (u16, String) {
        let (port, key) = (&self.port, &self.key);
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        let length = body.len();
        write!(
            stream,
            "{request} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }

    /// Adds one report.
    pub(crate) fn add(&self, id: &str, text: &str) -> (u16, String) {
        let report = serde_json::json!({"id": id, "text": text});
        let body = serde_json::json!({"reports": [report]}).to_string();
        self.ask("POST /api/v1/reports", &body)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
