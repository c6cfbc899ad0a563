//! `sayso users`: who may use a team's desk.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use jiff::Timestamp;
use sayso_ledger::Moment;
use sayso_server::{Store, User, UserError};

use super::super::Failure;
use super::runtime;
use crate::arguments::desk::UsersCommand;
use crate::arguments::ledger::LedgerOptions;
use crate::show::style::safe;

/// Makes, changes or lists users.
///
/// # Errors
/// Where the ledger's tables cannot be used, or the user cannot be made or changed so.
pub(crate) fn run(what: &UsersCommand) -> Result<usize, Failure> {
    let (UsersCommand::Add { ledger, .. }
    | UsersCommand::Change { ledger, .. }
    | UsersCommand::List { ledger }) = what;
    runtime()?.block_on(async {
        let store = open(ledger).await?;
        let now = Moment::new(Timestamp::now()).to_string();
        let users = match what {
            UsersCommand::Add { name, role, .. } => {
                let password = password()?;
                vec![store.add_user(name, *role, &password, &now).await?]
            }
            UsersCommand::Change {
                name,
                role,
                disable,
                enable,
                password: asked,
                ..
            } => {
                let password = if *asked { Some(password()?) } else { None };
                let active = (*disable || *enable).then_some(*enable);
                let change = (*role, active, password.as_deref());
                vec![store.change_user(name, change, &now).await?]
            }
            UsersCommand::List { .. } => store.users().await?,
        };
        store.close().await;
        let mut out = io::stdout();
        for user in users {
            writeln!(out, "{}", line(&user))?;
        }
        Ok(0)
    })
}

async fn open(ledger: &LedgerOptions) -> Result<Store, Failure> {
    Ok(Store::open(&ledger.place()).await?)
}

fn line(user: &User) -> String {
    let state = if user.active { "" } else { "  (disabled)" };
    format!("{}  {}{state}", safe(&user.name), user.role)
}

/// The first line of standard input, not shown where it is typed. A password on the command line would stand in the list of
/// processes and in the shell's history.
fn password() -> Result<String, UserError> {
    if io::stdin().is_terminal() {
        anstream::eprint!("password: ");
        return rpassword::read_password().map_err(|_| UserError::Password);
    }
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(_) => Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
        Err(_) => Err(UserError::Password),
    }
}
