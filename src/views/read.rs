//! Reads the text of `views.toml` strictly. An entry that the program does not know is an error, which names the line
//! of the entry.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::{Date, date};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{SavedView, ViewFault, ViewName, ViewsError};
use crate::config::SettingSource;
use crate::query::Query;
use crate::store::Sort;
use crate::submission::row::Column;

type Key<'t> = Spanned<Cow<'t, str>>;
type Value<'t> = Spanned<DeValue<'t>>;

/// Parses and checks `bytes`, the content of the file at `path`, and returns its views in their order. Relative dates
/// of the filters count from `today`.
///
/// # Errors
/// [`ViewsError::At`] for the first mistake.
pub(super) fn views(bytes: &[u8], path: &Path, today: Date) -> Result<Vec<SavedView>, ViewsError> {
    ViewsReader { path: path.into(), bytes, today }.views()
}

struct ViewsReader<'a> {
    path: Arc<Path>,
    bytes: &'a [u8],
    today: Date,
}

impl ViewsReader<'_> {
    fn views(&self) -> Result<Vec<SavedView>, ViewsError> {
        let text = str::from_utf8(self.bytes).map_err(|error| self.wrong(error.valid_up_to(), ViewFault::NotUtf8))?;
        let table = DeTable::parse(text).map_err(|error| {
            let offset = error.span().map_or(text.len(), |span| span.start);
            self.wrong(offset, ViewFault::Syntax(error.message().to_owned()))
        })?;
        // The library sorts the entries by name; their order in the file is that of their places.
        let mut entries: Vec<_> = table.get_ref().iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut views: Vec<SavedView> = Vec::new();
        for (key, value) in entries {
            let view = self.view(key, value)?;
            if views.iter().any(|other| other.name == view.name) {
                return Err(self.wrong(key.span().start, ViewFault::Twice(view.name)));
            }
            views.push(view);
        }
        Ok(views)
    }

    fn view(&self, key: &Key<'_>, value: &Value<'_>) -> Result<SavedView, ViewsError> {
        let at = key.span().start;
        let Some(table) = value.get_ref().as_table() else {
            return Err(self.wrong(at, ViewFault::NotATable(key.get_ref().to_string())));
        };
        let name = ViewName::parse(key.get_ref()).map_err(|fault| self.wrong(at, fault.into()))?;
        let mut view = SavedView { name, filter: String::new(), columns: None, sort: None };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "filter" => view.filter = self.filter(value)?,
                "columns" => view.columns = Some(self.columns(value)?),
                "sort" => {
                    let text = self.text("sort", value)?;
                    let sort = Sort::parse(text);
                    view.sort = Some(sort.map_err(|why| self.wrong(value.span().start, ViewFault::Sort(why)))?);
                }
                other => return Err(self.wrong(key.span().start, ViewFault::UnknownKey(other.to_owned()))),
            }
        }
        Ok(view)
    }

    fn filter(&self, value: &Value<'_>) -> Result<String, ViewsError> {
        let text = self.text("filter", value)?;
        match problem_of_filter(text, self.today) {
            Some(reason) => Err(self.wrong(value.span().start, ViewFault::Filter(reason))),
            None => Ok(text.to_owned()),
        }
    }

    fn columns(&self, value: &Value<'_>) -> Result<Vec<Column>, ViewsError> {
        let fault = || ViewFault::Type { name: "columns", wanted: "a list of columns, such as [\"status\", \"name\"]" };
        let list = value.get_ref().as_array().ok_or_else(|| self.wrong(value.span().start, fault()))?;
        let mut columns = Vec::new();
        for entry in list {
            let at = entry.span().start;
            let name = entry.get_ref().as_str().ok_or_else(|| self.wrong(at, fault()))?;
            let column = Column::named(name);
            let column = column.ok_or_else(|| self.wrong(at, ViewFault::UnknownColumn { name: name.to_owned() }))?;
            if columns.contains(&column) {
                return Err(self.wrong(at, ViewFault::Columns("a view shows each column once")));
            }
            columns.push(column);
        }
        match columns.is_empty() {
            true => Err(self.wrong(value.span().start, ViewFault::Columns("a view shows at least one column"))),
            false => Ok(columns),
        }
    }

    fn text<'v>(&self, name: &'static str, value: &'v Value<'_>) -> Result<&'v str, ViewsError> {
        let fault = || self.wrong(value.span().start, ViewFault::Type { name, wanted: "a text in quotes" });
        value.get_ref().as_str().ok_or_else(fault)
    }

    fn wrong(&self, offset: usize, fault: ViewFault) -> ViewsError {
        let before = self.bytes.get(..offset).unwrap_or(self.bytes);
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        ViewsError::At { at: SettingSource::File { path: Arc::clone(&self.path), line }, fault }
    }
}

/// Returns the reason why `filter` is wrong on every day; `None` if there is a day on which it is valid. A filter such
/// as `from:-7d to:2026-11-21` becomes invalid as time goes by. It must not make the file invalid: the problem is
/// reported only when the user opens the view.
fn problem_of_filter(filter: &str, today: Date) -> Option<String> {
    let problem = |day: Date| Query::parse(filter, day).problems().first().map(|it| it.reason.as_str().to_owned());
    let reason = problem(today)?;
    let (early, late) = (date(1000, 1, 1), date(9000, 1, 1));
    (problem(early).is_some() && problem(late).is_some()).then_some(reason)
}
