//! Users of a team's desk.

use sayso_ledger::LedgerError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Store, failed, on};
use crate::auth::{Role, password};

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct User {
    /// The name they sign in and decide under.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub active: bool,
    /// When the user was made.
    pub made: String,
    /// When anything about them was last changed.
    pub changed: String,
}

/// Why a user cannot be made or changed.
#[derive(Debug)]
pub enum UserError {
    /// The name is taken.
    Taken,
    /// There is no such user.
    Missing,
    /// The name cannot be one.
    Name(String),
    /// The password is too short or too long.
    Password,
    /// No administrator would be left.
    LastAdmin,
    /// The database failed.
    Ledger(LedgerError),
}

impl std::fmt::Display for UserError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Taken => f.write_str("there is a user of this name"),
            Self::Missing => f.write_str("there is no user of this name"),
            Self::Name(name) => write!(f, "`{name}` is no name: use {NAME}"),
            Self::Password => write!(f, "a password has {}", password::ALLOWED),
            Self::LastAdmin => f.write_str("no active administrator would be left"),
            Self::Ledger(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for UserError {}

impl From<LedgerError> for UserError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

/// What a name can be.
pub(crate) const NAME: &str = "1 to 60 letters, digits, spaces, points, hyphens, @ or _";

type Row = (String, String, i64, String, String);

fn user((name, role, active, made, changed): Row) -> User {
    User {
        name,
        // Whoever has a role that this version does not know may only read.
        role: role.parse().unwrap_or(Role::Reader),
        active: active != 0,
        made,
        changed,
    }
}

impl Store {
    /// Makes a user.
    ///
    /// # Errors
    /// [`UserError::Taken`], [`UserError::Name`], [`UserError::Password`].
    pub async fn add_user(
        &self,
        name: &str,
        role: Role,
        secret: &str,
        now: &str,
    ) -> Result<User, UserError> {
        let name = name.trim();
        let fits = |c: char| c.is_alphanumeric() || " .-@_".contains(c);
        if name.is_empty() || name.chars().count() > 60 || !name.chars().all(fits) {
            return Err(UserError::Name(name.to_owned()));
        }
        let hash = password::hash(secret).await.ok_or(UserError::Password)?;
        if !self.keep_user((name, role), &hash, now).await? {
            return Err(UserError::Taken);
        }
        self.user(name).await?.ok_or(UserError::Missing)
    }

    /// Whether the user of this name is the one with this hash, whose salt is in no other: asked again
    /// after its answer was lost, it finds its own.
    async fn keep_user(
        &self,
        (name, role): (&str, Role),
        hash: &str,
        now: &str,
    ) -> Result<bool, LedgerError> {
        on!(self, pool => sqlx::query(
                "INSERT INTO desk_user (name, role, password, active, made, changed)
                 VALUES ($1, $2, $3, 1, $4, $4) ON CONFLICT DO NOTHING",
            )
            .bind(name).bind(role.as_str()).bind(hash).bind(now)
            .execute(pool).await.map(drop))
        .map_err(failed("make a user"))?;
        let kept: Option<String> = on!(self, pool => sqlx::query_scalar(
                "SELECT password FROM desk_user WHERE name = $1",
            )
            .bind(name).fetch_optional(pool).await)
        .map_err(failed("read a user"))?;
        Ok(kept.as_deref() == Some(hash))
    }

    /// Changes what is given of a user. That ends all their sessions; a new password, and that they
    /// may not sign in any more, ends their tokens too, and a lower role is theirs from then on.
    ///
    /// # Errors
    /// [`UserError::Missing`], [`UserError::Password`], [`UserError::LastAdmin`].
    pub async fn change_user(
        &self,
        name: &str,
        (role, active, secret): (Option<Role>, Option<bool>, Option<&str>),
        now: &str,
    ) -> Result<User, UserError> {
        let hash = match secret {
            Some(secret) => Some(password::hash(secret).await.ok_or(UserError::Password)?),
            None => None,
        };
        let failed = failed("change a user");
        let lowers = role.is_some_and(|role| role != Role::Admin) || active == Some(false);
        on!(self, pool => {
            let mut tx = pool.begin().await.map_err(&failed)?;
            let known: Option<Row> = sqlx::query_as(
                "SELECT name, role, active, made, changed FROM desk_user WHERE name = $1",
            )
            .bind(name).fetch_optional(&mut *tx).await.map_err(&failed)?;
            let before = user(known.ok_or(UserError::Missing)?);
            let after = (role.unwrap_or(before.role), active.unwrap_or(before.active));
            sqlx::query("UPDATE desk_user SET role = $1, active = $2, changed = $3 WHERE name = $4")
                .bind(after.0.as_str()).bind(i64::from(after.1)).bind(now).bind(name)
                .execute(&mut *tx).await.map_err(&failed)?;
            if let Some(hash) = &hash {
                sqlx::query("UPDATE desk_user SET password = $1 WHERE name = $2")
                    .bind(hash).bind(name)
                    .execute(&mut *tx).await.map_err(&failed)?;
            }
            let admins: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM desk_user WHERE role = 'admin' AND active = 1",
            )
            .fetch_one(&mut *tx).await.map_err(&failed)?;
            if admins == 0 && lowers {
                tx.rollback().await.map_err(&failed)?;
                return Err(UserError::LastAdmin);
            }
            sqlx::query("DELETE FROM desk_session WHERE name = $1")
                .bind(name).execute(&mut *tx).await.map_err(&failed)?;
            if hash.is_some() || !after.1 {
                sqlx::query("DELETE FROM desk_token WHERE name = $1")
                    .bind(name).execute(&mut *tx).await.map_err(&failed)?;
            }
            // For good: a role that is given back later gives tokens of old nothing back.
            for higher in Role::ALL.into_iter().filter(|role| *role > after.0) {
                sqlx::query("UPDATE desk_token SET role = $1 WHERE name = $2 AND role = $3")
                    .bind(after.0.as_str()).bind(name).bind(higher.as_str())
                    .execute(&mut *tx).await.map_err(&failed)?;
            }
            tx.commit().await.map_err(&failed)?;
            Ok::<(), UserError>(())
        })?;
        self.user(name).await?.ok_or(UserError::Missing)
    }

    /// Who has this name and password; `None` also where they may not sign in. Takes as long
    /// whether there is such a user or not.
    pub(crate) async fn sign_in(
        &self,
        name: &str,
        secret: &str,
    ) -> Result<Option<User>, LedgerError> {
        let row: Option<(String, String, i64, String, String, String)> = on!(self, pool =>
            sqlx::query_as(
                "SELECT name, role, active, made, changed, password FROM desk_user
                 WHERE name = $1",
            )
            .bind(name.trim()).fetch_optional(pool).await)
        .map_err(failed("read a user"))?;
        let hash = row.as_ref().map(|row| row.5.clone());
        let fits = password::fits(secret, hash).await;
        Ok(row
            .map(|(name, role, active, made, changed, _)| user((name, role, active, made, changed)))
            .filter(|user| fits && user.active))
    }

    /// One user.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn user(&self, name: &str) -> Result<Option<User>, LedgerError> {
        let row: Option<Row> = on!(self, pool => sqlx::query_as(
                "SELECT name, role, active, made, changed FROM desk_user WHERE name = $1",
            )
            .bind(name).fetch_optional(pool).await)
        .map_err(failed("read a user"))?;
        Ok(row.map(user))
    }

    /// All users by name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn users(&self) -> Result<Vec<User>, LedgerError> {
        let rows: Vec<Row> = on!(self, pool => sqlx::query_as(
                "SELECT name, role, active, made, changed FROM desk_user ORDER BY name",
            )
            .fetch_all(pool).await)
        .map_err(failed("read the users"))?;
        Ok(rows.into_iter().map(user).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_ledger::Place;

    #[test]
    fn a_user_who_is_made_again_by_the_same_request_is_not_taken() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let place = Place::parse(folder.path().join("a.db").to_str().unwrap(), None);
            let store = Store::open(&place).await.unwrap();
            let ana = ("ana", Role::Reader);
            for (hash, is_theirs) in [("one", true), ("one", true), ("another", false)] {
                let kept = store.keep_user(ana, hash, "2025-01-01").await.unwrap();
                assert_eq!(kept, is_theirs, "{hash}");
            }
            store.close().await;
        });
    }
}
