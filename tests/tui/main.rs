//! The reviewer as a whole: flows through the real loop over real HTTP, and screens.

#![expect(clippy::disallowed_methods, reason = "servers and the loop run beside the test")]

#[cfg(test)]
mod checked_terminal;
mod columns;
#[cfg(test)]
mod compare;
#[cfg(test)]
mod document_pictures;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod fetching;
#[cfg(test)]
mod files;
#[cfg(test)]
mod filter_bar;
#[cfg(test)]
mod flows;
#[cfg(test)]
mod grades;
#[cfg(test)]
mod held_key;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod loading;
#[cfg(test)]
mod masks;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod mouse;
#[cfg(test)]
mod navigation;
#[cfg(test)]
mod palette;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod prompts;
#[cfg(test)]
mod retries;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod screen;
#[cfg(test)]
mod screens;
#[cfg(test)]
mod servers;
#[cfg(test)]
mod session;
#[cfg(test)]
mod sizes;
#[cfg(test)]
mod svg;
#[cfg(test)]
mod tasks;
#[cfg(test)]
mod times;
#[cfg(test)]
mod tour;
#[cfg(test)]
mod verdicts;
#[cfg(test)]
mod views;
