//! The configuration from outside: layers, mistakes in a file, states of a key file, and the file that is shipped.

mod key_file;
mod layers;
mod mistakes;
mod shipped;
mod theme;

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use argos_review::config::{ConfigError, Environment, GlobalOptions, Settings};
use argos_testkit::own_process::run_alone;
use tempfile::TempDir;

/// Is in every wrong value: no message may hold it.
const CANARY: &str = "CANARY";

/// A directory with a configuration file in it, and the environment of its owner.
struct Home(TempDir);

impl Home {
    fn new(config: &str) -> Self {
        let home = Self(TempDir::new().unwrap());
        home.write("config.toml", config.as_bytes(), 0o600);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8], mode: u32) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        path
    }

    fn environment(&self, variables: &[(&'static str, &str)]) -> Environment {
        let variables: Vec<(&str, OsString)> = variables.iter().map(|(name, value)| (*name, value.into())).collect();
        let variable =
            move |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        Environment::new(variable, Some(self.path("home")), Some(self.0.path().into()))
    }

    fn resolve(&self) -> Result<Settings, ConfigError> {
        Settings::resolve(&GlobalOptions::default(), &self.environment(&[]))
    }

    /// The key of the configured profile, or the sentence with the directory's path left out.
    fn key(&self) -> Result<String, String> {
        let key = self.resolve().and_then(|settings| settings.api_key(&self.environment(&[])));
        key.map(|key| key.expose().to_owned()).map_err(|error| self.without_path(&error.to_string()))
    }

    fn without_path(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.0.path().display()), "")
    }
}

#[test]
fn hardened_process_leaves_no_core_and_creates_private_files() {
    run_alone("config::hardened", &[]);
}

#[test]
#[ignore = "run by hardened_process_leaves_no_core_and_creates_private_files, since all tests of a process share a umask"]
fn hardened() {
    use rustix::fs::Mode;
    use rustix::process::{Resource, getrlimit, umask};
    argos_review::secret::harden_process();
    let core = getrlimit(Resource::Core);
    assert_eq!((core.current, core.maximum), (Some(0), Some(0)));
    assert_eq!(umask(Mode::RWXG | Mode::RWXO), Mode::RWXG | Mode::RWXO);
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, dumpable_behavior};
        assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable));
    }
}
