//! Sentences about rows for which the local terms of the filter (conditions that this program tests itself) could not
//! be decided. They are shown in a list without rows and in the lower border of the list. No sentence claims more than
//! what was searched.

use super::Model;
use crate::keys::Action;
use crate::query::FetchPlan;
use crate::store::{End, Stop};
use crate::text::{Mask, Safe, counted};
use crate::ui::{Line, Role};

impl Model {
    /// Returns the lines of text that the list pane shows if rows are loaded, but the filter shows none of them.
    /// `loaded` is the number of loaded rows. `end` is [`End::Complete`] if all pages are loaded, else the reason why
    /// not.
    pub(super) fn no_match(&self, loaded: usize, end: &End) -> Vec<Safe> {
        let (undecided, searched, held) = (self.rows.undecided(), self.rows.searched(), self.rows.pending());
        let submissions = counted(loaded, "loaded submission");
        let mut lines = Vec::new();
        if held > 0 {
            lines.push(format!(
                "{} match and are not shown yet{}.",
                counted(held, "new row"),
                self.remark_here(Action::ShowNews, "shows them")
            ));
        } else if undecided > 0 {
            let offer = self.offer(FetchPlan::offer);
            lines.push(format!(
                "No match so far: {undecided} of {submissions} lack a value that the filter needs{offer}."
            ));
        } else if searched.is_list_data() {
            let offer = self.offer(FetchPlan::offer_to_search);
            let data = if self.is_offline() { "what the file holds" } else { "the list data" };
            lines.push(format!("No match in {data} of the {submissions}{offer}."));
        } else if self.filter.local_filter().has_search_text() {
            lines.push(format!("No match in the columns of the {submissions}."));
        } else {
            lines.push(format!("No match in the {submissions}."));
        }
        if undecided > 0 && self.is_offline() {
            lines.push(
                "The file does not carry every field. Rows without that value are hidden: it is not known whether they \
                 match."
                    .to_owned(),
            );
        } else if undecided > 0 {
            lines.push(
                "Lists do not carry every field. Rows without that value are hidden: it is not known whether they match."
                    .to_owned(),
            );
        }
        if held == 0 && (undecided > 0 || searched.is_list_data()) {
            let does = if undecided > 0 { "fetches the missing values" } else { "looks further" };
            lines.extend(self.step_after_typing(does));
        }
        let texts = self.filter.local_filter().search_text_names(self.mask);
        if let Some(words) = searched.clause(&texts) {
            lines.push(format!("{words}. Other fields were not searched."));
        }
        if self.filter.local_filter().unsearched(self.mask).is_some() {
            lines.push("Values that the mask hides were not searched.".to_owned());
        }
        lines.extend(self.id_advice());
        lines.push(match end {
            End::Stopped(Stop::FileInPart(why)) => format!("The file does not hold everything: {}.", why.as_str()),
            _ if self.is_offline() && end != &End::Complete => "The file is still being read.".to_owned(),
            End::Complete if self.filter.editor().is_some() => "Every page is loaded.".to_owned(),
            End::Complete => self.config.keymap.press_sentence(Action::EditFilter, "change the filter"),
            _ => self.not_every_page(),
        });
        lines.iter().map(|line| Safe::sanitize(line)).collect()
    }

    /// Returns the sentence that not every page is loaded. It names the keys that load all pages or change the filter.
    fn not_every_page(&self) -> String {
        let keys = [(Action::LoadAll, "loads them"), (Action::EditFilter, "changes the filter")];
        // Where the server repeats a page, no key loads the others.
        let keys = keys.into_iter().filter(|(action, _)| *action != Action::LoadAll || self.may_load_all());
        let clauses: Vec<String> = keys.filter_map(|(action, does)| self.clause_here(action, does)).collect();
        match clauses.is_empty() {
            true => "Not every page is loaded.".to_owned(),
            false => format!("Not every page is loaded: {}.", clauses.join(", ")),
        }
    }

    /// Returns the offer to fetch the values that the rows lack, as the end of a sentence, with ` · ` before it.
    /// `words` makes the text of the offer from the planned requests and the name of the key that sends them. The
    /// result is empty if nothing can be fetched.
    fn offer(&self, words: impl Fn(&FetchPlan, Option<&str>) -> String) -> String {
        let plan = self.fetch_offer();
        plan.map(|plan| format!(" · {}", words(&plan, self.fetch_key().as_deref()))).unwrap_or_default()
    }

    /// Returns the sentence that names the next two keys while the filter is typed: one applies the filter, then the
    /// other fetches missing values. `does` is what the second key does, such as `looks further`. Returns `None` if the
    /// filter is not being typed, if it cannot be applied now, or if nothing could be fetched then.
    fn step_after_typing(&self, does: &str) -> Option<String> {
        self.filter.editor()?;
        self.fetch_plan_after_typing()?;
        let applies = self.clause_here(Action::ApplyFilter, "applies the filter")?;
        let fetches = self.config.keymap.key_clause(Action::FetchMissing, does)?;
        // The list is not filtered yet by a word that may become a key.
        let is_filtered = self.filter.displayed().text() == self.filter.local_filter().text();
        (is_filtered && self.filter.displayed().problems().is_empty()).then(|| format!("{applies}; then {fetches}."))
    }

    /// Returns a sentence that explains how to look up a submission id, if a search text of the filter looks like an
    /// id. At the mask level `all` the sentence does not repeat the text. Returns `None` if no search text looks like
    /// an id.
    fn id_advice(&self) -> Option<String> {
        let query = self.filter.local_filter();
        let text = query.id_texts().next()?;
        let is_shown = self.mask != Mask::All;
        let term = if is_shown { format!("id:{text}") } else { "id: before it".to_owned() };
        let who =
            if self.is_offline() { "only this submission is then shown" } else { "the service then looks for it" };
        Some(format!("For a submission id, write {term}: {who}."))
    }

    /// Returns the beginning of the list's lower border in a long and a short form. It says how completely the loaded
    /// rows were searched: for how many rows the filter is undecided, and in how many a text was searched in list data
    /// only. It also names the key that fetches the missing values; the border leaves this out before it cuts a
    /// warning. The lines are empty if every row is decided and was searched completely.
    pub(super) fn scope_lines(&self) -> [Line; 2] {
        let undecided = (self.rows.undecided() > 0)
            .then(|| format!("{} hidden: unknown if they match", counted(self.rows.undecided(), "row")));
        let texts = self.filter.local_filter().search_text_names(self.mask);
        let warnings: Vec<String> = undecided.into_iter().chain(self.rows.searched().clause(&texts)).collect();
        let key = self.fetch_key();
        let plan = self.fetch_offer();
        let forms: [fn(&FetchPlan, Option<&str>) -> String; 2] = [FetchPlan::offer, FetchPlan::short_offer];
        forms.map(|form| {
            let warnings = warnings.iter().map(|words| (words.clone(), Role::Warn));
            let offer = plan.iter().map(|plan| (form(plan, key.as_deref()), Role::Accent));
            warnings.chain(offer).fold(Line::new(), |line, (words, role)| {
                line.word(" ", Role::Plain).with(Safe::sanitize(&words), role).word(" ·", Role::Dim)
            })
        })
    }
}
