use proptest::prelude::*;

use super::*;
use crate::submission::fields::{FIELDS, plain};

/// A place that is found as [`Classification`] finds it, but by comparing its path with the whole table of fields.
#[derive(Clone, Default)]
struct PlainPlace {
    pattern: String,
    reveals_identity: bool,
    is_below: bool,
    is_unknown: bool,
    has_open_name: bool,
}

impl PlainPlace {
    fn enter(&mut self, step: &Step<'_>) {
        if let Step::Key(key) = step {
            let holder = if self.is_unknown { None } else { plain::known(&self.pattern) };
            if path::is_quoted(key) {
                self.pattern.push_str("[.]");
            } else {
                self.pattern.push_str(if self.is_below { "." } else { "" });
                self.pattern.push_str(key.get(..key.floor_char_boundary(64)).unwrap_or(key));
            }
            self.is_unknown |= !plain::is_place(&self.pattern);
            let item = self.item().filter(|item| !self.is_unknown && !item.contains('.'));
            let item = item.map(provenance::item_class);
            let is_open = || self.is_unknown || !plain::is_named(&self.pattern);
            self.has_open_name = item.map_or_else(is_open, |class| class.is_none());
            let is_held = holder.is_some_and(|(_, class, _)| class == Class::Identity);
            let is_named = (self.is_unknown || item == Some(None)) && identity_words::reveals_identity(key);
            self.reveals_identity |= is_held || is_named || item == Some(Some(Class::Identity));
        }
        self.is_below = true;
    }

    fn item(&self) -> Option<&str> {
        self.pattern.strip_prefix("OCR_raw.")
    }

    fn rule(&self) -> ClassRule {
        let undocumented = ClassRule::Undocumented { reveals_identity: self.reveals_identity };
        let documented = |class, role| ClassRule::Documented { class, role };
        let member = self.pattern.strip_prefix("earlier_webhooks.").unwrap_or(&self.pattern);
        let record = webhook::record_path(member).filter(|_| self.is_unknown && !member.contains('.'));
        if let Some((_, class, _)) = record.and_then(|path| plain::known(&path)) {
            return documented(class.max(Class::Personal), FieldRole::Other);
        }
        if self.is_unknown || ["additional_list.inputValue", "aml.raw_data"].contains(&&*self.pattern) {
            return undocumented;
        }
        let name = self.item().map(|item| item.strip_suffix(".value").unwrap_or(item));
        if let Some(name) = name.filter(|name| !name.contains('.')) {
            return provenance::item_class(name).map_or(undocumented, |class| documented(class, FieldRole::Other));
        }
        plain::known(&self.pattern).map_or(undocumented, |(_, class, role)| documented(class, role))
    }
}

fn key() -> impl Strategy<Value = String> {
    let known = (0..FIELDS.len(), 0..7_usize).prop_map(|(field, at)| {
        let keys: Vec<&str> = FIELDS[field].0.split('.').collect();
        keys[at % keys.len()].to_owned()
    });
    let odd = "value|rotate|number|name_eng|mrz1|passport|idNo|fullName|ipAddress|earlier_webhooks|[a-z]{0,5}|[0-9]{1,6}|a[.]b|k\\[0\\]|a b|k{60,70}|번호|[*]";
    prop_oneof![known, odd.prop_map(String::from)]
}

proptest! {
    /// Whatever documented path is cut, continued, mixed or wrapped, each place on it is found as the table has it.
    #[test]
    fn a_place_is_what_the_whole_table_says(
        field in 0..FIELDS.len(),
        changes in prop::collection::vec((0..9_usize, 0..4_usize, key()), 0..3),
        lists in prop::collection::vec(0..5_usize, 12),
    ) {
        let mut keys: Vec<String> = FIELDS[field].0.split('.').map(str::to_owned).collect();
        for (at, change, key) in changes {
            let at = at % (keys.len() + 1);
            match change {
                0 => keys.insert(at, key),
                1 => keys.truncate(at),
                _ if at < keys.len() => keys[at] = key,
                _ => keys.push(key),
            }
        }
        let mut steps = Vec::new();
        for (key, list) in keys.iter().zip(lists) {
            if list == 0 {
                steps.push(Step::At(1));
            }
            steps.push(Step::Key(key.as_str().into()));
        }
        steps.push(Step::At(0));
        let (mut place, mut plain) = (Classification::default(), PlainPlace::default());
        let mut above = Vec::new();
        for step in &steps {
            let before = plain.clone();
            plain.enter(step);
            above.push((place.enter(step), before));
            prop_assert_eq!(place.rule(), plain.rule(), "{:?} in {:?}", step, &steps);
            prop_assert_eq!(place.is_unknown(), plain.is_unknown, "{:?} in {:?}", step, &steps);
            prop_assert_eq!(place.reveals_identity(), plain.reveals_identity, "{:?} in {:?}", step, &steps);
            prop_assert_eq!(place.has_open_name(), plain.has_open_name, "{:?} in {:?}", step, &steps);
            prop_assert_eq!(place.field().map(|field| field.path), plain::known(&plain.pattern).map(|known| known.0));
        }
        while let Some((back, plain)) = above.pop() {
            place.leave(back);
            prop_assert_eq!((place.rule(), place.is_unknown()), (plain.rule(), plain.is_unknown));
        }
    }
}
