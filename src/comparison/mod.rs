//! Several studies beside each other, without a league table.

pub mod qca;
