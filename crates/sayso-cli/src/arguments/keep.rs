//! What can be typed to back a ledger up, bring it back, and lock it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::ledger::LedgerOptions;

pub(crate) const BACKUP_HELP: &str = "\
Examples:
  sayso backup /media/stick/sayso-2025-10-22.backup
  sayso backup desk.backup --ledger postgres://desk@db.example.org/sayso
  sayso restore desk.backup --ledger sayso.db

One file with the entries, the keys and the accounts of the desk, each with its checksum. The ledger
may be in use meanwhile. Of an encrypted ledger all of it is sealed: it takes the passphrase to read it.
Of any other ledger whoever has the file can read everything.
A report that is erased later is still in it: see docs/BAD_DAYS.md.";

pub(crate) const RESTORE_HELP: &str = "\
Examples:
  sayso restore desk.backup
  sayso restore desk.backup --ledger postgres://desk@db.example.org/new
  sayso restore desk.backup --erased-in later.backup

Every checksum is looked at before anything is written, the chain while it is read, and all of it again
at the end. Nothing is written over: a ledger that has entries is refused.";

#[derive(Debug, Args)]
pub(crate) struct BackupOptions {
    /// The file to write.
    #[arg(value_name = "FILE")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreOptions {
    /// The backup.
    #[arg(value_name = "FILE")]
    pub(crate) input: PathBuf,

    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,

    /// Go on with a restore that was interrupted: the ledger holds the beginning of this backup.
    #[arg(long)]
    pub(crate) resume: bool,

    /// A backup or an export of the same ledger from a later time: what was erased by then is erased
    /// here, too.
    #[arg(long, value_name = "LATER")]
    pub(crate) erased_in: Option<PathBuf>,
}

pub(crate) const LOCK_HELP: &str = "\
The passphrase is read from --passphrase-file, or from the environment (SAYSO_PASSPHRASE), or asked for.
With it nothing in the ledger can be read, by whomever has its files; a lost passphrase is lost content.
Numbers, kinds and moments of entries, lengths, and the accounts of the desk stay readable.";

#[derive(Debug, Subcommand)]
pub(crate) enum LockCommand {
    /// Encrypt the ledger under a passphrase, all that it holds and will hold.
    Encrypt {
        #[command(flatten)]
        ledger: LedgerOptions,
    },
    /// Change the passphrase. Copies of the keys made before still open with the earlier one.
    Passphrase {
        #[command(flatten)]
        ledger: LedgerOptions,
        /// A file with the new passphrase. [default: SAYSO_NEW_PASSPHRASE, or asked for]
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Take the passphrase away: whoever has the files can read the ledger from then on.
    Decrypt {
        #[command(flatten)]
        ledger: LedgerOptions,
    },
}
