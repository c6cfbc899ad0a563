//! Somebody with a session, over one connection.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

/// The password of everybody.
pub(super) const PASSWORD: &str = "load test, no secret";

/// A client.
pub(super) struct Client {
    agent: Agent,
    address: String,
    cookie: String,
    csrf: String,
}

/// What was answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) etag: String,
    bytes: Vec<u8>,
}

impl Answer {
    pub(super) fn json(&self) -> anyhow::Result<Value> {
        serde_json::from_slice(&self.bytes).with_context(|| self.told())
    }

    pub(super) fn told(&self) -> String {
        let text = String::from_utf8_lossy(&self.bytes);
        format!(
            "{} {}",
            self.status,
            text.chars().take(300).collect::<String>()
        )
    }
}

impl Client {
    pub(super) fn sign_in(address: &str, name: &str) -> anyhow::Result<Self> {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .build()
            .into();
        let asked = serde_json::to_vec(&json!({"name": name, "password": PASSWORD}))?;
        let request = Request::post(format!("{address}/api/v1/session"))
            .header("content-type", "application/json")
            .body(asked)?;
        let mut response = agent.run(request)?;
        let set = response.headers().get("set-cookie");
        let cookie = set.and_then(|set| set.to_str().ok()?.split(';').next());
        let cookie = cookie
            .with_context(|| format!("{name} cannot sign in"))?
            .to_owned();
        let session: Value = serde_json::from_slice(&response.body_mut().read_to_vec()?)?;
        Ok(Self {
            agent,
            address: address.to_owned(),
            cookie,
            csrf: session["csrf"]
                .as_str()
                .context("no second secret")?
                .to_owned(),
        })
    }

    /// The same session over another connection.
    pub(super) fn another(&self) -> Self {
        Self {
            agent: Agent::config_builder()
                .http_status_as_error(false)
                .timeout_global(Some(Duration::from_mins(1)))
                .build()
                .into(),
            address: self.address.clone(),
            cookie: self.cookie.clone(),
            csrf: self.csrf.clone(),
        }
    }

    pub(super) fn get(&self, path: &str) -> anyhow::Result<Answer> {
        let request = Request::get(format!("{}/api/v1{path}", self.address))
            .header("cookie", &self.cookie)
            .body(())?;
        read(self.agent.run(request)?)
    }

    pub(super) fn post(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> anyhow::Result<Answer> {
        let mut request = Request::post(format!("{}/api/v1{path}", self.address))
            .header("cookie", &self.cookie)
            .header("x-csrf-token", &self.csrf)
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        read(self.agent.run(request.body(serde_json::to_vec(body)?)?)?)
    }
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> anyhow::Result<Answer> {
    let status = response.status().as_u16();
    ensure!(
        status < 500 && status != 429,
        "the server answered {status}"
    );
    let etag = response.headers().get("etag");
    Ok(Answer {
        status,
        etag: etag
            .and_then(|tag| tag.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
        bytes: response.body_mut().read_to_vec()?,
    })
}
