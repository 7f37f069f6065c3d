//! Adds the filter of the command line to the filter of a view.

use jiff::civil::Date;

use super::{SavedView, ViewsError};
use crate::query::{Query, Scope, Term};

impl SavedView {
    /// Returns the filter of this view with the terms of `more`, the filter of the command line, after it. All terms
    /// must match. `today` is the day from which relative dates count.
    ///
    /// # Errors
    /// [`ViewsError::ServerTermTwice`] if both have the same server term: it is a query parameter, which is sent once.
    pub fn filter_with(&self, more: &str, today: Date) -> Result<String, ViewsError> {
        let (own, added) = (Query::parse(&self.filter, today), Query::parse(more, today));
        let taken = server_parameters(&own);
        let mut taken_twice = server_terms(&added).filter(|name| parameters(name).iter().any(|it| taken.contains(it)));
        if let Some(name) = taken_twice.next() {
            return Err(ViewsError::ServerTermTwice { term: format!("{name}:"), view: self.name.clone() });
        }
        let both = [self.filter.trim(), more.trim()];
        Ok(both.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "))
    }
}

fn server_terms(query: &Query) -> impl Iterator<Item = &'static str> {
    query.terms().iter().filter(|term| term.scope() == Scope::Server).map(Term::label)
}

fn server_parameters(query: &Query) -> Vec<&'static str> {
    server_terms(query).flat_map(parameters).collect()
}

/// Returns the query parameters that a server key sets, each by the key that sets it alone. `on:` sets both ends of the
/// range.
fn parameters(key: &'static str) -> Vec<&'static str> {
    if key == "on" { vec!["from", "to"] } else { vec![key] }
}
