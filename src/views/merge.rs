//! Adds the filter of the command line to the filter of a view.

use jiff::civil::Date;

use super::{SavedView, ViewsError};
use crate::query::{Query, Scope, Term};

impl SavedView {
    /// Returns the filter of this view, followed by the terms of `added_filter`, a filter on the command line. A
    /// submission must match all terms. `today` is the day from which relative dates count.
    ///
    /// # Errors
    /// [`ViewsError::ServerTermTwice`] if both filters set the same query parameter of the service, such as `from`. A
    /// request can have a query parameter only once.
    pub fn filter_with(&self, added_filter: &str, today: Date) -> Result<String, ViewsError> {
        let (own, added) = (Query::parse(&self.filter, today), Query::parse(added_filter, today));
        let taken = server_parameters(&own);
        let mut taken_twice = server_terms(&added).filter(|name| parameters(name).iter().any(|it| taken.contains(it)));
        if let Some(name) = taken_twice.next() {
            return Err(ViewsError::ServerTermTwice { term: format!("{name}:"), view: self.name.clone() });
        }
        let both = [self.filter.trim(), added_filter.trim()];
        Ok(both.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "))
    }
}

fn server_terms(query: &Query) -> impl Iterator<Item = &'static str> {
    query.terms().iter().filter(|term| term.scope() == Scope::Server).map(Term::label)
}

fn server_parameters(query: &Query) -> Vec<&'static str> {
    server_terms(query).flat_map(parameters).collect()
}

/// Returns the names of the query parameters that the filter key `key` sets. `on:` (one day) sets `from` and `to`, both
/// ends of a range. Any other key sets the parameter with its own name.
fn parameters(key: &'static str) -> Vec<&'static str> {
    if key == "on" { vec!["from", "to"] } else { vec![key] }
}
