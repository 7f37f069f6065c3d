//! Finds the program under test, `argos-review`.

use std::sync::LazyLock;

static BINARY: LazyLock<String> = LazyLock::new(|| {
    let test = std::env::current_exe().expect("the path of this test");
    let mut built = test.ancestors().skip(1).map(|folder| folder.join("argos-review"));
    let built = built.find(|path| path.is_file());
    let built = built.expect("the binary, which cargo builds for the integration tests of the program alone");
    built.to_str().expect("a path in UTF-8").to_owned()
});

/// Returns the path of the binary `argos-review`, the program under test. Cargo builds it before the integration tests,
/// and puts it into the folder above the tests' own binaries.
pub fn binary() -> &'static str {
    &BINARY
}
