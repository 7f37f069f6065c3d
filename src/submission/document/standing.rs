//! Where a value stands among the documented fields, and how private that makes it.
//!
//! Told step by step, so that a walk over a whole answer looks at each key once; and in bounded room, however long the keys
//! are.

use crate::submission::fields;
use crate::submission::path::{self, Step};
use crate::text::Class;

/// Bytes of a key that are kept: more than any documented key has, so that a longer one stays another.
const LONGEST: usize = 64;

/// Where the items of the OCR stand: their values are as private as their names say.
const ITEMS: &str = "OCR_raw.";

/// What stands for a key that a path must quote: no documented key is one, and its dots are no steps.
const QUOTED: &str = "[.]";

/// A path without its list positions, as far as the documentation can know it.
#[derive(Default)]
pub(super) struct Standing {
    pattern: String,
    /// Whether the name of a key says that identity data stand below it.
    is_telling: bool,
    is_below: bool,
}

/// What to go back to.
pub(super) struct Above {
    length: usize,
    is_telling: bool,
    is_below: bool,
}

/// Whether the name of a key says that identity data stand below it. The telling words are letters, so that none begins in
/// one key and ends in the next.
fn is_telling(key: &str) -> bool {
    fields::class_by_name(key) == Class::Identity
}

impl Standing {
    pub(super) fn of(path: &str) -> Self {
        let mut standing = Self::default();
        for step in path::steps(path) {
            standing.follow(&step);
        }
        // Names are asked only where they decide: this is done for every line that is drawn.
        if fields::known(&standing.pattern).is_none() || standing.pattern.starts_with(ITEMS) {
            let is_telling = |step: Step<'_>| matches!(step, Step::Key(key) if is_telling(&key));
            standing.is_telling = path::steps(path).any(is_telling);
        }
        standing
    }

    pub(super) fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Takes a step further in.
    pub(super) fn enter(&mut self, step: &Step<'_>) -> Above {
        let above = Above { length: self.pattern.len(), is_telling: self.is_telling, is_below: self.is_below };
        if let Step::Key(key) = step {
            self.is_telling |= is_telling(key);
        }
        self.follow(step);
        above
    }

    fn follow(&mut self, step: &Step<'_>) {
        if let Step::Key(key) = step {
            if path::is_quoted(key) {
                self.pattern.push_str(QUOTED);
            } else {
                if self.is_below {
                    self.pattern.push('.');
                }
                self.pattern.push_str(key.get(..key.floor_char_boundary(LONGEST)).unwrap_or_default());
            }
        }
        self.is_below = true;
    }

    /// Goes back to where the last step was taken.
    pub(super) fn leave(&mut self, above: Above) {
        self.pattern.truncate(above.length);
        self.is_telling = above.is_telling;
        self.is_below = above.is_below;
    }

    /// The class of the documented field here, else what the names of the keys say. What repeats an identity value is
    /// not known here.
    pub(super) fn class(&self) -> Class {
        let by_name = || if self.is_telling { Class::Identity } else { Class::Personal };
        if let Some(item) = self.pattern.strip_prefix(ITEMS).and_then(|rest| rest.strip_suffix(".value")) {
            return match item {
                "rotate" | "gender" | "nationality" | "issue_date" | "expire_date" | "type_of_permit" => Class::Open,
                _ => by_name(),
            };
        }
        fields::known(&self.pattern).map_or_else(by_name, |known| known.class)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_documented_key_is_as_long_as_what_is_kept() {
        let keys = || fields::FIELDS.iter().flat_map(|(path, ..)| path.split('.'));
        assert!(keys().all(|key| key.len() < LONGEST && !path::member("", key).starts_with('[')));
    }

    #[test]
    fn step_by_step_and_at_once_give_one_class() {
        for path in [
            "OCR_raw.license_number.value",
            "OCR_raw.name.value",
            "OCR_raw.gender.value",
            "new.passport.x",
            "data.documentNumber",
            "kyc.result",
            "new",
        ] {
            let mut standing = Standing::default();
            for step in path::steps(path) {
                standing.enter(&step);
            }
            assert_eq!(Standing::of(path).class(), standing.class(), "{path}");
        }
        assert_eq!(Standing::of("OCR_raw.license_number.value").class(), Class::Identity);
        assert_eq!(Standing::of("OCR_raw.name.value").class(), Class::Personal);
    }

    #[test]
    fn a_key_in_quotes_is_no_part_of_a_documented_path() {
        let hostile = r#"OCR_raw.k["a.coordinates.b"].x"#;
        assert_eq!(Standing::of(hostile).class(), Class::Personal);
        assert_eq!(Standing::of("OCR_raw.k.coordinates.b.x").class(), Class::Open);
        assert_eq!(Standing::of(r#"["kyc.result"]"#).class(), Class::Personal);
    }

    #[test]
    fn a_name_that_tells_counts_for_all_that_stands_below_it_however_long_the_keys() {
        let long = "k".repeat(500);
        assert_eq!(Standing::of(&format!("{long}_passport.a[3].b")).class(), Class::Identity);
        assert_eq!(Standing::of(&format!("{long}.a[3].b")).class(), Class::Personal);
    }

    proptest! {
        #[test]
        fn ordinary_paths_are_classed_as_the_whole_text_of_their_pattern(
            keys in prop::collection::vec("OCR_raw|value|score|data|kyc|result|curpNo|[a-z_]{1,9}", 1..5),
            at in prop::collection::vec(0_usize..3, 5),
        ) {
            let path = keys.iter().zip(at).fold(String::new(), |path, (key, at)| {
                path::member(&path, key) + &"[7]".repeat(at)
            });
            let pattern = path::pattern(&path);
            let standing = Standing::of(&path);
            prop_assert_eq!(standing.pattern(), &pattern);
            if !pattern.starts_with("OCR_raw.") {
                let class = fields::known(&pattern).map_or_else(|| fields::class_by_name(&pattern), |known| known.class);
                prop_assert_eq!(standing.class(), class);
            }
        }

        #[test]
        fn leaving_goes_back_and_room_is_bounded(keys in prop::collection::vec(any::<String>(), 0..6)) {
            let mut standing = Standing::default();
            let mut ways = Vec::new();
            for key in &keys {
                let before = (standing.pattern.clone(), standing.is_telling, standing.is_below);
                ways.push((before, standing.enter(&Step::Key((key.as_str().to_owned() + &"z".repeat(300)).into()))));
            }
            prop_assert!(standing.pattern.len() <= keys.len() * (LONGEST + 1));
            for (before, above) in ways.into_iter().rev() {
                standing.leave(above);
                prop_assert_eq!((standing.pattern.clone(), standing.is_telling, standing.is_below), before);
            }
        }
    }
}
