//! Writes the access log: a record of who looked at which submissions, and when. The log is written only if the user
//! names a file for it.
//!
//! Rules for personal data require such a log (in Korea the standard of safety measures, article 8: who, when, where,
//! whose data, what). Each line of the log is a JSON object with time, user, profile (a named configuration), action
//! (such as `open`) and submission ids. It holds no other value of a submission. The program does not show the data of
//! a submission if the line cannot be written.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use crate::private_file::{self, FileRefusal};
use crate::submission::PictureKind;
use crate::text::json_string;

/// An action on submissions that is recorded in the access log. The access log is a file that says who looked at which
/// submissions, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessAction {
    /// Submissions were fetched as rows of a list.
    List,
    /// A submission was fetched by its id.
    Open,
    /// The user revealed a masked value for a short time.
    Reveal,
    /// The user set the mask level to `none`, so that everything is shown.
    Unmask,
    /// A value or a text of a submission was copied to the clipboard.
    Copy,
    /// The picture of this kind, such as the selfie, of one submission was fetched.
    Picture(PictureKind),
}

impl AccessAction {
    /// Returns the word that a line of the access log has for this action, such as `list`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Open => "open",
            Self::Reveal => "reveal",
            Self::Unmask => "unmask",
            Self::Copy => "copy",
            Self::Picture(_) => "picture",
        }
    }

    /// Returns the text of the additional JSON members that a log line has for this action, with a comma before them.
    /// Only a fetched picture has such a member: the kind of the picture, as the service names it. For all other
    /// actions, the text is empty.
    fn members(self) -> String {
        match self {
            Self::Picture(kind) => format!(",\"picture\":\"{}\"", kind.word()),
            Self::List | Self::Open | Self::Reveal | Self::Unmask | Self::Copy => String::new(),
        }
    }
}

/// Access log file that is open for adding lines: a record of who looked at which submissions, and when.
#[derive(Debug)]
pub struct AccessLog {
    file: Arc<File>,
    /// Text of the JSON members that are the same in all lines of this process: user id, user name and name of the
    /// profile.
    common: String,
    /// Name of the command that fetches the data, such as `list`, written as a JSON string. It is the member `call` of
    /// each log line.
    call: String,
    /// Whether the last line of the file may be incomplete, because an earlier attempt to write a line failed (for
    /// example, the disk was full).
    torn: Arc<AtomicBool>,
}

impl AccessLog {
    /// Opens the log file at `path` for adding lines, creates it if it does not exist, and sets its mode to 0600.
    /// `user` is the user name from the environment variables. Anybody can change these, so each line also has the
    /// numeric user id of the process. `profile` is the name of the profile in the configuration. `call` is the name of
    /// the subcommand, such as `list`, or `reviewer` for the interactive program.
    ///
    /// # Errors
    /// Returns [`FileRefusal`] if the file cannot be opened, is not a regular file, belongs to another user, or has a
    /// second name (hard link).
    pub fn open(path: &Path, user: &str, profile: &str, call: &str) -> Result<Self, FileRefusal> {
        let [user, profile, call] = [user, profile, call].map(json_string);
        let uid = rustix::process::getuid().as_raw();
        let common = format!("\"uid\":{uid},\"user\":{user},\"profile\":{profile}");
        Ok(Self { file: Arc::new(private_file::append(path)?), common, call, torn: Arc::default() })
    }

    /// Returns a log that writes into the same file, with `call` as the name of the command in its lines. An example is
    /// `export`: an export from the interactive program is recorded under this name too.
    #[must_use]
    pub fn with_call_name(&self, call: &str) -> Self {
        let (file, torn) = (Arc::clone(&self.file), Arc::clone(&self.torn));
        Self { file, common: self.common.clone(), call: json_string(call), torn }
    }

    /// Adds one line to the log: the time `time`, the action `action`, and the submission ids `ids` that the action
    /// concerns. The line is written with a single write at the end of the file, so that the lines of two processes do
    /// not mix.
    ///
    /// # Errors
    /// Returns the error of the operating system if the line cannot be written.
    pub fn record<'a>(
        &self,
        time: Timestamp,
        action: AccessAction,
        ids: impl Iterator<Item = &'a str>,
    ) -> io::Result<()> {
        let ids = ids.map(json_string).collect::<Vec<_>>().join(",");
        let before = if self.torn.load(Ordering::Relaxed) { "\n" } else { "" };
        let (common, call, word, more) = (&self.common, &self.call, action.word(), action.members());
        let line = format!(
            "{before}{{\"at\":\"{time:.3}\",{common},\"call\":{call},\"action\":\"{word}\"{more},\"ids\":[{ids}]}}\n"
        );
        let written = (&*self.file).write_all(line.as_bytes());
        self.torn.store(written.is_err(), Ordering::Relaxed);
        written
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::api::{Client, RequestError};
    use crate::config::BaseUrl;
    use crate::failure::Failure;
    use crate::query::Params;
    use crate::secret::ApiKey;
    use argos_demo::DemoServer;

    #[tokio::test]
    async fn what_cannot_be_recorded_is_not_given() {
        let demo = DemoServer::bind(&argos_demo::DemoOptions::new("2026-11-21".parse().unwrap())).await.unwrap();
        let (base, key) = (BaseUrl::parse(&demo.base_url()).unwrap(), ApiKey::new(demo.key().as_bytes()).unwrap());
        let full = AccessLog {
            file: Arc::new(File::options().append(true).open("/dev/full").unwrap()),
            common: String::new(),
            call: String::new(),
            torn: Arc::default(),
        };
        let client = Client::new(base, &key).unwrap();
        let asked = async move {
            assert!(client.fetch_page(&Params::default(), None).await.is_ok());
            client.with_access_log(Some(full)).fetch_page(&Params::default(), None).await.err()
        };
        let failed = tokio::select! {
            failed = asked => failed,
            _ = demo.serve(std::future::pending()) => None,
        };
        assert_eq!(failed, Some(RequestError::Unrecorded(io::ErrorKind::StorageFull)));
        let sentence = Failure::from(&failed.unwrap()).sentence;
        assert_eq!(sentence.as_str(), "The access log cannot be written (no storage space), so nothing is shown.");
    }

    #[test]
    fn a_line_that_follows_a_torn_one_begins_a_line_of_its_own() {
        let home = TempDir::new().unwrap();
        let path = home.path().join("access.ndjson");
        std::fs::write(&path, "{\"at\":").unwrap();
        let log = AccessLog::open(&path, "reviewer", "live", "list").unwrap();
        log.torn.store(true, Ordering::Relaxed);
        for _ in 0..2 {
            log.record("2026-11-21T12:00:00Z".parse().unwrap(), AccessAction::List, ["s1"].into_iter()).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap();
        let whole = written.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count();
        assert_eq!((written.lines().count(), whole), (3, 2), "{written}");
    }

    #[test]
    fn an_export_from_the_reviewer_is_recorded_as_one_of_the_command_line() {
        let home = TempDir::new().unwrap();
        let path = home.path().join("access.ndjson");
        let at: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let reviewer = AccessLog::open(&path, "reviewer", "live", "reviewer").unwrap();
        reviewer.with_call_name("export").record(at, AccessAction::List, ["s1"].into_iter()).unwrap();
        let by_reviewer = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let command = AccessLog::open(&path, "reviewer", "live", "export").unwrap();
        command.record(at, AccessAction::List, ["s1"].into_iter()).unwrap();
        assert_eq!(by_reviewer, std::fs::read_to_string(&path).unwrap());
    }

    #[test]
    fn a_line_is_an_object_and_stays_one_whatever_an_id_holds() {
        let home = TempDir::new().unwrap();
        let path = home.path().join("access.ndjson");
        let log = AccessLog::open(&path, "reviewer \"one\"", "live", "reviewer").unwrap();
        let at: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        log.record(at, AccessAction::List, ["s1", "\u{1b}[2J\n\u{202e}"].into_iter()).unwrap();
        log.record(at, AccessAction::Unmask, std::iter::empty()).unwrap();
        log.record(at, AccessAction::Picture(PictureKind::Selfie), ["s1"].into_iter()).unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(!written.chars().any(|c| c != '\n' && c.is_control()) && !written.contains('\u{202e}'));
        let lines: Vec<serde_json::Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let uid = rustix::process::getuid().as_raw();
        let line = |action: &str, ids: serde_json::Value| {
            serde_json::json!({ "at": "2026-11-21T12:00:00.000Z", "uid": uid, "user": "reviewer \"one\"",
                "profile": "live", "call": "reviewer", "action": action, "ids": ids })
        };
        let ids = serde_json::json!(["s1", "\u{1b}[2J\n\u{202e}"]);
        let mut picture = line("picture", serde_json::json!(["s1"]));
        picture["picture"] = "selfieImage".into();
        assert_eq!(lines, [line("list", ids), line("unmask", serde_json::json!([])), picture]);
    }
}
