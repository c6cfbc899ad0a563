//! A server of its own: `sayso serve` over a ledger that was filled before.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _, stderr};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use super::client::{Client, PASSWORD};
use super::{Load, locked};
use crate::command::Folder;
use crate::memory;
use sayso_bench::sheets::Sheets;

/// A ledger is read within this, on a slow machine too.
const READ: Duration = Duration::from_mins(10);

/// A server that runs; it ends with this.
pub(super) struct Server {
    child: Child,
    address: String,
    /// One session each: signing in is limited, as it should be.
    sessions: Mutex<BTreeMap<String, Client>>,
    _folder: Folder,
}

impl Server {
    /// Fills a ledger, makes the users, starts the server and signs them in.
    pub(super) fn start(sayso: &Path, load: &Load, sheets: &mut Sheets) -> anyhow::Result<Self> {
        let folder = Folder::within(load.scratch.as_deref())?;
        let file = folder.path().join("ledger.db").display().to_string();
        let ledger = load.ledger.clone().unwrap_or(file);
        let first = folder.path().join("first.jsonl");
        let mut out = BufWriter::new(File::create(&first)?);
        for _ in 0..load.before {
            serde_json::to_writer(&mut out, &sheets.make().0)?;
            out.write_all(b"\n")?;
        }
        out.into_inner()?.sync_all()?;
        let added = Command::new(sayso)
            .args(["add", "--sheets", "--ledger", &ledger])
            .arg(&first)
            .stderr(Stdio::null())
            .status()?;
        ensure!(added.success(), "the ledger could not be filled");
        let mut users = vec![
            ("admin".to_owned(), "admin"),
            ("reader".to_owned(), "reader"),
            ("feed".to_owned(), "analyst"),
        ];
        users.extend((0..load.reviewers).map(|n| (format!("analyst-{n}"), "analyst")));
        for (name, role) in &users {
            let mut child = Command::new(sayso)
                .args(["users", "add", name, "--role", role, "--ledger", &ledger])
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .spawn()?;
            let mut input = child.stdin.take().context("no standard input")?;
            writeln!(input, "{PASSWORD}")?;
            drop(input);
            ensure!(child.wait()?.success(), "{name} could not be made");
        }
        let began = Instant::now();
        let mut child = Command::new(sayso)
            .args(["serve", "--listen", "127.0.0.1:0", "--ledger", &ledger])
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().context("no standard output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let address = line.trim().trim_end_matches('/').to_owned();
        ensure!(address.starts_with("http://"), "the server did not start");
        let server = Self {
            child,
            address,
            sessions: Mutex::default(),
            _folder: folder,
        };
        for (name, _) in &users {
            let client = Client::sign_in(&server.address, name)?;
            if locked(&server.sessions).is_empty() {
                wait_until_read(&client)?;
                let took = began.elapsed().as_secs_f64();
                writeln!(
                    stderr(),
                    "{} reports were read in {took:.1} s after the server began",
                    load.before
                )?;
            }
            locked(&server.sessions).insert(name.clone(), client);
            // As many may sign in from one address in a row.
            if users.len() > 8 {
                std::thread::sleep(Duration::from_secs(5));
            }
        }
        Ok(server)
    }

    /// Somebody who is signed in, over a connection of their own.
    pub(super) fn client(&self, name: &str) -> anyhow::Result<Client> {
        let sessions = locked(&self.sessions);
        let client = sessions
            .get(name)
            .with_context(|| format!("{name} is not signed in"))?;
        Ok(client.another())
    }

    /// The most memory that it had, in MB.
    pub(super) fn peak(&self) -> u64 {
        memory::peak(&self.child.id().to_string()).unwrap_or_default()
    }
}

/// Waits until a server that has just begun knows all of its ledger: until then it answers nothing
/// that rests on it.
fn wait_until_read(client: &Client) -> anyhow::Result<()> {
    let began = Instant::now();
    loop {
        let answer = client.get("/backlog")?;
        if answer.json()?["reading"].is_null() {
            return Ok(());
        }
        ensure!(began.elapsed() < READ, "the ledger is still being read");
        std::thread::sleep(Duration::from_millis(100));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
