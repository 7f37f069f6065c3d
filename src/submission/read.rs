//! Turns the JSON of one submission into a row of the list.
//!
//! Field names, kinds and fallbacks follow the response fields on the service's documentation page "GET/Submission".
//! Any kind of value is accepted, because tables and samples there disagree. A bad value affects only its own cell and
//! is shown as sent.
//!
//! Nothing malformed may look like an approval. So a value in `kyc.result` that is no string keeps its JSON
//! punctuation, and a repeated field shows every different value, an empty one included.

use std::borrow::Cow;

use bytes::Bytes;

use super::Document;
use super::assessment::{AmlAssessment, KycStatus, RiskLevel, Screening, words};
use super::json::Json;
use super::row::{Cell, Column, KEPT, PendingSince, Room, Row};

/// Builds the list row of one submission from its JSON bytes `raw`. Bytes that are no JSON object give a default row.
///
/// If `is_full_record` is true, the bytes are a full record, and the cell of an absent field is [`Cell::Empty`].
/// Otherwise they are a list record, which leaves fields out, and the cell is [`Cell::NotFetched`].
pub fn row(raw: &[u8], is_full_record: bool) -> Row {
    if Json::read(raw).is_err() {
        return Row::default();
    }
    row_within(&mut Room::default(), &Bytes::copy_from_slice(raw), is_full_record)
}

/// Builds the list row of one submission, like [`row`], from bytes that were checked to be JSON before.
///
/// `room` is the memory that is left for the texts of one page of rows, and is reduced by the texts of this row. If no
/// memory is left, the row keeps only the first 64 bytes of each text.
pub fn row_within(room: &mut Room, raw: &Bytes, is_full_record: bool) -> Row {
    let item = Json::from_checked(raw);
    if !item.is_object() {
        return Row::default();
    }
    let mut fields = ItemFields::default();
    fields.item(item);
    fields.set_name_cell();
    fields.set_attempts_cell();
    fields.set_retry_codes_cell();
    let document = Document::parse_checked(raw, is_full_record);
    fields.doubt(&document);
    let classes = super::classes(&document);
    let mut row = Row::within(room, classes, |column| match fields.cells.get(column as usize) {
        Some(Some(text)) if !text.is_empty() => Cell::Text(text),
        Some(Some(_)) => Cell::Empty,
        _ if is_full_record => Cell::Empty,
        _ => Cell::NotFetched,
    });
    row.set_pending_since(PendingSince::read(fields.pending_at.as_deref().unwrap_or_default()));
    row
}

/// Texts of the cells in the list row of one submission. `None` means that the field was not sent, and an empty text
/// that it was sent without a value.
#[derive(Default)]
struct ItemFields<'a> {
    cells: [Option<Cow<'a, str>>; Column::ALL.len()],
    pending_at: Option<Cow<'a, str>>,
    /// Number of retries in `kyc.retry`.
    retries: usize,
    full_name: Option<Cow<'a, str>>,
    first_name: Option<Cow<'a, str>>,
    last_name: Option<Cow<'a, str>>,
    retry_codes: Option<RetryCodes<'a>>,
}

/// Retry codes of one submission, in the order sent, each code once.
#[derive(Default)]
struct RetryCodes<'a> {
    codes: Vec<Cow<'a, str>>,
    /// Total number of bytes of all codes.
    length: usize,
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
                "attempts" => {
                    self.add(Column::Attempts, count(value));
                    self.retry_codes.get_or_insert_default().of_records(value);
                }
                "retry" => {
                    self.retries = self.retries.max(value.elements().count());
                    self.retry_codes.get_or_insert_default().of_records(value);
                }
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

    /// Adds the text of `value` to the cell of `column` if `value` is no object. `value` is the value of a field such
    /// as `kyc`, which is documented as an object. The text is empty for `null`, and else the JSON as sent. So a string
    /// keeps its quotes and does not look like the result of a check.
    fn no_object(&mut self, value: Json<'a>, column: Column) {
        if value.is_null() {
            self.add(column, Cow::Borrowed(""));
        } else if !value.is_object() {
            self.add(column, Cow::Borrowed(value.as_sent()));
        }
    }

    /// Sets the cell with the applicant's name to the first of these that was sent: `full_name`, `name`, or first and
    /// last name.
    fn set_name_cell(&mut self) {
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

    /// Appends the number of retries to the number in the cell of the attempts, as in `1+3`, if there are more retries
    /// than attempts. In this case the service left out attempts, and their number alone would be too small.
    fn set_attempts_cell(&mut self) {
        let retries = self.retries;
        if let Some(Some(cell)) = self.cells.get_mut(Column::Attempts as usize)
            && cell.parse::<usize>().is_ok_and(|attempts| retries > attempts)
        {
            *cell = Cow::Owned(format!("{cell}+{retries}"));
        }
    }

    /// Sets the cell of the retry codes to the codes found so far, with commas between them. Does nothing if neither
    /// the list of attempts nor the list of retries was sent, in which the codes are.
    fn set_retry_codes_cell(&mut self) {
        if let Some(RetryCodes { codes, .. }) = self.retry_codes.take() {
            self.replace(Column::Retry, Cow::Owned(codes.join(", ")));
        }
    }

    /// Marks the cells of KYC status, AML status and AML level as doubtful where the whole submission `document`
    /// contradicts them.
    ///
    /// The mark is a comma after the word in the cell: the word then no longer counts as a result. [`MATCHES`] is added
    /// to the AML status if the submission has AML matches although this status announces none.
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
            if is_unclear && said.is_some_and(|text| words::documented_spelling(column, text).is_some()) {
                self.add(column, Cow::Borrowed(""));
            }
        }
    }

    /// Adds the text `text` to the cell of `column`, like the function [`add`].
    fn add(&mut self, column: Column, text: Cow<'a, str>) {
        if let Some(cell) = self.cells.get_mut(column as usize) {
            add(cell, text);
        }
    }

    /// Replaces the text of the cell of `column` by `text`. Most cells use [`Self::add`], which keeps every different
    /// text of a repeated field. The cell of the submission id must be one id, the last one, because it identifies the
    /// row.
    fn replace(&mut self, column: Column, text: Cow<'a, str>) {
        if let Some(cell) = self.cells.get_mut(column as usize) {
            *cell = Some(text);
        }
    }
}

impl<'a> RetryCodes<'a> {
    /// Adds the retry codes in `records`, which is `kyc.attempts` or `kyc.retry`. A single object is read like a list
    /// with this object. An element that is no object is added as sent, since it may be a code.
    fn of_records(&mut self, records: Json<'a>) {
        let elements = records.is_array().then(|| records.elements());
        let only = (!records.is_array()).then_some(records);
        for record in elements.into_iter().flatten().chain(only) {
            if !record.is_object() {
                self.add(if record.is_null() { Cow::Borrowed("") } else { Cow::Borrowed(record.as_sent()) });
            }
            for (_, code) in record.members().filter(|(key, _)| key == "retryCode") {
                if code.is_array() {
                    code.elements().for_each(|code| self.add(text(code)));
                } else {
                    self.add(text(code));
                }
            }
        }
    }

    /// Adds a retry code, unless it is empty or already added. Does nothing once the codes have more than [`ENOUGH`]
    /// bytes in total, since the row keeps only the first [`KEPT`] bytes.
    fn add(&mut self, code: Cow<'a, str>) {
        if !code.is_empty() && self.length <= ENOUGH && !self.codes.contains(&code) {
            self.length += code.len();
            self.codes.push(code);
        }
    }
}

/// Returns the text of a JSON value for a cell of the list. A long string with escapes may lose its end after about
/// [`ENOUGH`] bytes.
fn text(value: Json<'_>) -> Cow<'_, str> {
    value.text_within(ENOUGH)
}

/// Word in the AML cell of a row if the submission has AML matches although its AML status announces none.
const MATCHES: &str = "matches";

/// Number of bytes of a field's text that are read for a row. It is above [`KEPT`], the number that the row keeps, so
/// that the row can tell that the text continues.
const ENOUGH: usize = KEPT + 64;

/// Sets the text of a cell to `text` if the cell has no text yet. Otherwise the key of the field is repeated, and a
/// different `text` is appended after a comma, until the cell has more than [`ENOUGH`] bytes.
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

/// Returns the cell text of a field that may have several values. For an array, it is the texts of the elements, joined
/// by commas. For any other value, it is the text of the value.
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

/// Returns the cell text of a field that the list shows as a count, such as the attempts. It is the length of an array,
/// and `1` for an object. For any other value, it is the text of the value.
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
