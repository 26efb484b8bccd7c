//! Several studies: beside each other, the seven dimensions against congruence, fuzzy-set QCA.

#[path = "../common/mod.rs"]
mod common;
#[allow(dead_code, reason = "its `main` is not called here")]
#[path = "../../examples/qca.rs"]
mod example;
mod qca;
mod seven;
mod studies;
