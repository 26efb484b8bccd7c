//! Several studies: beside each other, the seven dimensions against congruence, fuzzy-set QCA.

#[path = "../common/mod.rs"]
mod common;
mod qca;
mod seven;
mod studies;
