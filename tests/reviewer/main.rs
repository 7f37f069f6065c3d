//! The reviewer as a whole: flows through the real loop over real HTTP, and screens.

#![expect(clippy::disallowed_methods, reason = "servers and the loop run beside the test")]

#[cfg(test)]
mod contract;
#[cfg(test)]
mod flows;
#[cfg(test)]
mod held;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod judged;
#[cfg(test)]
mod masks;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod patience;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod places;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod screen;
#[cfg(test)]
mod screens;
#[cfg(test)]
mod session;
#[cfg(test)]
mod sizes;
#[cfg(test)]
mod stand;
#[cfg(test)]
mod svg;
#[cfg(test)]
mod times;
#[cfg(test)]
mod verdicts;

#[cfg(test)]
#[path = "../support/coding.rs"]
mod coding;
#[cfg(test)]
#[expect(dead_code, reason = "the tests of the sanitiser use the rest")]
#[path = "../support/corpus.rs"]
mod corpus;
#[cfg(test)]
#[path = "../support/deadline.rs"]
mod deadline;
#[cfg(test)]
#[path = "../support/gzip.rs"]
mod gzip;
#[cfg(test)]
#[path = "../support/long_run.rs"]
mod long_run;
#[cfg(test)]
#[path = "../support/offence.rs"]
mod offence;
#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../support/oracle.rs"]
mod oracle;
#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../support/stand_in.rs"]
mod stand_in;
