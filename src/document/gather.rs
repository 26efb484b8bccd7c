//! Gathers every problem of a document with its path.

use std::cell::RefCell;

use crate::error::{Error, ErrorKind};
use crate::problem::{Path, Problem};

/// Where the check is at: a chain of steps on the stack, made into a [`Path`] only for a problem.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    up: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    /// A row: its table, its place, and what it is called in words.
    Row(&'a str, usize, Name<'a>),
    Key(&'a str),
    Index(usize),
}

/// What a row is called in words.
#[derive(Clone, Copy)]
enum Name<'a> {
    Id(&'a str),
    /// Put into words only for a problem.
    Words(&'a dyn Fn() -> String),
}

impl<'a> At<'a> {
    /// A row of a table with an id.
    pub(super) fn row(table: &'a str, index: usize, id: &'a str) -> Self {
        Self { up: None, step: Step::Row(table, index, Name::Id(id)) }
    }

    /// A row of a table without ids, called by what it is of.
    pub(super) fn of(table: &'a str, index: usize, words: &'a dyn Fn() -> String) -> Self {
        Self { up: None, step: Step::Row(table, index, Name::Words(words)) }
    }

    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Self { up: Some(self), step: Step::Key(key) }
    }

    pub(super) fn index(&'a self, index: usize) -> Self {
        Self { up: Some(self), step: Step::Index(index) }
    }

    /// The path; tables of which there is one only (`study`, `framework`) have no place.
    pub(super) fn path(&self) -> Path {
        let path = self.up.map_or_else(Path::root, At::path);
        match self.step {
            Step::Row(table @ ("study" | "framework"), _, _) => path.key(table),
            Step::Row(table, index, _) => path.key(table).index(index),
            Step::Key(key) => path.key(key),
            Step::Index(index) => path.index(index),
        }
    }

    fn name(&self) -> Option<String> {
        let name = match (self.step, self.up) {
            (Step::Row(_, _, Name::Id(id)), _) => id.to_owned(),
            (Step::Row(_, _, Name::Words(words)), _) => words(),
            (_, up) => return up.and_then(At::name),
        };
        (!name.is_empty()).then_some(name)
    }
}

/// The problems found so far.
#[derive(Default)]
pub(super) struct Gather {
    problems: RefCell<Vec<Problem>>,
}

impl Gather {
    /// Keeps a problem.
    pub(super) fn say(&self, at: &At<'_>, error: impl Into<Error>) {
        self.keep(at, error.into(), None);
    }

    /// Keeps a problem that another row has a part in.
    pub(super) fn say_with(&self, at: &At<'_>, error: ErrorKind, what: &'static str, see: Path) {
        self.keep(at, error.into(), Some((what, see, None)));
    }

    fn keep(&self, at: &At<'_>, error: Error, see: Option<(&'static str, Path, Option<crate::problem::Place>)>) {
        let row = at.name();
        self.problems.borrow_mut().push(Problem { path: at.path(), row, place: None, error, see, form: false });
    }

    /// The value, or its problem kept.
    pub(super) fn check<T>(&self, at: &At<'_>, result: Result<T, Error>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.say(at, error);
                None
            }
        }
    }

    /// All problems in the order in which they were found.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.problems.borrow().is_empty()
    }

    /// Whether a problem was found at a place or below it.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.problems.borrow().iter().any(|problem| problem.path.segments().starts_with(path.segments()))
    }

    /// How many problems were found so far.
    pub(super) fn len(&self) -> usize {
        self.problems.borrow().len()
    }
}
