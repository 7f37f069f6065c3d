//! The command line that continues an export which was started on the screen and stopped before its end.

use super::Model;
use super::copied_call::command_line;
use crate::export::{ExportOrder, ExportRows};
use crate::text::Safe;

impl Model {
    /// Returns the command line that continues the unfinished file of the export `order`, with the subcommand `export`.
    /// A file is unfinished if the user stopped the export or a request failed.
    ///
    /// Returns `None` in each of these cases:
    /// - The export writes loaded rows, which another run of the program does not have.
    /// - The command line would contain a value that the mask level of the export hides, or an invisible character.
    pub(super) fn resume_call(&self, order: &ExportOrder) -> Option<Safe> {
        let ExportRows::Query(query) = &order.rows else { return None };
        if query.terms().iter().any(|term| term.class().hidden_at(order.mask)) {
            return None;
        }
        let filter = query.with_absolute_dates();
        let (is_option, path) = (filter.starts_with('-'), order.path.to_str()?);
        let mut words = vec!["export".to_owned()];
        words.extend((!filter.is_empty() && !is_option).then(|| filter.clone()));
        // A path that begins with `-` would be an option, or standard output.
        let path = if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
        words.extend(["--out".to_owned(), path, format!("--output={}", order.format.word())]);
        words.extend((!order.columns.is_empty()).then(|| format!("--columns={}", order.columns.join(","))));
        words.extend((!order.with.is_empty()).then(|| format!("--with={}", order.with.words())));
        // The configuration may set another level.
        words.push(format!("--mask={}", order.mask.label()));
        words.push("--resume".to_owned());
        words.extend(self.config.call_options.iter().cloned());
        words.extend(is_option.then(|| ["--".to_owned(), filter]).into_iter().flatten());
        command_line(words).ok().map(|call| Safe::sanitize_full(&call))
    }
}
