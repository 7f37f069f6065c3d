//! The deliberate faults of a scenario: which requests a fault affects, how often, and what is wrong in the answer.
//!
//! A fault begins and ends after a number of requests, not after a time. So the same requests in the same order get the
//! same faults.

pub(super) mod gateway;
pub(super) mod pages;

use serde::Deserialize;

/// A fault that the demo server makes on purpose. It says what is wrong in an answer, and which requests get such an
/// answer.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "FaultToml")]
pub struct Fault {
    /// The kind of requests that the fault may affect.
    pub on: RequestKind,
    /// What is wrong in the answers to the affected requests.
    pub kind: FaultKind,
    /// Number of matching requests (those of the kind [`Self::on`]) that the server still answers correctly before the
    /// fault begins.
    pub after: u32,
    /// Number of matching requests that the fault affects after it began; `None` means all further matching requests.
    pub times: Option<u32>,
    /// The value of the header `Retry-After` (when the client may try again) in the answer; `None` if the header is not
    /// sent.
    pub retry_after: Option<RetryAfter>,
    /// A number that two kinds of faults need. For [`FaultKind::CyclingCursor`]: number of pages after which the page
    /// keys begin again. For [`FaultKind::OverlappingPage`]: number of rows that two pages share. For all other faults:
    /// 0.
    pub length: usize,
}

/// The value of the header `Retry-After`, which says when the client may try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// The number of seconds that the client must wait.
    Seconds(u32),
    /// The date and time until which the client must wait. The value is the number of seconds from the time of the
    /// answer.
    Date(u32),
}

/// The kind of a request to the demo server. Each deliberate fault of a scenario affects requests of one kind, or of
/// all kinds.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum RequestKind {
    /// A request for the first page of a list. It has no page key, with which clients request further pages.
    FirstPage,
    /// A request for a further page of a list. It has the page key from the answer with the previous page.
    NextPage,
    /// A request for one submission by its id.
    Single,
    /// A request for a picture.
    Picture,
    /// All requests, including those with invalid parameters.
    All,
}

/// What is wrong in the answer of the demo server.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// The answer has the status 403, as for a missing or wrong API key.
    WrongKey,
    /// The answer has the status 403, as for a network address that is not on the project's list of allowed addresses.
    BlockedAddress,
    /// The answer has the status 429, as for too many requests in a short time.
    RateLimit,
    /// The answer has the status 429, as for a request quota that is used up.
    Quota,
    /// The status 500, from the gateway in front of the service.
    InternalError,
    /// The status 502, from the gateway in front of the service.
    BadGateway,
    /// The status 503, from the gateway in front of the service.
    Unavailable,
    /// The status 504, from the gateway in front of the service.
    GatewayTimeout,
    /// A web page with the status 200, as from a network that requires a log-in.
    Html,
    /// A web page with the status 503, as from a load balancer.
    HtmlUnavailable,
    /// An answer whose body lacks its second half.
    Truncated,
    /// A page whose page key for the next page equals the page key with which the client requested this page. So the
    /// next request gets the same page again.
    StuckCursor,
    /// A cycle of page keys (with which the client requests further pages): after `length` pages, the server sends the
    /// page key of the second page again.
    CyclingCursor,
    /// The rows of the first page of the list instead of those of the requested page. The page key for the next page is
    /// correct.
    RepeatingPage,
    /// A page that begins with the last rows of the previous page.
    OverlappingPage,
    /// A page without rows. Its page key for the next page is new, but leads to the same position in the list.
    EmptyPage,
    /// A page with entries that are not submissions, and with submissions whose values have wrong types.
    BadItems,
    /// The answer has the status 404, as for a picture that the service does not have.
    MissingPicture,
    /// An answer that is no valid picture, or a picture that is too large. The number of the submission determines what
    /// is wrong.
    BrokenPicture,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FaultToml {
    on: RequestKind,
    kind: FaultKind,
    #[serde(default)]
    after: u32,
    times: Option<u32>,
    retry_after: Option<u32>,
    #[serde(default)]
    retry_after_as_date: bool,
    length: Option<usize>,
}

impl TryFrom<FaultToml> for Fault {
    type Error = &'static str;

    /// Converts `written`, a fault as a scenario file contains it, into a checked fault. Returns an error in words if a
    /// setting does not fit the kind of fault or would have no effect.
    fn try_from(written: FaultToml) -> Result<Self, Self::Error> {
        let FaultToml { on, kind, after, times, retry_after, retry_after_as_date, length } = written;
        let has_length = matches!(kind, FaultKind::CyclingCursor | FaultKind::OverlappingPage);
        let may_wait = matches!(
            kind,
            FaultKind::RateLimit | FaultKind::Quota | FaultKind::Unavailable | FaultKind::HtmlUnavailable
        );
        if has_length != length.is_some() || length == Some(0) {
            return Err("`length`, at least 1, belongs to cycling-cursor and overlapping-page, and to no other kind");
        }
        if kind.needs_cursor() && on != RequestKind::NextPage {
            return Err("this kind needs a cursor: `on` must be next-page");
        }
        if matches!(kind, FaultKind::MissingPicture | FaultKind::BrokenPicture) && on != RequestKind::Picture {
            return Err("this kind needs a picture: `on` must be picture");
        }
        if retry_after.is_some() && !may_wait || retry_after.is_none() && retry_after_as_date {
            return Err("`retry-after` belongs to refusals with 429 and 503, `retry-after-as-date` to it");
        }
        if times == Some(0) {
            return Err("`times` must be at least 1");
        }
        let form = if retry_after_as_date { RetryAfter::Date } else { RetryAfter::Seconds };
        Ok(Self { on, kind, after, times, retry_after: retry_after.map(form), length: length.unwrap_or(0) })
    }
}

impl FaultKind {
    const fn needs_cursor(self) -> bool {
        matches!(
            self,
            Self::StuckCursor | Self::CyclingCursor | Self::RepeatingPage | Self::OverlappingPage | Self::EmptyPage
        )
    }
}

/// The faults of a scenario. The number of each fault counts the matching requests that the server has received so far.
#[derive(Default)]
pub(super) struct FaultScript(Vec<(Fault, u32)>);

impl FaultScript {
    pub(super) fn new(faults: &[Fault]) -> Self {
        Self(faults.iter().map(|fault| (*fault, 0)).collect())
    }

    /// Counts a request, and returns the deliberate faults of the scenario that affect it, in the order of the scenario
    /// file. `asked` is the kind of the request.
    pub(super) fn count_and_select(&mut self, asked: RequestKind) -> Vec<Fault> {
        let mut active_faults = Vec::new();
        for (fault, met) in self.0.iter_mut().filter(|(fault, _)| fault.on == RequestKind::All || fault.on == asked) {
            let turn = met.checked_sub(fault.after);
            *met = met.saturating_add(1);
            if turn.is_some_and(|turn| fault.times.is_none_or(|times| turn < times)) {
                active_faults.push(*fault);
            }
        }
        active_faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Fault, String> {
        toml::from_str(text).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn script_lets_through_strikes_and_ends_as_written() {
        let fault = read("on = \"next-page\"\nkind = \"unavailable\"\nafter = 1\ntimes = 2").unwrap();
        let mut script = FaultScript::new(&[fault]);
        let active_faults = [
            RequestKind::NextPage,
            RequestKind::FirstPage,
            RequestKind::NextPage,
            RequestKind::Single,
            RequestKind::NextPage,
            RequestKind::NextPage,
            RequestKind::All,
        ]
        .map(|asked| script.count_and_select(asked).len());
        assert_eq!(active_faults, [0, 0, 1, 0, 1, 0, 0]);
    }

    #[test]
    fn fault_without_times_strikes_for_ever_and_all_means_all() {
        let mut script = FaultScript::new(&[read("on = \"all\"\nkind = \"wrong-key\"").unwrap()]);
        assert!(
            [RequestKind::All, RequestKind::FirstPage, RequestKind::NextPage, RequestKind::Single]
                .iter()
                .all(|on| script.count_and_select(*on).len() == 1)
        );
    }

    #[test]
    fn what_would_have_no_effect_is_refused() {
        for (text, reason) in [
            ("on = \"all\"\nkind = \"stuck-cursor\"", "next-page"),
            ("on = \"next-page\"\nkind = \"cycling-cursor\"", "`length`"),
            ("on = \"next-page\"\nkind = \"overlapping-page\"\nlength = 0", "`length`"),
            ("on = \"all\"\nkind = \"quota\"\nlength = 2", "`length`"),
            ("on = \"all\"\nkind = \"wrong-key\"\nretry-after = 2", "`retry-after`"),
            ("on = \"all\"\nkind = \"quota\"\nretry-after-as-date = true", "`retry-after`"),
            ("on = \"all\"\nkind = \"quota\"\ntimes = 0", "`times`"),
            ("on = \"all\"\nkind = \"quota\"\ntime = 1", "unknown field"),
            ("on = \"some\"\nkind = \"quota\"", "unknown variant"),
            ("on = \"single\"\nkind = \"broken-picture\"", "must be picture"),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.contains(reason), "{text}: {said}");
        }
        let waits = read("on = \"all\"\nkind = \"rate-limit\"\nretry-after = 2\nretry-after-as-date = true");
        assert_eq!(waits.unwrap().retry_after, Some(RetryAfter::Date(2)));
    }
}
