//! A PostgreSQL server that tests start in a temporary folder.

#![allow(dead_code)]

use std::path::PathBuf;
use std::process::{Command, Stdio};

use sayso_ledger::Place;
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgPool;
use tempfile::TempDir;

/// A server of its own; stopped when it is dropped.
pub struct Server {
    folder: TempDir,
    programs: PathBuf,
}

/// The folder with `initdb` and `pg_ctl`: on the path, or where Debian and Homebrew keep them.
pub fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    for versions in ["/usr/lib/postgresql", "/opt/homebrew/opt"] {
        let found = std::fs::read_dir(versions).into_iter().flatten().flatten();
        folders.extend(found.map(|version| version.path().join("bin")));
    }
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.starts_with(b"0\n"))
}

impl Server {
    /// Makes a cluster and starts it on a socket in its folder; no port is opened.
    pub fn start(programs: PathBuf) -> Self {
        let server = Self {
            folder: TempDir::new().unwrap(),
            programs,
        };
        if is_root() {
            // The server refuses to run as root; Debian's package makes this user.
            let owned = Command::new("chown")
                .arg("postgres")
                .arg(server.folder.path())
                .status();
            assert!(
                owned.is_ok_and(|status| status.success()),
                "there is no user postgres"
            );
        }
        let data = server.data();
        let data = data.to_str().unwrap();
        server.call(
            "initdb",
            &["-D", data, "-U", "sayso", "-A", "trust", "-N", "-E", "UTF8"],
        );
        server.up();
        server
    }

    /// Starts it, after [`Server::down`].
    pub fn up(&self) {
        let socket = self.folder.path().to_str().unwrap();
        let options =
            format!("-c listen_addresses='' -c unix_socket_directories='{socket}' -c fsync=off");
        let log = self.folder.path().join("log");
        let (data, log) = (self.data(), log.to_str().unwrap().to_owned());
        let data = data.to_str().unwrap();
        self.call(
            "pg_ctl",
            &["-D", data, "-w", "-l", &log, "-o", &options, "start"],
        );
    }

    /// Stops it as a power cut would, all connections with it.
    pub fn down(&self) {
        let data = self.data();
        let data = data.to_str().unwrap();
        self.call("pg_ctl", &["-D", data, "-w", "-m", "immediate", "stop"]);
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Runs one of PostgreSQL's programs, as another user where we are root.
    fn call(&self, program: &str, arguments: &[&str]) {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        command.args(arguments).current_dir(self.folder.path());
        // The server inherits these; an open pipe would keep us waiting for its end.
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .stdin(Stdio::null());
        let status = command.status().unwrap();
        assert!(status.success(), "{}: {status}", program.display());
    }

    pub fn url(&self, database: &str) -> String {
        let socket = self.folder.path().display();
        format!("postgres://sayso@localhost/{database}?host={socket}&sslmode=disable")
    }

    pub async fn pool(&self, database: &str) -> PgPool {
        PgPool::connect(&self.url(database)).await.unwrap()
    }

    /// A new database.
    pub async fn place(&self, name: &str) -> Place {
        let pool = self.pool("postgres").await;
        let sql = format!("CREATE DATABASE {name}");
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&pool)
            .await
            .unwrap();
        pool.close().await;
        Place::parse(&self.url(name), None)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A test may have left it stopped.
        if self.data().join("postmaster.pid").exists() {
            self.down();
        }
    }
}
