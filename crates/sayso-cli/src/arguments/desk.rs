//! What can be typed for the desk.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use sayso_server::Role;

use super::OwnOptions;
use super::ledger::LedgerOptions;

pub(crate) const DESK_HELP: &str = "\
Examples:
  sayso desk                             opens sayso.db, or the demo where there is none
  sayso desk --ledger haiti.db           opens this ledger; makes it where there is none
  sayso desk --no-open                   prints the address and opens no browser

Nothing leaves the machine. The address carries a key: whoever has it can use the desk.";

pub(crate) const SERVE_HELP: &str = "\
Examples:
  sayso users add ana --role admin
  sayso serve --listen 127.0.0.1:8440 --host desk.example.org --behind-tls     behind a proxy
  sayso serve --listen 0.0.0.0:8443 --cert desk.pem --key desk.key
  sayso serve --ledger postgres://sayso@db.example.org/sayso …

A proxy has to hand on Host, and X-Forwarded-For with --proxied.";

/// What a desk of one's own and a team's have in common.
#[derive(Debug, Args)]
pub(crate) struct ServerOptions {
    /// How many reports to code at once. [default: one a core, less one]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Take the page from this folder, while it is being worked on.
    #[arg(long, value_name = "DIR", hide = true)]
    pub(crate) page: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) own: OwnOptions,
}

#[derive(Debug, Args)]
pub(crate) struct DeskOptions {
    /// The ledger: a file, or the address of a PostgreSQL database (postgres://…).
    /// [default: sayso.db where it is there, else the demo]
    #[arg(long, value_name = "PLACE")]
    pub(crate) ledger: Option<String>,

    /// The file of its keys, for a ledger in a file. [default: PLACE.keys]
    #[arg(long, value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,

    /// A file with the passphrase, for a ledger that is encrypted, or is to be.
    /// [default: SAYSO_PASSPHRASE, or asked for]
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,

    /// Open the demo: fourteen invented reports in a ledger that goes when the desk is closed.
    #[arg(long, conflicts_with = "ledger")]
    pub(crate) demo: bool,

    /// The name under which you decide. [default: the name you are signed in with]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,

    /// The port. [default: one that is free]
    #[arg(
        long,
        value_name = "PORT",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub(crate) port: u16,

    /// Open no browser.
    #[arg(long)]
    pub(crate) no_open: bool,

    #[command(flatten)]
    pub(crate) server: ServerOptions,
}

#[derive(Debug, Args)]
pub(crate) struct ServeOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    /// Where to listen.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8440")]
    pub(crate) listen: SocketAddr,

    /// A name under which browsers reach the server, with its port where that is not the usual one;
    /// can be given several times. Requests for any other are refused. [default: any]
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,

    /// The certificate, in PEM: the server speaks TLS itself.
    #[arg(long, value_name = "FILE", requires = "key")]
    pub(crate) cert: Option<PathBuf>,

    /// Its key, in PEM.
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub(crate) key: Option<PathBuf>,

    /// A proxy in front of the server speaks TLS with browsers.
    #[arg(long)]
    pub(crate) behind_tls: bool,

    /// A proxy in front of the server says in X-Forwarded-For who is asking.
    #[arg(long)]
    pub(crate) proxied: bool,

    #[command(flatten)]
    pub(crate) server: ServerOptions,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UsersCommand {
    /// Make a user; the password is read from standard input.
    Add {
        /// The name they sign in and decide under.
        #[arg(value_name = "NAME")]
        name: String,
        /// What they may do: reader, analyst, editor or admin.
        #[arg(long, value_name = "ROLE")]
        role: Role,
        #[command(flatten)]
        ledger: LedgerOptions,
    },
    /// Change what a user may do, or their password; their sessions end.
    Change {
        /// The user.
        #[arg(value_name = "NAME")]
        name: String,
        /// What they may do from now on.
        #[arg(long, value_name = "ROLE")]
        role: Option<Role>,
        /// They may sign in no more.
        #[arg(long, conflicts_with = "enable")]
        disable: bool,
        /// They may sign in again.
        #[arg(long)]
        enable: bool,
        /// Read a new password from standard input.
        #[arg(long)]
        password: bool,
        #[command(flatten)]
        ledger: LedgerOptions,
    },
    /// List the users.
    List {
        #[command(flatten)]
        ledger: LedgerOptions,
    },
}
