//! One item of an answer to one list row.
//!
//! Field names, kinds and fallbacks follow the service's documentation, "GET/Submission", response fields; kinds are
//! taken as they come, because tables and samples there disagree. A bad value costs its own cell and is shown as sent.
//! Only a string can read as a verdict: whatever else is in `kyc.result` keeps its JSON punctuation, and of a
//! repeated field every differing value is shown, one that says nothing too, so that nothing malformed looks like an
//! approval.

use std::borrow::Cow;

use bytes::Bytes;

use super::Document;
use super::assessment::{AmlAssessment, KycStatus, RiskLevel, Screening, words};
use super::json::Json;
use super::row::{Cell, Column, KEPT, PendingSince, Room, Row};

/// Makes the row of an item. `whole` says that the answer was asked for this one submission: then a field that is
/// absent has no value, while a list leaves fields out and its rows do not know.
///
/// What is no JSON object gives a row that knows nothing.
pub fn row(raw: &[u8], whole: bool) -> Row {
    if Json::read(raw).is_err() {
        return Row::default();
    }
    row_within(&mut Room::default(), &Bytes::copy_from_slice(raw), whole)
}

/// The same of an item that was read as JSON before, with what is left of the room for the rows of a page.
pub fn row_within(room: &mut Room, raw: &Bytes, whole: bool) -> Row {
    let item = Json::again(raw);
    if !item.is_object() {
        return Row::default();
    }
    let mut fields = ItemFields::default();
    fields.item(item);
    fields.settle_name();
    let document = Document::open(raw, whole);
    fields.doubt(&document);
    let classes = super::classes(&document);
    let mut row = Row::within(room, classes, |column| match fields.cells.get(column as usize) {
        Some(Some(text)) if !text.is_empty() => Cell::Text(text),
        Some(Some(_)) => Cell::Empty,
        _ if whole => Cell::Empty,
        _ => Cell::NotFetched,
    });
    row.set_pending_since(PendingSince::read(fields.pending_at.as_deref().unwrap_or_default()));
    row
}

/// What the item carries; an empty text is a field without a value.
#[derive(Default)]
struct ItemFields<'a> {
    cells: [Option<Cow<'a, str>>; Column::ALL.len()],
    pending_at: Option<Cow<'a, str>>,
    full_name: Option<Cow<'a, str>>,
    first_name: Option<Cow<'a, str>>,
    last_name: Option<Cow<'a, str>>,
}

impl<'a> ItemFields<'a> {
    fn item(&mut self, item: Json<'a>) {
        for (key, value) in item.members() {
            match &*key {
                "submission_id" => self.replace(Column::Id, text(value)),
                "created_at" => self.add(Column::Created, text(value)),
                "pending_at" => add(&mut self.pending_at, text(value)),
                "updated_at" => self.add(Column::Updated, text(value)),
                "email" => self.add(Column::Email, text(value)),
                "userid" => self.add(Column::UserId, text(value)),
                "tokenId" => self.add(Column::Token, text(value)),
                "applicant_id" => self.add(Column::Applicant, text(value)),
                "argos_score" => self.add(Column::ArgosScore, text(value)),
                "data" => self.data(value),
                "kyc" => self.kyc(value),
                "aml" => self.aml(value),
                _ => {}
            }
        }
    }

    fn data(&mut self, data: Json<'a>) {
        for (key, value) in data.members() {
            match &*key {
                "full_name" => add(&mut self.full_name, text(value)),
                "name" => self.add(Column::Name, text(value)),
                "first_name" => add(&mut self.first_name, text(value)),
                "last_name" => add(&mut self.last_name, text(value)),
                "date_of_birth" => self.add(Column::BirthDate, text(value)),
                "nationality" => self.add(Column::Nationality, text(value)),
                "idcard_issuingCountry" => self.add(Column::IssuingCountry, text(value)),
                "idType" => self.add(Column::IdType, text(value)),
                "age_group" => self.add(Column::AgeGroup, text(value)),
                "ip_address" => self.add(Column::Ip, text(value)),
                _ => {}
            }
        }
        self.no_object(data, Column::Name);
    }

    fn kyc(&mut self, kyc: Json<'a>) {
        for (key, value) in kyc.members() {
            match &*key {
                "result" => self.add(Column::Status, text(value)),
                "commentCode" => self.add(Column::RejectCode, one_or_many(value)),
                "attempts" => self.add(Column::Attempts, count(value)),
                _ => {}
            }
        }
        self.no_object(kyc, Column::Status);
    }

    fn aml(&mut self, aml: Json<'a>) {
        for (key, value) in aml.members() {
            match &*key {
                "currentstatus" => self.add(Column::Aml, text(value)),
                "risk_level_summary" => self.add(Column::AmlLevel, text(value)),
                _ => {}
            }
        }
        self.no_object(aml, Column::Aml);
    }

    /// Shows what is where an object belongs: nothing for `null`, else the JSON as sent, in quotes if it is a
    /// string, so that a bare word is not taken for a verdict.
    fn no_object(&mut self, value: Json<'a>, column: Column) {
        if value.is_null() {
            self.add(column, Cow::Borrowed(""));
        } else if !value.is_object() {
            self.add(column, Cow::Borrowed(value.as_sent()));
        }
    }

    /// `full_name`, else `name`, else first and last name.
    fn settle_name(&mut self) {
        let given = |text: &Option<Cow<'a, str>>| text.as_ref().is_some_and(|text| !text.is_empty());
        let Some(name) = self.cells.get_mut(Column::Name as usize) else { return };
        if given(&self.full_name) {
            *name = self.full_name.take();
        } else if !given(name) {
            let enough = |text: Cow<'a, str>| match text {
                Cow::Borrowed(text) => Cow::Borrowed(text.get(..text.floor_char_boundary(ENOUGH)).unwrap_or_default()),
                Cow::Owned(text) => Cow::Owned(text),
            };
            *name = match (self.first_name.take().map(enough), self.last_name.take().map(enough)) {
                (Some(first), Some(last)) if !first.is_empty() && !last.is_empty() => Some(first + " " + last),
                (Some(first), Some(last)) => Some(first + last),
                (one, other) => one.or(other).or(name.take()).or(self.full_name.take()),
            };
        }
    }

    /// Takes their plain words from the cells of which the whole record leaves in doubt what they say.
    fn doubt(&mut self, document: &Document) {
        if document.field("aml").is_none() && !document.repeats() {
            return;
        }
        let (status, aml) = (KycStatus::of(document), AmlAssessment::of(document));
        if aml.has_unannounced_matches() {
            match self.cells.get_mut(Column::Aml as usize) {
                Some(Some(said)) if !said.is_empty() => self.add(Column::Aml, Cow::Borrowed(MATCHES)),
                _ => self.replace(Column::Aml, Cow::Borrowed(MATCHES)),
            }
        }
        let is_level_unclear = aml.level.is_some_and(|level| RiskLevel::of(&level).is_none());
        for (column, is_unclear) in [
            (Column::Status, matches!(status, KycStatus::Unknown | KycStatus::Contradictory)),
            (Column::Aml, aml.screening == Screening::Unknown),
            (Column::AmlLevel, is_level_unclear),
        ] {
            let said = self.cells.get(column as usize).and_then(Option::as_deref);
            if is_unclear && said.is_some_and(|text| words::documented(column, text).is_some()) {
                self.add(column, Cow::Borrowed(""));
            }
        }
    }

    fn add(&mut self, column: Column, text: Cow<'a, str>) {
        if let Some(cell) = self.cells.get_mut(column as usize) {
            add(cell, text);
        }
    }

    /// The id names the row and must be the one that the item is kept under: of several the last.
    fn replace(&mut self, column: Column, text: Cow<'a, str>) {
        if let Some(cell) = self.cells.get_mut(column as usize) {
            *cell = Some(text);
        }
    }
}

/// What to show of a value. Of a text that has to be unescaped, as much as a row keeps, and a little more where there is
/// more.
fn text(value: Json<'_>) -> Cow<'_, str> {
    value.text_within(ENOUGH)
}

/// What a row says where there are matches, but no status that says so.
const MATCHES: &str = "matches";

/// Bytes of a text from which a row knows that it goes on.
const ENOUGH: usize = KEPT + 64;

/// Fills a cell, or adds to it what a repeated key says otherwise, until it is more than a row keeps.
fn add<'a>(cell: &mut Option<Cow<'a, str>>, text: Cow<'a, str>) {
    match cell {
        None => *cell = Some(text),
        Some(before) if *before == text || before.len() > ENOUGH => {}
        Some(before) => {
            let before = before.to_mut();
            before.push_str(", ");
            before.push_str(text.get(..text.floor_char_boundary(ENOUGH)).unwrap_or_default());
        }
    }
}

/// The texts of an array joined by a comma, or the text of anything else.
fn one_or_many(value: Json<'_>) -> Cow<'_, str> {
    if !value.is_array() {
        return text(value);
    }
    let mut texts = value.elements().map(text);
    let Some(mut joined) = texts.next() else { return Cow::Borrowed("") };
    for text in texts {
        if joined.len() > ENOUGH {
            break;
        }
        joined = joined + ", " + text;
    }
    joined
}

/// How many elements an array has; an object in its place is one.
fn count(value: Json<'_>) -> Cow<'_, str> {
    if value.is_array() {
        Cow::Owned(value.elements().count().to_string())
    } else if value.is_object() {
        Cow::Borrowed("1")
    } else {
        text(value)
    }
}

#[cfg(test)]
mod tests;
