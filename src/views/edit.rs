//! Changes one view in the text of `views.toml`, and keeps the rest of the text byte for byte.

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use super::{SavedView, ViewName};
use crate::submission::row::Column;

/// Comment that is written at the start of a new file `views.toml`.
const FILE_COMMENT: &str =
    "# Views of argos-review: filter, columns and order under a name (`argos-review --view NAME`).\n";

/// Returns `text`, the text of the file, with the view `view`. A view with the same name is replaced; its comments
/// stay. A new view is added at the end. Returns `None` if other lines would change too.
pub(super) fn with_view(text: &str, view: &SavedView) -> Option<String> {
    edited(if text.is_empty() { FILE_COMMENT } else { text }, |document| {
        let key = key_of(document, &view.name);
        if let Some(table) = key.and_then(|key| document.get_mut(&key)).and_then(Item::as_table_like_mut) {
            return write_values(table, view);
        }
        let mut table = Table::new();
        write_values(&mut table, view);
        // A comment at the end of the file stays before the new view.
        let end = document.trailing().as_str().unwrap_or_default().to_owned();
        let is_at_start = document.is_empty() && end.is_empty();
        table.decor_mut().set_prefix(if is_at_start { end } else { format!("{end}\n") });
        document.set_trailing("");
        document.insert(view.name.as_str(), Item::Table(table));
    })
}

/// Returns `text`, the text of the file, without the view that has the name `name`. The comment directly above the view
/// is removed with it. Returns `None` if other lines would change too.
pub(super) fn without_view(text: &str, name: &ViewName) -> Option<String> {
    edited(text, |document| {
        let Some(removed) = key_of(document, name).and_then(|key| document.remove(&key)) else { return };
        let Item::Table(removed) = removed else { return };
        let above = removed.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        // A comment that an empty line separates from the view belongs to the file, such as a comment at its start.
        let kept = above.rfind("\n\n").map_or("", |at| above.get(..=at).unwrap_or_default());
        let later = document.iter_mut().filter_map(|(_, item)| item.as_table_mut());
        let next = later.filter(|table| table.position() > removed.position()).min_by_key(|table| table.position());
        match next {
            Some(next) => {
                let own = next.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
                let prefix = format!("{kept}{own}");
                next.decor_mut().set_prefix(prefix);
            }
            None => {
                let end = format!("{kept}{}", document.trailing().as_str().unwrap_or_default());
                document.set_trailing(end);
            }
        }
    })
}

/// Parses `text`, changes it with `change`, and returns the new text. Returns `None` if the TOML library would write
/// the unchanged document differently, so that other lines would change. The library writes only `\n`, and no byte
/// order mark; both are handled here.
fn edited(text: &str, change: impl FnOnce(&mut DocumentMut)) -> Option<String> {
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body));
    let unix = body.replace("\r\n", "\n");
    let has_windows_ends = unix != body;
    if has_windows_ends && unix.replace('\n', "\r\n") != body {
        return None;
    }
    let mut unix = unix;
    if !unix.is_empty() && !unix.ends_with('\n') {
        unix.push('\n');
    }
    let mut document: DocumentMut = unix.parse().ok()?;
    if document.to_string() != unix {
        return None;
    }
    change(&mut document);
    let changed = document.to_string();
    // The first view is gone, and the second begins with the empty line between them.
    let changed = if unix.starts_with('\n') { &*changed } else { changed.trim_start_matches('\n') };
    Some(format!("{mark}{}", if has_windows_ends { changed.replace('\n', "\r\n") } else { changed.to_owned() }))
}

/// Returns the key under which `document` has the view with the name `name`, as the file spells it. Returns `None` if
/// there is no such view.
fn key_of(document: &DocumentMut, name: &ViewName) -> Option<String> {
    document.iter().map(|(key, _)| key).find(|key| name.is_key(key)).map(str::to_owned)
}

/// Writes the values of `view` into `table`, the TOML table of this view in the file. A value that does not change
/// keeps its form and its comment.
fn write_values(table: &mut dyn TableLike, view: &SavedView) {
    set(table, "filter", Some(view.filter.as_str().into()));
    let keys = |columns: &Vec<Column>| Value::from(columns.iter().map(|column| column.spec().key).collect::<Array>());
    set(table, "columns", view.columns.as_ref().map(keys));
    set(table, "sort", view.sort.map(|sort| sort.to_string().into()));
}

fn set(table: &mut dyn TableLike, key: &str, value: Option<Value>) {
    let Some(mut value) = value else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) if is_same(old, &value) => {}
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}

/// Returns whether two TOML values are the same text or the same list of texts. Quotes, blanks and comments make no
/// difference.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.as_array(), other.as_array()) {
        (Some(one), Some(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (None, None) => one.as_str().is_some() && one.as_str() == other.as_str(),
        _ => false,
    }
}
